//! The pen: appends lines to one writer's journal, and tells when they are safe.

use super::checkpoint::Seen;
use super::disk::{Disk, Growing};
use super::identity::Left;
use super::journal::{FOLDER, Header};
use crate::project::id::Writer;
use std::io;
use std::path::{Path, PathBuf};

/// The end of what was written is kept to be compared where the system does not tell files apart.
const TAIL: usize = 256;

/// Why lines are not safe.
#[derive(Debug)]
pub(crate) enum PenError {
    /// Under the journal's name stands another file now, or somebody else has written to it.
    Replaced(PathBuf),
    /// The system says no.
    Io(PathBuf, io::Error),
}

impl PenError {
    /// Why, in words that follow a colon.
    pub(crate) fn why(&self) -> String {
        match self {
            Self::Replaced(path) => format!("{} was replaced by another file", path.display()),
            Self::Io(path, err) => format!("{}: {err}", path.display()),
        }
    }
}

struct Open {
    file: Box<dyn Growing>,
    name: String,
    path: PathBuf,
    seen: Seen,
    tail: Vec<u8>,
}

/// Writes one writer's files.
pub(crate) struct Pen {
    header: Header,
    /// At how many bytes a file is closed.
    limit: u64,
    open: Option<Open>,
    /// The files this pen has begun or taken up, with what stands in them.
    written: Vec<(String, Seen)>,
    /// A file to go on with.
    resumes: Option<Left>,
    /// Whether its files were begun by it.
    fresh: bool,
}

impl Pen {
    /// A pen for a new writer: `header` says whose. Nothing is made before the first line.
    pub(crate) fn new(header: Header, limit: u64) -> Self {
        let header = Header { segment: 0, ..header };
        Self { header, limit, open: None, written: Vec::new(), resumes: None, fresh: true }
    }

    /// A pen that goes on where a writer left off.
    pub(crate) fn resuming(header: Header, limit: u64, left: Left) -> Self {
        let header = Header { writer: left.writer, segment: left.segment, ..header };
        Self { header, limit, open: None, written: Vec::new(), resumes: Some(left), fresh: false }
    }

    /// Whose journal it writes.
    pub(crate) const fn writer(&self) -> Writer {
        self.header.writer
    }

    /// The names of the files it has written to, and what stands in them by now.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&String, &Seen)> {
        let open = self.open.iter().map(|open| (&open.name, &open.seen));
        self.written.iter().map(|(name, seen)| (name, seen)).chain(open)
    }

    /// Whether all its files were begun by it.
    pub(crate) const fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// How its journal was left, if there is one.
    pub(crate) fn left(&self) -> Option<Left> {
        let Some(open) = &self.open else { return self.resumes.clone() };
        Some(Left { writer: self.header.writer, segment: self.header.segment, mark: open.seen.mark() })
    }

    /// Writes lines (each with its line feed) and waits until they are safe.
    ///
    /// # Errors
    /// How many of them are safe, and why the others may not be: any part of those may be on disk or not, and this pen
    /// must not be used again.
    pub(crate) fn write(&mut self, disk: &dyn Disk, folder: &Path, lines: &[String]) -> Result<(), (usize, PenError)> {
        let mut safe = 0;
        while safe < lines.len() {
            let written = self.write_some(disk, folder, &lines[safe..]);
            safe += written.map_err(|err| (safe, err))?;
        }
        Ok(())
    }

    /// Writes as many lines as the file takes, but at least one, however long it is.
    fn write_some(&mut self, disk: &dyn Disk, folder: &Path, lines: &[String]) -> Result<usize, PenError> {
        let limit = self.limit;
        let open = self.ready(disk, folder)?;
        open.check(disk)?;
        let mut chunk = String::new();
        let mut count = 0;
        for line in lines {
            if count > 0 && open.seen.len() + chunk.len() as u64 >= limit {
                break;
            }
            chunk.push_str(line);
            count += 1;
        }
        let before = open.seen.clone();
        open.append(chunk.as_bytes())?;
        if let Err(err) = open.check(disk) {
            // It may be there or not: it does not count as written.
            open.seen = before;
            return Err(err);
        }
        Ok(count)
    }

    /// Whether its journal is still what it wrote.
    pub(crate) fn check(&self, disk: &dyn Disk) -> Result<(), PenError> {
        self.open.as_ref().map_or(Ok(()), |open| open.check(disk))
    }

    /// Takes back the files of a pen whose lines are not safe and will be written by another: only if nothing in them
    /// ever was.
    pub(crate) fn discard(self, disk: &dyn Disk, folder: &Path) {
        let names: Vec<String> = self.files().map(|(name, _)| name.clone()).collect();
        drop(self);
        for name in names {
            let _ = disk.remove(&folder.join(FOLDER).join(name));
        }
    }

    /// The file to write to: the open one, the one to go on with, or a new one.
    fn ready(&mut self, disk: &dyn Disk, folder: &Path) -> Result<&mut Open, PenError> {
        if self.open.as_ref().is_some_and(|open| open.seen.len() >= self.limit)
            && let Some(full) = self.open.take()
        {
            self.written.push((full.name, full.seen));
        }
        if self.open.is_none() {
            let open = match self.resumes.take() {
                Some(left) => Open::resume(disk, &self.header, folder, &left)?,
                None => {
                    self.header.segment += 1;
                    Open::begin(disk, &self.header, folder)?
                }
            };
            self.open = Some(open);
            return self.ready(disk, folder);
        }
        self.open.as_mut().ok_or_else(|| PenError::Replaced(folder.to_path_buf()))
    }
}

impl Open {
    fn begin(disk: &dyn Disk, header: &Header, folder: &Path) -> Result<Self, PenError> {
        let path = header.path(folder);
        let begin = || -> io::Result<Self> {
            let journals = folder.join(FOLDER);
            disk.make_folder(&journals, Some(folder))?;
            let mut file = disk.create_new(&path)?;
            let header_text = header.to_text();
            let written = file
                .append(header_text.as_bytes())
                .and_then(|()| file.sync())
                .and_then(|()| disk.sync_folder(&journals));
            if let Err(err) = written {
                drop(file);
                let _ = disk.remove(&path);
                return Err(err);
            }
            let (name, seen) = (header.file_name(), Seen::default());
            let mut open = Self { file, name, path: path.clone(), seen, tail: Vec::new() };
            open.took(header_text.as_bytes());
            Ok(open)
        };
        begin().map_err(|err| PenError::Io(path.clone(), err))
    }

    fn resume(disk: &dyn Disk, header: &Header, folder: &Path, left: &Left) -> Result<Self, PenError> {
        let path = header.path(folder);
        let read =
            || -> io::Result<(Vec<u8>, Box<dyn Growing>)> { Ok((disk.read(&path)?, disk.open_to_append(&path)?)) };
        let (bytes, file) = read().map_err(|err| PenError::Io(path.clone(), err))?;
        if Seen::of(&bytes).mark() != left.mark {
            return Err(PenError::Replaced(path));
        }
        let mut open = Self { file, name: header.file_name(), path, seen: Seen::default(), tail: Vec::new() };
        open.took(&bytes);
        Ok(open)
    }

    fn took(&mut self, bytes: &[u8]) {
        self.seen.add(bytes);
        self.tail.extend_from_slice(&bytes[bytes.len().saturating_sub(TAIL)..]);
        self.tail.drain(..self.tail.len().saturating_sub(TAIL));
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), PenError> {
        let done = self.file.append(bytes).and_then(|()| self.file.sync());
        done.map_err(|err| PenError::Io(self.path.clone(), err))?;
        self.took(bytes);
        Ok(())
    }

    /// Whether the path still names the open file, and nobody else has written to it.
    fn check(&self, disk: &dyn Disk) -> Result<(), PenError> {
        let look = || -> io::Result<bool> {
            let own = self.file.status()?;
            let Some(there) = disk.status(&self.path)? else { return Ok(false) };
            if own.len != self.seen.len() || there.len != self.seen.len() {
                return Ok(false);
            }
            match (own.identity, there.identity) {
                (Some(own), Some(there)) => Ok(own == there),
                _ => Ok(disk.read_from(&self.path, self.seen.len() - self.tail.len() as u64)? == self.tail),
            }
        };
        match look() {
            Ok(true) => Ok(()),
            Ok(false) => Err(PenError::Replaced(self.path.clone())),
            Err(err) => Err(PenError::Io(self.path.clone(), err)),
        }
    }
}
