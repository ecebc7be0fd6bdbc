//! Extracts: going about in the list, asking otherwise, and coding on.

use super::coding::code_items;
use crate::findings::extracts::{Codes, Extract, Filter, Of, Query, parse};
use crate::project::edit::{Edit, Refusal};
use crate::project::id::{CodeId, CodingId, SourceId};
use crate::project::source::Passage;
use crate::project::view::Whose;
use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Choose, Picker, Target};
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::views::book::hold::{self, Things};
use crate::screen::views::extracts::{self, Narrow, With};
use crate::session::EditError;
use crate::text::{Pos, Span};

rows! { EXTRACTS: Code;
    "extracts-pin-1" "Lay pin 1 on the extract, and go to the next one" "pinned" Extracts ["1" "<F2>"] "quick code, subcode, recode" => |app| with_pin(app, 1);
    "extracts-pin-2" "Lay pin 2, and go to the next one" "" Extracts ["2" "<F3>"] "" => |app| with_pin(app, 2);
    "extracts-pin-3" "Lay pin 3, and go to the next one" "" Extracts ["3" "<F4>"] "" => |app| with_pin(app, 3);
    "extracts-pin-4" "Lay pin 4, and go to the next one" "" Extracts ["4" "<F5>"] "" => |app| with_pin(app, 4);
    "extracts-pin-5" "Lay pin 5, and go to the next one" "" Extracts ["5" "<F6>"] "" => |app| with_pin(app, 5);
    "extracts-pin-6" "Lay pin 6, and go to the next one" "" Extracts ["6" "<F7>"] "" => |app| with_pin(app, 6);
    "extracts-pin-7" "Lay pin 7, and go to the next one" "" Extracts ["7" "<F8>"] "" => |app| with_pin(app, 7);
    "extracts-pin-8" "Lay pin 8, and go to the next one" "" Extracts ["8" "<F9>"] "" => |app| with_pin(app, 8);
    "extracts-pin-9" "Lay pin 9, and go to the next one" "" Extracts ["9" "<F10>"] "" => |app| with_pin(app, 9);
    "extracts-code" "Code the extract, or the marked ones: choose or make codes" "code" Extracts ["c"] "assign, apply code, autocode" => code;
    "extracts-again" "Lay the last codes again, and go to the next one" "again" Extracts ["." "a"] "repeat" => again;
    "extracts-read" "Read it in the transcript; Esc comes back" "in the text" Extracts ["<Enter>" "l" "<Right>"] "jump, context, go there" => extracts::read;
    "extracts-context" "Show the turn before and after, or not" "around it" Extracts ["o"] "context, unfold" => |app| app.extracts.context = !app.extracts.context;
    "extracts-mark" "Mark, or take the mark away" "mark" Extracts ["<Space>"] "select several" => |app| app.extracts.mark();
    "extracts-mark-all" "Mark all, or none" "" Extracts ["A"] "select all" => |app| app.extracts.mark_all();
    "extracts-filter" "Narrow: cases, sources, people, rounds, words; whose codings" "narrow" Extracts ["f"] "filter, document variables, attributes" => extracts::pick;
    "extracts-query" "Ask for other codes: A OR B, A AND NOT B, A NEAR 2 B, A/**" "other codes" Extracts ["e"] "query, complex retrieval, co-occurrence" => ask;
    "extracts-below" "With the codes below, or without" "codes below" Extracts ["s"] "subcodes, aggregate" => below;
    "extracts-whose" "Whose codings: mine, the working set, everybody's" "" Extracts ["w"] "coder, consensus" => whose;
    "extracts-recode" "Give the extract, or the marked ones, another code instead" "other code" Extracts ["R"] "move, replace code" => recode;
    "extracts-remove" "Remove your coding from the extract, or the marked ones" "un-code" Extracts ["x" "<Del>"] "delete, uncode" => remove;
    "extracts-hold" "Put the extract, or the marked ones, into a theme" "" Extracts ["T" "gi"] "hold-in-theme, category" => hold;
    "extracts-down" "Next extract" "" Extracts ["j" "<Down>"] "" => |app| app.extracts.step(1);
    "extracts-up" "Previous extract" "" Extracts ["k" "<Up>"] "" => |app| app.extracts.step(-1);
    "extracts-page-down" "Some extracts down" "" Extracts ["<PageDown>" "<C-d>"] "" => |app| app.extracts.step(6);
    "extracts-page-up" "Some extracts up" "" Extracts ["<PageUp>" "<C-u>"] "" => |app| app.extracts.step(-6);
    "extracts-first" "First extract" "" Extracts ["gg" "<Home>"] "" => |app| app.extracts.step(i32::MIN / 2);
    "extracts-last" "Last extract" "" Extracts ["G" "<End>"] "" => |app| app.extracts.step(i32::MAX / 2);
}

/// The marked extracts, or the one in hand, or a word that there is none.
fn chosen(app: &mut App) -> Vec<Extract> {
    let chosen = app.extracts.chosen();
    if chosen.is_empty() {
        app.tell(Tone::Refused, "there is no extract to code; f narrows otherwise, e asks for other codes");
    }
    chosen
}

fn code(app: &mut App) {
    let n = chosen(app).len();
    if n > 0 {
        let title = if n == 1 { "Code the extract".to_owned() } else { format!("Code {n} extracts") };
        let items = code_items(app);
        app.layers.push(Layer::Picker(Picker::new(&title, items, Choose::LayExtracts)));
    }
}

fn with_pin(app: &mut App, digit: usize) {
    match app.study.view().pins()[digit - 1] {
        Some(code) => {
            lay(app, &[code], Vec::new());
        }
        None => app.tell(
            Tone::Refused,
            format!("no code is pinned on {digit}: go to a code in the tree (gC, tab) and press {digit} there"),
        ),
    }
}

fn again(app: &mut App) {
    let codes = app.code.again.clone();
    if codes.is_empty() {
        app.tell(Tone::Refused, "no code was laid yet that could be laid again");
    } else {
        lay(app, &codes, Vec::new());
    }
}

/// Lays codes on the words of extracts as this coder's own, whoever coded them before: an edit a source, as each has
/// borders of its own. `None` if a text cannot be read, which is said.
fn laying(app: &mut App, extracts: &[Extract], codes: &[CodeId]) -> Option<Vec<Edit>> {
    let mut by_source: Vec<(SourceId, Vec<Span>)> = Vec::new();
    for extract in extracts {
        match by_source.last_mut() {
            Some((source, spans)) if *source == extract.source => spans.push(extract.span),
            _ => by_source.push((extract.source, vec![extract.span])),
        }
    }
    let mut edits = Vec::new();
    for (source, spans) in by_source {
        let reading = match app.study.read(source) {
            Ok(reading) => reading,
            Err(why) => {
                app.tell(Tone::Refused, why.to_string());
                return None;
            }
        };
        let mut borders: Vec<Pos> = spans.iter().flat_map(|span| reading.borders(*span)).collect();
        borders.sort_unstable();
        borders.dedup();
        let view = app.study.view();
        let passages: Vec<Passage> = spans.into_iter().map(|span| view.passage(source, span)).collect();
        edits.push(Edit::Lay { passages, codes: codes.to_vec(), apart: false, borders });
    }
    Some(edits)
}

/// Lays codes on the marked extracts, or on the one in hand, and goes on to the next; says whether it was done.
pub fn lay(app: &mut App, codes: &[CodeId], before: Vec<Edit>) -> bool {
    let extracts = chosen(app);
    let Some(laying) = laying(app, &extracts, codes).filter(|edits| !edits.is_empty()) else { return false };
    let edit = Edit::All(before.into_iter().chain(laying).collect());
    if let Err(EditError::Refused(why @ Refusal::Idle(_))) = app.study.plan(&edit) {
        // Words that carry the code already are dealt with.
        went_on(app, 1, "");
        app.tell(Tone::Plain, why.to_string());
        return true;
    }
    let done = app.edit(&edit).is_some();
    if done {
        app.code.used(codes);
        went_on(app, extracts.len(), "coded");
    }
    done
}

/// What follows from extracts having been dealt with: marks go, or the next one is taken in hand.
fn went_on(app: &mut App, n: usize, what: &str) {
    if app.extracts.marked.is_empty() {
        app.extracts.move_on();
    } else {
        app.extracts.marked.clear();
    }
    if n > 1 {
        app.tell(Tone::Done, format!("{n} extracts {what}; one undo takes them all back"));
    }
}

/// The codings of an extract that are this coder's own.
fn own(app: &App, extract: &Extract) -> Vec<CodingId> {
    let view = app.study.view().showing(Whose::Everybody);
    let mine = |id: &CodingId| view.coding(*id).is_some_and(|seen| seen.coding.coder == view.coder());
    extract.codings().filter(mine).collect()
}

fn recode(app: &mut App) {
    let n = chosen(app).len();
    if n == 0 {
        return;
    }
    let listed = app.extracts.broad();
    let name = listed.map(|code| format!(" instead of “{}”", app.study.view().code_name(code))).unwrap_or_default();
    let title = if n == 1 { format!("Another code{name}") } else { format!("Another code{name} on {n} extracts") };
    let is_it = |target: Target| matches!(target, Target::Code(id) if Some(id) == listed);
    let items = code_items(app).into_iter().filter(|item| !is_it(item.target)).collect();
    app.layers.push(Layer::Picker(Picker::new(&title, items, Choose::RecodeExtracts)));
}

/// Gives the chosen extracts another code: one's own codings get it instead, others' words are coded anew as one's own.
pub fn recode_to(app: &mut App, to: CodeId, before: Vec<Edit>) -> bool {
    let extracts = chosen(app);
    let mut edits = before;
    let (mut codings, mut others) = (Vec::new(), Vec::new());
    for extract in &extracts {
        let own = own(app, extract);
        if own.is_empty() { others.push(extract.clone()) } else { codings.extend(own) }
    }
    if !codings.is_empty() {
        edits.push(Edit::Recode(codings, to));
    }
    let Some(laying) = laying(app, &others, &[to]) else { return false };
    edits.extend(laying);
    let done = app.edit(&Edit::All(edits)).is_some();
    if done {
        app.code.used(&[to]);
        // What was moved leaves the list: what comes after it stands where it stood.
        let n = extracts.len();
        app.extracts.marked.clear();
        if !others.is_empty() {
            let kept = if others.len() == n { "" } else { "; others' are theirs still" };
            app.tell(Tone::Done, format!("{n} extracts coded anew as your own{kept}"));
        } else if n > 1 {
            app.tell(Tone::Done, format!("{n} extracts moved; one undo takes them all back"));
        }
    }
    done
}

fn remove(app: &mut App) {
    let extracts = chosen(app);
    let codings: Vec<CodingId> = extracts.iter().flat_map(|extract| own(app, extract)).collect();
    if extracts.is_empty() {
        return;
    }
    if codings.is_empty() {
        app.tell(Tone::Refused, "that is another coder's; c codes its words as your own");
        return;
    }
    if app.edit(&Edit::Remove(codings)).is_some() {
        app.extracts.marked.clear();
    }
}

fn hold(app: &mut App) {
    let codings: Vec<CodingId> = chosen(app).iter().flat_map(Extract::codings).collect();
    if !codings.is_empty() {
        hold::ask(app, Things::Extracts(codings));
    }
}

/// Asks otherwise, and says how.
fn ask_so(app: &mut App, query: Query) {
    app.extracts.ask(query);
    app.extracts.refresh(&app.study, &app.waker);
}

fn ask(app: &mut App) {
    let view = app.study.view();
    let words = parse::written(&view, &app.extracts.query().codes);
    let hint = "A OR B · A AND B (same words) · A AND NOT B · A OVERLAPPING, INSIDE, CONTAINING B\n\
        A NEAR 2 B (turns) · A FOLLOWED 1 B · A SAME TURN B · A/** with the codes below · * all";
    app.layers.push(Layer::Prompt(Prompt::new("Extracts of", hint, &words, AskFor::ExtractsQuery)));
}

/// Takes an expression as typed; says whether it could be read.
pub fn asked(app: &mut App, words: &str) -> bool {
    let read = parse::parse(&app.study.view(), words);
    match read {
        Ok(codes) => {
            let query = Query { codes, ..app.extracts.query().clone() };
            ask_so(app, query);
            true
        }
        Err(why) => {
            app.tell(Tone::Refused, why.to_string());
            false
        }
    }
}

/// Takes words that the extracts are to have; says whether they can be looked for.
pub fn wanted(app: &mut App, with: With, words: &str) -> bool {
    if words.is_empty() {
        return true;
    }
    let words = words.to_owned();
    let filter = match with {
        With::Words => Filter::Words(words),
        With::Pattern => Filter::Pattern(words),
        With::Comment => Filter::Comment(words),
    };
    if let Err(why) = filter.check() {
        app.tell(Tone::Refused, why.to_string());
        return false;
    }
    toggle(app, filter);
    true
}

fn toggle(app: &mut App, filter: Filter) {
    let mut query = app.extracts.query().clone();
    match query.filters.iter().position(|other| *other == filter) {
        Some(at) => drop(query.filters.remove(at)),
        None => query.filters.push(filter),
    }
    ask_so(app, query);
}

/// What was chosen in the list of filters.
pub fn narrow_to(app: &mut App, way: Narrow) {
    match way {
        Narrow::Toggle(filter) => toggle(app, filter),
        Narrow::Whose(of) => {
            let query = Query { of, ..app.extracts.query().clone() };
            ask_so(app, query);
        }
        Narrow::Clear => {
            let query = Query { filters: Vec::new(), ..app.extracts.query().clone() };
            ask_so(app, query);
        }
        Narrow::Type(with) => {
            let (title, hint) = match with {
                With::Words => ("Extracts with", "these words, large and small letters alike"),
                With::Pattern => ("Extracts with", "what this regular expression stands for"),
                With::Comment => ("Extracts commented on with", "these words"),
            };
            app.layers.push(Layer::Prompt(Prompt::new(title, hint, "", AskFor::ExtractsWith(with))));
        }
    }
}

fn below(app: &mut App) {
    let query = app.extracts.query();
    let listed = query.codes.listed();
    if listed.is_empty() {
        app.tell(Tone::Plain, "all codes are listed already");
        return;
    }
    let on = !listed.iter().all(|(_, below)| *below);
    let codes: Codes = query.codes.with_below(on);
    let query = Query { codes, ..query.clone() };
    ask_so(app, query);
    app.tell(Tone::Done, if on { "with the codes below" } else { "without the codes below" });
}

fn whose(app: &mut App) {
    let query = app.extracts.query();
    let of = match query.of {
        Of::InSight => Of::Working,
        Of::Working => Of::Everybody,
        _ => Of::InSight,
    };
    let query = Query { of, ..query.clone() };
    let said = query.of.words(&app.study.view());
    ask_so(app, query);
    app.tell(Tone::Done, said);
}
