//! The grounds of a round: for each source of its cases what of the text can be coded, and the units agreement is
//! counted on.
//!
//! What can be coded are the words of participants' turns, without label and time (interviewers' too if everyone is in
//! scope); all of a source without turns; and of that only what lies within the passages of an earlier code, where the
//! round is held within such. Headers and labels are never in it. Units are listed whether in scope or not, without the
//! white space around them: whoever counts takes of each what is in scope.

use crate::project::id::{CaseId, CodeId, SourceId};
use crate::project::round::{Ground, Scope, Unit};
use crate::project::source::{Passage, Source, Who};
use crate::project::view::{View, Whose};
use crate::text::turns::Turns;
use crate::text::units::{Body, Lines, paragraphs, sentences, words};
use crate::text::{Pos, Span, Text};
use std::collections::HashSet;
use std::sync::Arc;

/// The present text of a source with its accepted turns.
#[derive(Clone, Debug)]
pub struct Transcript {
    /// The words.
    pub text: Text,
    /// Who speaks where; empty where no turns were accepted.
    pub turns: Arc<Turns>,
}

/// Where the present text of a source comes from; `None` if it cannot be read.
pub type Texts<'a> = &'a dyn Fn(SourceId) -> Option<Transcript>;

/// What grounds are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The cases.
    pub cases: &'a [CaseId],
    /// What of the texts can be coded.
    pub scope: &'a Scope,
    /// What agreement is counted on first.
    pub unit: Unit,
    /// The passages of the consensus, where the scope is within one.
    pub given: Option<&'a [Passage]>,
}

/// Why there are no grounds.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum GroundError {
    /// A text cannot be read.
    #[error("the text of “{0}” cannot be read; `emic check` says more")]
    NoText(String),
    /// Rounds are not held on this unit.
    #[error("a round is held on turns, given passages, paragraphs or sentences, not on the unit {}", .0.name())]
    Unit(Unit),
    /// Given passages are the unit, and none were given.
    #[error("given passages can be the unit only of a round within the passages of a code")]
    NothingGiven,
}

/// Whether only some passages can be coded.
#[must_use]
pub const fn is_within(scope: &Scope) -> bool {
    !scope.within.is_empty() || scope.consensus.is_some()
}

/// What agreement is counted on first where nobody says otherwise: the passages where such were given, else turns.
#[must_use]
pub const fn default_unit(scope: &Scope) -> Unit {
    if is_within(scope) { Unit::Given } else { Unit::Turn }
}

/// The sources of the cases, by case and in order, with scope and units, as they are now.
///
/// # Errors
/// If a text cannot be read, or rounds are not held on the unit.
pub fn grounds(view: &View<'_>, texts: Texts<'_>, asked: &Asked<'_>) -> Result<Vec<Ground>, GroundError> {
    match asked.unit {
        Unit::Turn | Unit::Paragraph | Unit::Sentence => {}
        Unit::Given if is_within(asked.scope) => {}
        Unit::Given => return Err(GroundError::NothingGiven),
        unit => return Err(GroundError::Unit(unit)),
    }
    let mut out = Vec::new();
    for &case in asked.cases {
        for source in view.sources_of(Some(case)) {
            let transcript = texts(source.id).ok_or_else(|| GroundError::NoText(source.name.clone()))?;
            out.push(ground(view, source, case, &transcript, asked));
        }
    }
    Ok(out)
}

fn ground(view: &View<'_>, source: &Source, case: CaseId, transcript: &Transcript, asked: &Asked<'_>) -> Ground {
    let text = &transcript.text;
    let speech = speech(view, source.id, transcript, asked.scope.everyone);
    let given = match asked.given {
        Some(given) => Some(joined(given.iter().filter(|at| at.source == source.id).map(|at| view.place(*at)))),
        None if is_within(asked.scope) => Some(passages(view, source.id, asked.scope)),
        None => None,
    };
    let given: Option<Vec<Span>> =
        given.map(|spans| spans.into_iter().filter_map(|span| span.intersection(text.whole())).collect());
    let scope = match &given {
        Some(given) => shared(given, &speech),
        None => speech,
    };
    let bodies = || {
        let lines = Lines::of(text);
        let turns = transcript.turns.turns.iter().map(|turn| turn.body).filter(|body| !body.is_empty());
        let within: Vec<Span> = if has_turns(transcript) { turns.collect() } else { vec![text.whole()] };
        within.into_iter().map(move |within| Body { within, lines })
    };
    let units = match asked.unit {
        Unit::Sentence => bodies().flat_map(|body| sentences(text, body)).collect(),
        Unit::Turn if has_turns(transcript) => bodies().map(|body| body.within).collect(),
        Unit::Given => given.unwrap_or_default().into_iter().map(|span| trimmed(text, span)).collect(),
        _ => bodies().flat_map(|body| paragraphs(text, body).collect::<Vec<_>>()).collect(),
    };
    let units = units_in_order(units);
    let words = scope.iter().map(|span| words(text, *span).count()).sum::<usize>();
    let words = u32::try_from(words).unwrap_or(u32::MAX);
    Ground { source: source.id, case, version: source.version, chars: text.chars(), words, scope, units }
}

fn units_in_order(mut units: Vec<Span>) -> Vec<Span> {
    units.retain(|unit| !unit.is_empty());
    units.sort_unstable();
    units.dedup();
    units
}

fn has_turns(transcript: &Transcript) -> bool {
    transcript.turns.turns.iter().any(|turn| !turn.body.is_empty())
}

/// What is said in a source by those in scope; all of it where nobody is said to speak.
fn speech(view: &View<'_>, source: SourceId, transcript: &Transcript, everyone: bool) -> Vec<Span> {
    if !has_turns(transcript) {
        return joined([transcript.text.whole()]);
    }
    let turns = &transcript.turns;
    let in_scope = |turn: &usize| {
        let who = turns.label_of(*turn).map_or(Who::Unknown, |label| view.who(source, label));
        everyone || matches!(who, Who::Participant(_) | Who::Unknown)
    };
    joined((0..turns.turns.len()).filter(in_scope).map(|turn| turns.turns[turn].body))
}

/// The passages of a source that carry a code of `scope.within` or one below it from a coder of `scope.of`, in the present
/// version, joined where they touch. Nothing that was made for a blind round is in it: a scope is there for all to see.
#[must_use]
pub fn passages(view: &View<'_>, source: SourceId, scope: &Scope) -> Vec<Span> {
    let book = view.codebook();
    let codes: HashSet<CodeId> = scope.within.iter().flat_map(|code| book.branch(*code)).collect();
    let wanted = view.showing(Whose::Everybody).codings_of(source).filter(|seen| {
        codes.contains(&seen.code)
            && (scope.of.is_empty() || scope.of.contains(&seen.coding.coder))
            && !seen.coding.round.is_some_and(|round| view.is_blind(round))
    });
    joined(wanted.map(|seen| seen.span))
}

/// The units of a ground that share a char with its scope, in order.
pub fn units_in_scope(ground: &Ground) -> impl Iterator<Item = Span> + '_ {
    ground.units.iter().copied().filter(|unit| {
        // Both are in order, so the first part that ends after the unit's start is the one to look at.
        let at = ground.scope.partition_point(|part| part.end <= unit.start);
        ground.scope.get(at).is_some_and(|part| part.overlaps(*unit))
    })
}

/// Stretches in order, those that overlap or touch as one, empty ones left out.
fn joined(spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.into_iter().filter(|span| !span.is_empty()).collect();
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// What two lists of stretches, each in order and joined, have in common.
fn shared(a: &[Span], b: &[Span]) -> Vec<Span> {
    let mut out = Vec::new();
    let mut from = 0;
    for one in a {
        from += b[from..].partition_point(|other| other.end <= one.start);
        out.extend(
            b[from..].iter().map_while(|other| (other.start < one.end).then(|| one.intersection(*other))).flatten(),
        );
    }
    out
}

/// A stretch without the white space at its ends.
fn trimmed(text: &Text, span: Span) -> Span {
    let words = text.slice(span);
    let blank = |chars: &mut dyn Iterator<Item = char>| chars.take_while(|c| c.is_whitespace()).count();
    let (before, after) = (blank(&mut words.chars()), blank(&mut words.chars().rev()));
    let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let start = Pos(span.start.0.saturating_add(cut(before)).min(span.end.0));
    Span { start, end: Pos(span.end.0.saturating_sub(cut(after))).max(start) }
}
