//! Whose is whose: three coders, a third person who sees no names, names hidden.

use super::support::rounds::Rounds;
use super::{EXTENT, begun, decisions, only, reconciling, to};
use emic::project::decision::Outcome;
use emic::screen::play::Player;

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
