//! The texts of sources: files that are written once and never change.

use super::disk::Disk;
use crate::store::keep::{KeepError, NewFile, turns_file, words_file};
use crate::text::turns::Turns;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};

/// The SHA-256 of these bytes in hex, as the record of a version names it.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// Writes files that a line names, each with its folder, and waits until they are safe. A file that is there already
/// with other bytes stays: two people can have corrected a text at the same time. The new one is then put beside it,
/// under a name with its digest, where [`words`] finds it.
///
/// # Errors
/// Which file, and what the system says.
pub fn write(disk: &dyn Disk, folder: &Path, files: &[NewFile]) -> Result<(), (PathBuf, io::Error)> {
    for file in files {
        let one = |path: &Path| {
            let path = folder.join(path);
            if let Some(above) = path.parent() {
                disk.make_folder(above, Some(folder))?;
            }
            if disk.status(&path)?.is_none() {
                disk.replace(&path, &file.bytes)?;
                return Ok(true);
            }
            // It may have been written by an attempt that failed later, so its folder is synced again.
            path.parent().map_or(Ok(()), |above| disk.sync_folder(above))?;
            Ok(disk.read(&path)? == file.bytes)
        };
        let there = one(&file.path).map_err(|err| (file.path.clone(), err))?;
        if !there {
            let beside = beside(&file.path, &file.bytes);
            one(&beside).map_err(|err| (beside, err))?;
        }
    }
    Ok(())
}

/// The name beside `path` for other bytes than those that have the name: with the beginning of their digest.
#[must_use]
pub fn beside(path: &Path, bytes: &[u8]) -> PathBuf {
    beside_digest(path, &digest(bytes))
}

fn beside_digest(path: &Path, digest: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    let short: String = digest.chars().take(8).collect();
    path.with_file_name(format!("{stem}-{short}{ending}"))
}

/// Whether `folder` names a folder within `sources/` and nowhere else: records come from files that anybody may have
/// written.
#[must_use]
pub fn is_plain(folder: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    !folder.is_empty() && folder.bytes().all(plain)
}

/// The words of version `number` of the source in `sources/<source>`, whose digest is `sha256`. `waiting` are files
/// that are still to be written.
///
/// # Errors
/// If the file is missing or has other words, with what can be done about it.
pub fn words(
    disk: &dyn Disk,
    folder: &Path,
    waiting: &[NewFile],
    source: &str,
    number: u32,
    sha256: &str,
) -> Result<String, KeepError> {
    plain(source)?;
    let path = words_file(source, number);
    let mut why = None;
    for path in [path.clone(), beside_digest(&path, sha256)] {
        match read(disk, folder, waiting, &path) {
            Ok(bytes) if digest(&bytes) == sha256 => {
                return String::from_utf8(bytes)
                    .map_err(|_| KeepError(format!("{} is not UTF-8", folder.join(&path).display())));
            }
            Ok(_) => {
                why = Some("its words are not those that were coded (its digest differs)".to_owned());
            }
            Err(err) if err.kind() == io::ErrorKind::NotFound => {}
            Err(err) => why = Some(format!("it cannot be read ({err})")),
        }
    }
    let why = why.unwrap_or_else(|| "it is missing".to_owned());
    Err(KeepError(format!("{}: {why}; get it back from a backup or a colleague", folder.join(path).display())))
}

/// The accepted turns number `turns` of version `number` of the source in `sources/<source>`.
///
/// # Errors
/// If the file is missing or damaged: where, and what was expected.
pub fn turns(
    disk: &dyn Disk,
    folder: &Path,
    waiting: &[NewFile],
    source: &str,
    number: u32,
    turns: u32,
) -> Result<Turns, KeepError> {
    plain(source)?;
    let path = turns_file(source, number, turns);
    let shown = folder.join(&path);
    let bytes = read(disk, folder, waiting, &path).map_err(|err| match err.kind() {
        io::ErrorKind::NotFound => {
            KeepError(format!("{} is missing; get it back from a backup or a colleague", shown.display()))
        }
        _ => KeepError(format!("{} cannot be read: {err}", shown.display())),
    })?;
    ron::de::from_bytes(&bytes).map_err(|err| KeepError(format!("{}, {err}", shown.display())))
}

fn plain(source: &str) -> Result<(), KeepError> {
    if is_plain(source) { Ok(()) } else { Err(KeepError(format!("{source:?} cannot be the folder of a source"))) }
}

fn read(disk: &dyn Disk, folder: &Path, waiting: &[NewFile], path: &Path) -> io::Result<Vec<u8>> {
    match waiting.iter().find(|file| file.path == path) {
        Some(file) => Ok(file.bytes.clone()),
        None => disk.read(&folder.join(path)),
    }
}
