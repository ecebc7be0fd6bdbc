//! `emic extracts`: the passages of codes in their words, with who said them.

mod filters;

use super::args::{Extracts, LookArgs};
use super::failure::Failure;
use super::opening::Desk;
use super::{names, out};
use crate::findings::extracts::{Codes, Extract, Mark, Of, PAGE, Query, extracts, parse, speakers};
use crate::findings::ground::Transcript;
use crate::project::id::SourceId;
use crate::project::view::{View, Whose};
use crate::report::tables::Format;
use crate::session::Reading;
use crate::table::{Cell, Table, Value};
use crate::text::snippet::snippet;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// How many chars of its paragraph stand before and after a passage in files, where nobody says otherwise.
const CONTEXT: u32 = 200;

/// The texts that were read, and why one could not be.
#[derive(Default)]
struct Shelf {
    readings: HashMap<SourceId, Arc<Reading>>,
    trouble: Option<Failure>,
}

pub(super) fn run(args: &Extracts, look: &LookArgs) -> Result<(), Failure> {
    let desk = Desk::open(&args.project, args.whose.coder.as_deref())?;
    desk.notes.iter().for_each(|note| out::note(note));
    let view = desk.view();
    let query = query(&view, args)?;
    let shelf = RefCell::new(Shelf::default());
    let texts = |source: SourceId| {
        let mut shelf = shelf.borrow_mut();
        if let Some(reading) = shelf.readings.get(&source) {
            return Some(Transcript { text: reading.text.clone(), turns: reading.turns.clone() });
        }
        match desk.read(source) {
            Ok(reading) => {
                let transcript = Transcript { text: reading.text.clone(), turns: reading.turns.clone() };
                shelf.readings.insert(source, Arc::new(reading));
                Some(transcript)
            }
            Err(why) => {
                shelf.trouble.get_or_insert(why.into());
                None
            }
        }
    };
    let found = extracts(&view, &texts, &query, &|| false);
    let Shelf { readings, trouble } = shelf.into_inner();
    if let Some(why) = trouble {
        return Err(why);
    }
    let said = title(&view, args, &query, &desk);
    if args.count {
        let counts = found.counts;
        let columns = [
            ("passages", "Passages"),
            ("coded", "Codings"),
            ("sources", "Sources"),
            ("cases", "Cases"),
            ("words", "Words"),
            ("characters", "Characters"),
            ("pages", "Standard pages"),
        ];
        let mut table = Table::new(format!("{said} (a page: {PAGE} characters)"), columns);
        let n = |n: usize| Cell::from(Value::Count(n as u64));
        let mut passages = n(counts.passages);
        passages.from = found.found.iter().flat_map(Extract::codings).map(|coding| coding.0.guid()).collect();
        let pages = Cell::from(Value::Decimal(counts.pages(), 1));
        let more = [counts.codings, counts.sources, counts.cases, counts.words, counts.chars].map(n);
        table.push([passages].into_iter().chain(more).chain([pages]).collect());
        return out::print_table(&table, args.format.format, look);
    }

    let mut columns = vec![
        ("case", "Case"),
        ("source", "Source"),
        ("turn", "Turn"),
        ("speaker", "Speaker"),
        ("coder", "Coder"),
        ("code", "Code"),
        ("text", "Passage"),
        ("comment", "Comment"),
    ];
    let around = [("before", "Before"), ("after", "After")];
    let places = ["start", "end", "version", "code_id", "source_id", "coding_id"];
    let mut table = match args.context {
        Some(_) => {
            columns.extend(around);
            Table::new("", columns).in_files(places)
        }
        None => Table::new("", columns).in_files(around.map(|(key, _)| key)).in_files(places),
    };
    let context = args.context.unwrap_or(CONTEXT);
    for extract in &found.found {
        let Some(reading) = readings.get(&extract.source) else { continue };
        for mark in &extract.marks {
            table.push(row(&view, reading, mark, context));
        }
    }
    if args.format.format == Format::Table {
        // Columns that say the same in every row are for files.
        let alike = |column: usize| table.rows.windows(2).all(|pair| pair[0][column] == pair[1][column]);
        let one_coder = view.whose() != Whose::Everybody && !args.working;
        let one_code = matches!(query.codes, Codes::Code { below: false, .. });
        for (column, same) in [(4, one_coder && alike(4)), (5, one_code)] {
            if same {
                table.rows.iter_mut().for_each(|row| row[column] = Cell::default());
            }
        }
    }
    let count = out::counted(found.counts.passages, "passage", "passages");
    let codings = match found.counts {
        counts if counts.codings == counts.passages => String::new(),
        counts => format!(" ({} codings)", counts.codings),
    };
    table.title = format!("{said}: {count}{codings}, {}", whose(&view, args, &desk));
    out::print_table(&table, args.format.format, look)
}

/// What is asked for.
fn query(view: &View<'_>, args: &Extracts) -> Result<Query, Failure> {
    let mut codes = match &args.query {
        Some(words) => parse::parse(view, words).map_err(|why| Failure::Failed(why.to_string()))?,
        None => {
            let code = |name: &String| Ok(Codes::Code { code: names::code(view, name)?, below: false });
            let mut all = args.code.iter().map(code).collect::<Result<Vec<_>, Failure>>()?;
            if all.len() == 1 { all.swap_remove(0) } else { Codes::Any(all) }
        }
    };
    if args.with_below {
        codes = codes.with_below(true);
    }
    let of = if args.working { Of::Working } else { Of::InSight };
    Ok(Query { codes, of, filters: filters::filters(view, &args.filters)? })
}

/// Whose codings they are, for titles.
fn whose(view: &View<'_>, args: &Extracts, desk: &Desk) -> String {
    if args.working { Of::Working.words(view) } else { desk.whose() }
}

/// What is listed, for titles.
fn title(view: &View<'_>, args: &Extracts, query: &Query, desk: &Desk) -> String {
    let codes = match query.codes {
        Codes::Code { code, below } => {
            let more = below && view.codebook().branch(code).len() > 1;
            let below = if more { " and the codes below it" } else { "" };
            format!("“{}”{below}", view.codebook().path(code))
        }
        _ => format!("“{}”", parse::written(view, &query.codes)),
    };
    let filters: Vec<String> = query.filters.iter().map(|filter| format!(", {}", filter.words(view))).collect();
    let whose = if args.count { format!(", {}", whose(view, args, desk)) } else { String::new() };
    format!("{codes}{}{whose}", filters.concat())
}

fn row(view: &View<'_>, reading: &Reading, mark: &Mark, context: u32) -> Vec<Cell> {
    let (source, span) = (reading.source, mark.span);
    let record = view.source(source);
    let case = record.and_then(|record| view.case(record.case?)).map(|case| case.name.as_str());
    let turn = reading.turns.turn_at(span.start).and_then(|turn| u32::try_from(turn + 1).ok());
    let part = snippet(&reading.text, span, context);
    let coder = mark.from.words(view);
    let all = view.showing(Whose::Everybody);
    let comments = mark.codings.iter().filter_map(|id| Some(all.coding(*id)?.coding.comment.clone()));
    let comments: Vec<String> = comments.filter(|comment| !comment.is_empty()).collect();
    let ids: Vec<String> = mark.codings.iter().map(|coding| coding.0.guid()).collect();
    vec![
        case.into(),
        record.map(|record| record.name.as_str()).into(),
        turn.into(),
        speakers(view, source, &reading.turns, span).into(),
        coder.into(),
        view.codebook().path(mark.code).into(),
        reading.text.slice(span).into(),
        comments.join("\n").into(),
        part.before.into(),
        part.after.into(),
        span.start.0.into(),
        span.end.0.into(),
        reading.version.into(),
        mark.code.0.guid().into(),
        source.0.guid().into(),
        ids.join(" ").into(),
    ]
}
