//! Placeholder while the real one is on its way.
#![allow(missing_docs, reason = "replaced by the recognition of turns")]
use super::position::Span;
use serde::{Deserialize, Serialize};
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Turns {
    pub labels: Vec<String>,
    pub turns: Vec<Turn>,
}
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Turn {
    pub span: Span,
    pub label: Option<Span>,
    pub body: Span,
    pub speaker: Option<u32>,
    pub time: Option<u32>,
}
