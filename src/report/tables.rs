//! Tables as text: aligned for a terminal, JSON, CSV, Markdown.
//!
//! In none of them does a character come through that a terminal would obey.

mod files;
mod lines;

use crate::table::Table;
pub(super) use files::visible;
pub use lines::Look;

/// How a table is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Format {
    /// Aligned, to be read in a terminal.
    #[default]
    Table,
    /// An array of objects.
    Json,
    /// Comma-separated values, for spreadsheets.
    Csv,
    /// A Markdown table.
    Md,
}

/// The table as text that ends with a line feed. `look` is for [`Format::Table`] alone.
#[must_use]
pub fn write(table: &Table, format: Format, look: Look) -> String {
    match format {
        Format::Table => lines::write(table, look),
        Format::Json => files::json(table),
        Format::Csv => files::csv(table),
        Format::Md => files::md(table),
    }
}

#[cfg(test)]
mod tests {
    use crate::table::{Cell, Table};

    /// A table with everything that is awkward.
    pub(super) fn awkward() -> Table {
        let mut table = Table::new("Two | rows", [("code", "Code"), ("passages", "Passages"), ("text", "Text")]);
        table = table.in_files(["id"]);
        let two = Cell::counted(vec!["a-1".into(), "b-2".into()]);
        table.push(vec!["=SUM(A1)".into(), two, "one | two\nthree \u{1b}[2J 語".into(), "x".into()]);
        table.push(vec!["語語".into(), 1_234_u32.into(), Cell::default(), "y".into()]);
        table
    }
}
