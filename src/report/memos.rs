//! Memos as documents: Markdown, HTML, DOCX.
//!
//! A memo becomes a page of blocks, its links under their present names, its quotations in their words with who said them
//! and what became of them. The writers write pages; the Memos view draws them. What is a coder's own never becomes part
//! of a document.

mod blocks;
pub mod docx;
pub mod html;
pub mod markdown;

pub use blocks::blocks;

use crate::exchange::import::slug;
use crate::findings::attribution::{Signer, speakers};
use crate::findings::linked::{about, name_of};
use crate::findings::quotes::{Quoted, quoted};
use crate::project::id::{CodingId, QuotationId, SourceId};
use crate::project::memo::Memo;
use crate::project::memo_links::{Linked, quoted_line, renamed, replaced};
use crate::project::quotation::Quotation;
use crate::project::view::View;
use crate::text::turns::Turns;
use jiff::tz::TimeZone;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

/// Memos, to be written out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Document {
    /// What stands above all of them.
    pub title: String,
    /// The memos.
    pub pages: Vec<Page>,
}

/// A memo, to be written out or shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// What kind of thought it is.
    pub kind: &'static str,
    /// Who wrote it.
    pub by: String,
    /// The day on which it was begun.
    pub day: String,
    /// What follows the title, in parts.
    pub parts: Vec<Segment>,
}

/// A part of a memo.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Segment {
    /// Markdown, its links under their present names.
    Words(String),
    /// A quotation.
    Quotation(QuotePart),
}

/// A quotation as it is printed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct QuotePart {
    /// Which.
    pub id: QuotationId,
    /// The words.
    pub words: String,
    /// Who said them.
    pub by: String,
    /// What wants a look, a sentence without its stop; empty if nothing does.
    pub mark: String,
}

/// A piece of a line.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Inline {
    /// What it says.
    pub text: String,
    /// In bold.
    pub strong: bool,
    /// In italics.
    pub emphasis: bool,
    /// As code.
    pub code: bool,
    /// What it leads to in the study.
    pub link: Option<Linked>,
    /// Where it leads on the web.
    pub web: Option<String>,
}

/// A block of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// A heading, 1 the greatest.
    Heading(u8, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A point of a list: how deep, its number if the list is numbered, what it says.
    Item(usize, Option<u64>, Vec<Inline>),
    /// Something set apart that is no quotation of the study.
    Aside(Vec<Inline>),
    /// Lines to be shown as they are.
    Verbatim(String),
    /// A line across.
    Rule,
    /// A quotation.
    Quotation(QuotePart),
}

/// The mark of a quotation: what happened to its coding, and whom its signature fits; empty if nothing wants a look.
#[must_use]
pub fn mark_of(view: &View<'_>, quoted: &Quoted, too_few: Option<usize>) -> String {
    let changed = if quoted.is_marked() { quoted.words(view) } else { String::new() };
    let fits = match too_few {
        None => String::new(),
        Some(0) => "its signature fits no participant that is known".to_owned(),
        Some(1) => "its signature fits only 1 participant".to_owned(),
        Some(n) => format!("its signature fits only {n} participants"),
    };
    [changed, fits].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; ")
}

/// The turns of a source's text, if they can be had.
pub type TurnsOf<'a> = dyn FnMut(SourceId) -> Option<Arc<Turns>> + 'a;

/// How the speakers of quotations are signed where memos are written out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Signing {
    /// As they stand under the quotations.
    #[default]
    Quoted,
    /// With all that the study allows.
    Full,
    /// With what the study allows and fits enough participants, the most telling.
    Enough,
    /// Not at all.
    Nobody,
}

impl Signing {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Quoted, Self::Full, Self::Enough, Self::Nobody];

    /// Its name as typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quoted => "quoted",
            Self::Full => "full",
            Self::Enough => "enough",
            Self::Nobody => "nobody",
        }
    }
}

/// How a quotation is printed; `counted` are the codings that tables rest on. Nothing of the quotation is changed.
#[must_use]
pub fn quote_part(
    signer: &Signer<'_>,
    signing: Signing,
    counted: &HashSet<CodingId>,
    quotation: &Arc<Quotation>,
    turns: &mut TurnsOf<'_>,
) -> QuotePart {
    let (at, view) = (quotation.at, signer.view());
    let signed = turns(at.source).map(|turns| {
        let who = speakers(view, at.source, &turns, view.place(at));
        signer.attribution(at.source, &who)
    });
    let by = match (signing, &signed) {
        (Signing::Full, Some(signed)) => signed.full.text.clone(),
        (Signing::Enough, Some(signed)) => signed.offered().text.clone(),
        (Signing::Nobody, _) => String::new(),
        // Where the text cannot be read nobody knows who speaks; what stands there stays.
        (Signing::Quoted | Signing::Full | Signing::Enough, _) => quotation.by.clone(),
    };
    let too_few = signed.and_then(|signed| signed.too_few(&by));
    let mark = mark_of(view, &quoted(view, counted, quotation), too_few);
    QuotePart { id: quotation.id, words: quotation.words.clone(), by, mark }
}

/// Memos as a document. Those that are somebody's own are left out, whoever asks.
#[must_use]
pub fn document(
    view: &View<'_>,
    title: String,
    memos: &[Arc<Memo>],
    counted: &HashSet<CodingId>,
    zone: &TimeZone,
    signing: Signing,
    turns: &mut TurnsOf<'_>,
) -> Document {
    let signer = Signer::new(*view);
    let mut pages = Vec::new();
    for memo in memos.iter().filter(|memo| memo.shared) {
        pages.push(page(view, memo, zone, |id| {
            let quotation = view.quotation(id)?;
            Some(quote_part(&signer, signing, counted, quotation, turns))
        }));
    }
    Document { title, pages }
}

/// How memos are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Markdown.
    Markdown,
    /// A page for browsers.
    Html,
    /// For word processors.
    Docx,
}

impl Kind {
    /// The kind that the ending of a path names.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "md" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            "docx" => Some(Self::Docx),
            _ => None,
        }
    }

    /// A document as the bytes of a file.
    ///
    /// # Errors
    /// A sentence, should a DOCX document not come about.
    pub fn write(self, document: &Document) -> Result<Vec<u8>, String> {
        match self {
            Self::Markdown => Ok(markdown::write(document).into_bytes()),
            Self::Html => Ok(html::write(document).into_bytes()),
            Self::Docx => docx::write(document),
        }
    }
}

/// How much of a title stands in the name of a file.
const LONGEST: usize = 40;

/// The name of the file of each page, where every memo gets one: a number, and the words of its title.
#[must_use]
pub fn file_names(document: &Document) -> Vec<String> {
    let digits = document.pages.len().to_string().len().max(2);
    let name = |(n, page): (usize, &Page)| {
        let name = format!("{:0digits$}-{}", n + 1, slug(&page.title, LONGEST));
        format!("{}.md", name.trim_end_matches('-'))
    };
    document.pages.iter().enumerate().map(name).collect()
}

/// A memo as a page. `quote` says how a quotation is printed; of one that may not be seen nothing is.
pub fn page(
    view: &View<'_>,
    memo: &Memo,
    zone: &TimeZone,
    mut quote: impl FnMut(QuotationId) -> Option<QuotePart>,
) -> Page {
    let body = renamed(memo.body(), |what| name_of(view, what));
    let mut parts = Vec::new();
    let mut words = String::new();
    for line in body.lines() {
        match quoted_line(line) {
            Some(id) => {
                if !words.trim().is_empty() {
                    parts.push(Segment::Words(std::mem::take(&mut words)));
                }
                words.clear();
                parts.extend(quote(id).map(Segment::Quotation));
            }
            None => {
                words.push_str(line);
                words.push('\n');
            }
        }
    }
    if !words.trim().is_empty() {
        parts.push(Segment::Words(words));
    }
    Page {
        title: in_words(&renamed(memo.title(), |what| name_of(view, what))),
        about: about(view, memo.on),
        kind: memo.kind.name(),
        by: view.initials(memo.coder).to_owned(),
        day: memo.made.to_zoned(zone.clone()).strftime("%Y-%m-%d").to_string(),
        parts,
    }
}

/// A text with the names of what it links to in the place of links.
#[must_use]
pub fn in_words(text: &str) -> String {
    replaced(text, |found| (!matches!(found.what, Linked::Quote(_))).then(|| found.label.clone()))
}

/// What stands under the title of a memo.
pub(super) fn head(page: &Page) -> String {
    format!("{} memo on {}, {}, {}", page.kind, page.about, page.by, page.day)
}

/// Text without what no document may hold: control characters that XML does not know.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')))
        .collect()
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;
    use crate::project::id::CodeId;

    /// A document with everything that is awkward.
    pub(in crate::report) fn awkward() -> Document {
        let link = Linked::Code(CodeId::default()).written("Warm <handoff>");
        let words = format!(
            "First *thought* & **second** `x<y` about {link}.\n\n## Why\n\n- one\n  - deeper\n\n1. first\n2. second\n\n> aside\n\n\
             <script>alert(1)</script>\n\n```\na < b\n```\n\n---\n\n[site](https://a.b/?c=\"d\") [bad](javascript:x)\n"
        );
        let quotation = QuotePart {
            words: "She walks over.\nThat minute \u{1b}[2J is <it>.".into(),
            by: "a BH specialist, urban FQHC".into(),
            mark: "its coding was trimmed".into(),
            ..QuotePart::default()
        };
        let page = Page {
            title: "Minutes & hours".into(),
            about: "code “Warm handoff”".into(),
            kind: "analytic",
            by: "PB".into(),
            day: "2013-05-01".into(),
            parts: vec![Segment::Words(words), Segment::Quotation(quotation)],
        };
        Document { title: "Memos of “LEAP”".into(), pages: vec![page] }
    }
}
