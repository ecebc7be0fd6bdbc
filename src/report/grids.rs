//! The grid of cases or participants as a table: a row each, a column an attribute.

use crate::findings::grid::{Grid, GridColumn, Head, Said};
use crate::project::case::{AttributeKind, Bearer};
use crate::project::view::View;
use crate::table::{Cell, Table, Value};

/// The grid as a table; ids stand in files only.
#[must_use]
pub fn table(view: &View<'_>, grid: &Grid, title: String) -> Table {
    let (name, id) = match grid.of {
        Bearer::Case => ("case", "case_id"),
        Bearer::Participant => ("participant", "participant_id"),
    };
    let mut table = Table::new(title, []);
    for column in &grid.columns {
        let key = match column.head {
            Head::Name => name,
            Head::Kind => "case_kind",
            Head::Role => "role",
            Head::Case => "case",
            // As the study calls it.
            Head::Attribute(..) => "",
        };
        table = table.with(key, &column.title);
    }
    table = table.in_files([id]);
    for &row in &grid.rows {
        let cell = |column: &GridColumn| cell(column.kind, &grid.said(view, row, column));
        let cells = grid.columns.iter().map(cell).chain([row.guid().into()]);
        table.push(cells.collect());
    }
    table
}

fn cell(kind: AttributeKind, said: &Said<'_>) -> Cell {
    let words = said.words();
    match (kind, words.as_str()) {
        (AttributeKind::YesNo, "yes") => true.into(),
        (AttributeKind::YesNo, "no") => false.into(),
        (AttributeKind::Number, number) => figure(number).map_or_else(|| words.clone().into(), Into::into),
        _ => words.into(),
    }
}

/// A number as it is written, if it can be written so.
fn figure(words: &str) -> Option<Value> {
    if let Ok(n) = words.parse::<u64>()
        && n.to_string() == words
    {
        return Some(Value::Count(n));
    }
    let digits = u8::try_from(words.split_once('.').map_or(0, |(_, after)| after.len())).ok()?;
    let number: f64 = words.parse().ok()?;
    let value = Value::Decimal(number, digits);
    (Cell::from(value.clone()).words() == words).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_were_typed() {
        let words = |typed: &str| figure(typed).map(|value| Cell::from(value).words());
        assert_eq!(words("12").as_deref(), Some("12"));
        assert_eq!(words("-2.50").as_deref(), Some("-2.50"));
        assert_eq!(words("1e3"), None, "stays words");
        assert_eq!(words("+5"), None);
    }
}
