//! A page of lines that are made of parts, some of which can be chosen: what the views of rounds are drawn with.

use super::code::paint::{paragraph, put};
use super::code::tree::in_sight;
use crate::screen::app::App;
use crate::screen::theme::{Role, Styles};
use crate::text::wrap::wrap;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// A part of a line.
#[derive(Clone, Debug)]
pub struct Part {
    /// How many cells from the left.
    pub x: u16,
    /// How many cells it may take.
    pub width: u16,
    /// What it says.
    pub words: String,
    /// How it is drawn.
    pub style: Style,
}

/// A line; `T` is what choosing it chooses.
#[derive(Clone, Debug)]
pub struct Line<T> {
    /// Its parts.
    pub parts: Vec<Part>,
    /// What it stands for, if it can be chosen.
    pub target: Option<T>,
}

impl<T> Line<T> {
    /// An empty line.
    #[must_use]
    pub const fn gap() -> Self {
        Self { parts: Vec::new(), target: None }
    }

    /// A line with one part.
    #[must_use]
    pub fn of(styles: &Styles, x: u16, width: u16, words: impl Into<String>, role: Role) -> Self {
        Self::gap().with(styles, x, width, words, role)
    }

    /// The same with one more part.
    #[must_use]
    pub fn with(mut self, styles: &Styles, x: u16, width: u16, words: impl Into<String>, role: Role) -> Self {
        self.parts.push(Part { x, width, words: words.into(), style: styles.style(role) });
        self
    }

    /// The same, standing for `target`.
    #[must_use]
    pub fn leading_to(mut self, target: T) -> Self {
        self.target = Some(target);
        self
    }
}

/// Lines with `words` wrapped to `width`, from `x`, under no target.
#[must_use]
pub fn wrapped<T>(styles: &Styles, x: u16, width: u16, words: &str, role: Role) -> Vec<Line<T>> {
    let mut out = Vec::new();
    for line in words.lines() {
        for row in wrap(line, width.max(1)) {
            out.push(Line::of(styles, x, width, line[row.bytes].trim_end(), role));
        }
    }
    out
}

/// Lines with a dim label and `words` wrapped beside it.
#[must_use]
pub fn labelled<T>(styles: &Styles, at: (u16, u16, u16), label: &str, words: &str) -> Vec<Line<T>> {
    let (x, label_width, width) = at;
    let mut lines = wrapped(styles, x + label_width, width.saturating_sub(label_width), words, Role::Text);
    if let Some(first) = lines.first_mut() {
        let label = Part { x, width: label_width - 1, words: label.to_owned(), style: styles.style(Role::Dim) };
        first.parts.insert(0, label);
    }
    lines
}

/// Draws lines so that the chosen one is in sight, with as much of what follows it as it needs; gives back where the
/// chosen one stands, and remembers the first line shown in `top`.
pub fn draw<T: PartialEq>(
    app: &App,
    lines: &[Line<T>],
    chosen: Option<&T>,
    focused: bool,
    top: &std::cell::Cell<usize>,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    // Where not all fits, the last row says how much more there is.
    let over = lines.len() > usize::from(area.height) && area.height > 2;
    let height = usize::from(area.height) - usize::from(over);
    let is_it = |line: &Line<T>| chosen.is_some() && line.target.as_ref() == chosen;
    let at = lines.iter().position(is_it);
    let mut first = match at {
        // What stands above the first thing that can be chosen comes in sight with it.
        Some(at) if lines[..at].iter().all(|line| line.target.is_none()) => in_sight(0, at, lines.len(), height),
        Some(at) => {
            let last =
                at + lines[at + 1..].iter().take_while(|line| line.target.is_none() && !line.parts.is_empty()).count();
            let first = in_sight(top.get(), last.min(at + height.saturating_sub(1)), lines.len(), height);
            in_sight(first, at, lines.len(), height)
        }
        None => 0,
    };
    first = first.min(lines.len().saturating_sub(height));
    top.set(first);
    let plain = app.styles.style(Role::Text).bg;
    let mut cursor = None;
    for (n, line) in lines.iter().skip(first).take(height).enumerate() {
        let y = area.y + n as u16;
        let here = is_it(line);
        if here {
            let role = if focused { Role::ListSelected } else { Role::ListSelectedInactive };
            buf.set_style(Rect { y, height: 1, ..area }, app.styles.style(role));
            cursor = Some(Position::new(area.x + line.parts.first().map_or(0, |part| part.x), y));
        }
        for part in &line.parts {
            let room = part.width.min(area.width.saturating_sub(part.x));
            // What has a ground of its own keeps it: a cell is a figure.
            let style = if here && part.style.bg == plain { Style { bg: None, ..part.style } } else { part.style };
            put(buf, area.x + part.x, y, &part.words, room, style);
        }
    }
    if lines.len() > first + height && height > 0 {
        let more = format!("{} {} more", app.glyphs.down, lines.len() - first - height);
        put(buf, area.x + 1, area.bottom() - 1, &more, area.width.saturating_sub(1), app.styles.style(Role::Faint));
    }
    cursor.filter(|_| focused)
}

/// How many cells words take.
#[must_use]
pub fn width_of(words: &str) -> u16 {
    u16::try_from(unicode_width::UnicodeWidthStr::width(words)).unwrap_or(u16::MAX)
}

/// Says something where there is nothing else to show.
pub fn nothing(app: &App, words: &str, area: Rect, buf: &mut Buffer) {
    let inner = Rect::new(area.x + 2, area.y + 2, area.width.saturating_sub(4).min(90), area.height.saturating_sub(2));
    paragraph(buf, inner, words, app.styles.style(Role::Dim));
}
