//! Summaries: the cells of a framework matrix, each what one person made of a case under a theme, with the extracts it was
//! written from.

use super::id::{CaseId, CodeId, CoderId, CodingId, RoundId, SummaryId, ThemeId};
use super::record::{is_default, record};
use super::source::Passage;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

record! {
    /// What a coder made of a case under a theme.
    Summary(SummaryId) {
        /// Who wrote it.
        coder: CoderId,
        /// The case.
        case: CaseId,
        /// Under what.
        of: Heading,
        /// The words.
        text: String,
        /// What it was written from, as that stood then.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        from: Vec<Basis>,
        /// The round of independent coding it was written for.
        #[serde(default, skip_serializing_if = "is_default")]
        round: Option<RoundId>,
        /// When it was last written.
        at: Timestamp,
    }
}

impl Summary {
    /// The id of what `coder` makes of `case` under `of`: writing again changes the same record.
    #[must_use]
    pub fn id_for(coder: CoderId, case: CaseId, of: Heading) -> SummaryId {
        let of = match of {
            Heading::Theme(theme) => format!("theme {theme}"),
            Heading::Code(code) => format!("code {code}"),
        };
        SummaryId(case.0.derived(&format!("summary {coder} {of}")))
    }
}

/// What a column of a framework matrix is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Heading {
    /// A theme: its codes with those below them, its rows' codes, its extracts.
    Theme(ThemeId),
    /// A code with those below it.
    Code(CodeId),
}

/// An extract that a summary was written from, as it stood then.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Basis {
    /// The coding.
    pub coding: CodingId,
    /// The code it carried.
    pub code: CodeId,
    /// Its words.
    pub at: Passage,
}
