//! Playing keys into the real program without a terminal: for documents, bug reports and tests.

use super::app::{App, Ask};
use super::key::{BadKey, Key, parse_keys};
use super::terminal::put_away;
use crate::session::KeepError;
use crossterm::event::{KeyModifiers, MouseEvent, MouseEventKind};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use std::time::Duration;

/// The program on a screen of cells.
pub struct Player {
    /// The program.
    pub app: App,
    terminal: Terminal<TestBackend>,
    clock: Duration,
    /// What the program asked of whoever runs it, in order.
    pub asked: Vec<Ask>,
    ended: bool,
}

impl Player {
    /// The program on a screen of this size.
    #[must_use]
    pub fn new(app: App, width: u16, height: u16) -> Self {
        let backend = TestBackend::new(width, height);
        let Ok(terminal) = Terminal::new(backend);
        let mut out = Self { app, terminal, clock: Duration::ZERO, asked: Vec::new(), ended: false };
        out.app.resize(width, height);
        out.settle();
        out
    }

    /// Presses keys as a script writes them, waiting after each until nothing is under way. Keys after the end of the
    /// program are left unpressed.
    ///
    /// # Errors
    /// If the script names a key that does not exist; nothing is pressed then.
    pub fn keys(&mut self, script: &str) -> Result<(), BadKey> {
        for key in parse_keys(script)? {
            self.press(key);
        }
        Ok(())
    }

    /// Presses one key.
    pub fn press(&mut self, key: Key) {
        if self.ended {
            return;
        }
        self.app.key(key);
        self.settle();
    }

    /// Does something with the mouse, at a cell of the screen.
    pub fn mouse(&mut self, kind: MouseEventKind, column: u16, row: u16) {
        if self.ended {
            return;
        }
        self.app.mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
        self.settle();
    }

    /// Lets time pass.
    pub fn wait(&mut self, time: Duration) {
        self.clock += time;
        self.app.tick(self.clock);
        self.settle();
    }

    /// Makes the screen another size.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.terminal.backend_mut().resize(width, height);
        self.app.resize(width, height);
        self.settle();
    }

    /// Ends the program as a closed window does: what is half written is kept, and everything is waited for.
    ///
    /// # Errors
    /// If something could not be saved.
    pub fn leave(mut self) -> Result<(), KeepError> {
        if !self.ended {
            put_away(&mut self.app);
        }
        self.app.study.finish()
    }

    /// Whether the program has asked to end.
    #[must_use]
    pub const fn has_ended(&self) -> bool {
        self.ended
    }

    /// The screen.
    #[must_use]
    pub fn screen(&self) -> &Buffer {
        self.terminal.backend().buffer()
    }

    /// The screen as lines of text.
    #[must_use]
    pub fn text(&self) -> String {
        let buffer = self.screen();
        let mut out = String::new();
        for y in buffer.area.top()..buffer.area.bottom() {
            let mut line = String::new();
            let mut x = buffer.area.left();
            while x < buffer.area.right() {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += (unicode_width::UnicodeWidthStr::width(symbol) as u16).max(1);
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    fn settle(&mut self) {
        let patience = std::time::Instant::now() + Duration::from_secs(30);
        loop {
            self.app.listen();
            while let Some(ask) = self.app.take_ask() {
                self.ended |= ask == Ask::Quit;
                self.asked.push(ask);
            }
            if self.app.is_idle() || std::time::Instant::now() > patience {
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        let Ok(_) = self.terminal.draw(|frame| self.app.draw(frame));
    }
}
