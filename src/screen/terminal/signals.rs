//! What the system has to say: that the program is to end, to stop for a while, or goes on.

use super::device::{Event, Signal};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::{Handle, Signals as Stream};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;

/// Hears signals and sends them on.
pub(super) struct Signals {
    handle: Handle,
}

impl Signals {
    /// Begins to hear. While `away`, another program has the terminal: what its keys say to everybody on the terminal
    /// (end, stop, go on) is its own affair, save that this program stops along with it.
    pub(super) fn start(to: Sender<Event>, away: Arc<AtomicBool>) -> io::Result<Self> {
        let mut stream = Stream::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
        let handle = stream.handle();
        thread::Builder::new().name("signals".into()).spawn(move || {
            for number in &mut stream {
                let signal = match number {
                    SIGTERM | SIGHUP => Signal::Terminate(number),
                    SIGTSTP if away.load(Ordering::SeqCst) => {
                        let _stopped = signal_hook::low_level::emulate_default_handler(SIGTSTP);
                        continue;
                    }
                    _ if away.load(Ordering::SeqCst) => continue,
                    SIGQUIT => Signal::Terminate(number),
                    SIGINT => Signal::Interrupt,
                    SIGTSTP => Signal::Suspend,
                    _ => Signal::Continue,
                };
                if to.send(Event::Signal(signal)).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { handle })
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.handle.close();
    }
}
