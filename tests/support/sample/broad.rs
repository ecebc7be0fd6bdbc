//! The first reading: one broad code on whole turns, laid by both coders together.

use super::maker::{Maker, Timeline};
use super::people::hour;
use super::working::Working;
use emic::project::source::Who;
use emic::text::units::{Body, Lines, paragraphs};
use emic::text::{Span, Text};
use jiff::ToSpan;
use std::rc::Rc;

pub fn plan(timeline: &mut Timeline, working: &Rc<Working>) {
    for entry in &working.study.sources {
        let day = entry.collected.checked_add(working.broad.days_after.days()).expect("a day");
        for coder in &working.broad.coders {
            let file = entry.file.clone();
            timeline.at(hour(day, 10), coder, move |maker| {
                for span in passages(maker, &file) {
                    let key = maker.working.broad.code.clone();
                    maker.lay(&file, span, &key, "");
                }
            });
        }
    }
}

/// The passages of a source that are about the matter: what one person or several say in a row is one answer, of which
/// neighbouring turns become one passage.
fn passages(maker: &Maker, file: &str) -> Vec<Span> {
    let working = &maker.working;
    let (source, transcript) = &maker.sources[file];
    let marks = working.text(file).marks.iter().map(|mark| mark.span);
    let also = working.broad.also.iter().filter(|(of, _)| of == file).map(|(_, words)| working.find(file, words));
    let said: Vec<Span> = marks.chain(also).collect();
    let is_about = |unit: &Span| said.iter().any(|span| span.overlaps(*unit));
    let turns = &transcript.turns;
    let view = maker.view();
    let is_participant =
        |turn: usize| turns.label_of(turn).is_some_and(|label| matches!(view.who(*source, label), Who::Participant(_)));
    let units: Vec<Option<Span>> = if turns.turns.is_empty() {
        // The first paragraph says that all is simulated.
        paragraphs_of(&transcript.text).into_iter().skip(1).map(Some).collect()
    } else {
        (0..turns.turns.len()).map(|turn| is_participant(turn).then(|| turns.turns[turn].body)).collect()
    };
    let mut out: Vec<Span> = Vec::new();
    let mut goes_on = false;
    for unit in units {
        let Some(unit) = unit.filter(is_about) else {
            goes_on = false;
            continue;
        };
        match out.last_mut() {
            Some(last) if goes_on => last.end = unit.end,
            _ => out.push(unit),
        }
        goes_on = true;
    }
    out
}

fn paragraphs_of(text: &Text) -> Vec<Span> {
    paragraphs(text, Body { within: text.whole(), lines: Lines::of(text) }).collect()
}
