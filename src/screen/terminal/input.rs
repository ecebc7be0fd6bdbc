//! The thread that reads what is typed.

use super::device::{Event, wanted};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// How long one look for something typed takes at most. Where a signal can end it earlier this is but a safety net.
const LOOK: Duration = Duration::from_millis(if cfg!(unix) { 1000 } else { 100 });
/// How long stopping waits for the thread. Reading a terminal that was torn down may never end; the process does.
const PATIENCE: Duration = Duration::from_secs(1);

/// Reads what is typed until it is stopped.
pub(super) struct Input {
    stop: Arc<AtomicBool>,
    ended: Receiver<()>,
}

impl Input {
    /// Begins to read and sends on what the program wants to know.
    pub(super) fn start(to: Sender<Event>) -> io::Result<Self> {
        // From here on no change of size is missed: whoever asks for the size afterwards knows the latest.
        crossterm::event::poll(Duration::ZERO)?;
        let stop = Arc::new(AtomicBool::new(false));
        let (end, ended) = channel();
        let stopped = stop.clone();
        thread::Builder::new().name("input".into()).spawn(move || {
            // Dropped when the thread ends, however it does: that is what ends the wait for it.
            let _end = end;
            read(&stopped, &to);
        })?;
        Ok(Self { stop, ended })
    }

    /// Stops reading; nothing is read any more when it returns, unless the terminal is gone.
    pub(super) fn stop(self) {
        self.stop.store(true, Ordering::SeqCst);
        // The thread waits for keys and for a change of size: the latter can be feigned.
        #[cfg(unix)]
        let _woken = signal_hook::low_level::raise(signal_hook::consts::SIGWINCH);
        let _ended = self.ended.recv_timeout(PATIENCE);
    }
}

fn read(stop: &AtomicBool, to: &Sender<Event>) {
    while !stop.load(Ordering::SeqCst) {
        let read = match crossterm::event::poll(LOOK) {
            Ok(false) => continue,
            Ok(true) => crossterm::event::read(),
            Err(why) => Err(why),
        };
        let sent = match read {
            Ok(event) => wanted(event).is_none_or(|event| to.send(event).is_ok()),
            Err(why) if why.kind() == io::ErrorKind::Interrupted => true,
            Err(why) => {
                let _sent = to.send(Event::Lost(why));
                false
            }
        };
        if !sent {
            return;
        }
    }
}
