//! The codebook as it grew: codes with what they rest on, themes with what they hold, cycles.

use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::layers::form::How;
use crate::screen::views::book::hold::{self, Things};
use crate::screen::views::book::{self, Target, acts, cycles, passages};
use crate::screen::views::code::panes::Pane;
use crate::screen::views::{Showing, show};

rows! { BOOK: Codebook;
    "book-down" "Next row" "" Codebook ["j" "<Down>"] "" => |app| book::step(app, 1);
    "book-up" "Previous row" "" Codebook ["k" "<Up>"] "" => |app| book::step(app, -1);
    "book-page-down" "A page down" "" Codebook ["<PageDown>" "<C-d>"] "" => |app| book::step(app, 15);
    "book-page-up" "A page up" "" Codebook ["<PageUp>" "<C-u>"] "" => |app| book::step(app, -15);
    "book-first" "First row" "" Codebook ["gg" "<Home>"] "" => |app| book::step(app, i32::MIN / 2);
    "book-last" "Last row" "" Codebook ["G" "<End>"] "" => |app| book::step(app, i32::MAX / 2);
    "book-in" "Into what is told of the row" "details" Codebook ["l" "<Right>"] "" => |app| book::inward(app, true);
    "book-out" "Back to the list" "" Codebook ["h" "<Left>"] "" => |app| book::inward(app, false);
    "book-open" "The passages of the row; where the line leads" "passages" Codebook ["<Enter>"] "go there, retrieve segments" => passages::open;
    "book-freeze" "Freeze the codebook as it stands, by name" "freeze" Codebook ["F"] "cycle, snapshot, version" => cycles::freeze;
    "book-define" "Word the code: definition, when to use, when not, example" "define" BookCodes ["d"] "definition, reword" => define;
    "book-tree" "Go to the code in the code tree" "tree" BookCodes ["o"] "" => to_tree;
    "book-extracts" "Extracts of the code: read, filter, code on" "extracts" BookCodes ["E"] "retrieve, query, subcode" => extracts;
    "book-hold" "Put the code into a theme" "into a theme" BookCodes ["T" "gi"] "hold-in-theme, category" => hold_code;
    "theme-new" "New theme after this one" "new theme" Themes ["a"] "category, code group" => |app| acts::new_theme(app, false);
    "theme-new-below" "New theme under this one" "new below" Themes ["A"] "subtheme" => |app| acts::new_theme(app, true);
    "theme-change" "Rename the theme; note why something is held" "change" Themes ["c" "r"] "rename, note" => acts::change;
    "theme-describe" "Say what the theme says" "describe" Themes ["d"] "description" => acts::describe;
    "theme-codes" "Put codes in" "codes" Themes ["C"] "add codes" => acts::add_codes;
    "theme-rows" "Put rows in" "rows" Themes ["R"] "add rows" => acts::add_rows;
    "theme-stance" "The extract supports, qualifies, contradicts" "stance" Themes ["s"] "support, contradict, counterexample" => acts::turn_stance;
    "theme-down" "Move down" "" Themes ["J" "<S-Down>"] "reorder" => |app| acts::shift(app, true);
    "theme-up" "Move up" "" Themes ["K" "<S-Up>"] "reorder" => |app| acts::shift(app, false);
    "theme-under" "Move under another theme" "" Themes ["p"] "parent, move" => acts::put_under;
    "theme-remove" "Remove the theme, or what it holds from it" "remove" Themes ["x" "<Del>"] "delete" => acts::remove;
    "cycle-mark" "Mark: two marked cycles are compared" "compare" Cycles ["<Space>"] "diff, compare" => cycles::mark;
    "cycle-change" "Rename the cycle" "rename" Cycles ["c" "r"] "" => |app| cycles::change_cycle(app, false);
    "cycle-note" "Say what the cycle was for" "note" Cycles ["d"] "description" => |app| cycles::change_cycle(app, true);
    "cycle-top" "Its organising construct: the top theme" "top theme" Cycles ["t"] "core category" => cycles::change_top;
    "cycle-remove" "Remove the cycle" "" Cycles ["x" "<Del>"] "delete" => cycles::remove_cycle;
    "hold-in-theme" "Put what is in hand into a theme: the coding, or the codes" "" Code ["gi"] "category, quotation" => hold::in_hand;
    "list-hold" "Put the marked passages into a theme" "into a theme" List ["T" "gi"] "hold-in-theme, category" => hold::from_list;
}

fn define(app: &mut App) {
    match app.book.target() {
        Some(Target::Code(code)) => super::rounds::open_form(app, code, How::Reword),
        _ => app.tell(Tone::Plain, "there is no code yet"),
    }
}

fn to_tree(app: &mut App) {
    let Some(Target::Code(code)) = app.book.target() else { return };
    show(app, Showing::Code);
    app.code.tree.filter = None;
    app.code.tree.reveal(&app.study.view(), code);
    app.code.panes.focus = Pane::Tree;
}

fn extracts(app: &mut App) {
    if let Some(Target::Code(code)) = app.book.target() {
        crate::screen::views::extracts::open_code(app, code);
    }
}

fn hold_code(app: &mut App) {
    if let Some(Target::Code(code)) = app.book.target() {
        hold::ask(app, Things::Codes(vec![code]));
    }
}
