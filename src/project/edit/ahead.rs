//! Trying edits one after the other, each seeing what those before it did, without doing any.

use super::{Edit, Project, Refusal, one};
use crate::project::id::{CoderId, Mint, Stamp, Writer};
use crate::project::view::{View, Whose};

/// A study as it will be once some edits are done.
pub struct Ahead<'a> {
    project: Project,
    coder: CoderId,
    whose: Whose,
    edits: Vec<Edit>,
    mint: &'a mut dyn Mint,
}

impl<'a> Ahead<'a> {
    /// The study as it is. The copy costs nothing.
    #[must_use]
    pub fn new(view: &View<'_>, mint: &'a mut dyn Mint) -> Self {
        Self { project: view.project().clone(), coder: view.coder(), whose: view.whose(), edits: Vec::new(), mint }
    }

    /// The study as it will be.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View::new(&self.project, self.coder).showing(self.whose)
    }

    /// Ids and time.
    pub fn mint(&mut self) -> &mut dyn Mint {
        self.mint
    }

    /// Goes on with an edit; one that would change nothing is passed over.
    ///
    /// # Errors
    /// Why it cannot be done.
    pub fn apply(&mut self, edit: Edit) -> Result<(), Refusal> {
        let step = match one(&View::new(&self.project, self.coder), &edit, self.mint) {
            Ok(step) => step,
            Err(Refusal::Idle(_)) => return Ok(()),
            Err(why) => return Err(why),
        };
        self.project.apply(Stamp(self.project.n() + 1, Writer::NOBODY), &step.puts);
        self.edits.push(edit);
        Ok(())
    }

    /// All of it as one edit, of none where nothing would change.
    #[must_use]
    pub fn into_edit(self) -> Edit {
        Edit::All(self.edits)
    }
}
