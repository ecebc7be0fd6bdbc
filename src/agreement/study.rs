//! The study as it is counted: codes rolled up, text outside the scope cut out, pieces merged, names turned into
//! numbers. Every level and every view starts from here.

use super::input::{Document, Draft, Input};
use super::ranges::{Coders, Span, merge};
use super::scope::Cut;
use super::tree::Tree;
use indexmap::{IndexMap, IndexSet};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A name of the input, shared by everything that repeats it.
pub type Name = Arc<str>;

/// Codings that were given and count nowhere, each under the first reason that holds.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize)]
pub struct Ignored {
    /// Without a single char.
    pub zero_length: u64,
    /// In a document that the coder has not finished.
    pub out_of_coverage: u64,
    /// Without a char in scope.
    pub out_of_scope: u64,
}

/// One text, as far as it is in scope.
pub(super) struct Doc<'a> {
    pub(super) name: Name,
    /// Chars in scope.
    pub(super) length: i64,
    /// Words, sentences, paragraphs, turns, given passages: closed up; none where the input has no such list.
    pub(super) units: [Option<Cow<'a, [Span]>>; 5],
    /// How positions were closed up; none where all text is in scope.
    cut: Option<Cut>,
    /// Who has finished it.
    pub(super) covered: Coders,
    /// Its cluster: the first case that lists it, or its own.
    pub(super) cluster: usize,
    /// The cases that list it.
    pub(super) cases: Vec<usize>,
    /// What was coded, by code, then coder.
    pub(super) groups: Vec<Group>,
    spans: Vec<Span>,
}

/// The pieces that one coder gave one code in one document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    pub(super) code: usize,
    pub(super) coder: usize,
    from: usize,
    to: usize,
}

impl Doc<'_> {
    /// The pieces of a group: in order, without overlaps; some may touch.
    pub(super) fn pieces(&self, group: &Group) -> &[Span] {
        &self.spans[group.from..group.to]
    }

    /// The groups of a code, by coder.
    pub(super) fn groups_of(&self, code: usize) -> &[Group] {
        let from = self.groups.partition_point(|group| group.code < code);
        let to = self.groups.partition_point(|group| group.code <= code);
        &self.groups[from..to]
    }

    /// The pieces of `coder` with `code`.
    pub(super) fn pieces_of(&self, code: usize, coder: usize) -> &[Span] {
        self.groups_of(code).iter().find(|group| group.coder == coder).map_or(&[], |group| self.pieces(group))
    }

    /// Every coder's pieces with one code.
    pub(super) fn coded(&self, groups: &[Group]) -> impl Iterator<Item = (usize, Span)> {
        groups.iter().flat_map(|group| self.pieces(group).iter().map(|&span| (group.coder, span)))
    }

    /// How many pieces there are.
    pub(super) fn piece_count(&self) -> usize {
        self.spans.len()
    }

    /// The stretches of the document as given that a closed-up range stands for.
    pub(super) fn original(&self, span: Span) -> Vec<Span> {
        self.cut.as_ref().map_or_else(|| vec![span], |cut| cut.original(span))
    }

    /// A closed-up range as one range of the document as given, from its first to past its last char in scope.
    pub(super) fn hull(&self, span: Span) -> Span {
        let all = self.original(span);
        match (all.first(), all.last()) {
            (Some(first), Some(last)) => Span::new(first.start, last.end),
            _ => span,
        }
    }
}

/// A case and its documents, by number.
pub(super) struct CaseDocs {
    pub(super) name: Name,
    pub(super) docs: Vec<usize>,
}

/// What is counted.
pub(super) struct Study<'a> {
    pub(super) draft: &'a Draft,
    pub(super) docs: Vec<Doc<'a>>,
    pub(super) cases: Vec<CaseDocs>,
    pub(super) coders: Vec<Name>,
    pub(super) codes: Vec<Name>,
    pub(super) domains: IndexMap<Name, Vec<usize>>,
    pub(super) tree: Tree<'a>,
    pub(super) ignored: Ignored,
}

impl<'a> Study<'a> {
    pub(super) fn new(input: &'a Input) -> Self {
        let draft = input.draft();
        let tree = Tree::new(&draft.tree);
        let codes = Codes::new(draft, &tree);
        let coders: HashMap<&str, usize> =
            draft.coders.iter().enumerate().map(|(n, coder)| (coder.as_str(), n)).collect();
        let finished = coverage(draft);
        let mut docs: Vec<Doc<'a>> = Vec::with_capacity(draft.documents.len());
        // Per document as given: its number here, if it is in scope.
        let mut places: HashMap<&str, (usize, Option<usize>)> = HashMap::new();
        for (n, document) in draft.documents.iter().enumerate() {
            let cut = draft.scope.as_ref().map(|scope| Cut::new(scope.get(&document.id).map_or(&[][..], |all| all)));
            let here = cut.as_ref().is_none_or(|cut| cut.length() > 0).then_some(docs.len());
            places.insert(&document.id, (n, here));
            if here.is_some() {
                docs.push(prepared(document, cut, finished[n]));
            }
        }
        let mut ignored = Ignored::default();
        let mut pieces: Vec<Vec<(usize, usize, Span)>> = vec![Vec::new(); docs.len()];
        for coding in &draft.codings {
            let (given, here) = places[coding.document.as_str()];
            let coder = coders[coding.coder.as_str()];
            if !finished[given].has(coder) {
                ignored.out_of_coverage += 1;
            } else if coding.span.length() == 0 {
                ignored.zero_length += 1;
            } else {
                let inside = here.map(|doc| {
                    let closed = docs[doc].cut.as_ref().map_or(coding.span, |cut| cut.closed(coding.span));
                    (doc, closed)
                });
                match inside.filter(|(_, closed)| closed.length() > 0) {
                    Some((doc, closed)) => pieces[doc].push((codes.numbers[coding.code.as_str()], coder, closed)),
                    None => ignored.out_of_scope += 1,
                }
            }
        }
        for (doc, pieces) in docs.iter_mut().zip(pieces) {
            (doc.groups, doc.spans) = grouped(pieces);
        }
        let cases = cases(draft, &places, &mut docs);
        Self {
            draft,
            docs,
            cases,
            coders: draft.coders.iter().map(|coder| Name::from(coder.as_str())).collect(),
            codes: codes.names(),
            domains: codes.domains(draft, &tree),
            tree,
            ignored,
        }
    }

    /// How many clusters there are: cases, then documents in no case.
    pub(super) fn clusters(&self) -> usize {
        self.docs.iter().map(|doc| doc.cluster + 1).max().unwrap_or(0).max(self.cases.len())
    }

    /// The coders by name.
    pub(super) fn named(&self, coders: Coders) -> Vec<Name> {
        coders.iter().map(|coder| self.coders[coder].clone()).collect()
    }
}

/// Codes as they are counted: their names in order, and for every name of the input the number of what it became.
struct Codes<'a> {
    all: IndexSet<&'a str>,
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Codes<'a> {
    fn new(draft: &'a Draft, tree: &Tree<'a>) -> Self {
        let mut codes = Self { all: IndexSet::new(), numbers: HashMap::new() };
        for code in draft.codes.iter().chain(draft.codings.iter().map(|coding| &coding.code)) {
            if !codes.numbers.contains_key(code.as_str()) {
                let number = codes.all.insert_full(rolled(draft, tree, code)).0;
                codes.numbers.insert(code, number);
            }
        }
        codes
    }

    fn names(&self) -> Vec<Name> {
        self.all.iter().map(|code| Name::from(*code)).collect()
    }

    /// The domains and their codes; codes that are nowhere else have nothing to count.
    fn domains(&self, draft: &'a Draft, tree: &Tree<'a>) -> IndexMap<Name, Vec<usize>> {
        if draft.domains.is_empty() {
            return IndexMap::from([(Name::from("all"), (0..self.all.len()).collect())]);
        }
        let number = |code: &'a String| self.all.get_index_of(rolled(draft, tree, code));
        let numbers = |codes: &'a Vec<String>| codes.iter().filter_map(number).collect::<IndexSet<_>>();
        let domain = |(name, codes): (&String, &'a Vec<String>)| {
            (Name::from(name.as_str()), numbers(codes).into_iter().collect())
        };
        draft.domains.iter().map(domain).collect()
    }
}

fn rolled<'a>(draft: &Draft, tree: &Tree<'a>, code: &'a str) -> &'a str {
    draft.options.rollup_depth.map_or(code, |depth| tree.at_depth(code, depth))
}

/// Per document as given, who has finished it.
fn coverage(draft: &Draft) -> Vec<Coders> {
    let mut finished = vec![Coders::NONE; draft.documents.len()];
    for (coder, name) in draft.coders.iter().enumerate() {
        let only: Option<HashSet<&str>> =
            draft.coverage.get(name).map(|documents| documents.iter().map(String::as_str).collect());
        for (covered, document) in finished.iter_mut().zip(&draft.documents) {
            if only.as_ref().is_none_or(|only| only.contains(document.id.as_str())) {
                *covered = covered.with(Coders::only(coder));
            }
        }
    }
    finished
}

/// A document without its codings.
fn prepared<'a>(document: &'a Document, cut: Option<Cut>, covered: Coders) -> Doc<'a> {
    let Document { id, length, words, sentences, paragraphs, turns, given } = document;
    let units = [words, sentences, paragraphs, turns, given].map(|units| {
        let units = units.as_deref()?;
        Some(match &cut {
            None => Cow::Borrowed(units),
            Some(cut) => Cow::Owned(units.iter().map(|&unit| cut.closed(unit)).collect()),
        })
    });
    Doc {
        name: Name::from(id.as_str()),
        length: cut.as_ref().map_or(*length, Cut::length),
        units,
        cut,
        covered,
        cluster: 0,
        cases: Vec::new(),
        groups: Vec::new(),
        spans: Vec::new(),
    }
}

/// Pieces by code and coder, merged.
fn grouped(mut pieces: Vec<(usize, usize, Span)>) -> (Vec<Group>, Vec<Span>) {
    pieces.sort_unstable();
    let (mut groups, mut spans) = (Vec::new(), Vec::new());
    for same in pieces.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let mut merged: Vec<Span> = same.iter().map(|&(_, _, span)| span).collect();
        merge(&mut merged);
        let from = spans.len();
        spans.extend(merged);
        groups.push(Group { code: same[0].0, coder: same[0].1, from, to: spans.len() });
    }
    (groups, spans)
}

/// The cases with the documents that are in scope; tells the documents their cases and clusters. Where there is a
/// scope, a case that it leaves without a document does not exist.
fn cases(draft: &Draft, places: &HashMap<&str, (usize, Option<usize>)>, docs: &mut [Doc<'_>]) -> Vec<CaseDocs> {
    let here = |case: &super::input::Case| -> Vec<usize> {
        case.documents.iter().filter_map(|document| places[document.as_str()].1).collect()
    };
    let cases: Vec<CaseDocs> = draft
        .cases
        .iter()
        .map(|case| CaseDocs { name: Name::from(case.id.as_str()), docs: here(case) })
        .filter(|case| draft.scope.is_none() || !case.docs.is_empty())
        .collect();
    for (number, case) in cases.iter().enumerate() {
        for &doc in &case.docs {
            if docs[doc].cases.last() != Some(&number) {
                docs[doc].cases.push(number);
            }
        }
    }
    let mut loose = cases.len();
    for doc in docs {
        doc.cluster = doc.cases.first().copied().unwrap_or(loose);
        loose += usize::from(doc.cases.is_empty());
    }
    cases
}
