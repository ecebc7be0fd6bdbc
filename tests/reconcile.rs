//! The Reconcile view, played with real keys: what each key records, what is seen and what is not.

mod support;

use emic::findings::consensus::consensus_of;
use emic::findings::queue::{Group, Item, queue_of};
use emic::project::decision::{Decision, Outcome};
use emic::project::edit::{Edit, NewWording};
use emic::project::memo::{Link, MemoKind};
use emic::project::view::Whose;
use emic::screen::play::Player;
use emic::screen::views::{Showing, show};
use std::sync::Arc;
use support::rounds::Rounds;

fn reconciling(made: &Rounds) -> Player {
    let mut player = made.player(made.pb, 120, 40);
    player.keys("gD").expect("keys");
    player
}

fn begun() -> (Rounds, Player) {
    let made = Rounds::revealed();
    let player = reconciling(&made);
    (made, player)
}

fn decisions(made: &Rounds, player: &Player) -> Vec<Arc<Decision>> {
    player.app.study.view().decisions(made.round).into_iter().cloned().collect()
}

/// The words and codes that a decision gives.
fn result(player: &mut Player, decision: &Decision) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for settled in &decision.result {
        let text = player.app.study.read(settled.at.source).expect("a text").text.clone();
        let view = player.app.study.view();
        out.push((view.code_name(settled.code).to_owned(), text.slice(view.place(settled.at)).to_owned()));
    }
    out
}

fn chosen(player: &Player) -> Item {
    player.app.reconcile.item().expect("an item").clone()
}

/// Goes down to the first item whose row has these words.
fn to(player: &mut Player, code: &str, gist: &str) {
    player.keys("gg").expect("keys");
    for _ in 0..40 {
        let queue = player.app.reconcile.queue().expect("a queue").clone();
        let view = player.app.study.view();
        let item = chosen(player);
        let name = emic::screen::views::reconcile::words::codes(&view, &item);
        if name == code && emic::screen::views::reconcile::words::gist(&queue, &item) == gist {
            return;
        }
        player.keys("j").expect("down");
    }
    panic!("no {code} with {gist}:\n{}", player.text());
}

/// The one decision there is.
fn only(made: &Rounds, player: &Player) -> Decision {
    let all = decisions(made, player);
    assert_eq!(all.len(), 1, "{all:?}");
    Decision::clone(&all[0])
}

const ONLY: (&str, &str) = ("Warm handoff", "only A");
const EXTENT: (&str, &str) = ("Warm handoff", "B wider by 49");
const PAIR: (&str, &str) = ("Funding / Reimbursement", "siblings");
const WAVE: &str = "And they will sort of wave me in if my door is open.";
const MET: &str =
    "The doctor will say, have you met our counselor? And they will sort of wave me in if my door is open.";
const COUNTY: &str = "The county gives us something every year for the rest.";

#[test]
fn the_queue_is_listed_in_groups_what_changes_a_table_first() {
    let (_, player) = begun();
    let screen = player.text();
    let place = |words: &str| screen.find(words).unwrap_or_else(|| panic!("no “{words}”:\n{screen}"));
    assert!(place("changes the tables") < place("not everybody's"));
    assert!(place("not everybody's") < place("boundaries"));
    assert!(place("boundaries") < place("edges, settle together"));
    assert!(screen.contains("14 open") && screen.contains("0 of 14 decided"), "{screen}");
    for words in
        ["only A", "siblings", "parent, child", "other code", "A, B, not C", "B wider by 49", "one, two pieces"]
    {
        place(words);
    }
    // The words with margins, what each coded with comments, the definition and how many are about it.
    for words in ["A  B", "Clinic manager", "she walks over", "PB coded Warm handoff", "in the same visit, in person"] {
        place(words);
    }
    place("DC coded nothing here");
    place("finished Practice 01 on 4 Mar");
    place("wording 1, pinned for this round");
    place("3 of the 14 are about this code");
    // The state of proposals is told, and nothing is blocked by it.
    place("2 proposals wait: g R");
    assert!(!screen.contains("alpha") && !screen.contains("agreement  "), "neither agreement nor effect:\n{screen}");
}

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
fn n_walks_open_items_and_j_every_row() {
    let (_, mut player) = begun();
    player.keys("jj").expect("keys");
    let third = chosen(&player);
    player.keys("gg").expect("first");
    player.keys("nn").expect("keys");
    assert_eq!(chosen(&player).seen, third.seen);
    player.keys("NN").expect("back");
    let first = chosen(&player);
    player.keys("a1<Enter>gg").expect("the first is decided and shown");
    assert_eq!(chosen(&player).seen, first.seen);
    player.keys("jk").expect("keys");
    assert_eq!(chosen(&player).seen, first.seen, "rows are walked whatever they are");
    player.keys("nN").expect("keys");
    assert_ne!(chosen(&player).seen, first.seen, "what is decided is passed over");
}

#[test]
fn skipped_items_come_again_when_the_others_are_decided() {
    let (made, mut player) = begun();
    let first = chosen(&player);
    player.keys("s").expect("skipped");
    assert_ne!(chosen(&player).seen, first.seen);
    for _ in 0..13 {
        player.keys("0<Esc>").expect("keys");
    }
    assert_eq!(decisions(&made, &player).len(), 13);
    assert_eq!(chosen(&player).seen, first.seen);
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
fn the_order_and_the_filters_change_what_is_listed() {
    let (made, mut player) = begun();
    for heading in ["Funding", "Practice 01", "only one coder"] {
        player.keys("o").expect("another order");
        assert!(player.text().contains(heading), "{heading}:\n{}", player.text());
    }
    player.keys("o").expect("by size");
    let sizes: Vec<u32> = {
        let view = &player.app.reconcile;
        let queue = view.queue().expect("a queue");
        view.list.items().into_iter().map(|n| queue.items[n].chars()).collect()
    };
    assert!(sizes.is_sorted_by(|a, b| a >= b), "{sizes:?}");
    player.keys("o").expect("tables again");
    player.keys("fwarm<Enter>").expect("one code");
    assert_eq!(player.app.reconcile.list.items().len(), 3, "{}", player.text());
    player.keys("fPractice 02<Enter>").expect("and one case");
    assert_eq!(player.app.reconcile.list.items().len(), 1);
    assert!(player.text().contains("only Warm handoff"), "{}", player.text());
    player.keys("<Esc>").expect("all");
    assert_eq!(player.app.reconcile.list.items().len(), 14);
    player.keys("/reimb<Enter>").expect("found");
    assert_eq!(player.app.reconcile.list.items().len(), 2);
    player.keys("<Esc>").expect("all");
    player.keys("fother ends<Enter>").expect("a kind");
    let kinds = player.app.reconcile.list.items().len();
    assert!((2..=3).contains(&kinds), "{}", player.text());
    player.keys("<Esc>P<Enter><Enter>fput to a<Enter>").expect("what was passed");
    assert_eq!(player.app.reconcile.list.items().len(), 1);
    assert_eq!(decisions(&made, &player).len(), 1);
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
fn the_effect_and_the_agreement_are_shown_only_when_asked_for() {
    let (_, mut player) = begun();
    assert!(!player.text().contains("agreement  "));
    player.keys("X").expect("shown");
    let screen = player.text();
    assert!(screen.contains("agreement  Warm handoff: alpha") && screen.contains("revealed"), "{screen}");
    assert!(screen.contains("in dispute") && screen.contains("as A"), "{screen}");
    player.keys("X").expect("hidden");
    assert!(!player.text().contains("agreement  "));
}

#[test]
fn the_consensus_stands_beside_the_originals() {
    let (_, mut player) = begun();
    to(&mut player, EXTENT.0, EXTENT.1);
    player.keys("a").expect("decided ones stay");
    let item = chosen(&player);
    player.keys("wS<Enter>").expect("S is typed into the reason");
    player.keys("S").expect("the consensus");
    to(&mut player, EXTENT.0, EXTENT.1);
    assert_eq!(chosen(&player).seen, item.seen);
    assert!(player.text().contains("A  B  ="), "{}", player.text());
    let scene = player.app.reconcile.scene.as_ref().expect("a scene");
    assert_eq!(scene.columns.len(), 3);
    assert_eq!(scene.columns[2].spans, [item.span], "the wider is held");
    player.keys("S").expect("without");
    assert!(!player.text().contains("A  B  ="));
}

#[test]
fn a_late_edit_brings_an_item_back_marked_after_reveal() {
    let (mut made, mut player) = begun();
    player.keys("1<Enter>").expect("the first is decided");
    let first = only(&made, &player);
    let snapshot = player.app.study.snapshot();
    made.project = snapshot;
    // DC codes it after all, a little narrower.
    made.at("2026-03-21T10:00:00Z");
    made.lay(made.dc, "she walks over and gets Denise", "Warm handoff");
    let mut player = reconciling(&made);
    let screen = player.text();
    assert!(screen.contains("0 of 14 decided"), "asked again, as what it is now:\n{screen}");
    to(&mut player, "Warm handoff", "A wider by 32");
    let screen = player.text();
    assert!(screen.contains("after reveal") && screen.contains("before it changed: adopted A by PB"), "{screen}");
    player.keys("faft<Enter>").expect("only those");
    assert_eq!(player.app.reconcile.list.items().len(), 1);
    player.keys("w<Esc>").expect("decided");
    assert_eq!(decisions(&made, &player).len(), 2, "the earlier one is kept");
    assert!(decisions(&made, &player).iter().any(|decision| decision.seen == first.seen));
}

#[test]
fn three_coders_have_three_margins() {
    let (made, mut player) = begun();
    to(&mut player, "Universal screening", "A, B, not C");
    let screen = player.text();
    assert!(screen.contains("A  B  C"), "{screen}");
    assert!(screen.contains("EW coded nothing here"), "{screen}");
    player.keys("3no<Enter>").expect("as C");
    let decision = only(&made, &player);
    assert_eq!((decision.outcome, decision.result.len()), (Outcome::As(made.ew), 0));
    to(&mut player, "Reimbursement", "only C");
    player.keys("3<Enter>").expect("as C");
    let all = decisions(&made, &player);
    assert_eq!(all.len(), 2);
    assert!(all.iter().any(|decision| decision.result.len() == 1));
}

/// No initials of the round's coders stand on the screen, other than one's own.
fn no_names(player: &Player, what: &str) {
    let screen = player.text();
    let words: Vec<&str> = screen.split(|c: char| !c.is_alphanumeric()).collect();
    for name in ["PB", "DC"] {
        assert!(!words.contains(&name), "{name} is named after {what}:\n{screen}");
    }
}

#[test]
fn a_third_person_sees_no_names_anywhere() {
    let mut made = Rounds::revealed();
    let mut player = reconciling(&made);
    player.keys("PEW<Enter>we cannot agree<Enter>").expect("put to EW");
    to(&mut player, EXTENT.0, EXTENT.1);
    player.keys("PEW<Enter><Enter>").expect("and another");
    made.project = player.app.study.snapshot();
    let mut player = made.player(made.ew, 160, 45);
    player.keys("gD").expect("keys");
    assert_eq!(player.app.reconcile.list.items().len(), 2, "those that were put to EW:\n{}", player.text());
    assert!(player.text().contains("only put to you"), "{}", player.text());
    no_names(&player, "gD");
    for keys in [
        "j",
        "k",
        "<Tab>",
        "<Tab>",
        "<Tab>",
        "S",
        "X",
        "1",
        "<Enter>",
        "u",
        "2",
        "in person<Enter>",
        "P",
        "<Esc>",
        "W",
        "<Esc>",
        "f",
        "<Esc>",
        "d",
        "<Esc>",
        "u",
        "a",
    ] {
        player.keys(keys).expect("keys");
        no_names(&player, keys);
    }
    player.keys("H").expect("names");
    let screen = player.text();
    assert!(screen.contains("PB") || screen.contains("DC"), "named on request:\n{screen}");
    let view = player.app.study.view();
    assert!(view.decisions(made.round).iter().any(|decision| decision.coder == made.ew));
}

#[test]
fn a_coder_can_hide_names_too() {
    let (_, mut player) = begun();
    assert!(player.text().contains("PB coded"));
    player.keys("H").expect("letters alone");
    let screen = player.text();
    assert!(!screen.contains("PB coded") && !screen.contains("DC coded"), "{screen}");
}

#[test]
fn revising_a_definition_records_the_words_and_asks_whether_the_meaning_changed() {
    let (made, mut player) = begun();
    let item = chosen(&player);
    player.keys("D").expect("the form");
    assert!(player.text().contains("Recorded as why"), "{}", player.text());
    player.keys(" The same visit.<Esc>").expect("reworded: the reason is asked");
    player.keys("a wave counts<Esc>").expect("given: the meaning is asked");
    assert!(player.text().contains("wording only") && player.text().contains("meaning changed"), "{}", player.text());
    player.keys("<Enter>").expect("wording only, the default");
    let view = player.app.study.view();
    let code = made.code("Warm handoff");
    let wording = view.code(code).and_then(|node| node.wording.clone()).expect("a wording");
    assert!(wording.definition.ends_with("The same visit."));
    assert_eq!((wording.meaning, wording.reason.as_str()), (false, "a wave counts"));
    assert_eq!(wording.because, Some(view.passage(item.source, item.span)));
    assert!(player.text().contains("wording 1, pinned for this round; wording 2 since"), "{}", player.text());
    // Once more, with another meaning: so many stand to be checked again.
    player.keys("D Or after it.<Esc>hm<Esc>2").expect("meaning changed");
    let screen = player.text();
    let count = player.app.study.view().showing(Whose::Everybody).count(code);
    assert!(screen.contains(&format!("{count} codings stand to be checked again: g K walks them")), "{screen}");
    player.keys("u").expect("undo");
    let present = |player: &Player| player.app.study.view().code(code).and_then(|node| node.wording.clone());
    assert_eq!(present(&player).map(|wording| wording.id), Some(wording.id));
}

fn checking() -> (Rounds, Player) {
    let mut made = Rounds::revealed();
    let wording = NewWording {
        definition: "In-person introduction in the same visit.".into(),
        reason: "a wave is none".into(),
        meaning: true,
        ..NewWording::default()
    };
    made.at("2026-03-18T09:00:00Z");
    let code = made.code("Warm handoff");
    made.edit(made.pb, &Edit::Reword(code, wording));
    let mut player = reconciling(&made);
    player.keys("C").expect("the list");
    (made, player)
}

#[test]
fn codings_are_checked_again_by_key() {
    let (made, mut player) = checking();
    let screen = player.text();
    let count = player.app.study.view().showing(Whose::Everybody).count(made.code("Warm handoff"));
    assert!(screen.contains("CHECK AGAIN") && screen.contains(&format!("0 of {count} checked")), "{screen}");
    for words in ["then: wording 1", "now: wording 2", "same visit.", "a wave is none"] {
        assert!(screen.contains(words), "{words}:\n{screen}");
    }
    player.keys("Kit is one<Enter>").expect("kept");
    let checks = |player: &Player| -> Vec<(String, String)> {
        let view = player.app.study.view();
        view.checks().iter().map(|check| (format!("{:?}", check.verdict), check.reason.clone())).collect()
    };
    assert_eq!(checks(&player), [("Keep".to_owned(), "it is one".to_owned())]);
    assert!(player.text().contains(&format!("1 of {count} checked")), "{}", player.text());
    player.keys("u").expect("undo");
    assert_eq!(checks(&player), [], "verdict and reason are one undo");
    player.keys("estep<Enter><Esc>").expect("recoded");
    assert!(checks(&player)[0].0.starts_with("Recode"));
    player.keys("u").expect("undo");
    player.keys("x<Esc>").expect("removed");
    assert_eq!(checks(&player)[0].0, "Remove");
    player.keys("u").expect("undo");
    player.keys("s").expect("skipped");
    for _ in 0..count {
        player.keys("<Enter><Esc>").expect("kept, no reason");
    }
    assert!(player.text().contains(&format!("all {count} are checked")), "{}", player.text());
    assert_eq!(checks(&player).len(), count as usize);
    player.keys("C").expect("back");
    assert!(player.text().contains("DISAGREEMENTS"), "{}", player.text());
}

#[test]
fn the_check_list_is_reached_from_every_view() {
    let (_, mut player) = checking();
    show(&mut player.app, Showing::Code);
    player.keys("gK").expect("keys");
    assert!(player.text().contains("CHECK AGAIN"), "{}", player.text());
    player.keys("<Esc>gC:check codings again<Enter>").expect("the palette");
    assert!(player.text().contains("CHECK AGAIN"), "{}", player.text());
    let mut other = Rounds::revealed();
    other.at("2026-03-18T09:00:00Z");
    let mut player = reconciling(&other);
    player.keys("C").expect("keys");
    assert!(player.text().contains("nothing stands to be checked again"), "{}", player.text());
}

#[test]
fn a_pinned_code_is_proposed_or_the_round_begun_anew() {
    let made = Rounds::open();
    let code = made.code("Warm handoff");
    let before = made.view(made.pb).code(code).and_then(|node| node.wording.clone()).expect("a wording").id;
    let reword = |player: &mut Player| {
        player.keys("<Tab>").expect("the tree");
        let view = player.app.study.view();
        player.app.code.tree.reveal(&view, code);
        player.keys("d More.<Esc>why<Esc>").expect("the form");
        assert!(player.text().contains("propose this wording"), "{}", player.text());
    };
    let mut player = made.player(made.pb, 120, 40);
    reword(&mut player);
    player.keys("1").expect("proposed");
    let view = player.app.study.view();
    assert_eq!(view.proposed_wordings(made.round).len(), 1);
    assert_eq!(view.rounds().len(), 1);
    let mut player = made.player(made.pb, 120, 40);
    reword(&mut player);
    player.keys("<Esc>").expect("back in the form");
    assert!(player.text().contains("Wording of"), "{}", player.text());
    player.keys("<Esc>2").expect("revised");
    let view = player.app.study.view();
    assert_eq!(view.rounds().len(), 2);
    assert_ne!(view.code(code).and_then(|node| node.code.wording), Some(before));
}

#[test]
fn without_a_revealed_round_it_says_so() {
    let made = Rounds::open();
    let mut player = made.player(made.pb, 80, 24);
    player.keys("gD").expect("keys");
    assert!(player.text().contains("No round has been revealed yet"), "{}", player.text());
    player.keys("1").expect("a key");
    assert!(player.text().contains("there is no disagreement to decide"), "{}", player.text());
}

#[test]
fn every_size_draws_and_every_item_is_shown_in_it() {
    let (_, mut player) = begun();
    for (width, height) in [(40, 10), (60, 18), (75, 20), (80, 24), (120, 40), (200, 60)] {
        player.resize(width, height);
        for _ in 0..14 {
            player.keys("j").expect("a key");
            let screen = player.text();
            assert!(screen.contains("Practice 0") || width < 60, "{width}×{height}:\n{screen}");
        }
        player.keys("gg<Tab>jj<Tab>jj<Tab>1").expect("keys");
        let screen = player.text();
        assert!(screen.contains("adopted A"), "{width}×{height}:\n{screen}");
        player.keys("<Esc>u").expect("keys");
    }
}

#[test]
fn groups_and_progress_stand_in_the_status_line() {
    let (_, player) = begun();
    let queue = player.app.reconcile.queue().expect("a queue");
    let edges = queue.items.iter().filter(|item| item.group() == Group::Edges).count();
    assert!(player.text().contains(&format!("edges {edges}")), "{}", player.text());
    assert!(player.text().contains("changes the tables 7"), "{}", player.text());
}

/// A round of one long text with so many passages that only PB has.
fn long(items: usize) -> Rounds {
    let mut made = Rounds::plain();
    let mut words = String::new();
    for n in 0..items {
        words.push_str(&format!("Interviewer: And what came of number {n}, as far as you remember it?\n\n"));
        words.push_str(&format!(
            "Manager: Number {n} was seen at once. Then the other half of the week went by as ever.\n\n"
        ));
    }
    made.import("Practice 06", "Long", &words);
    made.open_round("Long round", &["Practice 06"]);
    let passages = (0..items).map(|n| made.passage(&format!("Number {n} was seen at once."))).collect();
    let codes = vec![made.code("Warm handoff")];
    made.edit(made.pb, &Edit::Lay { passages, codes, apart: true, borders: Vec::new() });
    made.finish(made.pb, "Practice 06");
    made.finish(made.dc, "Practice 06");
    made
}

#[test]
fn a_key_is_answered_within_a_frame_with_five_hundred_items() {
    let made = long(500);
    let mut player = reconciling(&made);
    assert_eq!(player.app.reconcile.queue().expect("a queue").items.len(), 500);
    // Without optimisation everything takes some ten times as long.
    let slack = if cfg!(debug_assertions) { 12 } else { 1 };
    for (keys, times) in [("j", 40), ("n", 40), ("<Tab>", 6), ("o", 5), ("1<Enter>", 10), ("u", 10)] {
        let began = std::time::Instant::now();
        for _ in 0..times {
            player.keys(keys).expect("keys");
        }
        let each = began.elapsed().as_secs_f64() * 1000.0 / f64::from(times);
        println!("{keys}: {each:.1} ms");
        assert!(each < 16.0 * f64::from(slack), "{keys} takes {each} ms");
    }
}

#[test]
fn items_are_chosen_with_the_mouse_and_the_wheel_moves_what_is_under_it() {
    use ratatui::crossterm::event::{MouseButton, MouseEventKind};
    let (_, mut player) = begun();
    let row = player.text().lines().position(|line| line.contains("B wider by 49")).expect("a row") as u16;
    player.mouse(MouseEventKind::Down(MouseButton::Left), 10, row);
    let item = chosen(&player);
    assert!(player.text().contains("DC coded Warm handoff"), "{}", player.text());
    player.mouse(MouseEventKind::ScrollUp, 10, row);
    assert_ne!(chosen(&player).seen, item.seen, "the wheel walks the list");
    let before = player.text();
    player.mouse(MouseEventKind::ScrollUp, 90, 8);
    player.mouse(MouseEventKind::ScrollDown, 90, 8);
    assert_eq!(player.text(), before, "the words are scrolled and back, the choice stays");
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

#[test]
fn an_item_is_read_in_the_code_view_and_found_again() {
    let (_, mut player) = begun();
    player.keys("j").expect("the second");
    let item = chosen(&player);
    player.keys("<Enter>").expect("read");
    assert_eq!(player.app.showing, Showing::Code);
    let cursor = player.app.code.transcript.as_ref().map(|transcript| (transcript.source(), transcript.cursor()));
    assert_eq!(cursor, Some((item.source, item.span.start)));
    player.keys("gD").expect("back");
    assert_eq!(chosen(&player).seen, item.seen);
}
