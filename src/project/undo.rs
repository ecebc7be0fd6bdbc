//! Undo: the swap of a step's puts against what stands now.

use super::Project;
use super::allocation::Allocation;
use super::codebook::{Code, Wording};
use super::edit::Refusal;
use super::id::{CodeId, RoundId, Stamp};
use super::memo::Memo;
use super::put::{Put, Tabled, for_tabled_put};
use super::record::{Change, Record};
use super::reshaping::Reshaping;
use super::round::{Round, Stand};
use super::step::Step;
use super::view::View;
use std::collections::HashSet;
use std::sync::Arc;

/// The step that takes back the line `stamp`, and the fields that stay because somebody changed them since.
///
/// Undoing an undo is a redo: both are the swap of a line. A step without puts means that nothing of it can be taken
/// back any more.
#[must_use]
pub fn take_back(project: &Project, stamp: Stamp, did: &str, puts: &[Put]) -> (Step, Vec<&'static str>) {
    let mut kept = Vec::new();
    let mut back = Vec::with_capacity(puts.len());
    // What is told of a code goes with what was done to it, and stays where that stays.
    let stays: HashSet<CodeId> = puts.iter().filter_map(|put| code_that_stays(project, put)).collect();
    let told =
        |put: &&Put| matches!(put, Put::Reshaping(change) if of(change).is_some_and(|code| stays.contains(&code)));
    for put in puts.iter().rev().filter(|put| !told(put)) {
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

/// The code that a put changed, if what the codebook says of it stays because somebody changed it since.
fn code_that_stays(project: &Project, put: &Put) -> Option<CodeId> {
    let Put::Code(change) = put else { return None };
    let mut kept = Vec::new();
    tabled(project, change, &mut kept);
    let says = |field: &&str| !matches!(*field, "colour" | "rank" | "wording" | "proposed");
    kept.iter().any(says).then(|| change.key()).flatten()
}

/// The code that is told of.
fn of(change: &Change<Reshaping>) -> Option<CodeId> {
    change.after.as_ref().or(change.before.as_ref()).map(|reshaping| reshaping.code)
}

/// Why a step cannot be taken back or done again, whatever came after: nobody can unsee what was revealed, a round that
/// people work in is not taken from them, and codes that it pins stay as they are.
///
/// # Errors
/// A [`Refusal`]: one sentence for the person who wanted it.
pub fn allowed(view: &View<'_>, puts: &[Put]) -> Result<(), Refusal> {
    let project = view.project();
    let name =
        |round: RoundId| project.slot::<Round>(round).map_or("the round", |slot| slot.record.name.as_str()).to_owned();
    for put in puts {
        match put {
            Put::Reveal(change) => {
                if let Some(reveal) = change.after.as_ref().or(change.before.as_ref()) {
                    return Err(Refusal::Revealed(name(reveal.round)));
                }
            }
            Put::Stand(change) => {
                let round = change.after.as_ref().or(change.before.as_ref()).map(|stand| stand.round);
                if let Some(round) = round.filter(|round| view.reveal(*round).is_some()) {
                    return Err(Refusal::Revealed(name(round)));
                }
            }
            Put::Round(change) => {
                if let Some(round) = change.after.as_ref().filter(|round| is_begun(project, round)) {
                    let why = "has been worked in; that cannot be taken back";
                    return Err(Refusal::Round(format!("{} {why}", round.name)));
                }
            }
            Put::Code(change) => {
                let code = change.key().and_then(|id| Some((id, view.pinned_in(id)?)));
                if let Some((id, round)) = code {
                    let code = view.code_name(id).to_owned();
                    return Err(Refusal::Pinned { code, round: round.name.clone() });
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether anything was made for a round, or goes on from it.
fn is_begun(project: &Project, round: &Round) -> bool {
    let here = |other: Option<RoundId>| other == Some(round.id);
    let mut sources = round.grounds.iter().filter_map(|ground| project.codings().of(ground.source));
    sources.any(|index| index.iter().any(|entry| here(entry.slot.record.round)))
        || project.all::<Stand>().any(|stand| stand.round == round.id)
        || project.all::<Memo>().any(|memo| here(memo.round))
        || project.all::<Code>().any(|code| here(code.proposed.map(|proposed| proposed.round)))
        || project.all::<Wording>().any(|wording| here(wording.proposed.map(|proposed| proposed.round)))
        || project.all::<Round>().any(|other| here(other.after))
        || project.all::<Allocation>().any(|allocation| allocation.round == round.id)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;

    /// Takes back the step that `did` begins with, whatever came after; gives the fields that stay.
    fn take_back_earlier(desk: &mut Desk, did: &str) -> (usize, Vec<&'static str>) {
        let (stamp, step) = desk.done.iter().find(|(_, step)| step.did.starts_with(did)).cloned().expect("such a step");
        let (back, kept) = take_back(&desk.project, stamp, &step.did, &step.puts);
        assert_eq!(back.undoes, Some(stamp));
        desk.put(&back.puts);
        (back.puts.len(), kept)
    }

    #[test]
    fn fields_that_somebody_changed_since_stay_and_are_named() {
        let mut desk = Desk::new();
        let code = desk.code("Access");
        let edits = vec![Edit::RenameCode(code, "Getting in".into()), Edit::SetColour(code, 7)];
        desk.apply(&Edit::All(edits));
        desk.as_other(|desk| desk.apply(&Edit::SetColour(code, 2)));
        assert_eq!(take_back_earlier(&mut desk, "rename"), (2, vec!["colour"]), "the name, and what is told of it");
        let node = desk.view().code(code).expect("a code").code.clone();
        assert_eq!((node.name.as_str(), node.colour), ("Access", 2));
    }

    #[test]
    fn what_was_made_stays_if_somebody_changed_it_since() {
        let mut desk = Desk::new();
        let code = desk.code("Access");
        desk.as_other(|desk| desk.apply(&Edit::SetColour(code, 2)));
        assert_eq!(take_back_earlier(&mut desk, "new code"), (0, vec!["record"]));
        assert_eq!(desk.names(None), ["Access"]);
        assert_eq!(desk.view().reshapings().len(), 1, "and so does what is told of it");
    }

    #[test]
    fn what_somebody_deleted_since_is_not_brought_back_by_taking_back_a_change_of_it() {
        let mut desk = Desk::new();
        let code = desk.code("Access");
        desk.apply(&Edit::SetColour(code, 2));
        desk.as_other(|desk| desk.apply(&Edit::DeleteCodes(vec![code])));
        assert_eq!(take_back_earlier(&mut desk, "colour"), (0, vec![]));
        assert_eq!(desk.names(None), Vec::<&str>::new());
    }

    #[test]
    fn a_delete_that_somebody_took_back_already_is_left_as_it_is() {
        let mut desk = Desk::new();
        let code = desk.code("Access");
        let step = desk.apply(&Edit::DeleteCodes(vec![code]));
        let back: Vec<Put> = step.puts.iter().map(Put::swapped).collect();
        desk.put(&back);
        desk.as_other(|desk| desk.apply(&Edit::SetColour(code, 2)));
        assert_eq!(take_back_earlier(&mut desk, "delete"), (0, vec![]));
        assert_eq!(desk.view().code(code).map(|node| node.code.colour), Some(2));
    }
}
