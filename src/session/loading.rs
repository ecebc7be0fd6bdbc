//! Texts that are read beside the screen: long ones when they are wanted, all others while nobody waits for them.

use super::reading::Reading;
use super::waker::Waker;
use crate::project::id::SourceId;
use crate::store::keep::{KeepError, Shelf};
use crate::text::turns::Turns;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Texts up to this many chars are read on the spot: that takes a few milliseconds.
pub(super) const ON_THE_SPOT: u32 = 400_000;
/// How many chars are read ahead of being wanted, in all.
const AHEAD: u64 = 40_000_000;

/// Which version of which text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Wanted {
    pub(super) source: SourceId,
    pub(super) folder: String,
    pub(super) number: u32,
    pub(super) sha256: String,
    pub(super) turns: u32,
    pub(super) chars: u32,
}

impl Wanted {
    /// Reads it.
    pub(super) fn read(&self, shelf: &dyn Shelf) -> Result<Arc<Reading>, KeepError> {
        let words = shelf.words(&self.folder, self.number, &self.sha256)?;
        let turns = match self.turns {
            0 => Turns::default(),
            turns => shelf.turns(&self.folder, self.number, turns)?,
        };
        Ok(Arc::new(Reading::new(self.source, self.number, &words, turns)))
    }
}

/// A text that came, or why it did not.
pub(super) type Arrival = (SourceId, Result<Arc<Reading>, KeepError>);

/// What is being read.
pub(super) struct Loading {
    send: Sender<Arrival>,
    receive: Receiver<Arrival>,
    on_their_way: HashSet<SourceId>,
    pub(super) waker: Waker,
}

impl Default for Loading {
    fn default() -> Self {
        let (send, receive) = channel();
        Self { send, receive, on_their_way: HashSet::new(), waker: Waker::default() }
    }
}

impl Loading {
    /// Reads texts on a thread of their own, one after the other.
    pub(super) fn fetch(&mut self, mut wanted: Vec<Wanted>, shelf: Arc<dyn Shelf>) {
        wanted.retain(|wanted| self.on_their_way.insert(wanted.source));
        if wanted.is_empty() {
            return;
        }
        let (send, waker) = (self.send.clone(), self.waker.clone());
        // Ends by itself when the texts are read, or when nobody takes them any more.
        std::thread::spawn(move || {
            for wanted in wanted {
                let arrival = (wanted.source, wanted.read(&*shelf));
                if send.send(arrival).is_err() {
                    return;
                }
                waker.wake();
            }
        });
    }

    /// Cuts a list of texts to what may be read ahead.
    pub(super) fn ahead(wanted: impl Iterator<Item = Wanted>) -> Vec<Wanted> {
        let mut left = AHEAD;
        wanted
            .take_while(|wanted| {
                let fits = u64::from(wanted.chars) <= left;
                left = left.saturating_sub(u64::from(wanted.chars));
                fits
            })
            .collect()
    }

    /// What has come since last asked.
    pub(super) fn arrivals(&mut self) -> Vec<Arrival> {
        let arrived: Vec<Arrival> = self.receive.try_iter().collect();
        self.on_their_way.retain(|source| !arrived.iter().any(|(came, _)| came == source));
        arrived
    }
}
