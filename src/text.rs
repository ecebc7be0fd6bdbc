//! Texts as strings and positions: chars and bytes, paragraphs, turns, sentences and words, wrapping, search.
//!
//! Knows nothing of projects, codes, disks or screens. All positions that leave this folder count chars.

pub mod lines;
pub mod position;
pub mod search;
pub mod snippet;
pub mod stretch;
pub mod turns;
pub mod units;
pub mod wrap;

pub use lines::Text;
pub use position::{BytePos, Pos, Span};
pub use units::Unit;
