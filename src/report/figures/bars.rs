//! Bars: how many of how many, a line each, under their headings.

use super::{INK, PALE, ROW, figure, line, rect, text, wide};
use crate::table::percent;

/// A line of a figure of bars.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bar {
    /// The heading it stands under; empty for none.
    pub group: String,
    /// What is counted.
    pub name: String,
    /// How many, at least.
    pub low: usize,
    /// How many, at most: more than `low` while disputes are open.
    pub high: usize,
    /// Of how many.
    pub of: usize,
}

/// The length of a bar of all.
const LONG: f64 = 260.0;

/// Bars from none to all, each with its n of N and its percentage; what is in dispute is drawn lighter.
#[must_use]
pub fn bars(title: &str, bars: &[Bar]) -> String {
    let left = bars.iter().map(|bar| wide(&bar.name)).fold(80.0, f64::max) + 36.0;
    let headings = bars.windows(2).filter(|pair| pair[0].group != pair[1].group).count();
    let first = usize::from(bars.first().is_some_and(|bar| !bar.group.is_empty()));
    let height = (ROW * (bars.len() + headings + first) + 60) as f64;
    let width = (left + LONG + 150.0).max(wide(title) * 1.2 + 24.0);
    figure(title, width, height, |out| {
        let mut y = 40.0;
        let mut group = "";
        for bar in bars {
            if bar.group != group {
                group = &bar.group;
                text(out, 12.0, y + 15.0, group, "start", &format!("fill=\"{PALE}\" font-weight=\"bold\""));
                y += ROW as f64;
            }
            text(out, left - 8.0, y + 15.0, &bar.name, "end", "");
            let long = |n: usize| if bar.of == 0 { 0.0 } else { LONG * n as f64 / bar.of as f64 };
            rect(out, left, y + 4.0, LONG, 14.0, "fill=\"#eef0f3\"");
            rect(out, left, y + 4.0, long(bar.high), 14.0, &format!("fill=\"{INK}\" fill-opacity=\"0.4\""));
            rect(out, left, y + 4.0, long(bar.low), 14.0, &format!("fill=\"{INK}\""));
            let n = if bar.low == bar.high { bar.low.to_string() } else { format!("{}–{}", bar.low, bar.high) };
            let share = percent(bar.low as u64, bar.of as u64).filter(|_| bar.low == bar.high);
            let share = share.map(|share| format!(" ({share} %)")).unwrap_or_default();
            text(out, left + LONG + 8.0, y + 15.0, &format!("{n} of {}{share}", bar.of), "start", "");
            y += ROW as f64;
        }
        line(out, (left, 40.0), (left, y), &format!("stroke=\"{PALE}\""));
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bar_says_its_numbers() {
        let bar =
            |group: &str, name: &str, low, high| Bar { group: group.into(), name: name.into(), low, high, of: 30 };
        let out = bars("Table 2", &[bar("Goal 1", "Warm handoff", 22, 22), bar("Goal 2", "Huddles", 6, 9)]);
        assert!(out.contains(">22 of 30 (73.3 %)</text>") && out.contains(">6–9 of 30</text>"), "{out}");
        assert!(out.contains(">Goal 1</text>") && out.contains(">Goal 2</text>"));
        assert!(bars("nothing", &[]).ends_with("</svg>\n"));
    }
}
