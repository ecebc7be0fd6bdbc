//! Playing keys without a terminal.

use super::WhoArgs;
use crate::screen::key::{Key, parse_keys};
use clap::{Args, ValueEnum, ValueHint};
use jiff::Timestamp;
use std::path::PathBuf;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_two_numbers() {
        assert_eq!(size("80x24"), Ok(Size { width: 80, height: 24 }));
        for wrong in ["80", "0x24", "80x", "99999x40", "axb"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
