//! A sampling table: how cases spread over two attributes, by name.

use super::grid::{Grid, GridColumn, Head, Said, grid};
use crate::project::case::{AttributeKind, Bearer};
use crate::project::id::{AttributeId, CaseId, WaveId};
use crate::project::view::View;
use crate::table::{Cell, Table, Value};
use std::collections::HashMap;

/// How cases spread over two attributes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sampling {
    /// The names of the attributes: of the rows, of the columns.
    pub names: [String; 2],
    /// The values of the first, in order; `None`, the last, for those of whom it is not known, if there are any.
    pub across: Vec<Option<String>>,
    /// The values of the second.
    pub by: Vec<Option<String>>,
    /// The cases, by row and column, in order.
    pub cells: Vec<Vec<Vec<CaseId>>>,
    /// Whether a case may stand in several cells, because an attribute has several values.
    pub several: bool,
}

/// How cases spread over two attributes of cases, in one wave where they have a value for each.
///
/// # Errors
/// One sentence, where an attribute is none of cases or has a value for each wave and none is said.
pub fn sampling(
    view: &View<'_>,
    across: AttributeId,
    by: AttributeId,
    wave: Option<WaveId>,
) -> Result<Sampling, String> {
    let grid = grid(view, Bearer::Case, wave);
    let column = |id: AttributeId| -> Result<&GridColumn, String> {
        let mut found = grid.columns.iter().filter(|column| matches!(column.head, Head::Attribute(a, _) if a == id));
        match (found.next(), found.next()) {
            (Some(one), None) => Ok(one),
            (Some(_), Some(_)) => {
                let name = view.attribute(id).map_or("it", |attribute| attribute.name.as_str());
                Err(format!("“{name}” has a value for each wave; say which wave"))
            }
            (None, _) => Err("cases are spread over attributes of cases".to_owned()),
        }
    };
    let (a, b) = (column(across)?, column(by)?);
    let (rows, columns) = (values(view, &grid, a), values(view, &grid, b));
    let mut cells = vec![vec![Vec::new(); columns.len()]; rows.len()];
    let place = |values: &[Option<String>]| -> HashMap<Option<String>, usize> {
        values.iter().cloned().enumerate().map(|(n, value)| (value, n)).collect()
    };
    let (row_of, column_of) = (place(&rows), place(&columns));
    for &case in &grid.rows {
        for row in said(view, &grid, case, a) {
            for column in said(view, &grid, case, b) {
                if let (Some(&row), Some(&column)) = (row_of.get(&row), column_of.get(&column)) {
                    cells[row][column].push(case.into());
                }
            }
        }
    }
    let several = [a, b].iter().any(|column| column.kind == AttributeKind::Choices);
    Ok(Sampling { names: [a.title.clone(), b.title.clone()], across: rows, by: columns, cells, several })
}

/// What an attribute says of a case: each of several values; `None` where that is not known.
fn said(view: &View<'_>, grid: &Grid, case: crate::project::id::Id, column: &GridColumn) -> Vec<Option<String>> {
    match grid.said(view, case, column) {
        Said::Is(value) if column.kind == AttributeKind::Choices => {
            value.split('\n').map(|one| Some(one.to_owned())).collect()
        }
        Said::Is(value) => vec![Some(value.into_owned())],
        Said::Missing => vec![None],
        open => vec![Some(open.words())],
    }
}

/// The values that there are: choices in their order whether anybody has them or not, yes before no, numbers and days by
/// size, else words by the alphabet.
fn values(view: &View<'_>, grid: &Grid, column: &GridColumn) -> Vec<Option<String>> {
    let mut out: Vec<String> = match (column.kind, column.head) {
        (AttributeKind::YesNo, _) => vec!["yes".to_owned(), "no".to_owned()],
        (AttributeKind::Choice | AttributeKind::Choices, Head::Attribute(id, _)) => {
            view.attribute(id).map(|attribute| attribute.choices.clone()).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let (mut others, mut missing): (Vec<String>, bool) = (Vec::new(), false);
    let mut met: std::collections::HashSet<String> = out.iter().cloned().collect();
    for value in grid.rows.iter().flat_map(|case| said(view, grid, *case, column)) {
        match value {
            Some(value) => {
                if met.insert(value.clone()) {
                    others.push(value);
                }
            }
            None => missing = true,
        }
    }
    let number = |value: &String| value.parse::<f64>().unwrap_or(f64::MAX);
    match column.kind {
        AttributeKind::Number => others.sort_by(|a, b| number(a).total_cmp(&number(b)).then(a.cmp(b))),
        _ => others.sort_by_key(|value| (value.to_lowercase(), value.clone())),
    }
    out.append(&mut others);
    out.into_iter().map(Some).chain(missing.then_some(None)).collect()
}

impl Sampling {
    /// As a table: in each cell how many cases, and which; at the end of each row how many in all. For people the names
    /// stand with the number.
    #[must_use]
    pub fn table(&self, view: &View<'_>, title: &str) -> Table {
        let heading = |value: &Option<String>| value.clone().unwrap_or_else(|| "missing".to_owned());
        let mut table = Table::new(title, []).and(&self.names[0]);
        for value in &self.by {
            table = table.and(heading(value));
        }
        table = table.with("cases", "Cases");
        let name = |case: &CaseId| view.case(*case).map_or(String::new(), |case| case.name.clone());
        for (value, row) in self.across.iter().zip(&self.cells) {
            let mut cells: Vec<Cell> = vec![heading(value).into()];
            for cases in row {
                let names: Vec<String> = cases.iter().map(name).collect();
                cells.push(match names.len() {
                    0 => Cell::default(),
                    n => format!("{n}: {}", names.join(", ")).into(),
                });
            }
            cells.push(Value::Count(distinct(row.iter().flatten())).into());
            table.push(cells);
        }
        let mut sums: Vec<Cell> = vec!["Cases".into()];
        for column in 0..self.by.len() {
            sums.push(distinct(self.cells.iter().flat_map(|row| &row[column])).to_string().into());
        }
        sums.push(Value::Count(distinct(self.cells.iter().flatten().flatten())).into());
        table.push(sums);
        table
    }
}

/// How many different cases.
fn distinct<'a>(cases: impl Iterator<Item = &'a CaseId>) -> u64 {
    cases.collect::<std::collections::HashSet<_>>().len() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testing::Trial;
    use crate::project::edit::{AttributeEdit, Edit, NewAttribute};

    fn attribute(trial: &mut Trial, name: &str, kind: AttributeKind, choices: &[&str], values: &[&str]) -> AttributeId {
        let id: AttributeId = trial.desk.id().into();
        let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
        let new = NewAttribute { name: name.into(), of: Bearer::Case, kind, choices, by_wave: false, follows: None };
        trial.desk.apply(&Edit::Attributes(AttributeEdit::Set(id, new)));
        let cases: Vec<_> = trial.view().cases().iter().map(|case| case.id.0).collect();
        let values = cases.into_iter().zip(values.iter().map(|value| (*value).to_owned())).collect();
        trial.desk.apply(&Edit::Attributes(AttributeEdit::Fill { attribute: id, wave: None, values }));
        id
    }

    #[test]
    fn cases_spread_over_two_attributes_and_those_not_known_stand_apart() {
        let mut trial = Trial::open(4, 1, 1);
        let setting = attribute(
            &mut trial,
            "Setting",
            AttributeKind::Choice,
            &["Rural", "Urban", "Sea"],
            &["Urban", "Rural", "", "Urban"],
        );
        let sites = attribute(&mut trial, "Sites", AttributeKind::Number, &[], &["10", "9", "9", "10"]);
        let found = sampling(&trial.view(), setting, sites, None).expect("a table");
        let some = |value: &str| Some(value.to_owned());
        assert_eq!(found.across, [some("Rural"), some("Urban"), some("Sea"), None]);
        assert_eq!(found.by, [some("9"), some("10")]);
        let counts: Vec<Vec<usize>> = found.cells.iter().map(|row| row.iter().map(Vec::len).collect()).collect();
        assert_eq!(counts, [[1, 0], [0, 2], [0, 0], [1, 0]]);
        let table = found.table(&trial.view(), "Sampling");
        let words: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(Cell::words).collect()).collect();
        assert_eq!(words.last().expect("sums"), &["Cases", "2", "2", "4"]);
    }

    #[test]
    fn a_case_with_several_values_stands_in_several_cells_and_is_counted_once() {
        let mut trial = Trial::open(2, 1, 1);
        let staff = attribute(&mut trial, "Staff", AttributeKind::Choices, &["MA", "RN"], &["MA; RN", "RN"]);
        let open = attribute(&mut trial, "Open", AttributeKind::YesNo, &[], &["yes", "yes"]);
        let found = sampling(&trial.view(), staff, open, None).expect("a table");
        assert!(found.several);
        let table = found.table(&trial.view(), "");
        let last: Vec<String> = table.rows.iter().map(|row| row.last().map(Cell::words).unwrap_or_default()).collect();
        assert_eq!(last, ["1", "2", "2"]);
    }
}
