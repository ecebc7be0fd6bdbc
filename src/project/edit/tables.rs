//! Edits of saved tables and their lines.

use super::{Refusal, name_of, put_of};
use crate::project::id::{AttributeId, LineId, RowId, TableId, WaveId};
use crate::project::put::Put;
use crate::project::record::{Change, Rank};
use crate::project::row::Expr;
use crate::project::saved::{Counts, Rule, SavedTable, Sort, TableLine, Under};
use crate::project::step::Step;
use crate::project::view::View;
use std::sync::Arc;

/// A change of saved tables.
#[derive(Clone, PartialEq, Debug)]
pub enum TableEdit {
    /// Makes a table, or makes it something else.
    Set(TableId, Box<NewTable>),
    /// Moves a table right after another; first if `None`.
    Move(TableId, Option<TableId>),
    /// Deletes a table with its lines; its rows stay.
    Delete(TableId),
    /// Makes a line, or makes it something else; a new one stands last.
    Line(LineId, NewLine),
    /// Moves a line right after another of its table; first if `None`.
    MoveLine(LineId, Option<LineId>),
    /// Takes a line out; its row stays.
    DeleteLine(LineId),
}

/// What a table is to be.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NewTable {
    /// What it is called.
    pub name: String,
    /// What it counts.
    pub counts: Counts,
    /// The kind of case; empty for all.
    pub kind: String,
    /// Only those of which this holds.
    pub only: Option<Expr>,
    /// What percentages are of; all if `None`.
    pub of: Option<RowId>,
    /// The wave that is counted; all together if `None`.
    pub wave: Option<WaveId>,
    /// A wave that it is put beside.
    pub beside: Option<WaveId>,
    /// How lines are sorted.
    pub sort: Sort,
    /// What lines stand under.
    pub under: Under,
    /// The attribute by whose values those that are counted stand apart.
    pub split: Option<AttributeId>,
    /// Names for lines.
    pub rules: Vec<Rule>,
}

impl NewTable {
    /// A table as it stands, to be changed.
    #[must_use]
    pub fn of(table: &SavedTable) -> Self {
        Self {
            name: table.name.clone(),
            counts: table.counts,
            kind: table.kind.clone(),
            only: table.only.clone(),
            of: table.of,
            wave: table.wave,
            beside: table.beside,
            sort: table.sort,
            under: table.under,
            split: table.split,
            rules: table.rules.clone(),
        }
    }
}

/// What a line is to be.
#[derive(Clone, PartialEq, Debug)]
pub struct NewLine {
    /// The table.
    pub table: TableId,
    /// What it counts.
    pub row: RowId,
    /// The heading it stands under; empty for none.
    pub group: String,
    /// What its percentage is of, where that is not what the table's are.
    pub of: Option<RowId>,
    /// What it is called here; empty for the row's name.
    pub label: String,
    /// Marked as important.
    pub important: bool,
    /// How deep it is set in.
    pub indent: u8,
}

impl NewLine {
    /// A line as it stands, to be changed.
    #[must_use]
    pub fn of(line: &TableLine) -> Self {
        Self {
            table: line.table,
            row: line.row,
            group: line.group.clone(),
            of: line.of,
            label: line.label.clone(),
            important: line.important,
            indent: line.indent,
        }
    }
}

pub(super) fn plan(view: &View<'_>, edit: &TableEdit) -> Result<Step, Refusal> {
    match edit {
        TableEdit::Set(id, new) => set(view, *id, new),
        TableEdit::Move(id, after) => shift(view, *id, *after),
        TableEdit::Delete(id) => delete(view, *id),
        TableEdit::Line(id, new) => line(view, *id, new),
        TableEdit::MoveLine(id, after) => shift_line(view, *id, *after),
        TableEdit::DeleteLine(id) => {
            let gone = line_of(view, *id)?;
            let did =
                format!("take “{}” out of its table", view.row(gone.row).map_or("a row", |row| row.name.as_str()));
            Ok(Step::new(did, vec![Change::delete(gone).into()]))
        }
    }
}

fn table<'a>(view: &View<'a>, id: TableId) -> Result<&'a Arc<SavedTable>, Refusal> {
    view.table(id).ok_or(Refusal::Gone("table"))
}

fn line_of<'a>(view: &View<'a>, id: LineId) -> Result<&'a Arc<TableLine>, Refusal> {
    view.project().get::<TableLine>(id).ok_or(Refusal::Gone("line"))
}

fn known(view: &View<'_>, row: Option<RowId>) -> Result<(), Refusal> {
    row.map_or(Ok(()), |row| view.row(row).map(|_| ()).ok_or(Refusal::Gone("row")))
}

fn set(view: &View<'_>, id: TableId, new: &NewTable) -> Result<Step, Refusal> {
    let name = name_of(&new.name, "table")?;
    let tables = view.tables();
    if tables.iter().any(|other| other.id != id && other.name.to_lowercase() == name.to_lowercase()) {
        return Err(Refusal::Taken { what: "table", name });
    }
    known(view, new.of)?;
    if let Some(only) = &new.only {
        super::rows::sound(view, only, &super::rows::Maker::Table)?;
    }
    for wave in [new.wave, new.beside].into_iter().flatten() {
        view.wave(wave).ok_or(Refusal::Gone("wave"))?;
    }
    if let Some(split) = new.split {
        view.attribute(split).ok_or(Refusal::Gone("attribute"))?;
    }
    let old = view.table(id);
    let rank = old.map_or_else(|| Rank::between(tables.last().map(|last| &last.rank), None), |old| old.rank.clone());
    let NewTable { counts, kind, only, of, wave, beside, sort, under, split, rules, .. } = new.clone();
    let record = SavedTable { id, name, counts, kind, only, of, wave, beside, sort, under, split, rules, rank };
    if old.is_some_and(|old| **old == record) {
        return Err(Refusal::Idle(format!("“{}” is that already", record.name)));
    }
    Ok(Step::new(format!("table “{}”", record.name), vec![put_of(old, record)]))
}

fn shift(view: &View<'_>, id: TableId, after: Option<TableId>) -> Result<Step, Refusal> {
    let moved = table(view, id)?;
    let all: Vec<_> = view.tables().into_iter().filter(|other| other.id != id).collect();
    let at = after.and_then(|after| all.iter().position(|other| other.id == after)).map_or(0, |at| at + 1);
    let rank = Rank::between(at.checked_sub(1).map(|at| &all[at].rank), all.get(at).map(|next| &next.rank));
    Ok(Step::new(format!("move table “{}”", moved.name), vec![Change::change(moved, |t| t.rank = rank).into()]))
}

fn delete(view: &View<'_>, id: TableId) -> Result<Step, Refusal> {
    let gone = table(view, id)?;
    let mut puts: Vec<Put> = vec![Change::delete(gone).into()];
    puts.extend(view.lines(id).into_iter().map(|line| Put::from(Change::delete(line))));
    Ok(Step::new(format!("delete table “{}”", gone.name), puts))
}

fn line(view: &View<'_>, id: LineId, new: &NewLine) -> Result<Step, Refusal> {
    let into = table(view, new.table)?;
    known(view, Some(new.row))?;
    known(view, new.of)?;
    let old = view.project().get::<TableLine>(id);
    let lines = view.lines(new.table);
    let rank = match old.filter(|old| old.table == new.table) {
        Some(old) => old.rank.clone(),
        None => Rank::between(lines.last().map(|last| &last.rank), None),
    };
    let NewLine { table, row, group, of, label, important, indent } = new.clone();
    let record = TableLine { id, table, row, group: group.trim().to_owned(), of, label, important, indent, rank };
    let name = view.row(row).map_or("a row", |row| row.name.as_str());
    if old.is_some_and(|old| **old == record) {
        return Err(Refusal::Idle(format!("“{name}” stands there like that already")));
    }
    Ok(Step::new(format!("“{name}” in “{}”", into.name), vec![put_of(old, record)]))
}

fn shift_line(view: &View<'_>, id: LineId, after: Option<LineId>) -> Result<Step, Refusal> {
    let moved = line_of(view, id)?;
    let all: Vec<_> = view.lines(moved.table).into_iter().filter(|other| other.id != id).collect();
    let at = after.and_then(|after| all.iter().position(|other| other.id == after)).map_or(0, |at| at + 1);
    let rank = Rank::between(at.checked_sub(1).map(|at| &all[at].rank), all.get(at).map(|next| &next.rank));
    Ok(Step::new("move a line", vec![Change::change(moved, |line| line.rank = rank).into()]))
}
