//! Cases and sources as they are listed.

use super::tree::in_sight;
use crate::project::id::{CaseId, SourceId};
use crate::project::view::View;
use crate::screen::widgets::input::Input;
use std::collections::HashSet;

/// A row of the list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CaseRow {
    /// A case.
    Case(CaseId),
    /// A source, under its case or by itself.
    Source(SourceId),
}

/// The state of the list.
#[derive(Default)]
pub struct Cases {
    /// The row in hand.
    pub selected: Option<CaseRow>,
    /// Cases whose sources are listed.
    pub open: HashSet<CaseId>,
    /// What the list is filtered by.
    pub filter: Option<Input>,
    /// The first row shown.
    pub top: usize,
}

impl Cases {
    /// Lists the sources of the first case.
    pub fn begin(&mut self, view: &View<'_>) {
        let first = view.cases().first().map(|case| case.id);
        self.open.extend(first);
        self.selected =
            self.rows(view).into_iter().find(|row| matches!(row, CaseRow::Source(_))).or(first.map(CaseRow::Case));
    }

    /// The rows, top to bottom: cases with the sources of open ones, then sources without a case.
    #[must_use]
    pub fn rows(&self, view: &View<'_>) -> Vec<CaseRow> {
        let filter = self.filter.as_ref().map(|filter| filter.text().to_lowercase()).filter(|f| !f.trim().is_empty());
        let matches = |name: &str| filter.as_ref().is_none_or(|filter| name.to_lowercase().contains(filter.trim()));
        let mut rows = Vec::new();
        for case in view.cases() {
            let sources = view.sources_of(Some(case.id));
            let hit = matches(&case.name);
            let some = filter.is_some() && sources.iter().any(|source| matches(&source.name));
            if !hit && !some {
                continue;
            }
            rows.push(CaseRow::Case(case.id));
            if self.open.contains(&case.id) || some {
                let shown = sources.iter().filter(|source| hit || matches(&source.name));
                rows.extend(shown.map(|source| CaseRow::Source(source.id)));
            }
        }
        let loose = view.sources_of(None);
        rows.extend(loose.iter().filter(|source| matches(&source.name)).map(|source| CaseRow::Source(source.id)));
        rows
    }

    /// Moves the choice by so many rows.
    pub fn step(&mut self, view: &View<'_>, by: i32) {
        let rows = self.rows(view);
        let at = rows.iter().position(|row| Some(*row) == self.selected).unwrap_or(0);
        let to = (at as i64 + i64::from(by)).clamp(0, rows.len().saturating_sub(1) as i64);
        self.selected = rows.get(usize::try_from(to).unwrap_or(0)).copied();
    }

    /// Chooses a source and opens its case.
    pub fn show(&mut self, view: &View<'_>, source: SourceId) {
        self.open.extend(view.source(source).and_then(|source| source.case));
        self.selected = Some(CaseRow::Source(source));
    }

    /// Opens the case in hand, or goes to its first source.
    pub fn inward(&mut self, view: &View<'_>) {
        if let Some(CaseRow::Case(case)) = self.selected
            && !self.open.insert(case)
            && let Some(source) = view.sources_of(Some(case)).first()
        {
            self.selected = Some(CaseRow::Source(source.id));
        }
    }

    /// Closes the case in hand, or goes to the case of the source in hand.
    pub fn outward(&mut self, view: &View<'_>) {
        match self.selected {
            Some(CaseRow::Case(case)) => {
                self.open.remove(&case);
            }
            Some(CaseRow::Source(source)) => {
                let case = view.source(source).and_then(|source| source.case);
                self.selected = case.map(CaseRow::Case).or(self.selected);
            }
            None => {}
        }
    }

    /// The case in hand: chosen itself, or by one of its sources.
    #[must_use]
    pub fn case(&self, view: &View<'_>) -> Option<CaseId> {
        match self.selected? {
            CaseRow::Case(case) => Some(case),
            CaseRow::Source(source) => view.source(source)?.case,
        }
    }

    /// Lets go of what is no longer there.
    pub fn refresh(&mut self, view: &View<'_>) {
        let there = |row: CaseRow| match row {
            CaseRow::Case(case) => view.case(case).is_some(),
            CaseRow::Source(source) => view.source(source).is_some(),
        };
        self.open.retain(|case| view.case(*case).is_some());
        self.selected = self.selected.filter(|row| there(*row)).or_else(|| self.rows(view).first().copied());
    }

    /// Keeps the choice in sight among `height` rows.
    pub fn settle(&mut self, view: &View<'_>, height: usize) {
        let rows = self.rows(view);
        let at = rows.iter().position(|row| Some(*row) == self.selected).unwrap_or(0);
        self.top = in_sight(self.top, at, rows.len(), height);
    }
}
