//! The views: what fills the screen between the top line and the bottom ones.

pub mod code;
