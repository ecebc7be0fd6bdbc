//! Opening a folder, and making a new one.

use super::disk::Disk;
use super::keeper::FolderKeeper;
use crate::project::Project;
use crate::project::id::{CoderId, Mint, StudyId};
use crate::session::Study;
use crate::session::history::History;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Whether a folder is opened to work in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// To work in it. If it cannot be written, it is open read-only, and [`Opened::read_only`] says why.
    Write,
    /// To look only: nothing on disk is made or changed.
    ReadOnly,
}

/// Who opens a folder, and what comes from outside.
#[derive(Clone, Debug)]
pub struct Who {
    /// The coder's initials, if said.
    pub coder: Option<String>,
    /// A folder outside all projects where this program remembers which journals are its own and who coded last.
    /// `None` remembers nothing.
    pub state: Option<PathBuf>,
    /// Random, for the names of writers.
    pub seed: u64,
    /// The time now, for the lock.
    pub now: Timestamp,
    /// Whether others' journals are watched.
    pub live: bool,
    /// How long after the last line the record files are written; `None` leaves them to `finish`.
    pub rest: Option<Duration>,
    /// At how many bytes a journal's segment is closed and the next begun.
    pub segment: u64,
}

impl Who {
    /// Somebody at a screen: others are watched, record files written two seconds after the last line.
    #[must_use]
    pub fn new(coder: Option<&str>, mint: &mut dyn Mint) -> Self {
        Self {
            coder: coder.map(str::to_owned),
            state: None,
            seed: mint.random(),
            now: mint.now(),
            live: true,
            rest: Some(Duration::from_secs(2)),
            segment: 4 << 20,
        }
    }

    /// A script or test: nobody is watched, record files are written by `finish`.
    #[must_use]
    pub fn scripted(coder: Option<&str>, mint: &mut dyn Mint) -> Self {
        Self { live: false, rest: None, ..Self::new(coder, mint) }
    }

    /// The same, remembering in the folder `state`.
    #[must_use]
    pub fn remembering(self, state: Option<PathBuf>) -> Self {
        Self { state, ..self }
    }
}

/// An open folder.
pub struct Opened {
    /// The project.
    pub project: Project,
    /// Who codes.
    pub coder: CoderId,
    /// What they did before.
    pub history: History,
    /// Keeps what is done from now on.
    pub keeper: FolderKeeper,
    /// What is to be told once: torn lines, disputes, rings.
    pub notes: Vec<String>,
    /// Why nothing can be written, if so.
    pub read_only: Option<String>,
}

impl Opened {
    /// The open study.
    #[must_use]
    pub fn study(self, mint: Box<dyn Mint + Send>) -> Study {
        Study::new(self.project, self.coder, Box::new(self.keeper), mint, self.history)
    }
}

/// Why a folder cannot be opened or made: one clear sentence.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum OpenError {
    /// Nothing there.
    #[error("there is no folder {}; `emic new` makes a project", .0.display())]
    Missing(PathBuf),
    /// A file.
    #[error("{} is a file, not the folder of a project", .0.display())]
    NotAFolder(PathBuf),
    /// A folder of something else.
    #[error("{} is not a project: it has neither project.ron nor a journal; `emic new` makes one", .0.display())]
    NotAProject(PathBuf),
    /// The system does not let us read it.
    #[error("{} cannot be read: {why}", .path.display())]
    Unreadable {
        /// What.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// Who codes is not known.
    #[error("{0}")]
    Coder(String),
    /// The files are not what they should be.
    #[error("{0}")]
    Damaged(String),
    /// A new project was to be made where something is.
    #[error("{} is not empty; a new project needs a folder of its own", .0.display())]
    NotEmpty(PathBuf),
    /// A new project could not be written.
    #[error("{} cannot be written: {why}", .path.display())]
    Unwritable {
        /// What.
        path: PathBuf,
        /// Why.
        why: String,
    },
}

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

/// Opens the project in `folder`.
///
/// # Errors
/// One clear sentence: what is missing or wrong, and what to do. Nothing on disk has changed then.
pub fn open(disk: Arc<dyn Disk>, folder: &Path, who: Who, access: Access) -> Result<Opened, OpenError> {
    let _ = (disk, who, access);
    Err(OpenError::Missing(folder.to_path_buf()))
}

/// Makes a new project in `folder`, which must be absent or empty, with its first coder. Open it then.
///
/// # Errors
/// If there is something in the folder, the names will not do, or it cannot be written.
pub fn create(
    disk: &Arc<dyn Disk>,
    folder: &Path,
    new: &NewProject,
    mint: &mut dyn Mint,
) -> Result<StudyId, OpenError> {
    let _ = (disk, new, mint);
    Err(OpenError::NotEmpty(folder.to_path_buf()))
}
