//! The house: which part may know which (the architecture chapter of the README), and how its rooms are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What each part may use. Nothing else; and so there is no circle.
const MAY_USE: [(&str, &[&str]); 12] = [
    ("main", &["cli"]),
    ("cli", &["screen", "session", "store", "report", "findings", "exchange", "project", "text", "table", "agreement"]),
    ("screen", &["session", "store", "report", "findings", "exchange", "project", "text", "table", "agreement"]),
    ("report", &["findings", "exchange", "project", "text", "table", "agreement"]),
    ("session", &["store", "project", "text"]),
    ("store", &["project", "text"]),
    ("findings", &["agreement", "project", "text", "table"]),
    ("exchange", &["project", "text", "table"]),
    ("agreement", &[]),
    ("project", &["text"]),
    ("text", &[]),
    ("table", &[]),
];

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            into.push(path);
        }
    }
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The part that a file belongs to.
fn part(path: &Path) -> String {
    let inside = path.strip_prefix(src()).expect("below src");
    let first = inside.iter().next().expect("a name").to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The parts of this crate that a source names, its comments left out.
fn named(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in source.lines().map(str::trim_start).filter(|line| !line.starts_with("//")) {
        for start in ["crate::", "emic::"] {
            for (at, _) in line.match_indices(start) {
                let before = line[..at].chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                    continue;
                }
                let rest = &line[at + start.len()..];
                let names = rest.strip_prefix('{').map_or(rest, |group| group.split('}').next().unwrap_or(group));
                let several = rest.starts_with('{');
                for name in names.split(',').take(if several { usize::MAX } else { 1 }) {
                    let name: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    found.insert(name);
                }
            }
        }
    }
    found
}

#[test]
fn parts_know_only_the_parts_below_them() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.into_iter().collect();
    let mut files = Vec::new();
    sources(&src(), &mut files);
    let mut wrong = Vec::new();
    for path in files {
        let part = part(&path);
        if part == "lib" {
            continue;
        }
        let Some(may) = allowed.get(part.as_str()) else {
            panic!("{} belongs to no part of the house", path.display());
        };
        let source = std::fs::read_to_string(&path).expect("a source");
        for name in named(&source) {
            if allowed.contains_key(name.as_str()) && name != part && !may.contains(&name.as_str()) {
                wrong.push(format!("{}: {part} → {name}", path.strip_prefix(src()).expect("below src").display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_arrows_make_no_circle() {
    fn reaches(from: &str, to: &str, arrows: &BTreeMap<&str, &[&str]>) -> bool {
        arrows.get(from).is_some_and(|next| next.iter().any(|part| *part == to || reaches(part, to, arrows)))
    }
    let arrows: BTreeMap<&str, &[&str]> = MAY_USE.into_iter().collect();
    for part in arrows.keys() {
        assert!(!reaches(part, part, &arrows), "{part} reaches itself");
    }
}

#[test]
fn every_file_says_what_it_is_for_and_none_has_grown_into_two() {
    let mut files = Vec::new();
    sources(&src(), &mut files);
    for path in files {
        let source = std::fs::read_to_string(&path).expect("a source");
        assert!(source.starts_with("//!"), "{} does not say what it is for", path.display());
        // Tests at the foot do not count.
        let lines = source.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or(&source).lines().count();
        assert!(lines <= 620, "{} has {lines} lines: which two ideas does it hold?", path.display());
        assert_ne!(path.file_name().and_then(|name| name.to_str()), Some("mod.rs"), "{}", path.display());
    }
}

#[test]
fn nothing_is_left_unfinished() {
    let mut files = Vec::new();
    sources(&src(), &mut files);
    for path in files {
        let source = std::fs::read_to_string(&path).expect("a source");
        for sign in [
            concat!("todo", "!("),
            concat!("unimplemented", "!("),
            concat!("TO", "DO"),
            concat!("FIX", "ME"),
            concat!("dbg", "!("),
        ] {
            assert!(!source.contains(sign), "{} says {sign}", path.display());
        }
    }
}
