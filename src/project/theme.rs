//! Themes: objects above codes, never laid on text. They order codes and rows, and hold the extracts that support, qualify
//! or contradict them.

use super::id::{CodeId, CodingId, RowId, ThemeId, ThemeItemId};
use super::record::{Rank, is_default, record};
use serde::{Deserialize, Serialize};

record! {
    /// A theme.
    Theme(ThemeId) {
        /// What it is called.
        name: String,
        /// What it says.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        description: String,
        /// The theme it stands under.
        #[serde(default, skip_serializing_if = "is_default")]
        parent: Option<ThemeId>,
        /// Its place among its siblings.
        rank: Rank,
    }
}

record! {
    /// Something that a theme holds.
    ThemeItem(ThemeItemId) {
        /// The theme.
        theme: ThemeId,
        /// What it holds.
        what: Holds,
        /// A note on why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        /// Its place within the theme.
        rank: Rank,
    }
}

impl ThemeItem {
    /// The id of `what` in `theme`: who puts it there first does not matter.
    #[must_use]
    pub fn id_for(theme: ThemeId, what: Holds) -> ThemeItemId {
        let name = match what {
            Holds::Code(code) => format!("code {code}"),
            Holds::Row(row) => format!("row {row}"),
            Holds::Extract(coding, _) => format!("extract {coding}"),
        };
        ThemeItemId(theme.0.derived(&name))
    }
}

/// What a theme can hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Holds {
    /// A code.
    Code(CodeId),
    /// A row.
    Row(RowId),
    /// An extract, with what it does to the theme.
    Extract(CodingId, Stance),
}

/// What an extract does to a theme.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Stance {
    /// It speaks for it.
    #[default]
    Supports,
    /// It limits it.
    Qualifies,
    /// It speaks against it.
    Contradicts,
}

impl Stance {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Supports, Self::Qualifies, Self::Contradicts];

    /// Its name as shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Qualifies => "qualifies",
            Self::Contradicts => "contradicts",
        }
    }
}
