//! A screen of cells as text with the escape sequences that would draw it: for pictures and bug reports.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// The screen, a line each, every line reset at its end.
#[must_use]
pub fn ansi(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let mut last: Option<String> = None;
        let mut x = buffer.area.left();
        while x < buffer.area.right() {
            let cell = &buffer[(x, y)];
            let style = sgr(cell);
            if last.as_ref() != Some(&style) {
                let _ok = write!(out, "\x1b[0{style}m");
                last = Some(style);
            }
            out.push_str(cell.symbol());
            x += (cell.symbol().width() as u16).max(1);
        }
        out.push_str("\x1b[0m\n");
    }
    out
}

fn sgr(cell: &Cell) -> String {
    let mut out = String::new();
    for (modifier, code) in [
        (Modifier::BOLD, 1),
        (Modifier::DIM, 2),
        (Modifier::ITALIC, 3),
        (Modifier::UNDERLINED, 4),
        (Modifier::REVERSED, 7),
        (Modifier::CROSSED_OUT, 9),
    ] {
        if cell.modifier.contains(modifier) {
            let _ok = write!(out, ";{code}");
        }
    }
    colour(&mut out, cell.fg, 30);
    colour(&mut out, cell.bg, 40);
    if let Color::Rgb(r, g, b) = cell.underline_color {
        let _ok = write!(out, ";58;2;{r};{g};{b}");
    } else if let Color::Indexed(n) = cell.underline_color {
        let _ok = write!(out, ";58;5;{n}");
    }
    out
}

fn colour(out: &mut String, colour: Color, base: u8) {
    let named = |n: u8| if n < 8 { base + n } else { base + 60 + n - 8 };
    let n = match colour {
        Color::Reset => return,
        Color::Rgb(r, g, b) => {
            let _ok = write!(out, ";{};2;{r};{g};{b}", base + 8);
            return;
        }
        Color::Indexed(n) => {
            let _ok = write!(out, ";{};5;{n}", base + 8);
            return;
        }
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    let _ok = write!(out, ";{}", named(n));
}
