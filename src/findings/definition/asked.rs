//! Counts that are asked for in passing: expressions as typed, and saved tables counted otherwise than they say.

use super::lines::{denominator, made};
use super::{BadDefinition, kind, wave};
use crate::findings::expression;
use crate::project::edit::{Ahead, Edit, NewLine, NewTable, TableEdit};
use crate::project::id::{RowId, TableId};
use crate::project::row::Expr;
use crate::project::saved::{Counts, SavedTable};
use std::sync::Arc;

/// What is asked for, as typed; what is `None` stays as it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Asked {
    /// What percentages are of: the name of a row, or an expression.
    pub of: Option<String>,
    /// Only those of which this expression holds.
    pub only: Option<String>,
    /// The kind of case.
    pub kind: Option<String>,
    /// What is counted.
    pub counts: Option<Counts>,
    /// The wave that is counted.
    pub wave: Option<String>,
    /// A wave that it is put beside.
    pub beside: Option<String>,
}

/// Makes a table of expressions, a line each, and the rows that it needs.
///
/// # Errors
/// What is wrong with which expression.
pub fn ask(ahead: &mut Ahead<'_>, name: &str, exprs: &[String], asked: &Asked) -> Result<TableId, BadDefinition> {
    let id: TableId = ahead.mint().id().into();
    let new = NewTable { name: name.to_owned(), ..NewTable::default() };
    let new = with(ahead, new, asked)?;
    let set = Edit::Tables(TableEdit::Set(id, Box::new(new)));
    ahead.apply(set).map_err(|why| BadDefinition::says(format!("“{}”", name.trim()), why))?;
    for text in exprs {
        let place = format!("“{}”", text.trim());
        let holds = expression::parse(&ahead.view(), text).map_err(|why| BadDefinition::says(&place, why))?;
        // As it was asked, whatever a row is called that holds just so.
        let asked = expression::short(&ahead.view(), &holds);
        let row = made(ahead, holds, &[], &place)?;
        let line = ahead.mint().id().into();
        let named = ahead.view().row(row).is_some_and(|row| row.name == asked);
        let label = if named { String::new() } else { asked };
        let new = NewLine { table: id, row, group: String::new(), of: None, label, important: false, indent: 0 };
        ahead.apply(Edit::Tables(TableEdit::Line(line, new))).map_err(|why| BadDefinition::says(&place, why))?;
    }
    Ok(id)
}

/// A saved table as it is asked for; nothing of it is changed.
///
/// # Errors
/// What is wrong with what is asked.
pub fn over(ahead: &mut Ahead<'_>, saved: &Arc<SavedTable>, asked: &Asked) -> Result<Arc<SavedTable>, BadDefinition> {
    if *asked == Asked::default() {
        return Ok(saved.clone());
    }
    let NewTable { counts, kind, only, of, wave, beside, .. } = with(ahead, NewTable::of(saved), asked)?;
    Ok(Arc::new(SavedTable { counts, kind, only, of, wave, beside, ..SavedTable::clone(saved) }))
}

/// A table with what is asked for put in the place of what it said; its condition and the one asked for hold both.
fn with(ahead: &mut Ahead<'_>, mut table: NewTable, asked: &Asked) -> Result<NewTable, BadDefinition> {
    if let Some(text) = &asked.only {
        let place = format!("“{}”", text.trim());
        let only = expression::parse(&ahead.view(), text).map_err(|why| BadDefinition::says(place, why))?;
        table.only = Some(match table.only.take() {
            Some(before) => Expr::All(vec![before, only]),
            None => only,
        });
    }
    if let Some(text) = &asked.of {
        let row: RowId = denominator(ahead, text, &format!("“{}”", text.trim()))?;
        table.of = Some(row);
    }
    let says = |why: String| BadDefinition::Asked(why);
    if let Some(name) = &asked.kind {
        table.kind = kind(&ahead.view(), name).map_err(says)?;
    }
    table.counts = asked.counts.unwrap_or(table.counts);
    for (name, into) in [(&asked.wave, &mut table.wave), (&asked.beside, &mut table.beside)] {
        if let Some(name) = name {
            *into = Some(wave(&ahead.view(), name).map_err(says)?);
        }
    }
    Ok(table)
}
