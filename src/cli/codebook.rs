//! `emic codebook`: the codebook as a document or table, the cycles it went through, what changed, the themes over it.

use super::args::{FormatArg, LookArgs, WhoArgs};
use super::failure::{Failure, failed};
use super::opening::{Desk, with_sheaf};
use super::round::{carry_out, looked_at};
use super::{names, out};
use crate::findings::cycles::{Moment, difference, table};
use crate::project::edit::{CycleEdit, Edit};
use crate::project::id::{CycleId, Mint, ThemeId};
use crate::project::view::View;
use crate::report::documents::{codebook, cycles, themes};
use crate::report::tables::Format;
use crate::session::SystemMint;
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum, ValueHint};
use jiff::tz::TimeZone;
use std::path::PathBuf;

/// The codebook as it is and as it grew.
///
/// Every code with its wording, an example and what it rests on, as tables count: passages, sources, cases. `--as document`
/// tells all wordings with their reasons too: with `--format md` (or table) as a text, with csv and json as a row a wording.
/// `--freeze` keeps the codebook as it stands, by name; `--cycles` lists what was frozen, `--diff` tells what became of it.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("what").args(["written", "diff", "cycles", "freeze", "themes"]))]
pub struct Codebook {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// How much is told: a row a code, or everything.
    #[arg(long = "as", value_name = "FORM")]
    pub written: Option<Form>,
    /// What became of it from one cycle to another, or to now: their names.
    #[arg(long, value_names = ["CYCLE", "CYCLE"], num_args = 1..=2)]
    pub diff: Option<Vec<String>>,
    /// The cycles, oldest first.
    #[arg(long)]
    pub cycles: bool,
    /// The themes with what they hold.
    #[arg(long)]
    pub themes: bool,
    /// Freeze the codebook as it stands, as a cycle of this name.
    #[arg(long, value_name = "NAME")]
    pub freeze: Option<String>,
    /// What the cycle was for.
    #[arg(long, value_name = "WORDS", requires = "freeze")]
    pub note: Option<String>,
    /// Its organising construct: the name of its top theme.
    #[arg(long, value_name = "THEME", requires = "freeze")]
    pub top: Option<String>,
    /// As this coder may see it: initials, or `all`; without it, as everybody may. Of `--freeze`, who freezes.
    #[arg(long, value_name = "INITIALS")]
    pub coder: Option<String>,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
}

/// How much is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A row a code.
    Table,
    /// Everything, code by code.
    Document,
}

impl ValueEnum for Form {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Table, Self::Document]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Table => PossibleValue::new("table").help("A row a code"),
            Self::Document => PossibleValue::new("document").help("Everything, with all wordings and their reasons"),
        })
    }
}

/// Prints what is asked for, or freezes the codebook.
///
/// # Errors
/// A name that means nothing, or is taken.
pub(super) fn run(args: &Codebook, look: &LookArgs) -> Result<(), Failure> {
    if let Some(name) = &args.freeze {
        return freeze(args, name);
    }
    let desk = Desk::open(&args.project, Some(args.coder.as_deref().unwrap_or("all")))?;
    desk.notes.iter().for_each(|note| out::note(note));
    let view = desk.view();
    let format = args.format.format;
    if let Some(names) = &args.diff {
        let (a, b) = between(&view, names)?;
        return out::print_table(&table(&view, &difference(&view, &a, &b), &TimeZone::UTC), format, look);
    }
    with_sheaf(&desk, |sheaf| {
        let table = match (args.cycles, args.themes, args.written, format) {
            (true, ..) => cycles::table(sheaf),
            (_, true, ..) => themes::table(sheaf),
            (.., Some(Form::Document), Format::Md | Format::Table) => return out::say(&codebook::document(sheaf)),
            (.., Some(Form::Document), _) => codebook::wordings(sheaf),
            _ => codebook::table(sheaf, format == Format::Table),
        };
        out::print_table(&table, format, look)
    })
}

/// The two moments that names mean: of one name, the cycle and now.
fn between(view: &View<'_>, names: &[String]) -> Result<(Moment, Moment), Failure> {
    let moment = |name: &String| cycle(view, name);
    match names {
        [a, b] => Ok((moment(a)?, moment(b)?)),
        [a] => Ok((moment(a)?, Moment::now(view))),
        _ => Err(Failure::Usage("--diff takes one cycle or two".into())),
    }
}

/// The cycle that `name` means; `now` is the codebook as it stands.
fn cycle(view: &View<'_>, name: &str) -> Result<Moment, Failure> {
    let found = names::cycle(view, name)?.and_then(|id| view.cycle(id));
    Ok(found.map_or_else(|| Moment::now(view), |cycle| Moment::of(cycle)))
}

fn freeze(args: &Codebook, name: &str) -> Result<(), Failure> {
    let who = WhoArgs { coder: args.coder.clone(), join: false };
    let desk = looked_at(&args.project, &who)?;
    let view = desk.view();
    let top = args.top.as_deref().map(|top| theme(&view, top)).transpose()?;
    let id = CycleId(SystemMint::default().id());
    let note = args.note.clone().unwrap_or_default();
    let edit = Edit::Cycles(CycleEdit::Freeze { id, name: name.to_owned(), note, top });
    let study = carry_out(&args.project, &who, &desk, &edit)?;
    let view = study.view();
    let Some(cycle) = view.cycle(id) else { return failed("the codebook was not frozen") };
    let codes = out::counted(cycle.codes.len(), "code", "codes");
    let blind = cycle.codes.iter().filter(|code| view.pinned_in(code.code).is_some()).count();
    let blind = match blind {
        0 => String::new(),
        n => format!(" Passages of {} in a blind round were not counted.", out::counted(n, "code", "codes")),
    };
    out::say(&format!("The codebook is frozen as “{}”: {codes}.{blind}", cycle.name))
}

/// The theme that `name` means.
fn theme(view: &View<'_>, name: &str) -> Result<ThemeId, Failure> {
    let themes = view.themes();
    let wanted = name.trim().to_lowercase();
    if let Some(found) = themes.iter().find(|theme| theme.name.to_lowercase() == wanted) {
        return Ok(found.id);
    }
    let known: Vec<String> = themes.iter().map(|theme| format!("“{}”", theme.name)).collect();
    let known = if known.is_empty() { "it has none yet".to_owned() } else { format!("there is {}", known.join(", ")) };
    failed(format!("there is no theme “{name}” in this project; {known}"))
}
