//! `emic import-codings`: codings from a CSV file, each coder's in their own journal. Everything is read, held against the
//! project and planned before anything is written.

use super::args::{ImportCodings, WhoArgs};
use super::failure::{Failure, failed};
use super::opening::{Desk, Work, Working, by_hand, work};
use super::{names, out};
use crate::exchange::codings_csv::{BadRow, Lookup, Rows, Taken, plan, read};
use crate::exchange::plain::{SizeVerdict, size_check};
use crate::project::edit;
use crate::project::id::{CodeId, CoderId, SourceId};
use crate::project::view::View;
use crate::session::{Study, SystemMint};

/// How many bad rows are told one by one.
const TOLD: usize = 20;

pub(super) fn run(args: &ImportCodings) -> Result<(), Failure> {
    let desk = Desk::before_working(&args.project, &by_hand(&args.who, false))?;
    let Rows { rows, unused } = file(args)?;
    let view = desk.view();
    let planned = plan(&rows, view.coder(), &Names(view), &|coder| desk.view_as(coder));
    let taken = planned.or_else(|bad| refuse(&bad, rows.len()))?;
    if !unused.is_empty() {
        out::note(&format!("not used: {} {}", if unused.len() == 1 { "column" } else { "columns" }, unused.join(", ")));
    }
    // What an edit has to say against it is said before anything is touched.
    for taken in &taken {
        if let Some(edit) = &taken.edit {
            edit::plan(&desk.view_as(taken.coder), edit, &mut SystemMint::default())?;
        }
    }
    if !args.dry_run {
        lay(args, &view, &taken)?;
    }
    for taken in &taken {
        out::say(&told(&view, taken, args.dry_run))?;
    }
    if args.dry_run { out::say("Nothing was changed.") } else { Ok(()) }
}

fn file(args: &ImportCodings) -> Result<Rows, Failure> {
    let shown = names::shown(&args.file);
    let unreadable =
        |why: std::io::Error| Failure::Failed(format!("{shown} cannot be read: {why}; nothing was imported"));
    let about = std::fs::metadata(&args.file).map_err(unreadable)?;
    if about.is_dir() {
        return failed(format!("{shown} is a folder; name the CSV file in it"));
    }
    if size_check(about.len()) == SizeVerdict::Refused {
        return failed(format!("{shown} is too large for a table of codings; nothing was imported"));
    }
    let bytes = std::fs::read(&args.file).map_err(unreadable)?;
    read(&bytes).map_err(|why| Failure::Failed(format!("{shown}: {why}; nothing was imported")))
}

/// All bad rows, or the first of them, each in a line of its own; then one sentence.
fn refuse<T>(bad: &[BadRow], rows: usize) -> Result<T, Failure> {
    for row in bad.iter().take(TOLD) {
        out::note(&format!("row {}: {}", row.number, row.why));
    }
    if bad.len() > TOLD {
        out::note(&format!("and {} more", out::counted(bad.len() - TOLD, "row", "rows")));
    }
    let all = out::counted(rows, "row", "rows");
    failed(format!("{} of {all} cannot be taken in; nothing was imported", bad.len()))
}

/// Lays each coder's codings in a journal of theirs. All are opened before the first is written: what stands against one
/// stands against all.
fn lay(args: &ImportCodings, view: &View<'_>, taken: &[Taken]) -> Result<(), Failure> {
    let mut open: Vec<(&Taken, Study)> = Vec::new();
    for taken in taken.iter().filter(|taken| taken.edit.is_some()) {
        let who = WhoArgs { coder: Some(view.initials(taken.coder).to_owned()), join: false };
        // Another coder's journal begun here is not gone on with, and it is not remembered that they worked here.
        let working = if taken.coder == view.coder() {
            by_hand(&args.who, false)
        } else {
            Working { who: &who, state: None, live: false, mint: Box::new(SystemMint::default()) }
        };
        let Work { study, read_only, .. } = work(&args.project, working)?;
        if let Some(why) = read_only {
            return failed(format!("nothing was imported: {why}"));
        }
        open.push((taken, study));
    }
    let mut done: Vec<&str> = Vec::new();
    for (taken, mut study) in open {
        let laid = taken.edit.as_ref().map_or(Ok(()), |edit| {
            study.apply(edit)?;
            Ok::<(), Failure>(study.finish()?)
        });
        let whose = view.initials(taken.coder);
        match laid {
            Ok(()) => done.push(whose),
            Err(why) if done.is_empty() => return Err(why),
            Err(why) => {
                let why = why.sentence().unwrap_or_default().to_owned();
                return failed(format!(
                    "the codings of {} were imported, those of {whose} and who comes after were not: {why}; import \
                     the file again, what is there is passed over",
                    done.join(", ")
                ));
            }
        }
    }
    Ok(())
}

/// What was taken in for a coder.
fn told(view: &View<'_>, taken: &Taken, dry_run: bool) -> String {
    let whose = view.initials(taken.coder);
    let would = if dry_run { "would be " } else { "" };
    if taken.hidden {
        // How many stood already is not for others to know before the reveal.
        let rows = out::counted(taken.new + taken.there, "row", "rows");
        return format!("{whose}: {rows}, {would}taken in where they were not there already.");
    }
    let mut said = format!("{whose}: {} {would}taken in", out::counted(taken.new, "coding", "codings"));
    if taken.there > 0 {
        said.push_str(&format!(", {} already there", taken.there));
    }
    match taken.other_comment {
        0 => {}
        1 => said.push_str(" (1 of them with another comment, which was left as it is)"),
        n => said.push_str(&format!(" ({n} of them with another comment, which was left as it is)")),
    }
    said.push('.');
    said
}

/// Names as they are understood on the command line.
struct Names<'a>(View<'a>);

impl Names<'_> {
    fn said<T>(found: Result<T, Failure>) -> Result<T, String> {
        found.map_err(|why| why.sentence().unwrap_or_default().to_owned())
    }
}

impl Lookup for Names<'_> {
    fn source(&self, case: &str, name: &str) -> Result<SourceId, String> {
        if case.is_empty() {
            return Self::said(names::source(&self.0, name));
        }
        Self::said(names::source_of(&self.0, case, name))
    }

    fn coder(&self, name: &str) -> Result<CoderId, String> {
        Self::said(names::coder(&self.0, name))
    }

    fn code(&self, name: &str) -> Result<CodeId, String> {
        Self::said(names::code(&self.0, name))
    }
}
