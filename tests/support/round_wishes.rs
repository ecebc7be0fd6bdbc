//! Random plausible doings around rounds of independent coding: opening, finishing, reopening, revising, proposing,
//! deciding, checking again, dividing; and between them whatever people do otherwise.
#![allow(dead_code, reason = "each test binary uses its part")]

use super::random_edits::{Wish, any_wish};
use emic::project::Project;
use emic::project::allocation::Share;
use emic::project::decision::{Outcome, Piece, Verdict};
use emic::project::edit::{Edit, NewAllocation, NewDecision, NewRound, NewWording};
use emic::project::id::{CaseId, CodeId, CoderId, Mint, RoundId};
use emic::project::round::{Desk, Drawn, Ground, Round, Scope, Unit};
use emic::project::view::{View, Whose};
use emic::text::Span;
use proptest::prelude::*;
use std::sync::Arc;

/// What somebody wants done, in or beside a round.
#[derive(Clone, Debug)]
pub enum Want {
    /// Anything.
    Any(Wish),
    /// Something about a round, as numbers.
    Round([u16; 5]),
    /// To lay a code of an open round.
    Lay([u16; 5]),
}

/// Anything, about rounds more often than not.
pub fn any_want() -> impl Strategy<Value = Want> {
    prop_oneof![
        2 => any_wish().prop_map(Want::Any),
        3 => any::<[u16; 5]>().prop_map(Want::Round),
        3 => any::<[u16; 5]>().prop_map(Want::Lay),
    ]
}

fn pick<T: Copy>(n: u16, from: &[T]) -> Option<T> {
    (!from.is_empty()).then(|| from[usize::from(n) % from.len()])
}

impl Want {
    /// The edit that is meant; `None` if it can mean nothing.
    pub fn edit(&self, project: &Project, coder: CoderId, mint: &mut dyn Mint) -> Option<Edit> {
        let view = View::new(project, coder);
        match self {
            Self::Any(wish) => wish.edit(project, coder, mint),
            Self::Lay(n) => lay(&view, n),
            Self::Round(n) => about_rounds(&view, n, mint),
        }
    }
}

fn lay(view: &View<'_>, n: &[u16; 5]) -> Option<Edit> {
    let round = pick(n[0], &view.open_rounds().iter().collect::<Vec<_>>())?;
    let ground = pick(n[1], &round.grounds.iter().collect::<Vec<_>>())?;
    let proposed: Vec<CodeId> = view.proposed_codes(round.id).into_iter().map(|(code, _)| code).collect();
    let codes: Vec<CodeId> = round.codes.iter().map(|pinned| pinned.code).chain(proposed).collect();
    let start = u32::from(n[3]) % ground.chars.max(1);
    let passages = vec![view.passage(ground.source, Span::new(start, start + 1 + u32::from(n[4]) % 30))];
    Some(Edit::Lay { passages, codes: vec![pick(n[2], &codes)?], apart: n[4].is_multiple_of(7), borders: Vec::new() })
}

fn about_rounds(view: &View<'_>, n: &[u16; 5], mint: &mut dyn Mint) -> Option<Edit> {
    let open: Vec<&Arc<Round>> = view.open_rounds().iter().collect();
    let all: Vec<RoundId> = view.rounds().iter().map(|round| round.id).collect();
    let revealed: Vec<RoundId> = all.iter().copied().filter(|id| view.reveal(*id).is_some()).collect();
    let mine: Vec<(RoundId, CaseId)> = open
        .iter()
        .flat_map(|round| round.desks.iter().map(|desk| (round.id, desk)))
        .filter(|(_, desk)| desk.coders.contains(&view.coder()))
        .map(|(round, desk)| (round, desk.case))
        .collect();
    let wording = |definition: &str| NewWording {
        definition: format!("{definition} {}", n[4]),
        meaning: n[4].is_multiple_of(2),
        ..NewWording::default()
    };
    match n[0] % 16 {
        0..3 => new_round(view, n, mint).map(|round| Edit::OpenRound(Box::new(round))),
        3..8 => {
            let (round, case) = pick(n[1], &mine)?;
            Some(Edit::Finish { round, case, finished: !n[2].is_multiple_of(5) })
        }
        8 => Some(Edit::Reveal(pick(n[1], &all)?)),
        9 if n[3].is_multiple_of(4) => {
            let round = pick(n[1], &open)?;
            let code = pick(n[2], &round.codes)?.code;
            Some(Edit::Revise { round: round.id, next: mint.id().into(), code, wording: Box::new(wording("anew")) })
        }
        9 | 10 => {
            let round = pick(n[1], &open)?;
            Some(Edit::Propose(pick(n[2], &round.codes)?.code, wording("perhaps")))
        }
        11 => {
            let waiting = view.proposed_wordings(pick(n[1], &all)?);
            let wording = pick(n[2], &waiting)?.id;
            Some(if n[3].is_multiple_of(3) {
                Edit::RejectWording(wording)
            } else {
                Edit::AcceptWording(wording, n[3].is_multiple_of(2))
            })
        }
        12 => Some(Edit::AcceptCode(pick(n[2], &view.proposed_codes(pick(n[1], &all)?))?.0)),
        13 => {
            let round = pick(n[1], &revealed)?;
            let seen = pick(n[2], &view.reveal(round)?.codings.iter().collect::<Vec<_>>())?;
            let outcomes = [Outcome::As(seen.coder), Outcome::Neither, Outcome::Discuss, Outcome::Passed(None)];
            let outcome = pick(n[3], &outcomes)?;
            Some(Edit::Decide(Box::new(NewDecision {
                round,
                with: Vec::new(),
                seen: vec![Piece { coder: seen.coder, code: seen.code, at: seen.at }],
                kind: "only".into(),
                result: if n[3].is_multiple_of(4) { vec![(seen.code, seen.at)] } else { Vec::new() },
                outcome,
                reason: String::new(),
            })))
        }
        14 => {
            let view = view.showing(Whose::Everybody);
            let codings: Vec<_> = view.codings().map(|seen| seen.coding.id).collect();
            let codes = view.codebook().in_order();
            let verdict = [Verdict::Keep, Verdict::Remove, Verdict::Recode(pick(n[2], &codes)?)];
            Some(Edit::CheckAgain(pick(n[1], &codings)?, pick(n[3], &verdict)?, String::new()))
        }
        _ => {
            let cases: Vec<CaseId> = view.cases().iter().map(|case| case.id).collect();
            let shares = vec![Share { case: pick(n[2], &cases)?, coders: vec![view.coder()], words: 10 }];
            let round = pick(n[1], &all)?;
            let drift = (n[3].is_multiple_of(3)).then(|| new_round(view, n, mint)).flatten();
            let new = NewAllocation { id: mint.id().into(), round, seed: 1, spread: None, shares, drift };
            Some(Edit::Allocate(Box::new(new)))
        }
    }
}

/// A round of all coders, on one or two cases and a branch of the codebook.
fn new_round(view: &View<'_>, n: &[u16; 5], mint: &mut dyn Mint) -> Option<NewRound> {
    let cases: Vec<CaseId> = view.cases().iter().map(|case| case.id).collect();
    let mut chosen = vec![pick(n[1], &cases)?, pick(n[2], &cases)?];
    chosen.dedup();
    let coders: Vec<CoderId> = view.coders().map(|coder| coder.id).take(2).collect();
    let grounds = chosen.iter().flat_map(|case| view.sources_of(Some(*case)).into_iter().map(move |s| (*case, s)));
    let ground = |(case, source): (CaseId, &Arc<emic::project::source::Source>)| {
        let chars = view.version(source.id)?.chars;
        let scope = vec![Span::new(0, chars)];
        let (version, units) = (source.version, scope.clone());
        Some(Ground { source: source.id, case, version, chars, words: chars / 5, scope, units })
    };
    let top = pick(n[3], &view.codebook().in_order())?;
    Some(NewRound {
        id: mint.id().into(),
        name: format!("Round {}", n[4] % 20),
        desks: chosen.iter().map(|case| Desk { case: *case, coders: coders.clone() }).collect(),
        grounds: grounds.filter_map(ground).collect(),
        codes: view.codebook().branch(top),
        scope: Scope::default(),
        unit: Unit::Turn,
        least: 0,
        depth: None,
        drawn: Drawn::ByHand,
        drift: false,
    })
}
