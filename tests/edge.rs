//! The order of things at the edge to the terminal, with a device that writes down what it is asked.

mod support;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use emic::project::id::{Id, Stamp, Writer};
use emic::project::put::{Kind, Put};
use emic::project::step::Line;
use emic::screen::app::App;
use emic::screen::key::parse_keys;
use emic::screen::terminal::{Device, End, Event, Modes, Signal, TerminalError, TerminalOptions, run_with};
use emic::session::{Heard, KeepError, Keeper, MemoryKeeper, NewFile};
use emic::text::turns::Turns;
use std::collections::VecDeque;
use std::io;
use std::process::{Command, ExitStatus};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What a device was asked, and what it shows.
struct Log {
    asked: Vec<String>,
    screen: vt100::Parser,
    /// What the screen said after each frame.
    frames: Vec<String>,
    copied: Vec<u8>,
    to: Option<Sender<Event>>,
}

/// Something that goes wrong.
type Fail = fn() -> io::Result<()>;
type Shared = Arc<Mutex<Log>>;

/// A device that, each time it begins to listen, hears the next batch of events.
struct Fake {
    log: Shared,
    heard: VecDeque<Vec<Event>>,
    taken: bool,
    /// What happens at the frame of that number.
    fails: Option<(usize, Fail)>,
    editor: fn(&std::path::Path) -> io::Result<ExitStatus>,
}

impl Fake {
    fn new(heard: Vec<Vec<Event>>) -> (Self, Shared) {
        let rows = std::num::NonZeroU16::new(30).expect("rows");
        let columns = std::num::NonZeroU16::new(100).expect("columns");
        let screen = vt100::Parser::new(rows, columns, 0);
        let log = Log { asked: Vec::new(), screen, frames: Vec::new(), copied: Vec::new(), to: None };
        let log = Arc::new(Mutex::new(log));
        let editor = |_: &std::path::Path| Err(io::Error::other("no editor here"));
        let fake = Self { log: log.clone(), heard: heard.into(), taken: false, fails: None, editor };
        (fake, log)
    }

    fn note(&self, what: impl Into<String>) {
        self.log.lock().expect("the log").asked.push(what.into());
    }
}

impl Device for Fake {
    fn enter(&mut self, modes: Modes) -> io::Result<()> {
        if !std::mem::replace(&mut self.taken, true) {
            self.note(format!("enter {} {}", modes.mouse, modes.keyboard));
        }
        Ok(())
    }

    fn leave(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.taken, false) {
            self.note("leave");
        }
        Ok(())
    }

    fn mouse(&mut self, on: bool) -> io::Result<()> {
        self.note(format!("mouse {on}"));
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        assert!(self.taken, "nothing is written on a terminal that is not ours");
        let whole = bytes.starts_with(b"\x1b[?2026h") && bytes.ends_with(b"\x1b[?2026l");
        assert!(whole || bytes.starts_with(b"\x1b]52;"), "one whole frame at once");
        let mut log = self.log.lock().expect("the log");
        if bytes.starts_with(b"\x1b]52;") {
            log.copied = bytes.to_vec();
            return Ok(());
        }
        log.screen.process(bytes);
        let frame = log.screen.screen().contents();
        log.frames.push(frame);
        let n = log.frames.len();
        if log.asked.last().is_none_or(|last| last != "frame") {
            log.asked.push("frame".into());
        }
        drop(log);
        match self.fails {
            Some((at, fail)) if n == at => fail(),
            _ => Ok(()),
        }
    }

    fn size(&mut self) -> io::Result<(u16, u16)> {
        Ok((100, 30))
    }

    fn listen(&mut self, to: Sender<Event>) -> io::Result<()> {
        self.note("listen");
        for event in self.heard.pop_front().unwrap_or_default() {
            to.send(event).expect("somebody listens");
        }
        self.log.lock().expect("the log").to = Some(to);
        Ok(())
    }

    fn deafen(&mut self) {
        self.note("deafen");
    }

    fn stop(&mut self) -> io::Result<()> {
        self.note("stop");
        Ok(())
    }

    fn run(&mut self, command: &mut Command) -> io::Result<ExitStatus> {
        self.note(format!("run {}", command.get_program().display()));
        let path = command.get_args().last().expect("a file");
        (self.editor)(std::path::Path::new(path))
    }
}

/// A keeper that can be slow or fail, and tells whether it was waited for.
struct Watched {
    inner: MemoryKeeper,
    state: Arc<Mutex<Kept>>,
    waker: Arc<dyn Fn() + Send + Sync>,
}

#[derive(Default)]
struct Kept {
    did: Vec<String>,
    finished: usize,
    fails: bool,
    slow: bool,
    told: Vec<Heard>,
}

impl Keeper for Watched {
    fn writer(&self) -> Writer {
        self.inner.writer()
    }
    fn read_only(&self) -> Option<String> {
        None
    }
    fn keep(&mut self, stamp: Stamp, line: Arc<Line>, files: Vec<NewFile>) {
        let mut state = self.state.lock().expect("the state");
        state.did.push(line.did.clone());
        self.inner.keep(stamp, line, files);
        if state.slow {
            let (told, (state, waker)) = (self.inner.heard(), (self.state.clone(), self.waker.clone()));
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(30));
                state.lock().expect("the state").told.extend(told);
                waker();
            });
        }
    }
    fn heard(&mut self) -> Vec<Heard> {
        let mut heard = std::mem::take(&mut self.state.lock().expect("the state").told);
        heard.extend(self.inner.heard());
        heard
    }
    fn words(&self, folder: &str, number: u32, sha256: &str) -> Result<String, KeepError> {
        self.inner.words(folder, number, sha256)
    }
    fn turns(&self, folder: &str, number: u32, turns: u32) -> Result<Turns, KeepError> {
        self.inner.turns(folder, number, turns)
    }
    fn line(&self, stamp: Stamp) -> Result<Arc<Line>, KeepError> {
        self.inner.line(stamp)
    }
    fn puts_of(&self, targets: &[(Kind, Id)]) -> Result<Vec<(Stamp, Put)>, KeepError> {
        self.inner.puts_of(targets)
    }
    fn set_waker(&mut self, waker: Box<dyn Fn() + Send + Sync>) {
        self.waker = waker.into();
    }
    fn finish(&mut self) -> Result<(), KeepError> {
        let mut state = self.state.lock().expect("the state");
        state.finished += 1;
        if state.fails { Err(KeepError("the disk is full".into())) } else { Ok(()) }
    }
}

fn program() -> (App, Arc<Mutex<Kept>>) {
    let state: Arc<Mutex<Kept>> = Arc::default();
    let watched = state.clone();
    let app = support::app::app(|inner| Box::new(Watched { inner, state: watched, waker: Arc::new(|| ()) }));
    (app, state)
}

fn keys(script: &str) -> Vec<Event> {
    let event = |key: emic::screen::key::Key| Event::Key(KeyEvent::new(key.code, key.mods));
    parse_keys(script).expect("keys").into_iter().map(event).collect()
}

fn options() -> TerminalOptions {
    TerminalOptions::from_env(|name| (name == "EDITOR").then(|| "ed -s".to_owned()))
}

/// Opens the first source: the list of cases has it in hand.
const OPEN: &str = "<S-Tab><Enter>";

fn asked(log: &Shared) -> Vec<String> {
    log.lock().expect("the log").asked.clone()
}

fn last(log: &Shared) -> String {
    log.lock().expect("the log").frames.last().cloned().unwrap_or_default()
}

#[test]
fn the_terminal_is_taken_drawn_on_and_given_back() {
    let (app, kept) = program();
    let (fake, log) = Fake::new(vec![keys("q")]);
    let end = run_with(app, fake, &options(), true).expect("ended");
    assert_eq!((end, end.exit_code()), (End::Quit, 0));
    assert_eq!(asked(&log), ["enter true true", "listen", "frame", "leave", "deafen"]);
    assert!(kept.lock().expect("kept").finished > 0);
}

#[test]
fn what_queued_up_is_taken_in_before_the_next_frame() {
    let (app, _) = program();
    let mut burst = keys(OPEN);
    burst.extend(keys(&"j".repeat(50)));
    burst.extend(keys("q"));
    let (fake, log) = Fake::new(vec![burst]);
    let begun = Instant::now();
    run_with(app, fake, &options(), false).expect("ended");
    let most = 4 + usize::try_from(begun.elapsed().as_millis() / 100).expect("few");
    let frames = log.lock().expect("the log").frames.len();
    assert!(frames <= most, "{frames} frames");
}

#[test]
fn keys_pasted_without_brackets_are_typed_and_pasted_text_goes_where_text_is_asked_for() {
    let (app, _) = program();
    let mut heard = keys("/follow");
    heard.push(Event::Paste(" up".into()));
    let (fake, log) = Fake::new(vec![heard]);
    let when = |log: &Shared| last(log).contains("follow up");
    send_when(&log, when, vec![Event::Signal(Signal::Terminate(15))]);
    assert_eq!(run_with(app, fake, &options(), false).expect("ended"), End::Signal(15));
}

/// Sends events once something is to be seen.
fn send_when(log: &Shared, when: impl Fn(&Shared) -> bool + Send + 'static, events: Vec<Event>) {
    let log = log.clone();
    std::thread::spawn(move || {
        let begun = Instant::now();
        while !when(&log) && begun.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(2));
        }
        let to = log.lock().expect("the log").to.clone().expect("a listener");
        events.into_iter().for_each(|event| drop(to.send(event)));
    });
}

#[test]
fn being_stopped_for_a_while_gives_the_terminal_back_meanwhile() {
    for stop in [keys("<C-z>"), vec![Event::Signal(Signal::Suspend)]] {
        let (app, _) = program();
        let (fake, log) = Fake::new(vec![stop, keys("q")]);
        run_with(app, fake, &options(), false).expect("ended");
        assert_eq!(
            asked(&log),
            [
                "enter true false",
                "listen",
                "frame",
                "deafen",
                "leave",
                "stop",
                "enter true false",
                "listen",
                "frame",
                "leave",
                "deafen"
            ]
        );
    }
}

#[test]
fn going_on_after_being_stopped_from_outside_sets_the_terminal_up_anew() {
    let (app, _) = program();
    let (fake, log) = Fake::new(vec![vec![Event::Signal(Signal::Continue)], keys("q")]);
    run_with(app, fake, &options(), true).expect("ended");
    assert_eq!(
        asked(&log),
        [
            "enter true true",
            "listen",
            "frame",
            "deafen",
            "leave",
            "enter true true",
            "listen",
            "frame",
            "leave",
            "deafen"
        ]
    );
}

#[test]
fn a_memo_goes_to_the_editor_and_comes_back() {
    let (app, kept) = program();
    let script = format!("{OPEN}mWarm handoff<C-e>");
    let (mut fake, log) = Fake::new(vec![keys(&script), keys("<Esc>q")]);
    fake.editor = |path| {
        assert_eq!(std::fs::read_to_string(path)?, "Warm handoff\n");
        std::fs::write(path, "Warm handoff\n\nNobody waits.\n")?;
        Ok(ExitStatus::default())
    };
    run_with(app, fake, &options(), false).expect("ended");
    let asked = asked(&log);
    let from = asked.iter().position(|what| what == "deafen").expect("silenced");
    assert_eq!(asked[from..from + 5], ["deafen", "leave", "run ed", "enter true false", "listen"]);
    let did = kept.lock().expect("kept").did.clone();
    assert!(did.iter().any(|did| did.contains("memo")), "{did:?}");
}

#[test]
fn an_editor_that_fails_is_told_and_the_memo_is_as_it_was() {
    let (app, _) = program();
    let script = format!("{OPEN}mWarm handoff<C-e>");
    let (fake, log) = Fake::new(vec![keys(&script), Vec::new()]);
    send_when(&log, |log| last(log).contains("the memo is unchanged"), keys("<Esc>q"));
    run_with(app, fake, &options(), false).expect("ended");
    let frames = log.lock().expect("the log").frames.clone();
    let told = frames.iter().find(|frame| frame.contains("the memo is unchanged")).expect("told");
    assert!(told.contains("Warm handoff"), "{told}");
    let (app, _) = program();
    let none = TerminalOptions::from_env(|_| None);
    let (fake, log) = Fake::new(vec![keys(&script)]);
    send_when(&log, |log| last(log).contains("no editor is set"), keys("<Esc>q"));
    run_with(app, fake, &none, false).expect("ended");
    assert!(!asked(&log).iter().any(|what| what.starts_with("run")), "nothing is run, the terminal is kept");
}

#[test]
fn a_panic_gives_the_terminal_back_and_waits_for_the_journal() {
    let (app, kept) = program();
    let (mut fake, log) = Fake::new(vec![keys(&format!("{OPEN}mA thought"))]);
    fake.fails = Some((2, || panic!("a fault made for a test")));
    let ended = run_with(app, fake, &options(), true);
    assert!(matches!(ended, Err(TerminalError::Fault)), "{ended:?}");
    assert_eq!(asked(&log), ["enter true true", "listen", "frame", "leave", "deafen"]);
    let kept = kept.lock().expect("kept");
    assert!(kept.finished > 0);
    assert!(kept.did.iter().any(|did| did.contains("memo")), "what was being written is kept: {:?}", kept.did);
}

#[test]
fn a_terminal_that_fails_ends_the_program_with_everything_saved() {
    let (app, kept) = program();
    let (mut fake, log) = Fake::new(vec![keys("?")]);
    fake.fails = Some((2, || Err(io::Error::other("gone"))));
    let ended = run_with(app, fake, &options(), true);
    assert!(matches!(ended, Err(TerminalError::Io(_))), "{ended:?}");
    assert_eq!(asked(&log).last().map(String::as_str), Some("deafen"));
    assert!(asked(&log).contains(&"leave".to_owned()));
    assert!(kept.lock().expect("kept").finished > 0);
    let (app, kept) = program();
    let (fake, _) = Fake::new(vec![vec![Event::Lost(io::Error::other("gone"))]]);
    assert!(matches!(run_with(app, fake, &options(), true), Err(TerminalError::Io(_))));
    assert!(kept.lock().expect("kept").finished > 0);
}

#[test]
fn a_signal_to_end_keeps_what_is_being_written() {
    let (app, kept) = program();
    let mut heard = keys(&format!("{OPEN}mHalf a thou"));
    heard.push(Event::Signal(Signal::Terminate(15)));
    let (fake, log) = Fake::new(vec![heard]);
    let end = run_with(app, fake, &options(), false).expect("ended");
    assert_eq!((end, end.exit_code()), (End::Signal(15), 143));
    let kept = kept.lock().expect("kept");
    assert!(kept.did.iter().any(|did| did.contains("memo")), "{:?}", kept.did);
    assert!(kept.finished > 0);
    assert_eq!(asked(&log)[asked(&log).len() - 2..], ["leave", "deafen"]);
}

#[test]
fn leaving_with_something_unsaved_is_refused_once() {
    let (app, kept) = program();
    kept.lock().expect("kept").fails = true;
    let (fake, log) = Fake::new(vec![keys("q")]);
    send_when(&log, |log| last(log).contains("not saved: the disk is full"), keys("q"));
    let ended = run_with(app, fake, &options(), false);
    assert!(matches!(&ended, Err(TerminalError::NotSaved(why)) if why == "the disk is full"), "{ended:?}");
}

#[test]
fn a_keeper_that_has_saved_wakes_the_program_and_it_is_shown() {
    let (app, kept) = program();
    kept.lock().expect("kept").slow = true;
    let (fake, log) = Fake::new(vec![keys(&format!("{OPEN}F"))]);
    let saved = |log: &Shared| {
        let frames = log.lock().expect("the log").frames.clone();
        let saving = frames.iter().position(|frame| top(frame).contains("saving"));
        saving.is_some_and(|at| frames[at..].iter().any(|frame| top(frame).contains("saved")))
    };
    send_when(&log, saved, keys("q"));
    run_with(app, fake, &options(), false).expect("ended");
    assert!(saved(&log));
}

fn top(frame: &str) -> &str {
    frame.lines().next().unwrap_or_default()
}

#[test]
fn the_mouse_is_given_back_while_it_is_not_wanted() {
    let (app, _) = program();
    let (fake, log) = Fake::new(vec![keys("zM")]);
    send_when(&log, |log| asked(log).contains(&"mouse false".to_owned()), keys("zM"));
    send_when(&log, |log| asked(log).contains(&"mouse true".to_owned()), keys("q"));
    run_with(app, fake, &options(), false).expect("ended");
    assert_eq!(asked(&log).iter().filter(|what| what.starts_with("mouse")).count(), 2);
}

#[test]
fn copied_words_go_to_the_clipboard_of_the_terminal() {
    let (app, _) = program();
    let (fake, log) = Fake::new(vec![keys(&format!("{OPEN}syq"))]);
    run_with(app, fake, &options(), false).expect("ended");
    assert!(log.lock().expect("the log").copied.starts_with(b"\x1b]52;c;"));
}

#[test]
fn ctrl_c_from_outside_is_the_key() {
    let (app, _) = program();
    let mut heard = keys("/never");
    heard.push(Event::Signal(Signal::Interrupt));
    heard.push(Event::Key(KeyEvent::new(KeyCode::Char('q'), KeyModifiers::CONTROL)));
    let (fake, _) = Fake::new(vec![heard]);
    assert_eq!(run_with(app, fake, &options(), false).expect("ended"), End::Quit);
}

#[test]
fn how_a_study_was_left_is_remembered_and_damage_is_passed_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = TerminalOptions { state: Some(folder.path().join("state")), ..options() };
    let play = |script: &str| {
        let (app, _) = program();
        let (fake, log) = Fake::new(vec![keys(script)]);
        send_when(&log, |log| !log.lock().expect("the log").frames.is_empty(), keys("q"));
        run_with(app, fake, &options, false).expect("ended");
        log.lock().expect("the log").frames.clone()
    };
    let fresh = play("").first().cloned().expect("a frame");
    play(&format!("{OPEN}JJJztzn"));
    let again = play("").first().cloned().expect("a frame");
    assert!(fresh.contains("CODES") && !again.contains("CODES"), "{again}");
    assert!(again.contains("read to turn 3 of"), "{again}");
    let files: Vec<_> = std::fs::read_dir(folder.path().join("state/projects")).expect("a folder").collect();
    assert_eq!(files.len(), 1, "one file, and no temporary ones");
    let path = files[0].as_ref().expect("a file").path();
    assert!(std::fs::read_to_string(&path).expect("text").contains("(\"emic-dark\", "));
    std::fs::write(&path, "(panes: ruined").expect("written");
    assert!(play("").first().expect("a frame").contains("CODES"));
}
