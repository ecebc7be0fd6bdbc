//! What is known of cases and participants, as it is typed.

use super::*;
use crate::project::edit::{Edit, SpeakerIs};
use crate::project::source::Who;
use crate::project::testing::Desk;

fn case_named(desk: &mut Desk, name: &str) -> CaseId {
    let id = desk.id().into();
    desk.apply(&Edit::AddCase { id, name: name.into(), kind: "practice".into() });
    id
}

fn new(name: &str, kind: AttributeKind, choices: &[&str]) -> NewAttribute {
    let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
    NewAttribute { name: name.into(), of: Bearer::Case, kind, choices, by_wave: false, follows: None }
}

fn attribute_of(desk: &mut Desk, new: NewAttribute) -> AttributeId {
    let id = desk.id().into();
    desk.apply(&Edit::Attributes(AttributeEdit::Set(id, new)));
    id
}

fn value(attribute: AttributeId, whose: impl Into<Id>, value: &str) -> Edit {
    let (whose, value) = (whose.into(), value.to_owned());
    Edit::Attributes(AttributeEdit::Value { attribute, whose, wave: None, value })
}

#[test]
fn a_value_is_kept_as_its_kind_writes_it_and_refused_where_it_is_none() {
    let mut desk = Desk::new();
    let case = case_named(&mut desk, "P01");
    for (kind, choices, good, kept, bad, why) in [
        (AttributeKind::Number, &[][..], " 3.5 ", "3.5", "three", "“A0” is a number; “three” is none"),
        (AttributeKind::YesNo, &[], "Y", "yes", "maybe", "“A1” is yes or no; “maybe” is neither"),
        (
            AttributeKind::Choice,
            &["Urban", "Rural"],
            "rural",
            "Rural",
            "sea",
            "“A2” is one of Urban, Rural; “sea” is none of them",
        ),
        (
            AttributeKind::Choices,
            &["MA", "RN", "MD"],
            "md; ma;MA",
            "MA\nMD",
            "ma; x",
            "“A3” is one of MA, RN, MD; “x” is none of them",
        ),
        (
            AttributeKind::Date,
            &[],
            "2013-05-01",
            "2013-05-01",
            "May 2013",
            "“A4” is a day, as 2013-05-01; “May 2013” is none",
        ),
    ] {
        let n = desk.view().attributes().len();
        let id = attribute_of(&mut desk, new(&format!("A{n}"), kind, choices));
        desk.apply(&value(id, case, good));
        assert_eq!(desk.view().value_of(case, id), Some(kept));
        assert_eq!(desk.refusal(&value(id, case, bad)), why);
        assert_eq!(desk.view().value_of(case, id), Some(kept), "nothing was changed");
        desk.apply(&value(id, case, ""));
        assert_eq!(desk.view().value_of(case, id), None, "missing, not empty");
    }
}

#[test]
fn missing_is_not_no() {
    let mut desk = Desk::new();
    let (one, two) = (case_named(&mut desk, "P01"), case_named(&mut desk, "P02"));
    let id = attribute_of(&mut desk, new("Teaching", AttributeKind::YesNo, &[]));
    desk.apply(&value(id, one, "no"));
    assert_eq!((desk.view().value_of(one, id), desk.view().value_of(two, id)), (Some("no"), None));
    assert_eq!(desk.refusal(&value(id, two, " ")), "nothing is said of “P02” under “Teaching”");
    assert_eq!(desk.refusal(&value(id, one, "n")), "“Teaching” of “P01” is that already");
}

#[test]
fn an_attribute_by_wave_has_a_value_for_each_and_a_wave_in_use_stays() {
    let mut desk = Desk::new();
    let case = case_named(&mut desk, "P01");
    let (first, second) = (desk.id().into(), desk.id().into());
    for (id, name) in [(first, "2013"), (second, "2015")] {
        desk.apply(&Edit::Attributes(AttributeEdit::Wave(id, name.into())));
    }
    let id = attribute_of(&mut desk, NewAttribute { by_wave: true, ..new("Specialists", AttributeKind::Number, &[]) });
    let said = |wave, value: &str| {
        Edit::Attributes(AttributeEdit::Value { attribute: id, whose: case.0, wave, value: value.into() })
    };
    assert_eq!(desk.refusal(&said(None, "1")), "“Specialists” has a value for each wave; say which");
    desk.apply(&said(Some(first), "1"));
    desk.apply(&said(Some(second), "2"));
    let seen = |desk: &Desk, wave| desk.view().value_in(id, case.0, wave).map(str::to_owned);
    assert_eq!(
        (seen(&desk, Some(first)), seen(&desk, Some(second)), seen(&desk, None)),
        (Some("1".into()), Some("2".into()), None)
    );
    let why = "sources or values belong to “2013”; give them another wave first";
    assert_eq!(desk.refusal(&Edit::Attributes(AttributeEdit::DeleteWave(first))), why);
    desk.apply(&said(Some(first), ""));
    desk.apply(&Edit::Attributes(AttributeEdit::DeleteWave(first)));
    assert_eq!(desk.view().waves().len(), 1);
}

#[test]
fn what_follows_from_codings_is_yes_or_no_and_is_not_typed_over() {
    let mut desk = Desk::new();
    let case = case_named(&mut desk, "P01");
    let code = desk.code("Specialist on site");
    let follows = Some(Expr::Code { code, below: true });
    let id = attribute_of(&mut desk, NewAttribute { follows, ..new("Has a specialist", AttributeKind::Text, &[]) });
    assert_eq!(desk.view().attribute(id).map(|attribute| attribute.kind), Some(AttributeKind::YesNo));
    let why = "“Has a specialist” follows from what is coded and cannot be typed; change the codings, or the attribute";
    assert_eq!(desk.refusal(&value(id, case, "yes")), why);
    let many = AttributeEdit::Fill { attribute: id, wave: None, values: vec![(case.0, "yes".into())] };
    assert_eq!(desk.refusal(&Edit::Attributes(many)), why);
}

#[test]
fn an_attribute_keeps_its_values_when_renamed_and_is_not_made_what_they_do_not_fit() {
    let mut desk = Desk::new();
    let case = case_named(&mut desk, "P01");
    let id = attribute_of(&mut desk, new("Setting", AttributeKind::Text, &[]));
    let other = attribute_of(&mut desk, new("Size", AttributeKind::Number, &[]));
    desk.apply(&value(id, case, "rural"));
    let set = |id, new| Edit::Attributes(AttributeEdit::Set(id, new));
    assert_eq!(
        desk.refusal(&set(id, new("size", AttributeKind::Text, &[]))),
        "there is an attribute called “size” here already"
    );
    desk.apply(&set(id, new("Place", AttributeKind::Choice, &["rural", "urban"])));
    assert_eq!(desk.view().values_of(case), [("Place", "rural")]);
    assert_eq!(
        desk.refusal(&set(id, new("Place", AttributeKind::Number, &[]))),
        "“Place” has the value “rural”, which would not fit; change that first"
    );
    desk.apply(&Edit::Attributes(AttributeEdit::Move(other, None)));
    let names = |desk: &Desk| desk.view().attributes().iter().map(|a| a.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&desk), ["Size", "Place"]);
    desk.apply(&Edit::Attributes(AttributeEdit::Delete(id)));
    assert_eq!((names(&desk), desk.view().values_of(case)), (vec!["Size".to_owned()], vec![]));
    desk.undo();
    assert_eq!(desk.view().values_of(case), [("Place", "rural")], "its values come back with it");
}

#[test]
fn many_values_are_one_step_and_one_bad_one_refuses_all() {
    let mut desk = Desk::new();
    let cases: Vec<CaseId> = ["P01", "P02", "P03"].into_iter().map(|name| case_named(&mut desk, name)).collect();
    let id = attribute_of(&mut desk, new("Size", AttributeKind::Number, &[]));
    let fill = |values: &[(CaseId, &str)]| {
        let values = values.iter().map(|(case, value)| (case.0, (*value).to_owned())).collect();
        Edit::Attributes(AttributeEdit::Fill { attribute: id, wave: None, values })
    };
    let step = desk.apply(&fill(&[(cases[0], "1"), (cases[1], "2"), (cases[2], "")]));
    assert_eq!((step.did.as_str(), step.puts.len()), ("Size of “P01” and 1 more", 2));
    assert_eq!(desk.refusal(&fill(&[(cases[0], "5"), (cases[1], "x")])), "“Size” is a number; “x” is none");
    assert_eq!(desk.refusal(&fill(&[(cases[0], "5"), (cases[0], "6")])), "“P01” has two values for “Size”");
    assert_eq!(desk.refusal(&fill(&[(cases[0], "1")])), "“Size” is that of all of them already");
    desk.undo();
    assert_eq!(desk.view().value_of(cases[0], id), None);
}

#[test]
fn a_participant_goes_only_when_no_label_stands_for_them() {
    let mut desk = Desk::new();
    let case = case_named(&mut desk, "P01");
    let source = desk.source("Visit", 10);
    desk.apply(&Edit::MoveSource(source, Some(case)));
    let id: ParticipantId = desk.id().into();
    let person = SpeakerIs::Person { id, role: "nurse".into(), pseudonym: "Ana".into() };
    desk.apply(&Edit::AcceptTurns(source, 1, vec![("P1".into(), person)]));
    assert_eq!(desk.view().labels_of(id), [(source, "P1")]);
    let gone = Edit::Attributes(AttributeEdit::DeletePerson(id));
    assert_eq!(desk.refusal(&gone), "“Ana” speaks as “P1” in “Visit”; say first who else that is");
    let age = NewAttribute { of: Bearer::Participant, ..new("Years here", AttributeKind::Number, &[]) };
    let age = attribute_of(&mut desk, age);
    desk.apply(&value(age, id, "12"));
    let person = |pseudonym: &str, role: &str, case| {
        Edit::Attributes(AttributeEdit::Person { id, pseudonym: pseudonym.into(), role: role.into(), case })
    };
    desk.apply(&person("Marisol", " head  nurse ", Some(case)));
    assert_eq!(
        desk.view().participant(id).map(|p| (p.pseudonym.as_str(), p.role.as_str())),
        Some(("Marisol", "head nurse"))
    );
    assert_eq!(desk.refusal(&person("Marisol", "head nurse", Some(case))), "“Marisol” is that already");
    desk.apply(&Edit::SetSpeaker(source, "P1".into(), Who::Participant(None)));
    desk.apply(&gone);
    assert!(desk.view().participant(id).is_none() && desk.view().all_values(age).is_empty());
    desk.undo();
    assert_eq!(desk.view().value_in(age, id.0, None), Some("12"));
}

#[test]
fn a_case_goes_only_when_nothing_hangs_on_it() {
    let mut desk = Desk::new();
    let case = case_named(&mut desk, "P01");
    let source = desk.source("Visit", 10);
    desk.apply(&Edit::MoveSource(source, Some(case)));
    let gone = Edit::Attributes(AttributeEdit::DeleteCase(case));
    assert_eq!(desk.refusal(&gone), "“P01” has 1 source; put them elsewhere first");
    desk.apply(&Edit::MoveSource(source, None));
    let id = desk.id().into();
    let (pseudonym, role) = ("Ana".to_owned(), String::new());
    desk.apply(&Edit::Attributes(AttributeEdit::Person { id, pseudonym, role, case: Some(case) }));
    assert_eq!(desk.refusal(&gone), "“P01” has 1 participant; say first whose they are");
    desk.apply(&Edit::Attributes(AttributeEdit::DeletePerson(id)));
    let size = attribute_of(&mut desk, new("Size", AttributeKind::Number, &[]));
    desk.apply(&value(size, case, "3"));
    desk.apply(&gone);
    assert!(desk.view().cases().is_empty() && desk.view().all_values(size).is_empty());
    desk.undo();
    assert_eq!(desk.view().value_of(case, size), Some("3"));
}
