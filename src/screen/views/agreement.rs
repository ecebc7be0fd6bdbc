//! The Agreement view: how far the coders of a round agree.
//!
//! Every figure comes from what was kept at the reveal. It is counted beside the screen, once after each change of the
//! project and only while the view is shown. Every figure leads to the passages it was counted from.

mod behind;
mod by_case;
mod detail;
mod fig;
mod near;
mod plot;
mod table;

pub use behind::{come_back, left, open, readings, stand};
pub use fig::{Fig, Group, figs};
pub use table::short_name;

use crate::findings::against::{Against, against};
use crate::findings::basis::{Asked, Depth};
use crate::findings::consensus::consensus_of;
use crate::findings::figures::{Figures, InARow, Row, figures, rounds_in_a_row};
use crate::findings::methods::methods;
use crate::findings::queue::queue_of;
use crate::findings::standing::{State, state};
use crate::findings::verdict::unit_word;
use crate::project::id::{CodeId, RoundId, SourceId};
use crate::project::memo::Link;
use crate::project::round::Unit;
use crate::project::view::{View, Whose};
use crate::screen::app::{App, Tone};
use crate::screen::beside::{Beside, Heard};
use crate::screen::layers::Layer;
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::session::{Library, Study, Waker};
use crate::text::Text;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::cell::Cell;

/// In which order the codes stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sort {
    /// As in the tree.
    #[default]
    Tree,
    /// The lowest alpha first, undefined ones last.
    Alpha,
    /// The one with the most disputed cases first.
    Cases,
    /// By name.
    Name,
}

impl Sort {
    const ALL: [Self; 4] = [Self::Tree, Self::Alpha, Self::Cases, Self::Name];

    const fn words(self) -> &'static str {
        match self {
            Self::Tree => "codes as in the tree",
            Self::Alpha => "lowest alpha first",
            Self::Cases => "most disputed cases first",
            Self::Name => "codes by name",
        }
    }
}

/// What was counted.
pub struct Counted {
    /// The figures.
    pub figures: Figures,
    /// The rounds in a row.
    pub in_a_row: Vec<InARow>,
    /// How many disagreements are decided, of how many; `None` if there is no queue.
    pub settled: Option<(usize, usize)>,
    /// Each coder against the consensus.
    pub against: Vec<Against>,
    /// The methods paragraph, or why there is none.
    pub methods: Result<String, String>,
}

/// What was asked for, and at which state of the project.
type Question = (RoundId, Asked, u64);

/// Where the view was left for the transcript.
pub(super) struct Away {
    whose: Whose,
    /// The list, or the page, that led there.
    layer: Option<Layer>,
    from: super::Showing,
}

/// The state of the Agreement view.
#[derive(Default)]
pub struct AgreementView {
    round: Option<RoundId>,
    asked: Asked,
    sort: Sort,
    /// The chosen code; the pooled row if `None`.
    code: Option<CodeId>,
    /// The chosen figure of the row, counted from the left.
    pub(super) pick: usize,
    by_case: bool,
    counted: Option<Counted>,
    trouble: Option<String>,
    question: Option<Question>,
    work: Option<Beside<Result<Counted, String>>>,
    away: Option<Away>,
    near: near::Near,
    top: Cell<usize>,
    detail_top: Cell<usize>,
}

impl AgreementView {
    /// The round that is shown.
    #[must_use]
    pub const fn round(&self) -> Option<RoundId> {
        self.round
    }

    /// Shows a round, on what it fixed in advance.
    pub fn choose(&mut self, round: RoundId) {
        if self.round != Some(round) {
            self.round = Some(round);
            self.asked = Asked::default();
            self.counted = None;
            self.trouble = None;
        }
    }

    /// What was counted, if it has been.
    #[must_use]
    pub const fn counted(&self) -> Option<&Counted> {
        self.counted.as_ref()
    }

    /// Whether figures are being counted.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.work.is_some()
    }

    /// Whether the transcript is looked at from here.
    #[must_use]
    pub const fn is_away(&self) -> bool {
        self.away.is_some()
    }

    /// Brings everything up to date with the project: has it counted anew, beside the screen.
    pub fn refresh(&mut self, study: &Study, waker: &Waker) {
        let view = study.view();
        let there = |id: &RoundId| view.round(*id).is_some();
        if !self.round.as_ref().is_some_and(there) {
            let rounds = view.rounds();
            let revealed = rounds.iter().rfind(|round| view.reveal(round.id).is_some());
            match revealed.or(rounds.last()) {
                Some(round) => self.choose(round.id),
                None => self.round = None,
            }
        }
        let Some(round) = self.round else { return };
        if view.reveal(round).is_none() {
            (self.counted, self.work, self.question) = (None, None, None);
            return;
        }
        let question = (round, self.asked.clone(), study.generation());
        if self.question.as_ref() == Some(&question) {
            return;
        }
        let sources: Vec<SourceId> =
            view.rounds().iter().flat_map(|round| round.grounds.iter().map(|ground| ground.source)).collect();
        let (project, coder, library) = (study.snapshot(), study.coder(), study.library(&sources));
        let asked = self.asked.clone();
        self.question = Some(question);
        self.work = Some(Beside::start(waker, move |_| count(&View::new(&project, coder), round, &asked, &library)));
    }

    /// Takes in what was counted; says whether anything has changed.
    pub fn listen(&mut self) -> bool {
        let Some(work) = &self.work else { return false };
        match work.hear() {
            Heard::Nothing => return false,
            Heard::Answer(Ok(counted)) => {
                let there = |code: &CodeId| counted.figures.rows.iter().any(|row| row.code == *code);
                self.code = self.code.filter(there);
                self.near = near::Near::default();
                self.counted = Some(counted);
                self.trouble = None;
            }
            Heard::Answer(Err(why)) => self.trouble = Some(why),
            Heard::Gone => self.trouble = Some("the figures could not be counted; another key tries again".to_owned()),
        }
        self.work = None;
        true
    }

    /// The page follows the cursor: it does so when it is drawn.
    pub fn settle(&mut self, study: &Study, waker: &Waker, area: Rect) {
        self.refresh(study, waker);
        near::settle(self, study, area);
    }

    /// What the status line says.
    #[must_use]
    pub fn status(&self, app: &App) -> (String, String) {
        let Some(Counted { figures, .. }) = &self.counted else { return (String::new(), String::new()) };
        let day = super::rounds::words::day(app, figures.revealed);
        let dot = app.glyphs.dot;
        let left = match &self.trouble {
            Some(why) => why.clone(),
            None if self.work.is_some() => "counting".to_owned(),
            None if figures.basis.exploratory => {
                format!("exploratory, chosen after reveal; finished on {day}, before anybody talked")
            }
            None => format!("as finished on {day}, before anybody talked"),
        };
        let view = app.study.view();
        let one = crate::findings::figures::case_word(&view, &figures.basis.cases, 1);
        let right = format!(
            "{} nominal {dot} intervals leave out one {one} at a time {dot} {}",
            app.glyphs.alpha,
            self.sort.words()
        );
        (left, right)
    }

    /// The rows of codes in the order in which they stand.
    #[must_use]
    pub fn rows(&self) -> Vec<&Row> {
        let Some(Counted { figures, .. }) = &self.counted else { return Vec::new() };
        let mut rows: Vec<&Row> = figures.rows.iter().collect();
        let alpha = |row: &Row| row.unit.as_ref().and_then(|unit| unit.alpha.value);
        match self.sort {
            Sort::Tree => {}
            Sort::Alpha => rows.sort_by(|a, b| match (alpha(a), alpha(b)) {
                (Some(a), Some(b)) => a.total_cmp(&b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            }),
            Sort::Cases => {
                rows.sort_by_key(|row| std::cmp::Reverse(row.case.as_ref().map_or(0, |case| case.disputed.len())));
            }
            Sort::Name => rows.sort_by_key(|row| row.name.to_lowercase()),
        }
        rows
    }

    /// The row of the chosen code; `None` for the pooled row.
    #[must_use]
    pub fn row(&self) -> Option<&Row> {
        let code = self.code?;
        self.counted.as_ref()?.figures.rows.iter().find(|row| row.code == code)
    }

    /// The figures of the chosen row, from the left.
    #[must_use]
    pub fn figs(&self, view: &View<'_>) -> Vec<Fig> {
        let Some(counted) = &self.counted else { return Vec::new() };
        figs(view, &counted.figures, self.row(), self.by_case)
    }

    /// The chosen figure.
    #[must_use]
    pub fn fig(&self, view: &View<'_>) -> Option<Fig> {
        let mut all = self.figs(view);
        let last = all.len().checked_sub(1)?;
        Some(all.swap_remove(self.pick.min(last)))
    }

    /// Moves by so many rows; the figure stays of its kind where the row has one.
    pub fn step(&mut self, study: &Study, by: i32) {
        let view = study.view();
        let before = self.fig(&view);
        let codes: Vec<Option<CodeId>> =
            [None].into_iter().chain(self.rows().iter().map(|row| Some(row.code))).collect();
        let at = codes.iter().position(|code| *code == self.code).unwrap_or(0) as i64;
        let to = (at + i64::from(by)).clamp(0, codes.len() as i64 - 1);
        self.code = codes[usize::try_from(to).unwrap_or(0)];
        let after = self.figs(&view);
        let same = before.and_then(|fig| after.iter().position(|other| other.is_like(&fig)));
        self.pick = same.unwrap_or(0);
    }

    /// Goes to the next figure of the row, or the one before.
    pub fn across(&mut self, study: &Study, back: bool) {
        let last = self.figs(&study.view()).len().saturating_sub(1);
        self.pick = if back { self.pick.min(last).saturating_sub(1) } else { (self.pick + 1).min(last) };
    }

    /// Another order of the codes.
    pub fn sort(&mut self) -> &'static str {
        let at = Sort::ALL.iter().position(|sort| *sort == self.sort).unwrap_or(0);
        self.sort = Sort::ALL[(at + 1) % Sort::ALL.len()];
        self.sort.words()
    }

    /// The next unit to count on; back at the round's own nothing is exploratory.
    pub fn next_unit(&mut self, view: &View<'_>) -> Option<String> {
        let round = view.round(self.round?)?;
        // Characters and cases stand in columns of their own.
        let mut units = vec![round.unit];
        let more = [Unit::Turn, Unit::Given, Unit::Paragraph, Unit::Sentence, Unit::Source];
        let has = |unit: &Unit| match unit {
            Unit::Given => round.unit == Unit::Given,
            Unit::Turn => round.unit != Unit::Given,
            _ => true,
        };
        units.extend(more.into_iter().filter(|unit| *unit != round.unit && has(unit)));
        let now = self.asked.unit.unwrap_or(round.unit);
        let at = units.iter().position(|unit| *unit == now).unwrap_or(0);
        let to = units[(at + 1) % units.len()];
        self.asked.unit = (to != round.unit).then_some(to);
        let note = if to == round.unit { "as fixed in advance" } else { "exploratory, chosen after reveal" };
        Some(format!("counted on {}: {note}", unit_word(to, 2)))
    }

    /// The next level of the tree that codes are rolled up to.
    pub fn next_level(&mut self, view: &View<'_>) -> Option<String> {
        let round = view.round(self.round?)?;
        let deepest = round.codes.iter().map(|pinned| depth_of(view, pinned.code)).max().unwrap_or(1);
        let now = match self.asked.depth {
            Depth::Fixed => round.depth,
            Depth::AsApplied => None,
            Depth::At(depth) => Some(depth),
        };
        let to = match now {
            None => Some(1),
            Some(depth) if depth + 1 < deepest => Some(depth + 1),
            Some(_) => None,
        };
        self.asked.depth = match to {
            to if to == round.depth => Depth::Fixed,
            None => Depth::AsApplied,
            Some(depth) => Depth::At(depth),
        };
        let note = if to == round.depth { "as fixed in advance" } else { "exploratory, chosen after reveal" };
        Some(format!("{}: {note}", super::rounds::words::level(to)))
    }

    /// Puts the cursor on the next code whose name has these words; says whether there is one.
    pub fn find(&mut self, words: &str) -> bool {
        let wanted = words.to_lowercase();
        let rows = self.rows();
        let at = rows.iter().position(|row| Some(row.code) == self.code).map_or(0, |at| at + 1);
        let round = rows.iter().cycle().skip(at).take(rows.len());
        let found = round.into_iter().find(|row| row.name.to_lowercase().contains(&wanted)).map(|row| row.code);
        if found.is_some() {
            self.code = found;
        }
        found.is_some()
    }
}

/// Counts all that the view shows.
fn count(view: &View<'_>, round: RoundId, asked: &Asked, library: &Library) -> Result<Counted, String> {
    // Only the present version of a text is at hand: units of an earlier one are on record or not to be had.
    let texts = |source: SourceId, version: u32| -> Option<Text> {
        let reading = library.read(source).ok()?;
        (reading.version == version).then(|| reading.text.clone())
    };
    let figures = figures(view, round, asked, &texts).map_err(|why| why.to_string())?;
    let queue = queue_of(view, round).ok();
    let settled = queue.as_ref().map(|queue| {
        let progress = queue.progress();
        (progress.decided, progress.of)
    });
    let against = queue.as_ref().and_then(|queue| against(view, queue, &consensus_of(view, queue), &texts).ok());
    let version = env!("CARGO_PKG_VERSION");
    Ok(Counted {
        figures,
        in_a_row: rounds_in_a_row(view, &texts),
        settled,
        against: against.unwrap_or_default(),
        methods: methods(view, round, &texts, version).map_err(|why| why.to_string()),
    })
}

/// How deep a code stands; 1 at the top.
fn depth_of(view: &View<'_>, code: CodeId) -> u32 {
    let above = |code: &CodeId| view.code(*code).and_then(|node| node.parent);
    u32::try_from(std::iter::successors(Some(code), above).count()).unwrap_or(1)
}

/// The letter of a coder: A for the first.
pub(super) fn letter(n: usize) -> char {
    char::from(b'A' + u8::try_from(n % 26).unwrap_or(0))
}

/// Draws the view.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let state = &app.agreement;
    let view = app.study.view();
    let Some(round) = state.round.and_then(|id| view.round(id)) else {
        super::sheet::nothing(app, "No round yet, so there is nothing to compare. gR plans one.", area, buf);
        return None;
    };
    if view.reveal(round.id).is_none() {
        let words = waiting(app, &view, round);
        super::sheet::nothing(app, &words, area, buf);
        return None;
    }
    let Some(counted) = &state.counted else {
        let words = state.trouble.clone().unwrap_or_else(|| "The figures are being counted.".to_owned());
        super::sheet::nothing(app, &words, area, buf);
        return None;
    };
    if state.by_case {
        return by_case::draw(app, state, counted, area, buf);
    }
    let height = table_height(counted, area);
    let below = Rect { y: area.y + height, height: area.height - height, ..area };
    let used = detail::draw(app, state, counted, below, buf);
    near::draw(app, state, Rect { y: below.y + used, height: below.height.saturating_sub(used), ..below }, buf);
    table::draw(app, state, counted, Rect { height, ..area }, buf)
}

/// All that is said of the chosen row, under its name.
#[must_use]
pub fn details(app: &App) -> Option<(String, String)> {
    let state = &app.agreement;
    let counted = state.counted.as_ref()?;
    let name = state.row().map_or_else(|| "All codes".to_owned(), |row| row.name.clone());
    Some((name, detail::words(app, state, counted)))
}

/// How many rows the table takes: what it needs, as long as what is said under it has room.
fn table_height(counted: &Counted, area: Rect) -> u16 {
    let needed = counted.figures.rows.len() as u16 + table::HEAD;
    let detail = (area.height * 2 / 5).clamp(6.min(area.height), 16);
    needed.min(area.height.saturating_sub(detail))
}

/// What a round that is not revealed waits for; nothing else is said of it.
fn waiting(app: &App, view: &View<'_>, round: &crate::project::round::Round) -> String {
    if let State::Stopped(next) = state(view, round) {
        let next = super::rounds::words::round_name(view, next);
        return format!("{} was stopped before it was revealed; {next} goes on from it.", round.name);
    }
    let mut out = format!("{} has not been revealed. It waits for\n\n", round.name);
    for coder in round.coders() {
        let open = round.desks.iter().filter(|desk| desk.coders.contains(&coder)).map(|desk| desk.case);
        let open: Vec<&str> = open
            .filter(|case| !view.has_finished(round.id, coder, *case))
            .map(|case| super::rounds::words::case_name(view, case))
            .collect();
        if !open.is_empty() {
            out.push_str(&format!("{}  to finish {}\n", view.initials(coder), open.join(", ")));
        }
    }
    let dot = app.glyphs.dot;
    out.push_str(&format!("\nNothing is compared before all have finished {dot} gR shows who stands where"));
    out
}

/// Goes to the next row, or the one before.
pub fn walk(app: &mut App, back: bool) {
    app.agreement.step(&app.study, if back { -1 } else { 1 });
}

/// A press of the mouse: takes the row in hand that lies there; says whether one does.
pub fn press(app: &mut App, area: Rect, at: Position) -> bool {
    let state = &mut app.agreement;
    let Some(counted) = &state.counted else { return false };
    let height = if state.by_case { area.height } else { table_height(counted, area) };
    let head = if state.by_case { by_case::HEAD } else { table::HEAD };
    let Some(y) = at.y.checked_sub(area.y).filter(|y| *y < height) else { return false };
    if y + 2 == head && !state.by_case {
        state.code = None;
        return true;
    }
    let Some(n) = y.checked_sub(head) else { return false };
    let code = state.rows().get(state.top.get() + usize::from(n)).map(|row| row.code);
    if code.is_some() {
        state.code = code;
    }
    code.is_some()
}

/// Asks for a code to find.
pub fn find(app: &mut App) {
    if app.agreement.counted.is_none() {
        app.tell(Tone::Plain, "there is nothing to find yet");
        return;
    }
    app.layers.push(Layer::Prompt(Prompt::new("Go to a code", "letters of its name", "", AskFor::FindAgreement)));
}

/// Turns from the codes to the cases, and back.
pub fn turn(app: &mut App, _back: bool) {
    app.agreement.by_case = !app.agreement.by_case;
    app.agreement.pick = 0;
}

/// What a memo would be about.
#[must_use]
pub fn about(app: &App) -> Link {
    app.agreement.code.map_or(Link::Study, Link::Code)
}
