//! Two reports side by side, by the rules of `compare.py`.

use serde_json::Value;

/// How strictly.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The same keys in both.
    Same,
    /// What the expected report lacks or the candidate lacks is passed over.
    AllowMissing,
}

/// Where the candidate differs from what is expected: numbers by more than 1e-9 (relative above 1), all else at all.
pub fn differences(expected: &Value, candidate: &Value, shape: Shape) -> Vec<String> {
    let mut found = Vec::new();
    walk(expected, candidate, shape, &mut String::new(), &mut found);
    found
}

fn walk(expected: &Value, candidate: &Value, shape: Shape, path: &mut String, found: &mut Vec<String>) {
    let here = path.len();
    match (expected, candidate) {
        (Value::Object(expected), Value::Object(candidate)) => {
            for (key, value) in expected {
                path.push('/');
                path.push_str(key);
                match candidate.get(key) {
                    Some(other) => walk(value, other, shape, path, found),
                    None if shape == Shape::Same => found.push(format!("{path} is missing")),
                    None => {}
                }
                path.truncate(here);
            }
            if shape == Shape::Same {
                let more = candidate.keys().filter(|key| !expected.contains_key(*key));
                found.extend(more.map(|key| format!("{path}/{key} is too much")));
            }
        }
        (Value::Array(expected), Value::Array(candidate)) if expected.len() == candidate.len() => {
            for (n, (value, other)) in expected.iter().zip(candidate).enumerate() {
                path.push_str(&format!("/{n}"));
                walk(value, other, shape, path, found);
                path.truncate(here);
            }
        }
        (Value::Number(expected), Value::Number(candidate)) => {
            let (a, b) = (expected.as_f64().expect("a number"), candidate.as_f64().expect("a number"));
            if (a - b).abs() > 1e-9 * a.abs().max(1.0) {
                found.push(format!("{path}: want {a}, got {b}"));
            }
        }
        (expected, candidate) if expected == candidate => {}
        _ => found.push(format!("{path}: want {expected:.60}, got {candidate:.60}")),
    }
}
