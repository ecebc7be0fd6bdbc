//! The codebook: codes with their wordings as records, and the tree that they make.
//!
//! [`Codebook`] is what everything else reads: parents resolved, rings broken, merged codes led to what they became. It
//! is made anew when a code or wording changes (a codebook has hundreds of codes, not thousands) and shared.

use super::id::{CodeId, CoderId, CodingId, Stamp, WordingId};
use super::record::{Rank, Slot, is_default, record};
use super::round::Proposed;
use super::source::Passage;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

record! {
    /// A node of the codebook.
    Code(CodeId) {
        /// What it is called.
        name: String,
        /// The code it stands under.
        #[serde(default, skip_serializing_if = "is_default")]
        parent: Option<CodeId>,
        /// Its place among its siblings.
        rank: Rank,
        /// Its hue, an index into the theme's.
        colour: u8,
        /// Where it came from.
        origin: Origin,
        /// Never applied to text; it only holds others together.
        #[serde(default, skip_serializing_if = "is_default")]
        heading: bool,
        /// What it means now; `None` as long as it is to be defined.
        #[serde(default, skip_serializing_if = "is_default")]
        wording: Option<WordingId>,
        /// The code it was merged into.
        #[serde(default, skip_serializing_if = "is_default")]
        merged: Option<CodeId>,
        /// Proposed during a round: only its maker sees it before the reveal, and it waits to be accepted after.
        #[serde(default, skip_serializing_if = "is_default")]
        proposed: Option<Proposed>,
    }
}

record! {
    /// What a code meant from some moment on. Never changed once written: a new wording replaces it.
    Wording(WordingId) {
        /// The code it words.
        code: CodeId,
        /// What the code means.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        definition: String,
        /// When to use it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        use_when: String,
        /// When not.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        not_when: String,
        /// A passage that shows it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        example: String,
        /// The coding that the example was taken from.
        #[serde(default, skip_serializing_if = "is_default")]
        example_from: Option<CodingId>,
        /// Who wrote it.
        by: CoderId,
        /// When.
        at: Timestamp,
        /// Why it replaced the one before.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// The wording it replaced.
        #[serde(default, skip_serializing_if = "is_default")]
        before: Option<WordingId>,
        /// Whether the code means something else than before, so that earlier codings have to be checked again.
        #[serde(default, skip_serializing_if = "is_default")]
        meaning: bool,
        /// The words that showed why it had to be replaced.
        #[serde(default, skip_serializing_if = "is_default")]
        because: Option<Passage>,
        /// Proposed during a round: until it is accepted, only its maker uses the code under it.
        #[serde(default, skip_serializing_if = "is_default")]
        proposed: Option<Proposed>,
    }
}

/// Where a code came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Origin {
    /// From theory or an earlier study, before reading.
    APriori,
    /// From reading.
    #[default]
    Emergent,
    /// Named with participants' own words.
    InVivo,
}

impl Origin {
    /// All origins, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::APriori, Self::Emergent, Self::InVivo];

    /// Its name as shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::APriori => "a priori",
            Self::Emergent => "emergent",
            Self::InVivo => "in vivo",
        }
    }
}

/// A code in the tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// The code.
    pub code: Arc<Code>,
    /// Its line of change, newest last.
    pub rev: Stamp,
    /// The code it really stands under: rings broken, merged parents followed.
    pub parent: Option<CodeId>,
    /// The codes under it, in order.
    pub children: Vec<CodeId>,
    /// How deep it stands; 0 for the top.
    pub depth: u16,
    /// The codes that were merged into it, directly or by way of others, oldest id first.
    pub absorbed: Vec<CodeId>,
    /// Its present wording.
    pub wording: Option<Arc<Wording>>,
}

/// The tree that the codes make.
#[derive(Clone, Debug, Default)]
pub struct Codebook {
    nodes: HashMap<CodeId, Node>,
    top: Vec<CodeId>,
    /// What each merged code has become.
    became: HashMap<CodeId, CodeId>,
    rings: Vec<CodeId>,
}

impl Codebook {
    /// The tree of `codes` (gone ones excepted); `wording` gives what each means now. Time grows with the codebook only.
    pub fn new<'a>(
        codes: impl Iterator<Item = &'a Slot<Code>>,
        wording: impl Fn(&Code) -> Option<Arc<Wording>>,
    ) -> Self {
        let live: HashMap<CodeId, &Slot<Code>> =
            codes.filter(|slot| !slot.gone).map(|slot| (slot.record.id, slot)).collect();
        let mut rings = Vec::new();
        let merged = unringed(&live, |code| code.merged, &mut rings);
        let became: HashMap<CodeId, CodeId> =
            merged.keys().filter_map(|&id| Some((id, last_of(&merged, id)?)).filter(|(from, to)| from != to)).collect();
        let resolved = |id: CodeId| became.get(&id).copied().unwrap_or(id);
        let standing: HashMap<CodeId, &Slot<Code>> =
            live.iter().filter(|(id, _)| !became.contains_key(id)).map(|(id, slot)| (*id, *slot)).collect();
        // A parent that is gone leaves its children at the top; one that was merged hands them on.
        let parents = unringed(
            &standing,
            |code| code.parent.map(resolved).filter(|parent| *parent != code.id && standing.contains_key(parent)),
            &mut rings,
        );
        let mut nodes: HashMap<CodeId, Node> = standing
            .iter()
            .map(|(&id, slot)| {
                let wording = wording(&slot.record);
                let node = Node {
                    code: slot.record.clone(),
                    rev: slot.rev,
                    parent: parents.get(&id).copied().flatten(),
                    children: Vec::new(),
                    depth: 0,
                    absorbed: Vec::new(),
                    wording,
                };
                (id, node)
            })
            .collect();
        let mut order: Vec<CodeId> = nodes.keys().copied().collect();
        order.sort_by(|a, b| nodes[a].code.rank.cmp(&nodes[b].code.rank).then(a.cmp(b)));
        let mut top = Vec::new();
        for id in order {
            match nodes[&id].parent.and_then(|parent| nodes.get_mut(&parent)) {
                Some(parent) => parent.children.push(id),
                None => top.push(id),
            }
        }
        let mut absorbed: Vec<_> = became.iter().map(|(&from, &to)| (from, to)).collect();
        absorbed.sort();
        for (from, to) in absorbed {
            if let Some(node) = nodes.get_mut(&to) {
                node.absorbed.push(from);
            }
        }
        let mut below: Vec<(CodeId, u16)> = top.iter().map(|&id| (id, 0)).collect();
        while let Some((id, depth)) = below.pop() {
            if let Some(node) = nodes.get_mut(&id) {
                node.depth = depth;
                below.extend(node.children.iter().map(|&child| (child, depth + 1)));
            }
        }
        rings.sort();
        rings.dedup();
        Self { nodes, top, became, rings }
    }

    /// The code that `id` has become: itself, or what it was merged into. `None` if that is gone.
    #[must_use]
    pub fn resolve(&self, id: CodeId) -> Option<CodeId> {
        let id = self.became.get(&id).copied().unwrap_or(id);
        self.nodes.contains_key(&id).then_some(id)
    }

    /// The code `id` has become.
    #[must_use]
    pub fn get(&self, id: CodeId) -> Option<&Node> {
        self.nodes.get(&self.resolve(id)?)
    }

    /// The codes that stand under no other, in order.
    #[must_use]
    pub fn top(&self) -> &[CodeId] {
        &self.top
    }

    /// The codes under `id` (merged codes followed), or the top ones, in order.
    #[must_use]
    pub fn children(&self, id: Option<CodeId>) -> &[CodeId] {
        id.map_or(&self.top, |id| self.get(id).map_or(&[], |node| &node.children))
    }

    /// `id` (merged codes followed) and all codes below it, in tree order.
    #[must_use]
    pub fn branch(&self, id: CodeId) -> Vec<CodeId> {
        let mut out = Vec::new();
        let mut next: Vec<CodeId> = self.resolve(id).into_iter().collect();
        while let Some(id) = next.pop() {
            if let Some(node) = self.nodes.get(&id) {
                out.push(id);
                next.extend(node.children.iter().rev());
            }
        }
        out
    }

    /// All codes in tree order.
    #[must_use]
    pub fn in_order(&self) -> Vec<CodeId> {
        self.top.iter().flat_map(|&id| self.branch(id)).collect()
    }

    /// How many codes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The name with all it stands under: `Timely care › Warm handoff`.
    #[must_use]
    pub fn path(&self, id: CodeId) -> String {
        let mut names = Vec::new();
        let mut at = self.resolve(id);
        while let Some(node) = at.and_then(|id| self.nodes.get(&id)) {
            names.push(node.code.name.as_str());
            at = node.parent;
        }
        names.reverse();
        names.join(" › ")
    }

    /// Whether `id` stands somewhere below `above`, or is it; merged codes are followed.
    #[must_use]
    pub fn is_within(&self, id: CodeId, above: CodeId) -> bool {
        let Some(above) = self.resolve(above) else { return false };
        let mut at = self.resolve(id);
        while let Some(id) = at {
            if id == above {
                return true;
            }
            at = self.nodes.get(&id).and_then(|node| node.parent);
        }
        false
    }

    /// The codes of this name (upper and lower case alike), in tree order.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<CodeId> {
        let wanted = name.trim().to_lowercase();
        self.in_order().into_iter().filter(|id| self.nodes[id].code.name.to_lowercase() == wanted).collect()
    }

    /// The codes whose newest move or merge was left out because it would have closed a ring; to be shown.
    #[must_use]
    pub fn rings(&self) -> &[CodeId] {
        &self.rings
    }
}

/// The links that `link` gives, without those that close a ring: of a ring, the newest change is left out.
fn unringed(
    live: &HashMap<CodeId, &Slot<Code>>,
    link: impl Fn(&Code) -> Option<CodeId>,
    rings: &mut Vec<CodeId>,
) -> HashMap<CodeId, Option<CodeId>> {
    let mut links: HashMap<CodeId, Option<CodeId>> =
        live.iter().map(|(&id, slot)| (id, link(&slot.record).filter(|to| live.contains_key(to)))).collect();
    let mut settled: HashSet<CodeId> = HashSet::new();
    let mut starts: Vec<CodeId> = links.keys().copied().collect();
    starts.sort();
    for start in starts {
        let mut path = Vec::new();
        let mut at = Some(start);
        while let Some(id) = at {
            if settled.contains(&id) {
                break;
            }
            if let Some(from) = path.iter().position(|&seen| seen == id) {
                if let Some(&newest) = path[from..].iter().max_by_key(|id| (live[id].rev, **id)) {
                    links.insert(newest, None);
                    rings.push(newest);
                }
                break;
            }
            path.push(id);
            at = links.get(&id).copied().flatten();
        }
        settled.extend(path);
    }
    links
}

fn last_of(links: &HashMap<CodeId, Option<CodeId>>, id: CodeId) -> Option<CodeId> {
    let mut at = id;
    while let Some(next) = links.get(&at)? {
        at = *next;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::id::{Id, Writer};
    use proptest::prelude::*;

    fn id(n: u128) -> CodeId {
        CodeId(Id::from_uuid(uuid::Uuid::from_u128(n)))
    }

    fn slot(n: u128, parent: Option<u128>, merged: Option<u128>, rev: u64) -> Slot<Code> {
        let code = Code {
            id: id(n),
            name: format!("code {n}"),
            parent: parent.map(id),
            rank: Rank::between(None, None),
            colour: 0,
            origin: Origin::Emergent,
            heading: false,
            wording: None,
            merged: merged.map(id),
            proposed: None,
        };
        let rev = Stamp(rev, Writer::new("PB-0000").expect("a writer"));
        Slot { record: Arc::new(code), gone: false, rev, disputes: Vec::new() }
    }

    fn tree(slots: &[Slot<Code>]) -> Codebook {
        Codebook::new(slots.iter(), |_| None)
    }

    #[test]
    fn a_ring_of_parents_is_broken_at_its_newest_move_and_named() {
        // A moved 1 under 2 while B moved 2 under 1.
        let book = tree(&[slot(1, Some(2), None, 5), slot(2, Some(1), None, 6), slot(3, Some(2), None, 1)]);
        assert_eq!(book.rings(), [id(2)]);
        assert_eq!(book.top(), [id(2)]);
        assert_eq!(book.in_order(), [id(2), id(1), id(3)]);
    }

    #[test]
    fn merged_codes_lead_to_what_they_became_and_hand_on_their_children() {
        let book = tree(&[
            slot(1, None, Some(2), 1),
            slot(2, None, Some(3), 2),
            slot(3, None, None, 0),
            slot(4, Some(1), None, 0),
        ]);
        assert_eq!(book.resolve(id(1)), Some(id(3)));
        assert_eq!(book.get(id(3)).map(|node| node.absorbed.clone()), Some(vec![id(1), id(2)]));
        assert_eq!(book.children(Some(id(3))), [id(4)]);
        assert_eq!(book.len(), 2);
    }

    #[test]
    fn a_ring_of_merges_leaves_one_code_standing() {
        let book = tree(&[slot(1, None, Some(2), 8), slot(2, None, Some(1), 9)]);
        assert_eq!(book.resolve(id(1)), Some(id(2)), "the newest merge is left out");
        assert_eq!(book.resolve(id(2)), Some(id(2)));
        assert_eq!(book.rings(), [id(2)]);
    }

    #[test]
    fn children_of_a_deleted_code_stand_at_the_top() {
        let mut gone = slot(1, None, None, 3);
        gone.gone = true;
        let book = tree(&[gone, slot(2, Some(1), None, 0)]);
        assert_eq!(book.top(), [id(2)]);
        assert_eq!(book.resolve(id(1)), None);
    }

    /// A code that may stand under any, be merged into any (itself too), or be gone.
    fn any_slot(n: u128, of: u128) -> impl Strategy<Value = Slot<Code>> {
        let link = || proptest::option::weighted(0.6, 0..of + 2);
        (link(), link(), 0u64..5, 0u8..8, any::<bool>()).prop_map(move |(parent, merged, rev, gone, often)| {
            let mut slot = slot(n, parent, merged.filter(|_| often), rev);
            slot.gone = gone == 0;
            slot
        })
    }

    proptest! {
        #[test]
        fn whatever_points_where_every_code_that_stands_is_in_the_tree_once_or_in_one_that_is(
            slots in (1u128..14).prop_flat_map(|of| (0..of).map(|n| any_slot(n, of)).collect::<Vec<_>>()),
        ) {
            let book = tree(&slots);
            let order = book.in_order();
            prop_assert_eq!(order.iter().collect::<HashSet<_>>().len(), order.len());
            prop_assert_eq!(order.len(), book.len());
            for slot in &slots {
                let (id, code) = (slot.record.id, &slot.record);
                if slot.gone {
                    prop_assert_eq!(book.resolve(id), None);
                    continue;
                }
                let node = book.get(id).expect("a node for every code that stands");
                prop_assert!(order.contains(&node.code.id));
                prop_assert_eq!(node.code.id == id, !node.absorbed.contains(&id));
                if node.code.id == id {
                    let into = code.merged.filter(|to| slots.iter().any(|other| other.record.id == *to && !other.gone));
                    prop_assert!(into.is_none() || book.rings().contains(&id), "stands though it was merged");
                    let under = code.parent.and_then(|parent| book.resolve(parent)).filter(|parent| *parent != id);
                    prop_assert!(node.parent == under || node.parent.is_none() && book.rings().contains(&id));
                    let depth = node.parent.and_then(|parent| book.get(parent)).map_or(0, |parent| parent.depth + 1);
                    prop_assert_eq!(node.depth, depth);
                    prop_assert_eq!(book.children(node.parent).iter().filter(|child| **child == id).count(), 1);
                    prop_assert!(book.is_within(id, id) && node.parent.is_none_or(|parent| book.is_within(id, parent)));
                    prop_assert!(book.path(id).ends_with(&code.name));
                }
            }
        }
    }
}
