//! Filling matrices of codes that lie together: every pair of passages that makes up a cell is known.

use super::fill::lines_of;
use super::lines::{self, Units};
use super::{Ground, Kind, Matrix};
use crate::findings::working::Counted;
use crate::project::id::{CaseId, CodingId, SourceId};
use crate::project::relation::{PairCheck, Related};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// Two passages that lie together.
#[derive(Clone, PartialEq, Debug)]
pub struct Pair {
    /// The one that comes first, by its number.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// What was found of them, by time; the newest holds, whoever looked.
    pub checks: Vec<Arc<PairCheck>>,
}

impl Pair {
    /// What holds of it, if somebody looked.
    #[must_use]
    pub fn found(&self) -> Option<Related> {
        self.checks.last().map(|check| check.found)
    }
}

/// What a check of two passages names: the first coding of each. `None` where a passage rests on no coding, as it was
/// decided for words that nobody had coded so.
#[must_use]
pub fn named(a: &Counted, b: &Counted) -> Option<(CodingId, CodingId)> {
    let (a, b) = (*a.codings.first()?, *b.codings.first()?);
    (a != b).then(|| (a.min(b), a.max(b)))
}

/// Codes by codes, or their relations.
pub(super) fn code_code(ground: &Ground<'_>, cases: &[CaseId]) -> Matrix {
    let asked = ground.asked;
    let rows = lines::codes(&ground.view, &asked.rows);
    let columns = lines::codes(&ground.view, &asked.columns);
    let mut out = Matrix::new(asked, rows, columns);
    let counted = &ground.counting.presence().working.counted;
    let (rows_of, columns_of) = (lines_of(&out.rows, counted), lines_of(&out.columns, counted));
    let mut by_source: Vec<(SourceId, Vec<usize>)> = Vec::new();
    for (at, one) in counted.iter().enumerate() {
        let named = rows_of.contains_key(&one.code) || columns_of.contains_key(&one.code);
        if named && ground.wants(one) {
            match by_source.last_mut() {
                Some((source, all)) if *source == one.source => all.push(at),
                _ => by_source.push((one.source, vec![at])),
            }
        }
    }
    let checks = checks(ground);
    let across = out.columns.len();
    for (source, all) in by_source {
        let Some(units) = lines::units(ground, asked.by, source) else {
            out.unread.push(source);
            continue;
        };
        for (a, b) in together(counted, &all, &units) {
            let lines =
                |map: &HashMap<_, Vec<usize>>, at: usize| map.get(&counted[at].code).cloned().unwrap_or_default();
            let mut cells: Vec<usize> = Vec::new();
            for (row, column) in [(a, b), (b, a)] {
                let columns = lines(&columns_of, column);
                let here = lines(&rows_of, row);
                cells.extend(here.iter().flat_map(|row| columns.iter().map(move |column| row * across + column)));
            }
            if cells.is_empty() {
                continue;
            }
            // On the diagonal, and where branches hold one another, both ways round are the same cell.
            cells.sort_unstable();
            cells.dedup();
            let checks = named(&counted[a], &counted[b]).and_then(|key| checks.get(&key)).cloned().unwrap_or_default();
            let pair = Pair { a, b, checks };
            let is_struck = pair.found() == Some(Related::Struck);
            for cell in cells {
                let cell = &mut out.cells[cell];
                if is_struck { &mut cell.struck } else { &mut cell.items }.push(out.pairs.len());
            }
            out.pairs.push(pair);
        }
    }
    settle(ground, &mut out);
    out.sum(|_| Some(cases.len()), |_| Some(cases.len()), cases.len());
    out
}

/// What was found of pairs, where that counts: in relations.
fn checks(ground: &Ground<'_>) -> HashMap<(CodingId, CodingId), Vec<Arc<PairCheck>>> {
    let mut out: HashMap<(CodingId, CodingId), Vec<Arc<PairCheck>>> = HashMap::new();
    if ground.asked.kind == Kind::Relation {
        for check in ground.view.pair_checks() {
            out.entry((check.a.min(check.b), check.a.max(check.b))).or_default().push(check.clone());
        }
    }
    out
}

/// The pairs of these passages of one source that lie together, in order; of each the earlier first.
fn together(counted: &[Counted], all: &[usize], units: &Units) -> Vec<(usize, usize)> {
    let mut reaches: Vec<(Range<u64>, usize)> = all.iter().map(|at| (units.reach(counted[*at].at), *at)).collect();
    reaches.retain(|(reach, _)| !reach.is_empty());
    reaches.sort_by_key(|(reach, at)| (reach.start, *at));
    let mut open: Vec<(u64, usize)> = Vec::new();
    let mut out = Vec::new();
    for (reach, at) in reaches {
        open.retain(|(end, _)| *end > reach.start);
        out.extend(open.iter().map(|(_, other)| ((*other).min(at), (*other).max(at))));
        open.push((reach.end, at));
    }
    out.sort_unstable();
    out
}

/// Counts every cell. A case in which one of the two codes is not yet coded is not yet coded to the cell, unless the other
/// is known not to be there.
fn settle(ground: &Ground<'_>, out: &mut Matrix) {
    let counted = &ground.counting.presence().working.counted;
    let (rows, columns) = (ground.not_yet(&out.rows), ground.not_yet(&out.columns));
    let across = out.columns.len();
    let pairs = &out.pairs;
    for (row, left) in rows.iter().enumerate() {
        for (column, above) in columns.iter().enumerate() {
            let either: HashSet<CaseId> = left.union(above).copied().collect();
            let (row_line, column_line) = (&out.rows[row], &out.columns[column]);
            let open = |case: &CaseId| {
                use crate::findings::truth::Truth;
                Truth::all([ground.truth(row_line, *case), ground.truth(column_line, *case)]) == Truth::NotYet
            };
            let mut not_yet: Vec<CaseId> = either.into_iter().filter(open).collect();
            not_yet.sort_unstable();
            let cell = &mut out.cells[row * across + column];
            cell.all = ground.cases.len();
            ground.settle(cell, not_yet, |at| {
                let Pair { a, b, .. } = pairs[at];
                (counted[a].case, ground.is_sure(&counted[a]) && ground.is_sure(&counted[b]))
            });
        }
    }
}
