//! The Matrices view on the sample study, played with real keys.

use super::support::app;
use emic::findings::matrix::{Kind, Sort};
use emic::project::relation::Related;
use emic::project::view::Whose;
use emic::screen::layers::Layer;
use emic::screen::layers::list::{Leads, List};
use emic::screen::play::Player;
use emic::screen::views::Showing;

/// Keys, then the screen.
fn after(player: &mut Player, keys: &str) -> String {
    player.keys(keys).expect("keys");
    player.text()
}

fn matrices(width: u16, height: u16) -> Player {
    let mut player = Player::new(app::app(|keeper| Box::new(keeper)), width, height);
    player.keys("gX").expect("keys");
    player
}

/// Roles by tasks, as a relation.
fn relation(width: u16, height: u16) -> Player {
    let mut player = matrices(width, height);
    player.keys("Krelations<Enter>rroles under<Enter>ctasks under<Enter>").expect("keys");
    player
}

fn list(player: &Player) -> &List {
    match player.app.layers.last() {
        Some(Layer::List(list)) => list,
        _ => panic!("a list:\n{}", player.text()),
    }
}

/// Stands on a cell by the names of its row and column.
fn stand_on(player: &mut Player, row: &str, column: &str) {
    let matrix = player.app.matrices.counted().expect("a matrix");
    let at = |lines: &[emic::findings::matrix::Line], name: &str| lines.iter().position(|line| line.name == name);
    let (row, column) = (at(&matrix.rows, row).expect("a row"), at(&matrix.columns, column).expect("a column"));
    player.keys(&format!("gg<Home>{}{}", "j".repeat(row), "l".repeat(column))).expect("keys");
    assert_eq!(player.app.matrices.place(), (row, column));
}

/// How many pairs somebody has looked at, since the sample study has some already.
fn looked_at(player: &Player) -> usize {
    player.app.study.view().pair_checks().len()
}

/// What the coder has just found of pairs: after those that the sample study has.
fn found(player: &Player, before: usize) -> Vec<(Related, String)> {
    let mut checks: Vec<_> = player.app.study.view().pair_checks();
    checks.sort_by_key(|check| check.at);
    checks.split_off(before).iter().map(|check| (check.found, check.reason.clone())).collect()
}

/// The line of the screen that begins with these words.
fn line<'a>(text: &'a str, words: &str) -> &'a str {
    text.lines().find(|line| line.trim_start().starts_with(words)).unwrap_or_else(|| panic!("{words}:\n{text}"))
}

#[test]
fn cases_by_codes_come_first_with_sums_that_stay_in_sight() {
    let mut player = matrices(120, 40);
    let text = player.text();
    assert!(text.contains("Cases by codes, in practices"), "{text}");
    assert!(text.contains("30 practices: 5 coded twice and reconciled, 25 coded once"), "{text}");
    assert!(text.contains("more columns"), "{text}");
    assert!(line(&text, "Practice 01").len() > 40 && text.contains("Σ"), "{text}");
    // To the last column and row: names and sums stay.
    let text = after(&mut player, "<End>G");
    assert!(text.contains("All  30 of 30 practices (100.0 %)"), "{text}");
    let text = after(&mut player, "<Home>gg");
    assert!(
        text.contains("Practice 01 × BH integration: there") || text.contains("Practice 01 × BH integration"),
        "{text}"
    );
}

#[test]
fn the_relation_of_roles_and_tasks_is_chosen_by_keys_and_marked_from_two_practices_on() {
    let mut player = relation(120, 40);
    assert_eq!(player.app.matrices.asked().kind, Kind::Relation);
    let text = after(&mut player, "t<C-u>2<Enter>");
    assert!(text.contains("X in at least 2"), "{text}");
    let row = line(&text, "Primary care clinician");
    assert_eq!(row.matches('X').count(), 5, "{row}\n{text}");
    assert_eq!(line(&text, "Front desk").matches('X').count(), 0, "{text}");
    stand_on(&mut player, "Medical assistant", "Screens");
    let text = player.text();
    assert!(text.contains("Medical assistant × Screens") && text.contains("16 of 30 practices (53.3 %)"), "{text}");
    assert!(text.contains("(53.3 %), 0 of 17 pairs looked at") && text.contains("P02"), "{text}");
    let text = after(&mut player, "t<C-u><Enter>");
    assert_eq!(line(&text, "Primary care clinician").matches('X').count(), 0, "{text}");
}

#[test]
fn every_figure_opens_its_passages_and_one_more_enter_stands_in_the_transcript() {
    let mut player = relation(100, 30);
    for kind in ["", "Kcases<Enter>ctimely under<Enter>", "Kattribute<Enter>rchallenges under<Enter>", "Kroles<Enter>"]
    {
        player.keys(kind).expect("keys");
        let (down, across) = {
            let matrix = player.app.matrices.counted().expect("a matrix");
            (matrix.rows.len(), matrix.columns.len())
        };
        let mut opened = 0;
        for row in 0..=down {
            // Every cell of who does what, of the others those of a few rows; the sums of all.
            let columns: Vec<usize> =
                if kind.is_empty() || row % 5 == 0 { (0..=across).collect() } else { vec![across] };
            for column in columns {
                player.keys(&format!("gg<Home>{}{}", "j".repeat(row), "l".repeat(column))).expect("keys");
                let matrix = player.app.matrices.counted().expect("a matrix");
                let cell = matrix.cell(row, column).expect("a cell");
                let items = cell.items.len() + cell.struck.len();
                player.keys("<Enter>").expect("keys");
                if items == 0 {
                    assert!(player.app.layers.is_empty() && player.text().contains("nothing lies behind it"));
                    continue;
                }
                opened += 1;
                assert_eq!(list(&player).rows.len(), items, "{kind} {row} {column}");
                player.keys("<Enter>").expect("keys");
                assert_eq!(player.app.showing, Showing::Code);
                assert_eq!(player.app.study.view().whose(), Whose::Everybody);
                player.keys("<Esc>").expect("keys");
                assert_eq!(
                    (player.app.showing, player.app.layers.len()),
                    (Showing::Matrices, 1),
                    "the list is there again"
                );
                player.keys("<Esc>").expect("keys");
                assert_eq!(player.app.matrices.place(), (row, column), "and the cell is the one in hand");
                assert_eq!(player.app.study.view().whose(), Whose::Mine);
            }
        }
        assert!(opened > 15, "{kind}: {opened}");
    }
}

#[test]
fn a_pair_is_struck_with_a_reason_leaves_the_count_and_comes_back_with_one_undo() {
    let mut player = relation(120, 40);
    let before = looked_at(&player);
    stand_on(&mut player, "Front desk", "Connects to services");
    let text = player.text();
    assert!(text.contains("1 of 30 practices (3.3 %)") && text.contains("0 of 1 pairs looked at"), "{text}");
    let text = after(&mut player, "<Enter>");
    assert!(text.contains("Front desk and Connects to services, on the same words"), "{text}");
    // The reason is asked for after it was struck.
    player.keys("x").expect("keys");
    assert!(matches!(player.app.layers.last(), Some(Layer::Reason(_))));
    let text = after(&mut player, "only hands over a list<Enter>");
    assert!(text.contains("PB struck it on") && text.contains("only hands over a list"), "{text}");
    let text = after(&mut player, "<Esc>");
    assert!(text.contains("0 of 30 practices (0.0 %)") && text.contains("1 of 1 pairs looked at, 1 struck"), "{text}");
    assert_eq!(found(&player, before), [(Related::Struck, "only hands over a list".to_owned())]);
    // Both at once.
    let text = after(&mut player, "u");
    assert!(text.contains("1 of 30 practices (3.3 %)") && text.contains("0 of 1 pairs looked at"), "{text}");
    assert_eq!(looked_at(&player), before);
    let text = after(&mut player, "<C-r>");
    assert!(text.contains("0 of 30 practices (0.0 %)"), "{text}");
    assert_eq!(found(&player, before), [(Related::Struck, "only hands over a list".to_owned())]);
}

#[test]
fn pairs_are_confirmed_one_after_the_other_or_marked_together_and_taken_back_by_the_same_key() {
    let mut player = relation(120, 40);
    let before = looked_at(&player);
    stand_on(&mut player, "BH specialist", "Assesses");
    player.keys("<Enter>").expect("keys");
    let all = list(&player).rows.len();
    assert!(all >= 4);
    player.keys("KK").expect("keys");
    let text = player.text();
    assert_eq!(list(&player).rows.iter().filter(|row| row.head.starts_with('✓')).count(), 2, "{text}");
    assert_eq!(list(&player).selected, 2, "the next one is in hand");
    player.keys("<Space>KkkK").expect("keys");
    assert_eq!(looked_at(&player), before + 2, "the third confirmed, one taken back");
    // Undone while the list is open: it shows so.
    player.keys("u").expect("keys");
    assert_eq!(list(&player).rows.iter().filter(|row| row.head.starts_with('✓')).count(), 3);
    // The other way round without a reason.
    player.keys("gg<Space><Space>x").expect("keys");
    player.keys("<Esc>").expect("keys");
    let found = found(&player, before);
    assert_eq!(found.iter().filter(|(found, _)| *found == Related::Struck).count(), 2, "{found:?}");
    let text = after(&mut player, "<Esc>");
    assert!(text.contains(&format!("3 of {all} pairs looked at, 2 struck")), "{text}");
    assert!(list_is_closed(&player));
}

fn list_is_closed(player: &Player) -> bool {
    player.app.layers.is_empty()
}

#[test]
fn codes_that_only_lie_together_are_not_asked_about() {
    let mut player = matrices(120, 40);
    player.keys("Klie together<Enter>rroles under<Enter>ctasks under<Enter>").expect("keys");
    assert_eq!(player.app.matrices.asked().kind, Kind::CodeCode);
    let before = looked_at(&player);
    stand_on(&mut player, "BH specialist", "Assesses");
    player.keys("<Enter>").expect("keys");
    assert!(list(&player).rows.iter().all(|row| matches!(row.leads, Leads::Passage(..))));
    let text = after(&mut player, "x");
    assert!(looked_at(&player) == before && list(&player).rows.len() >= 4, "{text}");
    let text = after(&mut player, "K");
    assert!(text.contains("only pairs of a relation matrix are confirmed or struck"), "{text}");
}

#[test]
fn transposing_and_sorting_keep_what_is_in_hand() {
    let mut player = relation(120, 40);
    stand_on(&mut player, "Medical assistant", "Screens");
    let text = after(&mut player, "T");
    assert!(text.contains("Screens × Medical assistant") && text.contains("16 of 30 practices"), "{text}");
    let text = after(&mut player, "S");
    assert!(text.contains("greatest sum first") && text.contains("Screens × Medical assistant"), "{text}");
    let first = player.app.matrices.counted().expect("a matrix").rows[0].name.clone();
    assert_eq!(first, "Connects to services", "in 21 practices");
    player.keys("T").expect("keys");
    stand_on(&mut player, "Front desk", "Screens");
    player.keys("s").expect("keys");
    let matrix = player.app.matrices.counted().expect("a matrix");
    assert_eq!(matrix.rows[0].name, "Medical assistant", "by the column in hand");
    assert_eq!(matrix.rows[player.app.matrices.place().0].name, "Front desk");
    player.keys("SSS").expect("keys");
    assert_eq!(player.app.matrices.counted().expect("a matrix").rows[0].name, "Primary care clinician");
    let _order = Sort::Given;
    let text = after(&mut player, "e");
    assert!(text.contains("without empty rows and columns"), "{text}");
}

#[test]
fn an_attribute_is_chosen_percentages_are_shown_and_cases_filtered() {
    let mut player = matrices(120, 40);
    let text = after(&mut player, "Kattribute<Enter>csetting<Enter>raccess under<Enter>");
    assert!(text.contains("Codes by an attribute: Setting"), "{text}");
    assert!(text.contains("rural") && text.contains("urban"), "{text}");
    stand_on(&mut player, "Warm handoff", "rural");
    let text = player.text();
    assert!(text.contains("7 of 11 practices (63.6 %)"), "{text}");
    let text = after(&mut player, "P");
    assert!(line(&text, "Warm handoff").contains("63.6%"), "{text}");
    let text = after(&mut player, "P<Esc>gXfsetting: rural<Enter>");
    assert!(text.contains("only Setting: rural"), "{text}");
    let n = player.app.matrices.counted().expect("a matrix").cases.len();
    assert!(n > 0 && n < 30);
    let text = after(&mut player, "fall cases<Enter>");
    assert!(
        !text.contains("only Setting") && player.app.matrices.counted().expect("a matrix").cases.len() == 30,
        "{text}"
    );
}

#[test]
fn cases_are_filtered_by_an_expression_as_it_is_typed_and_one_that_is_wrong_is_told_and_stays() {
    let mut player = matrices(120, 40);
    let cases = |player: &Player| player.app.matrices.counted().expect("a matrix").cases.len();
    let all = cases(&player);
    let text = after(&mut player, "fBH specialists >= 1<Enter>");
    assert!(text.contains("only BH specialists: 1 or more") && cases(&player) < all, "{text}");
    let text = after(&mut player, "fall([Setting = Rural], Warm handoff)<Enter>");
    assert!(text.contains("only all([Setting = Rural], Warm handoff)"), "{text}");
    assert_eq!(cases(&player), 7, "as of the count of rural practices with the code");
    let text = after(&mut player, "fany(Warm hadnoff, Stepped care)<Enter>");
    assert!(text.contains("there is no code “Warm hadnoff”") && text.contains("there is “"), "{text}");
    assert!(matches!(player.app.layers.last(), Some(Layer::Picker(_))), "what was typed stays");
    let text = after(&mut player, "<C-u>none(Warm handoff)<Enter>");
    assert!(player.app.layers.is_empty() && cases(&player) == 8, "{text}");
    // What is marked holds as well.
    let text = after(&mut player, "fsetting: rural<Tab>Warm handoff<Enter>");
    assert_eq!(cases(&player), 7, "{text}");
}

#[test]
fn it_is_written_to_files_with_what_is_behind_each_cell() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut player = relation(120, 40);
    for name in ["m.csv", "m.json"] {
        let path = folder.path().join(name);
        player.keys("w<C-u>").expect("keys");
        player.app.paste(&path.display().to_string());
        let text = after(&mut player, "<Enter>");
        assert!(text.contains("written to"), "{text}");
    }
    let csv = std::fs::read_to_string(folder.path().join("m.csv")).expect("a file");
    assert!(csv.contains("\nMedical assistant,4,16,0,4,4,0,1,0,25\n"), "{csv}");
    let json = std::fs::read_to_string(folder.path().join("m.json")).expect("a file");
    assert!(json.contains("\"codings\":{\"n\":["), "{json}");
}

#[test]
fn it_works_on_a_small_screen_in_ascii_and_without_colours() {
    let mut player = relation(60, 18);
    player.app.glyphs = emic::screen::glyphs::Glyphs::ASCII;
    player.app.styles = player.app.library.get("mono").expect("a theme").at(emic::screen::theme::Depth::None);
    let text = after(&mut player, "gg<Home>jjjj");
    assert!(text.contains("Medical assi") && text.contains("more columns"), "{text}");
    assert!(line(&text, "Medical assi").contains('#') || line(&text, "Medical assi").contains('.'), "{text}");
    let text = after(&mut player, "<End>");
    assert!(text.contains("25 of 30 practices"), "{text}");
    for line in text.lines() {
        assert!(line.chars().count() <= 60, "{line}");
    }
}

#[test]
fn a_row_or_a_column_is_found_and_cells_with_something_are_walked() {
    let mut player = relation(120, 40);
    let text = after(&mut player, "/prescr<Enter>");
    assert!(text.contains("× Prescribes"), "{text}");
    let text = after(&mut player, "/nutri<Enter>");
    assert!(text.contains("Nutritionist × "), "{text}");
    let text = after(&mut player, "gg<Home>nn");
    let matrix = player.app.matrices.counted().expect("a matrix");
    let (row, column) = player.app.matrices.place();
    assert!(matrix.cell(row, column).expect("a cell").n > 0, "{text}");
    let text = after(&mut player, "/zzzz<Enter>");
    assert!(text.contains("no row and no column has “zzzz”"), "{text}");
}

#[test]
fn the_mouse_takes_a_cell_in_hand_and_opens_it_with_a_second_press() {
    use ratatui::crossterm::event::{MouseButton, MouseEventKind};
    let mut player = relation(120, 40);
    stand_on(&mut player, "Medical assistant", "Screens");
    let text = player.text();
    let (y, row) = text.lines().enumerate().find(|(_, line)| line.starts_with(" BH specialist")).expect("the row");
    let x = row.chars().count() - row.chars().rev().position(|c| c.is_ascii_digit()).expect("a number") - 1;
    player.mouse(MouseEventKind::Down(MouseButton::Left), x as u16, y as u16);
    let matrix = player.app.matrices.counted().expect("a matrix");
    assert_eq!(player.app.matrices.place(), (1, matrix.columns.len()), "the sum of the row");
}
