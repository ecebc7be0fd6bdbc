//! `emic count`: saved tables and expressions in every format, definitions from a file, what is wrong with them.

use super::desk::{Desk, untouched};
use super::trial::trial;
use serde_json::Value;

fn json(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

const FILE: &str = r#"(
    rows: [(name: "Any of access", holds: "Timely access/**")],
    tables: [
        (
            name: "Strategies",
            kind: "practice",
            rules: [(name: "common", least: 10), (name: "pioneering", below: 10)],
            lines: [
                (group: "Access", label: "Handing over", expr: "Warm handoff"),
                (group: "Access", row: "Any of access", indent: 1),
                (group: "Where", label: "Rural", expr: "[Setting = Rural]", of: "Any of access"),
            ],
        ),
    ],
)"#;

#[test]
fn expressions_are_counted_in_passing_with_the_codings_behind_them() {
    let desk = Desk::new();
    let study = desk.sample("study");
    untouched(&study, "counting", || {
        let ask = ["count", "study", "--expr", "Warm handoff", "--expr", "[Setting = Rural]"];
        let said = desk.run(ask);
        for words in ["N = 30 cases", "22  30  73.3 %", "Setting: Rural", "5 coded twice and reconciled, 25 coded once"]
        {
            assert!(said.contains(words), "{words}:\n{said}");
        }
        let rows = json(&desk.run(ask.into_iter().chain(["--format", "json"])));
        assert_eq!((rows[0]["n"].as_u64(), rows[0]["of"].as_u64()), (Some(22), Some(30)));
        assert_eq!(rows[0]["percent"].as_f64(), Some(73.3));
        assert_eq!(rows[0]["yes"].as_str().map(|names| names.split(", ").count()), Some(22));
        assert!(rows[0]["codings"]["n"].as_array().is_some_and(|ids| ids.len() >= 22), "{}", rows[0]);
        let who = desk.run(["count", "study", "--expr", "Warm handoff", "--where", "[Setting = Rural]", "--who"]);
        assert!(who.contains("N = 11 cases") && who.contains("Practice 01"), "{who}");
        let often = desk.run(["count", "study", "--expr", "Warm handoff", "--count", "passages"]);
        assert!(often.contains("How often") && !often.contains('%'), "{often}");
        let of = desk.run(["count", "study", "--expr", "[Setting = Rural]", "--of", "Warm handoff"]);
        assert!(of.contains("Warm handoff") && of.contains("22"), "{of}");
        let people = desk.run(["count", "study", "--expr", "Warm handoff", "--count", "participants"]);
        assert!(people.contains("participants"), "{people}");
        let twice = desk.run(["count", "study", "--expr", "Warm handoff", "--by", "any"]);
        assert!(twice.contains("   5  ") || twice.contains("  5  "), "only what several have coded:\n{twice}");
    });
}

#[test]
fn a_file_defines_rows_and_tables_as_one_step() {
    let desk = Desk::new();
    let study = desk.sample("study");
    desk.file("tables.ron", FILE);
    let define = ["count", "study", "--define", "tables.ron", "--coder", "PB"];
    assert!(desk.run(define).contains("are defined"));
    untouched(&study, "defining again", || assert!(desk.run(define).contains("there already")));
    let said = desk.run(["count", "study"]);
    for words in ["Strategies (N = 30 practices)", "Handing over", "common", "Any of access", "common: 10 or more"] {
        assert!(said.contains(words), "{words}:\n{said}");
    }
    let md = desk.run(["count", "study", "--table", "strat", "--format", "md"]);
    assert!(md.contains("| 22 | 30 | 73.3 % |"), "{md}");
    let csv = desk.run(["count", "study", "--format", "csv"]);
    assert!(csv.lines().next().is_some_and(|head| head.starts_with("table,group,line,n,of,percent")), "{csv}");
    let list = desk.run(["count", "study", "--list"]);
    assert!(list.contains("Strategies") && list.contains("pioneering: fewer than 10"), "{list}");
    desk.run(["count", "study", "--expr", "Stepped care", "--save", "One more", "--coder", "PB"]);
    assert!(desk.run(["count", "study", "--table", "One more"]).contains("Stepped care"));
    let log = desk.run(["log", "study", "--format", "csv"]);
    assert_eq!(log.lines().count(), 1 + 2, "a step for the file, a step for the table:\n{log}");
}

#[test]
fn definitions_that_are_printed_define_the_same() {
    let desk = Desk::new();
    trial(&desk);
    let file = FILE.replace("Timely access", "BH integration").replace("[Setting = Rural]", "[Organization = FQHC]");
    let file = file.replace("kind: \"practice\",", "");
    desk.file("tables.ron", file);
    desk.run(["count", "study", "--define", "tables.ron", "--coder", "PB"]);
    let said = desk.run(["count", "study", "--coder", "PB"]);
    assert!(said.contains("Not yet coded, and in no denominator of codes: P01"), "{said}");
    desk.file("again.ron", desk.run(["count", "study", "--definitions"]));
    assert!(desk.run(["count", "study", "--define", "again.ron", "--coder", "PB"]).contains("there already"));
}

#[test]
fn what_is_wrong_is_said_in_one_sentence_and_nothing_is_changed() {
    let desk = Desk::new();
    let study = desk.sample("study");
    desk.file("code.ron", FILE.replace("\"Warm handoff\"", "\"Warm handof\""));
    desk.file("ring.ron", FILE.replace("\"Timely access/**\"", "\"row Any of access\""));
    desk.file("field.ron", FILE.replace("indent", "indnt"));
    untouched(&study, "what fails", || {
        for (args, words) in [
            (vec!["--expr", "Warm handof"], "there is no code “Warm handof” in this study; there is"),
            (vec!["--expr", "any(Warm handoff"], "never closed"),
            (vec!["--expr", "row Nothing"], "there is no row “Nothing”"),
            (vec!["--expr", "[Seting = Rural]"], "there is “Setting”"),
            (vec!["--expr", "[Setting = Rurl]"], "it is one of"),
            (vec!["--table", "Nothing"], "there is no table “Nothing”"),
            (vec!["--expr", "Warm handoff", "--kind", "planet"], "no case is a “planet”; there is “practice”"),
            (vec!["--expr", "Warm handoff", "--wave", "1999"], "has no wave “1999”"),
            (vec!["--define", "nowhere.ron", "--coder", "PB"], "cannot be read"),
            (
                vec!["--define", "code.ron", "--coder", "PB"],
                "table “Strategies”, line 1 (“Handing over”): there is no code",
            ),
            (vec!["--define", "ring.ron", "--coder", "PB"], "row “Any of access”: a row cannot hold of itself"),
            (
                vec!["--define", "field.ron", "--coder", "PB"],
                "field.ron: line 10, column 57: Unexpected field named `indnt`",
            ),
        ] {
            let said = desk.fail(["count", "study"].into_iter().chain(args.iter().copied()), 1);
            assert!(said.contains(words) && said.lines().count() == 1, "{args:?}: {said}");
        }
    });
    desk.fail(["count", "study", "--beside", "2013"], 2);
    desk.fail(["count", "study", "--expr", "Warm handoff", "--table", "x"], 2);
}
