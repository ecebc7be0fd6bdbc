//! What the analyst says is followed, and gives another overlay of the same text.

use super::layout_tests::{read, said};
use super::{Hints, Layout};
use regex::Regex;

const TALK: &str = "I: How?\nP: So.\nNurse: May I?\nI: Why?\nP: That.\nExample: x\nExample: y\nExample: z\n";

fn owned(labels: &[&str]) -> Vec<String> {
    labels.iter().map(|&label| label.to_owned()).collect()
}

#[test]
fn labels_can_be_accepted_and_rejected() {
    let hints = Hints { accept: owned(&["nurse"]), reject: owned(&["EXAMPLE"]), ..Hints::default() };
    let found = read(TALK, &hints);
    assert_eq!(found.turns.labels, ["I", "P", "Nurse"]);
    assert_eq!(found.turns.turns.len(), 5);
    assert_eq!(said(TALK, &found)[4], "P|That./Example: x/Example: y/Example: z");
}

#[test]
fn the_labels_can_be_given_as_all_there_are() {
    let hints = Hints { accept: owned(&["P"]), only_accepted: true, ..Hints::default() };
    let found = read(TALK, &hints);
    assert_eq!((found.turns.labels.as_slice(), found.turns.turns.len()), (owned(&["P"]).as_slice(), 2));
}

#[test]
fn a_word_that_starts_headers_can_be_a_name() {
    let words = "Page: How?\nDan: So.\nPage: Why?\nDan: That.\nPage: Oh.\nDan: Yes.\n";
    assert_eq!(read(words, &Hints::default()).layout, Layout::OneVoice);
    let found = read(words, &Hints { accept: owned(&["Page", "Dan"]), ..Hints::default() });
    assert_eq!(found.turns.turns.len(), 6);
}

#[test]
fn labels_can_be_merged_into_a_name_that_is_not_in_the_text() {
    let merge = vec![("I".to_owned(), "Dr. Bell".to_owned()), ("Nurse".to_owned(), "Dr. Bell".to_owned())];
    let found = read(TALK, &Hints { merge, reject: owned(&["example"]), ..Hints::default() });
    assert_eq!(found.turns.labels, ["Dr. Bell", "P"]);
    assert_eq!(found.speakers[0].count, 3);
}

#[test]
fn merging_in_a_ring_ends() {
    let merge = vec![("I".to_owned(), "P".to_owned()), ("P".to_owned(), "I".to_owned())];
    assert!(!read(TALK, &Hints { merge, ..Hints::default() }).turns.labels.is_empty());
}

#[test]
fn no_speakers_leaves_the_stamps() {
    let words = format!("{TALK}I: at [00:01:02]\n");
    let found = read(&words, &Hints::no_speakers());
    assert_eq!((found.layout, found.turns.turns.len(), found.turns.stamps.len()), (Layout::OneVoice, 0, 1));
    assert!(found.alternatives.contains(&Layout::Colon));
}

#[test]
fn a_layout_can_be_forced_on_a_text_that_hardly_has_it() {
    let words = "Dan: Hello.\n\nHe went on.\n\nAnd on.\n\nEve: Bye.\n\nShe went.\n";
    assert_eq!(read(words, &Hints::default()).layout, Layout::OneVoice);
    let found = read(words, &Hints::layout(Layout::Colon));
    assert_eq!(said(words, &found), ["Dan|Hello.//He went on.//And on.", "Eve|Bye.//She went."]);
    let none = read(words, &Hints::layout(Layout::Chat));
    assert_eq!(none.warnings, ["No line of this text has the layout “CHAT”."]);
}

#[test]
fn two_speakers_can_take_turns_at_dashes_or_paragraphs() {
    let hints = Hints::alternating("Interviewer", "Maria");
    let dashes = "– Where?\n– Here.\n– When?\n– Now. I think\nso.\n";
    let expected = ["Interviewer|Where?", "Maria|Here.", "Interviewer|When?", "Maria|Now. I think/so."];
    assert_eq!(said(dashes, &read(dashes, &hints)), expected);
    let paragraphs = "Where?\n\nHere.\nThere.\n\nWhen?\n\nNow.\n\nAh?\n\nOh.\n";
    let found = read(paragraphs, &hints);
    assert_eq!(found.layout, Layout::Alternating);
    assert_eq!(said(paragraphs, &found)[..3], ["Interviewer|Where?", "Maria|Here./There.", "Interviewer|When?"]);
    let lines = "Where?\nHere.\nWhen?\nNow.\n";
    assert_eq!(said(lines, &read(lines, &hints))[3], "Maria|Now.");
}

#[test]
fn labels_can_be_found_by_a_pattern() {
    let words = "== Ann @ 0:12 ==\nHello.\n== Ben @ 0:15 ==\nHi.\nYes.\n";
    let pattern = Regex::new(r"^== (?<speaker>\w+) @ (?<time>[\d:]+) ==").expect("a pattern");
    let found = read(words, &Hints { pattern: Some(pattern), ..Hints::default() });
    assert_eq!(found.layout, Layout::Pattern);
    assert_eq!(said(words, &found), ["Ann@12|Hello.", "Ben@15|Hi./Yes."]);
    assert_eq!(found.turns.stamps.len(), 2);
    let plain = Regex::new(r"[A-Z]\d>").expect("a pattern");
    let found = read("A1> x\nB2> y\n", &Hints { pattern: Some(plain), ..Hints::default() });
    assert_eq!(found.turns.labels, ["A1>", "B2>"]);
}

#[test]
fn times_can_be_asked_for_without_speakers() {
    let words = "0:03 hello\nand\n0:09 so\n";
    let found = read(words, &Hints::layout(Layout::Timed));
    assert_eq!((found.turns.turns.len(), found.turns.stamps.len()), (0, 2));
}
