//! Undo: the swap of a step's puts against what stands now.

use super::Project;
use super::id::Stamp;
use super::put::{Put, Tabled, for_tabled_put};
use super::record::{Change, Record};
use super::step::Step;
use std::sync::Arc;

/// The step that takes back the line `stamp`, and the fields that stay because somebody changed them since.
///
/// Undoing an undo is a redo: both are the swap of a line. A step without puts means that nothing of it can be taken
/// back any more.
#[must_use]
pub fn take_back(project: &Project, stamp: Stamp, did: &str, puts: &[Put]) -> (Step, Vec<&'static str>) {
    let mut kept = Vec::new();
    let mut back = Vec::with_capacity(puts.len());
    for put in puts.iter().rev() {
        for_tabled_put!(put, change => back.push(tabled(project, change, &mut kept)), coding change => {
            let now = change.key().and_then(|id| project.coding(id));
            back.push(reverse(now, change, &mut kept).map(Put::from));
        });
    }
    let mut step = Step::new(did, back.into_iter().flatten().collect());
    step.undoes = Some(stamp);
    kept.sort_unstable();
    kept.dedup();
    (step, kept)
}

fn tabled<T: Tabled>(project: &Project, change: &Change<T>, kept: &mut Vec<&'static str>) -> Option<Put>
where
    Put: From<Change<T>>,
{
    let now = change.key().and_then(|id| project.get::<T>(id));
    reverse(now, change, kept).map(Put::from)
}

fn reverse<T: Record>(now: Option<&Arc<T>>, change: &Change<T>, kept: &mut Vec<&'static str>) -> Option<Change<T>> {
    match (&change.before, &change.after, now) {
        // It was made: it goes, unless somebody has changed it since.
        (None, Some(after), Some(now)) if now == after => Some(Change::delete(now)),
        (None, Some(_), Some(_)) => {
            kept.push("record");
            None
        }
        // It was deleted: it comes back.
        (Some(before), None, None) => Some(Change { before: None, after: Some(before.clone()) }),
        (Some(before), Some(after), Some(now)) => {
            let (reverted, fields) = now.without(before, after);
            kept.extend(fields);
            (reverted != **now).then(|| Change { before: Some(now.clone()), after: Some(Arc::new(reverted)) })
        }
        // It is gone already, or stands already: nothing to take back.
        _ => None,
    }
}
