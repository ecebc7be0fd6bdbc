//! Units of a text: what the cursor moves by, what is selected, what agreement is counted on.
//!
//! Graphemes, words, sentences and paragraphs. Every answer is found from near the position asked about: no look goes
//! further than some tens of kilobytes, so a key costs the same in a text of ten megabytes on one line (`cuts` says how).
//! Turns and what is made of them stand beside this folder, not in it.

mod abbreviations;
mod body;
mod cuts;
mod graphemes;
mod sentences;
mod words;

pub(super) use body::trimmed;
pub use body::{Body, Lines, paragraph_after, paragraph_at, paragraph_before, paragraphs};
pub(super) use graphemes::grapheme_floor;
pub use graphemes::{grapheme_border, next_grapheme, previous_grapheme, whole_graphemes};
pub(super) use sentences::sentence_ends;
pub use sentences::{
    next_sentence_start, previous_sentence_start, sentence_after, sentence_at, sentence_before, sentences,
};
pub use words::{
    next_word_end, next_word_start, previous_word_start, word_after, word_at, word_before, words, words_in_bytes,
};

use super::{Pos, Span, Text};

/// A unit that a text has whether or not anybody speaks in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Unit {
    /// A word without the punctuation around it.
    Word,
    /// A sentence with its marks, without the white space around it.
    Sentence,
    /// A paragraph without the white space around it.
    Paragraph,
}

impl Unit {
    /// The unit of `body` that the char at `at` belongs to; none between units.
    #[must_use]
    pub fn at(self, text: &Text, at: Pos, body: impl Into<Body>) -> Option<Span> {
        let body = body.into();
        match self {
            Self::Word => word_at(text, at).filter(|&word| body.within.covers(word)),
            Self::Sentence => sentence_at(text, at, body),
            Self::Paragraph => paragraph_at(text, at, body),
        }
    }

    /// The first unit of `body` that starts at or after `at`.
    #[must_use]
    pub fn after(self, text: &Text, at: Pos, body: impl Into<Body>) -> Option<Span> {
        let body = body.into();
        match self {
            Self::Word => word_after(text, at.max(body.within.start)).filter(|&word| body.within.covers(word)),
            Self::Sentence => sentence_after(text, at, body),
            Self::Paragraph => paragraph_after(text, at, body),
        }
    }

    /// The last unit of `body` that starts before `at`.
    #[must_use]
    pub fn before(self, text: &Text, at: Pos, body: impl Into<Body>) -> Option<Span> {
        let body = body.into();
        match self {
            Self::Word => word_before(text, at.min(body.within.end)).filter(|&word| body.within.covers(word)),
            Self::Sentence => sentence_before(text, at, body),
            Self::Paragraph => paragraph_before(text, at, body),
        }
    }

    /// All units of `body`, in order.
    pub fn all(self, text: &Text, body: impl Into<Body>) -> Box<dyn Iterator<Item = Span> + '_> {
        let body = body.into();
        match self {
            Self::Word => Box::new(words(text, body.within)),
            Self::Sentence => Box::new(sentences(text, body)),
            Self::Paragraph => Box::new(paragraphs(text, body)),
        }
    }
}
