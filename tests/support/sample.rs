//! The sample study, made from `sample_data/working`: marked texts become texts and codings, the round is held by its
//! coders through the program's own edits, draws, queue and allocation.

mod blind;
mod broad;
mod codebook;
pub mod findings;
mod judged;
mod later;
mod maker;
mod marks;
mod memos;
pub mod paper;
mod people;
mod reconciled;
mod second_looks;
mod summed_up;
pub mod working;

use emic::project::Project;
use emic::project::id::{CoderId, Writer};
use emic::project::study::Coder;
use emic::session::history::History;
use emic::session::{MemoryKeeper, NewFile, Study};
use findings::Findings;
use jiff::Timestamp;
use maker::{Maker, Timeline};
use std::rc::Rc;
use std::sync::OnceLock;
use working::Working;

/// A moment at which the study can be seen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stage {
    /// Both coders code, neither sees what the other has.
    Blind,
    /// All have finished; nothing is decided.
    Revealed,
    /// About half is decided.
    Reconciling,
    /// All of it.
    Done,
}

impl Stage {
    /// All, in the order in which they came.
    pub const ALL: [Self; 4] = [Self::Blind, Self::Revealed, Self::Reconciling, Self::Done];

    pub fn name(self) -> &'static str {
        match self {
            Self::Blind => "blind",
            Self::Revealed => "revealed",
            Self::Reconciling => "reconciling",
            Self::Done => "done",
        }
    }
}

/// The sample study as records that no line names, and the files of its texts.
#[derive(Clone)]
pub struct Sample {
    pub project: Project,
    pub files: Vec<NewFile>,
    /// Who opens it.
    pub coder: CoderId,
}

impl Sample {
    /// The coder of these initials.
    pub fn coder_called(&self, initials: &str) -> CoderId {
        let coder = self.project.all::<Coder>().find(|coder| coder.initials == initials);
        coder.unwrap_or_else(|| panic!("there is no coder {initials}")).id
    }
}

/// The sample study as it stands in the end.
pub fn make() -> Sample {
    make_at(Stage::Done)
}

/// The sample study as it stood at a stage. Made once a test run.
pub fn make_at(stage: Stage) -> Sample {
    static MADE: OnceLock<Vec<Sample>> = OnceLock::new();
    MADE.get_or_init(build)[stage as usize].clone()
}

/// The sample study at a stage, opened in memory by the coder of these initials.
pub fn study_at(stage: Stage, initials: &str) -> Study {
    let sample = make_at(stage);
    let coder = sample.coder_called(initials);
    let mut keeper = MemoryKeeper::new(Writer::new(&format!("{initials}-test")).expect("a writer"));
    sample.files.into_iter().for_each(|file| keeper.add_file(file));
    Study::new(sample.project, coder, Box::new(keeper), Box::new(super::desk::mint(7)), History::default())
}

/// Makes the sample study from the working files, at all stages.
pub fn build() -> Vec<Sample> {
    let working = Rc::new(Working::read());
    let from: Timestamp = "2013-02-01T08:00:00Z".parse().expect("a time");
    let findings = Rc::new(Findings::read());
    let mut timeline = Timeline::default();
    people::plan(&mut timeline, &working, from);
    codebook::plan(&mut timeline, &working);
    broad::plan(&mut timeline, &working);
    memos::plan(&mut timeline);
    second_looks::plan(&mut timeline, &working);
    blind::plan(&mut timeline, &working);
    reconciled::plan(&mut timeline, &working);
    later::plan(&mut timeline, &working);
    findings::plan(&mut timeline, &findings);
    summed_up::plan(&mut timeline, &findings);
    judged::plan(&mut timeline, &working);
    pins(&mut timeline, &working);
    let stages = &working.round.stages;
    for time in [stages.blind, stages.revealed, stages.reconciling] {
        timeline.at(time, "", Maker::keep);
    }
    let mut maker = Maker::new(Rc::clone(&working), from);
    timeline.run(&mut maker);
    maker.keep();
    let coder = maker.coders[&working.study.coders[0].initials];
    let kept = std::mem::take(&mut maker.kept);
    kept.into_iter().map(|(project, files)| Sample { project: project.without_lines(), files, coder }).collect()
}

/// What the coders have on their digits.
fn pins(timeline: &mut Timeline, working: &Rc<Working>) {
    const PINNED: [&str; 5] =
        ["warm_handoff", "screen_universal", "stepped_care_short_term", "culture_trust", "ch_reimbursement"];
    for coder in working.round.round.everybody() {
        timeline.at(working.round.round.at, coder, |maker| {
            for (digit, key) in PINNED.iter().enumerate() {
                let code = maker.code(key);
                maker.edit(&emic::project::edit::Edit::Pin(digit as u8 + 1, Some(code)));
            }
        });
    }
}
