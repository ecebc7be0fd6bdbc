//! Opening a project on a terminal: what is opened, as whom, and what is opened next time.

use super::desk::{Desk, INTERVIEW, untouched};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// Runs the program on a terminal until it shows `words`, types `keys`, and gives the screen as it was when `words` stood
/// there, and the exit code.
fn on_terminal(desk: &Desk, args: &[&str], words: &str, keys: &str) -> (String, u32) {
    let size = PtySize { rows: 30, cols: 110, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_emic"));
    command.args(args);
    command.arg("--no-probe");
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    for name in ["CONFIG", "DATA", "STATE"] {
        command.env(format!("EMIC_{name}_DIR"), desk.path(&format!("home/{}", name.to_lowercase())));
    }
    command.cwd(desk.path(""));
    let mut child = pair.slave.spawn_command(command).expect("started");
    let mut reader = pair.master.try_clone_reader().expect("a reader");
    let mut input = pair.master.take_writer().expect("a writer");
    let (sender, output) = channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(n @ 1..) = reader.read(&mut buffer) {
            if sender.send(buffer[..n].to_vec()).is_err() {
                return;
            }
        }
    });
    let mut screen = vt100::Parser::new(NonZeroU16::new(30).expect("rows"), NonZeroU16::new(110).expect("columns"), 0);
    let patience = Instant::now() + Duration::from_secs(30);
    while !screen.screen().contents().contains(words) {
        assert!(Instant::now() < patience, "“{words}” never came: {}", screen.screen().contents());
        if let Ok(bytes) = output.recv_timeout(Duration::from_millis(50)) {
            screen.process(&bytes);
        }
    }
    let shown = screen.screen().contents();
    input.write_all(keys.as_bytes()).expect("typed");
    (shown, child.wait().expect("ended").exit_code())
}

#[test]
fn the_project_opened_last_is_opened_again_as_whoever_worked_there() {
    let desk = Desk::new();
    let (shown, code) = on_terminal(&desk, &["demo", "study"], "PB", "q");
    assert!(shown.contains("Behavioral health integration"), "{shown}");
    assert_eq!(code, 0);
    let (shown, code) = on_terminal(&desk, &[], "Behavioral health integration", "q");
    assert!(shown.contains("PB"), "{shown}");
    assert_eq!(code, 0);
    std::fs::rename(desk.path("study"), desk.path("moved")).expect("moved");
    assert!(desk.fail([""; 0], 1).contains("is no longer there; name another: emic PROJECT"));
}

#[test]
fn a_coder_who_joins_is_added_and_a_stranger_is_not() {
    let desk = Desk::new();
    let study = desk.project("study");
    desk.file("a.txt", INTERVIEW);
    desk.run(["import", "study", "a.txt"]);
    let (_, code) = on_terminal(&desk, &["study", "--coder", "XY", "--join"], "XY", "q");
    assert_eq!(code, 0);
    assert!(desk.run(["log", "study"]).contains("add coder XY"));
    let (shown, code) = untouched(&study, "a stranger", || on_terminal(&desk, &["study", "--coder", "ZZ"], "ZZ", ""));
    assert!(shown.contains("has no coder ZZ") && shown.contains("--join"), "{shown}");
    assert_eq!(code, 1);
}
