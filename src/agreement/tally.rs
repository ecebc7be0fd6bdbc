//! What was counted at one level: per document (or case) how many units which coders gave which code, and how often
//! each pattern of code sets occurs. All figures of a level are read off this, and off nothing else.

use super::coefficients::Ratings;
use super::pairs::Counts;
use super::ranges::Coders;
use super::sets::{Pattern, Patterns, Sets};
use super::study::Study;
use crate::agreement::maps::Lookup;
use serde::Serialize;
use std::collections::BTreeMap;

mod chars;
mod passages;

/// What agreement is counted on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A Unicode scalar value.
    Char,
    /// A word.
    Word,
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
    /// A speaker's turn.
    Turn,
    /// A passage that was handed out.
    Given,
    /// A document as a whole.
    Source,
    /// A case as a whole: all its documents.
    Case,
}

impl Level {
    /// All of them, from the smallest.
    pub const ALL: [Self; 8] =
        [Self::Char, Self::Word, Self::Sentence, Self::Paragraph, Self::Turn, Self::Given, Self::Source, Self::Case];

    /// Its place among the lists of units that a document may have.
    const fn list(self) -> Option<usize> {
        match self {
            Self::Word => Some(0),
            Self::Sentence => Some(1),
            Self::Paragraph => Some(2),
            Self::Turn => Some(3),
            Self::Given => Some(4),
            Self::Char | Self::Source | Self::Case => None,
        }
    }

    /// Whether two coders can give a unit the same code for passages that never touch, and it is said how often.
    pub(super) const fn may_lack_common_text(self) -> bool {
        matches!(self, Self::Sentence | Self::Paragraph | Self::Turn | Self::Given)
    }
}

/// How much was looked at. It grows with the codings and with the lists of units, never with the length of a text.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Work {
    /// Borders of codings that were swept over.
    pub borders: u64,
    /// Meetings of a coding and a unit of a list.
    pub meetings: u64,
}

/// The units of one document, or one case.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) cluster: usize,
    /// The document's number; at case level, the case's.
    pub(super) owner: usize,
    /// Who covers it.
    pub(super) covered: Coders,
    pub(super) units: u64,
    /// Units to which at least one coder gave a code, by code; the rest of the units nobody gave it.
    pub(super) coded: Vec<Coded>,
}

/// Units to which just these coders gave a code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Coded {
    pub(super) code: usize,
    pub(super) by: Coders,
    pub(super) units: u64,
}

/// A level.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) places: Vec<Place>,
    pub(super) patterns: Patterns,
    /// Per two coders and code, units to which both gave it without a char in common.
    pub(super) apart: Lookup<(usize, usize, usize), u64>,
    pub(super) work: Work,
}

impl Tally {
    /// None where no document has such units.
    pub(super) fn new(study: &Study, level: Level) -> Option<Self> {
        match level {
            Level::Char => Some(chars::tally(study)),
            Level::Source => Some(sources(study)),
            Level::Case => (!study.cases.is_empty()).then(|| cases(study)),
            Level::Word | Level::Sentence | Level::Paragraph | Level::Turn | Level::Given => {
                passages::tally(study, level.list()?, level.may_lack_common_text())
            }
        }
    }

    /// Units that at least two coders cover.
    pub(super) fn pairable(&self) -> u64 {
        pairable(&self.places)
    }

    /// All units.
    pub(super) fn units(&self) -> u64 {
        self.places.iter().map(|place| place.units).sum()
    }

    /// Adds a place of one unit in which `given` has been coded: (code, coder), sorted.
    fn add_whole(&mut self, cluster: usize, owner: usize, covered: Coders, given: &[(usize, usize)], coders: usize) {
        let mut coded: Vec<Coded> = Vec::new();
        let mut sets: Vec<Vec<usize>> = vec![Vec::new(); coders];
        for same in given.chunk_by(|a, b| a.0 == b.0) {
            let by = same.iter().fold(Coders::NONE, |by, &(_, coder)| by.with(Coders::only(coder)));
            coded.push(Coded { code: same[0].0, by, units: 1 });
            for coder in by.iter() {
                sets[coder].push(same[0].0);
            }
        }
        let pattern = pattern(covered, coders, |coder| self.patterns.sets.number(&sets[coder]));
        self.patterns.add(&pattern, 1);
        self.places.push(Place { cluster, owner, covered, units: 1, coded });
    }
}

/// Units of these places that at least two coders cover.
pub(super) fn pairable<'a>(places: impl IntoIterator<Item = &'a Place>) -> u64 {
    places.into_iter().filter(|place| place.covered.count() >= 2).map(|place| place.units).sum()
}

/// A value for each coder who covers a unit.
fn pattern(covered: Coders, coders: usize, mut value: impl FnMut(usize) -> usize) -> Vec<Option<usize>> {
    (0..coders).map(|coder| covered.has(coder).then(|| value(coder))).collect()
}

/// The pattern of a unit to which nobody gave anything.
fn empty_pattern(covered: Coders, coders: usize) -> Box<Pattern> {
    pattern(covered, coders, |_| Sets::EMPTY).into()
}

fn sources(study: &Study) -> Tally {
    let mut tally = Tally::default();
    for (owner, doc) in study.docs.iter().enumerate() {
        let given: Vec<(usize, usize)> = doc.groups.iter().map(|group| (group.code, group.coder)).collect();
        tally.add_whole(doc.cluster, owner, doc.covered, &given, study.coders.len());
    }
    tally
}

/// Whoever has not covered all documents of a case has no say in it.
pub(super) fn cases(study: &Study) -> Tally {
    let mut tally = Tally::default();
    for (owner, case) in study.cases.iter().enumerate() {
        let all = (0..study.coders.len()).map(Coders::only).fold(Coders::NONE, Coders::with);
        let missing =
            case.docs.iter().fold(Coders::NONE, |missing, &doc| missing.with(all.without(study.docs[doc].covered)));
        let covered = all.without(missing);
        let groups = case.docs.iter().flat_map(|&doc| &study.docs[doc].groups);
        let mut given: Vec<(usize, usize)> =
            groups.filter(|group| covered.has(group.coder)).map(|group| (group.code, group.coder)).collect();
        given.sort_unstable();
        given.dedup();
        tally.add_whole(owner, owner, covered, &given, study.coders.len());
    }
    tally
}

/// One code at one level: how many units which coders cover, and which of them gave the code.
#[derive(Clone, Debug, Default)]
pub(super) struct CodeTally {
    rows: Vec<Row>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    covered: Coders,
    by: Coders,
    units: u64,
}

/// Every code's tally over these places.
pub(super) fn by_code(places: &[Place], codes: usize) -> Vec<CodeTally> {
    let mut bases: BTreeMap<Coders, u64> = BTreeMap::new();
    let mut given: Vec<BTreeMap<(Coders, Coders), u64>> = vec![BTreeMap::new(); codes];
    for place in places {
        *bases.entry(place.covered).or_default() += place.units;
        for coded in &place.coded {
            *given[coded.code].entry((place.covered, coded.by)).or_default() += coded.units;
        }
    }
    let tally = |given: BTreeMap<(Coders, Coders), u64>| {
        let mut left = bases.clone();
        let mut rows: Vec<Row> = Vec::with_capacity(given.len() + left.len());
        for ((covered, by), units) in given {
            if let Some(left) = left.get_mut(&covered) {
                *left -= units;
            }
            rows.push(Row { covered, by, units });
        }
        rows.extend(left.into_iter().map(|(covered, units)| Row { covered, by: Coders::NONE, units }));
        rows.retain(|row| row.units > 0);
        CodeTally { rows }
    };
    given.into_iter().map(tally).collect()
}

impl CodeTally {
    fn pairable(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.covered.count() >= 2)
    }

    fn sum<'a>(rows: impl Iterator<Item = &'a Row>) -> u64 {
        rows.map(|row| row.units).sum()
    }

    /// Units to which a coder gave the code, pairable or not.
    pub(super) fn positives(&self, coder: usize) -> u64 {
        Self::sum(self.rows.iter().filter(|row| row.by.has(coder)))
    }

    /// Pairable units to which at least one coder gave it.
    pub(super) fn any(&self) -> u64 {
        Self::sum(self.pairable().filter(|row| !row.by.is_empty()))
    }

    /// Pairable units to which all who cover them gave it.
    pub(super) fn all(&self) -> u64 {
        Self::sum(self.pairable().filter(|row| row.by == row.covered))
    }

    /// Pairable units on which all who cover them say the same.
    pub(super) fn unanimous(&self) -> u64 {
        Self::sum(self.pairable().filter(|row| row.by.is_empty() || row.by == row.covered))
    }

    /// Pairable units to which more than half of those who cover them gave it.
    pub(super) fn majority(&self) -> u64 {
        Self::sum(self.pairable().filter(|row| 2 * row.by.count() > row.covered.count()))
    }

    /// Coders who gave it to a pairable unit.
    pub(super) fn users(&self) -> Coders {
        self.pairable().fold(Coders::NONE, |users, row| users.with(row.by))
    }

    /// The four counts of two coders.
    pub(super) fn counts(&self, a: usize, b: usize) -> Counts {
        let mut counts = Counts::default();
        for row in self.rows.iter().filter(|row| row.covered.has(a) && row.covered.has(b)) {
            counts.add(row.by.has(a), row.by.has(b), row.units);
        }
        counts
    }

    /// The ratings: 1 given, 0 not.
    pub(super) fn ratings(&self) -> Ratings {
        let mut merged: BTreeMap<(u64, u64), u64> = BTreeMap::new();
        for row in &self.rows {
            *merged.entry((row.covered.count(), row.by.count())).or_default() += row.units;
        }
        let mut ratings = Ratings::default();
        for ((covered, by), units) in merged {
            ratings.push(units, [(0, covered - by), (1, by)]);
        }
        ratings
    }
}
