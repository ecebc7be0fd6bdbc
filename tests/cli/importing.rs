//! Importing from the command line.

use super::desk::{Desk, INTERVIEW, untouched};
use predicates::prelude::*;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

#[test]
fn a_file_is_shown_as_recognised_and_taken_in() {
    let desk = Desk::new();
    let study = desk.project("study");
    desk.file("P07-nurse.txt", INTERVIEW);
    let dry = untouched(&study, "a dry run", || {
        desk.run(["import", "study", "P07-nurse.txt", "--case-from", r"^(P\d+)", "--dry-run"])
    });
    for words in [
        "“Nurse”, interview, case “P07”",
        "4 turns (name and colon), 0 % of the text in no turn",
        "UTF-8",
        "interviewer  Interviewer, 2 turns: Thanks for doing this.",
        "participant  Nurse, 2 turns: She brings them to my door.",
        "1 source would be imported. Nothing was changed.",
    ] {
        assert!(dry.contains(words), "{words}: {dry}");
    }
    let done = desk.run(["import", "study", "P07-nurse.txt", "--case-from", r"^(P\d+)"]);
    assert!(done.contains("1 source imported, 1 new case."), "{done}");
    let screen = desk.run(["screen", "study", "--size", "100x30"]);
    assert!(screen.contains("She brings them to my door."), "{screen}");
    assert!(desk.run(["check", "study"]).contains("everything is as it should be"));
}

#[test]
fn the_same_words_are_taken_in_once_unless_again_is_said() {
    let desk = Desk::new();
    let study = desk.project("study");
    desk.file("a.txt", INTERVIEW);
    desk.file("b.txt", format!("\u{feff}{}", INTERVIEW.replace('\n', "\r\n")));
    let both = desk.run(["import", "study", "a.txt", "b.txt"]);
    assert!(
        both.contains("left out: the same words as a.txt") && both.contains("1 source imported, 1 file left out"),
        "{both}"
    );
    let again = untouched(&study, "the same again", || desk.run(["import", "study", "b.txt"]));
    assert!(again.contains("left out: already here as “A”") && again.contains("Nothing was imported"), "{again}");
    assert!(desk.run(["import", "study", "b.txt", "--again"]).contains("1 source imported."));
}

#[test]
fn a_folder_gives_all_its_texts_in_one_step() {
    let desk = Desk::new();
    desk.project("study");
    desk.file("data/P01-nurse.txt", INTERVIEW);
    desk.file("data/P02-field-note.md", "The door was open all day. Nobody went in.\n");
    desk.file("data/more/P02-nurse.txt", INTERVIEW.replace("Thursday", "Friday"));
    desk.file("data/P02.pdf", "%PDF-1.4");
    let done = desk.run(["import", "study", "data", "--case-from", r"^(P\d+)"]);
    assert!(done.contains("3 sources imported, 2 new cases, 1 file left out."), "{done}");
    assert!(
        done.contains("field note, case “P02”") && done.contains("P02.pdf\n  left out: not a plain text"),
        "{done}"
    );
    let log = desk.run(["log", "study", "--format", "csv"]);
    assert_eq!(log.lines().count(), 3, "the beginning and one step: {log}");
}

#[test]
fn what_is_recognised_wrongly_can_be_said() {
    let desk = Desk::new();
    desk.project("study");
    desk.file("a.txt", INTERVIEW);
    let dry = |args: &[&str]| desk.run(["import", "study", "a.txt", "--dry-run"].iter().chain(args).copied());
    assert!(dry(&["--no-speakers"]).contains("no speakers"));
    assert!(dry(&["--interviewer", "nurse"]).contains("interviewer  Nurse, 2 turns"));
    assert!(dry(&["--kind", "focus group"]).contains("focus group"));
    assert!(dry(&["--case", "Practice 9"]).contains("case “Practice 9”"));
    assert!(dry(&["--layout", "name and colon"]).contains("(name and colon)"));
    let said = desk.fail(["import", "study", "a.txt", "--interviewer", "Bob"], 1);
    assert!(said.contains("no turns of “Bob”") && said.contains("“Nurse”"), "{said}");
    let said = desk.fail(["import", "study", "a.txt", "--case-from", r"^(P\d+)"], 1);
    assert!(said.contains("finds no case in its name"), "{said}");
    let latin =
        desk.file("latin.txt", b"Interviewer: Ein Gespr\xe4ch \xfcber T\xfcren.\nFrau M\xfcller: Ja, gr\xf6\xdfere.\n");
    let done = desk.run(["import", "study", "latin.txt"]);
    assert!(done.contains("Windows-1252"), "{done}");
    assert!(latin.exists());
}

#[test]
fn a_coder_can_join_by_importing() {
    let desk = Desk::new();
    let study = desk.project("study");
    desk.file("a.txt", INTERVIEW);
    let said = untouched(&study, "a stranger", || desk.fail(["import", "study", "a.txt", "--coder", "DC"], 1));
    assert!(said.contains("has no coder DC") && said.contains("--join"), "{said}");
    desk.run(["import", "study", "a.txt", "--coder", "DC", "--join"]);
    let log = desk.run(["log", "study"]);
    assert!(log.contains("DC   add coder DC") && log.contains("DC   import “A”"), "{log}");
}

#[test]
fn a_real_transcript_is_imported_coded_and_its_extracts_come_out() {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let corpus = std::env::var_os("EMIC_CORPUS").map_or(beside, PathBuf::from);
    let file = corpus.join("longtext/nasa_mr3_ATG.txt");
    let Ok(words) = fs::read_to_string(&file) else {
        // Past what the test harness holds back of tests that pass.
        let _said = writeln!(std::io::stderr(), "skipped: {} is not there", file.display());
        return;
    };
    let desk = Desk::new();
    desk.project("study");
    let args = ["import".as_ref(), "study".as_ref(), file.as_os_str(), "--case".as_ref(), "MR-3".as_ref()];
    desk.emic(args).assert().success().stdout(predicate::str::contains("turns"));
    // A sentence in the third turn, another further down; the second carries two codes.
    let keys = "jjjscCalls back<Enter>jjjjjjscCalls back<Enter>kscReports<Space><Enter>";
    let screen = desk.run(["screen", "study", "--write", "--size", "120x40", "--keys", keys]);
    assert!(screen.contains("Calls back"), "{screen}");
    let extracts = desk.run(["extracts", "study", "--code", "Calls back", "--format", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&extracts).expect("JSON");
    assert!(!rows.is_empty(), "{extracts}");
    for row in rows {
        let text = row["text"].as_str().expect("words");
        assert!(words.replace("\r\n", "\n").contains(text) && !text.is_empty(), "{text}");
        assert!(row["speaker"].as_str().is_some() && row["case"] == "MR-3", "{row}");
    }
}
