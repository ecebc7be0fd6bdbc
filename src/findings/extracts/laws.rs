//! Laws of extracts, over made-up codings: a query equals a naive one over all pairs, results of any are the union,
//! filters commute.

use super::{Codes, Extracts, Filter, Of, Query, Relation, Speaking, Stage, Subcodes, extracts};
use crate::findings::ground::Transcript;
use crate::project::edit::{CycleEdit, Edit, NewCoding};
use crate::project::id::{CaseId, CodeId, CodingId, CycleId, SourceId};
use crate::project::source::SourceKind;
use crate::project::testing::Desk;
use crate::project::view::Whose;
use crate::text::turns::{Turn, Turns};
use crate::text::{Span, Text};
use proptest::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// How long each of the two texts is, and how long a turn.
const CHARS: u32 = 60;
const TURN: u32 = 6;

struct Room {
    desk: Desk,
    codes: Vec<CodeId>,
    sources: Vec<SourceId>,
    cases: Vec<CaseId>,
    /// The codebook was frozen in the middle of the coding.
    cycle: CycleId,
    texts: HashMap<SourceId, Transcript>,
}

/// Two texts of ten turns, interviewer and nurse by turns; four codes, of which the last two stand under the first.
fn room(laid: &[(usize, usize, u32, u32, bool)]) -> Room {
    let mut desk = Desk::new();
    let (a, b) = (desk.code("A"), desk.code("B"));
    let codes = vec![a, b, desk.code_under(a, "A1"), desk.code_under(a, "A2")];
    let (mut sources, mut cases, mut texts) = (Vec::new(), Vec::new(), HashMap::new());
    let words: String = "abcd. ".repeat((CHARS / 6) as usize);
    for n in 0..2 {
        let case: CaseId = desk.id().into();
        desk.apply(&Edit::AddCase { id: case, name: format!("P{n}"), kind: "practice".into() });
        let source = desk.source(&format!("S{n}"), CHARS);
        desk.apply(&Edit::MoveSource(source, Some(case)));
        let turn = |n: u32| {
            let span = Span::new(n * TURN, (n + 1) * TURN);
            Turn { span, label: None, body: span, speaker: Some(n % 2), time: None }
        };
        let turns = Turns::new(vec!["Q".into(), "Nurse".into()], (0..CHARS / TURN).map(turn).collect(), Vec::new());
        desk.apply(&Edit::SetSpeaker(source, "Q".into(), crate::project::source::Who::Interviewer));
        texts.insert(source, Transcript { text: Text::new(&words), turns: Arc::new(turns) });
        sources.push(source);
        cases.push(case);
    }
    let mut cycle = CycleId::default();
    for (n, &(source, code, start, length, other)) in laid.iter().enumerate() {
        if n == laid.len() / 2 {
            cycle = desk.id().into();
            let freeze = CycleEdit::Freeze { id: cycle, name: "Half".into(), note: String::new(), top: None };
            desk.apply(&Edit::Cycles(freeze));
        }
        let (source, code) = (sources[source % 2], codes[code % 4]);
        let end = (start + length).min(CHARS);
        let lay = |desk: &mut Desk| {
            let new = NewCoding { at: desk.passage(source, start, end), code, comment: format!("c{length}") };
            desk.apply(&Edit::TakeCodings(vec![new]));
        };
        if other { desk.as_other(lay) } else { lay(&mut desk) }
    }
    Room { desk, codes, sources, cases, cycle, texts }
}

impl Room {
    fn ask(&self, query: &Query) -> Extracts {
        let texts = |source| self.texts.get(&source).cloned();
        extracts(&self.desk.view(), &texts, query, &|| false)
    }

    fn codings(&self, codes: &Codes) -> BTreeSet<CodingId> {
        let query = Query { codes: codes.clone(), of: Of::Everybody, filters: Vec::new() };
        self.ask(&query).found.iter().flat_map(|extract| extract.codings().collect::<Vec<_>>()).collect()
    }

    /// All codings: id, source, span, code.
    fn all(&self) -> Vec<(CodingId, SourceId, Span, CodeId)> {
        let view = self.desk.view().showing(Whose::Everybody);
        view.codings().map(|seen| (seen.coding.id, seen.coding.at.source, seen.span, seen.code)).collect()
    }

    /// What an expression lists, found by looking at all pairs.
    fn naive(&self, codes: &Codes) -> BTreeSet<CodingId> {
        let all = self.all();
        let of = |set: &BTreeSet<CodingId>| all.iter().filter(|one| set.contains(&one.0)).collect::<Vec<_>>();
        let turns = |span: Span| (span.start.0 / TURN, (span.end.0 - 1) / TURN);
        match codes {
            Codes::Everything => all.iter().map(|one| one.0).collect(),
            Codes::Code { code, below } => {
                let within =
                    |one: CodeId| one == *code || (*below && self.desk.view().codebook().is_within(one, *code));
                all.iter().filter(|one| within(one.3)).map(|one| one.0).collect()
            }
            Codes::Any(parts) => parts.iter().flat_map(|part| self.naive(part)).collect(),
            Codes::All(parts) => {
                let sets: Vec<_> = parts.iter().map(|part| self.naive(part)).collect();
                let meets = |one: &(CodingId, SourceId, Span, CodeId), set: &BTreeSet<CodingId>| {
                    of(set).iter().any(|other| other.1 == one.1 && other.2.overlaps(one.2))
                };
                let first = of(&sets[0]).into_iter();
                first.filter(|one| sets[1..].iter().all(|set| meets(one, set))).map(|one| one.0).collect()
            }
            Codes::Without(first, not) => {
                let not = self.naive(not);
                let free = |one: &&(CodingId, SourceId, Span, CodeId)| {
                    !of(&not).iter().any(|other| other.1 == one.1 && other.2.overlaps(one.2))
                };
                of(&self.naive(first)).into_iter().filter(free).map(|one| one.0).collect()
            }
            Codes::Related(first, relation, other) => {
                let others = self.naive(other);
                let holds = |a: Span, b: Span| match relation {
                    Relation::Overlapping => a.overlaps(b),
                    Relation::Inside => b.covers(a),
                    Relation::Containing => a.covers(b),
                    Relation::Near(n) => {
                        let (a, b) = (turns(a), turns(b));
                        b.0 <= a.1 + n && a.0 <= b.1 + n
                    }
                    Relation::SameTurn => {
                        let (a, b) = (turns(a), turns(b));
                        b.0 <= a.1 && a.0 <= b.1
                    }
                    Relation::Followed(n) => b.start >= a.end && turns(b).0 - turns(a).1 <= *n,
                };
                let found = of(&self.naive(first)).into_iter();
                let stands = |one: &&(CodingId, SourceId, Span, CodeId)| {
                    of(&others).iter().any(|other| other.0 != one.0 && other.1 == one.1 && holds(one.2, other.2))
                };
                found.filter(stands).map(|one| one.0).collect()
            }
        }
    }
}

/// An expression of codes by their numbers, made into one of a room's.
fn with_codes(codes: &Codes, room: &Room) -> Codes {
    let all = |parts: &[Codes]| parts.iter().map(|part| with_codes(part, room)).collect();
    match codes {
        Codes::Everything => Codes::Everything,
        Codes::Code { code, below } => {
            let n = code.0.millis().unwrap_or(0) as usize;
            Codes::Code { code: room.codes[n % 4], below: *below }
        }
        Codes::Any(parts) => Codes::Any(all(parts)),
        Codes::All(parts) => Codes::All(all(parts)),
        Codes::Without(a, b) => Codes::Without(Box::new(with_codes(a, room)), Box::new(with_codes(b, room))),
        Codes::Related(a, relation, b) => {
            Codes::Related(Box::new(with_codes(a, room)), *relation, Box::new(with_codes(b, room)))
        }
    }
}

fn any_codes() -> impl Strategy<Value = Codes> {
    let leaf = prop_oneof![
        1 => Just(Codes::Everything),
        6 => (0_u64..4, any::<bool>()).prop_map(|(n, below)| {
            Codes::Code { code: crate::project::id::Id::at(n, [0; 10]).into(), below }
        }),
    ];
    let relation = prop_oneof![
        Just(Relation::Overlapping),
        Just(Relation::Inside),
        Just(Relation::Containing),
        Just(Relation::SameTurn),
        (0_u32..4).prop_map(Relation::Near),
        (0_u32..4).prop_map(Relation::Followed),
    ];
    leaf.prop_recursive(3, 12, 3, move |part| {
        let pair = (part.clone(), part.clone());
        prop_oneof![
            prop::collection::vec(part.clone(), 1..4).prop_map(Codes::Any),
            prop::collection::vec(part.clone(), 1..4).prop_map(Codes::All),
            pair.clone().prop_map(|(a, b)| Codes::Without(Box::new(a), Box::new(b))),
            (pair, relation.clone()).prop_map(|((a, b), r)| Codes::Related(Box::new(a), r, Box::new(b))),
        ]
    })
}

fn any_laid() -> impl Strategy<Value = Vec<(usize, usize, u32, u32, bool)>> {
    prop::collection::vec((0_usize..2, 0_usize..4, 0..CHARS - 1, 1_u32..20, any::<bool>()), 0..14)
}

fn filters(room: &Room) -> Vec<Filter> {
    vec![
        Filter::Case(room.cases[0]),
        Filter::Kind("Practice".into()),
        Filter::SourceKind(SourceKind::Interview),
        Filter::Source(room.sources[0]),
        Filter::Speaker(Speaking::Participants),
        Filter::Speaker(Speaking::Label("nurse".into())),
        Filter::Speaker(Speaking::Interviewers),
        Filter::Words("ABCD".into()),
        Filter::Pattern("^a".into()),
        Filter::Comment("c1".into()),
        Filter::Cycle(Stage::Within(room.cycle)),
        Filter::Cycle(Stage::Open),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_query_is_what_looking_at_all_pairs_finds(laid in any_laid(), codes in any_codes()) {
        let room = room(&laid);
        let codes = with_codes(&codes, &room);
        prop_assert_eq!(room.codings(&codes), room.naive(&codes), "{:?}", codes);
    }

    #[test]
    fn the_results_of_any_are_the_union(laid in any_laid(), a in any_codes(), b in any_codes()) {
        let room = room(&laid);
        let (a, b) = (with_codes(&a, &room), with_codes(&b, &room));
        let both: BTreeSet<CodingId> = room.codings(&a).union(&room.codings(&b)).copied().collect();
        prop_assert_eq!(room.codings(&Codes::Any(vec![a, b])), both);
    }

    #[test]
    fn filters_commute_and_what_is_counted_is_what_is_listed(
        laid in any_laid(), picked in prop::collection::vec(0_usize..12, 0..5), seed in any::<u64>()
    ) {
        let room = room(&laid);
        let all = filters(&room);
        let one: Vec<Filter> = picked.iter().map(|n| all[*n].clone()).collect();
        let mut other = one.clone();
        let mut seed = seed;
        for n in (1..other.len()).rev() {
            other.swap(n, (seed % (n as u64 + 1)) as usize);
            seed /= 7;
        }
        let ask = |filters: Vec<Filter>| room.ask(&Query { codes: Codes::Everything, of: Of::Everybody, filters });
        let (found, shuffled) = (ask(one.clone()), ask(other));
        prop_assert_eq!(&found, &shuffled);
        // Different fields all have to hold: the result is what every one of them alone leaves.
        let fields: BTreeSet<&str> = one.iter().map(|filter| match filter {
            Filter::Speaker(_) => "speaker",
            Filter::Case(_) => "case",
            Filter::Kind(_) => "kind",
            Filter::SourceKind(_) => "source kind",
            Filter::Source(_) => "source",
            Filter::Words(_) => "words",
            Filter::Cycle(_) => "cycle",
            Filter::Pattern(_) => "pattern",
            _ => "comment",
        }).collect();
        if fields.len() == one.len() {
            let mut left: BTreeSet<CodingId> = room.codings(&Codes::Everything);
            for filter in &one {
                let alone = ask(vec![filter.clone()]);
                let here: BTreeSet<CodingId> = alone.found.iter().flat_map(|e| e.codings().collect::<Vec<_>>()).collect();
                left = left.intersection(&here).copied().collect();
            }
            let listed: BTreeSet<CodingId> = found.found.iter().flat_map(|e| e.codings().collect::<Vec<_>>()).collect();
            prop_assert_eq!(left, listed);
        }
        let counts = found.counts;
        prop_assert_eq!(counts.passages, found.found.len());
        prop_assert_eq!(counts.codings, found.found.iter().map(|extract| extract.marks.len()).sum::<usize>());
        prop_assert!(found.found.windows(2).all(|pair| pair[0].source != pair[1].source || pair[0].span < pair[1].span));
        let covered: BTreeSet<(SourceId, u32)> = found.found.iter()
            .flat_map(|extract| (extract.span.start.0..extract.span.end.0).map(|at| (extract.source, at)))
            .collect();
        prop_assert_eq!(counts.chars, covered.len(), "characters are counted once");
    }
}

#[test]
fn an_extract_is_done_once_its_coder_gave_it_a_code_below_the_broad_one() {
    let mut room = room(&[(0, 0, 0, 10, false), (0, 0, 20, 10, false), (1, 0, 0, 12, true)]);
    let query = Query { codes: Codes::Code { code: room.codes[0], below: false }, ..Query::default() };
    let count = |room: &Room| {
        let view = room.desk.view();
        Subcodes::of(&view, &query).progress(&view, &room.ask(&query)).done
    };
    assert_eq!(count(&room), [false, false]);
    let (source, below, other) = (room.sources[0], room.codes[2], room.codes[1]);
    room.desk.lay(source, 0, 10, other);
    assert_eq!(count(&room), [false, false], "another code is not below it");
    room.desk.as_other(|desk| desk.lay(source, 0, 10, below));
    assert_eq!(count(&room), [false, false], "another coder's is not theirs");
    room.desk.lay(source, 9, 22, below);
    assert_eq!(count(&room), [false, false], "one that only touches it is not its own");
    room.desk.lay(source, 24, 28, below);
    assert_eq!(count(&room), [false, true]);
    let view = room.desk.view();
    let found = room.ask(&query);
    assert_eq!(Subcodes::of(&view, &query).given(&view, &found.found[1]), [below]);
    assert!(Subcodes::of(&view, &Query::default()).is_empty(), "all codes are listed");
    // Where no code stands below, any other will do.
    let query = Query { codes: Codes::Code { code: other, below: true }, ..Query::default() };
    let subcodes = Subcodes::of(&view, &query);
    assert_eq!((subcodes.done(), subcodes.progress(&view, &room.ask(&query)).done), ("coded on", vec![true]));
}

#[test]
fn the_same_words_under_two_codes_are_one_extract_and_counted_once() {
    let room = room(&[(0, 2, 0, 12, false), (0, 3, 0, 12, false), (1, 2, 6, 6, false)]);
    let query = Query { codes: Codes::Code { code: room.codes[0], below: true }, ..Query::default() };
    let found = room.ask(&query);
    assert_eq!(found.found[0].codes(), [room.codes[2], room.codes[3]]);
    let counts = found.counts;
    assert_eq!((counts.passages, counts.codings, counts.sources, counts.cases, counts.words), (2, 3, 2, 2, 3));
    assert_eq!(counts.said(), "2 passages in 2 sources of 2 cases, 3 words, 0.0 standard pages");
    // A text that cannot be read hides nothing that asks nothing of it.
    let unread = extracts(&room.desk.view(), &|_| None, &query, &|| false);
    assert_eq!((unread.found, unread.counts.words, unread.unread.len()), (found.found, 0, 2));
    let query = Query { filters: vec![Filter::Words("ab".into())], ..query };
    let unread = extracts(&room.desk.view(), &|_| None, &query, &|| false);
    assert_eq!((unread.found.len(), unread.unread.len()), (0, 2));
}
