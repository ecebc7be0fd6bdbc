//! Texts for work beside the screen: those at hand, the others read there.

use super::loading::Wanted;
use super::reading::Reading;
use crate::project::id::SourceId;
use crate::store::keep::{KeepError, Shelf};
use std::collections::HashMap;
use std::sync::Arc;

/// The present texts of some sources, to be read wherever they are needed.
pub struct Library {
    at_hand: HashMap<SourceId, Arc<Reading>>,
    wanted: HashMap<SourceId, Wanted>,
    shelf: Arc<dyn Shelf>,
}

impl Library {
    pub(super) const fn new(
        at_hand: HashMap<SourceId, Arc<Reading>>,
        wanted: HashMap<SourceId, Wanted>,
        shelf: Arc<dyn Shelf>,
    ) -> Self {
        Self { at_hand, wanted, shelf }
    }

    /// A text: the one at hand, else read from disk.
    ///
    /// # Errors
    /// If it is missing, is not the one that the record names, or was not asked for.
    pub fn read(&self, source: SourceId) -> Result<Arc<Reading>, KeepError> {
        if let Some(reading) = self.at_hand.get(&source) {
            return Ok(reading.clone());
        }
        let wanted = self.wanted.get(&source);
        wanted.ok_or_else(|| KeepError("that source is no longer in the study".into()))?.read(&*self.shelf)
    }
}
