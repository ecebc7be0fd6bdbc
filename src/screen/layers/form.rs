//! The wording of a code as a form: definition, when to use, when not, example, and why it changes.

use super::memo::dress;
use super::{Layer, boxed, middle};
use crate::project::edit::{Edit, NewWording};
use crate::project::id::{CodeId, CodingId, RoundId};
use crate::screen::app::App;
use crate::screen::draw::Areas;
use crate::screen::key::Key;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

/// The fields, top to bottom, with the rows they get at least.
const FIELDS: [(&str, &str, u16); 5] = [
    ("Definition", "what the code means, in a sentence or two", 3),
    ("Use when", "what a passage must have", 2),
    ("Not when", "what looks like it and is not; where that goes instead", 2),
    ("Example", "words that show it; X in the transcript takes a passage", 2),
    ("Reason", "why the wording changes, for the trail", 1),
];

/// What becomes of the wording.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum How {
    /// It is what the code means from now on.
    #[default]
    Reword,
    /// It is proposed: its maker alone sees and uses it until the reveal.
    Propose,
    /// It is what the code means, and the round is stopped and goes on as the next.
    Revise(RoundId),
}

impl How {
    const fn title(self) -> &'static str {
        match self {
            Self::Reword => "Wording of",
            Self::Propose => "Propose another wording of",
            Self::Revise(_) => "Stop the round and go on with another wording of",
        }
    }
}

/// A form.
pub struct Form {
    /// The code that is worded.
    pub code: CodeId,
    name: String,
    fields: [TextArea<'static>; 5],
    focus: usize,
    example_from: Option<CodingId>,
    /// Whether there was a wording before: then the reason is asked.
    pub rewording: bool,
    asked: bool,
    how: How,
}

impl Form {
    /// The form of a code's wording.
    #[must_use]
    pub fn new(code: CodeId, name: &str, wording: &NewWording, rewording: bool) -> Self {
        let field = |text: &str| {
            let mut area = TextArea::new(text.lines().map(str::to_owned).collect());
            area.set_wrap_mode(WrapMode::WordOrGlyph);
            area.move_cursor(CursorMove::Bottom);
            area.move_cursor(CursorMove::End);
            area
        };
        let fields = [
            field(&wording.definition),
            field(&wording.use_when),
            field(&wording.not_when),
            field(&wording.example),
            field(&wording.reason),
        ];
        let example_from = wording.example_from;
        Self { code, name: name.to_owned(), fields, focus: 0, example_from, rewording, asked: false, how: How::Reword }
    }

    /// The same, with what becomes of the wording.
    #[must_use]
    pub fn to(self, how: How) -> Self {
        Self { how, ..self }
    }

    /// What stands in it.
    #[must_use]
    pub fn wording(&self) -> NewWording {
        let text = |n: usize| self.fields[n].lines().join("\n").trim().to_owned();
        NewWording {
            definition: text(0),
            use_when: text(1),
            not_when: text(2),
            example: text(3),
            example_from: self.example_from,
            reason: text(4),
            ..NewWording::default()
        }
    }

    /// Goes to the next field, or the one before.
    pub const fn turn(&mut self, back: bool) {
        let count = self.fields.len();
        self.focus = (self.focus + if back { count - 1 } else { 1 }) % count;
    }

    /// Takes in a key; says whether it changed anything.
    pub fn type_key(&mut self, key: Key) -> bool {
        self.fields[self.focus].input(KeyEvent::new(key.code, key.mods))
    }

    /// Takes in pasted text.
    pub fn paste(&mut self, text: &str) {
        let clean: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        self.fields[self.focus].insert_str(clean);
    }
}

/// Leaves the form, the wording saved. The first time a wording changes without a reason, the reason is asked; leaving
/// again goes without.
pub fn leave(app: &mut App) {
    let Some(Layer::Form(form)) = app.layers.last_mut() else { return };
    let wording = form.wording();
    let present = app.study.view().code(form.code).and_then(|node| node.wording.clone());
    let as_it_was = NewWording { reason: wording.reason.clone(), ..NewWording::from_present(present.as_ref()) };
    if (NewWording { example_from: as_it_was.example_from, ..wording.clone() }) == as_it_was {
        app.close();
        return;
    }
    if form.rewording && wording.reason.is_empty() && !form.asked {
        form.asked = true;
        form.focus = 4;
        app.tell(crate::screen::app::Tone::Plain, "why does the wording change? Esc again leaves the reason open");
        return;
    }
    let code = form.code;
    let how = form.how;
    let next = app.study.fresh_id().into();
    let edit = match how {
        How::Reword => Edit::Reword(code, wording),
        How::Propose => Edit::Propose(code, wording),
        How::Revise(round) => Edit::Revise { round, next, code, wording: Box::new(wording) },
    };
    if app.edit(&edit).is_some() {
        app.close();
        if matches!(how, How::Revise(_)) {
            app.rounds.choose(next);
            crate::screen::views::refresh(app);
        }
    }
}

/// Draws the form.
pub fn draw(app: &App, form: &Form, areas: Areas, buf: &mut Buffer) -> Option<Position> {
    let rect = middle(areas.main, 90, 26);
    let inner = boxed(app, rect, &format!("{} “{}”", form.how.title(), form.name), buf);
    let shown = if form.rewording { 5 } else { 4 };
    let least: u16 = FIELDS.iter().take(shown).map(|(_, _, rows)| rows + 1).sum();
    let mut spare = inner.height.saturating_sub(least);
    let mut y = inner.y;
    for (n, (name, hint, rows)) in FIELDS.iter().enumerate().take(shown) {
        let extra = if n < 4 { (spare / 2).min(4) } else { 0 };
        spare -= extra;
        let height = (rows + extra).min(inner.bottom().saturating_sub(y + 1));
        if height == 0 {
            break;
        }
        let focused = n == form.focus;
        let role = if focused { Role::HeadingFocused } else { Role::Heading };
        let used = put(buf, inner.x, y, name, inner.width, app.styles.over(Role::Popup, role));
        put(
            buf,
            inner.x + used + 2,
            y,
            hint,
            inner.width.saturating_sub(used + 2),
            app.styles.over(Role::Popup, Role::InputHint),
        );
        let mut area = form.fields[n].clone();
        dress(&mut area, &app.styles);
        if !focused {
            area.set_cursor_style(app.styles.over(Role::Popup, Role::Input));
        }
        (&area).render(Rect::new(inner.x + 2, y + 1, inner.width.saturating_sub(2), height), buf);
        y += height + 1;
    }
    None
}
