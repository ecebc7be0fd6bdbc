//! `emic attributes`: printed, typed, taken in from tables; bad tables change nothing.

use super::desk::{Desk, untouched};
use super::trial::{act, apply, trial};
use emic::project::edit::{AttributeEdit, Edit};
use std::io::{Cursor, Write};

fn import(desk: &Desk, table: &str, more: &[&str]) -> String {
    desk.file("t.csv", table);
    let args = ["attributes", "study", "--coder", "PB", "--import", "t.csv"];
    desk.run(args.iter().chain(more).copied())
}

fn refused(desk: &Desk, table: impl AsRef<[u8]>, more: &[&str]) -> String {
    desk.file("t.csv", table);
    let study = desk.path("study");
    let args = ["attributes", "study", "--coder", "PB", "--import", "t.csv"];
    untouched(&study, "a refused table", || desk.fail(args.iter().chain(more).copied(), 1))
}

fn csv(desk: &Desk) -> String {
    desk.run(["attributes", "study", "--coder", "PB", "--format", "csv"])
}

#[test]
fn a_table_is_looked_at_then_taken_in_as_one_step_and_comes_out_as_it_went_in() {
    let desk = Desk::new();
    let study = trial(&desk);
    let table = "Practice,Organization,Sites,Teaching\nP01,hospital,3,yes\np02,hospital,,no\nP99,FQHC,1,no\n";
    desk.file("t.csv", table);
    let args = ["attributes", "study", "--coder", "PB", "--import", "t.csv", "--dry-run"];
    let dry = untouched(&study, "a dry run", || desk.run(args));
    for words in [
        "2 cases, found by “Practice”; 1 row unmatched",
        "new attribute, yes or no",
        "unmatched    4  P99",
        "changed      2  P01   Organization  FQHC  hospital",
        "It would be: 3 new values, 1 changed, 2 new attributes. Nothing was changed.",
    ] {
        assert!(dry.contains(words), "{words}: {dry}");
    }
    let said = import(&desk, table, &[]);
    assert!(said.ends_with("Taken in: 3 new values, 1 changed, 2 new attributes.\n"), "{said}");
    let out = csv(&desk);
    assert!(out.starts_with("case,case_kind,Organization,Sites,Teaching,case_id\n"), "{out}");
    assert!(out.contains("P01,case,hospital,3,yes,") || out.contains(",hospital,3,yes,"), "{out}");
    assert!(out.contains(",hospital,,no,"), "missing is not no: {out}");
    let json = desk.run(["attributes", "study", "--format", "json"]);
    assert!(
        json.contains("\"Sites\":3,\"Teaching\":true") && json.contains("\"Sites\":null,\"Teaching\":false"),
        "{json}"
    );
    assert!(desk.run(["log", "study", "--last", "1"]).contains("PB   Organization of “P01”, attribute “Sites”"));
    let again = untouched(&study, "our own table", || import(&desk, &out, &[]));
    assert!(again.contains("Nothing was changed: all of it is known already."), "{again}");
    assert!(desk.run(["check", "study"]).contains("everything is as it should be"));
}

#[test]
fn bad_tables_get_one_sentence_and_change_nothing() {
    let desk = Desk::new();
    trial(&desk);
    import(&desk, "case,Sites\nP01,3\nP02,4\n", &[]);
    for (table, more, words) in [
        ("", &[][..], "t.csv: the file is empty"),
        ("case,A\n", &[], "t.csv: the file has headings and no rows; nothing was changed"),
        ("case,A\nP01,1\nP02,2\nP01,3\n", &[], "t.csv: rows 2 and 4 are both “P01”; leave one out"),
        ("case,A\nP01,1\n", &["--name-column", "Practice"], "the file has no column “Practice”; it has “case”, “A”"),
        ("case,A\nP01,1\n", &["--answers", "Why"], "the file has no column “Why”"),
        ("case,A\nX,1\n", &[], "no row is a case of this project"),
        ("case,Sites\nP01,many\n", &[], "row 2, P01, column “Sites”: “Sites” is a number; “many” is none"),
        ("case,A\nP01,=1+1\n", &[], "row 2, P01, column “A”: holds a formula, not a value"),
        ("case,A\nP01,1\n", &["--wave", "2013"], "there is no wave “2013”; the project has no waves yet"),
        ("case,A\n\"P01,1\nP02,2\n", &[], "t.csv: "),
        ("case,A\nP01,1,2\n", &[], "row 2 has 3 cells where there are 2 columns"),
    ] {
        let said = refused(&desk, table, more);
        assert!(said.contains(words), "{words}: {said}");
        assert!(said.trim_end().lines().last().is_some_and(|line| line.starts_with("emic: ")), "{said}");
    }
    let said = refused(&desk, b"PK\x03\x04 no spreadsheet", &[]);
    assert!(said.contains("the file cannot be read: as XLSX"), "{said}");
    let many: String = (0..50).map(|n| format!("P0{},x\n", n % 6 + 1)).take(6).collect();
    let said = refused(&desk, format!("case,Sites\n{many}"), &[]);
    assert!(said.contains("6 cells cannot be taken in; nothing was changed"), "{said}");
    let missing = desk.fail(["attributes", "study", "--coder", "PB", "--import", "none.csv"], 1);
    assert!(missing.contains("none.csv cannot be read"), "{missing}");
    let folder = desk.fail(["attributes", "study", "--coder", "PB", "--import", "texts"], 1);
    assert!(folder.contains("texts is a folder"), "{folder}");
}

#[test]
fn a_hundred_thousand_rows_are_read_and_those_that_are_nobodys_are_told() {
    let desk = Desk::new();
    trial(&desk);
    let rows: String = (1..=100_000).map(|n| format!("P{n:02},{},Rural\n", n % 9)).collect();
    let table = format!("case,Sites,Setting\n{rows}");
    let said = refused(&desk, table.as_str(), &[]);
    assert!(
        said.contains("t.csv: 99,994 of its 100,000 rows name nobody of this project; is it the right table?"),
        "{said}"
    );
    let said = import(&desk, &table, &["--leave-unmatched"]);
    assert!(said.contains("6 cases, found by “case”; 99,994 rows unmatched"), "{said}");
    assert!(said.contains("and 99974 more"), "{said}");
}

#[test]
fn an_xlsx_file_is_taken_in_by_its_values() {
    let desk = Desk::new();
    trial(&desk);
    desk.file("t.xlsx", xlsx());
    let said = desk.run(["attributes", "study", "--coder", "PB", "--import", "t.xlsx"]);
    assert!(said.contains("2 new values"), "{said}");
    assert!(csv(&desk).contains(",7,"), "the value that the formula had");
}

#[test]
fn open_answers_become_sources_that_can_be_read_and_coded() {
    let desk = Desk::new();
    let study = trial(&desk);
    let table = "case,Sites,What helped?\nP01,3,\"Her door.\nAlways open.\"\nP02,1,\n";
    let said = import(&desk, table, &["--answers", "what helped?"]);
    assert!(said.contains("1 answer as a source"), "{said}");
    let screen = desk.run(["screen", "study", "--coder", "PB", "--keys", "goWhat<Enter>", "--size", "120x40"]);
    assert!(screen.contains("Her door.") && screen.contains("survey answer"), "{screen}");
    let again = untouched(&study, "the same answers", || import(&desk, table, &["--answers", "What helped?"]));
    assert!(again.contains("all of it is known already"), "{again}");
    let said = refused(&desk, "case,What helped?\nP01,Something else\n", &["--answers", "What helped?"]);
    assert!(said.contains("is there already with other words; nothing is replaced"), "{said}");
    let said = refused(&desk, table, &["--answers", "What helped?", "--of", "participants"]);
    assert!(said.contains("open answers become sources of cases"), "{said}");
    assert!(desk.run(["check", "study"]).contains("everything is as it should be"));
}

#[test]
fn one_value_is_typed_in_a_wave_where_there_are_waves_and_taken_back() {
    let desk = Desk::new();
    let study = trial(&desk);
    act(&study, "PB", |study| {
        for name in ["2013", "2015"] {
            let id = study.fresh_id().into();
            apply(study, &Edit::Attributes(AttributeEdit::Wave(id, name.into())));
        }
    });
    import(&desk, "case,Staff\nP01,3\n", &["--wave", "2015"]);
    let set = |more: &[&'static str]| -> Vec<&'static str> {
        ["attributes", "study", "--coder", "PB", "--set"].into_iter().chain(more.iter().copied()).collect()
    };
    let said = desk.run(set(&["P01", "Organization", "academic"]));
    assert_eq!(said, "Organization of “P01”: said.\n");
    desk.run(set(&["P02", "staff", "9", "--wave", "2013"]));
    let table = csv(&desk);
    assert!(table.starts_with("case,case_kind,Organization,Staff (2013),Staff (2015),case_id\n"), "{table}");
    assert!(table.contains(",academic,,3,") && table.contains(",hospital,9,,"), "{table}");
    let one = desk.run(["attributes", "study", "--wave", "2015", "--format", "md"]);
    assert!(one.contains("Staff (2015)") && !one.contains("Staff (2013)"), "{one}");
    assert_eq!(desk.run(set(&["P01", "Organization", ""])), "Organization of “P01”: taken back.\n");
    for (more, words) in [
        (&["P01", "Staff", "1"][..], "“Staff” has a value for each wave; say which"),
        (&["P01", "Staff", "x", "--wave", "2013"], "“Staff” is a number; “x” is none"),
        (&["P77", "Staff", "1"], "there is no case “P77” in this project"),
        (&["P01", "Colour", "red"], "there is no attribute “Colour” in this project; it has"),
        (&["P02", "Organization", "hospital"], "“Organization” of “P02” is that already"),
    ] {
        let said = untouched(&study, "a refused value", || desk.fail(set(more), 1));
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn the_sampling_table_says_which_cases_stand_where() {
    let desk = Desk::new();
    trial(&desk);
    import(&desk, "case,Setting\nP01,Rural\nP02,Urban\nP03,Rural\nP04,Urban\n", &[]);
    let said = desk.run(["attributes", "study", "--across", "Setting", "--by", "organization"]);
    let lines: Vec<Vec<&str>> =
        said.lines().map(|line| line.split("  ").map(str::trim).filter(|w| !w.is_empty()).collect()).collect();
    assert!(lines.contains(&vec!["Rural", "2: P01, P03", "2"]), "{said}");
    assert!(lines.contains(&vec!["missing", "1: P05", "1: P06", "2"]), "{said}");
    assert!(lines.contains(&vec!["Cases", "3", "3", "6"]), "{said}");
    let csv = desk.run(["attributes", "study", "--across", "Setting", "--by", "Organization", "--format", "csv"]);
    assert!(csv.starts_with("Setting,FQHC,hospital,cases\n"), "{csv}");
    desk.fail(["attributes", "study", "--across", "Setting"], 2);
    desk.fail(["attributes", "study", "--across", "Setting", "--by", "Organization", "--of", "participants"], 2);
}

/// Sites of two practices, one of them worked out by a formula.
fn xlsx() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let word = |at: &str, words: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{words}</t></is></c>");
    let rows = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}<c r=\"B2\"><f>3+4</f><v>7</v></c></row><row r=\"3\">{}<c r=\"B3\"><v>2</v></c></row>",
        word("A1", "Practice"),
        word("B1", "Sites"),
        word("A2", "P01"),
        word("A3", "P02"),
    );
    for (path, words) in [
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
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")),
    ] {
        zip.start_file(path, zip::write::SimpleFileOptions::default()).expect("a file");
        zip.write_all(words.as_bytes()).expect("written");
    }
    zip.finish().expect("a file").into_inner()
}

#[test]
fn cases_are_added_and_several_rows_become_participants_only_where_that_is_asked() {
    let desk = Desk::new();
    trial(&desk);
    let table = "case,Respondent,Years\nP01,Ana,3\nP01,Ben,12\nP77,Eve,1\n";
    let said = refused(&desk, table, &[]);
    assert!(said.contains("rows 2 and 3 are both “P01”") && said.contains("--participants COLUMN"), "{said}");
    let said = import(&desk, table, &["--participants", "Respondent", "--dry-run"]);
    assert!(said.contains("It would be: 2 new participants") && said.contains("unmatched"), "{said}");
    let said = import(&desk, table, &["--participants", "Respondent", "--add-cases"]);
    assert!(said.contains("Taken in: 1 new case, 3 new participants, 3 new values"), "{said}");
    let people = desk.run(["attributes", "study", "--coder", "PB", "--of", "participants", "--format", "csv"]);
    for row in ["Ana,,P01,3", "Ben,,P01,12", "Eve,,P77,1"] {
        assert!(people.contains(row), "{row}: {people}");
    }
    let said = import(&desk, "case,Size\nP78,4\n", &["--add-cases"]);
    assert!(said.contains("Taken in: 1 new case, 1 new value"), "{said}");
    let said = refused(&desk, "case,Size\nP79,4\n", &[]);
    assert!(said.contains("no row is a case of this project"), "{said}");
    desk.fail(["attributes", "study", "--coder", "PB", "--add-cases"], 2);
}
