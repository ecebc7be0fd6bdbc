//! Words in figures: how wide they are, about; how they are broken into lines; how they stand in XML.
//!
//! Nobody knows the font that a reader has. The widths are those of a wide one, so that in others there is room left.

use crate::report::tables::visible;

/// How wide words are at a size of text, about.
pub(super) fn wide(words: &str, size: f64) -> f64 {
    words.chars().map(em).sum::<f64>() * size
}

/// How wide a char is, in sizes of text.
fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | 'J' | '\'' | '’' | '|' | '.' | ',' | ':' | ';' | '!' => 0.33,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | ' ' | '/' | '"' | '“' | '”' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' => 1.0,
        'A'..='Z' => 0.76,
        c if c.is_ascii() => 0.64,
        c => match unicode_width::UnicodeWidthChar::width(c) {
            None | Some(0) => 0.0,
            Some(1) => 0.72,
            Some(_) => 1.1,
        },
    }
}

/// Words as lines of at most this width; a word that is longer is broken anywhere. Never empty.
pub(super) fn lines(words: &str, most: f64, size: f64) -> Vec<String> {
    let words = plain(words);
    let mut out = vec![String::new()];
    let mut used = 0.0;
    let mut from = 0;
    for (at, _) in unicode_linebreak::linebreaks(&words) {
        let piece = &words[from..at];
        from = at;
        if used > 0.0 && used + wide(piece.trim_end(), size) > most {
            out.push(String::new());
            used = 0.0;
        }
        for c in piece.chars() {
            if used > 0.0 && used + wide(c.encode_utf8(&mut [0; 4]), size) > most && !c.is_whitespace() {
                out.push(String::new());
                used = 0.0;
            }
            used += em(c) * size;
            if let Some(line) = out.last_mut() {
                line.push(c);
            }
        }
    }
    out.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    out
}

/// Words in one line, with pictures for what is no character of XML or would turn the direction of writing.
fn plain(words: &str) -> String {
    let words = visible(words).split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

/// Words as they stand in XML: the five signs escaped.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in plain(words).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_broken_between_words_and_long_ones_anywhere() {
        let broken = lines("Short-term therapy in the practice, then referral", 120.0, 13.0);
        assert_eq!(broken, ["Short-term", "therapy in the", "practice, then", "referral"]);
        assert!(lines(&"x".repeat(100), 100.0, 13.0).len() > 5);
        assert_eq!(lines("", 100.0, 13.0), [""]);
        assert_eq!(lines("語".repeat(10).as_str(), 50.0, 13.0).len(), 4, "three to a line");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked_for_and_no_letter_is_lost(words in "(?s).{0,80}", most in 20.0..300.0_f64) {
            let broken = lines(&words, most, 13.0);
            prop_assert!(broken.iter().all(|line| wide(line, 13.0) <= most + 0.001));
            let letters = |words: &str| words.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&broken.concat()), letters(&plain(&words)));
        }
    }
}
