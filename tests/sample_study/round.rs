//! Round 1 of the sample: the disagreements are those that `round.ron` lists, and what is held in the end is the truth.

use super::support::sample::working::{How, Working};
use super::support::sample::{Sample, Stage, make, make_at};
use emic::agreement::ItemType;
use emic::findings::basis::no_texts;
use emic::findings::check_again::check_again;
use emic::findings::consensus::consensus_of;
use emic::findings::figures::{Figures, figures};
use emic::findings::queue::{Queue, queue_of};
use emic::findings::working::working;
use emic::project::decision::{Outcome, Verdict};
use emic::project::id::{CodeId, RoundId};
use emic::project::view::View;
use std::collections::{BTreeMap, BTreeSet};

fn view(sample: &Sample) -> View<'_> {
    View::new(&sample.project, sample.coder)
}

fn round(view: &View<'_>) -> RoundId {
    view.rounds()[0].id
}

fn queue(view: &View<'_>) -> Queue {
    queue_of(view, round(view)).expect("revealed")
}

fn figures_of(view: &View<'_>) -> Figures {
    figures(view, round(view), &Default::default(), &no_texts).expect("revealed")
}

fn count(queue: &Queue, kind: ItemType) -> usize {
    queue.items.iter().filter(|item| item.kind == kind).count()
}

#[test]
fn the_disagreements_at_the_reveal_are_those_of_the_list() {
    let sample = make_at(Stage::Revealed);
    let view = view(&sample);
    let queue = queue(&view);
    let listed = Working::read().round.differences;
    let of = |is: fn(&How) -> bool| listed.iter().filter(|one| one.decided.is_some() && is(&one.how)).count();
    let omitted = of(|how| *how == How::Omits);
    let (added, shifted) = (of(|how| matches!(how, How::Adds(_))), of(|how| matches!(how, How::Shifts(_))));
    let (given, split) = (of(|how| matches!(how, How::Gives(_))), of(|how| matches!(how, How::Splits(_))));
    // Two of those omitted are double codings, of which each coder had one half; one that was given another code stands
    // alone until the proposal it was given is one with its own code.
    assert_eq!((omitted, added, shifted, given, split), (14, 6, 12, 6, 3));
    let partial = 3;
    assert_eq!(count(&queue, ItemType::Only), omitted - 2 + added + 1 - partial);
    assert_eq!(count(&queue, ItemType::Extent), shifted);
    assert_eq!(count(&queue, ItemType::Split), split);
    let pairs = [ItemType::Sibling, ItemType::ParentChild, ItemType::OtherCode].map(|kind| count(&queue, kind));
    assert_eq!(pairs, [given - 2, 1, 2], "one was called a registry by one, care management by the other");
    assert_eq!(count(&queue, ItemType::Partial), partial, "of three coders two have it");
    assert_eq!(queue.items.len(), 41);
    let edges = queue.items.iter().filter(|item| item.edge).count();
    assert_eq!(edges, 3);
    let all_omit: BTreeSet<&str> =
        listed.iter().filter(|one| one.how == How::Omits).map(|one| one.coder.as_str()).collect();
    assert_eq!(all_omit, ["DC", "EW", "PB"].into());
}

#[test]
fn every_type_of_disagreement_occurs_and_edges_too() {
    let sample = make_at(Stage::Revealed);
    let queue = queue(&view(&sample));
    for kind in ItemType::ALL {
        assert!(count(&queue, kind) > 0, "{kind:?} does not occur");
    }
    assert!(queue.items.iter().any(|item| item.edge));
}

#[test]
fn of_the_three_coders_of_one_practice_each_is_the_one_who_lacks_something_and_the_two_are_not_always_right() {
    let sample = make();
    let view = view(&sample);
    let queue = queue(&view);
    let mut lacking = BTreeSet::new();
    let mut outcomes = Vec::new();
    for item in queue.items.iter().filter(|item| item.kind == ItemType::Partial) {
        assert_eq!((view.case(item.case).map(|case| case.name.as_str()), item.desk.len()), (Some("Practice 17"), 3));
        lacking.extend(item.desk.iter().filter(|coder| !item.coders.contains(coder)).map(|id| view.initials(*id)));
        outcomes.push(item.state.decision().expect("decided").outcome);
    }
    assert_eq!(lacking, ["DC", "EW", "PB"].into());
    let kept = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::As(_))).count();
    assert_eq!((kept, outcomes.contains(&Outcome::Neither)), (2, true), "{outcomes:?}");
    let three = |item: &&emic::findings::queue::Item| item.desk.len() == 3;
    let ew = sample.coder_called("EW");
    assert!(queue.items.iter().filter(three).all(|item| item.desk.contains(&ew)));
}

#[test]
fn one_practice_agrees_wholly_and_codes_are_undefined_in_both_ways_or_worse_than_chance() {
    let sample = make_at(Stage::Revealed);
    let view = view(&sample);
    let figures = figures_of(&view);
    let disputed: BTreeSet<&str> =
        queue(&view).items.iter().filter_map(|item| view.case(item.case)).map(|case| case.name.as_str()).collect();
    assert_eq!(disputed, ["Practice 03", "Practice 08", "Practice 17", "Practice 25"].into(), "not Practice 15");
    let row = |name: &str| figures.rows.iter().find(|row| row.name.ends_with(name)).expect("a row");
    let unused = row("Teambuilding");
    assert!(unused.unused && unused.passages == [0, 0, 0]);
    let everywhere = row("Chronic pain support").case.as_ref().expect("cases");
    assert_eq!((everywhere.agree, everywhere.of, everywhere.figure.alpha.value), (5, 5, None));
    let worse = row("No data to follow up").unit.as_ref().expect("turns").alpha.value.expect("defined");
    assert!(worse < 0.0, "{worse}");
    let pooled = figures.pooled.unit.as_ref().and_then(|estimate| estimate.value).expect("defined");
    assert!((0.7..0.9).contains(&pooled), "{pooled}");
}

#[test]
fn a_code_that_one_coder_gave_a_practice_is_dropped_so_that_the_consensus_has_one_less_than_the_union() {
    let sample = make();
    let view = view(&sample);
    let code = view.codebook().in_order().into_iter().find(|code| view.code_name(*code) == "Substance use program");
    let code = code.expect("it is there");
    let reveal = view.reveal(round(&view)).expect("revealed");
    let case_of = |source| view.source(source).and_then(|source| source.case);
    let union: BTreeSet<_> =
        reveal.codings.iter().filter(|frozen| frozen.code == code).map(|frozen| case_of(frozen.at.source)).collect();
    let queue = queue(&view);
    let held: BTreeSet<_> =
        consensus_of(&view, &queue).held.iter().filter(|held| held.code == code).map(|held| Some(held.case)).collect();
    assert_eq!((union.len(), held.len()), (2, 1));
    let all: BTreeSet<_> = working(&view).counted.iter().filter(|one| one.code == code).map(|one| one.case).collect();
    assert!(held.is_subset(&all) && !union.is_subset(&all));
}

#[test]
fn the_consensus_of_the_five_practices_is_the_truth() {
    let sample = make();
    let view = view(&sample);
    let read = Working::read();
    let queue = queue(&view);
    let consensus = consensus_of(&view, &queue);
    assert!(consensus.is_complete());
    let name = |code: CodeId| view.code_name(code).to_owned();
    let held: BTreeSet<(String, String, u32, u32)> = consensus
        .held
        .iter()
        .map(|held| {
            let file = view.source(held.source).expect("a source").file.clone();
            (file, name(held.code), held.at.start.0, held.at.end.0)
        })
        .collect();
    let mut truth = BTreeSet::new();
    for file in queue.basis.sheets.iter().filter_map(|sheet| view.source(sheet.source)).map(|source| &source.file) {
        for mark in &read.text(file).marks {
            for key in mark.keys.iter().filter(|key| read.is_of_round(key)) {
                let code = read.codes.iter().find(|code| code.key == *key).expect("a code");
                truth.insert((file.clone(), code.name.clone(), mark.span.start.0, mark.span.end.0));
            }
        }
    }
    assert_eq!(held, truth);
}

#[test]
fn when_all_is_done_nothing_is_open_and_everything_has_been_decided_by_those_who_should() {
    let sample = make();
    let view = view(&sample);
    let queue = queue(&view);
    assert!(queue.items.iter().all(|item| item.state.is_decided()));
    let mut by: BTreeMap<&str, usize> = BTreeMap::new();
    let decisions = view.decisions(queue.round.id);
    for decision in decisions.iter().filter(|decision| decision.outcome.settles()) {
        *by.entry(view.initials(decision.coder)).or_default() += 1;
    }
    assert_eq!(by, [("DC", 9), ("EW", 3), ("PB", 29)].into());
    let has = |is: fn(&Outcome) -> bool| decisions.iter().any(|decision| is(&decision.outcome));
    assert!(has(|o| matches!(o, Outcome::As(_))) && has(|o| *o == Outcome::Wider) && has(|o| *o == Outcome::Tighter));
    assert!(has(|o| *o == Outcome::Both) && has(|o| *o == Outcome::Neither) && has(|o| *o == Outcome::Other));
    let without = decisions.iter().filter(|d| d.outcome.settles() && d.reason.is_empty()).count();
    assert!((1..=4).contains(&without), "{without} decisions without a reason: edges speak for themselves");
    let ew = sample.coder_called("EW");
    for item in &queue.items {
        let decision = item.state.decision().expect("decided");
        let alone = decision.coder == ew;
        assert_eq!(alone, !item.desk.contains(&decision.coder), "a third person is one who did not code the practice");
        assert_eq!(decision.with.is_empty(), alone);
    }
    assert!(view.proposed_codes(queue.round.id).is_empty() && view.proposed_wordings(queue.round.id).is_empty());
    assert!(view.open_rounds().is_empty());
}

#[test]
fn definitions_were_revised_and_every_earlier_coding_of_them_checked() {
    let sample = make();
    let view = view(&sample);
    let lists = check_again(&view);
    assert_eq!(lists.len(), 2);
    assert!(lists.iter().all(|list| list.checked == list.of && list.of > 0 && list.wording.because.is_some()));
    let checks = view.checks();
    let of = |is: fn(&Verdict) -> bool| checks.iter().filter(|check| is(&check.verdict)).count();
    let recoded = of(|verdict| matches!(verdict, Verdict::Recode(_)));
    assert_eq!((of(|v| *v == Verdict::Keep), recoded, of(|v| *v == Verdict::Remove)), (6, 1, 1));
}

#[test]
fn the_other_practices_are_divided_evenly_over_words_and_kinds_of_organization() {
    let sample = make();
    let view = view(&sample);
    let allocation = &view.allocations()[0];
    let mut shares: BTreeMap<&str, (usize, u32)> = BTreeMap::new();
    for share in &allocation.shares {
        assert_eq!(share.coders.len(), 1);
        let (cases, words) = shares.entry(view.initials(share.coders[0])).or_default();
        *cases += 1;
        *words += share.words;
    }
    let mut cases: Vec<usize> = shares.values().map(|(cases, _)| *cases).collect();
    cases.sort_unstable();
    assert_eq!(cases, [12, 13]);
    let words: Vec<u32> = shares.values().map(|(_, words)| *words).collect();
    assert!(words[0].abs_diff(words[1]) < 100, "{words:?}");
    for share in &allocation.shares {
        for source in view.sources_of(Some(share.case)) {
            let read = View::new(&sample.project, share.coders[0]).progress(source.id).expect("read").finished;
            assert!(read, "{}", source.name);
        }
    }
}
