//! The Framework view: cases down, themes or codes across, in each cell the start of what was made of the case under it.
//!
//! It is worked out beside the screen, once after each change of the project and only while the view is shown. A cell
//! opens as a page with its extracts and an editor ([`crate::screen::layers::summary`]).

mod draw;

use super::only::Only;
use crate::findings::framework::{
    self as findings, Cell as Place, Framework, changes_in_words, codes_of, framework, name_of, offered,
};
use crate::findings::working::working;
use crate::project::id::CaseId;
use crate::project::memo::Link;
use crate::project::summary::Heading;
use crate::project::view::View;
use crate::screen::app::{App, Tone};
use crate::screen::beside::{Beside, Heard};
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Choose, Item, Picker, Target};
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::layers::summary;
use crate::screen::views::Showing;
use crate::session::{Study, Waker};
use crate::table::Table;
pub use draw::{draw, press};
use std::cell::Cell;

/// The columns as they were chosen: of themes, of codes.
type Chosen = [Option<Vec<Heading>>; 2];
/// What was asked for: at which state of the project, which cases, whether codes, which columns.
type Question = (u64, Only, Option<bool>, Chosen);

/// The state of the Framework view.
#[derive(Default)]
pub struct FrameworkView {
    /// Whether codes stand across, not themes; as the study has themes or not until it is said.
    by_code: Option<bool>,
    /// The columns as they were chosen: of themes, of codes.
    chosen: Chosen,
    /// Which cases are shown.
    pub only: Only,
    row: usize,
    column: usize,
    matrix: Option<Framework>,
    trouble: Option<String>,
    question: Option<Question>,
    work: Option<Beside<Framework>>,
    top: Cell<usize>,
    left: Cell<usize>,
}

impl FrameworkView {
    /// Whether it is being worked out.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.work.is_some()
    }

    /// Whether codes stand across.
    fn shows_codes(&self, view: &View<'_>) -> bool {
        self.by_code.unwrap_or_else(|| !matches!(offered(view).first(), Some(Heading::Theme(_))))
    }

    /// The columns.
    fn headings(&self, view: &View<'_>) -> Vec<Heading> {
        let codes = self.shows_codes(view);
        if let Some(chosen) = &self.chosen[usize::from(codes)] {
            return chosen.iter().copied().filter(|of| name_of(view, *of).is_some()).collect();
        }
        if codes {
            return view.codebook().top().iter().map(|code| Heading::Code(*code)).collect();
        }
        offered(view).into_iter().filter(|of| matches!(of, Heading::Theme(_))).collect()
    }

    /// Brings everything up to date with the project: has it worked out anew, beside the screen.
    pub fn refresh(&mut self, study: &Study, waker: &Waker) {
        let same = |(at, only, by_code, chosen): &Question| {
            (*at, only, *by_code, chosen) == (study.generation(), &self.only, self.by_code, &self.chosen)
        };
        if self.question.as_ref().is_some_and(same) {
            return;
        }
        let view = study.view();
        self.question = Some((study.generation(), self.only.clone(), self.by_code, self.chosen.clone()));
        let headings = self.headings(&view);
        let only = self.only.cases(&view);
        let wanted = |case: &CaseId| only.as_ref().is_none_or(|only| only.contains(case));
        let cases: Vec<CaseId> = view.cases().into_iter().map(|case| case.id).filter(wanted).collect();
        let (project, coder) = (study.snapshot(), study.coder());
        self.work = Some(Beside::start(waker, move |_| {
            let view = View::new(&project, coder);
            framework(&view, &working(&view), &cases, &headings)
        }));
    }

    /// Takes in what was worked out; says whether anything has changed.
    pub fn listen(&mut self) -> bool {
        let Some(work) = &self.work else { return false };
        match work.hear() {
            Heard::Nothing => return false,
            Heard::Answer(matrix) => {
                let at = self.at();
                let row = at.and_then(|(case, _)| matrix.cases.iter().position(|other| *other == case));
                let column = at.and_then(|(_, of)| matrix.columns.iter().position(|column| column.of == of));
                self.row = row.unwrap_or(self.row).min(matrix.cases.len().saturating_sub(1));
                self.column = column.unwrap_or(self.column).min(matrix.columns.len().saturating_sub(1));
                self.matrix = Some(matrix);
                self.trouble = None;
            }
            Heard::Gone => {
                self.trouble = Some("the matrix could not be worked out; another key tries again".to_owned());
                self.question = None;
            }
        }
        self.work = None;
        true
    }

    /// The case and the heading in hand.
    #[must_use]
    pub fn at(&self) -> Option<(CaseId, Heading)> {
        let matrix = self.matrix.as_ref()?;
        Some((*matrix.cases.get(self.row)?, matrix.columns.get(self.column)?.of))
    }

    /// The cell in hand.
    fn place(&self) -> Option<&Place> {
        self.matrix.as_ref()?.cell(self.row, self.column)
    }

    /// Moves by so many rows.
    pub fn step(&mut self, by: i32) {
        let count = self.matrix.as_ref().map_or(0, |matrix| matrix.cases.len());
        self.row = moved(count, self.row, by);
    }

    /// Moves by so many columns.
    pub fn across(&mut self, by: i32) {
        let count = self.matrix.as_ref().map_or(0, |matrix| matrix.columns.len());
        self.column = moved(count, self.column, by);
    }

    /// Goes to the next cell, or the one before, that wants a look: changed since it was written, or with extracts and not
    /// written by the viewer; says whether there is one.
    fn walk(&mut self, back: bool) -> bool {
        let Some(matrix) = &self.matrix else { return false };
        let (rows, columns) = (matrix.cases.len(), matrix.columns.len());
        let (count, here) = (rows * columns, self.row * columns + self.column);
        let wants = |n: usize| {
            let cell = matrix.cell(n / columns, n % columns);
            cell.is_some_and(|cell| cell.has_changed() || (cell.own().is_none() && !cell.extracts.is_empty()))
        };
        let next = |by: usize| if back { (here + count - by) % count } else { (here + by) % count };
        let found = (1..=count).map(next).find(|n| wants(*n));
        if let Some(n) = found {
            (self.row, self.column) = (n / columns, n % columns);
        }
        found.is_some()
    }

    /// Puts the cursor on the next case whose name has these words; says whether there is one.
    pub fn find(&mut self, view: &View<'_>, words: &str) -> bool {
        let Some(matrix) = &self.matrix else { return false };
        let wanted = words.to_lowercase();
        let has = |case: CaseId| view.case(case).is_some_and(|case| case.name.to_lowercase().contains(&wanted));
        let n = matrix.cases.len();
        let found = (1..=n).map(|by| (self.row + by) % n).find(|row| has(matrix.cases[*row]));
        self.row = found.unwrap_or(self.row);
        found.is_some()
    }

    /// Turns from themes to codes across, and back.
    fn turn(&mut self, view: &View<'_>) -> &'static str {
        let codes = !self.shows_codes(view);
        self.by_code = Some(codes);
        (self.column, self.matrix) = (0, None);
        if codes { "codes across" } else { "themes across" }
    }

    /// Puts more columns beside those there are.
    pub fn add(&mut self, view: &View<'_>, more: &[Heading]) {
        let codes = self.shows_codes(view);
        let mut columns = self.headings(view);
        columns.extend(more.iter().filter(|of| !columns.contains(of)).copied().collect::<Vec<_>>());
        self.column = columns.len().saturating_sub(1);
        self.chosen[usize::from(codes)] = Some(columns);
        self.matrix = None;
    }

    /// Takes the column in hand out of sight; says what it is called.
    fn remove(&mut self, view: &View<'_>) -> Option<String> {
        let (_, of) = self.at()?;
        let mut columns = self.headings(view);
        columns.retain(|other| *other != of);
        self.chosen[usize::from(self.shows_codes(view))] = Some(columns);
        name_of(view, of).map(str::to_owned)
    }

    /// What the status line says.
    #[must_use]
    pub fn status(&self, app: &App) -> (String, String) {
        let view = app.study.view();
        let Some(matrix) = &self.matrix else { return (String::new(), String::new()) };
        let left = match (&self.trouble, self.at(), self.place()) {
            (Some(why), ..) => why.clone(),
            (_, Some((case, of)), Some(place)) => {
                let case = super::rounds::words::case_name(&view, case);
                let of = name_of(&view, of).unwrap_or("a heading that is gone");
                let state = match place.first() {
                    Some(written) => {
                        let day = super::rounds::words::day(app, written.summary.at);
                        let since = changes_in_words(&written.changes);
                        let since = if since.is_empty() { since } else { format!("; since then {since}") };
                        format!("{} on {day}{since}", written.initials)
                    }
                    None if place.extracts.is_empty() => "no extracts".to_owned(),
                    None => "nothing is written yet".to_owned(),
                };
                format!("{case} {} {of}: {state}", app.glyphs.wrong)
            }
            _ => String::new(),
        };
        let cells = || (0..matrix.cases.len()).flat_map(|row| (0..matrix.columns.len()).map(move |n| (row, n)));
        let of = |test: fn(&Place) -> bool| cells().filter(|(r, c)| matrix.cell(*r, *c).is_some_and(test)).count();
        let (written, changed) = (of(|cell| !cell.written.is_empty()), of(Place::has_changed));
        let only = self.only.words(&view);
        let only = if only.is_empty() { only } else { format!("{only} {} ", app.glyphs.dot) };
        let changed = if changed > 0 { format!(", {changed} changed since") } else { String::new() };
        (left, format!("{only}{written} of {} written{changed}", cells().count()))
    }
}

/// `at` moved by so many of `count`.
fn moved(count: usize, at: usize, by: i32) -> usize {
    let to = (at as i64).saturating_add(i64::from(by)).max(0);
    usize::try_from(to).unwrap_or(0).min(count.saturating_sub(1))
}

/// Opens the cell in hand as a page.
pub fn open(app: &mut App) {
    let Some((case, of)) = app.framework.at() else {
        app.tell(Tone::Plain, "there is no cell here yet; a adds a column");
        return;
    };
    summary::open(app, case, of);
}

/// Offers themes and codes as columns.
pub fn add(app: &mut App) {
    let view = app.study.view();
    let there = app.framework.headings(&view);
    let themes = view.themes().into_iter().map(|theme| Heading::Theme(theme.id));
    let codes = view.codebook().in_order().into_iter().map(Heading::Code);
    let mut ways: Vec<Heading> = if app.framework.shows_codes(&view) { codes.collect() } else { themes.collect() };
    ways.retain(|of| !there.contains(of));
    if ways.is_empty() {
        let codes = app.framework.shows_codes(&view);
        let words = if codes { "every code is a column already" } else { "there is no other theme; tab shows codes" };
        app.tell(Tone::Plain, words);
        return;
    }
    let item = |(n, of): (usize, &Heading)| {
        let note = match of {
            Heading::Theme(_) => passages_of_codes(&view, *of),
            Heading::Code(code) => {
                let above = view.code(*code).and_then(|node| node.parent);
                above.map(|above| view.codebook().path(above)).unwrap_or_default()
            }
        };
        let label = name_of(&view, *of).unwrap_or_default().to_owned();
        Item { label, note, also: String::new(), target: Target::Nth(n) }
    };
    let items = ways.iter().enumerate().map(item).collect();
    app.layers.push(Layer::Picker(Picker::new("More columns", items, Choose::Headings(ways))));
}

fn passages_of_codes(view: &View<'_>, of: Heading) -> String {
    super::passages::count(codes_of(view, of).len(), "code", "codes")
}

/// Takes the column in hand out of sight.
pub fn remove(app: &mut App) {
    let removed = app.framework.remove(&app.study.view());
    match removed {
        Some(name) => {
            super::refresh(app);
            app.tell(
                Tone::Done,
                format!("“{name}” is out of sight; nothing that was written is gone, a shows it again"),
            );
        }
        None => app.tell(Tone::Plain, "there is no column here"),
    }
}

/// Goes to the next cell that wants a look, or the one before.
pub fn walk(app: &mut App, back: bool) {
    if !app.framework.walk(back) {
        app.tell(Tone::Plain, "every cell with extracts is written, and nothing has changed since");
    }
}

/// Asks for a case to find.
pub fn find(app: &mut App) {
    let ask = AskFor::FindIn(Showing::Framework);
    app.layers.push(Layer::Prompt(Prompt::new("Go to a case", "letters of its name", "", ask)));
}

/// Turns from themes to codes, and back.
pub fn turn(app: &mut App) {
    let words = app.framework.turn(&app.study.view());
    super::refresh(app);
    app.tell(Tone::Plain, words);
}

/// What a memo would be about.
#[must_use]
pub fn about(app: &App) -> Link {
    match app.framework.at() {
        Some((_, Heading::Theme(theme))) => Link::Theme(theme),
        Some((_, Heading::Code(code))) => Link::Code(code),
        None => Link::Study,
    }
}

/// The matrix as a table.
#[must_use]
pub fn as_table(app: &App) -> Option<Table> {
    Some(findings::as_table(&app.study.view(), app.framework.matrix.as_ref()?))
}
