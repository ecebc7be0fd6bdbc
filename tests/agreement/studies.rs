//! Random small studies for the laws, and a second, slow way of counting them: char by char.

use emic::agreement::{Case, Coding, Document, Input, Options, Span};
use proptest::prelude::*;
use std::collections::BTreeSet;

pub const CODERS: [&str; 3] = ["A", "B", "C"];
pub const CODES: [&str; 4] = ["w", "x", "y", "z"];

/// Studies of up to three coders, three documents and four codes, with turns, cases, a tree, coverage and scope; as
/// crowded as to make every kind of item likely.
pub fn any_study() -> impl Strategy<Value = Input> {
    let range = (0..60_i64, 0..25_i64);
    (
        prop::collection::vec((0..60_i64, prop::collection::vec(range.clone(), 0..4)), 1..4),
        2..4_usize,
        prop::collection::vec((0..3_usize, 0..3_usize, 0..4_usize, range.clone()), 0..24),
        prop::collection::vec(0..8_u8, 3),
        prop::option::weighted(0.3, prop::collection::vec(prop::collection::vec(range, 0..3), 3)),
        (0..5_u8, prop::sample::select(vec![0.0, 0.3, 0.5, 1.0]), any::<bool>()),
    )
        .prop_map(|(documents, coders, codings, coverage, scope, (tree, min_fraction, cases))| {
            let lengths: Vec<i64> = documents.iter().map(|(length, _)| *length).collect();
            let span = |document: usize, (start, long): (i64, i64)| {
                let length = lengths[document];
                let start = start.min(length);
                Span::new(start, (start + long).min(length))
            };
            let id = |n: usize| format!("d{n}");
            let parents: &[(&str, &str)] = match tree {
                0 | 1 => &[],
                2 => &[("x", "w"), ("y", "w")],
                3 => &[("x", "w"), ("y", "x"), ("z", "top")],
                _ => &[("w", "top"), ("x", "top"), ("y", "other"), ("z", "y")],
            };
            Input {
                documents: documents
                    .iter()
                    .enumerate()
                    .map(|(n, (length, turns))| Document {
                        id: id(n),
                        length: *length,
                        turns: Some(turns.iter().map(|&turn| span(n, turn)).collect()),
                        ..Document::default()
                    })
                    .collect(),
                cases: if cases {
                    let of = |rest| (0..documents.len()).filter(move |n| n % 2 == rest).map(id).collect();
                    vec![
                        Case { id: "even".to_owned(), documents: of(0) },
                        Case { id: "odd".to_owned(), documents: of(1) },
                    ]
                } else {
                    Vec::new()
                },
                coders: CODERS[..coders].iter().map(ToString::to_string).collect(),
                // Mostly everybody covers everything; a bit for each document says who does not.
                coverage: coverage[..coders]
                    .iter()
                    .enumerate()
                    .filter(|(_, bits)| **bits < 3)
                    .map(|(n, bits)| {
                        let finished = (0..documents.len()).filter(|document| bits & (1 << document) == 0).map(id);
                        (CODERS[n].to_owned(), finished.collect())
                    })
                    .collect(),
                codes: CODES.map(str::to_owned).to_vec(),
                scope: scope.map(|scope| {
                    let ranges = |(n, ranges): (usize, &Vec<(i64, i64)>)| {
                        (id(n), ranges.iter().map(|&range| span(n, range)).collect())
                    };
                    scope[..documents.len()].iter().enumerate().map(ranges).collect()
                }),
                tree: parents.iter().map(|(code, above)| (code.to_string(), Some(above.to_string()))).collect(),
                options: Options { min_fraction, bootstrap: 5, ..Options::default() },
                codings: codings
                    .into_iter()
                    .filter(|(document, coder, ..)| *document < documents.len() && *coder < coders)
                    .map(|(document, coder, code, range)| Coding {
                        document: id(document).into(),
                        coder: CODERS[coder].into(),
                        code: CODES[code].into(),
                        span: span(document, range),
                    })
                    .collect(),
                ..Input::default()
            }
        })
}

/// Whether `coder` has finished `document`.
pub fn covers(input: &Input, coder: &str, document: &str) -> bool {
    input.coverage.get(coder).is_none_or(|finished| finished.iter().any(|one| one == document))
}

/// The chars of a document that are in scope.
pub fn chars(input: &Input, document: &Document) -> Vec<i64> {
    let inside = |at: &i64| match &input.scope {
        None => true,
        Some(scope) => {
            scope.get(&document.id).is_some_and(|all| all.iter().any(|span| span.start <= *at && *at < span.end))
        }
    };
    (0..document.length).filter(inside).collect()
}

/// Whether a char is coded: by `coder`, in `document`, with `code`.
pub fn has(input: &Input, coder: &str, document: &str, code: &str, at: i64) -> bool {
    input.codings.iter().any(|coding| {
        coding.document == document
            && coding.coder == coder
            && coding.code == code
            && coding.span.start <= at
            && at < coding.span.end
    })
}

/// Per unit the codes that each coder gave it; none where he or she does not cover the document. Units are all chars in
/// scope, or the chars in scope of each turn.
pub fn units(input: &Input, turns: bool) -> Vec<Vec<Option<BTreeSet<&'static str>>>> {
    let mut units = Vec::new();
    for document in &input.documents {
        let all = chars(input, document);
        let parts: Vec<Vec<i64>> = if turns {
            let inside = |turn: &Span| -> Vec<i64> {
                all.iter().copied().filter(|at| turn.start <= *at && *at < turn.end).collect()
            };
            document.turns.iter().flatten().map(inside).filter(|part| !part.is_empty()).collect()
        } else {
            all.into_iter().map(|at| vec![at]).collect()
        };
        let least = if turns { input.options.min_fraction } else { 0.0 };
        for part in parts {
            let gave = |coder: &String, code: &str| {
                let covered = part.iter().filter(|at| has(input, coder, &document.id, code, **at)).count();
                covered > 0 && covered as f64 >= least * part.len() as f64
            };
            let value = |coder: &String| {
                covers(input, coder, &document.id)
                    .then(|| CODES.into_iter().filter(|code| gave(coder, code)).collect::<BTreeSet<_>>())
            };
            units.push(input.coders.iter().map(value).collect());
        }
    }
    units
}

/// The report of a study, as it is written, read back.
pub fn report_of(study: &emic::agreement::Study) -> serde_json::Value {
    let mut written = Vec::new();
    study.write_report(&mut written).expect("written");
    serde_json::from_slice(&written).expect("JSON")
}
