//! Edits of codings: lay, extend, remove, resize, recode, comment.

mod batch;

use super::{Refusal, mine};
use crate::project::codebook::Node;
use crate::project::coding::Coding;
use crate::project::id::{CodeId, CodingId, Mint};
use crate::project::put::Put;
use crate::project::record::Change;
use crate::project::source::Passage;
use crate::project::step::Step;
use crate::project::view::View;
use crate::text::{Pos, Span};
use batch::Batch;
use std::collections::HashSet;

/// Lays `codes` on `passages`. Words that already carry a code from the same coder extend that coding: the oldest id
/// stays, comments are kept. `apart` lays a coding of its own instead; so does an extension that would run from one
/// speaker's words into another's.
pub(super) fn lay(
    view: &View<'_>,
    passages: &[Passage],
    codes: &[CodeId],
    apart: bool,
    borders: &[Pos],
    mint: &mut dyn Mint,
) -> Result<Step, Refusal> {
    let mut placed: Vec<(Passage, Span)> = Vec::with_capacity(passages.len());
    for &passage in passages {
        if view.source(passage.source).is_none() {
            return Err(Refusal::Gone("source"));
        }
        placed.push((passage, view.place(passage)));
    }
    if placed.is_empty() || codes.is_empty() || placed.iter().any(|(_, span)| span.is_empty()) {
        return Err(Refusal::NoWords);
    }
    placed.sort_by_key(|(passage, span)| (passage.source, *span));
    let mut puts = Vec::new();
    let mut names = Vec::new();
    let mut laid = HashSet::new();
    for &code in codes {
        let node = applicable(view, code)?;
        if !laid.insert(node.code.id) {
            continue;
        }
        names.push(format!("“{}”", node.code.name));
        if apart {
            puts.extend(
                placed.iter().map(|&(at, _)| Put::from(Change::create(fresh(view, node, at, mint.id().into())))),
            );
        } else {
            let mut batch = Batch::new(*view, node, borders);
            placed.iter().for_each(|(passage, span)| batch.lay(passage.source, *span, mint));
            puts.extend(batch.into_puts());
        }
    }
    if puts.is_empty() {
        return Err(Refusal::Idle(format!("these words carry {} already", names.join(", "))));
    }
    Ok(Step::new(format!("code {}", names.join(", ")), puts))
}

/// A code that can lie on text.
fn applicable<'a>(view: &View<'a>, code: CodeId) -> Result<&'a Node, Refusal> {
    let node = view.code(code).ok_or(Refusal::NoCode)?;
    if node.code.heading { Err(Refusal::Heading(node.code.name.clone())) } else { Ok(node) }
}

/// A new coding of the viewing coder, under the code's present wording.
fn fresh(view: &View<'_>, node: &Node, at: Passage, id: CodingId) -> Coding {
    Coding { id, coder: view.coder(), code: node.code.id, at, wording: node.code.wording, comment: String::new() }
}

pub(super) fn remove(view: &View<'_>, ids: &[CodingId]) -> Result<Step, Refusal> {
    let mut puts = Vec::new();
    let mut names = Vec::new();
    for id in once_each(ids) {
        let coding = mine(view, id)?;
        names.push(format!("“{}”", view.code_name(coding.code)));
        puts.push(Change::delete(coding).into());
    }
    let did = match names.as_slice() {
        [] => return Err(Refusal::NoCoding),
        [name] => format!("remove {name}"),
        names => format!("remove {} codings", names.len()),
    };
    Ok(Step::new(did, puts))
}

pub(super) fn resize(view: &View<'_>, id: CodingId, to: Passage) -> Result<Step, Refusal> {
    let coding = mine(view, id)?;
    if to.source != coding.at.source {
        return Err(Refusal::OtherSource);
    }
    if view.place(to).is_empty() {
        return Err(Refusal::NoWords);
    }
    let did = format!("resize “{}”", view.code_name(coding.code));
    Ok(Step::new(did, vec![Change::change(coding, |coding| coding.at = to).into()]))
}

pub(super) fn recode(view: &View<'_>, ids: &[CodingId], to: CodeId) -> Result<Step, Refusal> {
    let node = applicable(view, to)?;
    let mut puts = Vec::new();
    let mut names = Vec::new();
    for id in once_each(ids) {
        let coding = mine(view, id)?;
        names.push(view.code_name(coding.code));
        let change = Change::change(coding, |coding| {
            coding.code = node.code.id;
            coding.wording = node.code.wording;
        });
        puts.push(change.into());
    }
    let did = match names.as_slice() {
        [] => return Err(Refusal::NoCoding),
        [name] => format!("“{name}” becomes “{}”", node.code.name),
        names => format!("{} codings become “{}”", names.len(), node.code.name),
    };
    Ok(Step::new(did, puts))
}

pub(super) fn comment(view: &View<'_>, id: CodingId, text: &str) -> Result<Step, Refusal> {
    let coding = mine(view, id)?;
    let did = format!("comment on “{}”", view.code_name(coding.code));
    Ok(Step::new(did, vec![Change::change(coding, |coding| coding.comment = text.trim().to_owned()).into()]))
}

/// The ids in their order, each once: a step never holds two puts of one record.
fn once_each(ids: &[CodingId]) -> impl Iterator<Item = CodingId> {
    let mut seen = HashSet::new();
    ids.iter().copied().filter(move |&id| seen.insert(id))
}
