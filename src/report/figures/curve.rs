//! Curves: something that adds up from step to step, such as codes from case to case.

use super::{INK, PALE, figure, line, text, wide};
use std::fmt::Write as _;

/// A step of a curve.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Point {
    /// The step's name.
    pub name: String,
    /// How much there is by then.
    pub total: usize,
    /// How much of it came with this step.
    pub new: usize,
}

/// The height and the least width of what is drawn.
const SIZE: (f64, f64) = (420.0, 220.0);

/// A curve of totals with what is new at each step written at its point.
#[must_use]
pub fn curve(title: &str, points: &[Point]) -> String {
    let most = points.iter().map(|point| point.total).max().unwrap_or(0).max(1) as f64;
    let step = 24.0_f64.max(SIZE.0 / points.len().max(1) as f64);
    let below = points.iter().map(|point| wide(&point.name)).fold(20.0, f64::max) * 0.71 + 20.0;
    let width = (70.0 + step * points.len() as f64 + 30.0).max(wide(title) * 1.2 + 24.0);
    let (left, top) = (60.0, 50.0);
    let floor = top + SIZE.1;
    let place = |n: usize, total: usize| (left + step * (n as f64 + 0.5), floor - SIZE.1 * total as f64 / most);
    figure(title, width, floor + below, |out| {
        line(out, (left, top), (left, floor), &format!("stroke=\"{PALE}\""));
        line(out, (left, floor), (left + step * points.len() as f64, floor), &format!("stroke=\"{PALE}\""));
        text(out, left - 8.0, top + 5.0, &format!("{most:.0}"), "end", "");
        text(out, left - 8.0, floor, "0", "end", "");
        let mut path = String::new();
        for (n, point) in points.iter().enumerate() {
            let (x, y) = place(n, point.total);
            let _written = write!(path, "{x:.1},{y:.1} ");
        }
        let _written = writeln!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"2\"/>",
            path.trim_end()
        );
        for (n, point) in points.iter().enumerate() {
            let (x, y) = place(n, point.total);
            if point.new > 0 {
                text(out, x, y - 6.0, &format!("+{}", point.new), "middle", "font-size=\"11\"");
            }
            let turned =
                format!("fill=\"{PALE}\" font-size=\"11\" transform=\"rotate(-45 {x:.1} {:.1})\"", floor + 14.0);
            text(out, x, floor + 14.0, &point.name, "end", &turned);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_has_a_point_for_each_step() {
        let point = |name: &str, total, new| Point { name: name.into(), total, new };
        let out = curve("New codes", &[point("P01", 4, 4), point("P02", 6, 2), point("P03", 6, 0)]);
        assert_eq!(out.matches(">+").count(), 2, "{out}");
        assert!(out.contains(">P03</text>") && out.contains("<polyline"));
        assert!(curve("nothing", &[]).ends_with("</svg>\n"));
    }
}
