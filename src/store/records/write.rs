//! Writing record files: the same project always gives the same bytes.

use super::kinds::{EachKind, File, each_kind};
use crate::project::Project;
use crate::project::id::{CoderId, SourceId};
use crate::project::put::Tabled;
use crate::project::record::{Record, Slot};
use crate::project::source::Source;
use crate::project::study::{Coder, are_initials};
use crate::store::journal::{SCHEMA, one_line};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::PathBuf;

/// The name of the files of codings whose source the project does not have.
pub const ORPHANS: &str = "orphans";

/// The name, without ending, of the files that hold the codings of a source: its folder, or [`ORPHANS`].
#[must_use]
pub fn stem_of(project: &Project, source: SourceId) -> String {
    // A folder's name comes from a file that anybody may have written: it must not lead elsewhere.
    let plain = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let folder = project.slot::<Source>(source).map(|slot| slot.record.folder.as_str());
    folder.filter(|folder| plain(folder)).unwrap_or(ORPHANS).to_owned()
}

/// The names of coders' folders.
struct Folders(HashMap<CoderId, String>);

impl Folders {
    fn new(project: &Project) -> Self {
        // Of two coders whose initials name the same folder, on some system at least, both are in the elder's.
        let mut by_initials: HashMap<String, String> = HashMap::new();
        let coders = project.tables().coders.values().map(|slot| &slot.record);
        let folders = coders.filter(|coder: &&std::sync::Arc<Coder>| are_initials(&coder.initials)).map(|coder| {
            let folder = by_initials.entry(coder.initials.to_lowercase()).or_insert_with(|| coder.initials.clone());
            (coder.id, folder.clone())
        });
        Self(folders.collect())
    }

    fn of(&self, coder: CoderId) -> PathBuf {
        let name = self.0.get(&coder).cloned().unwrap_or_else(|| coder.to_string());
        PathBuf::from("coders").join(name)
    }
}

/// The record files of one sort with their bytes; for codings, those of the sources whose stem is `wanted`. A file
/// without records is left out, but `project.ron` and `codebook.ron` are always there.
#[must_use]
pub fn files_of(project: &Project, sort: File, wanted: impl Fn(&str) -> bool) -> BTreeMap<PathBuf, Vec<u8>> {
    let folders = Folders::new(project);
    if sort == File::Codings {
        return codings(project, &folders, wanted);
    }
    let mut writing = Writing { project, sort, folders, files: BTreeMap::new() };
    if let Some(name) = sort.at_top() {
        writing.files.insert(PathBuf::from(name), opened());
    }
    each_kind(&mut writing);
    writing.files.into_iter().map(|(path, text)| (path, closed(text))).collect()
}

/// All record files of a project with their bytes, by their paths within its folder.
#[must_use]
pub fn all_files(project: &Project) -> BTreeMap<PathBuf, Vec<u8>> {
    File::ALL.into_iter().flat_map(|sort| files_of(project, sort, |_| true)).collect()
}

/// The deleted records of a project, as a record file.
#[must_use]
pub fn tombstones(project: &Project) -> Vec<u8> {
    struct Gone<'a>(&'a Project, String);
    impl EachKind for Gone<'_> {
        fn kind<T: Tabled>(&mut self, _: File, name: &str, section: &str, _: fn(&T) -> Option<CoderId>) {
            let gone = T::table(self.0.tables()).values().filter(|slot| slot.gone);
            list(&mut self.1, section, gone.map(|slot| row(name, slot)));
        }
    }
    let mut gone = Gone(project, opened());
    each_kind(&mut gone);
    list(&mut gone.1, "codings", project.codings().gone().map(|slot| row("Coding", slot)));
    closed(gone.1)
}

struct Writing<'a> {
    project: &'a Project,
    sort: File,
    folders: Folders,
    files: BTreeMap<PathBuf, String>,
}

impl EachKind for Writing<'_> {
    fn kind<T: Tabled>(&mut self, file: File, name: &str, section: &str, owner: fn(&T) -> Option<CoderId>) {
        if file != self.sort {
            return;
        }
        let standing = T::table(self.project.tables()).values().filter(|slot| !slot.gone);
        if let Some(path) = file.at_top() {
            let text = self.files.entry(PathBuf::from(path)).or_insert_with(opened);
            list(text, section, standing.map(|slot| row(name, slot)));
            return;
        }
        let mut by_file: BTreeMap<PathBuf, Vec<String>> = BTreeMap::new();
        for slot in standing {
            let folder = owner(&slot.record).map(|coder| self.folders.of(coder)).unwrap_or_default();
            let path = folder.join(file.of_coder().unwrap_or_default());
            by_file.entry(path).or_default().push(row(name, slot));
        }
        for (path, rows) in by_file {
            list(self.files.entry(path).or_insert_with(opened), section, rows.into_iter());
        }
    }
}

fn codings(project: &Project, folders: &Folders, wanted: impl Fn(&str) -> bool) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files: BTreeMap<PathBuf, String> = BTreeMap::new();
    for (source, index) in project.codings().sources() {
        let stem = stem_of(project, source);
        if !wanted(&stem) {
            continue;
        }
        let mut paths: HashMap<CoderId, PathBuf> = HashMap::new();
        for entry in index.iter() {
            let coder = entry.slot.record.coder;
            let path =
                paths.entry(coder).or_insert_with(|| folders.of(coder).join("codings").join(format!("{stem}.ron")));
            if !files.contains_key(path) {
                files.insert(path.clone(), opened() + "    codings: [\n");
            }
            if let Some(text) = files.get_mut(path) {
                put_row(text, &row("Coding", &entry.slot));
            }
        }
    }
    files.into_iter().map(|(path, text)| (path, closed(text + "    ],\n"))).collect()
}

fn opened() -> String {
    format!("(\n    version: {SCHEMA},\n")
}

fn closed(text: String) -> Vec<u8> {
    (text + ")\n").into_bytes()
}

fn list(text: &mut String, section: &str, rows: impl Iterator<Item = String>) {
    text.push_str(&format!("    {section}: [\n"));
    rows.for_each(|row| put_row(text, &row));
    text.push_str("    ],\n");
}

fn put_row(text: &mut String, row: &str) {
    text.push_str("        ");
    text.push_str(row);
    text.push_str(",\n");
}

/// A record as its line, without the comma.
fn row<T: Record>(name: &str, slot: &Slot<T>) -> String {
    let mut row = format!("(record: {name}{}", one_line(&slot.record));
    // Writing to a string cannot fail.
    if !slot.rev.is_none() {
        let _ = write!(row, ", rev: {}", one_line(&slot.rev));
    }
    if slot.gone {
        row.push_str(", gone: true");
    }
    if !slot.disputes.is_empty() {
        let _ = write!(row, ", disputes: {}", one_line(&slot.disputes));
    }
    row.push(')');
    row
}
