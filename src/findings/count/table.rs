//! Saved tables, counted.

use super::groups::{Group, Headings, split};
use super::{Counting, Figure};
use crate::findings::presence::{By, Presence, Speakers, Unit};
use crate::findings::truth::Truth;
use crate::findings::working::Rests;
use crate::project::id::{CaseId, LineId, RowId};
use crate::project::row::Expr;
use crate::project::saved::{Rule, SavedTable, Sort, TableLine, Under};
use crate::project::view::View;
use std::collections::HashSet;
use std::sync::Arc;

/// A saved table with its figures.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The table.
    pub table: Arc<SavedTable>,
    /// What it counts, in order; where it is split by an attribute, by its values.
    pub units: Vec<Unit>,
    /// The values that it is split by, in order, with how many of the units have each; none where it is not.
    pub groups: Vec<Group>,
    /// Its lines, grouped and sorted.
    pub lines: Vec<Line>,
    /// What is where in the wave it counts.
    pub presence: Arc<Presence>,
    /// The same in the wave that it is put beside.
    pub beside: Option<Arc<Presence>>,
    /// Whether anything in it asks for codes; what rests on attributes alone waits for nobody's coding.
    pub of_codes: bool,
    /// What the figures rest on: `5 coded twice, 25 coded once`; empty where they rest on attributes alone.
    pub rests: String,
    /// Those that nobody who should has coded to the end.
    pub not_yet: Vec<Unit>,
}

/// A line of a table with its figures.
#[derive(Clone, Debug)]
pub struct Line {
    /// The line.
    pub line: Arc<TableLine>,
    /// What it is called here.
    pub name: String,
    /// What it stands under; empty for nothing.
    pub group: String,
    /// What it counts.
    pub row: RowId,
    /// What has to hold.
    pub holds: Expr,
    /// How many, and who.
    pub figure: Figure,
    /// What its percentage is of, in words; `None` where it is all.
    pub of: Option<String>,
    /// The name that its count gives it.
    pub rule: Option<String>,
    /// The same in the other wave, and what became of each.
    pub waves: Option<Waves>,
}

/// A line in two waves.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Waves {
    /// How many, and who, in the wave beside.
    pub figure: Figure,
    /// Held before and holds still.
    pub kept: Vec<Unit>,
    /// Holds now and did not.
    pub gained: Vec<Unit>,
    /// Held and does not now.
    pub lost: Vec<Unit>,
    /// Known in one of the two only.
    pub in_one: Vec<Unit>,
}

/// What became of a unit from the earlier wave to the later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Became {
    /// It held and holds still.
    Kept,
    /// It holds now and did not.
    Gained,
    /// It held and does not now.
    Lost,
    /// It is known in one of the two only.
    InOne,
}

impl Became {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Kept, Self::Gained, Self::Lost, Self::InOne];

    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::InOne => "known in one wave only",
        }
    }
}

impl Waves {
    /// Those of whom this became.
    #[must_use]
    pub fn of(&self, became: Became) -> &[Unit] {
        match became {
            Became::Kept => &self.kept,
            Became::Gained => &self.gained,
            Became::Lost => &self.lost,
            Became::InOne => &self.in_one,
        }
    }
}

/// The figures of a saved table. Of two waves, `wave` is the later and `beside` the earlier: what is gained is in `wave`.
#[must_use]
pub fn table(view: &View<'_>, saved: &Arc<SavedTable>, by: By, speakers: &Speakers<'_>) -> Counted {
    let presence = Arc::new(Presence::new(view, saved.wave, by, speakers));
    let beside = saved.beside.map(|wave| Arc::new(Presence::new(view, Some(wave), by, speakers)));
    let counting = Counting::new(*view, &presence);
    let other = beside.as_ref().map(|presence| Counting::new(*view, presence));
    let holds = |unit: &Unit| saved.only.as_ref().is_none_or(|only| counting.holds(only, *unit) == Truth::Yes);
    let units: Vec<Unit> = presence.units(view, saved.counts, &saved.kind).into_iter().filter(holds).collect();
    let (units, groups) = match saved.split {
        Some(attribute) => split(view, &counting, attribute, units),
        None => (units, Vec::new()),
    };
    let headings = (saved.under == Under::Themes).then(|| Headings::new(view));
    let mut lines: Vec<Line> = Vec::new();
    for line in view.lines(saved.id) {
        let Some(row) = view.row(line.row) else { continue };
        let of = line.of.or(saved.of).and_then(|of| view.row(of));
        let figure = counting.figure(&row.holds, &units, of.map(|of| &of.holds));
        let waves = other.as_ref().map(|other| {
            let before = other.figure(&row.holds, &units, of.map(|of| &of.holds));
            in_waves(&figure, before)
        });
        lines.push(Line {
            line: line.clone(),
            group: match &headings {
                Some(headings) => headings.name(headings.of(view, row.id, &row.holds)).to_owned(),
                None => line.group.clone(),
            },
            name: if line.label.is_empty() { row.name.clone() } else { line.label.clone() },
            row: row.id,
            holds: row.holds.clone(),
            of: of.map(|of| of.name.clone()),
            rule: rule(&saved.rules, &figure, line.important),
            figure,
            waves,
        });
    }
    if let Some(headings) = &headings {
        lines.sort_by_key(|line| headings.of(view, line.row, &line.holds));
    }
    sort(&mut lines, saved.sort);
    let mut asked: Vec<Expr> = lines.iter().map(|line| line.holds.clone()).collect();
    asked.extend(saved.only.clone());
    let of_codes = asks_codes(view, asked);
    let (mut under, mut not_yet) = (String::new(), Vec::new());
    if of_codes {
        under = rests(view, &presence, &counting, &units);
        not_yet = units.iter().copied().filter(|unit| is_untouched(&presence, *unit, view)).collect();
    }
    drop(counting);
    drop(other);
    Counted { table: saved.clone(), units, groups, lines, presence, beside, of_codes, rests: under, not_yet }
}

impl Counted {
    /// A line by its id.
    #[must_use]
    pub fn line(&self, id: LineId) -> Option<&Line> {
        self.lines.iter().find(|line| line.line.id == id)
    }
}

/// What became of a line from the earlier wave to the later.
fn in_waves(now: &Figure, before: Figure) -> Waves {
    let mut out = Waves::default();
    let known = |figure: &Figure, unit: &Unit| figure.yes.contains(unit) || figure.no.contains(unit);
    for unit in now.yes.iter().chain(&now.no) {
        match (now.yes.contains(unit), before.yes.contains(unit), before.no.contains(unit)) {
            (true, true, _) => out.kept.push(*unit),
            (true, _, true) => out.gained.push(*unit),
            (false, true, _) => out.lost.push(*unit),
            (false, _, true) => {}
            _ => out.in_one.push(*unit),
        }
    }
    out.in_one.extend(before.yes.iter().chain(&before.no).filter(|unit| !known(now, unit)).copied());
    out.figure = before;
    out
}

/// The first rule that fits a count; none where it depends on what is disputed.
fn rule(rules: &[Rule], figure: &Figure, important: bool) -> Option<String> {
    let name = |n: usize| {
        let fits = |rule: &&Rule| {
            rule.least.is_none_or(|least| n >= least as usize)
                && rule.below.is_none_or(|below| n < below as usize)
                && (important || !rule.important)
        };
        rules.iter().find(fits).map(|rule| rule.name.clone())
    };
    let (low, high) = (name(figure.low()), name(figure.high()));
    if low == high { low } else { None }
}

/// Groups stay together in the order in which they first stand; within them as asked for.
fn sort(lines: &mut [Line], by: Sort) {
    let mut groups: Vec<String> = Vec::new();
    for line in lines.iter() {
        if !groups.contains(&line.group) {
            groups.push(line.group.clone());
        }
    }
    let group = |line: &Line| groups.iter().position(|group| *group == line.group);
    lines.sort_by(|a, b| {
        let within = match by {
            Sort::AsPut => std::cmp::Ordering::Equal,
            Sort::ByCount => b.figure.low().cmp(&a.figure.low()),
            Sort::ByName => a.name.to_lowercase().cmp(&b.name.to_lowercase()),
        };
        group(a).cmp(&group(b)).then(within)
    });
}

/// Whether any of these expressions asks for a code, itself or through rows and attributes that follow from codings.
fn asks_codes(view: &View<'_>, mut left: Vec<Expr>) -> bool {
    let (mut rows, mut attributes) = (HashSet::new(), HashSet::new());
    while let Some(expr) = left.pop() {
        if !expr.codes().is_empty() {
            return true;
        }
        let named = expr.rows().into_iter().filter(|row| rows.insert(*row)).filter_map(|row| view.row(row));
        left.extend(named.map(|row| row.holds.clone()));
        let known = expr.attributes().into_iter().filter(|id| attributes.insert(*id));
        left.extend(known.filter_map(|id| view.attribute(id)?.follows.clone()));
    }
    false
}

/// Whether nobody who should has coded any of it to the end.
fn is_untouched(presence: &Presence, unit: Unit, view: &View<'_>) -> bool {
    presence.coders(view, unit, None).is_empty()
}

/// What figures of these units rest on, in words: `5 coded twice, 3 of them with open disagreements, 25 coded once, 2 not yet coded`.
#[must_use]
pub fn rests(view: &View<'_>, presence: &Presence, counting: &Counting<'_>, units: &[Unit]) -> String {
    let mut cases: Vec<CaseId> = Vec::new();
    for case in units.iter().filter_map(|unit| counting.case_of(*unit)) {
        if !cases.contains(&case) {
            cases.push(case);
        }
    }
    let (mut twice, mut open, mut once, mut not_yet) = (0, 0, 0, 0);
    for case in &cases {
        if is_untouched(presence, Unit::Case(*case), view) {
            not_yet += 1;
            continue;
        }
        match presence.rests(*case) {
            Some(Rests::Consensus(_)) => twice += 1,
            Some(Rests::Open(..)) => (twice, open) = (twice + 1, open + 1),
            Some(Rests::Allotted(coders)) if coders.len() > 1 => twice += 1,
            _ => once += 1,
        }
    }
    let mut parts = Vec::new();
    if twice > 0 {
        parts.push(match open {
            0 => format!("{twice} coded twice and reconciled"),
            open => format!("{twice} coded twice, {open} of them with open disagreements"),
        });
    }
    if once > 0 {
        parts.push(format!("{once} coded once"));
    }
    if not_yet > 0 {
        parts.push(format!("{not_yet} not yet coded"));
    }
    parts.join(", ")
}
