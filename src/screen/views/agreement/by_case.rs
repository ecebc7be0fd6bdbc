//! The codes by case: who says that a case has a code. A row a code, a column a case; each cell leads to its passages.

use super::fig::Counting;
use super::table::{coder_role, short_name};
use super::{AgreementView, Counted, letter};
use crate::project::id::CaseId;
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use crate::screen::views::code::tree::in_sight;
use crate::screen::views::rounds::words::case_name;
use crate::screen::views::sheet::width_of;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

pub(super) const HEAD: u16 = 3;

pub(super) fn draw(
    app: &App,
    state: &AgreementView,
    counted: &Counted,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let view = app.study.view();
    let figures = &counted.figures;
    let rows = state.rows();
    let cases: Vec<CaseId> = rows
        .iter()
        .find_map(|row| row.case.as_ref())
        .map(|case| case.said.iter().map(|(id, _)| *id).collect())
        .unwrap_or_default();
    let names: Vec<String> = cases.iter().map(|case| short_name(case_name(&view, *case))).collect();
    let name = rows.iter().map(|row| width_of(&row.name)).max().unwrap_or(0).clamp(12, (area.width / 3).max(12)) + 2;
    let letters = figures.coders.len() as u16 * 2 - 1;
    let cell = names.iter().map(|name| width_of(name)).max().unwrap_or(4).clamp(letters, 14) + 3;
    let room = area.width.saturating_sub(name + 1 + 8);
    let shown = usize::from(room / cell).max(1);
    let picked = state.fig(&view).and_then(|fig| cases.iter().position(|case| fig.what == Counting::Case(*case)));
    let left = in_sight(0, picked.unwrap_or(0), cases.len(), shown);
    let (heading, dim) = (app.styles.style(Role::Heading), app.styles.style(Role::Dim));
    put(buf, area.x + 1, area.y, "CODE", name, heading);
    let x_of = |n: usize| area.x + name + 1 + cell * (n - left) as u16;
    for (n, name) in names.iter().enumerate().skip(left).take(shown) {
        let style = if picked == Some(n) { app.styles.style(Role::HeadingFocused) } else { heading };
        put(buf, x_of(n), area.y, name, cell - 1, style);
    }
    let end = x_of(cases.len().min(left + shown));
    put(buf, end, area.y, "agree", 8, dim);
    let who: Vec<String> = figures
        .coders
        .iter()
        .enumerate()
        .map(|(n, coder)| format!("{} {}", letter(n), view.initials(*coder)))
        .collect();
    let mut legend = format!("{}   {} not given   {} they differ", who.join("   "), app.glyphs.dot, app.glyphs.warning);
    if cases.len() > shown {
        legend.push_str(&format!("   {} to {} of {}", left + 1, (left + shown).min(cases.len()), cases.len()));
    }
    put(buf, area.x + name + 1, area.y + 1, &legend, area.width.saturating_sub(name + 2), dim);
    let height = usize::from(area.height.saturating_sub(HEAD));
    let at = rows.iter().position(|row| Some(row.code) == state.code);
    let top = in_sight(state.top.get(), at.unwrap_or(0), rows.len(), height);
    state.top.set(top);
    let mut cursor = None;
    for (n, row) in rows.iter().enumerate().skip(top).take(height) {
        let y = area.y + HEAD + (n - top) as u16;
        let chosen = at == Some(n);
        let bare = |role| {
            let style = app.styles.style(role);
            if chosen { Style { bg: None, ..style } } else { style }
        };
        if chosen {
            buf.set_style(Rect { y, height: 1, ..area }, app.styles.style(Role::ListSelected));
            cursor = Some(Position::new(area.x + 1, y));
        }
        let role = if chosen { Role::Strong } else { Role::Text };
        put(buf, area.x + 1, y, &row.name, name.saturating_sub(1), bare(role));
        let Some(case) = &row.case else { continue };
        for (n, (id, said)) in case.said.iter().enumerate().skip(left).take(shown) {
            let disputed = case.disputed.contains(id);
            let here = chosen && picked == Some(n);
            for (coder, said) in said.iter().enumerate() {
                let letter = letter(coder).to_string();
                let (words, role) = match said {
                    Some(true) => (letter.as_str(), coder_role(coder)),
                    Some(false) => (app.glyphs.dot, Role::Dim),
                    None => (" ", Role::Faint),
                };
                let mut style = if here { app.styles.style(Role::CellCursor) } else { bare(role) };
                if disputed {
                    style = style.add_modifier(Modifier::BOLD);
                }
                put(buf, x_of(n) + 2 * coder as u16, y, words, 1, style);
            }
            if disputed {
                let x = x_of(n) + letters;
                put(buf, x, y, app.glyphs.warning, 1, bare(Role::Dim));
            }
        }
        put(buf, end, y, &format!("{}/{}", case.agree, case.of), 8, bare(Role::Dim));
    }
    cursor
}
