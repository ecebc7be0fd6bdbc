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
pub(super) fn speech(view: &View<'_>, source: SourceId, transcript: &Transcript, everyone: bool) -> Vec<Span> {
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
pub(super) fn joined(spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
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
pub(super) fn shared(a: &[Span], b: &[Span]) -> Vec<Span> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::{Edit, NewSource, SpeakerIs, Words};
    use crate::project::source::SourceKind;
    use crate::project::testing::Desk;
    use crate::text::turns::{Hints, recognise};
    use proptest::prelude::*;
    use std::collections::HashMap;

    /// Two questions, three answers (one of them nobody's in particular), and a header.
    const TALK: &str = "\
Interview at P04, 2026

Interviewer: How do patients get to you?

Nurse: She brings them to my door. I am free every other half hour.
They know me by now.

Interviewer: And if you are not?

Nurse: Then they wait, or they come back on Thursday.

Voice: Most of them wait — it's half an hour.

Interviewer: Thanks.
";
    const NOTE: &str = "The door was open all day.  \n\n  Nobody went in. I waited.\n";

    struct Room {
        desk: Desk,
        case: CaseId,
        texts: HashMap<SourceId, Transcript>,
    }

    impl Room {
        fn new() -> Self {
            let mut desk = Desk::new();
            let case = desk.id().into();
            desk.apply(&Edit::AddCase { id: case, name: "P04".into(), kind: "practice".into() });
            Self { desk, case, texts: HashMap::new() }
        }

        fn source(&mut self, name: &str, words: &str, speakers: &[(&str, SpeakerIs)]) -> SourceId {
            let id = self.desk.id().into();
            let text = Text::new(words);
            let turns = if speakers.is_empty() {
                Turns::default()
            } else {
                let hints = Hints {
                    accept: speakers.iter().map(|(label, _)| (*label).to_owned()).collect(),
                    ..Hints::default()
                };
                recognise(&text, &hints).turns
            };
            let new = NewSource {
                id,
                name: name.into(),
                kind: SourceKind::Interview,
                case: Some(self.case),
                wave: None,
                collected: None,
                folder: name.to_lowercase(),
                file: String::new(),
                text: Words { chars: text.chars(), ..Words::default() },
                turns: false,
                speakers: speakers.iter().map(|(label, is)| ((*label).to_owned(), is.clone())).collect(),
            };
            self.desk.apply(&Edit::Import(Box::new(new)));
            self.texts.insert(id, Transcript { text, turns: Arc::new(turns) });
            id
        }

        fn talk(&mut self) -> SourceId {
            let who = [
                ("Interviewer", SpeakerIs::Interviewer),
                ("Nurse", SpeakerIs::Participant),
                ("Voice", SpeakerIs::Unknown),
            ];
            self.source("Nurse", TALK, &who)
        }

        fn grounds(&self, scope: &Scope, unit: Unit) -> Vec<Ground> {
            let asked = Asked { cases: &[self.case], scope, unit, given: None };
            grounds(&self.desk.view(), &|source| self.texts.get(&source).cloned(), &asked).expect("grounds")
        }

        fn said(&self, ground: &Ground, spans: &[Span]) -> Vec<String> {
            spans.iter().map(|span| self.texts[&ground.source].text.slice(*span).to_owned()).collect()
        }

        fn at(&self, source: SourceId, words: &str) -> (u32, u32) {
            let text = &self.texts[&source].text;
            let start = text.as_str().find(words).expect("these words");
            let span = text.span(start..start + words.len());
            (span.start.0, span.end.0)
        }
    }

    #[test]
    fn what_participants_say_is_in_scope_without_labels_and_turns_are_the_units() {
        let mut room = Room::new();
        room.talk();
        let ground = &room.grounds(&Scope::default(), Unit::Turn)[0];
        let said = room.said(ground, &ground.scope);
        assert_eq!(said.len(), 3, "two of the nurse, one of a voice that nobody placed: {said:?}");
        assert!(said[0].starts_with("She brings") && said[0].ends_with("by now."), "{said:?}");
        assert_eq!(said[1], "Then they wait, or they come back on Thursday.");
        assert_eq!(said[2], "Most of them wait — it's half an hour.");
        assert_eq!(ground.words, 18 + 9 + 8, "words that hold a letter or digit");
        assert_eq!(ground.units.len(), 6, "interviewers' turns are units out of scope");
        let inside: Vec<Span> = units_in_scope(ground).collect();
        assert_eq!(inside, ground.scope);
        let all = &room.grounds(&Scope { everyone: true, ..Scope::default() }, Unit::Turn)[0];
        assert_eq!((all.scope.len(), all.scope.clone()), (6, all.units.clone()));
        assert!(room.said(all, &all.scope).iter().all(|said| !said.contains("2026")), "a header is nobody's turn");
    }

    #[test]
    fn a_note_without_turns_is_in_scope_as_a_whole_and_its_paragraphs_are_the_units() {
        let mut room = Room::new();
        room.source("Note", NOTE, &[]);
        let ground = &room.grounds(&Scope::default(), Unit::Turn)[0];
        assert_eq!(ground.scope, [Span::new(0, ground.chars)]);
        assert_eq!(room.said(ground, &ground.units), ["The door was open all day.", "Nobody went in. I waited."]);
        let sentences = &room.grounds(&Scope::default(), Unit::Sentence)[0];
        assert_eq!(
            room.said(sentences, &sentences.units),
            ["The door was open all day.", "Nobody went in.", "I waited."]
        );
        assert_eq!(ground.words, 11);
    }

    #[test]
    fn passages_of_a_code_and_those_below_it_are_joined_where_they_touch_and_cut_to_what_participants_say() {
        let mut room = Room::new();
        let talk = room.talk();
        let (broad, other) = (room.desk.code("BH integration"), room.desk.code("Access"));
        let below = room.desk.code_under(broad, "Warm handoff");
        let lay = |room: &mut Room, words: &str, code| {
            let (from, to) = room.at(talk, words);
            room.desk.lay(talk, from, to, code);
        };
        lay(&mut room, "She brings them to my door. ", broad);
        lay(&mut room, "I am free every", below);
        // From one answer over a question into the next.
        lay(&mut room, "by now.\n\nInterviewer: And if you are not?\n\nNurse: Then they wait", broad);
        lay(&mut room, "Most of them", other);
        let them = room.desk.as_other(|desk| {
            let (from, to) = (0, 22);
            desk.lay(talk, from, to, broad);
            desk.coder
        });
        let within = |of: Vec<CoderId>| Scope { within: vec![broad], of, ..Scope::default() };
        use crate::project::id::CoderId;

        let mine = &room.grounds(&within(vec![room.desk.coder]), Unit::Given)[0];
        assert_eq!(
            room.said(mine, &mine.scope),
            ["She brings them to my door. I am free every", "by now.", "Then they wait"]
        );
        assert_eq!(mine.units.len(), 2, "what was given are the passages, questions in them and all");
        assert_eq!(mine.words, 10 + 2 + 3);
        let theirs = &room.grounds(&within(vec![them]), Unit::Given)[0];
        assert_eq!((theirs.scope.as_slice(), theirs.words), (&[][..], 0), "only a header");
        assert_eq!(units_in_scope(theirs).count(), 0);
        let turns = &room.grounds(&within(Vec::new()), Unit::Turn)[0];
        assert_eq!((turns.scope.clone(), units_in_scope(turns).count()), (mine.scope.clone(), 2));
        assert_eq!(default_unit(&within(Vec::new())), Unit::Given);
    }

    #[test]
    fn what_is_made_for_a_blind_round_gives_no_scope_away() {
        let mut room = Room::new();
        let broad = room.desk.code("Broad");
        let (case, source) = room.desk.case("P05");
        room.desk.round("Round 1", &[(case, source)], &[broad]);
        room.desk.lay(source, 10, 30, broad);
        let scope = Scope { within: vec![broad], ..Scope::default() };
        assert_eq!(passages(&room.desk.view(), source, &scope), []);
    }

    #[test]
    fn the_passages_of_a_consensus_are_taken_as_they_are_given() {
        let mut room = Room::new();
        let talk = room.talk();
        let round = room.desk.id().into();
        let scope = Scope { consensus: Some(round), ..Scope::default() };
        let (from, to) = room.at(talk, "Then they wait, ");
        let given = [room.desk.passage(talk, from, to)];
        let asked = Asked { cases: &[room.case], scope: &scope, unit: Unit::Given, given: Some(&given) };
        let found = grounds(&room.desk.view(), &|source| room.texts.get(&source).cloned(), &asked).expect("grounds");
        assert_eq!(room.said(&found[0], &found[0].units), ["Then they wait,"]);
        assert_eq!(found[0].scope, [Span::new(from, to)]);
    }

    #[test]
    fn what_cannot_be_asked_for_is_said() {
        let mut room = Room::new();
        room.talk();
        let scope = Scope::default();
        let asked = |unit| Asked { cases: std::slice::from_ref(&room.case), scope: &scope, unit, given: None };
        let why = |unit, text: bool| {
            let texts = |source| room.texts.get(&source).filter(|_| text).cloned();
            grounds(&room.desk.view(), &texts, &asked(unit)).expect_err("refused")
        };
        assert_eq!(why(Unit::Given, true), GroundError::NothingGiven);
        assert_eq!(why(Unit::Case, true), GroundError::Unit(Unit::Case));
        assert_eq!(why(Unit::Turn, false), GroundError::NoText("Nurse".into()));
    }

    proptest! {
        #[test]
        fn what_two_lists_share_is_what_each_char_says(
            a in prop::collection::vec((0_u32..60, 0_u32..12), 0..8), b in prop::collection::vec((0_u32..60, 0_u32..12), 0..8)
        ) {
            let list = |of: &[(u32, u32)]| joined(of.iter().map(|(start, length)| Span::new(*start, start + length)));
            let (a, b) = (list(&a), list(&b));
            prop_assert!(a.windows(2).all(|pair| pair[0].end < pair[1].start));
            let both = shared(&a, &b);
            prop_assert!(both.windows(2).all(|pair| pair[0].end < pair[1].start));
            let has = |list: &[Span], at| list.iter().any(|span| span.holds(Pos(at)));
            for at in 0..80 {
                prop_assert_eq!(has(&both, at), has(&a, at) && has(&b, at));
            }
        }
    }
}
