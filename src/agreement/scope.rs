//! The part of a document that could be coded. What lies outside is cut out and the rest closed up; afterwards it can
//! be said where anything stood before.

use super::ranges::{Span, join};

/// What is left of one document: the ranges in scope, and how many chars in scope lie before each.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    kept: Vec<Span>,
    before: Vec<i64>,
    length: i64,
}

impl Cut {
    /// The ranges may come in any order; those that overlap or touch are joined.
    pub(super) fn new(ranges: &[Span]) -> Self {
        let mut kept: Vec<Span> = ranges.iter().copied().filter(|range| range.length() > 0).collect();
        join(&mut kept);
        let mut length = 0;
        let before = kept
            .iter()
            .map(|range| {
                let before = length;
                length += range.length();
                before
            })
            .collect();
        Self { kept, before, length }
    }

    /// How many chars are in scope.
    pub(super) fn length(&self) -> i64 {
        self.length
    }

    /// How many chars in scope lie before `at`.
    fn close(&self, at: i64) -> i64 {
        match self.kept.partition_point(|range| range.start <= at).checked_sub(1) {
            None => 0,
            Some(n) => self.before[n] + at.min(self.kept[n].end) - self.kept[n].start,
        }
    }

    /// Where a range of the document as given stands once the text outside is cut out; it may be empty.
    pub(super) fn closed(&self, span: Span) -> Span {
        Span::new(self.close(span.start), self.close(span.end))
    }

    /// The stretches of the document as given that a closed-up range stands for, in order; one at least where it is
    /// not empty.
    pub(super) fn original(&self, span: Span) -> Vec<Span> {
        let shifted = |n: usize| Span::new(self.before[n], self.before[n] + self.kept[n].length());
        let first = self.before.partition_point(|&before| before <= span.start).saturating_sub(1);
        (first..self.kept.len())
            .map(|n| (n, shifted(n)))
            .take_while(|(_, kept)| kept.start < span.end)
            .filter_map(|(n, kept)| {
                let shared = kept.common(span)?;
                let by = self.kept[n].start - self.before[n];
                Some(Span::new(shared.start + by, shared.end + by))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_range_over_a_gap_is_one_piece_closed_up_and_two_ranges_again() {
        let cut = Cut::new(&[Span::new(30, 50), Span::new(10, 20), Span::new(20, 20)]);
        assert_eq!(cut.length(), 30);
        let closed = cut.closed(Span::new(15, 35));
        assert_eq!(closed, Span::new(5, 15));
        assert_eq!(cut.original(closed), [Span::new(15, 20), Span::new(30, 35)]);
        assert_eq!(cut.closed(Span::new(0, 5)).length(), 0);
        assert_eq!(cut.original(Span::new(10, 12)), [Span::new(30, 32)]);
    }

    proptest! {
        #[test]
        fn what_comes_back_is_the_part_in_scope(
            kept in prop::collection::vec((0..50_i64, 0..10_i64), 0..6), start in 0..55_i64, long in 0..20_i64,
        ) {
            let kept: Vec<Span> = kept.into_iter().map(|(start, long)| Span::new(start, start + long)).collect();
            let cut = Cut::new(&kept);
            let span = Span::new(start, start + long);
            let inside = |at: i64| kept.iter().any(|range| range.start <= at && at < range.end);
            let back = cut.original(cut.closed(span));
            for at in 0..80 {
                let came_back = back.iter().any(|range| range.start <= at && at < range.end);
                prop_assert_eq!(came_back, inside(at) && span.start <= at && at < span.end);
            }
            prop_assert_eq!(cut.length(), (0..80).filter(|&at| inside(at)).count() as i64);
        }
    }
}
