//! What the terminal is asked before it is taken: whether its ground is dark or light, and which keys it tells apart.
//!
//! A terminal that does not answer in time might answer later, among the keys; so no more than one question goes to one
//! that did not answer the first.

use crate::screen::theme::Mode;
use std::io::{self, IsTerminal};
use std::time::Duration;
use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

/// What came of asking for the ground.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Ground {
    /// Dark or light, if it was told.
    pub mode: Option<Mode>,
}

impl Ground {
    /// Whether the terminal answers questions.
    #[must_use]
    pub const fn answered(self) -> bool {
        self.mode.is_some()
    }
}

/// Asks the terminal whether its ground is dark or light. Takes a few milliseconds where it answers, half a second where
/// it keeps silent (more over ssh), and nothing where there is no terminal or `TERM` is `dumb`. To be called before the
/// terminal is taken and while nothing reads from it.
#[must_use]
pub fn ask_ground(var: impl Fn(&str) -> Option<String>) -> Ground {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() || var("TERM").is_none_or(|term| term == "dumb") {
        return Ground::default();
    }
    let far = var("SSH_CONNECTION").is_some() || var("SSH_TTY").is_some();
    let mut options = QueryOptions::default();
    options.timeout = Duration::from_millis(if far { 1500 } else { 500 });
    let mode = theme_mode(options).ok().map(|mode| match mode {
        ThemeMode::Dark => Mode::Dark,
        ThemeMode::Light => Mode::Light,
    });
    Ground { mode }
}

/// Asks a terminal that answers questions whether it tells keys apart that others send as the same bytes.
pub(super) fn tells_keys_apart() -> bool {
    crossterm::terminal::supports_keyboard_enhancement().unwrap_or(false)
}
