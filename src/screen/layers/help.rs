//! The keys, from the command table: filtered as one types after `/`, grouped by where they apply.

use super::{boxed, middle};
use crate::screen::app::App;
use crate::screen::command::{Place, commands};
use crate::screen::draw::Areas;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// The state of the page.
#[derive(Default)]
pub struct Help {
    /// The first line shown.
    pub top: usize,
    /// What had the keys before: its commands come first.
    pub place: Option<Place>,
    /// Only lines with these words are shown.
    pub filter: String,
}

/// A line of the page.
enum Row {
    Head(&'static str),
    Key(String, &'static str, &'static str),
    Gap,
}

fn rows(app: &App, help: &Help) -> Vec<Row> {
    let first = help.place;
    let words: Vec<String> = help.filter.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut places: Vec<Place> = commands().map(|command| command.place).collect();
    places.sort_by_key(|place| (Some(*place) != first, *place != Place::Text && Some(*place) != first, *place));
    places.dedup();
    let mut rows = Vec::new();
    for place in places {
        let found: Vec<Row> = commands()
            .filter(|command| command.place == place)
            .filter_map(|command| {
                let keys = app.keymap.labels(command.name).join("  ");
                let all = format!("{keys} {} {} {}", command.title, command.also, command.group.title()).to_lowercase();
                words
                    .iter()
                    .all(|word| all.contains(word))
                    .then(|| Row::Key(keys, command.title, command.group.title()))
            })
            .collect();
        if found.is_empty() {
            continue;
        }
        if !rows.is_empty() {
            rows.push(Row::Gap);
        }
        rows.push(Row::Head(place.title()));
        rows.extend(found);
    }
    rows
}

/// How many lines the page has.
#[must_use]
pub fn height(app: &App, help: &Help) -> usize {
    rows(app, help).len()
}

/// Draws the page.
pub fn draw(app: &App, help: &Help, areas: Areas, buf: &mut Buffer) -> Option<Position> {
    let rect = middle(areas.main, 92, areas.main.height);
    let title = if help.filter.is_empty() {
        format!("Keys {} / finds", app.glyphs.dot)
    } else {
        format!("Keys with “{}”", help.filter)
    };
    let inner = boxed(app, rect, &title, buf);
    let rows = rows(app, help);
    let keys_width = (inner.width / 3).min(26);
    for (n, row) in rows.iter().skip(help.top).take(usize::from(inner.height)).enumerate() {
        let y = inner.y + n as u16;
        match row {
            Row::Gap => {}
            Row::Head(title) => {
                put(buf, inner.x, y, title, inner.width, app.styles.over(Role::Popup, Role::HeadingFocused));
            }
            Row::Key(keys, title, group) => {
                put(buf, inner.x, y, keys, keys_width, app.styles.over(Role::Popup, Role::Key));
                let x = inner.x + keys_width + 1;
                let used =
                    put(buf, x, y, title, inner.right().saturating_sub(x), app.styles.over(Role::Popup, Role::Text));
                let group_x = inner.right().saturating_sub(group.chars().count() as u16);
                if x + used + 2 < group_x {
                    put(buf, group_x, y, group, 24, app.styles.over(Role::Popup, Role::Dim));
                }
            }
        }
    }
    Some(Position::new(inner.x, inner.y))
}
