//! Speaker turns and time stamps of a text: an overlay of spans that never changes a char of it.
//!
//! [`recognise`] guesses them from a plain text, with reasons and doubts, and takes corrections; what the analyst has
//! accepted is a [`Turns`], stored beside the text and not guessed again. This folder reads no files and knows neither
//! cases nor participants: a speaker is a label, as it stands in the text.

mod accept;
mod build;
mod doubts;
mod file;
mod find;
mod header;
mod hints;
mod labels;
mod layouts;
mod lines;
mod pattern;
mod recognise;
mod repeats;
mod roles;
mod said;
mod shapes;
mod stamps;
mod voices;
mod words;

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod correction_tests;
#[cfg(test)]
mod edge_tests;
#[cfg(test)]
mod law_tests;
#[cfg(test)]
mod layout_tests;
#[cfg(test)]
mod machine_tests;

pub use file::TurnsError;
pub use hints::Hints;
pub use layouts::Layout;
pub use recognise::{Recognition, RepeatedLine, SpeakerGuess, recognise};
pub use roles::Role;

use super::position::{Pos, Span};
use file::{Version, bare};
use serde::{Deserialize, Serialize};

/// The accepted turns and time stamps of one version of a text. Turns are in order and share no char; so are stamps.
///
/// What stands before the first turn (a header) is in no turn; neither are blank lines after a turn.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Turns {
    #[serde(default)]
    version: Version,
    /// The speakers' labels, each once, in order of first appearance; written as they most often stand in the text.
    pub labels: Vec<String>,
    /// The turns, by position.
    pub turns: Vec<Turn>,
    /// The time stamps, by position.
    #[serde(default)]
    pub stamps: Vec<Stamp>,
}

/// One speaker's stretch of a text. All spans count chars.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Turn {
    /// All of it, label included, to the end of its last line that has words.
    pub span: Span,
    /// What is drawn as the heading and is not said: the label with its separator and its time, and whatever stands
    /// above them and belongs to them (a time on a line of its own). None where the layout has no labels.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub label: Option<Span>,
    /// What is said, without white space at its ends. May be empty, and may hold line feeds.
    pub body: Span,
    /// Who speaks: an index into [`Turns::labels`]. None if the text does not say.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub speaker: Option<u32>,
    /// When it starts, in ms: the stamp of its label, else the nearest stamp before it. None if there is none or it
    /// is before zero.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub time: Option<u32>,
}

/// A time as it stands in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stamp {
    /// Its chars, brackets included; of a range of times both and what is between.
    pub span: Span,
    /// The time in ms; of a range its start. Below zero for times before a lift-off.
    pub ms: i64,
}

impl Turns {
    /// Turns made elsewhere (from a subtitle file, say). They must be in order and share no char, and so must the
    /// stamps; [`check`](Self::check) tells.
    #[must_use]
    pub fn new(labels: Vec<String>, turns: Vec<Turn>, stamps: Vec<Stamp>) -> Self {
        Self { version: Version, labels, turns, stamps }
    }

    /// The turn whose span holds the char at `at`. None in a header and on blank lines between turns.
    #[must_use]
    pub fn turn_at(&self, at: Pos) -> Option<usize> {
        let index = self.last_from(at)?;
        self.turns[index].span.holds(at).then_some(index)
    }

    /// The last turn that starts at or before `at`: where the reader is, blank lines included.
    #[must_use]
    pub fn last_from(&self, at: Pos) -> Option<usize> {
        self.turns.partition_point(|turn| turn.span.start <= at).checked_sub(1)
    }

    /// The first turn that starts after `at` and whose speaker (an index into the labels, or none) passes `wanted`.
    pub fn next_turn(&self, at: Pos, mut wanted: impl FnMut(Option<u32>) -> bool) -> Option<usize> {
        let from = self.turns.partition_point(|turn| turn.span.start <= at);
        (from..self.turns.len()).find(|&index| wanted(self.turns[index].speaker))
    }

    /// The last turn that starts before `at` and whose speaker passes `wanted`.
    pub fn previous_turn(&self, at: Pos, mut wanted: impl FnMut(Option<u32>) -> bool) -> Option<usize> {
        let before = self.turns.partition_point(|turn| turn.span.start < at);
        (0..before).rev().find(|&index| wanted(self.turns[index].speaker))
    }

    /// The turns that share a char with `span`, as a range of indices.
    #[must_use]
    pub fn turns_in(&self, span: Span) -> std::ops::Range<usize> {
        let from = self.turns.partition_point(|turn| turn.span.end <= span.start);
        let to = self.turns.partition_point(|turn| turn.span.start < span.end);
        from..to.max(from)
    }

    /// The last stamp that starts at or before `at`.
    #[must_use]
    pub fn stamp_before(&self, at: Pos) -> Option<Stamp> {
        let after = self.stamps.partition_point(|stamp| stamp.span.start <= at);
        after.checked_sub(1).map(|index| self.stamps[index])
    }

    /// The label of the turn at `index`, if it has one.
    #[must_use]
    pub fn label_of(&self, index: usize) -> Option<&str> {
        let speaker = self.turns.get(index)?.speaker?;
        self.labels.get(speaker as usize).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(start: u32, end: u32, speaker: u32) -> Turn {
        Turn {
            span: Span::new(start, end),
            label: Some(Span::new(start, start + 2)),
            body: Span::new(start + 3, end),
            speaker: Some(speaker),
            time: None,
        }
    }

    fn three() -> Turns {
        let stamps = vec![Stamp { span: Span::new(25, 30), ms: 7 }];
        let turns = vec![turn(10, 20, 0), turn(22, 40, 1), turn(40, 50, 0)];
        Turns::new(vec!["I".into(), "P".into()], turns, stamps)
    }

    #[test]
    fn a_turn_is_found_by_a_char_of_it_and_a_gap_has_none() {
        let turns = three();
        let at = |at| turns.turn_at(Pos(at));
        assert_eq!(
            [at(9), at(10), at(19), at(20), at(22), at(40), at(50)],
            [None, Some(0), Some(0), None, Some(1), Some(2), None]
        );
        assert_eq!(turns.last_from(Pos(21)), Some(0));
    }

    #[test]
    fn the_next_and_the_previous_turn_can_be_asked_of_some_speakers_only() {
        let turns = three();
        assert_eq!(turns.next_turn(Pos(10), |who| who == Some(0)), Some(2));
        assert_eq!(turns.previous_turn(Pos(40), |who| who == Some(0)), Some(0));
        assert_eq!(turns.next_turn(Pos(0), |_| true), Some(0));
        assert_eq!(turns.previous_turn(Pos(10), |_| true), None);
        assert_eq!(turns.turns_in(Span::new(20, 41)), 1..3);
        assert_eq!(turns.turns_in(Span::new(20, 22)), 1..1);
    }

    #[test]
    fn the_stamp_before_a_char_is_the_last_that_starts_there_or_earlier() {
        let turns = three();
        assert_eq!(turns.stamp_before(Pos(24)), None);
        assert_eq!(turns.stamp_before(Pos(25)).map(|stamp| stamp.ms), Some(7));
        assert_eq!(turns.stamp_before(Pos(99)).map(|stamp| stamp.ms), Some(7));
    }
}
