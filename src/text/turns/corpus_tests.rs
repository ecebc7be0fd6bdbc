//! Real transcripts, read where they lie. What is expected is counted here by other means: regular expressions.

use super::layout_tests::read;
use super::{Hints, Layout, Recognition, Role};
use crate::text::Text;
use regex::Regex;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The text of a file of the corpus, line ends made line feeds. None, and said so, where the corpus is not there.
fn corpus(name: &str) -> Option<String> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let folder = std::env::var_os("EMIC_CORPUS").map_or(beside, PathBuf::from);
    match std::fs::read_to_string(folder.join(name)) {
        Ok(words) => Some(words.trim_start_matches('\u{FEFF}').replace("\r\n", "\n")),
        Err(_) => {
            println!("skipped: {name} is not in {}", folder.display());
            None
        }
    }
}

/// How often each match of the first group of `pattern` occurs.
fn counted(words: &str, pattern: &str) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for found in Regex::new(pattern).expect("a pattern").captures_iter(words) {
        *counts.entry(found[1].to_owned()).or_default() += 1;
    }
    counts
}

fn speakers(found: &Recognition) -> BTreeMap<String, u32> {
    found.speakers.iter().map(|speaker| (speaker.label.clone(), speaker.count)).collect()
}

/// An air-to-ground transcript: all labels are taken, as often as they stand at the start of a line; `unnamed` turns
/// have a time and nobody named.
fn air_to_ground(name: &str, unnamed: usize) {
    let Some(words) = corpus(name) else { return };
    let found = read(&words, &Hints::default());
    assert_eq!(found.layout, Layout::AirGround, "{name}");
    let expected = counted(&words, r"(?m)^([A-Z0-9][A-Z0-9-]*\??):(?:\s|$)");
    assert_eq!(speakers(&found), expected, "{name}");
    let total = expected.values().sum::<u32>() as usize;
    assert_eq!(found.turns.turns.len(), total + unnamed, "{name}");
    let times = Regex::new(r"(?m)^\[-?\d\d:\d\d:\d\d:\d\d\]$").expect("a pattern").find_iter(&words).count();
    // One file has a time in parentheses, one a line that starts with a time, both within what is said.
    assert!((times..=times + 1).contains(&found.turns.stamps.len()), "{name}: {}", found.turns.stamps.len());
    let text = Text::new(&words);
    for turn in &found.turns.turns {
        let body = text.slice(turn.body);
        assert!(!body.contains("\n[") && !body.contains("_page :"), "{name}: facts and times are not said: {body}");
    }
    println!("{name}: {total} turns, {:?}", found.warnings);
}

#[test]
fn apollo_13() {
    air_to_ground("longtext/nasa_a13_TEC.txt", 0);
}

#[test]
fn gemini_3() {
    air_to_ground("longtext/nasa_g3_TEC.txt", 0);
}

#[test]
fn gemini_6() {
    // Five times `...:` and once music, between times; and `...` is no name.
    air_to_ground("longtext/nasa_g6_TEC.txt", 6);
}

#[test]
fn mercury_6() {
    air_to_ground("longtext/nasa_ma6_TEC.txt", 0);
}

#[test]
fn mercury_3() {
    air_to_ground("longtext/nasa_mr3_ATG.txt", 0);
}

#[test]
fn a_chat_log_of_zoom() {
    let Some(words) = corpus("transcripts/zoom_meeting_chat.txt") else { return };
    let found = read(&words, &Hints::default());
    assert_eq!(found.layout, Layout::ChatLog);
    assert_eq!(speakers(&found), counted(&words, r"(?m)^\d\d:\d\d:\d\d\t([^:\t]+):\t"));
    assert_eq!(found.turns.turns.len(), words.lines().count());
    assert!(found.turns.turns.iter().all(|turn| turn.time.is_some()) && found.unassigned == 0);
}

#[test]
fn notes_of_an_observer_have_no_speakers() {
    let Some(words) = corpus("transcripts/serdif_P1_notes.txt") else { return };
    let found = read(&words, &Hints::default());
    assert_eq!((found.layout, found.turns.turns.len()), (Layout::OneVoice, 0));
    assert!(found.turns.stamps.is_empty() && found.warnings.is_empty(), "{:?}", found.warnings);
}

#[test]
fn a_transcript_with_names_in_brackets() {
    let Some(words) = corpus("qualcoder_examples/transcript.txt") else { return };
    let found = read(&words, &Hints::default());
    assert_eq!(found.layout, Layout::Bracket);
    assert_eq!(speakers(&found), counted(&words, r"(?m)^\[([^\]]+)\] "));
    assert_eq!((found.turns.turns.len(), found.unassigned), (7, 0));
    assert!(found.speakers.iter().all(|speaker| speaker.guess != Role::Interviewer));
}

#[test]
fn subtitles_of_zoom_read_as_plain_text() {
    let Some(words) = corpus("transcripts/zoom_meeting_part1.vtt") else { return };
    let found = read(&words, &Hints::default());
    assert_eq!(found.layout, Layout::TimeAbove);
    assert_eq!(speakers(&found), counted(&words, r"(?m)^([A-Z][a-z]+ [A-Z][A-Za-z]+): "));
}
