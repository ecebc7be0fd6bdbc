//! The whole tree of commands and options, as help, completions and the man page show it.

mod count;
mod extracts;
mod matrix;
mod memos;
mod rounds;
mod values;
mod words;

use super::agreement::Agreement;
use super::attributes::Attributes;
use super::codebook::Codebook;
use super::reconcile::Reconcile;
use super::report::Report;
use crate::project::memo::MemoKind;
use crate::project::source::SourceKind;
use crate::report::memos::Signing;
use crate::report::tables::Format;
use crate::screen::config::Wishes;
use crate::screen::key::{Key, parse_keys};
use crate::screen::theme::When;
use crate::text::turns::Layout;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
pub use count::{Count, Counted as CountOf};
pub use extracts::{Extracts, FilterArgs};
use jiff::Timestamp;
pub use matrix::Matrix;
use regex::Regex;
pub use rounds::{
    ImportCodings, Round, RoundAllocate, RoundCase, RoundCommand, RoundList, RoundNew, RoundPart, RoundPropose,
    RoundReveal, RoundShow,
};
use std::path::PathBuf;
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

/// Write the sample study to a folder and open it.
///
/// An existing demo is opened as it is. Thirty practices, coded by two people who double-coded five of them, one of the five
/// with a third: `--stage` shows it as it stood while they were blind to each other, when they had just seen each other's
/// codings, half-way through their disagreements, or when all was done.
#[derive(Args, Debug)]
pub struct Demo {
    /// The folder; without it, one in your data folder, for each stage its own.
    #[arg(value_hint = ValueHint::DirPath)]
    pub dir: Option<PathBuf>,
    /// The moment it is shown at; without it, when all was done.
    #[arg(long)]
    pub stage: Option<Stage>,
    /// Whose eyes it is seen with: PB or DC, who coded it, or EW, who coded one practice and was asked about
    /// others; without it, PB's.
    #[arg(long, value_name = "INITIALS")]
    pub coder: Option<String>,
    /// Only write it.
    #[arg(long)]
    pub no_open: bool,
    /// Write another beside one that is there already.
    #[arg(long)]
    pub fresh: bool,
}

/// A moment of the sample study.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, ValueEnum)]
pub enum Stage {
    /// Two coders code five practices, neither sees what the other has
    Blind,
    /// Both have finished; nothing is decided
    Revealed,
    /// About half of the disagreements are decided
    Reconciling,
    /// Everything is decided, the other practices are coded
    Done,
}

impl Stage {
    /// Those before the end, the latest first.
    pub(super) const BACKWARDS: [Self; 3] = [Self::Reconciling, Self::Revealed, Self::Blind];

    /// Its name as typed.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Blind => "blind",
            Self::Revealed => "revealed",
            Self::Reconciling => "reconciling",
            Self::Done => "done",
        }
    }

    /// The folder that it has for itself.
    pub(super) const fn own_folder(self) -> &'static str {
        match self {
            Self::Blind => "demo-blind",
            Self::Revealed => "demo-revealed",
            Self::Reconciling => "demo-reconciling",
            Self::Done => "demo",
        }
    }
}

/// Make a new project in an empty or absent folder.
#[derive(Args, Debug)]
pub struct New {
    /// The folder.
    #[arg(value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    /// The title of the study.
    #[arg(long)]
    pub title: String,
    /// Initials of its first coder: 1 to 8 letters and digits.
    #[arg(long, value_name = "INITIALS")]
    pub coder: String,
    /// Their name.
    #[arg(long, default_value = "")]
    pub name: String,
}

/// Take transcripts and other texts into a project.
///
/// Plain texts (.txt, .md) in any usual encoding; of a folder, all in it. Speakers and time stamps are recognised, and what
/// was recognised is printed; the words are never changed. All files are taken in, as one step, or none.
#[derive(Args, Debug)]
pub struct Import {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// Files, or folders of files.
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub files: Vec<PathBuf>,
    /// The case they belong to; a new one is added.
    #[arg(long, value_name = "NAME", conflicts_with = "case_from")]
    pub case: Option<String>,
    /// What finds the case in the name of each file: a regular expression, its group `case` or its first group.
    #[arg(long, value_name = "REGEX", value_parser = regex)]
    pub case_from: Option<Regex>,
    /// What kind of text they are: interview, focus group, field note, site-visitor note, meeting, survey answer, other.
    #[arg(long, value_parser = kind)]
    pub kind: Option<SourceKind>,
    /// Only print what would be taken in.
    #[arg(long)]
    pub dry_run: bool,
    // Who works.
    #[command(flatten)]
    pub who: WhoArgs,
    /// There are no speakers: notes, a document.
    #[arg(long, conflicts_with_all = ["layout", "interviewer"])]
    pub no_speakers: bool,
    /// How they say who speaks, where that is recognised wrongly: "name and colon", …
    #[arg(long, value_name = "NAME", value_parser = layout)]
    pub layout: Option<Layout>,
    /// A label whose turns are an interviewer's (may be repeated).
    #[arg(long, value_name = "LABEL")]
    pub interviewer: Vec<String>,
    /// How they are encoded, where that is guessed wrongly: utf-8, windows-1252, utf-16le, …
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Take in texts that are in the project already once more.
    #[arg(long)]
    pub again: bool,
    /// Read files over 64 MB without being asked again.
    #[arg(long)]
    pub yes: bool,
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

/// Play keys into the program without a terminal and print the last screen.
///
/// A character each, special keys by name: <Enter> <Esc> <Tab> <C-r> <S-Right> <F2> <lt>. The program waits after each until
/// nothing is under way. It works on a copy unless --write is given, with the settings that are built in.
#[derive(Args, Debug)]
pub struct Screen {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// The keys.
    #[arg(long, value_parser = keys, allow_hyphen_values = true, default_value = "", hide_default_value = true)]
    pub keys: Keys,
    /// The size of the screen in cells.
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size, default_value = "120x40")]
    pub size: Size,
    /// How the last screen is printed.
    #[arg(long, default_value = "text")]
    pub format: ScreenFormat,
    /// The time that the program takes it to be, as 2026-11-22T10:04:10Z; without it, the time it is.
    #[arg(long, value_name = "TIME")]
    pub at: Option<Timestamp>,
    /// What ids and other random numbers follow from.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// A file to which each step is added, a line each, at the moment it is safe on disk.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub acks: Option<PathBuf>,
    /// Work on the project itself, not on a copy.
    #[arg(long)]
    pub write: bool,
    // Who works.
    #[command(flatten)]
    pub who: WhoArgs,
}

/// How a screen is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ScreenFormat {
    /// Its characters.
    Text,
    /// Its characters with the escape sequences of their colours.
    Ansi,
}

/// A script of keys.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Keys(pub Vec<Key>);

/// The size of a screen in cells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Size {
    /// Cells in a row.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

fn keys(script: &str) -> Result<Keys, String> {
    parse_keys(script).map(Keys).map_err(|bad| format!("{bad}; nothing was pressed"))
}

fn size(written: &str) -> Result<Size, String> {
    let wrong = || "a size is written 120x40, from 1x1 to 1000x500".to_owned();
    let (width, height) = written.split_once(['x', 'X', '×']).ok_or_else(wrong)?;
    let number = |part: &str, most: u16| part.parse().ok().filter(|n| (1..=most).contains(n)).ok_or_else(wrong);
    Ok(Size { width: number(width, 1000)?, height: number(height, 500)? })
}

fn kind(name: &str) -> Result<SourceKind, String> {
    let names: Vec<&str> = SourceKind::ALL.into_iter().map(SourceKind::name).collect();
    let short = match name.to_lowercase().as_str() {
        "survey" => Some(SourceKind::Survey),
        "note" => Some(SourceKind::FieldNote),
        _ => None,
    };
    SourceKind::named(name).or(short).ok_or_else(|| format!("kinds are {}", names.join(", ")))
}

fn layout(name: &str) -> Result<Layout, String> {
    let plain = |words: &str| words.to_lowercase().replace([' ', '-', '_', ','], "");
    // Two are told in other ways: by a pattern, by who takes turns.
    let found = Layout::all().find(|layout| plain(layout.name()) == plain(name));
    found.filter(|layout| *layout != Layout::Pattern).ok_or_else(|| {
        let known = Layout::all().filter(|layout| *layout != Layout::Pattern);
        let names: Vec<String> = known.map(|layout| format!("“{}”", layout.name())).collect();
        format!("layouts are {}", names.join(", "))
    })
}

fn regex(pattern: &str) -> Result<Regex, String> {
    Regex::new(pattern).map_err(|why| {
        let why = why.to_string();
        let last = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
        format!("that is no regular expression: {last}")
    })
}

fn memo_kind(name: &str) -> Result<MemoKind, String> {
    MemoKind::named(name)
        .ok_or_else(|| "it is one of analytic, methodological, theoretical, reflexive, definition, discuss".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_tree_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_size_is_two_numbers() {
        assert_eq!(size("80x24"), Ok(Size { width: 80, height: 24 }));
        for wrong in ["80", "0x24", "80x", "99999x40", "axb"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn kinds_and_layouts_are_found_by_name() {
        assert_eq!(kind("field-note"), Ok(SourceKind::FieldNote));
        assert_eq!(kind("survey"), Ok(SourceKind::Survey));
        assert!(kind("poem").is_err_and(|why| why.contains("focus group")));
        assert_eq!(layout("Name-and-colon"), Ok(Layout::Colon));
        assert!(layout("x").is_err());
    }
}
