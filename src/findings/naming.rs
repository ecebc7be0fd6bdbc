//! Finding the code that a name means, as it is typed on a command line or in an expression.

use crate::project::id::{CodeId, Id};
use crate::project::view::View;

/// How many names are offered where one is not found.
const OFFERED: usize = 5;

/// The code that `name` means: a name, a path (`Parent › Child`, `Parent/Child`; its first parts may be missing, unless
/// it begins with `/`) or an id.
///
/// # Errors
/// A sentence: no code has the name, with those that are near; or several have it, with their paths.
pub fn code(view: &View<'_>, name: &str) -> Result<CodeId, String> {
    let codebook = view.codebook();
    if let Some(code) = an_id(name).and_then(|id| codebook.resolve(id.into())) {
        return Ok(code);
    }
    let mut found = codebook.named(name);
    if found.is_empty() {
        let (wanted, from_top) = (parts(name), name.trim_start().starts_with('/'));
        let ends_so = |code: &CodeId| {
            let path: Vec<String> = codebook.path(*code).split(" › ").map(folded).collect();
            if from_top { path == wanted } else { wanted.len() > 1 && path.ends_with(&wanted) }
        };
        found = codebook.in_order().into_iter().filter(ends_so).collect();
    }
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let near = near(view, name);
            let near = if near.is_empty() { "`emic codes` lists them".to_owned() } else { format!("there is {near}") };
            Err(format!("there is no code “{name}” in this project; {near}"))
        }
        several => {
            // One at the top has no path but its name; a `/` before it says so.
            let path = |&code: &CodeId| match codebook.path(code) {
                top if !top.contains(" › ") => format!("/{top}"),
                path => path,
            };
            let paths: Vec<String> = several.iter().map(path).collect();
            let alike = paths.iter().any(|path| paths.iter().filter(|other| *other == path).count() > 1);
            let said: Vec<String> = several
                .iter()
                .zip(&paths)
                .map(|(code, path)| if alike { format!("“{path}” ({})", code.0) } else { format!("“{path}”") })
                .collect();
            let what = if alike { "an id" } else { "a path" };
            Err(format!("“{name}” is the name of {} codes; say which by {what}: {}", said.len(), said.join(", ")))
        }
    }
}

/// An id of anything, as it stands in files, or as a GUID.
#[must_use]
pub fn an_id(name: &str) -> Option<Id> {
    let guid = || uuid::Uuid::try_parse(name).ok().map(Id::from_uuid);
    name.parse::<Id>().ok().or_else(guid)
}

/// A part of a path, to be compared.
#[must_use]
pub fn folded(part: &str) -> String {
    part.trim().to_lowercase()
}

/// The parts of a path as it is typed.
#[must_use]
pub fn parts(path: &str) -> Vec<String> {
    path.split(['›', '/', '>']).map(folded).filter(|part| !part.is_empty()).collect()
}

/// Names that share letters with `name`, as a clause; empty if none does.
fn near(view: &View<'_>, name: &str) -> String {
    let last = parts(name).pop().unwrap_or_default();
    let codebook = view.codebook();
    let words: Vec<&str> = last.split_whitespace().filter(|word| word.chars().count() > 2).collect();
    let shares = |code: &CodeId| {
        let name = codebook.get(*code).map_or(String::new(), |node| node.code.name.to_lowercase());
        let begins = |word: &&str| name.contains(word.chars().take(4).collect::<String>().as_str());
        words.iter().any(begins)
    };
    let found: Vec<String> = codebook
        .in_order()
        .into_iter()
        .filter(shares)
        .take(OFFERED)
        .map(|code| format!("“{}”", codebook.path(code)))
        .collect();
    found.join(", ")
}
