//! What is known of cases or participants, as a table: a row each, a column an attribute; CSV or XLSX.
//!
//! [`read`] takes the bytes of a file and gives its rows as they are written; [`plan()`] holds them against the project and
//! says what is new, what changes, which rows are nobody's and what cannot be taken in; [`Plan::edit`] is all of it as one
//! edit, if nothing was refused. An empty cell says nothing: what is known stays. Columns that hold open answers become
//! sources, an answer each. Nothing here reads a disk or changes anything.

mod answers;
mod csv_sheet;
mod guess;
mod known;
mod matching;
mod plan;
mod shown;
#[cfg(test)]
mod tests;
mod xlsx_sheet;

pub use answers::{AnswerColumn, NewAnswer};
pub use guess::guess;
pub use matching::New;
pub use plan::{Asked, Changed, Column, Plan, Refused, Taken, To, Unmatched, plan};
pub use shown::counted;

/// A table as it is written in a file.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sheet {
    /// What stands above the columns.
    pub headings: Vec<String>,
    /// Its rows; those with nothing in them are left out.
    pub rows: Vec<SheetRow>,
    /// What had to be guessed or left out in reading it, a sentence each.
    pub notes: Vec<String>,
}

/// A row of it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SheetRow {
    /// Its number as a spreadsheet counts: the headings are row 1.
    pub number: usize,
    /// Its cells, as many as there are headings.
    pub cells: Vec<SheetCell>,
}

/// A cell of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SheetCell {
    /// What it says, white space around it taken off; empty for nothing.
    Says(String),
    /// Why it cannot be taken in: a clause, such as `holds a formula, not a value`.
    Cannot(String),
}

impl Default for SheetCell {
    fn default() -> Self {
        Self::Says(String::new())
    }
}

impl SheetCell {
    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Says(words) if words.is_empty())
    }
}

/// Why a file is no table of attributes: one sentence.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SheetError {
    /// There is nothing in it.
    #[error("the file is empty; its first row must name the columns, its first column the cases")]
    Empty,
    /// There are headings and nothing else.
    #[error("the file has headings and no rows")]
    NoRows,
    /// It is no text, or nothing that can be read.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    /// It is a kind of spreadsheet that is not read here.
    #[error("this is {0}; save it as XLSX or CSV")]
    OtherKind(&'static str),
    /// A row has more cells than there are columns.
    #[error("row {row} has {cells} cells where there are {columns} columns; is a quotation mark missing?")]
    Ragged {
        /// Which row.
        row: usize,
        /// How many cells it has.
        cells: usize,
        /// How many columns there are.
        columns: usize,
    },
    /// A column with values has no name.
    #[error("column {0} has values and no heading; name it, or leave it out")]
    NoHeading(usize),
    /// Two columns have the same name.
    #[error("there are two columns “{0}”; leave one out, or name it otherwise")]
    Twice(String),
    /// A column that was asked for is not there.
    #[error("the file has no column “{missing}”; it has {found}")]
    NoColumn {
        /// Which.
        missing: String,
        /// Those that there are.
        found: String,
    },
    /// A case or participant comes twice.
    #[error(
        "rows {0} and {1} are both “{2}”; leave one out, or, if each row is a participant of it, say which column names \
         them (--participants COLUMN)"
    )]
    Doubled(usize, usize, String),
    /// One column is to name both.
    #[error("“{0}” cannot name both cases and participants")]
    SameColumn(String),
    /// So many cases are not in the project that the column can hardly name any.
    #[error("the table would add {0} cases; does “{1}” name them?")]
    TooManyNew(usize, String),
    /// No row is anybody's.
    #[error(
        "no row is a {what} of this project: “{column}” is taken for the name and begins with “{first}”, and there {known}"
    )]
    NobodyThere {
        /// Case or participant.
        what: &'static str,
        /// The column taken for the name.
        column: String,
        /// What stands first in it.
        first: String,
        /// Those that there are.
        known: String,
    },
    /// There are too many columns or rows.
    #[error("the file has more than {0}; is this a table of attributes?")]
    TooLarge(&'static str),
    /// Open answers of participants.
    #[error("open answers become sources of cases; ask for cases, not for participants")]
    AnswersOfPeople,
}

/// How many columns a table may have.
const MOST_COLUMNS: usize = 2_000;
/// How many rows: what a spreadsheet has at most.
const MOST_ROWS: usize = 1_048_576;

/// Reads a table from the bytes of a file: XLSX (its first sheet that has anything in it), or CSV parted by commas,
/// semicolons or tabs.
///
/// # Errors
/// If it is no such table: one sentence.
pub fn read(bytes: &[u8]) -> Result<Sheet, SheetError> {
    let sheet = match bytes {
        [b'P', b'K', 3, 4, ..] => xlsx_sheet::read(bytes)?,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            return Err(SheetError::OtherKind("an old Excel file (XLS) or one with a password"));
        }
        bytes => csv_sheet::read(bytes)?,
    };
    checked(sheet)
}

/// Columns without anything are left out, headings made sure of.
fn checked(mut sheet: Sheet) -> Result<Sheet, SheetError> {
    sheet.rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    if sheet.headings.iter().all(String::is_empty) && sheet.rows.is_empty() {
        return Err(SheetError::Empty);
    }
    if sheet.rows.is_empty() {
        return Err(SheetError::NoRows);
    }
    let mut keep = Vec::with_capacity(sheet.headings.len());
    let mut met = std::collections::HashSet::new();
    for (n, heading) in sheet.headings.iter().enumerate() {
        let used = || sheet.rows.iter().any(|row| row.cells.get(n).is_some_and(|cell| !cell.is_empty()));
        // The first column may go without: it names the cases.
        let named = !heading.is_empty() || n == 0;
        if !named && used() {
            return Err(SheetError::NoHeading(n + 1));
        }
        if named && !met.insert(folded(heading)) {
            return Err(SheetError::Twice(heading.clone()));
        }
        keep.push(named);
    }
    if keep.iter().any(|keep| !keep) {
        let kept = |n: &usize| keep[*n];
        let columns: Vec<usize> = (0..keep.len()).filter(kept).collect();
        sheet.headings = columns.iter().map(|n| sheet.headings[*n].clone()).collect();
        for row in &mut sheet.rows {
            row.cells = columns.iter().map(|n| row.cells.get(*n).cloned().unwrap_or_default()).collect();
        }
    }
    Ok(sheet)
}

/// Names alike: white space and letters large or small do not matter.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
