//! Scripts of real keys against the real program on a screen of cells: what the screen says, and what is recorded.

mod support;

use emic::screen::layers::Layer;
use emic::screen::theme::Depth;
use ratatui::style::Modifier;
use support::desk::{self, codings, open, sample, span_of, study};

const TALK: &str = "\
Interviewer: How do you find out that somebody needs more?

Clinic manager: So every new patient gets a PHQ before the doctor comes in. Rosa does it. If it comes back high she walks over and gets Denise.

Interviewer: And when Denise is with someone else?

Clinic manager: Then we have her card. The grant that paid for that ran out in the fall.
";

fn desk(codes: &[&str]) -> emic::screen::play::Player {
    open(study(codes, &[("Talk", TALK)]), 120, 40)
}

fn words(player: &mut emic::screen::play::Player) -> Vec<(String, String)> {
    let mut all = codings(player);
    all.sort();
    all
}

#[test]
fn selecting_coding_overlapping_merging_undone_and_done_again_is_the_same() {
    let mut player = desk(&["Screening", "Handoff", "Money"]);
    // Two codes over each other, a third elsewhere, then two of the codes made one.
    player.keys("Jsc<Tab><BS>").expect("keys");
    player.keys("<Esc>").expect("keys");
    player.keys("gt2<Enter>scscr<Enter>").expect("a sentence with the first code");
    player.keys("gt2<Enter>tchan<Enter>").expect("the turn with the second");
    player.keys("gt4<Enter>Wscmon<Enter>").expect("a sentence with the third");
    let before = words(&mut player);
    assert_eq!(before.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["Handoff", "Money", "Screening"]);
    let first = span_of(&player, "So every new patient gets a PHQ before the doctor comes in.");
    player.app.code.transcript.as_mut().expect("open").go(first.start);
    player.app.settle();
    player.keys("h").expect("a key");
    let screen = player.text();
    assert!(screen.contains("Screening") && screen.contains("Handoff"), "both are named beside the text:\n{screen}");

    player.keys("<Tab>gg<Space>Mhan<Enter>").expect("merged");
    let merged = words(&mut player);
    assert_eq!(merged.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["Handoff", "Handoff", "Money"]);
    assert_eq!(player.app.study.view().codebook().len(), 2, "the merged code is gone from the tree");

    let end = player.app.study.snapshot();
    let mut steps = 0;
    while player.app.study.history().to_undo().is_some() {
        player.keys("u").expect("undo");
        steps += 1;
    }
    assert_eq!(player.app.study.view().codebook().len(), 0, "everything is undone, the codes as well");
    player.keys(&"<C-r>".repeat(steps)).expect("redo");
    assert_eq!(words(&mut player), merged);
    let view = player.app.study.view();
    let again: Vec<_> = view.codebook().in_order().into_iter().map(|code| view.code_name(code).to_owned()).collect();
    let end = emic::project::view::View::new(&end, view.coder());
    let then: Vec<_> = end.codebook().in_order().into_iter().map(|code| end.code_name(code).to_owned()).collect();
    assert_eq!(again, then);
}

#[test]
fn a_code_laid_over_words_that_carry_it_extends_the_coding_and_one_undo_parts_them() {
    let mut player = desk(&["Screening"]);
    player.keys("<Tab>1<Esc>Js1").expect("the first sentence");
    player.keys("Kgt2<Enter>ss1").expect("the first two");
    let whole = "So every new patient gets a PHQ before the doctor comes in. Rosa does it.";
    assert_eq!(words(&mut player), [("Screening".into(), whole.into())], "one coding, not two");
    player.keys("u").expect("undo");
    let first = "So every new patient gets a PHQ before the doctor comes in.";
    assert_eq!(words(&mut player), [("Screening".into(), first.into())]);
    player.keys("gt2<Enter>ssA<Enter>").expect("as a coding of its own");
    assert_eq!(words(&mut player).len(), 2, "apart: two codings over the same words");
}

#[test]
fn several_codes_in_one_go_are_one_step() {
    let mut player = desk(&["Screening", "Handoff", "Money"]);
    player.keys("Jsc<Space><Space><Enter>").expect("keys");
    assert_eq!(words(&mut player).len(), 2);
    player.keys("u").expect("undo");
    assert_eq!(words(&mut player).len(), 0);
    // Names typed, each marked with tab.
    player.keys("gt2<Enter>schan<Tab>mon<Tab><Enter>").expect("keys");
    let codes: Vec<String> = words(&mut player).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["Handoff", "Money"]);
    player.keys("s.").expect("again");
    assert_eq!(words(&mut player).len(), 4, "the last codes again, both");
}

#[test]
fn the_ends_of_a_coding_are_moved_and_its_code_replaced_and_commented() {
    let mut player = desk(&["Screening", "Handoff"]);
    player.keys("Jscscr<Enter>[r").expect("the ends in hand");
    assert!(player.text().contains("moving the ends") || player.text().contains("move the end"), "{}", player.text());
    player.keys("W<Enter>").expect("a sentence more");
    let longer = "So every new patient gets a PHQ before the doctor comes in. Rosa does it.";
    assert_eq!(words(&mut player), [("Screening".into(), longer.into())]);
    player.keys("row<Enter>").expect("the start a word later");
    assert_eq!(words(&mut player)[0].1, &longer[3..]);
    player.keys("row<Esc>").expect("left as it was");
    assert_eq!(words(&mut player)[0].1, &longer[3..]);
    player.keys("Rhan<Enter>").expect("another code");
    assert_eq!(words(&mut player)[0].0, "Handoff");
    player.keys("Cwhy not<Enter>").expect("a comment");
    let view = player.app.study.view();
    assert_eq!(view.codings().next().expect("a coding").coding.comment, "why not");
    assert!(player.text().contains("why not"), "it stands beside the passage:\n{}", player.text());
}

#[test]
fn words_become_a_code_in_vivo() {
    let mut player = desk(&[]);
    player.keys("JWvwwwi").expect("keys");
    assert_eq!(words(&mut player), [("Rosa does it".into(), "Rosa does it".into())]);
    let view = player.app.study.view();
    let code = view.codebook().in_order()[0];
    assert_eq!(view.code(code).expect("the code").code.origin.name(), "in vivo");
}

#[test]
fn overlapping_codings_are_listed_and_cycled() {
    let mut player = desk(&["Screening", "Handoff", "Money"]);
    player.keys("<Tab>1j2j3<Esc>Js1gt2<Enter>t2gt2<Enter>s3gt2<Enter>").expect("keys");
    let hand = |player: &emic::screen::play::Player| {
        let view = player.app.study.view();
        player.app.code.in_hand(&view).map(|seen| view.code_name(seen.code).to_owned())
    };
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.extend(hand(&player));
        player.keys("<Space>").expect("next");
    }
    seen.sort();
    assert_eq!(seen, ["Handoff", "Money", "Screening"]);
    let screen = player.text();
    let list = screen.split("ON THIS PASSAGE").nth(1).expect("the list");
    for name in ["Screening", "Handoff", "Money"] {
        assert!(list.contains(name), "{name} is listed:\n{screen}");
    }
    player.keys("x").expect("removed");
    assert_eq!(words(&mut player).len(), 2);
}

#[test]
fn the_tree_is_shaped_by_keys() {
    let mut player = desk(&["Alpha", "Beta"]);
    let tree = |player: &emic::screen::play::Player| {
        let view = player.app.study.view();
        let row = |code| "-".repeat(usize::from(view.code(code).map_or(0, |node| node.depth))) + view.code_name(code);
        view.codebook().in_order().into_iter().map(row).collect::<Vec<_>>().join(" ")
    };
    player.keys("<Tab>ggaGamma<Enter>").expect("a sibling");
    assert_eq!(tree(&player), "Alpha Gamma Beta");
    player.keys("ADelta<Enter>").expect("a child");
    assert_eq!(tree(&player), "Alpha Gamma -Delta Beta");
    player.keys("H").expect("out");
    assert_eq!(tree(&player), "Alpha Gamma Delta Beta");
    player.keys("K").expect("up");
    assert_eq!(tree(&player), "Alpha Delta Gamma Beta");
    player.keys("L").expect("in");
    assert_eq!(tree(&player), "Alpha -Delta Gamma Beta");
    player.keys("r<C-u>Epsilon<Enter>").expect("renamed");
    assert_eq!(tree(&player), "Alpha -Epsilon Gamma Beta");
    player.keys("pbet<Enter>").expect("under another");
    assert_eq!(tree(&player), "Alpha Gamma Beta -Epsilon");
    player.keys("ggx").expect("asked");
    assert!(player.text().contains("Delete “Alpha”?"), "{}", player.text());
    player.keys("y<Enter>").expect("deleted");
    assert_eq!(tree(&player), "Gamma Beta -Epsilon");
    player.keys("uuuuuuuu").expect("all undone");
    assert_eq!(tree(&player), "Alpha Beta");
}

#[test]
fn a_code_is_to_be_defined_until_it_is_worded_and_every_wording_is_kept_with_its_reason() {
    let mut player = desk(&["Screening"]);
    player.keys("<Tab>").expect("the tree");
    assert!(player.text().contains("to be defined"), "{}", player.text());
    player.keys("dAsked as a rule.<Tab>a set of questions<Esc>").expect("worded");
    assert!(!player.text().contains("to be defined"));
    assert!(player.text().contains("Asked as a rule."));
    player.keys("d More.<Esc>").expect("worded again: the reason is asked");
    assert!(player.text().contains("why does the wording change"), "{}", player.text());
    player.keys("we disagreed<Esc>").expect("with a reason");
    let view = player.app.study.view();
    let code = view.codebook().in_order()[0];
    let wordings: Vec<_> = view.wordings(code).iter().map(|w| (w.definition.clone(), w.reason.clone())).collect();
    assert_eq!(
        wordings,
        [("Asked as a rule.".into(), String::new()), ("Asked as a rule. More.".into(), "we disagreed".into())]
    );
    player.keys("D").expect("earlier wordings");
    assert!(player.text().contains("we disagreed"), "{}", player.text());
    player.keys("<Esc><Esc>JsX").expect("an example from the text");
    let view = player.app.study.view();
    let wording = view.code(code).and_then(|node| node.wording.clone()).expect("worded");
    assert_eq!(wording.example, "So every new patient gets a PHQ before the doctor comes in.");
}

#[test]
fn a_codes_passages_are_split_off_into_a_new_code() {
    let mut player = desk(&["Screening"]);
    player.keys("<Tab>1<Esc>Js1ss1gt4<Enter>s1<Tab>S").expect("the passages");
    assert!(player.text().contains("3 passages") || player.text().contains("2 passages"), "{}", player.text());
    let count = words(&mut player).len();
    player.keys("<Space>cAsking<Enter><Esc>").expect("split");
    let codes: Vec<String> = words(&mut player).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes.len(), count);
    assert_eq!(codes.iter().filter(|code| *code == "Asking").count(), 1, "{codes:?}");
}

#[test]
fn what_is_found_is_walked_listed_and_coded_in_one_step() {
    let mut player = desk(&["Person"]);
    player.keys("/denise<Enter>").expect("found");
    assert!(player.text().contains("2 hits"), "{}", player.text());
    let at = |player: &emic::screen::play::Player| player.app.code.transcript.as_ref().expect("open").cursor();
    let first = at(&player);
    player.keys("n").expect("next");
    let second = at(&player);
    assert!(first < second);
    player.keys("N").expect("previous");
    assert_eq!(at(&player), first);
    player.keys("gH").expect("listed");
    player.keys("cper<Enter>").expect("coded");
    let found = words(&mut player);
    assert_eq!(found.len(), 2, "each hit with its sentence: {found:?}");
    assert!(found.iter().all(|(_, words)| words.contains("Denise")));
    player.keys("u").expect("undo");
    assert_eq!(words(&mut player).len(), 0);
    // One hit taken out first.
    player.keys("gH<Space>cper<Enter>").expect("coded");
    assert_eq!(words(&mut player).len(), 1);
    player.keys("/gr.nt<C-r><Enter>").expect("a regular expression");
    assert!(player.text().contains("1 hit"), "{}", player.text());
    player.keys("/(<C-r>").expect("a fault in it");
    assert!(player.text().contains('('), "it is told, and nothing breaks:\n{}", player.text());
}

#[test]
fn memos_are_written_in_place_saved_after_a_pause_and_found_again() {
    let mut player = desk(&["Screening"]);
    player.keys("Jsmeverybody<Enter>not just the sad").expect("typed");
    assert_eq!(player.app.study.view().memos().count(), 0, "not yet");
    player.wait(std::time::Duration::from_millis(1100));
    assert_eq!(player.app.study.view().memos().count(), 1, "in the journal after a second's pause");
    player.keys("<Esc>").expect("left");
    assert!(
        player.text().contains("memo “everybody” saved") || player.text().contains("memo saved"),
        "{}",
        player.text()
    );
    assert!(player.text().contains("✎ everybody"), "it stands under its passage:\n{}", player.text());
    player.keys("zm").expect("folded");
    assert!(!player.text().contains("not just the sad"), "{}", player.text());
    player.keys("gm").expect("all memos");
    assert!(player.text().contains("everybody"), "{}", player.text());
    player.keys("<Enter>!<Esc>").expect("opened and written on");
    let view = player.app.study.view();
    let memo = view.memos().next().expect("the memo");
    assert_eq!((memo.title(), memo.body()), ("everybody", "not just the sad!"));
}

#[test]
fn a_list_is_filtered_by_words_and_keeps_its_marks() {
    let mut player = sample(120, 40);
    let rows = |player: &emic::screen::play::Player| match player.app.layers.last() {
        Some(Layer::List(list)) => list.rows.len(),
        _ => 0,
    };
    player.keys("<Tab>o").expect("the passages of a code");
    let all = rows(&player);
    player.keys("<Space>/registry<Enter>").expect("filtered");
    let text = player.text();
    assert!(text.contains("with “registry”"), "{text}");
    assert!((1..all).contains(&rows(&player)), "{text}");
    player.keys("/<Esc>").expect("all again");
    assert_eq!(rows(&player), all);
    assert!(player.text().contains("✓"), "the mark is still there:\n{}", player.text());
}

#[test]
fn the_next_participants_turn_without_a_code_is_a_key_away() {
    let mut player = desk(&["Screening"]);
    player.keys("<Tab>1<Esc>Js1ggL").expect("keys");
    let turn = player.app.code.transcript.as_ref().expect("open").turn();
    assert_eq!(turn, Some(3), "turn 2 carries a code, turns 1 and 3 are the interviewer's");
}

#[test]
fn nothing_breaks_at_any_size() {
    let mut player = sample(120, 40);
    player.keys("]]").expect("keys");
    for layer in ["", "sc", "m", "?", ":", "/a", "gm", "<Tab>d", "<Tab>o", "<Tab><Tab>i"] {
        for (width, height) in (0..46).step_by(3).flat_map(|w| (0..14).step_by(2).map(move |h| (w, h))).chain([
            (60, 18),
            (300, 90),
            (1, 60),
            (400, 3),
        ]) {
            player.resize(width, height);
            player.keys(layer).expect("keys");
            player.keys("<Esc><Esc><Esc><Esc>").expect("keys");
        }
    }
    player.resize(30, 8);
    assert!(player.text().contains("Emic needs"), "a terminal too small is told so:\n{}", player.text());
}

#[test]
fn control_and_escape_characters_in_a_text_never_reach_the_terminal() {
    let text = "A: before \x1b[31m red \x07 bell \x1b]52;c;aGk=\x07 \u{202e}turned\u{202c} \u{9b}31m after\n\nB: fine.\n\nA: \x00nul\n";
    let mut study = study(&["Na\u{1b}[2Jme"], &[("So\u{1b}urce", text)]);
    let code = study.view().codebook().in_order()[0];
    study.apply(&emic::project::edit::Edit::RenameCode(code, "Co\u{1b}[31mde".into())).expect("renamed");
    let mut player = open(study, 100, 30);
    for keys in ["", "sc", "<Enter>", "mmemo\u{7}<Esc>", "<Tab>", "o", "<Esc>gm", "<Esc>:", "<Esc>/re", "<Esc>"] {
        player.keys(keys).expect("keys");
        let screen = player.screen();
        for cell in screen.content() {
            assert!(
                !cell.symbol().chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)),
                "{:?} after {keys}",
                cell.symbol()
            );
        }
    }
}

#[test]
fn without_colour_codings_selection_and_cursor_are_still_to_be_seen() {
    let mut player = desk(&["Screening", "Handoff"]);
    player.app.styles = player.app.library.get("mono").expect("mono").at(Depth::None);
    player.keys("<Tab>1j2<Esc>Js1gt2<Enter>t2gt4<Enter>s").expect("keys");
    let first = find(&player, "every new patient");
    let selected = find(&player, "Then we have her card");
    let screen = player.screen();
    assert!(screen[first].modifier.contains(Modifier::UNDERLINED), "coded text is underlined");
    assert!(screen[selected].modifier.contains(Modifier::REVERSED), "selected text is reversed");
    assert!(
        screen
            .content()
            .iter()
            .all(|cell| cell.fg == ratatui::style::Color::Reset && cell.bg == ratatui::style::Color::Reset)
    );
    let text = player.text();
    assert!(text.contains("┐┐") || text.contains("┐]") || text.contains("]┐"), "two stripes side by side:\n{text}");
}

/// Where on the screen these words begin.
fn find(player: &emic::screen::play::Player, words: &str) -> (u16, u16) {
    let text = player.text();
    let (y, line) =
        text.lines().enumerate().find(|(_, line)| line.contains(words)).unwrap_or_else(|| panic!("“{words}”:\n{text}"));
    let x = line.split(words).next().unwrap_or_default().chars().count();
    (x as u16, y as u16)
}

#[test]
fn wide_and_combining_characters_stand_where_they_are_counted() {
    let text = "診療所の受付で 山田さんが 話を聞く。\n\ncafe\u{301} 👩‍⚕️ naïve «ok» end.\n\nｶﾞ done.\n";
    let mut player = open(study(&["Code"], &[("Wide", text)]), 60, 20);
    player.keys("Jwwwwvw").expect("keys");
    let text = player.text();
    assert!(text.contains("診療所"), "{text}");
    player.keys("gg").expect("keys");
    for _ in 0..40 {
        player.keys("l").expect("right");
    }
    for _ in 0..40 {
        player.keys("h").expect("left");
    }
    let transcript = player.app.code.transcript.as_ref().expect("open");
    assert_eq!(transcript.cursor(), span_of(&player, "診").start, "as many steps back as forth");
}

#[test]
fn what_a_frame_looks_at_does_not_grow_with_the_text_or_the_codings() {
    let turns = |n: usize| {
        "Interviewer: And then?\n\nClinic manager: Then she walks over and gets Denise. It works.\n\n".repeat(n)
    };
    let work = |n: usize| {
        let mut study = study(&["Handoff"], &[("Long", &turns(n))]);
        let source = study.view().sources()[0].id;
        let code = study.view().codebook().in_order()[0];
        let reading = study.read(source).expect("a text");
        let bodies: Vec<_> = reading.turns.turns.iter().map(|turn| turn.body).collect();
        let passages = bodies.into_iter().map(|span| study.view().passage(source, span)).collect();
        let lay = emic::project::edit::Edit::Lay { passages, codes: vec![code], apart: true, borders: Vec::new() };
        study.apply(&lay).expect("coded");
        let mut player = open(study, 200, 60);
        player.keys(&format!("gt{}<Enter>", n / 2)).expect("the middle");
        player.keys("jj").expect("keys");
        (player.app.frame, {
            player.keys("<PageDown>").expect("a page");
            player.app.frame
        })
    };
    let (small, large) = (work(200), work(4000));
    for (few, many) in [(small.0, large.0), (small.1, large.1)] {
        assert!(many.codings.entries <= few.codings.entries + 128, "{many:?} against {few:?}");
        assert!(many.codings.blocks <= few.codings.blocks + 4, "{many:?} against {few:?}");
        assert!(many.wrapped <= few.wrapped + 4, "{many:?} against {few:?}");
    }
    assert!(small.0.wrapped <= 2, "moving within the page wraps nothing anew: {small:?}");
}

#[test]
#[ignore = "draws a screen for the eye: KEYS, SIZE, THEME, ANSI"]
fn look() {
    let size = std::env::var("SIZE").unwrap_or_else(|_| "140x40".into());
    let (width, height) = size.split_once('x').expect("a size");
    let (width, height) = (width.parse().expect("width"), height.parse().expect("height"));
    let mut player = desk::sample(width, height);
    if let Ok(theme) = std::env::var("THEME") {
        player.app.styles = player.app.library.get(&theme).expect("a theme").at(Depth::True);
    }
    player.keys(&std::env::var("KEYS").unwrap_or_default()).expect("keys");
    player.resize(width, height);
    match std::env::var("ANSI") {
        Ok(file) => std::fs::write(file, emic::screen::ansi::ansi(player.screen())).expect("written"),
        Err(_) => println!("{}", player.text()),
    }
}

#[test]
fn the_bottom_line_names_each_key_once_and_only_those_of_what_is_open() {
    let last = |keys: &str| {
        let mut player = desk::sample(200, 40);
        player.keys(keys).expect("keys");
        player.text().trim_end().lines().next_back().unwrap_or_default().to_owned()
    };
    for view in ["gE", "gT", "gX", "gY", "gW", "gB", "gL", "gm", "gP"] {
        let line = last(view);
        let tabs = line.split_whitespace().filter(|word| *word == "tab").count();
        assert!(tabs <= 1, "{view}: {line}");
    }
    let naming = last("gTA");
    assert!(naming.contains("accept") && !naming.contains("regex"), "a name is no search: {naming}");
    assert!(last("/").contains("regex"), "a search may be one");
    let one = last("gXK");
    assert!(one.contains("choose") && !one.contains("mark several"), "one is chosen: {one}");
}
