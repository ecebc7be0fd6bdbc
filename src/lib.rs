//! Emic: a full-screen terminal program for coding interviews.

pub mod exchange;
pub mod project;
pub mod screen;
pub mod session;
pub mod text;
