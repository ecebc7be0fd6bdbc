//! Edits of rows, and what makes an expression sound.

use super::{Refusal, name_of, put_of};
use crate::project::id::{AttributeId, RowId};
use crate::project::record::{Change, Rank};
use crate::project::row::{Expr, Row};
use crate::project::step::Step;
use crate::project::view::View;
use std::collections::HashSet;

/// A change of rows.
#[derive(Clone, PartialEq, Debug)]
pub enum RowEdit {
    /// Makes a row, or makes it something else.
    Set {
        /// What names it.
        id: RowId,
        /// What it is called.
        name: String,
        /// What has to hold.
        holds: Expr,
    },
    /// Deletes a row that nothing uses.
    Delete(RowId),
}

/// What an expression belongs to: it must not, by whatever way, name that.
pub(super) enum Maker {
    /// A row.
    Row(RowId),
    /// An attribute that follows from it.
    Attribute(AttributeId),
    /// A table that counts only what it holds of.
    Table,
}

pub(super) fn plan(view: &View<'_>, edit: &RowEdit) -> Result<Step, Refusal> {
    match edit {
        RowEdit::Set { id, name, holds } => set(view, *id, name, holds),
        RowEdit::Delete(id) => delete(view, *id),
    }
}

fn set(view: &View<'_>, id: RowId, name: &str, holds: &Expr) -> Result<Step, Refusal> {
    let name = name_of(name, "row")?;
    let rows = view.rows();
    if rows.iter().any(|other| other.id != id && other.name.to_lowercase() == name.to_lowercase()) {
        return Err(Refusal::Taken { what: "row", name });
    }
    sound(view, holds, &Maker::Row(id))?;
    let old = view.row(id);
    let rank = old.map_or_else(|| Rank::between(rows.last().map(|last| &last.rank), None), |old| old.rank.clone());
    let new = Row { id, name, holds: holds.clone(), rank };
    if old.is_some_and(|old| **old == new) {
        return Err(Refusal::Idle(format!("“{}” is that already", new.name)));
    }
    Ok(Step::new(format!("row “{}”", new.name), vec![put_of(old, new)]))
}

fn delete(view: &View<'_>, id: RowId) -> Result<Step, Refusal> {
    let gone = view.row(id).ok_or(Refusal::Gone("row"))?;
    if let Some(user) = user_of_row(view, id) {
        return Err(Refusal::Row(format!("“{}” is used by {user}; change that first", gone.name)));
    }
    Ok(Step::new(format!("delete row “{}”", gone.name), vec![Change::delete(gone).into()]))
}

/// Whether an expression names only what there is, and not itself.
///
/// # Errors
/// One sentence: what it names that is not there, or that it goes round in a ring.
pub(super) fn sound(view: &View<'_>, expr: &Expr, maker: &Maker) -> Result<(), Refusal> {
    let mut why = None;
    expr.each(&mut |part| {
        let wrong = match part {
            Expr::Code { code, .. } => view.code(*code).is_none().then_some("code"),
            Expr::Attribute(attribute, _) => view.attribute(*attribute).is_none().then_some("attribute"),
            Expr::Row(row) => view.row(*row).is_none().then_some("row"),
            Expr::Any(parts) | Expr::All(parts) | Expr::None(parts) => parts.is_empty().then_some("part"),
            Expr::AtLeast(_, parts) if parts.is_empty() => Some("part"),
            Expr::AtLeast(k, parts) => (*k == 0 || *k as usize > parts.len()).then_some("number"),
        };
        why = why.or(wrong);
    });
    if let Some(what) = why {
        return Err(Refusal::Row(match what {
            "part" => "“any”, “all”, “none” and “at least” need something to hold of".into(),
            "number" => "“at least” needs a number from 1 to as many as there are".into(),
            what => format!("that {what} is no longer in the study"),
        }));
    }
    if reaches(view, expr, maker) {
        return Err(Refusal::Row("a row cannot hold of itself, not by way of others either".into()));
    }
    Ok(())
}

/// Whether following the rows and attributes that an expression names leads to its maker.
fn reaches(view: &View<'_>, expr: &Expr, maker: &Maker) -> bool {
    let (mut rows, mut attributes) = (HashSet::new(), HashSet::new());
    let mut next = vec![expr];
    while let Some(expr) = next.pop() {
        for row in expr.rows() {
            if matches!(maker, Maker::Row(made) if *made == row) {
                return true;
            }
            if rows.insert(row) {
                next.extend(view.row(row).map(|row| &row.holds));
            }
        }
        for attribute in expr.attributes() {
            if matches!(maker, Maker::Attribute(made) if *made == attribute) {
                return true;
            }
            if attributes.insert(attribute) {
                next.extend(view.attribute(attribute).and_then(|attribute| attribute.follows.as_ref()));
            }
        }
    }
    false
}

/// Something that uses a row, in words.
pub(super) fn user_of_row(view: &View<'_>, id: RowId) -> Option<String> {
    let expr = |expr: &Expr| expr.rows().contains(&id);
    used_in_expression(view, &expr)
        .or_else(|| {
            let tables = view.tables();
            let of = tables.iter().find(|table| {
                table.of == Some(id) || view.lines(table.id).iter().any(|line| line.row == id || line.of == Some(id))
            });
            of.map(|table| format!("the table “{}”", table.name))
        })
        .or_else(|| {
            let theme = view.themes().into_iter().find(|theme| {
                view.theme_items(theme.id).iter().any(|item| item.what == crate::project::theme::Holds::Row(id))
            });
            theme.map(|theme| format!("the theme “{}”", theme.name))
        })
}

/// Something that uses an attribute, in words.
pub(super) fn user_of_attribute(view: &View<'_>, id: AttributeId) -> Option<String> {
    used_in_expression(view, &|expr: &Expr| expr.attributes().contains(&id))
}

fn used_in_expression(view: &View<'_>, uses: &dyn Fn(&Expr) -> bool) -> Option<String> {
    let row = view.rows().into_iter().find(|row| uses(&row.holds)).map(|row| format!("the row “{}”", row.name));
    let attribute = || {
        let follows = view.attributes().into_iter().find(|a| a.follows.as_ref().is_some_and(uses));
        follows.map(|attribute| format!("the attribute “{}”", attribute.name))
    };
    let table = || {
        let only = view.tables().into_iter().find(|table| table.only.as_ref().is_some_and(uses));
        only.map(|table| format!("the table “{}”", table.name))
    };
    row.or_else(attribute).or_else(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;

    fn row(id: RowId, name: &str, holds: Expr) -> Edit {
        Edit::Rows(RowEdit::Set { id, name: name.into(), holds })
    }

    #[test]
    fn a_row_holds_of_what_there_is_and_never_of_itself() {
        let mut desk = Desk::new();
        let code = desk.code("Access");
        let (a, b) = (RowId(desk.id()), RowId(desk.id()));
        desk.apply(&row(a, "Any access", Expr::Code { code, below: true }));
        desk.apply(&row(b, "Again", Expr::Any(vec![Expr::Row(a)])));
        let why = "a row cannot hold of itself, not by way of others either";
        assert_eq!(desk.refusal(&row(a, "Any access", Expr::Row(b))), why);
        assert_eq!(
            desk.refusal(&row(a, "again", Expr::Code { code, below: false })),
            "there is a row called “again” here already"
        );
        let gone = RowId(desk.id());
        assert_eq!(desk.refusal(&row(a, "x", Expr::Row(gone))), "that row is no longer in the study");
        assert_eq!(
            desk.refusal(&row(a, "x", Expr::All(vec![]))),
            "“any”, “all”, “none” and “at least” need something to hold of"
        );
        let why = "“Any access” is used by the row “Again”; change that first";
        assert_eq!(desk.refusal(&Edit::Rows(RowEdit::Delete(a))), why);
        desk.apply(&Edit::Rows(RowEdit::Delete(b)));
        desk.apply(&Edit::Rows(RowEdit::Delete(a)));
        assert_eq!(desk.view().rows().len(), 0);
        desk.undo();
        assert_eq!(desk.view().rows()[0].name, "Any access");
    }
}
