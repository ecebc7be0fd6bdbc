//! The passages behind a figure, or the cases that have the value, and what is judged beside them, as a list that leads into the transcripts.

use super::Ready;
use crate::findings::count::{Became, Counting, Known, Line};
use crate::findings::presence::{Presence, Unit};
use crate::project::id::SourceId;
use crate::project::judgement::Judgement;
use crate::project::view::{View, Whose};
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
    let found = found(&view, ready, line, unit);
    if found.is_empty() {
        let all = line.figure.of();
        let why = format!("it holds of none of {all}, so there is nothing behind it; l goes to a case");
        app.tell(Tone::Plain, why);
        return;
    }
    let dot = app.glyphs.dot;
    let of = match unit {
        Some(unit) => unit.name(&view),
        None => line.figure.words(),
    };
    let title = format!("{} {dot} {of}", line.name);
    let sources: Vec<SourceId> = found
        .iter()
        .filter_map(|found| match found {
            Found::Passage(presence, at, _) => presence.counted(*at).map(|one| one.source),
            _ => None,
        })
        .collect();
    let texts = readings(&mut app.study, &sources);
    let view = app.study.view();
    let Some(line) = app.findings.line() else { return };
    let row = |found: &Found| match found {
        Found::Passage(presence, at, said) => passage_row(&view, presence, *at, said, &texts),
        Found::Value(presence, unit, said) => Some(value_row(&view, &Counting::new(view, presence), line, *unit, said)),
        Found::Judged(judgement) => Some(judged_row(&view, judgement)),
    };
    let rows: Vec<ListRow> = found.iter().filter_map(row).collect();
    app.layers.push(Layer::List(List::new(title, Lists::Behind, rows, "Nothing was counted there.")));
}

/// Something behind a figure.
enum Found {
    /// A passage, by number; in words what it says of which wave, where two are compared.
    Passage(Arc<Presence>, usize, String),
    /// A unit that no passage speaks for: it is counted for its values.
    Value(Arc<Presence>, Unit, String),
    /// What somebody holds of a code in a case, beside the passages.
    Judged(Arc<Judgement>),
}

/// What is behind a line, of all that it counts, or of one unit: the passages of whom it holds; of two waves those of whom it
/// held before as well; and what is judged of the others.
fn found(view: &View<'_>, ready: &Ready, line: &Line, unit: Option<Unit>) -> Vec<Found> {
    let counted = &ready.counted;
    let mut out = Vec::new();
    let mut of = |presence: &Arc<Presence>, units: &[Unit], said: &str, values: bool| {
        let counting = Counting::new(*view, presence);
        for one in units {
            let passages = counting.behind(&line.holds, *one);
            if passages.is_empty() && values {
                out.push(Found::Value(presence.clone(), *one, said.to_owned()));
            }
            out.extend(passages.into_iter().map(|at| Found::Passage(presence.clone(), at, said.to_owned())));
        }
    };
    let wave = |presence: &Arc<Presence>| {
        presence
            .wave()
            .and_then(|wave| view.wave(wave))
            .map_or_else(|| "all waves".to_owned(), |wave| wave.name.clone())
    };
    let mine = |units: &[Unit]| -> Vec<Unit> {
        units.iter().copied().filter(|one| unit.is_none_or(|unit| unit == *one)).collect()
    };
    match (&line.waves, &counted.beside) {
        (Some(waves), Some(before)) => {
            let now = &counted.presence;
            for became in Became::ALL {
                let (units, name) = (mine(waves.of(became)), became.name());
                // A value is told once, of the wave in which it holds; in one only, whatever each wave says of a case in hand.
                let alone = became == Became::InOne && unit.is_some();
                if became != Became::Lost {
                    let values = alone || became != Became::InOne;
                    of(now, &units, &format!("{name}, {}", wave(now)), values);
                }
                if became != Became::Gained {
                    let values = alone || became == Became::Lost;
                    of(before, &units, &format!("{name}, {}", wave(before)), values);
                }
            }
            let told: Vec<Unit> = Became::ALL.iter().flat_map(|became| waves.of(*became)).copied().collect();
            let rest: Vec<Unit> = unit.into_iter().filter(|unit| !told.contains(unit)).collect();
            of(now, &rest, &wave(now), true);
        }
        _ => of(&counted.presence, &unit.map_or_else(|| line.figure.yes.clone(), |unit| vec![unit]), "", true),
    }
    let counting = Counting::new(*view, &counted.presence);
    for (_, judgements) in counting.judged(&line.holds, &mine(&counted.units)) {
        out.extend(judgements.into_iter().map(|judgement| Found::Judged(judgement.clone())));
    }
    out
}

/// What is held of a code in a case, with why; it leads to the words that show it, or to the first text of the case.
fn judged_row(view: &View<'_>, judgement: &Judgement) -> ListRow {
    let case = view.case(judgement.case).map_or("a deleted case", |case| case.name.as_str());
    let held = judgement.held.name();
    let all = view.showing(Whose::Everybody);
    let coded =
        judgement.codings.iter().filter_map(|id| all.coding(*id)).map(|seen| (seen.coding.at.source, seen.span.start));
    let shown = judgement.passages.iter().map(|at| (at.source, view.place(*at).start));
    let first = coded.chain(shown).next();
    let of_case = || view.sources_of(Some(judgement.case)).first().map(|source| (source.id, Pos(0)));
    let leads = first.or_else(of_case).map_or(Leads::Nowhere, |(source, at)| Leads::Passage(source, at));
    let why = if judgement.reason.is_empty() { "no reason is given" } else { judgement.reason.as_str() };
    let code = view.code_name(judgement.code);
    let detail = format!("{case}\n{code}: {held} ({})\n\n{why}", view.initials(judgement.coder));
    ListRow {
        head: format!("{} {held}", short_name(case)),
        words: [String::new(), why.to_owned(), String::new()],
        detail,
        leads,
    }
}

/// A passage that was counted.
fn passage_row(
    view: &View<'_>,
    presence: &Presence,
    at: usize,
    said: &str,
    texts: &HashMap<SourceId, Arc<Reading>>,
) -> Option<ListRow> {
    let one = presence.counted(at)?;
    let source = view.source(one.source);
    let case = source.and_then(|source| view.case(source.case?)).map_or("", |case| case.name.as_str());
    let name = source.map_or("a source that is gone", |source| source.name.as_str());
    let leads = Leads::Passage(one.source, one.at.start);
    let reading = texts.get(&one.source);
    let turn = reading.and_then(|reading| reading.turns.turn_at(one.at.start));
    let turn = turn.map_or_else(String::new, |turn| format!(", turn {}", turn + 1));
    let said = if said.is_empty() { String::new() } else { format!(" ({said})") };
    let head = format!("{} {name}{turn}{said}", short_name(case));
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
        .filter_map(|id| view.showing(Whose::Everybody).coding(*id))
        .map(|seen| view.initials(seen.coding.coder))
        .collect();
    let path = view.codebook().path(one.code);
    let whose = if coders.is_empty() { String::new() } else { format!(" ({})", coders.join(", ")) };
    let detail = format!("{case}, {name}{turn}\n{path}{whose}\n\n“{}”", text.slice(span).replace('\n', " "));
    let words = [around.before.to_string(), around.hit.to_string(), around.after.to_string()];
    Some(ListRow { head, words, detail, leads })
}

/// A unit without passages: what its attributes say, who it is; its first text is one key away.
fn value_row(view: &View<'_>, counting: &Counting<'_>, line: &Line, unit: Unit, when: &str) -> ListRow {
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
    let first = || counting.presence().sources(unit).first().copied();
    let of_case = || counting.case_of(unit).and_then(|case| view.sources_of(Some(case)).first().map(|s| s.id));
    let leads = first().or_else(of_case).map_or(Leads::Nowhere, |source| Leads::Passage(source, Pos(0)));
    let when = if when.is_empty() { String::new() } else { format!(" ({when})") };
    ListRow {
        head: format!("{}{when}", short_name(&unit.name(view))),
        words: [String::new(), said, String::new()],
        detail,
        leads,
    }
}
