//! Codings as a coder may see them: one, those of a stretch or of a source, the next, and how many there are.

use super::{Seen, View, Whose};
use crate::project::id::{CodeId, CoderId, CodingId, SourceId};
use crate::project::index::{Entry, Index, Work};
use crate::text::Span;
use std::sync::Arc;

impl<'a> View<'a> {
    /// A coding, if it is in sight.
    #[must_use]
    pub fn coding(&self, id: CodingId) -> Option<Seen<'a>> {
        let entry = self.project.codings().entry(id)?;
        self.source(entry.slot.record.at.source)?;
        self.seen(entry)
    }

    /// Calls `see` with every coding in sight that touches `span` of a source (in order of start), and says how many
    /// were looked at.
    pub fn codings_within(&self, source: SourceId, span: Span, mut see: impl FnMut(Seen<'a>)) -> Work {
        let Some(index) = self.index(source) else { return Work::default() };
        index.within(span, |entry| self.seen(entry).into_iter().for_each(&mut see))
    }

    /// The greatest end of the codings in sight that touch `span` of a source; `None` if none does.
    #[must_use]
    pub fn covered_to(&self, source: SourceId, span: Span) -> Option<crate::text::Pos> {
        let mut end = None;
        self.codings_within(source, span, |seen| end = end.max(Some(seen.span.end)));
        end
    }

    /// The codings in sight of a source, in order of start.
    pub fn codings_of(&self, source: SourceId) -> impl Iterator<Item = Seen<'a>> + use<'a> {
        let view = *self;
        self.index(source).into_iter().flat_map(|index| index.iter()).filter_map(move |e| view.seen(e))
    }

    /// The codings of a source that stands.
    fn index(&self, source: SourceId) -> Option<&'a Arc<Index>> {
        self.source(source)?;
        self.project.codings().of(source)
    }

    /// All codings in sight, by source in the order of [`sources`](Self::sources), then by place.
    pub fn codings(&self) -> impl Iterator<Item = Seen<'a>> + use<'a> {
        let view = *self;
        self.sources().into_iter().flat_map(move |source| view.codings_of(source.id))
    }

    /// The next coding in sight after (or before, if `back`) the char `at` of a source that `wanted` wants.
    pub fn next_coding(
        &self,
        source: SourceId,
        at: crate::text::Pos,
        back: bool,
        mut wanted: impl FnMut(Seen<'a>) -> bool,
    ) -> Option<Seen<'a>> {
        let index = self.index(source)?;
        let mut test = |entry: &Entry| {
            // The entry lives as long as the project; going by id keeps the closure's borrow simple.
            self.coding(entry.slot.record.id).is_some_and(&mut wanted)
        };
        let found = if back { index.last_before(at.0, &mut test) } else { index.next_after(at.0, &mut test) };
        self.seen(found?)
    }

    /// How many passages in sight carry a code itself (merged codes counted in).
    #[must_use]
    pub fn count(&self, code: CodeId) -> u32 {
        let Some(node) = self.code(code) else { return 0 };
        let codings = self.project.codings();
        let tally = |&code: &CodeId| match self.whose {
            Whose::Mine => codings.tally(self.coder, code),
            Whose::Of(coder) => codings.tally(coder, code).saturating_sub(self.hidden(coder, code)),
            Whose::Everybody => self.tally_of_all(code),
        };
        [node.code.id].iter().chain(&node.absorbed).map(tally).sum()
    }

    /// How many passages in sight carry a code or one below it.
    #[must_use]
    pub fn count_branch(&self, code: CodeId) -> u32 {
        self.codebook().branch(code).into_iter().map(|code| self.count(code)).sum()
    }

    fn seen(&self, entry: &'a Entry) -> Option<Seen<'a>> {
        let coding = &entry.slot.record;
        let in_sight = match self.whose {
            Whose::Mine => coding.coder == self.coder,
            Whose::Of(coder) => coding.coder == coder && !self.hides_coding(coding),
            Whose::Everybody => !self.hides_coding(coding),
        };
        let code = in_sight.then(|| self.codebook().resolve(coding.code)).flatten()?;
        Some(Seen { span: entry.span, code, coding })
    }

    /// How many passages of everybody that are not hidden name a code itself.
    fn tally_of_all(&self, code: CodeId) -> u32 {
        let codings = self.project.codings();
        if !self.project.rounds().any_blind() {
            return codings.tally_of_all(code).0;
        }
        codings.tallies_of(code).map(|(coder, n)| n.saturating_sub(self.hidden(coder, code))).sum()
    }

    /// How many of a coder's passages that name a code itself are hidden.
    fn hidden(&self, coder: CoderId, code: CodeId) -> u32 {
        let made_for = self.project.codings().tallies_by_round(coder, code);
        made_for.filter(|(round, _)| self.project.rounds().hides(Some(*round), coder, self.coder)).map(|(_, n)| n).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::testing::Desk;
    use crate::text::Pos;

    #[test]
    fn whose_codings_are_in_sight_is_the_same_for_showing_walking_and_counting() {
        let mut desk = Desk::new();
        let (text, a, b) = (desk.source("A", 100), desk.code("A"), desk.code("B"));
        let below = desk.code_under(a, "Below");
        desk.lay(text, 0, 10, a);
        desk.lay(text, 20, 30, below);
        let them = desk.as_other(|desk| {
            desk.lay(text, 5, 15, a);
            desk.lay(text, 20, 40, b);
            desk.coder
        });
        let sights = [(Whose::Mine, 1, 2, 2), (Whose::Of(them), 1, 1, 2), (Whose::Everybody, 2, 3, 4)];
        for (whose, of_a, of_branch, all) in sights {
            let view = desk.view().showing(whose);
            assert_eq!((view.count(a), view.count_branch(a)), (of_a, of_branch), "{whose:?}");
            assert_eq!((view.codings().count(), view.codings_of(text).count()), (all, all), "{whose:?}");
            let mut touched = 0;
            view.codings_within(text, Span::new(0, 100), |_| touched += 1);
            let mut walked = 0;
            let mut at = Pos(0);
            while let Some(next) = view.next_coding(text, at, false, |_| true) {
                (walked, at) = (walked + 1, next.span.start);
            }
            let from_the_start =
                view.codings_of(text).filter(|seen| seen.span.start.0 > 0).map(|seen| seen.span.start.0);
            let mut starts: Vec<u32> = from_the_start.collect();
            starts.dedup();
            assert_eq!((touched, walked), (all, starts.len()), "{whose:?}");
        }
        let back = desk.view().next_coding(text, Pos(99), true, |seen| seen.code == a);
        assert_eq!(back.map(|seen| seen.span), Some(Span::new(0, 10)));
    }

    #[test]
    fn codings_of_a_coder_whom_nobody_registered_are_counted_with_everybodys() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("A"));
        desk.lay(text, 0, 10, code);
        desk.coder = desk.id().into();
        desk.lay(text, 20, 30, code);
        let view = desk.view().showing(Whose::Everybody);
        assert_eq!((view.count(code), view.codings().count()), (2, 2));
        assert_eq!(desk.project.codings().tally_of_all(code), (2, 2));
        assert_eq!(view.initials(desk.coder), "?");
    }
}
