//! Tables held against a small study.

use super::*;
use crate::project::case::{AttributeKind, Bearer};
use crate::project::edit::{AttributeEdit, Edit, NewAttribute};
use crate::project::id::{AttributeId, CaseId, WaveId};
use crate::project::row::Expr;
use crate::project::testing::Desk;
use std::io::{Cursor, Write};

fn desk(cases: &[&str]) -> Desk {
    let mut desk = Desk::new();
    for name in cases {
        let id = desk.id().into();
        desk.apply(&Edit::AddCase { id, name: (*name).into(), kind: "practice".into() });
    }
    desk
}

fn attribute(desk: &mut Desk, name: &str, kind: AttributeKind, choices: &[&str], by_wave: bool) -> AttributeId {
    let id = desk.id().into();
    let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
    let new = NewAttribute { name: name.into(), of: Bearer::Case, kind, choices, by_wave, follows: None };
    desk.apply(&Edit::Attributes(AttributeEdit::Set(id, new)));
    id
}

fn asked() -> Asked {
    let (answers, file) = (Vec::new(), "a.csv".into());
    Asked { of: Bearer::Case, name: None, wave: None, answers, add_cases: false, people: None, file }
}

fn planned(desk: &Desk, csv: &str, asked: &Asked) -> Result<Plan, SheetError> {
    plan(&desk.view(), &read(csv.as_bytes())?, asked)
}

fn take(desk: &mut Desk, plan: &Plan) -> Taken {
    let ids: Vec<_> = (0..plan.ids_needed()).map(|_| desk.id()).collect();
    let mut ids = ids.into_iter();
    let taken = plan.edit(&desk.view(), &mut || ids.next().expect("as many as are needed")).expect("an edit");
    desk.apply(&taken.edit);
    taken
}

fn case(desk: &Desk, name: &str) -> CaseId {
    desk.view().cases().iter().find(|case| case.name == name).expect("the case").id
}

#[test]
fn columns_become_attributes_of_the_kind_they_look_like_in_one_step() {
    let mut desk = desk(&["P01", "P02", "P03", "P04"]);
    let csv = "Practice;Setting;Sites;Teaching;Opened;Staff;Known as\n\
        p01;Rural;3;yes;1999-01-01;MA; RN;North\n";
    assert!(planned(&desk, csv, &asked()).is_err_and(|why| why.to_string().starts_with("row 2 has 8 cells")));
    let csv = "Practice,Setting,Sites,Teaching,Opened,Staff,Known as\n\
        p01,Rural,3,yes,1999-01-01,MA; RN,North\n\
        P02,Urban,1,no,2001-02-03,RN,South\n\
        P03,rural,,,,MA,East\n\
        P04,Urban,2,no,,MA;RN,\n\
        P09,Urban,2,no,,MA,West\n";
    let plan = planned(&desk, csv, &asked()).expect("a plan");
    let said: Vec<(String, usize, usize)> =
        plan.columns.iter().map(|column| (column.becomes(), column.new, column.empty)).collect();
    let row = |becomes: &str, new, empty| (becomes.to_owned(), new, empty);
    assert_eq!(
        said,
        [
            row("new attribute, one of Rural, Urban", 4, 0),
            row("new attribute, number", 3, 1),
            row("new attribute, yes or no", 3, 1),
            row("new attribute, day", 2, 2),
            row("new attribute, several of MA, RN", 4, 0),
            row("new attribute, text", 3, 1),
        ]
    );
    assert_eq!(plan.unmatched.len(), 1);
    assert_eq!(plan.title(), "4 cases, found by “Practice”; 1 row unmatched");
    take(&mut desk, &plan);
    let one = case(&desk, "P01");
    assert_eq!(
        desk.view().values_of(one),
        [
            ("Setting", "Rural"),
            ("Sites", "3"),
            ("Teaching", "yes"),
            ("Opened", "1999-01-01"),
            ("Staff", "MA\nRN"),
            ("Known as", "North")
        ]
    );
    assert_eq!(
        desk.view().values_of(case(&desk, "P03")),
        [("Setting", "Rural"), ("Staff", "MA"), ("Known as", "East")]
    );
    let again = planned(&desk, csv, &asked()).expect("a plan");
    assert!(again.is_idle() && again.changed.is_empty());
    desk.undo();
    assert_eq!(desk.view().attributes().len(), 0, "one step");
}

#[test]
fn what_is_known_is_changed_only_where_the_file_says_otherwise_and_each_change_is_told() {
    let mut desk = desk(&["P01", "P02"]);
    let setting = attribute(&mut desk, "Setting", AttributeKind::Choice, &["Rural", "Urban"], false);
    for name in ["P01", "P02"] {
        let whose = case(&desk, name).0;
        let value = "Rural".to_owned();
        desk.apply(&Edit::Attributes(AttributeEdit::Value { attribute: setting, whose, wave: None, value }));
    }
    let plan = planned(&desk, "case,SETTING\nP01,urban\nP02,\n", &asked()).expect("a plan");
    let told: Vec<_> = plan.changed.iter().map(|one| (one.row, one.before.as_str(), one.after.as_str())).collect();
    assert_eq!(told, [(2, "Rural", "Urban")]);
    take(&mut desk, &plan);
    assert_eq!(desk.view().value_of(case(&desk, "P02"), setting), Some("Rural"), "an empty cell says nothing");
    assert_eq!(desk.view().value_of(case(&desk, "P01"), setting), Some("Urban"));
}

#[test]
fn bad_tables_are_refused_in_one_sentence() {
    let desk = desk(&["P01", "P02"]);
    let sentence = |csv: &str| planned(&desk, csv, &asked()).expect_err("no table").to_string();
    assert_eq!(sentence(" \n"), "the file is empty; its first row must name the columns, its first column the cases");
    assert_eq!(sentence("case,Setting\n"), "the file has headings and no rows");
    assert_eq!(sentence("case,A,a\nP01,1,2\n"), "there are two columns “a”; leave one out, or name it otherwise");
    assert_eq!(sentence("case,,B\nP01,1,2\n"), "column 2 has values and no heading; name it, or leave it out");
    let twice = sentence("case,A\nP01,1\nP02,2\np01,3\n");
    assert!(twice.starts_with("rows 2 and 4 are both “p01”; leave one out, or, if each row"), "{twice}");
    assert_eq!(
        sentence("case,A\nP1,1\n"),
        "no row is a case of this project: “case” is taken for the name and begins with “P1”, and there are “P01”, “P02”"
    );
    let named = Asked { name: Some("Practice".into()), ..asked() };
    let why = planned(&desk, "case,A\nP01,1\n", &named).expect_err("no column").to_string();
    assert_eq!(why, "the file has no column “Practice”; it has “case”, “A”");
    let why = read(b"\xd0\xcf\x11\xe0\xa1\xb1").expect_err("an old file").to_string();
    assert_eq!(why, "this is an old Excel file (XLS) or one with a password; save it as XLSX or CSV");
    let why = read(b"PK\x03\x04 and nothing else").expect_err("damaged").to_string();
    assert!(why.starts_with("the file cannot be read: as XLSX, "), "{why}");
}

#[test]
fn wrong_values_formulas_and_values_of_no_wave_refuse_everything() {
    let mut desk = desk(&["P01", "P02"]);
    let year: WaveId = desk.id().into();
    desk.apply(&Edit::Attributes(AttributeEdit::Wave(year, "2013".into())));
    attribute(&mut desk, "Sites", AttributeKind::Number, &[], false);
    let staff = attribute(&mut desk, "Staff", AttributeKind::Number, &[], true);
    let csv = "case,Sites,Staff,Sum\nP01,many,3,=1+1\nP02,2,4,'=so\n";
    let plan = planned(&desk, csv, &asked()).expect("a plan");
    let refused: Vec<(usize, &str, &str)> =
        plan.refused.iter().map(|one| (one.row, one.column.as_str(), one.why.as_str())).collect();
    assert_eq!(
        refused,
        [
            (1, "Staff", "has a value for each wave; say which wave"),
            (2, "Sites", "“Sites” is a number; “many” is none"),
            (2, "Sum", "holds a formula, not a value; save the file with values"),
        ]
    );
    assert!(plan.edit(&desk.view(), &mut || unreachable!("nothing is made")).is_none());
    let in_wave = Asked { wave: Some(year), ..asked() };
    let plan = planned(&desk, "case,Sites,Staff\nP01,1,3\n", &in_wave).expect("a plan");
    assert_eq!(plan.refused[0].why, "has one value for all waves; leave the wave out");
    let plan = planned(&desk, "case,Staff,Visits\nP01,3,9\n", &in_wave).expect("a plan");
    take(&mut desk, &plan);
    let one = case(&desk, "P01").0;
    assert_eq!(desk.view().value_in(staff, one, Some(year)), Some("3"));
    let visits = desk.view().attributes().iter().find(|a| a.name == "Visits").expect("a new one").by_wave;
    assert!(visits, "what comes with a wave has a value for each");
    let plan = planned(&desk, "case,Staff (2013)\nP01,5\n", &asked()).expect("a plan");
    assert_eq!(plan.columns[0].to, To::Known(staff), "as our own tables head it");
}

#[test]
fn what_follows_from_codings_is_left_out_and_said_so() {
    let mut desk = desk(&["P01"]);
    let code = desk.code("Specialist");
    let id = desk.id().into();
    let new = NewAttribute {
        name: "Has one".into(),
        of: Bearer::Case,
        kind: AttributeKind::YesNo,
        choices: Vec::new(),
        by_wave: false,
        follows: Some(Expr::Code { code, below: true }),
    };
    desk.apply(&Edit::Attributes(AttributeEdit::Set(id, new)));
    let plan = planned(&desk, "case,Has one\nP01,yes\n", &asked()).expect("a plan");
    assert_eq!(plan.left_out, [("Has one".to_owned(), "it follows from what is coded and cannot be typed")]);
    assert!(plan.is_idle());
}

#[test]
fn participants_are_found_by_name_with_their_case_where_it_is_not_theirs_alone() {
    let mut desk = desk(&["P01", "P02"]);
    for (case_name, pseudonym) in [("P01", "Ana"), ("P02", "Ana"), ("P02", "Ben")] {
        let (id, case) = (desk.id().into(), Some(case(&desk, case_name)));
        let (pseudonym, role) = (pseudonym.to_owned(), String::new());
        desk.apply(&Edit::Attributes(AttributeEdit::Person { id, pseudonym, role, case }));
    }
    let people = Asked { of: Bearer::Participant, ..asked() };
    let plan = planned(&desk, "who,Role,Years\nAna,nurse,3\nBen,manager,4\n", &people).expect("a plan");
    assert_eq!(plan.unmatched[0].why, "2 participants have this name; write their case with it, as “P01 › Ana”");
    let csv = "who,case,Role,Years\nAna,P01,nurse,3\nAna,P02,MA,\nP02 › Ben,,manager,4\n";
    let plan = planned(&desk, csv, &people).expect("a plan");
    assert_eq!(plan.matched, 3);
    take(&mut desk, &plan);
    let roles: Vec<String> = desk.view().participants().map(|p| p.role.clone()).collect();
    assert_eq!(roles, ["nurse", "MA", "manager"]);
    let answers = Asked { answers: vec!["Years".into()], ..people };
    assert_eq!(planned(&desk, csv, &answers), Err(SheetError::AnswersOfPeople));
}

#[test]
fn open_answers_become_sources_of_their_cases_once() {
    let mut desk = desk(&["P01", "P02", "P03"]);
    let survey = Asked { answers: vec!["What helped?".into()], ..asked() };
    let csv = "case,Sites,What helped?\nP01,3,\"Her door.\nNurse: always open.\"\nP02,1,Nothing\nP03,1,\n";
    let plan = planned(&desk, csv, &survey).expect("a plan");
    let taken = take(&mut desk, &plan);
    assert_eq!(taken.texts.len(), 2);
    assert_eq!(taken.texts[0].words, "Her door.\nNurse: always open.");
    assert!(taken.texts[0].turns.is_none(), "nobody is taken for a speaker");
    let view = desk.view();
    let sources = view.sources_of(Some(case(&desk, "P01")));
    let kind = crate::project::source::SourceKind::Survey;
    assert_eq!((sources[0].name.as_str(), sources[0].kind, sources[0].file.as_str()), ("What helped?", kind, "a.csv"));
    assert_eq!(view.version(sources[0].id).map(|version| (version.chars, version.words)), Some((29, 5)));
    let again = planned(&desk, csv, &survey).expect("a plan");
    assert!(again.is_idle());
    assert_eq!((again.answers[0].same, again.answers[0].empty), (2, 1));
    let other = planned(&desk, &csv.replace("Nothing", "Something"), &survey).expect("a plan");
    assert_eq!(other.refused[0].why, "“What helped?” is there already with other words; nothing is replaced");
}

#[test]
fn a_hundred_thousand_rows_take_no_time_to_speak_of() {
    let names: Vec<String> = (0..2_000).map(|n| format!("C{n}")).collect();
    let mut desk = desk(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let rows = |n: usize| (0..n).map(|n| format!("C{n},{},Rural,yes,{}\n", n % 7, n % 3)).collect::<String>();
    let csv = format!("case,Sites,Setting,Teaching,Staff\n{}", rows(100_000));
    let begun = std::time::Instant::now();
    let plan = planned(&desk, &csv, &asked()).expect("a plan");
    assert_eq!((plan.matched, plan.unmatched.len()), (2_000, 98_000));
    assert_eq!(plan.by_row(20).rows.len(), 21, "not all of them are told");
    take(&mut desk, &plan);
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
    assert_eq!(desk.view().all_values(desk.view().attributes()[0].id).len(), 2_000);
}

/// An XLSX file with one sheet of these rows.
fn xlsx(rows: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    for (path, words) in [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Cases\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")),
    ] {
        zip.start_file(path, zip::write::SimpleFileOptions::default()).expect("a file");
        zip.write_all(format!("{head}{words}").as_bytes()).expect("written");
    }
    zip.finish().expect("a file").into_inner()
}

fn word(at: &str, words: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{words}</t></is></c>")
}

#[test]
fn an_xlsx_file_gives_the_values_that_its_formulas_had_last_and_days_as_days() {
    let rows = [
        "<row r=\"2\">".to_owned(),
        word("A2", "Practice"),
        word("B2", "Sites"),
        word("C2", "Opened"),
        word("D2", "Teaching"),
        word("E2", "Sum"),
        "</row><row r=\"3\">".to_owned(),
        word("A3", "P01"),
        "<c r=\"B3\"><f>1+2</f><v>3</v></c><c r=\"C3\" s=\"1\"><v>41395</v></c><c r=\"D3\" t=\"b\"><v>1</v></c>".to_owned(),
        "<c r=\"E3\"><f>1/0</f></c></row>".to_owned(),
        "<row r=\"900000\"><c r=\"A900000\" t=\"inlineStr\"><is><t>P02</t></is></c><c r=\"E900000\" t=\"e\"><v>#DIV/0!</v></c></row>".to_owned(),
    ];
    let sheet = read(&xlsx(&rows.concat())).expect("a table");
    assert_eq!(sheet.headings, ["Practice", "Sites", "Opened", "Teaching", "Sum"]);
    let desk = desk(&["P01", "P02"]);
    let plan = plan(&desk.view(), &sheet, &asked()).expect("a plan");
    let values: Vec<&str> =
        plan.columns.iter().flat_map(|column| column.values.iter().map(|(_, value)| value.as_str())).collect();
    assert_eq!(values, ["3", "2013-05-01", "yes"]);
    let refused: Vec<(usize, &str)> = plan.refused.iter().map(|one| (one.row, one.why.as_str())).collect();
    assert_eq!(
        refused,
        [
            (3, "holds a formula that was never worked out; open the file in a spreadsheet program and save it"),
            (900_000, "holds an error of the spreadsheet, #DIV/0!"),
        ]
    );
}

#[test]
fn an_xlsx_file_with_a_cell_at_the_end_of_the_world_is_refused_at_once() {
    let rows = format!("<row r=\"1\">{}{}</row>", word("A1", "Practice"), word("XFD1", "x"));
    assert_eq!(read(&xlsx(&rows)), Err(SheetError::TooLarge("2,000 columns")));
    assert_eq!(read(&xlsx("")), Err(SheetError::Empty));
}

proptest::proptest! {
    #[test]
    fn damaged_xlsx_files_are_refused_and_nothing_worse(at in 0_usize..2_000, byte in 0_u8..) {
        let mut bytes = xlsx(&format!("<row r=\"1\">{}</row><row r=\"2\">{}</row>", word("A1", "Practice"), word("A2", "P01")));
        let at = at % bytes.len();
        bytes[at] = byte;
        let _read = read(&bytes);
    }

    #[test]
    fn any_text_is_a_table_or_refused(text in "[a-z,;\"\n\t=' 01]{0,120}") {
        if let Ok(sheet) = read(text.as_bytes()) {
            let desk = desk(&["a", "b"]);
            let _planned = plan(&desk.view(), &sheet, &asked());
        }
    }
}

#[test]
fn rows_of_cases_that_are_not_there_make_new_cases_where_that_is_asked() {
    let mut desk = desk(&["P01"]);
    let csv = "Practice,Setting,What else?\nP01,Rural,\np31,Urban,We wait.\nP32,Urban,\n,Urban,\n";
    let left_out = planned(&desk, csv, &asked()).expect("a plan");
    assert_eq!((left_out.matched, left_out.unmatched.len(), left_out.new_cases.len()), (1, 3, 0));
    let asked = Asked { add_cases: true, answers: vec!["What else?".into()], ..asked() };
    let plan = planned(&desk, csv, &asked).expect("a plan");
    assert_eq!((plan.matched, plan.unmatched.len()), (3, 1), "a row without a name is nobody's");
    assert!(plan.did().starts_with("2 new cases, 3 new values"), "{}", plan.did());
    let taken = take(&mut desk, &plan);
    assert_eq!(taken.texts.len(), 1);
    let names: Vec<String> = desk.view().cases().iter().map(|case| format!("{} {}", case.name, case.kind)).collect();
    assert_eq!(names, ["P01 practice", "p31 practice", "P32 practice"]);
    assert_eq!(desk.view().values_of(case(&desk, "P32")), [("Setting", "Urban")]);
    assert_eq!(desk.view().sources_of(Some(case(&desk, "p31"))).len(), 1, "the answer is its source");
    // Once more, all of it is known.
    assert!(planned(&desk, csv, &asked).expect("a plan").is_idle());
    // One that comes twice is still one too many.
    let why = planned(&desk, "Practice,Size\nP40,1\np40,2\n", &asked_to_add()).expect_err("twice").to_string();
    assert!(why.starts_with("rows 2 and 3 are both “p40”"), "{why}");
    let many: String = (0..1_001).map(|n| format!("N{n},1\n")).collect();
    let why = planned(&desk, &format!("Note,Size\n{many}"), &asked_to_add()).expect_err("no cases").to_string();
    assert_eq!(why, "the table would add 1001 cases; does “Note” name them?");
}

fn asked_to_add() -> Asked {
    Asked { add_cases: true, ..asked() }
}

#[test]
fn several_rows_of_a_case_are_refused_with_what_to_do_or_are_its_participants() {
    let mut desk = desk(&["P01", "P02"]);
    let csv = "Practice,Respondent,Role,Years\nP01,Ana,nurse,3\nP01,Ben,manager,12\np02,Ana,nurse,1\nP09,Eve,nurse,2\n";
    let why = planned(&desk, csv, &asked()).expect_err("several rows").to_string();
    assert!(why.contains("rows 2 and 3 are both “P01”") && why.contains("--participants COLUMN"), "{why}");
    let people = |column: &str| Asked { people: Some(column.into()), ..asked() };
    let plan = planned(&desk, csv, &people("respondent")).expect("a plan");
    assert_eq!((plan.matched, plan.new_people.len(), plan.unmatched.len()), (3, 3, 1));
    assert!(plan.unmatched[0].why.contains("no case of this name"), "{:?}", plan.unmatched);
    take(&mut desk, &plan);
    let view = desk.view();
    let told: Vec<String> = view
        .cases()
        .iter()
        .flat_map(|case| {
            view.participants_of(case.id).map(move |p| format!("{} {} {}", case.name, p.pseudonym, p.role))
        })
        .collect();
    assert_eq!(told, ["P01 Ana nurse", "P01 Ben manager", "P02 Ana nurse"]);
    let years = view.attributes()[0];
    assert_eq!((years.of, view.all_values(years.id).len()), (Bearer::Participant, 3));
    // Again with a change and a new one: known people are found by name and case.
    let csv = "Practice,Respondent,Role,Years\nP01,ana,nurse,4\nP01,Ann,nurse,5\nP09,Eve,nurse,2\n";
    let plan = planned(&desk, csv, &Asked { add_cases: true, ..people("Respondent") }).expect("a plan");
    assert_eq!((plan.new_people.len(), plan.new_cases.len(), plan.changed.len()), (2, 1, 1));
    take(&mut desk, &plan);
    assert_eq!(desk.view().participants_of(case(&desk, "P09")).count(), 1);
    let why = planned(&desk, csv, &people("Practice")).expect_err("both").to_string();
    assert!(why.contains("cannot name both"), "{why}");
    let twice = "Practice,Respondent\nP01,Ana\nP01,Ana\n";
    let why = planned(&desk, twice, &people("Respondent")).expect_err("twice").to_string();
    assert!(why.starts_with("rows 2 and 3 are both “Ana”"), "{why}");
}
