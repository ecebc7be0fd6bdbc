//! The matrices of the sample study.

use super::support::sample::working::Working;
use super::support::sample::{make, paper};
use emic::findings::matrix::{Asked, Count, Kind, Matrix, Part, Sort, matrix};
use emic::findings::working::working;
use emic::project::id::CodeId;
use emic::project::view::View;
use std::collections::{BTreeMap, BTreeSet};

fn code(view: &View<'_>, name: &str) -> CodeId {
    *view.codebook().named(name).first().unwrap_or_else(|| panic!("a code {name}"))
}

/// What is asked of roles and tasks.
pub fn roles_by_tasks(view: &View<'_>, kind: Kind) -> Asked {
    Asked {
        kind,
        rows: vec![Part::Under(code(view, "Roles"))],
        columns: vec![Part::Under(code(view, "Tasks"))],
        least: Some(2),
        ..Asked::default()
    }
}

/// The key of a line in the working files: `role_bh`.
fn key(read: &Working, name: &str) -> String {
    let entry = read.codes.iter().find(|entry| entry.name == name).unwrap_or_else(|| panic!("a code {name}"));
    entry.key.split_once('_').expect("a prefix").1.to_owned()
}

/// The cells with something in them, by the keys of the working files: whether they hold in two practices or more.
fn crossed(read: &Working, matrix: &Matrix) -> BTreeMap<(String, String), bool> {
    let mut out = BTreeMap::new();
    for (row, role) in matrix.rows.iter().enumerate() {
        for (column, task) in matrix.columns.iter().enumerate() {
            let cell = matrix.cell(row, column).expect("a cell");
            if cell.n > 0 {
                out.insert((key(read, &role.name), key(read, &task.name)), cell.holds(2));
            }
        }
    }
    out
}

#[test]
fn the_relation_of_roles_and_tasks_is_the_papers_matrix() {
    let sample = make();
    let view = View::new(&sample.project, sample.coder);
    let read = Working::read();
    for kind in [Kind::Relation, Kind::CodeCode] {
        let made = matrix(&view, &roles_by_tasks(&view, kind), &|_| None).expect("a matrix");
        assert_eq!((made.rows.len(), made.columns.len()), (11, 8), "{kind:?}");
        assert_eq!(crossed(&read, &made), paper::roles_by_tasks(), "{kind:?}");
        assert!(made.not_yet.is_empty() && made.unread.is_empty());
        assert_eq!(made.rests, "5 coded twice and reconciled, 25 coded once");
    }
}

#[test]
fn a_figure_of_the_matrix_says_of_how_many_practices() {
    let sample = make();
    let view = View::new(&sample.project, sample.coder);
    let asked = Asked {
        kind: Kind::CodeAttribute,
        rows: vec![Part::One(code(&view, "Warm handoff"))],
        attribute: view.attributes().iter().find(|a| a.name == "Setting").map(|a| a.id),
        ..Asked::default()
    };
    let made = matrix(&view, &asked, &|_| None).expect("a matrix");
    let all: usize =
        made.columns.iter().enumerate().map(|(n, _)| made.cell(0, n).expect("a cell").of.expect("N")).sum();
    assert_eq!(all, 30, "every practice has one setting");
    assert!(made.says(&view, 0, made.columns.len()).contains(" of 30 practices ("), "{}", made.says(&view, 0, 1));
    let cells: usize = (0..made.columns.len()).map(|n| made.cell(0, n).expect("a cell").n).sum();
    assert_eq!(cells, made.row_sums[0].n, "no practice stands in two columns");
}

#[test]
fn every_passage_that_is_counted_is_in_the_matrix_of_cases_by_codes() {
    let sample = make();
    let view = View::new(&sample.project, sample.coder);
    let asked = Asked { count: Count::Passages, ..Asked::default() };
    let mut made = matrix(&view, &asked, &|_| None).expect("a matrix");
    let all = working(&view).counted;
    let mut found: BTreeSet<usize> = BTreeSet::new();
    for row in 0..made.rows.len() {
        for column in 0..made.columns.len() {
            found.extend(&made.cell(row, column).expect("a cell").items);
        }
    }
    assert_eq!(found.len(), all.len());
    made.sort(Sort::Sum);
    assert!(made.row_sums.windows(2).all(|two| two[0].n >= two[1].n));
    made.sort(Sort::Given);
    assert_eq!(made.rows[0].name, "Practice 01");
}
