//! `emic memos`: what is listed, what is found, what leaves and what does not.

use crate::desk::Desk;

/// The sample, with a memo of PB's that links to a code and quotes an extract.
fn with_memo(desk: &Desk) {
    desk.sample("study");
    let keys = "gMRegistries again<Enter>about @registry or<Enter> and @\"registry<Enter><Esc>";
    desk.run(["screen", "study", "--coder", "PB", "--write", "--keys", keys]);
}

#[test]
fn memos_are_found_by_kind_by_what_they_link_to_and_by_their_words() {
    let desk = Desk::new();
    with_memo(&desk);
    let titles = |more: &[&str]| -> Vec<String> {
        let args = ["memos", "study", "--coder", "PB", "--format", "json"].iter().chain(more);
        let all: serde_json::Value = serde_json::from_str(&desk.run(args)).expect("JSON");
        let rows = all.as_array().expect("rows").clone();
        rows.iter().map(|row| row["title"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let all = titles(&[]);
    assert!(all.len() > 10 && all.contains(&"Registries again".to_owned()), "{all:?}");
    assert_eq!(titles(&["--text", "registries AGAIN"]), ["Registries again"]);
    let about = titles(&["--about", "code:Registry or tracking tool"]);
    assert!(about.contains(&"Registries again".to_owned()), "a link is enough: {about:?}");
    assert!(titles(&["--kind", "reflexive"]).contains(&"People I like".to_owned()));
    assert_eq!(titles(&["--kind", "analytic", "--by", "EW"]), Vec::<String>::new());
    let marked = titles(&["--marked"]);
    assert!(marked.len() == 3 && marked.contains(&"Working on the team".to_owned()), "{marked:?}");
    let json = desk.run(["memos", "study", "--coder", "PB", "--format", "json", "--text", "registries again"]);
    assert!(
        json.contains("about Registry or tracking tool") && json.contains("> “"),
        "links are names, quotations words: {json}"
    );
    let said = desk.fail(["memos", "study", "--coder", "PB", "--about", "nothing like it"], 1);
    assert!(said.contains("there is no code, case, source or theme “nothing like it”"), "{said}");
    let said = desk.fail(["memos", "study", "--coder", "PB", "--by", "ZZ"], 1);
    assert!(said.contains("there is no coder “ZZ”"), "{said}");
}

#[test]
fn ones_own_memos_are_never_exported_and_nothing_is_written_over() {
    let desk = Desk::new();
    with_memo(&desk);
    let export = |path: &str| desk.emic(["memos", "study", "--coder", "PB", "--export", path]).output().expect("run");
    for name in ["memos.md", "memos.html", "memos.docx"] {
        let output = export(name);
        assert!(output.status.success(), "{output:?}");
        let notes = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(notes.contains("stay here: a coder's own are never exported"), "{notes}");
    }
    for name in ["memos.md", "memos.html"] {
        let text = std::fs::read_to_string(desk.path(name)).expect("written");
        assert!(text.contains("Registries again") && !text.contains("People I like"), "{name}");
        assert!(!text.contains("(code:") && !text.contains("[quote:"), "no ids leave: {name}");
    }
    let again = desk.fail(["memos", "study", "--coder", "PB", "--export", "memos.md", "--text", "registries"], 1);
    assert!(again.contains("is there already"), "{again}");
    let said = desk.fail(["memos", "study", "--coder", "PB", "--export", "memos.pdf", "--text", "registries"], 1);
    assert!(said.contains(".md, .html or .docx"), "{said}");
    let said = desk.fail(["memos", "study", "--coder", "PB", "--export", "x.md", "--text", "zzzzz"], 1);
    assert!(said.contains("there is no memo to export"), "{said}");
    assert!(export("all").status.success());
    let files = std::fs::read_dir(desk.path("all")).expect("a folder").count();
    assert!(files > 8, "a file a memo: {files}");
}

#[test]
fn speakers_are_signed_as_the_export_is_asked_to_and_the_memos_stay_as_they_are() {
    let desk = Desk::new();
    with_memo(&desk);
    let signed = |how: &str| -> Vec<String> {
        let path = format!("{how}.md");
        let args = ["memos", "study", "--coder", "PB", "--text", "registries again", "--sign", how, "--export", &path];
        desk.run(args);
        let text = std::fs::read_to_string(desk.path(&path)).expect("written");
        text.lines().filter(|line| line.starts_with("> —")).map(str::to_owned).collect()
    };
    let (quoted, nobody) = (signed("quoted"), signed("nobody"));
    let (full, enough) = (signed("full"), signed("enough"));
    assert!(quoted.len() == 1 && nobody.is_empty(), "{quoted:?} {nobody:?}");
    assert_eq!(quoted, enough, "as it is offered when it is quoted");
    assert!(full[0].starts_with("> — ") && full[0].chars().count() > enough[0].chars().count(), "{full:?} {enough:?}");
    let said = desk.fail(["memos", "study", "--coder", "PB", "--sign", "full"], 2);
    assert!(said.contains("--export"), "{said}");
}
