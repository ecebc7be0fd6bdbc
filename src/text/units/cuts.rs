//! Cuts: borders found from near a position, however long the text.
//!
//! Graphemes, the pieces that words are found in, and sentences are three levels of one idea. A level knows its *natural*
//! borders by looking a few chars to either side. Where none comes for a long way (a megabyte of combining marks, a
//! recording written down without a single full stop) it is cut anyway, at the first border of the next finer level at or
//! after a multiple of the block size. So every border depends on its surroundings only, whoever asks and from where, and
//! no look goes further than some blocks: one key press costs the same in a text of ten megabytes on one line.

/// One level of borders in one string. All positions are bytes from its start.
pub(super) trait Cuts {
    /// Bytes after which a stretch without a natural border is cut.
    const BLOCK: usize;
    /// The longest piece of the next finer level, in bytes; smaller than `BLOCK`.
    const FINER: usize;
    /// The longest piece of this level, in bytes.
    const LONGEST: usize = 2 * Self::BLOCK + Self::FINER;

    /// The string that is cut.
    fn text(&self) -> &str;

    /// Whether there is a border at `at`, a char border within the text (not its start or end), by the rules of this level.
    fn natural(&self, at: usize) -> bool;

    /// Whether the next finer level has a border at `at`, a char border within the text.
    fn finer(&self, at: usize) -> bool;

    /// Whether there is a border at `at`, a char border; the start and the end of the text always are.
    fn is_cut(&self, at: usize) -> bool {
        at == 0 || at >= self.text().len() || self.natural(at) || self.forced(at)
    }

    /// The last border at or before `at`.
    fn cut_until(&self, at: usize) -> usize {
        let mut at = floor(self.text(), at);
        while !self.is_cut(at) {
            at = step_back(self.text(), at);
        }
        at
    }

    /// The last border before `at`; the start of the text has none and is its own.
    fn cut_before(&self, at: usize) -> usize {
        self.cut_until(step_back(self.text(), floor(self.text(), at)))
    }

    /// The first border after `at`; the end of the text has none and is its own.
    fn cut_after(&self, at: usize) -> usize {
        let mut at = step(self.text(), floor(self.text(), at));
        while !self.is_cut(at) {
            at = step(self.text(), at);
        }
        at
    }

    /// The bytes between two borders around the char at `at`. Empty only at the end of the text.
    fn piece(&self, at: usize) -> std::ops::Range<usize> {
        let start = self.cut_until(at);
        start..self.cut_after(start)
    }

    /// Whether `at` is cut for want of a natural border in the block before it.
    fn forced(&self, at: usize) -> bool {
        let grid = at / Self::BLOCK * Self::BLOCK;
        if grid == 0 || at - grid > Self::FINER || !self.finer(at) {
            return false;
        }
        let mut earlier = step_back(self.text(), at);
        while earlier >= grid {
            if self.finer(earlier) {
                return false;
            }
            earlier = step_back(self.text(), earlier);
        }
        let mut earlier = step_back(self.text(), at);
        while earlier > grid - Self::BLOCK {
            if self.natural(earlier) {
                return false;
            }
            earlier = step_back(self.text(), earlier);
        }
        true
    }
}

/// The greatest char border at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The char border after the char border `at`; the end stays.
pub(super) fn step(text: &str, at: usize) -> usize {
    at + char_at(text, at).map_or(0, char::len_utf8)
}

/// The char border before the char border `at`; the start stays.
pub(super) fn step_back(text: &str, at: usize) -> usize {
    at - char_before(text, at).map_or(0, char::len_utf8)
}

/// The char that starts at `at`.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    look::count(1);
    text[at..].chars().next()
}

/// The char that ends at `at`.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    look::count(1);
    text[..at].chars().next_back()
}

/// The chars from `at` on.
pub(super) fn chars_from(text: &str, at: usize) -> impl Iterator<Item = char> {
    text[at..].chars().inspect(|_| look::count(1))
}

/// Counts what is read of a text, in tests only.
pub(super) mod look {
    #[cfg(test)]
    thread_local! { static LOOKS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) } }

    /// `n` more chars or bytes were read.
    #[cfg(test)]
    pub(in crate::text) fn count(n: usize) {
        LOOKS.set(LOOKS.get() + n);
    }

    /// `n` more chars or bytes were read: of no interest outside tests.
    #[cfg(not(test))]
    #[inline]
    pub(in crate::text) fn count(_: usize) {}

    /// How much `work` reads.
    #[cfg(test)]
    pub(in crate::text) fn of<T>(work: impl FnOnce() -> T) -> (T, usize) {
        LOOKS.set(0);
        let done = work();
        (done, LOOKS.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Natural borders after every `|`, blocks of 8 bytes.
    struct Bars<'a>(&'a str);

    impl Cuts for Bars<'_> {
        const BLOCK: usize = 8;
        const FINER: usize = 4;
        fn text(&self) -> &str {
            self.0
        }
        fn natural(&self, at: usize) -> bool {
            char_before(self.0, at) == Some('|')
        }
        fn finer(&self, _: usize) -> bool {
            true
        }
    }

    fn pieces(text: &str) -> Vec<&str> {
        let mut at = 0;
        std::iter::from_fn(|| {
            (at < text.len()).then(|| {
                let p = Bars(text).piece(at);
                at = p.end;
                &text[p]
            })
        })
        .collect()
    }

    #[test]
    fn natural_borders_are_kept_and_long_stretches_cut_once_a_block() {
        assert_eq!(pieces("ab|cde|f"), ["ab|", "cde|", "f"]);
        assert_eq!(pieces("abcdefghijklmnopqrst"), ["abcdefgh", "ijklmnop", "qrst"]);
        assert_eq!(pieces("abcdef|hijklmnopqrstuvw"), ["abcdef|", "hijklmnop".split_at(9).0, "qrstuvw"]);
    }

    proptest! {
        #[test]
        fn every_way_to_a_border_finds_the_same_borders(text in "[a-cé|😀]{0,80}") {
            let cuts = Bars(&text);
            let all: Vec<usize> = (0..=text.len()).filter(|&i| text.is_char_boundary(i) && cuts.is_cut(i)).collect();
            for pair in all.windows(2) {
                prop_assert!(pair[1] - pair[0] <= Bars::LONGEST);
                prop_assert_eq!(cuts.cut_after(pair[0]), pair[1]);
                prop_assert_eq!(cuts.cut_before(pair[1]), pair[0]);
                for at in pair[0]..pair[1] {
                    prop_assert_eq!(cuts.piece(at), pair[0]..pair[1]);
                }
            }
        }
    }
}
