//! What is done with cycles, by key: freezing, comparing, naming, and why a code was changed.

use super::acts::{Ask, Choice, prompt, theme_items};
use super::{Part, Target, show_part};
use crate::findings::cycles::step_in_words;
use crate::project::edit::{CycleEdit, Edit};
use crate::project::id::{CycleId, ReshapingId, ThemeId};
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Choose, Picker};

/// Asks for the name of a new cycle.
pub fn freeze(app: &mut App) {
    let hint = "a stage of the analysis: broad coding, subcoding, …; it keeps the codebook as it stands";
    prompt(app, "Freeze the codebook as", hint, "", Ask::Freeze);
}

/// The cycle in hand.
fn cycle_in_hand(app: &mut App) -> Option<CycleId> {
    match app.book.target() {
        Some(Target::Cycle(id)) => Some(id),
        _ => {
            app.tell(Tone::Plain, "choose a cycle first; F freezes the codebook as one");
            None
        }
    }
}

/// Marks the cycle in hand to be compared, or takes the mark away; of three the first goes.
pub fn mark(app: &mut App) {
    let Some(id) = cycle_in_hand(app) else { return };
    let marked = &mut app.book.marked;
    match marked.iter().position(|other| *other == id) {
        Some(at) => drop(marked.remove(at)),
        None => {
            marked.push(id);
            if marked.len() > 2 {
                marked.remove(0);
            }
        }
    }
}

/// Asks for another name, or what it was for, of the cycle in hand.
pub fn change_cycle(app: &mut App, note: bool) {
    let Some(id) = cycle_in_hand(app) else { return };
    let Some(cycle) = app.study.view().cycle(id).cloned() else { return };
    match note {
        true => prompt(app, format!("What “{}” was for", cycle.name), "", &cycle.note, Ask::CycleNote(id)),
        false => prompt(app, format!("Rename “{}”", cycle.name), "", &cycle.name, Ask::RenameCycle(id)),
    }
}

/// Asks why something was done to a code.
pub fn ask_why(app: &mut App, id: ReshapingId) {
    let view = app.study.view();
    let Some(step) = view.reshapings().into_iter().find(|step| step.id == id) else { return };
    let (title, reason) = (format!("Why: {}", step_in_words(&view, step)), step.reason.clone());
    prompt(app, title, "for those who read the codebook later; empty for none", &reason, Ask::Why(id));
}

/// Asks for the top theme of the cycle in hand.
pub fn change_top(app: &mut App) {
    let Some(id) = cycle_in_hand(app) else { return };
    let (items, ids) = theme_items(app, "(none)", |_| false);
    let picker = Picker::new("The organising construct: its top theme", items, Choose::Book(Choice::Top(id, ids)));
    app.layers.push(Layer::Picker(picker));
}

/// Removes the cycle in hand; undo brings it back.
pub fn remove_cycle(app: &mut App) {
    if let Some(id) = cycle_in_hand(app) {
        app.edit(&Edit::Cycles(CycleEdit::Delete(id)));
    }
}

/// A cycle with something else of it.
pub(super) fn set_cycle(
    app: &mut App,
    id: CycleId,
    change: impl FnOnce(&mut String, &mut String, &mut Option<ThemeId>),
) -> bool {
    let Some(cycle) = app.study.view().cycle(id).cloned() else { return false };
    let (mut name, mut note, mut top) = (cycle.name.clone(), cycle.note.clone(), cycle.top);
    change(&mut name, &mut note, &mut top);
    app.edit(&Edit::Cycles(CycleEdit::Freeze { id, name, note, top })).is_some()
}

/// Freezes the codebook, and shows the cycle.
pub(super) fn frozen(app: &mut App, name: String, note: String, top: Option<ThemeId>) -> bool {
    let id = CycleId(app.study.fresh_id());
    let done = app.edit(&Edit::Cycles(CycleEdit::Freeze { id, name, note, top }));
    if let Some(done) = &done {
        let did = done.did.clone();
        app.book.choose(Target::Cycle(id));
        show_part(app, Part::Cycles);
        app.tell(Tone::Done, did);
    }
    done.is_some()
}
