//! The traps: every row of the table of edge cases that concerns plain text.

use super::layout_tests::{read, said};
use super::{Hints, Layout, Recognition, Role};
use crate::text::{Pos, Text};

fn auto(words: &str) -> Recognition {
    read(words, &Hints::default())
}

/// An interview of `I` and `P` with `line` as a paragraph of its own in the middle of a turn of `P`.
fn within(line: &str) -> (String, Recognition) {
    let words =
        format!("I: How?\n\nP: So.\n\n{line}\n\nMore.\n\nI: And?\n\nP: Yes.\n\nI: Oh.\n\nP: Right.\n\nI: Ah.\n");
    let found = auto(&words);
    (words, found)
}

fn stays_in_the_turn(line: &str) -> Recognition {
    let (words, found) = within(line);
    assert_eq!(found.turns.labels, ["I", "P"], "{line}");
    assert_eq!(said(&words, &found)[1].split_once('|').map(|(_, body)| body.replace("//", "\n")), {
        let body = format!("So.\n{}\nMore.", line.replace("//", "\n"));
        Some(body)
    });
    found
}

#[test]
fn a_colon_within_a_sentence_is_no_label() {
    stays_in_the_turn("I told her: you need to rest.");
    assert_eq!(auto("I told her: you need to rest.").layout, Layout::OneVoice);
}

#[test]
fn clock_times_in_sentences_are_no_stamps() {
    let found = stays_in_the_turn("We start at 10:30 and stop at 12:00.");
    assert!(found.turns.stamps.is_empty());
}

#[test]
fn what_looks_like_a_label_once_is_none() {
    for line in ["10:30: nurses' huddle", "Note: see p. 3", "Q3: 22 practices"] {
        assert!(stays_in_the_turn(line).turns.stamps.is_empty());
        assert_eq!(auto(line).layout, Layout::OneVoice);
    }
}

#[test]
fn addresses_paths_and_identifiers_are_no_labels() {
    for line in ["https://aims.uw.edu/stepped", "http://x:8080/a", "C:\\Temp", "doi:10.7326/M20-0132"] {
        stays_in_the_turn(line);
        let often = format!("{line}\n").repeat(5);
        assert_eq!(auto(&often).layout, Layout::OneVoice, "{line}");
        assert!(auto(&often).turns.stamps.is_empty());
    }
}

#[test]
fn ratios_verses_and_times_of_day_are_nothing() {
    for line in ["Ratio was 3:1", "John 3:16", "1:00 pm"] {
        assert!(stays_in_the_turn(line).turns.stamps.is_empty(), "{line}");
    }
}

#[test]
fn a_header_stays_text_and_its_facts_are_offered() {
    let words = "INTERVIEW 12\nPart 2: Barriers\nSUMMARY KEYWORDS\nDate: 3 May 2013\nLocation: clinic B\n\
                 Duration: 00:45:10\nInterviewer: Jane Doe\nInterviewee: P07\n\n\
                 Interviewer: How is it?\nP07: Fine.\nInterviewer: Why?\nP07: So.\n";
    let found = auto(words);
    assert_eq!(said(words, &found), ["Interviewer|How is it?", "P07|Fine.", "Interviewer|Why?", "P07|So."]);
    let facts: Vec<_> = found.header.iter().map(|(key, value)| format!("{key}={value}")).collect();
    assert_eq!(
        facts,
        ["Date=3 May 2013", "Location=clinic B", "Duration=00:45:10", "Interviewer=Jane Doe", "Interviewee=P07"]
    );
    assert_eq!(found.turns.turn_at(Pos(0)), None, "a header is in no turn");
    assert!(found.unassigned > 60 && found.turns.stamps.is_empty());
}

#[test]
fn an_interviewee_named_once_at_the_top_is_offered_too() {
    let words = "Interviewee: Jane Doe\n\nI: How?\nP: So.\nI: Why?\nP: That.\nI: Oh.\nP: Yes.\n";
    let found = auto(words);
    assert_eq!(found.header, [("Interviewee".to_owned(), "Jane Doe".to_owned())]);
    assert_eq!(found.turns.labels, ["I", "P"]);
}

#[test]
fn names_of_all_kinds_are_labels() {
    for name in [
        "Dr. Smith",
        "O'Brien",
        "O’Brien",
        "Müller-Lüdenscheidt",
        "المحاور",
        "P 3 (f, 45)",
        "J. R. Ewing",
        "P-3",
        "Jean-Luc ",
        "Señora Ñuñez",
        "Speaker #2",
        "Анна",
    ] {
        let words = format!("{name}: One?\nZoë: Two.\n{name}: Three?\nZoë: Four.\n{name}: Five\nZoë: Six.\n");
        let found = auto(&words);
        assert_eq!(found.turns.labels, [name.trim(), "Zoë"]);
        assert_eq!(found.turns.turns.len(), 6);
    }
    let found = auto("山田：はい。\n佐藤：いいえ。\n山田：そう。\n佐藤：はい。\n山田：ええ。\n佐藤：では。\n");
    assert_eq!(found.turns.labels, ["山田", "佐藤"]);
}

#[test]
fn a_note_with_the_label_does_not_make_another_speaker() {
    let words = "I (whispering): One?\nP: Two.\nI: Three?\nP (laughs): Four.\nI: Five?\nP: Six.\n";
    let found = auto(words);
    assert_eq!(found.turns.labels, ["I", "P"]);
    assert_eq!(said(words, &found)[0], "I|One?");
}

#[test]
fn only_the_first_label_of_a_line_counts() {
    let words = "I: I: I don't know\nP: She said: \"Q: why?\"\nI: Hm.\nP: Yes.\n";
    assert_eq!(said(words, &auto(words)), ["I|I: I don't know", "P|She said: \"Q: why?\"", "I|Hm.", "P|Yes."]);
}

#[test]
fn a_label_with_nothing_after_it_is_an_empty_turn() {
    let words = "Speaker 1:\nSpeaker 2: Hello.\nSpeaker 1: Hi.\nSpeaker 2:";
    let found = auto(words);
    assert_eq!(said(words, &found), ["Speaker 1|", "Speaker 2|Hello.", "Speaker 1|Hi.", "Speaker 2|"]);
    assert!(found.turns.turns[3].body.is_empty());
}

#[test]
fn a_turn_over_many_paragraphs_goes_on_to_the_next_label() {
    let words = "I: How was it?\nP: First.\n\nSecond.\n\n\nThird.\n\nI: And then?\nP: Fine.\n\n\n";
    let found = auto(words);
    assert_eq!(said(words, &found)[1], "P|First.//Second.///Third.");
    let text = Text::new(words);
    assert_eq!(
        text.slice(found.turns.turns[1].span),
        "P: First.\n\nSecond.\n\n\nThird.",
        "blank lines after it are out"
    );
}

#[test]
fn very_long_answers_are_believed_of_known_words_and_remarked_on() {
    let answer = "P: It began.\n\nThen it went on.\n\nAnd on.\n\nAnd on.\n\n";
    let words = format!("I: How?\n\n{answer}").repeat(5);
    let found = auto(&words);
    assert_eq!((found.layout, found.turns.turns.len()), (Layout::Colon, 10));
    assert_eq!(
        found.warnings,
        ["Only 10 of 25 paragraphs start with a speaker; the others are taken as words of the speaker before them."]
    );
}

#[test]
fn a_few_labels_in_a_long_text_are_not_half_taken() {
    let words = format!("Dan: Hello there.\n\n{}", "He went on and on about it.\n\n".repeat(6)).repeat(4);
    let found = auto(&words);
    assert_eq!(found.layout, Layout::OneVoice);
    assert!(found.turns.turns.is_empty());
    assert!(found.warnings[0].contains("Dan (4)") && found.alternatives == [Layout::Colon], "{:?}", found.warnings);
}

#[test]
fn one_labelled_speaker_among_unlabelled_answers_is_not_taken() {
    let words = "I: How?\n\nFine, I said.\n\n".repeat(6);
    let found = auto(&words);
    assert_eq!(found.layout, Layout::OneVoice, "else the answers would be the interviewer's words");
    assert_eq!(found.left_out[0].label, "I");
}

#[test]
fn notes_of_events_and_overlaps_stay_in_the_turn() {
    for line in ["(laughs)", "[pause]", "((3.0))", "…", "(laughs) Yes: so.", "[crosstalk] no."] {
        stays_in_the_turn(line);
    }
    let (words, found) = within("//overlap// and so");
    assert_eq!(said(&words, &found)[1], "P|So.////overlap// and so//More.");
    assert_eq!(auto(&"[laughs] Yes.\n\n[pause]\n\n".repeat(5)).layout, Layout::OneVoice);
}

#[test]
fn a_time_in_the_middle_of_a_turn_does_not_end_it() {
    for line in ["[00:01:23]", "and [00:01:23] so"] {
        let found = stays_in_the_turn(line);
        assert_eq!(found.turns.stamps.len(), 1);
        assert_eq!(found.turns.turns[1].time, None, "what is before a stamp is earlier");
        assert_eq!(found.turns.turns[2].time, Some(83_000));
    }
}

#[test]
fn two_times_in_one_paragraph_are_two_stamps() {
    let found = stays_in_the_turn("well #00:01:23-4# and #00:01:29-4#");
    assert_eq!(found.turns.stamps.iter().map(|stamp| stamp.ms).collect::<Vec<_>>(), [83_400, 89_400]);
}

#[test]
fn a_label_that_changes_in_mid_file_is_offered_for_merging() {
    let words = format!("{}{}", "I: How?\nP: So.\n".repeat(5), "Interviewer: Why?\nP: That.\n".repeat(5));
    let found = auto(&words);
    assert_eq!(found.turns.labels, ["I", "P", "Interviewer"]);
    assert_eq!(found.merges_offered, [("I".to_owned(), "Interviewer".to_owned())]);
    let merged = read(&words, &Hints { merge: found.merges_offered, ..Hints::default() });
    assert_eq!(merged.turns.labels, ["Interviewer", "P"]);
}

#[test]
fn variants_in_case_and_space_are_one_label_and_p1_is_not_p10() {
    let words = "INT: A?\nP1: b.\nInt: C?\nP 10: d.\nInt : E?\nP10: f.\nint: G?\nP1: h.\n";
    let found = auto(words);
    assert_eq!(found.turns.labels, ["Int", "P1", "P 10"]);
    assert!(found.merges_offered.is_empty());
}

#[test]
fn a_mistyped_label_is_offered_for_merging() {
    let words = format!("{}Interveiwer: Why?\nP: That.\n", "Interviewer: How?\nP: So.\n".repeat(5));
    let found = auto(&words);
    assert_eq!(found.turns.labels, ["Interviewer", "P"]);
    assert_eq!(found.merges_offered, [("Interveiwer".to_owned(), "Interviewer".to_owned())]);
    let merged = read(&words, &Hints { merge: found.merges_offered, ..Hints::default() });
    assert_eq!(merged.speakers[0].count, 6);
    assert_eq!(merged.turns.turns.len(), 12);
}

#[test]
fn lines_of_pages_are_shown_and_stay_in_the_text() {
    let page = |n: u32| format!("I: How?\nP: So and\nPage {n} of 3\nCONFIDENTIAL\nso on.\nI: Why?\nP: That.\n");
    let words: String = (1..=3).map(page).collect();
    let found = auto(&words);
    let repeated: Vec<_> = found.repeated_lines.iter().map(|line| (line.text.as_str(), line.spans.len())).collect();
    assert_eq!(repeated, [("Page 1 of 3", 3), ("CONFIDENTIAL", 3)]);
    assert_eq!(said(&words, &found)[1], "P|So and/Page 1 of 3/CONFIDENTIAL/so on.");
}

#[test]
fn line_numbers_of_a_page_do_not_hide_labels() {
    let words = "  1  I: How is it then?\n  2  P: So it goes and\n  3     goes on.\n  4  I: Why?\n\
          5  P: That.\n  6\n";
    let found = auto(words);
    assert_eq!(found.turns.labels, ["I", "P"]);
    assert_eq!(found.line_numbers.len(), 6);
    assert_eq!(said(words, &found)[1], "P|So it goes and/  3     goes on.");
}

#[test]
fn chars_that_are_not_seen_do_not_break_recognition() {
    let words = "I:\u{A0}How?\u{2028}P\u{200B}: So.\nInter\u{AD}viewer: Why?\n\
        \u{FEFF}P: That.\u{2028}I\u{A0}: Oh?\n\u{200F}P: Yes.\nInterviewer: No?\nP: Well.\n";
    let found = auto(words);
    assert_eq!(found.turns.labels, ["I", "P", "Interviewer"]);
    assert_eq!(
        said(words, &found),
        ["I|How?", "P|So.", "Interviewer|Why?", "P|That.", "I|Oh?", "P|Yes.", "Interviewer|No?", "P|Well."]
    );
}

#[test]
fn no_final_line_feed_no_text_and_only_white_space_are_no_trouble() {
    assert_eq!(auto("I: a?\nP: b\nI: c?\nP: d").turns.turns.len(), 4);
    for words in ["", " ", "\n\n \t\n", "\u{FEFF}"] {
        let found = auto(words);
        assert_eq!((found.layout, found.turns.turns.len(), found.unassigned), (Layout::OneVoice, 0, 0));
    }
}

#[test]
fn a_long_text_of_one_line_is_read_and_remarked_on() {
    let words = "I: How? P: So it is, [00:01:02] and so on. ".repeat(20_000);
    let found = auto(&words);
    assert_eq!((found.layout, found.turns.stamps.len()), (Layout::OneVoice, 20_000));
    assert!(found.warnings[0].starts_with("All of the text is one paragraph"), "{:?}", found.warnings);
}

#[test]
fn times_that_go_back_are_only_remarked_on() {
    let words = "[00:00:05] I: A?\n[00:00:09] P: b.\n[00:00:02] I: C?\n[00:00:02] P: d.\n";
    let found = auto(words);
    assert_eq!(
        found.turns.turns.iter().map(|turn| turn.time).collect::<Vec<_>>(),
        [Some(5_000), Some(9_000), Some(2_000), Some(2_000)]
    );
    assert_eq!(
        found.warnings,
        [
            "One time stamp is earlier than the one before (1 in all; the first is 00:00:02 after 00:00:09, in paragraph 3)."
        ]
    );
}

#[test]
fn a_label_without_a_space_after_it_is_taken_if_it_is_a_word_for_a_speaker() {
    let words = "I:How?\nP:So.\nI: Why?\nP: That.\n";
    assert_eq!(said(words, &auto(words)), ["I|How?", "P|So.", "I|Why?", "P|That."]);
}

#[test]
fn a_member_of_a_group_who_speaks_once_is_taken_beside_numbered_others() {
    let words = "M: A?\nP1: b.\nP2: c.\nM: D?\nP2: e.\nP1: f.\nM: G?\nP7: h.\n";
    let found = auto(words);
    assert_eq!(found.turns.labels, ["M", "P1", "P2", "P7"]);
    let roles: Vec<_> = found.speakers.iter().map(|speaker| speaker.guess).collect();
    assert_eq!(roles, [Role::Interviewer, Role::Participant, Role::Participant, Role::Participant]);
}

#[test]
fn a_rare_speaker_is_said_to_be_left_out() {
    let words = format!("{}Nurse: Sorry, may I?\nI: Yes.\nP: So.\n", "I: How?\nP: So.\n".repeat(4));
    let found = auto(&words);
    assert_eq!(found.turns.labels, ["I", "P"]);
    assert_eq!((found.left_out[0].label.as_str(), found.left_out[0].count), ("Nurse", 1));
    assert!(found.warnings[0].contains("Nurse (1)"), "{:?}", found.warnings);
}

#[test]
fn speakers_come_with_counts_and_examples() {
    let words = "I: One?\nP: Two.\nI:\nP: Four.\nI: Five?\nP: Six.\nI: Seven?\nP: Eight.\nI: Nine?";
    let (found, text) = (auto(words), Text::new(words));
    let examples: Vec<_> = found.speakers[0].examples.iter().map(|&span| text.slice(span)).collect();
    assert_eq!((found.speakers[0].count, examples), (5, vec!["One?", "Five?", "Seven?"]));
}
