//! Agreement: rows and figures, what they are counted on, the methods paragraph, writing it all to files.

use crate::report::agreement::table;
use crate::screen::app::{App, Ask, Tone};
use crate::screen::command::rows;
use crate::screen::layers::Layer;
use crate::screen::layers::page::Page;
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::views::agreement;
use crate::screen::views::{Showing, show};
use crate::screen::written;

rows! { AGREEMENT: Round;
    "agreement-down" "Next code" "" Agreement ["j" "<Down>"] "" => |app| app.agreement.step(&app.study, 1);
    "agreement-up" "Previous code" "" Agreement ["k" "<Up>"] "" => |app| app.agreement.step(&app.study, -1);
    "agreement-page-down" "A page of codes down" "" Agreement ["<PageDown>" "<C-d>"] "" => |app| app.agreement.step(&app.study, 12);
    "agreement-page-up" "A page of codes up" "" Agreement ["<PageUp>" "<C-u>"] "" => |app| app.agreement.step(&app.study, -12);
    "agreement-first" "All codes, pooled" "" Agreement ["<Home>"] "" => |app| app.agreement.step(&app.study, i32::MIN / 2);
    "agreement-last" "Last code" "" Agreement ["G" "<End>"] "" => |app| app.agreement.step(&app.study, i32::MAX / 2);
    "agreement-right" "Next figure: counts, cases, passages" "figures" Agreement ["l" "<Right>"] "columns" => |app| app.agreement.across(&app.study, false);
    "agreement-left" "Previous figure" "" Agreement ["h" "<Left>"] "columns" => |app| app.agreement.across(&app.study, true);
    "agreement-open" "The passages behind the figure" "passages" Agreement ["<Enter>"] "retrieve, quotations" => agreement::open;
    "agreement-cases" "By code, or by case" "by case" Agreement ["<Tab>" "<S-Tab>"] "matrix" => |app| agreement::turn(app, false);
    "agreement-details" "All that is said of the row, as a page" "details" Agreement ["d"] "" => details;
    "agreement-unit" "Count on another unit (exploratory)" "unit" Agreement ["U"] "sentence, paragraph, turn, exploratory" => unit;
    "agreement-level" "Codes at another level of the tree (exploratory)" "level" Agreement ["L"] "roll up, aggregate, main codes" => level;
    "agreement-sort" "Sort: as in the tree, by alpha, by disputed cases, by name" "sort" Agreement ["S"] "order" => |app| { let by = app.agreement.sort(); app.tell(Tone::Done, by); };
    "agreement-methods" "Copy the methods paragraph, and show it with its gaps" "methods text" Agreement ["y"] "copy, report, paper" => methods;
    "agreement-write" "Write the figures to a file: .csv, .md, .json, .txt" "write" Agreement ["w"] "export, save" => write;
    "agreement-rounds" "The next round that was revealed" "rounds" Agreement ["p"] "pilot" => next_round;
    "agreement-reconcile" "Reconcile this round" "reconcile" Agreement ["R"] "consensus, adjudicate" => reconcile;
}

/// Does something else to what is counted, and says what.
fn count_anew(app: &mut App, said: Option<String>) {
    match said {
        Some(said) => {
            app.agreement.refresh(&app.study, &app.waker);
            app.tell(Tone::Done, said);
        }
        None => app.tell(Tone::Plain, "there is no round to count"),
    }
}

fn details(app: &mut App) {
    match agreement::details(app) {
        Some((title, words)) => app.layers.push(Layer::Page(Page { title, words, top: 0 })),
        None => app.tell(Tone::Plain, "there is nothing to tell before the reveal"),
    }
}

fn unit(app: &mut App) {
    let said = app.agreement.next_unit(&app.study.view());
    count_anew(app, said);
}

fn level(app: &mut App) {
    let said = app.agreement.next_level(&app.study.view());
    count_anew(app, said);
}

fn methods(app: &mut App) {
    let Some(counted) = app.agreement.counted() else {
        app.tell(Tone::Plain, "there is nothing to report before the reveal");
        return;
    };
    match counted.methods.clone() {
        Ok(words) => {
            app.ask(Ask::Copy(words.clone()));
            let title = "Methods paragraph, copied; ⟨ ⟩ is for you to fill".to_owned();
            app.layers.push(Layer::Page(Page { title, words, top: 0 }));
        }
        Err(why) => app.tell(Tone::Refused, why),
    }
}

fn write(app: &mut App) {
    if app.agreement.counted().is_none() {
        app.tell(Tone::Plain, "there is nothing to write before the reveal");
        return;
    }
    let hint = "a path; .csv, .md, .json or .txt says how. The methods paragraph goes beside it";
    app.layers.push(Layer::Prompt(Prompt::new("Write the figures to", hint, "agreement.csv", AskFor::WriteAgreement)));
}

/// Writes the figures, and the methods paragraph beside them; says whether that could be done.
pub fn write_to(app: &mut App, words: &str) -> bool {
    let Some(counted) = app.agreement.counted() else { return true };
    let (view, methods) = (app.study.view(), counted.methods.as_deref().ok());
    let study = view.study().map_or("untitled", |study| study.title.as_str());
    let said = written::table(words, methods, |format| table(&view, &counted.figures, study, format));
    written::told(app, said)
}

/// Puts the cursor on a code; says whether there is one.
pub fn found(app: &mut App, words: &str) -> bool {
    let found = app.agreement.find(words);
    if !found {
        app.tell(Tone::Plain, format!("no code has “{words}”"));
    }
    found
}

fn next_round(app: &mut App) {
    let view = app.study.view();
    let revealed: Vec<_> = view.rounds().iter().filter(|r| view.reveal(r.id).is_some()).map(|r| r.id).collect();
    let at = revealed.iter().position(|round| Some(*round) == app.agreement.round());
    match revealed.get(at.map_or(0, |at| (at + 1) % revealed.len())) {
        Some(_) if revealed.len() == 1 && at.is_some() => app.tell(Tone::Plain, "no other round has been revealed"),
        Some(&round) => {
            app.agreement.choose(round);
            app.agreement.refresh(&app.study, &app.waker);
        }
        None => app.tell(Tone::Plain, "no round has been revealed"),
    }
}

fn reconcile(app: &mut App) {
    if let Some(round) = app.agreement.round() {
        app.reconcile.open(&mut app.study, round);
    }
    show(app, Showing::Reconcile);
}
