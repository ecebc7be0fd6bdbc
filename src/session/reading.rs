//! A text made ready to be read: its paragraphs, turns and stretches.

use crate::project::id::SourceId;
use crate::text::stretch::Stretches;
use crate::text::turns::Turns;
use crate::text::{BytePos, Pos, Span, Text};
use std::sync::Arc;

/// A text with its turns, ready to be read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The source.
    pub source: SourceId,
    /// The version.
    pub version: u32,
    /// The words.
    pub text: Text,
    /// Who speaks where; empty where no turns were accepted.
    pub turns: Arc<Turns>,
    /// The stretches that are wrapped one by one.
    pub stretches: Arc<Stretches>,
}

impl Reading {
    /// A text with its turns. Takes a pass over the text.
    #[must_use]
    pub fn new(source: SourceId, version: u32, words: &str, turns: Turns) -> Self {
        let text = Text::new(words);
        let cuts: Vec<BytePos> =
            turns.turns.iter().flat_map(|turn| [turn.span.start, turn.body.start]).map(|at| text.byte(at)).collect();
        let stretches = Arc::new(Stretches::new(&text, cuts));
        Self { source, version, text, turns: Arc::new(turns), stretches }
    }

    /// Where speakers change around `span`: the starts of turns that somebody else speaks than the turn before, from the
    /// turn it begins in to its end.
    #[must_use]
    pub fn borders(&self, span: Span) -> Vec<Pos> {
        let turns = &self.turns.turns;
        let first = self.turns.last_from(span.start).unwrap_or(0).saturating_sub(1);
        let near = (first..turns.len()).take_while(|&turn| turns[turn].span.start <= span.end);
        let changes = near.filter(|&turn| turn > 0 && turns[turn].speaker != turns[turn - 1].speaker);
        changes.map(|turn| turns[turn].span.start).collect()
    }
}
