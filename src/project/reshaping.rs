//! What was done to the codebook, step by step: by whom, when, and why.
//!
//! Records say how codes stand; this says how they came to. Each step that adds, names, moves, merges or deletes a code
//! leaves a reshaping beside it, and undoing the step takes it along. What a code means is told by its wordings.

use super::codebook::{Code, Origin};
use super::id::{CodeId, CoderId};
use super::record::{Change, record};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

record! {
    /// Something that was done to a code. Never changed once written, but for its reason.
    Reshaping(ReshapingId) {
        /// The code.
        code: CodeId,
        /// What was done to it.
        what: Reshaped,
        /// Who did it.
        by: CoderId,
        /// When.
        at: Timestamp,
        /// Why, where they said so.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    }
}

/// What is done to a code of the codebook.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Reshaped {
    /// It was added.
    Added,
    /// It was deleted.
    Deleted,
    /// It was merged into this one.
    Merged(CodeId),
    /// It stands for itself again.
    Parted(CodeId),
    /// It was given another name.
    Renamed {
        /// The name that it had.
        from: String,
        /// The name that it got.
        to: String,
    },
    /// It was put under another code; the top is `None`.
    Moved {
        /// What it stood under.
        from: Option<CodeId>,
        /// What it came to stand under.
        to: Option<CodeId>,
    },
    /// It is said to be from elsewhere.
    Origin(Origin),
    /// It became a heading, or ceased to be one.
    Heading(bool),
}

/// What a change of a code's record does to it, as far as it is a matter of what the codebook says: its place among its
/// siblings and its colour are not.
#[must_use]
pub fn reshaped(change: &Change<Code>) -> Vec<Reshaped> {
    let (before, after) = match (&change.before, &change.after) {
        (None, None) => return Vec::new(),
        (None, Some(_)) => return vec![Reshaped::Added],
        (Some(_), None) => return vec![Reshaped::Deleted],
        (Some(before), Some(after)) => (before, after),
    };
    let mut out = Vec::new();
    match (before.merged, after.merged) {
        (was, Some(into)) if was != Some(into) => out.push(Reshaped::Merged(into)),
        (Some(from), None) => out.push(Reshaped::Parted(from)),
        _ => {}
    }
    if before.name != after.name {
        out.push(Reshaped::Renamed { from: before.name.clone(), to: after.name.clone() });
    }
    // A merged code's own place is of no account.
    if before.parent != after.parent && after.merged.is_none() {
        out.push(Reshaped::Moved { from: before.parent, to: after.parent });
    }
    if before.origin != after.origin {
        out.push(Reshaped::Origin(after.origin));
    }
    if before.heading != after.heading {
        out.push(Reshaped::Heading(after.heading));
    }
    out
}
