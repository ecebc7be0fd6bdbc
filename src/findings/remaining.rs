//! What remains after a round: the cases nobody has coded with its codes, and the edit that divides them.

use super::allocate::{DivideError, Dividing, Division, Remaining, divide};
use super::draw::untouched;
use super::ground::{Asked, GroundError, Texts, grounds, is_within};
use crate::project::edit::{NewAllocation, NewRound};
use crate::project::id::{AllocationId, AttributeId, CaseId, CodeId, CoderId, RoundId};
use crate::project::round::{Desk, Drawn, Ground, Round, Scope, Unit};
use crate::project::view::View;
use std::collections::HashSet;

/// How the remaining cases are to be divided.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The round whose codes and scope they are coded with.
    pub round: &'a Round,
    /// Among whom.
    pub coders: &'a [CoderId],
    /// The attribute over whose values each coder's cases are spread.
    pub spread: Option<AttributeId>,
    /// How many cases are to be coded twice, as a check for drift.
    pub keep_back: usize,
    /// What chance follows from.
    pub seed: u64,
    /// What names the allocation from now on.
    pub id: AllocationId,
    /// What names the blind round of the cases kept back, if there are some.
    pub drift: RoundId,
}

/// What comes of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Allocated {
    /// The edit.
    pub new: NewAllocation,
    /// The cases, with words and values.
    pub cases: Vec<Remaining>,
    /// Nothing of the cases is in the round's scope yet: all that participants say was counted instead.
    pub all_words: bool,
}

/// Why the remaining cases cannot be divided.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AllocateError {
    /// There are none, or nobody.
    #[error(transparent)]
    Divide(#[from] DivideError),
    /// A text is missing.
    #[error(transparent)]
    Ground(#[from] GroundError),
    /// The cases kept back have no passages that could be coded.
    #[error(
        "the cases kept back have no passages within the scope of {0} yet; code them for it first, or keep none back"
    )]
    NothingToCode(String),
}

/// The cases that remain after `round`, in order: of the kinds it has, with sources, in no round with one of its codes, and
/// given to nobody yet.
#[must_use]
pub fn remaining(view: &View<'_>, round: &Round) -> Vec<CaseId> {
    let kind = |case: CaseId| view.case(case).map(|case| case.kind.to_lowercase());
    let kinds: HashSet<Option<String>> = round.desks.iter().map(|desk| kind(desk.case)).collect();
    let given: HashSet<CaseId> =
        view.allocations().iter().flat_map(|old| old.shares.iter().map(|share| share.case)).collect();
    let codes: Vec<CodeId> = round.codes.iter().map(|pinned| pinned.code).collect();
    let mut left = untouched(view, &codes);
    left.retain(|case| !given.contains(case) && kinds.contains(&kind(*case)));
    left
}

/// Divides what remains.
///
/// # Errors
/// If nothing remains, a text cannot be read, or the cases kept back have nothing to be coded.
pub fn allocation(view: &View<'_>, texts: Texts<'_>, wanted: &Wanted<'_>) -> Result<Allocated, AllocateError> {
    let round = wanted.round;
    let ids = remaining(view, round);
    // A consensus is of its round's cases alone: in others it is the passages of the same codes.
    let scope = Scope { consensus: None, ..round.scope.clone() };
    let unit = if round.unit == Unit::Given && !is_within(&scope) { Unit::Turn } else { round.unit };
    let grounds = grounds(view, texts, &Asked { cases: &ids, scope: &scope, unit, given: None })?;
    let all_words = !ids.is_empty() && grounds.iter().all(|ground| ground.words == 0);
    let counted: Vec<Ground> = if all_words && is_within(&scope) {
        let all = Scope { everyone: scope.everyone, ..Scope::default() };
        super::ground::grounds(view, texts, &Asked { cases: &ids, scope: &all, unit: Unit::Turn, given: None })?
    } else {
        grounds.clone()
    };
    let case = |&case: &CaseId| {
        let words: u64 = counted.iter().filter(|at| at.case == case).map(|at| u64::from(at.words)).sum();
        let value = wanted.spread.and_then(|attribute| view.value_of(case, attribute));
        let value = value.map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
        Remaining { case, words: u32::try_from(words).unwrap_or(u32::MAX), value }
    };
    let cases: Vec<Remaining> = ids.iter().map(case).collect();
    let Wanted { coders, keep_back, seed, spread, .. } = *wanted;
    let division = divide(&Dividing { cases: &cases, coders, keep_back, seed })?;
    let drift = drift(view, wanted, &division, grounds, scope, unit)?;
    let Division { shares, .. } = division;
    let new = NewAllocation { id: wanted.id, round: round.id, seed, spread, shares, drift };
    Ok(Allocated { new, cases, all_words: all_words && is_within(&round.scope) })
}

/// The blind round of the cases kept back.
fn drift(
    view: &View<'_>,
    wanted: &Wanted<'_>,
    division: &Division,
    mut grounds: Vec<Ground>,
    scope: Scope,
    unit: Unit,
) -> Result<Option<NewRound>, AllocateError> {
    let round = wanted.round;
    let kept = |case: CaseId| division.kept_back.contains(&case);
    let both = division.shares.iter().filter(|share| kept(share.case));
    let desks: Vec<Desk> = both.map(|share| Desk { case: share.case, coders: share.coders.clone() }).collect();
    if desks.is_empty() {
        return Ok(None);
    }
    grounds.retain(|ground| kept(ground.case));
    if grounds.iter().all(|ground| ground.scope.is_empty()) {
        return Err(AllocateError::NothingToCode(round.name.clone()));
    }
    let seed = wanted.seed;
    Ok(Some(NewRound {
        id: wanted.drift,
        name: drift_name(view, &round.name),
        desks,
        grounds,
        codes: codes(view, round),
        scope,
        unit,
        least: round.least,
        depth: round.depth,
        drawn: wanted.spread.map_or(Drawn::AtRandom { seed }, |by| Drawn::Stratified { seed, by }),
        drift: true,
    }))
}

/// The codes of a round as they stand, with those that were proposed in it and taken into the codebook since.
fn codes(view: &View<'_>, round: &Round) -> Vec<CodeId> {
    let book = view.codebook();
    let accepted = view.reveal(round.id).into_iter().flat_map(|reveal| &reveal.codes).map(|(code, _)| *code);
    let mut out: Vec<CodeId> = Vec::new();
    for code in round.codes.iter().map(|pinned| pinned.code).chain(accepted) {
        let Some(node) = book.get(code).filter(|node| node.code.proposed.is_none()) else { continue };
        if !out.contains(&node.code.id) {
            out.push(node.code.id);
        }
    }
    out
}

/// A name that no round has yet.
fn drift_name(view: &View<'_>, round: &str) -> String {
    let rounds = view.rounds();
    let taken = |name: &String| rounds.iter().any(|round| round.name.to_lowercase() == name.to_lowercase());
    let name = format!("{round} drift check");
    let numbered = (2..).map(|n| format!("{name} {n}"));
    std::iter::once(name.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::ground::Transcript;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;
    use crate::text::Text;
    use crate::text::turns::Turns;
    use std::sync::Arc;

    fn text(words: usize) -> Transcript {
        Transcript { text: Text::new(&"word ".repeat(words)), turns: Arc::new(Turns::default()) }
    }

    #[test]
    fn what_remains_is_divided_and_what_is_kept_back_becomes_a_blind_round_of_its_own() {
        let mut desk = Desk::new();
        let code = desk.code("Warm handoff");
        let cases: Vec<_> = (0..8).map(|n| desk.case(&format!("P{n:02}"))).collect();
        for (n, (case, _)) in cases.iter().enumerate() {
            let value = ["FQHC", "hospital"][n % 2].to_owned();
            desk.apply(&Edit::Describe { case: *case, attribute: "Organization".into(), value });
        }
        let expert = desk.id().into();
        desk.apply(&Edit::AddCase { id: expert, name: "E01".into(), kind: "expert".into() });
        let interview = desk.source("E01 interview", 100);
        desk.apply(&Edit::MoveSource(interview, Some(expert)));
        let id = desk.round("Round 1", &cases[..2], &[code]);
        desk.finish(id);
        desk.as_other(|desk| desk.finish(id));
        let round = desk.view().round(id).expect("the round").clone();
        assert_eq!(remaining(&desk.view(), &round).len(), 6, "practices only, and those of the round no more");

        let coders: Vec<CoderId> = desk.view().coders().map(|coder| coder.id).collect();
        let spread = desk.view().attributes().first().map(|attribute| attribute.id);
        let (allocation_id, drift) = (desk.id().into(), desk.id().into());
        let wanted = Wanted { round: &round, coders: &coders, spread, keep_back: 2, seed: 7, id: allocation_id, drift };
        let texts =
            |source: crate::project::id::SourceId| cases.iter().position(|(_, at)| *at == source).map(|n| text(10 + n));
        let found = allocation(&desk.view(), &texts, &wanted).expect("divided");
        assert_eq!((found.new.shares.len(), found.all_words), (6, false));
        assert_eq!(found.cases.iter().map(|case| case.words).collect::<Vec<_>>(), [12, 13, 14, 15, 16, 17]);
        let back = found.new.drift.as_ref().expect("a round");
        assert_eq!((back.name.as_str(), back.drift, back.desks.len()), ("Round 1 drift check", true, 2));
        assert!(back.grounds.iter().all(|ground| back.desks.iter().any(|desk| desk.case == ground.case)));
        assert_eq!(back.drawn, Drawn::Stratified { seed: 7, by: spread.expect("an attribute") });

        desk.apply(&Edit::Allocate(Box::new(found.new)));
        let view = desk.view();
        assert_eq!((view.allocations().len(), view.open_rounds().len()), (1, 1));
        assert_eq!(remaining(&view, &round), []);
        let again = allocation(&view, &texts, &wanted).expect_err("nothing left");
        assert_eq!(again.to_string(), "no case is left to be divided");
    }

    #[test]
    fn where_nothing_is_in_scope_yet_all_words_are_counted_and_none_can_be_kept_back() {
        let mut desk = Desk::new();
        let (broad, code) = (desk.code("BH integration"), desk.code("Warm handoff"));
        let cases: Vec<_> = (0..4).map(|n| desk.case(&format!("P{n:02}"))).collect();
        let mut new = desk.new_round("Round 1", &cases[..1], &[code]);
        new.scope = Scope { within: vec![broad], ..Scope::default() };
        desk.apply(&Edit::OpenRound(Box::new(new.clone())));
        let round = desk.view().round(new.id).expect("the round").clone();
        let coders: Vec<CoderId> = desk.view().coders().map(|coder| coder.id).collect();
        let (id, drift) = (desk.id().into(), desk.id().into());
        let wanted = Wanted { round: &round, coders: &coders, spread: None, keep_back: 0, seed: 7, id, drift };
        let found = allocation(&desk.view(), &|_| Some(text(5)), &wanted).expect("divided");
        assert!(found.all_words && found.cases.iter().all(|case| case.words == 5));
        let refused =
            allocation(&desk.view(), &|_| Some(text(5)), &Wanted { keep_back: 1, ..wanted }).expect_err("refused");
        assert_eq!(refused, AllocateError::NothingToCode("Round 1".into()));
    }
}
