//! The disk fails at any call, or the power is cut at any call: what was said to be saved is there.

use super::any_edit::random_edit;
use super::folders::*;
use emic::project::put::Put;
use emic::session::{Saving, Study};
use emic::store::{Access, FaultyDisk, NewProject, OpenError, create, log, open};
use fastrand::Rng;
use std::path::Path;
use std::sync::Arc;

/// What a session did: each line's number and puts.
type Lines = Vec<(u64, Vec<Put>)>;

/// Some thirty edits with three rests in between, as one person makes them. Gives back what was said to be saved, and
/// the study as it is at the end.
fn script(disk: &FaultyDisk, seed: u64) -> Result<(Lines, Study), OpenError> {
    let opened = try_open(disk, STUDY, who(Some("PB"), seed), Access::Write)?;
    let mut study = opened.study(Box::new(mint(seed + 1)));
    let mut rng = Rng::with_seed(seed + 2);
    let mut ids = mint(seed + 3);
    let (mut saved, mut waiting): (Lines, Lines) = (Vec::new(), Vec::new());
    for step in 0..30 {
        if rng.u8(..8) == 0 {
            let n = study.snapshot().n() + 1;
            if let Ok(undone) = study.undo() {
                waiting.push((n, undone.puts));
            }
        } else {
            let (edit, files) = random_edit(&study.view(), &mut ids, &mut rng);
            if let Ok(done) = study.apply_with(&edit, files) {
                waiting.extend(done.stamp.map(|stamp| (stamp.0, done.puts)));
            }
        }
        settle(&mut study);
        if matches!(study.saving(), Saving::Saved(_)) {
            saved.append(&mut waiting);
        }
        if step % 10 == 9 && study.finish().is_ok() {
            saved.append(&mut waiting);
        }
    }
    Ok((saved, study))
}

/// What was said to be saved is in the journals, and the folder opens as what the journals say.
fn holds(disk: &FaultyDisk, saved: &Lines, what: &str) {
    let open = try_open(disk, STUDY, who(Some("PB"), 1), Access::ReadOnly);
    let open = open.unwrap_or_else(|err| panic!("{what}: {err}"));
    assert_eq!(open.read_only.as_deref(), Some("it was opened to look only"), "{what}");
    let lines: Vec<_> = log(disk, Path::new(STUDY)).unwrap_or_else(|err| panic!("{what}: {err}")).collect();
    for (n, puts) in saved {
        assert!(lines.iter().any(|entry| entry.stamp.0 == *n && entry.line.puts == *puts), "{what}: line {n} is lost");
    }
    same(&open.project, &from_lines(disk, STUDY), what);
}

fn base() -> FaultyDisk {
    let disk = new_study(5);
    let mut first = study(&disk, "PB", 6);
    edit(&mut first, 10, 7);
    assert_eq!(first.finish(), Ok(()));
    drop(first);
    disk
}

fn calls_of_script(base: &FaultyDisk) -> usize {
    let disk = base.copy();
    let (saved, study) = script(&disk, 50).expect("it opens");
    assert!(saved.len() > 20);
    drop(study);
    let calls = disk.calls();
    holds(&disk, &saved, "without faults");
    calls
}

#[test]
fn any_call_may_fail_and_nothing_is_lost() {
    let base = base();
    for n in 1..=calls_of_script(&base) {
        let disk = base.copy();
        disk.fail_at(n);
        let before = disk.tree(Path::new(STUDY));
        match script(&disk, 50) {
            Err(err) => {
                assert!(matches!(err, OpenError::Unreadable { .. }), "call {n}: {err}");
                assert_eq!(disk.tree(Path::new(STUDY)), before, "call {n}: a refused opening changes nothing");
            }
            Ok((saved, mut study)) => {
                let what = format!("call {n} failed ({})", disk.log()[n - 1]);
                if !matches!(study.saving(), Saving::ReadOnly(_)) {
                    assert_eq!(study.finish(), Ok(()), "{what}");
                    let memory = study.snapshot();
                    drop(study);
                    same(&on_disk(&disk, STUDY), &memory, &what);
                }
                holds(&disk, &saved, &what);
            }
        }
    }
}

#[test]
fn all_calls_may_fail_for_a_while_and_nothing_is_lost() {
    let base = base();
    let all = calls_of_script(&base);
    for n in (1..=all).step_by(7) {
        let disk = base.copy();
        disk.fail_from(n);
        let Ok((saved, mut study)) = script(&disk, 50) else { continue };
        if matches!(study.saving(), Saving::ReadOnly(_)) {
            continue;
        }
        let what = format!("from call {n} on everything failed");
        let not_saved = matches!(study.saving(), Saving::NotSaved(_));
        assert!(not_saved || n + 40 > all, "{what}: {:?}", study.saving());
        disk.mend();
        assert_eq!(study.finish(), Ok(()), "{what}");
        assert!(matches!(study.saving(), Saving::Saved(_)), "{what}");
        let memory = study.snapshot();
        drop(study);
        holds(&disk, &saved, &what);
        same(&on_disk(&disk, STUDY), &memory, &what);
    }
}

#[test]
fn the_power_may_go_at_any_call_and_nothing_that_was_saved_is_lost() {
    let base = base();
    for n in 1..=calls_of_script(&base) {
        let disk = base.copy();
        disk.cut_at(n);
        let saved = script(&disk, 50).map_or_else(|_| Vec::new(), |(saved, _)| saved);
        for seed in 0..3 {
            let after = disk.after_power_cut(seed);
            let what = format!("the power went at call {n} ({}), seed {seed}", disk.log()[n - 1]);
            holds(&after, &saved, &what);
            if seed == 0 {
                // And work goes on.
                let mut again = study(&after, "PB", 60);
                edit(&mut again, 3, 61);
                assert_eq!(again.finish(), Ok(()), "{what}");
                drop(again);
                holds(&after, &saved, &what);
            }
        }
    }
}

#[test]
fn a_project_that_was_half_made_is_none_or_whole() {
    let new = NewProject { title: "A study".into(), initials: "PB".into(), name: String::new() };
    let counted = FaultyDisk::new(1);
    create(&counted, Path::new(STUDY), &new, &mut mint(1)).expect("a project");
    for n in 1..=counted.calls() {
        let disk = FaultyDisk::new(1);
        disk.cut_at(n);
        assert!(create(&disk, Path::new(STUDY), &new, &mut mint(1)).is_err());
        for seed in 0..4 {
            let after = disk.after_power_cut(seed);
            let opened = open(Arc::new(after.clone()), Path::new(STUDY), who(None, 2), Access::Write);
            match opened {
                Ok(opened) => assert_eq!(opened.read_only, None, "call {n}"),
                Err(OpenError::Missing(_) | OpenError::NotAProject(_)) => {
                    create(&after, Path::new(STUDY), &new, &mut mint(1)).expect("made at the second attempt");
                }
                Err(err) => panic!("call {n}, seed {seed}: {err}"),
            }
        }
    }
}

#[test]
fn what_cannot_be_saved_can_be_saved_elsewhere_and_merged_later() {
    let disk = base();
    let mut open = study(&disk, "PB", 70);
    disk.refuse_writes(Path::new(STUDY));
    edit(&mut open, 5, 71);
    let Saving::NotSaved(why) = open.saving() else { panic!("{:?}", open.saving()) };
    assert!(why.contains("not on disk (journal/") || why.contains("not on disk (/work/study/journal/"), "{why}");
    let said = open.save_elsewhere(Path::new("/stick/rescue")).expect("saved elsewhere");
    assert!(said.contains("/stick/rescue") && said.contains("emic merge"), "{said}");
    let memory = open.snapshot();
    assert!(open.finish().is_err());
    drop(open);
    disk.mend();
    let merged = emic::store::merge(&disk, Path::new(STUDY), Path::new("/stick/rescue")).expect("merged");
    assert!(merged.lines > 0);
    let now = on_disk(&disk, STUDY);
    assert_eq!(now.codings().len(), memory.codings().len());
    assert_eq!(now.tables().memos.len(), memory.tables().memos.len());
    assert_eq!(now.n(), memory.n());
}
