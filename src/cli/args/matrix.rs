//! What is typed for a matrix.

use super::FormatArg;
use crate::findings::matrix::{By, Count, Kind};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

/// Cases, codes, values or roles put against codes, and counted.
///
/// Counted from the working set: per case the consensus where its round is reconciled, else the codings of whom it was given
/// to. A code counts in with those below it, and a case counts once. A branch that is named alone stands for the codes right
/// under it, `Branch/*` does so among others. JSON has a row a cell, with the codings behind each.
#[derive(Args, Debug)]
pub struct Matrix {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// What is put against what.
    #[arg(long, value_name = "KIND", default_value = "case-code")]
    pub kind: Kind,
    /// The codes of the rows: names or a branch; all without it.
    #[arg(long, value_name = "CODES")]
    pub rows: Vec<String>,
    /// The codes of the columns, likewise; of code-attribute the attribute.
    #[arg(long, value_name = "CODES|ATTRIBUTE")]
    pub columns: Vec<String>,
    /// When codes lie together.
    #[arg(long, value_name = "HOW", default_value = "overlap")]
    pub by: By,
    /// What is counted: cases, or passages (of codes by codes, pairs of them).
    #[arg(long, value_name = "WHAT", default_value = "cases")]
    pub count: Count,
    /// Print X where a cell holds in at least so many.
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..))]
    pub at_least: Option<u32>,
    /// Only cases of which this holds: "Setting=urban", "Specialists>=2", or any expression as of count (may be repeated).
    #[arg(long = "where", value_name = "ATTRIBUTE=VALUE")]
    pub only: Vec<String>,
    /// Only cases of this kind.
    #[arg(long, value_name = "KIND")]
    pub case_kind: Option<String>,
    /// Only what was collected in this wave.
    #[arg(long, value_name = "WAVE")]
    pub wave: Option<String>,
    /// Rows become columns.
    #[arg(long)]
    pub transpose: bool,
    /// How rows are sorted: given, sum, name, or the name of a column, the greatest first.
    #[arg(long, value_name = "ORDER", default_value = "given")]
    pub sort: String,
    /// Without rows and columns that have nothing in them.
    #[arg(long)]
    pub without_empty: bool,
    /// As this coder may see it: initials; without it, as nobody in particular.
    #[arg(long, value_name = "INITIALS")]
    pub coder: Option<String>,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
}

/// Values that are typed as they are named.
macro_rules! named {
    ($($type:ty)*) => {$(
        impl ValueEnum for $type {
            fn value_variants<'a>() -> &'a [Self] {
                &Self::ALL
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(PossibleValue::new(self.name()))
            }
        }
    )*};
}

named! { Kind By Count }
