//! Importing plain texts: from a file's name and bytes to a [`Prepared`] that can be looked at and corrected, and from a
//! [`Batch`] of them to one edit and the texts it names.
//!
//! Nothing here reads or writes a file, and nothing is final: a wrong guess is corrected by recognising again, and the
//! words themselves are never changed.

mod batch;
mod corrections;
mod guess;
#[cfg(test)]
mod tests;

pub use batch::{Batch, Entry, State, Taken, TextFiles, Turned};
pub use guess::{case_patterns, date_in, folder_name, kind_from_name, meant, named_in, one_line, slug};

use super::plain::{self, PlainError};
use crate::project::edit::{SpeakerIs, Words};
use crate::project::id::Id;
use crate::project::source::SourceKind;
use crate::text::turns::{Hints, Layout, Recognition, Role, Turns, recognise};
use crate::text::{Span, Text};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// What is said of a file before it is looked at; the default says nothing.
#[derive(Clone, Default, Debug)]
pub struct Choices {
    /// Its encoding, where the guess was wrong.
    pub encoding: Option<String>,
    /// What recognition is to follow.
    pub hints: Hints,
    /// What kind of text it is.
    pub kind: Option<SourceKind>,
}

/// A text that is ready to be imported, with what was guessed about it.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The name of the file, without its folders.
    pub file: String,
    /// The words, as they will be kept.
    pub text: Text,
    /// How the file was encoded, as told.
    pub encoding: String,
    /// What had to be guessed or changed in reading it, a sentence each.
    pub notes: Vec<String>,
    /// Speakers, turns and time stamps as recognised.
    pub found: Recognition,
    /// Who speaks, in the order of the labels of the turns.
    pub voices: Vec<Voice>,
    /// What it will be called within its case.
    pub name: String,
    /// The name of its case; one that the project does not have is added.
    pub case: Option<String>,
    /// What kind of text it is.
    pub kind: SourceKind,
    /// The day it was collected.
    pub collected: Option<Date>,
    /// A day that stands in its header or its name: taken only if the analyst says so.
    pub date_offered: Option<Date>,
    /// SHA-256 of the words in UTF-8, in hex.
    pub sha256: String,
    /// Length in words.
    pub words: u32,
    /// What the analyst said, which guesses do not change any more.
    pub(super) said: Said,
    /// How many chars are not white space.
    inked: u32,
    pub(super) hints: Hints,
    /// The layouts to go through: the one recognised first, then the others that find turns.
    pub(super) layouts: Vec<Layout>,
}

/// Which fields are the analyst's.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Said {
    pub(super) name: bool,
    pub(super) case: bool,
}

/// Who speaks under a label.
#[derive(Clone, PartialEq, Debug)]
pub struct Voice {
    /// The label, as it stands in the text.
    pub label: String,
    /// How many turns it has.
    pub turns: u32,
    /// What is said in up to three of them, in chars.
    pub examples: Vec<Span>,
    /// What the speaker is.
    pub role: Role,
    /// Which participant it is, if that was said.
    pub person: Option<Person>,
    /// Whether the analyst said so; a guess otherwise.
    pub said: bool,
}

/// A participant: never the real name.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Person {
    /// What they are called here.
    pub pseudonym: String,
    /// What they are.
    pub role: String,
}

impl Person {
    /// Reads `Marisol, clinic manager`; either part may be missing. None if both are.
    #[must_use]
    pub fn typed(words: &str) -> Option<Self> {
        let (pseudonym, role) = words.split_once(',').unwrap_or((words, ""));
        let tidy = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
        let person = Self { pseudonym: tidy(pseudonym), role: tidy(role) };
        (person != Self::default()).then_some(person)
    }

    /// As it is typed and shown.
    #[must_use]
    pub fn words(&self) -> String {
        let parts = [self.pseudonym.as_str(), self.role.as_str()];
        if self.pseudonym.is_empty() {
            return format!(", {}", self.role);
        }
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

impl Voice {
    /// As an edit says it; `id` names a participant that the project does not have yet.
    #[must_use]
    pub fn is(&self, id: Id) -> SpeakerIs {
        match (self.role, &self.person) {
            (Role::Interviewer, _) => SpeakerIs::Interviewer,
            (Role::Participant, Some(person)) => {
                SpeakerIs::Person { id: id.into(), role: person.role.clone(), pseudonym: person.pseudonym.clone() }
            }
            (Role::Participant, None) => SpeakerIs::Participant,
            (Role::Other, _) => SpeakerIs::Other,
            (Role::Unknown, _) => SpeakerIs::Unknown,
        }
    }
}

impl Prepared {
    /// A text for import from the name and the bytes of its file. Takes a few passes over the text.
    ///
    /// # Errors
    /// If there is nothing in it, or it is no text: one sentence.
    pub fn new(file: &str, bytes: &[u8], choices: &Choices) -> Result<Self, PlainError> {
        let plain = match &choices.encoding {
            Some(encoding) => plain::decode_as(bytes, encoding)?,
            None => plain::decode(bytes)?,
        };
        let mut out = Self::of_text(file, &Text::new(&plain.text), &choices.hints);
        out.encoding = plain.encoding;
        out.notes = plain.notes;
        out.kind = choices.kind.unwrap_or(out.kind);
        Ok(out)
    }

    /// The same from a text that is in the project already, to have its turns recognised again.
    #[must_use]
    pub fn of_text(file: &str, text: &Text, hints: &Hints) -> Self {
        let file = file.rsplit(['/', '\\']).next().unwrap_or(file).to_owned();
        let found = recognise(text, hints);
        let dated = found.header.iter().find(|(key, value)| names_day(key) && date_in(value).is_some());
        let date_offered = dated.and_then(|(_, value)| date_in(value)).or_else(|| date_in(&file));
        let mut layouts = vec![found.layout];
        layouts.extend(found.alternatives.iter().filter(|other| **other != found.layout && other.has_speakers()));
        let mut out = Self {
            name: super::file_names::title_from_name(&file, None),
            kind: kind_from_name(&file).unwrap_or_default(),
            text: text.clone(),
            encoding: String::new(),
            notes: Vec::new(),
            voices: Vec::new(),
            case: None,
            collected: None,
            date_offered,
            sha256: sha256(text.as_str()),
            words: u32::try_from(text.as_str().split_whitespace().count()).unwrap_or(u32::MAX),
            said: Said::default(),
            inked: u32::try_from(text.as_str().chars().filter(|c| !c.is_whitespace()).count()).unwrap_or(u32::MAX),
            hints: hints.clone(),
            layouts,
            found,
            file,
        };
        out.hear();
        out
    }

    /// The turns to be accepted; none where nothing was recognised or the analyst wants none.
    #[must_use]
    pub fn turns(&self) -> Option<&Turns> {
        (!self.found.turns.turns.is_empty()).then_some(&self.found.turns)
    }

    /// The share of the text that is in no turn, in percent (rounded up), white space not counted. 100 without turns.
    #[must_use]
    pub fn unassigned(&self) -> u32 {
        if self.turns().is_none() {
            return 100;
        }
        let share = (u64::from(self.found.unassigned) * 100).div_ceil(u64::from(self.inked.max(1)));
        u32::try_from(share.min(100)).unwrap_or(100)
    }

    /// What the analyst should know: what reading noted, then what recognition warns of.
    pub fn warnings(&self) -> impl Iterator<Item = &str> {
        self.notes.iter().chain(&self.found.warnings).map(String::as_str)
    }

    /// What is recorded of the words.
    #[must_use]
    pub fn record(&self) -> Words {
        Words {
            sha256: self.sha256.clone(),
            chars: self.text.chars(),
            words: self.words,
            encoding: self.encoding.clone(),
        }
    }

    /// Who speaks under which label, as an edit says it; `fresh` gives ids that nothing has yet.
    pub fn speakers(&self, fresh: &mut dyn FnMut() -> Id) -> Vec<(String, SpeakerIs)> {
        let voices = if self.turns().is_some() { self.voices.as_slice() } else { &[] };
        voices.iter().map(|voice| (voice.label.clone(), voice.is(fresh()))).collect()
    }

    /// Takes over who speaks from what was recognised; what the analyst said of a label stays.
    pub(super) fn hear(&mut self) {
        let before = std::mem::take(&mut self.voices);
        let voice = |guess: &crate::text::turns::SpeakerGuess| {
            let said = before.iter().find(|voice| voice.said && voice.label == guess.label);
            Voice {
                label: guess.label.clone(),
                turns: guess.count,
                examples: guess.examples.clone(),
                role: said.map_or(guess.guess, |voice| voice.role),
                person: said.and_then(|voice| voice.person.clone()),
                said: said.is_some(),
            }
        };
        self.voices = self.found.speakers.iter().map(voice).collect();
    }
}

/// Whether a fact of a header is the day of the interview.
fn names_day(key: &str) -> bool {
    let key = key.to_lowercase();
    ["date", "datum", "fecha", "data", "day", "recorded", "conducted"].iter().any(|word| key.contains(word))
}

/// The digest of words by which a text is known again.
#[must_use]
pub fn sha256(words: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(words.as_bytes()).iter().fold(String::with_capacity(64), |mut out, byte| {
        let _written = write!(out, "{byte:02x}");
        out
    })
}
