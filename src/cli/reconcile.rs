//! `emic reconcile`: the disagreements of a round, and the log of what was decided about them.

mod list;

use super::agreement::a_round;
use super::args::{FormatArg, LookArgs};
use super::failure::Failure;
use super::opening::{Desk, words};
use super::out;
use crate::agreement::ItemType;
use crate::findings::queue::{Order, kind_name};
use crate::report::documents::decisions;
use clap::builder::PossibleValue;
use clap::{Args, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

/// The disagreements of a round, and what was decided about them.
#[derive(Args, Debug)]
pub struct Reconcile {
    // What to do.
    #[command(subcommand)]
    pub command: ReconcileCommand,
}

/// What there is to do.
#[derive(Subcommand, Debug)]
pub enum ReconcileCommand {
    /// The disagreements, open and decided.
    List(ReconcileList),
    /// The log of decisions, as an appendix for a paper: who, when, what was seen, outcome, reason.
    Export(ReconcileExport),
}

/// The disagreements, open and decided.
#[derive(Args, Debug)]
pub struct ReconcileList {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// The round: its name; without it, the one revealed last.
    #[arg(long, value_name = "NAME")]
    pub round: Option<String>,
    /// In which order they are listed.
    #[arg(long, value_name = "ORDER", default_value = "tables")]
    pub order: Order,
    /// Only those with this code.
    #[arg(long, value_name = "NAME")]
    pub code: Option<String>,
    /// Only those of this case.
    #[arg(long, value_name = "NAME")]
    pub case: Option<String>,
    /// Only those of this kind.
    #[arg(long = "type", value_name = "TYPE", value_parser = kind)]
    pub kind: Option<ItemType>,
    /// Only those with a passage of this coder.
    #[arg(long, value_name = "INITIALS")]
    pub coder: Option<String>,
    /// Only those that are not decided.
    #[arg(long)]
    pub open: bool,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
}

/// The log of decisions, as an appendix for a paper.
#[derive(Args, Debug)]
pub struct ReconcileExport {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// The round: its name; without it, the one revealed last.
    #[arg(long, value_name = "NAME")]
    pub round: Option<String>,
    /// Leave the participants' words out.
    #[arg(long)]
    pub no_words: bool,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
}

impl ValueEnum for Order {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

fn kind(name: &str) -> Result<ItemType, String> {
    let plain = name.trim().to_lowercase().replace([' ', '-'], "_");
    ItemType::ALL.into_iter().find(|kind| kind_name(*kind) == plain).ok_or_else(|| {
        let names: Vec<&str> = ItemType::ALL.into_iter().map(kind_name).collect();
        format!("types are {}", names.join(", "))
    })
}

/// Prints what is asked for.
///
/// # Errors
/// A round that is not revealed, a name that means nothing.
pub(super) fn run(args: &Reconcile, look: &LookArgs) -> Result<(), Failure> {
    let (project, round, format) = match &args.command {
        ReconcileCommand::List(list) => (&list.project, &list.round, list.format.format),
        ReconcileCommand::Export(export) => (&export.project, &export.round, export.format.format),
    };
    let desk = Desk::open(project, Some("all"))?;
    desk.notes.iter().for_each(|note| out::note(note));
    let round = a_round(&desk.view(), round.as_deref())?;
    let table = match &args.command {
        ReconcileCommand::List(args) => list::table(&desk, round, args)?,
        ReconcileCommand::Export(args) => {
            let words = words(&desk);
            decisions::table(&desk.view(), round, &|at| if args.no_words { None } else { words(at) })?
        }
    };
    out::print_table(&table, format, look)
}
