//! Choosing one or several of a list by typing a few letters of a name.

use super::plan::Field;
use super::{boxed, clear_of, draw_input, inside};
use crate::project::id::{
    AttributeId, CaseId, CodeId, CoderId, CodingId, QuotationId, RoundId, SourceId, ThemeId, WordingId,
};
use crate::project::memo::MemoKind;
use crate::project::summary::Heading;
use crate::screen::app::App;
use crate::screen::command::Command;
use crate::screen::commands::people::PeopleChoice;
use crate::screen::draw::Areas;
use crate::screen::theme::Role;
use crate::screen::views::book::acts::Choice;
use crate::screen::views::code::paint::{Painter, put};
use crate::screen::views::code::tree::in_sight;
use crate::screen::views::matrices::ask::Pick;
use crate::screen::views::only::Only;
use crate::screen::views::reconcile::deciding::Narrow;
use crate::screen::widgets::input::Input;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

/// Names that begin with what was typed come first.
const PREFERRING_STARTS: Config = {
    let mut config = Config::DEFAULT;
    config.prefer_prefix = true;
    config
};

/// What a row of the list stands for.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// A code.
    Code(CodeId),
    /// No code: the top of the tree.
    Top,
    /// A command.
    Command(&'static Command),
    /// A source.
    Source(SourceId),
    /// A case, or none.
    Case(Option<CaseId>),
    /// A coder.
    Coder(CoderId),
    /// An attribute.
    Attribute(AttributeId),
    /// A round.
    Round(RoundId),
    /// A kind of memo.
    Kind(MemoKind),
    /// The so-manieth of what the choice is of.
    Nth(usize),
    /// What its name says: a case that an import is to begin.
    Named,
}

/// A row of the list.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its name.
    pub label: String,
    /// What stands at the right: where it is, which key it has.
    pub note: String,
    /// More words that it is found by.
    pub also: String,
    /// What it stands for.
    pub target: Target,
}

/// What the choice is for.
#[derive(Clone, PartialEq, Debug)]
pub enum Choose {
    /// Codes to lay on the selection; each a coding of its own if `apart`.
    Lay {
        /// Whether words that carry the code already get another coding.
        apart: bool,
    },
    /// Codes to lay on the hits that are wanted.
    LayHits,
    /// Codes to lay on extracts.
    LayExtracts,
    /// The code that extracts are to have instead.
    RecodeExtracts,
    /// What the extracts are narrowed to.
    NarrowExtracts(Vec<crate::screen::views::extracts::Narrow>),
    /// The code that a coding is to have instead.
    Recode(Vec<CodingId>),
    /// The code that others are to be merged into.
    Merge(Vec<CodeId>),
    /// The code that a code is to stand under.
    Parent(CodeId),
    /// The code to put on a digit.
    Pin(u8),
    /// A code to go to in the tree.
    FindCode,
    /// A command to run.
    Command,
    /// A source to go to.
    Source,
    /// The case that a source belongs to.
    CaseOf(SourceId),
    /// The code that chosen codings move to.
    Split(Vec<CodingId>),
    /// The case of a file that is imported.
    ImportCase,
    /// The code (or codes) that words in dispute carry instead.
    Otherwise,
    /// The code that a coding which is checked again gets.
    CheckRecode,
    /// Whom a disagreement is put to; `None` for whoever takes it.
    PutTo(Vec<Option<CoderId>>),
    /// Who is present while deciding.
    Present(Vec<CoderId>),
    /// What the list of disagreements is narrowed to.
    Narrow(Vec<Narrow>),
    /// The round that is reconciled.
    Reconcile(Vec<RoundId>),
    /// What a matrix is of.
    Matrix(Pick),
    /// A field of a plan.
    Plan {
        /// Which.
        field: Field,
        /// Whether several can be marked.
        several: bool,
    },
    /// The extract that is quoted in the memo being written.
    Quote(Vec<CodingId>),
    /// How the speaker of a quotation is signed.
    Sign(QuotationId, Vec<String>),
    /// What the list of memos is narrowed to.
    Memos(Vec<crate::screen::views::memos::Narrow>),
    /// The theme whose memo is begun.
    ThemeMemo(Vec<ThemeId>),
    /// Which cases a view shows.
    Only(Vec<Only>),
    /// More columns of the framework matrix.
    Headings(Vec<Heading>),
    /// The code inside whose passages words are counted; all that is said if `None`.
    WordsInside(Vec<Option<CodeId>>),
    /// Whether a proposed wording means the same: the first row, or something else.
    Wording(WordingId),
    /// Something of the Findings view.
    Findings(crate::screen::commands::findings::Choice),
    /// Something of the Codebook view.
    Book(Choice),
    /// Something in the grid of people and cases.
    People(PeopleChoice),
}

impl Choose {
    /// Whether several can be marked.
    #[must_use]
    pub const fn several(&self) -> bool {
        match self {
            Self::Lay { .. }
            | Self::LayHits
            | Self::LayExtracts
            | Self::Otherwise
            | Self::Present(_)
            | Self::Headings(_)
            | Self::Plan { several: true, .. } => true,
            Self::Book(choice) => choice.several(),
            Self::Matrix(pick) => pick.several(),
            Self::People(PeopleChoice::Value { several: true, .. } | PeopleChoice::Labels(..)) => true,
            _ => false,
        }
    }

    /// What that is typed can become: a new code, or a new case.
    fn makes(&self) -> Option<&'static str> {
        match self {
            Self::Lay { .. }
            | Self::LayHits
            | Self::LayExtracts
            | Self::RecodeExtracts
            | Self::Recode(_)
            | Self::Split(_)
            | Self::Otherwise
            | Self::CheckRecode => Some("code"),
            Self::ImportCase => Some("case"),
            Self::Findings(choice) if choice.takes_text() => Some("expression"),
            Self::Matrix(pick) if pick.takes_text() => Some("expression"),
            Self::Plan { field: Field::Follows, .. } => Some("expression"),
            Self::Sign(..) => Some("signature"),
            Self::Book(choice) => choice.makes(),
            Self::People(PeopleChoice::Value { makes: true, .. }) => Some("value"),
            _ => None,
        }
    }
}

/// A list that is filtered by typing.
pub struct Picker {
    /// What it says above.
    pub title: String,
    /// What has been typed.
    pub input: Input,
    /// What the choice is for.
    pub choose: Choose,
    items: Vec<Item>,
    /// The items that match, best first, with the letters that do.
    shown: Vec<(usize, Vec<u32>)>,
    /// The chosen row; the row after the last is the new code.
    selected: usize,
    /// The marked items.
    marked: Vec<usize>,
    /// Whether the choice was moved since something was typed.
    pub moved: bool,
    /// The first row shown.
    top: std::cell::Cell<usize>,
    matcher: Matcher,
}

/// What was chosen.
#[derive(Clone, Debug)]
pub enum Chosen {
    /// These rows, marked ones in the order in which they were marked.
    Items(Vec<Target>),
    /// A new code of this name, with what was marked before.
    New(String, Vec<Target>),
}

impl Picker {
    /// A list of `items`, in the order in which they are offered while nothing is typed.
    #[must_use]
    pub fn new(title: &str, items: Vec<Item>, choose: Choose) -> Self {
        let mut out = Self {
            title: title.to_owned(),
            input: Input::default(),
            choose,
            items,
            shown: Vec::new(),
            selected: 0,
            marked: Vec::new(),
            moved: false,
            top: std::cell::Cell::new(0),
            matcher: Matcher::new(PREFERRING_STARTS),
        };
        out.filter();
        out
    }

    /// The same with some rows marked to begin with.
    #[must_use]
    pub fn marking(mut self, marked: impl Fn(Target) -> bool) -> Self {
        self.marked = (0..self.items.len()).filter(|n| marked(self.items[*n].target)).collect();
        self
    }

    /// Lists what matches what has been typed.
    pub fn filter(&mut self) {
        self.selected = 0;
        self.moved = false;
        let typed = self.input.text().trim();
        if typed.is_empty() {
            self.shown = (0..self.items.len()).map(|n| (n, Vec::new())).collect();
            return;
        }
        let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
        let mut buffer = Vec::new();
        let mut found: Vec<(bool, u32, usize, Vec<u32>)> = Vec::new();
        for (n, item) in self.items.iter().enumerate() {
            let mut letters = Vec::new();
            let label = Utf32Str::new(&item.label, &mut buffer);
            if let Some(score) = pattern.indices(label, &mut self.matcher, &mut letters) {
                letters.sort_unstable();
                letters.dedup();
                found.push((true, score, n, letters));
                continue;
            }
            // Other words must be there as typed: letters here and there would match almost anything.
            let more = format!("{} {} {}", item.label, item.note, item.also).to_lowercase();
            if typed.to_lowercase().split_whitespace().all(|word| more.contains(word)) {
                found.push((false, 0, n, Vec::new()));
            }
        }
        // A name that matches comes before other words that do; else the better match, else the order offered.
        found.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
        self.shown = found.into_iter().map(|(_, _, n, letters)| (n, letters)).collect();
    }

    /// The name that a new code would have, where what was typed is no code's whole name.
    #[must_use]
    pub fn new_name(&self) -> Option<String> {
        let name = self.input.text().split_whitespace().collect::<Vec<_>>().join(" ");
        let twin = || self.items.iter().any(|item| item.label.to_lowercase() == name.to_lowercase());
        (self.choose.makes().is_some() && !name.is_empty() && !twin()).then_some(name)
    }

    fn rows(&self) -> usize {
        self.shown.len() + usize::from(self.new_name().is_some())
    }

    /// Moves the choice by so many rows, round at the ends.
    pub fn step(&mut self, by: i32) {
        let rows = self.rows() as i64;
        if rows > 0 {
            self.selected = usize::try_from((self.selected as i64 + i64::from(by)).rem_euclid(rows)).unwrap_or(0);
            self.moved = true;
        }
    }

    /// Goes to the first or last row.
    pub fn edge(&mut self, end: bool) {
        self.selected = if end { self.rows().saturating_sub(1) } else { 0 };
        self.moved = true;
    }

    /// Marks the chosen row, or takes the mark away; what was typed has done its work and goes.
    pub fn mark(&mut self) {
        if !self.choose.several() {
            return;
        }
        if let Some(&(item, _)) = self.shown.get(self.selected) {
            match self.marked.iter().position(|marked| *marked == item) {
                Some(at) => {
                    self.marked.remove(at);
                }
                None => self.marked.push(item),
            }
            if self.input.is_empty() {
                self.step(1);
            } else {
                self.input.set("");
                self.filter();
            }
        }
    }

    /// Whether Space marks now, rather than being typed: nothing is being typed, or the choice was moved.
    #[must_use]
    pub fn space_marks(&self) -> bool {
        self.choose.several() && (self.input.is_empty() || self.moved)
    }

    /// The name on the chosen row.
    #[must_use]
    pub fn current_label(&self) -> Option<&str> {
        self.shown.get(self.selected).map(|(n, _)| self.items[*n].label.as_str())
    }

    /// The item of the chosen row.
    #[must_use]
    pub fn current(&self) -> Option<Target> {
        self.shown.get(self.selected).map(|(n, _)| self.items[*n].target)
    }

    /// The box, the part of its inside for the line and the list, and the cells beside it for a definition.
    fn places(&self, areas: Areas, cursor_row: Option<u16>) -> (Rect, Rect, u16) {
        let wide = areas.main.width >= 90;
        let rect = clear_of(areas.main, if wide { 96 } else { 64 }, areas.main.height * 11 / 20, cursor_row);
        let inner = inside(rect);
        let shows_codes = self.items.iter().any(|item| matches!(item.target, Target::Code(_)));
        let beside = if wide && shows_codes { inner.width * 2 / 5 } else { 0 };
        (rect, Rect { width: inner.width - beside, ..inner }, beside)
    }

    /// The number of the row drawn at this cell, if there is one; `cursor_row` is the row that the window keeps clear of.
    #[must_use]
    pub fn row_at(&self, areas: Areas, cursor_row: Option<u16>, at: Position) -> Option<usize> {
        let (_, list, _) = self.places(areas, cursor_row);
        let height = list.height.saturating_sub(2);
        let rows = Rect { y: list.y + 2, height, ..list };
        let n = self.top.get() + usize::from(at.y.checked_sub(rows.y)?);
        (rows.contains(at) && n < self.rows()).then_some(n)
    }

    /// Moves the choice by so many rows, not past the ends.
    pub fn scroll(&mut self, by: i32) {
        self.choose_row(self.selected.saturating_add_signed(by as isize));
    }

    /// Chooses the row of this number.
    pub fn choose_row(&mut self, n: usize) {
        self.selected = n.min(self.rows().saturating_sub(1));
        self.moved = true;
    }

    /// What Enter chooses; `None` if there is nothing to choose.
    #[must_use]
    pub fn chosen(&self) -> Option<Chosen> {
        let mut items: Vec<Target> = self.marked.iter().map(|n| self.items[*n].target).collect();
        match self.shown.get(self.selected) {
            Some((n, _)) => {
                // With rows marked, the chosen row counts only if it was looked for.
                if items.is_empty() || (!self.input.is_empty() && !self.marked.contains(n)) {
                    items.push(self.items[*n].target);
                }
                Some(Chosen::Items(items))
            }
            None => match self.new_name() {
                Some(name) => Some(Chosen::New(name, items)),
                None => (!items.is_empty()).then_some(Chosen::Items(items)),
            },
        }
    }
}

/// Draws the list; for codes with the definition of the chosen one beside it.
pub fn draw(app: &App, picker: &Picker, areas: Areas, buf: &mut Buffer) -> Option<Position> {
    let (rect, list, beside) = picker.places(areas, app.cursor_row);
    let inner = boxed(app, rect, &picker.title, buf);
    put(buf, list.x, list.y, app.glyphs.pointer, 1, app.styles.over(Role::Popup, Role::Key));
    let line = Rect::new(list.x + 2, list.y, list.width.saturating_sub(2), 1);
    let hint = match picker.choose.makes() {
        Some("expression") => "a few letters, or an expression: any(…), [Setting = Rural]".to_owned(),
        Some(what) => format!("type a few letters, or a new {what}'s name"),
        None => "type a few letters".to_owned(),
    };
    let cursor = draw_input(app, &picker.input, line, &hint, buf);
    let height = usize::from(list.height.saturating_sub(2));
    let top = in_sight(picker.top.get(), picker.selected, picker.rows(), height);
    picker.top.set(top);
    for n in top..picker.rows().min(top + height) {
        let y = list.y + 2 + (n - top) as u16;
        let row = Rect::new(list.x - 1, y, list.width + 1, 1);
        let chosen = n == picker.selected;
        if chosen {
            buf.set_style(row, app.styles.style(Role::ListSelected));
        }
        match picker.shown.get(n) {
            Some((item, letters)) => item_row(app, picker, *item, letters, row, buf),
            None => {
                let name = picker.new_name().unwrap_or_default();
                let what = picker.choose.makes().unwrap_or("code");
                let words = format!("New {what} {}{name}{}", app.glyphs.quote_open, app.glyphs.quote_close);
                put(buf, list.x + 2, y, &words, list.width.saturating_sub(2), app.styles.style(Role::Link));
            }
        }
    }
    if picker.rows() == 0 {
        let words = "Nothing matches.";
        put(buf, list.x + 2, list.y + 2, words, list.width, app.styles.over(Role::Popup, Role::Dim));
    }
    if beside > 0 {
        let view = app.study.view();
        let area = Rect { x: inner.right() - beside + 2, width: beside.saturating_sub(2), ..inner };
        for y in inner.top()..inner.bottom() {
            put(buf, area.x - 2, y, app.glyphs.vertical, 1, app.styles.over(Role::Popup, Role::PaneBorder));
        }
        if let Some(Target::Code(code)) = picker.current()
            && let Some(node) = view.code(code)
        {
            let links_key = app.keymap.labels("linked-from").into_iter().next().unwrap_or_default();
            let painter = Painter { view, code: &app.code, styles: &app.styles, glyphs: &app.glyphs, links_key };
            painter.definition(node, area, buf);
        }
    }
    Some(cursor)
}

fn item_row(app: &App, picker: &Picker, item: usize, letters: &[u32], row: Rect, buf: &mut Buffer) {
    let Item { label, note, target, .. } = &picker.items[item];
    let view = app.study.view();
    let (x, y) = (row.x + 1, row.y);
    if picker.marked.contains(&item) {
        put(buf, x, y, app.glyphs.done, 1, app.styles.style(Role::ListMarked));
    }
    if let Target::Code(code) = target
        && let Some(node) = view.code(*code)
    {
        let swatch = if node.wording.is_some() { app.glyphs.swatch } else { app.glyphs.swatch_open };
        put(buf, x + 1, y, swatch, 1, app.styles.code(node.code.colour).swatch);
    }
    let note_width = note.chars().count().min(usize::from(row.width) / 2) as u16;
    let room = row.width.saturating_sub(note_width + 5);
    let style = app.styles.style(Role::Text);
    let used = put(buf, x + 3, y, label, room, ratatui::style::Style { bg: None, ..style });
    // Letters that match: only where each char takes one cell, so that they stand where they are drawn.
    if label.is_ascii() {
        for letter in letters.iter().filter(|letter| **letter < u32::from(used)) {
            let cell = &mut buf[(x + 3 + *letter as u16, y)];
            cell.set_style(app.styles.style(Role::Match).add_modifier(Modifier::BOLD));
        }
    }
    let dim = ratatui::style::Style { bg: None, ..app.styles.style(Role::Dim) };
    put(buf, row.right().saturating_sub(note_width + 1), y, note, note_width, dim);
}
