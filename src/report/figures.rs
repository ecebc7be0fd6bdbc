//! Figures as SVG, drawn to be printed: one neutral colour, numbers always there, text that stays text.
//!
//! Lengths are in pixels of 1/96 inch, as SVG has them. Nothing is counted here.

mod bars;
mod curve;
mod heat;

pub use bars::{Bar, bars};
pub use curve::{Point, curve};
pub use heat::{Heat, heat};

use std::fmt::Write as _;

/// The height of a row of text.
const ROW: usize = 22;
/// The width that a char takes on average in the font of the figures.
const CHAR: f64 = 7.2;
/// The one colour of what is counted.
const INK: &str = "#4a6b8a";
/// The colour of lines and lesser text.
const PALE: &str = "#8a8f98";

/// How wide words are, about: wide chars (as terminals count them) take two places.
fn wide(words: &str) -> f64 {
    unicode_width::UnicodeWidthStr::width(words) as f64 * CHAR
}

/// Words as they stand in XML: the five signs escaped, control chars left out.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A figure of this size with a title, in which `body` draws.
fn figure(title: &str, width: f64, height: f64, body: impl FnOnce(&mut String)) -> String {
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} \
         {height:.0}\" font-family=\"sans-serif\" font-size=\"13\" role=\"img\">\n<title>{title}</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
        title = escaped(title)
    );
    text(&mut out, 12.0, 22.0, title, "start", "font-weight=\"bold\" font-size=\"15\"");
    body(&mut out);
    out.push_str("</svg>\n");
    out
}

/// Words at a place: `anchor` is start, middle or end.
fn text(out: &mut String, x: f64, y: f64, words: &str, anchor: &str, more: &str) {
    // Writing to a string cannot fail.
    let _written =
        writeln!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" {more}>{}</text>", escaped(words));
}

/// A filled rectangle.
fn rect(out: &mut String, x: f64, y: f64, width: f64, height: f64, more: &str) {
    let _written =
        writeln!(out, "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" {more}/>");
}

/// A line.
fn line(out: &mut String, from: (f64, f64), to: (f64, f64), more: &str) {
    let ((x1, y1), (x2, y2)) = (from, to);
    let _written = writeln!(out, "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" {more}/>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_figure_are_words_and_nothing_else() {
        let out = figure("a <b> & \"c\"\u{1b}[31m", 100.0, 50.0, |_| {});
        assert!(out.contains("<title>a &lt;b&gt; &amp; &quot;c&quot;[31m</title>"), "{out}");
        assert!(out.ends_with("</svg>\n"));
    }
}
