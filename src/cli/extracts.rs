//! `emic extracts`: the passages of a code in their words, with who said them.

use super::args::{Extracts, LookArgs};
use super::failure::Failure;
use super::opening::Desk;
use super::{names, out};
use crate::project::id::CodeId;
use crate::project::source::Who;
use crate::project::view::{Seen, View, Whose};
use crate::report::tables::Format;
use crate::session::Reading;
use crate::table::{Cell, Table};
use crate::text::Span;
use crate::text::snippet::snippet;
use std::collections::HashSet;

/// How many chars of its paragraph stand before and after a passage in files.
const CONTEXT: u32 = 200;

pub(super) fn run(args: &Extracts, look: &LookArgs) -> Result<(), Failure> {
    let desk = Desk::open(&args.project, args.whose.coder.as_deref())?;
    desk.notes.iter().for_each(|note| out::note(note));
    let view = desk.view();
    let code = names::code(&view, &args.code)?;
    let codebook = view.codebook();
    let wanted: HashSet<CodeId> =
        if args.with_below { codebook.branch(code).into_iter().collect() } else { HashSet::from([code]) };

    let columns = [
        ("case", "Case"),
        ("source", "Source"),
        ("turn", "Turn"),
        ("speaker", "Speaker"),
        ("coder", "Coder"),
        ("code", "Code"),
        ("text", "Passage"),
        ("comment", "Comment"),
    ];
    let files = ["before", "after", "start", "end", "version", "code_id", "source_id", "coding_id"];
    let mut table = Table::new("", columns).in_files(files);
    for source in view.sources() {
        let mut reading: Option<Reading> = None;
        for seen in view.codings_of(source.id).filter(|seen| wanted.contains(&seen.code)) {
            let reading = match &mut reading {
                Some(reading) => reading,
                none => none.insert(desk.read(source.id)?),
            };
            table.push(row(&view, reading, &seen));
        }
    }
    if args.format.format == Format::Table {
        // Columns that say the same in every row are for files.
        let same = [(4, view.whose() != Whose::Everybody), (5, !args.with_below)];
        for (column, _) in same.into_iter().filter(|(_, same)| *same) {
            table.rows.iter_mut().for_each(|row| row[column] = Cell::default());
        }
    }
    let below = if args.with_below && wanted.len() > 1 { " and the codes below it" } else { "" };
    let count = out::counted(table.rows.len(), "passage", "passages");
    table.title = format!("“{}”{below}: {count}, {}", codebook.path(code), desk.whose());
    out::print_table(&table, args.format.format, look)
}

fn row(view: &View<'_>, reading: &Reading, seen: &Seen<'_>) -> Vec<Cell> {
    let (source, span) = (reading.source, seen.span);
    let record = view.source(source);
    let case = record.and_then(|record| view.case(record.case?)).map(|case| case.name.as_str());
    let turn = reading.turns.turn_at(span.start).and_then(|turn| u32::try_from(turn + 1).ok());
    let part = snippet(&reading.text, span, CONTEXT);
    vec![
        case.into(),
        record.map(|record| record.name.as_str()).into(),
        turn.into(),
        speakers(view, reading, span).into(),
        view.initials(seen.coding.coder).into(),
        view.codebook().path(seen.code).into(),
        reading.text.slice(span).into(),
        seen.coding.comment.as_str().into(),
        part.before.into(),
        part.after.into(),
        span.start.0.into(),
        span.end.0.into(),
        reading.version.into(),
        seen.code.0.guid().into(),
        source.0.guid().into(),
        seen.coding.id.0.guid().into(),
    ]
}

/// Who speaks in a passage, each once: `Marisol, clinic manager`.
fn speakers(view: &View<'_>, reading: &Reading, span: Span) -> String {
    let mut said: Vec<String> = Vec::new();
    for turn in reading.turns.turns_in(span) {
        let Some(label) = reading.turns.label_of(turn) else { continue };
        let who = view.who(reading.source, label);
        let person = match who {
            Who::Participant(person) => person.and_then(|person| view.participant(person)),
            _ => None,
        };
        let parts = person.map_or([""; 2], |person| [person.pseudonym.as_str(), person.role.as_str()]);
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let name = match who {
            _ if !parts.is_empty() => parts.join(", "),
            Who::Interviewer => "interviewer".to_owned(),
            _ => label.to_owned(),
        };
        if !said.contains(&name) {
            said.push(name);
        }
    }
    said.join(" + ")
}
