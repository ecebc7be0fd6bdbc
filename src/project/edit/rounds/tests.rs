//! What rounds hide, refuse, keep and reveal.

use super::*;
use crate::project::edit::Edit;
use crate::project::testing::Desk;
use crate::project::undo;
use crate::project::view::Whose;
use crate::text::Pos;

struct Trial {
    desk: Desk,
    case: CaseId,
    text: SourceId,
    broad: CodeId,
    code: CodeId,
    round: RoundId,
    /// A code that has nothing to do with it.
    other: CodeId,
}

/// A broad code laid by both, and a round on its one subcode in one case.
fn trial() -> Trial {
    let mut desk = Desk::new();
    let (case, text) = desk.case("Practice 1");
    let broad = desk.code("Integration");
    let code = desk.code_under(broad, "Warm handoff");
    desk.define(code, "an introduction in person", "");
    desk.lay(text, 0, 50, broad);
    desk.as_other(|desk| desk.lay(text, 0, 60, broad));
    let other = desk.code("Elsewhere");
    let round = desk.round("Round 1", &[(case, text)], &[code]);
    Trial { desk, case, text, broad, code, round, other }
}

#[test]
fn a_blind_round_hides_codings_comments_and_memos_until_all_have_finished_and_then_shows_all() {
    let Trial { mut desk, case, text, broad, code, round, .. } = trial();
    let (theirs, memo, own) = desk.as_other(|desk| {
        let coding = desk.lay(text, 10, 20, code);
        desk.apply(&Edit::Comment(coding, "in by wave".into()));
        let memo = desk.memo(Link::Coding(coding), "How I read it", true);
        desk.memo(Link::Source(text), "On the text", true);
        desk.memo(Link::Case(case), "On the case", true);
        desk.memo(Link::Passage(desk.passage(text, 0, 5)), "On words", true);
        desk.memo(Link::Code(code), "What I take it to mean", true);
        (coding, memo, desk.memo(Link::Study, "On the study", true))
    });
    let mine = desk.lay(text, 30, 40, code);
    {
        let view = desk.view().showing(Whose::Everybody);
        assert_eq!(view.codings_of(text).count(), 3, "both broad ones and my own");
        assert_eq!((view.count(code), view.count(broad), view.count_branch(broad)), (1, 2, 3));
        let other = desk.coding(theirs).coder;
        assert_eq!(desk.view().showing(Whose::Of(other)).count(code), 0);
        assert!(view.coding(theirs).is_none() && view.memo(memo).is_none());
        assert_eq!(view.memos().map(|memo| memo.id).collect::<Vec<_>>(), [own]);
        assert_eq!(view.next_coding(text, Pos(0), false, |seen| seen.coding.id == theirs).map(|_| ()), None);
        let nobody = View::new(&desk.project, CoderId::default()).showing(Whose::Everybody);
        assert_eq!((nobody.count(code), nobody.codings_of(text).count()), (0, 2));
    }
    assert_eq!(desk.refusal(&Edit::Remove(vec![theirs])), "that coding is no longer there");
    desk.finish(round);
    assert!(desk.view().reveal(round).is_none(), "one is still at it");
    let step = desk.as_other(|desk| desk.apply(&Edit::Finish { round, case, finished: true }));
    assert_eq!(step.did, "finish Practice 1 in Round 1, reveal Round 1");
    let view = desk.view().showing(Whose::Everybody);
    assert_eq!((view.count(code), view.memos().count()), (2, 6));
    assert_eq!(view.coding(theirs).map(|seen| seen.coding.comment.as_str()), Some("in by wave"));
    let reveal = view.reveal(round).expect("revealed");
    let mut frozen: Vec<_> = reveal.codings.iter().map(|frozen| frozen.id).collect();
    frozen.sort();
    let mut both = [mine, theirs];
    both.sort();
    assert_eq!(frozen, both, "the broad code is not the round's");
}

#[test]
fn a_code_proposed_in_a_round_is_its_makers_alone_and_so_is_what_is_coded_with_it() {
    let Trial { mut desk, case, text, broad, round, .. } = trial();
    let coder = desk.coder;
    let proposed = desk.code_under(broad, "Cold handoff");
    let elsewhere = desk.as_other(|desk| desk.code_under(broad, "Cold handoff"));
    desk.lay(text, 70, 80, proposed);
    desk.apply(&Edit::Pin(1, Some(proposed)));
    assert_eq!(desk.names(Some(broad)), ["Warm handoff", "Cold handoff"], "mine alone, though another has the name");
    desk.as_other(|desk| {
        assert!(desk.view().code(proposed).is_none() && desk.view().code(elsewhere).is_some());
        assert_eq!(desk.view().showing(Whose::Everybody).codings_of(text).count(), 2);
        let pins = desk.project.all::<crate::project::coding::Pins>().next().expect("pins").clone();
        assert!(desk.view().hides_put(&Change { before: None, after: Some(pins) }.into(), coder));
    });
    assert_eq!(View::new(&desk.project, CoderId::default()).codebook().len(), 3);
    assert_eq!(desk.view().proposed_codes(round).len(), 1);
    let why = desk.refusal(&Edit::AcceptCode(proposed));
    assert_eq!(why, "proposals are taken up when the round has been revealed");
    desk.finish(round);
    desk.as_other(|desk| desk.apply(&Edit::Finish { round, case, finished: true }));
    assert_eq!(desk.view().proposed_codes(round).len(), 2);
    desk.apply(&Edit::AcceptCode(proposed));
    desk.apply(&Edit::MergeCodes { from: vec![elsewhere], into: proposed });
    assert_eq!(desk.view().proposed_codes(round).len(), 0);
    assert_eq!(desk.view().reveal(round).map(|reveal| reveal.codes.len()), Some(2), "what was proposed stays known");
}

#[test]
fn codes_that_a_round_has_pinned_stay_as_they_are_for_everybody_and_wordings_can_be_proposed() {
    let Trial { mut desk, case, broad, code, round, other, .. } = trial();
    let wording = NewWording { definition: "also by wave".into(), ..NewWording::default() };
    let pinned = "“Warm handoff” is pinned for Round 1 until it is revealed; propose a wording, or revise it and \
                  start the round anew";
    let spot = crate::project::edit::Spot { parent: None, after: None };
    for edit in [
        Edit::RenameCode(code, "Handover".into()),
        Edit::MoveCode(code, spot),
        Edit::DeleteCodes(vec![code]),
        Edit::DeleteCodes(vec![broad]),
        Edit::MergeCodes { from: vec![code], into: other },
        Edit::MergeCodes { from: vec![other], into: code },
        Edit::MergeCodes { from: vec![broad], into: other },
        Edit::SetHeading(code, true),
        Edit::Reword(code, wording.clone()),
    ] {
        assert_eq!(desk.refusal(&edit), pinned, "{edit:?}");
    }
    let proposer = desk.coder;
    desk.apply(&Edit::Propose(code, wording.clone()));
    let meant = |desk: &Desk| desk.view().code(code).and_then(|node| node.wording.clone()).expect("a wording");
    assert_eq!((meant(&desk).definition.as_str(), desk.view().wordings(code).len()), ("also by wave", 2));
    desk.as_other(|desk| {
        assert_eq!(meant(desk).definition, "an introduction in person");
        assert_eq!((desk.view().wordings(code).len(), desk.view().proposed_wordings(round).len()), (1, 0));
    });
    desk.finish(round);
    desk.as_other(|desk| desk.apply(&Edit::Finish { round, case, finished: true }));
    assert_eq!(meant(&desk).definition, "an introduction in person", "until it is accepted, nobody's");
    let proposal = desk.view().proposed_wordings(round)[0].clone();
    assert_eq!(proposal.proposed.map(|proposed| proposed.by), Some(proposer));
    desk.apply(&Edit::AcceptWording(proposal.id, true));
    assert_eq!((meant(&desk).definition.as_str(), meant(&desk).meaning), ("also by wave", true));
    assert_eq!(desk.view().wordings(code).len(), 2);
}

#[test]
fn revising_a_definition_stops_the_round_and_the_next_has_all_that_was_coded_and_stays_blind() {
    let Trial { mut desk, case, text, code, round, .. } = trial();
    desk.as_other(|desk| desk.lay(text, 10, 20, code));
    desk.lay(text, 12, 22, code);
    desk.finish(round);
    let next: RoundId = desk.id().into();
    let wording = Box::new(NewWording { definition: "also by wave".into(), meaning: true, ..NewWording::default() });
    desk.apply(&Edit::Revise { round, next, code, wording });
    assert_eq!(desk.view().round(next).map(|round| round.name.as_str()), Some("Round 1b"));
    assert!(desk.view().is_stopped(round) && !desk.view().is_stopped(next));
    assert_eq!(desk.view().showing(Whose::Everybody).count(code), 1, "still blind");
    let why = desk.refusal(&Edit::Finish { round, case, finished: false });
    assert_eq!(why, "Round 1 was stopped; another goes on from it");
    desk.lay(text, 40, 50, code);
    desk.finish(next);
    desk.as_other(|desk| desk.finish(next));
    let reveal = desk.view().reveal(next).expect("revealed");
    assert_eq!(reveal.codings.len(), 3);
    assert_eq!(desk.view().showing(Whose::Everybody).count(code), 3);
}

#[test]
fn what_was_revealed_stays_as_it_was_whatever_is_done_later_and_is_not_undone() {
    let Trial { mut desk, case, text, code, round, .. } = trial();
    let mine = desk.lay(text, 10, 20, code);
    desk.finish(round);
    let why = desk.refusal(&Edit::Remove(vec![mine]));
    assert_eq!(why, "you have finished Practice 1 in Round 1; reopen it first");
    let laying = desk.laying(text, &[(70, 80)], &[code]);
    assert_eq!(desk.refusal(&laying), "you have finished Practice 1 in Round 1; reopen it first");
    desk.apply(&Edit::Finish { round, case, finished: false });
    desk.lay(text, 70, 80, code);
    desk.apply(&Edit::Finish { round, case, finished: true });
    desk.correct(text, 0, 0, 5);
    let last = desk.as_other(|desk| desk.apply(&Edit::Finish { round, case, finished: true }));
    let reveal = desk.view().reveal(round).expect("revealed").clone();
    let spans: Vec<Span> = reveal.codings.iter().map(|frozen| frozen.at.span).collect();
    assert_eq!(spans, [Span::new(15, 25), Span::new(75, 85)], "as the corrected text has them");
    assert_eq!((reveal.grounds[0].version, reveal.grounds[0].chars), (2, 105));
    desk.apply(&Edit::Remove(vec![mine]));
    desk.lay(text, 40, 45, code);
    assert_eq!(**desk.view().reveal(round).expect("revealed"), *reveal);
    let why = undo::allowed(&desk.view(), &last.puts).expect_err("refused").to_string();
    assert_eq!(why, "Round 1 has been revealed; that cannot be taken back");
    assert_eq!(desk.refusal(&Edit::Finish { round, case, finished: false }), "Round 1 has been revealed");
    let opened = desk.done.iter().find(|(_, step)| step.did == "open “Round 1”").expect("opened").1.clone();
    let why = undo::allowed(&desk.view(), &opened.puts).expect_err("refused").to_string();
    assert_eq!(why, "Round 1 has been worked in; that cannot be taken back");
}

#[test]
fn a_round_that_cannot_be_is_refused_with_a_reason() {
    let Trial { mut desk, case, text, broad, code, other, .. } = trial();
    let (more, its) = desk.case("Practice 2");
    let bare: CaseId = desk.id().into();
    desk.apply(&Edit::AddCase { id: bare, name: "Practice 3".into(), kind: "practice".into() });
    let mut refusal = |change: &dyn Fn(&mut NewRound)| {
        let mut new = desk.new_round("Round 2", &[(more, its)], &[other]);
        change(&mut new);
        desk.refusal(&Edit::OpenRound(Box::new(new)))
    };
    assert_eq!(refusal(&|new| new.name = "round 1".into()), "there is a round called “round 1” here already");
    assert_eq!(refusal(&|new| new.desks.clear()), "a round needs at least one case");
    assert_eq!(refusal(&|new| new.desks[0].coders.truncate(1)), "Practice 2 needs two coders or more to be compared");
    assert_eq!(refusal(&|new| new.desks[0].case = bare), "Practice 3 has no sources yet; import them first");
    assert_eq!(refusal(&|new| new.codes.clear()), "a round needs codes that can be applied to text");
    assert_eq!(
        refusal(&|new| new.grounds[0].scope.clear()),
        "nothing is in scope: no passage of these cases could be coded"
    );
    let twice = |new: &mut NewRound| {
        new.desks[0].case = case;
        new.grounds[0].case = case;
        new.grounds[0].source = text;
        new.codes = vec![broad, code];
    };
    assert_eq!(refusal(&twice), "Practice 1 is in Round 1 with some of these codes already");
}

#[test]
fn a_case_that_comes_to_the_round_late_changes_nothing_of_it() {
    let Trial { mut desk, case, code, round, .. } = trial();
    let late = desk.source("Late", 50);
    desk.apply(&Edit::MoveSource(late, Some(case)));
    let coding = desk.lay(late, 0, 10, code);
    assert_eq!(desk.coding(coding).round, None, "it belongs to its case, not to the round");
    desk.finish(round);
    desk.as_other(|desk| desk.finish(round));
    assert_eq!(desk.view().reveal(round).map(|reveal| reveal.codings.len()), Some(0));
}
