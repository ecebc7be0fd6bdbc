//! The passages behind a figure.

use super::Figures;
use crate::findings::basis::{Basis, Mark, Sheet};
use crate::findings::kept::{chars, common, joined, without};
use crate::project::id::{CaseId, CodeId, CoderId, CodingId, SourceId};
use crate::project::round::Unit;
use crate::text::Span;
use std::collections::BTreeSet;

/// Which of the units that a figure counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// Those to which anybody gave the code.
    Any,
    /// Those to which all who code them gave it.
    All,
    /// Those to which some gave it and some did not.
    Apart,
    /// Those to which this coder gave it, and nobody else.
    Only(CoderId),
    /// Those to which this coder gave it.
    Of(CoderId),
    /// Those to which nobody gave it.
    None,
    /// Those of this case to which anybody gave it.
    Case(CaseId),
    /// Those to which several gave it without a char in common.
    NothingInCommon,
}

/// A unit that a figure counts, with what was laid there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Behind {
    /// The source.
    pub source: SourceId,
    /// The version of its text that the spans are of.
    pub version: u32,
    /// The code as it is counted.
    pub code: CodeId,
    /// The unit; of chars, a stretch on which the same coders gave the code; of a source or case, all of the source.
    pub unit: Span,
    /// The words that were coded in it, from first to last; the unit where nobody coded.
    pub span: Span,
    /// Who gave it the code.
    pub coders: Vec<CoderId>,
    /// The codings.
    pub codings: Vec<CodingId>,
}

/// The units that were counted for `code` (`None`: for every code that is pooled), in the order of the sources. A coding
/// is told with each unit that it touches. At case level the units are told by source.
#[must_use]
pub fn passages(figures: &Figures, code: Option<CodeId>, unit: Unit, which: Which) -> Vec<Behind> {
    let basis = &figures.basis;
    let pool = || figures.rows.iter().filter(|row| !row.left_out && !row.unused).map(|row| row.code);
    let codes: Vec<CodeId> = code.map_or_else(|| pool().collect(), |code| vec![code]);
    let listed = !matches!(unit, Unit::Char | Unit::Source | Unit::Case);
    let mut out = Vec::new();
    for sheet in basis.sheets.iter().filter(|sheet| sheet.coders.len() >= 2 && sheet.kept.chars() > 0) {
        for &code in &codes {
            let here: Vec<&Mark> = marks_of(basis, sheet.source, code);
            match unit {
                Unit::Case => by_case(basis, sheet, code, &here, which, &mut out),
                _ => out.extend(units(sheet, unit, &here).into_iter().filter_map(|stretch| {
                    let told = told(basis, sheet, code, (stretch, listed), &here);
                    wanted(sheet, &told, which, &here).then_some(told)
                })),
            }
        }
    }
    if unit == Unit::Char {
        out.dedup_by(|next, last| {
            let same = (next.source, next.code, &next.coders) == (last.source, last.code, &last.coders);
            let on = same && last.unit.end == next.unit.start;
            if on {
                last.unit = last.unit.union(next.unit);
                last.span = last.unit;
                last.codings.append(&mut next.codings);
                last.codings.sort_unstable();
                last.codings.dedup();
            }
            on
        });
    }
    out
}

fn marks_of(basis: &Basis, source: SourceId, code: CodeId) -> Vec<&Mark> {
    let from = basis.marks.partition_point(|mark| mark.source < source);
    let to = basis.marks.partition_point(|mark| mark.source <= source);
    basis.marks[from..to].iter().filter(|mark| basis.rolled(mark.code) == code).collect()
}

/// The stretches of a sheet that are counted; of chars those on which the same coders have the code.
fn units(sheet: &Sheet, unit: Unit, here: &[&Mark]) -> Vec<Span> {
    let whole = Span::new(0, sheet.chars);
    match unit {
        Unit::Source | Unit::Case => vec![whole],
        Unit::Char => {
            let borders = here.iter().flat_map(|mark| [mark.span.start, mark.span.end]);
            let kept = sheet.kept.spans().iter().flat_map(|span| [span.start, span.end]);
            let borders: BTreeSet<_> = borders.chain(kept).collect();
            let borders: Vec<_> = borders.into_iter().collect();
            let stretches = borders.windows(2).map(|two| Span::between(two[0], two[1]));
            stretches.filter(|span| !sheet.kept.closed(*span).is_empty()).collect()
        }
        unit => {
            let units = sheet.units(unit).unwrap_or(&[]).iter().copied();
            units.filter(|unit| !sheet.kept.closed(*unit).is_empty()).collect()
        }
    }
}

/// Who gave a unit the code, by the rule of the round: any overlap, or the least share of what is in scope of it.
fn told(basis: &Basis, sheet: &Sheet, code: CodeId, (unit, listed): (Span, bool), here: &[&Mark]) -> Behind {
    let least = if listed { basis.round.least } else { 0 };
    let touching = || here.iter().filter(|mark| meets(sheet, mark.span, unit));
    let gave = |coder: &CoderId| {
        sheet.gives(&joined(touching().filter(|mark| mark.coder == *coder).map(|mark| mark.span)), unit, least)
    };
    let coders: Vec<CoderId> = sheet.coders.iter().copied().filter(gave).collect();
    let words = touching().filter(|mark| coders.contains(&mark.coder)).filter_map(|mark| mark.span.intersection(unit));
    Behind {
        source: sheet.source,
        version: sheet.version,
        code,
        unit,
        span: words.reduce(Span::union).unwrap_or(unit),
        codings: touching().filter(|mark| coders.contains(&mark.coder)).map(|mark| mark.id).collect(),
        coders,
    }
}

/// Whether two stretches share a char in scope.
fn meets(sheet: &Sheet, a: Span, b: Span) -> bool {
    a.intersection(b).is_some_and(|both| !sheet.kept.closed(both).is_empty())
}

fn wanted(sheet: &Sheet, told: &Behind, which: Which, here: &[&Mark]) -> bool {
    let (gave, could) = (told.coders.len(), sheet.coders.len());
    match which {
        Which::Any => gave > 0,
        Which::All => gave == could,
        Which::Apart => gave > 0 && gave < could,
        Which::Only(coder) => told.coders == [coder],
        Which::Of(coder) => told.coders.contains(&coder),
        Which::None => gave == 0,
        Which::Case(case) => gave > 0 && sheet.case == case,
        Which::NothingInCommon => gave > 1 && nothing_in_common(sheet, told, here),
    }
}

/// Whether no two of the coders share a char of the unit.
fn nothing_in_common(sheet: &Sheet, told: &Behind, here: &[&Mark]) -> bool {
    let inside = sheet.kept.within(told.unit);
    let of = |coder: &CoderId| {
        let theirs = joined(here.iter().filter(|mark| mark.coder == *coder).map(|mark| mark.span));
        common(&theirs, &inside)
    };
    let all: Vec<Vec<Span>> = told.coders.iter().map(of).collect();
    let (mut seen, mut shared) = (Vec::new(), false);
    for theirs in &all {
        shared |= chars(&without(theirs, &seen)) < chars(theirs);
        seen = joined(seen.iter().chain(theirs).copied());
    }
    !shared
}

/// At case level: the sheets of the cases that are wanted, each with what was laid there.
fn by_case(basis: &Basis, sheet: &Sheet, code: CodeId, here: &[&Mark], which: Which, out: &mut Vec<Behind>) {
    let case_sheets = basis.sheets.iter().filter(|other| other.case == sheet.case);
    let gave: BTreeSet<CoderId> =
        case_sheets.flat_map(|other| marks_of(basis, other.source, code)).map(|mark| mark.coder).collect();
    let as_case = Behind {
        source: sheet.source,
        version: sheet.version,
        code,
        unit: Span::new(0, sheet.chars),
        span: Span::new(0, sheet.chars),
        coders: sheet.coders.iter().copied().filter(|coder| gave.contains(coder)).collect(),
        codings: Vec::new(),
    };
    if !wanted(sheet, &as_case, which, here) {
        return;
    }
    if here.is_empty() {
        if which == Which::None {
            out.push(as_case);
        }
        return;
    }
    out.extend(here.iter().map(|mark| Behind {
        span: mark.span,
        unit: mark.span,
        coders: vec![mark.coder],
        codings: vec![mark.id],
        ..as_case.clone()
    }));
}
