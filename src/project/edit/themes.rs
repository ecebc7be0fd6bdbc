//! Edits of themes and what they hold.

use super::{Refusal, name_of, put_of};
use crate::project::id::{ThemeId, ThemeItemId};
use crate::project::put::Put;
use crate::project::record::{Change, Rank};
use crate::project::step::Step;
use crate::project::theme::{Holds, Theme, ThemeItem};
use crate::project::view::View;
use std::sync::Arc;

/// A change of themes.
#[derive(Clone, PartialEq, Debug)]
pub enum ThemeEdit {
    /// Makes a theme, or makes it something else; a new one stands last among its siblings.
    Set(ThemeId, NewTheme),
    /// Moves a theme right after a sibling; first if `None`.
    Move(ThemeId, Option<ThemeId>),
    /// Deletes a theme; those under it go up to where it stood.
    Delete(ThemeId),
    /// Puts something into a theme, or notes why it is there; new things stand last.
    Hold {
        /// The theme.
        theme: ThemeId,
        /// What.
        what: Holds,
        /// Why; may be empty.
        note: String,
    },
    /// Moves something within its theme right after something else; first if `None`.
    MoveItem(ThemeItemId, Option<ThemeItemId>),
    /// Takes something out of its theme.
    Release(ThemeItemId),
}

/// What a theme is to be.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewTheme {
    /// What it is called.
    pub name: String,
    /// What it says.
    pub description: String,
    /// The theme it stands under.
    pub parent: Option<ThemeId>,
}

pub(super) fn plan(view: &View<'_>, edit: &ThemeEdit) -> Result<Step, Refusal> {
    match edit {
        ThemeEdit::Set(id, new) => set(view, *id, new),
        ThemeEdit::Move(id, after) => shift(view, *id, *after),
        ThemeEdit::Delete(id) => delete(view, *id),
        ThemeEdit::Hold { theme, what, note } => hold(view, *theme, *what, note),
        ThemeEdit::MoveItem(id, after) => shift_item(view, *id, *after),
        ThemeEdit::Release(id) => {
            let item = item(view, *id)?;
            let name = view.theme(item.theme).map_or("its theme", |theme| theme.name.as_str());
            Ok(Step::new(format!("take something out of “{name}”"), vec![Change::delete(item).into()]))
        }
    }
}

fn theme<'a>(view: &View<'a>, id: ThemeId) -> Result<&'a Arc<Theme>, Refusal> {
    view.theme(id).ok_or(Refusal::Gone("theme"))
}

fn item<'a>(view: &View<'a>, id: ThemeItemId) -> Result<&'a Arc<ThemeItem>, Refusal> {
    view.project().get::<ThemeItem>(id).ok_or(Refusal::Gone("part of a theme"))
}

fn set(view: &View<'_>, id: ThemeId, new: &NewTheme) -> Result<Step, Refusal> {
    let name = name_of(&new.name, "theme")?;
    if view.themes().iter().any(|other| other.id != id && other.name.to_lowercase() == name.to_lowercase()) {
        return Err(Refusal::Taken { what: "theme", name });
    }
    let mut above = new.parent;
    while let Some(parent) = above {
        if parent == id {
            return Err(Refusal::UnderItself(name));
        }
        above = view.parent_of(theme(view, parent)?);
    }
    let old = view.theme(id);
    let siblings = view.themes_under(new.parent);
    let rank = match old.filter(|old| view.parent_of(old) == new.parent) {
        Some(old) => old.rank.clone(),
        None => Rank::between(siblings.last().map(|last| &last.rank), None),
    };
    let record = Theme { id, name, description: new.description.trim().to_owned(), parent: new.parent, rank };
    if old.is_some_and(|old| **old == record) {
        return Err(Refusal::Idle(format!("“{}” is that already", record.name)));
    }
    Ok(Step::new(format!("theme “{}”", record.name), vec![put_of(old, record)]))
}

fn shift(view: &View<'_>, id: ThemeId, after: Option<ThemeId>) -> Result<Step, Refusal> {
    let moved = theme(view, id)?;
    let all: Vec<_> = view.themes_under(view.parent_of(moved)).into_iter().filter(|other| other.id != id).collect();
    let at = after.and_then(|after| all.iter().position(|other| other.id == after)).map_or(0, |at| at + 1);
    let rank = Rank::between(at.checked_sub(1).map(|at| &all[at].rank), all.get(at).map(|next| &next.rank));
    Ok(Step::new(format!("move theme “{}”", moved.name), vec![Change::change(moved, |t| t.rank = rank).into()]))
}

fn delete(view: &View<'_>, id: ThemeId) -> Result<Step, Refusal> {
    let gone = theme(view, id)?;
    let parent = view.parent_of(gone);
    let mut puts: Vec<Put> = vec![Change::delete(gone).into()];
    let last = view.themes_under(parent).last().map(|last| last.rank.clone());
    let below = view.themes_under(Some(id));
    for (child, rank) in below.iter().zip(Rank::row(last.as_ref(), below.len())) {
        puts.push(
            Change::change(child, |child| {
                child.parent = parent;
                child.rank = rank;
            })
            .into(),
        );
    }
    puts.extend(view.all_theme_items(id).into_iter().map(|item| Put::from(Change::delete(item))));
    Ok(Step::new(format!("delete theme “{}”", gone.name), puts))
}

fn hold(view: &View<'_>, into: ThemeId, what: Holds, note: &str) -> Result<Step, Refusal> {
    let theme = theme(view, into)?;
    let name = match what {
        Holds::Code(code) => format!("“{}”", view.code(code).ok_or(Refusal::NoCode)?.code.name),
        Holds::Row(row) => format!("“{}”", view.row(row).ok_or(Refusal::Gone("row"))?.name),
        Holds::Extract(coding, stance) => {
            let of_all = view.showing(crate::project::view::Whose::Everybody);
            let seen = of_all.coding(coding).ok_or(Refusal::NoCoding)?;
            format!("an extract of “{}” that {} it", view.code_name(seen.code), stance.name())
        }
    };
    let id = ThemeItem::id_for(into, what);
    let old = view.project().get::<ThemeItem>(id);
    let rank = match old {
        Some(old) => old.rank.clone(),
        None => Rank::between(view.all_theme_items(into).last().map(|last| &last.rank), None),
    };
    let record = ThemeItem { id, theme: into, what, note: note.trim().to_owned(), rank };
    if old.is_some_and(|old| **old == record) {
        return Err(Refusal::Idle(format!("“{}” holds {name} already", theme.name)));
    }
    Ok(Step::new(format!("{name} in “{}”", theme.name), vec![put_of(old, record)]))
}

fn shift_item(view: &View<'_>, id: ThemeItemId, after: Option<ThemeItemId>) -> Result<Step, Refusal> {
    let moved = item(view, id)?;
    let all: Vec<_> = view.all_theme_items(moved.theme).into_iter().filter(|other| other.id != id).collect();
    let at = after.and_then(|after| all.iter().position(|other| other.id == after)).map_or(0, |at| at + 1);
    let rank = Rank::between(at.checked_sub(1).map(|at| &all[at].rank), all.get(at).map(|next| &next.rank));
    Ok(Step::new("move something within its theme", vec![Change::change(moved, |item| item.rank = rank).into()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;
    use crate::project::theme::Stance;

    #[test]
    fn themes_stand_under_themes_and_hold_codes_and_extracts_in_order() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        let coding = desk.lay_apart(text, 5, 10, code);
        let [a, b, c] = [0; 3].map(|_| ThemeId(desk.id()));
        let theme = |name: &str, parent| NewTheme { name: name.into(), description: String::new(), parent };
        let edit = |id, new| Edit::Themes(ThemeEdit::Set(id, new));
        desk.apply(&edit(a, theme("Getting in", None)));
        desk.apply(&edit(b, theme("On the day", Some(a))));
        desk.apply(&edit(c, theme("At once", Some(b))));
        assert_eq!(desk.refusal(&edit(a, theme("Getting in", Some(c)))), "“Getting in” cannot stand under itself");
        let hold = |what| Edit::Themes(ThemeEdit::Hold { theme: b, what, note: String::new() });
        desk.apply(&hold(Holds::Code(code)));
        desk.apply(&hold(Holds::Extract(coding, Stance::Supports)));
        desk.apply(&hold(Holds::Extract(coding, Stance::Contradicts)));
        let held = |desk: &Desk| desk.view().theme_items(b).iter().map(|item| item.what).collect::<Vec<_>>();
        assert_eq!(
            held(&desk),
            [Holds::Code(code), Holds::Extract(coding, Stance::Contradicts)],
            "an extract does one thing"
        );
        desk.apply(&Edit::Themes(ThemeEdit::Delete(b)));
        assert_eq!(desk.view().themes_under(Some(a)).iter().map(|theme| theme.id).collect::<Vec<_>>(), [c]);
        assert_eq!(held(&desk), []);
        desk.undo();
        assert_eq!(held(&desk).len(), 2);
        desk.apply(&Edit::Remove(vec![coding]));
        assert_eq!(held(&desk), [Holds::Code(code)], "what is gone is held no longer");
        desk.undo();
        assert_eq!(held(&desk).len(), 2);
    }
}
