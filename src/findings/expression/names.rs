//! What names in expressions stand for, and what is called alike where one stands for nothing.

use crate::project::case::Attribute;
use crate::project::codebook::Codebook;
use crate::project::id::{AttributeId, CodeId, Id, RowId};
use crate::project::row::Row;
use crate::project::view::View;
use std::sync::Arc;

/// How many names are offered where one is not found.
const OFFERED: usize = 4;

/// The code that a name, a path (its first parts may be missing, unless it begins with `/`) or an id means.
pub(super) fn code(view: &View<'_>, name: &str) -> Result<CodeId, String> {
    let book = view.codebook();
    let found = codes(book, name);
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let names = book.in_order().into_iter().map(|code| book.path(code));
            let hint = match view.rows().iter().find(|row| row.name.to_lowercase() == name.trim().to_lowercase()) {
                Some(row) => format!("; there is a row of that name: row “{}”", row.name),
                None => offer(near(name, names)),
            };
            Err(format!("there is no code “{name}” in this study{hint}"))
        }
        several => {
            let paths: Vec<String> = several.iter().map(|code| format!("“{}”", full_path(book, *code))).collect();
            Err(format!("“{name}” is the name of {} codes; say which by a path: {}", paths.len(), paths.join(", ")))
        }
    }
}

/// All codes that a name may mean.
fn codes(book: &Codebook, name: &str) -> Vec<CodeId> {
    if let Some(code) = id(name).and_then(|id| book.resolve(CodeId(id))) {
        return vec![code];
    }
    let named = book.named(name);
    if !named.is_empty() {
        return named;
    }
    let (wanted, from_top) = (parts(name), name.trim_start().starts_with('/'));
    let ends_so = |code: &CodeId| {
        let path: Vec<String> = book.path(*code).split(" › ").map(folded).collect();
        if from_top { path == wanted } else { wanted.len() > 1 && path.ends_with(&wanted) }
    };
    book.in_order().into_iter().filter(ends_so).collect()
}

/// The shortest text that means this code and no other; `None` if it is gone.
pub(super) fn code_name(view: &View<'_>, id: CodeId) -> Option<String> {
    let book = view.codebook();
    let id = book.resolve(id)?;
    let path = book.path(id);
    let parts: Vec<&str> = path.split(" › ").collect();
    let name = book.get(id)?.code.name.clone();
    let ends = (0..parts.len()).rev().map(|from| parts[from..].join("/"));
    let tries = std::iter::once(name).chain(ends).chain([full_path(book, id)]);
    let means_it = |text: &String| codes(book, text) == [id];
    Some(tries.into_iter().find(means_it).unwrap_or_else(|| id.0.to_string()))
}

fn full_path(book: &Codebook, id: CodeId) -> String {
    format!("/{}", book.path(id).replace(" › ", "/"))
}

/// The row of a name.
pub(super) fn row(view: &View<'_>, name: &str) -> Result<RowId, String> {
    let rows = view.rows();
    match rows_of(&rows, name).as_slice() {
        [one] => Ok(*one),
        [] => {
            let hint = offer(near(name, rows.iter().map(|row| row.name.clone())));
            Err(format!("there is no row “{name}” in this study{hint}"))
        }
        _ => Err(format!("there are two rows called “{name}”; call one of them something else first")),
    }
}

fn rows_of(rows: &[&Arc<Row>], name: &str) -> Vec<RowId> {
    if let Some(row) = id(name).and_then(|id| rows.iter().find(|row| row.id.0 == id)) {
        return vec![row.id];
    }
    let wanted = folded(name);
    rows.iter().filter(|row| folded(&row.name) == wanted).map(|row| row.id).collect()
}

/// The shortest text that means this row and no other.
pub(super) fn row_name(view: &View<'_>, id: RowId) -> Option<String> {
    let name = &view.row(id)?.name;
    Some(if rows_of(&view.rows(), name) == [id] { name.clone() } else { id.0.to_string() })
}

/// The attribute of a name.
pub(super) fn attribute<'a>(view: &View<'a>, name: &str) -> Result<&'a Arc<Attribute>, String> {
    let all = view.attributes();
    match attributes_of(&all, name).as_slice() {
        [one] => view.attribute(*one).ok_or_else(|| format!("there is no attribute “{name}” in this study")),
        [] => {
            let hint = offer(near(name, all.iter().map(|attribute| attribute.name.clone())));
            Err(format!("there is no attribute “{name}” in this study{hint}"))
        }
        _ => Err(format!("there are two attributes called “{name}”; call one of them something else first")),
    }
}

fn attributes_of(all: &[&Arc<Attribute>], name: &str) -> Vec<AttributeId> {
    if let Some(one) = id(name).and_then(|id| all.iter().find(|attribute| attribute.id.0 == id)) {
        return vec![one.id];
    }
    let wanted = folded(name);
    all.iter().filter(|attribute| folded(&attribute.name) == wanted).map(|attribute| attribute.id).collect()
}

/// The shortest text that means this attribute and no other.
pub(super) fn attribute_name(view: &View<'_>, id: AttributeId) -> Option<String> {
    let name = &view.attribute(id)?.name;
    Some(if attributes_of(&view.attributes(), name) == [id] { name.clone() } else { id.0.to_string() })
}

fn id(name: &str) -> Option<Id> {
    name.trim().parse().ok()
}

fn folded(part: &str) -> String {
    part.trim().to_lowercase()
}

/// The parts of a path as it is typed.
fn parts(path: &str) -> Vec<String> {
    path.split(['›', '/']).map(folded).filter(|part| !part.is_empty()).collect()
}

/// A clause that offers names; empty if there are none.
pub(super) fn offer(names: Vec<String>) -> String {
    if names.is_empty() {
        return String::new();
    }
    let names: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    format!("; there is {}", names.join(", "))
}

/// Names much like a wanted one, the likest first: few letters differ, or a word begins alike.
pub(super) fn near(wanted: &str, names: impl Iterator<Item = String>) -> Vec<String> {
    let wanted = wanted.rsplit(['›', '/']).map(folded).find(|part| !part.is_empty()).unwrap_or_default();
    let begins = |word: &str| -> String { word.chars().take(4).collect() };
    let words: Vec<String> = wanted.split_whitespace().filter(|word| word.chars().count() > 2).map(begins).collect();
    let mut found: Vec<(usize, String)> = names
        .filter_map(|name| {
            let last = folded(name.rsplit(" › ").next().unwrap_or(&name));
            let far = distance(&wanted, &last);
            let shares = words.iter().any(|begin| last.split_whitespace().any(|word| word.starts_with(begin.as_str())));
            (far * 3 <= wanted.chars().count().max(3) || shares).then_some((far, name))
        })
        .collect();
    found.sort();
    found.dedup();
    found.into_iter().take(OFFERED).map(|(_, name)| name).collect()
}

/// How many letters have to be put in, taken out or changed to make one of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(100).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(100).enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let here = (before + usize::from(x != *y)).min(row[j] + 1).min(row[j + 1] + 1);
            before = row[j + 1];
            row[j + 1] = here;
        }
    }
    row.last().copied().unwrap_or(0)
}
