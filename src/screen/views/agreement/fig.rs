//! The figures of a row, one after the other: what each says, and which passages it was counted from.

use super::letter;
use crate::findings::figures::{Counts, Figure, Figures, Row, Which};
use crate::findings::verdict::{number, number_or_dash, unit_word};
use crate::project::id::{CaseId, CoderId};
use crate::project::round::Unit;
use crate::project::view::View;
use crate::screen::theme::Role;
use crate::table::thousands;

/// Which group of columns a figure stands in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Group {
    /// The unit that was fixed in advance.
    Unit,
    /// Characters.
    Character,
    /// Cases.
    Cases,
    /// Passages of each coder.
    Passages,
}

/// What a figure counts.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Counting {
    /// A coefficient, or a share, over all units that anybody gave the code to.
    Head,
    /// Units.
    Units(Which),
    /// A case.
    Case(CaseId),
    /// The passages of a coder.
    Of(CoderId),
}

/// A figure.
#[derive(Clone, PartialEq, Debug)]
pub struct Fig {
    /// Where it stands.
    pub group: Group,
    /// What it counts.
    pub what: Counting,
    /// What it is called: `both`, `only A`.
    pub label: String,
    /// What it says.
    pub value: String,
    /// How its label is drawn.
    pub role: Role,
    /// What was counted: units of this kind.
    pub unit: Unit,
    /// Which of them.
    pub which: Which,
}

impl Fig {
    /// Whether it is the figure of another row that counts the same.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.group == other.group && self.what == other.what
    }
}

/// The figures of a row (of the pooled one if `None`), from the left; of a row of cases only those.
#[must_use]
pub fn figs(view: &View<'_>, figures: &Figures, row: Option<&Row>, by_case: bool) -> Vec<Fig> {
    let mut out = Vec::new();
    let unit = figures.basis.unit;
    let Some(row) = row else {
        if !by_case {
            pooled(figures, &mut out);
        } else if let Some(case) = figures.rows.iter().find_map(|row| row.case.as_ref()) {
            out.extend(case.said.iter().map(|(case, _)| of_case(view, *case, String::new())));
        }
        return out;
    };
    if by_case {
        cases(view, row, &mut out);
        return out;
    }
    for (group, unit, figure) in [(Group::Unit, unit, &row.unit), (Group::Character, Unit::Char, &row.character)] {
        if let Some(figure) = figure {
            level(figures, group, unit, figure, &mut out);
        }
    }
    if let Some(case) = &row.case {
        let which = if case.disputed.is_empty() { Which::Any } else { Which::Apart };
        out.push(Fig {
            group: Group::Cases,
            what: Counting::Head,
            label: String::new(),
            value: format!("{} of {} agree", case.agree, case.of),
            role: Role::Text,
            unit: Unit::Case,
            which,
        });
        cases(view, row, &mut out);
    }
    let label = |n, coder| format!("{} {}", letter(n), view.initials(coder));
    passages(figures, &row.passages, label, &mut out);
    out
}

fn level(figures: &Figures, group: Group, unit: Unit, figure: &Figure, out: &mut Vec<Fig>) {
    let fig = |what, label: &str, value: String, role, which| Fig {
        group,
        what,
        label: label.to_owned(),
        value,
        role,
        unit,
        which,
    };
    let alpha = number_or_dash(figure.alpha.value);
    out.push(fig(Counting::Head, "alpha", alpha, Role::Text, Which::Any));
    let mut units = |which: Which, label: &str, n: u64, role| {
        out.push(fig(Counting::Units(which), label, thousands(n), role, which));
    };
    match (figure.counts, &figures.coders[..]) {
        (Counts::Two { both, only_a, only_b, neither }, [a, b, ..]) => {
            units(Which::All, "both", both, Role::Text);
            units(Which::Only(*a), "only A", only_a, Role::CoderA);
            units(Which::Only(*b), "only B", only_b, Role::CoderB);
            units(Which::None, "neither", neither, Role::Dim);
        }
        (Counts::Two { both, only_a, only_b, neither }, _) => {
            units(Which::All, "all", both, Role::Text);
            units(Which::Apart, "some", only_a + only_b, Role::Text);
            units(Which::None, "none", neither, Role::Dim);
        }
        (Counts::Several { all, some, none }, _) => {
            units(Which::All, "all", all, Role::Text);
            units(Which::Apart, "some", some, Role::Text);
            units(Which::None, "none", none, Role::Dim);
        }
    }
    if let Some(n) = figure.no_common_text.filter(|n| *n > 0) {
        let label = format!("both coded the {}, no word in common:", unit_word(unit, 1));
        units(Which::NothingInCommon, &label, n, Role::Dim);
    }
}

fn of_case(view: &View<'_>, case: CaseId, value: String) -> Fig {
    let label = super::table::short_name(super::super::rounds::words::case_name(view, case));
    let which = Which::Case(case);
    Fig { group: Group::Cases, what: Counting::Case(case), label, value, role: Role::Strong, unit: Unit::Case, which }
}

fn cases(view: &View<'_>, row: &Row, out: &mut Vec<Fig>) {
    let Some(case) = &row.case else { return };
    for (id, said) in &case.said {
        let words = |(n, said): (usize, &Option<bool>)| {
            said.map(|yes| format!("{} {}", letter(n), if yes { "yes" } else { "no" }))
        };
        let value = said.iter().enumerate().filter_map(words).collect::<Vec<_>>().join("  ");
        out.push(of_case(view, *id, value));
    }
}

fn passages(figures: &Figures, counts: &[u64], label: impl Fn(usize, CoderId) -> String, out: &mut Vec<Fig>) {
    for (n, (coder, count)) in figures.coders.iter().zip(counts).enumerate() {
        let role = match n {
            0 => Role::CoderA,
            1 => Role::CoderB,
            _ => Role::Text,
        };
        out.push(Fig {
            group: Group::Passages,
            what: Counting::Of(*coder),
            label: label(n, *coder),
            value: thousands(*count),
            role,
            unit: Unit::Char,
            which: Which::Of(*coder),
        });
    }
}

fn pooled(figures: &Figures, out: &mut Vec<Fig>) {
    let all = &figures.pooled;
    let mut head = |group, unit, label: &str, value, which| {
        let (label, role) = (label.to_owned(), Role::Text);
        out.push(Fig { group, what: Counting::Head, label, value, role, unit, which });
    };
    if let Some(alpha) = &all.unit {
        head(Group::Unit, figures.basis.unit, "alpha", number_or_dash(alpha.value), Which::Apart);
    }
    if let Some(alpha) = &all.character {
        head(Group::Character, Unit::Char, "alpha", number_or_dash(alpha.value), Which::Apart);
    }
    if let Some(case) = &all.case {
        let alpha = case.alpha.value.map_or_else(String::new, |value| format!("  alpha {}", number(value)));
        let value = format!("{} of {} agree{alpha}", case.agree, case.of);
        head(Group::Cases, Unit::Case, "", value, Which::Apart);
    }
    passages(figures, &all.passages, |n, _| letter(n).to_string(), out);
}
