//! The mouse on the real program.

mod support;

use crossterm::event::{MouseButton, MouseEventKind};
use emic::screen::command::Place;
use emic::screen::play::Player;
use emic::screen::views::code::panes::Pane;
use std::time::Duration;

const DOWN: MouseEventKind = MouseEventKind::Down(MouseButton::Left);
const DRAG: MouseEventKind = MouseEventKind::Drag(MouseButton::Left);
const UP: MouseEventKind = MouseEventKind::Up(MouseButton::Left);

/// The program with the first source open, on 140 × 40.
fn reading() -> Player {
    let mut player = Player::new(support::app::app(|keeper| Box::new(keeper)), 140, 40);
    player.keys("<S-Tab><Enter>").expect("keys");
    player
}

/// The cell where these words stand on the screen.
fn find(player: &Player, words: &str) -> (u16, u16) {
    let text = player.text();
    let found =
        text.lines().enumerate().find_map(|(y, line)| line.find(words).map(|at| (y, line[..at].chars().count())));
    let (y, x) = found.unwrap_or_else(|| panic!("“{words}” is not on the screen:\n{text}"));
    (x as u16, y as u16)
}

fn click(player: &mut Player, at: (u16, u16)) {
    player.wait(Duration::from_secs(1));
    again(player, at);
}

fn again(player: &mut Player, at: (u16, u16)) {
    player.mouse(DOWN, at.0, at.1);
    player.mouse(UP, at.0, at.1);
}

fn selected(player: &Player) -> Option<String> {
    let transcript = player.app.code.transcript.as_ref()?;
    Some(transcript.reading().text.slice(transcript.selection()?.span()).to_owned())
}

/// Words of one row of the transcript: the row, the cell where they begin.
fn some_words(player: &Player) -> (String, (u16, u16)) {
    let text = player.text();
    let transcript = player.app.code.transcript.as_ref().expect("a text");
    let words = transcript.reading().text.as_str();
    // The text begins behind the list of cases and the numbers of turns.
    let left = usize::from(player.app.code.panes.cases_width) + 5;
    for (y, line) in text.lines().enumerate().skip(14) {
        let inside: String = line.chars().skip(left).take(50).collect();
        let piece: Vec<&str> = inside.split_whitespace().take(5).collect();
        let piece = piece.join(" ");
        if piece.chars().count() > 18
            && piece.chars().all(|c| c.is_ascii_alphabetic() || c == ' ')
            && words.contains(&piece)
        {
            let x = line.find(&piece).map(|at| line[..at].chars().count()).expect("found");
            return (piece, (x as u16, y as u16));
        }
    }
    panic!("no words to click on:\n{text}")
}

#[test]
fn a_click_gives_the_pane_the_keys_and_puts_the_cursor() {
    let mut player = reading();
    let (words, at) = some_words(&player);
    player.keys("<Tab>").expect("keys");
    assert_eq!(player.app.place(), Place::Tree);
    click(&mut player, at);
    assert_eq!(player.app.place(), Place::Text);
    let transcript = player.app.code.transcript.as_ref().expect("a text");
    let from = transcript.cursor().0;
    let there = transcript.reading().text.slice(emic::text::Span::new(from, from + words.chars().count() as u32));
    assert_eq!(there, words);
    assert_eq!(selected(&player), None);
}

#[test]
fn dragging_selects_both_ways_and_two_and_three_clicks_select_word_and_sentence() {
    let mut player = reading();
    let (words, (x, y)) = some_words(&player);
    let end = x + words.chars().count() as u16 - 1;
    click(&mut player, (x, y));
    player.mouse(DOWN, x, y);
    player.wait(Duration::from_secs(1));
    player.mouse(DOWN, x, y);
    player.mouse(DRAG, end, y);
    player.mouse(UP, end, y);
    assert_eq!(selected(&player).as_deref(), Some(words.as_str()));
    player.wait(Duration::from_secs(1));
    player.mouse(DOWN, end, y);
    player.mouse(DRAG, x, y);
    assert_eq!(selected(&player).as_deref(), Some(words.as_str()), "backwards too");
    player.mouse(DRAG, end, y);
    assert_eq!(selected(&player), None, "back where it began nothing is selected");
    player.mouse(UP, end, y);
    click(&mut player, (x + 1, y));
    again(&mut player, (x + 1, y));
    let first = words.split(' ').next().expect("a word");
    assert_eq!(selected(&player).as_deref(), Some(first));
    again(&mut player, (x + 1, y));
    let sentence = selected(&player).expect("a sentence");
    assert!(sentence.split_whitespace().count() > 3, "{sentence}");
    again(&mut player, (x + 1, y));
    assert_eq!(selected(&player), None, "the fourth begins anew");
}

#[test]
fn words_near_the_edge_stay_under_the_pointer() {
    let mut player = reading();
    for y in [3, 36] {
        let before = player.text();
        let row = before.lines().nth(y).expect("a row").to_owned();
        click(&mut player, (60, y as u16));
        again(&mut player, (60, y as u16));
        let text = player.text();
        assert_eq!(
            text.lines().nth(y).expect("a row")[..].chars().skip(34).take(40).collect::<String>(),
            row.chars().skip(34).take(40).collect::<String>()
        );
    }
}

#[test]
fn the_wheel_scrolls_the_pane_under_the_pointer() {
    let mut player = reading();
    let row = |player: &Player, y: usize| -> String {
        player.text().lines().nth(y).expect("a row").chars().skip(34).take(50).collect()
    };
    let sixth = row(&player, 9);
    player.mouse(MouseEventKind::ScrollDown, 60, 20);
    assert_eq!(row(&player, 6), sixth, "three rows up:\n{}", player.text());
    player.mouse(MouseEventKind::ScrollDown, 60, 20);
    assert_eq!(row(&player, 3), sixth);
    player.mouse(MouseEventKind::ScrollUp, 60, 20);
    assert_eq!(row(&player, 6), sixth);
    for _ in 0..3000 {
        player.mouse(MouseEventKind::ScrollDown, 60, 20);
    }
    let rows = (3..37).filter(|y| !row(&player, *y).trim().is_empty()).count();
    assert!(rows > 15, "the last page is full:\n{}", player.text());
    let place = player.app.place();
    let top = player.app.code.tree.top;
    player.mouse(MouseEventKind::ScrollDown, 130, 5);
    assert!(player.app.code.tree.top > top || player.app.code.tree.rows(&player.app.study.view()).len() < 24);
    assert_eq!(player.app.place(), place, "the keys stay where they are");
}

#[test]
fn a_border_is_dragged_and_stays_within_bounds() {
    let mut player = reading();
    let before = player.app.code.panes.tree_width;
    let tree = 140 - before;
    player.mouse(DOWN, tree, 10);
    player.mouse(DRAG, tree - 6, 10);
    assert_eq!(player.app.code.panes.tree_width, before + 6);
    player.mouse(DRAG, 139, 10);
    assert_eq!(player.app.code.panes.tree_width, 18);
    player.mouse(UP, 139, 10);
    player.mouse(DRAG, 100, 10);
    assert_eq!(player.app.code.panes.tree_width, 18, "let go");
    let cases = player.app.code.panes.cases_width - 1;
    player.mouse(DOWN, cases, 10);
    player.mouse(DRAG, cases + 5, 10);
    assert_eq!(player.app.code.panes.cases_width, cases + 6);
}

#[test]
fn rows_of_the_side_panes_are_chosen_and_a_source_opened_by_two_clicks() {
    let mut player = reading();
    let rows = player.app.code.tree.rows(&player.app.study.view());
    click(&mut player, (125, 1 + 2 + 2));
    assert_eq!(player.app.code.panes.focus, Pane::Tree);
    assert_eq!(player.app.code.tree.selected, Some(rows[2].code));
    let before = player.app.code.source();
    let rows = player.app.code.cases.rows(&player.app.study.view());
    let other = rows.iter().position(|row| match row {
        emic::screen::views::code::cases::CaseRow::Source(id) => Some(*id) != before,
        _ => false,
    });
    let Some(n) = other.filter(|n| *n < 10) else {
        // The other sources are in closed cases: a click on the sign opens one.
        let closed = rows.iter().enumerate().skip(1).find_map(|(n, row)| match row {
            emic::screen::views::code::cases::CaseRow::Case(_) => Some(n),
            _ => None,
        });
        let n = closed.expect("another case");
        let count = rows.len();
        click(&mut player, (1, 3 + n as u16));
        assert!(player.app.code.cases.rows(&player.app.study.view()).len() > count);
        click(&mut player, (8, 4 + n as u16));
        again(&mut player, (8, 4 + n as u16));
        assert_ne!(player.app.code.source(), before);
        return;
    };
    click(&mut player, (8, 3 + n as u16));
    assert_eq!(player.app.code.source(), before, "one click only chooses");
    again(&mut player, (8, 3 + n as u16));
    assert_ne!(player.app.code.source(), before);
}

#[test]
fn in_a_list_a_click_chooses_and_another_accepts() {
    let mut player = reading();
    player.keys("<C-g>").expect("keys");
    let before = player.app.code.source();
    assert_eq!(player.app.place(), Place::Picker);
    let (_, y) = find(&player, "type a few letters");
    let at = (40, y + 2 + 3);
    click(&mut player, at);
    assert_eq!(player.app.place(), Place::Picker, "chosen, not accepted");
    click(&mut player, at);
    assert_ne!(player.app.place(), Place::Picker);
    assert_ne!(player.app.code.source(), before);
}

#[test]
fn no_cell_and_no_size_brings_the_program_down() {
    let mut player = reading();
    for (width, height) in [(140, 40), (80, 24), (60, 18), (41, 11), (20, 6), (1, 1), (0, 0), (100, 30)] {
        player.resize(width, height);
        for y in (0..height + 2).step_by(3) {
            for x in (0..width + 2).step_by(7) {
                for kind in
                    [DOWN, DRAG, UP, MouseEventKind::ScrollDown, MouseEventKind::ScrollUp, MouseEventKind::Moved]
                {
                    player.app.mouse(crossterm::event::MouseEvent {
                        kind,
                        column: x,
                        row: y,
                        modifiers: crossterm::event::KeyModifiers::NONE,
                    });
                }
            }
        }
        player.wait(Duration::from_secs(1));
    }
}
