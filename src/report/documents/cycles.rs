//! The cycles of the analysis, and what became of the codebook from each to the next and to now.

use super::{Sheaf, counted, line};
use crate::findings::cycles::{Change, Changed, Moment, difference, in_words, of_meaning};
use crate::project::cycle::Cycle;
use crate::project::reshaping::Reshaping;
use crate::table::{Cell, Table};

/// A row a cycle, oldest first.
#[must_use]
pub fn table(sheaf: &Sheaf<'_>) -> Table {
    let view = &sheaf.view;
    let columns = [
        ("cycle", "Cycle"),
        ("when", "Frozen"),
        ("who", "By"),
        ("codes", "Codes"),
        ("passages", "Passages"),
        ("changed", "Changed since the one before"),
        ("top_theme", "Top theme"),
        ("note", "Note"),
    ];
    let mut out = Table::new("Cycles", columns).in_files(["id"]);
    let mut before: Option<Moment> = None;
    for cycle in view.cycles() {
        let now = Moment::of(cycle);
        let changed = before.as_ref().map(|before| difference(view, before, &now).changed.len() as u64);
        out.push(vec![
            cycle.name.as_str().into(),
            cycle.at.to_zoned(sheaf.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string().into(),
            view.initials(cycle.by).into(),
            (cycle.codes.len() as u64).into(),
            cycle.codes.iter().map(|code| u64::from(code.passages)).sum::<u64>().into(),
            Cell::from(changed),
            cycle.top.and_then(|top| view.theme(top)).map(|theme| theme.name.as_str()).into(),
            cycle.note.as_str().into(),
            cycle.id.0.guid().into(),
        ]);
        before = Some(now);
    }
    out
}

/// The cycles as a Markdown document.
#[must_use]
pub fn document(sheaf: &Sheaf<'_>) -> String {
    let cycles = sheaf.view.cycles();
    let mut out = format!("# The codebook as it grew: {}\n", sheaf.title());
    if cycles.is_empty() {
        out.push_str(
            "\nNo cycle was frozen. `emic codebook PROJECT --freeze NAME` freezes the codebook as it stands.\n",
        );
        return out;
    }
    let mut before: Option<Moment> = None;
    for cycle in cycles {
        let moment = Moment::of(cycle);
        out.push_str(&head(sheaf, cycle));
        if let Some(before) = &before {
            out.push_str(&changes(sheaf, before, &moment));
        }
        before = Some(moment);
    }
    if let Some(before) = &before {
        out.push_str("\n## Since then\n");
        out.push_str(&changes(sheaf, before, &Moment::now(&sheaf.view)));
    }
    out
}

fn head(sheaf: &Sheaf<'_>, cycle: &Cycle) -> String {
    let by = line(sheaf.view.initials(cycle.by));
    let codes = counted(cycle.codes.len(), "code");
    let mut out = format!("\n## {}\n\nFrozen on {} by {by}: {codes}.", line(&cycle.name), sheaf.day(cycle.at));
    if let Some(top) = cycle.top.and_then(|top| sheaf.view.theme(top)) {
        out.push_str(&format!(" Organising construct: {}.", line(&top.name)));
    }
    if !cycle.note.is_empty() {
        out.push_str(&format!(" {}", line(&cycle.note)));
    }
    out.push('\n');
    out
}

fn changes(sheaf: &Sheaf<'_>, a: &Moment, b: &Moment) -> String {
    let found = difference(&sheaf.view, a, b);
    let mut out = match found.changed.len() {
        0 => format!("\nNo code changed from “{}”.\n", line(&found.between[0])),
        n => format!("\n{} changed from “{}”:\n\n", counted(n, "code"), line(&found.between[0])),
    };
    for changed in &found.changed {
        let told: Vec<String> = changed.changes.iter().map(|change| told(sheaf, changed, change)).collect();
        out.push_str(&format!("- **{}**: {}{}\n", line(&changed.path), told.join("; "), counts(changed)));
    }
    if !found.recounted.is_empty() {
        let of = |changed: &Changed| format!("{}{}", line(&changed.name), counts(changed));
        let all: Vec<String> = found.recounted.iter().map(of).collect();
        out.push_str(&format!("\nAs they were, with other counts: {}.\n", all.join("; ")));
    }
    out
}

fn counts(changed: &Changed) -> String {
    match changed.passages {
        [Some(then), Some(later)] if then != later => format!(" ({then} → {later} passages)"),
        [Some(then), None] => format!(" (had {})", counted(then as usize, "passage")),
        [None, Some(later)] => format!(" ({})", counted(later as usize, "passage")),
        _ => String::new(),
    }
}

/// A change as it is told in a line.
fn told(sheaf: &Sheaf<'_>, changed: &Changed, change: &Change) -> String {
    let [what, from, to] = in_words(&sheaf.view, change).map(|words| line(&words));
    let by = |step: &std::sync::Arc<Reshaping>| {
        let reason = if step.reason.is_empty() { String::new() } else { format!(" (“{}”)", line(&step.reason)) };
        format!(" by {} on {}{reason}", line(sheaf.view.initials(step.by)), sheaf.day(step.at))
    };
    let by = changed.steps_of(change).map(by).collect::<Vec<_>>().join(",");
    match change {
        Change::Reworded(rewording) if !rewording.steps.is_empty() => {
            let step = |step: &std::sync::Arc<crate::project::codebook::Wording>| {
                let reason =
                    if step.reason.is_empty() { String::new() } else { format!(", “{}”", line(&step.reason)) };
                let by = line(sheaf.view.initials(step.by));
                format!("{} by {by} on {} ({}{reason})", what, sheaf.day(step.at), of_meaning(step))
            };
            rewording.steps.iter().map(step).collect::<Vec<_>>().join(", ")
        }
        _ => match (from.is_empty(), to.is_empty()) {
            (true, true) => format!("{what}{by}"),
            (true, false) => format!("{what} into {to}{by}"),
            (false, true) => format!("{what} (from {from}){by}"),
            (false, false) => format!("{what} from {from} to {to}{by}"),
        },
    }
}
