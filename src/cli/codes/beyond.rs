//! What `emic codes` says besides counts: new codes by case, and where in the texts each code lies. Both of what tables
//! count, whoever it is from.

use crate::cli::args::{Beyond, CaseOrder};
use crate::cli::failure::Failure;
use crate::cli::{names, out};
use crate::findings::landscape::{Of, Strip, landscape, of_cases, of_source};
use crate::findings::saturation::{Order, saturation};
use crate::findings::working::working;
use crate::project::view::View;
use crate::report::tables::Format;
use crate::table::Table;

/// How many cells: of a case among all, of a source alone.
const CELLS: [usize; 2] = [2, 60];

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
    found.as_table(view, &working, order)
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
    let mut table = found.as_table(view, &working);
    if format == Format::Table {
        // For people the tree is shown by indenting; files have the path.
        for (row, code) in table.rows.iter_mut().zip(&codes) {
            let depth = book.get(*code).map_or(0, |node| usize::from(node.depth));
            row[0] = format!("{}{}", " ".repeat(depth * 2), row[0].words()).into();
        }
    }
    table.title =
        format!("Where codes lie, those below counted in: {what}; a figure a cell, . for none, + for more than 9");
    Ok(table)
}
