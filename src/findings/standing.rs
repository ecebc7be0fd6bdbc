//! Where a round stands: who has not started, reads, or has finished which case. Never what anybody coded.

use super::ground::units_in_scope;
use crate::project::id::{CaseId, CoderId, RoundId, SourceId};
use crate::project::round::{Ground, Round, Unit};
use crate::project::source::Passage;
use crate::project::view::View;
use crate::text::Span;
use jiff::Timestamp;

/// Whether a round is under way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Its coders code, blind to each other.
    Open,
    /// It was ended, and this one goes on from it.
    Stopped(RoundId),
    /// Its coders have seen each other's codings since then.
    Revealed(Timestamp),
}

/// Whether a round is under way.
#[must_use]
pub fn state(view: &View<'_>, round: &Round) -> State {
    match view.reveal(round.id) {
        Some(reveal) => State::Revealed(reveal.at),
        None if view.is_stopped(round.id) => State::Stopped(view.last_of(round.id)),
        None => State::Open,
    }
}

/// How far a coder has come with a case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// They have read nothing of it since the round was opened.
    NotStarted,
    /// They have begun so many of its units in scope.
    Reading {
        /// How many.
        to: usize,
        /// Of how many.
        of: usize,
    },
    /// They said they had finished.
    Finished,
}

impl Stage {
    /// In words: `not started`, `reading (to turn 13 of 210)`, `finished`.
    #[must_use]
    pub fn words(self, unit: Unit) -> String {
        match self {
            Self::NotStarted => "not started".to_owned(),
            Self::Reading { of: 0, .. } => "reading".to_owned(),
            Self::Reading { to, of } => format!("reading (to {} {to} of {of})", unit.name()),
            Self::Finished => "finished".to_owned(),
        }
    }

    /// Its name alone: `not started`, `reading`, `finished`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotStarted => "not started",
            Self::Reading { .. } => "reading",
            Self::Finished => "finished",
        }
    }
}

/// A case of a round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaseStanding {
    /// The case.
    pub case: CaseId,
    /// Its coders, in the order in which the round names them, and how far each has come.
    pub cells: Vec<(CoderId, Stage)>,
    /// How many sources of it the round has.
    pub sources: usize,
    /// How many words are in scope.
    pub words: u64,
    /// How many units are in scope.
    pub units: usize,
    /// The sources that it has had since: they belong to the case, not to the round.
    pub later: Vec<SourceId>,
}

/// The matrix of coders and cases of a round, with what it holds in all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Its cases, in the order in which the round names them.
    pub cases: Vec<CaseStanding>,
    /// Its coders, in the order in which its cases name them.
    pub coders: Vec<CoderId>,
    /// In how many of the pairs of a case and a coder of it that coder has finished.
    pub finished: usize,
    /// How many such pairs there are.
    pub pairs: usize,
    /// How many sources it has.
    pub sources: usize,
    /// How many words are in scope.
    pub words: u64,
    /// How many units are in scope.
    pub units: usize,
    /// How many sources its cases have had since.
    pub later: usize,
}

impl Standing {
    /// How far a coder has come with a case; `None` if they do not code it.
    #[must_use]
    pub fn stage(&self, coder: CoderId, case: CaseId) -> Option<Stage> {
        let row = self.cases.iter().find(|row| row.case == case)?;
        row.cells.iter().find(|(at, _)| *at == coder).map(|(_, stage)| *stage)
    }
}

/// Where `round` stands.
#[must_use]
pub fn standing(view: &View<'_>, round: &Round) -> Standing {
    let cases: Vec<CaseStanding> = round.desks.iter().map(|desk| of_case(view, round, desk.case)).collect();
    let stages = || cases.iter().flat_map(|row| &row.cells);
    Standing {
        coders: round.coders(),
        finished: stages().filter(|(_, stage)| *stage == Stage::Finished).count(),
        pairs: stages().count(),
        sources: round.grounds.len(),
        words: cases.iter().map(|row| row.words).sum(),
        units: cases.iter().map(|row| row.units).sum(),
        later: cases.iter().map(|row| row.later.len()).sum(),
        cases,
    }
}

fn of_case(view: &View<'_>, round: &Round, case: CaseId) -> CaseStanding {
    let grounds: Vec<&Ground> = round.grounds.iter().filter(|ground| ground.case == case).collect();
    let now: Vec<(SourceId, Vec<Span>)> =
        grounds.iter().map(|ground| (ground.source, units_now(view, ground))).collect();
    let units = now.iter().map(|(_, units)| units.len()).sum();
    let stage = |coder: CoderId| {
        if view.has_finished(round.id, coder, case) {
            return Stage::Finished;
        }
        let (mut to, mut begun) = (0, false);
        for (source, units) in &now {
            let Some(progress) = view.progress_in(round, coder, *source) else { continue };
            begun |= progress.finished || progress.read_to.0 > 0;
            to += units.iter().filter(|unit| progress.finished || unit.start < progress.read_to).count();
        }
        if begun { Stage::Reading { to, of: units } } else { Stage::NotStarted }
    };
    let later = view.sources_of(Some(case)).into_iter().map(|source| source.id);
    CaseStanding {
        case,
        cells: round.coders_of(case).iter().map(|coder| (*coder, stage(*coder))).collect(),
        sources: grounds.len(),
        words: grounds.iter().map(|ground| u64::from(ground.words)).sum(),
        units,
        later: later.filter(|source| round.ground(*source).is_none()).collect(),
    }
}

/// The units of a ground in scope, as they lie in the present text.
fn units_now(view: &View<'_>, ground: &Ground) -> Vec<Span> {
    let at = |span| view.place(Passage { source: ground.source, version: ground.version, span });
    units_in_scope(ground).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;
    use crate::text::Pos;

    fn read(desk: &mut Desk, source: SourceId, to: u32) {
        desk.apply(&Edit::Read { source, to: Pos(to), finished: false });
    }

    #[test]
    fn a_case_is_not_started_read_or_finished_by_each_of_its_coders() {
        let mut desk = Desk::new();
        let code = desk.code("Warm handoff");
        let (p02, p04) = (desk.case("P02"), desk.case("P04"));
        // Reading of an earlier cycle is no reading for the round.
        read(&mut desk, p04.1, 100);
        let id = desk.round("Round 1", &[p02, p04], &[code]);
        let round = desk.view().round(id).expect("the round").clone();
        let me = desk.coder;
        let stage = |desk: &Desk, case| standing(&desk.view(), &round).stage(me, case);
        assert_eq!((stage(&desk, p02.0), stage(&desk, p04.0)), (Some(Stage::NotStarted), Some(Stage::NotStarted)));

        read(&mut desk, p02.1, 35);
        assert_eq!(stage(&desk, p02.0), Some(Stage::Reading { to: 4, of: 10 }));
        desk.lay(p02.1, 10, 30, code);
        desk.apply(&Edit::Finish { round: id, case: p02.0, finished: true });
        assert_eq!(stage(&desk, p02.0), Some(Stage::Finished));
        let all = desk.as_other(|desk| standing(&desk.view(), &round));
        assert_eq!((all.finished, all.pairs, all.sources, all.units, all.words), (1, 4, 2, 20, 40));
        assert_eq!(all.stage(me, p02.0), Some(Stage::Finished), "the other coder sees that, and no more");
        desk.apply(&Edit::Finish { round: id, case: p02.0, finished: false });
        assert_eq!(stage(&desk, p02.0), Some(Stage::Reading { to: 4, of: 10 }));
        assert_eq!(stage(&desk, desk.view().cases()[0].id), stage(&desk, p02.0));
        let words =
            [Stage::NotStarted, Stage::Reading { to: 13, of: 210 }, Stage::Finished].map(|s| s.words(Unit::Turn));
        assert_eq!(words, ["not started", "reading (to turn 13 of 210)", "finished"]);
    }

    #[test]
    fn a_source_that_comes_later_belongs_to_the_case_and_not_to_the_round() {
        let mut desk = Desk::new();
        let code = desk.code("Warm handoff");
        let p02 = desk.case("P02");
        let id = desk.round("Round 1", &[p02], &[code]);
        let later = desk.source("P02 again", 50);
        desk.apply(&Edit::MoveSource(later, Some(p02.0)));
        let round = desk.view().round(id).expect("the round").clone();
        let standing = standing(&desk.view(), &round);
        assert_eq!((standing.sources, standing.later, standing.cases[0].later.as_slice()), (1, 1, &[later][..]));
        assert_eq!(standing.units, 10);
    }

    #[test]
    fn a_corrected_text_has_its_units_where_they_are_now() {
        let mut desk = Desk::new();
        let code = desk.code("Warm handoff");
        let p02 = desk.case("P02");
        let id = desk.round("Round 1", &[p02], &[code]);
        desk.correct(p02.1, 0, 5, 45);
        read(&mut desk, p02.1, 55);
        let round = desk.view().round(id).expect("the round").clone();
        let stage = standing(&desk.view(), &round).stage(desk.coder, p02.0);
        assert_eq!(stage, Some(Stage::Reading { to: 2, of: 10 }));
    }

    #[test]
    fn a_round_is_open_stopped_or_revealed() {
        let mut desk = Desk::new();
        let code = desk.code("Warm handoff");
        let p02 = desk.case("P02");
        let id = desk.round("Round 1", &[p02], &[code]);
        let of = |desk: &Desk, id| state(&desk.view(), desk.view().round(id).expect("the round"));
        assert_eq!(of(&desk, id), State::Open);
        let next: RoundId = desk.id().into();
        let wording = crate::project::edit::NewWording { definition: "anew".into(), ..Default::default() };
        desk.apply(&Edit::Revise { round: id, next, code, wording: Box::new(wording) });
        assert_eq!((of(&desk, id), of(&desk, next)), (State::Stopped(next), State::Open));
        read(&mut desk, p02.1, 35);
        let standing = standing(&desk.view(), desk.view().round(next).expect("the next"));
        assert_eq!(standing.stage(desk.coder, p02.0), Some(Stage::Reading { to: 4, of: 10 }));
        desk.finish(next);
        desk.as_other(|desk| desk.finish(next));
        assert!(matches!(of(&desk, next), State::Revealed(_)));
    }
}
