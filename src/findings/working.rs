//! The working set: what tables count.
//!
//! Per case the consensus where its round is reconciled; else the codings of whoever it was allotted to; else everybody's
//! who coded it. A consensus speaks for the codes and sources of its round, an allocation for the codes of its round; for
//! all other codes of a case those who coded it do. What others found when they checked a coding again is heeded.

use super::consensus::{By, Held, consensus_of};
use super::now::{Checks, codes_of, marks_of};
use super::queue::{Item, queue_of};
use crate::agreement::ItemType;
use crate::project::id::{CaseId, CodeId, CoderId, CodingId, RoundId, SourceId};
use crate::project::view::View;
use crate::text::Span;
use std::collections::{HashMap, HashSet};

/// What tables count.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Working {
    /// What is counted, by source in the order of the view, then by place.
    pub counted: Vec<Counted>,
    /// Per case, in order, what it rests on; cases without sources left out.
    pub cases: Vec<(CaseId, Rests)>,
    /// Of rounds with open disagreements: where it is open whether a code is there at all. Where the coders only differ
    /// about the ends it is there either way.
    pub disputed: HashSet<(SourceId, CodeId)>,
}

/// A passage that tables count: words and a code. Where several coders laid the same code on the same words it is one.
#[derive(Clone, PartialEq, Debug)]
pub struct Counted {
    /// The source.
    pub source: SourceId,
    /// Its case.
    pub case: Option<CaseId>,
    /// The code.
    pub code: CodeId,
    /// The words, in the present version of the text.
    pub at: Span,
    /// Whose it is.
    pub from: Holder,
    /// The codings that it rests on.
    pub codings: Vec<CodingId>,
}

/// Whose a counted passage is.
#[derive(Clone, PartialEq, Debug)]
pub enum Holder {
    /// That of these coders, who laid the same code on the same words.
    Coders(Vec<CoderId>),
    /// That of the consensus of a round.
    Consensus(RoundId, By),
}

impl Holder {
    /// Whose it is in words: initials, or the consensus.
    #[must_use]
    pub fn words(&self, view: &View<'_>) -> String {
        match self {
            Self::Coders(coders) => coders.iter().map(|coder| view.initials(*coder)).collect::<Vec<_>>().join(" and "),
            Self::Consensus(..) => "consensus".to_owned(),
        }
    }

    /// The same, with the name of the round whose consensus it is.
    #[must_use]
    pub fn words_with_round(&self, view: &View<'_>) -> String {
        match self {
            Self::Coders(_) => self.words(view),
            Self::Consensus(round, _) => {
                format!("consensus of {}", view.round(*round).map_or("a round", |round| round.name.as_str()))
            }
        }
    }
}

/// What a case rests on, for the codes of a round; other codes rest on whoever used them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Rests {
    /// The consensus of this round.
    Consensus(RoundId),
    /// A round that is revealed, with so many disagreements open: all coders' codings are counted.
    Open(RoundId, usize),
    /// Those it was allotted to.
    Allotted(Vec<CoderId>),
    /// Whoever coded it.
    Whoever,
}

/// What tables count now, as the view's coder may see it.
#[must_use]
pub fn working(view: &View<'_>) -> Working {
    let checks = Checks::new(view);
    let mut settled: HashMap<(SourceId, CodeId), RoundId> = HashMap::new();
    let mut rests: HashMap<CaseId, Rests> = HashMap::new();
    let mut held: HashMap<SourceId, Vec<(RoundId, Held)>> = HashMap::new();
    let mut revealed: Vec<_> =
        view.rounds().into_iter().filter_map(|round| Some((view.reveal(round.id)?, round))).collect();
    revealed.sort_by_key(|(reveal, round)| (reveal.at, round.id));
    let mut disputed: HashSet<(SourceId, CodeId)> = HashSet::new();
    // The newest that is reconciled holds.
    for (reveal, round) in revealed.into_iter().rev() {
        let Ok(queue) = queue_of(view, round.id) else { continue };
        let consensus = consensus_of(view, &queue);
        let codes = codes_of(view, round, reveal);
        for (case, open) in &consensus.cases {
            let now = if *open == 0 { Rests::Consensus(round.id) } else { Rests::Open(round.id, *open) };
            rests.entry(*case).or_insert(now);
        }
        let done = |source: SourceId| round.ground(source).is_some_and(|ground| consensus.is_reconciled(ground.case));
        let sources: Vec<SourceId> = queue.basis.sheets.iter().map(|sheet| sheet.source).filter(|s| done(*s)).collect();
        let mut ours: HashSet<(SourceId, CodeId)> = HashSet::new();
        for (source, code) in sources.iter().flat_map(|source| codes.iter().map(move |code| (*source, *code))) {
            if *settled.entry((source, code)).or_insert(round.id) == round.id {
                ours.insert((source, code));
            }
        }
        let open = || queue.items.iter().filter(|item| !item.state.is_decided());
        let ends = |item: &Item| matches!(item.kind, ItemType::Extent | ItemType::Split);
        for (item, code) in open().flat_map(|item| item.codes.iter().map(move |code| (item, *code))) {
            let here = |held: &Held| (held.source, held.code) == (item.source, code);
            let either_way = |other: &Item| ends(other) && other.source == item.source && other.codes.contains(&code);
            if !consensus.held.iter().any(here) && !open().any(either_way) {
                disputed.insert((item.source, code));
            }
        }
        for one in consensus.held {
            // A decision may give words a code that is none of the round's: it is held as well.
            let foreign = !codes.contains(&one.code) && sources.contains(&one.source);
            if foreign || ours.contains(&(one.source, one.code)) {
                held.entry(one.source).or_default().push((round.id, one));
            }
        }
    }
    let allotted = allotted(view);
    // What a later round has settled is no longer in dispute.
    disputed.retain(|pair| !settled.contains_key(pair));
    let mut out = Working { disputed, ..Working::default() };
    for source in view.sources() {
        let share = source.case.and_then(|case| allotted.get(&case));
        let mut here: Vec<Counted> = Vec::new();
        for (mark, _) in marks_of(view, &checks, source.id) {
            let theirs =
                share.is_none_or(|(codes, coders)| !codes.contains(&mark.code) || coders.contains(&mark.coder));
            if theirs && !settled.contains_key(&(source.id, mark.code)) {
                let (from, codings) = (Holder::Coders(vec![mark.coder]), vec![mark.id]);
                here.push(Counted {
                    source: source.id,
                    case: source.case,
                    code: mark.code,
                    at: mark.span,
                    from,
                    codings,
                });
            }
        }
        for (round, held) in held.remove(&source.id).unwrap_or_default() {
            let (from, codings) = (Holder::Consensus(round, held.by), held.codings);
            here.push(Counted { source: source.id, case: source.case, code: held.code, at: held.at, from, codings });
        }
        here.sort_by_key(|counted| (counted.at, counted.code));
        here.dedup_by(|later, one| join(one, later));
        out.counted.append(&mut here);
    }
    let with_sources = view.cases().into_iter().filter(|case| !view.sources_of(Some(case.id)).is_empty());
    let of = |case: CaseId| {
        let share = || allotted.get(&case).map(|(_, coders)| Rests::Allotted(coders.clone()));
        rests.remove(&case).or_else(share).unwrap_or(Rests::Whoever)
    };
    let mut of = of;
    out.cases = with_sources.map(|case| (case.id, of(case.id))).collect();
    out
}

/// Joins `later` to `one` where coders laid the same code on the same words; says whether it was that.
pub(super) fn join(one: &mut Counted, later: &mut Counted) -> bool {
    let same = (one.at, one.code) == (later.at, later.code);
    match (&mut one.from, &mut later.from) {
        (Holder::Coders(coders), Holder::Coders(more)) if same => {
            coders.retain(|coder| !more.contains(coder));
            coders.append(more);
            one.codings.append(&mut later.codings);
            true
        }
        _ => false,
    }
}

/// Per case, the codes of the round that it was divided for, and who codes it.
fn allotted(view: &View<'_>) -> HashMap<CaseId, (HashSet<CodeId>, Vec<CoderId>)> {
    let book = view.codebook();
    let mut out = HashMap::new();
    for allocation in view.allocations() {
        let codes: HashSet<CodeId> = match (view.round(allocation.round), view.reveal(allocation.round)) {
            (Some(round), Some(reveal)) => codes_of(view, round, reveal).into_iter().collect(),
            (Some(round), None) => round.codes.iter().filter_map(|pinned| book.resolve(pinned.code)).collect(),
            (None, _) => HashSet::new(),
        };
        for share in &allocation.shares {
            out.insert(share.case, (codes.clone(), share.coders.clone()));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testing::Trial;
    use crate::project::allocation::Share;
    use crate::project::edit::{Edit, NewAllocation};

    #[test]
    fn what_two_coders_lay_on_the_same_words_is_one_passage_of_both() {
        let mut trial = Trial::open(1, 1, 2);
        trial.reveal();
        let code = trial.desk.code("A code of nobody's round");
        let source = trial.desk.source("Another interview", 100);
        for coder in 0..2 {
            trial.by(coder, |desk| {
                desk.lay(source, 0, 5, code);
                desk.lay(source, 10, 15 + coder as u32, code);
            });
        }
        let working = working(&trial.view());
        let found: Vec<_> = working
            .counted
            .iter()
            .map(|one| (one.at.end.0, one.codings.len(), one.from.words(&trial.view())))
            .collect();
        let both = found[0].2.clone();
        assert!(both.contains(" and "), "{both}");
        assert_eq!(found.iter().map(|one| (one.0, one.1)).collect::<Vec<_>>(), [(5, 2), (15, 1), (16, 1)]);
    }

    #[test]
    fn a_case_that_was_allotted_counts_as_the_one_coded_it_who_had_it() {
        let mut trial = Trial::open(1, 1, 2);
        trial.reveal();
        let (case, code, coders) = (CaseId::from(trial.desk.id()), trial.codes[0], trial.coders.clone());
        trial.desk.apply(&Edit::AddCase { id: case, name: "P09".into(), kind: "practice".into() });
        let source = trial.desk.source("Another interview", 100);
        trial.desk.apply(&Edit::MoveSource(source, Some(case)));
        let other = trial.desk.code("A code of nobody's round");
        for coder in 0..2 {
            let at = 10 * coder as u32;
            trial.by(coder, |desk| {
                desk.lay(source, at, at + 5, code);
                desk.lay(source, 50 + at, 55 + at, other);
            });
        }
        let counted = |trial: &Trial| {
            let working = working(&trial.view());
            let rests = working.cases.iter().find(|(id, _)| *id == case).expect("the case").1.clone();
            (rests, working.counted.iter().map(|one| one.at.start.0).collect::<Vec<_>>())
        };
        assert_eq!(counted(&trial), (Rests::Whoever, vec![0, 10, 50, 60]));
        let shares = vec![Share { case, coders: vec![coders[1]], words: 20 }];
        let id = trial.desk.id().into();
        let (round, spread, drift) = (trial.round, None, None);
        trial.desk.apply(&Edit::Allocate(Box::new(NewAllocation { id, round, seed: 1, spread, shares, drift })));
        assert_eq!(
            counted(&trial),
            (Rests::Allotted(vec![coders[1]]), vec![10, 50, 60]),
            "other codes stand as before"
        );
    }
}
