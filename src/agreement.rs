//! Agreement between coders: coefficients, and the queue of disagreements, from ranges alone.
//!
//! What goes in is an [`Input`]: documents by their lengths and units, and who gave which range which code. What comes
//! out is an [`Output`]: every figure, with the reason where there is none. Nothing here knows a project, a text or a
//! screen, reads a file, a clock or a random number. The cost grows with the codings and with the units that the input
//! lists, never with the length of the text: there is no cell per char anywhere.

mod coefficients;
mod input;
mod levels;
mod numbers;
mod output;
mod pairs;
mod ranges;
mod resampling;
mod scope;
mod sets;
mod study;
mod tally;
mod tree;

pub use coefficients::{Basis, Coefficient, Coefficients, Iid, Undefined};
pub use input::{Case, Coding, Document, Draft, Input, InputError, Options, Published, Threshold};
pub use levels::{
    CaseCode, CaseFigures, CodeFigures, FEW_CASES, Flag, Level, LightKappa, Macro, Mean, Overall, PooledFigures,
};
pub use numbers::{Proportion, SplitMix64};
pub use output::{Levels, Output, Totals};
pub use pairs::{Counts, Pair, PairFigures};
pub use ranges::{MOST_CODERS, Span};
pub use resampling::{Resampling, Spread};
pub use sets::DomainFigures;
pub use study::{Ignored, Name};
pub use tally::{Unit, Work};

use study::Study;

/// The whole report.
#[must_use]
pub fn run(input: &Input) -> Output {
    run_counted(input).0
}

/// The whole report, and how much was looked at for it.
#[must_use]
pub fn run_counted(input: &Input) -> (Output, Work) {
    let study = Study::new(input);
    let mut work = Work::default();
    let mut level = |unit| levels::level(&study, unit, &mut work);
    let levels = Levels {
        char: level(Unit::Char),
        word: level(Unit::Word),
        sentence: level(Unit::Sentence),
        paragraph: level(Unit::Paragraph),
        turn: level(Unit::Turn),
        given: level(Unit::Given),
        source: level(Unit::Source),
        case: level(Unit::Case),
    };
    let draft = input.draft();
    let output = Output {
        schema: output::SCHEMA,
        name: draft.name.clone(),
        n: Totals {
            documents: study.docs.len(),
            cases: study.cases.len(),
            coders: study.coders.len(),
            codes: study.codes.len(),
            codings: draft.codings.len(),
            segments: study.docs.iter().map(study::Doc::piece_count).sum(),
            characters: study.docs.iter().map(|doc| doc.length).sum(),
            ignored: study.ignored,
        },
        levels,
    };
    (output, work)
}
