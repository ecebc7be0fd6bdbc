//! The grid of people and cases, played with real keys.

mod support;

use emic::project::case::{AttributeKind, Bearer};
use emic::project::edit::{AttributeEdit, Edit, NewAttribute, RowEdit};
use emic::project::id::{CaseId, ParticipantId};
use emic::project::row::Expr;
use emic::project::source::Who;
use emic::screen::play::Player;
use emic::screen::views::Showing;
use emic::session::Study;
use support::desk;

/// Keys, then the screen.
fn after(player: &mut Player, keys: &str) -> String {
    player.keys(keys).expect("keys");
    player.text()
}

/// A transcript of three speakers.
fn talk() -> String {
    "Interviewer: How is it here?\n\nNurse: Busy. She walks them over.\n\nDoctor: So it is, most days.\n\n".repeat(4)
}

/// Three cases with names short, long and wide, each with a transcript.
fn study() -> Study {
    let talk = talk();
    let mut study = desk::study(&["Warm handoff"], &[("One", &talk), ("Two", &talk), ("Three", &talk)]);
    let sources: Vec<_> = study.view().sources().iter().map(|source| source.id).collect();
    for (name, source) in ["P01", "A practice with quite a long name", "診療所"].into_iter().zip(sources) {
        let id: CaseId = study.fresh_id().into();
        study.apply(&Edit::AddCase { id, name: name.into(), kind: "practice".into() }).expect("a case");
        study.apply(&Edit::MoveSource(source, Some(id))).expect("moved");
    }
    study
}

fn open(study: Study) -> Player {
    desk::open(study, 100, 30)
}

/// What is known of the first case.
fn known(player: &Player) -> Vec<(String, String)> {
    let view = player.app.study.view();
    let case = view.cases()[0].id;
    view.values_of(case).into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[test]
fn attributes_are_made_by_form_and_cells_filled_in_the_way_of_their_kind() {
    let mut player = open(study());
    after(
        &mut player,
        "gPa<Enter>Setting<Enter><Space><Space><Space><Down><Enter>Rural; Urban<Enter>G<Down><Down><Down><Enter>",
    );
    let attributes = player.app.study.view().attributes().len();
    assert_eq!(attributes, 1, "{}", player.text());
    let text = after(&mut player, "<Enter>urb<Enter>");
    assert_eq!(known(&player), [pair("Setting", "Urban")], "{text}");
    // A number is typed, and refused where it is none; the line stays.
    after(&mut player, "a<Enter>Sites<Enter><Space><Down><Down><Down><Enter>");
    let text = after(&mut player, "<Enter>many<Enter>");
    assert!(text.contains("“Sites” is a number; “many” is none"), "{text}");
    after(&mut player, "<C-u>12<Enter>");
    // Yes or no with Space.
    after(&mut player, "a<Enter>Teaching<Enter><Space><Space><Down><Down><Down><Enter>");
    let text = after(&mut player, "<Space>");
    assert_eq!(known(&player)[2], pair("Teaching", "yes"), "{text}");
    after(&mut player, "<Space>");
    assert_eq!(known(&player)[2], pair("Teaching", "no"));
    let text = after(&mut player, "x");
    assert_eq!(known(&player), [pair("Setting", "Urban"), pair("Sites", "12")], "{text}");
    let row = text.lines().find(|line| line.contains("P01")).expect("the row");
    assert!(row.trim_end().ends_with("12  ·"), "missing is a dot: {row}");
    let text = after(&mut player, "uu");
    assert_eq!(known(&player)[2], pair("Teaching", "yes"), "undo walks back: {text}");
}

#[test]
fn several_values_are_marked_and_new_words_may_be_typed_where_none_are_fixed() {
    let mut study = study();
    let id = study.fresh_id().into();
    let new = |name: &str, kind, choices: &[&str]| NewAttribute {
        name: name.into(),
        of: Bearer::Case,
        kind,
        choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
        by_wave: false,
        follows: None,
    };
    let set = |id, new| Edit::Attributes(AttributeEdit::Set(id, new));
    study.apply(&set(id, new("Staff", AttributeKind::Choices, &["MA", "RN", "MD"]))).expect("an attribute");
    let id = study.fresh_id().into();
    study.apply(&set(id, new("Owner", AttributeKind::Choice, &[]))).expect("an attribute");
    let mut player = open(study);
    let text = after(&mut player, "gPll<Enter><Space><Down><Space><Enter>");
    assert_eq!(known(&player), [pair("Staff", "MA\nMD")], "{text}");
    assert!(text.contains("MA; MD"), "{text}");
    let text = after(&mut player, "l<Enter>A hospital<Enter>");
    assert_eq!(known(&player)[1], pair("Owner", "A hospital"), "{text}");
    // The word is offered to the next.
    let text = after(&mut player, "j<Enter>hosp");
    assert!(text.contains("A hospital"), "{text}");
}

#[test]
fn attributes_are_changed_moved_and_deleted_with_a_word_of_what_goes() {
    let mut player = open(study());
    after(&mut player, "gPa<Enter>A<Enter><Down><Down><Down><Enter>a<Enter>B<Enter><Down><Down><Down><Enter>");
    let names = |player: &Player| -> Vec<String> {
        player.app.study.view().attributes().iter().map(|one| one.name.clone()).collect()
    };
    assert_eq!(names(&player), ["A", "B"], "{}", player.text());
    after(&mut player, "H");
    assert_eq!(names(&player), ["B", "A"]);
    after(&mut player, "L");
    assert_eq!(names(&player), ["A", "B"]);
    after(&mut player, "<Enter>words<Enter>c<Enter><C-u>C<Enter><Down><Down><Down><Enter>");
    assert_eq!(names(&player), ["A", "C"], "{}", player.text());
    let text = after(&mut player, "X");
    assert!(text.contains("its 1 value goes with it, and comes back with u"), "{text}");
    after(&mut player, "y<Enter>");
    assert_eq!(names(&player), ["A"]);
    after(&mut player, "u");
    assert_eq!(known(&player), [pair("C", "words")]);
}

#[test]
fn waves_are_walked_and_values_stand_in_theirs() {
    let mut player = open(study());
    after(&mut player, "gPW2013<Enter>W2015<Enter>");
    after(&mut player, "a<Enter>Sites<Enter><Space><Down><Space><Down><Down><Enter>");
    let text = after(&mut player, "");
    assert!(text.contains("Sites (2013)") && text.contains("Sites (2015)") && text.contains("all waves"), "{text}");
    after(&mut player, "ww");
    let text = after(&mut player, "<Enter>5<Enter>");
    assert!(text.contains("wave 2015") && !text.contains("Sites (2013)"), "{text}");
    let view = player.app.study.view();
    let (case, sites, wave) = (view.cases()[0].id, view.attributes()[0].id, view.waves()[1].id);
    assert_eq!(view.value_in(sites, case.0, Some(wave)), Some("5"));
    let text = after(&mut player, "w");
    assert!(text.contains("all waves"), "{text}");
}

#[test]
fn what_follows_from_codings_is_marked_opens_its_passages_and_cannot_be_typed_over() {
    let mut study = study();
    let code = study.view().codebook().top()[0];
    let (row, id) = (study.fresh_id().into(), study.fresh_id().into());
    let holds = Expr::Code { code, below: true };
    study.apply(&Edit::Rows(RowEdit::Set { id: row, name: "Walks over".into(), holds })).expect("a row");
    let new = NewAttribute {
        name: "Handoff".into(),
        of: Bearer::Case,
        kind: AttributeKind::YesNo,
        choices: Vec::new(),
        by_wave: false,
        follows: Some(Expr::Row(row)),
    };
    study.apply(&Edit::Attributes(AttributeEdit::Set(id, new))).expect("an attribute");
    let mut player = open(study);
    // The first case is coded and finished, the others are not.
    after(&mut player, "gt2<Enter>sc<Enter>F");
    let text = after(&mut player, "gP$");
    assert!(text.contains("→ Handoff") && text.contains("not yet coded"), "{text}");
    let row = text.lines().find(|line| line.contains("P01")).expect("the row");
    assert!(row.contains("yes"), "{text}");
    let text = after(&mut player, "<Space>");
    assert!(text.contains("“Handoff” follows from what is coded and cannot be typed"), "{text}");
    let text = after(&mut player, "x");
    assert!(text.contains("follows from what is coded and cannot be typed"), "{text}");
    let text = after(&mut player, "<Enter>");
    assert!(text.contains("Handoff of P01: yes") && text.contains("Warm handoff"), "{text}");
    let text = after(&mut player, "<Enter>");
    assert!(text.contains("Esc goes back to the figure"), "it stands in the transcript: {text}");
    let text = after(&mut player, "<Esc><Esc>");
    assert!(text.contains("CASES 3"), "and back: {text}");
}

#[test]
fn participants_are_named_given_a_role_and_a_case_and_mapped_from_labels() {
    let mut player = open(study());
    let text = after(&mut player, "gP<Tab>");
    assert!(text.contains("There are no participants yet"), "{text}");
    after(&mut player, "AAna<Enter>");
    after(&mut player, "l<Enter>head nurse<Enter>l<Enter>P01<Enter>");
    let person = |player: &Player| player.app.study.view().participants().next().cloned().expect("one");
    let ana = person(&player);
    assert_eq!((ana.pseudonym.as_str(), ana.role.as_str()), ("Ana", "head nurse"), "{}", player.text());
    assert_eq!(ana.case, Some(player.app.study.view().cases()[0].id));
    // The labels of their case are offered first; those that are nobody's yet before the interviewer's.
    let text = after(&mut player, "sNurse");
    assert!(text.contains("Who is Ana?"), "{text}");
    after(&mut player, "<Enter>");
    let view = player.app.study.view();
    let first = view.sources()[0].id;
    assert_eq!(view.who(first, "Nurse"), Who::Participant(Some(ana.id)), "{}", player.text());
    let text = player.text();
    assert!(text.contains("speaks as “Nurse” in P01 › One"), "{text}");
    let text = after(&mut player, "D");
    assert!(text.contains("“Ana” speaks as “Nurse” in “One”; say first who else that is"), "{text}");
    // Another takes the label over; then nobody is Ana.
    after(&mut player, "ABen<Enter>sNurse<Enter>");
    let text = after(&mut player, "kD");
    let left: Vec<ParticipantId> = player.app.study.view().participants().map(|one| one.id).collect();
    assert!(left.len() == 1 && left[0] != ana.id, "{text}");
    assert!(text.contains("delete participant “Ana”"), "{text}");
    after(&mut player, "h0<Enter><C-u>Benedikt<Enter>");
    assert_eq!(person(&player).pseudonym, "Benedikt");
}

#[test]
fn cases_are_added_renamed_and_deleted_where_nothing_hangs_on_them() {
    let mut player = open(study());
    after(&mut player, "gPAP04<Enter>");
    let names = |player: &Player| -> Vec<String> {
        player.app.study.view().cases().iter().map(|one| one.name.clone()).collect()
    };
    assert_eq!(names(&player).last().map(String::as_str), Some("P04"));
    after(&mut player, "<Enter><C-u>P05<Enter>l<Enter>clinic<Enter>");
    assert_eq!(names(&player).last().map(String::as_str), Some("P05"));
    assert_eq!(player.app.study.view().cases()[3].kind, "clinic", "{}", player.text());
    after(&mut player, "D");
    assert_eq!(names(&player).len(), 3);
    let text = after(&mut player, "ggD");
    assert!(text.contains("“P01” has 1 source; put them elsewhere first"), "{text}");
}

#[test]
fn a_table_is_looked_at_before_it_is_taken_in_and_open_answers_become_sources() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.csv");
    std::fs::write(&path, "Practice,Setting,Why?\nP01,Rural,Because.\n診療所,Urban,\nP9,Rural,\n").expect("a file");
    let mut player = open(study());
    let path = path.display();
    let text = after(&mut player, &format!("gPi{path}<Enter>"));
    for words in
        ["Taking in t.csv", "2 cases, found by “Practice”; 1 row unmatched", "unmatched", "new attribute, text"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(known(&player), [], "nothing is taken in yet");
    // The questions' column becomes sources.
    let text = after(&mut player, "<Up><Up><Enter>Why<Enter>");
    assert!(text.contains("sources, an answer each"), "{text}");
    let text = after(&mut player, "<Enter>");
    assert!(
        text.contains("matched by") || text.contains("becomes") || text.contains("Becomes"),
        "a page of all: {text}"
    );
    let text = after(&mut player, "<Esc><Down><Enter>");
    assert!(text.contains("taken in: 2 new values, 0 changed, 1 new attribute, 1 answer as a source"), "{text}");
    assert_eq!(known(&player), [pair("Setting", "Rural")]);
    let view = player.app.study.view();
    assert_eq!(view.sources_of(Some(view.cases()[0].id)).len(), 2);
    after(&mut player, "u");
    assert_eq!(known(&player), [], "one step");
}

#[test]
fn a_bad_table_is_told_and_not_taken_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.csv");
    let mut player = open(study());
    let text = after(&mut player, &format!("gPi{}<Enter>", path.display()));
    assert!(text.contains("t.csv"), "{text}");
    assert!(text.contains("Take in a table"), "the question stays: {text}");
    std::fs::write(&path, "case,A\nP01,=1\n").expect("a file");
    let text = after(&mut player, "<Enter>");
    assert!(text.contains("1 cell cannot be taken in"), "{text}");
    let text = after(&mut player, "<Enter>");
    assert!(text.contains("row 2, column “A”: holds a formula"), "{text}");
    after(&mut player, "<Esc>");
    std::fs::write(&path, "case,A\nP01,1\nP01,2\n").expect("a file");
    let text = after(&mut player, &format!("i{}<Enter>", path.display()));
    assert!(text.contains("rows 2 and 3 are both “P01”; leave one out"), "{text}");
    after(&mut player, "<Enter><Esc>");
    assert!(player.app.study.view().attributes().is_empty());
}

#[test]
fn the_sampling_table_names_the_cases() {
    let mut player = open(study());
    after(&mut player, "gPa<Enter>Setting<Enter><Down><Down><Down><Enter><Enter>Rural<Enter>");
    after(&mut player, "a<Enter>Owner<Enter><Down><Down><Down><Enter><Enter>FQHC<Enter>");
    let text = after(&mut player, "SSett<Enter><Enter>");
    assert!(text.contains("Cases by Setting and Owner"), "{text}");
    assert!(text.contains("1: P01") && text.contains("missing"), "{text}");
}

#[test]
fn columns_stay_aligned_beside_wide_characters_and_scroll_on_a_small_screen() {
    let mut player = desk::open(study(), 60, 18);
    for name in ["First", "Second", "Third", "Fourth", "Fifth"] {
        after(&mut player, &format!("gPa<Enter>{name}<Enter><Down><Down><Down><Enter><Enter>{name} value<Enter>"));
    }
    let text = after(&mut player, "0");
    let head = text.lines().find(|line| line.contains("Kind")).expect("headings");
    let at = head.chars().position(|c| c == 'K').expect("a place");
    for (name, wide) in [("P01", 0), ("診療所", 3)] {
        let row = text.lines().find(|line| line.contains(name)).expect("a row");
        // A wide character is one char and two cells.
        let place = row.chars().collect::<String>().find("practice").map(|byte| row[..byte].chars().count());
        assert_eq!(place.map(|place| place + wide), Some(at), "{text}");
    }
    assert!(!text.contains("Fifth"), "{text}");
    let text = after(&mut player, "$");
    assert!(text.contains("Fifth value") && text.contains("P01") && !text.contains("First"), "{text}");
    let text = after(&mut player, "j/fourth<Enter>");
    assert_eq!(player.app.people.row(), player.app.study.view().cases().first().map(|case| case.id.0), "{text}");
}

#[test]
fn what_an_attribute_follows_from_is_typed_as_an_expression_and_one_that_is_wrong_is_told_and_stays() {
    let mut player = open(study());
    // The first case is coded and finished.
    after(&mut player, "gt2<Enter>sc<Enter>F");
    let text = after(&mut player, "gPa");
    assert!(text.contains("Follows from"), "{text}");
    player.keys("<Enter>Handed over<Enter>").expect("keys");
    // Down to the line, past kind and waves.
    let text = after(&mut player, "jj<Enter>");
    assert!(
        text.contains("It follows from") && text.contains("Warm handoff"),
        "what can be counted is offered: {text}"
    );
    let text = after(&mut player, "any(Warm handof, [Handed over = yes])<Enter>");
    assert!(text.contains("there is no code “Warm handof”") && text.contains("“Warm handoff”"), "{text}");
    let text = after(&mut player, "<C-u>any(Warm handoff, none(Warm handoff))<Enter>");
    assert!(text.contains("any(Warm handoff, none(Warm handoff))"), "{text}");
    let text = after(&mut player, "<Enter>");
    assert!(text.contains("→ Handed over"), "{text}");
    let text = after(&mut player, "$<Space>");
    assert!(text.contains("“Handed over” follows from what is coded and cannot be typed"), "{text}");
    let text = after(&mut player, "<Enter>");
    assert!(text.contains("Handed over of P01: yes"), "{text}");
    player.keys("<Enter>").expect("keys");
    assert_eq!(player.app.showing, Showing::Code, "a passage is one key further");
    player.keys("<Esc><Esc>").expect("keys");
    // It cannot follow from itself.
    let text = after(&mut player, "c");
    assert!(text.contains("any(Warm handoff, none(Warm handoff))"), "{text}");
    player.keys("j<Enter>").expect("keys");
    let text = after(&mut player, "[Handed over = yes]<Enter><Enter>");
    assert!(text.contains("itself"), "{text}");
    let view = player.app.study.view();
    let attribute = view.attributes().into_iter().find(|one| one.name == "Handed over").expect("it stands");
    assert_eq!(attribute.follows.as_ref().map(|expr| expr.codes().len()), Some(2), "as it was");
}

#[test]
fn rows_of_unknown_cases_are_added_by_a_key_and_several_rows_of_a_case_are_its_participants() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.csv");
    std::fs::write(&path, "Practice,Setting\nP01,Rural\nP77,Urban\n").expect("a file");
    let mut player = open(study());
    let text = after(&mut player, &format!("gPi{}<Enter>", path.display()));
    assert!(text.contains("1 row unmatched") && text.contains("are left out"), "{text}");
    let text = after(&mut player, "<Up><Up><Up><Space>");
    assert!(text.contains("become new cases") && text.contains("1 new case, 2 new values"), "{text}");
    let text = after(&mut player, "<Down><Down><Down><Enter>");
    assert!(text.contains("taken in: 1 new case"), "{text}");
    assert!(player.app.study.view().cases().iter().any(|case| case.name == "P77"));
    after(&mut player, "u");
    assert_eq!(player.app.study.view().cases().len(), 3, "one step");
    std::fs::write(&path, "Practice,Respondent,Years\nP01,Ana,3\nP01,Ben,12\n").expect("a file");
    let text = after(&mut player, &format!("i{}<Enter>", path.display()));
    assert!(text.contains("rows 2 and 3 are both “P01”"), "{text}");
    let text = after(&mut player, "<Up><Up><Up><Up><Enter>Respondent<Enter>");
    assert!(text.contains("2 new participants, 2 new values"), "{text}");
    let text = after(&mut player, "<Down><Down><Enter>");
    assert!(text.contains("taken in: 2 new participants"), "{text}");
    let view = player.app.study.view();
    assert_eq!(view.participants_of(view.cases()[0].id).count(), 2);
}
