//! Tests of the module beside this file.

use super::*;
use proptest::prelude::*;

fn split(words: &str) -> Vec<String> {
    let text = Text::new(words);
    sentences(&text, text.whole()).map(|sentence| text.slice(sentence).to_owned()).collect()
}

/// `|` stands where a sentence has to end, for one space in the text.
#[track_caller]
fn holds(marked: &[&str]) {
    for marked in marked {
        let words = marked.replace('|', " ");
        let expected: Vec<&str> = marked.split('|').collect();
        assert_eq!(split(&words), expected);
    }
}

#[test]
fn stops_question_and_exclamation_marks_end_a_sentence() {
    holds(&[
        "We do.|They don't.|Why?|No!|Really?!|Yes",
        "yeah.|so we went?|okay fine",
        "There are 20.|20 more came.|In 2011.|Then",
        "no punctuation at all just talk and talk",
    ]);
    assert_eq!(split("  \n \t"), Vec::<String>::new());
    assert_eq!(split("Really?Yes. Fine"), ["Really?", "Yes.", "Fine"]);
}

#[test]
fn abbreviations_initials_and_decimals_end_none() {
    holds(&[
        "Dr. Smith and Mrs. Jones saw Ms. Lee vs. Mr. O'Hara at St. Mary's.|Then",
        "We use it, e.g. Medicaid, i.e. the state, for approx. 3.5 hours a day.|Good.",
        "We open at 8 a.m. and close at 5 p.m. on most days.|Patients like it.",
        "We close at 5 p.m.|Patients go home at 6 p.m. Monday to Friday.|Yes.",
        "Nurses, drivers, etc. come in.|Doctors, etc.|Patients too.",
        "It is No. 5 on the list.|No.|I don't think so.|No.|We did not.",
        "This was J. Smith and J. R. R. Tolkien, and A. B. Lee.|Yes.",
        "So do I.|We took plan B.|And I. M. Pei came.",
        "In the U.S. Department of Health.|We live in the U.S.|We like it.|The U.S. is big.",
        "She has a Ph.D. in nursing.|He is an M.D.|They met.",
        "1. How long have you been here?|Since 2011.",
        "Acme Inc. Hospital Corp. runs it.|It is Acme Inc.|We know.",
        "see p. 3 and pp. 4, Fig. 2 and Vol. 3.|Yes.",
        "She has MS.|Patients like her.|DR. SMITH said so.",
        "In Sept. 2010 we began.|It was Dec.|Then",
    ]);
}

#[test]
fn dots_end_a_sentence_before_a_capital_only() {
    holds(&[
        "I was… thinking of it.|And then…|We left.",
        "I was... thinking ... of it.|And then...|We left.",
        "It took . . . a while.|And then . . .|We left.",
        "About... 20 of them.|Why...?|Because.",
    ]);
}

#[test]
fn closing_quotes_and_brackets_belong_to_the_sentence() {
    holds(&[
        "She said, \"We do.\"|Then “they don't.”|(He left.)|[laughs]",
        "\"Really?\" she asked.|“Yes!” he said, “no.”|Fine.",
        "The (?) clinic and the [?] Clinic (which one?) were closed.|Yes.",
        "„Ja.“|„Nein.“|« Oui. »|« Non. »|Bon.",
        "Okay.|[laughs] And then.|(inaudible 00:03:11)",
    ]);
}

#[test]
fn other_scripts_end_sentences_their_way() {
    assert_eq!(split("我们去。他们不去！为什么？「好。」是"), ["我们去。", "他们不去！", "为什么？", "「好。」", "是"]);
    assert_eq!(split("他说。“好的。”然后"), ["他说。", "“好的。”", "然后"]);
    assert_eq!(split("「はい。」と言った。次"), ["「はい。」と言った。", "次"]);
    holds(&["كيف حالك؟|أنا بخير، شكرا۔|نعم.|لا", "मैं जाता हूँ।|वह नहीं जाता।|क्यों?|हाँ"]);
}

#[test]
fn a_label_before_the_body_is_no_part_of_its_first_sentence() {
    let text = Text::new("Clinic manager: We do. They don't.\nMore of it.");
    let body = Span::new(16, text.chars());
    let all: Vec<_> = sentences(&text, body).map(|s| text.slice(s)).collect();
    assert_eq!(all, ["We do.", "They don't.", "More of it."]);
    assert_eq!(sentence_at(&text, Pos(3), body), None);
    assert_eq!(sentence_at(&text, Pos(16), body), Some(Span::new(16, 22)));
    assert_eq!(next_sentence_start(&text, Pos(0), body), Some(Pos(16)));
    assert_eq!(next_sentence_start(&text, Pos(16), body), Some(Pos(23)));
    assert_eq!(next_sentence_start(&text, Pos(36), body), None);
    assert_eq!(previous_sentence_start(&text, Pos(16), body), None);
    assert_eq!(previous_sentence_start(&text, Pos(20), body), Some(Pos(16)));
    assert_eq!(sentence_before(&text, Pos(35), body), Some(Span::new(23, 34)));
    assert_eq!(sentence_after(&text, Pos(17), body), Some(Span::new(23, 34)));
    assert_eq!(sentence_after(&text, Pos(text.chars()), body), None);
}

#[test]
fn in_wrapped_lines_sentences_go_on_over_the_line_feed() {
    let text = Text::new("We went\nthere. They\ndid not\n \nNew one\ngoes on.");
    let wrapped = Body { within: text.whole(), lines: Lines::Wrapped };
    let all: Vec<_> = sentences(&text, wrapped).map(|s| text.slice(s)).collect();
    assert_eq!(all, ["We went\nthere.", "They\ndid not", "New one\ngoes on."]);
    assert_eq!(split("We went\nthere."), ["We went", "there."]);
}

#[test]
fn ten_megabytes_on_one_line_cost_no_more_than_some_kilobytes() {
    for unit in ["word ", "I said so. ", "a", ".", "\"", ". ", " ", "\n", "我们", "Dr. ", "J. ", "\u{301}", "?)"] {
        let text = Text::new(&unit.repeat(10_000_000 / unit.len()));
        let middle = Pos(text.chars() / 2);
        for lines in [Lines::Paragraphs, Lines::Wrapped] {
            let body = Body { within: text.whole(), lines };
            for by in [next_sentence_start, previous_sentence_start] {
                let (moved, looks) = look::of(|| by(&text, middle, body));
                assert!(moved.is_some_and(|moved| moved != middle), "stands still among {unit:?}");
                assert!(looks < 1_000_000, "{looks} looks among {unit:?}");
            }
            let (_, looks) = look::of(|| sentence_at(&text, middle, body));
            assert!(looks < 1_000_000, "{looks} looks among {unit:?}");
        }
    }
}

proptest! {
    #[test]
    fn sentences_are_ordered_cover_all_words_and_are_found_from_every_char(
        words in "(?s)([A-Za-z0-9 .?!…\"'“”()\n-]|Dr\\. |\\. [A-Z]|。|»|\u{301}|👩|\u{200f}|.){0,120}",
        wrapped in any::<bool>(),
        label in 0..4_u32,
    ) {
        let text = Text::new(&words);
        let lines = if wrapped { Lines::Wrapped } else { Lines::Paragraphs };
        let start = super::super::grapheme_border(&text, Pos(label));
        let body = Body { within: Span { start, end: text.whole().end }, lines };
        let all: Vec<Span> = sentences(&text, body).collect();
        for (n, sentence) in all.iter().enumerate() {
            prop_assert!(!sentence.is_empty() && (n == 0 || all[n - 1].end <= sentence.start));
            prop_assert_eq!(super::super::whole_graphemes(&text, *sentence), *sentence);
            let last = Span { start: super::super::previous_grapheme(&text, sentence.end), end: sentence.end };
            prop_assert!(!text.slice(last).trim().is_empty());
            prop_assert!(wrapped || !text.slice(*sentence).contains('\n'));
            for inside in sentence.start.0..sentence.end.0 {
                prop_assert_eq!(sentence_at(&text, Pos(inside), body), Some(*sentence));
            }
        }
        for (at, c) in words.chars().enumerate().skip(start.0 as usize) {
            let at = Pos(at as u32);
            prop_assert!(c.is_whitespace() || all.iter().any(|s| s.holds(at)), "{c:?} is in no sentence");
        }
        for at in (0..=text.chars()).map(Pos) {
            prop_assert_eq!(sentence_after(&text, at, body), all.iter().copied().find(|s| s.start >= at));
            prop_assert_eq!(sentence_before(&text, at, body), all.iter().copied().rfind(|s| s.start < at));
            let next = all.iter().map(|s| s.start).find(|&s| s > at);
            prop_assert_eq!(next_sentence_start(&text, at, body), next);
            prop_assert_eq!(previous_sentence_start(&text, at, body), all.iter().map(|s| s.start).rfind(|&s| s < at));
        }
    }
}
