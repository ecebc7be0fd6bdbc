//! Projects in memory for tests of the store: made, opened, edited at random, compared.

#![allow(dead_code, reason = "each test that takes this in uses what it needs")]

use super::any_edit::random_edit;
use emic::project::Project;
use emic::project::id::FixedMint;
use emic::session::{Saving, Study};
use emic::store::{Access, Disk, FaultyDisk, NewProject, OpenError, Opened, Who, create, open};
use fastrand::Rng;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the project lies in tests.
pub const STUDY: &str = "/work/study";
/// Where programs remember things.
pub const STATE: &str = "/home/state";

pub fn mint(seed: u64) -> FixedMint {
    FixedMint::new(seed, "2026-11-22T10:04:10Z".parse().expect("a time"))
}

/// A disk with a new project of coder PB.
pub fn new_study(seed: u64) -> FaultyDisk {
    let disk = FaultyDisk::new(seed);
    let new = NewProject { title: "A study".into(), initials: "PB".into(), name: "Pat".into() };
    create(&disk, Path::new(STUDY), &new, &mut mint(seed)).expect("a project");
    disk
}

/// `who` with a small segment, so that journals rotate.
pub fn who(coder: Option<&str>, seed: u64) -> Who {
    let who = Who::scripted(coder, &mut mint(seed)).remembering(Some(PathBuf::from(STATE)));
    Who { segment: 4000, ..who }
}

pub fn try_open(disk: &FaultyDisk, folder: &str, who: Who, access: Access) -> Result<Opened, OpenError> {
    open(Arc::new(disk.clone()) as Arc<dyn Disk>, Path::new(folder), who, access)
}

pub fn opened(disk: &FaultyDisk, coder: &str, seed: u64) -> Opened {
    try_open(disk, STUDY, who(Some(coder), seed), Access::Write).expect("it opens")
}

pub fn study(disk: &FaultyDisk, coder: &str, seed: u64) -> Study {
    opened(disk, coder, seed).study(Box::new(mint(seed)))
}

/// The project as it is on disk.
pub fn on_disk(disk: &FaultyDisk, folder: &str) -> Project {
    try_open(disk, folder, who(Some("PB"), 0), Access::ReadOnly).expect("it opens").project
}

/// The project as the lines alone give it, without checkpoint or record files.
pub fn from_lines(disk: &FaultyDisk, folder: &str) -> Project {
    let bare = disk.copy();
    for path in disk.tree(Path::new(folder)).into_keys() {
        let own = path.strip_prefix(folder).expect("below");
        let lines_or_texts = own.starts_with("journal") || own.starts_with("sources");
        if !lines_or_texts {
            bare.take(&path);
        }
    }
    on_disk(&bare, folder)
}

/// Does `count` random edits (now and then an undo or redo); waits after each until it is answered.
pub fn edit(study: &mut Study, count: usize, seed: u64) {
    let mut rng = Rng::with_seed(seed);
    let mut mint = mint(seed.wrapping_mul(7919).wrapping_add(13));
    for _ in 0..count {
        match rng.u8(..12) {
            0 => drop(study.undo()),
            1 => drop(study.redo()),
            _ => {
                let (edit, files) = random_edit(&study.view(), &mut mint, &mut rng);
                drop(study.apply_with(&edit, files));
            }
        }
        settle(study);
    }
}

/// Waits until everything is safe or known not to be.
pub fn settle(study: &mut Study) {
    for _ in 0..20_000 {
        study.listen();
        if !matches!(study.saving(), Saving::Saving(_)) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_micros(100));
    }
    panic!("no answer from the keeper: {:?}", study.saving());
}

/// The record files of a project.
pub fn record_files(disk: &FaultyDisk, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = disk.tree(Path::new(folder)).into_iter();
    let is_record = |path: &Path| {
        let own = path.strip_prefix(folder).expect("below");
        let top = own.components().count() == 1 && own.extension().is_some_and(|ending| ending == "ron");
        top || own.starts_with("coders")
    };
    files.filter(|(path, _)| is_record(path)).collect()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Says how two projects differ, record by record.
pub fn same(a: &Project, b: &Project, what: &str) {
    if a == b {
        return;
    }
    for (name, a, b) in [
        ("codes", format!("{:#?}", a.tables().codes), format!("{:#?}", b.tables().codes)),
        ("sources", format!("{:#?}", a.tables().sources), format!("{:#?}", b.tables().sources)),
        ("versions", format!("{:#?}", a.tables().versions), format!("{:#?}", b.tables().versions)),
        ("memos", format!("{:#?}", a.tables().memos), format!("{:#?}", b.tables().memos)),
    ] {
        if a != b {
            let line = a.lines().zip(b.lines()).find(|(a, b)| a != b);
            panic!("{what}: {name} differ: {line:?}");
        }
    }
    assert_eq!(a.tables(), b.tables(), "{what}");
    let codings = |project: &Project| {
        let standing = project.codings().sources().flat_map(|(_, index)| index.iter().cloned().collect::<Vec<_>>());
        let gone = project.codings().gone().map(|slot| format!("{slot:?}"));
        standing.map(|entry| format!("{:?} {:?}", entry.span, entry.slot)).chain(gone).collect::<Vec<_>>()
    };
    let (left, right) = (codings(a), codings(b));
    let only = |a: &[String], b: &[String]| a.iter().filter(|x| !b.contains(x)).cloned().collect::<Vec<_>>();
    panic!("{what}: codings differ\n  here: {:#?}\n  there: {:#?}", only(&left, &right), only(&right, &left));
}
