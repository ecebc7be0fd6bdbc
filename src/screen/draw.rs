//! Drawing a frame: top line, the view, status and key hints, and what lies over them.

use super::app::{App, Tone};
use super::command::{Command, Place, command, commands};
use super::keymap::Match;
use super::theme::Role;
use super::views::code::paint::{Painter, put};
use super::views::{self, Showing};
use crate::session::Saving;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The least a terminal must have.
pub const LEAST: (u16, u16) = (40, 10);

/// The parts of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Areas {
    /// The top line.
    pub title: Rect,
    /// The view.
    pub main: Rect,
    /// What was done, what is selected.
    pub status: Rect,
    /// The keys that matter now.
    pub hints: Rect,
}

/// The parts of a screen of this size.
#[must_use]
pub fn areas(size: Rect) -> Areas {
    let line = |y: u16| Rect::new(size.x, size.y + y.min(size.height), size.width, u16::from(y < size.height));
    let height = size.height.saturating_sub(3);
    Areas {
        title: line(0),
        main: Rect::new(size.x, size.y + 1, size.width, height),
        status: line(size.height.saturating_sub(2)),
        hints: line(size.height.saturating_sub(1)),
    }
}

impl App {
    /// Draws everything, and puts the terminal's cursor where the keys go.
    pub fn draw(&mut self, frame: &mut Frame<'_>) {
        let size = frame.area();
        if size != self.size {
            self.resize(size.width, size.height);
        }
        let buf = frame.buffer_mut();
        buf.set_style(size, self.styles.over(Role::Screen, Role::Text));
        if size.width < LEAST.0 || size.height < LEAST.1 {
            let words = format!("Emic needs {} × {} at least", LEAST.0, LEAST.1);
            put(buf, size.x, size.y, &words, size.width, self.styles.style(Role::Warning));
            return;
        }
        let areas = areas(size);
        self.title_line(areas.title, buf);
        let mut cursor = match self.showing {
            Showing::Code => self.code_view(areas.main, buf),
            _ => {
                self.cursor_row = None;
                views::draw(self, areas.main, buf)
            }
        };
        self.status_line(areas.status, buf);
        self.hint_line(areas.hints, buf);
        if !self.layers.is_empty() {
            cursor = None;
        }
        for n in 0..self.layers.len() {
            cursor = super::layers::draw(self, n, areas, buf).or(cursor);
        }
        if self.which_key {
            self.which_key_box(areas.main, buf);
        }
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor);
        }
    }

    fn code_view(&mut self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let links_key = self.keymap.labels("linked-from").into_iter().next().unwrap_or_default();
        let (view, code) = (self.study.view(), &self.code);
        let painter = Painter { view, code, styles: &self.styles, glyphs: &self.glyphs, links_key };
        let split = self.code.panes.split(area);
        let mut cursor = None;
        let mut work = super::views::code::FrameWork::default();
        if split.cases.width > 0 {
            cursor = painter.draw_cases(&split, buf).or(cursor);
        }
        if split.text.width > 0 {
            let (page, at) = painter.draw(split.text, buf);
            work.codings = page.work;
            work.wrapped = page.wrapped;
            self.cursor_row = at.map(|at| at.y);
            cursor = cursor.or(at);
        }
        if split.tree.width > 0 {
            cursor = painter.draw_tree(&split, buf).or(cursor);
        }
        self.frame = work;
        cursor
    }

    fn title_line(&self, area: Rect, buf: &mut Buffer) {
        buf.set_style(area, self.styles.style(Role::TitleBar));
        let bar = |role| self.styles.over(Role::TitleBar, role);
        let view = self.study.view();
        let (saved, role) = match self.study.saving() {
            Saving::Saved(None) => ("saved".to_owned(), Role::Dim),
            Saving::Saved(Some(at)) => {
                (format!("saved {}", at.to_zoned(self.zone.clone()).strftime("%H:%M")), Role::Dim)
            }
            Saving::Saving(_) => ("saving".to_owned(), Role::Dim),
            Saving::NotSaved(why) => (format!("NOT SAVED: {why}"), Role::Error),
            Saving::ReadOnly(_) => ("read-only".to_owned(), Role::Warning),
        };
        let coder = views::who(self);
        let saved_width = saved.chars().count() as u16;
        let coder_width = coder.chars().count() as u16;
        let mut x = area.right().saturating_sub(saved_width + 1).max(area.x + 6);
        put(buf, x, area.y, &saved, area.right().saturating_sub(x), bar(role));
        x = x.saturating_sub(coder_width + 2);
        put(buf, x, area.y, &coder, coder_width, bar(Role::BarAccent));
        if let Some((state, role)) = self.round_state() {
            let width = crate::screen::views::sheet::width_of(&state).min(area.width / 3);
            x = x.saturating_sub(width + 2);
            put(buf, x, area.y, &state, width, bar(role));
        }
        let end = x.saturating_sub(2);
        let mut at = area.x + 1;
        at += put(buf, at, area.y, "Emic", 4, bar(Role::BarAccent)) + 2;
        let title = view.study().map_or("", |study| study.title.as_str());
        let mut steps = vec![(title.to_owned(), Role::Dim)];
        let mut crumbs = views::crumbs(self);
        let last = crumbs.pop();
        steps.extend(crumbs.into_iter().map(|crumb| (crumb, Role::Text)));
        steps.extend(last.map(|crumb| (crumb, Role::Strong)));
        // Where there is not room for all, the place matters more than the title.
        let needed: u16 = steps.iter().map(|(step, _)| step.chars().count() as u16 + 3).sum();
        if at + needed > end && steps.len() > 1 {
            steps.remove(0);
        }
        for (n, (step, role)) in steps.iter().enumerate() {
            if n > 0 {
                at += 1;
                at += put(buf, at, area.y, self.glyphs.pointer, end.saturating_sub(at), bar(Role::Dim)) + 1;
            }
            at += put(buf, at, area.y, step, end.saturating_sub(at), bar(*role));
        }
    }

    /// In the Code view, what is to be kept in mind of the round that the open source is in.
    fn round_state(&self) -> Option<(String, Role)> {
        if self.showing != Showing::Code {
            return None;
        }
        let view = self.study.view();
        let source = self.code.source()?;
        let round = super::commands::rounds::round_of(&view, source)?;
        let case = round.ground(source)?.case;
        let dot = self.glyphs.dot;
        Some(if view.has_finished(round.id, view.coder(), case) {
            (format!("{} {dot} finished", round.name), Role::Ok)
        } else {
            (format!("{} {dot} blind", round.name), Role::Notice)
        })
    }

    fn status_line(&self, area: Rect, buf: &mut Buffer) {
        buf.set_style(area, self.styles.style(Role::StatusBar));
        let bar = |role| self.styles.over(Role::StatusBar, role);
        let (left, right) = views::status(self);
        let right_width = right.chars().count() as u16;
        let room = area.width.saturating_sub(2);
        if let Some(message) = self.message() {
            let role = match message.tone {
                Tone::Done => Role::Ok,
                Tone::Plain => Role::Text,
                Tone::Refused => Role::Warning,
            };
            let used = put(buf, area.x + 1, area.y, &message.text, room, bar(role));
            // How far one has come stays in sight while extract after extract is coded.
            if self.showing == Showing::Extracts && self.layers.is_empty() && used + right_width + 3 < area.width {
                put(buf, area.right().saturating_sub(right_width + 1), area.y, &right, right_width, bar(Role::Dim));
            }
            return;
        }
        let used = put(buf, area.x + 1, area.y, &left, room, bar(Role::Text));
        if used + right_width + 2 < area.width {
            put(buf, area.right().saturating_sub(right_width + 1), area.y, &right, right_width, bar(Role::Dim));
        }
    }

    /// What is selected, and what lies under the cursor.
    pub(super) fn selection_state(&self) -> String {
        let Some(transcript) = &self.code.transcript else { return String::new() };
        let view = self.study.view();
        let here = self.code.here(&view);
        let dot = self.glyphs.dot;
        let on = match here.len() {
            0 => String::new(),
            1 => format!("  {dot}  {}", view.code_name(here[0].code)),
            n => {
                let hand = self.code.in_hand(&view).map_or("", |seen| view.code_name(seen.code));
                format!("  {dot}  {hand} and {} more here", n - 1)
            }
        };
        match transcript.selection() {
            Some(selection) => {
                let what = if selection.resizing.is_some() {
                    "moving the ends of a coding: Enter keeps, Esc leaves it"
                } else if selection.extending {
                    "selecting"
                } else {
                    "selected"
                };
                let words = transcript.reading().text.slice(selection.span()).split_whitespace().count();
                format!("{what}  {dot}  {words} words, {} characters{on}", selection.span().len())
            }
            None => on.trim_start().trim_start_matches(dot).trim_start().to_owned(),
        }
    }

    pub(super) fn reading_state(&self) -> String {
        let Some(transcript) = &self.code.transcript else { return String::new() };
        let view = self.study.view();
        let turns = &transcript.reading().turns;
        let read = self.code.read_to(&view, transcript.source());
        if view.progress(transcript.source()).is_some_and(|progress| progress.finished) {
            return "finished".to_owned();
        }
        let total = turns.turns.len();
        if total == 0 {
            let chars = transcript.reading().text.chars().max(1);
            return format!("read to {}%", u64::from(read.0) * 100 / u64::from(chars));
        }
        let turn = turns.turns.partition_point(|turn| turn.body.end <= read);
        format!("read to turn {turn} of {total}")
    }

    /// The keys that matter now, as many as fit, and always the way to all of them.
    fn hint_line(&self, area: Rect, buf: &mut Buffer) {
        buf.set_style(area, self.styles.style(Role::StatusBar));
        let place = self.place();
        let label = |command: &Command| self.keymap.labels(command.name).into_iter().next();
        let width = |key: &str, command: &Command| (key.chars().count() + 1 + command.hint.chars().count()) as u16;
        let asks = !place.chain().contains(&Place::Anywhere);
        let always: &[&str] = if asks { &[] } else { &["palette", "help"] };
        let always: Vec<_> = always.iter().filter_map(|name| command(name)).collect();
        let reserved: u16 = always.iter().filter_map(|c| Some(width(&label(c)?, c) + 2)).sum();
        let mut x = area.x + 1;
        let mut end = area.right().saturating_sub(reserved);
        let listed = self.hints(place);
        let mut said: Vec<String> = Vec::new();
        for (n, command) in listed.iter().chain(&always).enumerate() {
            if n == listed.len() {
                end = area.right();
            }
            let Some(key) = label(command) else { continue };
            // A key does what the nearer place says.
            if x + width(&key, command) + 1 > end || said.contains(&key) {
                continue;
            }
            said.push(key.clone());
            x += put(buf, x, area.y, &key, 12, self.styles.over(Role::StatusBar, Role::Key)) + 1;
            x += put(buf, x, area.y, command.hint, 24, self.styles.over(Role::StatusBar, Role::KeyText)) + 2;
        }
    }

    /// The commands whose keys the bottom line shows, most telling first.
    fn hints(&self, place: Place) -> Vec<&'static Command> {
        if let Some(names) = self.layers.last().and_then(super::layers::Layer::hints) {
            return names.iter().filter_map(|name| command(name)).collect();
        }
        let names: &[&str] = match place {
            Place::Text => {
                let selection = self.code.transcript.as_ref().and_then(|transcript| transcript.selection());
                match selection {
                    Some(selection) if selection.resizing.is_some() => {
                        &["code", "word-next", "word-previous", "sentence-next", "other-end", "close"]
                    }
                    Some(_) => &[
                        "code",
                        "code-pin-1",
                        "code-again",
                        "code-in-vivo",
                        "select-sentence",
                        "select-more",
                        "other-end",
                        "memo",
                        "close",
                    ],
                    None if self.code.in_hand(&self.study.view()).is_some() => &[
                        "select-sentence",
                        "uncode",
                        "coding-resize",
                        "coding-recode",
                        "memo",
                        "coding-cycle",
                        "coding-next",
                        "find",
                        "pane-next",
                        "undo",
                    ],
                    None => &[
                        "select-sentence",
                        "select-turn",
                        "turn-next",
                        "coding-next",
                        "uncoded-next",
                        "memo",
                        "find",
                        "pane-next",
                        "undo",
                        "quit",
                    ],
                }
            }
            Place::Reconcile => &super::commands::reconcile::hints(self),
            Place::People => &super::commands::people::hints(self),
            Place::Rounds => {
                use super::views::rounds::Target;
                match self.rounds.target() {
                    Some(Target::Round(_)) => {
                        &["round-open", "round-in", "round-new", "round-divide", "round-definitions", "find", "quit"]
                    }
                    Some(Target::Case(_)) => &["round-open", "round-finish", "pane-next", "memo", "find", "round-out"],
                    Some(Target::Code(_)) => {
                        &["round-definitions", "round-propose", "round-revise", "round-open", "pane-next", "memo"]
                    }
                    Some(Target::ProposedCode(_)) => {
                        &["proposal-accept", "proposal-match", "proposal-reject", "round-open", "memo", "undo"]
                    }
                    Some(Target::ProposedWording(_)) => {
                        &["proposal-accept", "proposal-reject", "round-open", "memo", "undo"]
                    }
                    None => &["round-new", "quit"],
                }
            }
            Place::Findings if self.findings.in_list() => {
                &["findings-table", "pane-next", "findings-remove", "findings-rename", "findings-write", "find", "quit"]
            }
            Place::Findings => &[
                "findings-open",
                "findings-right",
                "findings-add",
                "findings-judge",
                "findings-change",
                "findings-sort",
                "findings-filter",
                "findings-split",
                "find",
                "findings-write",
                "pane-next",
                "findings-details",
            ],
            Place::Matrices => super::commands::matrices::hints(self),
            Place::Extracts => &[
                "extracts-pin-1",
                "extracts-code",
                "extracts-read",
                "extracts-filter",
                "extracts-context",
                "extracts-mark",
                "extracts-query",
                "extracts-recode",
                "extracts-again",
                "extracts-remove",
                "extracts-below",
                "undo",
            ],
            Place::Agreement => &[
                "agreement-right",
                "agreement-open",
                "agreement-cases",
                "agreement-unit",
                "agreement-sort",
                "find",
                "agreement-methods",
                "agreement-reconcile",
                "agreement-rounds",
                "agreement-write",
                "agreement-level",
            ],
            _ => {
                let here = commands().filter(|command| {
                    place.chain().contains(&command.place)
                        && command.place != Place::Anywhere
                        && !command.hint.is_empty()
                });
                let everywhere =
                    commands().filter(|command| command.place == Place::Anywhere && !command.hint.is_empty());
                let everywhere = everywhere.filter(|_| place.chain().contains(&Place::Anywhere));
                let twice = |command: &&Command| !matches!(command.name, "palette" | "help");
                return here.chain(everywhere).filter(twice).collect();
            }
        };
        names.iter().filter_map(|name| command(name)).collect()
    }

    fn which_key_box(&self, area: Rect, buf: &mut Buffer) {
        let Match::Pending(next) = self.keymap.find(self.place(), &self.pressed) else { return };
        let widest = next.iter().map(|(key, title)| key.label().len() + title.chars().count() + 3).max().unwrap_or(0);
        let (width, height) = ((widest as u16 + 4).min(area.width), (next.len() as u16 + 2).min(area.height));
        let rect = Rect::new(area.right() - width, area.bottom() - height, width, height);
        let title = super::keymap::label(&self.pressed);
        let inner = super::layers::boxed(self, rect, &title, buf);
        for (n, (key, title)) in next.iter().enumerate().take(usize::from(inner.height)) {
            let y = inner.y + n as u16;
            let used = put(buf, inner.x, y, &key.label(), 10, self.styles.over(Role::Popup, Role::Key));
            put(
                buf,
                inner.x + used + 2,
                y,
                title,
                inner.width - used.min(inner.width) - 2,
                self.styles.style(Role::Popup),
            );
        }
    }
}
