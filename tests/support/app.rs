//! The program on the sample study, kept in memory.

use super::sample;
use emic::project::id::{FixedMint, Writer};
use emic::screen::app::{App, Setup};
use emic::screen::glyphs::Glyphs;
use emic::screen::keymap::Keymap;
use emic::screen::theme::{Depth, Library};
use emic::session::history::History;
use emic::session::{Keeper, MemoryKeeper, Study};

/// The program on the sample study; `keep` may put another keeper around the one in memory.
pub fn app(keep: impl FnOnce(MemoryKeeper) -> Box<dyn Keeper>) -> App {
    let sample = sample::make();
    let mut keeper = MemoryKeeper::new(Writer::new("PB-test").expect("a writer"));
    sample.files.into_iter().for_each(|file| keeper.add_file(file));
    let mint = FixedMint::new(7, "2026-11-22T10:04:10Z".parse().expect("a time"));
    let study = Study::new(sample.project, sample.coder, keep(keeper), Box::new(mint), History::default());
    let library = Library::built_in();
    let styles = library.get("emic-dark").expect("a theme").at(Depth::True);
    let setup = Setup {
        library,
        theme: "emic-dark".into(),
        styles,
        glyphs: Glyphs::UNICODE,
        keymap: Keymap::built_in(),
        zone: jiff::tz::TimeZone::UTC,
    };
    App::new(study, setup)
}
