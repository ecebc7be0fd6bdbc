//! The one door to the disk: a small trait, the real disk behind it, and a double that fails or loses power.
//!
//! Whatever the store reads or writes goes through [`Disk`], so that tests can make every single call fail, or cut the
//! power at it, and look at what is left.

mod faulty;
mod faulty_files;
mod real;

pub use faulty::FaultyDisk;
pub use real::RealDisk;

use std::io;
use std::path::{Path, PathBuf};

/// What a folder holds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Found {
    /// Its name within the folder.
    pub name: String,
    /// Whether it is a folder itself.
    pub is_folder: bool,
    /// Its length in bytes; 0 for folders.
    pub len: u64,
}

/// What is known of a file or folder without reading it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Status {
    /// Length in bytes.
    pub len: u64,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// What tells this file from another that later takes its name; `None` where the system does not say.
    pub identity: Option<(u64, u64)>,
}

/// An open file that only grows.
pub trait Growing: Send {
    /// Adds bytes at the end. After an error any part of them may be there.
    ///
    /// # Errors
    /// What the system says.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Waits until all that was added survives a power cut.
    ///
    /// # Errors
    /// What the system says; what was added since the last sync may then be there or not.
    fn sync(&mut self) -> io::Result<()>;
    /// What the open file is, whatever its path names by now.
    ///
    /// # Errors
    /// What the system says.
    fn status(&self) -> io::Result<Status>;
}

/// A lock that is held until this is dropped.
pub trait Held: Send {}

/// Access to files. Paths are whole; every method is one attempt.
pub trait Disk: Send + Sync {
    /// All bytes of a file.
    ///
    /// # Errors
    /// What the system says; a missing file is [`io::ErrorKind::NotFound`].
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The bytes of a file from `offset` on.
    ///
    /// # Errors
    /// What the system says.
    fn read_from(&self, path: &Path, offset: u64) -> io::Result<Vec<u8>>;
    /// What a folder holds, by name; an absent folder holds nothing.
    ///
    /// # Errors
    /// What the system says.
    fn list(&self, folder: &Path) -> io::Result<Vec<Found>>;
    /// What a path names; `None` if nothing.
    ///
    /// # Errors
    /// What the system says.
    fn status(&self, path: &Path) -> io::Result<Option<Status>>;
    /// The path without links and dots, if it can be had.
    fn canonical(&self, path: &Path) -> PathBuf;
    /// A new empty file, open for growing.
    ///
    /// # Errors
    /// What the system says; [`io::ErrorKind::AlreadyExists`] if there is something of this name.
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn Growing>>;
    /// A file that is there, open for growing.
    ///
    /// # Errors
    /// What the system says.
    fn open_to_append(&self, path: &Path) -> io::Result<Box<dyn Growing>>;
    /// Puts a file of these bytes in the place of whatever was there, wholly or not at all: written beside it, synced,
    /// renamed, and the folder synced.
    ///
    /// # Errors
    /// What the system says; the old file may then be there or the new one.
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Makes a folder with all above it that are missing, and syncs what holds them. New folders take the group and
    /// mode of `like`; without one they are for their owner only.
    ///
    /// # Errors
    /// What the system says.
    fn make_folder(&self, folder: &Path, like: Option<&Path>) -> io::Result<()>;
    /// Waits until names made, changed or removed in a folder survive a power cut.
    ///
    /// # Errors
    /// What the system says.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Removes a file.
    ///
    /// # Errors
    /// What the system says; only one of several that try succeeds.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Whether files can be made in a folder, tried without leaving anything there.
    ///
    /// # Errors
    /// Why not.
    fn try_writing(&self, folder: &Path) -> io::Result<()>;
    /// Takes the lock at `path` (a file made for it); `None` if somebody holds it.
    ///
    /// # Errors
    /// What the system says.
    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>>;
}
