//! Bars: how many of how many, a line each, under their headings.

use super::{EDGE, Frame, INK, PALE, SIZE, SMALL, lines, rect, rule, text, widest};
use crate::table::percent;

/// A line of a figure of bars.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bar {
    /// The heading it stands under; empty for none.
    pub group: String,
    /// What is counted.
    pub name: String,
    /// How deep its name is set in.
    pub indent: u8,
    /// How many, at least.
    pub low: usize,
    /// How many, at most: more than `low` while disputes are open.
    pub high: usize,
    /// Of how many.
    pub of: usize,
    /// What is said of it beside its numbers; may be empty.
    pub mark: String,
    /// The same at another time.
    pub beside: Option<Beside>,
}

/// What a bar is put beside.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Beside {
    /// How many, at least.
    pub low: usize,
    /// How many, at most.
    pub high: usize,
    /// Of how many.
    pub of: usize,
}

/// The length of a bar of all.
const LONG: f64 = 260.0;
/// Names take no more than this; longer ones are broken.
const NAMES: f64 = 400.0;
/// How far names are set in from their heading, and from each other.
const STEP: f64 = 14.0;
/// The height of a line of text.
const LINE: f64 = 17.0;
/// The height of a bar of the other time, with what is around it.
const LOWER: f64 = 15.0;

/// Bars from none to all, each with its n of N and its percentage; what is in dispute is drawn lighter.
#[must_use]
pub fn bars(frame: &Frame, bars: &[Bar]) -> String {
    let grouped = bars.iter().any(|bar| !bar.group.is_empty());
    let set_in = |bar: &Bar| STEP * (f64::from(bar.indent) + f64::from(u8::from(grouped)));
    let names: Vec<Vec<String>> = bars.iter().map(|bar| lines(&bar.name, NAMES, SIZE)).collect();
    let long = |(bar, names): (&Bar, &Vec<String>)| set_in(bar) + widest(names.iter().map(String::as_str), SIZE, 80.0);
    let left = EDGE + bars.iter().zip(&names).map(long).fold(80.0, f64::max) + 12.0;
    let numbers: Vec<String> = bars.iter().map(said).collect();
    let right = widest(numbers.iter().map(String::as_str), SIZE, 90.0);
    let width = left + LONG + 8.0 + right + EDGE;
    let headings: Vec<Vec<String>> = bars
        .iter()
        .enumerate()
        .map(|(n, bar)| match n.checked_sub(1).map(|before| bars[before].group.as_str()).unwrap_or_default() {
            before if before == bar.group || bar.group.is_empty() => Vec::new(),
            _ => lines(&bar.group, width - 2.0 * EDGE, SIZE * 1.1),
        })
        .collect();
    let tall = |n: usize| {
        let lower = if bars[n].beside.is_some() { LOWER } else { 0.0 };
        (LINE * names[n].len() as f64).max(LINE + lower) + 5.0
    };
    let above = |n: usize| if headings[n].is_empty() { 0.0 } else { LINE * headings[n].len() as f64 + 8.0 };
    let height: f64 = (0..bars.len()).map(|n| tall(n) + above(n)).sum();
    let mut frame = frame.clone();
    let open = |bar: &Bar| bar.low != bar.high || bar.beside.is_some_and(|beside| beside.low != beside.high);
    if bars.iter().any(open) {
        frame.notes.insert(0, "Lighter: in dispute among coders.".into());
    }
    frame.around(width, height, |out, top| {
        let mut y = top;
        for (n, bar) in bars.iter().enumerate() {
            if !headings[n].is_empty() {
                for (line, words) in headings[n].iter().enumerate() {
                    let at = y + 19.0 + LINE * line as f64;
                    text(out, EDGE, at, words, "start", &format!("fill=\"{PALE}\" font-weight=\"bold\""));
                }
                y += above(n);
            }
            for (line, words) in names[n].iter().enumerate() {
                text(out, EDGE + set_in(bar), y + 15.0 + LINE * line as f64, words, "start", "");
            }
            stripe(out, (left, y + 4.0), 14.0, Beside { low: bar.low, high: bar.high, of: bar.of }, INK);
            text(out, left + LONG + 8.0, y + 15.0, &numbers[n], "start", "");
            if let Some(beside) = bar.beside {
                stripe(out, (left, y + 20.0), 8.0, beside, PALE);
                let small = format!("fill=\"{PALE}\" font-size=\"{SMALL}\"");
                text(out, left + LONG + 8.0, y + 28.0, &numbers_of(beside), "start", &small);
            }
            rule(out, (left, y), (left, y + tall(n)));
            y += tall(n);
        }
    })
}

/// A bar on its ground.
fn stripe(out: &mut String, (x, y): (f64, f64), height: f64, count: Beside, ink: &str) {
    let long = |n: usize| if count.of == 0 { 0.0 } else { LONG * n.min(count.of) as f64 / count.of as f64 };
    rect(out, x, y, LONG, height, "fill=\"#eef0f3\"");
    if count.high > count.low {
        rect(out, x, y, long(count.high), height, &format!("fill=\"{ink}\" fill-opacity=\"0.4\""));
    }
    if count.low > 0 {
        rect(out, x, y, long(count.low), height, &format!("fill=\"{ink}\""));
    }
}

/// What stands beside a bar: its numbers, and what is said of it.
fn said(bar: &Bar) -> String {
    let numbers = numbers_of(Beside { low: bar.low, high: bar.high, of: bar.of });
    if bar.mark.is_empty() { numbers } else { format!("{numbers} {}", bar.mark) }
}

fn numbers_of(count: Beside) -> String {
    let Beside { low, high, of } = count;
    let share = |n: usize| percent(n as u64, of as u64);
    match (share(low), share(high)) {
        (Some(share), Some(_)) if low == high => format!("{low} of {of} ({share} %)"),
        (Some(least), Some(most)) => format!("{low}–{high} of {of} ({least}–{most} %)"),
        _ => format!("{low} of {of}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(group: &str, name: &str, low: usize, high: usize) -> Bar {
        Bar { group: group.into(), name: name.into(), low, high, of: 30, ..Bar::default() }
    }

    #[test]
    fn every_bar_says_its_numbers() {
        let all = [bar("Goal 1", "Warm handoff", 22, 22), bar("Goal 2", "Huddles", 6, 9)];
        let out = bars(&Frame::new("Table 2"), &all);
        assert!(out.contains(">22 of 30 (73.3 %)</text>") && out.contains(">6–9 of 30 (20.0–30.0 %)</text>"), "{out}");
        assert!(out.contains(">Goal 1</text>") && out.contains(">Goal 2</text>"));
        assert!(out.contains("Lighter: in dispute"), "{out}");
        assert!(!bars(&Frame::new("Table 2"), &all[..1]).contains("Lighter"));
        assert!(bars(&Frame::new("nothing"), &[]).ends_with("</svg>\n"));
    }

    #[test]
    fn a_bar_of_none_is_no_bar_and_two_waves_lie_below_each_other() {
        let beside = Some(Beside { low: 3, high: 3, of: 20 });
        let one = Bar { beside, of: 0, ..bar("", "Counselors", 0, 0) };
        let out = bars(&Frame::new("Waves"), &[one]);
        assert!(out.contains(">0 of 0</text>") && out.contains(">3 of 20 (15.0 %)</text>"), "{out}");
        assert_eq!(out.matches(&format!("fill=\"{INK}\"")).count(), 0, "{out}");
    }

    #[test]
    fn a_long_name_is_broken_and_makes_its_row_higher() {
        let short = bars(&Frame::new("T"), &[bar("", "Short", 1, 1)]);
        let long = bars(&Frame::new("T"), &[bar("", &"Delegating follow-up to somebody ".repeat(6), 1, 1)]);
        let height = |svg: &str| -> f64 {
            svg.split("height=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a height").parse().expect("n")
        };
        assert!(height(&long) > height(&short) + 30.0, "{long}");
    }
}
