//! The framework matrix: cells, columns, cases, and the page of a cell.

use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::layers::Layer;
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::layers::summary;
use crate::screen::views::{self, Showing, framework, landscape, only, words};
use crate::screen::written;

rows! { FRAMEWORK: Findings;
    "framework-down" "Next case" "" Framework ["j" "<Down>"] "" => |app| app.framework.step(1);
    "framework-up" "Previous case" "" Framework ["k" "<Up>"] "" => |app| app.framework.step(-1);
    "framework-page-down" "A page of cases down" "" Framework ["<PageDown>" "<C-d>"] "" => |app| app.framework.step(6);
    "framework-page-up" "A page of cases up" "" Framework ["<PageUp>" "<C-u>"] "" => |app| app.framework.step(-6);
    "framework-first" "First case" "" Framework ["gg" "<Home>"] "" => |app| app.framework.step(i32::MIN / 2);
    "framework-last" "Last case" "" Framework ["G" "<End>"] "" => |app| app.framework.step(i32::MAX / 2);
    "framework-right" "Next column" "" Framework ["l" "<Right>"] "" => |app| app.framework.across(1);
    "framework-left" "Previous column" "" Framework ["h" "<Left>"] "" => |app| app.framework.across(-1);
    "framework-open" "The cell: its extracts, and your summary" "write" Framework ["<Enter>"] "summary, framework analysis, chart" => framework::open;
    "framework-add" "More columns: themes, or codes" "column" Framework ["a"] "add theme" => framework::add;
    "framework-remove" "Take the column out of sight; what is written stays" "column away" Framework ["x" "<Del>"] "hide" => framework::remove;
    "framework-turn" "Themes across, or codes" "codes or themes" Framework ["<Tab>" "<S-Tab>"] "columns" => framework::turn;
    "framework-cases" "Only some cases: by an attribute, or one" "cases" Framework ["f"] "filter, attribute" => only::ask;
    "framework-write" "Write the matrix to a file: .csv, .md, .json, .txt" "to a file" Framework ["w"] "export, save" => write;
    "basis-down" "Next extract" "" Basis ["j" "<Down>"] "" => |app| summary::step(app, 1);
    "basis-up" "Previous extract" "" Basis ["k" "<Up>"] "" => |app| summary::step(app, -1);
    "basis-page-down" "Five extracts down" "" Basis ["<PageDown>" "<C-d>"] "" => |app| summary::step(app, 5);
    "basis-page-up" "Five extracts up" "" Basis ["<PageUp>" "<C-u>"] "" => |app| summary::step(app, -5);
    "basis-first" "First extract" "" Basis ["gg" "<Home>"] "" => |app| summary::step(app, i32::MIN / 2);
    "basis-last" "Last extract" "" Basis ["G" "<End>"] "" => |app| summary::step(app, i32::MAX / 2);
    "basis-go" "Go to the extract in its transcript; Esc comes back" "transcript" Basis ["<Enter>" "<Right>" "l"] "" => summary::go;
    "basis-write" "Write your summary" "write" Basis ["<Tab>" "<S-Tab>" "e"] "edit" => summary::turn;
    "basis-keep" "It holds with the extracts as they are now" "still holds" Basis ["K"] "up to date" => summary::keep;
    "basis-leave" "Leave the cell, saved" "save and close" Basis ["<Esc>"] "" => summary::leave;
    "summary-leave" "Leave the cell, saved" "save and close" Summary ["<Esc>" "<C-Enter>"] "" => summary::leave;
    "summary-turn" "To the extracts" "extracts" Summary ["<Tab>" "<S-Tab>"] "" => summary::turn;
    "summary-keep" "It holds with the extracts as they are now" "still holds" Summary ["<C-s>"] "" => summary::keep;
    "summary-outside" "Write in $EDITOR" "$EDITOR" Summary ["<C-e>" "<C-g>"] "external editor" => summary::outside;
}

/// Asks where what is shown is to be written.
pub fn write(app: &mut App) {
    let name = match app.showing {
        Showing::Words => "words.csv",
        Showing::Landscape => "codes.csv",
        _ => "framework.csv",
    };
    let ask = AskFor::WriteFrom(app.showing);
    let hint = "a path; .csv, .md, .json or .txt says how";
    app.layers.push(Layer::Prompt(Prompt::new("Write it to", hint, name, ask)));
}

/// Writes what a view shows; says whether that could be done.
pub fn write_to(app: &mut App, view: Showing, typed: &str) -> bool {
    let table = match view {
        Showing::Framework => framework::as_table(app),
        Showing::Words => words::as_table(app),
        Showing::Landscape => landscape::as_table(app),
        _ => None,
    };
    let Some(table) = table else {
        app.tell(Tone::Plain, "there is nothing to write yet");
        return true;
    };
    written::told(app, written::table(typed, None, |_| table))
}

/// Puts the cursor on what was typed in a view; says whether it is there.
pub fn found(app: &mut App, showing: Showing, typed: &str) -> bool {
    let view = app.study.view();
    let found = match showing {
        Showing::Framework => app.framework.find(&view, typed),
        Showing::Landscape => app.landscape.find(&view, typed),
        _ => {
            // Of what is not in the list the places are looked for, with the question closed.
            app.close();
            views::words::found(app, typed);
            return true;
        }
    };
    if !found {
        app.tell(Tone::Plain, format!("nothing here has “{typed}”"));
    }
    found
}
