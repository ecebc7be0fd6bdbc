//! The order of the lines: what stands across, what comes first, what is left away.

use super::{Cell, Line, Matrix};
use std::cmp::Reverse;

/// In which order rows stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sort {
    /// As they were asked for: in the order of the tree, of the cases, of the values.
    #[default]
    Given,
    /// The greatest sum first.
    Sum,
    /// By name.
    Name,
    /// By what stands in a column, the greatest first.
    Column(usize),
}

impl Sort {
    /// As shown.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Given => "rows as in the study",
            Self::Sum => "greatest sum first",
            Self::Name => "rows by name",
            Self::Column(_) => "greatest in this column first",
        }
    }
}

impl Matrix {
    /// Rows become columns, and columns rows.
    pub fn transpose(&mut self) {
        let (down, across) = (self.rows.len(), self.columns.len());
        let mut cells = Vec::with_capacity(down * across);
        for column in 0..across {
            for row in 0..down {
                cells.push(std::mem::take(&mut self.cells[row * across + column]));
            }
        }
        self.cells = cells;
        std::mem::swap(&mut self.rows, &mut self.columns);
        std::mem::swap(&mut self.row_sums, &mut self.column_sums);
        self.transposed = !self.transposed;
    }

    /// Puts the rows into an order; those that are alike stay as they were asked for.
    pub fn sort(&mut self, by: Sort) {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_key(|row| self.rows[*row].given);
        let rank = |cell: Option<&Cell>| Reverse(cell.map_or((0, 0), |cell| (cell.n, cell.high)));
        match by {
            Sort::Given => {}
            Sort::Sum => order.sort_by_key(|row| rank(self.row_sums.get(*row))),
            Sort::Name => order.sort_by_key(|row| self.rows[*row].name.to_lowercase()),
            Sort::Column(column) => order.sort_by_key(|row| rank(self.cell(*row, column))),
        }
        self.take_rows(&order);
    }

    /// Leaves away the rows and columns with nothing in them; says how many.
    pub fn leave_empty(&mut self) -> (usize, usize) {
        let (down, across) = (self.rows.len(), self.columns.len());
        let full: Vec<usize> = (0..down).filter(|row| self.row(*row).iter().any(|cell| !cell.is_empty())).collect();
        self.take_rows(&full);
        self.transpose();
        let full: Vec<usize> = (0..across).filter(|row| self.row(*row).iter().any(|cell| !cell.is_empty())).collect();
        self.take_rows(&full);
        self.transpose();
        (down - self.rows.len(), across - self.columns.len())
    }

    /// Keeps these rows, in this order.
    fn take_rows(&mut self, order: &[usize]) {
        let across = self.columns.len();
        let mut cells = Vec::with_capacity(order.len() * across);
        for row in order {
            cells.extend(self.cells[row * across..(row + 1) * across].iter_mut().map(std::mem::take));
        }
        self.cells = cells;
        self.rows = order.iter().map(|row| self.rows[*row].clone()).collect();
        self.row_sums = order.iter().map(|row| self.row_sums[*row].clone()).collect();
    }

    /// The first row whose name has these words, from one on and round.
    #[must_use]
    pub fn find_row(&self, words: &str, from: usize) -> Option<usize> {
        find(&self.rows, words, from)
    }

    /// Likewise for columns.
    #[must_use]
    pub fn find_column(&self, words: &str, from: usize) -> Option<usize> {
        find(&self.columns, words, from)
    }
}

fn find(lines: &[Line], words: &str, from: usize) -> Option<usize> {
    let wanted = words.to_lowercase();
    let has = |at: &usize| lines[*at].name.to_lowercase().contains(&wanted);
    (0..lines.len()).map(|n| (from + n) % lines.len()).find(has)
}
