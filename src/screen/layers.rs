//! What lies over the view and has the keys: pickers, questions, the memo editor, lists, forms, help.
//!
//! A layer holds its own state and knows what it is for; accepting it is carried out here, closing it loses nothing
//! that was written.

pub mod choose;
pub mod form;
pub mod help;
pub mod import;
pub mod list;
pub mod memo;
pub mod page;
pub mod picker;
pub mod plan;
pub mod prompt;
pub mod question;
pub mod reason;
pub mod summary;

use super::app::App;
use super::command::Place;
use super::draw::Areas;
use super::key::Key;
use super::theme::Role;
use super::views::code::paint::put;
use super::widgets::input::Input;
use form::Form;
use help::Help;
use import::Review;
use list::{List, Lists};
use memo::MemoEditor;
use page::Page;
use picker::Picker;
use plan::Plan;
use prompt::{AskFor, Prompt};
use question::Question;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Block, Clear, Widget};
use reason::Reason;
use std::time::Duration;
use summary::SummaryPage;

/// A layer.
pub enum Layer {
    /// A list that is filtered by typing.
    Picker(Picker),
    /// A line that asks for words.
    Prompt(Prompt),
    /// A memo being written.
    Memo(Box<MemoEditor>),
    /// A list in a window.
    List(List),
    /// The fields of a code's wording.
    Form(Box<Form>),
    /// The keys.
    Help(Help),
    /// A page to read.
    Page(Page),
    /// The review of an import.
    Import(Box<Review>),
    /// A question with a few answers.
    Question(Question),
    /// The line in which a reason is given.
    Reason(Reason),
    /// A round, or a division, being planned.
    Plan(Box<Plan>),
    /// A cell of the framework matrix.
    Summary(Box<SummaryPage>),
}

impl Layer {
    /// Where its keys are looked for.
    #[must_use]
    pub const fn place(&self) -> Place {
        match self {
            Self::Summary(page) if page.writing => Place::Summary,
            Self::Summary(_) => Place::Basis,
            Self::Picker(_) => Place::Picker,
            Self::Prompt(_) => Place::Prompt,
            Self::Memo(editor) if editor.is_completing() => Place::Complete,
            Self::Memo(_) => Place::Editor,
            Self::List(_) => Place::List,
            Self::Form(_) => Place::Form,
            Self::Help(_) | Self::Page(_) => Place::Page,
            Self::Import(_) => Place::Import,
            Self::Question(_) => Place::Question,
            Self::Reason(_) => Place::Reason,
            Self::Plan(_) => Place::Plan,
        }
    }

    /// The commands whose keys matter in it, where they are not simply those of its place.
    #[must_use]
    pub fn hints(&self) -> Option<&'static [&'static str]> {
        match self {
            Self::Prompt(Prompt { ask: AskFor::Find { .. }, .. }) => None,
            Self::Prompt(_) => Some(&["prompt-accept", "prompt-cancel"]),
            Self::Picker(picker) if !picker.choose.several() => Some(&["pick-accept", "pick-cancel"]),
            Self::Plan(_) => Some(&["plan-enter", "plan-leave"]),
            Self::List(list) if list.what == Lists::Behind => Some(&["list-go", "find", "close"]),
            Self::List(list) if list.what == Lists::Pairs => {
                Some(&["pair-confirm", "pair-strike", "list-mark", "list-go", "find", "undo", "close"])
            }
            _ => None,
        }
    }

    /// Takes in a key that is no command; says whether it typed something.
    pub fn type_key(&mut self, key: Key) -> bool {
        match self {
            Self::Picker(picker) => key.typed().is_some_and(|c| {
                picker.input.insert(c.encode_utf8(&mut [0; 4]));
                true
            }),
            Self::Prompt(prompt) => key.typed().is_some_and(|c| {
                prompt.input.insert(c.encode_utf8(&mut [0; 4]));
                true
            }),
            Self::Reason(reason) => key.typed().is_some_and(|c| {
                reason.input.insert(c.encode_utf8(&mut [0; 4]));
                true
            }),
            Self::Memo(editor) => editor.type_key(key),
            Self::Form(form) => form.type_key(key),
            Self::Summary(page) => page.type_key(key),
            Self::List(_) | Self::Help(_) | Self::Page(_) | Self::Import(_) | Self::Plan(_) | Self::Question(_) => {
                false
            }
        }
    }

    /// Takes in pasted text.
    pub fn paste(&mut self, text: &str) {
        match self {
            Self::Picker(picker) => picker.input.insert(text),
            Self::Prompt(prompt) => prompt.input.insert(text),
            Self::Memo(editor) => editor.paste(text),
            Self::Form(form) => form.paste(text),
            Self::Summary(page) => page.paste(text),
            Self::Reason(reason) => reason.input.insert(text),
            Self::List(_) | Self::Help(_) | Self::Page(_) | Self::Import(_) | Self::Plan(_) | Self::Question(_) => {}
        }
    }

    /// When it wants to be told the time.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        match self {
            Self::Memo(editor) => editor.deadline(),
            Self::Summary(page) => page.deadline(),
            Self::Import(review) => review.deadline(),
            _ => None,
        }
    }

    /// Whether it does something beside the screen.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        match self {
            Self::Import(review) => review.is_busy(),
            Self::Plan(plan) => plan.is_busy(),
            _ => false,
        }
    }

    /// The line being typed, if it is one.
    pub const fn input(&mut self) -> Option<&mut Input> {
        match self {
            Self::Picker(picker) => Some(&mut picker.input),
            Self::Prompt(prompt) => Some(&mut prompt.input),
            Self::Reason(reason) => Some(&mut reason.input),
            _ => None,
        }
    }
}

/// What follows from something having been typed into the topmost layer.
pub fn typed(app: &mut App) {
    let now = app.now();
    match app.layers.last_mut() {
        Some(Layer::Picker(picker)) => picker.filter(),
        Some(Layer::Prompt(_)) => prompt::typed(app),
        Some(Layer::Memo(editor)) => {
            editor.touched(now);
            memo::complete::typed(app);
        }
        Some(Layer::Summary(page)) => page.touched(now),
        _ => {}
    }
}

/// What follows from time having passed.
pub fn tick(app: &mut App) {
    memo::tick(app);
    summary::tick(app);
    import::listen(app);
}

/// Takes in what layers do beside the screen; says whether anything has changed.
pub fn listen(app: &mut App) -> bool {
    let planned = plan::listen(app);
    import::listen(app) || planned
}

/// What follows from the user's editor having given back a text.
pub fn edited(app: &mut App, text: &str) {
    if let Some(Layer::Memo(editor)) = app.layers.last_mut() {
        editor.set(text);
        memo::save(app, false);
    } else if let Some(Layer::Summary(page)) = app.layers.last_mut() {
        page.set(text);
        summary::save(app, false);
    }
}

/// Draws layer `n`; gives back where the terminal's cursor belongs.
pub fn draw(app: &App, n: usize, areas: Areas, buf: &mut Buffer) -> Option<Position> {
    match app.layers.get(n)? {
        Layer::Picker(picker) => picker::draw(app, picker, areas, buf),
        Layer::Prompt(prompt) => prompt::draw(app, prompt, areas, buf),
        Layer::Memo(editor) => memo::draw(app, editor, areas, buf),
        Layer::List(list) => list::draw(app, list, areas, buf),
        Layer::Form(form) => form::draw(app, form, areas, buf),
        Layer::Help(help) => help::draw(app, help, areas, buf),
        Layer::Page(page) => page::draw(app, page, areas, buf),
        Layer::Import(review) => import::draw(app, review, areas, buf),
        Layer::Question(question) => question::draw(app, question, areas, buf),
        Layer::Reason(reason) => reason::draw(app, reason, areas, buf),
        Layer::Plan(plan) => plan::draw(app, plan, areas, buf),
        Layer::Summary(page) => summary::draw(app, page, areas, buf),
    }
}

/// A box over the screen; gives back its inside.
pub fn boxed(app: &App, rect: Rect, title: &str, buf: &mut Buffer) -> Rect {
    let rect = rect.intersection(buf.area);
    Clear.render(rect, buf);
    buf.set_style(rect, app.styles.style(Role::Text).patch(app.styles.style(Role::Popup)));
    let block =
        Block::bordered().border_set(app.glyphs.border()).border_style(app.styles.over(Role::Popup, Role::PopupBorder));
    block.render(rect, buf);
    if !title.is_empty() && rect.width > 6 {
        let title = format!(" {title} ");
        put(buf, rect.x + 2, rect.y, &title, rect.width - 4, app.styles.over(Role::Popup, Role::PopupTitle));
    }
    inside(rect)
}

/// The inside of a box: what its border and a cell at either side leave.
#[must_use]
pub fn inside(rect: Rect) -> Rect {
    let inner = Block::bordered().inner(rect);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

/// A rectangle of at most this size in the middle of `area`, a little above.
#[must_use]
pub fn middle(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect::new(area.x + (area.width - width) / 2, area.y + (area.height - height) / 3, width, height)
}

/// A rectangle of at most this size at the foot of `area`, or at its head where that would cover the row in hand.
#[must_use]
pub fn clear_of(area: Rect, width: u16, height: u16, row: Option<u16>) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    let x = area.x + (area.width - width) / 2;
    let foot = area.bottom() - height;
    let covered = row.is_some_and(|row| row + 1 >= foot && row >= area.y + area.height / 2);
    Rect::new(x, if covered { area.y } else { foot }, width, height)
}

/// Draws a line being typed after a sign; gives back where the cursor belongs.
pub fn draw_input(app: &App, input: &Input, area: Rect, hint: &str, buf: &mut Buffer) -> Position {
    let style = app.styles.over(Role::Popup, Role::Input);
    let (shown, column) = input.window(area.width);
    if input.is_empty() {
        put(buf, area.x, area.y, hint, area.width, app.styles.over(Role::Popup, Role::InputHint));
    } else {
        put(buf, area.x, area.y, &shown, area.width, style);
    }
    Position::new(area.x + column.min(area.width.saturating_sub(1)), area.y)
}
