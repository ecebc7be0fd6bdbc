//! The real terminal, and giving it back when the program has a fault.

use super::device::{Device, Event};
use super::input::Input;
use super::modes::{self, Modes};
#[cfg(unix)]
use super::signals::Signals;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::process::{Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ThreadId};

/// The modes that are on, if the terminal is ours: what the panic hook undoes.
static TAKEN: Mutex<Option<Modes>> = Mutex::new(None);

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;

/// The terminal of this process.
pub(super) struct Tty {
    input: Option<Input>,
    #[cfg(unix)]
    signals: Option<Signals>,
    away: Arc<AtomicBool>,
    /// What told of panics before.
    hook: Arc<Hook>,
}

impl Tty {
    /// The terminal of this process, not taken yet. From now on a panic gives it back first.
    pub(super) fn new() -> Self {
        let hook: Arc<Hook> = Arc::new(panic::take_hook());
        let (before, here) = (hook.clone(), thread::current().id());
        panic::set_hook(Box::new(move |info| on_panic(info, here, &before)));
        Self {
            input: None,
            #[cfg(unix)]
            signals: None,
            away: Arc::default(),
            hook,
        }
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        // While a panic goes up, hooks cannot be changed; then the process is about to end anyway.
        if !thread::panicking() {
            let before = self.hook.clone();
            panic::set_hook(Box::new(move |info| before(info)));
        }
    }
}

/// A panic while the terminal is ours: it is given back, and one sentence says where the fault is. Never what it says,
/// for that may hold words of the project. A panic of work beside the screen is told by whoever waits for the work.
fn on_panic(info: &PanicHookInfo<'_>, here: ThreadId, before: &Hook) {
    let taken = TAKEN.try_lock().map(|taken| taken.is_some()).unwrap_or(true);
    if !taken {
        before(info);
    } else if thread::current().id() == here {
        let _given_back = give_back();
        let place = info.location().map_or_else(String::new, |at| format!(" at {}, line {}", at.file(), at.line()));
        let _told =
            writeln!(io::stderr(), "emic: it has a fault of its own{place}, and ends; please report that place");
    }
}

/// Undoes all modes, if any are on.
fn give_back() -> io::Result<()> {
    let taken = match TAKEN.try_lock() {
        Ok(mut taken) => taken.take(),
        Err(_) => return Ok(()),
    };
    let Some(modes) = taken else { return Ok(()) };
    let mut bytes = Vec::new();
    modes::off(modes, &mut bytes)?;
    let written = write_all(&bytes);
    disable_raw_mode().and(written)
}

fn write_all(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

impl Device for Tty {
    fn enter(&mut self, modes: Modes) -> io::Result<()> {
        let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.is_some() {
            return Ok(());
        }
        enable_raw_mode()?;
        *taken = Some(modes);
        drop(taken);
        let mut bytes = Vec::new();
        modes::on(modes, &mut bytes)?;
        write_all(&bytes)
    }

    fn leave(&mut self) -> io::Result<()> {
        give_back()
    }

    fn mouse(&mut self, on: bool) -> io::Result<()> {
        if let Some(modes) = TAKEN.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            modes.mouse = on;
        }
        let mut bytes = Vec::new();
        modes::mouse(on, &mut bytes)?;
        write_all(&bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        write_all(bytes)
    }

    fn size(&mut self) -> io::Result<(u16, u16)> {
        crossterm::terminal::size()
    }

    fn listen(&mut self, to: Sender<Event>) -> io::Result<()> {
        #[cfg(unix)]
        if self.signals.is_none() {
            self.signals = Some(Signals::start(to.clone(), self.away.clone())?);
        }
        if self.input.is_none() {
            self.input = Some(Input::start(to)?);
        }
        Ok(())
    }

    fn deafen(&mut self) {
        if let Some(input) = self.input.take() {
            input.stop();
        }
    }

    #[cfg(unix)]
    fn stop(&mut self) -> io::Result<()> {
        // Also the shell script that started the program would have to stop, if there is one; it does as soon as it
        // waits for a program that is stopped.
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
    }

    #[cfg(not(unix))]
    fn stop(&mut self) -> io::Result<()> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "there is no stopping here"))
    }

    fn run(&mut self, command: &mut Command) -> io::Result<ExitStatus> {
        self.away.store(true, Ordering::SeqCst);
        let status = command.status();
        self.away.store(false, Ordering::SeqCst);
        status
    }
}
