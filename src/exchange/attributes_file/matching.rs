//! Whose the rows of a table are: cases and participants that there are, or that the rows make where that is asked.

use super::known::Known;
use super::plan::{Plan, Unmatched};
use super::{Sheet, SheetCell, SheetError, SheetRow};
use crate::exchange::import::one_line;
use crate::project::case::Bearer;
use crate::project::id::Id;
use crate::project::view::View;
use std::collections::HashMap;

/// A case or participant that a row makes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct New {
    /// What stands for it in this plan; what names it for good is given when it is taken in.
    pub id: Id,
    /// The row.
    pub row: usize,
    /// What it is called.
    pub name: String,
    /// Of a participant the case, known or new.
    pub case: Option<Id>,
}

/// Whose a row is.
pub(super) struct Whose {
    pub(super) id: Id,
    pub(super) name: String,
}

/// The rows that are somebody's, with whose they are.
pub(super) fn matched<'s>(
    view: &View<'_>,
    sheet: &'s Sheet,
    (name_at, case_at): (usize, Option<usize>),
    out: &mut Plan,
) -> Result<Vec<(&'s SheetRow, Whose)>, SheetError> {
    let mut known = Known::new(view, out.asked.of);
    let mut makes = Makes { cases: Known::new(view, Bearer::Case), add: out.asked.add_cases, made: 0 };
    let (of, people) = (out.asked.of, out.asked.people.is_some());
    let mut rows: Vec<(&SheetRow, Whose)> = Vec::new();
    let mut met: HashMap<Id, usize> = HashMap::new();
    for row in &sheet.rows {
        let says = |at: usize| match row.cells.get(at) {
            Some(SheetCell::Says(words)) => words.as_str(),
            _ => "",
        };
        let name = says(name_at);
        let found = match row.cells.get(name_at) {
            Some(SheetCell::Cannot(why)) => Err(format!("the cell with the name {why}")),
            _ if people => makes.person(&mut known, name, case_at.map(says).unwrap_or_default(), row.number, out),
            _ => match known.find(name, case_at.map(says).unwrap_or_default()) {
                Err(_) if of == Bearer::Case && makes.add && !name.is_empty() => {
                    makes.case(&mut known, name, row.number, out)
                }
                found => found,
            },
        };
        match found {
            Ok(id) => {
                if let Some(before) = met.insert(id, row.number) {
                    return Err(SheetError::Doubled(before, row.number, name.to_owned()));
                }
                rows.push((row, Whose { id, name: known.called(id) }));
            }
            Err(why) => out.unmatched.push(Unmatched { row: row.number, name: name.to_owned(), why }),
        }
    }
    out.matched = rows.len();
    if out.new_cases.len() > MOST_NEW {
        return Err(SheetError::TooManyNew(out.new_cases.len(), out.name_column.clone()));
    }
    if rows.is_empty() {
        let first = out.unmatched.first().map(|row| one_line(&row.name, 40)).unwrap_or_default();
        let column = if out.name_column.is_empty() { "the first column".to_owned() } else { out.name_column.clone() };
        return Err(SheetError::NobodyThere { what: known.what(), column, first, known: known.some() });
    }
    Ok(rows)
}

/// How many cases a table may add: more is a column taken for the name that is none.
const MOST_NEW: usize = 1_000;

/// What rows make that is not there.
struct Makes {
    cases: Known,
    add: bool,
    made: u128,
}

impl Makes {
    /// What stands for something new in a plan: no id that anything has.
    fn placeholder(&mut self) -> Id {
        self.made += 1;
        Id::from_uuid(uuid::Uuid::from_u128(self.made))
    }

    /// A new case of this name.
    fn case(&mut self, known: &mut Known, name: &str, row: usize, out: &mut Plan) -> Result<Id, String> {
        let id = self.placeholder();
        known.add(id, name, "");
        out.new_cases.push(New { id, row, name: name.to_owned(), case: None });
        Ok(id)
    }

    /// The participant of this name in this case, a new one if there is none.
    fn person(&mut self, known: &mut Known, name: &str, case: &str, row: usize, out: &mut Plan) -> Result<Id, String> {
        if case.is_empty() {
            return Err("it says no case".to_owned());
        }
        let of = match self.cases.find(case, "") {
            Ok(of) => of,
            Err(_) if self.add && !name.is_empty() => {
                let id = self.placeholder();
                self.cases.add(id, case, "");
                out.new_cases.push(New { id, row, name: case.to_owned(), case: None });
                id
            }
            Err(why) => return Err(format!("{why} (“{}”)", one_line(case, 40))),
        };
        // As the case is called, however the table writes it.
        let called = self.cases.called(of);
        if name.is_empty() || known.count(name, &called) > 0 {
            return known.find(name, &called);
        }
        let id = self.placeholder();
        known.add(id, name, &called);
        out.new_people.push(New { id, row, name: name.to_owned(), case: Some(of) });
        Ok(id)
    }
}
