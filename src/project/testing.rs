//! A desk to try edits at: a project, two coders, a clock that goes on by a second with every edit. For the tests of
//! this folder only; tests of an open study have one of their own.

use super::Project;
use super::codebook::Origin;
use super::coding::Coding;
use super::edit::{Edit, NewRound, NewSource, NewWording, Refusal, Spot, Words, plan};
use super::id::{CaseId, CodeId, CoderId, CodingId, FixedMint, Id, Mint, RoundId, SourceId, Stamp, Writer};
use super::memo::{Link, MemoKind};
use super::put::Put;
use super::round::{self, Ground};
use super::source::{Passage, SourceKind, Splice};
use super::step::Step;
use super::undo::take_back;
use super::view::{View, Whose};
use crate::text::{Pos, Span};
use jiff::Timestamp;
use std::sync::Arc;

/// A project, who works on it, and what they did.
pub(crate) struct Desk {
    pub(crate) project: Project,
    pub(crate) coder: CoderId,
    pub(crate) mint: FixedMint,
    seconds: i64,
    /// What was done and not taken back, whoever did it.
    pub(crate) done: Vec<(Stamp, Step)>,
    undone: Vec<(Stamp, Step)>,
}

/// Anything about a coding that tests look at: its words, its code's name as chosen, its comment.
pub(crate) type Laid = (u32, u32, String, String);

impl Desk {
    /// A study with the coders PB and SC; PB works.
    pub(crate) fn new() -> Self {
        let mut desk = Self {
            project: Project::default(),
            coder: CoderId::default(),
            mint: FixedMint::new(7, Timestamp::UNIX_EPOCH),
            seconds: 0,
            done: Vec::new(),
            undone: Vec::new(),
        };
        desk.apply(&Edit::Found { title: "Trial".into() });
        for initials in ["SC", "PB"] {
            desk.coder = desk.id().into();
            desk.apply(&Edit::AddCoder { id: desk.coder, initials: initials.into(), name: String::new() });
        }
        desk.done.clear();
        desk
    }

    /// An id later than all before.
    pub(crate) fn id(&mut self) -> Id {
        self.seconds += 1;
        self.mint.set(Timestamp::from_second(1_800_000_000 + self.seconds).expect("a time in this century"));
        self.mint.id()
    }

    pub(crate) fn view(&self) -> View<'_> {
        View::new(&self.project, self.coder)
    }

    /// Does something as the other coder.
    pub(crate) fn as_other<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        let other = self.view().coders().find(|coder| coder.id != self.coder).expect("two coders").id;
        let me = std::mem::replace(&mut self.coder, other);
        let out = f(self);
        self.coder = me;
        out
    }

    pub(crate) fn plan(&mut self, edit: &Edit) -> Result<Step, Refusal> {
        self.id();
        let step = plan(&View::new(&self.project, self.coder), edit, &mut self.mint)?;
        assert!(step.puts.iter().all(|put| !put.is_idle()), "an idle put in {step:?}");
        let mut targets: Vec<_> = step.puts.iter().map(|put| put.target().expect("a target")).collect();
        targets.sort();
        targets.dedup();
        assert_eq!(targets.len(), step.puts.len(), "two puts of one record in {step:?}");
        Ok(step)
    }

    pub(crate) fn apply(&mut self, edit: &Edit) -> Step {
        let step = self.plan(edit).unwrap_or_else(|why| panic!("{why}: {edit:?}"));
        let stamp = self.put(&step.puts);
        self.done.push((stamp, step.clone()));
        self.undone.clear();
        step
    }

    /// Why an edit is refused, as the user reads it.
    pub(crate) fn refusal(&mut self, edit: &Edit) -> String {
        self.plan(edit).expect_err("a refusal").to_string()
    }

    /// Applies puts as the next line.
    pub(crate) fn put(&mut self, puts: &[Put]) -> Stamp {
        let stamp = Stamp(self.project.n() + 1, Writer::new("PB-0000").expect("a writer"));
        let applied = self.project.apply(stamp, puts);
        assert_eq!(applied.late, []);
        stamp
    }

    /// Takes back the newest step; gives the fields that were kept.
    pub(crate) fn undo(&mut self) -> Vec<&'static str> {
        let (stamp, step) = self.done.pop().expect("something to undo");
        let (back, kept) = take_back(&self.project, stamp, &step.did, &step.puts);
        let stamp = self.put(&back.puts);
        self.undone.push((stamp, back));
        kept
    }

    /// Does again what was taken back last.
    pub(crate) fn redo(&mut self) {
        let (stamp, step) = self.undone.pop().expect("something to do again");
        let (again, _) = take_back(&self.project, stamp, &step.did, &step.puts);
        let stamp = self.put(&again.puts);
        self.done.push((stamp, again));
    }

    /// A code at the end of the top.
    pub(crate) fn code(&mut self, name: &str) -> CodeId {
        let after = self.view().codebook().top().last().copied();
        self.code_at(name, Spot { parent: None, after })
    }

    /// A code at the end of those under `parent`.
    pub(crate) fn code_under(&mut self, parent: CodeId, name: &str) -> CodeId {
        let after = self.view().codebook().children(Some(parent)).last().copied();
        self.code_at(name, Spot { parent: Some(parent), after })
    }

    pub(crate) fn code_at(&mut self, name: &str, spot: Spot) -> CodeId {
        let id = self.id().into();
        self.apply(&Edit::AddCode { id, name: name.into(), spot, origin: Origin::Emergent, colour: None });
        id
    }

    /// A source of `chars` chars.
    pub(crate) fn source(&mut self, name: &str, chars: u32) -> SourceId {
        let id = self.id().into();
        let new = NewSource {
            id,
            name: name.into(),
            kind: SourceKind::Interview,
            case: None,
            wave: None,
            collected: None,
            folder: name.to_lowercase(),
            file: String::new(),
            text: Words { chars, ..Words::default() },
            turns: false,
            speakers: Vec::new(),
        };
        self.apply(&Edit::Import(Box::new(new)));
        id
    }

    /// Corrects a text: replaces the chars `from..to` by `chars` others.
    pub(crate) fn correct(&mut self, source: SourceId, from: u32, to: u32, chars: u32) {
        let length = self.view().version(source).expect("a text").chars;
        let text = Words { chars: length + chars - (to - from), ..Words::default() };
        let splices = vec![Splice { at: Span::new(from, to), chars }];
        self.apply(&Edit::Correct { source, splices, text, reason: "misheard".into() });
    }

    /// Words of the present version.
    pub(crate) fn passage(&self, source: SourceId, from: u32, to: u32) -> Passage {
        self.view().passage(source, Span::new(from, to))
    }

    /// What it takes to lay codes on stretches of one source.
    pub(crate) fn laying(&self, source: SourceId, spans: &[(u32, u32)], codes: &[CodeId]) -> Edit {
        let passages = spans.iter().map(|&(from, to)| self.passage(source, from, to)).collect();
        Edit::Lay { passages, codes: codes.to_vec(), apart: false, borders: Vec::new() }
    }

    /// Lays a code on chars `from..to`; gives the coding that holds them now.
    pub(crate) fn lay(&mut self, source: SourceId, from: u32, to: u32, code: CodeId) -> CodingId {
        self.apply(&self.laying(source, &[(from, to)], &[code]));
        self.coding_over(source, from, to, code)
    }

    /// Lays a code of its own, whatever the words carry.
    pub(crate) fn lay_apart(&mut self, source: SourceId, from: u32, to: u32, code: CodeId) -> CodingId {
        let passages = vec![self.passage(source, from, to)];
        let step = self.apply(&Edit::Lay { passages, codes: vec![code], apart: true, borders: Vec::new() });
        let (_, id) = step.puts[0].target().expect("a coding");
        id.into()
    }

    /// Lays a code where speakers change at `borders`.
    pub(crate) fn lay_between(&mut self, source: SourceId, from: u32, to: u32, code: CodeId, borders: &[u32]) {
        let passages = vec![self.passage(source, from, to)];
        let borders = borders.iter().map(|&at| Pos(at)).collect();
        self.apply(&Edit::Lay { passages, codes: vec![code], apart: false, borders });
    }

    pub(crate) fn coding_over(&self, source: SourceId, from: u32, to: u32, code: CodeId) -> CodingId {
        let code = self.view().codebook().resolve(code);
        let over = |seen: &super::view::Seen<'_>| Some(seen.code) == code && seen.span.covers(Span::new(from, to));
        self.view().codings_of(source).find(over).expect("a coding").coding.id
    }

    /// This coder's codings of a source in order of place, then of their codes' names.
    pub(crate) fn laid(&self, source: SourceId) -> Vec<Laid> {
        let name =
            |code| self.project.get::<super::codebook::Code>(code).map_or(String::new(), |code| code.name.clone());
        let row = |seen: super::view::Seen<'_>| {
            (seen.span.start.0, seen.span.end.0, name(seen.coding.code), seen.coding.comment.clone())
        };
        let mut laid: Vec<Laid> = self.view().codings_of(source).map(row).collect();
        laid.sort();
        laid
    }

    /// The stretches of this coder's codings of a source.
    pub(crate) fn spans(&self, source: SourceId) -> Vec<(u32, u32)> {
        self.laid(source).into_iter().map(|(from, to, ..)| (from, to)).collect()
    }

    pub(crate) fn coding(&self, id: CodingId) -> Arc<Coding> {
        self.project.coding(id).expect("a coding").clone()
    }

    /// How many codings there are of a code, of everybody.
    pub(crate) fn count(&self, code: CodeId) -> u32 {
        self.view().showing(Whose::Everybody).count(code)
    }

    /// The names of the codes under `parent`, in order.
    pub(crate) fn names(&self, parent: Option<CodeId>) -> Vec<&str> {
        self.view().codebook().children(parent).iter().map(|&id| self.view().code_name(id)).collect()
    }

    pub(crate) fn define(&mut self, code: CodeId, definition: &str, reason: &str) {
        let present = NewWording::from_present(self.view().code(code).and_then(|node| node.wording.as_ref()));
        let new = NewWording { definition: definition.into(), reason: reason.into(), ..present };
        self.apply(&Edit::Reword(code, new));
    }

    /// Writes a memo; gives its id.
    pub(crate) fn memo(&mut self, on: Link, text: &str, shared: bool) -> super::id::MemoId {
        let id = self.id().into();
        self.apply(&Edit::WriteMemo { id, on, kind: MemoKind::Analytic, shared, text: text.into() });
        id
    }

    /// A case with one source of 100 chars.
    pub(crate) fn case(&mut self, name: &str) -> (CaseId, SourceId) {
        let case = self.id().into();
        self.apply(&Edit::AddCase { id: case, name: name.into(), kind: "practice".into() });
        let source = self.source(&format!("{name} interview"), 100);
        self.apply(&Edit::MoveSource(source, Some(case)));
        (case, source)
    }

    /// Opens a round of both coders on these cases and codes: the whole of their texts, turns of ten chars.
    pub(crate) fn round(&mut self, name: &str, cases: &[(CaseId, SourceId)], codes: &[CodeId]) -> RoundId {
        let round = self.new_round(name, cases, codes);
        self.apply(&Edit::OpenRound(Box::new(round.clone())));
        round.id
    }

    pub(crate) fn new_round(&mut self, name: &str, cases: &[(CaseId, SourceId)], codes: &[CodeId]) -> NewRound {
        let coders: Vec<CoderId> = self.view().coders().map(|coder| coder.id).collect();
        let ground = |&(case, source): &(CaseId, SourceId)| {
            let chars = self.view().version(source).expect("a text").chars;
            let units = (0..chars / 10).map(|n| Span::new(n * 10, n * 10 + 10)).collect();
            let scope = vec![Span::new(0, chars)];
            let version = self.view().source(source).expect("a source").version;
            Ground { source, case, version, chars, words: chars / 5, scope, units }
        };
        let grounds = cases.iter().map(ground).collect();
        NewRound {
            id: self.id().into(),
            name: name.into(),
            desks: cases.iter().map(|(case, _)| round::Desk { case: *case, coders: coders.clone() }).collect(),
            grounds,
            codes: codes.to_vec(),
            scope: round::Scope::default(),
            unit: round::Unit::Turn,
            least: 0,
            depth: None,
            drawn: round::Drawn::ByHand,
            drift: false,
        }
    }

    /// Finishes every case of a round for whoever works.
    pub(crate) fn finish(&mut self, round: RoundId) {
        let cases: Vec<CaseId> =
            self.view().round(round).expect("a round").desks.iter().map(|desk| desk.case).collect();
        for case in cases {
            self.apply(&Edit::Finish { round, case, finished: true });
        }
    }
}
