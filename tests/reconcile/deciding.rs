//! Deciding: what each key records, ends and edges, reasons, who was present.

use super::support::rounds::Rounds;
use super::{COUNTY, EXTENT, MET, ONLY, PAIR, WAVE, begun, chosen, decisions, only, result, to};
use emic::findings::consensus::consensus_of;
use emic::findings::queue::queue_of;
use emic::project::decision::Outcome;
use emic::project::memo::{Link, MemoKind};

#[test]
fn each_key_records_what_it_says_and_undo_takes_it_back() {
    type Case = ((&'static str, &'static str), &'static str, fn(&Rounds) -> Outcome, Vec<(&'static str, &'static str)>);
    let both = vec![("Funding", COUNTY), ("Reimbursement", COUNTY)];
    let door = "she walks over and gets Denise, and Denise comes into the room";
    let cases: Vec<Case> = vec![
        (ONLY, "1", |made| Outcome::As(made.pb), vec![("Warm handoff", door)]),
        (ONLY, "A", |made| Outcome::As(made.pb), vec![("Warm handoff", door)]),
        (ONLY, "2", |made| Outcome::As(made.dc), vec![]),
        (ONLY, "0", |_| Outcome::Neither, vec![]),
        (ONLY, "x", |_| Outcome::Neither, vec![]),
        (EXTENT, "w", |_| Outcome::Wider, vec![("Warm handoff", MET)]),
        (EXTENT, "t", |_| Outcome::Tighter, vec![("Warm handoff", WAVE)]),
        (EXTENT, "2", |made| Outcome::As(made.dc), vec![("Warm handoff", MET)]),
        (PAIR, "b", |_| Outcome::Both, both),
        (PAIR, "B", |made| Outcome::As(made.dc), vec![("Reimbursement", COUNTY)]),
        (PAIR, "estep<Enter>", |_| Outcome::Other, vec![("Stepped care", COUNTY)]),
        (PAIR, "d", |_| Outcome::Discuss, vec![]),
        (PAIR, "P<Enter>", |_| Outcome::Passed(None), vec![]),
        (PAIR, "PEW<Enter>", |made| Outcome::Passed(Some(made.ew)), vec![]),
    ];
    for ((code, gist), key, outcome, wanted) in cases {
        let (made, mut player) = begun();
        to(&mut player, code, gist);
        let before = chosen(&player);
        player.keys(key).expect("a key");
        let decision = only(&made, &player);
        assert_eq!(decision.outcome, outcome(&made), "{key}");
        assert_eq!((decision.coder, decision.seen.clone()), (made.pb, before.seen.clone()), "{key}");
        assert!(player.text().contains("reason"), "{key} asks why:\n{}", player.text());
        assert_eq!(chosen(&player).seen, before.seen, "it stays in sight while the reason is asked");
        player.keys("because of it<Enter>").expect("a reason");
        let decision = only(&made, &player);
        assert_eq!(decision.reason, "because of it", "{key}");
        let mut given = result(&mut player, &decision);
        given.sort();
        let wanted: Vec<(String, String)> = wanted.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(given, wanted, "{key}");
        assert_ne!(chosen(&player).seen, before.seen, "the next open item is chosen after {key}");
        player.keys("u").expect("undo");
        assert_eq!(decisions(&made, &player).len(), 0, "{key} and its reason are one undo");
        assert_eq!(chosen(&player).seen, before.seen, "undo shows where");
        player.keys("<C-r>").expect("redo");
        assert_eq!(only(&made, &player).reason, "because of it", "redo brings both");
    }
}

#[test]
fn what_means_nothing_for_an_item_is_refused_with_a_word() {
    let (made, mut player) = begun();
    for (item, keys, words) in [
        (ONLY, "w", "wider and tighter are for"),
        (ONLY, "b", "both codes can be kept"),
        (ONLY, "3", "C does not code Practice 01"),
        (ONLY, "4", "this round has no coder D"),
    ] {
        to(&mut player, item.0, item.1);
        player.keys(keys).expect("a key");
        assert!(player.text().contains(words), "{keys}:\n{}", player.text());
    }
    assert_eq!(decisions(&made, &player).len(), 0);
}

#[test]
fn the_reason_can_be_left_empty_recalled_and_completed() {
    let (made, mut player) = begun();
    player.keys("1wave-in counts, it happens in the visit<Enter>").expect("a first reason");
    player.keys("2something<Esc>").expect("left empty");
    let all = decisions(&made, &player);
    assert_eq!(all.len(), 2, "the decision stands either way");
    assert_eq!(all.iter().filter(|decision| decision.reason.is_empty()).count(), 1);
    player.keys("1").expect("a third");
    assert!(player.text().contains("enter keeps it, esc leaves it empty; the decision stands"), "{}", player.text());
    player.keys("<Up><Enter>").expect("an earlier reason");
    player.keys("1wave<Tab><Enter>").expect("completed");
    let reasons: Vec<String> = decisions(&made, &player).iter().map(|decision| decision.reason.clone()).collect();
    assert_eq!(reasons.iter().filter(|reason| reason.starts_with("wave-in counts")).count(), 3, "{reasons:?}");
}

#[test]
fn leaving_for_discussion_leaves_a_memo_on_the_words() {
    let (_, mut player) = begun();
    to(&mut player, ONLY.0, ONLY.1);
    let item = chosen(&player);
    player.keys("dis a wave enough?<Enter>").expect("keys");
    let view = player.app.study.view();
    let memo = view.memos().next().expect("a memo").clone();
    assert_eq!((memo.kind, memo.shared, memo.title()), (MemoKind::Discuss, true, "To discuss: Warm handoff"));
    assert!(memo.body().contains("is a wave enough?"), "{}", memo.text);
    assert_eq!(memo.on, Link::Passage(view.passage(item.source, item.span)));
    assert!(player.text().contains("0 of 14 decided"), "it stays open:\n{}", player.text());
    player.keys("u").expect("undo");
    assert_eq!(player.app.study.view().memos().count(), 0, "decision, memo and reason are one undo");
}

#[test]
fn the_whole_queue_is_walked_and_decided_by_key() {
    let (made, mut player) = begun();
    let mut keys = 0;
    for _ in 0..40 {
        if player.text().contains(" 0 open") {
            break;
        }
        player.keys("1<Enter>").expect("keys");
        if player.text().contains("does not code") {
            player.keys("2<Enter>").expect("keys");
        }
        keys += 1;
    }
    assert_eq!(keys, 14, "one decision each:\n{}", player.text());
    assert_eq!(decisions(&made, &player).len(), 14);
    assert!(player.text().contains("all 14 are decided"), "{}", player.text());
    let view = player.app.study.view();
    let queue = queue_of(&view, made.round).expect("a queue");
    assert!(consensus_of(&view, &queue).is_complete());
    // Decided ones are shown on request, and can be decided again.
    player.keys("agg").expect("keys");
    assert!(player.text().contains("adopted A"), "{}", player.text());
    player.keys("0<Esc>").expect("decided again");
    assert_eq!(decisions(&made, &player).len(), 14, "the same record");
    assert_eq!(decisions(&made, &player).iter().filter(|d| d.outcome == Outcome::Neither).count(), 1);
    for _ in 0..15 {
        player.keys("u").expect("undo");
    }
    assert_eq!(decisions(&made, &player).len(), 0);
}

#[test]
fn edges_are_settled_in_one_step_and_one_undo() {
    for (way, keys) in [("as A", "E1"), ("tighter", "Et"), ("wider", "Ew"), ("chosen", "Ej<Enter>")] {
        let (made, mut player) = begun();
        player.keys("E").expect("keys");
        assert!(player.text().contains("Settle all 2 edges"), "{}", player.text());
        player.keys(&keys[1..]).expect("keys");
        assert_eq!(decisions(&made, &player).len(), 2, "{way}");
        player.keys("mere punctuation<Enter>").expect("a reason for both");
        assert!(decisions(&made, &player).iter().all(|decision| decision.reason == "mere punctuation"), "{way}");
        player.keys("u").expect("undo");
        assert_eq!(decisions(&made, &player).len(), 0, "{way}: one undo");
    }
    let (made, mut player) = begun();
    player.keys("E<Esc>").expect("left");
    assert_eq!(decisions(&made, &player).len(), 0);
}

#[test]
fn other_ends_are_set_on_the_text() {
    let (made, mut player) = begun();
    to(&mut player, ONLY.0, ONLY.1);
    player.keys("r").expect("ends in hand");
    assert!(player.text().contains("Enter keeps"), "{}", player.text());
    player.keys("<Esc>").expect("left");
    assert_eq!(decisions(&made, &player).len(), 0);
    player.keys("rbbbbbb").expect("six words less");
    assert!(player.text().contains("moving the ends"), "{}", player.text());
    player.keys("<Enter>the walk is all<Enter>").expect("kept");
    let decision = only(&made, &player);
    assert_eq!((decision.outcome, decision.reason.as_str()), (Outcome::Other, "the walk is all"));
    let kept = ("Warm handoff".to_owned(), "she walks over and gets Denise,".to_owned());
    assert!(kept.1.starts_with(&result(&mut player, &decision)[0].1), "{:?}", result(&mut player, &decision));
    player.keys("u").expect("undo");
    // The other end, and another code for what is left.
    player.keys("rowwestep<Enter><Esc>").expect("keys");
    let decision = only(&made, &player);
    let given = result(&mut player, &decision);
    assert_eq!(given[0].0, "Stepped care");
    assert!(given[0].1.ends_with("comes into the room") && !given[0].1.starts_with("she walks"), "{given:?}");
}

#[test]
fn who_is_present_is_kept_with_the_decision() {
    let (made, mut player) = begun();
    assert!(player.text().contains("deciding: PB"));
    player.keys("WDC<Tab><Enter>").expect("with DC");
    assert!(player.text().contains("PB + DC · deciding: PB"), "{}", player.text());
    player.keys("1<Enter>").expect("decided");
    let decision = only(&made, &player);
    assert_eq!((decision.coder, decision.with.clone()), (made.pb, vec![made.dc]));
    player.keys("Wnobody<Enter>").expect("alone again");
    assert!(!player.text().contains("PB + DC"));
}

#[test]
fn where_two_codes_are_in_dispute_it_is_asked_for_which() {
    let (made, mut player) = begun();
    to(&mut player, PAIR.0, PAIR.1);
    player.keys("D").expect("keys");
    assert!(player.text().contains("Which definition is revised?"), "{}", player.text());
    player.keys("2").expect("the second");
    assert!(player.text().contains("Wording of “Reimbursement”"), "{}", player.text());
    player.keys("<Esc>r").expect("the ends");
    assert!(player.text().contains("Which code gets other ends?"), "{}", player.text());
    player.keys("j<Enter>bbb<Enter><Esc>").expect("the second, shorter");
    let decision = only(&made, &player);
    let given = result(&mut player, &decision);
    assert_eq!(given.len(), 1);
    assert!(given[0].0 == "Reimbursement" && COUNTY.starts_with(&given[0].1) && given[0].1 != COUNTY, "{given:?}");
}

#[test]
fn a_reason_with_names_of_keys_is_typed_and_nothing_else_happens() {
    let (made, mut player) = begun();
    player.keys("1q0123 xwtb D<Enter>").expect("keys");
    assert!(!player.has_ended());
    assert_eq!(only(&made, &player).reason, "q0123 xwtb D");
}
