//! Heat maps: a number in every cell, the darker the greater.

use super::{EDGE, Frame, INK, PALE, RULE, SIZE, lines, rect, text, wide, widest};

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

/// Cells are at least so wide.
const CELL: f64 = 34.0;
/// Names of rows take no more than this; longer ones are broken.
const NAMES: f64 = 300.0;
/// The colour of a nought, which is to be found and not to be seen first.
const FAINT: &str = "#8d939c";
/// The height of a line of text.
const LINE: f64 = 17.0;
/// How far a slanted line of some length reaches up, and to the side.
const SLANT: f64 = 0.71;

/// A heat map, its columns named at a slant so that long names stay whole.
#[must_use]
pub fn heat(frame: &Frame, heat: &Heat) -> String {
    let names: Vec<Vec<String>> = heat.rows.iter().map(|row| lines(row, NAMES, SIZE)).collect();
    let left = EDGE + widest(names.iter().flatten().map(String::as_str), SIZE, 60.0) + 10.0;
    let cell = widest(heat.cells.iter().flatten().map(|(words, _)| words.as_str()), SIZE, CELL - 10.0) + 10.0;
    let slant = |column: &String| wide(column, SIZE) * SLANT;
    let above = heat.columns.iter().map(slant).fold(20.0, f64::max) + 16.0;
    // Of what leans out of the last column only so much as it does.
    let reach = |(n, column): (usize, &String)| left + cell * (n as f64 + 0.5) + slant(column) + 12.0;
    let width = heat.columns.iter().enumerate().map(reach).fold(left + cell * heat.columns.len() as f64, f64::max);
    let tall = |n: usize| LINE * names[n].len() as f64 + 5.0;
    let height = above + (0..heat.rows.len()).map(tall).sum::<f64>();
    let most = heat.cells.iter().flatten().map(|(_, much)| *much).fold(0.0, f64::max);
    frame.around(width + EDGE, height, |out, top| {
        let floor = top + above;
        for (n, column) in heat.columns.iter().enumerate() {
            let x = left + cell * (n as f64 + 0.5) + 4.0;
            let turned = format!("fill=\"{PALE}\" transform=\"rotate(-45 {x:.1} {:.1})\"", floor - 6.0);
            text(out, x, floor - 6.0, column, "start", &turned);
        }
        let mut y = floor;
        for (n, cells) in heat.cells.iter().take(names.len()).enumerate() {
            for (line, words) in names[n].iter().enumerate() {
                text(out, left - 10.0, y + 15.0 + LINE * line as f64, words, "end", "");
            }
            for (m, (words, much)) in cells.iter().enumerate() {
                let x = left + cell * m as f64;
                let share = if most > 0.0 { (much / most).clamp(0.0, 1.0) } else { 0.0 };
                let fill = format!("fill=\"{INK}\" fill-opacity=\"{:.2}\" stroke=\"{RULE}\"", share * 0.85);
                rect(out, x, y, cell, tall(n), &fill);
                let ink = match share {
                    _ if words == "0" => format!("fill=\"{FAINT}\""),
                    share if share > 0.6 => "fill=\"white\"".to_owned(),
                    _ => String::new(),
                };
                if !words.is_empty() {
                    text(out, x + cell / 2.0, y + tall(n) / 2.0 + 4.5, words, "middle", &ink);
                }
            }
            y += tall(n);
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
        let out = heat(&Frame::new("Who does what"), &map);
        assert!(out.contains(">3</text>") && out.contains("fill-opacity=\"0.85\""), "{out}");
        assert_eq!(out.matches(&format!("stroke=\"{RULE}\"")).count(), 2);
    }

    #[test]
    fn a_long_name_of_a_column_has_room_above_and_beside() {
        let map = |name: &str| Heat {
            rows: vec!["Nurse".into()],
            columns: vec!["Plans".into(), name.into()],
            cells: vec![vec![("3".into(), 1.0), ("1".into(), 0.5)]],
        };
        let size = |svg: &str, what: &str| -> f64 {
            svg.split(&format!("{what}=\""))
                .nth(1)
                .and_then(|s| s.split('"').next())
                .expect("a size")
                .parse()
                .expect("n")
        };
        let long = "Coordinators connect patients to outside resources for as long as it takes, and longer";
        let (a, b) = (heat(&Frame::new("T"), &map("Plans")), heat(&Frame::new("T"), &map(long)));
        let reach = wide(long, SIZE) * SLANT;
        assert!(size(&b, "height") > reach && size(&b, "width") > reach + 100.0, "{b}");
        assert!(size(&b, "height") > size(&a, "height"));
    }
}
