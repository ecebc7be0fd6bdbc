//! The full-screen program: what is drawn, and what the keys do.
//!
//! Knows of everything below it; nothing below it knows of this folder.

pub mod glyphs;
pub mod theme;
