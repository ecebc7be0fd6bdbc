//! What holds for any text: no panic, spans in order, and a header that changes nothing.

use super::layout_tests::{read, said};
use super::{Hints, Layout, Turns};
use crate::text::Text;
use proptest::prelude::*;
use regex::Regex;
use std::time::Instant;

/// Pieces of which transcripts are made, in any order and number.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("I"),
        Just("P1"),
        Just("Interviewer"),
        Just("Dr. Smith"),
        Just("المحاور"),
        Just("山田"),
        Just("BY MR. X"),
        Just(":"),
        Just("："),
        Just(": "),
        Just("\t"),
        Just("  "),
        Just(" – "),
        Just("– "),
        Just("- "),
        Just("."),
        Just("Q.   "),
        Just("A.\t"),
        Just("\n"),
        Just("\n"),
        Just("\n"),
        Just("\n\n"),
        Just("\r"),
        Just("\u{2028}"),
        Just("\u{FEFF}"),
        Just("\u{A0}"),
        Just("\u{AD}"),
        Just("\u{C}"),
        Just("["),
        Just("]"),
        Just("("),
        Just(")"),
        Just("<"),
        Just(">"),
        Just("#"),
        Just("*"),
        Just("**"),
        Just("_page : 8"),
        Just("%mor:"),
        Just("*PAR:\t"),
        Just("00:01:02"),
        Just("1:02"),
        Just("[00:00:00:02]"),
        Just("-00:01"),
        Just("#00:01:23-4#"),
        Just(" --> "),
        Just("0:0:3.540"),
        Just("12  "),
        Just("Date"),
        Just("SPEAKERS"),
        Just("Hello there, I said."),
        Just("é"),
        Just("😀"),
        Just("Page 1 of 3"),
        Just("why?"),
        Just("1"),
        Just("“"),
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

fn hints() -> Vec<Hints> {
    let mut all: Vec<Hints> = Layout::all().map(Hints::layout).collect();
    all.push(Hints::alternating("A", "B"));
    all.push(Hints { pattern: Some(Regex::new(r"\S+?:").expect("a pattern")), ..Hints::default() });
    all.push(Hints {
        accept: vec!["I".into(), String::new()],
        merge: vec![("P1".into(), "é".into())],
        ..Hints::default()
    });
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_read_without_panic_and_its_spans_are_in_order(words in prop_oneof![pieces(), "(?s).{0,200}"]) {
        // `read` checks that spans are in order, disjoint and within the text; here, that bodies have no white ends.
        let found = read(&words, &Hints::default());
        let text = Text::new(&words);
        for turn in &found.turns.turns {
            let body = text.slice(turn.body);
            prop_assert_eq!(body.trim(), body);
            prop_assert!(turn.label.is_none_or(|label| label.start >= turn.span.start && label.end <= turn.body.start));
        }
        for stamp in &found.turns.stamps {
            prop_assert!(text.slice(stamp.span).contains(':'));
        }
        prop_assert!(found.unassigned <= text.chars());
        let again = Turns::from_ron(&found.turns.to_ron(), text.chars()).expect("what is written is read");
        prop_assert_eq!(again, found.turns);
    }

    #[test]
    fn no_correction_makes_it_panic(words in pieces(), which in 0..hints().len()) {
        read(&words, &hints()[which]);
    }

    #[test]
    fn a_header_above_moves_the_turns_and_changes_nothing_else(
        header in "[A-Za-z ]{1,40}(\nThe clinic in the valley\\.){0,6}",
        bodies in prop::collection::vec("[a-z]{1,8}[ a-zé]{0,30}[.?]", 4..40),
    ) {
        let turn = |(n, body): (usize, &String)| format!("{}: {body}\n", ["Interviewer", "Zoë"][n % 2]);
        let talk: String = bodies.iter().enumerate().map(turn).collect();
        let words = format!("{header}\n\n{talk}");
        let (plain, shifted) = (read(&talk, &Hints::default()), read(&words, &Hints::default()));
        prop_assume!(plain.layout == Layout::Colon && shifted.layout == Layout::Colon);
        prop_assert_eq!(said(&talk, &plain), said(&words, &shifted));
        let by = header.chars().count() as u32 + 2;
        for (a, b) in plain.turns.turns.iter().zip(&shifted.turns.turns) {
            prop_assert_eq!((a.span.start.0 + by, a.body.end.0 + by), (b.span.start.0, b.body.end.0));
        }
    }
}

/// A generous bound: the point is that ten times the text takes ten times the time and not a hundred.
#[test]
fn time_grows_with_the_length_of_the_text() {
    let time = |words: &str| {
        let text = Text::new(words);
        let start = Instant::now();
        let found = super::recognise(&text, &Hints::default());
        (start.elapsed(), found.turns.turns.len())
    };
    // Unoptimised, a tenth of the size has to do.
    let size = if cfg!(debug_assertions) { 1 } else { 10 };
    let talk = "I: How?\nP: Yes é.\n";
    let (_, turns) = time(&talk.repeat(5_000));
    assert_eq!(turns, 10_000);
    for (name, words) in [
        ("a million lines", talk.repeat(50_000 * size)),
        ("a million labels", (0..30_000 * size).map(|n| format!("Name {n}: x\n")).collect()),
        ("one line", "I: How? P: Yes, [00:01:02] é. ".repeat(30_000 * size)),
        ("one line of white space", " ".repeat(1_000_000 * size)),
        ("one line of colons", ":".repeat(1_000_000 * size)),
        ("one line of brackets", "[".repeat(1_000_000 * size)),
        ("one line of digits", "1".repeat(1_000_000 * size)),
        ("one line of tabs", "0:00\t".repeat(200_000 * size)),
        ("empty lines", "\n".repeat(200_000 * size)),
    ] {
        let (elapsed, _) = time(&words);
        println!("{name}: {} MB in {elapsed:?}", words.len() / 1_000_000);
        assert!(elapsed.as_secs() < 60, "{name} took {elapsed:?}");
    }
}
