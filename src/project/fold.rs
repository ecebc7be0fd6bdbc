//! The fold: how journal lines become records.
//!
//! The project is the fold of all lines in the order of their stamps. The rule for one put is [`fold`]; it is total:
//! every put has a result, whatever was there before. Where two people changed the same field without knowing of each
//! other, the later line's value stands and the other is kept in the record's disputes, to be asked about.

use super::id::Stamp;
use super::record::{Change, Dispute, Record, Slot};
use std::sync::Arc;

/// What `change`, made by the line `stamp`, makes of `slot` (`None` where nothing is known of the record yet). Lines
/// must come in order; `None` is given back only for a change of nothing to nothing.
#[must_use]
pub fn fold<T: Record>(slot: Option<&Slot<T>>, change: &Change<T>, stamp: Stamp) -> Option<Slot<T>> {
    let known = slot.cloned();
    match (&change.before, &change.after) {
        (None, None) => known,
        // Create, or bring back what was deleted. What stands already is left as it is; what the line had instead (two
        // people said something of the same case at the same time) is kept beside it.
        (None, Some(after)) => Some(match known {
            Some(mut slot) if !slot.gone => {
                let lost = after.differing(&slot.record);
                let dispute = |(field, lost): (&str, String)| Dispute { by: slot.rev, field: field.to_owned(), lost };
                slot.disputes.extend(lost.into_iter().map(dispute));
                Slot { rev: stamp, ..slot }
            }
            Some(slot) => Slot { record: after.clone(), gone: false, rev: stamp, ..slot },
            None => Slot { record: after.clone(), gone: false, rev: stamp, disputes: Vec::new() },
        }),
        // A delete counts only if the record is as its deleter saw it.
        (Some(before), None) => Some(match known {
            None => Slot { record: before.clone(), gone: true, rev: stamp, disputes: Vec::new() },
            Some(slot) if slot.gone || slot.record == *before => Slot { gone: true, rev: stamp, ..slot },
            Some(mut slot) => {
                slot.disputes.push(Dispute { by: stamp, field: "record".into(), lost: String::new() });
                Slot { rev: stamp, ..slot }
            }
        }),
        // A change sets the fields it changes, and revives.
        (Some(before), Some(after)) => {
            let mut slot =
                known.unwrap_or_else(|| Slot { record: before.clone(), gone: false, rev: stamp, disputes: Vec::new() });
            if slot.record == *before {
                slot.record = after.clone();
            } else {
                let mut lost = Vec::new();
                Arc::make_mut(&mut slot.record).merge(before, after, &mut lost);
                slot.disputes.extend(lost.into_iter().map(|(field, lost)| Dispute {
                    by: stamp,
                    field: field.to_owned(),
                    lost,
                }));
            }
            Some(Slot { gone: false, rev: stamp, ..slot })
        }
    }
}

/// All changes of one record in the order of their stamps, from nothing.
#[must_use]
pub fn fold_all<'a, T: Record>(changes: impl Iterator<Item = (Stamp, &'a Change<T>)>) -> Option<Slot<T>> {
    changes.fold(None, |slot, (stamp, change)| fold(slot.as_ref(), change, stamp))
}
