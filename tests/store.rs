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

use emic::project::edit::Edit;
use emic::project::id::{CoderId, Mint};
use emic::session::Saving;
use emic::store::{Access, Who};
use folders::*;
use std::path::Path;
use std::sync::Arc;

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

#[test]
fn a_new_coder_joins_and_who_coded_last_is_remembered() {
    let disk = new_study(20);
    let id = CoderId(mint(21).id());
    let open = try_open(&disk, STUDY, Who { join: Some(id), ..who(Some("DC"), 22) }, Access::Write).expect("it opens");
    assert_eq!((open.coder, open.read_only.clone()), (id, None));
    let mut dana = open.study(Box::new(mint(23)));
    dana.apply(&Edit::AddCoder { id, initials: "DC".into(), name: "Dana".into() }).expect("added");
    assert_eq!(dana.finish(), Ok(()));
    drop(dana);
    // What was said last holds when nothing is said.
    let open = try_open(&disk, STUDY, who(None, 24), Access::ReadOnly).expect("it opens");
    assert_eq!(open.coder, id);
    drop(opened(&disk, "pb", 25));
    let open = try_open(&disk, STUDY, who(None, 26), Access::ReadOnly).expect("it opens");
    assert_ne!(open.coder, id);
    disk.take(Path::new(STATE));
    let err = try_open(&disk, STUDY, who(None, 27), Access::Write).err().expect("refused");
    assert_eq!(err.to_string(), "say who codes with --coder and initials; this project has DC, PB");
}

#[test]
fn a_text_is_read_before_and_after_it_is_saved_and_only_if_it_is_the_one_that_was_coded() {
    let disk = new_study(30);
    let mut open = study(&disk, "PB", 31);
    let (edit, files) = any_edit::import(&open.view(), &mut mint(32), &mut fastrand::Rng::with_seed(33));
    let words = String::from_utf8(files[0].bytes.clone()).expect("words");
    let path = Path::new(STUDY).join(&files[0].path);
    disk.refuse_writes(Path::new(STUDY));
    open.apply_with(&edit, files).expect("imported");
    let source = open.view().sources()[0].id;
    assert_eq!(open.read(source).expect("a text").text.as_str(), words);
    settle(&mut open);
    assert!(matches!(open.saving(), Saving::NotSaved(_)));
    disk.mend();
    assert_eq!(open.finish(), Ok(()));
    drop(open);
    let mut open = study(&disk, "PB", 34);
    assert_eq!(open.read(source).expect("a text").text.as_str(), words);
    drop(open);
    disk.put(&path, b"other words");
    let mut open = study(&disk, "PB", 35);
    let err = open.read(source).expect_err("refused").to_string();
    assert!(err.contains("1.txt: its words are not those that were coded"), "{err}");
    disk.take(&path);
    let err = open.read(source).expect_err("refused").to_string();
    assert!(err.contains("1.txt: it is missing"), "{err}");
}

#[test]
fn the_log_has_every_line_in_order() {
    let disk = new_study(40);
    let mut open = study(&disk, "PB", 41);
    edit(&mut open, 30, 42);
    assert_eq!(open.finish(), Ok(()));
    let n = open.snapshot().n();
    drop(open);
    let log = emic::store::log(&disk, Path::new(STUDY)).expect("a log");
    assert_eq!(log.len() as u64, n);
    let entries: Vec<_> = log.collect();
    assert!(entries.windows(2).all(|pair| pair[0].stamp < pair[1].stamp));
    assert_eq!(entries[0].line.did, "begin “A study”, add coder PB");
    assert!(entries.iter().any(|entry| entry.line.undoes.is_some()));
}

#[cfg(unix)]
#[test]
fn what_is_made_is_for_its_owner_and_within_a_shared_folder_for_all_who_share_it() {
    use emic::store::{NewProject, RealDisk, create};
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("deep/study");
    let new = NewProject { title: "A study".into(), initials: "PB".into(), name: String::new() };
    create(&RealDisk, &folder, &new, &mut mint(50)).expect("a project");
    let mode = |path: &str| std::fs::metadata(folder.join(path)).expect("there").permissions().mode() & 0o777;
    assert_eq!([mode(""), mode("journal"), mode("project.ron")], [0o700, 0o700, 0o600]);
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o770)).expect("shared");
    std::fs::set_permissions(folder.join("journal"), std::fs::Permissions::from_mode(0o770)).expect("shared");
    let disk: Arc<dyn emic::store::Disk> = Arc::new(RealDisk);
    let who = who(None, 51).remembering(None);
    let mut open = emic::store::open(disk, &folder, who, Access::Write).expect("it opens").study(Box::new(mint(52)));
    let (edit, files) = any_edit::import(&open.view(), &mut mint(53), &mut fastrand::Rng::with_seed(54));
    let text = files[0].path.display().to_string();
    open.apply_with(&edit, files).expect("imported");
    assert_eq!(open.finish(), Ok(()));
    assert_eq!([mode("sources"), mode(&text), mode("project.ron")], [0o770, 0o660, 0o660]);
}
