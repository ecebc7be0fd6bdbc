//! The figures of a round, the disagreements and the decisions, as the built program prints them.

use super::desk::{Desk, INTERVIEW, untouched};
use emic::findings::queue::{decide, queue_of};
use emic::project::codebook::Origin;
use emic::project::decision::Outcome;
use emic::project::edit::{Edit, NewRound, Spot};
use emic::project::id::{CaseId, CodeId, CoderId, Mint, RoundId, SourceId};
use emic::project::round::{self, Drawn, Ground, Scope, Unit};
use emic::session::{Study, SystemMint};
use emic::store::{Access, RealDisk, Who, open};
use emic::text::Span;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// The project as `coder` works in it; who is not in it yet begins.
fn work(folder: &Path, coder: &str) -> Study {
    let mut mint = SystemMint::default();
    let known = open(Arc::new(RealDisk), folder, Who::scripted(Some(coder), &mut mint), Access::Write);
    let Err(_) = known.as_ref().map(|_| ()) else { return known.expect("open").study(Box::new(mint)) };
    let id: CoderId = mint.id().into();
    let who = Who { join: Some(id), ..Who::scripted(Some(coder), &mut mint) };
    let mut study = open(Arc::new(RealDisk), folder, who, Access::Write).expect("open").study(Box::new(mint));
    study.apply(&Edit::AddCoder { id, initials: coder.into(), name: String::new() }).expect("a coder");
    study
}

/// The cases with a source each.
type Sources = Vec<(CaseId, SourceId)>;

/// Two practices with an interview each, two codes; a round of PB and DC that is open. Where the words of answers lie.
fn a_round(desk: &Desk) -> (RoundId, Sources, Vec<CodeId>, Vec<Span>) {
    let folder = desk.project("study");
    for name in ["P03", "P11"] {
        desk.file(&format!("{name}.txt"), format!("{INTERVIEW}{}", if name == "P11" { "\n" } else { "" }));
        desk.run(["import", "study", &format!("{name}.txt"), "--case", name]);
    }
    work(&folder, "DC").finish().expect("saved");
    let mut study = work(&folder, "PB");
    let mut codes: Vec<CodeId> = Vec::new();
    for name in ["Warm handoff", "Waiting"] {
        let id: CodeId = study.fresh_id().into();
        let spot = Spot { parent: None, after: codes.last().copied() };
        let add = Edit::AddCode { id, name: name.into(), spot, origin: Origin::APriori, colour: None };
        study.apply(&add).expect("a code");
        codes.push(id);
    }
    let sources: Vec<(CaseId, SourceId)> =
        study.view().sources().iter().map(|source| (source.case.expect("a case"), source.id)).collect();
    let turns: Vec<Span> = {
        let reading = study.read(sources[0].1).expect("a text");
        reading.turns.turns.iter().map(|turn| turn.body).collect()
    };
    let said = vec![turns[1], turns[3]];
    let chars = |study: &Study, source| study.view().version(source).expect("a text").chars;
    let coders: Vec<CoderId> = study.view().coders().map(|coder| coder.id).collect();
    let round: RoundId = study.fresh_id().into();
    let ground = |&(case, source): &(CaseId, SourceId)| Ground {
        source,
        case,
        version: 1,
        chars: chars(&study, source),
        words: 26,
        scope: said.clone(),
        units: turns.clone(),
    };
    let new = NewRound {
        id: round,
        name: "Round 1".into(),
        desks: sources.iter().map(|&(case, _)| round::Desk { case, coders: coders.clone() }).collect(),
        grounds: sources.iter().map(ground).collect(),
        codes: codes.clone(),
        scope: Scope::default(),
        unit: Unit::Turn,
        least: 0,
        depth: None,
        drawn: Drawn::AtRandom { seed: 4711 },
        drift: false,
    };
    study.apply(&Edit::OpenRound(Box::new(new))).expect("a round");
    study.finish().expect("saved");
    (round, sources, codes, said)
}

/// Codes: (source, which answer, code).
fn code(folder: &Path, coder: &str, sources: &[(CaseId, SourceId)], said: &[Span], codes: &[(usize, usize, CodeId)]) {
    let mut study = work(folder, coder);
    for &(source, answer, code) in codes {
        let passages = vec![study.view().passage(sources[source].1, said[answer])];
        study.apply(&Edit::Lay { passages, codes: vec![code], apart: false, borders: Vec::new() }).expect("a coding");
    }
    study.finish().expect("saved");
}

fn finish(folder: &Path, round: RoundId, sources: &[(CaseId, SourceId)]) {
    for coder in ["PB", "DC"] {
        let mut study = work(folder, coder);
        for &(case, _) in sources {
            study.apply(&Edit::Finish { round, case, finished: true }).expect("finished");
        }
        study.finish().expect("saved");
    }
}

fn json(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

#[test]
fn a_round_is_compared_once_it_is_revealed_and_only_then() {
    let desk = Desk::new();
    let (round, sources, codes, said) = a_round(&desk);
    let folder = desk.path("study");
    code(&folder, "PB", &sources, &said, &[(0, 0, codes[0]), (0, 1, codes[1]), (1, 0, codes[0])]);
    for args in [&["agreement", "study"][..], &["reconcile", "list", "study"], &["reconcile", "export", "study"]] {
        let why = desk.fail(args, 1);
        assert!(why.contains("Round 1 has not been revealed: ") && why.contains("has not finished P03"), "{why}");
    }
    code(&folder, "DC", &sources, &said, &[(0, 0, codes[0]), (0, 1, codes[1])]);
    finish(&folder, round, &sources);

    let table = untouched(&folder, "agreement", || desk.run(["agreement", "study"]));
    for words in [
        "Agreement in Round 1 of “A study”: PB and DC, 2 of 2 cases, drawn at random",
        "before anybody talked",
        "2 codes in use, pooled: alpha ",
        "Only PB",
        "1 of 2",
        "too few to judge",
    ] {
        let alike = words.replace("PB and DC", "DC and PB");
        assert!(table.contains(words) || table.contains(&alike), "{words}\n{table}");
    }
    assert!(!table.contains("Exploratory"), "{table}");
    let rows = json(&desk.run(["agreement", "study", "--format", "json"]));
    let warm = rows.iter().find(|row| row["code"] == "Warm handoff").expect("the code");
    let only = if warm["coders"] == "PB DC" { "only_a" } else { "only_b" };
    assert_eq!((&warm["both"], &warm[only], &warm["neither"]), (&1.into(), &1.into(), &2.into()));
    assert_eq!((&warm["cases_agree"], &warm["differ_on"]), (&"1 of 2".into(), &"P11".into()));
    // Every figure leads back to its passages.
    let extracts =
        json(&desk.run(["extracts", "study", "--coder", "all", "--code", "Warm handoff", "--format", "json"]));
    let ids = |key: &str| warm["codings"][key].as_array().expect("codings").len();
    assert_eq!((ids("both"), ids(only), ids("passages")), (2, 1, extracts.len()));
    for format in ["csv", "md"] {
        assert!(desk.run(["agreement", "study", "--format", format]).contains("Warm handoff"));
    }
    // Anything else is exploratory; what makes no sense is refused.
    assert!(desk.run(["agreement", "study", "--unit", "sentence"]).contains("Exploratory, chosen after reveal"));
    assert!(desk.run(["agreement", "study", "--codes", "Waiting", "--cases", "P03, P11"]).contains("Exploratory"));
    assert!(desk.fail(["agreement", "study", "--cases", "P99"], 1).contains("there is no case “P99”"));
    assert!(desk.fail(["agreement", "study", "--coders", "PB"], 1).contains("it takes two coders"));
    assert!(desk.fail(["agreement", "study", "--round", "Round 7"], 1).contains("it has “Round 1”"));
    assert!(desk.fail(["agreement"], 2).contains("PROJECT"));
    let methods = desk.run(["agreement", "study", "--methods"]);
    assert!(methods.contains("drawn at random, seed 4711") && methods.contains("⟨Participant checking"), "{methods}");
    // The round as an input gives the same figures to anybody who counts it.
    let input = desk.run(["agreement", "study", "--export-input"]);
    desk.file("round.json", &input);
    let report: Value = serde_json::from_str(&desk.run(["agreement", "--input", "round.json"])).expect("a report");
    let turn = &report["levels"]["turn"]["codes"]["Warm handoff"];
    assert_eq!(turn["krippendorff_alpha"]["value"], warm["alpha"]);
    assert_eq!(turn["pairs"][0]["both"], 1);
    assert!(report["levels"]["word"].is_object() && report["levels"]["sentence"].is_object());
}

#[test]
fn disagreements_are_listed_and_the_log_of_decisions_is_written_out() {
    let desk = Desk::new();
    let (round, sources, codes, said) = a_round(&desk);
    let folder = desk.path("study");
    code(&folder, "PB", &sources, &said, &[(0, 0, codes[0]), (1, 1, codes[1])]);
    code(&folder, "DC", &sources, &said, &[(1, 1, codes[0])]);
    finish(&folder, round, &sources);
    let list = desk.run(["reconcile", "list", "study"]);
    assert!(list.contains("Disagreements of Round 1: 0 of 2 decided; open: changes the tables 2"), "{list}");
    assert!(list.contains("only PB") && list.contains("siblings") || list.contains("other code"), "{list}");
    assert!(desk.run(["reconcile", "export", "study"]).contains("0 of 2 disagreements decided"));
    let mut study = work(&folder, "PB");
    let queue = queue_of(&study.view(), round).expect("a queue");
    let only = queue.items.iter().find(|item| item.kind_name() == "only").expect("the item");
    let edit = decide(&queue, only, Outcome::As(study.coder()), &[], "it happens in the visit").expect("an edit");
    study.apply(&edit).expect("decided");
    study.finish().expect("saved");
    let open = json(&desk.run(["reconcile", "list", "study", "--open", "--format", "json"]));
    assert_eq!(open.len(), 1);
    assert_eq!(open[0]["changes_case"], true);
    let one = json(&desk.run(["reconcile", "list", "study", "--type", "only", "--case", "P03", "--format", "json"]));
    assert_eq!((&one[0]["state"], &one[0]["reason"]), (&"as PB".into(), &"it happens in the visit".into()));
    let log = json(&desk.run(["reconcile", "export", "study", "--format", "json"]));
    assert_eq!(log.len(), 1);
    assert_eq!((&log[0]["who"], &log[0]["case"], &log[0]["holds"]), (&"PB".into(), &"P03".into(), &true.into()));
    assert!(
        log[0]["seen"].as_str().expect("words").contains("PB: Warm handoff “She brings them"),
        "{}",
        log[0]["seen"]
    );
    let bare = desk.run(["reconcile", "export", "study", "--no-words", "--format", "csv"]);
    assert!(bare.contains("it happens in the visit") && !bare.contains("She brings them"), "{bare}");
    assert!(desk.fail(["reconcile", "list", "study", "--type", "odd"], 2).contains("types are extent, only"));
}

#[test]
fn a_coder_who_coded_some_of_the_cases_only_is_named_with_them() {
    let desk = Desk::new();
    desk.sample("study");
    let said = desk.run(["agreement", "study"]);
    let lines: Vec<&str> = said.lines().filter(|line| line.contains(" coded ")).collect();
    assert_eq!(lines.len(), 1, "{said}");
    assert!(lines[0].starts_with("EW coded 1 of the 5 practices: Practice "), "{said}");
}
