//! What this program remembers outside the project: which journal is its own, and who coded last.
//!
//! A writer's name belongs to one copy of the folder on one machine. It is taken up again only by whoever can take its
//! note away (of two programs only one can) and finds the journal exactly as the note says; in any doubt there is a new
//! writer, which is always safe. So the note may be lost, stale or copied at any time.

use super::checkpoint::Mark;
use super::disk::Disk;
use super::journal::{FOLDER, one_line};
use crate::project::id::{StudyId, Writer};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// A journal as this program left it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Left {
    /// Whose.
    pub writer: Writer,
    /// Which of its files was written last.
    pub segment: u32,
    /// How it ended.
    pub mark: Mark,
}

/// Where things are remembered about one copy of a project.
#[derive(Clone, Debug)]
pub struct Memory {
    state: Option<PathBuf>,
    key: String,
}

impl Memory {
    /// What is remembered in the folder `state` about the project `study` in `folder`; nothing without a `state`.
    #[must_use]
    pub fn new(disk: &dyn Disk, state: Option<&Path>, study: StudyId, folder: &Path) -> Self {
        let path = disk.canonical(folder);
        let digest = HEXLOWER.encode(&Sha256::digest(path.to_string_lossy().as_bytes())[..8]);
        Self { state: state.map(Path::to_path_buf), key: format!("{study}-{digest}") }
    }

    fn file(&self, what: &str) -> Option<PathBuf> {
        Some(self.state.as_ref()?.join(format!("{}-{what}.ron", self.key)))
    }

    /// Whether anything is remembered at all.
    #[must_use]
    pub const fn remembers(&self) -> bool {
        self.state.is_some()
    }

    /// The journal that `initials` left here, if nobody else has taken it up. It is not remembered any more then.
    #[must_use]
    pub fn take(&self, disk: &dyn Disk, initials: &str) -> Option<Left> {
        let path = self.file(&format!("writer-{initials}"))?;
        let bytes = disk.read(&path).ok()?;
        // Whoever removes the note has it.
        disk.remove(&path).ok()?;
        ron::de::from_bytes(&bytes).ok()
    }

    /// Remembers how a journal was left. If that fails, the next session begins a new one.
    pub fn leave(&self, disk: &dyn Disk, initials: &str, left: &Left) {
        if let (Some(path), Some(state)) = (self.file(&format!("writer-{initials}")), &self.state) {
            let made = disk.make_folder(state, None);
            let _ = made.and_then(|()| disk.replace(&path, (one_line(left) + "\n").as_bytes()));
        }
    }

    /// The initials of who coded here last.
    #[must_use]
    pub fn last_coder(&self, disk: &dyn Disk) -> Option<String> {
        ron::de::from_bytes(&disk.read(&self.file("coder")?).ok()?).ok()
    }

    /// Remembers who codes here.
    pub fn set_last_coder(&self, disk: &dyn Disk, initials: &str) {
        if let (Some(path), Some(state)) = (self.file("coder"), &self.state) {
            let made = disk.make_folder(state, None);
            let _ = made.and_then(|()| disk.replace(&path, (one_line(&initials) + "\n").as_bytes()));
        }
    }
}

/// A writer for a coder of these initials that the project in `folder` does not have yet.
#[must_use]
pub fn new_writer(disk: &dyn Disk, folder: &Path, initials: &str, rng: &mut fastrand::Rng) -> Writer {
    const LETTERS: &[u8] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let initials: String = initials.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let initials = if initials.is_empty() { "X".to_owned() } else { initials };
    let taken = disk.list(&folder.join(FOLDER)).unwrap_or_default();
    loop {
        let random: String = (0..4).map(|_| char::from(LETTERS[rng.usize(..LETTERS.len())])).collect();
        let name = format!("{initials}-{random}");
        let free = !taken.iter().any(|found| found.name.to_lowercase().starts_with(&name.to_lowercase()));
        if let Some(writer) = Writer::new(&name).filter(|_| free) {
            return writer;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::FaultyDisk;

    #[test]
    fn of_two_programs_only_one_takes_up_a_writer() {
        let disk = FaultyDisk::new(1);
        let state = Path::new("/state");
        let memory = Memory::new(&disk, Some(state), StudyId::default(), Path::new("/study"));
        let writer = Writer::new("PB-7k3f").unwrap_or_default();
        let left = Left { writer, segment: 2, mark: Mark(77, 1) };
        memory.leave(&disk, "PB", &left);
        assert_eq!(memory.take(&disk, "DC"), None);
        assert_eq!(memory.take(&disk, "PB"), Some(left));
        assert_eq!(memory.take(&disk, "PB"), None);
        let elsewhere = Memory::new(&disk, Some(state), StudyId::default(), Path::new("/copy"));
        memory.set_last_coder(&disk, "PB");
        assert_eq!(memory.last_coder(&disk).as_deref(), Some("PB"));
        assert_eq!(elsewhere.last_coder(&disk), None);
    }
}
