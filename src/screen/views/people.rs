//! The grid of people and cases: a row each, a column an attribute, edited cell by cell.
//!
//! Who has a row and what has a column is found when the project changes; what stands in a cell is looked up as it is
//! drawn, and what follows from codings is worked out beside the screen.

mod draw;
mod places;

use crate::findings::grid::{Follows, Grid, GridColumn, Head, layout};
use crate::project::case::Bearer;
use crate::project::id::{AttributeId, CaseId, Id, ParticipantId, SourceId, WaveId};
use crate::project::memo::Link;
use crate::project::source::Who;
use crate::project::view::View;
use crate::screen::app::{App, Tone};
use crate::screen::beside::{Beside, Heard};
use crate::screen::commands::people::PeopleAsk;
use crate::screen::layers::Layer;
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::session::{Study, Waker};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::cell::Cell;
use std::collections::HashMap;

/// What was shown last: the state of the project, whose attributes, which wave.
type Seen = (u64, Bearer, Option<WaveId>);

/// The state of the grid.
pub struct PeopleView {
    /// Whose attributes are shown.
    of: Bearer,
    /// The wave that is shown; all if `None`.
    wave: Option<WaveId>,
    /// The chosen row and column, of cases and of participants.
    chosen: [(Option<Id>, Head); 2],
    grid: Option<Grid>,
    widths: Vec<u16>,
    labels: HashMap<ParticipantId, Vec<(SourceId, String)>>,
    seen: Option<Seen>,
    work: Option<Beside<Follows>>,
    top: Cell<usize>,
    left: Cell<usize>,
}

impl Default for PeopleView {
    fn default() -> Self {
        Self {
            of: Bearer::Case,
            wave: None,
            chosen: [(None, Head::Name); 2],
            grid: None,
            widths: Vec::new(),
            labels: HashMap::new(),
            seen: None,
            work: None,
            top: Cell::new(0),
            left: Cell::new(1),
        }
    }
}

impl PeopleView {
    /// Whose attributes are shown.
    #[must_use]
    pub const fn of(&self) -> Bearer {
        self.of
    }

    /// The wave that is shown; all if `None`.
    #[must_use]
    pub const fn wave(&self) -> Option<WaveId> {
        self.wave
    }

    /// The grid, once the view was shown.
    #[must_use]
    pub const fn grid(&self) -> Option<&Grid> {
        self.grid.as_ref()
    }

    const fn hand(&self) -> (Option<Id>, Head) {
        self.chosen[self.of as usize]
    }

    const fn hand_mut(&mut self) -> &mut (Option<Id>, Head) {
        &mut self.chosen[self.of as usize]
    }

    /// Who is chosen.
    #[must_use]
    pub const fn row(&self) -> Option<Id> {
        self.hand().0
    }

    /// The chosen column.
    #[must_use]
    pub fn column(&self) -> Option<&GridColumn> {
        let head = self.hand().1;
        self.grid.as_ref()?.columns.iter().find(|column| column.head == head)
    }

    /// The attribute of the chosen column, if it is one.
    #[must_use]
    pub const fn attribute(&self) -> Option<AttributeId> {
        match self.hand().1 {
            Head::Attribute(id, _) => Some(id),
            _ => None,
        }
    }

    /// Chooses a row.
    pub const fn choose(&mut self, whose: Id) {
        self.hand_mut().0 = Some(whose);
    }

    /// Chooses the column of an attribute.
    pub fn choose_attribute(&mut self, id: AttributeId) {
        let columns = self.grid.as_ref().map_or(&[][..], |grid| &grid.columns);
        let of_it = |column: &&GridColumn| matches!(column.head, Head::Attribute(other, _) if other == id);
        if let Some(column) = columns.iter().find(of_it) {
            self.hand_mut().1 = column.head;
        }
    }

    /// The labels that stand for a participant.
    #[must_use]
    pub fn labels(&self, person: ParticipantId) -> &[(SourceId, String)] {
        self.labels.get(&person).map_or(&[], Vec::as_slice)
    }

    /// Shows cases, or participants.
    pub fn show(&mut self, of: Bearer) {
        if self.of != of {
            self.of = of;
            self.top.set(0);
            self.left.set(1);
        }
    }

    /// Shows one wave, or all.
    pub fn show_wave(&mut self, wave: Option<WaveId>) {
        let head = self.hand().1;
        self.wave = wave;
        // The cursor stays with the attribute.
        if let Head::Attribute(id, Some(_)) = head {
            self.hand_mut().1 = Head::Attribute(id, wave);
        }
    }

    /// Brings the grid up to date with the project.
    pub fn refresh(&mut self, study: &Study, waker: &Waker) {
        let view = study.view();
        self.wave = self.wave.filter(|wave| view.wave(*wave).is_some());
        let now = (study.generation(), self.of, self.wave);
        if self.seen == Some(now) {
            return;
        }
        self.seen = Some(now);
        let before = self.grid.take();
        let stood = before.as_ref().and_then(|grid| {
            let row = grid.rows.iter().position(|row| Some(*row) == self.row()).unwrap_or(0);
            let column = grid.columns.iter().position(|column| column.head == self.hand().1).unwrap_or(0);
            (grid.of == self.of).then_some((row, column))
        });
        let mut grid = layout(&view, self.of, self.wave);
        // What followed before stands until it is worked out anew.
        grid.follows = before.map(|grid| grid.follows).unwrap_or_default();
        self.work = grid.has_following().then(|| {
            let (project, coder, grid) = (study.snapshot(), study.coder(), grid.clone());
            Beside::start(waker, move |_| grid.followed(&View::new(&project, coder)))
        });
        self.labels.clear();
        if self.of == Bearer::Participant {
            for (source, label, who) in view.labels() {
                if let Who::Participant(Some(person)) = who {
                    self.labels.entry(person).or_default().push((source, label.to_owned()));
                }
            }
        }
        let (row, column) = stood.unwrap_or_default();
        let (whose, head) = self.hand();
        if whose.is_none_or(|whose| !grid.rows.contains(&whose)) {
            self.hand_mut().0 = grid.rows.get(row).or(grid.rows.last()).copied();
        }
        if !grid.columns.iter().any(|column| column.head == head) {
            let same = |column: &&GridColumn| match (column.head, head) {
                (Head::Attribute(a, _), Head::Attribute(b, _)) => a == b,
                _ => false,
            };
            let column = grid.columns.iter().find(same).or(grid.columns.get(column)).or(grid.columns.last());
            self.hand_mut().1 = column.map_or(Head::Name, |column| column.head);
        }
        self.widths = places::widths(&view, &grid);
        self.grid = Some(grid);
    }

    /// Takes in what was worked out beside the screen; says whether anything has changed.
    pub fn listen(&mut self) -> bool {
        let Some(work) = &self.work else { return false };
        match work.hear() {
            Heard::Nothing => return false,
            Heard::Answer(follows) => {
                if let Some(grid) = &mut self.grid {
                    grid.follows = follows;
                }
            }
            Heard::Gone => {}
        }
        self.work = None;
        true
    }

    /// Whether something is being worked out.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.work.is_some()
    }

    /// Moves by so many rows and columns.
    pub fn step(&mut self, rows: i32, columns: i32) {
        let Some(grid) = &self.grid else { return };
        let moved = |count: usize, at: usize, by: i32| {
            let to = (at as i64 + i64::from(by)).clamp(0, count.saturating_sub(1) as i64);
            usize::try_from(to).unwrap_or(0)
        };
        let (whose, head) = self.hand();
        let row = grid.rows.iter().position(|row| Some(*row) == whose).unwrap_or(0);
        let column = grid.columns.iter().position(|column| column.head == head).unwrap_or(0);
        let whose = grid.rows.get(moved(grid.rows.len(), row, rows)).copied();
        let head = grid.columns.get(moved(grid.columns.len(), column, columns)).map(|column| column.head);
        *self.hand_mut() = (whose, head.unwrap_or(Head::Name));
    }

    /// Chooses the next row from the chosen one on whose name has these words; says whether there is one.
    pub fn find(&mut self, study: &Study, wanted: &str) -> bool {
        let Some(grid) = &self.grid else { return false };
        let view = study.view();
        let wanted = wanted.to_lowercase();
        let at = grid.rows.iter().position(|row| Some(*row) == self.row()).map_or(0, |at| at + 1);
        let has = |row: &&Id| {
            let of = |column: &GridColumn| grid.said(&view, **row, column).words().to_lowercase().contains(&wanted);
            grid.columns.iter().any(of)
        };
        let found = grid.rows[at.min(grid.rows.len())..].iter().chain(&grid.rows).find(has).copied();
        if let Some(found) = found {
            self.choose(found);
        }
        found.is_some()
    }

    /// What the status line says.
    #[must_use]
    pub fn status(&self, app: &App) -> (String, String) {
        let Some(grid) = &self.grid else { return (String::new(), String::new()) };
        let view = app.study.view();
        let at = grid.rows.iter().position(|row| Some(*row) == self.row());
        let what = if self.of == Bearer::Case { "case" } else { "participant" };
        let left = self.column().map_or(String::new(), |column| match (column.head, column.follows) {
            (_, true) => format!("{} follows from what is coded; Enter opens its passages", column.title),
            (Head::Attribute(id, _), _) => {
                let attribute = view.attribute(id);
                let choices = attribute.map(|one| one.choices.join(", ")).filter(|choices| !choices.is_empty());
                let kind = column.kind.name();
                format!("{}: {kind}{}", column.title, choices.map_or(String::new(), |choices| format!(" {choices}")))
            }
            _ => column.title.clone(),
        });
        let wave = match self.wave.and_then(|wave| view.wave(wave)) {
            Some(wave) => format!("wave {}  ", wave.name),
            None => String::new(),
        };
        let right = at.map_or(String::new(), |at| format!("{wave}{what} {} of {}", at + 1, grid.rows.len()));
        (left, right)
    }
}

/// Lets the page follow the cursor: it does so when it is drawn.
pub fn settle(app: &mut App, area: Rect) {
    app.people.refresh(&app.study, &app.waker);
    places::follow(&app.people, area);
}

/// Draws the view.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    draw::draw(app, &app.people, area, buf)
}

/// Goes to the next row, or the one before.
pub fn walk(app: &mut App, back: bool) {
    app.people.step(if back { -1 } else { 1 }, 0);
}

/// A press of the mouse: takes the cell in hand that lies there; says whether one does.
pub fn press(app: &mut App, area: Rect, at: Position) -> bool {
    let found = places::cell_at(&app.people, area, at);
    if let Some(hand) = found {
        *app.people.hand_mut() = (Some(hand.0), hand.1);
    }
    found.is_some()
}

/// Asks for words to find.
pub fn find(app: &mut App) {
    let hint = "a name, or a value in any column";
    app.layers.push(Layer::Prompt(Prompt::new("Go to", hint, "", AskFor::People(PeopleAsk::Find))));
}

/// From cases to participants, and back.
pub fn turn(app: &mut App) {
    let of = if app.people.of == Bearer::Case { Bearer::Participant } else { Bearer::Case };
    app.people.show(of);
    app.people.refresh(&app.study, &app.waker);
    if of == Bearer::Participant && app.study.view().participants().next().is_none() {
        app.tell(Tone::Plain, "there are no participants yet; A adds one, and s says which speaker labels they are");
    }
}

/// What a memo would be about.
#[must_use]
pub fn about(app: &App) -> Link {
    let case = match (app.people.of, app.people.row()) {
        (Bearer::Case, Some(id)) => Some(CaseId::from(id)),
        (Bearer::Participant, Some(id)) => app.study.view().participant(id.into()).and_then(|person| person.case),
        (_, None) => None,
    };
    case.map_or(Link::Study, Link::Case)
}
