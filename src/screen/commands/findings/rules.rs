//! Names for lines by how often they hold, as they are typed: `common >= 10, pioneering < 10 important`.

use crate::project::saved::Rule;

/// Rules as text.
pub(super) fn print(rules: &[Rule]) -> String {
    let one = |rule: &Rule| {
        let mut out = rule.name.clone();
        if let Some(least) = rule.least {
            out.push_str(&format!(" >= {least}"));
        }
        if let Some(below) = rule.below {
            out.push_str(&format!(" < {below}"));
        }
        if rule.important {
            out.push_str(" important");
        }
        out
    };
    rules.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The rules that a text says.
///
/// # Errors
/// One sentence: which part is no rule.
pub(super) fn parse(text: &str) -> Result<Vec<Rule>, String> {
    text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).map(one).collect()
}

fn one(text: &str) -> Result<Rule, String> {
    let wrong = || format!("“{text}” is no rule; one is written common >= 10, or rare < 3 important");
    let mut rule = Rule { name: String::new(), least: None, below: None, important: false };
    let mut rest = text;
    if let Some(before) = rest.strip_suffix("important").or_else(|| rest.strip_suffix('*')) {
        (rule.important, rest) = (true, before.trim_end());
    }
    let signs = rest.find(['>', '<', '≥']).unwrap_or(rest.len());
    rule.name = rest[..signs].trim().to_owned();
    rest = &rest[signs..];
    while !rest.is_empty() {
        let signs = [(">=", true, 0), ("≥", true, 0), (">", true, 1), ("<=", false, 1), ("<", false, 0)];
        let Some((sign, least, more)) = signs.into_iter().find(|(sign, ..)| rest.starts_with(sign)) else {
            return Err(wrong());
        };
        rest = rest[sign.len()..].trim_start();
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        let n = rest[..digits].parse::<u32>().ok().and_then(|n| n.checked_add(more)).ok_or_else(wrong)?;
        rest = rest[digits..].trim_start();
        *(if least { &mut rule.least } else { &mut rule.below }) = Some(n);
    }
    if rule.name.is_empty() { Err(wrong()) } else { Ok(rule) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_written_as_they_are_read() {
        let text = "common >= 10, pioneering < 10 important, some >= 2 < 5";
        let rules = parse(text).expect("rules");
        assert_eq!(print(&rules), text);
        assert_eq!(print(&parse("many > 9; few<=3*").expect("rules")), "many >= 10, few < 4 important");
        assert_eq!(parse(" "), Ok(vec![]));
        for wrong in [">= 10", "common >=", "common >= ten", "common = 10 >"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
