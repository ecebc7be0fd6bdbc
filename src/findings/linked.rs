//! Links between memos and what they speak of, followed both ways.

use crate::project::id::{Id, MemoId};
use crate::project::memo::{Link, Memo};
use crate::project::memo_links::{Linked, links};
use crate::project::view::{View, Whose};
use std::collections::HashMap;

/// What a link leads to, by its present name; `None` if that is gone or may not be seen.
#[must_use]
pub fn name_of(view: &View<'_>, what: Linked) -> Option<String> {
    match what {
        Linked::Code(id) => view.code(id).map(|node| node.code.name.clone()),
        Linked::Case(id) => view.case(id).map(|case| case.name.clone()),
        Linked::Source(id) => view.source(id).map(|source| source.name.clone()),
        Linked::Memo(id) => view.memo(id).map(|memo| memo.title().to_owned()),
        Linked::Theme(id) => view.theme(id).map(|theme| theme.name.clone()),
        Linked::Quote(_) => None,
    }
}

/// What a memo is about, in words.
#[must_use]
pub fn about(view: &View<'_>, on: Link) -> String {
    let source = |id| {
        let source = view.source(id);
        let case = source.and_then(|source| view.case(source.case?)).map(|case| format!("{}, ", case.name));
        format!("{}{}", case.unwrap_or_default(), source.map_or("a deleted source", |source| source.name.as_str()))
    };
    match on {
        Link::Study => "the study".to_owned(),
        Link::Case(id) => view.case(id).map_or("a deleted case", |case| case.name.as_str()).to_owned(),
        Link::Source(id) => source(id),
        Link::Code(id) => format!("code “{}”", view.codebook().path(id)),
        Link::Coding(id) => match view.showing(Whose::Everybody).coding(id) {
            Some(seen) => format!("“{}” in {}", view.code_name(seen.code), source(seen.coding.at.source)),
            None => "a coding".to_owned(),
        },
        Link::Passage(passage) => format!("a passage in {}", source(passage.source)),
        Link::Theme(id) => view.theme(id).map_or("a deleted theme", |theme| theme.name.as_str()).to_owned(),
        Link::Table(id) => view.table(id).map_or("a deleted table", |table| table.name.as_str()).to_owned(),
    }
}

/// What memos link to, by what it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Backlinks {
    by_target: HashMap<Id, Vec<MemoId>>,
}

impl Backlinks {
    /// The links in all memos that may be read. A quotation is a link to its coding, the code and the case.
    #[must_use]
    pub fn new(view: &View<'_>) -> Self {
        let mut out = Self::default();
        for memo in view.memos() {
            let mut targets = targets_of(view, memo);
            targets.sort_unstable();
            targets.dedup();
            for target in targets {
                out.by_target.entry(target).or_default().push(memo.id);
            }
        }
        out
    }

    /// The memos that link to something, oldest first.
    #[must_use]
    pub fn to(&self, view: &View<'_>, on: Link) -> Vec<MemoId> {
        let Some(id) = target(view, on) else { return Vec::new() };
        self.to_id(id)
    }

    /// The memos that link to another.
    #[must_use]
    pub fn to_memo(&self, memo: MemoId) -> Vec<MemoId> {
        self.to_id(memo.0)
    }

    fn to_id(&self, id: Id) -> Vec<MemoId> {
        let mut found = self.by_target.get(&id).cloned().unwrap_or_default();
        found.sort_unstable();
        found
    }
}

fn targets_of(view: &View<'_>, memo: &Memo) -> Vec<Id> {
    let mut out = Vec::new();
    for found in links(&memo.text) {
        match found.what {
            Linked::Code(id) => out.extend(view.codebook().resolve(id).map(|id| id.0)),
            Linked::Case(id) => out.push(id.0),
            Linked::Source(id) => out.push(id.0),
            Linked::Memo(id) => out.push(id.0),
            Linked::Theme(id) => out.push(id.0),
            Linked::Quote(id) => {
                let Some(quotation) = view.quotation(id) else { continue };
                out.push(quotation.coding.0);
                out.push(quotation.at.source.0);
                out.extend(view.codebook().resolve(quotation.code).map(|id| id.0));
                out.extend(view.source(quotation.at.source).and_then(|source| source.case).map(|case| case.0));
            }
        }
    }
    out
}

fn target(view: &View<'_>, on: Link) -> Option<Id> {
    match on {
        Link::Study | Link::Passage(_) => None,
        Link::Case(id) => Some(id.0),
        Link::Source(id) => Some(id.0),
        Link::Code(id) => Some(view.codebook().resolve(id).unwrap_or(id).0),
        Link::Coding(id) => Some(id.0),
        Link::Theme(id) => Some(id.0),
        Link::Table(id) => Some(id.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;

    #[test]
    fn links_are_followed_both_ways_and_through_merges() {
        let mut desk = Desk::new();
        let (old, new) = (desk.code("Handover"), desk.code("Warm handoff"));
        let (case, _) = desk.case("P01");
        let text = format!("See\n{} in {}", Linked::Code(old).written("Handover"), Linked::Case(case).written("P01"));
        let memo = desk.memo(Link::Study, &text, true);
        let about = desk.memo(Link::Study, &format!("Also\n{}", Linked::Memo(memo).written("See")), false);
        desk.apply(&Edit::MergeCodes { from: vec![old], into: new });
        let view = desk.view();
        let back = Backlinks::new(&view);
        for on in [Link::Code(old), Link::Code(new), Link::Case(case)] {
            assert_eq!(back.to(&view, on), [memo], "{on:?}");
        }
        assert_eq!((back.to_memo(memo), back.to(&view, Link::Study)), (vec![about], vec![]));
        assert_eq!(name_of(&view, Linked::Code(old)), Some("Warm handoff".into()));
        // What is one's own is no link for others.
        desk.as_other(|desk| assert_eq!(Backlinks::new(&desk.view()).to_memo(memo), []));
    }
}
