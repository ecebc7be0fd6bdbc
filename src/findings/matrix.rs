//! Matrices: cases, codes, values of an attribute or roles of speakers, put against codes, and counted.
//!
//! Counted from the working set. Every cell knows the passages (or the pairs of passages) that it was counted from, and of
//! cases who was counted, who is in dispute and who is not yet coded, so that nothing hides behind a nought. A line of a code
//! stands for the codes below it too, and counts a case once however many of them are there. Cells that count cases are
//! summed as the cases of any of them; cells that count passages are summed as numbers.

mod cell;
mod fill;
#[cfg(test)]
mod laws;
mod lines;
mod order;
mod pairs;
mod related;
mod wanted;
mod words;

pub use cell::Cell;
pub use lines::{Line, Part, What};
pub use order::Sort;
pub use pairs::{Pair, named};
pub use related::related;
pub use wanted::{Asked, By, Count, Filter, Kind};
pub use words::{share, span};

use super::count::{Counting, rests};
use super::ground::Texts;
use super::presence::{By as Whose, Presence, Unit, no_speakers};
use super::truth::Truth;
use super::working::Counted;
use crate::project::id::{CaseId, CodingId, SourceId};
use crate::project::saved::Counts;
use crate::project::view::View;

/// A matrix.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// What was asked.
    pub asked: Asked,
    /// The rows.
    pub rows: Vec<Line>,
    /// The columns.
    pub columns: Vec<Line>,
    /// The cells, row by row.
    cells: Vec<Cell>,
    /// The sums of the rows.
    pub row_sums: Vec<Cell>,
    /// The sums of the columns.
    pub column_sums: Vec<Cell>,
    /// The sum of all.
    pub whole: Cell,
    greatest: usize,
    /// Whether rows and columns have changed places.
    pub transposed: bool,
    /// The passages that tables count; cells name them by number.
    pub counted: Vec<Counted>,
    /// The pairs of passages that lie together; cells of codes by codes name them by number.
    pub pairs: Vec<Pair>,
    /// The cases that are looked at.
    pub cases: Vec<CaseId>,
    /// The cases not one of whose sources anybody has coded to the end: they are in no count of cases.
    pub not_yet: Vec<CaseId>,
    /// Sources whose texts could not be read where turns or speakers had to be looked up: they are left out.
    pub unread: Vec<SourceId>,
    /// What it rests on, in words: how many cases are coded twice, once, not yet.
    pub rests: String,
}

/// Why a matrix cannot be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoMatrix {
    /// No attribute was named.
    #[error("say which attribute its columns are of")]
    NoAttribute,
    /// The attribute is gone, or is one of participants.
    #[error("there is no such attribute of cases any more")]
    NoSuchAttribute,
}

/// What a matrix is made from, for those who fill it.
struct Ground<'a> {
    view: View<'a>,
    asked: &'a Asked,
    counting: Counting<'a>,
    /// The cases that are looked at.
    cases: Vec<CaseId>,
    texts: Texts<'a>,
}

impl Ground<'_> {
    /// Whether a line's code, or one below it, is in a case.
    fn truth(&self, line: &Line, case: CaseId) -> Truth {
        match line.what {
            What::Code(code) => self.counting.code(code, true, Unit::Case(case)),
            _ => Truth::No,
        }
    }

    /// Whether a passage is looked at.
    fn wants(&self, counted: &Counted) -> bool {
        match counted.case {
            Some(case) => self.cases.binary_search(&case).is_ok(),
            None => self.asked.only.is_open(),
        }
    }
}

/// Counts a matrix, as the view's coder may see the project. `texts` is asked only where turns or speakers matter; what
/// it takes otherwise is time with the codings of the study, and with the pairs of codes that lie together.
///
/// # Errors
/// If it names no attribute where one is needed.
pub fn matrix(view: &View<'_>, asked: &Asked, texts: Texts<'_>) -> Result<Matrix, NoMatrix> {
    let presence = Presence::new(view, asked.only.wave, Whose::Working, &no_speakers);
    let counting = Counting::new(*view, &presence);
    let of_kind = presence.units(view, Counts::Cases, &asked.only.kind);
    let wanted = |unit: &Unit| asked.only.holds.iter().all(|expr| counting.holds(expr, *unit) == Truth::Yes);
    let case = |unit: Unit| if let Unit::Case(case) = unit { Some(case) } else { None };
    let cases: Vec<CaseId> = of_kind.into_iter().filter(wanted).filter_map(case).collect();
    let not_yet: Vec<CaseId> =
        cases.iter().copied().filter(|case| presence.coders(view, Unit::Case(*case), None).is_empty()).collect();
    let mut sorted = cases.clone();
    sorted.sort_unstable();
    let ground = Ground { view: *view, asked, counting, cases: sorted, texts };
    let mut out = match asked.kind {
        Kind::CaseCode => fill::case_code(&ground, &cases),
        Kind::CodeAttribute => fill::code_attribute(&ground, &cases)?,
        Kind::RoleCode => fill::role_code(&ground, &cases),
        Kind::CodeCode | Kind::Relation => pairs::code_code(&ground, &cases),
    };
    let units: Vec<Unit> = cases.iter().copied().map(Unit::Case).collect();
    out.rests = rests(view, &presence, &ground.counting, &units);
    out.cases = cases;
    out.not_yet = not_yet;
    out.greatest = out.cells.iter().map(|cell| out.weight(cell)).max().unwrap_or(0);
    out.counted = presence.working.counted.clone();
    Ok(out)
}

impl Matrix {
    /// A matrix of these lines with nothing in it.
    fn new(asked: &Asked, rows: Vec<Line>, columns: Vec<Line>) -> Self {
        let (across, down) = (columns.len(), rows.len());
        Self {
            asked: asked.clone(),
            cells: vec![Cell::default(); across * down],
            row_sums: vec![Cell::default(); down],
            column_sums: vec![Cell::default(); across],
            rows,
            columns,
            whole: Cell::default(),
            greatest: 0,
            transposed: false,
            counted: Vec::new(),
            pairs: Vec::new(),
            cases: Vec::new(),
            not_yet: Vec::new(),
            unread: Vec::new(),
            rests: String::new(),
        }
    }

    /// A cell by row and column; behind the last row or column the sums, and behind both the sum of all.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        match (row.cmp(&self.rows.len()), column.cmp(&self.columns.len())) {
            (std::cmp::Ordering::Less, std::cmp::Ordering::Less) => self.cells.get(row * self.columns.len() + column),
            (std::cmp::Ordering::Less, std::cmp::Ordering::Equal) => self.row_sums.get(row),
            (std::cmp::Ordering::Equal, std::cmp::Ordering::Less) => self.column_sums.get(column),
            (std::cmp::Ordering::Equal, std::cmp::Ordering::Equal) => Some(&self.whole),
            _ => None,
        }
    }

    /// The cells of a row.
    fn row(&self, row: usize) -> &[Cell] {
        let across = self.columns.len();
        self.cells.get(row * across..(row + 1) * across).unwrap_or_default()
    }

    /// The cells of a column.
    fn column(&self, column: usize) -> impl Iterator<Item = &Cell> {
        self.cells.iter().skip(column).step_by(self.columns.len().max(1))
    }

    /// What a cell's shade goes by: its number; of a case and a code how often that is there.
    #[must_use]
    pub fn weight(&self, cell: &Cell) -> usize {
        if self.asked.kind == Kind::CaseCode { cell.items.len() } else { cell.n }
    }

    /// Whether a cell, which is no sum, is of one case and one code: it counts one or none.
    #[must_use]
    pub fn counts_one(&self, cell: &Cell) -> bool {
        self.asked.kind == Kind::CaseCode && self.asked.count == Count::Cases && cell.all == 1
    }

    /// The greatest of these, sums left out.
    #[must_use]
    pub const fn greatest(&self) -> usize {
        self.greatest
    }

    /// Whether its cells are of pairs of passages, not of passages.
    #[must_use]
    pub const fn is_of_pairs(&self) -> bool {
        matches!(self.asked.kind, Kind::CodeCode | Kind::Relation)
    }

    /// The codings behind a cell, each once, in order: the pairs that count, or the passages.
    #[must_use]
    pub fn codings(&self, cell: &Cell) -> Vec<CodingId> {
        let mut out: Vec<CodingId> = Vec::new();
        let mut met = std::collections::HashSet::new();
        let passages = cell.items.iter().flat_map(|item| match self.is_of_pairs() {
            true => self.pairs.get(*item).map_or(Vec::new(), |pair| vec![pair.a, pair.b]),
            false => vec![*item],
        });
        for counted in passages.filter_map(|at| self.counted.get(at)) {
            out.extend(counted.codings.iter().filter(|coding| met.insert(**coding)));
        }
        out
    }

    /// The two passages of a pair as a cell has them: that of its row, that of its column.
    #[must_use]
    pub fn sides(&self, row: usize, column: usize, pair: usize) -> Option<(&Counted, &Counted)> {
        let pair = self.pairs.get(pair)?;
        let (a, b) = (self.counted.get(pair.a)?, self.counted.get(pair.b)?);
        // On a sum one side is anything; what lies on the other side tells which is which.
        let on = |lines: &[Line], at: usize, counted: &Counted| {
            lines.get(at).map_or_else(|| lines.iter().any(|line| line.holds(counted.code)), |l| l.holds(counted.code))
        };
        let as_is = on(&self.rows, row, a) && on(&self.columns, column, b);
        Some(if as_is { (a, b) } else { (b, a) })
    }
}
