//! What stands together in a counted table: those that are counted, by the values of an attribute; lines, by the themes that
//! hold what they count.

use super::{Counting, Known};
use crate::findings::presence::Unit;
use crate::project::case::{Attribute, AttributeKind};
use crate::project::id::{AttributeId, CodeId, RowId, ThemeId};
use crate::project::row::Expr;
use crate::project::theme::Holds;
use crate::project::view::View;
use std::collections::HashMap;

/// Those that are counted and have the same value of the attribute that a table is split by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// The value; several in one are parted by semicolons.
    pub name: String,
    /// How many they are; they stand side by side.
    pub len: usize,
}

/// Units in the order of the values that they have of an attribute, with how many have each; who has none stands last.
pub(super) fn split(
    view: &View<'_>,
    counting: &Counting<'_>,
    attribute: AttributeId,
    units: Vec<Unit>,
) -> (Vec<Unit>, Vec<Group>) {
    let Some(attribute) = view.attribute(attribute) else { return (units, Vec::new()) };
    let mut by_value: HashMap<Option<String>, Vec<Unit>> = HashMap::new();
    for unit in units {
        let value = match counting.value(attribute.id, unit) {
            Known::Is(value) => Some(value),
            Known::Not(_) => None,
        };
        by_value.entry(value).or_default().push(unit);
    }
    let mut values: Vec<Option<String>> = by_value.keys().cloned().collect();
    values.sort_by(|a, b| {
        order(attribute, a.as_deref()).partial_cmp(&order(attribute, b.as_deref())).unwrap_or(std::cmp::Ordering::Equal)
    });
    let (mut out, mut groups) = (Vec::new(), Vec::new());
    for value in values {
        let here = by_value.remove(&value).unwrap_or_default();
        let name = value.map_or_else(|| "not known".to_owned(), |value| value.replace('\n', "; "));
        groups.push(Group { name, len: here.len() });
        out.extend(here);
    }
    (out, groups)
}

/// Where a value stands: choices as they were given, yes before no, numbers by size, words and days by the alphabet, nothing
/// last.
fn order<'a>(attribute: &Attribute, value: Option<&'a str>) -> (bool, usize, f64, String, &'a str) {
    let Some(value) = value else { return (true, 0, 0.0, String::new(), "") };
    let is_yes_no = attribute.kind == AttributeKind::YesNo || attribute.follows.is_some();
    let given = match value.split('\n').next() {
        Some(first) if is_yes_no => usize::from(first != "yes"),
        Some(first) => attribute.choices.iter().position(|choice| choice == first).unwrap_or(attribute.choices.len()),
        None => 0,
    };
    let number = if attribute.kind == AttributeKind::Number { value.trim().parse().unwrap_or(f64::MAX) } else { 0.0 };
    (false, given, number, value.to_lowercase(), value)
}

/// The headings that themes give to lines, in the order of the themes.
pub(super) struct Headings {
    of_row: HashMap<RowId, usize>,
    of_code: HashMap<CodeId, usize>,
    names: Vec<String>,
}

/// What lines stand under that no theme holds.
const IN_NONE: &str = "in no theme";

impl Headings {
    pub(super) fn new(view: &View<'_>) -> Self {
        let themes = view.themes();
        let mut out = Self { of_row: HashMap::new(), of_code: HashMap::new(), names: Vec::new() };
        let same = |name: &str| themes.iter().filter(|theme| theme.name == name).count() > 1;
        let name_of = |id: ThemeId| view.theme(id).map_or("", |theme| theme.name.as_str());
        for (n, theme) in themes.iter().enumerate() {
            out.names.push(match view.parent_of(theme) {
                Some(parent) if same(&theme.name) => format!("{} › {}", name_of(parent), theme.name),
                _ => theme.name.clone(),
            });
            for item in view.theme_items(theme.id) {
                // What several hold stands under the first.
                match item.what {
                    Holds::Row(row) => drop(out.of_row.entry(row).or_insert(n)),
                    Holds::Code(code) => {
                        if let Some(code) = view.codebook().resolve(code) {
                            out.of_code.entry(code).or_insert(n);
                        }
                    }
                    Holds::Extract(..) => {}
                }
            }
        }
        out
    }

    /// The place of the theme that holds a line's row; or the code that it counts, or one above that.
    pub(super) fn of(&self, view: &View<'_>, row: RowId, holds: &Expr) -> usize {
        if let Some(n) = self.of_row.get(&row) {
            return *n;
        }
        let book = view.codebook();
        let mut at = match holds {
            Expr::Code { code, .. } => book.resolve(*code),
            _ => None,
        };
        while let Some(code) = at {
            if let Some(n) = self.of_code.get(&code) {
                return *n;
            }
            at = book.get(code).and_then(|node| node.parent);
        }
        self.names.len()
    }

    /// The heading at a place.
    pub(super) fn name(&self, place: usize) -> &str {
        self.names.get(place).map_or(IN_NONE, String::as_str)
    }
}
