//! Where codes lie, and new codes by case.

use crate::screen::command::rows;
use crate::screen::commands::framework::write;
use crate::screen::views::landscape;

rows! { LANDSCAPE: Findings;
    "landscape-down" "Next code, or case" "" Landscape ["j" "<Down>"] "" => |app| app.landscape.down(1);
    "landscape-up" "Previous code, or case" "" Landscape ["k" "<Up>"] "" => |app| app.landscape.down(-1);
    "landscape-page-down" "A page down" "" Landscape ["<PageDown>" "<C-d>"] "" => |app| app.landscape.down(20);
    "landscape-page-up" "A page up" "" Landscape ["<PageUp>" "<C-u>"] "" => |app| app.landscape.down(-20);
    "landscape-first" "First row" "" Landscape ["gg" "<Home>"] "" => |app| app.landscape.down(i32::MIN / 2);
    "landscape-last" "Last row" "" Landscape ["G" "<End>"] "" => |app| app.landscape.down(i32::MAX / 2);
    "landscape-right" "Next part of the text; of bars: emergent codes" "" Landscape ["l" "<Right>"] "" => |app| app.landscape.across(false);
    "landscape-left" "Part before; of bars: codes from before the reading" "" Landscape ["h" "<Left>"] "" => |app| app.landscape.across(true);
    "landscape-open" "The passages there" "passages" Landscape ["<Enter>"] "retrieve" => landscape::open;
    "landscape-turn" "Where codes lie, or new codes by case" "saturation" Landscape ["<Tab>" "<S-Tab>"] "code saturation, document portrait, codeline" => landscape::turn;
    "landscape-texts" "The text in hand, or all texts by case" "text or all" Landscape ["t"] "documents" => landscape::texts;
    "landscape-order" "Cases as in the study, by day, by name, at random" "order" Landscape ["o"] "sort" => landscape::order;
    "landscape-shuffle" "Another order at random" "" Landscape ["r"] "seed" => landscape::shuffle;
    "landscape-write" "Write it to a file: .csv, .md, .json, .txt" "to a file" Landscape ["w"] "export, save" => write;
}
