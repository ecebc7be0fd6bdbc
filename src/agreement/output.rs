//! What comes out: the report (`agreement-expected/1`), written as JSON.

use super::items::ItemCounts;
use super::study::{Doc, Ignored, Study};
use super::tally::Level;
use serde::ser::{Serialize, SerializeSeq, Serializer};
use serde_json::value::RawValue;
use std::cell::Cell;
use std::io::Write;

/// The name of the format.
pub const SCHEMA: &str = "agreement-expected/1";

/// What was counted: the prepared study, and the codings as given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Totals {
    /// Documents in scope.
    pub documents: usize,
    /// Cases with a document in scope.
    pub cases: usize,
    /// Coders.
    pub coders: usize,
    /// Codes, rolled up.
    pub codes: usize,
    /// Codings as given.
    pub codings: usize,
    /// Pieces: codings prepared and merged.
    pub segments: usize,
    /// Chars in scope.
    pub characters: i64,
    /// Codings that count nowhere.
    pub ignored: Ignored,
}

/// The report, its parts written already. Maps are in the order of the input; a level that no document has is null.
#[derive(serde::Serialize)]
struct Report<'a> {
    schema: &'static str,
    name: Option<&'a str>,
    n: Totals,
    levels: Levels,
    case_table: Part,
    nvivo: Part,
    segments: Part,
    unitizing: Part,
    disagreements: Part,
    items: Part,
    item_counts: ItemCounts,
}

#[derive(serde::Serialize)]
struct Levels {
    char: Part,
    word: Part,
    sentence: Part,
    paragraph: Part,
    turn: Part,
    given: Part,
    source: Part,
    case: Part,
}

/// A part of the report as JSON.
type Part = Box<RawValue>;

fn part<T: Serialize>(of: &T) -> serde_json::Result<Part> {
    serde_json::value::to_raw_value(of)
}

/// The items of a study, made and written document by document, and counted on the way.
struct Items<'a>(&'a Study, Cell<ItemCounts>);

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut list = to.serialize_seq(None)?;
        let mut counts = ItemCounts::default();
        for item in self.0.items_by_document().flatten() {
            counts.add(&item);
            list.serialize_element(&item)?;
        }
        self.1.set(counts);
        list.end()
    }
}

impl Study {
    /// What was counted.
    #[must_use]
    pub fn totals(&self) -> Totals {
        Totals {
            documents: self.docs.len(),
            cases: self.cases.len(),
            coders: self.coders.len(),
            codes: self.codes.len(),
            codings: self.codings,
            segments: self.docs.iter().map(Doc::piece_count).sum(),
            characters: self.docs.iter().map(|doc| doc.length).sum(),
            ignored: self.ignored,
        }
    }

    /// Whether any document has units smaller than itself.
    fn has_units(&self) -> bool {
        self.docs.iter().any(|doc| doc.units.iter().any(Option::is_some))
    }

    /// Writes everything as JSON, and a line break: all levels and views, each written where it is counted, some beside
    /// the others.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn write_report(&self, out: impl Write) -> serde_json::Result<()> {
        let level = |level| part(&self.level_in_full(level));
        std::thread::scope(|scope| {
            let small = move || Ok((level(Level::Word)?, level(Level::Sentence)?));
            let middle = move || Ok((level(Level::Paragraph)?, level(Level::Turn)?, level(Level::Given)?));
            // Where no document has units there is nothing to count: no thread is worth its beginning.
            let beside = self.has_units().then(|| (scope.spawn(small), scope.spawn(middle)));
            let apart = scope.spawn(|| {
                let items = Items(self, Cell::default());
                let views = (part(&self.nvivo())?, part(&self.segments())?, part(&self.unitizing())?);
                Ok((views, part(&items)?, items.1.get()))
            });
            let (char, source, case) = (level(Level::Char)?, level(Level::Source)?, level(Level::Case)?);
            let (case_table, disagreements) = (part(&self.case_table())?, part(&self.reported_disagreements())?);
            let ((nvivo, segments, unitizing), items, item_counts) = joined::<serde_json::Result<_>>(apart)?;
            let ((word, sentence), (paragraph, turn, given)): ((Part, Part), (Part, Part, Part)) = match beside {
                Some((small, middle)) => {
                    (joined::<serde_json::Result<_>>(small)?, joined::<serde_json::Result<_>>(middle)?)
                }
                None => (small()?, middle()?),
            };
            let report = Report {
                schema: SCHEMA,
                name: self.name.as_deref(),
                n: self.totals(),
                levels: Levels { char, word, sentence, paragraph, turn, given, source, case },
                case_table,
                nvivo,
                segments,
                unitizing,
                disagreements,
                items,
                item_counts,
            };
            let mut out = std::io::BufWriter::new(out);
            serde_json::to_writer(&mut out, &report)?;
            out.write_all(b"\n").and_then(|()| out.flush()).map_err(serde_json::Error::io)
        })
    }
}

/// What a thread has counted; its panic, should there be one, goes on here.
fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
