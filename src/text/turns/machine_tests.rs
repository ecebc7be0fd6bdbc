//! Transcripts made by machines: labels with times.

use super::layout_tests::{read, said};
use super::{Hints, Layout, Recognition};

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
fn otter() {
    let words = "Team call\n\nSUMMARY KEYWORDS\ncare, clinic\n\nSPEAKERS\nSara Mannheimer, Jane Doe\n\n\
                 Sara Mannheimer  00:12\nHello. How are\nyou?\n\nJane Doe  00:15\nFine.\n\n\
                 Sara Mannheimer  1:00:20\nGood.\n";
    let found = check(
        Layout::NameAndTime,
        words,
        &["Sara Mannheimer@12|Hello. How are/you?", "Jane Doe@15|Fine.", "Sara Mannheimer@3620|Good."],
    );
    assert_eq!(found.turns.stamps.len(), 3);
    check(
        Layout::NameAndTime,
        "Unknown Speaker  0:03  \nHello.\n\nUnknown Speaker  0:07  \nSo.\n\nAnn  0:09  \nYes.\n\n\
            Unknown Speaker  0:17  \nOh.\n",
        &["Unknown Speaker@3|Hello.", "Unknown Speaker@7|So.", "Ann@9|Yes.", "Unknown Speaker@17|Oh."],
    );
}

#[test]
fn rev() {
    check(
        Layout::TimeInLabel,
        "Speaker 1 (00:02):\nHello [inaudible 00:03:11] there.\n\nSpeaker 2 (00:09):\nYes. [crosstalk 00:04:01]\n\n\
         Speaker 1 (00:12):\nSo.\n",
        &["Speaker 1@2|Hello [inaudible 00:03:11] there.", "Speaker 2@9|Yes. [crosstalk 00:04:01]", "Speaker 1@12|So."],
    );
    check(
        Layout::TimeInLabel,
        "Jane Doe: [00:00:02] Hello.\nBen: [00:00:05] Hi.\nJane Doe: [00:00:06] So.\nBen: [00:00:07] No.\n\
            Jane Doe: [00:00:08] Ah.",
        &["Jane Doe@2|Hello.", "Ben@5|Hi.", "Jane Doe@6|So.", "Ben@7|No.", "Jane Doe@8|Ah."],
    );
}

#[test]
fn trint_and_descript() {
    let expected = ["Jane Doe@2|Hello.", "Ben@5|Hi.", "Jane Doe@6|So.", "Ben@7|No.", "Jane Doe@8|Ah."];
    check(
        Layout::TimeFirst,
        "[00:00:02] Jane Doe: Hello.\n\n[00:00:05] Ben: Hi.\n\n[00:00:06] Jane Doe: So.\n\n\
            [00:00:07] Ben: No.\n\n[00:00:08] Jane Doe: Ah.",
        &expected,
    );
    check(
        Layout::NameAndTime,
        "Jane Doe [00:00:02]\nHello.\n\nBen [00:00:05]\nHi.\n\nJane Doe [00:00:06]\nSo.\n\nBen [00:00:07]\n\
            No.\n\nJane Doe [00:00:08]\nAh.",
        &expected,
    );
}

#[test]
fn sonix_happy_scribe_and_amberscript() {
    let expected = ["Speaker 1@1.2|Hello.", "Speaker 2@5|Hi.", "Speaker 1@6|So.", "Speaker 2@7|No."];
    check(
        Layout::TimeAndName,
        "[00:00:01.20] - Speaker 1\nHello.\n\n[00:00:05.00] - Speaker 2\nHi.\n\n[00:00:06.00] - Speaker 1\nSo.\n\n\
         [00:00:07.000] - Speaker 2\nNo.\n",
        &expected,
    );
    check(
        Layout::NameAndTime,
        "Speaker1 [00:00:01]\nHello.\n\nSpeaker2 [00:00:05]\nHi.\n\nSpeaker1 [00:00:06]\nSo.\n",
        &["Speaker1@1|Hello.", "Speaker2@5|Hi.", "Speaker1@6|So."],
    );
    check(
        Layout::NameAndTime,
        "Speaker 1 (00:00:01 - 00:00:07)\nHello.\n\nSpeaker 2 (00:00:07 - 00:00:08)\nHi.\n\n\
            Speaker 1 (00:00:09 - 00:00:11)\nSo.\n",
        &["Speaker 1@1|Hello.", "Speaker 2@7|Hi.", "Speaker 1@9|So."],
    );
}

#[test]
fn teams() {
    check(
        Layout::NameAndTime,
        "Weekly call\n12 March 2024, 10:01AM\n\nJane Doe   0:03\nHello.\nBen\u{A0}\u{A0}0:05\nHi.\n\
            Jane Doe   0:09\nSo.\n\
         Ben\u{A0} 1:00:10\nNo.\nJane Doe   1:00:12\nAh.\n",
        &["Jane Doe@3|Hello.", "Ben@5|Hi.", "Jane Doe@9|So.", "Ben@3610|No.", "Jane Doe@3612|Ah."],
    );
    check(
        Layout::NameBelowTime,
        "0:0:0.0 --> 0:0:3.540\nJane Doe\nHello.\n0:0:3.540 --> 0:0:5.0\nBen\nHi.\n0:0:5.0 --> 0:0:6.0\n\
            Jane Doe\nSo.\n\
         0:0:6.0 --> 0:0:7.0\nBen\nNo.\n0:0:7.0 --> 0:0:8.0\nJane Doe\nAh.\n0:0:8.0 --> 0:0:9.0\nEve\nOh.\n",
        &["Jane Doe@0|Hello.", "Ben@3.54|Hi.", "Jane Doe@5|So.", "Ben@6|No.", "Jane Doe@7|Ah.", "Eve@8|Oh."],
    );
}

#[test]
fn google_meet() {
    check(
        Layout::TimeAbove,
        "00:00:00\n\nJane Doe: Hello.\nBen: Hi.\nJane Doe: So.\n\n00:05:00\n\nBen: No.\nJane Doe: Ah.\nBen: Oh.\n",
        &["Jane Doe@0|Hello.", "Ben@0|Hi.", "Jane Doe@0|So.", "Ben@300|No.", "Jane Doe@300|Ah.", "Ben@300|Oh."],
    );
}

#[test]
fn f4_and_maxqda() {
    let found = check(
        Layout::TimeLast,
        "I: Wie war das? #00:01:23-4#\nB: Gut. #00:01:30-0#\nI: Und dann? #00:01:33-2#\nB: Nichts. #00:01:40-1#\n",
        &[
            "I|Wie war das? #00:01:23-4#",
            "B@83.4|Gut. #00:01:30-0#",
            "I@90|Und dann? #00:01:33-2#",
            "B@93.2|Nichts. #00:01:40-1#",
        ],
    );
    assert_eq!(found.turns.stamps.len(), 4);
    check(
        Layout::TimeFirst,
        "#00:01:23-4# I: Wie war das?\n#00:01:30# B: Gut.\n{0:01:33.4} I: Und dann?\n<00:01:40> B: Nichts.\n\
            (00:01:41) I: Ja?",
        &["I@83.4|Wie war das?", "B@90|Gut.", "I@93.4|Und dann?", "B@100|Nichts.", "I@101|Ja?"],
    );
}

#[test]
fn no_scribe_has_times_at_the_end() {
    check(
        Layout::TimeLast,
        "S01: Hello.  [00:01:05]\nS02: Hi.  [00:01:07]\nS01: So.  [00:01:09]\nS02: No.  [00:01:12]\n",
        &["S01|Hello.  [00:01:05]", "S02@65|Hi.  [00:01:07]", "S01@67|So.  [00:01:09]", "S02@69|No.  [00:01:12]"],
    );
}

#[test]
fn whisper_and_youtube_have_times_and_no_speakers() {
    let whisper = "[00:00.000 --> 00:04.320]  Hello there.\n[00:04.320 --> 00:09.000]  Yes: so.\n\
        [00:09.000 --> 00:10.000]  No.\n";
    let found = check(Layout::Timed, whisper, &[]);
    assert_eq!(found.turns.stamps.iter().map(|stamp| stamp.ms).collect::<Vec<_>>(), [0, 4_320, 9_000]);
    let youtube = "0:03\nhello there\n0:07\nyes and so on\n0:12\nno\n1:00:12\nwell\n";
    let found = check(Layout::Timed, youtube, &[]);
    assert_eq!(found.turns.stamps.iter().map(|stamp| stamp.ms).collect::<Vec<_>>(), [3_000, 7_000, 12_000, 3_612_000]);
    let one_line = "0:03 hello there\n0:07 yes and so on\n0:12 no\n";
    assert_eq!(check(Layout::Timed, one_line, &[]).turns.stamps.len(), 3);
}

#[test]
fn zoom_chat() {
    check(
        Layout::ChatLog,
        "00:21:14\tAndrew Knight:\tHello Everyone\n00:22:01\tRingo Starr:\tAlso\n00:24:36\tAndrew Knight:\tWow\n\
         00:36:43\tJohn Lennon:\tCockpit\n",
        &[
            "Andrew Knight@1274|Hello Everyone",
            "Ringo Starr@1321|Also",
            "Andrew Knight@1476|Wow",
            "John Lennon@2203|Cockpit",
        ],
    );
}

#[test]
fn subtitles_pasted_into_a_text_file() {
    check(
        Layout::TimeAbove,
        "1\n00:00:04.859 --> 00:00:07.410\nAndrew: Okay.\n\n2\n00:00:09.540 --> 00:00:12.990\nBen: Yes.\n\n\
         3\n00:00:15.630 --> 00:00:17.760\nAndrew: So.\n\n4\n00:00:19.630 --> 00:00:20.760\nno name here\n\n\
         5\n00:00:21.000 --> 00:00:22.000\nBen: Oh.\n\n6\n00:00:23.000 --> 00:00:24.000\nAndrew: Ah.\n\n\
         7\n00:00:25.000 --> 00:00:26.000\nBen: Eh.\n",
        &[
            "Andrew@4.859|Okay.",
            "Ben@9.54|Yes.",
            "Andrew@15.63|So.",
            "?@19.63|no name here",
            "Ben@21|Oh.",
            "Andrew@23|Ah.",
            "Ben@25|Eh.",
        ],
    );
}
