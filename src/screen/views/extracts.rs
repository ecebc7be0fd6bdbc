//! The Extracts view: the passages of any codes in their words, filtered, and coding on right there.
//!
//! The query is evaluated beside the screen whenever it or the project has changed; until the answer comes the list stands
//! as it was. Only the extracts that are shown are wrapped. Whether one has been given a code below the one that is asked
//! for is read from the project as it is drawn, so a tick never waits.

mod draw;
mod narrow;

use crate::findings::extracts::{Codes, Extract, Extracts, Of, Progress, Query, Subcodes, extracts};
use crate::findings::ground::Transcript;
use crate::project::id::{CodeId, SourceId};
use crate::project::memo::Link;
use crate::project::put::Put;
use crate::project::view::{View, Whose};
use crate::screen::app::{App, Tone};
use crate::screen::beside::{Beside, Heard};
use crate::screen::layers::Layer;
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::views::{Showing, show};
use crate::session::{Study, Waker};
use crate::text::Span;
pub use draw::draw;
pub use narrow::{Narrow, With, pick};
use ratatui::layout::{Position, Rect};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// How many extracts around the one in hand have their texts fetched.
const AROUND: usize = 40;

/// Words of a source: what an extract is known by.
pub type Place = (SourceId, Span);

/// What was found, and how far it has come.
pub struct Found {
    /// The extracts.
    pub extracts: Extracts,
    /// The codes below those that are listed.
    pub subcodes: Subcodes,
    /// Which are done.
    pub progress: Progress,
}

/// What was asked, at which state of the project, whose codings in sight.
type Question = (Query, u64, Whose);

/// Where the list was left for the transcript.
pub struct Away {
    /// How many jumps there were then.
    depth: usize,
    /// What was gone to.
    place: Place,
}

/// The state of the Extracts view.
#[derive(Default)]
pub struct ExtractsView {
    query: Query,
    /// Whether something was ever asked.
    begun: bool,
    found: Option<Found>,
    trouble: Option<String>,
    question: Option<Question>,
    work: Option<Beside<Found>>,
    at: usize,
    /// Where the choice is to go when the answer comes.
    wish: Option<Place>,
    /// The marked extracts.
    pub marked: BTreeSet<Place>,
    /// Whether what stands before and after the one in hand is shown.
    pub context: bool,
    /// Where it was left for the transcript, while it is.
    pub away: Option<Away>,
    top: Cell<usize>,
    /// The rows of the screen that were drawn last: first, last, which extract.
    rows: RefCell<Vec<(u16, u16, usize)>>,
}

impl ExtractsView {
    /// What is asked.
    #[must_use]
    pub const fn query(&self) -> &Query {
        &self.query
    }

    /// Asks something else.
    pub fn ask(&mut self, query: Query) {
        self.begun = true;
        if query != self.query {
            self.wish = self.place();
            self.query = query;
            self.marked.clear();
        }
    }

    /// The broad code that is listed, if it is one.
    #[must_use]
    pub fn broad(&self) -> Option<CodeId> {
        match self.query.codes.listed().as_slice() {
            [(code, _)] => Some(*code),
            _ => None,
        }
    }

    /// What was found, if it has been.
    #[must_use]
    pub const fn found(&self) -> Option<&Found> {
        self.found.as_ref()
    }

    /// The extracts in order.
    #[must_use]
    pub fn list(&self) -> &[Extract] {
        self.found.as_ref().map_or(&[], |found| &found.extracts.found)
    }

    /// The one in hand.
    #[must_use]
    pub fn current(&self) -> Option<&Extract> {
        self.list().get(self.at)
    }

    /// The number of the one in hand, from 0.
    #[must_use]
    pub const fn at(&self) -> usize {
        self.at
    }

    fn place(&self) -> Option<Place> {
        self.current().map(|extract| (extract.source, extract.span))
    }

    /// The marked ones, or the one in hand.
    #[must_use]
    pub fn chosen(&self) -> Vec<Extract> {
        if self.marked.is_empty() {
            return self.current().cloned().into_iter().collect();
        }
        let is = |extract: &&Extract| self.marked.contains(&(extract.source, extract.span));
        self.list().iter().filter(is).cloned().collect()
    }

    /// Whether something is being looked for.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.work.is_some()
    }

    /// Brings the list up to date with what is asked and with the project: has it found anew, beside the screen.
    pub fn refresh(&mut self, study: &Study, waker: &Waker) {
        let view = study.view();
        let question = (self.query.clone(), study.generation(), view.whose());
        if self.question.as_ref() == Some(&question) {
            return;
        }
        let sources: Vec<SourceId> = view.sources().iter().map(|source| source.id).collect();
        let (project, coder, whose) = (study.snapshot(), study.coder(), view.whose());
        let (library, query) = (study.library(&sources), self.query.clone());
        self.question = Some(question);
        self.work = Some(Beside::start(waker, move |desk| {
            let view = View::new(&project, coder).showing(whose);
            let texts = |source: SourceId| {
                let reading = library.read(source).ok()?;
                Some(Transcript { text: reading.text.clone(), turns: reading.turns.clone() })
            };
            let extracts = extracts(&view, &texts, &query, &|| desk.is_left());
            let subcodes = Subcodes::of(&view, &query);
            let progress = subcodes.progress(&view, &extracts);
            Found { extracts, subcodes, progress }
        }));
    }

    /// Takes in what was found; says whether anything has changed.
    pub fn listen(&mut self) -> bool {
        let Some(work) = &self.work else { return false };
        match work.hear() {
            Heard::Nothing => return false,
            Heard::Answer(found) => {
                let wanted = self.wish.take().or_else(|| self.place());
                self.found = Some(found);
                self.trouble = None;
                match wanted.and_then(|place| self.number_of(place)) {
                    Some(at) => self.at = at,
                    // It is gone: what comes after it stands where it stood.
                    None => self.at = self.at.min(self.list().len().saturating_sub(1)),
                }
                let there: BTreeSet<Place> = self.list().iter().map(|e| (e.source, e.span)).collect();
                self.marked.retain(|place| there.contains(place));
            }
            Heard::Gone => self.trouble = Some("the extracts could not be found; another key tries again".to_owned()),
        }
        self.work = None;
        true
    }

    /// The number of the extract with these words; else of the first that shares words with them.
    fn number_of(&self, place: Place) -> Option<usize> {
        let list = self.list();
        let exact = list.iter().position(|extract| (extract.source, extract.span) == place);
        exact.or_else(|| list.iter().position(|e| e.source == place.0 && e.span.overlaps(place.1)))
    }

    /// Moves by so many extracts.
    pub fn step(&mut self, by: i32) {
        let to = self.at as i64 + i64::from(by);
        self.at = usize::try_from(to.max(0)).unwrap_or(0).min(self.list().len().saturating_sub(1));
    }

    /// Goes to the next extract after one was dealt with; says whether there is one.
    pub fn move_on(&mut self) -> bool {
        let more = self.at + 1 < self.list().len();
        self.at += usize::from(more);
        more
    }

    /// Goes to the next that is not done, or the one before, round at the ends; says whether there is one. Where no code
    /// stands below those that are asked for, all are walked.
    pub fn walk(&mut self, view: &View<'_>, back: bool) -> bool {
        let Some(found) = &self.found else { return false };
        let list = &found.extracts.found;
        let open = |at: &usize| found.subcodes.is_empty() || found.subcodes.given(view, &list[*at]).is_empty();
        let n = list.len();
        let round = (1..=n).map(|step| if back { (self.at + n - step % n.max(1)) % n } else { (self.at + step) % n });
        let mut round = round;
        match round.find(open) {
            Some(at) => {
                self.at = at;
                true
            }
            None => false,
        }
    }

    /// Marks the one in hand and goes on, or takes its mark away.
    pub fn mark(&mut self) {
        let Some(place) = self.place() else { return };
        if !self.marked.remove(&place) {
            self.marked.insert(place);
        }
        self.step(1);
    }

    /// Marks all, or none.
    pub fn mark_all(&mut self) {
        let all: BTreeSet<Place> = self.list().iter().map(|extract| (extract.source, extract.span)).collect();
        self.marked = if self.marked.len() == all.len() { BTreeSet::new() } else { all };
    }

    /// Goes to where puts changed a coding.
    pub fn show_puts(&mut self, study: &Study, puts: &[Put]) {
        let coding = puts.iter().find_map(|put| match put {
            Put::Coding(change) => change.after.as_ref().or(change.before.as_ref()),
            _ => None,
        });
        let Some(coding) = coding else { return };
        let place = (coding.at.source, study.view().place(coding.at));
        self.wish = Some(place);
        if let Some(at) = self.number_of(place) {
            self.at = at;
        }
    }

    /// What the status line says.
    #[must_use]
    pub fn status(&self, app: &App) -> (String, String) {
        let Some(found) = &self.found else { return (self.trouble.clone().unwrap_or_default(), String::new()) };
        let dot = app.glyphs.dot;
        let counts = found.extracts.counts;
        let here = if counts.passages == 0 { String::new() } else { format!("{} of {}", self.at + 1, counts.passages) };
        let done = if found.subcodes.is_empty() || counts.passages == 0 {
            String::new()
        } else {
            format!("  {dot}  {} of {} {}", found.progress.count, counts.passages, found.subcodes.done())
        };
        let right = format!("{here}{done}");
        let marked = if self.marked.is_empty() { String::new() } else { format!("{} marked", self.marked.len()) };
        let with = |counted: &str| match marked.as_str() {
            "" => counted.to_owned(),
            marked if counted.is_empty() => marked.to_owned(),
            marked => format!("{marked}  {dot}  {counted}"),
        };
        if let Some(why) = &self.trouble {
            return (with(why), right);
        }
        // How far one has come stays in sight: where room is scarce less is counted.
        let short = format!("{} passages, {} cases, {:.1} pages", counts.passages, counts.cases, counts.pages());
        let shorter = format!("{} passages", counts.passages);
        let room = usize::from(app.size.width).saturating_sub(right.chars().count() + 4);
        let all = [counts.said(), short, shorter].map(|counted| with(&counted));
        let fits = all.into_iter().find(|left| left.chars().count() <= room);
        (fits.unwrap_or_else(|| with("")), right)
    }
}

/// Opens the view on the passages of a code.
pub fn open_code(app: &mut App, code: CodeId) {
    let view = app.study.view();
    let below = view.code(code).is_some_and(|node| node.code.heading);
    let of = app.extracts.query.of.clone();
    app.extracts.ask(Query { codes: Codes::Code { code, below }, of, filters: Vec::new() });
    show(app, Showing::Extracts);
}

/// The view is shown: if nothing was asked yet, the passages of the code in hand are.
pub fn shown(app: &mut App) {
    app.extracts.away = None;
    if !app.extracts.begun {
        let view = app.study.view();
        let code = app.code.code_in_hand(&view);
        let below = code.and_then(|code| view.code(code)).is_some_and(|node| node.code.heading);
        let codes = code.map_or(Codes::Everything, |code| Codes::Code { code, below });
        app.extracts.ask(Query { codes, of: Of::InSight, filters: Vec::new() });
    }
    app.study.read_ahead();
}

/// Brings the list up to date, and fetches the texts around the one in hand.
pub fn settle(app: &mut App, _area: Rect) {
    app.extracts.refresh(&app.study, &app.waker);
    let at = app.extracts.at;
    let near = app.extracts.list().iter().skip(at.saturating_sub(AROUND)).take(2 * AROUND);
    let sources: BTreeSet<SourceId> = near.map(|extract| extract.source).collect();
    for source in sources {
        // One that cannot be read is said where its words would stand.
        let _asked = app.study.request(source);
    }
}

/// Stands in the transcript at the passage in hand, which is selected.
pub fn read(app: &mut App) {
    let Some(place @ (source, span)) = app.extracts.place() else {
        app.tell(Tone::Plain, "there is no extract to go to");
        return;
    };
    show(app, Showing::Code);
    app.code.jump(&mut app.study, source, span.start);
    if let Some(transcript) = &mut app.code.transcript {
        transcript.select(span);
    }
    app.extracts.away = Some(Away { depth: app.code.trail.len(), place });
    app.tell(Tone::Plain, "Esc goes back to the extracts");
}

/// Whether the last jump in the transcript was the one from the list.
#[must_use]
pub fn jumped_here(app: &App) -> bool {
    app.extracts.away.as_ref().is_some_and(|away| app.code.trail.len() <= away.depth)
}

/// Goes back to the list that led to the transcript; says whether one did. `untouched`: only if the passage that was gone
/// to is what is selected.
pub fn come_back(app: &mut App, untouched: bool) -> bool {
    let Some(away) = &app.extracts.away else { return false };
    if untouched {
        let selected = app.code.transcript.as_ref().and_then(|t| Some((t.source(), t.selected()?)));
        let is_text = app.code.place() == crate::screen::command::Place::Text;
        if !is_text || selected != Some(away.place) {
            return false;
        }
    }
    if let Some(transcript) = &mut app.code.transcript {
        transcript.let_go();
    }
    show(app, Showing::Extracts);
    true
}

/// What Esc lets go of: marks, then the context.
pub fn let_go(app: &mut App) -> bool {
    let view = &mut app.extracts;
    if !view.marked.is_empty() {
        view.marked.clear();
        return true;
    }
    std::mem::take(&mut view.context)
}

/// Goes to the next that is not done, or the one before.
pub fn walk(app: &mut App, back: bool) {
    let view = app.study.view();
    if !app.extracts.walk(&view, back) {
        let done = app.extracts.found.as_ref().map_or("", |found| found.subcodes.done());
        let none = app.extracts.list().is_empty();
        let words = if none { "there are no extracts".to_owned() } else { format!("all of them are {done}") };
        app.tell(Tone::Plain, words);
    }
}

/// A press of the mouse: takes in hand what lies there; says whether something does.
pub fn press(app: &mut App, at: Position) -> bool {
    let hit = app.extracts.rows.borrow().iter().find(|(first, last, _)| (*first..=*last).contains(&at.y)).copied();
    if let Some((.., n)) = hit {
        app.extracts.at = n;
    }
    hit.is_some()
}

/// Asks for words that the extracts are to have.
pub fn find(app: &mut App) {
    let hint = "only extracts with these words are listed; f takes it back";
    app.layers.push(Layer::Prompt(Prompt::new("Extracts with", hint, "", AskFor::ExtractsWith(With::Words))));
}

/// What a memo would be about: the coding in hand, else its words.
#[must_use]
pub fn about(app: &App) -> Link {
    let Some(extract) = app.extracts.current() else { return Link::Study };
    match extract.codings().next() {
        Some(coding) => Link::Coding(coding),
        None => Link::Passage(app.study.view().passage(extract.source, extract.span)),
    }
}
