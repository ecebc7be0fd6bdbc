//! Quoting in a memo: the words of an extract, chosen by some of them, with who said them.

use crate::findings::attribution::{Attribution, attribution, speakers};
use crate::findings::quotes::counted_codings;
use crate::findings::working::working;
use crate::project::edit::{Edit, QuotationEdit};
use crate::project::id::{CodingId, QuotationId, SourceId};
use crate::project::memo::Link;
use crate::project::memo_links::QuoteShown;
use crate::project::theme::Holds;
use crate::project::view::{Seen, View, Whose};
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Choose, Item, Picker, Target};
use crate::session::{KeepError, Reading, Study};
use ratatui_textarea::CursorMove;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// How many extracts are offered at most; more are found through the memo's code or case.
const MOST: usize = 3000;
/// How much of an extract is shown.
const SHOWN: usize = 240;

/// Asks which extract is to be quoted: of what the memo is about; of all, where that has none.
pub fn choose(app: &mut App) {
    let Some(Layer::Memo(editor)) = app.layers.last() else { return };
    let about = extracts(&app.study.view(), Some(editor.on));
    offer(app, about);
}

/// Asks which extract of the whole study is to be quoted.
pub fn choose_any(app: &mut App) {
    let all = extracts(&app.study.view(), None);
    offer(app, (all.0, true));
}

fn offer(app: &mut App, (codings, all): (Vec<CodingId>, bool)) {
    if codings.is_empty() {
        app.tell(Tone::Plain, "nothing has been coded yet that could be quoted");
        return;
    }
    let mut items = Vec::new();
    let mut kept = Vec::new();
    for id in codings {
        let Some((source, span, code)) = seen(&app.study.view(), id) else { continue };
        // A text that cannot be read is said when it is opened.
        let Ok(reading) = app.study.read(source) else { continue };
        let view = app.study.view();
        let words = reading.turns.said(&reading.text, span);
        let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let record = view.source(source);
        let case = record.and_then(|record| view.case(record.case?)).map_or("", |case| case.name.as_str());
        let case: String = case.chars().take(16).collect();
        items.push(Item {
            label: words.chars().take(SHOWN).collect(),
            note: format!("{case} {} {code}", app.glyphs.dot).trim_start_matches([' ', '·', '.']).to_owned(),
            also: String::new(),
            target: Target::Nth(kept.len()),
        });
        kept.push(id);
    }
    if !all {
        let (label, note) = ("All extracts of the study".to_owned(), String::new());
        items.push(Item { label, note, also: "everything".into(), target: Target::Top });
    }
    let title = if all { "Quote an extract" } else { "Quote an extract of what the memo is about" };
    app.layers.push(Layer::Picker(Picker::new(title, items, Choose::Quote(kept))));
}

/// What is needed of a coding that is quoted: its source, its words, the name of its code.
fn seen(view: &View<'_>, id: CodingId) -> Option<(SourceId, crate::text::Span, String)> {
    let seen = view.showing(Whose::Everybody).coding(id)?;
    Some((seen.coding.at.source, seen.span, view.code_name(seen.code).to_owned()))
}

/// The codings that can be quoted in a memo about something, and whether they are all there are. Of several on the same
/// words under the same code, the one that tables count, or one's own.
fn extracts(view: &View<'_>, on: Option<Link>) -> (Vec<CodingId>, bool) {
    let all = view.showing(Whose::Everybody);
    let counted = counted_codings(&working(view));
    let codes: HashSet<_> = match on {
        Some(Link::Code(code)) => view.codebook().branch(code).into_iter().collect(),
        Some(Link::Coding(id)) => all.coding(id).into_iter().map(|seen| seen.code).collect(),
        Some(Link::Theme(theme)) => {
            let items = view.theme_items(theme);
            let of = |item: &Holds| match item {
                Holds::Code(code) => view.codebook().branch(*code),
                _ => Vec::new(),
            };
            items.iter().flat_map(|item| of(&item.what)).collect()
        }
        _ => HashSet::new(),
    };
    let named: HashSet<CodingId> = match on {
        Some(Link::Theme(theme)) => view
            .theme_items(theme)
            .iter()
            .filter_map(|item| match item.what {
                Holds::Extract(coding, _) => Some(coding),
                _ => None,
            })
            .collect(),
        _ => HashSet::new(),
    };
    let about = |seen: &Seen<'_>| match on {
        Some(Link::Code(_) | Link::Coding(_)) => codes.contains(&seen.code),
        Some(Link::Theme(_)) => codes.contains(&seen.code) || named.contains(&seen.coding.id),
        Some(Link::Case(case)) => view.source(seen.coding.at.source).is_some_and(|source| source.case == Some(case)),
        Some(Link::Source(source)) => seen.coding.at.source == source,
        Some(Link::Passage(passage)) => seen.coding.at.source == passage.source,
        _ => false,
    };
    let best = |found: &mut dyn Iterator<Item = Seen<'_>>| {
        let mut order: Vec<CodingId> = Vec::new();
        let mut at = HashMap::new();
        for seen in found {
            let place = (seen.coding.at.source, seen.span, seen.code);
            let n = *at.entry(place).or_insert_with(|| {
                order.push(seen.coding.id);
                order.len() - 1
            });
            let better = counted.contains(&seen.coding.id) && !counted.contains(&order[n]);
            let own = seen.coding.coder == view.coder() && counted.contains(&seen.coding.id);
            if better || own {
                order[n] = seen.coding.id;
            }
        }
        order.truncate(MOST);
        order
    };
    let found = best(&mut all.codings().filter(about));
    if found.is_empty() { (best(&mut all.codings()), true) } else { (found, false) }
}

/// How those are signed who speak in a coding, and its words as they are now.
///
/// # Errors
/// If its text cannot be read.
pub fn said(study: &mut Study, coding: CodingId) -> Result<Option<(String, Attribution)>, KeepError> {
    let Some((source, span, _)) = seen(&study.view(), coding) else { return Ok(None) };
    let reading: Arc<Reading> = study.read(source)?;
    let view = study.view();
    let who = speakers(&view, source, &reading.turns, span);
    Ok(Some((reading.turns.said(&reading.text, span), attribution(&view, source, &who))))
}

/// Quotes a coding where the cursor stands in the memo; says whether that could be done.
pub fn insert(app: &mut App, coding: CodingId) -> bool {
    let (words, signed) = match said(&mut app.study, coding) {
        Ok(Some(said)) => said,
        Ok(None) => {
            app.tell(Tone::Refused, "that coding is no longer there");
            return false;
        }
        Err(why) => {
            app.tell(Tone::Refused, why.to_string());
            return false;
        }
    };
    let by = signed.offered().text.clone();
    let id: QuotationId = app.study.fresh_id().into();
    let before = match app.layers.last_mut() {
        Some(Layer::Memo(editor)) => {
            let before = editor.area.clone();
            let line = editor.shown.add_quote(id, QuoteShown { words: words.clone(), by: by.clone() });
            editor.insert_line(&line);
            before
        }
        _ => return false,
    };
    let Some(Layer::Memo(editor)) = app.layers.last() else { return false };
    let text = editor.text();
    let quote = QuotationEdit::Quote { id, memo: editor.id, coding, words, by: by.clone() };
    let edit = Edit::All(vec![editor.writing(&text), Edit::Quotations(quote)]);
    let done = app.edit(&edit).is_some();
    if let Some(Layer::Memo(editor)) = app.layers.last_mut() {
        if done {
            editor.saved = text;
            editor.exists = true;
            editor.due = None;
        } else {
            editor.area = before;
        }
    }
    if done && signed.says_too_much() {
        let fits = signed.full.fits.unwrap_or(0);
        app.tell(Tone::Plain, format!("signed “{by}”: all that may be said fits only {fits} here"));
    }
    done
}

impl super::MemoEditor {
    /// Puts a line where the cursor stands, an empty one at either side; a memo without a title gets one.
    fn insert_line(&mut self, line: &str) {
        if self.text().trim().is_empty() {
            self.set(&format!("On {}", self.about));
            self.area.move_cursor(CursorMove::Bottom);
        }
        self.area.move_cursor(CursorMove::End);
        let row = self.area.cursor().0;
        let empty = |n: usize| self.area.lines().get(n).is_none_or(|line| line.trim().is_empty());
        let mut words = match (empty(row), row > 0 && !empty(row - 1)) {
            (true, false) => String::new(),
            (true, true) => "\n".to_owned(),
            (false, _) => "\n\n".to_owned(),
        };
        words.push_str(line);
        words.push_str("\n\n");
        self.area.insert_str(words);
    }
}
