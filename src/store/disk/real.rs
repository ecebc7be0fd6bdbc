//! The disk as it is.

use super::{Disk, Found, Growing, Held, Status};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The real disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

struct RealFile(File);

struct RealLock(#[expect(dead_code, reason = "the lock is held as long as the file is open")] File);

impl Held for RealLock {}

impl Growing for RealFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn status(&self) -> io::Result<Status> {
        Ok(status_of(&self.0.metadata()?))
    }
}

impl Disk for RealDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn read_from(&self, path: &Path, offset: u64) -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Found>> {
        let entries = match fs::read_dir(folder) {
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut found = Vec::new();
        for entry in entries {
            let entry = entry?;
            // A file may go between being listed and being looked at; a link counts as what it leads to.
            let Ok(metadata) = fs::metadata(entry.path()) else { continue };
            let Ok(name) = entry.file_name().into_string() else { continue };
            let is_folder = metadata.is_dir();
            found.push(Found { name, is_folder, len: if is_folder { 0 } else { metadata.len() } });
        }
        found.sort();
        Ok(found)
    }

    fn status(&self, path: &Path) -> io::Result<Option<Status>> {
        match fs::metadata(path) {
            Ok(metadata) => Ok(Some(status_of(&metadata))),
            Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(err) => Err(err),
        }
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf())
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn Growing>> {
        let file = OpenOptions::new().append(true).create_new(true).open(path)?;
        like_its_folder(&file, path);
        Ok(Box::new(RealFile(file)))
    }

    fn open_to_append(&self, path: &Path) -> io::Result<Box<dyn Growing>> {
        Ok(Box::new(RealFile(OpenOptions::new().append(true).open(path)?)))
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
        let mut beside = tempfile::Builder::new().prefix(".emic-").suffix(".new").tempfile_in(folder)?;
        beside.write_all(bytes)?;
        like_its_folder(beside.as_file(), path);
        beside.as_file().sync_all()?;
        beside.persist(path).map_err(|err| err.error)?;
        self.sync_folder(folder)
    }

    fn make_folder(&self, folder: &Path, like: Option<&Path>) -> io::Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        let above = folder.parent().filter(|above| !above.as_os_str().is_empty());
        if let Some(above) = above {
            self.make_folder(above, like)?;
        }
        match make_one(folder, like) {
            Err(err) if err.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
            made => made?,
        }
        above.map_or(Ok(()), |above| self.sync_folder(above))
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        match File::open(folder)?.sync_all() {
            // Some network file systems cannot sync a folder; they have nothing to wait for either.
            Err(err) if matches!(err.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
            synced => synced,
        }
    }

    #[cfg(not(unix))]
    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        // Folders cannot be opened for syncing there; names are journaled by the file system.
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn try_writing(&self, folder: &Path) -> io::Result<()> {
        tempfile::tempfile_in(folder).map(drop)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(RealLock(file)))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(err)) => Err(err),
        }
    }
}

#[cfg(unix)]
fn status_of(metadata: &fs::Metadata) -> Status {
    use std::os::unix::fs::MetadataExt;
    Status { len: metadata.len(), is_folder: metadata.is_dir(), identity: Some((metadata.dev(), metadata.ino())) }
}

#[cfg(not(unix))]
fn status_of(metadata: &fs::Metadata) -> Status {
    Status { len: metadata.len(), is_folder: metadata.is_dir(), identity: None }
}

/// Gives a new file the group of its folder, and lets those read and write it who may do so with the folder: a team
/// that shares a folder can then read each other's files. Done as far as the system allows; nothing depends on it.
#[cfg(unix)]
fn like_its_folder(file: &File, path: &Path) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let Some(Ok(folder)) = path.parent().map(fs::metadata) else { return };
    if let Ok(own) = file.metadata()
        && own.gid() != folder.gid()
    {
        let _ = fchown(file, None, Some(folder.gid()));
    }
    let _ = file.set_permissions(fs::Permissions::from_mode(folder.mode() & 0o666));
}

#[cfg(not(unix))]
fn like_its_folder(_file: &File, _path: &Path) {}

#[cfg(unix)]
fn make_one(folder: &Path, like: Option<&Path>) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown};
    fs::DirBuilder::new().mode(0o700).create(folder)?;
    if let Some(Ok(like)) = like.map(fs::metadata) {
        let _ = chown(folder, None, Some(like.gid()));
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(like.mode() & 0o7777));
    }
    Ok(())
}

#[cfg(not(unix))]
fn make_one(folder: &Path, _like: Option<&Path>) -> io::Result<()> {
    fs::create_dir(folder)
}
