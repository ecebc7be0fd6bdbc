//! Laying one code on several passages in one step, where they touch codings that stand and each other's.
//!
//! Passages come in the order of their places, so that what a passage can join is at hand: time grows with the number
//! of passages and of the codings they touch, however many of them there are.

use crate::project::codebook::Node;
use crate::project::coding::Coding;
use crate::project::edit::memos;
use crate::project::id::{CodingId, Mint, RoundId, SourceId};
use crate::project::put::Put;
use crate::project::record::Change;
use crate::project::view::{View, Whose};
use crate::text::{Pos, Span};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The changes of one coder's codings of one code.
pub(super) struct Batch<'a> {
    view: View<'a>,
    node: &'a Node,
    borders: &'a [Pos],
    changed: Vec<Changed>,
    /// Standing codings that are in `changed`.
    taken: HashSet<CodingId>,
    /// Where in `changed` the results are that passages to come may touch.
    open: Vec<usize>,
    /// Which coding each that went was joined with.
    joined: HashMap<CodingId, CodingId>,
    source: SourceId,
}

/// A coding as it was and as it is to be, with its place in the present version.
struct Changed {
    old: Option<Arc<Coding>>,
    new: Option<(Span, Coding)>,
}

/// Part of what becomes one coding.
struct Part {
    span: Span,
    id: CodingId,
    comment: String,
    round: Option<RoundId>,
}

impl<'a> Batch<'a> {
    pub(super) fn new(view: View<'a>, node: &'a Node, borders: &'a [Pos]) -> Self {
        Self {
            view: view.showing(Whose::Mine),
            node,
            borders,
            changed: Vec::new(),
            taken: HashSet::new(),
            open: Vec::new(),
            joined: HashMap::new(),
            source: SourceId::default(),
        }
    }

    /// Lays the code on `wanted` of the present version of `source`, joined with what it may extend. Calls must come in
    /// the order of source and place.
    pub(super) fn lay(&mut self, source: SourceId, wanted: Span, mint: &mut dyn Mint) {
        let later = std::mem::replace(&mut self.source, source) == source;
        let changed = &self.changed;
        self.open.retain(|&at| later && changed[at].new.as_ref().is_some_and(|(span, _)| span.end > wanted.start));
        let standing = self.standing(wanted);
        let open: Vec<usize> = self.open.iter().copied().filter(|&at| self.may_extend(at, wanted)).collect();
        let mut parts: Vec<Part> = standing.iter().map(|(span, coding)| Part::of(*span, coding)).collect();
        parts.extend(
            open.iter().filter_map(|&at| self.changed[at].new.as_ref()).map(|(span, new)| Part::of(*span, new)),
        );
        if parts.iter().any(|part| part.span.covers(wanted)) {
            return;
        }
        let result = self.join(source, wanted, &mut parts, mint);
        self.joined.extend(parts.iter().filter(|part| part.id != result.1.id).map(|part| (part.id, result.1.id)));
        let mut put = Some(result);
        for at in open {
            let is_result =
                self.changed[at].new.as_ref().is_some_and(|(_, new)| Some(new.id) == put.as_ref().map(|r| r.1.id));
            self.changed[at].new = if is_result { put.take() } else { None };
        }
        for (_, old) in standing {
            self.taken.insert(old.id);
            let is_result = put.as_ref().is_some_and(|(_, new)| new.id == old.id);
            let new = if is_result { put.take() } else { None };
            self.add(Changed { old: Some(old), new });
        }
        if put.is_some() {
            self.add(Changed { old: None, new: put });
        }
    }

    /// The coder's codings that stand, carry the code, and can become one with `wanted`.
    fn standing(&self, wanted: Span) -> Vec<(Span, Arc<Coding>)> {
        let mut standing = Vec::new();
        // What was made before a round stays as it was: the round's coding is one of its own.
        let round = self.view.round_for(self.source, self.node.code.id);
        self.view.codings_within(self.source, wanted, |seen| {
            let known = self.taken.contains(&seen.coding.id);
            let same = seen.code == self.node.code.id && !known && (round.is_none() || seen.coding.round == round);
            if same && may_join(seen.span, wanted, self.borders) {
                standing.push((seen.span, seen.coding.clone()));
            }
        });
        standing
    }

    /// Whether a result, which starts no later than `wanted` and ends after its start, can become one with it.
    fn may_extend(&self, at: usize, wanted: Span) -> bool {
        let new = self.changed[at].new.as_ref();
        new.is_some_and(|(span, _)| may_join(*span, wanted, self.borders))
    }

    /// What `wanted` and `parts` become: the oldest id, all words, all comments in the order of their places, under the
    /// present wording.
    fn join(&self, source: SourceId, wanted: Span, parts: &mut [Part], mint: &mut dyn Mint) -> (Span, Coding) {
        parts.sort_by_key(|part| (part.span, part.id));
        let span = parts.iter().fold(wanted, |all, part| all.union(part.span));
        let at = self.view.passage(source, span);
        let oldest = parts.iter().map(|part| part.id).min();
        let id = oldest.unwrap_or_else(|| mint.id().into());
        let mut comments: Vec<&str> = Vec::new();
        for part in parts.iter().filter(|part| !part.comment.is_empty()) {
            if !comments.contains(&part.comment.as_str()) {
                comments.push(&part.comment);
            }
        }
        let fresh = super::fresh(&self.view, self.node, at, id);
        let round = fresh.round.or_else(|| parts.iter().find_map(|part| part.round));
        (span, Coding { comment: comments.join("\n"), round, ..fresh })
    }

    fn add(&mut self, changed: Changed) {
        if changed.new.is_some() {
            self.open.push(self.changed.len());
        }
        self.changed.push(changed);
    }

    /// The puts: of the codings, and of the coder's memos on codings that were joined with others.
    pub(super) fn into_puts(self) -> Vec<Put> {
        let mut puts = Vec::new();
        for Changed { old, new } in self.changed {
            if let (Some(gone), None) = (&old, &new) {
                let mut to = gone.id;
                while let Some(&next) = self.joined.get(&to) {
                    to = next;
                }
                puts.extend(memos::on_other_coding(&self.view, gone.id, to));
            }
            if old.is_some() || new.is_some() {
                puts.push(Change { before: old, after: new.map(|(_, new)| Arc::new(new)) }.into());
            }
        }
        puts
    }
}

impl Part {
    fn of(span: Span, coding: &Coding) -> Self {
        Self { span, id: coding.id, comment: coding.comment.clone(), round: coding.round }
    }
}

/// Whether two overlapping stretches may become one: one covers the other, or no speaker ends within their union.
/// `borders` are in order.
fn may_join(a: Span, b: Span, borders: &[Pos]) -> bool {
    let union = a.union(b);
    let next = borders.get(borders.partition_point(|border| *border <= union.start));
    union == a || union == b || next.is_none_or(|border| *border >= union.end)
}
