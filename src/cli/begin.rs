//! `emic demo` and `emic new`: beginning with a project.

use super::args::{Demo, LookArgs, New, WhoArgs};
use super::failure::{Failure, failed};
use super::opening::{Desk, by_hand};
use super::{names, out, places, work};
use crate::session::SystemMint;
use crate::store::{Disk, NewProject, OpenError, RealDisk, create, lay_out};
use include_dir::{Dir, include_dir};
use std::path::{Path, PathBuf};

/// The sample study as a project folder.
static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sample_data/study");
/// Who coded it.
const CODER: &str = "PB";
/// Whoever worked there last, or the only one there is.
const NOBODY_SAID: WhoArgs = WhoArgs { coder: None, join: false };

pub(super) fn demo(args: &Demo, look: &LookArgs) -> Result<u8, Failure> {
    let named = match &args.dir {
        Some(dir) => dir.clone(),
        None => match places::demo() {
            Some(dir) => dir,
            None => return failed("there is no home folder to write the sample study to; name one: emic demo DIR"),
        },
    };
    if !args.no_open {
        work::need_terminal()?;
    }
    let folder = if args.fresh { beside(&named)? } else { named };
    let is_new = !is_project(&folder)?;
    if is_new {
        lay_out(&RealDisk, &folder, &sample()).map_err(|why| match why {
            OpenError::NotEmpty(folder) => Failure::Failed(format!(
                "{} is not empty and holds no project; name another folder, or let --fresh find one beside it",
                names::shown(&folder)
            )),
            why => why.into(),
        })?;
    }
    let shown = names::shown(&folder);
    if args.no_open {
        let was = if is_new { "The sample study is now in" } else { "The sample study is already in" };
        out::say(&format!("{was} {shown}. Open it with: emic {}", quoted(&shown)))?;
        return Ok(0);
    }
    let who = WhoArgs { coder: Some(CODER.to_owned()), join: false };
    // A project that is no demo has coders of its own.
    let is_theirs = Desk::before_working(&folder, &by_hand(&who, true)).is_ok();
    work::open(&folder, if is_theirs { &who } else { &NOBODY_SAID }, look)
}

/// The files of the sample study; what makes it a project comes last.
fn sample() -> Vec<(PathBuf, Vec<u8>)> {
    fn all(dir: &Dir<'_>, out: &mut Vec<(PathBuf, Vec<u8>)>) {
        out.extend(dir.files().map(|file| (file.path().to_owned(), file.contents().to_vec())));
        dir.dirs().for_each(|dir| all(dir, out));
    }
    let mut files = Vec::new();
    all(&SAMPLE, &mut files);
    files.sort_by_key(|(path, _)| (path == Path::new("project.ron"), path.clone()));
    files
}

/// Whether a folder holds a project.
fn is_project(folder: &Path) -> Result<bool, Failure> {
    let is_there = |name: &str| RealDisk.status(&folder.join(name)).map(|status| status.is_some());
    match is_there("project.ron").and_then(|project| Ok(project || is_there("journal")?)) {
        Ok(is_project) => Ok(is_project),
        // Something above it is a file: what is to be laid out says so.
        Err(err) if err.kind() == std::io::ErrorKind::NotADirectory => {
            failed(format!("{} is not a folder; name another", names::shown(folder)))
        }
        Err(err) => failed(format!("{} cannot be read: {err}", names::shown(folder))),
    }
}

/// `folder` if nothing is there, else the first of `folder-2`, `folder-3`, … where nothing is.
fn beside(folder: &Path) -> Result<PathBuf, Failure> {
    let numbered = (2_u32..).map(|n| {
        let name = folder.file_name().map_or_else(|| "demo".into(), |name| name.to_string_lossy().into_owned());
        folder.with_file_name(format!("{name}-{n}"))
    });
    for candidate in std::iter::once(folder.to_owned()).chain(numbered) {
        match RealDisk.status(&candidate) {
            Ok(None) => return Ok(candidate),
            Ok(Some(status)) if status.is_folder => {
                if RealDisk.list(&candidate).is_ok_and(|found| found.is_empty()) {
                    return Ok(candidate);
                }
            }
            Ok(Some(_)) => {}
            Err(err) => return failed(format!("{} cannot be read: {err}", names::shown(&candidate))),
        }
    }
    failed("no folder is free")
}

pub(super) fn new(args: &New) -> Result<(), Failure> {
    let New { dir, title, coder, name } = args;
    let project = NewProject { title: title.clone(), initials: coder.clone(), name: name.clone() };
    create(&RealDisk, dir, &project, &mut SystemMint::default())?;
    let shown = names::shown(dir);
    let folder = quoted(&shown);
    out::say(&format!(
        "“{title}” is in {shown}.\nTake in transcripts with: emic import {folder} FILE…\nOpen it with: emic {folder}"
    ))
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    shell_words::quote(path).into_owned()
}
