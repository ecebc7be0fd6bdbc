//! Every vector of the specification: the report is the expected one, and the published figures stand in it.

use super::compare::{Shape, differences};
use emic::agreement::{Input, Study};
use serde_json::Value;
use std::path::{Path, PathBuf};

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/agreement/vectors")
}

pub fn read(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).expect("a vector")
}

/// The names of all vectors that have an input.
pub fn names() -> Vec<String> {
    let entries = std::fs::read_dir(folder()).expect("the vectors");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .filter(|name| !name.ends_with(".expected"))
        .collect();
    names.sort();
    names
}

#[test]
fn every_vector_holds() {
    let mut wrong = Vec::new();
    for name in names() {
        let input = Input::from_json(&read(&format!("{name}.json"))).expect("an input");
        let study = Study::prepare(input).expect("a study");
        let report = serde_json::to_value(study.report()).expect("a report");
        let expected: Value = serde_json::from_str(&read(&format!("{name}.expected.json"))).expect("a report");
        let found = differences(&expected, &report, Shape::Same);
        if !found.is_empty() {
            wrong.push(format!(
                "{name}: {} differences, such as\n  {}",
                found.len(),
                found[..found.len().min(12)].join("\n  ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
