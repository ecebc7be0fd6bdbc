//! `emic demo`: the sample study, as it stood at one of four moments.

use super::args::{Demo, LookArgs, Stage, WhoArgs};
use super::begin::quoted;
use super::failure::{Failure, failed};
use super::opening::{Desk, by_hand};
use super::{names, out, places, work};
use crate::store::{Disk, OpenError, RealDisk, lay_out};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The sample study as a project folder, as it stands in the end.
static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sample_data/study");
/// For each earlier moment the files that were other than at the next, and which of those were not there yet.
static STAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sample_data/stages");
/// Lists the files of the next moment that were not there yet, one a line.
const ABSENT: &str = "absent.txt";
/// Whose eyes it is seen with unless somebody says otherwise.
const CODER: &str = "PB";
/// Whoever worked there last, or the only one there is.
const NOBODY_SAID: WhoArgs = WhoArgs { coder: None, join: false };

pub(super) fn run(args: &Demo, look: &LookArgs) -> Result<u8, Failure> {
    let stage = args.stage.unwrap_or(Stage::Done);
    let named = match &args.dir {
        Some(dir) => dir.clone(),
        None => match places::demo(stage.own_folder()) {
            Some(dir) => dir,
            None => return failed("there is no home folder to write the sample study to; name one: emic demo DIR"),
        },
    };
    if !args.no_open {
        work::need_terminal()?;
    }
    let folder = if args.fresh { beside(&named)? } else { named };
    let is_new = !is_project(&folder)?;
    let shown = names::shown(&folder);
    if is_new {
        lay_out(&RealDisk, &folder, &sample(stage)).map_err(|why| match why {
            OpenError::NotEmpty(_) => Failure::Failed(format!(
                "{shown} is not empty and holds no project; name another folder, or let --fresh find one beside it"
            )),
            why => why.into(),
        })?;
    } else if let (Some(_), Some(stage)) = (&args.dir, args.stage) {
        // Whether it is the sample at this moment cannot be known once somebody has worked in it.
        return failed(format!(
            "{shown} holds a project already, which stays as it is; name another folder for the stage “{}”, let --fresh \
             find one beside it, or open what is there: emic {}",
            stage.name(),
            quoted(&shown)
        ));
    }
    if args.no_open {
        let was = if is_new { "The sample study is now in" } else { "The sample study is already in" };
        let coder = args.coder.as_deref().unwrap_or(CODER);
        out::say(&format!("{was} {shown}. Open it with: emic {} --coder {coder}", quoted(&shown)))?;
        return Ok(0);
    }
    let who = WhoArgs { coder: Some(args.coder.clone().unwrap_or_else(|| CODER.to_owned())), join: false };
    // A project that is no demo has coders of its own.
    let is_theirs = args.coder.is_some() || Desk::before_working(&folder, &by_hand(&who, true)).is_ok();
    work::open(&folder, if is_theirs { &who } else { &NOBODY_SAID }, look)
}

/// The files of the sample study at a moment; what makes it a project comes last.
fn sample(stage: Stage) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = BTreeMap::new();
    take(&SAMPLE, Path::new(""), &mut files);
    // Each moment is said as what differs from the next: from the end back to the one that is asked for.
    for earlier in Stage::BACKWARDS.into_iter().take_while(|earlier| *earlier >= stage) {
        let Some(dir) = STAGES.get_dir(earlier.name()) else { continue };
        let mut own = BTreeMap::new();
        take(dir, dir.path(), &mut own);
        if let Some(absent) = own.remove(Path::new(ABSENT)) {
            String::from_utf8_lossy(&absent).lines().for_each(|path| drop(files.remove(Path::new(path))));
        }
        files.append(&mut own);
    }
    let mut files: Vec<(PathBuf, Vec<u8>)> = files.into_iter().collect();
    files.sort_by_key(|(path, _)| (path == Path::new("project.ron"), path.clone()));
    files
}

/// Takes the files of a folder, named from `root` on.
fn take(dir: &Dir<'_>, root: &Path, into: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for file in dir.files() {
        if let Ok(path) = file.path().strip_prefix(root) {
            into.insert(path.to_owned(), file.contents().to_vec());
        }
    }
    dir.dirs().for_each(|dir| take(dir, root, into));
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
