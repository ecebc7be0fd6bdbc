//! Scripts of real keys against the real program on a screen of cells.

mod support;

use emic::screen::theme::Depth;
use support::desk::sample;

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
