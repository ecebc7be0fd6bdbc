//! Extracts: the passages of any codes, narrowed by who said and coded them, where and when.
//!
//! A [`Query`] is plain data. Its expression over codes ([`Codes`]) says which codings are listed: what stands first in it
//! is what is listed, the rest says of which of them. Its filters say of which cases, sources and people; values of one
//! field are alternatives, different fields all have to hold, so that the order in which they were added says nothing.
//! Codings of the very same words are one extract. The text form of an expression is in [`parse`].

mod codes;
mod filters;
#[cfg(test)]
mod laws;
pub mod parse;
mod progress;
mod sets;
mod stage;
mod words;

pub use codes::{Codes, Relation};
pub use filters::{Filter, Speaking};
pub use progress::{Progress, Subcodes};
pub use stage::Stage;
pub use words::speakers;

use super::ground::{Texts, Transcript, joined};
use super::working::{Holder, working};
use crate::project::id::{CaseId, CodeId, CoderId, CodingId, SourceId};
use crate::project::view::{View, Whose};
use crate::text::units::words as words_in;
use crate::text::{Pos, Span};
use filters::Sieve;
use std::collections::{HashMap, HashSet};

/// How many characters, spaces counted, a standard page has.
pub const PAGE: u32 = 1800;

/// Whose codings are asked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Of {
    /// Those in sight.
    #[default]
    InSight,
    /// What tables count.
    Working,
    /// The reconciled ones only.
    Consensus,
    /// Everybody's who may be seen.
    Everybody,
    /// These coders'.
    Coders(Vec<CoderId>),
}

/// What is asked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query {
    /// Which codings are listed.
    pub codes: Codes,
    /// Whose codings are asked, those that are listed and those they are held against.
    pub of: Of,
    /// What has to hold of those that are listed.
    pub filters: Vec<Filter>,
}

/// A coding (or a passage of the consensus) that an extract rests on.
#[derive(Clone, PartialEq, Debug)]
pub struct Mark {
    /// Where, in the present version of the text.
    pub span: Span,
    /// The code, merges followed.
    pub code: CodeId,
    /// Whose it is.
    pub from: Holder,
    /// The codings that it rests on.
    pub codings: Vec<CodingId>,
}

/// Words of a source with the codings that were asked for.
#[derive(Clone, PartialEq, Debug)]
pub struct Extract {
    /// The source.
    pub source: SourceId,
    /// Its case.
    pub case: Option<CaseId>,
    /// The words, in the present version of the text.
    pub span: Span,
    /// The codings of exactly these words that were asked for, in order of the codebook.
    pub marks: Vec<Mark>,
}

impl Extract {
    /// The codings that it rests on.
    pub fn codings(&self) -> impl Iterator<Item = CodingId> + '_ {
        self.marks.iter().flat_map(|mark| mark.codings.iter().copied())
    }

    /// Its codes, each once.
    #[must_use]
    pub fn codes(&self) -> Vec<CodeId> {
        let mut out: Vec<CodeId> = Vec::new();
        for mark in &self.marks {
            if !out.contains(&mark.code) {
                out.push(mark.code);
            }
        }
        out
    }
}

/// How much there is. Words and characters are counted once, however many passages they lie in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Extracts.
    pub passages: usize,
    /// Codings; more than passages where words carry several.
    pub codings: usize,
    /// Sources they are in.
    pub sources: usize,
    /// Cases those belong to.
    pub cases: usize,
    /// Words; of texts that could be read.
    pub words: usize,
    /// Characters, spaces counted.
    pub chars: usize,
}

impl Counts {
    /// Standard pages of [`PAGE`] characters.
    #[must_use]
    pub fn pages(&self) -> f64 {
        self.chars as f64 / f64::from(PAGE)
    }

    /// In words: `60 passages in 12 sources of 9 cases, 4,120 words, 13.2 standard pages`.
    #[must_use]
    pub fn said(&self) -> String {
        let n = |n: usize, one: &str, more: &str| {
            format!("{} {}", crate::table::thousands(n as u64), if n == 1 { one } else { more })
        };
        let cases = if self.cases == 0 { String::new() } else { format!(" of {}", n(self.cases, "case", "cases")) };
        format!(
            "{} in {}{cases}, {}, {:.1} standard pages",
            n(self.passages, "passage", "passages"),
            n(self.sources, "source", "sources"),
            n(self.words, "word", "words"),
            self.pages()
        )
    }
}

/// What was found.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Extracts {
    /// By source in the order of the view, then by place.
    pub found: Vec<Extract>,
    /// How much it is.
    pub counts: Counts,
    /// Sources whose text would have been needed and could not be read.
    pub unread: Vec<SourceId>,
}

/// The codings of a source that are asked, with what is needed to compare them.
struct Sheet<'a> {
    marks: Vec<Mark>,
    text: Option<&'a Transcript>,
}

impl Sheet<'_> {
    /// The first and the last turn that words touch; paragraphs where nobody is said to speak. What stands between turns
    /// belongs to the one before.
    fn turns_of(&self, span: Span) -> Option<(u32, u32)> {
        let transcript = self.text?;
        let last = if span.is_empty() { span.start } else { span.end.shifted(-1) };
        let at = |at: Pos| -> usize {
            if transcript.turns.turns.is_empty() {
                transcript.text.paragraph_of(at)
            } else {
                transcript.turns.last_from(at).unwrap_or(0)
            }
        };
        Some((u32::try_from(at(span.start)).ok()?, u32::try_from(at(last)).ok()?))
    }
}

/// The codings that are asked, by source.
fn asked(view: &View<'_>, of: &Of) -> HashMap<SourceId, Vec<Mark>> {
    let mut out: HashMap<SourceId, Vec<Mark>> = HashMap::new();
    let mut take = |view: View<'_>, wanted: &dyn Fn(CoderId) -> bool| {
        for seen in view.codings().filter(|seen| wanted(seen.coding.coder)) {
            let (from, codings) = (Holder::Coders(vec![seen.coding.coder]), vec![seen.coding.id]);
            let mark = Mark { span: seen.span, code: seen.code, from, codings };
            out.entry(seen.coding.at.source).or_default().push(mark);
        }
    };
    match of {
        Of::InSight => take(*view, &|_| true),
        Of::Everybody => take(view.showing(Whose::Everybody), &|_| true),
        Of::Coders(coders) => take(view.showing(Whose::Everybody), &|coder| coders.contains(&coder)),
        Of::Working | Of::Consensus => {
            for counted in working(view).counted {
                if *of == Of::Consensus && matches!(counted.from, Holder::Coders(_)) {
                    continue;
                }
                let mark = Mark { span: counted.at, code: counted.code, from: counted.from, codings: counted.codings };
                out.entry(counted.source).or_default().push(mark);
            }
        }
    }
    out
}

/// Finds what is asked for, as the view's coder may see it. Texts are read only where something of them is asked: turns,
/// speakers, words; and to count words. Stops early, with what it has, once `left` says so.
#[must_use]
pub fn extracts(view: &View<'_>, texts: Texts<'_>, query: &Query, left: &dyn Fn() -> bool) -> Extracts {
    let sieve = Sieve::new(view, query);
    let mut marks = asked(view, &query.of);
    let order: HashMap<CodeId, usize> = view.codebook().in_order().into_iter().zip(0..).collect();
    let plan = query.codes.planned(view);
    let needs_text = plan.needs_turns() || sieve.needs_text();
    let mut out = Extracts::default();
    let mut cases: HashSet<CaseId> = HashSet::new();
    for source in view.sources() {
        if left() {
            break;
        }
        let Some(mut marks) = marks.remove(&source.id) else { continue };
        if !sieve.takes_source(view, source) {
            continue;
        }
        let wanted = |mark: &Mark| plan.names(mark.code);
        if !marks.iter().any(wanted) {
            continue;
        }
        marks.sort_by_key(|mark| (mark.span, order.get(&mark.code).copied(), mark.codings.first().copied()));
        let text = texts(source.id);
        if needs_text && text.is_none() {
            out.unread.push(source.id);
            continue;
        }
        let sheet = Sheet { marks, text: text.as_ref() };
        let hits = plan.hits(&sheet);
        let sifted = sieve.for_source(view, source.id, sheet.text);
        let kept: Vec<bool> =
            hits.iter().zip(&sheet.marks).map(|(hit, mark)| *hit && sifted.takes(view, mark)).collect();
        let from = out.found.len();
        for (mark, _) in sheet.marks.iter().zip(&kept).filter(|(_, kept)| **kept) {
            out.counts.codings += 1;
            match out.found[from..].last_mut() {
                Some(last) if last.span == mark.span => last.marks.push(mark.clone()),
                _ => out.found.push(Extract {
                    source: source.id,
                    case: source.case.filter(|case| view.case(*case).is_some()),
                    span: mark.span,
                    marks: vec![mark.clone()],
                }),
            }
        }
        let here = &out.found[from..];
        if here.is_empty() {
            continue;
        }
        out.counts.sources += 1;
        cases.extend(here[0].case);
        for span in joined(here.iter().map(|extract| extract.span)) {
            out.counts.chars += usize::try_from(span.len()).unwrap_or(0);
            if let Some(transcript) = &text {
                let span = span.intersection(transcript.text.whole());
                out.counts.words += span.map_or(0, |span| words_in(&transcript.text, span).count());
            }
        }
        if text.is_none() {
            out.unread.push(source.id);
        }
    }
    out.counts.passages = out.found.len();
    out.counts.cases = cases.len();
    out
}
