//! Two coders: the four counts of a code and what is read off them, and Cohen's kappa.

use super::coefficients::{Basis, Coefficient, Iid, Undefined};
use super::numbers::{interval, sum};
use super::study::Name;
use serde::Serialize;

/// Two coders and one code: the counts, and the figures where there is anything to count.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Pair {
    /// The first coder.
    pub a: Name,
    /// The second.
    pub b: Name,
    /// The counts.
    #[serde(flatten)]
    pub counts: Counts,
    /// What is read off them; none where there is no unit that both cover.
    #[serde(flatten)]
    pub figures: Option<PairFigures>,
    /// Units that both gave the code while their codings share no char in them; sentences, paragraphs, turns and given
    /// passages only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turns_without_common_text: Option<u64>,
}

/// Units that two coders cover, by who gave the code.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize)]
pub struct Counts {
    /// All of them.
    pub n: u64,
    /// Both gave it.
    pub both: u64,
    /// Only the first.
    pub only_a: u64,
    /// Only the second.
    pub only_b: u64,
    /// Neither.
    pub neither: u64,
}

impl Counts {
    pub(super) fn add(&mut self, a: bool, b: bool, units: u64) {
        self.n += units;
        *match (a, b) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.only_a,
            (false, true) => &mut self.only_b,
            (false, false) => &mut self.neither,
        } += units;
    }
}

/// What is read off the four counts.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PairFigures {
    /// The share of units on which both say the same.
    pub percent_agreement: f64,
    /// The share on which they do not.
    pub percent_disagreement: f64,
    /// Agreement on presence (Dice, F1): the one to read where “neither” is huge.
    pub positive_agreement: Option<f64>,
    /// Agreement on absence.
    pub negative_agreement: Option<f64>,
    /// Both among those that either coded.
    pub jaccard: Option<f64>,
    /// (both - neither) / n.
    pub prevalence_index: f64,
    /// (only A - only B) / n.
    pub bias_index: f64,
    /// Kappa adjusted for prevalence and bias.
    pub pabak: f64,
    /// Cohen's kappa.
    pub cohen_kappa: Coefficient,
    /// Scott's pi.
    pub scott_pi: Coefficient,
    /// Gwet's AC1.
    pub gwet_ac1: Coefficient,
    /// Krippendorff's alpha.
    pub krippendorff_alpha: Coefficient,
}

impl PairFigures {
    /// None where nothing was counted.
    pub(super) fn new(counts: Counts) -> Option<Self> {
        let Counts { n: units, both, only_a, only_b, neither } = counts;
        if units == 0 {
            return None;
        }
        let n = units as f64;
        let (apart, same) = (only_a + only_b, both + neither);
        let of = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
        let less = |a: u64, b: u64| (a as f64 - b as f64) / n;
        let po = same as f64 / n;
        let (p1, p2) = ((both + only_a) as f64 / n, (both + only_b) as f64 / n);
        let mean = f64::midpoint(p1, p2);
        let (given, ratings) = (2 * both + apart, 2 * units);
        let varied = 0 < given && given < ratings;
        let scott_pi = if varied {
            Coefficient::beyond_chance(po, mean * mean + (1.0 - mean) * (1.0 - mean))
        } else {
            Coefficient::undefined(Undefined::NoVariation, Basis::Chance { pa: po, pe: Some(1.0) })
        };
        let unlike = 2 * u128::from(given) * u128::from(ratings - given);
        let total = ratings as f64;
        let table = [(1, 1, both), (1, 0, only_a), (0, 1, only_b), (0, 0, neither)];
        let mut kappa = cohen(&table, 2);
        if let (Some(_), Some((_, pe))) = (kappa.value, kappa.chance()) {
            let greatest = p1.min(p2) + (1.0 - p1).min(1.0 - p2);
            kappa.kappa_max = Some((greatest - pe) / (1.0 - pe));
        }
        Some(Self {
            percent_agreement: po,
            percent_disagreement: apart as f64 / n,
            positive_agreement: of(2 * both, 2 * both + apart),
            negative_agreement: of(2 * neither, 2 * neither + apart),
            jaccard: of(both, both + apart),
            prevalence_index: less(both, neither),
            bias_index: less(only_a, only_b),
            pabak: (2 * same) as f64 / n - 1.0,
            cohen_kappa: kappa,
            scott_pi,
            gwet_ac1: Coefficient::beyond_chance(po, 2.0 * mean * (1.0 - mean)),
            krippendorff_alpha: Coefficient::from_disorder(
                (2 * apart) as f64 / total,
                unlike as f64 / (total * (total - 1.0)),
            ),
        })
    }
}

/// Cohen's kappa of a table of (value of A, value of B, units); values are below `values`.
pub(super) fn cohen(table: &[(usize, usize, u64)], values: usize) -> Coefficient {
    let units: u64 = table.iter().map(|&(_, _, units)| units).sum();
    if units == 0 {
        return Coefficient::unpaired();
    }
    let (mut of_a, mut of_b) = (vec![0_u64; values], vec![0_u64; values]);
    for &(a, b, units) in table {
        of_a[a] += units;
        of_b[b] += units;
    }
    let n = units as f64;
    let same: u64 = table.iter().filter(|(a, b, _)| a == b).map(|&(_, _, units)| units).sum();
    let meeting: u128 = of_a.iter().zip(&of_b).map(|(&a, &b)| u128::from(a) * u128::from(b)).sum();
    let (po, pe) = (same as f64 / n, meeting as f64 / (n * n));
    let kappa = if meeting == u128::from(units) * u128::from(units) {
        Coefficient::undefined(Undefined::NoVariation, Basis::Chance { pa: po, pe: Some(1.0) })
    } else {
        Coefficient::beyond_chance(po, pe)
    };
    let Some(value) = kappa.value else { return kappa };
    // The published form, a difference of squares: where nothing varies it gives some 1e-8 for 0, here as elsewhere.
    let squares = sum(table.iter().map(|&(a, b, units)| {
        let same = if a == b { 1.0 } else { 0.0 };
        let margins = of_b[a] as f64 / n + of_a[b] as f64 / n;
        units as f64 / n * (same - (1.0 - value) * margins).powi(2)
    }));
    let variance = (squares - (po - 2.0 * (1.0 - value) * pe).powi(2)).max(0.0) / (n * (1.0 - pe).powi(2));
    let se = variance.sqrt();
    kappa.spread(Iid { se: Some(se), ci: interval(value, se, units - 1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapping_the_coders_swaps_only_what_is_theirs() {
        let counts = Counts { n: 1000, both: 60, only_a: 40, only_b: 50, neither: 850 };
        let swapped = Counts { only_a: 50, only_b: 40, ..counts };
        let (one, other) = (PairFigures::new(counts).expect("figures"), PairFigures::new(swapped).expect("figures"));
        assert_eq!(one.krippendorff_alpha, other.krippendorff_alpha);
        assert_eq!(one.bias_index, -other.bias_index);
        // The figures of the specification, §1.1 point 4.
        assert!((one.krippendorff_alpha.value.expect("a value") - 0.521).abs() < 5e-4);
        assert!((one.gwet_ac1.value.expect("a value") - 0.889).abs() < 5e-4);
    }

    #[test]
    fn what_cannot_be_said_is_undefined() {
        assert_eq!(PairFigures::new(Counts::default()), None);
        let nobody = PairFigures::new(Counts { n: 9, neither: 9, ..Counts::default() }).expect("figures");
        assert_eq!(nobody.positive_agreement, None);
        for undefined in [nobody.cohen_kappa, nobody.scott_pi, nobody.krippendorff_alpha] {
            assert_eq!((undefined.value, undefined.reason), (None, Some(Undefined::NoVariation)));
        }
        assert_eq!(nobody.gwet_ac1.value, Some(1.0));
    }

    /// Cohen (1960), 200 subjects in three categories: .70 agreement, kappa .492. And where the coders are independent it is 0.
    #[test]
    fn kappa_is_that_of_its_paper() {
        let table = |rows: [[u64; 3]; 3]| -> Vec<(usize, usize, u64)> {
            (0..3).flat_map(|a| (0..3).map(move |b| (a, b, rows[a][b]))).collect()
        };
        let kappa = cohen(&table([[88, 14, 18], [10, 40, 10], [2, 6, 12]]), 3);
        assert!((kappa.value.expect("a value") - 0.492).abs() < 1e-3);
        assert!((kappa.chance().expect("a basis").0 - 0.7).abs() < 1e-12);
        let chance = cohen(&table([[4, 8, 8], [8, 16, 16], [8, 16, 16]]), 3);
        assert!(chance.value.expect("a value").abs() < 1e-12);
    }

    /// Feinstein & Cicchetti (1990), as Byrt, Bishop & Carlin (1993) quote it: the same agreement, two kappas, one PABAK.
    #[test]
    fn the_two_paradoxes_are_reproduced() {
        let balanced = Counts { n: 100, both: 40, only_a: 9, only_b: 6, neither: 45 };
        let skewed = Counts { n: 100, both: 80, only_a: 10, only_b: 5, neither: 5 };
        let [one, other] = [balanced, skewed].map(|counts| PairFigures::new(counts).expect("figures"));
        assert_eq!((one.percent_agreement, other.percent_agreement), (0.85, 0.85));
        assert!((one.cohen_kappa.value.expect("a value") - 0.70).abs() < 5e-3);
        assert!((other.cohen_kappa.value.expect("a value") - 0.32).abs() < 5e-3);
        assert!((one.pabak - 0.7).abs() < 1e-12 && (other.pabak - 0.7).abs() < 1e-12);
    }

    /// The example of NVivo's help: 1000 characters, 50 by both, 150 by one, 800 by neither.
    #[test]
    fn positive_agreement_is_what_remains_where_neither_is_huge() {
        let counts = Counts { n: 1000, both: 50, only_a: 100, only_b: 50, neither: 800 };
        let figures = PairFigures::new(counts).expect("figures");
        assert_eq!(figures.percent_agreement, 0.85);
        assert_eq!(figures.positive_agreement, Some(0.4));
        assert!((figures.cohen_kappa.value.expect("a value") - 0.31818).abs() < 5e-6);
    }
}
