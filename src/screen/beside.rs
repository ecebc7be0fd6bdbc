//! Work beside the screen: one thread for one answer, stopped when nobody waits for it any more.
//!
//! Whoever asks again lets go of what was asked before: the newest question wins.

use crate::session::Waker;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

/// An answer that is being worked out. Letting go of it stops the work.
pub struct Beside<T> {
    answer: Receiver<T>,
    desk: Desk,
}

/// What the work looks at and tells while it goes on.
#[derive(Clone)]
pub struct Desk {
    left: Arc<AtomicBool>,
    done: Arc<AtomicUsize>,
    waker: Waker,
}

impl Desk {
    /// Whether nobody waits any more.
    #[must_use]
    pub fn is_left(&self) -> bool {
        self.left.load(Ordering::Relaxed)
    }

    /// Says that one more thing is done.
    pub fn tick(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
        self.waker.wake();
    }
}

impl<T> Drop for Beside<T> {
    fn drop(&mut self) {
        self.desk.left.store(true, Ordering::Relaxed);
    }
}

/// How work stands.
pub enum Heard<T> {
    /// It goes on.
    Nothing,
    /// It is done.
    Answer(T),
    /// It ended without an answer: it was left, or it failed.
    Gone,
}

impl<T: Send + 'static> Beside<T> {
    /// Does `work` on a thread of its own; `waker` is woken when it is done.
    #[must_use]
    pub fn start(waker: &Waker, work: impl FnOnce(&Desk) -> T + Send + 'static) -> Self {
        let (send, answer) = channel();
        let desk = Desk { left: Arc::default(), done: Arc::default(), waker: waker.clone() };
        let theirs = desk.clone();
        // If no thread can be had, the channel is closed: that is heard as its end.
        let _thread = std::thread::Builder::new().name("beside".into()).spawn(move || {
            let found = work(&theirs);
            // Nobody may wait any more.
            let _nobody = send.send(found);
            theirs.waker.wake();
        });
        Self { answer, desk }
    }

    /// How many things are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.desk.done.load(Ordering::Relaxed)
    }

    /// What there is to hear.
    pub fn hear(&self) -> Heard<T> {
        match self.answer.try_recv() {
            Ok(answer) => Heard::Answer(answer),
            Err(TryRecvError::Empty) => Heard::Nothing,
            Err(TryRecvError::Disconnected) => Heard::Gone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_is_let_go_of_is_told_so_and_work_that_fails_is_heard_to_be_gone() {
        let (send, told) = channel();
        let work = Beside::start(&Waker::default(), move |desk: &Desk| {
            while !desk.is_left() {
                std::thread::yield_now();
            }
            send.send(()).is_ok()
        });
        assert!(matches!(work.hear(), Heard::Nothing));
        drop(work);
        told.recv_timeout(std::time::Duration::from_secs(10)).expect("the work ends");

        let answer = Beside::start(&Waker::default(), |_: &Desk| 7);
        loop {
            match answer.hear() {
                Heard::Answer(7) => break,
                Heard::Nothing => std::thread::yield_now(),
                _ => panic!("an answer"),
            }
        }
        while !matches!(answer.hear(), Heard::Gone) {
            std::thread::yield_now();
        }
    }
}
