//! What `emic codes` says besides counts: new codes by case, and where in the texts each code lies. Both of what tables
//! count, whoever it is from.

use crate::cli::args::{Beyond, CaseOrder};
use crate::cli::failure::Failure;
use crate::cli::{names, out};
use crate::findings::landscape::{Of, Strip, behind, landscape, of_cases, of_source};
use crate::findings::saturation::{Order, passages, saturation};
use crate::findings::working::{Counted, working};
use crate::project::id::CodeId;
use crate::project::view::View;
use crate::report::tables::Format;
use crate::table::{Cell, Table, Value};

/// How many cells: of a case among all, of a source alone.
const CELLS: [usize; 2] = [2, 60];

/// The codings that passages rest on.
fn codings<'a>(counted: impl IntoIterator<Item = &'a Counted>) -> Vec<String> {
    counted.into_iter().flat_map(|one| &one.codings).map(|coding| coding.0.guid()).collect()
}

/// New codes by case.
pub(super) fn new_codes(view: &View<'_>, args: &Beyond) -> Table {
    let order = match args.order.unwrap_or(CaseOrder::Study) {
        CaseOrder::Study => Order::Study,
        CaseOrder::Collected => Order::Collected,
        CaseOrder::Name => Order::Name,
        CaseOrder::Random => Order::Random(args.seed.unwrap_or(1)),
    };
    let working = working(view);
    let found = saturation(view, &working, order);
    let columns = [
        ("n", "#"),
        ("case", "Case"),
        ("codes", "Codes"),
        ("new_a_priori", "New a priori"),
        ("new_emergent", "New emergent"),
        ("a_priori_so_far", "A priori so far"),
        ("emergent_so_far", "Emergent so far"),
        ("new_codes", "New codes"),
    ];
    let mut table = Table::new("", columns).in_files(["case_id"]);
    for (n, step) in found.steps.iter().enumerate() {
        let new = |codes: &[CodeId]| Cell {
            value: Value::Count(codes.len() as u64),
            from: codings(&passages(&working, step.case, codes)),
        };
        let count = |n: usize| Cell::from(n as u64);
        let names: Vec<&str> = step.prior.iter().chain(&step.emergent).map(|code| view.code_name(*code)).collect();
        table.push(vec![
            count(n + 1),
            view.case(step.case).map(|case| case.name.as_str()).into(),
            count(step.used),
            new(&step.prior),
            new(&step.emergent),
            count(step.prior_so_far),
            count(step.emergent_so_far),
            names.join("; ").into(),
            step.case.0.guid().into(),
        ]);
    }
    let name = |case| view.case(case).map_or("a case that is gone", |case| case.name.as_str());
    let mut title = format!("New codes by case, {}", order.words());
    if found.last_new() > 0 {
        title.push_str(&format!("; the last new emergent code came with case {}", found.last_new()));
    }
    if !found.uncoded.is_empty() {
        let names: Vec<&str> = found.uncoded.iter().map(|case| name(*case)).collect();
        title.push_str(&format!("\nnothing is coded of {}", names.join(", ")));
    }
    if found.without_case > 0 {
        let n = out::counted(found.without_case, "passage", "passages");
        title.push_str(&format!("\n{n} in texts without a case left out"));
    }
    if !found.unused.is_empty() {
        let names: Vec<&str> = found.unused.iter().map(|code| view.code_name(*code)).collect();
        title.push_str(&format!("\nin no case: {}", names.join(", ")));
    }
    table.title = title;
    table
}

/// Where in the texts each code lies.
pub(super) fn in_texts(view: &View<'_>, args: &Beyond, format: Format) -> Result<Table, Failure> {
    let working = working(view);
    let cells = |n: usize| args.cells.map_or(n, usize::from);
    let (strips, what) = match &args.source {
        Some(name) => {
            let source = names::source(view, name)?;
            let strips: Vec<Strip> = of_source(view, source, cells(CELLS[1])).into_iter().collect();
            let n = strips.iter().map(|strip| strip.cells.len()).sum();
            let name = view.source(source).map_or("a source", |source| source.name.as_str());
            (strips, format!("“{name}” in {}", out::counted(n, "cell", "cells")))
        }
        None => {
            let strips = of_cases(view, cells(CELLS[0]));
            let each = out::counted(cells(CELLS[0]), "cell", "cells");
            let without = strips.iter().any(|strip| strip.of == Of::NoCase);
            let without = if without { "; last the texts without a case" } else { "" };
            (strips, format!("each case, as in the study, in {each}{without}"))
        }
    };
    let book = view.codebook();
    let codes = book.in_order();
    let found = landscape(view, &working, strips, &codes, true);
    let columns = [("code", "Code"), ("passages", "Passages"), ("where", "Where")];
    let mut table = Table::new("", columns).in_files(["counts", "path", "code_id"]);
    for row in &found.rows {
        let Some(node) = book.get(row.code) else { continue };
        let indent = if format == Format::Table { usize::from(node.depth) * 2 } else { 0 };
        let mut at = row.cells.iter();
        let strips: Vec<String> = found
            .strips
            .iter()
            .map(|strip| at.by_ref().take(strip.cells.len()).map(|n| sign(*n)).collect())
            .collect();
        let counts: Vec<String> = row.cells.iter().map(u32::to_string).collect();
        let from = codings(behind(view, &working, &found.strips, (row.code, true), None));
        table.push(vec![
            format!("{}{}", " ".repeat(indent), node.code.name).into(),
            Cell { value: Value::Count(u64::from(row.passages)), from },
            strips.join(" ").into(),
            counts.join(" ").into(),
            book.path(row.code).into(),
            row.code.0.guid().into(),
        ]);
    }
    table.title = format!("Where codes lie, those below counted in: {what}; a figure a cell, . for none, + for more than 9");
    Ok(table)
}

/// How many, in one sign.
fn sign(n: u32) -> char {
    match n {
        0 => '.',
        1..=9 => char::from_digit(n, 10).unwrap_or('+'),
        _ => '+',
    }
}
