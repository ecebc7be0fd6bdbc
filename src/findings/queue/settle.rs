//! Settling: what can be decided about an item, and what the words carry then.

use super::{Item, Queue};
use crate::agreement::ItemType;
use crate::findings::kept::joined;
use crate::project::decision::Outcome;
use crate::project::edit::{Edit, NewDecision};
use crate::project::id::{CodeId, CoderId};
use crate::project::source::Passage;
use crate::text::Span;

/// The outcomes that mean something for an item, in the order in which they are offered: as each coder had it (also as
/// one who coded nothing there), then the extents or both codes, then none of it.
#[must_use]
pub fn offered(item: &Item) -> Vec<Outcome> {
    let mut out: Vec<Outcome> = item.desk.iter().map(|coder| Outcome::As(*coder)).collect();
    out.extend([Outcome::Wider, Outcome::Tighter, Outcome::Both].into_iter().filter(|&o| resolve(item, o).is_some()));
    out.push(Outcome::Neither);
    out
}

/// What the words carry if an item is settled so; `None` if the outcome means nothing for it, or says nothing by itself
/// (another code or extent, to be talked over, passed on).
#[must_use]
pub fn resolve(item: &Item, outcome: Outcome) -> Option<Vec<(CodeId, Passage)>> {
    let same_code = matches!(item.kind, ItemType::Extent | ItemType::Split | ItemType::Partial);
    let code = item.codes.first().copied()?;
    let at = |span: Span| item.seen.first().map(|piece| Passage { span, ..piece.at });
    let all = |spans: Vec<Span>| spans.into_iter().filter_map(|span| Some((code, at(span)?))).collect::<Vec<_>>();
    match outcome {
        Outcome::As(coder) => item.desk.contains(&coder).then(|| had(item, Some(coder))),
        Outcome::Wider => same_code.then(|| all(joined(item.seen.iter().map(|piece| piece.at.span)))),
        Outcome::Tighter => same_code.then(|| item.shared()).filter(|shared| !shared.is_empty()).map(all),
        Outcome::Both => (item.codes.len() > 1).then(|| had(item, None)),
        Outcome::Neither => Some(Vec::new()),
        Outcome::Other | Outcome::Discuss | Outcome::Passed(_) => None,
    }
}

/// What one coder, or everybody, had.
fn had(item: &Item, coder: Option<CoderId>) -> Vec<(CodeId, Passage)> {
    let theirs = item.seen.iter().filter(|piece| coder.is_none_or(|coder| piece.coder == coder));
    theirs.map(|piece| (piece.code, piece.at)).collect()
}

/// The edit that decides about an item; for what needs no result of its own. `None` where the outcome means nothing for
/// the item, or needs a result ([`decide_otherwise`]).
#[must_use]
pub fn decide(queue: &Queue, item: &Item, outcome: Outcome, with: &[CoderId], reason: &str) -> Option<Edit> {
    let result = if outcome.settles() { resolve(item, outcome)? } else { Vec::new() };
    Some(edit(queue, item, outcome, result, with, reason))
}

/// The edit that gives the words something else than any coder had.
#[must_use]
pub fn decide_otherwise(
    queue: &Queue,
    item: &Item,
    result: Vec<(CodeId, Passage)>,
    with: &[CoderId],
    reason: &str,
) -> Edit {
    edit(queue, item, Outcome::Other, result, with, reason)
}

/// The edit that settles all edges that are not decided yet in the same way, as one step; `None` if there are none.
#[must_use]
pub fn settle_edges(queue: &Queue, outcome: Outcome, with: &[CoderId], reason: &str) -> Option<Edit> {
    let edges = queue.items.iter().filter(|item| item.group() == super::Group::Edges && !item.state.is_decided());
    let edits: Vec<Edit> = edges.filter_map(|item| decide(queue, item, outcome, with, reason)).collect();
    (!edits.is_empty()).then_some(Edit::All(edits))
}

fn edit(
    queue: &Queue,
    item: &Item,
    outcome: Outcome,
    result: Vec<(CodeId, Passage)>,
    with: &[CoderId],
    reason: &str,
) -> Edit {
    Edit::Decide(Box::new(NewDecision {
        round: queue.round.id,
        with: with.to_vec(),
        seen: item.seen.clone(),
        kind: item.kind_name().to_owned(),
        result,
        outcome,
        reason: reason.to_owned(),
    }))
}
