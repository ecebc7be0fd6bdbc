//! The queue as it is listed and walked: groups, order, filters, sizes, the mouse.

use super::support::rounds::Rounds;
use super::{EXTENT, begun, chosen, decisions, only, reconciling, to};
use emic::findings::queue::Group;
use emic::project::edit::Edit;
use emic::screen::views::Showing;

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
