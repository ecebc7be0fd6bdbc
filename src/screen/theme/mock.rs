//! Pictures of the themes: a Code view and a sheet of everything, drawn as the views draw, for people to look at.
//!
//! `THEME_PICTURES=/some/folder cargo test --lib pictures -- --ignored` writes each as a text of escape sequences that any
//! terminal shows with `cat`. The tests that always run see to it that the pictures draw at every size and depth.

mod code;
mod sheet;

use super::*;
use crate::screen::glyphs::Glyphs;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use std::fmt::Write as _;

/// A pen over a buffer: words at places, cut off at the edge.
struct Pen<'a> {
    buf: &'a mut Buffer,
    s: &'a Styles,
    g: Glyphs,
}

/// What a piece of text is drawn in: a role, or a style worked out.
enum In {
    As(Role),
    Of(Style),
}
use In::{As, Of};
use Role as R;
use code::code_view;
use sheet::sheet;

impl Pen<'_> {
    fn ground(&mut self, area: Rect, role: Role) {
        let area = area.intersection(self.buf.area);
        self.buf.set_style(area, self.s.style(role));
    }

    /// Draws pieces one behind the other; gives the column after the last.
    fn put(&mut self, x: u16, y: u16, pieces: &[(In, &str)]) -> u16 {
        let mut x = x;
        for (how, text) in pieces {
            let style = match how {
                As(role) => self.s.style(*role),
                Of(style) => *style,
            };
            if self.buf.area.contains((x, y).into()) {
                x = self.buf.set_stringn(x, y, text, usize::MAX, style).0;
            }
        }
        x
    }

    /// The same, ending at a column.
    fn put_right(&mut self, x: u16, y: u16, pieces: &[(In, &str)]) {
        let width: usize = pieces.iter().map(|(_, text)| text.chars().count()).sum();
        self.put(x.saturating_sub(width as u16), y, pieces);
    }

    fn frame(&mut self) {
        let area = self.buf.area;
        let (w, h) = (area.width, area.height);
        self.ground(area, R::Screen);
        self.ground(Rect::new(0, 0, w, 1), R::TitleBar);
        self.ground(Rect::new(0, h.saturating_sub(2), w, 2), R::StatusBar);
        let step = format!(" {} ", self.g.pointer);
        self.put(
            1,
            0,
            &[
                (As(R::BarAccent), "Emic"),
                (As(R::TitleBar), "  Behavioral health integration"),
                (As(R::Dim), &step),
                (As(R::TitleBar), "Practice 07"),
                (As(R::Dim), &step),
                (As(R::Strong), "Clinic manager"),
            ],
        );
        let g = self.g;
        self.put_right(
            w.saturating_sub(1),
            0,
            &[
                (As(R::Notice), "round 1 "),
                (As(R::Notice), g.dot),
                (As(R::Notice), " blind   "),
                (As(R::BarAccent), "PB"),
                (As(R::Dim), "  saved 14:02 "),
                (As(R::Ok), g.read),
            ],
        );
        let y = h.saturating_sub(2);
        self.put(1, y, &[(As(R::Text), "sentence selected"), (As(R::Dim), "  137 characters, turn 12, 2 codes here")]);
        self.put_right(w.saturating_sub(1), y, &[(As(R::Dim), "read to turn 14 of 88")]);
        let keys = [
            ("s", "sentence"),
            ("t", "turn"),
            ("+", "grow"),
            ("c", "code"),
            ("1-9", "quick code"),
            (".", "again"),
            ("m", "memo"),
        ];
        let mut x = 1;
        for (key, what) in keys {
            x = self.put(x, y + 1, &[(As(R::Key), key), (As(R::KeyText), " "), (As(R::KeyText), what)]) + 2;
        }
        self.put(x, y + 1, &[(As(R::KeyOff), "u undo")]);
    }
}

fn draw(styles: &Styles, glyphs: Glyphs, w: u16, h: u16, picture: fn(&mut Pen)) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(w, h)).expect("a buffer");
    terminal.draw(|frame| picture(&mut Pen { buf: frame.buffer_mut(), s: styles, g: glyphs })).expect("a buffer");
    terminal.backend().buffer().clone()
}

/// The buffer as a terminal would be told it.
fn ansi(buf: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buf.area.height {
        let mut last = None;
        for x in 0..buf.area.width {
            let cell = &buf[(x, y)];
            let style = (cell.fg, cell.bg, cell.underline_color, cell.modifier);
            if last != Some(style) {
                out.push_str("\x1b[0");
                colour(&mut out, cell.fg, 30, "38");
                colour(&mut out, cell.bg, 40, "48");
                colour(&mut out, cell.underline_color, 0, "58");
                for (code, modifier) in [
                    (1, Modifier::BOLD),
                    (2, Modifier::DIM),
                    (3, Modifier::ITALIC),
                    (4, Modifier::UNDERLINED),
                    (7, Modifier::REVERSED),
                    (9, Modifier::CROSSED_OUT),
                ] {
                    if cell.modifier.contains(modifier) {
                        let _ = write!(out, ";{code}");
                    }
                }
                out.push('m');
                last = Some(style);
            }
            out.push_str(cell.symbol());
        }
        out.push_str("\x1b[0m\n");
    }
    out
}

fn colour(out: &mut String, colour: Color, base: u8, long: &str) {
    let sixteen =
        [Color::Black, Color::Red, Color::Green, Color::Yellow, Color::Blue, Color::Magenta, Color::Cyan, Color::Gray];
    let bright = [
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    let at = |of: &[Color]| of.iter().position(|one| *one == colour).map(|n| n as u8);
    let _ = match (colour, at(&sixteen), at(&bright)) {
        (Color::Rgb(r, g, b), ..) => write!(out, ";{long};2;{r};{g};{b}"),
        (Color::Indexed(n), ..) => write!(out, ";{long};5;{n}"),
        (_, Some(n), _) => write!(out, ";{}", base + n),
        (_, _, Some(n)) => write!(out, ";{}", base + 60 + n),
        _ => Ok(()),
    };
}

const DEPTHS: [Depth; 4] = [Depth::True, Depth::Ansi256, Depth::Ansi16, Depth::None];

#[test]
fn pictures_draw_at_every_size_and_depth_and_use_only_colours_of_that_depth() {
    for theme in Library::built_in().all() {
        for depth in DEPTHS {
            let styles = theme.at(depth);
            for (w, h) in [(152, 40), (80, 24), (20, 6), (1, 1)] {
                for picture in [code_view, sheet] {
                    let buf = draw(&styles, Glyphs::ASCII, w, h, picture);
                    for cell in buf.content() {
                        for colour in [cell.fg, cell.bg, cell.underline_color] {
                            let fits = match colour {
                                Color::Reset => true,
                                Color::Rgb(..) => depth == Depth::True,
                                Color::Indexed(_) => depth >= Depth::Ansi256,
                                _ => depth >= Depth::Ansi16,
                            };
                            assert!(fits, "{} {depth:?}: {colour:?}", theme.id());
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn selected_text_shows_the_selection_and_not_the_code_under_it() {
    let styles = Library::built_in().get("emic-dark").expect("built in").at(Depth::True);
    let buf = draw(&styles, Glyphs::UNICODE, 152, 40, code_view);
    assert_eq!(buf[(33 + 25, 10)].style().bg, styles.style(Role::Selection).bg);
    assert_eq!(buf[(33 + 5, 8)].style().bg, styles.code(0).tint.bg);
    assert_eq!(buf[(33 + 30, 21)].style().bg, styles.tint_of(&[5, 3]).bg);
    assert!(buf[(33 + 5, 8)].modifier.contains(Modifier::UNDERLINED));
}

#[test]
#[ignore = "writes pictures for people to look at, where THEME_PICTURES says"]
fn pictures() {
    let Some(folder) = std::env::var_os("THEME_PICTURES") else { return };
    for theme in Library::built_in().all() {
        for depth in DEPTHS {
            let styles = theme.at(depth);
            for (name, picture) in [("code", code_view as fn(&mut Pen)), ("sheet", sheet)] {
                let text = ansi(&draw(&styles, Glyphs::UNICODE, 152, 40, picture));
                let file = format!("{}-{depth:?}-{name}.ansi", theme.id()).to_lowercase();
                std::fs::write(std::path::Path::new(&folder).join(file), text).expect("the folder can be written");
            }
        }
    }
}
