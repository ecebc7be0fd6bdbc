//! Texts as strings and positions: chars and bytes, paragraphs, turns, sentences and words, wrapping, search.
//!
//! Knows nothing of projects, codes, disks or screens. All positions that leave this folder count chars.

pub mod lines;
pub mod position;
pub mod turns;

pub use lines::Text;
pub use position::{BytePos, Pos, Span};
