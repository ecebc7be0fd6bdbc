//! A disk in memory for tests: any call can fail, any call can be the last before the power is cut.

use super::faulty_files::{Files, Node};
use super::{Disk, Found, Growing, Held, Status};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A disk in memory. Copies are the same disk. It counts every call (a `replace` counts as the four steps it is made
/// of), can fail at one of them or from one on, can lose power, and can refuse to be written.
#[derive(Clone, Default)]
pub struct FaultyDisk(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    files: Files,
    calls: usize,
    fail_at: Option<usize>,
    fail_from: Option<usize>,
    cut_at: Option<usize>,
    off: bool,
    refuses: Option<PathBuf>,
    locks: BTreeSet<PathBuf>,
    rng: fastrand::Rng,
    log: Vec<String>,
}

impl FaultyDisk {
    /// An empty disk without faults. `seed` decides how much of a failed call is done, and what a power cut leaves.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(Inner { rng: fastrand::Rng::with_seed(seed), ..Inner::default() })))
    }

    /// Lets call number `n` from now (1 is the next) fail, once.
    pub fn fail_at(&self, n: usize) {
        let mut inner = self.inner();
        inner.fail_at = Some(inner.calls + n);
    }

    /// Lets all calls from number `n` from now on fail, until [`mend`](Self::mend).
    pub fn fail_from(&self, n: usize) {
        let mut inner = self.inner();
        inner.fail_from = Some(inner.calls + n);
    }

    /// Cuts the power at call number `n` from now: it is done in part or not, and nothing works after it.
    pub fn cut_at(&self, n: usize) {
        let mut inner = self.inner();
        inner.cut_at = Some(inner.calls + n);
    }

    /// Cuts the power now.
    pub fn cut(&self) {
        self.inner().off = true;
    }

    /// Whether the power is off.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.inner().off
    }

    /// Takes all faults away that were asked for; not a power cut.
    pub fn mend(&self) {
        let mut inner = self.inner();
        (inner.fail_at, inner.fail_from, inner.cut_at, inner.refuses) = (None, None, None, None);
    }

    /// Refuses every change at or below `folder`, as a folder without the right to write does.
    pub fn refuse_writes(&self, folder: &Path) {
        self.inner().refuses = Some(folder.to_path_buf());
    }

    /// The disk as it is found when the power is back: `seed` decides what was lost of what was not synced.
    #[must_use]
    pub fn after_power_cut(&self, seed: u64) -> Self {
        let mut rng = fastrand::Rng::with_seed(seed);
        let files = self.inner().files.after_cut(&mut rng);
        Self(Arc::new(Mutex::new(Inner { files, rng, ..Inner::default() })))
    }

    /// A disk of its own with the same files, all of them safe.
    #[must_use]
    pub fn copy(&self) -> Self {
        let mut inner = self.inner();
        let mut files = inner.files.clone();
        files.sync_all();
        let rng = inner.rng.fork();
        drop(inner);
        Self(Arc::new(Mutex::new(Inner { files, rng, ..Inner::default() })))
    }

    /// How many calls there were.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.inner().calls
    }

    /// What the calls were, for finding out where a test went wrong.
    #[must_use]
    pub fn log(&self) -> Vec<String> {
        self.inner().log.clone()
    }

    /// All files below `folder` with their bytes.
    #[must_use]
    pub fn tree(&self, folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
        let inner = self.inner();
        let below = inner.files.names.iter().filter(|(path, _)| path.starts_with(folder));
        below
            .filter_map(|(path, node)| match node {
                Node::File(at) => Some((path.clone(), inner.files.files[*at].bytes.clone())),
                Node::Folder => None,
            })
            .collect()
    }

    /// All folders and files below `folder`.
    #[must_use]
    pub fn names(&self, folder: &Path) -> Vec<PathBuf> {
        self.inner().files.names.keys().filter(|path| path.starts_with(folder)).cloned().collect()
    }

    /// Puts a file there, as another program does that replaces files: under its name stands another file from now on.
    /// Not counted, and never fails.
    pub fn put(&self, path: &Path, bytes: &[u8]) {
        let mut inner = self.inner();
        let above: Vec<PathBuf> = path.ancestors().skip(1).map(Path::to_path_buf).collect();
        for folder in above.iter().rev().filter(|folder| !folder.as_os_str().is_empty()) {
            if !inner.files.is_folder(folder) {
                inner.files.name(vec![(folder.clone(), Some(Node::Folder))]);
            }
        }
        let file = inner.files.add(bytes);
        inner.files.name(vec![(path.to_path_buf(), Some(Node::File(file)))]);
        inner.files.sync_all();
    }

    /// Takes a file or a folder with all in it away. Not counted, and never fails.
    pub fn take(&self, path: &Path) {
        let mut inner = self.inner();
        let below: Vec<PathBuf> = inner.files.names.keys().filter(|name| name.starts_with(path)).cloned().collect();
        below.into_iter().for_each(|name| inner.files.name(vec![(name, None)]));
        inner.files.sync_all();
    }

    fn make_one(&self, folder: &Path) -> io::Result<()> {
        if self.inner().files.is_folder(folder) {
            return Ok(());
        }
        let above = folder.parent().ok_or(ErrorKind::InvalidInput)?;
        self.make_one(above)?;
        whole(self.writing("make folder", folder), |files| {
            if files.file(folder).is_some() {
                return Err(ErrorKind::AlreadyExists.into());
            }
            files.name(vec![(folder.to_path_buf(), Some(Node::Folder))]);
            Ok(())
        })?;
        self.sync_folder(above)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a call that reads.
    fn reading(&self, what: &str, path: &Path) -> io::Result<MutexGuard<'_, Inner>> {
        let mut inner = self.inner();
        match inner.count(what, path) {
            Fate::Done => Ok(inner),
            Fate::Failed(err) | Fate::Half(err) => Err(err),
        }
    }

    /// Counts a call that changes something: what is left of it to be done, and what to answer then.
    fn writing(&self, what: &str, path: &Path) -> (MutexGuard<'_, Inner>, Fate) {
        let mut inner = self.inner();
        let refused = inner.refuses.as_ref().is_some_and(|folder| path.starts_with(folder));
        let mut fate = inner.count(what, path);
        if refused && matches!(fate, Fate::Done) {
            fate = Fate::Failed(ErrorKind::PermissionDenied.into());
        }
        (inner, fate)
    }
}

/// What becomes of a call.
enum Fate {
    Done,
    /// Nothing of it is done.
    Failed(Error),
    /// Part of it is done, or all, and yet it fails.
    Half(Error),
}

impl Inner {
    fn count(&mut self, what: &str, path: &Path) -> Fate {
        self.calls += 1;
        self.log.push(format!("{} {what} {}", self.calls, path.display()));
        let fault = || Error::other("the disk failed (a test asked for it)");
        if self.off {
            return Fate::Failed(Error::other("the power is off"));
        }
        if self.cut_at.is_some_and(|at| self.calls >= at) {
            self.off = true;
            return Fate::Half(Error::other("the power was cut"));
        }
        if self.fail_at == Some(self.calls) {
            self.fail_at = None;
            return if self.rng.bool() { Fate::Half(fault()) } else { Fate::Failed(fault()) };
        }
        if self.fail_from.is_some_and(|at| self.calls >= at) {
            return Fate::Failed(fault());
        }
        Fate::Done
    }

    fn status(&self, at: usize) -> Status {
        let len = self.files.files[at].bytes.len() as u64;
        Status { len, is_folder: false, identity: Some((0, at as u64)) }
    }
}

/// Does a call that is done wholly or not at all; one that half fails is done or not.
fn whole<T>(
    (mut inner, fate): (MutexGuard<'_, Inner>, Fate),
    act: impl FnOnce(&mut Files) -> io::Result<T>,
) -> io::Result<T> {
    match fate {
        Fate::Done => act(&mut inner.files),
        Fate::Failed(err) => Err(err),
        Fate::Half(err) => {
            if inner.rng.bool() {
                act(&mut inner.files)?;
            }
            Err(err)
        }
    }
}

struct OpenFile {
    disk: FaultyDisk,
    path: PathBuf,
    at: usize,
}

impl Growing for OpenFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let (mut inner, fate) = self.disk.writing("append", &self.path);
        let done = match fate {
            Fate::Done => Ok(bytes.len()),
            Fate::Failed(err) => Err((err, 0)),
            Fate::Half(err) => Err((err, inner.rng.usize(0..=bytes.len()))),
        };
        let (count, answer) = match done {
            Ok(count) => (count, Ok(())),
            Err((err, count)) => (count, Err(err)),
        };
        let at = self.at;
        inner.files.files[at].bytes.extend_from_slice(&bytes[..count]);
        answer
    }

    fn sync(&mut self) -> io::Result<()> {
        let at = self.at;
        whole(self.disk.writing("sync", &self.path), |files| {
            files.files[at].synced = files.files[at].bytes.len();
            Ok(())
        })
    }

    fn status(&self) -> io::Result<Status> {
        Ok(self.disk.reading("status of open", &self.path)?.status(self.at))
    }
}

struct Lock {
    disk: FaultyDisk,
    path: PathBuf,
}

impl Held for Lock {}

impl Drop for Lock {
    fn drop(&mut self) {
        self.disk.inner().locks.remove(&self.path);
    }
}

fn no_such() -> Error {
    ErrorKind::NotFound.into()
}

impl Disk for FaultyDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let inner = self.reading("read", path)?;
        if inner.files.is_folder(path) {
            return Err(ErrorKind::IsADirectory.into());
        }
        let at = inner.files.file(path).ok_or_else(no_such)?;
        Ok(inner.files.files[at].bytes.clone())
    }

    fn read_from(&self, path: &Path, offset: u64) -> io::Result<Vec<u8>> {
        let bytes = self.read(path)?;
        Ok(usize::try_from(offset).ok().and_then(|offset| bytes.get(offset..)).unwrap_or_default().to_vec())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Found>> {
        let inner = self.reading("list", folder)?;
        let within = inner.files.names.iter().filter(|(path, _)| path.parent() == Some(folder));
        let found = within.filter_map(|(path, node)| {
            let name = path.file_name()?.to_str()?.to_owned();
            Some(match node {
                Node::Folder => Found { name, is_folder: true, len: 0 },
                Node::File(at) => Found { name, is_folder: false, len: inner.files.files[*at].bytes.len() as u64 },
            })
        });
        Ok(found.collect())
    }

    fn status(&self, path: &Path) -> io::Result<Option<Status>> {
        let inner = self.reading("status", path)?;
        if inner.files.is_folder(path) {
            return Ok(Some(Status { len: 0, is_folder: true, identity: None }));
        }
        Ok(inner.files.file(path).map(|at| inner.status(at)))
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        path.to_path_buf()
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn Growing>> {
        let at = whole(self.writing("create", path), |files| {
            if files.names.contains_key(path) {
                return Err(ErrorKind::AlreadyExists.into());
            }
            if !path.parent().is_some_and(|above| files.is_folder(above)) {
                return Err(no_such());
            }
            let at = files.add(&[]);
            files.name(vec![(path.to_path_buf(), Some(Node::File(at)))]);
            Ok(at)
        })?;
        Ok(Box::new(OpenFile { disk: self.clone(), path: path.to_path_buf(), at }))
    }

    fn open_to_append(&self, path: &Path) -> io::Result<Box<dyn Growing>> {
        let at = whole(self.writing("open", path), |files| files.file(path).ok_or_else(no_such))?;
        Ok(Box::new(OpenFile { disk: self.clone(), path: path.to_path_buf(), at }))
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
        let (mut inner, fate) = self.writing("write beside", path);
        match fate {
            Fate::Done => {}
            Fate::Failed(err) | Fate::Half(err) => return Err(err),
        }
        if !inner.files.is_folder(folder) {
            return Err(no_such());
        }
        let at = inner.files.add(bytes);
        drop(inner);
        whole(self.writing("sync beside", path), |files| {
            files.files[at].synced = files.files[at].bytes.len();
            Ok(())
        })?;
        whole(self.writing("rename", path), |files| {
            files.name(vec![(path.to_path_buf(), Some(Node::File(at)))]);
            Ok(())
        })?;
        self.sync_folder(folder)
    }

    fn make_folder(&self, folder: &Path, _like: Option<&Path>) -> io::Result<()> {
        self.make_one(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        whole(self.writing("sync folder", folder), |files| {
            files.sync_folder(folder);
            Ok(())
        })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        whole(self.writing("remove", path), |files| {
            files.file(path).ok_or_else(no_such)?;
            files.name(vec![(path.to_path_buf(), None)]);
            Ok(())
        })
    }

    fn try_writing(&self, folder: &Path) -> io::Result<()> {
        whole(
            self.writing("try writing", folder),
            |files| if files.is_folder(folder) { Ok(()) } else { Err(no_such()) },
        )
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>> {
        let file = path.to_path_buf();
        whole(self.writing("lock", path), |files| {
            if files.file(&file).is_none() {
                let at = files.add(&[]);
                files.name(vec![(file.clone(), Some(Node::File(at)))]);
            }
            Ok(())
        })?;
        if !self.inner().locks.insert(path.to_path_buf()) {
            return Ok(None);
        }
        Ok(Some(Box::new(Lock { disk: self.clone(), path: file })))
    }
}
