//! Files in memory that know what of them would survive a power cut.
//!
//! A file has what was written and how much of it was synced. A folder has its names as they are, and a list of changes
//! of names that were not synced yet. A power cut keeps of each file any part of what was added since its sync, and of
//! each folder's changes any number of the first.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a name stands for: a folder, or the number of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Node {
    Folder,
    File(usize),
}

#[derive(Clone, Default, Debug)]
pub(super) struct File {
    pub(super) bytes: Vec<u8>,
    pub(super) synced: usize,
}

/// A change of names in one folder: what each is from now on.
#[derive(Clone, Debug)]
struct Change {
    folder: PathBuf,
    names: Vec<(PathBuf, Option<Node>)>,
}

#[derive(Clone, Default, Debug)]
pub(super) struct Files {
    pub(super) files: Vec<File>,
    pub(super) names: BTreeMap<PathBuf, Node>,
    durable: BTreeMap<PathBuf, Node>,
    pending: Vec<Change>,
}

impl Files {
    /// The file of this name.
    pub(super) fn file(&self, path: &Path) -> Option<usize> {
        match self.names.get(path) {
            Some(Node::File(at)) => Some(*at),
            _ => None,
        }
    }

    /// Whether a folder of this name is there; the root always is.
    pub(super) fn is_folder(&self, path: &Path) -> bool {
        path.parent().is_none_or(|above| above.as_os_str().is_empty() && path.as_os_str().is_empty())
            || path == Path::new("/")
            || self.names.get(path) == Some(&Node::Folder)
    }

    /// A new file without a name.
    pub(super) fn add(&mut self, bytes: &[u8]) -> usize {
        self.files.push(File { bytes: bytes.to_vec(), synced: 0 });
        self.files.len() - 1
    }

    /// Gives names, or takes them, as one change of the folder that holds the first of them.
    pub(super) fn name(&mut self, names: Vec<(PathBuf, Option<Node>)>) {
        for (path, node) in &names {
            match node {
                Some(node) => self.names.insert(path.clone(), *node),
                None => self.names.remove(path),
            };
        }
        let folder = names.first().and_then(|(path, _)| path.parent()).unwrap_or(Path::new("")).to_path_buf();
        self.pending.push(Change { folder, names });
    }

    /// The names of `folder` survive from now on.
    pub(super) fn sync_folder(&mut self, folder: &Path) {
        let (synced, pending) =
            std::mem::take(&mut self.pending).into_iter().partition(|change| change.folder == folder);
        self.pending = pending;
        let synced: Vec<Change> = synced;
        synced.iter().for_each(|change| self.settle(change));
    }

    fn settle(&mut self, change: &Change) {
        for (path, node) in &change.names {
            match node {
                Some(node) => self.durable.insert(path.clone(), *node),
                None => self.durable.remove(path),
            };
        }
    }

    /// Everything as it is now survives.
    pub(super) fn sync_all(&mut self) {
        self.durable = self.names.clone();
        self.pending.clear();
        self.files.iter_mut().for_each(|file| file.synced = file.bytes.len());
    }

    /// What is there after the power was cut and came back.
    pub(super) fn after_cut(&self, rng: &mut fastrand::Rng) -> Self {
        let mut left = self.clone();
        let mut lost: Vec<PathBuf> = Vec::new();
        for change in std::mem::take(&mut left.pending) {
            if lost.contains(&change.folder) || rng.bool() {
                lost.push(change.folder);
            } else {
                left.settle(&change);
            }
        }
        for file in &mut left.files {
            let unsynced = file.bytes.len() - file.synced;
            file.bytes.truncate(file.synced + rng.usize(0..=unsynced));
            file.synced = file.bytes.len();
        }
        // What lies in a folder that was lost is lost with it.
        let names = left.durable.clone();
        let stands = |path: &Path| {
            path.ancestors().skip(1).all(|above| {
                above.as_os_str().is_empty() || above == Path::new("/") || names.get(above) == Some(&Node::Folder)
            })
        };
        left.durable.retain(|path, _| stands(path));
        left.names = left.durable.clone();
        left
    }
}
