//! Which key does what: the default keys of the command table, with the user's own in their place.

use super::command::{Command, Place, commands};
use super::key::{Key, parse_keys};
use std::collections::{BTreeMap, HashMap};

/// What the keys pressed so far mean.
#[derive(Debug)]
pub enum Match {
    /// They are this command.
    Command(&'static Command),
    /// They may become one of these: the next key, and what it does or leads to.
    Pending(Vec<(Key, String)>),
    /// They mean nothing here.
    Nothing,
}

/// The commands of a place by their keys, in an order in which keys compare.
type Bound = BTreeMap<Vec<u32>, (Vec<Key>, &'static Command)>;

/// Which key does what.
pub struct Keymap {
    bound: HashMap<Place, Bound>,
    by_command: HashMap<&'static str, Vec<Vec<Key>>>,
}

/// What is wrong with a keymap file; it is told, and the rest of the file holds.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeymapFault {
    /// Not RON, or not of the form.
    #[error("keys.ron, line {line}, column {column}: {what}; expected {{ \"command\": [\"key\", …], … }}")]
    Form {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong.
        what: String,
    },
    /// There is no such command.
    #[error("keys.ron: there is no command “{0}”; `?` lists them all")]
    NoCommand(String),
    /// Not a key.
    #[error("keys.ron: “{command}”: {why}")]
    NoKey {
        /// The command.
        command: String,
        /// Why it is not a key.
        why: String,
    },
    /// Two commands on one key.
    #[error("keys.ron: {key} in {place} is both “{first}” and “{second}”; “{second}” has it")]
    Twice {
        /// The key.
        key: String,
        /// Where.
        place: &'static str,
        /// The one that had it.
        first: &'static str,
        /// The one that has it now.
        second: &'static str,
    },
}

impl Keymap {
    /// The default keys.
    #[must_use]
    pub fn built_in() -> Self {
        Self::load(None).0
    }

    /// The default keys with those of a user's `keys.ron` in their place: `{ "code": ["c", "<Enter>"], … }`. What is
    /// wrong with the file is reported; the rest of it holds.
    #[must_use]
    pub fn load(user: Option<&str>) -> (Self, Vec<KeymapFault>) {
        let mut faults = Vec::new();
        let mut own: BTreeMap<String, Vec<String>> = BTreeMap::new();
        if let Some(source) = user {
            match ron::from_str(source) {
                Ok(read) => own = read,
                Err(err) => faults.push(KeymapFault::Form {
                    line: err.span.start.line,
                    column: err.span.start.col,
                    what: err.code.to_string(),
                }),
            }
        }
        let mut map = Self { bound: HashMap::new(), by_command: HashMap::new() };
        // The user's keys come last, so that they have a key before the command that has it by default.
        let (mut given, mut defaults) = (Vec::new(), Vec::new());
        for command in commands() {
            match own.remove(command.name) {
                Some(keys) => given.push((command, keys)),
                None => defaults.push((command, command.keys.iter().map(|&key| key.to_owned()).collect())),
            }
        }
        faults.extend(own.into_keys().map(KeymapFault::NoCommand));
        let from_user = given.len();
        for (at, (command, keys)) in given.into_iter().chain(defaults).enumerate() {
            for written in keys {
                match parse_keys(&written) {
                    Ok(keys) if !keys.is_empty() => {
                        if let Some(first) = map.bind(command, keys, at < from_user) {
                            faults.push(KeymapFault::Twice {
                                key: written,
                                place: command.place.title(),
                                first,
                                second: command.name,
                            });
                        }
                    }
                    Ok(_) => {}
                    Err(bad) => {
                        faults.push(KeymapFault::NoKey { command: command.name.to_owned(), why: bad.to_string() });
                    }
                }
            }
        }
        (map, faults)
    }

    /// Binds a command; a key that is taken goes to a user's binding and stays where it is otherwise. Gives back who had
    /// the key if two user bindings, or two defaults, want it.
    fn bind(&mut self, command: &'static Command, keys: Vec<Key>, by_user: bool) -> Option<&'static str> {
        let place = self.bound.entry(command.place).or_default();
        let index = index_of(&keys);
        if let Some((_, holder)) = place.get(&index) {
            // A default gives way to the user's without a word.
            return by_user.then_some(holder.name);
        }
        place.insert(index, (keys.clone(), command));
        self.by_command.entry(command.name).or_default().push(keys);
        None
    }

    /// What `pressed` means at `place`; what applies anywhere comes after what applies here.
    #[must_use]
    pub fn find(&self, place: Place, pressed: &[Key]) -> Match {
        let index = index_of(pressed);
        let mut pending: Vec<(Key, String)> = Vec::new();
        for place in place.chain() {
            let Some(bound) = self.bound.get(place) else { continue };
            if let Some((_, command)) = bound.get(&index) {
                return Match::Command(command);
            }
            for (keys, command) in bound.values() {
                if keys.len() > pressed.len() && keys.starts_with(pressed) {
                    let next = keys[pressed.len()];
                    let title =
                        if keys.len() == pressed.len() + 1 { command.title.to_owned() } else { "…".to_owned() };
                    if !pending.iter().any(|(key, _)| *key == next) {
                        pending.push((next, title));
                    }
                }
            }
        }
        if pending.is_empty() { Match::Nothing } else { Match::Pending(pending) }
    }

    /// The keys of a command, as shown: `ctrl-r`, `g g`. The first is the one to name.
    #[must_use]
    pub fn labels(&self, name: &str) -> Vec<String> {
        let keys = self.by_command.get(name);
        keys.into_iter().flatten().map(|keys| label(keys)).collect()
    }

    /// The keys of a command.
    #[must_use]
    pub fn keys(&self, name: &str) -> &[Vec<Key>] {
        self.by_command.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Keys as shown to people.
#[must_use]
pub fn label(keys: &[Key]) -> String {
    keys.iter().map(|key| key.label()).collect::<Vec<_>>().join(" ")
}

/// Something that sorts and compares as keys do not.
fn index_of(keys: &[Key]) -> Vec<u32> {
    use crossterm::event::KeyCode;
    keys.iter()
        .map(|key| {
            let code = match key.code {
                KeyCode::Char(c) => u32::from(c),
                KeyCode::F(n) => 0x20_0000 + u32::from(n),
                KeyCode::Enter => 0x21_0001,
                KeyCode::Esc => 0x21_0002,
                KeyCode::Tab => 0x21_0003,
                KeyCode::Backspace => 0x21_0004,
                KeyCode::Delete => 0x21_0005,
                KeyCode::Insert => 0x21_0006,
                KeyCode::Up => 0x21_0007,
                KeyCode::Down => 0x21_0008,
                KeyCode::Left => 0x21_0009,
                KeyCode::Right => 0x21_000a,
                KeyCode::Home => 0x21_000b,
                KeyCode::End => 0x21_000c,
                KeyCode::PageUp => 0x21_000d,
                KeyCode::PageDown => 0x21_000e,
                _ => 0x21_ffff,
            };
            code | u32::from(key.mods.bits()) << 24
        })
        .collect()
}
