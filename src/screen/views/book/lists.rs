//! The lists of the Codebook view: a row a code, a theme or what it holds, a cycle.

use super::draw::list_area;
use super::{BookView, Part, Target};
use crate::findings::themes::{Held, What};
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::sheet::{Line, Part as Bit, width_of};
use crate::text::Span;

/// Cells for a number at the right.
const NUMBER: u16 = 9;

pub(super) fn lines(app: &App) -> Vec<Line<Target>> {
    let state = &app.book;
    let rows = Rows { app, state, view: app.study.view(), width: list_area(app).width.saturating_sub(1) };
    match state.part {
        Part::Codes => rows.codes(),
        Part::Themes => rows.themes(),
        Part::Cycles => rows.cycles(),
    }
}

struct Rows<'a> {
    app: &'a App,
    state: &'a BookView,
    view: View<'a>,
    width: u16,
}

impl Rows<'_> {
    /// Where numbers begin.
    fn numbers(&self) -> u16 {
        self.width.saturating_sub(2 * NUMBER)
    }

    fn with_numbers(&self, line: Line<Target>, numbers: [String; 2], role: Role) -> Line<Target> {
        let styles = &self.app.styles;
        let [passages, cases] = numbers.map(|words| format!("{words:>8}"));
        let x = self.numbers();
        line.with(styles, x, NUMBER, passages, role).with(styles, x + NUMBER, NUMBER, cases, role)
    }

    fn heads(&self, words: &str) -> Line<Target> {
        let line = Line::of(&self.app.styles, 1, self.numbers().saturating_sub(1), words, Role::Dim);
        self.with_numbers(line, ["passages".into(), "cases".into()], Role::Dim)
    }

    /// A code's sign, in its hue.
    fn swatch(&self, x: u16, code: crate::project::id::CodeId, line: Line<Target>) -> Line<Target> {
        let mut line = line;
        let Some(node) = self.view.code(code) else { return line };
        let plain = node.wording.is_some() && !node.code.heading;
        let sign = if plain { self.app.glyphs.swatch } else { self.app.glyphs.swatch_open };
        let style = self.app.styles.code(node.code.colour).swatch;
        line.parts.push(Bit { x, width: 1, words: sign.into(), style });
        line
    }

    fn codes(&self) -> Vec<Line<Target>> {
        let styles = &self.app.styles;
        let mut out = vec![self.heads("")];
        for entry in &self.state.book.entries {
            let Some(node) = self.view.code(entry.code) else { continue };
            let x = 1 + (entry.depth * 2).min(self.width / 3);
            let room = self.numbers().saturating_sub(x + 3);
            let role = if node.code.heading { Role::Strong } else { Role::Text };
            let line = self.swatch(x, entry.code, Line::gap()).with(styles, x + 2, room, node.code.name.as_str(), role);
            // Of a heading, and of what stands above others without passages of its own, all below it is told.
            let own = !node.code.heading && (entry.own.passages > 0 || !entry.has_below);
            let (uses, role) = if own { (&entry.own, Role::Text) } else { (&entry.all, Role::Dim) };
            let line = self.with_numbers(line, [uses.passages.to_string(), uses.cases.to_string()], role);
            out.push(line.leading_to(Target::Code(entry.code)));
        }
        out
    }

    fn themes(&self) -> Vec<Line<Target>> {
        let styles = &self.app.styles;
        let mut out = vec![self.heads("")];
        for one in &self.state.themes {
            let x = 1 + (one.depth * 2).min(self.width / 3);
            let room = self.numbers().saturating_sub(x + 1);
            let line = Line::of(styles, x, room, one.theme.name.as_str(), Role::Strong);
            let line = match one.items.iter().any(|held| matches!(held.what, What::Code { .. })) {
                true => {
                    let numbers = [one.uses.passages.to_string(), one.uses.cases.to_string()];
                    self.with_numbers(line, numbers, Role::Strong)
                }
                false => line,
            };
            out.push(line.leading_to(Target::Theme(one.theme.id)));
            for held in &one.items {
                let target = Target::Item(one.theme.id, held.item);
                out.push(self.item(x + 2, held).leading_to(target));
            }
        }
        out
    }

    fn item(&self, x: u16, held: &Held) -> Line<Target> {
        let styles = &self.app.styles;
        match &held.what {
            What::Code { code, uses } => {
                let room = self.numbers().saturating_sub(x + 3);
                let name = self.view.code_name(*code);
                let line = self.swatch(x, *code, Line::gap()).with(styles, x + 2, room, name, Role::Text);
                self.with_numbers(line, [uses.passages.to_string(), uses.cases.to_string()], Role::Text)
            }
            What::Row { name, .. } => {
                let room = self.width.saturating_sub(x + 6);
                Line::of(styles, x, 4, "row", Role::Dim).with(styles, x + 5, room, name.as_str(), Role::Text)
            }
            What::Extract { coding, stance, .. } => {
                let label = stance.name();
                let wide = width_of(label);
                let words = self.state.words.get(coding).map_or("its text is being read", String::as_str);
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                let quoted = format!("{}{words}{}", self.app.glyphs.quote_open, self.app.glyphs.quote_close);
                let room = self.width.saturating_sub(x + wide + 2);
                Line::of(styles, x, wide, label, stance_role(*stance)).with(
                    styles,
                    x + wide + 1,
                    room,
                    quoted,
                    Role::Quote,
                )
            }
        }
    }

    fn cycles(&self) -> Vec<Line<Target>> {
        let styles = &self.app.styles;
        let cycles = self.view.cycles();
        if cycles.is_empty() {
            return Vec::new();
        }
        let head = |words: &str| format!("{words:>8}");
        let line = Line::gap().with(styles, self.numbers(), NUMBER, head("codes"), Role::Dim);
        let mut out = vec![line.with(styles, self.numbers() + NUMBER, NUMBER, head("by"), Role::Dim)];
        let row = |name: &str, codes: usize, by: &str, marked: bool| {
            let mut line = Line::gap();
            if marked {
                line = line.with(styles, 1, 1, self.app.glyphs.done, Role::ListMarked);
            }
            let room = self.numbers().saturating_sub(4);
            let line = line.with(styles, 3, room, name, Role::Text);
            self.with_numbers(line, [codes.to_string(), by.to_owned()], Role::Text)
        };
        for cycle in cycles {
            let marked = self.state.marked.contains(&cycle.id);
            let line = row(&cycle.name, cycle.codes.len(), self.view.initials(cycle.by), marked);
            out.push(line.leading_to(Target::Cycle(cycle.id)));
        }
        let (codes, _) = self.view.frozen_now();
        out.push(row("now", codes.len(), "", false).leading_to(Target::Now));
        out
    }
}

/// How a stance is drawn; its name says it too.
pub(super) const fn stance_role(stance: crate::project::theme::Stance) -> Role {
    use crate::project::theme::Stance;
    match stance {
        Stance::Supports => Role::Use,
        Stance::Qualifies => Role::Notice,
        Stance::Contradicts => Role::Not,
    }
}

/// A span within a text of so many chars.
pub(super) fn within(span: Span, chars: u32) -> Span {
    let end = span.end.min(crate::text::Pos(chars));
    Span { start: span.start.min(end), end }
}
