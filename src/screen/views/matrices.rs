//! The Matrices view: cases, codes, values or roles against codes, as a map of numbers.
//!
//! A matrix is counted beside the screen, once after each change of the project or of what is asked, and only while the view
//! is shown; what is drawn is what is seen of it. Every cell and every sum opens the passages, or the pairs of passages, that
//! it was counted from; a pair is confirmed or struck there.

pub mod ask;
mod behind;
mod draw;
pub mod pairs;

pub use behind::open;
pub use draw::{cell_words, draw, press};

use crate::findings::ground::Transcript;
use crate::findings::matrix::{Asked, By, Cell as Counted, Count, Kind, Matrix, Sort, What, matrix};
use crate::findings::working::Counted as Passage;
use crate::project::case::{AttributeKind, Bearer};
use crate::project::id::{AttributeId, SourceId};
use crate::project::memo::Link;
use crate::project::view::View;
use crate::screen::app::{App, Tone};
use crate::screen::beside::{Beside, Heard};
use crate::screen::layers::Layer;
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::session::{Library, Study, Waker};
use ratatui::layout::Rect;
use std::cell::Cell;

/// The state of the Matrices view.
#[derive(Default)]
pub struct MatricesView {
    asked: Asked,
    transposed: bool,
    sort: Sort,
    /// The column that rows are sorted by.
    sort_by: Option<What>,
    without_empty: bool,
    shares: bool,
    /// The row in hand; the sums behind the last.
    row: usize,
    /// The column in hand, likewise.
    column: usize,
    counted: Option<Matrix>,
    trouble: Option<String>,
    question: Option<(Asked, u64)>,
    work: Option<Beside<Result<Matrix, String>>>,
    /// The pairs of the list that is open, or that the transcript is looked at from, and the state they were listed at.
    listed: Vec<(Passage, Passage)>,
    listed_at: u64,
    top: Cell<usize>,
    left: Cell<usize>,
    /// How many rows were drawn last.
    height: Cell<usize>,
}

impl MatricesView {
    /// What was counted, if it has been.
    #[must_use]
    pub const fn counted(&self) -> Option<&Matrix> {
        self.counted.as_ref()
    }

    /// What is asked.
    #[must_use]
    pub const fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Whether a matrix is being counted.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.work.is_some()
    }

    /// The row and the column in hand; sums stand behind the last.
    #[must_use]
    pub const fn place(&self) -> (usize, usize) {
        (self.row, self.column)
    }

    /// The cell in hand.
    #[must_use]
    pub fn cell(&self) -> Option<&Counted> {
        self.counted.as_ref()?.cell(self.row, self.column)
    }

    /// Brings everything up to date with the project: has it counted anew, beside the screen.
    pub fn refresh(&mut self, study: &Study, waker: &Waker) {
        let view = study.view();
        if self.asked.kind == Kind::CodeAttribute
            && self.asked.attribute.is_none_or(|attribute| view.attribute(attribute).is_none())
        {
            self.asked.attribute = likeliest(&view);
        }
        let question = (self.asked.clone(), study.generation());
        if self.question.as_ref() == Some(&question) {
            return;
        }
        let needs_texts =
            self.asked.kind == Kind::RoleCode || self.asked.kind.is_of_pairs() && self.asked.by == By::Turn;
        let sources: Vec<SourceId> =
            if needs_texts { view.sources().iter().map(|source| source.id).collect() } else { Vec::new() };
        let (project, coder, library) = (study.snapshot(), study.coder(), study.library(&sources));
        let asked = self.asked.clone();
        self.question = Some(question);
        self.work = Some(Beside::start(waker, move |_| count(&View::new(&project, coder), &asked, &library)));
    }

    /// Takes in what was counted; says whether anything has changed.
    pub fn listen(&mut self) -> bool {
        let Some(work) = &self.work else { return false };
        match work.hear() {
            Heard::Nothing => return false,
            Heard::Answer(Ok(counted)) => {
                self.take(counted);
                self.trouble = None;
            }
            Heard::Answer(Err(why)) => (self.counted, self.trouble) = (None, Some(why)),
            Heard::Gone => self.trouble = Some("the matrix could not be counted; another key tries again".to_owned()),
        }
        self.work = None;
        true
    }

    /// Takes a matrix as it is wanted; the cursor stays on what it was on.
    fn take(&mut self, mut counted: Matrix) {
        let at = self.in_hand();
        if self.transposed != counted.transposed {
            counted.transpose();
        }
        if self.without_empty {
            counted.leave_empty();
        }
        self.counted = Some(counted);
        self.arrange();
        self.stand_on(at);
    }

    /// What the row and the column in hand are.
    fn in_hand(&self) -> (Option<What>, Option<What>) {
        let Some(counted) = &self.counted else { return (None, None) };
        let what = |lines: &[crate::findings::matrix::Line], at: usize| lines.get(at).map(|line| line.what.clone());
        (what(&counted.rows, self.row), what(&counted.columns, self.column))
    }

    /// Puts the cursor on these; where one is gone it stays in its place as far as there is one.
    fn stand_on(&mut self, (row, column): (Option<What>, Option<What>)) {
        let Some(counted) = &self.counted else { return };
        let place = |lines: &[crate::findings::matrix::Line], what: Option<What>, at: usize| {
            let found = what.and_then(|what| lines.iter().position(|line| line.what == what));
            found.unwrap_or_else(|| at.min(lines.len()))
        };
        (self.row, self.column) = (place(&counted.rows, row, self.row), place(&counted.columns, column, self.column));
    }

    /// Sorts the rows as they are wanted.
    fn arrange(&mut self) {
        let Some(counted) = &mut self.counted else { return };
        let column = self.sort_by.as_ref().and_then(|what| counted.columns.iter().position(|line| line.what == *what));
        let by = match (self.sort, column) {
            (Sort::Column(_), Some(column)) => Sort::Column(column),
            (Sort::Column(_), None) => Sort::Given,
            (by, _) => by,
        };
        self.sort = by;
        counted.sort(by);
    }

    /// Rows become columns.
    pub fn transpose(&mut self) {
        let (row, column) = self.in_hand();
        self.transposed = !self.transposed;
        if let Sort::Column(_) = self.sort {
            self.sort = Sort::Given;
        }
        std::mem::swap(&mut self.row, &mut self.column);
        if let Some(counted) = &mut self.counted {
            // What was sorted as rows stands as it was asked for again.
            counted.sort(Sort::Given);
            counted.transpose();
        }
        self.arrange();
        self.stand_on((column, row));
    }

    /// Another order of the rows; by the column in hand if that is wanted. Says which.
    pub fn sort(&mut self, by_column: bool) -> String {
        let at = self.in_hand();
        self.sort = match (by_column, self.sort) {
            (true, _) if at.1.is_some() => Sort::Column(self.column),
            (true, _) => Sort::Sum,
            (false, Sort::Given | Sort::Column(_)) => Sort::Sum,
            (false, Sort::Sum) => Sort::Name,
            (false, Sort::Name) => Sort::Given,
        };
        self.sort_by.clone_from(&at.1);
        self.arrange();
        self.stand_on(at);
        self.sort.words().to_owned()
    }

    /// Leaves empty rows and columns away, or shows them; says which.
    pub fn turn_empty(&mut self) -> &'static str {
        self.without_empty = !self.without_empty;
        self.question = None;
        if self.without_empty { "without empty rows and columns" } else { "with empty rows and columns" }
    }

    /// Shows percentages where there are any, or numbers.
    pub fn turn_shares(&mut self) -> &'static str {
        self.shares = !self.shares;
        if self.shares { "percentages, where cases are counted of many" } else { "numbers" }
    }

    /// Moves by so many rows and columns, onto the sums at most.
    pub fn step(&mut self, down: i32, across: i32) {
        let Some(counted) = &self.counted else { return };
        let to = |at: usize, by: i32, last: usize| {
            usize::try_from((at as i64 + i64::from(by)).max(0)).unwrap_or(0).min(last)
        };
        self.row = to(self.row, down, counted.rows.len());
        self.column = to(self.column, across, counted.columns.len());
    }

    /// How many rows a page has.
    #[must_use]
    pub fn page(&self) -> i32 {
        i32::try_from(self.height.get().saturating_sub(1).max(1)).unwrap_or(i32::MAX)
    }

    /// Puts the cursor on the next row whose name has these words, or else the next column; says whether there is one.
    pub fn find(&mut self, words: &str) -> bool {
        let Some(counted) = &self.counted else { return false };
        if let Some(row) = counted.find_row(words, self.row + 1) {
            self.row = row;
            return true;
        }
        let found = counted.find_column(words, self.column + 1);
        self.column = found.unwrap_or(self.column);
        found.is_some()
    }

    /// Changes what is asked.
    fn ask(&mut self, change: impl FnOnce(&mut Asked)) {
        change(&mut self.asked);
    }

    /// What the status line says.
    #[must_use]
    pub fn status(&self, app: &App) -> (String, String) {
        let view = app.study.view();
        let left = match &self.trouble {
            Some(why) => why.clone(),
            None if self.work.is_some() => "counting".to_owned(),
            None => ask::only_words(&view, &self.asked.only),
        };
        let Some(counted) = &self.counted else { return (left, String::new()) };
        let (dot, sum) = (app.glyphs.dot, app.glyphs.sum);
        let all = counted.counts(&view, 2);
        let mut right = match (counted.asked.count, counted.asked.kind, counted.transposed) {
            (Count::Passages, ..) => format!("{sum} adds {all} up"),
            (Count::Cases, Kind::CaseCode, false) => {
                format!("numbers: passages {dot} {sum} below: {all} {dot} {sum} at the right: codes")
            }
            (Count::Cases, Kind::CaseCode, true) => {
                format!("numbers: passages {dot} {sum} below: codes {dot} {sum} at the right: {all}")
            }
            (Count::Cases, ..) => format!("{sum}: {all} of any cell, each once"),
        };
        if self.sort != Sort::Given {
            right.push_str(&format!(" {dot} {}", self.sort.words()));
        }
        (left, right)
    }
}

/// The attribute whose values are shown first: one with few values.
fn likeliest(view: &View<'_>) -> Option<AttributeId> {
    let all: Vec<_> = view.attributes().into_iter().filter(|attribute| attribute.of == Bearer::Case).collect();
    let few = |kind| matches!(kind, AttributeKind::Choice | AttributeKind::YesNo | AttributeKind::Choices);
    let found = all.iter().find(|attribute| few(attribute.kind) || !attribute.choices.is_empty());
    found.or(all.first()).map(|attribute| attribute.id)
}

/// Counts a matrix.
fn count(view: &View<'_>, asked: &Asked, library: &Library) -> Result<Matrix, String> {
    let texts = |source| {
        let reading = library.read(source).ok()?;
        Some(Transcript { text: reading.text.clone(), turns: reading.turns.clone() })
    };
    matrix(view, asked, &texts).map_err(|why| why.to_string())
}

/// The page follows the cursor when it is drawn; the list of pairs follows the project.
pub fn settle(app: &mut App, _area: Rect) {
    app.matrices.refresh(&app.study, &app.waker);
    pairs::renew(app);
}

/// Goes to the next cell with something in it, or the one before, row by row.
pub fn walk(app: &mut App, back: bool) {
    let state = &mut app.matrices;
    let Some(counted) = &state.counted else { return };
    let (down, across) = (counted.rows.len(), counted.columns.len());
    let all = down * across;
    if all == 0 {
        return;
    }
    let row = state.row.min(down - 1);
    // From a sum the next is in the next row.
    let at = row * across + state.column.min(across - 1);
    let to = (1..=all).map(|n| if back { (at + all - n % all) % all } else { (at + n) % all });
    let full = |at: &usize| counted.cell(at / across, at % across).is_some_and(|cell| !cell.is_empty());
    if let Some(to) = to.into_iter().find(full) {
        (state.row, state.column) = (to / across, to % across);
    }
}

/// Asks for a row or a column to find.
pub fn find(app: &mut App) {
    if app.matrices.counted.is_none() {
        app.tell(Tone::Plain, "there is nothing to find yet");
        return;
    }
    let prompt = Prompt::new("Go to a row or a column", "letters of its name", "", AskFor::FindMatrix);
    app.layers.push(Layer::Prompt(prompt));
}

/// Another kind of matrix.
pub fn turn(app: &mut App, back: bool) {
    let all = Kind::ALL;
    let at = all.iter().position(|kind| *kind == app.matrices.asked.kind).unwrap_or(0);
    let to = all[(at + if back { all.len() - 1 } else { 1 }) % all.len()];
    ask::show_kind(app, to);
}

/// What a memo would be about: the code of the row in hand or of the column, else the case.
#[must_use]
pub fn about(app: &App) -> Link {
    let state = &app.matrices;
    let Some(counted) = &state.counted else { return Link::Study };
    let lines = [counted.rows.get(state.row), counted.columns.get(state.column)];
    let code = lines.iter().flatten().find_map(|line| line.code()).map(Link::Code);
    let case = lines.iter().flatten().find_map(|line| line.case()).map(Link::Case);
    code.or(case).unwrap_or(Link::Study)
}
