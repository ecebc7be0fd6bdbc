//! Words, sentences, paragraphs, turns, given passages: units listed by the input. Each coding looks only at the units
//! that it meets.

use super::{Coded, Place, Tally, empty_pattern, pattern};
use crate::agreement::ranges::{Coders, Span, touching};
use crate::agreement::study::{Doc, Group, Study};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// None where no document has the list.
pub(super) fn tally(study: &Study, list: usize, tell_apart: bool) -> Option<Tally> {
    if study.docs.iter().all(|doc| doc.units[list].is_none()) {
        return None;
    }
    let mut tally = Tally::default();
    for (owner, doc) in study.docs.iter().enumerate() {
        let listed = doc.units[list].as_deref().unwrap_or(&[]);
        let units = listed.iter().filter(|unit| unit.start < unit.end).count() as u64;
        if units > 0 {
            let hits = hits(doc, listed, study.options.min_fraction, &mut tally.work.meetings);
            let hits = ByUnit::new(&hits, listed.len());
            if tell_apart {
                hits.tell_apart(doc, listed, &mut tally);
            }
            let coded = hits.count(doc, units, study.coders.len(), &mut tally);
            tally.places.push(Place { cluster: doc.cluster, owner, covered: doc.covered, units, coded });
        }
    }
    Some(tally)
}

/// A coder gave a unit a code.
#[derive(Clone, Copy, Debug)]
struct Hit {
    unit: usize,
    given: Given,
}

/// Who gave which code.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
struct Given {
    code: u32,
    coder: u32,
}

impl Given {
    fn by(same: &[Self]) -> Coders {
        same.iter().fold(Coders::NONE, |by, given| by.with(Coders::only(given.coder as usize)))
    }
}

/// What was given, unit after unit; within a unit by code, then coder.
struct ByUnit {
    given: Vec<Given>,
    /// Per unit where its part of the list ends.
    ends: Vec<usize>,
}

impl ByUnit {
    /// Sorts by counting: hits of one unit keep their order, in which they are by code and coder already.
    fn new(hits: &[Hit], units: usize) -> Self {
        let mut ends = vec![0; units];
        hits.iter().for_each(|hit| ends[hit.unit] += 1);
        let mut before = 0;
        for end in &mut ends {
            before += std::mem::replace(end, before);
        }
        let mut given = vec![Given::default(); hits.len()];
        for hit in hits {
            given[ends[hit.unit]] = hit.given;
            ends[hit.unit] += 1;
        }
        Self { given, ends }
    }

    /// The units to which anything was given, and what.
    fn units(&self) -> impl Iterator<Item = (usize, &[Given])> {
        let mut from = 0;
        self.ends.iter().enumerate().filter_map(move |(unit, &end)| {
            let given = &self.given[std::mem::replace(&mut from, end)..end];
            (!given.is_empty()).then_some((unit, given))
        })
    }

    /// Counts who gave what, and the patterns. One coding goes over many words: neighbours to which the same was given
    /// are counted together.
    fn count(&self, doc: &Doc, units: u64, coders: usize, tally: &mut Tally) -> Vec<Coded> {
        let mut coded: Vec<Coded> = Vec::new();
        let mut sets: Vec<Vec<usize>> = vec![Vec::new(); coders];
        let mut untouched = units;
        let mut all = self.units().map(|(_, given)| given).peekable();
        while let Some(given) = all.next() {
            let mut alike = 1;
            while all.next_if(|next| *next == given).is_some() {
                alike += 1;
            }
            untouched -= alike;
            sets.iter_mut().for_each(Vec::clear);
            for same in given.chunk_by(|a, b| a.code == b.code) {
                let (code, by) = (same[0].code as usize, Given::by(same));
                coded.push(Coded { code, by, units: alike });
                by.iter().for_each(|coder| sets[coder].push(code));
            }
            let pattern = pattern(doc.covered, coders, |coder| tally.patterns.sets.number(&sets[coder]));
            tally.patterns.add(&pattern, alike);
        }
        if untouched > 0 {
            tally.patterns.add(&empty_pattern(doc.covered, coders), untouched);
        }
        coded.sort_unstable_by_key(|coded| (coded.code, coded.by));
        coded.dedup_by(|next, last| {
            let same = (next.code, next.by) == (last.code, last.by);
            last.units += if same { next.units } else { 0 };
            same
        });
        coded
    }

    /// Counts the units that two coders gave a code without a char in common.
    fn tell_apart(&self, doc: &Doc, listed: &[Span], tally: &mut Tally) {
        for (unit, given) in self.units() {
            for same in given.chunk_by(|a, b| a.code == b.code).filter(|same| same.len() >= 2) {
                apart(doc, listed[unit], same[0].code as usize, Given::by(same), tally);
            }
        }
    }
}

/// Who gave which unit which code: of a unit, by code, then coder.
fn hits(doc: &Doc, listed: &[Span], least: f64, meetings: &mut u64) -> Vec<Hit> {
    let mut hits = Vec::new();
    let enough = |unit: usize, covered: i64| {
        let length = listed[unit].end.saturating_sub(listed[unit].start);
        covered > 0 && covered as f64 >= least * length as f64
    };
    for chain in chains(listed) {
        for group in &doc.groups {
            let Group { code, coder, .. } = *group;
            // There are fewer codes than codings, and fewer coders than 128.
            let given = Given { code: code as u32, coder: coder as u32 };
            // The unit that was met last and how much of it is covered so far: the next piece may lie in it too.
            let mut last: Option<(usize, i64)> = None;
            for &piece in doc.pieces(group) {
                let first = chain.partition_point(|&unit| listed[unit].end <= piece.start);
                for &unit in chain[first..].iter().take_while(|&&unit| listed[unit].start < piece.end) {
                    *meetings += 1;
                    let covers = piece.common(listed[unit]).map_or(0, Span::length);
                    match &mut last {
                        Some((same, covered)) if *same == unit => *covered += covers,
                        _ => {
                            let met = last.replace((unit, covers)).filter(|&(unit, covered)| enough(unit, covered));
                            hits.extend(met.map(|(unit, _)| Hit { unit, given }));
                        }
                    }
                }
            }
            let met = last.filter(|&(unit, covered)| enough(unit, covered));
            hits.extend(met.map(|(unit, _)| Hit { unit, given }));
        }
    }
    hits
}

/// The units without those of no length, in as few chains as it takes for the units of a chain not to overlap: mostly
/// one. In a chain, starts and ends rise together, so that units can be found by halves.
fn chains(listed: &[Span]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..listed.len()).filter(|&n| listed[n].start < listed[n].end).collect();
    order.sort_by_key(|&n| listed[n]);
    let mut chains: Vec<Vec<usize>> = Vec::new();
    let mut free: BinaryHeap<Reverse<(i64, usize)>> = BinaryHeap::new();
    for n in order {
        let chain = match free.peek() {
            Some(&Reverse((end, chain))) if end <= listed[n].start => {
                free.pop();
                chain
            }
            _ => {
                chains.push(Vec::new());
                chains.len() - 1
            }
        };
        chains[chain].push(n);
        free.push(Reverse((listed[n].end, chain)));
    }
    chains
}

/// Counts the pairs of coders who gave `unit` this code without a char of it in common.
fn apart(doc: &Doc, unit: Span, code: usize, by: Coders, tally: &mut Tally) {
    let inside = |coder: usize| touching(doc.pieces_of(code, coder), unit);
    for a in by.iter() {
        for b in by.iter().filter(|&b| b > a) {
            let shares =
                |x: Span| inside(b).iter().any(|&y| x.common(y).is_some_and(|both| both.common(unit).is_some()));
            if !inside(a).iter().any(|&x| shares(x)) {
                *tally.apart.entry((a, b, code)).or_default() += 1;
            }
        }
    }
}
