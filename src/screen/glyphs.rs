//! The signs that the screen is drawn with: a set for Unicode, and one that any terminal has.
//!
//! Every sign is one cell wide in the same width table that ratatui uses, so that the two sets can stand in for one
//! another. None of them has an emoji form, which some terminals draw two cells wide. Signs carry meaning together with
//! words or letters, never colour alone.

use ratatui::symbols::border;

/// Declares the signs once: field, its Unicode and its ASCII form, and what it stands for.
macro_rules! glyphs {
    ($($field:ident $unicode:literal $ascii:literal $what:literal)+) => {
        /// The signs by what they stand for; each is one cell wide.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Glyphs {
            $(#[doc = $what] pub $field: &'static str,)+
        }

        impl Glyphs {
            /// For terminals that speak UTF-8.
            pub const UNICODE: Self = Self { $($field: $unicode,)+ };
            /// For all others, and for who asks for it.
            pub const ASCII: Self = Self { $($field: $ascii,)+ };

            /// Every sign with its name, for tests and for the help page.
            #[must_use]
            pub fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($field), self.$field),)+]
            }
        }
    };
}

glyphs! {
    closed "▸" ">" "A branch of a tree with what is under it hidden."
    open "▾" "v" "A branch with what is under it shown."
    pointer "›" ">" "Between the steps of a path; before the chosen row where nothing else shows it."
    unread "○" "o" "Not read yet."
    part_read "◐" "%" "Read in part."
    read "●" "@" "Read to the end; also saved, and a point in a chart."
    done "✓" "*" "Finished, marked, settled."
    wrong "×" "x" "Explicitly not; failed."
    warning "!" "!" "Wants a look."
    unclear "?" "?" "Unclear."
    swatch "■" "#" "The colour of a code."
    swatch_open "□" "=" "A code that is to be defined, or heading only."
    memo "✎" "&" "A memo."
    leads_to "→" ">" "Leads to: a link, a code to use instead."
    dot "·" "." "Between short facts; an absent cell."
    bullet "•" "-" "An item of a list."
    dash "–" "-" "Nothing, not asked; from to."
    ellipsis "…" "~" "Words cut off."
    control "␣" "?" "A character that cannot be drawn."
    quote_open "“" "\"" "Before quoted words."
    quote_close "”" "\"" "After them."
    sum "Σ" "S" "A sum."
    alpha "α" "a" "Krippendorff's coefficient."
    kappa "κ" "k" "Cohen's coefficient."
    up "↑" "^" "The key, or an order."
    down "↓" "v" "The key, or an order."
    left "←" "<" "The key."
    right "→" ">" "The key."
    horizontal "─" "-" "A line across."
    vertical "│" "|" "A line down."
    corner_top_left "┌" "+" "Of a box."
    corner_top_right "┐" "+" "Of a box."
    corner_bottom_left "└" "+" "Of a box."
    corner_bottom_right "┘" "+" "Of a box."
    tee_left "┤" "+" "A line down met from the left."
    tee_right "├" "+" "A line down met from the right."
    tee_down "┬" "+" "A line across met from below."
    tee_up "┴" "+" "A line across met from above."
    cross "┼" "+" "Two lines crossing."
    stripe_start "┐" "." "The first row of a coding in the margin."
    stripe_middle "│" "|" "A row between."
    stripe_end "┘" "'" "The last row."
    stripe_single "]" "]" "A coding of one row."
    stripe_branch "┤" "+" "Where a coding's name hangs on it."
    stripe_more "+" "+" "More codings than the margin has room for."
    bar "█" "#" "A full cell of a bar."
    bar_half "▌" "=" "Half of one, for the last cell."
    bar_rest "░" "." "The ground of a bar."
    low "▂" "1" "A cell of a chart that is filled a little."
    middle "▄" "2" "One that is filled half."
    high "▆" "3" "One that is filled nearly."
    shade_few "░" "." "In a map of numbers without colours: few."
    shade_some "▒" ":" "More."
    shade_many "▓" "+" "Many."
    shade_most "█" "#" "Most."
    meter "━" "=" "The done part of a progress line."
    meter_rest "─" "-" "The rest of it."
    thumb "┃" "#" "The thumb of a scrollbar."
    track "│" "|" "Its groove."
    overview "▐" "#" "In the groove: a coding at that height of the text."
    interval_start "├" "|" "The low end of an interval."
    interval_end "┤" "|" "Its high end."
    half_right "╶" "-" "An interval that begins in the right half of a cell."
    half_left "╴" "-" "One that ends in the left half of it."
    beyond_left "‹" "<" "An interval that goes on beyond the left end of the scale."
    guide "┊" ":" "A guide line in a chart."
}

impl Glyphs {
    /// The set for these circumstances: ASCII if asked for, or if the locale is one that cannot be UTF-8. `var` looks an
    /// environment variable up; the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set and not empty decides. If none
    /// is, the terminal is taken to speak UTF-8: containers and Windows set none, and their terminals do.
    #[must_use]
    pub fn pick(ascii: bool, var: impl Fn(&str) -> Option<String>) -> Self {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| var(name).filter(|value| !value.is_empty()));
        let utf8 = locale.is_none_or(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        });
        if ascii || !utf8 { Self::ASCII } else { Self::UNICODE }
    }

    /// The sign beside a number in a map of numbers without colours, from few (0) to most.
    #[must_use]
    pub const fn shade(&self, level: usize) -> &'static str {
        match level {
            0 => self.shade_few,
            1 => self.shade_some,
            2 => self.shade_many,
            _ => self.shade_most,
        }
    }

    /// The lines of a box, for `Block::border_set`.
    #[must_use]
    pub const fn border(&self) -> border::Set<'static> {
        border::Set {
            top_left: self.corner_top_left,
            top_right: self.corner_top_right,
            bottom_left: self.corner_bottom_left,
            bottom_right: self.corner_bottom_right,
            vertical_left: self.vertical,
            vertical_right: self.vertical,
            horizontal_top: self.horizontal,
            horizontal_bottom: self.horizontal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

    #[test]
    fn every_sign_is_one_character_of_one_cell() {
        for set in [Glyphs::UNICODE, Glyphs::ASCII] {
            for (name, sign) in set.all() {
                assert_eq!(sign.chars().count(), 1, "{name}");
                assert_eq!(sign.width(), 1, "{name} {sign}");
                assert!(sign.chars().all(|c| c.width() == Some(1)), "{name}");
                // What has an emoji form is two cells wide as soon as that form is asked for.
                assert!(sign.is_ascii() || format!("{sign}\u{fe0f}").width() == 1, "{name} {sign} has an emoji form");
            }
        }
        assert!(Glyphs::ASCII.all().iter().all(|(_, sign)| sign.is_ascii()));
    }

    #[test]
    fn signs_that_stand_in_one_place_differ_from_one_another() {
        for g in [Glyphs::UNICODE, Glyphs::ASCII] {
            for group in [
                &[g.unread, g.part_read, g.read, g.done][..],
                &[g.read, g.dot, g.wrong, g.unclear, g.dash],
                &[g.closed, g.open],
                &[g.swatch, g.swatch_open],
                &[g.stripe_start, g.stripe_middle, g.stripe_end, g.stripe_single],
                &[g.bar, g.bar_half, g.bar_rest],
                &[g.meter, g.meter_rest],
                &[g.dot, g.low, g.middle, g.high, g.bar],
                &[g.shade_few, g.shade_some, g.shade_many, g.shade_most],
                &[g.thumb, g.track],
            ] {
                for (at, sign) in group.iter().enumerate() {
                    assert!(!group[..at].contains(sign), "{sign} stands for two things");
                }
            }
        }
    }

    #[test]
    fn the_locale_decides_unless_ascii_is_asked_for() {
        let pick = |ascii: bool, vars: &[(&str, &str)]| {
            Glyphs::pick(ascii, |name| vars.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(pick(false, &[("LANG", "de_DE.UTF-8")]), Glyphs::UNICODE);
        assert_eq!(pick(false, &[("LANG", "C.utf8")]), Glyphs::UNICODE);
        assert_eq!(pick(false, &[("LANG", "de_DE.ISO-8859-1")]), Glyphs::ASCII);
        assert_eq!(pick(false, &[("LANG", "en_US.UTF-8"), ("LC_ALL", "C")]), Glyphs::ASCII);
        assert_eq!(pick(false, &[("LANG", "C"), ("LC_CTYPE", "en_US.UTF-8")]), Glyphs::UNICODE);
        assert_eq!(pick(false, &[("LANG", "en_US.UTF-8"), ("LC_ALL", "")]), Glyphs::UNICODE);
        assert_eq!(pick(false, &[]), Glyphs::UNICODE);
        assert_eq!(pick(true, &[("LANG", "en_US.UTF-8")]), Glyphs::ASCII);
    }
}
