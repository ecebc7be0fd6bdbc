//! Snippets: a passage with some words before and after it, to be read in a list.

use super::units::{
    grapheme_border, next_grapheme, next_sentence_start, next_word_start, sentence_before, trimmed, whole_graphemes,
    word_before,
};
use super::{Pos, Span, Text};

/// A passage in its surroundings. The three parts stand next to each other in the text as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Snippet<'a> {
    /// The words before it, of the same paragraph.
    pub before: &'a str,
    /// The passage itself, to whole graphemes.
    pub hit: &'a str,
    /// The words after it, of the same paragraph.
    pub after: &'a str,
    /// Whether more of the paragraph stands before this.
    pub cut_before: bool,
    /// Whether more of the paragraph stands after this.
    pub cut_after: bool,
}

/// The passage `hit` of `text` with at most `context` chars of its paragraph before and after it. What is cut is cut at a
/// sentence if one starts or ends in the outer half of the context, else between words, else (a word longer than the context)
/// between graphemes. White space at the outer ends is left away.
#[must_use]
pub fn snippet(text: &Text, hit: Span, context: u32) -> Snippet<'_> {
    let hit = whole_graphemes(text, hit);
    let first = text.paragraph_span(text.paragraph_of(hit.start));
    // A passage that ends with a line feed ends in the paragraph that this ends.
    let end = if hit.is_empty() { hit.end } else { hit.end.shifted(-1) };
    let last = text.paragraph_span(text.paragraph_of(end));
    let (first_start, last_end) = (first.start, last.end.max(hit.end));

    let earliest = hit.start.shifted(-i64::from(context)).max(first_start);
    let start = if earliest == first_start { earliest } else { start_from(text, earliest, hit.start, context) };
    let latest = hit.end.shifted(i64::from(context)).min(last_end);
    let end = if latest == last_end { latest } else { end_until(text, hit.end, latest, context) };

    let (words, inner) = (text.as_str(), text.bytes(hit));
    // (the sides next to the hit keep their white space)
    let before = trimmed(words, text.byte(start).0..inner.end).start.min(inner.start);
    let after = trimmed(words, inner.start..text.byte(end).0).end.max(inner.end);
    Snippet {
        before: &words[before..inner.start],
        hit: &words[inner.clone()],
        after: &words[inner.end..after],
        cut_before: !text.slice(Span { start: first_start, end: start }).trim_start().is_empty(),
        cut_after: !text.slice(Span { start: end, end: last_end }).trim_end().is_empty(),
    }
}

/// Where to start between `earliest` and `hit`.
fn start_from(text: &Text, earliest: Pos, hit: Pos, context: u32) -> Pos {
    // From a char before, as `earliest` itself may be a good start.
    let before = Span { start: earliest.shifted(-1), end: hit };
    let half = earliest.shifted(i64::from(context / 2));
    let sentence = next_sentence_start(text, before.start, before).filter(|&at| earliest <= at && at <= half);
    let word = || Some(next_word_start(text, before.start)).filter(|&at| earliest <= at && at < hit);
    sentence.or_else(word).unwrap_or_else(|| {
        let border = grapheme_border(text, earliest);
        if border < earliest { next_grapheme(text, border).min(hit) } else { border }
    })
}

/// Where to end between `hit` and `latest`.
fn end_until(text: &Text, hit: Pos, latest: Pos, context: u32) -> Pos {
    let after = Span { start: hit, end: latest.shifted(1) };
    let half = latest.shifted(-i64::from(context / 2)).max(hit);
    let sentence = sentence_before(text, latest, after).and_then(|last| {
        // The last one is cut short by the context: the one before it is whole.
        let ends = if last.end < after.end { Some(last) } else { sentence_before(text, last.start, after) };
        ends.map(|whole| whole.end).filter(|&end| half <= end && end <= latest)
    });
    let word = || {
        let last = word_before(text, latest)?;
        let ends = if last.end <= latest { last.end } else { word_before(text, last.start)?.end };
        (ends > hit).then_some(ends)
    };
    sentence.or_else(word).unwrap_or_else(|| grapheme_border(text, latest).max(hit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    const SAID: &str =
        "I: Why?\nWe were new. Nobody knew the social worker then. She was alone a lot. It got better.\nYes.";

    fn around<'a>(text: &'a Text, words: &str, context: u32) -> Snippet<'a> {
        let at = text.as_str().find(words).expect("words of the text");
        snippet(text, text.span(at..at + words.len()), context)
    }

    #[test]
    fn what_is_cut_is_cut_at_a_sentence_or_between_words() {
        let text = Text::new(SAID);
        let cut = around(&text, "social", 18);
        assert_eq!((cut.before, cut.hit, cut.after), ("Nobody knew the ", "social", " worker then."));
        assert!(cut.cut_before && cut.cut_after);
        let words = around(&text, "social", 11);
        assert_eq!((words.before, words.after), ("knew the ", " worker"));
    }

    #[test]
    fn the_context_stays_within_the_paragraph() {
        let text = Text::new(SAID);
        let whole = around(&text, "social", 500);
        assert_eq!(format!("{}{}{}", whole.before, whole.hit, whole.after), text.paragraph_str(1));
        assert!(!whole.cut_before && !whole.cut_after);
        let over = around(&text, "better.\nYes", 8);
        assert_eq!((over.before, over.hit, over.after), ("It got ", "better.\nYes", "."));
        let none = around(&text, "social", 0);
        assert_eq!((none.before, none.after, none.cut_before), ("", "", true));
    }

    proptest! {
        #[test]
        fn no_grapheme_is_split_and_the_context_is_kept(
            words in "(?s)([a-zA-Z]{1,5}[ .\n]|\u{301}|👩‍👧|🇩|क्ष|我|.){0,60}",
            from in 0..80_u32,
            length in 0..20_u32,
            context in 0..30_u32,
        ) {
            let text = Text::new(&words);
            let hit = Span::new(from.min(text.chars()), (from + length).min(text.chars()));
            let part = snippet(&text, hit, context);
            prop_assert!(part.before.chars().count() <= context as usize);
            prop_assert!(part.after.chars().count() <= context as usize);
            let joined = format!("{}{}{}", part.before, part.hit, part.after);
            prop_assert!(words.contains(&joined), "the parts stand next to each other");
            prop_assert!(part.hit.contains(text.slice(hit)));
            // (a carriage return and its line feed are two steps here)
            let start = part.before.as_ptr() as usize - text.as_str().as_ptr() as usize;
            let borders: Vec<usize> = text.as_str().grapheme_indices(true).map(|(at, _)| at).collect();
            for at in [start, start + part.before.len(), start + part.before.len() + part.hit.len(), start + joined.len()] {
                let line_end = words[at..].starts_with('\n') || words[..at].ends_with('\n');
                prop_assert!(line_end || at == words.len() || borders.contains(&at), "{at} splits a grapheme");
            }
        }
    }
}
