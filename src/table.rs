//! Tables: plain cells with what each was counted from.
//!
//! A table knows nothing of projects: whoever makes one puts in words and numbers, and with each number the ids of the
//! codings it was counted from, so that every figure leads back to its passages. Nothing is decided here about what is
//! counted, nor how it is written out.

/// A table.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Table {
    /// What it shows.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows: as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Its name in files: small letters and underscores; empty where it is called there as people read it.
    pub key: &'static str,
    /// Its heading for people.
    pub title: String,
    /// Whether it stands in CSV and JSON only: ids, positions.
    pub in_files_only: bool,
}

/// A cell.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Cell {
    /// What it says.
    pub value: Value,
    /// The codings it was counted from, as GUIDs; empty where nothing was counted.
    pub from: Vec<String>,
}

/// What a cell says.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Value {
    /// Nothing.
    #[default]
    Nothing,
    /// Words; line feeds part paragraphs.
    Text(String),
    /// How many.
    Count(u64),
    /// A number with so many digits after the point.
    Decimal(f64, u8),
    /// A share from 0 to 1, shown in percent with so many digits after the point.
    Percent(f64, u8),
    /// So many of so many, shown in percent with one digit after the point, half up, as journals print it.
    Share(u64, u64),
    /// Yes or no.
    YesNo(bool),
}

impl Table {
    /// A table without rows. Of each column: its key in files, its heading.
    #[must_use]
    pub fn new<'a>(title: impl Into<String>, columns: impl IntoIterator<Item = (&'static str, &'a str)>) -> Self {
        let column = |(key, title): (&'static str, &str)| Column { key, title: title.to_owned(), in_files_only: false };
        Self { title: title.into(), columns: columns.into_iter().map(column).collect(), rows: Vec::new() }
    }

    /// The same with more columns, which stand in CSV and JSON only.
    #[must_use]
    pub fn in_files(mut self, keys: impl IntoIterator<Item = &'static str>) -> Self {
        let column = |key: &'static str| Column { key, title: key.replace('_', " "), in_files_only: true };
        self.columns.extend(keys.into_iter().map(column));
        self
    }

    /// The same with a column that is called in files, too, as the study calls what it is of.
    #[must_use]
    pub fn and(mut self, title: impl Into<String>) -> Self {
        self.columns.push(Column { key: "", title: title.into(), in_files_only: false });
        self
    }

    /// The same with one more column: its key in files, its heading.
    #[must_use]
    pub fn with(mut self, key: &'static str, title: impl Into<String>) -> Self {
        self.columns.push(Column { key, title: title.into(), in_files_only: false });
        self
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.columns.len(), "a row has a cell for each column");
        self.rows.push(row);
    }
}

impl Column {
    /// What it is called in files.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.key.is_empty() { &self.title } else { self.key }
    }
}

impl Cell {
    /// A number of codings, with which they are.
    #[must_use]
    pub fn counted(from: Vec<String>) -> Self {
        Self { value: Value::Count(from.len() as u64), from }
    }

    /// As people read it; empty for nothing.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.value {
            Value::Nothing => String::new(),
            Value::Text(text) => text.clone(),
            Value::Count(n) => n.to_string(),
            Value::Decimal(x, digits) => format!("{x:.*}", usize::from(*digits)),
            Value::Percent(x, digits) => format!("{:.*} %", usize::from(*digits), x * 100.0),
            Value::Share(n, of) => percent(*n, *of).map_or_else(String::new, |percent| format!("{percent} %")),
            Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        }
    }

    /// Whether it is a number, which stands to the right.
    #[must_use]
    pub const fn is_number(&self) -> bool {
        matches!(self.value, Value::Count(_) | Value::Decimal(..) | Value::Percent(..) | Value::Share(..))
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Self { value, from: Vec::new() }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::default() } else { Value::Text(text).into() }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<u64> for Cell {
    fn from(n: u64) -> Self {
        Value::Count(n).into()
    }
}

impl From<u32> for Cell {
    fn from(n: u32) -> Self {
        u64::from(n).into()
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Value::YesNo(yes).into()
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map(Into::into).unwrap_or_default()
    }
}

/// `n` of `of` in percent with one digit after the point, rounded half up in whole numbers: 7 of 16 is `43.8`. `None` of
/// none.
#[must_use]
pub fn percent(n: u64, of: u64) -> Option<String> {
    let tenths = (n.checked_mul(2000)?.checked_add(of)?).checked_div(of.checked_mul(2)?)?;
    Some(format!("{}.{}", tenths / 10, tenths % 10))
}

/// A number with its noun: `1 code`, `3 codes`.
#[must_use]
pub fn counted(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// A count with its thousands apart: `41,200`.
#[must_use]
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        assert_eq!(Cell::from(Value::Percent(0.4567, 1)).words(), "45.7 %");
        assert_eq!(Cell::from(Value::Decimal(0.8125, 2)).words(), "0.81");
        assert_eq!(Cell::from(Value::Share(22, 30)).words(), "73.3 %");
        assert_eq!(percent(7, 16).as_deref(), Some("43.8"), "43.75, half up");
        assert_eq!((percent(1, 3).as_deref(), percent(2, 3).as_deref()), (Some("33.3"), Some("66.7")));
        assert_eq!((percent(0, 25).as_deref(), percent(25, 25).as_deref()), (Some("0.0"), Some("100.0")));
        assert_eq!(percent(0, 0), None);
        assert_eq!(Cell::from(true).words(), "yes");
        assert_eq!(Cell::from("").value, Value::Nothing);
        assert_eq!(Cell::from(None::<u32>).words(), "");
    }
}
