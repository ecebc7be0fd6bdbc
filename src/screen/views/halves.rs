//! A list and the page of what is in hand in it: beside each other, or on narrow screens one under the other.

use super::code::paint::put;
use super::sheet::width_of;
use crate::screen::app::App;
use crate::screen::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// From this width on the list stands at the left.
pub const WIDE: u16 = 100;

/// Where the two stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Halves {
    /// The list, a row for its title counted in.
    pub list: Rect,
    /// The page.
    pub page: Rect,
}

impl Halves {
    /// The list at the left, so wide; under each other where the screen is narrow, the list with so many rows or with one
    /// row in `share` of the screen.
    #[must_use]
    pub fn of(area: Rect, width: u16, rows: usize, share: u16) -> Self {
        if area.width >= WIDE {
            let list = Rect { width, ..area };
            return Self { list, page: Rect { x: area.x + width + 1, width: area.width - width - 1, ..area } };
        }
        let rows = u16::try_from(rows).unwrap_or(u16::MAX).min((area.height / share).max(2)) + 1;
        let list = Rect { height: rows.min(area.height), ..area };
        let page = Rect { y: area.y + rows + 1, height: area.height.saturating_sub(rows + 1), ..area };
        Self { list, page }
    }

    /// The rows of the list, under its title.
    #[must_use]
    pub const fn rows(&self) -> Rect {
        Rect { y: self.list.y + 1, height: self.list.height.saturating_sub(1), ..self.list }
    }

    /// The title of the list, with `more` at its right end.
    pub fn title(&self, app: &App, title: &str, more: &str, in_list: bool, buf: &mut Buffer) {
        let role = if in_list { Role::HeadingFocused } else { Role::Heading };
        put(buf, self.list.x + 1, self.list.y, title, self.list.width, app.styles.style(role));
        let x = self.list.right().saturating_sub(width_of(more) + 1);
        put(buf, x, self.list.y, more, width_of(more), app.styles.style(Role::Faint));
    }
}

/// Draws the line between a list and what stands beside it or under it in `area`.
pub fn border(app: &App, list: Rect, area: Rect, buf: &mut Buffer) {
    let style = app.styles.style(Role::PaneBorder);
    if list.right() < area.right() {
        for y in list.top()..list.bottom() {
            put(buf, list.right(), y, app.glyphs.vertical, 1, style);
        }
    } else if list.bottom() < area.bottom() {
        let line = app.glyphs.horizontal.repeat(usize::from(area.width));
        put(buf, area.x, list.bottom(), &line, area.width, style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_and_page_fill_the_area_and_never_lie_on_each_other() {
        for (width, height) in [(156, 38), (100, 24), (99, 24), (80, 24), (60, 18), (20, 3), (1, 1)] {
            let area = Rect::new(3, 2, width, height);
            for rows in [0, 1, 5, 1000] {
                let halves = Halves::of(area, 40, rows, 3);
                assert!(!halves.list.intersects(halves.page), "{halves:?}");
                assert_eq!(halves.list.intersection(area), halves.list, "{area:?} {halves:?}");
                assert!(halves.page.is_empty() || halves.page.intersection(area) == halves.page, "{halves:?}");
                let beside = halves.list.height == area.height && halves.page.x > halves.list.x;
                assert_eq!(beside, width >= WIDE, "{area:?} {halves:?}");
                assert_eq!(halves.rows().bottom(), halves.list.bottom().max(halves.list.y + 1));
            }
        }
    }
}
