//! `emic memos`: the memos that may be read, oldest first.

use super::args::{LookArgs, Memos};
use super::failure::Failure;
use super::opening::Desk;
use super::out;
use crate::project::id::SourceId;
use crate::project::memo::Link;
use crate::project::source::Passage;
use crate::project::view::View;
use crate::session::{KeepError, Reading};
use crate::table::{Cell, Table};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(super) fn run(args: &Memos, look: &LookArgs) -> Result<(), Failure> {
    let desk = Desk::open(&args.project, args.whose.coder.as_deref())?;
    desk.notes.iter().for_each(|note| out::note(note));
    let view = desk.view();
    let columns =
        [("made", "Made"), ("by", "By"), ("kind", "Kind"), ("about", "About"), ("title", "Title"), ("text", "Text")];
    let mut table =
        Table::new("", columns).in_files(["passage", "shared", "about_kind", "about_id", "start", "end", "id"]);
    let mut read = HashMap::new();
    for memo in view.memos() {
        let passage = match memo.on {
            Link::Passage(passage) => Some(passage),
            Link::Coding(id) => view.coding(id).map(|seen| seen.coding.at),
            _ => None,
        };
        let words = match passage.filter(|passage| view.source(passage.source).is_some()) {
            Some(passage) => Some(words(&desk, &mut read, passage)?),
            None => None,
        };
        let span = passage.map(|passage| view.place(passage));
        let (kind, id) = target(memo.on);
        table.push(vec![
            memo.made.strftime("%Y-%m-%d %H:%M").to_string().into(),
            view.initials(memo.coder).into(),
            memo.kind.name().into(),
            about(&view, memo.on).into(),
            memo.title().into(),
            memo.body().into(),
            words.into(),
            memo.shared.into(),
            kind.into(),
            id.into(),
            Cell::from(span.map(|span| span.start.0)),
            Cell::from(span.map(|span| span.end.0)),
            memo.id.0.guid().into(),
        ]);
    }
    table.title = format!("Memos of “{}”: {}", desk.title(), table.rows.len());
    out::print_table(&table, args.format.format, look)
}

/// The words of a passage; `read` holds the texts that were read for others.
fn words(desk: &Desk, read: &mut HashMap<SourceId, Reading>, passage: Passage) -> Result<String, KeepError> {
    let reading = match read.entry(passage.source) {
        Entry::Occupied(entry) => entry.into_mut(),
        Entry::Vacant(entry) => entry.insert(desk.read(passage.source)?),
    };
    Ok(reading.text.slice(desk.view().place(passage)).to_owned())
}

/// What a memo is about, in words.
fn about(view: &View<'_>, on: Link) -> String {
    let source = |id| {
        let source = view.source(id);
        let case = source.and_then(|source| view.case(source.case?)).map(|case| format!("{}, ", case.name));
        format!("{}{}", case.unwrap_or_default(), source.map_or("a deleted source", |source| source.name.as_str()))
    };
    match on {
        Link::Study => "the study".to_owned(),
        Link::Case(id) => view.case(id).map_or("a deleted case", |case| case.name.as_str()).to_owned(),
        Link::Source(id) => source(id),
        Link::Code(id) => format!("code “{}”", view.codebook().path(id)),
        Link::Coding(id) => match view.coding(id) {
            Some(seen) => format!("“{}” in {}", view.code_name(seen.code), source(seen.coding.at.source)),
            None => "a coding".to_owned(),
        },
        Link::Passage(passage) => format!("a passage in {}", source(passage.source)),
        Link::Theme(id) => view.theme(id).map_or("a deleted theme", |theme| theme.name.as_str()).to_owned(),
        Link::Table(id) => view.table(id).map_or("a deleted table", |table| table.name.as_str()).to_owned(),
    }
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
