//! New codes by case as bars: per case how many codes of each origin were found up to there, what is new in it apart.

use super::LandscapeView;
use crate::findings::saturation::{Saturation, Step, passages};
use crate::findings::working::{Counted, Working};
use crate::project::id::CodeId;
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use crate::screen::views::code::tree::in_sight;
use crate::screen::views::passages::count;
use crate::screen::views::rounds::words::case_name;
use crate::screen::views::sheet::nothing;
use crate::text::wrap::wrap;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// The rows above the cases.
const HEAD: u16 = 2;
/// The rows below them, for what the chosen case brought.
const FOOT: u16 = 4;
/// How wide the figures before and after a bar are: new ones, all so far.
const FIGURES: (u16, u16) = (4, 5);

/// What is in hand, in words, with its passages.
pub(super) fn in_hand(state: &LandscapeView, view: &View<'_>, counted: &Working) -> Option<(String, Vec<Counted>)> {
    let (.., found) = state.new_codes.as_ref()?;
    let step = found.steps.get(state.step)?;
    let (codes, what) = new(step, state.emergent);
    let title = format!("{}, new {what} codes", case_name(view, step.case));
    Some((title, passages(counted, step.case, codes)))
}

/// The new codes of an origin, and what these are called.
fn new(step: &Step, emergent: bool) -> (&[CodeId], &'static str) {
    if emergent { (&step.emergent, "emergent") } else { (&step.prior, "a priori") }
}

pub(super) fn status(state: &LandscapeView, app: &App, view: &View<'_>, busy: &str) -> (String, String) {
    let Some((.., found)) = &state.new_codes else { return (busy.to_owned(), String::new()) };
    let Some(step) = found.steps.get(state.step) else { return (busy.to_owned(), String::new()) };
    let (codes, what) = new(step, state.emergent);
    let dot = app.glyphs.dot;
    let left = format!(
        "{} {dot} {what}: {} new of {}",
        case_name(view, step.case),
        codes.len(),
        count(step.used, "code", "codes")
    );
    let order = state.order.words();
    (left, if busy.is_empty() { order } else { busy.to_owned() })
}

/// Where the bars lie: the width of the names, of a bar.
fn columns(view: &View<'_>, found: &Saturation, area: Rect) -> (u16, u16) {
    let longest = found.steps.iter().map(|step| super::super::sheet::width_of(case_name(view, step.case))).max();
    let names = longest.unwrap_or(0).clamp(6, (area.width / 4).max(8)) + 5;
    let each = (area.width.saturating_sub(names + 2)) / 2;
    (names, each.saturating_sub(FIGURES.0 + FIGURES.1 + 2))
}

pub(super) fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let state = &app.landscape;
    let view = app.study.view();
    let (.., found) = state.new_codes.as_ref()?;
    let Some(last) = found.steps.last() else {
        nothing(app, "Nothing is coded in any case yet.", area, buf);
        return None;
    };
    let (names, bar) = columns(&view, found, area);
    let each = bar + FIGURES.0 + FIGURES.1 + 2;
    let most = [last.prior_so_far, last.emergent_so_far];
    let x_of = |side: usize| area.x + 1 + names + each * side as u16;
    put(buf, area.x + 1, area.y, "CASE", names - 1, app.styles.style(Role::Heading));
    for (side, title) in ["A PRIORI", "EMERGENT, IN VIVO"].into_iter().enumerate() {
        let role = if usize::from(state.emergent) == side { Role::HeadingFocused } else { Role::Heading };
        put(buf, x_of(side), area.y, title, each - 1, app.styles.style(role));
        put(buf, x_of(side), area.y + 1, " new  found so far", each - 1, app.styles.style(Role::Dim));
    }
    let height = usize::from(area.height.saturating_sub(HEAD + FOOT));
    let top = in_sight(state.steps_top.get(), state.step, found.steps.len(), height);
    state.steps_top.set(top);
    let mut cursor = None;
    for (n, step) in found.steps.iter().enumerate().skip(top).take(height) {
        let y = area.y + HEAD + (n - top) as u16;
        let chosen = n == state.step;
        let style = |role| {
            let style = app.styles.style(role);
            if chosen { Style { bg: None, ..style } } else { style }
        };
        if chosen {
            buf.set_style(Rect { y, height: 1, ..area }, app.styles.style(Role::ListSelected));
            cursor = Some(Position::new(x_of(usize::from(state.emergent)), y));
        }
        put(buf, area.x + 1, y, &format!("{:>3}", n + 1), 3, style(Role::Dim));
        let role = if chosen { Role::Strong } else { Role::Text };
        put(buf, area.x + 5, y, case_name(&view, step.case), names.saturating_sub(5), style(role));
        let sides = [(step.prior.len(), step.prior_so_far), (step.emergent.len(), step.emergent_so_far)];
        for (side, (new, so_far)) in sides.into_iter().enumerate() {
            let x = x_of(side);
            let here = chosen && usize::from(state.emergent) == side;
            let words = if new > 0 { format!("{:>4}", format!("+{new}")) } else { format!("{:>4}", app.glyphs.dot) };
            let role = if new > 0 { Role::Strong } else { Role::Faint };
            put(buf, x, y, &words, FIGURES.0, if here { app.styles.style(Role::CellCursor) } else { style(role) });
            let cells = |n: usize| scaled(n, most[side], bar);
            let all = cells(so_far);
            // What is new is seen, however little it is of all.
            let before = cells(so_far - new).min(all.saturating_sub(u16::from(new > 0)));
            let at = x + FIGURES.0 + 1;
            // What was found before is lighter than what is new, in colour and in shape.
            put(buf, at, y, &app.glyphs.meter.repeat(usize::from(before)), before, style(Role::ChartLine));
            let role = if side == 0 { Role::ChartFirst } else { Role::ChartSecond };
            put(buf, at + before, y, &app.glyphs.bar.repeat(usize::from(all - before)), all - before, style(role));
            put(buf, at + bar, y, &format!("{so_far:>4}"), FIGURES.1, style(Role::Text));
        }
    }
    foot(app, &view, found, Rect { y: area.bottom().saturating_sub(FOOT), height: FOOT.min(area.height), ..area }, buf);
    cursor
}

/// `n` on a bar of `cells` that is full at `most`; something is never nothing.
fn scaled(n: usize, most: usize, cells: u16) -> u16 {
    if n == 0 || most == 0 {
        return 0;
    }
    u16::try_from((n * usize::from(cells)).div_ceil(most)).unwrap_or(cells).min(cells)
}

/// What the chosen case brought, and what the bars do not say.
fn foot(app: &App, view: &View<'_>, found: &Saturation, area: Rect, buf: &mut Buffer) {
    let state = &app.landscape;
    let Some(step) = found.steps.get(state.step) else { return };
    let names = |codes: &[CodeId]| codes.iter().map(|code| view.code_name(*code)).collect::<Vec<_>>().join(", ");
    let (codes, what) = new(step, state.emergent);
    let line = app.glyphs.horizontal.repeat(usize::from(area.width));
    put(buf, area.x, area.y, &line, area.width, app.styles.style(Role::PaneBorder));
    let said = if codes.is_empty() {
        format!("{}: no {what} code is new", case_name(view, step.case))
    } else {
        format!("{}: {}", case_name(view, step.case), names(codes))
    };
    let inner = Rect::new(area.x + 1, area.y + 1, area.width.saturating_sub(2), area.height.saturating_sub(2));
    for (line, row) in wrap(&said, inner.width.max(1)).iter().take(usize::from(inner.height)).enumerate() {
        let last = line + 1 == usize::from(inner.height);
        let words = if last { &said[row.bytes.start..] } else { &said[row.bytes.clone()] };
        put(buf, inner.x, inner.y + line as u16, words.trim_end(), inner.width, app.styles.style(Role::Text));
    }
    let mut apart = vec![match found.last_new() {
        0 => "no emergent code in any case".to_owned(),
        n => format!("last new emergent code in case {n} of {}", found.steps.len()),
    }];
    if !found.uncoded.is_empty() {
        apart.push(format!("{} not coded and left out", count(found.uncoded.len(), "case", "cases")));
    }
    if found.without_case > 0 {
        apart.push(format!("{} without a case left out", count(found.without_case, "passage", "passages")));
    }
    if !found.unused.is_empty() {
        apart.push(format!("{} in no case", count(found.unused.len(), "code", "codes")));
    }
    let words = apart.join(&format!(" {} ", app.glyphs.dot));
    put(buf, area.x + 1, area.bottom() - 1, &words, area.width.saturating_sub(2), app.styles.style(Role::Dim));
}

pub(super) fn press(app: &mut App, area: Rect, at: Position) -> bool {
    let view = app.study.view();
    let state = &app.landscape;
    let Some((.., found)) = &state.new_codes else { return false };
    let shown = area.height.saturating_sub(HEAD + FOOT);
    let Some(n) = at.y.checked_sub(area.y + HEAD).filter(|n| *n < shown) else { return false };
    let step = state.steps_top.get() + usize::from(n);
    if step >= found.steps.len() {
        return false;
    }
    let (names, bar) = columns(&view, found, area);
    let emergent = at.x >= area.x + 1 + names + bar + FIGURES.0 + FIGURES.1 + 2;
    (app.landscape.step, app.landscape.emergent) = (step, emergent);
    true
}

#[cfg(test)]
mod tests {
    use super::scaled;

    #[test]
    fn something_is_never_nothing_and_all_is_all() {
        assert_eq!([0, 1, 5, 40, 41].map(|n| scaled(n, 40, 10)), [0, 1, 2, 10, 10]);
        assert_eq!(scaled(3, 0, 10), 0);
    }
}
