//! How many cases have a code, and which of them are in dispute: what the tables of a paper will feel.

use super::ranges::Coders;
use super::study::{Name, Study};
use super::tally::{CodeTally, Place, by_code, cases, pairable};
use crate::agreement::maps::Map;
use serde::Serialize;

/// Per code, in the order of the input.
pub type CaseTable = Map<Name, CaseRow>;

/// The cases of one code. Until the disputes are settled, “n of N” is the interval from `all` to `any`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CaseRow {
    /// Per coder, cases in which he or she gave the code, of those covered whole.
    pub per_coder: Map<Name, u64>,
    /// Per coder, cases covered whole.
    pub coded_cases: Map<Name, u64>,
    /// Cases that at least two coders cover whole.
    pub pairable: u64,
    /// Of those, cases in which at least one gave the code.
    pub any: u64,
    /// Cases in which all who cover them gave it.
    pub all: u64,
    /// Cases in which more than half of those who cover them gave it.
    pub majority: u64,
    /// Pairable cases in which some gave it and some did not.
    pub disputed: Vec<Name>,
}

impl Study {
    /// The case table; none where there are no cases.
    #[must_use]
    pub fn case_table(&self) -> Option<CaseTable> {
        if self.cases.is_empty() {
            return None;
        }
        let places = cases(self).places;
        let pairable = pairable(&places);
        let per_coder = |count: &dyn Fn(usize) -> u64| -> Map<Name, u64> {
            self.coders.iter().enumerate().map(|(n, coder)| (coder.clone(), count(n))).collect()
        };
        let coded_cases = per_coder(&|coder| places.iter().filter(|place| place.covered.has(coder)).count() as u64);
        let disputed = disputed(&places, self.codes.len());
        let row = |(code, counted): (usize, CodeTally)| {
            let row = CaseRow {
                per_coder: per_coder(&|coder| counted.positives(coder)),
                coded_cases: coded_cases.clone(),
                pairable,
                any: counted.any(),
                all: counted.all(),
                majority: counted.majority(),
                disputed: disputed[code].iter().map(|&case| self.cases[case].name.clone()).collect(),
            };
            (self.codes[code].clone(), row)
        };
        Some(by_code(&places, self.codes.len()).into_iter().enumerate().map(row).collect())
    }

    /// Per code the cases in dispute, in order.
    pub(super) fn disputed_cases(&self) -> Vec<Vec<usize>> {
        disputed(&cases(self).places, self.codes.len())
    }
}

/// Per code the cases that some who cover them gave the code and some did not.
fn disputed(places: &[Place], codes: usize) -> Vec<Vec<usize>> {
    let mut disputed: Vec<Vec<usize>> = vec![Vec::new(); codes];
    for place in places {
        for coded in &place.coded {
            if coded.by != Coders::NONE && coded.by != place.covered {
                disputed[coded.code].push(place.owner);
            }
        }
    }
    disputed
}
