//! What a study hands in, as files of a folder: the codebook, what became of it, themes, the trail of what was done, the
//! methods paragraphs, the log of decisions, and the checklists for authors as far as the project can answer them.
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

use super::tables::{Format, Look, visible, write};
use crate::findings::basis::Texts;
use crate::findings::book::{Book, book};
use crate::findings::working::{Working, working};
use crate::project::source::Passage;
use crate::project::view::View;
use crate::table::Table;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// How the words of a passage are come by, as they are in the present version of its text.
pub type Words<'a> = dyn Fn(Passage) -> Option<String> + 'a;

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
    /// Whole texts.
    pub texts: &'a Texts<'a>,
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
    pub fn new(
        view: View<'a>,
        words: &'a Words<'a>,
        texts: &'a Texts<'a>,
        zone: TimeZone,
        at: Timestamp,
        version: &'static str,
    ) -> Self {
        let working = working(&view);
        let book = book(&view, &working);
        Self { view, working, book, words, texts, zone, at, version }
    }

    /// A day as documents tell it: `5 Feb 2026`.
    fn day(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%-d %b %Y").to_string()
    }

    /// The title of the study, for headings.
    fn title(&self) -> String {
        line(self.view.study().map_or("untitled", |study| study.title.as_str()))
    }
}

/// A file of the report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Its name in the folder; a `/` parts folders.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

impl File {
    /// A file.
    #[must_use]
    pub fn new(name: impl Into<String>, text: String) -> Self {
        Self { name: name.into(), text }
    }

    /// A table as a file for spreadsheets.
    #[must_use]
    pub fn csv(name: impl Into<String>, table: &Table) -> Self {
        Self::new(name, write(table, Format::Csv, Look::default()))
    }
}

/// All files of a report, by name. Tables and figures join them here.
#[must_use]
pub fn report(sheaf: &Sheaf<'_>) -> Vec<File> {
    let mut files = vec![
        File::new("codebook.md", codebook::document(sheaf)),
        File::csv("codebook.csv", &codebook::table(sheaf, false)),
        File::csv("wordings.csv", &codebook::wordings(sheaf)),
        File::new("cycles.md", cycles::document(sheaf)),
        File::new("themes.md", themes::document(sheaf)),
        File::csv("themes.csv", &themes::table(sheaf)),
        File::new("audit.md", audit::document(sheaf)),
        File::csv("audit.csv", &audit::table(sheaf)),
        File::new("methods.md", methods::document(sheaf)),
        File::csv("decisions.csv", &decisions::all(&sheaf.view, sheaf.words)),
    ];
    for list in checklists::all() {
        files.push(File::new(list.file(), checklists::document(sheaf, list)));
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// Words as a line of a Markdown document: nothing in them is a heading, a table, a link or a tag.
fn line(text: &str) -> String {
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
fn counted(n: usize, one: &str) -> String {
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
