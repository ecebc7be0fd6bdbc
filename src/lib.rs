//! Emic: a full-screen terminal program for coding interviews.

#![forbid(unsafe_code)]

pub mod agreement;
pub mod cli;
pub mod exchange;
pub mod findings;
pub mod project;
pub mod report;
pub mod screen;
pub mod session;
pub mod store;
pub mod table;
pub mod text;
