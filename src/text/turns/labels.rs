//! Labels: which of them are one, what they are by their words, which look like slips of each other.
//!
//! Two labels are one if they differ only in case, white space, marks that cannot be seen, or Markdown's stars. The
//! [`key`] of a label is what is left without those; `P1` and `P10` have different keys and stay apart for ever.

use super::words::{self, Known};
use std::collections::HashMap;

/// The greatest length of a label, in chars, without a note in parentheses.
pub(super) const LONGEST: usize = 40;
/// The most words a label has, without a note in parentheses.
pub(super) const MOST_WORDS: usize = 5;
/// A label that is none.
pub(super) const NO_LABEL: u32 = u32::MAX;

/// Whether `c` takes no room: zero-width characters, soft hyphens, marks of writing direction, byte order marks.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// Whether `c` is white or takes no room.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Past white space and chars that take no room.
pub(super) fn skip_blank(line: &str, at: usize) -> usize {
    let bytes = line.as_bytes();
    let mut at = at;
    while at < bytes.len() {
        match bytes[at] {
            b' ' | b'\t' | b'\r' | 0x0B | 0x0C => at += 1,
            b if b.is_ascii() => break,
            _ => match line[at..].chars().next() {
                Some(c) if is_blank(c) => at += c.len_utf8(),
                _ => break,
            },
        }
    }
    at
}

/// A label as it is shown: without marks that cannot be seen and Markdown's stars, white space made single spaces.
pub(super) fn shown(raw: &str) -> String {
    let clean: String = raw.chars().filter(|&c| !is_invisible(c) && c != '*').collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    clean.trim_matches('_').to_owned()
}

/// Writes the key of `raw` to `key`.
pub(super) fn write_key(raw: &str, key: &mut String) {
    key.clear();
    if raw.is_ascii() {
        let kept = raw.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'*');
        key.extend(kept.map(|b| char::from(b.to_ascii_lowercase())));
    } else {
        let kept = raw.chars().filter(|&c| !is_blank(c) && c != '*');
        key.extend(kept.flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
    }
    if key.starts_with('_') || key.ends_with('_') {
        *key = key.trim_matches('_').to_owned();
    }
}

/// The key of a label.
pub(super) fn key(raw: &str) -> String {
    let mut key = String::new();
    write_key(raw, &mut key);
    key
}

/// A key without the note in parentheses at its end: `i(whispering)` → `i`. None if it has none, or is nothing else.
pub(super) fn base(key: &str) -> Option<&str> {
    let open = key.find(['(', '（'])?;
    (open > 0 && key.ends_with([')', '）'])).then(|| &key[..open])
}

/// A key cut in its word and its number: `p03` → (`p`, `03`), `speaker_00` → (`speaker`, `00`).
pub(super) fn stem(key: &str) -> (&str, &str) {
    let word = key.trim_end_matches(|c: char| c.is_ascii_digit());
    (word.trim_end_matches(['-', '_', '.', '#', '/']), &key[word.len()..])
}

/// What a label's words say of it.
pub(super) fn known(key: &str) -> Known {
    let whole = base(key).unwrap_or(key).trim_end_matches(['?', '.']);
    let (word, number) = stem(whole);
    words::known(word, !number.is_empty())
}

/// Whether a label has a title and a name, as in minutes and depositions: `MR. SMITH`, `THE WITNESS`, `Senator WARREN`.
pub(super) fn is_titled(raw: &str) -> bool {
    let mut words = raw.split_whitespace();
    let (Some(title), Some(_)) = (words.next(), words.next()) else { return false };
    matches!(
        title.trim_end_matches('.').to_ascii_lowercase().as_str(),
        "mr" | "mrs"
            | "ms"
            | "miss"
            | "dr"
            | "the"
            | "senator"
            | "representative"
            | "chairman"
            | "chairwoman"
            | "chair"
            | "vice"
            | "secretary"
            | "judge"
            | "justice"
            | "governor"
            | "president"
            | "director"
            | "commissioner"
    )
}

/// Whether most letters of `text` are capitals, and there are at least two.
pub(super) fn is_upper(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let upper = text.chars().filter(|c| c.is_uppercase()).count();
    letters >= 2 && upper * 10 >= letters * 7
}

/// Whether two keys look like one name, one of them mistyped: one or two letters apart in a name of five or more, with
/// the same number. `participant1` and `participant2` are not, nor are two words that both mean something.
pub(super) fn is_slip(a: &str, b: &str) -> bool {
    if [a, b].iter().all(|key| matches!(known(key), Known::Speaker(_))) {
        return false;
    }
    let ((a, number_a), (b, number_b)) = (stem(a), stem(b));
    if a == b || number_a != number_b {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let shortest = a.len().min(b.len());
    let allowed = if shortest >= 8 { 2 } else { 1 };
    shortest >= 5
        && a.len().max(b.len()) <= LONGEST
        && a.len().abs_diff(b.len()) <= allowed
        && distance(&a, &b) <= allowed
}

/// How many letters have to be put in, taken out, changed or swapped with their neighbour to make `b` of `a`.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            next[j + 1] = (row[j] + usize::from(x != y)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                next[j + 1] = next[j + 1].min(above[j - 1] + 1);
            }
        }
        above = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

/// All labels of a text, each with a number.
#[derive(Default)]
pub(super) struct Names {
    ids: HashMap<Box<str>, u32>,
    /// Per label: the label without its note in parentheses, or itself.
    bases: Vec<u32>,
    scratch: String,
}

impl Names {
    /// The number of the label `raw`, which is made if it is new.
    pub(super) fn id(&mut self, raw: &str) -> u32 {
        let mut key = std::mem::take(&mut self.scratch);
        write_key(raw, &mut key);
        let id = self.id_of_key(&key);
        self.scratch = key;
        id
    }

    /// The number of a label that has been seen.
    pub(super) fn find(&self, raw: &str) -> Option<u32> {
        self.ids.get(key(raw).as_str()).copied()
    }

    /// How many labels there are.
    pub(super) fn len(&self) -> usize {
        self.bases.len()
    }

    /// The label that `id` is without its note in parentheses; itself if it has none.
    pub(super) fn base(&self, id: u32) -> u32 {
        self.bases[id as usize]
    }

    /// The keys by number.
    pub(super) fn keys(&self) -> Vec<&str> {
        let mut keys = vec![""; self.len()];
        for (key, &id) in &self.ids {
            keys[id as usize] = key;
        }
        keys
    }

    fn id_of_key(&mut self, key: &str) -> u32 {
        if let Some(&id) = self.ids.get(key) {
            return id;
        }
        let base = base(key).map(|base| self.id_of_key(base));
        let id = self.bases.len() as u32;
        self.ids.insert(key.into(), id);
        self.bases.push(base.unwrap_or(id));
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_white_space_and_invisible_marks_make_no_difference_and_digits_do() {
        assert_eq!(key("Speaker\u{A0}1"), key("**speaker1**"));
        assert_eq!(key("Inter\u{AD}viewer\u{200B}"), "interviewer");
        assert_eq!(key("O’Brien"), key("O'BRIEN"));
        assert_ne!(key("P1"), key("P10"));
        assert_eq!(shown("  **Clinic \u{A0} manager**\u{FEFF}"), "Clinic manager");
    }

    #[test]
    fn a_note_in_parentheses_is_taken_off_and_a_number_cut_off() {
        let mut names = Names::default();
        let (whispering, plain) = (names.id("I (whispering)"), names.id("I"));
        assert_eq!(names.base(whispering), plain);
        assert_eq!(stem("speaker_00"), ("speaker", "00"));
        assert_eq!(stem("p-3"), ("p", "3"));
        assert_eq!(base("(laughs)"), None);
    }

    #[test]
    fn slips_of_the_pen_are_seen_and_numbers_respected() {
        assert!(is_slip("interviewer", "interveiwer"));
        assert!(is_slip("moderator", "moderater"));
        assert!(!is_slip("participant1", "participant2"));
        assert!(!is_slip("interviewer", "interviewee"));
        assert!(!is_slip("int", "inv") && !is_slip("anna", "hanna"));
    }
}
