//! Drawing the grid.

use super::PeopleView;
use super::places::{Parts, columns, parts};
use crate::findings::grid::{Grid, Head, Said};
use crate::project::case::{AttributeKind, Bearer};
use crate::project::id::Id;
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::{paragraph, put};
use crate::screen::views::sheet::{nothing, width_of};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Draws the grid; gives back where the cursor stands.
pub(super) fn draw(app: &App, people: &PeopleView, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let grid = people.grid.as_ref()?;
    let Parts { tabs, heads, rows, below } = parts(area);
    draw_tabs(app, people, tabs, buf);
    if grid.rows.is_empty() {
        let words = match grid.of {
            Bearer::Case => {
                "There are no cases yet. A adds one; a adds an attribute; i takes a table in once there are cases."
            }
            Bearer::Participant => {
                "There are no participants yet. A adds one; s then says which speaker labels they are. Importing a \
                 transcript asks who its speakers are, too."
            }
        };
        nothing(app, words, heads.union(rows), buf);
        return None;
    }
    let shown = columns(people, area);
    let (whose, head) = people.hand();
    for &(n, x, width) in &shown {
        let column = &grid.columns[n];
        let role = if column.head == head { Role::HeadingFocused } else { Role::Heading };
        let title =
            if column.follows { format!("{} {}", app.glyphs.leads_to, column.title) } else { column.title.clone() };
        let indent = if column.kind == AttributeKind::Number { width.saturating_sub(width_of(&title)) } else { 0 };
        put(buf, x + indent, heads.y, &title, width - indent, app.styles.style(role));
    }
    more_columns(app, grid, &shown, heads, buf);
    let view = app.study.view();
    let mut cursor = None;
    let top = people.top.get();
    for (n, &row) in grid.rows.iter().enumerate().skip(top).take(usize::from(rows.height)) {
        let y = rows.y + u16::try_from(n - top).unwrap_or(0);
        let chosen = Some(row) == whose;
        if chosen {
            buf.set_style(Rect { y, height: 1, ..rows }, app.styles.style(Role::ListSelected));
        }
        for &(n, x, width) in &shown {
            let column = &grid.columns[n];
            let said = grid.said(&view, row, column);
            let here = chosen && column.head == head;
            let role = role(n, &said, column.kind);
            let style = match (here, chosen) {
                (true, _) => app.styles.style(Role::CellCursor),
                (false, true) => Style { bg: None, ..app.styles.style(role) },
                (false, false) => app.styles.style(role),
            };
            if here {
                buf.set_style(Rect::new(x, y, width, 1).intersection(rows), style);
            }
            let words = match said {
                Said::Missing => app.glyphs.dot.to_owned(),
                said => said.words(),
            };
            let number = column.kind == AttributeKind::Number;
            let indent = if number { width.saturating_sub(width_of(&words)) } else { 0 };
            put(buf, x + indent, y, &words, width - indent, style);
            if here {
                cursor = Some(Position::new(x, y));
            }
        }
    }
    draw_below(app, people, grid, below, buf);
    cursor
}

const fn role(n: usize, said: &Said<'_>, kind: AttributeKind) -> Role {
    match said {
        _ if n == 0 => Role::Strong,
        Said::Missing => Role::Faint,
        Said::Open(_) => Role::Notice,
        Said::Is(value) => match (kind, value) {
            (AttributeKind::YesNo, std::borrow::Cow::Borrowed(value)) if value.len() == 2 => Role::Dim,
            _ => Role::Text,
        },
    }
}

fn draw_tabs(app: &App, people: &PeopleView, area: Rect, buf: &mut Buffer) {
    let view = app.study.view();
    let mut x = area.x + 1;
    let counts = [
        (Bearer::Case, "CASES", view.cases().len()),
        (Bearer::Participant, "PARTICIPANTS", view.participants().count()),
    ];
    for (of, title, count) in counts {
        let role = if of == people.of { Role::HeadingFocused } else { Role::Heading };
        x += put(buf, x, area.y, title, area.right().saturating_sub(x), app.styles.style(role)) + 1;
        let count = count.to_string();
        x += put(buf, x, area.y, &count, area.right().saturating_sub(x), app.styles.style(Role::Dim)) + 3;
    }
    let waves = view.waves();
    if waves.is_empty() {
        return;
    }
    let name = people.wave.and_then(|wave| view.wave(wave)).map_or("all waves", |wave| wave.name.as_str());
    let label = if people.wave.is_some() { "wave " } else { "" };
    x += put(buf, x, area.y, label, area.right().saturating_sub(x), app.styles.style(Role::Dim));
    put(buf, x, area.y, name, area.right().saturating_sub(x), app.styles.style(Role::Notice));
}

/// At the right of the headings, that there are more columns at either side.
fn more_columns(app: &App, grid: &Grid, shown: &[(usize, u16, u16)], area: Rect, buf: &mut Buffer) {
    let last = shown.last().map_or(0, |(n, ..)| *n);
    let first = shown.get(1).map_or(1, |(n, ..)| *n);
    let style = app.styles.style(Role::Faint);
    if first > 1 {
        put(buf, area.x, area.y, app.glyphs.left, 1, style);
    }
    if last + 1 < grid.columns.len() {
        put(buf, area.right().saturating_sub(1), area.y, app.glyphs.right, 1, style);
    }
}

/// The whole of the cell in hand; of a participant, the labels that stand for them.
fn draw_below(app: &App, people: &PeopleView, grid: &Grid, area: Rect, buf: &mut Buffer) {
    if area.height < 2 {
        return;
    }
    let line = app.glyphs.horizontal.repeat(usize::from(area.width));
    put(buf, area.x, area.y, &line, area.width, app.styles.style(Role::PaneBorder));
    let (Some(row), Some(column)) = (people.row(), people.column()) else { return };
    let view = app.study.view();
    let name = grid.said(&view, row, &grid.columns[0]).words();
    let said = match grid.said(&view, row, column) {
        Said::Missing => "missing".to_owned(),
        said => said.words().replace('\n', " "),
    };
    let inner = Rect::new(area.x + 1, area.y + 1, area.width.saturating_sub(2), area.height - 1);
    let words = match column.head {
        Head::Name => name,
        _ => format!("{name} {} {}: {said}", app.glyphs.dot, column.title),
    };
    let labels = labels(app, people, row);
    let room = if labels.is_empty() { inner.height } else { inner.height.saturating_sub(1).max(1) };
    let used = paragraph(buf, Rect { height: room, ..inner }, &words, app.styles.style(Role::Text));
    let rest = Rect { y: inner.y + used, height: inner.height.saturating_sub(used), ..inner };
    paragraph(buf, rest, &labels, app.styles.style(Role::Dim));
}

/// Which labels of which sources a participant is.
fn labels(app: &App, people: &PeopleView, row: Id) -> String {
    if people.of != Bearer::Participant {
        return String::new();
    }
    let view = app.study.view();
    let labels = people.labels(row.into());
    if labels.is_empty() {
        return "no speaker label stands for them; s says which do, D deletes them".to_owned();
    }
    let of = |(source, label): &(crate::project::id::SourceId, String)| {
        let source = view.source(*source);
        let case = source
            .and_then(|source| view.case(source.case?))
            .map_or(String::new(), |case| format!("{} {} ", case.name, app.glyphs.pointer));
        format!("“{label}” in {case}{}", source.map_or("a source", |source| source.name.as_str()))
    };
    format!("speaks as {}", labels.iter().map(of).collect::<Vec<_>>().join(", "))
}
