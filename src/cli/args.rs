//! The whole tree of commands and options, as help, completions and the man page show it.

mod begin;
mod count;
mod extracts;
mod matrix;
mod memos;
mod rounds;
mod screen;
mod values;
mod words;

use super::agreement::Agreement;
use super::attributes::Attributes;
use super::codebook::Codebook;
use super::reconcile::Reconcile;
use super::report::Report;
use crate::project::memo::MemoKind;
use crate::report::memos::Signing;
use crate::report::tables::Format;
use crate::screen::config::Wishes;
use crate::screen::theme::When;
pub use begin::{Demo, Import, New, Stage};
use clap::{Args, Parser, Subcommand, ValueHint};
pub use count::{Count, Counted as CountOf};
pub use extracts::{Extracts, FilterArgs};
pub use matrix::Matrix;
pub use rounds::{
    ImportCodings, Round, RoundAllocate, RoundCase, RoundCommand, RoundList, RoundNew, RoundPart, RoundPropose,
    RoundReveal, RoundShow,
};
pub use screen::{Screen, ScreenFormat};
use std::path::PathBuf;
use values::memo_kind;
pub use words::{Beyond, CaseOrder, Framework, Words};

/// Code interviews in the terminal: read, highlight, code, compare, count.
///
/// Without a command, PROJECT is opened on the screen; without PROJECT, the one that was opened last. To begin, try
/// `emic demo`.
#[derive(Parser, Debug)]
#[command(name = "emic", version, max_term_width = 100, subcommand_value_name = "COMMAND")]
pub struct Cli {
    /// The folder of a project to open on the screen; without it, the one opened last.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: Option<PathBuf>,
    // Who codes.
    #[command(flatten)]
    pub who: WhoArgs,
    // How the screen looks.
    #[command(flatten)]
    pub look: LookArgs,
    // What else to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

// Who works.
#[derive(Args, Clone, Debug, Default)]
pub struct WhoArgs {
    /// Initials of the coder who works; without it, who worked here last, or the only one there is.
    #[arg(long, value_name = "INITIALS")]
    pub coder: Option<String>,
    /// Begin as a new coder of these initials.
    #[arg(long, requires = "coder")]
    pub join: bool,
}

// How the screen looks.
#[derive(Args, Clone, Debug, Default)]
pub struct LookArgs {
    /// Whether there are colours.
    #[arg(long, global = true, hide_short_help = true, value_name = "WHEN", help_heading = "The screen")]
    pub color: Option<When>,
    /// Use only signs that every terminal has.
    #[arg(long, global = true, hide_short_help = true, help_heading = "The screen")]
    pub ascii: bool,
    /// The theme, such as emic-dark, emic-light or high-contrast.
    #[arg(long, global = true, hide_short_help = true, value_name = "NAME", help_heading = "The screen")]
    pub theme: Option<String>,
    /// Ask the terminal nothing at the start.
    #[arg(long, global = true, hide_short_help = true, help_heading = "The screen")]
    pub no_probe: bool,
    /// The folder of your settings, keys and themes.
    #[arg(long, global = true, hide_short_help = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    #[arg(help_heading = "The screen")]
    pub config_dir: Option<PathBuf>,
}

impl LookArgs {
    /// What the screen is wished to be.
    #[must_use]
    pub fn wishes(&self) -> Wishes {
        Wishes { theme: self.theme.clone(), colours: self.color, ascii: self.ascii, no_probe: self.no_probe }
    }
}

/// What else there is to do.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Write the sample study to a folder and open it.
    Demo(Demo),
    /// Make a new project in an empty or absent folder.
    New(New),
    /// Take transcripts and other texts into a project.
    Import(Import),
    /// Take in codings from a CSV file.
    ImportCodings(ImportCodings),
    /// Rounds of independent coding: open one, see where it stands, finish cases, divide the rest.
    Round(Round),
    /// The codebook as it is and as it grew: a document, cycles and what changed between them, themes.
    Codebook(Codebook),
    /// The codebook with its counts.
    Codes(Codes),
    /// The passages of codes in their words, with who said them.
    Extracts(Extracts),
    /// What is known of cases and participants; a table of it is taken in.
    Attributes(Attributes),
    /// How often words are said, and each place where one is said.
    Words(Words),
    /// What was made of each case under each theme or code.
    Framework(Framework),
    /// How many of how many: saved tables, or expressions over codes, attributes and rows.
    Count(Count),
    /// How far coders agree.
    Agreement(Agreement),
    /// The disagreements of a round, and what was decided about them.
    Reconcile(Reconcile),
    /// Cases, codes, values or roles put against codes, and counted.
    Matrix(Matrix),
    /// The memos.
    Memos(Memos),
    /// What the study hands in, as files: codebook, cycles, themes, audit trail, methods, decisions, checklists.
    Report(Report),
    /// What was done, by whom and when.
    Log(Log),
    /// Whether everything in a project is as it should be.
    Check(Check),
    /// Take what another copy of a project has into this one.
    Merge(Merge),
    /// Play keys into the program without a terminal and print the last screen.
    Screen(Screen),
    /// Completions for a shell, to be sourced by it.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// The manual page, for `emic man | man -l -`.
    Man,
}
// How a report is written.
#[derive(Args, Clone, Copy, Debug)]
pub struct FormatArg {
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: Format,
}

// Whose work is reported.
#[derive(Args, Clone, Debug, Default)]
pub struct Whose {
    /// Whose codings: initials, or `all` for everybody's; without it, those of the only coder.
    #[arg(long, value_name = "INITIALS")]
    pub coder: Option<String>,
}

/// The codebook with its counts.
#[derive(Args, Debug)]
pub struct Codes {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    // What else there is to say of them.
    #[command(flatten)]
    pub beyond: Beyond,
    // Whose codings are counted.
    #[command(flatten)]
    pub whose: Whose,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
}

/// The memos: listed, found, written out as a document.
///
/// Shared memos and the coder's own; with `--coder all` the shared ones. A coder's own memos are never exported.
#[derive(Args, Debug)]
pub struct Memos {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// Only this kind: analytic, methodological, theoretical, reflexive, definition, discuss.
    #[arg(long, value_name = "KIND", value_parser = memo_kind)]
    pub kind: Option<MemoKind>,
    /// Only those about this, or linking to it: `study`, or the name of a code, case, source or theme; where several have
    /// the name, with what it is before it: "code:Access".
    #[arg(long, value_name = "NAME")]
    pub about: Option<String>,
    /// Only those of this coder: initials.
    #[arg(long, value_name = "INITIALS")]
    pub by: Option<String>,
    /// Only those with all of these words, in the memo or in what it quotes.
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    /// Only those with a quotation whose coding has changed since.
    #[arg(long)]
    pub marked: bool,
    /// Write them to a file that ends in .md, .html or .docx, or each to a file of its own in this folder. Nothing that is
    /// there is written over.
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub export: Option<PathBuf>,
    /// How speakers are signed in what is written.
    #[arg(long, value_name = "HOW", default_value = "quoted", requires = "export")]
    pub sign: Signing,
    // Who reads them.
    #[command(flatten)]
    pub whose: Whose,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
}

/// What was done, by whom and when.
#[derive(Args, Debug)]
pub struct Log {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// As this coder may see it: initials; without it, as nobody in particular. What was made for a blind round is named
    /// to its maker only.
    #[arg(long, value_name = "INITIALS")]
    pub coder: Option<String>,
    /// Only the last so many steps.
    #[arg(long, value_name = "N")]
    pub last: Option<usize>,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
}

/// Whether everything in a project is as it should be.
///
/// Exits with 1 if anything is damaged.
#[derive(Args, Debug)]
pub struct Check {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
}

/// Take what another copy of a project has into this one.
///
/// For copies that went by mail; those that went by git are joined by git. Doing it again changes nothing.
#[derive(Args, Debug)]
pub struct Merge {
    /// The folder that takes in.
    #[arg(value_hint = ValueHint::DirPath)]
    pub into: PathBuf,
    /// The folder that is read; it is not changed.
    #[arg(value_hint = ValueHint::DirPath)]
    pub from: PathBuf,
}
#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_tree_is_sound() {
        Cli::command().debug_assert();
    }
}
