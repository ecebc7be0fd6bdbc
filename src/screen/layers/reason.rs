//! The line at the foot in which a reason is given after something was decided: Enter keeps it, Esc leaves it empty; what
//! was decided stands either way. Earlier reasons are offered.

use super::Layer;
use crate::project::edit::Edit;
use crate::project::id::{CheckId, DecisionId, MemoId};
use crate::project::memo::{Link, MemoKind};
use crate::project::relation::Related;
use crate::screen::app::App;
use crate::screen::draw::Areas;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use crate::screen::views::matrices::pairs::{self, Key};
use crate::screen::views::reconcile;
use crate::screen::widgets::input::Input;
use crate::text::wrap::cells;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// What a reason is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// Decisions that were made in one step.
    Decisions(Vec<DecisionId>),
    /// A decision to talk it over, with the memo that says so: what it is on, and its text so far.
    Discuss(DecisionId, MemoId, Link, String),
    /// A coding that was checked again.
    Check(CheckId),
    /// Pairs of passages of which something was found.
    Pairs(Vec<Key>, Related),
}

/// A reason being given.
pub struct Reason {
    /// What was done: `adopted A`.
    pub head: String,
    /// What has been typed.
    pub input: Input,
    /// What it is for.
    pub why: Why,
    /// Earlier reasons, the likeliest first.
    earlier: Vec<String>,
    /// The earlier one that stands in the line.
    at: Option<usize>,
    /// What was typed before one was taken.
    typed: String,
}

impl Reason {
    /// A line with nothing in it.
    #[must_use]
    pub fn new(head: impl Into<String>, earlier: Vec<String>, why: Why) -> Self {
        let head = head.into();
        Self { head, input: Input::default(), why, earlier, at: None, typed: String::new() }
    }

    /// Takes the next earlier reason into the line, or the one after; behind the first stands what was typed.
    pub fn recall(&mut self, back: bool) {
        if self.at.is_none() {
            self.input.text().clone_into(&mut self.typed);
        }
        let to = match (self.at, back) {
            (None, false) => return,
            (None, true) => 0,
            (Some(at), true) => (at + 1).min(self.earlier.len().saturating_sub(1)),
            (Some(0), false) => {
                self.at = None;
                self.input.set(&self.typed);
                return;
            }
            (Some(at), false) => at - 1,
        };
        if let Some(words) = self.earlier.get(to) {
            self.input.set(words);
            self.at = Some(to);
        }
    }

    /// The earlier reason that goes on from what was typed.
    #[must_use]
    pub fn completion(&self) -> Option<&str> {
        let typed = self.input.text().to_lowercase();
        let goes_on = |words: &&String| {
            let words = words.to_lowercase();
            words.len() > typed.len() && words.starts_with(&typed)
        };
        let found = self.earlier.iter().find(goes_on);
        let within = || self.earlier.iter().find(|words| words.to_lowercase().contains(&typed) && **words != typed);
        found.or_else(|| within().filter(|_| typed.chars().count() > 2)).map(String::as_str)
    }

    /// Takes that into the line.
    pub fn complete(&mut self) {
        if let Some(words) = self.completion().map(str::to_owned) {
            self.input.set(&words);
        }
    }
}

fn with(app: &mut App, f: impl FnOnce(&mut Reason)) {
    if let Some(Layer::Reason(reason)) = app.layers.last_mut() {
        f(reason);
    }
}

/// Up and Down.
pub fn recall(app: &mut App, back: bool) {
    with(app, |reason| reason.recall(back));
}

/// Tab.
pub fn complete(app: &mut App) {
    with(app, Reason::complete);
}

/// Enter keeps what was typed, Esc leaves it; then the next open item is chosen.
pub fn leave(app: &mut App, keep: bool) {
    if !matches!(app.layers.last(), Some(Layer::Reason(_))) {
        return;
    }
    let Some(Layer::Reason(reason)) = app.layers.pop() else { return };
    let words = reason.input.text().trim().to_owned();
    let is_of_pairs = matches!(reason.why, Why::Pairs(..));
    if keep && !words.is_empty() {
        let edit = match reason.why {
            Why::Decisions(ids) => {
                let edits: Vec<Edit> = ids.into_iter().map(|id| Edit::GiveReason(id, words.clone())).collect();
                Edit::All(edits)
            }
            Why::Discuss(decision, id, on, text) => {
                let text = format!("{text}\n\n{words}");
                let memo = Edit::WriteMemo { id, on, kind: MemoKind::Discuss, shared: true, text };
                Edit::All(vec![Edit::GiveReason(decision, words.clone()), memo])
            }
            Why::Check(id) => Edit::GiveCheckReason(id, words.clone()),
            Why::Pairs(keys, found) => pairs::with_reason(&keys, found, &words),
        };
        // What was decided and why is seen in the list; the status line goes on to say how far one is.
        if app.edit(&edit).is_some() {
            app.hush();
        }
    }
    match is_of_pairs {
        true => pairs::go_on(app),
        false => reconcile::deciding::go_on(app),
    }
}

/// Draws the line at the foot of the view that shows what was decided.
pub fn draw(app: &App, reason: &Reason, areas: Areas, buf: &mut Buffer) -> Option<Position> {
    let area = match reason.why {
        Why::Pairs(..) => {
            let height = areas.main.height.min(6);
            Rect { y: areas.main.bottom() - height, height, ..areas.main }
        }
        _ => reconcile::draw::foot(app, areas.main),
    };
    let style = |role| app.styles.over(Role::Screen, role);
    for y in area.top()..area.bottom() {
        put(buf, area.x, y, &" ".repeat(usize::from(area.width)), area.width, style(Role::Text));
    }
    let rule = app.glyphs.horizontal.repeat(usize::from(area.width));
    put(buf, area.x, area.y, &rule, area.width, style(Role::PaneBorder));
    let y = area.y + 1;
    let mut x = area.x + 2;
    x += put(buf, x, y, &reason.head, area.width / 2, style(Role::Ok)) + 2;
    x += put(buf, x, y, "reason", 6, style(Role::Dim)) + 2;
    let line = Rect::new(x, y, area.right().saturating_sub(x + 1), 1);
    let (shown, column) = reason.input.window(line.width);
    put(buf, line.x, y, &shown, line.width, style(Role::Input));
    let cursor = Position::new(line.x + column.min(line.width.saturating_sub(1)), y);
    // What an earlier reason would add stands behind what was typed.
    let typed = reason.input.text();
    if let Some(rest) = reason.completion().and_then(|words| words.get(typed.len()..)).filter(|_| !typed.is_empty()) {
        let used: u16 = unicode_width::UnicodeWidthStr::width(typed) as u16;
        if cursor.x == line.x + used && reason.completion().is_some_and(|words| words.starts_with(typed)) {
            put(buf, cursor.x, y, rest, line.right().saturating_sub(cursor.x), style(Role::Faint));
        }
    }
    let mut hint = "enter keeps it, esc leaves it empty; the decision stands".to_owned();
    if !reason.earlier.is_empty() {
        hint.push_str(&format!(" {} {} earlier reasons", app.glyphs.dot, app.glyphs.up));
    }
    let wide: u16 = hint.chars().map(|c| cells(c.encode_utf8(&mut [0; 4]), 0)).sum();
    let left = if line.x + wide < area.right() { line.x } else { area.x + 2 };
    put(buf, left, y + 1, &hint, area.right().saturating_sub(left), style(Role::InputHint));
    for (n, words) in reason.earlier.iter().enumerate().take(usize::from(area.bottom().saturating_sub(y + 2))) {
        let role = if reason.at == Some(n) { Role::Text } else { Role::Dim };
        put(buf, line.x, y + 2 + n as u16, words, line.width, style(role));
    }
    Some(cursor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Reason {
        let earlier = vec!["wave-in counts".to_owned(), "by phone".to_owned(), "not in the visit".to_owned()];
        Reason::new("adopted A", earlier, Why::Decisions(Vec::new()))
    }

    #[test]
    fn earlier_reasons_are_walked_and_what_was_typed_comes_back() {
        let mut line = line();
        line.input.insert("by");
        line.recall(true);
        line.recall(true);
        assert_eq!(line.input.text(), "by phone");
        line.recall(true);
        line.recall(true);
        assert_eq!(line.input.text(), "not in the visit", "the last stays");
        for _ in 0..4 {
            line.recall(false);
        }
        assert_eq!(line.input.text(), "by");
    }

    #[test]
    fn tab_completes_what_was_typed_from_its_start_or_from_words_within() {
        let mut line = line();
        line.input.insert("Wav");
        line.complete();
        assert_eq!(line.input.text(), "wave-in counts");
        line.input.set("visit");
        line.complete();
        assert_eq!(line.input.text(), "not in the visit");
        line.input.set("zebra");
        line.complete();
        assert_eq!(line.input.text(), "zebra");
    }
}
