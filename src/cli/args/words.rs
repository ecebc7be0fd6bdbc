//! The options of `emic words`, of `emic framework`, and of what `emic codes` says besides counts.

use super::{FormatArg, Whose};
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

/// How often words are said, and each place where one is said.
///
/// Counts what participants say; of texts in which nobody is said to speak, all words. Small English words are left out
/// unless --stop-words says otherwise. With --kwic each place of a word or phrase is listed with what stands around it.
#[derive(Args, Debug)]
pub struct Words {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// List each place where this word or phrase is said; `screen*` stands for all words that begin so.
    #[arg(long, value_name = "WORDS")]
    pub kwic: Option<String>,
    /// Only inside the passages of this code and those below it (a name, or a path: "Parent/Child").
    #[arg(long, value_name = "NAME")]
    pub code: Option<String>,
    /// Only in these cases, parted by commas (may be repeated).
    #[arg(long, value_name = "NAMES")]
    pub case: Vec<String>,
    /// Only in cases of which this holds: "Attribute=value" (may be repeated; all have to hold).
    #[arg(long = "where", value_name = "ATTRIBUTE=VALUE")]
    pub holds: Vec<String>,
    /// The interviewer's words too, and everybody else's.
    #[arg(long)]
    pub with_interviewer: bool,
    /// Leave words of fewer characters out.
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub min_length: usize,
    /// A file of words to leave out instead of the built-in ones, or `none`.
    #[arg(long, value_name = "FILE|none", value_hint = ValueHint::FilePath)]
    pub stop_words: Option<PathBuf>,
    /// Only the most frequent so many words, or the first so many places; 0 for all.
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
    // Whose codings decide what a code holds.
    #[command(flatten)]
    pub whose: Whose,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
}

/// What was made of each case under each theme or code, with the extracts that belong there.
///
/// Themes that hold anything, or else the codes at the top, unless --theme or --code name some. A summary is marked where
/// its extracts have changed since it was written.
#[derive(Args, Debug)]
pub struct Framework {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// Only these themes (may be repeated).
    #[arg(long, value_name = "NAME")]
    pub theme: Vec<String>,
    /// These codes, each with those below it (may be repeated).
    #[arg(long, value_name = "NAME")]
    pub code: Vec<String>,
    /// Only these cases, parted by commas (may be repeated).
    #[arg(long, value_name = "NAMES")]
    pub case: Vec<String>,
    // Who reads.
    #[command(flatten)]
    pub whose: Whose,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
}

// What `emic codes` says besides counts.
#[derive(Args, Debug, Default)]
pub struct Beyond {
    /// How many new codes each further case brought, those from before the reading apart.
    #[arg(long, conflicts_with = "where_in_text")]
    pub saturation: bool,
    /// In which order the cases come; without it, as in the study.
    #[arg(long, value_name = "ORDER", requires = "saturation")]
    pub order: Option<CaseOrder>,
    /// What a random order follows from, to have it again.
    #[arg(long, value_name = "N", requires = "order")]
    pub seed: Option<u64>,
    /// Where in the texts each code lies: every case cut into cells of the same length.
    #[arg(long)]
    pub where_in_text: bool,
    /// Only in this source.
    #[arg(long, value_name = "NAME", requires = "where_in_text")]
    pub source: Option<String>,
    /// Into how many cells a case, or the source, is cut.
    #[arg(long, value_name = "N", requires = "where_in_text", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub cells: Option<u16>,
}

/// An order of cases.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum CaseOrder {
    /// As in the study
    Study,
    /// By the day on which they were collected
    Collected,
    /// By name
    Name,
    /// At random
    Random,
}
