//! The modes of a terminal that the program turns on, and the bytes that turn them on and off again.
//!
//! Turning off undoes everything that might have been turned on, in the opposite order, so that it also serves where
//! turning on broke off half-way.

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste, EnableFocusChange,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::queue;
use crossterm::style::{Attribute, ResetColor, SetAttribute};
use crossterm::terminal::{EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};
use std::fmt;
use std::io;

/// Which modes are wanted, beside those that always are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Modes {
    /// Presses, drags and the wheel of the mouse come to the program.
    pub mouse: bool,
    /// Keys that others would send as the same bytes are told apart, in terminals that were asked whether they can.
    pub keyboard: bool,
}

/// Presses, drags and the wheel, in numbers of any size. Unlike crossterm's own command this leaves out mere moves, which
/// nothing here needs and which would cross a slow line by the hundred.
struct TakeMouse;

impl crossterm::Command for TakeMouse {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[?1000h\x1b[?1002h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        crossterm::Command::execute_winapi(&crossterm::event::EnableMouseCapture)
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}

/// The bytes that turn `modes` on. The keyboard comes last: terminals keep its flags apart for each of their screens.
///
/// # Errors
/// None into a vector.
pub fn on(modes: Modes, out: &mut Vec<u8>) -> io::Result<()> {
    queue!(out, EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange)?;
    mouse(modes.mouse, out)?;
    if modes.keyboard {
        queue!(out, PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES))?;
    }
    Ok(())
}

/// The bytes that turn everything off.
///
/// # Errors
/// None into a vector.
pub fn off(modes: Modes, out: &mut Vec<u8>) -> io::Result<()> {
    queue!(out, EndSynchronizedUpdate)?;
    if modes.keyboard {
        queue!(out, PopKeyboardEnhancementFlags)?;
    }
    queue!(out, DisableMouseCapture, DisableFocusChange, DisableBracketedPaste)?;
    queue!(out, SetAttribute(Attribute::Reset), ResetColor, Show, LeaveAlternateScreen, Show)
}

/// The bytes that take the mouse or give it back.
///
/// # Errors
/// None into a vector.
pub fn mouse(wanted: bool, out: &mut Vec<u8>) -> io::Result<()> {
    if wanted { queue!(out, TakeMouse) } else { queue!(out, DisableMouseCapture) }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// The private modes that the bytes leave on or off, and how deep the keyboard's flags are stacked.
    fn state(bytes: &[u8]) -> (BTreeMap<String, bool>, i32) {
        let text = String::from_utf8(bytes.to_vec()).expect("text");
        let mut modes = BTreeMap::new();
        let mut depth = 0;
        for sequence in text.split("\x1b[").skip(1) {
            let (parameters, last) = sequence.split_at(sequence.len() - 1);
            match (parameters.chars().next(), last) {
                (Some('?'), "h" | "l") => drop(modes.insert(parameters[1..].to_owned(), last == "h")),
                (Some('>'), "u") => depth += 1,
                (Some('<'), "u") => depth -= 1,
                _ => {}
            }
        }
        (modes, depth)
    }

    #[test]
    fn whatever_is_turned_on_is_turned_off_again() {
        for modes in [(false, false), (false, true), (true, false), (true, true)] {
            let modes = Modes { mouse: modes.0, keyboard: modes.1 };
            let mut bytes = Vec::new();
            on(modes, &mut bytes).expect("written");
            let (set, depth) = state(&bytes);
            assert_eq!(set.get("1002").copied().unwrap_or(false), modes.mouse);
            assert!(!set.get("1003").copied().unwrap_or(false), "mere moves are not asked for");
            assert!(set["1049"] && set["2004"] && set["1004"]);
            assert_eq!(depth, i32::from(modes.keyboard));
            off(modes, &mut bytes).expect("written");
            let (set, depth) = state(&bytes);
            let on: Vec<_> = set.iter().filter(|(_, on)| **on).map(|(mode, _)| mode.as_str()).collect();
            assert_eq!(on, ["25"], "only the cursor is left on");
            assert_eq!(depth, 0);
        }
    }
}
