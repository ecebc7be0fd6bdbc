//! The keeper of a folder: takes lines, writes them beside the screen, and answers when they are safe.

use crate::project::id::{Id, Stamp, Writer};
use crate::project::put::{Kind, Put};
use crate::project::step::Line;
use crate::session::keeper::{Heard, KeepError, Keeper, NewFile};
use crate::text::turns::Turns;
use std::sync::Arc;

/// Keeps the project in a folder.
pub struct FolderKeeper;

impl Keeper for FolderKeeper {
    fn writer(&self) -> Writer {
        Writer::default()
    }
    fn read_only(&self) -> Option<String> {
        None
    }
    fn keep(&mut self, _stamp: Stamp, _line: Arc<Line>, _files: Vec<NewFile>) {}
    fn heard(&mut self) -> Vec<Heard> {
        Vec::new()
    }
    fn words(&self, _folder: &str, _number: u32, _sha256: &str) -> Result<String, KeepError> {
        Err(KeepError(String::new()))
    }
    fn turns(&self, _folder: &str, _number: u32, _turns: u32) -> Result<Turns, KeepError> {
        Err(KeepError(String::new()))
    }
    fn line(&self, _stamp: Stamp) -> Result<Arc<Line>, KeepError> {
        Err(KeepError(String::new()))
    }
    fn puts_of(&self, _targets: &[(Kind, Id)]) -> Result<Vec<(Stamp, Put)>, KeepError> {
        Err(KeepError(String::new()))
    }
    fn finish(&mut self) -> Result<(), KeepError> {
        Ok(())
    }
}
