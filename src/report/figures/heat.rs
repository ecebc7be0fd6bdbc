//! Heat maps: a number in every cell, the darker the greater.

use super::{INK, PALE, ROW, figure, rect, text, wide};

/// A heat map.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Heat {
    /// The names of the rows.
    pub rows: Vec<String>,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// Row by row, a cell for each column: what it says, and how much that is (0 and less draws nothing).
    pub cells: Vec<Vec<(String, f64)>>,
}

/// The width of a cell.
const CELL: f64 = 54.0;

/// A heat map, its columns named at a slant so that long names stay whole.
#[must_use]
pub fn heat(title: &str, heat: &Heat) -> String {
    let left = heat.rows.iter().map(|row| wide(row)).fold(80.0, f64::max) + 20.0;
    let slant = heat.columns.iter().map(|column| wide(column)).fold(20.0, f64::max) * 0.71;
    let top = 44.0 + slant;
    let width = (left + CELL * heat.columns.len() as f64 + slant + 20.0).max(wide(title) * 1.2 + 24.0);
    let height = top + (ROW * heat.rows.len()) as f64 + 20.0;
    let most = heat.cells.iter().flatten().map(|(_, much)| *much).fold(0.0, f64::max);
    figure(title, width, height, |out| {
        for (n, column) in heat.columns.iter().enumerate() {
            let x = left + CELL * n as f64 + CELL / 2.0;
            let turned = format!("fill=\"{PALE}\" transform=\"rotate(-45 {x:.1} {:.1})\"", top - 8.0);
            text(out, x, top - 8.0, column, "start", &turned);
        }
        for (n, (row, cells)) in heat.rows.iter().zip(&heat.cells).enumerate() {
            let y = top + (ROW * n) as f64;
            text(out, left - 8.0, y + 15.0, row, "end", "");
            for (m, (words, much)) in cells.iter().enumerate() {
                let x = left + CELL * m as f64;
                let share = if most > 0.0 { (much / most).clamp(0.0, 1.0) } else { 0.0 };
                let fill = format!("fill=\"{INK}\" fill-opacity=\"{:.2}\" stroke=\"#dde0e5\"", share * 0.85);
                rect(out, x, y, CELL, ROW as f64, &fill);
                let ink = if share > 0.6 { "fill=\"white\"" } else { "" };
                text(out, x + CELL / 2.0, y + 15.0, words, "middle", ink);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_says_its_number() {
        let cells = vec![vec![("3".to_owned(), 3.0), (String::new(), 0.0)]];
        let map = Heat { rows: vec!["Nurse".into()], columns: vec!["Screens".into(), "Plans".into()], cells };
        let out = heat("Who does what", &map);
        assert!(out.contains(">3</text>") && out.contains("fill-opacity=\"0.85\""), "{out}");
        assert_eq!(out.matches("stroke=\"#dde0e5\"").count(), 2);
    }
}
