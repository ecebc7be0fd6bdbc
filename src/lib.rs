//! Emic: a full-screen terminal program for coding interviews.
#![forbid(unsafe_code)]

pub mod project;
pub mod session;
pub mod text;
