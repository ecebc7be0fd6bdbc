//! Other words than any coder had: the ends are moved on the text, Enter keeps them.

use super::{deciding, words};
use crate::project::id::CodeId;
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::question::{Answer, Asks, Question};
use crate::screen::views::code::transcript::{By, Transcript};

/// The ends that are moved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moving {
    /// The codes that the words are to carry.
    pub codes: Vec<CodeId>,
}

impl Moving {
    /// What the status line says.
    #[must_use]
    pub fn status(&self, app: &App) -> (String, String) {
        let view = app.study.view();
        let names: Vec<&str> = self.codes.iter().map(|code| view.code_name(*code)).collect();
        let dot = app.glyphs.dot;
        let selected = app.reconcile.text.as_ref().and_then(|text| Some((text.selected()?, text)));
        let size = selected.map(|(span, text)| {
            let words = text.reading().text.slice(span).split_whitespace().count();
            format!("{words} words, {} characters", span.len())
        });
        let size = size.unwrap_or_else(|| "no words".to_owned());
        (format!("{}: moving the ends  {dot}  {size}", names.join(", ")), "enter keeps, esc leaves it".to_owned())
    }
}

/// Takes the ends in hand; where two codes are in dispute it is asked for which.
pub fn start(app: &mut App) {
    let Some(item) = app.reconcile.item() else {
        app.tell(Tone::Refused, "there is no disagreement to decide");
        return;
    };
    match item.codes.as_slice() {
        [code] => begin(app, *code),
        codes => {
            let codes = codes.to_vec();
            let view = app.study.view();
            let answer = |(n, code): (usize, &CodeId)| {
                Answer::new(char::from_digit(n as u32 + 1, 10).unwrap_or('9'), view.code_name(*code), "")
            };
            let answers = codes.iter().enumerate().map(answer).collect();
            let question = Question::new("Which code gets other ends?", "", answers, Asks::Extent(codes));
            app.layers.push(Layer::Question(question));
        }
    }
}

/// Takes the ends in hand, for a code.
pub fn begin(app: &mut App, code: CodeId) {
    let Some(span) = app.reconcile.item().map(|item| item.span) else { return };
    let Some(text) = &mut app.reconcile.text else { return };
    text.select(span);
    text.toggle_extending();
    app.reconcile.moving = Some(Moving { codes: vec![code] });
    app.tell(Tone::Plain, "move the end, o takes the other end, e another code; Enter keeps, Esc leaves it");
}

fn with_text(app: &mut App, f: impl FnOnce(&mut Transcript)) {
    if let Some(text) = app.reconcile.text.as_mut().filter(|_| app.reconcile.moving.is_some()) {
        f(text);
    }
}

/// Moves the end in hand.
pub fn step(app: &mut App, by: By, forward: bool) {
    with_text(app, |text| {
        text.step(by, forward);
    });
}

/// Takes the other end in hand.
pub fn other_end(app: &mut App) {
    with_text(app, Transcript::swap_ends);
}

/// Asks for another code, the ends staying as they are.
pub fn other_code(app: &mut App) {
    deciding::other_code(app);
}

/// Keeps the words as they are selected.
pub fn keep(app: &mut App) {
    let Some(moving) = app.reconcile.moving.clone() else { return };
    keep_as(app, &moving.codes, Vec::new());
}

/// Keeps the words as they are selected, under these codes; says whether that was done.
pub fn keep_as(app: &mut App, codes: &[CodeId], before: Vec<crate::project::edit::Edit>) -> bool {
    let Some(span) = app.reconcile.text.as_ref().and_then(Transcript::selected) else {
        app.tell(Tone::Refused, "no words are left between the ends; 0 rejects all");
        return false;
    };
    let done = deciding::otherwise(app, codes, Some(span), before);
    if done {
        leave(app);
    }
    done
}

/// Lets go of the ends; nothing is decided.
pub fn leave(app: &mut App) {
    app.reconcile.moving = None;
    if let Some(text) = &mut app.reconcile.text {
        text.let_go();
    }
}

/// What the words are in a line, for tests and messages.
#[must_use]
pub fn selected(app: &App) -> Option<String> {
    let text = app.reconcile.text.as_ref()?;
    Some(words::quoted(text.reading().text.slice(text.selected()?), 400))
}
