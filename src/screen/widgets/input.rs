//! A line of text that is being typed: cursor by grapheme, the part that fits, completion left to whoever asks.

use crate::text::wrap::{cells, shown};
use unicode_segmentation::UnicodeSegmentation;

/// A line being typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Input {
    text: String,
    /// Byte offset of the cursor, on a grapheme border.
    cursor: usize,
}

impl Input {
    /// `text` with the cursor at its end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = clean(text);
        Self { cursor: text.len(), text }
    }

    /// What has been typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing has been typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Puts another text in its place, the cursor at its end.
    pub fn set(&mut self, text: &str) {
        *self = Self::new(text);
    }

    /// Types a text (one line of it; control characters are left out).
    pub fn insert(&mut self, text: &str) {
        let text = clean(text);
        self.text.insert_str(self.cursor, &text);
        self.cursor += text.len();
    }

    /// Moves by a grapheme, or a word.
    pub fn step(&mut self, forward: bool, word: bool) {
        self.cursor = self.place(forward, word);
    }

    /// Moves to the start or end.
    pub fn edge(&mut self, end: bool) {
        self.cursor = if end { self.text.len() } else { 0 };
    }

    /// Deletes towards the start or end, by a grapheme or a word.
    pub fn delete(&mut self, forward: bool, word: bool) {
        let to = self.place(forward, word);
        let range = self.cursor.min(to)..self.cursor.max(to);
        self.cursor = range.start;
        self.text.replace_range(range, "");
    }

    /// Deletes from the start to the cursor.
    pub fn delete_to_start(&mut self) {
        self.text.replace_range(..self.cursor, "");
        self.cursor = 0;
    }

    fn place(&self, forward: bool, word: bool) -> usize {
        if word {
            let starts = self.text.split_word_bound_indices().filter(|(_, word)| !word.trim().is_empty());
            return if forward {
                starts.map(|(at, word)| at + word.len()).find(|&end| end > self.cursor).unwrap_or(self.text.len())
            } else {
                starts.map(|(at, _)| at).take_while(|&at| at < self.cursor).last().unwrap_or(0)
            };
        }
        if forward {
            self.text[self.cursor..].graphemes(true).next().map_or(self.cursor, |g| self.cursor + g.len())
        } else {
            self.text[..self.cursor].graphemes(true).next_back().map_or(0, |g| self.cursor - g.len())
        }
    }

    /// What is shown in `width` cells, and the cell of the cursor in it: the part around the cursor.
    #[must_use]
    pub fn window(&self, width: u16) -> (String, u16) {
        let width = width.max(1);
        let mut left: Vec<(String, u16)> = Vec::new();
        let mut used = 1;
        for grapheme in self.text[..self.cursor].graphemes(true).rev() {
            let wide = cells(grapheme, 0);
            if used + wide > width {
                break;
            }
            used += wide;
            left.push((shown(grapheme).into_owned(), wide));
        }
        let column = used - 1;
        let mut out: String = left.into_iter().rev().map(|(grapheme, _)| grapheme).collect();
        for grapheme in self.text[self.cursor..].graphemes(true) {
            let wide = cells(grapheme, 0);
            if used - 1 + wide > width {
                break;
            }
            used += wide;
            out.push_str(&shown(grapheme));
        }
        (out, column)
    }
}

fn clean(text: &str) -> String {
    text.lines()
        .next()
        .unwrap_or_default()
        .chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|c| !c.is_control())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graphemes_are_moved_over_and_deleted_whole() {
        let mut input = Input::new("né👩‍👩‍👧x");
        input.step(false, false);
        input.delete(false, false);
        assert_eq!(input.text(), "néx");
        input.insert("a\nb");
        assert_eq!(input.text(), "néax", "one line only");
    }

    #[test]
    fn the_part_around_the_cursor_is_shown() {
        let mut input = Input::new("a long line that does not fit");
        assert_eq!(input.window(10), ("s not fit".to_owned(), 9), "the cursor takes the tenth cell");
        input.edge(false);
        assert_eq!(input.window(6).0, "a long");
    }
}
