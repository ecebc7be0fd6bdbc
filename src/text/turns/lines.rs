//! All lines of a text as they look, and the stamps within them: the first of the two passes.

use super::labels::{NO_LABEL, Names, is_blank};
use super::shapes::{self, DASHED, Found, INSIDE, Kind, OPENS, Shape};
use super::stamps::{self, Token};

/// A text whose lines have been read. A line ends at a line feed, a line or paragraph separator (U+2028, U+2029), a
/// vertical tab or a form feed.
pub(super) struct Lines<'a> {
    pub(super) words: &'a str,
    pub(super) shapes: Vec<Shape>,
    pub(super) names: Names,
    /// Times at the start of lines and in labels, weak ones too; offsets from the start of the text.
    pub(super) times: Vec<Token>,
    /// The sure stamps anywhere; offsets from the start of the text.
    pub(super) stamps: Vec<Token>,
}

/// Reads all lines of `words`. Linear in its length.
pub(super) fn read(words: &str) -> Lines<'_> {
    let mut found = Found::default();
    let mut shapes: Vec<Shape> = Vec::new();
    let mut stamps = Vec::new();
    let mut before = None;
    let mut start = 0;
    for end in ends(words) {
        let shape = shapes::read(words, start, end, before.as_ref(), &mut found);
        stamps::scan(&words.as_bytes()[start..end], |token| {
            stamps.push(Token { start: start + token.start, end: start + token.end, ..token });
        });
        if shape.kind != Kind::Blank {
            before = Some(shape);
        }
        shapes.push(shape);
        start = words[end..].chars().next().map_or(end, |c| end + c.len_utf8());
    }
    let mut lines = Lines { words, shapes, names: found.names, times: found.times, stamps };
    lines.clear_captions();
    lines.mark_paragraphs();
    lines
}

/// The byte at which each line ends; the last is the end of the text.
fn ends(words: &str) -> Vec<usize> {
    let mut ends: Vec<usize> = memchr::memchr3_iter(b'\n', 0x0B, 0x0C, words.as_bytes()).collect();
    let plain = ends.len();
    for separator in ["\u{2028}", "\u{2029}"] {
        ends.extend(memchr::memmem::find_iter(words.as_bytes(), separator));
    }
    if ends.len() > plain {
        ends.sort_unstable();
    }
    ends.push(words.len());
    ends
}

impl Lines<'_> {
    /// The words of a range of bytes.
    pub(super) fn slice(&self, range: (u32, u32)) -> &str {
        &self.words[range.0 as usize..range.1 as usize]
    }

    /// The label of a line as it stands.
    pub(super) fn name(&self, shape: &Shape) -> &str {
        self.slice(shape.name)
    }

    /// What a line has to see.
    pub(super) fn seen(&self, shape: &Shape) -> &str {
        self.slice((shape.visible, shape.end))
    }

    /// Below a time a name needs words below it: else it is what was said.
    fn clear_captions(&mut self) {
        for index in 0..self.shapes.len() {
            let followed =
                self.shapes.get(index + 1).is_some_and(|next| !matches!(next.kind, Kind::Blank | Kind::Time));
            let shape = &mut self.shapes[index];
            if shape.kind == Kind::Below && !followed {
                (shape.kind, shape.head) = (Kind::Text, shape.visible);
            }
        }
    }

    /// Marks the lines that start a paragraph. A line goes on with the one above it if it is indented deeper, if the
    /// one above is as long as lines get in a text that was broken by hand, or if it starts small in mid sentence.
    fn mark_paragraphs(&mut self) {
        let width = self.width();
        // The line above with the indentation of the first line of its paragraph.
        let mut above: Option<(Shape, u32)> = None;
        for shape in &mut self.shapes {
            let apart =
                matches!(shape.kind, Kind::Blank | Kind::Number | Kind::Time | Kind::Meta | Kind::By | Kind::Tier);
            if apart {
                above = None;
                continue;
            }
            let indent = shape.visible - shape.start;
            match above {
                Some((line, first)) if goes_on(self.words, &line, first, shape, width) => {
                    if indent > first + 1 {
                        shape.flags |= INSIDE;
                    }
                    above = Some((*shape, first));
                }
                _ => {
                    shape.flags |= OPENS;
                    above = Some((*shape, indent));
                }
            }
        }
        self.clear_inside();
    }

    /// Where many labels stand deeper than the line above (answers below questions), depth says nothing.
    fn clear_inside(&mut self) {
        let candidates = |shape: &&Shape| shape.label != NO_LABEL;
        let all = self.shapes.iter().filter(candidates).count();
        let inside = self.shapes.iter().filter(candidates).filter(|shape| shape.has(INSIDE)).count();
        if inside * 10 >= all {
            self.shapes.iter_mut().for_each(|shape| shape.flags &= !INSIDE);
        }
    }

    /// The width at which lines were broken by hand, in bytes, if they seem to have been.
    fn width(&self) -> Option<u32> {
        let mut lengths = [0_u32; 161];
        let mut count = 0;
        for shape in self.shapes.iter().filter(|shape| shape.kind != Kind::Blank) {
            lengths[(shape.end - shape.start).min(160) as usize] += 1;
            count += 1;
        }
        if count < 10 || lengths[160] > 0 {
            return None;
        }
        let mut longer = 0;
        let widest = (0..160).rev().find(|&length| {
            longer += lengths[length];
            longer * 50 > count
        })?;
        (50..=110).contains(&widest).then_some(widest as u32)
    }

    /// The range of the line's words without white space at its ends.
    pub(super) fn trimmed(&self, from: u32, to: u32) -> (u32, u32) {
        let words = self.slice((from, to));
        let start = words.len() - words.trim_start_matches(is_blank).len();
        let end = words.trim_end_matches(is_blank).len();
        (from + start.min(end) as u32, from + end as u32)
    }
}

/// Whether `shape` goes on with the paragraph of the line above it, whose first line is indented by `indent`.
fn goes_on(words: &str, above: &Shape, indent: u32, shape: &Shape, width: Option<u32>) -> bool {
    let deeper = shape.visible - shape.start > indent + 1;
    let full = width.is_some_and(|width| above.end - above.start >= width * 3 / 4);
    let mid_sentence = || {
        let ends = ['.', '!', '?', '…', ':', '"', '”', ')', ']'];
        !words[..above.end as usize].ends_with(ends) && words[shape.visible as usize..].starts_with(char::is_lowercase)
    };
    !shape.has(DASHED) && (deeper || full || mid_sentence())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opens(words: &str) -> Vec<bool> {
        read(words).shapes.iter().map(|shape| shape.has(OPENS)).collect()
    }

    #[test]
    fn lines_end_at_every_kind_of_break() {
        let lines = read("a\nb\u{2028}c\u{0C}d\n");
        let seen: Vec<_> = lines.shapes.iter().map(|shape| lines.seen(shape)).collect();
        assert_eq!(seen, ["a", "b", "c", "d", ""]);
    }

    #[test]
    fn a_paragraph_starts_after_a_blank_line_and_not_at_a_deeper_indent_or_in_mid_sentence() {
        assert_eq!(opens("CC: One\n     two\n     three\n\nCC: Four"), [true, false, false, false, true]);
        assert_eq!(opens("One and\ntwo.\nThree."), [true, false, true]);
        assert_eq!(opens("[00:12]\nOne."), [false, true]);
    }
}
