//! Emic: a full-screen terminal program for coding interviews.

pub mod exchange;
pub mod text;
