//! Writing the record files: which of them a line touches, and which of those have changed.

use crate::project::Project;
use crate::project::id::{Id, SourceId};
use crate::project::put::{Kind, Put};
use crate::project::source::Source;
use crate::store::checkpoint::{Checkpoint, LOCAL, Mark, Seen, TOMBSTONES};
use crate::store::disk::Disk;
use crate::store::records::{File, ORPHANS, disputed, file_of, files_of, stem_of, tombstones};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// The record files as they are on disk, and which of them may have to be written again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Derived {
    files: BTreeMap<PathBuf, Mark>,
    all: bool,
    sorts: BTreeSet<File>,
    stems: BTreeSet<String>,
    /// Something changed that only the checkpoint has to know.
    stale: bool,
}

impl Derived {
    /// Record files as they were found; if they are not `settled`, each may have to be written.
    pub(crate) fn new(files: BTreeMap<PathBuf, Mark>, settled: bool) -> Self {
        Self { files, all: !settled, stale: !settled, ..Self::default() }
    }

    /// Whether there may be something to write.
    pub(crate) const fn is_stale(&self) -> bool {
        self.stale
    }

    /// Takes note that any of them may have to be written.
    pub(crate) const fn touch_all(&mut self) {
        (self.all, self.stale) = (true, true);
    }

    /// Takes note of puts; `project` has them already.
    pub(crate) fn touched<'a>(&mut self, project: &Project, puts: impl Iterator<Item = &'a Put>) {
        self.stale = true;
        for put in puts {
            match put {
                Put::Coding(change) => {
                    let sides = change.before.iter().chain(&change.after);
                    let known =
                        change.key().and_then(|id| project.codings().slot(id)).map(|slot| slot.record.at.source);
                    let sources: Vec<SourceId> = sides.map(|coding| coding.at.source).chain(known).collect();
                    self.stems.extend(sources.into_iter().map(|source| stem_of(project, source)));
                }
                Put::Source(change) => {
                    self.sorts.insert(File::Project);
                    self.stems.insert(ORPHANS.to_owned());
                    self.stems.extend(change.key().map(|source| stem_of(project, source)));
                    let folders = change.before.iter().chain(&change.after).map(|source| &source.folder);
                    self.stems.extend(folders.cloned());
                }
                // Their initials name folders.
                Put::Coder(_) => self.all = true,
                put => self.sorts.extend(put.target().map(|(kind, _)| file_of(kind))),
            }
        }
    }

    /// Takes note of records that were folded anew.
    pub(crate) fn refolded(&mut self, project: &Project, targets: &[(Kind, Id)]) {
        self.stale |= !targets.is_empty();
        for (kind, id) in targets {
            match kind {
                // Where it stood before is not known any more.
                Kind::Coding | Kind::Coder => self.all = true,
                Kind::Source => {
                    let folder = project.slot::<Source>((*id).into()).map(|slot| slot.record.folder.clone());
                    self.stems.extend(folder.into_iter().chain([ORPHANS.to_owned()]));
                    self.sorts.insert(File::Project);
                }
                kind => {
                    self.sorts.insert(file_of(*kind));
                }
            }
        }
    }

    /// Writes the record files that are not as `project` would have them, then the checkpoint, which says that they
    /// reflect `journals`.
    ///
    /// # Errors
    /// What the system says; then it is tried again the next time, and nothing is lost meanwhile.
    pub(crate) fn write(
        &mut self,
        disk: &dyn Disk,
        folder: &Path,
        project: &Project,
        journals: impl Iterator<Item = (String, Mark)>,
    ) -> Result<(), (PathBuf, io::Error)> {
        let mut changed: Vec<(PathBuf, Vec<u8>)> = Vec::new();
        let mut stale: Vec<PathBuf> = Vec::new();
        for sort in File::ALL {
            if !self.all && !self.sorts.contains(&sort) && (sort != File::Codings || self.stems.is_empty()) {
                continue;
            }
            let wanted = |stem: &str| self.all || self.stems.contains(stem);
            let files = files_of(project, sort, wanted);
            let ours = |path: &Path| {
                file_at(path) == Some(sort)
                    && (sort != File::Codings || path.file_stem().is_some_and(|stem| wanted(&stem.to_string_lossy())))
            };
            stale.extend(self.files.keys().filter(|path| ours(path) && !files.contains_key(*path)).cloned());
            let differs = |path: &PathBuf, bytes: &Vec<u8>| self.files.get(path) != Some(&Seen::of(bytes).mark());
            changed.extend(files.into_iter().filter(|(path, bytes)| differs(path, bytes)));
        }
        // A record that moves to another file is written there before it is taken out here.
        changed.sort_by_key(|(path, _)| path.file_stem().is_some_and(|stem| stem == ORPHANS));
        for (path, bytes) in changed {
            let whole = folder.join(&path);
            let above = whole.parent().unwrap_or(folder);
            let written = disk.make_folder(above, Some(folder)).and_then(|()| disk.replace(&whole, &bytes));
            written.map_err(|err| (path.clone(), err))?;
            self.files.insert(path, Seen::of(&bytes).mark());
        }
        for path in stale {
            match disk.remove(&folder.join(&path)) {
                Err(err) if err.kind() != io::ErrorKind::NotFound => return Err((path, err)),
                _ => self.files.remove(&path),
            };
        }
        self.write_checkpoint(disk, folder, project, journals)?;
        *self = Self { files: std::mem::take(&mut self.files), ..Self::default() };
        Ok(())
    }

    fn write_checkpoint(
        &self,
        disk: &dyn Disk,
        folder: &Path,
        project: &Project,
        journals: impl Iterator<Item = (String, Mark)>,
    ) -> Result<(), (PathBuf, io::Error)> {
        prepare_local(disk, folder).map_err(|err| (PathBuf::from(LOCAL), err))?;
        let gone = tombstones(project);
        disk.replace(&folder.join(TOMBSTONES), &gone).map_err(|err| (PathBuf::from(TOMBSTONES), err))?;
        let mut files = self.files.clone();
        files.insert(PathBuf::from(TOMBSTONES), Seen::of(&gone).mark());
        let checkpoint = Checkpoint::new(project.n(), disputes(project), journals, &files);
        checkpoint.write(disk, folder).map_err(|err| (PathBuf::from(LOCAL), err))
    }
}

/// Makes the folder for what is of no interest to others, and tells git so.
pub(crate) fn prepare_local(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    let local = folder.join(LOCAL);
    disk.make_folder(&local, Some(folder))?;
    let ignore = local.join(".gitignore");
    if disk.status(&ignore)?.is_none() {
        disk.replace(&ignore, b"*\n")?;
    }
    Ok(())
}

/// The sort of record file that a path (relative to the project) names.
fn file_at(path: &Path) -> Option<File> {
    let parts: Vec<&str> = path.iter().filter_map(|part| part.to_str()).collect();
    match parts.as_slice() {
        [name] => File::ALL.into_iter().find(|file| file.at_top() == Some(name)),
        ["coders", _, name] => File::ALL.into_iter().find(|file| file.of_coder() == Some(name)),
        ["coders", _, "codings", _] => Some(File::Codings),
        _ => None,
    }
}

/// How many disputes the standing records of a project have.
pub(crate) fn disputes(project: &Project) -> usize {
    disputed(project).iter().map(|(_, _, disputes)| disputes.len()).sum()
}
