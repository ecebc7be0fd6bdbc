//! Rounds: planning one, finishing a case, proposals, starting anew with a revised wording, dividing what remains.

use crate::findings::standing::{State, state};
use crate::project::edit::{Edit, NewWording};
use crate::project::id::{CaseId, CodeId, RoundId, WordingId};
use crate::project::round::Round;
use crate::project::view::View;
use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::layers::Layer;
use crate::screen::layers::form::{Form, How};
use crate::screen::layers::picker::{Choose, Item, Picker, Target as Row};
use crate::screen::layers::plan::{self, What, division::Division, round::Draft};
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::views::code::panes::Pane;
use crate::screen::views::rounds::{RoundsView, Target, words};
use crate::screen::views::{Showing, show};
use std::sync::Arc;

rows! { ROUNDS: Round;
    "round-down" "Next row" "" Rounds ["j" "<Down>"] "" => |app| app.rounds.step(&app.study, 1);
    "round-up" "Previous row" "" Rounds ["k" "<Up>"] "" => |app| app.rounds.step(&app.study, -1);
    "round-page-down" "A page down" "" Rounds ["<PageDown>" "<C-d>"] "" => |app| app.rounds.step(&app.study, 12);
    "round-page-up" "A page up" "" Rounds ["<PageUp>" "<C-u>"] "" => |app| app.rounds.step(&app.study, -12);
    "round-in" "Into the round" "who stands where" Rounds ["l" "<Right>"] "" => |app| app.rounds.inward(true);
    "round-out" "Back to the list of rounds" "rounds" Rounds ["h" "<Left>"] "" => |app| app.rounds.inward(false);
    "round-open" "Agreement of a revealed round; the text of a case; passages" "open" Rounds ["<Enter>"] "go there" => open;
    "round-new" "Plan a new round" "new round" Rounds ["a"] "sample, double coding, intercoder" => new_round;
    "round-finish" "Finish my case, or take it up again" "finish" Rounds ["F"] "done, reveal, unblind" => finish_chosen;
    "round-propose" "Propose another wording of the code" "propose" Rounds ["p"] "definition, suggest" => |app| word(app, false);
    "round-revise" "Revise a definition: stops the round, the next goes on from it" "revise" Rounds ["D"] "definition" => |app| word(app, true);
    "round-divide" "Divide the remaining cases among coders" "divide" Rounds ["A"] "allocate, assign, distribute" => divide;
    "round-definitions" "All definitions, or only the chosen code's" "definitions" Rounds ["d"] "codebook" => |app| app.rounds.definitions = !app.rounds.definitions;
    "proposal-accept" "Take the proposal up" "take up" Rounds ["t"] "accept, approve" => accept;
    "proposal-match" "Match the proposed code with another: merge the two" "match" Rounds ["M"] "merge" => merge;
    "proposal-reject" "Turn the proposal down" "turn down" Rounds ["x" "<Del>"] "reject, delete" => reject;
    "case-finish" "Finish the case in its round, or take it up again" "" Code ["gF"] "done, complete, reveal, round" => finish_here;
    "plan-down" "Next line" "" Plan ["j" "<Down>" "<Tab>"] "" => |app| step(app, 1);
    "plan-up" "Previous line" "" Plan ["k" "<Up>" "<S-Tab>"] "" => |app| step(app, -1);
    "plan-enter" "Change the line; on the last one: do it" "change" Plan ["<Enter>"] "" => plan::enter;
    "plan-turn" "The next of few values" "" Plan ["l" "<Right>" "<Space>"] "" => |app| plan::turn(app, false);
    "plan-turn-back" "The one before" "" Plan ["h" "<Left>"] "" => |app| plan::turn(app, true);
    "plan-leave" "Stop waiting, or leave the plan" "leave it" Plan ["<Esc>"] "cancel" => plan::leave;
}

fn step(app: &mut App, by: i32) {
    if let Some(plan) = plan::top(app) {
        plan.step(by);
    }
}

/// The round in hand; says so if there is none.
fn in_hand(app: &mut App) -> Option<Arc<Round>> {
    let found = app.rounds.round().and_then(|id| app.study.view().round(id).cloned());
    if found.is_none() {
        app.tell(Tone::Plain, "there are no rounds yet; a plans one");
    }
    found
}

fn open(app: &mut App) {
    let Some(round) = in_hand(app) else { return };
    let view = app.study.view();
    match app.rounds.target() {
        Some(Target::Round(_)) => match state(&view, &round) {
            State::Revealed(_) => {
                app.agreement.choose(round.id);
                show(app, Showing::Agreement);
            }
            State::Stopped(next) => {
                app.rounds.choose(next);
                app.rounds.refresh(&app.study);
            }
            State::Open => app.rounds.inward(true),
        },
        Some(Target::Case(case)) => match RoundsView::to_read(&view, &round, case) {
            Some(source) => {
                show(app, Showing::Code);
                app.code.mark_jump();
                app.code.open(&mut app.study, source);
                app.code.panes.focus = Pane::Text;
            }
            None => app.tell(Tone::Plain, "its sources have been taken out of the study"),
        },
        Some(Target::Code(code) | Target::ProposedCode(code)) => to_code(app, code),
        Some(Target::ProposedWording(id)) => {
            let code = view.proposed_wordings(round.id).iter().find(|wording| wording.id == id).map(|w| w.code);
            if let Some(code) = code {
                to_code(app, code);
            }
        }
        None => {}
    }
}

fn to_code(app: &mut App, code: CodeId) {
    show(app, Showing::Code);
    app.code.tree.filter = None;
    app.code.tree.reveal(&app.study.view(), code);
    app.code.panes.focus = Pane::Tree;
}

fn new_round(app: &mut App) {
    if app.study.view().coders().count() < 2 {
        let words = "a round is coded by two or more; the others join with emic --coder and their initials";
        app.tell(Tone::Refused, words);
        return;
    }
    let branch = app.code.tree.selected.filter(|code| {
        let view = app.study.view();
        view.codebook().branch(*code).len() > 1
    });
    let draft = Draft::new(&mut app.study, branch);
    plan::open(app, What::Round(Box::new(draft)));
}

fn divide(app: &mut App) {
    let Some(round) = in_hand(app) else { return };
    let view = app.study.view();
    if view.reveal(round.id).is_none() {
        app.tell(Tone::Refused, format!("{} has to be revealed before the rest is divided", round.name));
        return;
    }
    let division = Division::new(&mut app.study, round);
    plan::open(app, What::Division(Box::new(division)));
}

fn finish_chosen(app: &mut App) {
    let Some(round) = in_hand(app) else { return };
    match app.rounds.target() {
        Some(Target::Case(case)) => finish(app, &round, case),
        _ => app.tell(Tone::Plain, "choose one of your cases first; Tab goes to them"),
    }
}

/// Finishes the case of the open source, or takes it up again.
fn finish_here(app: &mut App) {
    let view = app.study.view();
    let Some(source) = app.code.source() else { return };
    let Some(round) = round_of(&view, source) else {
        app.tell(Tone::Plain, "this source is in no open round of yours; F marks it as read");
        return;
    };
    let Some(case) = round.ground(source).map(|ground| ground.case) else { return };
    finish(app, &round, case);
}

/// The open round in which this coder codes a source.
#[must_use]
pub fn round_of(view: &View<'_>, source: crate::project::id::SourceId) -> Option<Arc<Round>> {
    view.open_rounds().iter().find(|round| round.is_coded_by(source, view.coder())).cloned()
}

/// The open round in which this coder codes a case.
#[must_use]
pub fn round_of_case(view: &View<'_>, case: CaseId) -> Option<Arc<Round>> {
    view.open_rounds().iter().find(|round| round.coders_of(case).contains(&view.coder())).cloned()
}

fn finish(app: &mut App, round: &Round, case: CaseId) {
    let view = app.study.view();
    let finished = view.has_finished(round.id, view.coder(), case);
    if !finished && is_last(&view, round, case) {
        let title = format!("This is the last: finishing reveals {}", round.name);
        let hint = "what each has is then kept for ever. Enter reveals, Esc leaves it";
        app.layers.push(Layer::Prompt(Prompt::new(title, hint, "", AskFor::Reveal(round.id, case))));
        return;
    }
    app.edit(&Edit::Finish { round: round.id, case, finished: !finished });
}

/// Whether finishing `case` is all that an open round waits for.
fn is_last(view: &View<'_>, round: &Round, case: CaseId) -> bool {
    let me = view.coder();
    let open = view.open_rounds().iter().any(|other| other.id == round.id);
    let mut others = round
        .desks
        .iter()
        .flat_map(|desk| desk.coders.iter().map(move |coder| (*coder, desk.case)))
        .filter(|cell| *cell != (me, case));
    open && round.coders_of(case).contains(&me) && others.all(|(coder, case)| view.has_finished(round.id, coder, case))
}

/// Finishes the case that a round waits for: it is revealed.
pub fn finish_for_good(app: &mut App, round: RoundId, case: CaseId) {
    if app.edit(&Edit::Finish { round, case, finished: true }).is_none() {
        return;
    }
    if app.study.view().reveal(round).is_some() {
        app.rounds.choose(round);
        app.agreement.choose(round);
        let name = words::round_name(&app.study.view(), round);
        app.tell(Tone::Done, format!("{name} is revealed; gA shows how far the coders agree"));
        crate::screen::views::refresh(app);
    }
}

/// Opens the form of a pinned code's wording: to propose one, or to revise it for everybody.
fn word(app: &mut App, revise: bool) {
    let Some(round) = in_hand(app) else { return };
    let Some(Target::Code(code)) = app.rounds.target() else {
        app.tell(Tone::Plain, "choose a code of the round first; Tab goes to them");
        return;
    };
    if state(&app.study.view(), &round) != State::Open {
        app.tell(Tone::Refused, format!("{} is over; d in the code tree words a code anew", round.name));
        return;
    }
    let how = if revise { How::Revise(round.id) } else { How::Propose };
    open_form(app, code, how);
}

/// Opens the form of a code's wording.
pub fn open_form(app: &mut App, code: CodeId, how: How) {
    let view = app.study.view();
    let Some(node) = view.code(code) else { return };
    let wording = NewWording::from_present(node.wording.as_ref());
    let form = Form::new(node.code.id, &node.code.name, &wording, node.wording.is_some()).to(how);
    app.layers.push(Layer::Form(Box::new(form)));
}

fn accept(app: &mut App) {
    match app.rounds.target() {
        Some(Target::ProposedCode(code)) => {
            app.edit(&Edit::AcceptCode(code));
        }
        Some(Target::ProposedWording(wording)) => ask_meaning(app, wording),
        _ => app.tell(Tone::Plain, "choose a proposal first; Tab goes to them"),
    }
}

fn ask_meaning(app: &mut App, wording: WordingId) {
    let row = |label: &str, note: &str, target: Row| Item {
        label: label.to_owned(),
        note: note.to_owned(),
        also: String::new(),
        target,
    };
    let items = vec![
        row("Wording only", "earlier codings stand", Row::Top),
        row("Meaning changed", "earlier codings are checked again", Row::Named),
    ];
    app.layers.push(Layer::Picker(Picker::new("What changes with this wording?", items, Choose::Wording(wording))));
}

fn merge(app: &mut App) {
    let Some(Target::ProposedCode(from)) = app.rounds.target() else {
        app.tell(Tone::Plain, "choose a proposed code first; Tab goes to them");
        return;
    };
    let view = app.study.view();
    let title = format!("Merge “{}” into", view.code_name(from));
    let stays = |item: &Item| !matches!(item.target, Row::Code(id) if id == from);
    let items = super::coding::code_items(app).into_iter().filter(stays).collect();
    app.layers.push(Layer::Picker(Picker::new(&title, items, Choose::Merge(vec![from]))));
}

fn reject(app: &mut App) {
    match app.rounds.target() {
        Some(Target::ProposedCode(code)) => {
            app.edit(&Edit::DeleteCodes(vec![code]));
        }
        Some(Target::ProposedWording(wording)) => {
            app.edit(&Edit::RejectWording(wording));
        }
        _ => app.tell(Tone::Plain, "choose a proposal first; Tab goes to them"),
    }
}
