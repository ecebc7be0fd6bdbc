//! The working files of the sample study, as they stand in `sample_data/working`.

use super::marks::{Mark, strip};
use emic::project::codebook::Origin;
use emic::project::source::SourceKind;
use emic::text::{Span, Text};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/working")
}

fn read(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|err| panic!("{}: {err}", path.display()))
}

fn parsed<T: DeserializeOwned>(path: &str) -> T {
    ron::from_str(&read(path)).unwrap_or_else(|err| panic!("{path}: {err}"))
}

/// All working files.
pub struct Working {
    pub study: Study,
    pub codes: Vec<CodeEntry>,
    pub broad: Broad,
    pub round: RoundFile,
    pub second_looks: Vec<SecondLook>,
    /// The texts without their marks, and the marks, by file.
    pub texts: HashMap<String, Stripped>,
}

pub struct Stripped {
    pub words: String,
    pub text: Text,
    pub marks: Vec<Mark>,
}

impl Working {
    pub fn read() -> Self {
        let study: Study = parsed("study.ron");
        let text = |entry: &SourceEntry| {
            let (words, marks) = strip(&entry.file, &read(&format!("texts/{}", entry.file)));
            let text = Text::new(&words);
            (entry.file.clone(), Stripped { words, text, marks })
        };
        let texts = study.sources.iter().map(text).collect();
        let Codebook { codes } = parsed("codebook.ron");
        let (broad, round, second_looks) = (parsed("broad.ron"), parsed("round.ron"), parsed("second_looks.ron"));
        Self { study, codes, broad, round, second_looks, texts }
    }

    /// The files of a case, in order.
    pub fn files_of(&self, case: &str) -> Vec<&str> {
        self.study.sources.iter().filter(|entry| entry.case == case).map(|entry| entry.file.as_str()).collect()
    }

    pub fn text(&self, file: &str) -> &Stripped {
        self.texts.get(file).unwrap_or_else(|| panic!("there is no text {file}"))
    }

    pub fn mark(&self, file: &str, number: u32) -> &Mark {
        let marks = &self.text(file).marks;
        marks.iter().find(|mark| mark.number == number).unwrap_or_else(|| panic!("{file} has no mark {number}"))
    }

    /// Where `words` stand in a text: exactly once. `a … b` is everything from a to the next b.
    pub fn find(&self, file: &str, words: &str) -> Span {
        let Stripped { words: all, text, .. } = self.text(file);
        let (first, last) = words.split_once(" … ").unwrap_or((words, ""));
        assert_eq!(all.matches(first).count(), 1, "{file}: “{first}”");
        let start = all.find(first).expect("it is there once");
        let after = start + first.len();
        let end = all[after..].find(last).unwrap_or_else(|| panic!("{file}: “{last}” does not follow"));
        text.span(start..after + end + last.len())
    }

    /// Codes that are coded in the round: those under its branches.
    pub fn is_of_round(&self, key: &str) -> bool {
        let code = self.codes.iter().find(|code| code.key == key).unwrap_or_else(|| panic!("there is no code {key}"));
        code.parent
            .as_ref()
            .is_some_and(|parent| self.round.round.branches.contains(parent) || self.is_of_round(parent))
    }
}

#[derive(Deserialize)]
pub struct Study {
    pub title: String,
    pub coders: Vec<CoderEntry>,
    pub waves: Vec<WaveEntry>,
    pub cases: Vec<CaseEntry>,
    pub sources: Vec<SourceEntry>,
}

#[derive(Deserialize)]
pub struct CoderEntry {
    pub initials: String,
    pub name: String,
}

#[derive(Deserialize)]
pub struct WaveEntry {
    pub name: String,
}

#[derive(Deserialize)]
pub struct CaseEntry {
    pub key: String,
    pub name: String,
    pub kind: String,
    pub attributes: Vec<(String, String)>,
}

#[derive(Deserialize, Clone)]
pub struct SourceEntry {
    pub file: String,
    pub name: String,
    pub kind: SourceKind,
    pub case: String,
    #[serde(default)]
    pub wave: String,
    pub collected: Date,
    pub speakers: Vec<SpeakerEntry>,
}

#[derive(Deserialize, Clone)]
pub struct SpeakerEntry {
    pub label: String,
    pub is: Is,
}

#[derive(Deserialize, Clone)]
pub enum Is {
    Interviewer,
    Participant { name: String, role: String },
    Other,
}

#[derive(Deserialize)]
struct Codebook {
    codes: Vec<CodeEntry>,
}

#[derive(Deserialize)]
pub struct CodeEntry {
    pub key: String,
    pub name: String,
    pub parent: Option<String>,
    pub colour: u8,
    pub origin: Origin,
    pub heading: bool,
    pub wordings: Vec<WordingEntry>,
}

#[derive(Deserialize, Clone)]
pub struct WordingEntry {
    pub definition: String,
    pub use_when: String,
    pub not_when: String,
    pub example: String,
    pub by: String,
    pub at: Timestamp,
    pub reason: String,
}

/// The broad code.
#[derive(Deserialize)]
pub struct Broad {
    pub code: String,
    pub coders: Vec<String>,
    pub days_after: i64,
    /// File and words of turns without a mark.
    pub also: Vec<(String, String)>,
}

/// The round and what came after it.
#[derive(Deserialize)]
pub struct RoundFile {
    pub round: RoundEntry,
    pub sessions: Vec<Session>,
    pub stages: Stages,
    pub comments: Vec<CommentEntry>,
    pub differences: Vec<Difference>,
    pub proposals: Proposals,
    pub meetings: Meetings,
    pub revisions: Vec<Revision>,
    pub checks: Checks,
    pub allocation: AllocationEntry,
    pub rest: Rest,
}

#[derive(Deserialize)]
pub struct RoundEntry {
    pub name: String,
    pub by: String,
    pub at: Timestamp,
    pub cases: usize,
    pub seed: u64,
    pub by_attribute: String,
    pub within: String,
    pub branches: Vec<String>,
    pub coders: Vec<String>,
    /// Case and coder: who codes one of the cases beside the coders of all.
    pub also: Vec<(String, String)>,
}

impl RoundEntry {
    /// Everybody who codes something in the round.
    pub fn everybody(&self) -> Vec<&str> {
        let mut out: Vec<&str> = self.coders.iter().map(String::as_str).collect();
        for (_, coder) in &self.also {
            if !out.contains(&coder.as_str()) {
                out.push(coder);
            }
        }
        out
    }

    /// Who codes a case.
    pub fn coders_of(&self, case: &str) -> Vec<&str> {
        let also = self.also.iter().filter(|(of, _)| of == case).map(|(_, coder)| coder);
        self.coders.iter().chain(also).map(String::as_str).collect()
    }
}

#[derive(Deserialize)]
pub struct Session {
    pub coder: String,
    pub case: String,
    pub at: Timestamp,
}

#[derive(Deserialize)]
pub struct Stages {
    pub blind: Timestamp,
    pub revealed: Timestamp,
    pub reconciling: Timestamp,
}

/// File, number of the mark, key of the code.
pub type At = (String, u32, String);

#[derive(Deserialize)]
pub struct CommentEntry {
    pub coder: String,
    pub at: At,
    pub comment: String,
}

/// Where a coder has something else than the truth.
#[derive(Deserialize)]
pub struct Difference {
    pub coder: String,
    /// The coding of the truth that is concerned; none where something is added.
    #[serde(default)]
    pub at: Option<At>,
    pub how: How,
    #[serde(default)]
    pub file: String,
    #[serde(default)]
    pub words: String,
    #[serde(default)]
    pub comment: String,
    pub decided: Option<Decided>,
}

#[derive(Deserialize, Clone, PartialEq, Debug)]
pub enum How {
    Omits,
    Shifts(String),
    Splits(Vec<String>),
    Gives(String),
    Adds(String),
}

#[derive(Deserialize, Clone)]
pub struct Decided {
    pub by: String,
    /// The third person it was put to, who decided then.
    #[serde(default)]
    pub passed: Option<String>,
    /// It was left for discussion first.
    #[serde(default)]
    pub discussed: bool,
    pub why: String,
}

/// A coding of the cases that were coded once which its coder looked at again, and put right: the truth is what came of it.
#[derive(Deserialize)]
pub struct SecondLook {
    /// The coding as it is in the truth.
    pub at: At,
    /// How it was laid first.
    pub first: First,
    pub when: Timestamp,
}

#[derive(Deserialize)]
pub enum First {
    /// On these words.
    Words(String),
    /// With this code.
    Code(String),
}

#[derive(Deserialize)]
pub struct Proposals {
    pub code: ProposedCode,
    pub wording: ProposedWording,
}

#[derive(Deserialize, Clone)]
pub struct ProposedCode {
    pub key: String,
    pub name: String,
    pub parent: String,
    pub by: String,
    pub at: Timestamp,
    pub definition: String,
    pub use_when: String,
    pub not_when: String,
    pub merged_into: String,
    pub settled_by: String,
    pub settled: Timestamp,
}

#[derive(Deserialize, Clone)]
pub struct ProposedWording {
    pub code: String,
    pub by: String,
    pub at: Timestamp,
    pub definition: String,
    pub use_when: String,
    pub not_when: String,
    pub example: String,
    pub reason: String,
    pub settled_by: String,
    pub settled: Timestamp,
}

#[derive(Deserialize)]
pub struct Meetings {
    pub first: Timestamp,
    /// The last difference of the first meeting.
    pub up_to: At,
    pub second: Timestamp,
    pub minutes: i64,
    pub third_person: Timestamp,
}

#[derive(Deserialize, Clone)]
pub struct Revision {
    pub code: String,
    pub by: String,
    pub at: Timestamp,
    pub meaning: bool,
    /// File and words that showed why.
    #[serde(default)]
    pub because: Option<(String, String)>,
    pub definition: String,
    pub use_when: String,
    pub not_when: String,
    pub example: String,
    pub reason: String,
}

#[derive(Deserialize)]
pub struct Checks {
    pub at: Timestamp,
    pub minutes: i64,
    /// Why a coding is kept.
    pub keep: String,
    pub otherwise: Vec<CheckEntry>,
}

#[derive(Deserialize)]
pub struct CheckEntry {
    pub coder: String,
    pub code: String,
    pub file: String,
    pub verdict: Found,
    pub why: String,
}

#[derive(Deserialize)]
pub enum Found {
    Remove,
    Recode(String),
}

#[derive(Deserialize)]
pub struct AllocationEntry {
    pub by: String,
    pub at: Timestamp,
    pub seed: u64,
    pub spread: String,
    pub coders: Vec<String>,
}

#[derive(Deserialize)]
pub struct Rest {
    pub from: Timestamp,
    pub minutes: i64,
}
