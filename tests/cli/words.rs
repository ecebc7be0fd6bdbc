//! Words, new codes by case, where codes lie, the framework: in every format, without changing anything.

use super::desk::{Desk, untouched};
use serde_json::Value;

fn json(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

#[test]
fn each_comes_in_every_format_and_touches_nothing() {
    let desk = Desk::new();
    let study = desk.sample("study");
    let reports: [&[&str]; 6] = [
        &["words", "study", "--coder", "PB", "--top", "20"],
        &["words", "study", "--coder", "PB", "--kwic", "hallway"],
        &["codes", "study", "--coder", "PB", "--saturation"],
        &["codes", "study", "--coder", "PB", "--where-in-text"],
        &["codes", "study", "--coder", "PB", "--where-in-text", "--source", "Practice 02/Medical director"],
        &["framework", "study", "--coder", "PB", "--code", "Timely access"],
    ];
    for args in reports {
        untouched(&study, args[0], || {
            let with = |format: &str| desk.run(args.iter().copied().chain(["--format", format]));
            let rows = json(&with("json"));
            assert!(!rows.is_empty(), "{args:?}");
            assert_eq!(csv::Reader::from_reader(with("csv").as_bytes()).records().count(), rows.len(), "{args:?}");
            assert_eq!(with("md").lines().filter(|line| line.starts_with('|')).count(), rows.len() + 2, "{args:?}");
            assert!(desk.run(args).chars().all(|c| c == '\n' || !c.is_control()), "{args:?}");
        });
    }
}

#[test]
fn words_are_participants_and_can_be_narrowed() {
    let desk = Desk::new();
    desk.project("study");
    desk.file("a.txt", super::desk::INTERVIEW);
    desk.run(["import", "study", "a.txt", "--case", "P01"]);
    let words = |args: &[&'static str]| {
        let all = ["words", "study", "--format", "json"].into_iter().chain(args.iter().copied());
        json(&desk.run(all))
    };
    let times = |rows: &[Value], word: &str| {
        rows.iter().find(|row| row["word"] == word).map_or(0, |row| row["times"].as_u64().expect("a number"))
    };
    let plain = words(&[]);
    assert_eq!((times(&plain, "wait"), times(&plain, "patients"), times(&plain, "they")), (2, 0, 0));
    assert_eq!(times(&words(&["--with-interviewer"]), "patients"), 1);
    assert_eq!(times(&words(&["--stop-words", "none"]), "they"), 2);
    desk.file("stop.txt", "wait\n# a remark\n");
    let own = words(&["--stop-words", "stop.txt"]);
    assert_eq!((times(&own, "wait"), times(&own, "they")), (0, 2));
    assert_eq!(words(&["--top", "2"]).len(), 2);
    assert!(words(&["--min-length", "8"]).iter().all(|row| row["word"].as_str().expect("a word").len() >= 8));
    let places = words(&["--kwic", "they wait"]);
    assert_eq!(places.len(), 1);
    assert_eq!((&places[0]["hit"], &places[0]["speaker"]), (&Value::from("they wait"), &Value::from("Nurse")));
    assert_eq!(places[0]["before"], "Then ");
    assert_eq!(words(&["--case", "P01"]), plain);
}

#[test]
fn what_cannot_be_asked_is_refused_with_a_sentence() {
    let desk = Desk::new();
    desk.sample("study");
    let words = |args: &[&'static str], code: i32| {
        desk.fail(["words", "study", "--coder", "PB"].into_iter().chain(args.iter().copied()), code)
    };
    assert!(words(&["--code", "Nothing of it"], 1).contains("there is no code “Nothing of it”"));
    assert!(words(&["--where", "Setting"], 2).contains("Attribute=value"));
    assert!(words(&["--where", "Setting=Lunar"], 1).contains("no case has Setting = Lunar"));
    assert!(words(&["--where", "Moon=1"], 1).contains("there is no attribute “Moon”"));
    assert!(words(&["--stop-words", "nowhere.txt"], 1).contains("nowhere.txt cannot be read"));
    assert!(words(&["--kwic", "…"], 1).contains("there is no word in “…”"));
    let said = desk.fail(["framework", "study", "--coder", "PB", "--theme", "Nothing"], 1);
    assert!(said.contains("there is no theme “Nothing”"), "{said}");
}

#[test]
fn new_codes_add_up_whatever_the_order_and_lead_back_to_codings() {
    let desk = Desk::new();
    desk.sample("study");
    let run = |args: &[&'static str]| {
        let all = ["codes", "study", "--coder", "PB", "--saturation", "--format", "json"];
        json(&desk.run(all.into_iter().chain(args.iter().copied())))
    };
    let last = |rows: &[Value]| {
        let last = rows.last().expect("a row");
        (last["a_priori_so_far"].as_u64(), last["emergent_so_far"].as_u64())
    };
    let study = run(&[]);
    for args in [&["--order", "name"][..], &["--order", "collected"], &["--order", "random", "--seed", "5"]] {
        let rows = run(args);
        assert_eq!((rows.len(), last(&rows)), (study.len(), last(&study)), "{args:?}");
    }
    let first = &study[0];
    assert!(first["new_a_priori"].as_u64() > Some(0) && first["codings"]["new_a_priori"].is_array(), "{first}");
}
