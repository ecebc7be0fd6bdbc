//! What is said of the line in hand: who, with what is disputed, missing, judged or not yet coded named apart.

use super::{FindingsView, Ready};
use crate::findings::count::{Counting, Known, Line};
use crate::findings::expression::print;
use crate::findings::presence::Unit;
use crate::findings::truth::Truth;
use crate::screen::app::App;
use crate::screen::views::agreement::short_name;

/// All that is said of the line in hand, under its name.
#[must_use]
pub fn words(app: &App) -> Option<(String, String)> {
    let state = &app.findings;
    let (ready, line) = (state.ready()?, state.line()?);
    Some((line.name.clone(), of_line(app, ready, line)))
}

/// A line in words.
pub(super) fn of_line(app: &App, ready: &Ready, line: &Line) -> String {
    let view = app.study.view();
    let counting = Counting::new(view, &ready.counted.presence);
    let figure = &line.figure;
    let percent = figure.percent().map(|percent| format!(" ({percent} %)")).unwrap_or_default();
    let of = line.of.as_ref().map(|of| format!(" with “{of}”")).unwrap_or_default();
    let mut out = format!("{}{of}{percent}", figure.words());
    if let Some(rule) = &line.rule {
        out.push_str(&format!(", {rule}"));
    }
    if line.line.important {
        out.push_str(", marked important");
    }
    out.push('\n');
    let names = |units: &[Unit]| units.iter().map(|unit| short_name(&unit.name(&view))).collect::<Vec<_>>().join(" ");
    let mut told = |head: &str, units: &[Unit]| {
        if !units.is_empty() {
            out.push_str(&format!("{head} {}: {}\n", units.len(), names(units)));
        }
    };
    told("holds of", &figure.yes);
    told("disputed in", &figure.disputed);
    told("missing in", &figure.missing);
    told("not yet coded", &figure.not_yet);
    told("not in", &figure.no);
    if let Some(split) = ready.counted.table.split.and_then(|id| view.attribute(id)) {
        let answers = ready.answers.get(&line.line.id).map_or(&[][..], Vec::as_slice);
        let mut from = 0;
        let mut parts = Vec::new();
        for group in &ready.counted.groups {
            let here = answers.iter().skip(from).take(group.len).flatten();
            let n = here.clone().filter(|truth| **truth == Truth::Yes).count();
            let of = here.filter(|truth| **truth != Truth::NotYet).count();
            parts.push(format!("{} {n} of {of}", group.name));
            from += group.len;
        }
        out.push_str(&format!("by {}: {}\n", split.name, parts.join(", ")));
    }
    let mut told = |head: &str, units: &[Unit]| {
        if !units.is_empty() {
            out.push_str(&format!("{head} {}: {}\n", units.len(), names(units)));
        }
    };
    if let Some(waves) = &line.waves {
        told("kept in", &waves.kept);
        told("gained in", &waves.gained);
        told("lost in", &waves.lost);
        told("known in one wave only", &waves.in_one);
    }
    for (held, judgements) in counting.judged(&line.holds, &ready.counted.units) {
        let said = judgements.iter().map(|judgement| {
            let case = view.case(judgement.case).map_or_else(String::new, |case| short_name(&case.name));
            let reason = if judgement.reason.is_empty() { String::new() } else { format!(": {}", judgement.reason) };
            format!("{case} ({}{reason})", view.initials(judgement.coder))
        });
        out.push_str(&format!("{} in {}: {}\n", held.name(), judgements.len(), said.collect::<Vec<_>>().join(", ")));
    }
    out.push_str(&format!("counts {}", print(&view, &line.holds)));
    out
}

/// What the cell in hand says, and why: `Warm handoff in Practice 11: absent; coded to the end by DC`.
pub(super) fn of_cell(app: &App, state: &FindingsView, ready: &Ready) -> Option<String> {
    let (line, unit) = (state.line()?, state.unit()?);
    let view = app.study.view();
    let counting = Counting::new(view, &ready.counted.presence);
    let at = ready.counted.units.iter().position(|other| *other == unit)?;
    let truth = ready.answers.get(&line.line.id)?.get(at)?;
    let says = match truth {
        None => "not in the denominator",
        Some(Truth::Yes) => "yes",
        Some(Truth::No) => "no",
        Some(Truth::Missing) => "missing",
        Some(Truth::Disputed) => "disputed",
        Some(Truth::NotYet) => "not yet coded",
    };
    let became = ready.became.get(&line.line.id).and_then(|all| all.get(at).copied().flatten());
    let passages = counting.behind(&line.holds, unit).len();
    let mut more: Vec<String> = Vec::new();
    more.extend(became.map(|became| became.name().to_owned()));
    match passages {
        0 => {}
        1 => more.push("1 passage".into()),
        n => more.push(format!("{n} passages")),
    }
    for id in counting.attributes(&line.holds) {
        if let (Some(attribute), Known::Is(value)) = (view.attribute(id), counting.value(id, unit)) {
            more.push(format!("{}: {}", attribute.name, value.replace('\n', "; ")));
        }
    }
    if !line.holds.codes().is_empty() && *truth != Some(Truth::NotYet) {
        let coders = ready.counted.presence.coders(&view, unit, None);
        let coders: Vec<&str> = coders.into_iter().map(|coder| view.initials(coder)).collect();
        if !coders.is_empty() {
            more.push(format!("coded to the end by {}", coders.join(", ")));
        }
    }
    for (held, judgements) in counting.judged(&line.holds, &[unit]) {
        if let Some(judgement) = judgements.last() {
            more.push(format!("{} ({})", held.name(), view.initials(judgement.coder)));
        }
    }
    let more = if more.is_empty() { String::new() } else { format!("; {}", more.join("; ")) };
    Some(format!("{}: {says}{more}", ready.names.get(at)?))
}
