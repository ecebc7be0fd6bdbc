//! The Rounds view, played with real keys.

mod support;

use emic::project::round::Drawn;
use emic::screen::key::parse_keys;
use emic::screen::play::Player;
use emic::screen::theme::Depth;
use support::rounds::Rounds;

#[test]
fn the_stages_of_the_small_study_are_what_they_say() {
    let open = Rounds::open();
    assert_eq!(open.view(open.pb).open_rounds().len(), 1);
    assert!(open.view(open.dc).reveal(open.round).is_none());
    let revealed = Rounds::revealed();
    let reveal = revealed.view(revealed.dc).reveal(revealed.round).expect("revealed").clone();
    assert_eq!(reveal.grounds.len(), 6);
    assert!(reveal.codings.len() > 40);
    let reconciling = Rounds::reconciling();
    assert_eq!(reconciling.view(reconciling.pb).decisions(reconciling.round).len(), 3);
}

/// Keys, then the screen.
fn after(player: &mut Player, keys: &str) -> String {
    player.keys(keys).expect("keys");
    player.text()
}

#[test]
fn the_rounds_view_shows_who_stands_where_and_never_what_anybody_coded() {
    let open = Rounds::open();
    let mut player = open.player(open.dc, 120, 40);
    let text = after(&mut player, "gR");
    for words in
        ["Round 1", "open, blind", "drawn at random, seed 4711", "19 turns and 454 words", "lie readable on disk"]
    {
        assert!(text.contains(words), "{words}:\n{text}");
    }
    let row = |name: &str, text: &str| text.lines().find(|line| line.contains(name)).unwrap_or_default().to_owned();
    assert_eq!(row("Practice 02", &text).matches("finished").count(), 1, "PB has finished, DC has not:\n{text}");
    assert!(!text.contains("Card handed over"), "PB's proposal is PB's alone:\n{text}");
    assert!(text.contains("another wording"), "DC's own proposal:\n{text}");
    let mut player = open.player(open.pb, 120, 40);
    let text = after(&mut player, "gR");
    assert!(text.contains("Card handed over") && !text.contains("another wording"), "{text}");
}

#[test]
fn sources_that_come_later_belong_to_the_case_not_to_the_round() {
    let mut open = Rounds::open();
    open.import("Practice 02", "Later note", "A note that came later.\n");
    let mut player = open.player(open.pb, 120, 40);
    let text = after(&mut player, "gR");
    assert!(text.contains("1 source since Round 1"), "{text}");
    assert!(text.contains("6 sources") && text.contains("454 words"), "the round is as it was:\n{text}");
}

#[test]
fn definitions_are_shown_for_the_chosen_code_and_for_all_on_a_key() {
    let open = Rounds::open();
    let mut player = open.player(open.pb, 120, 50);
    let text = after(&mut player, "gR<Tab><Tab>j");
    assert!(text.contains("somebody tells of it: stepped care"), "{text}");
    assert!(!text.contains("somebody tells of it: funding"), "{text}");
    let text = after(&mut player, "d");
    assert!(text.contains("somebody tells of it: funding"), "{text}");
}

#[test]
fn a_case_is_finished_and_taken_up_again_in_both_views() {
    let open = Rounds::open();
    let mut player = open.player(open.pb, 120, 40);
    after(&mut player, "gR<Tab>F");
    let finished =
        |player: &Player, case: &str| player.app.study.view().has_finished(open.round, open.pb, open.case(case));
    assert!(!finished(&player, "Practice 01"), "it was finished, and is taken up again");
    after(&mut player, "F");
    assert!(finished(&player, "Practice 01"));
    let text = after(&mut player, "jj<Enter>");
    assert!(text.contains("Round 1 · blind"), "the Code view says so:\n{text}");
    assert!(text.contains("Practice 03 › Psychologist"), "{text}");
    let text = after(&mut player, "gF");
    assert!(finished(&player, "Practice 03"));
    assert!(text.contains("Round 1 · finished"), "{text}");
    after(&mut player, "JscFunding<Enter>");
    let said = player.app.message().map(|message| message.text.clone()).unwrap_or_default();
    assert!(said.contains("Practice 03") && said.contains("Round 1"), "what is finished is not coded: {said}");
}

#[test]
fn the_matrix_says_how_far_a_case_has_been_read() {
    let open = Rounds::open();
    let mut player = open.player(open.dc, 120, 40);
    let text = after(&mut player, "gR<Tab>j<Enter>JJJgR");
    let row = text.lines().find(|line| line.contains("Practice 02")).unwrap_or_default();
    assert!(row.contains("◐ to turn 2 of 4"), "two of the four turns of the participant have been read:\n{text}");
}

#[test]
fn enter_on_a_revealed_round_shows_its_agreement() {
    let revealed = Rounds::revealed();
    let mut player = revealed.player(revealed.dc, 120, 40);
    let text = after(&mut player, "gR<Enter>");
    assert!(text.contains("Round 1 › Agreement") && text.contains("codes, pooled"), "{text}");
}

#[test]
fn wording_a_pinned_code_in_the_tree_offers_to_propose_it() {
    let open = Rounds::open();
    let mut player = open.player(open.pb, 120, 40);
    let text = after(&mut player, "gcWarm<Enter>d More.<Esc>why<Esc>");
    assert!(text.contains("propose this wording") && text.contains("stop Round 1 and start the next"), "{text}");
    after(&mut player, "<Enter>");
    assert_eq!(player.app.study.view().proposed_wordings(open.round).len(), 1);
}

#[test]
fn the_wait_for_texts_is_ended_by_esc() {
    let plain = Rounds::plain();
    let mut player = plain.player(plain.pb, 120, 40);
    after(&mut player, "gRa<Enter><C-u>Waiting<Enter>");
    let key = |keys: &str| parse_keys(keys).expect("keys")[0];
    // A key that changes what is worked out, and the last line at once: it is not worked out yet.
    for keys in ["j", "j", "j", "j", "j", "j", "<Right>", "j", "j", "j", "j", "j", "<Enter>"] {
        player.app.key(key(keys));
    }
    assert!(player.app.message().is_some_and(|message| message.text.contains("the texts are being read")));
    player.app.key(key("<Esc>"));
    assert!(player.app.message().is_some_and(|message| message.text.contains("nothing was done")));
    player.wait(std::time::Duration::ZERO);
    assert!(player.app.study.view().rounds().is_empty() && player.app.layers.len() == 1, "the plan stands");
    after(&mut player, "<Enter>");
    assert_eq!(player.app.study.view().rounds().len(), 1);
}

#[test]
fn the_case_list_marks_the_cases_of_my_round_with_how_far_i_have_come() {
    let open = Rounds::open();
    let mut player = open.player(open.dc, 120, 40);
    let text = after(&mut player, "");
    let row = |name: &str| text.lines().skip(1).find(|line| line.contains(name)).unwrap_or_default();
    assert!(row("Practice 01").contains("R●"), "{text}");
    assert!(row("Practice 02").contains("R○"), "{text}");
    assert!(!row("Practice 06").contains("R○"), "{text}");
}

#[test]
fn the_finish_that_reveals_asks_first() {
    let mut open = Rounds::open();
    let (pb, dc, ew) = (open.pb, open.dc, open.ew);
    for case in ["Practice 03", "Practice 04", "Practice 05"] {
        open.finish(pb, case);
    }
    for case in ["Practice 02", "Practice 03", "Practice 04", "Practice 05"] {
        open.finish(dc, case);
    }
    let mut player = open.player(ew, 120, 40);
    let text = after(&mut player, "gR<Tab>jjF");
    assert!(text.contains("This is the last: finishing reveals Round 1"), "{text}");
    assert!(text.contains("what each has is then kept for ever"), "{text}");
    after(&mut player, "<Esc>");
    assert!(player.app.study.view().reveal(open.round).is_none(), "Esc leaves it");
    let text = after(&mut player, "F<Enter>");
    assert!(player.app.study.view().reveal(open.round).is_some());
    assert!(text.contains("revealed"), "{text}");
    let text = after(&mut player, "u");
    assert!(text.contains("Round 1 has been revealed; that cannot be taken back"), "{text}");
    assert!(player.app.study.view().reveal(open.round).is_some());
    let text = after(&mut player, "<Tab><Tab><Tab>");
    assert!(text.contains("Round 1") && text.contains("Card handed over"), "proposals of all come in sight:\n{text}");
}

#[test]
fn proposals_are_taken_up_matched_and_turned_down_by_key() {
    let revealed = Rounds::revealed();
    let card = revealed.code("Card handed over");
    let mut player = revealed.player(revealed.dc, 120, 45);
    let text = after(&mut player, "gR<Tab><Tab><Tab>");
    assert!(text.contains("Card handed over") && text.contains("another wording"), "{text}");
    after(&mut player, "t");
    assert_eq!(player.app.study.view().code(card).map(|node| node.code.proposed.is_none()), Some(true));
    after(&mut player, "uk");
    after(&mut player, "MWarm han<Enter>");
    assert_eq!(player.app.study.view().code_name(card), "Warm handoff", "matched: merged into it");
    after(&mut player, "uk");
    let text = after(&mut player, "x");
    assert!(player.app.study.view().code(card).is_none(), "turned down:\n{text}");
    // The wording: first as one that changes what the code means.
    let before = player.app.study.view().code(revealed.code("Warm handoff")).and_then(|node| node.wording.clone());
    let text = after(&mut player, "t");
    assert!(text.contains("Wording only") && text.contains("Meaning changed"), "{text}");
    after(&mut player, "<Down><Enter>");
    let now = player.app.study.view().code(revealed.code("Warm handoff")).and_then(|node| node.wording.clone());
    assert!(now.as_ref().is_some_and(|now| now.meaning) && now != before);
    after(&mut player, "u<Tab>t<Enter>");
    let now = player.app.study.view().code(revealed.code("Warm handoff")).and_then(|node| node.wording.clone());
    assert!(now.as_ref().is_some_and(|now| !now.meaning) && now != before, "wording only");
    after(&mut player, "u<Tab>x");
    assert!(player.app.study.view().proposed_wordings(revealed.round).is_empty(), "turned down");
}

#[test]
fn a_wording_is_proposed_and_a_revision_stops_the_round() {
    let open = Rounds::open();
    let mut player = open.player(open.pb, 120, 45);
    let text = after(&mut player, "gR<Tab><Tab>p");
    assert!(text.contains("Propose another wording of “Warm handoff”"), "{text}");
    after(&mut player, " At once.<Tab><Tab><Tab><Tab>clearer<Esc>");
    assert_eq!(player.app.study.view().proposed_wordings(open.round).len(), 1);
    let text = after(&mut player, "D");
    assert!(text.contains("Stop the round and go on with another wording"), "{text}");
    after(&mut player, " Today.<Tab><Tab><Tab><Tab>sharper<Esc><Enter>");
    let view = player.app.study.view();
    assert!(view.is_stopped(open.round));
    assert_eq!(view.open_rounds().iter().map(|round| round.name.as_str()).collect::<Vec<_>>(), ["Round 1b"]);
    let text = after(&mut player, "");
    assert!(text.contains("Round 1b") && text.contains("goes on from Round 1"), "{text}");
}

#[test]
fn a_round_is_planned_step_by_step_by_keyboard() {
    let plain = Rounds::plain();
    let mut player = plain.player(plain.pb, 120, 40);
    let text = after(&mut player, "gRa");
    assert!(text.contains("A new round") && text.contains("In scope:"), "{text}");
    // Its name.
    after(&mut player, "<Enter><C-u>Pilot<Enter>");
    // Codes: a branch; Space takes the mark off the one that is offered, and marks another.
    after(&mut player, "<Enter>Means<Down><Up><Tab><Enter>");
    // Cases: drawn within the values of an attribute, three of them, with this seed.
    let text = after(&mut player, "<Enter>Region<Enter>");
    assert!(text.contains("drawn at random within Region"), "{text}");
    after(&mut player, "<Enter><C-u>3<Enter><Enter><C-u>99<Enter>");
    // Coders: not EW.
    after(&mut player, "<Enter>EW<Tab><Enter>");
    // Scope: within the passages of a code, of PB.
    after(&mut player, "<Enter>Within pass<Enter>BH integ<Tab><Enter>");
    let text = after(&mut player, "");
    assert!(text.contains("within passages of BH integration"), "{text}");
    after(&mut player, "<Enter>PB<Tab><Enter>");
    // Speakers, unit, overlap, level.
    let text = after(&mut player, "<Right>");
    assert!(text.contains("everybody's turns"), "{text}");
    after(&mut player, "<Left>j<Right>j<Enter><C-u>50<Enter>");
    let text = after(&mut player, "");
    assert!(text.contains("at least 50 %") && text.contains("paragraph"), "{text}");
    after(&mut player, "G<PageDown>");
    after(&mut player, "jjjj<Enter>");
    let view = player.app.study.view();
    let rounds = view.open_rounds();
    assert_eq!(rounds.len(), 1, "{}", player.text());
    let round = &rounds[0];
    assert_eq!(round.name, "Pilot");
    assert!(matches!(round.drawn, Drawn::Stratified { seed: 99, .. }), "{:?}", round.drawn);
    assert_eq!((round.desks.len(), round.coders(), round.least), (3, vec![plain.pb, plain.dc], 50));
    assert_eq!(round.scope.of, [plain.pb]);
    assert!(round.grounds.iter().any(|ground| !ground.scope.is_empty()));
}

#[test]
fn cases_are_chosen_by_hand_with_space() {
    let plain = Rounds::plain();
    let mut player = plain.player(plain.dc, 100, 30);
    after(&mut player, "gRajj<Enter><Enter>");
    let text = player.text();
    assert!(text.contains("Which cases?"), "{text}");
    // Five are marked from the draw: none of them, then the first and the third.
    for _ in 0..8 {
        player.keys("<Space>").expect("a key");
    }
    let text = after(&mut player, "<Enter>");
    assert!(text.contains("3 chosen by hand"), "the others of the eight:\n{text}");
    after(&mut player, "G<End>jjjjjjjjjj<Enter>");
    let view = player.app.study.view();
    assert_eq!(view.open_rounds().first().map(|round| (round.desks.len(), round.drawn)), Some((3, Drawn::ByHand)));
}

#[test]
fn what_cannot_be_planned_is_said_in_a_sentence_and_nothing_is_done() {
    let plain = Rounds::plain();
    let mut player = plain.player(plain.pb, 100, 30);
    let text = after(&mut player, "gRajjj<Enter><C-u>50<Enter>");
    assert!(text.contains("50 cases were to be drawn, and there are 8 to draw from"), "{text}");
    after(&mut player, "jjjjjjjjjjj<Enter>");
    assert!(player.app.study.view().rounds().is_empty());
    let text = after(&mut player, "<Esc>");
    assert!(!text.contains("A new round"), "{text}");
}

#[test]
fn the_remaining_cases_are_divided_with_a_preview() {
    let revealed = Rounds::revealed();
    let mut player = revealed.player(revealed.pb, 120, 40);
    let text = after(&mut player, "gRA");
    assert!(text.contains("Divide the 3 remaining cases"), "{text}");
    let text = after(&mut player, "<Enter>EW<Tab><Enter><Enter>Region<Enter><Enter><C-u>1<Enter>");
    assert!(text.contains("PB: ") && text.contains(" words") && text.contains("Coded by two, blind"), "{text}");
    after(&mut player, "<Enter><C-u>5<Enter><Enter>");
    let view = player.app.study.view();
    let allocation = view.allocations().first().cloned().cloned().expect("divided");
    assert_eq!((allocation.shares.len(), allocation.seed), (3, 5));
    assert!(allocation.drift.is_some(), "one is kept back");
    assert_eq!(view.open_rounds().len(), 1, "and coded blind by two");
}

#[test]
fn the_views_of_rounds_fit_any_screen() {
    for stage in [Rounds::plain(), Rounds::open(), Rounds::reconciling()] {
        let mut player = stage.player(stage.pb, 60, 18);
        for keys in [
            "gR",
            "gR<Tab><Tab>",
            "gR<Tab><Tab><Tab>",
            "gRa",
            "gRa<Esc>A",
            "gA",
            "gA<Tab>",
            "gAjll",
            "gAjlly",
            "gAjl<Enter>",
        ] {
            for (width, height) in [(200, 60), (80, 24), (60, 18), (41, 10), (40, 11), (20, 5), (1, 1)] {
                player.resize(width, height);
                player.keys(keys).expect("keys");
                player.keys("<Esc><Esc><Esc><Esc>").expect("keys");
            }
        }
    }
}

#[test]
#[ignore = "draws a screen for the eye: STAGE, CODER, KEYS, SIZE, THEME, DEPTH, ANSI"]
fn look() {
    let var = |name: &str, other: &str| std::env::var(name).unwrap_or_else(|_| other.to_owned());
    let size = var("SIZE", "120x40");
    let (width, height) = size.split_once('x').expect("a size");
    let (width, height) = (width.parse().expect("width"), height.parse().expect("height"));
    let made = match var("STAGE", "open").as_str() {
        "plain" => Rounds::plain(),
        "open" => Rounds::open(),
        "revealed" => Rounds::revealed(),
        _ => Rounds::reconciling(),
    };
    let coder = match var("CODER", "PB").as_str() {
        "DC" => made.dc,
        "EW" => made.ew,
        _ => made.pb,
    };
    let mut player: Player = made.player(coder, width, height);
    if let Ok(theme) = std::env::var("THEME") {
        let depth = if var("DEPTH", "true") == "none" { Depth::None } else { Depth::True };
        player.app.styles = player.app.library.get(&theme).expect("a theme").at(depth);
    }
    player.keys(&var("KEYS", "")).expect("keys");
    player.resize(width, height);
    match std::env::var("ANSI") {
        Ok(file) => std::fs::write(file, emic::screen::ansi::ansi(player.screen())).expect("written"),
        Err(_) => println!("{}", player.text()),
    }
}
