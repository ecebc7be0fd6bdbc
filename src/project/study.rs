//! The study and the people who code it.

use super::id::AttributeId;
use super::record::{is_default, record};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

record! {
    /// The study as a whole. There is one.
    Study(StudyId) {
        /// Its title.
        title: String,
        /// When the project was made.
        made: Timestamp,
        /// What may be said of a speaker in publications, in this order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        signature: Vec<Sign>,
        /// How many participants a signature has to fit at least; [`FEWEST`] if 0.
        #[serde(default, skip_serializing_if = "is_default")]
        fewest: u32,
    }
}

/// How many participants a signature has to fit, where the study does not say.
pub const FEWEST: u32 = 3;

/// Something that may be said of a speaker in publications.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Sign {
    /// What they are called in the study.
    Pseudonym,
    /// What they are: BH specialist.
    Role,
    /// What is known of them, or of their case.
    Attribute(AttributeId),
    /// Their case, by name.
    Case,
    /// What kind of case theirs is: practice.
    CaseKind,
}

record! {
    /// A person who codes. Everything they made is in journals of their own.
    Coder(CoderId) {
        /// What others call them in lists and file names: 1 to 8 letters and digits.
        initials: String,
        /// Their name, if given.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        name: String,
    }
}

/// Whether `initials` can be a coder's: 1 to 8 ASCII letters and digits (they name a folder on every system).
#[must_use]
pub fn are_initials(initials: &str) -> bool {
    (1..=8).contains(&initials.len()) && initials.bytes().all(|b| b.is_ascii_alphanumeric())
}
