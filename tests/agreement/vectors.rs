//! Every vector of the specification: the report is the expected one, and the published figures stand in it.

use super::compare::{Keys, differences, numbers_compared};
use super::large;
use emic::agreement::{Input, Study};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Where the vectors are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/agreement/vectors")
}

fn read(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).expect("a vector")
}

fn json(name: &str) -> Value {
    serde_json::from_str(&read(name)).expect("JSON")
}

/// The names of all vectors that have an input.
fn names() -> Vec<String> {
    let entries = std::fs::read_dir(folder()).expect("the vectors");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .filter(|name| !name.ends_with(".expected"))
        .collect();
    names.sort();
    names
}

fn report(input: Input) -> Value {
    super::studies::report_of(&Study::prepare(input).expect("a study"))
}

fn read_report(name: &str) -> Value {
    report(Input::from_json(&read(&format!("{name}.json"))).expect("an input"))
}

#[test]
fn every_vector_holds() {
    let mut wrong = Vec::new();
    let names = names();
    assert_eq!(names.len(), 34, "vectors are missing or new: {names:?}");
    for name in names {
        let found = differences(&json(&format!("{name}.expected.json")), &read_report(&name), Keys::Same);
        if !found.is_empty() {
            let some = found[..found.len().min(12)].join("\n  ");
            wrong.push(format!("{name}: {} differences, such as\n  {some}", found.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Published figures are JSON pointers into the report, values, tolerances (0: equal) and sources.
#[test]
fn published_figures_are_reproduced() {
    let (mut wrong, mut checked) = (Vec::new(), 0);
    for name in names() {
        let input = json(&format!("{name}.json"));
        let report = read_report(&name);
        for assertion in input["published"].as_array().into_iter().flatten() {
            let pointer = assertion[0].as_str().expect("a pointer");
            let (value, tolerance) = (&assertion[1], assertion[2].as_f64().expect("a tolerance"));
            let found = report.pointer(pointer);
            let holds = match (value.as_f64(), found.and_then(Value::as_f64)) {
                (Some(value), Some(found)) => (value - found).abs() <= tolerance,
                _ => found == Some(value),
            };
            checked += 1;
            if !holds {
                wrong.push(format!("{name}{pointer}: {value} ± {tolerance} is published, and here it is {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(checked, 514, "published figures went missing");
}

/// The expected report leaves out its long lists (`nvivo`, `items`, single cases and disagreements), and three counts.
#[test]
fn the_large_study_holds() {
    let expected = json("large.expected.json");
    let report = report(large::input(true));
    let found = differences(&expected, &report, Keys::AllowMissing);
    assert!(found.is_empty(), "{} differences, such as\n  {}", found.len(), found[..found.len().min(12)].join("\n  "));
    // What is expected is there: only what it names itself may be passed over.
    let mut expected = expected;
    expected.as_object_mut().expect("a report").remove("generator");
    let missing: Vec<String> =
        differences(&expected, &report, Keys::Same).into_iter().filter(|found| found.ends_with("is missing")).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(numbers_compared(&expected, &report) > 10_000);
}
