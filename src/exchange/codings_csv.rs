//! Codings as a table: source, coder, code, start, end and, if there is one, a comment; one coding a row.
//!
//! [`read`] takes the bytes of a CSV file and gives its rows as they are written; [`plan()`] holds them against the project
//! and gives edits, or says of every bad row what is wrong with it. Nothing is taken in unless all rows can be.

mod plan;
mod rows;
#[cfg(test)]
mod tests;

pub use plan::{BadRow, Lookup, Taken, plan};
pub use rows::{CodingsError, Row, Rows, read};
