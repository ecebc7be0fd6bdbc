//! What recognition is unsure of, in plain sentences, and the labels that may be one speaker.

use super::accept::Verdict;
use super::hints::Hints;
use super::labels;
use super::layouts::{Family, Layout};
use super::recognise::{Recognition, SpeakerGuess};
use super::words::Known;
use crate::text::Text;

/// A text of one paragraph longer than this, in chars, is remarked on.
const LONG: u32 = 5_000;
/// At most so many pairs of labels are remarked on.
const SAID: usize = 5;
/// With more speakers than this, they are not compared with each other.
const MANY: usize = 80;

/// Pairs (this, that) of labels that may be one speaker.
pub(super) fn merges(speakers: &[SpeakerGuess], left_out: &[SpeakerGuess], layout: Layout) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    if speakers.len() > MANY || speakers.is_empty() || matches!(layout, Layout::Alternating) {
        return pairs;
    }
    let all: Vec<(String, &SpeakerGuess)> =
        speakers.iter().chain(left_out).map(|speaker| (labels::key(&speaker.label), speaker)).collect();
    for (i, (a, first)) in all.iter().enumerate() {
        for (b, second) in all.iter().skip(i + 1).filter(|_| i < speakers.len()) {
            // The shorter goes into the longer, a slip of the pen into what is meant.
            let shorter_first = a.chars().count() < b.chars().count();
            let (short, long) = if shorter_first { (first, second) } else { (second, first) };
            let (rare, often) = if first.count < second.count { (first, second) } else { (second, first) };
            if is_abbreviation(a, b) || is_part(&short.label, &long.label, speakers) {
                pairs.push((short.label.clone(), long.label.clone()));
            } else if labels::is_slip(a, b) && rare.count * 4 <= often.count {
                pairs.push((rare.label.clone(), often.label.clone()));
            } else if layout == Layout::Deposition
                && matches!((&*short.label, &*labels::key(&long.label)), ("A", "thewitness"))
            {
                pairs.push((long.label.clone(), short.label.clone()));
            }
        }
    }
    pairs
}

/// Whether both mean the same role, one is the start of the other, and they have the same number: `Int`, `Interviewer`.
fn is_abbreviation(a: &str, b: &str) -> bool {
    let ((stem_a, number_a), (stem_b, number_b)) = (labels::stem(a), labels::stem(b));
    let number = |number: &str| number.trim_start_matches('0').to_owned();
    let same_role = match (labels::known(a), labels::known(b)) {
        (Known::Speaker(a), Known::Speaker(b)) => a == b,
        _ => false,
    };
    let starts = stem_a.starts_with(stem_b) || stem_b.starts_with(stem_a);
    same_role && starts && number(number_a) == number(number_b)
}

/// Whether one is a name of which the other has more, and no other speaker shares it: `Dan`, `Dan Kerrigan`.
fn is_part(short: &str, long: &str, speakers: &[SpeakerGuess]) -> bool {
    let has = |name: &str| name.split_whitespace().count() > 1 && name.split_whitespace().any(|word| word == short);
    let is_word = short.chars().count() >= 3 && short.chars().all(char::is_alphabetic);
    is_word && has(long) && speakers.iter().filter(|speaker| has(&speaker.label)).count() == 1
}

/// What the analyst should know before accepting.
pub(super) fn warnings(
    text: &Text,
    found: &Recognition,
    taken: Option<&Verdict>,
    all: &[Verdict],
    hints: &Hints,
) -> Vec<String> {
    let mut said = Vec::new();
    let words = text.as_str();
    if text.chars() > LONG && text.paragraphs() == 1 {
        said.push(
            "All of the text is one paragraph; speakers are only looked for at the start of a line. Put line breaks \
             into the file before importing it if it has several."
                .to_owned(),
        );
    }
    match taken {
        Some(verdict) => {
            let (labelled, paragraphs) = (verdict.labelled, verdict.paragraphs);
            if labelled * 5 < paragraphs * 4 {
                said.push(format!(
                    "Only {labelled} of {paragraphs} paragraphs start with a speaker; the others are taken as words of \
                     the speaker before them."
                ));
            }
            if found.speakers.len() == 1 && verdict.family != Family::Pattern {
                said.push(format!("Only one speaker was found, “{}”.", found.speakers[0].label));
            }
        }
        None => {
            if let Some(layout) = hints.layout.filter(|layout| layout.has_speakers() && found.turns.turns.is_empty()) {
                said.push(format!("No line of this text has the layout “{layout}”."));
            }
            let auto = hints.layout.is_none() && hints.alternating.is_none();
            let is_word = |label: &str| matches!(labels::known(&labels::key(label)), Known::Speaker(_));
            let worth = |verdict: &&Verdict| {
                // Three lines of two hundred that begin alike are no news, unless they begin with `Moderator`.
                let known = found.left_out.iter().any(|speaker| is_word(&speaker.label));
                verdict.labelled >= 2 && (known || verdict.labelled * 10 >= verdict.paragraphs)
            };
            let missed = all.iter().filter(worth).max_by_key(|verdict| verdict.labelled);
            if let (true, Some(missed)) = (auto && !found.left_out.is_empty(), missed) {
                said.push(format!(
                    "No speakers were taken: {} of {} paragraphs start with what may be a label ({}), too few to be \
                     sure. Choose a layout if they are speakers.",
                    missed.labelled,
                    missed.paragraphs,
                    list(&found.left_out)
                ));
            }
        }
    }
    if taken.is_some() && !found.left_out.is_empty() {
        said.push(format!(
            "Not taken as speakers, as they come too rarely: {}. Their lines belong to the turn before them unless you \
             accept them.",
            list(&found.left_out)
        ));
    }
    for (this, that) in found.merges_offered.iter().take(SAID) {
        said.push(format!("“{this}” and “{that}” may be the same speaker."));
    }
    said.extend(times(text, found));
    if words.contains('\0') {
        said.push("The text holds NUL characters; it may not be plain text.".to_owned());
    }
    said
}

/// Labels with their counts: `Nurse (2), UNK (1)`.
fn list(speakers: &[SpeakerGuess]) -> String {
    let named: Vec<_> =
        speakers.iter().take(5).map(|speaker| format!("{} ({})", speaker.label, speaker.count)).collect();
    let more = speakers.len().saturating_sub(named.len());
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    named.join(", ") + &rest
}

/// Says if times go backwards. They may: recordings stop and start again.
fn times(text: &Text, found: &Recognition) -> Option<String> {
    let back = |pair: &&[super::Stamp]| pair[1].ms < pair[0].ms;
    let mut all = found.turns.stamps.windows(2).filter(back);
    let first = all.next()?;
    let count = 1 + all.count();
    let stamps = if count == 1 { "One time stamp is" } else { "Some time stamps are" };
    Some(format!(
        "{stamps} earlier than the one before ({count} in all; the first is {} after {}, in paragraph {}).",
        clock(first[1].ms),
        clock(first[0].ms),
        text.paragraph_of(first[1].span.start) + 1
    ))
}

/// A time as hours, minutes, seconds.
fn clock(ms: i64) -> String {
    let sign = if ms < 0 { "-" } else { "" };
    let seconds = ms.abs() / 1000;
    format!("{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
