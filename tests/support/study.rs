//! An open study in memory: what it keeps can be looked at, its disk can be held up or fail, others' lines come in.
#![allow(dead_code, reason = "each test binary uses its part")]

use emic::project::Project;
use emic::project::codebook::Origin;
use emic::project::edit::{Edit, NewSource, Spot, Words};
use emic::project::id::{CodeId, CoderId, FixedMint, Id, SourceId, Stamp, Writer};
use emic::project::put::{Kind, Put};
use emic::project::source::SourceKind;
use emic::project::step::Line;
use emic::session::history::{Deed, History};
use emic::session::keeper::words_file;
use emic::session::{Heard, KeepError, Keeper, MemoryKeeper, NewFile, Study};
use emic::text::Span;
use emic::text::turns::Turns;
use jiff::Timestamp;
use std::sync::{Arc, Mutex, MutexGuard};

/// What the tests and the open study share of the keeper.
pub struct Shelf {
    /// What is on the disk.
    pub disk: MemoryKeeper,
    /// The writer of what comes next.
    pub writer: Writer,
    /// Lines are held back until [`Kept::release`].
    pub hold: bool,
    /// Lines that were held back.
    pub held: Vec<(Stamp, Arc<Line>)>,
    /// What the study is told when it next listens.
    pub heard: Vec<Heard>,
    /// Why lines cannot be read, if so.
    pub unreadable: Option<String>,
    /// Why nothing can be written, if so.
    pub read_only: Option<String>,
}

/// A keeper in memory that can be held in two hands.
#[derive(Clone)]
pub struct Kept(Arc<Mutex<Shelf>>);

impl Kept {
    /// A keeper for `writer`.
    pub fn new(writer: &str) -> Self {
        let writer = Writer::new(writer).expect("a writer");
        Self(Arc::new(Mutex::new(Shelf {
            disk: MemoryKeeper::new(writer),
            writer,
            hold: false,
            held: Vec::new(),
            heard: Vec::new(),
            unreadable: None,
            read_only: None,
        })))
    }

    /// What is in it.
    pub fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().expect("no test panics while it holds the keeper")
    }

    /// All lines on disk, in the order in which they came.
    pub fn lines(&self) -> Vec<(Stamp, Arc<Line>)> {
        self.shelf().disk.lines().to_vec()
    }

    /// Others' lines come in.
    pub fn receive(&self, lines: &[(Stamp, Arc<Line>)]) {
        let mut shelf = self.shelf();
        for (stamp, line) in lines {
            shelf.disk.keep(*stamp, line.clone(), Vec::new());
        }
        shelf.disk.heard();
        shelf.heard.push(Heard::Lines(lines.to_vec()));
    }

    /// Writes what was held back under the name `writer`.
    pub fn move_to(&self, writer: &str) {
        let mut shelf = self.shelf();
        shelf.hold = false;
        let writer = Writer::new(writer).expect("a writer");
        let held = std::mem::take(&mut shelf.held);
        let old: Vec<Stamp> = held.iter().map(|(stamp, _)| *stamp).collect();
        let new = |stamp: Stamp| if old.contains(&stamp) { Stamp(stamp.0, writer) } else { stamp };
        let targets = held.iter().flat_map(|(_, line)| line.puts.iter().filter_map(Put::target)).collect();
        let stamps = old.iter().map(|stamp| (*stamp, new(*stamp))).collect();
        shelf.heard.push(Heard::Moved(stamps, targets));
        for (stamp, line) in held {
            let line = Line { undoes: line.undoes.map(new), ..Line::clone(&line) };
            shelf.disk.keep(new(stamp), Arc::new(line), Vec::new());
        }
        shelf.writer = writer;
    }
}

impl Keeper for Kept {
    fn writer(&self) -> Writer {
        self.shelf().writer
    }
    fn read_only(&self) -> Option<String> {
        self.shelf().read_only.clone()
    }
    fn keep(&mut self, stamp: Stamp, line: Arc<Line>, files: Vec<NewFile>) {
        let mut shelf = self.shelf();
        if shelf.hold { shelf.held.push((stamp, line)) } else { shelf.disk.keep(stamp, line, files) }
    }
    fn heard(&mut self) -> Vec<Heard> {
        let mut shelf = self.shelf();
        let told = std::mem::take(&mut shelf.heard);
        told.into_iter().chain(shelf.disk.heard()).collect()
    }
    fn words(&self, folder: &str, number: u32, sha256: &str) -> Result<String, KeepError> {
        self.shelf().disk.words(folder, number, sha256)
    }
    fn turns(&self, folder: &str, number: u32, turns: u32) -> Result<Turns, KeepError> {
        self.shelf().disk.turns(folder, number, turns)
    }
    fn line(&self, stamp: Stamp) -> Result<Arc<Line>, KeepError> {
        self.shelf().disk.line(stamp)
    }
    fn puts_of(&self, targets: &[(Kind, Id)]) -> Result<Vec<(Stamp, Put)>, KeepError> {
        let shelf = self.shelf();
        shelf.unreadable.clone().map_or_else(|| shelf.disk.puts_of(targets), |why| Err(KeepError(why)))
    }
    fn finish(&mut self) -> Result<(), KeepError> {
        Ok(())
    }
}

/// A study that is open, and its keeper.
pub struct Open {
    /// The study.
    pub study: Study,
    /// What it keeps.
    pub kept: Kept,
    seed: u64,
}

impl Open {
    /// A study without a line, in which PB works.
    pub fn new() -> Self {
        let mut open = Self::with(Project::default(), CoderId::from(Id::at(1, [1; 10])), "PB-aaaa", 1);
        open.study.apply(&Edit::Found { title: "Trial".into() }).expect("a study");
        let add = Edit::AddCoder { id: open.study.coder(), initials: "PB".into(), name: String::new() };
        open.study.apply(&add).expect("a coder");
        open
    }

    /// `project` as `coder` works on it; nothing of it is to be undone.
    pub fn with(project: Project, coder: CoderId, writer: &str, seed: u64) -> Self {
        let kept = Kept::new(writer);
        let mint = Box::new(FixedMint::new(seed, Timestamp::UNIX_EPOCH));
        let study = Study::new(project, coder, Box::new(kept.clone()), mint, History::default());
        Self { study, kept, seed }
    }

    /// The same study opened again from its lines, by a program that knows nothing else.
    pub fn again(&self) -> Self {
        let lines = self.kept.lines();
        let mut project = Project::default();
        let mut sorted = lines.clone();
        sorted.sort_by_key(|(stamp, _)| *stamp);
        project.apply_all(sorted.iter().map(|(stamp, line)| (*stamp, line.puts.as_slice())));
        let seed = self.seed + 1000;
        let mint = Box::new(FixedMint::new(seed, Timestamp::UNIX_EPOCH));
        let coder = self.study.coder();
        let study = Study::new(project, coder, Box::new(self.kept.clone()), mint, history_of(&lines, "PB"));
        Self { study, kept: self.kept.clone(), seed }
    }

    /// Another program's copy of the study as it is now, in which `coder` works under the name `writer`.
    pub fn copy(&self, coder: CoderId, writer: &str) -> Self {
        let seed = self.seed + 77 + u64::from(writer.as_bytes()[writer.len() - 1]);
        let other = Self::with(self.study.snapshot(), coder, writer, seed);
        for (stamp, line) in self.kept.lines() {
            other.kept.shelf().disk.keep(stamp, line, Vec::new());
        }
        other.kept.shelf().disk.heard();
        other
    }

    /// Does something, which must be possible.
    pub fn apply(&mut self, edit: &Edit) -> emic::session::Done {
        self.study.apply(edit).unwrap_or_else(|why| panic!("{why}: {edit:?}"))
    }

    /// A code at the top.
    pub fn code(&mut self, name: &str) -> CodeId {
        let id = self.study.fresh_id().into();
        let spot = Spot { parent: None, after: None };
        self.apply(&Edit::AddCode { id, name: name.into(), spot, origin: Origin::Emergent, colour: None });
        id
    }

    /// A source with these words.
    pub fn source(&mut self, name: &str, words: &str) -> SourceId {
        let id = self.study.fresh_id().into();
        let new = NewSource {
            id,
            name: name.into(),
            kind: SourceKind::Interview,
            case: None,
            wave: None,
            collected: None,
            folder: name.into(),
            file: String::new(),
            text: Words { chars: words.chars().count() as u32, ..Words::default() },
            turns: false,
            speakers: Vec::new(),
        };
        let file = NewFile { path: words_file(name, 1), bytes: words.into() };
        self.study.apply_with(&Edit::Import(Box::new(new)), vec![file]).expect("a source");
        id
    }

    /// What it takes to lay a code on chars of the present version.
    pub fn laying(&self, source: SourceId, from: u32, to: u32, code: CodeId) -> Edit {
        let passages = vec![self.study.view().passage(source, Span::new(from, to))];
        Edit::Lay { passages, codes: vec![code], apart: false, borders: Vec::new() }
    }

    /// The stretches of this coder's codings of a source.
    pub fn spans(&self, source: SourceId) -> Vec<(u32, u32)> {
        self.study.view().codings_of(source).map(|seen| (seen.span.start.0, seen.span.end.0)).collect()
    }

    /// The names of the codes at the top, in order.
    pub fn names(&self) -> Vec<String> {
        let view = self.study.view();
        view.codebook().top().iter().map(|&id| view.code_name(id).to_owned()).collect()
    }
}

/// What the lines of the coder with these initials make of undo.
pub fn history_of(lines: &[(Stamp, Arc<Line>)], initials: &str) -> History {
    let own = lines.iter().filter(|(stamp, line)| stamp.1.initials() == initials && !line.quiet);
    History::new(own.map(|(stamp, line)| Deed { stamp: *stamp, did: line.did.clone(), undoes: line.undoes }))
}

/// A mint for tests that plan without a study.
pub fn mint(seed: u64) -> FixedMint {
    FixedMint::new(seed, Timestamp::UNIX_EPOCH)
}
