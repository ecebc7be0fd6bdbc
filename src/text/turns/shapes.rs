//! What one line looks like: whether it could start a turn, in which layout, with which label and time.
//!
//! A line is read by itself and only its first 200 or so bytes matter, so a text is read in time linear in its length.
//! Nothing is decided here: whether `Dan: Okay.` is a turn shows only when all lines are known.

use super::find::{Label, find, is_name};
use super::labels::{self, LONGEST, NO_LABEL, Names, is_blank, is_upper, skip_blank};
use super::stamps::{self, Token};
use super::words::Known;

/// The ways in which a line can look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Nothing to see.
    Blank,
    /// Only a number: of a line, a page, a subtitle.
    Number,
    /// Only a time, or a range of times.
    Time,
    /// Facts about the recording between turns: `_page : 8`.
    Meta,
    /// `BY MR. SMITH:` in a deposition: who asks from here on.
    By,
    /// A tier of a CHAT file: `%mor:`.
    Tier,
    /// A header of a CHAT file: `@Begin`.
    Head,
    /// `Name: text`, with or without times, numbers, bullets.
    Colon,
    /// `[Name] text`, `<Name> text`, `[Name]: text`.
    Bracket,
    /// `Name  0:12`, and the words below.
    NameTime,
    /// `[00:12] Name`, and the words below; or a short line of words after a time.
    TimeName,
    /// `[00:12] text`.
    TimeText,
    /// `Name⇥text`.
    Tab,
    /// `Name – text`.
    NameDash,
    /// `– text`.
    Dash,
    /// `Q.  text`, `A.  text`.
    Qa,
    /// `Mr. JONES. text`.
    Stop,
    /// `*PAR:⇥text`.
    Star,
    /// `ALICE`, or a word for a speaker, alone on its line.
    Alone,
    /// A name alone on its line, right below a time.
    Below,
    /// `00:12⇥cell⇥cell`.
    Row,
    /// What the analyst's own pattern found.
    Own,
    /// Anything else.
    Text,
}

/// Set if a number stands before the label.
pub(super) const NUMBERED: u8 = 1;
/// Set if a time stands before the label.
pub(super) const TIME_FIRST: u8 = 2;
/// Set if a time stands between the label and the words.
pub(super) const TIME_AFTER: u8 = 4;
/// Set if the line starts with a dash.
pub(super) const DASHED: u8 = 8;
/// Set if a tab follows the time before the label.
pub(super) const TABBED: u8 = 16;
/// Set if a line with only a time stands above.
pub(super) const UNDER_TIME: u8 = 32;
/// Set if the line starts a paragraph: it does not go on with the one above.
pub(super) const OPENS: u8 = 64;

/// Set if the line goes on with a paragraph and is indented deeper, where labels hardly ever are: its label is none.
pub(super) const INSIDE: u8 = 128;

/// One line. All offsets are bytes from the start of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Its first byte.
    pub(super) start: u32,
    /// Its first visible char.
    pub(super) visible: u32,
    /// After its last visible char.
    pub(super) end: u32,
    /// Where what is said begins; `end` if nothing is said on this line.
    pub(super) head: u32,
    /// Where what is said ends; before the speaker where the speaker's cell comes last, else `end`.
    pub(super) tail: u32,
    /// The chars of the label.
    pub(super) name: (u32, u32),
    /// The number of the label, or [`NO_LABEL`].
    pub(super) label: u32,
    /// Of a [`Kind::Row`]: the number of the label in its last cell.
    pub(super) last: u32,
    /// The index of its time among [`Found::times`], or `u32::MAX`.
    pub(super) time: u32,
    pub(super) kind: Kind,
    pub(super) flags: u8,
}

impl Shape {
    pub(super) fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Whether nothing is said on the label's own line.
    pub(super) fn is_bare(&self) -> bool {
        self.head >= self.end
    }
}

/// What is collected while lines are read.
#[derive(Default)]
pub(super) struct Found {
    pub(super) names: Names,
    /// Times at the start of lines and in labels; offsets from the start of the text.
    pub(super) times: Vec<Token>,
}

/// Reads the line `start..end` of `words`; `before` is the last line above it that has something to see.
pub(super) fn read(words: &str, start: usize, end: usize, before: Option<&Shape>, found: &mut Found) -> Shape {
    let line = words[start..end].trim_end_matches(is_blank);
    let visible = skip_blank(line, 0).min(line.len());
    let mut shape = Shape {
        start: start as u32,
        visible: (start + visible) as u32,
        end: (start + line.len().max(visible)) as u32,
        head: 0,
        tail: 0,
        name: (0, 0),
        label: NO_LABEL,
        last: NO_LABEL,
        time: u32::MAX,
        kind: Kind::Blank,
        flags: 0,
    };
    (shape.head, shape.tail) = (shape.visible, shape.end);
    if visible >= line.len() {
        return shape;
    }
    let bytes = line.as_bytes();
    if let Some(before) = before
        && (before.kind == Kind::Time || (before.kind == Kind::Meta && before.has(UNDER_TIME)))
    {
        shape.flags |= UNDER_TIME;
    }
    if let Some(kind) = special(&line[visible..]) {
        shape.kind = kind;
        return shape;
    }
    let (mut at, mut time) = (visible, None);
    // A number, a time, or a number and a time, in either order, may come first.
    for _ in 0..3 {
        if time.is_none()
            && let Some((token, after)) = leading_time(line, at)
        {
            if after >= line.len() {
                shape.kind = Kind::Time;
                shape.time = keep(found, token, start);
                shape.head = shape.end;
                return shape;
            }
            if bytes[token.end..after].contains(&b'\t') {
                shape.flags |= TABBED;
            }
            (time, at) = (Some(token), after);
        } else if shape.flags & NUMBERED == 0
            && let Some(after) = leading_number(line, at)
        {
            if after >= line.len() {
                shape.kind = Kind::Number;
                return shape;
            }
            shape.flags |= NUMBERED;
            at = after;
        } else {
            break;
        }
    }
    if time.is_some() {
        shape.flags |= TIME_FIRST;
        at = skip_time_sign(line, at);
    }
    let opening = skip_marks(line, at);
    if opening.dashed {
        shape.flags |= DASHED;
    }
    let label = find(line, opening.at, opening.starred);
    settle(line, at, opening.at, label, time, before, &mut shape, found);
    shape
}

/// Puts together what was found on a line.
#[allow(clippy::too_many_arguments, reason = "the parts of one step, split off to keep both readable")]
fn settle(
    line: &str,
    at: usize,
    opening: usize,
    label: Option<Label>,
    time: Option<Token>,
    before: Option<&Shape>,
    shape: &mut Shape,
    found: &mut Found,
) {
    let start = shape.start as usize;
    if let Some(token) = time {
        shape.time = keep(found, token, start);
    }
    (shape.kind, shape.head) = match (&label, time) {
        (None, Some(_)) => (Kind::TimeText, (start + at) as u32),
        (None, None) if shape.has(DASHED) => (Kind::Dash, (start + opening) as u32),
        (None, None) => (Kind::Text, shape.visible),
        (Some(label), _) => (label.kind, (start + label.head) as u32),
    };
    if let Some(label) = label {
        let raw = &line[label.name.0..label.name.1];
        shape.name = ((start + label.name.0) as u32, (start + label.name.1) as u32);
        match (label.kind, time) {
            // `BY MR. SMITH:` says who asks; its name is the label.
            (Kind::Colon, None) if shape.is_bare() && raw.starts_with("BY ") && is_upper(raw) => {
                shape.kind = Kind::By;
                shape.name.0 += 3;
            }
            (Kind::Alone, Some(_)) => shape.kind = Kind::TimeName,
            (Kind::Alone, None) if before.is_some_and(|b| b.kind == Kind::Time) => shape.kind = Kind::Below,
            (Kind::Alone, None) if shape.has(DASHED) => {
                (shape.kind, shape.head) = (Kind::Dash, (start + opening) as u32)
            }
            (Kind::Alone, None) if !stands_alone(raw) => {
                (shape.kind, shape.head) = (Kind::Text, shape.visible);
                return;
            }
            (Kind::Tab, Some(_)) if shape.has(TABBED) => shape.kind = Kind::Row,
            _ => {}
        }
        let raw = &line[shape.name.0 as usize - start..label.name.1];
        shape.label = found.names.id(raw);
        if let Some(token) = label.time {
            if shape.time == u32::MAX {
                shape.time = keep(found, token, start);
            }
            shape.flags |= TIME_AFTER;
        }
    }
    if shape.has(TABBED) && matches!(shape.kind, Kind::Row | Kind::TimeText) {
        last_cell(line, at, shape, found);
    }
}

/// Whether a name that fills its line can be a speaker's: in capitals, or a word for one.
fn stands_alone(raw: &str) -> bool {
    let bare = raw.split('(').next().unwrap_or(raw);
    (is_upper(bare) && !bare.chars().any(|c| c.is_ascii_digit()))
        || (raw.chars().count() > 2 && matches!(labels::known(&labels::key(raw)), Known::Speaker(_)))
}

/// Of a row of cells: the label in the last one.
fn last_cell(line: &str, at: usize, shape: &mut Shape, found: &mut Found) {
    let Some(tab) = memchr::memrchr(b'\t', &line.as_bytes()[at..]).map(|ahead| at + ahead) else { return };
    let cell = line[tab..].trim_matches(is_blank);
    if !cell.is_empty() && cell.len() <= 4 * LONGEST && is_name(cell) {
        if shape.kind == Kind::TimeText {
            shape.kind = Kind::Row;
        }
        shape.last = found.names.id(cell);
        shape.tail = (shape.start as usize + line[..tab].trim_end_matches(is_blank).len()) as u32;
    }
}

fn keep(found: &mut Found, token: Token, start: usize) -> u32 {
    found.times.push(Token { start: start + token.start, end: start + token.end, ..token });
    found.times.len() as u32 - 1
}

/// Lines that are known by their first char: `_page : 8`, CHAT's headers and tiers.
fn special(seen: &str) -> Option<Kind> {
    let bytes = seen.as_bytes();
    let word = |from: usize| bytes[from..].iter().take(24).take_while(|b| b.is_ascii_lowercase()).count();
    match bytes[0] {
        b'_' => {
            let after = 1 + word(1);
            let rest = &bytes[after..];
            (after > 1 && (rest.starts_with(b":") || rest.starts_with(b" :"))).then_some(Kind::Meta)
        }
        b'%' => {
            let after = 1 + word(1);
            ((3..=5).contains(&after) && bytes.get(after) == Some(&b':')).then_some(Kind::Tier)
        }
        b'@' => bytes.get(1).is_some_and(u8::is_ascii_uppercase).then_some(Kind::Head),
        _ => None,
    }
}

/// A time at `at` that something may follow, and where that starts.
fn leading_time(line: &str, at: usize) -> Option<(Token, usize)> {
    let token = stamps::at(line.as_bytes(), at)?;
    let after = skip_blank(line, token.end);
    let apart = after > token.end || after >= line.len() || token.enclosed;
    (apart || matches!(line.as_bytes()[token.end], b':' | b'-' | b'|')).then_some((token, after))
}

/// A number of up to five digits at `at`, then a tab, two spaces or the end of the line.
fn leading_number(line: &str, at: usize) -> Option<usize> {
    let bytes = line.as_bytes();
    let digits = bytes[at..].iter().take(6).take_while(|b| b.is_ascii_digit()).count();
    if !(1..=5).contains(&digits) {
        return None;
    }
    let after = skip_blank(line, at + digits);
    let gap = &line[at + digits..after];
    (after >= line.len() || gap.contains('\t') || gap.chars().filter(|c| c.is_whitespace()).count() >= 2)
        .then_some(after)
}

/// Past a sign between a time and what follows: ` - `, `:`, `|`.
fn skip_time_sign(line: &str, at: usize) -> usize {
    let mut chars = line[at..].chars();
    let Some(sign) = chars.next().filter(|c| matches!(c, '-' | '–' | '—' | '|' | ':' | '>')) else { return at };
    let after = at + sign.len_utf8();
    if chars.next().is_some_and(is_blank) { skip_blank(line, after) } else { at }
}

/// What stands between the start of a line and its first word.
struct Opening {
    at: usize,
    dashed: bool,
    starred: bool,
}

/// Past dashes, bullets, `#` and Markdown's stars.
fn skip_marks(line: &str, at: usize) -> Opening {
    let rest = &line[at..];
    let mut chars = rest.chars();
    let first = chars.next().unwrap_or(' ');
    let second = chars.next().unwrap_or(' ');
    let past = |n: usize| skip_blank(line, at + n);
    let mut opening = Opening { at, dashed: false, starred: false };
    match first {
        '–' | '—' | '―' | '‒' if !matches!(second, '–' | '—' | '-') => {
            (opening.at, opening.dashed) = (past(first.len_utf8()), true);
        }
        '-' if is_blank(second) && !line[past(1)..].starts_with('-') => (opening.at, opening.dashed) = (past(1), true),
        '•' | '·' | '▪' | '‣' | '*' | '>' if is_blank(second) => opening.at = past(first.len_utf8()),
        '#' => {
            let marks = rest.bytes().take_while(|&b| b == b'#').count();
            if rest[marks..].starts_with(' ') {
                opening.at = past(marks);
            }
        }
        _ => {}
    }
    let marks = line.as_bytes()[opening.at..].iter().take(3).take_while(|b| matches!(b, b'*' | b'_')).count();
    let is_chat = marks == 1 && line.as_bytes()[opening.at] == b'*' && chat_name(&line[opening.at + 1..]).is_some();
    if marks > 0 && !is_chat && line[opening.at + marks..].starts_with(|c: char| !is_blank(c)) {
        opening.at += marks;
        opening.starred = true;
    }
    opening
}

/// The length of a CHAT speaker at the start of `rest`: two to seven capitals or digits, a colon, white space.
fn chat_name(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let length = bytes.iter().take(8).take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit()).count();
    ((2..=7).contains(&length)
        && bytes.get(length) == Some(&b':')
        && bytes.get(length + 1).is_none_or(|b| matches!(b, b'\t' | b' ')))
    .then_some(length)
}
