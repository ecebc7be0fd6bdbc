//! Looking into journals without parsing them: the heads of lines, and the lines that name a record.

use super::read::JournalFile;
use crate::project::id::{Id, Stamp, Writer};
use crate::project::put::{Kind, Put};
use crate::project::step::Line;
use crate::store::quick;
use memchr::{memchr, memchr2, memmem, memrchr};
use std::borrow::Cow;
use std::collections::HashSet;

/// A line without its puts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head<'a> {
    /// Its number.
    pub n: u64,
    /// The initials of who did it.
    pub by: Cow<'a, str>,
    /// When, as written.
    pub at: Cow<'a, str>,
    /// What was done.
    pub did: Cow<'a, str>,
    /// The line it takes back.
    pub undoes: Option<Stamp>,
    /// Bookkeeping.
    pub quiet: bool,
}

/// The head of a line. Lines as this program writes them are scanned, others parsed; `None` if it is no line.
#[must_use]
pub fn head(line: &[u8]) -> Option<Head<'_>> {
    scan(line).map(|(head, _)| head).or_else(|| parse(line))
}

/// A line whose puts are all about codings, read in a tenth of the time that RON takes; `None` for any other.
#[must_use]
pub fn quick_line(text: &str) -> Option<Line> {
    let (head, puts) = scan(text.as_bytes())?;
    let puts = quick::puts(&text[text.len() - puts.len()..])?;
    Some(Line {
        n: head.n,
        by: head.by.into_owned(),
        at: head.at.parse().ok()?,
        did: head.did.into_owned(),
        undoes: head.undoes,
        quiet: head.quiet,
        puts,
    })
}

/// The head of a line, and what follows `puts: [`.
fn scan(line: &[u8]) -> Option<(Head<'_>, &[u8])> {
    let (n, rest) = number(line.strip_prefix(b"(n: ")?)?;
    let (by, rest) = string(rest.strip_prefix(b", by: ")?)?;
    let (at, rest) = string(rest.strip_prefix(b", at: ")?)?;
    let (did, rest) = string(rest.strip_prefix(b", did: ")?)?;
    let rest = rest.strip_prefix(b", undoes: ")?;
    let (undoes, rest) = match rest.strip_prefix(b"None") {
        Some(rest) => (None, rest),
        None => {
            let (n, rest) = number(rest.strip_prefix(b"Some((")?)?;
            let (writer, rest) = string(rest.strip_prefix(b", ")?)?;
            (Some(Stamp(n, Writer::new(&writer)?)), rest.strip_prefix(b"))")?)
        }
    };
    let (quiet, rest) = match rest.strip_prefix(b", quiet: true") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let rest = rest.strip_prefix(b", puts: [")?;
    rest.ends_with(b"])").then_some((Head { n, by, at, did, undoes, quiet }, rest))
}

fn parse(line: &[u8]) -> Option<Head<'static>> {
    let line: Line = ron::from_str(std::str::from_utf8(line).ok()?.trim_end()).ok()?;
    Some(Head {
        n: line.n,
        by: line.by.into(),
        at: line.at.to_string().into(),
        did: line.did.into(),
        undoes: line.undoes,
        quiet: line.quiet,
    })
}

fn number(text: &[u8]) -> Option<(u64, &[u8])> {
    let end = text.iter().position(|b| !b.is_ascii_digit())?;
    Some((std::str::from_utf8(&text[..end]).ok()?.parse().ok()?, &text[end..]))
}

/// A quoted string at the start, and what follows it.
fn string(text: &[u8]) -> Option<(Cow<'_, str>, &[u8])> {
    let inner = text.strip_prefix(b"\"")?;
    let mut end = 0;
    let mut escaped = false;
    loop {
        end += memchr2(b'"', b'\\', inner.get(end..)?)?;
        if inner[end] == b'"' {
            break;
        }
        escaped = true;
        end += 2;
    }
    let rest = &inner[end + 1..];
    if escaped {
        return Some((ron::from_str::<String>(std::str::from_utf8(&text[..end + 2]).ok()?).ok()?.into(), rest));
    }
    Some((std::str::from_utf8(&inner[..end]).ok()?.into(), rest))
}

/// The puts in `files` that are about one of `targets`, in the order of their lines; a line that stands in two files is
/// one. Only lines that hold such a record are parsed.
#[must_use]
pub fn puts_of(files: &[JournalFile], targets: &[(Kind, Id)]) -> Vec<(Stamp, Put)> {
    let ids: HashSet<[u8; 26]> =
        targets.iter().filter_map(|(_, id)| id.to_string().into_bytes().try_into().ok()).collect();
    let wanted: HashSet<(Kind, Id)> = targets.iter().copied().collect();
    let mut lines: Vec<(Stamp, &[u8], Vec<Put>)> = Vec::new();
    for file in files {
        for text in lines_with(file.body(), &ids) {
            let Some(line) = std::str::from_utf8(text).ok().and_then(|text| ron::from_str::<Line>(text).ok()) else {
                continue;
            };
            let puts: Vec<Put> = line
                .puts
                .into_iter()
                .filter(|put| put.target().is_some_and(|target| wanted.contains(&target)))
                .collect();
            if !puts.is_empty() {
                lines.push((Stamp(line.n, file.header.writer), text, puts));
            }
        }
    }
    lines.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    lines.dedup_by(|a, b| (a.0, a.1) == (b.0, b.1));
    lines.into_iter().flat_map(|(stamp, _, puts)| puts.into_iter().map(move |put| (stamp, put))).collect()
}

/// The complete lines in which one of `ids` is the id of a record (not merely mentioned).
fn lines_with<'a>(bytes: &'a [u8], ids: &HashSet<[u8; 26]>) -> Vec<&'a [u8]> {
    let mut out = Vec::new();
    let finder = memmem::Finder::new(b"id:");
    let mut from = 0;
    while let Some(found) = finder.find(&bytes[from..]) {
        let at = from + found;
        from = at + 3;
        let rest = &bytes[from..];
        let quote = rest.iter().position(|&b| b != b' ').unwrap_or(rest.len());
        let Some(Ok(id)) = rest.get(quote + 1..quote + 27).map(<[u8; 26]>::try_from) else { continue };
        if rest[quote] != b'"' || !ids.contains(&id) {
            continue;
        }
        let start = memrchr(b'\n', &bytes[..at]).map_or(0, |newline| newline + 1);
        let Some(len) = memchr(b'\n', &bytes[start..]) else { break };
        out.push(&bytes[start..start + len]);
        from = start + len;
    }
    out
}

/// The line `stamp`, if one of `files` has it.
#[must_use]
pub fn line_at(files: &[JournalFile], stamp: Stamp) -> Option<Line> {
    let needle = format!("(n: {},", stamp.0);
    for file in files.iter().filter(|file| file.header.writer == stamp.1) {
        let body = file.body();
        for at in memmem::find_iter(body, needle.as_bytes()).filter(|&at| at == 0 || body[at - 1] == b'\n') {
            let Some(len) = memchr(b'\n', &body[at..]) else { continue };
            let line = std::str::from_utf8(&body[at..at + len]).ok().and_then(|text| ron::from_str::<Line>(text).ok());
            if line.is_some() {
                return line;
            }
        }
    }
    // Lines of another hand need not begin like ours.
    let mine = files.iter().filter(|file| file.header.writer == stamp.1);
    mine.flat_map(|file| super::read::split(file.body()))
        .filter(|(_, text)| !text.starts_with(b"(n: "))
        .filter_map(|(_, text)| ron::from_str::<Line>(std::str::from_utf8(text).ok()?).ok())
        .find(|line| line.n == stamp.0)
}
