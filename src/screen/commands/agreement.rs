//! Agreement.

use crate::screen::app::App;
use crate::screen::command::rows;

rows! { AGREEMENT: Round;
}

/// Puts the cursor on a code.
pub fn found(_app: &mut App, _words: &str) -> bool {
    true
}

/// Writes.
pub fn write_to(_app: &mut App, _words: &str) -> bool {
    true
}
