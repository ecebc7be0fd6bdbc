//! Edits of the tree of codes: adding, naming, moving, deleting.

use super::rounds::refuse_pinned;
use super::{Refusal, Spot, name_of};
use crate::project::codebook::{Code, Node, Origin};
use crate::project::id::CodeId;
use crate::project::put::Put;
use crate::project::record::{Change, Rank};
use crate::project::step::Step;
use crate::project::view::{View, Whose};
use std::collections::HashSet;

pub(super) fn node<'a>(view: &View<'a>, id: CodeId) -> Result<&'a Node, Refusal> {
    view.code(id).ok_or(Refusal::NoCode)
}

/// Where a code comes to stand.
struct Place {
    parent: Option<CodeId>,
    rank: Rank,
    /// Whether `moving` stands there already.
    same: bool,
    /// Siblings that have to make room: two people gave out the same rank, or a merge brought the children of several
    /// codes together.
    aside: Vec<Put>,
}

/// The place at `spot`, among the siblings that stand there (`moving` not counted). A sibling that is no longer there is
/// taken for the last one.
fn place_at(view: &View<'_>, spot: Spot, moving: Option<&Node>) -> Result<Place, Refusal> {
    let parent = spot.parent.map(|id| node(view, id)).transpose()?.map(|node| node.code.id);
    let mut siblings: Vec<&Node> = view.codebook().children(parent).iter().filter_map(|&id| view.code(id)).collect();
    let before = moving.and_then(|node| siblings.iter().position(|sibling| sibling.code.id == node.code.id));
    if let Some(at) = before {
        siblings.remove(at);
    }
    let next = match spot.after {
        None => 0,
        Some(id) if moving.is_some_and(|node| node.code.id == id) => before.unwrap_or(siblings.len()),
        Some(id) => {
            let after = view.codebook().resolve(id);
            let at = siblings.iter().position(|sibling| Some(sibling.code.id) == after);
            at.map_or(siblings.len(), |at| at + 1)
        }
    };
    let low = next.checked_sub(1).map(|at| &siblings[at].code.rank);
    let twins = siblings[next..].iter().take_while(|sibling| low.is_some_and(|low| sibling.code.rank <= *low)).count();
    let high = siblings.get(next + twins).map(|sibling| &sibling.code.rank);
    let rank = Rank::between(low, high);
    let mut last = rank.clone();
    let aside = siblings[next..next + twins].iter().map(|sibling| {
        last = Rank::between(Some(&last), high);
        Change::change(&sibling.code, |code| code.rank = last.clone()).into()
    });
    Ok(Place { parent, rank, same: before == Some(next), aside: aside.collect() })
}

fn refuse_twin(view: &View<'_>, parent: Option<CodeId>, name: &str, but: Option<CodeId>) -> Result<(), Refusal> {
    let same = |id: &CodeId| Some(*id) != but && view.code_name(*id).to_lowercase() == name.to_lowercase();
    if view.codebook().children(parent).iter().any(same) {
        return Err(Refusal::Taken { what: "code", name: name.to_owned() });
    }
    Ok(())
}

pub(super) fn add(
    view: &View<'_>,
    id: CodeId,
    name: &str,
    spot: Spot,
    origin: Origin,
    colour: Option<u8>,
) -> Result<Step, Refusal> {
    let name = name_of(name, "code")?;
    let Place { parent, rank, aside, .. } = place_at(view, spot, None)?;
    refuse_twin(view, parent, &name, None)?;
    let colour = colour.unwrap_or_else(|| {
        let of_parent = parent.and_then(|id| view.code(id)).map(|node| node.code.colour);
        of_parent.unwrap_or_else(|| u8::try_from(view.codebook().top().len() % 8).unwrap_or(0))
    });
    let did = format!("new code “{name}”");
    let proposed = super::proposals::proposed(view, parent);
    let (wording, merged) = (None, None);
    let code = Code { id, name, parent, rank, colour, origin, heading: false, wording, merged, proposed };
    Ok(Step::new(did, [vec![Change::create(code).into()], aside].concat()))
}

/// Refuses to change what a code that is pinned in an open round is called or may be used for.
pub(super) fn refuse_pinned_itself(view: &View<'_>, node: &Node) -> Result<(), Refusal> {
    match view.pinned_in(node.code.id) {
        Some(round) => Err(Refusal::Pinned { code: node.code.name.clone(), round: round.name.clone() }),
        None => Ok(()),
    }
}

pub(super) fn rename(view: &View<'_>, id: CodeId, name: &str) -> Result<Step, Refusal> {
    let node = node(view, id)?;
    refuse_pinned_itself(view, node)?;
    let name = name_of(name, "code")?;
    refuse_twin(view, node.parent, &name, Some(node.code.id))?;
    let did = format!("rename “{}” to “{name}”", node.code.name);
    Ok(Step::new(did, vec![Change::change(&node.code, |code| code.name = name).into()]))
}

pub(super) fn shift(view: &View<'_>, id: CodeId, spot: Spot) -> Result<Step, Refusal> {
    let node = node(view, id)?;
    if spot.parent.is_some_and(|parent| view.codebook().is_within(parent, node.code.id)) {
        return Err(Refusal::UnderItself(node.code.name.clone()));
    }
    refuse_pinned(view, node.code.id)?;
    let Place { parent, rank, same, aside } = place_at(view, spot, Some(node))?;
    if same {
        return Err(Refusal::Idle(format!("“{}” stands there already", node.code.name)));
    }
    if parent != node.parent {
        refuse_twin(view, parent, &node.code.name, Some(node.code.id))?;
    }
    let change = Change::change(&node.code, |code| {
        code.parent = parent;
        code.rank = rank;
    });
    let did = match parent {
        Some(parent) => format!("move “{}” under “{}”", node.code.name, view.code_name(parent)),
        None => format!("move “{}” to the top", node.code.name),
    };
    Ok(Step::new(did, [vec![change.into()], aside].concat()))
}

pub(super) fn delete(view: &View<'_>, ids: &[CodeId]) -> Result<Step, Refusal> {
    let mut puts = Vec::new();
    let mut done = HashSet::new();
    let mut names = Vec::new();
    for &id in ids {
        let top = node(view, id)?;
        if done.contains(&top.code.id) {
            continue;
        }
        refuse_pinned(view, top.code.id)?;
        names.push(format!("“{}”", top.code.name));
        for id in view.codebook().branch(top.code.id) {
            let Some(node) = view.code(id) else { continue };
            // What was merged into it goes with it; else it would stand up again.
            for gone in std::iter::once(node.code.id).chain(node.absorbed.iter().copied()) {
                if done.insert(gone)
                    && let Some(code) = view.project().get::<Code>(gone)
                {
                    puts.push(Change::delete(code).into());
                }
            }
        }
    }
    if puts.is_empty() {
        return Err(Refusal::NoCode);
    }
    Ok(Step::new(format!("delete {}", names.join(", ")), puts))
}

pub(super) fn set_heading(view: &View<'_>, id: CodeId, on: bool) -> Result<Step, Refusal> {
    let node = node(view, id)?;
    refuse_pinned_itself(view, node)?;
    let codings = view.showing(Whose::Everybody).count(node.code.id);
    if on && codings > 0 {
        return Err(Refusal::HeadingInUse { name: node.code.name.clone(), codings });
    }
    let did = format!("“{}” {}", node.code.name, if on { "is a heading" } else { "can be applied" });
    Ok(Step::new(did, vec![Change::change(&node.code, |code| code.heading = on).into()]))
}

pub(super) fn set_colour(view: &View<'_>, id: CodeId, hue: u8) -> Result<Step, Refusal> {
    let node = node(view, id)?;
    let did = format!("colour of “{}”", node.code.name);
    Ok(Step::new(did, vec![Change::change(&node.code, |code| code.colour = hue).into()]))
}

pub(super) fn set_origin(view: &View<'_>, id: CodeId, origin: Origin) -> Result<Step, Refusal> {
    let node = node(view, id)?;
    let did = format!("“{}” is {}", node.code.name, origin.name());
    Ok(Step::new(did, vec![Change::change(&node.code, |code| code.origin = origin).into()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;

    fn merge(from: &[CodeId], into: CodeId) -> Edit {
        Edit::MergeCodes { from: from.to_vec(), into }
    }

    fn spot(parent: Option<CodeId>, after: Option<CodeId>) -> Spot {
        Spot { parent, after }
    }

    #[test]
    fn deleting_takes_the_branch_and_what_was_merged_into_it_and_undo_brings_all_back() {
        let mut desk = Desk::new();
        let text = desk.source("A", 100);
        let (top, old, other) = (desk.code("Top"), desk.code("Old"), desk.code("Other"));
        let below = desk.code_under(top, "Below");
        let child_of_old = desk.code_under(old, "Handed on");
        desk.lay(text, 0, 10, below);
        desk.lay(text, 20, 30, old);
        desk.lay(text, 40, 50, other);
        desk.apply(&Edit::Pin(1, Some(below)));
        desk.apply(&merge(&[old], top));
        let before = desk.laid(text);

        let step = desk.apply(&Edit::DeleteCodes(vec![top, below, top]));
        assert_eq!(step.did, "delete “Top”");
        assert_eq!(desk.view().codebook().in_order(), [other]);
        assert_eq!(desk.spans(text), [(40, 50)]);
        assert_eq!([top, below, old, child_of_old, other].map(|id| desk.count(id)), [0, 0, 0, 0, 1]);
        assert_eq!(desk.view().pins(), [None; 9]);
        assert_eq!(desk.refusal(&Edit::RenameCode(below, "x".into())), "that code is no longer in the codebook");

        desk.undo();
        assert_eq!(desk.laid(text), before);
        assert_eq!(desk.view().codebook().in_order(), [top, below, child_of_old, other]);
        assert_eq!((desk.count(top), desk.view().count_branch(top)), (1, 2));
        assert_eq!(desk.view().pins()[0], Some(below));
    }

    #[test]
    fn codes_are_put_first_last_and_between_others() {
        let mut desk = Desk::new();
        let (a, b, c) = (desk.code("a"), desk.code("b"), desk.code("c"));
        desk.apply(&Edit::MoveCode(c, spot(None, None)));
        assert_eq!(desk.names(None), ["c", "a", "b"]);
        desk.apply(&Edit::MoveCode(c, spot(None, Some(a))));
        assert_eq!(desk.names(None), ["a", "c", "b"]);
        desk.apply(&Edit::MoveCode(a, spot(None, Some(b))));
        assert_eq!(desk.names(None), ["c", "b", "a"]);
        desk.apply(&Edit::MoveCode(c, spot(Some(b), None)));
        desk.apply(&Edit::MoveCode(a, spot(Some(b), Some(c))));
        assert_eq!((desk.names(None), desk.names(Some(b))), (vec!["b"], vec!["c", "a"]));
        for stays in [spot(Some(b), Some(c)), spot(Some(b), Some(a))] {
            assert_eq!(desk.refusal(&Edit::MoveCode(a, stays)), "“a” stands there already");
        }
        (0..5).for_each(|_| drop(desk.undo()));
        assert_eq!(desk.names(None), ["a", "b", "c"]);
        desk.apply(&Edit::DeleteCodes(vec![b]));
        desk.apply(&Edit::MoveCode(a, spot(None, Some(b))));
        assert_eq!(desk.names(None), ["c", "a"], "after one that is gone: last");
    }

    #[test]
    fn a_code_comes_to_stand_where_it_was_put_among_siblings_of_equal_rank() {
        let mut desk = Desk::new();
        let (a, b) = (desk.code("A"), desk.code("B"));
        let rows = [a, b].map(|top| {
            ["1", "2", "3"].map(|name| desk.code_under(top, &format!("{}{name}", if top == a { "a" } else { "b" })))
        });
        desk.apply(&merge(&[b], a));
        let before: Vec<String> = desk.names(Some(a)).into_iter().map(str::to_owned).collect();
        assert_eq!(before, ["a1", "b1", "a2", "b2", "a3", "b3"], "children of both, by rank");
        desk.apply(&Edit::MoveCode(rows[1][2], spot(Some(a), Some(rows[0][0]))));
        assert_eq!(desk.names(Some(a)), ["a1", "b3", "b1", "a2", "b2", "a3"]);
        desk.undo();
        assert_eq!(desk.names(Some(a)), before);
        desk.code_at("new", spot(Some(a), Some(rows[0][1])));
        assert_eq!(desk.names(Some(a)), ["a1", "b1", "a2", "new", "b2", "a3", "b3"]);
    }

    #[test]
    fn a_code_does_not_come_to_stand_under_itself() {
        let mut desk = Desk::new();
        let (top, gone) = (desk.code("Top"), desk.code("Gone"));
        let below = desk.code_under(top, "Below");
        let under = |id| Edit::MoveCode(top, spot(Some(id), None));
        desk.apply(&merge(&[gone], below));
        for id in [top, below, gone] {
            assert_eq!(desk.refusal(&under(id)), "“Top” cannot stand under itself");
        }
    }

    #[test]
    fn no_two_siblings_have_one_name() {
        let mut desk = Desk::new();
        let (a, b) = (desk.code("Access"), desk.code("Cost"));
        let below = desk.code_under(a, "Cost");
        let taken = |name: &str| format!("there is a code called “{name}” here already");
        assert_eq!(desk.refusal(&Edit::RenameCode(b, " ACCESS ".into())), taken("ACCESS"));
        assert_eq!(desk.refusal(&Edit::MoveCode(below, spot(None, None))), taken("Cost"));
        assert_eq!(desk.refusal(&Edit::RenameCode(b, " \n".into())), "a code needs a name");
        let twin = Edit::AddCode {
            id: desk.id().into(),
            name: "cost".into(),
            spot: spot(None, None),
            origin: Origin::InVivo,
            colour: None,
        };
        assert_eq!(desk.refusal(&twin), taken("cost"));
        desk.apply(&Edit::RenameCode(b, "COST\n of care ".into()));
        assert_eq!(desk.names(None), ["Access", "COST of care"]);
    }

    #[test]
    fn a_code_with_codings_of_anybody_does_not_become_a_heading() {
        let mut desk = Desk::new();
        let (text, code, merged) = (desk.source("A", 100), desk.code("Access"), desk.code("Old"));
        let theirs = desk.as_other(|desk| desk.lay(text, 0, 10, merged));
        desk.apply(&merge(&[merged], code));
        let why = "“Access” has codings (1); recode them before it becomes a heading";
        assert_eq!(desk.refusal(&Edit::SetHeading(code, true)), why);
        desk.as_other(|desk| desk.apply(&Edit::Remove(vec![theirs])));
        desk.apply(&Edit::SetHeading(code, true));
        desk.apply(&Edit::SetHeading(code, false));
    }

    #[test]
    fn a_new_code_takes_its_parents_hue_and_where_it_came_from() {
        let mut desk = Desk::new();
        let top = desk.code("Top");
        desk.apply(&Edit::SetColour(top, 5));
        let below = desk.code_under(top, "Below");
        desk.apply(&Edit::SetOrigin(below, Origin::APriori));
        let node = desk.view().code(below).expect("a code").code.clone();
        assert_eq!((node.colour, node.origin), (5, Origin::APriori));
        desk.undo();
        assert_eq!(desk.view().code(below).map(|node| node.code.origin), Some(Origin::Emergent));
    }
}
