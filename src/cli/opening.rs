//! Opening a project: to report on it, or to work in it.

use super::args::WhoArgs;
use super::failure::Failure;
use super::places;
use crate::findings::ground::Transcript;
use crate::project::Project;
use crate::project::edit::Edit;
use crate::project::id::{CoderId, Mint, SourceId};
use crate::project::source::Passage;
use crate::project::study::Coder;
use crate::project::view::{View, Whose};
use crate::report::documents::{AtHand, Sheaf};
use crate::session::keeper::KeepError;
use crate::session::{Keeper, Reading, Study, SystemMint};
use crate::store::open::ONLY_LOOKING;
use crate::store::{Access, FolderKeeper, OpenError, Opened, RealDisk, Who, open};
use jiff::tz::TimeZone;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A project that is looked at.
pub(super) struct Desk {
    project: Project,
    keeper: FolderKeeper,
    coder: CoderId,
    whose: Whose,
    /// Why its folder cannot be trusted wholly, a sentence each: to be told.
    pub(super) notes: Vec<String>,
}

impl Desk {
    /// Opens the project in `folder` to look only, as `coder` may see it: initials, or `all`. Without, the only coder's.
    pub(super) fn open(folder: &Path, coder: Option<&str>) -> Result<Self, Failure> {
        let as_coder = |coder: Option<&str>| {
            let who = Who::scripted(coder, &mut SystemMint::default());
            open(Arc::new(RealDisk), folder, who, Access::ReadOnly)
        };
        let everybody = coder.is_some_and(|coder| coder.eq_ignore_ascii_case("all"));
        match as_coder(coder) {
            Err(OpenError::UnknownCoder { known, .. }) if everybody && !known.is_empty() => {
                let opened = as_coder(known.first().map(String::as_str))?;
                // Nobody in particular: others' own memos are not theirs to read.
                Ok(Self::of(opened, CoderId::default(), Whose::Everybody))
            }
            Err(OpenError::UnknownCoder { initials, known }) => {
                let all = if known.len() > 1 { ", and `all` for everybody" } else { "" };
                let known = if known.is_empty() { "none yet".to_owned() } else { known.join(", ") };
                Err(Failure::Failed(format!("this project has no coder {initials}; it has {known}{all}")))
            }
            Err(OpenError::WhichCoder { known }) if !known.is_empty() => {
                let known = known.join(", ");
                Err(Failure::Failed(format!("say whose codings with --coder: {known}, or `all` for everybody's")))
            }
            opened => {
                let opened = opened?;
                let coder = opened.coder;
                Ok(Self::of(opened, coder, Whose::Mine))
            }
        }
    }

    /// Opens the project in `folder` to look at it as whoever is going to work in it: what is wrong is said before
    /// anything is touched.
    pub(super) fn before_working(folder: &Path, working: &Working<'_>) -> Result<Self, Failure> {
        let mut mint = SystemMint::default();
        let who = Who::scripted(working.who.coder.as_deref(), &mut mint).remembering(working.state.clone());
        let join = working.who.join.then(|| mint.id().into());
        let opened = open(Arc::new(RealDisk), folder, Who { join, ..who }, Access::ReadOnly)?;
        let coder = opened.coder;
        Ok(Self::of(opened, coder, Whose::Mine))
    }

    fn of(opened: Opened, coder: CoderId, whose: Whose) -> Self {
        let Opened { project, keeper, mut notes, read_only, .. } = opened;
        // What keeps others from writing is to be known to readers too: something is damaged.
        notes.extend(read_only.filter(|why| why != ONLY_LOOKING).map(|why| format!("{why}.")));
        Self { project, keeper, coder, whose, notes }
    }

    /// The project as it may be seen.
    pub(super) const fn view(&self) -> View<'_> {
        View::new(&self.project, self.coder).showing(self.whose)
    }

    /// The project as a coder may see it, for planning what is theirs. Nothing of it is to be shown to anybody else.
    pub(super) const fn view_as(&self, coder: CoderId) -> View<'_> {
        View::new(&self.project, coder)
    }

    /// Whose codings are in sight, for titles: `codings of PB`.
    pub(super) fn whose(&self) -> String {
        match self.whose {
            Whose::Everybody => "codings of everybody".to_owned(),
            _ => format!("codings of {}", self.view().initials(self.coder)),
        }
    }

    /// The title of the study.
    pub(super) fn title(&self) -> &str {
        self.view().study().map_or("untitled", |study| study.title.as_str())
    }

    /// Up to which line the project was read.
    pub(super) const fn n(&self) -> u64 {
        self.project.n()
    }

    /// The text of a source with its turns.
    pub(super) fn read(&self, source: SourceId) -> Result<Reading, KeepError> {
        let view = self.view();
        let (Some(record), Some(version)) = (view.source(source), view.version(source)) else {
            return Err(KeepError("the text of a source is not recorded; `emic check` says more".into()));
        };
        let words = self.keeper.shelf().words(&record.folder, version.number, &version.sha256)?;
        let turns = match version.turns {
            0 => crate::text::turns::Turns::default(),
            turns => self.keeper.shelf().turns(&record.folder, version.number, turns)?,
        };
        Ok(Reading::new(source, version.number, &words, turns))
    }
}

/// The texts of a project as they are now, each read once.
pub(super) fn readings(desk: &Desk) -> impl Fn(SourceId) -> Option<Reading> {
    let read: RefCell<HashMap<SourceId, Option<Reading>>> = RefCell::default();
    move |source| read.borrow_mut().entry(source).or_insert_with(|| desk.read(source).ok()).clone()
}

/// The words of passages as they are now, each text read once.
pub(super) fn words(desk: &Desk) -> impl Fn(Passage) -> Option<String> {
    let read = readings(desk);
    move |at| Some(read(at.source)?.text.slice(desk.view().place(at)).to_owned())
}

/// What documents of a project are made from, as of now.
pub(super) fn with_sheaf<T>(desk: &Desk, then: impl FnOnce(&Sheaf<'_>) -> T) -> T {
    let read = readings(desk);
    let words = |at: Passage| Some(read(at.source)?.text.slice(desk.view().place(at)).to_owned());
    let texts = |source, version| read(source).filter(|reading| reading.version == version).map(|reading| reading.text);
    let transcripts = |source| read(source).map(|reading| Transcript { text: reading.text, turns: reading.turns });
    let hand = AtHand { words: &words, texts: &texts, transcripts: &transcripts };
    let now = SystemMint::default().now();
    then(&Sheaf::new(desk.view(), hand, TimeZone::UTC, now, env!("CARGO_PKG_VERSION")))
}

/// A project that is worked in.
pub(super) struct Work {
    /// The open study.
    pub(super) study: Study,
    /// What is to be told once.
    pub(super) notes: Vec<String>,
    /// Why nothing can be written, if so.
    pub(super) read_only: Option<String>,
}

/// How a project is opened to work in it.
pub(super) struct Working<'a> {
    /// Who works.
    pub(super) who: &'a WhoArgs,
    /// Where it is remembered which journals are this program's own.
    pub(super) state: Option<PathBuf>,
    /// Whether others' journals are watched and record files written on the way: somebody sits before it.
    pub(super) live: bool,
    /// Ids, time, random numbers.
    pub(super) mint: Box<dyn Mint + Send>,
}

/// Opens the project in `folder` to work in it; a coder who joins is added as the first thing they do.
pub(super) fn work(folder: &Path, working: Working<'_>) -> Result<Work, Failure> {
    let Working { who, state, live, mut mint } = working;
    let initials = who.coder.as_deref();
    let opening = if live { Who::new(initials, &mut *mint) } else { Who::scripted(initials, &mut *mint) };
    let join = who.join.then(|| mint.id().into());
    let opening = Who { join, ..opening.remembering(state) };
    let mut opened = open(Arc::new(RealDisk), folder, opening, Access::Write)?;
    let notes = std::mem::take(&mut opened.notes);
    let read_only = opened.read_only.take();
    let is_new = opened.project.get::<Coder>(opened.coder).is_none();
    let (coder, mut study) = (opened.coder, opened.study(mint));
    if let (true, Some(initials), None) = (is_new, initials, &read_only) {
        study.apply(&Edit::AddCoder { id: coder, initials: initials.to_owned(), name: String::new() })?;
    }
    Ok(Work { study, notes, read_only })
}

/// What this user works with: the system's clock, what is remembered of this user.
pub(super) fn by_hand(who: &WhoArgs, live: bool) -> Working<'_> {
    Working { who, state: places::state(), live, mint: Box::new(SystemMint::default()) }
}
