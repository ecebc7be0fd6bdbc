//! Edits of the codebook.

use super::{Refusal, Spot, name_of};
use crate::project::codebook::{Code, Node, Origin, Wording};
use crate::project::id::{CodeId, CodingId, Mint, WordingId};
use crate::project::put::Put;
use crate::project::record::{Change, Rank};
use crate::project::step::Step;
use crate::project::view::{View, Whose};
use std::collections::HashSet;
use std::sync::Arc;

/// What a code is to mean from now on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewWording {
    /// What the code means.
    pub definition: String,
    /// When to use it.
    pub use_when: String,
    /// When not.
    pub not_when: String,
    /// A passage that shows it.
    pub example: String,
    /// The coding that the example was taken from.
    pub example_from: Option<CodingId>,
    /// Why it replaces the one before.
    pub reason: String,
}

impl NewWording {
    /// The wording that stands, to be changed; empty if there is none. The reason is always asked anew.
    #[must_use]
    pub fn from_present(wording: Option<&Arc<Wording>>) -> Self {
        wording.map_or_else(Self::default, |w| Self {
            definition: w.definition.clone(),
            use_when: w.use_when.clone(),
            not_when: w.not_when.clone(),
            example: w.example.clone(),
            example_from: w.example_from,
            reason: String::new(),
        })
    }
}

fn node<'a>(view: &View<'a>, id: CodeId) -> Result<&'a Node, Refusal> {
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
    let code = Code { id, name, parent, rank, colour, origin, heading: false, wording: None, merged: None };
    Ok(Step::new(did, [vec![Change::create(code).into()], aside].concat()))
}

pub(super) fn rename(view: &View<'_>, id: CodeId, name: &str) -> Result<Step, Refusal> {
    let node = node(view, id)?;
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

pub(super) fn merge(view: &View<'_>, from: &[CodeId], into: CodeId, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    let target = node(view, into)?;
    let mut puts: Vec<Put> = Vec::new();
    let mut names = Vec::new();
    let mut merged = HashSet::from([target.code.id]);
    let mut joined = NewWording::from_present(target.wording.as_ref());
    let mut applicable = !target.code.heading;
    for &id in from {
        let node = node(view, id)?;
        if !merged.insert(node.code.id) {
            continue;
        }
        if view.codebook().is_within(target.code.id, node.code.id) {
            return Err(Refusal::IntoBelow { code: node.code.name.clone(), below: target.code.name.clone() });
        }
        applicable |= !node.code.heading;
        names.push(node.code.name.as_str());
        puts.push(Change::change(&node.code, |code| code.merged = Some(target.code.id)).into());
        if let Some(wording) = &node.wording {
            let name = &node.code.name;
            join(&mut joined.definition, &wording.definition, name);
            join(&mut joined.use_when, &wording.use_when, name);
            join(&mut joined.not_when, &wording.not_when, name);
            if joined.example.is_empty() {
                joined.example_from = wording.example_from;
            }
            join(&mut joined.example, &wording.example, name);
        }
    }
    if names.is_empty() {
        return Err(Refusal::Idle("a code cannot be merged with itself; mark another".into()));
    }
    let names = names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
    joined.reason = format!("merged from {names}");
    if target.code.heading && applicable {
        // What carries codings cannot be a heading.
        puts.push(Change::change(&target.code, |code| code.heading = false).into());
    }
    if worded_otherwise(target.wording.as_ref(), &joined) {
        word(view, target, &joined, &mut puts, mint);
    }
    Ok(Step::new(format!("merge {names} into “{}”", target.code.name), puts))
}

/// Adds `more` to `text` with the name of the code it comes from, unless it says the same.
fn join(text: &mut String, more: &str, of: &str) {
    let more = more.trim();
    if more.is_empty() || text == more || text.lines().any(|line| line == more) {
        return;
    }
    if !text.is_empty() {
        text.push_str(&format!("\n({of}) "));
    }
    text.push_str(more);
}

fn worded_otherwise(present: Option<&Arc<Wording>>, new: &NewWording) -> bool {
    let present = NewWording::from_present(present);
    (&present.definition, &present.use_when, &present.not_when, &present.example)
        != (&new.definition, &new.use_when, &new.not_when, &new.example)
}

/// A new wording of `node`: the record, and the code that points to it. Joins the change of a code already in `puts`.
fn word(view: &View<'_>, node: &Node, new: &NewWording, puts: &mut Vec<Put>, mint: &mut dyn Mint) {
    let id: WordingId = mint.id().into();
    let wording = Wording {
        id,
        code: node.code.id,
        definition: new.definition.trim().to_owned(),
        use_when: new.use_when.trim().to_owned(),
        not_when: new.not_when.trim().to_owned(),
        example: new.example.trim().to_owned(),
        example_from: new.example_from,
        by: view.coder(),
        at: mint.now(),
        reason: new.reason.trim().to_owned(),
        before: node.code.wording,
    };
    let own = puts.iter_mut().find_map(|put| match put {
        Put::Code(change) if change.key() == Some(node.code.id) => Some(change),
        _ => None,
    });
    match own {
        Some(change) => {
            if let Some(after) = &mut change.after {
                Arc::make_mut(after).wording = Some(id);
            }
        }
        None => puts.push(Change::change(&node.code, |code| code.wording = Some(id)).into()),
    }
    puts.push(Change::create(wording).into());
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

pub(super) fn reword(view: &View<'_>, id: CodeId, new: &NewWording, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    let node = node(view, id)?;
    if !worded_otherwise(node.wording.as_ref(), new) {
        return Err(Refusal::Idle(format!("the wording of “{}” is as it was", node.code.name)));
    }
    let mut puts = Vec::new();
    word(view, node, new, &mut puts, mint);
    let did = if node.wording.is_some() { "reword" } else { "define" };
    Ok(Step::new(format!("{did} “{}”", node.code.name), puts))
}
