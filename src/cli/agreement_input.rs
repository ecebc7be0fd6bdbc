//! `emic agreement --input`: the whole agreement report of an input file, without a project.

use super::failure::{Failure, failed};
use super::{names, out};
use crate::agreement::{Input, Study};
use clap::{Args, ValueHint};
use std::io;
use std::path::PathBuf;

/// How far coders agree.
///
/// Reads an input of the format agreement-input/1 and prints every figure as JSON (agreement-expected/1), for checking
/// against other programs. No project is needed.
#[derive(Args, Debug)]
pub struct Agreement {
    /// The input file; - reads standard input.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub input: PathBuf,
}

/// Prints the report of `args.input`.
///
/// # Errors
///
/// A file that cannot be read, is no such input, or holds something that cannot be.
pub(super) fn run(args: &Agreement) -> Result<(), Failure> {
    let (shown, read) = match args.input.to_str() {
        Some("-") => ("standard input".to_owned(), io::read_to_string(io::stdin().lock())),
        _ => (names::shown(&args.input), std::fs::read_to_string(&args.input)),
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
    let mut report = match serde_json::to_vec(&study.report()) {
        Ok(report) => report,
        Err(err) => return failed(format!("{shown}: the report could not be written as JSON: {err}")),
    };
    report.push(b'\n');
    out::print_bytes(&report)
}

fn unreadable(shown: &str, err: &io::Error) -> String {
    match err.kind() {
        io::ErrorKind::NotFound => format!("{shown}: there is no such file; check its name"),
        io::ErrorKind::InvalidData => format!("{shown}: this is no text in UTF-8; save it as JSON in UTF-8"),
        io::ErrorKind::IsADirectory => format!("{shown}: this is a folder; name the file in it"),
        _ => format!("{shown} could not be read: {err}"),
    }
}
