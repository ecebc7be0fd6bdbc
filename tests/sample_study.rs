//! The sample study: `sample_data/study` and `sample_data/stages` are what `sample_data/working` makes, byte for byte, and
//! what is made has what it promises.
//!
//! `EMIC_REBUILD_SAMPLE=1 cargo test --test sample_study` writes both anew.

mod support;

#[path = "sample_study/assignment.rs"]
mod assignment;
#[path = "sample_study/memos.rs"]
mod memos;
#[path = "sample_study/round.rs"]
mod round;
#[path = "sample_study/stages.rs"]
mod stages;

use emic::project::case::Participant;
use emic::store::records::{File, files_of};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use support::sample::{Sample, Stage, build, make, make_at};

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Lists what the next stage has and this one had not yet, one a line.
const ABSENT: &str = "absent.txt";

/// The files of a project folder.
fn files(sample: &Sample) -> Files {
    let mut files: Files = BTreeMap::new();
    for sort in File::ALL {
        files.extend(files_of(&sample.project, sort, |_| true));
    }
    files.extend(sample.files.iter().map(|file| (file.path.clone(), file.bytes.clone())));
    files.insert(PathBuf::from(".gitattributes"), b"*.ron merge=union\n".to_vec());
    files
}

/// What is on disk: the study as it is done, and of each stage before what was other than at the next.
fn made(samples: &[Sample]) -> Files {
    let folders: Vec<Files> = samples.iter().map(files).collect();
    let done = folders.last().expect("four stages");
    let mut out: Files = done.iter().map(|(path, bytes)| (Path::new("study").join(path), bytes.clone())).collect();
    for (stage, pair) in Stage::ALL.into_iter().zip(folders.windows(2)) {
        let (here, next) = (&pair[0], &pair[1]);
        let root = Path::new("stages").join(stage.name());
        for (path, bytes) in here.iter().filter(|(path, bytes)| next.get(*path) != Some(*bytes)) {
            assert!(!path.starts_with("sources"), "texts are shared: {}", path.display());
            out.insert(root.join(path), bytes.clone());
        }
        let absent: String =
            next.keys().filter(|path| !here.contains_key(*path)).map(|path| format!("{}\n", path.display())).collect();
        if !absent.is_empty() {
            out.insert(root.join(ABSENT), absent.into_bytes());
        }
    }
    out
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data")
}

fn found(folder: &Path, into: &mut Files) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found(&path, into);
        } else {
            let name = path.strip_prefix(root()).expect("below the root").to_path_buf();
            into.insert(name, std::fs::read(&path).expect("a file"));
        }
    }
}

#[test]
fn the_folders_are_what_the_working_files_make_byte_for_byte() {
    let made = made(&Stage::ALL.map(make_at));
    assert!(made == self::made(&build()), "the same every time");
    let folders = ["study", "stages"].map(|folder| root().join(folder));
    if std::env::var_os("EMIC_REBUILD_SAMPLE").is_some() {
        for folder in &folders {
            let _absent = std::fs::remove_dir_all(folder);
        }
        for (name, bytes) in &made {
            let path = root().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, bytes).expect("written");
        }
    }
    let mut found = BTreeMap::new();
    folders.iter().for_each(|folder| self::found(folder, &mut found));
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(&made), "EMIC_REBUILD_SAMPLE=1 cargo test --test sample_study makes it anew");
    for (name, bytes) in &made {
        assert!(found[name] == *bytes, "{} is not what the working files make", name.display());
    }
    let size: usize = made.values().map(Vec::len).sum();
    assert!(size < 2_000_000, "{size} bytes");
}

#[test]
fn the_sample_has_what_it_promises() {
    let sample = make();
    let view = emic::project::view::View::new(&sample.project, sample.coder);
    assert_eq!((view.cases().len(), view.sources().len()), (30, 42));
    let kinds: Vec<_> = view.sources().iter().map(|source| source.kind.name()).collect();
    for kind in ["interview", "field note", "site-visitor note", "focus group"] {
        assert!(kinds.contains(&kind), "no {kind} in {kinds:?}");
    }
    for source in view.sources() {
        let version = view.version(source.id).expect("a text");
        assert!((700..=1600).contains(&version.words), "{} has {} words", source.name, version.words);
    }
    assert!(sample.project.all::<Participant>().all(|person| !person.role.is_empty()));
    let book = view.codebook();
    for code in book.in_order() {
        let node = book.get(code).expect("a code");
        assert!(node.depth <= 2, "two levels, and a registry below the care management that it serves");
        assert!(node.wording.as_ref().is_some_and(|wording| !wording.definition.is_empty()), "{}", node.code.name);
        assert!(node.code.proposed.is_none(), "{} is still a proposal", node.code.name);
    }
    assert!(view.codings().count() >= 700, "{} codings", view.codings().count());
    assert!(view.memos().count() >= 10);
}
