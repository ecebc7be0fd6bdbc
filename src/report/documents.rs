//! What a study hands in, as documents: the codebook, what became of it, themes, the trail of what was done, the methods
//! paragraphs, the log of decisions, and the checklists for authors as far as the project can answer them.
//!
//! Everything is read through a [`View`]; a report that leaves the house is made from a view of nobody in particular, so
//! that nothing of one's own and nothing of a blind round is in it. Nothing here reads a disk or writes to one.

pub mod audit;
pub mod checklists;
pub mod codebook;
pub mod cycles;
pub mod decisions;
pub mod methods;
pub mod themes;

use super::tables::visible;
use crate::findings::basis::Texts;
use crate::findings::book::{Book, book};
use crate::findings::ground;
use crate::findings::presence::participants_in;
use crate::findings::working::{Working, working};
use crate::project::id::{ParticipantId, SourceId};
use crate::project::source::Passage;
use crate::project::view::View;
use crate::text::Span;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// How the words of a passage are come by, as they are in the present version of its text.
pub type Words<'a> = dyn Fn(Passage) -> Option<String> + 'a;

/// What of the texts is at hand.
#[derive(Clone, Copy)]
pub struct AtHand<'a> {
    /// The words of passages.
    pub words: &'a Words<'a>,
    /// Whole texts of a version.
    pub texts: &'a Texts<'a>,
    /// The present texts with who speaks in them.
    pub transcripts: ground::Texts<'a>,
}

/// What documents are made from.
pub struct Sheaf<'a> {
    /// The project as whoever reads them may see it.
    pub view: View<'a>,
    /// What tables count.
    pub working: Working,
    /// The codebook with what it rests on.
    pub book: Book,
    /// The words of passages.
    pub words: &'a Words<'a>,
    /// Whole texts of a version.
    pub texts: &'a Texts<'a>,
    /// The present texts with who speaks in them.
    pub transcripts: ground::Texts<'a>,
    /// The zone in which times are told.
    pub zone: TimeZone,
    /// When it is written.
    pub at: Timestamp,
    /// This program's version.
    pub version: &'static str,
}

impl<'a> Sheaf<'a> {
    /// Counts what documents on `view` are made from.
    #[must_use]
    pub fn new(view: View<'a>, hand: AtHand<'a>, zone: TimeZone, at: Timestamp, version: &'static str) -> Self {
        let working = working(&view);
        let book = book(&view, &working);
        let AtHand { words, texts, transcripts } = hand;
        Self { view, working, book, words, texts, transcripts, zone, at, version }
    }

    /// Who speaks in a stretch of a source: the participants.
    #[must_use]
    pub fn speakers(&self, source: SourceId, span: Span) -> Vec<ParticipantId> {
        let transcript = (self.transcripts)(source);
        transcript.map_or_else(Vec::new, |found| participants_in(&self.view, source, &found.turns, span))
    }

    /// A day as documents tell it: `5 Feb 2026`.
    pub(in crate::report) fn day(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%-d %b %Y").to_string()
    }

    /// The title of the study, for headings.
    pub(in crate::report) fn title(&self) -> String {
        line(self.view.study().map_or("untitled", |study| study.title.as_str()))
    }
}

/// Words as a line of a Markdown document: nothing in them is a heading, a table, a link or a tag.
pub(in crate::report) fn line(text: &str) -> String {
    let mut out = String::new();
    for c in visible(text).split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            c => out.push(c),
        }
    }
    out
}

/// Words as paragraphs of a Markdown document.
fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(line).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n\n")
}

/// A number with its noun: `1 code`, `3 codes`.
pub(in crate::report) fn counted(n: usize, one: &str) -> String {
    let number = crate::table::thousands(n as u64);
    if n == 1 { format!("{number} {one}") } else { format!("{number} {}", many(one)) }
}

/// A noun of several.
fn many(one: &str) -> String {
    let vowel = one.chars().rev().nth(1).is_some_and(|c| "aeiou".contains(c));
    match one.strip_suffix('y').filter(|_| !vowel) {
        Some(stem) => format!("{stem}ies"),
        None => format!("{one}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_study_do_not_become_markdown() {
        assert_eq!(line("# a | b *c* <x>\n[d](e) \u{1b}[2J"), "\\# a \\| b \\*c\\* &lt;x> \\[d\\](e) ␛\\[2J");
        assert_eq!(paragraphs("one\n\ntwo\nthree"), "one\n\ntwo\n\nthree");
        assert_eq!(
            [counted(1, "study"), counted(2, "study"), counted(1200, "day")],
            ["1 study", "2 studies", "1,200 days"]
        );
    }
}
