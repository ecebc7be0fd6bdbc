//! The study and the people who code it.

use super::record::record;
use jiff::Timestamp;

record! {
    /// The study as a whole. There is one.
    Study(StudyId) {
        /// Its title.
        title: String,
        /// When the project was made.
        made: Timestamp,
    }
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
