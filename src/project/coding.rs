//! Codings, and what a coder keeps for themselves: pinned codes, how far they have read.

use super::id::{CodeId, CoderId, PinsId, ProgressId, RoundId, SourceId, WordingId};
use super::record::{is_default, record};
use super::source::Passage;
use crate::text::Pos;

record! {
    /// A code laid on a passage by a coder.
    Coding(CodingId) {
        /// Who laid it.
        coder: CoderId,
        /// The code as it was chosen; it may since have been merged into another.
        code: CodeId,
        /// The words it lies on.
        at: Passage,
        /// The wording it was made under or last confirmed.
        #[serde(default, skip_serializing_if = "is_default")]
        wording: Option<WordingId>,
        /// What the coder notes about it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        comment: String,
        /// The round of independent coding it was made for.
        #[serde(default, skip_serializing_if = "is_default")]
        round: Option<RoundId>,
    }
}

record! {
    /// The codes a coder has put on the digits 1 to 9.
    Pins(PinsId) {
        /// Whose they are.
        coder: CoderId,
        /// The code on digit 1, 2, …; `None` where a digit is free.
        codes: Vec<Option<CodeId>>,
    }
}

impl Pins {
    /// The id of `coder`'s pins.
    #[must_use]
    pub fn id_for(coder: CoderId) -> PinsId {
        PinsId(coder.0.derived("pins"))
    }
}

record! {
    /// How far a coder has read a source.
    Progress(ProgressId) {
        /// Who reads.
        coder: CoderId,
        /// What they read.
        source: SourceId,
        /// Up to where they have read.
        read_to: Pos,
        /// Whether they are done with it.
        finished: bool,
    }
}

impl Progress {
    /// The id of `coder`'s progress in `source`.
    #[must_use]
    pub fn id_for(coder: CoderId, source: SourceId) -> ProgressId {
        ProgressId(source.0.derived(&coder.to_string()))
    }
}
