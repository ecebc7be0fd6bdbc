//! Where memos stand: which memos are about this, which stand in this stretch of text?

use super::id::{Id, MemoId, SourceId};
use super::memo::{Link, Memo};
use super::put::Tables;
use super::source::Passage;
use super::versions::Versions;
use imbl::OrdSet;

/// Finds memos by what they are about.
#[derive(Clone, Default, Debug, PartialEq, Eq)]
pub struct MemoPlaces {
    /// By the record they are about; the study's have the default id.
    by_target: OrdSet<(Id, MemoId)>,
    /// Those on passages, by the source and the end of the passage in the present version.
    by_end: OrdSet<(SourceId, u32, MemoId)>,
}

impl MemoPlaces {
    /// The places of all standing memos.
    #[must_use]
    pub fn new(tables: &Tables, versions: &Versions) -> Self {
        let mut out = Self::default();
        for slot in tables.memos.values().filter(|slot| !slot.gone) {
            out.insert(tables, versions, &slot.record);
        }
        out
    }

    /// Takes in a memo.
    pub fn insert(&mut self, tables: &Tables, versions: &Versions, memo: &Memo) {
        match memo.on {
            Link::Passage(passage) => {
                let end = versions.place(tables, passage).end.0;
                self.by_end.insert((passage.source, end, memo.id));
            }
            on => {
                self.by_target.insert((target(on), memo.id));
            }
        }
    }

    /// Takes out a memo as it was taken in.
    pub fn remove(&mut self, tables: &Tables, versions: &Versions, memo: &Memo) {
        match memo.on {
            Link::Passage(passage) => {
                let end = versions.place(tables, passage).end.0;
                self.by_end.remove(&(passage.source, end, memo.id));
            }
            on => {
                self.by_target.remove(&(target(on), memo.id));
            }
        }
    }

    /// Finds the places of all memos on passages of `source` anew: the present version of its text is another.
    pub fn replace(&mut self, tables: &Tables, versions: &Versions, source: SourceId) {
        let found: Vec<_> = self.ending(source, 0, u32::MAX).collect();
        for &(end, memo) in &found {
            self.by_end.remove(&(source, end, memo));
        }
        for (_, memo) in found {
            let standing = tables.memos.get(&memo).filter(|slot| !slot.gone);
            let here = |memo: &&Memo| matches!(memo.on, Link::Passage(Passage { source: of, .. }) if of == source);
            if let Some(memo) = standing.map(|slot| &*slot.record).filter(here) {
                self.insert(tables, versions, memo);
            }
        }
    }

    /// The memos about `on` itself (for a passage: those that end where it ends), oldest first.
    pub fn on(&self, tables: &Tables, versions: &Versions, on: Link) -> Vec<MemoId> {
        match on {
            Link::Passage(passage) => {
                let end = versions.place(tables, passage).end.0;
                self.ending(passage.source, end, end).map(|(_, memo)| memo).collect()
            }
            on => {
                let id = target(on);
                let all = (id, MemoId::default())..;
                self.by_target.range(all).take_while(|(of, _)| *of == id).map(|(_, memo)| *memo).collect()
            }
        }
    }

    /// The memos on passages of `source` that end at a char of `from..=to`, with that end.
    pub fn ending(&self, source: SourceId, from: u32, to: u32) -> impl Iterator<Item = (u32, MemoId)> {
        self.by_end
            .range((source, from, MemoId::default())..)
            .take_while(move |(of, end, _)| *of == source && *end <= to)
            .map(|(_, end, memo)| (*end, *memo))
    }
}

fn target(on: Link) -> Id {
    match on {
        Link::Study => Id::default(),
        Link::Case(id) => id.0,
        Link::Source(id) => id.0,
        Link::Code(id) => id.0,
        Link::Coding(id) => id.0,
        Link::Passage(passage) => passage.source.0,
        Link::Theme(id) => id.0,
        Link::Table(id) => id.0,
    }
}
