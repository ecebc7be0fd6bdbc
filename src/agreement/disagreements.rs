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

/// All of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Disagreements {
    /// Chars in scope that lie in them, each counted once for every code.
    pub chars: i64,
    /// By document, then code (order of the input), then start.
    pub all: Vec<Disagreement>,
}

/// What the report says of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct DisagreementReport {
    /// How many there are.
    pub runs: usize,
    /// Their chars in scope.
    pub chars: i64,
    /// The first 500.
    pub list: Vec<Disagreement>,
}

impl From<Disagreements> for DisagreementReport {
    fn from(found: Disagreements) -> Self {
        let (runs, mut list) = (found.all.len(), found.all);
        list.truncate(LISTED);
        Self { runs, chars: found.chars, list }
    }
}

impl Study {
    /// Where the coders differ.
    #[must_use]
    pub fn disagreements(&self) -> Disagreements {
        let mut found = Disagreements { chars: 0, all: Vec::new() };
        for doc in &self.docs {
            for groups in doc.groups.chunk_by(|a, b| a.code == b.code) {
                let (runs, _) = runs(doc.coded(groups));
                for run in runs.into_iter().filter(|run| run.coders != doc.covered) {
                    found.chars += run.span.length();
                    let (yes, no) = (self.named(run.coders), self.named(doc.covered.without(run.coders)));
                    found.all.extend(doc.original(run.span).into_iter().map(|Span { start, end }| Disagreement {
                        doc: doc.name.clone(),
                        code: self.codes[groups[0].code].clone(),
                        start,
                        end,
                        yes: yes.clone(),
                        no: no.clone(),
                    }));
                }
            }
        }
        found
    }
}
