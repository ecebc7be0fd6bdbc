//! Sentences instead of colours: what may be said of a figure, and what may not.
//!
//! A verdict is given for pooled figures and for codes without flags only; unrounded values are compared with the
//! customary lines at .667 and .800.

use super::coefficients::{Coefficient, Undefined};
use super::levels::Extent;
use super::numbers::{Proportion, normal_cdf};
use super::resampling::Resampling;

/// Krippendorff's customary limits: below the first nothing is concluded, from the second on it is called reliable.
pub const LINES: [f64; 2] = [0.667, 0.8];

/// A figure with the interval that may be printed beside it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Estimate {
    /// The value; none is “—”.
    pub value: Option<f64>,
    /// Why there is none.
    pub reason: Option<Undefined>,
    /// The lower and the upper end of the 95 % jackknife interval; none where there is none to be had.
    pub interval: Option<[f64; 2]>,
}

impl Estimate {
    /// Alpha with its jackknife interval.
    pub(super) fn new(alpha: &Coefficient, resampling: &Resampling) -> Self {
        let interval = resampling.krippendorff_alpha.as_ref().and_then(|spread| spread.jackknife_ci);
        Self { value: alpha.value, reason: alpha.reason, interval }
    }

    /// Where the value lies between the lines; none where there is no value.
    #[must_use]
    pub fn point_sentence(&self) -> Option<&'static str> {
        let value = self.value?;
        Some(match value {
            _ if value >= LINES[1] => "at or above .800",
            _ if value >= LINES[0] => "between .667 and .800",
            _ => "below .667",
        })
    }

    /// What the interval shows.
    #[must_use]
    pub fn interval_sentence(&self) -> &'static str {
        match self.interval {
            None => "no interval",
            Some([low, _]) if low >= LINES[1] => "shown to be at or above .800",
            Some([low, _]) if low >= LINES[0] => "shown to be at or above .667, not shown to reach .800",
            Some([_, high]) if high < LINES[0] => "shown to be below .667",
            Some(_) => "not shown to reach .667",
        }
    }

    /// Both: “at or above .800; shown to be at or above .667, not shown to reach .800”.
    #[must_use]
    pub fn verdict(&self) -> Option<String> {
        Some(format!("{}; {}", self.point_sentence()?, self.interval_sentence()))
    }
}

/// What has to be said beside a code that nearly all units have, or nearly none; not for characters, where “none” is
/// always the greatest.
#[must_use]
pub fn prevalence_sentence(extent: Extent) -> Option<String> {
    let Extent { all, none, .. } = extent;
    let units = extent.units();
    // |all - none| / units >= .8, in whole numbers.
    (units > 0 && 5 * all.abs_diff(none) >= 4 * units).then(|| {
        format!("one-sided: coded by all in {all}, by none in {none} of {units}; single units weigh heavily in alpha")
    })
}

/// The share of other cases that could differ though so many of these were unanimous: for a round drawn at random only.
#[must_use]
pub fn could_differ(unanimous: &Proportion) -> Option<f64> {
    unanimous.clopper_pearson.map(|[low, _]| 1.0 - low)
}

/// One band of a benchmark scale.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Band {
    /// Where it starts.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
    /// The word for it.
    pub label: &'static str,
}

/// Benchmark scales, the highest band first. Never on the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scale {
    /// Landis & Koch.
    LandisKoch,
    /// Altman.
    Altman,
    /// Fleiss.
    Fleiss,
    /// Krippendorff's limits.
    Krippendorff,
}

impl Scale {
    /// The bands, from the top.
    #[must_use]
    pub const fn bands(self) -> &'static [Band] {
        const fn band(low: f64, high: f64, label: &'static str) -> Band {
            Band { low, high, label }
        }
        match self {
            Self::LandisKoch => {
                const {
                    &[
                        band(0.8, 1.0, "almost perfect"),
                        band(0.6, 0.8, "substantial"),
                        band(0.4, 0.6, "moderate"),
                        band(0.2, 0.4, "fair"),
                        band(0.0, 0.2, "slight"),
                        band(-1.0, 0.0, "poor"),
                    ]
                }
            }
            Self::Altman => {
                const {
                    &[
                        band(0.8, 1.0, "very good"),
                        band(0.6, 0.8, "good"),
                        band(0.4, 0.6, "moderate"),
                        band(0.2, 0.4, "fair"),
                        band(-1.0, 0.2, "poor"),
                    ]
                }
            }
            Self::Fleiss => {
                const { &[band(0.75, 1.0, "excellent"), band(0.4, 0.75, "intermediate to good"), band(-1.0, 0.4, "poor")] }
            }
            Self::Krippendorff => {
                const { &[band(0.8, 1.0, "reliable"), band(0.667, 0.8, "tentative"), band(-1.0, 0.667, "not reliable")] }
            }
        }
    }
}

/// Gwet's probabilistic benchmarking: per band, from the top, how probable it is that the coefficient lies in it or
/// above. `se` is the jackknife's standard error, above 0.
#[must_use]
pub fn benchmark(value: f64, se: f64, scale: Scale) -> Vec<(Band, f64)> {
    let above = |line: f64| normal_cdf((value - line) / se);
    let total = above(-1.0) - above(1.0);
    let mut reached = 0.0;
    let step = |&band: &Band| {
        reached += (above(band.low) - above(band.high)) / total;
        (band, f64::min(reached, 1.0))
    };
    scale.bands().iter().map(step).collect()
}

/// The word that holds with 95 %: of the first band that is reached with as much.
#[must_use]
pub fn benchmark_word(value: f64, se: f64, scale: Scale) -> Option<&'static str> {
    benchmark(value, se, scale).iter().find(|(_, reached)| *reached >= 0.95).map(|(band, _)| band.label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, interval: Option<[f64; 2]>) -> Estimate {
        Estimate { value: Some(value), reason: None, interval }
    }

    #[test]
    fn verdicts_are_the_sentences_of_the_specification() {
        let verdict = |value, interval| estimate(value, interval).verdict().expect("a verdict");
        assert_eq!(
            verdict(0.84, Some([0.71, 0.97])),
            "at or above .800; shown to be at or above .667, not shown to reach .800"
        );
        assert_eq!(verdict(0.8, Some([0.8, 0.9])), "at or above .800; shown to be at or above .800");
        assert_eq!(verdict(0.667, Some([0.5, 0.9])), "between .667 and .800; not shown to reach .667");
        // .6669 is not .667, however it is printed.
        assert_eq!(verdict(0.6669, Some([0.5, 0.6669])), "below .667; shown to be below .667");
        assert_eq!(verdict(0.2, None), "below .667; no interval");
        let undefined = Estimate { value: None, reason: Some(Undefined::NoVariation), interval: None };
        assert_eq!(undefined.verdict(), None);
    }

    #[test]
    fn a_code_that_hardly_any_unit_has_is_said_to_be_one_sided() {
        assert_eq!(
            prevalence_sentence(Extent { all: 2, some: 1, none: 57 }).as_deref(),
            Some("one-sided: coded by all in 2, by none in 57 of 60; single units weigh heavily in alpha")
        );
        assert!(prevalence_sentence(Extent { all: 9, some: 0, none: 1 }).is_some());
        assert!(prevalence_sentence(Extent { all: 79, some: 20, none: 0 }).is_none());
        assert!(prevalence_sentence(Extent { all: 0, some: 0, none: 0 }).is_none());
    }

    #[test]
    fn five_of_five_leave_half_of_the_others_open() {
        let open = could_differ(&Proportion::new(5, 5)).expect("a bound");
        assert!((open - 0.52).abs() < 0.005, "{open}");
    }

    /// The example of irrCAC's benchmarking (Gwet 2014): .67 with a standard error of .15.
    #[test]
    fn benchmarks_are_those_that_were_published() {
        let reached = |scale| benchmark(0.67, 0.15, scale).into_iter().map(|(_, reached)| reached).collect::<Vec<_>>();
        for (found, published) in [
            (reached(Scale::Altman), &[0.18168, 0.67511, 0.96356, 0.99912, 1.0][..]),
            (reached(Scale::Fleiss), &[0.28699, 0.96356, 1.0][..]),
        ] {
            assert_eq!(found.len(), published.len());
            for (found, published) in found.iter().zip(published) {
                assert!((found - published).abs() < 5e-6, "{found} is not {published}");
            }
        }
        assert_eq!(benchmark_word(0.67, 0.15, Scale::Altman), Some("moderate"));
        assert_eq!(Scale::LandisKoch.bands().len(), 6);
        assert_eq!(benchmark_word(0.95, 0.01, Scale::Krippendorff), Some("reliable"));
    }
}
