//! Bad input: one clear sentence, a non-zero exit, not a byte of the project changed.

use super::desk::{Desk, INTERVIEW, untouched, whole};
use emic::project::id::{FixedMint, Mint};
use emic::store::{Access, RealDisk, Who, open};
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// The one sentence, and that it is one.
fn sentence(said: &str) -> &str {
    assert!(said.starts_with("emic: ") && said.trim_end().lines().count() == 1, "not one sentence: {said}");
    said.trim_end()
}

#[test]
fn files_that_cannot_be_imported() {
    let desk = Desk::new();
    let study = desk.project("study");
    desk.file("good.txt", INTERVIEW);
    desk.file("empty.txt", "");
    desk.file("blank.txt", " \n \n");
    desk.file("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    desk.file("binary.txt", [b'a', 0, b'b', 7, 8, 0, 0, 0, 1, 2]);
    desk.file("letter.docx", b"PK\x03\x04word/");
    File::create(desk.path("huge.txt")).expect("a file").set_len(1 << 31).expect("sparse");
    File::create(desk.path("large.txt")).expect("a file").set_len(70 << 20).expect("sparse");
    fs::create_dir(desk.path("bare")).expect("a folder");
    let cases = [
        ("missing.txt", "missing.txt: there is no such file or folder"),
        ("empty.txt", "empty.txt: the file is empty"),
        ("blank.txt", "only white space"),
        ("picture.txt", "a picture (PNG), not plain text"),
        ("binary.txt", "this is no plain text"),
        ("letter.docx", "a Word document"),
        ("huge.txt", "with 2048 MB it is too large"),
        ("large.txt", "with 70 MB it is very large for a transcript; --yes"),
        ("bare", "there is no plain text (.txt, .md) in this folder"),
    ];
    for (file, words) in cases {
        for args in [vec!["import", "study", file], vec!["import", "study", "good.txt", file]] {
            let begun = Instant::now();
            let said = untouched(&study, file, || desk.fail(&args, 1));
            assert!(sentence(&said).contains(words) && said.contains("nothing was imported"), "{file}: {said}");
            assert!(begun.elapsed().as_secs() < 20, "{file} was read");
        }
    }
    let said = untouched(&study, "large", || desk.fail(["import", "study", "large.txt", "--yes"], 1));
    assert!(said.contains("NUL"), "it was read now: {said}");
    let said =
        untouched(&study, "several", || desk.fail(["import", "study", "missing.txt", "empty.txt", "good.txt"], 1));
    assert!(
        said.contains("missing.txt: ") && said.contains("empty.txt: ") && said.contains("2 problems above"),
        "{said}"
    );
}

#[test]
fn folders_that_are_no_projects() {
    let desk = Desk::new();
    desk.file("other/notes.txt", "mine");
    fs::create_dir(desk.path("bare")).expect("a folder");
    desk.file("good.txt", INTERVIEW);
    let folder = desk.path("");
    for (place, words) in [
        ("nowhere", "there is no folder nowhere"),
        ("other", "other is not a project"),
        ("bare", "bare is not a project"),
        ("good.txt", "good.txt is a file, not the folder of a project"),
    ] {
        let commands: [Vec<&str>; 8] = [
            vec!["codes", place],
            vec!["extracts", place, "--code", "x"],
            vec!["memos", place],
            vec!["log", place],
            vec!["check", place],
            vec!["merge", place, "elsewhere"],
            vec!["import", place, "good.txt"],
            vec!["screen", place, "--keys", "jjj", "--write"],
        ];
        for args in commands {
            let said = untouched(&folder, place, || desk.fail(&args, 1));
            assert!(sentence(&said).contains(words), "{args:?}: {said}");
        }
    }
}

#[test]
fn a_fault_in_a_file_is_told_with_its_place_and_what_was_expected() {
    let desk = Desk::new();
    let study = desk.sample("study");
    let file = study.join("codebook.ron");
    let text = fs::read_to_string(&file).expect("the codebook");
    let line = text.lines().position(|line| line.contains("record: Code(")).expect("a code");
    let broken: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(n, row)| if n == line { row.replacen("name: \"", "name: 7, was: \"", 1) } else { row.to_owned() })
        .collect();
    fs::write(&file, broken.join("\n") + "\n").expect("written");
    // It is said wherever the project is opened; what can be read is shown.
    let output = untouched(&study, "a fault", || desk.emic(["check", "study"]).output().expect("run"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    for words in ["codebook.ron", &format!("line {}", line + 1), "column", "Expected string"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let output = untouched(&study, "a fault", || {
        desk.emic(["screen", "study", "--coder", "PB", "--write", "--keys", "jjjscNew<Enter>"]).output().expect("run")
    });
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("codebook.ron"), "{output:?}");
}

#[test]
fn a_fault_is_told_to_whoever_reads_a_report() {
    let desk = Desk::new();
    let study = desk.sample("study");
    let file = study.join("codebook.ron");
    let text = fs::read_to_string(&file).expect("the codebook");
    fs::write(&file, text.replacen("name: \"", "name: 7, was: \"", 1)).expect("written");
    untouched(&study, "a report", || {
        let done = desk.emic(["codes", "study", "--coder", "PB"]).assert().success();
        let said = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
        assert!(said.contains("codebook.ron, line ") && said.lines().count() == 1, "{said}");
    });
}

#[test]
fn a_journal_cut_off_or_damaged_is_left_as_it_is() {
    let desk = Desk::new();
    let study = desk.project("study");
    desk.file("a.txt", INTERVIEW);
    desk.run(["import", "study", "a.txt"]);
    let journal = fs::read_dir(study.join("journal")).expect("journals").next().expect("one").expect("an entry").path();
    let good = fs::read_to_string(&journal).expect("a journal");
    fs::write(&journal, format!("{good}(n: 99, by: \"PB\", at: \"20")).expect("written");
    for args in [&["codes", "study"][..], &["log", "study"], &["check", "study"], &["memos", "study"]] {
        untouched(&study, args[0], || desk.run(args));
    }
    let notes = desk.emic(["codes", "study"]).output().expect("run").stderr;
    assert!(String::from_utf8_lossy(&notes).contains("is not complete"), "{notes:?}");
    let (head, lines) = good.split_once('\n').expect("a header");
    fs::write(&journal, format!("{head}\n(n: 1, this is no line)\n{lines}")).expect("written");
    let said =
        untouched(&study, "damage", || desk.emic(["import", "study", "a.txt", "--again"]).output().expect("run"));
    let told = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(
        said.status.code() == Some(1) && told.contains("nothing was imported: ") && told.contains("line 2"),
        "{told}"
    );
}

#[test]
fn a_project_file_that_is_no_ron_at_all() {
    let desk = Desk::new();
    let study = desk.sample("study");
    fs::write(study.join("project.ron"), "this is not it\n").expect("written");
    let said = untouched(&study, "a fault", || desk.fail(["codes", "study", "--coder", "PB"], 1));
    let said = sentence(&said);
    assert!(said.contains("project.ron") && said.contains("line 1"), "{said}");
}

#[test]
fn a_missing_text_is_told_and_the_rest_works() {
    let desk = Desk::new();
    let study = desk.sample("study");
    for source in fs::read_dir(study.join("sources")).expect("sources") {
        let _absent = fs::remove_file(source.expect("one").path().join("1.txt"));
    }
    assert!(desk.run(["codes", "study", "--coder", "PB"]).contains("Warm handoff"));
    let said = desk.fail(["extracts", "study", "--coder", "PB", "--code", "Warm handoff"], 1);
    assert!(sentence(&said).contains("1.txt: it is missing; get it back from a backup or a colleague"), "{said}");
}

#[test]
fn escape_characters_in_texts_and_names_do_not_reach_the_terminal() {
    let desk = Desk::new();
    desk.project("study");
    let words = "Interviewer: What \u{1b}[2J\u{1b}]0;title\u{7} now?\nNurse: Then \u{9b}31m they wait. \u{202e}txt\n";
    desk.file("a.txt", words);
    let mut printed = desk.run(["import", "study", "a.txt"]);
    printed += &desk.run(["screen", "study", "--write", "--keys", "scOne<Enter>jjscOne<Enter>"]);
    for format in ["table", "csv", "md", "json"] {
        printed += &desk.run(["extracts", "study", "--code", "One", "--format", format]);
    }
    printed += &desk.fail(["codes", "no\u{1b}[2Jwhere"], 1);
    printed += &desk.fail(["import", "study", "no\u{1b}[2Jwhere"], 1);
    assert!(printed.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'), "{printed:?}");
}

#[test]
fn another_program_at_work_is_told() {
    let desk = Desk::new();
    let study = desk.project("study");
    desk.file("a.txt", INTERVIEW);
    let mut mint = FixedMint::new(1, "2026-11-22T10:04:10Z".parse().expect("a time"));
    let held = open(Arc::new(RealDisk), &study, Who::scripted(Some("PB"), &mut mint), Access::Write).expect("open");
    let output = desk.emic(["import", "study", "a.txt"]).assert().success().get_output().clone();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("Another program is open on PB's work (since 2026-11-22T10:04:10Z"), "{said}");
    let screen = desk.run(["screen", "study", "--write", "--size", "160x30"]);
    assert!(screen.contains("Another program is open on PB's work"), "{screen}");
    drop(held);
    assert!(desk.emic(["screen", "study", "--write"]).output().is_ok_and(|output| output.stderr.is_empty()));
    assert!(mint.random() > 0);
}

/// What runs as a user who may not write there.
#[cfg(unix)]
fn as_somebody_else(desk: &Desk, args: &[&str]) -> std::process::Output {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let open = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("opened");
    let binary = desk.path("program");
    if !binary.exists() {
        fs::copy(env!("CARGO_BIN_EXE_emic"), &binary).expect("copied");
        open(&binary);
        open(&desk.path("."));
    }
    let mut command = std::process::Command::new(&binary);
    command.env_clear().env("EMIC_STATE_DIR", "/nonexistent/state").current_dir(desk.path("")).args(args);
    // Those who may do everything are not kept out by permissions.
    let is_root = fs::read_to_string("/proc/self/status").is_ok_and(|status| status.contains("\nUid:\t0\t"));
    if is_root {
        command.uid(65_534).gid(65_534);
    }
    command.output().expect("run")
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_opened_to_look_and_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let study = desk.project("study");
    desk.file("a.txt", INTERVIEW);
    desk.run(["import", "study", "a.txt"]);
    let readable = |path: &Path, folder: bool| {
        let mode = if folder { 0o555 } else { 0o444 };
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
    };
    for (path, file) in whole(&study) {
        readable(&path, file.is_none());
    }
    readable(&study, true);
    readable(&desk.path("a.txt"), false);
    let before = whole(&study);
    let report = as_somebody_else(&desk, &["codes", "study", "--coder", "PB"]);
    assert!(report.status.success(), "{report:?}");
    let import = as_somebody_else(&desk, &["import", "study", "a.txt", "--again"]);
    let said = String::from_utf8_lossy(&import.stderr);
    assert!(
        import.status.code() == Some(1) && said.contains("nothing was imported: study cannot be written"),
        "{import:?}"
    );
    let screen = as_somebody_else(&desk, &["screen", "study", "--write", "--keys", "scNo<Enter>", "--size", "150x30"]);
    let shown = String::from_utf8_lossy(&screen.stdout);
    assert!(shown.contains("read-only"), "{shown}");
    assert_eq!(screen.status.code(), Some(1));
    assert!(before == whole(&study));
    // So that the folder can be removed.
    for (path, file) in before {
        let mode = if file.is_none() { 0o755 } else { 0o644 };
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a mode");
    }
    fs::set_permissions(&study, fs::Permissions::from_mode(0o755)).expect("a mode");
}
