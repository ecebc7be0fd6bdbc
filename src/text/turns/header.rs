//! What stands above the first turn: facts about the interview, and the list of speakers that some programs write.

use super::labels::{self, NO_LABEL};
use super::lines::Lines;
use super::shapes::{Kind, Shape};
use super::words::Known;
use std::collections::{HashMap, HashSet};

/// How many lines from the top may be a header's.
const LINES: usize = 15;
/// How far down a list of speakers is looked for.
const LIST: usize = 60;

/// What was found above the turns.
#[derive(Default)]
pub(super) struct Header {
    /// How many lines from the top hold no turn.
    pub(super) lines: usize,
    /// Facts, as `key: value`; offered, never taken unasked.
    pub(super) facts: Vec<(String, String)>,
    /// The labels under `SPEAKERS`.
    pub(super) speakers: HashSet<u32>,
}

/// Looks at the top of a text.
pub(super) fn read(lines: &mut Lines<'_>) -> Header {
    let mut header = Header { lines: block(lines), ..Header::default() };
    list(lines, &mut header);
    let counts = counts(lines);
    for (index, shape) in lines.shapes.iter().enumerate().take(LINES) {
        let once = shape.label != NO_LABEL && counts.get(&shape.label) == Some(&1);
        if is_fact(lines, shape) && (index < header.lines || once) {
            header.facts.push((labels::shown(lines.name(shape)), value(lines, shape).to_owned()));
        }
    }
    header
}

/// How often the labels of the first lines come in all of the text.
fn counts(lines: &Lines<'_>) -> HashMap<u32, u32> {
    let first = lines.shapes.iter().take(LINES).filter(|shape| shape.kind == Kind::Colon);
    let mut counts: HashMap<u32, u32> = first.map(|shape| (shape.label, 0)).collect();
    if !counts.is_empty() {
        for shape in lines.shapes.iter().filter(|shape| shape.kind == Kind::Colon) {
            if let Some(count) = counts.get_mut(&shape.label) {
                *count += 1;
            }
        }
    }
    counts
}

/// What follows the colon of a line, a time included.
fn value<'a>(lines: &'a Lines<'_>, shape: &Shape) -> &'a str {
    lines
        .slice((shape.name.1.min(shape.end), shape.end))
        .trim_start_matches(|c| matches!(c, ':' | '：' | '*') || labels::is_blank(c))
}

/// Whether a line is `Date: 3 May 2013`, or `Interviewee: Jane Doe` with a value too short to be speech.
fn is_fact(lines: &Lines<'_>, shape: &Shape) -> bool {
    let value = value(lines, shape);
    if shape.kind != Kind::Colon || value.is_empty() {
        return false;
    }
    match labels::known(&labels::key(lines.name(shape))) {
        Known::HeaderKey => value.len() <= 200,
        Known::Speaker(_) => {
            let long_word = lines.name(shape).chars().count() > 3;
            long_word && value.split_whitespace().count() <= 5 && !value.ends_with(['.', '?', '!', '…', ','])
        }
        _ => false,
    }
}

/// Whether a line's key is one that only headers have.
fn is_anchor(lines: &Lines<'_>, shape: &Shape) -> bool {
    is_fact(lines, shape) && labels::known(&labels::key(lines.name(shape))) == Known::HeaderKey
}

/// How many lines the block of facts at the top has, with what stands above it; 0 if there is none.
fn block(lines: &Lines<'_>) -> usize {
    let top = &lines.shapes[..lines.shapes.len().min(LINES)];
    let mut end = 0;
    for (index, shape) in top.iter().enumerate() {
        // A line with a label that is no fact is speech: what comes below it is no header. `Part 2: Barriers` is none.
        let heading = || labels::known(&labels::key(lines.name(shape))) == Known::NoSpeaker;
        if shape.kind == Kind::Colon && !shape.is_bare() && !is_fact(lines, shape) && !heading() {
            break;
        }
        if is_anchor(lines, shape) {
            end = index + 1;
        }
    }
    if end == 0 {
        return 0;
    }
    // Facts about people go on right below: `Interviewer: Jane Doe`, and then a blank line.
    let below = lines.shapes[end..].iter().take_while(|shape| is_fact(lines, shape)).count();
    let closed = lines.shapes.get(end + below).is_none_or(|shape| shape.kind == Kind::Blank);
    if closed { end + below } else { end }
}

/// Reads the names under a line `SPEAKERS`, one a line or with commas, up to a blank line.
fn list(lines: &mut Lines<'_>, header: &mut Header) {
    let is_title = |shape: &Shape| lines.seen(shape).trim_end_matches(':').eq_ignore_ascii_case("speakers");
    let Some(title) = lines.shapes.iter().take(LIST).position(is_title) else { return };
    let names: Vec<String> = lines.shapes[title + 1..]
        .iter()
        .take(40)
        .skip_while(|shape| shape.kind == Kind::Blank)
        .take_while(|shape| shape.kind != Kind::Blank && shape.kind != Kind::NameTime)
        .flat_map(|shape| lines.seen(shape).split([',', ';']).map(str::trim).map(str::to_owned).collect::<Vec<_>>())
        .filter(|name| !name.is_empty() && name.chars().count() <= labels::LONGEST)
        .collect();
    header.speakers = names.iter().map(|name| lines.names.id(name)).collect();
    header.lines = header.lines.max(title + 1);
}
