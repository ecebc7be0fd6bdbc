//! Positions: where in a text something is, in two units that the compiler keeps apart.
//!
//! Everything stored, shown or exchanged counts **chars** (Unicode scalar values): [`Pos`], [`Span`]. Slicing needs
//! **bytes**: [`BytePos`]. [`Text`](crate::text::Text) turns one into the other in constant time.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A position in a text, in chars from its start.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pos(pub u32);

/// A position in a text, in bytes from its start; always on a char border.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct BytePos(pub usize);

/// A half-open range of chars, `start..end`. On disk a pair, `(12, 45)`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Span {
    /// The first char in it.
    pub start: Pos,
    /// The first char after it.
    pub end: Pos,
}

impl Pos {
    /// This position moved by `by` chars, never below the start of the text.
    #[must_use]
    pub const fn shifted(self, by: i64) -> Self {
        let moved = self.0 as i64 + by;
        Self(if moved < 0 { 0 } else { moved as u32 })
    }
}

impl Span {
    /// The chars from `start` to before `end`; the two may come in either order.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        Self { start: Pos(start.min(end)), end: Pos(start.max(end)) }
    }

    /// The chars between two positions, in either order.
    #[must_use]
    pub fn between(a: Pos, b: Pos) -> Self {
        Self::new(a.0, b.0)
    }

    /// How many chars it holds.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end.0.saturating_sub(self.start.0)
    }

    /// Whether it holds no char.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end.0 <= self.start.0
    }

    /// Whether the char at `at` lies in it.
    #[must_use]
    pub const fn holds(self, at: Pos) -> bool {
        self.start.0 <= at.0 && at.0 < self.end.0
    }

    /// Whether all of `other` lies in it.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.start.0 <= other.start.0 && other.end.0 <= self.end.0
    }

    /// Whether the two share at least one char.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start.0 < other.end.0 && other.start.0 < self.end.0
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The chars that both hold, if any.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        self.overlaps(other).then(|| Self { start: self.start.max(other.start), end: self.end.min(other.end) })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start.0, self.end.0)
    }
}

impl Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        (self.start.0, self.end.0).serialize(s)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let (start, end) = <(u32, u32)>::deserialize(d)?;
        if start > end {
            return Err(serde::de::Error::custom(format!(
                "a range must not end before it starts, found ({start}, {end})"
            )));
        }
        Ok(Self { start: Pos(start), end: Pos(end) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_spans_do_not_overlap_and_union_joins_them() {
        let (a, b) = (Span::new(2, 5), Span::new(5, 9));
        assert!(!a.overlaps(b));
        assert_eq!(a.union(b), Span::new(2, 9));
        assert_eq!(a.intersection(b), None);
        assert_eq!(Span::new(2, 7).intersection(b), Some(Span::new(5, 7)));
    }

    #[test]
    fn a_span_is_written_as_a_pair_and_refused_backwards() {
        assert_eq!(ron::to_string(&Span::new(1, 4)).expect("a pair"), "(1,4)");
        assert!(ron::from_str::<Span>("(4,1)").is_err());
    }
}
