//! The Findings view, played with real keys on the sample study and the tables of the paper.

mod support;

use emic::findings::count::Became;
use emic::findings::definition::define;
use emic::findings::presence::Unit;
use emic::project::edit::{AttributeEdit, Edit, NewTheme, TableEdit, ThemeEdit};
use emic::project::id::ThemeId;
use emic::project::judgement::Held;
use emic::project::theme::Holds;
use emic::screen::layers::Layer;
use emic::screen::layers::list::{Leads, ListRow};
use emic::screen::play::Player;
use emic::screen::views::Showing;
use emic::screen::views::agreement::short_name;
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
    let mut figures = 0;
    for _ in 0..player.app.study.view().tables().len() {
        for n in 0..lines(&player).len() {
            player.keys(&format!("<Home>{}", "j".repeat(n))).expect("keys");
            let line = player.app.findings.line().expect("a line").clone();
            let view = player.app.study.view();
            let short =
                |units: &[Unit]| -> Vec<String> { units.iter().map(|unit| short_name(&unit.name(&view))).collect() };
            // Who is counted; of two waves those who were as well.
            let mut wanted = short(&line.figure.yes);
            if let Some(waves) = &line.waves {
                wanted = [&waves.kept, &waves.gained, &waves.lost].into_iter().flat_map(|units| short(units)).collect();
            }
            let name = line.name.clone();
            let coded = !line.holds.codes().is_empty() || !line.holds.rows().is_empty();
            player.keys("<Enter>").expect("keys");
            let Some(Layer::List(list)) = player.app.layers.last() else {
                assert!(
                    wanted.is_empty() && message(&player).contains("holds of none"),
                    "{name}: {}",
                    message(&player)
                );
                continue;
            };
            figures += 1;
            for case in &wanted {
                let of_it = |row: &&ListRow| row.head.split(' ').next() == Some(case);
                assert!(list.rows.iter().any(|row| of_it(&row)), "{name}: {case} is counted, and nothing says why");
            }
            assert!(list.rows.iter().all(|row| matches!(row.leads, Leads::Passage(..))), "{name}: all lead into texts");
            if !coded {
                // What rests on attributes says which value each case has.
                assert!(list.rows.iter().all(|row| row.words[1].contains(": ")), "{name}: {:?}", list.rows);
            }
            player.keys("<Enter>").expect("keys");
            assert_eq!(player.app.showing, Showing::Code, "{name}");
            assert!(player.app.code.transcript.is_some(), "{name}");
            player.keys("<Esc><Esc>").expect("keys");
            assert_eq!(player.app.showing, Showing::Findings, "{name}");
        }
        player.keys("<Tab>j<Tab>").expect("keys");
    }
    assert!(figures > 80, "{figures}");
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

/// What became of the code of the first line in the cases of these numbers, from the first wave to the second: it stays, comes,
/// goes, or is known in the second alone.
fn two_waves(player: &mut Player) -> String {
    let study = &mut player.app.study;
    let waves: Vec<emic::project::id::WaveId> = ["Spring", "Autumn"]
        .into_iter()
        .map(|name| {
            let id = study.fresh_id().into();
            study.apply(&Edit::Attributes(AttributeEdit::Wave(id, name.into()))).expect("a wave");
            id
        })
        .collect();
    // Every case was visited once, in the first wave or the second; one was in both.
    let of_case: Vec<Vec<_>> = {
        let view = study.view();
        view.cases()
            .iter()
            .map(|case| view.sources_of(Some(case.id)).iter().map(|source| source.id).collect())
            .collect()
    };
    for sources in &of_case {
        for (n, source) in sources.iter().enumerate() {
            let wave = waves[usize::from(n > 0)];
            study.apply(&Edit::Attributes(AttributeEdit::SourceWave(*source, Some(wave)))).expect("in a wave");
        }
    }
    after(player, "WAutumn beside Spring<Enter>")
}

#[test]
fn two_waves_stand_beside_each_other_and_what_was_kept_gained_lost_or_is_in_one_leads_to_its_passages() {
    let mut player = findings(156, 38);
    let text = two_waves(&mut player);
    assert!(text.contains("Autumn"), "{text}");
    let all: Vec<(String, Vec<Unit>)> = {
        let line = player.app.findings.line().expect("a line");
        let waves = line.waves.as_ref().expect("two waves");
        Became::ALL.into_iter().map(|became| (became.name().to_owned(), waves.of(became).to_vec())).collect()
    };
    assert!(all.iter().filter(|(_, units)| !units.is_empty()).count() >= 3, "{all:?}");
    for (name, units) in &all {
        let Some(unit) = units.first() else { continue };
        let at = player.app.findings.ready().expect("figures").counted.units.iter().position(|one| one == unit);
        player.keys(&"l".repeat(at.expect("a unit") + 1)).expect("keys");
        let said = player.text();
        assert!(said.contains(name.as_str()), "the status line says {name}:\n{said}");
        player.keys("<Enter>").expect("keys");
        if name != "known in one wave only" || matches!(player.app.layers.last(), Some(Layer::List(_))) {
            let Some(Layer::List(list)) = player.app.layers.last() else { panic!("{name}:\n{}", player.text()) };
            assert!(list.rows[0].head.contains(name.as_str()), "{name}: {:?}", list.rows[0].head);
            player.keys("<Enter>").expect("keys");
            assert_eq!(player.app.showing, Showing::Code, "{name}");
            player.keys("<Esc><Esc>").expect("keys");
        }
        player.keys("<Esc>").expect("keys");
        assert_eq!(player.app.findings.unit(), None);
    }
    // Of the whole line those of both waves, each saying what it stands for.
    player.keys("<Enter>").expect("keys");
    let Some(Layer::List(list)) = player.app.layers.last() else { panic!("a list") };
    for (name, units) in all.iter().filter(|(name, units)| !units.is_empty() && name != "known in one wave only") {
        assert!(list.rows.iter().any(|row| row.head.contains(name.as_str())), "{name} {units:?}");
    }
}

#[test]
fn lines_are_grouped_by_the_themes_that_hold_what_they_count() {
    let mut player = findings(120, 40);
    let of = |player: &Player| -> Vec<String> {
        let lines = &player.app.findings.ready().expect("figures").counted.lines;
        lines.iter().map(|line| format!("{}|{}", line.group, line.name)).collect()
    };
    // Two themes: the second holds the code of the first line, the first a row.
    let (late, early, row) = {
        let view = player.app.study.view();
        let row = view.rows().iter().find(|row| row.name == "Any screening").expect("a row").id;
        (view.codebook().named("Warm handoff")[0], view.themes().len(), row)
    };
    for (name, what) in [("Asking everybody", Holds::Row(row)), ("At once", Holds::Code(late))] {
        let id: ThemeId = player.app.study.fresh_id().into();
        let study = &mut player.app.study;
        let new = NewTheme { name: name.into(), ..NewTheme::default() };
        study.apply(&Edit::Themes(ThemeEdit::Set(id, new))).expect("a theme");
        study.apply(&Edit::Themes(ThemeEdit::Hold { theme: id, what, note: String::new() })).expect("held");
    }
    assert_eq!(player.app.study.view().themes().len(), early + 2);
    player.keys("t").expect("keys");
    let grouped = of(&player);
    let place =
        |name: &str| grouped.iter().position(|line| line.ends_with(name)).unwrap_or_else(|| panic!("{grouped:?}"));
    assert!(grouped.iter().all(|line| !line.starts_with("Timely|") && !line.starts_with("Where|")), "{grouped:?}");
    assert!(grouped[3].starts_with("in no theme|"), "{grouped:?}");
    assert!(place("|Any screening") < 3 && place("|Handing over") < 3);
    assert!(message(&player).contains("under the themes"), "{}", message(&player));
    player.keys("J").expect("keys");
    assert!(message(&player).contains("order of the themes"), "{}", message(&player));
    player.keys("t").expect("keys");
    assert_eq!(of(&player)[0], "Timely|Handing over");
}

#[test]
fn cases_stand_apart_by_the_values_of_an_attribute_and_each_value_has_its_count() {
    let mut player = findings(156, 38);
    let before: Vec<Unit> = player.app.findings.ready().expect("figures").counted.units.clone();
    let text = after(&mut player, "sSetting<Enter>");
    let ready = player.app.findings.ready().expect("figures");
    let groups: Vec<(String, usize)> =
        ready.counted.groups.iter().map(|group| (group.name.clone(), group.len)).collect();
    assert_eq!(groups.iter().map(|(_, len)| len).sum::<usize>(), 30, "{groups:?}");
    let rural = groups.iter().find(|(name, _)| name == "rural").expect("rural practices");
    assert_eq!(rural.1, 11);
    assert!(text.contains("rural") && text.contains("by Setting: "), "{text}");
    assert!(text.contains("rural 7 of 11"), "the count of each value:\n{text}");
    assert_eq!(ready.counted.lines[0].figure.words(), "22 of 30", "the figure stays");
    let mut sorted = ready.counted.units.clone();
    sorted.sort_unstable();
    let mut all = before.clone();
    all.sort_unstable();
    assert_eq!(sorted, all);
    // The cursor stands on the cell of its case, across the gap between two values.
    let last = ready.counted.units.last().expect("a case").name(&player.app.study.view());
    let text = after(&mut player, &"l".repeat(30));
    assert!(text.contains(&format!("{last}: ")), "{text}");
    player.keys("u").expect("keys");
    assert_eq!(player.app.findings.ready().expect("figures").counted.units, before);
    // What cannot be shown is narrowed, not broken.
    let mut small = findings(80, 24);
    let text = after(&mut small, "sSetting<Enter>");
    assert!(text.contains("22 of 30"), "{text}");
}

#[test]
fn participants_and_sources_are_counted_and_their_figures_lead_to_what_they_said() {
    let mut player = findings(120, 40);
    for (keys, what) in [("C", "participants"), ("C", "sources")] {
        player.keys(keys).expect("keys");
        assert!(message(&player).contains(what), "{}", message(&player));
        let figure = player.app.findings.line().expect("a line").figure.clone();
        assert!(!figure.yes.is_empty(), "{what}");
        player.keys("<Home><Enter>").expect("keys");
        let Some(Layer::List(list)) = player.app.layers.last() else { panic!("{what}:\n{}", player.text()) };
        assert!(
            list.rows.len() >= figure.yes.len() && list.rows.iter().all(|row| matches!(row.leads, Leads::Passage(..)))
        );
        player.keys("<Enter>").expect("keys");
        assert_eq!(player.app.showing, Showing::Code, "{what}");
        player.keys("<Esc><Esc>").expect("keys");
    }
}

#[test]
fn by_any_all_or_most_coders_a_figure_leads_to_the_passages_of_each() {
    let mut player = findings(120, 40);
    for by in ["any coder", "all coders", "majority"] {
        player.keys("B").expect("keys");
        assert!(message(&player).contains(by), "{}", message(&player));
        for n in 0..lines(&player).len() {
            player.keys(&format!("<Home>{}", "j".repeat(n))).expect("keys");
            let line = player.app.findings.line().expect("a line");
            let of_codes = !line.holds.codes().is_empty() && !line.name.starts_with("No ");
            if line.figure.yes.is_empty() || !of_codes {
                continue;
            }
            let (name, cases) = (line.name.clone(), line.figure.yes.len());
            player.keys("<Enter>").expect("keys");
            let Some(Layer::List(list)) = player.app.layers.last() else { panic!("{by} {name}:\n{}", player.text()) };
            assert!(list.rows.len() >= cases);
            assert!(
                !list.rows.iter().any(|row| row.words[1].contains("no passage")),
                "{by} {name}: passages, not values"
            );
            player.keys("<Esc>").expect("keys");
        }
    }
}

#[test]
fn a_judgement_stands_in_the_list_behind_its_line_and_leads_into_a_text() {
    let mut player = findings(120, 40);
    player.keys("llllp2").expect("keys");
    player.keys("they send people down the street<Enter>").expect("keys");
    player.keys("<Enter>").expect("keys");
    let Some(Layer::List(list)) = player.app.layers.last() else { panic!("a list:\n{}", player.text()) };
    let row = list.rows.last().expect("a row").clone();
    assert!(row.head.contains("P04 explicitly not") && row.words[1].contains("down the street"), "{row:?}");
    assert!(matches!(row.leads, Leads::Passage(..)));
    player.keys("<Esc><Esc><Enter>").expect("keys");
    let Some(Layer::List(list)) = player.app.layers.last() else { panic!("a list") };
    assert!(list.rows.iter().any(|row| row.head.contains("P04 explicitly not")));
}

#[test]
fn a_table_that_rests_on_attributes_alone_waits_for_nobodys_coding() {
    let mut player = desk::sample(156, 38);
    let text = after(&mut player, "gT<Tab>jjj");
    let counted = &player.app.findings.ready().expect("figures").counted;
    assert_eq!(counted.table.name, "Staffing in 2013 and 2016");
    assert!(!counted.of_codes && counted.not_yet.is_empty() && counted.rests.is_empty(), "{}", counted.rests);
    assert!(text.contains("attributes alone") && !text.contains("not yet coded"), "{text}");
    // What follows from codings asks for codes, by whatever way.
    let text = after(&mut player, "k");
    assert!(player.app.findings.ready().expect("figures").counted.of_codes, "{text}");
    assert!(text.contains("5 coded twice and reconciled, 25 coded once"), "{text}");
}

#[test]
fn a_cell_keeps_its_ground_in_the_chosen_row() {
    let mut player = desk::sample(156, 38);
    player.keys("gT").expect("keys");
    let screen = player.screen();
    let ground = |row: u16| {
        let cells = (60..screen.area.width).filter_map(|x| screen.cell((x, row)));
        cells.filter(|cell| cell.symbol() == "●").map(|cell| cell.bg).collect::<Vec<_>>()
    };
    let line = |words: &str| player.text().lines().position(|line| line.contains(words)).expect("a line") as u16;
    let chosen = ground(line("Federally qualified health center  "));
    let other = ground(line("multispecialty group"));
    assert!(chosen.len() == 15 && other.len() == 9, "{}", player.text());
    assert!(chosen.iter().chain(&other).all(|bg| *bg == other[0]), "{chosen:?} {other:?}");
}
