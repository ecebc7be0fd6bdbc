//! Drawing the Rounds view: the list at the left, the round in hand beside it; on narrow screens under it.

use super::words::{self, case_name, counted, day, initials};
use super::{InHand, RoundsView, Target, stage_words};
use crate::findings::standing::State;
use crate::project::codebook::Wording;
use crate::project::id::{CodeId, CoderId};
use crate::project::view::{View, Whose};
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::halves::{Halves, border};
use crate::screen::views::sheet::{self, Line, labelled, nothing, width_of, wrapped};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const LIST: u16 = 30;
const LABEL: u16 = 13;

pub(super) fn draw(app: &App, state: &RoundsView, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let view = app.study.view();
    if view.rounds().is_empty() {
        let words = "No round yet. In a round two coders or more code the same cases, each blind to the others, and then \
                     see how far they agree. a plans one: which cases, which codes, who codes, what of the text.";
        nothing(app, words, area, buf);
        return None;
    }
    let list = list_lines(app, &view);
    let halves = Halves::of(area, LIST, list.len(), 4);
    let Halves { list: left, page: right } = halves;
    border(app, left, area, buf);
    let in_list = state.within.is_none();
    halves.title(app, "ROUNDS", "", in_list, buf);
    let rows = halves.rows();
    let chosen = state.chosen.map(Target::Round);
    let cursor = sheet::draw(app, &list, chosen.as_ref(), in_list, &state.list_top, rows, buf);
    let Some(hand) = state.in_hand() else { return cursor };
    let lines = Page { app, view, state, hand, width: right.width.saturating_sub(3) }.lines();
    let within = sheet::draw(app, &lines, state.within.as_ref(), !in_list, &state.top, right, buf);
    cursor.or(within)
}

/// What can be chosen at a cell.
pub(super) fn target_at(app: &App, area: Rect, at: Position) -> Option<Target> {
    let (view, state) = (app.study.view(), &app.rounds);
    let list = list_lines(app, &view);
    let halves = Halves::of(area, LIST, list.len(), 4);
    let (rows, right) = (halves.rows(), halves.page);
    let line = |lines: &[Line<Target>], top: usize, area: Rect| {
        let line = lines.get(top + usize::from(at.y.checked_sub(area.y)?))?;
        line.target
    };
    if rows.contains(at) {
        return line(&list, state.list_top.get(), rows);
    }
    let hand = state.in_hand().filter(|_| right.contains(at))?;
    let lines = Page { app, view, state, hand, width: right.width.saturating_sub(3) }.lines();
    line(&lines, state.top.get(), right)
}

fn list_lines(app: &App, view: &View<'_>) -> Vec<Line<Target>> {
    let styles = &app.styles;
    let row = |round: &&std::sync::Arc<crate::project::round::Round>| {
        let state = words::short_state(app, view, round);
        let width = state.chars().count() as u16;
        let name = LIST.saturating_sub(width + 4);
        let role = if state.starts_with("open") { Role::Strong } else { Role::Text };
        Line::of(styles, 1, name, round.name.as_str(), role)
            .with(styles, LIST - width - 1, width, state, Role::Dim)
            .leading_to(Target::Round(round.id))
    };
    view.rounds().iter().map(row).collect()
}

/// What was proposed.
struct Proposal {
    target: Target,
    maker: CoderId,
    name: String,
    /// What kind of proposal it is, in a few words.
    note: String,
    wording: Option<std::sync::Arc<Wording>>,
}

struct Page<'a> {
    app: &'a App,
    view: View<'a>,
    state: &'a RoundsView,
    hand: &'a InHand,
    width: u16,
}

impl Page<'_> {
    fn lines(&self) -> Vec<Line<Target>> {
        let mut out = self.facts();
        out.push(Line::gap());
        out.extend(self.matrix());
        out.push(Line::gap());
        out.extend(self.codes());
        out.push(Line::gap());
        out.extend(self.proposals());
        out
    }

    fn head(&self, words: &str, part: u8) -> Line<Target> {
        let focused = self.state.within.is_some_and(|target| target.part() == part);
        let role = if focused { Role::HeadingFocused } else { Role::Heading };
        Line::of(&self.app.styles, 1, self.width, words, role)
    }

    /// What was fixed in advance, and how the round stands.
    fn facts(&self) -> Vec<Line<Target>> {
        let (app, view, round, standing) = (self.app, &self.view, &self.hand.round, &self.hand.standing);
        let styles = &app.styles;
        let dot = app.glyphs.dot;
        let (state, role) = match self.hand.state {
            State::Open => ("open, blind".to_owned(), Role::Notice),
            State::Revealed(at) => (format!("revealed on {}", day(app, at)), Role::Ok),
            State::Stopped(next) => (format!("stopped; {} goes on from it", words::round_name(view, next)), Role::Dim),
        };
        let name_width = width_of(&round.name).min(self.width / 2);
        let mut out = vec![
            Line::of(styles, 1, name_width, round.name.as_str(), Role::Strong).with(
                styles,
                name_width + 3,
                self.width.saturating_sub(name_width + 3),
                state,
                role,
            ),
            Line::gap(),
        ];
        let cases = standing.cases.len() as u64;
        let kind = words::kind(view, standing.cases.iter().map(|row| row.case));
        let who = format!(
            "{cases} of {} {dot} {} {dot} {}",
            counted(view.cases().len() as u64, kind),
            words::drawn(view, round.drawn),
            counted(standing.sources as u64, "source"),
        );
        let unit = match round.unit {
            crate::project::round::Unit::Given => "passage",
            unit => unit.name(),
        };
        let scope = format!(
            "{} {dot} {} and {}",
            words::scope(view, &round.scope),
            counted(standing.units as u64, unit),
            counted(standing.words, "word"),
        );
        let unit = format!("{} {dot} {}", words::unit(round.unit, round.least), words::level(round.depth));
        let mut opened = format!("{} by {}", day(app, round.made), view.initials(round.by));
        if let Some(before) = round.after {
            opened.push_str(&format!(" {dot} goes on from {}", words::round_name(view, before)));
        }
        if round.drift {
            opened.push_str(&format!(" {dot} kept back from an allocation, a check for drift"));
        }
        let coders = initials(view, &standing.coders);
        let facts = [("Coders", coders), ("Cases", who), ("Scope", scope), ("Counted on", unit), ("Opened", opened)];
        for (label, said) in facts {
            out.extend(labelled(styles, (1, LABEL, self.width), label, &said));
        }
        if self.hand.state == State::Open {
            let plain = "Nobody sees what another makes for the round before all have finished, on no screen and in no \
                         report. The project's files lie readable on disk: that is for its coders to leave alone.";
            out.extend(wrapped(styles, 1 + LABEL, self.width.saturating_sub(LABEL), plain, Role::Dim));
        }
        out
    }

    /// Who stands where: a row a case, a column a coder.
    fn matrix(&self) -> Vec<Line<Target>> {
        let (app, view, standing) = (self.app, &self.view, &self.hand.standing);
        let styles = &app.styles;
        let unit = match self.hand.round.unit {
            crate::project::round::Unit::Given => "passage",
            unit => unit.name(),
        };
        let names = standing.cases.iter().map(|row| width_of(case_name(view, row.case))).max().unwrap_or(0);
        let name = names.clamp(8, (self.width / 3).max(8));
        let said = |stage| width_of(&stage_words(app, stage, unit));
        let widest =
            standing.cases.iter().flat_map(|row| &row.cells).map(|(_, stage)| said(*stage)).max().unwrap_or(10);
        let left = self.width.saturating_sub(name + 2);
        let cell = (widest + 3).min(left / (standing.coders.len() as u16).max(1)).max(4);
        let at = |n: usize| 1 + name + 2 + cell * n as u16;
        let mut head = self.head("CASES", 1);
        for (n, coder) in standing.coders.iter().enumerate() {
            let role = if *coder == view.coder() { Role::Strong } else { Role::Dim };
            head = head.with(styles, at(n), cell - 1, view.initials(*coder), role);
        }
        let mut out = vec![head];
        for row in &standing.cases {
            let mut line = Line::of(styles, 1, name, case_name(view, row.case), Role::Text);
            for (n, coder) in standing.coders.iter().enumerate() {
                let stage = row.cells.iter().find(|(at, _)| at == coder).map(|(_, stage)| *stage);
                let (said, role) = match stage {
                    Some(stage) => (stage_words(app, stage, unit), Role::Text),
                    None => (app.glyphs.dot.to_owned(), Role::Faint),
                };
                line = line.with(styles, at(n), cell - 1, said, role);
            }
            let later = row.later.len() as u64;
            if later > 0 {
                let since = format!("{} since {}", counted(later, "source"), self.hand.round.name);
                let x = at(standing.coders.len());
                if x + width_of(&since) <= self.width {
                    line = line.with(styles, x, self.width - x, since, Role::Dim);
                    out.push(line.leading_to(Target::Case(row.case)));
                } else {
                    out.push(line.leading_to(Target::Case(row.case)));
                    out.push(Line::of(styles, 3, self.width, since, Role::Dim));
                }
                continue;
            }
            out.push(line.leading_to(Target::Case(row.case)));
        }
        out
    }

    /// The codes under the wordings that hold in the round.
    fn codes(&self) -> Vec<Line<Target>> {
        let (app, view, round) = (self.app, &self.view, &self.hand.round);
        let styles = &app.styles;
        let pinned = format!("{} pinned on {}", counted(round.codes.len() as u64, "code"), day(app, round.made));
        let mut out = vec![self.head("CODES", 2).with(styles, 9, self.width, pinned, Role::Dim)];
        let names = round.codes.iter().map(|pinned| width_of(view.code_name(pinned.code))).max().unwrap_or(0);
        let name = names.clamp(8, (self.width / 3).max(8));
        for pinned in &round.codes {
            let wordings = view.wordings(pinned.code);
            let wording = pinned.wording.and_then(|id| wordings.iter().find(|wording| wording.id == id).copied());
            let target = Target::Code(pinned.code);
            let open = self.state.definitions || self.state.within == Some(target);
            let swatch = if wording.is_some() { app.glyphs.swatch } else { app.glyphs.swatch_open };
            let hue = view.code(pinned.code).map_or(0, |node| node.code.colour);
            let mut line = Line::gap();
            line.parts.push(sheet::Part { x: 1, width: 1, words: swatch.into(), style: styles.code(hue).swatch });
            line = line.with(styles, 3, name, view.code_name(pinned.code), Role::Text);
            let beside = self.width.saturating_sub(name + 5);
            let first =
                wording.map_or("to be defined", |wording| wording.definition.lines().next().unwrap_or_default());
            if !open {
                line = line.with(styles, name + 5, beside, first, Role::Dim);
            }
            out.push(line.leading_to(target));
            if open {
                out.extend(self.wording(wording, 5, self.width.saturating_sub(5).min(100)));
            }
        }
        out
    }

    fn wording(&self, wording: Option<&std::sync::Arc<Wording>>, x: u16, width: u16) -> Vec<Line<Target>> {
        let styles = &self.app.styles;
        let Some(wording) = wording else { return wrapped(styles, x, width, "to be defined", Role::Dim) };
        let mut out = wrapped(styles, x, width, &wording.definition, Role::Text);
        for (label, words, role) in [("use", &wording.use_when, Role::Use), ("not", &wording.not_when, Role::Not)] {
            if words.is_empty() {
                continue;
            }
            let mut lines = wrapped(styles, x + 5, width.saturating_sub(5), words, Role::Text);
            if let Some(first) = lines.first_mut() {
                first.parts.push(sheet::Part { x, width: 4, words: label.into(), style: styles.style(role) });
            }
            out.extend(lines);
        }
        if !wording.example.is_empty() {
            let (open, close) = (self.app.glyphs.quote_open, self.app.glyphs.quote_close);
            out.extend(wrapped(styles, x, width, &format!("{open}{}{close}", wording.example), Role::Quote));
        }
        out
    }

    /// What was proposed: this coder's own while the round is blind; after the reveal everybody's, a column a coder.
    fn proposals(&self) -> Vec<Line<Target>> {
        let (app, view) = (self.app, &self.view);
        let styles = &app.styles;
        let blind = self.hand.state == State::Open;
        let found: Vec<Target> = self.hand.targets.iter().copied().filter(|target| target.part() == 3).collect();
        let note = match (found.is_empty(), blind) {
            (true, true) => "none of yours; others' come in sight with the reveal",
            (true, false) => "none is left",
            (false, true) => "yours alone until the reveal",
            (false, false) => "t takes one up, M matches it with another code, x turns it down",
        };
        let head = self.head("PROPOSALS", 3);
        let mut out = vec![head.with(styles, 13, self.width.saturating_sub(12), note, Role::Dim)];
        let all: Vec<Proposal> = found.into_iter().filter_map(|target| self.proposal(target)).collect();
        let made = |coder: &CoderId| all.iter().any(|one| one.maker == *coder);
        let makers: Vec<CoderId> =
            if blind { vec![view.coder()] } else { self.hand.standing.coders.iter().copied().filter(made).collect() };
        if !blind && !all.is_empty() {
            let mut heads = Line::gap();
            for (n, coder) in makers.iter().enumerate() {
                let (x, width) = self.column(n, makers.len());
                heads = heads.with(styles, x, width, view.initials(*coder), Role::Dim);
            }
            out.push(heads);
        }
        for Proposal { target, maker, name, note, wording } in all {
            let column = makers.iter().position(|coder| *coder == maker).unwrap_or(0);
            let (x, width) = self.column(column, makers.len());
            out.push(Line::of(styles, x, width, name, Role::Text).leading_to(target));
            let inner = width.saturating_sub(2);
            out.extend(wrapped(styles, x + 2, inner, &note, Role::Dim));
            if self.state.within != Some(target) && matches!(target, Target::ProposedCode(_)) {
                continue;
            }
            out.extend(self.wording(wording.as_ref(), x + 2, inner));
            if let Some(reason) = wording.map(|wording| wording.reason.clone()).filter(|reason| !reason.is_empty()) {
                out.extend(wrapped(styles, x + 2, inner, &format!("because {reason}"), Role::Dim));
            }
        }
        out
    }

    fn proposal(&self, target: Target) -> Option<Proposal> {
        let view = &self.view;
        match target {
            Target::ProposedCode(code) => {
                let node = view.code(code)?;
                let maker = node.code.proposed?.by;
                let above = node
                    .parent
                    .map_or_else(|| "at the top".to_owned(), |above| format!("under {}", view.code_name(above)));
                let note = format!("{above} {} {}", self.app.glyphs.dot, counted(self.uses(code), "passage"));
                let (name, wording) = (node.code.name.clone(), node.wording.clone());
                Some(Proposal { target, maker, name, note, wording })
            }
            Target::ProposedWording(id) => {
                let all = view.proposed_wordings(self.hand.round.id);
                let wording = all.into_iter().find(|wording| wording.id == id)?;
                let maker = wording.proposed.map_or(wording.by, |proposed| proposed.by);
                let name = view.code_name(wording.code).to_owned();
                Some(Proposal { target, maker, name, note: "another wording".into(), wording: Some(wording.clone()) })
            }
            _ => None,
        }
    }

    /// Where the proposals of the `n`th of `count` coders stand.
    const fn column(&self, n: usize, count: usize) -> (u16, u16) {
        let count = if count == 0 { 1 } else { count as u16 };
        let width = self.width / count;
        (1 + width * n as u16, width.saturating_sub(2))
    }

    /// How many passages carry a code, everybody's that may be seen.
    fn uses(&self, code: CodeId) -> u64 {
        u64::from(self.view.showing(Whose::Everybody).count(code))
    }
}
