//! The open project itself.

mod undoing;

use super::library::Library;
use super::loading::{Loading, ON_THE_SPOT, Wanted};
use super::reading::Reading;
use super::waker::Waker;
use crate::project::Project;
use crate::project::edit::{Edit, Refusal, plan};
use crate::project::history::{Deed, History};
use crate::project::id::{CoderId, Id, Mint, SourceId, Stamp};
use crate::project::index::Work;
use crate::project::put::{Kind, Put};
use crate::project::step::{Line, Step};
use crate::project::view::{View, Whose};
use crate::store::Opened;
use crate::store::keep::{Heard, KeepError, Keeper, NewFile};
use jiff::Timestamp;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Whether what was done is on disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Saving {
    /// All of it, since this moment (`None`: nothing was done yet).
    Saved(Option<Timestamp>),
    /// So many lines are on their way.
    Saving(usize),
    /// It could not be written: why.
    NotSaved(String),
    /// Nothing can be done here: why.
    ReadOnly(String),
}

/// What an edit did.
#[derive(Clone, PartialEq, Debug)]
pub struct Done {
    /// The line that says so; `None` where nothing was to be done.
    pub stamp: Option<Stamp>,
    /// What was done.
    pub did: String,
    /// Its puts.
    pub puts: Vec<Put>,
    /// How much of the index of codings was touched.
    pub work: Work,
}

/// What an undo or redo did.
#[derive(Clone, PartialEq, Debug)]
pub struct Undone {
    /// What was taken back, or done again.
    pub did: String,
    /// The fields that stay because somebody changed them since.
    pub kept: Vec<&'static str>,
    /// Its puts.
    pub puts: Vec<Put>,
}

/// Why an edit or undo was not done: one clear sentence.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EditError {
    /// It cannot be done.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nothing can be done here.
    #[error("this project is open read-only: {0}")]
    ReadOnly(String),
    /// There is nothing to undo or redo.
    #[error("there is nothing to {0}")]
    Nothing(&'static str),
    /// What was to be taken back could not be read.
    #[error(transparent)]
    Keep(#[from] KeepError),
    /// All of it was changed by others since.
    #[error("nothing of “{0}” can be taken back: it was changed since")]
    Overtaken(String),
}

/// Is told of every line at the moment it is known to be on disk.
pub type OnSaved = Box<dyn FnMut(Stamp, &Line) + Send>;

/// An open project.
pub struct Study {
    project: Project,
    coder: CoderId,
    whose: Whose,
    keeper: Box<dyn Keeper>,
    mint: Box<dyn Mint + Send>,
    history: History,
    /// Lines of this session, for undo without asking the keeper.
    recent: HashMap<Stamp, Arc<Line>>,
    /// Lines that are not on disk yet.
    waiting: Vec<(Stamp, Arc<Line>)>,
    /// Records to be folded anew from all their lines as soon as those can be read.
    unfolded: BTreeSet<(Kind, Id)>,
    /// Why that was not possible, as told to the user.
    told: Option<String>,
    saved_at: Option<Timestamp>,
    trouble: Option<String>,
    notes: Vec<String>,
    readings: HashMap<SourceId, Arc<Reading>>,
    loading: Loading,
    failed: HashMap<SourceId, KeepError>,
    on_saved: Option<OnSaved>,
    /// Counts every change of the project; what is computed from it carries the number it was computed at.
    generation: u64,
}

impl Study {
    /// The project as `coder` works on it. `history` is what they did before.
    #[must_use]
    pub fn new(
        project: Project,
        coder: CoderId,
        keeper: Box<dyn Keeper>,
        mint: Box<dyn Mint + Send>,
        history: History,
    ) -> Self {
        Self {
            project,
            coder,
            whose: Whose::Mine,
            keeper,
            mint,
            history,
            recent: HashMap::new(),
            waiting: Vec::new(),
            unfolded: BTreeSet::new(),
            told: None,
            saved_at: None,
            trouble: None,
            notes: Vec::new(),
            readings: HashMap::new(),
            loading: Loading::default(),
            failed: HashMap::new(),
            on_saved: None,
            generation: 0,
        }
    }

    /// The project as this coder may see it.
    #[must_use]
    pub const fn view(&self) -> View<'_> {
        View::new(&self.project, self.coder).showing(self.whose)
    }

    /// Whose codings are in sight.
    pub const fn show(&mut self, whose: Whose) {
        self.whose = whose;
        self.generation += 1;
    }

    /// Who codes.
    #[must_use]
    pub const fn coder(&self) -> CoderId {
        self.coder
    }

    /// A number that is another after every change.
    #[must_use]
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    /// A copy of the project as it is now, for work beside the screen. Costs nothing.
    #[must_use]
    pub fn snapshot(&self) -> Project {
        self.project.clone()
    }

    /// An id that nothing has yet.
    pub fn fresh_id(&mut self) -> Id {
        self.mint.id()
    }

    /// The time now.
    pub fn now(&mut self) -> Timestamp {
        self.mint.now()
    }

    /// Any number.
    pub fn random(&mut self) -> u64 {
        self.mint.random()
    }

    /// Whether what was done is on disk.
    #[must_use]
    pub fn saving(&self) -> Saving {
        if let Some(why) = self.keeper.read_only() {
            Saving::ReadOnly(why)
        } else if let Some(why) = &self.trouble {
            Saving::NotSaved(why.clone())
        } else if self.waiting.is_empty() {
            Saving::Saved(self.saved_at)
        } else {
            Saving::Saving(self.waiting.len())
        }
    }

    /// What `edit` would do, or why it cannot be done. Nothing is changed.
    ///
    /// # Errors
    /// A sentence for the person who wanted it.
    pub fn plan(&mut self, edit: &Edit) -> Result<Step, EditError> {
        if let Some(why) = self.keeper.read_only() {
            return Err(EditError::ReadOnly(why));
        }
        Ok(plan(&View::new(&self.project, self.coder), edit, &mut *self.mint)?)
    }

    /// Does `edit`: planned, applied, and handed to the keeper.
    ///
    /// # Errors
    /// A sentence for the person who wanted it; nothing has changed then.
    pub fn apply(&mut self, edit: &Edit) -> Result<Done, EditError> {
        self.apply_with(edit, Vec::new())
    }

    /// Does `edit` after `files`, which its line names, are on disk.
    ///
    /// # Errors
    /// A sentence for the person who wanted it; nothing has changed then.
    pub fn apply_with(&mut self, edit: &Edit, files: Vec<NewFile>) -> Result<Done, EditError> {
        let step = self.plan(edit)?;
        Ok(self.commit(step, files))
    }

    /// The text of a source, if it is at hand.
    #[must_use]
    pub fn reading(&self, source: SourceId) -> Option<&Arc<Reading>> {
        let wanted = self.project.get::<crate::project::source::Source>(source)?.version;
        self.readings.get(&source).filter(|reading| reading.version == wanted)
    }

    /// The text of a source; read from disk if it is not at hand.
    ///
    /// # Errors
    /// If the text is missing or is not the one that the record names.
    pub fn read(&mut self, source: SourceId) -> Result<Arc<Reading>, KeepError> {
        if let Some(reading) = self.reading(source) {
            return Ok(reading.clone());
        }
        let reading = self.wanted(source)?.read(&*self.keeper.shelf())?;
        self.readings.insert(source, reading.clone());
        Ok(reading)
    }

    /// The text of a source, if it is at hand or short; else `None`, and it is fetched beside the screen: it comes with
    /// [`listen`](Self::listen).
    ///
    /// # Errors
    /// As [`read`](Self::read) says; for a text that was fetched, what [`failed`](Self::failed) says.
    pub fn request(&mut self, source: SourceId) -> Result<Option<Arc<Reading>>, KeepError> {
        if let Some(reading) = self.reading(source) {
            return Ok(Some(reading.clone()));
        }
        let wanted = self.wanted(source)?;
        if wanted.chars <= ON_THE_SPOT {
            return self.read(source).map(Some);
        }
        self.failed.remove(&source);
        self.loading.fetch(vec![wanted], self.keeper.shelf());
        Ok(None)
    }

    /// Why a text that was fetched did not come.
    #[must_use]
    pub fn failed(&self, source: SourceId) -> Option<&KeepError> {
        self.failed.get(&source)
    }

    /// Reads texts beside the screen that will be wanted: to be searched, to be opened.
    pub fn read_ahead(&mut self) {
        let sources: Vec<SourceId> = self.view().sources().iter().map(|source| source.id).collect();
        let missing = sources.into_iter().filter(|source| self.reading(*source).is_none());
        let wanted = Loading::ahead(missing.filter_map(|source| self.wanted(source).ok()));
        self.loading.fetch(wanted, self.keeper.shelf());
    }

    /// The texts of these sources, to be read on another thread. Costs nothing until they are read.
    #[must_use]
    pub fn library(&self, sources: &[SourceId]) -> Library {
        let at_hand = sources.iter().filter_map(|source| Some((*source, self.reading(*source)?.clone()))).collect();
        let wanted = sources.iter().filter_map(|source| Some((*source, self.wanted(*source).ok()?))).collect();
        Library::new(at_hand, wanted, self.keeper.shelf())
    }

    fn wanted(&self, source: SourceId) -> Result<Wanted, KeepError> {
        let view = self.view();
        let gone = || KeepError("that source is no longer in the study".into());
        let record = view.source(source).ok_or_else(gone)?;
        let version = view.version(source).ok_or_else(gone)?;
        Ok(Wanted {
            source,
            folder: record.folder.clone(),
            number: version.number,
            sha256: version.sha256.clone(),
            turns: version.turns,
            chars: version.chars,
        })
    }

    /// Forgets a text, so that it is read anew: its turns were accepted again.
    pub fn forget_reading(&mut self, source: SourceId) {
        self.readings.remove(&source);
    }

    /// Takes a callback that the keeper calls whenever there is something to take in with [`listen`](Self::listen).
    pub fn set_waker(&mut self, waker: Waker) {
        self.loading.waker = waker.clone();
        self.keeper.set_waker(Box::new(move || waker.wake()));
    }

    /// Takes in what the keeper has to tell; says whether anything has changed that is shown.
    pub fn listen(&mut self) -> bool {
        let heard = self.keeper.heard();
        let changed = !heard.is_empty();
        for heard in heard {
            match heard {
                Heard::Saved(stamp) => {
                    self.trouble = None;
                    let (safe, waiting) =
                        std::mem::take(&mut self.waiting).into_iter().partition(|(at, _)| at.0 <= stamp.0);
                    self.waiting = waiting;
                    self.acknowledge(&safe);
                    self.saved_at = Some(self.mint.now());
                }
                Heard::NotSaved(why) => self.trouble = Some(why),
                Heard::Moved(stamps, targets) => self.moved(&stamps.into_iter().collect(), targets),
                Heard::Lines(lines) => self.absorb(&lines),
                Heard::Note(note) => self.notes.push(note),
            }
        }
        if changed {
            self.refold();
        }
        let arrivals = self.loading.arrivals();
        let came = !arrivals.is_empty();
        for (source, arrival) in arrivals {
            match arrival {
                // One that was read on the spot meanwhile, or that is another version now, stays as it is.
                Ok(reading) if self.reading(source).is_none() => drop(self.readings.insert(source, reading)),
                Ok(_) => {}
                Err(why) => drop(self.failed.insert(source, why)),
            }
        }
        changed || came
    }

    /// Has `on_saved` told of every line of this session that is on disk from now on, in order, under the stamp it has
    /// there.
    pub fn set_on_saved(&mut self, on_saved: OnSaved) {
        self.on_saved = Some(on_saved);
    }

    fn acknowledge(&mut self, safe: &[(Stamp, Arc<Line>)]) {
        if let Some(on_saved) = &mut self.on_saved {
            safe.iter().for_each(|(stamp, line)| on_saved(*stamp, line));
        }
    }

    /// What is to be told to the user, once.
    pub fn take_notes(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notes)
    }

    /// Waits until everything is on disk.
    ///
    /// # Errors
    /// If something cannot be written: what, and why.
    pub fn finish(&mut self) -> Result<(), KeepError> {
        let finished = self.keeper.finish();
        self.listen();
        finished
    }

    /// Writes what is not on disk yet into another folder; says where, and what to do with it.
    ///
    /// # Errors
    /// If there is nothing to save, or it cannot be written there either.
    pub fn save_elsewhere(&mut self, folder: &std::path::Path) -> Result<String, KeepError> {
        self.keeper.save_elsewhere(folder)
    }

    fn commit(&mut self, step: Step, files: Vec<NewFile>) -> Done {
        if step.puts.is_empty() {
            return Done { stamp: None, did: step.did, puts: Vec::new(), work: Work::default() };
        }
        let writer = self.keeper.writer();
        let stamp = Stamp(self.project.n() + 1, writer);
        let line = Arc::new(step.line(stamp.0, writer, &mut *self.mint));
        let applied = self.project.apply(stamp, &line.puts);
        self.generation += 1;
        self.forget_readings(&line.puts);
        if !line.quiet {
            self.history.push(Deed { stamp, did: line.did.clone(), undoes: line.undoes });
            self.recent.insert(stamp, line.clone());
        }
        self.waiting.push((stamp, line.clone()));
        self.keeper.keep(stamp, line.clone(), files);
        Done { stamp: Some(stamp), did: line.did.clone(), puts: line.puts.clone(), work: applied.work }
    }

    /// Takes in what others wrote, and what this coder wrote elsewhere.
    fn absorb(&mut self, lines: &[(Stamp, Arc<Line>)]) {
        let applied = self.project.apply_all(lines.iter().map(|(stamp, line)| (*stamp, line.puts.as_slice())));
        self.unfolded.extend(applied.late);
        self.generation += 1;
        let initials = self.view().initials(self.coder).to_owned();
        for (stamp, line) in lines {
            self.forget_readings(&line.puts);
            if !line.quiet && stamp.1.initials() == initials {
                self.history.push(Deed { stamp: *stamp, did: line.did.clone(), undoes: line.undoes });
            }
        }
    }

    /// Lines that were not on disk yet are written under other stamps: how it was, and how it is.
    fn moved(&mut self, stamps: &HashMap<Stamp, Stamp>, targets: Vec<(Kind, Id)>) {
        let new = |stamp: Stamp| stamps.get(&stamp).copied().unwrap_or(stamp);
        let restamped = |line: &Arc<Line>| match line.undoes {
            Some(undoes) if stamps.contains_key(&undoes) => {
                Arc::new(Line { undoes: Some(new(undoes)), ..Line::clone(line) })
            }
            _ => line.clone(),
        };
        self.history.restamp(new);
        self.waiting = self.waiting.iter().map(|(stamp, line)| (new(*stamp), restamped(line))).collect();
        self.recent.retain(|stamp, _| !stamps.contains_key(stamp));
        self.unfolded.extend(targets);
    }

    /// Folds records anew that a late line or another writer's name concerns.
    fn refold(&mut self) {
        if self.unfolded.is_empty() {
            return;
        }
        let targets: Vec<(Kind, Id)> = self.unfolded.iter().copied().collect();
        match self.keeper.puts_of(&targets) {
            Ok(mut puts) => {
                // The keeper may not have come to these yet; seeing a put twice is once.
                for (stamp, line) in &self.waiting {
                    let named = |put: &&Put| put.target().is_some_and(|target| self.unfolded.contains(&target));
                    puts.extend(line.puts.iter().filter(named).map(|put| (*stamp, put.clone())));
                }
                puts.iter().for_each(|(_, put)| forget_reading_of(&mut self.readings, put));
                self.project.refold(puts);
                self.unfolded.clear();
                self.told = None;
                self.generation += 1;
            }
            Err(why) => {
                let why = why.to_string();
                if self.told.as_ref() != Some(&why) {
                    self.told = Some(why.clone());
                    self.notes.push(why);
                }
            }
        }
    }

    fn forget_readings(&mut self, puts: &[Put]) {
        puts.iter().for_each(|put| forget_reading_of(&mut self.readings, put));
    }
}

impl Opened {
    /// The open study.
    #[must_use]
    pub fn study(self, mint: Box<dyn Mint + Send>) -> Study {
        Study::new(self.project, self.coder, Box::new(self.keeper), mint, self.history)
    }
}

/// Forgets a text whose version the put changes: other words, or other turns.
fn forget_reading_of(readings: &mut HashMap<SourceId, Arc<Reading>>, put: &Put) {
    if let Put::Version(change) = put {
        let versions = change.before.iter().chain(&change.after);
        versions.for_each(|version| drop(readings.remove(&version.source)));
    }
}
