//! Tests of reading files of codings and holding them against a project.

use super::{BadRow, CodingsError, Lookup, Row, Taken, plan, read};
use crate::project::edit::Edit;
use crate::project::id::{CodeId, CoderId, SourceId};
use crate::project::testing::Desk;
use crate::project::view::View;
use proptest::prelude::*;

fn why(file: &str) -> CodingsError {
    read(file.as_bytes()).expect_err("refused")
}

#[test]
fn columns_come_in_any_order_and_case_with_or_without_a_comment_and_a_byte_order_mark() {
    let file = "\u{feff}Code, START ,end,Coder,Source,note\n\"Warm, handoff\", 12 ,20,PB,Nurse,x\n\nA,1,2,PB,B,\n,,,,,\nC,3,4,DC,D\n";
    let found = read(file.as_bytes()).expect("rows");
    assert_eq!(found.unused, ["note"]);
    let row = |number, source: &str, coder: &str, code: &str, start: &str, end: &str| Row {
        number,
        source: source.into(),
        coder: coder.into(),
        code: code.into(),
        start: start.into(),
        end: end.into(),
        ..Row::default()
    };
    assert_eq!(
        found.rows,
        [
            row(2, "Nurse", "PB", "Warm, handoff", "12", "20"),
            row(3, "B", "PB", "A", "1", "2"),
            row(5, "D", "DC", "C", "3", "4")
        ]
    );
    for sign in [";", "\t"] {
        let file = "source,coder,code,start,end,comment,case\r\nN,PB,A,1,2,\"so, there\",P02\r\n";
        let other = file.replace(',', sign).replace(&format!("so{sign} there"), "so, there");
        let row = &read(other.as_bytes()).expect("rows").rows[0];
        assert_eq!((row.comment.as_str(), row.case.as_str()), ("so, there", "P02"), "{sign:?}");
    }
}

#[test]
fn a_file_that_is_no_such_table_is_refused_in_one_sentence() {
    for empty in ["", "\u{feff}", " \n\n"] {
        assert_eq!(why(empty), CodingsError::Empty);
    }
    assert_eq!(why("source,coder,code,start,end\n,,,,\n"), CodingsError::NoRows);
    let said = why("source,coder,code,start\nN,PB,A,1\n").to_string();
    assert!(said.starts_with("the file has no column end") && said.ends_with("(found: source, coder, code, start)"));
    assert_eq!(why("source,coder,code,start,end,Start\n"), CodingsError::Twice("start".into()));
    let ragged = CodingsError::Ragged { row: 3, cells: 3, columns: 5 };
    assert_eq!(why("source,coder,code,start,end\nN,PB,A,1,2\nN,PB,A\n"), ragged);
    assert!(matches!(why("source,coder,code,start,end\nN,PB,A,1,2,3\n"), CodingsError::Ragged { row: 2, .. }));
    assert_eq!(read(b"source,coder,code,start,end\nN\xe9,PB,A,1,2\n"), Err(CodingsError::NotUtf8(2)));
}

#[test]
fn a_formula_stays_words_and_the_mark_that_our_own_files_put_before_one_is_taken_off() {
    let file = "source,coder,code,start,end,comment\n'=N,PB,'A,1,2,=HYPERLINK(1)\n'-x,PB,A,=1+1,2,'+1\n";
    let rows = read(file.as_bytes()).expect("rows").rows;
    assert_eq!((rows[0].source.as_str(), rows[0].code.as_str()), ("=N", "'A"));
    assert_eq!((rows[0].comment.as_str(), rows[1].comment.as_str()), ("=HYPERLINK(1)", "+1"));
    assert_eq!(rows[1].start, "=1+1");
}

proptest! {
    #[test]
    fn whatever_stands_in_a_file_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), headed: bool) {
        let mut file = if headed { b"source,coder,code,start,end\n".to_vec() } else { Vec::new() };
        file.extend(bytes);
        let _read_or_refused = read(&file);
    }
}

/// Names are those of the desk.
struct Names<'a>(View<'a>);

impl Lookup for Names<'_> {
    fn source(&self, _case: &str, name: &str) -> Result<SourceId, String> {
        let found = self.0.sources().into_iter().find(|source| source.name == name);
        found.map(|source| source.id).ok_or_else(|| format!("there is no source “{name}”"))
    }

    fn coder(&self, name: &str) -> Result<CoderId, String> {
        let found = self.0.coders().find(|coder| coder.initials == name);
        found.map(|coder| coder.id).ok_or_else(|| format!("there is no coder {name}"))
    }

    fn code(&self, name: &str) -> Result<CodeId, String> {
        self.0.codebook().named(name).first().copied().ok_or_else(|| format!("there is no code “{name}”"))
    }
}

fn planned(desk: &Desk, rows: &str) -> Result<Vec<Taken>, Vec<BadRow>> {
    let file = format!("source,coder,code,start,end,comment\n{rows}");
    let rows = read(file.as_bytes()).expect("rows").rows;
    plan(&rows, desk.coder, &Names(desk.view()), &|coder| View::new(&desk.project, coder))
}

fn bad(desk: &Desk, rows: &str) -> Vec<(usize, String)> {
    planned(desk, rows).expect_err("refused").into_iter().map(|row| (row.number, row.why)).collect()
}

#[test]
fn every_bad_row_is_named_and_nothing_is_planned() {
    let mut desk = Desk::new();
    let (_, heading) = (desk.source("A", 100), desk.code("Themes"));
    desk.code("Access");
    desk.apply(&Edit::SetHeading(heading, true));
    let rows = "A,PB,Access,0,10,\nB,PB,Access,0,10,\nA,XX,Access,0,10,\nA,PB,Acess,0,10,\nA,PB,Access,x,10,\n\
        A,PB,Access,20,10,\nA,PB,Access,10,10,\nA,PB,Access,10,101,\nA,PB,Access,-1,10,\nA,PB,Access,,10,\n\
        A,PB,Themes,0,10,\n,PB,Access,0,10,\nA,PB,Access,+1,10,\nA,PB,Access,1,99999999999999999999999,\nA,PB,Access,90,100,\n";
    let bad = bad(&desk, rows);
    let said: Vec<(usize, &str)> = bad.iter().map(|(number, why)| (*number, why.as_str())).collect();
    assert_eq!(
        said,
        [
            (3, "there is no source “B”"),
            (4, "there is no coder XX"),
            (5, "there is no code “Acess”"),
            (6, "start is “x”, not a number of characters"),
            (7, "it starts at 20 and ends before that, at 10"),
            (8, "it holds no words: it starts and ends at 10"),
            (9, "it ends at 101, and the text has 100 characters"),
            (10, "start is “-1”, not a number of characters"),
            (11, "start is empty"),
            (12, "“Themes” is a heading and is not applied to text; choose a code under it"),
            (13, "there is no source"),
            (14, "start is “+1”, not a number of characters"),
            (15, "end is “99999999999999999999…”, not a number of characters"),
        ]
    );
}

#[test]
fn rows_that_stand_already_are_passed_over_and_comments_are_not_overwritten() {
    let mut desk = Desk::new();
    let (text, old, code) = (desk.source("A", 100), desk.code("Old"), desk.code("Access"));
    let coding = desk.lay(text, 0, 10, old);
    desk.apply(&Edit::Comment(coding, "mine".into()));
    desk.apply(&Edit::MergeCodes { from: vec![old], into: code });
    let rows = "A,PB,Access,0,10,\nA,PB,Access,0,10,mine\nA,PB,Access,0,10,other\nA,PB,Access,0,11,new\nA,PB,Access,0,11,new\n";
    let taken = planned(&desk, rows).expect("planned");
    let [only] = taken.as_slice() else { panic!("one coder: {taken:?}") };
    assert_eq!((only.new, only.there, only.other_comment, only.hidden), (1, 4, 1, false));
    desk.apply(only.edit.as_ref().expect("an edit"));
    let row = |to, comment: &str, name: &str| (0, to, name.to_owned(), comment.to_owned());
    assert_eq!(desk.laid(text), [row(10, "mine", "Old"), row(11, "new", "Access")]);
    let again = planned(&desk, rows).expect("planned");
    assert_eq!((again[0].edit.clone(), again[0].new, again[0].there), (None, 0, 5));
}

#[test]
fn a_coder_of_an_open_round_cannot_take_in_what_another_made_for_it() {
    let mut desk = Desk::new();
    let (code, other) = (desk.code("Access"), desk.code("Elsewhere"));
    let (case, source) = desk.case("P02");
    let round = desk.round("Round 1", &[(case, source)], &[code]);
    desk.as_other(|desk| desk.lay(source, 0, 10, code));
    let said = bad(&desk, "P02 interview,SC,Access,0,10,\nP02 interview,PB,Access,0,10,\n");
    let hidden = "what SC codes for Round 1 is hidden from you until it is revealed; let SC take it in";
    assert_eq!(said, [(2, hidden.to_owned())]);
    let taken = planned(&desk, "P02 interview,SC,Elsewhere,0,10,\nP02 interview,PB,Access,0,10,\n").expect("planned");
    assert_eq!(taken.iter().map(|taken| (taken.new, taken.hidden)).collect::<Vec<_>>(), [(1, false), (1, false)]);
    assert!(desk.view().code(other).is_some());

    // Somebody who does not code in it may, and is not told what stood already.
    let me = desk.coder;
    desk.coder = desk.id().into();
    desk.apply(&Edit::AddCoder { id: desk.coder, initials: "EW".into(), name: String::new() });
    let taken = planned(&desk, "P02 interview,SC,Access,0,10,\n").expect("planned");
    assert!(taken[0].hidden);
    desk.coder = me;
    desk.finish(round);
    let said = bad(&desk, "P02 interview,PB,Access,0,10,\n");
    assert_eq!(said, [(2, "PB has finished P02 in Round 1; it has to be reopened first".to_owned())]);
}
