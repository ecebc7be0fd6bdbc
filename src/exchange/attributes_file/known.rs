//! Whose a row is: cases and participants by name.

use super::folded;
use crate::project::case::Bearer;
use crate::project::id::{CaseId, Id};
use crate::project::view::View;
use std::collections::HashMap;

/// The cases, or participants, by name.
pub(super) struct Known {
    of: Bearer,
    by_name: HashMap<String, Vec<Id>>,
    /// What each is called, and of a participant the case.
    names: HashMap<Id, (String, String)>,
    first: Vec<String>,
}

impl Known {
    pub(super) fn new(view: &View<'_>, of: Bearer) -> Self {
        let all: Vec<(Id, String, String)> = match of {
            Bearer::Case => {
                view.cases().into_iter().map(|case| (case.id.0, case.name.clone(), String::new())).collect()
            }
            Bearer::Participant => {
                let case = |case: Option<CaseId>| {
                    case.and_then(|case| view.case(case)).map_or(String::new(), |case| case.name.clone())
                };
                view.participants().map(|p| (p.id.0, p.pseudonym.clone(), case(p.case))).collect()
            }
        };
        let mut by_name: HashMap<String, Vec<Id>> = HashMap::new();
        for (id, name, case) in &all {
            by_name.entry(folded(name)).or_default().push(*id);
            if !case.is_empty() {
                by_name.entry(folded(&format!("{case} › {name}"))).or_default().push(*id);
            }
        }
        let first = all.iter().take(3).map(|(_, name, _)| format!("“{name}”")).collect();
        Self { of, by_name, names: all.into_iter().map(|(id, name, case)| (id, (name, case))).collect(), first }
    }

    pub(super) const fn what(&self) -> &'static str {
        match self.of {
            Bearer::Case => "case",
            Bearer::Participant => "participant",
        }
    }

    /// A few of them, as a clause.
    pub(super) fn some(&self) -> String {
        match self.names.len() - self.first.len() {
            _ if self.first.is_empty() => "are none yet".to_owned(),
            0 if self.first.len() == 1 => format!("is {}", self.first[0]),
            0 => format!("are {}", self.first.join(", ")),
            more => format!("are {} and {more} more", self.first.join(", ")),
        }
    }

    pub(super) fn called(&self, id: Id) -> String {
        self.names.get(&id).map(|(name, _)| name.clone()).unwrap_or_default()
    }

    /// One that is not in the project yet.
    pub(super) fn add(&mut self, id: Id, name: &str, case: &str) {
        self.by_name.entry(folded(name)).or_default().push(id);
        if !case.is_empty() {
            self.by_name.entry(folded(&format!("{case} › {name}"))).or_default().push(id);
        }
        self.names.insert(id, (name.to_owned(), case.to_owned()));
    }

    /// How many have a name in a case.
    pub(super) fn count(&self, name: &str, case: &str) -> usize {
        let found = self.by_name.get(&folded(name)).map_or(&[][..], Vec::as_slice);
        let theirs = |id: &&Id| self.names.get(*id).is_some_and(|(_, of)| folded(of) == folded(case));
        found.iter().filter(theirs).count()
    }

    pub(super) fn find(&self, name: &str, case: &str) -> Result<Id, String> {
        if name.is_empty() {
            return Err("it says no name".to_owned());
        }
        let found = self.by_name.get(&folded(name)).map_or(&[][..], Vec::as_slice);
        let in_case = |id: &&Id| {
            let theirs = self.names.get(*id).map(|(_, case)| folded(case)).unwrap_or_default();
            case.is_empty() || theirs == folded(case)
        };
        match found.iter().filter(in_case).collect::<Vec<_>>().as_slice() {
            [one] => Ok(**one),
            [] => Err(format!("there is no {} of this name", self.what())),
            several => {
                Err(format!("{} participants have this name; write their case with it, as “P01 › Ana”", several.len()))
            }
        }
    }
}
