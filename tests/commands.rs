//! Laws of the command table.

use emic::screen::command::{Command, Place, commands};
use emic::screen::key::{Key, parse_keys};
use emic::screen::keymap::{Keymap, Match};
use ratatui::crossterm::event::KeyCode;
use std::collections::{HashMap, HashSet};

const PLACES: [Place; 30] = [
    Place::Code,
    Place::Text,
    Place::Tree,
    Place::Cases,
    Place::Rounds,
    Place::Agreement,
    Place::Reconcile,
    Place::People,
    Place::Extracts,
    Place::Check,
    Place::Extent,
    Place::Findings,
    Place::Memos,
    Place::Question,
    Place::Reason,
    Place::Line,
    Place::Prompt,
    Place::Picker,
    Place::Editor,
    Place::Complete,
    Place::List,
    Place::Form,
    Place::Import,
    Place::Page,
    Place::Plan,
    Place::Framework,
    Place::Basis,
    Place::Summary,
    Place::Words,
    Place::Landscape,
];

fn keys(command: &Command) -> Vec<Vec<Key>> {
    command.keys.iter().map(|key| parse_keys(key).unwrap_or_else(|bad| panic!("{}: {bad}", command.name))).collect()
}

#[test]
fn every_command_has_a_name_of_its_own_a_title_and_a_key() {
    let mut names = HashSet::new();
    for command in commands() {
        assert!(names.insert(command.name), "{} stands twice in the table", command.name);
        assert!(!command.title.is_empty(), "{} says nothing", command.name);
        assert!(!command.keys.is_empty(), "{} has no key", command.name);
        assert!(command.title.chars().count() <= 76, "{}: its title does not fit into help", command.name);
    }
}

#[test]
fn no_two_commands_want_the_same_key_and_none_stands_in_the_way_of_a_longer_one() {
    let mut taken: HashMap<(Place, Vec<Key>), &str> = HashMap::new();
    for command in commands() {
        for keys in keys(command) {
            if let Some(other) = taken.insert((command.place, keys.clone()), command.name) {
                panic!("{:?} at {:?} is both {other} and {}", keys, command.place, command.name);
            }
        }
    }
    for place in PLACES {
        // Everything that can be reached from a place.
        let here: Vec<(&Vec<Key>, &str)> = taken
            .iter()
            .filter(|((at, _), _)| place.chain().contains(at))
            .map(|((_, keys), name)| (keys, *name))
            .collect();
        for (keys, name) in &here {
            for (longer, other) in &here {
                assert!(
                    longer.len() <= keys.len() || !longer.starts_with(keys),
                    "{name} at {place:?} ends on the beginning of the keys of {other}"
                );
            }
        }
    }
}

#[test]
fn a_command_on_a_bracket_symbol_or_digit_has_a_letter_or_function_key_too() {
    for command in commands().filter(|command| !command.place.types_text()) {
        let keys = keys(command);
        let plain = |keys: &Vec<Key>| {
            keys.iter().all(|key| match key.code {
                KeyCode::Char(c) => c.is_ascii_alphabetic() || c == ' ',
                _ => true,
            })
        };
        assert!(keys.iter().any(plain), "{} can only be typed with a symbol or digit", command.name);
    }
}

/// What these keys mean, wherever they mean anything (design, section 4).
const EVERYWHERE: [(&str, &[&str]); 8] = [
    ("u", &["undo", "import-undo"]),
    ("<C-r>", &["redo"]),
    ("/", &["find"]),
    ("n", &["find-next"]),
    ("N", &["find-previous"]),
    ("m", &["memo"]),
    ("?", &["help"]),
    (":", &["palette"]),
];

#[test]
fn keys_that_are_the_same_everywhere_have_no_other_meaning_in_any_view() {
    let map = Keymap::built_in();
    let views = [
        Place::Text,
        Place::Tree,
        Place::Cases,
        Place::Rounds,
        Place::Agreement,
        Place::Reconcile,
        Place::Check,
        Place::Findings,
        Place::People,
        Place::Extracts,
        Place::Check,
        Place::Memos,
    ];
    let findings = [Place::Framework, Place::Basis, Place::Words, Place::Landscape];
    let others = [Place::List, Place::Import, Place::Page, Place::Plan];
    for place in views.into_iter().chain(findings).chain(others) {
        for (key, meanings) in EVERYWHERE {
            let pressed = parse_keys(key).expect("a key");
            match map.find(place, &pressed) {
                Match::Command(command) => {
                    assert!(meanings.contains(&command.name), "{key} is {} at {place:?}", command.name);
                }
                other => panic!("{key} is {other:?} at {place:?}"),
            }
        }
        for (key, kind) in [("j", "-down"), ("k", "-up"), ("<Down>", "-down"), ("<Up>", "-up")] {
            if let Match::Command(command) = map.find(place, &parse_keys(key).expect("a key")) {
                let goes = command.name.contains(kind) || command.name.contains(&kind[1..]);
                assert!(goes, "{key} is {} at {place:?}", command.name);
            }
        }
    }
}

#[test]
fn a_users_keymap_takes_the_place_of_default_keys_and_its_faults_are_told_with_their_place() {
    let (map, faults) = Keymap::load(Some("{ \"undo\": [\"Z\"], \"select-sentence\": [\"u\"] }"));
    assert_eq!(faults, []);
    let find = |key: &str| match map.find(Place::Text, &parse_keys(key).expect("a key")) {
        Match::Command(command) => command.name,
        _ => "nothing",
    };
    assert_eq!((find("u"), find("Z"), find("s")), ("select-sentence", "undo", "nothing"));

    let (_, faults) = Keymap::load(Some("{ \"undoo\": [\"Z\"],\n \"undo\": [\"<Nope>\"] }"));
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().any(|fault| fault.contains("undoo")) && told.iter().any(|fault| fault.contains("<Nope>")));

    let (map, faults) = Keymap::load(Some("{ \"undo\": \n [\"Z\" \"Y\"] }"));
    assert!(faults[0].to_string().starts_with("keys.ron, line 2, column"), "{}", faults[0]);
    assert_eq!(map.labels("undo"), ["u"], "the default keys hold");
}
