//! What is known of a round besides its coefficients: what could be coded, how it stands in the row of rounds.

use super::{Asked, Basis, level};
use crate::agreement::{Estimate, LevelReport};
use crate::findings::basis::Texts;
use crate::project::id::{CaseId, CodeId, CoderId, RoundId};
use crate::project::round::Unit;
use crate::project::view::View;
use jiff::Timestamp;
use std::collections::HashSet;

/// What could be coded in a round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScopeFacts {
    /// Only within passages of these codes; all text if empty.
    pub within: Vec<CodeId>,
    /// Whose passages; everybody's if empty.
    pub of: Vec<CoderId>,
    /// The round whose consensus they were instead.
    pub consensus: Option<RoundId>,
    /// Interviewers' turns as well.
    pub everyone: bool,
    /// How many cases were compared.
    pub cases: usize,
    /// How many cases of their kinds the study has now.
    pub all_cases: usize,
    /// How many sources have text in scope.
    pub sources: usize,
    /// How many units there are in scope.
    pub units: u64,
    /// How many words are in scope.
    pub words: u64,
    /// When the round was opened and the wordings pinned.
    pub pinned: Timestamp,
    /// How many codes were pinned.
    pub codes: usize,
}

impl ScopeFacts {
    /// Whether only passages of an earlier cycle could be coded.
    #[must_use]
    pub const fn is_part(&self) -> bool {
        !self.within.is_empty() || self.consensus.is_some()
    }

    pub(super) fn of(view: &View<'_>, basis: &Basis, unit: Option<&LevelReport>) -> Self {
        let round = &basis.round;
        let kinds: HashSet<&str> =
            basis.cases.iter().filter_map(|case| view.case(*case)).map(|case| case.kind.as_str()).collect();
        let in_scope = || basis.sheets.iter().filter(|sheet| sheet.kept.chars() > 0);
        Self {
            within: round.scope.within.clone(),
            of: round.scope.of.clone(),
            consensus: round.scope.consensus,
            everyone: round.scope.everyone,
            cases: basis.cases.len(),
            all_cases: view.cases().iter().filter(|case| kinds.contains(case.kind.as_str())).count(),
            sources: in_scope().count(),
            units: unit.map_or(0, |level| level.n_units),
            words: in_scope().map(|sheet| u64::from(sheet.words)).sum(),
            pinned: round.made,
            codes: round.codes.len(),
        }
    }
}

/// A round in the row of those that were revealed.
#[derive(Clone, PartialEq, Debug)]
pub struct InARow {
    /// The round.
    pub round: RoundId,
    /// What it is called.
    pub name: String,
    /// When it was revealed.
    pub at: Timestamp,
    /// What agreement is counted on.
    pub unit: Unit,
    /// Pooled alpha on it.
    pub pooled: Option<Estimate>,
    /// Whether none of its cases was in a round that was revealed before: only then does it show whether definitions
    /// got better.
    pub cases_not_before: bool,
}

/// The rounds that were revealed, oldest first. Those that coded nothing that can be counted have no figure.
#[must_use]
pub fn rounds_in_a_row(view: &View<'_>, texts: &Texts<'_>) -> Vec<InARow> {
    let mut rounds: Vec<_> =
        view.rounds().into_iter().filter_map(|round| Some((view.reveal(round.id)?.at, round))).collect();
    rounds.sort_by_key(|(at, round)| (*at, round.id));
    let mut before: HashSet<CaseId> = HashSet::new();
    let mut out = Vec::with_capacity(rounds.len());
    for (at, round) in rounds {
        let basis = Basis::of_reveal(view, round.id, &Asked::default(), texts).ok();
        let study = basis.as_ref().and_then(|basis| basis.study().ok());
        let pooled = study.and_then(|study| study.level(level(round.unit))).map(|level| level.overall.alpha());
        let cases = || round.desks.iter().map(|desk| desk.case);
        let cases_not_before = !cases().any(|case| before.contains(&case));
        before.extend(cases());
        out.push(InARow { round: round.id, name: round.name.clone(), at, unit: round.unit, pooled, cases_not_before });
    }
    out
}

/// The coders who coded some of the cases of a round and not all, each with those, in the order of the round: what they laid
/// is compared on these alone.
#[must_use]
pub fn coded_in_part(basis: &Basis) -> Vec<(CoderId, Vec<CaseId>)> {
    let mut coders: Vec<CoderId> = Vec::new();
    for coder in basis.sheets.iter().flat_map(|sheet| sheet.coders.iter().copied()) {
        if !coders.contains(&coder) {
            coders.push(coder);
        }
    }
    let cases = |coder: CoderId| -> Vec<CaseId> {
        let has = |case: &CaseId| basis.sheets.iter().any(|sheet| sheet.case == *case && sheet.coders.contains(&coder));
        basis.cases.iter().copied().filter(has).collect()
    };
    let all = coders.into_iter().map(|coder| (coder, cases(coder)));
    all.filter(|(_, cases)| cases.len() < basis.cases.len()).collect()
}

/// What `n` of `cases` are called: `practice`, `practices`; `case`, `cases` where they are of several kinds.
#[must_use]
pub fn case_word(view: &View<'_>, cases: &[CaseId], n: usize) -> String {
    let mut kinds: Vec<&str> = cases.iter().filter_map(|case| view.case(*case)).map(|case| case.kind.trim()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let kind = match kinds[..] {
        [kind] if !kind.is_empty() => kind,
        _ => "case",
    };
    match (n, kind.strip_suffix('y')) {
        (1, _) => kind.to_owned(),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if kind.ends_with(['s', 'x']) || kind.ends_with("ch") => format!("{kind}es"),
        _ => format!("{kind}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::basis::no_texts;
    use crate::findings::testing::{LONG, Trial};
    use crate::text::Span;

    #[test]
    fn rounds_stand_in_a_row_and_say_whether_their_cases_were_discussed_before() {
        let mut trial = Trial::open(3, 1, 2);
        trial.lay(0, 0, 0, 10, 0);
        trial.lay(1, 0, 0, 10, 0);
        assert_eq!(rounds_in_a_row(&trial.view(), &no_texts), [], "nothing of a blind round");
        trial.reveal();
        let first = trial.cases[0];
        let again = trial.open_round("Round 2", &[first], vec![Span::new(0, LONG)]);
        trial.finish(again);
        let row = rounds_in_a_row(&trial.view(), &no_texts);
        let told: Vec<(&str, bool)> = row.iter().map(|round| (round.name.as_str(), round.cases_not_before)).collect();
        assert_eq!(told, [("Round 1", true), ("Round 2", false)]);
        let alpha = |n: usize| row[n].pooled.and_then(|alpha| alpha.value);
        assert_eq!((alpha(0), alpha(1)), (Some(1.0), None), "in the second nothing was coded");
    }

    #[test]
    fn cases_are_called_by_their_kind_where_they_have_one() {
        let trial = Trial::open(2, 1, 2);
        let word = |n| case_word(&trial.view(), &trial.cases, n);
        assert_eq!((word(1), word(2)), ("practice".into(), "practices".into()));
        assert_eq!(case_word(&trial.view(), &[], 3), "cases");
    }
}
