//! Listening to others: their journals grow, or come and go as git and Dropbox move files.

use super::scribe::{Scribe, Task};
use crate::project::id::{Stamp, Writer};
use crate::project::step::Line;
use crate::store::checkpoint::Seen;
use crate::store::journal::{FOLDER, JournalFile, SCHEMA, is_header, read_lines};
use crate::store::keep::Heard;
use crate::store::pen::PenError;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

/// How often the folder is looked at even if the system reports nothing: network folders and some sync programs do not.
const PERIOD: Duration = Duration::from_secs(3);

/// What is known of others' journals.
#[derive(Default)]
pub(crate) struct Watch {
    live: bool,
    /// The sizes they had when last looked at.
    sizes: BTreeMap<String, u64>,
    /// The newest line of each writer that the session has been told.
    newest: BTreeMap<Writer, u64>,
    system: Option<RecommendedWatcher>,
}

impl Watch {
    /// Watches if `live`; `newest` are the newest lines that the session has.
    pub(crate) fn new(live: bool, newest: BTreeMap<Writer, u64>) -> Self {
        Self { live, newest, ..Self::default() }
    }

    /// Has the system report changes as [`Task::Look`], as far as it does.
    pub(super) fn begin(&mut self, folder: &Path, wake: Sender<Task>) {
        if !self.live {
            return;
        }
        let changed = move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| !event.kind.is_access()) {
                // Nobody listens any more: then it does not matter.
                let _ = wake.send(Task::Look);
            }
        };
        // Where the system cannot watch, looking every few seconds is what is left.
        self.system = notify::recommended_watcher(changed).ok().and_then(|mut system| {
            system.watch(&folder.join(FOLDER), RecursiveMode::NonRecursive).ok()?;
            Some(system)
        });
    }

    /// When to look next.
    pub(super) fn next(&self) -> Option<Instant> {
        self.live.then(|| Instant::now() + PERIOD)
    }
}

impl Scribe {
    /// Looks for what others have written since, and whether somebody has replaced our own journal.
    pub(super) fn look(&mut self) {
        if self.may_write
            && let Err(err @ PenError::Replaced(_)) = self.pen.check(&*self.disk)
        {
            self.give_up_pen(&err);
            self.write();
        }
        let Ok(found) = self.disk.list(&self.folder.join(FOLDER)) else { return };
        let own: Vec<String> = self.pen.files().map(|(name, _)| name.clone()).collect();
        let mut lines: Vec<(Stamp, Arc<Line>)> = Vec::new();
        for file in found.iter().filter(|file| !file.is_folder && file.name.ends_with(".ron")) {
            let known = own.contains(&file.name) || self.state.given_up.contains(&file.name);
            if known || self.watch.sizes.get(&file.name) == Some(&file.len) {
                continue;
            }
            lines.extend(self.read_on(&file.name));
            self.watch.sizes.insert(file.name.clone(), file.len);
        }
        if lines.is_empty() {
            return;
        }
        lines.sort_by_key(|(stamp, _)| *stamp);
        for (stamp, _) in &lines {
            let newest = self.watch.newest.entry(stamp.1).or_default();
            *newest = stamp.0.max(*newest);
        }
        self.take_in(&lines);
        self.shared.tell(Heard::Lines(lines));
    }

    /// The lines of a journal that were not there before; all of them, if it is another file now.
    fn read_on(&mut self, name: &str) -> Vec<(Stamp, Arc<Line>)> {
        let Ok(bytes) = self.disk.read(&self.folder.join(FOLDER).join(name)) else { return Vec::new() };
        let Some((header, start)) = is_header(&bytes) else { return Vec::new() };
        if header.project != self.header.project {
            self.tell_once(format!("{FOLDER}/{name} belongs to another project and is left out."));
            return Vec::new();
        }
        if header.schema > SCHEMA {
            self.tell_once(format!("{FOLDER}/{name} was written by a newer Emic; update Emic to see it."));
            return Vec::new();
        }
        let begun = self.seen.get(name).filter(|seen| {
            let prefix = usize::try_from(seen.len()).ok().and_then(|len| bytes.get(..len));
            prefix.is_some_and(|prefix| Seen::of(prefix).mark() == seen.mark())
        });
        let (mut seen, replaced) = match begun {
            Some(seen) => (seen.clone(), false),
            None => (Seen::default(), self.seen.contains_key(name)),
        };
        let mine = header.coder == self.header.coder;
        let file = JournalFile { name: name.to_owned(), header, bytes, start };
        let from = usize::try_from(seen.len()).unwrap_or(usize::MAX);
        let reading = read_lines(&file, from);
        let to = reading.torn.unwrap_or(file.bytes.len());
        seen.add(file.bytes.get(from..to).unwrap_or_default());
        let damage = reading.damage;
        // Seeing a line twice is once for the project, but this coder's own lines are also what can be undone.
        let newest = self.watch.newest.get(&file.header.writer).copied().unwrap_or(0);
        let lines = reading.lines.into_iter().filter(|(stamp, ..)| !(replaced && mine && stamp.0 <= newest));
        let lines = lines.map(|(stamp, _, line)| (stamp, Arc::new(line))).collect();
        self.seen.insert(name.to_owned(), seen);
        for what in damage {
            self.tell_once(format!("{what}; this line was left out."));
        }
        lines
    }
}
