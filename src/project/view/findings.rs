//! What findings are made of, as a coder may see it: attributes with their values, rows, tables, judgements, themes,
//! cycles, summaries, quotations.

use super::{View, Whose};
use crate::project::case::{Attribute, Participant, Value, Wave};
use crate::project::codebook::{Code, Wording};
use crate::project::cycle::{Cycle, FrozenCode};
use crate::project::id::{
    AttributeId, CodeId, CycleId, Id, MemoId, ParticipantId, QuotationId, RowId, SourceId, TableId, ThemeId, WaveId,
    WordingId,
};
use crate::project::judgement::Judgement;
use crate::project::quotation::Quotation;
use crate::project::relation::PairCheck;
use crate::project::reshaping::Reshaping;
use crate::project::row::Row;
use crate::project::saved::{SavedTable, TableLine};
use crate::project::source::{Speaker, Who};
use crate::project::summary::Summary;
use crate::project::theme::{Holds, Theme, ThemeItem};
use std::collections::HashSet;
use std::sync::Arc;

impl<'a> View<'a> {
    /// An attribute.
    #[must_use]
    pub fn attribute(&self, id: AttributeId) -> Option<&'a Arc<Attribute>> {
        self.project.get::<Attribute>(id)
    }

    /// The value of an attribute for a case or participant in a wave; `None` where it is missing. Of an attribute that
    /// has no value for each wave the wave does not matter. What follows from codings is not here: see
    /// [`findings`](crate::findings).
    #[must_use]
    pub fn value_in(&self, attribute: AttributeId, whose: Id, wave: Option<WaveId>) -> Option<&'a str> {
        let wave = wave.filter(|_| self.attribute(attribute).is_some_and(|attribute| attribute.by_wave));
        self.project.get::<Value>(Value::id_for(attribute, whose, wave)).map(|value| value.value.as_str())
    }

    /// All values of an attribute, of all waves, in the order of their ids. Takes time with all values of the study.
    #[must_use]
    pub fn all_values(&self, attribute: AttributeId) -> Vec<&'a Arc<Value>> {
        self.project.all::<Value>().filter(|value| value.attribute == attribute).collect()
    }

    /// The waves in order.
    #[must_use]
    pub fn waves(&self) -> Vec<&'a Arc<Wave>> {
        let mut waves: Vec<_> = self.project.all::<Wave>().collect();
        waves.sort_by(|a, b| a.rank.cmp(&b.rank).then(a.id.cmp(&b.id)));
        waves
    }

    /// A wave.
    #[must_use]
    pub fn wave(&self, id: WaveId) -> Option<&'a Arc<Wave>> {
        self.project.get::<Wave>(id)
    }

    /// All participants, in the order in which they came.
    pub fn participants(&self) -> impl Iterator<Item = &'a Arc<Participant>> + use<'a> {
        self.project.all::<Participant>()
    }

    /// The speaker labels of all sources that stand, by source and label: who speaks under each. Takes time with all
    /// speakers of the study.
    #[must_use]
    pub fn labels(&self) -> Vec<(SourceId, &'a str, Who)> {
        let speakers = self.project.all::<Speaker>().filter(|speaker| self.source(speaker.source).is_some());
        let mut labels: Vec<_> = speakers.map(|one| (one.source, one.label.as_str(), one.who)).collect();
        labels.sort_by_key(|(source, label, _)| (*source, *label));
        labels
    }

    /// The labels that stand for a participant, by source and label.
    #[must_use]
    pub fn labels_of(&self, person: ParticipantId) -> Vec<(SourceId, &'a str)> {
        let theirs = self.labels().into_iter().filter(|(_, _, who)| *who == Who::Participant(Some(person)));
        theirs.map(|(source, label, _)| (source, label)).collect()
    }

    /// What all speaker labels stand for, in the order of their ids.
    pub fn speakers(&self) -> impl Iterator<Item = &'a Arc<Speaker>> + use<'a> {
        self.project.all::<Speaker>()
    }

    /// The rows in order.
    #[must_use]
    pub fn rows(&self) -> Vec<&'a Arc<Row>> {
        let mut rows: Vec<_> = self.project.all::<Row>().collect();
        rows.sort_by(|a, b| a.rank.cmp(&b.rank).then(a.id.cmp(&b.id)));
        rows
    }

    /// A row.
    #[must_use]
    pub fn row(&self, id: RowId) -> Option<&'a Arc<Row>> {
        self.project.get::<Row>(id)
    }

    /// The saved tables in order.
    #[must_use]
    pub fn tables(&self) -> Vec<&'a Arc<SavedTable>> {
        let mut tables: Vec<_> = self.project.all::<SavedTable>().collect();
        tables.sort_by(|a, b| a.rank.cmp(&b.rank).then(a.id.cmp(&b.id)));
        tables
    }

    /// A saved table.
    #[must_use]
    pub fn table(&self, id: TableId) -> Option<&'a Arc<SavedTable>> {
        self.project.get::<SavedTable>(id)
    }

    /// The lines of a table as they were put.
    #[must_use]
    pub fn lines(&self, table: TableId) -> Vec<&'a Arc<TableLine>> {
        let mut lines: Vec<_> = self.project.all::<TableLine>().filter(|line| line.table == table).collect();
        lines.sort_by(|a, b| a.rank.cmp(&b.rank).then(a.id.cmp(&b.id)));
        lines
    }

    /// The judgements that may be seen, by time.
    #[must_use]
    pub fn judgements(&self) -> Vec<&'a Arc<Judgement>> {
        let mut found: Vec<_> = self.project.all::<Judgement>().filter(|j| !self.hides_judgement(j)).collect();
        found.sort_by(|a, b| a.at.cmp(&b.at).then(a.id.cmp(&b.id)));
        found
    }

    /// Whether this coder may not see a judgement yet.
    pub(super) fn hides_judgement(&self, judgement: &Judgement) -> bool {
        self.project.rounds().hides(judgement.round, judgement.coder, self.coder) || self.is_hidden_code(judgement.code)
    }

    /// The checks of pairs of codings that may be seen, by time.
    #[must_use]
    pub fn pair_checks(&self) -> Vec<&'a Arc<PairCheck>> {
        let mut found: Vec<_> = self.project.all::<PairCheck>().filter(|check| !self.hides_pair(check)).collect();
        found.sort_by(|a, b| a.at.cmp(&b.at).then(a.id.cmp(&b.id)));
        found
    }

    /// Whether a check is of a coding that this coder may not see yet.
    pub(super) fn hides_pair(&self, check: &PairCheck) -> bool {
        let hidden = |id| self.project.codings().slot(id).is_some_and(|slot| self.hides_coding(&slot.record));
        hidden(check.a) || hidden(check.b)
    }

    /// The summaries that may be read, by time.
    #[must_use]
    pub fn summaries(&self) -> Vec<&'a Arc<Summary>> {
        let mut found: Vec<_> = self.project.all::<Summary>().filter(|summary| !self.hides_summary(summary)).collect();
        found.sort_by(|a, b| a.at.cmp(&b.at).then(a.id.cmp(&b.id)));
        found
    }

    /// Whether this coder may not read a summary yet.
    pub(super) fn hides_summary(&self, summary: &Summary) -> bool {
        self.project.rounds().hides(summary.round, summary.coder, self.coder)
    }

    /// The themes in tree order: each before those under it.
    #[must_use]
    pub fn themes(&self) -> Vec<&'a Arc<Theme>> {
        let mut out = Vec::new();
        let mut next: Vec<&'a Arc<Theme>> = self.themes_under(None);
        next.reverse();
        while let Some(theme) = next.pop() {
            out.push(theme);
            let mut below = self.themes_under(Some(theme.id));
            below.reverse();
            next.extend(below);
        }
        out
    }

    /// The themes right under one, or at the top, in order.
    #[must_use]
    pub fn themes_under(&self, parent: Option<ThemeId>) -> Vec<&'a Arc<Theme>> {
        let mut found: Vec<_> = self.project.all::<Theme>().filter(|theme| self.parent_of(theme) == parent).collect();
        found.sort_by(|a, b| a.rank.cmp(&b.rank).then(a.id.cmp(&b.id)));
        found
    }

    /// The theme that one really stands under: `None` where that is gone, or where two people's moves made a ring.
    #[must_use]
    pub fn parent_of(&self, theme: &Theme) -> Option<ThemeId> {
        let parent = theme.parent.filter(|parent| self.theme(*parent).is_some())?;
        let mut met = HashSet::from([theme.id]);
        let mut above = Some(parent);
        while let Some(id) = above {
            if !met.insert(id) {
                // Of a ring, the one with the greatest id stands at the top.
                return (met.iter().max() != Some(&theme.id)).then_some(parent);
            }
            above = self.theme(id).and_then(|theme| theme.parent);
        }
        Some(parent)
    }

    /// A theme.
    #[must_use]
    pub fn theme(&self, id: ThemeId) -> Option<&'a Arc<Theme>> {
        self.project.get::<Theme>(id)
    }

    /// What a theme holds, in order, as far as it is there and may be seen.
    #[must_use]
    pub fn theme_items(&self, theme: ThemeId) -> Vec<&'a Arc<ThemeItem>> {
        let all = self.showing(Whose::Everybody);
        let there = |item: &&Arc<ThemeItem>| match item.what {
            Holds::Code(code) => self.code(code).is_some(),
            Holds::Row(row) => self.row(row).is_some(),
            Holds::Extract(coding, _) => all.coding(coding).is_some(),
        };
        self.all_theme_items(theme).into_iter().filter(there).collect()
    }

    /// What was ever put into a theme and not taken out, in order.
    pub(in crate::project) fn all_theme_items(&self, theme: ThemeId) -> Vec<&'a Arc<ThemeItem>> {
        let mut items: Vec<_> = self.project.all::<ThemeItem>().filter(|item| item.theme == theme).collect();
        items.sort_by(|a, b| a.rank.cmp(&b.rank).then(a.id.cmp(&b.id)));
        items
    }

    /// The cycles, oldest first.
    #[must_use]
    pub fn cycles(&self) -> Vec<&'a Arc<Cycle>> {
        let mut cycles: Vec<_> = self.project.all::<Cycle>().collect();
        cycles.sort_by(|a, b| a.at.cmp(&b.at).then(a.id.cmp(&b.id)));
        cycles
    }

    /// A cycle.
    #[must_use]
    pub fn cycle(&self, id: CycleId) -> Option<&'a Arc<Cycle>> {
        self.project.get::<Cycle>(id)
    }

    /// A wording, whatever became of its code since, unless it may not be read yet.
    #[must_use]
    pub fn wording(&self, id: WordingId) -> Option<&'a Arc<Wording>> {
        let found = self.project.get::<Wording>(id)?;
        let hidden = self.project.rounds().hides_proposal(found.proposed, self.coder);
        (!hidden && !self.is_hidden_code(found.code)).then_some(found)
    }

    /// What a code is called itself, merged into another or gone: then what it was called last. `None` for one that there
    /// never was, or that may not be seen yet.
    #[must_use]
    pub fn own_name(&self, code: CodeId) -> Option<&'a str> {
        if self.is_hidden_code(code) {
            return None;
        }
        self.project.slot::<Code>(code).map(|slot| slot.record.name.as_str())
    }

    /// What was done to codes and may be read, by time.
    #[must_use]
    pub fn reshapings(&self) -> Vec<&'a Arc<Reshaping>> {
        let seen = |reshaping: &&Arc<Reshaping>| !self.is_hidden_code(reshaping.code);
        let mut found: Vec<_> = self.project.all::<Reshaping>().filter(seen).collect();
        found.sort_by_key(|reshaping| (reshaping.at, reshaping.id));
        found
    }

    /// All wordings that hold or held and may be read, those of codes that are gone too, by time.
    #[must_use]
    pub fn all_wordings(&self) -> Vec<&'a Arc<Wording>> {
        let seen = |wording: &&Arc<Wording>| wording.proposed.is_none() && !self.is_hidden_code(wording.code);
        let mut found: Vec<_> = self.project.all::<Wording>().filter(seen).collect();
        found.sort_by(|a, b| a.at.cmp(&b.at).then(a.id.cmp(&b.id)));
        found
    }

    /// The codebook as a cycle would freeze it now: its codes in tree order, and what merged ones have become. What is
    /// proposed in a round is its maker's alone, and how many passages carry a code of a blind round is nobody's to know.
    #[must_use]
    pub fn frozen_now(&self) -> (Vec<FrozenCode>, Vec<(CodeId, CodeId)>) {
        let book = self.codebook();
        let all = self.showing(Whose::Everybody);
        let nodes = || book.in_order().into_iter().filter_map(|id| book.get(id)).filter(|n| n.code.proposed.is_none());
        // Who moved a code under a proposal of their own sees it there; everybody else where the proposal stands.
        let shared = |mut above: Option<CodeId>| {
            while let Some(node) = above.and_then(|id| book.get(id)).filter(|node| node.code.proposed.is_some()) {
                above = node.parent;
            }
            above
        };
        let codes = nodes().map(|node| FrozenCode {
            code: node.code.id,
            name: node.code.name.clone(),
            parent: shared(node.parent),
            wording: match &node.wording {
                Some(wording) if wording.proposed.is_none() => Some(wording.id),
                _ => node.code.wording,
            },
            origin: node.code.origin,
            heading: node.code.heading,
            passages: if self.pinned_in(node.code.id).is_some() { 0 } else { all.count(node.code.id) },
        });
        let proposed = |id: CodeId| self.project.get::<Code>(id).is_some_and(|code| code.proposed.is_some());
        let merged = nodes().flat_map(|node| node.absorbed.iter().map(|from| (*from, node.code.id)));
        (codes.collect(), merged.filter(|(from, _)| !proposed(*from)).collect())
    }

    /// A quotation in a memo that may be read, of words that may be seen.
    #[must_use]
    pub fn quotation(&self, id: QuotationId) -> Option<&'a Arc<Quotation>> {
        self.project.get::<Quotation>(id).filter(|quotation| self.shows_quotation(quotation))
    }

    /// The quotations in a memo that may be read, by id.
    #[must_use]
    pub fn quotations_in(&self, memo: MemoId) -> Vec<&'a Arc<Quotation>> {
        if self.memo(memo).is_none() {
            return Vec::new();
        }
        let here = |quotation: &&Arc<Quotation>| quotation.memo == memo && !self.hides_words(quotation);
        self.project.all::<Quotation>().filter(here).collect()
    }

    /// All quotations in memos that may be read, by id.
    #[must_use]
    pub fn quotations(&self) -> Vec<&'a Arc<Quotation>> {
        self.project.all::<Quotation>().filter(|quotation| self.shows_quotation(quotation)).collect()
    }

    fn shows_quotation(&self, quotation: &Quotation) -> bool {
        self.memo(quotation.memo).is_some() && !self.hides_words(quotation)
    }

    /// Whether the words of a quotation were coded for a round that is blind to this coder.
    pub(super) fn hides_words(&self, quotation: &Quotation) -> bool {
        let slot = self.project.codings().slot(quotation.coding);
        slot.is_some_and(|slot| self.hides_coding(&slot.record))
    }
}
