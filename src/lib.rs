//! Emic: a full-screen terminal program for coding interviews.

pub mod screen;
pub mod text;
