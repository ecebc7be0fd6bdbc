//! Chars: the borders of the codings are sorted and swept; between two of them nothing changes, however much text
//! lies there.

use super::{Coded, Place, Tally, empty_pattern, pattern};
use crate::agreement::ranges::{Span, runs};
use crate::agreement::sets::{Patterns, Sets};
use crate::agreement::study::{Doc, Study};

pub(super) fn tally(study: &Study) -> Tally {
    let mut tally = Tally::default();
    let coders = study.coders.len();
    for (owner, doc) in study.docs.iter().enumerate().filter(|(_, doc)| doc.length > 0) {
        let mut coded = Vec::new();
        for groups in doc.groups.chunk_by(|a, b| a.code == b.code) {
            let (runs, borders) = runs(doc.coded(groups));
            tally.work.borders += borders;
            let mut units: Vec<Coded> = runs
                .iter()
                .map(|run| Coded { code: groups[0].code, by: run.coders, units: run.span.length() as u64 })
                .collect();
            units.sort_unstable_by_key(|coded| coded.by);
            units.dedup_by(|next, last| {
                let same = next.by == last.by;
                last.units += if same { next.units } else { 0 };
                same
            });
            coded.extend(units);
        }
        tally.work.borders += sweep(doc, coders, &mut tally.patterns);
        let units = doc.length as u64;
        tally.places.push(Place { cluster: doc.cluster, owner, covered: doc.covered, units, coded });
    }
    tally
}

/// Counts what sets of codes the coders gave each char; says how many borders it looked at.
fn sweep(doc: &Doc, coders: usize, patterns: &mut Patterns) -> u64 {
    // Where, whether something starts there, whose, and which code.
    let mut borders: Vec<(i64, bool, usize, usize)> = Vec::with_capacity(2 * doc.piece_count());
    for group in &doc.groups {
        for &Span { start, end } in doc.pieces(group) {
            borders.push((start, true, group.coder, group.code));
            borders.push((end, false, group.coder, group.code));
        }
    }
    borders.sort_unstable();
    let mut held: Vec<Vec<usize>> = vec![Vec::new(); coders];
    let mut now = pattern(doc.covered, coders, |_| Sets::EMPTY);
    let (mut from, mut plain) = (0, doc.length);
    for here in borders.chunk_by(|a, b| a.0 == b.0) {
        let at = here[0].0;
        if at > from && now.iter().flatten().any(|&set| set != Sets::EMPTY) {
            patterns.add(&now, (at - from) as u64);
            plain -= at - from;
        }
        from = at;
        for &(_, starts, coder, code) in here {
            let codes = &mut held[coder];
            match codes.binary_search(&code) {
                Err(place) if starts => codes.insert(place, code),
                Ok(place) if !starts => {
                    codes.remove(place);
                }
                _ => {}
            }
        }
        for &(_, _, coder, _) in here {
            now[coder] = Some(patterns.sets.number(&held[coder]));
        }
    }
    if plain > 0 {
        patterns.add(&empty_pattern(doc.covered, coders), plain as u64);
    }
    borders.len() as u64
}
