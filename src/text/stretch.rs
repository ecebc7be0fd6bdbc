//! Stretches: a text cut into parts short enough to wrap whenever one is shown.
//!
//! A stretch is a paragraph, or a part of one: a turn that starts within it, or a piece of some kilobytes of a paragraph that
//! is longer than that. Rows start anew with every stretch, so a place on the screen is a stretch and a row in it, rows are
//! kept by stretch and width, and nothing is ever wrapped that is far from what is shown. Long paragraphs are cut behind a
//! sentence if there is one near, else behind a space, else where a line may break; the cuts depend on the text alone, and
//! only the kilobyte before each is looked at closely.

use super::units::{grapheme_floor, sentence_ends};
use super::{BytePos, Text};
use std::ops::Range;
use unicode_linebreak::linebreaks;

/// Parts up to this many bytes stay whole.
const LONGEST: usize = 8192;
/// Longer ones are cut at most this many bytes after their start,
const PIECE: usize = 4096;
/// and at least this many before that.
const CHOICE: usize = 1024;

/// The stretches of one text. Cloning copies the table of their starts.
#[derive(Clone, Debug)]
pub struct Stretches {
    text: Text,
    /// Byte offset of the start of every stretch; the first is 0.
    starts: Vec<u32>,
}

impl Stretches {
    /// The stretches of `text`, each of `cuts` (the starts of turns, in any order) starting one. Cuts within a grapheme move
    /// to its start. One pass over the table of paragraphs, plus a kilobyte read for each piece of a long one.
    #[must_use]
    pub fn new(text: &Text, cuts: impl IntoIterator<Item = BytePos>) -> Self {
        let words = text.as_str();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|at| grapheme_floor(words, at.0)).collect();
        cuts.sort_unstable();
        let mut cuts = cuts.into_iter().peekable();
        let mut starts = Vec::with_capacity(text.paragraphs());
        for index in 0..text.paragraphs() {
            let paragraph = text.paragraph(index);
            let mut part = paragraph.start;
            while let Some(cut) = cuts.next_if(|&cut| cut < paragraph.end) {
                if cut > part {
                    divide(words, part..cut, &mut starts);
                    part = cut;
                }
            }
            divide(words, part..paragraph.end, &mut starts);
        }
        Self { text: text.clone(), starts }
    }

    /// How many there are; at least one.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of stretch `index`, without the line feed that may end it; empty past the last one.
    #[must_use]
    pub fn bytes(&self, index: usize) -> Range<usize> {
        let words = self.text.as_str();
        let Some(&start) = self.starts.get(index) else { return words.len()..words.len() };
        let Some(&next) = self.starts.get(index + 1) else { return start as usize..words.len() };
        let next = next as usize;
        start as usize..next - usize::from(words.as_bytes()[next - 1] == b'\n')
    }

    /// The words of stretch `index`, without the line feed that may end it.
    #[must_use]
    pub fn words(&self, index: usize) -> &str {
        &self.text.as_str()[self.bytes(index)]
    }

    /// Which stretch the byte `at` lies in (a line feed belongs to the stretch it ends); the last one from the end on.
    #[must_use]
    pub fn at(&self, at: BytePos) -> usize {
        self.starts.partition_point(|&start| start as usize <= at.0) - 1
    }

    /// Whether stretch `index` goes on with the paragraph of the stretch before it.
    #[must_use]
    pub fn continues(&self, index: usize) -> bool {
        self.starts
            .get(index)
            .is_some_and(|&start| start > 0 && self.text.as_str().as_bytes()[start as usize - 1] != b'\n')
    }
}

/// Adds the start of `part`, and of each piece of it if it is long.
fn divide(words: &str, part: Range<usize>, starts: &mut Vec<u32>) {
    let mut start = part.start;
    starts.push(start as u32);
    while part.end - start > LONGEST {
        start = cut(words, start);
        starts.push(start as u32);
    }
}

/// Where to cut what starts at `start` and is longer than `LONGEST`.
fn cut(words: &str, start: usize) -> usize {
    let latest = grapheme_floor(words, start + PIECE);
    let from = grapheme_floor(words, latest - CHOICE);
    let choice = &words[from..latest];
    // Where the choice starts, what stands before it could still forbid a break: the first few are not trusted.
    let breaks: Vec<usize> = linebreaks(choice)
        .map(|(at, _)| at)
        .filter(|&at| 64 < at && at < choice.len() && grapheme_floor(words, from + at) == from + at)
        .collect();
    let last = |fits: &dyn Fn(usize) -> bool| breaks.iter().copied().rfind(|&at| fits(at));
    last(&|at| sentence_ends(choice, at))
        .or_else(|| last(&|at| choice[..at].ends_with([' ', '\t'])))
        .or_else(|| last(&|_| true))
        .map_or(latest, |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lengths(text: &Text) -> Vec<usize> {
        let all = Stretches::new(text, []);
        (0..all.count()).map(|n| all.bytes(n).len()).collect()
    }

    #[test]
    fn a_paragraph_is_a_stretch_and_a_turn_within_it_starts_another() {
        let text = Text::new("A: one B: two\n\nC: three\n");
        let all = Stretches::new(&text, [BytePos(15), BytePos(7), BytePos(0), BytePos(13), BytePos(7)]);
        let words: Vec<_> = (0..all.count()).map(|n| all.words(n)).collect();
        assert_eq!(words, ["A: one ", "B: two", "", "C: three", ""]);
        let continues: Vec<_> = (0..all.count()).map(|n| all.continues(n)).collect();
        assert_eq!(continues, [false, true, false, false, false]);
        assert_eq!([0, 6, 7, 13, 14, 15, 24, 99].map(|at| all.at(BytePos(at))), [0, 0, 1, 1, 2, 3, 4, 4]);
    }

    #[test]
    fn long_paragraphs_are_cut_behind_a_sentence_else_a_space_else_anywhere_allowed() {
        let said = Text::new(&"We went there. And then Dr. Who came by ".repeat(500));
        let all = Stretches::new(&said, []);
        assert_eq!(all.count(), 4);
        for n in 1..all.count() {
            assert!(all.words(n - 1).ends_with("there. ") && all.continues(n), "{:?}", &all.words(n - 1)[3000..]);
        }
        let unpunctuated = Text::new(&"we went there and then ".repeat(1000));
        let all = Stretches::new(&unpunctuated, []);
        assert!((1..all.count()).all(|n| all.words(n - 1).ends_with(' ')));
        assert!(lengths(&Text::new(&"我们去".repeat(9000))).iter().all(|&length| length <= LONGEST));
        assert!(
            lengths(&Text::new(&"e\u{301}".repeat(9000))).iter().all(|&length| length <= LONGEST && length % 3 == 0)
        );
        assert_eq!(lengths(&Text::new(&"x".repeat(LONGEST))), [LONGEST], "ordinary paragraphs stay whole");
    }

    proptest! {
        #[test]
        fn stretches_cover_the_text_and_each_byte_finds_its_own(
            parts in prop::collection::vec(("[a-zé .?\n]{1,60}|\u{301}|👩‍👧|  ", 1..300_usize), 0..8),
            cuts in prop::collection::vec(0..30_000_usize, 0..6),
        ) {
            let words: String = parts.iter().map(|(part, times)| part.repeat(*times)).collect();
            let text = Text::new(&words);
            let all = Stretches::new(&text, cuts.into_iter().map(BytePos));
            let mut at = 0;
            for n in 0..all.count() {
                let bytes = all.bytes(n);
                prop_assert_eq!(bytes.start, at);
                prop_assert!(bytes.len() <= LONGEST && !all.words(n).contains('\n'));
                prop_assert!(!all.continues(n) || !bytes.is_empty(), "only a blank line is empty");
                prop_assert_eq!(all.at(BytePos(bytes.start)), n);
                prop_assert_eq!(all.at(BytePos(bytes.end.max(bytes.start + 1) - 1)), n);
                at = bytes.end + usize::from(words[bytes.end..].starts_with('\n'));
                prop_assert_eq!(n > 0 && at > 0 && !words[..bytes.start].ends_with('\n'), all.continues(n));
            }
            prop_assert_eq!(at, words.len());
        }
    }
}
