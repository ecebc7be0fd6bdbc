//! The Words view on the screen: a word a row, its figures, and a bar.

use super::Sort;
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use crate::screen::views::code::tree::in_sight;
use crate::screen::views::sheet::nothing;
use crate::table::thousands;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// The rows above the list.
const HEAD: u16 = 1;
/// How wide the figures are.
const FIGURES: [u16; 4] = [8, 11, 9, 7];

/// How wide a bar is at most: beyond that it is a wall, not a figure.
const BAR: u16 = 48;

/// How wide the words are.
fn words_width(area: Rect) -> u16 {
    (area.width / 4).clamp(12, 28)
}

/// Draws the view.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let state = &app.words;
    let Some(counted) = &state.counted else {
        nothing(app, state.trouble.as_deref().unwrap_or("The words are being counted."), area, buf);
        return None;
    };
    if counted.words.is_empty() {
        let words = "No words. f shows other cases, c other passages, t small words too, i the interviewer’s.";
        nothing(app, words, area, buf);
        return None;
    }
    let wide = words_width(area);
    let heads = ["TIMES", "PER 1,000", "SOURCES", "CASES"];
    let sorted = [Some(0), Some(3), None][state.sort as usize];
    let role = |chosen| app.styles.style(if chosen { Role::HeadingFocused } else { Role::Heading });
    put(buf, area.x + 1, area.y, "WORD", wide, role(state.sort == Sort::Letters));
    let mut x = area.x + 1 + wide;
    let mut ends = Vec::new();
    for (n, (head, width)) in heads.iter().zip(FIGURES).enumerate() {
        let end = x + width;
        put(buf, end.saturating_sub(head.len() as u16), area.y, head, width, role(sorted == Some(n)));
        ends.push(end);
        x = end;
    }
    let bar = Rect::new(x + 2, area.y, area.right().saturating_sub(x + 3).min(BAR), 1);
    let height = usize::from(area.height.saturating_sub(HEAD));
    let top = in_sight(state.top.get(), state.row, counted.words.len(), height);
    state.top.set(top);
    let most = counted.words.iter().map(|word| word.n).max().unwrap_or(1).max(1);
    let mut cursor = None;
    for (n, word) in counted.words.iter().enumerate().skip(top).take(height) {
        let y = area.y + HEAD + (n - top) as u16;
        let chosen = n == state.row;
        let style = |role| {
            let style = app.styles.style(role);
            if chosen { Style { bg: None, ..style } } else { style }
        };
        if chosen {
            buf.set_style(Rect { y, height: 1, ..area }, app.styles.style(Role::ListSelected));
            cursor = Some(Position::new(area.x + 1, y));
        }
        put(
            buf,
            area.x + 1,
            y,
            &word.word,
            wide.saturating_sub(1),
            style(if chosen { Role::Strong } else { Role::Text }),
        );
        let per = format!("{:.2}", counted.per_thousand(word));
        let count = |n: u32| thousands(u64::from(n));
        let cells = [count(word.n), per, count(word.sources), count(word.cases)];
        for (n, (words, end)) in cells.iter().zip(&ends).enumerate() {
            let width = words.len() as u16;
            put(buf, end.saturating_sub(width), y, words, width, style(if n == 0 { Role::Strong } else { Role::Dim }));
        }
        draw_bar(app, Rect { y, ..bar }, word.n, most, style(Role::ChartFirst), buf);
    }
    cursor
}

/// A bar of `n` where `most` fills the room, to half a cell.
fn draw_bar(app: &App, area: Rect, n: u32, most: u32, style: Style, buf: &mut Buffer) {
    let halves = u64::from(n) * u64::from(area.width) * 2 / u64::from(most);
    let (full, half) = (u16::try_from(halves / 2).unwrap_or(u16::MAX).min(area.width), halves % 2 == 1);
    put(buf, area.x, area.y, &app.glyphs.bar.repeat(usize::from(full)), full, style);
    if (half || full == 0) && full < area.width {
        put(buf, area.x + full, area.y, app.glyphs.bar_half, 1, style);
    }
}

/// A press of the mouse: takes the word in hand that lies there; says whether one does.
pub fn press(app: &mut App, area: Rect, at: Position) -> bool {
    let count = app.words.counted.as_ref().map_or(0, |counted| counted.words.len());
    let Some(n) = at.y.checked_sub(area.y + HEAD) else { return false };
    let row = app.words.top.get() + usize::from(n);
    if row < count {
        app.words.row = row;
    }
    row < count
}
