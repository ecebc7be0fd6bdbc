//! The queue on trial: what each kind of disagreement becomes, what a decision holds for, what later edits do.

use super::*;
use crate::agreement::ItemType;
use crate::findings::consensus::{By, consensus_of, reasons};
use crate::findings::testing::Trial;
use crate::findings::working::{Holder, Rests, working};
use crate::project::decision::{Outcome, Verdict};
use crate::project::edit::{Edit, Spot};
use crate::project::id::CodeId;
use crate::project::source::Passage;

/// Two coders, one disagreement of each kind that two can have.
fn of_each_kind() -> Trial {
    let mut trial = Trial::open(2, 4, 2);
    let all = [
        (0, 0, 0, 8, 0),
        // Extent: the second is wider by 12.
        (0, 0, 20, 40, 1),
        (1, 0, 20, 52, 1),
        // Split.
        (0, 0, 60, 70, 1),
        (0, 0, 70, 80, 1),
        (1, 0, 60, 80, 1),
        (1, 0, 65, 82, 1),
        // Sibling.
        (0, 1, 0, 20, 2),
        (1, 1, 0, 20, 3),
        // An edge.
        (0, 1, 100, 140, 0),
        (1, 1, 100, 142, 0),
        // Agreed.
        (0, 1, 150, 160, 1),
        (1, 1, 150, 160, 1),
    ];
    for (coder, source, from, to, code) in all {
        trial.lay(coder, source, from, to, code);
    }
    trial.reveal();
    trial
}

#[test]
fn every_kind_is_told_for_what_it_is_and_stands_where_it_belongs() {
    let trial = of_each_kind();
    let queue = trial.queue();
    let (a, b) = (trial.coders[0], trial.coders[1]);
    let told: Vec<(ItemType, Gist, Group)> =
        queue.items.iter().map(|item| (item.kind, item.gist(), item.group())).collect();
    assert_eq!(
        told,
        [
            (ItemType::Only, Gist::Only(a), Group::ChangesTables),
            (ItemType::Extent, Gist::Wider(b, 12), Group::Boundaries),
            (ItemType::Split, Gist::Pieces(vec![(a, 2), (b, 1)]), Group::Edges),
            (ItemType::Sibling, Gist::Siblings, Group::ChangesTables),
            (ItemType::Extent, Gist::Wider(b, 2), Group::Edges),
        ]
    );
    let view = trial.view();
    let listed = |order, filter: Filter| queue.listed(&view, order, &filter);
    assert_eq!(listed(Order::TableFirst, Filter::default()), [0, 3, 1, 2, 4]);
    assert_eq!(listed(Order::Code, Filter::default()), [0, 4, 1, 2, 3]);
    assert_eq!(listed(Order::Case, Filter::default()), [0, 1, 2, 3, 4]);
    assert_eq!(listed(Order::Kind, Filter::default()), [0, 3, 1, 4, 2]);
    assert_eq!(listed(Order::Size, Filter::default()), [4, 1, 2, 3, 0]);
    assert_eq!(listed(Order::Case, Filter { code: Some(trial.codes[0]), ..Filter::default() }), [0, 4]);
    assert_eq!(listed(Order::Case, Filter { case: Some(trial.cases[1]), ..Filter::default() }), [3, 4]);
    assert_eq!(listed(Order::Case, Filter { coder: Some(b), ..Filter::default() }), [1, 2, 3, 4]);
    assert_eq!(queue.about(trial.codes[1]), 2);
    let left = vec![(Group::ChangesTables, 2), (Group::Boundaries, 1), (Group::Edges, 2)];
    assert_eq!(queue.progress(), Progress { decided: 0, of: 5, left });
    assert_eq!(offered(&queue.items[0]), [Outcome::As(a), Outcome::As(b), Outcome::Neither]);
    assert_eq!(offered(&queue.items[1])[2..], [Outcome::Wider, Outcome::Tighter, Outcome::Neither]);
    assert_eq!(offered(&queue.items[3])[2..], [Outcome::Both, Outcome::Neither]);
}

#[test]
fn outcomes_become_what_the_words_carry() {
    let trial = of_each_kind();
    let queue = trial.queue();
    let spans = |n: usize, outcome| {
        let number = |code| trial.codes.iter().position(|known| *known == code).expect("a code of the round");
        let resolved = resolve(&queue.items[n], outcome)?.into_iter();
        let mut all: Vec<_> = resolved.map(|(code, at)| (number(code), at.span.start.0, at.span.end.0)).collect();
        all.sort_unstable();
        Some(all)
    };
    let (a, b) = (Outcome::As(trial.coders[0]), Outcome::As(trial.coders[1]));
    assert_eq!(spans(0, a), Some(vec![(0, 0, 8)]));
    assert_eq!(spans(0, b), Some(vec![]), "the one who coded nothing there");
    assert_eq!(spans(0, Outcome::Wider), None);
    assert_eq!(
        (spans(1, Outcome::Wider), spans(1, Outcome::Tighter)),
        (Some(vec![(1, 20, 52)]), Some(vec![(1, 20, 40)]))
    );
    assert_eq!(spans(2, a), Some(vec![(1, 60, 70), (1, 70, 80)]));
    assert_eq!(
        (spans(2, Outcome::Wider), spans(2, Outcome::Tighter)),
        (Some(vec![(1, 60, 82)]), Some(vec![(1, 60, 80)]))
    );
    assert_eq!((spans(3, Outcome::Both), spans(3, Outcome::Tighter)), (Some(vec![(2, 0, 20), (3, 0, 20)]), None));
    assert_eq!(spans(3, Outcome::Neither), Some(vec![]));
    assert_eq!(spans(3, Outcome::Discuss), None);
}

#[test]
fn with_three_coders_what_two_have_is_tightened_among_those_who_have_it() {
    let mut trial = Trial::open(1, 2, 3);
    trial.lay(0, 0, 0, 40, 0);
    trial.lay(1, 0, 10, 50, 0);
    trial.lay(2, 0, 100, 110, 1);
    trial.reveal();
    let queue = trial.queue();
    let item = &queue.items[0];
    let (have, lack) = (trial.coders[..2].to_vec(), vec![trial.coders[2]]);
    assert_eq!((item.kind, item.gist()), (ItemType::Partial, Gist::Partly { have, lack }));
    let spans = |outcome| resolve(item, outcome).expect("offered").iter().map(|(_, at)| at.span).collect::<Vec<_>>();
    assert_eq!(spans(Outcome::Tighter), [Span::new(10, 40)]);
    assert_eq!(spans(Outcome::Wider), [Span::new(0, 50)]);
    assert_eq!(spans(Outcome::As(trial.coders[2])), []);
}

#[test]
fn edges_are_settled_as_one_step_that_one_undo_takes_back() {
    let mut trial = of_each_kind();
    let edit = settle_edges(&trial.queue(), Outcome::As(trial.coders[1]), &[], "").expect("edges");
    trial.desk.apply(&edit);
    let queue = trial.queue();
    assert_eq!(queue.progress().decided, 2);
    assert_eq!(settle_edges(&queue, Outcome::Wider, &[], ""), None);
    trial.desk.undo();
    assert_eq!(trial.queue().progress().decided, 0);
}

#[test]
fn a_decision_outlives_what_is_not_about_it_and_is_asked_again_when_its_pieces_change() {
    let mut trial = of_each_kind();
    let (source, other) = (trial.sources[0], trial.sources[1]);
    trial.decide(Outcome::Wider, |item| item.kind == ItemType::Extent && item.source == source);
    let decided = |trial: &Trial| {
        let queue = trial.queue();
        let found = queue.items.iter().find(|i| i.kind == ItemType::Extent && i.source == source).cloned();
        found.expect("the item")
    };
    let result = |item: &Item| item.state.decision().map(|decision| decision.result.clone());
    assert_eq!(decided(&trial).state.decision().expect("a decision").kind, "extent");
    // Elsewhere in the text, in another source, a comment, another name, another place in the tree: it holds.
    trial.lay(1, 0, 100, 120, 1);
    trial.lay(0, 1, 30, 60, 2);
    let coding = trial.desk.coding_over(source, 20, 40, trial.codes[1]);
    trial.by(0, |desk| desk.apply(&Edit::Comment(coding, "an afterthought".into())));
    let code = trial.codes[1];
    trial.desk.apply(&Edit::RenameCode(code, "By another name".into()));
    trial.desk.apply(&Edit::MoveCode(code, Spot { parent: None, after: None }));
    let item = decided(&trial);
    assert!(item.state.is_decided() && !item.after_reveal);
    // What came later asks for itself, and says that it came later.
    let late: Vec<_> = trial.queue().items.into_iter().filter(|item| item.after_reveal).collect();
    assert_eq!(
        late.iter().map(|item| (item.source, item.span)).collect::<Vec<_>>(),
        [(source, Span::new(100, 120)), (other, Span::new(30, 60)),]
    );
    assert!(late.iter().all(|item| item.state == State::Open));
    // A correction before it moves the item and what was decided along.
    trial.desk.correct(source, 5, 6, 4);
    let item = decided(&trial);
    assert_eq!((item.span, item.state.is_decided()), (Span::new(23, 55), true));
    let consensus = consensus_of(&trial.view(), &trial.queue());
    assert!(consensus.stretches(source, code).contains(&Span::new(23, 55)));
    assert_eq!(result(&item).expect("a result")[0].at.span, Span::new(20, 52), "what was stored stays as it was");
    // Its own pieces change: it is another item, and open.
    let passage = trial.desk.passage(source, 23, 50);
    trial.by(0, |desk| desk.apply(&Edit::Resize(coding, passage)));
    let item = decided(&trial);
    assert_eq!((&item.state, item.after_reveal), (&State::Open, true));
    // Taken back, the old decision holds again.
    trial.desk.undo();
    assert!(decided(&trial).state.is_decided());
}

#[test]
fn codes_merged_after_a_decision_are_followed() {
    let mut trial = of_each_kind();
    let source = trial.sources[0];
    trial.decide(Outcome::Wider, |item| item.kind == ItemType::Extent && item.source == source);
    let before = trial.figures();
    let into = trial.desk.code("A wider code");
    trial.desk.apply(&Edit::MergeCodes { from: vec![trial.codes[1]], into });
    let queue = trial.queue();
    let item = queue.items.iter().find(|item| item.span == Span::new(20, 52)).expect("the item");
    assert_eq!((&item.codes[..], item.state.is_decided(), item.after_reveal), (&[into][..], true, false));
    let figures = trial.figures();
    assert_eq!((&figures.pooled, &figures.disagreements), (&before.pooled, &before.disagreements));
    assert_eq!(figures.rows[1].name, "Code 1 (now A wider code)");
    // Two siblings made one: they agree now.
    trial.desk.apply(&Edit::MergeCodes { from: vec![trial.codes[2]], into: trial.codes[3] });
    assert!(trial.queue().items.iter().all(|item| item.kind != ItemType::Sibling));
}

#[test]
fn the_newest_word_holds_whoever_said_it() {
    let mut trial = of_each_kind();
    let is = |item: &Item| item.kind == ItemType::Only;
    trial.decide(Outcome::Neither, is);
    let state = |trial: &Trial| trial.queue().items[0].state.clone();
    assert!(state(&trial).is_decided());
    let (them, third) = (trial.coders[1], trial.desk.id().into());
    trial.desk.apply(&Edit::AddCoder { id: third, initials: "EW".into(), name: String::new() });
    let round = trial.round;
    trial.by(1, |desk| {
        let queue = queue_of(&desk.view(), round).expect("a queue");
        desk.apply(&decide(&queue, &queue.items[0], Outcome::Passed(None), &[], "").expect("an edit"));
    });
    assert!(matches!(state(&trial), State::Passed(_)));
    let queue = trial.queue();
    let item = &queue.items[0];
    assert!(item.is_passed_to(third) && !item.is_passed_to(them) && !item.is_passed_to(trial.coders[0]));
    let passed = Filter { passed_to: Some(third), ..Filter::default() };
    assert_eq!(queue.listed(&trial.view(), Order::Case, &passed), [0]);
    assert_eq!(queue.progress().decided, 0, "it is open still");
}

#[test]
fn the_consensus_is_what_is_agreed_with_what_is_decided() {
    let mut trial = of_each_kind();
    let view = trial.view();
    let consensus = consensus_of(&view, &trial.queue());
    assert_eq!(consensus.held.len(), 1, "only what both had alike");
    assert_eq!(consensus.cases, [(trial.cases[0], 3), (trial.cases[1], 2)]);
    let pairs: Vec<(usize, usize)> = vec![(0, 0), (0, 1), (1, 0), (2, 1), (3, 1)];
    let pair = |(code, case): (usize, usize)| (trial.codes[code], trial.cases[case]);
    assert_eq!(consensus.disputed, pairs.into_iter().map(pair).collect::<Vec<_>>());
    // The tables count everybody's as long as something is open (what both have alike is one), the consensus then.
    let counted = working(&view);
    assert_eq!(counted.cases[1].1, Rests::Open(trial.round, 2));
    assert_eq!(counted.counted.iter().filter(|one| one.source == trial.sources[1]).count(), 5);
    let source = trial.sources[1];
    let queue = trial.queue();
    let sibling = queue.items.iter().find(|item| item.kind == ItemType::Sibling).expect("the item");
    let new: (CodeId, Passage) = (trial.codes[0], trial.desk.passage(source, 2, 18));
    trial.desk.apply(&decide_otherwise(&queue, sibling, vec![new], &[], "neither fits"));
    trial.decide(Outcome::Tighter, |item| item.source == source && item.edge);
    let (view, queue) = (trial.view(), trial.queue());
    let consensus = consensus_of(&view, &queue);
    assert!(consensus.is_reconciled(trial.cases[1]) && !consensus.is_reconciled(trial.cases[0]));
    let held: Vec<(CodeId, Span)> =
        consensus.held.iter().filter(|held| held.source == source).map(|held| (held.code, held.at)).collect();
    let (first, second) = (trial.codes[0], trial.codes[1]);
    assert_eq!(held, [(first, Span::new(2, 18)), (first, Span::new(100, 140)), (second, Span::new(150, 160))]);
    let counted = working(&view);
    assert_eq!(counted.cases[1].1, Rests::Consensus(trial.round));
    let theirs: Vec<_> = counted.counted.iter().filter(|one| one.source == source).collect();
    assert!(theirs.iter().all(|one| matches!(one.from, Holder::Consensus(..))) && theirs.len() == 3);
    assert_eq!(theirs[2].from, Holder::Consensus(trial.round, By::Agreed));
    assert_eq!(reasons(&view, trial.round, None), [("because".to_owned(), 1), ("neither fits".to_owned(), 1)]);
    assert_eq!(reasons(&view, trial.round, Some(trial.codes[2]))[0].0, "neither fits");
    // Each coder against it: turns 0 and 1 of the sibling, 10 to 13 of the edge, 15 of what they agreed on.
    let against = crate::findings::against::against(&view, &queue, &consensus, &crate::findings::basis::no_texts);
    let against = against.expect("counts");
    let of = |n: usize, code: usize| against[n].codes.iter().find(|(c, _)| *c == trial.codes[code]).map(|(_, c)| *c);
    let counts = of(0, 0).expect("counts");
    assert_eq!((counts.both, counts.coder_only, counts.consensus_only, counts.undecided), (4, 0, 2, 1));
    let counts = of(1, 0).expect("counts");
    assert_eq!((counts.both, counts.coder_only, counts.consensus_only, counts.undecided), (4, 1, 2, 1));
}

#[test]
fn a_proposal_counts_once_it_is_accepted_or_matched() {
    let mut trial = Trial::open(1, 1, 2);
    let above = trial.view().code(trial.codes[0]).and_then(|node| node.parent);
    let spot = Spot { parent: above, after: None };
    let own = trial.by(0, |desk| desk.code_at("Curbside", spot));
    let theirs = trial.by(1, |desk| desk.code_at("Hallway", spot));
    let source = trial.sources[0];
    trial.by(0, |desk| desk.lay(source, 0, 10, own));
    trial.by(1, |desk| desk.lay(source, 0, 10, theirs));
    trial.reveal();
    assert_eq!(trial.queue().items, [], "they wait");
    let mut waiting = trial.figures().unmatched;
    waiting.sort();
    assert_eq!(waiting, [own, theirs]);
    trial.desk.apply(&Edit::AcceptCode(own));
    assert_eq!(
        trial.queue().items.iter().map(|item| (item.kind, item.after_reveal)).collect::<Vec<_>>(),
        [(ItemType::Only, false)]
    );
    trial.desk.apply(&Edit::MergeCodes { from: vec![theirs], into: own });
    assert_eq!(trial.queue().items, [], "matched, they say the same");
    let figures = trial.figures();
    assert_eq!((figures.rows.len(), figures.unmatched.len()), (1, 0), "figures know only what was pinned");
}

#[test]
fn what_others_found_when_they_checked_again_is_heeded_and_the_originals_stay() {
    let mut trial = of_each_kind();
    let (source, code) = (trial.sources[1], trial.codes[1]);
    trial.desk.define(code, "What it means", "to begin with");
    let find = |trial: &Trial, coder: usize| {
        let of = trial.coders[coder];
        let view = trial.view().showing(crate::project::view::Whose::Of(of));
        view.codings_of(source).find(|seen| seen.code == code).expect("a coding").coding.id
    };
    let (mine, theirs) = (find(&trial, 0), find(&trial, 1));
    let items = trial.queue().items.len();
    trial.desk.apply(&Edit::CheckAgain(theirs, Verdict::Remove, "no longer".into()));
    assert_eq!(trial.queue().items.len(), items + 1, "one of two agreed codings is gone: it is asked about");
    trial.desk.apply(&Edit::CheckAgain(mine, Verdict::Remove, "no longer".into()));
    let queue = trial.queue();
    assert_eq!(queue.items.len(), items);
    assert!(consensus_of(&trial.view(), &queue).stretches(source, code).is_empty());
    assert!(trial.desk.project.coding(theirs).is_some(), "nobody else's coding is touched");
    // Its coder has the last word about it.
    trial.by(1, |desk| desk.apply(&Edit::CheckAgain(theirs, Verdict::Keep, String::new())));
    assert_eq!(trial.queue().items.len(), items + 1);
}

/// Not a measurement: ten times what it takes on a slow machine that does other things as well.
#[test]
fn a_round_of_five_cases_and_two_dozen_codes_is_read_at_once() {
    let mut trial = Trial::open(5, 24, 2);
    for n in 0..600_u32 {
        let (coder, source, code) = (n % 2, n % 5, n % 24);
        let from = (n * 7) % 180;
        trial.lay(coder as usize, source as usize, from, from + 3 + n % 11, code as usize);
    }
    trial.reveal();
    let queue = trial.queue();
    let begun = std::time::Instant::now();
    for _ in 0..10 {
        assert_eq!(trial.queue().items.len(), queue.items.len());
    }
    let each = begun.elapsed() / 10;
    println!("{} items in {each:?}", queue.items.len());
    assert!(each < std::time::Duration::from_millis(500), "{each:?}");
}

#[test]
fn what_was_laid_before_the_round_was_opened_is_no_part_of_its_queue() {
    let mut trial = Trial::open(2, 2, 2);
    let (case, source) = (trial.cases[1], trial.sources[1]);
    trial.reveal();
    // Laid in a second practice that is in no open round; then a round is held there.
    let before = trial.lay(0, 1, 10, 20, 0);
    assert_eq!(trial.desk.coding(before).round, None);
    let round = trial.open_round("Round 2", &[case], vec![Span::new(0, 100)]);
    trial.lay(0, 1, 50, 60, 0);
    trial.finish(round);
    let queue = queue_of(&trial.view(), round).expect("revealed");
    let spans: Vec<Span> = queue.items.iter().map(|item| item.span).collect();
    assert_eq!(spans, [Span::new(50, 60)], "the round's alone, in {source}");
    trial.lay(0, 1, 80, 90, 1);
    let queue = queue_of(&trial.view(), round).expect("revealed");
    assert_eq!(queue.items.last().map(|item| (item.span, item.after_reveal)), Some((Span::new(80, 90), true)));
}
