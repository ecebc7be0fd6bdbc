//! What is written out: tables, figures, documents.
//!
//! Takes what findings have counted and gives text. Nothing is counted here, and nothing is shown on the screen.

pub mod agreement;
pub mod counts;
pub mod documents;
pub mod figures;
pub mod folder;
pub mod grids;
pub mod matrices;
pub mod memos;
pub mod tables;
