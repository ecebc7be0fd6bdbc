//! Writing a memo in place. What is typed is in the journal after a second's pause, and when the editor is left.
//!
//! Links are shown as `@Warm handoff`, quotations with their words; what is saved holds ids, see
//! [`memo_links`](crate::project::memo_links).

pub mod complete;
pub mod quote;

use super::{Layer, boxed, clear_of};
use crate::findings::linked::name_of;
use crate::project::edit::{Edit, QuotationEdit};
use crate::project::id::MemoId;
use crate::project::memo::{Link, MemoKind};
use crate::project::memo_links::{QuoteShown, Shown, is_shortened, renamed};
use crate::project::view::View;
use crate::screen::app::{App, Ask, Tone};
use crate::screen::draw::Areas;
use crate::screen::key::Key;
use crate::screen::theme::{Role, Styles};
use crate::screen::views::code::paint::put;
use complete::Completing;
use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};
use std::time::Duration;

/// How long nothing is typed before what was is put into the journal.
const PAUSE: Duration = Duration::from_secs(1);

/// A memo being written.
pub struct MemoEditor {
    /// Which memo; it exists once something was saved.
    pub id: MemoId,
    /// What it is about.
    pub on: Link,
    /// What that is called.
    pub about: String,
    /// What kind of thought it is.
    pub kind: MemoKind,
    /// Whether others may read it.
    pub shared: bool,
    area: TextArea<'static>,
    /// What its links and quotations stand for.
    shown: Shown,
    /// What can be linked to, while a link is typed.
    completing: Option<Completing>,
    /// Where the sign stands after which nothing is to be offered any more.
    dismissed: Option<(usize, usize)>,
    /// The text as it was last saved.
    saved: String,
    /// When what was typed is to be saved.
    due: Option<Duration>,
    /// Whether anything was saved.
    exists: bool,
}

impl MemoEditor {
    /// An editor of a memo; `text` is what stands in it, empty for a new one.
    #[must_use]
    pub fn new(view: &View<'_>, id: MemoId, on: Link, about: String, kind: MemoKind, shared: bool, text: &str) -> Self {
        let exists = !text.is_empty();
        let text = renamed(text, |what| name_of(view, what));
        let (stands_for, text) = Shown::of(&text, |id| {
            view.quotation(id).map(|quoted| QuoteShown { words: quoted.words.clone(), by: quoted.by.clone() })
        });
        let mut out = Self {
            id,
            on,
            about,
            kind,
            shared,
            area: area_of(&text),
            shown: stands_for,
            completing: None,
            dismissed: None,
            saved: text,
            due: None,
            exists,
        };
        out.area.move_cursor(CursorMove::Bottom);
        out.area.move_cursor(CursorMove::End);
        out
    }

    /// What stands in it.
    #[must_use]
    pub fn text(&self) -> String {
        self.area.lines().join("\n").trim_end().to_owned()
    }

    /// Puts another text in it.
    pub fn set(&mut self, text: &str) {
        self.area = area_of(text);
    }

    /// Takes in a key; says whether it changed anything.
    pub fn type_key(&mut self, key: Key) -> bool {
        let changed = self.area.input(KeyEvent::new(key.code, key.mods));
        if !changed {
            // The cursor went elsewhere.
            self.completing = None;
        }
        changed
    }

    /// Whether something to link to is being offered.
    #[must_use]
    pub const fn is_completing(&self) -> bool {
        self.completing.is_some()
    }

    /// Takes in pasted text.
    pub fn paste(&mut self, text: &str) {
        let clean: String = text
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .chars()
            .filter(|c| *c == '\n' || *c == '\t' || !c.is_control())
            .collect();
        self.area.insert_str(clean);
    }

    /// Something was typed: it is saved after a pause.
    pub fn touched(&mut self, now: Duration) {
        self.due = Some(now + PAUSE);
    }

    /// Its kind or its readers were changed: that is saved too.
    pub fn touched_settings(&mut self, now: Duration) {
        if self.exists {
            self.saved = String::new();
        }
        self.touched(now);
    }

    /// The edit that writes it; `text` is what stands in it.
    fn writing(&self, text: &str) -> Edit {
        let text = self.shown.stored(text);
        Edit::WriteMemo { id: self.id, on: self.on, kind: self.kind, shared: self.shared, text }
    }

    /// When it is to be saved.
    #[must_use]
    pub const fn deadline(&self) -> Option<Duration> {
        self.due
    }
}

fn area_of(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(text.lines().map(str::to_owned).collect());
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.set_placeholder_text("The first line is the title.");
    area
}

/// Saves what has been typed if it is time.
pub fn tick(app: &mut App) {
    let now = app.now();
    if let Some(Layer::Memo(editor)) = app.layers.last()
        && editor.due.is_some_and(|due| due <= now)
    {
        save(app, false);
    }
}

/// Saves what has been typed; says whether it is saved. `say` tells so even if nothing had changed.
pub fn save(app: &mut App, say: bool) -> bool {
    let Some(Layer::Memo(editor)) = app.layers.last_mut() else { return false };
    editor.due = None;
    let text = editor.text();
    if text == editor.saved {
        if say && editor.exists {
            app.tell(Tone::Done, "memo saved");
        }
        return true;
    }
    let mut changed = false;
    let edit = if text.trim().is_empty() && editor.exists {
        Edit::DeleteMemo(editor.id)
    } else if text.trim().is_empty() {
        return true;
    } else {
        let edits = shortened(&app.study.view(), editor, &text, &mut changed);
        let edits = edits.into_iter().map(Edit::Quotations);
        Edit::All([editor.writing(&text)].into_iter().chain(edits).collect())
    };
    let deleted = matches!(edit, Edit::DeleteMemo(_));
    let Some(done) = app.edit(&edit) else { return false };
    if let Some(Layer::Memo(editor)) = app.layers.last_mut() {
        editor.saved = text;
        editor.exists = !deleted;
    }
    let said = match deleted {
        true => "memo deleted; it was empty".to_owned(),
        false if changed => {
            "saved; a quotation keeps its words: they can be shortened with […], not changed".to_owned()
        }
        false => format!("{} saved", done.did),
    };
    app.tell(Tone::Done, said);
    true
}

/// The edits that shorten quotations as it was written; of what is no shortening, says that it was `changed`.
fn shortened(view: &View<'_>, editor: &mut MemoEditor, text: &str, changed: &mut bool) -> Vec<QuotationEdit> {
    let mut out = Vec::new();
    for (id, words) in editor.shown.reworded(text) {
        if view.quotation(id).is_some_and(|quotation| is_shortened(&words, &quotation.words)) {
            editor.shown.set_words(id, &words);
            out.push(QuotationEdit::Shorten(id, words));
        } else {
            *changed = true;
        }
    }
    out
}

/// Leaves the editor, what was written saved. If it cannot be saved the editor stays.
pub fn leave(app: &mut App) {
    if save(app, true) {
        app.close();
    }
}

/// Gives the text to the user's own editor.
pub fn outside(app: &mut App) {
    if let Some(Layer::Memo(editor)) = app.layers.last() {
        let text = editor.text();
        app.ask(Ask::Editor(text));
    }
}

/// Draws the editor in the lower half of the view.
pub fn draw(app: &App, editor: &MemoEditor, areas: Areas, buf: &mut Buffer) -> Option<Position> {
    let area = areas.main;
    let rect = clear_of(area, 96, (area.height / 2).max(8), app.cursor_row);
    let shared = if editor.shared { "shared" } else { "your own" };
    let title = format!("{} memo on {} {} {shared}", editor.kind.name(), editor.about, app.glyphs.dot);
    let inner = boxed(app, rect, &title, buf);
    let mut area = editor.area.clone();
    dress(&mut area, &app.styles);
    (&area).render(inner, buf);
    let state = if editor.due.is_some() { "writing" } else { "saved" };
    let x = rect.right().saturating_sub(state.len() as u16 + 4);
    if editor.exists || editor.due.is_some() {
        put(buf, x, rect.bottom() - 1, &format!(" {state} "), 12, app.styles.over(Role::Popup, Role::Dim));
    }
    if let Some(completing) = &editor.completing {
        complete::draw(app, completing, areas.main, rect, buf);
    }
    None
}

/// Gives a text area the colours of the theme.
pub fn dress(area: &mut TextArea<'_>, styles: &Styles) {
    area.set_style(styles.over(Role::Popup, Role::Input));
    area.set_cursor_line_style(ratatui::style::Style::new());
    area.set_cursor_style(styles.style(Role::CursorCell));
    area.set_selection_style(styles.style(Role::Selection));
    area.set_placeholder_style(styles.over(Role::Popup, Role::InputHint));
}
