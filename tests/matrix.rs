//! Matrices: the paper's role × service matrix from the sample study, and the Matrices view, played with real keys.

mod support;

#[path = "matrix/sample.rs"]
mod sample;
#[path = "matrix/view.rs"]
mod view;
