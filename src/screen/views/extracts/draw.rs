//! Drawing the extracts: the query in words, then each extract with who said it where, its words, and what it has got.

use super::ExtractsView;
use crate::findings::extracts::{Extract, Mark, speakers};
use crate::findings::working::Holder;
use crate::project::id::CodeId;
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use crate::screen::views::sheet::{nothing, width_of};
use crate::session::Reading;
use crate::text::wrap::rows;
use crate::text::{Pos, Span};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// How many rows of its words an extract shows; the one in hand more.
const ROWS: usize = 3;
const ROWS_IN_HAND: usize = 10;
/// How many chars of a long passage, or of what stands around one, are looked at.
const FAR: u32 = 2000;
/// How many rows of the turn before and after.
const ROWS_AROUND: usize = 4;
/// How far words are set in.
const INDENT: u16 = 3;

/// A row of an extract.
struct Line {
    x: u16,
    words: String,
    role: Role,
}

/// Draws the view.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let state = &app.extracts;
    let view = app.study.view();
    state.rows.borrow_mut().clear();
    heading(app, &view, Rect { height: 1, ..area }, buf);
    let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let Some(found) = &state.found else {
        let words = state.trouble.clone().unwrap_or_else(|| "The extracts are being looked for.".to_owned());
        nothing(app, &words, list, buf);
        return None;
    };
    if found.extracts.found.is_empty() {
        let mut words = String::from("No passage is such. f narrows otherwise, e asks for other codes.");
        if !found.extracts.unread.is_empty() {
            words.push_str(" The text of a source could not be read; `emic check` says more.");
        }
        nothing(app, &words, list, buf);
        return None;
    }
    let inner = Rect { x: list.x + 1, width: list.width.saturating_sub(3), ..list };
    let first = first_shown(app, &view, inner);
    state.top.set(first);
    let mut y = inner.y;
    let mut cursor = None;
    for (n, extract) in found.extracts.found.iter().enumerate().skip(first) {
        if y >= inner.bottom() {
            break;
        }
        let from = y;
        let here = n == state.at;
        if here {
            cursor = Some(Position::new(inner.x, y));
        }
        y = one(app, &view, n, extract, Rect { y, height: inner.bottom() - y, ..inner }, buf);
        state.rows.borrow_mut().push((from, y.saturating_sub(1), n));
        y += 1;
    }
    bar(app, list, buf);
    cursor
}

/// The query in words.
fn heading(app: &App, view: &View<'_>, area: Rect, buf: &mut Buffer) {
    let state = &app.extracts;
    let dot = app.glyphs.dot;
    let parts = state.query.parts(view);
    let (x, mut at) = (area.x + 1, area.x + 1);
    let room = |at: u16| area.width.saturating_sub(at - area.x + 1);
    for (n, part) in parts.iter().enumerate() {
        let role = if n == 0 { Role::Strong } else { Role::Text };
        if n > 0 {
            at += 2;
            at += put(buf, at, area.y, dot, room(at), app.styles.style(Role::Dim)) + 2;
        }
        if at >= area.right() {
            break;
        }
        at += put(buf, at, area.y, part, room(at), app.styles.style(role));
    }
    let busy = "looking";
    if state.is_busy() && at + width_of(busy) + 3 < area.right() && at > x {
        put(buf, at + 2, area.y, busy, room(at), app.styles.style(Role::Faint));
    }
}

/// The first extract to draw so that the one in hand is in sight, moving as little as possible. Looks at no more extracts
/// than a screen can hold.
fn first_shown(app: &App, view: &View<'_>, area: Rect) -> usize {
    let state = &app.extracts;
    let at = state.at;
    let height = usize::from(area.height);
    let mut first = state.top.get().min(at);
    // None takes less than three rows.
    first = first.max(at.saturating_sub(height / 3));
    let heights: Vec<usize> = state.list()[first..=at.min(state.list().len() - 1)]
        .iter()
        .zip(first..)
        .map(|(extract, n)| lines(app, view, n, extract, area.width).len() + 2)
        .collect();
    let mut sum: usize = heights.iter().sum::<usize>().saturating_sub(1);
    for taken in heights {
        if sum <= height || first == at {
            break;
        }
        sum -= taken;
        first += 1;
    }
    first
}

/// Draws an extract; gives back the row after it.
fn one(app: &App, view: &View<'_>, n: usize, extract: &Extract, area: Rect, buf: &mut Buffer) -> u16 {
    let state = &app.extracts;
    let here = n == state.at;
    let words = lines(app, view, n, extract, area.width);
    let height = (words.len() as u16 + 1).min(area.height);
    if here {
        let whole = Rect { x: area.x - 1, width: area.width + 2, height, ..area };
        buf.set_style(whole, app.styles.style(Role::ListSelected));
    }
    let style = |role: Role| -> Style {
        let style = app.styles.style(role);
        if here { Style { bg: None, ..style } } else { style }
    };
    let marked = state.marked.contains(&(extract.source, extract.span));
    if marked {
        put(buf, area.x, area.y, app.glyphs.bullet, 1, style(Role::ListMarked));
    }
    let end = right_of_head(app, view, extract, area, &style, buf);
    let head = head(app, view, extract);
    let room = end.saturating_sub(area.x + 3);
    put(buf, area.x + 2, area.y, &head, room, style(if here { Role::Text } else { Role::Dim }));
    for (line, y) in words.iter().zip(area.y + 1..area.bottom()) {
        // With words around it, what is the extract itself is told without colour too.
        if here && state.context && line.role == Role::Quote {
            put(buf, area.x + line.x - 2, y, app.glyphs.thumb, 1, style(Role::Link));
        }
        put(buf, area.x + line.x, y, &line.words, area.width.saturating_sub(line.x), style(line.role));
    }
    area.y + height
}

/// Case, source, turn and speaker.
fn head(app: &App, view: &View<'_>, extract: &Extract) -> String {
    let source = view.source(extract.source);
    let case = extract.case.and_then(|case| view.case(case)).map(|case| case.name.clone());
    let name = source.map(|source| source.name.clone());
    let reading = app.study.reading(extract.source);
    let turn = reading.and_then(|reading| reading.turns.turn_at(extract.span.start));
    let turn = turn.map(|turn| format!("turn {}", turn + 1));
    let said = reading.map(|reading| speakers(view, extract.source, &reading.turns, extract.span));
    let dot = format!(" {} ", app.glyphs.dot);
    let parts = [case, name, turn, said].into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(&dot)
}

/// What stands at the right of the head: the subcodes it has got, else its codes where the query lists several, and whose
/// it is where that is somebody else's. Gives back where it begins.
fn right_of_head(
    app: &App,
    view: &View<'_>,
    extract: &Extract,
    area: Rect,
    style: &dyn Fn(Role) -> Style,
    buf: &mut Buffer,
) -> u16 {
    let given = app.extracts.found.as_ref().map_or_else(Vec::new, |found| found.subcodes.given(view, extract));
    let names = |codes: &[CodeId]| codes.iter().map(|code| view.code_name(*code)).collect::<Vec<_>>().join(", ");
    let single = matches!(app.extracts.query.codes.listed().as_slice(), [(_, false)]);
    let mut parts: Vec<(String, Role)> = Vec::new();
    let mut whose: Vec<String> = Vec::new();
    let others = |mark: &&Mark| !matches!(&mark.from, Holder::Coders(coders) if *coders == [view.coder()]);
    for mark in extract.marks.iter().filter(others) {
        let name = mark.from.words(view);
        if !whose.contains(&name) {
            whose.push(name);
        }
    }
    if !whose.is_empty() {
        parts.push((whose.join(", "), Role::Dim));
    }
    if !single {
        let codes: Vec<CodeId> = extract.codes().into_iter().filter(|code| !given.contains(code)).collect();
        if !codes.is_empty() {
            parts.push((names(&codes), Role::Text));
        }
    }
    if !given.is_empty() {
        parts.push((format!("{} {}", app.glyphs.done, names(&given)), Role::Ok));
    }
    let width: u16 = parts.iter().map(|(words, _)| width_of(words) + 2).sum();
    // The head keeps half of the row at least.
    let room = width.min(area.width / 2);
    let begin = area.right().saturating_sub(room);
    let mut x = begin;
    for (words, role) in parts {
        let left = area.right().saturating_sub(x + 1);
        x += put(buf, x, area.y, &words, left, style(role)) + 2;
        if x >= area.right() {
            break;
        }
    }
    begin
}

/// The words of an extract, wrapped, with what stands around it if it is in hand and that is asked for.
fn lines(app: &App, view: &View<'_>, n: usize, extract: &Extract, width: u16) -> Vec<Line> {
    let state = &app.extracts;
    let here = n == state.at;
    let room = width.saturating_sub(INDENT + 1).min(110);
    let Some(reading) = app.study.reading(extract.source) else {
        let words = match app.study.failed(extract.source) {
            Some(why) => why.to_string(),
            None => "the text is being read".to_owned(),
        };
        return vec![Line { x: INDENT, words, role: Role::Faint }];
    };
    let whole = reading.text.whole();
    let span = extract.span.intersection(whole).unwrap_or_default();
    let most = if here { ROWS_IN_HAND } else { ROWS };
    let context = here && state.context;
    let mut out = Vec::new();
    let (before, after) = if context { around(reading, span) } else { (None, None) };
    let mut add = |words: String, most: usize, role: Role, from_end: bool| {
        let words = wrapped(app, &words, room, most, from_end);
        out.extend(words.into_iter().map(|words| Line { x: INDENT, words, role }));
    };
    if let Some(before) = before {
        add(near(reading, before, true), ROWS_AROUND, Role::Dim, true);
    }
    add(said(reading, span), most, Role::Quote, false);
    if let Some(after) = after {
        add(near(reading, after, false), ROWS_AROUND, Role::Dim, false);
    }
    let all = view.showing(crate::project::view::Whose::Everybody);
    let comments = extract.codings().filter_map(|id| Some(all.coding(id)?.coding.comment.as_str()));
    if let (true, Some(comment)) = (here, comments.into_iter().find(|comment| !comment.is_empty())) {
        let words = format!("{} {}", app.glyphs.memo, comment.replace('\n', " "));
        add(words, 2, Role::MemoMark, false);
    }
    out
}

/// What stands before and after: to the start of its turn and the turn before; to its end and the turn after; paragraphs
/// where nobody is said to speak.
fn around(reading: &Reading, span: Span) -> (Option<Span>, Option<Span>) {
    let turns = &reading.turns.turns;
    let last = if span.is_empty() { span.start } else { span.end.shifted(-1) };
    let (start, end) = if turns.is_empty() {
        let text = &reading.text;
        let (first, last) = (text.paragraph_of(span.start), text.paragraph_of(last));
        // A blank line is no paragraph to read.
        let start = text.paragraph_span(first.saturating_sub(2)).start;
        (start, text.paragraph_span((last + 2).min(text.paragraphs().saturating_sub(1))).end)
    } else {
        let (first, last) = (reading.turns.last_from(span.start), reading.turns.last_from(last));
        let before = first.map_or(0, |turn| turn.saturating_sub(1));
        let after = last.map_or(0, |turn| (turn + 1).min(turns.len() - 1));
        (turns[before].span.start, turns[after].span.end)
    };
    let some = |span: Span| (!span.is_empty()).then_some(span);
    let before = some(Span { start: start.min(span.start), end: span.start });
    let after = some(Span { start: span.end, end: end.max(span.end) });
    (before, after)
}

/// What is said in an extract, on one line; of a long one as much as there is ever room for.
fn said(reading: &Reading, span: Span) -> String {
    let near = Span { end: span.end.min(span.start.shifted(i64::from(FAR))), ..span };
    reading.turns.said(&reading.text, near).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words on one line.
fn flat(reading: &Reading, span: Span) -> String {
    reading.text.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words around an extract, as they stand, labels and all: of a long turn what is near the extract.
fn near(reading: &Reading, span: Span, from_end: bool) -> String {
    let near = match span.len() {
        0..=FAR => span,
        _ if from_end => Span { start: Pos(span.end.0 - FAR), ..span },
        _ => Span { end: Pos(span.start.0 + FAR), ..span },
    };
    flat(reading, near)
}

/// Wrapped rows, at most so many: the first ones, or the last ones; what is cut off is marked.
fn wrapped(app: &App, words: &str, width: u16, most: usize, from_end: bool) -> Vec<String> {
    let dots = app.glyphs.ellipsis;
    let row = |row: crate::text::wrap::Row| words[row.bytes].trim_end().to_owned();
    if from_end {
        let mut all: Vec<String> = rows(words, 0, width).map(row).collect();
        let cut = all.len().saturating_sub(most);
        all.drain(..cut);
        if let (true, Some(first)) = (cut > 0, all.first_mut()) {
            *first = format!("{dots} {first}");
        }
        return all;
    }
    let mut all: Vec<String> = rows(words, 0, width).take(most + 1).map(row).collect();
    if all.len() > most {
        all.truncate(most);
        if let Some(last) = all.last_mut() {
            *last = format!("{last} {dots}");
        }
    }
    all
}

/// Where in the list one is.
fn bar(app: &App, area: Rect, buf: &mut Buffer) {
    let state: &ExtractsView = &app.extracts;
    let count = state.list().len();
    let shown = state.rows.borrow().len();
    if count <= shown || area.height < 3 || count < 2 {
        return;
    }
    let height = usize::from(area.height);
    let thumb = (height * shown / count).max(1);
    let from = (height - thumb) * state.at / (count - 1);
    for row in 0..height {
        let on = (from..from + thumb).contains(&row);
        let (sign, role) =
            if on { (app.glyphs.thumb, Role::ScrollThumb) } else { (app.glyphs.track, Role::ScrollTrack) };
        put(buf, area.right() - 1, area.y + row as u16, sign, 1, app.styles.style(role));
    }
}
