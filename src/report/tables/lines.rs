//! Tables as lines for a terminal: aligned by display width, wrapped within their cells where there is no room.

use crate::table::{Cell, Table};
use crate::text::wrap::{cells, shown, wrap};
use unicode_segmentation::UnicodeSegmentation;

/// How a table is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Look {
    /// How many cells of the terminal a line may take; `None` where there is no limit. Long words of narrow tables may
    /// pass it all the same.
    pub width: Option<u16>,
    /// Whether only ASCII is used for the rule.
    pub ascii: bool,
}

/// Between two columns.
const GAP: u16 = 2;
/// The least width to which a column of words is squeezed.
const NARROWEST: u16 = 12;

/// The title, an empty line, headings, a rule, the rows. Columns in which nothing stands are left out.
pub(super) fn write(table: &Table, look: Look) -> String {
    let any = |n: &usize| table.rows.iter().any(|row| !row[*n].words().is_empty());
    let columns: Vec<usize> =
        (0..table.columns.len()).filter(|n| !table.columns[*n].in_files_only).filter(|n| any(n)).collect();
    let mut out = String::new();
    for line in table.title.lines() {
        out.push_str(&format!("{}\n", clean(line)));
    }
    if columns.is_empty() {
        return out;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    let natural = |n: &usize| {
        let words = table.rows.iter().map(|row| row[*n].words());
        let lines = words.chain([table.columns[*n].title.clone()]);
        lines.flat_map(|words| words.lines().map(width).collect::<Vec<_>>()).max().unwrap_or(0)
    };
    let mut widths: Vec<u16> = columns.iter().map(natural).collect();
    if let Some(limit) = look.width {
        squeeze(&mut widths, limit);
    }
    let heads: Vec<Cell> = columns.iter().map(|&n| table.columns[n].title.as_str().into()).collect();
    let right: Vec<bool> = columns.iter().map(|&n| table.rows.iter().any(|row| row[n].is_number())).collect();
    row(&heads.iter().collect::<Vec<_>>(), &widths, &right, &mut out);
    let rule = if look.ascii { "-" } else { "─" };
    let rules: Vec<String> = widths.iter().map(|width| rule.repeat(usize::from(*width))).collect();
    out.push_str(&format!("{}\n", rules.join(&" ".repeat(usize::from(GAP)))));
    for cells in &table.rows {
        row(&columns.iter().map(|&n| &cells[n]).collect::<Vec<_>>(), &widths, &right, &mut out);
    }
    out
}

/// Takes from the widest column, cell by cell, until all fit or none can give.
fn squeeze(widths: &mut [u16], limit: u16) {
    let gaps = GAP * u16::try_from(widths.len().saturating_sub(1)).unwrap_or(u16::MAX);
    loop {
        let whole = widths.iter().map(|width| u32::from(*width)).sum::<u32>() + u32::from(gaps);
        let over = whole.saturating_sub(u32::from(limit));
        let second = |widest: u16| widths.iter().copied().filter(|width| *width < widest).max().unwrap_or(0);
        let Some(widest) = widths.iter().copied().max().filter(|widest| over > 0 && *widest > NARROWEST) else {
            return;
        };
        // Down to the next widest at one go, or by as much as is missing.
        let floor = second(widest).max(NARROWEST);
        let step = u16::try_from(over).unwrap_or(u16::MAX).min(widest - floor).max(1);
        if let Some(width) = widths.iter_mut().find(|width| **width == widest) {
            *width -= step;
        }
    }
}

fn row(row: &[&Cell], widths: &[u16], right: &[bool], out: &mut String) {
    let lines: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, width)| broken(&cell.words(), *width)).collect();
    let height = lines.iter().map(Vec::len).max().unwrap_or(1).max(1);
    for n in 0..height {
        let mut line = String::new();
        for (at, column) in lines.iter().enumerate() {
            let words = column.get(n).map_or("", String::as_str);
            let room = usize::from(widths[at].saturating_sub(width(words)));
            let pad = " ".repeat(room);
            let (before, after) = if right[at] { (pad.as_str(), "") } else { ("", pad.as_str()) };
            line.push_str(&format!("{before}{words}{after}{}", " ".repeat(usize::from(GAP))));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// The words as lines of at most `width` cells, ready to be shown.
fn broken(words: &str, width: u16) -> Vec<String> {
    let lines = words.lines().flat_map(|paragraph| {
        wrap(paragraph, width).into_iter().map(|row| clean(paragraph[row.bytes].trim_end())).collect::<Vec<_>>()
    });
    lines.collect()
}

/// A line without anything that a terminal would obey; tabs become spaces.
fn clean(line: &str) -> String {
    let mut column = 0_u16;
    let mut out = String::with_capacity(line.len());
    for part in line.graphemes(true) {
        let cells = cells(part, column);
        column = column.saturating_add(cells);
        match part {
            "\t" => out.push_str(&" ".repeat(usize::from(cells))),
            part => out.push_str(&shown(part)),
        }
    }
    out
}

fn width(line: &str) -> u16 {
    line.graphemes(true).fold(0_u16, |column, part| column.saturating_add(cells(part, column)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::awkward;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_are_aligned_by_what_is_seen() {
        let expected = "\
Two | rows

Code      Passages  Text
────────  ────────  ─────────────
=SUM(A1)         2  one | two
                    three ␛[2J 語
語語          1234
";
        assert_eq!(write(&awkward(), Look::default()), expected);
    }

    #[test]
    fn a_column_that_is_too_wide_is_wrapped_and_no_number_is() {
        let mut table = Table::new("", [("n", "N"), ("words", "Words"), ("none", "None")]);
        let words = "a few words that go on for longer than the line of this terminal would like them to";
        table.push(vec![123_456_u32.into(), words.into(), Cell::default()]);
        let text = write(&table, Look { width: Some(40), ascii: true });
        assert!(text.lines().all(|line| width(line) <= 40), "{text}");
        assert_eq!(text.lines().nth(2).map(|line| &line[..10]), Some("123456  a "));
        assert!(!text.contains("None"), "nothing stands there");
        let back: Vec<&str> = text.lines().skip(2).map(|line| line[8..].trim()).collect();
        assert_eq!(back.join(" "), words);
    }

    proptest! {
        #[test]
        fn nothing_reaches_the_terminal_that_it_would_obey(words in "(?s).{0,60}", limit in 0..60_u16) {
            let mut table = Table::new(words.clone(), [("a", "A"), ("b", "B")]);
            table.push(vec![words.as_str().into(), 5_u32.into()]);
            for format in [super::super::Format::Table, super::super::Format::Csv, super::super::Format::Md] {
                let text = super::super::write(&table, format, Look { width: Some(limit), ascii: false });
                prop_assert!(text.chars().all(|c| c == '\n' || c == '\t' || !c.is_control()), "{text:?}");
            }
        }
    }
}
