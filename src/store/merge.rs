//! Joining two copies of a project that went separate ways, for folders that went by mail. (Copies that went by git are
//! joined by git; nothing need be called then.)
//!
//! What is joined are lines and texts; the record files are derived from them. A file of one writer that is longer in
//! one copy takes the place of the shorter. If each has lines that the other lacks, two programs took themselves for
//! the same writer: then both files are kept, the second under a name with its digest.

use super::checkpoint::{LOCAL, Seen};
use super::disk::Disk;
use super::journal::{FOLDER, JournalFile, read_journals, read_lines};
use super::keeper::{Derived, prepare_local};
use super::load::{derive, in_order, load_from_lines, look_at, read_records, unreadable, which};
use super::open::OpenError;
use super::records::Records;
use super::texts::{beside, digest};
use crate::project::Project;
use crate::project::id::{Id, Stamp};
use crate::project::put::{Kind, Put};
use crate::project::step::Line;
use crate::project::study::Study;
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

/// What a merge did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Merged {
    /// How many lines are new.
    pub lines: usize,
    /// How many texts and other files of sources are new.
    pub texts: usize,
    /// What is to be told.
    pub notes: Vec<String>,
}

/// Takes what the project in `from` has and the one in `into` lacks into the latter. `from` is not changed. Doing it
/// again changes nothing, and the two ways round give the same project.
///
/// # Errors
/// If they are different projects, one of them is damaged, or `into` cannot be written.
pub fn merge(disk: &dyn Disk, into: &Path, from: &Path) -> Result<Merged, OpenError> {
    let here = load_from_lines(disk, into)?;
    if let Some(why) = here.locked.first() {
        return Err(OpenError::Damaged(format!("{} cannot take anything in: {why}", into.display())));
    }
    look_at(disk, from)?;
    let there = read_records(disk, from)?;
    let journals = read_journals(disk, from, None).map_err(|(name, err)| unreadable(&from.join(name), &err))?;
    let study = which(from, &there.records, &journals.files)?;
    if study != here.study {
        return Err(OpenError::Damaged(format!(
            "{} and {} are different projects ({} and {}); only copies of one project can be merged",
            into.display(),
            from.display(),
            title(&here.project),
            title(&Project::new(there.records.tables, there.records.codings.into_iter())),
        )));
    }
    let mut merged = Merged::default();
    let mut damage = journals.locked;
    damage.extend(there.bad.iter().map(|bad| bad.what.clone()));
    let files: Vec<&JournalFile> = journals.files.iter().filter(|file| file.header.project == study).collect();
    let readings: Vec<_> = files.iter().map(|file| (*file, read_lines(file, 0))).collect();
    damage.extend(readings.iter().flat_map(|(_, reading)| reading.damage.clone()));
    if let Some(why) = damage.first() {
        return Err(OpenError::Damaged(format!("{} cannot be merged: {why}", from.display())));
    }
    let mut lines: Vec<(Stamp, &[u8], Line)> = Vec::new();
    for file in &here.journals {
        lines.extend(read_lines(file, 0).lines);
    }
    let known: HashSet<(Stamp, &[u8])> = lines.iter().map(|(stamp, text, _)| (*stamp, *text)).collect();
    let mut new_files: Vec<(PathBuf, &[u8])> = Vec::new();
    for (file, reading) in readings {
        let new = reading.lines.iter().filter(|(stamp, text, _)| !known.contains(&(*stamp, *text))).count();
        if new > 0 {
            let good = &file.bytes[..reading.torn.unwrap_or(file.bytes.len())];
            new_files.push((Path::new(FOLDER).join(target(&here.journals, file, good)), good));
        }
        merged.lines += new;
        lines.extend(reading.lines);
    }
    in_order(&mut lines);
    let named: HashSet<(Kind, Id)> = lines.iter().flat_map(|(_, _, line)| &line.puts).filter_map(Put::target).collect();
    let own = unnamed(read_records(disk, into)?.records, &named);
    let mut records = own.clone();
    records.join(unnamed(there.records, &named));
    let project = derive(records, &named, &lines);
    if project != derive(own, &named, &lines) {
        // They stand in record files only, which whoever has the project open may write over.
        must_be_closed(disk, into)?;
    }

    let unwritable =
        |path: &Path, err: &io::Error| OpenError::Unwritable { path: path.to_path_buf(), why: err.to_string() };
    prepare_local(disk, into).map_err(|err| unwritable(into, &err))?;
    merged.texts = texts(disk, into, from, &mut merged.notes)?;
    for (path, good) in new_files {
        let path = into.join(path);
        let written = disk.make_folder(&into.join(FOLDER), Some(into)).and_then(|()| disk.replace(&path, good));
        written.map_err(|err| unwritable(&path, &err))?;
    }
    let journals = read_journals(disk, into, Some(study)).map_err(|(name, err)| unreadable(&into.join(name), &err))?;
    let seen = journals.files.iter().map(|file| {
        let to = read_lines(file, 0).torn.unwrap_or(file.bytes.len());
        (file.name.clone(), Seen::of(&file.bytes[..to]).mark())
    });
    Derived::new(here.files, false)
        .write(disk, into, &project, seen.collect::<Vec<_>>().into_iter())
        .map_err(|(path, err)| unwritable(&into.join(path), &err))?;
    Ok(merged)
}

fn must_be_closed(disk: &dyn Disk, folder: &Path) -> Result<(), OpenError> {
    let local = folder.join(LOCAL);
    let found = disk.list(&local).map_err(|err| unreadable(&local, &err))?;
    for lock in found.iter().filter(|found| found.name.starts_with("lock-") && !found.name.ends_with(".ron")) {
        if matches!(disk.lock(&local.join(&lock.name)), Ok(None)) {
            let why = "Emic is open on it; close it first".to_owned();
            return Err(OpenError::Unwritable { path: folder.to_path_buf(), why });
        }
    }
    Ok(())
}

fn unnamed(mut records: Records, named: &HashSet<(Kind, Id)>) -> Records {
    records.without(named);
    records
}

fn title(project: &Project) -> String {
    project.all::<Study>().next().map_or_else(|| "without a title".into(), |study| format!("“{}”", study.title))
}

/// Under which name a journal that has new lines is taken in.
fn target(here: &[JournalFile], file: &JournalFile, good: &[u8]) -> PathBuf {
    match here.iter().find(|known| known.name == file.name) {
        // One that begins as ours does and goes on takes its place.
        Some(known) if !good.starts_with(&known.bytes[..known.complete()]) => beside(Path::new(&file.name), good),
        _ => PathBuf::from(&file.name),
    }
}

/// Copies what the sources have here and not there. A file that both have with other bytes is kept beside the other.
fn texts(disk: &dyn Disk, into: &Path, from: &Path, notes: &mut Vec<String>) -> Result<usize, OpenError> {
    let mut count = 0;
    let mut folders = vec![PathBuf::from("sources")];
    while let Some(folder) = folders.pop() {
        let whole = from.join(&folder);
        for found in disk.list(&whole).map_err(|err| unreadable(&whole, &err))? {
            let path = folder.join(&found.name);
            if found.is_folder {
                folders.push(path);
                continue;
            }
            let bytes = disk.read(&from.join(&path)).map_err(|err| unreadable(&from.join(&path), &err))?;
            let mut to = path.clone();
            match disk.read(&into.join(&path)) {
                Ok(own) if own == bytes => continue,
                Ok(_) => {
                    to = beside(&path, &bytes);
                    if disk.read(&into.join(&to)).is_ok_and(|own| digest(&own) == digest(&bytes)) {
                        continue;
                    }
                    notes.push(format!(
                        "{} is another text in {}; it is kept as {}.",
                        path.display(),
                        from.display(),
                        to.display()
                    ));
                }
                Err(err) if err.kind() == io::ErrorKind::NotFound => {}
                Err(err) => return Err(unreadable(&into.join(&path), &err)),
            }
            let to = into.join(to);
            let above = to.parent().unwrap_or(into);
            let written = disk.make_folder(above, Some(into)).and_then(|()| disk.replace(&to, &bytes));
            written.map_err(|err| OpenError::Unwritable { path: to, why: err.to_string() })?;
            count += 1;
        }
    }
    Ok(count)
}
