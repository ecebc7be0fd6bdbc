//! Opening a folder: who codes, what they did before, whether it can be written, and the keeper for it.

use super::checkpoint::{LOCAL, Seen};
use super::disk::Disk;
use super::identity::{Left, Memory, new_writer};
use super::in_parallel;
use super::journal::{FOLDER, Header, JournalFile, SCHEMA, head, split};
use super::keeper::{Derived, FolderKeeper, Scribe, Shared, State, Terms, Watch, disputes, prepare_local};
use super::load::load;
use super::lock;
use super::pen::Pen;
use crate::project::Project;
use crate::project::history::{Deed, History};
use crate::project::id::{CoderId, Mint, Stamp, Writer};
use crate::project::memo::Memo;
use crate::project::study::Coder;
use crate::project::view::View;
use jiff::Timestamp;
use memchr::memmem;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Why nothing can be written where nothing stands against it but that nobody meant to.
pub const ONLY_LOOKING: &str = "it was opened to look only";

/// Whether a folder is opened to work in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// To work in it. If it cannot be written, it is open read-only, and [`Opened::read_only`] says why.
    Write,
    /// To look only: nothing on disk is made or changed.
    ReadOnly,
}

/// Who opens a folder, and what comes from outside.
#[derive(Clone, Debug)]
pub struct Who {
    /// The coder's initials, if said.
    pub coder: Option<String>,
    /// What names them if the project has no coder of these initials yet and they are to begin as a new one. Whoever
    /// opens it so adds the coder as the first thing they do
    /// ([`Edit::AddCoder`](crate::project::edit::Edit::AddCoder)).
    pub join: Option<CoderId>,
    /// A folder outside all projects where this program remembers which journals are its own and who coded last.
    /// `None` remembers nothing.
    pub state: Option<PathBuf>,
    /// Random, for the names of writers.
    pub seed: u64,
    /// The time now, for the lock.
    pub now: Timestamp,
    /// Whether others' journals are watched.
    pub live: bool,
    /// How long after the last line the record files are written; `None` leaves them to `finish`.
    pub rest: Option<Duration>,
    /// At how many bytes a journal's segment is closed and the next begun.
    pub segment: u64,
}

impl Who {
    /// Somebody at a screen: others are watched, record files written two seconds after the last line.
    #[must_use]
    pub fn new(coder: Option<&str>, mint: &mut dyn Mint) -> Self {
        Self {
            coder: coder.map(str::to_owned),
            join: None,
            state: None,
            seed: mint.random(),
            now: mint.now(),
            live: true,
            rest: Some(Duration::from_secs(2)),
            segment: 4 << 20,
        }
    }

    /// A script or test: nobody is watched, record files are written by `finish`.
    #[must_use]
    pub fn scripted(coder: Option<&str>, mint: &mut dyn Mint) -> Self {
        Self { live: false, rest: None, ..Self::new(coder, mint) }
    }

    /// The same, remembering in the folder `state`.
    #[must_use]
    pub fn remembering(self, state: Option<PathBuf>) -> Self {
        Self { state, ..self }
    }
}

/// An open folder.
pub struct Opened {
    /// The project.
    pub project: Project,
    /// Who codes.
    pub coder: CoderId,
    /// What they did before.
    pub history: History,
    /// Keeps what is done from now on.
    pub keeper: FolderKeeper,
    /// What is to be told once: torn lines, disputes, rings.
    pub notes: Vec<String>,
    /// Why nothing can be written, if so.
    pub read_only: Option<String>,
}

/// Why a folder cannot be opened or made: one clear sentence.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum OpenError {
    /// Nothing there.
    #[error("there is no folder {}; `emic new` makes a project", .0.display())]
    Missing(PathBuf),
    /// A file.
    #[error("{} is a file, not the folder of a project", .0.display())]
    NotAFolder(PathBuf),
    /// A folder of something else.
    #[error("{} is not a project: it has neither project.ron nor a journal; `emic new` makes one", .0.display())]
    NotAProject(PathBuf),
    /// The system does not let us read it.
    #[error("{} cannot be read: {why}", .path.display())]
    Unreadable {
        /// What.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// Nobody in the project has these initials.
    #[error("this project has no coder {initials}; it has {}. To begin as a new one, add --join", listed(.known))]
    UnknownCoder {
        /// The initials that were said.
        initials: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// There are several coders, or none, and nobody said who codes.
    #[error("say who codes with --coder and initials; this project has {}", listed(.known))]
    WhichCoder {
        /// The initials of those that there are.
        known: Vec<String>,
    },
    /// The files are not what they should be.
    #[error("{0}")]
    Damaged(String),
    /// A new project was to be made where something is.
    #[error("{} is not empty; a new project needs a folder of its own", .0.display())]
    NotEmpty(PathBuf),
    /// The names of a new project will not do.
    #[error("{0}")]
    Refused(String),
    /// A new project could not be written.
    #[error("{} cannot be written: {why}", .path.display())]
    Unwritable {
        /// What.
        path: PathBuf,
        /// Why.
        why: String,
    },
}

/// Opens the project in `folder`.
///
/// # Errors
/// One clear sentence: what is missing or wrong, and what to do. Nothing on disk has changed then.
pub fn open(disk: Arc<dyn Disk>, folder: &Path, who: Who, access: Access) -> Result<Opened, OpenError> {
    let loaded = load(&*disk, folder)?;
    let memory = Memory::new(&*disk, who.state.as_deref(), loaded.study, folder);
    let coder = choose(&loaded.project, &who, memory.last_coder(&*disk).as_deref())?;
    let deeds = deeds(&loaded.journals, coder.id);
    let history = History::new(deeds.into_iter());
    let mut notes = loaded.notes.clone();
    notes.extend(troubles(&loaded.project, loaded.disputes_known));

    let mut read_only = loaded.locked.first().cloned();
    if access == Access::ReadOnly {
        read_only.get_or_insert_with(|| ONLY_LOOKING.to_owned());
    }
    let mut lock = None;
    if read_only.is_none() {
        match begin_work(&*disk, folder, &who, &coder.initials) {
            Ok(taken) => {
                lock = taken.held;
                notes.extend(taken.note);
            }
            Err(err) => read_only = Some(format!("{} cannot be written ({err})", folder.display())),
        }
    }
    let may_write = read_only.is_none();
    for (name, at) in &loaded.torn {
        let file = loaded.journals.iter().find(|file| file.name == *name);
        notes.extend(file.and_then(|file| torn(&*disk, folder, file, *at, may_write && file.header.coder == coder.id)));
    }

    let mut rng = fastrand::Rng::with_seed(who.seed);
    let writer = new_writer(&*disk, folder, &coder.initials, &mut rng);
    let initials = coder.initials.clone();
    let header = Header { project: loaded.study, writer, coder: coder.id, initials, schema: SCHEMA, segment: 0 };
    let mut pen = Pen::new(header.clone(), who.segment);
    if may_write {
        if who.coder.is_some() {
            memory.set_last_coder(&*disk, &coder.initials);
        }
        // Taken up only if it was read just now exactly as it was left.
        let as_left = |left: &Left| {
            let file = loaded.journals.iter().find(|file| {
                (file.header.writer, file.header.segment, file.header.coder) == (left.writer, left.segment, coder.id)
                    && file.name == file.header.file_name()
            });
            file.is_some_and(|file| Seen::of(&file.bytes).mark() == left.mark)
        };
        if let Some(left) = memory.take(&*disk, &coder.initials).filter(as_left) {
            pen = Pen::resuming(header.clone(), who.segment, left);
        }
    }
    let header = Header { writer: pen.writer(), ..header };
    let shared = Arc::new(Shared::new(pen.writer()));
    let scribe = (may_write || who.live).then(|| Scribe {
        disk: disk.clone(),
        folder: folder.to_path_buf(),
        header: header.clone(),
        limit: who.segment,
        rest: who.rest,
        may_write,
        rng: rng.fork(),
        memory,
        shared: shared.clone(),
        pen,
        copy: Some(loaded.project.clone()),
        seen: loaded.seen,
        derived: Derived::new(loaded.files, loaded.settled),
        watch: Watch::new(who.live, newest(&loaded.journals)),
        state: State::default(),
    });
    let terms = Terms { read_only: read_only.clone(), lock, seed: rng.u64(..) };
    let keeper = FolderKeeper::new(disk, folder, header, shared, scribe, terms);
    Ok(Opened { project: loaded.project, coder: coder.id, history, keeper, notes, read_only })
}

/// Who codes: as said, else as remembered, else the only one there is.
fn choose(project: &Project, who: &Who, remembered: Option<&str>) -> Result<Arc<Coder>, OpenError> {
    let coders: Vec<&Arc<Coder>> = project.all::<Coder>().collect();
    let called = |initials: &str| coders.iter().find(|coder| coder.initials.eq_ignore_ascii_case(initials)).copied();
    let known = || {
        let mut known: Vec<String> = coders.iter().map(|coder| coder.initials.clone()).collect();
        known.sort();
        known
    };
    if let Some(initials) = &who.coder {
        let new = || who.join.map(|id| Arc::new(Coder { id, initials: initials.clone(), name: String::new() }));
        let unknown = || OpenError::UnknownCoder { initials: initials.clone(), known: known() };
        return called(initials).cloned().or_else(new).ok_or_else(unknown);
    }
    let only = || coders.first().copied().filter(|_| coders.len() == 1);
    let found = remembered.and_then(called).or_else(only).or_else(|| only_one_at_work(project, &coders));
    found.cloned().ok_or_else(|| OpenError::WhichCoder { known: known() })
}

/// Of several coders, the one who has codings or memos, if the others have none: it is their copy.
fn only_one_at_work<'a>(project: &Project, coders: &[&'a Arc<Coder>]) -> Option<&'a Arc<Coder>> {
    let of_codings =
        project.codings().sources().flat_map(|(_, index)| index.iter()).map(|entry| entry.slot.record.coder);
    let of_memos = project.all::<Memo>().map(|memo| memo.coder);
    let mut at_work = of_codings.chain(of_memos);
    let first = at_work.next()?;
    at_work.all(|coder| coder == first).then(|| coders.iter().find(|coder| coder.id == first).copied()).flatten()
}

fn listed(initials: &[String]) -> String {
    if initials.is_empty() { "none yet".to_owned() } else { initials.join(", ") }
}

/// What a coder did, in the order of the lines. A line that went from one journal to another is there once.
fn deeds(journals: &[JournalFile], coder: CoderId) -> Vec<Deed> {
    let own: Vec<&JournalFile> = journals.iter().filter(|file| file.header.coder == coder).collect();
    let read = in_parallel(&own, |file| {
        let heads = split(file.body()).filter_map(|(_, line)| Some((head(line)?, line)));
        let heads = heads.filter(|(head, _)| !head.quiet).map(|(head, line)| {
            let deed =
                Deed { stamp: Stamp(head.n, file.header.writer), did: head.did.into_owned(), undoes: head.undoes };
            (deed, line)
        });
        heads.collect::<Vec<_>>()
    });
    let mut all: Vec<(Deed, &[u8])> = read.into_iter().flatten().collect();
    all.sort_by(|(a, a_text), (b, b_text)| (a.stamp, a_text).cmp(&(b.stamp, b_text)));
    let puts = |text: &[u8]| memmem::find(text, b", puts: [").map(|at| text[at..].to_vec());
    let mut twins: HashMap<Stamp, Stamp> = HashMap::new();
    let mut out: Vec<(Deed, &[u8])> = Vec::with_capacity(all.len());
    for (mut deed, text) in all {
        deed.undoes = deed.undoes.map(|stamp| twins.get(&stamp).copied().unwrap_or(stamp));
        let before = out.iter().rev().take_while(|(other, _)| other.stamp.0 == deed.stamp.0);
        let twin = before.clone().find(|(other, other_text)| {
            other.did == deed.did && other.undoes == deed.undoes && puts(other_text) == puts(text)
        });
        match twin {
            Some((twin, _)) => {
                twins.insert(deed.stamp, twin.stamp);
            }
            None => out.push((deed, text)),
        }
    }
    out.into_iter().map(|(deed, _)| deed).collect()
}

/// The number of the newest line of each writer.
fn newest(journals: &[JournalFile]) -> BTreeMap<Writer, u64> {
    let mut out: BTreeMap<Writer, u64> = BTreeMap::new();
    for file in journals {
        let last = file.body()[..file.complete() - file.start].rsplit(|b| *b == b'\n').find_map(head);
        let newest = out.entry(file.header.writer).or_default();
        *newest = last.map_or(0, |head| head.n).max(*newest);
    }
    out
}

/// What people have done to each other without knowing, and have to look at.
fn troubles(project: &Project, known: usize) -> Vec<String> {
    let mut notes = Vec::new();
    for ring in project.codebook().rings() {
        let name = View::new(project, CoderId::default()).code(*ring).map_or("a code", |node| node.code.name.as_str());
        notes.push(format!(
            "Two people moved or merged “{name}” and another code into each other; the newer change is left out until \
             one of you does it again."
        ));
    }
    let new = disputes(project).saturating_sub(known);
    if new > 0 {
        let what = if new == 1 { "1 field was".to_owned() } else { format!("{new} fields were") };
        notes.push(format!(
            "{what} changed by two people at once; the later change stands, `emic check` shows the other."
        ));
    }
    notes
}

/// Gets ready to write: tries whether that can be done at all, then makes the local folder and takes the lock.
fn begin_work(disk: &dyn Disk, folder: &Path, who: &Who, initials: &str) -> io::Result<lock::Lock> {
    let journals = folder.join(FOLDER);
    disk.try_writing(if disk.status(&journals)?.is_some() { &journals } else { folder })?;
    prepare_local(disk, folder)?;
    Ok(lock::take(disk, folder, initials, who.now))
}

/// What is to be told of a journal that ends in something that is no line. Of the opening coder's own, what is left
/// over is put aside, and told once; the journal itself is not touched, and not written to again.
fn torn(disk: &dyn Disk, folder: &Path, file: &JournalFile, at: usize, own: bool) -> Option<String> {
    let place = file.place();
    if !own {
        return Some(format!("The last line of {place} is not complete (it may still be on its way) and is left out."));
    }
    let aside = PathBuf::from(LOCAL).join("torn").join(format!("{}-{at}.txt", file.name.trim_end_matches(".ron")));
    let path = folder.join(&aside);
    if matches!(disk.status(&path), Ok(Some(_))) {
        return None;
    }
    let put = disk.make_folder(path.parent()?, Some(folder)).and_then(|()| disk.replace(&path, &file.bytes[at..]));
    let put =
        put.map_or_else(|err| format!("could not be copied ({err})"), |()| format!("is kept in {}", aside.display()));
    Some(format!("The last line of {place} was cut off before it was saved; it is left out, and {put}."))
}
