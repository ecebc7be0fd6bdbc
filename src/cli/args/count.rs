//! The options of `emic count`.

use super::{FormatArg, WhoArgs};
use crate::findings::presence::By;
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

/// How many of how many: saved tables, or expressions over codes, attributes and rows.
///
/// Without --table or --expr, all saved tables. An expression is a code by name or path (in quotes where its name has commas
/// or brackets), `Parent/**` with those below it, `[Setting = Rural]`, `[Specialists >= 1]`, `[Setting known]`,
/// `row "Any screening"`, and any(…), all(…), none(…), at least 2 of (…) of these.
#[derive(Args, Debug)]
pub struct Count {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// A saved table (may be repeated).
    #[arg(long, value_name = "NAME")]
    pub table: Vec<String>,
    /// What is counted, as an expression (may be repeated: a line each).
    #[arg(long, value_name = "EXPRESSION", conflicts_with = "table")]
    pub expr: Vec<String>,
    /// What percentages are of: a row by its name, or an expression.
    #[arg(long, value_name = "EXPRESSION")]
    pub of: Option<String>,
    /// Only those of which this holds.
    #[arg(long = "where", value_name = "EXPRESSION")]
    pub only: Option<String>,
    /// The kind of case.
    #[arg(long)]
    pub kind: Option<String>,
    /// What is counted.
    #[arg(long, value_name = "WHAT")]
    pub count: Option<Counted>,
    /// The wave that is counted; all together without.
    #[arg(long)]
    pub wave: Option<String>,
    /// An earlier wave to put it beside.
    #[arg(long, value_name = "WAVE", requires = "wave")]
    pub beside: Option<String>,
    /// Whose codings make a code present.
    #[arg(long, value_name = "WHO", default_value = "working")]
    pub by: By,
    /// Name those that are counted.
    #[arg(long)]
    pub who: bool,
    /// Save the expressions as a table of this name.
    #[arg(long, value_name = "NAME", requires = "expr")]
    pub save: Option<String>,
    /// List the saved tables.
    #[arg(long, conflicts_with_all = ["table", "expr", "define", "definitions"])]
    pub list: bool,
    /// Make rows and tables what this file says, as one step, or change nothing.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["table", "expr", "definitions"])]
    pub define: Option<PathBuf>,
    /// Print all rows and tables as a file that --define reads.
    #[arg(long, conflicts_with_all = ["table", "expr"])]
    pub definitions: bool,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
    // Who works or looks.
    #[command(flatten)]
    pub who_works: WhoArgs,
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Counted {
    /// Cases
    Cases,
    /// People who speak
    Participants,
    /// Sources
    Sources,
    /// How often it was said: passages, of no denominator
    Passages,
}

impl ValueEnum for By {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Working => {
                PossibleValue::new("working").help("The working set: the consensus, else who was to code it")
            }
            Self::Any => PossibleValue::new("any").help("Any coder's; only what several have coded"),
            Self::All => PossibleValue::new("all").help("All coders' alike; only what several have coded"),
            Self::Majority => {
                PossibleValue::new("majority").help("More than half of them; only what several have coded")
            }
        })
    }
}
