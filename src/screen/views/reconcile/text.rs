//! The words around what is in hand, wrapped as in the Code view: turns numbered, speakers named, and beside them what
//! each coder has on them.

use super::scene::{Column, Hold, Margin, Scene};
use super::{Part, ReconcileView};
use crate::project::source::Who;
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::theme::{Role, Styles};
use crate::screen::views::code::flow::{Anchor, PageRow};
use crate::screen::views::code::page::{Memos, words_span};
use crate::screen::views::code::paint::{clock, put};
use crate::screen::views::code::run::draw_words;
use crate::screen::views::code::transcript::Transcript;
use crate::text::{Pos, Span};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

/// The widest that text is set: longer lines are hard to read.
const WIDEST: u16 = 78;
/// Cells for a margin.
const MARGIN: u16 = 3;

/// How the pane of the words is used, in cells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Shape {
    /// Cells for the margins.
    pub margins: u16,
    /// Cells for the numbers of turns.
    pub gutter: u16,
    /// Cells for the words.
    pub width: u16,
}

/// How a pane so wide is used with so many margins.
#[must_use]
pub fn shape(width: u16, margins: usize) -> Shape {
    let margins = MARGIN * u16::try_from(margins).unwrap_or(u16::MAX).min(width / 2 / MARGIN);
    let gutter = if width >= 60 { 6 } else { 4 };
    let words = width.saturating_sub(margins + gutter + 3).clamp(1, WIDEST);
    Shape { margins, gutter, width: words }
}

/// How the letter and the bars of a coder are drawn.
#[must_use]
pub fn coder_style(styles: &Styles, margin: Margin) -> Style {
    match margin {
        Margin::Coder(0) => styles.style(Role::CoderA),
        Margin::Coder(1) => styles.style(Role::CoderB),
        // Of three or more coders the others have colours of codes; their letters tell them apart.
        Margin::Coder(n) => styles.code(u8::try_from(n).unwrap_or(2)).name,
        Margin::Consensus => styles.style(Role::Ok),
    }
}

/// The page of the words begins where what is in hand is seen best, once for each thing that is chosen.
pub fn settle(view: &mut ReconcileView, project: &View<'_>) {
    let area = view.layout.words;
    let columns = view.scene.as_ref().map_or(0, |scene| scene.columns.len());
    let shape = shape(area.width, columns);
    let (Some(text), Some(scene)) = (&mut view.text, &view.scene) else { return };
    text.set_width(shape.width);
    let height = usize::from(area.height);
    if view.moving.is_some() {
        text.follow(project, Memos::Folded, height);
        return;
    }
    let place = (scene.source, scene.span, area.height, shape.width);
    if view.placed == Some(place) {
        return;
    }
    view.placed = Some(place);
    text.go(scene.span.start);
    let start = text.flow().anchor_of(scene.span.start);
    // The turn's beginning is seen too, and the question before it, unless that pushes what is in hand off the page.
    let needed = scene.span.len() as usize / usize::from(shape.width.max(1)) + 2;
    let most = height.saturating_sub(needed).min(height * 2 / 3).max(usize::from(height > 4));
    let turns = &text.reading().turns;
    let turn = turns.turn_at(scene.span.start);
    let before = |turn: usize| rows_between(text, text.flow().anchor_of(turns.turns[turn].span.start).stretch, start);
    let asked = turn.and_then(|turn| turn.checked_sub(1)).map(before).filter(|rows| *rows <= most.min(height * 2 / 5));
    let above = asked.or_else(|| turn.map(before)).unwrap_or(1);
    text.top = text.rows_above(project, Memos::Folded, start, above.min(most));
    // At the end of a text there is room for more of what was said before.
    let rows = text.page(project, Memos::Folded, height).rows.len();
    text.top = text.rows_above(project, Memos::Folded, text.top, height.saturating_sub(rows));
}

/// How many rows stand from a stretch to a place, at most a page's.
fn rows_between(text: &Transcript, from: usize, to: Anchor) -> usize {
    let mut rows = to.row;
    for stretch in (from..to.stretch).rev().take(60) {
        rows += text.flow().page_rows(stretch).len();
    }
    // The page does not begin with an empty row.
    let gap = to.stretch > from && text.flow().page_rows(from).first() == Some(&PageRow::Gap);
    rows.saturating_sub(usize::from(gap))
}

/// Draws the margins' letters above them, and the words; gives back where the terminal's cursor belongs.
pub fn draw(app: &App, buf: &mut Buffer) -> Option<Position> {
    let view = &app.reconcile;
    let (area, heads) = (view.layout.words, view.layout.heads);
    let scene = view.scene.as_ref()?;
    let shape = shape(area.width, scene.columns.len());
    let Some(text) = &view.text else {
        let words = match (view.trouble(), view.awaited.and_then(|id| app.study.view().source(id).cloned())) {
            (Some(why), _) => why.to_owned(),
            (None, Some(source)) => format!("Reading “{}” …", source.name),
            (None, None) => String::new(),
        };
        put(buf, area.x + 2, area.y, &words, area.width.saturating_sub(2), app.styles.style(Role::Dim));
        return None;
    };
    for (n, column) in scene.columns.iter().enumerate() {
        let x = area.x + 1 + MARGIN * n as u16;
        if x + 1 < area.x + shape.margins.max(1) + 1 && heads.height > 0 {
            let style = coder_style(&app.styles, column.whose).add_modifier(Modifier::BOLD);
            put(buf, x, heads.y, &column.letter, MARGIN - 1, style);
        }
    }
    let project = app.study.view();
    let page = text.page(&project, Memos::Folded, usize::from(area.height));
    let left = area.x + 1 + shape.margins + shape.gutter;
    let mut cursor = None;
    let mut said_nothing = vec![false; scene.columns.len()];
    for (n, row) in page.rows.iter().enumerate() {
        let y = area.y + n as u16;
        let number = |turn: usize, buf: &mut Buffer| {
            let number = (turn + 1).to_string();
            let x = left.saturating_sub(number.len() as u16 + 2);
            put(buf, x, y, &number, number.len() as u16, app.styles.style(Role::TurnNumber));
        };
        match row {
            PageRow::Gap | PageRow::Memo { .. } => {}
            PageRow::Heading(turn) => {
                number(*turn, buf);
                heading(app, *turn, Rect::new(left, y, shape.width, 1), buf);
            }
            PageRow::Words { bytes, span, turn, .. } => {
                if let Some(turn) = turn {
                    number(*turn, buf);
                }
                let words = &text.reading().text.as_str()[bytes.clone()];
                let at = self::words(app, scene, (words, *span), (left, y, shape.width), buf);
                cursor = cursor.or(at);
                for (n, (column, said)) in scene.columns.iter().zip(&mut said_nothing).enumerate() {
                    let x = area.x + 1 + MARGIN * n as u16;
                    margin(app, scene, column, said, *span, (x, y), buf);
                }
            }
        }
    }
    let more = page.rows.iter().rev().find_map(words_span).is_some_and(|last| last.end < scene.span.end);
    if more && area.height > 0 {
        // The words in hand go on below: an arrow beside them, where no word is covered.
        let x = area.right().saturating_sub(1);
        put(buf, x, area.bottom().saturating_sub(1), app.glyphs.down, 1, app.styles.style(Role::Strong));
    }
    cursor.filter(|_| view.moving.is_some() || view.part == Part::Text)
}

/// What a coder has on a row: a bar where what is in hand is theirs, a thin one where something else is, a dot where they
/// have nothing of what is in hand.
fn margin(
    app: &App,
    scene: &Scene,
    column: &Column,
    said: &mut bool,
    span: Span,
    (x, y): (u16, u16),
    buf: &mut Buffer,
) {
    let style = coder_style(&app.styles, column.whose);
    let touches = |spans: &[Span]| spans.iter().any(|other| other.overlaps(span));
    // Where there is no room above the margins, their letters stand in them.
    let letter = app.reconcile.layout.heads.height == 0 && !*said;
    if touches(&column.spans) {
        put(buf, x, y, if letter { &column.letter } else { app.glyphs.thumb }, 1, style);
        *said = true;
    } else if touches(&column.others) {
        put(buf, x, y, app.glyphs.guide, 1, app.styles.style(Role::Dim));
    } else if column.spans.is_empty() && !*said && scene.span.overlaps(span) {
        put(buf, x, y, app.glyphs.dot, 1, style);
        *said = true;
    }
}

fn heading(app: &App, turn: usize, line: Rect, buf: &mut Buffer) {
    let Some(text) = &app.reconcile.text else { return };
    let reading = text.reading();
    let record = &reading.turns.turns[turn];
    let label = record.speaker.and_then(|speaker| reading.turns.labels.get(speaker as usize));
    let label = label.map_or("", String::as_str);
    let role = match app.study.view().who(reading.source, label) {
        Who::Interviewer => Role::SpeakerInterviewer,
        Who::Participant(_) => Role::SpeakerParticipant,
        Who::Other | Who::Unknown => Role::SpeakerOther,
    };
    let time = record.time.map(clock).unwrap_or_default();
    put(buf, line.x, line.y, label, line.width.saturating_sub(time.len() as u16 + 1), app.styles.style(role));
    let x = line.right().saturating_sub(time.len() as u16);
    put(buf, x, line.y, &time, time.len() as u16, app.styles.style(Role::TimeStamp));
}

/// A row of words: what all have who have any strong, what some have tinted, what is selected while ends are moved.
fn words(
    app: &App,
    scene: &Scene,
    (words, span): (&str, Span),
    (x, y, width): (u16, u16, u16),
    buf: &mut Buffer,
) -> Option<Position> {
    let text = app.reconcile.text.as_ref()?;
    let selection = text.selection().map(|selection| selection.span());
    let code = app.styles.code(scene.hue);
    let style_at = |at: Pos| {
        let mut style = app.styles.style(if scene.in_scope(at) { Role::Text } else { Role::OutOfScope });
        match scene.hold(at) {
            Hold::Shared => style = style.patch(code.tint).patch(code.current),
            Hold::Some => style = style.patch(code.tint),
            Hold::No => {}
        }
        if selection.is_some_and(|selection| selection.holds(at)) {
            style = style.patch(app.styles.style(Role::Selection));
        }
        style
    };
    let mut borders = scene.borders(span);
    borders.extend(selection.into_iter().flat_map(|selection| [selection.start, selection.end]));
    let here = text.cursor_char();
    let (found, _) = draw_words(buf, (x, y, width), (words, span), borders, style_at, here);
    let at = Position::new(x + found?.min(width.saturating_sub(1)), y);
    if app.reconcile.moving.is_some() {
        buf[(at.x, at.y)].set_style(app.styles.style(Role::CursorCell));
    }
    Some(at)
}
