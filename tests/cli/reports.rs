//! Reports: codes, extracts, memos, log, check, merge, in every format, without changing anything.

use super::desk::{Desk, untouched, whole};
use emic::text::wrap;
use predicates::prelude::*;
use serde_json::Value;
use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

fn json(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

fn csv(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).records().map(|row| row.expect("a row")).collect()
}

#[test]
fn every_report_comes_in_every_format_and_touches_nothing() {
    let desk = Desk::new();
    let study = desk.sample("study");
    let reports: [(&[&str], &str); 5] = [
        (&["codes", "study", "--coder", "PB"], "Warm handoff"),
        (&["extracts", "study", "--coder", "PB", "--code", "Warm handoff"], "a broad man in suspenders"),
        (&["memos", "study", "--coder", "PB"], "Is the receiver a room?"),
        (&["log", "study"], "Nothing was done here yet"),
        (&["check", "study"], "everything is as it should be"),
    ];
    for (args, words) in reports {
        untouched(&study, args[0], || {
            assert!(desk.run(args).contains(words), "{args:?}");
            let with = |format: &str| desk.run(args.iter().copied().chain(["--format", format]));
            let (rows, records, md) = (json(&with("json")), csv(&with("csv")), with("md"));
            assert_eq!(rows.len(), records.len(), "{args:?}");
            assert!(md.lines().filter(|line| line.starts_with('|')).count() == rows.len() + 2, "{args:?}: {md}");
            for text in [&md, &desk.run(args)] {
                assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{args:?}");
            }
        });
    }
}

#[test]
fn counts_lead_back_to_their_codings() {
    let desk = Desk::new();
    desk.sample("study");
    let codes = json(&desk.run(["codes", "study", "--coder", "PB", "--format", "json"]));
    let warm = codes.iter().find(|row| row["path"] == "Timely access › Warm handoff").expect("the code");
    let count = warm["passages"].as_u64().expect("a number");
    let counted: Vec<&str> =
        warm["codings"]["passages"].as_array().expect("ids").iter().filter_map(Value::as_str).collect();
    assert_eq!(counted.len() as u64, count);
    let extracts = ["extracts", "study", "--coder", "PB", "--code", "Timely access/Warm handoff", "--format", "json"];
    let extracts = json(&desk.run(extracts));
    let listed: Vec<&str> = extracts.iter().filter_map(|row| row["coding_id"].as_str()).collect();
    assert_eq!(listed, counted);
    let branch = codes.iter().find(|row| row["code"] == "Timely access").expect("the branch");
    let below = ["extracts", "study", "--coder", "PB", "--code", "Timely access", "--with-below", "--format", "json"];
    assert_eq!(json(&desk.run(below)).len() as u64, branch["with_below"].as_u64().expect("a number"));
    // What is told of a passage is where it is.
    let first = &extracts[0];
    let (start, end) = (first["start"].as_u64().expect("start"), first["end"].as_u64().expect("end"));
    assert_eq!(first["text"].as_str().expect("text").chars().count() as u64, end - start);
}

#[test]
fn everybodys_codings_are_those_of_all_coders() {
    let desk = Desk::new();
    desk.project("study");
    desk.file("a.txt", super::desk::INTERVIEW);
    desk.run(["import", "study", "a.txt"]);
    desk.run(["screen", "study", "--write", "--keys", "jjjscWarm handoff<Enter>"]);
    assert!(desk.run(["codes", "study"]).contains("codings of PB"), "the only one who has worked in it so far");
    desk.run(["screen", "study", "--write", "--coder", "DC", "--join", "--keys", "jjjjscWarm handoff<Enter>"]);
    let said = desk.fail(["codes", "study", "--coder", "XX"], 1);
    assert!(said.contains("has no coder XX") && said.contains(", and `all` for everybody"), "{said}");
    let said = desk.fail(["codes", "study"], 1);
    assert!(said.contains("say whose codings with --coder: ") && said.contains("PB"), "{said}");
    let count = |coder: &str| {
        json(&desk.run(["extracts", "study", "--coder", coder, "--code", "Warm handoff", "--format", "json"])).len()
    };
    assert_eq!(count("DC"), 1);
    assert_eq!(count("all"), count("PB") + 1);
    let table = desk.run(["extracts", "study", "--coder", "all", "--code", "Warm handoff"]);
    assert!(table.contains("Coder") && table.contains("DC"), "{table}");
}

#[test]
fn a_memo_of_ones_own_is_not_for_everybody() {
    let desk = Desk::new();
    let study = desk.project("study");
    desk.run(["screen", "study", "--write", "--keys", "mA thought<Enter>of mine<Esc>"]);
    let own = json(&desk.run(["memos", "study", "--format", "json"]));
    assert_eq!(own.len(), 1);
    assert_eq!((&own[0]["title"], &own[0]["text"]), (&Value::from("A thought"), &Value::from("of mine")));
    let everybody = json(&desk.run(["memos", "study", "--coder", "all", "--format", "json"]));
    let shared = own[0]["shared"] == true;
    assert_eq!(everybody.len(), usize::from(shared));
    assert!(study.exists());
}

#[test]
fn a_name_that_fits_no_code_or_several_is_refused() {
    let desk = Desk::new();
    let study = desk.sample("study");
    let extracts = |code: &str| {
        untouched(&study, "extracts", || desk.fail(["extracts", "study", "--coder", "PB", "--code", code], 1))
    };
    let said = extracts("Warm hand-off");
    assert!(
        said.contains("there is no code “Warm hand-off”") && said.contains("“Timely access › Warm handoff”"),
        "{said}"
    );
    // A second code of the name, elsewhere in the tree.
    desk.run(["screen", "study", "--write", "--coder", "PB", "--keys", "<Tab>aWarm handoff<Enter>"]);
    let paths = json(&desk.run(["codes", "study", "--coder", "PB", "--format", "json"]));
    let twins = paths.iter().filter(|row| row["code"] == "Warm handoff").count();
    assert_eq!(twins, 2, "the script made another");
    let said = desk.fail(["extracts", "study", "--coder", "PB", "--code", "warm handoff"], 1);
    assert!(said.contains("is the name of 2 codes") && said.contains("“Timely access › Warm handoff”"), "{said}");
}

#[test]
fn a_table_is_aligned_and_no_wider_than_needed() {
    let desk = Desk::new();
    desk.sample("study");
    let table = desk.run(["codes", "study", "--coder", "PB"]);
    let width = |line: &str| wrap::wrap(line, u16::MAX).iter().map(|row| row.cells).sum::<u16>();
    let rule = table.lines().find(|line| line.starts_with('─')).expect("a rule");
    assert!(table.lines().all(|line| width(line) <= width(rule)), "{table}");
    assert!(table.lines().all(|line| line.trim_end() == line));
    let ascii = desk.run(["codes", "study", "--coder", "PB", "--ascii"]);
    assert!(ascii.lines().any(|line| line.starts_with("----")) && !ascii.contains('─'));
}

#[test]
fn the_log_says_who_did_what_and_what_was_taken_back() {
    let desk = Desk::new();
    desk.project("study");
    desk.file("a.txt", super::desk::INTERVIEW);
    desk.run(["import", "study", "a.txt"]);
    desk.run(["screen", "study", "--write", "--keys", "jjjscWarm handoff<Enter>u"]);
    let log = desk.run(["log", "study"]);
    assert!(log.contains("import “A”") && log.contains("took back: new code “Warm handoff”"), "{log}");
    let last = json(&desk.run(["log", "study", "--last", "1", "--format", "json"]));
    assert_eq!(last.len(), 1);
    let all = json(&desk.run(["log", "study", "--format", "json"]));
    assert_eq!(all.last(), last.last());
    assert!(all.windows(2).all(|pair| pair[0]["n"].as_u64() <= pair[1]["n"].as_u64()));
}

#[test]
fn copies_are_merged_both_ways_round_and_strangers_are_not() {
    let desk = Desk::new();
    desk.sample("here");
    desk.sample("there");
    desk.run(["screen", "here", "--write", "--coder", "PB", "--keys", "ggjjjscOne of here<Enter>"]);
    desk.run(["screen", "there", "--write", "--coder", "DC", "--keys", "ggjjjjscOne of there<Enter>"]);
    let there = desk.path("there");
    let said = untouched(&there, "being read", || desk.run(["merge", "here", "there"]));
    assert!(said.contains("taken from there into here"), "{said}");
    assert!(desk.run(["merge", "here", "there"]).contains("nothing was changed"));
    desk.run(["merge", "there", "here"]);
    let codes = |folder: &str| desk.run(["codes", folder, "--coder", "all", "--format", "json"]);
    assert_eq!(codes("here"), codes("there"));
    assert!(codes("here").contains("One of there") && codes("there").contains("One of here"));
    desk.project("stranger");
    let said = untouched(&desk.path("here"), "merge", || desk.fail(["merge", "here", "stranger"], 1));
    assert!(said.contains("different projects"), "{said}");
    assert!(desk.fail(["merge", "here", "./here"], 1).contains("same folder"));
    assert!(desk.fail(["merge", "here", "nowhere"], 1).contains("there is no folder nowhere"));
}

#[test]
fn damage_is_found_and_the_exit_says_so() {
    let desk = Desk::new();
    let study = desk.sample("study");
    let text = fs::read_dir(study.join("sources")).expect("sources").next().expect("one").expect("an entry").path();
    fs::write(text.join("1.txt"), "other words").expect("written");
    let before = whole(&study);
    desk.emic(["check", "study"])
        .assert()
        .code(1)
        .stdout(predicate::str::contains("its words are not those that were coded"))
        .stderr(predicate::str::contains("1 damage in study"));
    assert!(before == whole(&study));
}

#[test]
fn nobody_reading_any_more_is_no_fault() {
    let desk = Desk::new();
    desk.sample("study");
    for args in [&["codes", "study", "--coder", "PB", "--format", "json"][..], &["--help"], &["man"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_emic"))
            .args(args)
            .current_dir(desk.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().expect("stderr").read_to_string(&mut said).expect("read");
        let status = child.wait().expect("ended");
        assert!(!said.contains("panic"), "{args:?}: {said}");
        assert!(status.code().is_some(), "{args:?}: {status}");
    }
}
