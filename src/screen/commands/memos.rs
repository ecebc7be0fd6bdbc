//! Writing memos and finding them again.

use crate::project::id::MemoId;
use crate::project::memo::{Link, MemoKind};
use crate::screen::app::{App, Tone};
use crate::screen::command::{Place, rows};
use crate::screen::layers::Layer;
use crate::screen::layers::list::{Leads, List, ListRow, Lists};
use crate::screen::layers::memo::{self, MemoEditor};
use crate::screen::views::code::cases::CaseRow;
use crate::screen::views::code::page::Memos;
use crate::screen::views::{self, Showing};

rows! { MEMO: Memo;
    "memo" "Memo on what is selected, or in hand" "memo" Anywhere ["m"] "note, annotation, comment" => write;
    "memo-study" "Memo on the study as a whole" "" Anywhere ["gM"] "journal, project memo" => |app| open_new(app, Link::Study);
    "memo-source" "Memo on the open source" "" Text ["gs"] "document memo" => on_source;
    "memos" "All memos" "" Anywhere ["gm"] "memo manager" => all;
    "memos-fold" "Fold memos away, or show them under their passages" "" Text ["zm"] "" => fold;
    "memo-leave" "Leave the memo, saved" "save and close" Editor ["<Esc>" "<C-Enter>"] "" => memo::leave;
    "memo-outside" "Write in $EDITOR" "$EDITOR" Editor ["<C-e>" "<C-g>"] "external editor" => memo::outside;
    "memo-kind" "Kind of memo" "kind" Editor ["<C-t>"] "" => kind;
    "memo-share" "Shared, or your own" "share" Editor ["<C-s>"] "private" => share;
}

/// What a memo is about, in words.
#[must_use]
pub fn about(app: &App, on: Link) -> String {
    let view = app.study.view();
    let source_name = |id| view.source(id).map_or_else(|| "a source".to_owned(), |source| source.name.clone());
    match on {
        Link::Study => "the study".to_owned(),
        Link::Case(id) => view.case(id).map_or_else(|| "a case".to_owned(), |case| case.name.clone()),
        Link::Source(id) => source_name(id),
        Link::Code(id) => format!("“{}”", view.code_name(id)),
        Link::Coding(id) => view.coding(id).map_or_else(
            || "a coding that is gone".to_owned(),
            |seen| format!("“{}” in {}", view.code_name(seen.code), source_name(seen.coding.at.source)),
        ),
        Link::Passage(passage) => format!("words in {}", source_name(passage.source)),
        Link::Theme(id) => view.theme(id).map_or_else(|| "a theme".to_owned(), |theme| format!("“{}”", theme.name)),
        Link::Table(id) => view.table(id).map_or_else(|| "a table".to_owned(), |table| format!("“{}”", table.name)),
    }
}

/// What a memo would be about now: the selection, the highlighted coding, the code, case or source in hand, the study.
fn what(app: &App) -> Link {
    let view = app.study.view();
    match app.place() {
        Place::Tree => app.code.tree.selected.map_or(Link::Study, Link::Code),
        Place::Cases => match app.code.cases.selected {
            Some(CaseRow::Case(case)) => Link::Case(case),
            Some(CaseRow::Source(source)) => Link::Source(source),
            None => Link::Study,
        },
        _ if app.showing != Showing::Code => views::about(app).unwrap_or(Link::Study),
        _ => {
            let Some(transcript) = &app.code.transcript else { return Link::Study };
            match transcript.selected() {
                Some(span) => Link::Passage(view.passage(transcript.source(), span)),
                None => match app.code.in_hand(&view) {
                    Some(seen) => Link::Coding(seen.coding.id),
                    None => Link::Source(transcript.source()),
                },
            }
        }
    }
}

fn write(app: &mut App) {
    if let Some(Layer::List(list)) = app.layers.last() {
        // A memo about a row: the coding it leads to.
        let leads = list.current().map(|row| row.leads);
        match leads {
            Some(Leads::Coding(id, ..)) => open(app, Link::Coding(id)),
            Some(Leads::Memo(id)) => open_memo(app, id),
            _ => {}
        }
        return;
    }
    let on = what(app);
    open(app, on);
}

/// Opens this coder's memo on something, or a new one.
fn open(app: &mut App, on: Link) {
    let view = app.study.view();
    let mine = view.memos_on(on).into_iter().rev().find(|memo| memo.coder == view.coder()).map(|memo| memo.id);
    match mine {
        Some(id) => open_memo(app, id),
        None => open_new(app, on),
    }
}

fn open_new(app: &mut App, on: Link) {
    if let crate::session::Saving::ReadOnly(why) = app.study.saving() {
        app.tell(Tone::Refused, format!("this project is open read-only: {why}"));
        return;
    }
    let id = app.study.fresh_id().into();
    let kind = if matches!(on, Link::Code(_)) { MemoKind::Definition } else { MemoKind::Analytic };
    let about = about(app, on);
    app.layers.push(Layer::Memo(Box::new(MemoEditor::new(id, on, about, kind, true, ""))));
}

/// Opens a memo to be read and, if it is this coder's, written on.
pub fn open_memo(app: &mut App, id: MemoId) {
    let view = app.study.view();
    let Some(memo) = view.memo(id).cloned() else { return };
    let about = about(app, memo.on);
    app.layers.push(Layer::Memo(Box::new(MemoEditor::new(id, memo.on, about, memo.kind, memo.shared, &memo.text))));
}

fn on_source(app: &mut App) {
    if let Some(source) = app.code.source() {
        open(app, Link::Source(source));
    }
}

fn all(app: &mut App) {
    let view = app.study.view();
    let rows = view
        .memos()
        .map(|memo| {
            let day = memo.made.to_zoned(app.zone.clone()).strftime("%-d %b %Y");
            let body = memo.body().lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            ListRow {
                head: format!("{day} {} {}", view.initials(memo.coder), memo.kind.name()),
                words: [String::new(), memo.title().to_owned(), format!("  {}  {body}", about(app, memo.on))],
                detail: memo.text.clone(),
                leads: Leads::Memo(memo.id),
            }
        })
        .collect::<Vec<_>>();
    let title = format!("Memos · {}", rows.len());
    app.layers.push(Layer::List(List::new(
        title,
        Lists::Memos,
        rows,
        "No memos yet. m writes one on what is in hand.",
    )));
}

fn fold(app: &mut App) {
    app.code.memos = match app.code.memos {
        Memos::Open => Memos::Folded,
        Memos::Folded => Memos::Open,
    };
    let words =
        if app.code.memos == Memos::Folded { "memos are folded away" } else { "memos stand under their passages" };
    app.tell(Tone::Plain, words);
}

fn kind(app: &mut App) {
    let now = app.now();
    if let Some(Layer::Memo(editor)) = app.layers.last_mut() {
        let at = MemoKind::ALL.iter().position(|kind| *kind == editor.kind).unwrap_or(0);
        editor.kind = MemoKind::ALL[(at + 1) % MemoKind::ALL.len()];
        editor.touched_settings(now);
    }
}

fn share(app: &mut App) {
    let now = app.now();
    if let Some(Layer::Memo(editor)) = app.layers.last_mut() {
        editor.shared = !editor.shared;
        editor.touched_settings(now);
    }
}
