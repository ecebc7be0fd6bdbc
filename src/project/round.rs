//! Rounds of independent coding: what is fixed in advance, and who has finished.
//!
//! A round fixes its cases, sources, codes with their wordings, scope and units when it is opened; nothing that comes
//! later changes them. What its coders make for it names it (`Coding::round`, `Memo::round`, `Code::proposed`,
//! `Wording::proposed`) and is seen by its maker alone until the round is revealed; [`View`](super::view::View) sees to
//! that. A round whose definitions had to be revised is stopped, and the next goes on from it (`after`): what was made
//! for the one belongs to the other.

use super::id::{AttributeId, CaseId, CodeId, CoderId, RoundId, SourceId, StandId, WordingId};
use super::record::{is_default, record};
use crate::text::Span;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

record! {
    /// A round of independent coding. Never changed but to be stopped.
    Round(RoundId) {
        /// What it is called: `Round 1`.
        name: String,
        /// Who opened it.
        by: CoderId,
        /// When.
        made: Timestamp,
        /// Which cases are coded by whom; different cases may have different coders.
        desks: Vec<Desk>,
        /// The sources of these cases as they stood, with what of their text could be coded.
        grounds: Vec<Ground>,
        /// The codes, with the wording each is used under.
        codes: Vec<Pinned>,
        /// What of the texts could be coded.
        scope: Scope,
        /// What agreement is counted on first.
        unit: Unit,
        /// The least share of a unit, in percent, that a code must cover to count as given to it; 0 is any overlap.
        #[serde(default, skip_serializing_if = "is_default")]
        least: u8,
        /// The depth of the tree (1 for the top) that codes are rolled up to; `None` counts them as applied.
        #[serde(default, skip_serializing_if = "is_default")]
        depth: Option<u32>,
        /// How the cases were chosen.
        drawn: Drawn,
        /// The round that this one goes on from with revised wordings.
        #[serde(default, skip_serializing_if = "is_default")]
        after: Option<RoundId>,
        /// Its cases were kept back from an allocation and are coded by several as a check for drift.
        #[serde(default, skip_serializing_if = "is_default")]
        drift: bool,
    }
}

/// A case of a round and the coders who code it, blind to each other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Desk {
    /// The case.
    pub case: CaseId,
    /// Its coders, two or more.
    pub coders: Vec<CoderId>,
}

/// A source of a round, and the parts of its text that could be coded.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ground {
    /// The source.
    pub source: SourceId,
    /// The case it belonged to.
    pub case: CaseId,
    /// The version of its text.
    pub version: u32,
    /// How long that is, in chars.
    pub chars: u32,
    /// How many words of it are in scope.
    pub words: u32,
    /// The parts in scope, in order, neither overlapping nor touching; empty where nothing of it was.
    pub scope: Vec<Span>,
    /// Its units, whether in scope or not: turns, paragraphs where it has no turns, or the passages that were given.
    pub units: Vec<Span>,
}

/// A code under the wording that holds in a round.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Pinned {
    /// The code.
    pub code: CodeId,
    /// Its wording then; `None` where it was still to be defined.
    pub wording: Option<WordingId>,
}

/// What of the texts can be coded in a round.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Scope {
    /// Only within passages of these codes of an earlier cycle, touching ones joined; empty for all text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<CodeId>,
    /// Whose passages these are; empty for everybody's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<CoderId>,
    /// The round whose consensus they are instead.
    #[serde(skip_serializing_if = "is_default")]
    pub consensus: Option<RoundId>,
    /// Interviewers' turns as well; else only participants', and those of people of whom nobody said who they are.
    #[serde(skip_serializing_if = "is_default")]
    pub everyone: bool,
}

/// What agreement is counted on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Unit {
    /// A char.
    Char,
    /// A word.
    Word,
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
    /// A turn; a paragraph in a source without turns.
    #[default]
    Turn,
    /// A passage that was given to the coders.
    Given,
    /// A source.
    Source,
    /// A case.
    Case,
}

impl Unit {
    /// All units, from the smallest.
    pub const ALL: [Self; 8] =
        [Self::Char, Self::Word, Self::Sentence, Self::Paragraph, Self::Turn, Self::Given, Self::Source, Self::Case];

    /// Its name as shown and as typed on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Char => "character",
            Self::Word => "word",
            Self::Sentence => "sentence",
            Self::Paragraph => "paragraph",
            Self::Turn => "turn",
            Self::Given => "given passage",
            Self::Source => "source",
            Self::Case => "case",
        }
    }
}

/// How the cases of a round were chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Drawn {
    /// By hand.
    #[default]
    ByHand,
    /// At random.
    AtRandom {
        /// The seed, with which the draw can be made again.
        seed: u64,
    },
    /// At random within the values of an attribute.
    Stratified {
        /// The seed.
        seed: u64,
        /// The attribute.
        by: AttributeId,
    },
}

impl Round {
    /// The coders of a case of the round; none for a case that is not in it.
    #[must_use]
    pub fn coders_of(&self, case: CaseId) -> &[CoderId] {
        self.desks.iter().find(|desk| desk.case == case).map_or(&[], |desk| &desk.coders)
    }

    /// All its coders, in the order in which its cases name them.
    #[must_use]
    pub fn coders(&self) -> Vec<CoderId> {
        let mut out = Vec::new();
        for coder in self.desks.iter().flat_map(|desk| &desk.coders) {
            if !out.contains(coder) {
                out.push(*coder);
            }
        }
        out
    }

    /// Its part of a source.
    #[must_use]
    pub fn ground(&self, source: SourceId) -> Option<&Ground> {
        self.grounds.iter().find(|ground| ground.source == source)
    }

    /// Whether `coder` codes `source` in this round.
    #[must_use]
    pub fn is_coded_by(&self, source: SourceId, coder: CoderId) -> bool {
        self.ground(source).is_some_and(|ground| self.coders_of(ground.case).contains(&coder))
    }

    /// The wording under which `code` (itself, not what was merged into it) is used; `None` for a code not in the round.
    #[must_use]
    pub fn pinned(&self, code: CodeId) -> Option<&Pinned> {
        self.codes.iter().find(|pinned| pinned.code == code)
    }
}

record! {
    /// Whether a coder has finished a case of a round. Stands in their own journals.
    Stand(StandId) {
        /// Who.
        coder: CoderId,
        /// Which round.
        round: RoundId,
        /// Which case.
        case: CaseId,
        /// Done with it; may be taken up again until the reveal.
        finished: bool,
        /// Since when.
        at: Timestamp,
    }
}

impl Stand {
    /// The id of where `coder` stands with `case` in `round`.
    #[must_use]
    pub fn id_for(round: RoundId, coder: CoderId, case: CaseId) -> StandId {
        StandId(round.0.derived(&format!("{coder} {case}")))
    }
}

/// That something was made for a round, by whom, and is theirs alone until it is revealed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Proposed {
    /// The round.
    pub round: RoundId,
    /// Who proposes it.
    pub by: CoderId,
}
