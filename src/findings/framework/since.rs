//! What has changed since of what a summary was written from.

use super::Cell;
use crate::project::id::{CodeId, CodingId};
use crate::project::source::Passage;
use crate::project::summary::{Basis, Summary};
use crate::project::view::{View, Whose};
use crate::text::Span;
use std::collections::HashSet;

/// Something that changed of what a summary was written from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    /// This coding belongs here now and did not.
    Added(CodingId),
    /// This was removed, or belongs here no more.
    Gone(Basis),
    /// It has other ends.
    Resized(Basis, Span),
    /// It has another code.
    Recoded(Basis, CodeId),
}

impl Change {
    /// What happened, in a word.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Added(_) => "added",
            Self::Gone(_) => "gone",
            Self::Resized(..) => "resized",
            Self::Recoded(..) => "recoded",
        }
    }

    /// The coding it happened to.
    #[must_use]
    pub const fn coding(&self) -> CodingId {
        match self {
            Self::Added(coding) => *coding,
            Self::Gone(basis) | Self::Resized(basis, _) | Self::Recoded(basis, _) => basis.coding,
        }
    }
}

/// How many of each there are: `2 added, 1 gone`; empty for none.
#[must_use]
pub fn changes_in_words(changes: &[Change]) -> String {
    let kinds = ["added", "gone", "resized", "recoded"];
    let told = kinds.iter().filter_map(|kind| {
        let n = changes.iter().filter(|change| change.word() == *kind).count();
        (n > 0).then(|| format!("{n} {kind}"))
    });
    told.collect::<Vec<_>>().join(", ")
}

/// What has changed of what a summary was written from. `all` has everybody's codings in sight.
pub(super) fn changes(all: &View<'_>, summary: &Summary, cell: &Cell) -> Vec<Change> {
    let now = cell.codings();
    let then: HashSet<CodingId> = summary.from.iter().map(|basis| basis.coding).collect();
    let was = |basis: &Basis| {
        // Where the text was corrected the passage went along; that is no change of the extract.
        let (code, at) = (all.codebook().resolve(basis.code), all.place(basis.at));
        let here = || cell.extracts.iter().filter(|extract| extract.codings.contains(&basis.coding));
        if let Some(extract) = here().find(|extract| Some(extract.code) == code) {
            let same = here().any(|extract| Some(extract.code) == code && extract.at == at);
            return (!same).then_some(Change::Resized(*basis, extract.at));
        }
        if let Some(extract) = here().next() {
            return Some(Change::Recoded(*basis, extract.code));
        }
        // It is counted here no more: its coder gave it a code of elsewhere, or it is gone, or was turned down.
        match all.coding(basis.coding) {
            Some(seen) if Some(seen.code) != code => Some(Change::Recoded(*basis, seen.code)),
            _ => Some(Change::Gone(*basis)),
        }
    };
    let added = now.into_iter().filter(|coding| !then.contains(coding)).map(Change::Added);
    summary.from.iter().filter_map(was).chain(added).collect()
}

/// Where the words of a change stand now, or stood; `None` where they are gone with their source.
#[must_use]
pub fn place_of(view: &View<'_>, change: &Change) -> Option<Passage> {
    let seen = view.showing(Whose::Everybody).coding(change.coding());
    let then = match change {
        Change::Added(_) => None,
        Change::Gone(basis) | Change::Resized(basis, _) | Change::Recoded(basis, _) => Some(basis.at),
    };
    let now = seen.map(|seen| view.passage(seen.coding.at.source, seen.span));
    let then = then.filter(|at| view.source(at.source).is_some());
    now.or_else(|| then.map(|at| view.passage(at.source, view.place(at))))
}
