//! One level of the report: every code, the pooled figures, the domains, and each case by itself.

use super::coefficients::{Coefficient, Coefficients, Undefined, coefficients};
use super::numbers::{Proportion, sum};
use super::pairs::{Pair, PairFigures};
use super::resampling::{Clusters, Pooled, Resampling};
use super::sets::DomainFigures;
use super::study::{Name, Study};
use super::tally::{CodeTally, Place, Tally, Unit, Work, by_code, pairable};
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

/// With fewer pairable cases than these, a single code shows no coefficient at case level: “3 of 5 agree” instead.
pub const FEW_CASES: u64 = 10;

/// A level.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Level {
    /// All units.
    pub n_units: u64,
    /// Units that at least two coders cover.
    pub n_pairable: u64,
    /// Per code, in the order of the input.
    pub codes: IndexMap<Name, CodeFigures>,
    /// All codes together.
    pub overall: Overall,
    /// Per domain.
    pub domains: IndexMap<Name, DomainFigures>,
    /// Each case by itself; not at case level, nor where there are no cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cases: Option<IndexMap<Name, CaseFigures>>,
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
    pub positives: IndexMap<Name, u64>,
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
    pub codes: IndexMap<Name, CaseCode>,
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

/// The figures of a level; none where no document has such units.
pub(super) fn level(study: &Study<'_>, unit: Unit, work: &mut Work) -> Option<Level> {
    let tally = Tally::new(study, unit)?;
    work.borders += tally.work.borders;
    work.meetings += tally.work.meetings;
    let n_pairable = tally.pairable();
    let by_code = by_code(&tally.places, study.codes.len());
    let active: Vec<usize> = (0..by_code.len()).filter(|&code| by_code[code].any() > 0).collect();
    let left_out = left_out_of_pool(study, &active);
    let pool: Vec<usize> = active.iter().copied().filter(|code| !left_out.contains(code)).collect();
    let options = &study.draft.options;
    let clusters =
        Clusters::new(&tally.places, study.clusters(), study.codes.len(), options.bootstrap, options.seed);
    let mut pooled: Option<Pooled> = None;
    let mut proportions: BTreeMap<u64, Proportion> = BTreeMap::new();
    let mut codes: IndexMap<Name, CodeFigures> = IndexMap::with_capacity(by_code.len());
    for (code, counted) in by_code.iter().enumerate() {
        let replicates = clusters.replicates(code);
        let resampling = clusters.report(
            replicates.as_ref().and_then(|all| all.spread(|point| point.alpha)),
            replicates.as_ref().and_then(|all| all.spread(|point| point.ac1)),
        );
        if let Some(replicates) = replicates.filter(|_| pool.contains(&code)) {
            pooled.get_or_insert_with(|| Pooled::new(&replicates)).add(&replicates);
        }
        let unanimous = (unit == Unit::Case).then(|| {
            let k = counted.unanimous();
            *proportions.entry(k).or_insert_with(|| Proportion::new(k, n_pairable))
        });
        let pairs = pairs(study, unit, &tally, counted, code);
        codes.insert(
            study.codes[code].clone(),
            CodeFigures {
                positives: study.coders.iter().enumerate().map(|(n, coder)| (coder.clone(), counted.positives(n))).collect(),
                units_any: counted.any(),
                units_all: counted.all(),
                flags: flags(counted, n_pairable, unit),
                unanimous,
                coefficients: coefficients(&counted.ratings(), Some(2)),
                light_kappa: light_kappa(&pairs),
                pairs,
                resampling,
            },
        );
    }
    let overall = Overall {
        active_codes: active.len(),
        left_out_of_pool: left_out.iter().map(|&code| study.codes[code].clone()).collect(),
        pooled: pooled_figures(&codes, &pool, clusters.report(pooled.and_then(|pooled| pooled.spread()), None)),
        means: means(&codes, &pool),
    };
    let domain = |(name, codes): (&Name, &Vec<usize>)| {
        let figures = DomainFigures::new(&tally.patterns, codes, study.codes.len(), study.coders.len());
        (name.clone(), figures)
    };
    Some(Level {
        n_units: tally.units(),
        n_pairable,
        codes,
        overall,
        domains: study.domains.iter().map(domain).collect(),
        cases: (unit != Unit::Case && !study.cases.is_empty()).then(|| cases(study, &tally.places, &left_out)),
    })
}

/// Codes in use that have a descendant in use: a code and its descendants are never in one pool.
fn left_out_of_pool(study: &Study<'_>, active: &[usize]) -> Vec<usize> {
    let above: HashSet<&str> = active.iter().flat_map(|&code| study.tree.ancestors(&study.codes[code])).collect();
    active.iter().copied().filter(|&code| above.contains(&*study.codes[code])).collect()
}

fn flags(counted: &CodeTally, pairable: u64, unit: Unit) -> Vec<Flag> {
    let mut flags = Vec::new();
    let any = counted.any();
    if any == 0 {
        flags.push(Flag::Unused);
    } else {
        if counted.users().count() == 1 {
            flags.push(Flag::OneSided);
        }
        if any.min(pairable - counted.all()) < 5 {
            flags.push(Flag::Sparse);
        }
    }
    if unit == Unit::Case && pairable < FEW_CASES {
        flags.push(Flag::FewCases);
    }
    flags
}

fn pairs(study: &Study<'_>, unit: Unit, tally: &Tally, counted: &CodeTally, code: usize) -> Vec<Pair> {
    let coders = study.coders.len();
    let two = (0..coders).flat_map(|a| (a + 1..coders).map(move |b| (a, b)));
    two.map(|(a, b)| {
        let counts = counted.counts(a, b);
        Pair {
            a: study.coders[a].clone(),
            b: study.coders[b].clone(),
            counts,
            figures: PairFigures::new(counts),
            turns_without_common_text: unit
                .may_lack_common_text()
                .then(|| tally.apart.get(&(a, b, code)).copied().unwrap_or(0)),
        }
    })
    .collect()
}

fn light_kappa(pairs: &[Pair]) -> LightKappa {
    let kappas: Vec<f64> = pairs.iter().filter_map(|pair| pair.figures.as_ref()?.cohen_kappa.value).collect();
    let pairs = kappas.len();
    let value = (pairs > 0).then(|| sum(kappas) / pairs as f64);
    LightKappa { value, reason: value.is_none().then_some(Undefined::NoVariation), pairs }
}

fn pooled_figures(codes: &IndexMap<Name, CodeFigures>, pool: &[usize], resampling: Resampling) -> PooledFigures {
    let used: Vec<&Coefficients> =
        pool.iter().map(|&code| &codes[code].coefficients).filter(|figures| figures.n_pairable > 0).collect();
    let mean = |of: &dyn Fn(&Coefficients) -> Option<f64>| {
        sum(used.iter().filter_map(|figures| of(figures))) / used.len() as f64
    };
    let chance = |of: &dyn Fn(&Coefficients) -> &Coefficient| {
        if used.is_empty() {
            return Coefficient::unpaired();
        }
        let pa = mean(&|figures| of(figures).chance().map(|(pa, _)| pa));
        let pe = mean(&|figures| of(figures).chance().map(|(_, pe)| pe));
        Coefficient::beyond_chance(pa, pe)
    };
    let (percent_agreement, krippendorff_alpha) = if used.is_empty() {
        (Coefficient::unpaired(), Coefficient::unpaired())
    } else {
        let observed = mean(&|figures| figures.krippendorff_alpha.disorder().map(|(observed, _)| observed));
        let expected = mean(&|figures| figures.krippendorff_alpha.disorder().map(|(_, expected)| expected));
        let agreement = mean(&|figures| figures.percent_agreement.value);
        (Coefficient::new(agreement, super::coefficients::Basis::Plain), Coefficient::from_disorder(observed, expected))
    };
    PooledFigures {
        percent_agreement,
        krippendorff_alpha,
        gwet_ac1: chance(&|figures| &figures.gwet_ac1),
        fleiss_kappa: chance(&|figures| &figures.fleiss_kappa),
        brennan_prediger: chance(&|figures| &figures.brennan_prediger),
        resampling,
    }
}

fn means(codes: &IndexMap<Name, CodeFigures>, pool: &[usize]) -> Macro {
    let mean = |of: &dyn Fn(&CodeFigures) -> Option<f64>| Mean::of(pool.iter().map(|&code| of(&codes[code])));
    Macro {
        krippendorff_alpha: mean(&|figures| figures.coefficients.krippendorff_alpha.value),
        gwet_ac1: mean(&|figures| figures.coefficients.gwet_ac1.value),
        fleiss_kappa: mean(&|figures| figures.coefficients.fleiss_kappa.value),
        brennan_prediger: mean(&|figures| figures.coefficients.brennan_prediger.value),
        percent_agreement: mean(&|figures| figures.coefficients.percent_agreement.value),
        light_kappa: mean(&|figures| figures.light_kappa.value),
    }
}

/// Each case by itself: the units of its documents.
fn cases(study: &Study<'_>, places: &[Place], left_out: &[usize]) -> IndexMap<Name, CaseFigures> {
    let mut by_case: Vec<Vec<&Place>> = vec![Vec::new(); study.cases.len()];
    for place in places {
        for &case in &study.docs[place.owner].cases {
            by_case[case].push(place);
        }
    }
    let row = |(case, places): (&super::study::CaseDocs, Vec<&Place>)| {
        let alone = Clusters::still(places.iter().copied(), study.clusters(), study.codes.len());
        let used: HashSet<usize> = places
            .iter()
            .filter(|place| place.covered.count() >= 2)
            .flat_map(|place| place.coded.iter().map(|coded| coded.code))
            .collect();
        let mut codes = IndexMap::with_capacity(study.codes.len());
        let mut disorder: [Vec<f64>; 2] = [Vec::new(), Vec::new()];
        for (code, name) in study.codes.iter().enumerate() {
            let point = alone.whole(code);
            if let Some((observed, expected)) = point.disorder.filter(|_| used.contains(&code) && !left_out.contains(&code)) {
                disorder[0].push(observed);
                disorder[1].push(expected);
            }
            let figures =
                CaseCode { percent_agreement: point.percent, krippendorff_alpha: point.alpha, gwet_ac1: point.ac1 };
            codes.insert(name.clone(), figures);
        }
        let [observed, expected] = disorder.map(sum);
        let figures = CaseFigures {
            n_pairable: pairable(places),
            codes,
            pooled_krippendorff_alpha: Coefficient::from_disorder(observed, expected).value,
        };
        (case.name.clone(), figures)
    };
    study.cases.iter().zip(by_case).map(row).collect()
}
