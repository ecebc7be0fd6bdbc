//! Edits of cycles.

use super::{Refusal, name_of, put_of};
use crate::project::cycle::Cycle;
use crate::project::id::{CycleId, Mint, ThemeId};
use crate::project::record::Change;
use crate::project::step::Step;
use crate::project::view::View;

/// A change of cycles.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CycleEdit {
    /// Freezes the codebook as it stands under a name; or, of a cycle that there is, changes name, note and top theme.
    Freeze {
        /// What names it.
        id: CycleId,
        /// What it is called.
        name: String,
        /// What it was for.
        note: String,
        /// The organising construct: its top theme.
        top: Option<ThemeId>,
    },
    /// Deletes a cycle.
    Delete(CycleId),
}

pub(super) fn plan(view: &View<'_>, edit: &CycleEdit, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    match edit {
        CycleEdit::Freeze { id, name, note, top } => freeze(view, *id, name, note, *top, mint),
        CycleEdit::Delete(id) => {
            let gone = view.cycle(*id).ok_or(Refusal::Gone("cycle"))?;
            Ok(Step::new(format!("delete cycle “{}”", gone.name), vec![Change::delete(gone).into()]))
        }
    }
}

fn freeze(
    view: &View<'_>,
    id: CycleId,
    name: &str,
    note: &str,
    top: Option<ThemeId>,
    mint: &mut dyn Mint,
) -> Result<Step, Refusal> {
    let name = name_of(name, "cycle")?;
    if view.cycles().iter().any(|other| other.id != id && other.name.to_lowercase() == name.to_lowercase()) {
        return Err(Refusal::Taken { what: "cycle", name });
    }
    if let Some(top) = top {
        view.theme(top).ok_or(Refusal::Gone("theme"))?;
    }
    let note = note.trim().to_owned();
    if let Some(old) = view.cycle(id) {
        if (&old.name, &old.note, old.top) == (&name, &note, top) {
            return Err(Refusal::Idle(format!("“{name}” is that already")));
        }
        let did = format!("cycle “{name}”");
        return Ok(Step::new(
            did,
            vec![Change::change(old, |cycle| (cycle.name, cycle.note, cycle.top) = (name, note, top)).into()],
        ));
    }
    let (codes, merged) = view.frozen_now();
    let cycle = Cycle { id, name, note, by: view.coder(), at: mint.now(), top, codes, merged };
    Ok(Step::new(format!("freeze the codebook as “{}”", cycle.name), vec![put_of(None, cycle)]))
}
