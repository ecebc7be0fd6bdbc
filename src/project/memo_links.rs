//! Links in the text of memos: how they stand in the file, and how they are shown where memos are written.
//!
//! In the file a link is Markdown with the id of what it leads to, `[Warm handoff](code:04y9…)`, and a quotation is a line
//! of its own, `> [quote:04y9…]`: its words are a record. Where a memo is written they are shown as `@Warm handoff`, by the
//! present name, and `> [1] “…” — who`. [`Shown`] turns one into the other and back without loss.

use super::id::{CaseId, CodeId, Id, MemoId, QuotationId, SourceId, ThemeId};
use std::ops::Range;

/// What a link in a memo leads to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Linked {
    /// A code.
    Code(CodeId),
    /// A case.
    Case(CaseId),
    /// A source.
    Source(SourceId),
    /// Another memo.
    Memo(MemoId),
    /// A theme.
    Theme(ThemeId),
    /// A quotation in this memo.
    Quote(QuotationId),
}

impl Linked {
    /// What `code:04y9…` names.
    #[must_use]
    pub fn parse(target: &str) -> Option<Self> {
        let (kind, id) = target.split_once(':')?;
        let id: Id = id.parse().ok()?;
        Some(match kind {
            "code" => Self::Code(id.into()),
            "case" => Self::Case(id.into()),
            "source" => Self::Source(id.into()),
            "memo" => Self::Memo(id.into()),
            "theme" => Self::Theme(id.into()),
            "quote" => Self::Quote(id.into()),
            _ => return None,
        })
    }

    /// As it stands in the file: `code:04y9…`.
    #[must_use]
    pub fn target(self) -> String {
        let (kind, id): (_, Id) = match self {
            Self::Code(id) => ("code", id.into()),
            Self::Case(id) => ("case", id.into()),
            Self::Source(id) => ("source", id.into()),
            Self::Memo(id) => ("memo", id.into()),
            Self::Theme(id) => ("theme", id.into()),
            Self::Quote(id) => ("quote", id.into()),
        };
        format!("{kind}:{id}")
    }

    /// The link as it stands in the file, under a name.
    #[must_use]
    pub fn written(self, name: &str) -> String {
        match self {
            Self::Quote(_) => format!("> [{}]", self.target()),
            other => format!("[{}]({})", label_of(name), other.target()),
        }
    }

    /// What sort of thing it is, in one word.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Code(_) => "code",
            Self::Case(_) => "case",
            Self::Source(_) => "source",
            Self::Memo(_) => "memo",
            Self::Theme(_) => "theme",
            Self::Quote(_) => "quotation",
        }
    }
}

/// A name as a label of a link: what would end the label is replaced.
fn label_of(name: &str) -> String {
    let plain = |c: char| match c {
        '[' => '(',
        ']' => ')',
        c if c.is_control() => ' ',
        c => c,
    };
    name.chars().map(plain).collect()
}

/// A link as it was found in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// Where it stands: all of it; of a quotation the whole line.
    pub bytes: Range<usize>,
    /// What it leads to.
    pub what: Linked,
    /// The name it was written under; empty for a quotation.
    pub label: String,
}

/// The links in the text of a memo, in order.
#[must_use]
pub fn links(text: &str) -> Vec<Found> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        match quoted_line(bare) {
            Some(id) => {
                out.push(Found { bytes: start..start + bare.len(), what: Linked::Quote(id), label: String::new() })
            }
            None => in_line(bare, start, &mut out),
        }
        start += line.len();
    }
    out
}

/// The quotation that a line stands for.
#[must_use]
pub fn quoted_line(line: &str) -> Option<QuotationId> {
    let inside = line.strip_prefix("> [")?.strip_suffix(']')?;
    match Linked::parse(inside)? {
        Linked::Quote(id) => Some(id),
        _ => None,
    }
}

fn in_line(line: &str, start: usize, out: &mut Vec<Found>) {
    let mut at = 0;
    while let Some(close) = line[at..].find("](").map(|found| at + found) {
        let after = close + 2;
        // The label begins at the last bracket before it.
        let open = line[at..close].rfind('[').map(|found| at + found);
        let end = line[after..].find(')').map(|found| after + found);
        let (Some(open), Some(end)) = (open, end) else {
            at = after;
            continue;
        };
        match Linked::parse(&line[after..end]) {
            Some(what) if !matches!(what, Linked::Quote(_)) => {
                let label = line[open + 1..close].to_owned();
                out.push(Found { bytes: start + open..start + end + 1, what, label });
                at = end + 1;
            }
            _ => at = after,
        }
    }
}

/// The text with every link under its present name; one that has none keeps the name it was written under.
#[must_use]
pub fn renamed(text: &str, name: impl Fn(Linked) -> Option<String>) -> String {
    replaced(text, |found| match found.what {
        Linked::Quote(_) => None,
        what => name(what).map(|name| what.written(&name)),
    })
}

/// The text with links replaced by what `by` gives for them.
pub fn replaced(text: &str, mut by: impl FnMut(&Found) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for found in links(text) {
        if let Some(words) = by(&found) {
            out.push_str(&text[at..found.bytes.start]);
            out.push_str(&words);
            at = found.bytes.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// What a quotation says where a memo is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QuoteShown {
    /// The words.
    pub words: String,
    /// Who said them.
    pub by: String,
}

/// What is shown where a memo is written, and what it stands for in the file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shown {
    /// `@Warm handoff`, and the link; longest first.
    names: Vec<(String, String)>,
    /// The quotations: the first is shown as `[1]`.
    quotes: Vec<(QuotationId, QuoteShown)>,
}

impl Shown {
    /// How the text of a memo is shown where it is written. Its links have to stand under their present names, see
    /// [`renamed`]. A quotation that is not known stays as it is written.
    #[must_use]
    pub fn of(text: &str, quote: impl Fn(QuotationId) -> Option<QuoteShown>) -> (Self, String) {
        let mut shown = Self::default();
        let words = replaced(text, |found| match found.what {
            Linked::Quote(id) => Some(shown.add_quote(id, quote(id)?)),
            what => Some(shown.add(what, &found.label)),
        });
        if shown.stored(&words) == text {
            return (shown, words);
        }
        // Something in the text looks like a link as it would be shown: all is shown as it is written.
        (Self::default(), text.to_owned())
    }

    /// Takes note of a link; gives what it is shown as.
    pub fn add(&mut self, what: Linked, name: &str) -> String {
        let written = what.written(name);
        if let Some((shown, _)) = self.names.iter().find(|(_, link)| *link == written) {
            return shown.clone();
        }
        let plain = format!("@{}", label_of(name));
        let mut shown = plain.clone();
        let mut n = 1;
        while self.names.iter().any(|(other, _)| *other == shown) {
            n += 1;
            shown = format!("{plain} ({n})");
        }
        let at = self.names.partition_point(|(other, _)| other.len() >= shown.len());
        self.names.insert(at, (shown.clone(), written));
        shown
    }

    /// Takes note of a quotation; gives the line that it is shown as.
    pub fn add_quote(&mut self, id: QuotationId, quote: QuoteShown) -> String {
        let quote = QuoteShown { words: one_line(&quote.words), by: one_line(&quote.by) };
        let at = self.quotes.iter().position(|(other, _)| *other == id).unwrap_or_else(|| {
            self.quotes.push((id, quote.clone()));
            self.quotes.len() - 1
        });
        quote_line(at + 1, &quote)
    }

    /// What was shown, as it stands in the file.
    #[must_use]
    pub fn stored(&self, shown: &str) -> String {
        let mut out = String::with_capacity(shown.len());
        for line in shown.split_inclusive('\n') {
            let bare = line.trim_end_matches('\n');
            match self.quote_of(bare) {
                Some((id, _)) => out.push_str(&Linked::Quote(id).written("")),
                None => self.names_stored(bare, &mut out),
            }
            out.push_str(&line[bare.len()..]);
        }
        out
    }

    fn names_stored(&self, line: &str, out: &mut String) {
        let mut rest = line;
        while let Some(at) = rest.find('@') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let ends = |name: &str| rest[name.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            let found = self.names.iter().find(|(name, _)| rest.starts_with(name.as_str()) && ends(name));
            match found {
                Some((name, link)) => {
                    out.push_str(link);
                    rest = &rest[name.len()..];
                }
                None => {
                    out.push('@');
                    rest = &rest[1..];
                }
            }
        }
        out.push_str(rest);
    }

    /// The quotation that a shown line stands for, and how it is shown.
    #[must_use]
    pub fn quote_of(&self, line: &str) -> Option<(QuotationId, &QuoteShown)> {
        let number = line.strip_prefix("> [")?.split_once(']')?.0;
        let n: usize = number.parse().ok().filter(|n: &usize| n.to_string() == number)?;
        self.quotes.get(n.checked_sub(1)?).map(|(id, quote)| (*id, quote))
    }

    /// The quotations whose words were written otherwise, with what stands there.
    #[must_use]
    pub fn reworded(&self, shown: &str) -> Vec<(QuotationId, String)> {
        let changed = |line: &str| {
            let (id, quote) = self.quote_of(line)?;
            let words = line[line.find('“')? + '“'.len_utf8()..line.rfind('”')?].trim();
            (words != quote.words).then(|| (id, words.to_owned()))
        };
        // A line of which the marks were deleted, or stand the wrong way round, says nothing of its words.
        let sound =
            |line: &&str| matches!((line.find('“'), line.rfind('”')), (Some(open), Some(close)) if open < close);
        shown.lines().filter(sound).filter_map(changed).collect()
    }

    /// Takes note that a quotation has other words now.
    pub fn set_words(&mut self, id: QuotationId, words: &str) {
        if let Some((_, quote)) = self.quotes.iter_mut().find(|(other, _)| *other == id) {
            quote.words = one_line(words);
        }
    }

    /// Whether `text` begins with what a link is shown as, and more than letters of a longer name follow.
    #[must_use]
    pub fn begins_with_name(&self, text: &str) -> bool {
        let ends = |name: &str| text[name.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        self.names.iter().any(|(name, _)| text.starts_with(name.as_str()) && ends(name))
    }
}

fn quote_line(n: usize, quote: &QuoteShown) -> String {
    let by = if quote.by.is_empty() { String::new() } else { format!(" — {}", quote.by) };
    format!("> [{n}] “{}”{by}", quote.words)
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `words` are those of `quoted` with parts left out, which `[…]` shows (at the ends nothing needs to).
#[must_use]
pub fn is_shortened(words: &str, quoted: &str) -> bool {
    const LEFT_OUT: &str = "[…]";
    let plain = |text: &str| one_line(&text.replace("[...]", LEFT_OUT));
    let (words, quoted) = (plain(words), plain(quoted));
    let mut rest = quoted.as_str();
    let mut some = false;
    for piece in words.split(LEFT_OUT).map(str::trim).filter(|piece| !piece.is_empty()) {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
        some = true;
    }
    some
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::id::{FixedMint, Mint};
    use proptest::prelude::*;

    fn ids(n: usize) -> Vec<Id> {
        let mut mint = FixedMint::new(5, jiff::Timestamp::UNIX_EPOCH);
        (0..n).map(|_| mint.id()).collect()
    }

    #[test]
    fn links_and_quotations_are_found_where_they_stand() {
        let ids = ids(2);
        let (code, quote) = (Linked::Code(ids[0].into()), Linked::Quote(ids[1].into()));
        let link = code.written("Warm [handoff]");
        assert_eq!(link, format!("[Warm (handoff)](code:{})", ids[0]));
        let text =
            format!("Title\nsee [1] and {link}, not [x](http://a.b)\n{}\n > [quote:{}]", quote.written(""), ids[1]);
        let found = links(&text);
        assert_eq!(found.iter().map(|found| found.what).collect::<Vec<_>>(), [code, quote]);
        assert_eq!(&text[found[0].bytes.clone()], link);
        assert_eq!(found[0].label, "Warm (handoff)");
        assert_eq!(&text[found[1].bytes.clone()], format!("> [quote:{}]", ids[1]));
        let renamed = renamed(&text, |what| (what == code).then(|| "Handoff".to_owned()));
        assert!(renamed.contains(&format!("[Handoff](code:{})", ids[0])), "{renamed}");
    }

    #[test]
    fn two_things_of_one_name_stay_two_and_a_name_within_a_longer_one_is_not_it() {
        let ids = ids(3);
        let mut shown = Shown::default();
        let (one, other) =
            (shown.add(Linked::Code(ids[0].into()), "Time"), shown.add(Linked::Case(ids[1].into()), "Time"));
        assert_eq!((one.as_str(), other.as_str()), ("@Time", "@Time (2)"));
        assert_eq!(shown.add(Linked::Code(ids[0].into()), "Time"), "@Time", "noted once");
        shown.add(Linked::Code(ids[2].into()), "Time out");
        let stored = shown.stored("@Time, @Time (2), @Time out. @Times @Time outside");
        let (time, case, out) =
            (format!("(code:{})", ids[0]), format!("(case:{})", ids[1]), format!("(code:{})", ids[2]));
        let wanted = format!("[Time]{time}, [Time]{case}, [Time out]{out}. @Times [Time]{time} outside");
        assert_eq!(stored, wanted);
    }

    #[test]
    fn a_quotation_is_shown_with_its_words_and_can_be_shortened_and_not_changed() {
        let id: QuotationId = ids(1)[0].into();
        let text = format!("Title\n\n> [quote:{id}]\nend");
        let quote = QuoteShown { words: "She walks over and gets\nDenise.".into(), by: "a manager".into() };
        let (shown, words) = Shown::of(&text, |_| Some(quote.clone()));
        assert_eq!(words, "Title\n\n> [1] “She walks over and gets Denise.” — a manager\nend");
        assert_eq!(shown.reworded(&words), []);
        let shorter = words.replace("walks over and gets", "[…] gets");
        assert_eq!(
            (shown.stored(&shorter), shown.reworded(&shorter)),
            (text, vec![(id, "She […] gets Denise.".into())])
        );
        assert_eq!(shown.reworded("> [1] ”“"), []);
        assert!(is_shortened("She […] gets Denise.", &quote.words) && is_shortened("gets Denise", &quote.words));
        for other in ["She runs over", "gets Denise […] She walks", "", "[…]"] {
            assert!(!is_shortened(other, &quote.words), "{other}");
        }
        assert!(!is_shortened("one three", "one […] three"), "what was left out before stays marked");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_stored_as_it_was(pieces in proptest::collection::vec(0..14_usize, 0..30)) {
            let ids = ids(4);
            let links = [
                Linked::Code(ids[0].into()).written("Warm"),
                Linked::Code(ids[1].into()).written("Warm handoff"),
                Linked::Case(ids[2].into()).written("Warm"),
                format!("\n{}\n", Linked::Quote(ids[3].into()).written("")),
            ];
            let others = ["@Warm", " handoff", "@", "\n", " ", "> [1] x", "[a](b)", "語", "(2)", "[["];
            let text: String =
                pieces.iter().map(|n| links.get(*n).map_or_else(|| others[*n - links.len()], String::as_str)).collect();
            let quote = |_| Some(QuoteShown { words: "She “walks”".into(), by: "a manager".into() });
            let (shown, words) = Shown::of(&text, quote);
            prop_assert_eq!(shown.stored(&words), text);
        }
    }
}
