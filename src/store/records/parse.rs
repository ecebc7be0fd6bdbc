//! Reading record files, line by line; a file that somebody has broken into other lines is read as a whole.

use super::kinds::{Records, Whole, kind_in, kind_named};
use crate::project::id::Id;
use crate::project::put::Kind;
use crate::store::journal::SCHEMA;
use crate::store::quick;
use std::path::Path;

/// Something in a record file that could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bad {
    /// Where, and what was expected.
    pub what: String,
    /// The record it is about, as far as that can be seen.
    pub id: Option<Id>,
    /// Whether it is not to be read: the file says that it has a newer format.
    pub newer: bool,
}

/// The records of a file, and what of it could not be read. `path` is only for saying where.
#[must_use]
pub fn parse(path: &Path, bytes: &[u8]) -> (Records, Vec<Bad>) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(err) => {
            let line = bytes[..err.valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
            let what = format!("{}, line {line}: not UTF-8", path.display());
            return (Records::default(), vec![Bad { what, id: None, newer: false }]);
        }
    };
    let (records, bad) = by_line(path, text);
    if bad.iter().any(|bad| !bad.newer)
        && let Ok(whole) = ron::from_str::<Whole>(text)
    {
        return (whole.into_records(), bad.into_iter().filter(|bad| bad.newer).collect());
    }
    (records, bad)
}

fn by_line(path: &Path, text: &str) -> (Records, Vec<Bad>) {
    let mut records = Records::default();
    let mut bad = Vec::new();
    let mut section: Option<Kind> = None;
    for (number, line) in text.split('\n').enumerate() {
        let row = line.trim();
        if row.starts_with("(record: ") {
            let row = row.strip_suffix(',').unwrap_or(row);
            let indent = line.len() - line.trim_start().len();
            if let Err((col, why)) = take(&mut records, section, row) {
                let what =
                    format!("{}, line {}, column {}: {why}", path.display(), number + 1, indent.saturating_add(col));
                bad.push(Bad { what, id: id_in(row), newer: false });
            }
        } else if let Some(version) = row.strip_prefix("version:") {
            let version = version.trim().trim_end_matches(',');
            if version.parse::<u32>().is_ok_and(|version| version > SCHEMA) {
                let what = format!(
                    "{} was written by a newer Emic (format {version}, this one knows {SCHEMA}); \
                     update Emic to work in this project",
                    path.display()
                );
                bad.push(Bad { what, id: None, newer: true });
            }
        } else if let Some(name) = row.strip_suffix(": [") {
            section = kind_in(name);
        } else if !is_frame(row) {
            let what = format!(
                "{}, line {}, column 1: expected a record or the name of a list, found {:?}",
                path.display(),
                number + 1,
                row.chars().take(30).collect::<String>()
            );
            bad.push(Bad { what, id: id_in(row), newer: false });
        }
    }
    (records, bad)
}

/// Whether a line holds records together and says nothing itself; the marks that git leaves where two files differ and
/// were not joined are such lines.
fn is_frame(row: &str) -> bool {
    matches!(row, "" | "(" | ")" | "]" | "]," | "=======")
        || row.ends_with(": [],")
        || ["<<<<<<< ", ">>>>>>> ", "||||||| ", "//"].iter().any(|mark| row.starts_with(mark))
}

fn take(records: &mut Records, section: Option<Kind>, row: &str) -> Result<(), (usize, String)> {
    let named = row.strip_prefix("(record: ").unwrap_or_default();
    let name = named.split('(').next().unwrap_or_default().trim();
    let kind = if name.is_empty() { section } else { kind_named(name) };
    let Some(kind) = kind else { return Err((10, format!("there are no records called {name:?}"))) };
    if kind == Kind::Coding
        && let Some(slot) = quick::row(row)
    {
        records.codings.push(slot);
        return Ok(());
    }
    records.take(kind, row).map_err(|err| (err.span.start.col, err.code.to_string()))
}

/// The first id in a row, which is that of its record.
fn id_in(row: &str) -> Option<Id> {
    let rest = row.split_once("id:")?.1.trim_start().strip_prefix('"')?;
    rest.get(..26)?.parse().ok()
}
