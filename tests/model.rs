//! The open study: undo across restarts, quiet steps, what others write, what is saved and under which name.

mod support {
    pub mod study;
}

use emic::project::edit::{Edit, Words};
use emic::project::id::{CoderId, Id};
use emic::project::source::Splice;
use emic::project::view::Whose;
use emic::session::study::EditError;
use emic::session::{Heard, NewFile, Saving};
use emic::text::{Pos, Span};
use support::study::Open;

/// A study with a text and a code.
fn begun() -> (Open, emic::project::id::SourceId, emic::project::id::CodeId) {
    let mut open = Open::new();
    let text = open.source("one", &"word ".repeat(40));
    let code = open.code("Access");
    open.study.listen();
    (open, text, code)
}

/// Another coder at their own copy of the study.
fn second_coder(open: &mut Open) -> Open {
    let id = CoderId::from(Id::at(2, [2; 10]));
    open.apply(&Edit::AddCoder { id, initials: "SC".into(), name: String::new() });
    open.study.listen();
    open.copy(id, "SC-bbbb")
}

#[test]
fn undo_passes_over_quiet_steps_and_goes_on_after_a_restart() {
    let (mut open, text, code) = begun();
    open.apply(&open.laying(text, 0, 10, code));
    let read = |to| Edit::Read { source: text, to: Pos(to), finished: false };
    assert!(open.apply(&read(20)).stamp.is_some());
    open.apply(&open.laying(text, 20, 30, code));
    open.apply(&read(40));
    assert_eq!(open.study.undo().expect("something").did, "code “Access”");
    assert_eq!(open.spans(text), [(0, 10)]);

    let mut again = open.again();
    assert_eq!(again.study.history(), open.study.history());
    assert_eq!(again.study.undo().expect("something").did, "code “Access”");
    assert_eq!(again.spans(text), []);
    assert_eq!(again.study.view().progress(text).map(|progress| progress.read_to), Some(Pos(40)));
    for _ in 0..2 {
        again.study.redo().expect("something to redo");
    }
    assert_eq!(again.spans(text), [(0, 10), (20, 30)]);
    assert_eq!(again.study.redo(), Err(EditError::Nothing("redo")));
}

#[test]
fn undo_never_crosses_coders_and_names_what_stays() {
    let (mut open, _, code) = begun();
    let mut other = second_coder(&mut open);
    let edits = vec![Edit::RenameCode(code, "Getting in".into()), Edit::SetColour(code, 7)];
    open.apply(&Edit::All(edits));
    other.kept.receive(&open.kept.lines());
    other.study.listen();
    assert_eq!(other.names(), ["Getting in"]);
    assert_eq!(other.study.undo(), Err(EditError::Nothing("undo")));

    other.apply(&Edit::SetColour(code, 2));
    open.kept.receive(&other.kept.lines());
    assert!(open.study.listen());
    let undone = open.study.undo().expect("something");
    assert_eq!((undone.kept, open.names()), (vec!["colour"], vec!["Access".to_owned()]));
    assert_eq!(open.study.view().code(code).map(|node| node.code.colour), Some(2));
}

#[test]
fn a_deed_of_which_nothing_is_left_is_said_and_then_passed_over() {
    let (mut open, text, code) = begun();
    open.apply(&open.laying(text, 0, 10, code));
    let mut other = second_coder(&mut open);
    open.apply(&Edit::SetColour(code, 7));
    other.kept.receive(&open.kept.lines());
    other.study.listen();
    other.apply(&Edit::SetColour(code, 2));
    open.kept.receive(&other.kept.lines());
    open.study.listen();
    let why = "nothing of “colour of “Access”” can be taken back: it was changed since";
    assert_eq!(open.study.undo().map_err(|why| why.to_string()), Err(why.into()));
    assert_eq!(open.study.undo().expect("the one before").did, "add coder SC");
}

#[test]
fn lines_that_come_late_are_folded_in_their_order_with_what_is_not_saved_yet() {
    let (mut open, _, code) = begun();
    let mut other = second_coder(&mut open);
    other.apply(&Edit::RenameCode(code, "Theirs".into()));
    // Ours come later in the order, and are still on their way to the disk when theirs come in.
    open.kept.shelf().hold = true;
    open.apply(&Edit::SetColour(code, 3));
    open.apply(&Edit::SetColour(code, 5));
    open.kept.receive(&other.kept.lines());
    let before = open.study.generation();
    open.study.listen();
    assert_ne!(open.study.generation(), before);
    assert_eq!(open.names(), ["Theirs"]);
    assert_eq!(open.study.view().code(code).map(|node| node.code.colour), Some(5));
    assert_eq!(open.study.saving(), Saving::Saving(2));
}

#[test]
fn a_late_line_that_cannot_be_joined_yet_is_told_once_and_tried_again() {
    let (mut open, _, code) = begun();
    let mut other = second_coder(&mut open);
    other.apply(&Edit::RenameCode(code, "Theirs".into()));
    open.apply(&Edit::SetColour(code, 3));
    open.apply(&Edit::SetColour(code, 5));
    open.kept.shelf().unreadable = Some("SC-bbbb.001.ron cannot be read".into());
    open.kept.receive(&other.kept.lines());
    open.study.listen();
    assert_eq!(
        (open.names(), open.study.take_notes()),
        (vec!["Access".to_owned()], vec!["SC-bbbb.001.ron cannot be read".to_owned()])
    );
    open.kept.shelf().heard.push(Heard::Note("hello".into()));
    open.study.listen();
    assert_eq!(open.study.take_notes(), ["hello"]);
    open.kept.shelf().unreadable = None;
    open.kept.shelf().heard.push(Heard::Note("hello".into()));
    open.study.listen();
    assert_eq!(open.names(), ["Theirs"]);
    let generation = open.study.generation();
    open.kept.shelf().heard.push(Heard::Note("hello".into()));
    open.study.listen();
    assert_eq!(open.study.generation(), generation, "joined once and for all");
}

#[test]
fn what_one_coder_does_at_two_places_is_one_history_in_the_order_of_its_lines() {
    let (mut open, text, code) = begun();
    let mut laptop = open.copy(open.study.coder(), "PB-cccc");
    laptop.apply(&laptop.laying(text, 0, 10, code));
    open.apply(&Edit::SetColour(code, 1));
    open.apply(&Edit::SetColour(code, 2));
    open.kept.receive(&laptop.kept.lines());
    open.study.listen();
    assert_eq!(open.spans(text), [(0, 10)]);
    let did: Vec<String> = std::iter::from_fn(|| open.study.undo().ok().map(|undone| undone.did)).take(3).collect();
    assert_eq!(did, ["colour of “Access”", "code “Access”", "colour of “Access”"], "as the lines stand");
    assert_eq!(open.spans(text), []);
    assert_eq!(open.again().study.history(), open.study.history());
    // Heard again, nothing of it is done again.
    let project = open.study.snapshot();
    open.kept.shelf().heard.push(Heard::Lines(laptop.kept.lines()));
    open.study.listen();
    assert_eq!(open.study.snapshot(), project);
}

#[test]
fn lines_that_were_saved_under_a_new_name_can_be_undone_now_and_after_a_restart() {
    let (mut open, text, code) = begun();
    open.kept.shelf().hold = true;
    open.apply(&open.laying(text, 0, 10, code));
    open.apply(&open.laying(text, 20, 30, code));
    open.study.undo().expect("something");
    assert_eq!(open.study.saving(), Saving::Saving(3));
    open.kept.move_to("PB-new1");
    open.study.listen();
    assert!(matches!(open.study.saving(), Saving::Saved(Some(_))));
    assert_eq!(open.study.snapshot(), open.again().study.snapshot());
    open.study.redo().expect("something to redo");
    open.study.undo().expect("something");
    open.study.undo().expect("something");
    assert_eq!(open.spans(text), []);
    let mut again = open.again();
    assert_eq!(again.study.history(), open.study.history());
    again.study.redo().expect("something to redo");
    assert_eq!(again.spans(text), [(0, 10)]);
}

#[test]
fn nothing_is_done_where_nothing_can_be_written() {
    let (mut open, text, code) = begun();
    open.kept.shelf().read_only = Some("the folder cannot be written".into());
    let before = open.study.snapshot();
    let why = "this project is open read-only: the folder cannot be written";
    assert_eq!(
        open.study.apply(&open.laying(text, 0, 5, code)).map_err(|why| why.to_string()).map(|_| ()),
        Err(why.into())
    );
    assert_eq!(open.study.undo().map_err(|why| why.to_string()).map(|_| ()), Err(why.into()));
    assert_eq!(open.study.snapshot(), before);
    assert_eq!(open.study.saving(), Saving::ReadOnly("the folder cannot be written".into()));
}

#[test]
fn an_edit_that_changes_nothing_writes_no_line() {
    let (mut open, _, code) = begun();
    let lines = open.kept.lines().len();
    let done = open.apply(&Edit::RenameCode(code, "Access".into()));
    assert_eq!((done.stamp, open.kept.lines().len()), (None, lines));
    assert_eq!(open.study.undo().expect("something").did, "new code “Access”");
}

#[test]
fn a_text_is_read_anew_when_it_was_corrected_or_its_turns_were_accepted_by_anybody() {
    let (mut open, text, _) = begun();
    let mut other = second_coder(&mut open);
    assert_eq!(open.study.read(text).expect("a text").text.as_str().len(), 200);
    let file = NewFile { path: "sources/one/2.txt".into(), bytes: "new words".into() };
    let splices = vec![Splice { at: Span::new(0, 200), chars: 9 }];
    let words = Words { chars: 9, ..Words::default() };
    let correct = Edit::Correct { source: text, splices, text: words, reason: String::new() };
    open.study.apply_with(&correct, vec![file]).expect("a correction");
    assert!(open.study.reading(text).is_none());
    assert_eq!(open.study.read(text).expect("a text").text.as_str(), "new words");
    open.study.undo().expect("something");
    assert_eq!(open.study.read(text).expect("a text").version, 1);
    open.apply(&Edit::AcceptTurns(text, 7, vec![]));
    assert!(open.study.reading(text).is_none());
    open.study.undo().expect("something");
    open.study.read(text).expect("a text");

    other.kept.receive(&open.kept.lines());
    other.study.listen();
    other.apply(&Edit::AcceptTurns(text, 1, vec![]));
    open.kept.receive(&other.kept.lines().split_off(other.kept.lines().len() - 1));
    open.study.listen();
    assert!(open.study.reading(text).is_none());
    assert!(open.study.read(text).is_err(), "the turns are not on this disk yet");
}

#[test]
fn planning_changes_nothing_and_does_not_depend_on_whose_codings_are_shown() {
    let (mut open, text, code) = begun();
    let mut other = second_coder(&mut open);
    other.apply(&other.laying(text, 0, 50, code));
    open.kept.receive(&other.kept.lines());
    open.study.listen();
    open.study.show(Whose::Everybody);
    let before = open.study.snapshot();
    let step = open.study.plan(&open.laying(text, 10, 20, code)).expect("a step");
    assert_eq!(step.puts.len(), 1);
    assert_eq!(open.study.snapshot(), before);
    open.apply(&open.laying(text, 10, 20, code));
    open.study.show(Whose::Mine);
    assert_eq!(open.spans(text), [(10, 20)]);
}
