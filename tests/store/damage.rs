//! Folders that are not as they should be: what is said, and that nothing is made worse.

use super::folders::*;
use emic::session::Saving;
use emic::store::{Access, FaultyDisk, NewProject, OpenError, Who, check, create, log};
use std::path::{Path, PathBuf};

fn worked_in(seed: u64) -> FaultyDisk {
    let disk = new_study(seed);
    let mut work = study(&disk, "PB", seed + 1);
    edit(&mut work, 30, seed + 2);
    assert_eq!(work.finish(), Ok(()));
    drop(work);
    disk
}

fn journals(disk: &FaultyDisk) -> Vec<PathBuf> {
    disk.tree(&Path::new(STUDY).join("journal")).into_keys().collect()
}

fn bytes(disk: &FaultyDisk, path: &Path) -> Vec<u8> {
    disk.tree(path).remove(path).expect("a file")
}

/// Opening says `why` and is read-only, and changes nothing.
fn is_read_only(disk: &FaultyDisk, why: &[&str]) {
    let (tree, names) = (disk.tree(Path::new("/")), disk.names(Path::new("/")));
    let open = try_open(disk, STUDY, who(Some("PB"), 1), Access::Write).expect("it opens");
    let said = open.read_only.clone().expect("read-only");
    assert!(why.iter().all(|why| said.contains(why)), "{said}");
    let mut open = open.study(Box::new(mint(1)));
    assert!(matches!(open.saving(), Saving::ReadOnly(_)));
    assert_eq!(open.finish(), Ok(()));
    drop(open);
    assert_eq!(disk.tree(Path::new("/")), tree);
    assert_eq!(disk.names(Path::new("/")), names);
}

/// Opening is refused with a sentence that holds `why`, and changes nothing.
fn is_refused(disk: &FaultyDisk, why: &[&str]) -> OpenError {
    let (tree, names) = (disk.tree(Path::new("/")), disk.names(Path::new("/")));
    let err = try_open(disk, STUDY, who(Some("PB"), 1), Access::Write).err().expect("refused");
    let said = err.to_string();
    assert!(why.iter().all(|why| said.contains(why)), "{said}");
    assert_eq!(disk.tree(Path::new("/")), tree);
    assert_eq!(disk.names(Path::new("/")), names);
    err
}

#[test]
fn what_is_no_project_is_refused_with_a_sentence() {
    let disk = FaultyDisk::new(1);
    is_refused(&disk, &["there is no folder /work/study", "emic new"]);
    disk.put(&Path::new(STUDY).join("notes.txt"), b"hello");
    is_refused(&disk, &["is not a project", "project.ron", "emic new"]);
    disk.take(Path::new(STUDY));
    disk.put(Path::new(STUDY), b"PK");
    is_refused(&disk, &["/work/study is a file"]);
    let disk = worked_in(1);
    let err = try_open(&disk, STUDY, who(Some("XY"), 1), Access::Write).err().expect("refused");
    assert_eq!(err, OpenError::UnknownCoder { initials: "XY".into(), known: vec!["PB".into()] });
    assert!(err.to_string().contains("no coder XY; it has PB"), "{err}");
}

#[test]
fn a_torn_last_line_is_put_aside_and_told_once() {
    let disk = worked_in(10);
    let before = on_disk(&disk, STUDY);
    let last = journals(&disk).pop().expect("a journal");
    let whole = bytes(&disk, &last);
    for rest in [&b"(n: 900, by: \"P"[..], b"(n: 900, by: \"PB\", at\n", b"\0\0\0\0", b"(n: 900\n\xff\xfe\n"] {
        let disk = disk.copy();
        let torn = [&whole[..], rest].concat();
        disk.put(&last, &torn);
        let open = opened(&disk, "PB", 11);
        assert_eq!(open.read_only, None);
        assert_eq!(open.notes.len(), 1, "{:?}", open.notes);
        assert!(open.notes[0].contains("was cut off before it was saved") && open.notes[0].contains(".emic/torn/"));
        same(&open.project, &before, "without the torn line");
        let mut work = open.study(Box::new(mint(12)));
        edit(&mut work, 5, 13);
        assert_eq!(work.finish(), Ok(()));
        let memory = work.snapshot();
        drop(work);
        assert_eq!(bytes(&disk, &last), torn, "the journal itself is as it was");
        let aside = disk.tree(&Path::new(STUDY).join(".emic/torn"));
        assert_eq!(aside.values().collect::<Vec<_>>(), [rest]);
        let again = opened(&disk, "PB", 14);
        assert_eq!(again.notes, Vec::<String>::new(), "told once");
        same(&again.project, &memory, "and work went on elsewhere");
    }
}

#[test]
fn damage_before_a_good_line_opens_read_only_with_file_and_line() {
    let disk = worked_in(20);
    let path = journals(&disk).into_iter().max_by_key(|path| bytes(&disk, path).len()).expect("a journal");
    let good = text(&bytes(&disk, &path));
    let mut lines: Vec<String> = good.lines().map(str::to_owned).collect();
    lines[2] = lines[2].replace("at:", "at;");
    let damaged = lines.join("\n") + "\n";
    disk.put(&path, damaged.as_bytes());
    let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
    is_read_only(&disk, &[&format!("journal/{name}, line 3, column")]);
    let found = check(&disk, Path::new(STUDY)).expect("checked");
    assert!(found[0].what.contains(&format!("{name}, line 3")), "{found:?}");
    // Of the same length, with the checkpoint still there: it is seen all the same.
    assert_eq!(damaged.len(), good.len());
    // A damaged first line with good ones behind it.
    lines[0] = "(project".into();
    disk.put(&path, (lines.join("\n") + "\n").as_bytes());
    is_read_only(&disk, &[&format!("journal/{name}, line 1")]);
}

#[test]
fn a_newer_format_opens_read_only() {
    let disk = worked_in(30);
    let path = Path::new(STUDY).join("codebook.ron");
    let newer = text(&bytes(&disk, &path)).replace("version: 1,", "version: 2,");
    let whole = disk.copy();
    disk.put(&path, newer.as_bytes());
    is_read_only(&disk, &["codebook.ron was written by a newer Emic", "update Emic"]);
    let disk = whole;
    let path = journals(&disk).pop().expect("a journal");
    let newer = text(&bytes(&disk, &path)).replace("schema: 1,", "schema: 7,") + "(n: 99, whatever: 3)\n";
    disk.put(&path, newer.as_bytes());
    is_read_only(&disk, &["was written by a newer Emic (format 7, this one knows 1)"]);
}

#[test]
fn a_damaged_record_that_no_line_tells_of_opens_read_only() {
    let disk = worked_in(40);
    let before = on_disk(&disk, STUDY);
    let path = Path::new(STUDY).join("codebook.ron");
    let good = text(&bytes(&disk, &path));
    // Lines tell of this one: it is derived anew.
    disk.put(&path, good.replacen("rank:", "rang;", 1).as_bytes());
    let open = opened(&disk, "PB", 41);
    assert_eq!(open.read_only, None);
    same(&open.project, &before, "derived from the lines");
    drop(open);
    assert_eq!(text(&bytes(&disk, &path)), good, "and written again");
    // Without journals it stands there only.
    disk.take(&Path::new(STUDY).join("journal"));
    disk.put(&path, good.replacen("rank:", "rang;", 1).as_bytes());
    is_read_only(&disk, &["codebook.ron, line ", "column "]);
    disk.put(&path, good.as_bytes());
    let open = opened(&disk, "PB", 42);
    assert_eq!(open.read_only, None);
    assert_eq!(open.project.codings().len(), before.codings().len());
    assert_eq!(open.project.codebook().in_order(), before.codebook().in_order());
}

#[test]
fn a_folder_that_cannot_be_written_is_open_read_only() {
    let disk = worked_in(50);
    disk.refuse_writes(Path::new(STUDY));
    is_read_only(&disk, &["/work/study cannot be written"]);
    let new = NewProject { title: "x".into(), initials: "PB".into(), name: String::new() };
    let err = create(&disk, Path::new(STUDY), &new, &mut mint(1)).expect_err("refused");
    assert!(err.to_string().contains("is not empty"), "{err}");
    let empty = FaultyDisk::new(1);
    empty.refuse_writes(Path::new("/work"));
    let err = create(&empty, Path::new(STUDY), &new, &mut mint(1)).expect_err("refused");
    assert!(err.to_string().contains("/work/study cannot be written"), "{err}");
}

#[test]
fn record_files_that_are_gone_old_or_mixed_are_derived_again() {
    let disk = new_study(60);
    let mut work = study(&disk, "PB", 61);
    edit(&mut work, 25, 62);
    assert_eq!(work.finish(), Ok(()));
    let old = record_files(&disk, STUDY);
    edit(&mut work, 25, 63);
    assert_eq!(work.finish(), Ok(()));
    drop(work);
    let (new, project) = (record_files(&disk, STUDY), on_disk(&disk, STUDY));
    assert_ne!(old, new);
    type Spoil<'a> = (&'a str, &'a dyn Fn(&FaultyDisk));
    let spoil: [Spoil<'_>; 5] = [
        ("gone", &|disk| new.keys().for_each(|path| disk.take(path))),
        ("old", &|disk| old.iter().for_each(|(path, bytes)| disk.put(path, bytes))),
        ("half old", &|disk| old.iter().step_by(2).for_each(|(path, bytes)| disk.put(path, bytes))),
        ("half gone", &|disk| new.keys().step_by(2).for_each(|path| disk.take(path))),
        ("without what is local", &|disk| disk.take(&Path::new(STUDY).join(".emic"))),
    ];
    for (what, spoil) in spoil {
        let disk = disk.copy();
        spoil(&disk);
        let open = opened(&disk, "PB", 64);
        assert_eq!((&open.notes, &open.read_only), (&vec![], &None), "{what}");
        same(&open.project, &project, what);
        let mut open = open.study(Box::new(mint(65)));
        assert_eq!(open.finish(), Ok(()));
        drop(open);
        assert_eq!(record_files(&disk, STUDY), new, "{what}: the same bytes");
        same(&on_disk(&disk, STUDY), &project, what);
    }
}

#[test]
fn a_journal_that_is_replaced_while_one_works_loses_nothing() {
    for shorter in [false, true] {
        let disk = new_study(70);
        let mut work = study(&disk, "PB", 71);
        edit(&mut work, 10, 72);
        let own = journals(&disk).pop().expect("a journal");
        let mut other = bytes(&disk, &own);
        if shorter {
            // git brings back an earlier state: lines that were saved are gone.
            let lines = text(&other);
            let keep: usize = lines.split_inclusive('\n').take(3).map(str::len).sum();
            other.truncate(keep);
        }
        disk.put(&own, &other);
        edit(&mut work, 10, 73);
        assert_eq!(bytes(&disk, &own), other, "what was put there is not written to");
        assert_eq!(work.finish(), Ok(()));
        assert!(matches!(work.saving(), Saving::Saved(_)));
        let (memory, history) = (work.snapshot(), work.history().clone());
        drop(work);
        let again = opened(&disk, "PB", 74);
        same(&again.project, &memory, "reopened");
        same(&from_lines(&disk, STUDY), &memory, "from the lines");
        assert_eq!(again.history, history, "and all of it can be undone");
    }
}

#[test]
fn a_second_program_on_the_same_work_is_told_and_both_count() {
    let disk = new_study(80);
    let first = opened(&disk, "PB", 81);
    let second = opened(&disk, "PB", 82);
    assert!(second.notes.iter().any(|note| note.contains("Another program is open on PB's work (since 2026-")));
    let (mut first, mut second) = (first.study(Box::new(mint(83))), second.study(Box::new(mint(84))));
    edit(&mut first, 10, 85);
    edit(&mut second, 10, 86);
    assert_eq!((first.finish(), second.finish()), (Ok(()), Ok(())));
    let (a, b) = (first.snapshot(), second.snapshot());
    drop((first, second));
    let both = on_disk(&disk, STUDY);
    same(&both, &from_lines(&disk, STUDY), "both");
    assert!(both.tables().codes.len() >= a.tables().codes.len().max(b.tables().codes.len()));
}

#[test]
fn check_finds_texts_that_are_gone_or_changed_and_is_content_otherwise() {
    let disk = worked_in(90);
    assert_eq!(check(&disk, Path::new(STUDY)), Ok(vec![]));
    let texts: Vec<PathBuf> = disk.tree(&Path::new(STUDY).join("sources")).into_keys().collect();
    let words = texts.iter().find(|path| path.ends_with("1.txt")).expect("a text");
    disk.put(words, b"other words");
    let found = check(&disk, Path::new(STUDY)).expect("checked");
    assert!(found[0].what.contains("its words are not those that were coded"), "{found:?}");
    disk.take(words);
    let found = check(&disk, Path::new(STUDY)).expect("checked");
    assert!(found[0].what.contains("it is missing"), "{found:?}");
    disk.take(&Path::new(STUDY).join("codebook.ron"));
    let found = check(&disk, Path::new(STUDY)).expect("checked");
    assert!(found.iter().any(|finding| finding.place == "codebook.ron"), "{found:?}");
}

#[test]
fn a_journal_of_another_project_is_left_out_and_told() {
    let (disk, other) = (worked_in(100), worked_in(200));
    let before = on_disk(&disk, STUDY);
    let foreign = journals(&other).pop().expect("a journal");
    disk.put(&foreign, &bytes(&other, &foreign));
    let open = opened(&disk, "PB", 101);
    assert!(
        open.notes.iter().any(|note| note.contains("belongs to another project and is left out")),
        "{:?}",
        open.notes
    );
    same(&open.project, &before, "without the foreign journal");
    drop(open);
    // Without project.ron nobody can say which is meant.
    disk.take(&Path::new(STUDY).join("project.ron"));
    is_refused(&disk, &["holds journals of 2 projects"]);
}

#[test]
fn a_journal_that_goes_back_in_time_while_nobody_edits_is_made_good() {
    let disk = new_study(110);
    let live = Who { live: true, ..who(Some("PB"), 111) };
    let mut work = try_open(&disk, STUDY, live, Access::Write).expect("it opens").study(Box::new(mint(112)));
    edit(&mut work, 10, 113);
    let n = work.snapshot().n();
    let own =
        journals(&disk).into_iter().find(|path| text(&bytes(&disk, path)).contains("(n: 2, ")).expect("a journal");
    let lines = text(&bytes(&disk, &own));
    let keep: usize = lines.split_inclusive('\n').take(3).map(str::len).sum();
    disk.put(&own, &lines.as_bytes()[..keep]);
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    let there = || log(&disk, Path::new(STUDY)).expect("a log").count() as u64;
    while there() < n && std::time::Instant::now() < until {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(there(), n);
    work.listen();
    assert_eq!(work.finish(), Ok(()));
    let memory = work.snapshot();
    drop(work);
    same(&on_disk(&disk, STUDY), &memory, "what was rescued");
}
