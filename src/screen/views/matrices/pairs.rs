//! The pairs behind a cell of a relation matrix: two passages that lie together, confirmed or struck by whoever looks.
//!
//! What was found stands at once, a reason may follow; the same key again takes one's own finding back.

use super::behind::{Readings, place, whose, words};
use crate::findings::matrix::{Kind, named};
use crate::findings::working::Counted;
use crate::project::edit::{Edit, JudgeEdit};
use crate::project::id::{CodingId, SourceId};
use crate::project::relation::{PairCheck, Related};
use crate::project::view::View;
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::list::{Leads, List, ListRow, Lists, top};
use crate::screen::layers::reason::{Reason, Why};
use crate::screen::views::agreement::readings;
use std::collections::HashMap;
use std::sync::Arc;

/// Two codings by which a pair is known.
pub type Key = (CodingId, CodingId);

/// What was found of pairs, by time.
type Checks = HashMap<Key, Vec<Arc<PairCheck>>>;

/// Lists the pairs behind the cell in hand, struck ones among them.
pub(super) fn open(app: &mut App, title: &str) {
    let Some(matrix) = app.matrices.counted() else { return };
    let (row, column) = app.matrices.place();
    let Some(cell) = matrix.cell(row, column) else { return };
    let mut all: Vec<usize> = cell.items.iter().chain(&cell.struck).copied().collect();
    all.sort_unstable();
    let sides = all.iter().filter_map(|pair| matrix.sides(row, column, *pair));
    let listed = sides.map(|(a, b)| (a.clone(), b.clone())).collect();
    let what = if matrix.asked.kind == Kind::Relation { Lists::Pairs } else { Lists::Behind };
    app.matrices.listed = listed;
    let rows = rows(app);
    app.matrices.listed_at = app.study.generation();
    app.layers.push(Layer::List(List::new(title, what, rows, "Nothing lies together there.")));
}

/// The rows of the pairs that are listed, as they stand now.
fn rows(app: &mut App) -> Vec<ListRow> {
    let sources: Vec<SourceId> = app.matrices.listed.iter().map(|(one, _)| one.source).collect();
    let readings = readings(&mut app.study, &sources);
    let view = app.study.view();
    let is_relation = app.matrices.asked().kind == Kind::Relation;
    let mut checks = Checks::new();
    if is_relation {
        for check in view.pair_checks() {
            checks.entry((check.a.min(check.b), check.a.max(check.b))).or_default().push(check.clone());
        }
    }
    app.matrices
        .listed
        .iter()
        .map(|(one, other)| row(app, &view, (one, other), is_relation, &checks, &readings))
        .collect()
}

fn row(
    app: &App,
    view: &View<'_>,
    (one, other): (&Counted, &Counted),
    is_relation: bool,
    checks: &Checks,
    readings: &Readings,
) -> ListRow {
    let key = named(one, other);
    let found = key.and_then(|key| checks.get(&key)).map_or(&[][..], Vec::as_slice);
    let mark = match found.last().map(|check| check.found) {
        Some(Related::Confirmed) => app.glyphs.done,
        Some(Related::Struck) => app.glyphs.wrong,
        None => app.glyphs.dot,
    };
    let place = place(view, one, readings);
    let head = if is_relation { format!("{mark} {place}") } else { place };
    let names = [one, other].map(|side| view.code_name(side.code));
    let mut detail = String::new();
    for check in found {
        let what = if check.found == Related::Confirmed { "confirmed" } else { "struck" };
        let day = crate::screen::views::rounds::words::day(app, check.at);
        let reason = if check.reason.is_empty() { String::new() } else { format!(": {}", check.reason) };
        detail.push_str(&format!("{} {what} it on {day}{reason}\n", view.initials(check.coder)));
    }
    if is_relation && key.is_none() {
        detail.push_str("Decided for words that nobody had coded so: it cannot be checked.\n");
    }
    let texts = [one, other].map(|side| words(side, readings));
    let (open, close) = (app.glyphs.quote_open, app.glyphs.quote_close);
    if one.at == other.at {
        detail.push_str(&format!("{} and {}, on the same words\n", names[0], names[1]));
        for side in [one, other] {
            detail.push_str(&format!("{}: {}\n", view.code_name(side.code), whose(view, side)));
        }
        detail.push_str(&format!("{open}{}{close}\n", texts[0]));
    } else {
        for (name, (side, text)) in names.iter().zip([one, other].iter().zip(&texts)) {
            detail.push_str(&format!("{name} ({}): {open}{text}{close}\n", whose(view, side)));
        }
    }
    let at = one.at.start.min(other.at.start);
    let leads = match key.filter(|_| is_relation) {
        Some((a, b)) => Leads::Pair(a, b, one.source, at),
        None => Leads::Passage(one.source, at),
    };
    let words = match (readings.contains_key(&one.source), one.at == other.at) {
        (false, _) => [String::new(), "the text is being read; Enter goes there".into(), String::new()],
        (true, true) => [String::new(), texts[0].clone(), String::new()],
        (true, false) => {
            // Both in sight: the beginning of each, that of the row first.
            [format!("{} ", start_of(&texts[0])), app.glyphs.vertical.to_owned(), format!(" {}", texts[1])]
        }
    };
    ListRow { head, words, detail, leads }
}

/// The first words of a passage.
fn start_of(words: &str) -> String {
    const CHARS: usize = 36;
    if words.chars().count() <= CHARS {
        return words.to_owned();
    }
    let cut: String = words.chars().take(CHARS).collect();
    let at = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..at].trim_end())
}

/// The list of pairs follows the project: what was found, and what was taken back.
pub fn renew(app: &mut App) {
    let now = app.study.generation();
    let is_listed = |layer: &Layer| matches!(layer, Layer::List(list) if list.what == Lists::Pairs);
    if app.matrices.listed_at == now || !app.layers.iter().any(is_listed) {
        return;
    }
    app.matrices.listed_at = now;
    let fresh = rows(app);
    if let Some(Layer::List(list)) = app.layers.iter_mut().rfind(|layer| is_listed(layer)) {
        list.renew(fresh);
    }
}

/// Confirms or strikes the marked pairs, or the one in hand; where that is what one has found already, takes it back.
pub fn find_so(app: &mut App, found: Related) {
    let Some(list) = top(app).filter(|list| list.what == Lists::Pairs) else { return };
    let pair = |n: usize| match list.rows.get(n).map(|row| row.leads) {
        Some(Leads::Pair(a, b, ..)) => Some((a, b)),
        _ => None,
    };
    let keys: Vec<Key> = list.marked_or_selected().into_iter().filter_map(pair).collect();
    if keys.is_empty() {
        app.tell(Tone::Plain, "this pair was decided for words that nobody had coded so: it cannot be checked");
        return;
    }
    let view = app.study.view();
    let mine = |key: &Key| {
        let checks = view.pair_checks();
        let of = checks.into_iter().find(|c| c.coder == view.coder() && (c.a.min(c.b), c.a.max(c.b)) == *key);
        of.map(|check| check.found)
    };
    let takes_back = keys.iter().all(|key| mine(key) == Some(found));
    let changed: Vec<Key> = keys.iter().copied().filter(|key| takes_back || mine(key) != Some(found)).collect();
    let to = (!takes_back).then_some(found);
    if app.edit(&judged(&changed, to, "")).is_none() {
        return;
    }
    renew(app);
    if let Some(list) = top(app) {
        list.marked.clear();
    }
    if to == Some(Related::Struck) {
        let head = if changed.len() == 1 { "struck".to_owned() } else { format!("struck {}", changed.len()) };
        let reason = Reason::new(head, earlier(&app.study.view()), Why::Pairs(changed, found));
        app.layers.push(Layer::Reason(reason));
        return;
    }
    if !takes_back {
        go_on(app);
    }
}

/// The next pair is in hand after something was found of one.
pub fn go_on(app: &mut App) {
    if let Some(list) = top(app) {
        list.step(1);
    }
}

/// Gives a reason for what was found.
#[must_use]
pub fn with_reason(keys: &[Key], found: Related, words: &str) -> Edit {
    judged(keys, Some(found), words)
}

fn judged(keys: &[Key], found: Option<Related>, reason: &str) -> Edit {
    let edit = |key: &Key| Edit::Judge(JudgeEdit::Pair { a: key.0, b: key.1, found, reason: reason.to_owned() });
    match keys {
        [one] => edit(one),
        several => Edit::All(several.iter().map(edit).collect()),
    }
}

/// Reasons that were given, the newest first, each once.
fn earlier(view: &View<'_>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for check in view.pair_checks().into_iter().rev().filter(|check| !check.reason.is_empty()) {
        if !out.contains(&check.reason) {
            out.push(check.reason.clone());
        }
    }
    out
}
