//! Steps and lines: several puts that belong together, and the line of a journal that carries them.

use super::id::{Mint, Stamp, Writer};
use super::put::Put;
use super::record::is_default;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What one thing a person did changes: made, kept, undone as a whole.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// What was done, in a few words, for the log and for "undone: …".
    pub did: String,
    /// The line this step takes back.
    pub undoes: Option<Stamp>,
    /// Bookkeeping that undo passes over: how far somebody has read.
    pub quiet: bool,
    /// The changes, in order. No two concern the same record.
    pub puts: Vec<Put>,
}

impl Step {
    /// A step that does `puts`; idle puts are left out.
    #[must_use]
    pub fn new(did: impl Into<String>, puts: Vec<Put>) -> Self {
        let puts = puts.into_iter().filter(|put| !put.is_idle()).collect();
        Self { did: did.into(), undoes: None, quiet: false, puts }
    }

    /// The line that carries this step as number `n`.
    #[must_use]
    pub fn line(self, n: u64, writer: Writer, mint: &mut dyn Mint) -> Line {
        Line {
            n,
            by: writer.initials().to_owned(),
            at: mint.now(),
            did: self.did,
            undoes: self.undoes,
            quiet: self.quiet,
            puts: self.puts,
        }
    }
}

/// A line of a journal, as it stands there. Which writer's it is, the journal's first line says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Line {
    /// 1 + the greatest number seen from anyone.
    pub n: u64,
    /// The initials of who did it.
    pub by: String,
    /// When, for people; order never depends on it.
    pub at: Timestamp,
    /// What was done.
    pub did: String,
    /// The line it takes back.
    pub undoes: Option<Stamp>,
    /// Bookkeeping that undo passes over.
    #[serde(default, skip_serializing_if = "is_default")]
    pub quiet: bool,
    /// The changes.
    pub puts: Vec<Put>,
}
