//! Demo, new, and what stands at the door: help, version, wrong usage, completions, the manual page.

use super::desk::{Desk, untouched, whole};
use predicates::prelude::*;
use std::fs;

#[test]
fn the_demo_is_written_once_and_then_opened_as_it_is() {
    let desk = Desk::new();
    let first = desk.run(["demo", "--no-open"]);
    let folder = desk.path("home/data/demo");
    assert!(first.contains("now in") && first.contains(&folder.display().to_string()), "{first}");
    assert!(folder.join("project.ron").exists());
    let again = untouched(&folder, "a second demo", || desk.run(["demo", "--no-open"]));
    assert!(again.contains("already in"), "{again}");
    let fresh = desk.run(["demo", "--no-open", "--fresh"]);
    assert!(fresh.contains("demo-2"), "{fresh}");
    assert_eq!(whole(&folder).len(), whole(&desk.path("home/data/demo-2")).len());
    assert!(desk.run(["check", "home/data/demo"]).contains("everything is as it should be"));
    assert!(!folder.join(".emic").exists(), "looking at it creates nothing");
}

#[test]
fn each_stage_of_the_demo_has_a_folder_of_its_own_and_opens_for_both_coders() {
    let desk = Desk::new();
    for (stage, folder) in [("blind", "demo-blind"), ("revealed", "demo-revealed"), ("reconciling", "demo-reconciling")]
    {
        let folder = format!("home/data/{folder}");
        assert!(desk.run(["demo", "--stage", stage, "--no-open"]).contains("now in"), "{stage}");
        assert!(desk.run(["demo", "--stage", stage, "--no-open"]).contains("already in"), "{stage}");
        assert!(desk.run(["check", &folder]).contains("everything is as it should be"), "{stage}");
        for coder in ["PB", "DC", "EW"] {
            let screen = desk.run(["screen", &folder, "--coder", coder, "--size", "100x30"]);
            assert!(screen.contains("Emic"), "{stage} {coder}:\n{screen}");
        }
    }
    assert!(!desk.path("home/data/demo").exists());
    assert!(desk.run(["demo", "--no-open", "--coder", "DC"]).contains("--coder DC"));
    assert!(desk.run(["demo", "--stage", "done", "--no-open"]).contains("already in"), "that is the demo itself");
    desk.run(["demo", "seen", "--stage", "revealed", "--no-open"]);
    let listed = |folder: &str, coder: &str| desk.run(["codes", folder, "--coder", coder]);
    assert!(!listed("home/data/demo-blind", "PB").contains("Correcting upward"), "DC proposed it, blind");
    assert!(listed("home/data/demo-blind", "DC").contains("Correcting upward"));
    assert!(listed("seen", "PB").contains("Correcting upward"), "until it is settled it is there for both");
    assert!(!listed("home/data/demo", "DC").contains("Correcting upward"), "in the end it is one with another");
}

#[test]
fn a_stage_is_never_written_over_a_project_or_shown_in_its_place() {
    let desk = Desk::new();
    let study = desk.sample("study");
    let said = untouched(&study, "a stage", || desk.fail(["demo", "study", "--stage", "blind", "--no-open"], 1));
    assert!(said.contains("study holds a project already") && said.contains("--fresh"), "{said}");
    assert!(desk.run(["demo", "study", "--stage", "blind", "--no-open", "--fresh"]).contains("study-2"));
    desk.fail(["demo", "other", "--stage", "half", "--no-open"], 2);
    assert!(!desk.path("other").exists());
}

#[test]
fn a_demo_is_not_written_over_anything() {
    let desk = Desk::new();
    desk.file("full/notes.txt", "mine");
    let said = untouched(&desk.path("full"), "demo", || desk.fail(["demo", "full", "--no-open"], 1));
    assert!(said.contains("full is not empty and holds no project") && said.contains("--fresh"), "{said}");
    assert!(desk.run(["demo", "full", "--no-open", "--fresh"]).contains("full-2"));
    let said = desk.fail(["demo", "full/notes.txt", "--no-open"], 1);
    assert!(said.contains("notes.txt is "), "{said}");
    fs::create_dir(desk.path("empty")).expect("a folder");
    assert!(desk.run(["demo", "empty", "--no-open"]).contains("now in empty"));
}

#[test]
fn the_binary_alone_in_an_empty_folder_with_an_empty_environment_runs_the_demo() {
    let folder = tempfile::tempdir().expect("a folder");
    let binary = folder.path().join("program");
    fs::copy(env!("CARGO_BIN_EXE_emic"), &binary).expect("copied");
    let run = |args: &[&str]| {
        let mut command = assert_cmd::Command::new(&binary);
        command.env_clear().current_dir(folder.path()).args(args);
        String::from_utf8(command.assert().success().get_output().stdout.clone()).expect("UTF-8")
    };
    run(&["demo", "study", "--no-open"]);
    assert!(run(&["codes", "study", "--coder", "PB"]).contains("Warm handoff"));
    assert!(run(&["screen", "study", "--coder", "PB", "--size", "100x30"]).contains("Emic"));
    let mut left: Vec<_> =
        fs::read_dir(folder.path()).expect("listed").map(|e| e.expect("entry").file_name()).collect();
    left.sort();
    assert_eq!(left, ["program", "study"]);
}

#[test]
fn a_new_project_is_whole_or_not_there() {
    let desk = Desk::new();
    let said = desk.run(["new", "my study", "--title", "Mine", "--coder", "PB", "--name", "Pat"]);
    assert!(said.contains("“Mine” is in my study") && said.contains("emic import 'my study' FILE…"), "{said}");
    assert!(desk.run(["log", "my study"]).contains("begin “Mine”, add coder PB"));
    let said = untouched(&desk.path("my study"), "new", || {
        desk.fail(["new", "my study", "--title", "Mine", "--coder", "PB"], 1)
    });
    assert!(said.contains("is not empty"), "{said}");
    let said = desk.fail(["new", "other", "--title", "T", "--coder", "P B!"], 1);
    assert!(said.lines().count() == 1 && !desk.path("other").exists(), "{said}");
    desk.emic(["new", "other", "--title", "T"]).assert().code(2).stderr(predicate::str::contains("--coder"));
}

#[test]
fn the_screen_needs_a_terminal_and_says_how_to_begin() {
    let desk = Desk::new();
    let said = desk.fail([""; 0], 1);
    assert!(said.contains("`emic demo`") && said.contains("`emic new"), "{said}");
    let study = desk.sample("study");
    for args in [vec!["study"], vec!["study", "--coder", "PB"], vec!["demo", "study"]] {
        let said = untouched(&study, "no terminal", || desk.fail(args, 2));
        assert!(said.starts_with("emic: Emic's screen needs a terminal") && said.lines().count() == 1, "{said}");
    }
}

#[test]
fn wrong_usage_says_what_was_meant() {
    let desk = Desk::new();
    assert!(desk.fail(["exracts"], 1).contains("did you mean emic extracts?"));
    assert!(desk.fail(["codez", "x"], 2).contains("did you mean emic codes?"));
    desk.sample("study");
    assert!(desk.fail(["study", "check", "study"], 2).contains("stand after the command"));
    assert!(desk.fail(["study", "chek"], 2).contains("the command comes before the project"));
    for args in [
        vec!["codes"],
        vec!["codes", "study", "--format", "xml"],
        vec!["import", "study"],
        vec!["import", "study", "x", "--kind", "poem"],
        vec!["import", "study", "x", "--case-from", "("],
        vec!["screen", "study", "--size", "12"],
        vec!["screen", "study", "--keys", "a<Nope>"],
        vec!["screen", "study", "--coder", "PB", "--theme", "nope"],
    ] {
        let said = desk.fail(args.clone(), 2);
        assert!(!said.is_empty(), "{args:?}");
    }
}

#[test]
fn help_completions_and_the_manual_page_know_every_command() {
    let desk = Desk::new();
    let help = desk.run(["--help"]);
    let (bash, man) = (desk.run(["completions", "bash"]), desk.run(["man"]));
    for name in
        ["demo", "new", "import", "codes", "extracts", "memos", "log", "check", "merge", "screen", "completions", "man"]
    {
        assert!(help.contains(&format!("\n  {name} ")), "help lacks {name}");
        assert!(bash.contains(name), "completions lack {name}");
        assert!(man.contains(&format!("EMIC {}", name.to_uppercase())), "the manual page lacks {name}");
        let own = desk.run([name, "--help"]);
        assert!(own.contains("Usage: emic "), "{own}");
    }
    for shell in ["zsh", "fish", "elvish", "powershell"] {
        assert!(desk.run(["completions", shell]).len() > 1000, "{shell}");
    }
    assert!(man.contains(".SH KEYS") && man.contains("Code the selected words") || man.contains("Transcript"), "{man}");
    assert!(desk.run(["--version"]).starts_with("emic "));
}
