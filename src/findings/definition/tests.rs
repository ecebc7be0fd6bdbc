//! Definitions read from files, and what is wrong with them.

use super::*;
use crate::project::saved::Sort;
use crate::project::testing::Desk;

const FILE: &str = r#"(
    rows: [
        (name: "Either", holds: "any(row Later, Warm handoff)"),
        (name: "Later", holds: "Access/**"),
    ],
    tables: [
        (
            name: "Strategies",
            kind: "Practice",
            sort: by_count,
            rules: [(name: "common", least: 10), (name: "pioneering", below: 10, important: true)],
            lines: [
                (group: "Timely care", label: "Warm handoffs", expr: "Warm handoff", important: true),
                (group: "Timely care", row: "Either", of: "Later"),
                (group: "Timely care", label: "Not at all", expr: "none(row Either)", of: "Warm handoff", indent: 1),
                (row: "Made here", expr: "all(Warm handoff, Same day)"),
            ],
        ),
    ],
)"#;

fn desk() -> Desk {
    let mut desk = Desk::new();
    let access = desk.code("Access");
    desk.code_under(access, "Warm handoff");
    desk.code_under(access, "Same day");
    desk.case("P01");
    desk
}

fn read(desk: &mut Desk, text: &str) -> Result<Edit, String> {
    let view = View::new(&desk.project, desk.coder);
    define(&view, text, &mut desk.mint).map_err(|why| why.to_string())
}

/// Each line of the first table: group, name, what it counts, of what.
fn lines(desk: &Desk) -> Vec<String> {
    let view = desk.view();
    let table = view.tables()[0];
    let row = |id| view.row(id).expect("a row");
    let line = |line: &std::sync::Arc<crate::project::saved::TableLine>| {
        let holds = super::expression::print(&view, &row(line.row).holds);
        let of = line.of.map(|of| format!(" of {}", row(of).name)).unwrap_or_default();
        format!("{}|{}|{}|{holds}{of}", line.group, line.label, row(line.row).name)
    };
    view.lines(table.id).into_iter().map(line).collect()
}

#[test]
fn a_file_makes_rows_and_tables_in_one_step_and_read_again_changes_nothing() {
    let mut desk = desk();
    let kind = desk.view().cases()[0].kind.clone();
    let file = FILE.replace("Practice", &kind.to_uppercase());
    let edit = read(&mut desk, &file).expect("an edit");
    desk.apply(&edit);
    assert_eq!(
        lines(&desk),
        [
            "Timely care||Warm handoffs|Warm handoff",
            "Timely care||Either|any(row \"Later\", Warm handoff) of Later",
            "Timely care||Not at all|none(row \"Either\") of Warm handoffs",
            "||Made here|all(Warm handoff, Same day)",
        ]
    );
    let table = desk.view().tables()[0].clone();
    assert_eq!((table.kind.as_str(), table.sort, table.rules.len()), (kind.as_str(), Sort::ByCount, 2));
    assert_eq!(read(&mut desk, &file), Ok(Edit::All(vec![])));
    let again = written(&desk.view());
    assert_eq!(read(&mut desk, &again), Ok(Edit::All(vec![])), "{again}");
    // Written into an empty study it makes the same.
    let mut other = self::desk();
    let edit = read(&mut other, &again).expect("an edit");
    other.apply(&edit);
    assert_eq!(lines(&other), lines(&desk));
    desk.undo();
    assert_eq!((desk.view().rows().len(), desk.view().tables().len()), (0, 0));
}

#[test]
fn a_changed_file_changes_what_is_there() {
    let mut desk = desk();
    let one = "(tables: [(name: \"T\", lines: [(label: \"A\", expr: \"Warm handoff\"), (label: \"B\", expr: \"Same day\"), \
               (label: \"C\", expr: \"Access\")])])";
    let edit = read(&mut desk, one).expect("an edit");
    desk.apply(&edit);
    let ids: Vec<_> = desk.view().lines(desk.view().tables()[0].id).iter().map(|line| line.id).collect();
    let other = "(tables: [(name: \"t\", lines: [(label: \"C\", expr: \"Access\"), (label: \"A\", expr: \"all(Warm handoff, \
                 Same day)\")])])";
    let edit = read(&mut desk, other).expect("an edit");
    desk.apply(&edit);
    assert_eq!(lines(&desk), ["||C|Access", "||A|all(Warm handoff, Same day)"]);
    let now: Vec<_> = desk.view().lines(desk.view().tables()[0].id).iter().map(|line| line.id).collect();
    assert_eq!(now, [ids[2], ids[0]], "what was there under a name stays itself");
    assert_eq!(desk.view().rows().len(), 3, "a row whose line is gone stays");
}

#[test]
fn what_is_wrong_is_named_with_its_place_and_nothing_is_made() {
    let mut desk = desk();
    for (text, why) in [
        ("(tables: [", "line 1, column 10: Expected opening `(` for struct `table`"),
        (
            "(\n  tables: [(name: \"T\", line: [])],\n)",
            "line 2, column 24: Unexpected field named `line` in `table`, expected one of `name`, `kind`, `counts`, \
             `only`, `of`, `wave`, `beside`, `sort`, `by_theme`, `split`, `rules`, or `lines` instead",
        ),
        (
            "(tables: [(name: \"T\", lines: [(expr: \"Same day\"), (label: \"X\", expr: \"Same dai\")])])",
            "table “T”, line 2 (“X”): there is no code “Same dai” in this study; there is “Access › Same day”",
        ),
        (
            "(tables: [(name: \"T\", lines: [(row: \"Same dai\")])])",
            "table “T”, line 1 (“Same dai”): there is no row “Same dai” in this study or file",
        ),
        ("(tables: [(name: \"T\", lines: [()])])", "table “T”, line 1: say what it counts: expr, or the name of a row"),
        ("(rows: [(name: \"R\", holds: \"row R\")])", "row “R”: a row cannot hold of itself"),
        (
            "(rows: [(name: \"A\", holds: \"row B\"), (name: \"B\", holds: \"row A\")])",
            "row “A”: a row cannot hold of itself, not by way of others either",
        ),
        ("(rows: [(name: \"A\", holds: \"row B\")])", "row “A”: there is no row “B” in this study"),
        (
            "(rows: [(name: \"A\", holds: \"Access\"), (name: \"a\", holds: \"Same day\")])",
            "row “a”: it stands in the file twice, and not alike",
        ),
        ("(tables: [(name: \" \")])", "table 1: a table needs a name"),
        ("(tables: [(name: \"T\"), (name: \"t\")])", "table “t”: it stands in the file twice"),
        ("(tables: [(name: \"T\", wave: \"2016\")])", "table “T”: this study has no wave “2016”; it has none"),
        ("(tables: [(name: \"T\", kind: \"planet\")])", "table “T”: no case is a “planet”; there is “practice”"),
        (
            "(tables: [(name: \"T\", only: \"[Setting = x]\")])",
            "table “T”: only: there is no attribute “Setting” in this study",
        ),
        (
            "(tables: [(name: \"T\", of: \"any()\")])",
            "table “T”, of: of: there is nothing in these brackets (after “any(”)",
        ),
    ] {
        assert_eq!(read(&mut desk, text), Err(why.to_owned()), "{text}");
    }
}
