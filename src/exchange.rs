//! Other programs' files, in and out: one format a file.
//!
//! Reading takes bytes and gives values; an import yields edits and writes nothing. No disk, no screen here.

pub mod attributes_file;
pub mod codings_csv;
pub mod file_names;
pub mod import;
pub mod plain;
