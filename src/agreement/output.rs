//! What comes out: the report (`agreement-expected/1`).

use super::levels::Level;
use super::study::Ignored;
use serde::Serialize;

/// The name of the format.
pub const SCHEMA: &str = "agreement-expected/1";

/// The report. Maps are in the order of the input.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Output {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The input's name.
    pub name: Option<String>,
    /// What was counted.
    pub n: Totals,
    /// The levels; none where no document has such units.
    pub levels: Levels,
}

/// What was counted: the prepared study, and the codings as given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Totals {
    /// Documents in scope.
    pub documents: usize,
    /// Cases with a document in scope.
    pub cases: usize,
    /// Coders.
    pub coders: usize,
    /// Codes, rolled up.
    pub codes: usize,
    /// Codings as given.
    pub codings: usize,
    /// Pieces: codings prepared and merged.
    pub segments: usize,
    /// Chars in scope.
    pub characters: i64,
    /// Codings that count nowhere.
    pub ignored: Ignored,
}

/// Every level.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Levels {
    /// Chars.
    pub char: Option<Level>,
    /// Words.
    pub word: Option<Level>,
    /// Sentences.
    pub sentence: Option<Level>,
    /// Paragraphs.
    pub paragraph: Option<Level>,
    /// Turns.
    pub turn: Option<Level>,
    /// Passages that were handed out.
    pub given: Option<Level>,
    /// Documents.
    pub source: Option<Level>,
    /// Cases.
    pub case: Option<Level>,
}

