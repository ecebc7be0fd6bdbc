//! The passages behind a figure, or the cases that have the value, as a list that leads into the transcripts.

use super::Ready;
use crate::findings::count::{Counting, Known, Line};
use crate::findings::presence::Unit;
use crate::project::id::SourceId;
use crate::project::view::View;
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::list::{Leads, List, ListRow, Lists};
use crate::screen::views::agreement::{readings, short_name};
use crate::session::Reading;
use crate::text::snippet::snippet;
use crate::text::{Pos, Span};
use std::collections::HashMap;
use std::sync::Arc;

/// Lists what stands behind the figure in hand: of a whole line, of all that it counts; of a unit, of that one.
pub fn open(app: &mut App) {
    if app.findings.in_list() {
        app.findings.give(false);
        return;
    }
    let view = app.study.view();
    let (Some(ready), Some(line)) = (app.findings.ready(), app.findings.line()) else {
        app.tell(Tone::Plain, "there is no line in this table yet; a adds one");
        return;
    };
    let unit = app.findings.unit();
    let units = unit.map_or_else(|| line.figure.yes.clone(), |unit| vec![unit]);
    let counting = Counting::new(view, &ready.counted.presence);
    let passages: Vec<(Unit, Vec<usize>)> =
        units.iter().map(|unit| (*unit, counting.behind(&line.holds, *unit))).collect();
    if passages.is_empty() {
        app.tell(Tone::Plain, "it holds of none, so there is nothing behind it");
        return;
    }
    let dot = app.glyphs.dot;
    let of = match unit {
        Some(unit) => unit.name(&view),
        None => line.figure.words(),
    };
    let title = format!("{} {dot} {of}", line.name);
    let presence = ready.counted.presence.clone();
    let sources: Vec<SourceId> = passages
        .iter()
        .flat_map(|(_, found)| found.iter().filter_map(|at| presence.counted(*at)).map(|one| one.source))
        .collect();
    let texts = readings(&mut app.study, &sources);
    let view = app.study.view();
    let (Some(ready), Some(line)) = (app.findings.ready(), app.findings.line()) else { return };
    let counting = Counting::new(view, &ready.counted.presence);
    let mut rows = Vec::new();
    for (unit, found) in &passages {
        if found.is_empty() {
            rows.push(value_row(&view, &counting, ready, line, *unit));
        }
        rows.extend(found.iter().filter_map(|at| passage_row(&view, ready, *at, &texts)));
    }
    app.layers.push(Layer::List(List::new(title, Lists::Behind, rows, "Nothing was counted there.")));
}

/// A passage of the working set.
fn passage_row(view: &View<'_>, ready: &Ready, at: usize, texts: &HashMap<SourceId, Arc<Reading>>) -> Option<ListRow> {
    let one = ready.counted.presence.counted(at)?;
    let source = view.source(one.source);
    let case = source.and_then(|source| view.case(source.case?)).map_or("", |case| case.name.as_str());
    let name = source.map_or("a source that is gone", |source| source.name.as_str());
    let leads = Leads::Passage(one.source, one.at.start);
    let reading = texts.get(&one.source);
    let turn = reading.and_then(|reading| reading.turns.turn_at(one.at.start));
    let turn = turn.map_or_else(String::new, |turn| format!(", turn {}", turn + 1));
    let head = format!("{} {name}{turn}", short_name(case));
    let Some(reading) = reading else {
        let words = [String::new(), "the text is being read; Enter goes there".into(), String::new()];
        return Some(ListRow { head, words, detail: String::new(), leads });
    };
    let text = &reading.text;
    let end = one.at.end.min(Pos(text.chars()));
    let span = Span { start: one.at.start.min(end), end };
    let around = snippet(text, span, 24);
    let coders: Vec<&str> = one
        .codings
        .iter()
        .filter_map(|id| view.showing(crate::project::view::Whose::Everybody).coding(*id))
        .map(|seen| view.initials(seen.coding.coder))
        .collect();
    let path = view.codebook().path(one.code);
    let whose = if coders.is_empty() { String::new() } else { format!(" ({})", coders.join(", ")) };
    let detail = format!("{case}, {name}{turn}\n{path}{whose}\n\n“{}”", text.slice(span).replace('\n', " "));
    let words = [around.before.to_string(), around.hit.to_string(), around.after.to_string()];
    Some(ListRow { head, words, detail, leads })
}

/// A unit without passages: what its attributes say, who it is; its first text is one key away.
fn value_row(view: &View<'_>, counting: &Counting<'_>, ready: &Ready, line: &Line, unit: Unit) -> ListRow {
    let values: Vec<String> = counting
        .attributes(&line.holds)
        .into_iter()
        .map(|id| {
            let name = view.attribute(id).map_or("a deleted attribute", |attribute| attribute.name.as_str());
            let value = match counting.value(id, unit) {
                Known::Is(value) => value.replace('\n', "; "),
                Known::Not(_) => "not known".to_owned(),
            };
            format!("{name}: {value}")
        })
        .collect();
    let said = if values.is_empty() { "no passage of it carries the code".to_owned() } else { values.join(", ") };
    let mut detail = unit.name(view);
    if let Some(case) = counting.case_of(unit).and_then(|id| view.case(id)) {
        if !case.kind.is_empty() {
            detail.push_str(&format!(", {}", case.kind));
        }
        for person in view.participants_of(case.id) {
            let role = if person.role.is_empty() { String::new() } else { format!(", {}", person.role) };
            detail.push_str(&format!("\n  {}{role}", person.pseudonym));
        }
    }
    detail.push_str(&format!("\n\n{said}"));
    let first = || ready.counted.presence.sources(unit).first().copied();
    let of_case = || counting.case_of(unit).and_then(|case| view.sources_of(Some(case)).first().map(|s| s.id));
    let leads = first().or_else(of_case).map_or(Leads::Nowhere, |source| Leads::Passage(source, Pos(0)));
    ListRow { head: short_name(&unit.name(view)), words: [String::new(), said, String::new()], detail, leads }
}
