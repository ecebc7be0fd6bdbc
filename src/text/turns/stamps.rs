//! Time stamps: `[hh:]mm:ss[.,]fff` with or without brackets, `dd:hh:mm:ss`, frames, tenths, ranges.
//!
//! A stamp is *sure* where its form leaves no doubt (`[1:23]`, `00:01:23`, `#00:01:23-4#`), and *weak* where only its
//! place can tell (`10:30`, `(3:16)`): those count at the start of a line or in a label, never inside a sentence.

/// A time as it stands in a line. Offsets are bytes of that line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token {
    /// Where it starts, bracket included.
    pub(super) start: usize,
    /// Where it ends, bracket included.
    pub(super) end: usize,
    /// The time in ms; of a range its start.
    pub(super) ms: i64,
    /// Whether the form alone shows that it is a time stamp.
    pub(super) sure: bool,
    /// Whether it stands in brackets or between `#`, alone or at the end of a note.
    pub(super) enclosed: bool,
    /// How many numbers the first time has: 2 to 4.
    pub(super) parts: u8,
}

/// One clock time without brackets.
struct Clock {
    end: usize,
    ms: i64,
    parts: u8,
    fraction: u8,
    /// Minutes and seconds have two digits each.
    padded: bool,
}

/// The stamp that starts exactly at byte `at`, if there is one.
pub(super) fn at(line: &[u8], at: usize) -> Option<Token> {
    let close = match line.get(at)? {
        b'[' => b']',
        b'(' => b')',
        b'{' => b'}',
        b'<' => b'>',
        b'#' => b'#',
        b'0'..=b'9' => 0,
        _ => return None,
    };
    let enclosed = close != 0;
    let first = clock(line, if enclosed { skip_blanks(line, at + 1) } else { at }, enclosed)?;
    let mut end = first.end;
    let mut ms = first.ms;
    if close == b'#'
        && let [b'-', tenth @ b'0'..=b'9', b'#', ..] = line[end..]
    {
        ms += i64::from(tenth - b'0') * 100;
        end += 2;
    }
    let mut arrow = false;
    let mut range_fractions = false;
    if let Some((from, is_arrow)) = range_sign(line, end)
        && let Some(second) = clock(line, from, false)
    {
        arrow = is_arrow;
        range_fractions = first.fraction > 0 && second.fraction > 0;
        end = second.end;
    }
    let loose = first.parts == 3 && first.fraction == 3;
    if enclosed {
        end = skip_blanks(line, end);
        if line.get(end) != Some(&close) {
            return None;
        }
        end += 1;
    } else {
        let usual = first.padded || arrow || range_fractions || loose || first.parts == 2;
        if !usual || !boundary_after(line, end) || (!arrow && half_day(line, end)) {
            return None;
        }
    }
    let long = first.parts > 2 || first.fraction == 3 || arrow || range_fractions;
    let sure = if enclosed && close != b')' { true } else { long || (enclosed && first.fraction > 0) };
    Some(Token { start: at, end, ms, sure, enclosed, parts: first.parts })
}

/// Finds every sure stamp of `line` and gives them to `found`, in order. Linear in the length of the line.
pub(super) fn scan(line: &[u8], mut found: impl FnMut(Token)) {
    let mut done = 0;
    while let Some(colon) = memchr::memchr(b':', &line[done..]).map(|ahead| done + ahead) {
        match around(line, done, colon) {
            Some(token) => {
                done = token.end;
                found(token);
            }
            // What has been looked at is not looked at again: a million colons cost a million steps.
            None => done = colon + 1 + line[colon + 1..].iter().take_while(|b| matches!(b, b'0'..=b'9' | b':')).count(),
        }
    }
}

/// The sure stamp whose first colon is at `colon`, not reaching back before `done`.
fn around(line: &[u8], done: usize, colon: usize) -> Option<Token> {
    let digits = line[done..colon].iter().rev().take(4).take_while(|b| b.is_ascii_digit()).count();
    if !(1..=3).contains(&digits) || !line.get(colon + 1)?.is_ascii_digit() {
        return None;
    }
    let number = colon - digits;
    let mut open = number;
    if open > done && line[open - 1] == b'-' {
        open -= 1;
    }
    while open > done && line[open - 1] == b' ' && number - open < 3 {
        open -= 1;
    }
    if open > done
        && matches!(line[open - 1], b'[' | b'(' | b'{' | b'<' | b'#')
        && let Some(token) = at(line, open - 1).filter(|token| token.sure)
    {
        return Some(token);
    }
    if number > 0 && !boundary_before(line, number) {
        return None;
    }
    let token = at(line, number)?;
    let noted = in_note(line, done, token);
    (token.sure || noted).then_some(Token { enclosed: token.enclosed || noted, ..token })
}

/// Whether the token ends a note in square brackets: `[inaudible 3:11]`.
fn in_note(line: &[u8], done: usize, token: Token) -> bool {
    let before = &line[done.max(token.start.saturating_sub(40))..token.start];
    line.get(token.end) == Some(&b']')
        && before.iter().rposition(|&b| b == b'[').is_some_and(|open| !before[open..].contains(&b']'))
}

/// Reads `[-][[dd:]hh:]mm:ss[.fff|,fff|;frames]` at `at`.
fn clock(line: &[u8], at: usize, may_be_negative: bool) -> Option<Clock> {
    let negative = may_be_negative && line.get(at) == Some(&b'-');
    let mut end = at + usize::from(negative);
    let mut numbers = [0_i64; 4];
    let mut parts = 0;
    let mut padded = true;
    loop {
        let digits = line[end.min(line.len())..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 || digits > if parts == 0 { 3 } else { 2 } {
            return None;
        }
        padded &= parts == 0 || digits == 2;
        numbers[parts] = line[end..end + digits].iter().fold(0, |n, b| n * 10 + i64::from(b - b'0'));
        end += digits;
        parts += 1;
        if line.get(end) != Some(&b':') || !line.get(end + 1).is_some_and(u8::is_ascii_digit) {
            break;
        }
        if parts == 4 {
            return None;
        }
        end += 1;
    }
    let mut ms = match (parts, numbers) {
        (2, [m, s, ..]) if s < 60 => (m * 60 + s) * 1000,
        (3, [h, m, s, _]) if m < 60 && s < 60 => ((h * 60 + m) * 60 + s) * 1000,
        (4, [d, h, m, s]) if h < 24 && m < 60 && s < 60 => (((d * 24 + h) * 60 + m) * 60 + s) * 1000,
        // Hours, minutes, seconds and frames, of which there are 24 to 60 a second.
        (4, [h, m, s, f]) if m < 60 && s < 60 && f < 60 => ((h * 60 + m) * 60 + s) * 1000 + f * 1000 / 30,
        _ => return None,
    };
    let mut fraction = 0;
    if let Some(mark @ (b'.' | b',' | b';')) = line.get(end) {
        let digits = line[end + 1..].iter().take(7).take_while(|b| b.is_ascii_digit()).count();
        if digits > 0 && digits < 7 && (*mark != b';' || digits == 2) {
            let value = line[end + 1..end + 1 + digits].iter().fold(0, |n, b| n * 10 + i64::from(b - b'0'));
            let scale = 10_i64.pow(digits as u32);
            ms += if *mark == b';' { value * 1000 / 30 } else { value * 1000 / scale };
            fraction = digits as u8;
            end += 1 + digits;
        }
    }
    (parts >= 2).then_some(Clock { end, ms: if negative { -ms } else { ms }, parts: parts as u8, fraction, padded })
}

/// After the first time of a range: where the second may start, and whether the sign is an arrow.
fn range_sign(line: &[u8], end: usize) -> Option<(usize, bool)> {
    let from = skip_blanks(line, end);
    let rest = line.get(from..)?;
    let (sign, arrow) = if rest.starts_with(b"-->") {
        (3, true)
    } else if rest.starts_with("–".as_bytes()) || rest.starts_with("—".as_bytes()) {
        (3, false)
    } else if rest.starts_with(b"-") {
        (1, false)
    } else {
        return None;
    };
    Some((skip_blanks(line, from + sign), arrow))
}

/// Past up to four spaces or no-break spaces.
fn skip_blanks(line: &[u8], mut at: usize) -> usize {
    for _ in 0..4 {
        match line.get(at..) {
            Some([b' ', ..]) => at += 1,
            Some([0xC2, 0xA0, ..]) => at += 2,
            _ => break,
        }
    }
    at
}

/// Whether a bare time may start after what stands before `at`: not within a word, a number, an address or a date.
fn boundary_before(line: &[u8], at: usize) -> bool {
    let before = line[at - 1];
    !(before.is_ascii_alphanumeric() || matches!(before, b'.' | b',' | b':' | b'/' | b'_' | b'@' | b'+' | b'|'))
}

/// Whether a bare time may end at `end`.
fn boundary_after(line: &[u8], end: usize) -> bool {
    match line.get(end..) {
        Some([b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'_' | b'@', ..]) => false,
        Some([b':' | b'.', next, ..]) => !next.is_ascii_alphanumeric(),
        _ => true,
    }
}

/// Whether `am` or `pm` follows: a time of day, not a time of the recording.
fn half_day(line: &[u8], end: usize) -> bool {
    let rest = &line[skip_blanks(line, end)..];
    match rest {
        [b'a' | b'p' | b'A' | b'P', b'm' | b'M', after @ ..] => !after.first().is_some_and(u8::is_ascii_alphanumeric),
        [b'a' | b'p' | b'A' | b'P', b'.', b'm' | b'M', ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<(&str, i64)> {
        let mut all = Vec::new();
        scan(line.as_bytes(), |token| all.push((&line[token.start..token.end], token.ms)));
        all
    }

    #[test]
    fn every_usual_form_is_read() {
        let forms = [
            ("[00:01:23]", 83_000),
            ("[1:23]", 83_000),
            ("[00:01:23.45]", 83_450),
            ("[01:23:45;12]", 5_025_400),
            ("00:01:23,450", 83_450),
            ("#00:01:23-4#", 83_400),
            ("#00:01:23#", 83_000),
            ("{0:01:23.4}", 83_400),
            ("(00:01:23)", 83_000),
            ("<00:01:23>", 83_000),
            ("[00:00:00:02]", 2_000),
            ("[-00:00:00:10]", -10_000),
            ("[01:02:03:04]", 93_784_000),
            ("[00:45:50:24]", 2_750_800),
            ("[00:00.000 --> 00:04.320]", 0),
            ("(00:00:01 - 00:00:07)", 1_000),
            ("0:00.0 - 0:13.1", 0),
            ("0:0:0.0 --> 0:0:3.540", 0),
            ("[00:00:01.20]", 1_200),
            ("100:00:01", 360_001_000),
        ];
        for (form, ms) in forms {
            assert_eq!(found(form), [(form, ms)], "{form}");
            let within = format!("so é {form}, he said");
            assert_eq!(found(&within), [(form, ms)], "{within}");
        }
    }

    #[test]
    fn clock_times_ratios_verses_and_addresses_are_no_stamps() {
        for line in [
            "We start at 10:30 and stop at 12:00.",
            "Ratio was 3:1",
            "John 3:16",
            "1:00 pm",
            "10:30:00 pm today",
            "10:30:00 a.m.",
            "http://x:8080/a",
            "00:1a:2b:3c",
            "01:23:45:67:89",
            "12:99",
            "[00:61:00]",
            "version 1.2:30:40",
            "2013-05-03T10:30:15",
            "(3:16)",
            ":::::::1:::2:",
        ] {
            assert_eq!(found(line), [], "{line}");
        }
    }

    #[test]
    fn a_weak_time_is_read_where_the_caller_vouches_for_the_place() {
        let weak = at(b"0:03 hello", 0).expect("a time");
        assert!(!weak.sure && weak.end == 4 && weak.ms == 3_000);
        assert!(at(b"(00:02):", 0).is_some_and(|token| !token.sure && token.enclosed));
    }

    #[test]
    fn notes_in_brackets_hold_stamps() {
        assert_eq!(found("well [inaudible 3:11] and [crosstalk 00:04:01]"), [("3:11", 191_000), ("00:04:01", 241_000)]);
    }

    #[test]
    fn ten_million_colons_are_read_in_linear_time() {
        let line = "1:".repeat(5_000_000);
        assert_eq!(found(&line), []);
    }
}
