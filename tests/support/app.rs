//! The program on the sample study, with whatever keeper a test puts around the one in memory.

use super::{desk, sample};
use emic::project::id::Writer;
use emic::screen::app::App;
use emic::session::history::History;
use emic::session::{Keeper, MemoryKeeper, Study};

/// The program on the sample study; `keep` may put another keeper around the one in memory.
pub fn app(keep: impl FnOnce(MemoryKeeper) -> Box<dyn Keeper>) -> App {
    let sample = sample::make();
    let mut keeper = MemoryKeeper::new(Writer::new("PB-test").expect("a writer"));
    sample.files.into_iter().for_each(|file| keeper.add_file(file));
    let mint = Box::new(desk::mint(7));
    let study = Study::new(sample.project, sample.coder, keep(keeper), mint, History::default());
    App::new(study, desk::setup())
}
