//! How the Reconcile view is laid out, and its list: the queue at the left, the words at the right, below them what each
//! coded and what the code means. On a narrow screen the three stand one under the other.

use super::listing::Row;
use super::{Part, ReconcileView, below, check, text, words};
use crate::findings::queue::{Group, Item, Progress, Queue, State};
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::layers::Layer;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::{Painter, paragraph, put};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

/// The least width for list and words side by side.
const BESIDE: u16 = 76;

/// What part of the screen is for what.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Layout {
    /// The list with its title.
    pub list: Rect,
    /// The line that says where the words stand.
    pub title: Rect,
    /// The letters above the margins; no row where there is no room.
    pub heads: Rect,
    /// The words.
    pub words: Rect,
    /// What each coded, and what the code means.
    pub below: Rect,
    /// Whether list and words stand side by side.
    pub beside: bool,
}

impl Layout {
    /// Rows for the list itself.
    #[must_use]
    pub const fn list_rows(&self) -> u16 {
        let around = if self.has_meter() { 4 } else { self.head_rows() };
        self.list.height.saturating_sub(around)
    }

    /// The row of the list that was drawn at this cell, counted from the first shown.
    #[must_use]
    pub fn list_row(&self, at: Position) -> Option<usize> {
        let n = at.y.checked_sub(self.list.y + self.head_rows())?;
        (n < self.list_rows()).then_some(usize::from(n))
    }

    /// Rows above the list.
    const fn head_rows(&self) -> u16 {
        if self.beside { 2 } else { 1 }
    }

    const fn has_meter(&self) -> bool {
        self.beside && self.list.height >= 14
    }
}

/// How an area is used.
#[must_use]
pub fn layout(app: &App, area: Rect) -> Layout {
    let view = &app.reconcile;
    let beside = area.width >= BESIDE;
    let (list, right) = if beside {
        let width = (area.width * 38 / 100).clamp(32, 60);
        let left = Rect { width, ..area };
        (left, Rect { x: area.x + width + 1, width: area.width - width - 1, ..area })
    } else {
        let rows = if view.part == Part::Queue { area.height / 3 } else { area.height / 4 }.max(3).min(area.height);
        (Rect { height: rows, ..area }, Rect { y: area.y + rows, height: area.height - rows, ..area })
    };
    let tall = right.height >= 16;
    let title = Rect { height: right.height.min(1), ..right };
    let heads = Rect { y: title.bottom() + u16::from(tall), height: u16::from(tall), ..right };
    let top = if tall { heads.bottom() } else { title.bottom() };
    let rest = right.bottom().saturating_sub(top);
    let wanted = below::lines(app, right.width.saturating_sub(4)).len() as u16 + 1;
    let most = match view.part {
        Part::Below => rest * 7 / 10,
        _ if tall => rest / 2,
        _ => rest * 2 / 5,
    };
    // The line for the reason must have room there too.
    let below = wanted.max(foot_rows(rest) + 2).min(most);
    let words = Rect { y: top, height: rest - below, ..right };
    let mut below = Rect { y: words.bottom(), height: below, ..right };
    if matches!(app.layers.last(), Some(Layer::Reason(_))) {
        below.height = below.height.saturating_sub(foot_rows(rest));
    }
    Layout { list, title, heads, words, below, beside }
}

const fn foot_rows(rest: u16) -> u16 {
    if rest >= 24 { 5 } else { 3 }
}

/// Where the line for the reason stands: at the foot of what is right of the list.
#[must_use]
pub fn foot(app: &App, area: Rect) -> Rect {
    let layout = &app.reconcile.layout;
    let rest = area.bottom().saturating_sub(layout.words.y);
    let rows = foot_rows(rest).min(area.height);
    let x = if app.reconcile.layout.words.width > 0 { layout.words.x } else { area.x };
    Rect::new(x, area.bottom() - rows, area.right().saturating_sub(x), rows)
}

/// Draws the view; gives back where the terminal's cursor belongs.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let view = &app.reconcile;
    let layout = &view.layout;
    if view.queue().is_none() && view.checking.is_none() {
        nothing(app, area, buf);
        return None;
    }
    let cursor = match &view.checking {
        Some(checking) => check::draw_list(app, checking, buf),
        None => list(app, buf),
    };
    let line = app.styles.style(Role::PaneBorder);
    if layout.beside {
        for y in area.top()..area.bottom() {
            put(buf, layout.list.right(), y, app.glyphs.vertical, 1, line);
        }
    }
    title(app, layout.title, buf);
    let at = text::draw(app, buf);
    below::draw(app, layout.below, buf);
    at.or(cursor)
}

fn nothing(app: &App, area: Rect, buf: &mut Buffer) {
    let key = |name: &str| app.keymap.labels(name).first().cloned().unwrap_or_default();
    let words = app.reconcile.trouble().map_or_else(
        || {
            format!(
                "No round has been revealed yet, so there is nothing to reconcile. {} shows the rounds: when all coders of \
                 one have finished, their disagreements stand here.",
                key("view-rounds")
            )
        },
        str::to_owned,
    );
    let inner = Rect::new(area.x + 2, area.y + 2, area.width.saturating_sub(4).min(76), area.height.saturating_sub(2));
    paragraph(buf, inner, &words, app.styles.style(Role::Dim));
}

/// The queue.
fn list(app: &App, buf: &mut Buffer) -> Option<Position> {
    let view = &app.reconcile;
    let queue = view.queue()?;
    let project = app.study.view();
    let layout = &view.layout;
    let area = layout.list;
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let focused = view.part == Part::Queue;
    let progress = queue.progress();
    list_title(app, inner, focused, &progress, buf);
    let rows = Rect { y: inner.y + layout.head_rows(), height: layout.list_rows(), ..inner };
    let listed = view.list.rows();
    if view.list.items().is_empty() {
        let words = match (queue.items.is_empty(), view.list.is_narrowed()) {
            (true, _) => "The coders agree on everything: nothing to reconcile.",
            (_, true) => "Nothing is like that. Esc shows all.",
            _ => "All are decided. a shows them.",
        };
        paragraph(buf, rows, words, app.styles.style(Role::Dim));
    }
    let columns = Columns::of(&project, queue, inner.width);
    let mut cursor = None;
    for (n, row) in listed.iter().enumerate().skip(view.list.top()).take(usize::from(rows.height)) {
        let y = rows.y + (n - view.list.top()) as u16;
        match row {
            Row::Gap => {}
            Row::Head(words) => {
                let words = if words == Group::Edges.title() {
                    let key = app.keymap.labels("reconcile-edges").first().cloned().unwrap_or_default();
                    format!("{words} with {key}")
                } else {
                    words.clone()
                };
                put(buf, inner.x, y, &words, inner.width, app.styles.style(Role::Subheading));
            }
            Row::Item(item) => {
                let Some(item) = queue.items.get(*item) else { continue };
                if view.list.at() == Some(n) {
                    let role = if focused { Role::ListSelected } else { Role::ListSelectedInactive };
                    buf.set_style(Rect::new(area.x, y, area.width, 1), app.styles.style(role));
                    cursor = Some(Position::new(inner.x, y));
                }
                row_of(app, queue, item, &columns, Rect { y, height: 1, ..inner }, view.list.at() == Some(n), buf);
            }
        }
    }
    let painter =
        Painter { view: project, code: &app.code, styles: &app.styles, glyphs: &app.glyphs, links_key: String::new() };
    painter.scroll_mark(Rect { x: area.right() - 1, width: 1, ..rows }, listed.len(), view.list.top(), buf);
    if layout.has_meter() {
        meter(app, Rect { y: area.bottom() - 1, height: 1, ..inner }, progress.decided, progress.of, "decided", buf);
    }
    cursor
}

fn list_title(app: &App, inner: Rect, focused: bool, progress: &Progress, buf: &mut Buffer) {
    let view = &app.reconcile;
    let role = if focused { Role::HeadingFocused } else { Role::Heading };
    let right = format!("{} open", progress.of - progress.decided);
    let wide = right.chars().count() as u16;
    put(buf, inner.x, inner.y, "DISAGREEMENTS", inner.width.saturating_sub(wide + 2), app.styles.style(role));
    let x = inner.right().saturating_sub(wide + 1);
    put(buf, x, inner.y, &right, wide, app.styles.style(Role::Dim));
    if view.layout.head_rows() < 2 {
        return;
    }
    let (words, role) = match (narrowed(app), waiting(app)) {
        (Some(words), _) => (words, Role::Notice),
        (None, Some(words)) => (words, Role::Warning),
        (None, None) => (String::new(), Role::Dim),
    };
    put(buf, inner.x, inner.y + 1, &words, inner.width, app.styles.style(role));
}

/// What the list is narrowed to.
fn narrowed(app: &App) -> Option<String> {
    let list = &app.reconcile.list;
    if !list.is_narrowed() {
        return None;
    }
    let view = app.study.view();
    let filter = &list.filter;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(filter.passed_to.map(|_| "put to you".to_owned()));
    parts.extend(filter.code.map(|code| view.code_name(code).to_owned()));
    parts.extend(filter.case.and_then(|case| view.case(case)).map(|case| words::short(&case.name)));
    parts.extend(filter.kind.map(|kind| words::kind(kind).to_owned()));
    parts.extend(filter.stood.map(|stood| words::stood(stood).to_owned()));
    if !list.find.is_empty() {
        parts.push(format!("{}{}{}", app.glyphs.quote_open, list.find, app.glyphs.quote_close));
    }
    Some(format!("only {}", parts.join(&format!(" {} ", app.glyphs.dot))))
}

/// How many proposals of the round nobody has looked at.
fn waiting(app: &App) -> Option<String> {
    let round = app.reconcile.round()?;
    let view = app.study.view();
    let waiting = view.proposed_codes(round).len() + view.proposed_wordings(round).len();
    let key = app.keymap.labels("view-rounds").first().cloned().unwrap_or_default();
    match waiting {
        0 => None,
        1 => Some(format!("1 proposal waits: {key}")),
        n => Some(format!("{n} proposals wait: {key}")),
    }
}

/// How wide the columns of the list are.
struct Columns {
    codes: u16,
    case: u16,
}

impl Columns {
    fn of(view: &View<'_>, queue: &Queue, width: u16) -> Self {
        let short = |item: &Item| words::short(&words::case_of(view, item)).chars().count() as u16;
        let most = if width >= 40 { 14 } else { 5 };
        let case = queue.items.iter().map(short).max().unwrap_or(0).min(most);
        let gist = match width {
            46.. => 18,
            34..46 => 15,
            _ => 13,
        };
        Self { codes: width.saturating_sub(2 + case + gist + 3), case }
    }
}

fn row_of(app: &App, queue: &Queue, item: &Item, columns: &Columns, line: Rect, chosen: bool, buf: &mut Buffer) {
    let bare = |role| Style { bg: None, ..app.styles.style(role) };
    let project = app.study.view();
    let (sign, role) = match &item.state {
        State::Decided(_) => (app.glyphs.done, Role::Ok),
        State::Discuss(_) => (app.glyphs.unclear, Role::Notice),
        State::Passed(_) => (app.glyphs.leads_to, Role::Notice),
        State::Open if item.after_reveal => (app.glyphs.warning, Role::Warning),
        State::Open => (" ", Role::Dim),
    };
    put(buf, line.x, line.y, sign, 1, bare(role));
    let decided = item.state.is_decided();
    let name = if decided { bare(Role::Dim) } else { bare(Role::Text) };
    let name = if chosen { bare(Role::Strong).add_modifier(Modifier::BOLD) } else { name };
    put(buf, line.x + 2, line.y, &words::codes(&project, item), columns.codes, name);
    let mut x = line.x + 2 + columns.codes + 1;
    let case = words::short(&words::case_of(&project, item));
    put(buf, x, line.y, &case, columns.case, bare(Role::Dim));
    x += columns.case + 2;
    let gist = if decided { words::state(queue, item).unwrap_or_default() } else { words::gist(queue, item) };
    put(buf, x, line.y, &gist, line.right().saturating_sub(x), bare(Role::Dim));
}

/// A line that says how far one has come.
pub fn meter(app: &App, line: Rect, done: usize, of: usize, word: &str, buf: &mut Buffer) {
    let used = put(buf, line.x, line.y, word, line.width / 2, app.styles.style(Role::Dim)) + 2;
    let room = line.width.saturating_sub(used + 1);
    let full = (usize::from(room) * done / of.max(1)) as u16;
    let full = if done > 0 { full.max(1) } else { 0 }.min(room);
    for n in 0..room {
        let (sign, role) =
            if n < full { (app.glyphs.meter, Role::MeterFull) } else { (app.glyphs.meter_rest, Role::MeterEmpty) };
        put(buf, line.x + used + n, line.y, sign, 1, app.styles.style(role));
    }
}

/// Where the words stand: case, what is known of it, turn; at the right whether that is new or decided.
fn title(app: &App, line: Rect, buf: &mut Buffer) {
    let view = &app.reconcile;
    let Some(scene) = &view.scene else { return };
    let project = app.study.view();
    let Some(source) = project.source(scene.source) else { return };
    let case = source.case.and_then(|case| project.case(case));
    let mut right = line.right().saturating_sub(1);
    for (words, role) in badges(app) {
        let words = format!(" {words} ");
        let wide = words.chars().count() as u16;
        right = right.saturating_sub(wide);
        put(buf, right, line.y, &words, wide, app.styles.style(Role::Badge).patch(role));
        right = right.saturating_sub(1);
    }
    let room = |x: u16| right.saturating_sub(x + 1);
    let mut x = line.x + 1;
    let name = case.map_or(source.name.as_str(), |case| case.name.as_str());
    x += put(buf, x, line.y, name, room(x), app.styles.style(Role::Strong)) + 2;
    let mut facts: Vec<String> = Vec::new();
    if case.is_some_and(|case| !source.name.starts_with(case.name.as_str()) || source.name.len() > case.name.len() + 2)
    {
        facts.push(source.name.clone());
    }
    if let Some(case) = case {
        facts.extend(project.values_of(case.id).into_iter().take(3).map(|(_, value)| value.replace('\n', ", ")));
    }
    let facts = facts.join(", ");
    let turn = view.text.as_ref().and_then(|text| text.reading().turns.last_from(scene.span.start));
    let turn = turn.map(|turn| format!("turn {}", turn + 1)).unwrap_or_default();
    let both = match (facts.is_empty(), turn.is_empty()) {
        (false, false) => format!("{facts} {} {turn}", app.glyphs.dot),
        _ => format!("{facts}{turn}"),
    };
    // Where there is not room for all, the turn matters more.
    let words = if both.chars().count() as u16 > room(x) { &turn } else { &both };
    put(buf, x, line.y, words, room(x), app.styles.style(Role::Dim));
}

fn badges(app: &App) -> Vec<(String, Style)> {
    let mut out = Vec::new();
    let Some(item) = app.reconcile.item().filter(|_| app.reconcile.checking.is_none()) else { return out };
    let word = match &item.state {
        State::Open => None,
        State::Decided(_) => Some("decided"),
        State::Discuss(_) => Some("to discuss"),
        State::Passed(_) => Some("put to a third person"),
    };
    out.extend(word.map(|word| (word.to_owned(), Style::new())));
    if item.after_reveal {
        out.push(("after reveal".to_owned(), Style::new()));
    }
    out
}

/// What the status line says at its left and right.
pub fn status(view: &ReconcileView, app: &App) -> (String, String) {
    if let Some(moving) = &view.moving {
        return moving.status(app);
    }
    if let Some(checking) = &view.checking {
        return checking.status(app);
    }
    let Some(queue) = view.queue() else { return Default::default() };
    let Progress { decided, of, left } = queue.progress();
    let wide = app.size.width >= 112;
    let name = |group: Group| match (group, wide) {
        (Group::ChangesTables, true) => "changes the tables",
        (Group::ChangesTables, false) => "tables",
        (Group::Alone, true) => "not everybody's",
        (Group::Alone, false) => "alone",
        (Group::OtherCode, _) => "other code",
        (Group::Boundaries, _) => "boundaries",
        (Group::Edges, _) => "edges",
    };
    let parts: Vec<String> = left.iter().map(|(group, n)| format!("{} {n}", name(*group))).collect();
    let parts = parts.join(&format!(" {} ", app.glyphs.dot));
    let right = if parts.is_empty() { String::new() } else { format!("left: {parts}") };
    (format!("{decided} of {of} decided"), right)
}

/// Who is at the screen: who decides, and with whom. Whom an item was put to sees no names but their own.
#[must_use]
pub fn who(app: &App, me: &str) -> String {
    let view = app.study.view();
    let with = &app.reconcile.with;
    let deciding = format!("deciding: {me}");
    if with.is_empty() {
        return deciding;
    }
    let others = if app.reconcile.shows_names(view.coder()) {
        with.iter().map(|id| view.initials(*id)).collect::<Vec<_>>().join(" + ")
    } else {
        with.len().to_string()
    };
    format!("{me} + {others} {} {deciding}", app.glyphs.dot)
}
