//! What a search found, being walked with next and previous.

use crate::project::id::SourceId;
use crate::text::{Pos, Span};
use std::collections::HashMap;
use std::ops::Range;

/// A place that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// The source.
    pub source: SourceId,
    /// The chars.
    pub span: Span,
    /// Whether it is to be coded when the hits are.
    pub wanted: bool,
}

/// What a search found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Hits {
    /// What was searched for, as typed.
    pub pattern: String,
    /// Whether it is a regular expression.
    pub regex: bool,
    /// Whether all sources were searched.
    pub everywhere: bool,
    /// The one that was gone to last.
    pub at: Option<usize>,
    found: Vec<Hit>,
    /// Which of the hits are in which source.
    of_source: HashMap<SourceId, Range<usize>>,
}

impl Hits {
    /// Hits by source in the order of the list, then by place.
    #[must_use]
    pub fn new(pattern: &str, regex: bool, everywhere: bool, found: Vec<Hit>) -> Self {
        let mut of_source: HashMap<SourceId, Range<usize>> = HashMap::new();
        for (n, hit) in found.iter().enumerate() {
            of_source.entry(hit.source).or_insert(n..n).end = n + 1;
        }
        Self { pattern: pattern.to_owned(), regex, everywhere, at: None, found, of_source }
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Hit] {
        &self.found
    }

    /// Takes a hit out of what is to be coded, or back in.
    pub fn toggle(&mut self, n: usize) {
        if let Some(hit) = self.found.get_mut(n) {
            hit.wanted = !hit.wanted;
        }
    }

    /// The hits within a stretch of a source, in order, with whether each is the one gone to last. Time grows with what
    /// is within, not with all that was found.
    pub fn within(&self, source: SourceId, span: Span) -> impl Iterator<Item = (Span, bool)> + '_ {
        let range = self.of_source.get(&source).cloned().unwrap_or(0..0);
        let first = range.start + self.found[range.clone()].partition_point(|hit| hit.span.end <= span.start);
        (first..range.end)
            .map(|n| (self.found[n].span, self.at == Some(n)))
            .take_while(move |(hit, _)| hit.start < span.end)
    }

    /// The hit after (or before) a place: in the same source, else in the next (or last) that has one; round at the ends.
    #[must_use]
    pub fn next(&self, source: SourceId, at: Pos, back: bool) -> Option<usize> {
        let count = self.found.len();
        if count == 0 {
            return None;
        }
        if let Some(range) = self.of_source.get(&source) {
            let hits = &self.found[range.clone()];
            if back {
                let n = range.start + hits.partition_point(|hit| hit.span.start < at);
                return Some((n + count - 1) % count);
            }
            let n = range.start + hits.partition_point(|hit| hit.span.start <= at);
            return Some(n % count);
        }
        match self.at {
            Some(n) if back => Some((n + count - 1) % count),
            Some(n) => Some((n + 1) % count),
            None => Some(0),
        }
    }
}
