//! The keeper of a folder: takes lines, writes them beside the screen, and answers when they are safe.
//!
//! [`FolderKeeper`] is the side that the session sees; it never waits for the disk but where something is read. Behind
//! it a thread of its own (the scribe) writes journals and record files, and listens to what others write.

mod derive;
mod scribe;
mod shared;
mod watch;

use super::disk::{Disk, Held};
use super::identity::new_writer;
use super::journal::{Header, line_at, line_text, puts_of, read_journals};
use super::pen::Pen;
use super::texts;
use crate::project::id::{Id, Stamp, Writer};
use crate::project::put::{Kind, Put};
use crate::project::step::Line;
use crate::store::keep::{Heard, KeepError, Keeper, NewFile, Shelf};
use crate::text::turns::Turns;
pub(crate) use derive::{Derived, disputes, prepare_local};
use scribe::Task;
pub(crate) use scribe::{Scribe, State};
pub(crate) use shared::Shared;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
pub(crate) use watch::Watch;

/// Reads the texts of a folder, those that are still on their way to disk as well.
struct FolderShelf {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    shared: Arc<Shared>,
}

impl Shelf for FolderShelf {
    fn words(&self, folder: &str, number: u32, sha256: &str) -> Result<String, KeepError> {
        texts::words(&*self.disk, &self.folder, &self.shared.waiting_files(), folder, number, sha256)
    }

    fn turns(&self, folder: &str, number: u32, turns: u32) -> Result<Turns, KeepError> {
        texts::turns(&*self.disk, &self.folder, &self.shared.waiting_files(), folder, number, turns)
    }
}

/// Keeps the project in a folder. Dropping it waits until what was taken is written, as far as it can be.
pub struct FolderKeeper {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    /// Whose lines these are; the writer in it is the one of the opening.
    header: Header,
    shared: Arc<Shared>,
    read_only: Option<String>,
    rng: fastrand::Rng,
    tasks: Option<Sender<Task>>,
    thread: Option<JoinHandle<()>>,
    /// Tells other programs that somebody works here. Given back last.
    _lock: Option<Box<dyn Held>>,
}

/// On what terms a folder is kept.
pub(crate) struct Terms {
    /// Why nothing may be written, if so.
    pub(crate) read_only: Option<String>,
    /// Given back when the keeper is dropped.
    pub(crate) lock: Option<Box<dyn Held>>,
    /// Random.
    pub(crate) seed: u64,
}

impl FolderKeeper {
    /// Keeps with the help of `scribe`, which gets a thread of its own; `None` where there is nothing to write or
    /// watch.
    pub(crate) fn new(
        disk: Arc<dyn Disk>,
        folder: &Path,
        header: Header,
        shared: Arc<Shared>,
        scribe: Option<Scribe>,
        terms: Terms,
    ) -> Self {
        let (tasks, thread) = scribe.map_or((None, None), |scribe| {
            let (tasks, to_do) = channel();
            let wake = tasks.clone();
            let thread = std::thread::Builder::new().name("journal".into()).spawn(move || scribe.run(&to_do, wake));
            (Some(tasks), thread.ok())
        });
        let rng = fastrand::Rng::with_seed(terms.seed);
        let (folder, read_only) = (folder.to_path_buf(), terms.read_only);
        Self { disk, folder, header, shared, read_only, rng, tasks, thread, _lock: terms.lock }
    }

    /// Has `wake` called (from another thread) whenever there is something to be heard.
    pub fn on_news(&self, wake: impl Fn() + Send + 'static) {
        self.shared.on_news(Box::new(wake));
    }

    fn send(&self, task: Task) -> bool {
        self.tasks.as_ref().is_some_and(|tasks| tasks.send(task).is_ok())
    }
}

impl Keeper for FolderKeeper {
    fn writer(&self) -> Writer {
        self.shared.writer()
    }

    fn read_only(&self) -> Option<String> {
        self.read_only.clone()
    }

    fn keep(&mut self, stamp: Stamp, line: Arc<Line>, files: Vec<NewFile>) {
        self.shared.add(stamp, line, files);
        if !self.send(Task::Write) {
            let why = self.read_only.clone().unwrap_or_else(|| "the part of Emic that writes has stopped".into());
            self.shared.tell(Heard::NotSaved(why));
        }
    }

    fn heard(&mut self) -> Vec<Heard> {
        self.shared.take_heard()
    }

    fn shelf(&self) -> Arc<dyn Shelf> {
        Arc::new(FolderShelf { disk: self.disk.clone(), folder: self.folder.clone(), shared: self.shared.clone() })
    }

    fn line(&self, stamp: Stamp) -> Result<Arc<Line>, KeepError> {
        if let Some((_, line)) = self.shared.waiting().into_iter().find(|(at, _)| *at == stamp) {
            return Ok(line);
        }
        let journals = read_journals(&*self.disk, &self.folder, Some(self.header.project)).map_err(unreadable)?;
        let found = line_at(&journals.files, stamp).map(Arc::new);
        found.ok_or_else(|| KeepError(format!("the journals of {} have no line {stamp}", self.folder.display())))
    }

    fn puts_of(&self, targets: &[(Kind, Id)]) -> Result<Vec<(Stamp, Put)>, KeepError> {
        // Taken before the disk is read: a line that is written meanwhile is then found twice rather than not at all.
        let waiting = self.shared.waiting();
        let journals = read_journals(&*self.disk, &self.folder, Some(self.header.project)).map_err(unreadable)?;
        let mut puts = puts_of(&journals.files, targets);
        for (stamp, line) in waiting {
            for put in line.puts.iter().filter(|put| put.target().is_some_and(|target| targets.contains(&target))) {
                if !puts.iter().any(|(at, other)| *at == stamp && other == put) {
                    puts.push((stamp, put.clone()));
                }
            }
        }
        puts.sort_by_key(|(stamp, _)| *stamp);
        Ok(puts)
    }

    fn set_waker(&mut self, waker: Box<dyn Fn() + Send + Sync>) {
        self.shared.on_news(waker);
    }

    fn finish(&mut self) -> Result<(), KeepError> {
        let (answer, done) = channel();
        if self.tasks.is_none() {
            return Ok(());
        }
        let stopped = || KeepError("the part of Emic that writes has stopped; save elsewhere".into());
        if !self.send(Task::Finish(answer)) {
            return Err(stopped());
        }
        done.recv().map_err(|_| stopped())?.map_err(KeepError)
    }

    fn save_elsewhere(&mut self, folder: &Path) -> Result<String, KeepError> {
        let waiting = self.shared.waiting();
        if waiting.is_empty() {
            return Err(KeepError("everything is saved; there is nothing to save elsewhere".into()));
        }
        let failed = |path: &Path, why: &str| KeepError(format!("{} cannot be written: {why}", path.display()));
        self.disk.make_folder(folder, None).map_err(|err| failed(folder, &err.to_string()))?;
        texts::write(&*self.disk, folder, &self.shared.waiting_files())
            .map_err(|(path, err)| failed(&folder.join(path), &err.to_string()))?;
        let writer = new_writer(&*self.disk, folder, &self.header.initials, &mut self.rng);
        let mut pen = Pen::new(Header { writer, ..self.header.clone() }, u64::MAX);
        let lines: Vec<String> = waiting.iter().map(|(_, line)| line_text(line)).collect();
        pen.write(&*self.disk, folder, &lines).map_err(|(_, err)| failed(folder, &err.why()))?;
        Ok(format!("{} changes are in {}; `emic merge` takes them into the project", lines.len(), folder.display()))
    }
}

fn unreadable((name, err): (String, std::io::Error)) -> KeepError {
    KeepError(format!("{name} cannot be read: {err}"))
}

impl Drop for FolderKeeper {
    fn drop(&mut self) {
        self.send(Task::Stop);
        if let Some(thread) = self.thread.take() {
            // It finishes what it has; if it panicked there is nothing left to wait for.
            let _ = thread.join();
        }
    }
}
