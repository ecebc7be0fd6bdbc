//! A round as the input of the agreement functions, and as a file that anybody can count again.

use super::basis::{Asked, Basis, NoFigures, Sheet, Texts};
use crate::agreement::{Case, Coding, Document, Input, Options, Span as Range};
use crate::project::id::{CaseId, CodeId, CoderId, RoundId, SourceId};
use crate::project::round::Unit;
use crate::project::view::View;
use crate::text::units::{Body, Lines, paragraphs, sentences, words};
use crate::text::{Span, Text};
use std::collections::HashMap;

/// What things are called in an input.
trait Names {
    fn case(&self, id: CaseId) -> String;
    fn source(&self, id: SourceId) -> String;
    fn coder(&self, id: CoderId) -> String;
    fn code(&self, id: CodeId) -> String;
}

/// By their ids.
struct ById;

impl Names for ById {
    fn case(&self, id: CaseId) -> String {
        id.to_string()
    }

    fn source(&self, id: SourceId) -> String {
        id.to_string()
    }

    fn coder(&self, id: CoderId) -> String {
        id.to_string()
    }

    fn code(&self, id: CodeId) -> String {
        id.to_string()
    }
}

/// As people call them; with the id behind where two are called the same.
#[derive(Default)]
struct ByName {
    cases: HashMap<CaseId, String>,
    sources: HashMap<SourceId, String>,
    coders: HashMap<CoderId, String>,
    codes: HashMap<CodeId, String>,
}

impl Names for ByName {
    fn case(&self, id: CaseId) -> String {
        self.cases.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    fn source(&self, id: SourceId) -> String {
        self.sources.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    fn coder(&self, id: CoderId) -> String {
        self.coders.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    fn code(&self, id: CodeId) -> String {
        self.codes.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }
}

/// The input with ids for names.
pub(super) fn by_id(basis: &Basis) -> Input {
    input(basis, &ById)
}

/// The round (or the part of it that is asked for) as an input with names that people read, all units that the texts at
/// hand have in it.
///
/// # Errors
/// As [`Basis::of_reveal`].
pub fn export(view: &View<'_>, round: RoundId, asked: &Asked, texts: &Texts<'_>) -> Result<Input, NoFigures> {
    let mut basis = Basis::of_reveal(view, round, asked, texts)?;
    basis.find_units(&[Unit::Word, Unit::Sentence, Unit::Paragraph], texts);
    let mut out = readable(view, &basis);
    out.name = Some(format!("{}, {}", view.study().map_or("untitled", |study| &study.title), basis.round.name));
    Ok(out)
}

/// The input with names that people read.
#[must_use]
pub fn readable(view: &View<'_>, basis: &Basis) -> Input {
    let case = |id: CaseId| view.case(id).map_or_else(|| id.to_string(), |case| case.name.clone());
    let source = |sheet: &Sheet| {
        let name = view.source(sheet.source).map_or_else(|| sheet.source.to_string(), |source| source.name.clone());
        (sheet.source, format!("{} · {name}", case(sheet.case)))
    };
    let code = |id: CodeId| {
        let path = view.codebook().path(id);
        (id, if path.is_empty() { "deleted code".to_owned() } else { path })
    };
    let all_codes = basis.parents.iter().flat_map(|(code, above)| [*code, *above]).chain(basis.codes.iter().copied());
    let mut codes: Vec<CodeId> = all_codes.collect();
    codes.sort_unstable();
    codes.dedup();
    let names = ByName {
        cases: told_apart(basis.cases.iter().map(|&id| (id, case(id)))),
        sources: told_apart(basis.sheets.iter().map(source)),
        coders: told_apart(basis.coders.iter().map(|&id| (id, view.initials(id).to_owned()))),
        codes: told_apart(codes.into_iter().map(code)),
    };
    input(basis, &names)
}

/// Names of which no two are the same: those that are have their ids behind.
fn told_apart<K: Copy + Eq + std::hash::Hash + ToString>(
    names: impl Iterator<Item = (K, String)>,
) -> HashMap<K, String> {
    let all: Vec<(K, String)> = names.collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    all.iter().for_each(|(_, name)| *times.entry(name).or_default() += 1);
    let name = |(id, name): &(K, String)| {
        let twice = times.get(name.as_str()).is_some_and(|times| *times > 1);
        (*id, if twice { format!("{name} ({})", id.to_string()) } else { name.clone() })
    };
    all.iter().map(name).collect()
}

fn input(basis: &Basis, names: &dyn Names) -> Input {
    let document = |sheet: &Sheet| {
        let list = |unit: Unit| sheet.units(unit).map(|units| units.iter().map(|unit| range(*unit)).collect());
        Document {
            id: names.source(sheet.source),
            length: i64::from(sheet.chars),
            words: list(Unit::Word),
            sentences: list(Unit::Sentence),
            paragraphs: list(Unit::Paragraph),
            turns: list(Unit::Turn),
            given: list(Unit::Given),
        }
    };
    let case = |case: &CaseId| Case {
        id: names.case(*case),
        documents: basis.sheets.iter().filter(|s| s.case == *case).map(|s| names.source(s.source)).collect(),
    };
    let covered = |coder: &CoderId| {
        let theirs = basis.sheets.iter().filter(|sheet| sheet.coders.contains(coder));
        (names.coder(*coder), theirs.map(|sheet| names.source(sheet.source)).collect())
    };
    let scope = |sheet: &Sheet| (names.source(sheet.source), sheet.kept.spans().iter().map(|s| range(*s)).collect());
    let mut tree: Vec<(&CodeId, &CodeId)> = basis.parents.iter().collect();
    tree.sort_unstable();
    let coding = |mark: &super::basis::Mark| Coding {
        document: names.source(mark.source).into(),
        coder: names.coder(mark.coder).into(),
        code: names.code(mark.code).into(),
        span: range(mark.span),
    };
    Input {
        schema: Some("agreement-input/1".to_owned()),
        documents: basis.sheets.iter().map(document).collect(),
        cases: basis.cases.iter().map(case).collect(),
        coders: basis.coders.iter().map(|&coder| names.coder(coder)).collect(),
        coverage: basis.coders.iter().map(covered).collect(),
        codes: basis.codes.iter().map(|&code| names.code(code)).collect(),
        scope: Some(basis.sheets.iter().map(scope).collect()),
        tree: tree.into_iter().map(|(&code, &above)| (names.code(code), Some(names.code(above)))).collect(),
        options: Options {
            min_fraction: f64::from(basis.round.least) / 100.0,
            rollup_depth: basis.depth.map(u64::from),
            ..Options::default()
        },
        codings: basis.marks.iter().map(coding).collect(),
        ..Input::default()
    }
}

/// A span as the agreement functions have it.
pub(super) fn range(span: Span) -> Range {
    Range::new(i64::from(span.start.0), i64::from(span.end.0))
}

/// The units of a kind that a text has. Sentences do not reach from one turn into the next.
pub(super) fn units_in(text: &Text, unit: Unit, sheet: &Sheet) -> Vec<Span> {
    let lines = Lines::of(text);
    let turns = sheet.units(Unit::Turn).filter(|turns| !turns.is_empty());
    let bodies = turns.map_or_else(|| vec![text.whole()], <[Span]>::to_vec);
    let bodies = bodies.into_iter().map(|within| Body { within, lines });
    match unit {
        Unit::Word => words(text, text.whole()).collect(),
        Unit::Sentence => bodies.flat_map(|body| sentences(text, body).collect::<Vec<_>>()).collect(),
        Unit::Paragraph => bodies.flat_map(|body| paragraphs(text, body).collect::<Vec<_>>()).collect(),
        _ => Vec::new(),
    }
}
