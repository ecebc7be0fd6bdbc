//! From any colour to one that a terminal of 256 or 16 colours has.
//!
//! The first sixteen are whatever the terminal's owner made of them, so nothing is mapped onto them in 256 colours: only
//! the cube (16 to 231) and the ramp of greys (232 to 255) are known. Where sixteen are all there is, they are taken to
//! be those of xterm.

use super::colour::{Oklab, Rgb, contrast_of};
use ratatui::style::Color;
use std::sync::LazyLock;

/// The sixteen with the values that xterm gives them.
const SIXTEEN: [(Color, Rgb); 16] = [
    (Color::Black, Rgb(0, 0, 0)),
    (Color::Red, Rgb(205, 0, 0)),
    (Color::Green, Rgb(0, 205, 0)),
    (Color::Yellow, Rgb(205, 205, 0)),
    (Color::Blue, Rgb(0, 0, 238)),
    (Color::Magenta, Rgb(205, 0, 205)),
    (Color::Cyan, Rgb(0, 205, 205)),
    (Color::Gray, Rgb(229, 229, 229)),
    (Color::DarkGray, Rgb(127, 127, 127)),
    (Color::LightRed, Rgb(255, 0, 0)),
    (Color::LightGreen, Rgb(0, 255, 0)),
    (Color::LightYellow, Rgb(255, 255, 0)),
    (Color::LightBlue, Rgb(92, 92, 255)),
    (Color::LightMagenta, Rgb(255, 0, 255)),
    (Color::LightCyan, Rgb(0, 255, 255)),
    (Color::White, Rgb(255, 255, 255)),
];

/// What each number from 16 on looks like: its luminance, and the colour itself.
static KNOWN: LazyLock<Vec<(u8, f64, Oklab)>> = LazyLock::new(|| {
    (16..=255).map(|number| (number, indexed(number).luminance(), indexed(number).oklab())).collect::<Vec<_>>()
});

/// The colour of that number, by the fixed scheme of 256.
fn indexed(number: u8) -> Rgb {
    let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match number {
        0..16 => SIXTEEN[usize::from(number)].1,
        16..232 => Rgb(step((number - 16) / 36), step((number - 16) / 6 % 6), step((number - 16) % 6)),
        232.. => Rgb(8 + 10 * (number - 232), 8 + 10 * (number - 232), 8 + 10 * (number - 232)),
    }
}

/// What a colour looks like, as far as it can be known: for the sixteen what xterm makes of them. `None` for the
/// terminal's own ground and text.
#[must_use]
pub fn rgb_of(colour: Color) -> Option<Rgb> {
    match colour {
        Color::Reset => None,
        Color::Rgb(r, g, b) => Some(Rgb(r, g, b)),
        Color::Indexed(number) => Some(indexed(number)),
        named => SIXTEEN.iter().find(|(colour, _)| *colour == named).map(|(_, rgb)| *rgb),
    }
}

/// The colour among the 240 known ones that looks most like this.
#[must_use]
pub fn to_256(rgb: Rgb) -> Color {
    nearest_256(rgb, |_| true)
}

/// The same among those on which `ink` reads with at least this contrast; if there is none, the nearest of all.
#[must_use]
pub fn to_256_under(rgb: Rgb, ink: Rgb, contrast: f64) -> Color {
    let ink = ink.luminance();
    nearest_256(rgb, |candidate| contrast_of(candidate, ink) >= contrast)
}

fn nearest_256(rgb: Rgb, fits: impl Fn(f64) -> bool) -> Color {
    let wanted = rgb.oklab();
    let nearest = KNOWN
        .iter()
        .filter(|(_, candidate, _)| fits(*candidate))
        .min_by(|(_, _, one), (_, _, two)| wanted.distance(*one).total_cmp(&wanted.distance(*two)));
    match nearest {
        Some((number, ..)) => Color::Indexed(*number),
        None => to_256(rgb),
    }
}

/// The one of the sixteen that looks most like this.
#[must_use]
pub fn to_16(rgb: Rgb) -> Color {
    let wanted = rgb.oklab();
    SIXTEEN
        .iter()
        .min_by(|(_, one), (_, two)| wanted.distance(one.oklab()).total_cmp(&wanted.distance(two.oklab())))
        .map_or(Color::Reset, |(colour, _)| *colour)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_colour_that_the_scheme_has_is_met_exactly() {
        assert_eq!(to_256(Rgb(0x5f, 0x87, 0xaf)), Color::Indexed(67));
        assert_eq!(to_256(Rgb(8, 8, 8)), Color::Indexed(232));
        assert_eq!(to_256(Rgb(238, 238, 238)), Color::Indexed(255));
        assert_eq!(to_16(Rgb(1, 1, 1)), Color::Black);
        assert_eq!(to_16(Rgb(255, 250, 30)), Color::LightYellow);
        assert_eq!(rgb_of(Color::Reset), None);
        assert_eq!(rgb_of(Color::White), Some(Rgb(255, 255, 255)));
    }

    fn seen(colour: Color) -> Rgb {
        rgb_of(colour).expect("a colour that is known")
    }

    #[test]
    fn a_ground_can_be_asked_to_keep_the_text_legible() {
        let (ink, ground) = (Rgb(0xd0, 0xd0, 0xd0), Rgb(0x70, 0x70, 0x60));
        assert!(seen(to_256(ground)).contrast(ink) < 4.5);
        assert!(seen(to_256_under(ground, ink, 4.5)).contrast(ink) >= 4.5);
        assert_eq!(to_256_under(ground, ink, 22.0), to_256(ground));
    }

    proptest! {
        #[test]
        fn the_first_sixteen_are_never_taken_for_known(r: u8, g: u8, b: u8) {
            let Color::Indexed(number) = to_256(Rgb(r, g, b)) else { panic!("not a number") };
            prop_assert!(number >= 16);
        }
    }
}
