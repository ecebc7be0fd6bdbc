//! The panes of the Code view: which are shown, how wide they are, which has the keys.

use ratatui::layout::Rect;
use serde::{Deserialize, Serialize};

/// A pane.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Pane {
    /// Cases and sources.
    Cases,
    /// The transcript.
    #[default]
    Text,
    /// The code tree.
    Tree,
}

/// The least cells a transcript is left with before side panes give way.
const LEAST_TEXT: u16 = 44;
/// Widths that side panes can have.
const SIDE: std::ops::RangeInclusive<u16> = 18..=60;

/// Which panes there are and how wide.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Panes {
    /// Which has the keys.
    pub focus: Pane,
    /// Whether cases and sources are wanted.
    pub cases_shown: bool,
    /// Whether the code tree is wanted.
    pub tree_shown: bool,
    /// How wide cases and sources are.
    pub cases_width: u16,
    /// How wide the code tree is.
    pub tree_width: u16,
    /// The width at which text is wrapped now.
    #[serde(skip)]
    pub text_width: u16,
}

impl Default for Panes {
    fn default() -> Self {
        Self { focus: Pane::Text, cases_shown: true, tree_shown: true, cases_width: 24, tree_width: 33, text_width: 60 }
    }
}

/// Where each pane is; empty where it is not shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Split {
    /// Cases and sources.
    pub cases: Rect,
    /// The transcript.
    pub text: Rect,
    /// The code tree.
    pub tree: Rect,
}

impl Panes {
    /// The room each pane has in `area`. Where there is not enough for all, the side pane without the keys gives way;
    /// where there is not enough for two, the one with the keys has it all.
    #[must_use]
    pub fn split(&self, area: Rect) -> Split {
        let mut cases = if self.cases_shown || self.focus == Pane::Cases { self.cases_width } else { 0 };
        let mut tree = if self.tree_shown || self.focus == Pane::Tree { self.tree_width } else { 0 };
        let fits = |cases: u16, tree: u16| area.width >= cases + tree + LEAST_TEXT;
        if !fits(cases, tree) {
            if self.focus == Pane::Cases { tree = 0 } else { cases = 0 }
        }
        if !fits(cases, tree) {
            // A narrower side pane before none at all.
            let room = area.width.saturating_sub(LEAST_TEXT);
            let side = if cases > 0 { &mut cases } else { &mut tree };
            *side = if room >= 22 { room.min(*side) } else { 0 };
        }
        if cases + tree == 0 {
            match self.focus {
                Pane::Text => return Split { text: area, ..Split::default() },
                Pane::Cases => return Split { cases: area, ..Split::default() },
                Pane::Tree => return Split { tree: area, ..Split::default() },
            }
        }
        let text = area.width - cases - tree;
        Split {
            cases: Rect { width: cases, ..area },
            text: Rect { x: area.x + cases, width: text, ..area },
            tree: Rect { x: area.x + cases + text, width: tree, ..area },
        }
    }

    /// Gives the keys to the next pane, or the one before.
    pub fn turn(&mut self, back: bool) {
        self.focus = match (self.focus, back) {
            (Pane::Cases, false) | (Pane::Tree, true) => Pane::Text,
            (Pane::Text, false) | (Pane::Cases, true) => Pane::Tree,
            (Pane::Tree, false) | (Pane::Text, true) => Pane::Cases,
        };
    }

    /// Makes a side pane so wide, within what side panes can have.
    pub fn set_width(&mut self, pane: Pane, width: u16) {
        let side = match pane {
            Pane::Cases => &mut self.cases_width,
            Pane::Tree => &mut self.tree_width,
            Pane::Text => return,
        };
        *side = width.clamp(*SIDE.start(), *SIDE.end());
    }

    /// Makes the side pane with the keys (from the transcript: the code tree) wider or narrower.
    pub fn widen(&mut self, by: i16) {
        let side = if self.focus == Pane::Cases { &mut self.cases_width } else { &mut self.tree_width };
        *side = side.saturating_add_signed(by).clamp(*SIDE.start(), *SIDE.end());
    }
}

impl Split {
    /// Rows for the tree itself: what the definition under it leaves.
    #[must_use]
    pub fn tree_rows(&self) -> usize {
        usize::from(self.tree.height.saturating_sub(2 + self.definition_rows()))
    }

    /// Rows for the definition of the code in hand.
    #[must_use]
    pub fn definition_rows(&self) -> u16 {
        if self.tree.height >= 14 { (self.tree.height * 2 / 5).min(18) } else { 0 }
    }

    /// Rows for the list of cases: what is under it leaves.
    #[must_use]
    pub fn case_rows(&self) -> usize {
        usize::from(self.cases.height.saturating_sub(2 + self.here_rows()))
    }

    /// Rows for the case in hand and what lies on the passage.
    #[must_use]
    pub fn here_rows(&self) -> u16 {
        if self.cases.height >= 14 { (self.cases.height / 2).min(20) } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pane_with_the_keys_is_always_to_be_seen() {
        for width in 0..220 {
            for focus in [Pane::Cases, Pane::Text, Pane::Tree] {
                for (cases_shown, tree_shown) in [(true, true), (false, false)] {
                    let panes = Panes { focus, cases_shown, tree_shown, ..Panes::default() };
                    let split = panes.split(Rect::new(0, 1, width, 30));
                    let seen = match focus {
                        Pane::Cases => split.cases,
                        Pane::Text => split.text,
                        Pane::Tree => split.tree,
                    };
                    assert!(seen.width > 0 || width == 0, "{focus:?} at {width}");
                    assert_eq!(split.cases.width + split.text.width + split.tree.width, width);
                }
            }
        }
    }
}
