//! How a review begins: a path is asked for and read, or a source of the project is looked at again.

use crate::exchange::import::Prepared;
use crate::screen::app::{App, Tone};
use crate::screen::commands::people::{PeopleAsk, TABLE_HINT};
use crate::screen::layers::Layer;
use crate::screen::layers::import::reading::{self, Reader};
use crate::screen::layers::import::{Review, What, listen};
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::paths;
use crate::screen::views::code::cases::CaseRow;
use crate::session::Saving;
use crate::text::turns::Hints;

/// Asks for a file or folder, if anything can be imported here.
pub fn ask_path(app: &mut App) {
    if let Saving::ReadOnly(why) = app.study.saving() {
        app.tell(Tone::Refused, format!("this project is open read-only: {why}"));
        return;
    }
    app.layers.push(Layer::Prompt(Prompt::new("Import a file or folder", PATH_HINT, "", AskFor::Import)));
}

const PATH_HINT: &str = "Plain texts (.txt, .md) or a folder of them. Tab completes, ~ is your home.\n\
    Nothing is taken in before you have looked at it.";

pub(super) fn complete(app: &mut App) {
    let Some(Layer::Prompt(prompt)) = app.layers.last_mut() else { return };
    let hint = match prompt.ask {
        AskFor::Import => PATH_HINT,
        AskFor::People(PeopleAsk::Table) => TABLE_HINT,
        _ => return,
    };
    let completed = paths::complete(prompt.input.text(), paths::list);
    let none = completed.path == prompt.input.text() && completed.offered.is_empty();
    prompt.input.set(&completed.path);
    prompt.hint = if none { "Nothing here begins so.".to_owned() } else { offered(&completed.offered, hint) };
}

/// What can follow, in at most three lines.
fn offered(names: &[String], hint: &str) -> String {
    if names.is_empty() {
        return hint.to_owned();
    }
    let mut lines = vec![String::new()];
    for (n, name) in names.iter().enumerate() {
        let wide = lines.last().map_or(0, |line| line.chars().count()) + name.chars().count() + 2 > 72;
        if wide && lines.len() == 3 {
            lines.push(format!("… and {} more", names.len() - n));
            break;
        }
        if wide {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(name);
            line.push_str("  ");
        }
    }
    lines.join("\n")
}

/// Reads what is at a path as it was typed, to be reviewed; says whether there is anything.
pub fn import_path(app: &mut App, words: &str) -> bool {
    if words.is_empty() {
        app.tell(Tone::Refused, "type the path of a file or folder; Tab completes it");
        return false;
    }
    let found = paths::typed(words);
    if let Some(missing) = found.iter().find(|path| !path.exists()) {
        app.tell(Tone::Refused, format!("there is no file or folder {}", missing.display()));
        return false;
    }
    let view = app.study.view();
    let case = app.code.cases.case(&view).and_then(|case| view.case(case));
    let home = case.map(|case| case.name.clone());
    app.close();
    let beside = reading::is_long(&found);
    let reader = Reader::start(beside, move |desk| reading::read_all(&found, desk));
    app.layers.push(Layer::Import(Box::new(Review::new(What::Files, reader, home))));
    listen_out(app);
    true
}

pub(super) fn turns_again(app: &mut App) {
    let Some(CaseRow::Source(source)) = app.code.cases.selected else {
        app.tell(Tone::Refused, "choose a source first");
        return;
    };
    if let Saving::ReadOnly(why) = app.study.saving() {
        app.tell(Tone::Refused, format!("this project is open read-only: {why}"));
        return;
    }
    let reading = match app.study.read(source) {
        Ok(reading) => reading,
        Err(why) => {
            app.tell(Tone::Refused, why.to_string());
            return;
        }
    };
    let name = app.study.view().source(source).map_or_else(String::new, |source| source.name.clone());
    let beside = reading.text.as_str().len() as u64 > reading::AT_ONCE;
    let text = reading.text.clone();
    let reader = Reader::start(beside, move |desk| {
        reading::look(&name, || Prepared::of_text(&name, &text, &Hints::default()), desk);
    });
    app.layers.push(Layer::Import(Box::new(Review::new(What::Turns(source), reader, None))));
    listen_out(app);
}

/// Takes in what is there already: work that was done at once is shown at once.
pub(super) fn listen_out(app: &mut App) {
    while listen(app) {}
}
