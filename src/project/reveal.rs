//! The reveal: what each coder of a round had when all had finished. Every figure of agreement is computed from it.

use super::id::{CodeId, CoderId, CodingId, RevealId, RoundId, WordingId};
use super::record::{is_default, record};
use super::round::{Ground, Proposed};
use super::source::Passage;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

record! {
    /// What each coder of a round had when all had finished. Never changed.
    Reveal(RevealId) {
        /// The round.
        round: RoundId,
        /// Who revealed it.
        by: CoderId,
        /// When.
        at: Timestamp,
        /// The sources of the round, with scope and units as they lie in the texts of that moment.
        grounds: Vec<Ground>,
        /// Every coding made for the round, as it was, by coder, source and place.
        codings: Vec<Frozen>,
        /// The codebook as it stood, in tree order: later changes of it move no figure.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        book: Vec<CodeThen>,
        /// The codes that were proposed during it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        codes: Vec<(CodeId, Proposed)>,
        /// The wordings that were proposed during it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        wordings: Vec<(WordingId, Proposed)>,
    }
}

impl Reveal {
    /// The id of the reveal of `round`: the same whoever reveals it.
    #[must_use]
    pub fn id_for(round: RoundId) -> RevealId {
        RevealId(round.0.derived("reveal"))
    }
}

/// A code as it stood at the reveal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CodeThen {
    /// The code.
    pub code: CodeId,
    /// What it was called.
    pub name: String,
    /// What it stood under.
    #[serde(default, skip_serializing_if = "is_default")]
    pub parent: Option<CodeId>,
}

/// A coding as it was at the reveal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Frozen {
    /// The coding.
    pub id: CodingId,
    /// Whose.
    pub coder: CoderId,
    /// The code it stood for, merges followed.
    pub code: CodeId,
    /// Where it lay, in the version that the reveal's ground names.
    pub at: Passage,
    /// The wording it was made under.
    #[serde(default, skip_serializing_if = "is_default")]
    pub wording: Option<WordingId>,
    /// The comment.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
}
