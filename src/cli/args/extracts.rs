//! Arguments of `emic extracts`, and the filters that other reports share.

use super::values::{kind, regex};
use super::{FormatArg, Whose};
use crate::project::source::SourceKind;
use clap::{Args, ValueHint};
use regex::Regex;
use std::path::PathBuf;

/// The passages of codes in their words, with who said them.
///
/// Which passages is said with --code, or with --query for more: `warm handoff AND NOT stepped care`, `A OR B`,
/// `A OVERLAPPING B`, `A INSIDE B`, `A CONTAINING B`, `A NEAR 2 B` (turns), `A FOLLOWED 1 B`, `A SAME TURN B`,
/// `Parent/**` for a code with those below it, `*` for all; what stands first is what is listed. Filters of one kind are
/// alternatives, those of different kinds all have to hold. A standard page has 1,800 characters, spaces counted; words
/// and characters are counted once, however many passages they lie in.
#[derive(Args, Debug)]
pub struct Extracts {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// The code: its name, or its path where several have the name: "Parent › Child" or "Parent/Child" (may be
    /// repeated: passages of any of them).
    #[arg(long, value_name = "NAME", required_unless_present = "query")]
    pub code: Vec<String>,
    /// Which passages, as an expression over codes.
    #[arg(long, value_name = "QUERY", conflicts_with = "code")]
    pub query: Option<String>,
    /// Those of the codes below them too.
    #[arg(long)]
    pub with_below: bool,
    // Whose codings.
    #[command(flatten)]
    pub whose: Whose,
    /// What tables count: the consensus where a case is reconciled, else the codings of whoever it was divided to.
    #[arg(long)]
    pub working: bool,
    // Of which cases, sources and people.
    #[command(flatten)]
    pub filters: FilterArgs,
    /// Print so many characters of their paragraph before and after them too.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=10_000))]
    pub context: Option<u32>,
    /// Only how many there are: passages, sources, cases, words, standard pages.
    #[arg(long)]
    pub count: bool,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
}

// What is asked of cases, sources, people and passages.
#[derive(Args, Clone, Debug, Default)]
pub struct FilterArgs {
    /// Only this case (may be repeated).
    #[arg(long = "case", value_name = "NAME", help_heading = "Filters")]
    pub cases: Vec<String>,
    /// Only cases of this kind: practice, expert, … (may be repeated).
    #[arg(long, value_name = "KIND", help_heading = "Filters")]
    pub case_kind: Vec<String>,
    /// Only cases of which an attribute says so: "Setting=rural", "Clinicians>=5", "Clinicians<=9", or "Setting" where
    /// it is known (may be repeated).
    #[arg(long = "where", value_name = "ATTRIBUTE=VALUE", help_heading = "Filters")]
    pub wheres: Vec<String>,
    /// Only sources of this kind: interview, field note, … (may be repeated).
    #[arg(long, value_name = "KIND", value_parser = kind, help_heading = "Filters")]
    pub kind: Vec<SourceKind>,
    /// Only what was collected in this wave (may be repeated).
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub wave: Vec<String>,
    /// Only where this participant speaks, or whoever stands under this label; `participants` for all who are no
    /// interviewers (may be repeated).
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub speaker: Vec<String>,
    /// Only where a participant of this role speaks (may be repeated).
    #[arg(long, value_name = "ROLE", help_heading = "Filters")]
    pub role: Vec<String>,
    /// Only what was coded for this round (may be repeated).
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub round: Vec<String>,
    /// Only what was laid in this cycle: after the codebook was frozen before it, up to its own freeze; `now` for what was
    /// laid after the last (may be repeated).
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub cycle: Vec<String>,
    /// Only what was laid up to the freeze of this cycle.
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub up_to_cycle: Option<String>,
    /// Only passages with these words, large and small letters alike (may be repeated: all of them).
    #[arg(long, value_name = "WORDS", help_heading = "Filters")]
    pub text: Vec<String>,
    /// Only passages with what this regular expression stands for.
    #[arg(long, value_name = "REGEX", value_parser = regex, help_heading = "Filters")]
    pub regex: Vec<Regex>,
    /// Only codings whose comment has these words.
    #[arg(long, value_name = "WORDS", help_heading = "Filters")]
    pub comment: Vec<String>,
}
