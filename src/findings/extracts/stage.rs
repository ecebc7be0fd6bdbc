//! Stages of the analysis: the time between two freezes of the codebook, and what was laid in it.
//!
//! A cycle is the codebook as it stood at the end of a stage, so that a stage is named by the cycle that ends it. A coding
//! was laid when its record was made; one that was given a code that is younger than itself (an extract moved into a new
//! subcode) was laid when that code was made, at the earliest.

use crate::project::coding::Coding;
use crate::project::cycle::Cycle;
use crate::project::id::{CycleId, Id};
use crate::project::view::View;

/// When codings were laid, in terms of cycles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// After the freeze before this cycle's, up to this cycle's.
    Within(CycleId),
    /// Up to this cycle's freeze, however early.
    UpTo(CycleId),
    /// After the last freeze: the stage that goes on.
    Open,
}

/// After the first, up to the second; open at the end that is `None`. Ids say when they were made, and of two that one
/// writer made in the same moment, which came first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Between(Option<Id>, Option<Id>);

impl Stage {
    /// When it was; `None` if its cycle is gone.
    pub(super) fn between(self, view: &View<'_>) -> Option<Between> {
        let cycles = view.cycles();
        let froze = |at: usize| cycles.get(at).map(|cycle| frozen(cycle));
        let place = |id: CycleId| cycles.iter().position(|cycle| cycle.id == id);
        Some(match self {
            Self::Within(id) => {
                let at = place(id)?;
                Between(at.checked_sub(1).and_then(froze), froze(at))
            }
            Self::UpTo(id) => Between(None, froze(place(id)?)),
            Self::Open => Between(cycles.len().checked_sub(1).and_then(froze), None),
        })
    }

    /// In words: `laid in “Subcoding”`.
    #[must_use]
    pub fn words(self, view: &View<'_>) -> String {
        let name = |id: CycleId| view.cycle(id).map_or_else(|| "gone".to_owned(), |cycle| format!("“{}”", cycle.name));
        match self {
            Self::Within(id) => format!("laid in {}", name(id)),
            Self::UpTo(id) => format!("laid up to {}", name(id)),
            Self::Open => match view.cycles().last() {
                Some(last) => format!("laid after “{}”", last.name),
                None => "laid at any time".to_owned(),
            },
        }
    }
}

impl Between {
    /// Whether a coding was laid then. Of one that came from another program with an id of its own that is not known, and
    /// it is in no stage.
    pub(super) fn has(self, coding: &Coding) -> bool {
        let Self(after, until) = self;
        if (after, until) == (None, None) {
            return true;
        }
        let Some(laid) = laid(coding) else { return false };
        after.is_none_or(|after| laid > after) && until.is_none_or(|until| laid <= until)
    }
}

/// When a coding was laid with the code that it has.
fn laid(coding: &Coding) -> Option<Id> {
    coding.id.0.millis()?;
    let code = Some(coding.code.0).filter(|id| id.millis().is_some());
    Some(code.map_or(coding.id.0, |code| code.max(coding.id.0)))
}

/// When a cycle was frozen.
fn frozen(cycle: &Cycle) -> Id {
    let at = u64::try_from(cycle.at.as_millisecond()).unwrap_or(0);
    if cycle.id.0.millis().is_some() { cycle.id.0 } else { Id::at(at, [u8::MAX; 10]) }
}

#[cfg(test)]
mod tests {
    use crate::findings::extracts::{Codes, Filter, Of, Query, Stage, extracts};
    use crate::project::edit::{CycleEdit, Edit};
    use crate::project::id::{CodingId, CycleId};
    use crate::project::testing::Desk;

    fn freeze(desk: &mut Desk, name: &str) -> CycleId {
        let id = CycleId(desk.id());
        desk.apply(&Edit::Cycles(CycleEdit::Freeze { id, name: name.into(), note: String::new(), top: None }));
        id
    }

    fn listed(desk: &Desk, stages: &[Stage]) -> Vec<CodingId> {
        let filters = stages.iter().map(|stage| Filter::Cycle(*stage)).collect();
        let query = Query { codes: Codes::Everything, of: Of::InSight, filters };
        let found = extracts(&desk.view(), &|_| None, &query, &|| false);
        found.found.iter().flat_map(|extract| extract.codings().collect::<Vec<_>>()).collect()
    }

    #[test]
    fn a_coding_is_of_the_stage_in_which_it_was_laid_or_moved_into_a_younger_code() {
        let mut desk = Desk::new();
        let broad = desk.code("Broad");
        let source = desk.source("Text", 100);
        let first = desk.lay(source, 0, 10, broad);
        let moved = desk.lay(source, 20, 30, broad);
        let open = listed(&desk, &[Stage::Open]);
        assert_eq!(open, [first, moved], "before the first freeze all is of the stage that goes on");
        let one = freeze(&mut desk, "Broad coding");
        let fine = desk.code_under(broad, "Fine");
        desk.apply(&Edit::Recode(vec![moved], fine));
        let second = desk.lay(source, 40, 50, broad);
        let two = freeze(&mut desk, "Subcoding");
        let third = desk.lay(source, 60, 70, broad);
        assert_eq!(listed(&desk, &[Stage::Within(one)]), [first]);
        assert_eq!(listed(&desk, &[Stage::Within(two)]), [moved, second]);
        assert_eq!(listed(&desk, &[Stage::UpTo(two)]), [first, moved, second]);
        assert_eq!(listed(&desk, &[Stage::Open]), [third]);
        assert_eq!(listed(&desk, &[Stage::Open, Stage::Within(one)]), [first, third], "of one field: alternatives");
        assert_eq!(Stage::Within(two).words(&desk.view()), "laid in “Subcoding”");
        // A cycle that is gone leaves nothing; what it had bounded goes to the next.
        desk.apply(&Edit::Cycles(CycleEdit::Delete(one)));
        assert_eq!(listed(&desk, &[Stage::Within(one)]), []);
        assert_eq!(listed(&desk, &[Stage::Within(two)]), [first, moved, second]);
    }
}
