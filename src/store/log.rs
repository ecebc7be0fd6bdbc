//! The log: every line of every journal, in the order of all.

use super::disk::Disk;
use super::journal::{JournalFile, Journals, head, read_journals};
use super::load::{look_at, unreadable};
use super::open::OpenError;
use crate::project::id::{CoderId, Stamp};
use crate::project::step::Line;
use std::path::Path;

/// A line with where it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Its place in the order of all.
    pub stamp: Stamp,
    /// Whose journal it stands in.
    pub coder: CoderId,
    /// The line: who, when, what was done, what it takes back, its puts.
    pub line: Line,
}

/// The lines of a project, oldest first. Each is parsed when it is asked for.
#[derive(Debug)]
pub struct Log {
    files: Vec<JournalFile>,
    /// Stamp, file, and where in its body the line begins and ends. Newest first.
    ahead: Vec<(Stamp, usize, usize, usize)>,
}

/// The log of the project in `folder`. Lines that cannot be read are left out ([`check`](super::check()) names them).
///
/// # Errors
/// If the folder is no project or cannot be read.
pub fn log(disk: &dyn Disk, folder: &Path) -> Result<Log, OpenError> {
    look_at(disk, folder)?;
    let read = read_journals(disk, folder, None).map_err(|(name, err)| unreadable(&folder.join(name), &err))?;
    let Journals { files, .. } = read;
    let mut ahead = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let mut start = 0;
        let body = &file.body()[..file.complete() - file.start];
        for text in body.split_inclusive(|b| *b == b'\n') {
            let end = start + text.len();
            if let Some(head) = head(&body[start..end - 1]) {
                ahead.push((Stamp(head.n, file.header.writer), number, start, end - 1));
            }
            start = end;
        }
    }
    let text = |(_, file, start, end): &(Stamp, usize, usize, usize)| &files[*file].body()[*start..*end];
    ahead.sort_by(|a, b| (a.0, text(a)).cmp(&(b.0, text(b))));
    ahead.dedup_by(|a, b| a.0 == b.0 && text(a) == text(b));
    ahead.reverse();
    Ok(Log { files, ahead })
}

impl Log {
    /// How many lines are still to come.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ahead.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ahead.is_empty()
    }
}

impl Iterator for Log {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            let (stamp, file, start, end) = self.ahead.pop()?;
            let file = &self.files[file];
            let line =
                std::str::from_utf8(&file.body()[start..end]).ok().and_then(|text| ron::from_str(text.trim_end()).ok());
            if let Some(line) = line {
                return Some(Entry { stamp, coder: file.header.coder, line });
            }
        }
    }
}
