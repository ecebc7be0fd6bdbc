//! Edits of cycles.

use super::{Refusal, name_of, put_of};
use crate::project::cycle::{Cycle, FrozenCode};
use crate::project::id::{CycleId, Mint, ThemeId};
use crate::project::record::Change;
use crate::project::step::Step;
use crate::project::view::{View, Whose};

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
        let did = format!("cycle “{name}”");
        return Ok(Step::new(
            did,
            vec![Change::change(old, |cycle| (cycle.name, cycle.note, cycle.top) = (name, note, top)).into()],
        ));
    }
    // What is proposed in a blind round is its maker's alone; a cycle is everybody's.
    let book = view.codebook();
    let shared = |code: &crate::project::codebook::Code| code.proposed.is_none();
    let all = view.showing(Whose::Everybody);
    let codes = book.in_order().into_iter().filter_map(|id| book.get(id)).filter(|node| shared(&node.code));
    let codes: Vec<FrozenCode> = codes
        .map(|node| FrozenCode {
            code: node.code.id,
            name: node.code.name.clone(),
            parent: node.parent,
            wording: node.wording.as_ref().filter(|wording| wording.proposed.is_none()).map(|wording| wording.id),
            origin: node.code.origin,
            heading: node.code.heading,
            passages: if view.pinned_in(node.code.id).is_some() { 0 } else { all.count(node.code.id) },
        })
        .collect();
    let merged = book.in_order().into_iter().filter_map(|id| book.get(id));
    let merged = merged.flat_map(|node| node.absorbed.iter().map(|from| (*from, node.code.id))).collect();
    let cycle = Cycle { id, name, note, by: view.coder(), at: mint.now(), top, codes, merged };
    Ok(Step::new(format!("freeze the codebook as “{}”", cycle.name), vec![put_of(None, cycle)]))
}
