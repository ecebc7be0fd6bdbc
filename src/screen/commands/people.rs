//! The grid of people and cases: moving, changing cells, attributes, waves, rows; taking a table in.

mod cell;
mod labels;
mod sample;
mod table;

pub use table::TABLE_HINT;

use crate::findings::grid::Head;
use crate::project::case::Bearer;
use crate::project::edit::{AttributeEdit, Edit};
use crate::project::id::{AttributeId, CaseId, Id, ParticipantId, SourceId};
use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::layers::Layer;
use crate::screen::layers::picker::Chosen;
use crate::screen::layers::plan::sketch::Sketch;
use crate::screen::layers::plan::{self, What};
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::views::refresh;

rows! { PEOPLE: Source;
    "people-down" "Next row" "" People ["j" "<Down>"] "" => |app| app.people.step(1, 0);
    "people-up" "Previous row" "" People ["k" "<Up>"] "" => |app| app.people.step(-1, 0);
    "people-right" "Next column" "" People ["l" "<Right>"] "" => |app| app.people.step(0, 1);
    "people-left" "Previous column" "" People ["h" "<Left>"] "" => |app| app.people.step(0, -1);
    "people-page-down" "A page down" "" People ["<PageDown>" "<C-d>"] "" => |app| app.people.step(12, 0);
    "people-page-up" "A page up" "" People ["<PageUp>" "<C-u>"] "" => |app| app.people.step(-12, 0);
    "people-first" "First row" "" People ["gg" "<C-Home>"] "" => |app| app.people.step(i32::MIN / 2, 0);
    "people-last" "Last row" "" People ["G" "<C-End>"] "" => |app| app.people.step(i32::MAX / 2, 0);
    "people-first-column" "First column" "" People ["0" "<Home>"] "" => |app| app.people.step(0, i32::MIN / 2);
    "people-last-column" "Last column" "" People ["$" "<End>"] "" => |app| app.people.step(0, i32::MAX / 2);
    "people-edit" "Change the cell; of what follows from codings, its passages" "change" People ["<Enter>"] "edit value" => cell::edit;
    "people-toggle" "Yes, then no, then yes" "yes, no" People ["<Space>"] "boolean" => cell::toggle;
    "people-clear" "Clear the cell: missing, which is not no" "clear" People ["x" "<Del>"] "delete value, missing" => cell::clear;
    "attribute-new" "New attribute" "new attribute" People ["a"] "variable, column" => new_attribute;
    "attribute-change" "Change the attribute: name, kind, choices, waves" "attribute" People ["c"] "variable, column, rename" => change_attribute;
    "attribute-delete" "Delete the attribute, saying what goes with it" "" People ["X"] "variable, column" => delete_attribute;
    "attribute-left" "Move the attribute to the left" "" People ["H" "<S-Left>"] "reorder" => |app| shift(app, true);
    "attribute-right" "Move the attribute to the right" "" People ["L" "<S-Right>"] "reorder" => |app| shift(app, false);
    "people-wave" "The next wave, or all" "wave" People ["w"] "time point, follow-up" => next_wave;
    "wave-new" "New wave" "" People ["W"] "time point, follow-up" => new_wave;
    "people-new" "New case, or participant" "" People ["A"] "add row" => new_row;
    "people-delete" "Delete the case or participant that nothing hangs on" "" People ["D"] "remove row" => delete_row;
    "people-labels" "Which speaker labels are this participant" "labels" People ["s"] "speakers, map" => labels::ask;
    "people-import" "Take in a table, CSV or XLSX, after a look at it" "import" People ["i"] "spreadsheet, excel, survey" => table::ask;
    "people-sampling" "Sampling table: how cases spread over two attributes" "sampling" People ["S"] "crosstab, cross tabulation" => sample::ask;
}

/// What is asked for with a line of words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PeopleAsk {
    /// What stands in a cell.
    Cell(Id, Head),
    /// The name of a new wave.
    Wave,
    /// The name of a new case or participant.
    Row(Bearer),
    /// Whether to delete an attribute: the words are `y`.
    DeleteAttribute(AttributeId),
    /// Words to find.
    Find,
    /// A table to take in.
    Table,
}

/// What is chosen from a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PeopleChoice {
    /// What stands in a cell.
    Value {
        /// Whose.
        whose: Id,
        /// Which column.
        head: Head,
        /// The words offered; empty words for none.
        words: Vec<String>,
        /// Whether several can be marked.
        several: bool,
        /// Whether another word may be typed.
        makes: bool,
    },
    /// The case of a participant.
    Case(ParticipantId, Vec<Option<CaseId>>),
    /// The labels that are a participant.
    Labels(ParticipantId, Vec<(SourceId, String)>),
    /// The attributes of a sampling table: the first, once it is chosen, and those offered.
    Sample(Option<AttributeId>, Vec<AttributeId>),
}

/// Takes in the words that were asked for.
pub fn answer(app: &mut App, ask: PeopleAsk, words: &str) {
    let words = words.trim();
    let done = match ask {
        PeopleAsk::Cell(whose, head) => cell::put(app, whose, head, words),
        PeopleAsk::Wave => {
            let id = app.study.fresh_id().into();
            app.edit(&Edit::Attributes(AttributeEdit::Wave(id, words.to_owned()))).is_some()
        }
        PeopleAsk::Row(of) => add_row(app, of, words),
        PeopleAsk::DeleteAttribute(id) => {
            let yes = words.eq_ignore_ascii_case("y") || words.eq_ignore_ascii_case("yes");
            !yes || app.edit(&Edit::Attributes(AttributeEdit::Delete(id))).is_some()
        }
        PeopleAsk::Find => {
            let found = app.people.find(&app.study, words);
            if !found {
                app.tell(Tone::Plain, format!("nothing here has “{words}”"));
            }
            found
        }
        PeopleAsk::Table => {
            table::open(app, words);
            return;
        }
    };
    if done && matches!(app.layers.last(), Some(Layer::Prompt(_))) {
        app.close();
    }
}

/// Does what was chosen; says whether it could be done.
pub fn chosen(app: &mut App, choice: PeopleChoice, chosen: &Chosen) -> bool {
    match choice {
        PeopleChoice::Value { whose, head, words, .. } => cell::chosen(app, whose, head, &words, chosen),
        PeopleChoice::Case(person, cases) => cell::chosen_case(app, person, &cases, chosen),
        PeopleChoice::Labels(person, offered) => labels::chosen(app, person, &offered, chosen),
        PeopleChoice::Sample(first, offered) => sample::chosen(app, first, &offered, chosen),
    }
}

/// The numbers of the rows that were chosen.
fn numbers(chosen: &Chosen) -> Vec<usize> {
    use crate::screen::layers::picker::Target;
    let (Chosen::Items(items) | Chosen::New(_, items)) = chosen;
    let number = |target: &Target| match target {
        Target::Nth(n) => Some(*n),
        _ => None,
    };
    items.iter().filter_map(number).collect()
}

fn new_attribute(app: &mut App) {
    let sketch = Sketch::new(app.people.of());
    plan::open(app, What::Attribute(Box::new(sketch)));
}

/// The attribute in hand; says so if the column is none.
fn attribute_in_hand(app: &mut App) -> Option<AttributeId> {
    let found = app.people.attribute();
    if found.is_none() {
        app.tell(Tone::Plain, "this column is no attribute; choose one, or a adds one");
    }
    found
}

fn change_attribute(app: &mut App) {
    let Some(id) = attribute_in_hand(app) else { return };
    let Some(sketch) = app.study.view().attribute(id).map(|attribute| Sketch::of(attribute)) else { return };
    plan::open(app, What::Attribute(Box::new(sketch)));
}

fn delete_attribute(app: &mut App) {
    let Some(id) = attribute_in_hand(app) else { return };
    let view = app.study.view();
    let Some(attribute) = view.attribute(id) else { return };
    let hint = match view.all_values(id).len() {
        0 => "it has no values; y deletes it".to_owned(),
        1 => "its 1 value goes with it, and comes back with u; y deletes it".to_owned(),
        n => format!("its {n} values go with it, and come back with u; y deletes it"),
    };
    let title = format!("Delete “{}”?", attribute.name);
    app.layers.push(Layer::Prompt(Prompt::new(title, hint, "", AskFor::People(PeopleAsk::DeleteAttribute(id)))));
}

fn shift(app: &mut App, left: bool) {
    let Some(id) = attribute_in_hand(app) else { return };
    let of = app.people.of();
    let all = app.study.view().attributes();
    let all: Vec<AttributeId> = all.iter().filter(|one| one.of == of).map(|one| one.id).collect();
    let Some(at) = all.iter().position(|other| *other == id) else { return };
    let after = match (left, at) {
        (true, 0) => {
            app.tell(Tone::Plain, "this is the first attribute");
            return;
        }
        (true, 1) => before_all(app, of),
        (true, at) => Some(all[at - 2]),
        (false, at) => match all.get(at + 1) {
            Some(next) => Some(*next),
            None => {
                app.tell(Tone::Plain, "this is the last attribute");
                return;
            }
        },
    };
    app.edit(&Edit::Attributes(AttributeEdit::Move(id, after)));
}

/// What stands right before the first attribute of cases, or of participants: one of the others, or nothing.
fn before_all(app: &App, of: Bearer) -> Option<AttributeId> {
    let all = app.study.view().attributes();
    let first = all.iter().position(|one| one.of == of)?;
    first.checked_sub(1).map(|at| all[at].id)
}

fn next_wave(app: &mut App) {
    let view = app.study.view();
    let waves: Vec<_> = view.waves().iter().map(|wave| wave.id).collect();
    if waves.is_empty() {
        app.tell(Tone::Plain, "there are no waves yet; W adds one");
        return;
    }
    let next = match app.people.wave() {
        None => waves.first().copied(),
        Some(wave) => waves.iter().position(|other| *other == wave).and_then(|at| waves.get(at + 1)).copied(),
    };
    app.people.show_wave(next);
    refresh(app);
}

fn new_wave(app: &mut App) {
    let hint = "a time of data collection, such as 2013, or follow-up";
    app.layers.push(Layer::Prompt(Prompt::new("New wave", hint, "", AskFor::People(PeopleAsk::Wave))));
}

fn new_row(app: &mut App) {
    let of = app.people.of();
    let (title, hint) = match of {
        Bearer::Case => ("New case", "its name"),
        Bearer::Participant => ("New participant", "what they are called here; never their real name"),
    };
    app.layers.push(Layer::Prompt(Prompt::new(title, hint, "", AskFor::People(PeopleAsk::Row(of)))));
}

fn add_row(app: &mut App, of: Bearer, words: &str) -> bool {
    let id = app.study.fresh_id();
    let name = words.to_owned();
    let edit = match of {
        Bearer::Case => {
            let kind = app.study.view().cases().last().map_or("case".to_owned(), |case| case.kind.clone());
            Edit::AddCase { id: id.into(), name, kind }
        }
        Bearer::Participant => {
            // Theirs is the case of who is in hand: people of a case are added one after the other.
            let view = app.study.view();
            let case = app.people.row().and_then(|row| view.participant(row.into())).and_then(|person| person.case);
            let (pseudonym, role) = (name, String::new());
            Edit::Attributes(AttributeEdit::Person { id: id.into(), pseudonym, role, case })
        }
    };
    let done = app.edit(&edit).is_some();
    if done {
        app.people.choose(id);
    }
    done
}

fn delete_row(app: &mut App) {
    let Some(whose) = app.people.row() else { return };
    let edit = match app.people.of() {
        Bearer::Case => AttributeEdit::DeleteCase(whose.into()),
        Bearer::Participant => AttributeEdit::DeletePerson(whose.into()),
    };
    app.edit(&Edit::Attributes(edit));
}

/// The keys that matter in the grid now.
#[must_use]
pub fn hints(app: &App) -> Vec<&'static str> {
    use crate::project::case::AttributeKind;
    let yes_no = app.people.column().is_some_and(|column| column.kind == AttributeKind::YesNo && !column.follows);
    let mut out = vec!["people-edit"];
    if yes_no {
        out.push("people-toggle");
    }
    out.push("people-clear");
    if app.people.of() == Bearer::Participant {
        out.push("people-labels");
    }
    out.extend([
        "attribute-new",
        "attribute-change",
        "people-import",
        "people-sampling",
        "people-wave",
        "find",
        "undo",
    ]);
    out
}
