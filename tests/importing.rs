//! Importing plain texts with real keys: from a path to a source that is read, and back by one undo.

mod support;

use crossterm::event::KeyCode;
use emic::project::id::{FixedMint, Writer};
use emic::project::source::{SourceKind, Who};
use emic::screen::app::{App, Setup};
use emic::screen::command::Place;
use emic::screen::glyphs::Glyphs;
use emic::screen::key::Key;
use emic::screen::keymap::Keymap;
use emic::screen::play::Player;
use emic::screen::theme::{Depth, Library};
use emic::session::history::History;
use emic::session::{MemoryKeeper, Study};
use std::path::{Path, PathBuf};

fn sample(width: u16, height: u16) -> Player {
    let sample = support::sample::make();
    let mut keeper = MemoryKeeper::new(Writer::new("PB-test").expect("a writer"));
    sample.files.into_iter().for_each(|file| keeper.add_file(file));
    let mint = FixedMint::new(7, "2026-11-22T10:04:10Z".parse().expect("a time"));
    let study = Study::new(sample.project, sample.coder, Box::new(keeper), Box::new(mint), History::default());
    let library = Library::built_in();
    let styles = library.get("emic-dark").expect("a theme").at(Depth::True);
    let setup = Setup {
        library,
        theme: "emic-dark".into(),
        styles,
        glyphs: Glyphs::UNICODE,
        keymap: Keymap::built_in(),
        zone: jiff::tz::TimeZone::UTC,
    };
    let mut player = Player::new(App::new(study, setup), width, height);
    player.keys("<S-Tab>").expect("keys");
    assert_eq!(player.app.place(), Place::Cases);
    player
}

#[test]
fn look() {
    let Ok(keys) = std::env::var("KEYS") else { return };
    let size = std::env::var("SIZE").unwrap_or_else(|_| "80x24".into());
    let (width, height) = size.split_once('x').expect("a size");
    let mut player = sample(width.parse().expect("width"), height.parse().expect("height"));
    player.keys(&keys).expect("keys");
    println!("{}", player.text());
}

const TALK: &str = "Interviewer: How long have you worked here?\nNurse: Since 2011.\nInterviewer: And before?\n\
    Nurse: At the county hospital.\nInterviewer: What was it like?\nNurse: Quiet.\nBystander: Coffee?\n";

/// A folder with files of these names and contents.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    folder
}

/// Types `i`, the path, Enter.
fn import(player: &mut Player, path: &Path) {
    player.keys("i").expect("keys");
    player.app.paste(&path.to_string_lossy());
    player.keys("<Enter>").expect("keys");
}

fn says(player: &Player) -> &str {
    player.app.message().map_or("", |message| message.text.as_str())
}

/// All sources as `case/name`.
fn sources(player: &Player) -> Vec<String> {
    let view = player.app.study.view();
    let case = |id| view.case(id).map_or("-", |case| case.name.as_str());
    view.sources().iter().map(|one| format!("{}/{}", one.case.map_or("-", case), one.name)).collect()
}

#[track_caller]
fn shows(player: &Player, words: &str) {
    let text = player.text();
    assert!(text.contains(words), "“{words}” is not on the screen:\n{text}");
}

#[test]
fn a_newcomer_presses_i_types_a_path_looks_and_presses_enter() {
    let files = folder(&[("P07-night nurse.txt", TALK.as_bytes())]);
    let mut player = sample(80, 24);
    let before = sources(&player);
    player.keys("i").expect("keys");
    player.app.paste(&format!("{}/P07", files.path().display()));
    player.keys("<Tab>").expect("keys");
    shows(&player, "night nurse.txt");
    player.keys("<Enter>").expect("keys");
    for words in
        ["Import P07-night nurse.txt", "Night nurse", "Practice 07", "interview", "SPEAKERS 2", "AS IT WILL BE READ"]
    {
        shows(&player, words);
    }
    shows(&player, "enter import");
    shows(&player, "How long have you worked here?");
    assert_eq!(sources(&player), before, "nothing is taken in before Enter");
    player.keys("<Enter>").expect("keys");
    assert_eq!(player.app.place(), Place::Text);
    assert_eq!(says(&player), "1 source imported; u takes all of it back");
    assert!(sources(&player).contains(&"Practice 07/Night nurse".to_owned()));
    shows(&player, "Since 2011.");
    let source = player.app.code.source().expect("it is open");
    let view = player.app.study.view();
    assert_eq!(view.source(source).map(|one| one.name.as_str()), Some("Night nurse"));
    assert_eq!(view.who(source, "Interviewer"), Who::Interviewer);
    assert_eq!(player.app.study.reading(source).map(|reading| reading.turns.turns.len()), Some(6));
    player.keys("u").expect("keys");
    assert_eq!(sources(&player), before);
}

#[test]
fn a_path_that_is_not_there_is_said_and_can_be_mended() {
    let files = folder(&[("a.txt", TALK.as_bytes())]);
    let mut player = sample(80, 24);
    import(&mut player, &files.path().join("b.txt"));
    assert_eq!(player.app.place(), Place::Prompt, "the path is still there to be mended");
    assert!(says(&player).starts_with("there is no file or folder"), "{}", says(&player));
    player.keys("<BS><BS><BS><BS><BS>a.txt<Enter>").expect("keys");
    assert_eq!(player.app.place(), Place::Import);
    player.keys("<Esc>").expect("keys");
    assert_eq!((player.app.place(), says(&player)), (Place::Cases, "nothing was imported or changed"));
}

#[test]
fn speakers_are_corrected_before_anything_is_taken_in() {
    let files = folder(&[("talk.txt", TALK.as_bytes())]);
    let mut player = sample(120, 40);
    import(&mut player, &files.path().join("talk.txt"));
    shows(&player, "left out");
    // The nurse gets a name, the bystander is taken in and is somebody else; a mistake is taken back.
    player.keys("je").expect("keys");
    player.keys("Marisol, clinic manager<Enter>").expect("keys");
    shows(&player, "Marisol, clinic manager");
    player.keys("jxo").expect("keys");
    shows(&player, "SPEAKERS 3");
    player.keys("ki").expect("keys");
    player.keys("u").expect("keys");
    player.keys("KLr<C-u>Talk at night<Enter>").expect("keys");
    player.keys("c").expect("keys");
    player.keys("Practice 40<Enter>").expect("keys");
    shows(&player, "a new case");
    player.keys("<Enter>").expect("keys");
    assert_eq!(says(&player), "1 source imported, 1 new case; u takes all of it back");
    let view = player.app.study.view();
    let source = player.app.code.source().expect("it is open");
    let record = view.source(source).expect("a source");
    assert_eq!((record.name.as_str(), record.kind), ("Talk at night", SourceKind::FocusGroup));
    assert_eq!(view.who(source, "Bystander"), Who::Other);
    let Who::Participant(Some(person)) = view.who(source, "Nurse") else { panic!("the nurse is nobody") };
    let person = view.participant(person).expect("a participant");
    assert_eq!((person.pseudonym.as_str(), person.role.as_str()), ("Marisol", "clinic manager"));
    assert_eq!(view.cases().last().map(|case| case.name.as_str()), Some("Practice 40"));
}

#[test]
fn a_batch_with_cases_from_names_and_broken_files_among_good_ones_is_one_step() {
    let files = folder(&[
        ("P31-nurse.txt", TALK.as_bytes()),
        ("P31-gp.txt", TALK.replace("Quiet", "Loud").as_bytes()),
        ("later/P32-field-note.md", b"We arrived at nine.\n"),
        ("P33-nul.txt", b"Hello\0there, this is text"),
        ("P33-empty.txt", b""),
        ("P33-blank.txt", b" \n \n"),
        ("P33-talk.docx", b"PK\x03\x04"),
        (".hidden.txt", b"not seen"),
    ]);
    let mut player = sample(80, 24);
    let before = sources(&player);
    import(&mut player, files.path());
    shows(&player, "Import: 3 of 7 files");
    assert!(!player.text().contains("hidden"));
    // Why a file cannot be read is said beside it.
    for words in ["white space", "empty", "NUL", "a Word document"] {
        player.keys(if words == "white space" { "jj" } else { "j" }).expect("keys");
        shows(&player, words);
    }
    // Esc leaves everything as it was.
    player.keys("<Esc>").expect("keys");
    assert_eq!((sources(&player), player.app.study.history().depth()), (before.clone(), 0));
    import(&mut player, files.path());
    player.keys("<Enter>").expect("keys");
    assert_eq!(says(&player), "3 sources imported, 2 new cases, 4 files left out; u takes all of it back");
    let after = sources(&player);
    for name in ["P31/Nurse", "P31/Gp", "P32/Field note"] {
        assert!(after.contains(&name.to_owned()), "{name}: {after:?}");
    }
    assert_eq!(player.app.study.history().depth(), 1, "one step");
    player.keys("u").expect("keys");
    assert_eq!(sources(&player), before);
    assert_eq!(player.app.study.view().cases().len(), 30);
    player.keys("<C-r>").expect("keys");
    assert_eq!(sources(&player), after);
}

#[test]
fn cases_come_from_names_by_a_pattern_of_ones_own() {
    let files = folder(&[("nurse_at_North.txt", TALK.as_bytes()), ("gp_at_South.txt", b"Words.\n")]);
    let mut player = sample(100, 30);
    import(&mut player, files.path());
    player.keys("C<C-u>").expect("keys");
    player.keys("at_(<Enter>").expect("keys");
    assert_eq!(player.app.place(), Place::Prompt);
    assert!(says(&player).starts_with("that is no regular expression"), "{}", says(&player));
    player.keys("<C-u>_at_(\\w+)<Enter>").expect("keys");
    shows(&player, "South");
    player.keys("<Enter>").expect("keys");
    let after = sources(&player);
    assert!(after.iter().any(|name| name.starts_with("North/Nurse")), "{after:?}");
    assert!(after.iter().any(|name| name.starts_with("South/Gp")), "{after:?}");
}

#[test]
fn the_same_file_twice_is_noticed_and_left_out_unless_asked_for() {
    let files = folder(&[("P07-once.txt", TALK.as_bytes()), ("P07-copy.txt", TALK.replace('\n', "\r\n").as_bytes())]);
    let mut player = sample(80, 24);
    import(&mut player, &files.path().join("P07-once.txt"));
    player.keys("<Enter>").expect("keys");
    player.keys("<S-Tab>").expect("keys");
    import(&mut player, &files.path().join("P07-copy.txt"));
    shows(&player, "Already here as “Once” (Practice 07)");
    player.keys("<Enter>").expect("keys");
    assert!(says(&player).starts_with("there is nothing to import"), "{}", says(&player));
    player.keys("<Esc>").expect("keys");
    import(&mut player, &files.path().join("P07-copy.txt"));
    player.keys("<Tab>").expect("keys");
    player.keys("<Enter><Esc>").expect("keys");
    import(&mut player, files.path());
    player.keys("<Space><Enter>").expect("keys");
    assert!(sources(&player).contains(&"Practice 07/Copy".to_owned()), "{:?}", sources(&player));
}

#[test]
fn the_speakers_of_a_source_that_is_here_are_corrected() {
    let files = folder(&[("P07-talk.txt", TALK.as_bytes())]);
    let mut player = sample(80, 24);
    import(&mut player, &files.path().join("P07-talk.txt"));
    player.keys("<Enter><S-Tab>t").expect("keys");
    shows(&player, "Turns of Talk");
    player.keys("jji").expect("keys");
    player.keys("x").expect("keys");
    shows(&player, "SPEAKERS 3");
    player.keys("<Enter>").expect("keys");
    let source = player.app.code.source().expect("it is open");
    assert_eq!(player.app.study.reading(source).map(|reading| reading.turns.labels.len()), Some(3));
    let number = player.app.study.view().version(source).map(|version| version.turns);
    assert!(number.is_some_and(|number| number > 1), "a file of turns is never rewritten");
    player.keys("t").expect("keys");
    player.keys("s<Enter>").expect("keys");
    assert_eq!(player.app.study.reading(source).map(|reading| reading.turns.turns.len()), Some(0));
    player.keys("u").expect("keys");
    assert_eq!(player.app.study.view().version(source).map(|version| version.turns), number);
}

#[test]
fn odd_files_are_imported_or_refused_and_never_a_panic() {
    let sixteen: Vec<u8> = std::iter::once(0xFEFF)
        .chain("I: Größe?\nP: Ja.\nI: Gut?\nP: Ja.\nI: So?\nP: So.\n".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let long = "word ".repeat(2_000_000);
    let files: [(&str, &[u8], &str); 9] = [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "white space"),
        ("nul.txt", b"Hello\0there, this is text", "NUL"),
        ("renamed.txt", b"%PDF-1.7\n%\x01\x02", "a PDF"),
        ("sixteen.txt", &sixteen, "UTF-16 LE"),
        ("cp1252.txt", b"P: \x93I don\x92t know\x94 \x96 she said\x85\n", "Windows-1252"),
        ("mixed.txt", b"one\r\ntwo\nthree\rfour", "Lines end in different ways"),
        ("no end.txt", b"I: Yes?\nP: No", "UTF-8"),
        ("long.txt", long.as_bytes(), "2,000,000 words"),
    ];
    let all: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes, _)| (*name, *bytes)).collect();
    let here = folder(&all);
    for (name, _, words) in files {
        let sizes: &[(u16, u16)] =
            if name == "long.txt" { &[(120, 40)] } else { &[(120, 40), (80, 24), (60, 18), (40, 10)] };
        for &(width, height) in sizes {
            let mut player = sample(width, height);
            import(&mut player, &here.path().join(name));
            if width == 120 {
                let text = player.text();
                assert!(text.contains(words), "{name}: “{words}” is not in\n{text}");
                player.keys("KLs2sjjkk<Space>xMd<PageDown><PageUp><Enter>").expect("keys");
                player.keys("<Esc>").expect("keys");
            }
        }
    }
    let mut player = sample(80, 24);
    import(&mut player, here.path());
    shows(&player, "5 of 9 files");
    player.keys("<Enter>").expect("keys");
    assert!(says(&player).starts_with("5 sources imported"), "{}", says(&player));
}

#[test]
fn a_large_file_is_read_beside_the_screen_with_progress_and_can_be_stopped() {
    let long = format!("{}word.\n\n", "word ".repeat(11)).repeat(40_000);
    let files = folder(&[("long.txt", long.as_bytes())]);
    let mut player = sample(80, 24);
    player.keys("i").expect("keys");
    player.app.paste(&files.path().join("long.txt").to_string_lossy());
    // Straight to the program: the player would wait for the end of the reading.
    player.app.key(Key::plain(KeyCode::Enter));
    assert!(!player.app.is_idle() && player.app.deadline().is_some());
    let mut terminal = ratatui::Terminal::new(ratatui::backend::TestBackend::new(80, 24)).expect("a screen");
    terminal.draw(|frame| player.app.draw(frame)).expect("a frame");
    let shown: String = terminal.backend().buffer().content().iter().map(|cell| cell.symbol()).collect();
    assert!(shown.contains("esc stops"), "{shown}");
    player.app.key(Key::plain(KeyCode::Esc));
    assert!(player.app.is_idle() && player.app.place() == Place::Cases);
    import(&mut player, &files.path().join("long.txt"));
    shows(&player, "480,000 words");
    // A correction of a long text is made beside the screen too.
    player.keys("2").expect("keys");
    shows(&player, "SPEAKERS 2");
    player.keys("u").expect("keys");
    shows(&player, "NO SPEAKERS");
}

#[test]
fn a_very_large_file_is_asked_about_and_a_huge_one_refused_unread() {
    let files = folder(&[("good.txt", TALK.as_bytes())]);
    for (name, len) in [("large.txt", 64 << 20), ("huge.txt", 1 << 30)] {
        // Files with holes: they take no room, and are not read before it is asked for.
        let file = std::fs::File::create(files.path().join(name)).expect("a file");
        file.set_len(len).expect("a length");
    }
    let mut player = sample(100, 30);
    import(&mut player, files.path());
    shows(&player, "1 of 3 files");
    player.keys("j").expect("keys");
    shows(&player, "It is too large to be a transcript (1024 MB)");
    player.keys("j").expect("keys");
    shows(&player, "64 MB is very large for a transcript.");
    player.keys("<Enter>").expect("keys");
    assert!(says(&player).starts_with("1 source imported, 2 files left out"), "{}", says(&player));
}

#[test]
fn the_review_gives_no_other_meaning_to_keys_that_mean_the_same_everywhere() {
    let keymap = Keymap::built_in();
    for key in ["/", "n", "N", "m", ".", "?", ":", "<C-r>", "<C-p>", "h", "l"] {
        let pressed = emic::screen::key::parse_keys(key).expect("a key");
        if let emic::screen::keymap::Match::Command(command) = keymap.find(Place::Import, &pressed) {
            assert_ne!(command.place, Place::Import, "{key} is {}", command.name);
        }
    }
    for command in emic::screen::command::commands().filter(|command| command.place == Place::Import) {
        assert_eq!(keymap.keys(command.name).len(), command.keys.len(), "{} lost a key", command.name);
        let needs_second = command.keys.iter().any(|key| key.chars().all(|c| !c.is_alphabetic()));
        assert!(!needs_second || command.keys.len() > 1, "{} has no key on a letter", command.name);
    }
}

#[test]
fn a_real_transcript_is_imported() {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let corpus = std::env::var_os("EMIC_CORPUS").map_or(beside, PathBuf::from);
    let path = corpus.join("longtext/nasa_a13_TEC.txt");
    if !path.exists() {
        println!("skipped: longtext/nasa_a13_TEC.txt is not in {}", corpus.display());
        return;
    }
    let mut player = sample(80, 24);
    import(&mut player, &path);
    shows(&player, "SPEAKERS");
    player.keys("<Enter>").expect("keys");
    let source = player.app.code.source().expect("it is open");
    let reading = player.app.study.reading(source).expect("a text");
    let words = std::fs::read_to_string(&path).expect("a text").replace("\r\n", "\n");
    assert_eq!(reading.text.as_str(), words.trim_start_matches('\u{FEFF}'), "not a char is changed");
    assert!(reading.turns.turns.len() > 100);
}
