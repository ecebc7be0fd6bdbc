//! Where a label ends: the search for its colon, tab, dash, full stop, bracket or time, near the start of a line.

use super::labels::{self, LONGEST, MOST_WORDS, is_blank, is_upper, skip_blank};
use super::shapes::Kind;
use super::stamps::{self, Token};
use super::words::{self, Known};

/// How many bytes of a line are searched for the end of a label.
const REACH: usize = 240;

/// A label that was found; offsets within the line.
pub(super) struct Label {
    pub(super) kind: Kind,
    /// Its chars, without what separates it from the words.
    pub(super) name: (usize, usize),
    /// Where what is said begins.
    pub(super) head: usize,
    /// The time between the label and the words.
    pub(super) time: Option<Token>,
}

/// Looks for a label that starts at `from`; `starred` if Markdown's stars stand before it.
pub(super) fn find(line: &str, from: usize, starred: bool) -> Option<Label> {
    let bytes = line.as_bytes();
    match *bytes.get(from)? {
        b'[' => return bracket(line, from, ']'),
        b'<' => return bracket(line, from, '>'),
        b'*' => return star(line, from),
        _ => {}
    }
    if !line[from..].chars().next()?.is_alphanumeric() {
        return None;
    }
    Scan { line, from, starred }.run()
}

/// `[Name] text`, `[Name]: text`, `<Name> text`.
fn bracket(line: &str, from: usize, close: char) -> Option<Label> {
    let reach = floor(line, from + 4 * LONGEST);
    let end = from + line[from..reach].find(close)?;
    let name = &line[from + 1..end];
    let key = labels::key(name);
    // Marks within texts, such as `<del>` and `[glossary:X]`, and events are no labels.
    let plain = is_name(name.trim_matches(is_blank)) && !name.contains([':', '/', '=', '[', '<']);
    if !plain || words::is_event(&key) || (close == '>' && words::is_markup(name)) {
        return None;
    }
    let mut head = end + 1;
    if line[head..].starts_with(':') {
        head += 1;
    }
    (head == line.len() || line[head..].starts_with(is_blank)).then(|| Label {
        kind: Kind::Bracket,
        name: (from + 1, end),
        head: skip_blank(line, head),
        time: None,
    })
}

/// `*PAR:⇥text` of CHAT.
fn star(line: &str, from: usize) -> Option<Label> {
    let end = from + 1 + line[from + 1..].find(':')?;
    Some(Label { kind: Kind::Star, name: (from + 1, end), head: skip_blank(line, end + 1), time: None })
}

/// The search through the first words of one line.
struct Scan<'a> {
    line: &'a str,
    from: usize,
    starred: bool,
}

impl Scan<'_> {
    fn run(&self) -> Option<Label> {
        let line = self.line;
        let bytes = line.as_bytes();
        let reach = floor(line, self.from + REACH);
        let (mut at, mut chars, mut words, mut in_word) = (self.from, 0, 0, false);
        while at < reach {
            let c = line[at..].chars().next()?;
            let next = at + c.len_utf8();
            match c {
                ':' | '：' => return self.colon(at, next),
                '\t' => return self.tab(at),
                '[' | '(' | '（' | '{' | '<' | '#' => {
                    if let Some(token) = stamps::at(bytes, at) {
                        return self.time(at, token);
                    }
                    if c != '#' {
                        at = self.note_end(at, c)?;
                        continue;
                    }
                }
                '0'..='9' if !in_word && at > self.from => {
                    if let Some(token) = stamps::at(bytes, at) {
                        return self.time(at, token);
                    }
                }
                '.' if in_word => match self.stop(at) {
                    Stop::Ends(label) => return label,
                    Stop::GoesOn => {}
                },
                '?' if line[next..].starts_with([':', '?']) && at - self.from < 16 => {}
                ',' if self.before_time(next).is_some() => {
                    let token = self.before_time(next)?;
                    return self.time(at, token);
                }
                '–' | '—' | '-' if !in_word && line[next..].starts_with(is_blank) => return self.dash(at, next),
                '.' | '?' | '!' | ';' | ',' | '"' | '“' | '”' | '„' | '«' | '»' | '…' | '\\' | '=' | ']' | '>'
                | '|' => {
                    return None;
                }
                _ => {}
            }
            let blank = is_blank(c);
            if !blank && !in_word {
                words += 1;
            }
            in_word = !blank;
            chars += 1;
            if words > MOST_WORDS || chars > LONGEST {
                return None;
            }
            at = next;
        }
        (at >= line.len()).then(|| self.label(Kind::Alone, line.len(), line.len()))
    }

    /// The label up to `end`, with what is said from `head` on.
    fn label(&self, kind: Kind, end: usize, head: usize) -> Label {
        let name = self.line[self.from..end].trim_end_matches(|c| is_blank(c) || c == '*');
        Label { kind, name: (self.from, self.from + name.len()), head, time: None }
    }

    /// Past a note in parentheses, if it ends soon: `P 3 (f, 45):`.
    fn note_end(&self, at: usize, open: char) -> Option<usize> {
        let close = match open {
            '(' => ')',
            '（' => '）',
            _ => return None,
        };
        let reach = floor(self.line, at + 2 * LONGEST);
        let within = &self.line[at..reach];
        let end = within.find(close)?;
        (at > self.from && !within[..end].contains(['\t', '.', '?', '!'])).then_some(at + end + close.len_utf8())
    }

    fn colon(&self, at: usize, next: usize) -> Option<Label> {
        let line = self.line;
        let mut after = next;
        if self.starred {
            after += line[after..].bytes().take(3).take_while(|b| matches!(b, b'*' | b'_')).count();
        }
        let wide = next - at > 1;
        let rest = &line[after..];
        if !wide && !rest.is_empty() && !rest.starts_with(is_blank) && !self.is_tight(at, rest) {
            return None;
        }
        let mut label = self.label(Kind::Colon, at, skip_blank(line, after));
        if label.name.0 == label.name.1 {
            return None;
        }
        if let Some(token) = stamps::at(line.as_bytes(), label.head).filter(|token| token.enclosed || token.sure) {
            let end = skip_blank(line, token.end);
            if end > token.end || end >= line.len() {
                (label.time, label.head) = (Some(token), end);
            }
        }
        Some(label)
    }

    /// `I:How long`: no space, but a known word before and a letter after. Not `C:\Temp`, `a:8080`, `doi:10`.
    fn is_tight(&self, at: usize, rest: &str) -> bool {
        let mut chars = rest.chars();
        chars.next().is_some_and(|c| c.is_uppercase() || matches!(c, '"' | '“' | '(' | '[' | '…'))
            && !chars.next().is_some_and(|c| matches!(c, ':' | '\\' | '/'))
            && matches!(labels::known(&labels::key(&self.line[self.from..at])), Known::Speaker(_))
    }

    fn tab(&self, at: usize) -> Option<Label> {
        let line = self.line;
        let mut head = skip_blank(line, at);
        let mut label = self.label(Kind::Tab, at, head);
        if line[head..].starts_with([':', '：']) {
            return self.colon(head, head + line[head..].chars().next()?.len_utf8());
        }
        if let Some(token) = stamps::at(line.as_bytes(), head) {
            head = skip_blank(line, token.end);
            if head > token.end || head >= line.len() {
                (label.time, label.head) = (Some(token), head);
                if head >= line.len() {
                    label.kind = Kind::NameTime;
                }
            }
        }
        Some(label)
    }

    /// A time after the label at `at`: `Speaker 1 (00:02): text`, `Jane Doe  0:03`, `Jane Doe [0:03] text`.
    fn time(&self, at: usize, token: Token) -> Option<Label> {
        let line = self.line;
        let mut label = self.label(Kind::NameTime, at, 0);
        if label.name.0 == label.name.1 {
            return None;
        }
        let mut after = skip_blank(line, token.end);
        let gap = line[label.name.1..token.start].chars().filter(|c| is_blank(*c)).count();
        if line[after..].starts_with([':', '：']) {
            after += line[after..].chars().next()?.len_utf8();
            if !(after >= line.len() || line[after..].starts_with(is_blank)) {
                return None;
            }
            label.kind = Kind::Colon;
        } else if after < line.len() && !(token.enclosed || gap > 1) {
            return None;
        }
        label.head = skip_blank(line, after);
        label.time = Some(token);
        Some(label)
    }

    /// The time that comes right after a comma.
    fn before_time(&self, next: usize) -> Option<Token> {
        stamps::at(self.line.as_bytes(), skip_blank(self.line, next))
    }

    fn dash(&self, at: usize, next: usize) -> Option<Label> {
        let head = skip_blank(self.line, next);
        let label = self.label(Kind::NameDash, at, head);
        (head < self.line.len() && label.name.0 < label.name.1).then_some(label)
    }

    /// What a full stop at `at` means.
    fn stop(&self, at: usize) -> Stop {
        let line = self.line;
        let rest = &line[at + 1..];
        let said = line[self.from..at].trim_end_matches(is_blank);
        let gap = rest.chars().take_while(|&c| is_blank(c)).count();
        if matches!(said, "Q" | "A") && (gap >= 2 || rest.starts_with('\t')) {
            return Stop::Ends(Some(self.label(Kind::Qa, at, skip_blank(line, at + 1))));
        }
        let word = said.rsplit(is_blank).next().unwrap_or(said);
        if gap == 0 && !rest.is_empty() || words::takes_a_stop(word) {
            return Stop::GoesOn;
        }
        let ends = gap > 0 && is_upper(word) && !word.chars().any(|c| c.is_ascii_digit());
        Stop::Ends(ends.then(|| self.label(Kind::Stop, at, skip_blank(line, at + 1))))
    }
}

enum Stop {
    /// It ends the label, or shows that there is none.
    Ends(Option<Label>),
    /// It belongs to the label: `Dr.`, `J.`.
    GoesOn,
}

/// The last char border at or before `at`, not beyond the end.
pub(super) fn floor(line: &str, at: usize) -> usize {
    let mut at = at.min(line.len());
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether `cell` can be a name by itself.
pub(super) fn is_name(cell: &str) -> bool {
    let counted = cell.chars().count() <= LONGEST && cell.split_whitespace().count() <= MOST_WORDS;
    let first = cell.chars().next().is_some_and(|c| c.is_alphanumeric());
    let ended = cell.ends_with(['.', '!', '?', ',', ';', ':', '…']) || cell.contains(['!', ';', '"', '“', '\t']);
    counted && first && !ended && cell.chars().any(char::is_alphabetic)
}
