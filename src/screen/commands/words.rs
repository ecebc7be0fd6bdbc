//! Words: how often, of whom, in which context.

use crate::screen::command::rows;
use crate::screen::commands::framework::write;
use crate::screen::views::{only, words};

rows! { WORDS: Findings;
    "words-down" "Next word" "" Words ["j" "<Down>"] "" => |app| app.words.step(1);
    "words-up" "Previous word" "" Words ["k" "<Up>"] "" => |app| app.words.step(-1);
    "words-page-down" "A page of words down" "" Words ["<PageDown>" "<C-d>"] "" => |app| app.words.step(20);
    "words-page-up" "A page of words up" "" Words ["<PageUp>" "<C-u>"] "" => |app| app.words.step(-20);
    "words-first" "First word" "" Words ["gg" "<Home>"] "" => |app| app.words.step(i32::MIN / 2);
    "words-last" "Last word" "" Words ["G" "<End>"] "" => |app| app.words.step(i32::MAX / 2);
    "words-open" "Each place where it is said, with what stands around it" "in context" Words ["<Enter>" "<Right>" "l"] "KWIC, keyword in context, concordance, text search" => words::open;
    "words-cases" "Only some cases: by an attribute, or one" "cases" Words ["f"] "filter, attribute" => only::ask;
    "words-code" "Only inside the passages of a code" "code" Words ["c"] "filter" => words::inside;
    "words-everyone" "The interviewer’s words too, or participants’ alone" "interviewer" Words ["i"] "speaker" => words::everyone;
    "words-small" "Small words too, or not" "small words" Words ["t"] "stop words, stop list" => words::small;
    "words-length" "How long a word has to be" "length" Words ["L"] "minimum" => words::length;
    "words-sort" "Sort: most frequent, most cases, by letters" "sort" Words ["S"] "order" => words::sort;
    "words-write" "Write the list to a file: .csv, .md, .json, .txt" "to a file" Words ["w"] "export, save" => write;
}
