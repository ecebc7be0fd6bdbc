//! Curves: things that add up from step to step, such as codes from case to case.

use super::{EDGE, Frame, INK, PALE, SIZE, SMALL, rule, text, widest};
use std::fmt::Write as _;

/// Curves over the same steps.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Curve {
    /// The names of the steps.
    pub steps: Vec<String>,
    /// The curves.
    pub lines: Vec<Line>,
}

/// A curve: as many numbers as there are steps.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    /// What adds up.
    pub name: String,
    /// How much there is by each step.
    pub totals: Vec<usize>,
    /// How much of it came with each step.
    pub new: Vec<usize>,
}

/// The least width of the ground, and its height.
const GROUND: (f64, f64) = (480.0, 220.0);
/// How curves are told apart without colour.
const STROKES: [&str; 3] = ["", " stroke-dasharray=\"7 4\"", " stroke-dasharray=\"2 3\""];

/// Curves of totals, named at their ends; below them what is new at each step, in numbers.
#[must_use]
pub fn curve(frame: &Frame, curve: &Curve) -> String {
    let most = curve.lines.iter().flat_map(|line| &line.totals).max().copied().unwrap_or(0).max(1);
    let count = curve.steps.len().max(1) as f64;
    let step = 26.0_f64.max(GROUND.0 / count);
    let rows: Vec<String> = curve.lines.iter().map(|line| format!("new: {}", line.name)).collect();
    let left = EDGE + widest(rows.iter().map(String::as_str), SMALL, 40.0) + 10.0;
    let ends: Vec<String> = curve
        .lines
        .iter()
        .map(|line| format!("{}: {}", line.name, line.totals.last().copied().unwrap_or_default()))
        .collect();
    let right = widest(ends.iter().map(String::as_str), SIZE, 0.0) + 12.0;
    let names = widest(curve.steps.iter().map(String::as_str), SMALL, 20.0) * 0.71 + 14.0;
    let below = 10.0 + 15.0 * curve.lines.len() as f64;
    let end = left + step * count;
    frame.around(end + right + EDGE, 8.0 + GROUND.1 + below + names, |out, top| {
        let (roof, floor) = (top + 8.0, top + 8.0 + GROUND.1);
        let height = |total: usize| floor - GROUND.1 * total as f64 / most as f64;
        for n in marks(most) {
            rule(out, (left, height(n)), (end, height(n)));
            text(out, left - 8.0, height(n) + 4.0, &n.to_string(), "end", &format!("font-size=\"{SMALL}\""));
        }
        rule(out, (left, roof), (left, floor));
        let x = |n: usize| left + step * (n as f64 + 0.5);
        for (n, line) in curve.lines.iter().enumerate() {
            let mut path = String::new();
            for (n, total) in line.totals.iter().enumerate() {
                let _written = write!(path, "{:.1},{:.1} ", x(n), height(*total));
            }
            let _written = writeln!(
                out,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"2\"{}/>",
                path.trim_end(),
                STROKES[n % STROKES.len()]
            );
            for (n, total) in line.totals.iter().enumerate() {
                let (x, y) = (x(n), height(*total));
                let _written = writeln!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.4\" fill=\"{INK}\"/>");
            }
        }
        for (n, y) in apart(curve.lines.iter().map(|line| height(line.totals.last().copied().unwrap_or(0)))) {
            text(out, end + 4.0, y + 4.0, &ends[n], "start", "");
        }
        let small = format!("fill=\"{PALE}\" font-size=\"{SMALL}\"");
        for (n, line) in curve.lines.iter().enumerate() {
            let y = floor + 18.0 + 15.0 * n as f64;
            text(out, left - 8.0, y, &rows[n], "end", &small);
            for (step, new) in line.new.iter().enumerate() {
                let words = if *new == 0 { "·".to_owned() } else { format!("+{new}") };
                text(out, x(step), y, &words, "middle", &format!("font-size=\"{SMALL}\""));
            }
        }
        let y = floor + below + 12.0;
        for (n, name) in curve.steps.iter().enumerate() {
            let turned = format!("{small} transform=\"rotate(-45 {:.1} {y:.1})\"", x(n) + 4.0);
            text(out, x(n) + 4.0, y, name, "end", &turned);
        }
    })
}

/// The numbers at which lines lie across: from nought to the greatest, four at the most.
fn marks(most: usize) -> Vec<usize> {
    let mut out: Vec<usize> = (0..=4).map(|n| most * n / 4).collect();
    out.dedup();
    out
}

/// Heights of names by number, moved so far apart that they can be read.
fn apart(heights: impl Iterator<Item = f64>) -> Vec<(usize, f64)> {
    let mut out: Vec<(usize, f64)> = heights.enumerate().collect();
    out.sort_by(|a, b| a.1.total_cmp(&b.1));
    for n in 1..out.len() {
        out[n].1 = out[n].1.max(out[n - 1].1 + 16.0);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curves() -> Curve {
        let line = |name: &str, totals: &[usize], new: &[usize]| Line {
            name: name.into(),
            totals: totals.to_vec(),
            new: new.to_vec(),
        };
        Curve {
            steps: ["P01", "P02", "P03"].map(str::to_owned).to_vec(),
            lines: vec![line("a priori", &[4, 6, 6], &[4, 2, 0]), line("emergent", &[1, 1, 6], &[1, 0, 5])],
        }
    }

    #[test]
    fn a_curve_has_a_point_for_each_step_and_curves_are_told_apart() {
        let out = curve(&Frame::new("New codes"), &curves());
        assert_eq!(out.matches(">+").count(), 4, "{out}");
        assert_eq!((out.matches("<polyline").count(), out.matches("stroke-dasharray").count()), (2, 1));
        assert!(out.contains(">P03</text>") && out.contains(">a priori: 6</text>"), "{out}");
        assert!(curve(&Frame::new("nothing"), &Curve::default()).ends_with("</svg>\n"));
    }

    #[test]
    fn names_that_end_at_one_height_do_not_lie_upon_each_other() {
        let found = apart([50.0, 50.0, 10.0].into_iter());
        assert_eq!(found, [(2, 10.0), (0, 50.0), (1, 66.0)]);
        assert_eq!((marks(3), marks(8)), (vec![0, 1, 2, 3], vec![0, 2, 4, 6, 8]));
    }
}
