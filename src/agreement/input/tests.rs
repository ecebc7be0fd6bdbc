//! What is taken, what is refused, and with which words.

use super::*;
use serde_json::json;

fn input(change: impl FnOnce(&mut serde_json::Value)) -> Result<Input, InputError> {
    let mut value = json!({
        "schema": "agreement-input/1",
        "documents": [{"id": "d", "length": 10}, {"id": "e", "length": 0}],
        "cases": [{"id": "c", "documents": ["d"]}],
        "coders": ["A", "B"],
        "codes": ["x"],
        "codings": [["d", "A", "x", 0, 5], ["d", "B", "y", 10, 10]],
    });
    change(&mut value);
    let input = Input::from_json(&value.to_string())?;
    check(&input)?;
    Ok(input)
}

fn refused(change: impl FnOnce(&mut serde_json::Value)) -> String {
    input(change).expect_err("refused").to_string()
}

#[test]
fn what_is_left_out_has_its_default() {
    let plain = input(|_| ()).expect("an input");
    let options = &plain.options;
    assert_eq!((options.bootstrap, options.seed, options.min_fraction), (200, 42, 0.0));
    let names: Vec<String> = options.segment_thresholds.iter().map(Threshold::name).collect();
    assert_eq!(names, ["any", "0.5", "0.9"]);
    assert_eq!(input(|value| value["options"] = json!(null)).expect("an input"), plain);
}

#[test]
fn an_input_written_and_read_again_is_the_same() {
    let found = input(|value| {
        value["scope"] = json!({"d": [[4, 6], [0, 2]]});
        value["tree"] = json!({"x": "top", "top": null});
        value["options"] = json!({"rollup_depth": 1, "seed": -1, "segment_thresholds": [1, "any", 0.25]});
        value["published"] = json!([["/n/documents", 2, 0, "by hand"]]);
    });
    let found = found.expect("an input");
    assert_eq!(found.options.seed, u64::MAX);
    assert_eq!(Input::from_json(&found.to_json()), Ok(found));
}

#[test]
fn ranges_that_leave_their_document_are_refused_by_name_and_place() {
    assert_eq!(
        refused(|value| value["codings"][1][4] = json!(11)),
        "coding 2 (“y” by “B”) runs from 10 to 11, and “d” from 0 to 10; count in characters, the start first, and not \
         past the end"
    );
    assert!(refused(|value| value["codings"][0][3] = json!(-1)).starts_with("coding 1 (“x” by “A”) runs from -1 to 5"));
    assert!(refused(|value| value["codings"][0][3] = json!(6)).starts_with("coding 1 (“x” by “A”) runs from 6 to 5"));
    assert!(refused(|value| value["scope"] = json!({"d": [[3, 11]]})).starts_with("a range of the scope of “d” runs"));
}

#[test]
fn names_that_are_nowhere_are_refused() {
    let sentence = refused(|value| value["codings"][0][0] = json!("f"));
    assert!(
        sentence.starts_with("coding 1 (“x” by “A”) names the document “f”, which is not in `documents`"),
        "{sentence}"
    );
    let sentence = refused(|value| value["codings"][0][1] = json!("C"));
    assert!(sentence.starts_with("coding 1 (“x” by “C”) names the coder “C”, who is not in `coders`"), "{sentence}");
    assert!(refused(|value| value["scope"] = json!({"f": []})).starts_with("the scope names the document “f”"));
    assert!(refused(|value| value["coverage"] = json!({"C": []})).starts_with("the coverage names the coder “C”"));
    assert!(refused(|value| value["coverage"] = json!({"A": ["f"]})).starts_with("the coverage of “A” names"));
    assert!(refused(|value| value["cases"][0]["documents"][0] = json!("f")).starts_with("case “c” names the document"));
}

#[test]
fn a_ring_in_the_tree_and_a_depth_that_is_none_are_refused() {
    let ring = refused(|value| value["tree"] = json!({"a": "b", "b": "c", "c": "b"}));
    assert!(ring.starts_with("in the tree “b” stands above itself"), "{ring}");
    assert!(refused(|value| value["tree"] = json!({"a": "a"})).contains("“a” stands above itself"));
    assert!(refused(|value| value["options"] = json!({"rollup_depth": 0})).starts_with("`rollup_depth` is 0"));
    for depth in [json!(true), json!(2.0), json!(-1), json!("2")] {
        let sentence = refused(|value| value["options"] = json!({"rollup_depth": depth}));
        assert!(sentence.contains("no whole number from 1 on"), "{sentence}");
    }
    assert!(input(|value| value["options"] = json!({"rollup_depth": null})).is_ok());
}

#[test]
fn what_is_no_such_json_is_refused_with_line_and_column() {
    let sentence = Input::from_json("{\"documents\": [}").expect_err("refused").to_string();
    assert!(sentence.contains("line 1 column 16"), "{sentence}");
    assert!(refused(|value| value["coders"] = json!("A")).contains("this is no agreement-input/1"));
    assert!(refused(|value| value["schema"] = json!("agreement-input/2")).contains("agreement-input/2"));
    assert!(refused(|value| value["coders"] = json!(["A", "B", "A"])).contains("coder “A” is listed twice"));
    assert!(refused(|value| value["documents"][0]["length"] = json!(-1)).contains("a length of -1"));
    assert!(refused(|value| value["documents"][0]["length"] = json!(1_i64 << 50)).contains("counted; leave some out"));
}
