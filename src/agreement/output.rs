//! What comes out: the report (`agreement-expected/1`).

use super::case_table::CaseTable;
use super::disagreements::DisagreementReport;
use super::items::{Item, ItemCounts};
use super::levels::FullLevel;
use super::nvivo::NvivoPair;
use super::segments::SegmentPair;
use super::study::{Doc, Ignored, Study};
use super::tally::Level;
use super::unitizing::Unitizing;
use serde::Serialize;
use std::io::Write;

/// The name of the format.
pub const SCHEMA: &str = "agreement-expected/1";

/// The report. Maps are in the order of the input.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Report {
    /// `SCHEMA`.
    pub schema: &'static str,
    /// The input's name.
    pub name: Option<String>,
    /// What was counted.
    pub n: Totals,
    /// The levels; none where no document has such units.
    pub levels: Levels,
    /// Cases per code; none where there are no cases.
    pub case_table: Option<CaseTable>,
    /// The table of NVivo's coding comparison.
    pub nvivo: Vec<NvivoPair>,
    /// Agreement on segments.
    pub segments: Vec<SegmentPair>,
    /// The unitizing alphas.
    pub unitizing: Unitizing,
    /// Where the coders differ.
    pub disagreements: DisagreementReport,
    /// The reconcile queue.
    pub items: Vec<Item>,
    /// How many items there are of each kind.
    pub item_counts: ItemCounts,
}

/// What was counted: the prepared study, and the codings as given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
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

/// Every level.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Levels {
    /// Chars.
    pub char: Option<FullLevel>,
    /// Words.
    pub word: Option<FullLevel>,
    /// Sentences.
    pub sentence: Option<FullLevel>,
    /// Paragraphs.
    pub paragraph: Option<FullLevel>,
    /// Turns.
    pub turn: Option<FullLevel>,
    /// Passages that were handed out.
    pub given: Option<FullLevel>,
    /// Documents.
    pub source: Option<FullLevel>,
    /// Cases.
    pub case: Option<FullLevel>,
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

    /// Everything: all levels and views, counted beside each other on four threads.
    #[must_use]
    pub fn report(&self) -> Report {
        let level = |level| self.level_in_full(level);
        std::thread::scope(|scope| {
            let small = scope.spawn(move || (level(Level::Word), level(Level::Sentence)));
            let middle = scope.spawn(move || (level(Level::Paragraph), level(Level::Turn), level(Level::Given)));
            let apart = scope.spawn(|| (self.unitizing(), self.disagreements().into(), self.items()));
            let (char, source, case) = (level(Level::Char), level(Level::Source), level(Level::Case));
            let (case_table, nvivo, segments) = (self.case_table(), self.nvivo(), self.segments());
            let (unitizing, disagreements, items) = joined(apart);
            let (word, sentence) = joined(small);
            let (paragraph, turn, given) = joined(middle);
            Report {
                schema: SCHEMA,
                name: self.name.clone(),
                n: self.totals(),
                levels: Levels { char, word, sentence, paragraph, turn, given, source, case },
                case_table,
                nvivo,
                segments,
                unitizing,
                disagreements,
                item_counts: ItemCounts::of(&items),
                items,
            }
        })
    }

    /// Whether any document has units smaller than itself.
    fn has_units(&self) -> bool {
        self.docs.iter().any(|doc| doc.units.iter().any(Option::is_some))
    }

    /// Writes the report as JSON: the same as [`report`](Self::report), but each part is written where it is counted,
    /// beside the others.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn write_report(&self, out: impl std::io::Write) -> serde_json::Result<()> {
        let level = |level| raw(&self.level_in_full(level));
        std::thread::scope(|scope| {
            let small = move || Ok((level(Level::Word)?, level(Level::Sentence)?));
            let middle = move || Ok((level(Level::Paragraph)?, level(Level::Turn)?, level(Level::Given)?));
            // Where no document has units there is nothing to count: no thread is worth its beginning.
            let beside = self.has_units().then(|| (scope.spawn(small), scope.spawn(middle)));
            let apart = scope.spawn(|| {
                let items = self.items();
                let counts = ItemCounts::of(&items);
                let disagreements = raw(&DisagreementReport::from(self.disagreements()))?;
                let views = (raw(&self.nvivo())?, raw(&self.segments())?);
                Ok((raw(&self.unitizing())?, disagreements, raw(&items)?, counts, views))
            });
            let (char, source, case) = (level(Level::Char)?, level(Level::Source)?, level(Level::Case)?);
            let case_table = raw(&self.case_table())?;
            let (unitizing, disagreements, items, item_counts, (nvivo, segments)) =
                joined::<serde_json::Result<_>>(apart)?;
            let ((word, sentence), (paragraph, turn, given)): ((Raw, Raw), (Raw, Raw, Raw)) = match beside {
                Some((small, middle)) => {
                    (joined::<serde_json::Result<_>>(small)?, joined::<serde_json::Result<_>>(middle)?)
                }
                None => (small()?, middle()?),
            };
            let whole = Written {
                schema: SCHEMA,
                name: self.name.as_deref(),
                n: self.totals(),
                levels: WrittenLevels { char, word, sentence, paragraph, turn, given, source, case },
                case_table,
                nvivo,
                segments,
                unitizing,
                disagreements,
                items,
                item_counts,
            };
            let mut out = std::io::BufWriter::new(out);
            serde_json::to_writer(&mut out, &whole)?;
            out.write_all(b"\n").and_then(|()| out.flush()).map_err(serde_json::Error::io)
        })
    }
}

type Raw = Box<serde_json::value::RawValue>;

fn raw<T: Serialize>(part: &T) -> serde_json::Result<Raw> {
    serde_json::value::to_raw_value(part)
}

/// A [`Report`] whose parts are written already.
#[derive(Serialize)]
struct Written<'a> {
    schema: &'static str,
    name: Option<&'a str>,
    n: Totals,
    levels: WrittenLevels,
    case_table: Raw,
    nvivo: Raw,
    segments: Raw,
    unitizing: Raw,
    disagreements: Raw,
    items: Raw,
    item_counts: ItemCounts,
}

/// [`Levels`] that are written already.
#[derive(Serialize)]
struct WrittenLevels {
    char: Raw,
    word: Raw,
    sentence: Raw,
    paragraph: Raw,
    turn: Raw,
    given: Raw,
    source: Raw,
    case: Raw,
}

/// What a thread has counted; its panic, should there be one, goes on here.
fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::super::{Input, Study};

    #[test]
    fn a_report_written_in_parts_is_the_report() {
        let json = r#"{"documents": [{"id": "d", "length": 90, "turns": [[0, 30], [30, 60]]}, {"id": "e", "length": 40}],
            "cases": [{"id": "c", "documents": ["d", "e"]}], "coders": ["A", "B"], "codes": ["x", "y"],
            "codings": [["d", "A", "x", 0, 20], ["d", "B", "x", 5, 25], ["e", "B", "y", 1, 9]]}"#;
        let study = Input::from_json(json).and_then(Study::prepare).expect("a study");
        let mut written = Vec::new();
        study.write_report(&mut written).expect("JSON");
        let whole = serde_json::to_string(&study.report()).expect("JSON") + "\n";
        assert_eq!(String::from_utf8(written).expect("UTF-8"), whole);
    }
}
