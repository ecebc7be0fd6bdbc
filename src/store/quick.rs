//! Reading codings when they stand exactly as this program writes them, in record files and in journals: a project has
//! a hundred thousand of them, and RON in general takes ten times as long. Anything else is left to RON.

use crate::project::coding::Coding;
use crate::project::id::{Id, Stamp, Writer};
use crate::project::put::Put;
use crate::project::record::{Change, Slot};
use crate::project::source::Passage;
use crate::text::Span;
use std::sync::Arc;

/// The coding on a line of a record file, without the comma at the end.
pub(crate) fn row(row: &str) -> Option<Slot<Coding>> {
    let mut at = Cursor(row);
    at.word("(record: Coding")?;
    let coding = at.coding()?;
    let mut rev = Stamp::default();
    if at.word(", rev: (").is_some() {
        rev.0 = at.number()?;
        at.word(", ")?;
        rev.1 = Writer::new(at.plain_string()?)?;
        at.word(")")?;
    }
    at.word(")")?;
    at.0.is_empty().then(|| Slot { record: Arc::new(coding), gone: false, rev, disputes: Vec::new() })
}

/// The puts of a journal's line, from after `puts: [` to its end, if all of them are about codings.
pub(crate) fn puts(text: &str) -> Option<Vec<Put>> {
    let mut at = Cursor(text);
    let mut puts = Vec::new();
    loop {
        at.word("Coding((before: ")?;
        let before = at.side()?;
        at.word(", after: ")?;
        let after = at.side()?;
        at.word("))")?;
        puts.push(Put::Coding(Change { before, after }));
        if at.word("])").is_some() {
            return at.0.is_empty().then_some(puts);
        }
        at.word(", ")?;
    }
}

struct Cursor<'a>(&'a str);

impl<'a> Cursor<'a> {
    fn side(&mut self) -> Option<Option<Arc<Coding>>> {
        if self.word("None").is_some() {
            return Some(None);
        }
        self.word("Some(")?;
        let coding = self.coding()?;
        self.word(")")?;
        Some(Some(Arc::new(coding)))
    }

    fn coding(&mut self) -> Option<Coding> {
        self.word("(id: ")?;
        let id = self.id()?.into();
        self.word(", coder: ")?;
        let coder = self.id()?.into();
        self.word(", code: ")?;
        let code = self.id()?.into();
        self.word(", at: (source: ")?;
        let source = self.id()?.into();
        self.word(", version: ")?;
        let version = self.number()?;
        self.word(", span: (")?;
        let start = self.number()?;
        self.word(", ")?;
        let end = self.number()?;
        self.word("))")?;
        let mut wording = None;
        if self.word(", wording: Some(").is_some() {
            wording = Some(self.id()?.into());
            self.word(")")?;
        }
        let mut comment = String::new();
        if self.word(", comment: ").is_some() {
            comment = self.plain_string()?.to_owned();
        }
        let mut round = None;
        if self.word(", round: Some(").is_some() {
            round = Some(self.id()?.into());
            self.word(")")?;
        }
        self.word(")")?;
        let at = Passage { source, version, span: Span::new(start, end) };
        (start <= end).then_some(Coding { id, coder, code, at, wording, comment, round })
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::id::{CodeId, CoderId, CodingId, RoundId, SourceId, WordingId};
    use crate::store::journal::one_line;
    use proptest::prelude::*;

    fn id(n: u8) -> Id {
        Id::at(u64::from(n), [n; 10])
    }

    fn a_coding() -> impl Strategy<Value = Arc<Coding>> {
        (any::<u8>(), any::<bool>(), "[a-z“ü() ]{0,8}", 0u32..9, 0u32..9).prop_map(|(n, wording, comment, a, b)| {
            let at = Passage { source: SourceId(id(n / 2)), version: u32::from(n), span: Span::new(a, b) };
            let (id_, wording, round) =
                (CodingId(id(n)), wording.then(|| WordingId(id(n))), (n % 3 == 0).then(|| RoundId(id(n))));
            Arc::new(Coding { id: id_, coder: CoderId(id(1)), code: CodeId(id(2)), at, wording, comment, round })
        })
    }

    proptest! {
        #[test]
        fn puts_are_what_ron_says(
            sides in proptest::collection::vec(
                (proptest::option::of(a_coding()), proptest::option::of(a_coding())),
                1..4,
            ),
        ) {
            let written: Vec<Put> =
                sides.into_iter().map(|(before, after)| Put::Coding(Change { before, after })).collect();
            let text = one_line(&written).replacen('[', "", 1) + ")";
            prop_assert_eq!(puts(&text), Some(written));
        }
    }

    #[test]
    fn what_is_not_as_this_program_writes_it_is_left_to_ron() {
        assert_eq!(
            puts("Coding((before: None, after: None))])"),
            Some(vec![Put::Coding(Change { before: None, after: None })])
        );
        assert_eq!(puts("Coding((before:None,after:None))])"), None);
        assert_eq!(puts("Coding((before: None, after: None))]) "), None);
        assert_eq!(row("(record: Coding(id: \"x\""), None);
    }
}
