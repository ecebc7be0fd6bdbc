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
    let coders = study.coders.len();
    for (owner, doc) in study.docs.iter().enumerate() {
        let listed = doc.units[list].as_deref().unwrap_or(&[]);
        let units = listed.iter().filter(|unit| unit.start < unit.end).count() as u64;
        if units == 0 {
            continue;
        }
        let mut hits = hits(doc, listed, study.options.min_fraction, &mut tally.work.meetings);
        hits.sort_unstable();
        let mut coded: Vec<Coded> = Vec::new();
        let mut touched = 0;
        let mut sets: Vec<Vec<usize>> = vec![Vec::new(); coders];
        for unit in hits.chunk_by(|a, b| a.unit == b.unit) {
            touched += 1;
            sets.iter_mut().for_each(Vec::clear);
            for same in unit.chunk_by(|a, b| a.code == b.code) {
                let code = same[0].code;
                let by = same.iter().fold(Coders::NONE, |by, hit| by.with(Coders::only(hit.coder)));
                coded.push(Coded { code, by, units: 1 });
                by.iter().for_each(|coder| sets[coder].push(code));
                if tell_apart && by.count() >= 2 {
                    apart(doc, listed[unit[0].unit], code, by, &mut tally);
                }
            }
            let pattern = pattern(doc.covered, coders, |coder| tally.patterns.sets.number(&sets[coder]));
            tally.patterns.add(&pattern, 1);
        }
        if units > touched {
            tally.patterns.add(&empty_pattern(doc.covered, coders), units - touched);
        }
        coded.sort_unstable_by_key(|coded| (coded.code, coded.by));
        coded.dedup_by(|next, last| {
            let same = (next.code, next.by) == (last.code, last.by);
            last.units += u64::from(same);
            same
        });
        tally.places.push(Place { cluster: doc.cluster, owner, covered: doc.covered, units, coded });
    }
    Some(tally)
}

/// A coder gave a unit a code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Hit {
    unit: usize,
    code: usize,
    coder: usize,
}

fn hits(doc: &Doc, listed: &[Span], least: f64, meetings: &mut u64) -> Vec<Hit> {
    let mut hits = Vec::new();
    let enough = |unit: usize, covered: i64| {
        let length = listed[unit].end.saturating_sub(listed[unit].start);
        covered > 0 && covered as f64 >= least * length as f64
    };
    for chain in chains(listed) {
        for group in &doc.groups {
            let Group { code, coder, .. } = *group;
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
                            hits.extend(met.map(|(unit, _)| Hit { unit, code, coder }));
                        }
                    }
                }
            }
            let met = last.filter(|&(unit, covered)| enough(unit, covered));
            hits.extend(met.map(|(unit, _)| Hit { unit, code, coder }));
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
