//! The sample study: `sample_data/study` is what `sample_data/working` makes, byte for byte.
//!
//! `EMIC_REBUILD_SAMPLE=1 cargo test --test sample_study` writes it anew.

mod support;

use emic::project::case::Participant;
use emic::store::records::{File, files_of};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The files of the project folder.
fn made() -> BTreeMap<PathBuf, Vec<u8>> {
    let sample = support::sample::make();
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    for sort in File::ALL {
        files.extend(files_of(&sample.project, sort, |_| true));
    }
    files.extend(sample.files.into_iter().map(|file| (file.path, file.bytes)));
    files.insert(PathBuf::from(".gitattributes"), b"*.ron merge=union\n".to_vec());
    files
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/study")
}

fn found(folder: &Path, into: &mut BTreeMap<PathBuf, Vec<u8>>) {
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
fn the_folder_is_what_the_working_files_make_byte_for_byte() {
    let made = made();
    assert_eq!(made, self::made(), "the same every time");
    if std::env::var_os("EMIC_REBUILD_SAMPLE").is_some() {
        let _absent = std::fs::remove_dir_all(root());
        for (name, bytes) in &made {
            let path = root().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, bytes).expect("written");
        }
    }
    let mut found = BTreeMap::new();
    self::found(&root(), &mut found);
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(&made), "EMIC_REBUILD_SAMPLE=1 cargo test --test sample_study makes it anew");
    for (name, bytes) in &made {
        assert!(found[name] == *bytes, "{} is not what the working files make", name.display());
    }
}

#[test]
fn the_sample_has_what_it_promises() {
    let sample = support::sample::make();
    let view = emic::project::view::View::new(&sample.project, sample.coder);
    assert!(view.cases().len() >= 6);
    assert!(view.sources().len() >= 8);
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
        assert!(node.depth <= 1, "two levels");
        assert!(node.wording.as_ref().is_some_and(|wording| !wording.definition.is_empty()), "{}", node.code.name);
    }
    assert!(view.codings().count() >= 100, "{} codings", view.codings().count());
    assert!(view.memos().count() >= 8);
    let size: usize = made().values().map(Vec::len).sum();
    assert!(size < 2_000_000, "{size} bytes");
}
