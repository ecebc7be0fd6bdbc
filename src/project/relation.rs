//! Checks of pairs: whether two codings that lie together really belong together, as a relation matrix asks.

use super::id::{CoderId, CodingId, PairCheckId};
use super::record::record;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

record! {
    /// What a coder found of two codings that lie together.
    PairCheck(PairCheckId) {
        /// Who looked.
        coder: CoderId,
        /// The one coding.
        a: CodingId,
        /// The other.
        b: CodingId,
        /// What was found.
        found: Related,
        /// Why; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// When.
        at: Timestamp,
    }
}

impl PairCheck {
    /// The id of `coder`'s check of a pair, in whichever order it is named: looking again changes the same record.
    #[must_use]
    pub fn id_for(coder: CoderId, a: CodingId, b: CodingId) -> PairCheckId {
        let (a, b) = (a.min(b), a.max(b));
        PairCheckId(a.0.derived(&format!("pair {coder} {b}")))
    }
}

/// Whether a pair belongs together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Related {
    /// It does.
    Confirmed,
    /// It does not: the two only lie together.
    Struck,
}
