//! The codebook with what it rests on: of every code the passages that tables count, in how many sources and cases, its
//! memos; and the same with the codes below it, no case counted twice.

use super::working::{Counted, Working};
use crate::project::id::{CaseId, CodeId, CodingId, MemoId, SourceId};
use crate::project::memo::Link;
use crate::project::view::View;
use std::collections::{HashMap, HashSet};

/// How often, and in how many sources and cases.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Uses {
    /// Passages.
    pub passages: usize,
    /// Sources with one.
    pub sources: usize,
    /// Cases with one; sources of no case do not make one.
    pub cases: usize,
    /// The codings that the passages rest on.
    pub codings: Vec<CodingId>,
}

/// A code of the book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The code.
    pub code: CodeId,
    /// How deep it stands; 0 for the top.
    pub depth: u16,
    /// Whether other codes stand under it.
    pub has_below: bool,
    /// Its own passages.
    pub own: Uses,
    /// Its own and those of all codes below it.
    pub all: Uses,
    /// The memos on it that may be read, oldest first.
    pub memos: Vec<MemoId>,
}

/// The codebook with what it rests on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Book {
    /// Its codes in tree order.
    pub entries: Vec<Entry>,
    place: HashMap<CodeId, usize>,
}

impl Book {
    /// A code of it.
    #[must_use]
    pub fn get(&self, code: CodeId) -> Option<&Entry> {
        self.place.get(&code).and_then(|n| self.entries.get(*n))
    }
}

/// The codebook with what it rests on, as `working` counts.
#[must_use]
pub fn book(view: &View<'_>, working: &Working) -> Book {
    let codes = view.codebook();
    let mut by_code: HashMap<CodeId, Vec<&Counted>> = HashMap::new();
    for counted in &working.counted {
        by_code.entry(counted.code).or_default().push(counted);
    }
    let none: &[&Counted] = &[];
    let of = |code: CodeId| by_code.get(&code).map_or(none, Vec::as_slice).iter().copied();
    let entry = |code: CodeId| {
        let node = codes.get(code)?;
        let own = uses(of(code));
        let all =
            if node.children.is_empty() { own.clone() } else { uses(codes.branch(code).into_iter().flat_map(of)) };
        let memos = view.memos_on(Link::Code(code)).iter().map(|memo| memo.id).collect();
        Some(Entry { code, depth: node.depth, has_below: !node.children.is_empty(), own, all, memos })
    };
    let entries: Vec<Entry> = codes.in_order().into_iter().filter_map(entry).collect();
    let place = entries.iter().enumerate().map(|(n, entry)| (entry.code, n)).collect();
    Book { entries, place }
}

/// What passages come to.
pub(super) fn uses<'a>(counted: impl Iterator<Item = &'a Counted>) -> Uses {
    let (mut sources, mut cases): (HashSet<SourceId>, HashSet<CaseId>) = (HashSet::new(), HashSet::new());
    let mut out = Uses::default();
    for one in counted {
        out.passages += 1;
        sources.insert(one.source);
        cases.extend(one.case);
        out.codings.extend_from_slice(&one.codings);
    }
    (out.sources, out.cases) = (sources.len(), cases.len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::working::working;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;

    #[test]
    fn subcodes_never_count_a_case_twice() {
        let mut desk = Desk::new();
        let (a, b, c) = (desk.source("A", 100), desk.source("B", 100), desk.source("C", 100));
        let top = desk.code("Top");
        let [one, two] = ["One", "Two"].map(|name| desk.code_under(top, name));
        for (name, sources) in [("P01", &[a, b][..]), ("P02", &[c][..])] {
            let case = CaseId::from(desk.id());
            desk.apply(&Edit::AddCase { id: case, name: name.into(), kind: "practice".into() });
            for source in sources {
                desk.apply(&Edit::MoveSource(*source, Some(case)));
            }
        }
        for (source, code) in [(a, one), (b, one), (b, two), (c, two), (c, top)] {
            desk.lay_apart(source, 0, 10, code);
        }
        let view = desk.view();
        let book = book(&view, &working(&view));
        let said = |code| {
            let entry = book.get(code).expect("a code");
            let of = |uses: &Uses| (uses.passages, uses.sources, uses.cases);
            (of(&entry.own), of(&entry.all))
        };
        assert_eq!(said(top), ((1, 1, 1), (5, 3, 2)));
        assert_eq!(said(one), ((2, 2, 1), (2, 2, 1)));
        assert_eq!(said(two), ((2, 2, 2), (2, 2, 2)));
        assert_eq!(book.entries.iter().map(|entry| entry.depth).collect::<Vec<_>>(), [0, 1, 1]);
    }
}
