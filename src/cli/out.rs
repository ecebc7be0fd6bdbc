//! What is printed. Nothing that a terminal would obey gets out of here but what the screen itself asked for.

use super::args::LookArgs;
use super::failure::Failure;
use crate::report::tables::{Format, Look, write};
use crate::table::Table;
pub(super) use crate::table::counted;
use crate::text::wrap::shown;
use std::io::{self, ErrorKind, IsTerminal, Write};
use unicode_segmentation::UnicodeSegmentation;

/// Prints text that is clean already; a line feed is added where it does not end with one.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    print_bytes(text.as_bytes())?;
    if text.ends_with('\n') || text.is_empty() { Ok(()) } else { print_bytes(b"\n") }
}

/// Prints lines, with pictures for what a terminal would obey.
pub(super) fn say(text: &str) -> Result<(), Failure> {
    print(&clean(text))
}

/// Prints bytes as they are.
pub(super) fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|err| match err.kind() {
        ErrorKind::BrokenPipe => Failure::Unread,
        _ => Failure::Failed(format!("the output could not be written: {err}")),
    })
}

/// Says a sentence on standard error.
pub(super) fn complain(sentence: &str) {
    // Nobody can be told that nobody listens.
    let _said = writeln!(io::stderr().lock(), "emic: {}", clean(sentence));
}

/// Says something to know on standard error.
pub(super) fn note(sentence: &str) {
    let _said = writeln!(io::stderr().lock(), "{}", clean(sentence));
}

/// Prints a table; one for people is fitted to the terminal if there is one.
pub(super) fn print_table(table: &Table, format: Format, look: &LookArgs) -> Result<(), Failure> {
    let width = io::stdout().is_terminal().then(|| crossterm::terminal::size().ok()).flatten().map(|(width, _)| width);
    print(&write(table, format, Look { width, ascii: look.ascii }))
}

/// The text with pictures for everything that a terminal would obey, line feeds excepted.
pub(super) fn clean(text: &str) -> String {
    let clean = text.graphemes(true).map(|part| match part {
        "\n" | "\r\n" => "\n".into(),
        part => shown(part),
    });
    clean.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_pictured() {
        assert_eq!(clean("a\u{1b}[2J\r\nb\tc\u{9b}\u{202e}"), "a␛[2J\nb c··");
    }
}
