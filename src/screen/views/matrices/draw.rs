//! Drawing a matrix: names of rows that stay, columns that scroll, sums at the edges, and what the cell in hand says.

use super::MatricesView;
use super::behind::times;
use crate::findings::matrix::{Cell, Line, Matrix, share, span};
use crate::screen::app::App;
use crate::screen::glyphs::Glyphs;
use crate::screen::theme::Role;
use crate::screen::views::agreement::short_name;
use crate::screen::views::code::paint::{paragraph, put};
use crate::screen::views::code::tree::in_sight;
use crate::screen::views::sheet::{nothing, width_of};
use crate::text::wrap::wrap;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// How many rows a heading may take.
const HEAD: usize = 3;
/// The least cells of a column, the gap behind it counted in.
const NARROWEST: u16 = 7;
/// The most cells of a column.
const WIDEST: u16 = 17;

/// How the matrix lies in an area.
struct Shape {
    /// Cells for the names of rows, a gap counted in.
    names: u16,
    /// Cells for a column.
    column: u16,
    /// Cells for the sums.
    sum: u16,
    /// The first column shown.
    first: usize,
    /// How many columns are shown.
    shown: usize,
    /// The headings of the columns shown, and that of the sums, in lines.
    heads: Vec<Vec<String>>,
    /// The first row of the screen with a cell.
    body: u16,
    /// The first row shown.
    top: usize,
    /// How many rows are shown.
    rows: usize,
    /// The column of the screen where the sums begin.
    sums: u16,
    /// The row of the screen where the sums stand.
    foot: u16,
}

impl Shape {
    fn of(app: &App, state: &MatricesView, matrix: &Matrix, area: Rect) -> Self {
        let longest = matrix.rows.iter().map(|line| width_of(&line.name)).max().unwrap_or(0);
        let names = longest.clamp(6, (area.width * 3 / 10).max(12)) + 2;
        let digits = widest(app, state, matrix);
        let number = digits + if matrix.asked.least.is_some() { 4 } else { 2 };
        let sum = (digits + 2).max(5);
        let room = area.width.saturating_sub(names + sum + 1);
        let count = u16::try_from(matrix.columns.len()).unwrap_or(u16::MAX);
        // As wide as all have room, so that long names can be read; else as narrow as numbers and words are.
        let word = |line: &Line| line.name.split_whitespace().map(width_of).max().unwrap_or(0);
        let words = matrix.columns.iter().map(word).max().unwrap_or(0).min(11) + 1;
        let least = number.max(words).max(NARROWEST);
        let column = (room / count.max(1)).clamp(least, WIDEST.max(least)).min(room.max(1));
        let shown = usize::from(room / column).min(matrix.columns.len());
        let first = match state.column {
            at if at < matrix.columns.len() => in_sight(state.left.get(), at, matrix.columns.len(), shown),
            _ => state.left.get().min(matrix.columns.len().saturating_sub(shown)),
        };
        let lines = matrix.columns.iter().skip(first).take(shown).map(|line| line.name.as_str());
        let heads: Vec<Vec<String>> =
            lines.chain([app.glyphs.sum]).map(|name| heading(name, column.saturating_sub(1), app.glyphs)).collect();
        let tall = heads.iter().map(Vec::len).max().unwrap_or(1) as u16;
        let below = if area.height >= 16 { 4 } else { 3 };
        let body = area.y + 1 + tall;
        let rows = usize::from(area.height.saturating_sub(1 + tall + 1 + below)).min(matrix.rows.len());
        let top = match state.row {
            at if at < matrix.rows.len() => in_sight(state.top.get(), at, matrix.rows.len(), rows),
            _ => state.top.get().min(matrix.rows.len().saturating_sub(rows)),
        };
        let sums = area.x + names + column * u16::try_from(shown).unwrap_or(0);
        let foot = body + u16::try_from(rows).unwrap_or(0);
        Self { names, column, sum, first, shown, heads, body, top, rows, sums, foot }
    }

    /// The columns that are shown, where they begin, and how wide they are; the sums last.
    fn columns(&self, area: Rect, matrix: &Matrix) -> Vec<(usize, u16, u16)> {
        let x = |n: usize| area.x + self.names + self.column * u16::try_from(n).unwrap_or(0);
        let all = (0..self.shown).map(|n| (self.first + n, x(n), self.column));
        all.chain([(matrix.columns.len(), self.sums, self.sum)]).collect()
    }

    /// The rows that are shown, and where they stand; the sums last.
    fn lines(&self, matrix: &Matrix) -> Vec<(usize, u16)> {
        let all = (0..self.rows).map(|n| (self.top + n, self.body + u16::try_from(n).unwrap_or(0)));
        all.chain([(matrix.rows.len(), self.foot)]).collect()
    }
}

/// A name in lines of so many cells; what is too long is cut.
fn heading(name: &str, width: u16, glyphs: Glyphs) -> Vec<String> {
    let mut lines: Vec<String> =
        wrap(name, width.max(1)).into_iter().map(|row| name[row.bytes].trim_end().to_owned()).collect();
    if lines.len() > HEAD {
        lines.truncate(HEAD);
        if let Some(last) = lines.last_mut() {
            while width_of(last) + 1 > width && last.pop().is_some() {}
            last.push_str(glyphs.ellipsis);
        }
    }
    lines
}

/// The widest figure there can be, marks left out, without a look at every cell.
fn widest(app: &App, state: &MatricesView, matrix: &Matrix) -> u16 {
    let sums = matrix.row_sums.iter().chain(&matrix.column_sums).chain([&matrix.whole]);
    sums.map(|cell| width_of(&figure(app, state, matrix, cell, true))).max().unwrap_or(1).max(3)
}

/// What stands in a cell, or in a sum.
fn figure(app: &App, state: &MatricesView, matrix: &Matrix, cell: &Cell, is_sum: bool) -> String {
    if cell.is_not_yet() {
        return app.glyphs.dash.to_owned();
    }
    if !is_sum && matrix.counts_one(cell) {
        // That it is there is seen; the number says how often.
        return match (cell.n, cell.high) {
            (0, 0) => app.glyphs.dot.to_owned(),
            (0, _) => format!("{}{}", app.glyphs.unclear, cell.items.len()),
            _ => cell.items.len().to_string(),
        };
    }
    if cell.high == 0 {
        return app.glyphs.dot.to_owned();
    }
    let figure = match share(cell).filter(|_| state.shares) {
        Some(share) => format!("{share}%"),
        None => span(cell),
    };
    match matrix.asked.least {
        Some(least) if !is_sum && cell.holds(least) => format!("X {figure}"),
        _ => figure,
    }
}

/// Draws the view.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let state = &app.matrices;
    let Some(matrix) = state.counted() else {
        let words = state.trouble.clone().unwrap_or_else(|| "The matrix is being counted.".to_owned());
        nothing(app, &words, area, buf);
        return None;
    };
    if matrix.rows.is_empty() || matrix.columns.is_empty() {
        nothing(app, &empty(app, matrix), area, buf);
        return None;
    }
    let shape = Shape::of(app, state, matrix, area);
    state.left.set(shape.first);
    state.top.set(shape.top);
    state.height.set(shape.rows);
    headline(app, matrix, &shape, area, buf);
    heads(app, state, matrix, &shape, area, buf);
    let cursor = cells(app, state, matrix, &shape, area, buf);
    let y = shape.foot + 1;
    below(app, state, matrix, Rect { y, height: area.bottom().saturating_sub(y), ..area }, buf);
    cursor
}

/// Why there is nothing to see.
fn empty(app: &App, matrix: &Matrix) -> String {
    let view = app.study.view();
    let title = matrix.title(&view);
    let why = if matrix.cases.is_empty() {
        "No case is looked at: f chooses which, and a project without cases gets them with its sources."
    } else if view.codebook().is_empty() {
        "There are no codes yet."
    } else {
        "There is nothing in it. r chooses its rows, c its columns, e shows empty ones again, K another matrix."
    };
    format!("{title}\n\n{why}")
}

fn headline(app: &App, matrix: &Matrix, shape: &Shape, area: Rect, buf: &mut Buffer) {
    let view = app.study.view();
    let dim = app.styles.style(Role::Dim);
    let more = matrix.columns.len() - shape.shown;
    let mut room = area.width.saturating_sub(2);
    if more > 0 {
        let (left, right) = (shape.first, more - shape.first);
        let part = |n: usize, sign: &str, before: bool| match (n, before) {
            (0, _) => String::new(),
            (n, true) => format!("{sign}{n}"),
            (n, false) => format!("{n}{sign}"),
        };
        let words = format!("{} {}", part(left, app.glyphs.left, true), part(right, app.glyphs.right, false));
        let words = format!("{} more columns", words.trim());
        let width = width_of(&words);
        put(buf, area.right().saturating_sub(width + 1), area.y, &words, width, dim);
        room = room.saturating_sub(width + 2);
    }
    let used = put(buf, area.x + 1, area.y, &matrix.title(&view), room, app.styles.style(Role::Heading));
    let n = matrix.cases.len();
    let cases = crate::findings::figures::case_word(&view, &matrix.cases, n);
    let rests = format!("{n} {cases}: {}", matrix.rests);
    put(buf, area.x + used + 3, area.y, &rests, room.saturating_sub(used + 2), dim);
}

fn heads(app: &App, state: &MatricesView, matrix: &Matrix, shape: &Shape, area: Rect, buf: &mut Buffer) {
    for ((column, x, wide), lines) in shape.columns(area, matrix).into_iter().zip(&shape.heads) {
        let role = if column == state.column { Role::HeadingFocused } else { Role::Subheading };
        for (n, line) in lines.iter().enumerate() {
            // They stand on their foot, over the numbers.
            let y = shape.body - u16::try_from(lines.len() - n).unwrap_or(1);
            let width = width_of(line).min(wide - 1);
            put(buf, x + wide - 1 - width, y, line, width, app.styles.style(role));
        }
    }
}

fn cells(
    app: &App,
    state: &MatricesView,
    matrix: &Matrix,
    shape: &Shape,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let greatest = matrix.greatest().max(1);
    let mut cursor = None;
    for (row, y) in shape.lines(matrix) {
        let here = row == state.row;
        let name = matrix.rows.get(row).map_or(app.glyphs.sum, |line| line.name.as_str());
        let role = if here { Role::HeadingFocused } else { Role::Text };
        put(buf, area.x + 1, y, name, shape.names - 2, app.styles.style(role));
        for (column, x, wide) in shape.columns(area, matrix) {
            let Some(cell) = matrix.cell(row, column) else { continue };
            let is_sum = row == matrix.rows.len() || column == matrix.columns.len();
            let words = figure(app, state, matrix, cell, is_sum);
            let chosen = here && column == state.column;
            let heat = if is_sum { 0.0 } else { matrix.weight(cell) as f64 / greatest as f64 };
            let style = style(app, matrix, cell, is_sum, heat, chosen);
            let width = width_of(&words).min(wide - 1);
            let box_ = Rect::new(x + 1, y, wide - 1, 1);
            if style.bg.is_some() || chosen {
                buf.set_style(box_, Style { fg: None, ..style });
            }
            // Without colours, how much stands beside the number.
            let shade = app.styles.shade(heat).filter(|_| !is_sum && wide > width + 2);
            let right = x + wide - 1 - u16::from(app.styles.shades());
            put(buf, right.saturating_sub(width), y, &words, width, style);
            if let Some(level) = shade {
                put(buf, right, y, app.glyphs.shade(level), 1, app.styles.style(Role::Dim));
            }
            if chosen {
                cursor = Some(Position::new(right.saturating_sub(width), y));
            }
        }
    }
    cursor
}

fn style(app: &App, matrix: &Matrix, cell: &Cell, is_sum: bool, heat: f64, chosen: bool) -> Style {
    if chosen {
        return app.styles.style(Role::CellCursor);
    }
    let role = match matrix.asked.least.filter(|_| !is_sum) {
        _ if is_sum => Role::Dim,
        _ if cell.is_not_yet() => Role::Dim,
        _ if cell.high == 0 => Role::CellAbsent,
        _ if cell.n == 0 => Role::CellUnclear,
        Some(least) if !cell.holds(least) => Role::Dim,
        Some(_) => Role::Strong,
        None => Role::Text,
    };
    let ground = app.styles.heat(heat);
    // On a ground of its own a number has the ink of text.
    let over = if ground.bg.is_some() && role == Role::Dim { Role::Text } else { role };
    app.styles.style(over).patch(ground)
}

/// What the cell in hand says, in words.
fn below(app: &App, state: &MatricesView, matrix: &Matrix, area: Rect, buf: &mut Buffer) {
    if area.height == 0 {
        return;
    }
    let view = app.study.view();
    let rule = app.glyphs.horizontal.repeat(usize::from(area.width));
    put(buf, area.x, area.y, &rule, area.width, app.styles.style(Role::PaneBorder));
    let more = matrix.rows.len().saturating_sub(state.top.get() + state.height.get());
    if more > 0 {
        let words = format!(" {} {more} more ", app.glyphs.down);
        let width = width_of(&words);
        put(buf, area.right().saturating_sub(width + 1), area.y, &words, width, app.styles.style(Role::Dim));
    }
    let (row, column) = state.place();
    let Some(cell) = matrix.cell(row, column) else { return };
    let inner = Rect::new(area.x + 1, area.y + 1, area.width.saturating_sub(2), area.height - 1);
    let place = matrix.place(row, column, times(app));
    let says = matrix.says(&view, row, column);
    let one_line = inner.height < 3 || width_of(&place) + width_of(&says) + 2 <= inner.width;
    let used = put(buf, inner.x, inner.y, &place, inner.width, app.styles.style(Role::Strong));
    let mut y = inner.y;
    if one_line {
        let room = inner.width.saturating_sub(used + 2);
        put(buf, inner.x + used + 2, y, &says, room, app.styles.style(Role::Text));
    } else {
        y += 1;
        put(buf, inner.x, y, &says, inner.width, app.styles.style(Role::Text));
    }
    let rest = Rect { y: y + 1, height: inner.bottom().saturating_sub(y + 1), ..inner };
    paragraph(buf, rest, &names(app, matrix, cell), app.styles.style(Role::Dim));
}

/// The cases of a cell by their short names: those that count, those in dispute, those not yet coded.
fn names(app: &App, matrix: &Matrix, cell: &Cell) -> String {
    let view = app.study.view();
    let short = |ids: &[crate::project::id::CaseId]| -> String {
        let here = matrix.cases.iter().filter(|case| ids.contains(case));
        let names = here.filter_map(|case| view.case(*case)).map(|case| short_name(&case.name));
        names.collect::<Vec<_>>().join(" ")
    };
    let mut parts = Vec::new();
    let yes = if cell.all == 1 { String::new() } else { short(&cell.yes) };
    for (head, names) in [("", yes), ("disputed ", short(&cell.disputed)), ("not yet coded ", short(&cell.not_yet))] {
        if !names.is_empty() {
            parts.push(format!("{head}{names}"));
        }
    }
    parts.join(&format!(" {} ", app.glyphs.dot))
}

/// A press of the mouse: takes the cell in hand that lies there; says whether one does.
pub fn press(app: &mut App, area: Rect, at: Position) -> bool {
    let Some(matrix) = app.matrices.counted() else { return false };
    if matrix.rows.is_empty() || matrix.columns.is_empty() {
        return false;
    }
    let shape = Shape::of(app, &app.matrices, matrix, area);
    let row = shape.lines(matrix).into_iter().find(|(_, y)| *y == at.y).map(|(row, _)| row);
    let under = |(_, x, wide): &(usize, u16, u16)| (*x..*x + wide).contains(&at.x);
    let column = shape.columns(area, matrix).into_iter().find(under).map(|(column, ..)| column);
    let (Some(row), Some(column)) = (row, column) else { return false };
    (app.matrices.row, app.matrices.column) = (row, column);
    true
}

/// All that is said of the cell in hand.
#[must_use]
pub fn cell_words(app: &App) -> String {
    let Some(matrix) = app.matrices.counted() else { return String::new() };
    let (row, column) = app.matrices.place();
    let Some(cell) = matrix.cell(row, column) else { return String::new() };
    format!("{}\n\n{}", matrix.says(&app.study.view(), row, column), names(app, matrix, cell))
}
