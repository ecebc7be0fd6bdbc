//! `emic [PROJECT]`: opening a project on the screen.

use super::args::{Cli, LookArgs, WhoArgs};
use super::failure::{Failure, failed};
use super::opening::{Work, by_hand, work};
use super::{names, places};
use crate::screen::app::{App, Tone};
use crate::screen::config::{folder, tell_faults};
use crate::screen::terminal::{TerminalError, run};
use clap::CommandFactory;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::Path;

/// Opens `project`, or the one opened last.
pub(super) fn last_or(project: Option<&Path>, who: &WhoArgs, look: &LookArgs) -> Result<u8, Failure> {
    let Some(project) = project else {
        let Some(last) = places::last_opened() else {
            let begin = "`emic demo` opens a sample study, `emic new DIR --title T --coder INITIALS` begins your own";
            return failed(format!("no project was opened yet; {begin}"));
        };
        if !last.exists() {
            let last = names::shown(&last);
            return failed(format!("the project opened last, {last}, is no longer there; name another: emic PROJECT"));
        }
        return open(&last, who, look);
    };
    if let (false, Some(command)) = (project.exists(), meant(project)) {
        let typed = names::shown(project);
        return failed(format!(
            "there is no folder {typed}, and no command of that name; did you mean emic {command}?"
        ));
    }
    open(project, who, look)
}

/// Fails if there is no terminal to show anything on.
pub(super) fn need_terminal() -> Result<(), Failure> {
    for (is_there, name) in [(io::stdin().is_terminal(), "input"), (io::stdout().is_terminal(), "output")] {
        if !is_there {
            return Err(Failure::Usage(TerminalError::NoTerminal(name).to_string()));
        }
    }
    Ok(())
}

/// Opens a project on the screen; gives what the process is to exit with.
pub(super) fn open(project: &Path, who: &WhoArgs, look: &LookArgs) -> Result<u8, Failure> {
    // What cannot be shown is not touched.
    need_terminal()?;
    let Work { study, notes, read_only } = work(project, by_hand(who, true))?;
    places::remember_opened(project);
    let start = folder::start(&look.wishes(), places::var_with(look));
    let mut app = App::new(study, start.setup);
    app.mouse_on = start.mouse;
    let told: Vec<String> = read_only.map(|why| format!("open read-only: {why}")).into_iter().chain(notes).collect();
    if told.is_empty() {
        tell_faults(&mut app, &start.faults);
    } else {
        app.tell(Tone::Plain, told.join(" "));
    }
    match run(app, &start.terminal) {
        Ok(end) => Ok(end.exit_code()),
        Err(why @ TerminalError::NoTerminal(_)) => Err(Failure::Usage(why.to_string())),
        Err(why) => failed(why.to_string()),
    }
}

/// Whether the first word is a command.
pub(super) fn begins_with_command(args: &[OsString]) -> bool {
    let first = args.iter().skip(1).find(|word| !word.to_string_lossy().starts_with('-'));
    let commands = Cli::command();
    first.is_some_and(|first| commands.get_subcommands().any(|command| *first == *command.get_name()))
}

/// What is wrong with words of which the first is no command and the second none either.
pub(super) fn not_a_command(args: &[OsString]) -> Failure {
    let words = args.iter().skip(1).filter(|word| !word.to_string_lossy().starts_with('-'));
    let first = words.map(Path::new).next().unwrap_or(Path::new(""));
    let typed = names::shown(first);
    Failure::Usage(match meant(first) {
        _ if first.is_dir() => {
            format!("the command comes before the project: emic COMMAND {typed}; emic --help lists them")
        }
        Some(command) => format!("there is no command {typed}; did you mean emic {command}?"),
        None => format!("there is no command {typed}; emic --help lists them"),
    })
}

/// The command that a mistyped word may mean: one that has all but one or two of its letters in order.
fn meant(typed: &Path) -> Option<String> {
    let typed = typed.to_str()?.to_lowercase();
    let commands = Cli::command();
    let names = commands.get_subcommands().map(|command| command.get_name().to_owned());
    let distance = |name: &String| (distance(&typed, name), name.clone());
    names
        .map(|name| distance(&name))
        .filter(|(far, name)| *far <= 2 && *far < name.len() / 2)
        .min()
        .map(|(_, name)| name)
}

/// How many letters have to be typed otherwise to make one word of another.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_command_is_recognised() {
        assert_eq!(meant(Path::new("exracts")).as_deref(), Some("extracts"));
        assert_eq!(meant(Path::new("Codes ")).as_deref(), Some("codes"));
        assert_eq!(meant(Path::new("my-study")), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
