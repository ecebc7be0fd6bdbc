//! Sentences instead of colours: what is said of a figure, and what is said where there is none.
//!
//! A verdict stands only with pooled figures and with codes that nothing speaks against; the others are told in one plain
//! sentence. Unrounded values are compared; what is printed is rounded half up.

use super::figures::{CaseFigure, Counts, Figure, Figures, Row, case_word};
use crate::agreement::{Estimate, Extent, Flag, Undefined, prevalence_sentence};
use crate::project::id::{CaseId, CoderId};
use crate::project::round::{Drawn, Unit};
use crate::project::view::View;
use crate::table::thousands;

/// A coefficient as it is printed: `.64`, `–.20`, `1.00`.
#[must_use]
pub fn number(value: f64) -> String {
    let hundredths = (value.abs() * 100.0 + 0.5).floor() as u64;
    let sign = if value < 0.0 && hundredths > 0 { "–" } else { "" };
    match (hundredths / 100, hundredths % 100) {
        (0, part) => format!("{sign}.{part:02}"),
        (whole, part) => format!("{sign}{whole}.{part:02}"),
    }
}

/// The same, with a dash for none.
#[must_use]
pub fn number_or_dash(value: Option<f64>) -> String {
    value.map_or_else(|| "—".to_owned(), number)
}

/// A share in whole percent: `17 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{} %", (share * 100.0 + 0.5).floor() as u64)
}

/// An interval as it is printed: `.71–.97`, `–.20 to .30`.
#[must_use]
pub fn interval([low, high]: [f64; 2]) -> String {
    let between = if low < 0.0 || high < 0.0 { " to " } else { "–" };
    format!("{}{between}{}", number(low), number(high))
}

/// `alpha .84, interval .71–.97`; `alpha .84`; `alpha —`.
#[must_use]
pub fn alpha_text(alpha: &Estimate) -> String {
    let value = number_or_dash(alpha.value);
    match alpha.interval {
        Some(ends) => format!("alpha {value}, interval {}", interval(ends)),
        None => format!("alpha {value}"),
    }
}

/// What `n` of a unit are called: `turn`, `turns`.
#[must_use]
pub const fn unit_word(unit: Unit, n: u64) -> &'static str {
    match (unit, n) {
        (unit, 1) => unit.name(),
        (Unit::Char, _) => "characters",
        (Unit::Word, _) => "words",
        (Unit::Sentence, _) => "sentences",
        (Unit::Paragraph, _) => "paragraphs",
        (Unit::Turn, _) => "turns",
        (Unit::Given, _) => "given passages",
        (Unit::Source, _) => "sources",
        (Unit::Case, _) => "cases",
    }
}

/// `P11`, `P11 and P21`, `P03, P11 and P21`.
#[must_use]
pub fn listed<S: AsRef<str>>(names: &[S]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [all @ .., last] => {
            let all: Vec<&str> = all.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", all.join(", "), last.as_ref())
        }
    }
}

/// What is said of a code on the unit that was fixed: the verdict, or why there is none; and whether the coders differ on
/// cases or only on where passages begin and end.
#[must_use]
pub fn unit_sentence(view: &View<'_>, figures: &Figures, row: &Row) -> String {
    let unit = figures.basis.unit;
    let Some(figure) = &row.unit else { return format!("there are no {} to count on", unit_word(unit, 0)) };
    let mut out = sentence(view, figures, row, figure, unit);
    if let Some(differ) = where_they_differ(view, figures, row) {
        out.push(' ');
        out.push_str(&differ);
    }
    out
}

/// What is said of a code on chars.
#[must_use]
pub fn character_sentence(view: &View<'_>, figures: &Figures, row: &Row) -> Option<String> {
    row.character.as_ref().map(|figure| sentence(view, figures, row, figure, Unit::Char))
}

/// What is said of a code on cases: “3 of 5 practices agree; PB and DC differ on P11 and P21.”
#[must_use]
pub fn case_sentence(view: &View<'_>, figures: &Figures, row: &Row) -> Option<String> {
    let case = row.case.as_ref()?;
    let mut out = if case.shows_alpha {
        format!("{} ", sentence(view, figures, row, &case.figure, Unit::Case))
    } else {
        String::new()
    };
    let word = case_word(view, &figures.basis.cases, usize::try_from(case.of).unwrap_or(usize::MAX));
    out.push_str(&format!("{} of {} {word} agree", case.agree, case.of));
    if !case.disputed.is_empty() {
        let who: Vec<&str> = figures.coders.iter().map(|coder| view.initials(*coder)).collect();
        let who = if who.len() == 2 { listed(&who) } else { "the coders".to_owned() };
        out.push_str(&format!("; {who} differ on {}", listed(&names(view, &case.disputed))));
    }
    out.push('.');
    Some(out)
}

/// The names of cases.
#[must_use]
pub fn names<'a>(view: &View<'a>, cases: &[CaseId]) -> Vec<&'a str> {
    cases.iter().map(|case| view.case(*case).map_or("a deleted case", |case| case.name.as_str())).collect()
}

/// What is said of all codes together.
#[must_use]
pub fn pooled_sentence(figures: &Figures) -> String {
    let codes = figures.pooled.codes;
    let in_use = if codes == 1 { "1 code in use".to_owned() } else { format!("{codes} codes in use, pooled") };
    match &figures.pooled.unit {
        Some(alpha) => match alpha.verdict() {
            Some(verdict) => format!("{in_use}: {}: {verdict}.", alpha_text(alpha)),
            None => format!("{in_use}: {}", why_undefined(alpha, figures.basis.unit)),
        },
        None => format!("there are no {} to count on", unit_word(figures.basis.unit, 0)),
    }
}

/// A sentence for one code at one level.
fn sentence(view: &View<'_>, figures: &Figures, row: &Row, figure: &Figure, unit: Unit) -> String {
    if let Some(why) = against_a_verdict(view, figures, row, figure, unit) {
        return match figure.alpha.value {
            Some(_) => format!("{}: {why}.", alpha_text(&figure.alpha)),
            None => format!("{}.", capital(&why)),
        };
    }
    match figure.alpha.verdict() {
        Some(verdict) => format!("{}: {verdict}.", alpha_text(&figure.alpha)),
        None => why_undefined(&figure.alpha, unit),
    }
}

fn why_undefined(alpha: &Estimate, unit: Unit) -> String {
    let (one, more) = (unit_word(unit, 1), unit_word(unit, 2));
    match alpha.reason {
        Some(Undefined::NoPairableUnits) => format!("No {one} was coded by two coders; there is nothing to compare."),
        _ => format!("Undefined: all coders say the same of all {more}, so there is no variation to agree about."),
    }
}

/// Why no verdict is given on a code, in a few words: what stands in place of the whisker where there is no value. `None`
/// where nothing speaks against one.
#[must_use]
pub fn short(view: &View<'_>, figures: &Figures, row: &Row, figure: &Figure, unit: Unit) -> Option<String> {
    against_a_verdict(view, figures, row, figure, unit)
}

fn against_a_verdict(view: &View<'_>, figures: &Figures, row: &Row, figure: &Figure, unit: Unit) -> Option<String> {
    let (any, units) = (figure.counts.any(), figure.counts.units());
    let all = match figure.counts {
        Counts::Two { both, .. } => both,
        Counts::Several { all, .. } => all,
    };
    if figure.alpha.reason == Some(Undefined::NoPairableUnits) {
        return Some(format!("no {} was coded by two coders", unit_word(unit, 1)));
    }
    if figure.flags.contains(&Flag::Unused) {
        return Some("nobody used it".to_owned());
    }
    if units > 0 && all == units {
        return Some(format!("all gave it to every {}: no variation to agree about", unit_word(unit, 1)));
    }
    if figure.flags.contains(&Flag::OneSided) {
        let user: Option<&CoderId> =
            figures.coders.iter().zip(&row.passages).find(|(_, n)| **n > 0).map(|(who, _)| who);
        let who = user.map_or("one coder", |coder| view.initials(*coder));
        return Some(format!("only {who} used it, in {} {}", thousands(any), unit_word(unit, any)));
    }
    if figure.flags.contains(&Flag::Sparse) {
        let rest = units - all;
        return Some(if any <= rest {
            format!("in {any} {}: too few to judge", unit_word(unit, any))
        } else {
            format!("missing in {rest} {}: too few to judge", unit_word(unit, rest))
        });
    }
    None
}

/// Whether the coders differ on whether cases have the code, or only on where passages begin and end.
fn where_they_differ(view: &View<'_>, figures: &Figures, row: &Row) -> Option<String> {
    let case: &CaseFigure = row.case.as_ref()?;
    if row.unused {
        return None;
    }
    let n = case.disputed.len();
    if n > 0 {
        let word = case_word(view, &figures.basis.cases, n);
        let n = small(n);
        return Some(format!("The coders differ on {n} {word}, not only on where passages end."));
    }
    let apart = |counts: Counts| match counts {
        Counts::Two { only_a, only_b, .. } => only_a + only_b,
        Counts::Several { some, .. } => some,
    };
    let (unit, chars) = (row.unit.as_ref()?, row.character.as_ref()?);
    (apart(unit.counts) == 0 && apart(chars.counts) > 0)
        .then(|| "The coders differ only on where passages begin and end.".to_owned())
}

/// What has to be said beside the verdict of a code that nearly all units have, or nearly none.
#[must_use]
pub fn prevalence(figures: &Figures, row: &Row) -> Option<String> {
    let counts = match figures.basis.unit {
        Unit::Turn | Unit::Given | Unit::Source => row.unit.as_ref()?.counts,
        Unit::Case => row.case.as_ref()?.figure.counts,
        _ => return None,
    };
    let extent = match counts {
        Counts::Two { both, only_a, only_b, neither } => Extent { all: both, some: only_a + only_b, none: neither },
        Counts::Several { all, some, none } => Extent { all, some, none },
    };
    (!row.unused).then(|| prevalence_sentence(extent)).flatten()
}

/// How far the figures of a code reach: a round that was drawn at random may speak of other cases, one that was chosen by
/// hand describes its own.
#[must_use]
pub fn reach(view: &View<'_>, figures: &Figures, row: &Row) -> String {
    let cases = &figures.basis.cases;
    let n = cases.len();
    let drawn = figures.basis.round.drawn != Drawn::ByHand;
    if let Some(case) = row.case.as_ref().filter(|case| drawn && case.disputed.is_empty() && case.of > 0)
        && let Some(share) = case.could_differ
    {
        let of = usize::try_from(case.of).unwrap_or(usize::MAX);
        let (these, others) = (case_word(view, cases, of), case_word(view, cases, 2));
        return format!("no disagreement in {of} {these}; up to {} of {others} could differ", percent(share));
    }
    match n {
        1 => format!("describes this one {}", case_word(view, cases, 1)),
        n => format!("describes these {n} {}", case_word(view, cases, n)),
    }
}

/// Small numbers in words.
fn small(n: usize) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coefficients_are_rounded_half_up_and_have_no_zero_in_front() {
        let cases = [
            (0.64, ".64"),
            (-0.2, "–.20"),
            (1.0, "1.00"),
            (0.0, ".00"),
            (-0.004, ".00"),
            (0.125, ".13"),
            (-0.125, "–.13"),
            (0.995, "1.00"),
            (0.6669, ".67"),
            (-1.0, "–1.00"),
        ];
        for (value, printed) in cases {
            assert_eq!(number(value), printed);
        }
        assert_eq!(number_or_dash(None), "—");
        assert_eq!((interval([0.71, 0.97]), interval([-0.2, 0.3])), (".71–.97".into(), "–.20 to .30".into()));
    }

    #[test]
    fn counts_and_lists_read_as_people_write_them() {
        assert_eq!([7, 999, 1_000, 41_200, 1_234_567].map(thousands), ["7", "999", "1,000", "41,200", "1,234,567"]);
        assert_eq!(listed(&["P03", "P11", "P21"]), "P03, P11 and P21");
        assert_eq!((listed(&["P03"]), listed::<&str>(&[])), ("P03".into(), String::new()));
        assert_eq!(percent(0.1666), "17 %");
    }
}
