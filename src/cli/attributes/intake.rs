//! A table of attributes, taken in: everything is read, held against the project and planned before anything is written.

use super::{Attributes, writable};
use crate::cli::args::LookArgs;
use crate::cli::failure::{Failure, failed};
use crate::cli::opening::{Desk, Work, by_hand, work};
use crate::cli::{names, out};
use crate::exchange::attributes_file::{Asked, Plan, Sheet, plan, read};
use crate::exchange::plain::{SizeVerdict, size_check};
use crate::project::edit;
use crate::project::view::View;
use crate::report::tables::Format;
use crate::screen::commands::importing::new_files;
use crate::session::SystemMint;
use crate::table::thousands;
use std::path::Path;

/// From how many rows on it is asked whether a table is the right one, if most of them name nobody.
const MANY: usize = 50;
/// How many rows of a kind are told one by one.
const TOLD: usize = 20;

pub(super) fn run(args: &Attributes, file: &Path, look: &LookArgs) -> Result<(), Failure> {
    let desk = Desk::before_working(&args.project, &by_hand(&args.who, false))?;
    let sheet = sheet(file)?;
    let planned = planned(args, file, &desk.view(), &sheet)?;
    refuse(&planned)?;
    if !args.dry_run && !args.leave_unmatched {
        doubt(&planned, file)?;
    }
    let mut mint = SystemMint::default();
    // What an edit has to say against it is said before anything is touched.
    let taken = planned.edit(&desk.view(), &mut || crate::project::id::Mint::id(&mut mint));
    if let Some(taken) = &taken {
        edit::plan(&desk.view(), &taken.edit, &mut SystemMint::default())?;
    }
    if !args.dry_run && taken.is_some() {
        take(args, file, &sheet)?;
    }
    sheet.notes.iter().for_each(|note| out::note(note));
    show(args, &planned, look)?;
    // Files of tables hold the table and nothing else.
    let say = |words: &str| if args.format.format == Format::Table { out::say(words) } else { Ok(()) };
    match (taken.is_some(), args.dry_run) {
        (false, _) => say("\nNothing was changed: all of it is known already."),
        (true, true) => say(&format!("\nIt would be: {}. Nothing was changed.", planned.did())),
        (true, false) => say(&format!("\nTaken in: {}.", planned.did())),
    }
}

fn sheet(file: &Path) -> Result<Sheet, Failure> {
    let shown = names::shown(file);
    let unreadable =
        |why: std::io::Error| Failure::Failed(format!("{shown} cannot be read: {why}; nothing was changed"));
    let about = std::fs::metadata(file).map_err(unreadable)?;
    if about.is_dir() {
        return failed(format!("{shown} is a folder; name the CSV or XLSX file in it"));
    }
    if size_check(about.len()) != SizeVerdict::Fine {
        return failed(format!("{shown} is over 64 MB, too large for a table of attributes; nothing was changed"));
    }
    let bytes = std::fs::read(file).map_err(unreadable)?;
    read(&bytes).map_err(|why| Failure::Failed(format!("{shown}: {why}; nothing was changed")))
}

fn planned(args: &Attributes, file: &Path, view: &View<'_>, sheet: &Sheet) -> Result<Plan, Failure> {
    let asked = Asked {
        of: args.of.bearer(),
        name: args.name_column.clone(),
        wave: args.wave.as_deref().map(|wave| names::wave(view, wave)).transpose()?,
        answers: args.answers.clone(),
        add_cases: args.add_cases,
        people: args.participants.clone(),
        file: file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned(),
    };
    let shown = names::shown(file);
    plan(view, sheet, &asked).map_err(|why| Failure::Failed(format!("{shown}: {why}; nothing was changed")))
}

/// What cannot be taken in, a line each, then one sentence.
fn refuse(plan: &Plan) -> Result<(), Failure> {
    if plan.refused.is_empty() {
        return Ok(());
    }
    for one in plan.refused.iter().take(TOLD) {
        let whose = if one.name.is_empty() { String::new() } else { format!(", {}", one.name) };
        out::note(&format!("row {}{whose}, column “{}”: {}", one.row, one.column, one.why));
    }
    if plan.refused.len() > TOLD {
        out::note(&format!("and {} more", plan.refused.len() - TOLD));
    }
    let cells = out::counted(plan.refused.len(), "cell", "cells");
    failed(format!("{cells} cannot be taken in; nothing was changed"))
}

/// A large table most of whose rows name nobody is likely that of another study: it is taken in only by those who say so.
fn doubt(plan: &Plan, file: &Path) -> Result<(), Failure> {
    let (left, matched) = (plan.unmatched.len(), plan.matched);
    if left < MANY || left <= matched {
        return Ok(());
    }
    let all = thousands((left + matched) as u64);
    failed(format!(
        "{}: {} of its {all} rows name nobody of this project; is it the right table? --dry-run shows which, \
         --leave-unmatched takes in the others; nothing was changed",
        names::shown(file),
        thousands(left as u64),
    ))
}

/// Takes it in as one step. The project may have changed since it was looked at: it is planned again.
fn take(args: &Attributes, file: &Path, sheet: &Sheet) -> Result<(), Failure> {
    let Work { mut study, notes, read_only } = work(&args.project, by_hand(&args.who, false))?;
    writable(read_only)?;
    notes.iter().for_each(|note| out::note(note));
    let planned = planned(args, file, &study.view(), sheet)?;
    refuse(&planned)?;
    let ids: Vec<_> = (0..planned.ids_needed()).map(|_| study.fresh_id()).collect();
    let mut ids = ids.into_iter();
    let Some(taken) = planned.edit(&study.view(), &mut || ids.next().unwrap_or_default()) else {
        return failed("nothing was changed: somebody else has just said all of it");
    };
    study.apply_with(&taken.edit, taken.texts.into_iter().flat_map(new_files).collect())?;
    Ok(study.finish()?)
}

/// What is new, changed, unmatched: by column, then by row. Files have every row and nothing by column.
fn show(args: &Attributes, plan: &Plan, look: &LookArgs) -> Result<(), Failure> {
    let format = args.format.format;
    if format != Format::Table {
        return out::print_table(&plan.by_row(usize::MAX), format, look);
    }
    out::print_table(&plan.by_column(), format, look)?;
    let rows = plan.by_row(TOLD);
    if rows.rows.is_empty() {
        return Ok(());
    }
    out::say("\n")?;
    out::print_table(&rows, format, look)
}
