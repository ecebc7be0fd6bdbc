//! The saved tables: as text, for spreadsheets, as bars.

use super::{File, Names};
use crate::findings::count::{Counted, Line, table};
use crate::findings::presence::{By, Unit, no_speakers};
use crate::project::saved::Counts;
use crate::report::counts::{Shown, foot, noun, table as as_table};
use crate::report::documents::Sheaf;
use crate::report::figures::{Bar, Beside, Frame, bars};
use crate::table::counted as how_many;

/// The saved tables with their figures, in order.
pub(super) fn counted(sheaf: &Sheaf<'_>) -> Vec<Counted> {
    let speakers = |source, span| sheaf.speakers(source, span);
    let count = |saved: &&std::sync::Arc<crate::project::saved::SavedTable>| match saved.counts {
        Counts::Participants => table(&sheaf.view, saved, By::Working, &speakers),
        _ => table(&sheaf.view, saved, By::Working, &no_speakers),
    };
    sheaf.view.tables().iter().map(count).collect()
}

pub(super) fn files(sheaf: &Sheaf<'_>, counted: &[Counted], names: &mut Names) -> Vec<File> {
    let view = &sheaf.view;
    let mut out = Vec::new();
    for counted in counted {
        let name = names.give(&counted.table.name, "table");
        let shown = as_table(view, counted, Shown::default());
        let for_files = as_table(view, counted, Shown { for_files: true, ..Shown::default() });
        let mut foot = foot(view, counted);
        foot.extend(open(sheaf, counted));
        let lines = how_many(counted.lines.len(), "line", "lines");
        let about = format!("{}: {lines}", shown.title);
        out.push(File::md(format!("tables/{name}.md"), about, &shown, &foot));
        let about = format!("the same with the names of {} and the expression of each line", noun(counted));
        out.push(File::csv(format!("tables/{name}.csv"), about, &for_files));
        let frame = Frame { title: shown.title, notes: [waves(sheaf, counted), foot].concat() };
        let drawn: Vec<Bar> = counted.lines.iter().map(bar).collect();
        let about = format!("{} as bars", counted.table.name);
        out.push(File::new(format!("figures/{name}.svg"), about, bars(&frame, &drawn)));
    }
    out
}

/// Who is in dispute, not yet coded, not known, by name, with the lines in which they are; those of whom nothing is coded
/// stand once, elsewhere.
fn open(sheaf: &Sheaf<'_>, counted: &Counted) -> Vec<String> {
    let told = |head: &str, of: fn(&Line) -> &Vec<Unit>| {
        // Lines that leave the same ones open are told together.
        let mut told: Vec<(Vec<Unit>, Vec<&str>)> = Vec::new();
        for line in &counted.lines {
            let left = of(line).iter().copied().filter(|unit| !counted.not_yet.contains(unit));
            let left: Vec<Unit> = left.collect();
            match told.iter_mut().find(|(units, _)| *units == left) {
                _ if left.is_empty() => {}
                Some((_, lines)) => lines.push(&line.name),
                None => told.push((left, vec![&line.name])),
            }
        }
        let names = |units: &[Unit]| units.iter().map(|unit| unit.name(&sheaf.view)).collect::<Vec<_>>().join(", ");
        let each: Vec<String> =
            told.iter().map(|(units, lines)| format!("{} ({})", names(units), lines.join("; "))).collect();
        (!each.is_empty()).then(|| format!("{head}: {}.", each.join("; ")))
    };
    let parts = [
        told("In dispute", |line| &line.figure.disputed),
        told("Not yet coded in a line", |line| &line.figure.not_yet),
        told("Not known", |line| &line.figure.missing),
    ];
    parts.into_iter().flatten().collect()
}

/// Which bar is which, of two waves.
fn waves(sheaf: &Sheaf<'_>, counted: &Counted) -> Vec<String> {
    let name = |id| sheaf.view.wave(id).map_or("a wave that is gone", |wave| wave.name.as_str());
    let Some(beside) = counted.table.beside else { return Vec::new() };
    let now = counted.table.wave.map_or("all waves", name);
    vec![format!("Upper bar: {now}; lower bar: {}.", name(beside))]
}

fn bar(line: &Line) -> Bar {
    let figure = &line.figure;
    let beside = line.waves.as_ref().map(|waves| {
        let figure = &waves.figure;
        Beside { low: figure.low(), high: figure.high(), of: figure.of() }
    });
    Bar {
        group: line.group.clone(),
        name: line.name.clone(),
        indent: line.line.indent,
        low: figure.low(),
        high: figure.high(),
        of: figure.of(),
        mark: line.rule.clone().unwrap_or_default(),
        beside,
    }
}
