//! The queue as it is shown: in an order, filtered, in parts, with how far one has come.

use super::{Group, Item, Key, Queue, State};
use crate::agreement::ItemType;
use crate::project::decision::Outcome;
use crate::project::id::{CaseId, CodeId, CoderId};
use crate::project::view::View;
use std::cmp::Reverse;
use std::collections::HashMap;

/// The order of a queue.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Order {
    /// What changes a table first, then part by part.
    #[default]
    TableFirst,
    /// By code, in tree order.
    Code,
    /// By case.
    Case,
    /// By kind.
    Kind,
    /// The longest first.
    Size,
}

impl Order {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::TableFirst, Self::Code, Self::Case, Self::Kind, Self::Size];

    /// Its name as shown and as typed on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TableFirst => "tables",
            Self::Code => "code",
            Self::Case => "case",
            Self::Kind => "type",
            Self::Size => "size",
        }
    }
}

/// How an item stands, for filters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Stood {
    /// Not decided, whatever else was said about it.
    Open,
    /// Left to be talked over.
    Discuss,
    /// Put to a third person.
    Passed,
    /// Decided.
    Decided,
    /// Of codings changed after the reveal.
    AfterReveal,
}

/// Which items are shown; all by default.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// With this code in it.
    pub code: Option<CodeId>,
    /// Of this case.
    pub case: Option<CaseId>,
    /// Of this kind.
    pub kind: Option<ItemType>,
    /// With a piece of this coder.
    pub coder: Option<CoderId>,
    /// That stand so.
    pub stood: Option<Stood>,
    /// That were put to this person, or to anybody who did not code the case.
    pub passed_to: Option<CoderId>,
}

/// How far one has come.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// Items that are decided.
    pub decided: usize,
    /// All items.
    pub of: usize,
    /// Items that are not, by part, in the order of the parts; parts without any left out.
    pub left: Vec<(Group, usize)>,
}

impl Filter {
    /// Whether an item is shown.
    #[must_use]
    pub fn holds(&self, item: &Item) -> bool {
        let stood = |stood: Stood| match stood {
            Stood::Open => !item.state.is_decided(),
            Stood::Discuss => matches!(item.state, State::Discuss(_)),
            Stood::Passed => matches!(item.state, State::Passed(_)),
            Stood::Decided => item.state.is_decided(),
            Stood::AfterReveal => item.after_reveal,
        };
        self.code.is_none_or(|code| item.codes.contains(&code))
            && self.case.is_none_or(|case| item.case == case)
            && self.kind.is_none_or(|kind| item.kind == kind)
            && self.coder.is_none_or(|coder| item.coders.contains(&coder))
            && self.stood.is_none_or(stood)
            && self.passed_to.is_none_or(|me| item.is_passed_to(me))
    }
}

impl Item {
    /// Whether it was put to `me`, or to whoever takes it and did not code the case nor pass it on.
    #[must_use]
    pub fn is_passed_to(&self, me: CoderId) -> bool {
        let State::Passed(decision) = &self.state else { return false };
        match decision.outcome {
            Outcome::Passed(Some(to)) => to == me,
            _ => !self.desk.contains(&me) && decision.coder != me,
        }
    }
}

impl Queue {
    /// The items (by their places in `items`) that `filter` holds, in `order`. Ties are in the order of the texts.
    #[must_use]
    pub fn listed(&self, view: &View<'_>, order: Order, filter: &Filter) -> Vec<usize> {
        let book = view.codebook();
        let code = filter.code.map(|code| book.resolve(code).unwrap_or(code));
        let filter = Filter { code, ..*filter };
        let mut out: Vec<usize> = (0..self.items.len()).filter(|&n| filter.holds(&self.items[n])).collect();
        let places = |ids: Vec<CodeId>| ids.into_iter().enumerate().map(|(n, id)| (id, n)).collect::<HashMap<_, _>>();
        let codes = places(book.in_order());
        let cases: HashMap<CaseId, usize> = view.cases().iter().enumerate().map(|(n, case)| (case.id, n)).collect();
        let of_code = |item: &Item| item.codes.first().and_then(|code| codes.get(code)).copied().unwrap_or(usize::MAX);
        let of_case = |item: &Item| cases.get(&item.case).copied().unwrap_or(usize::MAX);
        // Sorting keeps what is alike in order.
        match order {
            Order::TableFirst => out.sort_by_key(|&n| self.items[n].group()),
            Order::Code => out.sort_by_key(|&n| of_code(&self.items[n])),
            Order::Case => out.sort_by_key(|&n| of_case(&self.items[n])),
            Order::Kind => out.sort_by_key(|&n| kind_order(self.items[n].kind)),
            Order::Size => out.sort_by_key(|&n| Reverse(self.items[n].chars())),
        }
        out
    }

    /// Listed items by the parts that they belong to; parts without any left out.
    #[must_use]
    pub fn groups(&self, listed: &[usize]) -> Vec<(Group, Vec<usize>)> {
        let of = |group: Group| listed.iter().copied().filter(|&n| self.items[n].group() == group).collect();
        Group::ALL
            .into_iter()
            .map(|group| (group, of(group)))
            .filter(|(_, all): &(_, Vec<_>)| !all.is_empty())
            .collect()
    }

    /// How far one has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let open: Vec<usize> = (0..self.items.len()).filter(|&n| !self.items[n].state.is_decided()).collect();
        let left = self.groups(&open).into_iter().map(|(group, items)| (group, items.len())).collect();
        Progress { decided: self.items.len() - open.len(), of: self.items.len(), left }
    }

    /// How many items are about a code.
    #[must_use]
    pub fn about(&self, code: CodeId) -> usize {
        self.items.iter().filter(|item| item.codes.contains(&code)).count()
    }

    /// The item with this key, by its place in `items`: to find again what was chosen before something changed.
    #[must_use]
    pub fn find(&self, key: &Key) -> Option<usize> {
        self.items.iter().position(|item| item.key() == *key)
    }
}

/// From what is about meaning to what is about borders.
const fn kind_order(kind: ItemType) -> u8 {
    match kind {
        ItemType::Only => 0,
        ItemType::Partial => 1,
        ItemType::OtherCode => 2,
        ItemType::Sibling => 3,
        ItemType::ParentChild => 4,
        ItemType::Extent => 5,
        ItemType::Split => 6,
    }
}
