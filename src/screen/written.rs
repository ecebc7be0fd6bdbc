//! Writing a table that is on the screen to a file that a person names.

use super::app::{App, Tone};
use super::paths::{expand, plain};
use crate::report::tables::{Format, Look, write};
use crate::table::Table;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// Writes a table to the path that was typed, in the format that its ending names, for which `make` makes it, and `words`
/// beside it as Markdown; says where. Nothing that is there is written over.
///
/// # Errors
/// A sentence: why it could not be written.
pub fn table(typed: &str, words: Option<&str>, make: impl FnOnce(Format) -> Table) -> Result<String, String> {
    if typed.trim().is_empty() {
        return Err("say where: a path that ends in .csv, .md, .json or .txt".into());
    }
    let path = expand(typed.trim());
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let format = match ending.as_deref() {
        Some("csv") => Format::Csv,
        Some("md") => Format::Md,
        Some("json") => Format::Json,
        Some("txt") => Format::Table,
        _ => return Err("the path has to end in .csv, .md, .json or .txt".into()),
    };
    put(&path, write(&make(format), format, Look::default()).as_bytes())?;
    let Some(words) = words else { return Ok(format!("written to {}", path.display())) };
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!("{stem}-methods.md"));
    put(&beside, format!("{words}\n").as_bytes())?;
    Ok(format!("written to {} and {}", path.display(), beside.display()))
}

/// Says what became of a writing; whether it was done.
pub fn told(app: &mut App, written: Result<String, String>) -> bool {
    let (tone, words, done) = match written {
        Ok(said) => (Tone::Done, said, true),
        Err(why) => (Tone::Refused, why, false),
    };
    app.tell(tone, words);
    done
}

/// Writes what `make` gives for the path that was typed; says where. Nothing that is there is written over.
///
/// # Errors
/// A sentence: why it could not be written.
pub fn file(typed: &str, make: impl FnOnce(&Path) -> Result<Vec<u8>, String>) -> Result<String, String> {
    if typed.trim().is_empty() {
        return Err("say where".into());
    }
    let path = expand(typed.trim());
    put(&path, &make(&path)?)?;
    Ok(format!("written to {}", path.display()))
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|why| match why.kind() {
        std::io::ErrorKind::AlreadyExists => format!("{} is there already; give it another name", path.display()),
        _ => format!("{}: {}", path.display(), plain(&why)),
    })?;
    file.write_all(bytes).map_err(|why| format!("{}: {}", path.display(), plain(&why)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_over_and_the_ending_says_how() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name).display().to_string();
        let make = |format| {
            let mut table = Table::new("T", [("code", "Code")]);
            table.push(vec![format!("Handoff as {format:?}").into()]);
            table
        };
        assert!(table(&at("a.csv"), Some("Words."), make).expect("written").contains("a-methods.md"));
        assert_eq!(std::fs::read_to_string(at("a.csv")).expect("a file"), "code\nHandoff as Csv\n");
        assert!(table(&at("a.csv"), None, make).expect_err("it is there").contains("already"));
        assert!(table(&at("a.doc"), None, make).expect_err("no such format").contains(".csv"));
        assert!(table(&at("b.JSON"), None, make).is_ok(), "however it is typed");
    }
}
