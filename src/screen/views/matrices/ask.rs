//! What is asked of the matrix: its kind, its rows and columns, which cases, each chosen from a list.

use crate::findings::expression::{condition, short};
use crate::findings::matrix::{Asked, By, Count, Filter, Kind, Part};
use crate::project::case::{Attribute, AttributeKind, Bearer};
use crate::project::id::{AttributeId, WaveId};
use crate::project::row::{Expr, Test};
use crate::project::view::View;
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Choose, Chosen, Item, Picker, Target};
use crate::screen::layers::prompt::{AskFor, Prompt};
use std::collections::BTreeSet;

/// What is chosen from a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pick {
    /// The kind of matrix.
    Kind,
    /// The codes of the rows.
    Rows(Vec<Part>),
    /// The codes of the columns.
    Columns(Vec<Part>),
    /// The attribute of the columns.
    Attribute,
    /// Which cases.
    Only(Vec<Only>),
}

/// Which cases are looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Only {
    /// All.
    All,
    /// Those of a kind.
    Kind(String),
    /// What was collected in a wave.
    Wave(WaveId),
    /// Those of which an attribute says this; more is typed as an expression.
    Is(AttributeId, String),
}

impl Pick {
    /// Whether several can be marked.
    #[must_use]
    pub const fn several(&self) -> bool {
        matches!(self, Self::Rows(_) | Self::Columns(_) | Self::Only(_))
    }

    /// Whether an expression can be typed instead.
    #[must_use]
    pub const fn takes_text(&self) -> bool {
        matches!(self, Self::Only(_))
    }
}

fn item(label: impl Into<String>, note: impl Into<String>, target: Target) -> Item {
    Item { label: label.into(), note: note.into(), also: String::new(), target }
}

fn offer(app: &mut App, title: &str, items: Vec<Item>, pick: Pick) {
    app.layers.push(Layer::Picker(Picker::new(title, items, Choose::Matrix(pick))));
}

/// Asks for the kind of matrix.
pub fn kind(app: &mut App) {
    let items =
        Kind::ALL.iter().enumerate().map(|(n, kind)| item(kind.title(), kind.tells(), Target::Nth(n))).collect();
    offer(app, "Which matrix", items, Pick::Kind);
}

/// Asks for the rows.
pub fn rows(app: &mut App) {
    match (lists_codes(app, true), app.matrices.asked().kind) {
        (true, _) => codes(app, true),
        (false, Kind::CodeAttribute) => attribute(app),
        (false, Kind::CaseCode) => only(app),
        _ => app.tell(Tone::Plain, "its rows are the roles of those who speak"),
    }
}

/// Asks for the columns.
pub fn columns(app: &mut App) {
    match (lists_codes(app, false), app.matrices.asked().kind) {
        (true, _) => codes(app, false),
        (false, Kind::CodeAttribute) => attribute(app),
        (false, Kind::CaseCode) => only(app),
        _ => app.tell(Tone::Plain, "its columns are the roles of those who speak"),
    }
}

/// Whether the lines that stand as rows (as columns otherwise) are codes.
fn lists_codes(app: &App, rows: bool) -> bool {
    let kind = app.matrices.asked().kind;
    if rows == app.matrices.transposed { kind.has_code_columns() } else { kind.has_code_rows() }
}

/// Asks for the codes that stand as rows, or as columns.
fn codes(app: &mut App, rows: bool) {
    let view = app.study.view();
    let book = view.codebook();
    let asked = app.matrices.asked();
    // What stands across may have been asked for as rows.
    let of_rows = rows != app.matrices.transposed;
    let now = if of_rows { asked.rows.clone() } else { asked.columns.clone() };
    let mut parts: Vec<Part> = Vec::new();
    let mut items = vec![item("All codes", "a line each, those below counted in", Target::Top)];
    for code in book.in_order() {
        let path = book.path(code);
        let below = book.children(Some(code)).len();
        if below > 0 {
            let codes = if below == 1 { "the code".to_owned() } else { format!("the {below} codes") };
            items.push(item(&path, format!("{codes} under it, a line each"), Target::Nth(parts.len())));
            parts.push(Part::Under(code));
            items.push(item(path, "one line, those below counted in", Target::Nth(parts.len())));
        } else {
            items.push(item(path, "", Target::Nth(parts.len())));
        }
        parts.push(Part::One(code));
    }
    if parts.is_empty() {
        app.tell(Tone::Plain, "there are no codes yet");
        return;
    }
    let names: Vec<&str> = now.iter().map(|part| view.code_name(part.code())).collect();
    let names = if names.is_empty() { "all".to_owned() } else { names.join(", ") };
    let title = format!("Codes in the {}, now {names}", if rows { "rows" } else { "columns" });
    let pick = if of_rows { Pick::Rows(parts) } else { Pick::Columns(parts) };
    offer(app, &title, items, pick);
}

fn attribute(app: &mut App) {
    let view = app.study.view();
    let of_cases = view.attributes().into_iter().filter(|attribute| attribute.of == Bearer::Case);
    let items: Vec<Item> = of_cases.map(|a| item(&a.name, a.kind.name(), Target::Attribute(a.id))).collect();
    if items.is_empty() {
        app.tell(Tone::Plain, "no attribute of cases is known yet; gP is where they are");
        return;
    }
    offer(app, "Values of which attribute", items, Pick::Attribute);
}

/// Asks which cases are looked at.
pub fn only(app: &mut App) {
    let view = app.study.view();
    let mut all = vec![Only::All];
    let mut items = vec![item("All cases", "no filter", Target::Nth(0))];
    let mut add = |only: Only, label: String, note: &str| {
        items.push(item(label, note, Target::Nth(all.len())));
        all.push(only);
    };
    let kinds: BTreeSet<&str> = view.cases().into_iter().map(|case| case.kind.as_str()).collect();
    for kind in kinds.into_iter().filter(|kind| !kind.is_empty()) {
        add(Only::Kind(kind.to_owned()), kind.to_owned(), "kind of case");
    }
    for wave in view.waves() {
        add(Only::Wave(wave.id), wave.name.clone(), "wave");
    }
    for attribute in view.attributes().into_iter().filter(|attribute| attribute.of == Bearer::Case) {
        for value in values(&view, attribute) {
            add(Only::Is(attribute.id, value.clone()), format!("{}: {value}", attribute.name), "");
        }
    }
    let now = only_words(&view, &app.matrices.asked().only);
    let now = if now.is_empty() { "now all".to_owned() } else { format!("now {now}") };
    offer(app, &format!("Which cases, chosen or typed; of several each has to hold; {now}"), items, Pick::Only(all));
}

/// The values of an attribute, in order.
fn values(view: &View<'_>, attribute: &Attribute) -> Vec<String> {
    if attribute.follows.is_some() || attribute.kind == AttributeKind::YesNo {
        return vec!["yes".into(), "no".into()];
    }
    let mut out = attribute.choices.clone();
    let mut more: Vec<String> = Vec::new();
    for word in view.all_values(attribute.id).iter().flat_map(|value| value.value.split('\n')) {
        if !out.iter().chain(&more).any(|known| known == word) {
            more.push(word.to_owned());
        }
    }
    let number = |word: &str| word.parse::<f64>().unwrap_or(f64::INFINITY);
    more.sort_by(|a, b| number(a).total_cmp(&number(b)).then_with(|| a.cmp(b)));
    out.extend(more);
    out
}

/// The filter in words; empty if there is none.
#[must_use]
pub fn only_words(view: &View<'_>, filter: &Filter) -> String {
    let mut parts = Vec::new();
    if !filter.kind.is_empty() {
        parts.push(filter.kind.clone());
    }
    parts.extend(filter.wave.and_then(|wave| view.wave(wave)).map(|wave| format!("wave {}", wave.name)));
    parts.extend(filter.holds.iter().map(|expr| short(view, expr)));
    if parts.is_empty() { String::new() } else { format!("only {}", parts.join(", ")) }
}

/// Shows another kind of matrix.
pub fn show_kind(app: &mut App, kind: Kind) {
    app.matrices.ask(|asked| asked.kind = kind);
    (app.matrices.row, app.matrices.column) = (0, 0);
    let said = match app.matrices.asked() {
        Asked { kind: Kind::CodeAttribute, .. } if super::likeliest(&app.study.view()).is_none() => {
            "no attribute of cases is known yet; gP is where they are".to_owned()
        }
        asked => format!("{}: {}", asked.kind.title(), asked.kind.tells()),
    };
    app.matrices.refresh(&app.study, &app.waker);
    app.tell(Tone::Plain, said);
}

/// When codes lie together.
pub fn by(app: &mut App) {
    if !app.matrices.asked().kind.is_of_pairs() {
        app.tell(Tone::Plain, "only codes by codes lie together; Tab goes on to them");
        return;
    }
    let at = By::ALL.iter().position(|by| *by == app.matrices.asked().by).unwrap_or(0);
    let to = By::ALL[(at + 1) % By::ALL.len()];
    app.matrices.ask(|asked| asked.by = to);
    app.matrices.refresh(&app.study, &app.waker);
    app.tell(Tone::Done, format!("codes lie together {}", to.words()));
}

/// What is counted.
pub fn count(app: &mut App) {
    let to = match app.matrices.asked().count {
        Count::Cases => Count::Passages,
        Count::Passages => Count::Cases,
    };
    app.matrices.ask(|asked| asked.count = to);
    app.matrices.refresh(&app.study, &app.waker);
    app.tell(Tone::Done, format!("counted in {}", to.name()));
}

/// Asks from how many on a cell is marked.
pub fn least(app: &mut App) {
    let now = app.matrices.asked().least.map_or_else(|| "2".to_owned(), |least| least.to_string());
    let hint = "X where it holds in at least so many; nothing, or 0, for numbers alone";
    app.layers.push(Layer::Prompt(Prompt::new("Mark cells from", hint, &now, AskFor::MatrixLeast)));
}

/// Takes in from how many on a cell is marked; says whether that is a number.
pub fn take_least(app: &mut App, words: &str) -> bool {
    let least = match words.trim() {
        "" | "0" => None,
        number => match number.parse::<usize>() {
            Ok(least) => Some(least),
            Err(_) => {
                app.tell(Tone::Refused, "that is no number; nothing takes the marks away");
                return false;
            }
        },
    };
    app.matrices.ask(|asked| asked.least = least);
    app.matrices.refresh(&app.study, &app.waker);
    true
}

/// Takes in what was chosen.
pub fn chosen(app: &mut App, pick: &Pick, chosen: &Chosen) -> bool {
    let (Chosen::Items(items) | Chosen::New(_, items)) = chosen;
    let nth = |target: &Target| if let Target::Nth(n) = target { Some(*n) } else { None };
    let numbers: Vec<usize> = items.iter().filter_map(nth).collect();
    let of = |parts: &[Part]| numbers.iter().filter_map(|n| parts.get(*n).copied()).collect::<Vec<_>>();
    match pick {
        Pick::Kind => {
            if let Some(kind) = numbers.first().and_then(|n| Kind::ALL.get(*n)) {
                show_kind(app, *kind);
            }
            return true;
        }
        Pick::Rows(parts) => app.matrices.ask(|asked| asked.rows = of(parts)),
        Pick::Columns(parts) => app.matrices.ask(|asked| asked.columns = of(parts)),
        Pick::Attribute => {
            if let Some(Target::Attribute(attribute)) = items.first() {
                app.matrices.ask(|asked| asked.attribute = Some(*attribute));
            }
        }
        Pick::Only(all) => {
            let mut only = Filter::default();
            if let Chosen::New(words, _) = chosen {
                match condition(&app.study.view(), words) {
                    Ok(expr) => only.holds.push(expr),
                    Err(why) => {
                        app.tell(Tone::Refused, why.to_string());
                        return false;
                    }
                }
            }
            for one in numbers.iter().filter_map(|n| all.get(*n)) {
                match one {
                    Only::All => {}
                    Only::Kind(kind) => only.kind.clone_from(kind),
                    Only::Wave(wave) => only.wave = Some(*wave),
                    Only::Is(attribute, value) => {
                        only.holds.push(Expr::Attribute(*attribute, Test::Is(value.clone())));
                    }
                }
            }
            app.matrices.ask(|asked| asked.only = only);
        }
    }
    app.matrices.refresh(&app.study, &app.waker);
    true
}
