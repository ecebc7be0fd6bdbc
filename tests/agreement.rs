//! Agreement against published figures, against a second implementation, and against what must hold for any study.

#[path = "agreement/compare.rs"]
mod compare;
#[path = "agreement/vectors.rs"]
mod vectors;
