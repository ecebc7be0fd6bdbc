//! What is known of the cases: their attributes, and how they spread over two of them.

use super::File;
use crate::findings::grid::{Grid, GridColumn, Head, grid};
use crate::findings::sampling::sampling;
use crate::project::case::{AttributeKind, Bearer};
use crate::project::id::AttributeId;
use crate::report::documents::Sheaf;
use crate::report::grids::table;
use crate::table::counted;
use std::collections::HashSet;

/// An attribute with more values than this spreads cases over so many rows that nothing is seen.
const MANY: usize = 12;

pub(super) fn files(sheaf: &Sheaf<'_>) -> Vec<File> {
    let view = &sheaf.view;
    let grid = grid(view, Bearer::Case, None);
    let mut out = Vec::new();
    if grid.rows.is_empty() {
        return out;
    }
    let columns = grid.columns.iter().filter(|column| matches!(column.head, Head::Attribute(..))).count();
    let cases = counted(grid.rows.len(), "case", "cases");
    let title = format!("Attributes by case: {cases}, {}", counted(columns, "column", "columns"));
    let attributes = table(view, &grid, title);
    let about = format!("what is known of each case: {cases}; for the team, as together it may tell who they are");
    out.push(File::md("cases/attributes.md", about, &attributes, &[]));
    out.push(File::csv("cases/attributes.csv", "the same for spreadsheets", &attributes));
    if let Some((a, b)) = two(sheaf, &grid)
        && let Ok(found) = sampling(view, a, b, None)
    {
        let [a, b] = &found.names;
        let title = format!("Sampling: {cases} by {a} and {b}");
        let spread = found.table(view, &title);
        let several = "A case with several values stands in several cells.".to_owned();
        let foot: Vec<String> = found.several.then_some(several).into_iter().collect();
        out.push(File::md("cases/sampling.md", format!("how the cases spread over {a} and {b}"), &spread, &foot));
        out.push(File::csv("cases/sampling.csv", "the same for spreadsheets", &spread));
    }
    out
}

/// The two attributes that cases are spread over: the first whose values are few, and are said of cases rather than read
/// from what is coded; choices before others.
fn two(sheaf: &Sheaf<'_>, grid: &Grid) -> Option<(AttributeId, AttributeId)> {
    let once = |id: AttributeId| {
        let same = |column: &&GridColumn| matches!(column.head, Head::Attribute(other, _) if other == id);
        grid.columns.iter().filter(same).count() == 1
    };
    let values = |column: &GridColumn| {
        let said = grid.rows.iter().map(|row| grid.said(&sheaf.view, *row, column).words());
        said.filter(|said| !said.is_empty()).collect::<HashSet<_>>().len()
    };
    let fits = |column: &&GridColumn| !column.follows && (2..=MANY).contains(&values(column));
    let mut found: Vec<(bool, AttributeId)> = grid
        .columns
        .iter()
        .filter(fits)
        .filter_map(|column| match column.head {
            Head::Attribute(id, _) if once(id) => {
                let choice = matches!(column.kind, AttributeKind::Choice | AttributeKind::YesNo);
                Some((!choice, id))
            }
            _ => None,
        })
        .collect();
    found.sort_by_key(|(other, _)| *other);
    let mut ids = found.into_iter().map(|(_, id)| id);
    Some((ids.next()?, ids.next()?))
}
