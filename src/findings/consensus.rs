//! The consensus: what the words of a round carry once its disagreements are settled, beside the originals.
//!
//! What all coders had alike, and what was decided. What is open is in neither: it is disputed.

use super::kept::joined;
use super::queue::{Item, Queue, State};
use crate::project::decision::Decision;
use crate::project::id::{CaseId, CodeId, CodingId, RoundId, SourceId};
use crate::project::view::View;
use crate::text::Span;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// The reconciled codings of a round.
#[derive(Clone, PartialEq, Debug)]
pub struct Consensus {
    /// The round.
    pub round: RoundId,
    /// What is held, by source (order of the round), place and code.
    pub held: Vec<Held>,
    /// The cases of the round, each with how many of its disagreements are open.
    pub cases: Vec<(CaseId, usize)>,
    /// What is in dispute: a code in a case, in tree order, then order of the round.
    pub disputed: Vec<(CodeId, CaseId)>,
}

/// A passage that carries a code by consensus.
#[derive(Clone, PartialEq, Debug)]
pub struct Held {
    /// The source.
    pub source: SourceId,
    /// The case it was coded for.
    pub case: CaseId,
    /// The code.
    pub code: CodeId,
    /// The words, in the present version of the text.
    pub at: Span,
    /// How it came to be held.
    pub by: By,
    /// The coders' codings that it rests on; none where it was decided for what nobody had.
    pub codings: Vec<CodingId>,
}

/// How a passage came to be held.
#[derive(Clone, PartialEq, Debug)]
pub enum By {
    /// All who coded it had it alike.
    Agreed,
    /// By this decision.
    Decided(Arc<Decision>),
}

impl Consensus {
    /// Whether a case of the round has nothing open any more.
    #[must_use]
    pub fn is_reconciled(&self, case: CaseId) -> bool {
        self.cases.iter().any(|(id, open)| *id == case && *open == 0)
    }

    /// Whether all cases have nothing open any more.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.cases.iter().all(|(_, open)| *open == 0)
    }

    /// The words of a source that carry a code, as stretches in order.
    #[must_use]
    pub fn stretches(&self, source: SourceId, code: CodeId) -> Vec<Span> {
        joined(self.held.iter().filter(|held| (held.source, held.code) == (source, code)).map(|held| held.at))
    }
}

/// The consensus of the round of `queue`.
#[must_use]
pub fn consensus_of(view: &View<'_>, queue: &Queue) -> Consensus {
    let basis = &queue.basis;
    let mut in_items: HashSet<(SourceId, CodeId, Span)> = HashSet::new();
    for piece in queue.items.iter().flat_map(|item| &item.seen) {
        in_items.insert((piece.at.source, piece.code, piece.at.span));
    }
    let mut held = Vec::new();
    for sheet in basis.sheets.iter().filter(|sheet| sheet.coders.len() >= 2) {
        let marks: Vec<_> = basis.marks.iter().filter(|mark| mark.source == sheet.source).collect();
        let resting_on = |code: CodeId, at: Span| {
            let under = marks.iter().filter(|mark| mark.code == code && mark.span.overlaps(at));
            under.map(|mark| mark.id).collect::<Vec<CodingId>>()
        };
        let codes: BTreeSet<CodeId> = marks.iter().map(|mark| mark.code).collect();
        for code in codes {
            // Alike, however cut: the pieces of all that overlap are one.
            let mut alike: Vec<Span> = Vec::new();
            for coder in &sheet.coders {
                let theirs = marks.iter().filter(|mark| (mark.code, mark.coder) == (code, *coder));
                let pieces = sheet.kept.pieces(theirs.map(|mark| mark.span));
                alike.extend(pieces.into_iter().filter(|piece| !in_items.contains(&(sheet.source, code, *piece))));
            }
            for at in linked(alike) {
                let (source, case) = (sheet.source, sheet.case);
                held.push(Held { source, case, code, at, by: By::Agreed, codings: resting_on(code, at) });
            }
        }
        for item in queue.items.iter().filter(|item| item.source == sheet.source) {
            let State::Decided(decision) = &item.state else { continue };
            for settled in &decision.result {
                let Some(code) = view.codebook().resolve(settled.code) else { continue };
                let at = view.place(settled.at);
                if !at.is_empty() {
                    let (source, case, by) = (settled.at.source, sheet.case, By::Decided(decision.clone()));
                    held.push(Held { source, case, code, at, by, codings: resting_on(code, at) });
                }
            }
        }
    }
    let order: HashMap<SourceId, usize> = basis.sheets.iter().enumerate().map(|(n, sheet)| (sheet.source, n)).collect();
    held.sort_by_key(|held| (order.get(&held.source).copied(), held.at, held.code));
    let open = || queue.items.iter().filter(|item| !item.state.is_decided());
    let of = |case: &CaseId| (*case, open().filter(|item| item.case == *case).count());
    Consensus {
        round: queue.round.id,
        held,
        cases: basis.cases.iter().map(of).collect(),
        disputed: disputed(queue, open()),
    }
}

/// Spans of which those that overlap are one; those that touch stay two.
fn linked(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let same = next.start < last.end;
        if same {
            last.end = last.end.max(next.end);
        }
        same
    });
    spans
}

fn disputed<'a>(queue: &Queue, open: impl Iterator<Item = &'a Item>) -> Vec<(CodeId, CaseId)> {
    let all: HashSet<(CodeId, CaseId)> =
        open.flat_map(|item| item.codes.iter().map(move |code| (*code, item.case))).collect();
    let basis = &queue.basis;
    let pairs = basis.codes.iter().flat_map(|code| basis.cases.iter().map(move |case| (*code, *case)));
    pairs.filter(|pair| all.contains(pair)).collect()
}

/// Reasons that were given in a round before, most used first; those given about `code` before all others.
#[must_use]
pub fn reasons(view: &View<'_>, round: RoundId, code: Option<CodeId>) -> Vec<(String, usize)> {
    let book = view.codebook();
    let code = code.and_then(|code| book.resolve(code));
    let mut found: Vec<(bool, usize, &str)> = Vec::new();
    for decision in view.decisions(round).into_iter().rev().filter(|decision| !decision.reason.is_empty()) {
        let about = code.is_some() && decision.seen.iter().any(|piece| book.resolve(piece.code) == code);
        match found.iter_mut().find(|(.., reason)| reason.to_lowercase() == decision.reason.to_lowercase()) {
            Some((near, times, _)) => {
                *near |= about;
                *times += 1;
            }
            None => found.push((about, 1, &decision.reason)),
        }
    }
    // Of those used equally often, the newest first: they were found in that order.
    found.sort_by_key(|(about, times, _)| (!about, std::cmp::Reverse(*times)));
    found.into_iter().map(|(_, times, reason)| (reason.to_owned(), times)).collect()
}
