//! Rounds as a coder may see them, and what is kept from them until the reveal.

use super::View;
use crate::project::Project;
use crate::project::allocation::Allocation;
use crate::project::codebook::{Code, Wording};
use crate::project::coding::{Coding, Pins, Progress};
use crate::project::decision::{Check, Decision};
use crate::project::id::{CaseId, CodeId, CoderId, Id, RoundId, SourceId};
use crate::project::judgement::Judgement;
use crate::project::memo::Memo;
use crate::project::put::{Kind, Put, Tabled};
use crate::project::quotation::Quotation;
use crate::project::record::{Change, Slot};
use crate::project::relation::PairCheck;
use crate::project::reshaping::Reshaping;
use crate::project::reveal::Reveal;
use crate::project::round::{Proposed, Round, Stand};
use crate::project::row::Row;
use crate::project::summary::Summary;
use crate::project::theme::{Holds, ThemeItem};
use std::sync::Arc;

impl<'a> View<'a> {
    /// All rounds, oldest first, stopped ones with them.
    #[must_use]
    pub fn rounds(&self) -> Vec<&'a Arc<Round>> {
        let mut rounds: Vec<_> = self.project.all::<Round>().collect();
        rounds.sort_by(|a, b| a.made.cmp(&b.made).then(a.id.cmp(&b.id)));
        rounds
    }

    /// A round.
    #[must_use]
    pub fn round(&self, id: RoundId) -> Option<&'a Arc<Round>> {
        self.project.get::<Round>(id)
    }

    /// The rounds that are neither stopped nor revealed, oldest first.
    #[must_use]
    pub fn open_rounds(&self) -> &'a [Arc<Round>] {
        self.project.rounds().open()
    }

    /// Whether a round was ended by another that goes on from it.
    #[must_use]
    pub fn is_stopped(&self, round: RoundId) -> bool {
        self.project.rounds().later(round).next().is_some()
    }

    /// The last of the rounds that go on from `round` (itself if none does): the one that its codings belong to.
    #[must_use]
    pub fn last_of(&self, round: RoundId) -> RoundId {
        self.project.rounds().last_of(round)
    }

    /// Whether what was made for a round is its maker's alone.
    #[must_use]
    pub fn is_blind(&self, round: RoundId) -> bool {
        self.project.rounds().is_blind(round)
    }

    /// How far a coder has read a source for a round: what was noted since it, or the first it goes on from, was opened.
    /// Reading in an earlier cycle is no reading for the round.
    #[must_use]
    pub fn progress_in(&self, round: &Round, coder: CoderId, source: SourceId) -> Option<&'a Arc<Progress>> {
        let mut first = round.id;
        for _ in 0..self.rounds().len() {
            first = self.round(first).and_then(|round| round.after).unwrap_or(first);
        }
        let opened = self.project.slot::<Round>(first)?.rev;
        let noted = self.project.slot::<Progress>(Progress::id_for(coder, source))?.rev;
        // Of what came without journals nobody knows which was first.
        if noted >= opened { self.progress_of(coder, source) } else { None }
    }

    /// What was revealed of a round, for good: a reveal stays whoever wanted it gone.
    #[must_use]
    pub fn reveal(&self, round: RoundId) -> Option<&'a Arc<Reveal>> {
        self.project.slot::<Reveal>(Reveal::id_for(round)).map(|slot| &slot.record)
    }

    /// Where `coder` stands with a case of a round; `None` as long as they never said they had finished it.
    #[must_use]
    pub fn stand(&self, round: RoundId, coder: CoderId, case: CaseId) -> Option<&'a Arc<Stand>> {
        self.project.get::<Stand>(Stand::id_for(round, coder, case))
    }

    /// Whether `coder` has finished a case of a round.
    #[must_use]
    pub fn has_finished(&self, round: RoundId, coder: CoderId, case: CaseId) -> bool {
        self.stand(round, coder, case).is_some_and(|stand| stand.finished)
    }

    /// Whether all coders of a round have finished all their cases.
    #[must_use]
    pub fn all_have_finished(&self, round: &Round) -> bool {
        let mut all = round.desks.iter().flat_map(|desk| desk.coders.iter().map(move |coder| (*coder, desk.case)));
        all.all(|(coder, case)| self.has_finished(round.id, coder, case))
    }

    /// The open round that a coding of `code` in `source` by this coder is made for.
    #[must_use]
    pub fn round_for(&self, source: SourceId, code: CodeId) -> Option<RoundId> {
        let book = self.codebook();
        let code = book.resolve(code)?;
        let proposed = |round: &Round| {
            let own = book.get(code).and_then(|node| node.code.proposed);
            own.is_some_and(|proposed| self.project.rounds().last_of(proposed.round) == round.id)
        };
        let has = |round: &&Arc<Round>| {
            round.is_coded_by(source, self.coder)
                && (round.codes.iter().any(|pinned| book.resolve(pinned.code) == Some(code)) || proposed(round))
        };
        self.open_rounds().iter().find(has).map(|round| round.id)
    }

    /// The open round in which `code` (merged codes followed) is pinned.
    #[must_use]
    pub fn pinned_in(&self, code: CodeId) -> Option<&'a Arc<Round>> {
        let book = self.project.codebook();
        let code = book.resolve(code)?;
        self.open_rounds().iter().find(|r| r.codes.iter().any(|pinned| book.resolve(pinned.code) == Some(code)))
    }

    /// The decisions about disagreements of a round, by time.
    #[must_use]
    pub fn decisions(&self, round: RoundId) -> Vec<&'a Arc<Decision>> {
        let mut decisions: Vec<_> = self.project.all::<Decision>().filter(|decision| decision.round == round).collect();
        decisions.sort_by(|a, b| a.at.cmp(&b.at).then(a.id.cmp(&b.id)));
        decisions
    }

    /// All checks of codings against new wordings, by time.
    #[must_use]
    pub fn checks(&self) -> Vec<&'a Arc<Check>> {
        let mut checks: Vec<_> = self.project.all::<Check>().collect();
        checks.sort_by(|a, b| a.at.cmp(&b.at).then(a.id.cmp(&b.id)));
        checks
    }

    /// How cases were divided, oldest first.
    #[must_use]
    pub fn allocations(&self) -> Vec<&'a Arc<Allocation>> {
        let mut all: Vec<_> = self.project.all::<Allocation>().collect();
        all.sort_by(|a, b| a.made.cmp(&b.made).then(a.id.cmp(&b.id)));
        all
    }

    /// The codes of a round that were proposed in it or before it went on, and are not accepted yet; in tree order. Of a
    /// blind round, this coder's own.
    #[must_use]
    pub fn proposed_codes(&self, round: RoundId) -> Vec<(CodeId, Proposed)> {
        let of_round = |proposed: &Proposed| self.last_of(proposed.round) == self.last_of(round);
        let book = self.codebook();
        let proposed = |id: CodeId| Some((id, book.get(id)?.code.proposed.filter(of_round)?));
        book.in_order().into_iter().filter_map(proposed).collect()
    }

    /// The wordings proposed in a round that are not accepted yet, oldest first. Of a blind round, this coder's own.
    #[must_use]
    pub fn proposed_wordings(&self, round: RoundId) -> Vec<&'a Arc<Wording>> {
        let of_round = |proposed: Proposed| self.last_of(proposed.round) == self.last_of(round);
        let rounds = self.project.rounds();
        let seen = |w: &&Arc<Wording>| {
            w.proposed.is_some_and(of_round)
                && !rounds.hides_proposal(w.proposed, self.coder)
                && self.code(w.code).is_some()
        };
        let mut found: Vec<_> = self.project.all::<Wording>().filter(seen).collect();
        found.sort_by(|a, b| a.at.cmp(&b.at).then(a.id.cmp(&b.id)));
        found
    }

    /// Whether this coder may not see a coding yet.
    #[must_use]
    pub fn hides_coding(&self, coding: &Coding) -> bool {
        self.project.rounds().hides(coding.round, coding.coder, self.coder)
    }

    /// Whether a memo may be read: it is one's own, or shared and not written for a round that is blind.
    pub(super) fn may_read(&self, memo: &Memo) -> bool {
        memo.coder == self.coder || memo.shared && !self.project.rounds().hides(memo.round, memo.coder, self.coder)
    }

    /// Whether a change tells of something that this coder may not see (yet), by what it names or by what it did: for
    /// logs. `by` is who made it.
    #[must_use]
    pub fn hides_put(&self, put: &Put, by: CoderId) -> bool {
        let rounds = self.project.rounds();
        if by == self.coder {
            return false;
        }
        match put {
            Put::Coding(change) => {
                either(change, |coding| self.hides_coding(coding) || self.is_hidden_code(coding.code))
            }
            Put::Memo(change) => {
                either(change, |memo| !memo.shared && memo.coder != self.coder || !self.may_read(memo))
            }
            Put::Code(change) => either(change, |code| self.is_hidden_code(code.id)),
            Put::Wording(change) => either(change, |wording| {
                rounds.hides_proposal(wording.proposed, self.coder) || self.is_hidden_code(wording.code)
            }),
            Put::Reshaping(change) => either(change, |reshaping| self.is_hidden_code(reshaping.code)),
            Put::Judgement(change) => either(change, |judgement| self.hides_judgement(judgement)),
            Put::PairCheck(change) => either(change, |check| self.hides_pair(check)),
            Put::Summary(change) => either(change, |summary| self.hides_summary(summary)),
            Put::Quotation(change) => either(change, |quotation| {
                let slot: Option<&Slot<Memo>> = self.project.slot(quotation.memo);
                slot.is_none_or(|slot| !self.may_read(&slot.record)) || self.hides_words(quotation)
            }),
            Put::ThemeItem(change) => either(change, |item| match item.what {
                Holds::Code(code) => self.is_hidden_code(code),
                Holds::Extract(coding, _) => {
                    let slot = self.project.codings().slot(coding);
                    slot.is_some_and(|slot| self.hides_coding(&slot.record))
                }
                Holds::Row(_) => false,
            }),
            Put::Row(change) => {
                either(change, |row| row.holds.codes().iter().any(|(code, _)| self.is_hidden_code(*code)))
            }
            Put::Pins(change) => {
                either(change, |pins| pins.codes.iter().flatten().any(|code| self.is_hidden_code(*code)))
            }
            _ => false,
        }
    }

    /// Whether a code, standing or gone, was proposed by somebody else in a round that is blind.
    pub(super) fn is_hidden_code(&self, code: CodeId) -> bool {
        let slot: Option<&Slot<Code>> = self.project.slot(code);
        slot.is_some_and(|slot| self.project.rounds().hides_proposal(slot.record.proposed, self.coder))
    }

    /// Whether a record, standing or gone, may not be seen by this coder (yet): for messages that name records.
    #[must_use]
    pub fn hides(&self, kind: Kind, id: Id) -> bool {
        fn slot<T: Tabled>(project: &Project, id: Id) -> Option<Put>
        where
            Put: From<Change<T>>,
        {
            project.slot::<T>(id.into()).map(|slot| Change { before: None, after: Some(slot.record.clone()) }.into())
        }
        let put = match kind {
            Kind::Coding => {
                let slot = self.project.codings().slot(id.into());
                slot.map(|slot| Change { before: None, after: Some(slot.record.clone()) }.into())
            }
            Kind::Memo => slot::<Memo>(self.project, id),
            Kind::Code => slot::<Code>(self.project, id),
            Kind::Wording => slot::<Wording>(self.project, id),
            Kind::Reshaping => slot::<Reshaping>(self.project, id),
            Kind::Pins => slot::<Pins>(self.project, id),
            Kind::Judgement => slot::<Judgement>(self.project, id),
            Kind::PairCheck => slot::<PairCheck>(self.project, id),
            Kind::Summary => slot::<Summary>(self.project, id),
            Kind::Quotation => slot::<Quotation>(self.project, id),
            Kind::ThemeItem => slot::<ThemeItem>(self.project, id),
            Kind::Row => slot::<Row>(self.project, id),
            _ => None,
        };
        put.is_some_and(|put| self.hides_put(&put, put.owner().unwrap_or_default()))
    }
}

/// Whether one of the two sides of a change is such.
fn either<T>(change: &Change<T>, is: impl Fn(&T) -> bool) -> bool {
    [&change.before, &change.after].into_iter().flatten().any(|side| is(side))
}
