//! The lines of a table as a file says them: which row each counts, which line it was before.

use super::file::{LineIn, TableIn};
use super::{BadDefinition, row_named, same, set_row};
use crate::findings::expression;
use crate::project::edit::{Ahead, Edit, NewLine, Refusal, TableEdit};
use crate::project::id::{LineId, RowId, TableId};
use crate::project::row::Expr;
use crate::project::saved::TableLine;
use crate::project::theme::Holds;
use crate::project::view::View;
use std::sync::Arc;

/// Makes the lines of a table those of the file, in its order; lines that it does not have are taken out.
pub(super) fn lines(ahead: &mut Ahead<'_>, table: TableId, file: &TableIn, place: &str) -> Result<(), BadDefinition> {
    let mut left: Vec<Arc<TableLine>> = ahead.view().lines(table).into_iter().cloned().collect();
    let mut order: Vec<LineId> = Vec::new();
    for (at, line) in file.lines.iter().enumerate() {
        let place = format!("{place}, line {}{}", at + 1, called(line));
        // What was there under the same name is the same line.
        let before = left.iter().position(|old| {
            let view = ahead.view();
            let row_name = view.row(old.row).map_or("", |row| row.name.as_str());
            let named = if line.label.is_empty() { line.row.as_deref().unwrap_or_default() } else { &line.label };
            let was = if old.label.is_empty() { row_name } else { &old.label };
            same(&old.group, &line.group) && !named.is_empty() && same(was, named)
        });
        let row = row_of(ahead, line, before.map(|at| left[at].clone()).as_deref(), &place)?;
        let before = before.or_else(|| left.iter().position(|old| old.row == row && same(&old.group, &line.group)));
        let of = line.of.as_ref().map(|of| denominator(ahead, of, &place)).transpose()?;
        let id: LineId = match before {
            Some(at) => left.remove(at).id,
            None => ahead.mint().id().into(),
        };
        let name = ahead.view().row(row).map(|row| row.name.clone()).unwrap_or_default();
        let label = line.label.trim();
        let new = NewLine {
            table,
            row,
            group: line.group.trim().to_owned(),
            of,
            label: if label == name { String::new() } else { label.to_owned() },
            important: line.important,
            indent: line.indent,
        };
        ahead.apply(Edit::Tables(TableEdit::Line(id, new))).map_err(|why| BadDefinition::says(&place, why))?;
        order.push(id);
    }
    let refused = |why: Refusal| BadDefinition::says(place, why);
    for gone in left {
        ahead.apply(Edit::Tables(TableEdit::DeleteLine(gone.id))).map_err(refused)?;
    }
    let now: Vec<LineId> = ahead.view().lines(table).iter().map(|line| line.id).collect();
    if now != order {
        let mut after = None;
        for id in order {
            ahead.apply(Edit::Tables(TableEdit::MoveLine(id, after))).map_err(refused)?;
            after = Some(id);
        }
    }
    Ok(())
}

/// What a line is called in the file, for messages.
fn called(line: &LineIn) -> String {
    let names = [Some(line.label.as_str()), line.row.as_deref(), line.expr.as_deref()];
    let name = names.into_iter().flatten().map(str::trim).find(|name| !name.is_empty());
    name.map(|name| format!(" (“{name}”)")).unwrap_or_default()
}

/// The row that a line counts; made where there is none yet.
fn row_of(
    ahead: &mut Ahead<'_>,
    line: &LineIn,
    before: Option<&TableLine>,
    place: &str,
) -> Result<RowId, BadDefinition> {
    match (&line.row, &line.expr) {
        (None, None) => Err(BadDefinition::says(place, "say what it counts: expr, or the name of a row")),
        (Some(name), _) => match row_named(ahead, name) {
            Some(row) => Ok(row),
            None => {
                let hint = expression::offered(name, ahead.view().rows().iter().map(|row| row.name.clone()));
                let why = format!("there is no row “{}” in this study or file{hint}", name.trim());
                Err(BadDefinition::says(place, why))
            }
        },
        (None, Some(text)) => {
            let holds = expression::parse(&ahead.view(), text).map_err(|why| BadDefinition::says(place, why))?;
            // Its row from before, where nothing else counts that.
            let old = before.filter(|line| is_only_in(&ahead.view(), line)).map(|line| line.row);
            let name = old.and_then(|old| ahead.view().row(old).map(|row| row.name.clone()));
            if let (Some(old), Some(name), None) = (old, name, found(&ahead.view(), &holds)) {
                set_row(ahead, old, &name, holds, place)?;
                return Ok(old);
            }
            let (label, group) = (line.label.trim(), line.group.trim());
            let within = if label.is_empty() { String::new() } else { format!("{group}: {label}") };
            made(ahead, holds, &[label, &within], place)
        }
    }
}

/// The row that a denominator is: one of that name, or of that expression, which is made where there is none.
pub(super) fn denominator(ahead: &mut Ahead<'_>, text: &str, place: &str) -> Result<RowId, BadDefinition> {
    if let Some(row) = row_named(ahead, text) {
        return Ok(row);
    }
    let holds = expression::parse(&ahead.view(), text);
    let holds = holds.map_err(|why| BadDefinition::says(place, format!("of: {why}")))?;
    made(ahead, holds, &[], place)
}

/// A row that holds just so.
#[must_use]
pub fn found(view: &View<'_>, holds: &Expr) -> Option<RowId> {
    if let Expr::Row(row) = holds {
        return Some(*row);
    }
    view.rows().iter().find(|row| row.holds == *holds).map(|row| row.id)
}

/// The row that holds just so, else a new one under the first of these names that is free.
pub(super) fn made(ahead: &mut Ahead<'_>, holds: Expr, names: &[&str], place: &str) -> Result<RowId, BadDefinition> {
    if let Some(row) = found(&ahead.view(), &holds) {
        return Ok(row);
    }
    let name = free_name(&ahead.view(), &holds, names);
    let id = ahead.mint().id().into();
    set_row(ahead, id, &name, holds, place)?;
    Ok(id)
}

/// A name that no row has yet: the first of `names` that is free, else what the expression says.
#[must_use]
pub fn free_name(view: &View<'_>, holds: &Expr, names: &[&str]) -> String {
    let rows = view.rows();
    let free = |name: &str| !rows.iter().any(|row| same(&row.name, name));
    let offered = names.iter().map(|name| (*name).trim_matches([':', ' ']).to_owned()).filter(|name| !name.is_empty());
    let (short, whole) = (expression::short(view, holds), expression::print(view, holds));
    let mut tries = offered.chain([short, whole.clone()]);
    if let Some(name) = tries.find(|name| free(name)) {
        return name;
    }
    // Of so many numbers one is free.
    (2..=rows.len() + 2).map(|n| format!("{whole} ({n})")).find(|name| free(name)).unwrap_or(whole)
}

/// Whether nothing but this line counts its row.
fn is_only_in(view: &View<'_>, line: &TableLine) -> bool {
    let row = line.row;
    let counted_here = |other: &&Arc<TableLine>| other.of == Some(row) || other.row == row && other.id != line.id;
    let in_tables =
        view.tables().iter().any(|table| table.of == Some(row) || view.lines(table.id).iter().any(&counted_here));
    let names_it = |expr: &Expr| expr.rows().contains(&row);
    let in_expressions = view.rows().iter().any(|other| names_it(&other.holds))
        || view.attributes().iter().any(|attribute| attribute.follows.as_ref().is_some_and(names_it))
        || view.tables().iter().any(|table| table.only.as_ref().is_some_and(names_it));
    let in_themes =
        view.themes().iter().any(|theme| view.theme_items(theme.id).iter().any(|item| item.what == Holds::Row(row)));
    !(in_tables || in_expressions || in_themes)
}
