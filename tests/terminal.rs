//! The built program in a pseudo-terminal: what it leaves behind on every way out.

#![cfg(unix)]

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program, running.
struct Running {
    master: Box<dyn MasterPty + Send>,
    /// Kept open so that the terminal's settings can be looked at after the program has ended.
    _slave: Box<dyn SlavePty + Send>,
    child: Box<dyn Child + Send + Sync>,
    input: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    bytes: Vec<u8>,
    screen: vt100::Parser,
    before: String,
}

/// How the terminal is set: echo, whole lines and so on, as text.
fn settings(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios().expect("a terminal"))
}

impl Running {
    /// `emic demo` in a folder of its own, with nothing of this user's.
    fn start(folder: &Path, editor: &str) -> Self {
        let size = PtySize { rows: 30, cols: 100, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let before = settings(&*pair.master);
        std::fs::create_dir_all(folder.join("config")).expect("a folder");
        // The terminal of this test answers no questions.
        std::fs::write(folder.join("config/config.ron"), "(probe: false)").expect("written");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_emic"));
        command.args(["demo", &folder.join("study").display().to_string()]);
        command.env_clear();
        command.cwd(folder);
        for (name, value) in [
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("PATH", &std::env::var("PATH").unwrap_or_default()),
            ("HOME", &folder.display().to_string()),
            ("EMIC_CONFIG_DIR", &folder.join("config").display().to_string()),
            ("EMIC_STATE_DIR", &folder.join("state").display().to_string()),
            ("EDITOR", editor),
        ] {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("started");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let input = pair.master.take_writer().expect("a writer");
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        let (rows, columns) = (NonZeroU16::new(30).expect("rows"), NonZeroU16::new(100).expect("columns"));
        let screen = vt100::Parser::new(rows, columns, 0);
        Self { master: pair.master, _slave: pair.slave, child, input, output, bytes: Vec::new(), screen, before }
    }

    fn type_keys(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).expect("typed");
        self.input.flush().expect("typed");
    }

    fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Reads on until something is to be seen.
    fn wait_until(&mut self, what: &str, seen: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !seen(self) {
            assert!(begun.elapsed() < PATIENCE, "waited in vain for {what}; the screen:\n{}", self.text());
            // Also what makes no output is to be seen in time: how the terminal is set.
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(20)) {
                self.screen.process(&bytes);
                self.bytes.extend(bytes);
            }
        }
    }

    fn wait_for(&mut self, words: &str) {
        self.wait_until(words, |running| running.text().contains(words));
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().expect("running").to_string();
        assert!(Command::new("kill").args([name, &pid]).status().expect("kill").success());
    }

    /// Whether the terminal is as a shell expects it.
    fn given_back(&self) -> bool {
        let screen = self.screen.screen();
        !screen.alternate_screen()
            && !screen.hide_cursor()
            && !screen.bracketed_paste()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
            && settings(&*self.master) == self.before
    }

    /// Waits for the end, looks at what is left behind, and gives the exit code.
    fn end(&mut self) -> u32 {
        let code = self.child.wait().expect("ended").exit_code();
        self.wait_until("the terminal to be given back", Self::given_back);
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        for mode in ["1000", "1002", "1004", "1006", "1049", "2004"] {
            let (on, off) = (text.rfind(&format!("\x1b[?{mode}h")), text.rfind(&format!("\x1b[?{mode}l")));
            assert!(on < off, "mode {mode} is left on");
        }
        let (begun, ended) = (text.matches("\x1b[?2026h").count(), text.matches("\x1b[?2026l").count());
        assert!(begun >= 1 && ended >= begun, "every frame is ended");
        code
    }
}

#[test]
fn leaving_gives_the_terminal_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut running = Running::start(folder.path(), "true");
    running.wait_for("CODES");
    assert!(running.screen.screen().alternate_screen() && !running.given_back());
    assert_ne!(settings(&*running.master), running.before, "raw while it runs");
    running.type_keys("?");
    running.wait_for("One character left");
    running.type_keys("\x1b");
    running.wait_until("help to be closed", |running| !running.text().contains("One character left"));
    running.type_keys("q");
    assert_eq!(running.end(), 0);
}

#[test]
fn signals_to_end_give_the_terminal_back_and_say_so_in_the_exit_code() {
    for (name, code) in [("-TERM", 143), ("-HUP", 129)] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut running = Running::start(folder.path(), "true");
        running.wait_for("CODES");
        running.signal(name);
        assert_eq!(running.end(), code, "{name}");
    }
}

#[test]
fn another_size_is_drawn_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut running = Running::start(folder.path(), "true");
    running.wait_for("CODES");
    let (rows, columns) = (NonZeroU16::new(20).expect("rows"), NonZeroU16::new(70).expect("columns"));
    running.screen.screen_mut().set_size(rows, columns);
    let size = PtySize { rows: 20, cols: 70, pixel_width: 0, pixel_height: 0 };
    running.master.resize(size).expect("resized");
    running.wait_until("a frame of the new size", |running| {
        let text = running.text();
        text.contains(" Emic ") && text.lines().count() == 20 && text.contains("CODES")
    });
    running.type_keys("q");
    assert_eq!(running.end(), 0);
}

#[test]
fn being_stopped_gives_the_terminal_back_until_it_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut running = Running::start(folder.path(), "true");
    running.wait_for("CODES");
    running.type_keys("\x1a");
    running.wait_until("the terminal to be given back", Running::given_back);
    running.signal("-CONT");
    running.wait_until("the screen to be back", |running| {
        running.screen.screen().alternate_screen() && running.text().contains("CODES")
    });
    running.type_keys("q");
    assert_eq!(running.end(), 0);
}

#[test]
fn the_editor_has_the_terminal_to_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let editor = "sh -c 'echo IN THE EDITOR; read words; echo \"$words\" > \"$1\"' editor";
    let mut running = Running::start(folder.path(), editor);
    running.wait_for("CODES");
    running.type_keys("gM");
    running.wait_for("The first line is the title.");
    running.type_keys("A first thought");
    running.wait_for("A first thought");
    running.type_keys("\x05");
    running.wait_for("IN THE EDITOR");
    assert!(running.given_back());
    running.type_keys("Words from outside\r");
    running.wait_until("the words of the editor", |running| {
        running.screen.screen().alternate_screen() && running.text().contains("Words from outside")
    });
    running.type_keys("\x1b");
    running.wait_until("the memo to be left", |running| !running.text().contains("Words from outside"));
    running.type_keys("q");
    assert_eq!(running.end(), 0);
}

#[test]
fn without_a_terminal_it_says_so_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_emic"))
        .args(["demo", &folder.path().join("study").display().to_string()])
        .env("EMIC_CONFIG_DIR", folder.path())
        .env("EMIC_STATE_DIR", folder.path())
        .stdin(std::process::Stdio::null())
        .output()
        .expect("run");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("needs a terminal"));
    assert!(!output.stdout.contains(&0x1b));
}
