//! What stands below the words: what each coder coded there, with their comments, and what the code means.

use super::{Part, effect, scene, text, words};
use crate::findings::consensus::reasons;
use crate::findings::queue::{Item, Queue, State};
use crate::project::codebook::Wording;
use crate::project::decision::{Decision, Outcome};
use crate::project::id::{CodeId, CoderId};
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use crate::text::wrap::{cells, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::sync::Arc;

/// A row: words in their styles, one after the other.
pub type Line = Vec<(String, Style)>;

/// Rows that are put together.
pub struct Lines<'a> {
    app: &'a App,
    width: u16,
    rows: Vec<Line>,
}

impl<'a> Lines<'a> {
    /// None yet, at most so wide.
    #[must_use]
    pub const fn new(app: &'a App, width: u16) -> Self {
        Self { app, width, rows: Vec::new() }
    }

    fn style(&self, role: Role) -> Style {
        self.app.styles.style(role)
    }

    /// An empty row, unless there is one already or nothing above.
    pub fn gap(&mut self) {
        if self.rows.last().is_some_and(|row| !row.is_empty()) {
            self.rows.push(Vec::new());
        }
    }

    /// A row of several parts.
    pub fn line(&mut self, parts: Vec<(String, Style)>) {
        self.rows.push(parts);
    }

    /// Words wrapped, each row after a label (the first) or as much room as it takes.
    pub fn labelled(&mut self, label: &str, label_style: Style, words: &str, style: Style) {
        let indent: u16 = label.chars().map(|c| cells(c.encode_utf8(&mut [0; 4]), 0)).sum();
        let room = self.width.saturating_sub(indent).max(8);
        let mut first = true;
        for line in words.lines().filter(|line| !line.trim().is_empty()) {
            for row in wrap(line, room) {
                let before = if first { label.to_owned() } else { " ".repeat(usize::from(indent)) };
                self.rows.push(vec![(before, label_style), (line[row.bytes].trim_end().to_owned(), style)]);
                first = false;
            }
        }
    }

    /// Words wrapped.
    pub fn paragraph(&mut self, words: &str, style: Style) {
        self.labelled("", style, words, style);
    }

    /// Blocks of rows side by side if `least` cells are left for each; else one under the other, with gaps if asked for.
    pub fn beside(&mut self, least: u16, gaps: bool, blocks: Vec<impl Fn(&mut Lines<'a>)>) {
        let count = u16::try_from(blocks.len()).unwrap_or(1).max(1);
        let each = self.width / count;
        if each < least || count == 1 {
            for block in blocks {
                block(self);
                if gaps {
                    self.gap();
                }
            }
            return;
        }
        let columns: Vec<Vec<Line>> = blocks
            .into_iter()
            .map(|block| {
                let mut lines = Lines::new(self.app, each.saturating_sub(2));
                block(&mut lines);
                lines.rows
            })
            .collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or(0);
        for n in 0..height {
            let mut row: Line = Vec::new();
            for (at, column) in columns.iter().enumerate() {
                let used: u16 = row.iter().map(|(words, _)| width(words)).sum();
                let start = each * at as u16;
                if used < start {
                    row.push((" ".repeat(usize::from(start - used)), Style::new()));
                }
                let mut room = each.saturating_sub(2);
                for (words, style) in column.get(n).into_iter().flatten() {
                    let words = cut(words, room);
                    room = room.saturating_sub(width(&words));
                    row.push((words, *style));
                }
            }
            self.rows.push(row);
        }
    }

    /// The rows.
    #[must_use]
    pub fn done(mut self) -> Vec<Line> {
        while self.rows.last().is_some_and(Vec::is_empty) {
            self.rows.pop();
        }
        self.rows
    }
}

fn width(words: &str) -> u16 {
    unicode_width::UnicodeWidthStr::width(words) as u16
}

fn cut(words: &str, room: u16) -> String {
    if width(words) <= room {
        return words.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in words.chars() {
        let wide = cells(c.encode_utf8(&mut [0; 4]), 0);
        if used + wide > room {
            break;
        }
        used += wide;
        out.push(c);
    }
    if room > 0 {
        out.push('…');
    }
    out
}

/// The rows below the words, at this width.
#[must_use]
pub fn lines(app: &App, width: u16) -> Vec<Line> {
    let view = &app.reconcile;
    let mut lines = Lines::new(app, width);
    if let Some(checking) = &view.checking {
        super::check::lines(app, checking, &mut lines);
        return lines.done();
    }
    let (Some(queue), Some(item)) = (view.queue(), view.item()) else { return Vec::new() };
    said(&mut lines, queue, item);
    let blocks = item.desk.iter().map(|coder| move |lines: &mut Lines<'_>| coded(lines, queue, item, *coder));
    lines.beside(34, false, blocks.collect());
    if view.effect.is_some() {
        lines.gap();
        effect::lines(app, queue, item, &mut lines);
    }
    lines.gap();
    let blocks = item.codes.iter().map(|code| move |lines: &mut Lines<'_>| meaning(lines, queue, *code));
    lines.beside(46, true, blocks.collect());
    lines.gap();
    about(&mut lines, queue, item);
    lines.done()
}

/// What was said about the item already.
fn said(lines: &mut Lines<'_>, queue: &Queue, item: &Item) {
    let app = lines.app;
    let view = app.study.view();
    let names = app.reconcile.shows_names(view.coder());
    let before = || earlier(&view, queue, item);
    let Some(decision) = item.state.decision().cloned().or_else(before) else { return };
    let day = decision.at.to_zoned(app.zone.clone()).strftime("%-d %b").to_string();
    let who = if names { format!(" by {}", view.initials(decision.coder)) } else { String::new() };
    let to = match decision.outcome {
        Outcome::Passed(Some(to)) if names => format!("put to {}", view.initials(to)),
        outcome => words::outcome(queue, outcome),
    };
    let style = if matches!(item.state, State::Decided(_)) { Role::Ok } else { Role::Notice };
    let mut row = Vec::new();
    if item.state == State::Open {
        row.push(("before it changed: ".to_owned(), lines.style(Role::Dim)));
    }
    row.extend([(to, lines.style(style)), (format!("{who} on {day}"), lines.style(Role::Dim))]);
    if !decision.reason.is_empty() {
        row.push((format!("  {}", decision.reason), lines.style(Role::Text)));
    }
    lines.line(row);
    lines.gap();
}

/// What was decided there before codings were laid, changed or removed: the newest decision about the same code on these
/// words.
fn earlier(view: &View<'_>, queue: &Queue, item: &Item) -> Option<Arc<Decision>> {
    if !item.after_reveal {
        return None;
    }
    let book = view.codebook();
    let here = |decision: &&&Arc<Decision>| {
        decision.seen.iter().any(|piece| {
            let code = book.resolve(piece.code).unwrap_or(piece.code);
            piece.at.source == item.source && item.codes.contains(&code) && view.place(piece.at).overlaps(item.span)
        })
    };
    view.decisions(queue.round.id).iter().rev().find(here).map(|decision| Arc::clone(decision))
}

/// What a coder has there.
fn coded(lines: &mut Lines<'_>, queue: &Queue, item: &Item, coder: CoderId) {
    let app = lines.app;
    let view = app.study.view();
    let names = app.reconcile.shows_names(view.coder());
    let margin = scene::Margin::Coder(words::place_of(queue, coder).unwrap_or(0));
    let style = text::coder_style(&app.styles, margin);
    let (dim, plain) = (lines.style(Role::Dim), lines.style(Role::Text));
    let letter = format!("{}  ", words::letter(queue, coder));
    let name = if names { format!("{} ", view.initials(coder)) } else { String::new() };
    let theirs: Vec<&str> = item
        .codes
        .iter()
        .filter(|code| !item.pieces_of(coder, **code).is_empty())
        .map(|code| view.code_name(*code))
        .collect();
    let others: Vec<&str> = scene::others(queue, item, coder).into_iter().map(|code| view.code_name(code)).collect();
    if theirs.is_empty() {
        let what = match others.is_empty() {
            true => format!("{name}coded nothing here"),
            false => format!("{name}coded {} here", others.join(", ")),
        };
        lines.labelled(&letter, style, &what, dim);
        let finished = view.stand(queue.round.id, coder, item.case).filter(|stand| stand.finished);
        if let Some(stand) = finished.filter(|_| !is_small(app)) {
            let day = stand.at.to_zoned(app.zone.clone()).strftime("%-d %b");
            let case = words::case_of(&view, item);
            lines.labelled("   ", dim, &format!("finished {case} on {day}"), dim);
        }
        return;
    }
    lines.line(vec![
        (letter, style),
        (format!("{name}coded "), dim),
        (theirs.join(", "), app.styles.code(hue(app, item)).name),
    ]);
    for comment in scene::comments(&view, item, coder) {
        let quoted = format!("{}{}{}", app.glyphs.quote_open, comment.trim(), app.glyphs.quote_close);
        lines.labelled("   ", dim, &quoted, lines.style(Role::Quote));
    }
    let reading = app.study.reading(item.source).filter(|_| item.coders.len() > 1 && !is_small(app));
    if let Some(reading) = reading {
        // Where ends differ, what this coder alone took in.
        for span in scene::alone(item, coder).into_iter().take(2) {
            let quoted = words::quoted(reading.text.slice(span), 60);
            if !quoted.is_empty() && item.codes.len() == 1 {
                lines.labelled("   alone: ", dim, &quoted, plain);
            }
        }
    }
    if !others.is_empty() {
        lines.labelled("   ", dim, &format!("and {} here", others.join(", ")), dim);
    }
}

/// Whether there is only room for what matters most.
const fn is_small(app: &App) -> bool {
    app.size.height < 22
}

fn hue(app: &App, item: &Item) -> u8 {
    let view = app.study.view();
    item.codes.first().and_then(|code| view.code(*code)).map_or(0, |node| node.code.colour)
}

/// The wording that holds in the round, by its number and in full.
fn meaning(lines: &mut Lines<'_>, queue: &Queue, code: CodeId) {
    let app = lines.app;
    let view = app.study.view();
    let wordings = view.wordings(code);
    let book = view.codebook();
    let pinned = queue.round.codes.iter().find(|pinned| book.resolve(pinned.code) == Some(code));
    let wording = pinned.and_then(|pinned| pinned.wording);
    let at = wording.and_then(|id| wordings.iter().position(|wording| wording.id == id));
    let present = view.code(code).and_then(|node| node.code.wording);
    let last = present.and_then(|id| wordings.iter().position(|wording| wording.id == id));
    let (shown, what): (Option<&Wording>, String) = match (pinned, at) {
        (Some(_), Some(at)) => {
            let since = match last {
                Some(last) if last > at => format!("; wording {} since", last + 1),
                _ => String::new(),
            };
            (wordings.get(at).map(|w| &***w), format!("wording {}, pinned for this round{since}", at + 1))
        }
        (Some(_), None) => {
            (last.and_then(|n| wordings.get(n)).map(|w| &***w), "not defined when the round began".into())
        }
        (None, _) => (last.and_then(|n| wordings.get(n)).map(|w| &***w), "proposed during the round".into()),
    };
    let name = view.code_name(code).to_owned();
    lines.line(vec![(name, lines.style(Role::Strong)), (format!("  {what}"), lines.style(Role::Dim))]);
    match shown {
        Some(wording) => definition(lines, wording),
        None => lines.line(vec![(" to be defined ".to_owned(), lines.style(Role::Badge))]),
    }
}

/// A definition with when to use it and when not.
pub fn definition(lines: &mut Lines<'_>, wording: &Wording) {
    let plain = lines.style(Role::Text);
    lines.paragraph(&wording.definition, plain);
    if !wording.use_when.is_empty() {
        lines.labelled("use  ", lines.style(Role::Use), &wording.use_when, plain);
    }
    if !wording.not_when.is_empty() {
        lines.labelled("not  ", lines.style(Role::Not), &wording.not_when, plain);
    }
}

/// How many items are about the same code, and what was most often said about them.
fn about(lines: &mut Lines<'_>, queue: &Queue, item: &Item) {
    let app = lines.app;
    let view = app.study.view();
    let of = queue.items.len();
    for code in &item.codes {
        let n = queue.about(*code);
        let name = if item.codes.len() > 1 { view.code_name(*code) } else { "this code" };
        let verb = if n == 1 { "is" } else { "are" };
        let mut words = format!("{n} of the {of} {verb} about {name}");
        let said = reasons(&view, queue.round.id, Some(*code));
        if let Some((reason, n)) = said.first().filter(|(_, n)| *n > 1 && n > &1) {
            let (open, close) = (app.glyphs.quote_open, app.glyphs.quote_close);
            words.push_str(&format!("; {n} turned on {open}{reason}{close}"));
        }
        lines.paragraph(&words, lines.style(Role::Warning));
    }
}

/// Draws the rows, scrolled; where there are more, that is said.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) {
    if area.height == 0 {
        return;
    }
    let focused = app.reconcile.part == Part::Below;
    let role = if focused { Role::PaneBorderFocused } else { Role::PaneBorder };
    let rule = app.glyphs.horizontal.repeat(usize::from(area.width));
    put(buf, area.x, area.y, &rule, area.width, app.styles.style(role));
    let rows = lines(app, area.width.saturating_sub(4));
    let height = usize::from(area.height.saturating_sub(1));
    let top = app.reconcile.below_top.min(rows.len().saturating_sub(height));
    for (n, row) in rows.iter().skip(top).take(height).enumerate() {
        let mut x = area.x + 2;
        for (words, style) in row {
            x += put(buf, x, area.y + 1 + n as u16, words, area.right().saturating_sub(x + 1), *style);
        }
    }
    let left = rows.len().saturating_sub(top + height);
    if left > 0 {
        let noun = if left == 1 { "row" } else { "rows" };
        let words = format!(" {left} more {noun} {} ", app.glyphs.down);
        let wide = words.chars().count() as u16;
        let x = area.right().saturating_sub(wide + 2);
        put(buf, x, area.y, &words, wide, app.styles.style(Role::Dim));
    }
}
