//! What the name of a file says: which case it belongs to, and what its source may be called.

use regex::Regex;

/// Endings that text files have; they may come twice (`P07.docx.txt`).
const ENDINGS: &[&str] = &[
    "cha", "csv", "doc", "docx", "htm", "html", "log", "markdown", "md", "odt", "pdf", "rtf", "sbv", "srt", "text",
    "tsv", "txt", "vtt",
];

/// The case in a file's name, as `pattern` finds it: its group `case`, else its first group, else all that matches.
/// Folders before the name are not looked at. None if the pattern does not match or finds nothing.
#[must_use]
pub fn case_from_name(file_name: &str, pattern: &Regex) -> Option<String> {
    let captures = pattern.captures(last_part(file_name))?;
    let found = captures.name("case").or_else(|| captures.get(1)).or_else(|| captures.get(0))?;
    Some(found.as_str().trim().to_owned()).filter(|case| !case.is_empty())
}

/// A name for the source in a file: without folders, ending and case, words apart, the first letter large.
/// `P07-clinic-manager.txt` of case `P07` gives `Clinic manager`. If nothing is left, the name with the case.
#[must_use]
pub fn title_from_name(file_name: &str, case: Option<&str>) -> String {
    let stem = without_ending(last_part(file_name));
    let without_case = case.and_then(|case| without_token(stem, case)).map(|rest| words(&rest));
    let title = without_case.filter(|title| title.chars().any(char::is_alphanumeric)).unwrap_or_else(|| words(stem));
    let mut chars = title.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// The name of a path's last part, whichever system wrote it.
fn last_part(path: &str) -> &str {
    path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path)
}

/// A name without its ending, or endings.
fn without_ending(name: &str) -> &str {
    let mut stem = name;
    for first in [true, false, false] {
        let Some((rest, ending)) = stem.rsplit_once('.') else { break };
        let known = ENDINGS.contains(&ending.to_ascii_lowercase().as_str());
        let usual = first && (2..=4).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphabetic());
        if rest.is_empty() || !(known || usual) {
            break;
        }
        stem = rest;
    }
    stem
}

/// `stem` without the first `token` that is not part of a longer word or number, in any case.
fn without_token(stem: &str, token: &str) -> Option<String> {
    let token = token.trim();
    if token.is_empty() {
        return None;
    }
    let pattern = Regex::new(&format!("(?i){}", regex::escape(token))).ok()?;
    let found = pattern.find_iter(stem).find(|found| {
        let before = stem[..found.start()].chars().next_back();
        let after = stem[found.end()..].chars().next();
        // `P7` is not in `P70` or `XP7`; it is in `P7clinic`, as letters end a number.
        let ends_in_digit = token.ends_with(|c: char| c.is_ascii_digit());
        let joined = |c: char| if ends_in_digit { c.is_ascii_digit() } else { c.is_alphanumeric() };
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(joined)
    })?;
    Some(format!("{} {}", &stem[..found.start()], &stem[found.end()..]))
}

/// Signs that join words made spaces; those within numbers and dates, and hyphens of a name that has spaces, stay.
fn words(stem: &str) -> String {
    let chars: Vec<char> = stem.chars().collect();
    let spaced = stem.trim().contains(' ');
    let joined: String = (0..chars.len())
        .map(|i| {
            let beside = |test: fn(char) -> bool| {
                i > 0 && test(chars[i - 1]) && chars.get(i + 1).is_some_and(|&next| test(next))
            };
            match chars[i] {
                '_' | '+' => ' ',
                '.' | '-' if beside(|c| c.is_ascii_digit()) => chars[i],
                '-' if spaced && beside(char::is_alphabetic) => '-',
                '.' | '-' | '–' => ' ',
                other => other,
            }
        })
        .collect();
    let clean = joined.replace("()", " ").replace("[]", " ").replace("( )", " ").replace("[ ]", " ");
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    clean.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':')).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_case_is_the_named_group_or_the_first_or_all_that_matches() {
        let case = |name, pattern| case_from_name(name, &Regex::new(pattern).expect("a pattern"));
        assert_eq!(case("x/P07-clinic.txt", r"^(?<kind>[A-Z])(?<case>\d+)"), Some("07".into()));
        assert_eq!(case("P07-clinic.txt", r"^(P\d+)-"), Some("P07".into()));
        assert_eq!(case("wave 2/P07-clinic.txt", r"P\d+"), Some("P07".into()));
        assert_eq!(case("P99/notes.txt", r"P\d+"), None, "folders are not looked at");
        assert_eq!(case("notes.txt", r"(\d*)"), None, "nothing found is no case");
    }

    #[test]
    fn a_title_is_the_name_in_words_without_ending_and_case() {
        let cases = [
            ("P07-clinic-manager.txt", Some("P07"), "Clinic manager"),
            ("/home/me/P07_BH specialist.docx", Some("p07"), "BH specialist"),
            ("C:\\data\\clinic_manager_P07.docx.txt", Some("P07"), "Clinic manager"),
            ("P07_2013-05-03_field_note.txt", Some("P07"), "2013-05-03 field note"),
            ("Interview (P07).txt", Some("P07"), "Interview"),
            ("follow-up call P07.txt", Some("P07"), "Follow-up call"),
            ("P7-P70-nurse.txt", Some("P70"), "P7 nurse"),
            ("P70-nurse.txt", Some("P7"), "P70 nurse"),
            ("P07.txt", Some("P07"), "P07"),
            ("élan.txt", None, "Élan"),
            ("interview_dr.smith", None, "Interview dr smith"),
            ("notes 3.5", None, "Notes 3.5"),
            (".txt", None, "Txt"),
            ("", None, ""),
        ];
        for (name, case, title) in cases {
            assert_eq!(title_from_name(name, case), title, "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_name_gives_a_title(name in "\\PC{0,40}", case in prop::option::of("\\PC{0,6}")) {
            let title = title_from_name(&name, case.as_deref());
            prop_assert_eq!(title.trim(), &title);
        }
    }
}
