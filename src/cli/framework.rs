//! `emic framework`: what was made of each case under each theme or code.

use super::args::{Framework as Args, LookArgs};
use super::failure::Failure;
use super::opening::Desk;
use super::{names, out};
use crate::findings::framework::{Cell as Place, Column, Written, changes_in_words, framework, offered};
use crate::findings::working::working;
use crate::project::id::CaseId;
use crate::project::summary::Heading;
use crate::project::view::View;
use crate::table::{Cell, Table};

pub(super) fn run(args: &Args, look: &LookArgs) -> Result<(), Failure> {
    let desk = Desk::open(&args.project, args.whose.coder.as_deref())?;
    desk.notes.iter().for_each(|note| out::note(note));
    let view = desk.view();
    let mut headings: Vec<Heading> = Vec::new();
    for name in &args.theme {
        headings.push(Heading::Theme(names::theme(&view, name)?));
    }
    for name in &args.code {
        headings.push(Heading::Code(names::code(&view, name)?));
    }
    if headings.is_empty() {
        headings = offered(&view);
    }
    let cases: Vec<CaseId> = if args.case.is_empty() {
        view.cases().into_iter().map(|case| case.id).collect()
    } else {
        names::each(&args.case, |name| names::case(&view, name))?
    };
    let matrix = framework(&view, &working(&view), &cases, &headings);
    let columns = [
        ("case", "Case"),
        ("heading", "Under"),
        ("extracts", "Extracts"),
        ("by", "By"),
        ("written", "Written"),
        ("summary", "Summary"),
        ("changed", "Changed since"),
    ];
    let mut table = Table::new("", columns).in_files(["kind", "written_from", "case_id", "heading_id"]);
    for (row, case) in matrix.cases.iter().enumerate() {
        for (n, column) in matrix.columns.iter().enumerate() {
            let Some(place) = matrix.cell(row, n) else { continue };
            if place.written.is_empty() && !place.extracts.is_empty() {
                table.push(line(&view, *case, column, place, None));
            }
            for written in &place.written {
                table.push(line(&view, *case, column, place, Some(written)));
            }
        }
    }
    let summed: usize = table.rows.iter().filter(|row| row[5] != Cell::default()).count();
    table.title = format!(
        "Framework of “{}”: {} × {}, {}",
        desk.title(),
        out::counted(matrix.cases.len(), "case", "cases"),
        out::counted(matrix.columns.len(), "heading", "headings"),
        out::counted(summed, "summary", "summaries"),
    );
    out::print_table(&table, args.format.format, look)
}

fn line(view: &View<'_>, case: CaseId, column: &Column, place: &Place, written: Option<&Written>) -> Vec<Cell> {
    let codings = place.codings().into_iter().map(|coding| coding.0.guid()).collect();
    let (kind, id) = match column.of {
        Heading::Theme(theme) => ("theme", theme.0.guid()),
        Heading::Code(code) => ("code", code.0.guid()),
    };
    let changed = match written {
        Some(written) => changes_in_words(&written.changes),
        None => String::new(),
    };
    let extracts = Cell { value: crate::table::Value::Count(place.extracts.len() as u64), from: codings };
    vec![
        view.case(case).map(|case| case.name.as_str()).into(),
        column.name.as_str().into(),
        extracts,
        written.map(|written| written.initials.as_str()).into(),
        written.map(|written| written.summary.at.strftime("%Y-%m-%d").to_string()).into(),
        written.map(|written| written.summary.text.as_str()).into(),
        changed.into(),
        kind.into(),
        written.and_then(|written| u32::try_from(written.summary.from.len()).ok()).into(),
        case.0.guid().into(),
        id.into(),
    ]
}
