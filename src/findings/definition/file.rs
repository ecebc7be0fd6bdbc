//! How a file of rows and tables is written.

use super::BadDefinition;
use crate::findings::expression;
use crate::project::saved::{Counts, Rule, SavedTable, Sort, TableLine, Under};
use crate::project::view::View;
use ron::extensions::Extensions;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A file.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "file")]
pub(super) struct File {
    /// Rows, in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) rows: Vec<RowIn>,
    /// Tables, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) tables: Vec<TableIn>,
}

/// A row.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "row")]
pub(super) struct RowIn {
    pub(super) name: String,
    /// An expression.
    pub(super) holds: String,
}

/// A table.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "table")]
pub(super) struct TableIn {
    pub(super) name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) counts: CountsIn,
    /// An expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) only: Option<String>,
    /// The name of a row, or an expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) wave: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) beside: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) sort: SortIn,
    /// Whether lines stand under the themes that hold what they count, whatever their group says.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) by_theme: bool,
    /// The name of the attribute by whose values the cases stand apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) split: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) rules: Vec<RuleIn>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) lines: Vec<LineIn>,
}

/// A line of a table.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "line")]
pub(super) struct LineIn {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) group: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) label: String,
    /// The name of a row; with an expression, of the row that it makes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) row: Option<String>,
    /// An expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) expr: Option<String>,
    /// The name of a row, or an expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) important: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) indent: u8,
}

/// A name for lines by how often they hold.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "rule")]
pub(super) struct RuleIn {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    least: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    below: Option<u32>,
    #[serde(default, skip_serializing_if = "is_default")]
    important: bool,
}

#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CountsIn {
    #[default]
    Cases,
    Participants,
    Sources,
}

#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SortIn {
    #[default]
    AsPut,
    ByCount,
    ByName,
}

impl From<CountsIn> for Counts {
    fn from(counts: CountsIn) -> Self {
        match counts {
            CountsIn::Cases => Self::Cases,
            CountsIn::Participants => Self::Participants,
            CountsIn::Sources => Self::Sources,
        }
    }
}

impl From<Counts> for CountsIn {
    fn from(counts: Counts) -> Self {
        match counts {
            Counts::Cases => Self::Cases,
            Counts::Participants => Self::Participants,
            Counts::Sources => Self::Sources,
        }
    }
}

impl From<SortIn> for Sort {
    fn from(sort: SortIn) -> Self {
        match sort {
            SortIn::AsPut => Self::AsPut,
            SortIn::ByCount => Self::ByCount,
            SortIn::ByName => Self::ByName,
        }
    }
}

impl From<Sort> for SortIn {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::AsPut => Self::AsPut,
            Sort::ByCount => Self::ByCount,
            Sort::ByName => Self::ByName,
        }
    }
}

impl RuleIn {
    pub(super) fn rule(&self) -> Rule {
        Rule { name: self.name.trim().to_owned(), least: self.least, below: self.below, important: self.important }
    }

    fn of(rule: &Rule) -> Self {
        Self { name: rule.name.clone(), least: rule.least, below: rule.below, important: rule.important }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

pub(super) fn read(text: &str) -> Result<File, BadDefinition> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    options().from_str(text).map_err(|why| BadDefinition::Written {
        line: why.span.start.line,
        column: why.span.start.col,
        why: why.code.to_string(),
    })
}

/// All rows and saved tables as a file that defines them.
#[must_use]
pub fn written(view: &View<'_>) -> String {
    let row = |id| view.row(id).map(|row| row.name.clone());
    let wave = |id| view.wave(id).map(|wave| wave.name.clone());
    let line = |line: &Arc<TableLine>| LineIn {
        group: line.group.clone(),
        label: line.label.clone(),
        row: row(line.row),
        expr: None,
        of: line.of.and_then(row),
        important: line.important,
        indent: line.indent,
    };
    let table = |saved: &Arc<SavedTable>| TableIn {
        name: saved.name.clone(),
        kind: (!saved.kind.is_empty()).then(|| saved.kind.clone()),
        counts: saved.counts.into(),
        only: saved.only.as_ref().map(|only| expression::print(view, only)),
        of: saved.of.and_then(row),
        wave: saved.wave.and_then(wave),
        beside: saved.beside.and_then(wave),
        sort: saved.sort.into(),
        by_theme: saved.under == Under::Themes,
        split: saved.split.and_then(|id| view.attribute(id)).map(|attribute| attribute.name.clone()),
        rules: saved.rules.iter().map(RuleIn::of).collect(),
        lines: view.lines(saved.id).into_iter().filter(|line| view.row(line.row).is_some()).map(line).collect(),
    };
    let rows = view.rows().into_iter();
    let rows = rows.map(|row| RowIn { name: row.name.clone(), holds: expression::print(view, &row.holds) }).collect();
    let file = File { rows, tables: view.tables().into_iter().map(table).collect() };
    let pretty = ron::ser::PrettyConfig::default().depth_limit(4).escape_strings(false);
    // What is made of plain words and numbers can be written.
    options().to_string_pretty(&file, pretty).map(|text| text + "\n").unwrap_or_default()
}
