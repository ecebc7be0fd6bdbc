//! What makes the sample study: edits by its coders at given times, in the order of the times.

use super::working::Working;
use emic::findings::ground::Transcript;
use emic::findings::quotes::counted_codings;
use emic::findings::working::working;
use emic::project::Project;
use emic::project::edit::{Edit, plan};
use emic::project::id::{
    CaseId, CodeId, CoderId, CodingId, FixedMint, MemoId, Mint, RoundId, SourceId, Stamp, WaveId, Writer,
};
use emic::project::source::Passage;
use emic::project::view::{View, Whose};
use emic::session::NewFile;
use emic::text::Span;
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// The study as far as it is made, and what the working files call its records.
pub struct Maker {
    pub project: Project,
    pub mint: FixedMint,
    /// Who acts.
    pub coder: CoderId,
    pub working: Rc<Working>,
    pub coders: HashMap<String, CoderId>,
    pub waves: HashMap<String, WaveId>,
    pub cases: HashMap<String, CaseId>,
    pub codes: HashMap<String, CodeId>,
    pub sources: HashMap<String, (SourceId, Transcript)>,
    pub round: RoundId,
    /// Memos by their file without its ending.
    pub memos: HashMap<String, MemoId>,
    pub files: Vec<NewFile>,
    /// The study as it stood at the moments that were kept, oldest first.
    pub kept: Vec<(Project, Vec<NewFile>)>,
}

impl Maker {
    pub fn new(working: Rc<Working>, from: Timestamp) -> Self {
        Self {
            project: Project::default(),
            mint: FixedMint::new(2018, from),
            coder: CoderId::default(),
            working,
            coders: HashMap::new(),
            waves: HashMap::new(),
            cases: HashMap::new(),
            codes: HashMap::new(),
            sources: HashMap::new(),
            round: RoundId::default(),
            memos: HashMap::new(),
            files: Vec::new(),
            kept: Vec::new(),
        }
    }

    pub fn view(&self) -> View<'_> {
        View::new(&self.project, self.coder)
    }

    pub fn edit(&mut self, edit: &Edit) {
        let view = View::new(&self.project, self.coder);
        let step = plan(&view, edit, &mut self.mint).unwrap_or_else(|why| panic!("{why}: {edit:?}"));
        self.project.apply(Stamp(self.project.n() + 1, Writer::NOBODY), &step.puts);
    }

    /// Keeps the study as it stands.
    pub fn keep(&mut self) {
        self.kept.push((self.project.clone(), self.files.clone()));
    }

    /// From here on `coder` acts at `time`.
    pub fn act(&mut self, coder: &str, time: Timestamp) {
        self.mint.set(time);
        self.coder = self.coders.get(coder).copied().unwrap_or_default();
    }

    pub fn passage(&self, file: &str, span: Span) -> Passage {
        Passage { source: self.sources[file].0, version: 1, span }
    }

    pub fn code(&self, key: &str) -> CodeId {
        *self.codes.get(key).unwrap_or_else(|| panic!("there is no code {key}"))
    }

    pub fn texts(&self) -> impl Fn(SourceId) -> Option<Transcript> + use<> {
        let all: HashMap<SourceId, Transcript> =
            self.sources.values().map(|(id, transcript)| (*id, transcript.clone())).collect();
        move |source| all.get(&source).cloned()
    }

    /// Lays a code, with what the coder notes.
    pub fn lay(&mut self, file: &str, span: Span, key: &str, comment: &str) {
        let (passage, code) = (self.passage(file, span), self.code(key));
        self.edit(&Edit::Lay { passages: vec![passage], codes: vec![code], apart: false, borders: Vec::new() });
        if !comment.is_empty() {
            let coding = self.coding_at(passage, code);
            self.edit(&Edit::Comment(coding, comment.to_owned()));
        }
    }

    /// The codings that tables rest on now.
    pub fn counted(&self) -> HashSet<CodingId> {
        counted_codings(&working(&self.view()))
    }

    /// The coding of a mark: of the coders who laid it the one whom tables count, of these the one who acts.
    pub fn coding(&self, file: &str, span: Span, key: &str, counted: &HashSet<CodingId>) -> CodingId {
        let (at, code) = (self.passage(file, span), self.code(key));
        let mut found: Vec<(bool, bool, CodingId)> = Vec::new();
        self.view().showing(Whose::Everybody).codings_within(at.source, at.span, |seen| {
            if seen.code == code && seen.span == at.span {
                let id = seen.coding.id;
                found.push((!counted.contains(&id), seen.coding.coder != self.coder, id));
            }
        });
        found.iter().min().unwrap_or_else(|| panic!("{file}: nobody has {key} on {span:?}")).2
    }

    /// The coding of a mark and code as it stands now: what was put right later is laid as it was first.
    pub fn coding_of(&mut self, file: &str, number: u32, key: &str, counted: &HashSet<CodingId>) -> CodingId {
        let working = Rc::clone(&self.working);
        let laid = super::second_looks::by(&working, file, number, key, self.mint.now());
        self.coding(file, laid.span, &laid.key, counted)
    }

    fn coding_at(&self, passage: Passage, code: CodeId) -> CodingId {
        let mut found = None;
        self.view().codings_within(passage.source, passage.span, |seen| {
            if seen.code == code && seen.span.covers(passage.span) {
                found = Some(seen.coding.id);
            }
        });
        found.expect("the coding was just laid")
    }

    /// Notes that this coder has read a source to its end.
    pub fn read(&mut self, file: &str) {
        let (source, transcript) = &self.sources[file];
        let edit = Edit::Read { source: *source, to: transcript.text.whole().end, finished: true };
        self.edit(&edit);
    }
}

type Act = Box<dyn FnOnce(&mut Maker)>;

/// What is done when, by whom.
#[derive(Default)]
pub struct Timeline {
    acts: Vec<(Timestamp, String, Act)>,
}

impl Timeline {
    pub fn at(&mut self, time: Timestamp, coder: &str, act: impl FnOnce(&mut Maker) + 'static) {
        self.acts.push((time, coder.to_owned(), Box::new(act)));
    }

    /// Does everything in the order of the times; what is at one time in the order in which it was said.
    pub fn run(mut self, maker: &mut Maker) {
        self.acts.sort_by_key(|(time, _, _)| *time);
        for (time, coder, act) in self.acts {
            maker.act(&coder, time);
            act(maker);
        }
    }
}

pub fn after(time: Timestamp, minutes: i64) -> Timestamp {
    time + SignedDuration::from_mins(minutes)
}
