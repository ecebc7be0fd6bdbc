//! The Framework view on the screen: as many columns and cases as there is room for, around the cell in hand.

use crate::findings::framework::{Cell as Place, Framework, changes_in_words};
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use crate::screen::views::code::tree::in_sight;
use crate::screen::views::rounds::words::case_name;
use crate::screen::views::sheet::{nothing, width_of};
use crate::text::wrap::wrap;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// How wide a column is at least.
const NARROWEST: u16 = 20;
/// How wide one gets.
const WIDEST: u16 = 44;
/// The rows of the headings.
const HEAD: u16 = 2;

/// Where the cells lie.
struct Grid {
    /// How wide the names of the cases are.
    names: u16,
    /// How wide a column is, with the gap after it.
    column: u16,
    /// How many rows a case takes.
    rows: u16,
    /// The first case shown, and how many.
    cases: (usize, usize),
    /// The first column shown, and how many.
    columns: (usize, usize),
}

impl Grid {
    fn new(app: &App, matrix: &Framework, area: Rect) -> Self {
        let view = app.study.view();
        let longest = matrix.cases.iter().map(|case| width_of(case_name(&view, *case))).max().unwrap_or(0);
        let names = longest.clamp(6, (area.width / 5).max(8)) + 2;
        let room = area.width.saturating_sub(names + 1);
        let count = matrix.columns.len().max(1);
        let fit = usize::from((room / NARROWEST).max(1)).min(count);
        let column = (room / fit as u16).min(WIDEST);
        // Where there is room a case has an empty row under it.
        let rows = if area.height >= 24 { 4 } else { 3 };
        let high = usize::from((area.height.saturating_sub(HEAD) / rows).max(1));
        let state = &app.framework;
        let top = in_sight(state.top.get(), state.row, matrix.cases.len(), high);
        let left = in_sight(state.left.get(), state.column, matrix.columns.len(), fit);
        state.top.set(top);
        state.left.set(left);
        let shown = high.min(matrix.cases.len().saturating_sub(top));
        Self { names, column, rows, cases: (top, shown), columns: (left, fit.min(count)) }
    }

    /// The cells of a case and a column, both by number.
    fn rect(&self, area: Rect, row: usize, column: usize) -> Rect {
        let x = area.x + 1 + self.names + self.column * (column - self.columns.0) as u16;
        let y = area.y + HEAD + self.rows * (row - self.cases.0) as u16;
        let height = 3.min(area.bottom().saturating_sub(y));
        Rect::new(x, y, self.column.saturating_sub(2).min(area.right().saturating_sub(x)), height)
    }
}

/// Draws the view.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let state = &app.framework;
    let Some(matrix) = &state.matrix else {
        let words = state.trouble.as_deref().unwrap_or("The matrix is being worked out.");
        nothing(app, words, area, buf);
        return None;
    };
    if matrix.cases.is_empty() {
        nothing(app, "No cases here. The Code view (gC) makes and fills them; f shows others.", area, buf);
        return None;
    }
    if matrix.columns.is_empty() {
        let words =
            "No columns. a adds some; tab turns from themes to codes. Themes are made in the Codebook view (gB).";
        nothing(app, words, area, buf);
        return None;
    }
    let grid = Grid::new(app, matrix, area);
    let view = app.study.view();
    let (left, wide) = grid.columns;
    let heading = app.styles.style(Role::Heading);
    put(buf, area.x + 1, area.y, "CASE", grid.names - 1, heading);
    for n in left..(left + wide).min(matrix.columns.len()) {
        let rect = grid.rect(area, grid.cases.0, n);
        let role = if n == state.column { Role::HeadingFocused } else { Role::Heading };
        let name = &matrix.columns[n].name;
        let lines = wrap(name, rect.width.max(1));
        for (line, row) in lines.iter().take(usize::from(HEAD)).enumerate() {
            // What does not fit into two lines is cut off in the second.
            let rest = if line + 1 == usize::from(HEAD) { &name[row.bytes.start..] } else { &name[row.bytes.clone()] };
            put(buf, rect.x, area.y + line as u16, rest.trim_end(), rect.width, app.styles.style(role));
        }
    }
    more_columns(app, matrix, &grid, area, buf);
    let mut cursor = None;
    let (top, high) = grid.cases;
    for row in top..top + high {
        let y = area.y + HEAD + grid.rows * (row - top) as u16;
        let role = if row == state.row { Role::Strong } else { Role::Text };
        put(buf, area.x + 1, y, case_name(&view, matrix.cases[row]), grid.names - 2, app.styles.style(role));
        for column in left..(left + wide).min(matrix.columns.len()) {
            let rect = grid.rect(area, row, column);
            let here = (row, column) == (state.row, state.column);
            if here {
                let ground = Rect { x: rect.x.saturating_sub(1), width: rect.width + 2, ..rect };
                buf.set_style(ground.intersection(area), app.styles.style(Role::ListSelected));
                cursor = Some(Position::new(rect.x, rect.y));
            }
            if let Some(place) = matrix.cell(row, column) {
                cell(app, place, rect, here, buf);
            }
        }
    }
    cursor
}

/// Says that there are more columns at either side.
fn more_columns(app: &App, matrix: &Framework, grid: &Grid, area: Rect, buf: &mut Buffer) {
    let (left, wide) = grid.columns;
    let after = matrix.columns.len().saturating_sub(left + wide);
    let told = match (left, after) {
        (0, 0) => return,
        (0, after) => format!("{after} {}", app.glyphs.right),
        (before, 0) => format!("{} {before}", app.glyphs.left),
        (before, after) => format!("{} {before}  {after} {}", app.glyphs.left, app.glyphs.right),
    };
    put(buf, area.x + 1, area.y + 1, &told, grid.names.saturating_sub(1), app.styles.style(Role::Faint));
}

fn cell(app: &App, place: &Place, rect: Rect, chosen: bool, buf: &mut Buffer) {
    let style = |role| {
        let style = app.styles.style(role);
        if chosen { Style { bg: None, ..style } } else { style }
    };
    let n = place.extracts.len();
    if n == 0 && place.written.is_empty() {
        put(buf, rect.x, rect.y, app.glyphs.dot, 1, style(Role::Faint));
        return;
    }
    let extracts = if n == 1 { "1 extract".to_owned() } else { format!("{n} extracts") };
    let Some(first) = place.first() else {
        put(buf, rect.x, rect.y, &extracts, rect.width, style(Role::Dim));
        return;
    };
    let mut x = rect.x;
    let end = rect.right();
    x += put(buf, x, rect.y, app.glyphs.memo, 1, style(Role::MemoMark)) + 1;
    let others = place.written.len() - 1;
    let who = if others > 0 { format!("{} +{others}", first.initials) } else { first.initials.clone() };
    let role = if first.own { Role::Strong } else { Role::Dim };
    x += put(buf, x, rect.y, &who, end.saturating_sub(x), style(role)) + 1;
    let changed = place.written.iter().find(|written| !written.changes.is_empty());
    match changed {
        Some(written) => {
            let words = format!("{} {}", app.glyphs.warning, changes_in_words(&written.changes));
            put(buf, x, rect.y, &words, end.saturating_sub(x), style(Role::Warning));
        }
        None if x + width_of(&extracts) <= end => {
            put(buf, end - width_of(&extracts), rect.y, &extracts, width_of(&extracts), style(Role::Faint));
        }
        None => {}
    }
    let text = first.summary.text.replace('\n', " ");
    let rows = wrap(&text, rect.width.max(1));
    for (line, row) in rows.iter().take(usize::from(rect.height.saturating_sub(1))).enumerate() {
        let last = line + 2 == usize::from(rect.height);
        let words = if last { &text[row.bytes.start..] } else { &text[row.bytes.clone()] };
        put(buf, rect.x, rect.y + 1 + line as u16, words.trim_end(), rect.width, style(Role::Text));
    }
}

/// A press of the mouse: takes the cell in hand that lies there; says whether one does.
pub fn press(app: &mut App, area: Rect, at: Position) -> bool {
    let Some(matrix) = &app.framework.matrix else { return false };
    if matrix.cases.is_empty() || matrix.columns.is_empty() {
        return false;
    }
    let grid = Grid::new(app, matrix, area);
    let shown = |first: usize, n: usize, all: usize| first..(first + n).min(all);
    let rows = shown(grid.cases.0, grid.cases.1, matrix.cases.len());
    let columns = || shown(grid.columns.0, grid.columns.1, matrix.columns.len());
    let hit = rows.flat_map(|row| columns().map(move |column| (row, column)));
    let found = hit.into_iter().find(|(row, column)| grid.rect(area, *row, *column).contains(at));
    if let Some(at) = found {
        (app.framework.row, app.framework.column) = at;
    }
    found.is_some()
}
