//! A folder to work in, and the program to run in it.

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of a test's own, with what the program remembers in it.
pub struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program with these arguments, its environment empty but for where it remembers things.
    pub fn emic<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_emic"));
        command.env_clear().current_dir(self.folder.path());
        for name in ["CONFIG", "DATA", "STATE"] {
            command.env(format!("EMIC_{name}_DIR"), self.path(&format!("home/{}", name.to_lowercase())));
        }
        command.args(args);
        command.timeout(std::time::Duration::from_secs(120));
        command
    }

    /// What a run that succeeds prints.
    pub fn run<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> String {
        let output = self.emic(args).assert().success().get_output().clone();
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// The one sentence with which a run fails, after checking that it failed with this exit code and printed nothing.
    pub fn fail<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>, code: i32) -> String {
        let output = self.emic(args).assert().code(code).get_output().clone();
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "it says on stderr what is wrong: {said}");
        said
    }

    /// A copy of the sample study.
    pub fn sample(&self, name: &str) -> PathBuf {
        let folder = self.path(name);
        self.run(["demo", name, "--no-open"]);
        folder
    }

    /// A new project of coder PB.
    pub fn project(&self, name: &str) -> PathBuf {
        self.run(["new", name, "--title", "A study", "--coder", "PB"]);
        self.path(name)
    }

    /// A file with these bytes.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(&path, bytes).expect("a file");
        path
    }
}

/// Everything in a folder: each file with its bytes, each folder without.
pub fn whole(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut out = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                out.insert(path.clone(), None);
                folders.push(path);
            } else {
                let bytes = fs::read(&path).expect("a file");
                out.insert(path, Some(bytes));
            }
        }
    }
    out
}

/// Does something that must leave the folder as it is, byte for byte.
pub fn untouched<T>(folder: &Path, what: &str, act: impl FnOnce() -> T) -> T {
    let before = whole(folder);
    let done = act();
    assert!(before == whole(folder), "{what} changed {}", folder.display());
    done
}

/// A short interview.
pub const INTERVIEW: &str = "\
Interviewer: Thanks for doing this. How do patients get to you?

Nurse: She brings them to my door. I am free every other half hour.

Interviewer: And if you are not?

Nurse: Then they wait, or they come back on Thursday. Most of them wait.
";
