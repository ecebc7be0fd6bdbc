//! The transcript: which text is read, where the cursor stands, what is selected. Moving and selecting by every unit.
//!
//! Pure: keys come in as calls, the text is at hand, nothing is drawn. The cursor stands before a char; a selection has
//! two ends, of which one, the head, moves.

mod pointing;

pub use pointing::Grip;

use super::flow::{Anchor, Flow, Part};
use crate::project::id::{CodingId, SourceId};
use crate::session::Reading;
use crate::text::units::{self, Body, Lines};
use crate::text::{Pos, Span};
use std::sync::Arc;

/// What the cursor moves by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// A grapheme.
    Char,
    /// A word.
    Word,
    /// A sentence.
    Sentence,
    /// A row of the screen.
    Row,
    /// A turn; a paragraph where there are no turns.
    Turn,
    /// A page, or so many rows.
    Rows(u16),
}

/// What is selected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selection {
    /// The end that stays.
    pub anchor: Pos,
    /// The end that moves.
    pub head: Pos,
    /// Whether moving moves the head, rather than letting go.
    pub extending: bool,
    /// What was selected before each time it grew, to give back.
    trail: Vec<Span>,
    /// The coding whose extent this is, while that is being changed.
    pub resizing: Option<CodingId>,
}

impl Selection {
    fn of(span: Span) -> Self {
        Self { anchor: span.start, head: span.end, extending: false, trail: Vec::new(), resizing: None }
    }

    /// The chars it covers.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::between(self.anchor, self.head)
    }
}

/// A text being read.
pub struct Transcript {
    flow: Flow,
    lines: Lines,
    cursor: Pos,
    selection: Option<Selection>,
    /// The column that moving up and down keeps to.
    goal: Option<u16>,
    /// The first row of the page.
    pub top: Anchor,
    /// Which of the codings under the cursor is highlighted, counted round.
    pub hand: usize,
    /// Where the mouse put the cursor last: there the page does not move to keep rows around it in sight.
    steady: Option<Pos>,
}

impl Transcript {
    /// `reading` from its start, at `width` cells.
    #[must_use]
    pub fn new(reading: Arc<Reading>, width: u16) -> Self {
        let lines = Lines::of(&reading.text);
        let mut out = Self {
            flow: Flow::new(reading, width),
            lines,
            cursor: Pos(0),
            selection: None,
            goal: None,
            top: Anchor::default(),
            hand: 0,
            steady: None,
        };
        out.cursor = out.settled(Pos(0), true);
        out
    }

    /// The text.
    #[must_use]
    pub const fn reading(&self) -> &Arc<Reading> {
        self.flow.reading()
    }

    /// The source.
    #[must_use]
    pub fn source(&self) -> SourceId {
        self.reading().source
    }

    /// How it flows down the screen.
    #[must_use]
    pub const fn flow(&self) -> &Flow {
        &self.flow
    }

    /// Wraps to another width; the cursor stays.
    pub fn set_width(&mut self, width: u16) {
        if width.max(1) != self.flow.width() {
            let top = self.top_pos();
            self.flow = Flow::new(self.reading().clone(), width);
            self.goal = None;
            self.top = self.flow.anchor_of(top);
        }
    }

    /// The same text read anew (its turns were accepted again); the cursor stays.
    pub fn set_reading(&mut self, reading: Arc<Reading>) {
        self.flow = Flow::new(reading, self.flow.width());
        self.top = self.flow.anchor_of(self.cursor);
        self.cursor = self.settled(self.cursor, true);
        self.selection = None;
    }

    fn top_pos(&self) -> Pos {
        let start = self.reading().stretches.bytes(self.top.stretch).start;
        match self.flow.part(self.top.stretch) {
            Part::Words(_) => self.flow.pos_at(self.top, 0),
            _ => self.reading().text.pos(crate::text::BytePos(start)),
        }
    }

    /// Where the cursor stands. With a selection, at its moving end.
    #[must_use]
    pub const fn cursor(&self) -> Pos {
        self.cursor
    }

    /// The char that the cursor is drawn on: the last selected one where the selection grows forward.
    #[must_use]
    pub fn cursor_char(&self) -> Pos {
        match &self.selection {
            Some(selection) if selection.head > selection.anchor => {
                units::previous_grapheme(&self.reading().text, selection.head)
            }
            _ => self.cursor,
        }
    }

    /// What is selected.
    #[must_use]
    pub const fn selection(&self) -> Option<&Selection> {
        self.selection.as_ref()
    }

    /// The chars selected, without white space at either end; `None` if that leaves none.
    #[must_use]
    pub fn selected(&self) -> Option<Span> {
        let span = self.selection.as_ref()?.span();
        trimmed(&self.reading().text, span)
    }

    /// The turn that the cursor stands in.
    #[must_use]
    pub fn turn(&self) -> Option<usize> {
        self.reading().turns.last_from(self.cursor_char())
    }

    /// Puts the cursor before the char `at` and lets the selection go.
    pub fn go(&mut self, at: Pos) {
        self.selection = None;
        self.goal = None;
        self.hand = 0;
        self.cursor = self.settled(Pos(at.0.min(self.reading().text.chars())), true);
    }

    /// Lets the selection go; says whether there was one.
    pub fn let_go(&mut self) -> bool {
        let had = self.selection.take();
        if let Some(selection) = &had {
            self.cursor = self.settled(selection.span().start, true);
        }
        had.is_some()
    }

    /// Lets the selection go after coding: the cursor stands at the next sentence.
    pub fn move_on(&mut self) {
        if let Some(selection) = self.selection.take() {
            let end = selection.span().end;
            self.hand = 0;
            self.goal = None;
            self.cursor = self.sentence_from(end).map_or_else(|| self.settled(end, true), |span| span.start);
        }
    }

    // --- moving ---------------------------------------------------------------------------------------------------

    /// Moves the cursor, or the head of a selection that is being extended. Says whether it moved.
    pub fn step(&mut self, by: By, forward: bool) -> bool {
        let extending = self.selection.as_ref().is_some_and(|selection| selection.extending);
        if !extending && let Some(selection) = self.selection.take() {
            // Letting go: the cursor goes on from the end in whose direction it moves.
            let span = selection.span();
            self.cursor = if forward { units::previous_grapheme(&self.reading().text, span.end) } else { span.start };
        }
        let as_end = self.selection.as_ref().is_some_and(|s| s.head > s.anchor || (s.head == s.anchor && forward));
        let from = self.cursor;
        let to = match by {
            By::Row => self.row(from, if forward { 1 } else { -1 }),
            By::Rows(n) => self.row(from, if forward { i32::from(n) } else { -i32::from(n) }),
            by => {
                self.goal = None;
                if as_end { self.end_from(from, by, forward) } else { self.start_from(from, by, forward) }
            }
        };
        self.hand = 0;
        self.cursor = to;
        if let Some(selection) = &mut self.selection {
            selection.head = to;
            selection.trail.clear();
        }
        to != from
    }

    /// Moves to the start or end of the row.
    pub fn row_edge(&mut self, end: bool) {
        let at = self.flow.anchor_of(self.cursor);
        let to = self.flow.pos_at(at, if end { u16::MAX } else { 0 });
        self.put(to);
        self.goal = end.then_some(u16::MAX);
    }

    /// Moves to the start or end of the text.
    pub fn text_edge(&mut self, end: bool) {
        let to = if end { self.settled(Pos(self.reading().text.chars()), false) } else { self.settled(Pos(0), true) };
        self.put(to);
        self.goal = None;
    }

    /// Moves to the start of what a turn says.
    pub fn go_to_turn(&mut self, turn: usize) {
        if let Some(turn) = self.reading().turns.turns.get(turn) {
            let at = turn.body.start;
            self.go(at);
        }
    }

    fn put(&mut self, to: Pos) {
        match &mut self.selection {
            Some(selection) if selection.extending => selection.head = to,
            _ => self.selection = None,
        }
        self.hand = 0;
        self.cursor = to;
    }

    fn row(&mut self, from: Pos, by: i32) -> Pos {
        let goal = self.goal.unwrap_or_else(|| self.flow.column(from));
        self.goal = Some(goal);
        let mut at = self.flow.anchor_of(from);
        for _ in 0..by.unsigned_abs() {
            match self.flow.next_row(at, by > 0) {
                Some(next) => at = next,
                None => break,
            }
        }
        if at == self.flow.anchor_of(from) { from } else { self.flow.pos_at(at, goal) }
    }

    fn start_from(&self, from: Pos, by: By, forward: bool) -> Pos {
        let text = &self.reading().text;
        match (by, forward) {
            (By::Word, true) => self.settled(units::next_word_start(text, from), true),
            (By::Word, false) => self.settled(units::previous_word_start(text, from), false),
            (By::Sentence, true) => self.sentence_from(Pos(from.0 + 1)).map_or(from, |span| span.start),
            (By::Sentence, false) => self.sentence_before(from).map_or(from, |span| span.start),
            (By::Turn, _) => self.turn_start(from, forward).unwrap_or(from),
            (_, true) => self.settled(units::next_grapheme(text, from), true),
            (_, false) => self.settled(units::previous_grapheme(text, from), false),
        }
    }

    fn end_from(&self, from: Pos, by: By, forward: bool) -> Pos {
        let text = &self.reading().text;
        match (by, forward) {
            (By::Word, true) => units::next_word_end(text, from),
            (By::Word, false) => {
                let before = units::word_before(text, from);
                let earlier = before
                    .and_then(|word| if word.end < from { Some(word) } else { units::word_before(text, word.start) });
                earlier.map_or(from, |word| word.end)
            }
            (By::Sentence, true) => self
                .sentence_at(from)
                .filter(|s| s.end > from)
                .or_else(|| self.sentence_from(from))
                .map_or(from, |s| s.end),
            (By::Sentence, false) => {
                let here = self.sentence_at(units::previous_grapheme(text, from)).map_or(from, |span| span.start);
                self.sentence_before(here).map_or(from, |span| span.end)
            }
            (By::Turn, _) => self.turn_end(from, forward).unwrap_or(from),
            (_, true) => units::next_grapheme(text, from),
            (_, false) => units::previous_grapheme(text, from),
        }
    }

    /// A place where the cursor can stand, at `at` or near: never in a label, never on a blank line.
    fn settled(&self, at: Pos, forward: bool) -> Pos {
        let Reading { text, stretches, .. } = &**self.reading();
        let stretch = stretches.at(text.byte(at));
        let stands = |stretch: usize| matches!(self.flow.part(stretch), Part::Words(_));
        if stands(stretch) {
            return at;
        }
        let start = |stretch: usize| text.pos(crate::text::BytePos(stretches.bytes(stretch).start));
        let end = |stretch: usize| text.pos(crate::text::BytePos(stretches.bytes(stretch).end));
        let after = || (stretch + 1..stretches.count()).find(|&s| stands(s)).map(start);
        let before = || (0..stretch).rev().find(|&s| stands(s)).map(end);
        let found = if forward { after().or_else(before) } else { before().or_else(after) };
        found.unwrap_or(at)
    }

    // --- units ----------------------------------------------------------------------------------------------------

    /// What is said around `at`: the body of its turn, or what stands between turns.
    fn body(&self, at: Pos) -> Body {
        let Reading { text, turns, .. } = &**self.reading();
        let within = match turns.turn_at(at) {
            Some(turn) => turns.turns[turn].body,
            None => {
                let start = turns.last_from(at).map_or(Pos(0), |turn| turns.turns[turn].span.end);
                let next = turns.last_from(at).map_or(0, |turn| turn + 1);
                let end = turns.turns.get(next).map_or(Pos(text.chars()), |turn| turn.span.start);
                Span { start, end }
            }
        };
        Body { within, lines: self.lines }
    }

    /// The sentence at `at`.
    #[must_use]
    pub fn sentence_at(&self, at: Pos) -> Option<Span> {
        units::sentence_at(&self.reading().text, at, self.body(at))
    }

    /// The first sentence that starts at or after `at`.
    fn sentence_from(&self, at: Pos) -> Option<Span> {
        let text = &self.reading().text;
        let mut at = at;
        while at.0 < text.chars() {
            let body = self.body(at);
            if let Some(span) = units::sentence_after(text, at, body) {
                return Some(span);
            }
            // On to what is said next.
            let turns = &self.reading().turns;
            at = match turns.turn_at(at) {
                Some(turn) if at < turns.turns[turn].body.start => turns.turns[turn].body.start,
                Some(turn) => turns.turns[turn].span.end.max(Pos(at.0 + 1)),
                None => body.within.end.max(Pos(at.0 + 1)),
            };
            if let Some(turn) = turns.turn_at(at) {
                at = at.max(turns.turns[turn].body.start);
            }
        }
        None
    }

    /// The last sentence that starts before `at`.
    fn sentence_before(&self, at: Pos) -> Option<Span> {
        let text = &self.reading().text;
        let mut at = at;
        loop {
            if let Some(span) = units::sentence_before(text, at, self.body(at)) {
                return Some(span);
            }
            let start = match self.reading().turns.turn_at(at) {
                Some(turn) => self.reading().turns.turns[turn].span.start,
                None => self.body(at).within.start,
            };
            at = Pos(start.min(at).0.checked_sub(1)?);
            if let Some(span) = units::sentence_at(text, at, self.body(at)) {
                return Some(span);
            }
        }
    }

    /// The stretch that a turn's words, or where there are no turns a paragraph's, take up around `at`.
    fn turn_span(&self, at: Pos) -> Option<Span> {
        let turns = &self.reading().turns;
        if turns.turns.is_empty() {
            return units::paragraph_at(&self.reading().text, at, self.body(at));
        }
        turns.turn_at(at).map(|turn| turns.turns[turn].body).filter(|body| !body.is_empty())
    }

    fn turn_start(&self, from: Pos, forward: bool) -> Option<Pos> {
        let Reading { text, turns, .. } = &**self.reading();
        if turns.turns.is_empty() {
            let body = self.body(from);
            let found = if forward {
                units::paragraph_after(text, Pos(from.0 + 1), body)
            } else {
                units::paragraph_before(text, from, body)
            };
            return found.map(|span| span.start);
        }
        let here = turns.last_from(from);
        let to = match (forward, here) {
            (true, here) => here.map_or(0, |turn| turn + 1),
            (false, Some(turn)) if from > turns.turns[turn].body.start => turn,
            (false, here) => here?.checked_sub(1)?,
        };
        turns.turns.get(to).map(|turn| turn.body.start)
    }

    fn turn_end(&self, from: Pos, forward: bool) -> Option<Pos> {
        let turns = &self.reading().turns;
        if forward {
            let next = turns.turns.iter().skip(turns.last_from(from).unwrap_or(0)).find(|turn| turn.body.end > from);
            return next.map(|turn| turn.body.end);
        }
        let last = turns.last_from(units::previous_grapheme(&self.reading().text, from))?;
        Some(turns.turns.get(last.checked_sub(1)?)?.body.end)
    }

    // --- selecting ------------------------------------------------------------------------------------------------

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
        let turns = &self.reading().turns.turns;
        let first = self.reading().turns.last_from(span.start).unwrap_or(0).saturating_sub(1);
        let near = (first..turns.len()).take_while(|&turn| turns[turn].span.start <= span.end);
        let changes = near.filter(|&turn| turn > 0 && turns[turn].speaker != turns[turn - 1].speaker);
        changes.map(|turn| turns[turn].span.start).collect()
    }
}

/// `span` without white space at either end; `None` if that leaves nothing.
#[must_use]
pub fn trimmed(text: &crate::text::Text, span: Span) -> Option<Span> {
    let words = text.slice(span);
    let start = words.chars().take_while(|c| c.is_whitespace()).count() as u32;
    let end = words.chars().rev().take_while(|c| c.is_whitespace()).count() as u32;
    let kept = span.len().checked_sub(start + end).filter(|&kept| kept > 0)?;
    Some(Span::new(span.start.0 + start, span.start.0 + start + kept))
}
