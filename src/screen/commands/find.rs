//! Finding words in the open source or in all, walking what was found, coding it in one go.

use crate::project::edit::{Edit, Refusal};
use crate::project::id::SourceId;
use crate::project::source::Passage;
use crate::screen::app::{App, Tone};
use crate::screen::command::{Place, rows};
use crate::screen::layers::Layer;
use crate::screen::layers::list::{Leads, List, ListRow, Lists};
use crate::screen::layers::picker::{Choose, Picker};
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::views::code::hits::{Hit, Hits};
use crate::screen::views::code::panes::Pane;
use crate::screen::views::code::transcript::Transcript;
use crate::session::EditError;
use crate::text::Pos;
use crate::text::search::{Case, Query, QueryKind};
use crate::text::snippet::snippet;

rows! { FIND: Find;
    "find" "Find: in the text, among codes, among sources" "find" Anywhere ["/" "<C-s>"] "search, filter" => find;
    "find-everywhere" "Find in all sources" "" Code ["g/" "gf"] "search project, text search query" => |app| ask(app, true);
    "find-next" "Next of what is being walked: hits, or codings" "next" Anywhere ["n"] "" => |app| walk(app, false);
    "find-previous" "Previous of what is being walked" "" Anywhere ["N"] "" => |app| walk(app, true);
    "hits" "List what was found" "" Code ["gH"] "" => list;
    "find-regex" "As a regular expression, or as words" "regex" Prompt ["<C-r>"] "" => toggle_regex;
    "find-all" "In all sources, or in this one" "all sources" Prompt ["<C-a>"] "" => toggle_everywhere;
    "find-list" "List what was found" "list" Prompt ["<C-l>"] "" => |app| { app.close(); list(app); };
}

fn find(app: &mut App) {
    match app.place() {
        Place::Tree => {
            app.code.tree.filter = Some(crate::screen::widgets::input::Input::default());
            app.layers.push(Layer::Prompt(Prompt::new(
                "Codes with",
                "Enter keeps the filter, Esc shows all",
                "",
                AskFor::FilterTree,
            )));
        }
        Place::Cases => {
            app.layers.push(Layer::Prompt(Prompt::new(
                "Cases and sources with",
                "Enter keeps the filter, Esc shows all",
                "",
                AskFor::FilterCases,
            )));
        }
        Place::List => {
            let words = crate::screen::layers::list::top(app).map_or_else(String::new, |list| list.filter.clone());
            let hint = "Enter keeps the filter, Esc shows all";
            app.layers.push(Layer::Prompt(Prompt::new("Rows with", hint, &words, AskFor::FilterList)));
        }
        Place::Page => {
            app.layers.push(Layer::Prompt(Prompt::new("Keys with", "words of what they do", "", AskFor::FilterHelp)));
        }
        _ if crate::screen::views::find(app) => {}
        _ => ask(app, false),
    }
}

fn ask(app: &mut App, everywhere: bool) {
    app.code.mark_jump();
    app.layers.push(Layer::Prompt(Prompt::new(
        title(everywhere, false),
        HINT,
        "",
        AskFor::Find { everywhere, regex: false },
    )));
}

const HINT: &str = "Enter goes to the next hit; ctrl-r regular expression, ctrl-a all sources, ctrl-l lists the hits";

const fn title(everywhere: bool, regex: bool) -> &'static str {
    match (everywhere, regex) {
        (false, false) => "Find in this source",
        (true, false) => "Find in all sources",
        (false, true) => "Find a regular expression in this source",
        (true, true) => "Find a regular expression in all sources",
    }
}

fn toggle_regex(app: &mut App) {
    toggle(app, |_, regex| *regex = !*regex);
}

fn toggle_everywhere(app: &mut App) {
    toggle(app, |everywhere, _| *everywhere = !*everywhere);
}

fn toggle(app: &mut App, change: impl FnOnce(&mut bool, &mut bool)) {
    if let Some(Layer::Prompt(prompt)) = app.layers.last_mut()
        && let AskFor::Find { everywhere, regex } = &mut prompt.ask
    {
        change(everywhere, regex);
        prompt.title = title(*everywhere, *regex).to_owned();
        crate::screen::layers::typed(app);
    }
}

/// Looks for what has been typed so far, and goes to the first hit from where the search began.
pub fn look(app: &mut App, pattern: &str, regex: bool, everywhere: bool) {
    if pattern.is_empty() {
        app.code.hits = None;
        return;
    }
    let kind = if regex { QueryKind::Regex } else { QueryKind::Literal };
    let query = match Query::new(pattern, kind, Case::Smart) {
        Ok(query) => query,
        Err(why) => {
            app.tell(Tone::Refused, why.to_string());
            return;
        }
    };
    let sources: Vec<SourceId> = if everywhere {
        app.study.view().sources().iter().map(|source| source.id).collect()
    } else {
        app.code.source().into_iter().collect()
    };
    let mut found = Vec::new();
    for source in sources {
        // A text that cannot be read is said when it is opened; the others are searched.
        let Ok(reading) = app.study.read(source) else { continue };
        found.extend(query.find_iter(&reading.text).map(|span| Hit { source, span, wanted: true }));
    }
    let hits = Hits::new(pattern, regex, everywhere, found);
    let count = hits.all().len();
    app.code.hits = Some(hits);
    go(app, false, false);
    app.tell(if count == 0 { Tone::Refused } else { Tone::Plain }, said(count, everywhere));
}

fn said(count: usize, everywhere: bool) -> String {
    let place = if everywhere { "in all sources" } else { "in this source" };
    match count {
        0 => format!("nothing found {place}"),
        1 => format!("1 hit {place}"),
        n => format!("{n} hits {place}"),
    }
}

/// Goes to the next hit from the place where the search began (`from_here`: from the cursor).
pub fn go(app: &mut App, back: bool, accepted: bool) {
    let Some(hits) = &app.code.hits else { return };
    let Some(transcript) = &app.code.transcript else { return };
    let began = app.code.trail.last().copied().unwrap_or((transcript.source(), transcript.cursor()));
    let next = hits.next(began.0, Pos(began.1.0.saturating_sub(1)), back);
    if let Some(n) = next {
        show(app, n, !accepted);
        // Whoever went to a passage goes on there, wherever the search was begun.
        if accepted {
            app.code.panes.focus = Pane::Text;
        }
    }
    if accepted {
        let hits = app.code.hits.as_ref().map_or((0, false), |hits| (hits.all().len(), hits.everywhere));
        let words = said(hits.0, hits.1);
        app.tell(Tone::Plain, format!("{words}; n and N walk them, gH lists them"));
    }
}

/// Esc while searching: back to where the search began.
pub fn back(app: &mut App) {
    if let Some((source, at)) = app.code.trail.pop() {
        app.code.open(&mut app.study, source);
        if let Some(transcript) = &mut app.code.transcript {
            transcript.go(at);
        }
    }
}

/// Goes to a hit. While typing (`peek`) another source is not opened.
fn show(app: &mut App, n: usize, peek: bool) {
    let Some(hits) = &mut app.code.hits else { return };
    hits.at = Some(n);
    let Some(hit) = hits.all().get(n).cloned() else { return };
    if app.code.source() != Some(hit.source) {
        if peek {
            return;
        }
        app.code.open(&mut app.study, hit.source);
    }
    if let Some(transcript) = &mut app.code.transcript {
        transcript.go(hit.span.start);
    }
}

fn walk(app: &mut App, back: bool) {
    if app.layers.is_empty() && crate::screen::views::walk(app, back) {
        return;
    }
    if let Some(list) = crate::screen::layers::list::top(app) {
        list.step(if back { -1 } else { 1 });
        return;
    }
    let Some(transcript) = &app.code.transcript else { return };
    let (source, at) = (transcript.source(), transcript.cursor());
    let Some(hits) = &app.code.hits else {
        let name = if back { "coding-previous" } else { "coding-next" };
        if let Some(command) = crate::screen::command::command(name) {
            app.run(command);
        }
        return;
    };
    match hits.next(source, at, back) {
        Some(n) => {
            let count = hits.all().len();
            show(app, n, false);
            app.code.panes.focus = Pane::Text;
            app.tell(Tone::Plain, format!("hit {} of {count}", n + 1));
        }
        None => app.tell(Tone::Plain, "nothing was found"),
    }
}

/// Lists the hits.
fn list(app: &mut App) {
    let Some(hits) = app.code.hits.clone() else {
        app.tell(Tone::Plain, "nothing was searched for yet; / searches");
        return;
    };
    let mut rows = Vec::new();
    let mut marked = std::collections::BTreeSet::new();
    for (n, hit) in hits.all().iter().enumerate() {
        let Ok(reading) = app.study.read(hit.source) else { continue };
        let view = app.study.view();
        let source = view.source(hit.source);
        let case = source.and_then(|source| source.case).and_then(|case| view.case(case));
        let head = format!(
            "{} {}",
            case.map_or("", |case| case.name.as_str()),
            source.map_or("", |source| source.name.as_str())
        );
        let around = snippet(&reading.text, hit.span, 40);
        if hit.wanted {
            marked.insert(rows.len());
        }
        rows.push(ListRow {
            head: head.trim().to_owned(),
            words: [around.before.to_string(), around.hit.to_string(), around.after.to_string()],
            detail: String::new(),
            leads: Leads::Hit(n),
        });
    }
    let title = format!("“{}” · {}", hits.pattern, said(hits.all().len(), hits.everywhere));
    let mut list = List::new(title, Lists::Hits, rows, "Nothing was found.");
    list.selected = hits.at.unwrap_or(0);
    list.marked = marked;
    app.layers.push(Layer::List(list));
}

/// Enter on a hit of the list: goes there.
pub fn show_hit(app: &mut App, n: usize) {
    app.code.mark_jump();
    show(app, n, false);
    app.code.panes.focus = Pane::Text;
}

/// Chooses codes for the hits that are marked.
pub fn code_hits(app: &mut App) {
    let items = super::coding::code_items(app);
    let count = app.code.hits.as_ref().map_or(0, |hits| hits.all().iter().filter(|hit| hit.wanted).count());
    if count == 0 {
        app.tell(Tone::Refused, "no hit is marked; Space marks one");
        return;
    }
    app.layers.push(Layer::Picker(Picker::new(
        &format!("Code {count} hits, each with its sentence"),
        items,
        Choose::LayHits,
    )));
}

/// Lays codes on the sentences of the wanted hits, as one step.
pub fn lay_hits(app: &mut App, codes: &[crate::project::id::CodeId], before: Vec<Edit>) -> bool {
    let Some(hits) = app.code.hits.clone() else { return false };
    let mut by_source: Vec<(SourceId, Vec<Passage>, Vec<Pos>)> = Vec::new();
    for hit in hits.all().iter().filter(|hit| hit.wanted) {
        let Ok(reading) = app.study.read(hit.source) else { continue };
        let transcript = Transcript::new(reading, 80);
        let span = transcript.sentence_at(hit.span.start).map_or(hit.span, |sentence| sentence.union(hit.span));
        let passage = app.study.view().passage(hit.source, span);
        if by_source.last().is_none_or(|(source, ..)| *source != hit.source) {
            by_source.push((hit.source, Vec::new(), Vec::new()));
        }
        if let Some((_, passages, borders)) = by_source.last_mut() {
            passages.push(passage);
            borders.extend(transcript.borders(span));
        }
    }
    let mut edits = before.clone();
    let mut laid = 0;
    for (_, passages, borders) in by_source {
        let count = passages.len();
        let lay = Edit::Lay { passages, codes: codes.to_vec(), apart: false, borders };
        let alone = Edit::All(before.iter().cloned().chain([lay.clone()]).collect());
        match app.study.plan(&alone) {
            Ok(_) => {
                edits.push(lay);
                laid += count;
            }
            // A source whose words all carry the code already is no reason to leave the others.
            Err(EditError::Refused(Refusal::Idle(_))) => {}
            Err(why) => {
                app.tell(Tone::Refused, why.to_string());
                return false;
            }
        }
    }
    if laid == 0 {
        app.tell(Tone::Refused, "all of these sentences carry the code already");
        return false;
    }
    let done = app.edit(&Edit::All(edits)).is_some();
    if done {
        app.code.used(codes);
        app.tell(Tone::Done, format!("{laid} hits coded; one undo takes them all back"));
    }
    done
}
