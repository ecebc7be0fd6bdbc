//! The figures of a round as a table: the pooled row, then a row a code.

use super::tables::Format;
use crate::agreement::Estimate;
use crate::findings::basis::no_texts;
use crate::findings::figures::{
    Counts, Figure, Figures, Row, Which, case_word, coded_in_part, passages, rounds_in_a_row,
};
use crate::findings::verdict::{
    case_sentence, interval, listed, names, number_or_dash, pooled_sentence, prevalence, reach, short, unit_sentence,
    unit_word,
};
use crate::project::id::CodeId;
use crate::project::round::{Drawn, Unit};
use crate::project::view::View;
use crate::table::{Cell, Table, Value, counted, thousands};

/// The table of `figures`.
#[must_use]
pub fn table(view: &View<'_>, figures: &Figures, study: &str, format: Format) -> Table {
    let pair = figures.coders.len() == 2;
    let initials: Vec<&str> = figures.coders.iter().map(|coder| view.initials(*coder)).collect();
    let only = |n: usize| format!("Only {}", initials.get(n).copied().unwrap_or("?"));
    let (only_a, only_b) = (only(0), only(1));
    let cases = capital(&case_word(view, &figures.basis.cases, 2));
    let by = format!("Passages {}", initials.join(" / "));
    let alpha = format!("Alpha, {}", figures.basis.unit.name());
    let mut columns = vec![("code", "Code"), ("alpha", alpha.as_str()), ("interval", "Interval")];
    if pair {
        columns.extend([("both", "Both"), ("only_a", &only_a), ("only_b", &only_b), ("neither", "Neither")]);
        columns.push(("no_common_text", "Both, no word in common"));
    } else {
        columns.extend([("all", "All"), ("some", "Some"), ("none", "None")]);
    }
    columns.extend([("character_alpha", "Alpha, character"), ("cases_agree", &cases), ("differ_on", "Differ on")]);
    columns.extend([("passages", by.as_str()), ("note", "")]);
    let mut files = vec!["low", "high", "character_low", "character_high"];
    if pair {
        files.extend(["positive_agreement", "character_both", "character_only_a", "character_only_b"]);
        files.extend(["character_neither", "character_positive_agreement"]);
    } else {
        files.extend(["character_all", "character_some", "character_none"]);
    }
    files.extend([
        "case_alpha",
        "cases_that_agree",
        "cases",
        "not_pooled",
        "verdict",
        "on_cases",
        "prevalence",
        "reach",
    ]);
    files.extend(["coders", "round", "exploratory", "code_id"]);
    let mut out = Table::new(title(view, figures, study), columns).in_files(files);
    let write = Write { view, figures, pair, format };
    out.push(write.pooled());
    for row in &figures.rows {
        out.push(write.row(row));
    }
    out
}

/// What stands above the table.
fn title(view: &View<'_>, figures: &Figures, study: &str) -> String {
    let (basis, facts) = (&figures.basis, &figures.scope);
    let initials: Vec<&str> = figures.coders.iter().map(|coder| view.initials(*coder)).collect();
    let drawn = match basis.round.drawn {
        Drawn::ByHand => "chosen by hand",
        Drawn::AtRandom { .. } => "drawn at random",
        Drawn::Stratified { .. } => "drawn at random within strata",
    };
    let mut lines = vec![
        format!(
            "Agreement in {} of “{study}”: {}, {} of {} {}, {drawn}",
            basis.round.name,
            listed(&initials),
            facts.cases,
            facts.all_cases,
            case_word(view, &basis.cases, facts.all_cases),
        ),
        format!("As finished on {}, before anybody talked", figures.revealed.strftime("%-d %B %Y")),
    ];
    for (coder, cases) in coded_in_part(basis) {
        let named: Vec<&str> = cases.iter().filter_map(|id| view.case(*id)).map(|case| case.name.as_str()).collect();
        let all = basis.cases.len();
        let (who, of) = (view.initials(coder), case_word(view, &basis.cases, all));
        lines.push(format!("{who} coded {} of the {all} {of}: {}", cases.len(), listed(&named)));
    }
    if basis.exploratory {
        lines.push("Exploratory, chosen after reveal".to_owned());
    }
    let within: Vec<&str> = facts.within.iter().map(|code| view.code_name(*code)).collect();
    let within = if within.is_empty() { String::new() } else { format!("within {}, ", listed(&within)) };
    lines.push(format!(
        "Scope: {within}{}, {} {}, {} words; {} pinned on {}",
        counted(facts.sources, "source", "sources"),
        thousands(facts.units),
        unit_word(basis.unit, facts.units),
        thousands(facts.words),
        counted(facts.codes, "code", "codes"),
        facts.pinned.strftime("%-d %B %Y"),
    ));
    if let Some(depth) = basis.depth {
        lines.push(if depth == 1 {
            "At the level of main codes".to_owned()
        } else {
            format!("At level {depth} of the tree of codes")
        });
    }
    lines.push(capital(&pooled_sentence(figures)));
    if !figures.left_out.is_empty() {
        let left_out: Vec<&str> = figures.left_out.iter().map(|code| view.code_name(*code)).collect();
        lines.push(format!("Not pooled, because codes below them are in use: {}", listed(&left_out)));
    }
    if !figures.unmatched.is_empty() {
        lines.push(format!("{} not matched yet", counted(figures.unmatched.len(), "proposal", "proposals")));
    }
    let row = rounds_in_a_row(view, &no_texts);
    if row.len() > 1 {
        let one = |round: &crate::findings::figures::InARow| {
            let known = if round.cases_not_before { "" } else { " (on cases discussed before)" };
            format!("{} {}{known}", round.name, number_or_dash(round.pooled.and_then(|alpha| alpha.value)))
        };
        lines.push(format!("Rounds: {}", row.iter().map(one).collect::<Vec<_>>().join(", ")));
    }
    lines.join("\n")
}

/// What rows are written from.
struct Write<'a> {
    view: &'a View<'a>,
    figures: &'a Figures,
    pair: bool,
    format: Format,
}

impl Write<'_> {
    /// A coefficient: as it is printed for people, whole for files.
    fn coefficient(&self, value: Option<f64>) -> Cell {
        match (self.format, value) {
            (Format::Table | Format::Md, value) => number_or_dash(value).into(),
            (_, Some(value)) => Value::Decimal(value, 17).into(),
            (_, None) => Cell::default(),
        }
    }

    fn ends(alpha: Option<&Estimate>) -> [Cell; 2] {
        let ends = alpha.and_then(|alpha| alpha.interval);
        [0, 1].map(|end| ends.map(|ends| Cell::from(Value::Decimal(ends[end], 17))).unwrap_or_default())
    }

    /// Two coefficients and nothing else of a level of which a row says nothing.
    fn nothing(n: usize) -> Vec<Cell> {
        vec![Cell::default(); n]
    }

    fn pooled(&self) -> Vec<Cell> {
        let pooled = &self.figures.pooled;
        let value = |alpha: Option<Estimate>| alpha.and_then(|alpha| alpha.value);
        let mut row = vec![
            counted(pooled.codes, "code, pooled", "codes, pooled").into(),
            self.coefficient(value(pooled.unit)),
            pooled.unit.and_then(|alpha| alpha.interval).map(interval).into(),
        ];
        row.extend(Self::nothing(if self.pair { 5 } else { 3 }));
        row.push(self.coefficient(value(pooled.character)));
        let pairs = pooled
            .case
            .map(|case| format!("{} of {} agree, alpha {}", case.agree, case.of, number_or_dash(case.alpha.value)));
        row.extend([pairs.into(), Cell::default(), self.passages(&pooled.passages, None), Cell::default()]);
        row.extend(Self::ends(pooled.unit.as_ref()));
        row.extend(Self::ends(pooled.character.as_ref()));
        row.extend(Self::nothing(if self.pair { 6 } else { 3 }));
        let cases = pooled.case.as_ref();
        row.extend([
            cases
                .and_then(|case| case.alpha.value)
                .map(|value| Cell::from(Value::Decimal(value, 17)))
                .unwrap_or_default(),
            cases.map(|case| case.agree).into(),
            cases.map(|case| case.of).into(),
            false.into(),
            pooled_sentence(self.figures).into(),
        ]);
        row.extend(Self::nothing(3));
        row.extend(self.tail(None));
        row
    }

    fn row(&self, row: &Row) -> Vec<Cell> {
        let unit = self.figures.basis.unit;
        let figure = row.unit.as_ref();
        let mut out = vec![
            row.name.as_str().into(),
            self.coefficient(figure.and_then(|figure| figure.alpha.value)),
            figure.and_then(|figure| figure.alpha.interval).map(interval).into(),
        ];
        out.extend(self.counts(row.code, unit, figure));
        if self.pair {
            let n = figure.and_then(|figure| figure.no_common_text).filter(|n| *n > 0);
            out.push(n.map(|n| self.led(n, row.code, unit, Which::NothingInCommon)).unwrap_or_default());
        }
        out.push(self.coefficient(row.character.as_ref().and_then(|figure| figure.alpha.value)));
        let case = row.case.as_ref();
        out.push(case.map(|case| format!("{} of {}", case.agree, case.of)).into());
        out.push(case.map(|case| names(self.view, &case.disputed).join(", ")).into());
        out.push(self.passages(&row.passages, Some(row.code)));
        out.push(figure.and_then(|figure| short(self.view, self.figures, row, figure, unit)).into());
        out.extend(Self::ends(figure.map(|figure| &figure.alpha)));
        out.extend(Self::ends(row.character.as_ref().map(|figure| &figure.alpha)));
        let decimal = |value: Option<f64>| value.map(|value| Cell::from(Value::Decimal(value, 17))).unwrap_or_default();
        if self.pair {
            out.push(decimal(figure.and_then(|figure| figure.positive_agreement)));
        }
        out.extend(self.counts(row.code, Unit::Char, row.character.as_ref()));
        if self.pair {
            out.push(decimal(row.character.as_ref().and_then(|figure| figure.positive_agreement)));
        }
        out.extend([
            decimal(case.filter(|case| case.shows_alpha).and_then(|case| case.figure.alpha.value)),
            case.map(|case| case.agree).into(),
            case.map(|case| case.of).into(),
            row.left_out.into(),
            unit_sentence(self.view, self.figures, row).into(),
            case_sentence(self.view, self.figures, row).into(),
            prevalence(self.figures, row).into(),
            reach(self.view, self.figures, row).into(),
        ]);
        out.extend(self.tail(Some(row.code)));
        out
    }

    fn tail(&self, code: Option<CodeId>) -> [Cell; 4] {
        let initials: Vec<&str> = self.figures.coders.iter().map(|coder| self.view.initials(*coder)).collect();
        [
            initials.join(" ").into(),
            self.figures.basis.round.name.as_str().into(),
            self.figures.basis.exploratory.into(),
            code.map(|code| code.0.guid()).into(),
        ]
    }

    fn counts(&self, code: CodeId, unit: Unit, figure: Option<&Figure>) -> Vec<Cell> {
        let of = |n: u64, which: Which| self.led(n, code, unit, which);
        let coder = |n: usize| self.figures.coders.get(n).map_or(Which::Any, |coder| Which::Only(*coder));
        match figure.map(|figure| figure.counts) {
            None => Self::nothing(if self.pair { 4 } else { 3 }),
            Some(Counts::Two { both, only_a, only_b, neither }) => {
                vec![of(both, Which::All), of(only_a, coder(0)), of(only_b, coder(1)), neither.into()]
            }
            Some(Counts::Several { all, some, none }) => vec![of(all, Which::All), of(some, Which::Apart), none.into()],
        }
    }

    /// A count with the codings that it was counted from, for JSON.
    fn led(&self, n: u64, code: CodeId, unit: Unit, which: Which) -> Cell {
        let mut from = Vec::new();
        if self.format == Format::Json && n > 0 {
            let behind = passages(self.figures, Some(code), unit, which);
            from = behind.iter().flat_map(|behind| &behind.codings).map(|coding| coding.0.guid()).collect();
            from.sort_unstable();
            from.dedup();
        }
        Cell { value: Value::Count(n), from }
    }

    fn passages(&self, counts: &[u64], code: Option<CodeId>) -> Cell {
        let written: Vec<String> = counts.iter().map(|n| thousands(*n)).collect();
        let basis = &self.figures.basis;
        let is = |id: CodeId| code.is_none_or(|code| basis.rolled(id) == code);
        let from = if self.format == Format::Json {
            basis.marks.iter().filter(|mark| is(mark.code)).map(|mark| mark.id.0.guid()).collect()
        } else {
            Vec::new()
        };
        Cell { value: Value::Text(written.join(" / ")), from }
    }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
