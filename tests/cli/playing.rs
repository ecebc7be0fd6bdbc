//! `emic screen`: keys played into the real program.

use super::desk::{Desk, INTERVIEW, untouched};
use predicates::prelude::*;
use std::fs;

#[test]
fn a_script_works_on_a_copy_unless_it_is_to_write() {
    let desk = Desk::new();
    let study = desk.project("study");
    desk.file("a.txt", INTERVIEW);
    desk.run(["import", "study", "a.txt"]);
    let keys = "jjjscWarm handoff<Enter>";
    let screen = untouched(&study, "a copy", || desk.run(["screen", "study", "--keys", keys, "--size", "100x30"]));
    assert!(screen.contains("Warm handoff") && screen.lines().count() == 30, "{screen}");
    desk.emic(["extracts", "study", "--code", "Warm handoff"]).assert().code(1);
    desk.run(["screen", "study", "--write", "--keys", keys]);
    let extracts = desk.run(["extracts", "study", "--code", "Warm handoff", "--format", "csv"]);
    assert_eq!(extracts.lines().count(), 2, "{extracts}");
}

#[test]
fn undone_done_again_left_and_opened_again_it_is_the_same() {
    let desk = Desk::new();
    desk.project("study");
    desk.file("a.txt", INTERVIEW);
    desk.run(["import", "study", "a.txt"]);
    let play = |keys: &str| desk.run(["screen", "study", "--write", "--keys", keys, "--at", "2026-11-22T10:04:10Z"]);
    let codes = || desk.run(["codes", "study", "--format", "json"]);
    play("jjjscWarm handoff<Enter>scWaits<Enter>q");
    let done = codes();
    play("uu");
    assert!(!codes().contains("Warm handoff"));
    play("<C-r><C-r>");
    assert_eq!(codes(), done);
}

#[test]
fn the_same_script_gives_the_same_screen() {
    let desk = Desk::new();
    desk.sample("study");
    let args = ["screen", "study", "--coder", "PB", "--at", "2026-11-22T10:04:10Z", "--seed", "7"];
    let play =
        || desk.run(args.iter().chain(&["--keys", "jjsc<Esc>?", "--format", "ansi", "--size", "80x24"]).copied());
    let (one, other) = (play(), play());
    assert_eq!(one, other);
    assert!(one.contains("\u{1b}[0;38;2;") || one.contains("\u{1b}[0"), "with colours");
    let plain = desk.run(args.iter().chain(&["--color", "never", "--format", "ansi"]).copied());
    assert!(!plain.contains("38;2;"), "without");
    let ascii = desk.run(args.iter().chain(&["--ascii", "--theme", "emic-light"]).copied());
    assert!(!ascii.contains('│') && !ascii.contains('┌'), "{ascii}");
}

#[test]
fn ids_are_not_minted_twice_by_a_script_played_twice() {
    let desk = Desk::new();
    desk.project("study");
    desk.file("a.txt", INTERVIEW);
    desk.run(["import", "study", "a.txt"]);
    for (n, name) in ["One", "Two"].into_iter().enumerate() {
        let keys = format!("{}sc{name}<Enter>", "j".repeat(n * 3));
        let fixed = ["--at", "2026-11-22T10:04:10Z", "--seed", "7"];
        desk.run(["screen", "study", "--write", "--keys", &keys].into_iter().chain(fixed));
    }
    let codes = desk.run(["codes", "study", "--format", "csv"]);
    assert_eq!(codes.lines().count(), 3, "{codes}");
}

#[test]
fn each_step_is_noted_when_it_is_safe() {
    let desk = Desk::new();
    desk.project("study");
    desk.file("a.txt", INTERVIEW);
    desk.run(["import", "study", "a.txt"]);
    let keys = "jjjscWarm handoff<Enter>mA thought<Esc>u";
    desk.run(["screen", "study", "--write", "--acks", "acks", "--keys", keys]);
    let acks = fs::read_to_string(desk.path("acks")).expect("the file");
    let lines: Vec<&str> = acks.lines().collect();
    assert!(lines[0].contains(" PB-") && lines[0].ends_with("code “Warm handoff”"), "{acks}");
    assert!(acks.contains("memo “A thought”"), "{acks}");
    let steps = desk.run(["log", "study", "--format", "csv"]).lines().count() - 1;
    assert_eq!(lines.len(), steps - 2, "all but the two of before: {acks}");
    desk.run(["screen", "study", "--write", "--acks", "acks", "--keys", "jjjscWarm handoff<Enter>"]);
    let more = fs::read_to_string(desk.path("acks")).expect("the file");
    assert!(more.starts_with(&acks) && more.len() > acks.len(), "it is added to");
    let said = desk.fail(["screen", "study", "--acks", "nowhere/acks", "--keys", "j"], 1);
    assert!(said.contains("nowhere/acks cannot be written"), "{said}");
}

#[test]
fn what_is_half_written_at_the_end_of_a_script_is_kept() {
    let desk = Desk::new();
    desk.project("study");
    desk.run(["screen", "study", "--write", "--keys", "mHalf a thought"]);
    assert!(desk.run(["memos", "study"]).contains("Half a thought"));
}

#[test]
fn a_wrong_key_is_refused_before_anything_is_pressed() {
    let desk = Desk::new();
    let study = desk.project("study");
    untouched(&study, "a wrong key", || {
        desk.emic(["screen", "study", "--write", "--keys", "mHello<Escape>"]).assert().code(2).stderr(
            predicate::str::contains("“<Escape>” is not a key").and(predicate::str::contains("nothing was pressed")),
        );
    });
}

#[test]
fn any_size_is_drawn() {
    let desk = Desk::new();
    desk.sample("study");
    for size in ["1x1", "20x5", "60x18", "400x100"] {
        let screen = desk.run(["screen", "study", "--coder", "PB", "--size", size, "--keys", "jjsc<Esc>?"]);
        let rows: usize = size.split_once('x').expect("a size").1.parse().expect("rows");
        assert_eq!(screen.lines().count(), rows, "{size}");
    }
}
