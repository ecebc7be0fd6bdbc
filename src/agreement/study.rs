//! The study as it is counted: codes rolled up, text outside the scope cut out, pieces merged, names turned into
//! numbers. Every level and every view starts from here.

use super::input::{Case, Coding, Document, Input, InputError, Options, Units, check};
use super::ranges::{Coders, Span, merge};
use super::scope::Cut;
use super::tree::Tree;
use crate::agreement::maps::{List, Lookup, Map};
use rustc_hash::FxBuildHasher;
use serde::Serialize;
use std::collections::HashSet;

/// A name of the input, shared by everything that repeats it.
pub type Name = compact_str::CompactString;

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
#[derive(Debug)]
pub(super) struct Doc {
    pub(super) name: Name,
    /// Chars in scope.
    pub(super) length: i64,
    /// Words, sentences, paragraphs, turns, given passages: closed up; none where the input has no such list.
    pub(super) units: Units,
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

impl Doc {
    /// A document without its codings.
    fn new(document: &Document, units: Units, cut: Option<Cut>, covered: Coders) -> Self {
        let closed_up = |units: Vec<Span>| match &cut {
            None => units,
            Some(cut) => units.into_iter().map(|unit| cut.closed(unit)).collect(),
        };
        let units = units.map(|units| units.map(closed_up));
        Self {
            name: Name::from(document.id.as_str()),
            length: cut.as_ref().map_or(document.length, Cut::length),
            units,
            cut,
            covered,
            cluster: 0,
            cases: Vec::new(),
            groups: Vec::new(),
            spans: Vec::new(),
        }
    }

    /// Where a range of the document as given stands here; it may be empty.
    fn closed(&self, span: Span) -> Span {
        self.cut.as_ref().map_or(span, |cut| cut.closed(span))
    }

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
#[derive(Debug)]
pub(super) struct CaseDocs {
    pub(super) name: Name,
    pub(super) docs: Vec<usize>,
}

/// A study that is ready to be counted: codes rolled up, the text outside the scope cut out, pieces merged. Each figure
/// is computed when it is asked for, and only then.
#[derive(Debug)]
pub struct Study {
    pub(super) name: Option<String>,
    pub(super) options: Options,
    pub(super) docs: Vec<Doc>,
    pub(super) cases: Vec<CaseDocs>,
    pub(super) coders: Vec<Name>,
    pub(super) codes: Vec<Name>,
    pub(super) domains: Map<Name, Vec<usize>>,
    pub(super) tree: Tree,
    pub(super) ignored: Ignored,
    /// Codings as given.
    pub(super) codings: usize,
}

impl Study {
    /// Checks and prepares an input.
    ///
    /// # Errors
    ///
    /// The first thing in the input that cannot be, by name and place.
    pub fn prepare(input: Input) -> Result<Self, InputError> {
        check(&input)?;
        let Input {
            name, mut documents, cases, coders, coverage, codes, domains, scope, tree, options, codings, ..
        } = input;
        let units: Vec<Units> = documents.iter_mut().map(Document::take_units).collect();
        let tree = Tree::new(tree);
        let rolling = Rolling { tree: &tree, depth: options.rollup_depth };
        let all = Codes::new(&codes, &codings, rolling);
        let numbers: Lookup<&str, usize> = coders.iter().enumerate().map(|(n, coder)| (coder.as_str(), n)).collect();
        let finished = covered(&coders, &coverage, &documents);
        let mut docs: Vec<Doc> = Vec::with_capacity(documents.len());
        // Per document as given: its number there, and its number here if it is in scope.
        let mut places: Lookup<&str, (usize, Option<usize>)> =
            Lookup::with_capacity_and_hasher(documents.len(), FxBuildHasher);
        for (n, (document, units)) in documents.iter().zip(units).enumerate() {
            let cut = scope.as_ref().map(|scope| Cut::new(scope.get(&document.id).map_or(&[][..], |all| all)));
            let here = cut.as_ref().is_none_or(|cut| cut.length() > 0).then_some(docs.len());
            places.insert(&document.id, (n, here));
            if here.is_some() {
                docs.push(Doc::new(document, units, cut, finished[n]));
            }
        }
        let mut ignored = Ignored::default();
        let mut pieces: Vec<Vec<(usize, usize, Span)>> = vec![Vec::new(); docs.len()];
        for coding in &codings {
            let (given, here) = places[coding.document.as_str()];
            let coder = numbers[coding.coder.as_str()];
            if !finished[given].has(coder) {
                ignored.out_of_coverage += 1;
            } else if coding.span.length() == 0 {
                ignored.zero_length += 1;
            } else {
                let inside = here.map(|doc| (doc, docs[doc].closed(coding.span)));
                match inside.filter(|(_, closed)| closed.length() > 0) {
                    Some((doc, closed)) => pieces[doc].push((all.numbers[coding.code.as_str()], coder, closed)),
                    None => ignored.out_of_scope += 1,
                }
            }
        }
        for (doc, pieces) in docs.iter_mut().zip(pieces) {
            (doc.groups, doc.spans) = grouped(pieces);
        }
        let cases = in_scope(&cases, &places, scope.is_some(), &mut docs);
        Ok(Self {
            name,
            docs,
            cases,
            coders: coders.iter().map(|coder| Name::from(coder.as_str())).collect(),
            codes: all.names(),
            domains: all.domains(&domains, rolling),
            ignored,
            codings: codings.len(),
            options,
            tree,
        })
    }

    /// The coders, in the order of the input.
    #[must_use]
    pub fn coders(&self) -> &[Name] {
        &self.coders
    }

    /// The codes, rolled up, in the order of the input.
    #[must_use]
    pub fn codes(&self) -> &[Name] {
        &self.codes
    }

    /// Every two coders, by number.
    pub(super) fn two_coders(&self) -> impl Iterator<Item = (usize, usize)> {
        let coders = self.coders.len();
        (0..coders).flat_map(move |a| (a + 1..coders).map(move |b| (a, b)))
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

/// How codes are rolled up.
#[derive(Clone, Copy)]
struct Rolling<'a> {
    tree: &'a Tree,
    depth: Option<u64>,
}

impl<'a> Rolling<'a> {
    fn up(self, code: &'a str) -> &'a str {
        self.depth.map_or(code, |depth| self.tree.at_depth(code, depth))
    }
}

/// Codes as they are counted: their names in order, and for every name of the input the number of what it became.
struct Codes<'a> {
    all: List<&'a str>,
    numbers: Lookup<&'a str, usize>,
}

impl<'a> Codes<'a> {
    fn new(codes: &'a [String], codings: &'a [Coding], rolling: Rolling<'a>) -> Self {
        let mut known = Self { all: List::default(), numbers: Lookup::default() };
        for code in codes.iter().map(String::as_str).chain(codings.iter().map(|coding| coding.code.as_str())) {
            if !known.numbers.contains_key(code) {
                let number = known.all.insert_full(rolling.up(code)).0;
                known.numbers.insert(code, number);
            }
        }
        known
    }

    fn names(&self) -> Vec<Name> {
        self.all.iter().map(|code| Name::from(*code)).collect()
    }

    /// The domains and their codes; codes that are nowhere else have nothing to count.
    fn domains(&self, given: &Map<String, Vec<String>>, rolling: Rolling<'_>) -> Map<Name, Vec<usize>> {
        if given.is_empty() {
            return Map::from_iter([(Name::from("all"), (0..self.all.len()).collect())]);
        }
        let domain = |(name, codes): (&String, &Vec<String>)| {
            let numbers = codes.iter().filter_map(|code| self.all.get_index_of(rolling.up(code)));
            (Name::from(name.as_str()), numbers.collect::<List<usize>>().into_iter().collect())
        };
        given.iter().map(domain).collect()
    }
}

/// Per document as given, who has finished it.
fn covered(coders: &[String], coverage: &Map<String, Vec<String>>, documents: &[Document]) -> Vec<Coders> {
    let mut finished = vec![Coders::NONE; documents.len()];
    for (coder, name) in coders.iter().enumerate() {
        let only: Option<HashSet<&str>> = coverage.get(name).map(|all| all.iter().map(String::as_str).collect());
        for (covered, document) in finished.iter_mut().zip(documents) {
            if only.as_ref().is_none_or(|only| only.contains(document.id.as_str())) {
                *covered = covered.with(Coders::only(coder));
            }
        }
    }
    finished
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
fn in_scope(
    given: &[Case],
    places: &Lookup<&str, (usize, Option<usize>)>,
    scoped: bool,
    docs: &mut [Doc],
) -> Vec<CaseDocs> {
    let here = |case: &Case| case.documents.iter().filter_map(|document| places[document.as_str()].1).collect();
    let cases: Vec<CaseDocs> = given
        .iter()
        .map(|case| CaseDocs { name: Name::from(case.id.as_str()), docs: here(case) })
        .filter(|case| !scoped || !case.docs.is_empty())
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
