//! The project in memory: records, and the only door through which they change.
//!
//! An [`Edit`](edit::Edit) is an intention; planned against what a coder sees it gives a [`Step`](step::Step) of
//! [`Put`]s; only puts change a [`Project`]. Everything that shows, counts or exports reads through a
//! [`View`](view::View). Nothing in this folder touches a disk, a clock or a screen.
//!
//! A project is made of persistent maps: a copy shares everything with the original and costs nothing, so background
//! work takes one and reads on while the original changes.

pub mod allocation;
pub mod case;
pub mod codebook;
pub mod coding;
pub mod codings;
pub mod cycle;
pub mod decision;
pub mod edit;
pub mod fold;
pub mod history;
pub mod id;
pub mod index;
pub mod judgement;
pub mod memo;
pub mod memo_links;
pub mod memos;
pub mod put;
pub mod quotation;
pub mod record;
pub mod relation;
pub mod reshaping;
pub mod reveal;
pub mod round;
pub mod rounds;
pub mod row;
pub mod saved;
pub mod sights;
pub mod source;
pub mod step;
pub mod study;
pub mod summary;
pub mod theme;
pub mod undo;
pub mod versions;
pub mod view;

#[cfg(test)]
pub(crate) mod testing;

use codebook::Codebook;
use coding::Coding;
use codings::Codings;
use fold::{fold, fold_all};
use id::{CodingId, Id, MemoId, SourceId, Stamp, VersionId};
use index::Work;
use memos::MemoPlaces;
use put::{Kind, Put, Tabled, Tables, for_tabled_put};
use record::{Change, Slot};
use rounds::Rounds;
use sights::Sights;
use source::Passage;
use std::collections::BTreeSet;
use std::sync::Arc;
use versions::Versions;

/// All records of a study, and what is derived from them to find things by.
#[derive(Clone, Default, Debug)]
pub struct Project {
    tables: Tables,
    versions: Versions,
    codings: Codings,
    memo_places: MemoPlaces,
    rounds: Rounds,
    sights: Sights,
    n: u64,
}

/// What applying a line did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Records that a later line had changed already: they must be [refolded](Project::refold) from all their lines.
    pub late: Vec<(Kind, Id)>,
    /// How much of the index of codings was touched.
    pub work: Work,
}

/// What has to be derived anew once all puts of a line are in.
#[derive(Default)]
struct Stale {
    codebook: bool,
    rounds: bool,
    /// Sources whose present version is another, or that came or went.
    sources: BTreeSet<SourceId>,
}

impl Project {
    /// The project of these records; nothing needs to be in order.
    #[must_use]
    pub fn new(tables: Tables, codings: impl Iterator<Item = Slot<Coding>>) -> Self {
        let mut out = Self { versions: Versions::new(&tables), tables, ..Self::default() };
        let standing = out.all::<source::Source>().map(|source| source.id).collect();
        out.codings = Codings::new(codings, standing, |coding| out.place(coding.at));
        out.rounds = Rounds::new(&out.tables);
        out.sights = Sights::new(&out.tables, &out.rounds);
        out.memo_places = MemoPlaces::new(&out.tables, &out.versions);
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

    /// The tree of codes with everything in it. What a coder may see of it is their [`View`](view::View)'s.
    #[must_use]
    pub const fn codebook(&self) -> &Arc<Codebook> {
        self.sights.whole()
    }

    /// The codebook as each coder may see it.
    #[must_use]
    pub const fn sights(&self) -> &Sights {
        &self.sights
    }

    /// Which rounds stand open.
    #[must_use]
    pub const fn rounds(&self) -> &Rounds {
        &self.rounds
    }

    /// The versions of texts by number.
    #[must_use]
    pub const fn versions(&self) -> &Versions {
        &self.versions
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

    /// The standing records as if no line named them: what a folder without journals holds.
    #[must_use]
    pub fn without_lines(&self) -> Self {
        let codings = self.codings.sources().flat_map(|(_, index)| index.iter());
        Self::new(self.tables.without_lines(), codings.map(|entry| Slot::standing(entry.slot.record.clone())))
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
        self.versions.place(&self.tables, passage)
    }

    /// Applies a line's puts. Those whose record a later line has changed already are left out and named. A line that was
    /// applied before changes nothing.
    pub fn apply(&mut self, stamp: Stamp, puts: &[Put]) -> Applied {
        self.apply_all(std::iter::once((stamp, puts)))
    }

    /// Applies many lines, each as [`apply`](Self::apply) does, and derives what is derived once, at the end.
    pub fn apply_all<'a>(&mut self, lines: impl Iterator<Item = (Stamp, &'a [Put])>) -> Applied {
        let mut applied = Applied::default();
        let mut stale = Stale::default();
        for (stamp, puts) in lines {
            self.apply_line(stamp, puts, &mut applied, &mut stale);
        }
        self.derive(stale);
        applied.late.sort_unstable();
        applied.late.dedup();
        applied
    }

    /// Puts in place of what is known of records the fold of all puts that name them, in any order; a put may be given
    /// more than once. Records that no put names are left as they are.
    pub fn refold(&mut self, mut puts: Vec<(Stamp, Put)>) {
        puts.retain(|(_, put)| put.target().is_some());
        puts.sort_by_key(|(stamp, put)| (put.target(), *stamp));
        puts.dedup();
        let mut stale = Stale::default();
        for of_one in puts.chunk_by(|(_, a), (_, b)| a.target() == b.target()) {
            self.saw(of_one.last().map_or(0, |(stamp, _)| stamp.0));
            for_tabled_put!(&of_one[0].1, change => self.refold_tabled(change, of_one, &mut stale), coding _coding => {
                self.refold_coding(of_one);
            });
        }
        self.derive(stale);
    }

    /// The stamp of the line that last changed a record.
    #[must_use]
    pub fn rev(&self, target: (Kind, Id)) -> Option<Stamp> {
        match target {
            (Kind::Coding, id) => self.codings.rev(id.into()),
            (kind, id) => self.tables.rev(kind, id),
        }
    }

    fn apply_line(&mut self, stamp: Stamp, puts: &[Put], applied: &mut Applied, stale: &mut Stale) {
        self.saw(stamp.0);
        let rev = |put: &Put| put.target().and_then(|target| self.rev(target));
        let again = puts.iter().any(|put| rev(put) == Some(stamp));
        for put in puts {
            let Some(target) = put.target() else { continue };
            match self.rev(target) {
                Some(rev) if rev > stamp => applied.late.push(target),
                Some(rev) if rev == stamp && again => {}
                _ => for_tabled_put!(put, change => {
                    let slot = change.key().and_then(|id| fold(self.slot(id), change, stamp));
                    slot.into_iter().for_each(|slot| self.set_tabled(slot, stale));
                }, coding change => {
                    let slot = change.key().and_then(|id| fold(self.codings.slot(id).map(|slot| &**slot), change, stamp));
                    slot.into_iter().for_each(|slot| applied.work += self.set_coding(slot));
                }),
            }
        }
    }

    fn refold_coding(&mut self, puts: &[(Stamp, Put)]) {
        let changes = puts.iter().filter_map(|(stamp, put)| match put {
            Put::Coding(change) => Some((*stamp, change)),
            _ => None,
        });
        if let Some(slot) = fold_all(changes) {
            self.set_coding(slot);
        }
    }

    /// `_one` is any of the changes, for its type.
    fn refold_tabled<T: Tabled>(&mut self, _one: &Change<T>, puts: &[(Stamp, Put)], stale: &mut Stale) {
        let changes = puts.iter().filter_map(|(stamp, put)| Some((*stamp, T::change(put)?)));
        if let Some(slot) = fold_all(changes) {
            self.set_tabled(slot, stale);
        }
    }

    fn set_coding(&mut self, slot: Slot<Coding>) -> Work {
        let span = self.place(slot.record.at);
        self.codings.set(slot, span)
    }

    /// Puts `slot` in the place of whatever was known of its record, and notes what follows from it.
    fn set_tabled<T: Tabled>(&mut self, slot: Slot<T>, stale: &mut Stale) {
        let key = slot.record.key();
        let id: Id = key.into();
        match T::KIND {
            Kind::Code | Kind::Wording => stale.codebook = true,
            Kind::Round | Kind::Reveal => stale.rounds = true,
            Kind::Memo => {
                if let Some(old) = self.get::<memo::Memo>(MemoId(id)).cloned() {
                    self.memo_places.remove(&self.tables, &self.versions, &old);
                }
            }
            Kind::Version => {
                if let Some(old) = self.tables.versions.get(&VersionId(id)) {
                    self.versions.remove(old);
                    stale.sources.insert(old.record.source);
                }
            }
            _ => {}
        }
        let version_before = self.tables.sources.get(&SourceId(id)).filter(|_| T::KIND == Kind::Source);
        let version_before = version_before.map(|slot| (slot.record.version, slot.gone));
        T::table_mut(&mut self.tables).insert(key, slot);
        match T::KIND {
            Kind::Memo => {
                if let Some(new) = self.get::<memo::Memo>(MemoId(id)).cloned() {
                    self.memo_places.insert(&self.tables, &self.versions, &new);
                }
            }
            Kind::Version => {
                if let Some(new) = self.tables.versions.get(&VersionId(id)) {
                    self.versions.insert(new);
                    stale.sources.insert(new.record.source);
                }
            }
            Kind::Source => {
                let version = self.tables.sources.get(&SourceId(id)).map(|slot| (slot.record.version, slot.gone));
                if version != version_before {
                    stale.sources.insert(SourceId(id));
                }
            }
            _ => {}
        }
    }

    /// Derives anew what `stale` names. Where a text has another version, everything that lies in it is placed anew.
    fn derive(&mut self, stale: Stale) {
        if stale.rounds {
            self.rounds = Rounds::new(&self.tables);
        }
        if stale.codebook || stale.rounds {
            self.sights = Sights::new(&self.tables, &self.rounds);
        }
        for source in stale.sources {
            let (tables, versions) = (&self.tables, &self.versions);
            self.codings.replace(source, |coding| versions.place(tables, coding.at));
            self.memo_places.replace(tables, versions, source);
            let standing = self.get::<source::Source>(source).is_some();
            self.codings.show(source, standing);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::codebook::Code;
    use crate::project::edit::Edit;
    use crate::project::id::Writer;
    use testing::Desk;

    /// A code that somebody renamed while somebody else deleted it; the lines of both.
    fn disputed() -> (Desk, Vec<(Stamp, Vec<Put>)>) {
        let mut desk = Desk::new();
        let code = desk.code("Access");
        let delete = desk.plan(&Edit::DeleteCodes(vec![code])).expect("a step").puts;
        let rename = desk.plan(&Edit::RenameCode(code, "Getting in".into())).expect("a step").puts;
        let at = |writer: &str| Stamp(desk.project.n() + 1, Writer::new(writer).expect("a writer"));
        let lines = vec![(at("PB-0000"), rename), (at("SC-0000"), delete)];
        (desk, lines)
    }

    fn disputes(project: &Project) -> usize {
        project.tables().codes.values().map(|slot: &Slot<Code>| slot.disputes.len()).sum()
    }

    #[test]
    fn a_line_that_comes_twice_is_one() {
        let (mut desk, lines) = disputed();
        for _ in 0..2 {
            let applied = desk.project.apply_all(lines.iter().map(|(stamp, puts)| (*stamp, puts.as_slice())));
            assert!(applied.late.len() <= 1, "the first is late when it comes again");
            assert_eq!((desk.names(None), disputes(&desk.project)), (vec!["Getting in"], 1));
        }
    }

    #[test]
    fn records_are_folded_anew_from_puts_in_any_order_and_given_more_than_once() {
        let (mut desk, lines) = disputed();
        let mut twice: Vec<(Stamp, Put)> = Vec::new();
        for (stamp, puts) in lines.iter().rev().chain(&lines).rev() {
            twice.extend(puts.iter().map(|put| (*stamp, put.clone())));
        }
        desk.project.refold(twice);
        assert_eq!((desk.names(None), disputes(&desk.project)), (vec!["Getting in"], 1));
        assert_eq!(desk.project.n(), lines[0].0.0, "lines that were only folded are seen as well");
        let before = desk.project.clone();
        desk.project.refold(Vec::new());
        assert_eq!(desk.project, before);
    }

    #[test]
    fn a_late_line_changes_nothing_of_what_a_later_one_changed_and_names_it() {
        let (mut desk, lines) = disputed();
        let code = desk.view().codebook().top()[0];
        for hue in [6, 7] {
            desk.apply(&Edit::SetColour(code, hue));
        }
        let late = desk.project.apply(lines[0].0, &lines[0].1).late;
        assert_eq!(late, [lines[0].1[0].target().expect("a code")]);
        assert_eq!(desk.names(None), ["Access"]);
    }
}
