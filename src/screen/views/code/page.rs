//! The page of the transcript that is shown: its rows, the codings in it and the lanes their stripes run in.
//!
//! Built for each frame from the flow and a view; what it looks at depends on the height of the screen alone.

use super::flow::{Anchor, Flow, PageRow, Part};
use super::transcript::Transcript;
use crate::project::id::{CodeId, CoderId, CodingId};
use crate::project::index::Work;
use crate::project::memo::{Link, Memo};
use crate::project::view::{View, Whose};
use crate::text::wrap::wrap;
use crate::text::{Pos, Span};
use std::collections::HashMap;
use std::sync::Arc;

/// How many rows stay in sight above and below the cursor.
const MARGIN: usize = 3;
/// The most rows that a memo takes under its passage.
const MEMO_ROWS: usize = 5;

/// A coding on the page.
#[derive(Clone, Debug)]
pub struct Laid {
    /// Its chars.
    pub span: Span,
    /// Which coding.
    pub id: CodingId,
    /// The code it stands for.
    pub code: CodeId,
    /// Whose it is.
    pub coder: CoderId,
    /// The code's hue.
    pub hue: u8,
    /// The code's name.
    pub name: String,
    /// The lane its stripe runs in, from 0.
    pub lane: usize,
    /// Whether it carries a comment.
    pub comment: bool,
    /// Whether a memo is about it.
    pub memo: bool,
}

/// What is shown of a transcript.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its rows, from the top; fewer than the screen's where the text ends.
    pub rows: Vec<PageRow>,
    /// The codings in them, in order of start.
    pub laid: Vec<Laid>,
    /// How many lanes they take.
    pub lanes: usize,
    /// The chars from the first shown to the last.
    pub window: Span,
    /// How many codings were looked at.
    pub work: Work,
    /// How many stretches were wrapped for it.
    pub wrapped: usize,
}

/// How memos are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Memos {
    /// Under their passages.
    #[default]
    Open,
    /// As marks.
    Folded,
}

impl Transcript {
    /// Brings the cursor into sight on a page of `height` rows, moving the page as little as possible.
    pub fn follow(&mut self, view: &View<'_>, memos: Memos, height: usize) {
        // What the mouse put into place stays there: a second click must meet the same words.
        let margin = if self.is_steady() { 0 } else { MARGIN.min(height.saturating_sub(1) / 2) };
        let cursor = self.flow().anchor_of(self.cursor_char());
        let top = self.top;
        // Far away: the cursor comes to the upper third.
        let near = cursor.stretch.abs_diff(top.stretch) <= height * 2;
        if !near {
            self.top = self.rows_above(view, memos, cursor, height / 3);
            return;
        }
        let highest = self.rows_above(view, memos, cursor, height.saturating_sub(1 + margin));
        let lowest = self.rows_above(view, memos, cursor, margin);
        if self.top < highest {
            self.top = highest;
        } else if self.top > lowest {
            self.top = lowest;
        }
    }

    /// Moves the page without the cursor, as a wheel does; the cursor follows only to stay in sight.
    pub fn scroll(&mut self, view: &View<'_>, memos: Memos, rows: i32, height: usize) {
        if rows < 0 {
            self.top = self.rows_above(view, memos, self.top, rows.unsigned_abs() as usize);
        } else {
            for _ in 0..rows {
                let count = stretch_rows(self.flow(), view, memos, self.top.stretch).len();
                if self.top.row + 1 < count {
                    self.top.row += 1;
                } else if self.top.stretch + 1 < self.reading().stretches.count() {
                    self.top = Anchor { stretch: self.top.stretch + 1, row: 0 };
                }
            }
        }
        let page = self.page(view, memos, height);
        let shown: Vec<Span> = page.rows.iter().filter_map(words_span).collect();
        let at = self.cursor_char();
        if let (Some(first), Some(last)) = (shown.first(), shown.last())
            && !self.selection().is_some_and(|selection| selection.extending)
        {
            if at < first.start {
                self.go(first.start);
            } else if at >= last.end {
                self.go(last.start);
            }
        }
    }

    /// The place so many rows above.
    #[must_use]
    pub fn rows_above(&self, view: &View<'_>, memos: Memos, from: Anchor, rows: usize) -> Anchor {
        let mut at = from;
        let mut left = rows;
        while left > 0 {
            if at.row >= left {
                return Anchor { row: at.row - left, ..at };
            }
            left -= at.row;
            at.row = 0;
            if at.stretch == 0 {
                return at;
            }
            at.stretch -= 1;
            at.row = stretch_rows(self.flow(), view, memos, at.stretch).len();
        }
        at
    }

    /// The page that begins at the top row.
    #[must_use]
    pub fn page(&self, view: &View<'_>, memos: Memos, height: usize) -> Page {
        let flow = self.flow();
        let reading = self.reading();
        let mut rows = Vec::with_capacity(height);
        let mut stretch = self.top.stretch;
        let mut skip = self.top.row;
        while rows.len() < height && stretch < reading.stretches.count() {
            rows.extend(stretch_rows(flow, view, memos, stretch).into_iter().skip(skip));
            skip = 0;
            stretch += 1;
        }
        rows.truncate(height);
        let spans = || rows.iter().filter_map(words_span);
        let window = match (spans().next(), spans().next_back()) {
            (Some(first), Some(last)) => first.union(last),
            _ => Span { start: self.cursor(), end: self.cursor() },
        };
        let mut laid = Vec::new();
        let work = view.codings_within(reading.source, window, |seen| {
            let node = view.code(seen.code);
            laid.push(Laid {
                span: seen.span,
                id: seen.coding.id,
                code: seen.code,
                coder: seen.coding.coder,
                hue: node.map_or(0, |node| node.code.colour),
                // With others' codings in sight it is said whose each is.
                name: match (node, view.whose()) {
                    (None, _) => String::new(),
                    (Some(node), Whose::Mine) => node.code.name.clone(),
                    (Some(node), _) => format!("{} {}", view.initials(seen.coding.coder), node.code.name),
                },
                lane: 0,
                comment: !seen.coding.comment.is_empty(),
                memo: !view.memos_on(Link::Coding(seen.coding.id)).is_empty(),
            });
        });
        let lanes = give_lanes(&mut laid);
        Page { rows, laid, lanes, window, work, wrapped: flow.take_wrapped() }
    }
}

/// Puts each coding into the first lane that is free where it starts, longer ones first among those that start
/// together; gives the number of lanes.
fn give_lanes(laid: &mut [Laid]) -> usize {
    let mut order: Vec<usize> = (0..laid.len()).collect();
    order.sort_by_key(|&n| (laid[n].span.start, std::cmp::Reverse(laid[n].span.end), laid[n].id));
    let mut ends: Vec<Pos> = Vec::new();
    for n in order {
        let span = laid[n].span;
        let free = ends.iter().position(|end| *end <= span.start);
        let lane = free.unwrap_or_else(|| {
            ends.push(Pos(0));
            ends.len() - 1
        });
        ends[lane] = span.end;
        laid[n].lane = lane;
    }
    ends.len()
}

/// The chars of a row of words.
#[must_use]
pub fn words_span(row: &PageRow) -> Option<Span> {
    match row {
        PageRow::Words { span, .. } => Some(*span),
        _ => None,
    }
}

/// The rows of a stretch with the memos on passages and codings that end in it.
fn stretch_rows(flow: &Flow, view: &View<'_>, memos: Memos, stretch: usize) -> Vec<PageRow> {
    let mut rows = flow.page_rows(stretch);
    if memos == Memos::Folded || !matches!(flow.part(stretch), Part::Words(_)) {
        return rows;
    }
    let reading = flow.reading();
    let span = reading.text.span(reading.stretches.bytes(stretch));
    for (_, memo) in memos_under(view, reading.source, span) {
        rows.extend(memo_rows(memo, flow.width()));
    }
    rows
}

/// The memos that stand under words: those on passages and on codings that end in `span`, with the char where their
/// passage ends, in that order.
#[must_use]
pub fn memos_under<'a>(view: &View<'a>, source: crate::project::id::SourceId, span: Span) -> Vec<(Pos, &'a Arc<Memo>)> {
    if span.is_empty() {
        return Vec::new();
    }
    let (first, last) = (span.start.0 + 1, span.end.0);
    let mut memos: Vec<(Pos, &Arc<Memo>)> =
        view.memos_ending(source, first, last).map(|(end, memo)| (Pos(end), memo)).collect();
    view.codings_within(source, span, |seen| {
        if first <= seen.span.end.0 && seen.span.end.0 <= last {
            memos.extend(view.memos_on(Link::Coding(seen.coding.id)).into_iter().map(|memo| (seen.span.end, memo)));
        }
    });
    memos.sort_by_key(|(end, memo)| (*end, memo.id));
    memos
}

fn memo_rows(memo: &Memo, width: u16) -> Vec<PageRow> {
    let width = width.saturating_sub(4).max(8);
    let row = |words: &str, first| PageRow::Memo { id: memo.id, words: words.trim_end().to_owned(), first };
    let mut rows = vec![row(memo.title(), true)];
    'lines: for line in memo.body().lines().filter(|line| !line.trim().is_empty()) {
        for piece in wrap(line, width) {
            if rows.len() == MEMO_ROWS {
                if let Some(PageRow::Memo { words, .. }) = rows.last_mut() {
                    words.push_str(" …");
                }
                break 'lines;
            }
            rows.push(row(&line[piece.bytes], false));
        }
    }
    rows
}

/// The rows at which each coding's stripe begins and ends on a page: first and last row of words that it touches.
#[must_use]
pub fn stripes(page: &Page) -> HashMap<CodingId, (usize, usize)> {
    let mut out: HashMap<CodingId, (usize, usize)> = HashMap::new();
    for (n, row) in page.rows.iter().enumerate() {
        let Some(span) = words_span(row) else { continue };
        for laid in page.laid.iter().filter(|laid| laid.span.overlaps(span)) {
            out.entry(laid.id).and_modify(|(_, last)| *last = n).or_insert((n, n));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(n: u128, start: u32, end: u32) -> Laid {
        let id = crate::project::id::Id::from_uuid(uuid::Uuid::from_u128(n));
        Laid {
            span: Span::new(start, end),
            id: id.into(),
            code: id.into(),
            coder: id.into(),
            hue: 0,
            name: String::new(),
            lane: 9,
            comment: false,
            memo: false,
        }
    }

    #[test]
    fn codings_that_overlap_run_in_lanes_of_their_own_and_lanes_are_used_again() {
        let mut all = [laid(1, 0, 10), laid(2, 5, 8), laid(3, 0, 20), laid(4, 10, 15)];
        assert_eq!(give_lanes(&mut all), 3);
        let lanes: Vec<usize> = all.iter().map(|laid| laid.lane).collect();
        assert_eq!(lanes, [1, 2, 0, 1], "the longest first; the lane of what ended is free again");
    }
}
