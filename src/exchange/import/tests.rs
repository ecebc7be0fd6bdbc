//! Tests of importing as a whole.

use super::*;
use crate::project::Project;
use crate::project::edit::{Edit, plan};
use crate::project::id::{CoderId, FixedMint, Mint, Stamp};
use crate::project::source::Who;
use crate::project::view::View;
use regex::Regex;

const TALK: &str = "Interviewer: How long have you worked here?\nNurse: Since 2011.\nInterviewer: And before?\n\
    Nurse: At the county hospital.\nInterviewer: What was it like?\nNurse: Quiet.\n";

fn ready(file: &str, words: &str) -> Entry {
    let state = match Prepared::new(file, words.as_bytes(), &Choices::default()) {
        Ok(prepared) => State::Ready(Box::new(prepared)),
        Err(why) => State::Cannot(why.to_string()),
    };
    Entry::new(file, state)
}

/// A project with its mint.
struct Desk {
    project: Project,
    mint: FixedMint,
    n: u64,
}

impl Desk {
    fn new() -> Self {
        let mint = FixedMint::new(5, "2026-11-22T10:04:10Z".parse().expect("a time"));
        Self { project: Project::default(), mint, n: 0 }
    }

    fn view(&self) -> View<'_> {
        View::new(&self.project, CoderId::default())
    }

    fn apply(&mut self, edit: &Edit) -> String {
        let view = View::new(&self.project, CoderId::default());
        let step = plan(&view, edit, &mut self.mint).expect("a step");
        self.n += 1;
        self.project.apply(Stamp(self.n, crate::project::id::Writer::default()), &step.puts);
        step.did
    }

    fn case(&mut self, name: &str) {
        let id = self.mint.id().into();
        self.apply(&Edit::AddCase { id, name: name.into(), kind: "practice".into() });
    }

    /// Settles a batch of these files with the pattern that is offered, and takes it in.
    fn import(&mut self, entries: Vec<Entry>) -> Option<Taken> {
        let mut batch = self.batch(entries);
        batch.settle(&self.view());
        self.take(&batch)
    }

    fn batch(&self, entries: Vec<Entry>) -> Batch {
        let names: Vec<&str> = entries.iter().map(|entry| entry.file.as_str()).collect();
        let pattern = case_patterns(&names).first().and_then(|pattern| Regex::new(pattern).ok());
        Batch { entries, pattern, home: None }
    }

    fn take(&mut self, batch: &Batch) -> Option<Taken> {
        let mut ids: Vec<Id> = (0..batch.ids_needed()).map(|_| self.mint.id()).collect();
        let taken = batch.edit(&self.view(), &mut || ids.pop().expect("enough ids"))?;
        self.apply(&taken.edit);
        Some(taken)
    }

    fn listed(&self) -> Vec<String> {
        let view = self.view();
        let name = |source: &std::sync::Arc<crate::project::source::Source>| {
            let case = source.case.and_then(|case| view.case(case)).map_or("-", |case| case.name.as_str());
            format!("{case}/{}", source.name)
        };
        view.sources().into_iter().map(name).collect()
    }
}

#[test]
fn a_file_is_prepared_with_everything_that_can_be_guessed() {
    let bytes = format!("\u{FEFF}Date: 3 May 2013\r\n\r\n{}", TALK.replace('\n', "\r\n"));
    let one = Prepared::new("data/P07-nurse.txt", bytes.as_bytes(), &Choices::default()).expect("a text");
    assert_eq!(one.file, "P07-nurse.txt");
    assert_eq!(one.text.as_str(), format!("Date: 3 May 2013\n\n{TALK}"), "the text is changed in nothing else");
    assert_eq!((one.encoding.as_str(), one.kind), ("UTF-8", SourceKind::Interview));
    let voices: Vec<_> = one.voices.iter().map(|voice| (voice.label.as_str(), voice.turns, voice.role)).collect();
    assert_eq!(voices, [("Interviewer", 3, Role::Interviewer), ("Nurse", 3, Role::Participant)]);
    assert_eq!((one.collected, one.date_offered.map(|day| day.to_string())), (None, Some("2013-05-03".into())));
    assert_eq!(one.sha256, sha256(one.text.as_str()));
    assert_eq!(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(one.words, 29);
    assert!(one.unassigned() > 0 && one.unassigned() < 20, "{}", one.unassigned());
}

#[test]
fn corrections_recognise_again_and_keep_what_was_said() {
    let words = format!("{TALK}Bystander: Coffee?\n{TALK}INT: Any more?\nNurse: No.\nINT: Thanks.\n");
    let mut one = Prepared::new("x.txt", words.as_bytes(), &Choices::default()).expect("a text");
    let labels = |one: &Prepared| one.voices.iter().map(|voice| voice.label.clone()).collect::<Vec<_>>();
    assert_eq!(labels(&one), ["Interviewer", "Nurse", "INT"]);
    one.set_person(1, Person::typed("Marisol,  clinic   manager"));
    one.accept("Bystander");
    assert_eq!(labels(&one), ["Interviewer", "Nurse", "Bystander", "INT"]);
    let person = Person { pseudonym: "Marisol".into(), role: "clinic manager".into() };
    assert_eq!((one.voices[1].person.clone(), one.voices[1].said), (Some(person), true));
    let (this, that) = one.merge_offered("INT").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("an offer");
    one.merge(&this, &that);
    assert_eq!(labels(&one), ["Interviewer", "Nurse", "Bystander"]);
    one.reject("Bystander");
    assert_eq!(labels(&one), ["Interviewer", "Nurse"]);
    one.toggle_speakers();
    assert!(one.is_one_voice() && one.turns().is_none() && one.speakers(&mut Id::default).is_empty());
    one.toggle_speakers();
    assert_eq!(one.voices[1].person.is_some(), one.voices[1].said);
    assert!(one.toggle_alternating());
    assert_eq!(labels(&one), ["Speaker 1", "Speaker 2"]);
    one.toggle_alternating();
    assert_eq!(labels(&one), ["Interviewer", "Nurse"], "what was rejected and merged still is");
    assert_eq!(one.text.as_str(), words);
}

#[test]
fn people_are_read_as_they_are_typed() {
    let person = |words| Person::typed(words).map(|person| (person.pseudonym, person.role));
    assert_eq!(person("Marisol, clinic manager"), Some(("Marisol".into(), "clinic manager".into())));
    assert_eq!(person(" Marisol "), Some(("Marisol".into(), String::new())));
    assert_eq!(person(", nurse"), Some((String::new(), "nurse".into())));
    assert_eq!(person(" , "), None);
    for words in ["Marisol, clinic manager", "Marisol", ", nurse"] {
        assert_eq!(Person::typed(words).map(|person| person.words()).as_deref(), Some(words));
    }
}

#[test]
fn a_batch_is_one_edit_with_cases_from_names_and_free_names() {
    let mut desk = Desk::new();
    desk.case("Practice 07");
    let taken = desk
        .import(vec![
            ready("P07-nurse.txt", TALK),
            ready("P31-nurse.txt", &format!("{TALK}Nurse: Bye.\n")),
            ready("P31_field-note.md", "We arrived at nine.\n"),
            ready("P31.nurse.txt", &format!("{TALK}Nurse: Good bye.\n")),
            ready("bad.txt", ""),
        ])
        .expect("something");
    assert_eq!(desk.listed(), ["Practice 07/Nurse", "P31/Nurse", "P31/Field note", "P31/Nurse 2"]);
    assert_eq!((taken.sources.len(), taken.cases, taken.texts.len()), (4, 1, 4));
    let view = desk.view();
    let note = view.source(taken.sources[2]).expect("the note");
    assert_eq!((note.kind, note.file.as_str()), (SourceKind::FieldNote, "P31_field-note.md"));
    assert!(note.folder.starts_with("p31-field-note-") && note.folder.len() == "p31-field-note-".len() + 6);
    assert_eq!((taken.texts[2].folder.as_str(), &taken.texts[2].turns), (note.folder.as_str(), &None));
    let nurse = view.version(taken.sources[0]).expect("a version");
    assert_eq!((nurse.turns, nurse.chars as usize), (1, TALK.chars().count()));
    assert_eq!(view.who(taken.sources[0], "Nurse"), Who::Participant(None));
    assert_eq!(view.cases()[1].kind, "practice", "of the kind of the others");
}

#[test]
fn the_same_words_twice_are_said_to_be_here_and_left_out_unless_wanted() {
    let mut desk = Desk::new();
    desk.case("Practice 07");
    desk.import(vec![ready("P07-clinic-manager.txt", TALK)]).expect("a source");
    let mut batch = desk.batch(vec![
        // The same words, written in another way.
        ready("P07-copy.txt", &format!("\u{FEFF}{}", TALK.replace('\n', "\r\n"))),
        ready("P07-new.txt", "Other words.\n"),
        ready("P07-new-copy.txt", "Other words.\n"),
    ]);
    batch.settle(&desk.view());
    let same: Vec<Option<&str>> = batch.entries.iter().map(|entry| entry.same.as_deref()).collect();
    assert_eq!(
        same,
        [Some("already here as “Clinic manager” (Practice 07)"), None, Some("the same words as P07-new.txt")]
    );
    assert_eq!(batch.taken(), 1);
    batch.entries[0].wanted = Some(true);
    batch.settle(&desk.view());
    assert_eq!(batch.taken(), 2);
    batch.entries[1].wanted = Some(false);
    batch.settle(&desk.view());
    assert_eq!(batch.entries[2].same, None, "what it is a copy of is left out");
    desk.take(&batch).expect("two");
    assert_eq!(desk.listed(), ["Practice 07/Clinic manager", "Practice 07/Copy", "Practice 07/New copy"]);
}

#[test]
fn a_name_that_the_analyst_gives_and_that_is_taken_is_said_to_be() {
    let mut desk = Desk::new();
    desk.import(vec![ready("nurse.txt", TALK)]).expect("a source");
    let mut batch = desk.batch(vec![ready("other.txt", "Other words.\n")]);
    batch.settle(&desk.view());
    batch.entries[0].prepared_mut().expect("a text").set_name(" nurse ");
    batch.settle(&desk.view());
    assert_eq!(batch.entries[0].trouble.as_deref(), Some("there is a source called “nurse” in its case already"));
    assert!(batch.taken() == 0 && desk.take(&batch).is_none());
    batch.entries[0].prepared_mut().expect("a text").set_case(Some("P9".into()));
    batch.settle(&desk.view());
    desk.take(&batch).expect("a source of another case");
    assert_eq!(desk.listed(), ["P9/nurse", "-/Nurse"]);
}

#[test]
fn files_of_no_case_go_to_the_case_in_hand() {
    let mut desk = Desk::new();
    desk.case("North clinic");
    let mut batch = desk.batch(vec![ready("nurse.txt", TALK), ready("a/north_clinic-gp.txt", "Words.\n")]);
    batch.settle(&desk.view());
    let cases = |batch: &Batch| {
        batch.entries.iter().map(|entry| entry.prepared().and_then(|one| one.case.clone())).collect::<Vec<_>>()
    };
    assert_eq!(cases(&batch), [None, Some("North clinic".into())]);
    assert_eq!(batch.entries[1].prepared().map(|one| one.name.as_str()), Some("Gp"));
    batch.home = Some("North clinic".into());
    batch.settle(&desk.view());
    assert_eq!(cases(&batch)[0].as_deref(), Some("North clinic"));
}

#[test]
fn every_odd_file_is_imported_or_refused_in_a_sentence() {
    let whole = |bytes: &[u8]| Prepared::new("x.txt", bytes, &Choices::default());
    let sixteen: Vec<u8> = "\u{FEFF}I: Größe?\nP: Ja.\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let scrambled: Vec<u8> = (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for bytes in [&b""[..], b" \n\t\r\n", b"Hello\0there, this is text", b"%PDF-1.7\n", &scrambled] {
        let why = whole(bytes).expect_err("no text").to_string();
        assert!(why.len() > 20 && !why.contains('\n'), "{why}");
    }
    assert_eq!(whole(&sixteen).expect("UTF-16").text.as_str(), "I: Größe?\nP: Ja.\n");
    assert_eq!(whole(b"P: \x93I don\x92t know\x94").expect("cp1252").text.as_str(), "P: “I don’t know”");
    assert_eq!(whole(b"a\r\nb\nc\rd").expect("mixed").text.as_str(), "a\nb\nc\nd");
    let long = "word ".repeat(2_000_000);
    let long = whole(long.as_bytes()).expect("10 MB in one line");
    assert_eq!((long.words, long.turns().is_none()), (2_000_000, true));
    let wrong = Choices { encoding: Some("klingon".into()), ..Choices::default() };
    assert!(Prepared::new("x.txt", b"a b", &wrong).is_err());
}
