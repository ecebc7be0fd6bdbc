//! The Reconcile view: walking the disagreements of a round by key. At the left the queue, at the right the words with
//! what each coder has on them, below them what each coded and what the code means.
//!
//! The queue is worked out once a change; a key looks at what is there. The deciding coder is whoever has opened the
//! project; others who are present are named in the decision.

pub mod below;
pub mod check;
pub mod deciding;
pub mod draw;
pub mod effect;
pub mod extent;
pub mod listing;
pub mod scene;
pub mod text;
pub mod words;

use crate::findings::consensus::{Consensus, consensus_of};
use crate::findings::queue::{Item, Key, Queue, State, queue_of};
use crate::project::decision::Decision;
use crate::project::id::{CoderId, DecisionId, RoundId, SourceId};
use crate::project::memo::Link;
use crate::project::put::Put;
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::layers::Layer;
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::views::code::transcript::Transcript;
use crate::session::Study;
use crate::text::Span;
use check::Checking;
use extent::Moving;
use listing::Listing;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use scene::Scene;
use std::collections::{HashMap, HashSet};

/// The parts of the view that can have the keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Part {
    /// The queue.
    #[default]
    Queue,
    /// The words.
    Text,
    /// What each coded, and what the code means.
    Below,
}

/// What is known of the round that is shown, as of one change.
pub struct Shown {
    /// The change it was worked out at.
    generation: u64,
    /// The queue.
    pub queue: Queue,
    /// Where in it each item stands.
    places: HashMap<Key, usize>,
    /// The consensus, where it is shown.
    pub consensus: Option<Consensus>,
}

/// The state of the Reconcile view.
#[derive(Default)]
pub struct ReconcileView {
    /// The round that was asked for; without one, the one revealed last.
    wanted: Option<RoundId>,
    /// The round shown and its queue.
    shown: Option<Shown>,
    /// Why there is no queue.
    trouble: Option<String>,
    /// The list at the left.
    pub list: Listing,
    /// The chosen item.
    chosen: Option<Key>,
    /// Which part has the keys.
    pub part: Part,
    /// Whether coders are named or are letters only; until somebody says, by who looks.
    pub names: Option<bool>,
    /// Who is here besides the coder who decides.
    pub with: Vec<CoderId>,
    /// Whether the effect on tables and the agreement are shown.
    pub effect: Option<effect::Effect>,
    /// Whether the consensus stands beside the coders.
    pub consensus: bool,
    /// Items that were skipped.
    skipped: HashSet<Key>,
    /// The words that are shown, and what is marked in them.
    pub scene: Option<Scene>,
    /// The text they are of.
    pub text: Option<Transcript>,
    /// For what, and in which room, the page of the words was begun.
    placed: Option<(SourceId, Span, u16, u16)>,
    /// A long text that is being read.
    pub awaited: Option<SourceId>,
    /// How far what stands below the words was scrolled.
    pub below_top: usize,
    /// How many rows that has.
    pub below_rows: usize,
    /// What part of the screen is for what, as of the last key.
    pub layout: draw::Layout,
    /// The codings that are checked again, while they are.
    pub checking: Option<Checking>,
    /// The ends that are moved, while they are.
    pub moving: Option<Moving>,
}

impl ReconcileView {
    /// The round that is shown.
    #[must_use]
    pub fn round(&self) -> Option<RoundId> {
        self.shown.as_ref().map(|shown| shown.queue.round.id)
    }

    /// The queue, if there is one.
    #[must_use]
    pub fn queue(&self) -> Option<&Queue> {
        self.shown.as_ref().map(|shown| &shown.queue)
    }

    /// The consensus, while it is shown.
    #[must_use]
    pub fn held(&self) -> Option<&Consensus> {
        self.shown.as_ref().and_then(|shown| shown.consensus.as_ref())
    }

    /// Why there is no queue.
    #[must_use]
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Asks for a round.
    pub fn open(&mut self, study: &mut Study, round: RoundId) {
        if self.wanted != Some(round) {
            *self = Self {
                wanted: Some(round),
                names: self.names,
                with: std::mem::take(&mut self.with),
                ..Self::default()
            };
        }
        self.refresh(study);
    }

    /// The number of the chosen item in the queue.
    #[must_use]
    pub fn chosen(&self) -> Option<usize> {
        self.shown.as_ref()?.places.get(self.chosen.as_ref()?).copied()
    }

    /// The chosen item.
    #[must_use]
    pub fn item(&self) -> Option<&Item> {
        self.queue()?.items.get(self.chosen()?)
    }

    /// Brings everything up to date with the project.
    pub fn refresh(&mut self, study: &mut Study) {
        let generation = study.generation();
        let fresh = self.shown.as_ref().is_some_and(|shown| shown.generation == generation);
        if !fresh {
            self.read_queue(study, generation);
        }
        if let Some(shown) =
            self.shown.as_mut().filter(|shown| (self.consensus || self.effect.is_some()) && shown.consensus.is_none())
        {
            shown.consensus = Some(consensus_of(&study.view(), &shown.queue));
        }
        if !fresh && self.checking.is_some() {
            check::refresh(self, study);
        }
        self.list_anew(&study.view());
        self.show_chosen(study);
    }

    fn read_queue(&mut self, study: &Study, generation: u64) {
        let view = study.view();
        let first = self.shown.is_none();
        let revealed = |id: &RoundId| view.reveal(*id).is_some();
        let newest = || view.rounds().into_iter().rev().map(|round| round.id).find(revealed);
        let Some(round) = self.wanted.filter(revealed).or_else(newest) else {
            self.shown = None;
            self.trouble = None;
            return;
        };
        match queue_of(&view, round) {
            Ok(queue) => {
                self.trouble = None;
                let places = queue.items.iter().enumerate().map(|(n, item)| (item.key(), n)).collect();
                self.shown = Some(Shown { generation, queue, places, consensus: None });
            }
            Err(why) => {
                self.trouble = Some(why.to_string());
                self.shown = None;
            }
        }
        if first && let Some(shown) = &self.shown {
            // Whom items were put to sees those first.
            let me = view.coder();
            if shown.queue.items.iter().any(|item| item.is_passed_to(me)) {
                self.list.filter.passed_to = Some(me);
            }
        }
    }

    /// Lists the items anew: the chosen one stays where it is, or the next takes its place.
    pub fn list_anew(&mut self, view: &View<'_>) {
        let Some(shown) = &self.shown else {
            self.list.clear();
            return;
        };
        let before = self.list.place_of_chosen();
        let mut chosen = self.chosen();
        self.list.list(view, &shown.queue, chosen);
        if chosen.is_none() {
            // What was chosen is no longer a disagreement, or another one: whatever stands in its place.
            chosen = self.list.nth(before);
            self.chosen = chosen.map(|n| shown.queue.items[n].key());
            self.list.list(view, &shown.queue, chosen);
        }
    }

    /// Lists what the list was narrowed to; if what was chosen is not among it, its first item is chosen.
    pub fn narrow(&mut self, study: &mut Study) {
        if let Some(shown) = &self.shown {
            let chosen = self.chosen();
            self.list.list(&study.view(), &shown.queue, None);
            let items = self.list.items();
            let next = chosen.filter(|n| items.contains(n)).or(items.first().copied());
            self.chosen = next.map(|n| shown.queue.items[n].key());
        }
        self.list_anew(&study.view());
        self.show_chosen(study);
    }

    /// Chooses an item of the queue.
    pub fn choose(&mut self, study: &mut Study, n: usize) {
        let Some(item) = self.queue().and_then(|queue| queue.items.get(n)) else { return };
        let key = item.key();
        if self.chosen.as_ref() != Some(&key) {
            self.chosen = Some(key);
            self.below_top = 0;
            self.moving = None;
            self.list_anew(&study.view());
        }
        self.show_chosen(study);
    }

    /// Shows the words of the chosen item, or of the coding that is checked.
    pub fn show_chosen(&mut self, study: &mut Study) {
        let view = study.view();
        let scene = match &self.checking {
            Some(checking) => checking.current().map(|(list, entry)| scene::of_entry(&view, entry, list.code)),
            None => {
                let queue = self.shown.as_ref().map(|shown| &shown.queue);
                let held = self.held().filter(|_| self.consensus);
                self.item().zip(queue).map(|(item, queue)| scene::of_item(&view, queue, item, held))
            }
        };
        let Some(scene) = scene else {
            self.scene = None;
            self.text = None;
            return;
        };
        let source = scene.source;
        self.scene = Some(scene);
        let current = self.text.as_ref().filter(|text| text.source() == source);
        let up_to_date = current.is_some_and(|text| {
            study.reading(source).is_some_and(|reading| std::sync::Arc::ptr_eq(reading, text.reading()))
        });
        if up_to_date {
            return;
        }
        self.text = None;
        self.awaited = None;
        match study.request(source) {
            Ok(Some(reading)) => self.text = Some(Transcript::new(reading, self.layout.words.width)),
            Ok(None) => self.awaited = Some(source),
            Err(why) => self.trouble = Some(why.to_string()),
        }
    }

    /// Takes in the text that was waited for, if it has come; says whether anything changed.
    pub fn arrived(&mut self, study: &mut Study) -> bool {
        let Some(source) = self.awaited else { return false };
        if let Some(why) = study.failed(source) {
            self.trouble = Some(why.to_string());
            self.awaited = None;
            return true;
        }
        if study.reading(source).is_none() {
            return false;
        }
        self.awaited = None;
        self.show_chosen(study);
        true
    }

    /// Goes to what puts changed: the first decision or check among them.
    pub fn show_puts(&mut self, study: &mut Study, puts: &[Put]) {
        for put in puts {
            match put {
                Put::Decision(change) => {
                    let Some(decision) = change.after.as_ref().or(change.before.as_ref()) else { continue };
                    let key = Key::now(&study.view(), &decision.seen);
                    if let Some(n) = self.queue().and_then(|queue| queue.find(&key)) {
                        self.checking = None;
                        self.choose(study, n);
                    }
                    return;
                }
                Put::Check(change) => {
                    let Some(check) = change.after.as_ref().or(change.before.as_ref()) else { continue };
                    if let Some(checking) = &mut self.checking {
                        checking.choose_coding(check.coding);
                        self.show_chosen(study);
                    }
                    return;
                }
                _ => {}
            }
        }
    }

    /// Whether coders are named here: as was said, else to everybody who codes this case; whom an item was put to sees
    /// letters.
    #[must_use]
    pub fn shows_names(&self, me: CoderId) -> bool {
        self.names.unwrap_or_else(|| match self.item().filter(|_| self.checking.is_none()) {
            Some(item) => item.desk.contains(&me),
            None => self.queue().is_none_or(|queue| queue.coders.contains(&me)),
        })
    }

    /// The id that a decision of `coder` about the chosen item has.
    #[must_use]
    pub fn decision_id(&self, coder: CoderId) -> Option<DecisionId> {
        let round = self.round()?;
        self.item().map(|item| Decision::id_for(round, coder, &item.seen))
    }

    /// Notes that the chosen item was skipped.
    pub fn skip(&mut self) {
        self.skipped.extend(self.chosen.clone());
    }

    /// The open item to go on with after the chosen one: those that were skipped, put to somebody or left for discussion
    /// come when there are no others.
    #[must_use]
    pub fn next_open(&self) -> Option<usize> {
        let queue = self.queue()?;
        let order = self.list.items();
        let here = self.chosen().and_then(|n| order.iter().position(|at| *at == n));
        let start = here.map_or(0, |at| at + 1);
        let round = |n: &usize| (*n + start) % order.len().max(1);
        let around: Vec<usize> =
            (0..order.len()).map(|n| order[round(&n)]).filter(|n| Some(*n) != self.chosen()).collect();
        let open = |n: &&usize| !queue.items[**n].state.is_decided();
        let fresh =
            |n: &&usize| queue.items[**n].state == State::Open && !self.skipped.contains(&queue.items[**n].key());
        around.iter().find(fresh).or_else(|| around.iter().find(open)).copied()
    }

    /// What the status line says.
    #[must_use]
    pub fn status(&self, app: &App) -> (String, String) {
        draw::status(self, app)
    }
}

/// The page follows the chosen item.
pub fn settle(app: &mut App, area: Rect) {
    let layout = draw::layout(app, area);
    app.reconcile.layout = layout;
    app.reconcile.below_rows = below::lines(app, layout.below.width.saturating_sub(4)).len();
    let view = app.study.view();
    if app.reconcile.list.dense == layout.beside {
        app.reconcile.list.dense = !layout.beside;
        app.reconcile.list_anew(&view);
    }
    let height = usize::from(app.reconcile.layout.list_rows());
    app.reconcile.list.settle(height);
    if let Some(checking) = &mut app.reconcile.checking {
        checking.settle(height);
    }
    text::settle(&mut app.reconcile, &view);
}

/// Draws the view.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    draw::draw(app, area, buf)
}

/// Goes to the next open item (coding that is not checked yet), or the one before.
pub fn walk(app: &mut App, back: bool) {
    if app.reconcile.checking.is_some() {
        check::step(app, if back { -1 } else { 1 }, true);
    } else {
        deciding::walk(app, back);
    }
}

/// Asks for words to find.
pub fn find(app: &mut App) {
    let words = app.reconcile.list.find.clone();
    let hint = "words of codes, cases or kinds; Enter keeps the filter, Esc shows all";
    app.layers.push(Layer::Prompt(Prompt::new("Disagreements with", hint, &words, AskFor::FilterQueue)));
}

/// Gives the keys to the next part.
pub fn turn(app: &mut App, back: bool) {
    app.reconcile.part = match (app.reconcile.part, back) {
        (Part::Queue, false) | (Part::Below, true) => Part::Text,
        (Part::Text, false) | (Part::Queue, true) => Part::Below,
        (Part::Below, false) | (Part::Text, true) => Part::Queue,
    };
}

/// A press of the mouse: chooses the item under it, or gives the keys to the part; says whether an item was hit.
pub fn press(app: &mut App, at: Position) -> bool {
    if app.reconcile.moving.is_some() {
        return false;
    }
    let layout = app.reconcile.layout;
    if layout.words.contains(at) {
        app.reconcile.part = Part::Text;
    } else if layout.below.contains(at) {
        app.reconcile.part = Part::Below;
    } else if layout.list.contains(at) {
        app.reconcile.part = Part::Queue;
        let Some(n) = layout.list_row(at) else { return false };
        if app.reconcile.checking.is_some() {
            check::press(app, n);
            return false;
        }
        let list = &app.reconcile.list;
        if let Some(listing::Row::Item(n)) = list.rows().get(list.top() + n).cloned() {
            app.reconcile.choose(&mut app.study, n);
            return true;
        }
    }
    false
}

/// The wheel of the mouse: moves in the part under it.
pub fn wheel(app: &mut App, at: Position, rows: i32) {
    let layout = app.reconcile.layout;
    let part = if layout.list.contains(at) {
        Part::Queue
    } else if layout.below.contains(at) {
        Part::Below
    } else {
        Part::Text
    };
    let rows = if part == Part::Queue { rows.signum() } else { rows };
    crate::screen::commands::reconcile::step_in(app, part, rows);
}

/// What a memo would be about: the words in dispute.
#[must_use]
pub fn about(app: &App) -> Link {
    match &app.reconcile.scene {
        Some(scene) => Link::Passage(app.study.view().passage(scene.source, scene.span)),
        None => Link::Study,
    }
}

/// Esc: what the view lets go of before it is left; says whether there was anything.
pub fn let_go(app: &mut App) -> bool {
    let list = &mut app.reconcile.list;
    let narrowed = app.reconcile.checking.is_none() && list.is_narrowed();
    if app.reconcile.checking.take().is_some() {
        app.reconcile.show_chosen(&mut app.study);
    } else if app.reconcile.part != Part::Queue {
        app.reconcile.part = Part::Queue;
    } else if narrowed {
        list.widen();
        app.reconcile.list_anew(&app.study.view());
        app.reconcile.show_chosen(&mut app.study);
    } else {
        return false;
    }
    true
}
