//! The figures of a round: what the Agreement view and `emic agreement` show.
//!
//! Counted from the reveal alone, at three levels: the round's unit, the char, the case. One number cannot tell loose
//! borders from different meanings, three can. Every count leads back to the passages behind it: [`passages`].

mod behind;
mod facts;

pub use behind::{Behind, Which, passages};
pub use facts::{InARow, ScopeFacts, case_word, coded_in_part, rounds_in_a_row};

use super::basis::{Asked, Basis, NoFigures, Texts, revealed};
use crate::agreement::{CodeFigures, Estimate, Flag, ItemCounts, Level, LevelReport, Study};
use crate::project::id::{CaseId, CodeId, CoderId, Id, RoundId};
use crate::project::round::Unit;
use crate::project::view::View;
use jiff::Timestamp;
use std::collections::HashMap;

/// The figures of a round.
#[derive(Clone, PartialEq, Debug)]
pub struct Figures {
    /// What they were counted from.
    pub basis: Basis,
    /// The coders; the first is A, the second B.
    pub coders: Vec<CoderId>,
    /// All codes together.
    pub pooled: Pooled,
    /// The codes, rolled up where that was fixed or asked for, in the order of the round.
    pub rows: Vec<Row>,
    /// What could be coded.
    pub scope: ScopeFacts,
    /// The codes that nobody used.
    pub unused: Vec<CodeId>,
    /// The codes in use that stand above others in use and are therefore not pooled, at the level of the unit.
    pub left_out: Vec<CodeId>,
    /// Codes proposed during the round that were neither accepted nor matched nor turned down yet.
    pub unmatched: Vec<CodeId>,
    /// The disagreements there were at the reveal, by kind.
    pub disagreements: ItemCounts,
    /// When the round was revealed.
    pub revealed: Timestamp,
}

/// All codes of the pool together.
#[derive(Clone, PartialEq, Debug)]
pub struct Pooled {
    /// How many codes are in the pool, at the level of the unit.
    pub codes: usize,
    /// Alpha on the round's unit; `None` where there are no such units.
    pub unit: Option<Estimate>,
    /// Alpha on chars.
    pub character: Option<Estimate>,
    /// On cases.
    pub case: Option<PooledCases>,
    /// Passages in scope per coder.
    pub passages: Vec<u64>,
}

/// Pooled on cases: “101 of 110 code × case pairs agree; pooled alpha .71”.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PooledCases {
    /// Alpha.
    pub alpha: Estimate,
    /// Pairs of a code of the pool and a case on which all coders say the same.
    pub agree: u64,
    /// All such pairs.
    pub of: u64,
}

/// A code.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// The code.
    pub code: CodeId,
    /// What it is called now; marked where it was merged into another since.
    pub name: String,
    /// Its passages in scope per coder.
    pub passages: Vec<u64>,
    /// On the round's unit.
    pub unit: Option<Figure>,
    /// On chars.
    pub character: Option<Figure>,
    /// On cases.
    pub case: Option<CaseFigure>,
    /// In use, but above others in use and so not pooled.
    pub left_out: bool,
    /// Nobody used it.
    pub unused: bool,
}

/// A code at one level.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// Alpha with its interval.
    pub alpha: Estimate,
    /// Units by who gave the code.
    pub counts: Counts,
    /// Agreement on presence; two coders only.
    pub positive_agreement: Option<f64>,
    /// Units that both gave the code without a char in common; two coders only, and units longer than a word.
    pub no_common_text: Option<u64>,
    /// What keeps it from being read without care.
    pub flags: Vec<Flag>,
}

/// Units by who gave a code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counts {
    /// Of two coders.
    Two {
        /// Both gave it.
        both: u64,
        /// The first alone.
        only_a: u64,
        /// The second alone.
        only_b: u64,
        /// Neither.
        neither: u64,
    },
    /// Of more, or of several pairs.
    Several {
        /// All who code the unit gave it.
        all: u64,
        /// Some did and some did not.
        some: u64,
        /// None did.
        none: u64,
    },
}

impl Counts {
    /// All units.
    #[must_use]
    pub const fn units(self) -> u64 {
        match self {
            Self::Two { both, only_a, only_b, neither } => both + only_a + only_b + neither,
            Self::Several { all, some, none } => all + some + none,
        }
    }

    /// Units to which anybody gave the code.
    #[must_use]
    pub const fn any(self) -> u64 {
        match self {
            Self::Two { both, only_a, only_b, .. } => both + only_a + only_b,
            Self::Several { all, some, .. } => all + some,
        }
    }
}

/// A code on cases.
#[derive(Clone, PartialEq, Debug)]
pub struct CaseFigure {
    /// Its figures; the coefficient is shown only if `shows_alpha`.
    pub figure: Figure,
    /// Whether there are cases enough for a coefficient; else “3 of 5 agree”.
    pub shows_alpha: bool,
    /// Cases on which all coders say the same.
    pub agree: u64,
    /// All cases.
    pub of: u64,
    /// How many of the other cases could differ though these agree, at most, as a share: the lower end of the interval.
    pub could_differ: Option<f64>,
    /// The cases on which they do not, in order.
    pub disputed: Vec<CaseId>,
    /// Per case, what each coder says; `None` of one who does not code it.
    pub said: Vec<(CaseId, Vec<Option<bool>>)>,
}

/// Counts the figures of a round, or those that are asked for.
///
/// # Errors
/// A round that is not revealed; a unit that its sources do not have.
pub fn figures(view: &View<'_>, round: RoundId, asked: &Asked, texts: &Texts<'_>) -> Result<Figures, NoFigures> {
    let basis = Basis::of_reveal(view, round, asked, texts)?;
    let (_, reveal) = revealed(view, round)?;
    let study = basis.study()?;
    let unit = study.level(level(basis.unit));
    if unit.is_none() {
        let why = match basis.unit {
            Unit::Turn => "only the passages that were given are on record",
            Unit::Given => "no passages were given out",
            _ => "the texts of its sources are not at hand in the version that was coded",
        };
        return Err(NoFigures::NoUnits { round: basis.round.name.clone(), unit: basis.unit.name(), why });
    }
    let (character, case) = (study.level(Level::Char), study.level(Level::Case));
    let mut passages = passages_of(&basis);
    let left_out = named::<CodeId>(unit.iter().flat_map(|level| &level.overall.left_out_of_pool));
    let pooled = pooled(&basis, &study, [&unit, &character, &case], left_out.len());
    let mut rows = Vec::with_capacity(study.codes().len());
    for name in study.codes() {
        let Some(code) = id::<CodeId>(name) else { continue };
        let of = |level: &Option<LevelReport>| level.as_ref().and_then(|level| level.codes.get(name)).map(Figure::of);
        let at_case = case.as_ref().and_then(|level| level.codes.get(name));
        let said = said(&basis, code);
        rows.push(Row {
            code,
            name: name_of(view, code),
            passages: passages.remove(&code).unwrap_or_else(|| vec![0; basis.coders.len()]),
            unit: of(&unit),
            character: of(&character),
            case: at_case.map(|figures| CaseFigure::of(figures, said)),
            left_out: left_out.contains(&code),
            unused: unit.as_ref().and_then(|level| level.codes.get(name)).is_some_and(|code| code.units_any == 0),
        });
    }
    Ok(Figures {
        coders: basis.coders.clone(),
        pooled,
        unused: rows.iter().filter(|row| row.passages.iter().all(|n| *n == 0)).map(|row| row.code).collect(),
        rows,
        scope: ScopeFacts::of(view, &basis, unit.as_ref()),
        left_out,
        unmatched: view.proposed_codes(round).into_iter().map(|(code, _)| code).collect(),
        disagreements: study.item_counts(),
        revealed: reveal.at,
        basis,
    })
}

/// Pooled figures of the three levels.
fn pooled(basis: &Basis, study: &Study, levels: [&Option<LevelReport>; 3], left_out: usize) -> Pooled {
    let [unit, character, case] = levels;
    let table = study.case_table();
    let cases = case.as_ref().map(|level| {
        let pool = level
            .codes
            .iter()
            .filter(|(name, code)| code.units_any > 0 && !level.overall.left_out_of_pool.contains(name));
        let (mut agree, mut of) = (0, 0);
        for row in pool.filter_map(|(name, _)| table.as_ref()?.get(name)) {
            of += row.pairable;
            agree += row.pairable - row.disputed.len() as u64;
        }
        PooledCases { alpha: level.overall.alpha(), agree, of }
    });
    let per_coder = |coder: &CoderId| basis.marks.iter().filter(|mark| mark.coder == *coder).count() as u64;
    Pooled {
        codes: unit.as_ref().map_or(0, |level| level.overall.active_codes - left_out),
        unit: unit.as_ref().map(|level| level.overall.alpha()),
        character: character.as_ref().map(|level| level.overall.alpha()),
        case: cases,
        passages: basis.coders.iter().map(per_coder).collect(),
    }
}

/// Passages per code (rolled up) and coder.
fn passages_of(basis: &Basis) -> HashMap<CodeId, Vec<u64>> {
    let mut out: HashMap<CodeId, Vec<u64>> = HashMap::new();
    for mark in &basis.marks {
        let counts = out.entry(basis.rolled(mark.code)).or_insert_with(|| vec![0; basis.coders.len()]);
        if let Some(n) = basis.coders.iter().position(|coder| *coder == mark.coder) {
            counts[n] += 1;
        }
    }
    out
}

/// What each coder says of each case that has a source in scope.
fn said(basis: &Basis, code: CodeId) -> Vec<(CaseId, Vec<Option<bool>>)> {
    let in_scope = |case: &&CaseId| basis.sheets.iter().any(|s| s.case == **case && s.kept.chars() > 0);
    let has = |case: CaseId, coder: CoderId| {
        let theirs = basis.marks.iter().filter(|mark| mark.coder == coder && basis.rolled(mark.code) == code);
        theirs.into_iter().any(|mark| basis.sheet(mark.source).is_some_and(|sheet| sheet.case == case))
    };
    let of = |case: &CaseId| {
        let desk = basis.desk(*case);
        let said = basis.coders.iter().map(|coder| desk.contains(coder).then(|| has(*case, *coder)));
        (*case, said.collect())
    };
    basis.cases.iter().filter(in_scope).map(of).collect()
}

impl Figure {
    fn of(figures: &CodeFigures) -> Self {
        let extent = figures.extent();
        let pair = figures.pair();
        let counts = match pair.map(|pair| pair.counts) {
            Some(counts) => {
                Counts::Two { both: counts.both, only_a: counts.only_a, only_b: counts.only_b, neither: counts.neither }
            }
            None => Counts::Several { all: extent.all, some: extent.some, none: extent.none },
        };
        Self {
            alpha: figures.alpha(),
            counts,
            positive_agreement: pair.and_then(|pair| pair.figures.as_ref()?.positive_agreement),
            no_common_text: pair.and_then(|pair| pair.turns_without_common_text),
            flags: figures.flags.clone(),
        }
    }
}

impl CaseFigure {
    fn of(figures: &CodeFigures, said: Vec<(CaseId, Vec<Option<bool>>)>) -> Self {
        let differ = |(_, said): &&(CaseId, Vec<Option<bool>>)| {
            let all: Vec<bool> = said.iter().flatten().copied().collect();
            all.len() >= 2 && all.contains(&true) && all.contains(&false)
        };
        let unanimous = figures.unanimous.as_ref();
        Self {
            figure: Figure::of(figures),
            shows_alpha: figures.allows_coefficient(),
            agree: unanimous.map_or(0, |share| share.k),
            of: unanimous.map_or(0, |share| share.n),
            could_differ: unanimous.and_then(crate::agreement::could_differ),
            disputed: said.iter().filter(differ).map(|(case, _)| *case).collect(),
            said,
        }
    }
}

/// The level that a unit is counted at.
#[must_use]
pub const fn level(unit: Unit) -> Level {
    match unit {
        Unit::Char => Level::Char,
        Unit::Word => Level::Word,
        Unit::Sentence => Level::Sentence,
        Unit::Paragraph => Level::Paragraph,
        Unit::Turn => Level::Turn,
        Unit::Given => Level::Given,
        Unit::Source => Level::Source,
        Unit::Case => Level::Case,
    }
}

/// What a code of a reveal is called now; one that was merged into another or deleted since keeps its own figures and
/// its name, and says so.
#[must_use]
pub fn name_of(view: &View<'_>, code: CodeId) -> String {
    let then = || {
        let reveals = view.rounds().into_iter().rev().filter_map(|round| view.reveal(round.id));
        let mut stood = reveals.flat_map(|reveal| &reveal.book).filter(|stood| stood.code == code);
        stood.next().map_or("a code", |stood| stood.name.as_str())
    };
    match view.codebook().resolve(code) {
        Some(now) if now == code => view.code_name(code).to_owned(),
        Some(now) => format!("{} (now {})", then(), view.code_name(now)),
        None => format!("{} (deleted since)", then()),
    }
}

/// An id that the agreement functions repeated.
pub(super) fn id<T: From<Id>>(name: &str) -> Option<T> {
    name.parse::<Id>().ok().map(T::from)
}

/// Ids that the agreement functions repeated.
pub(super) fn named<'a, T: From<Id>>(names: impl Iterator<Item = &'a crate::agreement::Name>) -> Vec<T> {
    names.filter_map(|name| id(name)).collect()
}
