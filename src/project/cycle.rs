//! Cycles: stages of the analysis, each with the codebook as it stood when it was frozen.

use super::codebook::Origin;
use super::id::{CodeId, CoderId, ThemeId, WordingId};
use super::record::{is_default, record};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

record! {
    /// A cycle: the codebook as it stood, by name. Never changed once frozen, but for its name and note.
    Cycle(CycleId) {
        /// What it is called: broad coding, subcoding, …
        name: String,
        /// What it was for.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        /// Who froze it.
        by: CoderId,
        /// When.
        at: Timestamp,
        /// The organising construct: its top theme.
        #[serde(default, skip_serializing_if = "is_default")]
        top: Option<ThemeId>,
        /// The codes as they stood, in tree order.
        codes: Vec<FrozenCode>,
        /// The codes that had been merged into others by then, each with what it had become.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        merged: Vec<(CodeId, CodeId)>,
    }
}

/// A code as it stood when a cycle was frozen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FrozenCode {
    /// The code.
    pub code: CodeId,
    /// What it was called.
    pub name: String,
    /// The code it stood under.
    #[serde(default, skip_serializing_if = "is_default")]
    pub parent: Option<CodeId>,
    /// What it meant; wordings are never changed, so its id will do.
    #[serde(default, skip_serializing_if = "is_default")]
    pub wording: Option<WordingId>,
    /// Where it came from.
    pub origin: Origin,
    /// Whether it was a heading.
    #[serde(default, skip_serializing_if = "is_default")]
    pub heading: bool,
    /// How many passages carried it, whoever laid it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub passages: u32,
}
