//! Agreement against published figures, against a second implementation, and against what must hold for any study.

#[path = "agreement/command.rs"]
mod command;
#[path = "agreement/compare.rs"]
mod compare;
#[path = "agreement/large.rs"]
mod large;
#[path = "agreement/vectors.rs"]
mod vectors;
