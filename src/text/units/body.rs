//! What sentences and paragraphs are looked for in: a part of a text, and what its line feeds mean.

use super::cuts::{Cuts, chars_from};
use super::graphemes::Graphemes;
use crate::text::{BytePos, Pos, Span, Text};
use std::ops::Range;

/// The part of a text that units are looked for in, such as the words of a turn without its label. A [`Span`] is a body
/// whose line feeds end paragraphs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Body {
    /// Nothing outside this is looked at, or part of a unit: a label before it does not become part of a sentence.
    pub within: Span,
    /// What its line feeds mean.
    pub lines: Lines,
}

/// What a line feed means in a text.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Lines {
    /// It ends a paragraph, and with it the sentence.
    #[default]
    Paragraphs,
    /// The text was broken into lines of a fixed width (as transcripts typed at a column are): sentences go on over single
    /// line feeds, and a blank line ends the paragraph.
    Wrapped,
}

impl From<Span> for Body {
    fn from(within: Span) -> Self {
        Self { within, lines: Lines::Paragraphs }
    }
}

impl Body {
    /// All of `text`, its line feeds as [`Lines::of`] takes them.
    #[must_use]
    pub fn whole(text: &Text) -> Self {
        Self { within: text.whole(), lines: Lines::of(text) }
    }

    /// Its bytes in `text`, cut to the text.
    pub(super) fn bytes(self, text: &Text) -> Range<usize> {
        let Range { start, end } = text.bytes(self.within);
        start..end.max(start)
    }
}

impl Lines {
    /// A guess at what line feeds mean in `text`, from its first 2,000 lines. They count as wrapped where at least 20 follow
    /// each other without a blank line between and nine of ten are so long that the first word of the next would not have
    /// fitted within the same width.
    #[must_use]
    pub fn of(text: &Text) -> Self {
        const LOOKED_AT: usize = 2000;
        const WIDEST: usize = 120;
        let lines: Vec<&str> =
            (0..text.paragraphs().min(LOOKED_AT)).map(|i| text.paragraph_str(i).trim_end()).collect();
        if lines.iter().any(|line| line.len() > 4 * WIDEST) {
            return Self::Paragraphs;
        }
        let lengths: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
        let widest = lengths.iter().copied().max().unwrap_or(0);
        let pairs = || lines.windows(2).zip(&lengths).filter(|(pair, _)| !pair[0].is_empty() && !pair[1].is_empty());
        let full = pairs().filter(|(pair, length)| {
            let next_word = pair[1].split_whitespace().next().map_or(0, |word| word.chars().count());
            **length + 1 + next_word > widest
        });
        let enough = pairs().count() >= 20 && full.count() * 10 >= pairs().count() * 9;
        if widest <= WIDEST && enough { Self::Wrapped } else { Self::Paragraphs }
    }
}

/// Whether nothing but white space stands in `text` from `at` to the end of the line. Looks at 256 chars.
pub(super) fn blank_from(text: &str, at: usize) -> bool {
    chars_from(text, at).take(256).take_while(|&c| c != '\n').all(char::is_whitespace)
}

/// The paragraph of `body` that the char at `at` belongs to, without the white space around it; none on a blank line.
#[must_use]
pub fn paragraph_at(text: &Text, at: Pos, body: impl Into<Body>) -> Option<Span> {
    let body = body.into();
    let at_byte = text.byte(at);
    block(text, text.paragraph_at(at_byte), body).map(|(_, bytes)| text.span(bytes)).filter(|found| found.holds(at))
}

/// The first paragraph of `body` that starts at or after `at`.
#[must_use]
pub fn paragraph_after(text: &Text, at: Pos, body: impl Into<Body>) -> Option<Span> {
    let body = body.into();
    let from = text.paragraph_of(at.max(body.within.start));
    blocks(text, from, body).map(|bytes| text.span(bytes)).find(|found| found.start >= at)
}

/// The last paragraph of `body` that starts before `at`.
#[must_use]
pub fn paragraph_before(text: &Text, at: Pos, body: impl Into<Body>) -> Option<Span> {
    let body = body.into();
    let first = text.paragraph_of(body.within.start);
    let mut line = text.paragraph_of(at.min(body.within.end));
    loop {
        if let Some((lines, bytes)) = block(text, line, body) {
            let found = text.span(bytes);
            if found.start < at {
                return Some(found);
            }
            line = lines.start;
        }
        if line <= first {
            return None;
        }
        line -= 1;
    }
}

/// The paragraphs of `body`, in order, each without the white space around it; blank lines are none.
pub fn paragraphs(text: &Text, body: impl Into<Body>) -> impl Iterator<Item = Span> {
    let body = body.into();
    blocks(text, text.paragraph_of(body.within.start), body).map(|bytes| text.span(bytes))
}

fn blocks(text: &Text, from: usize, body: Body) -> impl Iterator<Item = Range<usize>> + use<'_> {
    let end = body.bytes(text).end;
    let mut line = from;
    std::iter::from_fn(move || {
        while line < text.paragraphs() && text.paragraph(line).start <= end {
            let found = block(text, line, body);
            line = found.as_ref().map_or(line, |(lines, _)| lines.end - 1) + 1;
            if let Some((_, bytes)) = found {
                return Some(bytes);
            }
        }
        None
    })
}

/// The lines and the bytes of the paragraph of `body` that line number `line` is part of.
fn block(text: &Text, line: usize, body: Body) -> Option<(Range<usize>, Range<usize>)> {
    let within = body.bytes(text);
    let clipped = |line: usize| {
        let bytes = text.paragraph(line);
        bytes.start.clamp(within.start, within.end)..bytes.end.clamp(within.start, within.end)
    };
    let blank = |line: usize| text.as_str()[clipped(line)].trim_start().is_empty();
    if blank(line) {
        return None;
    }
    let (mut first, mut last) = (line, line);
    if body.lines == Lines::Wrapped {
        while first > 0 && !blank(first - 1) {
            first -= 1;
        }
        while last + 1 < text.paragraphs() && !blank(last + 1) {
            last += 1;
        }
    }
    let bytes = clipped(first).start..clipped(last).end;
    Some((first..last + 1, trimmed(text.as_str(), bytes)))
}

/// `bytes` of `text`, which lie on grapheme borders, without the white space at both ends, still on grapheme borders (a
/// space may carry a mark).
pub(in crate::text) fn trimmed(text: &str, bytes: Range<usize>) -> Range<usize> {
    let end = bytes.start + text[bytes.clone()].trim_end().len();
    let start = end - text[bytes.start..end].trim_start().len();
    if start == end {
        return start..end;
    }
    let graphemes = Graphemes(text);
    graphemes.cut_until(start)..if graphemes.is_cut(end) { end } else { graphemes.cut_after(end) }
}

/// `at` in bytes as chars of `text`.
pub(super) fn pos(text: &Text, at: usize) -> Pos {
    text.pos(BytePos(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRAPPED: &str = "one goes on\nover lines \n \n two is\nshort\n\n\nthree";

    fn slices(text: &Text, spans: impl Iterator<Item = Span>) -> Vec<&str> {
        spans.map(|span| text.slice(span)).collect()
    }

    #[test]
    fn a_line_feed_ends_a_paragraph_unless_the_lines_are_wrapped() {
        let text = Text::new(WRAPPED);
        assert_eq!(
            slices(&text, paragraphs(&text, text.whole())),
            ["one goes on", "over lines", "two is", "short", "three"]
        );
        let wrapped = Body { within: text.whole(), lines: Lines::Wrapped };
        assert_eq!(slices(&text, paragraphs(&text, wrapped)), ["one goes on\nover lines", "two is\nshort", "three"]);
    }

    #[test]
    fn paragraphs_are_found_from_any_place() {
        let text = Text::new(WRAPPED);
        let wrapped = Body { within: Span::new(4, text.chars()), lines: Lines::Wrapped };
        let all: Vec<Span> = paragraphs(&text, wrapped).collect();
        assert_eq!(text.slice(all[0]), "goes on\nover lines", "what stands before the body is no part of it");
        for at in 0..=text.chars() {
            let at = Pos(at);
            assert_eq!(paragraph_at(&text, at, wrapped), all.iter().copied().find(|p| p.holds(at)));
            assert_eq!(paragraph_after(&text, at, wrapped), all.iter().copied().find(|p| p.start >= at), "{at:?}");
            assert_eq!(paragraph_before(&text, at, wrapped), all.iter().copied().rfind(|p| p.start < at), "{at:?}");
        }
    }

    #[test]
    fn hard_wrapped_transcripts_are_told_from_one_line_a_turn() {
        let turn = "Max Bigman:         And I keep forgetting where it is that we have put the\n\
            questions about which of the people in the practice would be the one to call\n\
            back when somebody had been to the hospital over a weekend and so we go and\n\
            look for it again and then of course it is somewhere in the other folder\n\n";
        assert_eq!(Lines::of(&Text::new(&turn.repeat(10))), Lines::Wrapped);
        let line = "I: How long have you been here?\nP: Since about two thousand and eleven, I think.\nI: Yes.\n";
        assert_eq!(Lines::of(&Text::new(&line.repeat(20))), Lines::Paragraphs);
        assert_eq!(Lines::of(&Text::new("")), Lines::Paragraphs);
    }
}
