//! Figures as SVG, drawn to be printed: one neutral colour, numbers always there, text that stays text.
//!
//! Lengths are in pixels of 1/96 inch, as SVG has them. A figure says what it shows and, at its foot, what it rests on; it
//! grows with its names, so that none is cut off. Nothing is counted here.

mod bars;
mod curve;
mod heat;
mod words;

pub use bars::{Bar, Beside, bars};
pub use curve::{Curve, Line, curve};
pub use heat::{Heat, heat};

use std::fmt::Write as _;
use words::{escaped, lines, wide};

/// The one colour of what is counted.
const INK: &str = "#4a6b8a";
/// The colour of names that stand back.
const PALE: &str = "#5b6069";
/// The colour of lines.
const RULE: &str = "#b9bec6";
/// The size of text, and of lesser text.
const SIZE: f64 = 13.0;
const SMALL: f64 = 11.0;
/// The size of the title.
const LARGE: f64 = 15.0;
/// Around everything.
const EDGE: f64 = 14.0;
/// No figure is narrower, so that its title and its foot are not squeezed.
const NARROWEST: f64 = 520.0;

/// What stands over and under a figure.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Frame {
    /// What it shows.
    pub title: String,
    /// What it rests on and how it is read, a sentence each.
    pub notes: Vec<String>,
}

impl Frame {
    /// A frame with this title and nothing at its foot.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), notes: Vec::new() }
    }

    /// A figure of this size, in which `body` draws from a height on.
    fn around(&self, width: f64, height: f64, body: impl FnOnce(&mut String, f64)) -> String {
        let width = width.max(NARROWEST);
        let room = width - 2.0 * EDGE;
        let title = lines(&self.title, room, LARGE * 1.1);
        let notes: Vec<String> = self.notes.iter().flat_map(|note| lines(note, room, SMALL)).collect();
        let top = EDGE + 20.0 * title.len() as f64 + 8.0;
        let foot = if notes.is_empty() { 0.0 } else { 14.0 + 15.0 * notes.len() as f64 };
        let whole = top + height + foot + EDGE;
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{whole:.0}\" viewBox=\"0 0 \
             {width:.0} {whole:.0}\" font-family=\"sans-serif\" font-size=\"{SIZE}\" fill=\"#1d2126\" role=\"img\">\n\
             <title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
            escaped(&self.title)
        );
        for (n, line) in title.iter().enumerate() {
            let bold = format!("font-weight=\"bold\" font-size=\"{LARGE}\"");
            text(&mut out, EDGE, EDGE + 14.0 + 20.0 * n as f64, line, "start", &bold);
        }
        body(&mut out, top);
        for (n, line) in notes.iter().enumerate() {
            let y = top + height + 24.0 + 15.0 * n as f64;
            text(&mut out, EDGE, y, line, "start", &format!("fill=\"{PALE}\" font-size=\"{SMALL}\""));
        }
        out.push_str("</svg>\n");
        out
    }
}

/// Words at a place: `anchor` is start, middle or end.
fn text(out: &mut String, x: f64, y: f64, words: &str, anchor: &str, more: &str) {
    let gap = if more.is_empty() { "" } else { " " };
    // Writing to a string cannot fail.
    let _written =
        writeln!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\"{gap}{more}>{}</text>", escaped(words));
}

/// A filled rectangle.
fn rect(out: &mut String, x: f64, y: f64, width: f64, height: f64, more: &str) {
    let _written =
        writeln!(out, "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" {more}/>");
}

/// A line.
fn rule(out: &mut String, from: (f64, f64), to: (f64, f64)) {
    let ((x1, y1), (x2, y2)) = (from, to);
    let _written =
        writeln!(out, "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{RULE}\"/>");
}

/// The widest of these words, and at least `least`.
fn widest<'a>(words: impl IntoIterator<Item = &'a str>, size: f64, least: f64) -> f64 {
    words.into_iter().map(|words| wide(words, size)).fold(least, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_figure_are_words_and_nothing_else() {
        let frame = Frame { title: "a <b> & \"c\"\u{1b}[31m".into(), notes: vec!["n < 3".into()] };
        let out = frame.around(100.0, 50.0, |_, _| {});
        assert!(out.contains("<title>a &lt;b&gt; &amp; &quot;c&quot;␛[31m</title>"), "{out}");
        assert!(out.contains(">n &lt; 3</text>") && out.ends_with("</svg>\n"), "{out}");
    }

    #[test]
    fn a_long_title_is_broken_and_makes_the_figure_no_wider() {
        let frame = Frame::new("Delegating assessments and follow-up to nurses ".repeat(6));
        let out = frame.around(600.0, 50.0, |_, _| {});
        assert!(out.contains("width=\"600\""), "{out}");
        assert!(out.matches("font-weight=\"bold\"").count() >= 4, "{out}");
    }
}
