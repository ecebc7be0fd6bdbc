//! Plain text files: from bytes to a text, and what had to be guessed or changed on the way.
//!
//! The text stays as it is in the file, but for two things: line ends become line feeds, and a byte order mark at the
//! start is taken off. What is no text is refused in one clear sentence.

mod encoding;
mod kinds;
#[cfg(test)]
mod tests;

use encoding::Decoded;
use std::fmt;

/// Files of this size or more are asked about: 64 MB.
pub const ASK_FROM: u64 = 64 << 20;
/// Files of this size or more are refused: 1 GB.
pub const REFUSE_FROM: u64 = 1 << 30;

/// A text as it was read from a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plain {
    /// The text, its lines ended by line feeds.
    pub text: String,
    /// How its characters were written, as the analyst is told: `UTF-8`, `Windows-1252 (Western Europe)`.
    pub encoding: String,
    /// Whether it began with a byte order mark, which was taken off.
    pub bom: bool,
    /// Whether lines ended with carriage returns, which became line feeds.
    pub crlf: bool,
    /// How many sequences of bytes stand for no character and became `U+FFFD`.
    pub replaced: usize,
    /// What the analyst should know, a sentence each.
    pub notes: Vec<String>,
}

/// Why a file is not read as plain text. Each says what it is and what to do.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PlainError {
    /// There is nothing in it.
    #[error("the file is empty; there is nothing to import")]
    Empty,
    /// There are only blanks and line ends in it.
    #[error("the file holds only white space; there is nothing to import")]
    Blank,
    /// Its first bytes say that it is something else.
    #[error("this is {what}, not plain text; {advice}")]
    OtherKind {
        /// What it is, with its article.
        what: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// It holds bytes that texts do not hold.
    #[error("this is no plain text: {what}; export it as text (UTF-8) from the program that made it")]
    Binary {
        /// What was found, and where.
        what: String,
    },
    /// An encoding was asked for that does not exist.
    #[error("there is no encoding “{0}”; names such as utf-8, windows-1252, utf-16le or gb18030 are known")]
    NoSuchEncoding(String),
}

/// Whether a file of some size is to be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SizeVerdict {
    /// Read it.
    Fine,
    /// Ask first: transcripts are hardly ever so large.
    Ask,
    /// Too large for a text.
    Refused,
}

/// Whether to read a file of `len` bytes.
#[must_use]
pub fn size_check(len: u64) -> SizeVerdict {
    match len {
        REFUSE_FROM.. => SizeVerdict::Refused,
        ASK_FROM.. => SizeVerdict::Ask,
        _ => SizeVerdict::Fine,
    }
}

/// Reads a plain text.
///
/// A byte order mark decides how; else bytes that are UTF-8 are UTF-8, files full of NULs in the right places UTF-16 or
/// UTF-32, and for anything else the encoding is guessed from the letters, and the guess noted.
///
/// # Errors
/// If there is nothing to read, or it is no text.
pub fn decode(bytes: &[u8]) -> Result<Plain, PlainError> {
    refuse_other_kinds(bytes)?;
    finish(encoding::decode(bytes)?)
}

/// Reads a plain text in the encoding that the analyst names (`windows-1252`, `latin1`, `utf-16le`, …), where the guess
/// of [`decode`] was wrong. A byte order mark is believed all the same.
///
/// # Errors
/// As [`decode`], or if there is no encoding of that name.
pub fn decode_as(bytes: &[u8], encoding: &str) -> Result<Plain, PlainError> {
    refuse_other_kinds(bytes)?;
    finish(encoding::decode_as(bytes, encoding)?)
}

fn refuse_other_kinds(bytes: &[u8]) -> Result<(), PlainError> {
    if bytes.is_empty() {
        return Err(PlainError::Empty);
    }
    match kinds::kind(bytes) {
        Some((what, advice)) => Err(PlainError::OtherKind { what, advice }),
        None => Ok(()),
    }
}

/// Checks what was decoded and makes its line ends line feeds.
fn finish(decoded: Decoded) -> Result<Plain, PlainError> {
    refuse_binary(&decoded.text)?;
    if decoded.text.chars().all(is_blank) {
        return Err(if decoded.text.is_empty() { PlainError::Empty } else { PlainError::Blank });
    }
    let Decoded { text, name, bom, replaced, mut notes } = decoded;
    let (text, ends) = line_feeds(text);
    if replaced > 0 {
        let line = text.find('\u{FFFD}').map_or(1, |at| 1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count());
        notes.push(format!(
            "{} could not be read as {name} and {} replaced by “\u{FFFD}”; the first is in line {line}.",
            Counted(replaced, "character"),
            if replaced == 1 { "was" } else { "were" }
        ));
    }
    if ends.kinds() > 1 {
        notes.push("Lines end in different ways (CR, LF, CRLF); all became line feeds.".to_owned());
    }
    let inside = text.matches('\u{FEFF}').count();
    if inside > 0 {
        let stay = if inside == 1 { "it is" } else { "they are" };
        notes.push(format!("{} within the text stayed where {stay}.", Counted(inside, "byte order mark")));
    }
    Ok(Plain { text, encoding: name, bom, crlf: ends.crlf + ends.cr > 0, replaced, notes })
}

/// How often each kind of line end came.
#[derive(Default)]
struct Ends {
    crlf: usize,
    cr: usize,
    lf: usize,
}

impl Ends {
    fn kinds(&self) -> usize {
        [self.crlf, self.cr, self.lf].iter().filter(|&&count| count > 0).count()
    }
}

/// The text with line feeds for CRLF and CR.
fn line_feeds(text: String) -> (String, Ends) {
    let feeds = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return (text, Ends { lf: feeds, ..Ends::default() });
    }
    let mut ends = Ends::default();
    let mut clean = String::with_capacity(text.len());
    let mut from = 0;
    for at in memchr::memchr_iter(b'\r', text.as_bytes()) {
        clean.push_str(&text[from..at]);
        from = at + 1;
        if text.as_bytes().get(from) == Some(&b'\n') {
            ends.crlf += 1;
        } else {
            ends.cr += 1;
            clean.push('\n');
        }
    }
    clean.push_str(&text[from..]);
    ends.lf = feeds - ends.crlf;
    (clean, ends)
}

/// Refuses what no text holds: NULs, or many control characters.
fn refuse_binary(text: &str) -> Result<(), PlainError> {
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        let line = 1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count();
        return Err(PlainError::Binary { what: format!("it holds a NUL character in line {line}") });
    }
    let is_odd =
        |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1B}' | '\u{85}');
    let odd = text.chars().filter(is_odd).count();
    let all = text.chars().count();
    if odd > 3 && odd * 50 > all {
        return Err(PlainError::Binary { what: format!("{odd} of its {all} characters are control characters") });
    }
    Ok(())
}

/// Whether `c` shows nothing.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// A number with its noun: `1 character`, `3 characters`.
struct Counted(usize, &'static str);

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.0, self.1, if self.0 == 1 { "" } else { "s" })
    }
}
