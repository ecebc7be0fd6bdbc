//! Coding on: how far the extracts of a broad code have been given codes below it.

use super::{Extract, Extracts, Query};
use crate::project::id::CodeId;
use crate::project::view::{View, Whose};
use std::collections::HashSet;

/// The codes below those that a query lists.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Subcodes(HashSet<CodeId>);

/// How far it has come.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// Of each extract, whether it is done.
    pub done: Vec<bool>,
    /// How many are.
    pub count: usize,
}

impl Subcodes {
    /// The codes below those that `query` lists.
    #[must_use]
    pub fn of(view: &View<'_>, query: &Query) -> Self {
        let book = view.codebook();
        let mut out = HashSet::new();
        for (code, _) in query.codes.listed() {
            if let Some(code) = book.resolve(code) {
                out.extend(book.branch(code).into_iter().filter(|below| *below != code));
            }
        }
        Self(out)
    }

    /// Whether there are none: then there is nothing to walk to.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The subcodes that an extract has got from this coder, in the order of the codebook: of codings that lie within its
    /// words or cover them.
    #[must_use]
    pub fn given(&self, view: &View<'_>, extract: &Extract) -> Vec<CodeId> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<CodeId> = Vec::new();
        view.showing(Whose::Mine).codings_within(extract.source, extract.span, |seen| {
            let lies_so = seen.span.covers(extract.span) || extract.span.covers(seen.span);
            if lies_so && self.0.contains(&seen.code) && !found.contains(&seen.code) {
                found.push(seen.code);
            }
        });
        if found.len() > 1 {
            let order = view.codebook().in_order();
            found.sort_by_key(|code| order.iter().position(|other| other == code));
        }
        found
    }

    /// How far all extracts have come.
    #[must_use]
    pub fn progress(&self, view: &View<'_>, extracts: &Extracts) -> Progress {
        let done: Vec<bool> = extracts.found.iter().map(|extract| !self.given(view, extract).is_empty()).collect();
        Progress { count: done.iter().filter(|done| **done).count(), done }
    }
}
