//! Stretches in order, to be asked whether one of them stands so to another: each question looks at those near it only.

use super::Sheet;
use crate::text::Span;

/// Stretches (of chars or of turns) in order of their starts, each with the number of its coding.
pub(super) struct Line {
    /// Start, end (exclusive), number.
    items: Vec<(u32, u32, usize)>,
    /// The greatest end up to each.
    reach: Vec<u32>,
}

impl Line {
    fn new(items: Vec<(u32, u32, usize)>) -> Self {
        let reach = items.iter().scan(0, |reach, (_, end, _)| {
            *reach = (*reach).max(*end);
            Some(*reach)
        });
        Self { reach: reach.collect(), items }
    }

    /// The words of the codings that are `taken`.
    pub(super) fn of_words(sheet: &Sheet<'_>, taken: &[bool]) -> Self {
        let items = sheet.marks.iter().zip(taken).enumerate().filter(|(_, (_, taken))| **taken);
        Self::new(items.map(|(n, (mark, _))| (mark.span.start.0, mark.span.end.0, n)).collect())
    }

    /// Their turns.
    pub(super) fn of_turns(sheet: &Sheet<'_>, taken: &[bool]) -> Self {
        let items = sheet.marks.iter().zip(taken).enumerate().filter(|(_, (_, taken))| **taken);
        let turns = items.filter_map(|(n, (mark, _))| {
            let (first, last) = sheet.turns_of(mark.span)?;
            Some((first, last + 1, n))
        });
        Self::new(turns.collect())
    }

    /// Walks back from the last that starts before `before` through those that can still reach beyond `beyond`.
    fn back(&self, before: u32, beyond: u32, is: impl Fn(u32, u32, usize) -> bool) -> bool {
        let from = self.items.partition_point(|(start, ..)| *start < before);
        let near = (0..from).rev().take_while(|at| self.reach[*at] > beyond);
        near.map(|at| self.items[at]).any(|(start, end, n)| is(start, end, n))
    }

    /// Whether one of them, other than number `but`, shares a char with `span`.
    pub(super) fn overlaps(&self, span: Span, but: Option<usize>) -> bool {
        self.back(span.end.0, span.start.0, |_, end, n| end > span.start.0 && Some(n) != but)
    }

    /// Whether one of them, other than number `but`, covers `span`.
    pub(super) fn covers(&self, span: Span, but: usize) -> bool {
        let beyond = span.end.0.saturating_sub(1);
        self.back(span.start.0.saturating_add(1), beyond, |_, end, n| end >= span.end.0 && n != but)
    }

    /// Whether one of them, other than number `but`, lies in `span`.
    pub(super) fn lies_in(&self, span: Span, but: usize) -> bool {
        let from = self.items.partition_point(|(start, ..)| *start < span.start.0);
        let within = self.items[from..].iter().take_while(|(start, ..)| *start < span.end.0);
        within.into_iter().any(|(_, end, n)| *end <= span.end.0 && *n != but)
    }

    /// Whether one of them, other than number `but`, lies at most `n` turns from `turns` (first and last).
    pub(super) fn near(&self, turns: (u32, u32), n: u32, but: usize) -> bool {
        let (first, last) = (turns.0.saturating_sub(n), turns.1.saturating_add(n));
        self.back(last.saturating_add(1), first, |_, end, at| end > first && at != but)
    }

    /// The number of the first that starts where `span` ends or later, other than number `but`.
    pub(super) fn next_after(&self, span: Span, but: usize) -> Option<usize> {
        let from = self.items.partition_point(|(start, ..)| *start < span.end.0);
        self.items[from..].iter().map(|(_, _, n)| *n).find(|n| *n != but)
    }
}
