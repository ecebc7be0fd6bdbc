//! The views: what fills the screen between the top line and the bottom ones. One is shown at a time; each keeps its
//! state while another is.

pub mod agreement;
pub mod book;
pub mod code;
pub mod extracts;
pub mod findings;
pub mod framework;
pub mod halves;
pub mod landscape;
pub mod matrices;
pub mod memos;
pub mod only;
pub mod passages;
pub mod people;
pub mod reconcile;
pub mod rounds;
pub mod sheet;
pub mod words;

use super::app::App;
use super::command::Place;
use crate::project::memo::Link;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The view that is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Showing {
    /// Reading and coding.
    #[default]
    Code,
    /// Rounds of independent coding: who stands where.
    Rounds,
    /// How far coders agree.
    Agreement,
    /// Walking their disagreements.
    Reconcile,
    /// Saved tables, counted.
    Findings,
    /// Memos, what they quote and link to.
    Memos,
    /// Cases by themes, a summary a cell.
    Framework,
    /// How often words are said.
    Words,
    /// Where codes lie, and new codes by case.
    Landscape,
    /// The passages of any codes.
    Extracts,
    /// The codebook as it grew: codes, themes, cycles.
    Codebook,
    /// Codes put against cases, attributes, codes.
    Matrices,
    /// What is known of cases and participants.
    People,
}

impl Showing {
    /// Its name, for the top line; nothing for the Code view, which names its source.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Code => "",
            Self::Rounds => "Rounds",
            Self::Agreement => "Agreement",
            Self::Reconcile => "Reconcile",
            Self::Findings => "Findings",
            Self::Memos => "Memos",
            Self::Framework => "Framework",
            Self::Words => "Words",
            Self::Landscape => "Where codes lie",
            Self::Extracts => "Extracts",
            Self::Codebook => "Codebook",
            Self::Matrices => "Matrices",
            Self::People => "People and cases",
        }
    }
}

/// What has the keys when no layer does.
#[must_use]
pub fn place(app: &App) -> Place {
    match app.showing {
        Showing::Code => app.code.place(),
        Showing::Rounds => Place::Rounds,
        Showing::Agreement => Place::Agreement,
        Showing::Reconcile if app.reconcile.moving.is_some() => Place::Extent,
        Showing::Reconcile if app.reconcile.checking.is_some() => Place::Check,
        Showing::Reconcile => Place::Reconcile,
        Showing::Findings => Place::Findings,
        Showing::Memos => Place::Memos,
        Showing::Framework => Place::Framework,
        Showing::Words => Place::Words,
        Showing::Landscape => Place::Landscape,
        Showing::Extracts => Place::Extracts,
        Showing::Codebook => app.book.place(),
        Showing::Matrices => Place::Matrices,
        Showing::People => Place::People,
    }
}

/// Shows a view.
pub fn show(app: &mut App, view: Showing) {
    app.showing = view;
    match view {
        Showing::Code => {}
        // The transcript may have been looked at from a figure, everybody's codings in sight.
        _ => agreement::left(app),
    }
    match view {
        Showing::Code => {}
        Showing::Extracts => extracts::shown(app),
        // The way back from the transcript is to where it was left from last.
        _ => app.extracts.away = None,
    }
    if view == Showing::Rounds {
        // How far this coder has read is part of what it shows.
        app.code.leave(&mut app.study);
    }
    if matches!(view, Showing::Agreement | Showing::Matrices | Showing::Framework | Showing::Landscape) {
        // The passages behind its figures will be wanted.
        app.study.read_ahead();
    }
    if view == Showing::Findings {
        app.study.read_ahead();
    }
    refresh(app);
}

/// Brings the view that is shown up to date with the project; the others follow when they are shown.
pub fn refresh(app: &mut App) {
    app.code.refresh(&mut app.study);
    match app.showing {
        Showing::Code => {}
        Showing::Rounds => app.rounds.refresh(&app.study),
        Showing::Agreement => app.agreement.refresh(&app.study, &app.waker),
        Showing::Reconcile => app.reconcile.refresh(&mut app.study),
        Showing::Findings => app.findings.refresh(&app.study, &app.waker),
        Showing::Memos => memos::refresh(app),
        Showing::Framework => app.framework.refresh(&app.study, &app.waker),
        Showing::Words => app.words.refresh(&app.study, &app.waker),
        Showing::Landscape => app.landscape.refresh(&app.study, &app.waker),
        Showing::Extracts => app.extracts.refresh(&app.study, &app.waker),
        Showing::Codebook => book::refresh(app),
        Showing::Matrices => app.matrices.refresh(&app.study, &app.waker),
        Showing::People => app.people.refresh(&app.study, &app.waker),
    }
    super::layers::summary::refresh(app);
}

/// Lets the view that is shown follow its cursor in `area`.
pub fn settle(app: &mut App, area: Rect) {
    match app.showing {
        Showing::Code => app.code.settle(&app.study, area),
        Showing::Rounds => app.rounds.settle(&app.study, area),
        Showing::Agreement => app.agreement.settle(&app.study, &app.waker, area),
        Showing::Reconcile => reconcile::settle(app, area),
        Showing::Findings => app.findings.refresh(&app.study, &app.waker),
        Showing::Memos => {}
        Showing::Framework => app.framework.refresh(&app.study, &app.waker),
        Showing::Words => {
            app.words.refresh(&app.study, &app.waker);
            words::arrived(app);
        }
        Showing::Landscape => landscape::settle(app, area),
        Showing::Extracts => extracts::settle(app, area),
        Showing::Codebook => book::settle(app, area),
        Showing::Matrices => matrices::settle(app, area),
        Showing::People => people::settle(app, area),
    }
}

/// Draws a view that is not the Code view; gives back where the terminal's cursor belongs.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    match app.showing {
        Showing::Code => None,
        Showing::Rounds => rounds::draw(app, area, buf),
        Showing::Agreement => agreement::draw(app, area, buf),
        Showing::Reconcile => reconcile::draw(app, area, buf),
        Showing::Findings => findings::draw(app, area, buf),
        Showing::Memos => memos::draw(app, area, buf),
        Showing::Framework => framework::draw(app, area, buf),
        Showing::Words => words::draw(app, area, buf),
        Showing::Landscape => landscape::draw(app, area, buf),
        Showing::Extracts => extracts::draw(app, area, buf),
        Showing::Codebook => book::draw(app, area, buf),
        Showing::Matrices => matrices::draw(app, area, buf),
        Showing::People => people::draw(app, area, buf),
    }
}

/// What the top line says after the study's title: where one is.
#[must_use]
pub fn crumbs(app: &App) -> Vec<String> {
    let view = app.study.view();
    let of_round = match app.showing {
        Showing::Code => {
            let Some(source) = app.code.source().and_then(|id| view.source(id)) else { return Vec::new() };
            let case = source.case.and_then(|case| view.case(case)).map(|case| case.name.clone());
            return case.into_iter().chain([source.name.clone()]).collect();
        }
        Showing::Rounds | Showing::Codebook | Showing::People | Showing::Memos | Showing::Extracts => None,
        Showing::Agreement => app.agreement.round(),
        Showing::Reconcile => app.reconcile.round(),
        Showing::Framework | Showing::Words | Showing::Landscape | Showing::Matrices => None,
        Showing::Findings => {
            let table = app.findings.table().and_then(|id| view.table(id)).map(|table| table.name.clone());
            return [app.showing.title().to_owned()].into_iter().chain(table).collect();
        }
    };
    let round = of_round.and_then(|id| view.round(id)).map(|round| round.name.clone());
    round.into_iter().chain([app.showing.title().to_owned()]).collect()
}

/// Who is at the screen, for the top line.
#[must_use]
pub fn who(app: &App) -> String {
    let view = app.study.view();
    let me = view.initials(app.study.coder());
    match app.showing {
        Showing::Reconcile => reconcile::draw::who(app, me),
        _ => me.to_owned(),
    }
}

/// What Esc lets go of in a view that is not the Code view, before the view itself; says whether there was anything.
pub fn let_go(app: &mut App) -> bool {
    match app.showing {
        Showing::Reconcile => reconcile::let_go(app),
        Showing::Findings => app.findings.let_go(),
        Showing::Memos => memos::let_go(app),
        Showing::Extracts => extracts::let_go(app),
        Showing::Codebook => book::let_go(app),
        _ => false,
    }
}

/// The wheel of the mouse in a view that is not the Code view: moves in what lies under it, or walks.
pub fn wheel(app: &mut App, at: Position, rows: i32) {
    match app.showing {
        Showing::Reconcile => reconcile::wheel(app, at, rows),
        Showing::Extracts => app.extracts.step(rows.signum()),
        _ => {
            for _ in 0..rows.abs() {
                walk(app, rows < 0);
            }
        }
    }
}

/// What the status line says at its left and right when there is no message.
#[must_use]
pub fn status(app: &App) -> (String, String) {
    match app.showing {
        Showing::Code => (app.selection_state(), app.reading_state()),
        Showing::Rounds => app.rounds.status(app),
        Showing::Agreement => app.agreement.status(app),
        Showing::Reconcile => app.reconcile.status(app),
        Showing::Findings => app.findings.status(app),
        Showing::Memos => app.memos.status(app),
        Showing::Framework => app.framework.status(app),
        Showing::Words => app.words.status(app),
        Showing::Landscape => app.landscape.status(app),
        Showing::Extracts => app.extracts.status(app),
        Showing::Codebook => book::status(app),
        Showing::Matrices => app.matrices.status(app),
        Showing::People => app.people.status(app),
    }
}

/// Goes to the next of what is walked in a view that is not the Code view, or the one before; says whether one is shown.
pub fn walk(app: &mut App, back: bool) -> bool {
    match app.showing {
        Showing::Code => return false,
        Showing::Rounds => rounds::walk(app, back),
        Showing::Agreement => agreement::walk(app, back),
        Showing::Reconcile => reconcile::walk(app, back),
        Showing::Findings => findings::walk(app, back),
        Showing::Memos => app.memos.step(&mut app.study, if back { -1 } else { 1 }),
        Showing::Framework => framework::walk(app, back),
        Showing::Words => words::walk(app, back),
        Showing::Landscape => landscape::walk(app, back),
        Showing::Extracts => extracts::walk(app, back),
        Showing::Codebook => book::walk(app, back),
        Showing::Matrices => matrices::walk(app, back),
        Showing::People => people::walk(app, back),
    }
    true
}

/// A press of the mouse in a view that is not the Code view, the `count`th at this cell: takes in hand what lies there; the
/// second opens it.
pub fn press(app: &mut App, area: Rect, at: Position, count: u8) {
    let (hit, open) = match app.showing {
        Showing::Code => return,
        Showing::Reconcile => (reconcile::press(app, at), "reconcile-read"),
        Showing::Memos => (memos::press(app, at), "memos-open"),
        Showing::Rounds => (rounds::press(app, area, at), "round-open"),
        Showing::Agreement => (agreement::press(app, area, at), "agreement-open"),
        Showing::Framework => (framework::press(app, area, at), "framework-open"),
        Showing::Words => (words::press(app, area, at), "words-open"),
        Showing::Landscape => (landscape::press(app, area, at), "landscape-open"),
        Showing::Extracts => (extracts::press(app, at), "extracts-read"),
        Showing::Findings => (findings::press(app, area, at), "findings-open"),
        Showing::Codebook => (book::press(app, area, at), "book-open"),
        Showing::Matrices => (matrices::press(app, area, at), "matrix-open"),
        Showing::People => (people::press(app, area, at), "people-edit"),
    };
    if let Some(open) = crate::screen::command::command(open).filter(|_| hit && count == 2) {
        app.run(open);
    }
}

/// Asks for words to find in a view that is not the Code view; says whether one is shown.
pub fn find(app: &mut App) -> bool {
    match app.showing {
        Showing::Code => return false,
        Showing::Rounds => rounds::find(app),
        Showing::Agreement => agreement::find(app),
        Showing::Reconcile => reconcile::find(app),
        Showing::Findings => findings::find(app),
        Showing::Memos => memos::find(app),
        Showing::Framework => framework::find(app),
        Showing::Words => words::find(app),
        Showing::Landscape => landscape::find(app),
        Showing::Extracts => extracts::find(app),
        Showing::Codebook => book::find(app),
        Showing::Matrices => matrices::find(app),
        Showing::People => people::find(app),
    }
    true
}

/// Gives the keys to the next part of a view that is not the Code view; says whether one is shown.
pub fn turn(app: &mut App, back: bool) -> bool {
    match app.showing {
        Showing::Code => return false,
        Showing::Rounds => rounds::turn(app, back),
        Showing::Agreement => agreement::turn(app, back),
        Showing::Reconcile => reconcile::turn(app, back),
        Showing::Findings => app.findings.give(!app.findings.in_list()),
        Showing::Memos => app.memos.turn(),
        Showing::Framework => framework::turn(app),
        Showing::Words => {}
        Showing::Landscape => landscape::turn(app),
        Showing::Extracts => return false,
        Showing::Codebook => book::turn(app, back),
        Showing::Matrices => matrices::turn(app, back),
        Showing::People => people::turn(app),
    }
    true
}

/// What a memo would be about in a view that is not the Code view.
#[must_use]
pub fn about(app: &App) -> Option<Link> {
    match app.showing {
        Showing::Code => None,
        Showing::Rounds => Some(rounds::about(app)),
        Showing::Agreement => Some(agreement::about(app)),
        Showing::Reconcile => Some(reconcile::about(app)),
        Showing::Findings => Some(findings::about(app)),
        Showing::Memos => Some(app.memos.about()),
        Showing::Framework => Some(framework::about(app)),
        Showing::Words => Some(words::about(app)),
        Showing::Landscape => Some(landscape::about(app)),
        Showing::Extracts => Some(extracts::about(app)),
        Showing::Codebook => Some(book::about(app)),
        Showing::Matrices => Some(matrices::about(app)),
        Showing::People => Some(people::about(app)),
    }
}
