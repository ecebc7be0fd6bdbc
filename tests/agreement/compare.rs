//! Two reports side by side, by the rules of the specification's `compare.py`; but that tool passes over keys that only
//! the candidate has, and here they are differences too.

use serde_json::Value;

/// How strictly.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// The same keys in both.
    Same,
    /// Keys that either lacks are passed over: for the large report, which leaves out its long lists.
    AllowMissing,
}

/// Where the candidate differs from what is expected: numbers by more than 1e-9 (relative above 1), all else at all.
pub fn differences(expected: &Value, candidate: &Value, keys: Keys) -> Vec<String> {
    let mut compared = Compared { keys, numbers: 0, found: Vec::new() };
    compared.walk(expected, candidate, &mut String::new());
    compared.found
}

/// How many numbers stand in both reports and were compared.
pub fn numbers_compared(expected: &Value, candidate: &Value) -> usize {
    let mut compared = Compared { keys: Keys::AllowMissing, numbers: 0, found: Vec::new() };
    compared.walk(expected, candidate, &mut String::new());
    compared.numbers
}

struct Compared {
    keys: Keys,
    numbers: usize,
    found: Vec<String>,
}

impl Compared {
    fn walk(&mut self, expected: &Value, candidate: &Value, path: &mut String) {
        let here = path.len();
        match (expected, candidate) {
            (Value::Object(expected), Value::Object(candidate)) => {
                for (key, value) in expected {
                    path.push('/');
                    path.push_str(key);
                    match candidate.get(key) {
                        Some(other) => self.walk(value, other, path),
                        None if self.keys == Keys::Same => self.found.push(format!("{path} is missing")),
                        None => {}
                    }
                    path.truncate(here);
                }
                if self.keys == Keys::Same {
                    let more = candidate.keys().filter(|key| !expected.contains_key(*key));
                    self.found.extend(more.map(|key| format!("{path}/{key} is too much")));
                }
            }
            (Value::Array(expected), Value::Array(candidate)) if expected.len() == candidate.len() => {
                for (n, (value, other)) in expected.iter().zip(candidate).enumerate() {
                    path.push_str(&format!("/{n}"));
                    self.walk(value, other, path);
                    path.truncate(here);
                }
            }
            (Value::Number(expected), Value::Number(candidate)) => {
                self.numbers += 1;
                let (a, b) = (expected.as_f64().expect("a number"), candidate.as_f64().expect("a number"));
                if (a - b).abs() > 1e-9 * a.abs().max(1.0) {
                    self.found.push(format!("{path}: want {a}, got {b}"));
                }
            }
            (expected, candidate) if expected == candidate => {}
            _ => self.found.push(format!("{path}: want {expected:.60}, got {candidate:.60}")),
        }
    }
}

#[test]
fn differences_are_seen() {
    let expected = serde_json::json!({"a": [1, 2.5, null], "b": {"c": "x"}, "big": 1e12});
    let none: [String; 0] = [];
    let found = |candidate: Value, keys| differences(&expected, &candidate, keys);
    assert_eq!(
        found(serde_json::json!({"a": [1.0, 2.5, null], "b": {"c": "x"}, "big": 1e12 + 100.0}), Keys::Same),
        none
    );
    let off = serde_json::json!({"a": [1, 2.500000003, null], "b": {"c": "x"}, "big": 1e12});
    assert_eq!(found(off, Keys::Same), ["/a/1: want 2.5, got 2.500000003"]);
    let undefined = serde_json::json!({"a": [1, 2.5, 0], "b": {"c": "x"}, "big": 1e12});
    assert_eq!(found(undefined, Keys::AllowMissing), ["/a/2: want null, got 0"]);
    let short = serde_json::json!({"a": [1, 2.5], "b": {"c": "x"}, "big": 1e12});
    assert_eq!(found(short, Keys::AllowMissing).len(), 1);
    let other = serde_json::json!({"a": [1, 2.5, null], "b": {"d": "x"}, "big": 1e12});
    assert_eq!(found(other.clone(), Keys::Same), ["/b/c is missing", "/b/d is too much"]);
    assert_eq!(found(other, Keys::AllowMissing), none);
}
