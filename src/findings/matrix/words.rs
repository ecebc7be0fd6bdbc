//! Matrices in words: what one is of, what a cell says, what its sums are.

use super::{Cell, Count, Kind, Matrix, What};
use crate::findings::figures::case_word;
use crate::project::id::CaseId;
use crate::project::view::View;
use crate::table::percent;

impl Matrix {
    /// What it is of: `Relations of codes on the same words, in practices`.
    #[must_use]
    pub fn title(&self, view: &View<'_>) -> String {
        let asked = &self.asked;
        let kind = match (asked.kind, self.transposed) {
            (Kind::CaseCode, true) => "Codes by cases",
            (Kind::CodeAttribute, true) => "Values by codes",
            (Kind::RoleCode, true) => "Codes by roles of speakers",
            (kind, _) => kind.title(),
        };
        let mut out = kind.to_owned();
        if let Some(attribute) = asked.attribute.filter(|_| asked.kind == Kind::CodeAttribute) {
            let name = view.attribute(attribute).map_or("a deleted attribute", |attribute| attribute.name.as_str());
            out.push_str(&format!(": {name}"));
        }
        if self.is_of_pairs() {
            out.push_str(&format!(" {}", asked.by.words()));
        }
        out.push_str(&format!(", in {}", self.counts(view, 2)));
        if let Some(least) = asked.least {
            out.push_str(&format!("; X in at least {least}"));
        }
        out
    }

    /// What it counts, of so many: `practices`, `pair`, `passages`.
    #[must_use]
    pub fn counts(&self, view: &View<'_>, n: usize) -> String {
        match (self.asked.count, self.is_of_pairs(), n) {
            (Count::Cases, ..) => case_word(view, &self.cases, n),
            (Count::Passages, true, 1) => "pair".into(),
            (Count::Passages, true, _) => "pairs".into(),
            (Count::Passages, false, 1) => "passage".into(),
            (Count::Passages, false, _) => "passages".into(),
        }
    }

    /// Whether the sums of rows (of columns otherwise) are numbers of codes: how many are there in a case.
    #[must_use]
    pub fn sums_codes(&self, rows: bool) -> bool {
        self.asked.kind == Kind::CaseCode && self.asked.count == Count::Cases && rows != self.transposed
    }

    /// What the sums are, for people.
    #[must_use]
    pub fn sums(&self, view: &View<'_>) -> String {
        let all = self.counts(view, 2);
        match (self.asked.count, self.asked.kind) {
            (Count::Passages, _) => format!("sums add {all} up"),
            (Count::Cases, Kind::CaseCode) => {
                let (cases, codes) = if self.transposed { ("rows", "columns") } else { ("columns", "rows") };
                format!("sums of {cases} count {all}, sums of {codes} the codes there")
            }
            (Count::Cases, _) => format!("sums count {all} of any cell, each once"),
        }
    }

    /// What stands in a cell in its place, sums behind the last row and column: `18 of 30 practices (60.0 %)`.
    #[must_use]
    pub fn says(&self, view: &View<'_>, row: usize, column: usize) -> String {
        let Some(cell) = self.cell(row, column) else { return String::new() };
        let n = span(cell);
        let codes = |rows: bool| self.sums_codes(rows);
        let in_words = match cell.of {
            _ if column == self.columns.len() && row < self.rows.len() && codes(true)
                || row == self.rows.len() && column < self.columns.len() && codes(false) =>
            {
                format!("{n} of {} codes", if codes(true) { self.columns.len() } else { self.rows.len() })
            }
            _ if cell.is_not_yet() => "not yet coded".into(),
            Some(_) if self.is_case_by_code(row, column) => match (cell.n, cell.high) {
                (0, 0) => "not there".into(),
                (0, _) => "disputed".into(),
                _ => "there".into(),
            },
            Some(of) => {
                let words = case_word(view, &self.cases, of);
                let share = share(cell).map_or_else(String::new, |share| format!(" ({share} %)"));
                format!("{n} of {of} {words}{share}")
            }
            None => format!("{n} {}", self.counts(view, cell.high)),
        };
        let mut parts = vec![in_words];
        if self.asked.count == Count::Cases && self.asked.kind != Kind::Relation && cell.pairs() > 0 {
            let (items, one, more) = match self.is_of_pairs() {
                true => (cell.items.len(), "pair", "pairs"),
                false => (cell.items.len(), "passage", "passages"),
            };
            parts.push(format!("{items} {}", if items == 1 { one } else { more }));
        }
        if self.asked.kind == Kind::Relation && cell.pairs() > 0 {
            parts.push(format!("{} of {} pairs looked at", cell.looked, cell.pairs()));
            if !cell.struck.is_empty() {
                parts.push(format!("{} struck", cell.struck.len()));
            }
        }
        parts.join(", ")
    }

    /// Whether a cell is of one case and one code.
    #[must_use]
    pub fn is_case_by_code(&self, row: usize, column: usize) -> bool {
        self.asked.kind == Kind::CaseCode
            && self.asked.count == Count::Cases
            && row < self.rows.len()
            && column < self.columns.len()
    }

    /// The cases of a cell that are known to count, in the order of the study.
    #[must_use]
    pub fn cases_of(&self, cell: &Cell) -> Vec<CaseId> {
        self.cases.iter().copied().filter(|case| cell.yes.contains(case)).collect()
    }

    /// The name of a line as it is said with others: `Nurse × Screens`.
    #[must_use]
    pub fn place(&self, row: usize, column: usize, times: &str) -> String {
        if row == self.rows.len() && column == self.columns.len() {
            return "All".into();
        }
        let name =
            |lines: &[super::Line], at: usize| lines.get(at).map_or_else(|| "all".to_owned(), |l| l.name.clone());
        let missing = |lines: &[super::Line], at: usize| lines.get(at).is_some_and(|l| l.what == What::Missing);
        let value = |lines: &[super::Line], at: usize| match missing(lines, at) {
            true => "value not known".to_owned(),
            false => name(lines, at),
        };
        format!("{} {times} {}", value(&self.rows, row), value(&self.columns, column))
    }
}

/// A number, or a span of two while something is in dispute: `12`, `12–15`.
#[must_use]
pub fn span(cell: &Cell) -> String {
    if cell.n == cell.high { cell.n.to_string() } else { format!("{}–{}", cell.n, cell.high) }
}

/// Its percentage, as journals print it; `None` where it counts no cases of many.
#[must_use]
pub fn share(cell: &Cell) -> Option<String> {
    let of = cell.of? as u64;
    let low = percent(cell.n as u64, of)?;
    if cell.n == cell.high { Some(low) } else { Some(format!("{low}–{}", percent(cell.high as u64, of)?)) }
}
