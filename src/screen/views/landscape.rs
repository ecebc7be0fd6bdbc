//! Where codes lie, and new codes by case: the codes along the text in hand or along all texts by case, and how many codes
//! each further case brought.
//!
//! What tables count is gathered beside the screen, once after each change of the project and only while the view is shown;
//! how it is cut into cells follows from the room there is. Every cell and every bar leads to its passages.

mod along;
mod bars;

use super::{Showing, passages, rounds::words::case_name};
use crate::findings::landscape::{Landscape, Of, Strip, behind, landscape, of_cases, of_source};
use crate::findings::saturation::{Order, Saturation, saturation};
use crate::findings::working::{Counted, Working, working};
use crate::project::id::{CodeId, SourceId};
use crate::project::memo::Link;
use crate::project::view::View;
use crate::screen::app::{App, Tone};
use crate::screen::beside::{Beside, Heard};
use crate::screen::layers::Layer;
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::session::{Study, Waker};
use crate::table::Table;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::cell::Cell;

/// What the cells were cut for.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Cut {
    generation: u64,
    /// The text in hand; all texts by case if `None`.
    source: Option<SourceId>,
    room: u16,
}

/// The codes along the texts.
struct Along {
    cut: Cut,
    found: Landscape,
    /// The cell at which each strip begins, and after the last.
    begins: Vec<usize>,
    /// The cells of the screen that a strip takes, the gap after it counted in.
    wide: u16,
}

/// The state of the view.
#[derive(Default)]
pub struct LandscapeView {
    /// New codes by case, not where codes lie.
    saturation: bool,
    /// All texts by case, not the text in hand.
    all: bool,
    order: Order,
    counted: Option<Working>,
    trouble: Option<String>,
    question: Option<u64>,
    /// The state of the project that was counted.
    generation: u64,
    work: Option<Beside<Working>>,
    along: Option<Along>,
    new_codes: Option<(u64, Order, Saturation)>,
    /// The code in hand, and the cell; all of its passages without.
    row: usize,
    cell: Option<usize>,
    /// The case in hand of the bars, and whether its emergent codes are, not those from before the reading.
    step: usize,
    emergent: bool,
    top: Cell<usize>,
    left: Cell<usize>,
    steps_top: Cell<usize>,
}

impl LandscapeView {
    /// Whether passages are being gathered.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.work.is_some()
    }

    /// Brings everything up to date with the project: has it gathered anew, beside the screen.
    pub fn refresh(&mut self, study: &Study, waker: &Waker) {
        if self.question == Some(study.generation()) {
            return;
        }
        self.question = Some(study.generation());
        let (project, coder) = (study.snapshot(), study.coder());
        self.work = Some(Beside::start(waker, move |_| working(&View::new(&project, coder))));
    }

    /// Takes in what was gathered; says whether anything has changed.
    pub fn listen(&mut self) -> bool {
        let Some(work) = &self.work else { return false };
        match work.hear() {
            Heard::Nothing => return false,
            Heard::Answer(counted) => {
                self.counted = Some(counted);
                self.generation = self.question.unwrap_or_default();
                (self.along, self.new_codes, self.trouble) = (None, None, None);
            }
            Heard::Gone => {
                self.trouble = Some("the passages could not be gathered; another key tries again".to_owned());
                self.question = None;
            }
        }
        self.work = None;
        true
    }

    /// Cuts what was gathered as there is room for it.
    fn arrange(&mut self, view: &View<'_>, source: Option<SourceId>, area: Rect) {
        let Some(counted) = &self.counted else { return };
        if self.saturation {
            let there =
                self.new_codes.as_ref().is_some_and(|(at, order, _)| (*at, *order) == (self.generation, self.order));
            if !there {
                let found = saturation(view, counted, self.order);
                self.step = self.step.min(found.steps.len().saturating_sub(1));
                self.new_codes = Some((self.generation, self.order, found));
            }
            return;
        }
        let source = source.filter(|source| !self.all && view.source(*source).is_some());
        let cut = Cut { generation: self.generation, source, room: along::room(area) };
        if self.along.as_ref().is_some_and(|along| along.cut == cut) {
            return;
        }
        let (strips, wide) = match source {
            Some(source) => {
                let strip = of_source(view, source, usize::from(cut.room.max(1)));
                (strip.into_iter().collect::<Vec<Strip>>(), cut.room)
            }
            None => {
                let count = u16::try_from(of_cases(view, 1).len().max(1)).unwrap_or(u16::MAX);
                // Room for a gap between cases if there can be one.
                let wide = (cut.room / count).clamp(1, 16);
                (of_cases(view, usize::from(if wide > 2 { wide - 1 } else { wide })), wide)
            }
        };
        let mut begins = vec![0];
        for strip in &strips {
            begins.push(begins.last().copied().unwrap_or(0) + strip.cells.len());
        }
        let codes = view.codebook().in_order();
        let found = landscape(view, counted, strips, &codes, true);
        self.row = self.row.min(found.rows.len().saturating_sub(1));
        let cells = begins.last().copied().unwrap_or(0);
        self.cell = self.cell.filter(|_| cells > 0).map(|cell| cell.min(cells - 1));
        self.along = Some(Along { cut, found, begins, wide });
    }

    /// The code in hand.
    fn code(&self) -> Option<CodeId> {
        let along = self.along.as_ref()?;
        along.found.rows.get(self.row).map(|row| row.code)
    }

    /// Moves by so many rows.
    pub fn down(&mut self, by: i32) {
        let (at, count) = if self.saturation {
            (&mut self.step, self.new_codes.as_ref().map_or(0, |(.., found)| found.steps.len()))
        } else {
            (&mut self.row, self.along.as_ref().map_or(0, |along| along.found.rows.len()))
        };
        let to = (*at as i64).saturating_add(i64::from(by)).max(0);
        *at = usize::try_from(to).unwrap_or(0).min(count.saturating_sub(1));
    }

    /// Moves to the next cell, or the one before; left of the first is the row as a whole.
    pub fn across(&mut self, back: bool) {
        if self.saturation {
            self.emergent = !back;
            return;
        }
        let cells = self.along.as_ref().map_or(0, |along| along.begins.last().copied().unwrap_or(0));
        self.cell = match self.cell {
            None if back || cells == 0 => None,
            None => Some(0),
            Some(0) if back => None,
            Some(cell) if back => Some(cell - 1),
            Some(cell) => Some((cell + 1).min(cells - 1)),
        };
    }

    /// Goes to the next cell of the row with passages, or the one before; of bars, to the next case with new codes. Says
    /// whether there is one.
    fn walk(&mut self, back: bool) -> bool {
        let (count, here): (usize, Option<usize>) = match (&self.along, &self.new_codes) {
            (_, Some((.., found))) if self.saturation => (found.steps.len(), Some(self.step)),
            (Some(along), _) => (along.begins.last().copied().unwrap_or(0), self.cell),
            _ => return false,
        };
        let holds = |n: usize| match (&self.along, &self.new_codes) {
            (_, Some((.., found))) if self.saturation => {
                found.steps.get(n).is_some_and(|step| !step.prior.is_empty() || !step.emergent.is_empty())
            }
            (Some(along), _) => {
                along.found.rows.get(self.row).is_some_and(|row| row.cells.get(n).is_some_and(|n| *n > 0))
            }
            _ => false,
        };
        let found = if back {
            (0..here.unwrap_or(0)).rev().find(|n| holds(*n))
        } else {
            (here.map_or(0, |here| here + 1)..count).find(|n| holds(*n))
        };
        match found {
            Some(n) if self.saturation => self.step = n,
            Some(n) => self.cell = Some(n),
            None => {}
        }
        found.is_some()
    }

    /// Puts the cursor on the next code, or case, whose name has these words; says whether there is one.
    pub fn find(&mut self, view: &View<'_>, words: &str) -> bool {
        let wanted = words.to_lowercase();
        let has = |name: &str| name.to_lowercase().contains(&wanted);
        if self.saturation {
            let Some((.., found)) = &self.new_codes else { return false };
            let n = found.steps.len();
            let next = (1..=n).map(|by| (self.step + by) % n).find(|at| has(case_name(view, found.steps[*at].case)));
            self.step = next.unwrap_or(self.step);
            return next.is_some();
        }
        let Some(along) = &self.along else { return false };
        let n = along.found.rows.len();
        let next = (1..=n).map(|by| (self.row + by) % n).find(|at| has(view.code_name(along.found.rows[*at].code)));
        self.row = next.unwrap_or(self.row);
        next.is_some()
    }

    /// What the status line says.
    #[must_use]
    pub fn status(&self, app: &App) -> (String, String) {
        let view = app.study.view();
        let busy = if self.is_busy() { "counting" } else { "" };
        if self.saturation {
            return bars::status(self, app, &view, busy);
        }
        along::status(self, app, &view, busy)
    }
}

/// The page follows the cursor, and the cells follow the room there is.
pub fn settle(app: &mut App, area: Rect) {
    app.landscape.refresh(&app.study, &app.waker);
    let source = app.code.source();
    app.landscape.arrange(&app.study.view(), source, area);
}

/// Draws the view.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let state = &app.landscape;
    if state.counted.is_none() {
        let words = state.trouble.as_deref().unwrap_or("The passages are being gathered.");
        super::sheet::nothing(app, words, area, buf);
        return None;
    }
    if state.saturation { bars::draw(app, area, buf) } else { along::draw(app, area, buf) }
}

/// Lists the passages behind what is in hand.
pub fn open(app: &mut App) {
    let view = app.study.view();
    let state = &app.landscape;
    let Some(counted) = &state.counted else { return };
    let found: Option<(String, Vec<Counted>)> = if state.saturation {
        bars::in_hand(state, &view, counted)
    } else {
        state.code().zip(state.along.as_ref()).map(|(code, along)| {
            let found = behind(&view, counted, &along.found.strips, (code, true), state.cell);
            let at =
                state.cell.map_or_else(String::new, |cell| format!(", {}", along::where_is(along, &view, cell, app)));
            (format!("{}{at}", view.code_name(code)), found.into_iter().cloned().collect())
        })
    };
    match found {
        Some((title, found)) => passages::open(app, title, &found),
        None => app.tell(Tone::Plain, "there is nothing here yet"),
    }
}

/// The text in hand, or all texts by case.
pub fn texts(app: &mut App) {
    let state = &mut app.landscape;
    if state.saturation {
        app.tell(Tone::Plain, "new codes are counted by case; tab shows where codes lie");
        return;
    }
    state.all = !state.all;
    (state.cell, state.along) = (None, None);
    state.left.set(0);
    let words = if state.all || app.code.source().is_none() { "all texts by case" } else { "the text in hand" };
    app.tell(Tone::Done, words);
}

/// The next order of the cases.
pub fn order(app: &mut App) {
    let seed = app.study.random() % 1000;
    let state = &mut app.landscape;
    if !state.saturation {
        app.tell(Tone::Plain, "tab shows new codes by case, whose order can be chosen");
        return;
    }
    state.order = match state.order {
        Order::Study => Order::Collected,
        Order::Collected => Order::Name,
        Order::Name => Order::Random(seed),
        Order::Random(_) => Order::Study,
    };
    state.step = 0;
    let words = state.order.words();
    app.tell(Tone::Done, words);
}

/// Another order at random.
pub fn shuffle(app: &mut App) {
    let seed = app.study.random() % 1000;
    let state = &mut app.landscape;
    if !state.saturation {
        app.tell(Tone::Plain, "tab shows new codes by case, whose order can be chosen");
        return;
    }
    (state.order, state.step) = (Order::Random(seed), 0);
    let words = state.order.words();
    app.tell(Tone::Done, words);
}

/// Turns from where codes lie to new codes by case, and back.
pub fn turn(app: &mut App) {
    app.landscape.saturation = !app.landscape.saturation;
}

/// Goes to the next of what is walked, or the one before.
pub fn walk(app: &mut App, back: bool) {
    if !app.landscape.walk(back) {
        let more = if back { "none before this" } else { "none after this" };
        app.tell(Tone::Plain, more);
    }
}

/// Asks for a code or case to find.
pub fn find(app: &mut App) {
    let what = if app.landscape.saturation { "Go to a case" } else { "Go to a code" };
    let ask = AskFor::FindIn(Showing::Landscape);
    app.layers.push(Layer::Prompt(Prompt::new(what, "letters of its name", "", ask)));
}

/// What a memo would be about.
#[must_use]
pub fn about(app: &App) -> Link {
    let state = &app.landscape;
    match &state.new_codes {
        Some((.., found)) if state.saturation => {
            found.steps.get(state.step).map_or(Link::Study, |step| Link::Case(step.case))
        }
        _ => state.code().map_or(Link::Study, Link::Code),
    }
}

/// A press of the mouse: takes in hand what lies there; says whether something does.
pub fn press(app: &mut App, area: Rect, at: Position) -> bool {
    if app.landscape.saturation { bars::press(app, area, at) } else { along::press(app, area, at) }
}

/// What is shown, as a table.
#[must_use]
pub fn as_table(app: &App) -> Option<Table> {
    let view = app.study.view();
    let state = &app.landscape;
    if state.saturation {
        let (.., found) = state.new_codes.as_ref()?;
        return Some(found.as_table(&view, state.counted.as_ref()?, state.order));
    }
    let along = state.along.as_ref()?;
    Some(along.found.as_table(&view, state.counted.as_ref()?))
}

/// What a strip is called.
fn strip_name<'a>(view: &View<'a>, of: Of) -> &'a str {
    match of {
        Of::Source(source) => view.source(source).map_or("a source that is gone", |source| source.name.as_str()),
        Of::Case(case) => case_name(view, case),
        Of::NoCase => "texts without a case",
    }
}
