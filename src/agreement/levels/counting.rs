//! How the figures of a level are read off its tally.

use super::{
    CaseCode, CaseFigures, CodeFigures, FEW_CASES, Flag, FullLevel, LevelReport, LightKappa, Macro, Mean, Overall,
    PooledFigures,
};
use crate::agreement::coefficients::{Basis, Coefficient, Coefficients, Undefined, coefficients};
use crate::agreement::maps::Map;
use crate::agreement::numbers::{Proportion, sum};
use crate::agreement::pairs::{Pair, PairFigures};
use crate::agreement::resampling::{Clusters, Pooled, Resampling};
use crate::agreement::sets::DomainFigures;
use crate::agreement::study::{CaseDocs, Name, Study};
use crate::agreement::tally::{CodeTally, Level, Place, Tally, by_code, pairable};
use rustc_hash::FxBuildHasher;
use std::collections::{BTreeMap, HashSet};

/// Every code of a level, and the codes together; the bootstrap draws so many replicates.
pub(super) fn report(study: &Study, level: Level, tally: &Tally, bootstrap: usize) -> LevelReport {
    let n_pairable = tally.pairable();
    let by_code = by_code(&tally.places, study.codes.len());
    let Pool { active, left_out, pool } = Pool::new(study, &by_code);
    let clusters = Clusters::new(&tally.places, study.clusters(), study.codes.len(), bootstrap, study.options.seed);
    let mut pooled: Option<Pooled> = None;
    let mut proportions: BTreeMap<u64, Proportion> = BTreeMap::new();
    let mut codes: Map<Name, CodeFigures> = Map::with_capacity_and_hasher(by_code.len(), FxBuildHasher);
    for (code, counted) in by_code.iter().enumerate() {
        let replicates = clusters.replicates(code);
        let resampling = clusters.report(
            replicates.as_ref().and_then(|all| all.spread(|point| point.alpha)),
            replicates.as_ref().and_then(|all| all.spread(|point| point.ac1)),
        );
        if let Some(replicates) = replicates.filter(|_| pool.contains(&code)) {
            pooled.get_or_insert_with(|| Pooled::new(&replicates)).add(&replicates);
        }
        let unanimous = (level == Level::Case).then(|| {
            let k = counted.unanimous();
            *proportions.entry(k).or_insert_with(|| Proportion::new(k, n_pairable))
        });
        let pairs = pairs(study, level, tally, counted, code);
        let positives = study.coders.iter().enumerate().map(|(n, coder)| (coder.clone(), counted.positives(n)));
        let figures = CodeFigures {
            positives: positives.collect(),
            units_any: counted.any(),
            units_all: counted.all(),
            flags: flags(counted, n_pairable, level),
            unanimous,
            coefficients: coefficients(&counted.ratings(), Some(2)),
            light_kappa: light_kappa(&pairs),
            pairs,
            resampling,
        };
        codes.insert(study.codes[code].clone(), figures);
    }
    let overall = Overall {
        active_codes: active.len(),
        left_out_of_pool: left_out.iter().map(|&code| study.codes[code].clone()).collect(),
        pooled: pooled_figures(&codes, &pool, clusters.report(pooled.and_then(|pooled| pooled.spread()), None)),
        means: means(&codes, &pool),
    };
    LevelReport { n_units: tally.units(), n_pairable, codes, overall }
}

/// All that the report says of a level.
pub(super) fn in_full(study: &Study, level: Level, tally: &Tally) -> FullLevel {
    let figures = report(study, level, tally, study.options.bootstrap);
    let domain = |(name, codes): (&Name, &Vec<usize>)| {
        let figures = DomainFigures::new(&tally.patterns, codes, study.codes.len(), study.coders.len());
        (name.clone(), figures)
    };
    let by_itself = level != Level::Case && !study.cases.is_empty();
    let left_out: Vec<usize> =
        figures.overall.left_out_of_pool.iter().filter_map(|name| figures.codes.get_index_of(name)).collect();
    FullLevel {
        domains: study.domains.iter().map(domain).collect(),
        cases: by_itself.then(|| cases(study, &tally.places, &left_out)),
        figures,
    }
}

/// Which codes are pooled.
struct Pool {
    /// Codes that at least one coder used.
    active: Vec<usize>,
    /// Codes in use that have a descendant in use: a code and its descendants are never in one pool.
    left_out: Vec<usize>,
    /// The other codes in use.
    pool: Vec<usize>,
}

impl Pool {
    fn new(study: &Study, by_code: &[CodeTally]) -> Self {
        let active: Vec<usize> = (0..by_code.len()).filter(|&code| by_code[code].any() > 0).collect();
        let above: HashSet<&str> = active.iter().flat_map(|&code| study.tree.ancestors(&study.codes[code])).collect();
        let (left_out, pool) = active.iter().partition(|&&code| above.contains(&*study.codes[code]));
        Self { active, left_out, pool }
    }
}

fn flags(counted: &CodeTally, pairable: u64, level: Level) -> Vec<Flag> {
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
    if level == Level::Case && pairable < FEW_CASES {
        flags.push(Flag::FewCases);
    }
    flags
}

fn pairs(study: &Study, level: Level, tally: &Tally, counted: &CodeTally, code: usize) -> Vec<Pair> {
    let two = study.two_coders();
    two.map(|(a, b)| {
        let counts = counted.counts(a, b);
        Pair {
            a: study.coders[a].clone(),
            b: study.coders[b].clone(),
            counts,
            figures: PairFigures::new(counts),
            turns_without_common_text: level
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

fn pooled_figures(codes: &Map<Name, CodeFigures>, pool: &[usize], resampling: Resampling) -> PooledFigures {
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
        (Coefficient::new(agreement, Basis::Plain), Coefficient::from_disorder(observed, expected))
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

fn means(codes: &Map<Name, CodeFigures>, pool: &[usize]) -> Macro {
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
fn cases(study: &Study, places: &[Place], left_out: &[usize]) -> Map<Name, CaseFigures> {
    let mut by_case: Vec<Vec<&Place>> = vec![Vec::new(); study.cases.len()];
    for place in places {
        for &case in &study.docs[place.owner].cases {
            by_case[case].push(place);
        }
    }
    let row = |(case, places): (&CaseDocs, Vec<&Place>)| {
        let alone = Clusters::still(places.iter().copied(), study.clusters(), study.codes.len());
        let used: HashSet<usize> = places
            .iter()
            .filter(|place| place.covered.count() >= 2)
            .flat_map(|place| place.coded.iter().map(|coded| coded.code))
            .collect();
        let mut codes = Map::with_capacity_and_hasher(study.codes.len(), FxBuildHasher);
        let mut disorder: [Vec<f64>; 2] = [Vec::new(), Vec::new()];
        for (code, name) in study.codes.iter().enumerate() {
            let point = alone.whole(code);
            if let Some((observed, expected)) =
                point.disorder.filter(|_| used.contains(&code) && !left_out.contains(&code))
            {
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
