//! `emic agreement --input`: the whole agreement report of an input file, without a project.

use super::failure::{Failure, failed};
use super::names;
use crate::agreement::{Input, Study};
use std::io;
use std::path::Path;

/// Prints the report of the file `input`; `-` is standard input.
///
/// # Errors
///
/// A file that cannot be read, is no such input, or holds something that cannot be.
pub(super) fn run(input: &Path) -> Result<(), Failure> {
    let (shown, read) = match input.to_str() {
        Some("-") => ("standard input".to_owned(), io::read_to_string(io::stdin().lock())),
        _ => (names::shown(input), std::fs::read_to_string(input)),
    };
    let json = match read {
        Ok(json) => json,
        Err(err) => return failed(unreadable(&shown, &err)),
    };
    let json = json.strip_prefix('\u{feff}').unwrap_or(&json);
    let study = match Input::from_json(json).and_then(Study::prepare) {
        Ok(study) => study,
        Err(why) => return failed(format!("{shown}: {why}")),
    };
    let written = study.write_report(io::stdout().lock());
    // The program ends now: taking the study apart would only take time.
    std::mem::forget(study);
    written.map_err(|err| match err.io_error_kind() {
        Some(io::ErrorKind::BrokenPipe) => Failure::Unread,
        _ => Failure::Failed(format!("the report of {shown} could not be written: {err}")),
    })
}

fn unreadable(shown: &str, err: &io::Error) -> String {
    match err.kind() {
        io::ErrorKind::NotFound => format!("{shown}: there is no such file; check its name"),
        io::ErrorKind::InvalidData => format!("{shown}: this is no text in UTF-8; save it as JSON in UTF-8"),
        io::ErrorKind::IsADirectory => format!("{shown}: this is a folder; name the file in it"),
        _ => format!("{shown} could not be read: {err}"),
    }
}
