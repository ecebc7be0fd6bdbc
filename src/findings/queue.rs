//! The reconcile queue: every disagreement about a round as one thing to decide.
//!
//! It is read from the codings as they stand now and from the decisions. A decision holds for exactly what was seen: as
//! long as the same pieces lie in the same places it settles its item, whatever else changes; when they do not, there is
//! another item, and that one is open. The figures of the round know nothing of all this.

mod item;
mod listing;
mod settle;
#[cfg(test)]
mod tests;

pub use item::{Gist, Group, Item, Key, State, kind_name};
pub use listing::{Filter, Order, Progress, Stood};
pub use settle::{decide, decide_otherwise, offered, resolve, settle_edges};

use super::basis::{Basis, NoFigures};
use super::figures::{id, named};
use super::now::now_and_then;
use crate::agreement;
use crate::project::decision::{Decision, Piece};
use crate::project::id::{CodeId, CoderId, RoundId};
use crate::project::round::Round;
use crate::project::view::View;
use crate::text::Span;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The disagreements about a round.
#[derive(Clone, PartialEq, Debug)]
pub struct Queue {
    /// The round.
    pub round: Arc<Round>,
    /// Its coders; the first is A, the second B.
    pub coders: Vec<CoderId>,
    /// The disagreements, by source (order of the round), place, kind and code.
    pub items: Vec<Item>,
    /// The codings that they were read from, in the present versions of the texts.
    pub basis: Basis,
}

/// The disagreements about `round` as the project stands.
///
/// # Errors
/// A round that is not there or not revealed.
pub fn queue_of(view: &View<'_>, round: RoundId) -> Result<Queue, NoFigures> {
    let (now, then) = now_and_then(view, round)?;
    let decided = decided(view, round);
    let revealed: HashSet<Key> = items(&then)?.into_iter().map(|item| Key::of(&item.seen)).collect();
    let mut items = items(&now)?;
    for item in &mut items {
        let key = item.key();
        item.after_reveal = !revealed.contains(&key);
        item.state = decided.get(&key).map_or(State::Open, |decision| State::of(decision));
    }
    Ok(Queue { round: now.round.clone(), coders: now.coders.clone(), items, basis: now })
}

/// The disagreements as they were at the reveal, with what was decided about them: for the report, which says how those
/// were resolved whatever became of the codings later.
///
/// # Errors
/// A round that is not there or not revealed.
pub fn queue_at_reveal(view: &View<'_>, round: RoundId) -> Result<Queue, NoFigures> {
    let (_, then) = now_and_then(view, round)?;
    let decided = decided(view, round);
    let mut items = items(&then)?;
    for item in &mut items {
        item.state = decided.get(&item.key()).map_or(State::Open, |decision| State::of(decision));
    }
    Ok(Queue { round: then.round.clone(), coders: then.coders.clone(), items, basis: then })
}

/// The newest decision about each thing that was seen.
fn decided<'a>(view: &View<'a>, round: RoundId) -> HashMap<Key, &'a Arc<Decision>> {
    // They come by time; of the same moment, by id. The last stays.
    view.decisions(round).into_iter().map(|decision| (Key::now(view, &decision.seen), decision)).collect()
}

/// The disagreements of a basis, all of them open.
fn items(basis: &Basis) -> Result<Vec<Item>, NoFigures> {
    let study = basis.study()?;
    Ok(study.items().iter().filter_map(|found| item(basis, found)).collect())
}

fn item(basis: &Basis, found: &agreement::Item) -> Option<Item> {
    let sheet = basis.sheet(id(&found.doc)?)?;
    let at = |span: agreement::Span| {
        let pos = |at: i64| u32::try_from(at).unwrap_or(0);
        Span::new(pos(span.start), pos(span.end))
    };
    let piece = |piece: &agreement::Piece| {
        let passage = basis.passage(sheet.source, at(piece.span));
        Some(Piece { coder: id::<CoderId>(&piece.coder)?, code: id::<CodeId>(&piece.code)?, at: passage })
    };
    let mut seen: Vec<Piece> = found.pieces.iter().filter_map(piece).collect();
    seen.sort_unstable();
    Some(Item {
        seen,
        kind: found.kind,
        source: sheet.source,
        case: sheet.case,
        span: at(agreement::Span::new(found.start, found.end)),
        codes: named(found.codes.iter()),
        coders: named(found.coders.iter()),
        desk: sheet.coders.clone(),
        edge: found.edge,
        changes_case: found.changes_case,
        after_reveal: false,
        state: State::Open,
    })
}
