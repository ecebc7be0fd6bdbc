//! What a step leaves beside what it does to codes: who did it, and when; why, once somebody says so.

use super::Refusal;
use crate::project::id::{Mint, ReshapingId};
use crate::project::put::Put;
use crate::project::record::Change;
use crate::project::reshaping::{Reshaping, reshaped};
use crate::project::step::Step;
use crate::project::view::View;

/// Adds a reshaping for each thing that `step` does to a code.
pub(super) fn leave(view: &View<'_>, step: &mut Step, mint: &mut dyn Mint) {
    let mut traces: Vec<Put> = Vec::new();
    for put in &step.puts {
        let Put::Code(change) = put else { continue };
        let Some(code) = change.key() else { continue };
        for what in reshaped(change) {
            let (id, by, at, reason) = (mint.id().into(), view.coder(), mint.now(), String::new());
            traces.push(Change::create(Reshaping { id, code, what, by, at, reason }).into());
        }
    }
    step.puts.append(&mut traces);
}

/// Says why something was done to a code; nothing takes the reason back.
pub(super) fn reason(view: &View<'_>, id: ReshapingId, typed: &str) -> Result<Step, Refusal> {
    let old = view.reshapings().into_iter().find(|reshaping| reshaping.id == id).ok_or(Refusal::Gone("change"))?;
    let reason = typed.trim().to_owned();
    if old.reason == reason {
        return Err(Refusal::Idle("that is the reason already".to_owned()));
    }
    let change = Change::change(old, |reshaping| reshaping.reason = reason);
    Ok(Step::new("why a code was changed".to_owned(), vec![change.into()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::{Edit, Spot};
    use crate::project::id::CodeId;
    use crate::project::reshaping::Reshaped;
    use crate::project::testing::Desk;

    fn told(desk: &Desk, code: CodeId) -> Vec<Reshaped> {
        let of = |reshaping: &&std::sync::Arc<Reshaping>| reshaping.code == code;
        desk.view().reshapings().into_iter().filter(of).map(|reshaping| reshaping.what.clone()).collect()
    }

    #[test]
    fn each_step_that_changes_what_the_codebook_says_is_told_and_undo_takes_it_along() {
        let mut desk = Desk::new();
        let (a, b) = (desk.code("A"), desk.code("B"));
        desk.apply(&Edit::RenameCode(a, "C".into()));
        desk.apply(&Edit::MoveCode(a, Spot { parent: Some(b), after: None }));
        desk.apply(&Edit::SetColour(a, 3));
        desk.apply(&Edit::SetHeading(a, true));
        let all = [
            Reshaped::Added,
            Reshaped::Renamed { from: "A".into(), to: "C".into() },
            Reshaped::Moved { from: None, to: Some(b) },
            Reshaped::Heading(true),
        ];
        assert_eq!(told(&desk, a), all);
        desk.undo();
        assert_eq!(told(&desk, a), all[..3]);
        desk.as_other(|desk| {
            desk.apply(&Edit::MergeCodes { from: vec![a], into: b });
        });
        assert_eq!(told(&desk, a)[3..], [Reshaped::Merged(b)]);
        let view = desk.view();
        let merged = view.reshapings().into_iter().next_back().expect("it was merged").clone();
        assert_ne!(merged.by, desk.coder, "by whoever did it");
        desk.apply(&Edit::ReasonOf(merged.id, " said the same ".into()));
        assert_eq!(desk.view().reshapings().last().expect("one").reason, "said the same");
        assert_eq!(desk.refusal(&Edit::ReasonOf(merged.id, "said the same".into())), "that is the reason already");
    }
}
