//! Expressions over codes: which codings are listed.

use super::sets::Line;
use super::{Mark, Sheet};
use crate::project::id::CodeId;
use crate::project::view::View;
use std::collections::HashSet;

/// Which codings are listed. What stands first is what is listed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Codes {
    /// All.
    #[default]
    Everything,
    /// Those of a code.
    Code {
        /// The code.
        code: CodeId,
        /// Those of the codes below it too.
        below: bool,
    },
    /// Those of any of these.
    Any(Vec<Codes>),
    /// Those of the first that share words with one of each of the others.
    All(Vec<Codes>),
    /// Those of the first that share no word with one of the second.
    Without(Box<Codes>, Box<Codes>),
    /// Those of the first that stand so to another coding, one of the second.
    Related(Box<Codes>, Relation, Box<Codes>),
}

/// How two codings stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    /// They share words.
    Overlapping,
    /// The first lies within the second (or on the same words).
    Inside,
    /// The second lies within the first (or on the same words).
    Containing,
    /// At most so many turns lie from one to the other; 0 for the same turn.
    Near(u32),
    /// The second begins after the first ends, at most so many turns later.
    Followed(u32),
    /// They touch the same turn.
    SameTurn,
}

impl Relation {
    /// Whether turns have to be known.
    const fn needs_turns(self) -> bool {
        matches!(self, Self::Near(_) | Self::Followed(_) | Self::SameTurn)
    }
}

impl Codes {
    /// The codes that are listed: those of the first part of everything.
    #[must_use]
    pub fn listed(&self) -> Vec<(CodeId, bool)> {
        match self {
            Self::Everything => Vec::new(),
            Self::Code { code, below } => vec![(*code, *below)],
            Self::Any(parts) => parts.iter().flat_map(Self::listed).collect(),
            Self::All(parts) => parts.first().map(Self::listed).unwrap_or_default(),
            Self::Without(first, _) | Self::Related(first, ..) => first.listed(),
        }
    }

    /// The same with the codes below those that are listed, or without.
    #[must_use]
    pub fn with_below(&self, on: bool) -> Self {
        match self {
            Self::Everything => Self::Everything,
            Self::Code { code, .. } => Self::Code { code: *code, below: on },
            Self::Any(parts) => Self::Any(parts.iter().map(|part| part.with_below(on)).collect()),
            Self::All(parts) => {
                let first = parts.first().map(|first| first.with_below(on));
                Self::All(first.into_iter().chain(parts.iter().skip(1).cloned()).collect())
            }
            Self::Without(first, not) => Self::Without(Box::new(first.with_below(on)), not.clone()),
            Self::Related(first, relation, other) => {
                Self::Related(Box::new(first.with_below(on)), *relation, other.clone())
            }
        }
    }

    /// The expression with each code's codes looked up: merges followed, those below taken in.
    pub(super) fn planned(&self, view: &View<'_>) -> Plan {
        let plans = |parts: &[Self]| parts.iter().map(|part| part.planned(view)).collect();
        match self {
            Self::Everything => Plan::Everything,
            Self::Code { code, below } => {
                let book = view.codebook();
                let code = book.resolve(*code);
                let codes = code.map(|code| if *below { book.branch(code) } else { vec![code] });
                Plan::Codes(codes.into_iter().flatten().collect())
            }
            Self::Any(parts) => Plan::Any(plans(parts)),
            Self::All(parts) => Plan::All(plans(parts)),
            Self::Without(first, not) => Plan::Without(Box::new([first.planned(view), not.planned(view)])),
            Self::Related(first, relation, other) => {
                Plan::Related(Box::new([first.planned(view), other.planned(view)]), *relation)
            }
        }
    }
}

/// An expression ready to be asked of many sources.
pub(super) enum Plan {
    Everything,
    Codes(HashSet<CodeId>),
    Any(Vec<Plan>),
    All(Vec<Plan>),
    Without(Box<[Plan; 2]>),
    Related(Box<[Plan; 2]>, Relation),
}

impl Plan {
    /// Whether turns have to be known.
    pub(super) fn needs_turns(&self) -> bool {
        match self {
            Self::Everything | Self::Codes(_) => false,
            Self::Any(parts) | Self::All(parts) => parts.iter().any(Self::needs_turns),
            Self::Without(pair) => pair.iter().any(Self::needs_turns),
            Self::Related(pair, relation) => relation.needs_turns() || pair.iter().any(Self::needs_turns),
        }
    }

    /// Whether a coding of this code may be listed at all.
    pub(super) fn names(&self, code: CodeId) -> bool {
        match self {
            Self::Everything => true,
            Self::Codes(codes) => codes.contains(&code),
            Self::Any(parts) => parts.iter().any(|part| part.names(code)),
            Self::All(parts) => parts.first().is_some_and(|part| part.names(code)),
            Self::Without(pair) | Self::Related(pair, _) => pair[0].names(code),
        }
    }

    /// Of each coding of a source, whether it is listed.
    pub(super) fn hits(&self, sheet: &Sheet<'_>) -> Vec<bool> {
        let of = |test: &dyn Fn(&Mark) -> bool| sheet.marks.iter().map(test).collect::<Vec<bool>>();
        match self {
            Self::Everything => vec![true; sheet.marks.len()],
            Self::Codes(codes) => of(&|mark| codes.contains(&mark.code)),
            Self::Any(parts) => {
                let all: Vec<Vec<bool>> = parts.iter().map(|part| part.hits(sheet)).collect();
                (0..sheet.marks.len()).map(|n| all.iter().any(|part| part[n])).collect()
            }
            Self::All(parts) => {
                let mut parts = parts.iter();
                let mut hits = parts.next().map_or_else(|| vec![false; sheet.marks.len()], |part| part.hits(sheet));
                for part in parts {
                    let line = Line::of_words(sheet, &part.hits(sheet));
                    keep(&mut hits, |n| line.overlaps(sheet.marks[n].span, None));
                }
                hits
            }
            Self::Without(pair) => {
                let mut hits = pair[0].hits(sheet);
                let line = Line::of_words(sheet, &pair[1].hits(sheet));
                keep(&mut hits, |n| !line.overlaps(sheet.marks[n].span, None));
                hits
            }
            Self::Related(pair, relation) => {
                let mut hits = pair[0].hits(sheet);
                let others = pair[1].hits(sheet);
                related(sheet, &mut hits, *relation, &others);
                hits
            }
        }
    }
}

fn keep(hits: &mut [bool], stays: impl Fn(usize) -> bool) {
    for (n, hit) in hits.iter_mut().enumerate() {
        *hit = *hit && stays(n);
    }
}

/// Keeps those that stand so to another coding, one of `others`.
fn related(sheet: &Sheet<'_>, hits: &mut [bool], relation: Relation, others: &[bool]) {
    let near = |hits: &mut [bool], n: u32| {
        let line = Line::of_turns(sheet, others);
        keep(hits, |at| sheet.turns_of(sheet.marks[at].span).is_some_and(|turns| line.near(turns, n, at)));
    };
    match relation {
        Relation::Near(n) => near(hits, n),
        Relation::SameTurn => near(hits, 0),
        Relation::Overlapping => {
            let line = Line::of_words(sheet, others);
            keep(hits, |n| line.overlaps(sheet.marks[n].span, Some(n)));
        }
        Relation::Inside => {
            let line = Line::of_words(sheet, others);
            keep(hits, |n| line.covers(sheet.marks[n].span, n));
        }
        Relation::Containing => {
            let line = Line::of_words(sheet, others);
            keep(hits, |n| line.lies_in(sheet.marks[n].span, n));
        }
        Relation::Followed(within) => {
            let line = Line::of_words(sheet, others);
            keep(hits, |n| {
                let span = sheet.marks[n].span;
                let Some(next) = line.next_after(span, n) else { return false };
                let turns = sheet.turns_of(span).zip(sheet.turns_of(sheet.marks[next].span));
                turns.is_some_and(|((_, last), (first, _))| first.saturating_sub(last) <= within)
            });
        }
    }
}
