//! The passages behind a figure: a list whose rows lead into the transcript, and the way back.

use super::fig::{Counting, Fig};
use super::{Away, Counted, letter};
use crate::findings::figures::{Behind, passages};
use crate::project::id::{CodeId, CoderId, SourceId};
use crate::project::source::Passage;
use crate::project::view::{View, Whose};
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::list::{Leads, List, ListRow, Lists};
use crate::screen::views::{Showing, show};
use crate::session::{Reading, Study};
use crate::text::snippet::snippet;
use crate::text::{Pos, Span};
use std::collections::HashMap;
use std::sync::Arc;

/// Lists the passages behind the chosen figure.
pub fn open(app: &mut App) {
    let view = app.study.view();
    let Some(fig) = app.agreement.fig(&view) else { return };
    let Some(counted) = app.agreement.counted() else { return };
    let code = app.agreement.row().map(|row| row.code);
    let found = behind(counted, code, &fig);
    if found.is_empty() {
        let words = format!("{}: nothing was counted there", fig.label);
        app.tell(Tone::Plain, words.trim_start_matches(": ").to_owned());
        return;
    }
    let sources: Vec<SourceId> = found.iter().map(|one| one.source).collect();
    let readings = readings(&mut app.study, &sources);
    let view = app.study.view();
    let Some(counted) = app.agreement.counted() else { return };
    let rows: Vec<ListRow> = found.iter().map(|one| row(&view, counted, code.is_none(), one, &readings)).collect();
    let name = app.agreement.row().map_or_else(|| "All codes".to_owned(), |row| row.name.clone());
    let what = match fig.what {
        Counting::Head if fig.label.is_empty() => fig.value.clone(),
        Counting::Head => format!("{} {}", fig.label, fig.value),
        _ => format!("{} {}", fig.label, fig.value),
    };
    let dot = app.glyphs.dot;
    let title = format!("{name} {dot} {} {dot} {what}", fig.unit.name());
    app.layers.push(Layer::List(List::new(title, Lists::Behind, rows, "Nothing was counted there.")));
}

/// What was counted; of a coder's passages each coding once, of an agreement by case the passages of the disputed ones.
pub(super) fn behind(counted: &Counted, code: Option<CodeId>, fig: &Fig) -> Vec<Behind> {
    let basis = &counted.figures.basis;
    let Counting::Of(coder) = fig.what else { return passages(&counted.figures, code, fig.unit, fig.which) };
    let theirs = basis.marks.iter().filter(|mark| mark.coder == coder);
    let wanted = theirs.filter(|mark| code.is_none_or(|code| basis.rolled(mark.code) == code));
    wanted
        .map(|mark| Behind {
            source: mark.source,
            version: basis.sheet(mark.source).map_or(1, |sheet| sheet.version),
            code: basis.rolled(mark.code),
            unit: mark.span,
            span: mark.span,
            coders: vec![coder],
            codings: vec![mark.id],
        })
        .collect()
}

/// The texts that are at hand or short; long ones are fetched beside the screen and come with the passage itself.
pub fn readings(study: &mut Study, sources: &[SourceId]) -> HashMap<SourceId, Arc<Reading>> {
    let mut out = HashMap::new();
    for &source in sources {
        if out.contains_key(&source) {
            continue;
        }
        if let Ok(Some(reading)) = study.request(source) {
            out.insert(source, reading);
        }
    }
    out
}

pub(super) fn row(
    view: &View<'_>,
    counted: &Counted,
    names_code: bool,
    one: &Behind,
    readings: &HashMap<SourceId, Arc<Reading>>,
) -> ListRow {
    let coders = &counted.figures.coders;
    let letters = |of: &[CoderId]| -> String {
        let told: Vec<String> = coders
            .iter()
            .enumerate()
            .filter(|(_, coder)| of.contains(coder))
            .map(|(n, _)| letter(n).to_string())
            .collect();
        if told.is_empty() { "–".to_owned() } else { told.join(" ") }
    };
    let place = |span: Span| view.place(Passage { source: one.source, version: one.version, span });
    let (span, unit) = (place(one.span), place(one.unit));
    let source = view.source(one.source);
    let case = source.and_then(|source| view.case(source.case?)).map_or("", |case| case.name.as_str());
    let name = source.map_or("a source that is gone", |source| source.name.as_str());
    let reading = readings.get(&one.source);
    let turn = reading.and_then(|reading| reading.turns.turn_at(span.start));
    let turn = turn.map_or_else(String::new, |turn| format!(", turn {}", turn + 1));
    let case = super::table::short_name(case);
    let mut head = format!("{} {case} {name}{turn}", letters(&one.coders));
    if names_code {
        head = format!("{head}: {}", view.code_name(one.code));
    }
    let leads = Leads::Passage(one.source, span.start);
    let Some(reading) = reading else {
        let words = ["".into(), "the text is being read; Enter goes there".into(), "".into()];
        return ListRow { head, words, detail: String::new(), leads };
    };
    let text = &reading.text;
    let whole = |span: Span| {
        let end = span.end.min(Pos(text.chars()));
        Span { start: span.start.min(end), end }
    };
    let around = snippet(text, whole(span), 24);
    let mut detail = String::new();
    let reveal = view.reveal(counted.figures.basis.round.id);
    for mark in counted.figures.basis.marks.iter().filter(|mark| one.codings.contains(&mark.id)) {
        let who = coders.iter().position(|coder| *coder == mark.coder).map_or('?', letter);
        let words = text.slice(whole(place(mark.span)));
        let code = if mark.code == one.code { String::new() } else { format!(" {}", view.code_name(mark.code)) };
        detail.push_str(&format!("{who} {}{code}: “{}”\n", view.initials(mark.coder), words.replace('\n', " ")));
        let frozen = reveal.and_then(|reveal| reveal.codings.iter().find(|frozen| frozen.id == mark.id));
        if let Some(frozen) = frozen.filter(|frozen| !frozen.comment.is_empty()) {
            detail.push_str(&format!("    {}\n", frozen.comment.replace('\n', " ")));
        }
    }
    if detail.is_empty() {
        detail = "Nobody gave it the code.\n".into();
    }
    if unit.len() < 4000 && unit != span {
        detail.push_str(&format!("\n{}", text.slice(whole(unit))));
    }
    ListRow {
        head,
        words: [around.before.to_string(), around.hit.to_string(), around.after.to_string()],
        detail,
        leads,
    }
}

/// Stands in the transcript at a passage of the topmost list or page, everybody's codings in sight.
pub fn stand(app: &mut App, source: SourceId, at: Pos) {
    let layer = app.layers.pop().filter(|layer| matches!(layer, Layer::List(_) | Layer::Summary(_)));
    app.layers.clear();
    if !app.agreement.is_away() {
        let whose = app.study.view().whose();
        app.agreement.away = Some(Away { whose, layer: None, from: app.showing });
        app.study.show(Whose::Everybody);
    }
    if let Some(away) = &mut app.agreement.away {
        away.layer = layer;
    }
    show(app, Showing::Code);
    app.code.jump(&mut app.study, source, at);
    app.tell(Tone::Plain, "everybody's codings are in sight; Esc goes back to the figure");
}

/// Goes back to the figure that led to the transcript; says whether one did.
pub fn come_back(app: &mut App) -> bool {
    let Some(away) = app.agreement.away.take() else { return false };
    app.study.show(away.whose);
    show(app, away.from);
    if let Some(layer) = away.layer {
        app.layers.push(layer);
        crate::screen::layers::summary::refresh(app);
    }
    true
}

/// Another view is shown: the codings in sight are those that were before.
pub fn left(app: &mut App) {
    if let Some(away) = app.agreement.away.take() {
        app.study.show(away.whose);
    }
}
