//! Pointing at words with the mouse: which char is at a cell, selecting by dragging, scrolling.

use super::{Selection, Transcript};
use crate::project::view::View;
use crate::screen::views::code::flow::PageRow;
use crate::screen::views::code::page::{Memos, Page};
use crate::text::units;
use crate::text::{Pos, Span};

/// What a drag selects by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grip {
    /// Characters: the button was pressed once.
    Char,
    /// Words: twice.
    Word,
    /// Sentences: thrice.
    Sentence,
}

impl Transcript {
    /// The char drawn at `column` of row `row` of a page, in cells and rows from the first of the text; behind the end of
    /// a row its last place. A heading means the start of its turn; between words, the nearest before counts.
    #[must_use]
    pub fn pos_on(&self, page: &Page, row: usize, column: u16) -> Option<Pos> {
        let at = |row: &PageRow, column: u16| match row {
            PageRow::Words { span, .. } => Some(self.flow.pos_at(self.flow.anchor_of(span.start), column)),
            PageRow::Heading(turn) => self.reading().turns.turns.get(*turn).map(|turn| turn.body.start),
            PageRow::Gap | PageRow::Memo { .. } => None,
        };
        let row = row.min(page.rows.len().checked_sub(1)?);
        let here = at(&page.rows[row], column);
        let before = || page.rows[..row].iter().rev().find_map(|row| at(row, u16::MAX));
        here.or_else(before).or_else(|| page.rows[row..].iter().find_map(|row| at(row, 0)))
    }

    /// Presses at a char: puts the cursor there, or selects the word or sentence there. While the ends of a coding are
    /// moved, the moving end goes there. Gives back what a drag begins from.
    pub fn press(&mut self, at: Pos, grip: Grip) -> Span {
        if self.selection.as_ref().is_some_and(|selection| selection.resizing.is_some()) {
            self.put(at);
        } else {
            match self.whole(at, grip) {
                Some(unit) => self.select(unit),
                None => self.go(at),
            }
        }
        self.steady = Some(self.cursor_char());
        self.unit(at, grip)
    }

    /// Selects from what was pressed (`from`) to the char at the pointer, both included.
    pub fn drag(&mut self, from: Span, to: Pos, grip: Grip) {
        let unit = self.unit(to, grip);
        if self.selection.as_ref().is_some_and(|selection| selection.resizing.is_some()) {
            self.put(to);
        } else if grip == Grip::Char && unit == from {
            self.go(to);
        } else {
            let whole = from.union(unit);
            let mut selection = Selection::of(whole);
            if unit.start < from.start {
                std::mem::swap(&mut selection.anchor, &mut selection.head);
            }
            self.cursor = selection.head;
            self.goal = None;
            self.selection = Some(selection);
        }
        self.steady = Some(self.cursor_char());
    }

    /// Moves the page by so many rows, as a wheel does, but not past the end of the text.
    pub fn wheel(&mut self, view: &View<'_>, memos: Memos, rows: i32, height: usize) {
        for _ in 0..rows.unsigned_abs() {
            if rows > 0 && self.page(view, memos, height + 1).rows.len() <= height {
                break;
            }
            self.scroll(view, memos, rows.signum(), height);
        }
        self.steady = Some(self.cursor_char());
    }

    /// Whether the cursor is where the mouse left it.
    #[must_use]
    pub fn is_steady(&self) -> bool {
        self.steady == Some(self.cursor_char())
    }

    /// The word or sentence at a char, if it is in one.
    fn whole(&self, at: Pos, grip: Grip) -> Option<Span> {
        match grip {
            Grip::Char => None,
            Grip::Word => units::word_at(&self.reading().text, at),
            Grip::Sentence => self.sentence_at(at),
        }
    }

    /// The same, and between words the char itself.
    fn unit(&self, at: Pos, grip: Grip) -> Span {
        let alone = || Span { start: at, end: units::next_grapheme(&self.reading().text, at) };
        self.whole(at, grip).unwrap_or_else(alone)
    }
}
