//! `emic extracts`: expressions, filters, counts.

use super::desk::{Desk, untouched};
use serde_json::Value;

fn json(desk: &Desk, args: &[&str]) -> Vec<Value> {
    let text =
        desk.run(["extracts", "study", "--coder", "PB"].iter().chain(args).chain(&["--format", "json"]).copied());
    serde_json::from_str(&text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

fn ids(rows: &[Value]) -> Vec<String> {
    rows.iter().filter_map(|row| row["coding_id"].as_str()).map(str::to_owned).collect()
}

#[test]
fn expressions_narrow_and_join_and_filters_leave_what_they_say() {
    let desk = Desk::new();
    let study = desk.sample("study");
    untouched(&study, "extracts", || {
        let warm = json(&desk, &["--code", "Warm handoff"]);
        let queried = json(&desk, &["--query", "warm handoff"]);
        assert_eq!(ids(&warm), ids(&queried));
        let below = json(&desk, &["--code", "Timely access", "--with-below"]);
        assert_eq!(ids(&below), ids(&json(&desk, &["--query", "Timely access/**"])));
        let within = json(&desk, &["--query", "Timely access/** AND Warm handoff"]);
        let without = json(&desk, &["--query", "Timely access/** AND NOT Warm handoff"]);
        assert_eq!(within.len() + without.len(), below.len(), "each does, or does not, share words with one");
        let either = json(&desk, &["--code", "Warm handoff", "--code", "Universal screening"]);
        let screening = json(&desk, &["--code", "Universal screening"]);
        assert_eq!(either.len(), warm.len() + screening.len());
        // Filters: what they leave is what they say, and together with the rest it is all.
        let case = warm[0]["case"].as_str().expect("a case");
        let of_case = json(&desk, &["--code", "Warm handoff", "--case", case]);
        assert!(!of_case.is_empty() && of_case.iter().all(|row| row["case"] == case));
        assert_eq!(of_case.len(), warm.iter().filter(|row| row["case"] == case).count());
        let word = json(&desk, &["--code", "Warm handoff", "--text", "SUSPENDERS"]);
        assert!(!word.is_empty() && word.len() < warm.len());
        assert!(word.iter().all(|row| row["text"].as_str().is_some_and(|text| text.contains("suspenders"))));
        let counts = json(&desk, &["--code", "Warm handoff", "--count"]);
        assert_eq!(counts[0]["passages"].as_u64(), Some(warm.len() as u64));
        assert!(counts[0]["words"].as_u64() > Some(100) && counts[0]["pages"].as_f64() > Some(0.1));
        let spoken = json(&desk, &["--query", "*", "--speaker", "interviewer"]);
        let all = json(&desk, &["--query", "*"]);
        assert!(spoken.len() < all.len());
        let working = json(&desk, &["--query", "Warm handoff", "--working"]);
        assert!(working.len() >= warm.len(), "PB's share is part of what tables count");
        let table = desk.run(["extracts", "study", "--coder", "PB", "--code", "Warm handoff", "--context", "30"]);
        assert!(table.contains("Before") && table.contains("After"));
    });
}

#[test]
fn what_is_not_there_is_said_with_what_is() {
    let desk = Desk::new();
    desk.sample("study");
    let said = |args: &[&str]| desk.fail(["extracts", "study", "--coder", "PB"].iter().chain(args).copied(), 1);
    let none = said(&["--query", "warm handoff AND warm hand-off"]);
    assert!(none.contains("there is no code “warm hand-off” in this project; there is"), "{none}");
    assert!(said(&["--query", "(warm handoff"]).contains("a ( is not closed"));
    let warm = ["--code", "Warm handoff"];
    let with = |more: [&'static str; 2]| [warm[0], warm[1], more[0], more[1]];
    assert!(said(&with(["--where", "Nothing=1"])).contains("there is no attribute “Nothing”"));
    assert!(said(&with(["--role", "pilot"])).contains("there is no role “pilot” in this project; it has “"));
    assert!(said(&with(["--speaker", "Nobody"])).contains("nobody called “Nobody” speaks in this project"));
    assert!(said(&with(["--wave", "3"])).contains("there is no wave “3”"));
    assert!(said(&with(["--case-kind", "ship"])).contains("there is no kind of case “ship”"));
    assert!(said(&with(["--round", "9"])).contains("there is no round “9”"));
    // Neither a code nor a query, both, or a wrong pattern: wrong usage.
    desk.fail(["extracts", "study", "--coder", "PB"], 2);
    desk.fail(["extracts", "study", "--code", "Warm handoff", "--query", "*"], 2);
    desk.fail(["extracts", "study", "--code", "Warm handoff", "--regex", "("], 2);
}

#[test]
fn codings_are_listed_by_the_cycle_in_which_they_were_laid() {
    let desk = Desk::new();
    desk.sample("study");
    let count = |more: &[&str]| {
        let all = ["extracts", "study", "--coder", "all", "--query", "BH integration", "--format", "json"];
        let text = desk.run(all.iter().chain(more).copied());
        serde_json::from_str::<Vec<Value>>(&text).expect("json").len()
    };
    // What the frozen codebook says of how many passages carried the code, the only one there was.
    let cycles = desk.run(["codebook", "study", "--cycles", "--format", "json"]);
    let cycles: Vec<Value> = serde_json::from_str(&cycles).expect("json");
    assert_eq!(cycles[0]["codes"], 1);
    let first = usize::try_from(cycles[0]["passages"].as_u64().expect("a count")).expect("a count");
    assert!(first > 300, "{first}");
    assert_eq!(count(&["--up-to-cycle", "Broad coding"]), first);
    assert_eq!(count(&["--cycle", "broad coding"]), first, "it is the first");
    let second = count(&["--cycle", "Codebook for Round 1"]);
    assert_eq!(count(&["--up-to-cycle", "Codebook for Round 1"]), first + second);
    assert_eq!(count(&["--cycle", "Broad coding", "--cycle", "Codebook for Round 1"]), first + second);
    let cycles = ["Broad coding", "Codebook for Round 1", "After Round 1", "Final", "now"];
    let parts: usize = cycles.iter().map(|cycle| count(&["--cycle", cycle])).sum();
    assert_eq!(parts, count(&[]), "every coding is of one stage");
    let wrong = desk.fail(["extracts", "study", "--coder", "PB", "--query", "*", "--cycle", "Third"], 1);
    assert!(wrong.contains("there is no cycle “Third” in this project; there is “Broad coding”"), "{wrong}");
}
