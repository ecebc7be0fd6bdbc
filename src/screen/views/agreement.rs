//! The Agreement view: how far the coders of a round agree.

use crate::project::id::RoundId;
use crate::project::memo::Link;
use crate::screen::app::App;
use crate::session::Study;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The state of the Agreement view.
#[derive(Default)]
pub struct AgreementView {
    round: Option<RoundId>,
}

impl AgreementView {
    /// The round that is shown.
    #[must_use]
    pub const fn round(&self) -> Option<RoundId> {
        self.round
    }

    /// Shows a round.
    pub fn choose(&mut self, round: RoundId) {
        self.round = Some(round);
    }

    /// Brings everything up to date with the project.
    pub fn refresh(&mut self, _study: &Study) {}

    /// The page follows the cursor.
    pub fn settle(&mut self, _study: &Study, _area: Rect) {}

    /// What the status line says.
    #[must_use]
    pub fn status(&self, _app: &App) -> (String, String) {
        (String::new(), String::new())
    }
}

/// Draws the view.
pub fn draw(_app: &App, _area: Rect, _buf: &mut Buffer) -> Option<Position> {
    None
}

/// Goes to the next row, or the one before.
pub fn walk(_app: &mut App, _back: bool) {}

/// Asks for words to find.
pub fn find(_app: &mut App) {}

/// Gives the keys to the next part.
pub fn turn(_app: &mut App, _back: bool) {}

/// What a memo would be about.
#[must_use]
pub const fn about(_app: &App) -> Link {
    Link::Study
}
