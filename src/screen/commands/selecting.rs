//! Selecting words.

use super::moving::with_text;
use crate::screen::app::{App, Ask, Tone};
use crate::screen::command::rows;
use crate::screen::views::code::transcript::By;

rows! { SELECT: Select;
    "select-sentence" "Select the sentence; again, the next one too" "sentence" Text ["s"] "" => |app| with_text(app, |t| t.select_sentence());
    "unselect-sentence" "Give the last sentence back" "" Text ["S"] "" => |app| with_text(app, |t| t.shrink());
    "select-turn" "Select the turn; again, the next one too" "turn" Text ["t"] "paragraph" => |app| with_text(app, |t| t.select_turn());
    "unselect-turn" "Give the last turn back" "" Text ["T"] "" => |app| with_text(app, |t| t.shrink());
    "select-more" "Grow: word, sentence, paragraph, turn, question with answer, source" "grow" Text ["+" "=" "e"] "expand selection" => |app| with_text(app, |t| t.grow());
    "select-less" "Shrink what was grown" "" Text ["-" "E"] "" => |app| with_text(app, |t| t.shrink());
    "other-end" "Move the other end of the selection" "other end" Text ["o"] "" => |app| with_text(app, |t| t.swap_ends());
    "select-freely" "Select by moving" "" Text ["v"] "visual" => |app| with_text(app, |t| t.toggle_extending());
    "extend-left" "Select one character more to the left" "" Text ["<S-Left>"] "" => |app| with_text(app, |t| t.extend(By::Char, false));
    "extend-right" "Select one character more to the right" "" Text ["<S-Right>"] "" => |app| with_text(app, |t| t.extend(By::Char, true));
    "extend-up" "Select a line more above" "" Text ["<S-Up>"] "" => |app| with_text(app, |t| t.extend(By::Row, false));
    "extend-down" "Select a line more below" "" Text ["<S-Down>"] "" => |app| with_text(app, |t| t.extend(By::Row, true));
    "extend-word-left" "Select a word more to the left" "" Text ["<C-S-Left>"] "" => |app| with_text(app, |t| t.extend(By::Word, false));
    "extend-word-right" "Select a word more to the right" "" Text ["<C-S-Right>"] "" => |app| with_text(app, |t| t.extend(By::Word, true));
    "copy" "Copy the selected words" "" Text ["y"] "clipboard, yank" => copy;
}

fn copy(app: &mut App) {
    let Some(transcript) = &app.code.transcript else { return };
    match transcript.selected() {
        Some(span) => {
            let words = transcript.reading().text.slice(span).to_owned();
            app.tell(Tone::Done, format!("{} characters copied", span.len()));
            app.ask(Ask::Copy(words));
        }
        None => app.tell(Tone::Plain, "there is nothing selected to copy; s takes the sentence"),
    }
}
