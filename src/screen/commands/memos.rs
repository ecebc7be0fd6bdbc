//! Writing memos, quoting in them, finding them again, writing them out.

use crate::findings::attribution::{read_signature, signature_words};
use crate::findings::linked::Backlinks;
use crate::findings::presence::{By, Presence, no_speakers};
use crate::findings::theme_memo::theme_memo;
use crate::project::edit::{AttributeEdit, Edit, QuotationEdit};
use crate::project::id::{MemoId, QuotationId, SourceId, ThemeId};
use crate::project::memo::{Link, MemoKind};
use crate::project::memo_links::Linked;
use crate::report::memos::{Kind, Signing, document, markdown};
use crate::screen::app::{App, Ask, Tone};
use crate::screen::command::{Place, rows};
use crate::screen::layers::Layer;
use crate::screen::layers::list::{Leads, List, ListRow, Lists};
use crate::screen::layers::memo::{self, MemoEditor, complete, quote};
use crate::screen::layers::picker::{Choose, Item, Picker, Target as Pick};
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::views::code::cases::CaseRow;
use crate::screen::views::code::page::Memos;
use crate::screen::views::code::panes::Pane;
use crate::screen::views::memos::{Narrow, Target};
use crate::screen::views::{self, Showing, show};
use crate::screen::written;

rows! { MEMO: Memo;
    "memo" "Memo on what is selected, or in hand" "memo" Anywhere ["m"] "note, annotation, comment" => write;
    "memo-another" "Another memo on what is selected, or in hand" "" Anywhere ["ga"] "note, annotation" => another;
    "memo-study" "Memo on the study as a whole" "" Anywhere ["gM"] "journal, project memo" => |app| open_new(app, Link::Study);
    "memo-source" "Memo on the open source" "" Text ["gs"] "document memo" => on_source;
    "memo-theme" "Memo on a theme, begun from its codes and extracts" "" Anywhere ["gz"] "theme, write up, findings" => choose_theme;
    "memos" "Memos: what they quote, what they link to" "" Anywhere ["gm"] "memo manager, all memos" => |app| show(app, Showing::Memos);
    "linked-from" "Memos that link to what is in hand" "" Anywhere ["gb"] "backlinks, hyperlinks" => linked_from;
    "signature" "What may be said of speakers in publications" "" Anywhere ["gS"] "attribution, anonymity, pseudonym" => ask_signature;
    "memos-fold" "Fold memos away, or show them under their passages" "" Text ["zm"] "" => fold;
    "memo-leave" "Leave the memo, saved" "save and close" Editor ["<Esc>" "<C-Enter>"] "" => memo::leave;
    "memo-quote" "Quote an extract" "quote" Editor ["<C-l>" "<F4>"] "quotation, extract" => quote::choose;
    "memo-outside" "Write in $EDITOR" "$EDITOR" Editor ["<C-e>" "<C-g>"] "external editor" => memo::outside;
    "memo-kind" "Kind of memo" "kind" Editor ["<C-t>"] "" => kind;
    "memo-share" "Shared, or your own" "share" Editor ["<C-s>"] "private" => share;
    "complete-take" "Link to it" "link" Complete ["<Enter>" "<Tab>"] "" => complete::take;
    "complete-down" "Next name" "" Complete ["<Down>" "<C-n>"] "" => |app| complete::step(app, 1);
    "complete-up" "Previous name" "" Complete ["<Up>" "<C-p>"] "" => |app| complete::step(app, -1);
    "complete-leave" "No link here" "no link" Complete ["<Esc>"] "" => complete::leave;
    "memos-open" "Write on the memo; of a quotation: stand in the transcript; follow a link" "open" Memos ["<Enter>"] "go there" => go;
    "memos-down" "Next row" "" Memos ["j" "<Down>"] "" => |app| app.memos.step(&mut app.study, 1);
    "memos-up" "Previous row" "" Memos ["k" "<Up>"] "" => |app| app.memos.step(&mut app.study, -1);
    "memos-page-down" "A page down" "" Memos ["<PageDown>" "<C-d>"] "" => |app| app.memos.step(&mut app.study, 10);
    "memos-page-up" "A page up" "" Memos ["<PageUp>" "<C-u>"] "" => |app| app.memos.step(&mut app.study, -10);
    "memos-first" "First row" "" Memos ["<Home>" "gg"] "" => |app| app.memos.step(&mut app.study, i32::MIN / 2);
    "memos-last" "Last row" "" Memos ["<End>" "G"] "" => |app| app.memos.step(&mut app.study, i32::MAX / 2);
    "memos-in" "Into the memo: quotations and links" "quotations, links" Memos ["l" "<Right>"] "" => |app| app.memos.inward(true);
    "memos-out" "Back to the list of memos" "" Memos ["h" "<Left>"] "" => |app| app.memos.inward(false);
    "memos-page-on" "The memo further down" "further" Memos ["J" "<S-Down>"] "scroll" => |app| app.memos.scroll(8);
    "memos-page-back" "The memo further up" "" Memos ["B" "<S-Up>"] "scroll" => |app| app.memos.scroll(-8);
    "memos-take" "Take the marked quotation as its coding is now" "take the new" Memos ["t"] "update, accept" => take_new;
    "memos-keep" "Keep the marked quotation as it is" "keep" Memos ["K"] "dismiss" => keep;
    "memos-sign" "Say otherwise who said it" "sign" Memos ["s"] "attribution, anonymity" => sign;
    "memos-narrow" "Narrow the list: kind, coder, readers, marks, what they are about" "narrow" Memos ["f"] "filter" => narrow;
    "memos-order" "Newest or oldest first" "order" Memos ["o"] "sort" => |app| app.memos.turn_order(&mut app.study);
    "memos-copy" "Copy the memo as Markdown" "copy" Memos ["y"] "clipboard" => copy;
    "memos-write" "Write the listed memos, or the one in hand, to a file" "write" Memos ["w"] "export, docx, html, markdown" => write_out;
    "memos-delete" "Delete the memo" "" Memos ["x" "<Del>"] "remove" => delete;
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
    let editor = MemoEditor::new(&app.study.view(), id, on, about, kind, true, "");
    app.layers.push(Layer::Memo(Box::new(editor)));
}

/// Opens a memo to be read and, if it is this coder's, written on.
pub fn open_memo(app: &mut App, id: MemoId) {
    let view = app.study.view();
    let Some(memo) = view.memo(id).cloned() else { return };
    let about = about(app, memo.on);
    let editor = MemoEditor::new(&view, id, memo.on, about, memo.kind, memo.shared, &memo.text);
    app.layers.push(Layer::Memo(Box::new(editor)));
}

fn on_source(app: &mut App) {
    if let Some(source) = app.code.source() {
        open(app, Link::Source(source));
    }
}

fn another(app: &mut App) {
    let on = match app.layers.last() {
        None if app.showing == Showing::Memos => {
            let view = app.study.view();
            app.memos.chosen().and_then(|id| view.memo(id)).map_or(Link::Study, |memo| memo.on)
        }
        None => what(app),
        Some(_) => return,
    };
    open_new(app, on);
}

/// Lists the memos that link to what is in hand.
fn linked_from(app: &mut App) {
    let view = app.study.view();
    let (back, on) = (Backlinks::new(&view), what(app));
    let found = match app.memos.chosen().filter(|_| app.showing == Showing::Memos && on == Link::Study) {
        Some(memo) => back.to_memo(memo),
        None => back.to(&view, on),
    };
    let rows: Vec<ListRow> = found
        .into_iter()
        .filter_map(|id| view.memo(id))
        .map(|memo| {
            let day = memo.made.to_zoned(app.zone.clone()).strftime("%-d %b %Y");
            ListRow {
                head: format!("{day} {} {}", view.initials(memo.coder), memo.kind.name()),
                words: [String::new(), memo.title().to_owned(), format!("  {}", about(app, memo.on))],
                detail: crate::report::memos::in_words(memo.body()),
                leads: Leads::Memo(memo.id),
            }
        })
        .collect();
    let title = format!("Memos that link to {} · {}", about(app, on), rows.len());
    app.layers.push(Layer::List(List::new(title, Lists::Memos, rows, "No memo links to it. @ in a memo does.")));
}

/// Enter in the Memos view.
fn go(app: &mut App) {
    match app.memos.target() {
        Some(Target::Memo(id)) => open_memo(app, id),
        Some(Target::From(id) | Target::Link(Linked::Memo(id))) => app.memos.choose(&mut app.study, id),
        Some(Target::Quotation(_)) => {
            let Some(one) = app.memos.quotation() else { return };
            let at = one.now.map_or(one.quotation.at, |now| now.at);
            let place = app.study.view().place(at).start;
            show(app, Showing::Code);
            app.code.jump(&mut app.study, at.source, place);
            app.code.panes.focus = Pane::Text;
        }
        Some(Target::Link(Linked::Code(code))) => {
            show(app, Showing::Code);
            app.code.tree.filter = None;
            app.code.tree.reveal(&app.study.view(), code);
            app.code.panes.focus = Pane::Tree;
        }
        Some(Target::Link(Linked::Source(source))) => {
            show(app, Showing::Code);
            app.code.mark_jump();
            app.code.open(&mut app.study, source);
            app.code.panes.focus = Pane::Text;
        }
        Some(Target::Link(Linked::Case(case))) => {
            show(app, Showing::Code);
            app.code.cases.filter = None;
            app.code.cases.selected = Some(CaseRow::Case(case));
            app.code.panes.focus = Pane::Cases;
        }
        Some(Target::Link(Linked::Theme(theme))) => {
            app.memos.narrow(&mut app.study, Narrow::All);
            app.memos.narrow(&mut app.study, Narrow::About(Link::Theme(theme)));
        }
        Some(Target::Link(Linked::Quote(_))) | None => {}
    }
}

/// Takes the marked quotation in hand as its coding is now: extent, code and words.
fn take_new(app: &mut App) {
    let Some(one) = app.memos.quotation().filter(|one| one.is_marked()).cloned() else {
        app.tell(Tone::Plain, "no quotation of this memo is marked");
        return;
    };
    let quotation = &one.quotation;
    match quote::said(&mut app.study, quotation.coding) {
        Ok(Some((words, _))) => {
            // Where only the code changed, or what tables count, words that were shortened stay so.
            let same = one.now.is_some_and(|now| app.study.view().place(quotation.at) == now.at.span)
                && !one.changes.contains(&crate::findings::quotes::Change::Corrected);
            let words = if same { quotation.words.clone() } else { words };
            let (id, memo, coding, by) = (quotation.id, quotation.memo, quotation.coding, quotation.by.clone());
            let mut edits = vec![Edit::Quotations(QuotationEdit::Quote { id, memo, coding, words, by })];
            if one.is_dropped() {
                // It is taken as it is, tables or not.
                edits.push(Edit::Quotations(QuotationEdit::Keep(id, true)));
            }
            app.edit(&Edit::All(edits));
        }
        Ok(None) => app.tell(Tone::Plain, "its coding is gone, there is nothing to take; K keeps the quotation"),
        Err(why) => app.tell(Tone::Refused, why.to_string()),
    }
}

fn keep(app: &mut App) {
    let Some(one) = app.memos.quotation().filter(|one| one.is_marked()) else {
        app.tell(Tone::Plain, "no quotation of this memo is marked");
        return;
    };
    let edit = QuotationEdit::Keep(one.quotation.id, one.is_dropped());
    app.edit(&Edit::Quotations(edit));
}

/// Offers signatures for the quotation in hand that fit enough participants.
fn sign(app: &mut App) {
    let Some(Target::Quotation(_)) = app.memos.target() else {
        app.tell(Tone::Plain, "choose a quotation first; l goes to them");
        return;
    };
    let Some(quotation) = app.memos.quotation().map(|one| one.quotation.clone()) else { return };
    let source = quotation.at.source;
    let Ok(reading) = app.study.read(source) else {
        app.tell(Tone::Refused, "the text that it is quoted from cannot be read");
        return;
    };
    let view = app.study.view();
    let who = crate::findings::attribution::speakers(&view, source, &reading.turns, view.place(quotation.at));
    let signed = crate::findings::attribution::attribution(&view, source, &who);
    let all = [signed.full.clone()].into_iter().chain(signed.coarser.clone());
    let (mut items, mut texts) = (Vec::new(), Vec::new());
    for signature in all {
        let note = match signature.fits {
            Some(n) if n < signed.fewest => format!("fits only {n} of the {} asked for", signed.fewest),
            Some(n) => format!("fits {n} participants"),
            None => String::new(),
        };
        let target = Pick::Nth(texts.len());
        items.push(Item { label: signature.text.clone(), note, also: String::new(), target });
        texts.push(signature.text);
    }
    app.layers.push(Layer::Picker(Picker::new("Who said it", items, Choose::Sign(quotation.id, texts))));
}

fn narrow(app: &mut App) {
    let view = app.study.view();
    let wanted = &app.memos.wanted;
    let mut ways: Vec<(Narrow, String, bool)> = vec![
        (Narrow::All, "All memos".into(), false),
        (Narrow::Marked, "With marked quotations".into(), wanted.marked),
        (Narrow::Shared(true), "Shared".into(), wanted.shared == Some(true)),
        (Narrow::Shared(false), "Your own".into(), wanted.shared == Some(false)),
    ];
    for kind in MemoKind::ALL {
        ways.push((Narrow::Kind(kind), format!("Kind: {}", kind.name()), wanted.kind == Some(kind)));
    }
    for coder in view.coders() {
        ways.push((Narrow::Coder(coder.id), format!("By {}", coder.initials), wanted.coder == Some(coder.id)));
    }
    let mut abouts: Vec<Link> = vec![Link::Study];
    abouts.extend(view.themes().iter().map(|theme| Link::Theme(theme.id)));
    abouts.extend(view.codebook().in_order().into_iter().map(Link::Code));
    abouts.extend(view.cases().iter().map(|case| Link::Case(case.id)));
    for on in abouts {
        let words = format!("About {}, or linking to it", about(app, on));
        ways.push((Narrow::About(on), words, wanted.about == Some(on)));
    }
    let item = |(n, (_, label, on)): (usize, &(Narrow, String, bool))| {
        let note = if *on { "on" } else { "" }.to_owned();
        Item { label: label.clone(), note, also: String::new(), target: Pick::Nth(n) }
    };
    let items = ways.iter().enumerate().map(item).collect();
    let ways = ways.into_iter().map(|(way, ..)| way).collect();
    app.layers.push(Layer::Picker(Picker::new("Show memos", items, Choose::Memos(ways))));
}

/// What is said where a memo of one's own would leave.
const STAYS: &str = "this memo is your own and does not leave the program; ctrl-s while writing shares it";

/// The memos that `w` and `y` are about: the one in hand, or all that are listed. With those that stay here counted.
fn to_write(app: &mut App, one: bool) -> (crate::report::memos::Document, usize) {
    let all = app.memos.memos(&app.study);
    let chosen = app.memos.chosen();
    let memos: Vec<_> = all.into_iter().filter(|memo| !one || Some(memo.id) == chosen).collect();
    let stay = memos.iter().filter(|memo| !memo.shared).count();
    let mut readings = std::collections::HashMap::new();
    for memo in &memos {
        for quotation in crate::findings::quotes::quotes_of(&app.study.view(), memo) {
            let source = quotation.at.source;
            if let Ok(reading) = app.study.read(source) {
                readings.insert(source, reading.turns.clone());
            }
        }
    }
    let view = app.study.view();
    let title = view.study().map_or_else(|| "Memos".to_owned(), |study| format!("Memos of “{}”", study.title));
    let mut turns = |source: SourceId| readings.get(&source).cloned();
    (document(&view, title, &memos, app.memos.counted(), &app.zone, Signing::Quoted, &mut turns), stay)
}

fn copy(app: &mut App) {
    let (document, _) = to_write(app, true);
    match document.pages.first() {
        Some(page) => {
            let words = markdown::alone(page);
            app.ask(Ask::Copy(words));
            app.tell(Tone::Done, "the memo is copied as Markdown");
        }
        None if app.memos.chosen().is_some() => app.tell(Tone::Refused, STAYS),
        None => app.tell(Tone::Plain, "there is no memo to copy"),
    }
}

fn write_out(app: &mut App) {
    let one = !matches!(app.memos.target(), Some(Target::Memo(_)));
    let (document, stay) = to_write(app, one);
    let n = document.pages.len();
    if n == 0 {
        let why = if stay > 0 { STAYS } else { "there is no memo to write" };
        app.tell(Tone::Refused, why);
        return;
    }
    let what = if n == 1 { "this memo".to_owned() } else { format!("these {n} memos") };
    let own = match stay {
        0 => String::new(),
        n => format!("; {n} of your own stay here"),
    };
    let hint = format!("a path; .md, .html or .docx says how{own}");
    app.layers.push(Layer::Prompt(Prompt::new(format!("Write {what} to"), hint, "memos.docx", AskFor::WriteMemos)));
}

/// Writes the memos; says whether that could be done.
pub fn write_to(app: &mut App, path: &str) -> bool {
    let one = !matches!(app.memos.target(), Some(Target::Memo(_)));
    let (document, _) = to_write(app, one);
    let said = written::file(path, |path| match Kind::of(path) {
        Some(kind) => kind.write(&document),
        None => Err("the path has to end in .md, .html or .docx".into()),
    });
    written::told(app, said)
}

fn delete(app: &mut App) {
    match app.memos.target() {
        Some(Target::Memo(id)) => {
            app.edit(&Edit::DeleteMemo(id));
        }
        _ => app.tell(Tone::Plain, "choose a memo of the list; Enter opens this one, where a quotation's line can go"),
    }
}

fn choose_theme(app: &mut App) {
    let view = app.study.view();
    let themes: Vec<ThemeId> = view.themes().iter().map(|theme| theme.id).collect();
    if themes.is_empty() {
        app.tell(Tone::Plain, "there are no themes yet; they are made in the codebook");
        return;
    }
    let item = |(n, theme): (usize, &ThemeId)| {
        let theme = view.theme(*theme);
        let above = theme.and_then(|theme| view.theme(view.parent_of(theme)?)).map_or("", |above| above.name.as_str());
        let label = theme.map_or_else(String::new, |theme| theme.name.clone());
        Item { label, note: above.to_owned(), also: String::new(), target: Pick::Nth(n) }
    };
    let items = themes.iter().enumerate().map(item).collect();
    app.layers.push(Layer::Picker(Picker::new("Begin the memo of a theme", items, Choose::ThemeMemo(themes))));
}

/// Begins the memo of a theme with its codes, their counts and extracts, and opens it; says whether that could be done.
pub fn begin_theme(app: &mut App, theme: ThemeId) -> bool {
    let presence = Presence::new(&app.study.view(), None, By::Working, &no_speakers);
    // As many ids as there could be quotations: what the theme holds, and examples of its codes.
    let most = app.study.view().theme_items(theme).len() * 2 + 2;
    let mut fresh: Vec<QuotationId> = (0..most).map(|_| app.study.fresh_id().into()).collect();
    let begun = theme_memo(&app.study.view(), &presence, theme, &mut || fresh.pop().unwrap_or_default());
    let id: MemoId = app.study.fresh_id().into();
    let (on, kind, shared) = (Link::Theme(theme), MemoKind::Analytic, true);
    let mut edits = vec![Edit::WriteMemo { id, on, kind, shared, text: begun.text }];
    for (id_of, coding) in begun.quotes {
        match quote::said(&mut app.study, coding) {
            Ok(Some((words, signed))) => {
                let by = signed.offered().text.clone();
                edits.push(Edit::Quotations(QuotationEdit::Quote { id: id_of, memo: id, coding, words, by }));
            }
            Ok(None) => {}
            Err(why) => {
                app.tell(Tone::Refused, why.to_string());
                return false;
            }
        }
    }
    if app.edit(&Edit::All(edits)).is_none() {
        return false;
    }
    open_memo(app, id);
    true
}

fn ask_signature(app: &mut App) {
    let view = app.study.view();
    let words = signature_words(&view);
    let attributes: Vec<&str> = view.attributes().iter().map(|attribute| attribute.name.as_str()).collect();
    let there = if attributes.is_empty() { String::new() } else { format!(", {}", attributes.join(", ")) };
    let hint = format!("role, pseudonym, case, kind of case{there}; how many participants it has to fit at least");
    app.layers.push(Layer::Prompt(Prompt::new("What may be said of speakers", hint, &words, AskFor::Signature)));
}

/// Sets what may be said of speakers; says whether that could be done.
pub fn sign_study(app: &mut App, typed: &str) -> bool {
    match read_signature(&app.study.view(), typed) {
        Ok((signs, fewest)) => app.edit(&Edit::Attributes(AttributeEdit::Signature(signs, fewest))).is_some(),
        Err(why) => {
            app.tell(Tone::Refused, why);
            false
        }
    }
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
