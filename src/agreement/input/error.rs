//! What can be wrong with an input, each as one sentence: what, where, what to do.

use super::{MOST_CHARS, SCHEMA};
use crate::agreement::ranges::MOST_CODERS;

/// Why an input was not taken.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InputError {
    /// It is no JSON, or not of the right shape.
    #[error("this is no {SCHEMA}: {0}; correct it there")]
    Unreadable(String),
    /// It says that it is of another format.
    #[error("the input calls itself “{found}”, and only “{SCHEMA}” is understood; write it in that form")]
    Schema {
        /// What it calls itself.
        found: String,
    },
    /// A name stands twice where it has to stand once.
    #[error("the {what} “{name}” is listed twice; give each {what} a name of its own")]
    Twice {
        /// Document, case or coder.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// More coders than fit.
    #[error("there are {found} coders, and at most {MOST_CODERS} are compared at once; leave some out")]
    TooManyCoders {
        /// How many there are.
        found: usize,
    },
    /// A document with less than nothing in it.
    #[error("the document “{document}” has a length of {length}; give its number of characters")]
    Length {
        /// Which.
        document: String,
        /// What it says.
        length: i64,
    },
    /// More text than is counted exactly.
    #[error("the documents have {chars} characters together, and at most {MOST_CHARS} are counted; leave some out")]
    TooLong {
        /// How many they have.
        chars: i64,
    },
    /// A document that is not in `documents`.
    #[error("{place} names the document “{document}”, which is not in `documents`; add it there or correct the name")]
    UnknownDocument {
        /// Who names it.
        place: String,
        /// Its name.
        document: String,
    },
    /// A coder who is not in `coders`.
    #[error("{place} names the coder “{coder}”, who is not in `coders`; add them there or correct the name")]
    UnknownCoder {
        /// Where.
        place: String,
        /// Who.
        coder: String,
    },
    /// A range that is no range of its document.
    #[error(
        "{place} runs from {start} to {end}, and “{document}” from 0 to {length}; count in characters, \
         the start first, and not past the end"
    )]
    Range {
        /// Whose range.
        place: String,
        /// Where it starts.
        start: i64,
        /// Where it ends.
        end: i64,
        /// The document.
        document: String,
        /// The document's length.
        length: i64,
    },
    /// A roll-up to no depth.
    #[error("`rollup_depth` is 0, and roots are at depth 1; give 1 or more, or leave it out")]
    Depth,
    /// A code above itself.
    #[error("in the tree “{code}” stands above itself; correct the code above it")]
    Ring {
        /// Which.
        code: String,
    },
}
