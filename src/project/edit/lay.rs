//! Edits of codings: lay, extend, remove, resize, recode, comment.

mod batch;
mod taking;

use super::rounds::refuse_finished;
use super::{Refusal, mine};
use crate::project::codebook::Node;
use crate::project::coding::Coding;
use crate::project::id::{CodeId, CodingId, Mint};
use crate::project::put::Put;
use crate::project::record::Change;
use crate::project::source::Passage;
use crate::project::step::Step;
use crate::project::view::View;
use crate::text::{Pos, Span};
use batch::Batch;
use std::collections::HashSet;
use std::sync::Arc;
pub use taking::NewCoding;
pub(super) use taking::take;

/// Lays `codes` on `passages`. Words that already carry a code from the same coder extend that coding: the oldest id
/// stays, comments are kept. `apart` lays a coding of its own instead; so does an extension that would run from one
/// speaker's words into another's.
pub(super) fn lay(
    view: &View<'_>,
    passages: &[Passage],
    codes: &[CodeId],
    apart: bool,
    borders: &[Pos],
    mint: &mut dyn Mint,
) -> Result<Step, Refusal> {
    let mut placed: Vec<(Passage, Span)> = Vec::with_capacity(passages.len());
    for &passage in passages {
        if view.source(passage.source).is_none() {
            return Err(Refusal::Gone("source"));
        }
        placed.push((passage, view.place(passage)));
    }
    if placed.is_empty() || codes.is_empty() || placed.iter().any(|(_, span)| span.is_empty()) {
        return Err(Refusal::NoWords);
    }
    placed.sort_by_key(|(passage, span)| (passage.source, *span));
    let mut puts = Vec::new();
    let mut names = Vec::new();
    let mut laid = HashSet::new();
    for &code in codes {
        let node = applicable(view, code)?;
        if !laid.insert(node.code.id) {
            continue;
        }
        names.push(format!("“{}”", node.code.name));
        for source in placed.iter().map(|(passage, _)| passage.source).collect::<std::collections::BTreeSet<_>>() {
            refuse_finished(view, view.round_for(source, node.code.id), source)?;
        }
        if apart {
            puts.extend(
                placed.iter().map(|&(at, _)| Put::from(Change::create(fresh(view, node, at, mint.id().into())))),
            );
        } else {
            let mut batch = Batch::new(*view, node, borders);
            placed.iter().for_each(|(passage, span)| batch.lay(passage.source, *span, mint));
            puts.extend(batch.into_puts());
        }
    }
    if puts.is_empty() {
        return Err(Refusal::Idle(format!("these words carry {} already", names.join(", "))));
    }
    Ok(Step::new(format!("code {}", names.join(", ")), puts))
}

/// A code that can lie on text.
fn applicable<'a>(view: &View<'a>, code: CodeId) -> Result<&'a Node, Refusal> {
    let node = view.code(code).ok_or(Refusal::NoCode)?;
    if node.code.heading { Err(Refusal::Heading(node.code.name.clone())) } else { Ok(node) }
}

/// A coding of the viewing coder that is not in a finished case of an open round.
fn open_mine<'a>(view: &View<'a>, id: CodingId) -> Result<&'a Arc<Coding>, Refusal> {
    let coding = mine(view, id)?;
    refuse_finished(view, coding.round, coding.at.source)?;
    Ok(coding)
}

/// A new coding of the viewing coder, under the code's present wording.
fn fresh(view: &View<'_>, node: &Node, at: Passage, id: CodingId) -> Coding {
    let round = view.round_for(at.source, node.code.id);
    let wording = node.wording.as_ref().map(|wording| wording.id);
    Coding { id, coder: view.coder(), code: node.code.id, at, wording, comment: String::new(), round }
}

pub(super) fn remove(view: &View<'_>, ids: &[CodingId]) -> Result<Step, Refusal> {
    let mut puts = Vec::new();
    let mut names = Vec::new();
    for id in once_each(ids) {
        let coding = open_mine(view, id)?;
        names.push(format!("“{}”", view.code_name(coding.code)));
        puts.push(Change::delete(coding).into());
    }
    let did = match names.as_slice() {
        [] => return Err(Refusal::NoCoding),
        [name] => format!("remove {name}"),
        names => format!("remove {} codings", names.len()),
    };
    Ok(Step::new(did, puts))
}

pub(super) fn resize(view: &View<'_>, id: CodingId, to: Passage) -> Result<Step, Refusal> {
    let coding = open_mine(view, id)?;
    if to.source != coding.at.source {
        return Err(Refusal::OtherSource);
    }
    if view.place(to).is_empty() {
        return Err(Refusal::NoWords);
    }
    let did = format!("resize “{}”", view.code_name(coding.code));
    Ok(Step::new(did, vec![Change::change(coding, |coding| coding.at = to).into()]))
}

pub(super) fn recode(view: &View<'_>, ids: &[CodingId], to: CodeId) -> Result<Step, Refusal> {
    let node = applicable(view, to)?;
    let mut puts = Vec::new();
    let mut names = Vec::new();
    for id in once_each(ids) {
        let coding = open_mine(view, id)?;
        names.push(view.code_name(coding.code));
        let change = Change::change(coding, |coding| {
            coding.code = node.code.id;
            coding.wording = node.wording.as_ref().map(|wording| wording.id);
            coding.round = view.round_for(coding.at.source, node.code.id).or(coding.round);
        });
        puts.push(change.into());
    }
    let did = match names.as_slice() {
        [] => return Err(Refusal::NoCoding),
        [name] => format!("“{name}” becomes “{}”", node.code.name),
        names => format!("{} codings become “{}”", names.len(), node.code.name),
    };
    Ok(Step::new(did, puts))
}

pub(super) fn comment(view: &View<'_>, id: CodingId, text: &str) -> Result<Step, Refusal> {
    let coding = open_mine(view, id)?;
    let did = format!("comment on “{}”", view.code_name(coding.code));
    Ok(Step::new(did, vec![Change::change(coding, |coding| coding.comment = text.trim().to_owned()).into()]))
}

/// The ids in their order, each once: a step never holds two puts of one record.
fn once_each(ids: &[CodingId]) -> impl Iterator<Item = CodingId> {
    let mut seen = HashSet::new();
    ids.iter().copied().filter(move |&id| seen.insert(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::memo::Link;
    use crate::project::testing::Desk;

    fn row(from: u32, to: u32, code: &str, comment: &str) -> (u32, u32, String, String) {
        (from, to, code.into(), comment.into())
    }

    #[test]
    fn a_code_laid_over_words_that_carry_it_extends_that_coding_and_one_undo_parts_them_again() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        let first = desk.lay(text, 0, 10, code);
        let second = desk.lay(text, 20, 30, code);
        let third = desk.lay(text, 40, 50, code);
        desk.apply(&Edit::Comment(first, "one".into()));
        desk.apply(&Edit::Comment(third, "three".into()));
        let before = desk.laid(text);

        assert_eq!(desk.lay(text, 5, 45, code), first, "the oldest id stays");
        assert_eq!(desk.laid(text), [row(0, 50, "Access", "one\nthree")], "comments are kept");
        assert_eq!(desk.count(code), 1);

        desk.undo();
        assert_eq!(desk.laid(text), before);
        assert_eq!(desk.coding_over(text, 20, 30, code), second);
        desk.redo();
        assert_eq!(desk.laid(text), [row(0, 50, "Access", "one\nthree")]);
    }

    #[test]
    fn the_oldest_id_stays_wherever_its_coding_stands() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        let oldest = desk.lay(text, 60, 70, code);
        desk.lay(text, 0, 10, code);
        assert_eq!(desk.lay(text, 5, 65, code), oldest);
        assert_eq!(desk.spans(text), [(0, 70)]);
    }

    #[test]
    fn words_next_to_a_coding_do_not_carry_it_and_get_one_of_their_own() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        desk.lay(text, 0, 10, code);
        desk.lay(text, 10, 20, code);
        assert_eq!(desk.spans(text), [(0, 10), (10, 20)]);
    }

    #[test]
    fn laid_over_two_codings_that_only_together_cover_the_words_makes_them_one() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        let first = desk.lay(text, 0, 10, code);
        desk.lay(text, 10, 20, code);
        assert_eq!(desk.lay(text, 5, 15, code), first);
        assert_eq!(desk.spans(text), [(0, 20)]);
    }

    #[test]
    fn hits_of_a_search_that_overlap_become_one_coding_and_those_that_only_touch_do_not() {
        let mut desk = Desk::new();
        let (text, a, b) = (desk.source("A", 1000), desk.code("A"), desk.code("B"));
        let old = desk.lay(text, 95, 105, a);
        let before = desk.laid(text);
        // Not in order, one twice, one inside another; 100..110 meets what stands.
        let hits = [(300, 310), (0, 10), (5, 15), (15, 20), (100, 110), (108, 120), (300, 310), (302, 304)];
        desk.apply(&desk.laying(text, &hits, &[a, b, a]));
        assert_eq!(
            desk.laid(text),
            [
                row(0, 15, "A", ""),
                row(0, 15, "B", ""),
                row(15, 20, "A", ""),
                row(15, 20, "B", ""),
                row(95, 120, "A", ""),
                row(100, 120, "B", ""),
                row(300, 310, "A", ""),
                row(300, 310, "B", ""),
            ]
        );
        assert_eq!(desk.coding_over(text, 95, 120, a), old);
        desk.undo();
        assert_eq!(desk.laid(text), before);
    }

    #[test]
    fn hits_in_several_sources_do_not_meet() {
        let mut desk = Desk::new();
        let (one, two, code) = (desk.source("A", 100), desk.source("B", 100), desk.code("Access"));
        let passages = vec![desk.passage(two, 5, 15), desk.passage(one, 0, 10), desk.passage(two, 0, 10)];
        desk.apply(&Edit::Lay { passages, codes: vec![code], apart: false, borders: vec![] });
        assert_eq!((desk.spans(one), desk.spans(two)), (vec![(0, 10)], vec![(0, 15)]));
    }

    #[test]
    fn a_later_hit_joins_two_earlier_ones_with_a_coding_that_stands() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        let old = desk.lay(text, 30, 40, code);
        let passages = [(0, 10), (8, 20), (0, 35)].map(|(from, to)| desk.passage(text, from, to)).to_vec();
        desk.apply(&Edit::Lay { passages, codes: vec![code], apart: false, borders: vec![Pos(9)] });
        assert_eq!(
            desk.spans(text),
            [(0, 35), (30, 40)],
            "35 takes in what it covers, and not what lies over a border"
        );
        desk.undo();
        desk.apply(&desk.laying(text, &[(0, 10), (8, 20), (0, 35)], &[code]));
        assert_eq!(desk.spans(text), [(0, 40)]);
        assert_eq!(desk.coding_over(text, 0, 40, code), old);
    }

    #[test]
    fn a_coding_is_not_extended_into_another_speakers_words() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        desk.lay(text, 0, 10, code);
        desk.lay_between(text, 8, 25, code, &[5, 20, 50]);
        assert_eq!(desk.spans(text), [(0, 10), (8, 25)], "a speaker ends at 20, which both together would cross");
        desk.lay_between(text, 60, 70, code, &[50, 65]);
        desk.lay_between(text, 55, 75, code, &[50, 65]);
        assert_eq!(desk.spans(text)[2..], [(55, 75)], "what is laid across speakers takes in what lies in it");
        assert_eq!(
            desk.refusal(&Edit::Lay {
                passages: vec![desk.passage(text, 66, 68)],
                codes: vec![code],
                apart: false,
                borders: vec![Pos(67)]
            }),
            "these words carry “Access” already",
            "words that carry the code do so whoever speaks"
        );
        desk.lay(text, 80, 85, code);
        desk.lay_between(text, 83, 90, code, &[80, 90]);
        assert_eq!(desk.spans(text)[3..], [(80, 90)], "a border at the edge is not crossed");
    }

    #[test]
    fn a_hit_inside_two_codings_that_speakers_keep_apart_does_not_join_them() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        desk.lay(text, 0, 20, code);
        let passages = [(15, 30), (16, 18)].map(|(from, to)| desk.passage(text, from, to)).to_vec();
        desk.apply(&Edit::Lay { passages, codes: vec![code], apart: false, borders: vec![Pos(10)] });
        assert_eq!(desk.spans(text), [(0, 20), (15, 30)]);
    }

    #[test]
    fn a_coding_made_before_a_correction_is_extended_after_it_and_parted_again() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        let id = desk.lay(text, 50, 60, code);
        let made = desk.coding(id);
        desk.correct(text, 0, 0, 10);
        let mut earlier = made.at;
        earlier.span = Span::new(55, 65);
        desk.apply(&Edit::Lay { passages: vec![earlier], codes: vec![code], apart: false, borders: vec![] });
        assert_eq!((desk.spans(text), desk.coding(id).at), (vec![(60, 75)], desk.passage(text, 60, 75)));
        desk.undo();
        assert_eq!((desk.spans(text), desk.coding(id)), (vec![(60, 70)], made));
    }

    #[test]
    fn apart_lays_a_coding_of_its_own() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        desk.lay(text, 0, 10, code);
        desk.lay_apart(text, 5, 15, code);
        desk.lay_apart(text, 5, 15, code);
        assert_eq!(desk.spans(text), [(0, 10), (5, 15), (5, 15)]);
    }

    #[test]
    fn another_coders_codings_are_neither_extended_nor_changed() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        let theirs = desk.as_other(|desk| desk.lay(text, 0, 10, code));
        desk.lay(text, 5, 15, code);
        assert_eq!(desk.spans(text), [(5, 15)]);
        assert_eq!(desk.coding(theirs).at.span, Span::new(0, 10));
        for edit in [
            Edit::Remove(vec![theirs]),
            Edit::Recode(vec![theirs], code),
            Edit::Comment(theirs, "mine now".into()),
            Edit::Resize(theirs, desk.passage(text, 0, 1)),
        ] {
            assert_eq!(desk.refusal(&edit), "that coding is SC's; only SC can change it");
        }
    }

    #[test]
    fn words_that_carry_the_code_already_are_refused_with_its_name() {
        let mut desk = Desk::new();
        let (text, a, b) = (desk.source("A", 100), desk.code("Access"), desk.code("Cost"));
        desk.lay(text, 0, 10, a);
        assert_eq!(desk.refusal(&desk.laying(text, &[(0, 10), (2, 5)], &[a])), "these words carry “Access” already");
        desk.apply(&desk.laying(text, &[(2, 5)], &[a, b]));
        assert_eq!(desk.laid(text), [row(0, 10, "Access", ""), row(2, 5, "Cost", "")], "the other code is laid");
        let heading = desk.code("Headings only");
        desk.apply(&Edit::SetHeading(heading, true));
        let why = "“Headings only” is a heading and is not applied to text; choose a code under it";
        assert_eq!(desk.refusal(&desk.laying(text, &[(50, 60)], &[heading])), why);
        assert_eq!(desk.refusal(&desk.laying(text, &[(50, 50)], &[a])), "there is nothing selected to code");
        assert_eq!(desk.refusal(&desk.laying(text, &[], &[a])), "there is nothing selected to code");
        desk.apply(&Edit::DeleteSource(text));
        assert_eq!(desk.refusal(&desk.laying(text, &[(50, 60)], &[a])), "that source is no longer in the study");
    }

    #[test]
    fn a_code_extends_codings_made_with_a_code_that_was_merged_into_it() {
        let mut desk = Desk::new();
        let (text, from, into) = (desk.source("A", 100), desk.code("Old"), desk.code("New"));
        let old = desk.lay(text, 0, 10, from);
        desk.apply(&Edit::Comment(old, "kept".into()));
        desk.apply(&Edit::MergeCodes { from: vec![from], into });
        desk.lay(text, 5, 20, into);
        assert_eq!(desk.laid(text), [row(0, 20, "New", "kept")]);
        assert_eq!(desk.coding_over(text, 0, 20, into), old);
        desk.lay(text, 15, 30, from);
        assert_eq!(desk.laid(text), [row(0, 30, "New", "kept")], "the merged code stands for the other");
        assert_eq!(desk.count(into), 1);
    }

    #[test]
    fn own_memos_on_a_coding_follow_it_into_the_one_it_is_joined_with() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        let stays = desk.lay(text, 0, 10, code);
        let goes = desk.lay(text, 20, 30, code);
        let memo = desk.memo(Link::Coding(goes), "What a wait", false);
        desk.lay(text, 5, 25, code);
        let on = |desk: &Desk, id| desk.view().memos_on(Link::Coding(id)).iter().map(|m| m.id).collect::<Vec<_>>();
        assert_eq!((on(&desk, stays), on(&desk, goes)), (vec![memo], vec![]));
        desk.undo();
        assert_eq!((on(&desk, stays), on(&desk, goes)), (vec![], vec![memo]));
    }

    #[test]
    fn an_extended_coding_is_confirmed_under_the_present_wording() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        desk.define(code, "one", "");
        let id = desk.lay(text, 0, 10, code);
        let made_under = desk.coding(id).wording;
        desk.define(code, "two", "sharper");
        assert_eq!(desk.coding(id).wording, made_under);
        desk.lay(text, 5, 12, code);
        let present = desk.view().code(code).and_then(|node| node.code.wording);
        assert!(present.is_some() && present != made_under);
        assert_eq!(desk.coding(id).wording, present);
    }

    #[test]
    fn codings_are_resized_recoded_commented_and_removed() {
        let mut desk = Desk::new();
        let (text, other) = (desk.source("A", 100), desk.source("B", 100));
        let (a, b) = (desk.code("Access"), desk.code("Cost"));
        desk.define(b, "what it takes", "");
        let id = desk.lay(text, 0, 10, a);
        desk.apply(&Edit::Resize(id, desk.passage(text, 3, 20)));
        desk.apply(&Edit::Recode(vec![id, id], b));
        desk.apply(&Edit::Comment(id, "  so there \n".into()));
        assert_eq!(desk.laid(text), [row(3, 20, "Cost", "so there")]);
        assert_eq!(desk.coding(id).wording, desk.view().code(b).and_then(|node| node.code.wording));
        assert_eq!((desk.count(a), desk.count(b)), (0, 1));
        let why = "a coding stays in its source; code the other passage anew";
        assert_eq!(desk.refusal(&Edit::Resize(id, desk.passage(other, 0, 5))), why);
        let step = desk.apply(&Edit::Remove(vec![id, id]));
        assert_eq!((step.did.as_str(), desk.spans(text).len()), ("remove “Cost”", 0));
        desk.undo();
        assert_eq!(desk.laid(text), [row(3, 20, "Cost", "so there")]);
        desk.undo();
        desk.undo();
        desk.undo();
        assert_eq!(desk.laid(text), [row(0, 10, "Access", "")]);
        assert_eq!(desk.refusal(&Edit::Recode(vec![], b)), "that coding is no longer there");
    }
}
