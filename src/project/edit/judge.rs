//! Edits of what a coder holds: of a code in a case, of a pair of codings, of a case under a theme.

use super::decide::SAY_WHY;
use super::{Refusal, put_of, rounds};
use crate::project::id::{CaseId, CodeId, CodingId, Mint, WaveId};
use crate::project::judgement::{Held, Judgement};
use crate::project::memo::Link;
use crate::project::record::Change;
use crate::project::relation::{PairCheck, Related};
use crate::project::source::Passage;
use crate::project::step::Step;
use crate::project::summary::{Basis, Heading, Summary};
use crate::project::view::{View, Whose};

/// A change of what a coder holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum JudgeEdit {
    /// Says what one holds of a code in a case.
    Case {
        /// The case.
        case: CaseId,
        /// The code.
        code: CodeId,
        /// In which wave; all of them if `None`.
        wave: Option<WaveId>,
        /// What; `None` takes one's judgement back.
        held: Option<Held>,
        /// Why; may be empty.
        reason: String,
        /// Codings that show it.
        codings: Vec<CodingId>,
        /// Words that show it.
        passages: Vec<Passage>,
    },
    /// Says whether two codings that lie together belong together.
    Pair {
        /// The one.
        a: CodingId,
        /// The other.
        b: CodingId,
        /// What was found; `None` takes it back.
        found: Option<Related>,
        /// Why; may be empty.
        reason: String,
    },
    /// Sums up a case under a theme; empty words take the summary away.
    Summary {
        /// The case.
        case: CaseId,
        /// Under what.
        of: Heading,
        /// The words.
        text: String,
        /// What it was written from, as tables count it.
        from: Vec<Basis>,
    },
}

pub(super) fn plan(view: &View<'_>, edit: &JudgeEdit, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    match edit {
        JudgeEdit::Case { case, code, wave, held, reason, codings, passages } => {
            let id = Judgement::id_for(view.coder(), *case, view.code(*code).ok_or(Refusal::NoCode)?.code.id, *wave);
            let name = &view.case(*case).ok_or(Refusal::Gone("case"))?.name;
            let node = view.code(*code).ok_or(Refusal::NoCode)?;
            let old = view.project().get::<Judgement>(id);
            let did = |held: &str| format!("“{}” in {name}: {held}", node.code.name);
            let Some(held) = *held else {
                return match old {
                    Some(old) => Ok(Step::new(did("no judgement"), vec![Change::delete(old).into()])),
                    None => Err(Refusal::Idle(format!("you have judged nothing of “{}” in {name}", node.code.name))),
                };
            };
            let round = old.and_then(|old| old.round).or_else(|| {
                let pinned = view.pinned_in(*code).filter(|round| round.coders_of(*case).contains(&view.coder()));
                pinned.map(|round| round.id).or_else(|| rounds::written_for(view, Link::Code(*code)))
            });
            let new = Judgement {
                id,
                coder: view.coder(),
                case: *case,
                code: node.code.id,
                wave: *wave,
                held,
                reason: reason.trim().to_owned(),
                codings: codings.clone(),
                passages: passages.clone(),
                round,
                at: mint.now(),
            };
            let same = |old: &Judgement| Judgement { at: new.at, ..old.clone() } == new;
            if old.is_some_and(|old| same(old)) {
                return Err(Refusal::Idle(format!("“{}” in {name} is that already", node.code.name)));
            }
            Ok(Step::new(did(held.name()), vec![put_of(old, new)]))
        }
        JudgeEdit::Pair { a, b, found, reason } => {
            let all = view.showing(Whose::Everybody);
            let names: Vec<&str> = [*a, *b]
                .into_iter()
                .map(|id| all.coding(id).map(|seen| view.code_name(seen.code)).ok_or(Refusal::NoCoding))
                .collect::<Result<_, _>>()?;
            let id = PairCheck::id_for(view.coder(), *a, *b);
            let old = view.project().get::<PairCheck>(id);
            let did = |what: &str| format!("{what} “{}” with “{}”", names[0], names[1]);
            let Some(found) = *found else {
                return match old {
                    Some(old) => Ok(Step::new(did("take back"), vec![Change::delete(old).into()])),
                    None => Err(Refusal::Idle("you have found nothing of this pair yet".into())),
                };
            };
            let reason = reason.trim().to_owned();
            if old.is_some_and(|old| (old.found, &old.reason) == (found, &reason)) {
                return Err(Refusal::Idle("this pair is that already".into()));
            }
            let new = PairCheck { id, coder: view.coder(), a: *a, b: *b, found, reason, at: mint.now() };
            // What was found stands; the reason follows it, and is taken back with it.
            if old.is_some_and(|old| old.found == found) {
                return Ok(Step::new(SAY_WHY, vec![put_of(old, new)]));
            }
            let what = if found == Related::Confirmed { "confirm" } else { "strike" };
            Ok(Step::new(did(what), vec![put_of(old, new)]))
        }
        JudgeEdit::Summary { case, of, text, from } => {
            let name = &view.case(*case).ok_or(Refusal::Gone("case"))?.name;
            let under = match of {
                Heading::Theme(theme) => &view.theme(*theme).ok_or(Refusal::Gone("theme"))?.name,
                Heading::Code(code) => &view.code(*code).ok_or(Refusal::NoCode)?.code.name,
            };
            let id = Summary::id_for(view.coder(), *case, *of);
            let old = view.project().get::<Summary>(id);
            let did = format!("summary of {name} under “{under}”");
            let text = text.trim();
            if text.is_empty() {
                return match old {
                    Some(old) => Ok(Step::new(format!("take back the {did}"), vec![Change::delete(old).into()])),
                    None => Err(Refusal::Idle(format!("there is no {did} of yours"))),
                };
            }
            let all = view.showing(Whose::Everybody);
            let from: Vec<Basis> = from.iter().copied().filter(|basis| all.coding(basis.coding).is_some()).collect();
            if old.is_some_and(|old| old.text == text && old.from == from) {
                return Err(Refusal::Idle(format!("the {did} is that already")));
            }
            let round = old.and_then(|old| old.round).or_else(|| rounds::written_for(view, Link::Case(*case)));
            let text = text.to_owned();
            let new = Summary { id, coder: view.coder(), case: *case, of: *of, text, from, round, at: mint.now() };
            Ok(Step::new(did, vec![put_of(old, new)]))
        }
    }
}
