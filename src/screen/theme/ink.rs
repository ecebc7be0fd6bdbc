//! A colour as a theme states it: one for every depth that needs its own.
//!
//! In a theme file a colour is one string of up to three words: `"#56b4e9 74 cyan"` is the true colour, the number in
//! the palette of 256 that stands for it, and the name for terminals of sixteen. The last two may be left out, and are
//! then the nearest there is. `none` is the terminal's own ground or text.

use super::colour::Rgb;
use super::depth::Depth;
use super::quantise::{rgb_of, to_16, to_256};
use ratatui::style::Color;
use std::str::FromStr;

/// A colour for every depth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    full: Color,
    of_256: Option<Color>,
    of_16: Option<Color>,
}

/// What a colour must look like; shown behind "expected".
pub const EXPECTED: &str =
    "a colour such as “#56b4e9”, “#56b4e9 74 cyan” (true colour, number of 256, name of 16), “lightblue” or “none”";

impl Ink {
    /// The colour to draw with where there are so many. With [`Depth::None`] nothing is drawn in colour.
    #[must_use]
    pub fn at(self, depth: Depth) -> Color {
        match depth {
            Depth::None => Color::Reset,
            Depth::True => self.full,
            Depth::Ansi256 => self.of_256.unwrap_or(match self.full {
                Color::Rgb(r, g, b) => to_256(Rgb(r, g, b)),
                known => known,
            }),
            Depth::Ansi16 => self.of_16.unwrap_or(match self.full {
                Color::Rgb(..) | Color::Indexed(16..) => rgb_of(self.full).map_or(Color::Reset, to_16),
                known => known,
            }),
        }
    }

    /// Whether the theme itself says which of the 256 it wants.
    #[must_use]
    pub const fn is_stated_for_256(self) -> bool {
        self.of_256.is_some()
    }
}

impl From<Color> for Ink {
    fn from(full: Color) -> Self {
        Self { full, of_256: None, of_16: None }
    }
}

impl FromStr for Ink {
    type Err = ();

    /// Reads up to three words as told above; the error says no more than that it is no colour.
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut words = text.split_whitespace();
        let mut ink = Self::from(one(words.next().ok_or(())?)?);
        for word in words {
            let slot = match one(word)? {
                Color::Rgb(..) => return Err(()),
                number @ Color::Indexed(_) => (&mut ink.of_256, number),
                named => (&mut ink.of_16, named),
            };
            if slot.0.replace(slot.1).is_some() {
                return Err(());
            }
        }
        Ok(ink)
    }
}

fn one(word: &str) -> Result<Color, ()> {
    if word.eq_ignore_ascii_case("none") { Ok(Color::Reset) } else { word.parse().map_err(|_| ()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> [Color; 3] {
        let ink: Ink = text.parse().expect("a colour");
        [Depth::True, Depth::Ansi256, Depth::Ansi16].map(|depth| ink.at(depth))
    }

    #[test]
    fn each_depth_has_its_own_word_or_the_nearest() {
        assert_eq!(at("#5f87af"), [Color::Rgb(0x5f, 0x87, 0xaf), Color::Indexed(67), Color::DarkGray]);
        assert_eq!(at("#5f87af 74 cyan"), [Color::Rgb(0x5f, 0x87, 0xaf), Color::Indexed(74), Color::Cyan]);
        assert_eq!(at("#5f87af none"), [Color::Rgb(0x5f, 0x87, 0xaf), Color::Indexed(67), Color::Reset]);
        assert_eq!(at("bright-blue"), [Color::LightBlue; 3]);
        assert_eq!(at("none"), [Color::Reset; 3]);
        assert_eq!(at("231"), [Color::Indexed(231), Color::Indexed(231), Color::White]);
        assert_eq!("#fff".parse::<Ink>(), Err(()));
        assert_eq!("".parse::<Ink>(), Err(()));
        assert_eq!("#ffffff #000000".parse::<Ink>(), Err(()));
        assert_eq!("#ffffff red blue".parse::<Ink>(), Err(()));
    }
}
