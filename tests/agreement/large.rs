//! The large input of the specification (`gen_large.py`, seed 42): 2 coders × 1,000,000 chars × 30 codes in 20 documents,
//! from the generator that it names. Also what the bench runs on.

use emic::agreement::{Case, Coding, Document, Input, Options, Span, SplitMix64};

const DOCUMENTS: u64 = 20;
const CHARS: i64 = 1_000_000;
const CODES: u64 = 30;
/// Passages that there are to be found; each coder finds about 80 %.
const PASSAGES: usize = 3000;
const SEED: u64 = 42;

/// The input; with `units`, its documents have words, paragraphs and turns.
pub fn input(units: bool) -> Input {
    let mut random = SplitMix64::new(SEED);
    let mut below = |n: i64| random.below(n.unsigned_abs()).cast_signed();
    let length = CHARS / DOCUMENTS.cast_signed();
    let every = |step: i64| -> Vec<Span> {
        (0..length).step_by(step as usize).map(|at| Span::new(at, length.min(at + step - 1))).collect()
    };
    let mut documents = Vec::new();
    for n in 0..DOCUMENTS {
        let mut document = Document { id: format!("d{n:03}"), length, ..Document::default() };
        if units {
            let (mut words, mut at) = (Vec::new(), 0);
            while at < length {
                let long = 1 + below(9);
                words.push(Span::new(at, length.min(at + long)));
                at += long + 1;
            }
            document.words = Some(words);
            document.paragraphs = Some(every(400));
            document.turns = Some(every(800));
        }
        documents.push(document);
    }
    let coders = ["coder0", "coder1"];
    let codes: Vec<String> = (0..CODES).map(|n| format!("code{n:02}")).collect();
    let mut codings = Vec::new();
    for _ in 0..PASSAGES {
        let (document, code) = (below(DOCUMENTS.cast_signed()) as usize, below(CODES.cast_signed()) as usize);
        let start = below(length - 20);
        let end = length.min(start + 20 + below(400));
        for coder in coders {
            if below(100) < 20 {
                continue;
            }
            let from = (start + below(31) - 15).max(0);
            let to = length.min(end + below(31) - 15).max(from + 1);
            codings.push(Coding {
                document: documents[document].id.as_str().into(),
                coder: coder.into(),
                code: codes[code].as_str().into(),
                span: Span::new(from, to),
            });
        }
    }
    Input {
        schema: Some("agreement-input/1".to_owned()),
        name: Some("large".to_owned()),
        cases: documents
            .iter()
            .map(|document| Case { id: format!("case-{}", document.id), documents: vec![document.id.clone()] })
            .collect(),
        documents,
        coders: coders.map(str::to_owned).to_vec(),
        codes,
        options: Options { bootstrap: 200, seed: 42, ..Options::default() },
        codings,
        ..Input::default()
    }
}
