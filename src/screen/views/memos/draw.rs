//! Drawing the Memos view: the list at the left, the memo in hand as a page beside it; on narrow screens under it.

use super::{InHand, MemosView, Target};
use crate::report::memos::{Block, Inline, QuotePart, blocks};
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::halves::{Halves, WIDE, border};
use crate::screen::views::sheet::{self, Line, Part, nothing, width_of, wrapped};
use crate::text::wrap::wrap;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// The greatest width of a page.
const MEASURE: u16 = 92;

pub(super) fn draw(app: &App, state: &MemosView, area: Rect, buf: &mut Buffer) -> Option<Position> {
    state.drawn.borrow_mut().clear();
    if state.rows.is_empty() {
        let words = match state.wanted.is_all() {
            true => {
                "No memos yet. m writes one on what is in hand, gM one on the study; @ links to codes and cases, @\" quotes."
            }
            false => "No memo is like that. Esc shows all.",
        };
        nothing(app, words, area, buf);
        return None;
    }
    let wide = area.width >= WIDE;
    let halves = Halves::of(area, (area.width * 2 / 5).clamp(38, 60), state.rows.len(), 3);
    let Halves { list: left, page: right } = halves;
    border(app, left, area, buf);
    let in_list = state.within.is_none();
    let order = if state.oldest_first { "oldest first" } else { "newest first" };
    halves.title(app, "MEMOS", order, in_list, buf);
    let rows = halves.rows();
    let list = list_lines(app, state, wide, left.width);
    let chosen = state.chosen.map(Target::Memo);
    let cursor = sheet::draw(app, &list, chosen.as_ref(), in_list, &state.list_top, rows, buf);
    note(state, &list, state.list_top.get(), rows);
    let Some(hand) = &state.in_hand else { return cursor };
    let lines = PageOf { app, hand, width: right.width.saturating_sub(3).min(MEASURE) }.lines();
    // Without anything chosen in it the page stands where it was moved to.
    let mut lines = lines;
    if in_list {
        let most = lines.len().saturating_sub(usize::from(right.height));
        state.scrolled.set(state.scrolled.get().min(most));
        lines.drain(..state.scrolled.get());
    }
    let within = sheet::draw(app, &lines, state.within.as_ref(), !in_list, &state.top, right, buf);
    note(state, &lines, state.top.get(), right);
    cursor.or(within)
}

/// Remembers what was drawn where.
fn note(state: &MemosView, lines: &[Line<Target>], top: usize, area: Rect) {
    let targets = lines.iter().skip(top).take(usize::from(area.height)).map(|line| line.target).collect();
    state.drawn.borrow_mut().push((area, targets));
}

fn list_lines(app: &App, state: &MemosView, wide: bool, width: u16) -> Vec<Line<Target>> {
    let styles = &app.styles;
    let mut out = Vec::new();
    for row in &state.rows {
        let mark = if row.marked { app.glyphs.warning } else { " " };
        let line = Line::of(styles, 1, 1, mark, Role::Warning).leading_to(Target::Memo(row.id));
        if wide {
            out.push(line.with(styles, 3, width.saturating_sub(4), row.title.clone(), Role::Strong));
            out.push(Line::of(styles, 3, width.saturating_sub(4), row.head.clone(), Role::Dim));
        } else {
            let title = width_of(&row.title).min(width * 3 / 5);
            let line = line.with(styles, 3, title, row.title.clone(), Role::Strong);
            out.push(line.with(styles, 5 + title, width.saturating_sub(title + 6), row.head.clone(), Role::Dim));
        }
    }
    out
}

/// The memo in hand, line by line.
struct PageOf<'a> {
    app: &'a App,
    hand: &'a InHand,
    width: u16,
}

impl PageOf<'_> {
    fn lines(&self) -> Vec<Line<Target>> {
        let (styles, page) = (&self.app.styles, &self.hand.page);
        let mut out = wrapped(styles, 1, self.width, &page.title, Role::HeadingFocused);
        let shared = if self.hand.shared { "shared" } else { "your own; it stays here" };
        let dot = self.app.glyphs.dot;
        let head = format!("{} on {} {dot} {} {dot} {} {dot} {shared}", page.kind, page.about, page.by, page.day);
        out.extend(wrapped(styles, 1, self.width, &head, Role::Dim));
        let mut point = false;
        for block in blocks(page) {
            // Points of a list stand close.
            let is_point = matches!(block, Block::Item(..));
            if !(point && is_point) {
                out.push(Line::gap());
            }
            point = is_point;
            self.block(&block, &mut out);
        }
        self.section(
            "LINKS TO",
            self.hand.links.iter().map(|(what, name)| (format!("{} {}", what.kind(), name), Target::Link(*what))),
            &mut out,
        );
        let from = self.hand.from.iter().map(|(id, title)| (title.clone(), Target::From(*id)));
        self.section("LINKED FROM", from, &mut out);
        out
    }

    fn section(&self, title: &str, rows: impl Iterator<Item = (String, Target)>, out: &mut Vec<Line<Target>>) {
        let styles = &self.app.styles;
        for (n, (words, target)) in rows.enumerate() {
            if n == 0 {
                out.push(Line::gap());
                out.push(Line::of(styles, 1, self.width, title, Role::Subheading));
            }
            let line = Line::of(styles, 1, 2, self.app.glyphs.leads_to, Role::Link);
            out.push(line.with(styles, 3, self.width.saturating_sub(2), words, Role::Link).leading_to(target));
        }
    }

    fn block(&self, block: &Block, out: &mut Vec<Line<Target>>) {
        let styles = &self.app.styles;
        match block {
            Block::Heading(_, line) => out.extend(self.flow(line, 1, self.width, Role::Heading)),
            Block::Paragraph(line) => out.extend(self.flow(line, 1, self.width, Role::Text)),
            Block::Aside(line) => {
                let mut lines = self.flow(line, 3, self.width.saturating_sub(2), Role::Dim);
                self.bar(&mut lines);
                out.extend(lines);
            }
            Block::Item(depth, number, line) => {
                let x = 1 + 2 * u16::try_from(*depth).unwrap_or(0).min(8);
                let sign = number.map_or_else(|| self.app.glyphs.bullet.to_owned(), |n| format!("{n}."));
                let room = width_of(&sign) + 1;
                let mut lines = self.flow(line, x + room, self.width.saturating_sub(x + room - 1), Role::Text);
                if let Some(first) = lines.first_mut() {
                    first.parts.insert(0, Part { x, width: room, words: sign, style: styles.style(Role::Dim) });
                }
                out.extend(lines);
            }
            Block::Verbatim(text) => {
                out.extend(text.lines().map(|line| Line::of(styles, 3, self.width.saturating_sub(2), line, Role::Dim)));
            }
            Block::Rule => {
                let line = self.app.glyphs.horizontal.repeat(usize::from(self.width));
                out.push(Line::of(styles, 1, self.width, line, Role::Faint));
            }
            Block::Quotation(quotation) => self.quotation(quotation, out),
        }
    }

    fn quotation(&self, part: &QuotePart, out: &mut Vec<Line<Target>>) {
        let styles = &self.app.styles;
        let width = self.width.saturating_sub(2);
        let (open, close) = (self.app.glyphs.quote_open, self.app.glyphs.quote_close);
        let words = format!("{open}{}{close}", part.words.split_whitespace().collect::<Vec<_>>().join(" "));
        let mut lines = wrapped(styles, 3, width, &words, Role::Quote);
        if !part.by.is_empty() {
            lines.extend(wrapped(styles, 3, width, &format!("{} {}", self.app.glyphs.dash, part.by), Role::Dim));
        }
        if let Some(first) = lines.first_mut() {
            first.target = Some(Target::Quotation(part.id));
        }
        self.bar(&mut lines);
        let said = self.hand.quoted.iter().find(|one| one.quotation.id == part.id);
        if !part.mark.is_empty() {
            let keys = match said.filter(|one| one.is_marked()) {
                Some(one) if one.now.is_some() => "; t takes the new, K keeps this",
                Some(_) => "; K keeps this",
                None => "; s signs it otherwise",
            };
            let mark = format!("{} {}{keys}", self.app.glyphs.warning, part.mark);
            lines.extend(wrapped(styles, 3, width, &mark, Role::Warning));
        }
        if let Some(now) = self.hand.now.get(&part.id) {
            lines.extend(wrapped(styles, 3, width, &format!("now {open}{now}{close}"), Role::Added));
        }
        out.extend(lines);
    }

    /// A bar at the left of lines.
    fn bar(&self, lines: &mut [Line<Target>]) {
        let style = self.app.styles.style(Role::MemoMark);
        for line in lines {
            line.parts.push(Part { x: 1, width: 1, words: self.app.glyphs.vertical.to_owned(), style });
        }
    }

    /// Pieces of a line, wrapped together, each in its own style.
    fn flow(&self, line: &[Inline], x: u16, width: u16, role: Role) -> Vec<Line<Target>> {
        let styles = &self.app.styles;
        let mut text = String::new();
        let mut pieces: Vec<(usize, Style)> = Vec::new();
        for part in line {
            if part.link.is_some() {
                text.push('@');
            }
            text.push_str(&part.text);
            let style = match part {
                part if part.link.is_some() || part.web.is_some() => styles.style(Role::Link),
                part if part.strong => styles.style(Role::Strong),
                part if part.code => styles.style(Role::Dim),
                part if part.emphasis => styles.style(role).add_modifier(ratatui::style::Modifier::ITALIC),
                _ => styles.style(role),
            };
            pieces.push((text.len(), style));
        }
        let mut out = Vec::new();
        let mut start = 0;
        for paragraph in text.split_inclusive('\n') {
            let bare = paragraph.trim_end_matches('\n');
            for row in wrap(bare, width.max(1)) {
                // White space that hangs at the end of a row takes no room.
                let hangs = row.bytes.end - bare[row.bytes.clone()].trim_end().len() - row.bytes.start;
                let (from, to) = (start + row.bytes.start, start + row.bytes.end - hangs);
                out.push(row_of(&text, from, to, &pieces, x, width));
            }
            start += paragraph.len();
        }
        out
    }
}

/// The part of a text between two bytes as a line, cut where the style changes.
fn row_of(text: &str, from: usize, to: usize, pieces: &[(usize, Style)], x: u16, width: u16) -> Line<Target> {
    let mut line = Line::gap();
    let mut at = from;
    let mut column = x;
    for (end, style) in pieces {
        let stop = (*end).min(to);
        if stop <= at {
            continue;
        }
        let words = text[at..stop].to_owned();
        let cells = width_of(&words);
        let room = (x + width).saturating_sub(column);
        line.parts.push(Part { x: column, width: room, words, style: *style });
        column += cells;
        at = stop;
    }
    line
}
