//! Open answers of a survey: each becomes a source of its case.

use super::plan::Refused;
use crate::exchange::import::{TextFiles, folder_name, one_line};
use crate::exchange::plain;
use crate::project::edit::{Edit, NewSource, Words};
use crate::project::id::{CaseId, SourceId, WaveId};
use crate::project::source::SourceKind;
use crate::project::view::View;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// How long the name of a source is at most, in chars.
const NAME: usize = 80;

/// A column of open answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnswerColumn {
    /// What stands above it: the question.
    pub heading: String,
    /// What its sources are called.
    pub name: String,
    /// Answers that become sources.
    pub new: Vec<NewAnswer>,
    /// How many are there already, word for word.
    pub same: usize,
    /// How many rows have none.
    pub empty: usize,
}

/// An answer that becomes a source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewAnswer {
    /// Whose it is.
    pub case: CaseId,
    /// What that is called.
    pub called: String,
    /// The words.
    pub words: String,
    /// What is recorded of them.
    pub record: Words,
}

/// What is there under the name that answers would have: the digest of the words, by case.
pub(super) struct There(HashMap<CaseId, String>);

impl AnswerColumn {
    /// A column of answers to this question.
    pub(super) fn new(view: &View<'_>, heading: &str, wave: Option<WaveId>) -> (Self, There) {
        let question = one_line(heading, NAME);
        let name = match wave.and_then(|wave| view.wave(wave)) {
            Some(wave) => format!("{question} ({})", wave.name),
            None => question,
        };
        let alike = view.sources().into_iter().filter(|source| source.name.to_lowercase() == name.to_lowercase());
        let digest = |source: &std::sync::Arc<crate::project::source::Source>| {
            Some((source.case?, view.version(source.id)?.sha256.clone()))
        };
        let there = There(alike.filter_map(digest).collect());
        (Self { heading: heading.to_owned(), name, new: Vec::new(), same: 0, empty: 0 }, there)
    }

    /// Takes in the answer of a case; gives back why it cannot be, if so.
    pub(super) fn take(
        &mut self,
        there: &There,
        (case, called): (CaseId, &str),
        row: usize,
        said: &str,
    ) -> Option<Refused> {
        let refused = |why: String| {
            let (name, column) = (called.to_owned(), self.heading.clone());
            Some(Refused { row, name, column, why })
        };
        let text = match plain::decode(said.as_bytes()) {
            Ok(text) => text.text,
            Err(why) => return refused(format!("cannot be read as text: {why}")),
        };
        let sha256: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        match there.0.get(&case) {
            Some(known) if *known == sha256 => self.same += 1,
            Some(_) => {
                return refused(format!("“{}” is there already with other words; nothing is replaced", self.name));
            }
            None => {
                let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                let record = Words {
                    sha256,
                    chars: count(text.chars().count()),
                    words: count(text.split_whitespace().count()),
                    encoding: "UTF-8".to_owned(),
                };
                self.new.push(NewAnswer { case, called: called.to_owned(), words: text, record });
            }
        }
        None
    }
}

impl NewAnswer {
    /// The edit that takes it in as `id`, with the file it names.
    pub(super) fn edit(&self, id: SourceId, name: &str, wave: Option<WaveId>, file: &str) -> (Edit, TextFiles) {
        let folder = format!("{}-{}", folder_name(&format!("{} {name}", self.called)), id.0.tail());
        let new = NewSource {
            id,
            name: name.to_owned(),
            kind: SourceKind::Survey,
            case: Some(self.case),
            wave,
            collected: None,
            folder: folder.clone(),
            file: file.to_owned(),
            text: self.record.clone(),
            turns: false,
            speakers: Vec::new(),
        };
        (Edit::Import(Box::new(new)), TextFiles { folder, words: self.words.clone(), turns: None })
    }
}
