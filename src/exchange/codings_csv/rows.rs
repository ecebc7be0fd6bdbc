//! The rows of a file of codings, as they are written.

use csv::{ReaderBuilder, StringRecord, Trim};

/// The columns that there have to be.
const NEEDED: [&str; 5] = ["source", "coder", "code", "start", "end"];
/// What a spreadsheet would take for a formula, and what our own files therefore have a `'` before.
const FORMULA: [char; 5] = ['=', '+', '-', '@', '\t'];

/// A row as it is written, white space around its cells taken off.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Row {
    /// Its number as a spreadsheet counts: the headings are row 1. Empty lines are not counted.
    pub number: usize,
    /// The case of the source, where the file has such a column; may be empty.
    pub case: String,
    /// The source.
    pub source: String,
    /// The coder.
    pub coder: String,
    /// The code.
    pub code: String,
    /// The first char.
    pub start: String,
    /// The char after the last.
    pub end: String,
    /// The comment; may be empty.
    pub comment: String,
}

/// A file of codings.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rows {
    /// Its rows; those with nothing in them are left out.
    pub rows: Vec<Row>,
    /// Columns that mean nothing here, by their headings.
    pub unused: Vec<String>,
}

/// Why a file is no table of codings.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CodingsError {
    /// There is nothing in it.
    #[error("the file is empty; its first row must name the columns source, coder, code, start, end")]
    Empty,
    /// There are headings and nothing else.
    #[error("the file has headings and no rows")]
    NoRows,
    /// It is not in UTF-8.
    #[error("the file is not UTF-8 (line {0} is not); save it as “CSV UTF-8”")]
    NotUtf8(usize),
    /// A column is missing.
    #[error(
        "the file has no column {missing}; its first row must name source, coder, code, start, end (found: {found})"
    )]
    NoColumn {
        /// Which.
        missing: String,
        /// Those that there are.
        found: String,
    },
    /// A column is there twice.
    #[error("the file has two columns {0}; leave one out")]
    Twice(String),
    /// A row has more or fewer cells than there are columns.
    #[error("row {row} has {cells} cells where there are {columns} columns; is a quotation mark missing?")]
    Ragged {
        /// Which row.
        row: usize,
        /// How many cells it has.
        cells: usize,
        /// How many columns there are.
        columns: usize,
    },
    /// It cannot be read as CSV for another reason.
    #[error("the file cannot be read as CSV: {0}")]
    Csv(String),
}

/// Reads a file of codings: UTF-8, with or without a byte order mark; cells parted by commas, semicolons or tabs.
///
/// # Errors
/// If it is no such table.
pub fn read(bytes: &[u8]) -> Result<Rows, CodingsError> {
    let text = utf8(bytes)?;
    if text.trim().is_empty() {
        return Err(CodingsError::Empty);
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut next =
        |record: &mut StringRecord| reader.read_record(record).map_err(|why| CodingsError::Csv(why.to_string()));
    if !next(&mut record)? {
        return Err(CodingsError::Empty);
    }
    let headings: Vec<String> = record.iter().map(|heading| heading.trim().to_lowercase()).collect();
    let columns = Columns::new(&headings)?;
    let known = |heading: &&String| !heading.is_empty() && !columns.are_known(heading);
    let mut out = Rows { rows: Vec::new(), unused: headings.iter().filter(known).cloned().collect() };
    let mut number = 1;
    while next(&mut record)? {
        number += 1;
        if record.iter().all(str::is_empty) {
            continue;
        }
        // Spreadsheets leave out empty cells at the end, or add some.
        let more = record.iter().skip(headings.len()).any(|cell| !cell.is_empty());
        if more || record.len() <= columns.last_needed() {
            return Err(CodingsError::Ragged { row: number, cells: record.len(), columns: headings.len() });
        }
        out.rows.push(columns.row(number, &record));
    }
    if out.rows.is_empty() { Err(CodingsError::NoRows) } else { Ok(out) }
}

fn utf8(bytes: &[u8]) -> Result<&str, CodingsError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|why| {
        let before = &bytes[..why.valid_up_to()];
        CodingsError::NotUtf8(1 + memchr::memchr_iter(b'\n', before).count())
    })
}

/// What parts the cells: what the headings have most of.
fn delimiter(text: &str) -> u8 {
    let headings = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |sign: u8| memchr::memchr_iter(sign, headings.as_bytes()).count();
    let order = [b',', b';', b'\t'];
    order.into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// Where which column stands.
struct Columns {
    needed: [usize; 5],
    comment: Option<usize>,
    case: Option<usize>,
}

impl Columns {
    fn new(headings: &[String]) -> Result<Self, CodingsError> {
        let at = |name: &str| -> Result<Option<usize>, CodingsError> {
            let mut found = (0..headings.len()).filter(|&n| headings[n] == name);
            let first = found.next();
            if found.next().is_some() { Err(CodingsError::Twice(name.to_owned())) } else { Ok(first) }
        };
        let mut needed = [0; 5];
        for (place, name) in needed.iter_mut().zip(NEEDED) {
            let missing = || CodingsError::NoColumn { missing: name.to_owned(), found: headings.join(", ") };
            *place = at(name)?.ok_or_else(missing)?;
        }
        Ok(Self { needed, comment: at("comment")?, case: at("case")? })
    }

    fn are_known(&self, heading: &str) -> bool {
        NEEDED.contains(&heading) || heading == "comment" || heading == "case"
    }

    fn last_needed(&self) -> usize {
        self.needed.into_iter().max().unwrap_or(0)
    }

    fn row(&self, number: usize, record: &StringRecord) -> Row {
        let cell = |at: usize| plain(record.get(at).unwrap_or_default());
        let [source, coder, code, start, end] = self.needed.map(cell);
        let maybe = |at: Option<usize>| at.map(cell).unwrap_or_default();
        Row { number, case: maybe(self.case), source, coder, code, start, end, comment: maybe(self.comment) }
    }
}

/// A cell without the `'` that our own files have before what a spreadsheet would take for a formula.
fn plain(cell: &str) -> String {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell).to_owned()
}
