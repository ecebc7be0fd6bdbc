//! The program itself: undo, palette, help, leaving.

use crate::project::edit::Edit;
use crate::screen::app::{App, Ask, Tone};
use crate::screen::command::{Place, commands, rows};
use crate::screen::layers::Layer;
use crate::screen::layers::help::Help;
use crate::screen::layers::picker::{Choose, Item, Picker, Target};
use crate::screen::layers::prompt;
use crate::screen::views::code::panes::Pane;
use crate::screen::views::{self, Showing, show};

rows! { PROGRAM: Program;
    "undo" "Undo" "undo" Anywhere ["u"] "take back" => |app| app.undo(false);
    "redo" "Redo" "" Anywhere ["<C-r>" "U"] "" => |app| app.undo(true);
    "palette" "All commands" "all" Anywhere [":" "<C-p>"] "command palette" => palette;
    "help" "Keys" "keys" Anywhere ["?" "<F1>"] "shortcuts, manual" => help;
    "close" "Let go: close what is open, drop the selection" "let go" Anywhere ["<Esc>"] "cancel" => let_go;
    "source-go" "Go to a source by name" "" Anywhere ["go" "<C-g>"] "open document, switch" => go_to_source;
    "finished" "Mark the source as read and coded, or not" "" Text ["F"] "done, complete" => finished;
    "suspend" "Leave to the shell for a while" "" Anywhere ["<C-z>"] "" => |app| app.ask(Ask::Suspend);
    "quit" "Leave; everything is saved" "quit" Anywhere ["q" "<C-q>" "<C-c>"] "exit, close project" => quit;
}

/// What Esc lets go of: the topmost layer, the selection, what was found, the other pane, in this order.
pub fn let_go(app: &mut App) {
    match app.layers.last() {
        Some(Layer::Prompt(_)) => prompt::cancel(app),
        Some(Layer::Summary(_)) => crate::screen::layers::summary::leave(app),
        Some(_) => {
            app.close();
        }
        None if app.showing != Showing::Code => {
            if !views::let_go(app) {
                show(app, Showing::Code);
            }
        }
        None => {
            // The passage that was come for is still selected: nothing was done here but reading.
            if views::extracts::come_back(app, true) {
                return;
            }
            let selected = app.code.transcript.as_mut().is_some_and(|transcript| transcript.let_go());
            if selected {
                return;
            }
            match app.place() {
                Place::Tree if app.code.tree.filter.take().is_some() => {}
                Place::Tree if !app.code.tree.marked.is_empty() => app.code.tree.marked.clear(),
                Place::Cases if app.code.cases.filter.take().is_some() => {}
                _ if app.code.hits.take().is_some() => {}
                _ if crate::screen::views::agreement::come_back(app) => {}
                _ if views::extracts::come_back(app, false) => {}
                _ => app.code.panes.focus = Pane::Text,
            }
        }
    }
}

fn palette(app: &mut App) {
    let place = app.place();
    let applies = |at: Place| place.chain().contains(&at);
    // What applies here first, then what applies in another pane.
    let mut rows: Vec<_> =
        commands().filter(|command| !command.place.types_text() && command.name != "palette").collect();
    let others = |at: Place| matches!(at, Place::Code | Place::Text | Place::Tree | Place::Cases);
    rows.retain(|command| applies(command.place) || others(command.place));
    rows.sort_by_key(|command| !applies(command.place));
    let items = rows
        .into_iter()
        .map(|command| {
            let keys = app.keymap.labels(command.name).first().cloned().unwrap_or_default();
            let elsewhere = if applies(command.place) { "" } else { command.place.title() };
            Item {
                label: command.title.to_owned(),
                note: format!("{elsewhere}  {keys}").trim().to_owned(),
                also: format!("{} {}", command.name, command.also),
                target: Target::Command(command),
            }
        })
        .collect();
    app.layers.push(Layer::Picker(Picker::new("Commands", items, Choose::Command)));
}

fn help(app: &mut App) {
    let place = app.place();
    app.layers.push(Layer::Help(Help { top: 0, place: Some(place), filter: String::new() }));
}

fn go_to_source(app: &mut App) {
    let view = app.study.view();
    let items = view
        .sources()
        .into_iter()
        .map(|source| {
            let case = source.case.and_then(|case| view.case(case)).map_or("", |case| case.name.as_str());
            Item {
                label: format!("{case} {}", source.name).trim().to_owned(),
                note: source.kind.name().to_owned(),
                also: source.file.clone(),
                target: Target::Source(source.id),
            }
        })
        .collect();
    app.layers.push(Layer::Picker(Picker::new("Go to a source", items, Choose::Source)));
}

fn finished(app: &mut App) {
    let Some(source) = app.code.source() else { return };
    let view = app.study.view();
    let was = view.progress(source).is_some_and(|progress| progress.finished);
    let to = app.code.read_to(&view, source);
    if app.edit(&Edit::Read { source, to, finished: !was }).is_some() {
        app.tell(Tone::Done, if was { "taken up again" } else { "finished; F takes it up again" });
    }
}

/// Leaves: what is typed is saved, what was read is written down, and everything is on disk before the end.
pub fn quit(app: &mut App) {
    while let Some(layer) = app.layers.last() {
        if matches!(layer, Layer::Summary(_)) && !crate::screen::layers::summary::save(app, false) {
            return;
        }
        let Some(layer) = app.layers.last() else { return };
        let (is_memo, waits) = match layer {
            Layer::Question(question) => (false, question.holds_words()),
            layer => (matches!(layer, Layer::Memo(_)), false),
        };
        if waits {
            app.tell(Tone::Plain, "this is to be answered first; what you wrote waits for it");
            return;
        }
        if is_memo && !crate::screen::layers::memo::save(app, false) {
            return;
        }
        app.close();
    }
    app.code.leave(&mut app.study);
    app.ask(Ask::Quit);
}
