//! Laying codes on words, and changing what lies on them.

use super::moving::with_text;
use crate::project::codebook::Origin;
use crate::project::edit::{Edit, Spot};
use crate::project::id::{CodeId, CodingId};
use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Choose, Item, Picker, Target};
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::views::code::panes::Pane;

rows! { CODE: Code;
    "code" "Code the selected words: choose or make codes" "code" Text ["c" "<Enter>"] "assign, apply code, code segment, code selection, quotation" => |app| enter(app, false);
    "code-pin-1" "Code with pin 1" "pinned" Text ["1" "<F2>"] "quick code" => |app| with_pin(app, 1);
    "code-pin-2" "Code with pin 2" "" Text ["2" "<F3>"] "" => |app| with_pin(app, 2);
    "code-pin-3" "Code with pin 3" "" Text ["3" "<F4>"] "" => |app| with_pin(app, 3);
    "code-pin-4" "Code with pin 4" "" Text ["4" "<F5>"] "" => |app| with_pin(app, 4);
    "code-pin-5" "Code with pin 5" "" Text ["5" "<F6>"] "" => |app| with_pin(app, 5);
    "code-pin-6" "Code with pin 6" "" Text ["6" "<F7>"] "" => |app| with_pin(app, 6);
    "code-pin-7" "Code with pin 7" "" Text ["7" "<F8>"] "" => |app| with_pin(app, 7);
    "code-pin-8" "Code with pin 8" "" Text ["8" "<F9>"] "" => |app| with_pin(app, 8);
    "code-pin-9" "Code with pin 9" "" Text ["9" "<F10>"] "" => |app| with_pin(app, 9);
    "code-again" "Code with the last codes again" "again" Text ["." "a"] "repeat" => again;
    "code-in-vivo" "Code in vivo: the words become the code" "in vivo" Text ["i"] "verbatim" => in_vivo;
    "uncode" "Remove the highlighted coding" "un-code" Text ["x" "<Del>"] "delete quotation, uncode, unlink" => uncode;
    "code-apart" "Code as a coding of its own, even over words with the same code" "" Text ["A"] "new quotation" => |app| enter(app, true);
    "coding-cycle" "Highlight the next of the codings under the cursor" "next of these" Text ["<Space>"] "overlap" => cycle;
    "coding-resize" "Move the ends of the highlighted coding" "move ends" Text ["r"] "resize, trim, extend, boundaries" => resize;
    "coding-recode" "Give the highlighted coding another code" "other code" Text ["R"] "replace code, change code" => recode;
    "coding-comment" "Comment on the highlighted coding" "" Text ["C"] "quotation comment" => comment;
}

/// The codes of the tree as a list to choose from: recent ones first, then in the order of the tree.
#[must_use]
pub fn code_items(app: &App) -> Vec<Item> {
    let view = app.study.view();
    let book = view.codebook();
    let pins = view.pins();
    let mut order: Vec<CodeId> = app.code.recent.clone();
    order.extend(book.in_order().into_iter().filter(|code| !app.code.recent.contains(code)));
    order
        .into_iter()
        .filter_map(|code| view.code(code))
        .filter(|node| !node.code.heading)
        .map(|node| {
            let id = node.code.id;
            let path = node.parent.map(|parent| book.path(parent)).unwrap_or_default();
            let pin = pins.iter().position(|pin| *pin == Some(id)).map(|n| format!("  {}", n + 1)).unwrap_or_default();
            Item {
                label: node.code.name.clone(),
                note: format!("{path}{pin}"),
                also: String::new(),
                target: Target::Code(id),
            }
        })
        .collect()
}

/// Enter and `c`: accepts a new extent, or opens the picker for the selected words.
fn enter(app: &mut App, apart: bool) {
    let Some(transcript) = &app.code.transcript else {
        app.tell(Tone::Plain, "no source is open; choose one on the left");
        return;
    };
    if let Some(coding) = app.code.resizing()
        && !apart
    {
        accept_extent(app, coding);
        return;
    }
    if transcript.selected().is_none() {
        nothing_selected(app);
        return;
    }
    let title = if apart { "Code as a coding of its own" } else { "Code the selected words" };
    let items = code_items(app);
    app.layers.push(Layer::Picker(Picker::new(title, items, Choose::Lay { apart })));
}

fn nothing_selected(app: &mut App) {
    let key = |name: &str| app.keymap.labels(name).first().cloned().unwrap_or_default();
    let words = format!(
        "nothing is selected: {} takes the sentence, {} the turn, {} selects by moving",
        key("select-sentence"),
        key("select-turn"),
        key("select-freely")
    );
    app.tell(Tone::Refused, words);
}

/// Lays codes on the selected words, lets them go, and goes to the next sentence; says whether it was done.
pub fn lay(app: &mut App, codes: &[CodeId], apart: bool, before: Vec<Edit>) -> bool {
    let Some(transcript) = &app.code.transcript else { return false };
    let Some(span) = transcript.selected() else {
        nothing_selected(app);
        return false;
    };
    let passage = app.study.view().passage(transcript.source(), span);
    let borders = transcript.borders(span);
    let lay = Edit::Lay { passages: vec![passage], codes: codes.to_vec(), apart, borders };
    let edit = if before.is_empty() {
        lay
    } else {
        let mut edits = before;
        edits.push(lay);
        Edit::All(edits)
    };
    let done = app.edit(&edit).is_some();
    if done {
        app.code.used(codes);
        with_text(app, |transcript| transcript.move_on());
    }
    done
}

fn with_pin(app: &mut App, digit: usize) {
    match app.study.view().pins()[digit - 1] {
        Some(code) => {
            lay(app, &[code], false, Vec::new());
        }
        None => app.tell(
            Tone::Refused,
            format!("no code is pinned on {digit}: go to a code in the tree (tab) and press {digit} there"),
        ),
    }
}

fn again(app: &mut App) {
    let codes = app.code.again.clone();
    if codes.is_empty() {
        app.tell(Tone::Refused, "no code was laid yet that could be laid again");
    } else {
        lay(app, &codes, false, Vec::new());
    }
}

fn in_vivo(app: &mut App) {
    let Some(transcript) = &app.code.transcript else { return };
    let Some(span) = transcript.selected() else {
        nothing_selected(app);
        return;
    };
    let words = transcript.reading().text.slice(span);
    let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_end_matches(['.', ',', ';', ':']).to_owned();
    if name.chars().count() > 60 {
        app.tell(Tone::Refused, "that is long for a code's name; select up to 60 characters");
        return;
    }
    let twins = app.study.view().codebook().named(&name);
    if let Some(&twin) = twins.first() {
        lay(app, &[twin], false, Vec::new());
        return;
    }
    let id = app.study.fresh_id().into();
    let after = app.study.view().codebook().top().last().copied();
    let spot = Spot { parent: None, after };
    let make = Edit::AddCode { id, name, spot, origin: Origin::InVivo, colour: None };
    lay(app, &[id], false, vec![make]);
}

/// The highlighted coding, or a word that there is none.
pub fn in_hand(app: &mut App) -> Option<(CodingId, CodeId, crate::text::Span)> {
    let hand = app.code.in_hand(&app.study.view()).map(|seen| (seen.coding.id, seen.code, seen.span));
    if hand.is_none() {
        app.tell(Tone::Refused, "there is no coding under the cursor; ] goes to the next one");
    }
    hand
}

fn uncode(app: &mut App) {
    if let Some((coding, ..)) = in_hand(app) {
        app.edit(&Edit::Remove(vec![coding]));
    }
}

fn cycle(app: &mut App) {
    let here = app.code.here(&app.study.view()).len();
    with_text(app, |transcript| transcript.hand = (transcript.hand + 1) % here.max(1));
    if let Some((_, code, _)) = in_hand(app) {
        let name = app.study.view().code_name(code).to_owned();
        app.tell(Tone::Plain, name);
    }
}

fn resize(app: &mut App) {
    if let Some((coding, code, span)) = in_hand(app) {
        with_text(app, |transcript| transcript.resize(coding, span));
        let name = app.study.view().code_name(code).to_owned();
        app.tell(
            Tone::Plain,
            format!("“{name}”: move the end, o takes the other end; Enter keeps, Esc leaves it as it was"),
        );
    }
}

fn accept_extent(app: &mut App, coding: CodingId) {
    let Some(transcript) = &app.code.transcript else { return };
    let Some(span) = transcript.selected() else { return };
    let passage = app.study.view().passage(transcript.source(), span);
    if app.edit(&Edit::Resize(coding, passage)).is_some() {
        with_text(app, |transcript| {
            transcript.let_go();
        });
    }
}

fn recode(app: &mut App) {
    if let Some((coding, code, _)) = in_hand(app) {
        let name = app.study.view().code_name(code).to_owned();
        let items =
            code_items(app).into_iter().filter(|item| !matches!(item.target, Target::Code(id) if id == code)).collect();
        app.layers.push(Layer::Picker(Picker::new(
            &format!("Instead of “{name}”"),
            items,
            Choose::Recode(vec![coding]),
        )));
    }
}

fn comment(app: &mut App) {
    if let Some((coding, code, _)) = in_hand(app) {
        let view = app.study.view();
        let words = view.coding(coding).map(|seen| seen.coding.comment.clone()).unwrap_or_default();
        let title = format!("Comment on “{}” here", view.code_name(code));
        app.layers.push(Layer::Prompt(Prompt::new(
            title,
            "Enter keeps it; an empty line takes it away",
            &words,
            AskFor::Comment(coding),
        )));
    }
}

/// Goes to the transcript, where what is laid is seen.
pub fn focus_text(app: &mut App) {
    app.code.panes.focus = Pane::Text;
}
