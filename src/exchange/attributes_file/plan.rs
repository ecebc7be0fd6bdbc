//! A table held against a project: what is new, what changes, which rows are nobody's, what cannot be taken in.

use super::answers::{AnswerColumn, NewAnswer, There};
use super::guess::guess;
use super::matching::{New, Whose, matched};
use super::{Sheet, SheetCell, SheetError, SheetRow, folded};
use crate::exchange::import::TextFiles;
use crate::project::case::{Attribute, AttributeKind, Bearer};
use crate::project::edit::{AttributeEdit, Edit, NewAttribute, typed};
use crate::project::id::{AttributeId, Id, ParticipantId, WaveId};
use crate::project::record::Rank;
use crate::project::view::View;
use std::collections::HashMap;
use std::sync::Arc;

/// What is asked of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// Whose attributes its columns are.
    pub of: Bearer,
    /// The column that names them; the first if none is named.
    pub name: Option<String>,
    /// The wave in which the values hold.
    pub wave: Option<WaveId>,
    /// Columns of open answers, which become sources.
    pub answers: Vec<String>,
    /// Rows of cases that are not in the project make new cases; else they are left out.
    pub add_cases: bool,
    /// The column that names participants, where the table has several rows a case: each is a participant of it, a new one
    /// if there is none of the name.
    pub people: Option<String>,
    /// What the file is called, for the record of what came from it.
    pub file: String,
}

/// What a table means here.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// What was asked.
    pub asked: Asked,
    /// The heading of the column that names cases or participants.
    pub name_column: String,
    /// The columns that are attributes.
    pub columns: Vec<Column>,
    /// The columns that are open answers.
    pub answers: Vec<AnswerColumn>,
    /// Columns that are left out, with why, a clause each.
    pub left_out: Vec<(String, &'static str)>,
    /// How many rows are somebody's.
    pub matched: usize,
    /// The cases that rows make.
    pub new_cases: Vec<New>,
    /// The participants that rows make.
    pub new_people: Vec<New>,
    /// Rows that are nobody's: they are not taken in.
    pub unmatched: Vec<Unmatched>,
    /// Values that stand now and would be others.
    pub changed: Vec<Changed>,
    /// What cannot be taken in. As long as there is anything, nothing is.
    pub refused: Vec<Refused>,
}

/// A column that is an attribute.
#[derive(Clone, PartialEq, Debug)]
pub struct Column {
    /// What stands above it.
    pub heading: String,
    /// What it fills.
    pub to: To,
    /// The kind of its values, known or guessed.
    pub kind: AttributeKind,
    /// The words that can be chosen from.
    pub choices: Vec<String>,
    /// In which wave the values hold, where the attribute has one for each.
    pub wave: Option<WaveId>,
    /// The values that are new or change.
    pub values: Vec<(Id, String)>,
    /// How many are new.
    pub new: usize,
    /// How many change.
    pub changed: usize,
    /// How many are so already.
    pub same: usize,
    /// How many matched rows have none.
    pub empty: usize,
}

/// What a column fills.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum To {
    /// An attribute that there is.
    Known(AttributeId),
    /// A new attribute.
    New,
    /// What participants are.
    Role,
}

/// A row that is nobody's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unmatched {
    /// Its number.
    pub row: usize,
    /// What it says.
    pub name: String,
    /// Why it is nobody's: a clause.
    pub why: String,
}

/// A value that would change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    /// The row.
    pub row: usize,
    /// Whose value.
    pub name: String,
    /// The column.
    pub column: String,
    /// What stands.
    pub before: String,
    /// What would.
    pub after: String,
}

/// A cell that cannot be taken in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// The row; 1, that of the headings, where a whole column cannot be.
    pub row: usize,
    /// Whose it is; empty for a whole column.
    pub name: String,
    /// The column.
    pub column: String,
    /// Why: a clause.
    pub why: String,
}

/// A table as it is taken in.
#[derive(Clone, Debug)]
pub struct Taken {
    /// All of it as one step.
    pub edit: Edit,
    /// What has to be on disk before.
    pub texts: Vec<TextFiles>,
}

/// A column as it is filled while rows are read.
struct Filling {
    at: usize,
    column: Column,
    /// What values are checked against; a new attribute as it will be.
    attribute: Option<Attribute>,
}

/// Holds a table against the project.
///
/// # Errors
/// If the table as a whole is none: a column is missing, somebody comes twice, nobody is there. One sentence.
pub fn plan(view: &View<'_>, sheet: &Sheet, asked: &Asked) -> Result<Plan, SheetError> {
    // Several rows a case are participants' rows, whatever else is said.
    let of = if asked.people.is_some() { Bearer::Participant } else { asked.of };
    let asked = &Asked { of, ..asked.clone() };
    if asked.of == Bearer::Participant && !asked.answers.is_empty() {
        return Err(SheetError::AnswersOfPeople);
    }
    let find = |name: &str| {
        let found = sheet.headings.iter().position(|heading| folded(heading) == folded(name));
        found.ok_or_else(|| {
            let found: Vec<String> = sheet.headings.iter().take(30).map(|heading| format!("“{heading}”")).collect();
            SheetError::NoColumn { missing: name.to_owned(), found: found.join(", ") }
        })
    };
    let mut name_at = asked.name.as_deref().map_or(Ok(0), find)?;
    let mut case_at =
        (asked.of == Bearer::Participant).then(|| find("case").ok()).flatten().filter(|at| *at != name_at);
    if let Some(people) = &asked.people {
        let at = find(people)?;
        if at == name_at {
            return Err(SheetError::SameColumn(people.clone()));
        }
        (case_at, name_at) = (Some(name_at), at);
    }
    let mut answers: Vec<(usize, AnswerColumn, There)> = Vec::new();
    for name in &asked.answers {
        let at = find(name)?;
        if at != name_at && answers.iter().all(|(other, ..)| *other != at) {
            let (column, there) = AnswerColumn::new(view, &sheet.headings[at], asked.wave);
            answers.push((at, column, there));
        }
    }
    let mut out = Plan {
        asked: asked.clone(),
        name_column: sheet.headings.get(name_at).cloned().unwrap_or_default(),
        columns: Vec::new(),
        answers: Vec::new(),
        left_out: Vec::new(),
        matched: 0,
        new_cases: Vec::new(),
        new_people: Vec::new(),
        unmatched: Vec::new(),
        changed: Vec::new(),
        refused: Vec::new(),
    };
    let rows = matched(view, sheet, (name_at, case_at), &mut out)?;
    let taken: Vec<usize> = answers.iter().map(|(at, ..)| *at).chain([name_at]).chain(case_at).collect();
    let others = (0..sheet.headings.len()).filter(|at| !taken.contains(at));
    let mut filling: Vec<Filling> = others.filter_map(|at| filling(view, sheet, at, &rows, &mut out)).collect();
    for (row, whose) in &rows {
        for column in &mut filling {
            column.take(view, row, whose, &mut out);
        }
        for (at, column, there) in &mut answers {
            match row.cells.get(*at) {
                Some(SheetCell::Says(words)) if !words.is_empty() => {
                    let refused = column.take(there, (whose.id.into(), &whose.name), row.number, words);
                    out.refused.extend(refused);
                }
                Some(SheetCell::Cannot(why)) => out.refused.push(refused(row, whose, &column.heading, why)),
                _ => column.empty += 1,
            }
        }
    }
    out.columns = filling.into_iter().map(|filling| filling.column).collect();
    out.answers = answers.into_iter().map(|(_, column, _)| column).collect();
    out.refused.sort_by_key(|refused| refused.row);
    Ok(out)
}

fn refused(row: &SheetRow, whose: &Whose, column: &str, why: &str) -> Refused {
    Refused { row: row.number, name: whose.name.clone(), column: column.to_owned(), why: why.to_owned() }
}

/// What a column fills; nothing, with why, where it is left out or cannot be.
fn filling(view: &View<'_>, sheet: &Sheet, at: usize, rows: &[(&SheetRow, Whose)], out: &mut Plan) -> Option<Filling> {
    let heading = sheet.headings[at].clone();
    let name = folded(&heading);
    let (of, wave) = (out.asked.of, out.asked.wave);
    let attributes = view.attributes();
    let named = |name: &str| {
        attributes.iter().find(|attribute| attribute.of == of && folded(&attribute.name) == name).map(|a| &***a)
    };
    let mut column = Column {
        heading: heading.clone(),
        to: To::New,
        kind: AttributeKind::Text,
        choices: Vec::new(),
        wave: None,
        values: Vec::new(),
        new: 0,
        changed: 0,
        same: 0,
        empty: 0,
    };
    let values = || {
        rows.iter().filter_map(|(row, _)| match row.cells.get(at) {
            Some(SheetCell::Says(words)) if !words.is_empty() => Some(words.as_str()),
            _ => None,
        })
    };
    let wrong = |out: &mut Plan, why: String| {
        out.refused.push(Refused { row: 1, name: String::new(), column: heading.clone(), why });
        None
    };
    let (known, in_wave) = match named(&name) {
        Some(known) => (Some(known), wave),
        // As our own tables head the values of a wave: `Specialists (2013)`.
        None => match of_wave(view, &heading).and_then(|(name, wave)| Some((named(&name)?, wave))) {
            Some((known, wave)) if known.by_wave => (Some(known), Some(wave)),
            _ => (None, wave),
        },
    };
    if let Some(known) = known {
        if known.follows.is_some() {
            out.left_out.push((heading, "it follows from what is coded and cannot be typed"));
            return None;
        }
        match (known.by_wave, in_wave) {
            (true, None) => return wrong(out, "has a value for each wave; say which wave".into()),
            (false, Some(_)) => return wrong(out, "has one value for all waves; leave the wave out".into()),
            _ => {}
        }
        column.to = To::Known(known.id);
        column.kind = known.kind;
        column.choices.clone_from(&known.choices);
        column.wave = in_wave;
        return Some(Filling { at, column, attribute: Some(known.clone()) });
    }
    if of == Bearer::Participant && name == "role" {
        column.to = To::Role;
        return Some(Filling { at, column, attribute: None });
    }
    if matches!(name.as_str(), "case_id" | "case_kind" | "participant_id") {
        out.left_out.push((heading, "it is what the program's own tables say besides"));
        return None;
    }
    let cannot = rows.iter().any(|(row, _)| matches!(row.cells.get(at), Some(SheetCell::Cannot(_))));
    if values().next().is_none() && !cannot {
        out.left_out.push((heading, "nothing stands in it"));
        return None;
    }
    (column.kind, column.choices) = guess(values());
    column.wave = wave;
    let (id, rank) = (AttributeId::default(), Rank::default());
    let (kind, choices, by_wave) = (column.kind, column.choices.clone(), wave.is_some());
    let attribute = Attribute { id, name: heading, of, kind, choices, by_wave, follows: None, rank };
    Some(Filling { at, column, attribute: Some(attribute) })
}

/// The name and the wave in a heading such as `Specialists (2013)`.
fn of_wave(view: &View<'_>, heading: &str) -> Option<(String, WaveId)> {
    let (name, wave) = heading.trim().strip_suffix(')')?.rsplit_once('(')?;
    let wave = view.waves().into_iter().find(|known| folded(&known.name) == folded(wave))?;
    Some((folded(name), wave.id))
}

impl Filling {
    /// Takes in the cell of a row.
    fn take(&mut self, view: &View<'_>, row: &SheetRow, whose: &Whose, out: &mut Plan) {
        let words = match row.cells.get(self.at) {
            Some(SheetCell::Says(words)) if !words.is_empty() => words,
            Some(SheetCell::Cannot(why)) => {
                out.refused.push(refused(row, whose, &self.column.heading, why));
                return;
            }
            _ => {
                self.column.empty += 1;
                return;
            }
        };
        let value = match &self.attribute {
            Some(attribute) => typed(attribute, words),
            None => Ok(words.split_whitespace().collect::<Vec<_>>().join(" ")),
        };
        let value = match value {
            Ok(value) => value,
            Err(why) => {
                out.refused.push(refused(row, whose, &self.column.heading, &why));
                return;
            }
        };
        let before = match self.column.to {
            To::Known(attribute) => view.value_in(attribute, whose.id, self.column.wave),
            To::Role => view.participant(whose.id.into()).map(|p| p.role.as_str()).filter(|role| !role.is_empty()),
            To::New => None,
        };
        match before {
            Some(before) if before == value => {
                self.column.same += 1;
                return;
            }
            Some(before) => {
                self.column.changed += 1;
                let before = before.replace('\n', "; ");
                let (name, column) = (whose.name.clone(), self.column.heading.clone());
                out.changed.push(Changed { row: row.number, name, column, before, after: value.replace('\n', "; ") });
            }
            None => self.column.new += 1,
        }
        self.column.values.push((whose.id, value));
    }
}

impl Plan {
    /// Whether there is anything to take in.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.columns.iter().all(|column| column.values.is_empty())
            && self.answers.iter().all(|one| one.new.is_empty())
            && self.new_cases.is_empty()
            && self.new_people.is_empty()
    }

    /// How many ids [`edit`](Self::edit) asks for at most.
    #[must_use]
    pub fn ids_needed(&self) -> usize {
        let answers = self.answers.iter().map(|column| column.new.len()).sum::<usize>();
        self.columns.len() + answers + self.new_cases.len() + self.new_people.len()
    }

    /// All of it as one edit; none where something was refused, or nothing is to be done. `fresh` gives ids that nothing
    /// has yet.
    pub fn edit(&self, view: &View<'_>, fresh: &mut dyn FnMut() -> Id) -> Option<Taken> {
        if !self.refused.is_empty() || self.is_idle() {
            return None;
        }
        let (mut edits, mut texts) = (Vec::new(), Vec::new());
        let mut names: HashMap<Id, Id> = HashMap::new();
        let kind = view.cases().last().map_or_else(|| "case".to_owned(), |case| case.kind.clone());
        for case in &self.new_cases {
            let id = fresh();
            names.insert(case.id, id);
            edits.push(Edit::AddCase { id: id.into(), name: case.name.clone(), kind: kind.clone() });
        }
        let roles: HashMap<Id, &str> = self
            .columns
            .iter()
            .filter(|column| column.to == To::Role)
            .flat_map(|column| column.values.iter().map(|(id, role)| (*id, role.as_str())))
            .collect();
        for person in &self.new_people {
            let id = fresh();
            names.insert(person.id, id);
            let case = person.case.map(|case| names.get(&case).copied().unwrap_or(case).into());
            let role = roles.get(&person.id).copied().unwrap_or_default().to_owned();
            let pseudonym = person.name.clone();
            edits.push(Edit::Attributes(AttributeEdit::Person { id: id.into(), pseudonym, role, case }));
        }
        let named = |id: Id| names.get(&id).copied().unwrap_or(id);
        for column in self.columns.iter().filter(|column| !column.values.is_empty()) {
            let attribute = match column.to {
                To::Known(id) => id,
                To::New => {
                    let id = fresh().into();
                    edits.push(Edit::Attributes(AttributeEdit::Set(id, self.new_attribute(column))));
                    id
                }
                To::Role => {
                    edits.extend(column.values.iter().filter_map(|(id, role)| with_role(view, (*id).into(), role)));
                    continue;
                }
            };
            let values = column.values.iter().map(|(id, value)| (named(*id), value.clone())).collect();
            let wave = column.wave;
            edits.push(Edit::Attributes(AttributeEdit::Fill { attribute, wave, values }));
        }
        for column in &self.answers {
            for answer in &column.new {
                let answer = NewAnswer { case: named(answer.case.0).into(), ..answer.clone() };
                let (edit, text) = answer.edit(fresh().into(), &column.name, self.asked.wave, &self.asked.file);
                edits.push(edit);
                texts.push(text);
            }
        }
        Some(Taken { edit: Edit::All(edits), texts })
    }

    fn new_attribute(&self, column: &Column) -> NewAttribute {
        NewAttribute {
            name: column.heading.clone(),
            of: self.asked.of,
            kind: column.kind,
            choices: column.choices.clone(),
            by_wave: column.wave.is_some(),
            follows: None,
        }
    }
}

fn with_role(view: &View<'_>, id: ParticipantId, role: &str) -> Option<Edit> {
    let person: &Arc<_> = view.participant(id)?;
    let (pseudonym, role, case) = (person.pseudonym.clone(), role.to_owned(), person.case);
    Some(Edit::Attributes(AttributeEdit::Person { id, pseudonym, role, case }))
}
