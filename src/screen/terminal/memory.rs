//! Where it is remembered how a study was left: a small file a study in the state folder of this user.

use crate::screen::app::App;
use crate::screen::remember::Remembered;
use std::fs::{self, DirBuilder};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The file of the open study, and what was in force when it was opened.
pub(super) struct Memory {
    file: PathBuf,
    theme: String,
}

impl Memory {
    /// Brings `app` to how its study was left; `folder` is the state folder. A project that is no study yet is not
    /// remembered, and what cannot be read is passed over.
    pub(super) fn recall(folder: &Path, app: &mut App) -> Option<Self> {
        let id = app.study.view().study()?.id;
        let memory = Self { file: folder.join("projects").join(format!("{id}.ron")), theme: app.theme.clone() };
        if let Some(left) = fs::read_to_string(&memory.file).ok().as_deref().and_then(Remembered::read) {
            left.apply(app);
        }
        Some(memory)
    }

    /// Writes down how the study is left, in one piece. That it cannot is no reason to disturb anybody.
    pub(super) fn keep(&self, app: &App) {
        let _kept = self.write(&Remembered::of(app, &self.theme).write());
    }

    fn write(&self, text: &str) -> io::Result<()> {
        let Some(folder) = self.file.parent() else { return Ok(()) };
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.persist(&self.file)?;
        Ok(())
    }
}
