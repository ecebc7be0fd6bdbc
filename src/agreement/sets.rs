//! Sets of codes as values: what each coder gave a unit, as one value, and how far two such values are apart.

use super::coefficients::{Basis, Coefficient, Coefficients, Ratings, Undefined, coefficients, unlike_pairs};
use super::numbers::sum;
use super::pairs::cohen;
use crate::agreement::maps::{List, Map};
use serde::Serialize;
use std::collections::BTreeMap;

/// Sets of codes, numbered as they are met. A set is a sorted list of code numbers; the empty one is number 0.
#[derive(Clone, Debug)]
pub(super) struct Sets {
    all: List<Box<[usize]>>,
}

impl Default for Sets {
    fn default() -> Self {
        Self { all: List::from_iter([Box::from([])]) }
    }
}

impl Sets {
    /// The number of the set without codes.
    pub(super) const EMPTY: usize = 0;

    /// The number of a set; `codes` are sorted.
    pub(super) fn number(&mut self, codes: &[usize]) -> usize {
        match self.all.get_index_of(codes) {
            Some(number) => number,
            None => self.all.insert_full(codes.into()).0,
        }
    }

    pub(super) fn codes(&self, number: usize) -> &[usize] {
        &self.all[number]
    }

    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// Jaccard's distance of two sets; two empty ones are not apart.
    pub(super) fn jaccard_distance(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (self.codes(a), self.codes(b));
        1.0 - alike(shared(a, b), a.len(), b.len())[0]
    }
}

/// What each coder gave a unit, as the number of a set; none where he or she does not cover it.
pub(super) type Pattern = [Option<usize>];

/// How many units have which pattern.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns {
    pub(super) sets: Sets,
    counts: Map<Box<Pattern>, u64>,
}

impl Patterns {
    pub(super) fn add(&mut self, pattern: &Pattern, units: u64) {
        match self.counts.get_mut(pattern) {
            Some(count) => *count += units,
            None => {
                self.counts.insert(pattern.into(), units);
            }
        }
    }

    /// The same units, with only these codes in their sets. `codes` is all of `of`: nothing changes.
    fn restricted(&self, codes: &[usize], of: usize) -> std::borrow::Cow<'_, Self> {
        if codes.len() == of {
            return std::borrow::Cow::Borrowed(self);
        }
        let mut inside = vec![false; of];
        for &code in codes {
            inside[code] = true;
        }
        let mut new = Self::default();
        let numbers: Vec<usize> = (0..self.sets.count())
            .map(|set| {
                let left: Vec<usize> = self.sets.codes(set).iter().copied().filter(|&code| inside[code]).collect();
                new.sets.number(&left)
            })
            .collect();
        for (pattern, &units) in &self.counts {
            let pattern: Vec<Option<usize>> = pattern.iter().map(|set| set.map(|set| numbers[set])).collect();
            new.add(&pattern, units);
        }
        std::borrow::Cow::Owned(new)
    }

    fn ratings(&self) -> Ratings {
        let mut ratings = Ratings::default();
        let mut given: Vec<usize> = Vec::new();
        for (pattern, &units) in &self.counts {
            given.clear();
            given.extend(pattern.iter().flatten());
            given.sort_unstable();
            ratings.push(units, given.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u64)));
        }
        ratings
    }
}

/// The figures of one domain at one level: a value is the set of its codes that a coder gave, the empty set too.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DomainFigures {
    /// The coefficients for which two different sets are simply different.
    #[serde(flatten)]
    pub coefficients: Coefficients,
    /// Alpha by Jaccard's distance of sets.
    pub jaccard_alpha: Coefficient,
    /// Alpha by Passonneau's MASI distance.
    pub masi_alpha: Coefficient,
    /// How many different sets occur.
    pub distinct_sets: usize,
    /// Cohen's kappa, where there are two coders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cohen_kappa: Option<Coefficient>,
}

impl DomainFigures {
    /// The figures of the domain with these codes, of `all` codes.
    pub(super) fn new(patterns: &Patterns, codes: &[usize], all: usize, coders: usize) -> Self {
        let patterns = patterns.restricted(codes, all);
        let ratings = patterns.ratings();
        let [jaccard_alpha, masi_alpha] = distant_alphas(&ratings, &patterns.sets);
        Self {
            coefficients: coefficients(&ratings, None),
            jaccard_alpha,
            masi_alpha,
            distinct_sets: ratings.distinct(),
            cohen_kappa: (coders == 2).then(|| two(&patterns)),
        }
    }
}

/// Cohen's kappa of the first two coders, over the units that both cover.
fn two(patterns: &Patterns) -> Coefficient {
    let mut table: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    for (pattern, &units) in &patterns.counts {
        if let [Some(a), Some(b)] = **pattern {
            *table.entry((a, b)).or_default() += units;
        }
    }
    let table: Vec<(usize, usize, u64)> = table.into_iter().map(|((a, b), units)| (a, b, units)).collect();
    cohen(&table, patterns.sets.count())
}

/// How alike two sets of these sizes are that share so many codes: by Jaccard, and by MASI.
fn alike(shared: usize, a: usize, b: usize) -> [f64; 2] {
    let either = a + b - shared;
    if either == 0 {
        return [1.0; 2];
    }
    let jaccard = shared as f64 / either as f64;
    let inclusion = match shared {
        0 => 0.0,
        _ if shared == either => 1.0,
        _ if shared == a || shared == b => 2.0 / 3.0,
        _ => 1.0 / 3.0,
    };
    [jaccard, jaccard * inclusion]
}

/// How many codes two sorted sets share.
fn shared(a: &[usize], b: &[usize]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, count) = (i + 1, j + 1, count + 1),
        }
    }
    count
}

/// The likeness of all pairs of different sets, summed with the product of their weights: by Jaccard and by MASI.
///
/// Only sets that share a code are alike at all, so each set looks only at the sets before it that have one of its
/// codes: far fewer than all pairs.
pub(super) fn likeness<'a>(sets: impl IntoIterator<Item = (&'a [usize], f64)>) -> [f64; 2] {
    let mut having: Vec<Vec<u32>> = Vec::new();
    let mut known: Vec<(usize, f64)> = Vec::new();
    let mut common: Vec<u32> = Vec::new();
    let mut met: Vec<u32> = Vec::new();
    let mut total = [0.0, 0.0];
    for (set, weight) in sets {
        common.resize(known.len(), 0);
        for &code in set {
            if code >= having.len() {
                having.resize(code + 1, Vec::new());
            }
            for &other in &having[code] {
                if common[other as usize] == 0 {
                    met.push(other);
                }
                common[other as usize] += 1;
            }
            having[code].push(known.len() as u32);
        }
        let mut sums = [0.0, 0.0];
        for other in met.drain(..) {
            let (size, others_weight) = known[other as usize];
            let count = std::mem::take(&mut common[other as usize]);
            let [jaccard, masi] = alike(count as usize, set.len(), size);
            sums[0] += others_weight * jaccard;
            sums[1] += others_weight * masi;
        }
        total[0] += weight * sums[0];
        total[1] += weight * sums[1];
        known.push((set.len(), weight));
    }
    total
}

/// Krippendorff's alpha with a distance between sets: by Jaccard and by MASI.
fn distant_alphas(ratings: &Ratings, sets: &Sets) -> [Coefficient; 2] {
    let (given, total) = ratings.margins();
    if total == 0 {
        return [Coefficient::unpaired(); 2];
    }
    let n = total as f64;
    let mut apart: [Vec<f64>; 2] = [Vec::new(), Vec::new()];
    for (units, r, counts) in ratings.pairable() {
        for (at, &(a, count_a)) in counts.iter().enumerate() {
            for &(b, count_b) in &counts[at + 1..] {
                let (a, b) = (sets.codes(a), sets.codes(b));
                let alike = alike(shared(a, b), a.len(), b.len());
                let pairs = (2 * units * count_a * count_b) as f64 / (r - 1) as f64;
                apart[0].push(pairs * (1.0 - alike[0]));
                apart[1].push(pairs * (1.0 - alike[1]));
            }
        }
    }
    let unlike = unlike_pairs(&given, total);
    let present = given.iter().enumerate().filter(|&(_, &count)| count > 0);
    let likeness = likeness(present.map(|(set, &count)| (sets.codes(set), count as f64)));
    [0, 1].map(|by| {
        let observed = sum(apart[by].iter().copied()) / n;
        if unlike == 0 {
            let basis = Basis::Disorder { observed, expected: 0.0 };
            return Coefficient::undefined(Undefined::NoVariation, basis);
        }
        Coefficient::from_disorder(observed, (unlike as f64 - 2.0 * likeness[by]) / (n * (n - 1.0)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn masi_is_that_of_its_paper() {
        assert_eq!(alike(0, 0, 0), [1.0, 1.0]);
        assert_eq!(alike(0, 2, 0), [0.0, 0.0]);
        assert_eq!(alike(2, 2, 2), [1.0, 1.0]);
        assert_eq!(alike(1, 1, 2), [0.5, 0.5 * (2.0 / 3.0)]);
        assert_eq!(alike(1, 2, 2), [1.0 / 3.0, 1.0 / 3.0 * (1.0 / 3.0)]);
    }

    proptest! {
        #[test]
        fn the_likeness_of_all_pairs_is_that_of_each_pair(
            sets in prop::collection::btree_set(prop::collection::btree_set(0..8_usize, 0..5), 0..12),
        ) {
            let sets: Vec<Vec<usize>> = sets.into_iter().map(|set| set.into_iter().collect()).collect();
            let weighted: Vec<(&[usize], f64)> =
                sets.iter().enumerate().map(|(n, set)| (&set[..], n as f64 + 1.0)).collect();
            let mut expected = [0.0, 0.0];
            for (n, (a, x)) in weighted.iter().enumerate() {
                for (b, y) in &weighted[..n] {
                    let alike = alike(shared(a, b), a.len(), b.len());
                    expected[0] += x * y * alike[0];
                    expected[1] += x * y * alike[1];
                }
            }
            let found = likeness(weighted);
            prop_assert!((found[0] - expected[0]).abs() < 1e-9 && (found[1] - expected[1]).abs() < 1e-9);
        }
    }
}
