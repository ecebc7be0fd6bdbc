//! The Memos view: the memos that may be read, narrowed and sorted; the one in hand beside them as a page, with what it
//! quotes, what became of that, what it links to and what links to it.

mod draw;

use crate::findings::attribution::Signer;
use crate::findings::linked::{Backlinks, name_of};
use crate::findings::memo_list::{Wanted, listed};
use crate::findings::quotes::{Quoted, counted_codings, marked_memos, quoted, quotes_of};
use crate::findings::working::working;
use crate::project::id::{CoderId, CodingId, MemoId, QuotationId, SourceId};
use crate::project::memo::{Link, Memo, MemoKind};
use crate::project::memo_links::{Linked, links};
use crate::report::memos::{Page, Signing, page, quote_part};
use crate::screen::app::App;
use crate::screen::layers::Layer;
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::session::{Reading, Study};
use crate::text::turns::Turns;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What can be chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A memo of the list.
    Memo(MemoId),
    /// A quotation of the memo in hand.
    Quotation(QuotationId),
    /// Something that it links to.
    Link(Linked),
    /// A memo that links to it.
    From(MemoId),
}

/// A way to narrow the list.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Narrow {
    /// Not at all.
    All,
    /// With quotations that want a look.
    Marked,
    /// Of a kind.
    Kind(MemoKind),
    /// Shared, or one's own.
    Shared(bool),
    /// Of a coder.
    Coder(CoderId),
    /// About something, or linking to it.
    About(Link),
}

/// The memo in hand.
pub(super) struct InHand {
    pub(super) page: Page,
    pub(super) shared: bool,
    pub(super) quoted: Vec<Quoted>,
    /// What the codings of quotations say now, where that is something else.
    pub(super) now: HashMap<QuotationId, String>,
    /// What it links to, by name.
    pub(super) links: Vec<(Linked, String)>,
    /// What links to it, by title.
    pub(super) from: Vec<(MemoId, String)>,
}

/// A row of the list.
pub(super) struct Row {
    pub(super) id: MemoId,
    pub(super) title: String,
    pub(super) head: String,
    pub(super) marked: bool,
}

/// The state of the Memos view.
#[derive(Default)]
pub struct MemosView {
    /// What is listed.
    pub wanted: Wanted,
    /// Whether the oldest come first.
    pub oldest_first: bool,
    pub(super) rows: Vec<Row>,
    chosen: Option<MemoId>,
    /// What has the cursor within the page; the list has it if `None`.
    within: Option<Target>,
    in_hand: Option<InHand>,
    counted: HashSet<CodingId>,
    marked: HashSet<MemoId>,
    back: Backlinks,
    /// The generation that the marks and links are of.
    known: Option<u64>,
    zone: Option<TimeZone>,
    list_top: Cell<usize>,
    top: Cell<usize>,
    /// How many lines of the page are above it while the list has the keys.
    scrolled: Cell<usize>,
    /// What was drawn where, for the mouse.
    drawn: RefCell<Vec<(Rect, Vec<Option<Target>>)>>,
}

impl MemosView {
    /// The memo in hand.
    #[must_use]
    pub const fn chosen(&self) -> Option<MemoId> {
        self.chosen
    }

    /// What has the cursor.
    #[must_use]
    pub fn target(&self) -> Option<Target> {
        self.within.or(self.chosen.map(Target::Memo))
    }

    /// The codings that tables rest on.
    #[must_use]
    pub const fn counted(&self) -> &HashSet<CodingId> {
        &self.counted
    }

    /// The memos that are listed, as they are.
    #[must_use]
    pub fn memos(&self, study: &Study) -> Vec<Arc<Memo>> {
        let view = study.view();
        self.rows.iter().filter_map(|row| view.memo(row.id).cloned()).collect()
    }

    /// The quotation in hand: the one with the cursor, else the first of the memo that wants a look.
    #[must_use]
    pub fn quotation(&self) -> Option<&Quoted> {
        let all = &self.in_hand.as_ref()?.quoted;
        match self.within {
            Some(Target::Quotation(id)) => all.iter().find(|one| one.quotation.id == id),
            _ => all.iter().find(|one| one.is_marked()),
        }
    }

    /// Takes a memo in hand; narrowing is let go of where it hides it.
    pub fn choose(&mut self, study: &mut Study, memo: MemoId) {
        if !self.rows.iter().any(|row| row.id == memo) {
            self.wanted = Wanted::default();
            self.list(study);
        }
        self.chosen = Some(memo);
        self.within = None;
        self.scrolled.set(0);
        self.take(study);
    }

    /// Brings everything up to date with the project.
    pub fn refresh(&mut self, study: &mut Study, zone: &TimeZone) {
        self.zone.get_or_insert_with(|| zone.clone());
        if self.known == Some(study.generation()) {
            return;
        }
        self.known = Some(study.generation());
        let view = study.view();
        // What tables count is asked only where something is quoted.
        self.counted = if view.quotations().is_empty() { HashSet::new() } else { counted_codings(&working(&view)) };
        self.marked = marked_memos(&view, &self.counted);
        self.back = Backlinks::new(&view);
        self.list(study);
    }

    /// Lists what is wanted; the memo in hand stays if it is among it, else the row where it stood is taken.
    fn list(&mut self, study: &mut Study) {
        let view = study.view();
        let zone = self.zone.clone().unwrap_or(TimeZone::UTC);
        let stood = self.rows.iter().position(|row| Some(row.id) == self.chosen);
        let mut memos = listed(&view, &self.wanted, &self.back, &self.marked);
        if !self.oldest_first {
            memos.reverse();
        }
        self.rows = memos
            .iter()
            .map(|memo| {
                let day = memo.made.to_zoned(zone.clone()).strftime("%Y-%m-%d");
                let own = if memo.shared { "" } else { ", own" };
                let about = crate::findings::linked::about(&view, memo.on);
                Row {
                    id: memo.id,
                    title: crate::report::memos::in_words(memo.title()),
                    head: format!("{day} {} {}{own}, {about}", view.initials(memo.coder), memo.kind.name()),
                    marked: self.marked.contains(&memo.id),
                }
            })
            .collect();
        if !self.rows.iter().any(|row| Some(row.id) == self.chosen) {
            let at = stood.unwrap_or(0).min(self.rows.len().saturating_sub(1));
            self.chosen = self.rows.get(at).map(|row| row.id);
            self.within = None;
        }
        self.take(study);
    }

    /// Makes the page of the memo in hand.
    fn take(&mut self, study: &mut Study) {
        let Some(memo) = self.chosen.and_then(|id| study.view().memo(id).cloned()) else {
            self.in_hand = None;
            self.within = None;
            return;
        };
        // The texts that are quoted from: long ones come beside the screen, and their signatures are looked at then.
        let sources: Vec<SourceId> = quotes_of(&study.view(), &memo).iter().map(|one| one.at.source).collect();
        let mut readings: HashMap<SourceId, Arc<Reading>> = HashMap::new();
        for source in sources {
            if let Ok(Some(reading)) = study.request(source) {
                readings.insert(source, reading);
            }
        }
        let view = study.view();
        let quoted: Vec<Quoted> =
            quotes_of(&view, &memo).iter().map(|quotation| quoted(&view, &self.counted, quotation)).collect();
        let mut turns = |source: SourceId| -> Option<Arc<Turns>> { readings.get(&source).map(|r| r.turns.clone()) };
        let zone = self.zone.clone().unwrap_or(TimeZone::UTC);
        let signer = Signer::new(view);
        let page = page(&view, &memo, &zone, |id| {
            let quotation = view.quotation(id)?;
            Some(quote_part(&signer, Signing::Quoted, &self.counted, quotation, &mut turns))
        });
        let mut now = HashMap::new();
        for one in quoted.iter().filter(|one| one.is_marked()) {
            let words = one.now.and_then(|now| {
                let reading = readings.get(&now.at.source)?;
                let words = reading.turns.said(&reading.text, now.at.span);
                Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
            });
            let same = one.quotation.words.split_whitespace().collect::<Vec<_>>().join(" ");
            if let Some(words) = words.filter(|words| *words != same) {
                now.insert(one.quotation.id, words);
            }
        }
        let mut to: Vec<(Linked, String)> = Vec::new();
        for found in links(&memo.text) {
            let known = to.iter().any(|(what, _)| *what == found.what);
            if let Some(name) = name_of(&view, found.what).filter(|_| !known) {
                to.push((found.what, name));
            }
        }
        let from = self.back.to_memo(memo.id);
        let from = from.into_iter().filter_map(|id| Some((id, view.memo(id)?.title().to_owned()))).collect();
        self.in_hand = Some(InHand { page, shared: memo.shared, quoted, now, links: to, from });
        let targets = self.targets();
        if self.within.is_some_and(|within| !targets.contains(&within)) {
            self.within = targets.first().copied();
        }
    }

    /// What can be chosen within the page, top to bottom.
    fn targets(&self) -> Vec<Target> {
        let Some(hand) = &self.in_hand else { return Vec::new() };
        let quoted = hand.quoted.iter().map(|one| Target::Quotation(one.quotation.id));
        let to = hand.links.iter().map(|(what, _)| Target::Link(*what));
        quoted.chain(to).chain(hand.from.iter().map(|(id, _)| Target::From(*id))).collect()
    }

    /// Moves by so many rows.
    pub fn step(&mut self, study: &mut Study, by: i32) {
        let moved = |count: usize, at: usize| {
            let last = count.checked_sub(1)?;
            usize::try_from((at as i64 + i64::from(by)).clamp(0, last as i64)).ok()
        };
        match self.within {
            None => {
                let at = self.rows.iter().position(|row| Some(row.id) == self.chosen).unwrap_or(0);
                let to = moved(self.rows.len(), at).map(|to| self.rows[to].id);
                if to != self.chosen {
                    self.chosen = to;
                    self.scrolled.set(0);
                    self.take(study);
                }
            }
            Some(within) => {
                let targets = self.targets();
                let at = targets.iter().position(|target| *target == within).unwrap_or(0);
                self.within = moved(targets.len(), at).map(|to| targets[to]);
            }
        }
    }

    /// Gives the keys to the page, or back to the list.
    pub fn inward(&mut self, inward: bool) {
        self.within = if inward { self.within.or_else(|| self.targets().first().copied()) } else { None };
    }

    /// Moves the page by so many lines; not past its end, which drawing sees to.
    pub fn scroll(&mut self, by: i32) {
        let to = self.scrolled.get() as i64 + i64::from(by);
        self.scrolled.set(usize::try_from(to.max(0)).unwrap_or(0));
        self.within = None;
    }

    /// Gives the keys to the other part.
    pub fn turn(&mut self) {
        self.inward(self.within.is_none());
    }

    /// Shows only memos with these words.
    pub fn look(&mut self, study: &mut Study, words: &str) {
        words.trim().clone_into(&mut self.wanted.words);
        self.within = None;
        self.list(study);
    }

    /// Narrows the list in one way more, or in that way no more.
    pub fn narrow(&mut self, study: &mut Study, way: Narrow) {
        fn turn<T: PartialEq>(slot: &mut Option<T>, to: T) {
            *slot = if slot.as_ref() == Some(&to) { None } else { Some(to) };
        }
        match way {
            Narrow::All => self.wanted = Wanted::default(),
            Narrow::Marked => self.wanted.marked = !self.wanted.marked,
            Narrow::Kind(kind) => turn(&mut self.wanted.kind, kind),
            Narrow::Shared(shared) => turn(&mut self.wanted.shared, shared),
            Narrow::Coder(coder) => turn(&mut self.wanted.coder, coder),
            Narrow::About(on) => turn(&mut self.wanted.about, on),
        }
        self.within = None;
        self.list(study);
    }

    /// Turns the order round.
    pub fn turn_order(&mut self, study: &mut Study) {
        self.oldest_first = !self.oldest_first;
        self.list(study);
    }

    /// What a memo would be about: what the one in hand is about.
    #[must_use]
    pub fn about(&self) -> Link {
        match self.within {
            Some(Target::Link(Linked::Code(id))) => Link::Code(id),
            Some(Target::Link(Linked::Case(id))) => Link::Case(id),
            Some(Target::Link(Linked::Source(id))) => Link::Source(id),
            Some(Target::Link(Linked::Theme(id))) => Link::Theme(id),
            Some(Target::Quotation(id)) => self
                .in_hand
                .iter()
                .flat_map(|hand| &hand.quoted)
                .find(|one| one.quotation.id == id)
                .map_or(Link::Study, |one| Link::Coding(one.quotation.coding)),
            _ => Link::Study,
        }
    }

    /// What the status line says.
    #[must_use]
    pub fn status(&self, app: &App) -> (String, String) {
        let view = app.study.view();
        let n = self.rows.len();
        let mut left = format!("{n} {}", if n == 1 { "memo" } else { "memos" });
        let wanted = &self.wanted;
        let told = [
            wanted.kind.map(|kind| kind.name().to_owned()),
            wanted.shared.map(|shared| if shared { "shared" } else { "own" }.to_owned()),
            wanted.coder.map(|coder| format!("by {}", view.initials(coder))),
            wanted.about.map(|on| format!("about {}", crate::findings::linked::about(&view, on))),
            wanted.marked.then(|| "with marked quotations".to_owned()),
            (!wanted.words.is_empty()).then(|| format!("with “{}”", wanted.words)),
        ];
        for words in told.into_iter().flatten() {
            left.push_str(&format!(" {} {words}", app.glyphs.dot));
        }
        let marked = self.marked.len();
        let right = match marked {
            0 => String::new(),
            1 => "1 memo has marked quotations".to_owned(),
            n => format!("{n} memos have marked quotations"),
        };
        (left, right)
    }
}

/// Brings the view up to date with the project.
pub fn refresh(app: &mut App) {
    let zone = app.zone.clone();
    app.memos.refresh(&mut app.study, &zone);
}

/// Draws the view.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    draw::draw(app, &app.memos, area, buf)
}

/// A press of the mouse: takes in hand what lies there; says whether something does.
pub fn press(app: &mut App, at: Position) -> bool {
    let found = app.memos.drawn.borrow().iter().find_map(|(rect, targets)| {
        let row = usize::from(at.y.checked_sub(rect.y)?);
        rect.contains(at).then(|| targets.get(row).copied().flatten()).flatten()
    });
    match found {
        Some(Target::Memo(id)) => app.memos.choose(&mut app.study, id),
        Some(target) => app.memos.within = Some(target),
        None => return false,
    }
    true
}

/// What Esc lets go of: the page, then what the list is narrowed to; says whether there was anything.
pub fn let_go(app: &mut App) -> bool {
    if app.memos.within.take().is_some() {
        return true;
    }
    let narrowed = !app.memos.wanted.is_all();
    if narrowed {
        app.memos.narrow(&mut app.study, Narrow::All);
    }
    narrowed
}

/// Asks for words to find in memos.
pub fn find(app: &mut App) {
    let words = app.memos.wanted.words.clone();
    let hint = "words of a memo or of what it quotes; Enter keeps the filter, Esc shows all";
    app.layers.push(Layer::Prompt(Prompt::new("Memos with", hint, &words, AskFor::FilterMemos)));
}
