//! Random edits, as a person might make them: for laws that must hold whatever is done.
//!
//! An edit may be refused when it is planned (a name is taken, a code is a heading): that is part of life too.

#![allow(dead_code, reason = "each test that takes this in uses what it needs")]

use emic::project::codebook::Origin;
use emic::project::edit::{Edit, NewSource, NewWording, SpeakerIs, Spot, Words};
use emic::project::id::{CaseId, CodeId, CodingId, MemoId, Mint, SourceId};
use emic::project::memo::{Link, MemoKind};
use emic::project::source::{Passage, SourceKind, Splice, Who};
use emic::project::view::View;
use emic::session::keeper::{NewFile, turns_file, words_file};
use emic::store::texts::digest;
use emic::text::{Pos, Span};
use fastrand::Rng;

const WORDS: [&str; 16] = [
    "we",
    "screen",
    "every",
    "new",
    "patient",
    "before",
    "the",
    "doctor",
    "comes",
    "in",
    "und",
    "größer",
    "“well”",
    "\"quoted\"",
    "back\\slash",
    "naïve",
];

/// Some words, with what RON has to escape among them.
pub fn words(rng: &mut Rng, count: usize) -> String {
    (0..count).map(|_| WORDS[rng.usize(..WORDS.len())]).collect::<Vec<_>>().join(" ")
}

fn pick<T: Copy>(rng: &mut Rng, from: &[T]) -> Option<T> {
    (!from.is_empty()).then(|| from[rng.usize(..from.len())])
}

struct Seen {
    codes: Vec<CodeId>,
    sources: Vec<SourceId>,
    cases: Vec<CaseId>,
    mine: Vec<CodingId>,
    memos: Vec<MemoId>,
}

fn look(view: &View<'_>) -> Seen {
    Seen {
        codes: view.codebook().in_order(),
        sources: view.sources().into_iter().map(|source| source.id).collect(),
        cases: view.cases().into_iter().map(|case| case.id).collect(),
        mine: view.codings().map(|seen| seen.coding.id).collect(),
        memos: view.memos().filter(|memo| memo.coder == view.coder()).map(|memo| memo.id).collect(),
    }
}

fn length(view: &View<'_>, source: SourceId) -> u32 {
    view.version(source).map_or(10, |version| version.chars.max(10))
}

fn passage(view: &View<'_>, source: SourceId, rng: &mut Rng) -> Passage {
    let chars = length(view, source);
    let start = rng.u32(0..chars - 1);
    let end = (start + 1 + rng.u32(0..60)).min(chars);
    view.passage(source, Span::new(start, end))
}

fn spot(view: &View<'_>, seen: &Seen, rng: &mut Rng) -> Spot {
    let parent = if rng.bool() { pick(rng, &seen.codes) } else { None };
    let after = pick(rng, view.codebook().children(parent));
    Spot { parent, after: after.filter(|_| rng.bool()) }
}

/// A source to import with its text, and its turns.
pub fn import(view: &View<'_>, mint: &mut dyn Mint, rng: &mut Rng) -> (Edit, Vec<NewFile>) {
    let id = SourceId(mint.id());
    let count = 20 + rng.usize(..60);
    let text = words(rng, count);
    let folder = format!("interview-{}", id.0.tail());
    let turns = emic::text::turns::Turns::default();
    let cases: Vec<CaseId> = view.cases().into_iter().map(|case| case.id).collect();
    let new = NewSource {
        id,
        name: format!("Interview {}", rng.u32(..10_000)),
        kind: SourceKind::ALL[rng.usize(..SourceKind::ALL.len())],
        case: if rng.bool() { pick(rng, &cases) } else { None },
        wave: None,
        collected: Some(jiff::civil::date(2013, 3, 12)),
        folder: folder.clone(),
        file: "interview.txt".into(),
        text: Words {
            sha256: digest(text.as_bytes()),
            chars: u32::try_from(text.chars().count()).unwrap_or(0),
            words: u32::try_from(count).unwrap_or(0),
            encoding: String::new(),
        },
        turns: true,
        speakers: vec![
            ("I".into(), SpeakerIs::Interviewer),
            ("P".into(), SpeakerIs::Person { id: mint.id().into(), role: "nurse".into(), pseudonym: "Peg".into() }),
        ],
    };
    let turns = ron::to_string(&turns).expect("turns are plain data").into_bytes();
    let files = vec![
        NewFile { path: words_file(&folder, 1), bytes: text.into_bytes() },
        NewFile { path: turns_file(&folder, 1, 1), bytes: turns },
    ];
    (Edit::Import(Box::new(new)), files)
}

fn correct(view: &View<'_>, source: SourceId, rng: &mut Rng) -> (Edit, Vec<NewFile>) {
    let chars = length(view, source);
    let start = rng.u32(0..chars - 1);
    let end = (start + rng.u32(0..8)).min(chars);
    let to = rng.u32(0..8);
    let count = 5 + rng.usize(..20);
    let text = words(rng, count);
    let number = view.source(source).map_or(1, |source| source.version) + 1;
    let folder = view.source(source).map(|source| source.folder.clone()).unwrap_or_default();
    let edit = Edit::Correct {
        source,
        splices: vec![Splice { at: Span::new(start, end), chars: to }],
        text: Words {
            sha256: digest(text.as_bytes()),
            chars: chars - (end - start) + to,
            words: u32::try_from(count).unwrap_or(0),
            encoding: String::new(),
        },
        reason: "typing mistake".into(),
    };
    (edit, vec![NewFile { path: words_file(&folder, number), bytes: text.into_bytes() }])
}

/// Any edit that makes sense for what `view` shows, with the files that go with it.
pub fn random_edit(view: &View<'_>, mint: &mut dyn Mint, rng: &mut Rng) -> (Edit, Vec<NewFile>) {
    let seen = look(view);
    if seen.sources.is_empty() && rng.u8(..4) > 0 {
        return import(view, mint, rng);
    }
    if let Some(source) = pick(rng, &seen.sources).filter(|_| rng.u8(..40) == 0) {
        return correct(view, source, rng);
    }
    if rng.u8(..30) == 0 {
        return import(view, mint, rng);
    }
    let edit = if rng.u8(..3) == 0 { shared(view, &seen, mint, rng) } else { own(view, &seen, mint, rng) };
    // Nothing to do it to: a code can always be added.
    (edit.unwrap_or_else(|| add_code(view, &seen, mint, rng)), Vec::new())
}

fn add_code(view: &View<'_>, seen: &Seen, mint: &mut dyn Mint, rng: &mut Rng) -> Edit {
    Edit::AddCode {
        id: mint.id().into(),
        name: format!("code {}", rng.u32(..100_000)),
        spot: spot(view, seen, rng),
        origin: Origin::ALL[rng.usize(..3)],
        colour: rng.bool().then(|| rng.u8(..8)),
    }
}

/// What touches everybody: codebook, cases, sources.
fn shared(view: &View<'_>, seen: &Seen, mint: &mut dyn Mint, rng: &mut Rng) -> Option<Edit> {
    let code = pick(rng, &seen.codes);
    let source = pick(rng, &seen.sources);
    let case = pick(rng, &seen.cases);
    Some(match rng.u8(..19) {
        0..4 => add_code(view, seen, mint, rng),
        4 => Edit::RenameCode(code?, format!("name {}", rng.u32(..1000))),
        5 | 6 => Edit::MoveCode(code?, spot(view, seen, rng)),
        7 => Edit::MergeCodes { from: vec![code?], into: pick(rng, &seen.codes)? },
        8 => Edit::DeleteCodes(vec![code?]),
        9 => Edit::SetHeading(code?, rng.bool()),
        10 => Edit::SetColour(code?, rng.u8(..8)),
        11 => {
            let count = rng.usize(..10);
            let wording = NewWording { definition: words(rng, count), reason: "why".into(), ..NewWording::default() };
            Edit::Reword(code?, wording)
        }
        12 => Edit::AddCase { id: mint.id().into(), name: format!("P{}", rng.u32(..1000)), kind: "practice".into() },
        13 => Edit::RenameCase(case?, format!("P{}", rng.u32(..1000))),
        14 => {
            let attribute = ["Setting", "Sites"][rng.usize(..2)].to_owned();
            let value = ["Rural", "Urban", ""][rng.usize(..3)].to_owned();
            Edit::Describe { case: case?, attribute, value }
        }
        15 => Edit::RenameSource(source?, format!("Interview {}", rng.u32(..1000))),
        16 => Edit::MoveSource(source?, case),
        17 => Edit::SetSpeaker(source?, "P".into(), Who::Other),
        _ => Edit::DeleteSource(source.filter(|_| rng.u8(..4) == 0)?),
    })
}

/// What is the coder's own: codings, memos, pins, progress.
fn own(view: &View<'_>, seen: &Seen, mint: &mut dyn Mint, rng: &mut Rng) -> Option<Edit> {
    let code = pick(rng, &seen.codes);
    let source = pick(rng, &seen.sources);
    let coding = pick(rng, &seen.mine);
    let memo = pick(rng, &seen.memos);
    Some(match rng.u8(..20) {
        0..9 => Edit::Lay {
            passages: vec![passage(view, source?, rng)],
            codes: vec![code?],
            apart: rng.u8(..5) == 0,
            borders: Vec::new(),
        },
        9 => Edit::Remove(vec![coding?]),
        10 => {
            let at = view.coding(coding?)?.coding.at;
            Edit::Resize(coding?, passage(view, at.source, rng))
        }
        11 => Edit::Recode(vec![coding?], code?),
        12 => Edit::Comment(coding?, words(rng, 3)),
        13 => Edit::Pin(rng.u8(1..=9), code),
        14..17 => {
            let on = match rng.u8(..4) {
                0 => Link::Study,
                1 => Link::Code(code?),
                2 => Link::Source(source?),
                _ => Link::Passage(passage(view, source?, rng)),
            };
            let text = format!("{}\n\n{}", words(rng, 3), words(rng, 10));
            let id = memo.filter(|_| rng.bool()).unwrap_or_else(|| mint.id().into());
            Edit::WriteMemo { id, on, kind: MemoKind::ALL[rng.usize(..6)], shared: rng.bool(), text }
        }
        17 => Edit::DeleteMemo(memo?),
        _ => Edit::Read { source: source?, to: Pos(rng.u32(..500)), finished: rng.bool() },
    })
}
