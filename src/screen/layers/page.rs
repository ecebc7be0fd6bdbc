//! A page to read: words that were made, with their gaps.

use super::{boxed, middle};
use crate::screen::app::App;
use crate::screen::draw::Areas;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use crate::text::wrap::wrap;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// A page.
pub struct Page {
    /// What it says above.
    pub title: String,
    /// What it says.
    pub words: String,
    /// The first line shown.
    pub top: usize,
}

/// How wide its lines are.
const WIDTH: u16 = 96;

fn lines(page: &Page, width: u16) -> Vec<String> {
    let mut out = Vec::new();
    for line in page.words.lines() {
        if line.is_empty() {
            out.push(String::new());
        }
        out.extend(wrap(line, width.max(1)).into_iter().map(|row| line[row.bytes].trim_end().to_owned()));
    }
    out
}

/// How many lines it has.
#[must_use]
pub fn height(app: &App, page: &Page) -> usize {
    lines(page, app.size.width.min(WIDTH).saturating_sub(4)).len()
}

/// Draws it. What stands between ⟨ and ⟩ is a gap, to be filled by whoever knows.
pub fn draw(app: &App, page: &Page, areas: Areas, buf: &mut Buffer) -> Option<Position> {
    let width = areas.main.width.min(WIDTH);
    let lines = lines(page, width.saturating_sub(4));
    let rect = middle(areas.main, width, lines.len() as u16 + 2);
    let inner = boxed(app, rect, &page.title, buf);
    let text = app.styles.over(Role::Popup, Role::Text);
    let gap = app.styles.over(Role::Popup, Role::Notice);
    // A gap may go on from line to line.
    let mut open = lines[..page.top.min(lines.len())].concat().chars().fold(false, |open, c| match c {
        '⟨' => true,
        '⟩' => false,
        _ => open,
    });
    for (n, line) in lines.iter().skip(page.top).take(usize::from(inner.height)).enumerate() {
        let y = inner.y + n as u16;
        let mut x = inner.x;
        for piece in line.split_inclusive(['⟩']).flat_map(|piece| {
            let at = piece.find('⟨').unwrap_or(piece.len());
            let (before, after) = piece.split_at(at);
            [before, after]
        }) {
            if piece.is_empty() {
                continue;
            }
            open |= piece.starts_with('⟨');
            x += put(buf, x, y, piece, inner.right().saturating_sub(x), if open { gap } else { text });
            if piece.ends_with('⟩') {
                open = false;
            }
        }
    }
    None
}
