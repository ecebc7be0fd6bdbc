//! Sentences of spoken words written down.
//!
//! A sentence ends at a full stop, question or exclamation mark, or their like in other scripts, with the closing quotes
//! and brackets behind it. Abbreviations, initials, decimals and numbers of lists end none. Three dots end one only before
//! a capital. A quote that is followed by a small letter goes on (`"Really?" she said`). Where a paragraph ends, so does
//! the sentence; what has no such mark is one sentence, up to some kilobytes. White space around it is no part of it.
//!
//! Limits: the lists of abbreviations are English with a little German, French and Spanish; a stop without a space behind
//! it ("okay.Then") is not seen as an end.

use super::abbreviations::{Following, Next, stop_of_abbreviation};
use super::body::{Body, Lines, blank_from, pos, trimmed};
use super::cuts::{Cuts, char_at, char_before, chars_from, floor, look, step};
use super::graphemes::Graphemes;
use super::words::{LOOK, Pieces};
use crate::text::{Pos, Span, Text};
use std::ops::Range;

/// The borders between the sentences of a body; bytes count from its start.
struct Sentences<'a> {
    body: &'a str,
    lines: Lines,
}

/// The marks at the end of a sentence: from its first mark to behind the closing quotes and brackets.
struct Tail {
    start: usize,
    mark: Mark,
    /// Whether a quote or bracket closes in it.
    closes: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Stop,
    Dots,
    /// A question or exclamation mark.
    Asked,
    /// A mark of a script that needs no space behind it.
    Strong,
}

const fn mark(c: char) -> Option<Mark> {
    match c {
        '.' => Some(Mark::Stop),
        '…' | '‥' => Some(Mark::Dots),
        '?' | '!' | '‽' | '⁇' | '⁈' | '⁉' | '‼' | '\u{37e}' => Some(Mark::Asked),
        '。' | '！' | '？' | '｡' | '．' | '؟' | '۔' | '।' | '॥' | '։' | '።' | '፧' | '፨' | '។' | '៕' | '။' => {
            Some(Mark::Strong)
        }
        _ => None,
    }
}

/// Closing brackets and quotes, and the invisible marks that may follow them.
const fn closes(c: char) -> bool {
    matches!(
        c,
        ')' | ']'
            | '}'
            | '”'
            | '’'
            | '」'
            | '』'
            | '】'
            | '〉'
            | '》'
            | '〕'
            | '）'
            | '］'
            | '｝'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202c}'
            | '\u{2060}'
            | '\u{2069}'
            | '\u{feff}'
    )
}

/// Quotes that open in some hands and close in others.
const fn either(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '»' | '‹' | '›')
}

const fn opens(c: char) -> bool {
    either(c) || matches!(c, '(' | '[' | '{' | '„' | '‚' | '¿' | '¡' | '「' | '『' | '（')
}

impl Cuts for Sentences<'_> {
    const BLOCK: usize = 4096;
    const FINER: usize = Pieces::LONGEST;

    fn text(&self) -> &str {
        self.body
    }

    fn natural(&self, at: usize) -> bool {
        match char_before(self.body, at) {
            Some('\n') => self.lines == Lines::Paragraphs || self.beside_blank_line(at),
            Some(last) if mark(last).is_some() || closes(last) || either(last) => {
                self.ends(at) && Graphemes(self.body).is_cut(at)
            }
            _ => false,
        }
    }

    fn finer(&self, at: usize) -> bool {
        Pieces(self.body).is_cut(at)
    }
}

impl Sentences<'_> {
    /// Whether one of the lines that meet at `at`, just behind a line feed, is blank.
    fn beside_blank_line(&self, at: usize) -> bool {
        let earlier = self.body[..at - 1].chars().rev().take(256).inspect(|_| look::count(1));
        blank_from(self.body, at) || earlier.take_while(|&c| c != '\n').all(char::is_whitespace)
    }

    /// Whether a sentence ends just before `at`, where a mark, quote or bracket stands before it.
    fn ends(&self, at: usize) -> bool {
        let next = char_at(self.body, at);
        if self.goes_on(at) {
            return false;
        }
        let Some(tail) = self.tail(at) else { return false };
        let before = char_before(self.body, tail.start);
        if matches!(before, Some('(' | '[')) {
            return false; // "(?)" marks a doubt about a word
        }
        let after = self.following(at);
        if after.next == Next::End {
            return true;
        }
        // A quote or bracket that closes before a small letter: `"Really?" she said`
        let quoted = tail.closes && after.bare && after.next == Next::Small;
        let apart = next.is_none_or(|c| c.is_whitespace() || opens(c) || matches!(c, '—' | '–'));
        match tail.mark {
            Mark::Strong => {
                // 「はい。」と言った: what was said goes on into who said it
                let told = tail.closes && matches!(next, Some('と' | 'っ'));
                !told && !matches!(next, Some('、' | '，' | ',' | '،' | ';' | '؛' | ':' | '：'))
            }
            Mark::Asked if apart => !quoted,
            Mark::Asked => {
                !tail.closes && next.is_some_and(char::is_uppercase) && before.is_some_and(char::is_alphanumeric)
            }
            Mark::Dots => apart && !matches!(after.next, Next::Small | Next::Digit),
            Mark::Stop => {
                let line = floor(self.body, tail.start.saturating_sub(128));
                let before = &self.body[line..tail.start];
                look::count(48); // no more of it is read
                apart && !quoted && !stop_of_abbreviation(before, after)
            }
        }
    }

    /// Whether the marks before `at` go on behind it: more marks, a quote that closes, a dot after a space.
    fn goes_on(&self, at: usize) -> bool {
        let Some(next) = char_at(self.body, at) else { return false };
        if !next.is_whitespace() {
            return self.in_tail(at, next);
        }
        let behind = step(self.body, at);
        match char_at(self.body, behind) {
            Some('»' | '›') if next != '\n' => self.in_tail(behind, '»'),
            Some('.') if next != '\n' && char_before(self.body, at) == Some('.') => {
                char_at(self.body, behind + 1).is_none_or(|c| c.is_whitespace() || mark(c).is_some() || closes(c))
            }
            _ => false,
        }
    }

    /// Whether `c`, at `at`, can be among the marks that end a sentence: a mark or what closes, no quote that opens.
    fn in_tail(&self, at: usize, c: char) -> bool {
        if either(c) {
            let behind = chars_from(self.body, at).take(8).find(|&c| !either(c));
            return behind.is_none_or(|c| !c.is_alphanumeric());
        }
        mark(c).is_some() || closes(c)
    }

    /// The marks that end at `at`, if there is one among the last 64 chars of them.
    fn tail(&self, at: usize) -> Option<Tail> {
        let (mut start, mut found, mut closed, mut dots) = (at, None::<Tail>, false, 0);
        for _ in 0..64 {
            let Some(c) = char_before(self.body, start) else { break };
            let here = start - c.len_utf8();
            if let Some(kind) = mark(c) {
                dots = if c == '.' { dots + 1 } else { 0 };
                let kind = if dots > 1 { Mark::Dots } else { kind };
                let kind = found.as_ref().map_or(kind, |later| later.mark.max(kind));
                found = Some(Tail { start: here, mark: kind, closes: closed });
            } else if c.is_whitespace() && c != '\n' {
                // ". . ." and the space that French has before "»"
                let spaced = char_before(self.body, here) == Some('.') && char_at(self.body, start) == Some('.');
                if !spaced && !matches!(char_at(self.body, start), Some('»' | '›')) {
                    break;
                }
            } else if self.in_tail(here, c) {
                closed |= found.is_none();
                dots = 0;
            } else {
                break;
            }
            start = here;
        }
        found
    }

    /// What comes after the marks that end at `at`: white space, quotes and brackets are looked through.
    fn following(&self, at: usize) -> Following<'_> {
        const NONE: Following<'_> = Following { next: Next::End, word: "", dotted: false, bare: false };
        let mut behind = at;
        let mut bare = true;
        for _ in 0..256 {
            let Some(c) = char_at(self.body, behind) else { return NONE };
            if c == '\n' && (self.lines == Lines::Paragraphs || blank_from(self.body, behind + 1)) {
                return NONE;
            }
            if !c.is_whitespace()
                && !opens(c)
                && !matches!(c, '-' | '–' | '—' | '*' | '_' | '#' | '\u{200b}'..='\u{200f}')
            {
                let letters =
                    chars_from(self.body, behind).take(24).take_while(|&c| c.is_alphanumeric() || "'’".contains(c));
                let end = behind + letters.map(char::len_utf8).sum::<usize>();
                let next = match c {
                    c if c.is_lowercase() => Next::Small,
                    c if c.is_uppercase() => Next::Capital,
                    c if c.is_numeric() => Next::Digit,
                    c if c.is_alphabetic() => Next::Letter,
                    _ => Next::Other,
                };
                let dotted = char_at(self.body, end) == Some('.');
                return Following { next, word: &self.body[behind..end], dotted, bare };
            }
            bare &= c.is_whitespace();
            behind = step(self.body, behind);
        }
        NONE
    }

    /// The sentence in the bytes between two borders, if they hold one.
    fn within(&self, region: Range<usize>) -> Option<Range<usize>> {
        Some(trimmed(self.body, region)).filter(|sentence| !sentence.is_empty())
    }

    /// The first sentence from the one around `at` on that is `wanted`, or else how far the look went.
    fn seek(&self, at: usize, wanted: impl Fn(&Range<usize>) -> bool) -> Result<Range<usize>, usize> {
        let mut region = self.piece(at);
        loop {
            if let Some(found) = self.within(region.clone()).filter(&wanted) {
                return Ok(found);
            }
            if region.end == self.body.len() || region.end - at.min(region.end) > LOOK {
                return Err(region.end);
            }
            region = self.piece(region.end);
        }
    }

    /// The last sentence that starts before `at`, or else how far the look went.
    fn seek_back(&self, at: usize) -> Result<Range<usize>, usize> {
        let mut end = at;
        while end > 0 && at - end <= LOOK {
            let start = self.cut_before(end);
            if let Some(found) = self.within(start..self.cut_after(start)).filter(|found| found.start < at) {
                return Ok(found);
            }
            end = start;
        }
        Err(end)
    }
}

/// A body to look in: its sentences, where it starts in the text, and `at` in it.
fn opened(text: &Text, at: Pos, body: Body) -> (Sentences<'_>, usize, usize) {
    let Range { start, end } = body.bytes(text);
    let sentences = Sentences { body: &text.as_str()[start..end], lines: body.lines };
    (sentences, start, text.byte(at).0.clamp(start, end) - start)
}

fn shifted(text: &Text, bytes: Range<usize>, by: usize) -> Span {
    text.span(bytes.start + by..bytes.end + by)
}

/// The sentence of `body` that the char at `at` belongs to; none in the white space between sentences, and outside `body`.
#[must_use]
pub fn sentence_at(text: &Text, at: Pos, body: impl Into<Body>) -> Option<Span> {
    let body = body.into();
    let (sentences, start, here) = opened(text, at, body);
    let found = sentences.within(sentences.piece(here)).map(|bytes| shifted(text, bytes, start));
    found.filter(|found| found.holds(at))
}

/// The first sentence of `body` that starts at or after `at`; none if there is none, or none within 16 kB.
#[must_use]
pub fn sentence_after(text: &Text, at: Pos, body: impl Into<Body>) -> Option<Span> {
    let body = body.into();
    let (sentences, start, here) = opened(text, at, body);
    (at <= body.within.end).then_some(())?;
    sentences.seek(here, |found| found.start >= here).ok().map(|bytes| shifted(text, bytes, start))
}

/// The last sentence of `body` that starts before `at`; none if there is none, or none within 16 kB.
#[must_use]
pub fn sentence_before(text: &Text, at: Pos, body: impl Into<Body>) -> Option<Span> {
    let (sentences, start, here) = opened(text, at, body.into());
    sentences.seek_back(here).ok().map(|bytes| shifted(text, bytes, start))
}

/// Where the next sentence of `body` after `at` starts; none if `at` is in the last one. After 16 kB of white space, as far
/// as that.
#[must_use]
pub fn next_sentence_start(text: &Text, at: Pos, body: impl Into<Body>) -> Option<Pos> {
    let body = body.into();
    let (sentences, start, here) = opened(text, at, body);
    // Before the body, its first sentence is the next one, even where it starts at the body's first char.
    let found = sentences.seek(here, |found| found.start > here || at < body.within.start);
    match found {
        Ok(found) => Some(pos(text, found.start + start)),
        Err(reached) => (reached < sentences.body.len()).then(|| pos(text, reached + start)),
    }
}

/// Where the last sentence of `body` that starts before `at` starts; none if there is none. After 16 kB of white space, as
/// far as that.
#[must_use]
pub fn previous_sentence_start(text: &Text, at: Pos, body: impl Into<Body>) -> Option<Pos> {
    let (sentences, start, here) = opened(text, at, body.into());
    match sentences.seek_back(here) {
        Ok(found) => Some(pos(text, found.start + start)),
        Err(reached) => (reached > 0).then(|| pos(text, reached + start)),
    }
}

/// The sentences of `body`, in order. For those of one paragraph give it `text.paragraph_span(index)`. Time in proportion
/// to what is taken from it.
pub fn sentences(text: &Text, body: impl Into<Body>) -> impl Iterator<Item = Span> {
    let (sentences, start, _) = opened(text, Pos(0), body.into());
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < sentences.body.len() {
            let region = at..sentences.cut_after(at);
            at = region.end;
            if let Some(found) = sentences.within(region) {
                return Some(shifted(text, found, start));
            }
        }
        None
    })
}

/// Whether `at`, behind white space in `paragraph`, stands behind the end of a sentence; for cutting long paragraphs.
pub(in crate::text) fn sentence_ends(paragraph: &str, at: usize) -> bool {
    let end = paragraph[..at].trim_end().len();
    0 < end && end < at && Sentences { body: paragraph, lines: Lines::Paragraphs }.natural(end)
}

#[cfg(test)]
#[path = "sentences_tests.rs"]
mod tests;
