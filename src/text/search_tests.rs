//! Tests of the module beside this file.

use super::*;
use proptest::prelude::*;

fn found(pattern: &str, words: &str) -> Vec<String> {
    hits(&Query::new(pattern, QueryKind::Literal, Case::Smart), words)
}

fn expression(pattern: &str, words: &str) -> Vec<String> {
    hits(&Query::new(pattern, QueryKind::Regex, Case::Smart), words)
}

fn hits(query: &Result<Query, QueryError>, words: &str) -> Vec<String> {
    let text = Text::new(words);
    let query = query.as_ref().expect("a sound pattern");
    query.find_iter(&text).map(|hit| text.slice(hit).to_owned()).collect()
}

#[test]
fn a_literal_finds_other_spaces_quotes_hyphens_and_line_breaks() {
    assert_eq!(
        found("warm handoff", "warm\u{a0}handoff warm\n   handoff Warm  Handoff"),
        ["warm\u{a0}handoff", "warm\n   handoff", "Warm  Handoff"]
    );
    assert_eq!(found("warm handoff", "warm\n\nhandoff warmhandoff"), [""; 0], "not over a blank line");
    assert_eq!(found("don't", "don’t DON'T dont"), ["don’t", "DON'T"]);
    assert_eq!(found("“yes”", "\"yes\" „yes“ 'yes'"), ["\"yes\"", "„yes“"]);
    assert_eq!(found("follow-up", "follow\u{2011}up follow–up"), ["follow\u{2011}up"]);
    assert_eq!(found("so...", "so… so... so.... so.."), ["so…", "so...", "so..."]);
    assert_eq!(found("a  b", "a b a  b"), ["a  b"]);
    assert_eq!(found("$3.50 (a|b)*", "$3.50 (a|b)* $3x50"), ["$3.50 (a|b)*"], "no sign has a meaning of its own");
}

#[test]
fn capitals_matter_if_the_pattern_has_one() {
    assert_eq!(found("émile", "Émile ÉMILE emile"), ["Émile", "ÉMILE"]);
    assert_eq!(found("Émile", "Émile émile"), ["Émile"]);
    let all = |case| hits(&Query::new("It", QueryKind::Literal, case), "it It IT").len();
    assert_eq!([all(Case::Smart), all(Case::Sensitive), all(Case::Insensitive)], [1, 1, 3]);
    assert_eq!(expression(r"\Sx\p{Lu}(?P<N>a)", "yxBA"), ["yxBA"], "the capitals of escapes and names do not count");
    assert_eq!(expression("[A-C]x", "ax Bx"), ["Bx"]);
}

#[test]
fn whole_words_only() {
    let all = |pattern, words| hits(&Query::whole_words(pattern, QueryKind::Literal, Case::Smart), words);
    assert_eq!(all("cat", "concat cat, cats cat-like (Cat) caté"), ["cat", "cat", "Cat"]);
    assert_eq!(all("$3", "a$3 $3 $35"), ["$3"]);
    let either = Query::whole_words("a|ab", QueryKind::Regex, Case::Smart);
    assert_eq!(hits(&either, "ab a abc"), ["ab", "a"]);
}

#[test]
fn empty_hits_are_skipped_and_line_ends_are_those_of_paragraphs() {
    assert_eq!(expression("x*", "axxb\nx"), ["xx", "x"]);
    assert_eq!(expression("^I:.*$", "I: yes\nP: no\nI: é"), ["I: yes", "I: é"]);
    assert_eq!(expression("$", "a\nb"), [""; 0]);
}

#[test]
fn a_mistake_is_told_in_one_sentence_with_its_place() {
    let told = |pattern: &str| Query::new(pattern, QueryKind::Regex, Case::Smart).expect_err("a mistake").to_string();
    assert_eq!(told("é(ab"), "At character 2 of the pattern: this bracket ( is never closed.");
    assert_eq!(told("ab)"), "At character 3 of the pattern: this bracket ) was never opened.");
    assert_eq!(told("a[b"), "At character 2 of the pattern: this bracket [ is never closed.");
    assert_eq!(told("*a"), "At character 1 of the pattern: there is nothing before this sign to repeat.");
    assert_eq!(
        told(r"a\y"),
        r"At character 2 of the pattern: a \ before this letter has no meaning; for the sign itself write \\."
    );
    assert_eq!(told(r"a\"), r"At character 2 of the pattern: a \ ends the pattern; for the sign itself write \\.");
    assert_eq!(told("(?=a)"), "At character 1 of the pattern: looking ahead or behind is not possible.");
    assert_eq!(
        told("[z-a]"),
        "At character 2 of the pattern: invalid character class range, the start must be <= the end."
    );
    assert_eq!(told(r"\p{Nope}"), "At character 1 of the pattern: Unicode property not found.");
    assert_eq!(told(""), "There is nothing to search for: type a word.");
    assert_eq!(told(r"(\w{200}){200}"), QueryError::TooLarge.to_string());
    assert_eq!(told(&"(".repeat(2000)).lines().count(), 1);
    assert_eq!(told("a\n(b").lines().count(), 1);
}

#[test]
fn the_next_and_the_last_hit_from_a_place() {
    let text = Text::new("né one\nnone one");
    let query = Query::new("one", QueryKind::Literal, Case::Smart).expect("a word");
    let all: Vec<_> = query.find_iter(&text).collect();
    assert_eq!(all, [Span::new(3, 6), Span::new(8, 11), Span::new(12, 15)]);
    assert_eq!(query.find_from(&text, Pos(3)), Some(all[0]));
    assert_eq!(query.find_from(&text, Pos(4)), Some(all[1]));
    assert_eq!(query.find_from(&text, Pos(13)), None);
    assert_eq!(query.find_before(&text, Pos(12)), Some(all[1]));
    assert_eq!(query.find_before(&text, Pos(99)), Some(all[2]));
    assert_eq!(query.find_before(&text, Pos(3)), None);
}

proptest! {
    #[test]
    fn walking_back_by_windows_finds_what_walking_on_finds(words in "(?s)([a-b é\n]|na ){0,120}", window in 1..20_usize) {
        let text = Text::new(&words);
        let query = Query::new("na|b", QueryKind::Regex, Case::Smart).expect("a sound pattern");
        let all: Vec<Span> = query.find_iter(&text).collect();
        for at in (0..=text.chars()).map(Pos) {
            let last = all.iter().copied().rfind(|hit| hit.start < at);
            prop_assert_eq!(query.find_back(&text, text.byte(at).0, window), last);
            prop_assert_eq!(query.find_from(&text, at), all.iter().copied().find(|hit| hit.start >= at));
        }
    }

    #[test]
    fn a_literal_finds_itself_and_only_whole_chars(words in "(?s).{1,30}", before in "(?s).{0,20}") {
        let text = Text::new(&format!("{before}{words}"));
        for case in [Case::Smart, Case::Sensitive, Case::Insensitive] {
            let query = Query::new(&words, QueryKind::Literal, case).expect("a literal is always sound");
            let at = before.chars().count() as u32;
            let blank_line = words.split(|c: char| c != '\n' && !c.is_whitespace()).any(|gap| gap.matches('\n').count() > 1);
            prop_assert!(blank_line || query.find_before(&text, Pos(u32::MAX)).is_some(), "{at}");
            for hit in query.find_iter(&text) {
                prop_assert!(!hit.is_empty() && text.whole().covers(hit));
            }
        }
    }

    #[test]
    fn no_pattern_panics(pattern in "(?s)[a-z()\\[\\]{}|*+?\\\\^$.é\n,0-9]{0,20}", words in "(?s).{0,40}") {
        let text = Text::new(&words);
        match Query::new(&pattern, QueryKind::Regex, Case::Smart) {
            Ok(query) => prop_assert!(query.find_iter(&text).all(|hit| text.whole().covers(hit))),
            Err(error) => prop_assert_eq!(error.to_string().lines().count(), 1),
        }
    }
}
