//! Agreement between coders: coefficients, and the queue of disagreements, from ranges alone.
//!
//! An [`Input`] says which documents there are, by their lengths and units, and who gave which range which code.
//! [`Study::prepare`] checks it and makes it ready; every figure is then asked for by itself: [`Study::level`],
//! [`Study::case_table`], [`Study::items`], [`Study::disagreements`], or all at once by [`Study::write_report`]. Nothing here
//! knows a project, a text or a screen, reads a file, a clock or a random number. The cost grows with the codings and
//! with the units that the input lists, never with the length of the text: there is no cell per char anywhere.

mod case_table;
mod coefficients;
mod disagreements;
mod input;
mod items;
mod levels;
pub mod maps;
mod numbers;
mod nvivo;
mod output;
mod pairs;
mod ranges;
mod resampling;
mod scope;
mod segments;
mod sets;
mod study;
mod tally;
mod tree;
mod unitizing;
mod verdict;

pub use case_table::{CaseRow, CaseTable};
pub use coefficients::{Basis, Coefficient, Coefficients, Iid, Undefined};
pub use disagreements::{Disagreement, Disagreements};
pub use input::{Case, Coding, Document, Input, InputError, Options, Published, Threshold};
pub use items::{Item, ItemCounts, ItemType, Piece};
pub use levels::{
    CaseCode, CaseFigures, CodeFigures, Extent, FEW_CASES, Flag, FullLevel, LevelReport, LightKappa, Macro, Mean,
    Overall, PooledFigures,
};
pub use numbers::{Proportion, SplitMix64};
pub use nvivo::{NvivoCode, NvivoMeans, NvivoPair, NvivoRow};
pub use output::Totals;
pub use pairs::{Counts, Pair, PairFigures};
pub use ranges::{MOST_CODERS, Span};
pub use resampling::{Resampling, Spread};
pub use segments::{SegmentCounts, SegmentLevel, SegmentOverall, SegmentPair};
pub use sets::DomainFigures;
pub use study::{Ignored, Name, Study};
pub use tally::{Level, Work};
pub use unitizing::{Alphas, DomainAlphas, Unitizing, ValueAlpha};
pub use verdict::{Band, Estimate, LINES, Scale, benchmark, benchmark_word, could_differ, prevalence_sentence};
