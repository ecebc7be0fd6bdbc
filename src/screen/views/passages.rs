//! The passages behind a figure that was counted in the working set, as a list whose rows lead into the transcript.

use crate::findings::working::Counted;
use crate::project::view::{View, Whose};
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::list::{Leads, List, ListRow, Lists};
use crate::session::Reading;
use crate::text::snippet::snippet;
use crate::text::{Pos, Span};

/// How many chars stand before and after the words in the list.
const CONTEXT: u32 = 24;

/// Lists these passages under a title; says so where there are none.
pub fn open(app: &mut App, title: String, found: &[Counted]) {
    if found.is_empty() {
        app.tell(Tone::Plain, format!("{title}: no passages"));
        return;
    }
    let first = found[0].code;
    let names_code = found.iter().any(|one| one.code != first);
    let mut rows = Vec::with_capacity(found.len());
    for one in found {
        // Long texts are fetched beside the screen and come with the passage itself.
        let reading = app.study.request(one.source).ok().flatten();
        rows.push(row(&app.study.view(), one, names_code, reading.as_deref()));
    }
    let title = format!("{title} {} {}", app.glyphs.dot, count(found.len(), "passage", "passages"));
    app.layers.push(Layer::List(List::new(title, Lists::Behind, rows, "No passages.")));
}

/// A number with its noun.
#[must_use]
pub fn count(n: usize, one: &str, more: &str) -> String {
    format!("{} {}", crate::table::thousands(n as u64), if n == 1 { one } else { more })
}

/// Where words stand: `Practice 02 Medical director, turn 4`.
#[must_use]
pub fn place(view: &View<'_>, source: crate::project::id::SourceId, turn: Option<usize>) -> String {
    let record = view.source(source);
    let case = record.and_then(|source| view.case(source.case?)).map_or("", |case| case.name.as_str());
    let name = record.map_or("a source that is gone", |source| source.name.as_str());
    let turn = turn.map_or_else(String::new, |turn| format!(", turn {}", turn + 1));
    format!("{} {name}{turn}", super::agreement::short_name(case)).trim_start().to_owned()
}

fn row(view: &View<'_>, one: &Counted, names_code: bool, reading: Option<&Reading>) -> ListRow {
    let turn = reading.and_then(|reading| reading.turns.turn_at(one.at.start));
    let mut head = place(view, one.source, turn);
    if names_code {
        head = format!("{head}: {}", view.code_name(one.code));
    }
    let leads = Leads::Passage(one.source, one.at.start);
    let Some(reading) = reading else {
        let words = [String::new(), "the text is being read; Enter goes there".into(), String::new()];
        return ListRow { head, words, detail: String::new(), leads };
    };
    let span = within(reading, one.at);
    let around = snippet(&reading.text, span, CONTEXT);
    let line = |words: &str| words.replace('\n', " ");
    let holder = one.from.words_with_round(view);
    let mut detail = format!("{}  {holder}\n{}", view.codebook().path(one.code), reading.text.slice(span));
    let all = view.showing(Whose::Everybody);
    for seen in one.codings.iter().filter_map(|coding| all.coding(*coding)) {
        if !seen.coding.comment.is_empty() {
            let by = view.initials(seen.coding.coder);
            detail.push_str(&format!("\n{by}: {}", line(&seen.coding.comment)));
        }
    }
    let words = [line(around.before), line(around.hit), line(around.after)];
    ListRow { head, words, detail, leads }
}

/// A stretch, cut to the text as it is at hand.
fn within(reading: &Reading, span: Span) -> Span {
    let end = span.end.min(Pos(reading.text.chars()));
    Span { start: span.start.min(end), end }
}
