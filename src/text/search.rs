//! Finding words: one query, its hits in a text, one after another or the next from somewhere.
//!
//! A *literal* finds what a reader would say is the same: a space stands for any white space, and for a line break with
//! white space around it (hard-wrapped transcripts), but not for a blank line; straight quotes and apostrophes find curly
//! ones and the other way round; a hyphen finds Unicode's hyphens, three dots the one sign. A letter with its accent as a
//! separate mark is another string than the precomposed one, and stays so. A *regular expression* is taken as it is; `^` and
//! `$` are the ends of paragraphs, `.` is not a line feed.
//!
//! Both run on the `regex` crate: time grows with the length of the text, never beyond, and the size of what a pattern
//! compiles to is limited, so that no pattern can hang the program or fill memory.

use super::{BytePos, Pos, Span, Text};
use regex::{Regex, RegexBuilder};
use std::fmt::Write as _;

/// What a compiled pattern may take, in bytes.
const SIZE: usize = 2 << 20;

/// How far back, in bytes, hits before a place are looked for at a time.
const WINDOW: usize = 1 << 16;

/// How a pattern is read.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum QueryKind {
    /// The words themselves, with the likenesses that the module names.
    #[default]
    Literal,
    /// A regular expression.
    Regex,
}

/// Whether capitals matter.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Case {
    /// They do if the pattern has one.
    #[default]
    Smart,
    /// They do.
    Sensitive,
    /// They do not.
    Insensitive,
}

/// Why a pattern cannot be searched for: one sentence for the person who typed it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum QueryError {
    /// There is no pattern.
    #[error("There is nothing to search for: type a word.")]
    Empty,
    /// The regular expression has a mistake.
    #[error("At character {place} of the pattern: {what}.")]
    Mistake {
        /// Where, in chars of the pattern, counted from 1.
        place: usize,
        /// What is wrong there.
        what: String,
    },
    /// It has a mistake of which no place is known.
    #[error("The pattern is no regular expression: {0}.")]
    Unplaced(String),
    /// What it stands for is too large.
    #[error("The pattern stands for too much to search for: make it shorter, or its counts smaller.")]
    TooLarge,
}

/// A pattern ready to be searched for. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Query {
    regex: Regex,
}

impl Query {
    /// A query for `pattern`.
    ///
    /// # Errors
    /// If it is empty, is no regular expression though it should be, or is too large.
    pub fn new(pattern: &str, kind: QueryKind, case: Case) -> Result<Self, QueryError> {
        Self::build(pattern, kind, case, false)
    }

    /// A query for `pattern` where it neither starts nor ends inside a word. (A hyphen or an apostrophe ends a word here:
    /// `follow` is found in `follow-up`.)
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn whole_words(pattern: &str, kind: QueryKind, case: Case) -> Result<Self, QueryError> {
        Self::build(pattern, kind, case, true)
    }

    fn build(pattern: &str, kind: QueryKind, case: Case, whole_words: bool) -> Result<Self, QueryError> {
        if pattern.is_empty() {
            return Err(QueryError::Empty);
        }
        let (mut expression, capitals) = match kind {
            QueryKind::Literal => (like(pattern), pattern.chars().any(char::is_uppercase)),
            QueryKind::Regex => (pattern.to_owned(), has_capital(pattern)),
        };
        let compile = |expression: &str| {
            RegexBuilder::new(expression)
                .case_insensitive(case == Case::Insensitive || (case == Case::Smart && !capitals))
                .multi_line(true)
                .size_limit(SIZE)
                .dfa_size_limit(SIZE)
                .build()
        };
        let mut regex = compile(&expression).map_err(|error| explain(&error))?;
        if whole_words {
            // Compiled by itself first: a mistake is to be found where it was typed.
            expression = format!(r"\b{{start-half}}(?:{expression})\b{{end-half}}");
            regex = compile(&expression).map_err(|error| explain(&error))?;
        }
        Ok(Self { regex })
    }

    /// The hits in `text`, in order, none overlapping another, none empty; each found when it is asked for.
    pub fn find_iter(&self, text: &Text) -> impl Iterator<Item = Span> {
        let mut counted = Counted { text, byte: 0, pos: 0 };
        self.hits(text, 0).map(move |(start, end)| Span { start: counted.pos(start), end: counted.pos(end) })
    }

    /// The first hit that starts at or after `from`.
    #[must_use]
    pub fn find_from(&self, text: &Text, from: Pos) -> Option<Span> {
        self.hits(text, text.byte(from).0).next().map(|(start, end)| text.span(start..end))
    }

    /// The last hit that starts before `before`. Looks back some 64 kB at a time, each time from the start of a paragraph if
    /// there is one; a hit across such a place may be found from its second possible start.
    #[must_use]
    pub fn find_before(&self, text: &Text, before: Pos) -> Option<Span> {
        self.find_back(text, text.byte(before).0, WINDOW)
    }

    fn find_back(&self, text: &Text, before: usize, window: usize) -> Option<Span> {
        let mut end = before;
        while end > 0 {
            let mut start = end.saturating_sub(window);
            while !text.as_str().is_char_boundary(start) {
                start -= 1;
            }
            let paragraph = text.paragraph(text.paragraph_at(BytePos(start))).start;
            if start - paragraph <= window {
                start = paragraph;
            }
            if let Some((start, end)) = self.hits(text, start).take_while(|&(at, _)| at < end).last() {
                return Some(text.span(start..end));
            }
            end = start;
        }
        None
    }

    /// The hits from the byte `from` on, in bytes. What stands before `from` still counts for `^` and word borders.
    fn hits(&self, text: &Text, from: usize) -> impl Iterator<Item = (usize, usize)> {
        let words = text.as_str();
        let mut from = from;
        std::iter::from_fn(move || {
            while from <= words.len() {
                let found = self.regex.find_at(words, from)?;
                if !found.is_empty() {
                    from = found.end();
                    return Some((found.start(), found.end()));
                }
                from = found.end() + words[found.end()..].chars().next().map_or(1, char::len_utf8);
            }
            None
        })
    }
}

/// Turns bytes into chars in passing, for many places in ascending order.
struct Counted<'a> {
    text: &'a Text,
    byte: usize,
    pos: u32,
}

impl Counted<'_> {
    fn pos(&mut self, byte: usize) -> Pos {
        self.pos = if byte - self.byte < 256 {
            self.pos + self.text.as_str()[self.byte..byte].chars().count() as u32
        } else {
            self.text.pos(BytePos(byte)).0
        };
        self.byte = byte;
        Pos(self.pos)
    }
}

/// The expression that finds what is like `literal`.
fn like(literal: &str) -> String {
    let mut expression = String::with_capacity(literal.len() * 2);
    let mut chars = literal.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            c if c.is_whitespace() => {
                let mut spaces = 1;
                while chars.next_if(|c| c.is_whitespace()).is_some() {
                    spaces += 1;
                }
                if spaces == 1 {
                    expression.push_str(r"(?:[^\S\n]*\n[^\S\n]*|[^\S\n]+)");
                } else {
                    // Who types two spaces looks for two.
                    let _ = write!(expression, r"(?:[^\S\n]*\n[^\S\n]*|[^\S\n]{{{spaces},}})");
                }
            }
            '\'' | '’' | '‘' | '‛' | 'ʼ' | '′' | '´' | '`' => expression.push_str("['’‘‛ʼ′´`]"),
            '"' | '“' | '”' | '„' | '‟' | '″' => expression.push_str("[\"“”„‟″]"),
            '-' | '\u{2010}' | '\u{2011}' => expression.push_str(r"[\-\x{2010}\x{2011}]"),
            '…' => expression.push_str(r"(?:…|\.\.\.)"),
            '.' if literal_dots(&mut chars) => expression.push_str(r"(?:…|\.\.\.)"),
            c => expression.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    expression
}

/// Whether two more dots come, and no third; takes them.
fn literal_dots(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let dots = chars.clone().take_while(|&c| c == '.').count();
    dots == 2 && chars.next().and(chars.next()).is_some()
}

/// Whether a regular expression asks for a capital: one that is not part of an escape (`\S`, `\p{Lu}`) or a group's name.
fn has_capital(expression: &str) -> bool {
    let mut chars = expression.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if matches!(chars.next(), Some('p' | 'P' | 'x' | 'u' | 'U' | 'b'))
                && chars.next_if_eq(&'{').is_some() =>
            {
                chars.by_ref().find(|&c| c == '}');
            }
            '(' if chars.next_if_eq(&'?').is_some() => {
                chars.by_ref().find(|c| matches!(c, ':' | ')' | '>'));
            }
            c if c.is_uppercase() => return true,
            _ => {}
        }
    }
    false
}

/// What is wrong with an expression, in a sentence. The crate tells in a drawing of several lines: the pattern, carets under
/// the place, and `error: ` with the kind of mistake.
fn explain(error: &regex::Error) -> QueryError {
    let regex::Error::Syntax(drawing) = error else { return QueryError::TooLarge };
    let kind = drawing.rsplit_once("error: ").map_or(drawing.as_str(), |(_, kind)| kind);
    let what = match kind.lines().next().unwrap_or_default().trim() {
        "unclosed group" => "this bracket ( is never closed",
        "unopened group" => "this bracket ) was never opened",
        "unclosed character class" => "this bracket [ is never closed",
        "repetition operator missing expression" => "there is nothing before this sign to repeat",
        "repetition quantifier expects a valid decimal" | "unclosed counted repetition" => {
            r"a count like {2,3} is expected here; for the bracket itself write \{"
        }
        "unrecognized escape sequence" => r"a \ before this letter has no meaning; for the sign itself write \\",
        "incomplete escape sequence, reached end of pattern prematurely" => {
            r"a \ ends the pattern; for the sign itself write \\"
        }
        "backreferences are not supported" => "referring back to a group is not possible",
        "look-around, including look-ahead and look-behind, is not supported" => {
            "looking ahead or behind is not possible"
        }
        kind if kind.contains("exceeds size limit") => return QueryError::TooLarge,
        kind => kind,
    };
    let what = what.trim_end_matches('.').to_owned();
    let mut lines = drawing.lines().skip(2);
    let place = lines.next().filter(|line| line.trim_start().starts_with('^')).and_then(|carets| carets.find('^'));
    match place {
        // Four spaces stand before the pattern and before the carets under it.
        Some(column) if column >= 4 => QueryError::Mistake { place: column - 3, what },
        _ => QueryError::Unplaced(what),
    }
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
