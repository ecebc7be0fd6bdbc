//! The Findings view, played with real keys on the sample study and the tables of the paper.

mod support;

use emic::findings::definition::define;
use emic::project::edit::{Edit, TableEdit};
use emic::project::judgement::Held;
use emic::screen::layers::Layer;
use emic::screen::layers::list::Leads;
use emic::screen::play::Player;
use emic::screen::views::Showing;
use support::desk;

const TABLES: &str = r#"(
    rows: [(name: "Any screening", holds: "any(Depression screening, Substance use screening)")],
    tables: [
        (
            name: "Strategies",
            kind: "practice",
            rules: [(name: "common", least: 10), (name: "pioneering", below: 10)],
            lines: [
                (group: "Timely", label: "Handing over", expr: "Warm handoff"),
                (group: "Timely", row: "Any screening"),
                (group: "Where", label: "Rural", expr: "[Setting = Rural]"),
                (group: "Where", label: "No handing over", expr: "none(Warm handoff)"),
            ],
        ),
        (name: "Texts", counts: sources, lines: [(expr: "Warm handoff")]),
    ],
)"#;

/// The sample with two tables, at the Findings view.
fn findings(width: u16, height: u16) -> Player {
    let mut player = desk::sample(width, height);
    // Without the tables that the sample has.
    let tables: Vec<_> = player.app.study.view().tables().iter().map(|table| table.id).collect();
    for table in tables {
        player.app.study.apply(&Edit::Tables(TableEdit::Delete(table))).expect("deleted");
    }
    let edit = define(&player.app.study.view(), TABLES, &mut desk::mint(31)).expect("a definition");
    player.app.study.apply(&edit).expect("defined");
    player.keys("gT").expect("keys");
    player
}

/// Keys, then the screen.
fn after(player: &mut Player, keys: &str) -> String {
    player.keys(keys).expect("keys");
    player.text()
}

fn lines(player: &Player) -> Vec<String> {
    let ready = player.app.findings.ready().expect("figures");
    ready
        .counted
        .lines
        .iter()
        .map(|line| format!("{}|{}|{}", line.line.group, line.name, line.figure.words()))
        .collect()
}

fn message(player: &Player) -> String {
    player.app.message().map(|message| message.text.clone()).unwrap_or_default()
}

#[test]
fn a_saved_table_is_counted_with_its_cases_and_what_it_rests_on() {
    let mut player = findings(156, 38);
    let text = player.text();
    for words in ["Findings › Strategies", "Handing over", "22 of 30", "73.3", "common", "Texts", "coded twice"] {
        assert!(text.contains(words), "{words}:\n{text}");
    }
    let text = after(&mut player, "l");
    assert!(text.contains("Practice 01: yes"), "{text}");
    let text = after(&mut player, "d");
    assert!(text.contains("not in 8:"), "{text}");
    let text = after(&mut player, "<Esc>jj");
    assert!(text.contains("Setting: rural"), "the value of the case in hand:\n{text}");
}

#[test]
fn every_figure_leads_to_its_passages_or_cases_and_into_a_transcript_and_back() {
    let mut player = findings(120, 40);
    for _ in 0..2 {
        for n in 0..lines(&player).len() {
            let down = "j".repeat(n);
            player.keys(&format!("<Home>{down}<Enter>")).expect("keys");
            let Some(Layer::List(list)) = player.app.layers.last() else { panic!("a list:\n{}", player.text()) };
            assert!(!list.rows.is_empty());
            assert!(list.rows.iter().all(|row| matches!(row.leads, Leads::Passage(..))), "all lead into texts");
            player.keys("<Enter>").expect("keys");
            assert_eq!(player.app.showing, Showing::Code);
            assert!(player.app.code.transcript.is_some());
            player.keys("<Esc>").expect("keys");
            assert_eq!(player.app.showing, Showing::Findings);
            assert!(matches!(player.app.layers.last(), Some(Layer::List(_))), "back at the list");
            player.keys("<Esc>").expect("keys");
        }
        player.keys("<Tab>j<Tab>").expect("keys");
    }
    assert_eq!(player.app.findings.ready().expect("figures").counted.table.name, "Texts");
}

#[test]
fn every_figure_of_the_tables_of_the_paper_leads_into_a_transcript() {
    let mut player = desk::sample(120, 40);
    player.keys("gT").expect("keys");
    for _ in 0..player.app.study.view().tables().len() {
        for n in 0..lines(&player).len() {
            player.keys(&format!("<Home>{}", "j".repeat(n))).expect("keys");
            let line = player.app.findings.line().expect("a line");
            if line.figure.yes.is_empty() {
                continue;
            }
            let name = line.name.clone();
            player.keys("<Enter><Enter>").expect("keys");
            assert_eq!(player.app.showing, Showing::Code, "{name}");
            assert!(player.app.code.transcript.is_some(), "{name}");
            player.keys("<Esc><Esc>").expect("keys");
            assert_eq!(player.app.showing, Showing::Findings, "{name}");
        }
        player.keys("<Tab>j<Tab>").expect("keys");
    }
}

#[test]
fn of_a_case_in_hand_only_its_passages_are_listed() {
    let mut player = findings(120, 40);
    player.keys("<Enter>").expect("keys");
    let Some(Layer::List(all)) = player.app.layers.last() else { panic!("a list") };
    assert!(all.rows.len() >= 22);
    player.keys("<Esc>ll<Enter>").expect("keys");
    let Some(Layer::List(one)) = player.app.layers.last() else { panic!("a list") };
    assert!(one.title.contains("Practice 02"), "{}", one.title);
    assert!(one.rows.iter().all(|row| row.head.starts_with("P02 ")), "{:?}", one.rows);
    player.keys("<Esc><Esc>").expect("keys");
    assert_eq!(player.app.findings.unit(), None, "Esc lets the case go");
    assert_eq!(player.app.showing, Showing::Findings);
}

#[test]
fn lines_are_added_changed_moved_marked_named_and_taken_out_and_all_of_it_undone() {
    let mut player = findings(120, 40);
    let before = lines(&player);
    player.keys("aStepped care<Enter>").expect("keys");
    assert_eq!(lines(&player)[1], "Timely|Stepped care|20 of 30", "after the line in hand, under its heading");
    player.keys("r").expect("keys");
    player.keys("<C-u>Step by step<Enter>").expect("keys");
    assert!(lines(&player)[1].contains("Step by step"), "{:?}", lines(&player));
    player.keys("J").expect("keys");
    assert!(lines(&player)[2].contains("Step by step"), "{:?}", lines(&player));
    player.keys("J").expect("keys");
    assert_eq!(lines(&player)[2], "Where|Step by step|20 of 30", "across the heading");
    player.keys("I").expect("keys");
    assert!(player.text().contains("Step by step*"), "{}", player.text());
    player.keys("x").expect("keys");
    assert_eq!(lines(&player), before);
    player.keys("uuuuuu").expect("keys");
    assert_eq!(lines(&player), before);
    player.keys("S").expect("keys");
    assert!(
        lines(&player)[0].contains("Any screening") || lines(&player)[0].contains("22 of 30"),
        "{:?}",
        lines(&player)
    );
    player.keys("J").expect("keys");
    assert!(message(&player).contains("sorted"), "{}", message(&player));
}

#[test]
fn an_expression_is_typed_and_one_that_is_wrong_is_told_and_stays() {
    let mut player = findings(120, 40);
    player.keys("a").expect("keys");
    player.keys("any(Warm handoff, Stepped care)<Enter>").expect("keys");
    assert!(lines(&player)[1].starts_with("Timely|any(Warm handoff, Stepped care)|"), "{:?}", lines(&player));
    player.keys("c").expect("keys");
    player.keys("<C-u>all(Warm handoff, Steped care)<Enter>").expect("keys");
    assert!(message(&player).contains("there is no code “Steped care”"), "{}", message(&player));
    assert!(matches!(player.app.layers.last(), Some(Layer::Prompt(_))), "what was typed stays");
    player.keys("<C-u>row \"any(Warm handoff, Stepped care)\"<Enter>").expect("keys");
    assert!(message(&player).contains("cannot hold of itself"), "{}", message(&player));
    player.keys("<Esc>").expect("keys");
    assert!(player.app.layers.is_empty());
}

#[test]
fn a_table_is_filtered_given_a_denominator_and_counted_otherwise() {
    let mut player = findings(120, 40);
    player.keys("fSetting: rural<Enter>").expect("keys");
    assert!(player.app.findings.ready().expect("figures").counted.units.len() == 11, "{}", player.text());
    player.keys("u").expect("keys");
    player.keys("OAny screening<Enter>").expect("keys");
    let ready = player.app.findings.ready().expect("figures");
    assert_eq!(ready.counted.lines[0].of.as_deref(), Some("Any screening"));
    assert!(ready.counted.lines[0].figure.of() < 30);
    player.keys("uC").expect("keys");
    assert!(player.text().contains("participants") || message(&player).contains("participants"), "{}", player.text());
    player.keys("uB").expect("keys");
    let figure = &player.app.findings.ready().expect("figures").counted.lines[0].figure;
    assert_eq!(figure.of(), 5, "only what several have coded");
    player.keys("R").expect("keys");
    player.keys("<C-u>all of them >= five<Enter>").expect("keys");
    assert!(message(&player).contains("is no rule"), "{}", message(&player));
}

#[test]
fn a_judgement_is_made_with_its_reason_told_apart_and_taken_back() {
    let mut player = findings(120, 40);
    player.keys("p").expect("keys");
    assert!(message(&player).contains("l goes to one"), "{}", message(&player));
    let before = player.app.study.view().judgements().len();
    // Practice 04 hands nobody over.
    player.keys("llllp2").expect("keys");
    player.keys("they send people down the street<Enter>").expect("keys");
    let judgements = player.app.study.view().judgements().into_iter().cloned().collect::<Vec<_>>();
    let judged = judgements.iter().find(|one| one.reason.contains("down the street")).expect("a judgement");
    assert_eq!(judged.held, Held::Not);
    let text = player.text();
    assert!(text.contains("explicitly not in") && text.contains("down the street"), "{text}");
    assert_eq!(lines(&player)[0], "Timely|Handing over|22 of 30", "it changes no count");
    player.keys("u").expect("keys");
    assert_eq!(player.app.study.view().judgements().len(), before);
}

#[test]
fn a_new_table_begins_empty_and_a_deleted_one_comes_back() {
    let mut player = findings(100, 30);
    player.keys("A").expect("keys");
    player.keys("My table<Enter>").expect("keys");
    assert!(player.text().contains("This table has no line yet"), "{}", player.text());
    player.keys("aTimely access: any<Enter>").expect("keys");
    assert_eq!(lines(&player), ["|Timely access, any|29 of 30"]);
    player.keys("<Tab>x").expect("keys");
    assert_eq!(player.app.study.view().tables().len(), 2);
    player.keys("u").expect("keys");
    assert_eq!(player.app.study.view().tables().len(), 3);
}

#[test]
fn it_works_on_small_and_large_screens() {
    for (width, height) in [(40, 10), (60, 18), (80, 24), (100, 30), (156, 38), (300, 60)] {
        let mut player = findings(width, height);
        for keys in ["", "l", "jjl", "<Tab>", "j", "<Tab>", "G"] {
            let text = after(&mut player, keys);
            assert!(text.contains("of 30") || text.contains("of ") || height < 12, "{width}x{height} {keys}:\n{text}");
        }
    }
}

#[test]
fn the_table_is_written_to_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("strategies.csv");
    let mut player = findings(120, 40);
    player.keys("w").expect("keys");
    player.keys("<C-u>").expect("keys");
    player.app.paste(&path.display().to_string());
    player.keys("<Enter>").expect("keys");
    let csv = std::fs::read_to_string(&path).expect("a file");
    assert!(csv.contains("Handing over,22,30,73.3"), "{csv}");
}
