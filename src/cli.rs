//! The command line: one family of subcommands a file.
//!
//! Each command says what it did on standard output, or fails with one sentence on standard error: what, where, what to do.
//! Exit codes are 0 for done, 1 for failed, 2 for wrong usage. Reports open a project to look only; nothing on disk is made
//! or changed by them. Nothing here decides what an edit does or how a screen looks.

mod about;
mod agreement;
mod agreement_input;
mod args;
mod attributes;
mod begin;
mod check;
mod codebook;
mod codes;
mod count;
mod demo;
mod extracts;
mod failure;
mod framework;
mod import;
mod import_codings;
mod log;
mod matrix;
mod memos;
mod merge;
mod names;
mod opening;
mod out;
mod places;
mod play;
mod reconcile;
mod report;
mod round;
mod words;
mod work;

use args::{Cli, Command};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
pub use failure::Failure;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program with these arguments, the first of them its name. Says what went wrong on standard error.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let done = match Cli::try_parse_from(&args) {
        Ok(cli) => run(cli),
        // `emic codez my-study` is read as the project codez and a command that there is not. `emic round nwe` is not.
        Err(why) if why.kind() == ErrorKind::InvalidSubcommand && !work::begins_with_command(&args) => {
            Err(work::not_a_command(&args))
        }
        Err(why) => {
            // Help and version are errors of this kind as well; nobody can be told that nobody listens.
            let _printed = why.print();
            return ExitCode::from(u8::try_from(why.exit_code()).unwrap_or(2));
        }
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            if let Some(sentence) = failure.sentence() {
                out::complain(sentence);
            }
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Runs a command; gives the exit code where the screen ended otherwise than by being left.
fn run(cli: Cli) -> Result<u8, Failure> {
    let Cli { project, who, look, command } = cli;
    let Some(command) = command else {
        return work::last_or(project.as_deref(), &who, &look);
    };
    if project.is_some() || who.coder.is_some() || who.join {
        let why = "a project, --coder and --join stand after the command: emic codes PROJECT --coder PB";
        return Err(Failure::Usage(why.into()));
    }
    match command {
        Command::Demo(demo) => return demo::run(&demo, &look),
        Command::New(new) => begin::new(&new),
        Command::Import(import) => import::run(&import),
        Command::ImportCodings(import) => import_codings::run(&import),
        Command::Round(round) => round::run(&round, &look),
        Command::Codebook(codebook) => codebook::run(&codebook, &look),
        Command::Codes(codes) => codes::run(&codes, &look),
        Command::Extracts(extracts) => extracts::run(&extracts, &look),
        Command::Attributes(attributes) => attributes::run(&attributes, &look),
        Command::Words(words) => words::run(&words, &look),
        Command::Framework(framework) => framework::run(&framework, &look),
        Command::Count(count) => count::run(&count, &look),
        Command::Agreement(agreement) => agreement::run(&agreement, &look),
        Command::Reconcile(reconcile) => reconcile::run(&reconcile, &look),
        Command::Matrix(matrix) => matrix::run(&matrix, &look),
        Command::Memos(memos) => memos::run(&memos, &look),
        Command::Report(report) => report::run(&report),
        Command::Log(log) => log::run(&log, &look),
        Command::Check(check) => check::run(&check, &look),
        Command::Merge(merge) => merge::run(&merge),
        Command::Screen(screen) => play::run(&screen, &look),
        Command::Completions { shell } => about::completions(shell, Cli::command()),
        Command::Man => about::man(Cli::command()),
    }?;
    Ok(0)
}
