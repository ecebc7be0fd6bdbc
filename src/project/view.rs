//! The one window: the project as one coder may see it.
//!
//! Everything that shows, counts, prints or exports reads through a view. Here merged codes are followed, deleted codes
//! are left out, and it is decided whose codings are in sight; nobody else decides that.

mod blind;
mod codings;
mod findings;

use super::Project;
use super::case::{Attribute, Case, Participant, Value};
use super::codebook::{Codebook, Node, Wording};
use super::coding::{Coding, Pins, Progress};
use super::id::{AttributeId, CaseId, CodeId, CoderId, MemoId, SourceId};
use super::memo::{Link, Memo};
use super::source::{Passage, Source, Speaker, Version, Who};
use super::study::{Coder, Study};
use crate::text::Span;
use std::sync::Arc;

/// Whose codings are in sight.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Whose {
    /// The viewing coder's own.
    #[default]
    Mine,
    /// Every coder's that may be seen.
    Everybody,
    /// One other coder's.
    Of(CoderId),
}

/// A project as one coder may see it.
#[derive(Clone, Copy)]
pub struct View<'a> {
    project: &'a Project,
    coder: CoderId,
    whose: Whose,
}

/// A coding in sight.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// Where it lies in the present version of its text.
    pub span: Span,
    /// The code it stands for now, merges followed.
    pub code: CodeId,
    /// The coding.
    pub coding: &'a Arc<Coding>,
}

impl<'a> View<'a> {
    /// The project as `coder` may see it, their own codings in sight.
    #[must_use]
    pub const fn new(project: &'a Project, coder: CoderId) -> Self {
        Self { project, coder, whose: Whose::Mine }
    }

    /// The same with other codings in sight.
    #[must_use]
    pub const fn showing(self, whose: Whose) -> Self {
        Self { whose, ..self }
    }

    /// Whose view it is.
    #[must_use]
    pub const fn coder(&self) -> CoderId {
        self.coder
    }

    /// Whose codings are in sight.
    #[must_use]
    pub const fn whose(&self) -> Whose {
        self.whose
    }

    /// For planning edits only: what has to be known to change a record.
    pub(super) const fn project(&self) -> &'a Project {
        self.project
    }

    /// The study; of several (two projects put into one folder) the oldest.
    #[must_use]
    pub fn study(&self) -> Option<&'a Arc<Study>> {
        self.project.all::<Study>().next()
    }

    /// All coders, in the order in which they came.
    pub fn coders(&self) -> impl Iterator<Item = &'a Arc<Coder>> + use<'a> {
        self.project.all::<Coder>()
    }

    /// A coder.
    #[must_use]
    pub fn coder_of(&self, id: CoderId) -> Option<&'a Arc<Coder>> {
        self.project.get::<Coder>(id)
    }

    /// The initials of a coder; `?` for one the project does not have.
    #[must_use]
    pub fn initials(&self, id: CoderId) -> &'a str {
        self.project.get::<Coder>(id).map_or("?", |coder| coder.initials.as_str())
    }

    /// The cases in order.
    #[must_use]
    pub fn cases(&self) -> Vec<&'a Arc<Case>> {
        let mut cases: Vec<_> = self.project.all::<Case>().collect();
        cases.sort_by(|a, b| a.rank.cmp(&b.rank).then(a.id.cmp(&b.id)));
        cases
    }

    /// A case.
    #[must_use]
    pub fn case(&self, id: CaseId) -> Option<&'a Arc<Case>> {
        self.project.get::<Case>(id)
    }

    /// The sources of a case, or those without one, in order.
    #[must_use]
    pub fn sources_of(&self, case: Option<CaseId>) -> Vec<&'a Arc<Source>> {
        let here = |source: &&Arc<Source>| source.case.filter(|&id| self.case(id).is_some()) == case;
        let mut sources: Vec<_> = self.project.all::<Source>().filter(here).collect();
        sources.sort_by(|a, b| a.rank.cmp(&b.rank).then(a.id.cmp(&b.id)));
        sources
    }

    /// All sources: those of the cases in order, then those without a case.
    #[must_use]
    pub fn sources(&self) -> Vec<&'a Arc<Source>> {
        let mut by_case: std::collections::BTreeMap<Option<CaseId>, Vec<&'a Arc<Source>>> =
            std::collections::BTreeMap::new();
        for source in self.project.all::<Source>() {
            by_case.entry(source.case.filter(|&id| self.case(id).is_some())).or_default().push(source);
        }
        for sources in by_case.values_mut() {
            sources.sort_by(|a, b| a.rank.cmp(&b.rank).then(a.id.cmp(&b.id)));
        }
        let order = self.cases().into_iter().map(|case| Some(case.id)).chain([None]);
        order.flat_map(|case| by_case.remove(&case).unwrap_or_default()).collect()
    }

    /// A source.
    #[must_use]
    pub fn source(&self, id: SourceId) -> Option<&'a Arc<Source>> {
        self.project.get::<Source>(id)
    }

    /// The present version of a source's text. Of two people's corrections with the same number, the older id's.
    #[must_use]
    pub fn version(&self, source: SourceId) -> Option<&'a Arc<Version>> {
        let number = self.source(source)?.version;
        let slot = self.project.versions().get(self.project.tables(), source, number)?;
        (!slot.gone).then_some(&slot.record)
    }

    /// Who speaks under `label` in `source`.
    #[must_use]
    pub fn who(&self, source: SourceId, label: &str) -> Who {
        self.project.get::<Speaker>(Speaker::id_for(source, label)).map_or(Who::Unknown, |speaker| speaker.who)
    }

    /// A participant.
    #[must_use]
    pub fn participant(&self, id: super::id::ParticipantId) -> Option<&'a Arc<Participant>> {
        self.project.get::<Participant>(id)
    }

    /// The participants of a case in the order in which they came.
    pub fn participants_of(&self, case: CaseId) -> impl Iterator<Item = &'a Arc<Participant>> + use<'a> {
        self.project.all::<Participant>().filter(move |person| person.case == Some(case))
    }

    /// The attributes in order.
    #[must_use]
    pub fn attributes(&self) -> Vec<&'a Arc<Attribute>> {
        let mut all: Vec<_> = self.project.all::<Attribute>().collect();
        all.sort_by(|a, b| a.rank.cmp(&b.rank).then(a.id.cmp(&b.id)));
        all
    }

    /// What is known of a case: attributes with their values, in order; missing ones left out.
    #[must_use]
    pub fn values_of(&self, case: CaseId) -> Vec<(&'a str, &'a str)> {
        let value = |attribute: &'a Arc<Attribute>| {
            let value = self.project.get::<Value>(Value::id_for(attribute.id, case.0, None))?;
            Some((attribute.name.as_str(), value.value.as_str()))
        };
        self.attributes().into_iter().filter_map(value).collect()
    }

    /// What is known of a case under one attribute; `None` where it is missing.
    #[must_use]
    pub fn value_of(&self, case: CaseId, attribute: AttributeId) -> Option<&'a str> {
        self.project.get::<Value>(Value::id_for(attribute, case.0, None)).map(|value| value.value.as_str())
    }

    /// The tree of codes.
    #[must_use]
    pub fn codebook(&self) -> &'a Codebook {
        self.project.sights().of(self.coder)
    }

    /// What `id` has become in the tree.
    #[must_use]
    pub fn code(&self, id: CodeId) -> Option<&'a Node> {
        self.codebook().get(id)
    }

    /// The name of a code as it is called now; `deleted code` if it is gone.
    #[must_use]
    pub fn code_name(&self, id: CodeId) -> &'a str {
        self.code(id).map_or("deleted code", |node| node.code.name.as_str())
    }

    /// The wordings of a code, oldest first, by following what replaced what; those of codes merged into it come in
    /// where the merge joined them.
    #[must_use]
    pub fn wordings(&self, code: CodeId) -> Vec<&'a Arc<Wording>> {
        let Some(node) = self.code(code) else { return Vec::new() };
        let rounds = self.project.rounds();
        let of = |wording: &&Arc<Wording>| {
            let here = wording.code == node.code.id || node.absorbed.contains(&wording.code);
            let held =
                wording.proposed.is_none_or(|proposed| proposed.by == self.coder && rounds.is_blind(proposed.round));
            here && held
        };
        let mut left: Vec<_> = self.project.all::<Wording>().filter(of).collect();
        left.sort_by(|a, b| a.at.cmp(&b.at).then(a.id.cmp(&b.id)));
        // Clocks jump: of those whose predecessor is out already, the oldest.
        let mut out: Vec<&'a Arc<Wording>> = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let waits = |wording: &Arc<Wording>| left.iter().any(|other| Some(other.id) == wording.before);
            let next = left.iter().position(|wording| !waits(wording)).unwrap_or(0);
            out.push(left.remove(next));
        }
        out
    }

    /// A memo, if it may be read.
    #[must_use]
    pub fn memo(&self, id: MemoId) -> Option<&'a Arc<Memo>> {
        self.project.get::<Memo>(id).filter(|memo| self.may_read(memo))
    }

    /// All memos that may be read, oldest first.
    pub fn memos(&self) -> impl Iterator<Item = &'a Arc<Memo>> + use<'a> {
        let view = *self;
        self.project.all::<Memo>().filter(move |memo| view.may_read(memo))
    }

    /// The memos about `on` that may be read, oldest first; for a code, with those about codes merged into it.
    #[must_use]
    pub fn memos_on(&self, on: Link) -> Vec<&'a Arc<Memo>> {
        let on_it = |on: Link| self.project.memo_places().on(self.project.tables(), self.project.versions(), on);
        let mut found = match on {
            Link::Code(id) => match self.code(id) {
                Some(node) => {
                    let codes = [node.code.id].into_iter().chain(node.absorbed.iter().copied());
                    codes.flat_map(|code| on_it(Link::Code(code))).collect()
                }
                None => on_it(on),
            },
            on => on_it(on),
        };
        found.sort_unstable();
        found.into_iter().filter_map(|id| self.memo(id)).collect()
    }

    /// The memos on passages of `source` that end at a char of `from..=to`, with that end.
    pub fn memos_ending(
        &self,
        source: SourceId,
        from: u32,
        to: u32,
    ) -> impl Iterator<Item = (u32, &'a Arc<Memo>)> + use<'a> {
        let view = *self;
        self.project.memo_places().ending(source, from, to).filter_map(move |(end, id)| Some((end, view.memo(id)?)))
    }

    /// The codes this coder has on the digits 1 to 9; merged codes followed, deleted ones left out.
    #[must_use]
    pub fn pins(&self) -> [Option<CodeId>; 9] {
        let mut out = [None; 9];
        if let Some(pins) = self.project.get::<Pins>(Pins::id_for(self.coder)) {
            for (slot, code) in out.iter_mut().zip(&pins.codes) {
                *slot = code.and_then(|code| self.codebook().resolve(code));
            }
        }
        out
    }

    /// How far this coder has read a source.
    #[must_use]
    pub fn progress(&self, source: SourceId) -> Option<&'a Arc<Progress>> {
        self.progress_of(self.coder, source)
    }

    /// How far a coder has read a source.
    #[must_use]
    pub fn progress_of(&self, coder: CoderId, source: SourceId) -> Option<&'a Arc<Progress>> {
        self.project.get::<Progress>(Progress::id_for(coder, source))
    }

    /// Where `passage` lies in the present version of its text.
    #[must_use]
    pub fn place(&self, passage: Passage) -> Span {
        self.project.place(passage)
    }

    /// `span` of the present version of a source's text, as a passage.
    #[must_use]
    pub fn passage(&self, source: SourceId, span: Span) -> Passage {
        let version = self.source(source).map_or(1, |source| source.version);
        Passage { source, version, span }
    }

    /// Whether the words of `passage` were corrected since the version of the text that it counts in.
    #[must_use]
    pub fn is_corrected(&self, passage: Passage) -> bool {
        let Some(source) = self.source(passage.source) else { return false };
        let mut span = passage.span;
        for number in passage.version + 1..=source.version {
            let Some(slot) = self.project.versions().get(self.project.tables(), passage.source, number) else {
                continue;
            };
            let touches = |at: Span| at.start < span.end && span.start < at.end.max(at.start.shifted(1));
            if slot.record.splices.iter().any(|splice| touches(splice.at)) {
                return true;
            }
            span = super::source::carry(span, &slot.record.splices);
        }
        false
    }

    /// All versions of the texts of sources that stand, to know a text again by its digest.
    pub fn versions(&self) -> impl Iterator<Item = &'a Arc<Version>> + use<'a> {
        let view = *self;
        self.project.all::<Version>().filter(move |version| view.source(version.source).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;

    #[test]
    fn memos_on_a_passage_are_found_in_the_stretch_where_it_ends() {
        let mut desk = Desk::new();
        let (text, other) = (desk.source("A", 100), desk.source("B", 100));
        let mut on = |source, from, to| {
            let passage = desk.passage(source, from, to);
            desk.memo(Link::Passage(passage), "here", true)
        };
        let (short, long, _elsewhere) = (on(text, 8, 10), on(text, 0, 20), on(other, 5, 10));
        let ending =
            |from, to| desk.view().memos_ending(text, from, to).map(|(end, m)| (end, m.id)).collect::<Vec<_>>();
        assert_eq!(ending(0, 100), [(10, short), (20, long)]);
        assert_eq!((ending(11, 20), ending(11, 19)), (vec![(20, long)], vec![]));
    }

    #[test]
    fn a_merged_code_can_be_named_wherever_a_code_is_asked_for() {
        let mut desk = Desk::new();
        let (text, from, into) = (desk.source("A", 100), desk.code("Old"), desk.code("New"));
        desk.lay(text, 0, 10, from);
        desk.apply(&Edit::MergeCodes { from: vec![from], into });
        let view = desk.view();
        assert_eq!((view.count(from), view.count(into)), (1, 1));
        assert_eq!((view.count_branch(from), view.codebook().path(from)), (1, "New".to_owned()));
        assert_eq!(view.codebook().branch(from), [into]);
        assert!(view.codebook().is_within(into, from) && view.codebook().is_within(from, into));
        assert_eq!(view.codebook().children(Some(from)), view.codebook().children(Some(into)));
    }
}
