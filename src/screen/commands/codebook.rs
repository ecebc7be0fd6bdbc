//! Shaping the codebook in the code tree.

use super::coding::code_items;
use crate::project::codebook::{Origin, Wording};
use crate::project::edit::{Edit, NewWording, Spot};
use crate::project::id::CodeId;
use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::layers::Layer;
use crate::screen::layers::form::How;
use crate::screen::layers::list::{Leads, List, ListRow, Lists};
use crate::screen::layers::picker::{Choose, Item, Picker, Target};
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::text::snippet::snippet;

rows! { CODEBOOK: Codebook;
    "code-lay" "Lay this code on the selected words" "lay" Tree ["<Enter>" "c"] "apply, assign" => lay_chosen;
    "code-new" "New code after this one" "new" Tree ["a"] "add code, create free code, sibling" => |app| new_code(app, false);
    "code-new-below" "New code under this one" "new below" Tree ["A"] "add subcode, child" => |app| new_code(app, true);
    "code-define" "Word the code: definition, when to use, when not, example" "define" Tree ["d"] "code memo, comment, definition, reword" => define;
    "code-rename" "Rename" "rename" Tree ["r"] "" => rename;
    "code-down" "Move down among its siblings" "" Tree ["J" "<S-Down>"] "reorder" => |app| reorder(app, true);
    "code-up" "Move up among its siblings" "" Tree ["K" "<S-Up>"] "reorder" => |app| reorder(app, false);
    "code-out" "Move out, beside the code above" "" Tree ["H" "<S-Left>"] "outdent, promote" => outdent;
    "code-in" "Move in, under the code before it" "" Tree ["L" "<S-Right>"] "indent, demote" => indent;
    "code-under" "Move under another code" "" Tree ["p"] "parent, move" => put_under;
    "code-mark" "Mark" "mark" Tree ["<Space>"] "select several" => mark;
    "code-merge" "Merge the marked codes (or this one) into another" "merge" Tree ["M"] "combine" => merge;
    "code-split" "Passages of this code: walk, split off, recode" "passages" Tree ["S" "o"] "quotations, retrieve segments, split, references" => passages;
    "code-extracts" "Extracts of this code: read, filter, code on" "extracts" Tree ["E"] "retrieve, query, subcode" => |app| if let Some(code) = in_hand(app) { crate::screen::views::extracts::open_code(app, code); };
    "code-delete" "Delete, saying what goes with it" "" Tree ["x" "<Del>"] "remove code" => delete;
    "code-heading" "Heading only, or applicable again" "" Tree ["t"] "category, code group" => heading;
    "code-colour" "Next colour" "" Tree ["C"] "color" => colour;
    "code-origin" "Origin: a priori, emergent, in vivo" "" Tree ["O"] "" => origin;
    "code-wordings" "Earlier wordings" "" Tree ["D"] "history, definitions" => wordings;
    "code-next-passage" "Next passage of this code in the open source" "" Tree ["f"] "" => next_passage;
    "pin-1" "Pin on 1" "pin" Tree ["1" "<F2>"] "shortcut, quick code" => |app| pin(app, 1);
    "pin-2" "Pin on 2" "" Tree ["2" "<F3>"] "" => |app| pin(app, 2);
    "pin-3" "Pin on 3" "" Tree ["3" "<F4>"] "" => |app| pin(app, 3);
    "pin-4" "Pin on 4" "" Tree ["4" "<F5>"] "" => |app| pin(app, 4);
    "pin-5" "Pin on 5" "" Tree ["5" "<F6>"] "" => |app| pin(app, 5);
    "pin-6" "Pin on 6" "" Tree ["6" "<F7>"] "" => |app| pin(app, 6);
    "pin-7" "Pin on 7" "" Tree ["7" "<F8>"] "" => |app| pin(app, 7);
    "pin-8" "Pin on 8" "" Tree ["8" "<F9>"] "" => |app| pin(app, 8);
    "pin-9" "Pin on 9" "" Tree ["9" "<F10>"] "" => |app| pin(app, 9);
    "code-example" "Take the selected words (or the highlighted coding) as the code's example" "" Text ["X"] "anchor example" => example;
    "code-define-here" "Word the highlighted coding's code" "" Text ["gd"] "definition" => define;
    "code-go" "Find a code in the tree" "" Code ["gc"] "" => find_code;
}

/// The code in hand, or a word that there is none.
fn in_hand(app: &mut App) -> Option<CodeId> {
    let code = app.code.code_in_hand(&app.study.view());
    if code.is_none() {
        app.tell(Tone::Refused, "there is no code yet; a makes one");
    }
    code
}

fn name(app: &App, code: CodeId) -> String {
    app.study.view().code_name(code).to_owned()
}

fn lay_chosen(app: &mut App) {
    let codes = app.code.tree.marked_or_selected();
    if codes.is_empty() {
        return;
    }
    let selected = app.code.transcript.as_ref().and_then(|transcript| transcript.selected());
    if selected.is_none() {
        next_passage(app);
        return;
    }
    if super::coding::lay(app, &codes, false, Vec::new()) {
        app.code.tree.marked.clear();
        super::coding::focus_text(app);
    }
}

fn new_code(app: &mut App, below: bool) {
    let view = app.study.view();
    let selected = app.code.tree.selected.and_then(|code| view.code(code));
    let spot = match selected {
        Some(node) if below => {
            Spot { parent: Some(node.code.id), after: view.codebook().children(Some(node.code.id)).last().copied() }
        }
        Some(node) => Spot { parent: node.parent, after: Some(node.code.id) },
        None => Spot { parent: None, after: None },
    };
    let title = match spot.parent {
        Some(parent) => format!("New code under “{}”", view.code_name(parent)),
        None => "New code".to_owned(),
    };
    app.layers.push(Layer::Prompt(Prompt::new(title, "its name; d words it afterwards", "", AskFor::NewCode(spot))));
}

fn define(app: &mut App) {
    let Some(code) = in_hand(app) else { return };
    super::rounds::open_form(app, code, How::Reword);
}

fn rename(app: &mut App) {
    let Some(code) = in_hand(app) else { return };
    let old = name(app, code);
    app.layers.push(Layer::Prompt(Prompt::new(format!("Rename “{old}”"), "", &old, AskFor::RenameCode(code))));
}

fn reorder(app: &mut App, down: bool) {
    let Some(code) = in_hand(app) else { return };
    let view = app.study.view();
    let Some(node) = view.code(code) else { return };
    let siblings = view.codebook().children(node.parent);
    let Some(at) = siblings.iter().position(|sibling| *sibling == code) else { return };
    let after = match (down, at) {
        (true, at) if at + 1 < siblings.len() => Some(siblings[at + 1]),
        (false, 1) => None,
        (false, at) if at > 1 => Some(siblings[at - 2]),
        _ => {
            app.tell(Tone::Plain, if down { "it is the last already" } else { "it is the first already" });
            return;
        }
    };
    let spot = Spot { parent: node.parent, after };
    app.edit(&Edit::MoveCode(code, spot));
}

fn outdent(app: &mut App) {
    let Some(code) = in_hand(app) else { return };
    let view = app.study.view();
    let Some(parent) = view.code(code).and_then(|node| node.parent) else {
        app.tell(Tone::Plain, "it stands at the top already");
        return;
    };
    let above = view.code(parent).and_then(|node| node.parent);
    app.edit(&Edit::MoveCode(code, Spot { parent: above, after: Some(parent) }));
}

fn indent(app: &mut App) {
    let Some(code) = in_hand(app) else { return };
    let view = app.study.view();
    let Some(node) = view.code(code) else { return };
    let siblings = view.codebook().children(node.parent);
    let before = siblings.iter().position(|sibling| *sibling == code).and_then(|at| at.checked_sub(1));
    let Some(before) = before.map(|at| siblings[at]) else {
        app.tell(Tone::Plain, "there is no code before it to move under");
        return;
    };
    let after = view.codebook().children(Some(before)).last().copied();
    if app.edit(&Edit::MoveCode(code, Spot { parent: Some(before), after })).is_some() {
        app.code.tree.reveal(&app.study.view(), code);
    }
}

/// All codes, headings too, as places to put something under.
fn all_codes(app: &App) -> Vec<Item> {
    let view = app.study.view();
    let book = view.codebook();
    let of = |code: CodeId| {
        let node = book.get(code)?;
        let note = node.parent.map(|parent| book.path(parent)).unwrap_or_default();
        Some(Item { label: node.code.name.clone(), note, also: String::new(), target: Target::Code(code) })
    };
    book.in_order().into_iter().filter_map(of).collect()
}

fn put_under(app: &mut App) {
    let Some(code) = in_hand(app) else { return };
    let top = Item { label: "(the top)".into(), note: String::new(), also: "root none".into(), target: Target::Top };
    let view = app.study.view();
    let elsewhere = |item: &Item| match item.target {
        Target::Code(id) => !view.codebook().is_within(id, code),
        _ => true,
    };
    let items = std::iter::once(top).chain(all_codes(app)).filter(elsewhere).collect();
    let title = format!("“{}” is to stand under", name(app, code));
    app.layers.push(Layer::Picker(Picker::new(&title, items, Choose::Parent(code))));
}

fn mark(app: &mut App) {
    let Some(code) = app.code.tree.selected else { return };
    if !app.code.tree.marked.remove(&code) {
        app.code.tree.marked.insert(code);
    }
    let view = app.study.view();
    app.code.tree.step(&view, 1);
}

fn merge(app: &mut App) {
    let from = app.code.tree.marked_or_selected();
    if from.is_empty() {
        return;
    }
    let names: Vec<String> = from.iter().map(|code| format!("“{}”", name(app, *code))).collect();
    let stays = |item: &Item| !matches!(item.target, Target::Code(id) if from.contains(&id));
    let items = code_items(app).into_iter().filter(stays).collect();
    let title = format!("Merge {} into", names.join(", "));
    app.layers.push(Layer::Picker(Picker::new(&title, items, Choose::Merge(from.clone()))));
}

/// The passages of a code as rows.
fn passages(app: &mut App) {
    let Some(code) = in_hand(app) else { return };
    let view = app.study.view();
    let found: Vec<_> = view
        .codings()
        .filter(|seen| seen.code == code)
        .map(|seen| (seen.coding.id, seen.coding.at.source, seen.span))
        .collect();
    let mut rows = Vec::new();
    for (coding, source, span) in found {
        let Ok(reading) = app.study.read(source) else { continue };
        let view = app.study.view();
        let Some(record) = view.source(source) else { continue };
        let case = record.case.and_then(|case| view.case(case)).map_or("", |case| case.name.as_str());
        let around = snippet(&reading.text, span, 24);
        let comment = view.coding(coding).map_or("", |seen| seen.coding.comment.as_str());
        let detail = format!("{}\n\n{comment}", reading.text.slice(span));
        rows.push(ListRow {
            head: format!("{case} {}", record.name).trim().to_owned(),
            words: [around.before.to_string(), around.hit.to_string(), around.after.to_string()],
            detail: detail.clone(),
            leads: Leads::Coding(coding, source, span.start),
        });
    }
    let title = format!("{} · {} passages", name(app, code), rows.len());
    app.layers.push(Layer::List(List::new(title, Lists::Passages(code), rows, "No passage carries this code yet.")));
}

fn delete(app: &mut App) {
    let codes = app.code.tree.marked_or_selected();
    let view = app.study.view();
    let mut branch: Vec<CodeId> = codes.iter().flat_map(|code| view.codebook().branch(*code)).collect();
    branch.sort();
    branch.dedup();
    if branch.is_empty() {
        return;
    }
    let below = branch.len() - codes.len().min(branch.len());
    let passages: u32 = branch.iter().map(|code| view.count(*code)).sum();
    let all: u32 = branch.iter().map(|code| view.showing(crate::project::view::Whose::Everybody).count(*code)).sum();
    let names: Vec<String> = codes.iter().map(|code| format!("“{}”", view.code_name(*code))).collect();
    let mut goes = Vec::new();
    if below > 0 {
        goes.push(format!("{below} codes under it"));
    }
    goes.push(match passages {
        0 => "no passage of yours".to_owned(),
        1 => "1 passage of yours".to_owned(),
        n => format!("{n} passages of yours"),
    });
    if all > passages {
        goes.push(format!("{} of others", all - passages));
    }
    let hint =
        format!("With it go {}. Undo brings everything back.\ny and Enter deletes, Esc leaves it.", goes.join(", "));
    app.layers.push(Layer::Prompt(Prompt::new(
        format!("Delete {}?", names.join(", ")),
        hint,
        "",
        AskFor::DeleteCodes(codes),
    )));
}

fn heading(app: &mut App) {
    let Some(code) = in_hand(app) else { return };
    let on = app.study.view().code(code).is_some_and(|node| node.code.heading);
    app.edit(&Edit::SetHeading(code, !on));
}

fn colour(app: &mut App) {
    let Some(code) = in_hand(app) else { return };
    let hue = app.study.view().code(code).map_or(0, |node| node.code.colour);
    let hues = u8::try_from(app.styles.hues()).unwrap_or(8).max(1);
    let hue = (hue + 1) % hues;
    if app.edit(&Edit::SetColour(code, hue)).is_some() {
        let words = format!("“{}” is {} now", name(app, code), app.styles.hue_name(hue));
        app.tell(Tone::Done, words);
    }
}

fn origin(app: &mut App) {
    let Some(code) = in_hand(app) else { return };
    let now = app.study.view().code(code).map_or(Origin::Emergent, |node| node.code.origin);
    let at = Origin::ALL.iter().position(|origin| *origin == now).unwrap_or(0);
    app.edit(&Edit::SetOrigin(code, Origin::ALL[(at + 1) % Origin::ALL.len()]));
}

/// A wording as one reads it, its reason first.
fn worded(wording: &Wording) -> String {
    let mut out = String::new();
    for (label, words) in [
        ("Why: ", &wording.reason),
        ("", &wording.definition),
        ("Use when: ", &wording.use_when),
        ("Not when: ", &wording.not_when),
        ("Example: ", &wording.example),
    ] {
        if !words.is_empty() {
            out.push_str(&format!("{label}{words}\n"));
        }
    }
    out
}

fn wordings(app: &mut App) {
    let Some(code) = in_hand(app) else { return };
    let view = app.study.view();
    let rows = view
        .wordings(code)
        .into_iter()
        .rev()
        .map(|wording| {
            let day = wording.at.to_zoned(app.zone.clone()).strftime("%-d %b %Y");
            let reason = if wording.reason.is_empty() { String::new() } else { format!("  ({})", wording.reason) };
            ListRow {
                head: format!("{day} {}", view.initials(wording.by)),
                words: [wording.definition.replace('\n', " "), reason, String::new()],
                detail: worded(wording),
                leads: Leads::Nowhere,
            }
        })
        .collect();
    let title = format!("Wordings of “{}”, newest first", view.code_name(code));
    app.layers.push(Layer::List(List::new(title, Lists::Wordings(code), rows, "It is to be defined; d words it.")));
}

fn next_passage(app: &mut App) {
    let Some(code) = in_hand(app) else { return };
    let Some(transcript) = &app.code.transcript else { return };
    let (source, at) = (transcript.source(), transcript.cursor());
    let view = app.study.view();
    let wanted = |seen: crate::project::view::Seen<'_>| seen.code == code;
    let found = view.next_coding(source, at, false, wanted).or_else(|| {
        let first = view.codings_of(source).find(|seen| seen.code == code);
        first.filter(|seen| seen.span.start < at)
    });
    match found.map(|seen| seen.span.start) {
        Some(at) => super::moving::with_text(app, |transcript| transcript.go(at)),
        None => {
            let words = format!("“{}” has no passage in this source", name(app, code));
            app.tell(Tone::Plain, words);
        }
    }
}

fn pin(app: &mut App, digit: u8) {
    let Some(code) = in_hand(app) else { return };
    let there = app.study.view().pins()[usize::from(digit) - 1] == Some(code);
    app.edit(&Edit::Pin(digit, (!there).then_some(code)));
}

fn example(app: &mut App) {
    let Some(transcript) = &app.code.transcript else { return };
    let view = app.study.view();
    let hand = app.code.in_hand(&view);
    let span = transcript.selected().or_else(|| hand.map(|seen| seen.span));
    let code = hand.map(|seen| seen.code).or(app.code.tree.selected);
    let (Some(span), Some(code)) = (span, code) else {
        app.tell(Tone::Refused, "select the words that show the code, or stand on a coding of it");
        return;
    };
    let words = transcript.reading().text.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(node) = view.code(code) else { return };
    let mut wording = NewWording::from_present(node.wording.as_ref());
    wording.example = words;
    wording.example_from = hand.filter(|seen| seen.code == code).map(|seen| seen.coding.id);
    wording.reason = if node.wording.is_some() { "example taken from the text".into() } else { String::new() };
    let told = format!("example of “{}” taken", node.code.name);
    if app.edit(&Edit::Reword(code, wording)).is_some() {
        app.tell(Tone::Done, told);
    }
}

fn find_code(app: &mut App) {
    let items = all_codes(app);
    app.layers.push(Layer::Picker(Picker::new("Go to a code", items, Choose::FindCode)));
}
