//! What a search found, being walked with next and previous.

use crate::project::id::SourceId;
use crate::text::Span;

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
    /// The hits, by source in the order of the list, then by place.
    pub found: Vec<Hit>,
    /// The one that was gone to last.
    pub at: Option<usize>,
}

impl Hits {
    /// The hits within a stretch of a source, in order, with whether each is the one gone to last. Time grows with what
    /// is within, not with all that was found.
    pub fn within(&self, source: SourceId, span: Span) -> impl Iterator<Item = (Span, bool)> + '_ {
        let first = self.found.iter().position(|hit| hit.source == source).unwrap_or(self.found.len());
        let of_source = &self.found[first..];
        let count = of_source.partition_point(|hit| hit.source == source);
        let of_source = &of_source[..count];
        let from = of_source.partition_point(|hit| hit.span.end <= span.start);
        of_source[from..]
            .iter()
            .enumerate()
            .take_while(move |(_, hit)| hit.span.start < span.end)
            .map(move |(n, hit)| (hit.span, self.at == Some(first + from + n)))
    }
}
