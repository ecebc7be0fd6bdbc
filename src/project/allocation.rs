//! Allocation: who codes which of the cases that remain after a round.

use super::id::{AttributeId, CaseId, CoderId, RoundId};
use super::record::{is_default, record};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

record! {
    /// How the remaining cases were divided.
    Allocation(AllocationId) {
        /// Who divided them.
        by: CoderId,
        /// When.
        made: Timestamp,
        /// The round whose codes and scope they are coded with.
        round: RoundId,
        /// The seed, with which it can be made again.
        seed: u64,
        /// The attribute over whose values each coder's cases are spread.
        #[serde(default, skip_serializing_if = "is_default")]
        spread: Option<AttributeId>,
        /// Who codes what.
        shares: Vec<Share>,
        /// The blind round in which the cases kept back are coded twice, as a check for drift.
        #[serde(default, skip_serializing_if = "is_default")]
        drift: Option<RoundId>,
    }
}

/// A case and who codes it: one coder, or several for a case kept back as a check for drift.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Share {
    /// The case.
    pub case: CaseId,
    /// Who codes it.
    pub coders: Vec<CoderId>,
    /// How many words of it are in scope.
    pub words: u32,
}
