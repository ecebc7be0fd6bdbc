//! Reading a coding from its line when it stands there exactly as this program writes it: a project has a hundred
//! thousand of them, and RON in general takes ten times as long. Anything else is left to RON.

use crate::project::coding::Coding;
use crate::project::id::{Id, Stamp, Writer};
use crate::project::record::Slot;
use crate::project::source::Passage;
use crate::text::Span;
use std::sync::Arc;

/// The coding on a line, if it stands there as written by [`super::write`]; without the comma at the end.
pub(super) fn coding(row: &str) -> Option<Slot<Coding>> {
    let mut at = Cursor(row);
    at.word("(record: Coding(id: ")?;
    let id = at.id()?;
    at.word(", coder: ")?;
    let coder = at.id()?;
    at.word(", code: ")?;
    let code = at.id()?;
    at.word(", at: (source: ")?;
    let source = at.id()?;
    at.word(", version: ")?;
    let version = at.number()?;
    at.word(", span: (")?;
    let start = at.number()?;
    at.word(", ")?;
    let end = at.number()?;
    at.word("))")?;
    let mut wording = None;
    if at.word(", wording: Some(").is_some() {
        wording = Some(at.id()?.into());
        at.word(")")?;
    }
    let mut comment = "";
    if at.word(", comment: ").is_some() {
        comment = at.plain_string()?;
    }
    at.word(")")?;
    let mut rev = Stamp::default();
    if at.word(", rev: (").is_some() {
        rev.0 = at.number()?;
        at.word(", ")?;
        rev.1 = Writer::new(at.plain_string()?)?;
        at.word(")")?;
    }
    at.word(")")?;
    if !at.0.is_empty() || start > end {
        return None;
    }
    let at = Passage { source: source.into(), version, span: Span::new(start, end) };
    let coding =
        Coding { id: id.into(), coder: coder.into(), code: code.into(), at, wording, comment: comment.to_owned() };
    Some(Slot { record: Arc::new(coding), gone: false, rev, disputes: Vec::new() })
}

struct Cursor<'a>(&'a str);

impl<'a> Cursor<'a> {
    fn word(&mut self, word: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(word)?;
        Some(())
    }

    fn id(&mut self) -> Option<Id> {
        self.plain_string()?.parse().ok()
    }

    fn number<N: std::str::FromStr>(&mut self) -> Option<N> {
        let end = self.0.bytes().position(|b| !b.is_ascii_digit())?;
        let (number, rest) = self.0.split_at(end);
        self.0 = rest;
        number.parse().ok()
    }

    /// A quoted string in which nothing is escaped.
    fn plain_string(&mut self) -> Option<&'a str> {
        let inner = self.0.strip_prefix('"')?;
        let end = memchr::memchr2(b'"', b'\\', inner.as_bytes())?;
        let rest = inner[end..].strip_prefix('"')?;
        self.0 = rest;
        Some(&inner[..end])
    }
}
