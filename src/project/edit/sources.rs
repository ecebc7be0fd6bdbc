//! Edits of cases, sources, their speakers and the versions of their texts.

use super::{Refusal, name_of, put_of};
use crate::project::case::{Attribute, AttributeKind, Bearer, Case, Participant, Value};
use crate::project::id::{CaseId, Id, Mint, ParticipantId, SourceId, WaveId};
use crate::project::put::Put;
use crate::project::record::{Change, Rank};
use crate::project::source::{Source, SourceKind, Speaker, Splice, Version, Who, are_in_order};
use crate::project::step::Step;
use crate::project::view::View;
use std::collections::HashSet;
use std::sync::Arc;

/// What is recorded of the words of a version; the words themselves lie in a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words {
    /// SHA-256 of the words in UTF-8, in hex.
    pub sha256: String,
    /// Length in chars.
    pub chars: u32,
    /// Length in words.
    pub words: u32,
    /// How the original was encoded.
    pub encoding: String,
}

/// Who speaks under a label, as said at import.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SpeakerIs {
    /// Somebody who asks.
    Interviewer,
    /// Somebody who answers; not known who.
    Participant,
    /// A participant of this role and pseudonym: one the case has, or a new one with this id.
    Person {
        /// What names them if they are new.
        id: ParticipantId,
        /// What they are.
        role: String,
        /// What they are called here.
        pseudonym: String,
    },
    /// Somebody else.
    Other,
    /// Not said.
    Unknown,
}

/// A source to take in. Its words, and its turns if any, are on disk already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewSource {
    /// What names it from now on.
    pub id: SourceId,
    /// What it is called within its case.
    pub name: String,
    /// What kind of text it is.
    pub kind: SourceKind,
    /// Its case.
    pub case: Option<CaseId>,
    /// Its wave.
    pub wave: Option<WaveId>,
    /// The day it was collected.
    pub collected: Option<jiff::civil::Date>,
    /// Its folder under `sources/`.
    pub folder: String,
    /// The file it came from.
    pub file: String,
    /// Its words.
    pub text: Words,
    /// Whether turns were accepted.
    pub turns: bool,
    /// Who speaks under which label.
    pub speakers: Vec<(String, SpeakerIs)>,
}

fn source<'a>(view: &View<'a>, id: SourceId) -> Result<&'a Arc<Source>, Refusal> {
    view.source(id).ok_or(Refusal::Gone("source"))
}

fn case<'a>(view: &View<'a>, id: CaseId) -> Result<&'a Arc<Case>, Refusal> {
    view.case(id).ok_or(Refusal::Gone("case"))
}

pub(super) fn add_case(view: &View<'_>, id: CaseId, name: &str, kind: &str) -> Result<Step, Refusal> {
    let name = name_of(name, "case")?;
    let cases = view.cases();
    if cases.iter().any(|case| case.name.to_lowercase() == name.to_lowercase()) {
        return Err(Refusal::Taken { what: "case", name });
    }
    let rank = Rank::between(cases.last().map(|case| &case.rank), None);
    let did = format!("add case “{name}”");
    Ok(Step::new(did, vec![Change::create(Case { id, name, kind: kind.trim().to_owned(), rank }).into()]))
}

pub(super) fn rename_case(view: &View<'_>, id: CaseId, name: &str) -> Result<Step, Refusal> {
    let old = case(view, id)?;
    let name = name_of(name, "case")?;
    if view.cases().iter().any(|other| other.id != id && other.name.to_lowercase() == name.to_lowercase()) {
        return Err(Refusal::Taken { what: "case", name });
    }
    let did = format!("rename “{}” to “{name}”", old.name);
    Ok(Step::new(did, vec![Change::change(old, |case| case.name = name).into()]))
}

pub(super) fn describe(
    view: &View<'_>,
    id: CaseId,
    attribute: &str,
    value: &str,
    mint: &mut dyn Mint,
) -> Result<Step, Refusal> {
    let case = case(view, id)?;
    let name = name_of(attribute, "attribute")?;
    let attributes = view.attributes();
    let mut puts: Vec<Put> = Vec::new();
    let same = |attribute: &&&Arc<Attribute>| {
        attribute.of == Bearer::Case && attribute.name.to_lowercase() == name.to_lowercase()
    };
    let known = attributes.iter().find(same);
    if known.is_none() && value.trim().is_empty() {
        return Err(Refusal::Idle(format!("nothing is said of “{}” under “{name}”", case.name)));
    }
    if let Some(known) =
        known.filter(|known| known.kind != AttributeKind::Text || known.by_wave || known.follows.is_some())
    {
        return super::attributes::say(view, known.id, case.id.0, None, value);
    }
    let attribute = known.map_or_else(
        || {
            let rank = Rank::between(attributes.last().map(|attribute| &attribute.rank), None);
            let id = mint.id().into();
            let (of, kind) = (Bearer::Case, AttributeKind::Text);
            let (choices, by_wave, follows) = (Vec::new(), false, None);
            let new = Attribute { id, name: name.clone(), of, kind, choices, by_wave, follows, rank };
            puts.push(Change::create(new).into());
            id
        },
        |attribute| attribute.id,
    );
    let value_id = Value::id_for(attribute, case.id.0, None);
    let old = view.project().get::<Value>(value_id);
    let value = value.trim();
    if value.is_empty() {
        puts.extend(old.map(|old| Put::from(Change::delete(old))));
    } else {
        let new = Value { id: value_id, attribute, whose: case.id.0, wave: None, value: value.to_owned() };
        puts.push(put_of(old, new));
    }
    Ok(Step::new(format!("{name} of “{}”", case.name), puts))
}

pub(super) fn import(view: &View<'_>, new: &NewSource) -> Result<Step, Refusal> {
    let name = name_of(&new.name, "source")?;
    refuse_twin(view, new.case, &name, new.id)?;
    let siblings = view.sources_of(new.case);
    let did = match new.case {
        Some(id) => format!("import “{name}” into “{}”", case(view, id)?.name),
        None => format!("import “{name}”"),
    };
    let source = Source {
        id: new.id,
        name,
        kind: new.kind,
        case: new.case,
        wave: new.wave,
        collected: new.collected,
        folder: new.folder.clone(),
        file: new.file.clone(),
        rank: Rank::between(siblings.last().map(|source| &source.rank), None),
        version: 1,
    };
    let version = Version {
        id: Version::id_for(new.id, 1, Id::default()),
        source: new.id,
        number: 1,
        sha256: new.text.sha256.clone(),
        chars: new.text.chars,
        words: new.text.words,
        encoding: new.text.encoding.clone(),
        turns: u32::from(new.turns),
        splices: Vec::new(),
        base: 0,
        reason: String::new(),
    };
    let mut puts = vec![Change::create(source).into(), Change::create(version).into()];
    puts.extend(speakers(view, new.id, new.case, &new.speakers));
    Ok(Step::new(did, puts))
}

/// What the labels stand for, each once. A person of the same role and pseudonym whom the case has is the same person.
fn speakers(view: &View<'_>, source: SourceId, case: Option<CaseId>, speakers: &[(String, SpeakerIs)]) -> Vec<Put> {
    let mut puts: Vec<Put> = Vec::new();
    let mut people: Vec<Arc<Participant>> =
        case.map(|case| view.participants_of(case).cloned().collect()).unwrap_or_default();
    let mut labels = HashSet::new();
    for (label, is) in speakers.iter().filter(|(label, _)| labels.insert(label.as_str())) {
        let who = match is {
            SpeakerIs::Interviewer => Who::Interviewer,
            SpeakerIs::Participant => Who::Participant(None),
            SpeakerIs::Other => Who::Other,
            SpeakerIs::Unknown => Who::Unknown,
            SpeakerIs::Person { id, role, pseudonym } => {
                let known = people.iter().find(|person| person.role == *role && person.pseudonym == *pseudonym);
                let id = known.map_or(*id, |person| person.id);
                if known.is_none() {
                    let person = Participant { id, pseudonym: pseudonym.clone(), role: role.clone(), case };
                    people.push(Arc::new(person.clone()));
                    puts.push(Change::create(person).into());
                }
                Who::Participant(Some(id))
            }
        };
        let id = Speaker::id_for(source, label);
        let old = view.project().get::<Speaker>(id);
        puts.push(put_of(old, Speaker { id, source, label: label.clone(), who }));
    }
    puts
}

fn refuse_twin(view: &View<'_>, case: Option<CaseId>, name: &str, but: SourceId) -> Result<(), Refusal> {
    let same = |other: &&Arc<Source>| other.id != but && other.name.to_lowercase() == name.to_lowercase();
    if view.sources_of(case).iter().any(same) {
        return Err(Refusal::Taken { what: "source", name: name.to_owned() });
    }
    Ok(())
}

pub(super) fn rename(view: &View<'_>, id: SourceId, name: &str) -> Result<Step, Refusal> {
    let old = source(view, id)?;
    let name = name_of(name, "source")?;
    refuse_twin(view, old.case, &name, id)?;
    let did = format!("rename “{}” to “{name}”", old.name);
    Ok(Step::new(did, vec![Change::change(old, |source| source.name = name).into()]))
}

pub(super) fn set_kind(view: &View<'_>, id: SourceId, kind: SourceKind) -> Result<Step, Refusal> {
    let old = source(view, id)?;
    let did = format!("“{}” is of kind {}", old.name, kind.name());
    Ok(Step::new(did, vec![Change::change(old, |source| source.kind = kind).into()]))
}

pub(super) fn shift(view: &View<'_>, id: SourceId, to: Option<CaseId>) -> Result<Step, Refusal> {
    let old = source(view, id)?;
    if old.case == to {
        return Err(Refusal::Idle(format!("“{}” is there already", old.name)));
    }
    refuse_twin(view, to, &old.name, id)?;
    let did = match to {
        Some(to) => format!("move “{}” to “{}”", old.name, case(view, to)?.name),
        None => format!("take “{}” out of its case", old.name),
    };
    let rank = Rank::between(view.sources_of(to).last().map(|source| &source.rank), None);
    let change = Change::change(old, |source| {
        source.case = to;
        source.rank = rank;
    });
    Ok(Step::new(did, vec![change.into()]))
}

pub(super) fn delete(view: &View<'_>, id: SourceId) -> Result<Step, Refusal> {
    let old = source(view, id)?;
    Ok(Step::new(format!("delete source “{}”", old.name), vec![Change::delete(old).into()]))
}

pub(super) fn set_speaker(view: &View<'_>, id: SourceId, label: &str, who: Who) -> Result<Step, Refusal> {
    source(view, id)?;
    let speaker_id = Speaker::id_for(id, label);
    let old = view.project().get::<Speaker>(speaker_id);
    let new = Speaker { id: speaker_id, source: id, label: label.to_owned(), who };
    Ok(Step::new(format!("speaker {label}"), vec![put_of(old, new)]))
}

pub(super) fn accept_turns(
    view: &View<'_>,
    id: SourceId,
    turns: u32,
    said: &[(String, SpeakerIs)],
) -> Result<Step, Refusal> {
    let source = source(view, id)?;
    let version = view.version(id).ok_or(Refusal::Gone("text"))?;
    let mut puts: Vec<Put> = vec![Change::change(version, |version| version.turns = turns).into()];
    puts.extend(speakers(view, id, source.case, said));
    Ok(Step::new(format!("turns of “{}”", source.name), puts))
}

pub(super) fn correct(
    view: &View<'_>,
    id: SourceId,
    splices: &[Splice],
    text: &Words,
    reason: &str,
    mint: &mut dyn Mint,
) -> Result<Step, Refusal> {
    let old = source(view, id)?;
    let present = view.version(id).ok_or(Refusal::Gone("text"))?;
    let length = if present.chars == 0 { u32::MAX } else { present.chars };
    if !are_in_order(splices, length) {
        return Err(Refusal::Misfit);
    }
    // The number of a version that was taken back is not given out again: its words are still there, and so are the
    // codings that were made in it.
    let number = view.project().versions().greatest(id).max(old.version).saturating_add(1);
    let version = Version {
        id: Version::id_for(id, number, mint.id()),
        source: id,
        number,
        sha256: text.sha256.clone(),
        chars: text.chars,
        words: text.words,
        encoding: text.encoding.clone(),
        turns: 0,
        splices: splices.to_vec(),
        base: if number == old.version + 1 { 0 } else { old.version },
        reason: reason.trim().to_owned(),
    };
    let puts = vec![Change::create(version).into(), Change::change(old, |source| source.version = number).into()];
    Ok(Step::new(format!("correct the text of “{}”", old.name), puts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;

    fn case_named(desk: &mut Desk, name: &str) -> CaseId {
        let id = desk.id().into();
        desk.apply(&Edit::AddCase { id, name: name.into(), kind: "practice".into() });
        id
    }

    fn say(case: CaseId, attribute: &str, value: &str) -> Edit {
        Edit::Describe { case, attribute: attribute.into(), value: value.into() }
    }

    #[test]
    fn attributes_are_added_when_first_used_and_a_missing_value_is_not_an_empty_one() {
        let mut desk = Desk::new();
        let (one, two) = (case_named(&mut desk, "One"), case_named(&mut desk, "Two"));
        assert_eq!(desk.refusal(&say(one, "Setting", " ")), "nothing is said of “One” under “Setting”");
        desk.apply(&say(one, "Setting", " rural "));
        desk.apply(&say(two, "setting", "urban"));
        desk.apply(&say(one, "Size", "12"));
        assert_eq!(desk.view().values_of(one), [("Setting", "rural"), ("Size", "12")]);
        assert_eq!(desk.view().values_of(two), [("Setting", "urban")]);
        desk.apply(&say(one, "SETTING", ""));
        assert_eq!(desk.view().values_of(one), [("Size", "12")]);
        desk.apply(&say(one, "Setting", "suburban"));
        assert_eq!(desk.view().values_of(one)[0], ("Setting", "suburban"));
        (0..2).for_each(|_| drop(desk.undo()));
        assert_eq!(desk.view().values_of(one), [("Setting", "rural"), ("Size", "12")]);
        desk.undo();
        assert_eq!(desk.view().attributes().len(), 1, "the attribute goes with its first value");
    }

    #[test]
    fn names_of_cases_and_of_sources_within_a_case_are_taken_once() {
        let mut desk = Desk::new();
        let (one, two) = (case_named(&mut desk, "One"), case_named(&mut desk, "Two"));
        let why = "there is a case called “ONE” here already";
        assert_eq!(desk.refusal(&Edit::RenameCase(two, "ONE".into())), why);
        desk.apply(&Edit::RenameCase(one, "ONE".into()));
        let (a, b) = (desk.source("Visit", 10), desk.source("Call", 10));
        let why = "there is a source called “visit” here already";
        assert_eq!(desk.refusal(&Edit::RenameSource(b, "visit".into())), why);
        desk.apply(&Edit::MoveSource(a, Some(one)));
        desk.apply(&Edit::RenameSource(b, "visit".into()));
        assert_eq!(desk.refusal(&Edit::MoveSource(b, Some(one))), why);
        desk.apply(&Edit::MoveSource(b, Some(two)));
        assert_eq!(desk.refusal(&Edit::MoveSource(b, Some(two))), "“visit” is there already");
        let cases: Vec<Option<CaseId>> = desk.view().sources().iter().map(|source| source.case).collect();
        assert_eq!(cases, [Some(one), Some(two)]);
        (0..3).for_each(|_| drop(desk.undo()));
        assert_eq!(desk.view().sources_of(None).iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Visit", "Call"]);
    }

    #[test]
    fn codings_of_a_deleted_source_are_neither_seen_nor_counted_until_it_comes_back() {
        let mut desk = Desk::new();
        let (text, other, code) = (desk.source("A", 100), desk.source("B", 100), desk.code("Access"));
        let id = desk.lay(text, 0, 10, code);
        desk.lay(other, 0, 10, code);
        desk.apply(&Edit::DeleteSource(text));
        let seen = |desk: &Desk| (desk.count(code), desk.view().codings().count(), desk.spans(text).len());
        assert_eq!(seen(&desk), (1, 1, 0));
        assert!(desk.view().coding(id).is_none());
        assert!(desk.view().next_coding(text, crate::text::Pos(50), true, |_| true).is_none());
        let mut within = 0;
        desk.view().codings_within(text, crate::text::Span::new(0, 100), |_| within += 1);
        assert_eq!(within, 0);
        // What is done to them meanwhile counts when they are back.
        desk.apply(&Edit::Remove(vec![id]));
        desk.undo();
        assert_eq!(seen(&desk), (1, 1, 0));
        desk.undo();
        assert_eq!(seen(&desk), (2, 2, 1));
        desk.redo();
        assert_eq!(seen(&desk), (1, 1, 0));
    }

    #[test]
    fn speakers_of_a_case_are_the_same_people_in_all_its_sources() {
        let mut desk = Desk::new();
        let case = case_named(&mut desk, "One");
        let (a, b) = (desk.source("A", 10), desk.source("B", 10));
        for source in [a, b] {
            desk.apply(&Edit::MoveSource(source, Some(case)));
            let person = |desk: &mut Desk| SpeakerIs::Person {
                id: desk.id().into(),
                role: "clinic manager".into(),
                pseudonym: "Ana".into(),
            };
            let said = vec![
                ("I".into(), SpeakerIs::Interviewer),
                ("P1".into(), person(&mut desk)),
                ("P2".into(), person(&mut desk)),
                ("P1".into(), SpeakerIs::Other),
            ];
            desk.apply(&Edit::AcceptTurns(source, 1, said));
        }
        let view = desk.view();
        let people: Vec<_> = view.participants_of(case).map(|person| person.id).collect();
        assert_eq!(people.len(), 1);
        for source in [a, b] {
            let who = ["I", "P1", "P2", "?"].map(|label| view.who(source, label));
            let ana = Who::Participant(Some(people[0]));
            assert_eq!(who, [Who::Interviewer, ana, ana, Who::Unknown]);
        }
        assert_eq!(view.version(a).map(|version| version.turns), Some(1));
    }
}
