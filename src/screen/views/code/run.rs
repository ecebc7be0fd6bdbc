//! A row of words whose style changes within it: what lies on them, what is selected, what was found.

use super::paint::draw_grapheme;
use crate::text::wrap::cells;
use crate::text::{Pos, Span};
use ratatui::buffer::Buffer;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

/// Draws a row of words at `(x, y)` in `width` cells. The style is asked for at its start and at each of `borders` alone.
/// Gives back the column of the char `here`, if it stands in the row, and the column after the last.
pub fn draw_words(
    buf: &mut Buffer,
    (x, y, width): (u16, u16, u16),
    (words, span): (&str, Span),
    mut borders: Vec<Pos>,
    style_at: impl Fn(Pos) -> Style,
    here: Pos,
) -> (Option<u16>, u16) {
    borders.retain(|border| span.holds(*border));
    borders.sort_unstable();
    borders.dedup();
    let mut next = borders.iter().peekable();
    let mut at = span.start;
    let mut style = style_at(at);
    let mut column = 0;
    let mut cursor = None;
    // White space that hangs at the end of a row carries nothing.
    let inked = words.trim_end().len();
    let mut byte = 0;
    for grapheme in words.graphemes(true) {
        if next.peek().is_some_and(|border| **border <= at) {
            while next.next_if(|border| **border <= at).is_some() {}
            style = style_at(at);
        }
        let chars = grapheme.chars().count() as u32;
        if at <= here && here < Pos(at.0 + chars) {
            cursor = Some(column);
        }
        let wide = cells(grapheme, column);
        if column < width && byte < inked {
            draw_grapheme(buf, (x + column, y), grapheme, wide.min(width - column), style);
        }
        byte += grapheme.len();
        column = column.saturating_add(wide);
        at = Pos(at.0 + chars);
    }
    (cursor, column)
}
