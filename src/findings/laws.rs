//! Laws that hold for whatever is coded: of the figures, the queue and the consensus.

use super::basis::{Asked, Basis, Depth, no_texts};
use super::consensus::{By, consensus_of};
use super::figures::{Counts, Figures, Which, figures, level, passages};
use super::kept::{Kept, joined};
use super::queue::{Key, State, decide, offered, queue_of};
use super::testing::{Drawing, LONG, Trial, drawing};
use crate::agreement::Level;
use crate::project::decision::Verdict;
use crate::project::edit::{Edit, Spot};
use crate::project::id::{CodingId, SourceId};
use crate::project::round::Unit;
use crate::project::view::Whose;
use crate::text::Span;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What may happen after a reveal.
#[derive(Clone, Debug)]
enum Late {
    Lay(usize, usize, u32, u32, usize),
    Remove(usize),
    Resize(usize, u32, u32),
    Recode(usize, usize),
    Comment(usize),
    Merge(usize, usize),
    Delete(usize),
    Move(usize, usize),
    Rename(usize),
    Correct(usize, u32, u32),
    Drop(usize),
    Check(usize, usize),
}

fn late() -> impl Strategy<Value = Late> {
    prop_oneof![
        (0..2_usize, 0..2_usize, 0..150_u32, 1..20_u32, 0..3_usize)
            .prop_map(|(c, s, f, l, k)| Late::Lay(c, s, f, l, k)),
        (0..30_usize).prop_map(Late::Remove),
        (0..30_usize, 0..150_u32, 1..20_u32).prop_map(|(n, from, long)| Late::Resize(n, from, long)),
        (0..30_usize, 0..3_usize).prop_map(|(n, code)| Late::Recode(n, code)),
        (0..30_usize).prop_map(Late::Comment),
        (0..3_usize, 0..3_usize).prop_map(|(from, into)| Late::Merge(from, into)),
        (0..3_usize).prop_map(Late::Delete),
        (0..3_usize, 0..4_usize).prop_map(|(code, under)| Late::Move(code, under)),
        (0..3_usize).prop_map(Late::Rename),
        (0..2_usize, 0..150_u32, 0..9_u32).prop_map(|(source, at, chars)| Late::Correct(source, at, chars)),
        (0..2_usize).prop_map(Late::Drop),
        (0..30_usize, 0..2_usize).prop_map(|(n, who)| Late::Check(n, who)),
    ]
}

/// Does what can be done of it.
fn happen(trial: &mut Trial, late: &Late) {
    let view = trial.view().showing(Whose::Everybody);
    let codings: Vec<(CodingId, usize)> = view
        .codings()
        .filter_map(|seen| Some((seen.coding.id, trial.coders.iter().position(|c| *c == seen.coding.coder)?)))
        .collect();
    let nth = |n: usize| codings.get(n % codings.len().max(1)).copied();
    let (who, edit) = match *late {
        Late::Lay(coder, source, from, long, code) => {
            let passages = vec![trial.desk.passage(trial.sources[source], from, from + long)];
            (coder, Edit::Lay { passages, codes: vec![trial.codes[code]], apart: true, borders: Vec::new() })
        }
        Late::Remove(n) => match nth(n) {
            Some((id, who)) => (who, Edit::Remove(vec![id])),
            None => return,
        },
        Late::Resize(n, from, long) => match nth(n) {
            Some((id, who)) => {
                let source = trial.desk.coding(id).at.source;
                (who, Edit::Resize(id, trial.desk.passage(source, from, from + long)))
            }
            None => return,
        },
        Late::Recode(n, code) => match nth(n) {
            Some((id, who)) => (who, Edit::Recode(vec![id], trial.codes[code])),
            None => return,
        },
        Late::Comment(n) => match nth(n) {
            Some((id, who)) => (who, Edit::Comment(id, "an afterthought".into())),
            None => return,
        },
        Late::Merge(from, into) => (0, Edit::MergeCodes { from: vec![trial.codes[from]], into: trial.codes[into] }),
        Late::Move(code, under) => {
            let spot = Spot { parent: trial.codes.get(under).copied(), after: None };
            (0, Edit::MoveCode(trial.codes[code], spot))
        }
        Late::Delete(code) => (0, Edit::DeleteCodes(vec![trial.codes[code]])),
        Late::Rename(code) => (0, Edit::RenameCode(trial.codes[code], "Another name".into())),
        Late::Correct(source, at, chars) => {
            let source = trial.sources[source];
            if trial.view().source(source).is_some() {
                trial.desk.correct(source, at, at + 5, chars);
            }
            return;
        }
        Late::Drop(source) => (0, Edit::DeleteSource(trial.sources[source])),
        Late::Check(n, who) => match nth(n) {
            Some((id, _)) => (who, Edit::CheckAgain(id, Verdict::Remove, String::new())),
            None => return,
        },
    };
    trial.by(who, |desk| {
        // What is refused, or would change nothing, does not happen.
        let planned = crate::project::edit::plan(&desk.view(), &edit, &mut desk.mint.clone());
        if planned.is_ok_and(|step| !step.puts.is_empty() && step.puts.iter().all(|put| !put.is_idle())) {
            desk.apply(&edit);
        }
    });
}

/// The figures without what things are called now.
fn bare(mut figures: Figures) -> Figures {
    figures.rows.iter_mut().for_each(|row| row.name.clear());
    figures.scope.all_cases = 0;
    figures
}

/// Each coder's pieces of each code: what the queue and the consensus share out.
fn all_pieces(basis: &Basis) -> BTreeSet<Key> {
    let mut by: BTreeMap<_, Vec<Span>> = BTreeMap::new();
    for mark in &basis.marks {
        by.entry((mark.coder, mark.code, mark.source)).or_default().push(mark.span);
    }
    let mut out = BTreeSet::new();
    for ((coder, code, source), spans) in by {
        let kept: &Kept = &basis.sheet(source).expect("a sheet").kept;
        for span in kept.pieces(spans) {
            let at = basis.passage(source, span);
            assert!(out.insert(Key::of(&[crate::project::decision::Piece { coder, code, at }])), "a piece twice");
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn coders_who_say_the_same_have_nothing_to_reconcile(coded in drawing(1, 2, 3), coders in 2..4_usize) {
        let all: Drawing =
            coded.iter().flat_map(|&(_, s, f, l, k)| (0..coders).map(move |coder| (coder, s, f, l, k))).collect();
        let trial = Trial::revealed(coders, &all);
        let queue = trial.queue();
        prop_assert_eq!(&queue.items, &[]);
        let consensus = consensus_of(&trial.view(), &queue);
        prop_assert!(consensus.is_complete() && consensus.disputed.is_empty());
        prop_assert!(consensus.held.iter().all(|held| held.by == By::Agreed));
        for (source, code) in trial.sources.iter().flat_map(|s| trial.codes.iter().map(move |c| (*s, *c))) {
            let n = |id: SourceId| trial.sources.iter().position(|s| *s == id);
            let theirs = coded.iter().filter(|d| Some(d.1) == n(source) && trial.codes[d.4] == code);
            prop_assert_eq!(consensus.stretches(source, code), joined(theirs.map(|d| Span::new(d.2, d.2 + d.3))));
        }
    }

    #[test]
    fn every_piece_is_agreed_upon_or_in_one_item(coded in drawing(3, 2, 3), coders in 2..4_usize) {
        let coded: Drawing = coded.into_iter().filter(|d| d.0 < coders).collect();
        let trial = Trial::revealed(coders, &coded);
        let queue = trial.queue();
        let pieces = all_pieces(&queue.basis);
        let mut in_items = BTreeSet::new();
        for piece in queue.items.iter().flat_map(|item| &item.seen) {
            let key = Key::of(&[*piece]);
            prop_assert!(pieces.contains(&key), "an item has a piece that nobody laid");
            prop_assert!(in_items.insert(key), "a piece is in two items");
        }
        // What is in no item is held alike by all.
        let consensus = consensus_of(&trial.view(), &queue);
        for sheet in &queue.basis.sheets {
            for &code in &queue.basis.codes {
                let held = consensus.stretches(sheet.source, code);
                for &coder in &sheet.coders {
                    let of = |mark: &&super::basis::Mark| (mark.source, mark.code, mark.coder) == (sheet.source, code, coder);
                    let theirs = sheet.kept.pieces(queue.basis.marks.iter().filter(of).map(|mark| mark.span));
                    let passage = |span| crate::project::decision::Piece { coder, code, at: queue.basis.passage(sheet.source, span) };
                    let alike = theirs.into_iter().filter(|span| !in_items.contains(&Key::of(&[passage(*span)])));
                    prop_assert_eq!(joined(alike), held.clone(), "all have what is held, and nothing else that is in no item");
                }
            }
        }
        prop_assert_eq!(queue.items.iter().filter(|item| item.after_reveal).count(), 0);
        prop_assert_eq!(queue.items.len() as u64, trial.figures().disagreements.total());
    }

    #[test]
    fn what_comes_later_changes_no_figure(
        coded in drawing(2, 2, 3),
        later in prop::collection::vec(late(), 1..12),
    ) {
        let mut trial = Trial::revealed(2, &coded);
        let before = bare(trial.figures());
        let behind = passages(&before, None, Unit::Turn, Which::Any);
        for late in &later {
            happen(&mut trial, late);
            prop_assert_eq!(&bare(trial.figures()), &before, "after {:?}", late);
        }
        prop_assert_eq!(passages(&trial.figures(), None, Unit::Turn, Which::Any), behind);
        // The queue and what follows from it can always be made, whatever is gone.
        let queue = trial.queue();
        let consensus = consensus_of(&trial.view(), &queue);
        super::against::against(&trial.view(), &queue, &consensus, &no_texts).expect("counts");
        let _counted = super::working::working(&trial.view());
        let _lists = super::check_again::check_again(&trial.view());
        super::methods::methods(&trial.view(), trial.round, &no_texts, "0.1").expect("a paragraph");
    }

    #[test]
    fn counts_are_those_of_the_agreement_functions_and_lead_back_to_their_units(
        coded in drawing(3, 2, 3),
        coders in 2..4_usize,
        least in prop_oneof![Just(0_u8), Just(7), Just(50), Just(100)],
    ) {
        let coded: Drawing = coded.into_iter().filter(|d| d.0 < coders).collect();
        let trial = Trial::revealed(coders, &coded);
        let mut figures = trial.figures();
        let mut round = (*figures.basis.round).clone();
        round.least = least;
        figures.basis.round = std::sync::Arc::new(round);
        let study = figures.basis.study().expect("a study");
        for unit in [Unit::Turn, Unit::Char, Unit::Source, Unit::Case] {
            let report = study.level(level(unit)).expect("a level");
            for row in &figures.rows {
                let code = &report.codes[row.code.to_string().as_str()];
                let n = |which| {
                    let behind = passages(&figures, Some(row.code), unit, which);
                    match unit {
                        Unit::Char => behind.iter().map(|b| u64::from(b.unit.len())).sum::<u64>(),
                        Unit::Case => {
                            let case = |source| trial.sources.iter().position(|s| *s == source);
                            behind.iter().map(|b| case(b.source)).collect::<BTreeSet<_>>().len() as u64
                        }
                        _ => behind.len() as u64,
                    }
                };
                let extent = code.extent();
                prop_assert_eq!((n(Which::All), n(Which::Apart), n(Which::None)), (extent.all, extent.some, extent.none));
                for (coder, given) in trial.coders.iter().zip(code.positives.values()) {
                    prop_assert_eq!(n(Which::Of(*coder)), *given);
                }
                if let (Some(pair), Unit::Turn) = (code.pair(), unit) {
                    prop_assert_eq!(n(Which::Only(trial.coders[0])), pair.counts.only_a);
                    prop_assert_eq!(Some(n(Which::NothingInCommon)), pair.turns_without_common_text);
                }
            }
        }
    }

    #[test]
    fn the_figures_are_those_of_the_report(coded in drawing(2, 2, 3)) {
        let trial = Trial::revealed(2, &coded);
        let figures = trial.figures();
        let report = figures.basis.study().expect("a study");
        let (turn, case) = (report.level(Level::Turn).expect("turns"), report.level(Level::Case).expect("cases"));
        prop_assert_eq!(figures.pooled.unit, Some(turn.overall.alpha()));
        let table = report.case_table().expect("cases");
        for row in &figures.rows {
            let name = row.code.to_string();
            let (figure, code) = (row.unit.as_ref().expect("turns"), &turn.codes[name.as_str()]);
            prop_assert_eq!(figure.alpha, code.alpha());
            let counts = code.pair().expect("two coders").counts;
            let two = Counts::Two { both: counts.both, only_a: counts.only_a, only_b: counts.only_b, neither: counts.neither };
            prop_assert_eq!(figure.counts, two);
            let at_case = row.case.as_ref().expect("cases");
            let disputed: Vec<String> = at_case.disputed.iter().map(ToString::to_string).collect();
            prop_assert_eq!(disputed, table[name.as_str()].disputed.iter().map(ToString::to_string).collect::<Vec<_>>());
            prop_assert_eq!(at_case.agree, case.codes[name.as_str()].unanimous.as_ref().expect("cases").k);
            prop_assert_eq!(at_case.agree + at_case.disputed.len() as u64, at_case.of);
        }
        let passages: u64 = figures.rows.iter().flat_map(|row| &row.passages).sum();
        prop_assert_eq!(passages, coded.len() as u64);
    }

    #[test]
    fn whatever_is_decided_holds_and_all_decided_is_a_consensus(
        coded in drawing(3, 2, 3),
        coders in 2..4_usize,
        choice in prop::collection::vec(0..8_usize, 24),
    ) {
        let coded: Drawing = coded.into_iter().filter(|d| d.0 < coders).collect();
        let mut trial = Trial::revealed(coders, &coded);
        let queue = trial.queue();
        let mut expected: BTreeMap<Key, Vec<(crate::project::id::CodeId, Span)>> = BTreeMap::new();
        for (n, item) in queue.items.iter().enumerate() {
            let offered = offered(item);
            let outcome = offered[choice[n % choice.len()] % offered.len()];
            let result = super::queue::resolve(item, outcome).expect("what is offered can be resolved");
            for (code, at) in &result {
                prop_assert!(item.codes.contains(code) && item.span.covers(at.span));
            }
            expected.insert(item.key(), result.into_iter().map(|(code, at)| (code, at.span)).collect());
            trial.desk.apply(&decide(&queue, item, outcome, &[], "").expect("an edit"));
        }
        let after = trial.queue();
        prop_assert_eq!(after.items.len(), queue.items.len());
        prop_assert_eq!(after.progress().decided, queue.items.len());
        let consensus = consensus_of(&trial.view(), &after);
        prop_assert!(consensus.is_complete());
        for item in &after.items {
            let State::Decided(decision) = &item.state else { panic!("open") };
            let held: BTreeSet<_> = decision.result.iter().map(|settled| (settled.code, settled.at.span)).collect();
            prop_assert_eq!(held, expected[&item.key()].iter().copied().collect::<BTreeSet<_>>());
        }
        let ours: usize = expected.values().map(|all| all.iter().collect::<BTreeSet<_>>().len()).sum();
        prop_assert_eq!(consensus.held.iter().filter(|held| held.by != By::Agreed).count(), ours);
        // Everything a table counts is the consensus now.
        let working = super::working::working(&trial.view());
        prop_assert_eq!(working.counted.len(), consensus.held.len());
    }
}

#[test]
fn what_is_asked_otherwise_is_exploratory() {
    let mut trial = Trial::open(3, 3, 3);
    trial.lay(0, 0, 0, 9, 0);
    trial.lay(1, 0, 5, 15, 0);
    trial.reveal();
    let ask = |asked: Asked| figures(&trial.view(), trial.round, &asked, &no_texts);
    let fixed = ask(Asked::default()).expect("figures");
    assert!(!fixed.basis.exploratory);
    let same =
        Asked { unit: Some(Unit::Turn), depth: Depth::AsApplied, cases: trial.cases.clone(), ..Asked::default() };
    assert!(!ask(same).expect("figures").basis.exploratory, "it is what was fixed");
    let (cases, codes) = (vec![trial.cases[0]], vec![trial.codes[0]]);
    let coders = trial.coders[..2].to_vec();
    for asked in [
        Asked { unit: Some(Unit::Char), ..Asked::default() },
        Asked { depth: Depth::At(1), ..Asked::default() },
        Asked { cases: cases.clone(), ..Asked::default() },
        Asked { codes, ..Asked::default() },
        Asked { coders, ..Asked::default() },
    ] {
        assert!(ask(asked.clone()).expect("figures").basis.exploratory, "{asked:?}");
    }
    let two = ask(Asked { cases, coders: trial.coders[..2].to_vec(), ..Asked::default() }).expect("figures");
    assert_eq!(
        two.rows[0].unit.as_ref().map(|f| f.counts),
        Some(Counts::Two { both: 1, only_a: 0, only_b: 1, neither: 18 })
    );
    let rolled = ask(Asked { depth: Depth::At(1), ..Asked::default() }).expect("figures");
    assert_eq!(rolled.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Broad"]);
    assert_eq!(rolled.rows[0].passages, [1, 1, 0]);
    assert_eq!(passages(&rolled, Some(rolled.rows[0].code), Unit::Turn, Which::Any).len(), 2);
    let none = ask(Asked { unit: Some(Unit::Given), ..Asked::default() }).expect_err("no given passages");
    assert_eq!(none.to_string(), "Round 1 has no given passages to count on: no passages were given out");
    let one = ask(Asked { coders: trial.coders[..1].to_vec(), ..Asked::default() }).expect_err("one coder");
    assert_eq!(one.to_string(), "nothing is left to compare: it takes two coders of the round");
}

#[test]
fn nothing_is_counted_before_all_have_finished() {
    let mut trial = Trial::open(2, 1, 2);
    trial.lay(0, 0, 0, LONG, 0);
    let why = queue_of(&trial.view(), trial.round).expect_err("blind").to_string();
    let said = "Round 1 has not been revealed: PB has not finished P00, and 3 more are open; nothing is compared before all have finished";
    assert_eq!(why, said);
    let (case, round) = (trial.cases[0], trial.round);
    trial.by(0, |desk| desk.apply(&Edit::Finish { round, case, finished: true }));
    assert!(figures(&trial.view(), trial.round, &Asked::default(), &no_texts).is_err());
}
