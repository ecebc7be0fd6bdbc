//! The Words view, where codes lie and new codes by case, played with real keys.

mod support;

use emic::screen::play::Player;
use emic::screen::views::Showing;
use support::desk;

/// Keys, then the screen.
fn after(player: &mut Player, keys: &str) -> String {
    player.keys(keys).expect("keys");
    player.text()
}

const FIRST: &str = "\
Interviewer: How do the patients wait?

Nurse: Patients wait in the hall. We are slow, we wait too.

Interviewer: Why do patients wait?

Nurse: No nurse, no warm handoff. Warm handoffs need a nurse.
";

const SECOND: &str = "\
Interviewer: And here?

Manager: Nobody has to wait. The hall is empty.

Interviewer: And then?

Manager: Then we close.
";

fn two_texts(width: u16, height: u16) -> Player {
    desk::open(desk::study(&["Waiting", "Handing over"], &[("Nurse", FIRST), ("Manager", SECOND)]), width, height)
}

fn row(text: &str, word: &str) -> Vec<String> {
    let line = text.lines().find(|line| line.split_whitespace().next() == Some(word));
    line.unwrap_or_else(|| panic!("{word}:\n{text}")).split_whitespace().map(str::to_owned).collect()
}

#[test]
fn words_of_participants_are_listed_by_how_often_they_are_said() {
    let mut player = two_texts(100, 30);
    let text = after(&mut player, "gW");
    assert_eq!(row(&text, "wait")[1..5], ["3", "93.75", "2", "0"]);
    assert!(text.lines().all(|line| !line.starts_with(" the ") && !line.starts_with(" interviewer")), "{text}");
    assert!(text.contains("32 said in 2 sources"), "{text}");
    let text = after(&mut player, "i");
    assert_eq!(row(&text, "wait")[1], "5", "the interviewer's too");
    assert!(text.contains("everybody’s words"), "{text}");
    let text = after(&mut player, "it");
    assert_eq!(row(&text, "the")[1], "2", "small words too");
    let text = after(&mut player, "tLLL");
    assert!(text.contains("6 letters at least") && !text.contains(" wait "), "{text}");
}

#[test]
fn a_word_opens_its_places_and_a_place_the_transcript_and_esc_comes_back() {
    let mut player = two_texts(120, 40);
    let text = after(&mut player, "gW/wait<Enter><Enter>");
    assert!(text.contains("“wait” · 3 places · 2 sources"), "{text}");
    let column = |words: &str| {
        let line = text.lines().find(|line| line.contains("turn ") && line.contains(words)).expect(words);
        line[..line.find(words).expect(words) + words.find("wait").expect("the word")].chars().count()
    };
    assert_eq!(column("   Patients wait in"), column("has to wait."), "one under another:\n{text}");
    let text = after(&mut player, "<Enter>");
    assert_eq!(player.app.showing, Showing::Code, "{text}");
    let transcript = player.app.code.transcript.as_ref().expect("a text");
    assert_eq!(transcript.cursor(), desk::span_of(&player, "wait in the hall").start);
    let text = after(&mut player, "<Esc>");
    assert_eq!(player.app.showing, Showing::Words);
    assert!(text.contains("“wait” · 3 places"), "{text}");
}

#[test]
fn a_phrase_is_found_though_it_is_no_row_and_nothing_is_said_so() {
    let mut player = two_texts(120, 40);
    let text = after(&mut player, "gW/warm handoff*<Enter>");
    assert!(text.contains("“warm handoff*” · 2 places"), "{text}");
    let text = after(&mut player, "<Esc>/telephone<Enter>");
    assert!(text.contains("nobody says “telephone” there"), "{text}");
}

#[test]
fn words_are_counted_inside_the_passages_of_a_code() {
    let mut player = two_texts(100, 30);
    let at = desk::span_of(&player, "Patients wait in the hall.");
    player.app.code.transcript.as_mut().expect("a text").go(at.start);
    player.keys("sc").expect("keys");
    player.keys("Waiting<Enter>gWcWaiting<Enter>").expect("keys");
    let text = player.text();
    assert!(text.contains("in passages of “Waiting”"), "{text}");
    assert_eq!(row(&text, "wait")[1], "1", "{text}");
    assert!(!text.contains("handoff"), "{text}");
}

#[test]
fn where_codes_lie_opens_the_passages_of_a_cell() {
    let mut player = desk::sample(80, 24);
    let text = after(&mut player, "gL/Warm handoff<Enter>");
    assert!(text.contains("CODE") && text.contains("Warm handoff"), "{text}");
    // The text in hand, then all texts by case.
    let text = after(&mut player, "t");
    assert!(text.contains("30 cases") || text.contains("all texts by case"), "{text}");
    let text = after(&mut player, "n");
    assert!(text.contains("Warm handoff ·") && text.contains("passage"), "{text}");
    let told: u32 = text
        .lines()
        .rev()
        .nth(1)
        .and_then(|line| line.split(": ").nth(1))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|n| n.parse().ok())
        .unwrap_or_else(|| panic!("how many:\n{text}"));
    let text = after(&mut player, "<Enter>");
    let noun = if told == 1 { "passage" } else { "passages" };
    assert!(text.contains(&format!("· {told} {noun}")), "{text}");
    player.keys("<Enter>").expect("keys");
    assert_eq!(player.app.showing, Showing::Code);
    let text = after(&mut player, "<Esc>");
    assert!(text.contains(&format!("· {told} {noun}")), "{text}");
    assert_eq!(player.app.showing, Showing::Landscape);
}

#[test]
fn new_codes_by_case_show_both_origins_apart_and_open_their_passages() {
    let mut player = desk::sample(100, 30);
    let text = after(&mut player, "gL<Tab>");
    assert!(text.contains("A PRIORI") && text.contains("EMERGENT, IN VIVO"), "{text}");
    assert!(text.contains("cases as in the study") && text.contains("Practice 01"), "{text}");
    let text = after(&mut player, "<Enter>");
    assert!(text.contains("Practice 01, new a priori codes"), "{text}");
    let text = after(&mut player, "<Esc>o");
    assert!(text.contains("cases by day of collection"), "{text}");
    let text = after(&mut player, "oo");
    assert!(text.contains("cases at random, seed"), "{text}");
    let text = after(&mut player, "l");
    assert!(text.contains("emergent:"), "{text}");
    let text = after(&mut player, "<Tab>");
    assert!(text.contains("CODE"), "{text}");
}

#[test]
fn everything_can_be_drawn_without_unicode_and_in_little_room() {
    for (width, height) in [(60, 18), (40, 10), (156, 38)] {
        let mut player = desk::sample(width, height);
        for keys in ["gW", "gW<Enter>", "<Esc>gL", "t", "<Tab>", "gY", "<Enter>", "<Tab>x<Esc>"] {
            let text = after(&mut player, keys);
            assert!(text.lines().count() >= usize::from(height) - 1, "{keys}:\n{text}");
        }
    }
}
