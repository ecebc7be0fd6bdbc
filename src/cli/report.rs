//! `emic report`: what a study hands in, as files of a folder.
//!
//! It is written as nobody in particular sees the project: nothing of one's own, nothing of a blind round. A new folder
//! comes whole or not at all; in one that is there, each file is replaced whole, and others stay.

use super::failure::{Failure, failed};
use super::opening::{Desk, with_sheaf};
use super::{names, out};
use crate::project::id::Mint;
use crate::report::folder::{File, report};
use crate::session::SystemMint;
use crate::store::{Disk, RealDisk};
use clap::{Args, ValueHint};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What the study hands in, as files of a folder.
///
/// The saved tables, matrices, code saturation and the sampling table, as text (md), for spreadsheets (csv) and as figures
/// (svg); the codebook with all wordings, what became of it from cycle to cycle, themes with what they hold, memos (md, html,
/// docx), the audit trail; of every revealed round agreement, methods paragraph and decisions; the items of COREQ and SRQR
/// that the project can answer. index.md says what each file is and what the figures rest on. Own memos and whatever belongs
/// to a blind round are never in it.
#[derive(Args, Debug)]
pub struct Report {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath)]
    pub project: PathBuf,
    /// The folder it is written to: a new or an empty one.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output: PathBuf,
    /// Write into a folder that holds something; files of the same names are replaced, others stay.
    #[arg(long)]
    pub force: bool,
    /// Who writes it: initials. What is in it is the same for all.
    #[arg(long, value_name = "INITIALS")]
    pub coder: Option<String>,
}

/// Writes it.
///
/// # Errors
/// A folder that holds something, or cannot be written; a coder whom the project does not have.
pub(super) fn run(args: &Report) -> Result<(), Failure> {
    if args.coder.as_deref().is_some_and(|coder| !coder.eq_ignore_ascii_case("all")) {
        // Whoever is named has to be there; what they alone may see is no part of a report.
        Desk::open(&args.project, args.coder.as_deref())?;
    }
    let desk = Desk::open(&args.project, Some("all"))?;
    desk.notes.iter().for_each(|note| out::note(note));
    let there = what_is_there(&args.output, args.force)?;
    refuse_inside(&args.project, &args.output)?;
    let files = with_sheaf(&desk, report).map_err(Failure::Failed)?;
    let shown = names::shown(&args.output);
    let wrong = |why: io::Error| Failure::Failed(format!("the report could not be written to {shown}: {why}"));
    match there {
        There::Nothing => whole(&args.output, &files).map_err(wrong)?,
        There::Folder => each(&args.output, &files).map_err(wrong)?,
    }
    let n = out::counted(files.len(), "file is", "files are");
    out::say(&format!("{n} in {shown}; index.md says what each of them is"))
}

/// What stands where the report is to be.
enum There {
    /// Nothing, or an empty folder.
    Nothing,
    /// A folder that holds something and may be written into.
    Folder,
}

fn what_is_there(folder: &Path, force: bool) -> Result<There, Failure> {
    let shown = names::shown(folder);
    match fs::read_dir(folder) {
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(There::Nothing),
        Err(why) if why.kind() == io::ErrorKind::NotADirectory => failed(format!("{shown} is a file; name a folder")),
        Err(why) => failed(format!("{shown} cannot be read: {why}")),
        Ok(mut entries) => match (entries.next().is_some(), force) {
            (false, _) => Ok(There::Nothing),
            (true, true) => Ok(There::Folder),
            (true, false) => failed(format!(
                "{shown} is not empty; name another folder, or replace its files of the same names with --force"
            )),
        },
    }
}

/// Refuses a folder of the project itself: what is written there would be taken for the project's.
fn refuse_inside(project: &Path, folder: &Path) -> Result<(), Failure> {
    let disk = RealDisk;
    let project = disk.canonical(project);
    let mut at = Some(folder);
    // The nearest part of the path that is there says where it leads.
    while let Some(here) = at.filter(|here| !here.exists()) {
        at = here.parent().map(|above| if above.as_os_str().is_empty() { Path::new(".") } else { above });
    }
    let inside = at.is_some_and(|here| disk.canonical(here).starts_with(&project));
    if inside {
        return failed(format!("{} lies in the project's own folder; name one outside", names::shown(folder)));
    }
    Ok(())
}

/// Writes a new folder beside its place, and moves it there when it is whole.
fn whole(folder: &Path, files: &[File]) -> io::Result<()> {
    let Some(name) = folder.file_name() else {
        // A folder that is named by where one stands, `.` or `..`, is there and cannot make room.
        return each(folder, files);
    };
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(above)?;
    let beside = above.join(format!(".{}.{}", name.to_string_lossy(), SystemMint::default().id()));
    let written = each(&beside, files).and_then(|()| {
        // An empty folder makes room; one that somebody has filled meanwhile stays, and the report is not written.
        match fs::remove_dir(folder) {
            Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
            _ => {}
        }
        fs::rename(&beside, folder)
    });
    if written.is_err() {
        // What went wrong is told; a rest that cannot be cleared away is the lesser trouble.
        let _rest = fs::remove_dir_all(&beside);
    }
    written
}

/// Writes files into a folder, each whole.
fn each(folder: &Path, files: &[File]) -> io::Result<()> {
    for file in files {
        let path = folder.join(&file.name);
        if let Some(above) = path.parent() {
            fs::create_dir_all(above)?;
        }
        RealDisk.replace(&path, &file.bytes)?;
    }
    Ok(())
}
