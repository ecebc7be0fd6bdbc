//! A round on trial: cases with a source each, codes under one heading, two or three coders; coded blind, then revealed.

use super::basis::{Asked, no_texts};
use super::figures::{Figures, figures};
use super::queue::{Item, Queue, decide, queue_of};
use crate::project::decision::Outcome;
use crate::project::edit::{Edit, NewRound};
use crate::project::id::{CaseId, CodeId, CoderId, CodingId, RoundId, SourceId};
use crate::project::round::{self, Drawn, Ground, Scope, Unit};
use crate::project::testing::Desk;
use crate::project::view::View;
use crate::text::Span;

/// How long each source is, in chars.
pub(crate) const LONG: u32 = 200;
/// How long each turn is.
pub(crate) const TURN: u32 = 10;

/// A round on trial.
pub(crate) struct Trial {
    pub(crate) desk: Desk,
    pub(crate) round: RoundId,
    pub(crate) cases: Vec<CaseId>,
    /// One for each case.
    pub(crate) sources: Vec<SourceId>,
    /// All under one code that is not in the round.
    pub(crate) codes: Vec<CodeId>,
    pub(crate) coders: Vec<CoderId>,
}

impl Trial {
    /// A round that is open, of so many cases, codes and coders; every coder codes every case.
    pub(crate) fn open(cases: usize, codes: usize, coders: usize) -> Self {
        let mut desk = Desk::new();
        let mut who: Vec<CoderId> = vec![desk.coder];
        desk.as_other(|desk| who.push(desk.coder));
        for n in 2..coders {
            let id: CoderId = desk.id().into();
            desk.apply(&Edit::AddCoder { id, initials: format!("C{n}"), name: String::new() });
            who.push(id);
        }
        let above = desk.code("Broad");
        let codes: Vec<CodeId> = (0..codes).map(|n| desk.code_under(above, &format!("Code {n}"))).collect();
        let mut trial =
            Self { desk, round: RoundId::default(), cases: vec![], sources: vec![], codes, coders: who.clone() };
        for n in 0..cases {
            let (case, desk) = (CaseId::from(trial.desk.id()), &mut trial.desk);
            desk.apply(&Edit::AddCase { id: case, name: format!("P{n:02}"), kind: "practice".into() });
            let source = desk.source(&format!("Interview {n}"), LONG);
            desk.apply(&Edit::MoveSource(source, Some(case)));
            trial.cases.push(case);
            trial.sources.push(source);
        }
        let scope = vec![Span::new(0, LONG)];
        trial.round = trial.open_round("Round 1", &trial.cases.clone(), scope);
        trial
    }

    /// Opens a round of all codes and coders on `cases`.
    pub(crate) fn open_round(&mut self, name: &str, cases: &[CaseId], scope: Vec<Span>) -> RoundId {
        let id: RoundId = self.desk.id().into();
        let units: Vec<Span> = (0..LONG / TURN).map(|n| Span::new(n * TURN, (n + 1) * TURN)).collect();
        let ground = |case: &CaseId| {
            let at = self.cases.iter().position(|known| known == case).expect("a case of the trial");
            let (scope, units) = (scope.clone(), units.clone());
            Ground { source: self.sources[at], case: *case, version: 1, chars: LONG, words: 40, scope, units }
        };
        let new = NewRound {
            id,
            name: name.into(),
            desks: cases.iter().map(|&case| round::Desk { case, coders: self.coders.clone() }).collect(),
            grounds: cases.iter().map(ground).collect(),
            codes: self.codes.clone(),
            scope: Scope::default(),
            unit: Unit::Turn,
            least: 0,
            depth: None,
            drawn: Drawn::ByHand,
            drift: false,
        };
        self.desk.apply(&Edit::OpenRound(Box::new(new)));
        id
    }

    /// Does something as a coder, by number.
    pub(crate) fn by<T>(&mut self, coder: usize, act: impl FnOnce(&mut Desk) -> T) -> T {
        let before = std::mem::replace(&mut self.desk.coder, self.coders[coder]);
        let out = act(&mut self.desk);
        self.desk.coder = before;
        out
    }

    /// A coding of its own, all by number.
    pub(crate) fn lay(&mut self, coder: usize, source: usize, from: u32, to: u32, code: usize) -> CodingId {
        let (source, code) = (self.sources[source], self.codes[code]);
        self.by(coder, |desk| desk.lay_apart(source, from, to, code))
    }

    /// All finish all, which reveals the round.
    pub(crate) fn reveal(&mut self) {
        self.finish(self.round);
    }

    pub(crate) fn finish(&mut self, round: RoundId) {
        let cases: Vec<CaseId> =
            self.desk.view().round(round).expect("a round").desks.iter().map(|desk| desk.case).collect();
        for coder in 0..self.coders.len() {
            for &case in &cases {
                self.by(coder, |desk| desk.apply(&Edit::Finish { round, case, finished: true }));
            }
        }
    }

    pub(crate) fn view(&self) -> View<'_> {
        self.desk.view()
    }

    pub(crate) fn figures(&self) -> Figures {
        figures(&self.view(), self.round, &Asked::default(), &no_texts).expect("figures")
    }

    pub(crate) fn queue(&self) -> Queue {
        queue_of(&self.view(), self.round).expect("a queue")
    }

    /// Decides about the item that `which` finds.
    pub(crate) fn decide(&mut self, outcome: Outcome, which: impl Fn(&Item) -> bool) {
        let queue = self.queue();
        let item = queue.items.iter().find(|item| which(item)).expect("such an item");
        let edit = decide(&queue, item, outcome, &[], "because").expect("an outcome that is offered");
        self.desk.apply(&edit);
    }
}

/// Codings as property tests draw them: coder, source, from, length, code.
pub(crate) type Drawing = Vec<(usize, usize, u32, u32, usize)>;

/// Codings of so many coders in so many sources with so many codes.
pub(crate) fn drawing(
    coders: usize,
    sources: usize,
    codes: usize,
) -> impl proptest::strategy::Strategy<Value = Drawing> {
    proptest::collection::vec((0..coders, 0..sources, 0..LONG - 30, 1..30_u32, 0..codes), 0..24)
}

impl Trial {
    /// A revealed round in which this was coded.
    pub(crate) fn revealed(coders: usize, drawing: &Drawing) -> Self {
        let mut trial = Self::open(2, 3, coders);
        for &(coder, source, from, long, code) in drawing {
            trial.lay(coder, source, from, from + long, code);
        }
        trial.reveal();
        trial
    }
}
