//! What the program needs of a terminal, as a trait, so that everything but the last step to the real one is tested.

use super::modes::Modes;
use crossterm::event::{self, KeyEvent, KeyEventKind, MouseEvent, MouseEventKind};
use std::io;
use std::process::{Command, ExitStatus};
use std::sync::mpsc::Sender;

/// Something that happened outside the program.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed, or repeats.
    Key(KeyEvent),
    /// The mouse did something.
    Mouse(MouseEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size: columns and rows.
    Resize(u16, u16),
    /// The terminal's window came to the front.
    Focus,
    /// Work beside the screen has something to show.
    Woken,
    /// The system has something to say.
    Signal(Signal),
    /// The terminal can no longer be read.
    Lost(io::Error),
}

/// What the system has to say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signal {
    /// The program is to end, by the signal of this number.
    Terminate(i32),
    /// The same as ctrl-c.
    Interrupt,
    /// The program is to be stopped for a while.
    Suspend,
    /// It goes on after having been stopped from outside.
    Continue,
}

/// A terminal.
pub trait Device {
    /// Makes it the program's: raw, and with these modes on. Nothing is done if it is already.
    ///
    /// # Errors
    /// If the terminal does not take it; [`leave`](Self::leave) then undoes what was done.
    fn enter(&mut self, modes: Modes) -> io::Result<()>;

    /// Gives it back as it was: every mode off, the cursor shown. Nothing is done if it is not the program's.
    ///
    /// # Errors
    /// If the terminal does not take it; as much as it takes is undone.
    fn leave(&mut self) -> io::Result<()>;

    /// Takes the mouse, or gives it back, while the terminal is the program's.
    ///
    /// # Errors
    /// If the terminal does not take it.
    fn mouse(&mut self, on: bool) -> io::Result<()>;

    /// Writes bytes, all of them and at once.
    ///
    /// # Errors
    /// If the terminal does not take them.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Its size in columns and rows.
    ///
    /// # Errors
    /// If the system does not know.
    fn size(&mut self) -> io::Result<(u16, u16)>;

    /// Begins to read what is typed and to hear signals, and sends it on.
    ///
    /// # Errors
    /// If the system gives no thread or no signals.
    fn listen(&mut self, to: Sender<Event>) -> io::Result<()>;

    /// Stops reading, so that another program can. Once it returns nothing is read any more.
    fn deafen(&mut self);

    /// Stops the program as ctrl-z does, and returns when it goes on.
    ///
    /// # Errors
    /// If the system knows no such thing.
    fn stop(&mut self) -> io::Result<()>;

    /// Runs another program on this terminal and waits for it.
    ///
    /// # Errors
    /// If it cannot be started.
    fn run(&mut self, command: &mut Command) -> io::Result<ExitStatus>;
}

/// What of a terminal's event the program wants to know; releases of keys and mere moves of the mouse it does not.
#[must_use]
pub fn wanted(event: event::Event) -> Option<Event> {
    match event {
        event::Event::Key(key) if key.kind == KeyEventKind::Release => None,
        event::Event::Key(key) => Some(Event::Key(key)),
        event::Event::Mouse(mouse) if mouse.kind == MouseEventKind::Moved => None,
        event::Event::Mouse(mouse) => Some(Event::Mouse(mouse)),
        event::Event::Paste(text) => Some(Event::Paste(text)),
        event::Event::Resize(width, height) => Some(Event::Resize(width, height)),
        event::Event::FocusGained => Some(Event::Focus),
        event::Event::FocusLost => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyModifiers};

    #[test]
    fn releases_and_mere_moves_wake_nobody() {
        let key = |kind| event::Event::Key(KeyEvent::new_with_kind(KeyCode::Char('x'), KeyModifiers::NONE, kind));
        let mouse = |kind| event::Event::Mouse(MouseEvent { kind, column: 1, row: 1, modifiers: KeyModifiers::NONE });
        assert!(wanted(key(KeyEventKind::Release)).is_none());
        assert!(wanted(key(KeyEventKind::Repeat)).is_some());
        assert!(wanted(mouse(MouseEventKind::Moved)).is_none());
        assert!(wanted(mouse(MouseEventKind::ScrollUp)).is_some());
    }
}
