//! A list in a window: what was found, memos, codings to choose from, earlier wordings, what was done.

use super::{Layer, boxed, inside, middle};
use crate::project::id::{CodeId, CodingId, MemoId, SourceId};
use crate::screen::app::App;
use crate::screen::draw::Areas;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::{paragraph, put};
use crate::screen::views::code::tree::in_sight;
use crate::text::Pos;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::collections::BTreeSet;

/// What a row leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Leads {
    /// A place in a source.
    Place(SourceId, Pos),
    /// A passage behind a figure: the transcript is looked at from the figure.
    Passage(SourceId, Pos),
    /// A pair of passages behind a figure, known by a coding of each, and where the first begins.
    Pair(CodingId, CodingId, SourceId, Pos),
    /// A coding, at its place.
    Coding(CodingId, SourceId, Pos),
    /// A memo.
    Memo(MemoId),
    /// A hit of the search, by its number.
    Hit(usize),
    /// Nothing further.
    Nowhere,
}

/// A row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListRow {
    /// What stands at the left, dim: a place, a date.
    pub head: String,
    /// What the row says: before, the words that matter, after.
    pub words: [String; 3],
    /// All of it, shown under the list while the row is chosen.
    pub detail: String,
    /// What it leads to.
    pub leads: Leads,
}

/// What the list is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lists {
    /// The hits of a search; marked ones are coded together.
    Hits,
    /// Memos.
    Memos,
    /// The passages of a code; marked ones can be split off or recoded.
    Passages(CodeId),
    /// The wordings of a code.
    Wordings(CodeId),
    /// What was done.
    Log,
    /// The passages behind a figure.
    Behind,
    /// The pairs behind a figure of a relation matrix; marked ones are confirmed or struck together.
    Pairs,
}

/// A list in a window.
pub struct List {
    /// What it says above.
    pub title: String,
    /// What it is.
    pub what: Lists,
    /// Its rows; with a filter, those that have its words.
    pub rows: Vec<ListRow>,
    /// All of its rows, while a filter hides some.
    hidden: Vec<ListRow>,
    /// Marked rows as of the last change of the filter.
    marked_elsewhere: Vec<ListRow>,
    /// The words of the filter.
    pub filter: String,
    /// The chosen row.
    pub selected: usize,
    /// The marked rows.
    pub marked: BTreeSet<usize>,
    /// What is said where there are no rows.
    pub nothing: &'static str,
    top: std::cell::Cell<usize>,
}

impl List {
    /// A list.
    #[must_use]
    pub fn new(title: impl Into<String>, what: Lists, rows: Vec<ListRow>, nothing: &'static str) -> Self {
        let title = title.into();
        Self {
            title,
            what,
            rows,
            hidden: Vec::new(),
            marked_elsewhere: Vec::new(),
            filter: String::new(),
            selected: 0,
            marked: BTreeSet::new(),
            nothing,
            top: std::cell::Cell::new(0),
        }
    }

    /// Shows only rows with these words, upper and lower case alike; marks stay with their rows.
    pub fn set_filter(&mut self, words: &str) {
        if self.filter.is_empty() {
            self.hidden.clone_from(&self.rows);
        }
        // What is hidden keeps its mark; what is seen has the one that is seen.
        let mut marked = std::mem::take(&mut self.marked_elsewhere);
        marked.retain(|row| !self.rows.contains(row));
        marked.extend(self.marked.iter().filter_map(|n| self.rows.get(*n).cloned()));
        words.trim().clone_into(&mut self.filter);
        let wanted: Vec<String> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let has = |row: &&ListRow| {
            let all = format!("{} {} {}", row.head, row.words.concat(), row.detail).to_lowercase();
            wanted.iter().all(|word| all.contains(word))
        };
        self.rows = self.hidden.iter().filter(has).cloned().collect();
        self.marked = (0..self.rows.len()).filter(|n| marked.contains(&self.rows[*n])).collect();
        self.marked_elsewhere = marked;
        self.step(0);
    }

    /// Takes its rows anew, as many as there are; the choice, the marks and the filter stay.
    pub fn renew(&mut self, rows: Vec<ListRow>) {
        let (filter, selected) = (std::mem::take(&mut self.filter), self.selected);
        self.rows = rows;
        if !filter.is_empty() {
            self.set_filter(&filter);
        }
        self.selected = selected;
        self.step(0);
    }

    /// The chosen row.
    #[must_use]
    pub fn current(&self) -> Option<&ListRow> {
        self.rows.get(self.selected)
    }

    /// Moves the choice by so many rows.
    pub fn step(&mut self, by: i32) {
        let to = self.selected as i64 + i64::from(by);
        self.selected = usize::try_from(to.max(0)).unwrap_or(0).min(self.rows.len().saturating_sub(1));
    }

    /// The number of the row drawn at this cell, if there is one.
    #[must_use]
    pub fn row_at(&self, areas: Areas, at: Position) -> Option<usize> {
        let Place { rect, shown, .. } = place(self, areas);
        let rows = Rect { height: shown, ..inside(rect) };
        let n = self.top.get() + usize::from(at.y.checked_sub(rows.y)?);
        (rows.contains(at) && n < self.rows.len()).then_some(n)
    }

    /// The marked rows, or the chosen one.
    #[must_use]
    pub fn marked_or_selected(&self) -> Vec<usize> {
        if self.marked.is_empty() {
            if self.rows.is_empty() { Vec::new() } else { vec![self.selected] }
        } else {
            self.marked.iter().copied().collect()
        }
    }

    /// The codings of the marked rows, or of the chosen one.
    #[must_use]
    pub fn codings(&self) -> Vec<CodingId> {
        let coding = |row: &ListRow| match row.leads {
            Leads::Coding(id, ..) => Some(id),
            _ => None,
        };
        self.marked_or_selected().into_iter().filter_map(|n| self.rows.get(n).and_then(coding)).collect()
    }
}

/// The topmost layer, if it is a list.
pub fn top(app: &mut App) -> Option<&mut List> {
    match app.layers.last_mut() {
        Some(Layer::List(list)) => Some(list),
        _ => None,
    }
}

/// Where a list lies: its box, the rows shown in it, and the rows below them for what the chosen one has to show.
struct Place {
    rect: Rect,
    shown: u16,
    below: u16,
}

fn place(list: &List, areas: Areas) -> Place {
    let details = list.rows.iter().any(|row| !row.detail.is_empty());
    // The list takes the rows it needs, up to half of the window where there is something to show under it.
    let most = areas.main.height.saturating_sub(4);
    let needed = (list.rows.len() as u16).max(1);
    let below = if details { (most / 2).max(4) } else { 0 };
    let shown = needed.min(most.saturating_sub(if below > 0 { below + 1 } else { 0 }));
    let rect = middle(areas.main, 120, shown + 2 + if below > 0 { below + 1 } else { 0 });
    Place { rect, shown, below }
}

/// Draws the list.
pub fn draw(app: &App, list: &List, areas: Areas, buf: &mut Buffer) -> Option<Position> {
    let Place { rect, shown, below } = place(list, areas);
    let title =
        if list.filter.is_empty() { list.title.clone() } else { format!("{} with “{}”", list.title, list.filter) };
    let inner = boxed(app, rect, &title, buf);
    let dim = app.styles.over(Role::Popup, Role::Dim);
    if list.rows.is_empty() {
        put(buf, inner.x, inner.y, list.nothing, inner.width, dim);
        return None;
    }
    let height = usize::from(shown);
    let top = in_sight(list.top.get(), list.selected, list.rows.len(), height);
    list.top.set(top);
    if below > 0 {
        let y = inner.y + shown;
        let line = app.glyphs.horizontal.repeat(usize::from(inner.width));
        put(buf, inner.x, y, &line, inner.width, app.styles.over(Role::Popup, Role::PaneBorder));
        let area = Rect { y: y + 1, height: inner.bottom().saturating_sub(y + 1), ..inner };
        if let Some(row) = list.current() {
            paragraph(buf, area, &row.detail, app.styles.over(Role::Popup, Role::Text));
        }
    }
    let heads = list.rows.iter().skip(top).take(height).map(|row| row.head.chars().count()).max().unwrap_or(0);
    let head_width = (heads as u16).min(inner.width / 3);
    let mut cursor = None;
    for (n, row) in list.rows.iter().enumerate().skip(top).take(height) {
        let y = inner.y + (n - top) as u16;
        if n == list.selected {
            let line = Rect::new(inner.x - 1, y, inner.width + 2, 1);
            buf.set_style(line, app.styles.style(Role::ListSelected));
            cursor = Some(Position::new(inner.x, y));
        }
        let bare = |role| ratatui::style::Style { bg: None, ..app.styles.style(role) };
        if list.marked.contains(&n) {
            put(buf, inner.x, y, app.glyphs.done, 1, bare(Role::ListMarked));
        }
        put(buf, inner.x + 2, y, &row.head, head_width, bare(Role::Dim));
        let mut x = inner.x + 2 + head_width + if head_width > 0 { 2 } else { 0 };
        let [before, words, after] = &row.words;
        for (part, role) in [(before, Role::Text), (words, Role::Match), (after, Role::Text)] {
            x += put(buf, x, y, part, inner.right().saturating_sub(x), bare(role));
        }
    }
    cursor
}
