//! Choosing the cases of a round at random: over all, or within the values of an attribute.
//!
//! Who is drawn follows from the seed and the cases alone, whatever order they come in: they are put in the order of
//! their ids first. **Stratified** draws are proportional: a value with a share of the cases gets that share of the
//! draw, rounded down; the places left go to the values with the largest remainders, and of equal ones chance decides
//! (a fixed order would favour the same values in every draw). Cases of which the value is not known are a stratum of
//! their own.

use super::chance::Chance;
use crate::project::id::{CaseId, CodeId};
use crate::project::round::Round;
use crate::project::view::View;
use std::collections::{BTreeMap, HashSet};

/// Why cases cannot be drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DrawError {
    /// None was asked for.
    #[error("a round needs at least one case")]
    None,
    /// More were asked for than there are.
    #[error("{asked} {} to be drawn, and there {} to draw from", if *.asked == 1 { "case was" } else { "cases were" }, are(*.there))]
    TooFew {
        /// How many there are.
        there: usize,
        /// How many were asked for.
        asked: usize,
    },
}

fn are(n: usize) -> String {
    match n {
        0 => "is none".to_owned(),
        1 => "is 1".to_owned(),
        n => format!("are {n}"),
    }
}

/// Draws `n` of `cases` with `seed`. The result stands in the order of `cases`; who is in it does not depend on that order.
///
/// # Errors
/// If there are fewer.
pub fn at_random(cases: &[CaseId], n: usize, seed: u64) -> Result<Vec<CaseId>, DrawError> {
    let cases: Vec<(CaseId, Option<&str>)> = cases.iter().map(|case| (*case, None)).collect();
    stratified(&cases, n, seed)
}

/// Draws `n` of `cases` with `seed`, proportionally within the values that stand beside them; `None` where the value is
/// not known. The result stands in the order of `cases`; who is in it does not depend on that order.
///
/// # Errors
/// If there are fewer.
pub fn stratified(cases: &[(CaseId, Option<&str>)], n: usize, seed: u64) -> Result<Vec<CaseId>, DrawError> {
    let mut strata: BTreeMap<(bool, &str), Vec<CaseId>> = BTreeMap::new();
    let mut known = HashSet::new();
    for (case, value) in cases.iter().filter(|(case, _)| known.insert(*case)) {
        strata.entry((value.is_none(), value.unwrap_or_default())).or_default().push(*case);
    }
    if n == 0 {
        return Err(DrawError::None);
    }
    if n > known.len() {
        return Err(DrawError::TooFew { there: known.len(), asked: n });
    }
    let mut chance = Chance::new(seed);
    let sizes: Vec<usize> = strata.values().map(Vec::len).collect();
    let mut drawn = HashSet::new();
    for (mut stratum, places) in strata.into_values().zip(quotas(&sizes, n, &mut chance)) {
        stratum.sort_unstable();
        chance.shuffle(&mut stratum);
        drawn.extend(stratum.into_iter().take(places));
    }
    Ok(cases.iter().map(|(case, _)| *case).filter(|case| drawn.remove(case)).collect())
}

/// How many of `n` places strata of these sizes get: each its share rounded down, the rest to the largest remainders,
/// equal ones by lot. No stratum gets more than it holds as long as `n` is at most their sum.
#[must_use]
pub fn quotas(sizes: &[usize], n: usize, chance: &mut Chance) -> Vec<usize> {
    let all: usize = sizes.iter().sum();
    if all == 0 {
        return vec![0; sizes.len()];
    }
    let mut places: Vec<usize> = sizes.iter().map(|size| size * n / all).collect();
    let left = n.saturating_sub(places.iter().sum());
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    chance.shuffle(&mut order);
    order.sort_by_key(|&at| std::cmp::Reverse(sizes[at] * n % all));
    for at in order.into_iter().take(left) {
        places[at] += 1;
    }
    places
}

/// The cases that no round with one of `codes` has had, of those that have sources, in order: what a round on these codes
/// can draw from, and what remains to be divided after it. Cases that were talked about say nothing about new ones.
#[must_use]
pub fn untouched(view: &View<'_>, codes: &[CodeId]) -> Vec<CaseId> {
    let book = view.codebook();
    let wanted: HashSet<CodeId> = codes.iter().filter_map(|code| book.resolve(*code)).collect();
    let shares = |round: &Round| {
        round.codes.iter().any(|pinned| book.resolve(pinned.code).is_some_and(|code| wanted.contains(&code)))
    };
    let rounds = view.rounds();
    let had: HashSet<CaseId> = rounds
        .iter()
        .filter(|round| shares(round))
        .flat_map(|round| round.desks.iter().map(|desk| desk.case))
        .collect();
    let cases = view.cases().into_iter().map(|case| case.id);
    cases.filter(|case| !had.contains(case) && !view.sources_of(Some(*case)).is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::id::Id;
    use proptest::prelude::*;

    fn case(n: usize) -> CaseId {
        Id::at(1_800_000_000_000 + n as u64, [n as u8; 10]).into()
    }

    fn cases(n: usize) -> Vec<CaseId> {
        (0..n).map(case).collect()
    }

    #[test]
    fn a_draw_of_five_of_thirty_is_this_one_for_ever() {
        let drawn = at_random(&cases(30), 5, 4711).expect("drawn");
        let numbers: Vec<usize> = (0..30).filter(|n| drawn.contains(&case(*n))).collect();
        assert_eq!(numbers, [0, 5, 6, 8, 10], "a draw that is in a paper must come out again");
    }

    #[test]
    fn a_stratified_draw_takes_each_value_in_proportion_and_the_unknown_as_one_of_them() {
        let values = [Some("FQHC"), Some("FQHC"), Some("hospital"), None];
        let cases: Vec<(CaseId, Option<&str>)> = (0..40).map(|n| (case(n), values[n % 4])).collect();
        for seed in 0..50 {
            let drawn = stratified(&cases, 8, seed).expect("drawn");
            let of = |value| cases.iter().filter(|(case, v)| drawn.contains(case) && *v == value).count();
            assert_eq!((of(Some("FQHC")), of(Some("hospital")), of(None)), (4, 2, 2));
        }
    }

    #[test]
    fn where_shares_are_equal_chance_decides_who_gets_the_place() {
        let cases: Vec<(CaseId, Option<&str>)> = (0..4).map(|n| (case(n), Some(["a", "b", "c", "d"][n]))).collect();
        let mut times = [0; 4];
        for seed in 0..400 {
            for drawn in stratified(&cases, 2, seed).expect("drawn") {
                times[(0..4).find(|n| case(*n) == drawn).expect("one of them")] += 1;
            }
        }
        assert!(times.iter().all(|n| (150..250).contains(n)), "{times:?}");
    }

    #[test]
    fn what_cannot_be_drawn_is_said() {
        assert_eq!(at_random(&cases(3), 4, 1), Err(DrawError::TooFew { there: 3, asked: 4 }));
        let said = DrawError::TooFew { there: 1, asked: 4 }.to_string();
        assert_eq!(said, "4 cases were to be drawn, and there is 1 to draw from");
        assert_eq!(at_random(&cases(3), 0, 1), Err(DrawError::None));
    }

    proptest! {
        #[test]
        fn a_draw_is_right_in_number_without_twins_and_whatever_the_order_of_the_cases(
            values in prop::collection::vec(prop::option::of(0_usize..4), 1..40), share in 0.0..1.0_f64, seed: u64, turn: usize
        ) {
            const NAMES: [&str; 4] = ["a", "b", "c", "d"];
            let mut cases: Vec<(CaseId, Option<&str>)> =
                values.iter().enumerate().map(|(n, value)| (case(n), value.map(|value| NAMES[value]))).collect();
            let n = 1 + (share * (cases.len() - 1) as f64) as usize;
            let mut drawn = stratified(&cases, n, seed).expect("drawn");
            prop_assert_eq!(drawn.len(), n);
            for name in NAMES.into_iter().map(Some).chain([None]) {
                let all = cases.iter().filter(|(_, value)| *value == name).count();
                let got = cases.iter().filter(|(case, value)| *value == name && drawn.contains(case)).count();
                let exact = (all * n) as f64 / cases.len() as f64;
                prop_assert!((got as f64 - exact).abs() < 1.0, "{} of {} where {} were due", got, all, exact);
            }
            let middle = turn % cases.len();
            cases.rotate_left(middle);
            let mut again = stratified(&cases, n, seed).expect("drawn");
            drawn.sort_unstable();
            again.sort_unstable();
            drawn.dedup();
            prop_assert_eq!(drawn, again);
        }
    }
}
