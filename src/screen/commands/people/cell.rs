//! What stands in a cell of the grid: asked for in the way of its kind, toggled, cleared.

use super::{PeopleAsk, PeopleChoice, numbers};
use crate::findings::grid::{GridColumn, Head, Said, passages, values};
use crate::project::case::AttributeKind;
use crate::project::edit::{AttributeEdit, Edit};
use crate::project::id::{CaseId, Id, ParticipantId};
use crate::project::view::View;
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::list::{Leads, List, ListRow, Lists};
use crate::screen::layers::picker::{Choose, Chosen, Item, Picker, Target};
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::text::snippet::snippet;
use crate::text::{Pos, Span};

/// The cell in hand: whose, which column, what stands in it as it is kept.
fn in_hand(app: &App) -> Option<(Id, GridColumn, Option<String>)> {
    let (grid, whose, column) = (app.people.grid()?, app.people.row()?, app.people.column()?);
    let said = match grid.said(&app.study.view(), whose, column) {
        Said::Is(value) => Some(value.into_owned()),
        _ => None,
    };
    Some((whose, column.clone(), said))
}

/// The words that stand in a column, each once, the most frequent first.
fn used(app: &App, column: &GridColumn) -> Vec<String> {
    let Some(grid) = app.people.grid() else { return Vec::new() };
    let view = app.study.view();
    let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for row in &grid.rows {
        if let Said::Is(value) = grid.said(&view, *row, column) {
            for word in value.split('\n') {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
        }
    }
    let mut all: Vec<(usize, String)> = counts.into_iter().map(|(word, n)| (n, word)).collect();
    all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    all.into_iter().map(|(_, word)| word).collect()
}

/// Enter: asks what is to stand in the cell; of what follows from codings, lists its passages.
pub(super) fn edit(app: &mut App) {
    let Some((whose, column, said)) = in_hand(app) else {
        app.tell(Tone::Plain, "there is no row yet; A adds one");
        return;
    };
    if column.follows {
        open_passages(app, whose, &column);
        return;
    }
    let view = app.study.view();
    let choices = match column.head {
        Head::Attribute(id, _) => view.attribute(id).map(|one| one.choices.clone()).unwrap_or_default(),
        _ => Vec::new(),
    };
    let title = title(app, whose, &column);
    let several = column.kind == AttributeKind::Choices;
    let layer = match (column.head, column.kind) {
        (Head::Case, _) => cases(&view, whose.into(), &title),
        (Head::Kind | Head::Role, _) => {
            let words = used(app, &column);
            picker(&title, Offered { whose, head: column.head, words, several: false, makes: true }, said.as_deref())
        }
        (Head::Attribute(..), AttributeKind::YesNo) => {
            let words = vec!["yes".to_owned(), "no".to_owned()];
            picker(&title, Offered { whose, head: column.head, words, several: false, makes: false }, said.as_deref())
        }
        (Head::Attribute(..), AttributeKind::Choice | AttributeKind::Choices) => {
            let makes = choices.is_empty();
            let words = if makes { used(app, &column) } else { choices };
            picker(&title, Offered { whose, head: column.head, words, several, makes }, said.as_deref())
        }
        (head, kind) => {
            let hint = match (head, kind) {
                (Head::Name, _) => "what it is called here",
                (_, AttributeKind::Number) => "a number; nothing takes it back: missing",
                (_, AttributeKind::Date) => "a day, as 2013-05-01; nothing takes it back: missing",
                _ => "any words; none take it back: missing",
            };
            let words = said.unwrap_or_default().replace('\n', " ");
            Layer::Prompt(Prompt::new(title, hint, &words, AskFor::People(PeopleAsk::Cell(whose, head))))
        }
    };
    app.layers.push(layer);
}

fn title(app: &App, whose: Id, column: &GridColumn) -> String {
    let name =
        app.people.grid().and_then(|grid| Some(grid.said(&app.study.view(), whose, grid.columns.first()?).words()));
    format!("{} of {}", column.title, name.unwrap_or_default())
}

struct Offered {
    whose: Id,
    head: Head,
    words: Vec<String>,
    several: bool,
    makes: bool,
}

fn picker(title: &str, offered: Offered, said: Option<&str>) -> Layer {
    let Offered { whose, head, mut words, several, makes } = offered;
    let is_said = |word: &str| said.is_some_and(|said| said.split('\n').any(|one| one == word));
    let note = |word: &str| if is_said(word) { "now" } else { "" };
    // Without several, the words for none are a row of their own.
    if !several && matches!(head, Head::Attribute(..)) {
        words.push(String::new());
    }
    let item = |(n, word): (usize, &String)| Item {
        label: if word.is_empty() { "missing".to_owned() } else { word.clone() },
        note: if word.is_empty() && said.is_none() { "now".to_owned() } else { note(word).to_owned() },
        also: String::new(),
        target: Target::Nth(n),
    };
    let items = words.iter().enumerate().map(item).collect();
    let title = if several { format!("{title}: Space marks, Enter takes them") } else { title.to_owned() };
    let marked: Vec<usize> = (0..words.len()).filter(|n| several && is_said(&words[*n])).collect();
    let choice = PeopleChoice::Value { whose, head, words, several, makes };
    let picker = Picker::new(&title, items, Choose::People(choice));
    Layer::Picker(picker.marking(|target| matches!(target, Target::Nth(n) if marked.contains(&n))))
}

fn cases(view: &View<'_>, person: ParticipantId, title: &str) -> Layer {
    let now = view.participant(person).and_then(|person| person.case);
    let mut offered: Vec<Option<CaseId>> = view.cases().iter().map(|case| Some(case.id)).collect();
    offered.push(None);
    let item = |(n, case): (usize, &Option<CaseId>)| Item {
        label: case.and_then(|case| view.case(case)).map_or("no case".to_owned(), |case| case.name.clone()),
        note: if *case == now { "now".to_owned() } else { String::new() },
        also: String::new(),
        target: Target::Nth(n),
    };
    let items = offered.iter().enumerate().map(item).collect();
    Layer::Picker(Picker::new(title, items, Choose::People(PeopleChoice::Case(person, offered))))
}

/// Takes in what was chosen for a cell.
pub(super) fn chosen(app: &mut App, whose: Id, head: Head, words: &[String], chosen: &Chosen) -> bool {
    let mut said: Vec<&str> = numbers(chosen).into_iter().filter_map(|n| words.get(n)).map(String::as_str).collect();
    if let Chosen::New(name, _) = chosen {
        said.push(name);
    }
    put(app, whose, head, &said.join("\n"))
}

/// Takes in the case that was chosen for a participant.
pub(super) fn chosen_case(app: &mut App, id: ParticipantId, cases: &[Option<CaseId>], chosen: &Chosen) -> bool {
    let Some(case) = numbers(chosen).first().and_then(|n| cases.get(*n)).copied() else { return false };
    let Some(person) = app.study.view().participant(id).cloned() else { return true };
    let (pseudonym, role) = (person.pseudonym.clone(), person.role.clone());
    done(app, &Edit::Attributes(AttributeEdit::Person { id, pseudonym, role, case }))
}

/// Puts words into a cell; says whether that could be done. Words that stand there already are left as they are.
pub(super) fn put(app: &mut App, whose: Id, head: Head, words: &str) -> bool {
    let edit = match head {
        Head::Attribute(attribute, wave) => {
            Edit::Attributes(AttributeEdit::Value { attribute, whose, wave, value: words.to_owned() })
        }
        Head::Kind => Edit::Attributes(AttributeEdit::CaseKind(whose.into(), words.to_owned())),
        Head::Name if app.study.view().participant(whose.into()).is_none() => {
            Edit::RenameCase(whose.into(), words.to_owned())
        }
        Head::Name | Head::Role | Head::Case => {
            let Some(person) = app.study.view().participant(whose.into()).cloned() else { return true };
            let (mut pseudonym, mut role) = (person.pseudonym.clone(), person.role.clone());
            match head {
                Head::Name => words.clone_into(&mut pseudonym),
                _ => words.clone_into(&mut role),
            }
            Edit::Attributes(AttributeEdit::Person { id: whose.into(), pseudonym, role, case: person.case })
        }
    };
    done(app, &edit)
}

/// Does an edit; one that would change nothing counts as done.
fn done(app: &mut App, edit: &Edit) -> bool {
    use crate::project::edit::{Refusal, plan};
    use crate::project::id::FixedMint;
    let planned = plan(&app.study.view(), edit, &mut FixedMint::new(0, jiff::Timestamp::UNIX_EPOCH));
    if let Err(Refusal::Idle(why)) = planned {
        app.tell(Tone::Plain, why);
        return true;
    }
    app.edit(edit).is_some()
}

/// Space: yes, then no, then yes.
pub(super) fn toggle(app: &mut App) {
    let Some((whose, column, said)) = in_hand(app) else { return };
    if column.follows {
        app.tell(Tone::Refused, format!("“{}” follows from what is coded and cannot be typed", column.title));
        return;
    }
    if column.kind != AttributeKind::YesNo {
        app.tell(Tone::Plain, "this is no yes or no; Enter changes it");
        return;
    }
    let next = if said.as_deref() == Some("yes") { "no" } else { "yes" };
    put(app, whose, column.head, next);
}

/// Clears the cell: missing.
pub(super) fn clear(app: &mut App) {
    let Some((whose, column, _)) = in_hand(app) else { return };
    match column.head {
        Head::Attribute(..) => {
            put(app, whose, column.head, "");
        }
        Head::Role => {
            put(app, whose, column.head, "");
        }
        Head::Case => {
            chosen_case(app, whose.into(), &[None], &Chosen::Items(vec![Target::Nth(0)]));
        }
        Head::Name | Head::Kind => app.tell(Tone::Plain, "a name or a kind is changed with Enter, not cleared"),
    }
}

/// Lists the passages that a value rests on.
fn open_passages(app: &mut App, whose: Id, column: &GridColumn) {
    let Head::Attribute(id, wave) = column.head else { return };
    let view = app.study.view();
    let Some(expr) = view.attribute(id).and_then(|attribute| attribute.follows.clone()) else { return };
    let found = passages(&view, &expr, whose.into(), wave);
    let title = title(app, whose, column);
    let said = app.people.grid().map(|grid| grid.said(&view, whose, column).words()).unwrap_or_default();
    if found.is_empty() {
        let rests = values(&view, &expr, whose.into(), wave).join(", ");
        let rests = if rests.is_empty() { "no passage is counted there".to_owned() } else { rests };
        app.tell(Tone::Plain, format!("{title}: {said}; {rests}"));
        return;
    }
    let mut rows = Vec::with_capacity(found.len());
    for one in found {
        let reading = app.study.request(one.source).ok().flatten();
        let view = app.study.view();
        let source = view.source(one.source).map_or("a source", |source| source.name.as_str());
        let head = format!("{source}: {}", view.code_name(one.code));
        let leads = Leads::Passage(one.source, one.at.start);
        let Some(reading) = reading else {
            let words = ["".into(), "the text is being read; Enter goes there".into(), "".into()];
            rows.push(ListRow { head, words, detail: String::new(), leads });
            continue;
        };
        let end = one.at.end.min(Pos(reading.text.chars()));
        let span = Span { start: one.at.start.min(end), end };
        let around = snippet(&reading.text, span, 24);
        let detail = reading.text.slice(span).to_owned();
        let words = [around.before.to_string(), around.hit.to_string(), around.after.to_string()];
        rows.push(ListRow { head, words, detail, leads });
    }
    let title = format!("{title}: {said}");
    app.layers.push(Layer::List(List::new(title, Lists::Behind, rows, "No passage is counted there.")));
}
