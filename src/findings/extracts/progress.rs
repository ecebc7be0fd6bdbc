//! Coding on: how far the extracts of a broad code have been given codes below it; where none stands below, other codes.

use super::{Extract, Extracts, Query};
use crate::project::id::CodeId;
use crate::project::view::{View, Whose};
use std::collections::HashSet;

/// What makes an extract done.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
enum Wanted {
    /// Nothing can: all codes are listed.
    #[default]
    Nothing,
    /// One of these codes.
    Below(HashSet<CodeId>),
    /// Any code but these.
    Other(HashSet<CodeId>),
}

/// The codes that the extracts of a query are walked into.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Subcodes(Wanted);

/// How far it has come.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// Of each extract, whether it is done.
    pub done: Vec<bool>,
    /// How many are.
    pub count: usize,
}

impl Subcodes {
    /// The codes below those that `query` lists; where there are none, all others.
    #[must_use]
    pub fn of(view: &View<'_>, query: &Query) -> Self {
        let book = view.codebook();
        let listed = query.codes.listed();
        let listed: HashSet<CodeId> = listed.into_iter().filter_map(|(code, _)| book.resolve(code)).collect();
        if listed.is_empty() {
            return Self(Wanted::Nothing);
        }
        let below = |code: &CodeId| book.branch(*code).into_iter().skip(1).collect::<Vec<_>>();
        let below: HashSet<CodeId> = listed.iter().flat_map(below).collect();
        Self(if below.is_empty() { Wanted::Other(listed) } else { Wanted::Below(below) })
    }

    /// Whether there are none: then there is nothing to walk to.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        matches!(self.0, Wanted::Nothing)
    }

    /// What an extract is that has got one.
    #[must_use]
    pub const fn done(&self) -> &'static str {
        if matches!(self.0, Wanted::Other(_)) { "coded on" } else { "subcoded" }
    }

    fn has(&self, code: CodeId) -> bool {
        match &self.0 {
            Wanted::Nothing => false,
            Wanted::Below(codes) => codes.contains(&code),
            Wanted::Other(listed) => !listed.contains(&code),
        }
    }

    /// The subcodes that an extract has got from this coder, in the order of the codebook: of codings that lie within its
    /// words or cover them.
    #[must_use]
    pub fn given(&self, view: &View<'_>, extract: &Extract) -> Vec<CodeId> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<CodeId> = Vec::new();
        view.showing(Whose::Mine).codings_within(extract.source, extract.span, |seen| {
            let lies_so = seen.span.covers(extract.span) || extract.span.covers(seen.span);
            if lies_so && self.has(seen.code) && !found.contains(&seen.code) {
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
