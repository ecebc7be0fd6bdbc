//! Counted work: an edit among 100,000 codings touches and takes no more than one among 100.
//!
//! What is counted is the same on every machine: blocks and entries of the index that were opened, and bytes that were
//! asked of the allocator, by this thread.
#![allow(unsafe_code, reason = "a global allocator cannot be written without it; this one only counts")]

mod support {
    pub mod study;
}

use emic::project::Project;
use emic::project::coding::Coding;
use emic::project::edit::Edit;
use emic::project::id::{CodeId, CodingId, Id, MemoId, SourceId, Stamp};
use emic::project::index::Work;
use emic::project::memo::{Link, MemoKind};
use emic::project::record::Slot;
use emic::project::source::Passage;
use emic::text::{Pos, Span};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::Arc;
use support::study::Open;

/// The system's allocator with a tally of each thread's requests.
struct Counting;

thread_local! {
    static BYTES: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: every call is handed on to the system's allocator as it came; the tally touches no memory that it manages.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = BYTES.try_with(|bytes| bytes.set(bytes.get() + layout.size() as u64));
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(ptr, layout) }
    }

    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        let _ = BYTES.try_with(|bytes| bytes.set(bytes.get() + new_size as u64));
        // SAFETY: the caller keeps the contract of `realloc`.
        unsafe { System.realloc(ptr, layout, new_size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// What one edit took.
#[derive(Clone, Debug)]
struct Taken {
    what: &'static str,
    work: Work,
    bytes: u64,
}

fn counted(what: &'static str, do_it: impl FnOnce() -> Work) -> Taken {
    let before = BYTES.get();
    let work = do_it();
    Taken { what, work, bytes: BYTES.get() - before }
}

/// A study with `count` codings, one every 10 chars of one text; one of them lies over all of it.
struct Among {
    open: Open,
    text: SourceId,
    codes: Vec<CodeId>,
    /// The middle of the text, on a coding.
    at: u32,
    /// A coding there.
    here: CodingId,
}

fn id(n: u128) -> Id {
    Id::from_uuid(uuid::Uuid::from_u128(n))
}

fn among(count: u32) -> Among {
    let mut open = Open::new();
    let text = open.source("one", &"0123456789".repeat(count as usize + 50));
    let codes: Vec<CodeId> = (0..20).map(|n| open.code(&format!("code {n}"))).collect();
    let coder = open.study.coder();
    let slot = |n: u32, span| {
        let at = Passage { source: text, version: 1, span };
        let code = codes[n as usize % 10];
        let id = CodingId(id(u128::from(n) + 1));
        let record = Coding { id, coder, code, at, wording: None, comment: String::new(), round: None };
        Slot { record: Arc::new(record), gone: false, rev: Stamp::default(), disputes: Vec::new() }
    };
    let codings = (0..count).map(|n| slot(n, Span::new(n * 10, n * 10 + 25)));
    let over_all = slot(count, Span::new(0, count * 10));
    let project = Project::new(open.study.snapshot().tables().clone(), codings.chain([over_all]));
    open = Open::with(project, coder, "PB-aaaa", 9);
    Among { open, text, codes, at: count / 2 * 10, here: CodingId(id(u128::from(count / 2) + 1)) }
}

/// What each of a working day's edits takes among `count` codings. `watched`: a job beside the screen holds the project
/// as it was, so that every change has to leave that as it is.
fn a_day(count: u32, watched: bool) -> Vec<Taken> {
    let Among { mut open, text, codes, at, here } = among(count);
    let memo = MemoId(id(u128::MAX - 1));
    let (free, near) = (codes[15], codes[(count as usize / 2) % 10]);
    let on = Link::Coding(here);
    let passage = |from, to| Passage { source: text, version: 1, span: Span::new(from, to) };
    let lay = |from, to, code| Edit::Lay {
        passages: vec![passage(from, to)],
        codes: vec![code],
        apart: false,
        borders: vec![],
    };
    let write = Edit::WriteMemo { id: memo, on, kind: MemoKind::Analytic, shared: true, text: "# A thought".into() };
    let edits: [(&'static str, Edit); 11] = [
        ("lay", lay(at + 3, at + 9, free)),
        ("extend", lay(at + 5, at + 30, free)),
        ("lay two hits", Edit::All(vec![lay(at + 100, at + 109, free), lay(at - 100, at - 90, codes[16])])),
        ("recode", Edit::Recode(vec![here], free)),
        ("comment", Edit::Comment(here, "see there".into())),
        ("resize", Edit::Resize(here, passage(at, at + 40))),
        ("memo", write),
        ("remove", Edit::Remove(vec![here])),
        ("pin", Edit::Pin(3, Some(near))),
        ("read", Edit::Read { source: text, to: Pos(at), finished: false }),
        ("rename a code", Edit::RenameCode(near, "something else".into())),
    ];
    let mut day = Vec::new();
    for (what, edit) in edits {
        let held = watched.then(|| open.study.snapshot());
        day.push(counted(what, || open.apply(&edit).work));
        drop(held);
    }
    let merge = Edit::MergeCodes { from: vec![near], into: free };
    day.push(counted("merge codes", || open.apply(&merge).work));
    for what in ["undo the merge", "undo the renaming"] {
        day.push(counted(what, || {
            open.study.undo().expect("something to undo");
            Work::default()
        }));
    }
    day.push(counted("ask for a screen's codings", || {
        open.study.view().codings_within(text, Span::new(at, at + 2000.min(count * 5)), |_| ())
    }));
    day.push(counted("count", || {
        assert!(open.study.view().count(near) > 0);
        Work::default()
    }));
    day
}

#[test]
fn an_edit_takes_as_little_among_100_000_codings_as_among_100() {
    for watched in [false, true] {
        for (few, many) in a_day(100, watched).into_iter().zip(a_day(100_000, watched)) {
            let what = many.what;
            assert!(many.work.blocks <= few.work.blocks + 8, "{what} ({watched}): {few:?}, {many:?}");
            assert!(many.work.entries <= few.work.entries + 300, "{what} ({watched}): {few:?}, {many:?}");
            // Tables are trees: their depth grows by a node or two.
            let room = if watched { 16 * 1024 } else { 4 * 1024 };
            assert!(many.bytes <= few.bytes + room, "{what} ({watched}): {few:?}, {many:?}");
        }
    }
}

#[test]
fn coding_all_hits_of_a_search_takes_time_in_the_number_of_hits_only() {
    let hits = |count: u32| {
        let Among { mut open, text, codes, .. } = among(20_000);
        // Some overlap each other, some what stands.
        let hit = |n: u32| Passage { source: text, version: 1, span: Span::new(n * 17, n * 17 + 12 + n % 11) };
        let edit =
            Edit::Lay { passages: (0..count).map(hit).collect(), codes: vec![codes[3]], apart: false, borders: vec![] };
        counted("hits", || open.apply(&edit).work)
    };
    let (few, many) = (hits(500), hits(5000));
    assert!(many.work.entries < few.work.entries * 15, "{few:?}, {many:?}");
    assert!(many.bytes < few.bytes * 15, "{few:?}, {many:?}");
}

#[test]
fn a_copy_of_the_project_for_a_job_beside_the_screen_costs_nothing() {
    let copy = |count| {
        let Among { open, .. } = among(count);
        counted("copy", || {
            drop(open.study.snapshot());
            Work::default()
        })
    };
    let (few, many) = (copy(100), copy(100_000));
    assert!(many.bytes <= few.bytes, "{few:?}, {many:?}");
}
