//! `emic matrix`: the kinds, their formats, what is refused.

use super::desk::{Desk, untouched};
use serde_json::Value;

fn json(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

fn csv(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

/// Roles by tasks of the sample.
const RELATION: [&str; 10] =
    ["matrix", "study", "--coder", "PB", "--kind", "relation", "--rows", "Roles", "--columns", "Tasks"];

fn with<'a>(args: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    args.iter().chain(more).copied().collect()
}

#[test]
fn roles_by_tasks_are_marked_where_two_practices_do_so_and_every_cell_names_its_codings() {
    let desk = Desk::new();
    let study = desk.sample("study");
    untouched(&study, "matrix", || {
        let marked = csv(&desk.run(with(&RELATION, &["--at-least", "2", "--format", "csv"])));
        assert_eq!(marked[0][0], "code");
        let inner = || marked[1..12].iter().flat_map(|row| &row[1..9]);
        assert_eq!(inner().filter(|cell| *cell == "X").count(), 34, "{marked:?}");
        assert!(inner().all(|cell| cell == "X" || cell.is_empty()));
        let cells = json(&desk.run(with(&RELATION, &["--format", "json"])));
        assert_eq!(cells.len(), (11 + 1) * (8 + 1));
        let cell = |row: &str, column: &str| {
            let here = |cell: &&Value| cell["row"] == row && cell["column"] == column;
            cells.iter().find(here).unwrap_or_else(|| panic!("{row} × {column}")).clone()
        };
        let screens = cell("Medical assistant", "Screens");
        assert_eq!(
            (screens["n"].as_u64(), screens["of"].as_u64(), screens["percent"].as_f64()),
            (Some(16), Some(30), Some(53.3))
        );
        assert_eq!(screens["pairs_looked_at"].as_u64(), Some(0));
        // A coding for each side of each pair leads back to the extracts.
        let codings = screens["codings"]["n"].as_array().expect("ids");
        assert_eq!(codings.len() as u64, 2 * screens["pairs"].as_u64().expect("a number"));
        let extracts = ["extracts", "study", "--coder", "all", "--code", "Tasks/Screens", "--format", "json"];
        let known = json(&desk.run(extracts));
        let task = |id: &&Value| known.iter().any(|row| row["coding_id"] == **id);
        assert_eq!(codings.iter().filter(task).count() * 2, codings.len());
    });
}

#[test]
fn matrices_are_transposed_sorted_filtered_and_counted_otherwise() {
    let desk = Desk::new();
    desk.sample("study");
    let there = csv(&desk.run(with(&RELATION, &["--format", "csv"])));
    let back = csv(&desk.run(with(&RELATION, &["--format", "csv", "--transpose"])));
    let cell = |rows: &[Vec<String>], row: &str, column: &str| {
        let at = rows[0].iter().position(|name| name == column).unwrap_or_else(|| panic!("{column}"));
        rows.iter().find(|line| line[0] == row).unwrap_or_else(|| panic!("{row}"))[at].clone()
    };
    assert_eq!(cell(&there, "Registered nurse", "Screens"), cell(&back, "Screens", "Registered nurse"));
    let sorted = csv(&desk.run(with(&RELATION, &["--format", "csv", "--sort", "sum"])));
    let sums: Vec<u32> = sorted[1..12].iter().map(|row| row[9].parse().expect("a number")).collect();
    assert!(sums.windows(2).all(|two| two[0] >= two[1]), "{sums:?}");
    let by_column = csv(&desk.run(with(&RELATION, &["--format", "csv", "--sort", "Runs groups"])));
    assert_eq!(by_column[1][8], "4");
    let attribute =
        ["matrix", "study", "--coder", "PB", "--kind", "code-attribute", "--rows", "Warm handoff,Timely access/*"];
    let table = desk.run(with(&attribute, &["--columns", "Setting"]));
    assert!(table.contains("73.3 %") && table.contains("rural %"), "{table}");
    let cases = ["matrix", "study", "--coder", "PB", "--columns", "Timely access", "--format", "csv"];
    assert_eq!(csv(&desk.run(cases)).len(), 1 + 30 + 1);
    let rural = csv(&desk.run(with(&cases, &["--where", "Setting=rural"])));
    let twice =
        csv(&desk.run(with(&cases, &["--where", "Setting=RURAL", "--where", "[Sites known]", "--count", "passages"])));
    assert_eq!((rural.len(), twice.len() <= rural.len()), (1 + 11 + 1, true));
    let roles =
        desk.run(["matrix", "study", "--coder", "PB", "--kind", "role-code", "--columns", "Tasks", "--without-empty"]);
    assert!(roles.contains("care coordinator") && roles.contains("Role"), "{roles}");
    let turn = csv(&desk.run(with(&RELATION, &["--by", "turn", "--count", "passages", "--format", "csv"])));
    let pairs = |rows: &[Vec<String>]| rows[12][9].parse::<u32>().expect("a number");
    let overlap = csv(&desk.run(with(&RELATION, &["--count", "passages", "--format", "csv"])));
    assert!(pairs(&turn) >= pairs(&overlap), "what shares words shares a turn");
}

#[test]
fn what_cannot_be_is_refused_with_a_sentence() {
    let desk = Desk::new();
    desk.sample("study");
    let matrix = ["matrix", "study", "--coder", "PB"];
    let refused: [(&[&str], i32, &str); 10] = [
        (&["--kind", "code-attribute"], 2, "needs one attribute"),
        (&["--kind", "code-attribute", "--columns", "Colour"], 1, "there is no attribute “Colour”"),
        (&["--rows", "Roles"], 2, "the rows of case-code are cases"),
        (&["--kind", "role-code", "--rows", "Roles"], 2, "the roles of who speaks"),
        (&["--columns", "Rolls"], 1, "there is no code “Rolls”"),
        (&["--where", "Colour=red"], 1, "Colour"),
        (&["--where", "Setting="], 1, "it is one of"),
        (&["--wave", "2040"], 1, "there is no wave “2040”"),
        (&["--case-kind", "vendor"], 1, "there is no kind of case “vendor”"),
        (&["--sort", "size"], 1, "there is no column “size”"),
    ];
    for (more, code, words) in refused {
        let said = desk.fail(with(&matrix, more), code);
        assert!(said.contains(words), "{more:?}: {said}");
    }
    let said = desk.fail(with(&matrix, &["--at-least", "0"]), 2);
    assert!(said.contains('0'), "{said}");
}
