//! Recognising the turns of a plain text: reads the lines, judges the layouts, builds the turns of the best one, and
//! says what it is unsure of. Time is linear in the length of the text.

use super::accept::{self, Told, Verdict};
use super::build::{self, Built, Plan};
use super::header::{self, Header};
use super::hints::Hints;
use super::labels::NO_LABEL;
use super::layouts::{Family, Layout, NAMED};
use super::lines::{self, Lines};
use super::roles::Role;
use super::shapes::{INSIDE, Kind, NUMBERED, TIME_FIRST};
use super::stamps::Token;
use super::{Turns, doubts, pattern, repeats, voices};
use crate::text::Text;
use crate::text::position::Span;

/// What was recognised, to be shown, corrected and accepted.
#[derive(Clone, Debug)]
pub struct Recognition {
    /// The layout that was taken.
    pub layout: Layout,
    /// The overlay: turns, labels, stamps.
    pub turns: Turns,
    /// One for each of the labels of [`turns`](Self::turns), in the same order.
    pub speakers: Vec<SpeakerGuess>,
    /// Labels that were left out although they may be speakers: too rare, or not of this layout.
    pub left_out: Vec<SpeakerGuess>,
    /// Facts from the top of the text, as key and value: properties of the source, if the analyst agrees.
    pub header: Vec<(String, String)>,
    /// Lines of pages: headers, footers, marks. Still in the text and in its turns.
    pub repeated_lines: Vec<RepeatedLine>,
    /// Numbers at the start of lines, of lines or paragraphs: may be hidden; still in the text.
    pub line_numbers: Vec<Span>,
    /// Pairs of labels (this, that) that may be one speaker: for [`Hints::merge`].
    pub merges_offered: Vec<(String, String)>,
    /// How many chars lie outside every turn, white space not counted.
    pub unassigned: u32,
    /// What the analyst should know, a sentence each.
    pub warnings: Vec<String>,
    /// Other layouts that would find turns, the likelier first.
    pub alternatives: Vec<Layout>,
}

/// A speaker as recognised.
#[derive(Clone, PartialEq, Debug)]
pub struct SpeakerGuess {
    /// The label.
    pub label: String,
    /// How many turns it has (of one left out: lines).
    pub count: u32,
    /// What is said in up to three of them.
    pub examples: Vec<Span>,
    /// What the speaker may be.
    pub guess: Role,
}

/// A line that comes again and again, alike but for its numbers.
#[derive(Clone, PartialEq, Debug)]
pub struct RepeatedLine {
    /// The first of them.
    pub text: String,
    /// Where they are, in chars.
    pub spans: Vec<Span>,
}

/// Recognises the turns and time stamps of `text`, following what `hints` say. Never fails: where nothing is found, the
/// layout is [`Layout::OneVoice`] and there are no turns.
#[must_use]
pub fn recognise(text: &Text, hints: &Hints) -> Recognition {
    let mut lines = lines::read(text.as_str());
    if let Some(pattern) = &hints.pattern {
        pattern::mark(&mut lines, pattern);
    }
    let header = header::read(&mut lines);
    let told = told(&mut lines, hints);
    let verdicts: Vec<Verdict> =
        NAMED.iter().filter_map(|&family| accept::judge(&lines, family, &header, &told, false)).collect();
    let choice = choose(&lines, &header, &told, hints, &verdicts);
    let mut built = match &choice {
        Choice::Named(verdict) => build::build(&lines, header.lines, &Plan::Labels(verdict)),
        Choice::Dashes => build::build(&lines, header.lines, &Plan::Dashes),
        Choice::Alternating { dashes: true } => build::build(&lines, header.lines, &Plan::Dashes),
        Choice::Alternating { dashes: false } => build::build(&lines, header.lines, &paragraphs(&lines)),
        Choice::Timed | Choice::Nothing => Built::default(),
    };
    if let Choice::Alternating { .. } = choice {
        alternate(&mut lines, hints, &mut built);
    }
    let voices = voices::collect(&lines, &built, hints);
    let first = built.stretches.first().map_or(0, |stretch| stretch.start);
    drop_spoken_times(&mut lines, &built);
    let stamps = build::stamps(text, &lines.stamps, &vouched(&lines, &built, &choice), first);
    let turns = build::turns(text, &built, &lines.times, &stamps, &voices.places);
    let layout = layout_of(&choice, &built, &lines);
    let turns = Turns::new(voices.labels.clone(), turns, stamps);
    let speakers = voices.speakers(&lines, &built, &turns);
    let verdict = match &choice {
        Choice::Named(verdict) => Some(&**verdict),
        _ => None,
    };
    let left_out = voices::left_out(text, &lines, verdict, &verdicts);
    let merges_offered = doubts::merges(&speakers, &left_out, layout);
    let is_label = |shape: &super::shapes::Shape| verdict.is_some_and(|verdict| verdict.takes(shape));
    let repeated_lines = repeats::find(&lines, is_label)
        .iter()
        .map(|repeat| RepeatedLine {
            text: lines.seen(&lines.shapes[repeat.lines[0]]).to_owned(),
            spans: repeat
                .lines
                .iter()
                .map(|&line| span(text, lines.shapes[line].visible, lines.shapes[line].end))
                .collect(),
        })
        .collect();
    let mut recognition = Recognition {
        layout,
        unassigned: unassigned(text.as_str(), &built),
        turns,
        speakers,
        left_out,
        header: header.facts.clone(),
        repeated_lines,
        line_numbers: line_numbers(text, &lines),
        merges_offered,
        warnings: Vec::new(),
        alternatives: alternatives(&lines, &header, &verdicts, layout),
    };
    recognition.warnings = doubts::warnings(text, &recognition, verdict, &verdicts, hints);
    recognition
}

/// Whose lines start the turns.
enum Choice {
    Named(Box<Verdict>),
    Dashes,
    Alternating { dashes: bool },
    Timed,
    Nothing,
}

fn choose(lines: &Lines<'_>, header: &Header, told: &Told, hints: &Hints, verdicts: &[Verdict]) -> Choice {
    let dashed = || {
        let (dashed, all) = accept::dashed_paragraphs(lines, header);
        dashed >= 4 && dashed * 2 >= all
    };
    let named = |verdict: Option<Verdict>| verdict.map_or(Choice::Nothing, |verdict| Choice::Named(Box::new(verdict)));
    let forced = |family| accept::judge(lines, family, header, told, true).filter(|verdict| verdict.labelled > 0);
    if hints.alternating.is_some() || hints.layout == Some(Layout::Alternating) {
        return Choice::Alternating { dashes: dashed() };
    }
    if hints.pattern.is_some() {
        return named(forced(Family::Pattern));
    }
    match hints.layout {
        Some(Layout::OneVoice) => Choice::Nothing,
        Some(Layout::Timed) => Choice::Timed,
        Some(Layout::Dash) => Choice::Dashes,
        Some(Layout::Table) => {
            let both = [forced(Family::Cells), forced(Family::LastCell)];
            named(both.into_iter().flatten().max_by_key(|verdict| verdict.labelled))
        }
        Some(layout) => named(layout.family().and_then(forced)),
        None => {
            let taken = verdicts.iter().filter(|verdict| verdict.taken);
            // Of equals the first, which is the likelier.
            match taken.rev().max_by_key(|verdict| verdict.labelled) {
                Some(best) => Choice::Named(Box::new(best.clone())),
                None if dashed() => Choice::Dashes,
                None => {
                    let (timed, all) = accept::timed_paragraphs(lines, header);
                    if timed >= 3 && timed * 2 >= all { Choice::Timed } else { Choice::Nothing }
                }
            }
        }
    }
}

/// The corrections with labels as numbers.
fn told(lines: &mut Lines<'_>, hints: &Hints) -> Told {
    let names = &mut lines.names;
    let mut ids = |labels: &[String]| labels.iter().map(|label| names.id(label)).collect();
    let told = Told {
        accept: ids(&hints.accept),
        reject: ids(&hints.reject),
        only_accepted: hints.only_accepted,
        merge: hints.merge.iter().map(|(this, that)| (names.id(this), names.id(that))).collect(),
    };
    for shape in lines.shapes.iter_mut().filter(|shape| told.accept.contains(&shape.label)) {
        shape.flags &= !INSIDE;
    }
    told
}

/// Turns at paragraphs; only at those after blank lines, if the text has such.
fn paragraphs(lines: &Lines<'_>) -> Plan<'static> {
    let pairs = lines.shapes.windows(2).filter(|pair| pair[1].has(super::shapes::OPENS));
    let (spaced, all) =
        pairs.fold((0, 0), |(spaced, all), pair| (spaced + u32::from(pair[0].kind == Kind::Blank), all + 1));
    Plan::Paragraphs(spaced * 3 > all)
}

/// Gives the turns to two speakers by turns.
fn alternate(lines: &mut Lines<'_>, hints: &Hints, built: &mut Built) {
    let (first, second) = hints.alternating.clone().unwrap_or_else(|| ("Speaker 1".into(), "Speaker 2".into()));
    let ids = [lines.names.id(&first), lines.names.id(&second)];
    for (index, stretch) in built.stretches.iter_mut().enumerate() {
        stretch.speaker = ids[index % 2];
    }
}

/// Where turns have times of their own, a bare time within a sentence is something that was said: `It is 2:18:00.`
fn drop_spoken_times(lines: &mut Lines<'_>, built: &Built) {
    let own = built.stretches.iter().filter(|stretch| stretch.time != u32::MAX).count();
    if own * 2 <= built.stretches.len() {
        return;
    }
    let mut placed: Vec<usize> = lines.times.iter().map(|token| token.start).collect();
    placed.sort_unstable();
    lines.stamps.retain(|token| token.enclosed || placed.binary_search(&token.start).is_ok());
}

/// Times that only their place shows to be times, and that stand in the right place.
fn vouched(lines: &Lines<'_>, built: &Built, choice: &Choice) -> Vec<Token> {
    let weak = |index: u32| lines.times.get(index as usize).filter(|token| !token.sure).copied();
    match choice {
        Choice::Timed => {
            let starts = lines.shapes.iter().filter(|shape| shape.kind == Kind::Time || shape.has(TIME_FIRST));
            starts.filter_map(|shape| weak(shape.time)).collect()
        }
        _ => built.stretches.iter().filter_map(|stretch| weak(stretch.time)).collect(),
    }
}

/// The layout by its name, from what the turns have in common.
fn layout_of(choice: &Choice, built: &Built, lines: &Lines<'_>) -> Layout {
    let verdict = match choice {
        Choice::Named(verdict) => verdict,
        Choice::Dashes => return Layout::Dash,
        Choice::Alternating { .. } => return Layout::Alternating,
        Choice::Timed => return Layout::Timed,
        Choice::Nothing => return Layout::OneVoice,
    };
    let traits = &built.traits;
    let most = |count: usize| count * 2 > traits.turns;
    let above =
        traits.times >= 2 && traits.times_above * 10 >= traits.times * 8 && traits.times_above * 20 >= traits.turns;
    match verdict.family {
        Family::Colon if above && traits.days * 2 > traits.times => Layout::AirGround,
        Family::Colon if above => Layout::TimeAbove,
        Family::Colon if most(traits.tabbed) => Layout::ChatLog,
        Family::Colon if most(traits.time_first) => Layout::TimeFirst,
        Family::Colon if most(traits.time_after) => Layout::TimeInLabel,
        Family::Colon if most(traits.bare) => Layout::OwnLine,
        Family::Colon if most(times_at_ends(built, lines)) => Layout::TimeLast,
        Family::Colon if most(traits.numbered) => Layout::Numbered,
        Family::TimeLine if most(traits.name_after_time) => Layout::TimeAndName,
        family => family.layout(),
    }
}

/// How many turns end with a time stamp.
fn times_at_ends(built: &Built, lines: &Lines<'_>) -> usize {
    let ends_one = |end: u32| lines.stamps.binary_search_by_key(&(end as usize), |token| token.end).is_ok();
    built.stretches.iter().filter(|stretch| ends_one(stretch.body.1)).count()
}

/// The chars outside of turns that are not white.
fn unassigned(words: &str, built: &Built) -> u32 {
    let mut from = 0;
    let mut count = 0;
    let seen = |part: &str| part.chars().filter(|&c| !super::labels::is_blank(c)).count();
    for stretch in &built.stretches {
        count += seen(&words[from..stretch.start as usize]);
        from = stretch.end as usize;
    }
    (count + seen(&words[from..])) as u32
}

/// The numbers before lines, if most lines or paragraphs have one.
fn line_numbers(text: &Text, lines: &Lines<'_>) -> Vec<Span> {
    let is_numbered = |shape: &&super::shapes::Shape| shape.has(NUMBERED) || shape.kind == Kind::Number;
    let seen = lines.shapes.iter().filter(|shape| shape.kind != Kind::Blank).count();
    let numbered = lines.shapes.iter().filter(is_numbered).count();
    if numbered < 5 || numbered * 2 < seen {
        return Vec::new();
    }
    let number = |shape: &super::shapes::Shape| {
        let digits = lines.seen(shape).bytes().take_while(u8::is_ascii_digit).count() as u32;
        span(text, shape.visible, shape.visible + digits)
    };
    lines.shapes.iter().filter(is_numbered).map(number).filter(|span| !span.is_empty()).collect()
}

/// Other layouts that find at least two turns.
fn alternatives(lines: &Lines<'_>, header: &Header, verdicts: &[Verdict], layout: Layout) -> Vec<Layout> {
    let chosen = layout.family();
    let mut found: Vec<(u32, Layout)> = verdicts
        .iter()
        .filter(|verdict| Some(verdict.family) != chosen && verdict.labelled >= 2)
        .map(|verdict| (verdict.labelled, verdict.family.layout()))
        .filter(|(_, other)| *other != layout)
        .collect();
    found.sort_by_key(|&(labelled, _)| std::cmp::Reverse(labelled));
    let (dashed, _) = accept::dashed_paragraphs(lines, header);
    if dashed >= 4 || layout == Layout::Dash {
        let dashes = (layout != Layout::Dash).then_some((dashed, Layout::Dash));
        found.extend(dashes);
        found.push((dashed, Layout::Alternating));
    }
    let mut alternatives: Vec<Layout> = Vec::new();
    for (_, layout) in found {
        if !alternatives.contains(&layout) {
            alternatives.push(layout);
        }
    }
    alternatives
}

/// A range of bytes in chars.
pub(super) fn span(text: &Text, from: u32, to: u32) -> Span {
    text.span(from as usize..to as usize)
}

impl Verdict {
    /// Whether a line starts a turn.
    pub(super) fn takes(&self, shape: &super::shapes::Shape) -> bool {
        let label = accept::label_of(self.family, shape);
        label != NO_LABEL && self.speaker[label as usize] != NO_LABEL
    }
}
