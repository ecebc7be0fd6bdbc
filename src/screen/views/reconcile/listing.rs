//! The queue as it is listed: in an order, under headings, narrowed to some, with one item chosen.

use super::words;
use crate::findings::queue::{Filter, Order, Queue};
use crate::project::view::View;
use crate::screen::views::code::tree::in_sight;

/// A row of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Row {
    /// An empty one, before a heading.
    Gap,
    /// A heading, with what stands at its right.
    Head(String),
    /// An item of the queue, by its number there.
    Item(usize),
}

/// The list.
#[derive(Debug, Default)]
pub struct Listing {
    /// In which order.
    pub order: Order,
    /// Which items.
    pub filter: Filter,
    /// Decided ones too.
    pub all: bool,
    /// Only those with these words.
    pub find: String,
    /// Without empty rows: there is little room.
    pub dense: bool,
    /// Its rows.
    rows: Vec<Row>,
    /// The row of the chosen item.
    at: Option<usize>,
    /// The first row shown.
    top: usize,
}

impl Listing {
    /// Nothing is listed.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.at = None;
    }

    /// Lists the items of a queue; the chosen one stays in the list whatever it was narrowed to.
    pub fn list(&mut self, view: &View<'_>, queue: &Queue, chosen: Option<usize>) {
        let wanted: Vec<String> = self.find.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let shown = |n: &usize| {
            let item = &queue.items[*n];
            if Some(*n) == chosen {
                return true;
            }
            let held = self.filter.holds(item) && (self.all || !item.state.is_decided());
            held && (wanted.is_empty() || {
                let all = words::all_words(view, queue, item);
                wanted.iter().all(|word| all.contains(word))
            })
        };
        let listed: Vec<usize> = queue.listed(view, self.order, &Filter::default()).into_iter().filter(shown).collect();
        self.rows.clear();
        let mut last = None;
        for n in listed {
            let head = words::heading(view, self.order, &queue.items[n]);
            if last.as_ref() != Some(&head) {
                if !head.is_empty() {
                    if !self.rows.is_empty() && !self.dense {
                        self.rows.push(Row::Gap);
                    }
                    self.rows.push(Row::Head(head.clone()));
                }
                last = Some(head);
            }
            self.rows.push(Row::Item(n));
        }
        self.at = chosen.and_then(|chosen| self.rows.iter().position(|row| *row == Row::Item(chosen)));
    }

    /// Its rows.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The first row shown.
    #[must_use]
    pub const fn top(&self) -> usize {
        self.top
    }

    /// The row of the chosen item.
    #[must_use]
    pub const fn at(&self) -> Option<usize> {
        self.at
    }

    /// The items, in the order of the list.
    #[must_use]
    pub fn items(&self) -> Vec<usize> {
        let item = |row: &Row| match row {
            Row::Item(n) => Some(*n),
            _ => None,
        };
        self.rows.iter().filter_map(item).collect()
    }

    /// How many items stand before the chosen one.
    #[must_use]
    pub fn place_of_chosen(&self) -> usize {
        let before = self.rows.iter().take(self.at.unwrap_or(0));
        before.filter(|row| matches!(row, Row::Item(_))).count()
    }

    /// The item that stands there in the list, or the last.
    #[must_use]
    pub fn nth(&self, place: usize) -> Option<usize> {
        let items = self.items();
        items.get(place).or(items.last()).copied()
    }

    /// The item so many rows further.
    #[must_use]
    pub fn stepped(&self, by: i32) -> Option<usize> {
        let items = self.items();
        let here = i64::try_from(self.place_of_chosen()).unwrap_or(0);
        let last = i64::try_from(items.len()).unwrap_or(0) - 1;
        let to = (here + i64::from(by)).clamp(0, last.max(0));
        items.get(usize::try_from(to).unwrap_or(0)).copied()
    }

    /// Whether anything is left out but what is decided.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        self.filter != Filter::default() || !self.find.is_empty()
    }

    /// Shows everything again.
    pub fn widen(&mut self) {
        self.filter = Filter::default();
        self.find.clear();
    }

    /// Keeps the chosen row in sight, with its heading where there is room.
    pub fn settle(&mut self, height: usize) {
        let Some(at) = self.at else {
            self.top = 0;
            return;
        };
        // A heading right above the chosen item comes with it.
        let head = at.checked_sub(1).filter(|n| matches!(self.rows.get(*n), Some(Row::Head(_))));
        let first = in_sight(self.top, head.unwrap_or(at), self.rows.len(), height);
        self.top = in_sight(first, at, self.rows.len(), height);
    }
}
