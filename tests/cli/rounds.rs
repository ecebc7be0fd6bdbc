//! Rounds from the command line: opened, looked at, finished, revealed, and the rest divided.

use super::desk::{Desk, untouched};
use super::trial::{act, apply, lay, trial};
use emic::project::edit::Edit;
use emic::project::memo::{Link, MemoKind};
use serde_json::Value;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

/// Opens a round of PB and DC on these cases.
fn open(desk: &Desk, cases: &str) -> String {
    let args = ["round", "new", "study", "Round 1", "--cases", cases, "--codes", "BH integration"];
    desk.run(args.into_iter().chain(["--coders", "PB,DC", "--coder", "PB"]))
}

#[test]
fn a_round_is_opened_coded_finished_and_revealed() {
    let desk = Desk::new();
    trial(&desk);
    assert!(desk.run(["round", "list", "study"]).contains("has no rounds yet"));
    let said = open(&desk, "p02, P04");
    assert!(said.starts_with("Round 1 is open: 2 cases, 4 sources, "), "{said}");
    assert!(said.contains("3 codes.") && said.contains("The files lie readable on disk"), "{said}");

    let list = json(&desk.run(["round", "list", "study", "--format", "json"]));
    assert_eq!((&list[0]["state"], &list[0]["finished"]), (&"open".into(), &"0 of 4".into()));
    assert_eq!((&list[0]["codes"], &list[0]["sources"], &list[0]["drawn"]), (&3.into(), &4.into(), &"by hand".into()));

    let finish = |case: &str, coder: &str| desk.run(["round", "finish", "study", "round 1", case, "--coder", coder]);
    let said = finish("P02", "PB");
    assert_eq!(said.trim(), "P02 is finished for PB in Round 1. It waits for PB (P04); DC (P02, P04).");
    finish("P04", "PB");
    let said = desk.run(["round", "reopen", "study", "Round 1", "P04", "--coder", "PB"]);
    assert!(said.starts_with("P04 is open again for PB"), "{said}");
    finish("P04", "PB");
    finish("P02", "DC");
    let shown = json(&desk.run(["round", "show", "study", "Round 1", "--format", "json"]));
    let standing: Vec<&str> =
        shown["standing"].as_array().expect("rows").iter().filter_map(|row| row["standing"].as_str()).collect();
    assert_eq!(standing, ["finished", "finished", "finished", "not started"]);
    assert_eq!(shown["codes"][1]["definition"], "What Warm handoff is.");
    assert_eq!(shown["sources"].as_array().map(Vec::len), Some(4));
    let said = finish("P04", "DC");
    assert!(said.trim().ends_with("All have finished: Round 1 is revealed."), "{said}");
    assert!(desk.run(["round", "list", "study"]).contains("revealed 2"));
    let said = desk.fail(["round", "reopen", "study", "Round 1", "P04", "--coder", "DC"], 1);
    assert!(said.contains("Round 1 has been revealed"), "{said}");
    let said = desk.fail(["round", "reveal", "study", "Round 1", "--coder", "DC"], 1);
    assert!(said.contains("Round 1 has been revealed"), "{said}");
    assert!(desk.run(["check", "study"]).contains("everything is as it should be"));
}

#[test]
fn cases_are_drawn_with_a_seed_that_is_told_and_gives_the_same_draw_again() {
    let desk = Desk::new();
    let study = trial(&desk);
    let new = |name: &str, more: &[&str]| {
        let args = ["round", "new", "study", name, "--codes", "BH integration", "--coders", "PB,DC", "--coder", "PB"];
        desk.run(args.iter().chain(more).copied())
    };
    let said = new("Round 1", &["--draw", "2", "--seed", "4711", "--stratify", "organization"]);
    assert!(said.contains("Drawn at random with seed 4711, stratified by Organization."), "{said}");
    let drawn = |round: &str| {
        let shown = json(&desk.run(["round", "show", "study", round, "--format", "json", "--part", "standing"]));
        let rows = shown.as_array().expect("rows").clone();
        let mut cases: Vec<String> = rows.iter().filter_map(|row| row["case"].as_str()).map(str::to_owned).collect();
        cases.dedup();
        cases
    };
    let first = drawn("Round 1");
    let number = |case: &String| case.trim_start_matches("P0").parse::<usize>().expect("a number");
    assert_eq!(first.iter().map(|case| number(case) % 2).sum::<usize>(), 1, "one of each value: {first:?}");
    let all = new("Round 2", &["--draw", "4"]);
    assert!(all.contains("Drawn at random with seed "), "{all}");
    assert!(drawn("Round 2").iter().all(|case| !first.contains(case)), "nobody is drawn twice for the same codes");
    let other = ["round", "new", "study", "Round 3", "--codes", "Access", "--draw", "2", "--seed", "4711"];
    desk.run(other.into_iter().chain(["--stratify", "Organization", "--coders", "PB,DC", "--coder", "PB"]));
    assert_eq!(drawn("Round 3"), first, "the same seed, the same cases");
    let args = ["round", "new", "study", "Round 4", "--codes", "BH integration", "--draw", "1"];
    let args = args.into_iter().chain(["--coders", "PB,DC", "--coder", "PB"]);
    let said = untouched(&study, "a draw from nothing", || desk.fail(args, 1));
    assert!(said.contains("1 case was to be drawn, and there is none to draw from"), "{said}");
}

#[test]
fn different_cases_may_have_different_pairs_and_a_round_be_held_within_the_passages_of_a_code() {
    let desk = Desk::new();
    let study = trial(&desk);
    for coder in ["PB", "EW"] {
        lay(&study, coder, ("P02", "Nurse"), if coder == "PB" { (70, 100) } else { (20, 40) }, "Access");
    }
    let args =
        ["round", "new", "study", "Sub", "--cases", "P02,P04", "--codes", "Warm handoff", "--only", "--coder", "EW"];
    let more =
        ["--pairs", "P02: PB,DC; P04: DC,EW", "--within", "Access", "--of", "PB", "--least", "50", "--depth", "2"];
    let said = desk.run(args.into_iter().chain(more));
    assert!(said.contains("P02  PB, DC") && said.contains("P04  DC, EW  0 words"), "{said}");
    assert!(said.contains("Of 1 case nothing is in scope."), "{said}");
    let shown = json(&desk.run(["round", "show", "study", "Sub", "--format", "json"]));
    let round = &shown["round"];
    assert_eq!(
        (&round["unit"], &round["within"], &round["of"]),
        (&"given passage".into(), &"Access".into(), &"PB".into())
    );
    assert_eq!((&round["least_percent"], &round["depth"], &round["codes"]), (&50.into(), &2.into(), &1.into()));
    assert_eq!(round["units"], 1);
    let table = desk.run(["round", "show", "study", "Sub"]);
    assert!(table.contains("within the passages of “Access” of PB, participants' turns"), "{table}");
    let csv = desk.run(["round", "show", "study", "Sub", "--format", "csv"]);
    assert_eq!(csv.lines().count(), 1 + 4, "{csv}");
    assert!(desk.run(["round", "show", "study", "Sub", "--format", "md"]).contains("| P04 |"));
}

#[test]
fn a_round_can_be_held_within_what_an_earlier_one_agreed_on() {
    let desk = Desk::new();
    let study = trial(&desk);
    open(&desk, "P02,P04");
    for (coder, end) in [("PB", 100), ("DC", 100)] {
        lay(&study, coder, ("P02", "Nurse"), (70, end), "Warm handoff");
    }
    lay(&study, "DC", ("P04", "Nurse"), (70, 100), "Shared space");
    for coder in ["PB", "DC"] {
        for case in ["P02", "P04"] {
            desk.run(["round", "finish", "study", "Round 1", case, "--coder", coder]);
        }
    }
    let args = ["round", "new", "study", "Round 2", "--cases", "P02,P04", "--codes", "Access", "--coders", "PB,EW"];
    desk.run(args.into_iter().chain(["--consensus", "Round 1", "--coder", "PB"]));
    let shown = json(&desk.run(["round", "show", "study", "Round 2", "--format", "json"]));
    let round = &shown["round"];
    assert_eq!((&round["consensus_of"], &round["unit"]), (&"Round 1".into(), &"given passage".into()));
    assert_eq!(round["units"], 1, "what only one had is in dispute, and in no consensus");
    assert!(desk.run(["round", "show", "study", "Round 2"]).contains("Scope: within the consensus of Round 1"));
}

#[test]
fn what_makes_no_round_is_refused_in_one_sentence_and_changes_nothing() {
    let desk = Desk::new();
    let study = trial(&desk);
    open(&desk, "P06");
    let base = ["round", "new", "study", "Another", "--coder", "PB"];
    let cases: [(&[&str], &str); 13] = [
        (
            &["--cases", "P99", "--codes", "Access", "--coders", "PB,DC"],
            "there is no case “P99” in this project; it has “P01”",
        ),
        (&["--cases", "P01", "--codes", "Acess", "--coders", "PB,DC"], "there is no code “Acess”"),
        (&["--cases", "P01", "--codes", "Access", "--coders", "PB,XX"], "there is no coder “XX”"),
        (&["--cases", "P01", "--codes", "Access", "--coders", "PB"], "P01 needs two coders or more"),
        (
            &["--cases", "P06", "--codes", "Warm handoff", "--coders", "PB,EW"],
            "P06 is in Round 1 with some of these codes",
        ),
        (&["--cases", "P01,P02", "--codes", "Access", "--pairs", "P01: PB,DC"], "nobody is said to code P02"),
        (&["--cases", "P01", "--codes", "Access", "--pairs", "P02: PB,DC"], "P02 stands in --pairs and is not a case"),
        (&["--cases", "P01", "--codes", "Access", "--pairs", "P01 PB,DC"], "“P01 PB,DC” is no pair"),
        (
            &["--cases", "P01", "--codes", "Access", "--coders", "PB,DC", "--unit", "given"],
            "given passages can be the unit only",
        ),
        (
            &["--cases", "P01", "--codes", "Access", "--coders", "PB,DC", "--within", "Warm handoff"],
            "nothing is in scope",
        ),
        (&["--draw", "9", "--codes", "Access", "--coders", "PB,DC"], "9 cases were to be drawn, and there are 6"),
        (
            &["--draw", "2", "--stratify", "Size", "--codes", "Access", "--coders", "PB,DC"],
            "there is no attribute “Size”",
        ),
        (
            &["--cases", "P01", "--codes", "Access", "--coders", "PB,DC", "--consensus", "Round 1"],
            "Round 1 has not been revealed",
        ),
    ];
    for (more, words) in cases {
        let said = untouched(&study, words, || desk.fail(base.iter().chain(more).copied(), 1));
        assert!(said.contains(words) && said.lines().count() == 1, "{more:?}: {said}");
    }
    let twice = ["round", "new", "study", "round 1", "--cases", "P01", "--codes", "Access", "--coders", "PB,DC"];
    let said = desk.fail(twice.into_iter().chain(["--coder", "PB"]), 1);
    assert!(said.contains("there is a round called “round 1” here already"), "{said}");
    let said =
        untouched(&study, "finish", || desk.fail(["round", "finish", "study", "Round 1", "P06", "--coder", "EW"], 1));
    assert!(said.contains("you do not code P06 in Round 1"), "{said}");
    let said = desk.fail(["round", "finish", "study", "Round 9", "P06", "--coder", "PB"], 1);
    assert!(said.contains("there is no round “Round 9” in this project; it has “Round 1”"), "{said}");
    let said = untouched(&study, "reveal", || desk.fail(["round", "reveal", "study", "Round 1", "--coder", "PB"], 1));
    assert!(said.contains("you have not finished P06"), "{said}");
    for usage in [&["round", "new", "study", "X", "--codes", "Access"][..], &["round", "nwe"], &["round"]] {
        desk.emic(usage).assert().code(2);
    }
}

#[test]
fn proposals_are_their_makers_alone_until_the_reveal() {
    let desk = Desk::new();
    let study = trial(&desk);
    let propose = |args: &[&str]| desk.run(["round", "propose", "study", "--coder", "DC"].iter().chain(args).copied());
    let early = ["round", "propose", "study", "Warm handoff", "--definition", "x", "--coder", "DC"];
    let said = untouched(&study, "a proposal without a round", || desk.fail(early, 1));
    assert!(said.contains("“Warm handoff” is in no open round"), "{said}");
    open(&desk, "P02");
    let said = propose(&["Warm handoff", "--definition", "MARKERWORDING in person"]);
    assert_eq!(said.trim(), "Proposed: “Warm handoff” anew. Only you see and use it until Round 1 is revealed.");
    propose(&["--new", "MARKERCODE", "--under", "BH integration", "--definition", "MARKERMEANING"]);
    propose(&["MARKERCODE", "--when", "MARKERWHEN"]);
    let none = ["round", "propose", "study", "Warm handoff", "--coder", "DC"];
    assert!(untouched(&study, "nothing", || desk.fail(none, 1)).contains("say how the code is to be worded"));
    let elsewhere = ["round", "propose", "study", "--new", "X", "--under", "Access", "--coder", "EW"];
    let said = untouched(&study, "elsewhere", || desk.fail(elsewhere, 1));
    assert!(said.contains("you code in no open round with codes beside “Access”"), "{said}");

    // What DC makes for the round, PB sees nowhere: only that DC has begun, or finished.
    lay(&study, "DC", ("P02", "Nurse"), (70, 100), "MARKERCODE");
    act(&study, "DC", |study| {
        let coding = study.view().codings().next().expect("a coding").coding.id;
        apply(study, &Edit::Comment(coding, "MARKERCOMMENT".into()));
        let id = study.fresh_id().into();
        let text = "MARKERMEMO\nMARKERMEMO".to_owned();
        apply(study, &Edit::WriteMemo { id, on: Link::Coding(coding), kind: MemoKind::Analytic, shared: true, text });
    });
    let looks = |coder: &str| {
        let mut out = String::new();
        for format in ["table", "json", "csv", "md"] {
            out += &desk.run(["round", "list", "study", "--format", format]);
            for part in [&[][..], &["--part", "codes"], &["--part", "standing"], &["--part", "sources"]] {
                let args = ["round", "show", "study", "Round 1", "--coder", coder, "--format", format];
                out += &desk.run(args.iter().chain(part).copied());
            }
        }
        out
    };
    for coder in ["PB", "EW", "all"] {
        assert!(!looks(coder).contains("MARKER"), "{coder} sees what DC made");
    }
    let own = looks("DC");
    assert!(own.contains("MARKERCODE") && own.contains("MARKERWORDING") && own.contains("MARKERWHEN"), "{own}");
    for (coder, what) in [("PB", "propose"), ("PB", "new")] {
        let args = match what {
            "propose" => vec!["round", "propose", "study", "MARKERCODE", "--definition", "x", "--coder", coder],
            _ => vec![
                "round",
                "new",
                "study",
                "R",
                "--cases",
                "P03",
                "--codes",
                "MARKERCODE",
                "--coders",
                "PB,DC",
                "--coder",
                coder,
            ],
        };
        let said = desk.fail(args, 1);
        assert!(said.contains("there is no code “MARKERCODE” in this project"), "{said}");
    }
    for coder in ["PB", "DC"] {
        desk.run(["round", "finish", "study", "Round 1", "P02", "--coder", coder]);
    }
    assert!(looks("PB").contains("new, proposed by DC") && looks("PB").contains("MARKERWORDING"));
}

#[test]
fn the_cases_that_remain_are_divided_and_some_kept_back_for_a_blind_check() {
    let desk = Desk::new();
    let study = trial(&desk);
    open(&desk, "P02");
    for coder in ["PB", "DC"] {
        desk.run(["round", "finish", "study", "Round 1", "P02", "--coder", coder]);
    }
    let allocate = |more: &[&str]| {
        let args =
            ["round", "allocate", "study", "Round 1", "--coders", "PB,DC", "--spread", "organization", "--coder", "PB"];
        args.iter().chain(more).map(|arg| (*arg).to_owned()).collect::<Vec<_>>()
    };
    let dry = untouched(&study, "a dry run", || {
        desk.run(allocate(&["--keep-back", "1", "--seed", "7", "--dry-run", "--format", "json"]))
    });
    let said = desk.run(allocate(&["--keep-back", "1", "--seed", "7", "--format", "json"]));
    assert_eq!(dry, said);
    let rows = json(&said);
    let rows = rows.as_array().expect("rows");
    assert_eq!(rows.len(), 5);
    assert_eq!(
        rows.iter().filter(|row| row["kept_back"] == true && row["coders"] == "DC, PB").count()
            + rows.iter().filter(|row| row["kept_back"] == true && row["coders"] == "PB, DC").count(),
        1
    );
    assert!(rows.iter().all(|row| row["words"].as_u64().is_some_and(|words| words > 0)));
    let list = desk.run(["round", "list", "study"]);
    assert!(list.contains("Round 1 drift check"), "{list}");
    let again = untouched(&study, "nothing left", || desk.fail(allocate(&[]), 1));
    assert!(again.contains("no case is left to be divided"), "{again}");
    let log = desk.run(["log", "study", "--last", "1"]);
    assert!(log.contains("divide 5 cases"), "{log}");
}

#[test]
fn a_source_that_comes_later_belongs_to_its_case_and_not_to_the_round() {
    let desk = Desk::new();
    trial(&desk);
    open(&desk, "P02");
    desk.file("later.txt", "One more note, written later.\n");
    desk.run(["import", "study", "later.txt", "--case", "P02", "--coder", "PB"]);
    let shown = json(&desk.run(["round", "show", "study", "Round 1", "--format", "json"]));
    assert_eq!((&shown["round"]["sources"], &shown["round"]["later_sources"]), (&2.into(), &1.into()));
    let later: Vec<&Value> =
        shown["sources"].as_array().expect("rows").iter().filter(|row| row["in_round"] == false).collect();
    assert_eq!(later.len(), 1);
    assert_eq!(later[0]["since"], "since Round 1, not part of it");
}
