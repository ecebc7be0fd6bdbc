//! The Extracts view, played with real keys: reading, filtering, and coding on.

mod support;

use emic::project::codebook::Origin;
use emic::project::edit::{CycleEdit, Edit, Spot};
use emic::project::id::{CodeId, CoderId};
use emic::project::view::Whose;
use emic::screen::play::Player;
use emic::screen::views::Showing;
use emic::session::Study;
use emic::text::Span;
use support::desk;

/// How many answers there are, and in how many texts.
const ANSWERS: usize = 60;
const TEXTS: usize = 3;

/// Keys, then the screen.
fn after(player: &mut Player, keys: &str) -> String {
    player.keys(keys).expect("keys");
    player.text()
}

fn code(study: &Study, name: &str) -> CodeId {
    study.view().codebook().named(name)[0]
}

/// The number of the answer decides what it is about.
fn answer(n: usize) -> String {
    let about = ["walks them over", "keeps an hour open", "asks everybody at the desk"][n % 3];
    format!("This is answer {n}: she {about} and then we see how it went for them that day.")
}

/// Sixty answers in three texts, each of which carries the broad code “Integration”; under it three codes, pinned on 1 to 3.
fn study() -> Study {
    let each = ANSWERS / TEXTS;
    let text = |text: usize| {
        let turn = |n: usize| format!("Interviewer: And on day {n}?\n\nNurse: {}\n\n", answer(n));
        (text * each..(text + 1) * each).map(turn).collect::<String>()
    };
    let texts: Vec<(String, String)> = (0..TEXTS).map(|n| (format!("Nurse {n}"), text(n))).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
    let mut study = desk::study(&["Integration", "Other"], &texts);
    let broad = code(&study, "Integration");
    let mut below = None;
    for (n, name) in ["Warm handoff", "Open time", "Screening"].into_iter().enumerate() {
        let id: CodeId = study.fresh_id().into();
        let spot = Spot { parent: Some(broad), after: below };
        let add = Edit::AddCode { id, name: name.into(), spot, origin: Origin::Emergent, colour: None };
        study.apply(&add).expect("a code");
        study.apply(&Edit::Pin(n as u8 + 1, Some(id))).expect("pinned");
        below = Some(id);
    }
    let sources: Vec<_> = study.view().sources().iter().map(|source| source.id).collect();
    for source in sources {
        let reading = study.read(source).expect("a text");
        let view = study.view();
        let passages: Vec<_> =
            reading.turns.turns.iter().skip(1).step_by(2).map(|turn| view.passage(source, turn.body)).collect();
        let borders = reading.borders(reading.text.whole());
        study.apply(&Edit::Lay { passages, codes: vec![broad], apart: false, borders }).expect("laid");
    }
    study
}

fn count(player: &Player, name: &str) -> u32 {
    let view = player.app.study.view();
    view.count(view.codebook().named(name)[0])
}

/// The study at its extracts of the broad code.
fn extracts(width: u16, height: u16) -> Player {
    let mut player = desk::open(study(), width, height);
    player.keys("<Tab>ggE").expect("keys");
    player
}

#[test]
fn sixty_extracts_of_a_broad_code_are_subcoded_with_pinned_keys_and_undone() {
    let mut player = extracts(120, 40);
    let text = player.text();
    assert!(player.app.showing == Showing::Extracts && text.contains("Integration"), "{text}");
    assert!(text.contains("60 passages in 3 sources") && text.contains("standard pages"), "{text}");
    assert!(text.contains("0 of 60 subcoded"), "{text}");
    for n in 0..ANSWERS {
        let shown = player.app.extracts.current().expect("an extract").clone();
        let reading = player.app.study.read(shown.source).expect("a text");
        assert!(reading.text.slice(shown.span).contains(&format!("answer {n}:")), "answer {n} is in hand");
        player.keys(&(n % 3 + 1).to_string()).expect("a digit");
    }
    let text = player.text();
    assert!(text.contains("60 of 60 subcoded") && text.contains("✓ "), "{text}");
    for name in ["Warm handoff", "Open time", "Screening"] {
        assert_eq!(count(&player, name), 20, "{name}");
    }
    assert_eq!(count(&player, "Integration"), 60, "the broad code stays");
    let text = after(&mut player, "n");
    assert!(text.contains("all of them are subcoded"), "{text}");
    // Undo goes to what it took back, and n to what is left to do.
    let text = after(&mut player, "uu");
    assert!(text.contains("undone: code “Open time”"), "{text}");
    assert_eq!((player.app.extracts.at(), count(&player, "Open time"), count(&player, "Screening")), (58, 19, 19));
    assert!(after(&mut player, "gg").contains("58 of 60 subcoded"));
    assert_eq!(after(&mut player, "n").matches("59 of 60").count(), 1, "{}", player.text());
    player.keys("n").expect("a key");
    assert_eq!(player.app.extracts.at(), 59);
    player.keys("N").expect("a key");
    assert_eq!(player.app.extracts.at(), 58);
    player.keys("<C-r><C-r>").expect("keys");
    assert!(after(&mut player, "gg").contains("60 of 60 subcoded"));
}

#[test]
fn enter_stands_in_the_transcript_with_the_passage_selected_and_esc_or_gw_comes_back_where_it_was() {
    let mut player = extracts(120, 40);
    player.keys("jjjjj").expect("keys");
    for back in ["<Esc>", "gw", "<C-o>", "gE"] {
        player.keys("<Enter>").expect("a key");
        assert_eq!(player.app.showing, Showing::Code);
        let transcript = player.app.code.transcript.as_ref().expect("a text");
        let words = transcript.selected().map(|span| transcript.reading().text.slice(span).to_owned());
        assert_eq!(words.as_deref(), Some(answer(5).as_str()));
        player.keys(back).expect("keys");
        assert_eq!((player.app.showing, player.app.extracts.at()), (Showing::Extracts, 5), "{back}");
    }
    // Coding in the transcript lets the passage go; the way back is still there.
    player.keys("<Enter>2jj").expect("keys");
    assert_eq!(count(&player, "Open time"), 1);
    player.keys("<Esc>").expect("a key");
    assert_eq!((player.app.showing, player.app.extracts.at()), (Showing::Extracts, 5));
    assert!(player.text().contains("1 of 60 subcoded"), "{}", player.text());
    // Once elsewhere, Esc in the transcript leads nowhere else.
    player.keys("<Esc>").expect("a key");
    assert_eq!(player.app.showing, Showing::Code);
    player.keys("<Esc>").expect("a key");
    assert_eq!(player.app.showing, Showing::Code);
}

#[test]
fn marked_extracts_are_coded_moved_and_taken_away_in_one_step_each() {
    let mut player = extracts(120, 40);
    let text = after(&mut player, "  j cother<Enter>");
    assert!(text.contains("3 extracts coded; one undo takes them all back"), "{text}");
    assert_eq!(count(&player, "Other"), 3);
    assert!(player.app.extracts.marked.is_empty());
    // Again, on the next ones, one by one.
    player.keys("gga..").expect("keys");
    assert_eq!((count(&player, "Other"), player.app.extracts.at()), (4, 3), "the first two carried it, the third not");
    player.keys("u").expect("a key");
    assert_eq!(count(&player, "Other"), 3);
    // A new code stands under the broad one.
    player.keys("ggcBy phone<Enter>").expect("keys");
    let view = player.app.study.view();
    let new = view.codebook().named("By phone")[0];
    assert_eq!(view.code(new).and_then(|node| node.parent), Some(code(&player.app.study, "Integration")));
    // Moved ones leave the list, across sources.
    let text = after(&mut player, "gg   G Rscreening<Enter>");
    assert!(text.contains("4 extracts moved"), "{text}");
    assert_eq!((count(&player, "Integration"), count(&player, "Screening")), (56, 4));
    let text = after(&mut player, "gg");
    assert!(text.contains("56 passages"), "{text}");
    player.keys("u").expect("a key");
    assert_eq!((count(&player, "Integration"), count(&player, "Screening")), (60, 0));
    let text = after(&mut player, "ggAx");
    assert!(text.contains("No passage is such"), "{text}");
    assert_eq!(count(&player, "Integration"), 0);
    player.keys("u").expect("a key");
    assert_eq!(count(&player, "Integration"), 60);
}

#[test]
fn another_coders_passage_is_coded_anew_as_ones_own() {
    let mut made = study();
    let (me, broad) = (made.coder(), code(&made, "Integration"));
    let them: CoderId = made.fresh_id().into();
    made.apply(&Edit::AddCoder { id: them, initials: "DC".into(), name: String::new() }).expect("a coder");
    // The same project, DC at the screen.
    let mut keeper = emic::session::MemoryKeeper::new(emic::project::id::Writer::new("DC-test").expect("a writer"));
    let sources: Vec<_> = made.view().sources().iter().map(|source| (source.id, source.folder.clone())).collect();
    for (source, folder) in sources {
        let reading = made.read(source).expect("a text");
        for (path, bytes) in [
            (emic::session::keeper::words_file(&folder, 1), reading.text.as_str().as_bytes().to_vec()),
            (emic::session::keeper::turns_file(&folder, 1, 1), reading.turns.to_ron().into_bytes()),
        ] {
            keeper.add_file(emic::session::NewFile { path, bytes });
        }
    }
    let history = emic::session::history::History::default();
    let theirs = Study::new(made.snapshot(), them, Box::new(keeper), Box::new(desk::mint(8)), history);
    let mut player = desk::open(theirs, 120, 40);
    assert!(after(&mut player, "<Tab>ggE").contains("No passage is such"));
    // Whose: the working set, then everybody's.
    let text = after(&mut player, "ww");
    assert!(
        text.contains("codings of everybody") && text.contains("0 of 60 subcoded") && text.contains("PB"),
        "{text}"
    );
    let text = after(&mut player, "x");
    assert!(text.contains("that is another coder's; c codes its words as your own"), "{text}");
    player.keys("copen<Enter>Rscreening<Enter>").expect("keys");
    let view = player.app.study.view();
    let mine: Vec<(String, Span)> =
        view.codings().map(|seen| (view.code_name(seen.code).to_owned(), seen.span)).collect();
    assert_eq!(mine.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Open time", "Screening"]);
    assert!(mine[0].1.end < mine[1].1.start, "the second extract, not the first again");
    let of_all = view.showing(Whose::Everybody);
    assert_eq!(of_all.codings().filter(|seen| seen.code == broad && seen.coding.coder == me).count(), 60);
    assert!(player.text().contains("2 of 60 subcoded"), "{}", after(&mut player, "k"));
}

#[test]
fn the_query_is_typed_narrowed_and_stands_in_words_above() {
    let mut player = extracts(120, 40);
    let text = after(&mut player, "/answer 1<Enter>");
    assert!(text.contains("with “answer 1”") && text.contains("11 passages"), "{text}");
    let text = after(&mut player, "fnurse 0<Enter>");
    assert!(text.contains("11 passages"), "nothing is called that among filters:\n{text}");
    player.keys("<Esc>").expect("a key");
    let text = after(&mut player, "fwith “answer<Enter>");
    assert!(text.contains("60 passages") && !text.contains("with “"), "{text}");
    // What cannot be read is said, and nothing is lost.
    let text = after(&mut player, "e<C-u>integration AND NOT warm hand<Enter>");
    assert!(
        text.contains("there is no code “warm hand” in this project; there is “Integration › Warm handoff”"),
        "{text}"
    );
    player.keys("<Esc>11").expect("keys");
    let text = after(&mut player, "e AND NOT warm handoff<Enter>");
    assert!(text.contains("Integration AND NOT Warm handoff") && text.contains("58 passages"), "{text}");
    let text = after(&mut player, "e<C-u>warm handoff FOLLOWED 2 integration<Enter>");
    assert!(text.contains("2 passages"), "{text}");
    let text = after(&mut player, "e<C-u>integration<Enter>s");
    assert!(text.contains("Integration and the codes below") && text.contains(" of 60  "), "{text}");
    let text = after(&mut player, "fregular<Enter>answer (5|6):<Enter>");
    assert!(text.contains("2 passages"), "{text}");
    let text = after(&mut player, "fregular<Enter>(<Enter>");
    assert!(text.contains("of the pattern"), "{text}");
    assert!(!player.has_ended() && after(&mut player, "<Esc>q").len() > 10 && player.has_ended(), "q leaves");
}

#[test]
fn context_unfolds_and_esc_folds_it_before_it_leaves() {
    let mut player = extracts(100, 30);
    let text = after(&mut player, "jo");
    assert!(text.contains("And on day 1?") && text.contains("And on day 2?"), "{text}");
    let text = after(&mut player, "<Esc>");
    assert!(!text.contains("And on day 1?") && player.app.showing == Showing::Extracts, "{text}");
    let text = after(&mut player, " <Esc>");
    assert!(!text.contains("marked") && player.app.showing == Showing::Extracts, "{text}");
}

#[test]
fn only_the_extracts_that_are_shown_are_drawn_wherever_in_a_long_list() {
    let mut player = extracts(80, 24);
    for keys in ["G", "gg", "<PageDown><PageDown>", "NN"] {
        let text = after(&mut player, keys);
        let at = player.app.extracts.at();
        assert!(text.contains(&format!("answer {at}:")), "{keys}: {at}\n{text}");
    }
    // Ten thousand extracts: a frame at the end takes no longer than one at the start.
    let turn = "Nurse: So it went on and on that day.\n\n".repeat(10_000);
    let mut study = desk::study(&["Broad"], &[("Long", &turn)]);
    let source = study.view().sources()[0].id;
    let broad = code(&study, "Broad");
    let spans: Vec<Span> = turn.match_indices("So it").map(|(at, _)| Span::new(at as u32, at as u32 + 20)).collect();
    let passages = spans.iter().map(|span| study.view().passage(source, *span)).collect();
    study.apply(&Edit::Lay { passages, codes: vec![broad], apart: false, borders: Vec::new() }).expect("laid");
    let mut player = desk::open(study, 120, 40);
    player.keys("<Tab>E").expect("keys");
    assert_eq!(player.app.extracts.list().len(), 10_000);
    player.keys("G").expect("a key");
    let begun = std::time::Instant::now();
    let steps = 60;
    player.keys(&"k".repeat(steps)).expect("keys");
    let each = begun.elapsed() / steps as u32;
    assert!(each < std::time::Duration::from_millis(50), "{each:?} a step");
}

#[test]
fn extracts_are_narrowed_to_the_cycle_in_which_they_were_laid() {
    let mut study = study();
    let id = study.fresh_id().into();
    let freeze = CycleEdit::Freeze { id, name: "Broad coding".into(), note: String::new(), top: None };
    study.apply(&Edit::Cycles(freeze)).expect("frozen");
    let mut player = desk::open(study, 120, 40);
    player.keys("<Tab>ggE").expect("keys");
    // Two of them are coded on since, which the codes below show.
    player.keys("11s").expect("keys");
    let count = |player: &Player| player.app.extracts.found().map_or(0, |found| found.extracts.counts.codings);
    assert_eq!(count(&player), 62);
    let text = after(&mut player, "flaid in<Enter>");
    assert!(text.contains("laid in “Broad coding”"), "{text}");
    assert_eq!(count(&player), 60);
    player.keys("flaid in<Enter>flaid after<Enter>").expect("keys");
    assert_eq!(count(&player), 2, "{}", player.text());
}

#[test]
fn a_passage_of_several_turns_shows_what_is_said_without_the_labels() {
    let mut study = study();
    let (source, other) = (study.view().sources()[0].id, code(&study, "Other"));
    let reading = study.read(source).expect("a text");
    let turns = &reading.turns.turns;
    let span = Span { start: turns[1].body.start, end: turns[3].body.end };
    let (passages, borders) = (vec![study.view().passage(source, span)], reading.borders(reading.text.whole()));
    study.apply(&Edit::Lay { passages, codes: vec![other], apart: false, borders }).expect("laid");
    let mut player = desk::open(study, 156, 38);
    player.keys("gEe<C-u>Other<Enter>").expect("keys");
    let text = player.text();
    assert!(text.contains("that day. / And on day 1? / This is"), "{text}");
}
