//! `emic memos`: the memos that may be read, oldest first; found by what they are about and their words; written out.

use super::args::{LookArgs, Memos};
use super::failure::{Failure, failed};
use super::opening::Desk;
use super::{names, out};
use crate::findings::linked::{Backlinks, about, name_of};
use crate::findings::memo_list::{Wanted, listed};
use crate::findings::quotes::{counted_codings, marked_memos, quoted, quotes_of};
use crate::findings::working::working;
use crate::project::id::{CodingId, SourceId};
use crate::project::memo::{Link, Memo};
use crate::project::memo_links::{Linked, renamed, replaced};
use crate::project::source::Passage;
use crate::project::view::View;
use crate::report::memos::{Document, Kind, Signing, document, file_names, in_words, markdown};
use crate::session::{KeepError, Reading};
use crate::table::{Cell, Table};
use crate::text::turns::Turns;
use jiff::tz::TimeZone;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

pub(super) fn run(args: &Memos, look: &LookArgs) -> Result<(), Failure> {
    let desk = Desk::open(&args.project, args.whose.coder.as_deref())?;
    desk.notes.iter().for_each(|note| out::note(note));
    let view = desk.view();
    let wanted = Wanted {
        kind: args.kind,
        coder: args.by.as_deref().map(|by| names::coder(&view, by)).transpose()?,
        shared: None,
        about: args.about.as_deref().map(|name| names::about(&view, name)).transpose()?,
        marked: args.marked,
        words: args.text.clone().unwrap_or_default(),
    };
    let counted = if view.quotations().is_empty() { HashSet::new() } else { counted_codings(&working(&view)) };
    let marked = marked_memos(&view, &counted);
    let memos = listed(&view, &wanted, &Backlinks::new(&view), &marked);
    match &args.export {
        Some(path) => export(&desk, &memos, &counted, args.sign, path),
        None => out::print_table(&table(&desk, &memos, &counted)?, args.format.format, look),
    }
}

fn table(desk: &Desk, memos: &[Arc<Memo>], counted: &HashSet<CodingId>) -> Result<Table, Failure> {
    let view = desk.view();
    let columns =
        [("made", "Made"), ("by", "By"), ("kind", "Kind"), ("about", "About"), ("title", "Title"), ("text", "Text")];
    let files = ["passage", "shared", "about_kind", "about_id", "start", "end", "id", "quotations", "marked"];
    let mut table = Table::new("", columns).in_files(files);
    let mut read = HashMap::new();
    for memo in memos {
        let passage = match memo.on {
            Link::Passage(passage) => Some(passage),
            Link::Coding(id) => view.coding(id).map(|seen| seen.coding.at),
            _ => None,
        };
        let words = match passage.filter(|passage| view.source(passage.source).is_some()) {
            Some(passage) => Some(words(desk, &mut read, passage)?),
            None => None,
        };
        let span = passage.map(|passage| view.place(passage));
        let (kind, id) = target(memo.on);
        let quotes = quotes_of(&view, memo);
        let marked: Vec<String> = quotes
            .iter()
            .map(|one| quoted(&view, counted, one))
            .filter(|one| one.is_marked())
            .map(|one| one.words(&view))
            .collect();
        table.push(vec![
            memo.made.strftime("%Y-%m-%d %H:%M").to_string().into(),
            view.initials(memo.coder).into(),
            memo.kind.name().into(),
            about(&view, memo.on).into(),
            in_words(&renamed(memo.title(), |what| name_of(&view, what))).into(),
            body(&view, memo).into(),
            words.into(),
            memo.shared.into(),
            kind.into(),
            id.into(),
            Cell::from(span.map(|span| span.start.0)),
            Cell::from(span.map(|span| span.end.0)),
            memo.id.0.guid().into(),
            Cell::from(u32::try_from(quotes.len()).unwrap_or(u32::MAX)),
            marked.join("; ").into(),
        ]);
    }
    table.title = format!("Memos of “{}”: {}", desk.title(), table.rows.len());
    Ok(table)
}

/// What follows the title, links as names, quotations in their words.
fn body(view: &View<'_>, memo: &Memo) -> String {
    let text = replaced(memo.body(), |found| match found.what {
        Linked::Quote(id) => {
            let quotation = view.quotation(id)?;
            let by = if quotation.by.is_empty() { String::new() } else { format!(" — {}", quotation.by) };
            Some(format!("> “{}”{by}", quotation.words))
        }
        what => Some(name_of(view, what).unwrap_or_else(|| found.label.clone())),
    });
    text.trim().to_owned()
}

/// Writes memos out; those that are somebody's own stay, and it is said that they do.
fn export(
    desk: &Desk,
    memos: &[Arc<Memo>],
    counted: &HashSet<CodingId>,
    signing: Signing,
    path: &Path,
) -> Result<(), Failure> {
    let view = desk.view();
    let mut turns: HashMap<SourceId, Arc<Turns>> = HashMap::new();
    for quotation in memos.iter().flat_map(|memo| quotes_of(&view, memo)) {
        if let Entry::Vacant(entry) = turns.entry(quotation.at.source)
            && view.source(quotation.at.source).is_some()
        {
            entry.insert(desk.read(quotation.at.source)?.turns);
        }
    }
    let title = format!("Memos of “{}”", desk.title());
    let made =
        document(&view, title, memos, counted, &TimeZone::UTC, signing, &mut |source| turns.get(&source).cloned());
    let stay = memos.iter().filter(|memo| !memo.shared).count();
    if stay > 0 {
        out::note(&format!("{} stay here: a coder's own are never exported", out::counted(stay, "memo", "memos")));
    }
    if made.pages.is_empty() {
        return failed("there is no memo to export");
    }
    let n = out::counted(made.pages.len(), "memo", "memos");
    match Kind::of(path) {
        Some(kind) => put(path, &kind.write(&made).map_err(Failure::Failed)?)?,
        None if path.extension().is_some() && !path.is_dir() => {
            return failed(format!(
                "{} does not say how: a file that ends in .md, .html or .docx, or a folder",
                names::shown(path)
            ));
        }
        None => each(&made, path)?,
    }
    out::say(&format!("{n} written to {}", names::shown(path)))
}

/// Every memo to a file of its own.
fn each(made: &Document, folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|why| Failure::Failed(format!("{}: {why}", names::shown(folder))))?;
    let files: Vec<_> = file_names(made).iter().map(|name| folder.join(name)).collect();
    if let Some(there) = files.iter().find(|file| file.exists()) {
        return failed(format!("{} is there already; nothing was written", names::shown(there)));
    }
    for (file, page) in files.iter().zip(&made.pages) {
        put(file, markdown::alone(page).as_bytes())?;
    }
    Ok(())
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let wrong = |why: std::io::Error| match why.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Failure::Failed(format!("{} is there already; give it another name", names::shown(path)))
        }
        _ => Failure::Failed(format!("{}: {why}", names::shown(path))),
    };
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(wrong)?;
    file.write_all(bytes).map_err(wrong)
}

/// The words of a passage; `read` holds the texts that were read for others.
fn words(desk: &Desk, read: &mut HashMap<SourceId, Reading>, passage: Passage) -> Result<String, KeepError> {
    let reading = match read.entry(passage.source) {
        Entry::Occupied(entry) => entry.into_mut(),
        Entry::Vacant(entry) => entry.insert(desk.read(passage.source)?),
    };
    Ok(reading.turns.said(&reading.text, desk.view().place(passage)))
}

/// The kind and the id of what a memo is about.
fn target(on: Link) -> (&'static str, Option<String>) {
    match on {
        Link::Study => ("study", None),
        Link::Case(id) => ("case", Some(id.0.guid())),
        Link::Source(id) => ("source", Some(id.0.guid())),
        Link::Code(id) => ("code", Some(id.0.guid())),
        Link::Coding(id) => ("coding", Some(id.0.guid())),
        Link::Passage(passage) => ("passage", Some(passage.source.0.guid())),
        Link::Theme(id) => ("theme", Some(id.0.guid())),
        Link::Table(id) => ("table", Some(id.0.guid())),
    }
}
