//! The rows and columns of a matrix.

use super::{By, Ground};
use crate::findings::count::Known;
use crate::findings::presence::Unit;
use crate::project::case::{Attribute, AttributeKind};
use crate::project::id::{CaseId, CodeId};
use crate::project::view::View;
use crate::text::Span;
use std::collections::HashSet;

/// Codes that are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    /// A code in one line, those below it counted in.
    One(CodeId),
    /// Those right under a code, a line each; the code itself if it has none.
    Under(CodeId),
}

impl Part {
    /// The code that it names.
    #[must_use]
    pub const fn code(self) -> CodeId {
        match self {
            Self::One(code) | Self::Under(code) => code,
        }
    }
}

/// A row or a column.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// What it is.
    pub what: What,
    /// The codes that count in it, where it is of a code.
    codes: HashSet<CodeId>,
    /// Its place as it was asked for.
    pub(super) given: usize,
}

/// What a row or a column is.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum What {
    /// A case.
    Case(CaseId),
    /// A code with those below it.
    Code(CodeId),
    /// A value of the attribute.
    Value(String),
    /// Those whose value is missing.
    Missing,
    /// Participants of this role.
    Role(String),
    /// Participants whose role is not known, and labels that nobody has said anything about.
    NoRole,
    /// Interviewers, where nobody else speaks in a passage.
    Interviewer,
    /// Whoever else speaks.
    Other,
    /// Nobody: the text has no turns, or the passage lies outside of them.
    Nobody,
}

impl Line {
    pub(super) fn new(name: impl Into<String>, what: What) -> Self {
        Self { name: name.into(), what, codes: HashSet::new(), given: 0 }
    }

    /// Whether passages of a code count in it.
    #[must_use]
    pub fn holds(&self, code: CodeId) -> bool {
        self.codes.contains(&code)
    }

    /// Its code, if it has one.
    #[must_use]
    pub const fn code(&self) -> Option<CodeId> {
        if let What::Code(code) = self.what { Some(code) } else { None }
    }

    /// Its case, if it has one.
    #[must_use]
    pub const fn case(&self) -> Option<CaseId> {
        if let What::Case(case) = self.what { Some(case) } else { None }
    }
}

/// Numbers lines as they stand.
pub(super) fn numbered(mut lines: Vec<Line>) -> Vec<Line> {
    lines.iter_mut().enumerate().for_each(|(n, line)| line.given = n);
    lines
}

/// A line a code: those asked for, each once; all that are applied, in the order of the tree, if none is. Codes of one name
/// are told apart by their paths.
pub(super) fn codes(view: &View<'_>, parts: &[Part]) -> Vec<Line> {
    let book = view.codebook();
    let mut all: Vec<CodeId> = Vec::new();
    for part in parts {
        match part {
            Part::One(code) => all.extend(book.resolve(*code)),
            Part::Under(code) => match book.children(Some(*code)) {
                [] => all.extend(book.resolve(*code)),
                below => all.extend(below),
            },
        }
    }
    if parts.is_empty() {
        all = book.in_order().into_iter().filter(|code| book.get(*code).is_some_and(|n| !n.code.heading)).collect();
    }
    let mut met = HashSet::new();
    all.retain(|code| met.insert(*code));
    let twin = |code: CodeId| all.iter().any(|other| *other != code && view.code_name(*other) == view.code_name(code));
    let line = |code: &CodeId| {
        let name = if twin(*code) { book.path(*code) } else { view.code_name(*code).to_owned() };
        Line { codes: book.branch(*code).into_iter().collect(), ..Line::new(name, What::Code(*code)) }
    };
    numbered(all.iter().map(line).collect())
}

/// A line a case.
pub(super) fn cases(view: &View<'_>, cases: &[CaseId]) -> Vec<Line> {
    let line = |case: &CaseId| {
        Line::new(view.case(*case).map_or_else(String::new, |case| case.name.clone()), What::Case(*case))
    };
    numbered(cases.iter().map(line).collect())
}

/// A line a value, with the cases that have it; last those whose value is missing, if there are any. A case with several
/// values stands in several lines.
pub(super) fn values(ground: &Ground<'_>, attribute: &Attribute, cases: &[CaseId]) -> Vec<(Line, Vec<CaseId>)> {
    let mut found: Vec<(String, Vec<CaseId>)> =
        attribute.choices.iter().map(|choice| (choice.clone(), Vec::new())).collect();
    if attribute.kind == AttributeKind::YesNo || attribute.follows.is_some() {
        found = ["yes", "no"].map(|word| (word.to_owned(), Vec::new())).to_vec();
    }
    let stated = found.len();
    let mut missing = Vec::new();
    for case in cases {
        let Known::Is(value) = ground.counting.value(attribute.id, Unit::Case(*case)) else {
            missing.push(*case);
            continue;
        };
        for word in value.split('\n').map(str::trim).filter(|word| !word.is_empty()) {
            let same = found.iter_mut().find(|(known, _)| known.to_lowercase() == word.to_lowercase());
            match same {
                Some((_, cases)) if cases.last() == Some(case) => {}
                Some((_, cases)) => cases.push(*case),
                None => found.push((word.to_owned(), vec![*case])),
            }
        }
    }
    // Choices stand as they were given; numbers, days and words in their own order.
    let number = |word: &str| word.parse::<f64>().unwrap_or(f64::INFINITY);
    found[stated..].sort_by(|(a, _), (b, _)| number(a).total_cmp(&number(b)).then_with(|| a.cmp(b)));
    let mut out: Vec<(Line, Vec<CaseId>)> =
        found.into_iter().map(|(word, cases)| (Line::new(word.clone(), What::Value(word)), cases)).collect();
    if !missing.is_empty() {
        out.push((Line::new("not known", What::Missing), missing));
    }
    out.iter_mut().enumerate().for_each(|(n, (line, _))| line.given = n);
    out
}

/// Where a passage lies, by number, as far as that decides what lies together with it: its turns, or its paragraphs in a
/// text without turns. `None` if the text cannot be read.
pub(super) fn units(ground: &Ground<'_>, by: By, source: crate::project::id::SourceId) -> Option<Units> {
    match by {
        By::Overlap => Some(Units::Words),
        By::Source => Some(Units::One),
        By::Turn => {
            let transcript = (ground.texts)(source)?;
            Some(Units::Turns(transcript))
        }
    }
}

/// What two passages of a source have to share.
pub(super) enum Units {
    /// Words.
    Words,
    /// A turn or a paragraph.
    Turns(crate::findings::ground::Transcript),
    /// Nothing: they are of one source.
    One,
}

impl Units {
    /// The stretch of a passage in which others lie together with it: two passages do if their stretches overlap.
    pub(super) fn reach(&self, at: Span) -> std::ops::Range<u64> {
        match self {
            Self::Words => u64::from(at.start.0)..u64::from(at.end.0),
            Self::One => 0..1,
            Self::Turns(transcript) if transcript.turns.turns.is_empty() => {
                let text = &transcript.text;
                let last = if at.is_empty() { at.end } else { at.end.shifted(-1) };
                text.paragraph_of(at.start) as u64..text.paragraph_of(last) as u64 + 1
            }
            Self::Turns(transcript) => {
                let turns = transcript.turns.turns_in(at);
                turns.start as u64..turns.end as u64
            }
        }
    }
}
