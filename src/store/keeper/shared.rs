//! What the session's side and the writing thread both see.

use crate::project::id::{Id, Stamp, Writer};
use crate::project::put::Kind;
use crate::project::step::Line;
use crate::store::keep::{Heard, NewFile};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A line that is not safe yet.
#[derive(Clone)]
pub(crate) struct Waiting {
    /// As the session knows it.
    pub(crate) stamp: Stamp,
    /// The line.
    pub(crate) line: Arc<Line>,
    /// What must be on disk before it.
    pub(crate) files: Arc<Vec<NewFile>>,
}

/// The queue, and the answers.
pub(crate) struct Shared {
    state: Mutex<State>,
    wake: Mutex<Option<Box<dyn Fn() + Send>>>,
}

struct State {
    writer: Writer,
    waiting: Vec<Waiting>,
    heard: Vec<Heard>,
}

impl Shared {
    pub(crate) fn new(writer: Writer) -> Self {
        let state = State { writer, waiting: Vec::new(), heard: Vec::new() };
        Self { state: Mutex::new(state), wake: Mutex::new(None) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // What is in it is whole after every statement, so a panic elsewhere does not spoil it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn writer(&self) -> Writer {
        self.state().writer
    }

    pub(crate) fn add(&self, stamp: Stamp, line: Arc<Line>, files: Vec<NewFile>) {
        self.state().waiting.push(Waiting { stamp, line, files: Arc::new(files) });
    }

    pub(crate) fn queue(&self) -> Vec<Waiting> {
        self.state().waiting.clone()
    }

    pub(crate) fn waiting(&self) -> Vec<(Stamp, Arc<Line>)> {
        self.state().waiting.iter().map(|waiting| (waiting.stamp, waiting.line.clone())).collect()
    }

    pub(crate) fn waiting_files(&self) -> Vec<NewFile> {
        self.state().waiting.iter().flat_map(|waiting| waiting.files.iter().cloned()).collect()
    }

    /// The first `count` lines of the queue are safe, in `writer`'s journal. `moved` are lines that the session knows
    /// under another stamp.
    pub(crate) fn safe(&self, count: usize, writer: Writer, moved: Vec<(Stamp, Stamp)>, targets: Vec<(Kind, Id)>) {
        let mut state = self.state();
        state.writer = writer;
        let last = state.waiting.drain(..count).next_back();
        if !moved.is_empty() {
            state.heard.push(Heard::Moved(moved, targets));
        }
        if let Some(last) = last {
            state.heard.push(Heard::Saved(Stamp(last.stamp.0, writer)));
        }
        drop(state);
        self.wake();
    }

    pub(crate) fn tell(&self, heard: Heard) {
        self.state().heard.push(heard);
        self.wake();
    }

    pub(crate) fn take_heard(&self) -> Vec<Heard> {
        std::mem::take(&mut self.state().heard)
    }

    pub(crate) fn on_news(&self, wake: Box<dyn Fn() + Send>) {
        *self.wake.lock().unwrap_or_else(PoisonError::into_inner) = Some(wake);
    }

    fn wake(&self) {
        if let Some(wake) = &*self.wake.lock().unwrap_or_else(PoisonError::into_inner) {
            wake();
        }
    }
}
