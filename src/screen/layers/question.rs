//! A question with a few answers, each on a key of its own: which code, which way, wording or meaning.

use super::form::How;
use super::{Layer, boxed, inside, middle};
use crate::project::decision::Outcome;
use crate::project::edit::NewWording;
use crate::project::id::{CodeId, CodingId};
use crate::project::theme::Stance;
use crate::screen::app::App;
use crate::screen::draw::Areas;
use crate::screen::theme::Role;
use crate::screen::views::book::hold::{Goes, put_extracts};
use crate::screen::views::code::paint::{paragraph, put};
use crate::text::wrap::wrap;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// An answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The key that gives it at once, a digit or letter.
    pub key: char,
    /// What it says.
    pub words: String,
    /// What follows from it; may be empty.
    pub note: String,
}

impl Answer {
    /// An answer.
    #[must_use]
    pub fn new(key: char, words: impl Into<String>, note: impl Into<String>) -> Self {
        Self { key, words: words.into(), note: note.into() }
    }
}

/// What is asked, with what the answers stand for where they differ.
#[derive(Clone, PartialEq, Debug)]
pub enum Asks {
    /// Which way all edges are settled.
    Edges(Vec<Outcome>),
    /// Whether a new wording changes the meaning of a code: the first answer is no.
    Meaning(CodeId, Box<NewWording>, How),
    /// Whether a wording of a pinned code is proposed, or the round stopped and begun anew with it.
    Pinned(CodeId, Box<NewWording>),
    /// Which of these codes is worded anew.
    Reword(Vec<CodeId>),
    /// Which of these codes gets another extent.
    Extent(Vec<CodeId>),
    /// What is held of a code in a case.
    Judge(crate::project::id::CaseId, CodeId),
    /// What extracts do to a theme: as stances are offered.
    Stance(Goes, Vec<CodingId>),
}

/// A question.
pub struct Question {
    /// The question.
    pub title: String,
    /// What is said above the answers; may be empty.
    pub hint: String,
    /// The answers.
    pub answers: Vec<Answer>,
    /// The chosen one.
    pub selected: usize,
    /// What is asked.
    pub asks: Asks,
}

impl Question {
    /// A question; its first answer is chosen.
    #[must_use]
    pub fn new(title: impl Into<String>, hint: impl Into<String>, answers: Vec<Answer>, asks: Asks) -> Self {
        Self { title: title.into(), hint: hint.into(), answers, selected: 0, asks }
    }

    /// Whether words that somebody wrote wait for its answer.
    #[must_use]
    pub const fn holds_words(&self) -> bool {
        matches!(self.asks, Asks::Meaning(..) | Asks::Pinned(..))
    }

    /// Moves the choice, round at the ends.
    pub fn step(&mut self, back: bool) {
        let count = self.answers.len().max(1);
        self.selected = (self.selected + if back { count - 1 } else { 1 }) % count;
    }
}

/// Moves the choice.
pub fn step(app: &mut App, back: bool) {
    if let Some(Layer::Question(question)) = app.layers.last_mut() {
        question.step(back);
    }
}

/// Gives the answer on a key, if there is one.
pub fn answer_with(app: &mut App, key: char) {
    let Some(Layer::Question(question)) = app.layers.last_mut() else { return };
    if let Some(at) = question.answers.iter().position(|answer| answer.key == key) {
        question.selected = at;
        answer(app);
    }
}

/// Gives the chosen answer.
pub fn answer(app: &mut App) {
    // The question goes first: what follows may ask another.
    if !matches!(app.layers.last(), Some(Layer::Question(_))) {
        return;
    }
    let Some(Layer::Question(question)) = app.layers.pop() else { return };
    let Question { asks, selected, .. } = question;
    match asks {
        Asks::Stance(into, codings) => {
            if let Some(stance) = Stance::ALL.get(selected) {
                put_extracts(app, &into, &codings, *stance);
            }
        }
        Asks::Edges(ways) => {
            if let Some(way) = ways.get(selected) {
                crate::screen::views::reconcile::deciding::settle_edges(app, *way);
            }
        }
        Asks::Meaning(code, mut wording, how) => {
            wording.meaning = selected == 1;
            super::form::worded(app, code, *wording, how);
        }
        Asks::Pinned(code, mut wording) => {
            wording.meaning = selected == 2;
            if selected == 0 {
                super::form::propose(app, code, *wording);
            } else if let Some(round) = app.study.view().pinned_in(code).map(|round| round.id) {
                super::form::revise(app, round, code, *wording);
            }
        }
        Asks::Reword(codes) => {
            if let Some(code) = codes.get(selected) {
                crate::screen::views::reconcile::deciding::reword(app, *code);
            }
        }
        Asks::Judge(case, code) => crate::screen::commands::findings::judged(app, case, code, selected),
        Asks::Extent(codes) => {
            if let Some(code) = codes.get(selected) {
                crate::screen::views::reconcile::extent::begin(app, *code);
            }
        }
    }
}

/// The rows that an answer takes in `width` cells: its words, and its note beside or under them.
fn rows_of(answer: &Answer, width: u16) -> u16 {
    let note = wrap(&answer.note, width.saturating_sub(3)).len() as u16;
    1 + if answer.note.is_empty() { 0 } else { note }
}

fn place(question: &Question, areas: Areas) -> Rect {
    let width = areas.main.width.min(78);
    let inner = inside(Rect::new(0, 0, width, 9)).width;
    let hint = if question.hint.is_empty() { 0 } else { wrap(&question.hint, inner).len() as u16 + 1 };
    let answers: u16 = question.answers.iter().map(|answer| rows_of(answer, inner)).sum();
    middle(areas.main, width, hint + answers + 2)
}

/// Draws the question.
pub fn draw(app: &App, question: &Question, areas: Areas, buf: &mut Buffer) -> Option<Position> {
    let rect = place(question, areas);
    let inner = boxed(app, rect, &question.title, buf);
    let mut y = inner.y;
    let dim = app.styles.over(Role::Popup, Role::Dim);
    if !question.hint.is_empty() {
        y += paragraph(buf, inner, &question.hint, dim) + 1;
    }
    let mut cursor = None;
    for (n, answer) in question.answers.iter().enumerate() {
        if y >= inner.bottom() {
            break;
        }
        let height = rows_of(answer, inner.width).min(inner.bottom() - y);
        if n == question.selected {
            let line = Rect::new(inner.x - 1, y, inner.width + 2, height);
            buf.set_style(line, app.styles.style(Role::ListSelected));
            cursor = Some(Position::new(inner.x, y));
        }
        let bare = |role| ratatui::style::Style { bg: None, ..app.styles.style(role) };
        put(buf, inner.x, y, &answer.key.to_string(), 1, bare(Role::Key));
        put(buf, inner.x + 3, y, &answer.words, inner.width.saturating_sub(3), bare(Role::Strong));
        if height > 1 {
            let under = Rect::new(inner.x + 3, y + 1, inner.width.saturating_sub(3), height - 1);
            paragraph(buf, under, &answer.note, bare(Role::Dim));
        }
        y += height;
    }
    cursor
}
