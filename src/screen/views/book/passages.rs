//! The passages behind a code or a theme: a list whose rows lead into the transcript, and the way back.

use super::lists::within;
use super::{Go, Part, Target, acts};
use crate::findings::themes::What;
use crate::findings::working::Counted;
use crate::project::id::{CodeId, CodingId, SourceId};
use crate::project::view::Whose;
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::list::{Leads, List, ListRow, Lists};
use crate::screen::views::agreement::{readings, stand};
use crate::screen::views::book;
use crate::text::Pos;
use crate::text::snippet::snippet;
use std::collections::HashSet;

/// Enter: the passages of a code or theme, the passage of an extract, what a line of what is told leads to.
pub fn open(app: &mut App) {
    if let Some(at) = app.book.line {
        if let Some(go) = app.book.detail.get(at).and_then(|(_, go)| *go) {
            follow(app, go);
        }
        return;
    }
    match app.book.target() {
        Some(Target::Code(code)) => of_codes(app, &[code]),
        Some(Target::Theme(theme)) => {
            let one = app.book.themes().iter().find(|one| one.theme.id == theme);
            let codes: Vec<CodeId> = one.map_or_else(Vec::new, |one| {
                let code = |held: &crate::findings::themes::Held| match held.what {
                    What::Code { code, .. } => Some(code),
                    _ => None,
                };
                one.items.iter().filter_map(code).collect()
            });
            if codes.is_empty() {
                app.tell(Tone::Plain, "it holds no code that could have passages; C puts codes in");
            } else {
                of_codes(app, &codes);
            }
        }
        Some(Target::Item(_, item)) => match acts::held(app, item).map(|held| held.what.clone()) {
            Some(What::Code { code, .. }) => of_codes(app, &[code]),
            Some(What::Extract { at, now, .. }) => stand(app, at.source, now.start),
            Some(What::Row { .. }) => app.tell(Tone::Plain, "a row is counted in Findings: gT"),
            None => {}
        },
        Some(Target::Cycle(_) | Target::Now) => book::inward(app, true),
        None => {}
    }
}

fn follow(app: &mut App, go: Go) {
    match go {
        Go::Code(code) => {
            let part = app.book.part;
            app.book.choose(Target::Code(code));
            if part != Part::Codes {
                book::show_part(app, Part::Codes);
            }
        }
        Go::Theme(theme) => {
            app.book.choose(Target::Theme(theme));
            book::show_part(app, Part::Themes);
        }
        Go::Memo(memo) => crate::screen::commands::memos::open_memo(app, memo),
        Go::Passage(source, at) => stand(app, source, at),
        Go::Reason(id) => super::cycles::ask_why(app, id),
    }
}

/// Lists what tables count of codes and of all below them.
fn of_codes(app: &mut App, codes: &[CodeId]) {
    let view = app.study.view();
    let wanted: HashSet<CodeId> = codes.iter().flat_map(|code| view.codebook().branch(*code)).collect();
    let counted = app.book.working().counted.iter().filter(|one| wanted.contains(&one.code));
    let found: Vec<Counted> = counted.cloned().collect();
    let name = match app.book.target() {
        Some(Target::Theme(theme)) => view.theme(theme).map_or_else(String::new, |theme| theme.name.clone()),
        _ => codes.first().map_or_else(String::new, |code| view.code_name(*code).to_owned()),
    };
    let sources: Vec<SourceId> = found.iter().map(|one| one.source).collect();
    let readings = readings(&mut app.study, &sources);
    let view = app.study.view();
    let several = wanted.len() > 1;
    let row = |one: &Counted| {
        let source = view.source(one.source);
        let case = source.and_then(|source| view.case(source.case?)).map_or("", |case| case.name.as_str());
        let mut head = format!("{case} {}", source.map_or("", |source| source.name.as_str())).trim().to_owned();
        if several {
            head = format!("{head}: {}", view.code_name(one.code));
        }
        let leads = match one.codings.first() {
            Some(coding) => Leads::Coding(*coding, one.source, one.at.start),
            None => Leads::Passage(one.source, one.at.start),
        };
        let Some(reading) = readings.get(&one.source) else {
            let words = [String::new(), "the text is being read; Enter goes there".into(), String::new()];
            return ListRow { head, words, detail: String::new(), leads };
        };
        let span = within(one.at, reading.text.chars());
        let around = snippet(&reading.text, span, 24);
        let words = [around.before.to_string(), around.hit.to_string(), around.after.to_string()];
        ListRow { head, words, detail: reading.text.slice(span).to_owned(), leads }
    };
    let rows: Vec<ListRow> = found.iter().map(row).collect();
    let title =
        format!("{name} {} {}", app.glyphs.dot, super::super::rounds::words::counted(rows.len() as u64, "passage"));
    app.layers.push(Layer::List(List::new(title, Lists::Behind, rows, "No passage is counted of it yet.")));
}

/// The codings that the marked rows of the topmost list stand for, or the chosen one; of a row that only says where, those
/// that begin there.
#[must_use]
pub fn listed(app: &mut App) -> Vec<CodingId> {
    let Some(list) = crate::screen::layers::list::top(app) else { return Vec::new() };
    let rows: Vec<Leads> =
        list.marked_or_selected().into_iter().filter_map(|n| list.rows.get(n)).map(|row| row.leads).collect();
    let mut out: Vec<CodingId> = Vec::new();
    for leads in rows {
        match leads {
            Leads::Coding(coding, ..) => out.push(coding),
            Leads::Passage(source, at) => out.extend(beginning(app, source, at)),
            _ => {}
        }
    }
    out.dedup();
    out
}

/// The shortest coding that begins at a place.
fn beginning(app: &App, source: SourceId, at: Pos) -> Option<CodingId> {
    let view = app.study.view().showing(Whose::Everybody);
    let mut found: Option<(u32, CodingId)> = None;
    view.codings_within(source, crate::text::Span::new(at.0, at.0 + 1), |seen| {
        let one = (seen.span.end.0 - seen.span.start.0, seen.coding.id);
        if seen.span.start == at && found.is_none_or(|found| one < found) {
            found = Some(one);
        }
    });
    found.map(|(_, id)| id)
}
