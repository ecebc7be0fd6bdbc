//! The store as a whole: what is kept is kept, whatever happens in between.

#[path = "support/any_edit.rs"]
mod any_edit;

#[path = "support/folders.rs"]
mod folders;

#[path = "store/damage.rs"]
mod damage;
#[path = "store/faults.rs"]
mod faults;
#[path = "store/joining.rs"]
mod joining;
#[path = "store/speed.rs"]
mod speed;

use emic::session::Saving;
use emic::store::Access;
use folders::*;
use std::path::Path;

#[test]
fn a_project_is_reopened_as_it_was_left_with_its_history() {
    for seed in 0..12 {
        let disk = new_study(seed);
        let mut open = study(&disk, "PB", seed + 100);
        edit(&mut open, 60, seed + 200);
        assert_eq!(open.finish(), Ok(()));
        let (before, history) = (open.snapshot(), open.history().clone());
        drop(open);
        let again = opened(&disk, "PB", seed + 300);
        assert_eq!((&again.notes, &again.read_only), (&vec![], &None), "seed {seed}");
        same(&again.project, &before, &format!("seed {seed}, from the checkpoint"));
        assert_eq!(again.history, history);
        same(&from_lines(&disk, STUDY), &before, &format!("seed {seed}, from the lines alone"));
        // What was done before the restart can be taken back.
        let mut again = again.study(Box::new(mint(seed + 400)));
        while again.undo().is_ok() {}
        assert_eq!(again.finish(), Ok(()));
        let last = again.snapshot();
        drop(again);
        same(&from_lines(&disk, STUDY), &last, &format!("seed {seed}, after undoing all"));
    }
}

#[test]
fn a_session_goes_on_in_the_journal_it_left_and_segments_rotate() {
    let disk = new_study(1);
    for session in 0..3 {
        let mut open = study(&disk, "PB", 10 + session);
        edit(&mut open, 40, 20 + session);
        assert_eq!(open.finish(), Ok(()));
    }
    let names: Vec<String> = disk
        .names(&Path::new(STUDY).join("journal"))
        .iter()
        .filter_map(|p| Some(p.file_name()?.to_str()?.to_owned()))
        .collect();
    let writers: std::collections::BTreeSet<&str> = names.iter().filter_map(|name| name.split('.').next()).collect();
    assert_eq!(writers.len(), 3, "the folder, who made the project, who worked in it: {names:?}");
    assert!(names.len() > 4, "{names:?}");
    let tree = disk.tree(&Path::new(STUDY).join("journal"));
    assert!(tree.values().all(|bytes| bytes.len() < 9000), "closed at 4000 bytes and a line");
}

#[test]
fn looking_changes_nothing() {
    let disk = new_study(3);
    let mut open = study(&disk, "PB", 4);
    edit(&mut open, 20, 5);
    assert_eq!(open.finish(), Ok(()));
    drop(open);
    let (tree, names) = (disk.tree(Path::new("/")), disk.names(Path::new("/")));
    let open = try_open(&disk, STUDY, who(Some("PB"), 6), Access::ReadOnly).expect("it opens");
    assert!(open.read_only.is_some());
    let mut open = open.study(Box::new(mint(7)));
    assert!(matches!(open.saving(), Saving::ReadOnly(_)));
    assert!(open.undo().is_err());
    assert_eq!(open.finish(), Ok(()));
    drop(open);
    assert_eq!(disk.tree(Path::new("/")), tree);
    assert_eq!(disk.names(Path::new("/")), names);
}
