//! The project in memory: records, and the only door through which they change.
//!
//! An [`Edit`](edit::Edit) is an intention; planned against what a coder sees it gives a [`Step`](step::Step) of
//! [`Put`](put::Put)s; only puts change a [`Project`]. Everything that shows, counts or exports reads through a
//! [`View`](view::View). Nothing in this folder touches a disk, a clock or a screen.
//!
//! A project is made of persistent maps: a copy shares everything with the original and costs nothing, so background
//! work takes one and reads on while the original changes.

pub mod case;
pub mod codebook;
pub mod coding;
pub mod codings;
pub mod edit;
pub mod fold;
pub mod id;
pub mod index;
pub mod memo;
pub mod memos;
pub mod put;
pub mod record;
pub mod source;
pub mod step;
pub mod study;
pub mod undo;
pub mod view;

use codebook::Codebook;
use coding::Coding;
use codings::Codings;
use fold::fold;
use id::{CodingId, Id, MemoId, SourceId, Stamp, VersionId};
use index::Work;
use memos::MemoPlaces;
use put::{Kind, Put, Tabled, Tables, for_tabled_put};
use record::{Change, Slot};
use source::{Passage, carry};
use std::sync::Arc;

/// All records of a study, and what is derived from them to find things by.
#[derive(Clone, Default, Debug)]
pub struct Project {
    tables: Tables,
    codings: Codings,
    memo_places: MemoPlaces,
    codebook: Arc<Codebook>,
    n: u64,
}

/// What applying a line did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Records that this line or a later one had changed already: they must be [refolded](Project::refold) from all
    /// their lines.
    pub late: Vec<(Kind, Id)>,
    /// How much of the index of codings was touched.
    pub work: Work,
}

impl Project {
    /// The project of these records; nothing needs to be in order.
    #[must_use]
    pub fn new(tables: Tables, codings: impl Iterator<Item = Slot<Coding>>) -> Self {
        let mut out = Self { tables, ..Self::default() };
        out.codings = Codings::new(codings, |coding| place(&out.tables, coding.at));
        out.codebook = out.make_codebook();
        out.memo_places = MemoPlaces::new(&out.tables);
        out.n = out.greatest();
        out
    }

    /// The records of all kinds but codings.
    #[must_use]
    pub const fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The codings.
    #[must_use]
    pub const fn codings(&self) -> &Codings {
        &self.codings
    }

    /// The tree of codes.
    #[must_use]
    pub const fn codebook(&self) -> &Arc<Codebook> {
        &self.codebook
    }

    /// Where memos stand.
    #[must_use]
    pub const fn memo_places(&self) -> &MemoPlaces {
        &self.memo_places
    }

    /// The greatest line number seen from anyone.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Takes note that line `n` exists.
    pub fn saw(&mut self, n: u64) {
        self.n = self.n.max(n);
    }

    /// What is known of record `id`, standing or gone.
    #[must_use]
    pub fn slot<T: Tabled>(&self, id: T::Key) -> Option<&Slot<T>> {
        T::table(&self.tables).get(&id)
    }

    /// The standing record `id`.
    #[must_use]
    pub fn get<T: Tabled>(&self, id: T::Key) -> Option<&Arc<T>> {
        self.slot::<T>(id).filter(|slot| !slot.gone).map(|slot| &slot.record)
    }

    /// The standing records of a kind in the order of their ids.
    pub fn all<T: Tabled>(&self) -> impl Iterator<Item = &Arc<T>> {
        T::table(&self.tables).values().filter(|slot| !slot.gone).map(|slot| &slot.record)
    }

    /// The standing coding `id`.
    #[must_use]
    pub fn coding(&self, id: CodingId) -> Option<&Arc<Coding>> {
        self.codings.entry(id).map(|entry| &entry.slot.record)
    }

    /// Where `passage` lies in the present version of its text.
    #[must_use]
    pub fn place(&self, passage: Passage) -> crate::text::Span {
        place(&self.tables, passage)
    }

    /// Applies a line's puts. Those whose record this line or a later one has changed already are left out and named,
    /// so that seeing a line twice is once.
    pub fn apply(&mut self, stamp: Stamp, puts: &[Put]) -> Applied {
        let applied = self.apply_quietly(stamp, puts, false);
        if puts.iter().any(|put| matches!(put, Put::Code(_) | Put::Wording(_))) {
            self.codebook = self.make_codebook();
        }
        applied
    }

    /// Applies many lines in the order of their stamps and derives what is derived once, at the end.
    pub fn apply_all<'a>(&mut self, lines: impl Iterator<Item = (Stamp, &'a [Put])>) -> Applied {
        let mut all = Applied::default();
        for (stamp, puts) in lines {
            let applied = self.apply_quietly(stamp, puts, false);
            all.late.extend(applied.late);
            all.work += applied.work;
        }
        self.codebook = self.make_codebook();
        all
    }

    /// Puts in place of what is known of one record the fold of all puts that name it, in any order. With none, the
    /// record is left as it is.
    pub fn refold(&mut self, target: (Kind, Id), mut puts: Vec<(Stamp, Put)>) {
        puts.sort_by_key(|(stamp, _)| *stamp);
        if puts.is_empty() {
            return;
        }
        self.forget(target);
        for (stamp, put) in &puts {
            self.apply_quietly(*stamp, std::slice::from_ref(put), true);
        }
        if matches!(target.0, Kind::Code | Kind::Wording) {
            self.codebook = self.make_codebook();
        }
    }

    /// The stamp of the line that last changed a record.
    #[must_use]
    pub fn rev(&self, target: (Kind, Id)) -> Option<Stamp> {
        match target {
            (Kind::Coding, id) => self.codings.rev(id.into()),
            (kind, id) => self.tables.rev(kind, id),
        }
    }

    fn forget(&mut self, (kind, id): (Kind, Id)) {
        match kind {
            Kind::Coding => {
                self.codings.forget(id.into());
            }
            Kind::Memo => {
                if let Some(slot) = self.tables.memos.remove(&MemoId(id)) {
                    self.memo_places.remove(&self.tables, &slot.record);
                }
            }
            kind => self.tables.forget(kind, id),
        }
    }

    /// `in_order`: the caller knows that no later line was applied to these records.
    fn apply_quietly(&mut self, stamp: Stamp, puts: &[Put], in_order: bool) -> Applied {
        self.saw(stamp.0);
        let mut applied = Applied::default();
        for put in puts {
            let Some(target) = put.target() else { continue };
            if !in_order && self.rev(target).is_some_and(|rev| rev >= stamp) {
                applied.late.push(target);
                continue;
            }
            for_tabled_put!(put, change => self.apply_tabled(change, stamp), coding change => {
                applied.work += self.apply_coding(change, stamp);
            });
        }
        applied
    }

    fn apply_coding(&mut self, change: &Change<Coding>, stamp: Stamp) -> Work {
        let Some(id) = change.key() else { return Work::default() };
        let Some(slot) = fold(self.codings.slot(id).map(|slot| &**slot), change, stamp) else { return Work::default() };
        let span = place(&self.tables, slot.record.at);
        self.codings.set(slot, span)
    }

    fn apply_tabled<T: Tabled>(&mut self, change: &Change<T>, stamp: Stamp) {
        let Some(id) = change.key() else { return };
        let before = T::table(&self.tables).get(&id);
        let Some(slot) = fold(before, change, stamp) else { return };
        let memo = (T::KIND == Kind::Memo).then(|| MemoId(id.into()));
        if let Some(old) = memo.and_then(|id| self.tables.memos.get(&id)).filter(|slot| !slot.gone) {
            self.memo_places.remove(&self.tables, &old.record);
        }
        T::table_mut(&mut self.tables).insert(id, slot);
        if let Some(new) = memo.and_then(|id| self.tables.memos.get(&id)).filter(|slot| !slot.gone) {
            self.memo_places.insert(&self.tables, &new.record);
        }
        match T::KIND {
            Kind::Source => self.source_changed(SourceId(id.into())),
            Kind::Version => {
                let source = self.tables.versions.get(&VersionId(id.into())).map(|slot| slot.record.source);
                source.into_iter().for_each(|source| self.source_changed(source));
            }
            _ => {}
        }
    }

    /// The present version of a text may be another: everything that lies in it is placed anew.
    fn source_changed(&mut self, source: SourceId) {
        let tables = &self.tables;
        // Also when a correction is taken back: the versions are still known then.
        let corrected = tables.versions.values().any(|slot| slot.record.source == source && slot.record.number > 1);
        if corrected {
            self.codings.replace(source, |coding| place(tables, coding.at));
            self.memo_places = MemoPlaces::new(tables);
        }
    }

    fn make_codebook(&self) -> Arc<Codebook> {
        Arc::new(Codebook::new(self.tables.codes.values(), |id| {
            self.tables.wordings.get(&id).filter(|slot| !slot.gone).map(|slot| slot.record.clone())
        }))
    }

    fn greatest(&self) -> u64 {
        let standing = self.codings.sources().flat_map(|(_, index)| index.iter().map(|entry| entry.slot.rev.0)).max();
        let gone = self.codings.gone().map(|slot| slot.rev.0).max();
        self.tables.greatest().max(standing.unwrap_or(0)).max(gone.unwrap_or(0))
    }
}

impl PartialEq for Project {
    /// The same records with the same disputes. What is derived from them follows.
    fn eq(&self, other: &Self) -> bool {
        self.tables == other.tables && self.codings == other.codings
    }
}

/// Where `passage` lies in the present version of its text. Versions are followed by number; a passage of a version that
/// is not on the way to the present one stays where it is.
fn place(tables: &Tables, passage: Passage) -> crate::text::Span {
    let present = tables.sources.get(&passage.source).map_or(passage.version, |slot| slot.record.version);
    let mut span = passage.span;
    for number in passage.version + 1..=present {
        let version = tables
            .versions
            .values()
            .find(|slot| !slot.gone && slot.record.source == passage.source && slot.record.number == number);
        if let Some(version) = version {
            span = carry(span, &version.record.splices);
        }
    }
    span
}
