//! A plan as it is shown before anything is taken in: what is new, changed, unmatched, refused.

use super::plan::{Column, Plan, To};
use crate::project::case::{AttributeKind, Bearer};
use crate::table::Table;

impl Column {
    /// What becomes of the column: `new: one of Rural, Urban`, `Setting: one of`.
    #[must_use]
    pub fn becomes(&self) -> String {
        let kind = match self.kind {
            AttributeKind::Choice | AttributeKind::Choices if !self.choices.is_empty() => {
                format!("{} {}", self.kind.name(), self.choices.join(", "))
            }
            kind => kind.name().to_owned(),
        };
        match self.to {
            To::New => format!("new attribute, {kind}"),
            To::Known(_) => kind,
            To::Role => "what participants are".to_owned(),
        }
    }
}

impl Plan {
    /// What becomes of each column, with how many values are new, change, are so already, are missing, are refused.
    #[must_use]
    pub fn by_column(&self) -> Table {
        let columns = [
            ("column", "Column"),
            ("becomes", "Becomes"),
            ("new", "New"),
            ("changed", "Changed"),
            ("same", "As it is"),
            ("empty", "Empty"),
            ("refused", "Refused"),
        ];
        let mut table = Table::new(self.title(), columns);
        let number = |n: usize| n as u64;
        let refused = |heading: &str| number(self.refused.iter().filter(|one| one.column == heading).count());
        for column in &self.columns {
            table.push(vec![
                column.heading.as_str().into(),
                column.becomes().into(),
                number(column.new).into(),
                number(column.changed).into(),
                number(column.same).into(),
                number(column.empty).into(),
                refused(&column.heading).into(),
            ]);
        }
        for column in &self.answers {
            table.push(vec![
                column.heading.as_str().into(),
                "sources, an answer each".into(),
                number(column.new.len()).into(),
                0_u64.into(),
                number(column.same).into(),
                number(column.empty).into(),
                refused(&column.heading).into(),
            ]);
        }
        let whole = self.refused.iter().filter(|one| self.columns.iter().all(|column| column.heading != one.column));
        let whole: Vec<_> =
            whole.filter(|one| self.answers.iter().all(|column| column.heading != one.column)).collect();
        for one in whole {
            let mut row = vec![one.column.as_str().into(), format!("refused: it {}", one.why).into()];
            row.resize_with(table.columns.len(), Default::default);
            table.push(row);
        }
        for (heading, why) in &self.left_out {
            let mut row = vec![heading.as_str().into(), format!("left out: {why}").into()];
            row.resize_with(table.columns.len(), Default::default);
            table.push(row);
        }
        table
    }

    /// Everything that is not simply new, a line each: changed values, rows that are nobody's, what is refused; at most
    /// `most` of each kind. With what the cut hides as the last line of its kind.
    #[must_use]
    pub fn by_row(&self, most: usize) -> Table {
        let columns = [
            ("what", "What"),
            ("row", "Row"),
            ("name", self.what_title()),
            ("column", "Column"),
            ("before", "Now"),
            ("after", "Then"),
            ("why", "Why"),
        ];
        let mut table = Table::new("", columns);
        let number = |row: usize| row as u64;
        let more = |table: &mut Table, what: &str, all: usize| {
            if all > most {
                let mut row = vec![what.into()];
                row.resize_with(7, Default::default);
                row[6] = format!("and {} more", all - most).into();
                table.push(row);
            }
        };
        for one in self.refused.iter().take(most) {
            let after = "".into();
            let before = "".into();
            let (name, column) = (one.name.as_str().into(), one.column.as_str().into());
            table.push(vec![
                "refused".into(),
                number(one.row).into(),
                name,
                column,
                before,
                after,
                one.why.as_str().into(),
            ]);
        }
        more(&mut table, "refused", self.refused.len());
        for one in self.unmatched.iter().take(most) {
            let mut row = vec!["unmatched".into(), number(one.row).into(), one.name.as_str().into()];
            row.resize_with(6, Default::default);
            row.push(one.why.as_str().into());
            table.push(row);
        }
        more(&mut table, "unmatched", self.unmatched.len());
        for (what, all) in [("new case", &self.new_cases), ("new participant", &self.new_people)] {
            for one in all.iter().take(most) {
                let mut row = vec![what.into(), number(one.row).into(), one.name.as_str().into()];
                row.resize_with(7, Default::default);
                table.push(row);
            }
            more(&mut table, what, all.len());
        }
        for one in self.changed.iter().take(most) {
            let (name, column) = (one.name.as_str().into(), one.column.as_str().into());
            let (before, after) = (one.before.as_str().into(), one.after.as_str().into());
            table.push(vec!["changed".into(), number(one.row).into(), name, column, before, after, "".into()]);
        }
        more(&mut table, "changed", self.changed.len());
        table
    }

    const fn what_title(&self) -> &'static str {
        match self.asked.of {
            Bearer::Case => "Case",
            Bearer::Participant => "Participant",
        }
    }

    /// How many rows are whose: `28 cases by “Practice”, 2 rows unmatched`.
    #[must_use]
    pub fn title(&self) -> String {
        let matched = match self.asked.of {
            Bearer::Case => counted(self.matched, "case", "cases"),
            Bearer::Participant => counted(self.matched, "participant", "participants"),
        };
        let by =
            if self.name_column.is_empty() { "the first column".into() } else { format!("“{}”", self.name_column) };
        match self.unmatched.len() {
            0 => format!("{matched}, found by {by}"),
            n => format!("{matched}, found by {by}; {} unmatched", counted(n, "row", "rows")),
        }
    }

    /// What taking it in does, or did: `120 values new, 3 changed, 2 new attributes, 14 sources`.
    #[must_use]
    pub fn did(&self) -> String {
        let sum = |of: fn(&Column) -> usize| self.columns.iter().map(of).sum::<usize>();
        let attributes = self.columns.iter().filter(|one| one.to == To::New && !one.values.is_empty()).count();
        let sources = self.answers.iter().map(|column| column.new.len()).sum::<usize>();
        let mut parts = Vec::new();
        if !self.new_cases.is_empty() {
            parts.push(counted(self.new_cases.len(), "new case", "new cases"));
        }
        if !self.new_people.is_empty() {
            parts.push(counted(self.new_people.len(), "new participant", "new participants"));
        }
        parts.extend([counted(sum(|column| column.new), "new value", "new values")]);
        parts.push(format!("{} changed", sum(|column| column.changed)));
        if attributes > 0 {
            parts.push(counted(attributes, "new attribute", "new attributes"));
        }
        if !self.answers.is_empty() {
            parts.push(counted(sources, "answer as a source", "answers as sources"));
        }
        parts.join(", ")
    }
}

/// A number with its noun, thousands apart: `1 row`, `100,000 rows`.
#[must_use]
pub fn counted(n: usize, one: &str, more: &str) -> String {
    format!("{} {}", crate::table::thousands(n as u64), if n == 1 { one } else { more })
}
