//! Keys as they are written (`c`, `<Enter>`, `<C-r>`, `<S-Right>`, `<lt>`) and as the terminal sends them.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::fmt;

/// A key with what is held down beside it. Shift is part of a character (`S`), and said only for named keys (`<S-Up>`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// Control, alt, and for named keys shift.
    pub mods: KeyModifiers,
}

/// A key is written in a way that is not known.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("“{0}” is not a key; write a character, or a name such as <Enter>, <Esc>, <C-r>, <S-Right>, <F2>, <lt>")]
pub struct BadKey(pub String);

const NAMES: [(&str, KeyCode); 17] = [
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Space", KeyCode::Char(' ')),
    ("BS", KeyCode::Backspace),
    ("Backspace", KeyCode::Backspace),
    ("Del", KeyCode::Delete),
    ("Ins", KeyCode::Insert),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
    ("lt", KeyCode::Char('<')),
];

impl Key {
    /// A character without anything held down.
    #[must_use]
    pub const fn char(c: char) -> Self {
        Self { code: KeyCode::Char(c), mods: KeyModifiers::NONE }
    }

    /// A named key without anything held down.
    #[must_use]
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, mods: KeyModifiers::NONE }
    }

    /// The key of a terminal's event, in the one form that the keymap knows.
    #[must_use]
    pub fn of(event: KeyEvent) -> Self {
        let mut mods = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let code = match event.code {
            KeyCode::BackTab => {
                mods |= KeyModifiers::SHIFT;
                KeyCode::Tab
            }
            KeyCode::Char(c) => {
                // Some terminals send the letter with shift, some the capital: the capital it is.
                let c = if mods.contains(KeyModifiers::SHIFT) && c.is_lowercase() && mods == KeyModifiers::SHIFT {
                    c.to_uppercase().next().unwrap_or(c)
                } else {
                    c
                };
                mods -= KeyModifiers::SHIFT;
                KeyCode::Char(c)
            }
            code => code,
        };
        Self { code, mods }
    }

    /// The character it types, if it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.mods.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => Some(c),
            _ => None,
        }
    }

    /// As it is shown to people: `ctrl-r`, `shift-→`, `enter`.
    #[must_use]
    pub fn label(self) -> String {
        let mut out = String::new();
        if self.mods.contains(KeyModifiers::CONTROL) {
            out.push_str("ctrl-");
        }
        if self.mods.contains(KeyModifiers::ALT) {
            out.push_str("alt-");
        }
        if self.mods.contains(KeyModifiers::SHIFT) {
            out.push_str("shift-");
        }
        match self.code {
            KeyCode::Char(' ') => out.push_str("space"),
            KeyCode::Char(c) => out.push(c),
            KeyCode::Up => out.push('↑'),
            KeyCode::Down => out.push('↓'),
            KeyCode::Left => out.push('←'),
            KeyCode::Right => out.push('→'),
            KeyCode::PageUp => out.push_str("pgup"),
            KeyCode::PageDown => out.push_str("pgdn"),
            KeyCode::F(n) => out.push_str(&format!("F{n}")),
            code => {
                let name = NAMES.iter().find(|(_, known)| *known == code).map_or("?", |(name, _)| name);
                out.push_str(&name.to_lowercase());
            }
        }
        out
    }
}

impl fmt::Display for Key {
    /// As it is written in scripts and keymap files.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (KeyCode::Char(c), KeyModifiers::NONE) = (self.code, self.mods)
            && c != ' '
            && c != '<'
        {
            return write!(f, "{c}");
        }
        f.write_str("<")?;
        for (held, letter) in [(KeyModifiers::CONTROL, "C-"), (KeyModifiers::ALT, "A-"), (KeyModifiers::SHIFT, "S-")] {
            if self.mods.contains(held) {
                f.write_str(letter)?;
            }
        }
        match self.code {
            KeyCode::F(n) => write!(f, "F{n}")?,
            code => match NAMES.iter().find(|(_, known)| *known == code) {
                Some((name, _)) => f.write_str(name)?,
                None => match code {
                    KeyCode::Char(c) => write!(f, "{c}")?,
                    _ => f.write_str("?")?,
                },
            },
        }
        f.write_str(">")
    }
}

/// The keys of a script: a character each, special ones as `<Enter>`.
///
/// # Errors
/// If a name between `<` and `>` is not a key's.
pub fn parse_keys(script: &str) -> Result<Vec<Key>, BadKey> {
    let mut keys = Vec::new();
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        if c == '<'
            && let Some(end) = rest[1..].find('>')
            && end > 0
        {
            keys.push(named(&rest[1..=end])?);
            rest = &rest[end + 2..];
            continue;
        }
        if c == '<' {
            return Err(BadKey(rest.chars().take(12).collect()));
        }
        keys.push(match c {
            '\n' => Key::plain(KeyCode::Enter),
            '\t' => Key::plain(KeyCode::Tab),
            c => Key::char(c),
        });
        rest = &rest[c.len_utf8()..];
    }
    Ok(keys)
}

fn named(name: &str) -> Result<Key, BadKey> {
    let bad = || BadKey(format!("<{name}>"));
    let mut mods = KeyModifiers::NONE;
    let mut rest = name;
    while let Some((held, after)) = rest.split_once('-').filter(|(_, after)| !after.is_empty()) {
        mods |= match held {
            "C" | "c" => KeyModifiers::CONTROL,
            "A" | "a" | "M" | "m" => KeyModifiers::ALT,
            "S" | "s" => KeyModifiers::SHIFT,
            _ => return Err(bad()),
        };
        rest = after;
    }
    let by_name = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(rest)).map(|(_, code)| *code);
    let function = || rest.strip_prefix(['F', 'f']).and_then(|n| n.parse().ok()).filter(|n| (1..=24).contains(n));
    let mut chars = rest.chars();
    let code = match (by_name, function(), chars.next(), chars.next()) {
        (Some(code), ..) => code,
        (None, Some(n), ..) => KeyCode::F(n),
        (None, None, Some(c), None) => KeyCode::Char(c),
        _ => return Err(bad()),
    };
    if let (KeyCode::Char(c), true) = (code, mods == KeyModifiers::SHIFT) {
        return Ok(Key::char(c.to_uppercase().next().unwrap_or(c)));
    }
    Ok(Key { code, mods })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_a_character_each_with_special_keys_by_name() {
        let keys = parse_keys("a<Enter>B<C-r><S-Right><lt><F2><Space>").expect("keys");
        let written: Vec<String> = keys.iter().map(ToString::to_string).collect();
        assert_eq!(written, ["a", "<Enter>", "B", "<C-r>", "<S-Right>", "<lt>", "<F2>", "<Space>"]);
        assert!(parse_keys("<Nope>").is_err());
        assert!(parse_keys("a<").is_err());
    }

    #[test]
    fn a_capital_is_the_same_key_however_the_terminal_says_it() {
        let sent = |code, mods| Key::of(KeyEvent::new(code, mods));
        assert_eq!(sent(KeyCode::Char('S'), KeyModifiers::SHIFT), Key::char('S'));
        assert_eq!(sent(KeyCode::Char('s'), KeyModifiers::SHIFT), Key::char('S'));
        assert_eq!(sent(KeyCode::BackTab, KeyModifiers::NONE).to_string(), "<S-Tab>");
    }
}
