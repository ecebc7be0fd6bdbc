//! Definitions revised after the reveal, and codings checked again.

use super::support::rounds::Rounds;
use super::{begun, chosen, reconciling};
use emic::project::edit::{Edit, NewWording};
use emic::project::view::Whose;
use emic::screen::play::Player;
use emic::screen::views::{Showing, show};

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
