//! Decisions: how a disagreement was settled, and what became of earlier codings when a code came to mean something else.
//!
//! Both stand in the journals of who decided. Neither changes anybody's codings: the consensus is read from the codings
//! and the decisions, beside the originals.

use super::id::{CheckId, CodeId, CoderId, CodingId, DecisionId, RoundId, WordingId};
use super::record::{is_default, record};
use super::source::Passage;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

record! {
    /// What was decided about a disagreement.
    Decision(DecisionId) {
        /// Who decided.
        coder: CoderId,
        /// Who was there.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        with: Vec<CoderId>,
        /// The round.
        round: RoundId,
        /// What was seen: whose coding of which code lay where, in order. The decision holds for exactly this.
        seen: Vec<Piece>,
        /// What kind of disagreement that was, as the queue names it: `only`, `sibling`, `extent`, …
        kind: String,
        /// What the words carry by this decision.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        result: Vec<Settled>,
        /// How it was come by.
        outcome: Outcome,
        /// Why; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// When.
        at: Timestamp,
    }
}

impl Decision {
    /// The id of what `coder` decides about `seen` in `round`: deciding again changes the same record.
    #[must_use]
    pub fn id_for(round: RoundId, coder: CoderId, seen: &[Piece]) -> DecisionId {
        let mut name = format!("{coder}");
        for piece in seen {
            let Piece { coder, code, at } = piece;
            name.push_str(&format!(
                " {coder} {code} {} {} {} {}",
                at.source, at.version, at.span.start.0, at.span.end.0
            ));
        }
        DecisionId(round.0.derived(&name))
    }
}

/// What one coder had somewhere: overlapping codings of one code as one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Piece {
    /// Who.
    pub coder: CoderId,
    /// The code.
    pub code: CodeId,
    /// The words.
    pub at: Passage,
}

/// A code that words carry by decision.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Settled {
    /// The code.
    pub code: CodeId,
    /// The words.
    pub at: Passage,
    /// The wording under which it was decided.
    #[serde(default, skip_serializing_if = "is_default")]
    pub wording: Option<WordingId>,
}

/// How a disagreement was settled.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Outcome {
    /// As this coder had it.
    As(CoderId),
    /// The wider extent.
    Wider,
    /// The tighter extent.
    Tighter,
    /// Both codes.
    Both,
    /// None of it.
    Neither,
    /// Something else: another code or extent.
    Other,
    /// To be talked over: still open.
    Discuss,
    /// Put to a third person (`None` for whoever takes it): still open.
    Passed(Option<CoderId>),
}

impl Outcome {
    /// Whether it settles the disagreement.
    #[must_use]
    pub const fn settles(self) -> bool {
        !matches!(self, Self::Discuss | Self::Passed(_))
    }
}

record! {
    /// That a coding was looked at again after its code came to mean something else.
    Check(CheckId) {
        /// Who looked.
        coder: CoderId,
        /// The coding, anybody's.
        coding: CodingId,
        /// The wording it was held against.
        wording: WordingId,
        /// What was found.
        verdict: Verdict,
        /// Why; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// When.
        at: Timestamp,
    }
}

impl Check {
    /// The id of `coder`'s check of `coding` against `wording`: checking again changes the same record.
    #[must_use]
    pub fn id_for(coder: CoderId, coding: CodingId, wording: WordingId) -> CheckId {
        CheckId(coding.0.derived(&format!("{coder} {wording}")))
    }
}

/// What becomes of a coding that was checked again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Verdict {
    /// It holds under the new wording.
    Keep,
    /// Its words say something else.
    Recode(CodeId),
    /// It no longer holds.
    Remove,
}
