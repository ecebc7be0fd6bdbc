//! Wrapping: a paragraph as rows of a given width in terminal cells.
//!
//! Rows break where Unicode's line breaking (UAX #14) allows, as late as fits. White space at the end of a row hangs: it
//! belongs to the row, takes no width, and never starts the next one. A word longer than a row breaks between graphemes.
//! Each row is found from its start alone, so wrapping may begin at any row start and stop when the screen is full; a
//! paragraph of megabytes is first cut into [stretches](super::stretch).
//!
//! What is measured is what is drawn: [`shown`] says what stands for a grapheme on the screen, [`cells`] how wide that is.

use std::borrow::Cow;
use std::ops::Range;
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A tab goes to the next column that is a multiple of this.
const TAB: u16 = 4;

/// One row of a paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// What stands on it, in bytes of the paragraph, hanging white space included.
    pub bytes: Range<usize>,
    /// How many cells it takes without the white space that hangs at its end.
    pub cells: u16,
    /// Whether it ends where the paragraph does or at a line break within it (a vertical tab, U+2028), not for want of room.
    pub hard: bool,
}

/// The rows of `paragraph` (a string without line feeds) at `width` cells; exactly one for an empty paragraph. They cover it
/// in order, without gap or overlap. None is wider than `width`, except a single grapheme that is. Widths below 1 count as 1.
#[must_use]
pub fn wrap(paragraph: &str, width: u16) -> Vec<Row> {
    rows(paragraph, 0, width).collect()
}

/// The rows of `paragraph` from the one that starts at the byte `from`, a start of a row, each found when it is asked for.
pub fn rows(paragraph: &str, from: usize, width: u16) -> impl Iterator<Item = Row> {
    let mut at = from.min(paragraph.len());
    let mut begun = at > 0;
    std::iter::from_fn(move || {
        if begun && at == paragraph.len() {
            return None;
        }
        begun = true;
        let row = first_row(&paragraph[at..], width.max(1));
        let row = Row { bytes: at..at + row.bytes.end, ..row };
        at = row.bytes.end;
        Some(row)
    })
}

fn first_row(rest: &str, width: u16) -> Row {
    let mut breaks = linebreaks(rest).peekable();
    let (mut column, mut ink) = (0_u16, 0_u16);
    let mut fits = None;
    for (at, grapheme) in rest.grapheme_indices(true) {
        while breaks.next_if(|&(place, _)| place < at).is_some() {}
        match breaks.peek() {
            Some(&(place, BreakOpportunity::Mandatory)) if place == at => {
                return Row { bytes: 0..at, cells: ink, hard: true };
            }
            Some(&(place, _)) if place == at && !hangs(grapheme) => fits = Some((at, ink)),
            _ => {}
        }
        let right = column.saturating_add(cells(grapheme, column));
        if hangs(grapheme) {
            column = right;
            continue;
        }
        if right > width && at > 0 {
            let (end, cells) = fits.unwrap_or((at, ink));
            return Row { bytes: 0..end, cells, hard: false };
        }
        (column, ink) = (right, right);
    }
    Row { bytes: 0..rest.len(), cells: ink, hard: true }
}

/// White space that may end a row without taking room: not the kinds that forbid a break.
fn hangs(grapheme: &str) -> bool {
    match grapheme.as_bytes() {
        [byte] => matches!(byte, b' ' | b'\t'..=b'\r'),
        [_, ..] => grapheme.chars().all(|c| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')),
        [] => false,
    }
}

/// How many cells `grapheme` takes when it starts at `column` of its row (which matters to tabs only). At least 1.
#[must_use]
pub fn cells(grapheme: &str, column: u16) -> u16 {
    match grapheme.as_bytes() {
        [b'\t'] => TAB - column % TAB,
        [b' '..=b'~'] => 1,
        _ => measured(&shown(grapheme)).max(1),
    }
}

/// The width of a string as ratatui measures it, so that cells are where it draws them: it counts the voicing marks of
/// halfwidth katakana once more than `unicode-width` does.
fn measured(shown: &str) -> u16 {
    let marks = shown.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    u16::try_from(shown.width() + marks).unwrap_or(u16::MAX)
}

/// What may be drawn for `grapheme`: itself, unless it would disturb the terminal or not be seen. Control characters become
/// their pictures (`␛`, `␡`), or `·` where there is none; marks that turn the direction of writing, and characters of no
/// width that stand alone, become `·`. For a tab, which fills [`cells`] cells, one space.
#[must_use]
pub fn shown(grapheme: &str) -> Cow<'_, str> {
    match grapheme.as_bytes() {
        [b' '..=b'~'] => return Cow::Borrowed(grapheme),
        [b'\t'] => return Cow::Borrowed(" "),
        _ => {}
    }
    if grapheme.chars().any(unseen) {
        return Cow::Owned(grapheme.chars().map(|c| if unseen(c) { picture(c) } else { c }).collect());
    }
    if measured(grapheme) == 0 { Cow::Borrowed("·") } else { Cow::Borrowed(grapheme) }
}

/// Control characters, and those that format their surroundings without being seen. Joiners inside a cluster are not among
/// them: they belong to what is drawn.
fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0001}')
}

fn picture(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('·'),
        '\u{7f}' => '␡',
        _ => '·',
    }
}

/// Which of `rows` (of one paragraph) the byte `at` stands on; the last one for the paragraph's end and beyond.
#[must_use]
pub fn row_of(rows: &[Row], at: usize) -> usize {
    rows.partition_point(|row| row.bytes.end <= at).min(rows.len().saturating_sub(1))
}

/// The column where the grapheme at the byte `at` of `paragraph` starts on `row`; it may lie past the width on hanging white
/// space. The row's end if `at` is behind it.
#[must_use]
pub fn column_of(paragraph: &str, row: &Row, at: usize) -> u16 {
    let graphemes = paragraph[row.bytes.clone()].grapheme_indices(true);
    let before = graphemes.take_while(|(start, grapheme)| row.bytes.start + start + grapheme.len() <= at);
    before.fold(0, |column, (_, grapheme)| column.saturating_add(cells(grapheme, column)))
}

/// The byte of `paragraph` where the grapheme starts that covers `column` on `row`. Behind the row's last grapheme: the end
/// of the paragraph on its last row, else the start of that last grapheme (what comes next stands on the row below).
#[must_use]
pub fn byte_at(paragraph: &str, row: &Row, column: u16) -> usize {
    let mut right = 0_u16;
    let mut last = row.bytes.start;
    for (start, grapheme) in paragraph[row.bytes.clone()].grapheme_indices(true) {
        last = row.bytes.start + start;
        right = right.saturating_add(cells(grapheme, right));
        if column < right {
            return last;
        }
    }
    if row.bytes.end == paragraph.len() { row.bytes.end } else { last }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::buffer::CellWidth;

    fn slices(paragraph: &str, width: u16) -> Vec<&str> {
        wrap(paragraph, width).into_iter().map(|row| &paragraph[row.bytes]).collect()
    }

    #[test]
    fn rows_break_between_words_and_white_space_hangs() {
        assert_eq!(slices("the quick   brown fox", 9), ["the quick   ", "brown fox"]);
        assert_eq!(wrap("ab    ", 2), [Row { bytes: 0..6, cells: 2, hard: true }]);
        assert_eq!(slices("follow-up $3.50 (yes)", 7), ["follow-", "up ", "$3.50 ", "(yes)"]);
        assert_eq!(slices("p.\u{a0}5 and", 4), ["p.\u{a0}5 ", "and"]);
    }

    #[test]
    fn an_empty_paragraph_has_one_row() {
        assert_eq!(wrap("", 10), [Row { bytes: 0..0, cells: 0, hard: true }]);
        assert_eq!(wrap("", 0).len(), 1);
    }

    #[test]
    fn long_words_break_between_graphemes_and_wide_ones_never_straddle_the_edge() {
        assert_eq!(slices("abcdefgh i", 3), ["abc", "def", "gh ", "i"]);
        assert_eq!(slices("cafe\u{301}s", 4), ["cafe\u{301}", "s"]);
        assert_eq!(slices("我们去", 5), ["我们", "去"]);
        assert_eq!(slices("a👩‍👩‍👧b", 2), ["a", "👩‍👩‍👧", "b"]);
        assert_eq!(slices("我们", 1), ["我", "们"]);
        assert_eq!(slices("ab", 0), ["a", "b"]);
    }

    #[test]
    fn tabs_go_to_the_next_multiple_of_four() {
        assert_eq!(wrap("I:\tyes", 7)[0].cells, 7);
        assert_eq!(slices("I:\tyes", 6), ["I:\t", "yes"]);
        assert_eq!((cells("\t", 0), cells("\t", 3), cells("\t", 4)), (4, 1, 4));
    }

    #[test]
    fn a_line_break_within_the_paragraph_ends_its_row() {
        let rows = wrap("one\u{2028}two", 20);
        assert_eq!(
            rows.iter().map(|row| (row.bytes.clone(), row.cells, row.hard)).collect::<Vec<_>>(),
            [(0..6, 3, true), (6..9, 3, true)]
        );
    }

    #[test]
    fn what_would_disturb_the_terminal_is_drawn_as_a_picture() {
        let drawn = |grapheme| shown(grapheme).into_owned();
        assert_eq!([drawn("\u{1b}"), drawn("\0"), drawn("\u{7f}"), drawn("\u{9b}")], ["␛", "␀", "␡", "·"]);
        assert_eq!([drawn("\u{202e}"), drawn("\u{200b}"), drawn("\u{ad}"), drawn("\u{301}")], ["·"; 4]);
        assert_eq!([drawn("é"), drawn("👩‍👧"), drawn("क्‍ष")], ["é", "👩‍👧", "क्‍ष"]);
        assert_eq!(drawn("\r\n"), "␍␊");
        assert_eq!(cells("\r\n", 0), 2);
    }

    #[test]
    fn places_on_a_row_and_back() {
        let paragraph = "a\t我b   cd";
        let rows = wrap(paragraph, 8);
        assert_eq!(rows.len(), 2);
        assert_eq!([0, 1, 2, 5, 6, 8].map(|at| column_of(paragraph, &rows[0], at)), [0, 1, 4, 6, 7, 9]);
        assert_eq!([0, 1, 3, 4, 5, 6, 99].map(|column| byte_at(paragraph, &rows[0], column)), [0, 1, 1, 2, 2, 5, 8]);
        assert_eq!(byte_at(paragraph, &rows[1], 99), paragraph.len(), "behind the last row is the paragraph's end");
        assert_eq!([0, 8, 9, 11, 99].map(|at| row_of(&rows, at)), [0, 0, 1, 1, 1]);
    }

    const ANYTHING: &str =
        "(?s)([a-z]{1,6} |[a-z ,.'\"()\t-]|\u{301}|\u{200d}|\u{200b}|\u{2028}|👩|🇩|我|ｶ|ﾞ|क|्|\u{a0}|[^\n]){0,90}";

    proptest! {
        #[test]
        fn rows_cover_the_paragraph_and_fit(paragraph in ANYTHING, width in 0..24_u16) {
            let rows = wrap(&paragraph, width);
            prop_assert!(!rows.is_empty());
            let mut at = 0;
            for (n, row) in rows.iter().enumerate() {
                prop_assert_eq!(row.bytes.start, at);
                prop_assert!(row.bytes.end > at || paragraph.is_empty());
                at = row.bytes.end;
                let text = &paragraph[row.bytes.clone()];
                let graphemes: Vec<&str> = text.graphemes(true).collect();
                let ink = graphemes.iter().rposition(|g| !hangs(g)).map_or(0, |last| last + 1);
                prop_assert!(row.cells <= width || ink == 1, "{text:?} takes {} of {width}", row.cells);
                let end = graphemes[..ink].iter().fold(0, |column, g| column + cells(g, column));
                prop_assert_eq!(row.cells, end);
                let hung = n > 0 && !rows[n - 1].hard && graphemes.first().is_some_and(|g| hangs(g));
                prop_assert!(!hung, "{text:?} starts with what should hang");
            }
            prop_assert_eq!(at, paragraph.len());
            prop_assert!(rows.last().is_some_and(|row| row.hard));
        }

        #[test]
        fn wrapping_goes_on_from_any_row_start(paragraph in ANYTHING, width in 0..24_u16) {
            let all = wrap(&paragraph, width);
            for n in 1..all.len() {
                prop_assert_eq!(rows(&paragraph, all[n].bytes.start, width).collect::<Vec<_>>(), &all[n..]);
            }
        }

        #[test]
        fn words_break_only_where_nothing_else_fits(paragraph in "([a-zé我]{1,9}[ -]{0,2}|\\(|\\)|[0-9.,$%]{1,4}){0,30}", width in 1..24_u16) {
            let allowed: Vec<usize> = linebreaks(&paragraph).map(|(at, _)| at).collect();
            for row in wrap(&paragraph, width) {
                let within = allowed.iter().any(|at| row.bytes.start < *at && *at < row.bytes.end);
                prop_assert!(allowed.contains(&row.bytes.end) || !within || paragraph.is_empty(), "{row:?}");
            }
        }

        #[test]
        fn what_is_measured_is_what_ratatui_draws(text in "(?s)(\u{301}|\u{200d}|\u{fe0f}|👩|❤|🇩|ｶ|ﾞ|क|्|.){0,60}") {
            for grapheme in text.graphemes(true).filter(|&g| g != "\t") {
                let drawn = shown(grapheme);
                prop_assert!(!drawn.contains(char::is_control));
                let width: u16 = drawn.graphemes(true).map(CellWidth::cell_width).sum();
                prop_assert!(width > 0, "{grapheme:?} would not be drawn");
                prop_assert_eq!(cells(grapheme, 0), width);
            }
        }

        #[test]
        fn columns_and_bytes_are_inverse(paragraph in ANYTHING, width in 1..24_u16) {
            for row in wrap(&paragraph, width) {
                for (at, _) in paragraph[row.bytes.clone()].grapheme_indices(true) {
                    let at = row.bytes.start + at;
                    prop_assert_eq!(byte_at(&paragraph, &row, column_of(&paragraph, &row, at)), at);
                }
            }
        }
    }
}
