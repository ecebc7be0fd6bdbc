//! The figures as a table, to be written to a file.

use crate::findings::figures::{Counts, Figure, Figures};
use crate::project::view::View;
use crate::table::{Cell, Table, Value};

/// A row a code, the pooled row first.
#[must_use]
pub fn as_table(view: &View<'_>, figures: &Figures) -> Table {
    let unit = figures.basis.unit.name();
    let columns = [
        ("code", "Code".to_owned()),
        ("alpha", format!("Alpha ({unit})")),
        ("alpha_low", "from".to_owned()),
        ("alpha_high", "to".to_owned()),
        ("all", "All".to_owned()),
        ("some", "Some".to_owned()),
        ("none", "None".to_owned()),
        ("alpha_character", "Alpha (character)".to_owned()),
        ("character_low", "from".to_owned()),
        ("character_high", "to".to_owned()),
        ("cases_agree", "Cases that agree".to_owned()),
        ("cases", "of".to_owned()),
        ("disputed", "Disputed".to_owned()),
        ("passages", "Passages".to_owned()),
    ];
    let what = if figures.basis.exploratory { "exploratory, chosen after reveal" } else { "as fixed in advance" };
    let title = format!("Agreement in {}, {what}", figures.basis.round.name);
    let mut table = Table::new(title, columns.iter().map(|(key, title)| (*key, title.as_str())));
    let decimal = |value: Option<f64>| value.map_or_else(Cell::default, |value| Value::Decimal(value, 3).into());
    let passages = |counts: &[u64]| -> Cell {
        let each = figures.coders.iter().zip(counts).map(|(coder, n)| format!("{} {n}", view.initials(*coder)));
        each.collect::<Vec<_>>().join(", ").into()
    };
    let estimate = |alpha: Option<&crate::agreement::Estimate>| {
        let ends = alpha.and_then(|alpha| alpha.interval);
        [alpha.and_then(|alpha| alpha.value), ends.map(|ends| ends[0]), ends.map(|ends| ends[1])].map(decimal)
    };
    let pooled = &figures.pooled;
    let mut row: Vec<Cell> = vec![format!("{} codes, pooled", pooled.codes).into()];
    row.extend(estimate(pooled.unit.as_ref()));
    row.extend([(); 3].map(|()| Cell::default()));
    row.extend(estimate(pooled.character.as_ref()));
    row.push(pooled.case.map(|case| case.agree).into());
    row.push(pooled.case.map(|case| case.of).into());
    row.push(Cell::default());
    row.push(passages(&pooled.passages));
    table.push(row);
    for code in &figures.rows {
        let counts = code.unit.as_ref().map(|figure| match figure.counts {
            Counts::Two { both, only_a, only_b, neither } => [both, only_a + only_b, neither],
            Counts::Several { all, some, none } => [all, some, none],
        });
        let mut row: Vec<Cell> = vec![code.name.clone().into()];
        row.extend(estimate(code.unit.as_ref().map(|figure: &Figure| &figure.alpha)));
        match counts {
            Some(counts) => row.extend(counts.map(Cell::from)),
            None => row.extend([(); 3].map(|()| Cell::default())),
        }
        row.extend(estimate(code.character.as_ref().map(|figure| &figure.alpha)));
        row.push(code.case.as_ref().map(|case| case.agree).into());
        row.push(code.case.as_ref().map(|case| case.of).into());
        let disputed = code.case.as_ref().map_or(&[][..], |case| &case.disputed);
        let names: Vec<&str> =
            disputed.iter().map(|case| view.case(*case).map_or("", |case| case.name.as_str())).collect();
        row.push(names.join(", ").into());
        row.push(passages(&code.passages));
        table.push(row);
    }
    table
}
