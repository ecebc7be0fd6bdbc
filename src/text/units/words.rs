//! Words, as a reader counts them.
//!
//! Unicode's word borders, except that a single hyphen between letters or digits joins ("follow-up", "COVID-19") and that
//! a run of Thai, Lao, Khmer or Burmese letters, which would need a dictionary, counts as one word up to the next space.
//! Apostrophes inside a word belong to it ("don't", "O'Brien"); a Chinese character or a hiragana is a word of its own.
//! Words are looked for in *pieces*: what stands between white space.

use super::cuts::{Cuts, char_at, char_before, look};
use super::graphemes::Graphemes;
use crate::text::{BytePos, Pos, Span, Text};
use std::ops::Range;
use unicode_linebreak::{BreakClass, break_property};
use unicode_segmentation::UnicodeSegmentation;

/// How far, in bytes, a move looks for a word or a sentence before it rests where it got to.
pub(super) const LOOK: usize = 1 << 14;

/// Where words cannot reach across: between white space and the rest, before characters that are words of their own.
pub(super) struct Pieces<'a>(pub(super) &'a str);

impl Cuts for Pieces<'_> {
    const BLOCK: usize = 1024;
    const FINER: usize = Graphemes::LONGEST;

    fn text(&self) -> &str {
        self.0
    }

    fn natural(&self, at: usize) -> bool {
        let (Some(before), Some(after)) = (char_before(self.0, at), char_at(self.0, at)) else { return true };
        (before.is_whitespace() != after.is_whitespace() || stands_alone(after)) && Graphemes(self.0).is_cut(at)
    }

    fn finer(&self, at: usize) -> bool {
        Graphemes(self.0).is_cut(at)
    }
}

/// Ideographs, hiragana and the punctuation around them: no word goes on over the border before them.
const fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{3003}' | '\u{3005}'..='\u{3030}' | '\u{3041}'..='\u{3096}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The words of one piece, in bytes of `text`.
fn words_of(text: &str, piece: Range<usize>) -> Vec<Range<usize>> {
    look::count(piece.len());
    match plain_word(&text.as_bytes()[piece.clone()]) {
        Some(plain) => std::iter::once(piece.start + plain.start..piece.start + plain.end).collect(),
        None => words_by_rule(text, piece),
    }
}

/// The same by Unicode's rules, whatever the piece.
fn words_by_rule(text: &str, piece: Range<usize>) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (at, part) in text[piece.clone()].split_word_bound_indices() {
        let part = piece.start + at..piece.start + at + part.len();
        match parts.last_mut() {
            Some(last) if !Graphemes(text).is_cut(part.start) => last.end = part.end,
            Some(last) if unspaced(char_before(text, last.end)) && unspaced(char_at(text, part.start)) => {
                last.end = part.end;
            }
            _ => parts.push(part),
        }
    }
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut parts = parts.into_iter().peekable();
    while let Some(mut word) = parts.next() {
        if !is_word(&text[word.clone()]) {
            continue;
        }
        while let Some(hyphen) = parts.next_if(|part| matches!(&text[part.clone()], "-" | "\u{2010}" | "\u{2011}")) {
            let Some(more) = parts.next_if(|part| is_word(&text[part.clone()])) else { break };
            debug_assert_eq!((word.end, hyphen.end), (hyphen.start, more.start));
            word.end = more.end;
        }
        words.push(word);
    }
    words
}

/// The word of a piece that is one ordinary English word with marks around it: most pieces are, and what Unicode says of
/// them is known beforehand. `None` for every other piece.
fn plain_word(piece: &[u8]) -> Option<Range<usize>> {
    let start = piece.iter().position(u8::is_ascii_alphabetic)?;
    let end = piece.iter().rposition(u8::is_ascii_alphabetic)? + 1;
    let mark = |c: &u8| c.is_ascii_punctuation() && *c != b'_';
    let plain = piece[start..end].iter().all(u8::is_ascii_alphabetic)
        && piece[..start].iter().all(mark)
        && piece[end..].iter().all(mark);
    plain.then_some(start..end)
}

fn is_word(part: &str) -> bool {
    part.chars().any(char::is_alphanumeric)
}

/// Whether `c` is of a script written without spaces between words.
fn unspaced(c: Option<char>) -> bool {
    c.is_some_and(|c| !c.is_ascii() && break_property(c as u32) == BreakClass::ComplexContext)
}

/// The word that the char at `at` belongs to; none between words.
#[must_use]
pub fn word_at(text: &Text, at: Pos) -> Option<Span> {
    let at = text.byte(at).0;
    let piece = Pieces(text.as_str()).piece(at);
    words_of(text.as_str(), piece).into_iter().find(|word| word.contains(&at)).map(|word| text.span(word))
}

/// The first word that starts at or after `at`; none if there is none, or none within 16 kB.
#[must_use]
pub fn word_after(text: &Text, at: Pos) -> Option<Span> {
    let at = text.byte(at).0;
    seek(text.as_str(), at, |word| word.start >= at).ok().map(|word| text.span(word))
}

/// The last word that starts before `at`; none if there is none, or none within 16 kB.
#[must_use]
pub fn word_before(text: &Text, at: Pos) -> Option<Span> {
    seek_back(text.as_str(), text.byte(at).0).ok().map(|word| text.span(word))
}

/// The start of the next word after `at`. Without one, the end of the text; after 16 kB without one, as far as that.
#[must_use]
pub fn next_word_start(text: &Text, at: Pos) -> Pos {
    let at = text.byte(at).0;
    let found = seek(text.as_str(), at, |word| word.start > at).map_or_else(|reached| reached, |word| word.start);
    text.pos(BytePos(found))
}

/// The start of the last word that starts before `at`. Without one, the start of the text; after 16 kB without one, as far
/// as that.
#[must_use]
pub fn previous_word_start(text: &Text, at: Pos) -> Pos {
    let found = seek_back(text.as_str(), text.byte(at).0).map_or_else(|reached| reached, |word| word.start);
    text.pos(BytePos(found))
}

/// The end of the word that `at` is in, or of the next one: the first end of a word after `at`. Without one, the end of the
/// text; after 16 kB without one, as far as that.
#[must_use]
pub fn next_word_end(text: &Text, at: Pos) -> Pos {
    let at = text.byte(at).0;
    let found = seek(text.as_str(), at, |word| word.end > at).map_or_else(|reached| reached, |word| word.end);
    text.pos(BytePos(found))
}

/// The words that lie wholly in `within`, in order. Time in proportion to what is taken from it.
pub fn words(text: &Text, within: Span) -> impl Iterator<Item = Span> + use<'_> {
    words_in_bytes(text, within).map(|word| text.span(word))
}

/// The words that lie wholly in `within`, in order, as bytes: where many are counted.
pub fn words_in_bytes(text: &Text, within: Span) -> impl Iterator<Item = Range<usize>> + use<'_> {
    let Range { start, end } = text.bytes(within);
    let pieces = Pieces(text.as_str());
    let mut at = pieces.cut_until(start);
    std::iter::from_fn(move || {
        (at < end).then(|| {
            let piece = at..pieces.cut_after(at);
            at = piece.end;
            words_of(text.as_str(), piece)
        })
    })
    .flatten()
    .filter(move |word| start <= word.start && word.end <= end)
}

/// The first word from the piece around `at` on that is `wanted`, or else how far the look went.
fn seek(text: &str, at: usize, wanted: impl Fn(&Range<usize>) -> bool) -> Result<Range<usize>, usize> {
    let pieces = Pieces(text);
    let mut piece = pieces.piece(at);
    loop {
        if let Some(word) = words_of(text, piece.clone()).into_iter().find(&wanted) {
            return Ok(word);
        }
        if piece.end == text.len() || piece.end - at.min(piece.end) > LOOK {
            return Err(piece.end);
        }
        piece = pieces.piece(piece.end);
    }
}

/// The last word that starts before `at`, or else how far the look went.
fn seek_back(text: &str, at: usize) -> Result<Range<usize>, usize> {
    let pieces = Pieces(text);
    let mut end = at;
    while end > 0 && at - end <= LOOK {
        let start = pieces.cut_before(end);
        let piece = start..pieces.cut_after(start);
        if let Some(word) = words_of(text, piece).into_iter().rfind(|word| word.start < at) {
            return Ok(word);
        }
        end = start;
    }
    Err(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(words_in: &str) -> Vec<String> {
        let text = Text::new(words_in);
        words(&text, text.whole()).map(|word| text.slice(word).to_owned()).collect()
    }

    #[test]
    fn apostrophes_and_hyphens_inside_a_word_keep_it_one() {
        assert_eq!(
            all("I don't—O’Brien's follow-up, well--yes."),
            ["I", "don't", "O’Brien's", "follow-up", "well", "yes"]
        );
        assert_eq!(
            all("'cause COVID-19 (state-of-the-art) 3.5 - 4,000 -x y-"),
            ["cause", "COVID-19", "state-of-the-art", "3.5", "4,000", "x", "y"]
        );
        assert_eq!(all("e.g. a.m. [laughs] 😀 …"), ["e.g", "a.m", "laughs"]);
    }

    proptest! {
        #[test]
        fn a_plain_word_is_what_the_rules_say(piece in "[a-zA-Z'.,:;!?()\"*/&@#$%+=<>~^`|{}\\[\\]\\\\_0-9-]{1,12}") {
            if let Some(plain) = plain_word(piece.as_bytes()) {
                prop_assert_eq!(words_by_rule(&piece, 0..piece.len()), vec![plain]);
            }
        }
    }

    #[test]
    fn scripts_without_spaces() {
        assert_eq!(all("我们在 シカゴ。ร้านกาแฟ ดี"), ["我", "们", "在", "シカゴ", "ร้านกาแฟ", "ดี"]);
        assert_eq!(all("नमस्ते दुनिया، مرحبا"), ["नमस्ते", "दुनिया", "مرحبا"]);
    }

    #[test]
    fn moving_by_words_crosses_paragraphs_and_stops_at_the_ends() {
        let text = Text::new("one two\n\n  three.");
        assert_eq!(next_word_start(&text, Pos(0)), Pos(4));
        assert_eq!(next_word_start(&text, Pos(4)), Pos(11));
        assert_eq!(next_word_start(&text, Pos(11)), Pos(17));
        assert_eq!(next_word_end(&text, Pos(3)), Pos(7));
        assert_eq!(next_word_end(&text, Pos(7)), Pos(16));
        assert_eq!(previous_word_start(&text, Pos(11)), Pos(4));
        assert_eq!(previous_word_start(&text, Pos(6)), Pos(4));
        assert_eq!(previous_word_start(&text, Pos(0)), Pos(0));
        assert_eq!(word_at(&text, Pos(3)), None);
        assert_eq!(word_at(&text, Pos(5)), Some(Span::new(4, 7)));
        assert_eq!(word_after(&text, Pos(5)), Some(Span::new(11, 16)));
        assert_eq!(word_before(&text, Pos(4)), Some(Span::new(0, 3)));
        assert_eq!(word_before(&text, Pos(0)), None);
    }

    #[test]
    fn words_of_a_span_are_those_that_lie_wholly_in_it() {
        let text = Text::new("one two three");
        assert_eq!(words(&text, Span::new(1, 12)).collect::<Vec<_>>(), [Span::new(4, 7)]);
    }

    #[test]
    fn ten_megabytes_on_one_line_cost_no_more_than_some_kilobytes() {
        for unit in ["word ", "a", "我", " ", "\n", "a-", "ก", "’", "\u{301}", "x's"] {
            let text = Text::new(&unit.repeat(10_000_000 / unit.len()));
            let middle = Pos(text.chars() / 2);
            let moves = [next_word_start, previous_word_start, next_word_end];
            for (which, by) in moves.iter().enumerate() {
                let (moved, looks) = look::of(|| by(&text, middle));
                assert!(moved != middle, "move {which} stands still among {unit:?}");
                assert!(looks < 600_000, "{looks} looks among {unit:?} by move {which}");
            }
            let (_, looks) = look::of(|| word_at(&text, middle));
            assert!(looks < 60_000, "{looks} looks among {unit:?}");
        }
    }

    proptest! {
        #[test]
        fn words_are_ordered_on_grapheme_borders_and_found_from_every_char(
            words_in in "(?s)([a-z '’.\n-]|\u{301}|ก|ำ|我|シ|्|क|👩|.){0,100}"
        ) {
            let text = Text::new(&words_in);
            let all: Vec<Span> = words(&text, text.whole()).collect();
            for (n, word) in all.iter().enumerate() {
                prop_assert!(!word.is_empty() && (n == 0 || all[n - 1].end <= word.start));
                prop_assert_eq!(super::super::graphemes::whole_graphemes(&text, *word), *word);
                for inside in word.start.0..word.end.0 {
                    prop_assert_eq!(word_at(&text, Pos(inside)), Some(*word));
                }
                prop_assert_eq!(word_after(&text, word.start), Some(*word));
                prop_assert_eq!(word_before(&text, word.end), Some(*word));
                let next = all.get(n + 1).map_or(text.whole().end, |next| next.start);
                prop_assert_eq!(next_word_start(&text, word.start), next);
                if n + 1 < all.len() {
                    prop_assert_eq!(previous_word_start(&text, next), word.start);
                }
            }
            for (at, c) in words_in.chars().enumerate() {
                if c.is_alphanumeric() {
                    prop_assert!(word_at(&text, Pos(at as u32)).is_some(), "{c:?} is in no word");
                }
            }
        }
    }
}
