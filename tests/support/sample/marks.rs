//! The marks of a working text, which say where each coding lies: stripped, what is left is the text.

use emic::text::Span;
use std::collections::HashMap;

/// A mark of a working text: its number, its codes, its comment, its chars in the text without marks.
pub struct Mark {
    pub number: u32,
    pub keys: Vec<String>,
    pub comment: String,
    pub span: Span,
}

/// The text without its marks, and the marks.
pub fn strip(file: &str, marked: &str) -> (String, Vec<Mark>) {
    let mut text = String::new();
    let mut chars = 0u32;
    let mut open: HashMap<u32, (Vec<String>, String, u32)> = HashMap::new();
    let mut marks = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find('⟦') {
        text.push_str(&rest[..at]);
        chars += rest[..at].chars().count() as u32;
        let end = rest.find('⟧').unwrap_or_else(|| panic!("{file}: a mark without ⟧"));
        let mark = &rest[at + '⟦'.len_utf8()..end];
        rest = &rest[end + '⟧'.len_utf8()..];
        if let Some(number) = mark.strip_prefix('/') {
            let number: u32 = number.trim().parse().unwrap_or_else(|_| panic!("{file}: ⟦{mark}⟧"));
            let (keys, comment, start) =
                open.remove(&number).unwrap_or_else(|| panic!("{file}: ⟦/{number}⟧ closes nothing"));
            marks.push(Mark { number, keys, comment, span: Span::new(start, chars) });
        } else {
            let (number, keys) = mark.split_once(':').unwrap_or_else(|| panic!("{file}: ⟦{mark}⟧"));
            let (keys, comment) = keys.split_once('#').unwrap_or((keys, ""));
            let keys = keys.split(',').map(|key| key.trim().to_owned()).collect();
            let number: u32 = number.trim().parse().unwrap_or_else(|_| panic!("{file}: ⟦{mark}⟧"));
            let twin = open.insert(number, (keys, comment.trim().to_owned(), chars));
            assert!(twin.is_none(), "{file}: mark {number} opens twice");
        }
    }
    text.push_str(rest);
    assert!(open.is_empty(), "{file}: marks that are not closed: {:?}", open.keys());
    marks.sort_by_key(|mark| mark.number);
    (text, marks)
}
