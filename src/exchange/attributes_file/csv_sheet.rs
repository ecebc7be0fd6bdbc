//! A table in a CSV file.

use super::{MOST_COLUMNS, MOST_ROWS, Sheet, SheetCell, SheetError, SheetRow};
use crate::exchange::plain;
use csv::{ReaderBuilder, StringRecord, Trim};

/// Reads a CSV file in any usual encoding.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, SheetError> {
    let text = match plain::decode(bytes) {
        Ok(text) => text,
        Err(plain::PlainError::Empty | plain::PlainError::Blank) => return Err(SheetError::Empty),
        Err(why) => return Err(SheetError::Unreadable(why.to_string())),
    };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(delimiter(&text.text))
        .from_reader(text.text.as_bytes());
    let mut record = StringRecord::new();
    let mut next =
        |record: &mut StringRecord| reader.read_record(record).map_err(|why| SheetError::Unreadable(why.to_string()));
    if !next(&mut record)? {
        return Err(SheetError::Empty);
    }
    let mut headings: Vec<String> = record.iter().map(|heading| one_line(&unguarded(heading))).collect();
    // Spreadsheets leave empty columns at the end.
    while headings.len() > 1 && headings.last().is_some_and(String::is_empty) {
        headings.pop();
    }
    if headings.len() > MOST_COLUMNS {
        return Err(SheetError::TooLarge("2,000 columns"));
    }
    let mut rows = Vec::new();
    let mut number = 1;
    while next(&mut record)? {
        number += 1;
        if rows.len() >= MOST_ROWS {
            return Err(SheetError::TooLarge("a million rows"));
        }
        if record.iter().skip(headings.len()).any(|cell| !cell.is_empty()) {
            return Err(SheetError::Ragged { row: number, cells: record.len(), columns: headings.len() });
        }
        let cells = (0..headings.len()).map(|n| cell(record.get(n).unwrap_or_default())).collect();
        rows.push(SheetRow { number, cells });
    }
    Ok(Sheet { headings, rows, notes: text.notes })
}

/// A cell. A formula has no value in a CSV file, and is not worked out here.
fn cell(words: &str) -> SheetCell {
    if words.starts_with('=') {
        return SheetCell::Cannot("holds a formula, not a value; save the file with values".into());
    }
    SheetCell::Says(unguarded(words))
}

/// A cell without the `'` that our own files have before what a spreadsheet would take for a formula.
fn unguarded(cell: &str) -> String {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t'])).unwrap_or(cell).to_owned()
}

pub(super) fn one_line(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What parts the cells: what the headings have most of, outside quotation marks.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\n', '\u{feff}']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => counts.iter_mut().filter(|(sign, _)| *sign == byte).for_each(|(_, n)| *n += 1),
            _ => {}
        }
    }
    counts.into_iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(sign, _)| sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_parts_cells_is_told_by_the_headings_and_quotation_marks_are_heeded() {
        assert_eq!(delimiter("a,b,c\n"), b',');
        assert_eq!(delimiter("a;\"why, oh, why, so\";c\n1,2,3,4,5,6"), b';');
        assert_eq!(delimiter("a\tb\n"), b'\t');
        assert_eq!(delimiter("alone\n1;2"), b',');
    }
}
