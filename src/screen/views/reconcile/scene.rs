//! What the words show: which text, which words of it are in hand, what each coder has on them.
//!
//! Made when something is chosen or changes, so that a frame asks nothing of the project.

use super::words;
use crate::findings::check_again::Entry;
use crate::findings::consensus::Consensus;
use crate::findings::kept::{common, joined};
use crate::findings::queue::{Item, Queue};
use crate::project::id::{CoderId, SourceId};
use crate::project::view::{View, Whose};
use crate::text::Span;

/// How far around the words in hand it is looked what else was coded, in chars.
const AROUND: u32 = 3000;

/// Whose margin a column is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Margin {
    /// The coder at this place of the round.
    Coder(usize),
    /// What was settled.
    Consensus,
}

/// A margin beside the words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Whose.
    pub whose: Margin,
    /// Its letter.
    pub letter: String,
    /// What is in hand of it.
    pub spans: Vec<Span>,
    /// What else is there, of other codes of the round.
    pub others: Vec<Span>,
}

/// What the words show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scene {
    /// The source.
    pub source: SourceId,
    /// From the first to the last char in hand.
    pub span: Span,
    /// The colour of the code in hand.
    pub hue: u8,
    /// The words that all who have any have.
    pub shared: Vec<Span>,
    /// All words in hand.
    pub union: Vec<Span>,
    /// The margins.
    pub columns: Vec<Column>,
    /// What could be coded; nothing is left out where it is empty.
    pub scope: Vec<Span>,
}

fn around(span: Span) -> Span {
    Span::new(span.start.0.saturating_sub(AROUND), span.end.0.saturating_add(AROUND))
}

/// The scene of an item, with the consensus beside it where that is asked for.
#[must_use]
pub fn of_item(view: &View<'_>, queue: &Queue, item: &Item, held: Option<&Consensus>) -> Scene {
    let near = around(item.span);
    let mut columns: Vec<Column> = item
        .desk
        .iter()
        .map(|coder| Column {
            whose: Margin::Coder(words::place_of(queue, *coder).unwrap_or(0)),
            letter: words::letter(queue, *coder),
            spans: item.extent_of(*coder),
            others: Vec::new(),
        })
        .collect();
    for mark in queue.basis.marks.iter().filter(|mark| mark.source == item.source && mark.span.overlaps(near)) {
        let Some(place) = item.desk.iter().position(|coder| *coder == mark.coder) else { continue };
        if !item.codes.contains(&mark.code) || !mark.span.overlaps(item.span) {
            columns[place].others.push(mark.span);
        }
    }
    if let Some(held) = held {
        let here = held.held.iter().filter(|held| held.source == item.source && held.at.overlaps(near));
        let (spans, others) =
            here.partition::<Vec<_>, _>(|held| item.codes.contains(&held.code) && held.at.overlaps(item.span));
        let at = |all: Vec<&crate::findings::consensus::Held>| all.into_iter().map(|held| held.at).collect();
        columns.push(Column { whose: Margin::Consensus, letter: "=".into(), spans: at(spans), others: at(others) });
    }
    let scope = queue.basis.sheet(item.source).map(|sheet| sheet.kept.spans().to_vec()).unwrap_or_default();
    Scene {
        source: item.source,
        span: item.span,
        hue: hue(view, item.codes.first().copied()),
        shared: item.shared(),
        union: joined(item.seen.iter().map(|piece| piece.at.span)),
        columns,
        scope,
    }
}

/// The scene of a coding that is checked again.
#[must_use]
pub fn of_entry(view: &View<'_>, entry: &Entry, code: crate::project::id::CodeId) -> Scene {
    Scene {
        source: entry.source,
        span: entry.at,
        hue: hue(view, Some(code)),
        shared: vec![entry.at],
        union: vec![entry.at],
        columns: Vec::new(),
        scope: Vec::new(),
    }
}

fn hue(view: &View<'_>, code: Option<crate::project::id::CodeId>) -> u8 {
    code.and_then(|code| view.code(code)).map_or(0, |node| node.code.colour)
}

impl Scene {
    /// How a char stands: in hand with all who have any, with some, or not.
    #[must_use]
    pub fn hold(&self, at: crate::text::Pos) -> Hold {
        let within = |spans: &[Span]| spans.iter().any(|span| span.holds(at));
        if within(&self.shared) {
            Hold::Shared
        } else if within(&self.union) {
            Hold::Some
        } else {
            Hold::No
        }
    }

    /// Whether a char could be coded.
    #[must_use]
    pub fn in_scope(&self, at: crate::text::Pos) -> bool {
        self.scope.is_empty() || self.scope.iter().any(|span| span.holds(at))
    }

    /// Where what is drawn changes within `span`.
    #[must_use]
    pub fn borders(&self, span: Span) -> Vec<crate::text::Pos> {
        let all = self.shared.iter().chain(&self.union).chain(&self.scope);
        all.filter(|other| other.overlaps(span)).flat_map(|other| [other.start, other.end]).collect()
    }
}

/// How a char stands to what is in hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hold {
    /// All who have any have it.
    Shared,
    /// Some of them have it.
    Some,
    /// Nobody has it.
    No,
}

/// The words that only one coder of an item has; nothing where all is shared.
#[must_use]
pub fn alone(item: &Item, coder: CoderId) -> Vec<Span> {
    let others = joined(item.seen.iter().filter(|piece| piece.coder != coder).map(|piece| piece.at.span));
    let mine = item.extent_of(coder);
    let both = common(&mine, &others);
    // What is mine less what is both: the borders of both cut mine.
    let mut out = Vec::new();
    for span in mine {
        let mut at = span.start.0;
        for cut in both.iter().filter(|cut| cut.overlaps(span)) {
            if cut.start.0 > at {
                out.push(Span::new(at, cut.start.0));
            }
            at = at.max(cut.end.0);
        }
        if at < span.end.0 {
            out.push(Span::new(at, span.end.0));
        }
    }
    out
}

/// The codings of an item's pieces by one coder: for their comments.
#[must_use]
pub fn comments(view: &View<'_>, item: &Item, coder: CoderId) -> Vec<String> {
    let all = view.showing(Whose::Everybody);
    let mut out: Vec<String> = Vec::new();
    for span in item.extent_of(coder) {
        all.codings_within(item.source, span, |seen| {
            let theirs = seen.coding.coder == coder && item.codes.contains(&seen.code) && seen.span.overlaps(span);
            if theirs && !seen.coding.comment.is_empty() && !out.contains(&seen.coding.comment) {
                out.push(seen.coding.comment.clone());
            }
        });
    }
    out
}

/// The other codes of the round that a coder has on the words of an item.
#[must_use]
pub fn others(queue: &Queue, item: &Item, coder: CoderId) -> Vec<crate::project::id::CodeId> {
    let mut out = Vec::new();
    for mark in &queue.basis.marks {
        let here = mark.source == item.source && mark.coder == coder && mark.span.overlaps(item.span);
        if here && !item.codes.contains(&mark.code) && !out.contains(&mark.code) {
            out.push(mark.code);
        }
    }
    out
}
