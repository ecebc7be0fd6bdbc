//! Where what stands: how wide columns are, which rows and columns are in sight.

use super::PeopleView;
use crate::findings::grid::{Grid, Head};
use crate::project::id::Id;
use crate::project::view::View;
use crate::screen::views::code::tree::in_sight;
use crate::screen::views::sheet::width_of;
use ratatui::layout::{Position, Rect};

/// The widest a column gets, but for the first.
const WIDEST: u16 = 24;
/// The narrowest.
const NARROWEST: u16 = 3;
/// Between two columns.
pub(super) const GAP: u16 = 2;
/// By how many rows at most the widths are told.
const LOOKED_AT: usize = 500;

/// The parts of the view.
pub(super) struct Parts {
    /// Cases, participants, the wave.
    pub(super) tabs: Rect,
    /// The names of the columns.
    pub(super) heads: Rect,
    /// The rows.
    pub(super) rows: Rect,
    /// What is said of the cell in hand.
    pub(super) below: Rect,
}

/// The parts of an area.
pub(super) fn parts(area: Rect) -> Parts {
    let line = |y: u16, height: u16| Rect::new(area.x, area.y + y.min(area.height), area.width, height);
    let below = if area.height >= 20 { 4 } else { 3 }.min(area.height.saturating_sub(5));
    let rows = area.height.saturating_sub(2 + below);
    Parts { tabs: line(0, 1), heads: line(1, 1), rows: line(2, rows), below: line(2 + rows, below) }
}

/// How wide each column is, by what stands in it.
pub(super) fn widths(view: &View<'_>, grid: &Grid) -> Vec<u16> {
    let width = |n: usize| {
        let column = &grid.columns[n];
        let mark = if column.follows { 2 } else { 0 };
        let said = grid.rows.iter().take(LOOKED_AT).map(|row| width_of(&grid.said(view, *row, column).words()));
        let open = if column.follows { width_of("not yet coded") } else { 0 };
        let most = if n == 0 { WIDEST + 8 } else { WIDEST };
        said.chain([width_of(&column.title).saturating_add(mark), open]).max().unwrap_or(0).clamp(NARROWEST, most)
    };
    (0..grid.columns.len()).map(width).collect()
}

/// The columns in sight: which, where it begins, how wide. The first stands still.
pub(super) fn columns(people: &PeopleView, area: Rect) -> Vec<(usize, u16, u16)> {
    shown(&people.widths, people.left.get(), area)
}

fn shown(widths: &[u16], left: usize, area: Rect) -> Vec<(usize, u16, u16)> {
    let Some(&first) = widths.first() else { return Vec::new() };
    // However long names are, there is room for what is known.
    let first = first.min((area.width / 3).max(8));
    let mut out = vec![(0, area.x + 1, first)];
    let mut x = area.x + 1 + first + GAP;
    for (n, &width) in widths.iter().enumerate().skip(left.max(1)) {
        let room = area.right().saturating_sub(x);
        // The last may be cut, if enough of it is to be seen.
        if room < width.min(NARROWEST + 3) {
            break;
        }
        out.push((n, x, width.min(room)));
        x = x.saturating_add(width + GAP);
    }
    out
}

/// Lets rows and columns in sight follow the cursor.
pub(super) fn follow(people: &PeopleView, area: Rect) {
    let Some(grid) = &people.grid else { return };
    let Parts { rows, .. } = parts(area);
    let (whose, head) = people.hand();
    let row = grid.rows.iter().position(|row| Some(*row) == whose).unwrap_or(0);
    people.top.set(in_sight(people.top.get(), row, grid.rows.len(), usize::from(rows.height)));
    let column = grid.columns.iter().position(|column| column.head == head).unwrap_or(0);
    let mut left = people.left.get().clamp(1, grid.columns.len().max(1));
    if column > 0 && column < left {
        left = column;
    }
    if column == 0 {
        left = 1;
    }
    // Whole in sight, unless it alone is too wide.
    let whole = |left: usize| {
        let found = shown(&people.widths, left, area).into_iter().find(|(n, ..)| *n == column);
        found.is_some_and(|(n, _, width)| width == people.widths[n])
    };
    while column > left && !whole(left) {
        left += 1;
    }
    people.left.set(left);
}

/// The cell at a place of the screen.
pub(super) fn cell_at(people: &PeopleView, area: Rect, at: Position) -> Option<(Id, Head)> {
    let grid = people.grid.as_ref()?;
    let Parts { rows, .. } = parts(area);
    if !rows.contains(at) {
        return None;
    }
    let row = *grid.rows.get(people.top.get() + usize::from(at.y - rows.y))?;
    let shown = columns(people, area);
    let (n, ..) = shown.iter().rev().find(|(_, x, _)| at.x >= *x).or(shown.first())?;
    Some((row, grid.columns[*n].head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_column_stands_still_and_no_column_is_begun_that_has_no_room() {
        let area = Rect::new(0, 0, 40, 10);
        assert_eq!(shown(&[30, 8, 8, 8], 1, area), [(0, 1, 13), (1, 16, 8), (2, 26, 8)]);
        assert_eq!(shown(&[30, 8, 8, 8], 3, area), [(0, 1, 13), (3, 16, 8)]);
        assert_eq!(shown(&[5, 60], 1, area), [(0, 1, 5), (1, 8, 32)]);
        assert!(shown(&[], 1, area).is_empty());
    }
}
