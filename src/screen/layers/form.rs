//! The wording of a code as a form: definition, when to use, when not, example, and why it changes.

use super::memo::dress;
use super::question::{Answer, Asks, Question};
use super::{Layer, boxed, middle};
use crate::findings::check_again::check_again;
use crate::project::edit::{Edit, NewWording};
use crate::project::id::{CodeId, CodingId, RoundId};
use crate::project::source::Passage;
use crate::project::view::{View, Whose};
use crate::screen::app::{App, Tone};
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
    /// The words that showed why the wording has to change, with where they stand.
    because: Option<(Passage, String)>,
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
        let name = name.to_owned();
        Self { code, name, fields, focus: 0, example_from, rewording, asked: false, because: None, how: How::Reword }
    }

    /// The same, with the words recorded that showed why the wording has to change.
    #[must_use]
    pub fn because(mut self, passage: Passage, words: String) -> Self {
        self.because = Some((passage, words));
        self
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
            because: self.because.as_ref().map(|(passage, _)| *passage),
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
/// again goes without. Where codings carry the code it is asked whether the meaning changed; where the code is pinned,
/// whether the wording is proposed or the round begun anew.
pub fn leave(app: &mut App) {
    let Some(Layer::Form(form)) = app.layers.last_mut() else { return };
    let wording = form.wording();
    let present = app.study.view().code(form.code).and_then(|node| node.wording.clone());
    let as_it_was = NewWording {
        reason: wording.reason.clone(),
        because: wording.because,
        ..NewWording::from_present(present.as_ref())
    };
    if (NewWording { example_from: as_it_was.example_from, ..wording.clone() }) == as_it_was {
        app.close();
        return;
    }
    if form.rewording && wording.reason.is_empty() && !form.asked {
        form.asked = true;
        form.focus = 4;
        app.tell(Tone::Plain, "why does the wording change? Esc again leaves the reason open");
        return;
    }
    let code = form.code;
    let how = form.how;
    let view = app.study.view();
    if how == How::Propose {
        propose(app, code, wording);
    } else if let Some(round) = view.pinned_in(code).filter(|_| how == How::Reword) {
        let question = pinned_question(&view, code, &round.name, wording);
        app.layers.push(Layer::Question(question));
    } else if carries_codings(&view, code) {
        let question = meaning_question(&view, code, wording, how);
        app.layers.push(Layer::Question(question));
    } else {
        worded(app, code, wording, how);
    }
}

/// Words a code anew as the form was opened for, the meaning asked for.
pub(super) fn worded(app: &mut App, code: CodeId, wording: NewWording, how: How) {
    match how {
        How::Reword => reword(app, code, wording),
        How::Propose => propose(app, code, wording),
        How::Revise(round) => revise(app, round, code, wording),
    }
}

/// Whether codings stand that were made under an earlier wording of a code.
fn carries_codings(view: &View<'_>, code: CodeId) -> bool {
    view.code(code).is_some_and(|node| node.wording.is_some()) && view.showing(Whose::Everybody).count(code) > 0
}

/// Asks whether a new wording changes what a code means.
fn meaning_question(view: &View<'_>, code: CodeId, wording: NewWording, how: How) -> Question {
    let codings = match view.showing(Whose::Everybody).count(code) {
        1 => "its 1 coding stands".to_owned(),
        n => format!("its {n} codings stand"),
    };
    Question::new(
        format!("Does “{}” mean something else now?", view.code_name(code)),
        "",
        vec![
            Answer::new('1', "wording only", "it means what it meant, said better; nothing has to be looked at again"),
            Answer::new('2', "meaning changed", format!("{codings} to be checked again, everybody's, one by one")),
        ],
        Asks::Meaning(code, Box::new(wording), how),
    )
}

/// Asks what becomes of a new wording of a code that an open round holds as it is.
fn pinned_question(view: &View<'_>, code: CodeId, round: &str, wording: NewWording) -> Question {
    Question::new(
        format!("“{}” is pinned for {round}", view.code_name(code)),
        "Until the round is revealed its codes mean what they meant when it was opened.",
        vec![
            Answer::new('1', "propose this wording", "only you see and use it until the reveal; then all look at it"),
            Answer::new(
                '2',
                format!("revise, wording only: stop {round} and start the next"),
                "all go on under the new wording; what is coded stays, finished cases are open again",
            ),
            Answer::new(
                '3',
                format!("revise, meaning changed: stop {round} and start the next"),
                "the same, and every earlier coding stands to be checked again",
            ),
        ],
        Asks::Pinned(code, Box::new(wording)),
    )
}

/// Words a code anew, and says how many codings stand to be checked again.
pub fn reword(app: &mut App, code: CodeId, wording: NewWording) {
    let meaning = wording.meaning;
    let Some(done) = app.edit(&Edit::Reword(code, wording)) else { return };
    close_form(app);
    if meaning {
        tell_checks(app, code, &done.did);
    }
}

/// Proposes a wording for the open round that pins the code.
pub(super) fn propose(app: &mut App, code: CodeId, wording: NewWording) {
    if app.edit(&Edit::Propose(code, wording)).is_some() {
        close_form(app);
        app.tell(Tone::Done, "proposed: you code under it, the others see it when the round is revealed");
    }
}

/// Stops an open round, and begins the next with the new wording.
pub(super) fn revise(app: &mut App, round: RoundId, code: CodeId, wording: NewWording) {
    let meaning = wording.meaning;
    let next = app.study.fresh_id().into();
    let Some(done) = app.edit(&Edit::Revise { round, next, code, wording: Box::new(wording) }) else { return };
    close_form(app);
    app.rounds.choose(next);
    crate::screen::views::refresh(app);
    if meaning {
        tell_checks(app, code, &done.did);
    }
}

fn close_form(app: &mut App) {
    if matches!(app.layers.last(), Some(Layer::Form(_))) {
        app.close();
    }
}

fn tell_checks(app: &mut App, code: CodeId, did: &str) {
    let lists = check_again(&app.study.view());
    let stands = lists.iter().find(|list| list.code == code).map_or(0, |list| list.of - list.checked);
    let key = app.keymap.labels("check-again").first().cloned().unwrap_or_default();
    let words = match stands {
        0 => format!("{did}; no coding stands to be checked again"),
        1 => format!("{did}; 1 coding stands to be checked again: {key} walks it"),
        n => format!("{did}; {n} codings stand to be checked again: {key} walks them"),
    };
    app.tell(Tone::Done, words);
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
    if let Some((_, words)) = &form.because
        && y < inner.bottom()
    {
        let used = put(buf, inner.x, y, "Recorded as why", inner.width, app.styles.over(Role::Popup, Role::Heading));
        let words = format!("{}{words}{}", app.glyphs.quote_open, app.glyphs.quote_close);
        let room = inner.width.saturating_sub(used + 2);
        put(buf, inner.x + used + 2, y, &words, room, app.styles.over(Role::Popup, Role::Quote));
    }
    None
}
