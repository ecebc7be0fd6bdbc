//! Matrices: cases by the codes that the tables count, roles of speakers by codes, and the groups of codes that are laid
//! together; as text, for spreadsheets, as heat maps. What was written of cases under themes, as text.

use super::{File, Names};
use crate::findings::count::{Counted, Counting};
use crate::findings::framework::{as_table as framework_table, framework, offered};
use crate::findings::matrix::{Asked, Count, Filter, Kind, Matrix, Part, matrix, related};
use crate::project::id::{CaseId, CodeId};
use crate::project::summary::Heading;
use crate::report::documents::Sheaf;
use crate::report::figures::{Frame, Heat, heat};
use crate::report::matrices::{NOT_YET, as_table, title, words};
use std::collections::BTreeSet;

pub(super) fn files(sheaf: &Sheaf<'_>, counted: &[Counted], names: &mut Names) -> Vec<File> {
    let view = &sheaf.view;
    let columns = codes(sheaf, counted);
    let only = Filter { kind: kind(counted), ..Filter::default() };
    let asked = Asked { columns, only, ..Asked::default() };
    let mut wanted: Vec<(String, Asked)> = vec![
        ("Cases by codes".into(), asked.clone()),
        ("Cases by codes, passages".into(), Asked { count: Count::Passages, ..asked.clone() }),
    ];
    if view.participants().any(|person| !person.role.trim().is_empty()) {
        wanted.push(("Roles of speakers by codes".into(), Asked { kind: Kind::RoleCode, ..asked }));
    }
    for [rows, columns] in related(view, &sheaf.working) {
        let name = |part: Part| view.code_name(part.code());
        let title = format!("Relations, {} by {}", name(rows), name(columns));
        let (rows, columns) = (vec![rows], vec![columns]);
        wanted.push((title, Asked { kind: Kind::Relation, rows, columns, ..Asked::default() }));
    }
    let mut out = Vec::new();
    for (called, asked) in wanted {
        // What is asked names no attribute, so that it can always be made.
        let Ok(made) = matrix(view, &asked, sheaf.transcripts) else { continue };
        if !made.rows.is_empty() && !made.columns.is_empty() {
            out.extend(written(sheaf, &made, &called, &names.give(&called, "matrix")));
        }
    }
    out.extend(framework_files(sheaf, names));
    out
}

/// The framework matrix, of what somebody has summed cases up under.
fn framework_files(sheaf: &Sheaf<'_>, names: &mut Names) -> Vec<File> {
    let view = &sheaf.view;
    let summed: BTreeSet<Heading> = view.summaries().into_iter().map(|summary| summary.of).collect();
    if summed.is_empty() {
        return Vec::new();
    }
    // As the study has them; what it does not offer by itself comes behind.
    let mut headings = offered(view);
    headings.retain(|of| summed.contains(of));
    let others: Vec<Heading> = summed.into_iter().filter(|of| !headings.contains(of)).collect();
    headings.extend(others);
    let cases: Vec<CaseId> = view.cases().into_iter().map(|case| case.id).collect();
    let table = framework_table(view, &framework(view, &sheaf.working, &cases, &headings));
    let name = names.give("Framework", "matrix");
    let about = "what was written of each case under themes and codes, and from what";
    vec![
        File::md(format!("matrices/{name}.md"), about, &table, &[]),
        File::csv(format!("matrices/{name}.csv"), "the same for spreadsheets", &table),
    ]
}

fn written(sheaf: &Sheaf<'_>, made: &Matrix, called: &str, name: &str) -> [File; 3] {
    let view = &sheaf.view;
    let mut foot = Vec::new();
    if !made.not_yet.is_empty() {
        let names: Vec<&str> =
            made.not_yet.iter().filter_map(|case| view.case(*case)).map(|case| case.name.as_str()).collect();
        foot.push(format!("Not yet coded, and in no count of cases: {}.", names.join(", ")));
    }
    if !made.unread.is_empty() {
        let names: Vec<&str> =
            made.unread.iter().filter_map(|id| view.source(*id)).map(|source| source.name.as_str()).collect();
        foot.push(format!("Left out, as their texts could not be read: {}.", names.join(", ")));
    }
    let table = as_table(view, made);
    let whole = title(view, made);
    let map = map(made);
    let mut notes = vec![format!("{}.", capital(&whole))];
    notes.extend(foot.iter().cloned());
    if map.cells.iter().flatten().any(|(words, _)| words == NOT_YET) {
        notes.push(format!("{NOT_YET} not yet coded"));
    }
    let frame = Frame { title: called.to_owned(), notes };
    [
        File::md(format!("matrices/{name}.md"), whole, &table, &foot),
        File::csv(format!("matrices/{name}.csv"), "the same for spreadsheets", &table),
        File::new(format!("figures/{name}.svg"), format!("{called}, as a heat map"), heat(&frame, &map)),
    ]
}

/// The cells as they are drawn: numbers, the darker the greater, and sums without shade.
fn map(made: &Matrix) -> Heat {
    let (down, across) = (made.rows.len(), made.columns.len());
    let names = |lines: &[crate::findings::matrix::Line]| {
        lines.iter().map(|line| line.name.clone()).chain(["Sum".to_owned()]).collect::<Vec<_>>()
    };
    let cell = |row: usize, column: usize| {
        let is_sum = row == down || column == across;
        let found = made.cell(row, column);
        let much = found.filter(|_| !is_sum).map_or(0.0, |cell| made.weight(cell) as f64);
        (found.map(|cell| words(made, cell, is_sum)).unwrap_or_default(), much)
    };
    let cells = (0..=down).map(|row| (0..=across).map(|column| cell(row, column)).collect()).collect();
    Heat { rows: names(&made.rows), columns: names(&made.columns), cells }
}

/// The codes that the tables count, in the order of the tree; none, which stands for all, where there is no table.
fn codes(sheaf: &Sheaf<'_>, counted: &[Counted]) -> Vec<Part> {
    let view = &sheaf.view;
    let mut all: BTreeSet<CodeId> = BTreeSet::new();
    for counted in counted {
        let counting = Counting::new(*view, &counted.presence);
        all.extend(counted.lines.iter().flat_map(|line| counting.codes(&line.holds)));
    }
    let book = view.codebook();
    let applied = |code: &CodeId| book.get(*code).is_some_and(|node| !node.code.heading);
    book.in_order().into_iter().filter(|code| all.contains(code) && applied(code)).map(Part::One).collect()
}

/// The kind of case that all tables count; empty where they count several.
fn kind(counted: &[Counted]) -> String {
    let mut kinds = counted.iter().map(|counted| counted.table.kind.as_str());
    let first = kinds.next().unwrap_or_default();
    if kinds.all(|kind| kind == first) { first.to_owned() } else { String::new() }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
