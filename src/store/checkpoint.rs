//! The checkpoint: how far the record files of this copy of the folder reach, so that opening need not read every line.
//!
//! It names each record file with its digest, and of each journal how many bytes the record files reflect, with their
//! digest. If anything differs it is worth nothing and everything is derived anew; so it may be wrong or missing at any
//! time. What record files do not hold, the deleted records, lies beside it in a record file of its own.

use super::disk::Disk;
use super::journal::{SCHEMA, one_line};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// The folder within a project that is of no interest to others: locks, checkpoint, torn tails.
pub const LOCAL: &str = ".emic";
/// The record file of deleted records.
pub const TOMBSTONES: &str = ".emic/tombstones.ron";
const CHECKPOINT: &str = ".emic/checkpoint.ron";

/// How much of a growing file was taken in. The digest only has to notice that a file is not the one that this program
/// knows, not to withstand anybody; it is fast because all journals and record files go through it at each opening.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    len: u64,
    state: u64,
    /// The bytes that do not make a whole word yet, from the lowest.
    rest: u64,
}

impl Seen {
    /// These bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut seen = Self::default();
        seen.add(bytes);
        seen
    }

    /// Takes in what follows. Whether it comes in one piece or in many does not matter.
    pub fn add(&mut self, bytes: &[u8]) {
        let begun = usize::try_from(self.len % 8).unwrap_or(0);
        let (head, words) = bytes.split_at(((8 - begun) % 8).min(bytes.len()));
        self.add_few(head);
        let mut words = words.chunks_exact(8);
        for word in &mut words {
            self.state = mixed(self.state, u64::from_le_bytes(word.try_into().unwrap_or_default()));
            self.len += 8;
        }
        self.add_few(words.remainder());
    }

    fn add_few(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.rest |= u64::from(*byte) << (8 * (self.len % 8));
            self.len += 1;
            if self.len.is_multiple_of(8) {
                self.state = mixed(self.state, self.rest);
                self.rest = 0;
            }
        }
    }

    /// Length and digest so far.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark(self.len, mixed(mixed(self.state, self.rest), self.len))
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

/// One step of the digest: a multiplication whose upper half is folded into the lower, so that every bit counts.
const fn mixed(state: u64, word: u64) -> u64 {
    let product = ((state ^ word ^ 0x2d35_8dcc_aa6c_78a5) as u128) * 0x9e37_79b9_7f4a_7c15_u128;
    (product as u64) ^ ((product >> 64) as u64).rotate_left(23) ^ state.rotate_left(41)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_digest_does_not_depend_on_the_pieces_but_on_every_byte(
            bytes in proptest::collection::vec(any::<u8>(), 0..60),
            cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..5),
            change in any::<prop::sample::Index>(),
        ) {
            let whole = Seen::of(&bytes).mark();
            let mut pieces = Seen::default();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            cuts.sort_unstable();
            let mut from = 0;
            for to in cuts.into_iter().chain([bytes.len()]) {
                pieces.add(&bytes[from..to]);
                from = to;
            }
            prop_assert_eq!(pieces.mark(), whole);
            if !bytes.is_empty() {
                let mut other = bytes.clone();
                other[change.index(bytes.len())] ^= 1;
                prop_assert_ne!(Seen::of(&other).mark(), whole);
            }
            prop_assert_ne!(Seen::of(&[&bytes[..], &[0]].concat()).mark(), whole);
        }
    }
}
