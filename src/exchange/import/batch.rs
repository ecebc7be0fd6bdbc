//! Several files at once: which are taken, what each will be called, and the one edit that takes them in.

use super::{Prepared, folder_name, meant, named_in};
use crate::exchange::file_names::{case_from_name, title_from_name};
use crate::project::edit::{Edit, NewSource, SpeakerIs};
use crate::project::id::{CaseId, Id, SourceId};
use crate::project::view::View;
use crate::text::turns::Turns;
use regex::Regex;
use std::collections::{HashMap, HashSet};

/// A file of a batch.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The file as it is shown: its path below what was asked for.
    pub file: String,
    /// What has become of it.
    pub state: State,
    /// Where its words are already, if they are: a clause, such as `already here as “Nurse” (Practice 07)`.
    pub same: Option<String>,
    /// Why it cannot be taken as it is called now: a clause.
    pub trouble: Option<String>,
    /// Whether the analyst wants it; unsaid, all are wanted but those that are here already.
    pub wanted: Option<bool>,
}

/// What has become of a file.
#[derive(Clone, Debug)]
pub enum State {
    /// It is read and looked at.
    Ready(Box<Prepared>),
    /// It is so large, in bytes, that it is asked about before it is read.
    Asks(u64),
    /// It cannot be imported: why, in one sentence.
    Cannot(String),
}

/// Files that are imported together: all of those wanted in one step, or none.
#[derive(Clone, Default, Debug)]
pub struct Batch {
    /// The files.
    pub entries: Vec<Entry>,
    /// What finds the case in the name of a file.
    pub pattern: Option<Regex>,
    /// The case of files whose name tells none.
    pub home: Option<String>,
}

/// The words of a source and its turns, to be on disk before the edit that names them is done.
#[derive(Clone, PartialEq, Debug)]
pub struct TextFiles {
    /// The source's folder under `sources/`.
    pub folder: String,
    /// The words of version 1.
    pub words: String,
    /// Its turns, if any were accepted.
    pub turns: Option<Turns>,
}

/// A batch as it is taken in.
#[derive(Clone, Debug)]
pub struct Taken {
    /// All of it as one step.
    pub edit: Edit,
    /// What has to be on disk before.
    pub texts: Vec<TextFiles>,
    /// The new sources, in the order of the files.
    pub sources: Vec<SourceId>,
    /// How many cases are added.
    pub cases: usize,
}

/// A source whose turns were recognised again.
#[derive(Clone, Debug)]
pub struct Turned {
    /// What accepts them.
    pub edit: Edit,
    /// The turns, to be on disk before; none where the source is to have no speakers.
    pub turns: Option<Turns>,
}

impl Entry {
    /// A file that is read, or why it cannot be.
    #[must_use]
    pub fn new(file: impl Into<String>, state: State) -> Self {
        Self { file: file.into(), state, same: None, trouble: None, wanted: None }
    }

    /// The text, if it is ready.
    #[must_use]
    pub fn prepared(&self) -> Option<&Prepared> {
        match &self.state {
            State::Ready(prepared) => Some(prepared),
            _ => None,
        }
    }

    /// The text, if it is ready.
    pub fn prepared_mut(&mut self) -> Option<&mut Prepared> {
        match &mut self.state {
            State::Ready(prepared) => Some(prepared),
            _ => None,
        }
    }

    /// Whether it is wanted: said to be, or not here already.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.wanted.unwrap_or(self.same.is_none())
    }

    /// The text, if it is taken when the batch is.
    #[must_use]
    pub fn taken(&self) -> Option<&Prepared> {
        self.prepared().filter(|_| self.is_wanted() && self.trouble.is_none())
    }
}

impl Batch {
    /// How many files are taken.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.entries.iter().filter(|entry| entry.taken().is_some()).count()
    }

    /// Brings guesses up to date with the project and with each other: cases from names, names that are free, texts that
    /// are here already. To be called after anything has changed. What the analyst said stays.
    pub fn settle(&mut self, view: &View<'_>) {
        let cases: Vec<&str> = view.cases().iter().map(|case| case.name.as_str()).collect();
        let mut here = known_texts(view);
        let mut names: HashMap<String, HashSet<String>> = HashMap::new();
        for case in view.cases().into_iter().map(Some).chain([None]) {
            let key = case.map_or(String::new(), |case| case.name.to_lowercase());
            let sources = view.sources_of(case.map(|case| case.id));
            names.entry(key).or_default().extend(sources.iter().map(|source| source.name.to_lowercase()));
        }
        for entry in &mut self.entries {
            let State::Ready(prepared) = &mut entry.state else { continue };
            let token = self.pattern.as_ref().and_then(|pattern| case_from_name(&prepared.file, pattern));
            if !prepared.said.case {
                let by_token = token.as_ref().map(|token| meant(token, &cases).unwrap_or(token).to_owned());
                let by_name = || named_in(&prepared.file, &cases).map(str::to_owned);
                prepared.case = by_token.or_else(by_name).or_else(|| self.home.clone());
            }
            // Said as `practice 07`, it is still the case “Practice 07”.
            let known = |case: &String| cases.iter().find(|known| known.to_lowercase() == case.to_lowercase());
            if let Some(known) = prepared.case.as_ref().and_then(known) {
                prepared.case = Some((*known).to_owned());
            }
            entry.same = here.get(&prepared.sha256).cloned();
            let taken = entry.wanted.unwrap_or(entry.same.is_none());
            let key = prepared.case.as_ref().map_or(String::new(), |case| case.to_lowercase());
            let twins = names.entry(key).or_default();
            if !prepared.said.name {
                let title = match (&token, &prepared.case) {
                    // The case's name with its words apart is not in the file's name as it stands.
                    (None, Some(case)) => title_from_name(&title_from_name(&prepared.file, None), Some(case)),
                    (token, _) => title_from_name(&prepared.file, token.as_deref()),
                };
                prepared.name = free_name(&title, twins);
            }
            let is_twin = twins.contains(&prepared.name.to_lowercase());
            entry.trouble =
                is_twin.then(|| format!("there is a source called “{}” in its case already", prepared.name));
            if taken && !is_twin {
                twins.insert(prepared.name.to_lowercase());
                here.entry(prepared.sha256.clone()).or_insert_with(|| format!("the same words as {}", entry.file));
            }
        }
    }

    /// How many ids [`edit`](Self::edit) asks for at most.
    #[must_use]
    pub fn ids_needed(&self) -> usize {
        self.entries.iter().filter_map(Entry::taken).map(|prepared| 2 + prepared.voices.len()).sum()
    }

    /// The one edit that takes in all files that are wanted and ready, with the texts it names; none if there are none.
    /// `fresh` gives ids that nothing has yet.
    pub fn edit(&self, view: &View<'_>, fresh: &mut dyn FnMut() -> Id) -> Option<Taken> {
        let known = view.cases();
        let kind = known.last().map_or_else(|| "case".to_owned(), |case| case.kind.clone());
        let mut ids: HashMap<String, CaseId> = known.iter().map(|case| (case.name.to_lowercase(), case.id)).collect();
        let mut out = Taken { edit: Edit::All(Vec::new()), texts: Vec::new(), sources: Vec::new(), cases: 0 };
        let mut edits = Vec::new();
        for prepared in self.entries.iter().filter_map(Entry::taken) {
            let case = prepared.case.as_ref().map(|name| {
                *ids.entry(name.to_lowercase()).or_insert_with(|| {
                    let id = fresh().into();
                    edits.push(Edit::AddCase { id, name: name.clone(), kind: kind.clone() });
                    out.cases += 1;
                    id
                })
            });
            let id = fresh();
            let (import, text) = prepared.edit(id.into(), case, fresh);
            edits.push(import);
            out.texts.push(text);
            out.sources.push(id.into());
        }
        out.edit = Edit::All(edits);
        (!out.sources.is_empty()).then_some(out)
    }
}

impl Prepared {
    /// The edit that takes this text in as `id` under `case`, with the files it names.
    pub fn edit(&self, id: SourceId, case: Option<CaseId>, fresh: &mut dyn FnMut() -> Id) -> (Edit, TextFiles) {
        let folder = folder_name(&format!("{} {}", self.case.as_deref().unwrap_or_default(), self.name));
        let folder = format!("{folder}-{}", id.0.tail());
        let turns = self.turns().cloned();
        let new = NewSource {
            id,
            name: self.name.clone(),
            kind: self.kind,
            case,
            wave: None,
            collected: self.collected,
            folder: folder.clone(),
            file: self.file.clone(),
            text: self.record(),
            turns: turns.is_some(),
            speakers: self.speakers(fresh),
        };
        (Edit::Import(Box::new(new)), TextFiles { folder, words: self.text.as_str().to_owned(), turns })
    }

    /// The edit that accepts these turns for a source that is in the project, as its recognition `number`.
    pub fn accept_turns(&self, source: SourceId, number: u32, fresh: &mut dyn FnMut() -> Id) -> Turned {
        let turns = self.turns().cloned();
        let speakers: Vec<(String, SpeakerIs)> = self.speakers(fresh);
        Turned { edit: Edit::AcceptTurns(source, if turns.is_some() { number } else { 0 }, speakers), turns }
    }
}

/// The digests of all versions of all texts in the project, with where they are, as a clause.
fn known_texts(view: &View<'_>) -> HashMap<String, String> {
    let clause = |source| {
        let source = view.source(source)?;
        let case = source.case.and_then(|case| view.case(case)).map(|case| format!(" ({})", case.name));
        Some(format!("already here as “{}”{}", source.name, case.unwrap_or_default()))
    };
    let versions = view.versions();
    versions.filter_map(|version| Some((version.sha256.clone(), clause(version.source)?))).collect()
}

/// `title`, or with a number where it is taken.
fn free_name(title: &str, taken: &HashSet<String>) -> String {
    let title = if title.is_empty() { "Source" } else { title };
    let is_free = |name: &String| !taken.contains(&name.to_lowercase());
    let numbered = (2..).map(|n| format!("{title} {n}"));
    std::iter::once(title.to_owned()).chain(numbered).find(is_free).unwrap_or_else(|| title.to_owned())
}
