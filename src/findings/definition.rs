//! Rows and tables written in a file, to be defined all at once: read into one edit.
//!
//! The file is RON: rows by name and expression, tables with their lines. What is there already under the same name is made
//! what the file says, so that a file can be read again after it was changed. Expressions may name rows of the same file,
//! before or after. Nothing is changed here; what is wrong is named by table and line.

mod asked;
mod file;
mod lines;

use super::expression::{self, Wrong};
use crate::project::edit::{Ahead, Edit, NewTable, RowEdit, TableEdit};
use crate::project::id::{AttributeId, Mint, RowId, TableId, WaveId};
use crate::project::row::Expr;
use crate::project::saved::{Rule, Under};
use crate::project::view::View;
pub use asked::{Asked, ask, over};
pub use file::written;
use file::{File, RowIn, TableIn};
pub use lines::{found, free_name};

/// Why a file cannot be read into rows and tables: one sentence that says where.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadDefinition {
    /// It is not written as such files are.
    #[error("line {line}, column {column}: {why}")]
    Written {
        /// The line of the file.
        line: usize,
        /// The column.
        column: usize,
        /// What was expected.
        why: String,
    },
    /// It says what cannot be.
    #[error("{place}: {why}")]
    Says {
        /// The row, or the table and its line.
        place: String,
        /// What is wrong.
        why: String,
    },
    /// What was asked for is not there.
    #[error("{0}")]
    Asked(String),
}

impl BadDefinition {
    fn says(place: impl Into<String>, why: impl ToString) -> Self {
        Self::Says { place: place.into(), why: why.to_string() }
    }
}

/// The edit that makes rows and tables what a file says. It is idle where all of them are so already.
///
/// # Errors
/// The first thing in the file that is wrong, with its place.
pub fn define(view: &View<'_>, text: &str, mint: &mut dyn Mint) -> Result<Edit, BadDefinition> {
    let file = file::read(text)?;
    let mut ahead = Ahead::new(view, mint);
    rows(&mut ahead, &file)?;
    for (at, table) in file.tables.iter().enumerate() {
        let place =
            if table.name.trim().is_empty() { format!("table {}", at + 1) } else { named("table", &table.name) };
        if file.tables[..at].iter().any(|other| same(&other.name, &table.name)) {
            return Err(BadDefinition::says(place, "it stands in the file twice"));
        }
        one_table(&mut ahead, table, &place)?;
    }
    Ok(ahead.into_edit())
}

fn named(what: &str, name: &str) -> String {
    format!("{what} “{}”", name.trim())
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

fn row_named(ahead: &Ahead<'_>, name: &str) -> Option<RowId> {
    ahead.view().rows().iter().find(|row| same(&row.name, name)).map(|row| row.id)
}

fn set_row(ahead: &mut Ahead<'_>, id: RowId, name: &str, holds: Expr, place: &str) -> Result<(), BadDefinition> {
    let edit = Edit::Rows(RowEdit::Set { id, name: name.to_owned(), holds });
    ahead.apply(edit).map_err(|why| BadDefinition::says(place, why))
}

/// The rows of the file, each once those that it names are there.
fn rows(ahead: &mut Ahead<'_>, file: &File) -> Result<(), BadDefinition> {
    let in_lines = file.tables.iter().flat_map(|table| table.lines.iter().map(move |line| (table, line)));
    let mut waiting: Vec<(String, RowIn)> =
        file.rows.iter().map(|row| (named("row", &row.name), row.clone())).collect();
    for (table, line) in in_lines {
        // A line that says both names a row as it makes it.
        if let (Some(name), Some(holds)) = (&line.row, &line.expr) {
            let place = format!("{}, row “{}”", named("table", &table.name), name.trim());
            waiting.push((place, RowIn { name: name.clone(), holds: holds.clone() }));
        }
    }
    for (at, (place, row)) in waiting.iter().enumerate() {
        let twin = waiting[..at].iter().find(|(_, other)| same(&other.name, &row.name));
        if twin.is_some_and(|(_, twin)| twin.holds.trim() != row.holds.trim()) {
            return Err(BadDefinition::says(place, "it stands in the file twice, and not alike"));
        }
    }
    while !waiting.is_empty() {
        let names: Vec<String> = waiting.iter().map(|(_, row)| row.name.trim().to_lowercase()).collect();
        let mut later = Vec::new();
        let before = waiting.len();
        for (place, row) in waiting {
            let own = row.name.trim().to_lowercase();
            let old = row_named(ahead, &row.name);
            match expression::parse(&ahead.view(), &row.holds) {
                Ok(holds) => {
                    let id = old.unwrap_or_else(|| ahead.mint().id().into());
                    set_row(ahead, id, &row.name, holds, &place)?;
                }
                Err(Wrong { no_row: Some(wanted), .. }) if wanted == own => {
                    return Err(BadDefinition::says(place, "a row cannot hold of itself"));
                }
                Err(Wrong { no_row: Some(wanted), .. }) if names.contains(&wanted) => later.push((place, row)),
                Err(why) => return Err(BadDefinition::says(place, why)),
            }
        }
        if later.len() == before {
            let place = later.first().map_or_else(String::new, |(place, _)| place.clone());
            return Err(BadDefinition::says(place, "a row cannot hold of itself, not by way of others either"));
        }
        waiting = later;
    }
    Ok(())
}

fn one_table(ahead: &mut Ahead<'_>, table: &TableIn, place: &str) -> Result<(), BadDefinition> {
    let bad = |why: String| BadDefinition::says(place, why);
    let old = ahead.view().tables().iter().find(|old| same(&old.name, &table.name)).map(|old| old.id);
    let id: TableId = old.unwrap_or_else(|| ahead.mint().id().into());
    let only = match &table.only {
        Some(text) => Some(expression::parse(&ahead.view(), text).map_err(|why| bad(format!("only: {why}")))?),
        None => None,
    };
    let of = match &table.of {
        Some(text) => Some(lines::denominator(ahead, text, &format!("{place}, of"))?),
        None => None,
    };
    let wave = |name: &Option<String>| -> Result<Option<WaveId>, BadDefinition> {
        name.as_ref().map(|name| self::wave(&ahead.view(), name).map_err(&bad)).transpose()
    };
    let (wave, beside) = (wave(&table.wave)?, wave(&table.beside)?);
    let kind = self::kind(&ahead.view(), table.kind.as_deref().unwrap_or_default()).map_err(&bad)?;
    let split = table.split.as_ref().map(|name| attribute(&ahead.view(), name).map_err(&bad)).transpose()?;
    let rules: Vec<Rule> = table.rules.iter().map(file::RuleIn::rule).collect();
    let new = NewTable {
        name: table.name.clone(),
        counts: table.counts.into(),
        kind,
        only,
        of,
        wave,
        beside,
        sort: table.sort.into(),
        under: if table.by_theme { Under::Themes } else { Under::Headings },
        split,
        rules,
    };
    ahead.apply(Edit::Tables(TableEdit::Set(id, Box::new(new)))).map_err(|why| bad(why.to_string()))?;
    lines::lines(ahead, id, table, place)
}

/// The wave of a name.
///
/// # Errors
/// That there is none, with those there are.
pub fn wave(view: &View<'_>, name: &str) -> Result<WaveId, String> {
    let waves = view.waves();
    waves.iter().find(|wave| same(&wave.name, name)).map(|wave| wave.id).ok_or_else(|| {
        let names: Vec<String> = waves.iter().map(|wave| format!("“{}”", wave.name)).collect();
        let known = if names.is_empty() { "it has none".to_owned() } else { format!("there is {}", names.join(", ")) };
        format!("this study has no wave “{}”; {known}", name.trim())
    })
}

/// The attribute of a name.
fn attribute(view: &View<'_>, name: &str) -> Result<AttributeId, String> {
    let all = view.attributes();
    all.iter().find(|attribute| same(&attribute.name, name)).map(|attribute| attribute.id).ok_or_else(|| {
        let hint = expression::offered(name, all.iter().map(|attribute| attribute.name.clone()));
        format!("there is no attribute “{}” in this study{hint}", name.trim())
    })
}

/// A kind of case as the study writes it; empty for all.
///
/// # Errors
/// That no case is of that kind, with the kinds there are.
pub fn kind(view: &View<'_>, name: &str) -> Result<String, String> {
    let mut kinds: Vec<&str> = view.cases().iter().map(|case| case.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    match kinds.iter().find(|kind| same(kind, name)) {
        _ if name.trim().is_empty() => Ok(String::new()),
        Some(kind) => Ok((*kind).to_owned()),
        None => {
            let known: Vec<String> = kinds.iter().filter(|kind| !kind.is_empty()).map(|k| format!("“{k}”")).collect();
            let known =
                if known.is_empty() { "no case has a kind".into() } else { format!("there is {}", known.join(", ")) };
            Err(format!("no case is a “{}”; {known}", name.trim()))
        }
    }
}

#[cfg(test)]
mod tests;
