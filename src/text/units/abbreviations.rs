//! Full stops that end no sentence: abbreviations, initials, numbers of lists.
//!
//! A list of words cannot be complete; what is not on it is settled by what follows. Where a stop may be both ("at 5 p.m.
//! We close", "in the U.S. Department"), a capital decides, and for initials and names a word that hardly is a name
//! ("We", "But") does.

/// What comes after a full stop and the space behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Next {
    /// Nothing: the body, paragraph or line ends.
    End,
    /// A word with a small first letter.
    Small,
    /// A word with a capital first letter.
    Capital,
    /// A digit.
    Digit,
    /// A letter of a script without capitals.
    Letter,
    /// Something else: a symbol, a bracket with no letter in it.
    Other,
}

/// The word after a full stop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Following<'a> {
    /// What it begins with.
    pub next: Next,
    /// Its first letters, with apostrophes; empty if there are none.
    pub word: &'a str,
    /// Whether a full stop follows it, as it does an initial.
    pub dotted: bool,
    /// Whether it follows the white space at once, with no quote or bracket before it.
    pub bare: bool,
}

/// Before a name, in small letters too.
const TITLES: &[&str] = &["dr", "mr", "mrs", "ms", "mx", "prof", "messrs", "mme", "mlle", "mlles", "dres", "dra"];
/// Before a name, but words or names of their own if not capitalised.
const CAPITAL_TITLES: &[&str] = &[
    "Rev", "Hon", "Gov", "Sen", "Rep", "Gen", "Col", "Capt", "Lt", "Sgt", "Cpl", "Pvt", "Maj", "Cmdr", "Supt", "Pres",
    "Fr", "Sr", "Sra", "Srta", "Hr", "Hrn", "Frl",
];
/// Before a name, or at the end of one.
const NAMES: &[&str] = &[
    "St", "Ste", "Mt", "Ft", "Inc", "Ltd", "Co", "Corp", "Jr", "Bros", "Dept", "Univ", "Assn", "Assoc", "Ave", "Blvd",
    "Rd", "Hwy", "Govt", "Hosp", "Natl", "Intl", "Admin", "Dist",
];
/// Always before what they belong to.
const LEADING: &[&str] = &["vs", "approx", "cf", "viz", "esp", "incl", "excl", "ca", "eg", "ie", "bzw", "resp", "vgl"];
/// Before a number.
const NUMBERED: &[&str] = &[
    "no", "nos", "nr", "vol", "fig", "figs", "ch", "chap", "sec", "sect", "art", "eq", "p", "pp", "apt", "rm", "tel",
    "ext", "par", "para", "tab", "pt", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
    "dec",
];
/// After something: they end a sentence if a capital follows.
const TRAILING: &[&str] = &[
    "etc", "al", "min", "mins", "hr", "hrs", "sec", "secs", "wk", "wks", "mo", "mos", "yr", "yrs", "lb", "lbs", "oz",
    "mg", "kg", "ml", "cm", "km", "usw", "avg", "max", "dept", "appt", "appts", "pt", "pts", "mgmt", "mgr", "govt",
    "admin",
];
/// After an hour, a capital that goes on with it.
const AFTER_HOURS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "eastern",
    "central",
    "mountain",
    "pacific",
    "est",
    "edt",
    "cst",
    "cdt",
    "mst",
    "mdt",
    "pst",
    "pdt",
    "gmt",
    "utc",
    "cet",
];
/// Words that start sentences and are hardly ever names.
const OPENERS: &[&str] = &[
    "the", "this", "that", "these", "those", "there", "then", "they", "we", "you", "he", "she", "it", "i", "my", "our",
    "your", "his", "its", "their", "and", "but", "so", "or", "because", "if", "when", "while", "what", "who", "how",
    "why", "where", "yes", "yeah", "yep", "no", "nope", "well", "okay", "ok", "oh", "um", "uh", "now", "also", "maybe",
    "not", "as", "in", "at", "for", "from", "to", "with", "after", "before", "some", "most", "all", "do", "did", "is",
    "was", "are",
];

/// Whether the full stop after `before` (the text up to it) belongs to an abbreviation, an initial or the number of a list
/// and so ends no sentence, `after` being what follows. The text begins where a sentence may begin.
pub(super) fn stop_of_abbreviation(before: &str, after: Following<'_>) -> bool {
    const LONGEST: usize = 24;
    let length: usize = before
        .chars()
        .rev()
        .take_while(|&c| c.is_alphanumeric() || matches!(c, '.' | '&'))
        .take(LONGEST)
        .map(char::len_utf8)
        .sum();
    let (before, word) = before.split_at(before.len() - length);
    if word.is_empty() || word.chars().count() == LONGEST {
        return false;
    }
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(letter), None) if letter.is_alphabetic() => initial(letter, before, after),
        _ if word.bytes().all(|b| b.is_ascii_digit()) => word.len() <= 3 && starts_line(before),
        _ if word.contains('.') => dotted(word, after),
        _ => listed(word, after),
    }
}

fn initial(letter: char, before: &str, after: Following<'_>) -> bool {
    match after.next {
        Next::Capital if letter.is_lowercase() => starts_line(before),
        Next::Capital if letter == 'I' => {
            let spoken = before.trim_end().chars().next_back().is_some_and(|c| c.is_lowercase() || c == ',');
            let another = after.dotted && after.word.chars().count() == 1;
            another || !(spoken || opens(after))
        }
        Next::Capital => !opens(after),
        Next::Small => letter.is_lowercase() || letter != 'I',
        Next::Digit => letter == 'p',
        Next::Letter | Next::Other | Next::End => false,
    }
}

/// Letters with stops between: "a.m", "e.g", "U.S", "Ph.D".
fn dotted(word: &str, after: Following<'_>) -> bool {
    let mut parts = word.split('.');
    if !parts.all(|part| (1..=3).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic)) {
        return false;
    }
    match word.to_lowercase().as_str() {
        "e.g" | "i.e" | "c.f" | "z.b" | "d.h" | "u.a" | "p.ej" => true,
        "a.m" | "p.m" => match after.next {
            Next::Capital => is_one(after.word, AFTER_HOURS),
            next => next != Next::Other,
        },
        _ => match after.next {
            Next::Capital => !opens(after),
            next => next == Next::Small,
        },
    }
}

fn listed(word: &str, after: Following<'_>) -> bool {
    let capitals = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    // "MS" and "DR" in small print are a diagnosis and a doctor; among capitals they are titles.
    if capitals(word) && !(is_one(word, TITLES) && capitals(after.word)) && !is_one(word, NUMBERED) {
        return false;
    }
    if is_one(word, TITLES) || is_one(word, LEADING) || CAPITAL_TITLES.contains(&word) {
        return true;
    }
    match after.next {
        Next::Digit if is_one(word, NUMBERED) => true,
        Next::Digit => NAMES.contains(&word),
        Next::Capital => NAMES.contains(&word) && !opens(after),
        Next::Small => NAMES.contains(&word) || is_one(word, TRAILING),
        Next::Letter | Next::Other | Next::End => false,
    }
}

/// Whether what follows opens a sentence, and is no name and no initial.
fn opens(after: Following<'_>) -> bool {
    let word = after.word.split(['\'', '’']).next().unwrap_or_default();
    !after.dotted && is_one(word, OPENERS)
}

fn is_one(word: &str, of: &[&str]) -> bool {
    of.iter().any(|listed| listed.eq_ignore_ascii_case(word))
}

fn starts_line(before: &str) -> bool {
    before
        .chars()
        .rev()
        .take(16)
        .take_while(|&c| c != '\n')
        .all(|c| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“'))
        && before.chars().rev().take(16).take_while(|&c| c != '\n').count() < 16
}
