//! The Rounds view: rounds of independent coding, who stands where, and what was proposed.
//!
//! Shows where everybody stands, never what anybody coded: while a round is blind nothing else may be known of it.

mod draw;
pub mod words;

use crate::findings::standing::{Stage, Standing, State, standing, state};
use crate::project::id::{CaseId, CodeId, RoundId, SourceId, WordingId};
use crate::project::memo::Link;
use crate::project::round::Round;
use crate::project::view::View;
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::session::Study;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::cell::Cell;
use std::sync::Arc;

/// What can be chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A round.
    Round(RoundId),
    /// A case of the round in hand.
    Case(CaseId),
    /// A pinned code of it.
    Code(CodeId),
    /// A code proposed in it.
    ProposedCode(CodeId),
    /// A wording proposed in it.
    ProposedWording(WordingId),
}

impl Target {
    const fn part(self) -> u8 {
        match self {
            Self::Round(_) => 0,
            Self::Case(_) => 1,
            Self::Code(_) => 2,
            Self::ProposedCode(_) | Self::ProposedWording(_) => 3,
        }
    }
}

/// The round in hand, as it stands.
pub(super) struct InHand {
    pub(super) round: Arc<Round>,
    pub(super) state: State,
    pub(super) standing: Standing,
    /// What can be chosen in it, top to bottom.
    pub(super) targets: Vec<Target>,
}

/// The state of the Rounds view.
#[derive(Default)]
pub struct RoundsView {
    /// The round in hand.
    chosen: Option<RoundId>,
    /// What has the cursor within it; the list of rounds has it if `None`.
    within: Option<Target>,
    /// Whether all definitions are shown, not only the chosen code's.
    pub definitions: bool,
    in_hand: Option<InHand>,
    seen: Option<(u64, Option<RoundId>)>,
    list_top: Cell<usize>,
    top: Cell<usize>,
}

impl RoundsView {
    /// The round in hand.
    #[must_use]
    pub const fn round(&self) -> Option<RoundId> {
        self.chosen
    }

    /// What has the cursor.
    #[must_use]
    pub fn target(&self) -> Option<Target> {
        self.within.or(self.chosen.map(Target::Round))
    }

    /// Takes a round in hand, and gives the keys to the list of rounds.
    pub fn choose(&mut self, round: RoundId) {
        self.chosen = Some(round);
        self.within = None;
    }

    /// Brings everything up to date with the project.
    pub fn refresh(&mut self, study: &Study) {
        let view = study.view();
        let rounds = view.rounds();
        if self.chosen.is_none_or(|id| view.round(id).is_none()) {
            // The one to work on: an open one of this coder's, else the newest.
            let own = view.open_rounds().iter().rfind(|round| round.coders().contains(&view.coder()));
            self.chosen = own.or(rounds.last().copied()).map(|round| round.id);
            self.within = None;
        }
        let now = (study.generation(), self.chosen);
        if self.seen == Some(now) {
            return;
        }
        self.seen = Some(now);
        let before = self.in_hand.as_ref().map_or(&[][..], |hand| &hand.targets);
        let stood = self.within.and_then(|target| before.iter().position(|other| *other == target));
        self.in_hand = self.chosen.and_then(|id| view.round(id)).map(|round| {
            let standing = standing(&view, round);
            let cases = standing.cases.iter().map(|row| Target::Case(row.case));
            let codes = round.codes.iter().map(|pinned| Target::Code(pinned.code));
            let targets = cases.chain(codes).chain(words::proposals(&view, round.id)).collect();
            InHand { round: Arc::clone(round), state: state(&view, round), standing, targets }
        });
        let there = self.in_hand.as_ref().map_or(&[][..], |hand| &hand.targets);
        if let Some(gone) = self.within.filter(|target| !there.contains(target)) {
            // What came after it, else what is nearest above.
            let next = stood.and_then(|at| there.get(at)).filter(|target| target.part() == gone.part());
            self.within = next.or_else(|| there.iter().rfind(|target| target.part() <= gone.part())).copied();
        }
    }

    /// The page follows the cursor: it does so when it is drawn.
    pub fn settle(&mut self, study: &Study, _area: Rect) {
        self.refresh(study);
    }

    /// The round in hand, as it stands.
    pub(super) const fn in_hand(&self) -> Option<&InHand> {
        self.in_hand.as_ref()
    }

    /// What the status line says.
    #[must_use]
    pub fn status(&self, app: &App) -> (String, String) {
        let Some(hand) = &self.in_hand else { return (String::new(), String::new()) };
        let Standing { finished, pairs, .. } = hand.standing;
        let view = app.study.view();
        let left = match hand.state {
            State::Open => match words::own_open(&view, &hand.round).as_slice() {
                [] if hand.round.coders().contains(&view.coder()) => {
                    format!("{} is blind; you have finished, it waits for the others", hand.round.name)
                }
                [] => format!("{} is blind until all have finished", hand.round.name),
                [one] => format!("{} is blind; you have {} to finish", hand.round.name, words::case_name(&view, *one)),
                more => format!("{} is blind; you have {} cases to finish", hand.round.name, more.len()),
            },
            State::Revealed(at) => format!("revealed on {}; Enter shows how far the coders agree", words::day(app, at)),
            State::Stopped(next) => format!("stopped; {} goes on from it", words::round_name(&view, next)),
        };
        (left, format!("finished {finished} of {pairs}"))
    }

    /// Moves by so many rows.
    pub fn step(&mut self, study: &Study, by: i32) {
        match self.within {
            None => {
                let view = study.view();
                let rounds = view.rounds();
                let at = rounds.iter().position(|round| Some(round.id) == self.chosen).unwrap_or(0);
                self.chosen = moved(rounds.len(), at, by).map(|to| rounds[to].id);
            }
            Some(target) => {
                let Some(hand) = &self.in_hand else { return };
                let at = hand.targets.iter().position(|other| *other == target).unwrap_or(0);
                self.within = moved(hand.targets.len(), at, by).map(|to| hand.targets[to]);
            }
        }
        self.refresh(study);
    }

    /// Gives the keys to what is in the round in hand, or back to the list.
    pub fn inward(&mut self, inward: bool) {
        let first = self.in_hand.as_ref().and_then(|hand| hand.targets.first().copied());
        self.within = if inward { self.within.or(first) } else { None };
    }

    /// Gives the keys to the next part.
    pub fn turn(&mut self, back: bool) {
        let Some(hand) = &self.in_hand else { return };
        let here = self.within.map_or(0, Target::part);
        let parts: Vec<u8> =
            (0..4).filter(|part| *part == 0 || hand.targets.iter().any(|t| t.part() == *part)).collect();
        let at = parts.iter().position(|part| *part == here).unwrap_or(0);
        let to = parts[(at + if back { parts.len() - 1 } else { 1 }) % parts.len()];
        self.within = hand.targets.iter().find(|target| target.part() == to).copied();
    }

    /// Puts the cursor on the first row from the cursor on (then from the top) whose words have `wanted`; says whether there is one.
    pub fn find(&mut self, study: &Study, wanted: &str) -> bool {
        let view = study.view();
        let has = |words: &str| words.to_lowercase().contains(&wanted.to_lowercase());
        let Some(hand) = &self.in_hand else { return false };
        let name = |target: &&Target| match target {
            Target::Case(case) => has(words::case_name(&view, *case)),
            Target::Code(code) | Target::ProposedCode(code) => has(view.code_name(*code)),
            Target::Round(round) => has(&words::round_name(&view, *round)),
            Target::ProposedWording(_) => false,
        };
        if let Some(found) = hand.targets.iter().find(name) {
            self.within = Some(*found);
            return true;
        }
        let round = view.rounds().into_iter().find(|round| has(&round.name)).map(|round| round.id);
        if let Some(round) = round {
            self.choose(round);
            self.refresh(study);
        }
        round.is_some()
    }

    /// The first source of a case that its coder has not read to the end, else its first.
    #[must_use]
    pub fn to_read(view: &View<'_>, round: &Round, case: CaseId) -> Option<SourceId> {
        let sources = || round.grounds.iter().filter(move |ground| ground.case == case).map(|ground| ground.source);
        let there = || sources().filter(|source| view.source(*source).is_some());
        let unread = there().find(|source| view.progress(*source).is_none_or(|progress| !progress.finished));
        unread.or_else(|| there().next())
    }
}

/// `at` moved by so many rows of `count`.
fn moved(count: usize, at: usize, by: i32) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let to = (at as i64 + i64::from(by)).clamp(0, last as i64);
    usize::try_from(to).ok()
}

/// How far a coder has come, in few cells: with a sign, so that it is told without colour.
pub(super) fn stage_words(app: &App, stage: Stage, unit: &str) -> String {
    match stage {
        Stage::NotStarted => format!("{} not started", app.glyphs.unread),
        Stage::Reading { of: 0, .. } => format!("{} reading", app.glyphs.part_read),
        Stage::Reading { to, of } => format!("{} to {unit} {to} of {of}", app.glyphs.part_read),
        Stage::Finished => format!("{} finished", app.glyphs.read),
    }
}

/// Draws the view.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    draw::draw(app, &app.rounds, area, buf)
}

/// Goes to the next row, or the one before.
pub fn walk(app: &mut App, back: bool) {
    app.rounds.step(&app.study, if back { -1 } else { 1 });
}

/// A press of the mouse: takes in hand what lies there; says whether something does.
pub fn press(app: &mut App, area: Rect, at: Position) -> bool {
    let Some(target) = draw::target_at(app, area, at) else { return false };
    match target {
        Target::Round(round) => app.rounds.choose(round),
        within => app.rounds.within = Some(within),
    }
    app.rounds.refresh(&app.study);
    true
}

/// Asks for words to find.
pub fn find(app: &mut App) {
    if app.rounds.in_hand.is_none() {
        app.tell(Tone::Plain, "there are no rounds yet; a plans one");
        return;
    }
    let hint = "the name of a case, a code or a round";
    app.layers.push(Layer::Prompt(Prompt::new("Go to", hint, "", AskFor::FindRound)));
}

/// Gives the keys to the next part.
pub fn turn(app: &mut App, back: bool) {
    app.rounds.turn(back);
}

/// What a memo would be about.
#[must_use]
pub fn about(app: &App) -> Link {
    match app.rounds.target() {
        Some(Target::Case(case)) => Link::Case(case),
        Some(Target::Code(code) | Target::ProposedCode(code)) => Link::Code(code),
        _ => Link::Study,
    }
}
