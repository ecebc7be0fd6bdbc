//! Codings from a CSV file: taken in, refused row by row, and blindness kept.

use super::desk::{Desk, untouched};
use super::trial::{laid, lay, trial};
use std::time::Instant;

const HEAD: &str = "source,coder,code,start,end,comment\n";

fn import(desk: &Desk, rows: &str, coder: &str) -> String {
    desk.file("c.csv", format!("{HEAD}{rows}"));
    desk.run(["import-codings", "study", "c.csv", "--coder", coder])
}

fn refused(desk: &Desk, file: impl AsRef<[u8]>, coder: &str) -> String {
    desk.file("c.csv", file);
    let study = desk.path("study");
    untouched(&study, "a refused file", || desk.fail(["import-codings", "study", "c.csv", "--coder", coder], 1))
}

#[test]
fn each_coders_codings_are_laid_in_their_own_journal() {
    let desk = Desk::new();
    let study = trial(&desk);
    let rows = "P02/Nurse,PB,Warm handoff,70,100,so there\nP02 › Nurse,dc,BH integration/Shared space,60,90,\n\
        P03/Field note,PB,Access,0,11,=1+1\n";
    let dry = desk.file("c.csv", format!("{HEAD}{rows}"));
    untouched(&study, "a dry run", || desk.run(["import-codings", "study", "c.csv", "--coder", "PB", "--dry-run"]));
    assert!(dry.exists());
    let said = import(&desk, rows, "PB");
    assert_eq!(said, "PB: 2 codings taken in.\nDC: 1 coding taken in.\n");
    let row = |source: &str, start, end, code: &str, comment: &str| {
        (source.to_owned(), start, end, code.to_owned(), comment.to_owned(), false)
    };
    assert_eq!(
        laid(&study, "PB"),
        [row("P02 Nurse", 70, 100, "Warm handoff", "so there"), row("P03 Field note", 0, 11, "Access", "=1+1")]
    );
    assert_eq!(laid(&study, "DC"), [row("P02 Nurse", 60, 90, "Shared space", "")]);
    let log = desk.run(["log", "study", "--last", "2"]);
    assert!(log.contains("PB   take in 2 codings") && log.contains("DC   take in 1 coding"), "{log}");
    let again = untouched(&study, "the same again", || import(&desk, rows, "PB"));
    assert_eq!(again, "PB: 0 codings taken in, 2 already there.\nDC: 0 codings taken in, 1 already there.\n");
    assert!(desk.run(["check", "study"]).contains("everything is as it should be"));
    // What our own report writes can be taken in again.
    let csv = desk.run([
        "extracts",
        "study",
        "--coder",
        "all",
        "--code",
        "BH integration",
        "--with-below",
        "--format",
        "csv",
    ]);
    desk.file("back.csv", csv);
    let back = desk.run(["import-codings", "study", "back.csv", "--coder", "PB"]);
    assert!(back.contains("PB: 0 codings taken in, 1 already there."), "{back}");
}

#[test]
fn a_bad_file_is_refused_row_by_row_and_nothing_is_half_done() {
    let desk = Desk::new();
    trial(&desk);
    let good = "P02/Nurse,PB,Warm handoff,70,100,\n";
    let bad = "Nurse,PB,Access,0,10,\nP09/Nurse,PB,Access,0,10,\nP02/Nurse,XX,Access,0,10,\nP02/Nurse,PB,Nothing,0,10,\n\
        P02/Nurse,PB,Access,a,10,\nP02/Nurse,PB,Access,20,10,\nP02/Nurse,PB,Access,10,99999,\nP02/Nurse,PB,Access,=1+1,10,\n";
    let said = refused(&desk, format!("{HEAD}{good}{bad}"), "PB");
    for words in [
        "row 3: “Nurse” is the name of 6 sources; say which by a path: “P01 › Nurse”",
        "row 4: there is no source “P09/Nurse”",
        "row 5: there is no coder “XX” in this project; it has “PB”",
        "row 6: there is no code “Nothing”",
        "row 7: start is “a”, not a number of characters",
        "row 8: it starts at 20 and ends before that, at 10",
        "row 9: it ends at 99999, and the text has ",
        "row 10: start is “=1+1”, not a number of characters",
        "8 of 9 rows cannot be taken in; nothing was imported",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let many = "P02/Nurse,PB,Access,b,10,\n".repeat(50);
    let said = refused(&desk, format!("{HEAD}{many}"), "PB");
    assert_eq!(said.lines().count(), 22, "{said}");
    assert!(said.contains("row 21: ") && !said.contains("row 22: ") && said.contains("and 30 rows more"), "{said}");
    for (file, words) in [
        (&b""[..], "the file is empty"),
        (b"source,coder,code,start,end\n", "the file has headings and no rows"),
        (b"source,coder,code,start\nP02/Nurse,PB,Access,0\n", "the file has no column end"),
        (b"source,coder,code,start,end\nP02/Nurse,PB\n", "row 2 has 2 cells where there are 5 columns"),
        (b"source,coder,code,start,end\nP02/\xe9,PB,Access,0,1\n", "the file is not UTF-8 (line 2 is not)"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "the file is not UTF-8"),
    ] {
        let said = refused(&desk, file, "PB");
        assert!(said.contains(words) && said.contains("nothing was imported") && said.lines().count() == 1, "{said}");
    }
    let said = desk.fail(["import-codings", "study", "nowhere.csv", "--coder", "PB"], 1);
    assert!(said.contains("nowhere.csv cannot be read"), "{said}");
    assert!(desk.fail(["import-codings", "study", "texts", "--coder", "PB"], 1).contains("texts is a folder"));
}

#[test]
fn a_code_of_several_names_and_a_formula_for_a_name_are_refused() {
    let desk = Desk::new();
    trial(&desk);
    desk.run(["screen", "study", "--write", "--coder", "PB", "--keys", "<Tab>aWarm handoff<Enter>"]);
    let said = refused(&desk, format!("{HEAD}P02/Nurse,PB,Warm handoff,0,10,\n=cmd(),PB,Access,0,10,\n"), "PB");
    assert!(said.contains("row 2: “Warm handoff” is the name of 2 codes; say which by a path"), "{said}");
    assert!(said.contains("row 3: there is no source “=cmd()”"), "{said}");
}

#[test]
fn what_is_hidden_from_a_coder_is_not_taken_in_by_them() {
    let desk = Desk::new();
    let study = trial(&desk);
    let new = ["round", "new", "study", "Round 1", "--cases", "P02", "--codes", "BH integration", "--coders", "PB,DC"];
    desk.run(new.into_iter().chain(["--coder", "PB"]));
    lay(&study, "DC", ("P02", "Nurse"), (70, 100), "Warm handoff");
    let rows = "P02/Nurse,DC,Warm handoff,70,100,\nP02/Nurse,PB,Warm handoff,70,100,\nP02/Nurse,DC,Access,70,100,\n";
    let said = refused(&desk, format!("{HEAD}{rows}"), "PB");
    assert!(said.contains("row 2: what DC codes for Round 1 is hidden from you until it is revealed"), "{said}");
    assert!(said.contains("1 of 3 rows"), "{said}");
    // A third person may, and is not told what stood already.
    assert_eq!(
        import(&desk, rows, "EW").lines().next(),
        Some("DC: 2 rows, taken in where they were not there already.")
    );
    let own: Vec<bool> = laid(&study, "PB").into_iter().map(|row| row.5).collect();
    assert_eq!(own, [true], "it belongs to the round");
    let mut of_dc: Vec<(String, bool)> = laid(&study, "DC").into_iter().map(|row| (row.3, row.5)).collect();
    of_dc.sort();
    assert_eq!(of_dc, [("Access".to_owned(), false), ("Warm handoff".to_owned(), true)]);
    desk.run(["round", "finish", "study", "Round 1", "P02", "--coder", "DC"]);
    let said = refused(&desk, format!("{HEAD}P02/Nurse,DC,Warm handoff,0,20,\n"), "DC");
    assert!(said.contains("row 2: DC has finished P02 in Round 1; it has to be reopened first"), "{said}");
    let said = import(&desk, "P02/Nurse,DC,Access,0,20,\n", "DC");
    assert_eq!(said, "DC: 1 coding taken in.\n", "other codes are free");
}

#[test]
fn a_hundred_thousand_rows_take_a_few_seconds() {
    let desk = Desk::new();
    let study = trial(&desk);
    let mut rows = String::from(HEAD);
    for n in 0..100_000_u32 {
        let coder = ["PB", "DC"][n as usize % 2];
        let code = ["Access", "Warm handoff", "Shared space"][n as usize / 2 % 3];
        let case = 1 + n / 6 % 6;
        let (start, length) = (n / 36 % 100, 1 + n / 3600);
        rows.push_str(&format!("P{case:02}/Nurse,{coder},{code},{start},{},\n", start + length));
    }
    desk.file("big.csv", rows);
    let began = Instant::now();
    let said = desk.run(["import-codings", "study", "big.csv", "--coder", "PB"]);
    let took = began.elapsed();
    assert_eq!(said, "PB: 50000 codings taken in.\nDC: 50000 codings taken in.\n");
    // Not optimised, beside other tests: a limit that only a growth with the square of the rows would pass.
    assert!(took.as_secs() < 60, "{took:?}");
    assert_eq!(laid(&study, "DC").len(), 50_000);
}
