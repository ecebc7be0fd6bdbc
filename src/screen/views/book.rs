//! The Codebook view: the codes with what they rest on, the themes over them with what they hold, the cycles with what
//! became of the codebook between them. Three parts on Tab, each a list with what is chosen told beside it.
//!
//! What is shown is counted when the project has changed, and its lines are made after each key; a frame only draws them.

pub mod acts;
pub mod cycles;
mod detail;
mod draw;
pub mod hold;
mod lists;
pub mod passages;

use super::sheet::Line;
use crate::findings::book::{Book, book};
use crate::findings::cycles::{Difference, Moment, difference};
use crate::findings::themes::{Standing, What, themes};
use crate::findings::working::{Working, working};
use crate::project::id::{CodeId, CodingId, CycleId, MemoId, ReshapingId, SourceId, ThemeId, ThemeItemId};
use crate::project::memo::Link;
use crate::screen::app::App;
use crate::screen::command::Place;
use crate::screen::layers::Layer;
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::session::Study;
use crate::text::Pos;
pub use draw::{draw, press};
use ratatui::layout::Rect;
use std::cell::Cell;
use std::collections::{HashMap, HashSet};

/// A part of the view.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Part {
    /// The codes.
    #[default]
    Codes,
    /// The themes.
    Themes,
    /// The cycles.
    Cycles,
}

impl Part {
    const ALL: [Self; 3] = [Self::Codes, Self::Themes, Self::Cycles];

    const fn at(self) -> usize {
        match self {
            Self::Codes => 0,
            Self::Themes => 1,
            Self::Cycles => 2,
        }
    }
}

/// What can be chosen in the list of a part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A code.
    Code(CodeId),
    /// A theme.
    Theme(ThemeId),
    /// Something that a theme holds.
    Item(ThemeId, ThemeItemId),
    /// A cycle.
    Cycle(CycleId),
    /// The codebook as it stands.
    Now,
}

/// Where a line of what is told leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Go {
    /// To a code of this view.
    Code(CodeId),
    /// To a theme.
    Theme(ThemeId),
    /// To a memo.
    Memo(MemoId),
    /// To a passage.
    Passage(SourceId, Pos),
    /// To the reason of something that was done to a code.
    Reason(ReshapingId),
}

/// A line of what is told.
type Told = (Line<usize>, Option<Go>);

/// The state of the view.
#[derive(Default)]
pub struct BookView {
    /// The part that is shown.
    pub part: Part,
    /// What is chosen in each part.
    chosen: [Option<Target>; 3],
    /// The line of what is told that has the cursor; the list has it if `None`.
    pub(super) line: Option<usize>,
    /// The cycles that were marked to be compared.
    pub(super) marked: Vec<CycleId>,
    working: Working,
    book: Book,
    themes: Vec<Standing>,
    /// The words of extracts that themes hold, as far as their texts are at hand.
    words: HashMap<CodingId, String>,
    missing: bool,
    difference: Option<(DiffKey, Difference)>,
    seen: Option<u64>,
    list: Vec<Line<Target>>,
    detail: Vec<Told>,
    area: Rect,
    tops: [Cell<usize>; 3],
    detail_top: Cell<usize>,
}

/// Between which cycles, at which state of the project; `None` is now.
type DiffKey = (u64, Option<CycleId>, Option<CycleId>);

impl BookView {
    /// What is chosen in the part that is shown.
    #[must_use]
    pub fn target(&self) -> Option<Target> {
        self.chosen[self.part.at()]
    }

    /// Where its keys are looked for.
    #[must_use]
    pub const fn place(&self) -> Place {
        match (self.line.is_some(), self.part) {
            (true, _) => Place::Codebook,
            (false, Part::Codes) => Place::BookCodes,
            (false, Part::Themes) => Place::Themes,
            (false, Part::Cycles) => Place::Cycles,
        }
    }

    /// Chooses something, in the part that has it.
    pub fn choose(&mut self, target: Target) {
        self.part = match target {
            Target::Code(_) => Part::Codes,
            Target::Theme(_) | Target::Item(..) => Part::Themes,
            Target::Cycle(_) | Target::Now => Part::Cycles,
        };
        self.chosen[self.part.at()] = Some(target);
        self.line = None;
    }

    /// What tables count.
    #[must_use]
    pub const fn working(&self) -> &Working {
        &self.working
    }

    /// The themes with what they hold.
    #[must_use]
    pub fn themes(&self) -> &[Standing] {
        &self.themes
    }

    /// The difference that is told, if the cycles are shown.
    #[must_use]
    pub fn difference(&self) -> Option<&Difference> {
        self.difference.as_ref().map(|(_, difference)| difference)
    }

    /// All that can be chosen in the part that is shown, top to bottom.
    fn targets(&self) -> Vec<Target> {
        self.list.iter().filter_map(|line| line.target).collect()
    }

    /// Whether texts are waited for.
    #[must_use]
    pub const fn waits(&self) -> bool {
        self.missing
    }

    /// Counts anew if the project has changed.
    fn count(&mut self, study: &mut Study) {
        let now = study.generation();
        if self.seen != Some(now) {
            let view = study.view();
            self.working = working(&view);
            self.book = book(&view, &self.working);
            self.themes = themes(&view, &self.book, &self.working);
            self.words.clear();
            self.missing = true;
            let gone = |id: &CycleId| view.cycle(*id).is_none();
            self.marked.retain(|id| !gone(id));
            self.seen = Some(now);
        }
        if self.missing && self.part == Part::Themes {
            self.fetch(study);
        }
    }

    /// The words of what themes hold, as far as texts are at hand or short; others come later.
    fn fetch(&mut self, study: &mut Study) {
        let extracts = self.themes.iter().flat_map(|one| &one.items).filter_map(|held| match held.what {
            What::Extract { coding, at, now, .. } => Some((coding, at.source, now)),
            _ => None,
        });
        let mut troubled: HashSet<SourceId> = HashSet::new();
        self.missing = false;
        for (coding, source, span) in extracts {
            if self.words.contains_key(&coding) || troubled.contains(&source) {
                continue;
            }
            match study.request(source) {
                Ok(Some(reading)) => {
                    let end = span.end.min(Pos(reading.text.chars()));
                    let span = crate::text::Span { start: span.start.min(end), end };
                    self.words.insert(coding, reading.text.slice(span).to_owned());
                }
                Ok(None) if study.failed(source).is_none() => self.missing = true,
                _ => drop(troubled.insert(source)),
            }
        }
    }

    /// The two moments whose difference is told: the marked ones, or the chosen one (the last, unless another is chosen)
    /// and now.
    fn moments(&self, study: &Study) -> Option<[Option<CycleId>; 2]> {
        let view = study.view();
        let cycles: Vec<CycleId> = view.cycles().iter().map(|cycle| cycle.id).collect();
        let chosen = match self.chosen[Part::Cycles.at()] {
            Some(Target::Cycle(id)) => Some(id),
            _ => None,
        };
        let order = |id: CycleId| cycles.iter().position(|other| *other == id);
        let pair = match (self.marked.as_slice(), chosen) {
            ([a, b, ..], _) => [Some(*a), Some(*b)],
            ([a], Some(b)) if *a != b => [Some(*a), Some(b)],
            ([a], _) => [Some(*a), None],
            ([], Some(id)) => [Some(id), None],
            ([], None) => [Some(*cycles.last()?), None],
        };
        let mut pair = pair;
        // The older first; now is younger than all.
        pair.sort_by_key(|id| id.map_or(usize::MAX, |id| order(id).unwrap_or(usize::MAX)));
        Some(pair)
    }

    fn compare(&mut self, study: &Study) {
        let Some([a, b]) = self.moments(study) else {
            self.difference = None;
            return;
        };
        let key = (study.generation(), a, b);
        if self.difference.as_ref().is_some_and(|(of, _)| *of == key) {
            return;
        }
        let view = study.view();
        let moment = |id: Option<CycleId>| match id {
            Some(id) => view.cycle(id).map(|cycle| Moment::of(cycle)),
            None => Some(Moment::now(&view)),
        };
        let both = moment(a).zip(moment(b));
        self.difference = both.map(|(a, b)| (key, difference(&view, &a, &b)));
    }
}

/// Brings everything up to date with the project, and makes the lines that are drawn.
pub fn refresh(app: &mut App) {
    let before = app.book.targets();
    app.book.count(&mut app.study);
    let part = app.book.part;
    let list = lists::lines(app);
    let there: Vec<Target> = list.iter().filter_map(|line| line.target).collect();
    let chosen = app.book.chosen[part.at()];
    if chosen.is_none_or(|chosen| !there.contains(&chosen)) {
        // What came after it, else what is nearest above; at first the first, of cycles now.
        let stood = chosen.and_then(|chosen| before.iter().position(|other| *other == chosen));
        let near = stood.and_then(|at| there.get(at.min(there.len().saturating_sub(1))));
        let first = if part == Part::Cycles { there.last() } else { there.first() };
        app.book.chosen[part.at()] = near.or(first).copied();
    }
    if part == Part::Cycles {
        app.book.compare(&app.study);
    }
    // What is chosen may show more of itself in the list.
    let list = if app.book.chosen[part.at()] == chosen { list } else { lists::lines(app) };
    app.book.list = list;
    let detail = detail::lines(app);
    app.book.detail = detail;
    let last = app.book.detail.len().checked_sub(1);
    app.book.line = app.book.line.zip(last).map(|(at, last)| at.min(last));
}

/// Follows the cursor in `area`.
pub fn settle(app: &mut App, area: Rect) {
    app.book.area = area;
    refresh(app);
}

/// Moves by so many rows.
pub fn step(app: &mut App, by: i32) {
    let moved = |count: usize, at: usize| -> Option<usize> {
        let last = count.checked_sub(1)?;
        usize::try_from((at as i64 + i64::from(by)).clamp(0, last as i64)).ok()
    };
    if let Some(at) = app.book.line {
        app.book.line = moved(app.book.detail.len(), at);
        return;
    }
    let targets = app.book.targets();
    let at = targets.iter().position(|target| Some(*target) == app.book.target()).unwrap_or(0);
    app.book.chosen[app.book.part.at()] = moved(targets.len(), at).map(|to| targets[to]);
    app.book.detail_top.set(0);
}

/// Goes to the next row, or the one before.
pub fn walk(app: &mut App, back: bool) {
    step(app, if back { -1 } else { 1 });
}

/// Gives the keys to what is told of what is chosen, or back to the list.
pub fn inward(app: &mut App, inward: bool) {
    app.book.line = (inward && !app.book.detail.is_empty()).then_some(app.book.line.unwrap_or(0));
}

/// Gives the keys to the next part.
pub fn turn(app: &mut App, back: bool) {
    let at = app.book.part.at();
    show_part(app, Part::ALL[(at + if back { 2 } else { 1 }) % 3]);
}

/// Shows a part.
pub fn show_part(app: &mut App, part: Part) {
    app.book.part = part;
    app.book.line = None;
    app.book.detail_top.set(0);
    app.book.list.clear();
    refresh(app);
}

/// Lets go of the details, then of what is marked; says whether there was anything.
pub fn let_go(app: &mut App) -> bool {
    if app.book.line.take().is_some() {
        return true;
    }
    if app.book.part == Part::Cycles && !app.book.marked.is_empty() {
        app.book.marked.clear();
        return true;
    }
    false
}

/// Asks for words to find.
pub fn find(app: &mut App) {
    let hint = "words of a name, or of what stands in the list";
    app.layers.push(Layer::Prompt(Prompt::new("Go to", hint, "", AskFor::Book(acts::Ask::Find))));
}

/// Puts the cursor on the next row whose words have `wanted`; says whether there is one.
pub fn found(app: &mut App, wanted: &str) -> bool {
    let wanted = wanted.to_lowercase();
    let has = |line: &Line<Target>| {
        let words: String = line.parts.iter().map(|part| part.words.to_lowercase()).collect::<Vec<_>>().join(" ");
        words.contains(&wanted)
    };
    let rows: Vec<&Line<Target>> = app.book.list.iter().filter(|line| line.target.is_some()).collect();
    let at = rows.iter().position(|line| line.target == app.book.target()).unwrap_or(0);
    let next =
        (1..=rows.len()).map(|n| rows[(at + n) % rows.len()]).find(|line| has(line)).and_then(|line| line.target);
    match next {
        Some(target) => app.book.choose(target),
        None => return false,
    }
    true
}

/// What a memo would be about.
#[must_use]
pub fn about(app: &App) -> Link {
    match app.book.target() {
        Some(Target::Code(code)) => Link::Code(code),
        Some(Target::Theme(theme)) => Link::Theme(theme),
        Some(Target::Item(theme, item)) => match acts::held(app, item).map(|held| &held.what) {
            Some(What::Code { code, .. }) => Link::Code(*code),
            Some(What::Extract { coding, .. }) => Link::Coding(*coding),
            _ => Link::Theme(theme),
        },
        _ => Link::Study,
    }
}

/// What the status line says.
#[must_use]
pub fn status(app: &App) -> (String, String) {
    let view = app.study.view();
    let left = match app.book.target() {
        Some(Target::Code(code)) => view.codebook().path(code),
        Some(Target::Theme(theme)) => view.theme(theme).map_or_else(String::new, |theme| theme.name.clone()),
        Some(Target::Item(theme, _)) => {
            view.theme(theme).map_or_else(String::new, |theme| format!("in “{}”", theme.name))
        }
        Some(Target::Cycle(_) | Target::Now) => match app.book.marked.len() {
            0 => "Space marks the cycles to compare".to_owned(),
            1 => "one is marked; the other is the chosen one".to_owned(),
            _ => "the two marked ones are compared; Esc lets go of them".to_owned(),
        },
        None => String::new(),
    };
    let right = match app.book.part {
        Part::Codes | Part::Themes => "counts as in tables".to_owned(),
        Part::Cycles => String::new(),
    };
    (left, right)
}
