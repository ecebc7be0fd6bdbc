//! Drawing a plan: its lines, and what comes of them.

use super::division::{Allocated, Division};
use super::round::Draft;
use super::{Field, Outcome, Plan, What};
use crate::project::id::{CaseId, CoderId};
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::draw::Areas;
use crate::screen::layers::{boxed, middle};
use crate::screen::theme::Role;
use crate::screen::views::code::paint::{paragraph, put};
use crate::screen::views::rounds::words::{self, case_name, counted};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::collections::BTreeMap;

const LABEL: u16 = 14;

/// Draws a plan.
pub fn draw(app: &App, plan: &Plan, areas: Areas, buf: &mut Buffer) -> Option<Position> {
    let view = app.study.view();
    let fields = plan.fields();
    let width = areas.main.width.min(104);
    let below = preview(app, &view, plan, width.saturating_sub(4));
    let title = match &plan.what {
        What::Round(_) => "A new round of independent coding".to_owned(),
        What::Division(division) => format!("Dividing what {} leaves", division.round.name),
        What::Attribute(sketch) if sketch.id.is_some() => "An attribute".to_owned(),
        What::Attribute(_) => "A new attribute".to_owned(),
        What::Table(intake) => format!("Taking in {}", intake.asked.file),
    };
    let inner_width = width.saturating_sub(4);
    let needed: u16 = below.iter().map(|(words, _)| rows(words, inner_width)).sum();
    let rect = middle(areas.main, width, fields.len() as u16 + 4 + needed);
    let inner = boxed(app, rect, &title, buf);
    let popup = |role| app.styles.over(Role::Popup, role);
    let mut cursor = None;
    // On a low screen the line in hand stays in sight, and what comes of them keeps two rows.
    let least = inner.height.saturating_sub(3).max(1);
    let shown = (fields.len() as u16).min(least.max(inner.height.saturating_sub(needed + 2)));
    let at = fields.iter().position(|field| *field == plan.selected).unwrap_or(0);
    let top = (at + 1).saturating_sub(usize::from(shown));
    for (n, field) in fields.iter().enumerate().skip(top).take(usize::from(shown)) {
        let y = inner.y + (n - top) as u16;
        let (label, value, note) = match &plan.what {
            What::Round(draft) => draft.said(&view, *field),
            What::Division(division) => division.said(&view, *field),
            What::Attribute(sketch) => sketch.said(&view, *field),
            What::Table(intake) => intake.said(&view, *field),
        };
        let chosen = *field == plan.selected;
        if chosen {
            let line = Rect::new(inner.x - 1, y, inner.width + 2, 1);
            buf.set_style(line, app.styles.style(Role::ListSelected));
            cursor = Some(Position::new(inner.x, y));
        }
        let style = |role| if chosen { Style { bg: None, ..app.styles.style(role) } } else { popup(role) };
        if *field == Field::Go {
            put(buf, inner.x, y, &value, inner.width, style(Role::Strong));
            continue;
        }
        put(buf, inner.x, y, label, LABEL, style(Role::Dim));
        let room = inner.width.saturating_sub(LABEL);
        let used = put(buf, inner.x + LABEL, y, &value, room, style(Role::Text));
        put(buf, inner.x + LABEL + used + 2, y, &note, room.saturating_sub(used + 2), style(Role::InputHint));
    }
    let y = inner.y + shown;
    let line = app.glyphs.horizontal.repeat(usize::from(inner.width));
    put(buf, inner.x, y, &line, inner.width, popup(Role::PaneBorder));
    let mut area = Rect { y: y + 1, height: inner.bottom().saturating_sub(y + 1), ..inner };
    for (words, role) in below {
        let used = if words.is_empty() { 1 } else { paragraph(buf, area, &words, popup(role)) };
        area.y += used.min(area.height);
        area.height = area.height.saturating_sub(used);
    }
    cursor
}

fn rows(words: &str, width: u16) -> u16 {
    let wrapped = words.lines().map(|line| crate::text::wrap::wrap(line, width.max(1)).len()).sum::<usize>();
    u16::try_from(wrapped.max(1)).unwrap_or(u16::MAX)
}

/// What comes of the fields.
fn preview(app: &App, view: &View<'_>, plan: &Plan, width: u16) -> Vec<(String, Role)> {
    let mut out = Vec::new();
    if let What::Round(draft) = &plan.what
        && let Ok(cases) = draft.cases(view)
    {
        let names: Vec<&str> = cases.iter().map(|case| case_name(view, *case)).collect();
        out.push((names.join(&format!(" {} ", app.glyphs.dot)), Role::Text));
    }
    if let Some((done, all)) = plan.progress() {
        if let What::Table(_) = &plan.what {
            out.push(("reading the table".to_owned(), Role::Dim));
            return out;
        }
        let waits = if plan.waits() { "; Esc stops the waiting" } else { "" };
        out.push((format!("reading {done} of {}{waits}", counted(all as u64, "text")), Role::Dim));
        return out;
    }
    match (plan.outcome(), &plan.what) {
        (Some(Err(why)), _) => out.push((format!("It cannot be done so: {why}."), Role::Warning)),
        (Some(Ok(Outcome::Grounds(grounds))), What::Round(draft)) => {
            out.push((in_scope(app, draft, grounds), Role::Text))
        }
        (Some(Ok(Outcome::Table(found))), _) => {
            let lines = super::intake::Intake::preview(found, width, app.glyphs.dot == ".");
            let role = |n: usize| if n == 0 && !found.refused.is_empty() { Role::Warning } else { Role::Text };
            out.extend(lines.into_iter().enumerate().map(|(n, line)| (line, role(n))));
        }
        (Some(Ok(Outcome::Division(found))), What::Division(division)) => {
            out.extend(shares(app, view, division, found).into_iter().map(|line| (line, Role::Text)));
        }
        _ => {}
    }
    out
}

fn in_scope(app: &App, draft: &Draft, grounds: &[crate::project::round::Ground]) -> String {
    let words: u64 = grounds.iter().map(|ground| u64::from(ground.words)).sum();
    let units: usize = grounds.iter().map(|g| crate::findings::ground::units_in_scope(g).count()).sum();
    let unit = if draft.unit() == crate::project::round::Unit::Given { "passage" } else { draft.unit().name() };
    let dot = app.glyphs.dot;
    format!(
        "In scope: {} {dot} {} {dot} {}",
        counted(grounds.len() as u64, "source"),
        counted(units as u64, unit),
        counted(words, "word")
    )
}

/// What each coder gets: cases, words, how many of each value; then the cases by name.
fn shares(app: &App, view: &View<'_>, division: &Division, found: &Allocated) -> Vec<String> {
    let dot = app.glyphs.dot;
    let value = |case: CaseId| found.cases.iter().find(|row| row.case == case).and_then(|row| row.value.clone());
    let mut out = Vec::new();
    if found.all_words {
        out.push("Nothing of these cases is in the round's scope yet: all that participants say was counted.".into());
    }
    let of = |coder: CoderId| found.new.shares.iter().filter(move |share| share.coders.contains(&coder));
    for &coder in &division.coders {
        let words: u64 = of(coder).map(|share| u64::from(share.words)).sum();
        let mut line = format!(
            "{}: {} {dot} {}",
            view.initials(coder),
            counted(of(coder).count() as u64, words::kind(view, of(coder).map(|share| share.case))),
            counted(words, "word")
        );
        if division.spread.is_some() {
            let mut values: BTreeMap<String, usize> = BTreeMap::new();
            for share in of(coder) {
                *values.entry(value(share.case).unwrap_or_else(|| "not known".into())).or_default() += 1;
            }
            let said: Vec<String> = values.into_iter().map(|(value, n)| format!("{value} {n}")).collect();
            line.push_str(&format!(" {dot} {}", said.join(", ")));
        }
        out.push(line);
        let names: Vec<&str> = of(coder).map(|share| case_name(view, share.case)).collect();
        out.push(format!("   {}", names.join(", ")));
    }
    let twice: Vec<&str> = found
        .new
        .shares
        .iter()
        .filter(|share| share.coders.len() > 1)
        .map(|share| case_name(view, share.case))
        .collect();
    if !twice.is_empty() {
        out.push(format!("Coded by two, blind: {}", twice.join(", ")));
    }
    out
}
