//! One disagreement: what was laid by whom, what kind of thing it is, where it stands.

use crate::agreement::ItemType;
use crate::findings::kept::{chars, common, joined};
use crate::project::decision::{Decision, Outcome, Piece};
use crate::project::id::{CaseId, CodeId, CoderId, SourceId};
use crate::project::view::View;
use crate::text::Span;
use std::sync::Arc;

/// A disagreement.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// What is seen: the pieces, in order, in the present version of the text. A decision is keyed by it.
    pub seen: Vec<Piece>,
    /// What kind of disagreement it is.
    pub kind: ItemType,
    /// The source.
    pub source: SourceId,
    /// The case.
    pub case: CaseId,
    /// From the first to the last char of the pieces.
    pub span: Span,
    /// The codes, in tree order.
    pub codes: Vec<CodeId>,
    /// The coders with a piece in it, in the order of the round.
    pub coders: Vec<CoderId>,
    /// All who coded the case, in the order of its desk.
    pub desk: Vec<CoderId>,
    /// All but the very ends is agreed upon.
    pub edge: bool,
    /// Settling it may change whether a case has a code.
    pub changes_case: bool,
    /// It came of codings that were laid, changed or removed after the reveal.
    pub after_reveal: bool,
    /// Where it stands.
    pub state: State,
}

/// What was seen, wherever the text has moved since: whose piece of which code lies where now.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Key(Vec<(CoderId, CodeId, SourceId, Span)>);

impl Key {
    /// The key of pieces that lie in the present version already.
    #[must_use]
    pub fn of(seen: &[Piece]) -> Self {
        let mut all: Vec<_> =
            seen.iter().map(|piece| (piece.coder, piece.code, piece.at.source, piece.at.span)).collect();
        all.sort_unstable();
        Self(all)
    }

    /// The key of pieces that were seen some time ago: merges followed, places found in the present version.
    #[must_use]
    pub fn now(view: &View<'_>, seen: &[Piece]) -> Self {
        let book = view.codebook();
        let piece = |piece: &Piece| {
            let code = book.resolve(piece.code).unwrap_or(piece.code);
            (piece.coder, code, piece.at.source, view.place(piece.at))
        };
        let mut all: Vec<_> = seen.iter().map(piece).collect();
        all.sort_unstable();
        Self(all)
    }
}

/// Where a disagreement stands.
#[derive(Clone, PartialEq, Debug)]
pub enum State {
    /// Nobody has said anything about it.
    Open,
    /// To be talked over.
    Discuss(Arc<Decision>),
    /// Put to a third person.
    Passed(Arc<Decision>),
    /// Decided.
    Decided(Arc<Decision>),
}

impl State {
    pub(super) fn of(decision: &Arc<Decision>) -> Self {
        let decision = decision.clone();
        match decision.outcome {
            Outcome::Discuss => Self::Discuss(decision),
            Outcome::Passed(_) => Self::Passed(decision),
            _ => Self::Decided(decision),
        }
    }

    /// What was last said about it.
    #[must_use]
    pub const fn decision(&self) -> Option<&Arc<Decision>> {
        match self {
            Self::Open => None,
            Self::Discuss(decision) | Self::Passed(decision) | Self::Decided(decision) => Some(decision),
        }
    }

    /// Whether it is settled.
    #[must_use]
    pub const fn is_decided(&self) -> bool {
        matches!(self, Self::Decided(_))
    }
}

/// The parts in which a queue is shown, in their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Group {
    /// What changes whether a case has a code.
    ChangesTables,
    /// Passages that only one coder has, or only some.
    Alone,
    /// Two codes on the same words.
    OtherCode,
    /// The same code, other borders.
    Boundaries,
    /// Borders that hardly differ, and change no table: to be settled together.
    Edges,
}

impl Group {
    /// All, in their order.
    pub const ALL: [Self; 5] = [Self::ChangesTables, Self::Alone, Self::OtherCode, Self::Boundaries, Self::Edges];

    /// Its heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::ChangesTables => "changes the tables",
            Self::Alone => "not everybody's",
            Self::OtherCode => "other code on the passage",
            Self::Boundaries => "boundaries",
            Self::Edges => "edges, settle together",
        }
    }
}

/// What an item comes down to, for a line of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Gist {
    /// Only this coder has it.
    Only(CoderId),
    /// Some have it and some do not.
    Partly {
        /// Who has it.
        have: Vec<CoderId>,
        /// Who does not.
        lack: Vec<CoderId>,
    },
    /// Two codes with the same parent.
    Siblings,
    /// A code and one above it.
    ParentChild,
    /// Two codes that are not related.
    OtherCode,
    /// One coder's extent holds the other's and is so many chars longer.
    Wider(CoderId, u32),
    /// Extents that share so many percent of the chars that any of them holds.
    Overlap(u32),
    /// In how many pieces each has it, where that differs.
    Pieces(Vec<(CoderId, usize)>),
}

/// The name of a kind of disagreement, as decisions and files have it.
#[must_use]
pub const fn kind_name(kind: ItemType) -> &'static str {
    match kind {
        ItemType::Extent => "extent",
        ItemType::Only => "only",
        ItemType::OtherCode => "other_code",
        ItemType::ParentChild => "parent_child",
        ItemType::Partial => "partial",
        ItemType::Sibling => "sibling",
        ItemType::Split => "split",
    }
}

impl Item {
    /// What it is known by.
    #[must_use]
    pub fn key(&self) -> Key {
        Key::of(&self.seen)
    }

    /// The name of its kind, as decisions and files have it.
    #[must_use]
    pub const fn kind_name(&self) -> &'static str {
        kind_name(self.kind)
    }

    /// How many chars it spans.
    #[must_use]
    pub const fn chars(&self) -> u32 {
        self.span.len()
    }

    /// Where one coder has one code in it, in order.
    #[must_use]
    pub fn pieces_of(&self, coder: CoderId, code: CodeId) -> Vec<Span> {
        let theirs = self.seen.iter().filter(|piece| (piece.coder, piece.code) == (coder, code));
        let mut spans: Vec<Span> = theirs.map(|piece| piece.at.span).collect();
        spans.sort_unstable();
        spans
    }

    /// The part of the queue that it belongs to.
    #[must_use]
    pub const fn group(&self) -> Group {
        match self.kind {
            _ if self.changes_case => Group::ChangesTables,
            _ if self.edge => Group::Edges,
            ItemType::Only | ItemType::Partial => Group::Alone,
            ItemType::OtherCode | ItemType::ParentChild | ItemType::Sibling => Group::OtherCode,
            ItemType::Extent | ItemType::Split => Group::Boundaries,
        }
    }

    /// What it comes down to.
    #[must_use]
    pub fn gist(&self) -> Gist {
        match self.kind {
            ItemType::Only => self.coders.first().map_or(Gist::OtherCode, |coder| Gist::Only(*coder)),
            ItemType::Partial => Gist::Partly {
                have: self.coders.clone(),
                lack: self.desk.iter().copied().filter(|coder| !self.coders.contains(coder)).collect(),
            },
            ItemType::Sibling => Gist::Siblings,
            ItemType::ParentChild => Gist::ParentChild,
            ItemType::OtherCode => Gist::OtherCode,
            ItemType::Extent => self.extents(),
            ItemType::Split => {
                let count = |coder: &CoderId| (*coder, self.seen.iter().filter(|p| p.coder == *coder).count());
                Gist::Pieces(self.coders.iter().map(count).collect())
            }
        }
    }

    /// How extents differ.
    fn extents(&self) -> Gist {
        let all: Vec<(CoderId, Vec<Span>)> = self.coders.iter().map(|coder| (*coder, self.extent_of(*coder))).collect();
        let union = joined(all.iter().flat_map(|(_, spans)| spans.iter().copied()));
        let shared = self.shared();
        if let [(a, of_a), (b, of_b)] = &all[..] {
            let (longer, n) = if chars(of_a) >= chars(of_b) { (a, chars(of_a)) } else { (b, chars(of_b)) };
            if n == chars(&union) {
                return Gist::Wider(*longer, n - chars(&shared));
            }
        }
        Gist::Overlap(100 * chars(&shared) / chars(&union).max(1))
    }

    /// All the words that a coder has in it.
    #[must_use]
    pub fn extent_of(&self, coder: CoderId) -> Vec<Span> {
        joined(self.seen.iter().filter(|piece| piece.coder == coder).map(|piece| piece.at.span))
    }

    /// The words that all who have a piece in it have.
    #[must_use]
    pub fn shared(&self) -> Vec<Span> {
        let mut extents = self.coders.iter().map(|coder| self.extent_of(*coder));
        let first = extents.next().unwrap_or_default();
        extents.fold(first, |shared, theirs| common(&shared, &theirs))
    }
}
