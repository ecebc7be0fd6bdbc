//! Tests over every theme that comes with the program: can all of it be read, and told apart, at every depth?
//!
//! All misses of a test are listed at once, with the figures, so that a palette can be mended in one go. The themes
//! `terminal` and `mono` state no colours of their own and are left out where colours are measured.

use super::*;
use ratatui::style::{Color, Style};

const DEPTHS: [Depth; 2] = [Depth::True, Depth::Ansi256];

/// What lies under text.
const GROUNDS: [Role; 7] = [
    Role::Screen,
    Role::TitleBar,
    Role::StatusBar,
    Role::Popup,
    Role::CursorLine,
    Role::ListSelected,
    Role::ListSelectedInactive,
];

/// What is read, on any of these grounds.
const READ: [Role; 33] = [
    Role::Text,
    Role::Strong,
    Role::Dim,
    Role::BarAccent,
    Role::Heading,
    Role::HeadingFocused,
    Role::Subheading,
    Role::SpeakerInterviewer,
    Role::SpeakerParticipant,
    Role::SpeakerOther,
    Role::TurnNumber,
    Role::OutOfScope,
    Role::MemoMark,
    Role::Quote,
    Role::ListMarked,
    Role::Match,
    Role::Key,
    Role::KeyText,
    Role::Ok,
    Role::Warning,
    Role::Error,
    Role::Notice,
    Role::Link,
    Role::Input,
    Role::InputHint,
    Role::PopupTitle,
    Role::Use,
    Role::Not,
    Role::CoderA,
    Role::CoderB,
    Role::Added,
    Role::Removed,
    Role::CellNot,
];

/// What is there to be found rather than read.
const FOUND: [Role; 4] = [Role::Faint, Role::TimeStamp, Role::KeyOff, Role::CellAbsent];

/// Signs and lines, on the ground of the screen.
const SIGNS: [Role; 8] = [
    Role::PaneBorderFocused,
    Role::ScrollThumb,
    Role::MeterFull,
    Role::ChartFirst,
    Role::ChartSecond,
    Role::ChartLine,
    Role::ChartPoint,
    Role::CellUnclear,
];

/// What brings its own ground.
const OWN_GROUND: [Role; 10] = [
    Role::Selection,
    Role::SelectionInactive,
    Role::SearchHit,
    Role::SearchHitCurrent,
    Role::CursorCell,
    Role::ListSelected,
    Role::ListSelectedInactive,
    Role::Badge,
    Role::CellPresent,
    Role::CellCursor,
];

/// A theme at one depth, with what it must keep to.
struct Sheet {
    name: String,
    styles: Styles,
    /// The contrast of what is read; of what is found; of signs.
    read: f64,
    found: f64,
}

fn sheets() -> Vec<Sheet> {
    let library = Library::built_in();
    let coloured = library.all().filter(|theme| !["terminal", "mono"].contains(&theme.id()));
    let sheets = coloured.flat_map(|theme| {
        DEPTHS.map(|depth| Sheet {
            name: format!("{} {depth:?}", theme.id()),
            styles: theme.at(depth),
            read: theme.contrast(),
            found: if theme.contrast() > 5.0 { 4.5 } else { 3.0 },
        })
    });
    sheets.collect()
}

impl Sheet {
    /// Text of a style laid on a ground, with what neither states taken from the text of the screen.
    fn laid(&self, ground: Style, over: Style) -> (Rgb, Rgb) {
        let style = self.styles.style(Role::Screen).patch(ground).patch(over);
        (rgb(style.fg), rgb(style.bg))
    }

    fn check(&self, misses: &mut Vec<String>, what: &str, ground: Style, over: Style, floor: f64) {
        let (ink, ground) = self.laid(ground, over);
        let contrast = ink.contrast(ground);
        if contrast < floor {
            misses.push(format!("{}: {what}: {contrast:.2} < {floor} ({ink:?} on {ground:?})", self.name));
        }
    }

    /// What is read on this ground. With 256 colours there are too few for 7:1 on a row that is tinted; 4.5:1 it has.
    fn floor(&self, ground: Role) -> f64 {
        if is_row(ground) && self.styles.depth() == Depth::Ansi256 { self.read.min(4.5) } else { self.read }
    }

    fn codes(&self) -> impl Iterator<Item = (u8, CodeStyle)> {
        (0..self.styles.hues() as u8).map(|hue| (hue, self.styles.code(hue)))
    }

    /// The ground of a style, or of the screen.
    fn ground(&self, style: Style) -> Oklab {
        self.laid(style, Style::new()).1.oklab()
    }
}

/// Grounds of one row, which the eye passes over; the others are read for long.
fn is_row(ground: Role) -> bool {
    matches!(ground, Role::CursorLine | Role::ListSelected | Role::ListSelectedInactive)
}

fn rgb(colour: Option<Color>) -> Rgb {
    colour.and_then(rgb_of).expect("a theme with colours states those of its text and ground")
}

#[track_caller]
fn none(misses: &[String]) {
    assert!(misses.is_empty(), "{} misses:\n{}", misses.len(), misses.join("\n"));
}

#[test]
fn all_that_is_read_has_the_contrast_that_the_theme_promises() {
    let mut misses = Vec::new();
    for sheet in sheets() {
        let style = |role| sheet.styles.style(role);
        for ground in GROUNDS {
            for role in READ {
                let what = format!("{} on {}", role.name(), ground.name());
                sheet.check(&mut misses, &what, style(ground), style(role), sheet.floor(ground));
            }
        }
        for role in OWN_GROUND {
            sheet.check(&mut misses, role.name(), style(role), Style::new(), sheet.read);
        }
    }
    none(&misses);
}

#[test]
fn what_is_found_and_signs_and_lines_stand_out_enough() {
    let mut misses = Vec::new();
    for sheet in sheets() {
        let style = |role| sheet.styles.style(role);
        for ground in [Role::Screen, Role::TitleBar, Role::StatusBar, Role::Popup, Role::CursorLine] {
            for role in FOUND {
                let what = format!("{} on {}", role.name(), ground.name());
                sheet.check(&mut misses, &what, style(ground), style(role), sheet.found);
            }
        }
        for role in SIGNS {
            sheet.check(&mut misses, role.name(), style(Role::Screen), style(role), 3.0);
        }
        sheet.check(&mut misses, "popup border", style(Role::PopupBorder), Style::new(), 3.0);
        if sheet.read > 5.0 {
            sheet.check(&mut misses, "pane border", style(Role::Screen), style(Role::PaneBorder), 4.5);
        }
    }
    none(&misses);
}

#[test]
fn codes_can_be_read_and_text_can_be_read_on_them_alone_and_laid_over_one_another() {
    let mut misses = Vec::new();
    for sheet in sheets() {
        let style = |role| sheet.styles.style(role);
        for (hue, code) in sheet.codes() {
            let name = sheet.styles.hue_name(hue).to_owned();
            for ground in GROUNDS {
                let what = format!("name {name} on {}", ground.name());
                let floor = if sheet.styles.depth() == Depth::True { 4.5 } else { 3.0 };
                let floor = if is_row(ground) { floor } else { sheet.read };
                sheet.check(&mut misses, &what, style(ground), code.name, floor);
                sheet.check(&mut misses, &what, style(ground), code.stripe, 3.0);
                sheet.check(&mut misses, &what, style(ground), code.swatch, 3.0);
            }
            for role in [Role::Text, Role::Strong] {
                sheet.check(
                    &mut misses,
                    &format!("{} on tint {name}", role.name()),
                    code.tint,
                    style(role),
                    sheet.read,
                );
                sheet.check(
                    &mut misses,
                    &format!("{} on current {name}", role.name()),
                    code.current,
                    style(role),
                    sheet.read,
                );
            }
            for b in 0..sheet.styles.hues() as u8 {
                for c in 0..sheet.styles.hues() as u8 {
                    let mixed = sheet.styles.tint_of(&[hue, b, c]);
                    sheet.check(&mut misses, &format!("mix {hue} {b} {c}"), mixed, Style::new(), sheet.read);
                }
            }
        }
    }
    none(&misses);
}

#[test]
fn what_lies_on_a_ground_of_its_own_is_seen_to() {
    let mut misses = Vec::new();
    for sheet in sheets() {
        let paper = sheet.ground(Style::new());
        let mut apart = |what: &str, one: Oklab, two: Oklab, least: f64| {
            if one.distance(two) < least {
                misses.push(format!("{}: {what}: {:.3} < {least}", sheet.name, one.distance(two)));
            }
        };
        let ground = |role| sheet.ground(sheet.styles.style(role));
        for role in
            [Role::Selection, Role::SelectionInactive, Role::SearchHit, Role::SearchHitCurrent, Role::CursorCell]
        {
            apart(role.name(), ground(role), paper, 0.09);
        }
        for role in [Role::ListSelected, Role::Badge, Role::CellPresent] {
            apart(role.name(), ground(role), paper, 0.06);
        }
        apart("cursor line", ground(Role::CursorLine), paper, 0.02);
        apart("list selected inactive", ground(Role::ListSelectedInactive), paper, 0.025);
        apart("list selected, not inactive", ground(Role::ListSelected), ground(Role::ListSelectedInactive), 0.03);
        apart("selection, not inactive", ground(Role::Selection), ground(Role::SelectionInactive), 0.08);
        apart("current hit, not hit", ground(Role::SearchHitCurrent), ground(Role::SearchHit), 0.1);
        apart("cursor in selection", ground(Role::CursorCell), ground(Role::Selection), 0.1);
        apart("current cell", ground(Role::CellCursor), ground(Role::CellPresent), 0.1);
        for (hue, code) in sheet.codes() {
            let name = sheet.styles.hue_name(hue);
            let (tint, current) = (sheet.ground(code.tint), sheet.ground(code.current));
            apart(&format!("tint {name}"), tint, paper, 0.05);
            apart(&format!("selection, not tint {name}"), tint, ground(Role::Selection), 0.06);
            apart(&format!("hit, not tint {name}"), tint, ground(Role::SearchHit), 0.045);
            apart(&format!("current hit, not tint {name}"), tint, ground(Role::SearchHitCurrent), 0.1);
            let mixed = sheet.ground(sheet.styles.tint_of(&[hue, hue + 1]));
            apart(&format!("overlap, not tint {name}"), mixed, tint, 0.04);
            if sheet.styles.depth() == Depth::True {
                apart(&format!("current, not tint {name}"), current, tint, 0.02);
            }
        }
    }
    none(&misses);
}

/// How the colour looks to people without one of the three cones (Machado, Oliveira and Fernandes 2009, severity 1).
fn seen_without(matrix: [[f64; 3]; 3], colour: Rgb) -> Oklab {
    let light = colour.light();
    Rgb::from_light(matrix.map(|row| row.iter().zip(light).map(|(share, c)| share * c).sum())).oklab()
}

const PROTANOPIA: [[f64; 3]; 3] =
    [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]];
const DEUTERANOPIA: [[f64; 3]; 3] =
    [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]];
const TRITANOPIA: [[f64; 3]; 3] =
    [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]];
const ALL_CONES: [[f64; 3]; 3] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];

fn apart(sheet: &Sheet, matrix: [[f64; 3]; 3], least: f64, misses: &mut Vec<String>) {
    for (a, one) in sheet.codes() {
        for (b, two) in sheet.codes().take(usize::from(a)) {
            let [one, two] = [one, two].map(|code| seen_without(matrix, rgb(code.stripe.fg)));
            let (styles, distance) = (&sheet.styles, one.distance(two));
            if distance < least {
                let (a, b) = (styles.hue_name(a), styles.hue_name(b));
                misses.push(format!("{}: {a} and {b}: {distance:.3} < {least}", sheet.name));
            }
        }
    }
}

#[test]
fn the_colours_of_codes_are_told_apart() {
    let mut misses = Vec::new();
    for sheet in sheets() {
        apart(&sheet, ALL_CONES, if sheet.styles.depth() == Depth::True { 0.08 } else { 0.06 }, &mut misses);
    }
    none(&misses);
}

#[test]
fn colour_blind_safe_themes_are_told_apart_with_any_colour_vision() {
    let mut misses = Vec::new();
    for sheet in sheets().into_iter().filter(|sheet| sheet.name.starts_with("colour-blind-safe")) {
        let least = if sheet.styles.depth() == Depth::True { 0.075 } else { 0.06 };
        apart(&sheet, PROTANOPIA, least, &mut misses);
        apart(&sheet, DEUTERANOPIA, least, &mut misses);
        apart(&sheet, TRITANOPIA, least * 0.6, &mut misses);
        for matrix in [PROTANOPIA, DEUTERANOPIA] {
            for (one, two) in [
                (Role::Use, Role::Not),
                (Role::Ok, Role::Error),
                (Role::CoderA, Role::CoderB),
                (Role::ChartFirst, Role::ChartSecond),
                (Role::Added, Role::Removed),
            ] {
                let [a, b] = [one, two].map(|role| seen_without(matrix, rgb(sheet.styles.style(role).fg)));
                if a.distance(b) < 0.1 {
                    misses.push(format!("{}: {} and {}: {:.3}", sheet.name, one.name(), two.name(), a.distance(b)));
                }
            }
        }
    }
    none(&misses);
}

#[test]
fn with_sixteen_colours_text_is_legible_on_a_terminal_with_the_usual_ones() {
    let library = Library::built_in();
    let mut misses = Vec::new();
    for theme in library.all().filter(|theme| !["terminal", "mono"].contains(&theme.id())) {
        let sheet =
            Sheet { name: format!("{} 16", theme.id()), styles: theme.at(Depth::Ansi16), read: 4.5, found: 3.0 };
        let style = |role| sheet.styles.style(role);
        for ground in GROUNDS {
            for role in [Role::Text, Role::Strong, Role::Dim, Role::Key] {
                let what = format!("{} on {}", role.name(), ground.name());
                let floor = if role == Role::Dim { 3.0 } else { 4.5 };
                sheet.check(&mut misses, &what, style(ground), style(role), floor);
            }
        }
        for role in OWN_GROUND {
            sheet.check(&mut misses, role.name(), style(role), Style::new(), 4.5);
        }
        for (hue, code) in sheet.codes() {
            sheet.check(&mut misses, sheet.styles.hue_name(hue), Style::new(), code.name, 4.0);
            sheet.check(&mut misses, sheet.styles.hue_name(hue), code.tint, Style::new(), 4.0);
        }
    }
    none(&misses);
}

#[test]
fn without_colours_nothing_is_coloured_and_what_matters_still_differs() {
    for theme in Library::built_in().all() {
        let styles = theme.at(Depth::None);
        let codes = (0..styles.hues() as u8).flat_map(|hue| {
            let CodeStyle { name, tint, current, stripe, swatch } = styles.code(hue);
            [name, tint, current, stripe, swatch, styles.tint_of(&[hue, hue + 1])]
        });
        for style in Role::ALL.iter().map(|role| styles.style(*role)).chain(codes) {
            assert_eq!((style.fg, style.bg, style.underline_color), (None, None, None), "{}", theme.id());
        }
        let differ = [
            Role::Text,
            Role::CodedText,
            Role::CodedCurrent,
            Role::Selection,
            Role::SelectionInactive,
            Role::SearchHitCurrent,
        ];
        for (at, one) in differ.iter().enumerate() {
            for two in &differ[..at] {
                assert_ne!(styles.style(*one), styles.style(*two), "{} and {}", one.name(), two.name());
            }
        }
        assert_ne!(styles.style(Role::ListSelected), styles.style(Role::ListSelectedInactive));
        assert_ne!(styles.style(Role::Error), styles.style(Role::Warning));
        assert_ne!(styles.tint_of(&[0, 1]), styles.tint_of(&[0]));
    }
}
