//! Labels found by a pattern of the analyst's own.

use super::find::floor;
use super::labels::{NO_LABEL, is_blank};
use super::lines::Lines;
use super::shapes::{Kind, TIME_AFTER, TIME_FIRST};
use super::stamps::{self, Token};
use regex::Regex;

/// How many bytes of a line the pattern sees.
const REACH: usize = 400;

/// Searches every line and marks those where `pattern` matches at the first visible char.
pub(super) fn mark(lines: &mut Lines<'_>, pattern: &Regex) {
    let words = lines.words;
    for shape in &mut lines.shapes {
        if shape.kind == Kind::Blank {
            continue;
        }
        let start = shape.visible as usize;
        let reach = floor(words, (shape.end as usize).min(start + REACH));
        let found = pattern.captures(&words[start..reach.max(start)]);
        let Some((captures, all)) = found.as_ref().and_then(|c| Some((c, c.get(0)?))).filter(|(_, m)| m.start() == 0)
        else {
            if matches!(shape.kind, Kind::Own) {
                shape.kind = Kind::Text;
            }
            continue;
        };
        let name = captures.name("speaker").or_else(|| captures.get(1)).unwrap_or(all);
        let raw = name.as_str().trim_matches(|c: char| is_blank(c) || matches!(c, ':' | '：'));
        if raw.is_empty() || all.is_empty() {
            continue;
        }
        let from = start + name.start() + (name.as_str().find(raw).unwrap_or(0));
        shape.kind = Kind::Own;
        shape.name = (from as u32, (from + raw.len()) as u32);
        shape.label = lines.names.id(raw);
        shape.last = NO_LABEL;
        let end = start + all.end();
        let gap = words[end..shape.end as usize].find(|c| !is_blank(c)).unwrap_or(shape.end as usize - end);
        shape.head = (end + gap) as u32;
        shape.tail = shape.end;
        if let Some(time) = captures.name("time") {
            let within = time.as_str().as_bytes();
            if let Some(token) = (0..within.len()).find_map(|at| stamps::at(within, at)) {
                let offset = start + time.start();
                lines.times.push(Token { start: offset + token.start, end: offset + token.end, ..token });
                shape.time = lines.times.len() as u32 - 1;
                shape.flags = (shape.flags & !TIME_FIRST) | TIME_AFTER;
            }
        }
    }
}
