//! The README says what is so: its screen is the program's, its keys are those of the command table.
//!
//! `EMIC_REBUILD_README=1 cargo test --test readme` writes both anew.

mod support;

use emic::screen::command::{Place, commands};
use emic::screen::keymap::Keymap;
use std::fmt::Write as _;
use std::path::Path;

fn keys() -> String {
    let map = Keymap::built_in();
    let mut out = String::new();
    for place in [
        Place::Anywhere,
        Place::Code,
        Place::Text,
        Place::Tree,
        Place::Cases,
        Place::Rounds,
        Place::Agreement,
        Place::Reconcile,
        Place::Extracts,
        Place::Check,
        Place::Extent,
        Place::List,
        Place::Picker,
        Place::Editor,
        Place::Form,
        Place::Question,
        Place::Reason,
        Place::Import,
        Place::Plan,
    ] {
        let _ok = write!(out, "\n**{}**\n\n| keys | what they do |\n| --- | --- |\n", place.title());
        for command in commands().filter(|command| command.place == place) {
            let keys: Vec<String> =
                map.labels(command.name).iter().map(|key| format!("`{}`", key.replace('|', "\\|"))).collect();
            let _ok = writeln!(out, "| {} | {} |", keys.join(" "), command.title.replace('|', "\\|"));
        }
    }
    out
}

fn screen() -> String {
    let mut player = support::desk::sample(112, 30);
    player.keys("gjgg]]]]]]]]").expect("keys");
    player.text().trim_end().to_owned()
}

/// The part of `text` between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap_or_else(|| panic!("the README lacks {from}")) + from.len();
    let end = start + text[start..].find(to).unwrap_or_else(|| panic!("the README lacks {to}"));
    &text[start..end]
}

#[test]
fn the_readme_shows_the_programs_own_screen_and_keys() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let mut text = std::fs::read_to_string(&path).expect("a README");
    let screen = format!("\n{}\n", screen());
    let keys = format!("\n{}", keys());
    let screen_from = "--size 112x30 -->\n```text";
    let keys_from = "cargo test --test readme` -->";
    let (screen_to, keys_to) = ("```\n\n## Set up", "<!-- end of keys -->");
    if std::env::var_os("EMIC_REBUILD_README").is_some() {
        let old = between(&text, screen_from, screen_to).to_owned();
        text = text.replacen(&format!("{screen_from}{old}"), &format!("{screen_from}{screen}"), 1);
        let old = between(&text, keys_from, keys_to).to_owned();
        text = text.replacen(&format!("{keys_from}{old}"), &format!("{keys_from}{keys}"), 1);
        std::fs::write(&path, &text).expect("written");
    }
    assert_eq!(
        between(&text, screen_from, screen_to),
        screen,
        "EMIC_REBUILD_README=1 cargo test --test readme makes it anew"
    );
    assert_eq!(
        between(&text, keys_from, keys_to),
        keys,
        "EMIC_REBUILD_README=1 cargo test --test readme makes it anew"
    );
}
