//! A cell of the framework matrix as a page: the extracts that belong to it, what others made of them, and an editor for
//! what oneself makes of them.
//!
//! What is typed is in the journal after a second's pause, and when the page is left, with the extracts it was written from.

use super::memo::dress;
use super::{Layer, boxed};
use crate::findings::framework::{Change, Written, changes_in_words, framework, name_of, place_of};
use crate::findings::words::speaker;
use crate::findings::working::working;
use crate::project::edit::{Edit, JudgeEdit};
use crate::project::id::{CaseId, CodingId, SourceId};
use crate::project::summary::{Basis, Heading};
use crate::screen::app::{App, Ask, Tone};
use crate::screen::draw::Areas;
use crate::screen::key::Key;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::{paragraph, put};
use crate::screen::views::code::tree::in_sight;
use crate::screen::views::rounds::words::case_name;
use crate::screen::views::{agreement, passages};
use crate::session::Study;
use crate::text::wrap::wrap;
use crate::text::{Pos, Span};
use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};
use std::cell::Cell;
use std::time::Duration;

/// How long nothing is typed before what was is put into the journal.
const PAUSE: Duration = Duration::from_secs(1);
/// From this width on the editor stands beside the extracts, else under them.
const BESIDE: u16 = 100;

/// An extract as it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Shown {
    /// Where it stands, who says it, what it does to the theme.
    head: String,
    /// What happened to it since one's own summary was written.
    mark: &'static str,
    /// The words.
    words: String,
    /// Where they are.
    at: Option<(SourceId, Pos)>,
}

/// What somebody else made of the cell.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Other {
    head: String,
    text: String,
}

/// The page.
pub struct SummaryPage {
    case: CaseId,
    of: Heading,
    title: String,
    extracts: Vec<Shown>,
    others: Vec<Other>,
    /// What has changed since one's own was written; empty for nothing.
    since: String,
    /// What is written now is written from.
    from: Vec<Basis>,
    area: TextArea<'static>,
    /// The text as it was last saved.
    saved: String,
    due: Option<Duration>,
    exists: bool,
    /// Whether the editor has the keys, not the extracts.
    pub writing: bool,
    selected: usize,
    top: Cell<usize>,
}

impl SummaryPage {
    /// What stands in the editor.
    fn text(&self) -> String {
        self.area.lines().join("\n").trim().to_owned()
    }

    /// Takes in a key; says whether it changed anything.
    pub fn type_key(&mut self, key: Key) -> bool {
        self.writing && self.area.input(KeyEvent::new(key.code, key.mods))
    }

    /// Takes in pasted text.
    pub fn paste(&mut self, text: &str) {
        let clean = text.replace("\r\n", "\n").replace('\r', "\n");
        let clean: String = clean.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect();
        self.area.insert_str(clean);
    }

    /// Puts another text in it.
    pub fn set(&mut self, text: &str) {
        self.area = area_of(text);
    }

    /// Something was typed: it is saved after a pause.
    pub fn touched(&mut self, now: Duration) {
        self.due = Some(now + PAUSE);
    }

    /// When it is to be saved.
    #[must_use]
    pub const fn deadline(&self) -> Option<Duration> {
        self.due
    }

    /// Moves among the extracts.
    pub fn step(&mut self, by: i32) {
        let to = (self.selected as i64).saturating_add(i64::from(by)).max(0);
        self.selected = usize::try_from(to).unwrap_or(0).min(self.extracts.len().saturating_sub(1));
    }

    /// Takes in what there is now.
    fn take(&mut self, found: Found) {
        let Found { extracts, others, since, from, own } = found;
        (self.extracts, self.others, self.since, self.from) = (extracts, others, since, from);
        self.exists = own.is_some();
        let own = own.unwrap_or_default();
        if self.text() == self.saved && own != self.saved {
            self.area = area_of(&own);
        }
        self.saved = own;
        self.step(0);
    }
}

fn area_of(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(text.lines().map(str::to_owned).collect());
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.set_placeholder_text("What this case says under this heading, in your words.");
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}

/// What there is of a cell, ready to be shown.
struct Found {
    extracts: Vec<Shown>,
    others: Vec<Other>,
    since: String,
    from: Vec<Basis>,
    /// One's own summary.
    own: Option<String>,
}

/// What there is of a cell now; `day` says when something was written.
fn look(study: &mut Study, case: CaseId, of: Heading, day: impl Fn(&Written) -> String) -> Option<Found> {
    let view = study.view();
    let place = framework(&view, &working(&view), &[case], &[of]).cell(0, 0)?.clone();
    let own = place.own();
    let changes: Vec<Change> = own.map(|written| written.changes.clone()).unwrap_or_default();
    let mark = |codings: &[CodingId]| {
        let change = changes.iter().find(|change| codings.contains(&change.coding()));
        change.map_or("", Change::word)
    };
    // Those that belong here, then those that did when it was written.
    let mut stretches: Vec<(SourceId, Span, String, &'static str)> = Vec::new();
    for extract in &place.extracts {
        let stance = extract.stance.map_or("", |stance| stance.name());
        let code = if of == Heading::Code(extract.code) { "" } else { view.code_name(extract.code) };
        let words: Vec<&str> = [code, stance].into_iter().filter(|word| !word.is_empty()).collect();
        stretches.push((extract.source, extract.at, words.join(", "), mark(&extract.codings)));
    }
    let here = place.codings();
    for change in changes.iter().filter(|change| !here.contains(&change.coding())) {
        let Some(at) = place_of(&view, change) else { continue };
        let now = match change {
            Change::Recoded(_, code) => format!("now {}", view.code_name(*code)),
            _ => String::new(),
        };
        stretches.push((at.source, at.span, now, change.word()));
    }
    let others = place.written.iter().filter(|written| !written.own);
    let other = |written: &Written| {
        let since = changes_in_words(&written.changes);
        let since = if since.is_empty() { since } else { format!("; since then {since}") };
        Other { head: format!("{}, {}{since}", written.initials, day(written)), text: written.summary.text.clone() }
    };
    let found = Found {
        extracts: Vec::new(),
        others: others.map(other).collect(),
        since: changes_in_words(&changes),
        from: place.basis(&view),
        own: own.map(|written| written.summary.text.clone()),
    };
    let extracts = stretches.into_iter().map(|(source, span, note, mark)| shown(study, source, span, &note, mark));
    Some(Found { extracts: extracts.collect(), ..found })
}

fn shown(study: &mut Study, source: SourceId, span: Span, note: &str, mark: &'static str) -> Shown {
    let reading = study.request(source).ok().flatten();
    let view = study.view();
    let turn = reading.as_ref().and_then(|reading| reading.turns.turn_at(span.start));
    let label = reading.as_ref().zip(turn).and_then(|(reading, turn)| reading.turns.label_of(turn));
    let who = label.map(|label| speaker(&view, source, label));
    let name = view.source(source).map_or("", |source| source.name.as_str());
    let turn = turn.map(|turn| format!("turn {}", turn + 1));
    // Most texts are called after whoever speaks in them.
    let told = who.as_ref().is_some_and(|who| who.to_lowercase().contains(&name.to_lowercase()));
    let parts = [(!told).then(|| name.to_owned()), who, turn, Some(note.to_owned())];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let words = match &reading {
        Some(reading) => {
            let end = span.end.min(Pos(reading.text.chars()));
            reading.text.slice(Span { start: span.start.min(end), end }).to_owned()
        }
        None => "the text is being read; Enter goes there".to_owned(),
    };
    Shown { head: parts.join(", "), mark, words, at: Some((source, span.start)) }
}

/// Opens the cell of a case and a heading.
pub fn open(app: &mut App, case: CaseId, of: Heading) {
    let zone = app.zone.clone();
    let day = |written: &Written| written.summary.at.to_zoned(zone.clone()).strftime("%-d %b %Y").to_string();
    let Some(found) = look(&mut app.study, case, of, day) else { return };
    let view = app.study.view();
    let heading = name_of(&view, of).unwrap_or("a heading that is gone");
    let title = format!("{} {} {heading}", case_name(&view, case), app.glyphs.wrong);
    let mut page = SummaryPage {
        case,
        of,
        title,
        extracts: Vec::new(),
        others: Vec::new(),
        since: String::new(),
        from: Vec::new(),
        area: area_of(""),
        saved: String::new(),
        due: None,
        exists: false,
        writing: false,
        selected: 0,
        top: Cell::new(0),
    };
    page.take(found);
    app.layers.push(Layer::Summary(Box::new(page)));
}

/// Something has changed: a page that is open shows what there is now.
pub fn refresh(app: &mut App) {
    let zone = app.zone.clone();
    let day = |written: &Written| written.summary.at.to_zoned(zone.clone()).strftime("%-d %b %Y").to_string();
    for layer in &mut app.layers {
        let Layer::Summary(page) = layer else { continue };
        if let Some(found) = look(&mut app.study, page.case, page.of, day) {
            page.take(found);
        }
        return;
    }
}

fn top(app: &mut App) -> Option<&mut SummaryPage> {
    match app.layers.last_mut() {
        Some(Layer::Summary(page)) => Some(page),
        _ => None,
    }
}

/// Saves what has been typed if it is time.
pub fn tick(app: &mut App) {
    let now = app.now();
    if top(app).is_some_and(|page| page.due.is_some_and(|due| due <= now)) {
        save(app, false);
    }
}

/// Saves what has been typed; says whether it is saved. With `anew`, also where only the extracts have changed.
pub fn save(app: &mut App, anew: bool) -> bool {
    let Some(page) = top(app) else { return false };
    page.due = None;
    let text = page.text();
    let same = text == page.saved && (!anew || page.since.is_empty());
    if same || (text.is_empty() && !page.exists) {
        return true;
    }
    let (case, of, from) = (page.case, page.of, page.from.clone());
    // What is shown anew by the edit finds the text saved.
    let before = std::mem::replace(&mut page.saved, text.clone());
    if app.edit(&Edit::Judge(JudgeEdit::Summary { case, of, text, from })).is_none() {
        if let Some(page) = top(app) {
            page.saved = before;
        }
        return false;
    }
    true
}

/// Holds what is written to the extracts as they are now.
pub fn keep(app: &mut App) {
    let Some(page) = top(app) else { return };
    if !page.exists && page.text().is_empty() {
        app.tell(Tone::Plain, "nothing is written yet; tab writes");
    } else if page.since.is_empty() && page.text() == page.saved {
        app.tell(Tone::Plain, "it is written from the extracts as they are");
    } else if save(app, true) {
        app.tell(Tone::Done, "it holds, with the extracts as they are now");
    }
}

/// Leaves the page, what was written saved. If it cannot be saved the page stays.
pub fn leave(app: &mut App) {
    if save(app, false) {
        app.close();
    }
}

/// Gives the keys to the editor, or to the extracts.
pub fn turn(app: &mut App) {
    if let Some(page) = top(app) {
        page.writing = !page.writing;
    }
}

/// Moves among the extracts.
pub fn step(app: &mut App, by: i32) {
    if let Some(page) = top(app) {
        page.step(by);
    }
}

/// Gives the text to the user's own editor.
pub fn outside(app: &mut App) {
    if let Some(text) = top(app).map(|page| page.text()) {
        app.ask(Ask::Editor(text));
    }
}

/// Stands in the transcript at the chosen extract; Esc comes back.
pub fn go(app: &mut App) {
    let Some(at) = top(app).map(|page| page.extracts.get(page.selected).and_then(|extract| extract.at)) else { return };
    match at {
        Some((source, at)) => {
            if save(app, false) {
                agreement::stand(app, source, at);
            }
        }
        None => app.tell(Tone::Plain, "there is no extract here"),
    }
}

/// Draws the page over the view.
pub fn draw(app: &App, page: &SummaryPage, areas: Areas, buf: &mut Buffer) -> Option<Position> {
    let rect = areas.main;
    let inner = boxed(app, rect, &page.title, buf);
    let beside = rect.width >= BESIDE;
    let (left, right) = if beside {
        let width = inner.width * 11 / 20;
        let right = Rect { x: inner.x + width + 2, width: inner.width - width - 2, ..inner };
        for y in inner.y..inner.bottom() {
            put(buf, inner.x + width, y, app.glyphs.vertical, 1, app.styles.over(Role::Popup, Role::PaneBorder));
        }
        (Rect { width: width.saturating_sub(1), ..inner }, right)
    } else {
        let height = inner.height / 2;
        let line = app.glyphs.horizontal.repeat(usize::from(inner.width));
        put(buf, inner.x, inner.y + height, &line, inner.width, app.styles.over(Role::Popup, Role::PaneBorder));
        let below = Rect { y: inner.y + height + 1, height: inner.height - height - 1, ..inner };
        (Rect { height, ..inner }, below)
    };
    let cursor = extracts(app, page, left, buf);
    let below = others(app, page, right, buf);
    editor(app, page, below, buf);
    cursor
}

fn heading(app: &App, words: &str, focused: bool, area: Rect, buf: &mut Buffer) -> u16 {
    let role = if focused { Role::HeadingFocused } else { Role::Heading };
    put(buf, area.x, area.y, words, area.width, app.styles.over(Role::Popup, role))
}

fn extracts(app: &App, page: &SummaryPage, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let head = passages::count(page.extracts.len(), "EXTRACT", "EXTRACTS");
    heading(app, &head, !page.writing, area, buf);
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let over = |role| app.styles.over(Role::Popup, role);
    if page.extracts.is_empty() {
        let words = "Nothing of this case is coded under this heading. A summary can be written all the same.";
        paragraph(buf, rows, words, over(Role::Dim));
        return None;
    }
    // Each is a line of where it stands, its words, and an empty line.
    let mut lines: Vec<(usize, String, Role)> = Vec::new();
    for (n, extract) in page.extracts.iter().enumerate() {
        let mark =
            if extract.mark.is_empty() { String::new() } else { format!("{} {}  ", app.glyphs.warning, extract.mark) };
        lines.push((n, format!("{mark}{}", extract.head), if mark.is_empty() { Role::Dim } else { Role::Warning }));
        let role = if extract.mark == "gone" { Role::Dim } else { Role::Text };
        for line in extract.words.lines() {
            let wrapped = wrap(line, area.width.saturating_sub(2).max(1));
            lines.extend(wrapped.into_iter().map(|row| (n, line[row.bytes].trim_end().to_owned(), role)));
        }
        lines.push((n, String::new(), Role::Text));
    }
    let height = usize::from(rows.height);
    let first = lines.iter().position(|(n, ..)| *n == page.selected).unwrap_or(0);
    let last = lines.iter().rposition(|(n, ..)| *n == page.selected).unwrap_or(0).min(first + height.saturating_sub(1));
    let top = in_sight(in_sight(page.top.get(), last, lines.len(), height), first, lines.len(), height);
    page.top.set(top);
    let mut cursor = None;
    for (at, (n, words, role)) in lines.iter().enumerate().skip(top).take(height) {
        let y = rows.y + (at - top) as u16;
        let chosen = *n == page.selected && !words.is_empty();
        let style = if chosen {
            let ground = if page.writing { Role::ListSelectedInactive } else { Role::ListSelected };
            buf.set_style(Rect::new(rows.x, y, rows.width, 1), app.styles.style(ground));
            Style { bg: None, ..app.styles.style(*role) }
        } else {
            over(*role)
        };
        if at == first && !page.writing {
            cursor = Some(Position::new(rows.x, y));
        }
        put(buf, rows.x + 1, y, words, rows.width.saturating_sub(1), style);
    }
    cursor
}

/// What others made of it; gives back what is left below.
fn others(app: &App, page: &SummaryPage, area: Rect, buf: &mut Buffer) -> Rect {
    let over = |role| app.styles.over(Role::Popup, role);
    // The editor keeps at least half.
    let most = area.height / 2;
    let mut used = 0;
    for other in &page.others {
        if used + 2 > most {
            let more = Rect { y: area.y + used, height: 1, ..area };
            put(buf, more.x, more.y, "more by others; `emic framework` prints all", more.width, over(Role::Faint));
            used += 1;
            break;
        }
        put(buf, area.x, area.y + used, &other.head, area.width, over(Role::Dim));
        let room = Rect { y: area.y + used + 1, height: most - used - 1, ..area };
        used += 1 + paragraph(buf, room, &other.text, over(Role::Text)) + 1;
    }
    let used = used.min(area.height);
    Rect { y: area.y + used, height: area.height - used, ..area }
}

fn editor(app: &App, page: &SummaryPage, area: Rect, buf: &mut Buffer) {
    let used = heading(app, "YOUR SUMMARY", page.writing, area, buf);
    let over = |role| app.styles.over(Role::Popup, role);
    let (words, role) = match (page.due.is_some(), page.since.is_empty()) {
        (true, _) => ("writing".to_owned(), Role::Dim),
        (false, false) => (format!("{} since then {}", app.glyphs.warning, page.since), Role::Warning),
        (false, true) if page.exists => ("saved".to_owned(), Role::Dim),
        (false, true) => (String::new(), Role::Dim),
    };
    put(buf, area.x + used + 2, area.y, &words, area.width.saturating_sub(used + 2), over(role));
    let rest = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let mut text = page.area.clone();
    dress(&mut text, &app.styles);
    if !page.writing {
        // Only where the keys go is there a cursor.
        text.set_cursor_style(over(Role::Input));
    }
    (&text).render(rest, buf);
}
