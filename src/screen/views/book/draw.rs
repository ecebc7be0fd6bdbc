//! Drawing the Codebook view: the parts at the head, the list at the left, what is told of the chosen row beside it; on
//! narrow screens under it.

use super::{Part, Target};
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use crate::screen::views::halves::border;
use crate::screen::views::sheet::{self, Line, nothing, width_of};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// From this width on the list stands at the left.
const WIDE: u16 = 100;

/// Where the parts are named, where the list stands, and where what is told.
fn areas(area: Rect) -> [Rect; 3] {
    let head = Rect { height: 1.min(area.height), ..area };
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if area.width >= WIDE {
        let left = (area.width * 9 / 20).min(72);
        let list = Rect { width: left, ..body };
        return [head, list, Rect { x: area.x + left + 1, width: area.width - left - 1, ..body }];
    }
    let upper = (body.height / 2).max(3).min(body.height);
    let list = Rect { height: upper, ..body };
    let y = (list.bottom() + 1).min(body.bottom());
    [head, list, Rect { y, height: body.bottom() - y, ..body }]
}

pub(super) fn list_area(app: &App) -> Rect {
    areas(app.book.area)[1]
}

pub(super) fn detail_area(app: &App) -> Rect {
    areas(app.book.area)[2]
}

/// Draws the view.
#[must_use]
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let [head, list, told] = areas(area);
    let state = &app.book;
    let counts = [state.book.entries.len(), state.themes.len(), app.study.view().cycles().len()];
    let mut x = head.x + 1;
    for (part, (name, count)) in Part::ALL.into_iter().zip(["CODES", "THEMES", "CYCLES"].into_iter().zip(counts)) {
        let role = if part == state.part { Role::HeadingFocused } else { Role::Heading };
        x += put(buf, x, head.y, name, head.right().saturating_sub(x), app.styles.style(role)) + 1;
        let n = count.to_string();
        x += put(buf, x, head.y, &n, head.right().saturating_sub(x), app.styles.style(Role::Dim)) + 3;
    }
    if state.list.is_empty() || state.targets().is_empty() {
        let words = match state.part {
            Part::Codes => "No code yet. In the Code view (gC), c on selected words makes one, and a in the tree.",
            Part::Themes => {
                "No theme yet. A theme stands above codes: it holds codes and rows, and extracts that support, qualify or \
                 contradict it. a makes one."
            }
            Part::Cycles => {
                "No cycle yet. F freezes the codebook as it stands, by name; what became of it since, and between any two \
                 cycles, is told here."
            }
        };
        nothing(app, words, Rect { y: head.bottom(), height: area.height.saturating_sub(1), ..area }, buf);
        return None;
    }
    border(app, list, area, buf);
    let in_list = state.line.is_none();
    let chosen = state.target();
    let cursor = sheet::draw(app, &state.list, chosen.as_ref(), in_list, &state.tops[state.part.at()], list, buf);
    let lines: Vec<Line<usize>> = state.detail.iter().map(|(line, _)| line.clone()).collect();
    let within = sheet::draw(app, &lines, state.line.as_ref(), !in_list, &state.detail_top, told, buf);
    cursor.or(within)
}

/// A press of the mouse: takes in hand what lies there; says whether something does.
pub fn press(app: &mut App, area: Rect, at: Position) -> bool {
    let [head, list, told] = areas(area);
    if head.contains(at) {
        let counts = [app.book.book.entries.len(), app.book.themes.len(), app.study.view().cycles().len()];
        let mut x = head.x + 1;
        for (part, (name, count)) in Part::ALL.into_iter().zip(["CODES", "THEMES", "CYCLES"].into_iter().zip(counts)) {
            let end = x + width_of(name) + 1 + width_of(&count.to_string());
            if (x..end).contains(&at.x) {
                super::show_part(app, part);
                return false;
            }
            x = end + 3;
        }
        return false;
    }
    if list.contains(at) {
        let row = app.book.tops[app.book.part.at()].get() + usize::from(at.y - list.y);
        let target: Option<Target> = app.book.list.get(row).and_then(|line| line.target);
        if let Some(target) = target {
            app.book.choose(target);
        }
        return target.is_some();
    }
    let row = app.book.detail_top.get() + usize::from(at.y.saturating_sub(told.y));
    if told.contains(at) && row < app.book.detail.len() {
        app.book.line = Some(row);
        return true;
    }
    false
}
