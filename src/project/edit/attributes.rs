//! Edits of attributes, their values, waves and participants.

use super::{Refusal, name_of, put_of};
use crate::project::case::{Attribute, AttributeKind, Bearer, Case, Participant, Value, Wave};
use crate::project::id::{AttributeId, CaseId, Id, ParticipantId, SourceId, WaveId};
use crate::project::put::Put;
use crate::project::record::{Change, Rank};
use crate::project::row::Expr;
use crate::project::source::Source;
use crate::project::step::Step;
use crate::project::study::{Sign, Study};
use crate::project::view::View;

/// A change of what is known of cases and participants.
#[derive(Clone, PartialEq, Debug)]
pub enum AttributeEdit {
    /// Makes an attribute, or makes it something else.
    Set(AttributeId, NewAttribute),
    /// Moves an attribute right after another; first if `None`.
    Move(AttributeId, Option<AttributeId>),
    /// Deletes an attribute with its values.
    Delete(AttributeId),
    /// Says what an attribute is of a case or participant; empty words take it back, so that it is missing.
    Value {
        /// The attribute.
        attribute: AttributeId,
        /// The case's or participant's id.
        whose: Id,
        /// In which wave, where the attribute has a value for each.
        wave: Option<WaveId>,
        /// The value as typed; several separated by `;` or line feeds.
        value: String,
    },
    /// Says what an attribute is of many at once; empty words take a value back. What is so already is passed over.
    Fill {
        /// The attribute.
        attribute: AttributeId,
        /// In which wave, where the attribute has a value for each.
        wave: Option<WaveId>,
        /// Whose value, and the value as typed; nobody twice.
        values: Vec<(Id, String)>,
    },
    /// Adds a wave, or calls it something else.
    Wave(WaveId, String),
    /// Deletes a wave in which nothing was collected.
    DeleteWave(WaveId),
    /// Says in which wave a source was collected.
    SourceWave(SourceId, Option<WaveId>),
    /// Adds a participant, or says something else of them.
    Person {
        /// What names them.
        id: ParticipantId,
        /// What they are called here; never their real name.
        pseudonym: String,
        /// What they are.
        role: String,
        /// Their case.
        case: Option<CaseId>,
    },
    /// Takes a participant out whom no speaker label stands for, with what is known of them.
    DeletePerson(ParticipantId),
    /// Takes a case out that has neither sources nor participants and is in no round, with what is known of it.
    DeleteCase(CaseId),
    /// Says of what kind a case is.
    CaseKind(CaseId, String),
    /// Says what may be said of a speaker in publications, and how many participants that has to fit at least.
    Signature(Vec<Sign>, u32),
}

/// What an attribute is to be.
#[derive(Clone, PartialEq, Debug)]
pub struct NewAttribute {
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub of: Bearer,
    /// What its values are.
    pub kind: AttributeKind,
    /// The words that can be chosen from; any if there are none.
    pub choices: Vec<String>,
    /// Whether it has a value for each wave.
    pub by_wave: bool,
    /// What it follows from.
    pub follows: Option<Expr>,
}

pub(super) fn plan(view: &View<'_>, edit: &AttributeEdit) -> Result<Step, Refusal> {
    match edit {
        AttributeEdit::Set(id, new) => set(view, *id, new),
        AttributeEdit::Move(id, after) => shift(view, *id, *after),
        AttributeEdit::Delete(id) => delete(view, *id),
        AttributeEdit::Value { attribute, whose, wave, value } => say(view, *attribute, *whose, *wave, value),
        AttributeEdit::Fill { attribute, wave, values } => fill(view, *attribute, *wave, values),
        AttributeEdit::Wave(id, name) => wave(view, *id, name),
        AttributeEdit::DeleteWave(id) => delete_wave(view, *id),
        AttributeEdit::SourceWave(id, wave) => source_wave(view, *id, *wave),
        AttributeEdit::Person { id, pseudonym, role, case } => person(view, *id, pseudonym, role, *case),
        AttributeEdit::DeletePerson(id) => delete_person(view, *id),
        AttributeEdit::DeleteCase(id) => delete_case(view, *id),
        AttributeEdit::CaseKind(id, kind) => case_kind(view, *id, kind),
        AttributeEdit::Signature(signature, fewest) => sign(view, signature, *fewest),
    }
}

fn attribute<'a>(view: &View<'a>, id: AttributeId) -> Result<&'a std::sync::Arc<Attribute>, Refusal> {
    view.project().get::<Attribute>(id).ok_or(Refusal::Gone("attribute"))
}

fn set(view: &View<'_>, id: AttributeId, new: &NewAttribute) -> Result<Step, Refusal> {
    let name = name_of(&new.name, "attribute")?;
    let all = view.attributes();
    let same = |other: &&&std::sync::Arc<Attribute>| {
        other.id != id && other.of == new.of && other.name.to_lowercase() == name.to_lowercase()
    };
    if all.iter().any(|other| same(&other)) {
        return Err(Refusal::Taken { what: "attribute", name });
    }
    if let Some(expr) = &new.follows {
        if new.of != Bearer::Case {
            return Err(Refusal::Attribute("only an attribute of cases can follow from what is coded".into()));
        }
        super::rows::sound(view, expr, &super::rows::Maker::Attribute(id))?;
    }
    let old = view.project().get::<Attribute>(id);
    let mut choices: Vec<String> = Vec::new();
    for choice in new.choices.iter().map(|choice| choice.split_whitespace().collect::<Vec<_>>().join(" ")) {
        if !choice.is_empty() && !choices.contains(&choice) {
            choices.push(choice);
        }
    }
    let kind = if new.follows.is_some() { AttributeKind::YesNo } else { new.kind };
    let rank = old.map_or_else(|| Rank::between(all.last().map(|last| &last.rank), None), |old| old.rank.clone());
    let follows = new.follows.clone();
    let record = Attribute { id, name, of: new.of, kind, choices, by_wave: new.by_wave, follows, rank };
    if old.is_some() {
        let misfit = view.all_values(id).into_iter().find(|value| typed(&record, &value.value).is_err());
        if let Some(value) = misfit.filter(|_| record.follows.is_none()) {
            let words = value.value.replace('\n', "; ");
            return Err(Refusal::Attribute(format!(
                "“{}” has the value “{words}”, which would not fit; change that first",
                record.name
            )));
        }
    }
    if old.is_some_and(|old| **old == record) {
        return Err(Refusal::Idle(format!("“{}” is that already", record.name)));
    }
    Ok(Step::new(format!("attribute “{}”", record.name), vec![put_of(old, record)]))
}

fn shift(view: &View<'_>, id: AttributeId, after: Option<AttributeId>) -> Result<Step, Refusal> {
    let moved = attribute(view, id)?;
    let all: Vec<_> = view.attributes().into_iter().filter(|other| other.id != id).collect();
    let at = after.and_then(|after| all.iter().position(|other| other.id == after)).map_or(0, |at| at + 1);
    let rank = Rank::between(at.checked_sub(1).map(|at| &all[at].rank), all.get(at).map(|next| &next.rank));
    Ok(Step::new(format!("move attribute “{}”", moved.name), vec![Change::change(moved, |a| a.rank = rank).into()]))
}

fn delete(view: &View<'_>, id: AttributeId) -> Result<Step, Refusal> {
    let gone = attribute(view, id)?;
    if let Some(user) = super::rows::user_of_attribute(view, id) {
        return Err(Refusal::Attribute(format!("“{}” is used by {user}; change that first", gone.name)));
    }
    let mut puts: Vec<Put> = vec![Change::delete(gone).into()];
    puts.extend(view.all_values(id).into_iter().map(|value| Put::from(Change::delete(value))));
    Ok(Step::new(format!("delete attribute “{}”", gone.name), puts))
}

/// The attribute and the wave that a value is said of, if one can be typed.
fn sayable<'a>(
    view: &View<'a>,
    id: AttributeId,
    wave: Option<WaveId>,
) -> Result<(&'a std::sync::Arc<Attribute>, Option<WaveId>), Refusal> {
    let attribute = attribute(view, id)?;
    if attribute.follows.is_some() {
        return Err(Refusal::Attribute(format!(
            "“{}” follows from what is coded and cannot be typed; change the codings, or the attribute",
            attribute.name
        )));
    }
    let wave = wave.filter(|_| attribute.by_wave);
    if attribute.by_wave && wave.is_none_or(|wave| view.wave(wave).is_none()) {
        return Err(Refusal::Attribute(format!("“{}” has a value for each wave; say which", attribute.name)));
    }
    Ok((attribute, wave))
}

/// What a case or participant is called.
fn bearer<'a>(view: &View<'a>, of: Bearer, whose: Id) -> Result<&'a str, Refusal> {
    match of {
        Bearer::Case => view.case(whose.into()).map(|case| case.name.as_str()).ok_or(Refusal::Gone("case")),
        Bearer::Participant => {
            let person = view.participant(whose.into()).map(|person| person.pseudonym.as_str());
            person.ok_or(Refusal::Gone("participant"))
        }
    }
}

/// The put that makes a value what it is to be; nothing where it is so already.
fn put_value(
    view: &View<'_>,
    attribute: &Attribute,
    wave: Option<WaveId>,
    whose: Id,
    value: &str,
) -> Result<Option<Put>, Refusal> {
    let value = typed(attribute, value).map_err(Refusal::Attribute)?;
    let id = Value::id_for(attribute.id, whose, wave);
    let old = view.project().get::<Value>(id);
    if value.is_empty() {
        return Ok(old.map(|old| Change::delete(old).into()));
    }
    let new = Value { id, attribute: attribute.id, whose, wave, value };
    Ok((old.map(|old| &**old) != Some(&new)).then(|| put_of(old, new)))
}

pub(super) fn say(
    view: &View<'_>,
    id: AttributeId,
    whose: Id,
    wave: Option<WaveId>,
    value: &str,
) -> Result<Step, Refusal> {
    let (attribute, wave) = sayable(view, id, wave)?;
    let name = bearer(view, attribute.of, whose)?;
    let called = &attribute.name;
    match put_value(view, attribute, wave, whose, value)? {
        Some(put) => Ok(Step::new(format!("{called} of “{name}”"), vec![put])),
        None if value.trim().is_empty() => Err(Refusal::Idle(format!("nothing is said of “{name}” under “{called}”"))),
        None => Err(Refusal::Idle(format!("“{called}” of “{name}” is that already"))),
    }
}

fn fill(view: &View<'_>, id: AttributeId, wave: Option<WaveId>, values: &[(Id, String)]) -> Result<Step, Refusal> {
    let (attribute, wave) = sayable(view, id, wave)?;
    let (mut puts, mut names) = (Vec::new(), Vec::new());
    let mut met = std::collections::HashSet::new();
    for (whose, value) in values {
        let name = bearer(view, attribute.of, *whose)?;
        if !met.insert(*whose) {
            return Err(Refusal::Attribute(format!("“{name}” has two values for “{}”", attribute.name)));
        }
        if let Some(put) = put_value(view, attribute, wave, *whose, value)? {
            puts.push(put);
            names.push(name);
        }
    }
    let called = &attribute.name;
    match names.as_slice() {
        [] => Err(Refusal::Idle(format!("“{called}” is that of all of them already"))),
        [name] => Ok(Step::new(format!("{called} of “{name}”"), puts)),
        [name, more @ ..] => Ok(Step::new(format!("{called} of “{name}” and {} more", more.len()), puts)),
    }
}

/// A value as it is kept, of one that was typed; empty for none.
///
/// # Errors
/// One sentence why it is no value of this attribute.
pub fn typed(attribute: &Attribute, value: &str) -> Result<String, String> {
    let name = &attribute.name;
    let one = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if one.is_empty() {
        return Ok(String::new());
    }
    let chosen = |word: &str| {
        let known = attribute.choices.iter().find(|choice| choice.to_lowercase() == word.to_lowercase());
        match known {
            Some(choice) => Ok(choice.clone()),
            None if attribute.choices.is_empty() => Ok(word.to_owned()),
            None => Err(format!("“{name}” is one of {}; “{word}” is none of them", attribute.choices.join(", "))),
        }
    };
    match attribute.kind {
        AttributeKind::Text => Ok(value.trim().to_owned()),
        AttributeKind::Number => match one.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(one),
            _ => Err(format!("“{name}” is a number; “{one}” is none")),
        },
        AttributeKind::YesNo => match one.to_lowercase().as_str() {
            "yes" | "y" | "true" | "1" | "x" => Ok("yes".to_owned()),
            "no" | "n" | "false" | "0" => Ok("no".to_owned()),
            _ => Err(format!("“{name}” is yes or no; “{one}” is neither")),
        },
        AttributeKind::Choice => chosen(&one),
        AttributeKind::Choices => {
            let mut words: Vec<String> = Vec::new();
            for word in value.split(['\n', ';']).map(|word| word.split_whitespace().collect::<Vec<_>>().join(" ")) {
                let word = if word.is_empty() { continue } else { chosen(&word)? };
                if !words.contains(&word) {
                    words.push(word);
                }
            }
            // In the order of the choices, so that the same choice is always written the same.
            words.sort_by_key(|word| attribute.choices.iter().position(|choice| choice == word));
            Ok(words.join("\n"))
        }
        AttributeKind::Date => match one.parse::<jiff::civil::Date>() {
            Ok(day) => Ok(day.to_string()),
            Err(_) => Err(format!("“{name}” is a day, as 2013-05-01; “{one}” is none")),
        },
    }
}

fn wave(view: &View<'_>, id: WaveId, name: &str) -> Result<Step, Refusal> {
    let name = name_of(name, "wave")?;
    let waves = view.waves();
    if waves.iter().any(|other| other.id != id && other.name.to_lowercase() == name.to_lowercase()) {
        return Err(Refusal::Taken { what: "wave", name });
    }
    let old = view.project().get::<Wave>(id);
    let rank = old.map_or_else(|| Rank::between(waves.last().map(|last| &last.rank), None), |old| old.rank.clone());
    Ok(Step::new(format!("wave “{name}”"), vec![put_of(old, Wave { id, name, rank })]))
}

fn delete_wave(view: &View<'_>, id: WaveId) -> Result<Step, Refusal> {
    let gone = view.wave(id).ok_or(Refusal::Gone("wave"))?;
    let collected = view.sources().iter().any(|source| source.wave == Some(id));
    let valued = view.attributes().iter().any(|a| view.all_values(a.id).iter().any(|value| value.wave == Some(id)));
    if collected || valued {
        let why = format!("sources or values belong to “{}”; give them another wave first", gone.name);
        return Err(Refusal::Attribute(why));
    }
    Ok(Step::new(format!("delete wave “{}”", gone.name), vec![Change::delete(gone).into()]))
}

fn source_wave(view: &View<'_>, id: SourceId, wave: Option<WaveId>) -> Result<Step, Refusal> {
    let source = view.project().get::<Source>(id).ok_or(Refusal::Gone("source"))?;
    let wave = wave.map(|wave| view.wave(wave).map(|wave| wave.id).ok_or(Refusal::Gone("wave"))).transpose()?;
    if source.wave == wave {
        return Err(Refusal::Idle(format!("“{}” is of that wave already", source.name)));
    }
    Ok(Step::new(
        format!("wave of “{}”", source.name),
        vec![Change::change(source, |source| source.wave = wave).into()],
    ))
}

fn person(
    view: &View<'_>,
    id: ParticipantId,
    pseudonym: &str,
    role: &str,
    case: Option<CaseId>,
) -> Result<Step, Refusal> {
    let pseudonym = name_of(pseudonym, "participant")?;
    if let Some(case) = case {
        view.case(case).ok_or(Refusal::Gone("case"))?;
    }
    let old = view.project().get::<Participant>(id);
    let role = role.split_whitespace().collect::<Vec<_>>().join(" ");
    let new = Participant { id, pseudonym, role, case };
    if old.is_some_and(|old| **old == new) {
        return Err(Refusal::Idle(format!("“{}” is that already", new.pseudonym)));
    }
    Ok(Step::new(format!("participant “{}”", new.pseudonym), vec![put_of(old, new)]))
}

/// The values of a case or participant, to go with it.
fn values_of<'a>(view: &View<'a>, whose: Id) -> impl Iterator<Item = Put> + use<'a> {
    view.project().all::<Value>().filter(move |value| value.whose == whose).map(|value| Change::delete(value).into())
}

fn delete_person(view: &View<'_>, id: ParticipantId) -> Result<Step, Refusal> {
    let gone = view.participant(id).ok_or(Refusal::Gone("participant"))?;
    let labels = view.labels_of(id);
    if let Some((source, label)) = labels.first() {
        let source = view.source(*source).map_or("a source", |source| source.name.as_str());
        return Err(Refusal::Attribute(format!(
            "“{}” speaks as “{label}” in “{source}”; say first who else that is",
            gone.pseudonym
        )));
    }
    let puts = std::iter::once(Change::delete(gone).into()).chain(values_of(view, id.0)).collect();
    Ok(Step::new(format!("delete participant “{}”", gone.pseudonym), puts))
}

fn delete_case(view: &View<'_>, id: CaseId) -> Result<Step, Refusal> {
    let gone = view.case(id).ok_or(Refusal::Gone("case"))?;
    let name = &gone.name;
    let (sources, people) = (view.sources_of(Some(id)).len(), view.participants_of(id).count());
    let of = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    if sources > 0 {
        return Err(Refusal::Attribute(format!("“{name}” has {}; put them elsewhere first", of(sources, "source"))));
    }
    if people > 0 {
        let people = of(people, "participant");
        return Err(Refusal::Attribute(format!("“{name}” has {people}; say first whose they are")));
    }
    if let Some(round) = view.rounds().iter().find(|round| round.desks.iter().any(|desk| desk.case == id)) {
        return Err(Refusal::Attribute(format!("“{name}” is a case of {} and stays for the record", round.name)));
    }
    let puts = std::iter::once(Change::delete(gone).into()).chain(values_of(view, id.0)).collect();
    Ok(Step::new(format!("delete case “{name}”"), puts))
}

fn case_kind(view: &View<'_>, id: CaseId, kind: &str) -> Result<Step, Refusal> {
    let case = view.project().get::<Case>(id).ok_or(Refusal::Gone("case"))?;
    let kind = name_of(kind, "kind of case")?;
    if case.kind == kind {
        return Err(Refusal::Idle(format!("“{}” is that already", case.name)));
    }
    let did = format!("kind of “{}”", case.name);
    Ok(Step::new(did, vec![Change::change(case, |case| case.kind = kind).into()]))
}

fn sign(view: &View<'_>, signature: &[Sign], fewest: u32) -> Result<Step, Refusal> {
    let study = view.study().ok_or(Refusal::Gone("study"))?;
    for sign in signature {
        if let Sign::Attribute(id) = sign {
            attribute(view, *id)?;
        }
    }
    if study.signature == signature && study.fewest == fewest {
        return Err(Refusal::Idle("speakers are signed like that already".into()));
    }
    let signature = signature.to_vec();
    let change = Change::change(study, |study: &mut Study| {
        study.signature = signature;
        study.fewest = fewest;
    });
    Ok(Step::new("what may be said of speakers", vec![change.into()]))
}

#[cfg(test)]
mod tests;
