//! What an open project asks of whoever keeps it: the folder on disk, or memory alone.

use crate::project::id::{Id, Stamp, Writer};
use crate::project::put::{Kind, Put};
use crate::project::step::Line;
use crate::text::turns::Turns;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that a line names and that must be on disk before the line is: a text, its turns, an original.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewFile {
    /// Where, relative to the project's folder. Never an existing file: such files are not rewritten.
    pub path: PathBuf,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What a keeper has to tell.
#[derive(Clone, PartialEq, Debug)]
pub enum Heard {
    /// All lines up to and including this one are on disk.
    Saved(Stamp),
    /// Lines could not be written; they are still held, and tried again. The sentence says why.
    NotSaved(String),
    /// Lines that were held under one stamp are on disk under another (the same number, another writer): the stamp as it
    /// was and as it is, and which records they concern.
    Moved(Vec<(Stamp, Stamp)>, Vec<(Kind, Id)>),
    /// Somebody else's lines, in order.
    Lines(Vec<(Stamp, Arc<Line>)>),
    /// Something to be told to the user, once.
    Note(String),
}

/// Why something could not be had from the keeper: one clear sentence with the place.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct KeepError(pub String);

/// Keeps an open project.
pub trait Keeper: Send {
    /// The writer whose journal takes the next line.
    fn writer(&self) -> Writer;
    /// Why nothing can be written, if so. Lines are then not accepted.
    fn read_only(&self) -> Option<String>;
    /// Takes a line to write, after the files it names. Returns at once; the answer comes through `heard`.
    fn keep(&mut self, stamp: Stamp, line: Arc<Line>, files: Vec<NewFile>);
    /// What there is to tell since last asked. Never waits.
    fn heard(&mut self) -> Vec<Heard>;
    /// The words of version `number` of a source's text, whose folder is `sources/<folder>`.
    ///
    /// # Errors
    /// If the file is missing or is not the text that `sha256` names.
    fn words(&self, folder: &str, number: u32, sha256: &str) -> Result<String, KeepError>;
    /// The accepted turns number `turns` of version `number`.
    ///
    /// # Errors
    /// If the file is missing or damaged.
    fn turns(&self, folder: &str, number: u32, turns: u32) -> Result<Turns, KeepError>;
    /// A line on disk, for undoing what was done in an earlier session.
    ///
    /// # Errors
    /// If it cannot be read.
    fn line(&self, stamp: Stamp) -> Result<Arc<Line>, KeepError>;
    /// All puts of all journals that name one of these records.
    ///
    /// # Errors
    /// If a journal cannot be read.
    fn puts_of(&self, targets: &[(Kind, Id)]) -> Result<Vec<(Stamp, Put)>, KeepError>;
    /// Takes a callback to be called, from any thread, whenever `heard` has something new to tell. It returns at once.
    /// A keeper that answers on the spot need not call it.
    fn set_waker(&mut self, _waker: Box<dyn Fn() + Send + Sync>) {}
    /// Waits until everything is written, or cannot be: then the lines that are not, and why.
    fn finish(&mut self) -> Result<(), KeepError>;
    /// Writes what is not on disk yet into another folder, from which it can be merged later; says where, and what to
    /// do with it. What is held here goes on being tried.
    ///
    /// # Errors
    /// If there is nothing to save, or it cannot be written there either.
    fn save_elsewhere(&mut self, _folder: &Path) -> Result<String, KeepError> {
        Err(KeepError("there is nothing to save elsewhere".into()))
    }
}

/// The name of the file that holds version `number` of a text.
#[must_use]
pub fn words_file(folder: &str, number: u32) -> PathBuf {
    PathBuf::from(format!("sources/{folder}/{number}.txt"))
}

/// The name of the file that holds the accepted turns `turns` (1, 2, …) of version `number`.
#[must_use]
pub fn turns_file(folder: &str, number: u32, turns: u32) -> PathBuf {
    if turns <= 1 {
        PathBuf::from(format!("sources/{folder}/{number}.turns.ron"))
    } else {
        PathBuf::from(format!("sources/{folder}/{number}.turns-{turns}.ron"))
    }
}

/// Keeps a project in memory only: for tests, and for showing what is not to be kept.
#[derive(Default)]
pub struct MemoryKeeper {
    writer: Writer,
    lines: Vec<(Stamp, Arc<Line>)>,
    files: HashMap<PathBuf, Vec<u8>>,
    heard: Vec<Heard>,
}

impl MemoryKeeper {
    /// Keeps in memory what `writer` writes.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { writer, ..Self::default() }
    }

    /// Puts a file there.
    pub fn add_file(&mut self, file: NewFile) {
        self.files.insert(file.path, file.bytes);
    }

    /// The lines kept so far.
    #[must_use]
    pub fn lines(&self) -> &[(Stamp, Arc<Line>)] {
        &self.lines
    }

    fn file(&self, path: &PathBuf) -> Result<&[u8], KeepError> {
        self.files.get(path).map(Vec::as_slice).ok_or_else(|| KeepError(format!("{} is missing", path.display())))
    }
}

impl Keeper for MemoryKeeper {
    fn writer(&self) -> Writer {
        self.writer
    }

    fn read_only(&self) -> Option<String> {
        None
    }

    fn keep(&mut self, stamp: Stamp, line: Arc<Line>, files: Vec<NewFile>) {
        files.into_iter().for_each(|file| self.add_file(file));
        self.lines.push((stamp, line));
        self.heard.push(Heard::Saved(stamp));
    }

    fn heard(&mut self) -> Vec<Heard> {
        std::mem::take(&mut self.heard)
    }

    fn words(&self, folder: &str, number: u32, _sha256: &str) -> Result<String, KeepError> {
        let bytes = self.file(&words_file(folder, number))?;
        Ok(String::from_utf8_lossy(bytes).into_owned())
    }

    fn turns(&self, folder: &str, number: u32, turns: u32) -> Result<Turns, KeepError> {
        let path = turns_file(folder, number, turns);
        let bytes = self.file(&path)?;
        ron::de::from_bytes(bytes).map_err(|err| KeepError(format!("{}: {err}", path.display())))
    }

    fn line(&self, stamp: Stamp) -> Result<Arc<Line>, KeepError> {
        let found = self.lines.iter().find(|(at, _)| *at == stamp);
        found.map(|(_, line)| line.clone()).ok_or_else(|| KeepError(format!("there is no line {stamp}")))
    }

    fn puts_of(&self, targets: &[(Kind, Id)]) -> Result<Vec<(Stamp, Put)>, KeepError> {
        let all = self.lines.iter().flat_map(|(stamp, line)| line.puts.iter().map(move |put| (*stamp, put)));
        let named = all.filter(|(_, put)| put.target().is_some_and(|target| targets.contains(&target)));
        Ok(named.map(|(stamp, put)| (stamp, put.clone())).collect())
    }

    fn finish(&mut self) -> Result<(), KeepError> {
        Ok(())
    }
}
