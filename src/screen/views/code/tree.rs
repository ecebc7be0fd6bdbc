//! The code tree as it is shown: which branches are folded, which code is chosen, which are marked, the filter.

use crate::project::id::CodeId;
use crate::project::view::View;
use crate::screen::widgets::input::Input;
use std::collections::{BTreeSet, HashSet};

/// The state of the code tree.
#[derive(Default)]
pub struct Tree {
    /// The code in hand.
    pub selected: Option<CodeId>,
    /// Branches whose codes are hidden.
    pub folded: HashSet<CodeId>,
    /// Codes marked with Space.
    pub marked: BTreeSet<CodeId>,
    /// What the tree is filtered by.
    pub filter: Option<Input>,
    /// The first row shown.
    pub top: usize,
}

/// A row of the tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TreeRow {
    /// The code.
    pub code: CodeId,
    /// How far it is indented.
    pub depth: u16,
    /// Whether it has codes under it, and whether they are hidden.
    pub branch: Option<bool>,
}

impl Tree {
    /// The rows, top to bottom. With a filter: the codes whose name has its words, and what they stand under.
    #[must_use]
    pub fn rows(&self, view: &View<'_>) -> Vec<TreeRow> {
        let book = view.codebook();
        let filter = self.filter.as_ref().map(|filter| filter.text().to_lowercase()).filter(|f| !f.trim().is_empty());
        let wanted: Option<HashSet<CodeId>> = filter.map(|filter| {
            let words: Vec<&str> = filter.split_whitespace().collect();
            let mut wanted = HashSet::new();
            for code in book.in_order() {
                let name = view.code_name(code).to_lowercase();
                if words.iter().all(|word| name.contains(word)) {
                    let mut at = Some(code);
                    while let Some(code) = at {
                        wanted.insert(code);
                        at = book.get(code).and_then(|node| node.parent);
                    }
                }
            }
            wanted
        });
        let mut rows = Vec::new();
        let mut next: Vec<CodeId> = book.top().iter().rev().copied().collect();
        while let Some(code) = next.pop() {
            let Some(node) = book.get(code) else { continue };
            if wanted.as_ref().is_some_and(|wanted| !wanted.contains(&code)) {
                continue;
            }
            let folded = wanted.is_none() && self.folded.contains(&code);
            let branch = (!node.children.is_empty()).then_some(folded);
            rows.push(TreeRow { code, depth: node.depth, branch });
            if !folded {
                next.extend(node.children.iter().rev());
            }
        }
        rows
    }

    /// Moves the choice by so many rows.
    pub fn step(&mut self, view: &View<'_>, by: i32) {
        let rows = self.rows(view);
        let at = rows.iter().position(|row| Some(row.code) == self.selected).unwrap_or(0);
        let to = (at as i64 + i64::from(by)).clamp(0, rows.len().saturating_sub(1) as i64);
        self.selected = rows.get(usize::try_from(to).unwrap_or(0)).map(|row| row.code);
    }

    /// Unfolds the branch in hand, or goes to its first code.
    pub fn inward(&mut self, view: &View<'_>) {
        let Some(code) = self.selected else { return };
        if !self.folded.remove(&code)
            && let Some(&first) = view.codebook().children(Some(code)).first()
        {
            self.selected = Some(first);
        }
    }

    /// Folds the branch in hand, or goes to the code above.
    pub fn outward(&mut self, view: &View<'_>) {
        let Some(node) = self.selected.and_then(|code| view.code(code)) else { return };
        let unfolded = !node.children.is_empty() && !self.folded.contains(&node.code.id);
        if unfolded && self.filter.is_none() {
            self.folded.insert(node.code.id);
        } else if let Some(parent) = node.parent {
            self.selected = Some(parent);
        }
    }

    /// Chooses a code and unfolds what it stands under.
    pub fn reveal(&mut self, view: &View<'_>, code: CodeId) {
        let Some(code) = view.codebook().resolve(code) else { return };
        self.selected = Some(code);
        let mut at = view.code(code).and_then(|node| node.parent);
        while let Some(parent) = at {
            self.folded.remove(&parent);
            at = view.code(parent).and_then(|node| node.parent);
        }
    }

    /// The marked codes, or the one in hand.
    #[must_use]
    pub fn marked_or_selected(&self) -> Vec<CodeId> {
        if self.marked.is_empty() { self.selected.into_iter().collect() } else { self.marked.iter().copied().collect() }
    }

    /// Lets go of what is no longer there.
    pub fn refresh(&mut self, view: &View<'_>) {
        self.marked.retain(|code| view.codebook().resolve(*code) == Some(*code));
        self.folded.retain(|code| view.codebook().resolve(*code) == Some(*code));
        self.selected = self
            .selected
            .and_then(|code| view.codebook().resolve(code))
            .or_else(|| view.codebook().top().first().copied());
    }

    /// Keeps the choice in sight among `height` rows.
    pub fn settle(&mut self, view: &View<'_>, height: usize) {
        let rows = self.rows(view);
        let at = rows.iter().position(|row| Some(row.code) == self.selected);
        let at = match at {
            Some(at) => at,
            None => {
                self.selected = rows.first().map(|row| row.code);
                0
            }
        };
        self.top = in_sight(self.top, at, rows.len(), height);
    }
}

/// The first row to show so that row `at` of `count` is among `height`, moving as little as possible.
#[must_use]
pub fn in_sight(top: usize, at: usize, count: usize, height: usize) -> usize {
    let height = height.max(1);
    let top = top.min(count.saturating_sub(height));
    if at < top {
        at
    } else if at >= top + height {
        at + 1 - height
    } else {
        top
    }
}
