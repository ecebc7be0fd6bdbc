//! How far a figure would move with other cases: the delete-one-cluster jackknife, and the bootstrap for the curious.
//!
//! A cluster is a case, or a document in no case. Alpha and AC1 of one code depend on few sums, which are added up per
//! cluster once, as whole numbers; a replicate only adds clusters.

use super::numbers::{SplitMix64, interval, percentile, sum};
use super::tally::Place;
use serde::Serialize;

/// How far alpha and AC1 would move with other clusters.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Resampling {
    /// How many clusters have units at this level.
    pub clusters: usize,
    /// Of alpha; none with fewer than two clusters, or where alpha is undefined.
    pub krippendorff_alpha: Option<Spread>,
    /// Of AC1; never of pooled figures.
    pub gwet_ac1: Option<Spread>,
}

/// The spread of one figure.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Spread {
    /// The jackknife's standard error; none where the figure is undefined without one of the clusters.
    pub jackknife_se: Option<f64>,
    /// The 95 % interval to print: by t, with one degree of freedom less than there are clusters.
    pub jackknife_ci: Option<[f64; 2]>,
    /// Bootstrap replicates without a value.
    pub bootstrap_undefined: usize,
    /// The percentile interval; none where more than 5 % of the replicates have no value, or all have the same.
    pub bootstrap_ci: Option<[f64; 2]>,
}

/// Alpha, AC1 and what pooled figures are made from, of one code.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Point {
    pub(super) percent: Option<f64>,
    pub(super) alpha: Option<f64>,
    pub(super) ac1: Option<f64>,
    /// Observed and expected disagreement; none where nothing is pairable.
    pub(super) disorder: Option<(f64, f64)>,
}

/// The sums of one code, per number of ratings: how many ratings are “given”, and how many pairs of ratings of one
/// unit are unlike.
#[derive(Clone, Copy, Default, Debug)]
struct Sums {
    given: u64,
    unlike: u64,
}

/// Places grouped by cluster, and what is drawn from them.
pub(super) struct Clusters {
    /// The numbers of ratings that occur.
    ratings: Vec<u64>,
    count: usize,
    /// Units per cluster and number of ratings.
    units: Vec<u64>,
    /// All of them, per number of ratings.
    all: Vec<u64>,
    /// Per code: the sums per cluster and number of ratings, where any are not 0.
    sums: Vec<Vec<(usize, Sums)>>,
    /// Per replicate how often each cluster was drawn.
    draws: Vec<Vec<u64>>,
    /// Per replicate the units per number of ratings.
    drawn: Vec<Vec<u64>>,
}

impl Clusters {
    pub(super) fn new(places: &[Place], clusters: usize, codes: usize, replicates: usize, seed: u64) -> Self {
        let mut this = Self::still(places, clusters, codes);
        let count = this.count;
        if count >= 2 {
            let mut generator = SplitMix64::new(seed);
            for _ in 0..replicates {
                let mut times = vec![0; count];
                for _ in 0..count {
                    times[generator.below(count as u64) as usize] += 1;
                }
                this.draws.push(times);
            }
        }
        let wide = this.ratings.len();
        let total = |times: &Vec<u64>| {
            let mut drawn = vec![0; wide];
            for (times, units) in times.iter().zip(this.units.chunks_exact(wide)) {
                drawn.iter_mut().zip(units).for_each(|(drawn, units)| *drawn += times * units);
            }
            drawn
        };
        this.drawn = this.draws.iter().map(total).collect();
        this
    }

    /// Without draws: for point values alone.
    pub(super) fn still<'a>(
        places: impl IntoIterator<Item = &'a Place> + Clone,
        clusters: usize,
        codes: usize,
    ) -> Self {
        let mut ratings: Vec<u64> = places.clone().into_iter().map(|place| place.covered.count()).collect();
        ratings.sort_unstable();
        ratings.dedup();
        let wide = ratings.len();
        // Clusters without units do not exist; the others keep their order.
        let mut numbers = vec![usize::MAX; clusters];
        places.clone().into_iter().for_each(|place| numbers[place.cluster] = 0);
        let mut count = 0;
        for number in numbers.iter_mut().filter(|number| **number == 0) {
            *number = count;
            count += 1;
        }
        let mut units = vec![0; count * wide];
        let mut sums: Vec<Vec<(usize, Sums)>> = vec![Vec::new(); codes];
        for place in places {
            let r = place.covered.count();
            let slot = numbers[place.cluster] * wide + ratings.partition_point(|&other| other < r);
            units[slot] += place.units;
            for coded in &place.coded {
                let by = coded.by.count();
                sums[coded.code].push((slot, Sums { given: coded.units * by, unlike: coded.units * by * (r - by) }));
            }
        }
        for sums in &mut sums {
            sums.sort_by_key(|&(slot, _)| slot);
            sums.dedup_by(|next, last| {
                let same = next.0 == last.0;
                if same {
                    last.1.given += next.1.given;
                    last.1.unlike += next.1.unlike;
                }
                same
            });
        }
        let mut all = vec![0; wide];
        for units in units.chunks_exact(wide.max(1)) {
            all.iter_mut().zip(units).for_each(|(all, units)| *all += units);
        }
        Self { ratings, count, units, all, sums, draws: Vec::new(), drawn: Vec::new() }
    }

    /// The figures of a code over all clusters.
    pub(super) fn whole(&self, code: usize) -> Point {
        self.point(&self.all, &self.added(code, |_| 1))
    }

    /// The sums of a code, each cluster taken so many times.
    fn added(&self, code: usize, times: impl Fn(usize) -> u64) -> Vec<Sums> {
        let wide = self.ratings.len();
        let mut added = vec![Sums::default(); wide];
        for &(slot, sums) in &self.sums[code] {
            let times = times(slot / wide);
            added[slot % wide].given += times * sums.given;
            added[slot % wide].unlike += times * sums.unlike;
        }
        added
    }

    fn point(&self, units: &[u64], sums: &[Sums]) -> Point {
        let (mut n, mut pairable, mut ratings, mut given) = (0, 0, 0_u64, 0_u64);
        let (mut share, mut apart, mut unlike) = ([0.0, 0.0], 0.0, 0.0);
        for ((&r, &units), sums) in self.ratings.iter().zip(units).zip(sums).filter(|((r, _), _)| **r > 0) {
            n += units;
            share[0] += (units * r - sums.given) as f64 / r as f64;
            share[1] += sums.given as f64 / r as f64;
            if r >= 2 {
                pairable += units;
                ratings += units * r;
                given += sums.given;
                apart += (2 * sums.unlike) as f64 / (r * (r - 1)) as f64;
                unlike += (2 * sums.unlike) as f64 / (r - 1) as f64;
            }
        }
        if pairable == 0 {
            return Point::default();
        }
        let total = ratings as f64;
        let observed = unlike / total;
        let pairs = 2 * u128::from(given) * u128::from(ratings - given);
        let expected = pairs as f64 / (total * (total - 1.0));
        let pa = (pairable as f64 - apart) / pairable as f64;
        let pe: f64 = share.iter().map(|share| share / n as f64 * (1.0 - share / n as f64)).sum();
        Point {
            percent: Some(pa),
            alpha: (pairs > 0).then(|| 1.0 - observed / expected),
            ac1: (1.0 - pe > 1e-15).then(|| (pa - pe) / (1.0 - pe)),
            disorder: Some((observed, expected)),
        }
    }

    /// The figures of a code: whole, without each cluster in turn, and per replicate. None with fewer than two
    /// clusters.
    pub(super) fn replicates(&self, code: usize) -> Option<Replicates<Point>> {
        if self.count < 2 {
            return None;
        }
        let wide = self.ratings.len();
        let all = self.added(code, |_| 1);
        let mut own = vec![Sums::default(); self.count * wide];
        for &(slot, sums) in &self.sums[code] {
            own[slot] = sums;
        }
        let without = |cluster: usize| {
            let here = cluster * wide..(cluster + 1) * wide;
            let units: Vec<u64> = self.all.iter().zip(&self.units[here.clone()]).map(|(all, one)| all - one).collect();
            let less =
                |(all, one): (&Sums, &Sums)| Sums { given: all.given - one.given, unlike: all.unlike - one.unlike };
            let sums: Vec<Sums> = all.iter().zip(&own[here]).map(less).collect();
            self.point(&units, &sums)
        };
        let drawn =
            |(times, units): (&Vec<u64>, &Vec<u64>)| self.point(units, &self.added(code, |cluster| times[cluster]));
        Some(Replicates {
            whole: self.point(&self.all, &all),
            without: (0..self.count).map(without).collect(),
            drawn: self.draws.iter().zip(&self.drawn).map(drawn).collect(),
        })
    }

    /// No spread for want of clusters, or with the spreads of alpha and AC1.
    pub(super) fn report(&self, alpha: Option<Spread>, ac1: Option<Spread>) -> Resampling {
        Resampling { clusters: self.count, krippendorff_alpha: alpha, gwet_ac1: ac1 }
    }
}

/// A figure as it is, without each cluster in turn, and for each replicate of the bootstrap.
#[derive(Clone, Debug)]
pub(super) struct Replicates<T> {
    whole: T,
    without: Vec<T>,
    drawn: Vec<T>,
}

impl Replicates<Point> {
    /// The spread of a figure of the code; none where it is undefined.
    pub(super) fn spread(&self, of: impl Fn(&Point) -> Option<f64>) -> Option<Spread> {
        let one = |points: &[Point]| points.iter().map(&of).collect::<Vec<_>>();
        spread(of(&self.whole)?, &one(&self.without), &one(&self.drawn))
    }
}

/// Observed and expected disagreement added up over codes.
pub(super) type Pooled = Replicates<(f64, f64)>;

impl Pooled {
    pub(super) fn new(of: &Replicates<Point>) -> Self {
        Self { whole: (0.0, 0.0), without: vec![(0.0, 0.0); of.without.len()], drawn: vec![(0.0, 0.0); of.drawn.len()] }
    }

    pub(super) fn add(&mut self, code: &Replicates<Point>) {
        let add = |(sum, point): (&mut (f64, f64), &Point)| {
            let (observed, expected) = point.disorder.unwrap_or_default();
            *sum = (sum.0 + observed, sum.1 + expected);
        };
        add((&mut self.whole, &code.whole));
        self.without.iter_mut().zip(&code.without).for_each(add);
        self.drawn.iter_mut().zip(&code.drawn).for_each(add);
    }

    /// The spread of pooled alpha.
    pub(super) fn spread(&self) -> Option<Spread> {
        let alpha = |&(observed, expected): &(f64, f64)| (expected > 0.0).then(|| 1.0 - observed / expected);
        let all = |sums: &[(f64, f64)]| sums.iter().map(alpha).collect::<Vec<_>>();
        spread(alpha(&self.whole)?, &all(&self.without), &all(&self.drawn))
    }
}

fn spread(whole: f64, without: &[Option<f64>], drawn: &[Option<f64>]) -> Option<Spread> {
    let clusters = without.len() as f64;
    let all: Option<Vec<f64>> = without.iter().copied().collect();
    let jackknife_se = all.map(|all| {
        let mean = sum(all.iter().copied()) / clusters;
        ((clusters - 1.0) / clusters * sum(all.iter().map(|value| (value - mean).powi(2)))).sqrt()
    });
    let mut values: Vec<f64> = drawn.iter().copied().flatten().collect();
    values.sort_unstable_by(f64::total_cmp);
    let enough = !values.is_empty() && values.len() as f64 >= 0.95 * drawn.len() as f64;
    let ends = enough.then(|| [percentile(&values, 0.025), percentile(&values, 0.975)]);
    Some(Spread {
        jackknife_se,
        jackknife_ci: jackknife_se.and_then(|se| interval(whole, se, without.len() as u64 - 1)),
        bootstrap_undefined: drawn.len() - values.len(),
        bootstrap_ci: ends.filter(|ends| ends[1] - ends[0] > 1e-12),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::coefficients::alpha;
    use crate::agreement::ranges::Coders;
    use crate::agreement::tally::{Coded, by_code};

    /// Three cases of ten units and two coders: (both, only the first) of one code; the rest neither.
    fn places() -> Vec<Place> {
        let two = Coders::only(0).with(Coders::only(1));
        let place = |(cluster, (both, only)): (usize, (u64, u64))| {
            let coded = |by, units| Coded { code: 0, by, units };
            let coded = vec![coded(two, both), coded(Coders::only(0), only)];
            Place { cluster, owner: cluster, covered: two, units: 10, coded }
        };
        [(4, 1), (2, 3), (5, 0)].into_iter().enumerate().map(place).collect()
    }

    /// Alpha of these places alone, from all their ratings.
    fn whole(places: &[Place]) -> f64 {
        alpha(&by_code(places, 1)[0].ratings()).value.expect("a value")
    }

    #[test]
    fn the_jackknife_leaves_out_one_case_after_the_other() {
        let places = places();
        let clusters = Clusters::new(&places, 3, 1, 0, 42);
        let spread = clusters.replicates(0).and_then(|all| all.spread(|point| point.alpha)).expect("a spread");
        let without: Vec<f64> = (0..3)
            .map(|out| whole(&places.iter().filter(|place| place.cluster != out).cloned().collect::<Vec<_>>()))
            .collect();
        let mean = without.iter().sum::<f64>() / 3.0;
        let se = (2.0 / 3.0 * without.iter().map(|value| (value - mean).powi(2)).sum::<f64>()).sqrt();
        assert!((spread.jackknife_se.expect("a standard error") - se).abs() < 1e-12);
        assert_eq!(spread.jackknife_ci, interval(whole(&places), se, 2));
    }

    #[test]
    fn one_case_says_nothing_about_others_and_neither_do_cases_alike() {
        let places = places();
        assert!(Clusters::new(&places[..1], 1, 1, 10, 42).replicates(0).is_none());
        let alike: Vec<Place> = (0..4).map(|cluster| Place { cluster, owner: cluster, ..places[0].clone() }).collect();
        let clusters = Clusters::new(&alike, 4, 1, 50, 42);
        let ac1 = clusters.replicates(0).and_then(|all| all.spread(|point| point.ac1)).expect("a spread");
        assert_eq!((ac1.jackknife_ci, ac1.bootstrap_ci, ac1.bootstrap_undefined), (None, None, 0));
    }
}
