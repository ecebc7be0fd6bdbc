//! Drawing the transcript: numbers, headings, words with what lies on them, stripes and names in the margin, and the
//! overview beside it.

use super::CodeView;
use super::flow::PageRow;
use super::page::{Laid, Page, stripes};
use super::panes::Pane;
use super::run::draw_words;
use crate::project::id::CodingId;
use crate::project::source::Who;
use crate::project::view::View;
use crate::screen::glyphs::Glyphs;
use crate::screen::theme::{Role, Styles};
use crate::table::thousands;
use crate::text::wrap::{cells, shown};
use crate::text::{Pos, Span};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use std::collections::HashMap;
use unicode_segmentation::UnicodeSegmentation;

/// Cells for the numbers of turns.
const GUTTER: u16 = 5;
/// The widest that text is set: longer lines are hard to read.
const WIDEST: u16 = 78;
/// The most lanes of stripes; deeper ones share the last.
const LANES: u16 = 6;

/// What part of the pane is for what, in cells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Shape {
    /// Cells before the text.
    pub gutter: u16,
    /// Cells for the text.
    pub width: u16,
    /// Rows for the text.
    pub rows: u16,
    /// Cells for stripes.
    pub lanes: u16,
    /// Cells for the names of codes.
    pub names: u16,
}

/// How a pane of this size is used: the first row is its title, the second empty where there is room.
#[must_use]
pub fn shape(area: Rect) -> Shape {
    let title = if area.height >= 12 { 2 } else { 1 };
    let rows = area.height.saturating_sub(title);
    let gutter = if area.width >= 50 { GUTTER } else { 3 };
    // One cell for the overview, one between text and stripes.
    let room = area.width.saturating_sub(gutter + 2);
    let lanes = match area.width {
        0..50 => 3,
        50..100 => 4,
        _ => LANES,
    };
    // Names get what is left over once the text has a good width, and never less than a word where there is room at all.
    let names = match room.saturating_sub(lanes) {
        0..48 => 0,
        48..64 => 10,
        room @ 64..104 => (room - 52).clamp(12, 24),
        // Text is never set wider than that; the rest is for names.
        room => (room - WIDEST).min(60),
    };
    let width = room.saturating_sub(lanes + names).min(WIDEST);
    Shape { gutter, width: width.max(1), rows, lanes, names }
}

/// All that drawing the transcript needs.
pub struct Painter<'a> {
    /// The view of the project.
    pub view: View<'a>,
    /// The Code view.
    pub code: &'a CodeView,
    /// The styles.
    pub styles: &'a Styles,
    /// The signs.
    pub glyphs: &'a Glyphs,
    /// The key that lists the memos that link to what is in hand; empty if there is none.
    pub links_key: String,
}

impl Painter<'_> {
    /// Draws the pane. Gives back the page that was drawn and where the terminal's cursor belongs.
    pub fn draw(&self, area: Rect, buf: &mut Buffer) -> (Page, Option<Position>) {
        let shape = shape(area);
        let Some(transcript) = &self.code.transcript else {
            self.nothing(area, buf);
            return (Page::default(), None);
        };
        self.title(area, buf);
        let page = transcript.page(&self.view, self.code.memos, usize::from(shape.rows));
        let top = area.y + (area.height - shape.rows);
        let left = area.x + shape.gutter;
        let mut cursor = None;
        let in_hand = self.code.in_hand(&self.view).map(|seen| seen.coding.id);
        for (n, row) in page.rows.iter().enumerate() {
            let y = top + n as u16;
            let line = Rect::new(area.x, y, shape.gutter + shape.width, 1);
            match row {
                PageRow::Gap => {}
                PageRow::Heading(turn) => self.heading(*turn, line, shape, buf),
                PageRow::Memo { words, first, .. } => {
                    let style = self.styles.style(Role::MemoMark);
                    let body = if *first { style.add_modifier(Modifier::BOLD) } else { style };
                    if *first {
                        buf.set_stringn(left, y, self.glyphs.memo, 1, style);
                    }
                    put(buf, left + 2, y, words, shape.width.saturating_sub(2), body);
                }
                PageRow::Words { bytes, span, turn, .. } => {
                    if let Some(turn) = turn {
                        self.number(*turn, line, shape, buf);
                    }
                    let words = &transcript.reading().text.as_str()[bytes.clone()];
                    let at = self.words(words, *span, &page, in_hand, (left, y, shape.width), buf);
                    cursor = cursor.or(at);
                }
            }
        }
        self.margin(
            &page,
            in_hand,
            Rect::new(left + shape.width + 1, top, shape.lanes + shape.names, shape.rows),
            shape,
            buf,
        );
        self.overview(Rect::new(area.right().saturating_sub(1), top, 1, shape.rows), &page, buf);
        (page, cursor)
    }

    fn nothing(&self, area: Rect, buf: &mut Buffer) {
        let awaited = self.code.awaited.and_then(|source| self.view.source(source));
        let words = match (&self.code.trouble, awaited) {
            (Some(why), _) => why.clone(),
            (None, Some(source)) => format!("Reading “{}” …", source.name),
            (None, None) if self.view.sources().is_empty() => {
                "There is nothing to read yet.\n\ni imports a text file or a whole folder, and shows what it understood before anything is taken in.".to_owned()
            }
            (None, None) => "Nothing is open. Choose a source on the left with ↑ ↓ and Enter.".to_owned(),
        };
        let style = self.styles.style(if self.code.trouble.is_some() { Role::Error } else { Role::Dim });
        let inner = Rect::new(area.x + 2, area.y + 2, area.width.saturating_sub(4), area.height.saturating_sub(2));
        paragraph(buf, inner, &words, style);
    }

    fn title(&self, area: Rect, buf: &mut Buffer) {
        let Some(transcript) = &self.code.transcript else { return };
        let Some(source) = self.view.source(transcript.source()) else { return };
        let focused = self.code.panes.focus == Pane::Text;
        let name = self.styles.style(if focused { Role::HeadingFocused } else { Role::Heading });
        let dim = self.styles.style(Role::Dim);
        let turns = transcript.reading().turns.turns.len();
        let right = if turns > 0 {
            match transcript.turn() {
                Some(turn) => format!("turn {} of {turns}", turn + 1),
                None => format!("{turns} turns"),
            }
        } else {
            let text = &transcript.reading().text;
            format!("paragraph {} of {}", text.paragraph_of(transcript.cursor_char()) + 1, text.paragraphs())
        };
        let room = area.width.saturating_sub(3);
        let right_width = right.chars().count() as u16;
        buf.set_stringn(area.right().saturating_sub(right_width + 2), area.y, &right, usize::from(right_width), dim);
        let left_room = room.saturating_sub(right_width + 2);
        let used = put(buf, area.x + 1, area.y, &source.name, left_room, name);
        let mut facts = vec![source.kind.name().to_owned()];
        if let Some(day) = source.collected {
            facts.push(day.strftime("%-d %b %Y").to_string());
        }
        if let Some(version) = self.view.version(source.id) {
            facts.push(format!("{} words", thousands(u64::from(version.words))));
        }
        let facts = facts.join(&format!(" {} ", self.glyphs.dot));
        if left_room > used + 3 {
            put(buf, area.x + 1 + used + 2, area.y, &facts, left_room - used - 2, dim);
        }
    }

    fn number(&self, turn: usize, line: Rect, shape: Shape, buf: &mut Buffer) {
        let number = (turn + 1).to_string();
        let width = shape.gutter.saturating_sub(1);
        let x = line.x + width.saturating_sub(number.len() as u16 + 1);
        buf.set_stringn(x, line.y, &number, usize::from(width), self.styles.style(Role::TurnNumber));
    }

    fn heading(&self, turn: usize, line: Rect, shape: Shape, buf: &mut Buffer) {
        self.number(turn, line, shape, buf);
        let Some(transcript) = &self.code.transcript else { return };
        let reading = transcript.reading();
        let record = &reading.turns.turns[turn];
        let label = record.speaker.and_then(|speaker| reading.turns.labels.get(speaker as usize));
        let label = label.map_or("", String::as_str);
        let who = self.view.who(reading.source, label);
        let role = match who {
            Who::Interviewer => Role::SpeakerInterviewer,
            Who::Participant(_) => Role::SpeakerParticipant,
            Who::Other | Who::Unknown => Role::SpeakerOther,
        };
        let time = record.time.map(clock);
        let time_width = time.as_ref().map_or(0, |time| time.len() as u16);
        let left = line.x + shape.gutter;
        put(buf, left, line.y, label, shape.width.saturating_sub(time_width + 1), self.styles.style(role));
        if let Some(time) = time {
            let x = left + shape.width.saturating_sub(time_width);
            put(buf, x, line.y, &time, time_width, self.styles.style(Role::TimeStamp));
        }
    }

    /// A row of words. Where what lies on them changes, the style does; between, it is worked out once.
    fn words(
        &self,
        words: &str,
        span: Span,
        page: &Page,
        in_hand: Option<CodingId>,
        (x, y, width): (u16, u16, u16),
        buf: &mut Buffer,
    ) -> Option<Position> {
        let transcript = self.code.transcript.as_ref()?;
        let source = transcript.source();
        let on_row: Vec<&Laid> = page.laid.iter().filter(|laid| laid.span.overlaps(span)).collect();
        let hits: Vec<(Span, bool)> =
            self.code.hits.as_ref().map(|hits| hits.within(source, span).collect()).unwrap_or_default();
        let selection = transcript.selection().map(|selection| selection.span());
        let focused = self.code.panes.focus == Pane::Text;
        let in_header =
            !transcript.reading().turns.turns.is_empty() && transcript.reading().turns.last_from(span.start).is_none();
        let style_at = |at: Pos| {
            let mut on: Vec<&&Laid> = on_row.iter().filter(|laid| laid.span.holds(at)).collect();
            on.sort_by_key(|laid| laid.lane);
            let mut style = self.styles.style(if in_header { Role::Dim } else { Role::Text });
            if !on.is_empty() {
                let hues: Vec<u8> = on.iter().map(|laid| laid.hue).collect();
                style = style.patch(self.styles.tint_of(&hues));
                if let Some(hand) = on.iter().find(|laid| Some(laid.id) == in_hand) {
                    style = style.patch(self.styles.code(hand.hue).current);
                }
            }
            if let Some((_, current)) = hits.iter().find(|(hit, _)| hit.holds(at)) {
                style = style.patch(self.styles.style(if *current { Role::SearchHitCurrent } else { Role::SearchHit }));
            }
            if selection.is_some_and(|selection| selection.holds(at)) {
                let role = if focused { Role::Selection } else { Role::SelectionInactive };
                style = style.patch(self.styles.style(role));
            }
            style
        };
        let edges = on_row.iter().map(|laid| laid.span).chain(hits.iter().map(|(hit, _)| *hit)).chain(selection);
        let borders = edges.flat_map(|edge| [edge.start, edge.end]).collect();
        let here = transcript.cursor_char();
        let place = |column: u16| Position::new(x + column.min(width.saturating_sub(1)), y);
        let (found, column) = draw_words(buf, (x, y, width), (words, span), borders, style_at, here);
        let cursor = found.map(place);
        // The end of a paragraph is a place too.
        let text = &transcript.reading().text;
        let ends_here =
            here == span.end && (here == Pos(text.chars()) || text.slice(Span::new(here.0, here.0 + 1)) == "\n");
        let cursor = cursor.or_else(|| ends_here.then(|| place(column)));
        if let Some(position) = cursor.filter(|_| focused) {
            let cell = &mut buf[(position.x, position.y)];
            cell.set_style(self.styles.style(Role::CursorCell));
        }
        cursor
    }

    /// Stripes in lanes, names beside them where there is room: each on the first free row of its coding, else under it.
    fn margin(&self, page: &Page, in_hand: Option<CodingId>, area: Rect, shape: Shape, buf: &mut Buffer) {
        let rows = stripes(page);
        let lanes_used = page.lanes.min(usize::from(shape.lanes)) as u16;
        let mut more: HashMap<usize, usize> = HashMap::new();
        for laid in &page.laid {
            let Some(&(first, last)) = rows.get(&laid.id) else { continue };
            let Some(lane) = (laid.lane < usize::from(shape.lanes)).then_some(laid.lane as u16) else {
                (first..=last).for_each(|row| *more.entry(row).or_default() += 1);
                continue;
            };
            let mut style = self.styles.code(laid.hue).stripe;
            if Some(laid.id) == in_hand {
                style = style.add_modifier(Modifier::BOLD);
            }
            let begins = laid.span.start >= page.window.start;
            let ends = laid.span.end <= page.window.end;
            for row in first..=last {
                let sign = match (row == first && begins, row == last && ends) {
                    (true, true) => self.glyphs.stripe_single,
                    (true, false) => self.glyphs.stripe_start,
                    (false, true) => self.glyphs.stripe_end,
                    (false, false) => self.glyphs.stripe_middle,
                };
                buf.set_stringn(area.x + lane, area.y + row as u16, sign, 1, style);
            }
        }
        if shape.names > 0 {
            let left = area.x + lanes_used + 1;
            self.names(
                page,
                &rows,
                in_hand,
                Rect { x: left, width: area.right().saturating_sub(left + 1), ..area },
                buf,
            );
        }
        for row in more.keys() {
            let x = area.x + shape.lanes.saturating_sub(1);
            buf.set_stringn(x, area.y + *row as u16, self.glyphs.stripe_more, 1, self.styles.style(Role::Dim));
        }
    }

    /// The names of codes: each on the first free row of its coding or right under it; where there is none, beside the
    /// names on its first row.
    fn names(
        &self,
        page: &Page,
        rows: &HashMap<CodingId, (usize, usize)>,
        in_hand: Option<CodingId>,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let mut taken: Vec<u16> = vec![0; page.rows.len()];
        let mut put_name = |laid: &Laid, row: usize| {
            let gap = if taken[row] > 0 { 2 } else { 0 };
            let x = area.x + taken[row] + gap;
            let room = area.right().saturating_sub(x);
            if gap > 0 && room < 10 {
                return;
            }
            let mut style = self.styles.code(laid.hue).name;
            if Some(laid.id) == in_hand {
                style = style.add_modifier(Modifier::BOLD);
            }
            let marked = laid.memo || laid.comment;
            let y = area.y + row as u16;
            let mut used = put(buf, x, y, &laid.name, room.saturating_sub(if marked { 2 } else { 0 }), style);
            if marked {
                used += 1 + put(buf, x + used + 1, y, self.glyphs.memo, 1, self.styles.style(Role::MemoMark));
            }
            taken[row] += gap + used;
        };
        let mut free = vec![true; page.rows.len()];
        let mut crowded = Vec::new();
        for laid in &page.laid {
            let Some(&(first, last)) = rows.get(&laid.id) else { continue };
            match (first..page.rows.len().min(last + 2)).find(|row| free[*row]) {
                Some(row) => {
                    free[row] = false;
                    put_name(laid, row);
                }
                None => crowded.push((laid, first)),
            }
        }
        crowded.into_iter().for_each(|(laid, row)| put_name(laid, row));
    }

    /// The groove at the right edge: where in the text the page stands, and which code comes first at each height. Asks
    /// one question a row, however many codings there are.
    fn overview(&self, area: Rect, page: &Page, buf: &mut Buffer) {
        let Some(transcript) = &self.code.transcript else { return };
        let total = u64::from(transcript.reading().text.chars().max(1));
        let at_row = |row: u16| Pos((u64::from(row) * total / u64::from(area.height.max(1))) as u32);
        for row in 0..area.height {
            let (from, to) = (at_row(row), at_row(row + 1).max(Pos(at_row(row).0 + 1)));
            let shown = page.window.overlaps(Span { start: from, end: to });
            let (glyph, role) =
                if shown { (self.glyphs.thumb, Role::ScrollThumb) } else { (self.glyphs.track, Role::ScrollTrack) };
            let mut style = self.styles.style(role);
            let mut glyph = glyph;
            let before = Pos(from.0.saturating_sub(1));
            let first = if from.0 == 0 {
                let mut first = None;
                self.view.codings_within(transcript.source(), Span::new(0, 1), |seen| first = first.or(Some(seen)));
                first.or_else(|| self.view.next_coding(transcript.source(), Pos(0), false, |_| true))
            } else {
                self.view.next_coding(transcript.source(), before, false, |_| true)
            };
            if let Some(seen) = first.filter(|seen| seen.span.start < to) {
                let hue = self.view.code(seen.code).map_or(0, |node| node.code.colour);
                style = self.styles.code(hue).stripe;
                glyph = if shown { self.glyphs.thumb } else { self.glyphs.overview };
            }
            buf.set_stringn(area.x, area.y + row, glyph, 1, style);
        }
    }
}

/// Draws a grapheme in its cells.
pub(super) fn draw_grapheme(buf: &mut Buffer, (x, y): (u16, u16), grapheme: &str, wide: u16, style: Style) {
    if !buf.area.contains(Position::new(x, y)) {
        return;
    }
    let shown = shown(grapheme);
    if wide == 1 || shown == " " {
        for n in 0..wide {
            if buf.area.contains(Position::new(x + n, y)) {
                buf[(x + n, y)].set_symbol(if n == 0 { &shown } else { " " }).set_style(style);
            }
        }
        return;
    }
    buf.set_stringn(x, y, &shown, usize::from(wide), style);
}

/// Writes `words` in at most `width` cells, cut with an ellipsis; gives the cells used. Control characters never reach
/// the terminal.
pub fn put(buf: &mut Buffer, x: u16, y: u16, words: &str, width: u16, style: Style) -> u16 {
    if y >= buf.area.bottom() || x >= buf.area.right() {
        return 0;
    }
    let width = width.min(buf.area.right() - x);
    let mut total = 0u16;
    for grapheme in words.graphemes(true) {
        total = total.saturating_add(cells(grapheme, 0));
        if total > width {
            break;
        }
    }
    let cut = total > width;
    let room = if cut { width.saturating_sub(1) } else { width };
    let mut used = 0;
    for grapheme in words.graphemes(true) {
        let wide = cells(grapheme, 0);
        if used + wide > room {
            break;
        }
        draw_grapheme(buf, (x + used, y), grapheme, wide, style);
        used += wide;
    }
    if cut && width > 0 {
        buf.set_stringn(x + used, y, "…", 1, style);
        used += 1;
    }
    used
}

/// Writes a paragraph wrapped to `area`; gives the rows used.
pub fn paragraph(buf: &mut Buffer, area: Rect, words: &str, style: Style) -> u16 {
    let mut y = 0;
    for line in words.lines() {
        for row in crate::text::wrap::wrap(line, area.width.max(1)) {
            if y >= area.height {
                return y;
            }
            put(buf, area.x, area.y + y, line[row.bytes].trim_end(), area.width, style);
            y += 1;
        }
    }
    y
}

/// Milliseconds as `0:04:10` is written on a turn: `00:04:10`.
#[must_use]
pub fn clock(ms: u32) -> String {
    let seconds = ms / 1000;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
