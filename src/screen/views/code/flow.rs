//! The flow of a transcript down the screen: which rows each stretch of the text becomes.
//!
//! Only stretches that are shown, or looked at for a key, are ever wrapped; their rows are kept by stretch. A place on
//! the screen is a stretch and a row in it ([`Anchor`]), so that nothing has to be counted from the start of the text.

use crate::project::id::MemoId;
use crate::session::Reading;
use crate::text::wrap::{Row, byte_at, column_of, row_of, wrap};
use crate::text::{BytePos, Pos, Span};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

/// The most stretches whose rows are kept.
const KEPT: usize = 4096;

/// What a stretch is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The label of a turn: drawn as its heading.
    Label(usize),
    /// Nothing but white space.
    Blank,
    /// Words; the first of a turn's, if `Some`.
    Words(Option<usize>),
}

/// A row of the page.
#[derive(Clone, PartialEq, Debug)]
pub enum PageRow {
    /// An empty row.
    Gap,
    /// The heading of a turn.
    Heading(usize),
    /// Words.
    Words {
        /// The stretch they are of.
        stretch: usize,
        /// Their bytes in the text.
        bytes: Range<usize>,
        /// Their chars.
        span: Span,
        /// The turn that begins here without a heading.
        turn: Option<usize>,
    },
    /// A row of a memo that stands under its passage.
    Memo {
        /// The memo.
        id: MemoId,
        /// What the row says.
        words: String,
        /// The memo's first row.
        first: bool,
    },
}

/// A place on the screen: a stretch, and a row of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Anchor {
    /// The stretch.
    pub stretch: usize,
    /// Which of its rows.
    pub row: usize,
}

/// A text wrapped to a width, as far as anybody has looked.
pub struct Flow {
    reading: Arc<Reading>,
    width: u16,
    rows: RefCell<HashMap<usize, Rc<[Row]>>>,
    wrapped: Cell<usize>,
}

impl Flow {
    /// `reading` at `width` cells.
    #[must_use]
    pub fn new(reading: Arc<Reading>, width: u16) -> Self {
        Self { reading, width: width.max(1), rows: RefCell::default(), wrapped: Cell::new(0) }
    }

    /// The text.
    #[must_use]
    pub const fn reading(&self) -> &Arc<Reading> {
        &self.reading
    }

    /// The width in cells.
    #[must_use]
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// How many stretches have been wrapped since last asked.
    pub fn take_wrapped(&self) -> usize {
        self.wrapped.take()
    }

    /// The rows of a stretch's words.
    pub fn rows(&self, stretch: usize) -> Rc<[Row]> {
        if let Some(rows) = self.rows.borrow().get(&stretch) {
            return rows.clone();
        }
        let rows: Rc<[Row]> = wrap(self.reading.stretches.words(stretch), self.width).into();
        self.wrapped.set(self.wrapped.get() + 1);
        let mut kept = self.rows.borrow_mut();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(stretch, rows.clone());
        rows
    }

    /// What a stretch is.
    #[must_use]
    pub fn part(&self, stretch: usize) -> Part {
        let Reading { text, turns, stretches, .. } = &*self.reading;
        let bytes = stretches.bytes(stretch);
        let start = text.pos(BytePos(bytes.start));
        if let Some(turn) = turns.turn_at(start) {
            let t = &turns.turns[turn];
            if t.label.is_some() && start < t.body.start {
                return Part::Label(turn);
            }
            if stretches.words(stretch).trim().is_empty() && !t.body.is_empty() {
                return Part::Blank;
            }
            return Part::Words((start <= t.body.start && t.label.is_none()).then_some(turn));
        }
        if stretches.words(stretch).trim().is_empty() { Part::Blank } else { Part::Words(None) }
    }

    /// The rows of the page that a stretch becomes, without memos.
    pub fn page_rows(&self, stretch: usize) -> Vec<PageRow> {
        let reading = &*self.reading;
        match self.part(stretch) {
            Part::Blank => {
                // Of several blank lines one is shown; none at the very top.
                let shown = stretch > 0 && self.part(stretch - 1) != Part::Blank;
                if shown { vec![PageRow::Gap] } else { Vec::new() }
            }
            Part::Label(turn) => {
                let first_of_label = stretch == 0 || self.part(stretch - 1) != Part::Label(turn);
                if !first_of_label {
                    return Vec::new();
                }
                let mut rows = Vec::with_capacity(2);
                if stretch > 0 && self.part(stretch - 1) != Part::Blank {
                    rows.push(PageRow::Gap);
                }
                rows.push(PageRow::Heading(turn));
                rows
            }
            Part::Words(turn) => {
                let start = reading.stretches.bytes(stretch).start;
                let rows = self.rows(stretch);
                let of = |(n, row): (usize, &Row)| {
                    let bytes = start + row.bytes.start..start + row.bytes.end;
                    let span = reading.text.span(bytes.clone());
                    PageRow::Words { stretch, bytes, span, turn: turn.filter(|_| n == 0) }
                };
                rows.iter().enumerate().map(of).collect()
            }
        }
    }

    /// Where in the flow a char stands: its stretch and the row among the stretch's page rows. Labels stand on their
    /// heading.
    #[must_use]
    pub fn anchor_of(&self, at: Pos) -> Anchor {
        let reading = &*self.reading;
        let byte = reading.text.byte(at);
        let stretch = reading.stretches.at(byte);
        let row = match self.part(stretch) {
            Part::Blank => 0,
            Part::Label(_) => self.page_rows(stretch).len().saturating_sub(1),
            Part::Words(_) => row_of(&self.rows(stretch), byte.0 - reading.stretches.bytes(stretch).start),
        };
        Anchor { stretch, row }
    }

    /// The column of a char on its row.
    #[must_use]
    pub fn column(&self, at: Pos) -> u16 {
        let reading = &*self.reading;
        let byte = reading.text.byte(at);
        let stretch = reading.stretches.at(byte);
        let within = byte.0 - reading.stretches.bytes(stretch).start;
        let rows = self.rows(stretch);
        rows.get(row_of(&rows, within)).map_or(0, |row| column_of(reading.stretches.words(stretch), row, within))
    }

    /// The char at a column of a row of words, or the nearest before it.
    #[must_use]
    pub fn pos_at(&self, anchor: Anchor, column: u16) -> Pos {
        let reading = &*self.reading;
        let start = reading.stretches.bytes(anchor.stretch).start;
        let rows = self.rows(anchor.stretch);
        let Some(row) = rows.get(anchor.row).or(rows.last()) else { return reading.text.pos(BytePos(start)) };
        reading.text.pos(BytePos(start + byte_at(reading.stretches.words(anchor.stretch), row, column)))
    }

    /// The row of words above or below; `None` at the ends of the text.
    #[must_use]
    pub fn next_row(&self, from: Anchor, down: bool) -> Option<Anchor> {
        let Anchor { mut stretch, row } = from;
        if let Part::Words(_) = self.part(stretch) {
            if down && row + 1 < self.rows(stretch).len() {
                return Some(Anchor { stretch, row: row + 1 });
            }
            if !down && row > 0 {
                return Some(Anchor { stretch, row: row - 1 });
            }
        }
        loop {
            stretch = if down { stretch + 1 } else { stretch.checked_sub(1)? };
            if stretch >= self.reading.stretches.count() {
                return None;
            }
            if let Part::Words(_) = self.part(stretch) {
                let row = if down { 0 } else { self.rows(stretch).len().saturating_sub(1) };
                return Some(Anchor { stretch, row });
            }
        }
    }
}
