//! Checking again: after a code came to mean something else, every earlier coding of it is held against the new wording,
//! one by one: kept, recoded, removed.

use super::below::{Lines, definition};
use super::{Part, ReconcileView, deciding, draw};
use crate::findings::check_again::{CheckList, Entry, What, check_again};
use crate::project::codebook::Wording;
use crate::project::decision::{Check, Outcome, Verdict};
use crate::project::edit::{Edit, NewDecision};
use crate::project::id::{CodeId, CodingId, DecisionId, WordingId};
use crate::project::source::Passage;
use crate::project::view::{View, Whose};
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Choose, Picker, Target};
use crate::screen::layers::reason::Why;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::{Painter, paragraph, put};
use crate::screen::views::code::tree::in_sight;
use crate::screen::views::{Showing, show};
use crate::session::Study;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::collections::HashSet;

/// A row of the list: a code, an entry of its list, or nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Row {
    Gap,
    Code(usize),
    Entry(usize, usize),
}

/// The codings that are checked again.
#[derive(Default)]
pub struct Checking {
    lists: Vec<CheckList>,
    at: Option<What>,
    /// Checked ones too.
    all: bool,
    rows: Vec<Row>,
    top: usize,
    skipped: HashSet<What>,
}

impl Checking {
    fn of(view: &View<'_>) -> Self {
        let mut out = Self { lists: check_again(view), ..Self::default() };
        let open = out.entries().find(|(_, entry)| !entry.is_checked()).map(|(_, entry)| entry.what);
        out.at = open;
        out.list();
        out
    }

    fn entries(&self) -> impl Iterator<Item = (&CheckList, &Entry)> {
        self.lists.iter().flat_map(|list| list.entries.iter().map(move |entry| (list, entry)))
    }

    fn list(&mut self) {
        let mut rows = Vec::new();
        for (n, list) in self.lists.iter().enumerate() {
            let shown = |entry: &Entry| self.all || !entry.is_checked() || Some(entry.what) == self.at;
            let entries: Vec<Row> =
                (0..list.entries.len()).filter(|at| shown(&list.entries[*at])).map(|at| Row::Entry(n, at)).collect();
            if entries.is_empty() {
                continue;
            }
            if !rows.is_empty() {
                rows.push(Row::Gap);
            }
            rows.push(Row::Code(n));
            rows.extend(entries);
        }
        self.rows = rows;
    }

    /// The entry in hand, with its list.
    #[must_use]
    pub fn current(&self) -> Option<(&CheckList, &Entry)> {
        self.entries().find(|(_, entry)| Some(entry.what) == self.at)
    }

    /// How many have been checked, of how many.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        self.lists.iter().fold((0, 0), |(checked, of), list| (checked + list.checked, of + list.of))
    }

    /// Takes a coding in hand.
    pub fn choose_coding(&mut self, id: CodingId) {
        if self.entries().any(|(_, entry)| entry.what == What::Coding(id)) {
            self.at = Some(What::Coding(id));
            self.list();
        }
    }

    fn row(&self) -> Option<usize> {
        let here = |row: &Row| matches!(row, Row::Entry(n, at) if Some(self.lists[*n].entries[*at].what) == self.at);
        self.rows.iter().position(here)
    }

    fn listed(&self) -> Vec<What> {
        let what = |row: &Row| match row {
            Row::Entry(n, at) => Some(self.lists[*n].entries[*at].what),
            _ => None,
        };
        self.rows.iter().filter_map(what).collect()
    }

    /// Keeps the row in hand in sight.
    pub fn settle(&mut self, height: usize) {
        let Some(at) = self.row() else { return };
        let head = at.checked_sub(1).filter(|n| matches!(self.rows[*n], Row::Code(_)));
        let first = in_sight(self.top, head.unwrap_or(at), self.rows.len(), height);
        self.top = in_sight(first, at, self.rows.len(), height);
    }

    /// What the status line says.
    #[must_use]
    pub fn status(&self, app: &App) -> (String, String) {
        let (checked, of) = self.progress();
        let dot = app.glyphs.dot;
        let name = |list: &CheckList| {
            let left = list.of - list.checked;
            (left > 0).then(|| format!("{} {left}", app.study.view().code_name(list.code)))
        };
        let parts: Vec<String> = self.lists.iter().filter_map(name).collect();
        let right = if parts.is_empty() { String::new() } else { format!("left: {}", parts.join(&format!(" {dot} "))) };
        (format!("{checked} of {of} checked"), right)
    }
}

/// Shows what stands to be checked again, from whatever view.
pub fn open(app: &mut App) {
    let checking = Checking::of(&app.study.view());
    if checking.lists.iter().all(|list| list.of == 0) {
        app.tell(Tone::Plain, "no code has changed its meaning: nothing stands to be checked again");
        return;
    }
    app.reconcile.moving = None;
    app.reconcile.part = Part::Queue;
    app.reconcile.checking = Some(checking);
    show(app, Showing::Reconcile);
    app.reconcile.show_chosen(&mut app.study);
}

/// Brings the list up to date with the project; what was in hand stays, or what took its place.
pub fn refresh(view: &mut ReconcileView, study: &Study) {
    let Some(checking) = &mut view.checking else { return };
    let place = checking.listed().iter().position(|what| Some(*what) == checking.at).unwrap_or(0);
    checking.lists = check_again(&study.view());
    checking.list();
    if checking.current().is_none() {
        let listed = checking.listed();
        checking.at = listed.get(place).or(listed.last()).copied();
        checking.list();
    }
}

fn choose(app: &mut App, what: What) {
    if let Some(checking) = &mut app.reconcile.checking {
        checking.at = Some(what);
        checking.list();
        app.reconcile.below_top = 0;
        app.reconcile.show_chosen(&mut app.study);
    }
}

/// A press of the mouse on a row, counted from the first shown.
pub fn press(app: &mut App, n: usize) {
    let Some(checking) = &app.reconcile.checking else { return };
    if let Some(Row::Entry(list, at)) = checking.rows.get(checking.top + n) {
        let what = checking.lists[*list].entries[*at].what;
        choose(app, what);
    }
}

/// Moves by so many entries; only over those that are not checked yet, if `open`.
pub fn step(app: &mut App, by: i32, open: bool) {
    let Some(checking) = &app.reconcile.checking else { return };
    let listed = checking.listed();
    let here = listed.iter().position(|what| Some(*what) == checking.at).unwrap_or(0);
    let unchecked = |what: &&What| checking.entries().any(|(_, entry)| entry.what == **what && !entry.is_checked());
    let next = if open && by > 0 {
        listed.iter().skip(here + 1).find(unchecked)
    } else if open {
        listed[..here].iter().rev().find(unchecked)
    } else {
        let to = here.saturating_add_signed(by as isize).min(listed.len().saturating_sub(1));
        listed.get(to)
    };
    match next.copied() {
        Some(what) => choose(app, what),
        None => app.tell(Tone::Plain, "nothing unchecked there"),
    }
}

/// Goes on to the next that is not checked, those that were skipped last.
pub fn go_on(app: &mut App) {
    let Some(checking) = &app.reconcile.checking else { return };
    let listed: Vec<(What, bool)> = checking.entries().map(|(_, entry)| (entry.what, entry.is_checked())).collect();
    let here = listed.iter().position(|(what, _)| Some(*what) == checking.at).map_or(0, |at| at + 1);
    let around = || listed.iter().skip(here).chain(listed.iter().take(here.saturating_sub(1)));
    let open = |found: &&(What, bool)| !found.1 && Some(found.0) != checking.at;
    let fresh = around().filter(open).find(|(what, _)| !checking.skipped.contains(what));
    let current =
        checking.current().is_some_and(|(_, entry)| !entry.is_checked() && !checking.skipped.contains(&entry.what));
    let next = fresh.or_else(|| around().find(open)).map(|(what, _)| *what);
    match next.filter(|_| !current) {
        Some(what) => choose(app, what),
        None if current => {}
        None => {
            let (checked, of) = checking.progress();
            if checked == of {
                app.tell(Tone::Done, format!("all {of} are checked"));
            }
        }
    }
}

/// Passes the entry over for now.
pub fn skip(app: &mut App) {
    if let Some(checking) = &mut app.reconcile.checking {
        checking.skipped.extend(checking.at);
        go_on(app);
    }
}

/// Shows checked ones too, or the others alone.
pub fn show_all(app: &mut App) {
    if let Some(checking) = &mut app.reconcile.checking {
        checking.all = !checking.all;
        checking.list();
    }
}

/// Finds so of the entry in hand, and asks why.
pub fn find_so(app: &mut App, verdict: Verdict, before: Vec<Edit>) -> bool {
    let Some((list, entry)) = app.reconcile.checking.as_ref().and_then(Checking::current) else {
        app.tell(Tone::Refused, "nothing is left to be checked");
        return false;
    };
    let (code, what) = (list.code, entry.what);
    let view = app.study.view();
    let (edit, why) = match what {
        What::Coding(id) => {
            let Some(wording) = view.code(code).and_then(|node| node.code.wording) else { return false };
            let check = Check::id_for(view.coder(), id, wording);
            (Edit::CheckAgain(id, verdict, String::new()), Why::Check(check))
        }
        What::Decision(id) => {
            let Some((edit, again)) = decide_again(&view, id, code, verdict) else { return false };
            (edit, Why::Decisions(vec![again]))
        }
    };
    let edit = if before.is_empty() { edit } else { Edit::All(before.into_iter().chain([edit]).collect()) };
    if app.edit(&edit).is_none() {
        return false;
    }
    let view = app.study.view();
    let head = match verdict {
        Verdict::Keep => "kept".to_owned(),
        Verdict::Recode(to) => format!("recoded to {}", view.code_name(to)),
        Verdict::Remove => "removed".to_owned(),
    };
    deciding::ask_reason(app, Some(code), head, why);
    true
}

/// A decision that gave words a code nobody had there is made again.
fn decide_again(view: &View<'_>, id: DecisionId, code: CodeId, verdict: Verdict) -> Option<(Edit, DecisionId)> {
    let old = view.rounds().into_iter().flat_map(|round| view.decisions(round.id)).find(|old| old.id == id)?;
    let book = view.codebook();
    let about = |of: CodeId| book.resolve(of) == Some(code);
    let result: Vec<(CodeId, Passage)> = match verdict {
        Verdict::Keep => old.result.iter().map(|settled| (settled.code, settled.at)).collect(),
        Verdict::Remove => {
            old.result.iter().filter(|settled| !about(settled.code)).map(|settled| (settled.code, settled.at)).collect()
        }
        Verdict::Recode(to) => {
            let other = |of: CodeId| if about(of) { to } else { of };
            old.result.iter().map(|settled| (other(settled.code), settled.at)).collect()
        }
    };
    let outcome = match verdict {
        Verdict::Keep => old.outcome,
        _ if result.is_empty() => Outcome::Neither,
        _ => Outcome::Other,
    };
    let new = NewDecision {
        round: old.round,
        with: old.with.clone(),
        seen: old.seen.clone(),
        kind: old.kind.clone(),
        result,
        outcome,
        reason: old.reason.clone(),
    };
    let again = crate::project::decision::Decision::id_for(old.round, view.coder(), &old.seen);
    Some((Edit::Decide(Box::new(new)), again))
}

/// Asks for the code that the words say instead.
pub fn recode(app: &mut App) {
    let Some((list, _)) = app.reconcile.checking.as_ref().and_then(Checking::current) else { return };
    let code = list.code;
    let title = format!("Instead of {}", app.study.view().code_name(code));
    let items = crate::screen::commands::coding::code_items(app)
        .into_iter()
        .filter(|item| !matches!(item.target, Target::Code(id) if id == code))
        .collect();
    app.layers.push(Layer::Picker(Picker::new(&title, items, Choose::CheckRecode)));
}

/// Draws the list.
pub fn draw_list(app: &App, checking: &Checking, buf: &mut Buffer) -> Option<Position> {
    let layout = &app.reconcile.layout;
    let area = layout.list;
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let focused = app.reconcile.part == Part::Queue;
    let role = if focused { Role::HeadingFocused } else { Role::Heading };
    let (checked, of) = checking.progress();
    put(buf, inner.x, inner.y, "CHECK AGAIN", inner.width, app.styles.style(role));
    let right = format!("{} open", of - checked);
    let x = inner.right().saturating_sub(right.chars().count() as u16 + 1);
    put(buf, x, inner.y, &right, 16, app.styles.style(Role::Dim));
    let height = layout.list_rows();
    let rows = Rect { y: inner.y + if layout.beside { 2 } else { 1 }, height, ..inner };
    if checking.rows.is_empty() {
        paragraph(buf, rows, "All are checked. a shows them, Esc goes back.", app.styles.style(Role::Dim));
    }
    let view = app.study.view();
    let names = app.reconcile.shows_names(view.coder());
    let mut cursor = None;
    for (n, row) in checking.rows.iter().enumerate().skip(checking.top).take(usize::from(height)) {
        let y = rows.y + (n - checking.top) as u16;
        match row {
            Row::Gap => {}
            Row::Code(list) => {
                let list = &checking.lists[*list];
                let words = format!("{}  {} of {}", view.code_name(list.code), list.checked, list.of);
                put(buf, inner.x, y, &words, inner.width, app.styles.style(Role::Subheading));
            }
            Row::Entry(list, at) => {
                let entry = &checking.lists[*list].entries[*at];
                let chosen = Some(entry.what) == checking.at;
                if chosen {
                    let role = if focused { Role::ListSelected } else { Role::ListSelectedInactive };
                    buf.set_style(Rect::new(area.x, y, area.width, 1), app.styles.style(role));
                    cursor = Some(Position::new(inner.x, y));
                }
                let bare = |role| Style { bg: None, ..app.styles.style(role) };
                let (sign, role) = if entry.is_checked() { (app.glyphs.done, Role::Ok) } else { (" ", Role::Dim) };
                put(buf, inner.x, y, sign, 1, bare(role));
                let source = view.source(entry.source);
                let case = source.and_then(|source| source.case).and_then(|case| view.case(case));
                let place = case.map_or_else(|| source.map_or("?", |s| s.name.as_str()), |case| case.name.as_str());
                let role = if chosen { Role::Strong } else { Role::Text };
                let used = put(buf, inner.x + 2, y, place, inner.width / 2, bare(role));
                let what = entry.check.as_ref().map_or_else(
                    || who(&view, entry, names),
                    |check| match check.verdict {
                        Verdict::Keep => "kept".to_owned(),
                        Verdict::Recode(to) => format!("recoded to {}", view.code_name(to)),
                        Verdict::Remove => "removed".to_owned(),
                    },
                );
                let x = inner.x + 2 + used.max(12).min(inner.width / 2) + 2;
                put(buf, x, y, &what, inner.right().saturating_sub(x), bare(Role::Dim));
            }
        }
    }
    let painter = Painter { view, code: &app.code, styles: &app.styles, glyphs: &app.glyphs, links_key: String::new() };
    painter.scroll_mark(Rect { x: area.right() - 1, width: 1, ..rows }, checking.rows.len(), checking.top, buf);
    if layout.beside && area.height >= 14 {
        draw::meter(app, Rect { y: area.bottom() - 1, height: 1, ..inner }, checked, of, "checked", buf);
    }
    cursor
}

fn who(view: &View<'_>, entry: &Entry, names: bool) -> String {
    match (entry.what, names) {
        (What::Coding(_), true) => view.initials(entry.coder).to_owned(),
        (What::Coding(_), false) => "a coding".to_owned(),
        (What::Decision(_), true) => format!("decided by {}", view.initials(entry.coder)),
        (What::Decision(_), false) => "decided".to_owned(),
    }
}

/// What stands below the words: the old wording and the new one side by side, and what the coder noted.
pub fn lines(app: &App, checking: &Checking, lines: &mut Lines<'_>) {
    let Some((list, entry)) = checking.current() else { return };
    let view = app.study.view();
    let names = app.reconcile.shows_names(view.coder());
    let wordings = view.wordings(list.code);
    let find = |id: Option<WordingId>| id.and_then(|id| wordings.iter().position(|wording| wording.id == id));
    let old = find(entry.wording);
    let new = find(view.code(list.code).and_then(|node| node.code.wording));
    let style = |role| app.styles.style(role);
    let said = match entry.what {
        What::Coding(_) if names => format!("{} coded ", view.initials(entry.coder)),
        What::Coding(_) => "coded ".to_owned(),
        What::Decision(_) => "decided for ".to_owned(),
    };
    lines.line(vec![(said, style(Role::Dim)), (view.code_name(list.code).to_owned(), style(Role::Strong))]);
    if let What::Coding(id) = entry.what {
        let comment = view.showing(Whose::Everybody).coding(id).map_or("", |seen| seen.coding.comment.as_str());
        if !comment.is_empty() {
            let quoted = format!("{}{comment}{}", app.glyphs.quote_open, app.glyphs.quote_close);
            lines.labelled("   ", style(Role::Dim), &quoted, style(Role::Quote));
        }
    }
    lines.gap();
    let day = |wording: &Wording| wording.at.to_zoned(app.zone.clone()).strftime("%-d %b %Y").to_string();
    let columns = [("then", old), ("now", new)].map(|(when, at)| {
        let wording = at.and_then(|at| wordings.get(at)).map(|wording| &***wording);
        move |lines: &mut Lines<'_>| {
            let role = if when == "now" { Role::Added } else { Role::Dim };
            let number = at.map_or_else(|| "no wording".to_owned(), |at| format!("wording {}", at + 1));
            let since = wording.map_or_else(String::new, |wording| format!("  {}", day(wording)));
            lines.line(vec![(format!("{when}: {number}"), style(role)), (since, style(Role::Dim))]);
            if let Some(wording) = wording {
                definition(lines, wording);
            }
        }
    });
    lines.beside(30, true, columns.into_iter().collect());
    if !list.wording.reason.is_empty() {
        lines.gap();
        lines.labelled("why  ", style(Role::Dim), &list.wording.reason, style(Role::Text));
    }
}
