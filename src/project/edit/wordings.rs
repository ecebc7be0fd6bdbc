//! Edits of what codes mean: wording one anew, and making several one.

use super::Refusal;
use super::codes::{node, refuse_pinned_itself};
use super::rounds::refuse_pinned;
use crate::project::codebook::{Node, Wording};
use crate::project::id::{CodeId, CodingId, Mint, WordingId};
use crate::project::put::Put;
use crate::project::record::Change;
use crate::project::source::Passage;
use crate::project::step::Step;
use crate::project::view::View;
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
    /// Whether the code means something else from now on, so that its codings have to be checked again.
    pub meaning: bool,
    /// The words that showed why.
    pub because: Option<Passage>,
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
            ..Self::default()
        })
    }
}

pub(super) fn merge(view: &View<'_>, from: &[CodeId], into: CodeId, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    let target = node(view, into)?;
    refuse_pinned_itself(view, target)?;
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
        refuse_pinned(view, node.code.id)?;
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

/// The record of a new wording of `node`.
fn record(view: &View<'_>, node: &Node, new: &NewWording, mint: &mut dyn Mint) -> Wording {
    Wording {
        id: mint.id().into(),
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
        meaning: new.meaning && node.code.wording.is_some(),
        because: new.because,
        proposed: None,
    }
}

/// A new wording of `node`: the record, and the code that points to it. Joins the change of a code already in `puts`.
fn word(view: &View<'_>, node: &Node, new: &NewWording, puts: &mut Vec<Put>, mint: &mut dyn Mint) {
    let wording = record(view, node, new, mint);
    let id: WordingId = wording.id;
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

pub(super) fn reword(view: &View<'_>, id: CodeId, new: &NewWording, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    refuse_pinned_itself(view, node(view, id)?)?;
    reword_freely(view, id, new, mint)
}

/// The record of another wording of `node`.
pub(super) fn wording_of(
    view: &View<'_>,
    node: &Node,
    new: &NewWording,
    mint: &mut dyn Mint,
) -> Result<Wording, Refusal> {
    if !worded_otherwise(node.wording.as_ref(), new) {
        return Err(Refusal::Idle(format!("the wording of “{}” is as it was", node.code.name)));
    }
    Ok(record(view, node, new, mint))
}

/// Words a code anew whether it is pinned or not.
pub(super) fn reword_freely(
    view: &View<'_>,
    id: CodeId,
    new: &NewWording,
    mint: &mut dyn Mint,
) -> Result<Step, Refusal> {
    let node = node(view, id)?;
    if !worded_otherwise(node.wording.as_ref(), new) {
        return Err(Refusal::Idle(format!("the wording of “{}” is as it was", node.code.name)));
    }
    let mut puts = Vec::new();
    word(view, node, new, &mut puts, mint);
    let did = if node.wording.is_some() { "reword" } else { "define" };
    Ok(Step::new(format!("{did} “{}”", node.code.name), puts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;

    fn merge(from: &[CodeId], into: CodeId) -> Edit {
        Edit::MergeCodes { from: from.to_vec(), into }
    }

    #[test]
    fn merging_joins_wordings_keeps_codings_and_memos_and_hands_on_children_and_pins() {
        let mut desk = Desk::new();
        let text = desk.source("A", 100);
        let (a, b, c) = (desk.code("Access"), desk.code("Barriers"), desk.code("Cost"));
        let child = desk.code_under(b, "Distance");
        desk.define(a, "getting in", "");
        desk.define(b, "what keeps people out", "");
        desk.lay(text, 0, 10, a);
        let coding = desk.lay(text, 20, 30, b);
        desk.as_other(|desk| desk.lay(text, 20, 30, b));
        desk.apply(&Edit::Pin(3, Some(b)));
        let memo = desk.memo(crate::project::memo::Link::Code(b), "Out of reach", false);
        let newer = desk.memo(crate::project::memo::Link::Code(a), "Within reach", false);

        let step = desk.apply(&merge(&[b, c, b], a));
        assert_eq!(step.did, "merge “Barriers”, “Cost” into “Access”");
        let view = desk.view();
        assert_eq!(view.codebook().in_order(), [a, child]);
        assert_eq!((view.count(a), desk.count(a)), (2, 3));
        assert_eq!(view.code_name(b), "Access");
        assert_eq!(view.coding(coding).map(|seen| (seen.code, seen.coding.code)), Some((a, b)), "rewritten by nobody");
        assert_eq!(view.pins()[2], Some(a));
        let wordings = view.wordings(a);
        assert_eq!(wordings.len(), 3);
        assert_eq!(wordings[2].definition, "getting in\n(Barriers) what keeps people out");
        assert_eq!(wordings[2].reason, "merged from “Barriers”, “Cost”");
        assert_eq!((wordings[2].by, wordings[2].before), (desk.coder, Some(wordings[0].id)));
        let on = |id| view.memos_on(crate::project::memo::Link::Code(id)).iter().map(|m| m.id).collect::<Vec<_>>();
        assert_eq!((on(a), on(b)), (vec![memo, newer], vec![memo, newer]));

        desk.undo();
        let view = desk.view();
        assert_eq!(view.codebook().in_order(), [a, b, child, c]);
        assert_eq!((view.count(a), view.count(b), view.pins()[2]), (1, 1, Some(b)));
        assert_eq!(view.wordings(a).len(), 1);
        assert_eq!(view.code(a).and_then(|n| n.wording.as_ref()).map(|w| w.definition.as_str()), Some("getting in"));
    }

    #[test]
    fn a_code_is_not_merged_into_one_below_it_or_into_itself() {
        let mut desk = Desk::new();
        let top = desk.code("Top");
        let below = desk.code_under(top, "Below");
        let why = "“Top” cannot be merged into “Below”, which stands under it; move “Below” out first";
        assert_eq!(desk.refusal(&merge(&[top], below)), why);
        assert_eq!(desk.refusal(&merge(&[top], top)), "a code cannot be merged with itself; mark another");
        desk.apply(&merge(&[below], top));
        assert_eq!(desk.refusal(&merge(&[below], top)), "a code cannot be merged with itself; mark another");
    }

    #[test]
    fn merging_into_a_heading_makes_it_a_code_unless_only_headings_are_merged() {
        let mut desk = Desk::new();
        let (a, b, c) = (desk.code("A"), desk.code("B"), desk.code("C"));
        desk.apply(&Edit::SetHeading(a, true));
        desk.apply(&Edit::SetHeading(b, true));
        desk.apply(&merge(&[b], a));
        assert_eq!(desk.view().code(a).map(|node| node.code.heading), Some(true));
        desk.define(c, "what C is", "");
        let step = desk.apply(&merge(&[c], a));
        let told = step.puts.iter().filter(|put| matches!(put, Put::Reshaping(_))).count();
        let records = "the code merged, the code with its heading and wording changed, the wording";
        assert_eq!((step.puts.len() - told, told), (3, 2), "{records}; and what is told of both codes");
        assert_eq!(desk.view().code(a).map(|node| node.code.heading), Some(false));
    }

    #[test]
    fn joined_wordings_lose_no_words_and_repeat_none() {
        let mut desk = Desk::new();
        let text = desk.source("A", 100);
        let (a, b, c) = (desk.code("A"), desk.code("B"), desk.code("C"));
        let from = desk.lay(text, 0, 5, b);
        let word = |definition: &str, example: &str, example_from| NewWording {
            definition: definition.into(),
            example: example.into(),
            example_from,
            ..NewWording::default()
        };
        desk.apply(&Edit::Reword(a, word("careful planning", "", None)));
        desk.apply(&Edit::Reword(b, word("care", "I waited", Some(from))));
        desk.apply(&Edit::Reword(c, word("care", "", None)));
        desk.apply(&merge(&[b, c], a));
        let joined = desk.view().code(a).and_then(|node| node.wording.clone()).expect("a wording");
        assert_eq!(joined.definition, "careful planning\n(B) care\n(C) care");
        assert_eq!((joined.example.as_str(), joined.example_from), ("I waited", Some(from)));
    }

    #[test]
    fn rewording_keeps_earlier_wordings_with_their_reasons_even_if_the_clock_jumps_back() {
        let mut desk = Desk::new();
        let code = desk.code("Access");
        assert!(desk.view().code(code).is_some_and(|node| node.wording.is_none()), "to be defined");
        let define = |desk: &mut Desk, definition: &str, reason: &str, at: i64| {
            desk.mint.set(jiff::Timestamp::from_second(at).expect("a time"));
            let new = NewWording { definition: definition.into(), reason: reason.into(), ..NewWording::default() };
            let view = View::new(&desk.project, desk.coder);
            let step = crate::project::edit::plan(&view, &Edit::Reword(code, new), &mut desk.mint).expect("a step");
            desk.put(&step.puts);
            step.did
        };
        assert_eq!(define(&mut desk, "one", "", 3000), "define “Access”");
        assert_eq!(define(&mut desk, "two", "too wide", 2000), "reword “Access”");
        define(&mut desk, "three", "too narrow", 1000);
        let wordings: Vec<_> =
            desk.view().wordings(code).iter().map(|w| (w.definition.clone(), w.reason.clone())).collect();
        let of = |definition: &str, reason: &str| (definition.to_owned(), reason.to_owned());
        assert_eq!(wordings, [of("one", ""), of("two", "too wide"), of("three", "too narrow")]);
        let present = desk.view().code(code).and_then(|node| node.wording.clone());
        let same = NewWording { reason: "no change".into(), ..NewWording::from_present(present.as_ref()) };
        assert_eq!(desk.refusal(&Edit::Reword(code, same)), "the wording of “Access” is as it was");
    }
}
