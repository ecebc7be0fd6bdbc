//! The reconcile queue: every disagreement as one thing to talk about, so that “57 disagreements” is one number.
//!
//! Pieces of one code that overlap belong together, whoever they are by. What is left over, one coder's alone, is
//! matched with another coder's piece of another code in the same place. Every piece with a disagreement in it is in
//! exactly one item.

use super::ranges::{Coders, Span, common, join, length};
use super::study::{Doc, Name, Study};
use serde::{Serialize, Serializer};
use std::cmp::Reverse;

/// What kind of disagreement an item is. In the order of their names, by which items in one place are sorted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemType {
    /// All gave the code here, in as many pieces; the ends differ.
    Extent,
    /// One coder alone gave a code.
    Only,
    /// Two coders gave two codes to the same words, and the codes are not related.
    OtherCode,
    /// The same, and one code stands above the other.
    ParentChild,
    /// Some of the coders, more than one and not all, gave the code here.
    Partial,
    /// Two coders gave two codes to the same words, and the codes have the same parent.
    Sibling,
    /// All gave the code here, in different numbers of pieces.
    Split,
}

impl ItemType {
    /// All of them, by name.
    pub const ALL: [Self; 7] =
        [Self::Extent, Self::Only, Self::OtherCode, Self::ParentChild, Self::Partial, Self::Sibling, Self::Split];
}

/// One coder's piece of one code. In JSON: `[coder, code, start, end)`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Whose.
    pub coder: Name,
    /// Of what.
    pub code: Name,
    /// Where, in the document as given; over a gap of the scope, from its first to past its last char in scope.
    pub span: Span,
}

impl Serialize for Piece {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (&self.coder, &self.code, self.span.start, self.span.end).serialize(to)
    }
}

/// One thing to talk about. Positions are those of the document as given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Item {
    /// What kind of disagreement it is.
    #[serde(rename = "type")]
    pub kind: ItemType,
    /// The document.
    pub doc: Name,
    /// Where the first of its pieces starts.
    pub start: i64,
    /// Where the last of its pieces ends.
    pub end: i64,
    /// Its codes, in the order of the input.
    pub codes: Vec<Name>,
    /// The coders with a piece in it, in the order of the input.
    pub coders: Vec<Name>,
    /// Its pieces by coder, code (order of the input) and start.
    pub pieces: Vec<Piece>,
    /// Whether all but the very ends is agreed upon: fewer than 5 chars differ, or fewer than a tenth.
    pub edge: bool,
    /// Whether settling it may change whether a case has a code.
    pub changes_case: bool,
}

/// How many items there are of each kind.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize)]
pub struct ItemCounts {
    /// [`ItemType::Extent`].
    pub extent: u64,
    /// [`ItemType::Only`].
    pub only: u64,
    /// [`ItemType::OtherCode`].
    pub other_code: u64,
    /// [`ItemType::ParentChild`].
    pub parent_child: u64,
    /// [`ItemType::Partial`].
    pub partial: u64,
    /// [`ItemType::Sibling`].
    pub sibling: u64,
    /// [`ItemType::Split`].
    pub split: u64,
}

impl ItemCounts {
    /// Counts items.
    #[must_use]
    pub fn of(items: &[Item]) -> Self {
        let mut counts = Self::default();
        items.iter().for_each(|item| counts.add(item));
        counts
    }

    /// Counts one more.
    pub(super) const fn add(&mut self, item: &Item) {
        *match item.kind {
            ItemType::Extent => &mut self.extent,
            ItemType::Only => &mut self.only,
            ItemType::OtherCode => &mut self.other_code,
            ItemType::ParentChild => &mut self.parent_child,
            ItemType::Partial => &mut self.partial,
            ItemType::Sibling => &mut self.sibling,
            ItemType::Split => &mut self.split,
        } += 1;
    }

    /// All items.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.extent + self.only + self.other_code + self.parent_child + self.partial + self.sibling + self.split
    }
}

/// A piece by numbers, closed up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Part {
    coder: usize,
    code: usize,
    span: Span,
}

/// An item by numbers.
struct Found {
    kind: ItemType,
    parts: Vec<Part>,
    edge: bool,
}

impl Study {
    /// The items, by document (order of the input), start, end, kind and codes. None of documents that fewer than two
    /// coders have finished.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        self.items_by_document().flatten().collect()
    }

    /// The same, document by document: a million chars have thousands of items, and few readers want all at once.
    pub(super) fn items_by_document(&self) -> impl Iterator<Item = Vec<Item>> + '_ {
        let disputed = self.disputed_cases();
        self.docs.iter().filter(|doc| doc.covered.count() >= 2).map(move |doc| {
            let (mut found, left) = self.same_code(doc);
            found.extend(self.other_codes(left));
            let mut here: Vec<(Vec<usize>, Item)> =
                found.into_iter().map(|found| self.item(doc, found, &disputed)).collect();
            here.sort_by(|(codes, a), (others, b)| {
                (a.start, a.end, a.kind, codes).cmp(&(b.start, b.end, b.kind, others))
            });
            here.into_iter().map(|(_, item)| item).collect()
        })
    }

    /// How many items there are of each kind.
    #[must_use]
    pub fn item_counts(&self) -> ItemCounts {
        ItemCounts::of(&self.items())
    }

    /// What several coders gave the same code, and the pieces that are left over: one coder's alone.
    fn same_code(&self, doc: &Doc) -> (Vec<Found>, Vec<Part>) {
        let (mut found, mut left) = (Vec::new(), Vec::new());
        for groups in doc.groups.chunk_by(|a, b| a.code == b.code) {
            let code = groups[0].code;
            let mut parts: Vec<Part> = doc.coded(groups).map(|(coder, span)| Part { coder, code, span }).collect();
            parts.sort_by_key(|part| (part.span, part.coder));
            let mut from = 0;
            let mut end = i64::MIN;
            for at in 0..=parts.len() {
                if at > from && parts.get(at).is_none_or(|part| part.span.start >= end) {
                    let linked = &parts[from..at];
                    match linked {
                        [alone] => left.push(*alone),
                        _ => found.extend(compared(linked, doc.covered)),
                    }
                    from = at;
                }
                end = parts.get(at).map_or(end, |part| end.max(part.span.end));
            }
        }
        (found, left)
    }

    /// Leftovers of two coders with two codes on the same words, and what remains.
    fn other_codes(&self, mut left: Vec<Part>) -> Vec<Found> {
        left.sort_by_key(|part| (part.span, part.code, part.coder));
        let mut pairs = Vec::new();
        for (i, a) in left.iter().enumerate() {
            for (j, b) in left.iter().enumerate().skip(i + 1).take_while(|(_, b)| b.span.start < a.span.end) {
                let Some(shared) = a.span.common(b.span) else { continue };
                let shorter = a.span.length().min(b.span.length());
                if a.coder != b.coder && a.code != b.code && 2 * shared.length() >= shorter {
                    let codes = (a.code.min(b.code), a.code.max(b.code));
                    pairs.push((Reverse(shared.length()), shared, codes, i, j));
                }
            }
        }
        pairs.sort_unstable();
        let mut used = vec![false; left.len()];
        let mut found = Vec::new();
        for (.., i, j) in pairs {
            if !used[i] && !used[j] {
                (used[i], used[j]) = (true, true);
                let kind = self.relation(left[i].code, left[j].code);
                found.push(Found { kind, parts: vec![left[i], left[j]], edge: false });
            }
        }
        let remaining = left.into_iter().zip(used).filter(|(_, used)| !used);
        found.extend(remaining.map(|(part, _)| Found { kind: ItemType::Only, parts: vec![part], edge: false }));
        found
    }

    fn relation(&self, a: usize, b: usize) -> ItemType {
        let (a, b) = (&*self.codes[a], &*self.codes[b]);
        if self.tree.is_ancestor(a, b) || self.tree.is_ancestor(b, a) {
            ItemType::ParentChild
        } else if self.tree.parent(a).is_some() && self.tree.parent(a) == self.tree.parent(b) {
            ItemType::Sibling
        } else {
            ItemType::OtherCode
        }
    }

    /// The item with its names and original positions, and the numbers of its codes.
    fn item(&self, doc: &Doc, found: Found, disputed: &[Vec<usize>]) -> (Vec<usize>, Item) {
        let Found { kind, mut parts, edge } = found;
        parts.sort_by_key(|part| (part.coder, part.code, part.span));
        let mut codes: Vec<usize> = parts.iter().map(|part| part.code).collect();
        codes.sort_unstable();
        codes.dedup();
        let coders = parts.iter().fold(Coders::NONE, |coders, part| coders.with(Coders::only(part.coder)));
        let piece = |part: &Part| Piece {
            coder: self.coders[part.coder].clone(),
            code: self.codes[part.code].clone(),
            span: doc.hull(part.span),
        };
        let pieces: Vec<Piece> = parts.iter().map(piece).collect();
        let changes_case =
            codes.iter().any(|&code| doc.cases.iter().any(|case| disputed[code].binary_search(case).is_ok()));
        let item = Item {
            kind,
            doc: doc.name.clone(),
            start: pieces.iter().map(|piece| piece.span.start).min().unwrap_or(0),
            end: pieces.iter().map(|piece| piece.span.end).max().unwrap_or(0),
            codes: codes.iter().map(|&code| self.codes[code].clone()).collect(),
            coders: self.named(coders),
            pieces,
            edge,
            changes_case,
        };
        (codes, item)
    }
}

/// Several coders' pieces of one code that overlap: nothing where all who cover the document cover the same chars.
fn compared(linked: &[Part], covered: Coders) -> Option<Found> {
    let involved = linked.iter().fold(Coders::NONE, |coders, part| coders.with(Coders::only(part.coder)));
    let cut: Vec<Vec<Span>> = involved
        .iter()
        .map(|coder| linked.iter().filter(|part| part.coder == coder).map(|part| part.span).collect())
        .collect();
    let unions: Vec<Vec<Span>> = cut
        .iter()
        .map(|spans| {
            let mut union = spans.clone();
            join(&mut union);
            union
        })
        .collect();
    let everybody = involved == covered;
    if everybody && unions.windows(2).all(|two| two[0] == two[1]) {
        return None;
    }
    let mut anyone: Vec<Span> = unions.iter().flatten().copied().collect();
    join(&mut anyone);
    let anyone = length(&anyone);
    let shared = unions.iter().skip(1).fold(unions[0].clone(), |shared, union| common(&shared, union));
    let apart = anyone - if everybody { length(&shared) } else { 0 };
    let kind = match everybody {
        false => ItemType::Partial,
        true if cut.windows(2).any(|two| two[0].len() != two[1].len()) => ItemType::Split,
        true => ItemType::Extent,
    };
    Some(Found { kind, parts: linked.to_vec(), edge: apart < 5 || 10 * apart < anyone })
}
