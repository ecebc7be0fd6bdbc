//! All codings of a project: by source and place, by id, and counted by coder and code.

use super::coding::Coding;
use super::id::{CodeId, CoderId, CodingId, RoundId, SourceId, Stamp};
use super::index::{Entry, Index, Work};
use super::record::Slot;
use crate::text::Span;
use imbl::{OrdMap, OrdSet};
use std::sync::Arc;

/// The codings of a project. Sharing a copy costs nothing.
#[derive(Clone, Debug, Default)]
pub struct Codings {
    /// Where each standing coding is found: its source and start in the present version.
    places: OrdMap<CodingId, (SourceId, u32)>,
    sources: OrdMap<SourceId, Arc<Index>>,
    gone: OrdMap<CodingId, Arc<Slot<Coding>>>,
    /// The sources that stand; codings of others are kept, but neither counted nor seen.
    standing: OrdSet<SourceId>,
    /// How many codings of standing sources name a code, by coder; never 0.
    tallies: OrdMap<(CodeId, CoderId), u32>,
    /// How many of them were made for a round; never 0.
    for_rounds: OrdMap<(CodeId, CoderId, RoundId), u32>,
}

impl Codings {
    /// The codings of `slots`; `standing` are the sources that stand, and `carry` tells where a coding lies in the present
    /// version of its text.
    #[must_use]
    pub fn new(
        slots: impl Iterator<Item = Slot<Coding>>,
        standing: OrdSet<SourceId>,
        carry: impl Fn(&Coding) -> Span,
    ) -> Self {
        let mut out = Self { standing, ..Self::default() };
        let mut by_source: std::collections::BTreeMap<SourceId, Vec<Entry>> = std::collections::BTreeMap::new();
        let mut tallies: std::collections::HashMap<(CodeId, CoderId), u32> = std::collections::HashMap::new();
        let mut for_rounds: std::collections::HashMap<(CodeId, CoderId, RoundId), u32> =
            std::collections::HashMap::new();
        let mut places: Vec<(CodingId, (SourceId, u32))> = Vec::with_capacity(slots.size_hint().0);
        for slot in slots {
            let id = slot.record.id;
            let slot = Arc::new(slot);
            if slot.gone {
                out.gone.insert(id, slot);
                continue;
            }
            let span = carry(&slot.record);
            if out.standing.contains(&slot.record.at.source) {
                let Coding { code, coder, round, .. } = *slot.record;
                *tallies.entry((code, coder)).or_default() += 1;
                if let Some(round) = round {
                    *for_rounds.entry((code, coder, round)).or_default() += 1;
                }
            }
            places.push((id, (slot.record.at.source, span.start.0)));
            by_source.entry(slot.record.at.source).or_default().push(Entry { span, slot });
        }
        // In order, because a tree grows fastest at its end.
        places.sort_unstable_by_key(|(id, _)| *id);
        out.places = places.into_iter().collect();
        out.tallies = tallies.into_iter().collect();
        out.for_rounds = for_rounds.into_iter().collect();
        out.sources = by_source.into_iter().map(|(source, entries)| (source, Arc::new(Index::new(entries)))).collect();
        out
    }

    /// What is known of coding `id`, standing or gone.
    #[must_use]
    pub fn slot(&self, id: CodingId) -> Option<&Arc<Slot<Coding>>> {
        self.entry(id).map(|entry| &entry.slot).or_else(|| self.gone.get(&id))
    }

    /// The standing coding `id` with its place.
    #[must_use]
    pub fn entry(&self, id: CodingId) -> Option<&Entry> {
        let (source, start) = self.places.get(&id)?;
        self.sources.get(source)?.get(*start, id)
    }

    /// The codings of `source`.
    #[must_use]
    pub fn of(&self, source: SourceId) -> Option<&Arc<Index>> {
        self.sources.get(&source)
    }

    /// The sources that have codings, in the order of their ids, with them.
    pub fn sources(&self) -> impl Iterator<Item = (SourceId, &Arc<Index>)> {
        self.sources.iter().map(|(source, index)| (*source, index))
    }

    /// All tombstones.
    pub fn gone(&self) -> impl Iterator<Item = &Arc<Slot<Coding>>> {
        self.gone.values()
    }

    /// How many codings stand, those of deleted sources with them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether none stands.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// How many codings of `coder` in standing sources name `code` itself.
    #[must_use]
    pub fn tally(&self, coder: CoderId, code: CodeId) -> u32 {
        self.tallies.get(&(code, coder)).copied().unwrap_or(0)
    }

    /// How many codings in standing sources name `code` itself, and of how many coders.
    #[must_use]
    pub fn tally_of_all(&self, code: CodeId) -> (u32, u32) {
        let of_code = self.tallies.range((code, CoderId::default())..).take_while(|((of, _), _)| *of == code);
        of_code.fold((0, 0), |(n, coders), (_, more)| (n + more, coders + 1))
    }

    /// The coders of whom codings in standing sources name `code` itself, and how many of each.
    pub fn tallies_of(&self, code: CodeId) -> impl Iterator<Item = (CoderId, u32)> {
        let of_code = self.tallies.range((code, CoderId::default())..).take_while(move |((of, _), _)| *of == code);
        of_code.map(|((_, coder), n)| (*coder, *n))
    }

    /// The rounds for which `coder` made codings of `code` in standing sources, and how many for each.
    pub fn tallies_by_round(&self, coder: CoderId, code: CodeId) -> impl Iterator<Item = (RoundId, u32)> {
        let from = (code, coder, RoundId::default());
        let of_both = self.for_rounds.range(from..).take_while(move |((of, by, _), _)| (*of, *by) == (code, coder));
        of_both.map(|((_, _, round), n)| (*round, *n))
    }

    /// Puts `slot` in the place of whatever was known of its coding. `span` is where it lies now.
    pub fn set(&mut self, slot: Slot<Coding>, span: Span) -> Work {
        let id = slot.record.id;
        let mut work = self.forget(id);
        if slot.gone {
            self.gone.insert(id, Arc::new(slot));
            return work;
        }
        let source = slot.record.at.source;
        self.count(&slot.record, 1);
        self.places.insert(id, (source, span.start.0));
        let entry = Entry { span, slot: Arc::new(slot) };
        work += Arc::make_mut(self.sources.entry(source).or_default()).insert(entry);
        work
    }

    /// Takes out whatever is known of coding `id`.
    pub fn forget(&mut self, id: CodingId) -> Work {
        self.gone.remove(&id);
        let Some((source, start)) = self.places.remove(&id) else { return Work::default() };
        let Some(index) = self.sources.get_mut(&source) else { return Work::default() };
        let index = Arc::make_mut(index);
        let (old, work) = index.remove(start, id);
        if index.is_empty() {
            self.sources.remove(&source);
        }
        if let Some(old) = old {
            self.count(&old.slot.record, -1);
        }
        work
    }

    /// Finds the place of every coding of `source` anew: the present version of its text is another.
    pub fn replace(&mut self, source: SourceId, carry: impl Fn(&Coding) -> Span) {
        let Some(index) = self.sources.get(&source) else { return };
        let entries: Vec<Entry> =
            index.iter().map(|entry| Entry { span: carry(&entry.slot.record), slot: entry.slot.clone() }).collect();
        for entry in &entries {
            self.places.insert(entry.slot.record.id, (source, entry.span.start.0));
        }
        self.sources.insert(source, Arc::new(Index::new(entries)));
    }

    /// Takes note that `source` stands, or that it is gone: its codings then count no more.
    pub fn show(&mut self, source: SourceId, stands: bool) {
        if stands == self.standing.contains(&source) {
            return;
        }
        self.standing.insert(source);
        let codings = self.sources.get(&source).cloned().unwrap_or_default();
        codings.iter().for_each(|entry| self.count(&entry.slot.record, if stands { 1 } else { -1 }));
        if !stands {
            self.standing.remove(&source);
        }
    }

    /// The stamp of the last line that changed coding `id`.
    #[must_use]
    pub fn rev(&self, id: CodingId) -> Option<Stamp> {
        self.slot(id).map(|slot| slot.rev)
    }

    fn count(&mut self, coding: &Coding, by: i32) {
        if !self.standing.contains(&coding.at.source) {
            return;
        }
        step(&mut self.tallies, (coding.code, coding.coder), by);
        if let Some(round) = coding.round {
            step(&mut self.for_rounds, (coding.code, coding.coder, round), by);
        }
    }
}

/// Adds to a tally, which is never kept at 0.
fn step<K: Ord + Clone>(tallies: &mut OrdMap<K, u32>, key: K, by: i32) {
    let now = tallies.get(&key).copied().unwrap_or(0).saturating_add_signed(by);
    if now == 0 {
        tallies.remove(&key);
    } else {
        tallies.insert(key, now);
    }
}

impl PartialEq for Codings {
    /// The same codings, standing and gone, at the same places; how they are packed does not matter.
    fn eq(&self, other: &Self) -> bool {
        self.places == other.places
            && self.gone == other.gone
            && self.places.keys().all(|id| match (self.entry(*id), other.entry(*id)) {
                (Some(a), Some(b)) => a.span == b.span && a.slot == b.slot,
                _ => false,
            })
    }
}
