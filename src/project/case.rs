//! Cases (what findings count), the people in them, and what is known of both.

use super::id::{AttributeId, CaseId, Id, ValueId, WaveId};
use super::record::{Rank, is_default, record};
use super::row::Expr;
use serde::{Deserialize, Serialize};

record! {
    /// What findings count: a practice, an expert, a vendor.
    Case(CaseId) {
        /// What it is called.
        name: String,
        /// What kind of case it is: practice, expert, …
        kind: String,
        /// Its place among the cases.
        rank: Rank,
    }
}

record! {
    /// A person who speaks in sources.
    Participant(ParticipantId) {
        /// What they are called here; never their real name.
        pseudonym: String,
        /// What they are: clinic manager, psychologist, …
        role: String,
        /// Whose they are.
        #[serde(default, skip_serializing_if = "is_default")]
        case: Option<CaseId>,
    }
}

record! {
    /// A time of data collection.
    Wave(WaveId) {
        /// What it is called.
        name: String,
        /// Its place among the waves.
        rank: Rank,
    }
}

record! {
    /// A variable of cases or participants.
    Attribute(AttributeId) {
        /// What it is called.
        name: String,
        /// Whose variable it is.
        of: Bearer,
        /// What its values are.
        kind: AttributeKind,
        /// The words that can be chosen from, in order; any if there are none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        choices: Vec<String>,
        /// Whether it has a value for each wave.
        #[serde(default, skip_serializing_if = "is_default")]
        by_wave: bool,
        /// What it follows from: yes where this holds of the case, no where it does not. Such a one is not typed.
        #[serde(default, skip_serializing_if = "is_default")]
        follows: Option<Expr>,
        /// Its place among the attributes.
        rank: Rank,
    }
}

record! {
    /// The value of an attribute for one case or participant, in one wave where the attribute has waves. No record
    /// means missing, which is not the same as no.
    Value(ValueId) {
        /// The variable.
        attribute: AttributeId,
        /// Whose value it is: the id of a case or a participant.
        whose: Id,
        /// When it held.
        #[serde(default, skip_serializing_if = "is_default")]
        wave: Option<WaveId>,
        /// The value as written; several are separated by line feeds.
        value: String,
    }
}

impl Value {
    /// The id of the value of `attribute` for `whose` in `wave`: the same whoever makes it first.
    #[must_use]
    pub fn id_for(attribute: AttributeId, whose: Id, wave: Option<WaveId>) -> ValueId {
        let wave = wave.map(|wave| wave.to_string()).unwrap_or_default();
        ValueId(attribute.0.derived(&format!("{whose} {wave}")))
    }
}

/// What bears an attribute.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Bearer {
    /// Cases.
    Case,
    /// Participants.
    Participant,
}

/// What the values of an attribute are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum AttributeKind {
    /// Any words.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    YesNo,
    /// One of a few words.
    Choice,
    /// Several of a few words.
    Choices,
    /// A day.
    Date,
}

impl AttributeKind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Text, Self::Number, Self::YesNo, Self::Choice, Self::Choices, Self::Date];

    /// Its name as shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::YesNo => "yes or no",
            Self::Choice => "one of",
            Self::Choices => "several of",
            Self::Date => "day",
        }
    }
}
