//! A frame as bytes: everything that is drawn is gathered and sent in one piece, or not at all.
//!
//! A frame that is broken off by a panic is thus never half on the screen, and a synchronized update that was begun is
//! always ended. The size is told from outside and the cursor's place is remembered, so that drawing asks the terminal
//! nothing: the answer would come among the keys.

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// The bytes of the frame being drawn, shared between who draws and who sends.
#[derive(Clone, Default)]
pub(super) struct Sheet(Rc<RefCell<Vec<u8>>>);

impl Sheet {
    /// What was drawn since last taken.
    pub(super) fn take(&self) -> Vec<u8> {
        self.0.take()
    }
}

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What ratatui draws on.
pub(super) struct Screen {
    inner: CrosstermBackend<Sheet>,
    size: Size,
    cursor: Position,
}

impl Screen {
    /// A screen of this size whose bytes go to `sheet`.
    pub(super) fn new(sheet: Sheet, width: u16, height: u16) -> Self {
        Self { inner: CrosstermBackend::new(sheet), size: Size::new(width, height), cursor: Position::ORIGIN }
    }

    /// Another size; ratatui takes it up with the next frame.
    pub(super) const fn resize(&mut self, width: u16, height: u16) {
        self.size = Size::new(width, height);
    }
}

impl Backend for Screen {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.inner.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = position.into();
        self.inner.set_cursor_position(self.cursor)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
