//! Laws that hold whatever people do, in any order, undone and done again.

mod support {
    pub mod random_edits;
    pub mod round_wishes;
    pub mod standing;
    pub mod study;
    pub mod writers;
}

use emic::project::Project;
use emic::project::codebook::Code;
use emic::project::put::Put;
use emic::project::view::{Seen, View, Whose};
use emic::session::study::EditError;
use emic::text::{Pos, Span};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use support::random_edits::{Wish, any_wish, any_wishes, beginning};
use support::standing::{Standing, derived, made_anew};
use support::study::{Open, history_of, mint};
use support::writers::{Replica, WRITERS, all_at_once, any_event, happen};

/// What somebody does at the keyboard.
#[derive(Clone, Debug)]
enum Deed {
    Want(Wish),
    Undo,
    Redo,
}

fn any_deed() -> impl Strategy<Value = Deed> {
    prop_oneof![4 => any_wish().prop_map(Deed::Want), 2 => Just(Deed::Undo), 1 => Just(Deed::Redo)]
}

fn begun() -> Open {
    let (project, coders) = beginning(&mut mint(3));
    Open::with(project, coders[0], "PB-aaaa", 5)
}

/// Does what `wish` means, if it can be done. Whether there is something more to undo then. What was done is added to
/// `log`, for messages.
fn want(open: &mut Open, wish: &Wish, log: &mut Vec<String>) -> bool {
    let coder = open.study.coder();
    let Some(edit) = wish.edit(&open.study.snapshot(), coder, &mut Fresh(&mut open.study)) else { return false };
    let depth = open.study.history().depth();
    let Ok(done) = open.study.apply(&edit) else { return false };
    assert!(!done.did.trim().is_empty(), "{edit:?} says nothing of what it did");
    are_proper(&done.puts);
    log.push(format!("{edit:?}"));
    open.study.history().depth() > depth
}

/// Ids from an open study.
struct Fresh<'a>(&'a mut emic::session::Study);

impl emic::project::id::Mint for Fresh<'_> {
    fn id(&mut self) -> emic::project::id::Id {
        self.0.fresh_id()
    }
    fn now(&mut self) -> jiff::Timestamp {
        self.0.now()
    }
    fn random(&mut self) -> u64 {
        self.0.random()
    }
}

/// No put is idle, and no two concern one record.
fn are_proper(puts: &[Put]) {
    assert!(puts.iter().all(|put| !put.is_idle()), "an idle put in {puts:?}");
    let mut targets: Vec<_> = puts.iter().map(|put| put.target().expect("a put of something")).collect();
    targets.sort();
    targets.dedup();
    assert_eq!(targets.len(), puts.len(), "two puts of one record in {puts:?}");
}

fn same(project: &Project, wanted: &Standing, log: &[String]) -> Result<(), TestCaseError> {
    let found = Standing::of(project);
    prop_assert!(found == *wanted, "{:#?} after {log:#?}", wanted.against(&found));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn all_undone_gives_the_beginning_and_all_redone_the_end(wishes in any_wishes(1..40)) {
        let mut open = begun();
        let start = Standing::of(&open.study.snapshot());
        let mut log = Vec::new();
        let done = wishes.iter().filter(|wish| want(&mut open, wish, &mut log)).count();
        let end = Standing::of(&open.study.snapshot());
        for _ in 0..done {
            are_proper(&open.study.undo().map_err(|why| TestCaseError::fail(why.to_string()))?.puts);
        }
        prop_assert_eq!(open.study.undo(), Err(EditError::Nothing("undo")));
        same(&open.study.snapshot(), &start, &log)?;
        for _ in 0..done {
            are_proper(&open.study.redo().map_err(|why| TestCaseError::fail(why.to_string()))?.puts);
        }
        prop_assert_eq!(open.study.redo(), Err(EditError::Nothing("redo")));
        same(&open.study.snapshot(), &end, &log)?;
    }

    #[test]
    fn undo_and_redo_in_any_turns_walk_the_states_there_were(deeds in proptest::collection::vec(any_deed(), 1..60)) {
        let mut open = begun();
        let mut log = Vec::new();
        let (mut states, mut at) = (vec![Standing::of(&open.study.snapshot())], 0);
        for deed in deeds {
            match deed {
                Deed::Want(wish) => if want(&mut open, &wish, &mut log) {
                    at += 1;
                    states.truncate(at);
                    states.push(Standing::of(&open.study.snapshot()));
                },
                Deed::Undo => match open.study.undo() {
                    Ok(_) => { at -= 1; log.push("undo".into()) },
                    Err(why) => prop_assert_eq!((why, at), (EditError::Nothing("undo"), 0)),
                },
                Deed::Redo => match open.study.redo() {
                    Ok(_) => { at += 1; log.push("redo".into()) },
                    Err(why) => prop_assert_eq!((why, at), (EditError::Nothing("redo"), states.len() - 1)),
                },
            }
            same(&open.study.snapshot(), &states[at], &log)?;
        }
        prop_assert_eq!(open.study.history(), &history_of(&open.kept.lines(), "PB"), "as after a restart");
    }

    #[test]
    fn what_is_derived_is_as_if_made_anew_and_counts_and_questions_answer_as_a_plain_list(
        deeds in proptest::collection::vec(any_deed(), 1..60),
        ask in proptest::collection::vec((0u32..260, 0u32..60), 8),
    ) {
        let (mut open, mut log) = (begun(), Vec::new());
        for deed in deeds {
            match deed {
                Deed::Want(wish) => drop(want(&mut open, &wish, &mut log)),
                Deed::Undo => drop(open.study.undo()),
                Deed::Redo => drop(open.study.redo()),
            }
        }
        let project = open.study.snapshot();
        is_sound(&project, &ask)?;
    }

    #[test]
    fn lines_of_three_writers_make_one_project_in_whatever_order_they_arrive(
        events in proptest::collection::vec(any_event(), 1..80),
        upwards in any::<[bool; WRITERS]>(),
        ask in proptest::collection::vec((0u32..260, 0u32..60), 4),
    ) {
        let (beginning, coders) = beginning(&mut mint(3));
        let mut writers = Replica::three(&beginning, &coders, true);
        happen(&mut writers, &events, upwards);
        let whole = all_at_once(&beginning, &writers);
        for writer in &writers {
            prop_assert!(writer.project == whole, "{:#?}", Standing::of(&whole).against(&Standing::of(&writer.project)));
            prop_assert_eq!(derived(&writer.project), derived(&whole));
        }
        is_sound(&whole, &ask)?;
    }
}

/// What is derived agrees with the records, and counts and answers with a plain list.
fn is_sound(project: &Project, ask: &[(u32, u32)]) -> Result<(), TestCaseError> {
    let anew = made_anew(project);
    prop_assert!(*project == anew);
    prop_assert_eq!(derived(project), derived(&anew));
    prop_assert_eq!(project.versions(), anew.versions());
    let coders: Vec<_> = View::new(project, Default::default()).coders().map(|coder| coder.id).collect();
    for whose in [Whose::Mine, Whose::Of(coders[1]), Whose::Everybody] {
        let view = View::new(project, coders[0]).showing(whose);
        counts_agree(&view)?;
        view.sources().iter().try_for_each(|source| answers_agree(&view, source.id, ask))?;
    }
    tree_is_whole(project)
}

fn counts_agree(view: &View<'_>) -> Result<(), TestCaseError> {
    let all: Vec<Seen<'_>> = view.codings().collect();
    for code in view.codebook().in_order() {
        prop_assert_eq!(view.count(code) as usize, all.iter().filter(|seen| seen.code == code).count());
        let branch = view.codebook().branch(code);
        let below = all.iter().filter(|seen| branch.contains(&seen.code)).count();
        prop_assert_eq!(view.count_branch(code) as usize, below);
    }
    let codes = view.codebook().in_order();
    prop_assert!(all.iter().all(|seen| codes.contains(&seen.code)));
    Ok(())
}

fn answers_agree(
    view: &View<'_>,
    source: emic::project::id::SourceId,
    ask: &[(u32, u32)],
) -> Result<(), TestCaseError> {
    let all: Vec<Seen<'_>> = view.codings_of(source).collect();
    let key = |seen: &Seen<'_>| (seen.span, seen.coding.id);
    prop_assert!(all.windows(2).all(|pair| pair[0].span.start <= pair[1].span.start));
    for &(at, length) in ask {
        let (asked, touched) = (Span::new(at, at + length), Span::new(at, at + length.max(1)));
        let mut found = Vec::new();
        view.codings_within(source, asked, |seen| found.push(key(&seen)));
        let plain: Vec<_> = all.iter().filter(|seen| seen.span.overlaps(touched)).map(key).collect();
        prop_assert_eq!(found, plain);
        let next = view.next_coding(source, Pos(at), false, |_| true).map(|seen| key(&seen));
        prop_assert_eq!(next, all.iter().find(|seen| seen.span.start.0 > at).map(key));
        let last = view.next_coding(source, Pos(at), true, |_| true).map(|seen| key(&seen));
        prop_assert_eq!(last, all.iter().rfind(|seen| seen.span.start.0 < at).map(key));
    }
    Ok(())
}

/// Every code that stands and was not merged is in the tree exactly once, under its parent, one deeper than it.
fn tree_is_whole(project: &Project) -> Result<(), TestCaseError> {
    let book = project.codebook();
    let mut order = book.in_order();
    prop_assert_eq!(order.len(), book.len());
    for (at, &id) in order.iter().enumerate() {
        let node = book.get(id).expect("a node");
        let depth = node.parent.and_then(|parent| book.get(parent)).map_or(0, |parent| parent.depth + 1);
        prop_assert_eq!(node.depth, depth);
        prop_assert!(node.parent.is_none_or(|parent| order[..at].contains(&parent)), "below its parent");
        prop_assert!(book.children(node.parent).contains(&id));
    }
    order.sort();
    let taken_in: usize = order.iter().filter_map(|&id| book.get(id)).map(|node| node.absorbed.len()).sum();
    prop_assert_eq!(order.len() + taken_in, project.all::<Code>().count());
    for code in project.all::<Code>() {
        let stands = order.binary_search(&code.id).is_ok();
        prop_assert!(stands || code.merged.is_some(), "{code:?} is not in the tree");
        prop_assert!(book.resolve(code.id).is_some());
    }
    Ok(())
}

#[test]
fn without_folding_anew_what_a_late_line_names_the_copies_would_differ() {
    let (beginning, coders) = beginning(&mut mint(3));
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let schedule = proptest::collection::vec(any_event(), 40..80);
    let (mut differ, mut refolded) = (0, 0);
    for _ in 0..50 {
        let events = schedule.new_tree(&mut runner).expect("a schedule").current();
        let [mut with, mut without] = [true, false].map(|refolding| Replica::three(&beginning, &coders, refolding));
        happen(&mut with, &events, [true; WRITERS]);
        happen(&mut without, &events, [true; WRITERS]);
        refolded += with.iter().map(|writer| writer.refolded).sum::<usize>();
        let whole = all_at_once(&beginning, &without);
        differ += without.iter().filter(|writer| writer.project != whole).count();
    }
    assert!(differ > 30 && refolded > 100, "the trial tries something: {differ} differ, {refolded} folded anew");
}

#[test]
fn wishes_of_every_kind_come_true_and_most_of_them_do() {
    let mut rng = fastrand::Rng::with_seed(11);
    let mut kinds = std::collections::BTreeMap::new();
    let (mut wished, mut done) = (0, 0);
    for seed in 0..40 {
        let (project, coders) = beginning(&mut mint(seed));
        let mut open = Open::with(project, coders[0], "PB-aaaa", 1000 + seed);
        for _ in 0..50 {
            let wish = Wish::random(&mut rng);
            let mut log = Vec::new();
            wished += 1;
            want(&mut open, &wish, &mut log);
            done += log.len();
            for edit in log {
                let kind = edit.split([' ', '(']).next().unwrap_or_default().to_owned();
                *kinds.entry(kind).or_insert(0) += 1;
            }
        }
    }
    assert_eq!(kinds.len(), 38, "{kinds:?}");
    assert!(kinds.values().all(|&times| times >= 3), "{kinds:?}");
    assert!(done * 4 > wished * 3, "{done} of {wished}");
}
