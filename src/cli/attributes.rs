//! `emic attributes`: what is known of cases and participants: printed, typed, taken in from a table; and how cases spread
//! over two attributes.

mod intake;
mod set;

use super::args::{FormatArg, LookArgs, WhoArgs};
use super::failure::{Failure, failed};
use super::opening::Desk;
use super::{names, out};
use crate::findings::grid::{Head, grid};
use crate::findings::sampling::sampling;
use crate::project::case::Bearer;
use crate::project::view::View;
use crate::report::grids::table;
use crate::report::tables::Format;
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

/// What is known of cases and participants.
///
/// Prints a table, a row each. With --import, a table (CSV or XLSX) is taken in, its rows matched by name: an attribute a
/// column, with open answers as sources of their cases; what is new, changed, unmatched or refused is printed. Of XLSX the
/// values are taken that formulas had when the file was saved; a formula in CSV has none and is refused. All is taken in as
/// one step, or nothing.
#[derive(Args, Debug)]
pub struct Attributes {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// Whose attributes.
    #[arg(long, value_name = "WHOSE", default_value = "cases")]
    pub of: Of,
    /// Only this wave; without it, all. With --import and --set, the wave in which values hold.
    #[arg(long, value_name = "NAME")]
    pub wave: Option<String>,
    /// A table to take in: .csv or .xlsx, its first row the names of the columns.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub import: Option<PathBuf>,
    /// The column of the table that names cases or participants; without it, the first.
    #[arg(long, value_name = "COLUMN", requires = "import")]
    pub name_column: Option<String>,
    /// A column of open answers, which become sources of their cases (may be repeated).
    #[arg(long, value_name = "COLUMN", requires = "import")]
    pub answers: Vec<String>,
    /// Rows whose case is not in the project become new cases; without it they are left out, and told.
    #[arg(long, requires = "import")]
    pub add_cases: bool,
    /// With --import: leave out the rows that name nobody, also where they are most of a large table
    #[arg(long, requires = "import", conflicts_with = "add_cases")]
    pub leave_unmatched: bool,
    /// The table has several rows a case, each a participant of it, named in this column; who is not known is added.
    #[arg(long, value_name = "COLUMN", requires = "import")]
    pub participants: Option<String>,
    /// Only print what would be taken in.
    #[arg(long, requires = "import")]
    pub dry_run: bool,
    /// Say what an attribute is of one of them; an empty value takes it back.
    #[arg(long, num_args = 3, value_names = ["NAME", "ATTRIBUTE", "VALUE"], conflicts_with_all = ["import", "across"])]
    pub set: Vec<String>,
    /// How cases spread over this attribute and that of --by, with their names.
    #[arg(long, value_name = "ATTRIBUTE", requires = "by", conflicts_with = "import")]
    pub across: Option<String>,
    /// The other attribute.
    #[arg(long, value_name = "ATTRIBUTE", requires = "across")]
    pub by: Option<String>,
    // Who works.
    #[command(flatten)]
    pub who: WhoArgs,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
}

/// Whose attributes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Of {
    /// Those of cases
    Cases,
    /// Those of participants
    Participants,
}

impl Of {
    const fn bearer(self) -> Bearer {
        match self {
            Self::Cases => Bearer::Case,
            Self::Participants => Bearer::Participant,
        }
    }
}

pub(super) fn run(args: &Attributes, look: &LookArgs) -> Result<(), Failure> {
    if let Some(file) = &args.import {
        return intake::run(args, file, look);
    }
    if let [name, attribute, value] = args.set.as_slice() {
        return set::run(args, name, attribute, value);
    }
    let desk = Desk::open(&args.project, Some(args.who.coder.as_deref().unwrap_or("all")))?;
    desk.notes.iter().for_each(|note| out::note(note));
    let view = desk.view();
    let wave = args.wave.as_deref().map(|wave| names::wave(&view, wave)).transpose()?;
    let in_wave = wave.and_then(|wave| view.wave(wave)).map_or(String::new(), |wave| format!(", {}", wave.name));
    let format = args.format.format;
    if let (Some(across), Some(by)) = (&args.across, &args.by) {
        if args.of == Of::Participants {
            return Err(Failure::Usage("--across and --by spread cases; leave --of participants out".into()));
        }
        let (across, by) = (names::attribute(&view, across)?, names::attribute(&view, by)?);
        let found = sampling(&view, across, by, wave).map_err(Failure::Failed)?;
        let [a, b] = &found.names;
        let several = if found.several { "; a case with several values stands in several cells" } else { "" };
        let table = found.table(&view, &format!("Cases by {a} and {b}{in_wave}{several}"));
        return out::print_table(&table, format, look);
    }
    let grid = grid(&view, args.of.bearer(), wave);
    let rows = match args.of {
        Of::Cases => out::counted(grid.rows.len(), "case", "cases"),
        Of::Participants => out::counted(grid.rows.len(), "participant", "participants"),
    };
    if grid.rows.is_empty() && format == Format::Table {
        return out::say(&format!("There are no {} yet.", if args.of == Of::Cases { "cases" } else { "participants" }));
    }
    let attributes = grid.columns.iter().filter(|column| matches!(column.head, Head::Attribute(..))).count();
    let title = format!("{rows}, {}{in_wave}", out::counted(attributes, "column", "columns"));
    out::print_table(&table(&view, &grid, title), format, look)
}

/// The case or participant of this name.
fn whose(view: &View<'_>, of: Of, name: &str) -> Result<crate::project::id::Id, Failure> {
    match of {
        Of::Cases => names::case(view, name).map(|id| id.0),
        Of::Participants => names::participant(view, name).map(|id| id.0),
    }
}

/// Fails if nothing can be written.
fn writable(read_only: Option<String>) -> Result<(), Failure> {
    match read_only {
        Some(why) => failed(format!("nothing was changed: {why}")),
        None => Ok(()),
    }
}
