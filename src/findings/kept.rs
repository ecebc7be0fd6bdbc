//! The part of a text that could be coded, and what was laid there as pieces.
//!
//! For agreement the text outside the scope does not exist: what lies on both sides of a gap lies side by side. So
//! pieces are joined where the rest is closed up, and said in positions of the text as it is.

use crate::text::Span;

/// The stretches of a text that are kept, and how many chars of them lie before each.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Kept {
    spans: Vec<Span>,
    before: Vec<u32>,
    chars: u32,
}

impl Kept {
    /// Stretches in any order; those that overlap or touch become one, empty ones none.
    #[must_use]
    pub fn new(spans: impl IntoIterator<Item = Span>) -> Self {
        let spans = joined(spans);
        let mut chars = 0;
        let before = spans
            .iter()
            .map(|span| {
                let before = chars;
                chars += span.len();
                before
            })
            .collect();
        Self { spans, before, chars }
    }

    /// The stretches, in order, none touching another.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// How many chars are kept.
    #[must_use]
    pub const fn chars(&self) -> u32 {
        self.chars
    }

    fn close(&self, at: u32) -> u32 {
        match self.spans.partition_point(|span| span.start.0 <= at).checked_sub(1) {
            None => 0,
            Some(n) => self.before[n] + at.min(self.spans[n].end.0) - self.spans[n].start.0,
        }
    }

    /// Where `span` of the text lies once the rest is closed up; empty if it has no char in scope.
    #[must_use]
    pub fn closed(&self, span: Span) -> Span {
        Span::new(self.close(span.start.0), self.close(span.end.0))
    }

    /// The stretches of the text that a closed-up span stands for.
    #[must_use]
    pub fn opened(&self, closed: Span) -> Vec<Span> {
        let first = self.before.partition_point(|&before| before <= closed.start.0).saturating_sub(1);
        let mut out = Vec::new();
        for (span, &before) in self.spans.iter().zip(&self.before).skip(first) {
            if before >= closed.end.0 {
                break;
            }
            let from = closed.start.0.max(before);
            let to = closed.end.0.min(before + span.len());
            if from < to {
                let shift = |at: u32| at - before + span.start.0;
                out.push(Span::new(shift(from), shift(to)));
            }
        }
        out
    }

    /// A closed-up span as one of the text, from its first char in scope to past its last.
    #[must_use]
    pub fn hull(&self, closed: Span) -> Span {
        let all = self.opened(closed);
        match (all.first(), all.last()) {
            (Some(first), Some(last)) => first.union(*last),
            _ => Span::between(closed.start, closed.start),
        }
    }

    /// What is kept of `span`, as stretches of the text.
    #[must_use]
    pub fn within(&self, span: Span) -> Vec<Span> {
        self.opened(self.closed(span))
    }

    /// What one coder laid with one code, as pieces: those that overlap are one, those that only touch stay apart. In
    /// order, each from its first char in scope to past its last.
    #[must_use]
    pub fn pieces(&self, laid: impl IntoIterator<Item = Span>) -> Vec<Span> {
        self.closed_pieces(laid).into_iter().map(|piece| self.hull(piece)).collect()
    }

    /// The same, closed up.
    #[must_use]
    pub fn closed_pieces(&self, laid: impl IntoIterator<Item = Span>) -> Vec<Span> {
        let mut closed: Vec<Span> =
            laid.into_iter().map(|span| self.closed(span)).filter(|span| !span.is_empty()).collect();
        closed.sort_unstable();
        closed.dedup_by(|next, last| {
            let same = next.start < last.end;
            if same {
                last.end = last.end.max(next.end);
            }
            same
        });
        closed
    }
}

/// The chars that any of `spans` holds, as stretches in order that neither overlap nor touch.
#[must_use]
pub fn joined(spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.into_iter().filter(|span| !span.is_empty()).collect();
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let same = next.start <= last.end;
        if same {
            last.end = last.end.max(next.end);
        }
        same
    });
    spans
}

/// The chars that both hold; each in order, without overlaps.
#[must_use]
pub fn common(a: &[Span], b: &[Span]) -> Vec<Span> {
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        out.extend(a[i].intersection(b[j]));
        if a[i].end < b[j].end { i += 1 } else { j += 1 }
    }
    out
}

/// The chars of `a` that `b` does not hold; each in order, without overlaps.
#[must_use]
pub fn without(a: &[Span], b: &[Span]) -> Vec<Span> {
    let mut out = Vec::new();
    for span in a {
        let mut from = span.start;
        for hole in b.iter().filter(|hole| hole.overlaps(*span)) {
            if from < hole.start {
                out.push(Span::between(from, hole.start));
            }
            from = from.max(hole.end);
        }
        if from < span.end {
            out.push(Span::between(from, span.end));
        }
    }
    out
}

/// How many chars `spans` hold; they do not overlap.
#[must_use]
pub fn chars(spans: &[Span]) -> u32 {
    spans.iter().map(|span| span.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn spans() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::vec((0..60_u32, 0..12_u32).prop_map(|(start, long)| Span::new(start, start + long)), 0..8)
    }

    fn held(spans: &[Span]) -> BTreeSet<u32> {
        spans.iter().flat_map(|span| span.start.0..span.end.0).collect()
    }

    #[test]
    fn a_piece_over_a_gap_is_one_and_pieces_that_meet_in_a_gap_are_two() {
        let kept = Kept::new([Span::new(0, 10), Span::new(20, 30)]);
        assert_eq!(kept.pieces([Span::new(5, 25)]), [Span::new(5, 25)]);
        assert_eq!(kept.pieces([Span::new(5, 15), Span::new(12, 25)]), [Span::new(5, 10), Span::new(20, 25)]);
        assert_eq!(kept.pieces([Span::new(5, 8), Span::new(7, 9)]), [Span::new(5, 9)]);
        assert_eq!(kept.pieces([Span::new(10, 20)]), []);
        assert_eq!(kept.within(Span::new(5, 25)), [Span::new(5, 10), Span::new(20, 25)]);
    }

    proptest! {
        #[test]
        fn stretches_say_the_same_as_their_chars(a in spans(), b in spans()) {
            let (x, y) = (joined(a.clone()), joined(b.clone()));
            let (in_a, in_b) = (held(&a), held(&b));
            prop_assert_eq!(held(&x), in_a.clone());
            prop_assert_eq!(held(&common(&x, &y)), in_a.intersection(&in_b).copied().collect::<BTreeSet<_>>());
            prop_assert_eq!(held(&without(&x, &y)), in_a.difference(&in_b).copied().collect::<BTreeSet<_>>());
            prop_assert_eq!(chars(&x) as usize, in_a.len());
            let kept = Kept::new(a);
            for span in b {
                let inside = kept.within(span);
                let expected: BTreeSet<u32> = in_a.iter().copied().filter(|&at| span.start.0 <= at && at < span.end.0).collect();
                prop_assert_eq!(held(&inside), expected);
                prop_assert_eq!(kept.closed(span).len() as usize, held(&inside).len());
            }
        }
    }
}
