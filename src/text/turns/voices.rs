//! The speakers of the turns that were built: how they are called, how often they speak, what they may be.

use super::Turns;
use super::accept::{Verdict, label_of};
use super::build::Built;
use super::hints::Hints;
use super::labels::{self, NO_LABEL};
use super::lines::Lines;
use super::recognise::{SpeakerGuess, span};
use super::roles::{self, Voice};
use crate::text::Text;
use crate::text::position::Span;

/// How many ways of writing a label are counted.
const VARIANTS: usize = 16;

/// The speakers in order of first appearance.
pub(super) struct Voices {
    /// Per label of the lines: its place among the speakers, or [`NO_LABEL`].
    pub(super) places: Vec<u32>,
    /// As they are shown.
    pub(super) labels: Vec<String>,
}

/// One way in which a speaker's label is written.
struct Variant<'a> {
    name: &'a str,
    /// Whether it is the label itself, not one with a note or merged into it.
    own: bool,
    count: u32,
}

/// Names the speakers of the turns: each as it stands most often in the text.
pub(super) fn collect(lines: &Lines<'_>, built: &Built, hints: &Hints) -> Voices {
    let mut places = vec![NO_LABEL; lines.names.len()];
    let mut variants: Vec<(u32, Vec<Variant<'_>>)> = Vec::new();
    for stretch in &built.stretches {
        if stretch.speaker == NO_LABEL {
            continue;
        }
        let place = &mut places[stretch.speaker as usize];
        if *place == NO_LABEL {
            *place = variants.len() as u32;
            variants.push((stretch.speaker, Vec::new()));
        }
        let name = lines.slice(stretch.name);
        let of = &mut variants[*place as usize].1;
        if let Some(variant) = of.iter_mut().find(|variant| variant.name == name) {
            variant.count += 1;
        } else if of.len() < VARIANTS && !name.is_empty() {
            of.push(Variant { name, own: stretch.is_own_name, count: 1 });
        }
    }
    let given = given_names(hints);
    let labels = variants
        .iter()
        .map(|(id, variants)| {
            // The speaker's own name, not one with a note or merged into it; the commonest; of equals the first.
            let most = variants.iter().rev().max_by_key(|variant| (variant.own, variant.count));
            let own = most.filter(|variant| variant.own).map(|variant| labels::shown(variant.name));
            let told = || given.iter().find(|name| lines.names.find(name) == Some(*id)).map(|name| labels::shown(name));
            let cut =
                || most.map(|variant| labels::shown(variant.name.split(['(', '（']).next().unwrap_or(variant.name)));
            own.or_else(told).or_else(cut).unwrap_or_default()
        })
        .collect();
    Voices { places, labels }
}

/// Names that the analyst gave and that need not stand in the text.
fn given_names(hints: &Hints) -> Vec<&str> {
    let merged = hints.merge.iter().map(|(_, that)| that.as_str());
    let (first, second) = hints.alternating.as_ref().map_or(("Speaker 1", "Speaker 2"), |(a, b)| (a, b));
    merged.chain([first, second]).collect()
}

impl Voices {
    /// The speakers with counts, examples and a guess at their roles. Parallel to [`Turns::labels`].
    pub(super) fn speakers(&self, lines: &Lines<'_>, built: &Built, turns: &Turns) -> Vec<SpeakerGuess> {
        let number = self.labels.len();
        let mut counts = vec![(0_u32, 0_u32); number];
        let mut examples: Vec<Vec<Span>> = vec![Vec::new(); number];
        for (turn, stretch) in turns.turns.iter().zip(&built.stretches) {
            let Some(speaker) = turn.speaker.map(|speaker| speaker as usize) else { continue };
            counts[speaker].0 += 1;
            counts[speaker].1 += u32::from(asks(lines.slice(stretch.body)));
            if examples[speaker].len() < 3 && !turn.body.is_empty() {
                examples[speaker].push(turn.body);
            }
        }
        let voices: Vec<Voice<'_>> = (self.labels.iter().zip(&counts))
            .map(|(label, &(turns, questions))| Voice { label, turns, questions })
            .collect();
        let roles = roles::guess(&voices);
        let guess = |((label, (count, _)), (examples, guess))| SpeakerGuess { label, count, examples, guess };
        self.labels.iter().cloned().zip(counts).zip(examples.into_iter().zip(roles)).map(guess).collect()
    }
}

/// Whether something is asked.
fn asks(said: &str) -> bool {
    memchr::memchr(b'?', said.as_bytes()).is_some() || said.contains(['？', '؟'])
}

/// The labels that were left out: of the layout taken, or of the likeliest if none was.
pub(super) fn left_out(text: &Text, lines: &Lines<'_>, taken: Option<&Verdict>, all: &[Verdict]) -> Vec<SpeakerGuess> {
    let Some(verdict) = taken.or_else(|| all.iter().max_by_key(|verdict| verdict.labelled)) else { return Vec::new() };
    let ids = if taken.is_some() { &verdict.rare } else { &verdict.common };
    let mut found = Vec::new();
    for &(id, count) in ids {
        let of = lines.shapes.iter().filter(|shape| {
            let label = label_of(verdict.family, shape);
            label != NO_LABEL && verdict.counted_as[label as usize] == id
        });
        let firsts: Vec<_> = of.take(3).collect();
        let Some(first) = firsts.first() else { continue };
        let label = labels::shown(lines.name_in(verdict.family, first));
        let examples = firsts.iter().map(|shape| span(text, shape.head, shape.end)).collect();
        let guess = roles::guess(&[Voice { label: &label, turns: count, questions: 0 }])[0];
        found.push(SpeakerGuess { label, count, examples, guess });
    }
    found
}
