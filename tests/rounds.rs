//! The Rounds view, played with real keys.

mod support;

use emic::screen::play::Player;
use emic::screen::theme::Depth;
use support::rounds::Rounds;

#[test]
fn the_stages_of_the_small_study_are_what_they_say() {
    let open = Rounds::open();
    assert_eq!(open.view(open.pb).open_rounds().len(), 1);
    assert!(open.view(open.dc).reveal(open.round).is_none());
    let revealed = Rounds::revealed();
    let reveal = revealed.view(revealed.dc).reveal(revealed.round).expect("revealed").clone();
    assert_eq!(reveal.grounds.len(), 6);
    assert!(reveal.codings.len() > 40);
    let reconciling = Rounds::reconciling();
    assert_eq!(reconciling.view(reconciling.pb).decisions(reconciling.round).len(), 3);
}

#[test]
#[ignore = "draws a screen for the eye: STAGE, CODER, KEYS, SIZE, THEME, DEPTH, ANSI"]
fn look() {
    let var = |name: &str, other: &str| std::env::var(name).unwrap_or_else(|_| other.to_owned());
    let size = var("SIZE", "120x40");
    let (width, height) = size.split_once('x').expect("a size");
    let (width, height) = (width.parse().expect("width"), height.parse().expect("height"));
    let made = match var("STAGE", "open").as_str() {
        "plain" => Rounds::plain(),
        "open" => Rounds::open(),
        "revealed" => Rounds::revealed(),
        _ => Rounds::reconciling(),
    };
    let coder = match var("CODER", "PB").as_str() {
        "DC" => made.dc,
        "EW" => made.ew,
        _ => made.pb,
    };
    let mut player: Player = made.player(coder, width, height);
    if let Ok(theme) = std::env::var("THEME") {
        let depth = if var("DEPTH", "true") == "none" { Depth::None } else { Depth::True };
        player.app.styles = player.app.library.get(&theme).expect("a theme").at(depth);
    }
    player.keys(&var("KEYS", "")).expect("keys");
    player.resize(width, height);
    match std::env::var("ANSI") {
        Ok(file) => std::fs::write(file, emic::screen::ansi::ansi(player.screen())).expect("written"),
        Err(_) => println!("{}", player.text()),
    }
}
