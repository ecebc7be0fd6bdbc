//! A theme in the colours of the terminal at hand: all that views draw with.
//!
//! Everything is worked out once, mixed tints too, so that drawing only looks styles up. A style says only what its role
//! changes; views lay one over the other with `Style::patch` or `Buffer::set_style`. The grounds (screen, bars, popup)
//! are filled first; on text follow cursor line, text or out of scope, code tints, search hits, selection, cursor cell.

use super::colour::{Oklab, Rgb};
use super::quantise::{rgb_of, to_256_under};
use super::{CodePaint, Depth, Mode, Paint, Role, Theme};
use ratatui::style::{Color, Modifier, Style};

/// The most colours that a theme can have for codes: what bounds the table of mixed tints.
pub const MOST_HUES: usize = 16;

/// How many of the codings that lie over one another are mixed; the margin and the list tell the rest.
const MOST_MIXED: usize = 3;

/// How many grounds a map of numbers has, from few to many.
const HEATS: usize = 4;

/// How the colour of a code is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeStyle {
    /// The name of the code, on the ground or in a box.
    pub name: Style,
    /// Text that carries the code.
    pub tint: Style,
    /// Text of the highlighted coding of the code.
    pub current: Style,
    /// The code's stripe in the margin, and its mark beside the scrollbar.
    pub stripe: Style,
    /// The little square before its name.
    pub swatch: Style,
}

/// Every style of a theme at one depth.
#[derive(Clone, Debug, PartialEq)]
pub struct Styles {
    depth: Depth,
    mode: Mode,
    roles: Vec<Style>,
    codes: Vec<CodeStyle>,
    names: Vec<String>,
    /// Grounds of text with two or three codes, at `(a * n + b) * n + c` for hues a ≤ b ≤ c of n, c = b for two.
    mixed: Vec<Option<Color>>,
    /// Grounds of numbers by how great they are, the least first; none where there are too few colours.
    heats: Vec<Color>,
}

impl Styles {
    pub(super) fn of(theme: &Theme, depth: Depth) -> Self {
        let roles: Vec<Style> = (theme.roles.iter().zip(&theme.bare))
            .map(|(paint, bare)| if depth == Depth::None { bare_style(*bare) } else { paint.style(depth) })
            .collect();
        let mixer = Mixer::of(theme, &roles, depth);
        let (coded, current) = (roles[Role::CodedText as usize], roles[Role::CodedCurrent as usize]);
        let codes = theme.codes.iter().enumerate().map(|(hue, code)| mixer.code(code, hue, coded, current)).collect();
        Self {
            depth,
            mode: theme.mode,
            codes,
            names: theme.codes.iter().map(|code| code.name.clone()).collect(),
            mixed: mixer.table(),
            heats: mixer.heats(roles[Role::ChartFirst as usize].fg.and_then(rgb_of)),
            roles,
        }
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.roles[role as usize]
    }

    /// One style laid over another: `over(Role::Popup, Role::Dim)` is dim text in a box.
    #[must_use]
    pub fn over(&self, under: Role, over: Role) -> Style {
        self.style(under).patch(self.style(over))
    }

    /// How the colour of that number is used. Numbers start anew behind the last, so any will do.
    #[must_use]
    pub fn code(&self, hue: u8) -> CodeStyle {
        self.codes.get(self.hue(hue)).copied().unwrap_or_default()
    }

    /// What the colour of that number is called: "sky".
    #[must_use]
    pub fn hue_name(&self, hue: u8) -> &str {
        self.names.get(self.hue(hue)).map_or("", String::as_str)
    }

    /// How many colours there are for codes: 8 to 16.
    #[must_use]
    pub fn hues(&self) -> usize {
        self.codes.len()
    }

    /// Text under several codings at once. The order of `hues` plays no part in the ground, save that only the first
    /// three different ones are mixed; the line under the text is in the colour of the first. Two codings of one colour
    /// look like two. Of none, nothing.
    #[must_use]
    pub fn tint_of(&self, hues: &[u8]) -> Style {
        let first = match hues {
            [] => return Style::new(),
            [one] => return self.code(*one).tint,
            [first, ..] => self.code(*first).tint,
        };
        let n = self.codes.len();
        let mut mix = [usize::MAX; MOST_MIXED];
        let mut found = 0;
        for hue in hues.iter().map(|hue| self.hue(*hue)) {
            if found < MOST_MIXED && !mix[..found].contains(&hue) {
                mix[found] = hue;
                found += 1;
            }
        }
        mix[..found].sort_unstable();
        let last = mix[found - 1];
        mix[found..].fill(last);
        let ground = self.mixed.get((mix[0] * n + mix[1]) * n + mix[2]).copied().flatten();
        match ground {
            Some(ground) => first.bg(ground),
            None => first.add_modifier(Modifier::BOLD),
        }
    }

    /// The ground of a number in a map of numbers: `share` is how much of the greatest it is. Nothing of nought, and where
    /// there are too few colours; there [`shade`](Self::shade) says what stands beside it.
    #[must_use]
    pub fn heat(&self, share: f64) -> Style {
        let ground = level(share).and_then(|level| self.heats.get(level));
        ground.map_or_else(Style::new, |ground| Style::new().bg(*ground))
    }

    /// Whether signs stand beside numbers in a map of numbers, as there are too few colours.
    #[must_use]
    pub fn shades(&self) -> bool {
        self.heats.is_empty()
    }

    /// Which of the signs from few to many stands beside a number, if one does.
    #[must_use]
    pub fn shade(&self, share: f64) -> Option<usize> {
        level(share).filter(|_| self.shades())
    }

    /// The same, without colours for underlines, which a few terminals take for something else.
    #[must_use]
    pub fn with_plain_underlines(mut self) -> Self {
        let plain = |style: &mut Style| style.underline_color = None;
        self.roles.iter_mut().for_each(plain);
        self.codes.iter_mut().for_each(|code| {
            for style in [&mut code.name, &mut code.tint, &mut code.current, &mut code.stripe, &mut code.swatch] {
                plain(style);
            }
        });
        self
    }

    /// How many colours these styles use.
    #[must_use]
    pub const fn depth(&self) -> Depth {
        self.depth
    }

    /// The ground they are made for.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    fn hue(&self, hue: u8) -> usize {
        usize::from(hue) % self.codes.len().max(1)
    }
}

/// The step from few to many that a share of the greatest is on; none of nought.
fn level(share: f64) -> Option<usize> {
    (share > 0.0).then(|| ((share * HEATS as f64).ceil() as usize).clamp(1, HEATS) - 1)
}

impl Paint {
    fn style(self, depth: Depth) -> Style {
        let mut style = bare_style(self.modifier);
        style.fg = self.fg.map(|ink| ink.at(depth));
        style.bg = self.bg.map(|ink| ink.at(depth));
        style
    }
}

fn bare_style(modifier: Modifier) -> Style {
    Style::new().add_modifier(modifier)
}

/// Makes the grounds of coded text.
struct Mixer {
    depth: Depth,
    paper: Option<Rgb>,
    text: Option<Rgb>,
    contrast: f64,
    hues: Vec<Hue>,
}

/// One code: its colour and its ground in full colour, and the ground that it has at this depth.
struct Hue {
    colour: Option<Oklab>,
    full: Option<Oklab>,
    ground: Option<Color>,
}

impl Mixer {
    fn of(theme: &Theme, roles: &[Style], depth: Depth) -> Self {
        let screen = roles[Role::Screen as usize];
        let mut mixer = Self {
            depth,
            paper: screen.bg.and_then(rgb_of),
            text: screen.fg.and_then(rgb_of),
            contrast: theme.contrast,
            hues: Vec::new(),
        };
        for code in &theme.codes {
            let fg = rgb_of(code.fg.at(Depth::True));
            let stated = code.tint.and_then(|tint| rgb_of(tint.at(Depth::True)));
            let full = stated.or_else(|| Some(mixer.paper?.towards(fg?, 0.28))).map(Rgb::oklab);
            let ground = match (depth, code.tint) {
                (Depth::None, _) => None,
                (Depth::Ansi16, tint) => tint.map(|tint| tint.at(depth)).filter(|ground| Some(*ground) != screen.bg),
                (Depth::Ansi256, Some(tint)) if tint.is_stated_for_256() => Some(tint.at(depth)),
                (Depth::True, Some(tint)) => Some(tint.at(depth)),
                _ => full.map(|ground| mixer.legible(ground)),
            };
            let ground = ground.filter(|ground| *ground != Color::Reset);
            mixer.hues.push(Hue { colour: fg.map(Rgb::oklab), full, ground });
        }
        mixer
    }

    fn code(&self, code: &CodePaint, hue: usize, coded: Style, current: Style) -> CodeStyle {
        let own = match (self.depth, code.fg.at(self.depth)) {
            (Depth::None, _) => Style::new(),
            (_, fg) => Style::new().fg(fg),
        };
        let Hue { colour, full, ground } = self.hues[hue];
        // Without a ground of its own, coded text takes the colour itself: sixteen colours are too loud to read on.
        let on = |ground: Option<Color>| match ground {
            Some(ground) => Style::new().bg(ground),
            None => own,
        };
        // With fewer colours the nearest to a stronger ground is often that of another code.
        let stronger = match (self.depth, colour, full) {
            (Depth::True, Some(colour), Some(full)) => Some(self.legible(stronger(full, colour, 0.2))),
            _ => ground,
        };
        // Underlines in colour (SGR 58) are safe only where true colour is: older terminals read its numbers as others.
        let underline = |style: Style| match (self.depth, own.fg) {
            (Depth::True, Some(fg)) if fg != Color::Reset => style.underline_color(fg),
            _ => style,
        };
        CodeStyle {
            name: own,
            tint: underline(coded.patch(on(ground))),
            current: underline(current.patch(on(stronger))),
            stripe: own,
            swatch: own,
        }
    }

    fn table(&self) -> Vec<Option<Color>> {
        let n = self.hues.len();
        let mut table = vec![None; n * n * n];
        if !matches!(self.depth, Depth::True | Depth::Ansi256) {
            return table;
        }
        for a in 0..n {
            for b in a..n {
                for c in b..n {
                    table[(a * n + b) * n + c] = self.mixed(&[a, b, c]);
                }
            }
        }
        table
    }

    /// The ground of text under all of these: the middle of their grounds, further from the paper than any of them.
    ///
    /// Among 256 colours the nearest to a mixed one is as often as not the ground of a single code, and then two codings
    /// would look like one; so there it is a grey, darker or lighter by how many they are.
    fn mixed(&self, hues: &[usize; MOST_MIXED]) -> Option<Color> {
        let [a, b, c] = *hues;
        let different = if b == c { &hues[..2] } else { &hues[..] };
        let part = |of: fn(&Hue) -> Option<Oklab>| {
            let parts: Option<Vec<Oklab>> = different.iter().map(|hue| of(&self.hues[*hue])).collect();
            parts.and_then(|parts| Oklab::middle(&parts))
        };
        let more = if a == b && b == c { 1.0 } else { (different.len() - 1) as f64 };
        if self.depth == Depth::Ansi256 {
            let (paper, text) = (self.paper?.oklab().l, self.text?.oklab().l);
            let l = paper + (text - paper) * (0.2 + 0.08 * more);
            return Some(self.legible(Oklab { l, a: 0.0, b: 0.0 }));
        }
        let (colour, ground) = (part(|hue| hue.colour)?, part(|hue| hue.full)?);
        Some(self.legible(stronger(ground, colour, 0.1 * more)))
    }

    /// The grounds of numbers from few to many: the paper, moved towards the colour of charts as far as can be read on.
    fn heats(&self, ink: Option<Rgb>) -> Vec<Color> {
        let (Some(paper), Some(ink)) = (self.paper, ink) else { return Vec::new() };
        if !matches!(self.depth, Depth::True | Depth::Ansi256) {
            return Vec::new();
        }
        let step = |n: usize| self.legible(paper.towards(ink, 0.14 * n as f64).oklab());
        (1..=HEATS).map(step).collect()
    }

    /// That ground, or as much of it as leaves the text on it legible, in a colour of this depth.
    fn legible(&self, ground: Oklab) -> Color {
        let mut rgb = ground.rgb();
        if let (Some(paper), Some(text)) = (self.paper, self.text) {
            for _ in 0..20 {
                if rgb.contrast(text) >= self.contrast {
                    break;
                }
                rgb = rgb.towards(paper, 0.1);
            }
        }
        match (self.depth, self.text) {
            (Depth::Ansi256, Some(text)) => to_256_under(rgb, text, self.contrast),
            (Depth::Ansi256, None) => super::to_256(rgb),
            _ => Color::Rgb(rgb.0, rgb.1, rgb.2),
        }
    }
}

/// `ground`, moved towards the colour it is the ground of.
fn stronger(ground: Oklab, colour: Oklab, share: f64) -> Oklab {
    let between = |a: f64, b: f64| a + (b - a) * share;
    Oklab { l: between(ground.l, colour.l), a: between(ground.a, colour.a), b: between(ground.b, colour.b) }
}

#[cfg(test)]
mod tests {
    use super::super::Library;
    use super::*;

    fn styles(id: &str, depth: Depth) -> Styles {
        Library::built_in().get(id).expect("built in").at(depth)
    }

    #[test]
    fn hues_start_anew_behind_the_last() {
        let styles = styles("emic-dark", Depth::True);
        let n = styles.hues() as u8;
        assert!(n >= 8);
        assert_eq!(styles.code(n), styles.code(0));
        assert_eq!(styles.code(n + 3).tint, styles.code(3).tint);
        assert_eq!(styles.hue_name(n), styles.hue_name(0));
        assert_eq!(styles.tint_of(&[n, n + 1]), styles.tint_of(&[0, 1]));
    }

    #[test]
    fn the_ground_of_overlaps_does_not_hang_on_their_order_and_the_underline_is_that_of_the_first() {
        let styles = styles("emic-dark", Depth::True);
        let one = styles.tint_of(&[4, 1, 2]);
        let two = styles.tint_of(&[2, 4, 1]);
        assert_eq!(one.bg, two.bg);
        assert_eq!(one.underline_color, styles.code(4).tint.underline_color);
        assert_eq!(styles.tint_of(&[4, 1, 2, 5, 6]), one);
        assert_eq!(styles.tint_of(&[3]), styles.code(3).tint);
        assert_eq!(styles.tint_of(&[]), Style::new());
    }

    #[test]
    fn overlaps_look_different_from_each_of_their_parts_even_when_both_have_one_colour() {
        for (id, depth) in [
            ("emic-dark", Depth::True),
            ("emic-light", Depth::Ansi256),
            ("terminal", Depth::Ansi16),
            ("mono", Depth::None),
        ] {
            let styles = styles(id, depth);
            for hues in [&[0, 1][..], &[2, 2], &[0, 1, 2], &[5, 5, 5]] {
                for hue in hues {
                    assert_ne!(styles.tint_of(hues), styles.code(*hue).tint, "{hues:?} {depth:?}");
                }
            }
        }
    }

    #[test]
    fn underlines_have_colours_only_where_true_colour_is_and_not_when_that_is_not_wanted() {
        for depth in [Depth::None, Depth::Ansi16, Depth::Ansi256, Depth::True] {
            let styles = styles("emic-dark", depth);
            assert_eq!(styles.code(0).tint.underline_color.is_some(), depth == Depth::True, "{depth:?}");
            assert!(styles.code(0).tint.add_modifier.contains(Modifier::UNDERLINED));
            assert_eq!(styles.with_plain_underlines().tint_of(&[0, 1]).underline_color, None);
        }
    }

    #[test]
    fn with_sixteen_colours_coded_text_has_the_colour_itself_and_no_ground() {
        for id in ["emic-dark", "terminal"] {
            let styles = styles(id, Depth::Ansi16);
            assert_eq!(styles.code(0).tint.bg, None, "{id}");
            assert_eq!(styles.code(0).tint.fg, styles.code(0).name.fg, "{id}");
        }
    }

    #[test]
    fn grounds_of_numbers_go_from_few_to_many_and_can_be_read_on_and_without_colours_signs_stand_for_them() {
        let seen = |colour: Option<Color>| colour.and_then(rgb_of).expect("a colour that is known");
        for theme in Library::built_in().all() {
            for depth in [Depth::True, Depth::Ansi256, Depth::Ansi16, Depth::None] {
                let styles = theme.at(depth);
                let all: Vec<Style> = [0.1, 0.3, 0.7, 1.0].map(|share| styles.heat(share)).to_vec();
                assert_eq!(styles.heat(0.0), Style::new());
                if styles.shades() {
                    assert_eq!(
                        [0.0, 0.1, 0.5, 1.0].map(|share| styles.shade(share)),
                        [None, Some(0), Some(1), Some(3)]
                    );
                    continue;
                }
                let screen = styles.style(Role::Screen);
                let far = |style: &Style| seen(style.bg).oklab().distance(seen(screen.bg).oklab());
                for role in [Role::Screen, Role::Text, Role::Strong] {
                    let ink = seen(screen.patch(styles.style(role)).fg);
                    let least = all.iter().map(|style| seen(style.bg).contrast(ink)).fold(f64::MAX, f64::min);
                    assert!(least >= theme.contrast().min(4.5), "{} {depth:?} {role:?}: {least}", theme.id());
                }
                let steps: Vec<f64> = all.iter().map(far).collect();
                assert!(
                    steps[0] > 0.0 && steps.windows(2).all(|two| two[0] <= two[1]),
                    "{} {depth:?}: {steps:?}",
                    theme.id()
                );
                assert!(steps[3] > steps[0], "{} {depth:?}: {steps:?}", theme.id());
            }
        }
    }

    #[test]
    fn a_tint_that_no_theme_states_is_mixed_from_the_ground_and_the_colour() {
        let codes = ["#56b4e9", "red", "2", "#000000", "#ffffff", "#14171c", "none", "#009e73"];
        let codes: Vec<String> = codes.iter().map(|fg| format!("(fg: {fg:?})")).collect();
        let source = format!("(codes: [{}])", codes.join(", "));
        let (library, faults) = Library::load([("mine.ron".to_owned(), source)]);
        assert_eq!(faults, []);
        let styles = library.get("mine").expect("it was loaded").at(Depth::True);
        let (sky, text) = (styles.code(0), styles.style(Role::Screen));
        assert_ne!(sky.tint.bg, text.bg);
        let seen = |colour: Option<Color>| colour.and_then(rgb_of).expect("a colour that is known");
        assert!(seen(sky.tint.bg).contrast(seen(text.fg)) >= 4.5);
        // White would drown the text, so only so much of it is used.
        assert!(seen(styles.code(4).current.bg).contrast(seen(text.fg)) >= 4.5);
    }
}
