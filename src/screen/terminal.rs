//! The edge between the program and a real terminal: taking it, drawing on it, and giving it back on every way out.
//!
//! [`run`] is all that others need. Below it a [`Device`] is what the program asks of a terminal; the real one is as thin
//! as it can be, so that the order of things (what is turned on, what is undone, when the journal is waited for) is
//! tested with one that only writes down what it was asked. Nothing here knows what is drawn or what a key does.

mod clipboard;
mod device;
mod editor;
mod input;
mod memory;
mod modes;
mod probe;
mod program;
mod sheet;
#[cfg(unix)]
mod signals;
mod tty;

pub use device::{Device, Event, Signal};
pub use modes::Modes;
pub use probe::{Ground, ask_ground};
pub(super) use program::put_away;

use super::app::App;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

/// How the terminal is used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TerminalOptions {
    /// Whether the terminal answers questions, so that it may be asked whether it tells keys apart that others send as
    /// the same bytes.
    pub answers: bool,
    /// The folder in which is remembered how each study was left, if that is wanted.
    pub state: Option<PathBuf>,
    /// The words of the command that edits a text, or the sentence that says why there is none.
    pub editor: Result<Vec<String>, String>,
}

impl TerminalOptions {
    /// The options that the environment gives; `var` looks a variable up.
    #[must_use]
    pub fn from_env(var: impl Fn(&str) -> Option<String>) -> Self {
        Self { answers: false, state: None, editor: editor::command(var) }
    }
}

/// How the program ended. What was done is on disk either way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// The user left.
    Quit,
    /// The system ended it by the signal of this number.
    Signal(i32),
}

impl End {
    /// What the process should exit with: 0, or as shells have it 128 and the number of the signal.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Quit => 0,
            Self::Signal(number) => 128u8.wrapping_add(number as u8),
        }
    }
}

/// Why the program could not run, or had to end. The terminal is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// There is no terminal to draw on. Nothing was changed.
    #[error("Emic's screen needs a terminal, and its {0} is none; the other commands (emic --help) do without")]
    NoTerminal(&'static str),
    /// The terminal failed.
    #[error("the terminal could not be used any more ({0}); everything done before is saved")]
    Io(#[from] io::Error),
    /// Something done is not on disk.
    #[error("not everything is saved: {0}")]
    NotSaved(String),
    /// A fault of the program itself; it has been told on the way.
    #[error("after the fault the terminal was given back, and everything done before is saved")]
    Fault,
}

/// Runs the program on the terminal of this process until it ends.
///
/// The terminal is given back on every way out: return, error, panic, SIGTERM, SIGHUP; and while the program is stopped or
/// another runs on the terminal. On each of them what was done is on disk before this returns.
///
/// # Errors
/// If there is no terminal, if it fails, if something could not be saved, or if the program itself has a fault.
pub fn run(app: App, options: &TerminalOptions) -> Result<End, TerminalError> {
    if !io::stdin().is_terminal() {
        return Err(TerminalError::NoTerminal("input"));
    }
    if !io::stdout().is_terminal() {
        return Err(TerminalError::NoTerminal("output"));
    }
    // How many colours there are was decided when the styles were made. Left to itself, crossterm would with NO_COLOR
    // write a bare reset for each colour and so wipe out the underlines and reverses set just before.
    crossterm::style::force_color_output(true);
    let keyboard = options.answers && probe::tells_keys_apart();
    run_with(app, tty::Tty::new(), options, keyboard)
}

/// Runs the program on any device; `keyboard` says whether it tells keys apart that others send as the same bytes.
///
/// # Errors
/// As [`run`].
#[doc(hidden)]
pub fn run_with<D: Device>(
    app: App,
    device: D,
    options: &TerminalOptions,
    keyboard: bool,
) -> Result<End, TerminalError> {
    program::run(app, device, options, keyboard)
}
