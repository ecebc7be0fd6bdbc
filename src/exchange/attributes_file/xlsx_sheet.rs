//! A table in an XLSX file: values as they were last worked out, days as days.

use super::csv_sheet::one_line;
use super::{MOST_COLUMNS, MOST_ROWS, Sheet, SheetCell, SheetError, SheetRow};
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use std::collections::BTreeMap;
use std::io::Cursor;

/// How many cells with something in them are read.
const MOST_CELLS: usize = 20_000_000;

/// Reads the first sheet that has anything in it.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, SheetError> {
    let unreadable = |why: calamine::XlsxError| SheetError::Unreadable(format!("as XLSX, {why}"));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let names = book.sheet_names();
    for (n, name) in names.iter().enumerate() {
        let rows = cells_of(&mut book, name)?;
        if rows.is_empty() {
            continue;
        }
        let mut sheet = table(rows)?;
        if n + 1 < names.len() || n > 0 {
            sheet.notes.push(format!("Of {} sheets the file has, “{name}” was read.", names.len()));
        }
        return Ok(sheet);
    }
    Err(SheetError::Empty)
}

type Rows = BTreeMap<u32, Vec<(usize, SheetCell)>>;

/// The cells of a sheet that say something, one by one: a sheet may claim to be far larger than it is.
fn cells_of(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Rows, SheetError> {
    let unreadable = |why: calamine::XlsxError| SheetError::Unreadable(format!("as XLSX, {why}"));
    let mut rows = Rows::new();
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A sheet of charts has no cells.
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(rows),
        Err(why) => return Err(unreadable(why)),
    };
    let mut count = 0;
    while let Some(found) = reader.next_cell_with_formula_metadata().map_err(unreadable)? {
        let cell = cell(&found.value, found.formula.is_some());
        if cell.is_empty() {
            continue;
        }
        count += 1;
        let (row, column) = found.pos;
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MOST_COLUMNS {
            return Err(SheetError::TooLarge("2,000 columns"));
        }
        if count > MOST_CELLS || usize::try_from(row).unwrap_or(usize::MAX) > MOST_ROWS {
            return Err(SheetError::TooLarge("a million rows"));
        }
        rows.entry(row).or_default().push((column, cell));
    }
    Ok(rows)
}

/// The first row that has anything in it holds the headings.
fn table(rows: Rows) -> Result<Sheet, SheetError> {
    let mut rows = rows.into_iter();
    let Some((_, first)) = rows.next() else { return Err(SheetError::Empty) };
    let mut headings: Vec<String> = Vec::new();
    for (column, cell) in first {
        if headings.len() <= column {
            headings.resize(column + 1, String::new());
        }
        if let SheetCell::Says(words) = cell {
            headings[column] = one_line(&words);
        }
    }
    let mut out = Sheet::default();
    for (row, cells) in rows {
        let number = usize::try_from(row).unwrap_or(0) + 1;
        let mut all = vec![SheetCell::default(); headings.len()];
        for (column, cell) in cells {
            match all.get_mut(column) {
                Some(place) => *place = cell,
                None => return Err(SheetError::NoHeading(column + 1)),
            }
        }
        out.rows.push(SheetRow { number, cells: all });
    }
    out.headings = headings;
    Ok(out)
}

fn cell(value: &DataRef<'_>, is_formula: bool) -> SheetCell {
    let words = match value {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(x) => x.to_string(),
        DataRef::String(words) => words.trim().to_owned(),
        DataRef::SharedString(words) => words.trim().to_owned(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(at) => day(at),
        // A day at midnight is a day.
        DataRef::DateTimeIso(at) => at.strip_suffix("T00:00:00").unwrap_or(at).to_owned(),
        DataRef::DurationIso(long) => long.clone(),
        DataRef::Error(why) => return SheetCell::Cannot(format!("holds an error of the spreadsheet, {why}")),
        DataRef::Empty if is_formula => {
            let why = "holds a formula that was never worked out; open the file in a spreadsheet program and save it";
            return SheetCell::Cannot(why.into());
        }
        DataRef::Empty => String::new(),
    };
    SheetCell::Says(words)
}

/// A day as 2013-05-01, with the time where it says one.
fn day(at: &ExcelDateTime) -> String {
    if at.is_duration() {
        return at.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
}
