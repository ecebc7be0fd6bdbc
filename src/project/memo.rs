//! Memos: what a coder thinks, in Markdown, linked to what it is about.

use super::id::{CaseId, CodeId, CoderId, CodingId, RoundId, SourceId, TableId, ThemeId};
use super::record::{is_default, record};
use super::source::Passage;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

record! {
    /// A memo. Its first line is its title.
    Memo(MemoId) {
        /// Who writes it.
        coder: CoderId,
        /// What it is about.
        on: Link,
        /// What kind of thought it is.
        #[serde(default)]
        kind: MemoKind,
        /// Whether others may read it; a memo of one's own never leaves in exports.
        shared: bool,
        /// When it was begun.
        made: Timestamp,
        /// Title line and Markdown.
        text: String,
        /// The round of independent coding it was written for.
        #[serde(default, skip_serializing_if = "is_default")]
        round: Option<RoundId>,
    }
}

impl Memo {
    /// Its first line without Markdown's heading marks; `untitled` if that is empty.
    #[must_use]
    pub fn title(&self) -> &str {
        let line = self.text.lines().next().unwrap_or_default().trim_start_matches('#').trim();
        if line.is_empty() { "untitled" } else { line }
    }

    /// What follows the first line.
    #[must_use]
    pub fn body(&self) -> &str {
        self.text.split_once('\n').map_or("", |(_, body)| body.trim())
    }
}

/// What a memo is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Link {
    /// The study as a whole.
    Study,
    /// A case.
    Case(CaseId),
    /// A source.
    Source(SourceId),
    /// A code.
    Code(CodeId),
    /// A coding.
    Coding(CodingId),
    /// A passage.
    Passage(Passage),
    /// A theme.
    Theme(ThemeId),
    /// A saved table.
    Table(TableId),
}

/// What kind of thought a memo is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum MemoKind {
    /// About what the data say.
    #[default]
    Analytic,
    /// About how the study is done.
    Methodological,
    /// About what it means beyond the data.
    Theoretical,
    /// About the researcher.
    Reflexive,
    /// About what a code means.
    Definition,
    /// To be talked over.
    Discuss,
}

impl MemoKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Analytic, Self::Methodological, Self::Theoretical, Self::Reflexive, Self::Definition, Self::Discuss];

    /// Its name as shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Analytic => "analytic",
            Self::Methodological => "methodological",
            Self::Theoretical => "theoretical",
            Self::Reflexive => "reflexive",
            Self::Definition => "definition",
            Self::Discuss => "to discuss",
        }
    }

    /// The kind of this name, or the only one that it begins.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        let mut found = Self::ALL.into_iter().filter(|kind| {
            let whole = kind.name();
            !name.is_empty() && (whole.starts_with(&name) || whole.trim_start_matches("to ").starts_with(&name))
        });
        found.next().filter(|_| found.next().is_none())
    }
}
