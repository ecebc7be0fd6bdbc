//! Putting what is in hand into a theme, from wherever it is: a code of the tree, a coding of the text, passages of a list.

use super::acts::Choice;
use super::passages::listed;
use crate::project::edit::{Edit, NewTheme, ThemeEdit};
use crate::project::id::{CodeId, CodingId, ThemeId};
use crate::project::theme::{Holds, Stance};
use crate::screen::app::{App, Tone};
use crate::screen::command::Place;
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Choose, Item, Picker, Target};
use crate::screen::layers::question::{Answer, Asks, Question};

/// What is to be put into a theme.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Things {
    /// Codes.
    Codes(Vec<CodeId>),
    /// Extracts; what they do to the theme is asked.
    Extracts(Vec<CodingId>),
}

/// Which theme they go into.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Goes {
    /// One there is.
    Theme(ThemeId),
    /// A new one of this name.
    New(ThemeId, String),
}

/// Asks which theme what is in hand in the Code view goes into: in the tree the codes, else the highlighted coding.
pub fn in_hand(app: &mut App) {
    let view = app.study.view();
    if app.place() == Place::Tree {
        let codes = app.code.tree.marked_or_selected();
        match codes.is_empty() {
            true => app.tell(Tone::Plain, "there is no code to put into a theme"),
            false => ask(app, Things::Codes(codes)),
        }
        return;
    }
    match app.code.in_hand(&view).map(|seen| seen.coding.id) {
        Some(coding) => ask(app, Things::Extracts(vec![coding])),
        None => app.tell(Tone::Plain, "stand on a coding: it is what goes into a theme"),
    }
}

/// Asks which theme the marked rows of a list go into, or the chosen one.
pub fn from_list(app: &mut App) {
    let codings = listed(app);
    match codings.is_empty() {
        true => app.tell(Tone::Plain, "there is no coding here to put into a theme"),
        false => ask(app, Things::Extracts(codings)),
    }
}

/// Asks which theme things go into.
pub fn ask(app: &mut App, things: Things) {
    let view = app.study.view();
    let themes = view.themes();
    let item = |(n, theme): (usize, &&std::sync::Arc<crate::project::theme::Theme>)| {
        let above = view.parent_of(theme).and_then(|id| view.theme(id)).map(|above| above.name.clone());
        Item {
            label: theme.name.clone(),
            note: above.unwrap_or_default(),
            also: theme.description.clone(),
            target: Target::Nth(n),
        }
    };
    let items = themes.iter().enumerate().map(item).collect();
    let ids = themes.iter().map(|theme| theme.id).collect();
    let what = match &things {
        Things::Codes(codes) if codes.len() == 1 => format!("“{}”", view.code_name(codes[0])),
        Things::Codes(codes) => format!("{} codes", codes.len()),
        Things::Extracts(codings) if codings.len() == 1 => "This passage".to_owned(),
        Things::Extracts(codings) => format!("{} passages", codings.len()),
    };
    let title = format!("{what} into which theme?");
    app.layers.push(Layer::Picker(Picker::new(&title, items, Choose::Book(Choice::HoldIn(ids, things)))));
}

/// A theme was chosen: codes go into it, of extracts it is asked what they do to it.
pub fn chosen(app: &mut App, into: Goes, things: Things) -> bool {
    match things {
        Things::Codes(codes) => {
            let what: Vec<Holds> = codes.into_iter().map(Holds::Code).collect();
            put(app, &into, &what)
        }
        Things::Extracts(codings) => {
            let name = match &into {
                Goes::Theme(id) => app.study.view().theme(*id).map_or_else(String::new, |theme| theme.name.clone()),
                Goes::New(_, name) => name.clone(),
            };
            let answers = Stance::ALL.into_iter().zip(['1', '2', '3']).map(|(stance, key)| {
                let note = match stance {
                    Stance::Supports => "it speaks for it",
                    Stance::Qualifies => "it limits it",
                    Stance::Contradicts => "it speaks against it",
                };
                Answer::new(key, stance.name(), note)
            });
            let title = format!("What does it do to “{name}”?");
            let asks = Asks::Stance(into, codings);
            app.layers.push(Layer::Question(Question::new(title, "", answers.collect(), asks)));
            true
        }
    }
}

/// Extracts go into a theme.
pub fn put_extracts(app: &mut App, into: &Goes, codings: &[CodingId], stance: Stance) {
    let what: Vec<Holds> = codings.iter().map(|coding| Holds::Extract(*coding, stance)).collect();
    put(app, into, &what);
}

fn put(app: &mut App, into: &Goes, what: &[Holds]) -> bool {
    let (theme, mut edits) = match into {
        Goes::Theme(id) => (*id, Vec::new()),
        Goes::New(id, name) => {
            let new = NewTheme { name: name.clone(), ..NewTheme::default() };
            (*id, vec![Edit::Themes(ThemeEdit::Set(*id, new))])
        }
    };
    let hold = |what: &Holds| {
        // What stands there keeps its note.
        let id = crate::project::theme::ThemeItem::id_for(theme, *what);
        let items = app.study.view().theme_items(theme);
        let note = items.iter().find(|item| item.id == id).map_or_else(String::new, |item| item.note.clone());
        Edit::Themes(ThemeEdit::Hold { theme, what: *what, note })
    };
    edits.extend(what.iter().map(hold));
    let edit = match edits.len() {
        1 => edits.remove(0),
        _ => Edit::All(edits),
    };
    app.edit(&edit).is_some()
}
