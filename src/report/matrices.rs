//! Matrices as tables: as they stand, for people and spreadsheets; cell by cell with what is behind each, for programs.

use crate::findings::matrix::{Cell as Counted, Kind, Line, Matrix, What, span};
use crate::project::id::Id;
use crate::project::view::View;
use crate::table::{Cell, Table, Value};

/// What a cell says that holds in so many as was asked for.
const HOLDS: &str = "X";

/// What a drawing says of a cell that nobody has coded yet.
pub const NOT_YET: &str = "–";

/// The matrix as it stands, its sums at the end of rows and columns.
#[must_use]
pub fn as_table(view: &View<'_>, matrix: &Matrix) -> Table {
    let (head, key) = head(&matrix.rows, matrix);
    let mut table = Table::new(title(view, matrix), [(key, head)]);
    let shares = has_shares(matrix);
    let across: Vec<String> = matrix.columns.iter().map(|line| line.name.clone()).chain(["Sum".to_owned()]).collect();
    for name in &across {
        table = table.and(name);
        if shares {
            table = table.and(format!("{name} %"));
        }
    }
    for row in 0..=matrix.rows.len() {
        let name = matrix.rows.get(row).map_or("Sum", |line| line.name.as_str());
        let mut cells: Vec<Cell> = vec![name.into()];
        for column in 0..across.len() {
            let Some(counted) = matrix.cell(row, column) else { continue };
            let is_sum = row == matrix.rows.len() || column == matrix.columns.len();
            cells.push(figure(matrix, counted, is_sum));
            if shares {
                cells.push(share(counted));
            }
        }
        table.push(cells);
    }
    table
}

/// A row a cell: its number, of how many, in which cases, and the codings that it was counted from. Sums stand last.
#[must_use]
pub fn as_list(view: &View<'_>, matrix: &Matrix) -> Table {
    let columns = [
        ("row", "Row"),
        ("column", "Column"),
        ("sum", "Sum"),
        ("n", "n"),
        ("at_most", "At most"),
        ("of", "Of"),
        ("percent", "Percent"),
        ("holds", "Holds"),
        ("cases", "Cases"),
        ("disputed", "Disputed"),
        ("not_yet_coded", "Not yet coded"),
        ("pairs", "Pairs"),
        ("pairs_looked_at", "Looked at"),
        ("pairs_struck", "Struck"),
    ];
    let mut table = Table::new(title(view, matrix), columns).in_files(["row_id", "column_id"]);
    let (down, across) = (matrix.rows.len(), matrix.columns.len());
    let inner = (0..down).flat_map(|row| (0..across).map(move |column| (row, column)));
    let sums = (0..down).map(|row| (row, across)).chain((0..=across).map(|column| (down, column)));
    for (row, column) in inner.chain(sums) {
        let Some(cell) = matrix.cell(row, column) else { continue };
        let from = matrix.codings(cell).into_iter().map(|coding| coding.0.guid()).collect();
        let names = |ids: &[crate::project::id::CaseId]| -> Cell {
            let known = matrix.cases.iter().filter(|case| ids.contains(case)).filter_map(|case| view.case(*case));
            known.map(|case| case.name.as_str()).collect::<Vec<_>>().join("; ").into()
        };
        let of_pairs = |n: usize| -> Cell { matrix.is_of_pairs().then_some(n as u64).into() };
        let looked = |n: usize| -> Cell { (matrix.asked.kind == Kind::Relation).then_some(n as u64).into() };
        let name = |lines: &[Line], at: usize| -> Cell { lines.get(at).map(|line| line.name.as_str()).into() };
        let id = |lines: &[Line], at: usize| -> Cell { lines.get(at).and_then(id_of).map(Id::guid).into() };
        table.push(vec![
            name(&matrix.rows, row),
            name(&matrix.columns, column),
            (row == down || column == across).into(),
            Cell { value: Value::Count(cell.n as u64), from },
            (cell.high as u64).into(),
            cell.of.map(|of| of as u64).into(),
            share(cell),
            matrix.asked.least.filter(|_| row < down && column < across).map(|least| cell.holds(least)).into(),
            names(&cell.yes),
            names(&cell.disputed),
            names(&cell.not_yet),
            of_pairs(cell.pairs()),
            looked(cell.looked),
            looked(cell.struck.len()),
            id(&matrix.rows, row),
            id(&matrix.columns, column),
        ]);
    }
    table
}

/// What stands over the names of the rows, and its key in files.
fn head(rows: &[Line], matrix: &Matrix) -> (&'static str, &'static str) {
    match (rows.first().map(|line| &line.what), matrix.asked.kind, matrix.transposed) {
        (Some(What::Case(_)), ..) | (None, Kind::CaseCode, false) => ("Case", "case"),
        (Some(What::Value(_) | What::Missing), ..) | (None, Kind::CodeAttribute, true) => ("Value", "value"),
        (Some(What::Code(_)), ..) | (None, Kind::CodeAttribute | Kind::CodeCode | Kind::Relation, _) => {
            ("Code", "code")
        }
        (None, Kind::CaseCode | Kind::RoleCode, true) => ("Code", "code"),
        _ => ("Role", "role"),
    }
}

/// What it is of, how many cases it looks at, what it rests on, how many of its pairs were looked at.
#[must_use]
pub fn title(view: &View<'_>, matrix: &Matrix) -> String {
    let n = matrix.cases.len();
    let word = crate::findings::figures::case_word(view, &matrix.cases, n);
    let mut out = format!("{}: {n} {word}", matrix.title(view));
    if !matrix.rests.is_empty() {
        out.push_str(&format!(" ({})", matrix.rests));
    }
    out.push_str(&format!("; {}", matrix.sums(view)));
    if matrix.asked.kind == Kind::Relation {
        out.push_str(&format!("; {} of {} pairs looked at", matrix.whole.looked, matrix.whole.pairs()));
    }
    if !matrix.unread.is_empty() {
        out.push_str(&format!("; without {} whose texts could not be read", matrix.unread.len()));
    }
    out
}

/// Whether percentages stand beside its numbers: where each column has an N of its own.
fn has_shares(matrix: &Matrix) -> bool {
    matrix.asked.kind == Kind::CodeAttribute && matrix.whole.of.is_some() && matrix.asked.least.is_none()
}

fn share(cell: &Counted) -> Cell {
    match cell.of {
        Some(of) if cell.n == cell.high => Value::Share(cell.n as u64, of as u64).into(),
        _ => crate::findings::matrix::share(cell).into(),
    }
}

/// What a cell says in a drawing: its number, or the sign for what is not yet coded.
#[must_use]
pub fn words(matrix: &Matrix, cell: &Counted, is_sum: bool) -> String {
    if cell.is_not_yet() { NOT_YET.to_owned() } else { figure(matrix, cell, is_sum).words() }
}

fn figure(matrix: &Matrix, cell: &Counted, is_sum: bool) -> Cell {
    match matrix.asked.least.filter(|_| !is_sum) {
        Some(least) if cell.holds(least) => HOLDS.into(),
        Some(_) => Cell::default(),
        None if cell.is_not_yet() => "not yet coded".into(),
        None if cell.n == cell.high => (cell.n as u64).into(),
        None => span(cell).into(),
    }
}

fn id_of(line: &Line) -> Option<Id> {
    match line.what {
        What::Case(case) => Some(case.0),
        What::Code(code) => Some(code.0),
        _ => None,
    }
}
