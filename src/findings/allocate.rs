//! Dividing the cases that remain after a round: words balanced, each coder spread over the values of an attribute.
//!
//! The method, which follows from the seed and the cases alone, whatever order they come in:
//! 1. Cases to be coded twice are drawn, proportionally within the values ([`stratified`]). Each, the longest first, goes
//!    to the two coders who have the fewest such cases, of those who have the fewest words.
//! 2. Of the rest, value after value (the one with the longest case first), each case, the longest first, goes to the
//!    coder with the fewest cases of the value, of those to the one with the fewest words, then the fewest cases. What is
//!    still equal is decided by lot. So of each value no coder has more than one case more than another, and their words
//!    differ by no more than the longest case has (or than they differed after 1., if that is more).
//! 3. As long as the squares of the coders' words become less in sum by it, two coders exchange two cases of one value; or
//!    one gives a case to another who has fewer of its value; or both at once with cases of two values: each time what
//!    helps most. That keeps what 2. says.

use super::chance::Chance;
use super::draw::{DrawError, stratified};
use crate::project::allocation::Share;
use crate::project::id::{CaseId, CoderId};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many exchanges are made at most. Each makes the coders' words more alike; dozens are usual.
const MOST: usize = 2000;

/// A case that nobody has yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remaining {
    /// The case.
    pub case: CaseId,
    /// How many words of it are in scope.
    pub words: u32,
    /// Its value of the attribute that coders are spread over; `None` where it is not known, or there is no attribute.
    pub value: Option<String>,
}

/// How cases are to be divided.
#[derive(Clone, Copy, Debug)]
pub struct Dividing<'a> {
    /// The cases.
    pub cases: &'a [Remaining],
    /// Among whom.
    pub coders: &'a [CoderId],
    /// How many cases are to be coded twice, as a check for drift.
    pub keep_back: usize,
    /// What chance follows from.
    pub seed: u64,
}

/// Who codes what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Division {
    /// Each case once, in the order of the cases as they were given.
    pub shares: Vec<Share>,
    /// The cases that two code, in the same order.
    pub kept_back: Vec<CaseId>,
}

/// Why cases cannot be divided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DivideError {
    /// There are none.
    #[error("no case is left to be divided")]
    NoCases,
    /// There is nobody.
    #[error("say among whom the cases are to be divided")]
    NoCoders,
    /// One coder cannot code blind to themselves.
    #[error("cases can be kept back to be coded twice only where there are two coders or more")]
    OneCoder,
    /// More are to be coded twice than there are.
    #[error("{asked} cases cannot be kept back of {there}")]
    TooFew {
        /// How many there are.
        there: usize,
        /// How many were to be kept back.
        asked: usize,
    },
}

/// Divides cases among coders.
///
/// # Errors
/// If there is nothing, or nobody, to divide.
pub fn divide(asked: &Dividing<'_>) -> Result<Division, DivideError> {
    let mut cases: Vec<&Remaining> = asked.cases.iter().collect();
    cases.sort_by_key(|case| case.case);
    cases.dedup_by_key(|case| case.case);
    let mut chance = Chance::new(asked.seed);
    let mut coders = asked.coders.to_vec();
    coders.sort_unstable();
    coders.dedup();
    if cases.is_empty() {
        return Err(DivideError::NoCases);
    }
    if coders.is_empty() {
        return Err(DivideError::NoCoders);
    }
    if asked.keep_back > 0 && coders.len() < 2 {
        return Err(DivideError::OneCoder);
    }
    chance.shuffle(&mut coders);
    chance.shuffle(&mut cases);
    // Stable from here on: what is equal stands as chance has put it.
    cases.sort_by_key(|case| Reverse(case.words));

    let back = drawn(&cases, asked)?;
    let (twice, once): (Vec<&Remaining>, Vec<&Remaining>) =
        cases.into_iter().partition(|case| back.contains(&case.case));
    let mut words = vec![0_u64; coders.len()];
    let mut given: HashMap<CaseId, Vec<CoderId>> = HashMap::new();
    let mut pairs = vec![0_usize; coders.len()];
    for case in twice {
        let mut order: Vec<usize> = (0..coders.len()).collect();
        order.sort_by_key(|&coder| (pairs[coder], words[coder]));
        let mut two: Vec<CoderId> = Vec::new();
        for &coder in order.iter().take(2) {
            pairs[coder] += 1;
            words[coder] += u64::from(case.words);
            two.push(coders[coder]);
        }
        two.sort_unstable();
        given.insert(case.case, two);
    }
    let mut desks = Desks::new(once, coders.len(), words);
    desks.deal();
    desks.improve();
    for (case, owner) in desks.cases.iter().zip(&desks.owner) {
        given.insert(case.case, vec![coders[*owner]]);
    }
    let share =
        |case: &Remaining| given.remove(&case.case).map(|coders| Share { case: case.case, coders, words: case.words });
    let shares: Vec<Share> = asked.cases.iter().filter_map(share).collect();
    let kept_back = shares.iter().map(|share| share.case).filter(|case| back.contains(case)).collect();
    Ok(Division { shares, kept_back })
}

/// The cases that are coded twice.
fn drawn(cases: &[&Remaining], asked: &Dividing<'_>) -> Result<HashSet<CaseId>, DivideError> {
    if asked.keep_back == 0 {
        return Ok(HashSet::new());
    }
    let values: Vec<(CaseId, Option<&str>)> = cases.iter().map(|case| (case.case, case.value.as_deref())).collect();
    match stratified(&values, asked.keep_back, asked.seed) {
        Ok(drawn) => Ok(drawn.into_iter().collect()),
        Err(DrawError::TooFew { there, asked }) => Err(DivideError::TooFew { there, asked }),
        Err(DrawError::None) => Ok(HashSet::new()),
    }
}

/// Who has what, while it is dealt out. Coders and values are numbers.
struct Desks<'a> {
    cases: Vec<&'a Remaining>,
    /// The value of each case.
    value: Vec<usize>,
    /// Who has each case.
    owner: Vec<usize>,
    /// How many words each coder has, those of cases coded twice counted in.
    words: Vec<u64>,
    /// How many cases of each value each coder has, twice coded ones not counted.
    counts: Vec<Vec<usize>>,
}

impl<'a> Desks<'a> {
    /// `cases` by their words, the longest first; nobody has any yet.
    fn new(cases: Vec<&'a Remaining>, coders: usize, words: Vec<u64>) -> Self {
        let mut names: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        let value = cases
            .iter()
            .map(|case| {
                // Numbered as they come up: the value with the longest case first.
                let next = names.len();
                *names.entry(case.value.as_deref()).or_insert(next)
            })
            .collect();
        let (owner, counts) = (vec![0; cases.len()], vec![vec![0; names.len()]; coders]);
        Self { cases, value, owner, words, counts }
    }

    fn deal(&mut self) {
        let mut order: Vec<usize> = (0..self.cases.len()).collect();
        order.sort_by_key(|&case| self.value[case]);
        for case in order {
            let value = self.value[case];
            let cases = |coder: usize| self.counts[coder].iter().sum::<usize>();
            let key = |&coder: &usize| (self.counts[coder][value], self.words[coder], cases(coder));
            let Some(coder) = (0..self.words.len()).min_by_key(key) else { continue };
            self.owner[case] = coder;
            self.counts[coder][value] += 1;
            self.words[coder] += u64::from(self.cases[case].words);
        }
    }

    fn improve(&mut self) {
        for _ in 0..MOST {
            let Some(change) = self.best() else { return };
            for (case, to) in change.into_iter().flatten() {
                let (from, value, words) = (self.owner[case], self.value[case], u64::from(self.cases[case].words));
                self.counts[from][value] -= 1;
                self.counts[to][value] += 1;
                self.words[from] -= words;
                self.words[to] += words;
                self.owner[case] = to;
            }
        }
    }

    /// The change that helps most: one case and whom it goes to, or two; the first of equals.
    fn best(&self) -> Option<[Option<(usize, usize)>; 2]> {
        let mut best = None;
        let mut least = 0;
        let mut weigh = |gain: i128, change| {
            if gain < least {
                (least, best) = (gain, Some(change));
            }
        };
        for (a, &from) in self.owner.iter().enumerate() {
            let words = i128::from(self.cases[a].words);
            for to in (0..self.words.len()).filter(|&to| self.may_give(a, to)) {
                weigh(self.gain(from, to, words), [Some((a, to)), None]);
            }
            for (b, &to) in self.owner.iter().enumerate().skip(a + 1).filter(|&(_, &to)| to != from) {
                let fair = self.value[a] == self.value[b] || self.may_give(a, to) && self.may_give(b, from);
                if fair {
                    let words = words - i128::from(self.cases[b].words);
                    weigh(self.gain(from, to, words), [Some((a, to)), Some((b, from))]);
                }
            }
        }
        best
    }

    /// Whether a case can go to `to` without one coder having two cases of its value more than another.
    fn may_give(&self, case: usize, to: usize) -> bool {
        let value = self.value[case];
        self.counts[self.owner[case]][value] > self.counts[to][value]
    }

    /// By how much the sum of the squares changes if so many words go from one to the other.
    fn gain(&self, from: usize, to: usize, words: i128) -> i128 {
        2 * words * (i128::from(self.words[to]) - i128::from(self.words[from]) + words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::id::Id;
    use proptest::prelude::*;

    fn id(n: usize) -> Id {
        Id::at(1_800_000_000_000 + n as u64, [n as u8; 10])
    }

    fn cases(of: &[(u32, Option<usize>)]) -> Vec<Remaining> {
        let value = |n: usize| ["FQHC", "hospital", "private", "tribal"][n % 4].to_owned();
        let case = |(n, (words, at)): (usize, &(u32, Option<usize>))| Remaining {
            case: id(n).into(),
            words: *words,
            value: at.map(value),
        };
        of.iter().enumerate().map(case).collect()
    }

    fn coders(n: usize) -> Vec<CoderId> {
        (0..n).map(|n| id(1000 + n).into()).collect()
    }

    fn words_of(shares: &[Share], coder: CoderId) -> u64 {
        shares.iter().filter(|share| share.coders.contains(&coder)).map(|share| u64::from(share.words)).sum()
    }

    #[test]
    fn twenty_five_cases_are_divided_nearly_evenly_with_two_of_them_coded_by_both() {
        let of: Vec<(u32, Option<usize>)> = (0..25).map(|n| (2000 + (n * 7919) % 6000, Some(n as usize % 3))).collect();
        let (cases, coders) = (cases(&of), coders(2));
        let division = divide(&Dividing { cases: &cases, coders: &coders, keep_back: 2, seed: 4711 }).expect("divided");
        assert_eq!(division.kept_back.len(), 2);
        assert_eq!(division.shares.iter().filter(|share| share.coders.len() == 2).count(), 2);
        let [a, b] = [0, 1].map(|n| words_of(&division.shares, coders[n]));
        assert!(a.abs_diff(b) <= 200, "{a} and {b} words");
    }

    #[test]
    fn what_cannot_be_divided_is_said() {
        let (some, two) = (cases(&[(10, None)]), coders(2));
        let why = |cases: &[Remaining], coders: &[CoderId], keep_back| {
            divide(&Dividing { cases, coders, keep_back, seed: 1 }).expect_err("refused")
        };
        assert_eq!(why(&[], &two, 0), DivideError::NoCases);
        assert_eq!(why(&some, &[], 0), DivideError::NoCoders);
        assert_eq!(why(&some, &two[..1], 1), DivideError::OneCoder);
        assert_eq!(why(&some, &two, 2), DivideError::TooFew { there: 1, asked: 2 });
    }

    #[test]
    fn where_nothing_has_words_coders_get_as_many_cases() {
        let (cases, coders) = (cases(&[(0, Some(0)), (0, Some(1)), (0, Some(2)), (0, None)]), coders(2));
        let division = divide(&Dividing { cases: &cases, coders: &coders, keep_back: 0, seed: 3 }).expect("divided");
        for coder in coders {
            assert_eq!(division.shares.iter().filter(|share| share.coders == [coder]).count(), 2);
        }
    }

    proptest! {
        #[test]
        fn every_case_goes_to_somebody_once_and_words_and_values_are_balanced(
            of in prop::collection::vec((0_u32..9000, prop::option::of(0_usize..4)), 1..40),
            people in 1_usize..5, back in 0_usize..5, seed: u64, turn: usize
        ) {
            let (mut cases, coders) = (cases(&of), coders(people));
            let keep_back = if people > 1 { back.min(cases.len()) } else { 0 };
            let asked = Dividing { cases: &cases, coders: &coders, keep_back, seed };
            let division = divide(&asked).expect("divided");

            let given: Vec<CaseId> = division.shares.iter().map(|share| share.case).collect();
            prop_assert_eq!(given, cases.iter().map(|case| case.case).collect::<Vec<_>>());
            for share in &division.shares {
                let twice = division.kept_back.contains(&share.case);
                prop_assert_eq!(share.coders.len(), 1 + usize::from(twice));
                prop_assert!(share.coders.iter().all(|coder| coders.contains(coder)));
            }
            prop_assert_eq!(division.kept_back.len(), keep_back);

            // Balance: of the words, and of each value.
            let range = |shares: &[Share]| {
                let words: Vec<u64> = coders.iter().map(|coder| words_of(shares, *coder)).collect();
                words.iter().max().copied().unwrap_or(0) - words.iter().min().copied().unwrap_or(0)
            };
            let (twice, once): (Vec<Share>, Vec<Share>) =
                division.shares.iter().cloned().partition(|share| share.coders.len() == 2);
            let longest = once.iter().map(|share| u64::from(share.words)).max().unwrap_or(0);
            prop_assert!(range(&division.shares) <= longest.max(range(&twice)));
            let value_of = |case: CaseId| cases.iter().find(|at| at.case == case).and_then(|at| at.value.clone());
            for value in cases.iter().map(|case| case.value.clone()).collect::<HashSet<_>>() {
                let of_value = |coder: &CoderId| {
                    once.iter().filter(|share| share.coders == [*coder] && value_of(share.case) == value).count()
                };
                let counts: Vec<usize> = coders.iter().map(of_value).collect();
                let (most, least) = (counts.iter().max().copied(), counts.iter().min().copied());
                prop_assert!(most.unwrap_or(0) - least.unwrap_or(0) <= 1, "{:?}: {:?}", value, counts);
            }

            // The same seed divides the same cases the same way, whatever order cases and coders come in.
            let middle = turn % cases.len();
            cases.rotate_left(middle);
            let mut turned: Vec<CoderId> = coders.clone();
            turned.reverse();
            let mut again = divide(&Dividing { cases: &cases, coders: &turned, keep_back, seed }).expect("divided").shares;
            again.sort_by_key(|share| share.case);
            let mut first = division.shares;
            first.sort_by_key(|share| share.case);
            prop_assert_eq!(first, again);
        }
    }
}
