//! The program behind the screen: what is open, what has the keys, what each key does.
//!
//! Events come in as values, frames go out through [`App::draw`]; the terminal, the clock and the disk are somebody
//! else's. Everything a key does is a [`Command`] of the table, or text typed into the layer
//! that asks for it.

use super::command::{Command, Place};
use super::glyphs::Glyphs;
use super::key::Key;
use super::keymap::{Keymap, Match};
use super::layers::Layer;
use super::mouse::Pointer;
use super::theme::{Library, Styles};
use super::views::agreement::AgreementView;
use super::views::book::BookView;
use super::views::code::CodeView;
use super::views::extracts::ExtractsView;
use super::views::findings::FindingsView;
use super::views::framework::FrameworkView;
use super::views::landscape::LandscapeView;
use super::views::matrices::MatricesView;
use super::views::memos::MemosView;
use super::views::people::PeopleView;
use super::views::reconcile::ReconcileView;
use super::views::rounds::RoundsView;
use super::views::words::WordsView;
use super::views::{self, Showing};
use crate::project::edit::{Edit, SAY_WHY};
use crate::session::{Done, NewFile, Saving, Study, Undone, Waker};
use ratatui::layout::Rect;
use std::collections::VecDeque;
use std::time::Duration;

/// How long a key that may be the first of several waits before what can follow is shown.
pub const WHICH_KEY: Duration = Duration::from_millis(250);

/// How a message is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something to know.
    Plain,
    /// Something could not be done.
    Refused,
}

/// A line of the status bar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// How it is meant.
    pub tone: Tone,
    /// What it says.
    pub text: String,
}

/// What the program asks of whoever runs it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    /// To end.
    Quit,
    /// To give the terminal to the user's editor, with this text, and come back with
    /// [`edited`](App::edited).
    Editor(String),
    /// To put this on the terminal's clipboard.
    Copy(String),
    /// To be stopped (ctrl-z) and come back.
    Suspend,
}

/// What is set from outside, once.
pub struct Setup {
    /// Themes.
    pub library: Library,
    /// The name of the theme in force.
    pub theme: String,
    /// Its styles.
    pub styles: Styles,
    /// The signs in force.
    pub glyphs: Glyphs,
    /// The keys in force.
    pub keymap: Keymap,
    /// The zone in which times are shown.
    pub zone: jiff::tz::TimeZone,
}

/// The program behind the screen.
pub struct App {
    /// The open project.
    pub study: Study,
    /// Themes.
    pub library: Library,
    /// The name of the theme in force.
    pub theme: String,
    /// Its styles.
    pub styles: Styles,
    /// The signs in force.
    pub glyphs: Glyphs,
    /// The keys in force.
    pub keymap: Keymap,
    /// The zone in which times are shown.
    pub zone: jiff::tz::TimeZone,
    /// The view that is shown.
    pub showing: Showing,
    /// The Code view.
    pub code: CodeView,
    /// The Rounds view.
    pub rounds: RoundsView,
    /// The Agreement view.
    pub agreement: AgreementView,
    /// The Reconcile view.
    pub reconcile: ReconcileView,
    /// The Findings view.
    pub findings: FindingsView,
    /// The Memos view.
    pub memos: MemosView,
    /// The Framework view.
    pub framework: FrameworkView,
    /// The Words view.
    pub words: WordsView,
    /// Where codes lie, and new codes by case.
    pub landscape: LandscapeView,
    /// The Extracts view.
    pub extracts: ExtractsView,
    /// The Codebook view.
    pub book: BookView,
    /// The Matrices view.
    pub matrices: MatricesView,
    /// The grid of people and cases.
    pub people: PeopleView,
    /// What lies over it; the last has the keys.
    pub layers: Vec<Layer>,
    /// The size of the screen.
    pub size: Rect,
    /// The first keys of a sequence.
    pub pressed: Vec<Key>,
    /// When the first of them came.
    pressed_at: Duration,
    /// Whether what can follow them is shown.
    pub which_key: bool,
    message: Option<Message>,
    asks: VecDeque<Ask>,
    now: Duration,
    /// Whether the mouse is the program's; else the terminal's own.
    pub mouse_on: bool,
    /// What the mouse is doing.
    pub(super) pointer: Pointer,
    /// Wakes whoever runs the program; for work beside the screen.
    pub waker: Waker,
    /// The row of the screen where the transcript's cursor was drawn last; windows keep clear of it.
    pub cursor_row: Option<u16>,
    /// Counts of the last frame, for tests and benches.
    pub frame: super::views::code::FrameWork,
}

impl App {
    /// The program on `study`.
    #[must_use]
    pub fn new(study: Study, setup: Setup) -> Self {
        let Setup { library, theme, styles, glyphs, keymap, zone } = setup;
        let mut app = Self {
            study,
            library,
            theme,
            styles,
            glyphs,
            keymap,
            zone,
            showing: Showing::default(),
            code: CodeView::default(),
            rounds: RoundsView::default(),
            agreement: AgreementView::default(),
            reconcile: ReconcileView::default(),
            findings: FindingsView::default(),
            memos: MemosView::default(),
            framework: FrameworkView::default(),
            words: WordsView::default(),
            landscape: LandscapeView::default(),
            extracts: ExtractsView::default(),
            book: BookView::default(),
            matrices: MatricesView::default(),
            people: PeopleView::default(),
            layers: Vec::new(),
            size: Rect::new(0, 0, 80, 24),
            pressed: Vec::new(),
            pressed_at: Duration::ZERO,
            which_key: false,
            message: None,
            asks: VecDeque::new(),
            now: Duration::ZERO,
            mouse_on: true,
            pointer: Pointer::default(),
            waker: Waker::default(),
            cursor_row: None,
            frame: super::views::code::FrameWork::default(),
        };
        app.code.begin(&mut app.study);
        app.settle();
        app
    }

    /// What has the keys.
    #[must_use]
    pub fn place(&self) -> Place {
        self.layers.last().map_or_else(|| views::place(self), Layer::place)
    }

    /// Takes what wakes whoever runs the program when work beside the screen has something to show.
    pub fn set_waker(&mut self, waker: Waker) {
        self.study.set_waker(waker.clone());
        self.waker = waker;
    }

    /// Takes in a key.
    pub fn key(&mut self, key: Key) {
        self.message = None;
        self.pointer.forget();
        self.pressed.push(key);
        match self.keymap.find(self.place(), &self.pressed) {
            Match::Command(command) => {
                self.end_sequence();
                self.run(command);
            }
            Match::Pending(_) => {
                if self.pressed.len() == 1 {
                    self.pressed_at = self.now;
                }
            }
            Match::Nothing => {
                let keys = std::mem::take(&mut self.pressed);
                self.end_sequence();
                self.unbound(&keys);
            }
        }
        self.settle();
    }

    /// Runs a command of the table.
    pub fn run(&mut self, command: &'static Command) {
        (command.run)(self);
    }

    /// Takes in pasted text: into whatever asks for text, else nowhere.
    pub fn paste(&mut self, text: &str) {
        if let Some(layer) = self.layers.last_mut() {
            layer.paste(text);
            super::layers::typed(self);
        }
        self.settle();
    }

    /// Takes in another size of the screen.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.size = Rect::new(0, 0, width, height);
        self.settle();
    }

    /// Takes in the time since the program began, and does what was waiting for it.
    pub fn tick(&mut self, now: Duration) {
        self.now = now;
        if !self.pressed.is_empty() && now >= self.pressed_at + WHICH_KEY {
            self.which_key = true;
        }
        super::layers::tick(self);
    }

    /// The time since the program began.
    #[must_use]
    pub const fn now(&self) -> Duration {
        self.now
    }

    /// When something is waiting to be done, if anything is.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        let which_key = (!self.pressed.is_empty() && !self.which_key).then(|| self.pressed_at + WHICH_KEY);
        let layer = self.layers.last().and_then(Layer::deadline);
        [which_key, layer].into_iter().flatten().min()
    }

    /// Takes in what was saved and what others wrote; says whether anything is shown otherwise now.
    pub fn listen(&mut self) -> bool {
        let before = self.study.generation();
        let changed = self.study.listen();
        if let Some(note) = self.study.take_notes().pop() {
            self.tell(Tone::Plain, note);
        }
        if self.study.generation() != before {
            views::refresh(self);
        }
        if changed && (self.code.arrived(&mut self.study) | self.reconcile.arrived(&mut self.study)) {
            self.settle();
        }
        if changed && self.showing == Showing::Codebook && self.book.waits() {
            self.settle();
        }
        let counted = self.agreement.listen() | self.findings.listen() | self.matrices.listen() | self.people.listen();
        let found = self.framework.listen() | self.words.listen() | self.landscape.listen() | self.extracts.listen();
        if found {
            // What follows from the room there is: cells, a list of places.
            self.settle();
        }
        let counted = counted || found;
        super::layers::listen(self) || counted || changed
    }

    /// Whether nothing is under way: everything is written, no job runs.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        let layers_busy = self.layers.iter().any(Layer::is_busy);
        !matches!(self.study.saving(), Saving::Saving(_))
            && !self.code.is_busy()
            && self.reconcile.awaited.is_none()
            && !self.agreement.is_busy()
            && !self.framework.is_busy()
            && !self.words.is_busy()
            && !self.landscape.is_busy()
            && !self.findings.is_busy()
            && !self.matrices.is_busy()
            && !self.people.is_busy()
            && !self.extracts.is_busy()
            && !layers_busy
    }

    /// What is asked of whoever runs the program, oldest first.
    pub fn take_ask(&mut self) -> Option<Ask> {
        self.asks.pop_front()
    }

    /// Asks something of whoever runs the program.
    pub fn ask(&mut self, ask: Ask) {
        self.asks.push_back(ask);
    }

    /// Takes in what the user's editor gave back; `None` if it could not be run.
    pub fn edited(&mut self, text: Result<String, String>) {
        match text {
            Ok(text) => super::layers::edited(self, &text),
            Err(why) => self.tell(Tone::Refused, why),
        }
        self.settle();
    }

    /// What the status line says, if there is something to say.
    #[must_use]
    pub const fn message(&self) -> Option<&Message> {
        self.message.as_ref()
    }

    /// Says something in the status line, until the next key.
    pub fn tell(&mut self, tone: Tone, text: impl Into<String>) {
        self.message = Some(Message { tone, text: text.into() });
    }

    /// Says nothing in the status line: what is shown says it.
    pub fn hush(&mut self) {
        self.message = None;
    }

    /// Does an edit, says what was done, and gives it back if it was done.
    pub fn edit(&mut self, edit: &Edit) -> Option<Done> {
        self.edit_with(edit, Vec::new())
    }

    /// Does an edit after `files`, which it names, are on disk.
    pub fn edit_with(&mut self, edit: &Edit, files: Vec<NewFile>) -> Option<Done> {
        match self.study.apply_with(edit, files) {
            Ok(done) => {
                if !done.did.is_empty() {
                    self.tell(Tone::Done, done.did.clone());
                }
                views::refresh(self);
                Some(done)
            }
            Err(why) => {
                self.tell(Tone::Refused, why.to_string());
                None
            }
        }
    }

    /// Takes back, or does again, and shows where.
    pub fn undo(&mut self, redo: bool) {
        let undone = if redo { self.study.redo() } else { self.study.undo() };
        match undone.map(|undone| self.with_reason(undone, redo)) {
            Ok(Undone { did, kept, puts }) => {
                views::refresh(self);
                if self.showing == Showing::Extracts {
                    self.extracts.show_puts(&self.study, &puts);
                } else {
                    self.code.show_puts(&mut self.study, &puts);
                }
                let did = if self.showing == Showing::Reconcile {
                    self.reconcile.show_puts(&mut self.study, &puts);
                    views::reconcile::words::undone(self, did, &puts)
                } else {
                    did
                };
                let what = if redo { "done again" } else { "undone" };
                let kept = match kept.as_slice() {
                    [] => String::new(),
                    fields => format!("; changed since and kept: {}", fields.join(", ")),
                };
                self.tell(Tone::Done, format!("{what}: {did}{kept}"));
            }
            Err(why) => self.tell(Tone::Refused, why.to_string()),
        }
    }

    /// A reason belongs to what was decided right before it: both are taken back, or done again, with one key.
    fn with_reason(&mut self, undone: Undone, redo: bool) -> Undone {
        let history = self.study.history();
        let next = if redo { history.to_redo() } else { history.to_undo() };
        let both = match next {
            Some(deed) if redo => deed.did.starts_with(SAY_WHY) && !undone.did.starts_with(SAY_WHY),
            Some(_) => undone.did.starts_with(SAY_WHY),
            None => false,
        };
        if !both {
            return undone;
        }
        let other = if redo { self.study.redo() } else { self.study.undo() };
        match other {
            Ok(other) if redo => Undone { puts: undone.puts.into_iter().chain(other.puts).collect(), ..undone },
            Ok(other) => other,
            Err(_) => undone,
        }
    }

    /// Closes the topmost layer; says whether there was one.
    pub fn close(&mut self) -> bool {
        self.layers.pop().is_some()
    }

    /// Brings what is shown up to date with what was done: the page follows the cursor, lists their chosen row.
    pub fn settle(&mut self) {
        let area = super::draw::areas(self.size).main;
        views::settle(self, area);
    }

    /// A click ends what keys began, and what was said.
    pub(super) fn end_keys(&mut self) {
        self.message = None;
        self.end_sequence();
    }

    fn end_sequence(&mut self) {
        self.pressed.clear();
        self.which_key = false;
    }

    /// A key that is no command here: typed where text is asked for, else said.
    fn unbound(&mut self, keys: &[Key]) {
        if let [key] = keys
            && let Some(layer) = self.layers.last_mut()
            && layer.place().types_text()
        {
            if layer.type_key(*key) {
                super::layers::typed(self);
            }
            return;
        }
        let label = super::keymap::label(keys);
        let help = self.keymap.labels("help").first().cloned().unwrap_or_default();
        self.tell(Tone::Plain, format!("{label} does nothing here; {help} lists the keys"));
    }
}
