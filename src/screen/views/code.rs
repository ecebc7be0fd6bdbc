//! The Code view: cases and sources, the transcript, the code tree with the definition of the code in hand.

pub mod cases;
pub mod flow;
pub mod here;
pub mod hits;
pub mod page;
pub mod paint;
pub mod panes;
pub mod run;
pub mod transcript;
pub mod tree;

use crate::findings::linked::Backlinks;
use crate::project::id::{CodeId, CodingId, SourceId};
use crate::project::index::Work;
use crate::project::memo::Link;
use crate::project::put::Put;
use crate::project::view::{Seen, View};
use crate::screen::command::Place;
use crate::session::Study;
use crate::text::{Pos, Span};
use cases::Cases;
use hits::Hits;
use page::Memos;
use panes::{Pane, Panes};
use ratatui::layout::Rect;
use std::collections::HashMap;
use transcript::Transcript;
use tree::Tree;

/// How many codes are remembered as recent.
const RECENT: usize = 20;

/// What the last frame cost, in things that must not grow with the project.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FrameWork {
    /// Codings looked at.
    pub codings: Work,
    /// Stretches wrapped.
    pub wrapped: usize,
}

/// The state of the Code view.
#[derive(Default)]
pub struct CodeView {
    /// The text that is read, if any.
    pub transcript: Option<Transcript>,
    /// The code tree.
    pub tree: Tree,
    /// Cases and sources.
    pub cases: Cases,
    /// Which panes there are, how wide, and which has the keys.
    pub panes: Panes,
    /// How memos are shown.
    pub memos: Memos,
    /// What was found last, being walked with next and previous.
    pub hits: Option<Hits>,
    /// The codes laid last, in one go, to be laid again.
    pub again: Vec<CodeId>,
    /// Codes used lately, newest first.
    pub recent: Vec<CodeId>,
    /// Where the cursor stood in each source.
    pub places: HashMap<SourceId, Pos>,
    /// Where the cursor was before each jump, newest last.
    pub trail: Vec<(SourceId, Pos)>,
    /// How far each source was read in this session, where further than the project knows.
    read: HashMap<SourceId, Pos>,
    /// A long text that is being read.
    pub awaited: Option<SourceId>,
    /// A text that could not be read: why.
    pub trouble: Option<String>,
    /// What memos link to, and the state of the project that it was read from.
    linked: Option<(u64, Backlinks)>,
}

impl CodeView {
    /// Opens the first source.
    pub fn begin(&mut self, study: &mut Study) {
        let view = study.view();
        self.cases.begin(&view);
        self.tree.selected = view.codebook().top().first().copied();
        let first = view.sources().first().map(|source| source.id);
        match first {
            Some(source) => self.open(study, source),
            None => self.panes.focus = Pane::Cases,
        }
    }

    /// What has the keys.
    #[must_use]
    pub const fn place(&self) -> Place {
        match self.panes.focus {
            Pane::Text => Place::Text,
            Pane::Tree => Place::Tree,
            Pane::Cases => Place::Cases,
        }
    }

    /// Whether something is being worked on beside the screen.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.awaited.is_some()
    }

    /// The source that is open.
    #[must_use]
    pub fn source(&self) -> Option<SourceId> {
        self.transcript.as_ref().map(Transcript::source)
    }

    /// Opens a source where it was left.
    pub fn open(&mut self, study: &mut Study, source: SourceId) {
        if self.source() == Some(source) {
            return;
        }
        self.leave(study);
        self.awaited = None;
        match study.request(source) {
            Ok(None) => {
                self.transcript = None;
                self.trouble = None;
                self.awaited = Some(source);
            }
            Ok(Some(reading)) => {
                let mut transcript = Transcript::new(reading, self.panes.text_width);
                let read_to = study.view().progress(source).map(|progress| progress.read_to);
                if let Some(&at) = self.places.get(&source).or(read_to.as_ref()) {
                    transcript.go(at);
                }
                self.transcript = Some(transcript);
                self.trouble = None;
            }
            Err(why) => {
                self.transcript = None;
                self.trouble = Some(why.to_string());
            }
        }
        self.cases.show(&study.view(), source);
    }

    /// Opens the text that was waited for, if it has come; says whether anything changed.
    pub fn arrived(&mut self, study: &mut Study) -> bool {
        let Some(source) = self.awaited else { return false };
        if let Some(why) = study.failed(source) {
            self.trouble = Some(why.to_string());
            self.awaited = None;
        } else if study.reading(source).is_some() {
            self.open(study, source);
        } else {
            return false;
        }
        true
    }

    /// Remembers where the cursor stands, and writes down how far was read.
    pub fn leave(&mut self, study: &mut Study) {
        let Some(transcript) = &self.transcript else { return };
        let source = transcript.source();
        self.places.insert(source, transcript.cursor());
        let known = study.view().progress(source).map_or((Pos(0), false), |p| (p.read_to, p.finished));
        if let Some(&to) = self.read.get(&source)
            && to > known.0
        {
            // A read-only project keeps no progress; that is no reason to disturb anybody.
            let _unkept = study.apply(&crate::project::edit::Edit::Read { source, to, finished: known.1 });
        }
    }

    /// How far a source was read: what the project knows, or further in this session.
    #[must_use]
    pub fn read_to(&self, view: &View<'_>, source: SourceId) -> Pos {
        let known = view.progress(source).map_or(Pos(0), |progress| progress.read_to);
        self.read.get(&source).copied().unwrap_or_default().max(known)
    }

    /// Notes where the cursor is before it jumps elsewhere.
    pub fn mark_jump(&mut self) {
        if let Some(transcript) = &self.transcript {
            let here = (transcript.source(), transcript.cursor());
            if self.trail.last() != Some(&here) {
                self.trail.push(here);
            }
        }
    }

    /// Goes to a passage of a source.
    pub fn jump(&mut self, study: &mut Study, source: SourceId, at: Pos) {
        self.mark_jump();
        self.open(study, source);
        match &mut self.transcript {
            Some(transcript) => transcript.go(at),
            // It goes there when the text has come.
            None => drop(self.places.insert(source, at)),
        }
        self.panes.focus = Pane::Text;
    }

    /// Brings everything up to date with the project.
    pub fn refresh(&mut self, study: &mut Study) {
        if let Some(transcript) = &mut self.transcript {
            let source = transcript.source();
            if study.view().source(source).is_none() {
                self.transcript = None;
            } else if study.reading(source).is_none_or(|reading| !std::sync::Arc::ptr_eq(reading, transcript.reading()))
                && let Ok(reading) = study.read(source)
            {
                transcript.set_reading(reading);
            }
        }
        let view = study.view();
        self.tree.refresh(&view);
        self.cases.refresh(&view);
        self.recent.retain(|code| view.code(*code).is_some());
        self.again.retain(|code| view.code(*code).is_some());
    }

    /// Goes to where puts changed something: the first coding or code among them.
    pub fn show_puts(&mut self, study: &mut Study, puts: &[Put]) {
        for put in puts {
            match put {
                Put::Coding(change) => {
                    let Some(coding) = change.after.as_ref().or(change.before.as_ref()) else { continue };
                    let (source, span) = (coding.at.source, study.view().place(coding.at));
                    if study.view().source(source).is_some() {
                        if self.source() != Some(source) {
                            self.mark_jump();
                            self.open(study, source);
                        }
                        if let Some(transcript) = &mut self.transcript {
                            transcript.go(span.start);
                        }
                    }
                    return;
                }
                Put::Code(change) => {
                    if let Some(code) = &change.after {
                        self.tree.reveal(&study.view(), code.id);
                    }
                    return;
                }
                _ => {}
            }
        }
    }

    /// The page follows the cursor; panes take the room they have.
    pub fn settle(&mut self, study: &Study, area: Rect) {
        let view = study.view();
        let split = self.panes.split(area);
        if self.linked.as_ref().is_none_or(|(at, _)| *at != study.generation()) {
            self.linked = Some((study.generation(), Backlinks::new(&view)));
        }
        self.tree.settle(&view, split.tree_rows());
        self.cases.settle(&view, split.case_rows());
        let shape = paint::shape(split.text);
        self.panes.text_width = shape.width;
        if let Some(transcript) = &mut self.transcript {
            transcript.set_width(shape.width);
            let memos = self.memos;
            transcript.follow(&view, memos, usize::from(shape.rows));
            let source = transcript.source();
            let turns = &transcript.reading().turns;
            let at = transcript.cursor_char();
            // What the cursor has been in is read, to the end of its turn.
            let end = turns.turn_at(at).map_or(at, |turn| turns.turns[turn].body.end);
            let read = self.read.entry(source).or_default();
            *read = (*read).max(end);
        }
    }

    /// How many memos link to a code or a case.
    #[must_use]
    pub fn links_to(&self, view: &View<'_>, on: Link) -> usize {
        self.linked.as_ref().map_or(0, |(_, back)| back.to(view, on).len())
    }

    /// The codings under the cursor, in order; with a selection, those that touch it.
    #[must_use]
    pub fn here<'a>(&self, view: &View<'a>) -> Vec<Seen<'a>> {
        let Some(transcript) = &self.transcript else { return Vec::new() };
        let at = transcript.cursor_char();
        let span = transcript.selection().map_or(Span { start: at, end: at }, |selection| selection.span());
        let mut here = Vec::new();
        view.codings_within(transcript.source(), span, |seen| here.push(seen));
        here
    }

    /// The highlighted one of the codings under the cursor: the shortest first, then round.
    #[must_use]
    pub fn in_hand<'a>(&self, view: &View<'a>) -> Option<Seen<'a>> {
        let mut here = self.here(view);
        here.sort_by_key(|seen| (seen.span.len(), seen.coding.id));
        let hand = self.transcript.as_ref()?.hand;
        let count = here.len();
        (count > 0).then(|| here.swap_remove(hand % count))
    }

    /// The coding whose extent is being changed, if one is.
    #[must_use]
    pub fn resizing(&self) -> Option<CodingId> {
        self.transcript.as_ref()?.selection()?.resizing
    }

    /// The code whose definition is shown: the highlighted coding's in the transcript, the chosen one in the tree.
    #[must_use]
    pub fn code_in_hand(&self, view: &View<'_>) -> Option<CodeId> {
        let of_text = || self.in_hand(view).map(|seen| seen.code);
        match self.panes.focus {
            Pane::Text => of_text().or(self.tree.selected),
            _ => self.tree.selected,
        }
    }

    /// Notes that codes were laid.
    pub fn used(&mut self, codes: &[CodeId]) {
        self.again = codes.to_vec();
        for code in codes.iter().rev() {
            self.recent.retain(|other| other != code);
            self.recent.insert(0, *code);
        }
        self.recent.truncate(RECENT);
    }
}
