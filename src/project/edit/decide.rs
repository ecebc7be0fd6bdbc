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
    if own {
        rounds::refuse_finished(view, coding.round, coding.at.source)?;
    }
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
                    coding.round = view.round_for(coding.at.source, to.code.id).or(coding.round);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::{Edit, NewWording};
    use crate::project::id::{CaseId, SourceId};
    use crate::project::memo::Link;
    use crate::project::testing::Desk;

    struct Trial {
        desk: Desk,
        cases: Vec<(CaseId, SourceId)>,
        code: CodeId,
        round: RoundId,
        mine: CodingId,
        theirs: CodingId,
    }

    /// A revealed round in which two coders laid one code at two places.
    fn trial() -> Trial {
        let mut desk = Desk::new();
        let cases = vec![desk.case("Practice 1"), desk.case("Practice 2")];
        let code = desk.code("Warm handoff");
        desk.define(code, "an introduction in person", "");
        let round = desk.round("Round 1", &cases[..1], &[code]);
        let mine = desk.lay(cases[0].1, 10, 20, code);
        let theirs = desk.as_other(|desk| desk.lay(cases[0].1, 50, 60, code));
        desk.finish(round);
        desk.as_other(|desk| desk.finish(round));
        Trial { desk, cases, code, round, mine, theirs }
    }

    fn decision(trial: &Trial, outcome: Outcome, keep: bool) -> NewDecision {
        let coding = trial.desk.coding(trial.mine);
        NewDecision {
            round: trial.round,
            with: Vec::new(),
            seen: vec![Piece { coder: coding.coder, code: coding.code, at: coding.at }],
            kind: "only".into(),
            result: if keep { vec![(coding.code, coding.at)] } else { Vec::new() },
            outcome,
            reason: String::new(),
        }
    }

    #[test]
    fn a_decision_keeps_what_was_seen_and_deciding_again_changes_the_same_record() {
        let mut trial = trial();
        let me = trial.desk.coder;
        let first = decision(&trial, Outcome::As(me), true);
        let step = trial.desk.apply(&Edit::Decide(Box::new(first)));
        assert_eq!(step.did, "decide as PB on “Warm handoff”");
        let id = trial.desk.view().decisions(trial.round)[0].id;
        trial.desk.apply(&Edit::GiveReason(id, " in the same visit ".into()));
        let why = trial.desk.as_other(|desk| desk.refusal(&Edit::GiveReason(id, "no".into())));
        assert_eq!(why, "that decision is PB's; only PB can change it");
        let again = decision(&trial, Outcome::Neither, false);
        trial.desk.apply(&Edit::Decide(Box::new(again.clone())));
        trial.desk.as_other(|desk| desk.apply(&Edit::Decide(Box::new(again))));
        let view = trial.desk.view();
        let decisions = view.decisions(trial.round);
        let outcomes: Vec<_> = decisions.iter().map(|d| (view.initials(d.coder), d.outcome, d.result.len())).collect();
        assert_eq!(outcomes, [("PB", Outcome::Neither, 0), ("SC", Outcome::Neither, 0)]);
        assert!(trial.desk.view().coding(trial.mine).is_some(), "nobody's coding is touched");
    }

    #[test]
    fn nothing_is_decided_before_the_reveal() {
        let mut trial = trial();
        let blind = trial.desk.round("Round 2", &trial.cases[1..], &[trial.code]);
        let me = trial.desk.coder;
        let early = NewDecision { round: blind, ..decision(&trial, Outcome::As(me), true) };
        let why = trial.desk.refusal(&Edit::Decide(Box::new(early)));
        assert_eq!(why, "Round 2 has not been revealed; there is nothing to decide yet");
    }

    #[test]
    fn checking_again_changes_ones_own_coding_and_notes_what_was_found_of_anothers() {
        let mut trial = trial();
        let other = trial.desk.code("Cold handoff");
        let new = NewWording { definition: "by wave too".into(), meaning: true, ..NewWording::default() };
        trial.desk.apply(&Edit::Reword(trial.code, new));
        let wording = trial.desk.view().code(trial.code).and_then(|node| node.code.wording);
        trial.desk.apply(&Edit::CheckAgain(trial.mine, Verdict::Keep, "still so".into()));
        assert_eq!(trial.desk.coding(trial.mine).wording, wording);
        let before = trial.desk.coding(trial.theirs);
        trial.desk.apply(&Edit::CheckAgain(trial.theirs, Verdict::Remove, String::new()));
        assert_eq!(trial.desk.coding(trial.theirs), before);
        let found = |desk: &Desk| desk.view().checks().iter().map(|c| (c.coding, c.verdict)).collect::<Vec<_>>();
        assert_eq!(found(&trial.desk), [(trial.mine, Verdict::Keep), (trial.theirs, Verdict::Remove)]);
        trial.desk.apply(&Edit::CheckAgain(trial.mine, Verdict::Recode(other), String::new()));
        assert_eq!(trial.desk.coding(trial.mine).code, other);
        trial.desk.undo();
        trial.desk.undo();
        assert_eq!(found(&trial.desk), [(trial.mine, Verdict::Keep)]);
        assert_eq!(trial.desk.coding(trial.mine).code, trial.code);
    }

    #[test]
    fn the_remaining_cases_are_divided_once_and_those_kept_back_are_a_blind_round() {
        let mut trial = trial();
        let (case, text) = trial.cases[1];
        let coders: Vec<_> = trial.desk.view().coders().map(|coder| coder.id).collect();
        let mut drift = trial.desk.new_round("Drift check", &[(case, text)], &[trial.code]);
        drift.drift = true;
        let shares = vec![Share { case, coders, words: 20 }];
        let id = trial.desk.id().into();
        let new = NewAllocation { id, round: trial.round, seed: 7, spread: None, shares, drift: Some(drift) };
        trial.desk.apply(&Edit::Allocate(Box::new(new.clone())));
        let kept_back = trial.desk.view().open_rounds()[0].clone();
        assert!(kept_back.drift && trial.desk.view().allocations()[0].drift == Some(kept_back.id));
        assert_eq!(
            trial.desk.refusal(&Edit::Allocate(Box::new(new.clone()))),
            "Practice 2 has been given to somebody already"
        );
        let of_round = vec![Share { case: trial.cases[0].0, ..new.shares[0].clone() }];
        let again = NewAllocation { shares: of_round, drift: None, ..new };
        assert_eq!(trial.desk.refusal(&Edit::Allocate(Box::new(again))), "Practice 1 was coded in Round 1");
    }

    #[test]
    fn a_memo_written_after_the_reveal_is_everybodys_to_read() {
        let mut trial = trial();
        let memo = trial.desk.memo(Link::Coding(trial.mine), "Why", true);
        trial.desk.as_other(|desk| assert!(desk.view().memo(memo).is_some()));
    }
}
