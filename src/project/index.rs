//! Codings by source and place: which codings touch these chars?
//!
//! The codings of a source are sorted by start (then id) in small blocks, each with its greatest end; blocks stand in
//! chunks, with the same. A question looks only into blocks that can hold an answer, however many codings there are and
//! however long some of them are. A change touches one block. Blocks are shared between copies until one of them is
//! changed, so that a background job can hold the codings as they were without anything being copied for it.

use super::coding::Coding;
use super::id::CodingId;
use super::record::Slot;
use crate::text::Span;
use std::sync::Arc;

/// The most entries of a block, and the most blocks of a chunk.
const FULL: usize = 64;

/// A coding and where it lies in the present version of its source's text.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The chars, in the present version.
    pub span: Span,
    /// The coding.
    pub slot: Arc<Slot<Coding>>,
}

impl Entry {
    fn key(&self) -> Key {
        (self.span.start.0, self.slot.record.id)
    }
}

type Key = (u32, CodingId);

/// How much was looked at or touched; what must not grow with the number of codings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Work {
    /// Blocks opened or changed.
    pub blocks: usize,
    /// Entries looked at.
    pub entries: usize,
}

impl std::ops::AddAssign for Work {
    fn add_assign(&mut self, other: Self) {
        self.blocks += other.blocks;
        self.entries += other.entries;
    }
}

#[derive(Clone, Debug)]
struct Block {
    first: Key,
    end: u32,
    entries: Arc<Vec<Entry>>,
}

#[derive(Clone, Debug)]
struct Chunk {
    first: Key,
    end: u32,
    blocks: Arc<Vec<Block>>,
}

/// The codings of one source.
#[derive(Clone, Debug, Default)]
pub struct Index {
    chunks: Vec<Chunk>,
    len: usize,
}

impl Block {
    fn of(entries: Vec<Entry>) -> Self {
        let first = entries[0].key();
        let end = entries.iter().map(|entry| entry.span.end.0).max().unwrap_or(0);
        Self { first, end, entries: Arc::new(entries) }
    }
}

impl Chunk {
    fn of(blocks: Vec<Block>) -> Self {
        let first = blocks[0].first;
        let end = blocks.iter().map(|block| block.end).max().unwrap_or(0);
        Self { first, end, blocks: Arc::new(blocks) }
    }

    fn measure(&mut self) {
        self.first = self.blocks[0].first;
        self.end = self.blocks.iter().map(|block| block.end).max().unwrap_or(0);
    }
}

impl Index {
    /// An index of `entries`, in any order.
    #[must_use]
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by_key(Entry::key);
        let len = entries.len();
        // Blocks are left with room, so that the first edits do not split them.
        let blocks: Vec<Block> = entries.chunks(FULL * 3 / 4).map(|part| Block::of(part.to_vec())).collect();
        let chunks = blocks.chunks(FULL * 3 / 4).map(|part| Chunk::of(part.to_vec())).collect();
        Self { chunks, len }
    }

    /// How many codings there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Puts an entry in its place. There must be none of the same id and start.
    pub fn insert(&mut self, entry: Entry) -> Work {
        self.len += 1;
        let key = entry.key();
        let Some(c) = self
            .chunks
            .partition_point(|chunk| chunk.first <= key)
            .checked_sub(1)
            .or(if self.chunks.is_empty() { None } else { Some(0) })
        else {
            self.chunks.push(Chunk::of(vec![Block::of(vec![entry])]));
            return Work { blocks: 1, entries: 1 };
        };
        let chunk = &mut self.chunks[c];
        let blocks = Arc::make_mut(&mut chunk.blocks);
        let b = blocks.partition_point(|block| block.first <= key).saturating_sub(1);
        let block = &mut blocks[b];
        let entries = Arc::make_mut(&mut block.entries);
        let at = entries.partition_point(|other| other.key() < key);
        block.end = block.end.max(entry.span.end.0);
        entries.insert(at, entry);
        block.first = entries[0].key();
        let work = Work { blocks: 1, entries: entries.len() };
        if entries.len() > FULL {
            let rest = entries.split_off(FULL / 2);
            *block = Block::of(std::mem::take(entries));
            blocks.insert(b + 1, Block::of(rest));
        }
        if blocks.len() > FULL {
            let rest = blocks.split_off(FULL / 2);
            chunk.measure();
            self.chunks.insert(c + 1, Chunk::of(rest));
        } else {
            chunk.measure();
        }
        work
    }

    /// Takes out the entry of `id` that starts at `start`; `None` if there is none.
    pub fn remove(&mut self, start: u32, id: CodingId) -> (Option<Entry>, Work) {
        let key = (start, id);
        let Some((c, b, at)) = self.find(key) else { return (None, Work::default()) };
        self.len -= 1;
        let chunk = &mut self.chunks[c];
        let blocks = Arc::make_mut(&mut chunk.blocks);
        let block = &mut blocks[b];
        let entries = Arc::make_mut(&mut block.entries);
        let entry = entries.remove(at);
        let work = Work { blocks: 1, entries: entries.len() + 1 };
        if let Some(first) = entries.first() {
            block.first = first.key();
            block.end = entries.iter().map(|entry| entry.span.end.0).max().unwrap_or(0);
        } else {
            blocks.remove(b);
        }
        if blocks.is_empty() {
            self.chunks.remove(c);
        } else {
            chunk.measure();
        }
        (Some(entry), work)
    }

    /// The entry of `id` that starts at `start`.
    #[must_use]
    pub fn get(&self, start: u32, id: CodingId) -> Option<&Entry> {
        let (c, b, at) = self.find((start, id))?;
        Some(&self.chunks[c].blocks[b].entries[at])
    }

    fn find(&self, key: Key) -> Option<(usize, usize, usize)> {
        let c = self.chunks.partition_point(|chunk| chunk.first <= key).checked_sub(1)?;
        let b = self.chunks[c].blocks.partition_point(|block| block.first <= key).checked_sub(1)?;
        let at = self.chunks[c].blocks[b].entries.binary_search_by_key(&key, Entry::key).ok()?;
        Some((c, b, at))
    }

    /// Calls `see` with every entry that shares a char with `span`, or lies within it if `span` is not empty; for an
    /// empty span, every entry that holds the char at its start. In order of start, then id. Entries may be empty
    /// themselves (all their words were corrected away); those are seen where they lie strictly inside `span`.
    pub fn within<'a>(&'a self, span: Span, mut see: impl FnMut(&'a Entry)) -> Work {
        let (from, to) = (span.start.0, span.end.0.max(span.start.0 + 1));
        let mut work = Work::default();
        for chunk in &self.chunks {
            if chunk.first.0 >= to {
                break;
            }
            if chunk.end <= from {
                continue;
            }
            for block in chunk.blocks.iter() {
                if block.first.0 >= to {
                    break;
                }
                if block.end <= from {
                    continue;
                }
                work.blocks += 1;
                for entry in block.entries.iter() {
                    if entry.span.start.0 >= to {
                        break;
                    }
                    work.entries += 1;
                    if entry.span.end.0 > from {
                        see(entry);
                    }
                }
            }
        }
        work
    }

    /// All entries in order of start, then id.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.chunks.iter().flat_map(|chunk| chunk.blocks.iter()).flat_map(|block| block.entries.iter())
    }

    /// The first entry that starts after `at` and is wanted.
    pub fn next_after(&self, at: u32, mut wanted: impl FnMut(&Entry) -> bool) -> Option<&Entry> {
        let c = self.chunks.partition_point(|chunk| chunk.first.0 <= at).saturating_sub(1);
        self.chunks[c.min(self.chunks.len())..]
            .iter()
            .flat_map(|chunk| {
                let b = chunk.blocks.partition_point(|block| block.first.0 <= at).saturating_sub(1);
                chunk.blocks[b..].iter()
            })
            .flat_map(|block| block.entries[block.entries.partition_point(|e| e.span.start.0 <= at)..].iter())
            .find(|entry| wanted(entry))
    }

    /// The last entry that starts before `at` and is wanted.
    pub fn last_before(&self, at: u32, mut wanted: impl FnMut(&Entry) -> bool) -> Option<&Entry> {
        let c = self.chunks.partition_point(|chunk| chunk.first.0 < at);
        self.chunks[..c]
            .iter()
            .rev()
            .flat_map(|chunk| {
                let b = chunk.blocks.partition_point(|block| block.first.0 < at);
                chunk.blocks[..b].iter().rev()
            })
            .flat_map(|block| block.entries[..block.entries.partition_point(|e| e.span.start.0 < at)].iter().rev())
            .find(|entry| wanted(entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::id::{CodeId, CoderId, Id, SourceId, Stamp};
    use crate::project::source::Passage;
    use proptest::prelude::*;

    fn entry(n: u128, start: u32, end: u32) -> Entry {
        let id = CodingId(Id::from_uuid(uuid::Uuid::from_u128(n)));
        let span = Span::new(start, end);
        let coding = Coding {
            id,
            coder: CoderId::default(),
            code: CodeId::default(),
            at: Passage { source: SourceId::default(), version: 1, span },
            wording: None,
            comment: String::new(),
            round: None,
        };
        let slot = Slot { record: Arc::new(coding), gone: false, rev: Stamp::default(), disputes: Vec::new() };
        Entry { span, slot: Arc::new(slot) }
    }

    fn keys<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<Key> {
        entries.map(Entry::key).collect()
    }

    proptest! {
        #[test]
        fn answers_are_those_of_a_plain_list(
            spans in proptest::collection::vec((0u32..500, 1u32..60), 0..400),
            gone in proptest::collection::vec(any::<prop::sample::Index>(), 0..200),
            ask in (0u32..500, 0u32..50),
            bulk in any::<bool>(),
        ) {
            let mut list: Vec<Entry> =
                spans.iter().enumerate().map(|(n, &(start, len))| entry(n as u128, start, start + len)).collect();
            let mut index = if bulk { Index::new(list.clone()) } else { Index::default() };
            if !bulk {
                list.iter().for_each(|entry| { index.insert(entry.clone()); });
            }
            for at in gone {
                if list.is_empty() { break; }
                let entry = list.swap_remove(at.index(list.len()));
                let (found, _) = index.remove(entry.span.start.0, entry.slot.record.id);
                prop_assert_eq!(found.map(|e| e.key()), Some(entry.key()));
            }
            list.sort_by_key(Entry::key);
            prop_assert_eq!(index.len(), list.len());
            prop_assert_eq!(keys(index.iter()), keys(list.iter()));
            let span = Span::new(ask.0, ask.0 + ask.1);
            let asked = Span::new(ask.0, ask.0 + ask.1.max(1));
            let mut seen = Vec::new();
            index.within(span, |entry| seen.push(entry.key()));
            prop_assert_eq!(seen, keys(list.iter().filter(|entry| entry.span.overlaps(asked))));
            prop_assert_eq!(index.next_after(ask.0, |_| true).map(Entry::key), list.iter().find(|e| e.span.start.0 > ask.0).map(Entry::key));
            prop_assert_eq!(index.last_before(ask.0, |_| true).map(Entry::key), list.iter().rfind(|e| e.span.start.0 < ask.0).map(Entry::key));
        }
    }

    #[test]
    fn what_is_taken_out_is_not_looked_for_any_more() {
        let mut index = Index::new((0..5000u32).map(|n| entry(u128::from(n), n * 10, n * 10 + 5)).collect());
        let ask = |index: &Index| index.within(Span::new(40_000, 40_010), |_| ());
        let before = ask(&index);
        index.insert(entry(9999, 0, 50_000));
        assert!(ask(&index).blocks > before.blocks);
        index.remove(0, CodingId(Id::from_uuid(uuid::Uuid::from_u128(9999))));
        assert_eq!(ask(&index), before);
    }

    #[test]
    fn a_question_and_an_edit_touch_as_little_among_100_000_as_among_100() {
        let ask = |count: u32| {
            let mut list: Vec<Entry> = (0..count).map(|n| entry(u128::from(n), n * 10, n * 10 + 25)).collect();
            list.push(entry(u128::from(count), 0, count * 10)); // one over all of the text
            let mut index = Index::new(list);
            let asked = index.within(Span::new(count * 5, count * 5 + 300), |_| ());
            let edited = index.insert(entry(u128::from(count) + 1, count * 5, count * 5 + 3));
            (asked, edited)
        };
        let ((few_asked, few_edited), (many_asked, many_edited)) = (ask(100), ask(100_000));
        assert!(many_asked.entries <= few_asked.entries + 2 * FULL, "{many_asked:?} against {few_asked:?}");
        assert!(many_asked.blocks <= few_asked.blocks + 2, "{many_asked:?} against {few_asked:?}");
        assert_eq!(many_edited.blocks, few_edited.blocks);
    }
}
