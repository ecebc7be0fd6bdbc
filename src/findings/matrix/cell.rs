//! Cells, and how they are summed.

use crate::findings::truth::Truth;
use crate::project::id::CaseId;
use std::collections::BTreeSet;

/// A cell.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cell {
    /// What it counts: at least so many.
    pub n: usize,
    /// At most so many, once what is in dispute is settled.
    pub high: usize,
    /// Of how many cases; `None` where it does not count cases of many.
    pub of: Option<usize>,
    /// How many cases it is about, those not yet coded among them.
    pub all: usize,
    /// The cases that are counted.
    pub yes: Vec<CaseId>,
    /// The cases about which coders differ.
    pub disputed: Vec<CaseId>,
    /// The cases that are not yet coded: they stand in no denominator.
    pub not_yet: Vec<CaseId>,
    /// What it was counted from, by number: passages, or pairs of them.
    pub items: Vec<usize>,
    /// The pairs that somebody struck: they do not count.
    pub struck: Vec<usize>,
    /// How many pairs somebody has looked at, struck ones among them.
    pub looked: usize,
}

impl Cell {
    /// Takes in what holds of a case.
    pub(super) fn add(&mut self, case: CaseId, truth: Truth) {
        match truth {
            Truth::Yes => self.yes.push(case),
            Truth::Disputed => self.disputed.push(case),
            Truth::NotYet => self.not_yet.push(case),
            Truth::No | Truth::Missing => {}
        }
    }

    /// Counts the cases, of so many that could be counted at all.
    pub(super) fn count_cases(&mut self, all: usize) {
        self.n = self.yes.len();
        self.high = self.n + self.disputed.len();
        self.of = Some(all.saturating_sub(self.not_yet.len()));
        self.all = all;
    }

    /// Counts the passages or pairs.
    pub(super) fn count_items(&mut self) {
        (self.n, self.high, self.of) = (self.items.len(), self.items.len(), None);
    }

    /// Whether there is nothing in it, and nothing is open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.high == 0 && self.items.is_empty() && self.struck.is_empty()
    }

    /// Whether nothing can be said: of no case that it is of has anybody coded the sources to the end.
    #[must_use]
    pub fn is_not_yet(&self) -> bool {
        self.all > 0 && self.not_yet.len() == self.all
    }

    /// Whether it holds in at least so many.
    #[must_use]
    pub const fn holds(&self, least: usize) -> bool {
        self.n >= least
    }

    /// How many pairs there are, struck ones among them.
    #[must_use]
    pub fn pairs(&self) -> usize {
        self.items.len() + self.struck.len()
    }

    /// What several cells rest on together, each thing once.
    fn joined<'a>(cells: impl Iterator<Item = &'a Self>) -> Self {
        let mut yes: BTreeSet<CaseId> = BTreeSet::new();
        let mut disputed: BTreeSet<CaseId> = BTreeSet::new();
        let mut not_yet: BTreeSet<CaseId> = BTreeSet::new();
        let mut items: BTreeSet<usize> = BTreeSet::new();
        let mut struck: BTreeSet<usize> = BTreeSet::new();
        for cell in cells {
            yes.extend(&cell.yes);
            disputed.extend(&cell.disputed);
            not_yet.extend(&cell.not_yet);
            items.extend(&cell.items);
            struck.extend(&cell.struck);
        }
        // What is sure in one cell is sure of the whole; what is not yet coded in one may still turn out.
        not_yet.retain(|case| !yes.contains(case));
        disputed.retain(|case| !yes.contains(case) && !not_yet.contains(case));
        Self {
            yes: yes.into_iter().collect(),
            disputed: disputed.into_iter().collect(),
            not_yet: not_yet.into_iter().collect(),
            items: items.into_iter().collect(),
            struck: struck.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The cases of any of these cells, each once, of so many.
    pub(super) fn union<'a>(cells: impl Iterator<Item = &'a Self>, all: usize) -> Self {
        let mut out = Self::joined(cells);
        out.count_cases(all);
        out
    }

    /// The numbers of these cells together.
    pub(super) fn plain<'a>(cells: impl Iterator<Item = &'a Self> + Clone) -> Self {
        let mut out = Self::joined(cells.clone());
        let mut open = true;
        for cell in cells {
            out.n += cell.n;
            out.high += cell.high;
            open &= cell.is_not_yet();
        }
        // Where nothing can be said of any of them, nothing can be said of all.
        out.all = if open { out.not_yet.len() } else { 0 };
        out
    }
}
