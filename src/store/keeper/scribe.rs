//! The thread that writes: lines first, record files when there is a rest, others' journals in between.

use super::derive::Derived;
use super::shared::{Shared, Waiting};
use super::watch::Watch;
use crate::project::Project;
use crate::project::id::{Id, Stamp, Writer};
use crate::project::put::{Kind, Put};
use crate::project::step::Line;
use crate::store::checkpoint::Seen;
use crate::store::disk::Disk;
use crate::store::identity::{Left, Memory, new_writer};
use crate::store::journal::{Header, line_text, puts_of, read_journals};
use crate::store::keep::Heard;
use crate::store::load::{load, take_in};
use crate::store::pen::{Pen, PenError};
use crate::store::texts;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// What the thread is asked to do.
pub(crate) enum Task {
    /// There are lines to write.
    Write,
    /// Somebody else may have written.
    Look,
    /// Everything is to be written; the answer says whether it is.
    Finish(Sender<Result<(), String>>),
    /// Everything is to be written, and that was all.
    Stop,
}

/// Lines not safe yet are tried again after this long, then after twice as long, and so on.
const FIRST_RETRY: Duration = Duration::from_millis(500);
const LAST_RETRY: Duration = Duration::from_secs(30);
/// A burst of others' changes is looked at once it has settled.
const SETTLE: Duration = Duration::from_millis(150);

/// Writes journals and record files, and listens to others.
pub(crate) struct Scribe {
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) folder: PathBuf,
    /// Whose lines these are.
    pub(crate) header: Header,
    /// At how many bytes a journal's file is closed.
    pub(crate) limit: u64,
    /// How long after the last line record files are written; `None` leaves them to the end.
    pub(crate) rest: Option<Duration>,
    /// Whether anything may be written.
    pub(crate) may_write: bool,
    pub(crate) rng: fastrand::Rng,
    pub(crate) memory: Memory,
    pub(crate) shared: Arc<Shared>,
    pub(crate) pen: Pen,
    /// The project as the journals on disk give it; `None` when it has to be loaded again.
    pub(crate) copy: Option<Project>,
    /// How much of each journal is in `copy`.
    pub(crate) seen: BTreeMap<String, Seen>,
    pub(crate) derived: Derived,
    pub(crate) watch: Watch,
    pub(crate) state: State,
}

/// What changes as the thread goes on.
#[derive(Default)]
pub(crate) struct State {
    /// This pen's journal was left for others to take up; it has to be taken back before it is written again.
    left: Option<Left>,
    /// Lines that were safe in a journal that somebody replaced, and are to be written again.
    rescued: Vec<(Stamp, Arc<Line>)>,
    /// The lines that this pen has made safe.
    session: Vec<(Stamp, Arc<Line>)>,
    /// What the session's stamps have become.
    moved: HashMap<Stamp, Stamp>,
    /// Journals of pens that were given up; what follows in them was never safe and is elsewhere.
    pub(crate) given_up: BTreeSet<String>,
    trouble: Option<String>,
    told: BTreeSet<String>,
    retry: Option<(Instant, Duration)>,
    derive_at: Option<Instant>,
    look_at: Option<Instant>,
}

impl Scribe {
    /// Works until nobody can ask for anything any more, then finishes.
    pub(crate) fn run(mut self, tasks: &Receiver<Task>, wake: Sender<Task>) {
        self.watch.begin(&self.folder, wake);
        self.state.look_at = self.watch.next();
        if self.derived.is_stale() {
            self.rest_begins();
        }
        loop {
            let task = match self.next_moment() {
                Some(at) => tasks.recv_timeout(at.saturating_duration_since(Instant::now())),
                None => tasks.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match task {
                Ok(Task::Write) => self.write(),
                Ok(Task::Look) => {
                    let soon = Instant::now() + SETTLE;
                    self.state.look_at = Some(self.state.look_at.map_or(soon, |at| at.min(soon)));
                }
                Ok(Task::Finish(answer)) => {
                    // If nobody waits for the answer any more it does not matter.
                    let _ = answer.send(self.finish());
                }
                Err(RecvTimeoutError::Timeout) => self.moment(),
                Ok(Task::Stop) | Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        let _ = self.finish();
    }

    fn next_moment(&self) -> Option<Instant> {
        let state = &self.state;
        [state.retry.map(|(at, _)| at), state.derive_at, state.look_at].into_iter().flatten().min()
    }

    fn moment(&mut self) {
        let now = Instant::now();
        let due = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        if due(self.state.retry.map(|(at, _)| at)) {
            self.write();
        }
        if due(self.state.look_at) {
            self.look();
            self.state.look_at = self.watch.next();
        }
        if due(self.state.derive_at) {
            self.derive();
        }
    }

    fn finish(&mut self) -> Result<(), String> {
        self.write();
        if !self.may_write {
            return Ok(());
        }
        self.derive();
        if self.state.left.is_none()
            && let Some(left) = self.pen.left()
        {
            self.memory.leave(&*self.disk, &self.header.initials, &left);
            self.state.left = Some(left);
        }
        match &self.state.trouble {
            None => Ok(()),
            Some(why) => Err(why.clone()),
        }
    }

    fn rest_begins(&mut self) {
        self.state.derive_at = self.rest.map(|rest| Instant::now() + rest);
    }

    /// Writes what waits; if that fails, says so and tries again later.
    pub(crate) fn write(&mut self) {
        match self.write_all() {
            Ok(()) => (self.state.trouble, self.state.retry) = (None, None),
            Err(why) => {
                let count = self.shared.waiting().len().max(1);
                let changes = if count == 1 { "1 change is".to_owned() } else { format!("{count} changes are") };
                let why = format!("{changes} not on disk ({why})");
                if self.state.trouble.as_ref() != Some(&why) {
                    self.shared.tell(Heard::NotSaved(why.clone()));
                    self.state.trouble = Some(why);
                }
                let pause = self.state.retry.map_or(FIRST_RETRY, |(_, pause)| (pause * 2).min(LAST_RETRY));
                self.state.retry = Some((Instant::now() + pause, pause));
            }
        }
    }

    fn write_all(&mut self) -> Result<(), String> {
        loop {
            let queue = self.shared.queue();
            if queue.is_empty() && self.state.rescued.is_empty() {
                return Ok(());
            }
            for waiting in &queue {
                texts::write(&*self.disk, &self.folder, &waiting.files)
                    .map_err(|(path, err)| format!("{}: {err}", path.display()))?;
            }
            self.take_back();
            let Err(first) = self.write_queue(&queue) else { continue };
            // What is not safe goes to a new journal; the old one is not touched any more.
            self.give_up_pen(&first);
            let queue = self.shared.queue();
            if let Err(second) = self.write_queue(&queue) {
                let why = second.why();
                self.give_up_pen(&second);
                return Err(why);
            }
        }
    }

    /// Writes the rescued lines and then the queue with the present pen. Whatever is safe, even if something fails
    /// later, is told.
    fn write_queue(&mut self, queue: &[Waiting]) -> Result<(), PenError> {
        let rescued = self.state.rescued.len();
        let lines: Vec<(Stamp, Arc<Line>)> =
            self.state.rescued.iter().cloned().chain(queue.iter().map(|w| (w.stamp, w.line.clone()))).collect();
        if lines.is_empty() {
            return Ok(());
        }
        let writer = self.pen.writer();
        let now = |stamp: Stamp| Stamp(stamp.0, writer);
        let mut moved = self.state.moved.clone();
        moved.extend(lines.iter().filter(|(stamp, _)| stamp.1 != writer).map(|(stamp, _)| (*stamp, now(*stamp))));
        let lines: Vec<(Stamp, Arc<Line>)> =
            lines.into_iter().map(|(stamp, line)| (stamp, renamed(line, &moved))).collect();
        let texts: Vec<String> = lines.iter().map(|(_, line)| line_text(line)).collect();
        let (safe, result) = match self.pen.write(&*self.disk, &self.folder, &texts) {
            Ok(()) => (lines.len(), Ok(())),
            Err((safe, err)) => (safe, Err(err)),
        };
        let safe = &lines[..safe];
        self.state.rescued.drain(..rescued.min(safe.len()));
        let new: Vec<(Stamp, Stamp)> =
            safe.iter().filter(|(stamp, _)| stamp.1 != writer).map(|(stamp, _)| (*stamp, now(*stamp))).collect();
        self.state.moved.extend(new.iter().copied());
        let safe: Vec<(Stamp, Arc<Line>)> = safe.iter().map(|(stamp, line)| (now(*stamp), line.clone())).collect();
        let again: HashSet<Stamp> = new.iter().map(|(_, stamp)| *stamp).collect();
        let targets = safe.iter().filter(|(stamp, _)| again.contains(stamp)).flat_map(|(_, line)| &line.puts);
        let targets: Vec<(Kind, Id)> = targets.filter_map(Put::target).collect();
        // Rescued lines are in the copy already, under a stamp that is no longer there.
        let first = rescued.min(safe.len());
        if first > 0 {
            self.copy = None;
        }
        self.take_in(&safe[first..]);
        let count = safe.len() - first;
        self.state.session.extend(safe);
        if count > 0 || !new.is_empty() {
            self.shared.safe(count, writer, new, targets);
        }
        result
    }

    /// Has `lines`, which are in the journals, in the copy of the project.
    pub(crate) fn take_in(&mut self, lines: &[(Stamp, Arc<Line>)]) {
        if lines.is_empty() {
            return;
        }
        self.rest_begins();
        let Some(mut project) = self.copy.take() else {
            self.derived.touch_all();
            return;
        };
        let puts: Vec<(Stamp, &[Put])> = lines.iter().map(|(stamp, line)| (*stamp, &*line.puts)).collect();
        let own: HashSet<_> = lines.iter().map(|(stamp, _)| stamp.1).collect();
        let journals: HashSet<String> =
            self.seen.keys().filter_map(|name| Some(name.split('.').next()?.to_owned())).collect();
        let has_journal = |writer: Writer| own.contains(&writer) || journals.contains(writer.as_str());
        let read = |late: &[(Kind, Id)]| {
            let read = read_journals(&*self.disk, &self.folder, Some(self.header.project));
            read.map(|read| puts_of(&read.files, late))
        };
        match take_in(&mut project, &puts, has_journal, read) {
            Ok(refolded) => {
                self.derived.touched(&project, lines.iter().flat_map(|(_, line)| &line.puts));
                self.derived.refolded(&project, &refolded);
                self.copy = Some(project);
            }
            // The copy is loaded again when it is needed.
            Err(_) => self.derived.touch_all(),
        }
    }

    /// Before a journal that was left for others is written again, it must still be there to be taken.
    fn take_back(&mut self) {
        if let Some(left) = self.state.left.take()
            && self.memory.remembers()
            && self.memory.take(&*self.disk, &self.header.initials).as_ref() != Some(&left)
        {
            self.new_pen(false);
            self.state.session.clear();
        }
    }

    /// Puts the present pen aside, and a new one for a new writer in its place. Lines that were safe are looked for
    /// where they should be, and those that are gone are written again.
    pub(crate) fn give_up_pen(&mut self, why: &PenError) {
        // If nothing in its files was ever safe they are taken back.
        self.new_pen(self.state.session.is_empty() && self.pen.is_fresh());
        if matches!(why, PenError::Replaced(_))
            && let Ok(read) = read_journals(&*self.disk, &self.folder, Some(self.header.project))
        {
            let there: HashSet<&[u8]> = read.files.iter().flat_map(|file| file.body().split(|b| *b == b'\n')).collect();
            let session = std::mem::take(&mut self.state.session);
            let gone = session.into_iter().filter(|(_, line)| !there.contains(line_text(line).trim_end().as_bytes()));
            self.state.rescued.extend(gone);
        }
        self.state.session.clear();
    }

    fn new_pen(&mut self, discard: bool) {
        let writer = new_writer(&*self.disk, &self.folder, &self.header.initials, &mut self.rng);
        let pen = Pen::new(Header { writer, ..self.header.clone() }, self.limit);
        let old = std::mem::replace(&mut self.pen, pen);
        self.state.left = None;
        if discard {
            old.discard(&*self.disk, &self.folder);
        } else {
            for (name, seen) in old.files() {
                self.seen.insert(name.clone(), seen.clone());
                self.state.given_up.insert(name.clone());
            }
        }
    }

    /// Writes the record files that have changed. If that fails it costs time at the next opening, nothing else.
    fn derive(&mut self) {
        self.state.derive_at = None;
        if !self.may_write || !self.derived.is_stale() {
            return;
        }
        if self.copy.is_none() {
            match load(&*self.disk, &self.folder) {
                Ok(loaded) => {
                    (self.copy, self.seen) = (Some(loaded.project), loaded.seen);
                    self.derived = Derived::new(loaded.files, false);
                }
                Err(why) => return self.tell_once(format!("The record files could not be written: {why}.")),
            }
        }
        let own = self.pen.files().map(|(name, seen)| (name.clone(), seen.mark()));
        let own: BTreeMap<_, _> = own.collect();
        let others = self.seen.iter().filter(|(name, _)| !own.contains_key(*name));
        let others: Vec<_> = others.map(|(name, seen)| (name.clone(), seen.mark())).collect();
        let Some(project) = &self.copy else { return };
        let written = self.derived.write(&*self.disk, &self.folder, project, own.into_iter().chain(others));
        if let Err((path, err)) = written {
            self.tell_once(format!(
                "{} could not be written ({err}); nothing is lost, the journals have it all.",
                path.display()
            ));
            self.rest_begins();
        }
    }

    pub(crate) fn tell_once(&mut self, note: String) {
        if self.state.told.insert(note.clone()) {
            self.shared.tell(Heard::Note(note));
        }
    }
}

/// The line with what it takes back under its present stamp.
fn renamed(line: Arc<Line>, moved: &HashMap<Stamp, Stamp>) -> Arc<Line> {
    match line.undoes.and_then(|stamp| moved.get(&stamp)) {
        Some(stamp) => Arc::new(Line { undoes: Some(*stamp), ..Line::clone(&line) }),
        None => line,
    }
}
