//! Selecting words: by sentence, turn, growing and shrinking, freely.

use super::{By, Selection, Transcript};
use crate::project::id::CodingId;
use crate::text::units;
use crate::text::{Pos, Span};

impl Transcript {
    /// Selects these chars.
    pub fn select(&mut self, span: Span) {
        self.selection = Some(Selection::of(span));
        self.cursor = span.end;
        self.goal = None;
    }

    /// Takes the extent of a coding as a selection whose ends can be moved.
    pub fn resize(&mut self, coding: CodingId, span: Span) {
        self.select(span);
        if let Some(selection) = &mut self.selection {
            selection.extending = true;
            selection.resizing = Some(coding);
        }
    }

    /// Selects the sentence under the cursor; again, the next one too.
    pub fn select_sentence(&mut self) {
        let next = match &self.selection {
            Some(selection) => {
                let end = selection.span().end;
                self.sentence_at(end).filter(|span| span.end > end).or_else(|| self.sentence_from(end))
            }
            None => self.sentence_at(self.cursor).or_else(|| self.sentence_from(self.cursor)),
        };
        self.take_too(next);
    }

    /// Selects the turn under the cursor; again, the next one too.
    pub fn select_turn(&mut self) {
        let next = match &self.selection {
            Some(selection) => {
                let span = selection.span();
                let whole = self.turn_span(units::previous_grapheme(&self.reading().text, span.end));
                match whole {
                    Some(turn) if !span.covers(turn) => Some(turn),
                    _ => self.turn_start(span.end, true).and_then(|at| self.turn_span(at)),
                }
            }
            None => self.turn_span(self.cursor),
        };
        self.take_too(next);
    }

    fn take_too(&mut self, next: Option<Span>) {
        let Some(next) = next else { return };
        match &mut self.selection {
            Some(selection) => {
                let before = selection.span();
                let union = before.union(next);
                selection.trail.push(before);
                (selection.anchor, selection.head) = (union.start, union.end);
            }
            None => self.selection = Some(Selection::of(next)),
        }
        self.cursor = self.selection.as_ref().map_or(self.cursor, |selection| selection.head);
        self.goal = None;
    }

    /// Grows the selection to the next larger unit: word, sentence, paragraph, turn, question with its answer, source.
    pub fn grow(&mut self) {
        let text = &self.reading().text;
        let at = self.selection.as_ref().map_or(self.cursor, |selection| selection.span().start);
        let present = self.selection.as_ref().map(Selection::span);
        let body = self.body(at);
        let units = [
            units::word_at(text, at),
            units::sentence_at(text, at, body),
            units::paragraph_at(text, at, body),
            self.turn_span(at),
            self.question_and_answer(at),
            Some(text.whole()),
        ];
        let larger = units.into_iter().flatten().find(|unit| match present {
            Some(present) => unit.covers(present) && unit.len() > present.len(),
            None => !unit.is_empty(),
        });
        self.take_too(larger);
    }

    /// Gives back what the selection last grew by; lets it go if that was all.
    pub fn shrink(&mut self) {
        let Some(selection) = &mut self.selection else { return };
        match selection.trail.pop() {
            Some(span) => {
                (selection.anchor, selection.head) = (span.start, span.end);
                self.cursor = span.end;
            }
            None => {
                self.let_go();
            }
        }
    }

    /// The other end of the selection moves from now on.
    pub fn swap_ends(&mut self) {
        if let Some(selection) = &mut self.selection {
            std::mem::swap(&mut selection.anchor, &mut selection.head);
            selection.extending = true;
            selection.trail.clear();
            self.cursor = selection.head;
        }
    }

    /// Begins a free selection at the cursor, or stops extending.
    pub fn toggle_extending(&mut self) {
        match &mut self.selection {
            Some(selection) => selection.extending = !selection.extending,
            None => {
                let at = self.cursor;
                self.selection = Some(Selection { extending: true, ..Selection::of(Span { start: at, end: at }) });
            }
        }
    }

    /// Moves with the selection growing, whatever it was before: shift with an arrow.
    pub fn extend(&mut self, by: By, forward: bool) {
        match &mut self.selection {
            Some(selection) => selection.extending = true,
            None => self.toggle_extending(),
        }
        self.step(by, forward);
    }

    /// An interviewer's turn with the answers up to the next, found by who speaks first: whoever speaks in the turn
    /// before. Where only one person speaks there is no question.
    fn question_and_answer(&self, at: Pos) -> Option<Span> {
        let turns = &self.reading().turns;
        let here = turns.turn_at(at)?;
        let asks = turns.turns.first()?.speaker;
        let start = (0..=here).rev().find(|&turn| turns.turns[turn].speaker == asks)?;
        let next = (here.max(start) + 1..turns.turns.len()).find(|&turn| turns.turns[turn].speaker == asks);
        let end = next.unwrap_or(turns.turns.len()) - 1;
        Some(Span { start: turns.turns[start].body.start, end: turns.turns[end].body.end })
    }

    /// Where speakers change around `span`: the starts of turns that somebody else speaks than the turn before, from the
    /// turn it begins in to its end.
    #[must_use]
    pub fn borders(&self, span: Span) -> Vec<Pos> {
        self.reading().borders(span)
    }
}
