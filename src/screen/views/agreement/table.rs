//! The table: the pooled row, then a row a code, in groups of columns. Where there is not room for all groups, those that
//! matter most are shown with the one the cursor is in, and the others are named.

use super::fig::{Counting, Fig, Group};
use super::{AgreementView, Counted, letter, plot};
use crate::agreement::Estimate;
use crate::findings::figures::{CaseFigure, Figure, Row, case_word};
use crate::findings::verdict::{number, number_or_dash, short};
use crate::project::id::CaseId;
use crate::project::round::Unit;
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use crate::screen::views::code::tree::in_sight;
use crate::screen::views::rounds::words::case_name;
use crate::screen::views::sheet::width_of;
use crate::table::thousands;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

/// The rows over the codes: two of headings, a gap, the pooled row, a gap.
pub(super) const HEAD: u16 = 5;
/// Cells for a coefficient.
const ALPHA: u16 = 6;

/// A group of columns where it is drawn.
struct Columns {
    group: Group,
    x: u16,
    width: u16,
}

/// A short name of a case: `P11` for `Practice 11`.
#[must_use]
pub fn short_name(name: &str) -> String {
    let mut words = name.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some(first), Some(number), None) if number.chars().all(|c| c.is_ascii_digit()) => {
            format!("{}{number}", first.chars().next().unwrap_or('?').to_uppercase())
        }
        _ => name.to_owned(),
    }
}

pub(super) fn draw(
    app: &App,
    state: &AgreementView,
    counted: &Counted,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let view = app.study.view();
    let table = Table::new(app, view, state, counted, area);
    table.headings(buf);
    let rows = state.rows();
    let height = usize::from(area.height.saturating_sub(HEAD));
    let at = rows.iter().position(|row| Some(row.code) == state.code);
    let top = in_sight(state.top.get(), at.unwrap_or(0), rows.len(), height);
    state.top.set(top);
    let mut cursor = table.pooled(area.y + 3, at.is_none(), buf);
    for (n, row) in rows.iter().skip(top).take(height).enumerate() {
        let y = area.y + HEAD + n as u16;
        cursor = table.row(row, y, at == Some(top + n), buf).or(cursor);
    }
    if rows.len() > top + height {
        let words = format!(" {} more ", rows.len() - top - height);
        let width = width_of(&words);
        // On the line that parts the table from what is said under it.
        put(buf, area.right().saturating_sub(width + 1), area.bottom(), &words, width, app.styles.style(Role::Dim));
    }
    cursor
}

struct Table<'a> {
    app: &'a App,
    view: View<'a>,
    counted: &'a Counted,
    area: Rect,
    name: u16,
    columns: Vec<Columns>,
    hidden: Vec<Group>,
    fig: Option<Fig>,
}

impl<'a> Table<'a> {
    fn new(app: &'a App, view: View<'a>, state: &AgreementView, counted: &'a Counted, area: Rect) -> Self {
        let figures = &counted.figures;
        let names = figures.rows.iter().map(|row| width_of(&row.name)).max().unwrap_or(0);
        let pooled = width_of(&pooled_name(counted));
        let name = names.max(pooled).clamp(12, (area.width / 4).max(16)) + 2;
        let fig = state.fig(&view);
        let passages = (figures.coders.len() as u16) * 6;
        let least = |group| match group {
            Group::Unit | Group::Character => ALPHA + 16,
            Group::Cases => 23,
            Group::Passages => passages,
        };
        // What matters most is placed first; the group of the chosen figure is always there.
        let mut wanted = vec![Group::Unit, Group::Cases, Group::Character, Group::Passages];
        if let Some(fig) = &fig {
            wanted.retain(|group| *group != fig.group);
            wanted.insert(0, fig.group);
        }
        let mut room = area.width.saturating_sub(name + 1);
        let mut shown = Vec::new();
        for group in wanted {
            if least(group) + 2 <= room || shown.is_empty() {
                room = room.saturating_sub(least(group) + 2);
                shown.push(group);
            }
        }
        shown.sort_unstable();
        let plots = shown.iter().filter(|group| matches!(group, Group::Unit | Group::Character)).count() as u16;
        let cases = u16::from(shown.contains(&Group::Cases));
        let spread = |group| match group {
            // Whiskers take most of what is left; no scale is wider than it can be read.
            Group::Unit | Group::Character => (room * 2 / (plots * 2 + cases)).min(24),
            Group::Cases => (room / (plots * 2 + cases)).min(24),
            Group::Passages => 0,
        };
        let mut x = area.x + name + 1;
        let mut columns = Vec::new();
        for group in &shown {
            let width = least(*group) + spread(*group);
            columns.push(Columns { group: *group, x, width });
            x += width + 2;
        }
        // Passages stand at the right edge, as figures do.
        if let Some(last) = columns.last_mut().filter(|last| last.group == Group::Passages) {
            last.x = last.x.max(area.right().saturating_sub(last.width + 1).min(last.x + 12));
        }
        let all = [Group::Unit, Group::Character, Group::Cases, Group::Passages];
        let hidden = all.into_iter().filter(|group| !shown.contains(group)).collect();
        Self { app, view, counted, area, name, columns, hidden, fig }
    }

    /// The name of a group, and what is said beside it: as much as there is room for.
    fn group_name(&self, group: Group) -> (String, &'static [&'static str]) {
        let figures = &self.counted.figures;
        let cases = || case_word(&self.view, &figures.basis.cases, 2).to_uppercase();
        match group {
            Group::Unit => {
                let notes: &[&str] = match figures.basis.unit {
                    _ if figures.basis.exploratory => &["exploratory, chosen after reveal", "exploratory"],
                    Unit::Turn => &["same speech, fixed in advance", "fixed in advance", "fixed"],
                    _ => &["fixed in advance", "fixed"],
                };
                (figures.basis.unit.name().to_uppercase(), notes)
            }
            Group::Character => ("CHARACTER".into(), &["same words"]),
            Group::Cases => (cases(), &["occurs at all"]),
            Group::Passages => (String::new(), &["passages"]),
        }
    }

    fn headings(&self, buf: &mut Buffer) {
        let (app, y) = (self.app, self.area.y);
        let (heading, dim) = (app.styles.style(Role::Heading), app.styles.style(Role::Dim));
        put(buf, self.area.x + 1, y, "CODE", self.name, heading);
        for Columns { group, x, width } in &self.columns {
            let (name, notes) = self.group_name(*group);
            if *group == Group::Passages {
                for n in 0..self.counted.figures.coders.len() {
                    let at = x + 6 * n as u16 + 5;
                    let style = app.styles.style(coder_role(n)).add_modifier(Modifier::BOLD);
                    put(buf, at, y, &letter(n).to_string(), 1, style);
                }
                put(buf, x + width.saturating_sub(8), y + 1, "passages", 8, dim);
                continue;
            }
            let used = put(buf, *x, y, &name, *width, heading);
            let room = width.saturating_sub(used + 1);
            let note = notes.iter().find(|note| width_of(note) <= room).unwrap_or(&"");
            let style = if note.starts_with("exploratory") { app.styles.style(Role::Notice) } else { dim };
            put(buf, x + used + 1, y, note, room, style);
            if matches!(group, Group::Unit | Group::Character) {
                put(buf, *x, y + 1, app.glyphs.alpha, 1, dim);
                plot::scale(app, Rect::new(x + ALPHA, y + 1, width.saturating_sub(ALPHA), 1), buf);
            }
        }
        if !self.hidden.is_empty() {
            let names: Vec<String> = self.hidden.iter().map(|group| self.hidden_name(*group)).collect();
            let words = format!("{} {}", app.glyphs.right, names.join(", "));
            let width = width_of(&words).min(self.area.width.saturating_sub(2));
            put(buf, self.area.right().saturating_sub(width + 1), y + 2, &words, width, dim);
        }
    }

    fn hidden_name(&self, group: Group) -> String {
        match group {
            Group::Passages => "passages".into(),
            group => self.group_name(group).0.to_lowercase(),
        }
    }

    fn pooled(&self, y: u16, chosen: bool, buf: &mut Buffer) -> Option<Position> {
        let pooled = &self.counted.figures.pooled;
        let cursor = self.begin(y, &pooled_name(self.counted), true, chosen, buf);
        for Columns { group, x, width } in &self.columns {
            match group {
                Group::Unit | Group::Character => {
                    let alpha = if *group == Group::Unit { &pooled.unit } else { &pooled.character };
                    if let Some(alpha) = alpha {
                        self.alpha(*group, alpha, None, Rect::new(*x, y, *width, 1), chosen, buf);
                    }
                }
                Group::Cases => {
                    let Some(case) = &pooled.case else { continue };
                    let words = format!("{} of {} agree", case.agree, case.of);
                    let style = self.style(Role::Text, *group, Counting::Head, chosen);
                    let used = put(buf, *x, y, &words, *width, style);
                    if let Some(value) = case.alpha.value {
                        let words = format!("{} {}", self.app.glyphs.alpha, number(value));
                        put(
                            buf,
                            x + used + 2,
                            y,
                            &words,
                            width.saturating_sub(used + 2),
                            self.bare(Role::Text, chosen),
                        );
                    }
                }
                Group::Passages => self.passages(&pooled.passages, *x, y, chosen, buf),
            }
        }
        cursor
    }

    fn row(&self, row: &Row, y: u16, chosen: bool, buf: &mut Buffer) -> Option<Position> {
        let cursor = self.begin(y, &row.name, false, chosen, buf);
        for Columns { group, x, width } in &self.columns {
            let area = Rect::new(*x, y, *width, 1);
            match group {
                Group::Unit => {
                    if let Some(figure) = &row.unit {
                        let unit = self.counted.figures.basis.unit;
                        self.alpha(*group, &figure.alpha, self.instead(row, figure, unit), area, chosen, buf);
                    }
                }
                Group::Character => {
                    if let Some(figure) = &row.character {
                        self.alpha(*group, &figure.alpha, self.instead(row, figure, Unit::Char), area, chosen, buf);
                    }
                }
                Group::Cases => {
                    if let Some(case) = &row.case {
                        self.cases(case, area, chosen, buf);
                    }
                }
                Group::Passages => self.passages(&row.passages, *x, y, chosen, buf),
            }
        }
        cursor
    }

    /// What stands in place of a whisker: why there is none, or why it is to be read with care.
    fn instead(&self, row: &Row, figure: &Figure, unit: Unit) -> Option<String> {
        let why = short(&self.view, &self.counted.figures, row, figure, unit)?;
        (figure.alpha.value.is_none() || figure.alpha.interval.is_none()).then_some(why)
    }

    fn begin(&self, y: u16, name: &str, strong: bool, chosen: bool, buf: &mut Buffer) -> Option<Position> {
        if chosen {
            let line = Rect { y, height: 1, ..self.area };
            buf.set_style(line, self.app.styles.style(Role::ListSelected));
        }
        let role = if strong || chosen { Role::Strong } else { Role::Text };
        put(buf, self.area.x + 1, y, name, self.name.saturating_sub(1), self.bare(role, chosen));
        chosen.then(|| Position::new(self.area.x + 1, y))
    }

    fn bare(&self, role: Role, chosen: bool) -> Style {
        let style = self.app.styles.style(role);
        if chosen { Style { bg: None, ..style } } else { style }
    }

    /// The style of a figure: the one that Enter opens stands out.
    fn style(&self, role: Role, group: Group, what: Counting, chosen: bool) -> Style {
        let picked = chosen && self.fig.as_ref().is_some_and(|fig| fig.group == group && fig.what == what);
        if picked { self.app.styles.style(Role::CellCursor) } else { self.bare(role, chosen) }
    }

    fn alpha(&self, group: Group, alpha: &Estimate, instead: Option<String>, at: Rect, chosen: bool, buf: &mut Buffer) {
        let style = self.style(Role::Strong, group, Counting::Head, chosen);
        put(buf, at.x, at.y, &number_or_dash(alpha.value), ALPHA - 1, style);
        let room = Rect { x: at.x + ALPHA, width: at.width.saturating_sub(ALPHA), ..at };
        match instead {
            Some(why) => {
                let style = self.bare(Role::Dim, chosen).add_modifier(Modifier::ITALIC);
                if alpha.value.is_some() {
                    plot::draw(self.app, alpha, room, chosen, buf);
                    return;
                }
                put(buf, room.x, room.y, &why, room.width, style);
            }
            None => plot::draw(self.app, alpha, room, chosen, buf),
        }
    }

    fn cases(&self, case: &CaseFigure, at: Rect, chosen: bool, buf: &mut Buffer) {
        let mut words = format!("{} of {}", case.agree, case.of);
        if case.shows_alpha {
            words.push_str(&format!("  {} {}", self.app.glyphs.alpha, number_or_dash(case.figure.alpha.value)));
        }
        let role = if case.disputed.is_empty() { Role::Text } else { Role::Strong };
        let style = self.style(role, Group::Cases, Counting::Head, chosen);
        let used = put(buf, at.x, at.y, &words, at.width, style).max(7);
        let note = if case.disputed.is_empty() {
            unanimous(case).to_owned()
        } else {
            self.names(&case.disputed, at.width.saturating_sub(used + 2))
        };
        put(buf, at.x + used + 2, at.y, &note, at.width.saturating_sub(used + 2), self.bare(Role::Dim, chosen));
    }

    /// As many names of cases as there is room for, and how many more there are.
    fn names(&self, cases: &[CaseId], room: u16) -> String {
        let mut out = String::new();
        for (n, case) in cases.iter().enumerate() {
            let name = short_name(case_name(&self.view, *case));
            let more = format!("+{}", cases.len() - n);
            let tail = if n + 1 < cases.len() { width_of(&more) + 1 } else { 0 };
            if n > 0 && width_of(&out) + 1 + width_of(&name) + tail > room {
                return format!("{out} {more}");
            }
            if n > 0 {
                out.push(' ');
            }
            out.push_str(&name);
        }
        out
    }

    fn passages(&self, counts: &[u64], x: u16, y: u16, chosen: bool, buf: &mut Buffer) {
        for (n, (count, coder)) in counts.iter().zip(&self.counted.figures.coders).enumerate() {
            let words = thousands(*count);
            let width = width_of(&words);
            let style = self.style(coder_role(n), Group::Passages, Counting::Of(*coder), chosen);
            put(buf, x + 6 * n as u16 + 6 - width.min(6), y, &words, 6, style);
        }
    }
}

fn pooled_name(counted: &Counted) -> String {
    match counted.figures.pooled.codes {
        1 => "1 code in use".to_owned(),
        n => format!("{n} codes, pooled"),
    }
}

/// What all say, where they agree on every case.
fn unanimous(case: &CaseFigure) -> &'static str {
    let yes = |yes: bool| case.said.iter().all(|(_, said)| said.iter().flatten().all(|other| *other == yes));
    match (case.said.is_empty(), yes(true), yes(false)) {
        (false, true, _) => "all yes",
        (false, _, true) => "all no",
        _ => "",
    }
}

/// The role of a coder by place.
pub(super) const fn coder_role(n: usize) -> Role {
    match n {
        0 => Role::CoderA,
        1 => Role::CoderB,
        _ => Role::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn cases_with_numbers_have_short_names() {
        assert_eq!(short_name("Practice 11"), "P11");
        assert_eq!(short_name("Harbor Street"), "Harbor Street");
        assert_eq!(short_name("Lake County 2"), "Lake County 2");
    }
}
