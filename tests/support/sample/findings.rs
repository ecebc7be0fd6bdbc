//! What findings are made of: typed attributes, the survey of 2016, themes, frozen codebooks, what may be said of speakers.

use super::maker::{Maker, Timeline};
use super::working::root;
use emic::findings::definition::define;
use emic::project::case::{AttributeKind, Bearer};
use emic::project::edit::{AttributeEdit, CycleEdit, Edit, NewAttribute, NewTheme, ThemeEdit};
use emic::project::id::{AttributeId, Mint, ThemeId, WaveId};
use emic::project::relation::Related;
use emic::project::study::Sign;
use emic::project::theme::{Holds, Stance};
use emic::project::view::View;
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

#[derive(Deserialize)]
pub struct Findings {
    pub attributes: Vec<AttributeEntry>,
    staff: Staff,
    survey: Survey,
    signature: Signature,
    /// When tables.ron is read, and by whom.
    tables: (Timestamp, String),
    cycles: Vec<CycleEntry>,
    themes: Vec<ThemeEntry>,
    pub summaries: Vec<SummaryEntry>,
    pub pairs: Vec<PairEntry>,
}

#[derive(Deserialize)]
pub struct AttributeEntry {
    pub name: String,
    pub kind: AttributeKind,
    pub choices: Vec<String>,
}

#[derive(Deserialize)]
struct Staff {
    attribute: String,
    at: Timestamp,
    by: String,
    values: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Survey {
    wave: String,
    at: Timestamp,
    by: String,
    attributes: Vec<ByWave>,
}

#[derive(Deserialize)]
struct ByWave {
    name: String,
    first: String,
    later: String,
}

#[derive(Deserialize)]
struct Signature {
    at: Timestamp,
    by: String,
    parts: Vec<String>,
    fewest: u32,
}

#[derive(Deserialize)]
struct CycleEntry {
    name: String,
    by: String,
    at: Timestamp,
    note: String,
    top: Option<String>,
}

#[derive(Deserialize)]
struct ThemeEntry {
    name: String,
    under: Option<String>,
    by: String,
    at: Timestamp,
    description: String,
    holds: Vec<String>,
    /// File, number of the mark, code, what it does, why.
    extracts: Vec<(String, u32, String, Stance, String)>,
}

/// A cell of the framework matrix: case and theme, who summed it up when, in which words.
#[derive(Deserialize)]
pub struct SummaryEntry {
    pub case: String,
    pub under: String,
    pub by: String,
    pub at: Timestamp,
    pub text: String,
}

/// What was found of two codings that lie together, both by number of the mark and code.
#[derive(Deserialize)]
pub struct PairEntry {
    pub file: String,
    pub a: (u32, String),
    pub b: (u32, String),
    pub found: Related,
    #[serde(default)]
    pub reason: String,
    pub by: String,
    pub at: Timestamp,
}

impl Findings {
    pub fn read() -> Self {
        let path = root().join("findings.ron");
        let text = std::fs::read_to_string(&path).expect("findings.ron");
        ron::from_str(&text).unwrap_or_else(|err| panic!("findings.ron: {err}"))
    }
}

/// The rows of assignment.csv: the key of a case, then its columns.
fn assignment() -> Vec<(String, HashMap<String, String>)> {
    let mut reader = csv::Reader::from_path(root().join("assignment.csv")).expect("the assignment");
    let columns: Vec<String> = reader.headers().expect("columns").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| {
        let row = row.expect("a row");
        let values: HashMap<String, String> = columns.iter().cloned().zip(row.iter().map(str::to_owned)).collect();
        (values["practice"].clone(), values)
    });
    rows.collect()
}

pub fn plan(timeline: &mut Timeline, findings: &Rc<Findings>) {
    timeline.at(findings.tables.0, &findings.tables.1, tables);
    let all = Rc::clone(findings);
    timeline.at(findings.staff.at, &findings.staff.by, move |maker| staff(maker, &all.staff));
    let all = Rc::clone(findings);
    timeline.at(findings.survey.at, &findings.survey.by, move |maker| survey(maker, &all.survey));
    let all = Rc::clone(findings);
    timeline.at(findings.signature.at, &findings.signature.by, move |maker| sign(maker, &all.signature));
    for (n, entry) in findings.cycles.iter().enumerate() {
        let all = Rc::clone(findings);
        timeline.at(entry.at, &entry.by, move |maker| freeze(maker, &all.cycles[n]));
    }
    for (n, entry) in findings.themes.iter().enumerate() {
        let all = Rc::clone(findings);
        timeline.at(entry.at, &entry.by, move |maker| theme(maker, &all.themes[n]));
    }
}

/// Makes an attribute of cases.
pub fn attribute(maker: &mut Maker, name: &str, kind: AttributeKind, choices: &[String], by_wave: bool) -> AttributeId {
    let id: AttributeId = maker.mint.id().into();
    let (name, choices) = (name.to_owned(), choices.to_vec());
    let new = NewAttribute { name, of: Bearer::Case, kind, choices, by_wave, follows: None };
    maker.edit(&Edit::Attributes(AttributeEdit::Set(id, new)));
    id
}

fn say(maker: &mut Maker, attribute: AttributeId, case: &str, wave: Option<WaveId>, value: String) {
    let whose = maker.cases[case].0;
    maker.edit(&Edit::Attributes(AttributeEdit::Value { attribute, whose, wave, value }));
}

fn staff(maker: &mut Maker, staff: &Staff) {
    let choices: Vec<String> = staff.values.iter().map(|(_, value)| value.clone()).collect();
    let id = attribute(maker, &staff.attribute, AttributeKind::Choices, &choices, false);
    for (case, row) in assignment() {
        let has = staff.values.iter().filter(|(column, _)| row[column] == "1").map(|(_, value)| value.as_str());
        let value = has.collect::<Vec<_>>().join("; ");
        if !value.is_empty() {
            say(maker, id, &case, None, value);
        }
    }
}

fn survey(maker: &mut Maker, survey: &Survey) {
    let first = maker.view().waves()[0].id;
    let later: WaveId = maker.mint.id().into();
    maker.edit(&Edit::Attributes(AttributeEdit::Wave(later, survey.wave.clone())));
    for entry in &survey.attributes {
        let id = attribute(maker, &entry.name, AttributeKind::YesNo, &[], true);
        for (case, row) in assignment() {
            for (wave, column) in [(first, &entry.first), (later, &entry.later)] {
                let yes = row[column].parse::<u32>().is_ok_and(|n| n > 0);
                say(maker, id, &case, Some(wave), if yes { "yes" } else { "no" }.to_owned());
            }
        }
    }
}

fn sign(maker: &mut Maker, signature: &Signature) {
    let attributes = maker.view().attributes();
    let part = |name: &String| match name.as_str() {
        "role" => Sign::Role,
        name => Sign::Attribute(attributes.iter().find(|a| a.name == name).expect("an attribute").id),
    };
    let parts = signature.parts.iter().map(part).collect();
    maker.edit(&Edit::Attributes(AttributeEdit::Signature(parts, signature.fewest)));
}

/// The tables of the paper, as `emic count --define` reads them.
fn tables(maker: &mut Maker) {
    let text = std::fs::read_to_string(root().join("tables.ron")).expect("tables.ron");
    let view = View::new(&maker.project, maker.coder);
    let edit = define(&view, &text, &mut maker.mint).unwrap_or_else(|why| panic!("tables.ron: {why}"));
    maker.edit(&edit);
}

pub fn theme_called(maker: &Maker, name: &str) -> ThemeId {
    maker.view().themes().into_iter().find(|theme| theme.name == name).unwrap_or_else(|| panic!("no theme {name}")).id
}

fn freeze(maker: &mut Maker, entry: &CycleEntry) {
    let top = entry.top.as_ref().map(|top| theme_called(maker, top));
    let (id, name, note) = (maker.mint.id().into(), entry.name.clone(), entry.note.clone());
    maker.edit(&Edit::Cycles(CycleEdit::Freeze { id, name, note, top }));
}

fn theme(maker: &mut Maker, entry: &ThemeEntry) {
    let id: ThemeId = maker.mint.id().into();
    let parent = entry.under.as_ref().map(|under| theme_called(maker, under));
    let new = NewTheme { name: entry.name.clone(), description: entry.description.clone(), parent };
    maker.edit(&Edit::Themes(ThemeEdit::Set(id, new)));
    for key in &entry.holds {
        let what = Holds::Code(maker.code(key));
        maker.edit(&Edit::Themes(ThemeEdit::Hold { theme: id, what, note: String::new() }));
    }
    let counted = if entry.extracts.is_empty() { HashSet::new() } else { maker.counted() };
    for (file, number, key, stance, note) in &entry.extracts {
        let coding = maker.coding_of(file, *number, key, &counted);
        let what = Holds::Extract(coding, *stance);
        maker.edit(&Edit::Themes(ThemeEdit::Hold { theme: id, what, note: note.clone() }));
    }
}
