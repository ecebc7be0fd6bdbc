//! Edits after the reveal: deciding disagreements, checking codings again, dividing the remaining cases.

use super::rounds::{self, NewRound};
use super::{Refusal, put_of};
use crate::project::allocation::{Allocation, Share};
use crate::project::decision::{Check, Decision, Outcome, Piece, Settled, Verdict};
use crate::project::id::{AllocationId, AttributeId, CheckId, CodeId, CoderId, CodingId, DecisionId, Mint, RoundId};
use crate::project::put::Put;
use crate::project::record::Change;
use crate::project::source::Passage;
use crate::project::step::Step;
use crate::project::view::View;

/// What the log says where a reason was given.
pub const SAY_WHY: &str = "say why";

/// What is decided about a disagreement.
#[derive(Clone, PartialEq, Debug)]
pub struct NewDecision {
    /// The round, revealed.
    pub round: RoundId,
    /// Who was there besides the coder who decides.
    pub with: Vec<CoderId>,
    /// What was seen.
    pub seen: Vec<Piece>,
    /// What kind of disagreement it was, as the queue names it.
    pub kind: String,
    /// What the words carry from now on.
    pub result: Vec<(CodeId, Passage)>,
    /// How it was come by.
    pub outcome: Outcome,
    /// Why; may be empty and given later.
    pub reason: String,
}

/// How the remaining cases are divided.
#[derive(Clone, PartialEq, Debug)]
pub struct NewAllocation {
    /// What names it from now on.
    pub id: AllocationId,
    /// The round whose codes and scope they are coded with.
    pub round: RoundId,
    /// The seed it was made with.
    pub seed: u64,
    /// The attribute over whose values each coder's cases are spread.
    pub spread: Option<AttributeId>,
    /// Who codes what.
    pub shares: Vec<Share>,
    /// The blind round of the cases kept back, if some are.
    pub drift: Option<NewRound>,
}

pub(super) fn decide(view: &View<'_>, new: &NewDecision, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    let round = view.round(new.round).ok_or(Refusal::Gone("round"))?;
    if view.reveal(round.id).is_none() {
        return Err(Refusal::Round(format!("{} has not been revealed; there is nothing to decide yet", round.name)));
    }
    if new.seen.is_empty() {
        return Err(Refusal::Round("that disagreement is no longer there".into()));
    }
    let mut result = Vec::new();
    for &(code, at) in &new.result {
        let node = super::codes::node(view, code)?;
        if node.code.heading {
            return Err(Refusal::Heading(node.code.name.clone()));
        }
        if view.source(at.source).is_none() {
            return Err(Refusal::Gone("source"));
        }
        if view.place(at).is_empty() {
            return Err(Refusal::NoWords);
        }
        result.push(Settled { code: node.code.id, at, wording: node.code.wording });
    }
    result.sort_unstable();
    result.dedup();
    let mut seen = new.seen.clone();
    seen.sort_unstable();
    let id = Decision::id_for(round.id, view.coder(), &seen);
    let decision = Decision {
        id,
        coder: view.coder(),
        with: new.with.clone(),
        round: round.id,
        seen,
        kind: new.kind.clone(),
        result,
        outcome: new.outcome,
        reason: new.reason.trim().to_owned(),
        at: mint.now(),
    };
    let codes: Vec<&str> = once(new.seen.iter().map(|piece| view.code_name(piece.code)));
    let did = format!("{} on “{}”", outcome_name(view, new.outcome), codes.join("” and “"));
    Ok(Step::new(did, vec![put_of(view.project().get::<Decision>(id), decision)]))
}

fn once<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut out: Vec<&str> = Vec::new();
    for name in names {
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// An outcome as the log names it.
fn outcome_name(view: &View<'_>, outcome: Outcome) -> String {
    match outcome {
        Outcome::As(coder) => format!("decide as {}", view.initials(coder)),
        Outcome::Wider => "decide for the wider extent".into(),
        Outcome::Tighter => "decide for the tighter extent".into(),
        Outcome::Both => "decide for both codes".into(),
        Outcome::Neither => "reject all".into(),
        Outcome::Other => "decide otherwise".into(),
        Outcome::Discuss => "leave for discussion".into(),
        Outcome::Passed(Some(coder)) => format!("put to {}", view.initials(coder)),
        Outcome::Passed(None) => "put to a third person".into(),
    }
}

/// Gives the reason of one of this coder's decisions.
pub(super) fn give_reason(view: &View<'_>, id: DecisionId, reason: &str) -> Result<Step, Refusal> {
    let decision = view.project().get::<Decision>(id).ok_or(Refusal::Gone("decision"))?;
    if decision.coder != view.coder() {
        let owner = view.initials(decision.coder).to_owned();
        return Err(Refusal::NotYours { what: "decision", owner });
    }
    let change = Change::change(decision, |decision| decision.reason = reason.trim().to_owned());
    Ok(Step::new(SAY_WHY, vec![change.into()]))
}

/// Holds a coding against the present wording of its code. One's own is kept, recoded or removed; of somebody else's it
/// is noted what was found, and what tables count follows.
pub(super) fn check_again(
    view: &View<'_>,
    coding: CodingId,
    verdict: Verdict,
    reason: &str,
    mint: &mut dyn Mint,
) -> Result<Step, Refusal> {
    let coding = view.project().coding(coding).ok_or(Refusal::NoCoding)?;
    if view.hides_coding(coding) {
        return Err(Refusal::NoCoding);
    }
    let node = super::codes::node(view, coding.code)?;
    let name = &node.code.name;
    let Some(wording) = node.wording.as_ref().map(|wording| wording.id) else {
        return Err(Refusal::Round(format!("“{name}” is not defined yet; there is nothing to check it against")));
    };
    let mut puts: Vec<Put> = Vec::new();
    let own = coding.coder == view.coder();
    let did = match verdict {
        Verdict::Keep => {
            if own {
                puts.push(Change::change(coding, |coding| coding.wording = Some(wording)).into());
            }
            format!("check again: keep “{name}”")
        }
        Verdict::Recode(to) => {
            let to = super::codes::node(view, to)?;
            if to.code.heading {
                return Err(Refusal::Heading(to.code.name.clone()));
            }
            if own {
                let change = Change::change(coding, |coding| {
                    coding.code = to.code.id;
                    coding.wording = to.wording.as_ref().map(|wording| wording.id);
                });
                puts.push(change.into());
            }
            format!("check again: “{name}” becomes “{}”", to.code.name)
        }
        Verdict::Remove => {
            if own {
                puts.push(Change::delete(coding).into());
            }
            format!("check again: remove “{name}”")
        }
    };
    let id = Check::id_for(view.coder(), coding.id, wording);
    let (coder, at) = (view.coder(), mint.now());
    let check = Check { id, coder, coding: coding.id, wording, verdict, reason: reason.trim().to_owned(), at };
    puts.push(put_of(view.project().get::<Check>(id), check));
    Ok(Step::new(did, puts))
}

/// Gives the reason of one of this coder's checks.
pub(super) fn give_check_reason(view: &View<'_>, id: CheckId, reason: &str) -> Result<Step, Refusal> {
    let check = view.project().get::<Check>(id).ok_or(Refusal::Gone("check"))?;
    if check.coder != view.coder() {
        let owner = view.initials(check.coder).to_owned();
        return Err(Refusal::NotYours { what: "check", owner });
    }
    let change = Change::change(check, |check| check.reason = reason.trim().to_owned());
    Ok(Step::new(SAY_WHY, vec![change.into()]))
}

/// Divides the remaining cases; those kept back become a blind round of their own.
pub(super) fn allocate(view: &View<'_>, new: &NewAllocation, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    let round = view.round(new.round).ok_or(Refusal::Gone("round"))?;
    if new.shares.is_empty() {
        return Err(Refusal::Round("no case is left to be divided".into()));
    }
    for share in &new.shares {
        let case = view.case(share.case).ok_or(Refusal::Gone("case"))?;
        if share.coders.is_empty() || share.coders.iter().any(|coder| view.coder_of(*coder).is_none()) {
            return Err(Refusal::Round(format!("{} has nobody who codes it", case.name)));
        }
        if view.allocations().iter().any(|old| old.shares.iter().any(|known| known.case == share.case)) {
            return Err(Refusal::Round(format!("{} has been given to somebody already", case.name)));
        }
        if round.desks.iter().any(|desk| desk.case == share.case) {
            return Err(Refusal::Round(format!("{} was coded in {}", case.name, round.name)));
        }
    }
    let mut puts: Vec<Put> = Vec::new();
    let mut drift = None;
    if let Some(back) = &new.drift {
        let back = rounds::round_of(view, back, mint)?;
        drift = Some(back.id);
        puts.push(Change::create(back).into());
    }
    let allocation = Allocation {
        id: new.id,
        by: view.coder(),
        made: mint.now(),
        round: round.id,
        seed: new.seed,
        spread: new.spread,
        shares: new.shares.clone(),
        drift,
    };
    puts.insert(0, Change::create(allocation).into());
    Ok(Step::new(format!("divide {} cases", new.shares.len()), puts))
}
