//! The coefficients, from ratings with multiplicity. They do not know whether a rating is one code or a set of codes,
//! a char or a case.
//!
//! *n* units have at least one rating, *n2* of them two or more (those are *pairable*). Counts stay whole numbers as
//! long as they can, so that an undefined value is undefined and not nearly so.

use super::numbers::{interval, sum};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::ops::Range;

/// Why a coefficient has no value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Undefined {
    /// No unit has two ratings.
    NoPairableUnits,
    /// All ratings are the same: there is nothing that chance could have brought about otherwise.
    NoVariation,
}

/// What a coefficient was computed from.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Basis {
    /// Nothing that would tell more than the value.
    Plain,
    /// Observed agreement, and the agreement expected by chance; none where there is no saying.
    Chance {
        /// Observed.
        pa: f64,
        /// By chance.
        pe: Option<f64>,
    },
    /// Observed and expected disagreement.
    Disorder {
        /// Observed.
        observed: f64,
        /// By chance.
        expected: f64,
    },
}

/// The analytic standard error, which takes every unit to be independent of every other. For checking against other
/// programs only: on text it is far too small.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Iid {
    /// The standard error.
    pub se: Option<f64>,
    /// The 95 % interval; none where the standard error says nothing about spread.
    pub ci: Option<[f64; 2]>,
}

impl Iid {
    const NONE: Self = Self { se: None, ci: None };
}

/// A coefficient: its value, or why it has none.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Coefficient {
    /// The value; none is “—”, and is left out of means.
    pub value: Option<f64>,
    /// Why there is none.
    pub reason: Option<Undefined>,
    /// What it was computed from.
    pub basis: Basis,
    /// Its analytic spread, where it was asked for.
    pub iid: Option<Iid>,
    /// The greatest kappa that the margins allow; Cohen's kappa of a pair only.
    pub kappa_max: Option<f64>,
}

impl Coefficient {
    pub(super) const fn new(value: f64, basis: Basis) -> Self {
        Self { value: Some(value), reason: None, basis, iid: None, kappa_max: None }
    }

    pub(super) const fn undefined(reason: Undefined, basis: Basis) -> Self {
        Self { value: None, reason: Some(reason), basis, iid: None, kappa_max: None }
    }

    pub(super) const fn unpaired() -> Self {
        Self::undefined(Undefined::NoPairableUnits, Basis::Plain)
    }

    /// Agreement beyond chance.
    pub(super) fn beyond_chance(pa: f64, pe: f64) -> Self {
        let basis = Basis::Chance { pa, pe: Some(pe) };
        if 1.0 - pe < 1e-15 {
            return Self::undefined(Undefined::NoVariation, basis);
        }
        Self::new((pa - pe) / (1.0 - pe), basis)
    }

    /// One less observed over expected disagreement.
    pub(super) fn from_disorder(observed: f64, expected: f64) -> Self {
        let basis = Basis::Disorder { observed, expected };
        if expected > 0.0 {
            Self::new(1.0 - observed / expected, basis)
        } else {
            Self::undefined(Undefined::NoVariation, basis)
        }
    }

    pub(super) fn spread(self, iid: Iid) -> Self {
        Self { iid: Some(if self.value.is_some() { iid } else { Iid::NONE }), ..self }
    }

    /// Observed agreement and agreement by chance.
    pub(super) fn chance(&self) -> Option<(f64, f64)> {
        match self.basis {
            Basis::Chance { pa, pe: Some(pe) } => Some((pa, pe)),
            _ => None,
        }
    }

    /// Observed and expected disagreement.
    pub(super) fn disorder(&self) -> Option<(f64, f64)> {
        match self.basis {
            Basis::Disorder { observed, expected } => Some((observed, expected)),
            _ => None,
        }
    }
}

impl Serialize for Coefficient {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("value", &self.value)?;
        map.serialize_entry("reason", &self.reason)?;
        match &self.basis {
            Basis::Plain => {}
            Basis::Chance { pa, pe } => {
                map.serialize_entry("pa", pa)?;
                map.serialize_entry("pe", pe)?;
            }
            Basis::Disorder { observed, expected } => {
                map.serialize_entry("do", observed)?;
                map.serialize_entry("de", expected)?;
            }
        }
        if let Some(iid) = &self.iid {
            map.serialize_entry("se_iid", &iid.se)?;
            map.serialize_entry("ci_iid", &iid.ci)?;
        }
        if let Some(greatest) = &self.kappa_max {
            map.serialize_entry("kappa_max", greatest)?;
        }
        map.end()
    }
}

/// Units with the same ratings.
#[derive(Clone, Debug)]
struct Row {
    units: u64,
    ratings: u64,
    counts: Range<usize>,
}

/// Units and how often each value was given to them. Values are numbered from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Ratings {
    rows: Vec<Row>,
    counts: Vec<(usize, u64)>,
    values: usize,
}

impl Ratings {
    /// `units` units to which each of these values was given so often (no value twice).
    pub(super) fn push(&mut self, units: u64, counts: impl IntoIterator<Item = (usize, u64)>) {
        let from = self.counts.len();
        self.counts.extend(counts.into_iter().filter(|&(_, count)| count > 0));
        let added = &self.counts[from..];
        let ratings = added.iter().map(|&(_, count)| count).sum();
        self.values = added.iter().map(|&(value, _)| value + 1).max().unwrap_or(0).max(self.values);
        if units > 0 && ratings > 0 {
            self.rows.push(Row { units, ratings, counts: from..self.counts.len() });
        } else {
            self.counts.truncate(from);
        }
    }

    fn counts(&self, row: &Row) -> &[(usize, u64)] {
        &self.counts[row.counts.clone()]
    }

    /// Rows with two ratings or more, and their counts.
    pub(super) fn pairable(&self) -> impl Iterator<Item = (u64, u64, &[(usize, u64)])> {
        self.rows.iter().filter(|row| row.ratings >= 2).map(|row| (row.units, row.ratings, self.counts(row)))
    }

    /// How often each value was given to pairable units, and how many ratings they have.
    pub(super) fn margins(&self) -> (Vec<u64>, u64) {
        let mut given = vec![0; self.values];
        for (units, _, counts) in self.pairable() {
            for &(value, count) in counts {
                given[value] += units * count;
            }
        }
        let ratings = given.iter().sum();
        (given, ratings)
    }

    /// How many different values occur.
    pub(super) fn distinct(&self) -> usize {
        let mut seen = vec![false; self.values];
        for &(value, _) in &self.counts {
            seen[value] = true;
        }
        seen.iter().filter(|&&seen| seen).count()
    }
}

/// The coefficients of one set of ratings.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Coefficients {
    /// Units with at least one rating.
    pub n_units: u64,
    /// Units with at least two.
    pub n_pairable: u64,
    /// Ratings.
    pub n_ratings: u64,
    /// Observed agreement. Never shown alone.
    pub percent_agreement: Coefficient,
    /// Chance 1/q. Equal to PABAK where there are two categories.
    pub brennan_prediger: Coefficient,
    /// Gwet's AC1.
    pub gwet_ac1: Coefficient,
    /// Fleiss' kappa; of two coders, Scott's pi.
    pub fleiss_kappa: Coefficient,
    /// Krippendorff's alpha, nominal: the headline.
    pub krippendorff_alpha: Coefficient,
}

/// The coefficients of `ratings`. `categories` is their number for AC1 and Brennan & Prediger; none: the number of
/// values that occur.
pub(super) fn coefficients(ratings: &Ratings, categories: Option<usize>) -> Coefficients {
    let Some(known) = Known::new(ratings) else {
        return Coefficients {
            n_units: ratings.rows.iter().map(|row| row.units).sum(),
            n_pairable: 0,
            n_ratings: ratings.rows.iter().map(|row| row.units * row.ratings).sum(),
            percent_agreement: Coefficient::unpaired(),
            brennan_prediger: Coefficient::unpaired(),
            gwet_ac1: Coefficient::unpaired(),
            fleiss_kappa: Coefficient::unpaired(),
            krippendorff_alpha: Coefficient::unpaired(),
        };
    };
    let q = categories.unwrap_or_else(|| ratings.distinct());
    let others = q as f64 - 1.0;
    let single = |pe| Coefficient::undefined(Undefined::NoVariation, Basis::Chance { pa: known.pa, pe });
    Coefficients {
        n_units: known.n,
        n_pairable: known.n2,
        n_ratings: ratings.rows.iter().map(|row| row.units * row.ratings).sum(),
        percent_agreement: known.percent(),
        brennan_prediger: if q >= 2 { known.kappa(1.0 / q as f64, None) } else { single(Some(1.0)).spread(Iid::NONE) },
        gwet_ac1: if q >= 2 {
            let pe = sum(known.shares.iter().map(|share| share * (1.0 - share))) / others;
            known.kappa(pe, Some(&|value| (1.0 - known.shares[value]) / others))
        } else {
            single(None).spread(Iid::NONE)
        },
        fleiss_kappa: known
            .kappa(sum(known.shares.iter().map(|share| share * share)), Some(&|value| known.shares[value])),
        krippendorff_alpha: alpha(ratings),
    }
}

/// What all coefficients but alpha share.
struct Known<'a> {
    ratings: &'a Ratings,
    n: u64,
    n2: u64,
    /// The agreement within each row; 0 where there is one rating.
    agreement: Vec<f64>,
    pa: f64,
    /// The mean share of each value.
    shares: Vec<f64>,
}

impl<'a> Known<'a> {
    /// None where no unit is pairable.
    fn new(ratings: &'a Ratings) -> Option<Self> {
        let rows = &ratings.rows;
        let n: u64 = rows.iter().map(|row| row.units).sum();
        let n2: u64 = ratings.pairable().map(|(units, _, _)| units).sum();
        if n2 == 0 {
            return None;
        }
        let within = |row: &Row| {
            let pairs: u64 = ratings.counts(row).iter().map(|&(_, count)| count * (count - 1)).sum();
            if row.ratings >= 2 { pairs as f64 / (row.ratings * (row.ratings - 1)) as f64 } else { 0.0 }
        };
        let agreement: Vec<f64> = rows.iter().map(within).collect();
        let pa = sum(rows.iter().zip(&agreement).map(|(row, a)| row.units as f64 * a)) / n2 as f64;
        let mut parts: Vec<Vec<f64>> = vec![Vec::new(); ratings.values];
        for row in rows {
            for &(value, count) in ratings.counts(row) {
                parts[value].push((row.units * count) as f64 / row.ratings as f64);
            }
        }
        let shares = parts.into_iter().map(|parts| sum(parts) / n as f64).collect();
        Some(Self { ratings, n, n2, agreement, pa, shares })
    }

    /// The spread around `value`, from what each row has to do with it.
    fn iid(&self, value: f64, influence: impl Fn(&Row, f64) -> f64) -> Iid {
        if self.n < 2 {
            return Iid::NONE;
        }
        let n = self.n as f64;
        let rows = self.ratings.rows.iter().zip(&self.agreement);
        let squares = sum(rows.map(|(row, &a)| row.units as f64 * (influence(row, a) - value).powi(2)));
        let se = (squares / (n * (n - 1.0))).max(0.0).sqrt();
        Iid { se: Some(se), ci: interval(value, se, self.n - 1) }
    }

    fn percent(&self) -> Coefficient {
        let scale = self.n as f64 / self.n2 as f64;
        Coefficient::new(self.pa, Basis::Plain).spread(self.iid(self.pa, |_, a| scale * a))
    }

    /// Agreement beyond a chance of `pe`; `by_chance` says what one rating of a value adds to it, where the chance was
    /// estimated from the ratings.
    fn kappa(&self, pe: f64, by_chance: Option<&dyn Fn(usize) -> f64>) -> Coefficient {
        let kappa = Coefficient::beyond_chance(self.pa, pe);
        let Some(value) = kappa.value else { return kappa.spread(Iid::NONE) };
        let scale = self.n as f64 / self.n2 as f64;
        kappa.spread(self.iid(value, |row, a| {
            let base = if row.ratings >= 2 { scale * (a - pe) / (1.0 - pe) } else { 0.0 };
            let estimated = by_chance.map_or(0.0, |by_chance| {
                let added = self.ratings.counts(row).iter().map(|&(value, count)| count as f64 * by_chance(value));
                sum(added) / row.ratings as f64 - pe
            });
            base - 2.0 * (1.0 - value) * estimated / (1.0 - pe)
        }))
    }
}

/// Krippendorff's alpha, nominal, over pairable units.
pub(super) fn alpha(ratings: &Ratings) -> Coefficient {
    let (given, total) = ratings.margins();
    if total == 0 {
        return Coefficient::unpaired();
    }
    let n = total as f64;
    let apart = |units: u64, r: u64, counts: &[(usize, u64)]| {
        let same: u64 = counts.iter().map(|&(_, count)| count * count).sum();
        (units * (r * r - same)) as f64 / (r - 1) as f64
    };
    let observed = sum(ratings.pairable().map(|(units, r, counts)| apart(units, r, counts))) / n;
    let expected = unlike_pairs(&given, total) as f64 / (n * (n - 1.0));
    let alpha = Coefficient::from_disorder(observed, expected);
    let n2: u64 = ratings.pairable().map(|(units, _, _)| units).sum();
    if alpha.value.is_none() || n2 < 2 {
        return alpha.spread(Iid::NONE);
    }
    let mean = n / n2 as f64;
    let shares: Vec<f64> = given.iter().map(|&given| given as f64 / n).collect();
    let pe = sum(shares.iter().map(|share| share * share));
    let pa = 1.0 - observed;
    let adjusted = (1.0 - 1.0 / n) * pa + 1.0 / n;
    let value = (pa - pe) / (1.0 - pe);
    let squares = ratings.pairable().map(|(units, ratings, counts)| {
        let r = ratings as f64;
        let pairs: u64 = counts.iter().map(|&(_, count)| count * (count - 1)).sum();
        let more = (r - mean) / mean;
        let a = pairs as f64 / (mean * (r - 1.0)) - adjusted * more;
        let e = sum(counts.iter().map(|&(value, count)| count as f64 * shares[value])) / mean - pe * more;
        units as f64 * ((a - pe) / (1.0 - pe) - 2.0 * (1.0 - value) * (e - pe) / (1.0 - pe) - value).powi(2)
    });
    let se = (sum(squares) / (n2 as f64 * (n2 as f64 - 1.0))).sqrt();
    let ci = alpha.value.and_then(|value| interval(value, se, n2 - 1));
    alpha.spread(Iid { se: Some(se), ci })
}

/// How many ordered pairs of `total` ratings have two different values.
pub(super) fn unlike_pairs(given: &[u64], total: u64) -> u128 {
    given.iter().map(|&count| u128::from(count) * u128::from(total - count)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ratings of coders (rows) to units (columns), a digit each; a point is no rating.
    fn ratings(coders: &[&str]) -> Ratings {
        let mut ratings = Ratings::default();
        for unit in 0..coders[0].len() {
            let mut counts = [0; 10];
            for value in coders.iter().filter_map(|coder| char::from(coder.as_bytes()[unit]).to_digit(10)) {
                counts[value as usize] += 1;
            }
            ratings.push(1, counts.into_iter().enumerate());
        }
        ratings
    }

    fn near(found: Option<f64>, published: f64, tolerance: f64) {
        let found = found.expect("a value");
        assert!((found - published).abs() <= tolerance, "{found} is not {published}");
    }

    /// Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011): section A (binary, two observers), B (nominal,
    /// two observers) and C (nominal, four observers, missing values).
    #[test]
    fn alpha_is_that_of_krippendorffs_examples() {
        near(alpha(&ratings(&["0100000010", "1110010000"])).value, 0.095, 5e-4);
        // a to e as 1 to 5.
        near(alpha(&ratings(&["112243335441", "212223335444"])).value, 0.692, 5e-4);
        let four = ratings(&["123321412...", "1233224125.3", ".3332342251.", "12332441251."]);
        let found = coefficients(&four, None);
        near(found.krippendorff_alpha.value, 0.743, 5e-4);
        assert_eq!((found.n_units, found.n_pairable, found.n_ratings), (12, 11, 41));
        // The same data in Gwet, Handbook of Inter-Rater Reliability (2014): percent agreement, AC1, Fleiss' kappa.
        near(found.percent_agreement.value, 0.818, 5e-4);
        near(found.gwet_ac1.value, 0.775, 5e-4);
        near(found.fleiss_kappa.value, 0.761, 5e-4);
    }

    /// Gwet (2008): 10 subjects, yes or no: 8 and 1 agreed upon, 1 not.
    #[test]
    fn ac1_is_that_of_gwets_example() {
        let found = coefficients(&ratings(&["1111111110", "1111111100"]), Some(2));
        near(found.gwet_ac1.value, 0.8658, 5e-5);
        near(found.gwet_ac1.chance().map(|(_, pe)| pe), 0.255, 1e-9);
        near(found.fleiss_kappa.value, 0.6078, 5e-5);
        near(found.brennan_prediger.value, 0.8, 1e-9);
    }

    #[test]
    fn units_with_the_same_ratings_may_be_counted_together() {
        let one_by_one = coefficients(&ratings(&["1122", "1122", "1222"]), None);
        let mut together = Ratings::default();
        together.push(1, [(1, 3)]);
        together.push(1, [(1, 2), (2, 1)]);
        together.push(2, [(2, 3), (3, 0)]);
        let together = coefficients(&together, None);
        for of in [
            |of: &Coefficients| of.percent_agreement,
            |of: &Coefficients| of.gwet_ac1,
            |of: &Coefficients| of.fleiss_kappa,
            |of: &Coefficients| of.krippendorff_alpha,
        ] {
            near(of(&together).value, of(&one_by_one).value.expect("a value"), 1e-12);
            let se = |of: Coefficient| of.iid.and_then(|iid| iid.se);
            near(se(of(&together)), se(of(&one_by_one)).expect("a value"), 1e-12);
        }
    }

    #[test]
    fn without_variation_or_pairs_there_is_a_reason_and_no_value() {
        let all = coefficients(&ratings(&["111", "111"]), Some(2));
        for undefined in [all.krippendorff_alpha, all.fleiss_kappa] {
            assert_eq!((undefined.value, undefined.reason), (None, Some(Undefined::NoVariation)));
        }
        assert_eq!((all.gwet_ac1.value, all.brennan_prediger.value), (Some(1.0), Some(1.0)));
        let single = coefficients(&ratings(&["010"]), Some(2));
        assert_eq!(single.percent_agreement.reason, Some(Undefined::NoPairableUnits));
        assert_eq!((single.n_units, single.n_pairable, single.n_ratings), (3, 0, 3));
    }

    #[test]
    fn total_disagreement_is_below_nothing_and_not_clipped() {
        near(alpha(&ratings(&["10", "01"])).value, -0.5, 1e-12);
        near(coefficients(&ratings(&["10", "01"]), Some(2)).fleiss_kappa.value, -1.0, 1e-12);
    }
}
