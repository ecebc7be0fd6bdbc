//! Graphemes: what a reader takes for one character, be it several chars. Cursor and selection move by them.
//!
//! Borders are those of Unicode's extended grapheme clusters, with two differences: a line feed is always a step of its own
//! (a carriage return before it too), and a cluster of several hundred bytes, which no language has, is cut.

use super::cuts::{Cuts, char_at, char_before, floor, look};
use crate::text::{BytePos, Pos, Span, Text};
use unicode_segmentation::GraphemeCursor;

/// The grapheme borders of a string.
pub(super) struct Graphemes<'a>(pub(super) &'a str);

/// How many bytes before a position may decide whether it is a border (flags count in pairs from their first).
const CONTEXT: usize = 256;

impl Cuts for Graphemes<'_> {
    const BLOCK: usize = 256;
    const FINER: usize = 4;

    fn text(&self) -> &str {
        self.0
    }

    fn natural(&self, at: usize) -> bool {
        let (Some(before), Some(after)) = (char_before(self.0, at), char_at(self.0, at)) else { return true };
        if (before.is_ascii() && after.is_ascii()) || before == '\n' || after == '\n' {
            return true;
        }
        let from = floor(self.0, at.saturating_sub(CONTEXT));
        let around = &self.0[from..at + after.len_utf8()];
        let mut cursor = GraphemeCursor::new(at, self.0.len(), true);
        // It asks for more only where hundreds of bytes of flags or joiners stand in a row: then any place will do.
        cursor.is_boundary(around, from).unwrap_or(true)
    }

    fn finer(&self, _: usize) -> bool {
        true
    }
}

/// The first grapheme border after `at`, over the end of a paragraph too; the end of the text stays.
#[must_use]
pub fn next_grapheme(text: &Text, at: Pos) -> Pos {
    text.pos(BytePos(Graphemes(text.as_str()).cut_after(text.byte(at).0)))
}

/// The last grapheme border before `at`, over the start of a paragraph too; the start of the text stays.
#[must_use]
pub fn previous_grapheme(text: &Text, at: Pos) -> Pos {
    text.pos(BytePos(Graphemes(text.as_str()).cut_before(text.byte(at).0)))
}

/// The last grapheme border at or before `at`: a position as the cursor may have it.
#[must_use]
pub fn grapheme_border(text: &Text, at: Pos) -> Pos {
    text.pos(BytePos(Graphemes(text.as_str()).cut_until(text.byte(at).0)))
}

/// The last grapheme border at or before the byte `at` of `text`.
pub(in crate::text) fn grapheme_floor(text: &str, at: usize) -> usize {
    Graphemes(text).cut_until(at)
}

/// The smallest span on grapheme borders that covers `span`. An empty span stays empty.
#[must_use]
pub fn whole_graphemes(text: &Text, span: Span) -> Span {
    let start = grapheme_border(text, span.start);
    if span.is_empty() {
        return Span { start, end: start };
    }
    let graphemes = Graphemes(text.as_str());
    let end = text.byte(span.end).0;
    look::count(1);
    let end = if graphemes.is_cut(end) { end } else { graphemes.cut_after(end) };
    Span { start, end: text.pos(BytePos(end)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    #[test]
    fn clusters_are_one_step_and_so_is_the_line_feed() {
        let text = Text::new("e\u{301}a\n👩‍👩‍👧🇳🇿🇩🇪\r\nक्षि");
        let mut at = Pos(0);
        let mut steps = vec![0];
        while at < text.whole().end {
            at = next_grapheme(&text, at);
            steps.push(at.0);
        }
        assert_eq!(steps, [0, 2, 3, 4, 9, 11, 13, 14, 15, 19]);
    }

    #[test]
    fn a_position_inside_a_cluster_goes_to_its_start_and_a_span_widens() {
        let text = Text::new("xe\u{301}y");
        assert_eq!(grapheme_border(&text, Pos(2)), Pos(1));
        assert_eq!(whole_graphemes(&text, Span::new(2, 2)), Span::new(1, 1));
        assert_eq!(whole_graphemes(&text, Span::new(0, 2)), Span::new(0, 3));
        assert_eq!(whole_graphemes(&text, Span::new(2, 4)), Span::new(1, 4));
    }

    #[test]
    fn ten_megabytes_of_marks_flags_or_joined_emoji_cost_no_more_than_a_line() {
        for unit in ["\u{301}", "🇩", "👩\u{200d}", "क्", "a"] {
            let text = Text::new(&format!("a{}", unit.repeat(10_000_000 / unit.len())));
            let middle = Pos(text.chars() / 2);
            let (moved, looks) = look::of(|| (next_grapheme(&text, middle), previous_grapheme(&text, middle)));
            assert!(moved.0 > middle && moved.1 < middle);
            assert!(looks < 20_000, "{looks} looks among {unit:?}");
        }
    }

    proptest! {
        #[test]
        fn next_then_previous_returns(words in "(?s)([a-z \n\r]|\u{301}|\u{200d}|👩|🇩|क|्|ಾ|.){0,120}") {
            let text = Text::new(&words);
            let mut at = Pos(0);
            while at < text.whole().end {
                let next = next_grapheme(&text, at);
                prop_assert!(next > at);
                prop_assert_eq!(previous_grapheme(&text, next), at);
                for inside in at.0..next.0 {
                    prop_assert_eq!(grapheme_border(&text, Pos(inside)), at);
                }
                at = next;
            }
        }

        #[test]
        fn borders_are_those_of_unicode(words in "([a-z ]|\u{301}|\u{200d}|👩|🇩|क|्|ಾ|[^\n\r]){0,50}") {
            let expected: Vec<_> = words.grapheme_indices(true).map(|(i, _)| i).collect();
            let graphemes = Graphemes(&words);
            let found: Vec<_> =
                (0..words.len()).filter(|&i| words.is_char_boundary(i) && graphemes.is_cut(i)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
