//! Drawing what stands beside the transcript: the list of cases, the code tree, and under them what is in hand.

use super::cases::CaseRow;
use super::paint::{Painter, paragraph, put};
use super::panes::{Pane, Split};
use crate::project::codebook::Node;
use crate::project::id::{CaseId, SourceId};
use crate::project::memo::{Link, Memo};
use crate::project::view::Whose;
use crate::screen::theme::Role;
use crate::table::thousands;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use std::sync::Arc;

impl Painter<'_> {
    /// Draws the list of cases and sources, with the case in hand and what lies on the passage under it. Gives back
    /// where the terminal's cursor belongs if this pane has the keys.
    pub fn draw_cases(&self, split: &Split, buf: &mut Buffer) -> Option<Position> {
        let area = split.cases;
        let focused = self.code.panes.focus == Pane::Cases;
        self.border(Rect::new(area.right() - 1, area.y, 1, area.height), focused, buf);
        let inner = Rect::new(area.x + 1, area.y, area.width.saturating_sub(3), area.height);
        let cases = self.view.cases();
        let count = match cases.len() {
            0 => String::new(),
            n => n.to_string(),
        };
        self.pane_title(inner, "CASES", &count, self.code.cases.filter.as_ref().map(|f| f.text()), focused, buf);
        let rows = self.code.cases.rows(&self.view);
        let height = split.case_rows();
        let list = Rect::new(inner.x, inner.y + 2, inner.width, height as u16);
        if rows.is_empty() {
            let words = "No sources yet. i imports files or a folder; a adds a case.";
            paragraph(buf, list, words, self.styles.style(Role::Dim));
        }
        let mut cursor = None;
        for (n, row) in rows.iter().enumerate().skip(self.code.cases.top).take(height) {
            let y = list.y + (n - self.code.cases.top) as u16;
            let line = Rect::new(area.x, y, area.width.saturating_sub(1), 1);
            let chosen = Some(*row) == self.code.cases.selected;
            if chosen {
                self.choose(line, focused, buf);
                cursor = Some(Position::new(inner.x, y));
            }
            match row {
                CaseRow::Case(id) => {
                    let Some(case) = self.view.case(*id) else { continue };
                    let sources = self.view.sources_of(Some(*id));
                    let open = self.code.cases.open.contains(id);
                    let sign = if open { self.glyphs.open } else { self.glyphs.closed };
                    put(buf, inner.x, y, sign, 1, self.styles.style(Role::Dim));
                    let done = sources.iter().filter(|s| self.view.progress(s.id).is_some_and(|p| p.finished)).count();
                    let right = if !sources.is_empty() && done == sources.len() {
                        self.glyphs.done.to_owned()
                    } else {
                        format!("{done}/{}", sources.len())
                    };
                    let right = match self.stage(*id) {
                        Some((stage, letter)) => format!("{letter}{stage} {right}"),
                        None => right,
                    };
                    let style = if open { Role::Strong } else { Role::Text };
                    self.row(inner, y, 2, &case.name, &right, style, buf);
                }
                CaseRow::Source(id) => {
                    let Some(source) = self.view.source(*id) else { continue };
                    let loose = source.case.is_none();
                    let indent = if loose { 0 } else { 2 };
                    let (sign, share) = self.progress(*id);
                    put(buf, inner.x + indent, y, sign, 1, self.styles.style(Role::Dim));
                    let open_now = self.code.source() == Some(*id);
                    let style = if open_now { Role::HeadingFocused } else { Role::Text };
                    self.row(inner, y, indent + 2, &source.name, &share, style, buf);
                }
            }
        }
        self.scroll_mark(Rect::new(area.right() - 2, list.y, 1, height as u16), rows.len(), self.code.cases.top, buf);
        let below = split.here_rows();
        if below > 0 {
            let under = Rect::new(inner.x, area.bottom() - below, inner.width, below);
            self.case_in_hand(under, buf);
        }
        cursor.filter(|_| focused)
    }

    /// In an open round of this coder's: the sign of how far they have come with a case, and the round's letter.
    fn stage(&self, case: CaseId) -> Option<(&'static str, char)> {
        let round = crate::screen::commands::rounds::round_of_case(&self.view, case)?;
        let begun = |source: SourceId| {
            self.view.progress_in(&round, self.view.coder(), source).is_some_and(|read| read.read_to.0 > 0)
        };
        let sign = if self.view.has_finished(round.id, self.view.coder(), case) {
            self.glyphs.read
        } else if round.grounds.iter().any(|ground| ground.case == case && begun(ground.source)) {
            self.glyphs.part_read
        } else {
            self.glyphs.unread
        };
        Some((sign, round.name.chars().next().filter(|c| c.is_ascii_alphabetic()).unwrap_or('R')))
    }

    /// The sign of how far a source was read, and the share as words.
    fn progress(&self, source: SourceId) -> (&'static str, String) {
        let chars = self.view.version(source).map_or(0, |version| version.chars);
        let read = self.code.read_to(&self.view, source).0;
        let finished = self.view.progress(source).is_some_and(|progress| progress.finished);
        if finished {
            return (self.glyphs.read, self.glyphs.done.to_owned());
        }
        let percent = (u64::from(read) * 100 / u64::from(chars.max(1))).min(100);
        match percent {
            0 => (self.glyphs.unread, String::new()),
            percent => (self.glyphs.part_read, format!("{percent}%")),
        }
    }

    fn case_in_hand(&self, area: Rect, buf: &mut Buffer) {
        let mut y = area.y;
        let case = self.code.cases.case(&self.view).and_then(|id| self.view.case(id));
        // What lies on the passage matters most: it gets its rows first.
        let passage = self.on_this_passage();
        let passage_rows = if passage.is_empty() { 0 } else { passage.len() as u16 + 2 };
        if let Some(case) = case {
            let values = self.view.values_of(case.id);
            let memos = self.view.memos_on(Link::Case(case.id));
            let linked = self.linked_words(Link::Case(case.id));
            let room = area.height.saturating_sub(passage_rows);
            if room >= 3 && (!values.is_empty() || !memos.is_empty() || linked.is_some()) {
                put(buf, area.x, y, &case.name.to_uppercase(), area.width, self.styles.style(Role::Heading));
                y += 1;
                let widest = values.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).min(14) as u16;
                for (name, value) in values.iter().take(usize::from(room.saturating_sub(2))) {
                    put(buf, area.x, y, name, widest, self.styles.style(Role::Dim));
                    let x = area.x + widest + 2;
                    put(
                        buf,
                        x,
                        y,
                        &value.replace('\n', ", "),
                        area.right().saturating_sub(x),
                        self.styles.style(Role::Text),
                    );
                    y += 1;
                }
                for memo in memos.iter().take(usize::from((area.y + room).saturating_sub(y + 1))) {
                    self.memo_line(memo, area, y, buf);
                    y += 1;
                }
                if let Some(words) = linked.filter(|_| y < area.y + room) {
                    put(buf, area.x, y, &words, area.width, self.styles.style(Role::Dim));
                    y += 1;
                }
                y += 1;
            }
        }
        if passage_rows > 0 && y + 1 < area.bottom() {
            put(buf, area.x, y, "ON THIS PASSAGE", area.width, self.styles.style(Role::Heading));
            y += 1;
            for (sign, words, sign_style, style) in passage {
                if y >= area.bottom() {
                    break;
                }
                put(buf, area.x, y, sign, 1, sign_style);
                put(buf, area.x + 2, y, &words, area.width.saturating_sub(2), style);
                y += 1;
            }
        }
    }

    /// The codings under the cursor, the highlighted one strong, and the memos about them.
    fn on_this_passage(&self) -> Vec<(&'static str, String, Style, Style)> {
        let mut rows = Vec::new();
        let in_hand = self.code.in_hand(&self.view).map(|seen| seen.coding.id);
        let here = self.code.here(&self.view);
        for seen in &here {
            let Some(node) = self.view.code(seen.code) else { continue };
            let mut style = self.styles.style(Role::Text);
            if Some(seen.coding.id) == in_hand {
                style = self.styles.style(Role::Strong).add_modifier(Modifier::UNDERLINED);
            }
            let swatch = self.styles.code(node.code.colour).swatch;
            // With others' codings in sight it is said whose each is.
            let name = match self.view.whose() {
                Whose::Mine => node.code.name.clone(),
                _ => format!("{} {}", self.view.initials(seen.coding.coder), node.code.name),
            };
            rows.push((self.glyphs.swatch, name, swatch, style));
            if !seen.coding.comment.is_empty() {
                let dim = self.styles.style(Role::Quote);
                rows.push((" ", seen.coding.comment.lines().next().unwrap_or_default().to_owned(), dim, dim));
            }
            for memo in self.view.memos_on(Link::Coding(seen.coding.id)) {
                let style = self.styles.style(Role::MemoMark);
                rows.push((self.glyphs.memo, memo.title().to_owned(), style, style));
            }
        }
        rows
    }

    fn memo_line(&self, memo: &Arc<Memo>, area: Rect, y: u16, buf: &mut Buffer) {
        let style = self.styles.style(Role::MemoMark);
        put(buf, area.x, y, self.glyphs.memo, 1, style);
        put(buf, area.x + 2, y, memo.title(), area.width.saturating_sub(2), style);
    }

    /// Draws the code tree with the definition of the code in hand under it.
    pub fn draw_tree(&self, split: &Split, buf: &mut Buffer) -> Option<Position> {
        let area = split.tree;
        let focused = self.code.panes.focus == Pane::Tree;
        self.border(Rect::new(area.x, area.y, 1, area.height), focused, buf);
        let inner = Rect::new(area.x + 2, area.y, area.width.saturating_sub(3), area.height);
        let whose = self.view.initials(self.view.coder());
        let filter = self.code.tree.filter.as_ref().map(|f| f.text());
        self.pane_title(inner, "CODES", whose, filter, focused, buf);
        let rows = self.code.tree.rows(&self.view);
        let height = split.tree_rows();
        let list = Rect::new(inner.x, inner.y + 2, inner.width, height as u16);
        if rows.is_empty() {
            let words = if filter.is_some() {
                "No code has these words."
            } else {
                "No codes yet. Select words with s and press c: what you type becomes the first one."
            };
            paragraph(buf, list, words, self.styles.style(Role::Dim));
        }
        let pins = self.view.pins();
        let in_hand = self.code.code_in_hand(&self.view);
        let mut cursor = None;
        for (n, row) in rows.iter().enumerate().skip(self.code.tree.top).take(height) {
            let y = list.y + (n - self.code.tree.top) as u16;
            let Some(node) = self.view.code(row.code) else { continue };
            let chosen = Some(row.code) == self.code.tree.selected;
            let line = Rect::new(area.x + 1, y, area.width.saturating_sub(1), 1);
            if chosen && (focused || in_hand == Some(row.code)) {
                self.choose(line, focused, buf);
                cursor = Some(Position::new(inner.x, y));
            } else if in_hand == Some(row.code) {
                self.choose(line, false, buf);
            }
            let indent = row.depth.min(inner.width / 2);
            let sign = match row.branch {
                Some(true) => self.glyphs.closed,
                Some(false) => self.glyphs.open,
                None => " ",
            };
            put(buf, inner.x + indent, y, sign, 1, self.styles.style(Role::Dim));
            let swatch =
                if node.code.heading || node.wording.is_none() { self.glyphs.swatch_open } else { self.glyphs.swatch };
            put(buf, inner.x + indent + 2, y, swatch, 1, self.styles.code(node.code.colour).swatch);
            let number = if row.branch == Some(true) {
                let sum = self.view.count_branch(row.code);
                format!("{}{}", self.glyphs.sum, thousands(u64::from(sum)))
            } else if node.code.heading {
                String::new()
            } else {
                thousands(u64::from(self.view.count(row.code)))
            };
            let pin = pins.iter().position(|pin| *pin == Some(row.code)).map(|n| (n + 1).to_string());
            let name_style = if row.branch.is_some() { Role::Strong } else { Role::Text };
            let marked = self.code.tree.marked.contains(&row.code);
            let style = if marked { Role::ListMarked } else { name_style };
            let room = Rect { width: inner.width.saturating_sub(2), ..inner };
            let right = if marked { format!("{} {number}", self.glyphs.done) } else { number };
            self.row(room, y, indent + 4, &node.code.name, &right, style, buf);
            if let Some(pin) = pin {
                put(buf, inner.right().saturating_sub(1), y, &pin, 1, self.styles.style(Role::Key));
            }
        }
        self.scroll_mark(Rect::new(area.right() - 1, list.y, 1, height as u16), rows.len(), self.code.tree.top, buf);
        let below = split.definition_rows();
        if below > 0
            && let Some(node) = in_hand.and_then(|code| self.view.code(code))
        {
            self.definition(node, Rect::new(inner.x, area.bottom() - below + 1, inner.width, below - 1), buf);
        }
        cursor.filter(|_| focused)
    }

    /// The definition of a code: what it means, when to use it, when not, an example, memos.
    pub fn definition(&self, node: &Node, area: Rect, buf: &mut Buffer) {
        let origin = node.code.origin.name();
        let right = if node.code.heading { "heading" } else { origin };
        let room = area.width.saturating_sub(right.len() as u16 + 1);
        put(buf, area.x, area.y, &node.code.name, room, self.styles.style(Role::Strong));
        let x = area.right().saturating_sub(right.len() as u16);
        put(buf, x, area.y, right, right.len() as u16, self.styles.style(Role::Dim));
        let mut rest = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let mut take = |rows: u16| {
            rest.y += rows;
            rest.height = rest.height.saturating_sub(rows);
            rest
        };
        let mut here = take(0);
        // Above the wording, which may take all the room there is.
        if let Some(words) = self.linked_words(Link::Code(node.code.id)).filter(|_| here.height > 3) {
            put(buf, here.x, here.y, &words, here.width, self.styles.style(Role::Dim));
            here = take(1);
        }
        let Some(wording) = &node.wording else {
            if !node.code.heading {
                put(buf, here.x, here.y, " to be defined ", here.width, self.styles.style(Role::Badge));
                here = take(1);
            }
            self.memos_of_code(node, here, buf);
            return;
        };
        let used = paragraph(buf, here, &wording.definition, self.styles.style(Role::Text));
        here = take(used);
        if !wording.use_when.is_empty() || !wording.not_when.is_empty() {
            here = take(u16::from(here.height > 6));
        }
        for (label, words, role) in [("use", &wording.use_when, Role::Use), ("not", &wording.not_when, Role::Not)] {
            if words.is_empty() || here.height == 0 {
                continue;
            }
            put(buf, here.x, here.y, label, 4, self.styles.style(role));
            let beside = Rect { x: here.x + 5, width: here.width.saturating_sub(5), ..here };
            let used = paragraph(buf, beside, words, self.styles.style(Role::Text));
            here = take(used);
        }
        if !wording.example.is_empty() && here.height > 1 {
            here = take(u16::from(here.height > 3));
            let words = format!("{}{}{}", self.glyphs.quote_open, wording.example, self.glyphs.quote_close);
            let used = paragraph(buf, here, &words, self.styles.style(Role::Quote));
            here = take(used);
        }
        self.memos_of_code(node, here, buf);
    }

    fn memos_of_code(&self, node: &Node, area: Rect, buf: &mut Buffer) {
        let memos = self.view.memos_on(Link::Code(node.code.id));
        for (n, memo) in memos.iter().take(usize::from(area.height.saturating_sub(1))).enumerate() {
            self.memo_line(memo, area, area.y + 1 + n as u16, buf);
        }
    }

    /// How many memos link to something, and which key lists them; `None` where none does.
    fn linked_words(&self, on: Link) -> Option<String> {
        let said = match self.code.links_to(&self.view, on) {
            0 => return None,
            1 => "1 memo links here".to_owned(),
            n => format!("{n} memos link here"),
        };
        Some(if self.links_key.is_empty() { said } else { format!("{said}: {}", self.links_key) })
    }

    fn border(&self, area: Rect, focused: bool, buf: &mut Buffer) {
        let style = self.styles.style(if focused { Role::PaneBorderFocused } else { Role::PaneBorder });
        for y in area.top()..area.bottom() {
            put(buf, area.x, y, self.glyphs.vertical, 1, style);
        }
    }

    fn pane_title(&self, area: Rect, title: &str, right: &str, filter: Option<&str>, focused: bool, buf: &mut Buffer) {
        let style = self.styles.style(if focused { Role::HeadingFocused } else { Role::Heading });
        match filter {
            Some(filter) => {
                put(buf, area.x, area.y, &format!("/{filter}"), area.width, self.styles.style(Role::Input));
            }
            None => {
                put(buf, area.x, area.y, title, area.width, style);
                let width = right.chars().count() as u16;
                let x = area.right().saturating_sub(width + 2);
                put(buf, x, area.y, right, width, self.styles.style(Role::Dim));
            }
        }
    }

    /// The chosen row of a list.
    fn choose(&self, line: Rect, focused: bool, buf: &mut Buffer) {
        let role = if focused { Role::ListSelected } else { Role::ListSelectedInactive };
        buf.set_style(line, self.styles.style(role));
    }

    /// A name with something at the right.
    #[expect(clippy::too_many_arguments, reason = "a row is all of these")]
    fn row(&self, area: Rect, y: u16, indent: u16, name: &str, right: &str, role: Role, buf: &mut Buffer) {
        let right_width = right.chars().count() as u16;
        let room = area.width.saturating_sub(indent + right_width + 1);
        let style = Style { bg: None, ..self.styles.style(role) };
        put(buf, area.x + indent, y, name, room, style);
        let x = area.right().saturating_sub(right_width);
        put(buf, x, y, right, right_width, Style { bg: None, ..self.styles.style(Role::Dim) });
    }

    /// A thumb at the side of a list that is longer than its room.
    pub fn scroll_mark(&self, area: Rect, count: usize, top: usize, buf: &mut Buffer) {
        let height = usize::from(area.height);
        if count <= height || height == 0 {
            return;
        }
        let length = (height * height / count).max(1);
        let start = top * (height - length) / (count - height).max(1);
        for n in start..(start + length).min(height) {
            put(buf, area.x, area.y + n as u16, self.glyphs.thumb, 1, self.styles.style(Role::ScrollThumb));
        }
    }
}
