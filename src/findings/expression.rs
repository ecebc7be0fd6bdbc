//! Expressions as text, both ways: what a row holds of, as people type it and read it.
//!
//! `any(Depression screening, Substance use)` · `all(…)` · `none(…)` · `at least 2 of (…)` · a code by its name or path,
//! in quotes where its name has commas or brackets · `Access/**` with those below it · `[Setting = Rural]`,
//! `[BH specialists >= 1]`, `[Affiliation known]`, `[Affiliation missing]` · `row "Any screening"`. Names stand for ids
//! at the moment of reading; what is written is read again as the same.

mod names;
mod read;

use crate::project::id::AttributeId;
use crate::project::row::{Expr, Test};
use crate::project::view::View;

/// Why a text is no expression: one sentence.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{why}")]
pub struct Wrong {
    /// Where, in chars from the beginning.
    pub at: u32,
    /// The sentence.
    pub why: String,
    /// The name of a row that is not there, where that is what is wrong.
    pub no_row: Option<String>,
}

/// The expression that a text says, in the names that the view has now.
///
/// # Errors
/// What is wrong with the text: what it names that is not there, with what is called alike; or what was expected where.
pub fn parse(view: &View<'_>, text: &str) -> Result<Expr, Wrong> {
    read::read(view, text)
}

/// What has to hold of those that are looked at, as typed for a filter: an expression, or without its brackets a comparison
/// alone, `Setting=rural`, `Sites >= 2`.
///
/// # Errors
/// What is wrong with it, as of [`parse`].
pub fn condition(view: &View<'_>, words: &str) -> Result<Expr, Wrong> {
    let is_plain = words.contains(['=', '<', '>']) && !words.contains(['[', '(', '"', '“']);
    if is_plain { parse(view, &format!("[{}]", words.trim())) } else { parse(view, words) }
}

/// An expression as text, in the names that the view has now. What is gone says so.
#[must_use]
pub fn print(view: &View<'_>, expr: &Expr) -> String {
    let parts = |parts: &[Expr]| parts.iter().map(|part| print(view, part)).collect::<Vec<_>>().join(", ");
    match expr {
        Expr::Code { code, below } => {
            let name = names::code_name(view, *code).map_or_else(|| "“a deleted code”".into(), |name| bare(&name));
            if *below { format!("{name}/**") } else { name }
        }
        Expr::Row(row) => match names::row_name(view, *row) {
            Some(name) => format!("row {}", quoted(&name)),
            None => "row “a deleted row”".into(),
        },
        Expr::Attribute(attribute, test) => self::test(view, *attribute, test),
        Expr::Any(of) => format!("any({})", parts(of)),
        Expr::All(of) => format!("all({})", parts(of)),
        Expr::None(of) => match of.as_slice() {
            // As it was typed: there is no test of its own for these.
            [Expr::Attribute(attribute, Test::Known)] => said_of(view, *attribute, "missing", None),
            [Expr::Attribute(attribute, Test::Is(value))] => said_of(view, *attribute, "!=", Some(value)),
            [Expr::Attribute(attribute, Test::AtMost(value))] => said_of(view, *attribute, ">", Some(value)),
            [Expr::Attribute(attribute, Test::AtLeast(value))] => said_of(view, *attribute, "<", Some(value)),
            of => format!("none({})", parts(of)),
        },
        Expr::AtLeast(k, of) => format!("at least {k} of ({})", parts(of)),
    }
}

/// A clause that offers what is called much like a wanted name: `; there is “Access”`; empty if nothing is.
#[must_use]
pub fn offered(wanted: &str, names: impl Iterator<Item = String>) -> String {
    names::offer(names::near(wanted, names))
}

/// What an expression is called where nobody named it: the code's name, the attribute's value, or all of it.
#[must_use]
pub fn short(view: &View<'_>, expr: &Expr) -> String {
    match expr {
        Expr::Code { code, below: false } => view.code_name(*code).to_owned(),
        Expr::Code { code, below: true } => format!("{}, any", view.code_name(*code)),
        Expr::Attribute(attribute, test) => {
            let name = view.attribute(*attribute).map_or("a deleted attribute", |attribute| attribute.name.as_str());
            match test {
                Test::Known => format!("{name} known"),
                Test::Is(value) => format!("{name}: {value}"),
                Test::AtLeast(value) => format!("{name}: {value} or more"),
                Test::AtMost(value) => format!("{name}: {value} or less"),
            }
        }
        Expr::Row(row) => view.row(*row).map_or_else(|| "a deleted row".into(), |row| row.name.clone()),
        expr => print(view, expr),
    }
}

fn test(view: &View<'_>, attribute: AttributeId, test: &Test) -> String {
    match test {
        Test::Known => said_of(view, attribute, "known", None),
        Test::Is(value) => said_of(view, attribute, "=", Some(value)),
        Test::AtLeast(value) => said_of(view, attribute, ">=", Some(value)),
        Test::AtMost(value) => said_of(view, attribute, "<=", Some(value)),
    }
}

fn said_of(view: &View<'_>, attribute: AttributeId, what: &str, value: Option<&String>) -> String {
    let name = match names::attribute_name(view, attribute) {
        Some(name) if read::is_plain_attribute(&name) => name,
        Some(name) => quoted(&name),
        None => "“a deleted attribute”".into(),
    };
    match value {
        Some(value) if read::is_plain_value(value) => format!("[{name} {what} {value}]"),
        Some(value) => format!("[{name} {what} {}]", quoted(value)),
        None => format!("[{name} {what}]"),
    }
}

/// A code's name, in quotes where it would not be read as one without.
fn bare(name: &str) -> String {
    if read::is_plain(name) { name.to_owned() } else { quoted(name) }
}

/// In quotes, with what is special in quotes marked.
fn quoted(name: &str) -> String {
    let mut out = String::from("\"");
    for c in name.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests;
