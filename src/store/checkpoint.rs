//! The checkpoint: how far the record files of this copy of the folder reach, so that opening need not read every line.
//!
//! It names each record file with its digest, and of each journal how many bytes the record files reflect, with their
//! digest. If anything differs it is worth nothing and everything is derived anew; so it may be wrong or missing at any
//! time. What record files do not hold, the deleted records, lies beside it in a record file of its own.

use super::disk::Disk;
use super::journal::{SCHEMA, one_line};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// The folder within a project that is of no interest to others: locks, checkpoint, torn tails.
pub const LOCAL: &str = ".emic";
/// The record file of deleted records.
pub const TOMBSTONES: &str = ".emic/tombstones.ron";
const CHECKPOINT: &str = ".emic/checkpoint.ron";

/// How much of a growing file was taken in. The digest only has to tell files apart that this program wrote; where the
/// next compiler's differs, something is derived once more than needed.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    len: u64,
    hasher: DefaultHasher,
}

impl Seen {
    /// These bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut seen = Self::default();
        seen.add(bytes);
        seen
    }

    /// Takes in what follows.
    pub fn add(&mut self, bytes: &[u8]) {
        self.len += bytes.len() as u64;
        self.hasher.write(bytes);
    }

    /// Length and digest so far.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark(self.len, self.hasher.finish())
    }

    /// How many bytes were taken in.
    #[must_use]
    pub const fn len(&self) -> u64 {
        self.len
    }

    /// Whether none were.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }
}

/// Length in bytes, and digest.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Mark(pub u64, pub u64);

/// What the record files reflect.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Checkpoint {
    version: u32,
    /// The program that wrote it: another one may write record files another way.
    made_by: String,
    /// The greatest line number.
    pub n: u64,
    /// How many disputes the project has.
    pub disputes: usize,
    /// Of each journal, how much is reflected.
    pub journals: BTreeMap<String, Mark>,
    /// The record files.
    pub files: BTreeMap<String, Mark>,
}

impl Checkpoint {
    /// The checkpoint of these journals and record files.
    #[must_use]
    pub fn new(
        n: u64,
        disputes: usize,
        journals: impl Iterator<Item = (String, Mark)>,
        files: &BTreeMap<PathBuf, Mark>,
    ) -> Self {
        Self {
            version: SCHEMA,
            made_by: env!("CARGO_PKG_VERSION").to_owned(),
            n,
            disputes,
            journals: journals.collect(),
            files: files.iter().map(|(path, mark)| (slashed(path), *mark)).collect(),
        }
    }

    /// The checkpoint of the project in `folder`, if there is one that this program can use.
    #[must_use]
    pub fn read(disk: &dyn Disk, folder: &Path) -> Option<Self> {
        let bytes = disk.read(&folder.join(CHECKPOINT)).ok()?;
        let read: Self = ron::de::from_bytes(&bytes).ok()?;
        (read.version == SCHEMA && read.made_by == env!("CARGO_PKG_VERSION")).then_some(read)
    }

    /// Writes it.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, disk: &dyn Disk, folder: &Path) -> io::Result<()> {
        disk.replace(&folder.join(CHECKPOINT), (one_line(self) + "\n").as_bytes())
    }

    /// Whether the record files are those that it names, all and no others.
    #[must_use]
    pub fn has_files(&self, files: &BTreeMap<PathBuf, Mark>) -> bool {
        self.files.len() == files.len() && files.iter().all(|(path, mark)| self.files.get(&slashed(path)) == Some(mark))
    }
}

/// A path as it is written on every system.
fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}
