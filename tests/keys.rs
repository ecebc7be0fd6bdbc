//! How many keys the daily work takes.

mod support;

use emic::project::memo::Link;
use emic::screen::key::parse_keys;
use support::desk;

/// The page of the picture of the Code view: before it, ten short turns, so that it begins at turn 11.
fn page() -> String {
    let before = "Interviewer: And before that?\n\nClinic manager: Before that it was quiet.\n\n".repeat(5);
    format!(
        "{before}\
Interviewer: Walk me through what happens when a new patient comes in. How do you find out that somebody needs more than a medical visit?

Clinic manager: So every new patient, doesn't matter what they're here for, gets a PHQ before the doctor comes in. Rosa does it, our MA, right after the blood pressure. If it comes back high she doesn't write a note and hope. She walks over and gets Denise, our social worker, and Denise comes into the room. That minute is, um, that's the whole thing, really.

Interviewer: And when Denise is with someone else?

Clinic manager: Then we have her card, and the front desk, and if it can wait it waits. We tried keeping half an hour open every hour, you know, thirty minutes booked, thirty minutes free. The grant that paid for that ran out in the fall. So now it is whoever is not in a session.

Interviewer: What did the grant pay for, exactly?

Clinic manager: Denise. All of Denise.
"
    )
}

const CODES: [&str; 5] = ["Universal screening", "Warm handoff", "Open-access time", "MA or RN screens", "Funding"];

fn at_turn_11() -> emic::screen::play::Player {
    let mut player = desk::open(desk::study(&CODES, &[("Clinic manager", &page())]), 120, 40);
    // Pins, as an analyst sets them once: in the tree, each code on its digit.
    player.keys("<Tab>1j2j3j4j5<Esc>gt11<Enter>").expect("keys");
    let transcript = player.app.code.transcript.as_ref().expect("an open source");
    assert_eq!(transcript.cursor(), desk::span_of(&player, "Walk me through").start);
    player
}

#[test]
fn the_five_passages_of_the_page_and_their_memo_take_at_most_30_keys() {
    let mut player = at_turn_11();
    let words = "everybody, not just the sad";
    let (before, after) = ("Jsow1s4ss2JJWsoww3s5[[m", "<Esc>");
    let keys = parse_keys(before).expect("keys").len() + parse_keys(after).expect("keys").len();
    player.keys(&format!("{before}{words}{after}")).expect("keys");
    let mut found = desk::codings(&mut player);
    found.sort();
    let wanted = [
        ("Funding", "The grant that paid for that ran out in the fall."),
        ("MA or RN screens", "Rosa does it, our MA, right after the blood pressure."),
        (
            "Open-access time",
            "keeping half an hour open every hour, you know, thirty minutes booked, thirty minutes free.",
        ),
        (
            "Universal screening",
            "every new patient, doesn't matter what they're here for, gets a PHQ before the doctor comes in.",
        ),
        (
            "Warm handoff",
            "If it comes back high she doesn't write a note and hope. She walks over and gets Denise, our social worker, and Denise comes into the room.",
        ),
    ];
    let found: Vec<(&str, &str)> = found.iter().map(|(code, words)| (code.as_str(), words.as_str())).collect();
    assert_eq!(found, wanted);
    let view = player.app.study.view();
    let memo = view.memos().next().expect("a memo");
    assert_eq!(memo.title(), words);
    let Link::Coding(coding) = memo.on else { panic!("the memo is on {:?}", memo.on) };
    assert_eq!(view.coding(coding).map(|seen| view.code_name(seen.code)), Some("Open-access time"));
    assert!(keys <= 30, "{keys} keys");
}

#[test]
fn a_sentence_takes_two_keys_with_a_pinned_code() {
    let mut player = at_turn_11();
    player.keys("s1").expect("keys");
    let coded = ("Universal screening".into(), "Walk me through what happens when a new patient comes in.".into());
    assert_eq!(desk::codings(&mut player), [coded]);
}

#[test]
fn a_sentence_takes_at_most_six_keys_with_any_code_by_name() {
    for (name, keys) in [
        ("Universal screening", "scun<Enter>"),
        ("Warm handoff", "scwh<Enter>"),
        ("Open-access time", "sco<Enter>"),
        ("MA or RN screens", "scma<Enter>"),
        ("Funding", "scf<Enter>"),
    ] {
        let mut player = at_turn_11();
        player.keys(keys).expect("keys");
        assert_eq!(desk::codings(&mut player).first().map(|(code, _)| code.as_str()), Some(name), "{keys}");
        assert!(parse_keys(keys).expect("keys").len() <= 6);
    }
}

#[test]
fn a_sentence_takes_a_new_codes_name_and_three_keys() {
    let mut player = at_turn_11();
    player.keys("scIntake<Enter>").expect("keys");
    assert_eq!(desk::codings(&mut player).first().map(|(code, _)| code.as_str()), Some("Intake"));
    // Letters that other codes have too: the new code is the last row.
    let mut player = at_turn_11();
    player.keys("scOpen<Up><Enter>").expect("keys");
    assert_eq!(desk::codings(&mut player).first().map(|(code, _)| code.as_str()), Some("Open"));
}

#[test]
fn a_newcomer_is_at_a_coded_passage_of_the_sample_in_under_ten_keys() {
    let mut player = desk::sample(120, 40);
    let hint = "] next coding";
    assert!(player.text().contains(hint), "the screen says how:\n{}", player.text());
    player.keys("]").expect("a key");
    let view = player.app.study.view();
    assert!(player.app.code.in_hand(&view).is_some());
    // From the first look to a sentence coded: s takes it, c offers codes, Enter takes the first.
    let mut player = desk::sample(80, 24);
    let before = desk::codings(&mut player).len();
    player.keys("Jsc<Enter>").expect("keys");
    assert_eq!(desk::codings(&mut player).len(), before + 1, "{}", player.text());
}
