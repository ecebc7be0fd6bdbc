//! Each coder against the consensus, as counts: never a coefficient, for the consensus was made from what they had.

use super::basis::{Basis, NoFigures, Sheet, Texts};
use super::consensus::Consensus;
use super::kept::{chars, common, joined, without};
use super::now::now_and_then;
use super::queue::Queue;
use crate::project::id::{CodeId, CoderId};
use crate::project::round::Unit;
use crate::project::view::View;
use crate::text::Span;

/// What one coder had at the reveal, held against the consensus, in the round's unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Against {
    /// The coder.
    pub coder: CoderId,
    /// Over all codes.
    pub all: Counted,
    /// Per code, in tree order; codes that neither has left out.
    pub codes: Vec<(CodeId, Counted)>,
}

/// Units (of every code) by who has the code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counted {
    /// Both the coder and the consensus.
    pub both: u64,
    /// The coder alone.
    pub coder_only: u64,
    /// The consensus alone: what the coder missed.
    pub consensus_only: u64,
    /// Units with something that is not decided yet, in none of the others.
    pub undecided: u64,
}

impl Counted {
    fn add(&mut self, other: Self) {
        self.both += other.both;
        self.coder_only += other.coder_only;
        self.consensus_only += other.consensus_only;
        self.undecided += other.undecided;
    }
}

/// Holds every coder of the round against the consensus, in the order of the coders.
///
/// # Errors
/// A round that is not revealed (which no queue is made of).
pub fn against(
    view: &View<'_>,
    queue: &Queue,
    consensus: &Consensus,
    texts: &Texts<'_>,
) -> Result<Vec<Against>, NoFigures> {
    let (_, mut then) = now_and_then(view, queue.round.id)?;
    then.find_units(&[then.unit], texts);
    let open: Vec<_> = queue.items.iter().filter(|item| !item.state.is_decided()).collect();
    let count = |coder: CoderId, code: CodeId| {
        let mut counted = Counted::default();
        let mut case_so_far: Option<(crate::project::id::CaseId, [bool; 3])> = None;
        for sheet in then.sheets.iter().filter(|sheet| sheet.coders.contains(&coder)) {
            let here = |mark: &&super::basis::Mark| (mark.source, mark.code, mark.coder) == (sheet.source, code, coder);
            let theirs = joined(then.marks.iter().filter(here).map(|mark| mark.span));
            let held = consensus.stretches(sheet.source, code);
            let pieces = open.iter().filter(|item| item.source == sheet.source).flat_map(|item| &item.seen);
            let undecided = joined(pieces.filter(|piece| piece.code == code).map(|piece| piece.at.span));
            if then.unit != Unit::Case {
                counted.add(on_sheet(&then, sheet, [&theirs, &held, &undecided]));
                continue;
            }
            // Sheets of a case stand together.
            if case_so_far.is_none_or(|(case, _)| case != sheet.case) {
                counted.add(case_so_far.map_or_else(Counted::default, |(_, has)| one(has)));
                case_so_far = Some((sheet.case, [false; 3]));
            }
            if let Some((_, has)) = &mut case_so_far {
                for (has, spans) in has.iter_mut().zip([&theirs, &held, &undecided]) {
                    *has |= spans.iter().any(|span| !sheet.kept.closed(*span).is_empty());
                }
            }
        }
        counted.add(case_so_far.map_or_else(Counted::default, |(_, has)| one(has)));
        counted
    };
    let of = |coder: &CoderId| {
        let each = then.codes.iter().map(|code| (*code, count(*coder, *code)));
        let codes: Vec<(CodeId, Counted)> = each.filter(|(_, counted)| *counted != Counted::default()).collect();
        let mut all = Counted::default();
        codes.iter().for_each(|(_, counted)| all.add(*counted));
        Against { coder: *coder, all, codes }
    };
    Ok(then.coders.iter().map(of).collect())
}

/// One unit, by whether the coder, the consensus, and something undecided is in it.
fn one([coder, held, undecided]: [bool; 3]) -> Counted {
    let mut counted = Counted::default();
    match (coder, held) {
        _ if undecided => counted.undecided = 1,
        (true, true) => counted.both = 1,
        (true, false) => counted.coder_only = 1,
        (false, true) => counted.consensus_only = 1,
        (false, false) => {}
    }
    counted
}

/// The units of one sheet.
fn on_sheet(then: &Basis, sheet: &Sheet, [theirs, held, undecided]: [&[Span]; 3]) -> Counted {
    let whole = [Span::new(0, sheet.chars)];
    let units: &[Span] = match then.unit {
        Unit::Char => {
            let inside = |spans: &[Span]| common(spans, sheet.kept.spans());
            let decided = |spans: &[Span]| without(&inside(spans), undecided);
            let (theirs, held) = (decided(theirs), decided(held));
            let both = chars(&common(&theirs, &held));
            return Counted {
                both: both.into(),
                coder_only: (chars(&theirs) - both).into(),
                consensus_only: (chars(&held) - both).into(),
                undecided: chars(&inside(undecided)).into(),
            };
        }
        Unit::Source | Unit::Case => &whole,
        unit => sheet.units(unit).unwrap_or(&[]),
    };
    let least = if matches!(then.unit, Unit::Source) { 0 } else { then.round.least };
    let mut counted = Counted::default();
    for unit in units {
        let has = |spans: &[Span], least: u8| sheet.gives(spans, *unit, least);
        counted.add(one([has(theirs, least), has(held, least), has(undecided, 0)]));
    }
    counted
}
