//! What names say beyond case and title: kind and date of a text, its folder, a pattern for cases, a case that is known.

use crate::exchange::file_names::case_from_name;
use crate::project::source::SourceKind;
use jiff::civil::Date;
use regex::Regex;
use std::collections::HashSet;

/// The most characters of a folder's name before the characters of its id.
const FOLDER: usize = 40;

/// Words in the name of a file that tell its kind, the more telling first. All words of a row must come.
const KINDS: &[(&[&str], SourceKind)] = &[
    (&["site", "visit", "note"], SourceKind::SiteVisitorNote),
    (&["site", "visit"], SourceKind::SiteVisitorNote),
    (&["focus", "group"], SourceKind::FocusGroup),
    (&["focusgroup"], SourceKind::FocusGroup),
    (&["fgd"], SourceKind::FocusGroup),
    (&["fokusgruppe"], SourceKind::FocusGroup),
    (&["grupo", "focal"], SourceKind::FocusGroup),
    (&["survey"], SourceKind::Survey),
    (&["questionnaire"], SourceKind::Survey),
    (&["interview"], SourceKind::Interview),
    (&["meeting"], SourceKind::Meeting),
    (&["minutes"], SourceKind::Meeting),
    (&["field", "note"], SourceKind::FieldNote),
    (&["fieldnote"], SourceKind::FieldNote),
    (&["observation"], SourceKind::FieldNote),
    (&["notes"], SourceKind::FieldNote),
    (&["feldnotiz"], SourceKind::FieldNote),
];

/// The kind of text that the name of a file tells, if it does: `P07-field-note.txt` is a field note.
#[must_use]
pub fn kind_from_name(file_name: &str) -> Option<SourceKind> {
    let words = tokens(file_name);
    let has = |wanted: &str| words.iter().any(|word| word.starts_with(wanted));
    KINDS.iter().find(|(wanted, _)| wanted.iter().all(|wanted| has(wanted))).map(|(_, kind)| *kind)
}

/// A day written as `2013-05-03`, `3 May 2013`, `May 3, 2013` or `03.05.2013` somewhere in `words`. Days written with
/// slashes are not read: nobody knows which number is the month.
#[must_use]
pub fn date_in(words: &str) -> Option<Date> {
    let find = |pattern: &str| Regex::new(pattern).ok()?.captures(words);
    let number = |text: &str| text.parse::<i16>().ok();
    let date = |year: &str, month: i8, day: &str| Date::new(number(year)?, month, day.parse().ok()?).ok();
    if let Some(found) = find(r"(?:^|\D)((?:19|20)\d\d)-(\d\d)-(\d\d)(?:\D|$)") {
        return date(&found[1], found[2].parse().ok()?, &found[3]);
    }
    if let Some(found) = find(r"(?i)\b(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]{3,9})\.?,? ((?:19|20)\d\d)\b") {
        return date(&found[3], month(&found[2])?, &found[1]);
    }
    if let Some(found) = find(r"(?i)\b([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)\b") {
        return date(&found[3], month(&found[1])?, &found[2]);
    }
    let found = find(r"\b(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)\b")?;
    date(&found[3], found[2].parse().ok()?, &found[1])
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|month| month.starts_with(&word) || word == "sept" && *month == "september")?;
    i8::try_from(at + 1).ok()
}

/// A folder's name from words: `[a-z0-9-]`, never empty, at most 40 characters, cut between words where that can be.
#[must_use]
pub fn folder_name(words: &str) -> String {
    let slug = slug(words, FOLDER);
    if slug.is_empty() { "source".to_owned() } else { slug }
}

/// Words as a part of a file's name that every system takes: `[a-z0-9-]`, at most so many characters, cut between words
/// where that can be. Empty where they have no letter or digit that can stand in it.
#[must_use]
pub fn slug(words: &str, longest: usize) -> String {
    let mut slug = String::new();
    for c in words.chars().flat_map(char::to_lowercase) {
        match plain_letters(c) {
            Some(letters) => slug.push_str(letters),
            None if c.is_ascii_alphanumeric() => slug.push(c),
            // Apostrophes and accents that stand alone join; everything else parts.
            None if matches!(c, '\'' | '’') || ('\u{300}'..='\u{36F}').contains(&c) => {}
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    if slug.len() > longest {
        let cut = slug[..=longest].rfind('-').filter(|at| *at >= longest / 2).unwrap_or(longest);
        slug.truncate(cut);
    }
    slug.trim_matches('-').to_owned()
}

/// A small Latin letter with a mark, or a ligature, as plain letters.
fn plain_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// Patterns that may find the case in names such as these, the likelier first; each finds one in most of them.
#[must_use]
pub fn case_patterns(names: &[&str]) -> Vec<&'static str> {
    /// Letters and a number as the first word; one of them anywhere; the first word; the last.
    const OFFERED: [&str; 4] = [
        r"^(?<case>[A-Za-z]{1,3}\d{1,4})(?:[^A-Za-z0-9]|$)",
        r"(?:^|[^A-Za-z0-9])(?<case>[A-Za-z]{1,3}\d{1,4})(?:[^A-Za-z0-9]|$)",
        r"^(?<case>[^-_ ]+)[-_ ]",
        r"[-_ ](?<case>[^-_ .]+)\.[^.]*$",
    ];
    let finds = |pattern: &&&str| {
        let Ok(regex) = Regex::new(pattern) else { return false };
        let found: Vec<String> = names.iter().filter_map(|name| case_from_name(name, &regex)).collect();
        let distinct: HashSet<&String> = found.iter().collect();
        if pattern.contains(r"\d") {
            return found.len() * 2 > names.len();
        }
        // Words alone are cases only where several files share each of several.
        names.len() >= 4 && found.len() == names.len() && distinct.len() > 1 && distinct.len() * 2 <= found.len()
    };
    OFFERED.iter().filter(finds).copied().collect()
}

/// Which of `cases` is meant by `token`, as names of files shorten it: by name, else as initials and number, so that
/// `P07` is `Practice 07` if no other case is.
#[must_use]
pub fn meant<'a>(token: &str, cases: &[&'a str]) -> Option<&'a str> {
    let wanted = tokens_of(token);
    if let Some(same) = cases.iter().find(|case| tokens_of(case) == wanted) {
        return Some(same);
    }
    let mut short = cases.iter().filter(|case| is_short_for(token, case));
    let first = short.next()?;
    short.next().is_none().then_some(first)
}

/// Whether `token` is letters and a number, the letters the initials or the start of a case's words and the number its.
fn is_short_for(token: &str, case: &str) -> bool {
    let token = token.trim().to_lowercase();
    let digits = token.trim_start_matches(|c: char| c.is_alphabetic());
    let letters = &token[..token.len() - digits.len()];
    if letters.is_empty() || digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let words = tokens_of(case);
    let (numbers, names): (Vec<&String>, Vec<&String>) =
        words.iter().partition(|word| word.bytes().all(|b| b.is_ascii_digit()));
    let initials: String = names.iter().filter_map(|word| word.chars().next()).collect();
    let number = |digits: &str| digits.trim_start_matches('0').to_owned();
    let same_letters = initials == letters || names.len() == 1 && names[0].starts_with(letters);
    same_letters && matches!(numbers.as_slice(), [one] if number(one) == number(digits))
}

/// The case whose whole name stands in the name of a file, if one does: `practice-07-nurse.txt` is of `Practice 07`.
#[must_use]
pub fn named_in<'a>(file_name: &str, cases: &[&'a str]) -> Option<&'a str> {
    let words = tokens(file_name);
    let stands = |case: &&&str| {
        let wanted = tokens_of(case);
        let long = wanted.iter().map(|word| word.chars().count()).sum::<usize>() >= 3;
        long && words.windows(wanted.len().max(1)).any(|part| part == wanted)
    };
    cases.iter().filter(stands).max_by_key(|case| case.len()).copied()
}

/// The words of a file's name in small letters, without its folders.
fn tokens(file_name: &str) -> Vec<String> {
    tokens_of(file_name.rsplit(['/', '\\']).next().unwrap_or(file_name))
}

fn tokens_of(words: &str) -> Vec<String> {
    let parts = words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect()
}

/// The words of a range of text on one line, cut after `most` characters.
#[must_use]
pub fn one_line(words: &str, most: usize) -> String {
    let mut out = String::new();
    for (n, word) in words.split_whitespace().enumerate() {
        if n > 0 {
            out.push(' ');
        }
        out.extend(word.chars().take(most));
        if out.chars().count() > most {
            out = out.chars().take(most).collect::<String>() + "…";
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn kinds_are_told_by_words_of_the_name() {
        let kind = kind_from_name;
        assert_eq!(kind("P07-field-note.txt"), Some(SourceKind::FieldNote));
        assert_eq!(kind("x/P23_site-visitor-notes.md"), Some(SourceKind::SiteVisitorNote));
        assert_eq!(kind("Focus Group 3.txt"), Some(SourceKind::FocusGroup));
        assert_eq!(kind("team meeting 2013-05-03.txt"), Some(SourceKind::Meeting));
        assert_eq!(kind("interview notes.txt"), Some(SourceKind::Interview));
        assert_eq!(kind("P07-nurse.txt"), None);
        assert_eq!(kind("field-notes/nurse.txt"), None, "folders are not looked at");
    }

    #[test]
    fn days_are_read_where_they_are_clear() {
        let day = |words| date_in(words).map(|day| day.to_string());
        for words in ["P07_2013-05-03_note.txt", "3 May 2013", "on May 3rd, 2013", "03.05.2013", "3. May 2013"] {
            assert_eq!(day(words).as_deref(), Some("2013-05-03"), "{words}");
        }
        for words in ["03/05/2013", "2013", "2013-13-40", "12 monkeys 2013", "1.2.3"] {
            assert_eq!(day(words), None, "{words}");
        }
    }

    #[test]
    fn folders_have_plain_names() {
        assert_eq!(folder_name("Practice 07 Clinic manager"), "practice-07-clinic-manager");
        assert_eq!(folder_name("Élan d’Été: Größe & Œuvre"), "elan-dete-grosse-oeuvre");
        assert_eq!(folder_name("../../etc"), "etc");
        assert_eq!(folder_name("面接"), "source");
        assert_eq!(
            folder_name("a very long name of a source that goes on and on"),
            "a-very-long-name-of-a-source-that-goes"
        );
    }

    #[test]
    fn patterns_are_offered_that_find_cases_in_most_names() {
        let first = |names: &[&str]| case_patterns(names).first().copied();
        let find = |names: &[&str], name: &str| case_from_name(name, &Regex::new(first(names)?).ok()?);
        assert_eq!(find(&["P07-nurse.txt"], "P07-nurse.txt").as_deref(), Some("P07"));
        assert_eq!(find(&["P07.txt", "P08.txt"], "P08.txt").as_deref(), Some("P08"));
        assert_eq!(find(&["nurse_P07.txt", "gp_P08.txt"], "gp_P08.txt").as_deref(), Some("P08"));
        let words = ["north-nurse.txt", "north-gp.txt", "south-nurse.txt", "south-gp.txt"];
        assert_eq!(find(&words, "south-gp.txt").as_deref(), Some("south"));
        assert_eq!(first(&["interview-12.txt"]), None);
        assert_eq!(first(&["clinic-nurse.txt", "clinic-gp.txt"]), None, "one word for all tells nothing");
        assert_eq!(first(&[]), None);
    }

    #[test]
    fn a_case_is_meant_by_its_name_or_its_initials_and_number() {
        let cases = ["Practice 07", "Practice 17", "Site visit 3"];
        assert_eq!(meant("practice-07", &cases), Some("Practice 07"));
        assert_eq!(meant("P7", &cases), Some("Practice 07"));
        assert_eq!(meant("P17", &cases), Some("Practice 17"));
        assert_eq!(meant("SV03", &cases), Some("Site visit 3"));
        assert_eq!(meant("P31", &cases), None);
        assert_eq!(meant("P07", &["Practice 07", "Patient 07"]), None, "it may be either");
        assert_eq!(named_in("data/practice_07-nurse.txt", &cases), Some("Practice 07"));
        assert_eq!(named_in("practice_071-nurse.txt", &cases), None);
    }

    proptest! {
        #[test]
        fn any_words_give_a_folder(words in "\\PC{0,80}") {
            let name = folder_name(&words);
            prop_assert!(!name.is_empty() && name.len() <= FOLDER, "{}", name);
            prop_assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{}", name);
        }
    }
}
