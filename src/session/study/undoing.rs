//! Taking back what this coder did, and doing it again.

use super::{EditError, Study, Undone};
use crate::project::history::{Deed, History};
use crate::project::undo::{self, take_back};

impl Study {
    /// Takes back this coder's newest deed that is not taken back yet.
    ///
    /// # Errors
    /// If there is none, or nothing of it is left.
    pub fn undo(&mut self) -> Result<Undone, EditError> {
        let deed = self.history.to_undo().cloned().ok_or(EditError::Nothing("undo"))?;
        let undone = self.swap(&deed);
        if matches!(undone, Err(EditError::Overtaken(_))) {
            self.history.drop_undo();
        }
        undone
    }

    /// Does again what was taken back last.
    ///
    /// # Errors
    /// If there is nothing, or nothing of it is left.
    pub fn redo(&mut self) -> Result<Undone, EditError> {
        let deed = self.history.to_redo().cloned().ok_or(EditError::Nothing("redo"))?;
        let undone = self.swap(&deed);
        if matches!(undone, Err(EditError::Overtaken(_))) {
            self.history.drop_redo();
        }
        undone
    }

    /// What an undo and a redo would concern, for menus.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }

    fn swap(&mut self, deed: &Deed) -> Result<Undone, EditError> {
        if let Some(why) = self.keeper.read_only() {
            return Err(EditError::ReadOnly(why));
        }
        let line = match self.recent.get(&deed.stamp) {
            Some(line) => line.clone(),
            None => self.keeper.line(deed.stamp)?,
        };
        undo::allowed(&self.view(), &line.puts)?;
        let (step, kept) = take_back(&self.project, deed.stamp, &deed.did, &line.puts);
        if step.puts.is_empty() {
            return Err(EditError::Overtaken(deed.did.clone()));
        }
        let done = self.commit(step, Vec::new());
        Ok(Undone { did: deed.did.clone(), kept, puts: done.puts })
    }
}
