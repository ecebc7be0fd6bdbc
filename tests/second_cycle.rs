//! From a broad code to a quotation in a paper, on disk and by keys alone: sixty passages are coded broadly, subcoded where
//! they are listed, the codebook's growth is told, a theme's memo quotes five of them, a coding it quotes is trimmed, and
//! what the memo says follows when the analyst says so. Left and opened again, all of it is there.

mod support;

use emic::screen::app::App;
use emic::screen::play::Player;
use emic::store::{Access, Disk, NewProject, RealDisk, Who, create, open};
use std::path::Path;
use std::sync::Arc;
use support::desk::{mint, setup};

const ANSWERS: usize = 60;
const TEXTS: usize = 3;
const SUBCODES: [&str; 3] = ["Warm handoff", "Open time", "Asked at the desk"];

/// The number of an answer decides what it is about.
fn answer(n: usize) -> String {
    let about = ["walks them over", "keeps an hour open", "asks everybody at the desk"][n % 3];
    format!("On day {n} she {about}. Then we see how it went for them, and number {n} is written down.")
}

fn player(folder: &Path, seed: u64) -> Player {
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let who = Who::scripted(Some("PB"), &mut mint(seed));
    let opened = open(disk, folder, who, Access::Write).expect("opened");
    Player::new(App::new(opened.study(Box::new(mint(seed))), setup()), 156, 38)
}

/// Keys, then the screen.
fn after(player: &mut Player, keys: &str) -> String {
    player.keys(keys).unwrap_or_else(|bad| panic!("{keys}: {bad}"));
    player.text()
}

fn count(player: &Player, name: &str) -> u32 {
    let view = player.app.study.view();
    view.count(view.codebook().named(name)[0])
}

/// Writes the listed memos to a file, and reads it.
fn write(player: &mut Player, path: &Path) -> String {
    let text = after(player, &format!("w<C-u>{}<Enter>", path.display()));
    assert!(text.contains("written to"), "{text}");
    std::fs::read_to_string(path).expect("written")
}

#[test]
fn sixty_passages_of_a_broad_code_become_subcodes_a_theme_and_quotations_that_follow_their_codings() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("study");
    let new = NewProject { title: "Integration".into(), initials: "PB".into(), name: String::new() };
    create(&RealDisk, &folder, &new, &mut mint(1)).expect("made");
    let mut day = player(&folder, 2);
    let each = ANSWERS / TEXTS;
    let texts = place.path().join("texts");
    std::fs::create_dir(&texts).expect("a folder");
    for text in 0..TEXTS {
        let turn = |n| format!("Interviewer: And then?\n\nNurse: {}\n\n", answer(n));
        let words: String = (text * each..(text + 1) * each).map(turn).collect();
        std::fs::write(texts.join(format!("P{:02}-nurse.txt", text + 1)), words).expect("a text");
    }
    after(&mut day, &format!("i{}<Enter>", texts.display()));
    after(&mut day, "<Enter>");
    // The first passage creates the code, which is pinned; the others take it by its pin.
    for text in 0..TEXTS {
        for turn in 1..=each {
            let code = if (text, turn) == (0, 1) { "cIntegration<Enter><Tab>gg1<Tab>" } else { "1" };
            after(&mut day, &format!("gt{}<Enter>t{code}", 2 * turn));
        }
        after(&mut day, "<Esc>Fgj");
    }
    assert_eq!(count(&day, "Integration"), 60, "{}", day.text());

    // The first cycle ends; the code gets three below it, on pins.
    after(&mut day, "gB<S-Tab>FBroad coding<Enter>everything about integration<Enter>");
    after(&mut day, "gC<Tab>");
    for (n, name) in SUBCODES.iter().enumerate() {
        after(&mut day, &format!("ggA{name}<Enter>{}", n + 1));
    }
    let text = after(&mut day, "gggE");
    assert!(text.contains("60 passages in 3 sources") && text.contains("0 of 60 subcoded"), "{text}");
    for n in 0..ANSWERS {
        after(&mut day, &(n % 3 + 1).to_string());
    }
    let text = day.text();
    assert!(text.contains("60 of 60 subcoded"), "{text}");
    assert_eq!(SUBCODES.map(|name| count(&day, name)), [20; 3], "{text}");

    // What the second cycle made of the first.
    after(&mut day, "gBFSubcoding<Enter><Enter>");
    let text = after(&mut day, "gg<Space>j<Space>");
    assert!(text.contains("Broad coding → Subcoding"), "{text}");
    for name in SUBCODES {
        assert!(text.contains(name), "{name}: {text}");
    }

    // A theme of two of them, and its memo: begun from counts and extracts, one more quoted by some of its words.
    after(&mut day, "gB<S-Tab>aNobody waits<Enter>CWarm<Enter>COpen<Enter>gC");
    let text = after(&mut day, "gz<Enter>");
    assert!(text.contains("Nobody waits") && text.contains("On day 21 she"), "{text}");
    after(&mut day, "@\"On day 16<Enter><Esc>");
    let quoted = |player: &Player| {
        let view = player.app.study.view();
        let memo = view.memos().last().expect("a memo").clone();
        let quotes = emic::findings::quotes::quotes_of(&view, &memo);
        quotes.into_iter().map(|one| one.words.clone()).collect::<Vec<_>>()
    };
    let words = quoted(&day);
    assert_eq!(words.len(), 5, "{words:?}");
    assert!(words.contains(&answer(16)), "{words:?}");
    let memo = write_in_memos(&mut day, &place.path().join("first.md"));
    for name in &SUBCODES[..2] {
        assert!(memo.contains(&format!("{name}: 3 of 3 cases (100.0%), 20 passages")), "{memo}");
    }
    assert!(memo.contains(&format!("> {}", answer(16))), "{memo}");

    // The coding of one of them is trimmed in its text: the subcode's, not the broad one's.
    after(&mut day, "gCg/On day 16 she<Enter><Space>rbbbb<Enter>");
    let now = "On day 16 she keeps an hour open. Then we see how it went for them, and number 16";
    let view = day.app.study.view();
    let laid = |name: &str| {
        let code = view.codebook().named(name)[0];
        let source = day.app.code.source().expect("a text");
        let here = |seen: &&emic::project::view::Seen<'_>| seen.code == code && seen.coding.at.source == source;
        let mine: Vec<_> = view.codings().filter(|seen| here(&seen)).map(|seen| seen.span).collect();
        let reading = day.app.code.transcript.as_ref().expect("a text").reading();
        mine.into_iter().map(|span| reading.text.slice(span).trim().to_owned()).collect::<Vec<_>>()
    };
    assert!(laid("Open time").contains(&now.to_owned()), "{:?}", laid("Open time"));
    assert!(laid("Integration").contains(&answer(16)), "the broad code stands as it did");

    // The memo says so, keeps the words until told, and one key takes the new extent; the export follows.
    let text = after(&mut day, "gm");
    assert!(text.contains("its coding was trimmed; t takes the new, K keeps this"), "{text}");
    let memo = write(&mut day, &place.path().join("marked.md"));
    assert!(memo.contains(&format!("> {}\n", answer(16))) && memo.contains("*(its coding was trimmed)*"), "{memo}");
    let text = after(&mut day, "t");
    assert!(!text.contains("trimmed;"), "{text}");
    let last = write(&mut day, &place.path().join("taken.md"));
    assert!(last.contains(&format!("> {now}\n")) && !last.contains(&answer(16)) && !last.contains("trimmed"), "{last}");
    assert_eq!(quoted(&day).iter().filter(|words| *words == now).count(), 1);

    // Left and opened again, it says the same; and what the key did is taken back a day later.
    after(&mut day, "q");
    assert!(day.has_ended());
    day.app.study.finish().expect("on disk");
    drop(day);
    let mut next = player(&folder, 3);
    assert_eq!(write_in_memos(&mut next, &place.path().join("reopened.md")), last);
    let text = after(&mut next, "u");
    assert!(text.contains("its coding was trimmed; t takes the new"), "{text}");
}

/// The memos, written from their view.
fn write_in_memos(player: &mut Player, path: &Path) -> String {
    after(player, "gm");
    write(player, path)
}
