//! The options of `emic round` and of `emic import-codings`.

use super::{FormatArg, WhoArgs, Whose};
use crate::project::round::Unit;
use clap::{ArgGroup, Args, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

/// Rounds of independent coding: open one, see where it stands, finish cases, divide the rest.
///
/// In a round two coders or more code the same cases blind to each other. Until all have finished, nothing in the program
/// shows one of them what another made for it: no screen, count, search, log or export. That holds in the program; the
/// files of the project lie readable on disk, and whoever opens them reads them.
#[derive(Args, Debug)]
pub struct Round {
    /// What to do.
    #[command(subcommand)]
    pub command: RoundCommand,
}

/// What there is to do with rounds.
#[derive(Subcommand, Debug)]
pub enum RoundCommand {
    /// Open a round: cases, codes and coders are fixed from then on.
    New(RoundNew),
    /// The rounds, and where each stands.
    List(RoundList),
    /// One round: who has finished what, its codes as they are pinned, its sources.
    Show(RoundShow),
    /// Say that you have finished a case; when all have finished all, the round is revealed.
    Finish(RoundCase),
    /// Take up a case again that you had finished.
    Reopen(RoundCase),
    /// Propose a wording of a code of a round, or a new code; only you see it until the reveal.
    Propose(RoundPropose),
    /// Divide the cases that remain after a round.
    Allocate(RoundAllocate),
    /// Reveal a round that all have finished, each in a copy of their own.
    Reveal(RoundReveal),
}

/// Open a round: cases, codes and coders are fixed from then on.
///
/// Blindness holds in the program, not against somebody who opens the files: the codings of all coders lie readable on disk.
/// Cases that come in lists are parted by commas; an option may be repeated instead.
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("which").required(true).args(["cases", "draw"])))]
#[command(group(ArgGroup::new("who codes").required(true).multiple(true).args(["coders", "pairs"])))]
pub struct RoundNew {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// What it is called, such as "Round 1".
    pub name: String,
    /// The cases, chosen by hand.
    #[arg(long, value_name = "CASES")]
    pub cases: Vec<String>,
    /// Draw so many at random, from the cases with sources that no round with one of these codes has had.
    #[arg(long, value_name = "N")]
    pub draw: Option<usize>,
    /// Draw only from cases of this kind: practice, …
    #[arg(long, value_name = "KIND", requires = "draw")]
    pub kind: Option<String>,
    /// Draw proportionally within the values of this attribute; cases without a value are drawn from as a group of their own.
    #[arg(long, value_name = "ATTRIBUTE", requires = "draw")]
    pub stratify: Option<String>,
    /// What the draw follows from; without it, a new number, which is printed.
    #[arg(long, value_name = "N", requires = "draw")]
    pub seed: Option<u64>,
    /// The codes: each with everything below it.
    #[arg(long, value_name = "CODES", required = true)]
    pub codes: Vec<String>,
    /// The codes named alone, without those below them.
    #[arg(long)]
    pub only: bool,
    /// Who codes each case, two or more.
    #[arg(long, value_name = "INITIALS")]
    pub coders: Vec<String>,
    /// Who codes which case, where that differs: "P02,P04: PB,DC; P05: PB,EW".
    #[arg(long, value_name = "PAIRS")]
    pub pairs: Vec<String>,
    /// Only within the passages of these codes of an earlier cycle, and of those below them; touching passages are joined.
    #[arg(long, value_name = "CODES")]
    pub within: Vec<String>,
    /// Whose passages these are; without it, everybody's.
    #[arg(long, value_name = "INITIALS", requires = "within", conflicts_with = "consensus")]
    pub of: Vec<String>,
    /// Only within the consensus of this round (of the codes of --within, if given).
    #[arg(long, value_name = "ROUND")]
    pub consensus: Option<String>,
    /// Interviewers' turns as well, not participants' alone.
    #[arg(long)]
    pub everyone: bool,
    /// What agreement is counted on first; without it, given passages where the round is within such, else turns.
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<RoundUnit>,
    /// The least share of a unit, in percent, that a code must cover to count as given to it; 0 is any overlap.
    #[arg(long, value_name = "PERCENT", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub least: u8,
    /// Count codes at this depth of the tree (1 is the top); without it, as they are applied.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub depth: Option<u32>,
    // Who works.
    #[command(flatten)]
    pub who: WhoArgs,
}

/// What agreement can be counted on first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum RoundUnit {
    /// A speaker's turn; a paragraph in a source without turns.
    Turn,
    /// A passage that was given to the coders.
    Given,
    /// A paragraph.
    Paragraph,
    /// A sentence.
    Sentence,
}

impl From<RoundUnit> for Unit {
    fn from(unit: RoundUnit) -> Self {
        match unit {
            RoundUnit::Turn => Self::Turn,
            RoundUnit::Given => Self::Given,
            RoundUnit::Paragraph => Self::Paragraph,
            RoundUnit::Sentence => Self::Sentence,
        }
    }
}

/// The rounds, and where each stands.
#[derive(Args, Debug)]
pub struct RoundList {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
}

/// One round: who has finished what, its codes as they are pinned, its sources.
///
/// Nothing of what was coded is shown. With --coder, the codes and wordings that this coder proposed stand with it.
#[derive(Args, Debug)]
pub struct RoundShow {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// The round.
    pub round: String,
    /// Only this part of it; without it, all (as CSV the standing).
    #[arg(long, value_name = "PART")]
    pub part: Option<RoundPart>,
    // Who looks.
    #[command(flatten)]
    pub whose: Whose,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
}

/// A part of what there is to say of a round.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum RoundPart {
    /// Who has not started, reads, or has finished which case.
    Standing,
    /// Its codes with their wordings.
    Codes,
    /// Its sources, and those its cases have had since.
    Sources,
}

/// A case of a round that you code.
#[derive(Args, Debug)]
pub struct RoundCase {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// The round.
    pub round: String,
    /// The case.
    pub case: String,
    // Who works.
    #[command(flatten)]
    pub who: WhoArgs,
}

/// Propose a wording of a code of a round, or a new code; only you see it until the reveal.
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("what").required(true).args(["code", "new"])))]
pub struct RoundPropose {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// The code that is to be worded otherwise. What is not said stays as it is.
    pub code: Option<String>,
    /// The name of a new code.
    #[arg(long, value_name = "NAME", requires = "under")]
    pub new: Option<String>,
    /// The code that the new one stands under.
    #[arg(long, value_name = "CODE", requires = "new")]
    pub under: Option<String>,
    /// What the code means.
    #[arg(long, value_name = "WORDS")]
    pub definition: Option<String>,
    /// When to use it.
    #[arg(long, value_name = "WORDS")]
    pub when: Option<String>,
    /// When not.
    #[arg(long, value_name = "WORDS")]
    pub when_not: Option<String>,
    /// A passage that shows it.
    #[arg(long, value_name = "WORDS")]
    pub example: Option<String>,
    /// Why.
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
    pub reason: String,
    // Who works.
    #[command(flatten)]
    pub who: WhoArgs,
}

/// Divide the cases that remain after a round.
///
/// Words in scope are balanced; with --spread each coder gets cases of all values of an attribute. Some cases can be kept
/// back to be coded blind by two, as a check for drift: they become a round of their own.
#[derive(Args, Debug)]
pub struct RoundAllocate {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// The round whose codes and scope they are coded with.
    pub round: String,
    /// Among whom.
    #[arg(long, value_name = "INITIALS", required = true)]
    pub coders: Vec<String>,
    /// The attribute over whose values each coder's cases are spread.
    #[arg(long, value_name = "ATTRIBUTE")]
    pub spread: Option<String>,
    /// How many cases are coded twice, as a check for drift.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub keep_back: usize,
    /// What chance follows from; without it, a new number, which is printed.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Only print how they would be divided.
    #[arg(long)]
    pub dry_run: bool,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
    // Who works.
    #[command(flatten)]
    pub who: WhoArgs,
}

/// Reveal a round that all have finished, each in a copy of their own.
#[derive(Args, Debug)]
pub struct RoundReveal {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// The round.
    pub round: String,
    // Who works.
    #[command(flatten)]
    pub who: WhoArgs,
}

/// Take in codings from a CSV file: columns source, coder, code, start, end and, if there is one, comment.
///
/// Start and end count the characters of the present text, from 0; end is the character after the last. A column case may
/// say whose source is meant. Each coder's codings go into that coder's own journal. If a row cannot be taken in, none is.
#[derive(Args, Debug)]
pub struct ImportCodings {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// The file, in UTF-8.
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Only say what would be taken in.
    #[arg(long)]
    pub dry_run: bool,
    // Who works.
    #[command(flatten)]
    pub who: WhoArgs,
}
