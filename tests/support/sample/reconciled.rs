//! From the reveal to the consensus: proposals settled, every disagreement decided.

use super::maker::{Maker, Timeline, after};
use super::working::{Decided, Difference, How, Working};
use emic::agreement::ItemType;
use emic::findings::queue::{Item, Queue, decide, decide_otherwise, queue_of, resolve};
use emic::project::decision::Outcome;
use emic::project::edit::Edit;
use emic::project::id::{CodeId, CoderId};
use emic::project::source::Passage;
use emic::text::Span;
use std::rc::Rc;

pub fn plan(timeline: &mut Timeline, working: &Rc<Working>) {
    let file = &working.round;
    let code = file.proposals.code.clone();
    timeline.at(code.settled, &code.settled_by.clone(), move |maker| {
        let (from, into) = (vec![maker.code(&code.key)], maker.code(&code.merged_into));
        maker.edit(&Edit::MergeCodes { from, into });
    });
    let wording = file.proposals.wording.clone();
    timeline.at(wording.settled, &wording.settled_by.clone(), move |maker| {
        let proposed = maker.view().proposed_wordings(maker.round)[0].id;
        maker.edit(&Edit::AcceptWording(proposed, false));
    });
    let meetings = &file.meetings;
    let (mut time, mut third) = (meetings.first, meetings.third_person);
    for (n, difference) in file.differences.iter().enumerate() {
        if let Some(decided) = &difference.decided {
            let (by, passed) = (decided.by.clone(), decided.passed.clone());
            if decided.discussed {
                // Left at the end of the first meeting, talked over in its turn in the second.
                timeline.at(after(meetings.first, 180), &by, move |maker| settle(maker, n, Some(Outcome::Discuss)));
                timeline.at(time, &by, move |maker| settle(maker, n, None));
            } else if let Some(person) = passed {
                let to = person.clone();
                timeline.at(time, &by, move |maker| {
                    let to = maker.coders[&to];
                    settle(maker, n, Some(Outcome::Passed(Some(to))));
                });
                timeline.at(third, &person, move |maker| settle(maker, n, None));
                third = after(third, meetings.minutes);
            } else {
                timeline.at(time, &by, move |maker| settle(maker, n, None));
            }
            time = after(time, meetings.minutes);
        }
        if difference.at.as_ref() == Some(&meetings.up_to) {
            time = meetings.second;
        }
    }
}

/// Decides about the disagreement that a difference makes: what comes of it is the truth, unless it is put off.
fn settle(maker: &mut Maker, n: usize, put_off: Option<Outcome>) {
    let working = Rc::clone(&maker.working);
    let difference = &working.round.differences[n];
    let decided = difference.decided.as_ref().expect("it is decided");
    let queue = queue_of(&maker.view(), maker.round).expect("revealed");
    let item = item_of(maker, &queue, difference);
    let me = maker.coder;
    // Those who coded the case are there; a third person decides alone.
    let is_third = !item.desk.contains(&me);
    let with: Vec<CoderId> = item.desk.iter().copied().filter(|coder| *coder != me && !is_third).collect();
    let edit = match put_off {
        Some(outcome) => decide(&queue, item, outcome, &with, "").expect("can be put off"),
        None => as_the_truth(maker, &queue, item, &with, decided),
    };
    maker.edit(&edit);
}

/// The disagreement that a difference is about.
fn item_of<'a>(maker: &Maker, queue: &'a Queue, difference: &Difference) -> &'a Item {
    let (file, span, keys) = about(&maker.working, difference);
    let book = maker.view();
    let codes: Vec<CodeId> = keys.iter().filter_map(|key| book.codebook().resolve(maker.code(key))).collect();
    let source = maker.sources[&file].0;
    let of = |item: &&Item| {
        let meets =
            |piece: &emic::project::decision::Piece| codes.contains(&piece.code) && piece.at.span.overlaps(span);
        item.source == source && item.seen.iter().any(meets)
    };
    let found: Vec<&Item> = queue.items.iter().filter(of).collect();
    assert_eq!(found.len(), 1, "{file} {keys:?} {:?}: {found:?}", difference.how);
    found[0]
}

/// Where a difference lies and which codes it is about.
pub fn about(working: &Working, difference: &Difference) -> (String, Span, Vec<String>) {
    match (&difference.at, &difference.how) {
        (Some((file, number, key)), how) => {
            let mut keys = vec![key.clone()];
            if let How::Gives(other) = how {
                keys.push(other.clone());
            }
            (file.clone(), working.mark(file, *number).span, keys)
        }
        (None, How::Adds(key)) => {
            (difference.file.clone(), working.find(&difference.file, &difference.words), vec![key.clone()])
        }
        (None, how) => panic!("{how:?} of nothing"),
    }
}

fn as_the_truth(maker: &Maker, queue: &Queue, item: &Item, with: &[CoderId], decided: &Decided) -> Edit {
    let truth = truth_at(maker, item);
    let sorted = |mut result: Vec<(CodeId, Passage)>| {
        result.sort_unstable();
        result
    };
    // Of what only some have, one of them is followed, as if it were there or not; of the rest it is the edges.
    let same_code = matches!(item.kind, ItemType::Extent | ItemType::Split);
    let extents = [Outcome::Wider, Outcome::Tighter].into_iter().filter(|_| same_code);
    let sides = item.desk.iter().map(|coder| Outcome::As(*coder));
    let as_had = sides.filter(|_| !truth.is_empty());
    let outcomes = extents.chain(as_had).chain([Outcome::Both, Outcome::Neither]);
    let found = outcomes.into_iter().find(|outcome| resolve(item, *outcome).map(sorted) == Some(truth.clone()));
    match found {
        Some(outcome) => decide(queue, item, outcome, with, &decided.why).expect("it resolves"),
        None => decide_otherwise(queue, item, truth, with, &decided.why),
    }
}

/// What the truth has of the codes of a disagreement where it lies.
fn truth_at(maker: &Maker, item: &Item) -> Vec<(CodeId, Passage)> {
    let working = &maker.working;
    let (file, _) = maker.sources.iter().find(|(_, (id, _))| *id == item.source).expect("a source");
    let laid = super::blind::truth(working, file, |key| working.is_of_round(key));
    let here = laid.iter().map(|laid| (maker.code(&laid.key), maker.passage(file, laid.span)));
    let meets = |(code, at): &(CodeId, Passage)| {
        item.seen.iter().any(|piece| piece.at.span.overlaps(at.span)) && item.codes.contains(code)
    };
    let mut out: Vec<(CodeId, Passage)> = here.filter(meets).collect();
    out.sort_unstable();
    out
}
