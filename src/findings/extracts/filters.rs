//! Filters: of which cases, sources, people, rounds and words the extracts are.

use super::stage::{Between, Stage};
use super::{Mark, Query};
use crate::findings::count::Counting;
use crate::findings::ground::Transcript;
use crate::findings::presence::{By, Presence, Unit, no_speakers};
use crate::findings::truth::Truth;
use crate::project::id::{AttributeId, CaseId, ParticipantId, RoundId, SourceId, WaveId};
use crate::project::row::{Expr, Test};
use crate::project::source::{Source, SourceKind, Who};
use crate::project::view::{View, Whose};
use crate::text::search::{Case, Query as Search, QueryError, QueryKind};
use crate::text::{Span, Text};
use std::collections::{HashMap, HashSet};
use std::mem::discriminant;

/// Something that has to hold of an extract. Several of one field are alternatives.
#[derive(Clone, PartialEq, Debug)]
pub enum Filter {
    /// An attribute of its case says so.
    Attribute(AttributeId, Test),
    /// Its case is of this kind.
    Kind(String),
    /// It is of this case.
    Case(CaseId),
    /// It is of a source of this kind.
    SourceKind(SourceKind),
    /// It is of this source.
    Source(SourceId),
    /// It was collected in this wave.
    Wave(WaveId),
    /// One of these speaks in it.
    Speaker(Speaking),
    /// It was coded for this round, or one that goes on from it.
    Round(RoundId),
    /// It was coded in a stage of the analysis.
    Cycle(Stage),
    /// It has these words, large and small letters alike.
    Words(String),
    /// It has what this regular expression stands for.
    Pattern(String),
    /// A comment on its coding has these words.
    Comment(String),
}

impl Eq for Filter {}

/// Who speaks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Speaking {
    /// Somebody who is no interviewer.
    Participants,
    /// An interviewer.
    Interviewers,
    /// This participant.
    Person(ParticipantId),
    /// A participant of this role.
    Role(String),
    /// Whoever stands under this label.
    Label(String),
}

impl Filter {
    /// Whether two are of one field: then they are alternatives.
    fn same_field(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Attribute(a, _), Self::Attribute(b, _)) => a == b,
            // Several words have to be there all.
            (Self::Words(_), Self::Words(_)) | (Self::Comment(_), Self::Comment(_)) => false,
            (Self::Pattern(_), Self::Pattern(_)) => false,
            _ => discriminant(self) == discriminant(other),
        }
    }

    /// Whether it can be looked for at all.
    ///
    /// # Errors
    /// What is wrong with the words or the regular expression.
    pub fn check(&self) -> Result<(), QueryError> {
        match self {
            Self::Words(_) | Self::Pattern(_) => self.search().map(drop),
            _ => Ok(()),
        }
    }

    fn search(&self) -> Result<Search, QueryError> {
        match self {
            Self::Words(words) | Self::Comment(words) => Search::new(words, QueryKind::Literal, Case::Insensitive),
            Self::Pattern(pattern) => Search::new(pattern, QueryKind::Regex, Case::Insensitive),
            _ => Err(QueryError::Empty),
        }
    }
}

/// The filters of a query, in fields, with what is needed to ask them.
pub(super) struct Sieve<'a> {
    fields: Vec<Vec<&'a Filter>>,
    /// Of each source's case: the attributes that hold. Worked out once, with the working set, if anything asks.
    attributes: HashMap<(AttributeId, usize), HashSet<SourceId>>,
    searches: Vec<(&'a Filter, Option<Search>)>,
    /// When the stages that are asked for were.
    stages: Vec<(Stage, Between)>,
}

impl<'a> Sieve<'a> {
    pub(super) fn new(view: &View<'_>, query: &'a Query) -> Self {
        let mut fields: Vec<Vec<&Filter>> = Vec::new();
        for filter in &query.filters {
            match fields.iter_mut().find(|field| field[0].same_field(filter)) {
                Some(field) => field.push(filter),
                None => fields.push(vec![filter]),
            }
        }
        let attributes = attributes(view, query);
        let text = query.filters.iter().filter(|filter| matches!(filter, Filter::Words(_) | Filter::Pattern(_)));
        let searches = text.map(|filter| (filter, filter.search().ok())).collect();
        let stages = query.filters.iter().filter_map(|filter| match filter {
            Filter::Cycle(stage) => Some((*stage, stage.between(view)?)),
            _ => None,
        });
        Self { fields, attributes, searches, stages: stages.collect() }
    }

    /// Whether texts have to be read.
    pub(super) fn needs_text(&self) -> bool {
        let asks = |filter: &Filter| matches!(filter, Filter::Words(_) | Filter::Pattern(_) | Filter::Speaker(_));
        self.fields.iter().any(|field| asks(field[0]))
    }

    /// Whether an extract of this source can pass: what is asked of sources and cases.
    pub(super) fn takes_source(&self, view: &View<'_>, source: &Source) -> bool {
        let case = source.case.and_then(|case| view.case(case));
        self.fields.iter().all(|field| {
            field.iter().any(|filter| match filter {
                Filter::Attribute(attribute, test) => {
                    let all = field.iter().position(|other| matches!(other, Filter::Attribute(_, t) if t == test));
                    let key = (*attribute, all.unwrap_or(0));
                    self.attributes.get(&key).is_some_and(|sources| sources.contains(&source.id))
                }
                Filter::Kind(kind) => case.is_some_and(|case| alike(&case.kind, kind)),
                Filter::Case(id) => source.case == Some(*id),
                Filter::SourceKind(kind) => source.kind == *kind,
                Filter::Source(id) => source.id == *id,
                Filter::Wave(wave) => source.wave == Some(*wave),
                _ => true,
            })
        })
    }

    /// The filters of one source's passages.
    pub(super) fn for_source<'b>(
        &'b self,
        view: &View<'_>,
        source: SourceId,
        text: Option<&'b Transcript>,
    ) -> Sifted<'b, 'a> {
        let find = |search: &Search, text: &Text| search.find_iter(text).collect::<Vec<Span>>();
        let hits = self.searches.iter().map(|(filter, search)| {
            let hits = search.as_ref().zip(text).map(|(search, transcript)| find(search, &transcript.text));
            (*filter, hits.unwrap_or_default())
        });
        let who = text.map_or_else(Vec::new, |transcript| {
            transcript.turns.labels.iter().map(|label| view.who(source, label)).collect()
        });
        Sifted { sieve: self, hits: hits.collect(), who, text }
    }
}

/// Of which sources each attribute filter holds. Attributes may follow from codings, so the working set is asked.
fn attributes(view: &View<'_>, query: &Query) -> HashMap<(AttributeId, usize), HashSet<SourceId>> {
    let mut out: HashMap<(AttributeId, usize), HashSet<SourceId>> = HashMap::new();
    let mut nth: HashMap<AttributeId, usize> = HashMap::new();
    let asked: Vec<(AttributeId, usize, Expr)> = query
        .filters
        .iter()
        .filter_map(|filter| match filter {
            Filter::Attribute(id, test) => {
                let n = nth.entry(*id).or_default();
                *n += 1;
                Some((*id, *n - 1, Expr::Attribute(*id, test.clone())))
            }
            _ => None,
        })
        .collect();
    if asked.is_empty() {
        return out;
    }
    let waves: HashSet<Option<WaveId>> = view.sources().iter().map(|source| source.wave).collect();
    for wave in waves {
        let presence = Presence::new(view, wave, By::Working, &no_speakers);
        let counting = Counting::new(*view, &presence);
        for source in view.sources().into_iter().filter(|source| source.wave == wave) {
            let Some(case) = source.case.filter(|case| view.case(*case).is_some()) else { continue };
            for (id, n, expr) in &asked {
                if counting.holds(expr, Unit::Case(case)) == Truth::Yes {
                    out.entry((*id, *n)).or_default().insert(source.id);
                }
            }
        }
    }
    out
}

/// The filters of one source's passages.
pub(super) struct Sifted<'b, 'a> {
    sieve: &'b Sieve<'a>,
    hits: Vec<(&'a Filter, Vec<Span>)>,
    who: Vec<Who>,
    text: Option<&'b Transcript>,
}

impl Sifted<'_, '_> {
    /// Whether a coding passes all that is asked of passages.
    pub(super) fn takes(&self, view: &View<'_>, mark: &Mark) -> bool {
        self.sieve.fields.iter().all(|field| field.iter().any(|filter| self.takes_so(view, mark, filter)))
    }

    fn takes_so(&self, view: &View<'_>, mark: &Mark, filter: &Filter) -> bool {
        let all = view.showing(Whose::Everybody);
        let mut codings = mark.codings.iter().filter_map(|id| all.coding(*id));
        match filter {
            Filter::Words(_) | Filter::Pattern(_) => {
                let hits = self.hits.iter().find(|(other, _)| *other == filter).map_or(&[][..], |(_, hits)| hits);
                // Hits are in order and share no char, so their ends are too.
                let at = hits.partition_point(|hit| hit.start < mark.span.start);
                hits.get(at).is_some_and(|hit| hit.end <= mark.span.end)
            }
            Filter::Comment(words) => {
                let wanted = words.to_lowercase();
                codings.any(|seen| seen.coding.comment.to_lowercase().contains(&wanted))
            }
            Filter::Round(round) => {
                let last = view.last_of(*round);
                codings.any(|seen| seen.coding.round.is_some_and(|of| view.last_of(of) == last))
            }
            Filter::Cycle(stage) => {
                let between = self.sieve.stages.iter().find(|(of, _)| of == stage).map(|(_, between)| *between);
                between.is_some_and(|between| codings.any(|seen| between.has(seen.coding)))
            }
            Filter::Speaker(speaking) => self.speaks(view, mark.span, speaking),
            _ => true,
        }
    }

    fn speaks(&self, view: &View<'_>, span: Span, speaking: &Speaking) -> bool {
        let Some(transcript) = self.text else { return false };
        if transcript.turns.turns.is_empty() {
            // A note or a written answer: its words are somebody's, and no interviewer's.
            return *speaking == Speaking::Participants;
        }
        transcript.turns.turns_in(span).any(|turn| {
            let speaker = transcript.turns.turns[turn].speaker.and_then(|n| usize::try_from(n).ok());
            let who = speaker.and_then(|n| self.who.get(n)).copied().unwrap_or_default();
            let label = transcript.turns.label_of(turn).unwrap_or_default();
            let person = match who {
                Who::Participant(person) => person.and_then(|person| view.participant(person)),
                _ => None,
            };
            match speaking {
                Speaking::Participants => matches!(who, Who::Participant(_) | Who::Unknown),
                Speaking::Interviewers => who == Who::Interviewer,
                Speaking::Person(id) => person.is_some_and(|person| person.id == *id),
                Speaking::Role(role) => person.is_some_and(|person| alike(&person.role, role)),
                Speaking::Label(wanted) => alike(label, wanted),
            }
        })
    }
}

/// Whether two names are the same to a reader.
fn alike(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}
