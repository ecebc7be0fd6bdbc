//! The codebook and the report from the command line.

use super::desk::{Desk, untouched};
use super::trial::{act, apply, trial};
use emic::project::edit::Edit;
use emic::project::memo::{Link, MemoKind};
use serde_json::Value;
use std::fs;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

#[test]
fn the_codebook_is_a_table_a_document_and_wordings_and_what_changed_is_told() {
    let desk = Desk::new();
    let folder = trial(&desk);
    let rows = json(&desk.run(["codebook", "study", "--format", "json"]));
    let row = rows.as_array().expect("rows").iter().find(|row| row["code"] == "Warm handoff").expect("a row");
    for key in ["passages", "sources", "cases", "definition", "when_to_use", "wordings", "path"] {
        assert!(!row[key].is_null() || key == "when_to_use", "{key}: {row}");
    }
    let document = desk.run(["codebook", "study", "--as", "document", "--format", "md"]);
    assert!(document.starts_with("# Codebook: "), "{document}");
    assert!(document.contains("What Warm handoff is."), "{document}");
    let wordings = desk.run(["codebook", "study", "--as", "document", "--format", "csv"]);
    assert!(wordings.contains("first wording"), "{wordings}");
    assert!(desk.run(["codebook", "study", "--cycles"]).contains("Cycles"));

    let said = desk.run(["codebook", "study", "--freeze", "Broad coding", "--note", "first", "--coder", "PB"]);
    assert!(said.starts_with("The codebook is frozen as “Broad coding”: "), "{said}");
    act(&folder, "PB", |study| {
        let code = study.view().codebook().named("Warm handoff")[0];
        apply(study, &Edit::RenameCode(code, "Handoff in person".into()));
    });
    let found = json(&desk.run(["codebook", "study", "--diff", "broad coding", "--format", "json"]));
    assert_eq!(found.as_array().map(Vec::len), Some(1));
    assert_eq!((&found[0]["change"], &found[0]["from"]), (&"renamed".into(), &"Warm handoff".into()));
    desk.run(["codebook", "study", "--freeze", "Later", "--coder", "DC"]);
    let back = json(&desk.run(["codebook", "study", "--diff", "Later", "Broad coding", "--format", "json"]));
    assert_eq!(back[0]["to"], "Warm handoff");
    assert_eq!(
        json(&desk.run(["codebook", "study", "--cycles", "--format", "json"])).as_array().map(Vec::len),
        Some(2)
    );
    assert!(desk.run(["codebook", "study", "--themes", "--format", "md"]).contains("Themes with what they hold"));
    assert!(desk.run(["check", "study"]).contains("everything is as it should be"));
}

#[test]
fn what_is_wrong_is_said_and_changes_nothing() {
    let desk = Desk::new();
    let folder = trial(&desk);
    desk.run(["codebook", "study", "--freeze", "Broad coding", "--coder", "PB"]);
    let refusals: [(&[&str], i32, &str); 7] = [
        (&["--diff", "Subcoding"], 1, "there is no cycle “Subcoding” in this project; there is “Broad coding”"),
        (&["--freeze", "broad CODING", "--coder", "PB"], 1, "there is a cycle called “broad CODING” here already"),
        (&["--freeze", " ", "--coder", "PB"], 1, "a cycle needs a name"),
        (&["--freeze", "x", "--top", "None", "--coder", "PB"], 1, "there is no theme “None” in this project"),
        (&["--note", "x"], 2, "--freeze"),
        (&["--cycles", "--themes"], 2, "cannot be used with"),
        (&["--coder", "XX"], 1, "this project has no coder XX"),
    ];
    for (args, code, why) in refusals {
        untouched(&folder, "looking or refusing", || {
            let said = desk.fail(["codebook", "study"].iter().chain(args), code);
            assert!(said.contains(why), "{args:?}: {said}");
        });
    }
}

#[test]
fn a_report_is_written_whole_holds_nothing_of_ones_own_and_replaces_nothing_unasked() {
    let desk = Desk::new();
    let folder = trial(&desk);
    act(&folder, "PB", |study| {
        for (shared, text) in [(false, "Secretmemo"), (true, "Sharedmemo")] {
            let (id, kind) = (study.fresh_id().into(), MemoKind::Reflexive);
            apply(study, &Edit::WriteMemo { id, on: Link::Study, kind, shared, text: text.into() });
        }
    });
    untouched(&folder, "looking or refusing", || {
        let said = desk.run(["report", "study", "--output", "out/report", "--coder", "PB"]);
        assert!(said.contains("files are in out/report; index.md says what each of them is"), "{said}");
    });
    let out = desk.path("out/report");
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap_or_else(|why| panic!("{name}: {why}"));
    let names = ["audit.md", "checklist-coreq.md", "checklist-srqr.md", "codebook.md", "cycles.md", "decisions.csv"];
    for name in names.into_iter().chain(["methods.md", "themes.md", "audit.csv", "codebook.csv", "wordings.csv"]) {
        let text = read(name);
        assert!(!text.is_empty() && !text.to_lowercase().contains("secretmemo"), "{name}: {text}");
    }
    assert!(read("checklist-coreq.md").contains("1 shared reflexive memo"), "{}", read("checklist-coreq.md"));
    assert!(read("audit.md").contains("“Warm handoff” defined"), "{}", read("audit.md"));
    assert_eq!(fs::read_dir(desk.path("out")).expect("a folder").count(), 1, "nothing is left beside it");

    let said = desk.fail(["report", "study", "--output", "out/report"], 1);
    assert!(said.contains("is not empty") && said.contains("--force"), "{said}");
    fs::write(out.join("mine.txt"), "mine").expect("written");
    fs::write(out.join("audit.md"), "old").expect("written");
    desk.run(["report", "study", "--output", "out/report", "--force"]);
    assert_eq!(read("mine.txt"), "mine");
    assert_ne!(read("audit.md"), "old");
    fs::create_dir(desk.path("empty")).expect("a folder");
    desk.run(["report", "study", "--output", "empty"]);
    let refusals: [(&[&str], i32, &str); 4] = [
        (&["study", "--output", "study/report"], 1, "lies in the project's own folder"),
        (&["study", "--output", "out/report/mine.txt"], 1, "is a file; name a folder"),
        (&["study", "--output", "new", "--coder", "XX"], 1, "this project has no coder XX"),
        (&["study"], 2, "--output"),
    ];
    for (args, code, why) in refusals {
        untouched(&folder, "looking or refusing", || {
            let said = desk.fail(["report"].iter().chain(args), code);
            assert!(said.contains(why), "{args:?}: {said}");
        });
    }
    assert!(!desk.path("new").exists());
}
