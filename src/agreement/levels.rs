//! One level of the report: every code, the pooled figures, the domains, and each case by itself.

use super::coefficients::{Coefficient, Coefficients, Undefined};
use super::numbers::{Proportion, sum};
use super::pairs::Pair;
use super::resampling::Resampling;
use super::sets::DomainFigures;
use super::study::{Name, Study};
use super::tally::{Level, Tally, Work};
use super::verdict::Estimate;
use crate::agreement::maps::Map;
use serde::Serialize;

mod counting;

/// With fewer pairable cases than these, a single code shows no coefficient at case level: “3 of 5 agree” instead.
pub const FEW_CASES: u64 = 10;

/// A level.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct LevelReport {
    /// All units.
    pub n_units: u64,
    /// Units that at least two coders cover.
    pub n_pairable: u64,
    /// Per code, in the order of the input.
    pub codes: Map<Name, CodeFigures>,
    /// All codes together.
    pub overall: Overall,
}

/// All that the report says of a level.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct FullLevel {
    /// What is shown of it.
    #[serde(flatten)]
    pub figures: LevelReport,
    /// Per domain.
    pub domains: Map<Name, DomainFigures>,
    /// Each case by itself; not at case level, nor where there are no cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cases: Option<Map<Name, CaseFigures>>,
}

impl Study {
    /// The codes and the codes together at one level, without bootstrap, domains and single cases: what a screen shows.
    /// None where no document has such units (at case level: where there are no cases).
    #[must_use]
    pub fn level(&self, level: Level) -> Option<LevelReport> {
        Tally::new(self, level).map(|tally| counting::report(self, level, &tally, 0))
    }

    /// All of a level.
    #[must_use]
    pub fn level_in_full(&self, level: Level) -> Option<FullLevel> {
        Tally::new(self, level).map(|tally| counting::in_full(self, level, &tally))
    }

    /// How much has to be looked at to count a level.
    #[must_use]
    pub fn work(&self, level: Level) -> Work {
        Tally::new(self, level).map(|tally| tally.work).unwrap_or_default()
    }
}

/// What keeps a figure from being read without care.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Nobody used the code.
    Unused,
    /// One coder used it, the others never.
    OneSided,
    /// Fewer than 5 units where anybody gave it, or fewer than 5 where not all did.
    Sparse,
    /// Fewer than [`FEW_CASES`] pairable cases.
    FewCases,
}

/// One code at one level.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CodeFigures {
    /// Per coder, units to which he or she gave it.
    pub positives: Map<Name, u64>,
    /// Pairable units to which at least one coder gave it.
    pub units_any: u64,
    /// Pairable units to which all who cover them gave it.
    pub units_all: u64,
    /// What keeps the figures from being read without care.
    pub flags: Vec<Flag>,
    /// Cases on which all say the same; case level only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unanimous: Option<Proportion>,
    /// The coefficients, present or absent.
    #[serde(flatten)]
    pub coefficients: Coefficients,
    /// Every two coders.
    pub pairs: Vec<Pair>,
    /// The mean of the pairs' kappas.
    pub light_kappa: LightKappa,
    /// How far the figures would move with other cases.
    pub resampling: Resampling,
}

/// Pairable units by how many of those who cover them gave a code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extent {
    /// All of them gave it.
    pub all: u64,
    /// Some gave it, some did not.
    pub some: u64,
    /// None gave it.
    pub none: u64,
}

impl Extent {
    /// All pairable units.
    #[must_use]
    pub const fn units(self) -> u64 {
        self.all + self.some + self.none
    }
}

impl CodeFigures {
    /// Krippendorff's alpha with the interval to print.
    #[must_use]
    pub fn alpha(&self) -> Estimate {
        Estimate::new(&self.coefficients.krippendorff_alpha, &self.resampling)
    }

    /// How many pairable units all, some and none gave the code.
    #[must_use]
    pub fn extent(&self) -> Extent {
        let (any, all) = (self.units_any, self.units_all);
        Extent { all, some: any - all, none: self.coefficients.n_pairable - any }
    }

    /// The two coders' counts and figures, where there are just two.
    #[must_use]
    pub fn pair(&self) -> Option<&Pair> {
        match &self.pairs[..] {
            [pair] => Some(pair),
            _ => None,
        }
    }

    /// Whether a verdict may be given on the code: nothing keeps its figures from being read without care.
    #[must_use]
    pub fn allows_verdict(&self) -> bool {
        self.flags.is_empty()
    }

    /// Whether a single code's coefficient may be shown, and not “k of N agree” instead.
    #[must_use]
    pub fn allows_coefficient(&self) -> bool {
        !self.flags.contains(&Flag::FewCases)
    }
}

/// The mean of the defined kappas of all pairs.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct LightKappa {
    /// The mean; none where no pair has a kappa.
    pub value: Option<f64>,
    /// Why there is none.
    pub reason: Option<Undefined>,
    /// How many pairs have one.
    pub pairs: usize,
}

/// All codes together.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Overall {
    /// Codes that at least one coder used.
    pub active_codes: usize,
    /// Those of them that have a descendant in use, and are therefore not in the pool.
    pub left_out_of_pool: Vec<Name>,
    /// Agreement and chance pooled over the codes of the pool, then one coefficient.
    pub pooled: PooledFigures,
    /// The unweighted means over the same pool.
    #[serde(rename = "macro")]
    pub means: Macro,
}

/// Pooled figures.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PooledFigures {
    /// Observed agreement.
    pub percent_agreement: Coefficient,
    /// The headline.
    pub krippendorff_alpha: Coefficient,
    /// Gwet's AC1.
    pub gwet_ac1: Coefficient,
    /// Fleiss' kappa.
    pub fleiss_kappa: Coefficient,
    /// Brennan & Prediger.
    pub brennan_prediger: Coefficient,
    /// How far pooled alpha would move with other cases.
    pub resampling: Resampling,
}

impl Overall {
    /// Pooled alpha with the interval to print.
    #[must_use]
    pub fn alpha(&self) -> Estimate {
        Estimate::new(&self.pooled.krippendorff_alpha, &self.pooled.resampling)
    }
}

/// Unweighted means over the codes of the pool that have a value.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Macro {
    /// Of alpha.
    pub krippendorff_alpha: Mean,
    /// Of AC1.
    pub gwet_ac1: Mean,
    /// Of Fleiss' kappa.
    pub fleiss_kappa: Mean,
    /// Of Brennan & Prediger.
    pub brennan_prediger: Mean,
    /// Of observed agreement.
    pub percent_agreement: Mean,
    /// Of Light's kappa.
    pub light_kappa: Mean,
}

/// A mean and over how many codes it was taken.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Mean {
    /// The mean; none of nothing.
    pub mean: Option<f64>,
    /// Codes with a value.
    pub codes: usize,
}

impl Mean {
    fn of(values: impl Iterator<Item = Option<f64>>) -> Self {
        let values: Vec<f64> = values.flatten().collect();
        let codes = values.len();
        Self { mean: (codes > 0).then(|| sum(values) / codes as f64), codes }
    }
}

/// One case by itself.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CaseFigures {
    /// Units that at least two coders cover.
    pub n_pairable: u64,
    /// Per code.
    pub codes: Map<Name, CaseCode>,
    /// Pooled over the codes of the level's pool that are used in this case.
    pub pooled_krippendorff_alpha: Option<f64>,
}

/// One code in one case.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct CaseCode {
    /// Observed agreement.
    pub percent_agreement: Option<f64>,
    /// Alpha.
    pub krippendorff_alpha: Option<f64>,
    /// AC1.
    pub gwet_ac1: Option<f64>,
}
