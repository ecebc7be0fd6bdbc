//! Points and whiskers, in one neutral colour, against the customary lines at .667 and .800.
//!
//! Ends of whiskers are drawn to half a cell. What lies below the scale is told by a sign at its left end.

use crate::agreement::{Estimate, LINES};
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The low end of the scale.
const LOW: f64 = -0.2;

/// The place of a value on `width` cells, in halves of a cell: 0 to `2 * width - 1`.
fn half(value: f64, width: u16) -> u16 {
    let share = ((value - LOW) / (1.0 - LOW)).clamp(0.0, 1.0);
    let halves = f64::from(width) * 2.0;
    ((share * halves) as u16).min(width * 2 - 1)
}

/// Draws the whisker and the point of an estimate over the guide lines. `bare` keeps the ground of a chosen row.
pub(super) fn draw(app: &App, alpha: &Estimate, area: Rect, bare: bool, buf: &mut Buffer) {
    if area.width < 4 {
        return;
    }
    let style = |role| {
        let style = app.styles.style(role);
        if bare { Style { bg: None, ..style } } else { style }
    };
    let glyphs = &app.glyphs;
    guides(app, area, bare, buf);
    let mut cell = |n: u16, glyph: &str, role| put(buf, area.x + n.min(area.width - 1), area.y, glyph, 1, style(role));
    if let Some([low, high]) = alpha.interval {
        let (from, to) = (half(low, area.width), half(high, area.width));
        for n in from / 2..=to / 2 {
            cell(n, glyphs.horizontal, Role::ChartLine);
        }
        if from / 2 < to / 2 {
            if from % 2 == 1 {
                cell(from / 2, glyphs.half_right, Role::ChartLine);
            }
            if to % 2 == 0 {
                cell(to / 2, glyphs.half_left, Role::ChartLine);
            }
            if low < LOW {
                cell(0, glyphs.beyond_left, Role::ChartLine);
            }
        }
    }
    if let Some(value) = alpha.value {
        let glyph = if value < LOW { glyphs.beyond_left } else { glyphs.read };
        cell(half(value, area.width) / 2, glyph, Role::ChartPoint);
    }
}

/// Draws the lines at .667 and .800.
pub(super) fn guides(app: &App, area: Rect, bare: bool, buf: &mut Buffer) {
    let style = app.styles.style(Role::ChartTrack);
    let style = if bare { Style { bg: None, ..style } } else { style };
    for line in LINES {
        put(buf, area.x + half(line, area.width) / 2, area.y, app.glyphs.guide, 1, style);
    }
}

/// Draws the scale over the whiskers, as much of it as there is room for.
pub(super) fn scale(app: &App, area: Rect, buf: &mut Buffer) {
    let dim = app.styles.style(Role::Dim);
    let at = |value: f64| half(value, area.width) / 2;
    if area.width >= 12 {
        put(buf, area.x, area.y, "-.2", 3, dim);
    }
    let (first, second) = (at(LINES[0]), at(LINES[1]));
    if second.saturating_sub(first) >= 4 {
        put(buf, area.x + first - 1, area.y, ".667", 4, dim);
    } else if second.saturating_sub(first) >= 3 {
        put(buf, area.x + first.saturating_sub(2), area.y, ".67", 3, dim);
    }
    put(buf, area.x + second, area.y, ".8", 2, dim);
    if area.width > second + 3 {
        put(buf, area.x + area.width - 1, area.y, "1", 1, dim);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_they_are_on_the_scale_to_half_a_cell() {
        // 24 cells for 1.2: a cell for each .05.
        assert_eq!([-1.0, -0.2, -0.176, -0.15, 0.0, 0.99, 1.0].map(|value| half(value, 24)), [0, 0, 0, 2, 8, 47, 47]);
        assert_eq!(half(0.1, 24), 12);
        assert_eq!(half(0.126, 24), 13, "the right half of the cell");
    }
}
