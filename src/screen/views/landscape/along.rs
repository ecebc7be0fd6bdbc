//! The codes along the texts: a row a code, a cell a part of a text; how high it is filled says how many passages lie there.

use super::{Along, LandscapeView, strip_name};
use crate::findings::landscape::Of;
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::glyphs::Glyphs;
use crate::screen::theme::Role;
use crate::screen::views::agreement::short_name;
use crate::screen::views::code::paint::put;
use crate::screen::views::code::tree::in_sight;
use crate::screen::views::passages::count;
use crate::screen::views::sheet::{nothing, width_of};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// The rows above the codes.
const HEAD: u16 = 2;
/// How wide the counts are.
const COUNT: u16 = 6;

/// How wide the names of codes are.
fn names(area: Rect) -> u16 {
    (area.width * 3 / 10).clamp(14, 34)
}

/// How many cells there is room for.
pub(super) fn room(area: Rect) -> u16 {
    area.width.saturating_sub(names(area) + COUNT + 3)
}

/// The sign of a cell with so many passages.
fn sign(glyphs: &Glyphs, n: u32) -> &'static str {
    match n {
        0 => glyphs.dot,
        1 => glyphs.low,
        2 => glyphs.middle,
        3 => glyphs.high,
        _ => glyphs.bar,
    }
}

/// The strip of a cell, and its number in it.
fn strip_of(along: &Along, cell: usize) -> (usize, usize) {
    let strip = along.begins.partition_point(|begin| *begin <= cell).saturating_sub(1);
    (strip, cell - along.begins.get(strip).copied().unwrap_or(0))
}

/// Where a cell is, in words: `Practice 02, 40 to 60%`.
pub(super) fn where_is(along: &Along, view: &View<'_>, cell: usize, app: &App) -> String {
    let (strip, n) = strip_of(along, cell);
    let Some(strip) = along.found.strips.get(strip) else { return String::new() };
    let of = strip.cells.len().max(1);
    let (from, to) = (n * 100 / of, (n + 1) * 100 / of);
    let mut out = format!("{}, {from} to {to}%", strip_name(view, strip.of));
    if let (Of::Source(source), Some(part)) = (strip.of, strip.cells.get(n).and_then(|cell| cell.parts.first()))
        && let Some(turn) = app.study.reading(source).and_then(|reading| reading.turns.last_from(part.1.start))
    {
        out.push_str(&format!(", from turn {}", turn + 1));
    }
    out
}

pub(super) fn status(state: &LandscapeView, app: &App, view: &View<'_>, busy: &str) -> (String, String) {
    let Some(along) = &state.along else { return (busy.to_owned(), String::new()) };
    let Some(row) = along.found.rows.get(state.row) else { return (busy.to_owned(), String::new()) };
    let name = view.code_name(row.code);
    let left = match state.cell {
        Some(cell) => {
            let n = row.cells.get(cell).copied().unwrap_or(0);
            let n = count(n as usize, "passage", "passages");
            format!("{name} {} {}: {n}", app.glyphs.dot, where_is(along, view, cell, app))
        }
        None => format!("{name}: {} here", count(row.passages as usize, "passage", "passages")),
    };
    let what = match along.found.strips.first().map(|strip| strip.of) {
        Some(Of::Source(source)) => strip_name(view, Of::Source(source)).to_owned(),
        _ => count(along.found.strips.len(), "case", "cases"),
    };
    (left, if busy.is_empty() { what } else { busy.to_owned() })
}

/// The first strip shown, and how many cells of the screen each takes.
fn window(state: &LandscapeView, along: &Along, area: Rect) -> (usize, u16) {
    let fit = usize::from((room(area) / along.wide.max(1)).max(1));
    let at = state.cell.map_or(0, |cell| strip_of(along, cell).0);
    let left = in_sight(state.left.get(), at, along.found.strips.len(), fit);
    state.left.set(left);
    (left, along.wide)
}

/// The column of the screen where a cell stands, if it is shown.
fn x_of(along: &Along, area: Rect, left: usize, cell: usize) -> Option<u16> {
    let (strip, n) = strip_of(along, cell);
    let strip = u16::try_from(strip.checked_sub(left)?).ok()?;
    let x = strip.checked_mul(along.wide)?.checked_add(u16::try_from(n).ok()?)?;
    (x < room(area)).then(|| area.x + 1 + names(area) + COUNT + 1 + x)
}

pub(super) fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let state = &app.landscape;
    let view = app.study.view();
    let along = state.along.as_ref()?;
    if along.found.rows.is_empty() || along.found.strips.is_empty() {
        nothing(app, "Codes and texts are needed here: nothing is coded yet.", area, buf);
        return None;
    }
    let (left, _) = window(state, along, area);
    let (names, heading, dim) = (names(area), app.styles.style(Role::Heading), app.styles.style(Role::Dim));
    put(buf, area.x + 1, area.y, "CODE", names - 1, heading);
    put(buf, area.x + 1 + names, area.y, &format!("{:>5}", "HERE"), COUNT, heading);
    head(app, along, left, area, buf);
    let legend: Vec<String> =
        [1, 2, 3, 4].map(|n| format!("{} {n}{}", sign(&app.glyphs, n), if n == 4 { " or more" } else { "" })).into();
    put(buf, area.x + 1, area.y + 1, &legend.join(" "), names + COUNT, dim);
    let height = usize::from(area.height.saturating_sub(HEAD));
    let top = in_sight(state.top.get(), state.row, along.found.rows.len(), height);
    state.top.set(top);
    let mut cursor = None;
    for (n, row) in along.found.rows.iter().enumerate().skip(top).take(height) {
        let y = area.y + HEAD + (n - top) as u16;
        let Some(node) = view.code(row.code) else { continue };
        let chosen = n == state.row;
        let bare = |style: Style| if chosen { Style { bg: None, ..style } } else { style };
        if chosen {
            buf.set_style(Rect { y, height: 1, ..area }, app.styles.style(Role::ListSelected));
            cursor = Some(Position::new(area.x + 1, y));
        }
        let role = match (chosen, row.passages) {
            (true, _) => Role::Strong,
            (false, 0) => Role::Faint,
            (false, _) => Role::Text,
        };
        let indent = (node.depth * 2).min(8);
        let name = names.saturating_sub(indent + 1);
        put(buf, area.x + 1 + indent, y, &node.code.name, name, bare(app.styles.style(role)));
        if row.passages > 0 {
            let words = format!("{:>5}", row.passages);
            put(buf, area.x + 1 + names, y, &words, COUNT, bare(app.styles.style(Role::Dim)));
        }
        let hue = app.styles.code(node.code.colour).swatch;
        for (cell, n) in row.cells.iter().enumerate() {
            let Some(x) = x_of(along, area, left, cell) else { continue };
            let style = if *n == 0 { app.styles.style(Role::Faint) } else { hue };
            let style = if chosen && state.cell == Some(cell) {
                cursor = Some(Position::new(x, y));
                app.styles.style(Role::CellCursor)
            } else {
                bare(style)
            };
            put(buf, x, y, sign(&app.glyphs, *n), 1, style);
        }
    }
    cursor
}

/// The names of the cases, or how far into the text.
fn head(app: &App, along: &Along, left: usize, area: Rect, buf: &mut Buffer) {
    let view = app.study.view();
    let (heading, dim) = (app.styles.style(Role::Heading), app.styles.style(Role::Dim));
    let start = area.x + 1 + names(area) + COUNT + 1;
    if let [strip] = along.found.strips.as_slice()
        && matches!(strip.of, Of::Source(_))
    {
        let title = strip_name(&view, strip.of).to_uppercase();
        put(buf, start, area.y, &title, room(area), heading);
        for quarter in 0..4u16 {
            let at = room(area) * quarter / 4;
            put(buf, start + at, area.y + 1, &format!("{}%", quarter * 25), 4, dim);
        }
        return;
    }
    let shown = along.found.strips.iter().enumerate().skip(left);
    let mut free = 0;
    for (n, strip) in shown {
        let at = (n - left) as u16 * along.wide;
        let name = short_name(strip_name(&view, strip.of));
        let after = along.found.strips.len() - n - 1;
        if at >= room(area) {
            let more = format!("{} {}", after + 1, app.glyphs.right);
            let x = (start + room(area)).saturating_sub(width_of(&more));
            put(buf, x, area.y + 1, &more, width_of(&more), dim);
            break;
        }
        // Names in two rows in turn; one that would run into the one before is left out.
        if at >= free && at + 3 <= room(area) {
            let wide = width_of(&name).min((along.wide * 2).max(4));
            put(buf, start + at, area.y, &name, wide.min(room(area) - at), heading);
            free = at + wide + 1;
        }
    }
    if left > 0 {
        put(buf, start, area.y + 1, &format!("{} {left}", app.glyphs.left), 6, dim);
    }
}

pub(super) fn press(app: &mut App, area: Rect, at: Position) -> bool {
    let state = &app.landscape;
    let Some(along) = &state.along else { return false };
    let Some(n) = at.y.checked_sub(area.y + HEAD) else { return false };
    let row = state.top.get() + usize::from(n);
    if row >= along.found.rows.len() {
        return false;
    }
    let cells = along.begins.last().copied().unwrap_or(0);
    let cell = (0..cells).find(|cell| x_of(along, area, state.left.get(), *cell) == Some(at.x));
    (app.landscape.row, app.landscape.cell) = (row, cell);
    true
}
