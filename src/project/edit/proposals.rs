//! Proposals made in a round: codes and wordings that are their maker's alone until the reveal, then taken up or turned
//! down.

use super::Refusal;
use super::rounds::refuse_pinned;
use super::wordings::{self, NewWording};
use crate::project::codebook::Wording;
use crate::project::id::{CodeId, Mint, WordingId};
use crate::project::record::Change;
use crate::project::round::{Proposed, Round};
use crate::project::step::Step;
use crate::project::view::View;
use std::sync::Arc;

/// Proposes another wording of a code that is pinned; only its maker sees and uses it until the reveal.
pub(super) fn propose(view: &View<'_>, code: CodeId, new: &NewWording, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    let node = super::codes::node(view, code)?;
    let Some(round) = view.pinned_in(node.code.id) else {
        return Err(Refusal::Round(format!("“{}” is in no open round; word it anew instead", node.code.name)));
    };
    let mut wording = wordings::wording_of(view, node, new, mint)?;
    wording.proposed = Some(Proposed { round: round.id, by: view.coder() });
    Ok(Step::new(format!("propose a wording of “{}”", node.code.name), vec![Change::create(wording).into()]))
}

/// Takes a proposed code into the codebook for everybody.
pub(super) fn accept_code(view: &View<'_>, code: CodeId) -> Result<Step, Refusal> {
    let node = super::codes::node(view, code)?;
    revealed(view, node.code.proposed)?;
    let did = format!("accept “{}”", node.code.name);
    Ok(Step::new(did, vec![Change::change(&node.code, |code| code.proposed = None).into()]))
}

/// Makes a proposed wording what its code means from now on.
pub(super) fn accept_wording(view: &View<'_>, id: WordingId, meaning: bool) -> Result<Step, Refusal> {
    let wording = view.project().get::<Wording>(id).ok_or(Refusal::Gone("wording"))?;
    revealed(view, wording.proposed)?;
    let node = super::codes::node(view, wording.code)?;
    refuse_pinned(view, node.code.id)?;
    let accept = Change::change(wording, |wording| {
        wording.proposed = None;
        wording.before = node.code.wording;
        wording.meaning = meaning;
    });
    let point = Change::change(&node.code, |code| code.wording = Some(id));
    Ok(Step::new(format!("accept a wording of “{}”", node.code.name), vec![accept.into(), point.into()]))
}

/// Turns a proposed wording down.
pub(super) fn reject_wording(view: &View<'_>, id: WordingId) -> Result<Step, Refusal> {
    let wording = view.project().get::<Wording>(id).ok_or(Refusal::Gone("wording"))?;
    match wording.proposed {
        Some(proposed) if proposed.by == view.coder() => {}
        proposed => revealed(view, proposed)?,
    }
    let did = format!("turn down a wording of “{}”", view.code_name(wording.code));
    Ok(Step::new(did, vec![Change::delete(wording).into()]))
}

/// Refuses what is no proposal, or one of a round that is not revealed yet.
fn revealed(view: &View<'_>, proposed: Option<Proposed>) -> Result<(), Refusal> {
    let Some(proposed) = proposed else { return Err(Refusal::Idle("that is not a proposal".into())) };
    if view.project().rounds().is_blind(proposed.round) {
        return Err(Refusal::Round("proposals are taken up when the round has been revealed".into()));
    }
    Ok(())
}

/// The proposal that a new code under `parent` is: made by a coder of an open round where its codes stand.
pub(super) fn proposed(view: &View<'_>, parent: Option<CodeId>) -> Option<Proposed> {
    let book = view.project().codebook();
    let top_of = |id: CodeId| {
        let mut at = book.get(id)?;
        while let Some(above) = at.parent.and_then(|parent| book.get(parent)) {
            at = above;
        }
        Some(at.code.id)
    };
    let beside = |round: &&Arc<Round>| {
        let coder = view.coder();
        let works =
            round.desks.iter().any(|d| d.coders.contains(&coder) && !view.has_finished(round.id, coder, d.case));
        let near = parent.is_none_or(|parent| {
            let top = top_of(parent);
            round.codes.iter().any(|pinned| top_of(pinned.code) == top)
        });
        works && near
    };
    let round = view.open_rounds().iter().find(beside)?;
    Some(Proposed { round: round.id, by: view.coder() })
}
