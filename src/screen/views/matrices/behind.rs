//! The passages behind a cell: a list whose rows lead into the transcript.

use super::pairs;
use crate::findings::working::Counted;
use crate::project::id::SourceId;
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

/// The texts of sources that are at hand.
pub(super) type Readings = HashMap<SourceId, Arc<Reading>>;

/// Lists what is behind the cell in hand: its passages, or its pairs.
pub fn open(app: &mut App) {
    let view = app.study.view();
    let Some(matrix) = app.matrices.counted() else { return };
    let (row, column) = app.matrices.place();
    let Some(cell) = matrix.cell(row, column) else { return };
    let title = format!("{}: {}", matrix.place(row, column, times(app)), matrix.says(&view, row, column));
    if cell.items.is_empty() && cell.struck.is_empty() {
        app.tell(Tone::Plain, format!("nothing lies behind it; {title}"));
        return;
    }
    if matrix.is_of_pairs() {
        pairs::open(app, &title);
        return;
    }
    let passages: Vec<Counted> = cell.items.iter().filter_map(|at| matrix.counted.get(*at)).cloned().collect();
    let one_code = passages.iter().all(|one| one.code == passages[0].code);
    let sources: Vec<SourceId> = passages.iter().map(|one| one.source).collect();
    let readings = readings(&mut app.study, &sources);
    let view = app.study.view();
    let rows = passages.iter().map(|one| row_of(&view, one, !one_code, &readings)).collect();
    app.layers.push(Layer::List(List::new(title, Lists::Behind, rows, "Nothing was counted there.")));
}

/// What stands between the names of a row and a column.
pub(super) fn times(app: &App) -> &'static str {
    app.glyphs.wrong
}

/// Where a passage lies: case, source, turn.
pub(super) fn place(view: &View<'_>, one: &Counted, readings: &Readings) -> String {
    let source = view.source(one.source);
    let case = one.case.and_then(|case| view.case(case)).map_or(String::new(), |case| short_name(&case.name));
    let name = source.map_or("a source that is gone", |source| source.name.as_str());
    let turn = readings.get(&one.source).and_then(|reading| reading.turns.turn_at(one.at.start));
    let turn = turn.map_or_else(String::new, |turn| format!(", turn {}", turn + 1));
    format!("{case} {name}{turn}").trim().to_owned()
}

/// As much of a span as its text has.
pub(super) fn whole(reading: &Reading, span: Span) -> Span {
    let end = span.end.min(Pos(reading.text.chars()));
    Span { start: span.start.min(end), end }
}

/// The words of a passage on one line; nothing while its text is being read.
pub(super) fn words(one: &Counted, readings: &Readings) -> String {
    let reading = readings.get(&one.source);
    reading.map_or_else(String::new, |reading| reading.text.slice(whole(reading, one.at)).replace('\n', " "))
}

/// Whose a passage is, with what they noted.
pub(super) fn whose(view: &View<'_>, one: &Counted) -> String {
    let who = one.from.words_with_round(view);
    let all = view.showing(Whose::Everybody);
    let comments = one.codings.iter().filter_map(|coding| all.coding(*coding)).map(|seen| &seen.coding.comment);
    let comments: Vec<&str> = comments.map(|comment| comment.trim()).filter(|comment| !comment.is_empty()).collect();
    if comments.is_empty() { who } else { format!("{who}: {}", comments.join("; ")) }
}

fn row_of(view: &View<'_>, one: &Counted, names_code: bool, readings: &Readings) -> ListRow {
    let mut head = place(view, one, readings);
    if names_code {
        head = format!("{head}: {}", view.code_name(one.code));
    }
    let leads = Leads::Passage(one.source, one.at.start);
    let Some(reading) = readings.get(&one.source) else {
        let words = [String::new(), "the text is being read; Enter goes there".into(), String::new()];
        return ListRow { head, words, detail: String::new(), leads };
    };
    let around = snippet(&reading.text, whole(reading, one.at), 24);
    let detail = format!("{} ({})\n\n{}", view.code_name(one.code), whose(view, one), words(one, readings));
    let words = [around.before, around.hit, around.after].map(|part| part.replace('\n', " "));
    ListRow { head, words, detail, leads }
}
