//! Cases and sources: adding, describing, moving, importing.

use crate::project::id::SourceId;
use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Choose, Item, Picker, Target};
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::views::code::cases::CaseRow;

rows! { SOURCE: Source;
    "import" "Import files or a folder" "import" Cases ["i"] "add documents, new source" => super::importing::ask_path;
    "case-new" "New case" "new case" Cases ["a"] "add case" => new_case;
    "case-describe" "Say something of the case: name = value" "describe" Cases ["e"] "attribute, variable, classification" => describe;
    "case-rename" "Rename the case or source" "rename" Cases ["r"] "" => rename;
    "source-case" "Put the source under a case" "" Cases ["p"] "move, link" => put_under;
    "source-delete" "Take the source out of the study, saying what goes with it" "" Cases ["x" "<Del>"] "delete document" => delete;
}

fn source_in_hand(app: &mut App) -> Option<SourceId> {
    match app.code.cases.selected {
        Some(CaseRow::Source(source)) => Some(source),
        _ => {
            app.tell(Tone::Refused, "choose a source first");
            None
        }
    }
}

fn new_case(app: &mut App) {
    app.layers.push(Layer::Prompt(Prompt::new("New case", "its name", "", AskFor::NewCase)));
}

fn describe(app: &mut App) {
    let view = app.study.view();
    let Some(case) = app.code.cases.case(&view).and_then(|id| view.case(id)) else {
        app.tell(Tone::Refused, "choose a case first");
        return;
    };
    let known: Vec<&str> = view.attributes().iter().map(|attribute| attribute.name.as_str()).collect();
    let hint = if known.is_empty() {
        "name = value, such as: Setting = rural".to_owned()
    } else {
        format!("name = value; so far there are {}", known.join(", "))
    };
    let title = format!("About {}", case.name);
    let id = case.id;
    app.layers.push(Layer::Prompt(Prompt::new(title, hint, "", AskFor::Describe(id))));
}

fn rename(app: &mut App) {
    let view = app.study.view();
    let prompt = match app.code.cases.selected {
        Some(CaseRow::Case(id)) => view
            .case(id)
            .map(|case| Prompt::new(format!("Rename “{}”", case.name), "", &case.name, AskFor::RenameCase(id))),
        Some(CaseRow::Source(id)) => view
            .source(id)
            .map(|source| Prompt::new(format!("Rename “{}”", source.name), "", &source.name, AskFor::RenameSource(id))),
        None => None,
    };
    if let Some(prompt) = prompt {
        app.layers.push(Layer::Prompt(prompt));
    }
}

fn put_under(app: &mut App) {
    let Some(source) = source_in_hand(app) else { return };
    let view = app.study.view();
    let item = |label: &str, case| Item {
        label: label.to_owned(),
        note: String::new(),
        also: String::new(),
        target: Target::Case(case),
    };
    let mut items: Vec<Item> = view.cases().iter().map(|case| item(&case.name, Some(case.id))).collect();
    items.push(item("(no case)", None));
    app.layers.push(Layer::Picker(Picker::new("It belongs to", items, Choose::CaseOf(source))));
}

fn delete(app: &mut App) {
    let Some(source) = source_in_hand(app) else { return };
    let view = app.study.view();
    let Some(record) = view.source(source) else { return };
    let codings = view.showing(crate::project::view::Whose::Everybody).codings_of(source).count();
    let title = format!("Take “{}” out of the study?", record.name);
    let hint = format!(
        "With it go {codings} codings, everybody's. Its text stays on disk; undo brings everything back.\ny and Enter takes it out, Esc leaves it."
    );
    app.layers.push(Layer::Prompt(Prompt::new(title, hint, "", AskFor::DeleteSource(source))));
}
