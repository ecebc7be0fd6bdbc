//! Every layout of plain text: what is recognised in a sample of it, turn by turn.

use super::{Hints, Layout, Recognition, recognise};
use crate::text::Text;

/// Recognises `words` and checks the laws that every overlay keeps.
pub(super) fn read(words: &str, hints: &Hints) -> Recognition {
    let text = Text::new(words);
    let found = recognise(&text, hints);
    found.turns.check(text.chars()).expect("an overlay fits its text");
    assert_eq!(found.speakers.len(), found.turns.labels.len());
    found
}

/// The turns as `speaker@seconds|what is said`, line feeds as `/`.
pub(super) fn said(words: &str, found: &Recognition) -> Vec<String> {
    let text = Text::new(words);
    let turns = found.turns.turns.iter().enumerate().map(|(index, turn)| {
        let time = turn.time.map_or(String::new(), |ms| format!("@{}", f64::from(ms) / 1000.0));
        let body = text.slice(turn.body).replace('\n', "/");
        format!("{}{time}|{body}", found.turns.label_of(index).unwrap_or("?"))
    });
    turns.collect()
}

fn check(layout: Layout, words: &str, expected: &[&str]) -> Recognition {
    let found = read(words, &Hints::default());
    assert_eq!(
        (found.layout, said(words, &found)),
        (layout, expected.iter().map(|s| (*s).to_owned()).collect()),
        "{words}"
    );
    found
}

#[test]
fn name_and_colon() {
    let found = check(
        Layout::Colon,
        "Dan: Okay. So now you can stop sharing\nParticipant: Okay.\nDan: Good.\nParticipant: Yes.\nDan: Bye.\n",
        &["Dan|Okay. So now you can stop sharing", "Participant|Okay.", "Dan|Good.", "Participant|Yes.", "Dan|Bye."],
    );
    assert_eq!(found.unassigned, 0);
    assert!(found.warnings.is_empty(), "{:?}", found.warnings);
}

#[test]
fn initials_with_numbers() {
    check(
        Layout::Colon,
        "I1: How long?\nP03: Since 2011.\nI1: And you?\nP04: Me too.\nP03: Yes.\nI1: Fine.\nP04: Bye.\nP05: Bye.",
        &[
            "I1|How long?",
            "P03|Since 2011.",
            "I1|And you?",
            "P04|Me too.",
            "P03|Yes.",
            "I1|Fine.",
            "P04|Bye.",
            "P05|Bye.",
        ],
    );
}

#[test]
fn upper_case() {
    check(
        Layout::Colon,
        "INT: Go on.\n\nRESP 2: I did.\n\nINT: And?\n\nRESP 2: That is all.\n",
        &["INT|Go on.", "RESP 2|I did.", "INT|And?", "RESP 2|That is all."],
    );
}

#[test]
fn a_wide_gap_and_lines_broken_by_hand() {
    let words = "\
Max Bigman:         And I keep forgetting what it was that she asked me to
bring, so I went back and asked again, and she told me that there was no need
for it.

Sara Lee:           Right.

Max Bigman:         So that was that, and after a while I stopped to ask and I
went home.

Sara Lee:           I see. Did she ever call again, in the weeks after that one
visit?

Max Bigman:         No.

Sara Lee:           No.
";
    let found = read(words, &Hints::default());
    assert_eq!(found.layout, Layout::Colon);
    let turns = said(words, &found);
    assert_eq!(turns.len(), 6);
    assert!(turns[0].starts_with("Max Bigman|And I keep") && turns[0].ends_with("/for it."));
    assert!(found.warnings.is_empty(), "{:?}", found.warnings);
}

#[test]
fn names_in_brackets() {
    check(
        Layout::Bracket,
        "[id1] hello.\n\n[id2] I am.\n\n[id1] No.\n\n[id2] yes\n",
        &["id1|hello.", "id2|I am.", "id1|No.", "id2|yes"],
    );
    check(
        Layout::Bracket,
        "[SPEAKER_00]: One.\n[SPEAKER_01]: Two.\n[SPEAKER_00]: Three.\n[SPEAKER_01]: Four.\n",
        &["SPEAKER_00|One.", "SPEAKER_01|Two.", "SPEAKER_00|Three.", "SPEAKER_01|Four."],
    );
    check(
        Layout::Bracket,
        "<Interviewer> One?\n<Maria> Two.\n<Interviewer> Three?\n<Maria> Four.\n<Maria> Five.\n",
        &["Interviewer|One?", "Maria|Two.", "Interviewer|Three?", "Maria|Four.", "Maria|Five."],
    );
}

#[test]
fn a_label_alone_on_its_line() {
    check(
        Layout::OwnLine,
        "Interviewer:\nHow are you?\n\nMary:\nFine.\nReally.\n\nInterviewer:\nGood.\n\nMary:\nYes.\n\nMary:\nSo.",
        &["Interviewer|How are you?", "Mary|Fine./Really.", "Interviewer|Good.", "Mary|Yes.", "Mary|So."],
    );
}

#[test]
fn markdown() {
    let expected = ["Interviewer|How?", "P1|So.", "Interviewer|Why?", "P1|That."];
    check(Layout::Colon, "**Interviewer:** How?\n\n**P1:** So.\n\n**Interviewer:** Why?\n\n**P1:** That.", &expected);
    check(Layout::Colon, "**Interviewer**: How?\n\n**P1**: So.\n\n**Interviewer**: Why?\n\n**P1**: That.", &expected);
    check(Layout::Colon, "- Interviewer: How?\n- P1: So.\n- Interviewer: Why?\n- P1: That.", &expected);
}

#[test]
fn tabs() {
    check(Layout::Colon, "I:\tOne?\nB:\tTwo.\nI:\tThree?\nB:\tFour.", &["I|One?", "B|Two.", "I|Three?", "B|Four."]);
    check(Layout::Tab, "I\tOne?\nB\tTwo.\nI\tThree?\nB\tFour.", &["I|One?", "B|Two.", "I|Three?", "B|Four."]);
    check(
        Layout::Tab,
        "Jane\t00:00:01\tOne?\nBen\t00:00:05\tTwo.\nJane\t00:00:07\tThree?\nBen\t00:00:09\tFour.\n\
            Jane\t0:11\tA.\nBen\t0:12\tB.",
        &["Jane@1|One?", "Ben@5|Two.", "Jane@7|Three?", "Ben@9|Four.", "Jane@11|A.", "Ben@12|B."],
    );
}

#[test]
fn dashes_are_turns_without_speakers() {
    let found = check(
        Layout::Dash,
        "– Où travaillez-vous ?\n– À l'hôpital.\n— Depuis quand ?\n— Deux ans.\nEt demi.\n",
        &["?|Où travaillez-vous ?", "?|À l'hôpital.", "?|Depuis quand ?", "?|Deux ans./Et demi."],
    );
    assert_eq!(found.alternatives, [Layout::Alternating]);
    let list = "- buy milk\n- call Ann\n- write the memo\n- sleep\n";
    assert_eq!(read(list, &Hints::default()).layout, Layout::OneVoice, "a list of points is no talk");
}

#[test]
fn tables() {
    check(
        Layout::Table,
        "0:00\tJane Doe\tHello there.\n0:04\tBen\tHi.\n0:09\tJane Doe\tSo.\n0:12\tBen\tYes.\n\
            0:20\tJane Doe\tNo.\n0:21\tBen\tOh.",
        &["Jane Doe@0|Hello there.", "Ben@4|Hi.", "Jane Doe@9|So.", "Ben@12|Yes.", "Jane Doe@20|No.", "Ben@21|Oh."],
    );
    let nvivo = "Timespan\tContent\tSpeaker\n0:00.0 - 0:13.1\tHow did you start?\tSpeaker 1\n\
        0:13.1 - 0:20.5\tWell, I was a nurse.\tSpeaker 2\n0:20.5 - 0:22.0\tYes.\tSpeaker 1\n";
    check(
        Layout::Table,
        nvivo,
        &["Speaker 1@0|How did you start?", "Speaker 2@13.1|Well, I was a nurse.", "Speaker 1@20.5|Yes."],
    );
}

#[test]
fn deposition() {
    let words = "\
                                          Page 12
    1           Q.   Did you see the car that morning, when you
    2      left the house?
    3           A.   I did.
    4           MR. SMITH:  Objection.
    5           THE WITNESS:  Yes.
    6      BY MR. JONES:
    7           Q.   Which one?
    8           A.   The red one.
    9
";
    let found = read(words, &Hints::default());
    assert_eq!(found.layout, Layout::Deposition);
    assert_eq!(
        said(words, &found),
        [
            "Q|Did you see the car that morning, when you/    2      left the house?",
            "A|I did.",
            "MR. SMITH|Objection.",
            "THE WITNESS|Yes.",
            "MR. JONES|Which one?",
            "A|The red one.",
        ]
    );
    assert_eq!(found.line_numbers.len(), 9);
    let heading = found.turns.turns[4].label.expect("the line that says who asks is of the label");
    assert_eq!(Text::new(words).slice(heading), "6      BY MR. JONES:\n    7           Q.");
    assert!(found.merges_offered.contains(&("THE WITNESS".into(), "A".into())), "{:?}", found.merges_offered);
}

#[test]
fn proceedings() {
    check(
        Layout::Proceedings,
        "CHAIRMAN GREENSPAN. Thank you.\nMr. JONES. I yield. Mr. X is here.\nSenator WARREN. Well.\nMr. JONES. No.\n\
         CHAIRMAN GREENSPAN. Good.",
        &[
            "CHAIRMAN GREENSPAN|Thank you.",
            "Mr. JONES|I yield. Mr. X is here.",
            "Senator WARREN|Well.",
            "Mr. JONES|No.",
            "CHAIRMAN GREENSPAN|Good.",
        ],
    );
}

#[test]
fn chat() {
    let words = "@Begin\n@Participants:\tPAR Participant, INV Investigator\n*INV:\twhat happened ?\n%mor:\tpro|what\n\
                 *PAR:\thello .\n%mor:\tco|hello\n*INV:\tgood .\n*PAR:\tyes .\n@End\n";
    let found = check(
        Layout::Chat,
        words,
        &["INV|what happened ?/%mor:\tpro|what", "PAR|hello ./%mor:\tco|hello", "INV|good .", "PAR|yes ."],
    );
    assert_eq!(found.speakers[0].guess, super::Role::Interviewer);
}

#[test]
fn question_lists_have_no_speakers() {
    let words = "1.a Was the information presented enough for you?\n\tOkay, yeah that's cool.\n\
        \tI mean it seems fine.\n\
                 1.b If not, what would you add?\n\tThe one thing I would change.\n\tMODERATOR: Which ones?\n\tHmm.\n\
                 2 Login with the credentials.\n\tMODERATOR: Please do.\n\tI have done that.\n\tMODERATOR: Good.\n";
    let found = check(Layout::OneVoice, words, &[]);
    assert_eq!(found.left_out[0].label, "MODERATOR");
    assert!(found.warnings[0].contains("MODERATOR (3)"), "{:?}", found.warnings);
    assert_eq!(found.alternatives, [Layout::Colon]);
}

#[test]
fn script() {
    check(
        Layout::Script,
        "          ALICE\nWhere were you?\n\n          BOB (laughs)\nOut. (laughs)\n\n          ALICE\nOut where?\n\n\
                   BOB\nOut.\n\n          ALICE\nAh.\n\n   BOB\nYes.\n",
        &["ALICE|Where were you?", "BOB|Out. (laughs)", "ALICE|Out where?", "BOB|Out.", "ALICE|Ah.", "BOB|Yes."],
    );
}

#[test]
fn air_to_ground() {
    let words = "[-00:00:00:10]\nLCC: 10, 9\n\n[00:00:00:02]\n_page : 8\n_tape : 1/1\n\
        CDR: The clock is running.\nCMP: Okay.\n\n\
                 [00:00:00:05]\nCDR: Yaw\n     program.\n\n[00:00:00:09]\n...: ... hm.\n\n[01:00:00:10]\nCMP: Tower.\n\n\
                 [01:00:00:11]\nCDR: Go.\n\n[01:00:00:12]\nCMP: Yes.\n\n[01:00:00:14]\nCDR: So.\n\
                 [01:00:00:15]\nUNK: No.\n";
    let found = check(
        Layout::AirGround,
        words,
        &[
            "LCC|10, 9",
            "CDR@2|The clock is running.",
            "CMP@2|Okay.",
            "CDR@5|Yaw/     program.",
            "?@9|...: ... hm.",
            "CMP@86410|Tower.",
            "CDR@86411|Go.",
            "CMP@86412|Yes.",
            "CDR@86414|So.",
            "UNK@86415|No.",
        ],
    );
    let text = Text::new(words);
    assert_eq!(
        text.slice(found.turns.turns[1].label.expect("a label")),
        "[00:00:00:02]\n_page : 8\n_tape : 1/1\nCDR:",
        "time and facts above a turn belong to its heading"
    );
    assert_eq!(found.turns.stamps[0].ms, -10_000);
    assert_eq!(found.unassigned, 0);
}

#[test]
fn numbered_paragraphs() {
    let found = check(
        Layout::Numbered,
        "1    Dan: Okay. So.\n2    Participant: Yes.\n3    Dan: Well\n004  Participant: No.\n5\tDan: Bye.",
        &["Dan|Okay. So.", "Participant|Yes.", "Dan|Well", "Participant|No.", "Dan|Bye."],
    );
    assert_eq!(found.line_numbers.len(), 5);
}

#[test]
fn name_and_dash() {
    check(
        Layout::NameDash,
        "Interviewer – How?\nMaria – So.\nInterviewer - Why?\nMaria - That.\nMaria – Yes.",
        &["Interviewer|How?", "Maria|So.", "Interviewer|Why?", "Maria|That.", "Maria|Yes."],
    );
}
