//! Where in the texts each code lies: texts cut into cells, and how many passages of each code lie in each cell.
//!
//! A cell holds stretches of one source, or of all sources of a case one after the other, as long as one another to a char.

use super::working::{Counted, Working};
use crate::project::id::{CaseId, CodeId, SourceId};
use crate::project::view::View;
use crate::table::{Cell as Said, Table};
use crate::text::Span;
use std::collections::HashMap;

/// A part of the texts: stretches of sources in order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cell {
    /// The stretches.
    pub parts: Vec<(SourceId, Span)>,
}

/// Cells that belong together: those of a source, those of a case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Strip {
    /// What it is of.
    pub of: Of,
    /// How many chars it holds.
    pub chars: u32,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// What a strip is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of {
    /// One text.
    Source(SourceId),
    /// All texts of a case.
    Case(CaseId),
    /// The texts without a case.
    NoCase,
}

/// How many passages lie where.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Landscape {
    /// The strips, left to right.
    pub strips: Vec<Strip>,
    /// The codes, top to bottom, each with what it has in every cell, strip by strip.
    pub rows: Vec<Row>,
}

/// A code in the landscape.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The code.
    pub code: CodeId,
    /// How many of its passages touch each cell.
    pub cells: Vec<u32>,
    /// How many passages it has in these texts.
    pub passages: u32,
}

impl Landscape {
    /// The same as a table: a row a code, its cells as signs, strips apart: a figure, `.` for none, `+` for more than 9.
    #[must_use]
    pub fn as_table(&self, view: &View<'_>, working: &Working) -> Table {
        let columns = [("code", "Code"), ("passages", "Passages"), ("where", "Where")];
        let mut table = Table::new("", columns).in_files(["counts", "path", "code_id"]);
        let sign = |n: &u32| match n {
            0 => '.',
            1..=9 => char::from_digit(*n, 10).unwrap_or('+'),
            _ => '+',
        };
        for row in &self.rows {
            let mut at = row.cells.iter();
            let strips: Vec<String> =
                self.strips.iter().map(|strip| at.by_ref().take(strip.cells.len()).map(sign).collect()).collect();
            let counts: Vec<String> = row.cells.iter().map(u32::to_string).collect();
            let found = behind(view, working, &self.strips, (row.code, true), None);
            let from = found.iter().flat_map(|one| &one.codings).map(|coding| coding.0.guid()).collect();
            table.push(vec![
                view.code_name(row.code).into(),
                Said { from, ..row.passages.into() },
                strips.join(" ").into(),
                counts.join(" ").into(),
                view.codebook().path(row.code).into(),
                row.code.0.guid().into(),
            ]);
        }
        table
    }
}

/// A text in so many cells; fewer where it has fewer chars.
#[must_use]
pub fn of_source(view: &View<'_>, source: SourceId, cells: usize) -> Option<Strip> {
    let chars = view.version(source)?.chars;
    Some(cut(Of::Source(source), &[(source, chars)], cells))
}

/// The texts of each case, and those without one, each case in so many cells; cases without words are left out.
#[must_use]
pub fn of_cases(view: &View<'_>, cells: usize) -> Vec<Strip> {
    let cases = view.cases().into_iter().map(|case| (Of::Case(case.id), Some(case.id)));
    let strip = |(of, case): (Of, Option<CaseId>)| {
        let texts: Vec<(SourceId, u32)> = view
            .sources_of(case)
            .into_iter()
            .filter_map(|source| Some((source.id, view.version(source.id)?.chars)))
            .filter(|(_, chars)| *chars > 0)
            .collect();
        (!texts.is_empty()).then(|| cut(of, &texts, cells))
    };
    cases.chain([(Of::NoCase, None)]).filter_map(strip).collect()
}

fn cut(of: Of, texts: &[(SourceId, u32)], cells: usize) -> Strip {
    let chars: u32 = texts.iter().fold(0, |all, (_, chars)| all.saturating_add(*chars));
    let n = u64::try_from(cells).unwrap_or(1).clamp(1, u64::from(chars.max(1)));
    let border = |cell: u64| u32::try_from(u64::from(chars) * cell / n).unwrap_or(chars);
    let cell = |cell: u64| {
        let within = Span::new(border(cell), border(cell + 1));
        let mut begins = 0;
        let mut parts = Vec::new();
        for (source, long) in texts {
            let there = Span::new(begins, begins.saturating_add(*long));
            if let Some(both) = within.intersection(there) {
                parts.push((*source, Span::new(both.start.0 - begins, both.end.0 - begins)));
            }
            begins = there.end.0;
        }
        Cell { parts }
    };
    Strip { of, chars, cells: (0..n).map(cell).collect() }
}

/// Whether a passage touches a cell.
#[must_use]
pub fn touches(cell: &Cell, one: &Counted) -> bool {
    cell.parts.iter().any(|(source, span)| *source == one.source && span.overlaps(one.at))
}

/// How many passages of each of these codes lie in each cell; of a code `with_below` those of the codes below it too.
#[must_use]
pub fn landscape(
    view: &View<'_>,
    working: &Working,
    strips: Vec<Strip>,
    codes: &[CodeId],
    with_below: bool,
) -> Landscape {
    let book = view.codebook();
    let cells = strips.iter().map(|strip| strip.cells.len()).sum();
    // The rows that a passage of a code counts in.
    let mut rows_of: HashMap<CodeId, Vec<usize>> = HashMap::new();
    for (n, code) in codes.iter().enumerate() {
        let counted = if with_below { book.branch(*code) } else { book.resolve(*code).into_iter().collect() };
        counted.into_iter().for_each(|code| rows_of.entry(code).or_default().push(n));
    }
    let mut parts_of: HashMap<SourceId, Vec<(Span, usize)>> = HashMap::new();
    for (n, cell) in strips.iter().flat_map(|strip| &strip.cells).enumerate() {
        cell.parts.iter().for_each(|(source, span)| parts_of.entry(*source).or_default().push((*span, n)));
    }
    let mut rows: Vec<Row> = codes.iter().map(|&code| Row { code, cells: vec![0; cells], passages: 0 }).collect();
    for one in &working.counted {
        let (Some(here), Some(parts)) = (rows_of.get(&one.code), parts_of.get(&one.source)) else { continue };
        // The parts of a source are in order and share no char.
        let first = parts.partition_point(|(span, _)| span.end <= one.at.start);
        let touched = || parts[first..].iter().take_while(|(span, _)| span.start < one.at.end).map(|(_, n)| *n);
        for &row in here {
            let mut any = false;
            for cell in touched() {
                rows[row].cells[cell] += 1;
                any = true;
            }
            rows[row].passages += u32::from(any);
        }
    }
    Landscape { strips, rows }
}

/// The passages behind a cell of a row, or behind the whole row.
#[must_use]
pub fn behind<'a>(
    view: &View<'_>,
    working: &'a Working,
    strips: &[Strip],
    (code, with_below): (CodeId, bool),
    cell: Option<usize>,
) -> Vec<&'a Counted> {
    let codes = if with_below { view.codebook().branch(code) } else { vec![code] };
    let cells = || strips.iter().flat_map(|strip| &strip.cells);
    let there = |one: &&Counted| match cell {
        Some(n) => cells().nth(n).is_some_and(|cell| touches(cell, one)),
        None => cells().any(|cell| touches(cell, one)),
    };
    working.counted.iter().filter(|one| codes.contains(&one.code)).filter(there).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::working::working;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;

    #[test]
    fn a_text_is_cut_into_cells_that_hold_every_char_once() {
        let mut desk = Desk::new();
        let source = desk.source("A", 101);
        for cells in [1, 2, 7, 101, 500] {
            let strip = of_source(&desk.view(), source, cells).expect("a strip");
            assert_eq!(strip.cells.len(), cells.min(101));
            let mut at = 0;
            for (_, span) in strip.cells.iter().flat_map(|cell| &cell.parts) {
                assert_eq!(span.start.0, at);
                at = span.end.0;
            }
            assert_eq!(at, 101);
        }
    }

    #[test]
    fn passages_count_in_every_cell_they_touch_and_lead_back() {
        let mut desk = Desk::new();
        let (source, above) = (desk.source("A", 100), desk.code("Above"));
        let below = desk.code_under(above, "Below");
        desk.lay(source, 0, 10, above);
        desk.lay(source, 15, 45, below);
        desk.lay(source, 40, 41, above);
        let view = desk.view();
        let working = working(&view);
        let strips = vec![of_source(&view, source, 10).expect("a strip")];
        let found = landscape(&view, &working, strips.clone(), &[above, below], true);
        assert_eq!(found.rows[0].cells, [1, 1, 1, 1, 2, 0, 0, 0, 0, 0]);
        assert_eq!(found.rows[1].cells, [0, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
        assert_eq!((found.rows[0].passages, found.rows[1].passages), (3, 1));
        for row in &found.rows {
            for (n, count) in row.cells.iter().enumerate() {
                let behind = behind(&view, &working, &strips, (row.code, true), Some(n));
                assert_eq!(behind.len(), *count as usize, "{n}");
            }
            assert_eq!(behind(&view, &working, &strips, (row.code, true), None).len(), row.passages as usize);
        }
        let alone = landscape(&view, &working, strips, &[above], false);
        assert_eq!(alone.rows[0].cells, [1, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn the_texts_of_a_case_follow_one_another() {
        let mut desk = Desk::new();
        let (case, first) = desk.case("P01");
        let second = desk.source("Second", 300);
        desk.apply(&Edit::MoveSource(second, Some(case)));
        let lone = desk.source("Lone", 40);
        let code = desk.code("A");
        desk.lay(first, 90, 100, code);
        desk.lay(second, 0, 10, code);
        desk.lay(lone, 0, 10, code);
        let view = desk.view();
        let strips = of_cases(&view, 4);
        assert_eq!(
            strips.iter().map(|strip| (strip.of, strip.chars)).collect::<Vec<_>>(),
            [(Of::Case(case), 400), (Of::NoCase, 40)]
        );
        let found = landscape(&view, &working(&view), strips, &[code], true);
        assert_eq!(found.rows[0].cells, [1, 1, 0, 0, 1, 0, 0, 0]);
    }
}
