//! Which cases a view shows: all, those with a value of an attribute, one.

use super::Showing;
use crate::findings::words::cases_with;
use crate::project::case::{AttributeKind, Bearer};
use crate::project::id::{AttributeId, CaseId};
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Choose, Item, Picker, Target};
use std::collections::HashSet;

/// An attribute with more values than this is no way to choose cases.
const MOST: usize = 24;

/// Which cases.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Only {
    /// All.
    #[default]
    All,
    /// Those with this value under an attribute.
    Value(AttributeId, String),
    /// This one.
    Case(CaseId),
}

impl Only {
    /// The cases; `None` for all.
    #[must_use]
    pub fn cases(&self, view: &View<'_>) -> Option<HashSet<CaseId>> {
        match self {
            Self::All => None,
            Self::Value(attribute, value) => Some(cases_with(view, *attribute, value)),
            Self::Case(case) => Some(HashSet::from([*case])),
        }
    }

    /// Which, in words; empty for all.
    #[must_use]
    pub fn words(&self, view: &View<'_>) -> String {
        match self {
            Self::All => String::new(),
            Self::Value(attribute, value) => {
                let name = view.attribute(*attribute).map_or("an attribute that is gone", |one| one.name.as_str());
                format!("{name}: {value}")
            }
            Self::Case(case) => super::rounds::words::case_name(view, *case).to_owned(),
        }
    }
}

/// Offers the ways to choose cases for the view that is shown.
pub fn ask(app: &mut App) {
    let view = app.study.view();
    let mut ways = vec![Only::All];
    for attribute in view.attributes() {
        if attribute.of != Bearer::Case || matches!(attribute.kind, AttributeKind::Number | AttributeKind::Date) {
            continue;
        }
        let mut values: Vec<String> = attribute.choices.clone();
        for value in view.all_values(attribute.id).into_iter().flat_map(|value| value.value.lines()) {
            if !values.iter().any(|known| known.to_lowercase() == value.to_lowercase()) {
                values.push(value.to_owned());
            }
        }
        if attribute.follows.is_some() {
            values = vec!["yes".to_owned(), "no".to_owned()];
        }
        if values.len() <= MOST {
            ways.extend(values.into_iter().map(|value| Only::Value(attribute.id, value)));
        }
    }
    ways.extend(view.cases().into_iter().map(|case| Only::Case(case.id)));
    let item = |(n, way): (usize, &Only)| {
        let cases = way.cases(&view).map_or_else(|| view.cases().len(), |cases| cases.len());
        let label = if *way == Only::All { "All cases".to_owned() } else { way.words(&view) };
        let note = if matches!(way, Only::Case(_)) { String::new() } else { cases.to_string() };
        Item { label, note, also: String::new(), target: Target::Nth(n) }
    };
    let items = ways.iter().enumerate().map(item).collect();
    app.layers.push(Layer::Picker(Picker::new("Only these cases", items, Choose::Only(ways))));
}

/// Shows only these cases in the view that is shown.
pub fn narrow(app: &mut App, only: Only) {
    match app.showing {
        Showing::Framework => app.framework.only = only,
        Showing::Words => app.words.only = only,
        _ => return,
    }
    super::refresh(app);
}
