//! Versions of texts by number, and the way of a passage from the version it was made in to the one that is read now.
//!
//! Versions make a tree: a correction is based on the version that it corrects. A correction that was taken back stays
//! known, and passages that were made in it are led back through it; so nothing that was coded meanwhile goes astray.

use super::id::{SourceId, VersionId};
use super::put::Tables;
use super::record::Slot;
use super::source::{Passage, Splice, Version, carry};
use crate::text::Span;
use imbl::OrdSet;

/// Finds the versions of a text by their number.
#[derive(Clone, Default, Debug, PartialEq, Eq)]
pub struct Versions {
    /// Source, number, whether it was taken back, and which it is: the one that holds comes first.
    by_number: OrdSet<(SourceId, u32, bool, VersionId)>,
}

type Key = (SourceId, u32, bool, VersionId);

fn key(slot: &Slot<Version>) -> Key {
    (slot.record.source, slot.record.number, slot.gone, slot.record.id)
}

impl Versions {
    /// All versions that are known, standing or taken back.
    #[must_use]
    pub fn new(tables: &Tables) -> Self {
        Self { by_number: tables.versions.values().map(key).collect() }
    }

    /// Takes in a version.
    pub fn insert(&mut self, slot: &Slot<Version>) {
        self.by_number.insert(key(slot));
    }

    /// Takes out a version as it was taken in.
    pub fn remove(&mut self, slot: &Slot<Version>) {
        self.by_number.remove(&key(slot));
    }

    /// Version `number` of a source's text: a standing one before one that was taken back; of two people's corrections
    /// with the same number, the older id's.
    #[must_use]
    pub fn get<'a>(&self, tables: &'a Tables, source: SourceId, number: u32) -> Option<&'a Slot<Version>> {
        let first = self.by_number.range((source, number, false, VersionId::default())..).next()?;
        if (first.0, first.1) == (source, number) { tables.versions.get(&first.3) } else { None }
    }

    /// The greatest number that any version of a source's text has or had; 0 if none is known.
    #[must_use]
    pub fn greatest(&self, source: SourceId) -> u32 {
        self.known_before(source, u32::MAX)
    }

    /// The greatest known number of a version of `source` below `number`; 0 if there is none.
    fn known_before(&self, source: SourceId, number: u32) -> u32 {
        let until = (source, number, false, VersionId::default());
        let last = self.by_number.range(..until).next_back();
        last.filter(|(of, ..)| *of == source).map_or(0, |(_, number, ..)| *number)
    }

    /// The version that `number` is based on, and what was replaced in it. Of a number that nobody knows, the next
    /// known one below it.
    fn base<'a>(&self, tables: &'a Tables, source: SourceId, number: u32) -> (u32, &'a [Splice]) {
        match self.get(tables, source, number) {
            Some(slot) => (slot.record.based_on(), &slot.record.splices),
            None => (self.known_before(source, number), &[]),
        }
    }

    /// Where `passage` lies in the present version of its text: down from its version to the one that both come from,
    /// then up to the present. Takes a step for each correction on the way.
    #[must_use]
    pub fn place(&self, tables: &Tables, passage: Passage) -> Span {
        let present = tables.sources.get(&passage.source).map_or(passage.version, |slot| slot.record.version);
        let (mut from, mut to) = (passage.version, present);
        let mut span = passage.span;
        let mut up = Vec::new();
        while from != to {
            let (base, splices) = self.base(tables, passage.source, from.max(to));
            if from > to {
                span = carry(span, &taken_back(splices));
                from = base;
            } else {
                up.push(splices);
                to = base;
            }
        }
        up.into_iter().rev().fold(span, carry)
    }
}

/// The splices that lead from the version after `splices` to the one before.
fn taken_back(splices: &[Splice]) -> Vec<Splice> {
    let mut shift = 0i64;
    let back = |splice: &Splice| {
        let start = splice.at.start.shifted(shift);
        shift += i64::from(splice.chars) - i64::from(splice.at.len());
        Splice { at: Span::new(start.0, start.0.saturating_add(splice.chars)), chars: splice.at.len() }
    };
    splices.iter().map(back).collect()
}
