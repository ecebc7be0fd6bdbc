//! Going about in the transcript, the code tree and the list of cases.

use crate::project::source::Who;
use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::layers::Layer;
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::views::code::cases::CaseRow;
use crate::screen::views::code::panes::Pane;
use crate::screen::views::code::transcript::By;
use crate::text::Pos;

rows! { MOVE: Move;
    "char-left" "One character left" "" Text ["h" "<Left>"] "" => |app| step(app, By::Char, false);
    "char-right" "One character right" "" Text ["l" "<Right>"] "" => |app| step(app, By::Char, true);
    "row-down" "One line down" "" Text ["j" "<Down>"] "" => |app| step(app, By::Row, true);
    "row-up" "One line up" "" Text ["k" "<Up>"] "" => |app| step(app, By::Row, false);
    "word-next" "Next word" "word on" Text ["w" "<C-Right>"] "" => |app| step(app, By::Word, true);
    "word-previous" "Previous word" "word back" Text ["b" "<C-Left>"] "" => |app| step(app, By::Word, false);
    "sentence-next" "Next sentence" "sentence on" Text ["W" ")"] "" => |app| step(app, By::Sentence, true);
    "sentence-previous" "Previous sentence" "" Text ["B" "("] "" => |app| step(app, By::Sentence, false);
    "turn-next" "Next turn (paragraph, where nobody speaks)" "next turn" Text ["J" "}" "<C-Down>"] "" => |app| step(app, By::Turn, true);
    "turn-previous" "Previous turn" "" Text ["K" "{" "<C-Up>"] "" => |app| step(app, By::Turn, false);
    "page-down" "A page down" "" Text ["<PageDown>" "<C-f>"] "" => |app| page(app, true, 1);
    "page-up" "A page up" "" Text ["<PageUp>" "<C-b>"] "" => |app| page(app, false, 1);
    "half-down" "Half a page down" "" Text ["<C-d>"] "" => |app| page(app, true, 2);
    "half-up" "Half a page up" "" Text ["<C-u>"] "" => |app| page(app, false, 2);
    "row-start" "Start of the line" "" Text ["0" "<Home>" "gh"] "" => |app| with_text(app, |t| t.row_edge(false));
    "row-end" "End of the line" "" Text ["$" "<End>" "gl"] "" => |app| with_text(app, |t| t.row_edge(true));
    "text-start" "Start of the text" "" Text ["gg" "<C-Home>"] "" => |app| { app.code.mark_jump(); with_text(app, |t| t.text_edge(false)); };
    "text-end" "End of the text" "" Text ["G" "ge" "<C-End>"] "" => |app| { app.code.mark_jump(); with_text(app, |t| t.text_edge(true)); };
    "turn-number" "Turn with a number" "" Text ["gt"] "line number" => |app| {
        app.layers.push(Layer::Prompt(Prompt::new("Go to turn", "its number", "", AskFor::Turn)));
    };
    "coding-next" "Next coding" "next coding" Text ["]" "gn"] "next quotation, next coded segment" => |app| to_coding(app, false);
    "coding-previous" "Previous coding" "" Text ["[" "gp"] "previous quotation" => |app| to_coding(app, true);
    "uncoded-next" "Next participant's turn without a code" "next uncoded" Text ["L" "gu"] "uncoded" => to_uncoded;
    "place-back" "Where I was before the last jump" "" Text ["gw" "<C-o>"] "back, last position" => place_back;
    "place-unread" "Where I stopped reading" "" Text ["gr"] "read so far, progress" => to_unread;
    "source-next" "Next source" "" Text ["gj" "<C-PageDown>"] "next document" => |app| to_source(app, false);
    "source-previous" "Previous source" "" Text ["gk" "<C-PageUp>"] "previous document" => |app| to_source(app, true);
    "codes-down" "Next code" "" Tree ["j" "<Down>"] "" => |app| { let view = app.study.view(); app.code.tree.step(&view, 1); };
    "codes-up" "Previous code" "" Tree ["k" "<Up>"] "" => |app| { let view = app.study.view(); app.code.tree.step(&view, -1); };
    "codes-page-down" "A page of codes down" "" Tree ["<PageDown>" "<C-d>"] "" => |app| { let view = app.study.view(); app.code.tree.step(&view, 12); };
    "codes-page-up" "A page of codes up" "" Tree ["<PageUp>" "<C-u>"] "" => |app| { let view = app.study.view(); app.code.tree.step(&view, -12); };
    "codes-first" "First code" "" Tree ["gg" "<Home>"] "" => |app| { let view = app.study.view(); app.code.tree.step(&view, i32::MIN / 2); };
    "codes-last" "Last code" "" Tree ["G" "<End>"] "" => |app| { let view = app.study.view(); app.code.tree.step(&view, i32::MAX / 2); };
    "codes-fold" "Fold, or the code above" "" Tree ["h" "<Left>"] "collapse" => |app| { let view = app.study.view(); app.code.tree.outward(&view); };
    "codes-unfold" "Unfold, or the first code below" "" Tree ["l" "<Right>"] "expand" => |app| { let view = app.study.view(); app.code.tree.inward(&view); };
    "codes-fold-all" "Fold or unfold all" "" Tree ["zf"] "collapse all, expand all" => fold_all;
    "cases-down" "Next case or source" "" Cases ["j" "<Down>"] "" => |app| { let view = app.study.view(); app.code.cases.step(&view, 1); };
    "cases-up" "Previous case or source" "" Cases ["k" "<Up>"] "" => |app| { let view = app.study.view(); app.code.cases.step(&view, -1); };
    "cases-page-down" "A page down" "" Cases ["<PageDown>" "<C-d>"] "" => |app| { let view = app.study.view(); app.code.cases.step(&view, 12); };
    "cases-page-up" "A page up" "" Cases ["<PageUp>" "<C-u>"] "" => |app| { let view = app.study.view(); app.code.cases.step(&view, -12); };
    "cases-first" "First case" "" Cases ["gg" "<Home>"] "" => |app| { let view = app.study.view(); app.code.cases.step(&view, i32::MIN / 2); };
    "cases-last" "Last case or source" "" Cases ["G" "<End>"] "" => |app| { let view = app.study.view(); app.code.cases.step(&view, i32::MAX / 2); };
    "cases-close" "Close the case, or go to it" "" Cases ["h" "<Left>"] "" => |app| { let view = app.study.view(); app.code.cases.outward(&view); };
    "cases-unfold" "Open the case, or go into it" "" Cases ["l" "<Right>"] "" => |app| { let view = app.study.view(); app.code.cases.inward(&view); };
    "cases-open" "Read the source, or open the case" "read" Cases ["<Enter>"] "open document" => open_chosen;
}

/// Does something with the transcript, if one is open.
pub fn with_text(app: &mut App, f: impl FnOnce(&mut crate::screen::views::code::transcript::Transcript)) {
    match &mut app.code.transcript {
        Some(transcript) => f(transcript),
        None => app.tell(Tone::Plain, "no source is open; choose one on the left"),
    }
}

fn step(app: &mut App, by: By, forward: bool) {
    with_text(app, |transcript| {
        transcript.step(by, forward);
    });
}

fn page(app: &mut App, forward: bool, part: u16) {
    let area = crate::screen::draw::areas(app.size).main;
    let rows = (area.height.saturating_sub(4) / part).max(1);
    step(app, By::Rows(rows), forward);
}

/// Goes to a turn by its number as typed; says whether there is one.
pub fn go_to_turn(app: &mut App, words: &str) -> bool {
    let Some(transcript) = &mut app.code.transcript else { return true };
    let count = transcript.reading().turns.turns.len();
    match words.parse::<usize>() {
        Ok(n) if (1..=count).contains(&n) => {
            app.code.mark_jump();
            with_text(app, |transcript| transcript.go_to_turn(n - 1));
            app.code.panes.focus = Pane::Text;
            true
        }
        _ => {
            app.tell(Tone::Refused, format!("there are turns 1 to {count} here"));
            false
        }
    }
}

fn to_coding(app: &mut App, back: bool) {
    let Some(transcript) = &app.code.transcript else { return };
    let (source, at) = (transcript.source(), transcript.cursor());
    let view = app.study.view();
    let found = view.next_coding(source, at, back, |_| true).map(|seen| seen.span.start);
    match found {
        Some(at) => with_text(app, |transcript| transcript.go(at)),
        None => app.tell(Tone::Plain, if back { "no coding before this one" } else { "no coding after this one" }),
    }
}

fn to_uncoded(app: &mut App) {
    let Some(transcript) = &app.code.transcript else { return };
    let reading = transcript.reading().clone();
    let source = reading.source;
    let view = app.study.view();
    let asks = |label: Option<u32>| {
        let label = label.and_then(|n| reading.turns.labels.get(n as usize)).map_or("", String::as_str);
        view.who(source, label) == Who::Interviewer
    };
    let turns = &reading.turns.turns;
    let mut turn = transcript.turn().map_or(0, |turn| turn + 1);
    let mut found = None;
    while let Some(record) = turns.get(turn) {
        if asks(record.speaker) || record.body.is_empty() {
            turn += 1;
            continue;
        }
        match view.covered_to(source, record.body) {
            // What reaches over this turn covers every turn to its end: they need not be asked one by one.
            Some(end) => turn = (turn + 1).max(turns.partition_point(|turn| turn.body.end <= end)),
            None => {
                found = Some(turn);
                break;
            }
        }
    }
    match found {
        Some(turn) => {
            app.code.mark_jump();
            with_text(app, |transcript| transcript.go_to_turn(turn));
        }
        None => app.tell(Tone::Plain, "every participant's turn from here on carries a code"),
    }
}

fn place_back(app: &mut App) {
    if crate::screen::views::extracts::jumped_here(app) {
        app.code.trail.pop();
        crate::screen::views::extracts::come_back(app, false);
        return;
    }
    let Some((source, at)) = app.code.trail.pop() else {
        app.tell(Tone::Plain, "there was no jump to come back from");
        return;
    };
    app.code.open(&mut app.study, source);
    with_text(app, |transcript| transcript.go(at));
}

fn to_unread(app: &mut App) {
    let Some(source) = app.code.source() else { return };
    let at = app.code.read_to(&app.study.view(), source);
    app.code.mark_jump();
    with_text(app, |transcript| transcript.go(Pos(at.0.saturating_sub(1))));
}

fn to_source(app: &mut App, back: bool) {
    let view = app.study.view();
    let sources: Vec<_> = view.sources().iter().map(|source| source.id).collect();
    let at = app.code.source().and_then(|id| sources.iter().position(|source| *source == id));
    let next = match (at, back) {
        (None, _) => sources.first(),
        (Some(at), true) => at.checked_sub(1).and_then(|n| sources.get(n)),
        (Some(at), false) => sources.get(at + 1),
    };
    match next {
        Some(&source) => {
            app.code.mark_jump();
            app.code.open(&mut app.study, source);
        }
        None => app.tell(Tone::Plain, if back { "this is the first source" } else { "this is the last source" }),
    }
}

fn fold_all(app: &mut App) {
    let view = app.study.view();
    let branches: Vec<_> = view
        .codebook()
        .in_order()
        .into_iter()
        .filter(|code| !view.codebook().children(Some(*code)).is_empty())
        .collect();
    if app.code.tree.folded.is_empty() {
        app.code.tree.folded.extend(branches);
        let mut at = app.code.tree.selected;
        while let Some(parent) = at.and_then(|code| view.code(code)).and_then(|node| node.parent) {
            at = Some(parent);
        }
        app.code.tree.selected = at;
    } else {
        app.code.tree.folded.clear();
    }
}

fn open_chosen(app: &mut App) {
    match app.code.cases.selected {
        Some(CaseRow::Source(source)) => {
            app.code.mark_jump();
            app.code.open(&mut app.study, source);
            app.code.panes.focus = Pane::Text;
        }
        Some(CaseRow::Case(case)) => {
            if !app.code.cases.open.remove(&case) {
                app.code.cases.open.insert(case);
            }
        }
        None => app.tell(Tone::Plain, "there are no sources yet; i imports files"),
    }
}
