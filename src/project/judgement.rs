//! Judgements: what an analyst holds of a code in a case, beside the passages or without any.

use super::id::{CaseId, CodeId, CoderId, CodingId, JudgementId, RoundId, WaveId};
use super::record::{is_default, record};
use super::source::Passage;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

record! {
    /// What a coder holds of a code in a case.
    Judgement(JudgementId) {
        /// Who.
        coder: CoderId,
        /// The case.
        case: CaseId,
        /// The code.
        code: CodeId,
        /// In which wave; all of them if `None`.
        #[serde(default, skip_serializing_if = "is_default")]
        wave: Option<WaveId>,
        /// What is held.
        held: Held,
        /// Why; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// Codings that show it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        codings: Vec<CodingId>,
        /// Words that show it, coded or not.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        passages: Vec<Passage>,
        /// The round of independent coding it was made for.
        #[serde(default, skip_serializing_if = "is_default")]
        round: Option<RoundId>,
        /// When.
        at: Timestamp,
    }
}

impl Judgement {
    /// The id of what `coder` holds of `code` in `case`: judging again changes the same record.
    #[must_use]
    pub fn id_for(coder: CoderId, case: CaseId, code: CodeId, wave: Option<WaveId>) -> JudgementId {
        let wave = wave.map(|wave| wave.to_string()).unwrap_or_default();
        JudgementId(case.0.derived(&format!("judgement {coder} {code} {wave}")))
    }
}

/// What is held of a code in a case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Held {
    /// It is so.
    Present,
    /// It was said not to be so.
    Not,
    /// Nobody asked.
    NotAsked,
    /// What was said leaves it open.
    Unclear,
}

impl Held {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Present, Self::Not, Self::NotAsked, Self::Unclear];

    /// Its name as shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Not => "explicitly not",
            Self::NotAsked => "not asked",
            Self::Unclear => "unclear",
        }
    }
}
