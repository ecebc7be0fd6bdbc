//! Emic: a full-screen terminal program for coding interviews.

pub mod project;
pub mod session;
pub mod store;
pub mod text;
