//! Memos, played with real keys: links and quotations while writing, the Memos view, what becomes of quoted codings.

mod support;

use emic::project::edit::{AttributeEdit, Edit, NewTheme, QuotationEdit, ThemeEdit};
use emic::project::id::{CodeId, MemoId, ThemeId};
use emic::project::memo::{Link, Memo};
use emic::project::memo_links::{Linked, links};
use emic::project::study::Sign;
use emic::project::theme::Holds;
use emic::screen::app::Ask;
use emic::screen::play::Player;
use emic::screen::views::Showing;
use std::io::Read;
use std::sync::Arc;
use support::desk;

const TEXT: &str = "\
Interviewer: What happens when a new patient comes in?

Manager: Every new patient gets a PHQ before the doctor comes in. Rosa does it right after the blood pressure. She walks over and gets Denise. Denise comes into the room that minute.

Interviewer: And when Denise is with someone else?

Manager: Then we have her card. We tried keeping half an hour open. The grant that paid for that ran out in the fall.
";

const CODES: [&str; 3] = ["Screening", "Warm handoff", "Funding"];

/// A study with six sentences coded, and the theme *Access* of all codes.
fn player(width: u16, height: u16) -> Player {
    let mut player = desk::open(desk::study(&CODES, &[("Manager", TEXT)]), width, height);
    player.keys("<Tab>1j2j3<Esc>").expect("pins");
    let sentences =
        [("Every new", 1), ("Rosa does", 1), ("She walks", 2), ("Denise comes", 2), ("The grant", 3), ("We tried", 3)];
    for (words, digit) in sentences {
        let span = desk::span_of(&player, words);
        player.app.code.transcript.as_mut().expect("open").go(span.start);
        player.keys(&format!("s{digit}")).expect("coded");
    }
    let source = player.app.study.view().sources()[0].id;
    let (case, read) = (player.app.study.fresh_id().into(), emic::text::Pos(u32::MAX));
    let kind = "practice".into();
    let add = [Edit::AddCase { id: case, name: "P01".into(), kind }, Edit::MoveSource(source, Some(case))];
    player.app.edit(&Edit::All(add.to_vec())).expect("a case");
    player.app.edit(&Edit::Read { source, to: read, finished: true }).expect("read");
    let theme: ThemeId = player.app.study.fresh_id().into();
    let new = NewTheme { name: "Access".into(), description: "Minutes count.".into(), parent: None };
    let mut edits = vec![Edit::Themes(ThemeEdit::Set(theme, new))];
    for name in CODES {
        let (what, note) = (Holds::Code(code(&player, name)), String::new());
        edits.push(Edit::Themes(ThemeEdit::Hold { theme, what, note }));
    }
    player.app.edit(&Edit::All(edits)).expect("a theme");
    player
}

fn code(player: &Player, name: &str) -> CodeId {
    player.app.study.view().codebook().named(name)[0]
}

fn memo(player: &Player) -> Arc<Memo> {
    player.app.study.view().memos().last().expect("a memo").clone()
}

fn quotes(player: &Player, id: MemoId) -> Vec<(String, String)> {
    let view = player.app.study.view();
    let memo = view.memo(id).expect("a memo");
    let all = emic::findings::quotes::quotes_of(&view, memo);
    all.iter().map(|one| (one.words.clone(), one.by.clone())).collect()
}

fn keys(player: &mut Player, keys: &str) -> String {
    player.keys(keys).unwrap_or_else(|bad| panic!("{keys}: {bad}"));
    player.text()
}

#[test]
fn a_theme_memo_of_five_quotations_marks_a_resized_coding_and_takes_the_new_extent_and_the_export_follows() {
    let mut player = player(156, 38);
    // The theme's memo begins with counts and extracts of its codes; more are quoted by some of their words.
    let text = keys(&mut player, "gz<Enter>");
    assert!(text.contains("Access") && text.contains("What it rests on"), "{text}");
    keys(&mut player, "@\"denise comes<Enter>@\"grant paid<Enter>");
    keys(&mut player, "<Esc>");
    let id = memo(&player).id;
    assert_eq!(memo(&player).on, Link::Theme(player.app.study.view().themes()[0].id));
    let quoted = quotes(&player, id);
    assert_eq!(quoted.len(), 5, "{quoted:?}\n{}", memo(&player).text);
    assert!(quoted.iter().any(|(words, _)| words == "Denise comes into the room that minute."), "{quoted:?}");
    // One quoted coding is resized in the transcript.
    keys(&mut player, "gC");
    let span = desk::span_of(&player, "Denise comes");
    player.app.code.transcript.as_mut().expect("open").go(span.start);
    keys(&mut player, "rbb<Enter>");
    let coded = desk::codings(&mut player);
    let now =
        coded.iter().find(|(_, words)| words.starts_with("Denise comes")).expect("it is there").1.trim().to_owned();
    assert!(!now.contains("minute") && now.contains("into the room"), "{now}");
    // The memo marks it; one key takes the new extent.
    let text = keys(&mut player, "gm");
    assert!(text.contains("! ") && text.contains("its coding was trimmed; t takes the new, K keeps this"), "{text}");
    assert!(text.contains("1 memo has marked quotations"), "{text}");
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let before = write(&mut player, &path("before.md"));
    assert!(
        before.contains("> Denise comes into the room that minute.") && before.contains("*(its coding was trimmed)*"),
        "{before}"
    );
    let text = keys(&mut player, "t");
    assert!(!text.contains("its coding was trimmed"), "{text}");
    let after = write(&mut player, &path("after.md"));
    assert!(after.contains(&format!("> {now}\n")) && !after.contains("that minute."), "{after}");
    assert!(after.contains("- Funding: 1 of 1 cases (100.0%), 2 passages"), "counts stand in it: {after}");
    // Undone, it is marked again; kept, it is not, and keeps its words.
    let text = keys(&mut player, "u");
    assert!(text.contains("its coding was trimmed"), "{text}");
    let text = keys(&mut player, "K");
    assert!(!text.contains("its coding was trimmed") && text.contains("that minute"), "{text}");
    // The other formats.
    let html = write(&mut player, &path("memo.html"));
    assert!(html.contains("<blockquote><p>Denise comes into the room that minute.</p>"), "{html}");
    keys(&mut player, &format!("w<C-u>{}<Enter>", path("memo.docx")));
    let file = std::fs::File::open(path("memo.docx")).expect("a document");
    let mut zip = zip::ZipArchive::new(file).expect("a zip");
    let mut xml = String::new();
    zip.by_name("word/document.xml").expect("its text").read_to_string(&mut xml).expect("XML");
    assert!(xml.contains("Denise comes into the room that minute.") && xml.contains("w:val=\"Quote\""), "{xml}");
}

/// Writes the listed memos to a path, and reads what was written.
fn write(player: &mut Player, path: &str) -> String {
    let text = keys(player, &format!("w<C-u>{path}<Enter>"));
    assert!(text.contains("written to"), "{text}");
    std::fs::read_to_string(path).expect("written")
}

#[test]
fn names_are_completed_as_they_are_typed_and_stored_by_id() {
    let mut player = player(100, 30);
    let text = keys(&mut player, "gMA thought<Enter>see @warm");
    assert!(text.contains("Link to") && text.contains("Warm handoff"), "{text}");
    let text = keys(&mut player, "<Enter>, and @Fu<Tab>.");
    assert!(text.contains("see @Warm handoff, and @Funding."), "{text}");
    keys(&mut player, "<Enter>me@home @nobody<Enter>@scr<Esc>een<Esc>");
    let stored = memo(&player).text.clone();
    let warm = code(&player, "Warm handoff");
    let wanted =
        format!("A thought\nsee [Warm handoff](code:{warm}), and [Funding](code:{})", code(&player, "Funding"));
    assert!(stored.starts_with(&wanted), "{stored}");
    assert!(stored.ends_with("me@home @nobody\n@screen"), "what is no link stays as typed: {stored}");
    // Shown by the present name, in the editor and on the page.
    player.app.edit(&Edit::RenameCode(warm, "Handover".into())).expect("renamed");
    let text = keys(&mut player, "gm");
    assert!(text.contains("@Handover") && text.contains("LINKS TO") && !text.contains(&warm.to_string()), "{text}");
    let text = keys(&mut player, "<Enter>");
    assert!(text.contains("see @Handover, and @Funding."), "{text}");
    keys(&mut player, " x<Esc>");
    assert!(memo(&player).text.contains(&format!("[Handover](code:{warm})")), "{}", memo(&player).text);
    // A link is followed, and followed back.
    keys(&mut player, "l<Enter>");
    assert_eq!((player.app.showing, player.app.code.tree.selected), (Showing::Code, Some(warm)));
    let text = keys(&mut player, "gb");
    assert!(text.contains("Memos that link to “Handover” · 1") && text.contains("A thought"), "{text}");
}

#[test]
fn a_quotation_is_chosen_by_words_shortened_in_the_editor_and_never_changed() {
    let mut player = player(120, 36);
    keys(&mut player, "<Tab>gC");
    let warm = code(&player, "Warm handoff");
    player.app.code.tree.selected = Some(warm);
    player.app.code.panes.focus = emic::screen::views::code::panes::Pane::Tree;
    let text = keys(&mut player, "m@\"");
    assert!(text.contains("Quote an extract of what the memo is about"), "{text}");
    assert!(text.contains("She walks over") && !text.contains("Rosa does it"), "of the code alone:\n{text}");
    let text = keys(&mut player, "denise walks<Enter>");
    assert!(text.contains("> [1] “She walks over and gets Denise.” — a participant"), "{text}");
    let id = memo(&player).id;
    assert_eq!(quotes(&player, id), [("She walks over and gets Denise.".into(), "a participant".into())]);
    let view = player.app.study.view();
    let back = emic::findings::linked::Backlinks::new(&view);
    assert_eq!(back.to(&view, Link::Code(warm)), [id], "a quotation is a link to its code");
    // Shortened with […] it is; with other words it is not.
    keys(&mut player, "<Esc>gm");
    let quotation = view_quotation(&player, id);
    let edit = Edit::Quotations(QuotationEdit::Shorten(quotation, "She […] gets Denise.".into()));
    player.app.edit(&edit).expect("shortened");
    let text = keys(&mut player, "<Enter>");
    assert!(text.contains("> [1] “She […] gets Denise.”"), "{text}");
    keys(&mut player, "<C-Home>");
    let text = keys(&mut player, "<Up><Up><Up><Up><Home><Down><Down><End>!<Esc>");
    assert!(quotes(&player, id)[0].0 == "She […] gets Denise.", "{text}");
}

fn view_quotation(player: &Player, memo: MemoId) -> emic::project::id::QuotationId {
    let view = player.app.study.view();
    let memo = view.memo(memo).expect("a memo");
    let found = links(&memo.text).into_iter().find_map(|found| match found.what {
        Linked::Quote(id) => Some(id),
        _ => None,
    });
    found.expect("a quotation")
}

#[test]
fn a_signature_that_fits_too_few_is_marked_and_a_coarser_one_is_a_key_away() {
    let mut player = player(120, 36);
    let (source, case) = (player.app.study.view().sources()[0].id, player.app.study.view().cases()[0].id);
    let mut edits = vec![Edit::Attributes(AttributeEdit::Signature(vec![Sign::Role, Sign::CaseKind], 0))];
    for n in 0..4 {
        let id = player.app.study.fresh_id().into();
        let role = if n == 0 { "clinic manager" } else { "nurse" }.to_owned();
        edits.push(Edit::Attributes(AttributeEdit::Person {
            id,
            pseudonym: format!("Ann {n}"),
            role,
            case: Some(case),
        }));
        if n == 0 {
            edits.push(Edit::SetSpeaker(source, "Manager".into(), emic::project::source::Who::Participant(Some(id))));
        }
    }
    player.app.edit(&Edit::All(edits)).expect("people");
    keys(&mut player, "gMA thought");
    let text = keys(&mut player, "@\"walks over<Enter>");
    assert!(text.contains("— a participant, practice"), "the coarser one is taken:\n{text}");
    keys(&mut player, "<Esc>gml");
    let text = keys(&mut player, "s");
    assert!(text.contains("a clinic manager, practice") && text.contains("fits only 1 of the 3 asked for"), "{text}");
    let text = keys(&mut player, "clinic<Enter>");
    assert!(text.contains("its signature fits only 1 participant") && text.contains("s signs it otherwise"), "{text}");
    let text = keys(&mut player, "sa member of the team<Enter>");
    assert!(text.contains("a member of the team") && !text.contains("fits only"), "{text}");
    // What may be said is typed by name; what is not understood changes nothing.
    let text = keys(&mut player, "gS");
    assert!(text.contains("role, kind of case; at least 3"), "{text}");
    let text = keys(&mut player, "<C-u>role, shoe size<Enter>");
    assert!(text.contains("there is no “shoe size” here"), "{text}");
    keys(&mut player, "<C-u>role; at least 2<Enter>");
    assert_eq!(player.app.study.view().study().expect("a study").fewest, 2);
}

#[test]
fn ones_own_memos_stay_and_the_list_is_narrowed_found_in_and_sorted() {
    let mut player = player(156, 38);
    keys(&mut player, "gMShared thoughts<Enter>minutes count<Esc>gaMine alone<C-s><Esc>");
    let text = keys(&mut player, "gm");
    assert!(text.contains("Mine alone") && text.contains("2 memos"), "{text}");
    let text = keys(&mut player, "y");
    assert!(text.contains("does not leave the program"), "{text}");
    assert_eq!(player.asked, []);
    keys(&mut player, "jy");
    let Some(Ask::Copy(words)) = player.asked.pop() else { panic!("nothing was copied: {}", player.text()) };
    assert!(words.starts_with("# Shared thoughts\n\n*analytic memo on the study, PB, "), "{words}");
    let text = keys(&mut player, "w");
    assert!(text.contains("Write this memo to") && text.contains("1 of your own stay here"), "{text}");
    keys(&mut player, "<Esc>");
    let text = keys(&mut player, "/count minutes<Enter>");
    assert!(text.contains("1 memo · with “count minutes”") && !text.contains("Mine alone"), "{text}");
    let text = keys(&mut player, "<Esc>fyour own<Enter>");
    assert!(text.contains("1 memo · own") && text.contains("Mine alone"), "{text}");
    keys(&mut player, "<Esc>");
    let first = |player: &mut Player| player.app.memos.memos(&player.app.study)[0].title().to_owned();
    assert_eq!(first(&mut player), "Mine alone");
    keys(&mut player, "o");
    assert_eq!(first(&mut player), "Shared thoughts");
    keys(&mut player, "ggx");
    assert_eq!(player.app.study.view().memos().count(), 1, "deleted");
    let text = keys(&mut player, "u");
    assert!(text.contains("Shared thoughts"), "{text}");
    keys(&mut player, "<Esc>");
    assert_eq!(player.app.showing, Showing::Code);
}

#[test]
fn nothing_breaks_at_any_size_and_every_memo_of_the_sample_is_a_page() {
    let mut player = desk::sample(120, 40);
    let text = keys(&mut player, "gm");
    assert!(text.contains("MEMOS") && text.contains("newest first"), "{text}");
    let n = player.app.study.view().memos().count();
    for _ in 0..n {
        keys(&mut player, "j");
    }
    for (width, height) in (1..60).step_by(7).flat_map(|w| (1..20).step_by(3).map(move |h| (w, h))) {
        player.resize(width, height);
        let _ = player.text();
    }
    player.resize(80, 24);
    assert!(keys(&mut player, "<Home>").contains("MEMOS"));
}

#[test]
fn the_code_and_the_case_in_hand_say_how_many_memos_link_to_them_and_a_key_lists_these() {
    let mut player = desk::sample(156, 44);
    let code = {
        let view = player.app.study.view();
        view.codebook().named("Stepped care")[0]
    };
    let linked = |player: &Player| {
        let view = player.app.study.view();
        emic::findings::linked::Backlinks::new(&view).to(&view, emic::project::memo::Link::Code(code)).len()
    };
    let before = linked(&player);
    player.keys("gMStep by step<Enter>see @Stepped care<Enter><Esc>").expect("keys");
    assert_eq!(linked(&player), before + 1, "{}", player.text());
    player.keys("gcStepped care<Enter>").expect("keys");
    let said = match before + 1 {
        1 => "1 memo links here: g b".to_owned(),
        n => format!("{n} memos link here: g b"),
    };
    let text = player.text();
    assert!(text.contains(&said), "{said}\n{text}");
    player.keys("gb").expect("keys");
    let text = player.text();
    assert!(text.contains("Memos that link to") && text.contains("Step by step"), "{text}");
}

#[test]
fn every_word_of_a_memo_stands_on_its_page_at_any_width() {
    let words: Vec<String> = (0..60).map(|n| format!("w{n:02}{}", "x".repeat(n % 7))).collect();
    for width in [80, 101, 120, 133, 156, 200] {
        let mut player = player(width, 38);
        keys(&mut player, &format!("gMAll of it<Enter><Enter>{}<Esc>", words.join(" ")));
        let text = keys(&mut player, "gm");
        for word in &words {
            assert!(text.split_whitespace().any(|shown| shown == word), "{word} at {width}:\n{text}");
        }
    }
}
