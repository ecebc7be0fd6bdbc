//! `emic framework`: what was made of each case under each theme or code.

use super::args::{Framework as Args, LookArgs};
use super::failure::Failure;
use super::opening::Desk;
use super::{names, out};
use crate::findings::framework::{as_table, framework, offered};
use crate::findings::working::working;
use crate::project::id::CaseId;
use crate::project::summary::Heading;
use crate::table::Cell;

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
    let mut table = as_table(&view, &matrix);
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
