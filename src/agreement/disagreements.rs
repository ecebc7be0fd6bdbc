//! Where the coders differ, char by char: the stretches that some who cover them gave a code and some did not.

use super::ranges::{Span, runs};
use super::study::{Name, Study};
use serde::Serialize;

/// How many stretches the report lists.
const LISTED: usize = 500;

/// A stretch of a document as given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Disagreement {
    /// The document.
    pub doc: Name,
    /// The code.
    pub code: Name,
    /// Its first char.
    pub start: i64,
    /// The char after its last.
    pub end: i64,
    /// Who gave the code.
    pub yes: Vec<Name>,
    /// Who covers the document and did not.
    pub no: Vec<Name>,
}

/// All of them, or how many there are and the first of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Disagreements {
    /// How many there are.
    pub runs: usize,
    /// Chars in scope that lie in them, each counted once for every code.
    pub chars: i64,
    /// By document, then code (order of the input), then start.
    pub list: Vec<Disagreement>,
}

impl Study {
    /// Where the coders differ.
    #[must_use]
    pub fn disagreements(&self) -> Disagreements {
        self.first_disagreements(usize::MAX)
    }

    /// What the report says of them: how many there are, and the first 500.
    pub(super) fn reported_disagreements(&self) -> Disagreements {
        self.first_disagreements(LISTED)
    }

    fn first_disagreements(&self, most: usize) -> Disagreements {
        let mut found = Disagreements { runs: 0, chars: 0, list: Vec::new() };
        for doc in &self.docs {
            for groups in doc.groups.chunk_by(|a, b| a.code == b.code) {
                let (runs, _) = runs(doc.coded(groups));
                for run in runs.into_iter().filter(|run| run.coders != doc.covered) {
                    found.chars += run.span.length();
                    for Span { start, end } in doc.original(run.span) {
                        found.runs += 1;
                        if found.list.len() < most {
                            found.list.push(Disagreement {
                                doc: doc.name.clone(),
                                code: self.codes[groups[0].code].clone(),
                                start,
                                end,
                                yes: self.named(run.coders),
                                no: self.named(doc.covered.without(run.coders)),
                            });
                        }
                    }
                }
            }
        }
        found
    }
}
