//! Making a new project, and laying out one that the program brings along.

use super::checkpoint::Seen;
use super::disk::Disk;
use super::identity::new_writer;
use super::journal::{FOLDER, Header, SCHEMA, line_text};
use super::keeper::{Derived, prepare_local};
use super::open::OpenError;
use crate::project::Project;
use crate::project::edit::{Edit, plan};
use crate::project::id::{CoderId, Mint, Stamp, StudyId};
use crate::project::study::Study;
use crate::project::view::View;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Tells git to join record files and journals line by line, and to leave texts exactly as they are.
const GIT_ATTRIBUTES: &str = "*.ron -text merge=union\nsources/** -text\n";

/// A project to make.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewProject {
    /// Its title.
    pub title: String,
    /// The initials of its first coder.
    pub initials: String,
    /// Their name, or nothing.
    pub name: String,
}

/// Makes a new project in `folder`, which must be absent or empty (hidden files such as git's may be there), with its
/// first coder. Open it then.
///
/// # Errors
/// If there is something in the folder, the names will not do, or it cannot be written.
pub fn create(disk: &dyn Disk, folder: &Path, new: &NewProject, mint: &mut dyn Mint) -> Result<StudyId, OpenError> {
    let coder = CoderId(mint.id());
    let edit = Edit::All(vec![
        Edit::Found { title: new.title.clone() },
        Edit::AddCoder { id: coder, initials: new.initials.clone(), name: new.name.clone() },
    ]);
    let mut project = Project::default();
    let mut step = plan(&View::new(&project, coder), &edit, mint).map_err(|err| OpenError::Refused(err.to_string()))?;
    // Undo passes over it: a study is not undone to nothing.
    step.quiet = true;
    must_be_free(disk, folder)?;
    let unwritable = |path: &Path, why: String| OpenError::Unwritable { path: path.to_path_buf(), why };

    let writer = new_writer(disk, folder, &new.initials, &mut fastrand::Rng::with_seed(mint.random()));
    let line = step.line(1, writer, mint);
    project.apply(Stamp(1, writer), &line.puts);
    let study = project.all::<Study>().next().map(|study| study.id).unwrap_or_default();
    let header = Header { project: study, writer, coder, initials: new.initials.clone(), schema: SCHEMA, segment: 1 };
    let prepare = || -> io::Result<()> {
        disk.make_folder(folder, None)?;
        prepare_local(disk, folder)?;
        let attributes = folder.join(".gitattributes");
        if disk.status(&attributes)?.is_none() {
            disk.replace(&attributes, GIT_ATTRIBUTES.as_bytes())?;
        }
        Ok(())
    };
    prepare().map_err(|err| unwritable(folder, err.to_string()))?;
    // Whole or not at all: with half of it the folder would be a project without a coder.
    let journal = header.to_text() + &line_text(&line);
    let path = header.path(folder);
    let written =
        disk.make_folder(&folder.join(FOLDER), Some(folder)).and_then(|()| disk.replace(&path, journal.as_bytes()));
    written.map_err(|err| unwritable(&path, err.to_string()))?;
    let journals = [(header.file_name(), Seen::of(journal.as_bytes()).mark())];
    let mut derived = Derived::new(BTreeMap::new(), false);
    derived
        .write(disk, folder, &project, journals.into_iter())
        .map_err(|(path, err)| unwritable(&folder.join(path), err.to_string()))?;
    Ok(study)
}

/// Lays out a project that the program brings along: paths relative to the folder, and bytes. The folder must be absent
/// or empty.
///
/// # Errors
/// If there is something in the folder, or it cannot be written.
pub fn lay_out(disk: &dyn Disk, folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> Result<(), OpenError> {
    must_be_free(disk, folder)?;
    let write = |path: &Path, bytes: &[u8]| -> io::Result<()> {
        if let Some(above) = path.parent() {
            disk.make_folder(above, Some(folder))?;
        }
        disk.replace(path, bytes)
    };
    disk.make_folder(folder, None)
        .map_err(|err| OpenError::Unwritable { path: folder.to_path_buf(), why: err.to_string() })?;
    for (path, bytes) in files {
        let path = folder.join(path);
        write(&path, bytes).map_err(|err| OpenError::Unwritable { path, why: err.to_string() })?;
    }
    Ok(())
}

fn must_be_free(disk: &dyn Disk, folder: &Path) -> Result<(), OpenError> {
    let unreadable = |err: io::Error| OpenError::Unreadable { path: folder.to_path_buf(), why: err.to_string() };
    if disk.status(folder).map_err(unreadable)?.is_some_and(|status| !status.is_folder) {
        return Err(OpenError::NotAFolder(folder.to_path_buf()));
    }
    for found in disk.list(folder).map_err(unreadable)? {
        // What an attempt that was cut off has left is no hindrance.
        let left_over = found.name == FOLDER && disk.list(&folder.join(FOLDER)).map_err(unreadable)?.is_empty();
        if !found.name.starts_with('.') && !left_over {
            return Err(OpenError::NotEmpty(folder.to_path_buf()));
        }
    }
    Ok(())
}
