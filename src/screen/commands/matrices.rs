//! Matrices: moving in cells, choosing what is put against what, opening what is behind a cell, writing it to a file.

use crate::project::relation::Related;
use crate::report::matrices::{as_list, as_table, title};
use crate::report::tables::Format;
use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::layers::Layer;
use crate::screen::layers::page::Page;
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::views::matrices::{self, ask, pairs};
use crate::screen::views::{Showing, show};
use crate::screen::written;

rows! { MATRICES: Find;
    "view-matrices" "Matrices: codes by cases, attributes, codes; who does what" "" Anywhere ["gX"] "cross-tabulation, code co-occurrence, code relations browser, code matrix" => |app| show(app, Showing::Matrices);
    "matrix-down" "Next row" "" Matrices ["j" "<Down>"] "" => |app| app.matrices.step(1, 0);
    "matrix-up" "Previous row" "" Matrices ["k" "<Up>"] "" => |app| app.matrices.step(-1, 0);
    "matrix-right" "Next column" "" Matrices ["l" "<Right>"] "" => |app| app.matrices.step(0, 1);
    "matrix-left" "Previous column" "" Matrices ["h" "<Left>"] "" => |app| app.matrices.step(0, -1);
    "matrix-page-down" "A page of rows down" "" Matrices ["<PageDown>" "<C-d>"] "" => |app| { let page = app.matrices.page(); app.matrices.step(page, 0); };
    "matrix-page-up" "A page of rows up" "" Matrices ["<PageUp>" "<C-u>"] "" => |app| { let page = app.matrices.page(); app.matrices.step(-page, 0); };
    "matrix-first" "First row" "" Matrices ["gg" "<C-Home>"] "" => |app| app.matrices.step(i32::MIN / 2, 0);
    "matrix-last" "Last row: the sums" "" Matrices ["G" "<C-End>"] "" => |app| app.matrices.step(i32::MAX / 2, 0);
    "matrix-row-start" "First column" "" Matrices ["<Home>"] "" => |app| app.matrices.step(0, i32::MIN / 2);
    "matrix-row-end" "Last column: the sums" "" Matrices ["<End>"] "" => |app| app.matrices.step(0, i32::MAX / 2);
    "matrix-open" "The passages, or pairs, behind the cell" "passages" Matrices ["<Enter>"] "retrieve, quotations" => matrices::open;
    "matrix-kind" "Which matrix" "matrix" Matrices ["K"] "co-occurrence, relation, cross-tabulation" => ask::kind;
    "matrix-next-kind" "Next kind of matrix" "next matrix" Matrices ["<Tab>"] "" => |app| matrices::turn(app, false);
    "matrix-previous-kind" "Previous kind of matrix" "" Matrices ["<S-Tab>"] "" => |app| matrices::turn(app, true);
    "matrix-rows" "Choose the rows" "rows" Matrices ["r"] "" => ask::rows;
    "matrix-columns" "Choose the columns" "columns" Matrices ["c"] "attribute" => ask::columns;
    "matrix-by" "Codes lie together on the same words, in a turn, in a source" "together by" Matrices ["b"] "overlap, proximity" => ask::by;
    "matrix-count" "Count cases, or passages" "cases or passages" Matrices ["p"] "frequency" => ask::count;
    "matrix-least" "Mark cells that hold in at least so many" "X from" Matrices ["t"] "threshold" => ask::least;
    "matrix-shares" "Percentages, or numbers" "percent" Matrices ["P" "%"] "" => |app| { let said = app.matrices.turn_shares(); app.tell(Tone::Done, said); };
    "matrix-filter" "Which cases: a kind, a wave, values of attributes" "filter" Matrices ["f"] "only, subset" => ask::only;
    "matrix-empty" "Leave empty rows and columns away, or show them" "" Matrices ["e"] "hide" => |app| { let said = app.matrices.turn_empty(); app.tell(Tone::Done, said); };
    "matrix-transpose" "Rows become columns" "transpose" Matrices ["T"] "swap, pivot" => |app| app.matrices.transpose();
    "matrix-sort" "Sort the rows: as in the study, by sum, by name" "sort" Matrices ["S"] "order" => |app| sort(app, false);
    "matrix-sort-column" "Sort the rows by the column in hand" "" Matrices ["s"] "order" => |app| sort(app, true);
    "matrix-details" "All that is said of the cell, as a page" "" Matrices ["d"] "" => details;
    "matrix-write" "Write the matrix to a file: .csv, .md, .json, .txt" "write" Matrices ["w"] "export, save" => write;
    "pair-strike" "Strike the pair: the two only lie together" "strike" List ["X"] "relation, reject" => |app| found(app, Related::Struck);
    "pair-confirm" "Confirm the pair: the two belong together" "confirm" List ["K"] "relation, keep" => |app| found(app, Related::Confirmed);
}

fn sort(app: &mut App, by_column: bool) {
    let said = app.matrices.sort(by_column);
    app.tell(Tone::Done, said);
}

fn found(app: &mut App, found: Related) {
    use crate::screen::layers::list::{Lists, top};
    match top(app).map(|list| list.what) {
        Some(Lists::Pairs) => pairs::find_so(app, found),
        _ => app.tell(Tone::Plain, "only pairs of a relation matrix are confirmed or struck"),
    }
}

fn details(app: &mut App) {
    let view = app.study.view();
    let Some(matrix) = app.matrices.counted() else {
        app.tell(Tone::Plain, "there is nothing to tell yet");
        return;
    };
    let (row, column) = app.matrices.place();
    let words = format!("{}\n\n{}", matrices::cell_words(app), title(&view, matrix));
    let title = matrix.place(row, column, app.glyphs.wrong);
    app.layers.push(Layer::Page(Page { title, words, top: 0 }));
}

fn write(app: &mut App) {
    if app.matrices.counted().is_none() {
        app.tell(Tone::Plain, "there is nothing to write yet");
        return;
    }
    let hint = "a path; .csv, .md or .txt write it as it stands, .json a row a cell with the codings behind it";
    app.layers.push(Layer::Prompt(Prompt::new("Write the matrix to", hint, "matrix.csv", AskFor::WriteMatrix)));
}

/// Writes the matrix; says whether that could be done.
pub fn write_to(app: &mut App, words: &str) -> bool {
    let Some(matrix) = app.matrices.counted() else { return true };
    let view = app.study.view();
    let said = written::table(words, None, |format| match format {
        Format::Json => as_list(&view, matrix),
        _ => as_table(&view, matrix),
    });
    written::told(app, said)
}

/// Puts the cursor on a row or a column; says whether there is one.
pub fn go_to(app: &mut App, words: &str) -> bool {
    let found = app.matrices.find(words);
    if !found {
        app.tell(Tone::Plain, format!("no row and no column has “{words}”"));
    }
    found
}

/// The keys that matter now, for the bottom line.
#[must_use]
pub fn hints(app: &App) -> &'static [&'static str] {
    let pairs = app.matrices.asked().kind.is_of_pairs();
    match pairs {
        true => &[
            "matrix-open",
            "matrix-rows",
            "matrix-columns",
            "matrix-by",
            "matrix-least",
            "matrix-kind",
            "matrix-filter",
            "matrix-count",
            "matrix-sort",
            "matrix-transpose",
            "matrix-write",
        ],
        false => &[
            "matrix-open",
            "matrix-kind",
            "matrix-rows",
            "matrix-columns",
            "matrix-filter",
            "matrix-count",
            "matrix-sort",
            "matrix-transpose",
            "matrix-shares",
            "matrix-write",
        ],
    }
}
