//! Beginning a project and taking texts into it.

use super::WhoArgs;
use super::values::{kind, layout, regex};
use crate::project::source::SourceKind;
use crate::text::turns::Layout;
use clap::{Args, ValueEnum, ValueHint};
use regex::Regex;
use std::path::PathBuf;

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
    pub(in crate::cli) const BACKWARDS: [Self; 3] = [Self::Reconciling, Self::Revealed, Self::Blind];

    /// Its name as typed.
    pub(in crate::cli) const fn name(self) -> &'static str {
        match self {
            Self::Blind => "blind",
            Self::Revealed => "revealed",
            Self::Reconciling => "reconciling",
            Self::Done => "done",
        }
    }

    /// The folder that it has for itself.
    pub(in crate::cli) const fn own_folder(self) -> &'static str {
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
