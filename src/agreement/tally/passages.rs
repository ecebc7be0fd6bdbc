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
    // What one document needed, the next can use.
    let (mut met, mut hits) = (Vec::new(), ByUnit::default());
    for (owner, doc) in study.docs.iter().enumerate() {
        let listed = doc.units[list].as_deref().unwrap_or(&[]);
        let units = listed.iter().filter(|unit| unit.start < unit.end).count() as u64;
        if units > 0 {
            meet(doc, listed, study.options.min_fraction, &mut met, &mut tally.work.meetings);
            hits.sort(&met, listed.len());
            if tell_apart {
                hits.tell_apart(doc, listed, &mut tally);
            }
            let coded = hits.count(doc, units, study.coders.len(), &mut tally);
            tally.places.push(Place { cluster: doc.cluster, owner, covered: doc.covered, units, coded });
        }
    }
    Some(tally)
}

/// A coder gave a unit a code. Small, because there are many: numbers of units, codes and coders are below 2³², or the
/// input would not fit into memory.
#[derive(Clone, Copy, Debug)]
struct Hit {
    unit: u32,
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
#[derive(Default)]
struct ByUnit {
    given: Vec<Given>,
    /// Per unit where its part of the list ends.
    ends: Vec<u32>,
}

impl ByUnit {
    /// Sorts by counting: hits of one unit keep their order, in which they are by code and coder already.
    fn sort(&mut self, hits: &[Hit], units: usize) {
        let Self { given, ends } = self;
        ends.clear();
        ends.resize(units, 0);
        hits.iter().for_each(|hit| ends[hit.unit as usize] += 1);
        let mut before = 0;
        for end in ends.iter_mut() {
            before += std::mem::replace(end, before);
        }
        given.resize(hits.len(), Given::default());
        for hit in hits {
            let end = &mut ends[hit.unit as usize];
            given[*end as usize] = hit.given;
            *end += 1;
        }
    }

    /// The units to which anything was given, and what.
    fn units(&self) -> impl Iterator<Item = (usize, &[Given])> {
        let mut from = 0;
        self.ends.iter().enumerate().filter_map(move |(unit, &end)| {
            let given = &self.given[std::mem::replace(&mut from, end) as usize..end as usize];
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
fn meet(doc: &Doc, listed: &[Span], least: f64, hits: &mut Vec<Hit>, meetings: &mut u64) {
    hits.clear();
    let enough = |&(unit, covered): &(usize, i64)| {
        let length = listed[unit].end.saturating_sub(listed[unit].start);
        covered > 0 && covered as f64 >= least * length as f64
    };
    for chain in chains(listed) {
        for group in &doc.groups {
            let Group { code, coder, .. } = *group;
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
                            let met = last.replace((unit, covers)).filter(enough);
                            hits.extend(met.map(|(unit, _)| Hit { unit: unit as u32, given }));
                        }
                    }
                }
            }
            let met = last.filter(enough);
            hits.extend(met.map(|(unit, _)| Hit { unit: unit as u32, given }));
        }
    }
}

/// The units without those of no length, in as few chains as it takes for the units of a chain not to overlap: mostly
/// one. In a chain, starts and ends rise together, so that units can be found by halves.
fn chains(listed: &[Span]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..listed.len()).filter(|&n| listed[n].start < listed[n].end).collect();
    if order.windows(2).all(|two| listed[two[0]].end <= listed[two[1]].start) {
        return vec![order];
    }
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
