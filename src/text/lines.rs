//! A text in memory: the words, its paragraphs, and the way from chars to bytes and back.
//!
//! A text never changes once it is made (a correction is another version of it), so the tables are built once, in one
//! pass, and shared. A paragraph is what stands between line feeds.

use super::position::{BytePos, Pos, Span};
use std::ops::Range;
use std::sync::Arc;

/// How many chars lie between two entries of the table that leads from chars to bytes.
const STRIDE: usize = 64;

/// One version of a text with its tables. Cloning shares everything.
#[derive(Clone)]
pub struct Text {
    inner: Arc<Inner>,
}

struct Inner {
    words: Box<str>,
    chars: u32,
    /// Byte offset of every `STRIDE`th char; empty when all of the text is ASCII.
    strides: Vec<u32>,
    /// Byte offset of the start of every paragraph; never empty.
    paragraphs: Vec<u32>,
}

impl Text {
    /// The text `words`. Takes one pass over it.
    #[must_use]
    pub fn new(words: &str) -> Self {
        let mut paragraphs = vec![0];
        paragraphs.extend(memchr::memchr_iter(b'\n', words.as_bytes()).map(|at| at as u32 + 1));
        let mut strides = Vec::new();
        let mut chars = words.len() as u32;
        if !words.is_ascii() {
            chars = 0;
            for (at, _) in words.char_indices() {
                if (chars as usize).is_multiple_of(STRIDE) {
                    strides.push(at as u32);
                }
                chars += 1;
            }
        }
        Self { inner: Arc::new(Inner { words: words.into(), chars, strides, paragraphs }) }
    }

    /// The words themselves.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.inner.words
    }

    /// Its length in chars.
    #[must_use]
    pub fn chars(&self) -> u32 {
        self.inner.chars
    }

    /// All of it, in chars.
    #[must_use]
    pub fn whole(&self) -> Span {
        Span { start: Pos(0), end: Pos(self.inner.chars) }
    }

    /// The byte where the char at `at` starts; the end of the text for any position after it. Constant time.
    #[must_use]
    pub fn byte(&self, at: Pos) -> BytePos {
        let inner = &*self.inner;
        if at.0 >= inner.chars {
            return BytePos(inner.words.len());
        }
        if inner.strides.is_empty() {
            return BytePos(at.0 as usize);
        }
        let from = inner.strides[at.0 as usize / STRIDE] as usize;
        let within = at.0 as usize % STRIDE;
        let step = inner.words[from..].char_indices().nth(within).map_or(inner.words.len() - from, |(b, _)| b);
        BytePos(from + step)
    }

    /// The char that starts at, or contains, the byte `at`. The inverse of [`byte`](Self::byte). Time logarithmic in the
    /// length of the text (a search of the table), at most `STRIDE` chars read.
    #[must_use]
    pub fn pos(&self, at: BytePos) -> Pos {
        let inner = &*self.inner;
        if at.0 >= inner.words.len() {
            return Pos(inner.chars);
        }
        if inner.strides.is_empty() {
            return Pos(at.0 as u32);
        }
        let stride = inner.strides.partition_point(|&b| b as usize <= at.0) - 1;
        let from = inner.strides[stride] as usize;
        let within = inner.words.as_bytes()[from..=at.0].iter().filter(|&&b| !is_continuation(b)).count() - 1;
        Pos((stride * STRIDE + within) as u32)
    }

    /// A range of chars as a range of bytes, cut to the text.
    #[must_use]
    pub fn bytes(&self, span: Span) -> Range<usize> {
        self.byte(span.start).0..self.byte(span.end).0
    }

    /// A range of bytes (on char borders) as a range of chars.
    #[must_use]
    pub fn span(&self, bytes: Range<usize>) -> Span {
        Span { start: self.pos(BytePos(bytes.start)), end: self.pos(BytePos(bytes.end)) }
    }

    /// The words of a range of chars, cut to the text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        let bytes = self.bytes(span);
        &self.inner.words[bytes.start..bytes.end.max(bytes.start)]
    }

    /// How many paragraphs there are; at least one.
    #[must_use]
    pub fn paragraphs(&self) -> usize {
        self.inner.paragraphs.len()
    }

    /// The bytes of paragraph `index` without its line feed; empty past the last one.
    #[must_use]
    pub fn paragraph(&self, index: usize) -> Range<usize> {
        let inner = &*self.inner;
        let end_of_text = inner.words.len();
        let Some(&start) = inner.paragraphs.get(index) else { return end_of_text..end_of_text };
        let end = inner.paragraphs.get(index + 1).map_or(end_of_text, |&next| next as usize - 1);
        start as usize..end
    }

    /// The chars of paragraph `index` without its line feed.
    #[must_use]
    pub fn paragraph_span(&self, index: usize) -> Span {
        self.span(self.paragraph(index))
    }

    /// The words of paragraph `index` without its line feed.
    #[must_use]
    pub fn paragraph_str(&self, index: usize) -> &str {
        &self.inner.words[self.paragraph(index)]
    }

    /// Which paragraph the byte `at` lies in (a line feed belongs to the paragraph it ends).
    #[must_use]
    pub fn paragraph_at(&self, at: BytePos) -> usize {
        self.inner.paragraphs.partition_point(|&start| start as usize <= at.0) - 1
    }

    /// Which paragraph the char `at` lies in.
    #[must_use]
    pub fn paragraph_of(&self, at: Pos) -> usize {
        self.paragraph_at(self.byte(at))
    }
}

impl std::fmt::Debug for Text {
    /// Its size only: a transcript never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Text({} chars)", self.chars())
    }
}

const fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paragraphs_are_what_stands_between_line_feeds() {
        let text = Text::new("one\n\nthree é\n");
        assert_eq!(text.paragraphs(), 4);
        let words: Vec<_> = (0..4).map(|i| text.paragraph_str(i)).collect();
        assert_eq!(words, ["one", "", "three é", ""]);
        assert_eq!(text.paragraph_of(Pos(3)), 0, "the line feed belongs to the paragraph it ends");
        assert_eq!(text.paragraph_of(Pos(4)), 1);
        assert_eq!(text.paragraph_of(Pos(99)), 3);
    }

    proptest! {
        #[test]
        fn chars_and_bytes_are_inverse(words in "(?s).{0,400}") {
            let text = Text::new(&words);
            prop_assert_eq!(text.chars() as usize, words.chars().count());
            for (n, (byte, _)) in words.char_indices().enumerate() {
                prop_assert_eq!(text.byte(Pos(n as u32)), BytePos(byte));
                prop_assert_eq!(text.pos(BytePos(byte)), Pos(n as u32));
            }
            prop_assert_eq!(text.pos(BytePos(words.len())), Pos(text.chars()));
        }
    }
}
