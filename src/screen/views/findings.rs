//! The Findings view: saved tables, how many of how many, and who.
//!
//! Figures are counted beside the screen, once after each change of the project, and drawn from what was counted. Every
//! figure leads to the passages it was counted from, or to the case that has the value.

mod behind;
mod detail;
mod draw;

pub use behind::open;
pub use detail::words as details;

use crate::findings::count::{Became, Counted, Line, table};
use crate::findings::presence::{By, Unit, participants_in};
use crate::findings::truth::Truth;
use crate::project::id::{CaseId, LineId, ParticipantId, SourceId, TableId};
use crate::project::memo::Link;
use crate::project::saved::{Counts, SavedTable, Sort, Under};
use crate::project::view::View;
use crate::screen::app::{App, Tone};
use crate::screen::beside::{Beside, Heard};
use crate::screen::commands::findings::Asked;
use crate::screen::layers::Layer;
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::views::agreement::short_name;
use crate::session::{Library, Study, Waker};
use crate::text::Span;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

/// What can be chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A saved table.
    Table(TableId),
    /// A line of the table in hand.
    Line(LineId),
}

/// What was counted, made ready to be drawn.
pub struct Ready {
    /// The figures.
    pub counted: Counted,
    /// What each line says of each unit; nothing of one that is not in its denominator.
    pub(super) answers: HashMap<LineId, Vec<Option<Truth>>>,
    /// What became of each unit in each line, where two waves stand beside each other.
    pub(super) became: HashMap<LineId, Vec<Option<Became>>>,
    /// The names of the units.
    pub(super) names: Vec<String>,
    /// The same in few cells.
    pub(super) short: Vec<String>,
}

type Question = (TableId, By, u64);

/// The state of the Findings view.
#[derive(Default)]
pub struct FindingsView {
    table: Option<TableId>,
    line: Option<LineId>,
    /// The unit in hand, counted from the left; the whole line if `None`.
    unit: Option<usize>,
    /// Whether the list of tables has the keys.
    in_list: bool,
    by: By,
    ready: Option<Ready>,
    question: Option<Question>,
    work: Option<Beside<Ready>>,
    trouble: Option<String>,
    list_top: Cell<usize>,
    top: Cell<usize>,
}

impl FindingsView {
    /// The table in hand.
    #[must_use]
    pub const fn table(&self) -> Option<TableId> {
        self.table
    }

    /// Takes a table in hand.
    pub fn choose(&mut self, table: TableId) {
        if self.table != Some(table) {
            (self.table, self.line, self.unit, self.ready) = (Some(table), None, None, None);
        }
    }

    /// Takes a line of the table in hand, whole.
    pub fn choose_line(&mut self, line: LineId) {
        (self.line, self.unit, self.in_list) = (Some(line), None, false);
    }

    /// Whether the list of tables has the keys.
    #[must_use]
    pub const fn in_list(&self) -> bool {
        self.in_list
    }

    /// Gives the keys to the list of tables, or to the table.
    pub const fn give(&mut self, list: bool) {
        self.in_list = list;
    }

    /// What was counted, if it has been.
    #[must_use]
    pub const fn ready(&self) -> Option<&Ready> {
        self.ready.as_ref()
    }

    /// Whose codings make a code present.
    #[must_use]
    pub const fn by(&self) -> By {
        self.by
    }

    /// Counts by the codings of others.
    pub fn next_by(&mut self) -> &'static str {
        let at = By::ALL.iter().position(|by| *by == self.by).unwrap_or(0);
        self.by = By::ALL[(at + 1) % By::ALL.len()];
        self.by.name()
    }

    /// The line in hand.
    #[must_use]
    pub fn line(&self) -> Option<&Line> {
        let ready = self.ready.as_ref()?;
        self.line.and_then(|line| ready.counted.line(line)).or_else(|| ready.counted.lines.first())
    }

    /// The unit in hand, if not the whole line.
    #[must_use]
    pub fn unit(&self) -> Option<Unit> {
        let ready = self.ready.as_ref()?;
        ready.counted.units.get(self.unit?).copied()
    }

    /// What has the cursor.
    #[must_use]
    pub fn target(&self) -> Option<Target> {
        match self.in_list {
            true => self.table.map(Target::Table),
            false => self.line().map(|line| Target::Line(line.line.id)),
        }
    }

    /// Whether figures are being counted.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.work.is_some()
    }

    /// Brings everything up to date with the project: has it counted anew, beside the screen.
    pub fn refresh(&mut self, study: &Study, waker: &Waker) {
        let view = study.view();
        if self.table.is_none_or(|id| view.table(id).is_none()) {
            (self.ready, self.line, self.unit) = (None, None, None);
            self.table = view.tables().first().map(|table| table.id);
        }
        let Some(saved) = self.table.and_then(|table| view.table(table)).cloned() else {
            (self.ready, self.work, self.question) = (None, None, None);
            return;
        };
        let table = saved.id;
        let question = (table, self.by, study.generation());
        if self.question == Some(question) {
            return;
        }
        let sources: Vec<SourceId> = if saved.counts == Counts::Participants {
            view.sources().iter().map(|source| source.id).collect()
        } else {
            Vec::new()
        };
        let (project, coder, by, library) = (study.snapshot(), study.coder(), self.by, study.library(&sources));
        self.question = Some(question);
        self.work = Some(Beside::start(waker, move |_| count(&View::new(&project, coder), &saved, by, &library)));
    }

    /// Takes in what was counted; says whether anything has changed.
    pub fn listen(&mut self) -> bool {
        let Some(work) = &self.work else { return false };
        match work.hear() {
            Heard::Nothing => return false,
            Heard::Answer(ready) => {
                // A line that is gone hands the cursor on to the one that stands where it stood.
                let stood = self
                    .line
                    .and_then(|line| self.ready.as_ref()?.counted.lines.iter().position(|other| other.line.id == line));
                if self.line.is_some_and(|line| ready.counted.line(line).is_none()) {
                    let lines = &ready.counted.lines;
                    let next = stood.map(|at| at.min(lines.len().saturating_sub(1))).and_then(|at| lines.get(at));
                    self.line = next.map(|line| line.line.id);
                }
                self.unit = self.unit.filter(|unit| *unit < ready.counted.units.len());
                self.ready = Some(ready);
                self.trouble = None;
            }
            Heard::Gone => self.trouble = Some("the figures could not be counted; another key tries again".to_owned()),
        }
        self.work = None;
        true
    }

    /// What the status line says.
    #[must_use]
    pub fn status(&self, app: &App) -> (String, String) {
        let Some(ready) = &self.ready else { return (self.trouble.clone().unwrap_or_default(), String::new()) };
        let left = match (&self.trouble, self.work.is_some()) {
            (Some(why), _) => why.clone(),
            (None, true) => "counting".to_owned(),
            (None, false) => detail::of_cell(app, self, ready).unwrap_or_default(),
        };
        let rests = if ready.counted.rests.is_empty() { String::new() } else { format!(": {}", ready.counted.rests) };
        let sorted = match ready.counted.table.sort {
            Sort::AsPut => "",
            Sort::ByCount => ", by count",
            Sort::ByName => ", by name",
        };
        let under = if ready.counted.table.under == Under::Themes { ", by theme" } else { "" };
        let on = if ready.counted.of_codes { self.by.name() } else { "attributes alone" };
        (left, format!("{on}{rests}{under}{sorted}"))
    }

    /// Moves by so many rows.
    pub fn step(&mut self, study: &Study, waker: &Waker, by: i32) {
        if self.in_list {
            let tables = study.view();
            let ids: Vec<TableId> = tables.tables().iter().map(|table| table.id).collect();
            let at = ids.iter().position(|id| Some(*id) == self.table).unwrap_or(0);
            if let Some(to) = moved(ids.len(), at, by) {
                self.choose(ids[to]);
                self.refresh(study, waker);
            }
            return;
        }
        let Some(ready) = &self.ready else { return };
        let lines = &ready.counted.lines;
        let at = self.line().and_then(|line| lines.iter().position(|other| other.line.id == line.line.id)).unwrap_or(0);
        if let Some(to) = moved(lines.len(), at, by) {
            self.line = Some(lines[to].line.id);
        }
    }

    /// Goes to the next unit of the line, or the one before; left of the first is the whole line, and then the list.
    pub fn across(&mut self, back: bool) {
        if self.in_list {
            self.in_list = back;
            return;
        }
        let last = self.ready.as_ref().and_then(|ready| ready.counted.units.len().checked_sub(1));
        match (self.unit, back) {
            (None, true) => self.in_list = true,
            (None, false) => self.unit = last.map(|_| 0),
            (Some(0), true) => self.unit = None,
            (Some(at), true) => self.unit = Some(at - 1),
            (Some(at), false) => self.unit = last.map(|last| (at + 1).min(last)),
        }
    }

    /// Takes the whole line in hand; says whether a unit was.
    pub fn let_go(&mut self) -> bool {
        self.unit.take().is_some()
    }

    /// Puts the cursor on the next line, case or table whose name has these words; says whether there is one.
    pub fn find(&mut self, study: &Study, waker: &Waker, words: &str) -> bool {
        let wanted = words.to_lowercase();
        let has = |name: &str| name.to_lowercase().contains(&wanted);
        if let Some(ready) = &self.ready {
            let lines = &ready.counted.lines;
            let at = lines.iter().position(|line| Some(line.line.id) == self.line).map_or(0, |at| at + 1);
            let found = lines.iter().cycle().skip(at).take(lines.len()).find(|line| has(&line.name));
            if let Some(line) = found.map(|line| line.line.id) {
                (self.line, self.in_list) = (Some(line), false);
                return true;
            }
            if let Some(at) = ready.names.iter().position(|name| has(name)) {
                (self.unit, self.in_list) = (Some(at), false);
                return true;
            }
        }
        let table = study.view().tables().into_iter().find(|table| has(&table.name)).map(|table| table.id);
        if let Some(table) = table {
            self.choose(table);
            self.refresh(study, waker);
        }
        table.is_some()
    }
}

/// `at` moved by so many rows of `count`.
fn moved(count: usize, at: usize, by: i32) -> Option<usize> {
    let last = count.checked_sub(1)?;
    usize::try_from((at as i64 + i64::from(by)).clamp(0, last as i64)).ok()
}

/// Counts all that the view shows.
fn count(view: &View<'_>, saved: &Arc<SavedTable>, by: By, library: &Library) -> Ready {
    let readings = RefCell::new(HashMap::new());
    let speakers = |source: SourceId, span: Span| -> Vec<ParticipantId> {
        let mut readings = readings.borrow_mut();
        let reading = readings.entry(source).or_insert_with(|| library.read(source).ok());
        reading.as_ref().map_or_else(Vec::new, |reading| participants_in(view, source, &reading.turns, span))
    };
    let counted = table(view, saved, by, &speakers);
    let at: HashMap<Unit, usize> = counted.units.iter().enumerate().map(|(at, unit)| (*unit, at)).collect();
    let answers = |line: &Line| {
        let mut out = vec![None; counted.units.len()];
        let figure = &line.figure;
        for (units, truth) in [
            (&figure.yes, Truth::Yes),
            (&figure.no, Truth::No),
            (&figure.missing, Truth::Missing),
            (&figure.disputed, Truth::Disputed),
            (&figure.not_yet, Truth::NotYet),
        ] {
            units.iter().filter_map(|unit| at.get(unit)).for_each(|at| out[*at] = Some(truth));
        }
        (line.line.id, out)
    };
    let became = |line: &Line| {
        let waves = line.waves.as_ref()?;
        let mut out = vec![None; counted.units.len()];
        for became in Became::ALL {
            waves.of(became).iter().filter_map(|unit| at.get(unit)).for_each(|at| out[*at] = Some(became));
        }
        Some((line.line.id, out))
    };
    let names: Vec<String> = counted.units.iter().map(|unit| unit.name(view)).collect();
    let short = names.iter().map(|name| short_name(name)).collect();
    let became = counted.lines.iter().filter_map(became).collect();
    Ready { answers: counted.lines.iter().map(answers).collect(), became, names, short, counted }
}

/// Draws the view.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    draw::draw(app, &app.findings, area, buf)
}

/// Goes to the next row, or the one before.
pub fn walk(app: &mut App, back: bool) {
    app.findings.step(&app.study, &app.waker, if back { -1 } else { 1 });
}

/// A press of the mouse: takes in hand what lies there; says whether something does.
pub fn press(app: &mut App, area: Rect, at: Position) -> bool {
    let Some(target) = draw::target_at(app, area, at) else { return false };
    match target {
        Target::Table(table) => {
            app.findings.choose(table);
            app.findings.in_list = true;
            app.findings.refresh(&app.study, &app.waker);
        }
        Target::Line(line) => app.findings.choose_line(line),
    }
    true
}

/// Asks for words to find.
pub fn find(app: &mut App) {
    if app.findings.table.is_none() {
        app.tell(Tone::Plain, "no table is saved yet; a makes one");
        return;
    }
    let hint = "the name of a line, a case or a table";
    app.layers.push(Layer::Prompt(Prompt::new("Go to", hint, "", AskFor::Findings(Asked::Find))));
}

/// What a memo would be about: the case in hand, or the code that the line counts.
#[must_use]
pub fn about(app: &App) -> Link {
    if let Some(case) = case_in_hand(app) {
        return Link::Case(case);
    }
    let code = app.findings.line().and_then(|line| line.holds.codes().first().copied());
    code.filter(|_| !app.findings.in_list).map_or(Link::Study, |(code, _)| Link::Code(code))
}

/// The case in hand, if a case is.
#[must_use]
pub fn case_in_hand(app: &App) -> Option<CaseId> {
    match app.findings.unit().filter(|_| !app.findings.in_list)? {
        Unit::Case(case) => Some(case),
        Unit::Participant(person) => app.study.view().participant(person).and_then(|person| person.case),
        Unit::Source(source) => app.study.view().source(source).and_then(|source| source.case),
    }
}
