//! Ranges of one text, and the sweep that turns the ranges of several coders into runs on which nothing changes.
//!
//! Positions are Unicode scalar values, ranges half-open. Whatever is done here costs as much as there are ranges,
//! however long the text.

use serde::{Deserialize, Serialize};

/// A half-open range `start..end` of chars.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(from = "[i64; 2]", into = "[i64; 2]")]
pub struct Span {
    /// Its first char.
    pub start: i64,
    /// The char after its last.
    pub end: i64,
}

impl Span {
    /// The range from `start` up to, and without, `end`.
    #[must_use]
    pub const fn new(start: i64, end: i64) -> Self {
        Self { start, end }
    }

    /// How many chars it has.
    #[must_use]
    pub const fn length(self) -> i64 {
        self.end - self.start
    }

    /// What it shares with `other`; none where they only touch.
    #[must_use]
    pub fn common(self, other: Self) -> Option<Self> {
        let shared = Self { start: self.start.max(other.start), end: self.end.min(other.end) };
        (shared.start < shared.end).then_some(shared)
    }
}

impl From<[i64; 2]> for Span {
    fn from([start, end]: [i64; 2]) -> Self {
        Self { start, end }
    }
}

impl From<Span> for [i64; 2] {
    fn from(span: Span) -> Self {
        [span.start, span.end]
    }
}

/// Sorts `spans` and unites those that overlap; those that only touch stay apart: two pieces, not one.
pub(super) fn merge(spans: &mut Vec<Span>) {
    unite(spans, |next, last| next.start < last.end);
}

/// Sorts `spans` and unites those that overlap or touch: the chars that any of them covers.
pub(super) fn join(spans: &mut Vec<Span>) {
    unite(spans, |next, last| next.start <= last.end);
}

fn unite(spans: &mut Vec<Span>, together: impl Fn(Span, Span) -> bool) {
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let one = together(*next, *last);
        if one {
            last.end = last.end.max(next.end);
        }
        one
    });
}

/// The chars that `a` and `b` share, as ranges; both are sorted and without overlaps.
pub(super) fn common(a: &[Span], b: &[Span]) -> Vec<Span> {
    let mut shared = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        shared.extend(a[i].common(b[j]));
        if a[i].end < b[j].end { i += 1 } else { j += 1 }
    }
    shared
}

/// How many chars `spans` have together; they do not overlap.
pub(super) fn length(spans: &[Span]) -> i64 {
    spans.iter().map(|span| span.length()).sum()
}

/// Those of `spans` (sorted, without overlaps) that share a char with `within`.
pub(super) fn touching(spans: &[Span], within: Span) -> &[Span] {
    let from = spans.partition_point(|span| span.end <= within.start);
    let to = spans.partition_point(|span| span.start < within.end);
    spans.get(from..to).unwrap_or(&[])
}

/// The most coders that are compared at once.
pub const MOST_CODERS: usize = 128;

/// Some of the coders, by their place in the order of the input.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub(super) struct Coders(u128);

impl Coders {
    pub(super) const NONE: Self = Self(0);

    pub(super) fn only(coder: usize) -> Self {
        Self(1 << coder)
    }

    pub(super) fn has(self, coder: usize) -> bool {
        self.0 & (1 << coder) != 0
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn count(self) -> u64 {
        u64::from(self.0.count_ones())
    }

    /// The coders, in the order of the input.
    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            (left != 0).then(|| {
                let coder = left.trailing_zeros() as usize;
                left &= left - 1;
                coder
            })
        })
    }
}

/// A stretch of text on which the same coders have a code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Run {
    pub(super) span: Span,
    pub(super) coders: Coders,
}

/// The maximal runs on which at least one coder has the code whose pieces these are (a coder's do not overlap), in
/// order, and how many borders were looked at. Text that nobody coded is not in them.
pub(super) fn runs(pieces: impl IntoIterator<Item = (usize, Span)>) -> (Vec<Run>, u64) {
    let mut borders: Vec<(i64, usize, bool)> =
        pieces.into_iter().flat_map(|(coder, span)| [(span.start, coder, true), (span.end, coder, false)]).collect();
    // At one place, what ends comes before what starts: pieces of a coder that touch do not lose their chars.
    borders.sort_unstable_by_key(|&(at, coder, starts)| (at, starts, coder));
    let mut runs: Vec<Run> = Vec::new();
    let (mut coders, mut from) = (Coders::NONE, 0);
    for &(at, coder, starts) in &borders {
        if at > from && !coders.is_empty() {
            match runs.last_mut() {
                Some(last) if last.span.end == from && last.coders == coders => last.span.end = at,
                _ => runs.push(Run { span: Span::new(from, at), coders }),
            }
        }
        from = at;
        coders = if starts { coders.with(Coders::only(coder)) } else { coders.without(Coders::only(coder)) };
    }
    (runs, borders.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::vec((0..60_i64, 1..12_i64).prop_map(|(start, long)| Span::new(start, start + long)), 0..8)
    }

    fn covers(spans: &[Span], at: i64) -> bool {
        spans.iter().any(|span| span.start <= at && at < span.end)
    }

    #[test]
    fn pieces_that_touch_stay_two_and_chars_that_touch_are_one() {
        let touching = vec![Span::new(5, 9), Span::new(0, 5), Span::new(8, 12)];
        let (mut pieces, mut chars) = (touching.clone(), touching);
        merge(&mut pieces);
        join(&mut chars);
        assert_eq!(pieces, [Span::new(0, 5), Span::new(5, 12)]);
        assert_eq!(chars, [Span::new(0, 12)]);
    }

    #[test]
    fn runs_are_maximal() {
        let pieces = [(0, Span::new(0, 5)), (0, Span::new(5, 9)), (1, Span::new(7, 12))];
        let (runs, borders) = runs(pieces);
        let seen: Vec<_> = runs.iter().map(|run| (run.span.start, run.span.end, run.coders.count())).collect();
        assert_eq!(seen, [(0, 7, 1), (7, 9, 2), (9, 12, 1)]);
        assert_eq!(borders, 6);
    }

    proptest! {
        #[test]
        fn ranges_say_the_same_as_their_chars(a in spans(), b in spans(), from in 0..60_i64, long in 1..20_i64) {
            let (mut x, mut y) = (a.clone(), b.clone());
            merge(&mut x);
            join(&mut y);
            let shared = common(&x, &y);
            let within = Span::new(from, from + long);
            for at in 0..80 {
                prop_assert_eq!(covers(&x, at), covers(&a, at));
                prop_assert_eq!(covers(&y, at), covers(&b, at));
                prop_assert_eq!(covers(&shared, at), covers(&a, at) && covers(&b, at));
            }
            prop_assert_eq!(length(&x), (0..80).filter(|&at| covers(&a, at)).count() as i64);
            let near: Vec<Span> = x.iter().copied().filter(|span| span.common(within).is_some()).collect();
            prop_assert_eq!(touching(&x, within), &near[..]);
        }
    }
}
