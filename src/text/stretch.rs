//! Placeholder while the real one is on its way.
#![allow(missing_docs, reason = "replaced by the table of stretches")]
use super::{BytePos, Text};
#[derive(Clone, Debug)]
pub struct Stretches;
impl Stretches {
    pub fn new(_: &Text, _: impl Iterator<Item = BytePos>) -> Self {
        Self
    }
}
