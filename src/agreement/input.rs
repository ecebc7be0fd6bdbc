//! What goes in: the study as bare ranges (`agreement-input/1`), read, written and checked.
//!
//! An [`Input`] may come from JSON or be put together field by field; it is checked when it is prepared, and nothing
//! after that can fail. Positions count Unicode scalar values; ranges are half-open.

use super::ranges::{MOST_CODERS, Span};
use crate::agreement::maps::Map;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::HashSet;

mod error;
mod options;

pub use error::InputError;
pub use options::{Options, Threshold};

/// The name of the format.
pub const SCHEMA: &str = "agreement-input/1";

/// The most chars that the documents may have together: beyond, whole numbers would no longer be counted exactly.
pub const MOST_CHARS: i64 = 1 << 40;

/// The documents, who was to code them, and what was coded. What is left out is empty, or has its default.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Input {
    /// The format; where it is given it has to be `SCHEMA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// What the comparison is called; repeated in the output.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The texts.
    pub documents: Vec<Document>,
    /// The cases, in their order; a document may be in none or in several.
    #[serde(default, deserialize_with = "or_nothing")]
    pub cases: Vec<Case>,
    /// The coders, in their order.
    pub coders: Vec<String>,
    /// Per coder the documents that he or she has finished. A coder who is not named has finished all.
    #[serde(default, deserialize_with = "or_nothing", skip_serializing_if = "Map::is_empty")]
    pub coverage: Map<String, Vec<String>>,
    /// The codes, in their order; codes met in codings come after them.
    #[serde(default, deserialize_with = "or_nothing")]
    pub codes: Vec<String>,
    /// Semantic domains and their codes. Where none is given all codes are one domain, `all`.
    #[serde(default, deserialize_with = "or_nothing", skip_serializing_if = "Map::is_empty")]
    pub domains: Map<String, Vec<String>>,
    /// Per document the ranges that could be coded. Where it is given, what it does not name does not exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Map<String, Vec<Span>>>,
    /// The code above each code; roots have none.
    #[serde(default, deserialize_with = "or_nothing", skip_serializing_if = "Map::is_empty")]
    pub tree: Map<String, Option<String>>,
    /// How it is counted.
    #[serde(default, deserialize_with = "or_nothing")]
    pub options: Options,
    /// What was coded.
    pub codings: Vec<Coding>,
    /// Figures that are known from elsewhere, for tests.
    #[serde(default, deserialize_with = "or_nothing", skip_serializing_if = "Vec::is_empty")]
    pub published: Vec<Published>,
}

/// One text: its length and the ranges of its units.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Document {
    /// What it is called.
    pub id: String,
    /// How many chars it has.
    pub length: i64,
    /// Its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<Vec<Span>>,
    /// Its sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentences: Option<Vec<Span>>,
    /// Its paragraphs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraphs: Option<Vec<Span>>,
    /// Its turns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turns: Option<Vec<Span>>,
    /// The passages that were handed out, in a given-passages round.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<Vec<Span>>,
}

/// The units of a document: words, sentences, paragraphs, turns, given passages.
pub(super) type Units = [Option<Vec<Span>>; 5];

impl Document {
    pub(super) fn take_units(&mut self) -> Units {
        [&mut self.words, &mut self.sentences, &mut self.paragraphs, &mut self.turns, &mut self.given].map(Option::take)
    }
}

/// A case and its documents.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Case {
    /// What it is called.
    pub id: String,
    /// The ids of its documents.
    pub documents: Vec<String>,
}

/// A short name that takes no memory of its own: there are thousands of them.
pub type Label = compact_str::CompactString;

/// One passage that one coder gave one code: `[document, coder, code, start, end)`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(from = "(Label, Label, Label, i64, i64)", into = "(Label, Label, Label, i64, i64)")]
pub struct Coding {
    /// The document's id.
    pub document: Label,
    /// Who coded.
    pub coder: Label,
    /// With what.
    pub code: Label,
    /// The passage.
    pub span: Span,
}

impl From<(Label, Label, Label, i64, i64)> for Coding {
    fn from((document, coder, code, start, end): (Label, Label, Label, i64, i64)) -> Self {
        Self { document, coder, code, span: Span::new(start, end) }
    }
}

impl From<Coding> for (Label, Label, Label, i64, i64) {
    fn from(coding: Coding) -> Self {
        (coding.document, coding.coder, coding.code, coding.span.start, coding.span.end)
    }
}

/// A figure known from elsewhere: where it stands in the output (a JSON pointer), its value, how far the output may
/// be from it (0: equal), and who published it.
pub type Published = (String, serde_json::Value, f64, String);

/// Nothing where the JSON says `null`.
fn or_nothing<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(from: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

impl Input {
    /// Reads an input; whether it can be counted is found when it is prepared.
    ///
    /// # Errors
    ///
    /// Text that is no JSON of this shape, with its line and column.
    pub fn from_json(json: &str) -> Result<Self, InputError> {
        serde_json::from_str(json).map_err(|error| InputError::Unreadable(error.to_string()))
    }

    /// The input as JSON, for others to count again.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Only maps with keys that are no strings, and failing implementations, could fail; there are none in here.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Finds the first thing in an input that cannot be, by name and place.
pub(super) fn check(input: &Input) -> Result<(), InputError> {
    if let Some(schema) = input.schema.as_ref().filter(|schema| *schema != SCHEMA) {
        return Err(InputError::Schema { found: schema.clone() });
    }
    if input.coders.len() > MOST_CODERS {
        return Err(InputError::TooManyCoders { found: input.coders.len() });
    }
    let coders = distinct("coder", input.coders.iter())?;
    distinct("document", input.documents.iter().map(|document| &document.id))?;
    distinct("case", input.cases.iter().map(|case| &case.id))?;
    let mut lengths = Map::default();
    let mut chars = 0_i64;
    for document in &input.documents {
        if document.length < 0 {
            return Err(InputError::Length { document: document.id.clone(), length: document.length });
        }
        chars = chars.saturating_add(document.length);
        lengths.insert(document.id.as_str(), document.length);
    }
    if chars > MOST_CHARS {
        return Err(InputError::TooLong { chars });
    }
    let known = |document: &str, place: &dyn Fn() -> String| match lengths.get(document) {
        Some(length) => Ok(*length),
        None => Err(InputError::UnknownDocument { place: place(), document: document.to_owned() }),
    };
    for case in &input.cases {
        for document in &case.documents {
            known(document, &|| format!("case “{}”", case.id))?;
        }
    }
    for (coder, documents) in &input.coverage {
        if !coders.contains(coder.as_str()) {
            return Err(InputError::UnknownCoder { place: "the coverage".to_owned(), coder: coder.clone() });
        }
        for document in documents {
            known(document, &|| format!("the coverage of “{coder}”"))?;
        }
    }
    for (document, spans) in input.scope.iter().flatten() {
        let length = known(document, &|| "the scope".to_owned())?;
        for &span in spans {
            fits(span, length, document, || format!("a range of the scope of “{document}”"))?;
        }
    }
    for (at, coding) in input.codings.iter().enumerate() {
        let place = || format!("coding {} (“{}” by “{}”)", at + 1, coding.code, coding.coder);
        let length = known(&coding.document, &place)?;
        if !coders.contains(coding.coder.as_str()) {
            return Err(InputError::UnknownCoder { place: place(), coder: coding.coder.to_string() });
        }
        fits(coding.span, length, &coding.document, place)?;
    }
    if input.options.rollup_depth == Some(0) {
        return Err(InputError::Depth);
    }
    no_ring(&input.tree)
}

fn distinct<'a>(what: &'static str, names: impl Iterator<Item = &'a String>) -> Result<HashSet<&'a str>, InputError> {
    let mut seen = HashSet::new();
    for name in names {
        if !seen.insert(name.as_str()) {
            return Err(InputError::Twice { what, name: name.clone() });
        }
    }
    Ok(seen)
}

fn fits(span: Span, length: i64, document: &str, place: impl Fn() -> String) -> Result<(), InputError> {
    let Span { start, end } = span;
    if 0 <= start && start <= end && end <= length {
        return Ok(());
    }
    let document = document.to_owned();
    Err(InputError::Range { place: place(), start, end, document, length })
}

/// No code stands above itself.
fn no_ring(tree: &Map<String, Option<String>>) -> Result<(), InputError> {
    let mut clear: HashSet<&str> = HashSet::new();
    for code in tree.keys() {
        let mut way: Vec<&str> = vec![code];
        let mut on_it: HashSet<&str> = HashSet::from([code.as_str()]);
        while let Some(Some(above)) = way.last().and_then(|last| tree.get(*last)) {
            if clear.contains(above.as_str()) {
                break;
            }
            if !on_it.insert(above) {
                return Err(InputError::Ring { code: above.clone() });
            }
            way.push(above);
        }
        clear.extend(way);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
