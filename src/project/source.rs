//! Sources, the versions of their texts, and passages of them.
//!
//! The words of a text are not a record: they lie in a file beside the records, named by source and version, and never
//! change. A correction is a new version whose record says which stretches were replaced, so that every passage of an
//! earlier version can be found in the present one: [`carry`].

use super::id::{CaseId, Id, ParticipantId, SourceId, SpeakerId, VersionId, WaveId};
use super::record::{Rank, is_default, record};
use crate::text::{Pos, Span};
use serde::{Deserialize, Serialize};

record! {
    /// One text: an interview, a field note, …
    Source(SourceId) {
        /// What it is called within its case.
        name: String,
        /// What kind of text it is.
        kind: SourceKind,
        /// The case it belongs to.
        #[serde(default, skip_serializing_if = "is_default")]
        case: Option<CaseId>,
        /// The wave it was collected in.
        #[serde(default, skip_serializing_if = "is_default")]
        wave: Option<WaveId>,
        /// The day it was collected.
        #[serde(default, skip_serializing_if = "is_default")]
        collected: Option<jiff::civil::Date>,
        /// The name of its folder under `sources/`.
        folder: String,
        /// The file it came from.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        file: String,
        /// Its place among the sources of its case.
        rank: Rank,
        /// The version of its text that is read now.
        version: u32,
    }
}

record! {
    /// A version of a source's text.
    Version(VersionId) {
        /// Whose text it is.
        source: SourceId,
        /// 1, 2, …
        number: u32,
        /// SHA-256 of the words in UTF-8, in hex.
        sha256: String,
        /// Its length in chars.
        chars: u32,
        /// Its length in words.
        words: u32,
        /// How the original was encoded, as told at import.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        encoding: String,
        /// Which accepted recognition of speaker turns holds: 0 none, 1 the first, …
        #[serde(default, skip_serializing_if = "is_default")]
        turns: u32,
        /// What was replaced in the version it corrects, in order; empty for the first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        splices: Vec<Splice>,
        /// The number of the version it corrects, where that is not the one before (which had been taken back).
        #[serde(default, skip_serializing_if = "is_default")]
        base: u32,
        /// Why it was corrected.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    }
}

impl Version {
    /// The id of version `number` of `source`'s text, made with `salt`: two people who correct the same text at the
    /// same time make two versions, not one.
    #[must_use]
    pub fn id_for(source: SourceId, number: u32, salt: Id) -> VersionId {
        if number == 1 { VersionId(source.0.derived("1")) } else { VersionId(salt) }
    }

    /// The number of the version it corrects; always less than its own, 0 for the first.
    #[must_use]
    pub const fn based_on(&self) -> u32 {
        if self.base == 0 || self.base >= self.number { self.number.saturating_sub(1) } else { self.base }
    }
}

record! {
    /// What a speaker label of a source stands for.
    Speaker(SpeakerId) {
        /// Whose label it is.
        source: SourceId,
        /// The label as recognised.
        label: String,
        /// Who speaks.
        who: Who,
    }
}

impl Speaker {
    /// The id of the speaker `label` of `source`: the same whoever makes it first.
    #[must_use]
    pub fn id_for(source: SourceId, label: &str) -> SpeakerId {
        SpeakerId(source.0.derived(label))
    }
}

/// Who speaks under a label.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Who {
    /// Somebody who asks.
    Interviewer,
    /// Somebody who answers; which participant, if that is known.
    Participant(Option<ParticipantId>),
    /// Somebody else: a translator, a visitor.
    Other,
    /// Not said yet.
    #[default]
    Unknown,
}

/// What kind of text a source is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum SourceKind {
    /// An interview with one or two people.
    #[default]
    Interview,
    /// A focus group.
    FocusGroup,
    /// A field note.
    FieldNote,
    /// A site visitor's note.
    SiteVisitorNote,
    /// A meeting of the research team or in the field.
    Meeting,
    /// An open answer of a survey.
    Survey,
    /// Anything else.
    Other,
}

impl SourceKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::Interview,
        Self::FocusGroup,
        Self::FieldNote,
        Self::SiteVisitorNote,
        Self::Meeting,
        Self::Survey,
        Self::Other,
    ];

    /// Its name as shown and as typed on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Interview => "interview",
            Self::FocusGroup => "focus group",
            Self::FieldNote => "field note",
            Self::SiteVisitorNote => "site-visitor note",
            Self::Meeting => "meeting",
            Self::Survey => "survey answer",
            Self::Other => "other",
        }
    }

    /// The kind of this name; spaces, hyphens and case do not matter.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let plain = |s: &str| s.to_lowercase().replace([' ', '-', '_'], "");
        Self::ALL.into_iter().find(|kind| plain(kind.name()) == plain(name))
    }
}

/// Words of a source: the source, the version of its text, and the chars. The three go together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Passage {
    /// The source.
    pub source: SourceId,
    /// The version of its text that the chars are counted in.
    pub version: u32,
    /// Which chars.
    pub span: Span,
}

/// A stretch of the version before that was replaced by `chars` new ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Splice {
    /// The stretch, in the version before.
    pub at: Span,
    /// How many chars stand there now.
    pub chars: u32,
}

/// Where `span` of the version before lies after `splices` (in order, not overlapping). Ends that lay inside a replaced
/// stretch move to the edge of what replaced it, so that a passage keeps all words around the correction.
#[must_use]
pub fn carry(span: Span, splices: &[Splice]) -> Span {
    let edge = |at: u32, is_end: bool| {
        let mut shift = 0i64;
        for splice in splices {
            let (start, end) = (splice.at.start.0, splice.at.end.0);
            if end <= at && !(is_end && start == end && start == at) {
                shift += i64::from(splice.chars) - i64::from(end - start);
            } else if start < at {
                let to = if is_end { i64::from(start) + i64::from(splice.chars) } else { i64::from(start) };
                return Pos(0).shifted(to + shift);
            } else {
                break;
            }
        }
        Pos(at).shifted(shift)
    };
    let start = edge(span.start.0, false);
    // Where all words of a passage were corrected away and others come in at that very place, they are not its words.
    Span { start, end: edge(span.end.0, true).max(start) }
}

/// Whether `splices` are in order, do not overlap and lie within a text of `chars` chars.
#[must_use]
pub fn are_in_order(splices: &[Splice], chars: u32) -> bool {
    splices.windows(2).all(|pair| pair[0].at.end <= pair[1].at.start)
        && splices.last().is_none_or(|last| last.at.end.0 <= chars)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_carried_over_a_correction_before_within_and_after_it() {
        // "the cat sat" -> "the kitten sat": chars 4..7 become 6 chars
        let splices = [Splice { at: Span::new(4, 7), chars: 6 }];
        assert_eq!(carry(Span::new(0, 3), &splices), Span::new(0, 3));
        assert_eq!(carry(Span::new(4, 7), &splices), Span::new(4, 10));
        assert_eq!(carry(Span::new(8, 11), &splices), Span::new(11, 14));
        assert_eq!(carry(Span::new(0, 11), &splices), Span::new(0, 14));
        assert_eq!(carry(Span::new(0, 5), &splices), Span::new(0, 10), "an end inside moves out");
        assert_eq!(carry(Span::new(5, 11), &splices), Span::new(4, 14), "a start inside moves out");
    }

    #[test]
    fn kinds_are_found_by_name_however_it_is_typed() {
        assert_eq!(SourceKind::named("Field-Note"), Some(SourceKind::FieldNote));
        assert_eq!(SourceKind::named("site visitor note"), Some(SourceKind::SiteVisitorNote));
        assert_eq!(SourceKind::named("poem"), None);
    }
}
