//! What can be done in the Codebook view: themes made, named, moved, filled; cycles frozen and named.

use super::Target;
use super::cycles::{frozen, set_cycle};
use super::hold::{self, Goes, Things};
use crate::findings::themes::{Held, What};
use crate::project::edit::{CycleEdit, Edit, NewTheme, ThemeEdit};
use crate::project::id::{CodeId, CycleId, ReshapingId, RowId, ThemeId, ThemeItemId};
use crate::project::theme::{Holds, Stance};
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Choose, Chosen, Item, Picker, Target as Row};
use crate::screen::layers::prompt::{AskFor, Prompt};

/// What words are asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    /// Words to find.
    Find,
    /// The name of a new theme under this one, right after that one.
    NewTheme(Option<ThemeId>, Option<ThemeId>),
    /// Another name for a theme.
    Rename(ThemeId),
    /// What a theme says.
    Describe(ThemeId),
    /// Why something is held.
    Note(ThemeId, ThemeItemId),
    /// The name of a new cycle.
    Freeze,
    /// What the cycle of this name was for.
    FreezeNote(String),
    /// Another name for a cycle.
    RenameCycle(CycleId),
    /// What a cycle was for.
    CycleNote(CycleId),
    /// Why something was done to a code.
    Why(ReshapingId),
}

/// What is chosen among.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Choice {
    /// The theme that things go into.
    HoldIn(Vec<ThemeId>, Things),
    /// Codes for a theme.
    Codes(ThemeId),
    /// Rows for a theme.
    Rows(ThemeId, Vec<RowId>),
    /// The theme that one is to stand under.
    Parent(ThemeId, Vec<Option<ThemeId>>),
    /// The top theme of a new cycle of this name and note.
    FreezeTop(String, String, Vec<Option<ThemeId>>),
    /// The top theme of a cycle.
    Top(CycleId, Vec<Option<ThemeId>>),
}

impl Choice {
    /// Whether several can be marked.
    #[must_use]
    pub const fn several(&self) -> bool {
        matches!(self, Self::Codes(_) | Self::Rows(..))
    }

    /// What can be made of what is typed.
    #[must_use]
    pub const fn makes(&self) -> Option<&'static str> {
        if matches!(self, Self::HoldIn(..)) { Some("theme") } else { None }
    }
}

/// What is held under this id.
#[must_use]
pub fn held(app: &App, item: ThemeItemId) -> Option<&Held> {
    app.book.themes().iter().flat_map(|one| &one.items).find(|held| held.item == item)
}

pub(super) fn prompt(app: &mut App, title: impl Into<String>, hint: &str, words: &str, ask: Ask) {
    app.layers.push(Layer::Prompt(Prompt::new(title, hint, words, AskFor::Book(ask))));
}

/// The theme in hand, or that of what is in hand.
fn theme_in_hand(app: &mut App) -> Option<ThemeId> {
    let found = match app.book.target() {
        Some(Target::Theme(theme) | Target::Item(theme, _)) => Some(theme),
        _ => None,
    };
    if found.is_none() {
        app.tell(Tone::Plain, "there is no theme yet; a makes one");
    }
    found
}

fn theme_name(app: &App, id: ThemeId) -> String {
    app.study.view().theme(id).map_or_else(String::new, |theme| theme.name.clone())
}

/// Asks for the name of a new theme: after the one in hand, or under it.
pub fn new_theme(app: &mut App, below: bool) {
    let view = app.study.view();
    let here = match app.book.target() {
        Some(Target::Theme(theme) | Target::Item(theme, _)) => view.theme(theme),
        _ => None,
    };
    let (parent, after) = match here {
        Some(theme) if below => (Some(theme.id), None),
        Some(theme) => (view.parent_of(theme), Some(theme.id)),
        None => (None, None),
    };
    let title = match parent {
        Some(parent) => format!("New theme under “{}”", theme_name(app, parent)),
        None => "New theme".to_owned(),
    };
    prompt(app, title, "its name; d says what it is about", "", Ask::NewTheme(parent, after));
}

/// Changes what is in hand: a theme's name, the note on why something is held.
pub fn change(app: &mut App) {
    match app.book.target() {
        Some(Target::Theme(id)) => {
            let name = theme_name(app, id);
            prompt(app, format!("Rename “{name}”"), "", &name, Ask::Rename(id));
        }
        Some(Target::Item(theme, item)) => {
            let note = held(app, item).map_or_else(String::new, |held| held.note.clone());
            prompt(app, "Why it is held", "a note; empty for none", &note, Ask::Note(theme, item));
        }
        _ => app.tell(Tone::Plain, "there is no theme yet; a makes one"),
    }
}

/// Asks what the theme in hand says.
pub fn describe(app: &mut App) {
    let Some(id) = theme_in_hand(app) else { return };
    let words = app.study.view().theme(id).map_or_else(String::new, |theme| theme.description.replace('\n', " "));
    prompt(app, format!("What “{}” says", theme_name(app, id)), "in a sentence or two", &words, Ask::Describe(id));
}

/// Removes what is in hand: a theme, or what it holds from it.
pub fn remove(app: &mut App) {
    let edit = match app.book.target() {
        Some(Target::Theme(id)) => ThemeEdit::Delete(id),
        Some(Target::Item(_, item)) => ThemeEdit::Release(item),
        _ => return app.tell(Tone::Plain, "there is nothing to remove"),
    };
    app.edit(&Edit::Themes(edit));
}

/// Moves what is in hand among its siblings.
pub fn shift(app: &mut App, down: bool) {
    let view = app.study.view();
    let (ids, at): (Vec<Id>, usize) = match app.book.target() {
        Some(Target::Theme(id)) => {
            let Some(theme) = view.theme(id) else { return };
            let all: Vec<Id> =
                view.themes_under(view.parent_of(theme)).iter().map(|theme| Id::Theme(theme.id)).collect();
            let at = all.iter().position(|other| *other == Id::Theme(id)).unwrap_or(0);
            (all, at)
        }
        Some(Target::Item(theme, item)) => {
            let all: Vec<Id> = view.theme_items(theme).iter().map(|item| Id::Item(item.id)).collect();
            let at = all.iter().position(|other| *other == Id::Item(item)).unwrap_or(0);
            (all, at)
        }
        _ => return,
    };
    let after = match (down, at) {
        (true, at) if at + 1 < ids.len() => Some(ids[at + 1]),
        (false, 1) => None,
        (false, at) if at > 1 => Some(ids[at - 2]),
        _ => {
            app.tell(Tone::Plain, if down { "it is the last already" } else { "it is the first already" });
            return;
        }
    };
    let edit = match (ids[at], after) {
        (Id::Theme(id), Some(Id::Theme(after))) => ThemeEdit::Move(id, Some(after)),
        (Id::Theme(id), _) => ThemeEdit::Move(id, None),
        (Id::Item(id), Some(Id::Item(after))) => ThemeEdit::MoveItem(id, Some(after)),
        (Id::Item(id), _) => ThemeEdit::MoveItem(id, None),
    };
    app.edit(&Edit::Themes(edit));
}

/// What has a place among siblings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Id {
    Theme(ThemeId),
    Item(ThemeItemId),
}

/// Offers codes for the theme in hand.
pub fn add_codes(app: &mut App) {
    let Some(theme) = theme_in_hand(app) else { return };
    let view = app.study.view();
    let book = view.codebook();
    let of = |code: CodeId| {
        let node = book.get(code)?;
        let note = node.parent.map(|parent| book.path(parent)).unwrap_or_default();
        Some(Item { label: node.code.name.clone(), note, also: String::new(), target: Row::Code(code) })
    };
    let items = book.in_order().into_iter().filter_map(of).collect();
    let title = format!("Codes for “{}”", theme_name(app, theme));
    app.layers.push(Layer::Picker(Picker::new(&title, items, Choose::Book(Choice::Codes(theme)))));
}

/// Offers rows for the theme in hand.
pub fn add_rows(app: &mut App) {
    let Some(theme) = theme_in_hand(app) else { return };
    let view = app.study.view();
    let rows = view.rows();
    if rows.is_empty() {
        app.tell(Tone::Plain, "the project has no row yet; Findings (gT) makes them");
        return;
    }
    let item = |(n, row): (usize, &&std::sync::Arc<crate::project::row::Row>)| Item {
        label: row.name.clone(),
        note: String::new(),
        also: String::new(),
        target: Row::Nth(n),
    };
    let items = rows.iter().enumerate().map(item).collect();
    let ids = rows.iter().map(|row| row.id).collect();
    let title = format!("Rows for “{}”", theme_name(app, theme));
    app.layers.push(Layer::Picker(Picker::new(&title, items, Choose::Book(Choice::Rows(theme, ids)))));
}

/// Has the extract in hand do something else to its theme.
pub fn turn_stance(app: &mut App) {
    let Some(Target::Item(theme, item)) = app.book.target() else {
        return app.tell(Tone::Plain, "choose an extract that a theme holds first");
    };
    let found = held(app, item).map(|held| (held.what.clone(), held.note.clone()));
    let Some((What::Extract { coding, stance, .. }, note)) = found else {
        return app.tell(Tone::Plain, "only extracts support, qualify or contradict a theme");
    };
    let at = Stance::ALL.iter().position(|other| *other == stance).unwrap_or(0);
    let what = Holds::Extract(coding, Stance::ALL[(at + 1) % Stance::ALL.len()]);
    app.edit(&Edit::Themes(ThemeEdit::Hold { theme, what, note }));
}

/// The themes that something can stand under or be organised by, with none before them.
pub(super) fn theme_items(app: &App, none: &str, but: impl Fn(ThemeId) -> bool) -> (Vec<Item>, Vec<Option<ThemeId>>) {
    let view = app.study.view();
    let themes = view.themes().into_iter().filter(|theme| !but(theme.id));
    let all: Vec<(String, Option<ThemeId>)> = std::iter::once((none.to_owned(), None))
        .chain(themes.map(|theme| (theme.name.clone(), Some(theme.id))))
        .collect();
    let item = |(n, (name, _)): (usize, &(String, Option<ThemeId>))| Item {
        label: name.clone(),
        note: String::new(),
        also: String::new(),
        target: Row::Nth(n),
    };
    (all.iter().enumerate().map(item).collect(), all.into_iter().map(|(_, id)| id).collect())
}

/// Asks which theme the one in hand is to stand under.
pub fn put_under(app: &mut App) {
    let Some(id) = theme_in_hand(app) else { return };
    let view = app.study.view();
    let below = |other: ThemeId| {
        let mut at = Some(other);
        let mut steps = 0;
        while let Some(here) = at.filter(|_| steps < 1000) {
            if here == id {
                return true;
            }
            at = view.theme(here).and_then(|theme| view.parent_of(theme));
            steps += 1;
        }
        false
    };
    let (items, ids) = theme_items(app, "(the top)", below);
    let title = format!("“{}” is to stand under", theme_name(app, id));
    app.layers.push(Layer::Picker(Picker::new(&title, items, Choose::Book(Choice::Parent(id, ids)))));
}

/// A theme with something else of it.
fn set_theme(app: &mut App, id: ThemeId, change: impl FnOnce(&mut NewTheme)) -> bool {
    let view = app.study.view();
    let Some(theme) = view.theme(id) else { return false };
    let mut new =
        NewTheme { name: theme.name.clone(), description: theme.description.clone(), parent: view.parent_of(theme) };
    change(&mut new);
    app.edit(&Edit::Themes(ThemeEdit::Set(id, new))).is_some()
}

/// What the words that were asked for are: does it, and says whether that could be done.
pub fn answered(app: &mut App, ask: &Ask, words: &str) -> bool {
    match ask {
        Ask::Find => {
            let found = super::found(app, words);
            if !found {
                app.tell(Tone::Plain, format!("nothing in this list has “{words}”"));
            }
            found
        }
        Ask::NewTheme(parent, after) => {
            let id = ThemeId(app.study.fresh_id());
            let new = NewTheme { name: words.to_owned(), description: String::new(), parent: *parent };
            let make = Edit::Themes(ThemeEdit::Set(id, new));
            let edit = match after {
                Some(after) => Edit::All(vec![make, Edit::Themes(ThemeEdit::Move(id, Some(*after)))]),
                None => make,
            };
            let done = app.edit(&edit).is_some();
            if done {
                app.book.choose(Target::Theme(id));
                app.tell(Tone::Done, format!("theme “{}”", words.trim()));
            }
            done
        }
        Ask::Rename(id) => set_theme(app, *id, |new| words.clone_into(&mut new.name)),
        Ask::Describe(id) => set_theme(app, *id, |new| words.clone_into(&mut new.description)),
        Ask::Note(theme, item) => {
            let Some(what) = held(app, *item).map(|held| holds(&held.what)) else { return false };
            app.edit(&Edit::Themes(ThemeEdit::Hold { theme: *theme, what, note: words.to_owned() })).is_some()
        }
        Ask::Freeze => {
            let (id, name) = (CycleId(app.study.fresh_id()), words.to_owned());
            let try_it = Edit::Cycles(CycleEdit::Freeze { id, name: name.clone(), note: String::new(), top: None });
            if let Err(why) = app.study.plan(&try_it) {
                app.tell(Tone::Refused, why.to_string());
                return false;
            }
            app.close();
            prompt(app, format!("What “{name}” is for"), "a note; it may be empty", "", Ask::FreezeNote(name));
            false
        }
        Ask::FreezeNote(name) => {
            app.close();
            let (items, ids) = theme_items(app, "(none)", |_| false);
            let (name, note) = (name.clone(), words.to_owned());
            if ids.len() == 1 {
                frozen(app, name, note, None);
            } else {
                let choice = Choice::FreezeTop(name, note, ids);
                let picker = Picker::new("The organising construct: its top theme", items, Choose::Book(choice));
                app.layers.push(Layer::Picker(picker));
            }
            false
        }
        Ask::RenameCycle(id) => set_cycle(app, *id, |name, _, _| words.clone_into(name)),
        Ask::CycleNote(id) => set_cycle(app, *id, |_, note, _| words.clone_into(note)),
        Ask::Why(id) => app.edit(&Edit::ReasonOf(*id, words.to_owned())).is_some(),
    }
}

/// What is held, as an edit names it.
const fn holds(what: &What) -> Holds {
    match what {
        What::Code { code, .. } => Holds::Code(*code),
        What::Row { row, .. } => Holds::Row(*row),
        What::Extract { coding, stance, .. } => Holds::Extract(*coding, *stance),
    }
}

/// What was chosen: does it, and says whether that could be done.
pub fn chosen(app: &mut App, choice: Choice, chosen: &Chosen) -> bool {
    let nth = |ids: &[Option<ThemeId>]| match chosen {
        Chosen::Items(items) => match items.first() {
            Some(Row::Nth(n)) => ids.get(*n).copied(),
            _ => None,
        },
        Chosen::New(..) => None,
    };
    match choice {
        Choice::HoldIn(themes, things) => {
            let into = match chosen {
                Chosen::Items(items) => match items.first() {
                    Some(Row::Nth(n)) => themes.get(*n).copied().map(Goes::Theme),
                    _ => None,
                },
                Chosen::New(name, _) => Some(Goes::New(ThemeId(app.study.fresh_id()), name.clone())),
            };
            into.is_some_and(|into| hold::chosen(app, into, things))
        }
        Choice::Codes(theme) => {
            let Chosen::Items(items) = chosen else { return false };
            let hold = |row: &Row| match row {
                Row::Code(code) => Some(Holds::Code(*code)),
                _ => None,
            };
            put_all(app, theme, items.iter().filter_map(hold).collect())
        }
        Choice::Rows(theme, rows) => {
            let Chosen::Items(items) = chosen else { return false };
            let hold = |row: &Row| match row {
                Row::Nth(n) => rows.get(*n).copied().map(Holds::Row),
                _ => None,
            };
            put_all(app, theme, items.iter().filter_map(hold).collect())
        }
        Choice::Parent(id, ids) => match nth(&ids) {
            Some(parent) => set_theme(app, id, |new| new.parent = parent),
            None => false,
        },
        Choice::FreezeTop(name, note, ids) => match nth(&ids) {
            Some(top) => frozen(app, name, note, top),
            None => false,
        },
        Choice::Top(id, ids) => match nth(&ids) {
            Some(top) => set_cycle(app, id, |_, _, old| *old = top),
            None => false,
        },
    }
}

/// Puts things into a theme that there is, without a note.
fn put_all(app: &mut App, theme: ThemeId, what: Vec<Holds>) -> bool {
    let hold = |what: Holds| Edit::Themes(ThemeEdit::Hold { theme, what, note: String::new() });
    let there = app.study.view().theme_items(theme);
    // What is held already keeps its note.
    let known = |what: &Holds| {
        let id = crate::project::theme::ThemeItem::id_for(theme, *what);
        there.iter().any(|item| item.id == id)
    };
    let new: Vec<Edit> = what.iter().copied().filter(|what| !known(what)).map(hold).collect();
    if new.is_empty() {
        app.tell(Tone::Plain, "it holds these already");
        return true;
    }
    app.edit(&Edit::All(new)).is_some()
}
