//! What two people changed at once, over all records.

use super::kinds::{EachKind, File, each_kind};
use crate::project::Project;
use crate::project::id::{CoderId, Id};
use crate::project::put::{Kind, Tabled};
use crate::project::record::Dispute;

/// The standing records that have disputes, with them.
#[must_use]
pub fn disputed(project: &Project) -> Vec<(Kind, Id, Vec<Dispute>)> {
    struct Look<'a>(&'a Project, Vec<(Kind, Id, Vec<Dispute>)>);
    impl EachKind for Look<'_> {
        fn kind<T: Tabled>(&mut self, _: File, _: &str, _: &str, _: fn(&T) -> Option<CoderId>) {
            let slots = T::table(self.0.tables()).values().filter(|slot| !slot.gone && !slot.disputes.is_empty());
            self.1.extend(slots.map(|slot| (T::KIND, slot.record.key().into(), slot.disputes.clone())));
        }
    }
    let mut look = Look(project, Vec::new());
    each_kind(&mut look);
    let codings = project.codings().sources().flat_map(|(_, index)| index.iter()).map(|entry| &entry.slot);
    let disputed = codings.filter(|slot| !slot.disputes.is_empty());
    look.1.extend(disputed.map(|slot| (Kind::Coding, slot.record.id.0, slot.disputes.clone())));
    look.1
}
