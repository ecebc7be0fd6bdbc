//! Loading: what is in the folder becomes a project, by way of the checkpoint or from everything.

use super::checkpoint::{Checkpoint, Mark, Seen, TOMBSTONES};
use super::disk::Disk;
use super::in_parallel;
use super::journal::{JournalFile, puts_of, read_journals, read_lines};
use super::open::OpenError;
use super::records::{self, Bad, Records};
use crate::project::Project;
use crate::project::id::{Id, Stamp, StudyId, Writer};
use crate::project::put::{Kind, Put};
use crate::project::step::Line;
use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

/// A folder as it was read.
pub(crate) struct Loaded {
    /// The project.
    pub(crate) project: Project,
    /// Which project it is.
    pub(crate) study: StudyId,
    /// Its journals.
    pub(crate) journals: Vec<JournalFile>,
    /// How much of each was taken in, by name.
    pub(crate) seen: BTreeMap<String, Seen>,
    /// The record files that are there.
    pub(crate) files: BTreeMap<PathBuf, Mark>,
    /// Whether the record files and the checkpoint are as they would be written now.
    pub(crate) settled: bool,
    /// How many disputes were known before.
    pub(crate) disputes_known: usize,
    /// What is to be told.
    pub(crate) notes: Vec<String>,
    /// Why nothing may be written.
    pub(crate) locked: Vec<String>,
    /// Journals that end in something that is no line: which, and from which byte on.
    pub(crate) torn: Vec<(String, usize)>,
}

/// Whether the folder can be a project at all, before anything of it is read.
pub(crate) fn look_at(disk: &dyn Disk, folder: &Path) -> Result<(), OpenError> {
    let status = disk.status(folder).map_err(|err| unreadable(folder, &err))?;
    match status {
        None => return Err(OpenError::Missing(folder.to_path_buf())),
        Some(status) if !status.is_folder => return Err(OpenError::NotAFolder(folder.to_path_buf())),
        Some(_) => {}
    }
    let top = disk.list(folder).map_err(|err| unreadable(folder, &err))?;
    let has = |name: &str, is_folder: bool| top.iter().any(|found| found.name == name && found.is_folder == is_folder);
    if has("project.ron", false) {
        return Ok(());
    }
    let journal = folder.join(super::journal::FOLDER);
    let journals = disk.list(&journal).map_err(|err| unreadable(&journal, &err))?;
    if journals.iter().any(|found| found.name.ends_with(".ron")) {
        return Ok(());
    }
    Err(OpenError::NotAProject(folder.to_path_buf()))
}

pub(crate) fn unreadable(path: &Path, err: &io::Error) -> OpenError {
    OpenError::Unreadable { path: path.to_path_buf(), why: err.to_string() }
}

/// Record files as they were read.
#[derive(Default)]
pub(crate) struct RecordFiles {
    pub(crate) files: BTreeMap<PathBuf, Mark>,
    pub(crate) records: Records,
    /// The deleted records, which are of use only with the checkpoint.
    pub(crate) tombstones: Records,
    pub(crate) bad: Vec<Bad>,
}

/// Reads all record files.
pub(crate) fn read_records(disk: &dyn Disk, folder: &Path) -> Result<RecordFiles, OpenError> {
    let mut paths = records::list(disk, folder).map_err(|err| unreadable(folder, &err))?;
    paths.push(PathBuf::from(TOMBSTONES));
    let read = in_parallel(&paths, |path| {
        let bytes = match disk.read(&folder.join(path)) {
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(None),
            bytes => bytes.map_err(|err| unreadable(&folder.join(path), &err))?,
        };
        let (records, bad) = records::parse(path, &bytes);
        Ok(Some((Seen::of(&bytes).mark(), records, bad)))
    });
    let mut out = RecordFiles::default();
    for (path, read) in paths.into_iter().zip(read) {
        let Some((mark, records, bad)) = read? else { continue };
        if path == Path::new(TOMBSTONES) {
            out.tombstones = records;
        } else {
            out.records.join(records);
            out.bad.extend(bad);
        }
        out.files.insert(path, mark);
    }
    Ok(out)
}

/// Which project the folder is: the one that `project.ron` says, else the one that all journals say.
pub(crate) fn which(folder: &Path, records: &Records, journals: &[JournalFile]) -> Result<StudyId, OpenError> {
    let of_records = records.tables.studies.values().find(|slot| !slot.gone).map(|slot| slot.record.id);
    if let Some(study) = of_records {
        return Ok(study);
    }
    let mut of_journals: Vec<StudyId> = journals.iter().map(|file| file.header.project).collect();
    of_journals.sort();
    of_journals.dedup();
    match of_journals.as_slice() {
        [study] => Ok(*study),
        [] => Err(OpenError::NotAProject(folder.to_path_buf())),
        _ => Err(OpenError::Damaged(format!(
            "{} holds journals of {} projects and no project.ron that says which is meant; \
             take out those that do not belong here",
            folder.display(),
            of_journals.len()
        ))),
    }
}

/// Loads the project in `folder`, by way of the checkpoint where that holds. Nothing is written.
pub(crate) fn load(disk: &dyn Disk, folder: &Path) -> Result<Loaded, OpenError> {
    load_with(disk, folder, Checkpoint::read(disk, folder))
}

/// Loads the project in `folder` from its lines, and from its record files what no line names. Nothing is written.
pub(crate) fn load_from_lines(disk: &dyn Disk, folder: &Path) -> Result<Loaded, OpenError> {
    load_with(disk, folder, None)
}

fn load_with(disk: &dyn Disk, folder: &Path, checkpoint: Option<Checkpoint>) -> Result<Loaded, OpenError> {
    look_at(disk, folder)?;
    let mut read = read_records(disk, folder)?;
    let found = read_journals(disk, folder, None).map_err(|(name, err)| unreadable(&folder.join(name), &err))?;
    let study = match which(folder, &read.records, &found.files) {
        // A damaged project.ron is better named than called missing.
        Err(OpenError::NotAProject(_)) if !read.bad.is_empty() => {
            return Err(OpenError::Damaged(format!("this project cannot be read: {}", read.bad[0].what)));
        }
        study => study?,
    };
    let (journals, foreign): (Vec<_>, Vec<_>) = found.files.into_iter().partition(|file| file.header.project == study);
    let mut notes = found.notes;
    notes.extend(foreign.iter().map(|file| format!("{} belongs to another project and is left out.", file.place())));
    let mut locked = found.locked;
    locked.extend(read.bad.iter().filter(|bad| bad.newer).map(|bad| bad.what.clone()));

    let reached = checkpoint
        .as_ref()
        .filter(|checkpoint| read.bad.is_empty() && checkpoint.has_files(&read.files))
        .and_then(|checkpoint| reached(checkpoint, &journals));
    read.files.remove(Path::new(TOMBSTONES));
    let from_checkpoint = reached.is_some();
    let reached = reached.unwrap_or_else(|| vec![Seen::default(); journals.len()]);
    let places: Vec<(&JournalFile, &Seen)> = journals.iter().zip(&reached).collect();
    let readings = in_parallel(&places, |(file, seen)| {
        let reading = read_lines(file, usize::try_from(seen.len()).unwrap_or(usize::MAX));
        let mut seen = (*seen).clone();
        let from = usize::try_from(seen.len()).unwrap_or(usize::MAX);
        let to = reading.torn.unwrap_or(file.bytes.len());
        seen.add(file.bytes.get(from..to).unwrap_or_default());
        (reading, seen)
    });

    let mut lines: Vec<(Stamp, &[u8], Line)> = Vec::new();
    let mut torn = Vec::new();
    let mut seen = BTreeMap::new();
    for (file, (reading, now)) in journals.iter().zip(readings) {
        locked.extend(reading.damage);
        torn.extend(reading.torn.map(|at| (file.name.clone(), at)));
        lines.extend(reading.lines);
        seen.insert(file.name.clone(), now);
    }
    in_order(&mut lines);
    let settled =
        from_checkpoint && lines.is_empty() && seen.len() == checkpoint.as_ref().map_or(0, |c| c.journals.len());
    let mut project;
    if from_checkpoint {
        read.records.join(read.tombstones);
        project = Project::new(read.records.tables, read.records.codings.into_iter());
        project.saw(checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.n));
        let writers: HashSet<Writer> = journals.iter().map(|file| file.header.writer).collect();
        let lines: Vec<(Stamp, &[Put])> = lines.iter().map(|(stamp, _, line)| (*stamp, &*line.puts)).collect();
        take_in(&mut project, &lines, |writer| writers.contains(&writer), |late| Ok(puts_of(&journals, late)))?;
    } else {
        let named: HashSet<(Kind, Id)> =
            lines.iter().flat_map(|(_, _, line)| &line.puts).filter_map(Put::target).collect();
        // A damaged record that lines name is derived from them; any other would be lost by writing the file again.
        let lost = |bad: &&Bad| !bad.newer && !bad.id.is_some_and(|id| named.iter().any(|(_, other)| *other == id));
        locked.extend(read.bad.iter().filter(lost).map(|bad| bad.what.clone()));
        project = derive(read.records, &named, &lines);
    }
    Ok(Loaded {
        project,
        study,
        seen,
        files: read.files,
        settled,
        disputes_known: checkpoint.filter(|_| from_checkpoint).map_or(0, |checkpoint| checkpoint.disputes),
        notes,
        locked,
        torn,
        journals,
    })
}

/// The project of all lines (in order), and of the records that none of them names.
pub(crate) fn derive(mut records: Records, named: &HashSet<(Kind, Id)>, lines: &[(Stamp, &[u8], Line)]) -> Project {
    records.without(named);
    let mut project = Project::new(records.tables, records.codings.into_iter());
    project.apply_all(lines.iter().map(|(stamp, _, line)| (*stamp, &*line.puts)));
    // Lines that share their stamp with another (two programs thought they were the same writer) count as what they are:
    // two lines.
    let twins = lines.windows(2).filter(|pair| pair[0].0 == pair[1].0).flat_map(|pair| &pair[1].2.puts);
    let twins: HashSet<(Kind, Id)> = twins.filter_map(Put::target).collect();
    if !twins.is_empty() {
        let puts = lines.iter().flat_map(|(stamp, _, line)| line.puts.iter().map(move |put| (*stamp, put)));
        let puts = puts.filter(|(_, put)| put.target().is_some_and(|target| twins.contains(&target)));
        project.refold(puts.map(|(stamp, put)| (stamp, put.clone())).collect());
    }
    lines.iter().for_each(|(stamp, ..)| project.saw(stamp.0));
    project
}

/// Sorts lines into the order of all; a line that stands in two files is one.
pub(crate) fn in_order(lines: &mut Vec<(Stamp, &[u8], Line)>) {
    lines.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    lines.dedup_by(|a, b| (a.0, a.1) == (b.0, b.1));
}

/// How much of each journal the checkpoint reflects, if all it names are there and begin as they did.
fn reached(checkpoint: &Checkpoint, journals: &[JournalFile]) -> Option<Vec<Seen>> {
    let there = |name: &String| journals.iter().any(|file| file.name == *name);
    if !checkpoint.journals.keys().all(there) {
        return None;
    }
    let reached = in_parallel(journals, |file| {
        let Some(mark) = checkpoint.journals.get(&file.name) else { return Some(Seen::default()) };
        let seen = Seen::of(file.bytes.get(..usize::try_from(mark.0).ok()?)?);
        (seen.mark() == *mark).then_some(seen)
    });
    reached.into_iter().collect()
}

/// Applies lines (in order) to a project that holds others already. Records that one of these lines or a later one has
/// changed already are folded anew from all lines, which `puts_of` gives; so are records that no line had named,
/// because what lines name is told by lines alone. Gives back what was folded anew.
///
/// # Errors
/// What `puts_of` says; those records are then as they were.
pub(crate) fn take_in<E>(
    project: &mut Project,
    lines: &[(Stamp, &[Put])],
    has_journal: impl Fn(Writer) -> bool,
    puts_of: impl Fn(&[(Kind, Id)]) -> Result<Vec<(Stamp, Put)>, E>,
) -> Result<Vec<(Kind, Id)>, E> {
    let unnamed = |target: &(Kind, Id)| project.rev(*target).is_some_and(|rev| rev.is_none() || !has_journal(rev.1));
    let mut anew: HashSet<(Kind, Id)> =
        lines.iter().flat_map(|(_, puts)| puts.iter()).filter_map(Put::target).filter(unnamed).collect();
    let puts = lines.iter().flat_map(|(stamp, puts)| puts.iter().map(move |put| (*stamp, put)));
    let others = puts.filter(|(_, put)| put.target().is_some_and(|target| !anew.contains(&target)));
    let others: Vec<(Stamp, &[Put])> = others.map(|(stamp, put)| (stamp, std::slice::from_ref(put))).collect();
    let late = project.apply_all(others.into_iter()).late;
    anew.extend(late);
    lines.iter().for_each(|(stamp, _)| project.saw(stamp.0));
    let mut anew: Vec<(Kind, Id)> = anew.into_iter().collect();
    anew.sort();
    if anew.is_empty() {
        return Ok(anew);
    }
    project.refold(puts_of(&anew)?);
    Ok(anew)
}
