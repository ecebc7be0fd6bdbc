//! The codings of a round as they stand now: what the reconcile queue and the consensus are read from.
//!
//! Laid before the reveal or after it, by the round's coders, with the round's codes, in its sources. What others found
//! when they held a coding against a new meaning of its code is heeded here; the coding itself stays its coder's.

use super::basis::{Basis, Mark, NoFigures, revealed};
use crate::project::coding::Coding;
use crate::project::decision::{Check, Verdict};
use crate::project::id::{CodeId, CodingId, RoundId, SourceId};
use crate::project::reveal::Reveal;
use crate::project::round::{Ground, Round};
use crate::project::source::Passage;
use crate::project::view::{View, Whose};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What was found about codings by others than their coders, where that is the last word.
#[derive(Clone, Default)]
pub struct Checks<'a> {
    newest: HashMap<CodingId, &'a Arc<Check>>,
}

impl<'a> Checks<'a> {
    /// The newest check of each coding.
    #[must_use]
    pub fn new(view: &View<'a>) -> Self {
        Self { newest: view.checks().into_iter().map(|check| (check.coding, check)).collect() }
    }

    /// The newest check of a coding, anybody's.
    #[must_use]
    pub fn of(&self, coding: CodingId) -> Option<&'a Arc<Check>> {
        self.newest.get(&coding).copied()
    }

    /// The code that `coding`, which stands for `code` now, counts as: another one or none where somebody else found so.
    #[must_use]
    pub fn code_of(&self, view: &View<'_>, coding: &Coding, code: CodeId) -> Option<CodeId> {
        let Some(check) = self.of(coding.id).filter(|check| check.coder != coding.coder) else { return Some(code) };
        // Its coder may have given it another code since; then it was something else that was checked.
        if check.verdict == Verdict::Keep || !view.wordings(code).iter().any(|wording| wording.id == check.wording) {
            return Some(code);
        }
        match check.verdict {
            Verdict::Recode(to) => view.codebook().resolve(to),
            _ => None,
        }
    }
}

/// The codings in sight of `source` as they count now, by place.
pub(super) fn marks_of<'a>(view: &View<'a>, checks: &Checks<'_>, source: SourceId) -> Vec<(Mark, &'a Arc<Coding>)> {
    let all = view.showing(Whose::Everybody);
    let mark = |seen: crate::project::view::Seen<'a>| {
        let code = checks.code_of(view, seen.coding, seen.code)?;
        let Coding { id, coder, wording, .. } = **seen.coding;
        Some((Mark { source, span: seen.span, code, coder, id, wording }, seen.coding))
    };
    all.codings_of(source).filter_map(mark).collect()
}

/// The codes of a round as they stand now, in tree order: those pinned, those proposed in it and accepted since; merges
/// followed.
#[must_use]
pub fn codes_of(view: &View<'_>, round: &Round, reveal: &Reveal) -> Vec<CodeId> {
    let book = view.codebook();
    let taken = |code: CodeId| {
        let node = book.get(code)?;
        node.code.proposed.is_none().then_some(node.code.id)
    };
    let pinned = round.codes.iter().filter_map(|pinned| book.resolve(pinned.code));
    let codes: HashSet<CodeId> = pinned.chain(reveal.codes.iter().filter_map(|(code, _)| taken(*code))).collect();
    book.in_order().into_iter().filter(|code| codes.contains(code)).collect()
}

/// What is compared of a round now, and the same as it was at the reveal; both in the present versions of the texts.
///
/// # Errors
/// A round that is not there or not revealed.
pub(super) fn now_and_then(view: &View<'_>, round: RoundId) -> Result<(Basis, Basis), NoFigures> {
    let (round, reveal) = revealed(view, round)?;
    let codes = codes_of(view, round, reveal);
    let grounds: Vec<Ground> =
        reveal.grounds.iter().filter(|g| view.source(g.source).is_some()).map(|g| carried(view, g)).collect();
    let checks = Checks::new(view);
    let begun = i128::from(first_of(view, round).made.as_millisecond());
    let mut now = Vec::new();
    for ground in &grounds {
        let of_round = |coding: &Coding| match coding.round {
            Some(made) => view.last_of(made) == round.id,
            // What was laid before the round was opened is no part of it; what was laid since is a late change.
            None => coding.id.0.millis().is_none_or(|made| i128::from(made) >= begun),
        };
        now.extend(
            marks_of(view, &checks, ground.source).into_iter().filter(|(_, c)| of_round(c)).map(|(mark, _)| mark),
        );
    }
    let book = view.codebook();
    let then = reveal.codings.iter().filter_map(|frozen| {
        let (source, span, code) = (frozen.at.source, view.place(frozen.at), book.resolve(frozen.code)?);
        Some(Mark { source, span, code, coder: frozen.coder, id: frozen.id, wording: frozen.wording })
    });
    let basis = |marks| {
        let mut basis = Basis::new(view, round, &grounds, codes.clone(), marks);
        basis.depth = None;
        basis
    };
    Ok((basis(now), basis(then.collect())))
}

/// The first of the rounds that `round` goes on from.
fn first_of<'a>(view: &View<'a>, round: &'a Arc<Round>) -> &'a Arc<Round> {
    let mut first = round;
    // No chain is longer than there are rounds; so a ring comes to an end.
    for _ in view.rounds() {
        match first.after.and_then(|before| view.round(before)) {
            Some(before) => first = before,
            None => break,
        }
    }
    first
}

/// A ground in the present version of its text.
fn carried(view: &View<'_>, ground: &Ground) -> Ground {
    let Some(version) = view.version(ground.source).filter(|version| version.number != ground.version) else {
        return ground.clone();
    };
    let place = |span: &_| view.place(Passage { source: ground.source, version: ground.version, span: *span });
    let all = |spans: &[_]| spans.iter().map(place).filter(|span| !span.is_empty()).collect();
    Ground {
        version: version.number,
        chars: version.chars,
        scope: all(&ground.scope),
        units: all(&ground.units),
        ..ground.clone()
    }
}
