//! The loop: waits for something to happen, takes in all that has queued up, draws once; and the ways out of it.

use super::device::{Device, Event, Signal};
use super::memory::Memory;
use super::modes::Modes;
use super::sheet::{Screen, Sheet};
use super::{End, TerminalError, TerminalOptions, clipboard, editor};
use crate::screen::app::{App, Ask, Tone};
use crate::screen::key::Key;
use crate::screen::layers::{Layer, form, memo, question, summary};
use crate::session::Waker;
use crossterm::event::{KeyCode, KeyModifiers};
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::Terminal;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// How long what queues up is taken in before a frame is drawn in between.
const LONGEST: Duration = Duration::from_millis(100);
/// How often work beside the screen is looked after while some is under way. It wakes the loop itself when it is done;
/// this is for a keeper that cannot.
const LOOK: Duration = Duration::from_millis(100);
/// What a terminal that does not know its size is taken to have.
const USUAL: (u16, u16) = (80, 24);

/// Runs `app` on `device`. See [`super::run`].
pub(super) fn run<D: Device>(
    mut app: App,
    device: D,
    options: &TerminalOptions,
    keyboard: bool,
) -> Result<End, TerminalError> {
    let (sender, events) = channel();
    let wake = sender.clone();
    app.set_waker(Waker::new(move || drop(wake.send(Event::Woken))));
    app.study.read_ahead();
    let memory = options.state.as_deref().and_then(|folder| Memory::recall(folder, &mut app));
    let mut edge = Edge { device, keyboard };
    let looped = catch_unwind(AssertUnwindSafe(|| Program::new(&mut app, &mut edge, events, sender, options)?.run()));
    // After a fault only what is typed and not yet in the journal is tried to be kept; each step by itself, for the
    // program may be in any state.
    let apart = |step: &mut dyn FnMut()| drop(catch_unwind(AssertUnwindSafe(step)));
    let faulty = looped.is_err();
    if !matches!(looped, Ok(Ok(End::Quit))) {
        apart(&mut || put_away(&mut app));
    }
    if let (Some(memory), false) = (&memory, faulty) {
        apart(&mut || memory.keep(&app));
    }
    let mut finished = Err(String::new());
    apart(&mut || finished = app.study.finish().map_err(|why| why.to_string()));
    drop(edge);
    match (looped, finished) {
        (_, Err(why)) if !why.is_empty() => Err(TerminalError::NotSaved(why)),
        (Ok(Ok(end)), Ok(())) => Ok(end),
        (Ok(Err(why)), Ok(())) => Err(TerminalError::Io(why)),
        (Err(_), Ok(())) => Err(TerminalError::Fault),
        (_, Err(_)) => Err(TerminalError::NotSaved("the journal met a fault".into())),
    }
}

/// A device that is given back when this goes, whatever the way.
struct Edge<D: Device> {
    device: D,
    keyboard: bool,
}

impl<D: Device> Drop for Edge<D> {
    fn drop(&mut self) {
        // A terminal that is gone takes nothing; there is nobody to tell.
        let _given_back = self.device.leave();
        self.device.deafen();
    }
}

struct Program<'a, D: Device> {
    app: &'a mut App,
    edge: &'a mut Edge<D>,
    options: &'a TerminalOptions,
    events: Receiver<Event>,
    sender: Sender<Event>,
    sheet: Sheet,
    terminal: Terminal<Screen>,
    begun: Instant,
    /// Whether the mouse is the program's now.
    mouse_taken: bool,
    /// Whether something is to be seen that is not on the screen.
    stale: bool,
    /// Whether nothing of ours is on the screen.
    blank: bool,
    /// Whether leaving was refused once because something is not saved.
    warned: bool,
}

impl<'a, D: Device> Program<'a, D> {
    fn new(
        app: &'a mut App,
        edge: &'a mut Edge<D>,
        events: Receiver<Event>,
        sender: Sender<Event>,
        options: &'a TerminalOptions,
    ) -> io::Result<Self> {
        let sheet = Sheet::default();
        let terminal = Terminal::new(Screen::new(sheet.clone(), USUAL.0, USUAL.1))?;
        let begun = Instant::now();
        let mouse_taken = app.mouse_on;
        let (stale, blank, warned) = (true, true, false);
        Ok(Self { app, edge, options, events, sender, sheet, terminal, begun, mouse_taken, stale, blank, warned })
    }

    fn run(&mut self) -> io::Result<End> {
        self.take_terminal()?;
        loop {
            if self.stale {
                self.draw()?;
            }
            let due = self.app.deadline();
            let mut next = self.wait(due);
            let now = self.begun.elapsed();
            self.app.tick(now);
            self.stale |= due.is_some_and(|due| due <= now);
            while let Some(event) = next {
                if let Some(end) = self.take(event)? {
                    return Ok(end);
                }
                // An ask is granted before what was typed after it.
                if let Some(end) = self.grant()? {
                    return Ok(end);
                }
                next = if self.begun.elapsed() < now + LONGEST { self.events.try_recv().ok() } else { None };
            }
            self.stale |= self.app.listen();
            if let Some(end) = self.grant()? {
                return Ok(end);
            }
        }
    }

    /// Waits for something to happen, or until something is due; `None` if it is.
    fn wait(&self, due: Option<Duration>) -> Option<Event> {
        let due = due.map(|due| due.saturating_sub(self.begun.elapsed()).max(Duration::from_millis(1)));
        let look = (!self.app.is_idle()).then_some(LOOK);
        match [due, look].into_iter().flatten().min() {
            Some(patience) => self.events.recv_timeout(patience).ok(),
            // This program holds a sender, so the channel does not end.
            None => self.events.recv().ok(),
        }
    }

    fn take(&mut self, event: Event) -> io::Result<Option<End>> {
        self.stale = true;
        match event {
            Event::Key(key) => self.app.key(Key::of(key)),
            Event::Mouse(mouse) => self.app.mouse(mouse),
            Event::Paste(text) => self.app.paste(&text),
            Event::Resize(width, height) => self.resize(width, height),
            Event::Focus | Event::Woken => {}
            Event::Signal(Signal::Terminate(number)) => return Ok(Some(End::Signal(number))),
            Event::Signal(Signal::Interrupt) => {
                self.app.key(Key { code: KeyCode::Char('c'), mods: KeyModifiers::CONTROL });
            }
            Event::Signal(Signal::Suspend) => self.suspend()?,
            // The shell may have set the terminal up for itself meanwhile.
            Event::Signal(Signal::Continue) => {
                self.give_back()?;
                self.take_terminal()?;
            }
            Event::Lost(why) => return Err(why),
        }
        Ok(None)
    }

    /// Does what the program asks for.
    fn grant(&mut self) -> io::Result<Option<End>> {
        while let Some(ask) = self.app.take_ask() {
            self.stale = true;
            match ask {
                Ask::Quit => {
                    // What is not saved yet is worth a frame that says so.
                    self.draw()?;
                    match self.app.study.finish() {
                        Err(why) if !self.warned => {
                            self.warned = true;
                            let words = format!("not saved: {why}; leave once more to go all the same");
                            self.app.tell(Tone::Refused, words);
                        }
                        _ => return Ok(Some(End::Quit)),
                    }
                }
                Ask::Suspend => self.suspend()?,
                Ask::Copy(text) => match clipboard::copy(&text) {
                    Ok(bytes) => self.edge.device.write(&bytes)?,
                    Err(why) => self.app.tell(Tone::Refused, why),
                },
                Ask::Editor(text) => {
                    let edited = match &self.options.editor {
                        Ok(words) => self.edit(&text, words)?,
                        Err(why) => Err(why.clone()),
                    };
                    self.app.edited(edited);
                }
            }
        }
        Ok(None)
    }

    fn edit(&mut self, text: &str, words: &[String]) -> io::Result<Result<String, String>> {
        self.give_back()?;
        let edited = editor::edit(text, words, |command| self.edge.device.run(command));
        self.take_terminal()?;
        Ok(edited)
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.give_back()?;
        let stopped = self.edge.device.stop();
        self.take_terminal()?;
        if let Err(why) = stopped {
            self.app.tell(Tone::Refused, format!("the program cannot be stopped for a while: {why}"));
        }
        Ok(())
    }

    /// Makes the terminal the program's and begins to listen; the next frame is drawn whole.
    fn take_terminal(&mut self) -> io::Result<()> {
        self.mouse_taken = self.app.mouse_on;
        self.edge.device.enter(Modes { mouse: self.mouse_taken, keyboard: self.edge.keyboard })?;
        self.edge.device.listen(self.sender.clone())?;
        let size = self.edge.device.size().ok().filter(|(width, height)| *width > 0 && *height > 0);
        let (width, height) = size.unwrap_or(USUAL);
        self.resize(width, height);
        (self.stale, self.blank) = (true, true);
        Ok(())
    }

    /// Gives the terminal to somebody else. Who listens is silenced first, so that nothing meant for them is taken.
    fn give_back(&mut self) -> io::Result<()> {
        self.edge.device.deafen();
        self.edge.device.leave()
    }

    fn resize(&mut self, width: u16, height: u16) {
        self.terminal.backend_mut().resize(width, height);
        self.app.resize(width, height);
    }

    /// Draws a frame and sends it in one piece.
    fn draw(&mut self) -> io::Result<()> {
        self.mouse()?;
        self.stale = false;
        queue!(self.sheet, BeginSynchronizedUpdate)?;
        if std::mem::take(&mut self.blank) {
            self.terminal.clear()?;
        }
        self.terminal.draw(|frame| self.app.draw(frame))?;
        queue!(self.sheet, EndSynchronizedUpdate)?;
        let bytes = self.sheet.take();
        self.edge.device.write(&bytes)
    }

    /// Takes or gives back the mouse, if that was changed.
    fn mouse(&mut self) -> io::Result<()> {
        if self.mouse_taken != self.app.mouse_on {
            self.mouse_taken = self.app.mouse_on;
            self.edge.device.mouse(self.mouse_taken)?;
        }
        Ok(())
    }
}

/// Puts into the journal what is being written: a memo, a wording. What asks for a line of words is let go.
pub(in crate::screen) fn put_away(app: &mut App) {
    // Whether a form was answered for already: one that is refused then is closed all the same.
    let mut answered = false;
    while let Some(layer) = app.layers.last() {
        match layer {
            // What cannot be saved cannot be kept by staying either.
            Layer::Memo(_) => {
                let _saved = memo::save(app, false);
            }
            Layer::Summary(_) => {
                let _saved = summary::save(app, false);
            }
            Layer::Form(_) if !answered => {
                // The first time it may ask for a reason; then whether the meaning is another.
                let open = app.layers.len();
                form::leave(app);
                if app.layers.len() == open {
                    form::leave(app);
                }
                if app.layers.len() != open {
                    continue;
                }
            }
            // What was written is kept, by the answer that stands chosen: the first one asks least of others.
            Layer::Question(question) if question.holds_words() => {
                answered = true;
                question::answer(app);
                continue;
            }
            _ => {}
        }
        app.close();
    }
    app.code.leave(&mut app.study);
}
