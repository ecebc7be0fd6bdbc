//! Drawing the review: files at the left if there are several, the chosen one at the right.

use super::fields::{Field, fields, remarks, share};
use super::{Focus, LabelRow, Review, What};
use crate::exchange::import::{Prepared, State, one_line};
use crate::screen::app::App;
use crate::screen::draw::Areas;
use crate::screen::layers::{boxed, middle};
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use crate::screen::views::code::tree::in_sight;
use crate::text::turns::Role as Speaks;
use crate::text::wrap::{rows, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Drawing onto a box.
struct Sheet<'a> {
    app: &'a App,
    review: &'a Review,
    buf: &'a mut Buffer,
}

/// Draws the review.
pub fn draw(app: &App, review: &Review, areas: Areas, buf: &mut Buffer) -> Option<Position> {
    if review.batch.entries.is_empty() {
        return progress(app, review, areas, buf);
    }
    let rect = middle(areas.main, 130, areas.main.height);
    let inner = boxed(app, rect, &title(app, review), buf);
    let mut sheet = Sheet { app, review, buf };
    if review.batch.entries.len() < 2 {
        return sheet.file(inner);
    }
    let width = (inner.width / 3).clamp(18, 40);
    let left = Rect { width, ..inner };
    let cursor = sheet.files(left);
    for y in inner.top()..inner.bottom() {
        sheet.put(inner.x + width + 1, y, app.glyphs.vertical, 1, Role::PaneBorder);
    }
    let right = Rect { x: inner.x + width + 3, width: inner.width.saturating_sub(width + 3), ..inner };
    sheet.file(right).filter(|_| review.focus == Focus::Labels).or(cursor)
}

fn title(app: &App, review: &Review) -> String {
    let done = match (review.what, review.batch.entries.len()) {
        (What::Turns(source), _) => {
            let view = app.study.view();
            format!("Turns of {}", view.source(source).map_or("", |source| source.name.as_str()))
        }
        (What::Files, 1) => format!("Import {}", review.batch.entries[0].file),
        (What::Files, all) => format!("Import: {} of {all} files", review.batch.taken()),
    };
    match review.reader() {
        Some(reader) => format!("{done} {} {} of {}", app.glyphs.dot, reader.done, reader.total.max(1)),
        None => done,
    }
}

fn progress(app: &App, review: &Review, areas: Areas, buf: &mut Buffer) -> Option<Position> {
    let inner = boxed(app, middle(areas.main, 64, 5), "Import", buf);
    let mut sheet = Sheet { app, review, buf };
    let (done, total, current) =
        review.reader().map_or((0, 0, ""), |reader| (reader.done, reader.total, reader.current.as_str()));
    let words = match total {
        0 => "Looking what there is".to_owned(),
        total => format!("Reading {} of {total}: {}", (done + 1).min(total), one_line(current, 60)),
    };
    sheet.put(inner.x, inner.y, &words, inner.width, Role::Text);
    let full = (usize::from(inner.width) * done).checked_div(total).unwrap_or(0);
    for n in 0..inner.width {
        let (sign, role) = if usize::from(n) < full {
            (app.glyphs.meter, Role::MeterFull)
        } else {
            (app.glyphs.meter_rest, Role::MeterEmpty)
        };
        sheet.put(inner.x + n, inner.y + 1, sign, 1, role);
    }
    let key = app.keymap.labels("import-leave").first().cloned().unwrap_or_default();
    sheet.put(inner.x, inner.y + 2, &format!("{key} stops"), inner.width, Role::InputHint);
    None
}

impl Sheet<'_> {
    fn put(&mut self, x: u16, y: u16, words: &str, width: u16, role: Role) -> u16 {
        let style = self.app.styles.over(Role::Popup, role);
        put(self.buf, x, y, words, width, style)
    }

    /// On a row that may be chosen: the ground stays as it is.
    fn bare(&mut self, x: u16, y: u16, words: &str, width: u16, role: Role) -> u16 {
        put(self.buf, x, y, words, width, Style { bg: None, ..self.app.styles.style(role) })
    }

    fn choose(&mut self, area: Rect, y: u16, focused: bool) {
        let role = if focused { Role::ListSelected } else { Role::ListSelectedInactive };
        let line = Rect::new(area.x.saturating_sub(1), y, area.width + 2, 1);
        self.buf.set_style(line, self.app.styles.style(role));
    }

    fn heading(&mut self, area: Rect, y: u16, words: &str, note: &str, focused: bool) {
        let role = if focused { Role::HeadingFocused } else { Role::Heading };
        let used = self.put(area.x, y, words, area.width, role);
        self.put(area.x + used + 2, y, note, area.width.saturating_sub(used + 2), Role::Dim);
    }

    /// The files with a sign each: taken, left out, to be asked about, not readable.
    fn files(&mut self, area: Rect) -> Option<Position> {
        let (app, review) = (self.app, self.review);
        let focused = review.focus == Focus::Files;
        self.heading(area, area.y, "FILES", "", focused);
        let height = usize::from(area.height.saturating_sub(1));
        let count = review.batch.entries.len();
        let top = in_sight(review.top.get(), review.file, count, height);
        review.top.set(top);
        let mut cursor = None;
        for (n, entry) in review.batch.entries.iter().enumerate().skip(top).take(height) {
            let y = area.y + 1 + (n - top) as u16;
            if n == review.file {
                self.choose(area, y, focused);
                cursor = Some(Position::new(area.x, y));
            }
            let (sign, role, words) = match &entry.state {
                State::Cannot(_) => (app.glyphs.wrong, Role::Error, Role::Dim),
                State::Asks(_) => (app.glyphs.unclear, Role::Warning, Role::Text),
                State::Ready(_) if entry.trouble.is_some() && entry.is_wanted() => {
                    (app.glyphs.warning, Role::Error, Role::Text)
                }
                State::Ready(_) if !entry.is_wanted() => (app.glyphs.dash, Role::Dim, Role::Dim),
                State::Ready(_) => (app.glyphs.done, Role::Ok, Role::Text),
            };
            self.bare(area.x, y, sign, 1, role);
            self.bare(area.x + 2, y, &entry.file, area.width.saturating_sub(2), words);
        }
        cursor
    }

    fn file(&mut self, area: Rect) -> Option<Position> {
        let entry = self.review.entry()?;
        let remarks = remarks(entry);
        let Some(prepared) = entry.prepared() else {
            self.heading(area, area.y, &entry.file, "", false);
            self.remarks(Rect { y: area.y + 2, ..area }, &remarks, usize::from(area.height.saturating_sub(2)));
            return None;
        };
        let mut y = area.y;
        // On a small screen the speakers matter more than what the last fields say.
        let most = usize::from(area.height).saturating_sub(4).max(2);
        for field in fields(self.app, self.review, prepared).iter().take(most) {
            self.field(area, y, field);
            y += 1;
        }
        // What is left goes to remarks, labels and the preview, in turn: each has some before another has all.
        let left = usize::from(area.bottom().saturating_sub(y));
        let most = if left >= 20 { 8 } else { left.saturating_sub(8).min(4) };
        y += self.remarks(Rect { y, height: area.bottom().saturating_sub(y), ..area }, &remarks, most);
        let left = usize::from(area.bottom().saturating_sub(y));
        let rows = Review::labels(prepared);
        if left > 2 {
            y += u16::from(left > 9);
            let title = match prepared.voices.len() {
                0 => "NO SPEAKERS".to_owned(),
                n => format!("SPEAKERS {n}"),
            };
            self.heading(area, y, &title, &share(prepared), self.review.focus == Focus::Labels);
            y += 1;
        }
        let left = usize::from(area.bottom().saturating_sub(y));
        let height = rows.len().min((left / 2).max(left.saturating_sub(14)).max(4)).min(left);
        let cursor = self.labels(Rect { y, height: height as u16, ..area }, prepared, &rows);
        y += if rows.is_empty() { self.no_speakers(area, y) } else { height as u16 };
        if y + 3 <= area.bottom() {
            y += u16::from(area.bottom() - y > 6);
            self.heading(area, y, "AS IT WILL BE READ", "", false);
            self.preview(Rect { y: y + 1, height: area.bottom().saturating_sub(y + 1), ..area }, prepared);
        }
        cursor
    }

    fn field(&mut self, area: Rect, y: u16, field: &Field) {
        let key = self.app.keymap.labels(field.command).first().cloned().unwrap_or_default();
        self.put(area.x, y, &key, 1, Role::Key);
        self.put(area.x + 2, y, field.name, 7, Role::Dim);
        let used = self.put(area.x + 9, y, &field.value, area.width.saturating_sub(9), Role::Strong);
        let x = area.x + 9 + used + 3;
        self.put(x, y, &field.note, area.right().saturating_sub(x), Role::Dim);
    }

    /// Remarks, wrapped, in at most `most` rows; gives the rows used.
    fn remarks(&mut self, area: Rect, remarks: &[(Role, String)], most: usize) -> u16 {
        let most = most.min(usize::from(area.height));
        let width = area.width.saturating_sub(2);
        let lines: Vec<(Role, bool, &str)> = remarks
            .iter()
            .flat_map(|(role, words)| {
                wrap(words, width).into_iter().enumerate().map(|(n, row)| (*role, n == 0, words[row.bytes].trim_end()))
            })
            .collect();
        for (n, (role, first, words)) in lines.iter().take(most).enumerate() {
            let y = area.y + n as u16;
            if *first && *role != Role::Dim {
                self.put(area.x, y, self.app.glyphs.warning, 1, *role);
            }
            let last = n + 1 == most && lines.len() > most;
            let words = if last { format!("{words} …") } else { (*words).to_owned() };
            self.put(area.x + 2, y, &words, width, *role);
        }
        lines.len().min(most) as u16
    }

    fn labels(&mut self, area: Rect, prepared: &Prepared, labels: &[LabelRow]) -> Option<Position> {
        let review = self.review;
        let height = usize::from(area.height);
        let top = in_sight(review.label_top.get(), review.row, labels.len(), height);
        review.label_top.set(top);
        let widest = prepared.voices.iter().map(|voice| voice.label.chars().count()).max().unwrap_or(0);
        let name = (widest as u16).clamp(8, area.width / 3);
        let mut cursor = None;
        for (n, label) in labels.iter().enumerate().skip(top).take(height) {
            let y = area.y + (n - top) as u16;
            if n == review.row {
                self.choose(area, y, review.focus == Focus::Labels);
                cursor = Some(Position::new(area.x, y));
            }
            self.label(area, y, name, prepared, *label);
        }
        cursor
    }

    fn label(&mut self, area: Rect, y: u16, name: u16, prepared: &Prepared, label: LabelRow) {
        let key = |command| self.app.keymap.labels(command).first().cloned().unwrap_or_default();
        let (words, count, what, role, example) = match label {
            LabelRow::Voice(n) => {
                let voice = &prepared.voices[n];
                let person = voice.person.as_ref().filter(|_| voice.role == Speaks::Participant);
                let what = match (voice.role, person) {
                    (_, Some(person)) => person.words().trim_start_matches(", ").to_owned(),
                    (Speaks::Unknown, None) => "not said".to_owned(),
                    (role, None) => role.name().to_owned(),
                };
                (voice.label.as_str(), voice.turns, what, speaker_role(voice.role), voice.examples.first())
            }
            LabelRow::LeftOut(n) => {
                let left = &prepared.found.left_out[n];
                (
                    left.label.as_str(),
                    left.count,
                    format!("left out ({})", key("import-leave-out")),
                    Role::Dim,
                    left.examples.first(),
                )
            }
            LabelRow::Rejected(n) => {
                let what = format!("no speaker ({})", key("import-leave-out"));
                (prepared.rejected()[n].as_str(), 0, what, Role::Dim, None)
            }
        };
        let is_voice = matches!(label, LabelRow::Voice(_));
        self.bare(area.x, y, words, name, if is_voice { Role::Strong } else { Role::Dim });
        let count = if count > 0 { format!("{count:>4}") } else { String::new() };
        self.bare(area.x + name + 1, y, &count, 5, Role::Dim);
        let x = area.x + name + 7;
        let used = self.bare(x, y, &what, area.right().saturating_sub(x), role);
        let x = x + used.max(12) + 2;
        let (open, close) = (self.app.glyphs.quote_open, self.app.glyphs.quote_close);
        let offered = prepared.merge_offered(words).filter(|(this, _)| *this == words);
        if let Some((_, that)) = offered {
            let said = format!("the same as {open}{}{close}? {}", one_line(that, 24), key("import-merge"));
            self.bare(x, y, &said, area.right().saturating_sub(x), Role::Notice);
        } else if let Some(example) = example {
            let said = format!("{open}{}{close}", one_line(prepared.text.slice(*example), 90));
            self.bare(x, y, &said, area.right().saturating_sub(x), Role::Dim);
        }
    }

    /// What stands in the place of speakers where there are none; gives the rows used.
    fn no_speakers(&mut self, area: Rect, y: u16) -> u16 {
        let two = self.app.keymap.labels("import-two").first().cloned().unwrap_or_default();
        let words = format!("The text is read as one voice. If two people speak by turns, {two} tells them apart.");
        self.remarks(Rect { y, height: area.bottom().saturating_sub(y), ..area }, &[(Role::Dim, words)], 2)
    }

    /// The first turns, labels as headings; without turns, the first paragraphs.
    fn preview(&mut self, area: Rect, prepared: &Prepared) {
        let width = area.width.saturating_sub(2).min(78);
        let mut y = area.y;
        let text = &prepared.text;
        let Some(turns) = prepared.turns() else {
            for n in self.review.preview..text.paragraphs() {
                let words = text.paragraph_str(n);
                if !words.trim().is_empty() {
                    y = self.words(Rect { x: area.x, y, width, height: area.bottom().saturating_sub(y) }, words);
                }
                if y >= area.bottom() {
                    return;
                }
            }
            return;
        };
        for (n, turn) in turns.turns.iter().enumerate().skip(self.review.preview) {
            let label = turns.label_of(n).unwrap_or_default();
            let role = prepared.voices.iter().find(|voice| voice.label == label).map_or(Speaks::Unknown, |v| v.role);
            if !label.is_empty() || turn.time.is_some() {
                let used = self.put(area.x, y, label, area.width, speaker_role(role));
                let time = turn.time.map(clock).unwrap_or_default();
                let x = area.x + used + u16::from(used > 0) * 2;
                self.put(x, y, &time, area.right().saturating_sub(x), Role::TimeStamp);
                y += 1;
            }
            for words in text.slice(turn.body).lines().filter(|words| !words.trim().is_empty()) {
                if y >= area.bottom() {
                    return;
                }
                y = self.words(Rect { x: area.x + 2, y, width, height: area.bottom() - y }, words);
            }
            if y >= area.bottom() {
                return;
            }
        }
    }

    /// Words wrapped from the top of `area`; only the rows that are shown are looked for. Gives the next row.
    fn words(&mut self, area: Rect, words: &str) -> u16 {
        let mut y = area.y;
        for row in rows(words, 0, area.width).take(usize::from(area.height)) {
            self.put(area.x, y, words[row.bytes].trim_end(), area.width, Role::Text);
            y += 1;
        }
        y
    }
}

const fn speaker_role(role: Speaks) -> Role {
    match role {
        Speaks::Interviewer => Role::SpeakerInterviewer,
        Speaks::Participant => Role::SpeakerParticipant,
        Speaks::Other | Speaks::Unknown => Role::SpeakerOther,
    }
}

/// A time as hours, minutes, seconds.
fn clock(ms: u32) -> String {
    let seconds = ms / 1000;
    match seconds / 3600 {
        0 => format!("{}:{:02}", seconds / 60, seconds % 60),
        hours => format!("{hours}:{:02}:{:02}", seconds / 60 % 60, seconds % 60),
    }
}
