//! What is asked of a matrix.

use super::lines::Part;
use crate::project::id::{AttributeId, WaveId};
use crate::project::row::Expr;

/// What a matrix puts against what.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Kind {
    /// Cases against codes.
    #[default]
    CaseCode,
    /// Codes against the values of an attribute.
    CodeAttribute,
    /// Codes against codes that lie together with them.
    CodeCode,
    /// The roles of those who speak against codes.
    RoleCode,
    /// Codes against codes that belong together: as the above, without the pairs that somebody struck.
    Relation,
}

impl Kind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::CaseCode, Self::CodeAttribute, Self::CodeCode, Self::RoleCode, Self::Relation];

    /// Its name as typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CaseCode => "case-code",
            Self::CodeAttribute => "code-attribute",
            Self::CodeCode => "code-code",
            Self::RoleCode => "role-code",
            Self::Relation => "relation",
        }
    }

    /// Its name as shown.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::CaseCode => "Cases by codes",
            Self::CodeAttribute => "Codes by an attribute",
            Self::CodeCode => "Codes by codes",
            Self::RoleCode => "Roles of speakers by codes",
            Self::Relation => "Relations of codes",
        }
    }

    /// What it tells.
    #[must_use]
    pub const fn tells(self) -> &'static str {
        match self {
            Self::CaseCode => "which code is in which case, and how often",
            Self::CodeAttribute => "in how many cases of each value a code is",
            Self::CodeCode => "which codes lie together",
            Self::RoleCode => "who speaks of what",
            Self::Relation => "which codes belong together: who does what; pairs are confirmed or struck",
        }
    }

    /// Whether codes stand in its rows too.
    #[must_use]
    pub const fn has_code_rows(self) -> bool {
        matches!(self, Self::CodeAttribute | Self::CodeCode | Self::Relation)
    }

    /// Whether codes stand in its columns.
    #[must_use]
    pub const fn has_code_columns(self) -> bool {
        !matches!(self, Self::CodeAttribute)
    }

    /// Whether it is of codes that lie together.
    #[must_use]
    pub const fn is_of_pairs(self) -> bool {
        matches!(self, Self::CodeCode | Self::Relation)
    }
}

/// When two passages lie together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum By {
    /// They share words.
    #[default]
    Overlap,
    /// They lie in one turn; in one paragraph where a text has no turns.
    Turn,
    /// They lie in one source.
    Source,
}

impl By {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Overlap, Self::Turn, Self::Source];

    /// Its name as typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overlap => "overlap",
            Self::Turn => "turn",
            Self::Source => "source",
        }
    }

    /// Its name as shown.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Overlap => "on the same words",
            Self::Turn => "in the same turn",
            Self::Source => "in the same source",
        }
    }
}

/// What a matrix counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Count {
    /// Cases, each once.
    #[default]
    Cases,
    /// Passages; of codes by codes, pairs of them.
    Passages,
}

impl Count {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Cases, Self::Passages];

    /// Its name as typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Passages => "passages",
        }
    }
}

/// Which cases are looked at.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Filter {
    /// Cases of this kind; of all kinds if it is empty.
    pub kind: String,
    /// The wave that is counted; all together if `None`.
    pub wave: Option<WaveId>,
    /// What has to hold of them, all of it.
    pub holds: Vec<Expr>,
}

impl Filter {
    /// Whether all cases are looked at, whatever their kind and values.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.kind.is_empty() && self.holds.is_empty()
    }
}

/// What is asked.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Asked {
    /// What is put against what.
    pub kind: Kind,
    /// The codes of the rows, where those are codes; all codes if there are none.
    pub rows: Vec<Part>,
    /// The codes of the columns, likewise.
    pub columns: Vec<Part>,
    /// The attribute whose values are the columns.
    pub attribute: Option<AttributeId>,
    /// When codes lie together.
    pub by: By,
    /// What is counted.
    pub count: Count,
    /// A cell is marked when it holds in at least so many; if `None` it says its number.
    pub least: Option<usize>,
    /// Which cases are looked at.
    pub only: Filter,
}
