//! Agreement on segments: a segment is found again when a segment of the other coder with the same code shares enough
//! with it. Directions are added up, so that this is Holsti's coefficient and F1 where matches are one to one.

use super::input::Threshold;
use super::ranges::{Span, touching};
use super::study::{Name, Study};
use crate::agreement::maps::Map;
use rustc_hash::FxBuildHasher;
use serde::Serialize;

/// Two coders.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SegmentPair {
    /// The first.
    pub a: Name,
    /// The second.
    pub b: Name,
    /// Per threshold, as it is written in the input.
    pub thresholds: Map<String, SegmentLevel>,
}

/// One threshold.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SegmentLevel {
    /// Per code.
    pub codes: Map<Name, SegmentCounts>,
    /// All codes together.
    pub overall: SegmentOverall,
}

/// Segments and how many were found again.
#[derive(Clone, Copy, PartialEq, Default, Debug, Serialize)]
pub struct SegmentCounts {
    /// The first coder's.
    pub segments_a: u64,
    /// The second's.
    pub segments_b: u64,
    /// Those of the first that the second has too.
    pub matched_a: u64,
    /// Those of the second that the first has too.
    pub matched_b: u64,
    /// The share of all that were found again; none where there are none.
    pub agreement: Option<f64>,
}

impl SegmentCounts {
    fn add(&mut self, other: Self) {
        self.segments_a += other.segments_a;
        self.segments_b += other.segments_b;
        self.matched_a += other.matched_a;
        self.matched_b += other.matched_b;
        let all = self.segments_a + self.segments_b;
        self.agreement = (all > 0).then(|| (self.matched_a + self.matched_b) as f64 / all as f64);
    }
}

/// All codes together.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct SegmentOverall {
    /// The sums.
    #[serde(flatten)]
    pub counts: SegmentCounts,
    /// Codes that either of the two used.
    pub codes_used: u64,
    /// Agreement beyond a chance of one in so many codes; none with fewer than two.
    pub brennan_prediger: Option<f64>,
}

impl Study {
    /// Agreement on segments for every two coders, at each threshold of the options.
    #[must_use]
    pub fn segments(&self) -> Vec<SegmentPair> {
        let pair = |(a, b): (usize, usize)| SegmentPair {
            a: self.coders[a].clone(),
            b: self.coders[b].clone(),
            thresholds: self
                .options
                .segment_thresholds
                .iter()
                .map(|threshold| (threshold.name(), self.segment_level(a, b, threshold)))
                .collect(),
        };
        self.two_coders().map(pair).collect()
    }

    fn segment_level(&self, a: usize, b: usize, threshold: &Threshold) -> SegmentLevel {
        let least = threshold.value();
        let mut all = SegmentCounts::default();
        let mut codes_used = 0;
        let mut codes = Map::with_capacity_and_hasher(self.codes.len(), FxBuildHasher);
        for (code, name) in self.codes.iter().enumerate() {
            let mut counts = SegmentCounts::default();
            for doc in self.docs.iter().filter(|doc| doc.covered.has(a) && doc.covered.has(b)) {
                let (of_a, of_b) = (doc.pieces_of(code, a), doc.pieces_of(code, b));
                counts.add(SegmentCounts {
                    segments_a: of_a.len() as u64,
                    segments_b: of_b.len() as u64,
                    matched_a: matched(of_a, of_b, least),
                    matched_b: matched(of_b, of_a, least),
                    agreement: None,
                });
            }
            codes_used += u64::from(counts.agreement.is_some());
            all.add(counts);
            codes.insert(name.clone(), counts);
        }
        let chance = 1.0 / codes_used as f64;
        let beyond = |agreement: f64| (agreement - chance) / (1.0 - chance);
        let brennan_prediger = all.agreement.filter(|_| codes_used >= 2).map(beyond);
        SegmentLevel { codes, overall: SegmentOverall { counts: all, codes_used, brennan_prediger } }
    }
}

/// How many of `segments` have one of `others` that shares at least this part of the chars of both.
fn matched(segments: &[Span], others: &[Span], least: Option<f64>) -> u64 {
    let found = |segment: &&Span| {
        touching(others, **segment).iter().any(|other| {
            let shared = segment.end.min(other.end) - segment.start.max(other.start);
            let either = segment.end.max(other.end) - segment.start.min(other.start);
            least.is_none_or(|least| shared as f64 >= least * either as f64 - 1e-12)
        })
    };
    segments.iter().filter(found).count() as u64
}
