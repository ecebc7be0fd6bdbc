//! What kind of attribute a column is, by what stands in it.

use super::folded;
use crate::project::case::AttributeKind;
use std::collections::{HashMap, HashSet};

/// Of so few words at most one is chosen.
const FEW: usize = 12;
/// No word that is chosen is longer, in chars.
const LONGEST: usize = 60;

/// The kind of attribute that these values (none of them empty) are of, and the words that can be chosen from where it is
/// a choice, in the order in which they come.
///
/// Yes and no; numbers, unless one begins with a zero (it names something); days; several words parted by semicolons; few
/// words that come again; else text.
#[must_use]
pub fn guess<'a>(values: impl Iterator<Item = &'a str> + Clone) -> (AttributeKind, Vec<String>) {
    let all = |test: fn(&str) -> bool| values.clone().next().is_some() && values.clone().all(test);
    if all(is_yes_or_no) {
        return (AttributeKind::YesNo, Vec::new());
    }
    if all(is_number) {
        return (AttributeKind::Number, Vec::new());
    }
    if all(|value| value.parse::<jiff::civil::Date>().is_ok()) {
        return (AttributeKind::Date, Vec::new());
    }
    if values.clone().any(|value| value.contains(';')) {
        let parts = values.clone().flat_map(|value| value.split(';'));
        return match few(parts.map(str::trim).filter(|part| !part.is_empty())) {
            Some(choices) => (AttributeKind::Choices, choices),
            None => (AttributeKind::Text, Vec::new()),
        };
    }
    match few(values) {
        Some(choices) => (AttributeKind::Choice, choices),
        None => (AttributeKind::Text, Vec::new()),
    }
}

fn is_yes_or_no(value: &str) -> bool {
    matches!(value.to_lowercase().as_str(), "yes" | "y" | "no" | "n" | "true" | "false" | "x")
}

fn is_number(value: &str) -> bool {
    let named = value.len() > 1 && value.starts_with('0') && !value.starts_with("0.");
    let digits = value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    digits && !named && value.parse::<f64>().is_ok_and(f64::is_finite)
}

/// The different words in the order in which they come, if they are few and come again: twice each on average.
fn few<'a>(words: impl Iterator<Item = &'a str>) -> Option<Vec<String>> {
    let mut met: HashMap<&str, ()> = HashMap::new();
    let mut known: HashSet<String> = HashSet::new();
    let (mut choices, mut count) = (Vec::new(), 0);
    for word in words {
        count += 1;
        if met.insert(word, ()).is_some() {
            continue;
        }
        if word.contains('\n') || word.chars().count() > LONGEST {
            return None;
        }
        if known.insert(folded(word)) {
            choices.push(word.split_whitespace().collect::<Vec<_>>().join(" "));
            if choices.len() > FEW {
                return None;
            }
        }
    }
    (!choices.is_empty() && choices.len() * 2 <= count).then_some(choices)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(values: &[&str]) -> (AttributeKind, Vec<String>) {
        guess(values.iter().copied())
    }

    #[test]
    fn kinds_are_told_by_what_stands_in_a_column() {
        let none = Vec::<String>::new;
        assert_eq!(kind(&["yes", "No", "x"]), (AttributeKind::YesNo, none()));
        assert_eq!(kind(&["1", "0", "-2.5", "1e3"]), (AttributeKind::Number, none()));
        assert_eq!(kind(&["1", "0"]), (AttributeKind::Number, none()), "a count may be 0 or 1");
        assert_eq!(kind(&["007", "012", "013"]), (AttributeKind::Text, none()), "names");
        assert_eq!(kind(&["2013-05-01", "2014-12-31"]), (AttributeKind::Date, none()));
        let two = || vec!["Urban".to_owned(), "Rural".to_owned()];
        assert_eq!(kind(&["Urban", "Rural", "urban", "Rural"]), (AttributeKind::Choice, two()));
        assert_eq!(kind(&["Urban; Rural", "urban", "Rural;"]), (AttributeKind::Choices, two()));
        assert_eq!(kind(&["Ana", "Ben", "Cleo"]), (AttributeKind::Text, none()), "no word comes again");
        assert_eq!(kind(&["first; then this", "I think; well"]), (AttributeKind::Text, none()));
        assert_eq!(kind(&[]), (AttributeKind::Text, none()));
        assert_eq!(kind(&["inf", "NaN", "inf", "NaN"]).0, AttributeKind::Choice, "no numbers");
    }
}
