//! Which groups of codes belong in a relation matrix: those whose passages are laid together, as roles are on tasks, and
//! those of which somebody has looked at pairs.

use super::Part;
use crate::findings::working::{Counted, Working};
use crate::project::codebook::Codebook;
use crate::project::id::{CaseId, CodeId, SourceId};
use crate::project::view::{View, Whose};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Pairs of groups, in the order of the tree: rows, then columns.
///
/// A group is the codes right under one, two or more of them. Two groups are laid together where more than half of the
/// passages of each lie on words of the other's, in two cases at least: so roles and tasks do, and a broad code does not,
/// as it lies on everything.
#[must_use]
pub fn related(view: &View<'_>, working: &Working) -> Vec<[Part; 2]> {
    let book = view.codebook();
    let order = book.in_order();
    let groups: Vec<CodeId> = order.iter().copied().filter(|code| book.children(Some(*code)).len() > 1).collect();
    let of = |code: CodeId| (0..groups.len()).filter(|n| is_below(book, code, groups[*n])).collect::<Vec<_>>();
    let groups_of: HashMap<CodeId, Vec<usize>> = order.iter().map(|code| (*code, of(*code))).collect();
    let laid = Laid::count(working, &groups_of);
    let place = |part: Part| order.iter().position(|code| *code == part.code());
    let mut out: BTreeMap<(Option<usize>, Option<usize>), [Part; 2]> = BTreeMap::new();
    let mut add = |a: Part, b: Part| {
        let [a, b] = if place(a) <= place(b) { [a, b] } else { [b, a] };
        out.insert((place(a), place(b)), [a, b]);
    };
    for a in 0..groups.len() {
        for b in a + 1..groups.len() {
            let nested = is_below(book, groups[a], groups[b]) || is_below(book, groups[b], groups[a]);
            if !nested && laid.mostly(a, b) && laid.mostly(b, a) && laid.cases(a, b) > 1 {
                add(Part::Under(groups[a]), Part::Under(groups[b]));
            }
        }
    }
    let all = view.showing(Whose::Everybody);
    let group = |code: CodeId| match book.get(code).and_then(|node| node.parent) {
        Some(parent) => Part::Under(parent),
        None => Part::One(code),
    };
    for check in view.pair_checks() {
        if let (Some(a), Some(b)) = (all.coding(check.a), all.coding(check.b)) {
            add(group(a.code), group(b.code));
        }
    }
    out.into_values().collect()
}

/// Whether a code lies somewhere under another.
fn is_below(book: &Codebook, code: CodeId, above: CodeId) -> bool {
    let parent = |code: CodeId| book.get(code).and_then(|node| node.parent);
    std::iter::successors(parent(code), |code| parent(*code)).any(|code| code == above)
}

/// How much of each group lies on words of each other.
#[derive(Default)]
struct Laid {
    passages: HashMap<usize, usize>,
    on: HashMap<(usize, usize), usize>,
    cases: HashMap<(usize, usize), BTreeSet<Option<CaseId>>>,
}

impl Laid {
    fn count(working: &Working, groups_of: &HashMap<CodeId, Vec<usize>>) -> Self {
        let mut out = Self::default();
        let mut by_source: HashMap<SourceId, Vec<&Counted>> = HashMap::new();
        for one in &working.counted {
            by_source.entry(one.source).or_default().push(one);
        }
        for here in by_source.into_values() {
            out.take(&here, groups_of);
        }
        out
    }

    /// Takes in the passages of a source, which lie in the order of their starts.
    fn take(&mut self, here: &[&Counted], groups_of: &HashMap<CodeId, Vec<usize>>) {
        let groups = |one: &Counted| groups_of.get(&one.code).map_or(&[][..], Vec::as_slice);
        let mut met: Vec<HashSet<usize>> = vec![HashSet::new(); here.len()];
        let mut open: Vec<usize> = Vec::new();
        for (n, one) in here.iter().enumerate() {
            open.retain(|other| here[*other].at.end > one.at.start);
            for &other in &open {
                met[n].extend(groups(here[other]));
                met[other].extend(groups(one));
            }
            open.push(n);
        }
        for (one, met) in here.iter().zip(met) {
            for &group in groups(one) {
                *self.passages.entry(group).or_default() += 1;
                for &other in &met {
                    *self.on.entry((group, other)).or_default() += 1;
                    self.cases.entry((group, other)).or_default().insert(one.case);
                }
            }
        }
    }

    /// Whether more than half of the one's passages lie on words of the other's.
    fn mostly(&self, one: usize, other: usize) -> bool {
        let all = self.passages.get(&one).copied().unwrap_or_default();
        self.on.get(&(one, other)).copied().unwrap_or_default() * 2 > all
    }

    fn cases(&self, one: usize, other: usize) -> usize {
        self.cases.get(&(one, other)).map_or(0, BTreeSet::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::working::working;
    use crate::project::codebook::Origin;
    use crate::project::edit::{Edit, JudgeEdit, Spot};
    use crate::project::relation::Related;
    use crate::project::testing::Desk;

    /// Two cases, and groups of two codes each: A, B, C.
    struct Room {
        desk: Desk,
        sources: Vec<SourceId>,
        groups: Vec<(CodeId, [CodeId; 2])>,
    }

    fn room() -> Room {
        let mut desk = Desk::new();
        let sources = ["P1", "P2"].map(|name| desk.case(name).1).to_vec();
        let mut code = |name: String, parent: Option<CodeId>| -> CodeId {
            let id: CodeId = desk.id().into();
            let after = desk.view().codebook().children(parent).last().copied();
            let (spot, origin) = (Spot { parent, after }, Origin::APriori);
            desk.apply(&Edit::AddCode { id, name, spot, origin, colour: None });
            id
        };
        let groups = ["A", "B", "C"].map(|name| {
            let top = code(name.to_owned(), None);
            (top, [1, 2].map(|n| code(format!("{name}{n}"), Some(top))))
        });
        Room { desk, sources, groups: groups.to_vec() }
    }

    fn found(room: &Room) -> Vec<(String, String)> {
        let view = room.desk.view();
        let name = |part: Part| match part {
            Part::Under(code) => format!("under {}", view.code_name(code)),
            Part::One(code) => view.code_name(code).to_owned(),
        };
        related(&view, &working(&view)).into_iter().map(|[a, b]| (name(a), name(b))).collect()
    }

    #[test]
    fn groups_that_are_laid_together_are_found_and_one_that_lies_on_everything_is_not() {
        let mut room = room();
        let (a, b, c) = (room.groups[0].1, room.groups[1].1, room.groups[2].1);
        for (n, source) in room.sources.clone().into_iter().enumerate() {
            // B lies on A. C lies on all of A, and mostly elsewhere.
            let on_a = [(0, a[n]), (2, b[0]), (3, c[0]), (20, a[0]), (21, b[1]), (22, c[1])];
            for (at, code) in on_a.into_iter().chain([(40, c[0]), (50, c[1]), (60, c[0]), (70, c[1])]) {
                room.desk.lay(source, at, at + 8, code);
            }
        }
        assert_eq!(found(&room), [("under A".to_owned(), "under B".to_owned())]);
    }

    #[test]
    fn one_case_is_not_enough_and_pairs_that_somebody_looked_at_are() {
        let mut room = room();
        let (a, c) = (room.groups[0].1[0], room.groups[2].1[1]);
        let source = room.sources[0];
        let first = room.desk.lay(source, 0, 8, a);
        let second = room.desk.lay(source, 2, 9, c);
        assert_eq!(found(&room), []);
        let pair = JudgeEdit::Pair { a: first, b: second, found: Some(Related::Struck), reason: String::new() };
        room.desk.apply(&Edit::Judge(pair));
        assert_eq!(found(&room), [("under A".to_owned(), "under C".to_owned())]);
    }
}
