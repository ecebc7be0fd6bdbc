//! The codebook at a moment: as it was frozen, or as it stands.

use crate::project::cycle::{Cycle, FrozenCode};
use crate::project::id::{CodeId, CoderId, CycleId};
use crate::project::view::View;
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};

/// The codebook at a moment.
#[derive(Clone, PartialEq, Debug)]
pub struct Moment {
    /// The cycle; now if `None`.
    pub cycle: Option<CycleId>,
    /// What it is called.
    pub name: String,
    /// Who froze it, and when.
    pub frozen: Option<(CoderId, Timestamp)>,
    codes: Vec<FrozenCode>,
    place: HashMap<CodeId, usize>,
    became: HashMap<CodeId, CodeId>,
    /// The codes of blind rounds, whose passages nobody may count.
    blind: HashSet<CodeId>,
}

impl Moment {
    /// The codebook as it was frozen.
    #[must_use]
    pub fn of(cycle: &Cycle) -> Self {
        let frozen = Some((cycle.by, cycle.at));
        Self::new(Some(cycle.id), cycle.name.clone(), frozen, cycle.codes.clone(), cycle.merged.clone())
    }

    /// The codebook as it stands.
    #[must_use]
    pub fn now(view: &View<'_>) -> Self {
        let (codes, merged) = view.frozen_now();
        let mut now = Self::new(None, "now".to_owned(), None, codes, merged);
        now.blind = now.codes.iter().map(|code| code.code).filter(|code| view.pinned_in(*code).is_some()).collect();
        now
    }

    fn new(
        cycle: Option<CycleId>,
        name: String,
        frozen: Option<(CoderId, Timestamp)>,
        codes: Vec<FrozenCode>,
        merged: Vec<(CodeId, CodeId)>,
    ) -> Self {
        let place = codes.iter().enumerate().map(|(n, code)| (code.code, n)).collect();
        let became = merged.into_iter().collect();
        Self { cycle, name, frozen, codes, place, became, blind: HashSet::new() }
    }

    /// Its codes in tree order.
    #[must_use]
    pub fn codes(&self) -> &[FrozenCode] {
        &self.codes
    }

    /// A code that stood then.
    #[must_use]
    pub fn get(&self, code: CodeId) -> Option<&FrozenCode> {
        self.place.get(&code).and_then(|n| self.codes.get(*n))
    }

    /// What a code had become by then: itself, or what it had been merged into.
    pub(super) fn resolve(&self, code: CodeId) -> CodeId {
        self.became.get(&code).copied().unwrap_or(code)
    }

    /// A code with all it stood under.
    #[must_use]
    pub fn path(&self, code: CodeId) -> String {
        let mut names: Vec<&str> = Vec::new();
        let mut at = self.get(code);
        while let Some(code) = at.filter(|_| names.len() <= self.codes.len()) {
            names.push(&code.name);
            at = code.parent.and_then(|parent| self.get(parent));
        }
        names.reverse();
        names.join(" › ")
    }

    /// How many passages carried a code; `None` where it did not stand, or that may not be known yet.
    #[must_use]
    pub fn passages(&self, code: CodeId) -> Option<u32> {
        self.get(code).filter(|_| !self.blind.contains(&code)).map(|code| code.passages)
    }
}
