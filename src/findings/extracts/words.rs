//! A query as people read it: what is listed, whose it is, of whom and where.

use super::codes::Codes;
use super::filters::{Filter, Speaking};
use super::parse::written;
use super::{Of, Query};
use crate::project::id::SourceId;
use crate::project::row::Test;
use crate::project::source::Who;
use crate::project::view::{View, Whose};
use crate::text::Span;
use crate::text::turns::Turns;

impl Query {
    /// The query in words, in parts: `Warm handoff and the codes below`, `codings of PB`, `setting: rural`.
    #[must_use]
    pub fn parts(&self, view: &View<'_>) -> Vec<String> {
        let codes = match &self.codes {
            Codes::Everything => "all codes".to_owned(),
            Codes::Code { code, below } => {
                let below = if *below { " and the codes below" } else { "" };
                format!("{}{below}", view.code_name(*code))
            }
            codes => written(view, codes),
        };
        std::iter::once(codes)
            .chain([self.of.words(view)])
            .chain(self.filters.iter().map(|filter| filter.words(view)))
            .collect()
    }
}

impl Of {
    /// In words: `codings of PB`.
    #[must_use]
    pub fn words(&self, view: &View<'_>) -> String {
        match self {
            Self::Working => "the working set".to_owned(),
            Self::Consensus => "the consensus".to_owned(),
            Self::Everybody => "codings of everybody".to_owned(),
            Self::Coders(coders) => {
                let initials: Vec<&str> = coders.iter().map(|coder| view.initials(*coder)).collect();
                format!("codings of {}", initials.join(", "))
            }
            Self::InSight => match view.whose() {
                Whose::Everybody => "codings of everybody".to_owned(),
                Whose::Mine => format!("codings of {}", view.initials(view.coder())),
                Whose::Of(coder) => format!("codings of {}", view.initials(coder)),
            },
        }
    }
}

impl Filter {
    /// In words: `setting: rural`, `case P04`, `“grant”`.
    #[must_use]
    pub fn words(&self, view: &View<'_>) -> String {
        let gone = || "gone".to_owned();
        match self {
            Self::Attribute(id, test) => {
                let name = view.attribute(*id).map_or_else(gone, |attribute| attribute.name.clone());
                match test {
                    Test::Known => format!("{name} known"),
                    Test::Is(value) => format!("{name}: {value}"),
                    Test::AtLeast(value) => format!("{name} at least {value}"),
                    Test::AtMost(value) => format!("{name} at most {value}"),
                }
            }
            Self::Kind(kind) => format!("cases of kind {kind}"),
            Self::Case(id) => format!("case {}", view.case(*id).map_or_else(gone, |case| case.name.clone())),
            Self::SourceKind(kind) => format!("sources of kind {}", kind.name()),
            Self::Source(id) => format!("source {}", view.source(*id).map_or_else(gone, |source| source.name.clone())),
            Self::Wave(id) => format!("wave {}", view.wave(*id).map_or_else(gone, |wave| wave.name.clone())),
            Self::Speaker(speaking) => match speaking {
                Speaking::Participants => "said by participants".to_owned(),
                Speaking::Interviewers => "said by interviewers".to_owned(),
                Speaking::Person(id) => {
                    format!("said by {}", view.participant(*id).map_or_else(gone, |person| person.pseudonym.clone()))
                }
                Speaking::Role(role) => format!("said by a {role}"),
                Speaking::Label(label) => format!("said under {label}"),
            },
            Self::Round(id) => format!("coded for {}", view.round(*id).map_or_else(gone, |round| round.name.clone())),
            Self::Cycle(stage) => stage.words(view),
            Self::Words(words) => format!("with “{words}”"),
            Self::Pattern(pattern) => format!("with /{pattern}/"),
            Self::Comment(words) => format!("commented on with “{words}”"),
        }
    }
}

/// Who speaks in a passage, each once: `Marisol, clinic manager`.
#[must_use]
pub fn speakers(view: &View<'_>, source: SourceId, turns: &Turns, span: Span) -> String {
    let mut said: Vec<String> = Vec::new();
    for turn in turns.turns_in(span) {
        let Some(label) = turns.label_of(turn) else { continue };
        let who = view.who(source, label);
        let person = match who {
            Who::Participant(person) => person.and_then(|person| view.participant(person)),
            _ => None,
        };
        let parts = person.map_or([""; 2], |person| [person.pseudonym.as_str(), person.role.as_str()]);
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let name = match who {
            _ if !parts.is_empty() => parts.join(", "),
            Who::Interviewer => "interviewer".to_owned(),
            _ => label.to_owned(),
        };
        if !said.contains(&name) {
            said.push(name);
        }
    }
    said.join(" + ")
}
