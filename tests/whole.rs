//! A whole day's work on disk, by keys: import, select, code, overlap, merge, undo all, redo all, quit, reopen, the same.

mod support;

use emic::project::Project;
use emic::screen::app::App;
use emic::screen::play::Player;
use emic::session::Saving;
use emic::store::{Access, Disk, NewProject, RealDisk, Who, create, open};
use std::path::Path;
use std::sync::Arc;
use support::desk::{codings, mint, setup};

const TALK: &str = "\
Interviewer: How do you find out that somebody needs more?

Clinic manager: So every new patient gets a PHQ before the doctor comes in. Rosa does it. If it comes back high she walks over and gets Denise.

Interviewer: And when Denise is with someone else?

Clinic manager: Then we have her card. The grant that paid for that ran out in the fall.
";

fn player(folder: &Path, seed: u64) -> Player {
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let who = Who::scripted(Some("PB"), &mut mint(seed));
    let opened = open(disk, folder, who, Access::Write).expect("opened");
    assert_eq!(opened.read_only, None);
    Player::new(App::new(opened.study(Box::new(mint(seed))), setup()), 120, 40)
}

/// What stands: codes with their places and wordings, codings, memos, sources, without stamps.
fn standing(project: &Project) -> String {
    let view = emic::project::view::View::new(
        project,
        project.all::<emic::project::study::Coder>().next().expect("a coder").id,
    );
    let codes: Vec<_> =
        view.codebook().in_order().into_iter().map(|code| (view.codebook().path(code), view.count(code))).collect();
    let codings: Vec<_> = view.codings().map(|seen| (seen.coding.id, seen.span, view.code_name(seen.code))).collect();
    let memos: Vec<_> = view.memos().map(|memo| memo.text.clone()).collect();
    let sources: Vec<_> = view.sources().iter().map(|source| source.name.clone()).collect();
    format!("{codes:?}\n{codings:?}\n{memos:?}\n{sources:?}")
}

#[test]
fn imported_coded_merged_undone_redone_left_and_reopened_is_the_same() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("study");
    let file = place.path().join("P07-clinic-manager.txt");
    std::fs::write(&file, TALK).expect("a text");
    let new = NewProject { title: "A study".into(), initials: "PB".into(), name: String::new() };
    create(&RealDisk, &folder, &new, &mut mint(1)).expect("made");

    let mut day = player(&folder, 2);
    assert!(day.text().contains("i imports"), "a newcomer is told how to begin:\n{}", day.text());
    day.keys(&format!("i{}<Enter>", file.display())).expect("the path");
    let review = day.text();
    assert!(review.contains("Interviewer") && review.contains("Clinic manager"), "{review}");
    day.keys("<Enter>").expect("taken in");
    assert!(day.text().contains("How do you find out"), "it is open:\n{}", day.text());
    day.keys("gt2<Enter>scScreening<Enter>gt2<Enter>tcHandoff<Enter>").expect("two codings over each other");
    day.keys("gt4<Enter>WscMoney<Enter>[mwho paid?<Esc>").expect("a third, and a memo on it");
    day.keys("<Tab>gg<Space>Mhan<Enter>").expect("two codes made one");
    let codes: Vec<String> = codings(&mut day).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["Handoff", "Handoff", "Money"], "{}", day.text());
    let end = standing(&day.app.study.snapshot());
    let mut steps = 0;
    while day.app.study.history().to_undo().is_some() {
        day.keys("u").expect("undo");
        steps += 1;
    }
    assert!(steps >= 6, "{steps}");
    assert_eq!(standing(&day.app.study.snapshot()), "[]\n[]\n[]\n[]", "all undone");
    day.keys(&"<C-r>".repeat(steps)).expect("redo");
    assert_eq!(standing(&day.app.study.snapshot()), end);
    day.keys("q").expect("left");
    assert!(day.has_ended());
    assert!(matches!(day.app.study.saving(), Saving::Saved(_)));
    day.app.study.finish().expect("on disk");
    drop(day);

    let mut next = player(&folder, 3);
    assert_eq!(standing(&next.app.study.snapshot()), end, "reopened as it was left");
    next.keys("u").expect("what was done yesterday is taken back today");
    assert_ne!(standing(&next.app.study.snapshot()), end);
    next.keys("<C-r>").expect("and done again");
    assert_eq!(standing(&next.app.study.snapshot()), end);
}
