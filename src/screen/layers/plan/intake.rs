//! A table of attributes being taken in: what its columns mean, and what comes of it.

use super::{Field, Outcome, Work, named, picker};
use crate::exchange::attributes_file::{Asked, Plan, Sheet, SheetError, plan, read};
use crate::project::case::Bearer;
use crate::project::id::{SourceId, WaveId};
use crate::project::view::View;
use crate::report::tables::{Format, Look, write};
use crate::screen::app::{App, Tone};
use crate::screen::commands::importing::new_files;
use crate::screen::layers::Layer;
use crate::screen::layers::page::Page;
use crate::screen::layers::picker::Target;
use std::sync::{Arc, OnceLock};

/// How many rows of a kind are shown under the fields.
const SHOWN: usize = 3;
/// How many are shown on the page of all.
const ALL: usize = 500;

/// A table being taken in.
pub struct Intake {
    /// What is asked of it.
    pub asked: Asked,
    bytes: Arc<[u8]>,
    sheet: Arc<OnceLock<Result<Sheet, SheetError>>>,
    waves: Vec<WaveId>,
}

impl Intake {
    /// The table in a file of these bytes.
    #[must_use]
    pub fn new(file: String, bytes: Vec<u8>, of: Bearer, wave: Option<WaveId>) -> Self {
        let asked = Asked { of, name: None, wave, answers: Vec::new(), add_cases: false, people: None, file };
        Self { asked, bytes: bytes.into(), sheet: Arc::default(), waves: Vec::new() }
    }

    /// The headings, once the file is read.
    fn headings(&self) -> &[String] {
        match self.sheet.get() {
            Some(Ok(sheet)) => &sheet.headings,
            _ => &[],
        }
    }

    /// Its lines.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let mut out = vec![Field::Column, Field::Bearer, Field::Wave];
        if self.asked.of == Bearer::Case {
            out.extend([Field::People, Field::Add]);
            // Answers of several rows would be several sources of one name.
            if self.asked.people.is_none() {
                out.push(Field::Answers);
            }
        }
        out.extend([Field::Details, Field::Go]);
        out
    }

    pub(super) fn work(&self) -> Result<(Vec<SourceId>, Work), String> {
        let (bytes, sheet, asked) = (Arc::clone(&self.bytes), Arc::clone(&self.sheet), self.asked.clone());
        let work = move |view: &View<'_>, _: &super::Books<'_>| {
            let sheet = sheet.get_or_init(|| read(&bytes)).as_ref().map_err(ToString::to_string)?;
            let found = plan(view, sheet, &asked).map_err(|why| why.to_string())?;
            Ok(Outcome::Table(Box::new(found)))
        };
        Ok((Vec::new(), Box::new(work)))
    }

    /// What a line says: its name, its value, and what is to be known of it.
    #[must_use]
    pub fn said(&self, view: &View<'_>, field: Field) -> (&'static str, String, String) {
        match field {
            Field::Column => {
                let first = || self.headings().first().cloned().unwrap_or_default();
                ("Named in", self.asked.name.clone().unwrap_or_else(first), "the column with the names".into())
            }
            Field::Bearer => {
                let said = if self.asked.of == Bearer::Case { "cases" } else { "participants" };
                ("Rows are", said.into(), "matched by name; others are left out".into())
            }
            Field::Wave => {
                let wave = self.asked.wave.and_then(|wave| view.wave(wave));
                ("Wave", wave.map_or("none".to_owned(), |wave| wave.name.clone()), "the wave the values hold in".into())
            }
            Field::Answers => {
                let said = match self.asked.answers.as_slice() {
                    [] => "none".to_owned(),
                    columns => columns.join("; "),
                };
                ("Open answers", said, "columns that become sources".into())
            }
            Field::People => {
                let said = self.asked.people.clone().unwrap_or_else(|| "one of a case".into());
                ("Several rows", said, "the column that names a participant in each".into())
            }
            Field::Add => {
                let said = if self.asked.add_cases { "become new cases" } else { "are left out" };
                ("Unknown cases", said.into(), "Space changes this".into())
            }
            Field::Details => ("Look", "at all of it".into(), String::new()),
            _ => ("", "Take it in".into(), String::new()),
        }
    }

    pub(super) fn ask(&self, field: Field, outcome: Option<&Plan>, width: u16) -> Option<Layer> {
        let headings = || {
            let item = |(n, heading): (usize, &String)| named(heading.clone(), "", Target::Nth(n));
            self.headings().iter().enumerate().map(item).collect::<Vec<_>>()
        };
        Some(match field {
            Field::Column => picker("Which column has the names?", headings(), field, false, |_| false),
            Field::People => {
                let mut items = vec![named("One row a case", "", Target::Top)];
                items.extend(headings());
                picker("Several rows a case: which column names a participant in each?", items, field, false, |_| false)
            }
            Field::Answers => {
                let is = |target| {
                    let Target::Nth(n) = target else { return false };
                    self.headings().get(n).is_some_and(|heading| self.asked.answers.contains(heading))
                };
                let mut items = headings();
                items.push(named("None", "", Target::Top));
                picker("Which columns are open answers? Space marks, Enter takes them", items, field, true, is)
            }
            Field::Details => {
                let look = Look { width: Some(width), ascii: false };
                let words = outcome.map_or_else(String::new, |plan| words(plan, ALL, look));
                Layer::Page(Page { title: self.asked.file.clone(), words, top: 0 })
            }
            _ => return None,
        })
    }

    pub(super) fn chosen(&mut self, field: Field, items: &[Target]) {
        let heading = |target: &Target| match target {
            Target::Nth(n) => self.headings().get(*n).cloned(),
            _ => None,
        };
        let chosen: Vec<String> = items.iter().filter_map(heading).collect();
        match field {
            Field::Column => self.asked.name = chosen.into_iter().next(),
            Field::People => {
                self.asked.people = chosen.into_iter().next();
                if self.asked.people.is_some() {
                    self.asked.answers.clear();
                }
            }
            // None is none, whatever else is marked.
            Field::Answers if items.iter().any(|item| matches!(item, Target::Top)) => self.asked.answers.clear(),
            Field::Answers => self.asked.answers = chosen,
            _ => {}
        }
    }

    /// Goes through few values; says whether there are such.
    pub(super) fn turn(&mut self, view: &View<'_>, field: Field, back: bool) -> bool {
        match field {
            Field::Add => self.asked.add_cases = !self.asked.add_cases,
            Field::Bearer => {
                self.asked.answers.clear();
                (self.asked.people, self.asked.add_cases) = (None, false);
                self.asked.of = if self.asked.of == Bearer::Case { Bearer::Participant } else { Bearer::Case };
            }
            Field::Wave => {
                self.waves = view.waves().iter().map(|wave| wave.id).collect();
                let all: Vec<Option<WaveId>> =
                    std::iter::once(None).chain(self.waves.iter().copied().map(Some)).collect();
                let at = all.iter().position(|wave| *wave == self.asked.wave).unwrap_or(0);
                self.asked.wave = all[(at + if back { all.len() - 1 } else { 1 }) % all.len()];
            }
            _ => return false,
        }
        true
    }

    /// What is said under the fields, line by line.
    pub(super) fn preview(plan: &Plan, width: u16, ascii: bool) -> Vec<String> {
        let look = Look { width: Some(width), ascii };
        words(plan, SHOWN, look).lines().map(str::to_owned).collect()
    }
}

/// Takes a table in; says whether that could be done.
pub(super) fn take(app: &mut App, found: &Plan) -> bool {
    match found.refused.as_slice() {
        [] => {}
        [one] => {
            app.tell(
                Tone::Refused,
                format!("row {}, column “{}”: {}; nothing was taken in", one.row, one.column, one.why),
            );
            return false;
        }
        more => {
            app.tell(Tone::Refused, format!("{} cells cannot be taken in; nothing was", more.len()));
            return false;
        }
    }
    let ids: Vec<_> = (0..found.ids_needed()).map(|_| app.study.fresh_id()).collect();
    let mut ids = ids.into_iter();
    let Some(taken) = found.edit(&app.study.view(), &mut || ids.next().unwrap_or_default()) else {
        app.tell(Tone::Plain, "all of it is known already");
        return true;
    };
    let files = taken.texts.into_iter().flat_map(new_files).collect();
    let done = app.edit_with(&taken.edit, files).is_some();
    if done {
        app.people.show(found.asked.of);
        app.tell(Tone::Done, format!("taken in: {}", found.did()));
    }
    done
}

/// A plan in words: what becomes of it, by column, then by row.
fn words(plan: &Plan, most: usize, look: Look) -> String {
    let mut out = match plan.refused.len() {
        0 if plan.is_idle() => "All of it is known already.\n\n".to_owned(),
        0 => format!("{}.\n\n", plan.did()),
        1 => "1 cell cannot be taken in: nothing is, as it stands.\n\n".to_owned(),
        n => format!("{n} cells cannot be taken in: nothing is, as it stands.\n\n"),
    };
    let rows = plan.by_row(most);
    if !rows.rows.is_empty() && most == SHOWN {
        out.push_str(&write(&rows, Format::Table, look));
        out.push('\n');
    }
    out.push_str(&write(&plan.by_column(), Format::Table, look));
    if !rows.rows.is_empty() && most != SHOWN {
        out.push('\n');
        out.push_str(&write(&rows, Format::Table, look));
    }
    out
}
