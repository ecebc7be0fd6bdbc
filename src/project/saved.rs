//! Tables as they are saved in a project: which rows, in which order and groups, of what they are counted.
//!
//! Only what is asked for is saved; the figures are counted anew whenever they are looked at.

use super::id::{AttributeId, RowId, TableId, WaveId};
use super::record::{Rank, is_default, record};
use super::row::Expr;
use serde::{Deserialize, Serialize};

record! {
    /// A table.
    SavedTable(TableId) {
        /// What it is called.
        name: String,
        /// What it counts.
        #[serde(default, skip_serializing_if = "is_default")]
        counts: Counts,
        /// The kind of case that it counts (or whose people and sources it counts); empty for all.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        kind: String,
        /// Only those of which this holds.
        #[serde(default, skip_serializing_if = "is_default")]
        only: Option<Expr>,
        /// What percentages are of; all that are counted if `None`.
        #[serde(default, skip_serializing_if = "is_default")]
        of: Option<RowId>,
        /// The wave that is counted; all together if `None`.
        #[serde(default, skip_serializing_if = "is_default")]
        wave: Option<WaveId>,
        /// A wave that it is put beside.
        #[serde(default, skip_serializing_if = "is_default")]
        beside: Option<WaveId>,
        /// How lines are sorted within their groups.
        #[serde(default, skip_serializing_if = "is_default")]
        sort: Sort,
        /// What lines stand under.
        #[serde(default, skip_serializing_if = "is_default")]
        under: Under,
        /// The attribute by whose values those that are counted stand apart.
        #[serde(default, skip_serializing_if = "is_default")]
        split: Option<AttributeId>,
        /// Names for lines by how often they hold, first to last; the first that fits names the line.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rules: Vec<Rule>,
        /// Its place among the tables.
        rank: Rank,
    }
}

record! {
    /// A line of a table.
    TableLine(LineId) {
        /// The table.
        table: TableId,
        /// What it counts.
        row: RowId,
        /// The heading it stands under; empty for none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        group: String,
        /// What its percentage is of, where that is not what the table's are.
        #[serde(default, skip_serializing_if = "is_default")]
        of: Option<RowId>,
        /// What it is called here, where that is not the row's name.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        label: String,
        /// Marked as important, for rules that ask for it.
        #[serde(default, skip_serializing_if = "is_default")]
        important: bool,
        /// How deep it is set in.
        #[serde(default, skip_serializing_if = "is_default")]
        indent: u8,
        /// Its place among the lines.
        rank: Rank,
    }
}

/// What a table counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Counts {
    /// Cases.
    #[default]
    Cases,
    /// People who speak.
    Participants,
    /// Sources.
    Sources,
}

impl Counts {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Cases, Self::Participants, Self::Sources];

    /// Their name, of several.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Participants => "participants",
            Self::Sources => "sources",
        }
    }
}

/// How the lines of a table are sorted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Sort {
    /// As they were put.
    #[default]
    AsPut,
    /// The greatest count first.
    ByCount,
    /// By name.
    ByName,
}

/// What the lines of a table stand under.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Under {
    /// Each line's own heading.
    #[default]
    Headings,
    /// The theme that holds what the line counts.
    Themes,
}

/// A name for lines by how often they hold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// The name: common, pioneering.
    pub name: String,
    /// At least so many.
    #[serde(default, skip_serializing_if = "is_default")]
    pub least: Option<u32>,
    /// Less than so many.
    #[serde(default, skip_serializing_if = "is_default")]
    pub below: Option<u32>,
    /// Only lines marked as important.
    #[serde(default, skip_serializing_if = "is_default")]
    pub important: bool,
}
