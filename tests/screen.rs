//! Scripts of real keys against the real program on a screen of cells.

mod support;

use emic::project::id::{FixedMint, Writer};
use emic::screen::app::{App, Setup};
use emic::screen::glyphs::Glyphs;
use emic::screen::keymap::Keymap;
use emic::screen::play::Player;
use emic::screen::theme::{Depth, Library};
use emic::session::history::History;
use emic::session::{MemoryKeeper, Study};

fn sample(width: u16, height: u16) -> Player {
    let sample = support::sample::make();
    let mut keeper = MemoryKeeper::new(Writer::new("PB-test").expect("a writer"));
    sample.files.into_iter().for_each(|file| keeper.add_file(file));
    let mint = FixedMint::new(7, "2026-11-22T10:04:10Z".parse().expect("a time"));
    let study = Study::new(sample.project, sample.coder, Box::new(keeper), Box::new(mint), History::default());
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
    Player::new(App::new(study, setup), width, height)
}

#[test]
fn look() {
    let size = std::env::var("SIZE").unwrap_or_else(|_| "140x40".into());
    let (width, height) = size.split_once('x').expect("a size");
    let mut player = sample(width.parse().expect("width"), height.parse().expect("height"));
    if let Ok(theme) = std::env::var("THEME") {
        player.app.styles = player.app.library.get(&theme).expect("a theme").at(Depth::True);
    }
    player.keys(&std::env::var("KEYS").unwrap_or_default()).expect("keys");
    if let Ok(file) = std::env::var("ANSI") {
        player.resize(width.parse().expect("width"), height.parse().expect("height"));
        std::fs::write(file, emic::screen::ansi::ansi(player.screen())).expect("written");
    } else {
        println!("{}", player.text());
    }
}
