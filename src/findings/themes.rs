//! Themes with what they hold, as it is called and counted now.

use super::book::{Book, Uses, uses};
use super::working::Working;
use crate::project::id::{CodeId, CodingId, MemoId, RowId, ThemeId, ThemeItemId};
use crate::project::memo::Link;
use crate::project::source::Passage;
use crate::project::theme::{Holds, Stance, Theme};
use crate::project::view::{View, Whose};
use crate::text::Span;
use std::collections::HashSet;
use std::sync::Arc;

/// A theme with what it holds.
#[derive(Clone, PartialEq, Debug)]
pub struct Standing {
    /// The theme.
    pub theme: Arc<Theme>,
    /// How deep it stands; 0 for the top.
    pub depth: u16,
    /// Whether other themes stand under it.
    pub has_below: bool,
    /// What it holds, in order.
    pub items: Vec<Held>,
    /// What its codes come to with all codes below them, no passage, source or case counted twice.
    pub uses: Uses,
    /// The memos on it that may be read, oldest first.
    pub memos: Vec<MemoId>,
}

impl Standing {
    /// How many of its extracts support, qualify, contradict it.
    #[must_use]
    pub fn stances(&self) -> [usize; 3] {
        let of = |wanted| {
            let is = |held: &&Held| matches!(held.what, What::Extract { stance, .. } if stance == wanted);
            self.items.iter().filter(is).count()
        };
        Stance::ALL.map(of)
    }
}

/// Something that a theme holds.
#[derive(Clone, PartialEq, Debug)]
pub struct Held {
    /// That it is held.
    pub item: ThemeItemId,
    /// Why; may be empty.
    pub note: String,
    /// What.
    pub what: What,
}

/// What is held, as it is now.
#[derive(Clone, PartialEq, Debug)]
pub enum What {
    /// A code.
    Code {
        /// The code it is now.
        code: CodeId,
        /// What it comes to with the codes below it.
        uses: Uses,
    },
    /// A row.
    Row {
        /// The row.
        row: RowId,
        /// What it is called.
        name: String,
    },
    /// An extract.
    Extract {
        /// The coding.
        coding: CodingId,
        /// The code it carries.
        code: CodeId,
        /// Its words.
        at: Passage,
        /// The same in the present version of the text.
        now: Span,
        /// What it does to the theme.
        stance: Stance,
    },
}

/// The themes in tree order, with what they hold; counts are those of `working`, which `book` was made from.
#[must_use]
pub fn themes(view: &View<'_>, book: &Book, working: &Working) -> Vec<Standing> {
    let mut out: Vec<Standing> = Vec::new();
    let mut path: Vec<ThemeId> = Vec::new();
    for theme in view.themes() {
        let parent = view.parent_of(theme);
        while path.last().copied() != parent && path.pop().is_some() {}
        let depth = u16::try_from(path.len()).unwrap_or(u16::MAX);
        if let Some(above) = parent.and_then(|id| out.iter_mut().find(|other| other.theme.id == id)) {
            above.has_below = true;
        }
        path.push(theme.id);
        out.push(standing(view, theme, depth, book, working));
    }
    out
}

fn standing(view: &View<'_>, theme: &Arc<Theme>, depth: u16, book: &Book, working: &Working) -> Standing {
    let mut items = Vec::new();
    let mut codes: HashSet<CodeId> = HashSet::new();
    let all = view.showing(Whose::Everybody);
    for item in view.theme_items(theme.id) {
        let what = match item.what {
            Holds::Code(id) => {
                let Some(code) = view.codebook().resolve(id) else { continue };
                codes.extend(view.codebook().branch(code));
                let uses = book.get(code).map(|entry| entry.all.clone()).unwrap_or_default();
                What::Code { code, uses }
            }
            Holds::Row(row) => {
                let Some(record) = view.row(row) else { continue };
                What::Row { row, name: record.name.clone() }
            }
            Holds::Extract(coding, stance) => {
                let Some(seen) = all.coding(coding) else { continue };
                What::Extract { coding, code: seen.code, at: seen.coding.at, now: seen.span, stance }
            }
        };
        items.push(Held { item: item.id, note: item.note.clone(), what });
    }
    let uses = uses(working.counted.iter().filter(|counted| codes.contains(&counted.code)));
    let memos = view.memos_on(Link::Theme(theme.id)).iter().map(|memo| memo.id).collect();
    Standing { theme: Arc::clone(theme), depth, has_below: false, items, uses, memos }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::book::book;
    use crate::findings::working::working;
    use crate::project::edit::{Edit, NewTheme, ThemeEdit};
    use crate::project::testing::Desk;

    #[test]
    fn a_theme_says_what_it_holds_and_what_its_codes_come_to() {
        let mut desk = Desk::new();
        let text = desk.source("A", 100);
        let top = desk.code("Top");
        let below = desk.code_under(top, "Below");
        let coding = desk.lay_apart(text, 5, 10, below);
        desk.lay_apart(text, 20, 30, top);
        let [a, b, c] = [0; 3].map(|_| ThemeId(desk.id()));
        for (id, name, parent) in [(a, "A", None), (b, "B", Some(a)), (c, "C", None)] {
            let new = NewTheme { name: name.into(), description: String::new(), parent };
            desk.apply(&Edit::Themes(ThemeEdit::Set(id, new)));
        }
        let held = [Holds::Code(top), Holds::Code(below), Holds::Extract(coding, Stance::Contradicts)];
        for what in held {
            desk.apply(&Edit::Themes(ThemeEdit::Hold { theme: b, what, note: "why".into() }));
        }
        let view = desk.view();
        let working = working(&view);
        let found = themes(&view, &book(&view, &working), &working);
        let shape: Vec<_> = found.iter().map(|one| (one.theme.name.as_str(), one.depth, one.has_below)).collect();
        assert_eq!(shape, [("A", 0, true), ("B", 1, false), ("C", 0, false)]);
        assert_eq!(
            (found[1].uses.passages, found[1].items.len()),
            (2, 3),
            "a code held beside its own is counted once"
        );
        assert_eq!(found[1].stances(), [0, 0, 1]);
        assert!(matches!(&found[1].items[2].what, What::Extract { now, .. } if *now == Span::new(5, 10)));
    }
}
