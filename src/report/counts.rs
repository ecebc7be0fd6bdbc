//! Counted tables as tables: how many of how many, in percent, with what is disputed, missing or not yet coded named
//! apart, and the codings behind every count.

use crate::findings::count::{Counted, Counting, Figure, Line};
use crate::findings::expression::print;
use crate::findings::presence::{Presence, Unit};
use crate::project::id::WaveId;
use crate::project::saved::{Counts, Rule};
use crate::project::view::View;
use crate::table::{Cell, Column, Table, Value};
use std::collections::HashSet;

/// What is shown of a counted table.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Shown {
    /// How often a thing was said, in the place of how many said it.
    pub how_often: bool,
    /// The names of those counted.
    pub who: bool,
    /// For files: numbers stay numbers where a span would be printed.
    pub for_files: bool,
}

/// A counted table.
#[must_use]
pub fn table(view: &View<'_>, counted: &Counted, shown: Shown) -> Table {
    let mut out = Table { title: title(counted), columns: columns(view, counted, shown), rows: Vec::new() };
    let counting = Counting::new(*view, &counted.presence);
    let mut group = "";
    for line in &counted.lines {
        // People read a heading once.
        let again = !shown.for_files && group == line.group;
        group = &line.group;
        let row = cells(view, counted, &counting, line, shown, if again { "" } else { group });
        out.push(row);
    }
    if !shown.for_files {
        fill(&mut out);
    }
    out
}

/// Takes out the columns for people in which nothing stands.
fn fill(table: &mut Table) {
    let stays: Vec<bool> = (0..table.columns.len())
        .map(|n| table.columns[n].in_files_only || table.rows.iter().any(|row| !row[n].words().is_empty()))
        .collect();
    let mut n = 0..;
    table.columns.retain(|_| n.next().is_some_and(|n| stays[n]));
    for row in &mut table.rows {
        let mut n = 0..;
        row.retain(|_| n.next().is_some_and(|n| stays[n]));
    }
}

/// Its name with what it counts: `Strategies (N = 30 practices)`.
fn title(counted: &Counted) -> String {
    let all = format!("N = {} {}", counted.units.len(), noun(counted));
    if counted.table.name.is_empty() { all } else { format!("{} ({all})", counted.table.name) }
}

/// What is counted, of several: `practices`, `sources of practices`.
#[must_use]
pub fn noun(counted: &Counted) -> String {
    let (counts, kind) = (counted.table.counts, counted.table.kind.as_str());
    let kinds = match kind.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{kind}s"),
    };
    match counts {
        _ if kind.is_empty() => counts.name().to_owned(),
        Counts::Cases => kinds,
        counts => format!("{} of {kinds}", counts.name()),
    }
}

fn columns(view: &View<'_>, counted: &Counted, shown: Shown) -> Vec<Column> {
    let wave = |id: Option<WaveId>| id.and_then(|id| view.wave(id)).map(|wave| wave.name.as_str());
    let both = counted.beside.is_some();
    let (now, before) = (wave(counted.table.wave), wave(counted.table.beside));
    let of_wave = |title: &str, wave: Option<&str>| match wave {
        Some(wave) if both => format!("{title} {wave}"),
        _ => title.to_owned(),
    };
    let column = |key: &'static str, title: String| Column { key, title, in_files_only: false };
    let in_files = |key: &'static str| Column { key, title: key.replace('_', " "), in_files_only: true };
    let mut out = vec![in_files("table"), column("group", String::new()), column("line", String::new())];
    if shown.how_often {
        out.push(column("passages", "How often".into()));
    } else {
        out.extend([
            column("n", of_wave("n", now)),
            column("of", "of".into()),
            column("percent", of_wave("%", now)),
            column("of_what", "of what".into()),
        ]);
    }
    out.push(column("class", "Class".into()));
    for (key, title) in [("before", "n"), ("before_of", "of"), ("before_percent", "%")] {
        out.push(column(key, of_wave(title, before.or(Some("before")))));
    }
    for (key, title) in [
        ("kept", "Kept"),
        ("gained", "Gained"),
        ("lost", "Lost"),
        ("in_one", "In one only"),
        ("disputed", "Disputed"),
        ("missing", "Missing"),
        ("not_yet_coded", "Not yet coded"),
        ("judged", "Judged"),
        ("who", "Who"),
    ] {
        out.push(column(key, title.into()));
    }
    let files = ["most", "indent", "important", "holds", "yes", "no", "disputed_in", "missing_in", "not_yet_coded_in"];
    out.extend(files.into_iter().chain(["wave", "by", "rests_on"]).map(in_files));
    out
}

fn cells(
    view: &View<'_>,
    counted: &Counted,
    counting: &Counting<'_>,
    line: &Line,
    shown: Shown,
    group: &str,
) -> Vec<Cell> {
    let figure = &line.figure;
    let names = |units: &[Unit]| units.iter().map(|unit| unit.name(view)).collect::<Vec<_>>().join(", ");
    let codings = |units: &[Unit]| codings(counting, &counted.presence, line, units);
    let set_in = if shown.for_files { String::new() } else { "\u{2003}".repeat(usize::from(line.line.indent)) };
    let mut out: Vec<Cell> =
        vec![counted.table.name.as_str().into(), group.into(), format!("{set_in}{}", line.name).into()];
    if shown.how_often {
        let passages: HashSet<usize> =
            counted.units.iter().flat_map(|unit| counting.behind(&line.holds, *unit)).collect();
        let n = Value::Count(passages.len() as u64);
        out.push(Cell { value: n, from: codings(&counted.units) });
    } else {
        let (n, percent) = how_many(figure, shown.for_files);
        out.push(Cell { value: n, from: codings(&figure.yes) });
        out.extend([(figure.of() as u64).into(), percent, line.of.as_deref().into()]);
    }
    out.push(line.rule.as_deref().into());
    match &line.waves {
        Some(waves) => {
            let (n, percent) = how_many(&waves.figure, shown.for_files);
            out.extend([n.into(), (waves.figure.of() as u64).into(), percent]);
            for units in [&waves.kept, &waves.gained, &waves.lost, &waves.in_one] {
                out.push(which(units.len(), &names(units), shown));
            }
        }
        None => out.extend((0..7).map(|_| Cell::default())),
    }
    for units in [&figure.disputed, &figure.missing, &figure.not_yet] {
        out.push(which(units.len(), &names(units), shown));
    }
    out.push(judged(view, counting, line, counted).into());
    out.push(if shown.who { names(&figure.yes).into() } else { Cell::default() });
    out.extend([Cell::from(figure.high() as u64), u32::from(line.line.indent).into(), line.line.important.into()]);
    out.push(print(view, &line.holds).into());
    for units in [&figure.yes, &figure.no, &figure.disputed, &figure.missing, &figure.not_yet] {
        out.push(names(units).into());
    }
    out.push(counted.table.wave.and_then(|id| view.wave(id)).map(|wave| wave.name.as_str()).into());
    out.extend([counted.presence.by().name().into(), counted.rests.as_str().into()]);
    out
}

/// How many, and the percentage.
fn how_many(figure: &Figure, for_files: bool) -> (Value, Cell) {
    let (low, of) = (figure.low() as u64, figure.of() as u64);
    if for_files || figure.low() == figure.high() {
        return (Value::Count(low), Value::Share(low, of).into());
    }
    let percent = figure.percent().map(|percent| format!("{percent} %"));
    (Value::Text(format!("{low}–{}", figure.high())), percent.into())
}

/// How many, and with `who` their names; nothing of none.
fn which(n: usize, names: &str, shown: Shown) -> Cell {
    match n {
        0 if !shown.for_files => Cell::default(),
        n if shown.who && !shown.for_files => format!("{n}: {names}").into(),
        n => (n as u64).into(),
    }
}

/// What was judged beside the passages: `explicitly not in 4, not asked in 1`.
#[must_use]
pub fn judged(view: &View<'_>, counting: &Counting<'_>, line: &Line, counted: &Counted) -> String {
    let mut parts = Vec::new();
    for (held, judgements) in counting.judged(&line.holds, &counted.units) {
        let mut cases: Vec<&str> = judgements
            .iter()
            .filter_map(|judgement| view.case(judgement.case))
            .map(|case| case.name.as_str())
            .collect();
        cases.dedup();
        parts.push(format!("{} in {}", held.name(), cases.len()));
    }
    parts.join(", ")
}

/// The codings that a line rests on in some units, as GUIDs, each once.
fn codings(counting: &Counting<'_>, presence: &Presence, line: &Line, units: &[Unit]) -> Vec<String> {
    let mut seen = HashSet::new();
    let passages = units.iter().flat_map(|unit| counting.behind(&line.holds, *unit));
    let codings = passages.filter_map(|at| presence.counted(at)).flat_map(|counted| counted.codings.iter());
    codings.filter(|coding| seen.insert(**coding)).map(|coding| coding.0.guid()).collect()
}

/// What stands under a table: what it rests on, its rules, what is left out and why.
#[must_use]
pub fn foot(view: &View<'_>, counted: &Counted) -> Vec<String> {
    let mut out = Vec::new();
    let wave = |id: Option<WaveId>| id.and_then(|id| view.wave(id)).map(|wave| wave.name.as_str());
    let by = counted.presence.by().name();
    let rests = if counted.rests.is_empty() { String::new() } else { format!(": {}", counted.rests) };
    match counted.of_codes {
        true => out.push(format!("Rests on the codings of {} ({by}){rests}.", noun(counted))),
        false => out.push(format!("Rests on what is known of {} (attributes).", noun(counted))),
    }
    match (wave(counted.table.wave), wave(counted.table.beside)) {
        (Some(now), Some(before)) => out.push(format!("Wave {now} beside {before}.")),
        (Some(now), None) => out.push(format!("Wave {now}.")),
        (None, Some(before)) => out.push(format!("All waves beside {before}.")),
        (None, None) if !view.waves().is_empty() => {
            out.push("All waves together; values that differ by wave are those of the first.".into());
        }
        (None, None) => {}
    }
    if let Some(only) = &counted.table.only {
        out.push(format!("Only where {} holds.", print(view, only)));
    }
    let rules: Vec<String> = counted.table.rules.iter().map(rule).collect();
    if !rules.is_empty() {
        out.push(format!("{}.", rules.join("; ")));
    }
    if !counted.not_yet.is_empty() {
        let names: Vec<String> = counted.not_yet.iter().map(|unit| unit.name(view)).collect();
        out.push(format!("Not yet coded, and in no denominator of codes: {}.", names.join(", ")));
    }
    out
}

/// A rule in words: `common: 10 or more`.
#[must_use]
pub fn rule(rule: &Rule) -> String {
    let mut said = match (rule.least, rule.below) {
        (Some(least), Some(below)) => format!("{least} to {}", below.saturating_sub(1)),
        (Some(least), None) => format!("{least} or more"),
        (None, Some(below)) => format!("fewer than {below}"),
        (None, None) => "any number".into(),
    };
    if rule.important {
        said.push_str(", marked important");
    }
    format!("{}: {said}", rule.name)
}
