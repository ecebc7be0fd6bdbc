//! The Agreement view, played with real keys.

mod support;

use emic::project::view::Whose;
use emic::screen::app::Ask;
use emic::screen::play::Player;
use emic::screen::views::Showing;
use support::rounds::Rounds;

/// Keys, then the screen.
fn after(player: &mut Player, keys: &str) -> String {
    player.keys(keys).expect("keys");
    player.text()
}

/// The revealed study, PB at the Agreement view.
fn agreement(width: u16, height: u16) -> (Rounds, Player) {
    let made = Rounds::revealed();
    let mut player = made.player(made.pb, width, height);
    player.keys("gA").expect("keys");
    (made, player)
}

#[test]
fn before_the_reveal_it_says_what_it_waits_for_and_shows_nothing_else() {
    let open = Rounds::open();
    let mut player = open.player(open.pb, 120, 40);
    let text = after(&mut player, "gA");
    assert!(text.contains("Round 1 has not been revealed"), "{text}");
    assert!(text.contains("PB  to finish Practice 03, Practice 04, Practice 05"), "{text}");
    assert!(text.contains("EW  to finish Practice 03"), "{text}");
    for words in ["Warm handoff", "Universal screening", "α", "alpha"] {
        assert!(!text.contains(words), "{words}:\n{text}");
    }
    for keys in ["y", "w", "<Enter>", "U", "L", "S", "j", "l", "<Tab>", "/"] {
        let text = after(&mut player, keys);
        assert!(!text.contains("Warm handoff"), "{keys}:\n{text}");
        player.keys("<Esc>gA").expect("keys");
    }
}

#[test]
fn the_pooled_row_comes_first_then_a_row_a_code_with_three_groups_of_columns() {
    let (_, player) = agreement(160, 40);
    let text = player.text();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[1].contains("TURN") && lines[1].contains("CHARACTER") && lines[1].contains("PRACTICES"), "{text}");
    assert!(lines[1].contains("fixed in advance"), "{text}");
    let at =
        |words: &str| lines.iter().position(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}:\n{text}"));
    assert!(at("codes, pooled") < at("Warm handoff"), "{text}");
    assert!(lines[at("codes, pooled")].contains("23 of 30 agree"), "{text}");
    assert!(lines[at("Universal screening")].contains("3 of 5   P03 P04"), "{text}");
    assert!(lines[at("Registry")].contains("nobody used it"), "{text}");
    assert!(text.contains("as finished on 14 Mar 2026, before anybody talked"), "{text}");
    assert!(text.contains("not shown to reach .667"), "a sentence, not a colour:\n{text}");
}

#[test]
fn on_a_narrow_screen_fewer_groups_are_shown_and_the_others_named() {
    let (_, mut player) = agreement(80, 24);
    let text = player.text();
    assert!(text.contains("TURN") && text.contains("PRACTICES") && !text.contains("CHARACTER"), "{text}");
    assert!(text.contains("→ character, passages"), "{text}");
    // Turn: alpha and three counts; then the first figure on characters.
    let text = after(&mut player, "jllll");
    assert!(text.contains("CHARACTER"), "{text}");
}

#[test]
fn sorting_goes_round() {
    let (_, mut player) = agreement(120, 40);
    let order = |text: &str| {
        let names = ["Warm handoff", "Stepped care", "Referral", "Universal screening", "Funding", "EHR notes"];
        let mut found: Vec<(usize, &str)> = names
            .into_iter()
            .map(|name| (text.lines().position(|l| l.starts_with(&format!(" {name}"))).expect(name), name))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    assert_eq!(order(&player.text())[0], "Warm handoff");
    let text = after(&mut player, "S");
    assert_eq!(order(&text)[0], "Referral", "the lowest alpha first:\n{text}");
    let text = after(&mut player, "S");
    assert_eq!(order(&text)[0], "Universal screening", "two disputed cases:\n{text}");
    let text = after(&mut player, "S");
    assert_eq!(order(&text)[0], "EHR notes", "{text}");
    let text = after(&mut player, "S");
    assert_eq!(order(&text)[0], "Warm handoff", "{text}");
}

#[test]
fn other_units_and_levels_are_headed_exploratory() {
    let (_, mut player) = agreement(140, 40);
    let text = after(&mut player, "U");
    assert!(text.contains("PARAGRAPH exploratory") && text.contains("chosen after reveal"), "{text}");
    let text = after(&mut player, "U");
    assert!(text.contains("SENTENCE exploratory"), "{text}");
    let text = after(&mut player, "UU");
    assert!(text.contains("TURN fixed in advance"), "{text}");
    let text = after(&mut player, "LL");
    assert!(text.contains("exploratory") && text.contains("Meeting the patient"), "rolled up:\n{text}");
    let text = after(&mut player, "LL");
    assert!(text.contains("fixed in advance") && text.contains("Warm handoff"), "{text}");
}

/// The screen under the top line, which says when it was saved.
fn below(text: &str) -> String {
    text.lines().skip(1).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_figure_opens_its_passages_and_one_more_enter_stands_in_the_transcript() {
    let (_, mut player) = agreement(120, 40);
    let mut opened = 0;
    for by_case in [false, true] {
        let rows = player.app.agreement.rows().len() + 1;
        for row in 0..rows {
            player.keys("<Home>").expect("keys");
            player.keys(&"j".repeat(row)).expect("keys");
            let view = player.app.study.view();
            let figs = player.app.agreement.figs(&view);
            for (n, fig) in figs.iter().enumerate() {
                player.keys(&"h".repeat(figs.len())).expect("keys");
                player.keys(&"l".repeat(n)).expect("keys");
                let at = player.app.agreement.fig(&player.app.study.view());
                assert_eq!(at.as_ref(), Some(fig));
                let before = player.text();
                let text = after(&mut player, "<Enter>");
                if player.app.layers.is_empty() {
                    // Nothing was counted: no passage to go to, and it is said.
                    let none =
                        ["0", "no", "—", "agree"].iter().any(|words| fig.value.contains(words)) || fig.value.is_empty();
                    assert!(none, "row {row}: {fig:?} opens nothing\n{text}");
                    assert!(text.contains("nothing was counted"), "{text}");
                    continue;
                }
                opened += 1;
                player.keys("<Enter>").expect("keys");
                assert_eq!(player.app.showing, Showing::Code, "{fig:?}");
                assert!(player.app.code.transcript.is_some() && player.app.layers.is_empty());
                assert_eq!(player.app.study.view().whose(), Whose::Everybody, "A's and B's codings are in sight");
                player.keys("<Esc>").expect("keys");
                assert_eq!(player.app.showing, Showing::Agreement);
                assert_eq!(player.app.layers.len(), 1, "the list is there again");
                assert_eq!(player.app.study.view().whose(), Whose::Mine);
                player.keys("<Esc>").expect("keys");
                assert_eq!(below(&player.text()), below(&before), "the same figure");
            }
        }
        assert!(by_case || opened > 60, "{opened}");
        player.keys("<Tab>").expect("keys");
    }
}

#[test]
fn the_passages_that_both_and_one_alone_coded_are_those() {
    let (made, mut player) = agreement(120, 40);
    let count = |player: &Player, label: &str| {
        let view = player.app.study.view();
        player.app.agreement.figs(&view).iter().position(|fig| fig.label == label)
    };
    player.keys("j").expect("keys");
    let some = count(&player, "some").expect("a figure");
    player.keys(&"l".repeat(some)).expect("keys");
    let text = after(&mut player, "<Enter>");
    assert!(text.contains("she walks over and gets Denise"), "only PB coded it:\n{text}");
    player.keys("<Enter>").expect("keys");
    let source = player.app.code.source();
    assert_eq!(source, Some(made.passage("she walks over and gets Denise").source));
    player.keys("gA").expect("keys");
    assert!(player.app.layers.is_empty() && player.app.showing == Showing::Agreement, "gA goes back as well");
    assert_eq!(player.app.study.view().whose(), Whose::Mine);
}

#[test]
fn the_methods_paragraph_is_copied_and_shown_with_its_gaps() {
    let (_, mut player) = agreement(120, 40);
    let text = after(&mut player, "y");
    assert!(text.contains("⟨Participant checking: state.⟩"), "{text}");
    assert!(text.contains("drawn at random, seed 4711"), "{text}");
    let copied = player.asked.iter().find_map(|ask| match ask {
        Ask::Copy(words) => Some(words.clone()),
        _ => None,
    });
    assert!(copied.is_some_and(|words| words.contains("Krippendorff's alpha") && words.contains("⟨")));
}

#[test]
fn the_figures_are_written_to_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("round-1.csv");
    let (_, mut player) = agreement(120, 40);
    player.keys("w<C-u>").expect("keys");
    player.app.paste(&path.display().to_string());
    let text = after(&mut player, "<Enter>");
    assert!(text.contains("written to"), "{text}");
    let csv = std::fs::read_to_string(&path).expect("a file");
    assert!(csv.starts_with("code,alpha,") && csv.contains("Warm handoff,0.8"), "{csv}");
    assert!(
        std::fs::read_to_string(folder.path().join("round-1-methods.md")).expect("a file").contains("independently")
    );
}

#[test]
fn late_edits_change_no_figure() {
    let mut made = Rounds::revealed();
    let figures = |made: &Rounds| {
        let mut player = made.player(made.pb, 160, 40);
        after(&mut player, "gA")
    };
    let table = |text: &str| {
        let lines: Vec<String> =
            text.lines().skip(1).filter(|line| !line.contains("Settled")).map(str::to_owned).collect();
        lines
    };
    let before = figures(&made);
    let pb = made.pb;
    made.lay(pb, "We huddle at eight and go down the list.", "Registry");
    made.lay(pb, "There is a sheet on the fridge.", "Registry");
    assert_eq!(table(&figures(&made)), table(&before));
}

#[test]
fn rounds_in_a_row_and_each_coder_against_the_consensus_stand_under_their_names() {
    let made = Rounds::reconciling();
    let mut player = made.player(made.pb, 160, 40);
    let text = after(&mut player, "gA");
    assert!(text.contains("2 of 14 disagreements"), "{text}");
    assert!(text.contains("against the consensus"), "{text}");
    assert!(text.contains("Rounds") && text.contains("Round 1  .73"), "{text}");
    let text = after(&mut player, "p");
    assert!(text.contains("no other round has been revealed"), "{text}");
    let text = after(&mut player, "R");
    assert!(text.contains("Reconcile"), "{text}");
}

#[test]
fn on_a_low_screen_all_that_is_said_of_a_row_is_a_page_on_a_key() {
    let (_, mut player) = agreement(80, 24);
    let text = after(&mut player, "jd");
    assert!(text.contains("Scope: 5 of 8 practices") && text.contains("Rounds: Round 1"), "{text}");
}

#[test]
fn the_mouse_takes_rows_in_hand_and_leaves_the_hidden_view_alone() {
    use ratatui::crossterm::event::{MouseButton, MouseEventKind};
    let (_, mut player) = agreement(120, 40);
    let cursor = player.app.code.transcript.as_ref().map(|transcript| transcript.cursor());
    player.mouse(MouseEventKind::Down(MouseButton::Left), 40, 7);
    assert_eq!(player.app.agreement.row().map(|row| row.name.as_str()), Some("Stepped care"));
    player.mouse(MouseEventKind::ScrollDown, 40, 7);
    assert_ne!(player.app.agreement.row().map(|row| row.name.as_str()), Some("Stepped care"));
    player.keys("gR").expect("keys");
    player.mouse(MouseEventKind::Down(MouseButton::Left), 60, 12);
    assert!(matches!(player.app.rounds.target(), Some(emic::screen::views::rounds::Target::Case(_))));
    assert_eq!(player.app.code.transcript.as_ref().map(|transcript| transcript.cursor()), cursor);
}

#[test]
fn a_code_is_found_by_its_name() {
    let (_, mut player) = agreement(120, 40);
    let text = after(&mut player, "/reimb<Enter>");
    assert!(text.contains("Reimbursement: alpha"), "{text}");
}

#[test]
fn figures_are_legible_in_ascii() {
    let (_, mut player) = agreement(160, 40);
    player.app.glyphs = emic::screen::glyphs::Glyphs::ASCII;
    let text = after(&mut player, "j");
    let row = text.lines().find(|line| line.starts_with(" Warm handoff")).expect("the row");
    let plot: String = row.chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect();
    assert!(plot.contains('@') && plot.contains('-') && plot.is_ascii(), "{row}");
}
