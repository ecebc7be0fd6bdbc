//! Reading journals: which files there are, which lines they hold, and where they are damaged.

use super::{FOLDER, Header, SCHEMA};
use crate::project::id::{Stamp, StudyId};
use crate::project::step::Line;
use crate::store::disk::Disk;
use crate::store::in_parallel;
use memchr::{memchr, memrchr};
use std::io;
use std::path::Path;

/// A journal's file as it was read.
#[derive(Clone, Debug)]
pub struct JournalFile {
    /// Its name in the folder of journals.
    pub name: String,
    /// Whose it is.
    pub header: Header,
    /// All its bytes.
    pub bytes: Vec<u8>,
    /// Where its lines begin, in bytes.
    pub start: usize,
}

impl JournalFile {
    /// What follows the first line.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    /// Up to where its lines are complete, in bytes.
    #[must_use]
    pub fn complete(&self) -> usize {
        memrchr(b'\n', &self.bytes).map_or(self.start, |at| at + 1)
    }

    /// Where it is, for people.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{FOLDER}/{}", self.name)
    }
}

/// The journals of a project.
#[derive(Clone, Debug, Default)]
pub struct Journals {
    /// Those that could be read, by name.
    pub files: Vec<JournalFile>,
    /// What is to be told: files left out because they are another project's, or empty.
    pub notes: Vec<String>,
    /// Why the project cannot be written: a damaged first line, or one of a newer format.
    pub locked: Vec<String>,
}

/// Reads the journals in the project `folder` that belong to `project` (with `None`: to whatever they belong to).
///
/// # Errors
/// If a file cannot be read, with its name.
pub fn read_journals(
    disk: &dyn Disk,
    folder: &Path,
    project: Option<StudyId>,
) -> Result<Journals, (String, io::Error)> {
    let journals = folder.join(FOLDER);
    let found = disk.list(&journals).map_err(|err| (FOLDER.to_owned(), err))?;
    let names: Vec<String> =
        found.into_iter().filter(|file| !file.is_folder && file.name.ends_with(".ron")).map(|file| file.name).collect();
    let read = in_parallel(&names, |name| disk.read(&journals.join(name)));
    let mut out = Journals::default();
    for (name, bytes) in names.into_iter().zip(read) {
        let bytes = match bytes {
            Err(err) if err.kind() == io::ErrorKind::NotFound => continue, // it went while we looked
            bytes => bytes.map_err(|err| (format!("{FOLDER}/{name}"), err))?,
        };
        match first_line(&bytes) {
            First::Header(header, start) => {
                if project.is_some_and(|project| project != header.project) {
                    out.notes.push(format!("{FOLDER}/{name} belongs to another project and is left out."));
                    continue;
                }
                if header.schema > SCHEMA {
                    out.locked.push(format!(
                        "{FOLDER}/{name} was written by a newer Emic (format {}, this one knows {SCHEMA}); \
                         update Emic to work in this project",
                        header.schema
                    ));
                }
                out.files.push(JournalFile { name, header, bytes, start });
            }
            First::Unfinished => {
                out.notes.push(format!("{FOLDER}/{name} is not complete yet and is left out for now."));
            }
            First::Damaged(why) => out.locked.push(format!("{FOLDER}/{name}, line 1: {why}")),
        }
    }
    Ok(out)
}

enum First {
    Header(Header, usize),
    /// Empty, or cut off within the first line.
    Unfinished,
    Damaged(String),
}

fn first_line(bytes: &[u8]) -> First {
    let Some(end) = memchr(b'\n', bytes) else { return First::Unfinished };
    let header = std::str::from_utf8(&bytes[..end]).map_err(|err| err.to_string());
    match header.and_then(|text| ron::from_str::<Header>(text.trim()).map_err(|err| err.code.to_string())) {
        Ok(header) => First::Header(header, end + 1),
        // Nothing good follows: it broke off while it was begun.
        Err(_) if split(&bytes[end + 1..]).all(|(_, text)| parse(text).is_err()) => First::Unfinished,
        Err(why) => First::Damaged(format!("a journal begins with whose it is ({why})")),
    }
}

/// The first line of a journal, if these bytes begin with one.
#[must_use]
pub fn is_header(bytes: &[u8]) -> Option<(Header, usize)> {
    match first_line(bytes) {
        First::Header(header, start) => Some((header, start)),
        _ => None,
    }
}

/// The complete lines of `bytes` with where they begin; empty ones left out.
pub fn split(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let len = memchr(b'\n', &bytes[at..])?;
        let line = (at, &bytes[at..at + len]);
        at += len + 1;
        Some(line)
    })
    .filter(|(_, text)| !text.trim_ascii().is_empty())
}

fn parse(text: &[u8]) -> Result<Line, (usize, String)> {
    let text = std::str::from_utf8(text).map_err(|err| (err.valid_up_to() + 1, "not UTF-8".to_owned()))?;
    let quick = super::heads::quick_line(text);
    quick.map_or_else(|| ron::from_str(text.trim_end()).map_err(|err| (err.span.start.col, err.code.to_string())), Ok)
}

/// What the lines of a journal are, from somewhere on.
#[derive(Debug, Default)]
pub struct Reading<'a> {
    /// The good lines: stamp, the line as it stands there, the line.
    pub lines: Vec<(Stamp, &'a [u8], Line)>,
    /// Where, in bytes of the file, what is left over at its end begins, if anything is.
    pub torn: Option<usize>,
    /// Bad lines that good ones follow: where, and what was expected.
    pub damage: Vec<String>,
}

/// Reads the lines of `file` from byte `from` on, which is where a line begins. What cannot be read at the very end is
/// torn: the program or the machine stopped there.
#[must_use]
pub fn read_lines(file: &JournalFile, from: usize) -> Reading<'_> {
    let from = from.max(file.start);
    let mut out = Reading::default();
    let mut bad: Vec<(usize, String)> = Vec::new();
    let rest = &file.bytes[from.min(file.bytes.len())..];
    for (at, text) in split(rest) {
        match parse(text) {
            Ok(line) => {
                let number = |at: usize| memchr::memchr_iter(b'\n', &file.bytes[..at]).count() + 1;
                for (at, why) in bad.drain(..) {
                    out.damage.push(format!("{}, line {}, {why}", file.place(), number(at)));
                }
                out.lines.push((Stamp(line.n, file.header.writer), text, line));
            }
            // Two files of one writer joined by git have two first lines.
            Err(_) if is_header_line(text) => {}
            Err((col, why)) => bad.push((from + at, format!("column {col}: {why}"))),
        }
    }
    let complete = file.complete();
    out.torn = bad.first().map(|(at, _)| *at).or((complete < file.bytes.len()).then_some(complete));
    if file.header.schema > SCHEMA {
        // What a newer format holds is not for this program to judge; the folder is open read-only anyway.
        (out.torn, out.damage) = (None, Vec::new());
    }
    out
}

fn is_header_line(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| ron::from_str::<Header>(text.trim()).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::id::{CoderId, Writer};

    fn file(lines: &str) -> JournalFile {
        let writer = Writer::new("PB-7k3f").expect("a writer");
        let project = StudyId::default();
        let header =
            Header { project, writer, coder: CoderId::default(), initials: "PB".into(), schema: SCHEMA, segment: 1 };
        let text = header.to_text();
        let start = text.len();
        JournalFile { name: header.file_name(), header, bytes: (text + lines).into_bytes(), start }
    }

    fn line(n: u64) -> String {
        format!("(n: {n}, by: \"PB\", at: \"2026-11-22T10:04:10Z\", did: \"x\", undoes: None, puts: [])\n")
    }

    fn numbers(reading: &Reading<'_>) -> Vec<u64> {
        reading.lines.iter().map(|(stamp, ..)| stamp.0).collect()
    }

    #[test]
    fn a_line_counts_once_its_line_feed_is_there() {
        for cut in 1..line(2).len() {
            let file = file(&(line(1) + &line(2)[..cut]));
            let reading = read_lines(&file, 0);
            assert_eq!(numbers(&reading), [1]);
            assert_eq!(reading.torn, Some(file.complete()), "cut after {cut} bytes");
            assert_eq!(reading.damage, Vec::<String>::new());
        }
    }

    #[test]
    fn bad_lines_at_the_end_are_torn_and_before_a_good_one_are_damage() {
        let torn = file(&(line(1) + "(n: 2, by: \"P\n\0\0\0\n"));
        let reading = read_lines(&torn, 0);
        assert_eq!((numbers(&reading), reading.torn), (vec![1], Some(torn.start + line(1).len())));
        let damaged = file(&(line(1) + "(n: 2, by\n" + &line(3)));
        let reading = read_lines(&damaged, 0);
        assert_eq!(numbers(&reading), [1, 3]);
        assert_eq!(reading.damage.len(), 1);
        assert!(reading.damage[0].starts_with("journal/PB-7k3f.001.ron, line 3, column "), "{:?}", reading.damage);
    }

    #[test]
    fn two_files_of_one_writer_joined_by_git_are_read_as_one() {
        let one = file(&line(1));
        let joined = file(&(line(1) + &one.header.to_text() + &line(1) + &line(2)));
        let reading = read_lines(&joined, 0);
        assert_eq!((numbers(&reading), reading.damage.len(), reading.torn), (vec![1, 1, 2], 0, None));
    }
}
