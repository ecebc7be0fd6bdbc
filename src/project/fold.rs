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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::case::Case;
    use crate::project::id::{CaseId, Id, Writer};
    use crate::project::record::Rank;

    fn case(name: &str, kind: &str) -> Arc<Case> {
        let id = CaseId(Id::at(1, [1; 10]));
        Arc::new(Case { id, name: name.into(), kind: kind.into(), rank: Rank::default() })
    }

    fn change(before: Option<&Arc<Case>>, after: Option<&Arc<Case>>) -> Change<Case> {
        Change { before: before.cloned(), after: after.cloned() }
    }

    fn at(n: u64) -> Stamp {
        Stamp(n, Writer::default())
    }

    /// The fold of changes with the numbers 1, 2, …: name and kind, whether gone, and the disputes.
    fn folded(changes: &[Change<Case>]) -> (String, bool, Vec<(u64, String, String)>) {
        let slot = fold_all(changes.iter().enumerate().map(|(n, change)| (at(n as u64 + 1), change))).expect("a slot");
        assert_eq!(slot.rev, at(changes.len() as u64), "the last line's stamp, whatever it did");
        let disputes = slot.disputes.into_iter().map(|d| (d.by.0, d.field, d.lost)).collect();
        (format!("{} {}", slot.record.name, slot.record.kind), slot.gone, disputes)
    }

    fn dispute(by: u64, field: &str, lost: &str) -> Vec<(u64, String, String)> {
        vec![(by, field.into(), lost.into())]
    }

    #[test]
    fn changes_of_different_fields_are_joined_and_of_the_same_field_the_later_stands() {
        let (one, kind, name, other) = (case("A", "x"), case("A", "y"), case("B", "x"), case("C", "x"));
        let made = change(None, Some(&one));
        let (set_kind, set_name, set_other) =
            (change(Some(&one), Some(&kind)), change(Some(&one), Some(&name)), change(Some(&one), Some(&other)));
        assert_eq!(folded(&[made.clone(), set_kind, set_name.clone()]), ("B y".into(), false, vec![]));
        let lost = dispute(3, "name", "\"B\"");
        assert_eq!(folded(&[made.clone(), set_name.clone(), set_other]), ("C x".into(), false, lost));
        assert_eq!(folded(&[made, set_name.clone(), set_name]), ("B x".into(), false, vec![]), "both want the same");
    }

    #[test]
    fn a_delete_counts_only_if_the_record_is_as_its_deleter_saw_it_and_an_edit_revives() {
        let (one, name) = (case("A", "x"), case("B", "x"));
        let made = change(None, Some(&one));
        let (rename, delete) = (change(Some(&one), Some(&name)), change(Some(&one), None));
        assert_eq!(folded(&[made.clone(), delete.clone()]), ("A x".into(), true, vec![]));
        let unheard = dispute(3, "record", "");
        assert_eq!(folded(&[made.clone(), rename.clone(), delete.clone()]), ("B x".into(), false, unheard));
        assert_eq!(folded(&[made.clone(), delete.clone(), rename]), ("B x".into(), false, vec![]));
        assert_eq!(folded(&[made.clone(), delete.clone(), delete.clone()]), ("A x".into(), true, vec![]));
        assert_eq!(folded(&[made.clone(), delete, made]), ("A x".into(), false, vec![]), "brought back");
    }

    #[test]
    fn two_who_make_the_same_record_do_not_lose_what_the_later_one_said() {
        let (one, other) = (case("A", "x"), case("A", "y"));
        let made = [change(None, Some(&one)), change(None, Some(&other))];
        assert_eq!(folded(&made), ("A x".into(), false, dispute(1, "kind", "\"y\"")));
        assert_eq!(folded(&[made[0].clone(), made[0].clone()]), ("A x".into(), false, vec![]));
    }

    #[test]
    fn a_line_whose_beginning_is_not_there_gives_the_record_as_its_writer_saw_it() {
        let (one, name) = (case("A", "x"), case("B", "x"));
        assert_eq!(folded(&[change(Some(&one), Some(&name))]), ("B x".into(), false, vec![]));
        assert_eq!(folded(&[change(Some(&one), None)]), ("A x".into(), true, vec![]));
        assert_eq!(fold(None, &change(None, None), at(1)), None);
    }
}
