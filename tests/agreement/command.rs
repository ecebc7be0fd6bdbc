//! `emic agreement --input`, as a script runs it.

use super::vectors::folder;
use assert_cmd::Command;
use serde_json::{Value, json};

fn emic(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_emic"));
    command.env_clear().arg("agreement").args(args).timeout(std::time::Duration::from_secs(60));
    command
}

/// The one sentence with which standard input is refused.
fn refused(input: &str) -> String {
    let output = emic(&["--input", "-"]).write_stdin(input).assert().code(1).get_output().clone();
    assert!(output.stdout.is_empty(), "it was refused and printed nevertheless");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said.starts_with("emic: standard input: ") && said.trim_end().lines().count() == 1, "{said}");
    said
}

#[test]
fn a_file_is_reported_on_without_a_project() {
    let file = folder().join("syn_tiny_hand.json");
    let output = emic(&["--input", file.to_str().expect("a path")]).assert().success().get_output().clone();
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["schema"], "agreement-expected/1");
    let text = std::fs::read_to_string(file).expect("the file");
    let piped = emic(&["--input", "-"]).write_stdin(text).assert().success().get_output().clone();
    assert_eq!(piped.stdout, output.stdout);
}

#[test]
fn what_cannot_be_is_refused_with_one_sentence() {
    let with = |change: &dyn Fn(&mut Value)| {
        let mut input = json!({
            "documents": [{"id": "d", "length": 10}], "coders": ["A", "B"], "codings": [["d", "A", "x", 0, 5]],
        });
        change(&mut input);
        refused(&input.to_string())
    };
    for (said, words) in [
        (with(&|input| input["codings"][0][3] = json!(-1)), "runs from -1 to 5"),
        (with(&|input| input["codings"][0][4] = json!(11)), "runs from 0 to 11"),
        (with(&|input| input["codings"][0][3] = json!(6)), "runs from 6 to 5"),
        (with(&|input| input["codings"][0][1] = json!("C")), "names the coder “C”"),
        (with(&|input| input["codings"][0][0] = json!("e")), "names the document “e”"),
        (with(&|input| input["scope"] = json!({"e": []})), "names the document “e”"),
        (with(&|input| input["scope"] = json!({"d": [[5, 4]]})), "runs from 5 to 4"),
        (with(&|input| input["tree"] = json!({"x": "y", "y": "x"})), "stands above itself"),
        (with(&|input| input["options"] = json!({"rollup_depth": 0})), "`rollup_depth` is 0"),
        (with(&|input| input["options"] = json!({"rollup_depth": 1.5})), "no whole number from 1 on"),
        (refused("{\"documents\": ["), "line 1 column 15"),
        (refused("\u{feff}[]"), "this is no agreement-input/1"),
    ] {
        assert!(said.contains(words), "{said}");
    }
    let said = emic(&["--input", "nowhere.json"]).assert().code(1).get_output().stderr.clone();
    let said = String::from_utf8(said).expect("UTF-8");
    assert!(said.contains("there is no such file") && said.trim_end().lines().count() == 1, "{said}");
}
