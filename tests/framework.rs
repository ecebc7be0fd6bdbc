//! The Framework view and the page of a cell, played with real keys.

mod support;

use emic::findings::framework::framework;
use emic::findings::working::working;
use emic::project::summary::Heading;
use emic::screen::play::Player;
use emic::screen::views::Showing;
use std::time::Duration;
use support::desk;

/// Keys, then the screen.
fn after(player: &mut Player, keys: &str) -> String {
    player.keys(keys).expect("keys");
    player.text()
}

/// The sample study at the Framework view, codes across.
fn by_code(width: u16, height: u16) -> Player {
    let mut player = desk::sample(width, height);
    player.keys("gY").expect("keys");
    if !player.text().contains("BH integration") {
        player.keys("<Tab>").expect("keys");
    }
    assert!(player.text().contains("BH integration"), "{}", player.text());
    player
}

/// What is written under codes: under themes the sample study has some already.
fn summaries(player: &Player) -> Vec<(String, usize)> {
    let view = player.app.study.view();
    let under_codes = view.summaries().into_iter().filter(|summary| matches!(summary.of, Heading::Code(_)));
    under_codes.map(|summary| (summary.text.clone(), summary.from.len())).collect()
}

#[test]
fn cases_stand_down_and_headings_across_and_the_cursor_moves_among_cells() {
    let mut player = by_code(120, 40);
    let text = player.text();
    assert!(text.contains("CASE") && text.contains("Practice 01") && text.contains("extracts"), "{text}");
    let first = player.app.framework.at().expect("a cell");
    player.keys("jl").expect("keys");
    let (case, of) = player.app.framework.at().expect("a cell");
    assert!(case != first.0 && of != first.1);
    player.keys("kh").expect("keys");
    assert_eq!(player.app.framework.at(), Some(first));
    let text = after(&mut player, "/Practice 07<Enter>");
    assert!(text.contains("Practice 07 ×"), "{text}");
    let text = after(&mut player, "gg<Esc>");
    assert_eq!(player.app.showing, Showing::Code, "{text}");
}

#[test]
fn a_cell_opens_its_extracts_and_what_is_written_is_kept_with_what_it_was_written_from() {
    let mut player = by_code(120, 40);
    let text = after(&mut player, "<Enter>");
    assert!(text.contains("EXTRACTS") && text.contains("YOUR SUMMARY") && text.contains("turn "), "{text}");
    let (case, of) = player.app.framework.at().expect("a cell");
    let text = after(&mut player, "<Tab>They ask the knee first.");
    assert!(text.contains("They ask the knee first.") && text.contains("writing"), "{text}");
    player.wait(Duration::from_secs(2));
    assert!(player.text().contains("saved"), "{}", player.text());
    let text = after(&mut player, "<Esc>");
    assert!(text.contains("✎ PB") && text.contains("They ask the knee"), "{text}");
    let view = player.app.study.view();
    let cell = framework(&view, &working(&view), &[case], &[of]).cell(0, 0).expect("a cell").clone();
    assert_eq!(summaries(&player), [("They ask the knee first.".to_owned(), cell.codings().len())]);
    assert!(!cell.has_changed());
    // Written on, then emptied: it is taken away; u brings it back.
    player.keys("<Enter><Tab> Then the mood.<Esc>").expect("keys");
    assert_eq!(summaries(&player)[0].0, "They ask the knee first. Then the mood.");
    let text = after(&mut player, "u");
    assert_eq!(summaries(&player)[0].0, "They ask the knee first.", "{text}");
}

#[test]
fn what_changed_since_is_marked_and_one_key_says_that_it_still_holds() {
    let mut player = by_code(120, 40);
    player.keys("<Enter><Tab>Two things.<Esc>").expect("keys");
    // In the transcript the code of the first extract is taken away; Esc comes back to the page.
    player.keys("<Enter><Enter>").expect("keys");
    assert_eq!(player.app.showing, Showing::Code);
    let text = after(&mut player, "x");
    assert!(text.contains("undo") || text.contains("took") || text.contains("remove"), "{text}");
    let text = after(&mut player, "<Esc>");
    assert_eq!(player.app.showing, Showing::Framework, "{text}");
    assert!(text.contains("! since then") && text.contains("gone"), "{text}");
    let text = after(&mut player, "<Esc>");
    assert!(text.contains("! 1 gone"), "the cell is marked:\n{text}");
    assert!(text.contains("1 changed since"), "{text}");
    // n walks to what wants a look: back here after all others.
    let text = after(&mut player, "<Enter>K");
    assert!(text.contains("it holds, with the extracts as they are now"), "{text}");
    assert!(!text.contains("since then"), "{text}");
    let text = after(&mut player, "<Esc>");
    assert!(!text.contains("1 gone"), "{text}");
}

#[test]
fn columns_come_and_go_and_cases_are_chosen_by_an_attribute() {
    let mut player = by_code(156, 38);
    let text = after(&mut player, "aWarm handoff<Enter>");
    assert!(text.lines().nth(1).is_some_and(|line| line.contains("Warm handoff")), "{text}");
    let (_, of) = player.app.framework.at().expect("a cell");
    assert!(matches!(of, Heading::Code(code) if player.app.study.view().code_name(code) == "Warm handoff"));
    let text = after(&mut player, "x");
    assert!(text.contains("“Warm handoff” is out of sight"), "{text}");
    assert!(text.lines().nth(1).is_some_and(|line| !line.contains("Warm handoff")), "{text}");
    let text = after(&mut player, "frural<Enter>");
    assert!(text.contains("rural") && !text.contains("Practice 02 "), "{text}");
    let text = after(&mut player, "fAll cases<Enter>gg");
    assert!(text.contains("Practice 02 "), "{text}");
}

#[test]
fn it_works_on_the_smallest_screen() {
    let mut player = by_code(60, 18);
    let text = player.text();
    assert!(text.contains("Practice 01") && text.contains("extracts"), "{text}");
    let text = after(&mut player, "<Enter><Tab>Short.");
    assert!(text.contains("EXTRACTS") && text.contains("Short."), "{text}");
    let text = after(&mut player, "<Esc>");
    assert!(text.contains("Short."), "{text}");
}
