//! Agreement against published figures, against a second implementation, and against what must hold for any study.

#[path = "agreement/command.rs"]
mod command;
#[path = "agreement/compare.rs"]
mod compare;
#[path = "agreement/large.rs"]
mod large;
#[path = "agreement/laws.rs"]
mod laws;
#[path = "agreement/studies.rs"]
mod studies;
#[path = "agreement/vectors.rs"]
mod vectors;
