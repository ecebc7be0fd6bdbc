//! The mouse: what lies under the pointer, and what a press, a drag or the wheel does there.
//!
//! Where things are follows from the size of the screen alone, by the same functions that the frame is drawn with, so
//! that nothing has to be remembered from it.

use super::app::App;
use super::command::command;
use super::draw::areas;
use super::key::Key;
use super::layers::Layer;
use super::views::Showing;
use super::views::code::cases::CaseRow;
use super::views::code::flow::PageRow;
use super::views::code::paint::{Shape, shape};
use super::views::code::panes::{Pane, Split};
use super::views::code::transcript::Grip;
use crate::text::{Pos, Span};
use crossterm::event::{KeyCode, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};
use std::collections::HashSet;
use std::hash::Hash;
use std::time::Duration;

/// How soon a second press must follow to be the second of two.
const DOUBLE: Duration = Duration::from_millis(400);
/// How many rows a notch of the wheel is.
const NOTCH: i32 = 3;

/// What the mouse is doing.
#[derive(Clone, Debug, Default)]
pub(super) struct Pointer {
    /// Where and when the button was pressed last, and the how-manieth press it was there.
    pressed: Option<(Position, Duration, u8)>,
    /// What a drag moves.
    holds: Option<Holds>,
    /// The row of a list that was pressed last.
    row: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
enum Holds {
    /// The end of a selection that began here.
    Words(Span, Grip),
    /// The border of a side pane.
    Border(Pane),
    /// The groove beside the text.
    Groove,
}

impl Pointer {
    /// A key was pressed: what follows with the mouse begins anew.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Counts presses on one cell: 1, 2, 3, and 1 again.
    fn count(&mut self, at: Position, now: Duration) -> u8 {
        let count = match self.pressed {
            Some((before, when, count)) if before == at && now <= when + DOUBLE => count % 3 + 1,
            _ => 1,
        };
        self.pressed = Some((at, now, count));
        count
    }
}

impl App {
    /// Takes in what the mouse did. What is no press, drag or turn of the wheel is passed over.
    pub fn mouse(&mut self, event: MouseEvent) {
        let at = Position::new(event.column, event.row);
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                self.end_keys();
                let count = self.pointer.count(at, self.now());
                self.pointer.holds = None;
                match self.showing {
                    _ if !self.layers.is_empty() => self.press_layer(at),
                    Showing::Code => self.press(at, count),
                    _ => super::views::press(self, areas(self.size).main, at, count),
                }
            }
            MouseEventKind::Drag(MouseButton::Left) if self.layers.is_empty() && self.showing == Showing::Code => {
                self.drag(at);
            }
            MouseEventKind::Up(MouseButton::Left) => self.pointer.holds = None,
            MouseEventKind::ScrollDown => self.wheel(at, NOTCH),
            MouseEventKind::ScrollUp => self.wheel(at, -NOTCH),
            _ => return,
        }
        self.settle();
    }

    fn split(&self) -> Split {
        self.code.panes.split(areas(self.size).main)
    }

    fn press(&mut self, at: Position, count: u8) {
        let split = self.split();
        if border(split.cases, split.cases.right().saturating_sub(1)).contains(at) {
            self.pointer.holds = Some(Holds::Border(Pane::Cases));
        } else if border(split.tree, split.tree.x).contains(at) {
            self.pointer.holds = Some(Holds::Border(Pane::Tree));
        } else if split.text.contains(at) {
            self.code.panes.focus = Pane::Text;
            self.press_text(split.text, at, count);
        } else if split.tree.contains(at) {
            self.code.panes.focus = Pane::Tree;
            self.press_tree(&split, at, count);
        } else if split.cases.contains(at) {
            self.code.panes.focus = Pane::Cases;
            self.press_cases(&split, at, count);
        }
    }

    fn press_text(&mut self, area: Rect, at: Position, count: u8) {
        if at.x + 1 == area.right() {
            self.code.mark_jump();
            self.pointer.holds = Some(Holds::Groove);
            self.go_to_height(area, at);
            return;
        }
        let grip = match count {
            1 => Grip::Char,
            2 => Grip::Word,
            _ => Grip::Sentence,
        };
        let Some(Under { pos, memo }) = self.under(area, at) else { return };
        if let (Some(memo), 2) = (memo, count) {
            super::commands::memos::open_memo(self, memo);
            return;
        }
        if let Some(transcript) = &mut self.code.transcript {
            let from = transcript.press(pos, grip);
            self.pointer.holds = Some(Holds::Words(from, grip));
        }
    }

    /// What lies under the pointer in the transcript; `None` where nothing is open, or above the text.
    fn under(&self, area: Rect, at: Position) -> Option<Under> {
        let transcript = self.code.transcript.as_ref()?;
        let (shape, top) = text_place(area);
        let row = usize::from(at.y.checked_sub(top)?);
        let page = transcript.page(&self.study.view(), self.code.memos, usize::from(shape.rows));
        let column = at.x.saturating_sub(area.x + shape.gutter);
        let memo = match page.rows.get(row) {
            Some(PageRow::Memo { id, .. }) => Some(*id),
            _ => None,
        };
        transcript.pos_on(&page, row, column).map(|pos| Under { pos, memo })
    }

    fn press_tree(&mut self, split: &Split, at: Position, count: u8) {
        let view = self.study.view();
        let rows = self.code.tree.rows(&view);
        let Some(n) = row_at(split.tree, split.tree_rows(), self.code.tree.top, at) else { return };
        let Some(row) = rows.get(n) else { return };
        self.code.tree.selected = Some(row.code);
        let sign = split.tree.x + 2 + (row.depth * 2).min(split.tree.width.saturating_sub(3) / 2);
        if row.branch.is_some() && (at.x == sign || count == 2) {
            turn_over(&mut self.code.tree.folded, row.code);
        }
    }

    fn press_cases(&mut self, split: &Split, at: Position, count: u8) {
        let rows = self.code.cases.rows(&self.study.view());
        let Some(n) = row_at(split.cases, split.case_rows(), self.code.cases.top, at) else { return };
        let Some(&row) = rows.get(n) else { return };
        self.code.cases.selected = Some(row);
        match row {
            CaseRow::Case(case) if at.x == split.cases.x + 1 || count == 2 => {
                turn_over(&mut self.code.cases.open, case);
            }
            CaseRow::Source(_) if count == 2 => self.run_named("cases-open"),
            _ => {}
        }
    }

    /// A press in a list chooses the row; another press on the same row accepts it.
    fn press_layer(&mut self, at: Position) {
        let areas = areas(self.size);
        let row = match self.layers.last() {
            Some(Layer::Picker(picker)) => picker.row_at(areas, self.cursor_row, at),
            Some(Layer::List(list)) => list.row_at(areas, at),
            _ => None,
        };
        let Some(n) = row else { return };
        let again = self.pointer.row == Some(n);
        self.pointer.row = (!again).then_some(n);
        match self.layers.last_mut() {
            Some(Layer::Picker(picker)) => {
                picker.choose_row(n);
                if again {
                    super::layers::choose::accept(self);
                }
            }
            Some(Layer::List(list)) => {
                list.selected = n;
                if again {
                    self.run_named("list-go");
                }
            }
            _ => {}
        }
    }

    fn drag(&mut self, at: Position) {
        let split = self.split();
        match self.pointer.holds {
            Some(Holds::Border(Pane::Tree)) => {
                let width = split.tree.right().saturating_sub(at.x);
                self.code.panes.set_width(Pane::Tree, width);
            }
            Some(Holds::Border(pane)) => {
                let width = (at.x + 1).saturating_sub(split.cases.x);
                self.code.panes.set_width(pane, width);
            }
            Some(Holds::Groove) => self.go_to_height(split.text, at),
            Some(Holds::Words(from, grip)) => self.drag_words(split.text, at, from, grip),
            None => {}
        }
    }

    /// Selects to the pointer; above and below the text the page moves along.
    fn drag_words(&mut self, area: Rect, at: Position, from: Span, grip: Grip) {
        let (shape, top) = text_place(area);
        let bottom = area.bottom().saturating_sub(1).max(top);
        if at.y < top || at.y > bottom {
            let rows = if at.y < top { -1 } else { 1 };
            if let Some(transcript) = &mut self.code.transcript {
                transcript.wheel(&self.study.view(), self.code.memos, rows, usize::from(shape.rows));
            }
        }
        let at = Position::new(at.x, at.y.clamp(top, bottom));
        let Some(Under { pos, .. }) = self.under(area, at) else { return };
        if let Some(transcript) = &mut self.code.transcript {
            transcript.drag(from, pos, grip);
        }
    }

    /// Goes to the place in the text that a height of the groove stands for.
    fn go_to_height(&mut self, area: Rect, at: Position) {
        let (shape, top) = text_place(area);
        let Some(transcript) = &mut self.code.transcript else { return };
        let total = u64::from(transcript.reading().text.chars());
        let row = u64::from(at.y.saturating_sub(top).min(shape.rows));
        let to = row * total / u64::from(shape.rows.max(1));
        transcript.go(Pos(u32::try_from(to).unwrap_or(u32::MAX)));
    }

    fn wheel(&mut self, at: Position, rows: i32) {
        let keys = |n: i32| if n < 0 { KeyCode::Up } else { KeyCode::Down };
        match self.layers.last_mut() {
            Some(Layer::Picker(picker)) => {
                // Round at the ends is for keys; the wheel stops there.
                picker.scroll(rows.signum());
                return;
            }
            Some(Layer::List(list)) => {
                list.step(rows);
                return;
            }
            Some(Layer::Memo(editor)) => {
                for _ in 0..rows.abs() {
                    let _moved = editor.type_key(Key::plain(keys(rows)));
                }
                return;
            }
            None if self.showing != Showing::Code => {
                super::views::wheel(self, at, rows);
                return;
            }
            Some(Layer::Help(_) | Layer::Page(_)) => {
                let name = if rows < 0 { "page-up-line" } else { "page-down-line" };
                (0..rows.abs()).for_each(|_| self.run_named(name));
                return;
            }
            Some(_) => return,
            None => {}
        }
        let split = self.split();
        let view = self.study.view();
        if split.text.contains(at) {
            let height = usize::from(shape(split.text).rows);
            if let Some(transcript) = &mut self.code.transcript {
                transcript.wheel(&view, self.code.memos, rows, height);
            }
        } else if split.tree.contains(at) {
            let all = self.code.tree.rows(&view);
            let at = all.iter().position(|row| Some(row.code) == self.code.tree.selected).unwrap_or(0);
            let (top, at) = scrolled(self.code.tree.top, at, all.len(), split.tree_rows(), rows);
            self.code.tree.top = top;
            self.code.tree.selected = all.get(at).map(|row| row.code);
        } else if split.cases.contains(at) {
            let all = self.code.cases.rows(&view);
            let at = all.iter().position(|row| Some(*row) == self.code.cases.selected).unwrap_or(0);
            let (top, at) = scrolled(self.code.cases.top, at, all.len(), split.case_rows(), rows);
            self.code.cases.top = top;
            self.code.cases.selected = all.get(at).copied();
        }
    }

    fn run_named(&mut self, name: &str) {
        if let Some(command) = command(name) {
            self.run(command);
        }
    }
}

/// What lies under the pointer in the transcript.
struct Under {
    pos: Pos,
    memo: Option<crate::project::id::MemoId>,
}

/// Puts `one` into the set, or takes it out.
fn turn_over<T: Eq + Hash>(set: &mut HashSet<T>, one: T) {
    if !set.remove(&one) {
        set.insert(one);
    }
}

/// The column of a pane on which its border stands; empty if the pane is not shown.
fn border(pane: Rect, x: u16) -> Rect {
    Rect { x, width: u16::from(pane.width > 0), ..pane }
}

/// How the transcript's pane is used, and its first row of text.
fn text_place(area: Rect) -> (Shape, u16) {
    let shape = shape(area);
    (shape, area.y + (area.height - shape.rows))
}

/// The row of a pane's list under the pointer: the list begins on the third row of the pane.
fn row_at(pane: Rect, height: usize, top: usize, at: Position) -> Option<usize> {
    let n = usize::from(at.y.checked_sub(pane.y + 2)?);
    (n < height).then_some(top + n)
}

/// The first row shown and the chosen one after the wheel turned by `rows`: the choice stays in sight.
fn scrolled(top: usize, at: usize, count: usize, height: usize, rows: i32) -> (usize, usize) {
    let height = height.max(1);
    let top = top.saturating_add_signed(rows as isize).min(count.saturating_sub(height));
    (top, at.clamp(top, top + height - 1).min(count.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presses_on_one_cell_count_while_they_follow_soon() {
        let mut pointer = Pointer::default();
        let (here, there) = (Position::new(1, 1), Position::new(2, 1));
        let ms = Duration::from_millis;
        let counts = [(here, 0), (here, 100), (here, 200), (here, 300), (there, 310), (there, 900)]
            .map(|(at, when)| pointer.count(at, ms(when)));
        assert_eq!(counts, [1, 2, 3, 1, 1, 1]);
    }

    #[test]
    fn the_wheel_stops_at_both_ends_and_keeps_the_choice_in_sight() {
        assert_eq!(scrolled(0, 0, 20, 5, 3), (3, 3));
        assert_eq!(scrolled(14, 19, 20, 5, 3), (15, 19));
        assert_eq!(scrolled(2, 6, 20, 5, -3), (0, 4));
        assert_eq!(scrolled(0, 0, 0, 5, 3), (0, 0));
        assert_eq!(scrolled(0, 2, 3, 0, 3), (2, 2));
    }
}
