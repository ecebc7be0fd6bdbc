//! Journals: the truth, one step a line, one writer a file.
//!
//! The first line of a file says whose it is, every other is a [`Line`] in RON. Files only grow; a writer's next
//! segment is a new file. A line counts once its line feed is there. Which file a line stands in says who wrote it, so
//! the names of files do not matter, and a copy under another name (Dropbox makes such) is read like any other.

mod heads;
mod read;

pub use heads::{Head, head, line_at, puts_of};
pub use read::{JournalFile, Journals, Reading, is_header, read_journals, read_lines, split};

use crate::project::id::{CoderId, StudyId, Writer};
use crate::project::step::Line;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The version of the format of everything in a project folder.
pub const SCHEMA: u32 = 1;

/// The folder of the journals within a project.
pub const FOLDER: &str = "journal";

/// The first line of a journal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Header {
    /// Which project the lines belong to.
    pub project: StudyId,
    /// Who writes here and nowhere else.
    pub writer: Writer,
    /// Whose work it is.
    pub coder: CoderId,
    /// What they are called.
    pub initials: String,
    /// The version of the format.
    pub schema: u32,
    /// 1, 2, … in the order in which the writer's files were begun.
    pub segment: u32,
}

impl Header {
    /// The name of its file.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.{:03}.ron", self.writer, self.segment)
    }

    /// Where its file lies in the project `folder`.
    #[must_use]
    pub fn path(&self, folder: &Path) -> PathBuf {
        folder.join(FOLDER).join(self.file_name())
    }

    /// Its line, with the line feed.
    #[must_use]
    pub fn to_text(&self) -> String {
        one_line(self) + "\n"
    }
}

/// A line as it stands in a journal, with its line feed.
#[must_use]
pub fn line_text(line: &Line) -> String {
    one_line(line) + "\n"
}

/// A value as RON on one line, with spaces after commas and colons.
#[must_use]
pub fn one_line<T: Serialize>(value: &T) -> String {
    ron::ser::to_string_pretty(value, ron::ser::PrettyConfig::new().depth_limit(0))
        .expect("records are structs, lists, strings and numbers, which RON can all write")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::id::{Id, Stamp};
    use crate::project::put::Put;
    use crate::project::record::Change;
    use crate::project::study::Coder;

    fn line(did: &str) -> Line {
        let coder = Coder { id: CoderId(Id::at(1, [3; 10])), initials: "PB".into(), name: "Pat\n\"B\"".into() };
        Line {
            n: 4711,
            by: "PB".into(),
            at: "2026-11-22T10:04:10Z".parse().expect("a time"),
            did: did.into(),
            undoes: Writer::new("DC-0000").map(|writer| Stamp(12, writer)),
            quiet: false,
            puts: vec![Put::from(Change::create(coder))],
        }
    }

    #[test]
    fn a_line_is_one_line_and_reads_back() {
        let line = line("code “Warm\nhandoff”");
        let text = line_text(&line);
        assert_eq!(text.matches('\n').count(), 1);
        assert!(text.starts_with("(n: 4711, by: \"PB\", at: \"2026-11-22T10:04:10Z\", did: \"code"), "{text}");
        assert_eq!(ron::from_str::<Line>(text.trim_end()), Ok(line));
    }

    #[test]
    fn the_head_of_a_line_is_read_without_the_rest() {
        for did in ["code “Warm handoff”", "with \"quotes\", puts: [", "two\nlines \\ back"] {
            for quiet in [false, true] {
                let line = Line { quiet, ..line(did) };
                let text = line_text(&line);
                let head = head(text.as_bytes()).expect("a head");
                assert_eq!((head.n, &*head.did, head.undoes, head.quiet), (4711, did, line.undoes, quiet));
            }
        }
        // Written by another hand, it is read as well.
        let compact = ron::to_string(&line("x")).expect("a line");
        assert_eq!(head(compact.as_bytes()).map(|head| head.n), Some(4711));
        assert_eq!(head(b"(n: 12, by"), None);
    }
}
