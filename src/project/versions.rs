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

#[cfg(test)]
mod tests {
    use super::{carry, taken_back};
    use crate::project::Project;
    use crate::project::edit::{Edit, Words};
    use crate::project::memo::Link;
    use crate::project::source::Splice;
    use crate::project::testing::Desk;
    use crate::text::Span;
    use proptest::prelude::*;

    /// The same project made at once from its records.
    fn anew(project: &Project) -> Project {
        let codings = project.codings();
        let standing = codings.sources().flat_map(|(_, index)| index.iter()).map(|entry| (*entry.slot).clone());
        Project::new(project.tables().clone(), standing.chain(codings.gone().map(|slot| (**slot).clone())))
    }

    fn memo_ends(desk: &Desk, source: crate::project::id::SourceId) -> Vec<u32> {
        assert_eq!(desk.project.memo_places(), anew(&desk.project).memo_places());
        desk.view().memos_ending(source, 0, 1000).map(|(end, _)| end).collect()
    }

    #[test]
    fn codings_and_memos_are_found_at_their_words_after_a_correction_its_undo_and_its_redo() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        desk.lay(text, 0, 10, code);
        desk.lay(text, 50, 60, code);
        let on = desk.passage(text, 50, 60);
        let memo = desk.memo(Link::Passage(on), "Here", true);

        desk.correct(text, 20, 25, 35); // 30 chars more
        assert_eq!(desk.spans(text), [(0, 10), (80, 90)]);
        assert_eq!(memo_ends(&desk, text), [90]);
        assert_eq!(desk.view().memos_on(Link::Passage(on)).iter().map(|m| m.id).collect::<Vec<_>>(), [memo]);
        let mut found = Vec::new();
        desk.view().codings_within(text, Span::new(85, 86), |seen| found.push(seen.span));
        assert_eq!(found, [Span::new(80, 90)]);

        desk.undo();
        assert_eq!((desk.spans(text), memo_ends(&desk, text)), (vec![(0, 10), (50, 60)], vec![60]));
        desk.redo();
        assert_eq!((desk.spans(text), memo_ends(&desk, text)), (vec![(0, 10), (80, 90)], vec![90]));
        assert_eq!(desk.project, anew(&desk.project));
    }

    #[test]
    fn codings_made_in_a_correction_stay_at_their_words_when_it_is_taken_back_and_corrected_otherwise() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        desk.correct(text, 20, 25, 35);
        desk.as_other(|desk| {
            desk.lay(text, 80, 90, code);
            desk.lay(text, 22, 30, code);
            let made_in = desk.coding(desk.coding_over(text, 80, 90, code)).at;
            assert_eq!((made_in.version, made_in.span), (2, Span::new(80, 90)));
        });
        let theirs = |desk: &mut Desk| desk.as_other(|desk| desk.spans(text));
        take_back_correction(&mut desk, text);
        assert_eq!(theirs(&mut desk), [(20, 25), (50, 60)], "words inside the correction are those that stood there");

        // A correction anew is no version 2 again, whose words and codings are still there.
        desk.correct(text, 0, 0, 7);
        assert_eq!(desk.view().version(text).map(|v| (v.number, v.based_on())), Some((3, 1)));
        assert_eq!(theirs(&mut desk), [(27, 32), (57, 67)]);
        assert_eq!(desk.project, anew(&desk.project));
        assert_eq!(desk.project.codings().len(), 2);
    }

    /// Takes back the correction that made version 2, though others have worked since.
    fn take_back_correction(desk: &mut Desk, text: crate::project::id::SourceId) {
        let steps = std::mem::take(&mut desk.done);
        let at = steps.iter().position(|(_, step)| step.did.starts_with("correct")).expect("a correction");
        desk.done = vec![steps[at].clone()];
        assert_eq!(desk.undo(), Vec::<&str>::new());
        assert_eq!(desk.view().version(text).map(|v| v.number), Some(1));
    }

    #[test]
    fn several_corrections_are_followed_one_after_the_other() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        let first = desk.lay(text, 50, 60, code);
        desk.correct(text, 0, 0, 5);
        let second = desk.lay(text, 70, 80, code);
        desk.correct(text, 10, 20, 0);
        desk.correct(text, 0, 1, 3);
        assert_eq!(desk.spans(text), [(47, 57), (62, 72)]);
        assert_eq!([first, second].map(|id| desk.coding(id).at.version), [1, 2], "codings are not rewritten");
        for _ in 0..2 {
            desk.undo();
        }
        assert_eq!(desk.spans(text), [(55, 65), (70, 80)]);
        assert_eq!(desk.project, anew(&desk.project));
    }

    #[test]
    fn corrections_are_followed_in_their_order() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        desk.lay(text, 12, 18, code);
        desk.correct(text, 0, 0, 10);
        desk.correct(text, 10, 20, 0);
        assert_eq!(desk.spans(text), [(12, 18)], "first put off by 10 chars, then the 10 before it taken out");
    }

    #[test]
    fn words_that_come_in_where_all_words_of_a_coding_were_taken_out_are_not_its_words() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        desk.lay(text, 50, 60, code);
        desk.correct(text, 45, 65, 0);
        assert_eq!(desk.spans(text), [(45, 45)], "it is still there, without words");
        desk.correct(text, 45, 45, 8);
        assert_eq!(desk.spans(text), [(53, 53)]);
        desk.undo();
        desk.undo();
        assert_eq!(desk.spans(text), [(50, 60)]);
    }

    proptest! {
        #[test]
        fn a_passage_beside_all_corrections_finds_its_way_there_and_back(
            gaps in proptest::collection::vec((1u32..20, 0u32..10, 0u32..15), 0..6),
            which in 0usize..6,
            within in (0u32..20, 0u32..20),
        ) {
            let (mut at, mut splices, mut between) = (0, Vec::new(), Vec::new());
            for (gap, length, chars) in gaps {
                between.push(Span::new(at, at + gap));
                splices.push(Splice { at: Span::new(at + gap, at + gap + length), chars });
                at += gap + length;
            }
            between.push(Span::new(at, at + 20));
            let stretch = between[which % between.len()];
            let inside = |by: u32| stretch.start.0 + by % stretch.len();
            let span = Span::new(inside(within.0), inside(within.1).max(inside(within.0)) + 1);
            let there = carry(span, &splices);
            prop_assert_eq!(there.len(), span.len());
            prop_assert_eq!(carry(there, &taken_back(&splices)), span);
        }
    }

    #[test]
    fn a_version_that_nobody_knows_leads_nowhere_and_takes_no_time() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        desk.correct(text, 0, 0, 5);
        let mut passage = desk.passage(text, 10, 20);
        passage.version = u32::MAX;
        assert_eq!(desk.view().place(passage), Span::new(10, 20));
        passage.version = 0;
        assert_eq!(desk.view().place(passage), Span::new(15, 25));
        desk.apply(&Edit::Lay { passages: vec![passage], codes: vec![code], apart: true, borders: vec![] });
        assert_eq!(desk.spans(text), [(15, 25)]);
    }

    #[test]
    fn corrections_that_do_not_fit_the_text_are_refused() {
        let mut desk = Desk::new();
        let text = desk.source("A", 100);
        let splice = |from, to| Splice { at: Span::new(from, to), chars: 1 };
        for splices in [vec![splice(90, 101)], vec![splice(10, 20), splice(15, 30)], vec![splice(10, 20), splice(0, 5)]]
        {
            let edit = Edit::Correct { source: text, splices, text: Words::default(), reason: String::new() };
            assert_eq!(
                desk.refusal(&edit),
                "the corrections do not fit the text as it is now; open it again and correct it anew"
            );
        }
    }
}
