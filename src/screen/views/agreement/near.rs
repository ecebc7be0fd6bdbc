//! On a high screen the first passages behind the chosen figure stand under what is said of its row, before anybody asks.

use super::AgreementView;
use super::behind::{behind, row};
use super::fig::Fig;
use crate::project::id::{CodeId, SourceId};
use crate::screen::app::App;
use crate::screen::layers::list::ListRow;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use crate::screen::views::sheet::width_of;
use crate::session::{Reading, Study};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::HashMap;
use std::sync::Arc;

/// From this height on there may be room.
const HIGH: u16 = 40;
/// How many are shown at most.
const MOST: usize = 24;

/// What was found last.
#[derive(Default)]
pub(super) struct Near {
    of: Option<(CodeId, Fig)>,
    rows: Vec<ListRow>,
    count: usize,
    /// Not all texts were at hand.
    partly: bool,
}

/// Finds the passages of the figure in hand, where there is room for them and another figure is in hand than before.
pub(super) fn settle(state: &mut AgreementView, study: &Study, area: Rect) {
    let view = study.view();
    let fig = state.fig(&view).filter(|_| area.height >= HIGH && !state.by_case);
    let (Some(counted), Some(code), Some(fig)) = (&state.counted, state.code, fig) else {
        state.near = Near::default();
        return;
    };
    if state.near.of.as_ref().is_some_and(|(at, of)| *at == code && of == &fig) && !state.near.partly {
        return;
    }
    let found = behind(counted, Some(code), &fig);
    let count = found.len();
    let shown = &found[..count.min(MOST)];
    let readings: HashMap<SourceId, Arc<Reading>> =
        shown.iter().filter_map(|one| Some((one.source, study.reading(one.source)?.clone()))).collect();
    let partly = shown.iter().any(|one| !readings.contains_key(&one.source));
    let rows = shown.iter().map(|one| row(&view, counted, false, one, &readings)).collect();
    state.near = Near { of: Some((code, fig)), rows, count, partly };
}

/// Draws as many as there is room for.
pub(super) fn draw(app: &App, state: &AgreementView, area: Rect, buf: &mut Buffer) {
    let Near { of: Some((_, fig)), rows, count, .. } = &state.near else { return };
    if area.height < 5 || rows.is_empty() {
        return;
    }
    let (dim, text) = (app.styles.style(Role::Dim), app.styles.style(Role::Text));
    let what = format!("{}: {} {}", fig.unit.name(), fig.label, fig.value);
    let used = put(buf, area.x + 1, area.y + 1, what.trim(), area.width / 2, app.styles.style(Role::Subheading));
    let shown = rows.len().min(usize::from(area.height - 3));
    let note = if shown < *count { format!("the first {shown} of {count}; Enter lists all") } else { String::new() };
    put(buf, area.x + 1 + used + 2, area.y + 1, &note, area.width.saturating_sub(used + 4), dim);
    let head = rows.iter().take(shown).map(|row| width_of(&row.head)).max().unwrap_or(0).min(area.width / 3);
    for (n, row) in rows.iter().take(shown).enumerate() {
        let y = area.y + 2 + n as u16;
        put(buf, area.x + 1, y, &row.head, head, dim);
        let mut x = area.x + head + 3;
        let end = area.right().saturating_sub(1);
        let [before, words, after] = &row.words;
        for (part, style) in [(before, dim), (words, text), (after, dim)] {
            x += put(buf, x, y, part, end.saturating_sub(x), style);
        }
    }
}
