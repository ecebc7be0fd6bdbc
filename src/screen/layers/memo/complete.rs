//! Completing links as they are typed: `@` and some letters of the name of a code, case, source, memo or theme.

use super::MemoEditor;
use crate::project::id::MemoId;
use crate::project::memo_links::Linked;
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::layers::{Layer, boxed};
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui_textarea::CursorMove;

/// How many names are offered at once.
const OFFERED: usize = 6;
/// Names longer than this are not typed.
const LONGEST: usize = 60;

/// What is offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Take {
    /// A link.
    Link(Linked),
    /// A quotation, to be chosen.
    Quotation,
}

/// A name that is offered.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Offer {
    name: String,
    note: String,
    take: Take,
}

/// What can be linked to, while a link is typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completing {
    offers: Vec<Offer>,
    selected: usize,
    /// Where its sign stands: line and char.
    at: (usize, usize),
    /// How many chars were typed, the sign with them.
    typed: usize,
}

/// The link that is being typed before the cursor: where its sign stands, and what follows it.
fn fragment(editor: &MemoEditor) -> Option<((usize, usize), String)> {
    let cursor = editor.area.cursor();
    let before: Vec<char> = editor.area.lines().get(cursor.0)?.chars().take(cursor.1).collect();
    let at = before.iter().rposition(|c| *c == '@')?;
    // An address of mail is no link.
    let within = at > 0 && before[at - 1].is_alphanumeric();
    let typed: String = before[at + 1..].iter().collect();
    let whole: String = before[at..].iter().collect();
    let quotes = typed.starts_with(['"', '“']);
    let wanted = (!within || quotes) && typed.chars().count() <= LONGEST && !typed.starts_with(char::is_whitespace);
    (wanted && !editor.shown.begins_with_name(&whole)).then_some(((cursor.0, at), typed))
}

/// What follows from something having been typed: names are offered, or extracts to be quoted.
pub fn typed(app: &mut App) {
    let view = app.study.view();
    let Some(Layer::Memo(editor)) = app.layers.last_mut() else { return };
    editor.completing = None;
    let Some((at, typed)) = fragment(editor) else {
        editor.dismissed = None;
        return;
    };
    if editor.dismissed == Some(at) {
        return;
    }
    if typed.starts_with(['"', '“']) {
        editor.take_back(at, typed.chars().count() + 1);
        super::quote::choose(app);
        return;
    }
    if typed.is_empty() {
        return;
    }
    let offers = offers(&view, editor.id, &typed);
    if !offers.is_empty() {
        editor.completing = Some(Completing { offers, selected: 0, at, typed: typed.chars().count() + 1 });
    }
}

/// The names that match what was typed, best first.
fn offers(view: &View<'_>, this: MemoId, typed: &str) -> Vec<Offer> {
    let offer = |name: &str, note: String, what| Offer { name: name.to_owned(), note, take: Take::Link(what) };
    let mut all: Vec<Offer> = Vec::new();
    let book = view.codebook();
    for id in book.in_order() {
        if let Some(node) = view.code(id) {
            let above =
                node.parent.map_or_else(|| "code".to_owned(), |parent| format!("code in {}", view.code_name(parent)));
            all.push(offer(&node.code.name, above, Linked::Code(id)));
        }
    }
    all.extend(view.cases().iter().map(|case| offer(&case.name, case.kind.clone(), Linked::Case(case.id))));
    all.extend(view.themes().iter().map(|theme| offer(&theme.name, "theme".into(), Linked::Theme(theme.id))));
    all.extend(view.sources().iter().map(|source| {
        let case =
            source.case.and_then(|case| view.case(case)).map_or_else(String::new, |case| format!(" of {}", case.name));
        offer(&source.name, format!("source{case}"), Linked::Source(source.id))
    }));
    let others = view.memos().filter(|memo| memo.id != this);
    all.extend(others.map(|memo| offer(memo.title(), "memo".into(), Linked::Memo(memo.id))));
    let quotation = Offer { name: "quotation".into(), note: "words of an extract".into(), take: Take::Quotation };
    let quotes = typed.chars().count() >= 2 && "quotation".starts_with(&typed.to_lowercase())
        || "quote".starts_with(&typed.to_lowercase());
    let mut config = Config::DEFAULT;
    config.prefer_prefix = true;
    let mut matcher = Matcher::new(config);
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut buffer = Vec::new();
    let mut found: Vec<(u32, usize)> = Vec::new();
    for (n, offer) in all.iter().enumerate() {
        if let Some(score) = pattern.score(Utf32Str::new(&offer.name, &mut buffer), &mut matcher) {
            found.push((score, n));
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let links = found.into_iter().map(|(_, n)| all[n].clone());
    quotes.then_some(quotation).into_iter().chain(links).take(OFFERED).collect()
}

impl MemoEditor {
    /// Takes back so many chars that were typed from `at` on.
    fn take_back(&mut self, at: (usize, usize), chars: usize) {
        let place = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        self.area.move_cursor(CursorMove::Jump(place(at.0), place(at.1)));
        let _any = self.area.delete_str(chars);
    }
}

/// Takes what is chosen.
pub fn take(app: &mut App) {
    let now = app.now();
    let Some(Layer::Memo(editor)) = app.layers.last_mut() else { return };
    let Some(completing) = editor.completing.take() else { return };
    let Some(offer) = completing.offers.get(completing.selected) else { return };
    editor.take_back(completing.at, completing.typed);
    match offer.take {
        Take::Link(what) => {
            let shown = editor.shown.add(what, &offer.name);
            editor.area.insert_str(shown);
            editor.touched(now);
        }
        Take::Quotation => super::quote::choose(app),
    }
}

/// Moves the choice.
pub fn step(app: &mut App, by: i32) {
    if let Some(Layer::Memo(editor)) = app.layers.last_mut()
        && let Some(completing) = &mut editor.completing
    {
        let rows = completing.offers.len() as i64;
        let to = (completing.selected as i64 + i64::from(by)).rem_euclid(rows.max(1));
        completing.selected = usize::try_from(to).unwrap_or(0);
    }
}

/// Offers nothing more for this sign.
pub fn leave(app: &mut App) {
    if let Some(Layer::Memo(editor)) = app.layers.last_mut() {
        editor.dismissed = editor.completing.take().map(|completing| completing.at);
    }
}

/// Draws what is offered over the editor, or at its foot where there is no room.
pub(super) fn draw(app: &App, completing: &Completing, area: Rect, editor: Rect, buf: &mut Buffer) {
    let height = completing.offers.len() as u16 + 2;
    let width = 64.min(editor.width.saturating_sub(4)).max(1);
    let above = editor.y >= area.y + height;
    let y = if above { editor.y - height } else { editor.bottom().saturating_sub(height + 1) };
    let rect = Rect::new(editor.x + 2, y, width, height);
    let inner = boxed(app, rect, "Link to", buf);
    let bare = |role| Style { bg: None, ..app.styles.style(role) };
    for (n, offer) in completing.offers.iter().enumerate().take(usize::from(inner.height)) {
        let y = inner.y + n as u16;
        if n == completing.selected {
            let row = Rect::new(inner.x.saturating_sub(1), y, inner.width + 2, 1).intersection(buf.area);
            buf.set_style(row, app.styles.style(Role::ListSelected));
        }
        let note_width = (offer.note.chars().count() as u16).min(inner.width / 3);
        put(buf, inner.x, y, &offer.name, inner.width.saturating_sub(note_width + 2), bare(Role::Text));
        put(buf, inner.right().saturating_sub(note_width), y, &offer.note, note_width, bare(Role::Dim));
    }
}
