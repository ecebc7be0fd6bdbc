//! Reconciling: deciding disagreements by key, and checking codings again.

use crate::findings::queue::{Group, offered};
use crate::project::decision::{Outcome, Verdict};
use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Choose, Item, Picker, Target};
use crate::screen::layers::{question, reason};
use crate::screen::views::code::page::Memos;
use crate::screen::views::code::transcript::By;
use crate::screen::views::reconcile::{Part, check, deciding, effect, extent};

rows! { RECONCILE: Round;
    "reconcile-down" "Next disagreement; in the words, a line down" "" Reconcile ["j" "<Down>"] "" => |app| step(app, 1);
    "reconcile-up" "Previous disagreement; in the words, a line up" "" Reconcile ["k" "<Up>"] "" => |app| step(app, -1);
    "adopt-1" "Adopt what A has" "adopt A" Reconcile ["1" "A" "<F2>"] "accept, as coder" => |app| deciding::adopt(app, 0);
    "adopt-2" "Adopt what B has" "adopt B" Reconcile ["2" "B" "<F3>"] "accept, as coder" => |app| deciding::adopt(app, 1);
    "reconcile-reject" "Reject all: the words carry none of these codes" "reject" Reconcile ["0" "x"] "neither, remove" => |app| deciding::decide(app, Outcome::Neither);
    "reconcile-wider" "Take the wider ends" "wider" Reconcile ["w"] "union" => |app| deciding::decide(app, Outcome::Wider);
    "reconcile-tighter" "Take the tighter ends" "tighter" Reconcile ["t"] "intersection" => |app| deciding::decide(app, Outcome::Tighter);
    "reconcile-both" "Keep both codes" "both" Reconcile ["b"] "" => |app| deciding::decide(app, Outcome::Both);
    "reconcile-other" "Another code than anybody gave" "other code" Reconcile ["e"] "recode" => deciding::other_code;
    "reconcile-ends" "Other ends than anybody set: move them on the words" "ends" Reconcile ["r"] "extent, boundaries, resize" => extent::start;
    "reconcile-discuss" "Leave it for discussion, with a memo on the words" "discuss" Reconcile ["d"] "" => deciding::discuss;
    "reconcile-revise" "Revise the definition; these words are recorded as why" "revise" Reconcile ["D"] "wording, reword" => deciding::revise;
    "reconcile-skip" "Skip it for now" "skip" Reconcile ["s" "zz"] "later" => deciding::skip;
    "adopt-3" "Adopt what C has" "adopt C" Reconcile ["3" "<F4>"] "" => |app| deciding::adopt(app, 2);
    "adopt-4" "Adopt what D has" "" Reconcile ["4" "<F5>"] "" => |app| deciding::adopt(app, 3);
    "adopt-5" "Adopt what E has" "" Reconcile ["5" "<F6>"] "" => |app| deciding::adopt(app, 4);
    "adopt-6" "Adopt what F has" "" Reconcile ["6" "<F7>"] "" => |app| deciding::adopt(app, 5);
    "adopt-7" "Adopt what G has" "" Reconcile ["7" "<F8>"] "" => |app| deciding::adopt(app, 6);
    "adopt-8" "Adopt what H has" "" Reconcile ["8" "<F9>"] "" => |app| deciding::adopt(app, 7);
    "adopt-9" "Adopt what I has" "" Reconcile ["9" "<F10>"] "" => |app| deciding::adopt(app, 8);
    "reconcile-pass" "Put it to a third person, who sees no names" "third person" Reconcile ["P"] "adjudicate, arbiter" => deciding::put_to;
    "reconcile-edges" "Settle all edges in one step" "all edges" Reconcile ["E"] "boundaries" => deciding::edges;
    "reconcile-order" "Order: tables first, by code, case, kind, size" "" Reconcile ["o"] "sort" => deciding::order;
    "reconcile-filter" "Show only some: a code, a case, a kind, put to me" "" Reconcile ["f"] "filter" => deciding::narrow;
    "reconcile-all" "Show decided ones too, or open ones alone" "" Reconcile ["a"] "" => deciding::show_all;
    "reconcile-names" "Coders by name, or as A and B alone" "" Reconcile ["H"] "anonymous, hide names" => names;
    "reconcile-with" "Who is here to decide with you" "" Reconcile ["W"] "present, together" => deciding::present;
    "reconcile-effect" "Show what it does to tables, and the agreement; or not" "" Reconcile ["X"] "effect, alpha" => effect;
    "reconcile-consensus" "Show the consensus beside the coders, or not" "" Reconcile ["S"] "settled" => consensus;
    "reconcile-check" "Check codings again whose code has changed its meaning" "" Reconcile ["C"] "revised definitions" => check::open;
    "reconcile-read" "Go to the words in the Code view" "" Reconcile ["<Enter>"] "open passage" => deciding::read;
    "reconcile-round" "Reconcile another round" "" Reconcile ["R"] "" => rounds;
    "reconcile-page-down" "A page down" "" Reconcile ["<PageDown>" "<C-d>"] "" => |app| step(app, 10);
    "reconcile-page-up" "A page up" "" Reconcile ["<PageUp>" "<C-u>"] "" => |app| step(app, -10);
    "reconcile-first" "First disagreement" "" Reconcile ["gg" "<Home>"] "" => |app| step(app, i32::MIN / 2);
    "reconcile-last" "Last disagreement" "" Reconcile ["G" "<End>"] "" => |app| step(app, i32::MAX / 2);
    "reconcile-left" "To the list" "" Reconcile ["h" "<Left>"] "" => |app| app.reconcile.part = Part::Queue;
    "reconcile-right" "To the words" "" Reconcile ["l" "<Right>"] "" => |app| app.reconcile.part = Part::Text;
    "check-again" "Check codings again whose code has changed its meaning" "" Anywhere ["gK"] "revised definitions" => check::open;
    "check-down" "Next coding; in the words, a line down" "" Check ["j" "<Down>"] "" => |app| step(app, 1);
    "check-up" "Previous coding; in the words, a line up" "" Check ["k" "<Up>"] "" => |app| step(app, -1);
    "check-keep" "Keep: it holds under the new wording" "keep" Check ["K" "<Enter>"] "" => |app| { check::find_so(app, Verdict::Keep, Vec::new()); };
    "check-recode" "Recode: the words say something else" "recode" Check ["e" "r"] "" => check::recode;
    "check-remove" "Remove: it no longer holds" "remove" Check ["x" "<Del>"] "" => |app| { check::find_so(app, Verdict::Remove, Vec::new()); };
    "check-skip" "Skip it for now" "skip" Check ["s" "zz"] "" => check::skip;
    "check-all" "Show checked ones too, or the others alone" "" Check ["a"] "" => check::show_all;
    "check-names" "Coders by name, or not" "" Check ["H"] "" => names;
    "check-back" "Back to the disagreements" "back" Check ["C"] "" => |app| { crate::screen::views::reconcile::let_go(app); };
    "check-page-down" "A page down" "" Check ["<PageDown>" "<C-d>"] "" => |app| step(app, 10);
    "check-page-up" "A page up" "" Check ["<PageUp>" "<C-u>"] "" => |app| step(app, -10);
    "ends-left" "One character left" "" Extent ["h" "<Left>"] "" => |app| extent::step(app, By::Char, false);
    "ends-right" "One character right" "" Extent ["l" "<Right>"] "" => |app| extent::step(app, By::Char, true);
    "ends-down" "One line down" "" Extent ["j" "<Down>"] "" => |app| extent::step(app, By::Row, true);
    "ends-up" "One line up" "" Extent ["k" "<Up>"] "" => |app| extent::step(app, By::Row, false);
    "ends-word-next" "A word more" "word on" Extent ["w" "<C-Right>"] "" => |app| extent::step(app, By::Word, true);
    "ends-word-previous" "A word less" "word back" Extent ["b" "<C-Left>"] "" => |app| extent::step(app, By::Word, false);
    "ends-sentence-next" "A sentence more" "sentence on" Extent ["W" ")"] "" => |app| extent::step(app, By::Sentence, true);
    "ends-sentence-previous" "A sentence less" "" Extent ["B" "("] "" => |app| extent::step(app, By::Sentence, false);
    "ends-turn-next" "A turn more" "" Extent ["J" "}"] "" => |app| extent::step(app, By::Turn, true);
    "ends-turn-previous" "A turn less" "" Extent ["K" "{"] "" => |app| extent::step(app, By::Turn, false);
    "ends-other" "Move the other end" "other end" Extent ["o"] "" => extent::other_end;
    "ends-code" "Another code for these words" "other code" Extent ["e"] "" => extent::other_code;
    "ends-keep" "Keep these ends: that is the decision" "keep" Extent ["<Enter>"] "" => extent::keep;
    "ends-leave" "Leave them; nothing is decided" "leave it" Extent ["<Esc>" "<C-c>"] "" => extent::leave;
    "answer-down" "Next answer" "" Question ["j" "<Down>" "<Tab>"] "" => |app| question::step(app, false);
    "answer-up" "Previous answer" "" Question ["k" "<Up>" "<S-Tab>"] "" => |app| question::step(app, true);
    "answer" "Give this answer" "answer" Question ["<Enter>"] "" => question::answer;
    "answer-leave" "Leave it, nothing done" "leave it" Question ["<Esc>" "<C-c>"] "" => |app| { app.close(); };
    "answer-1" "The first answer" "" Question ["1" "<F2>"] "" => |app| question::answer_with(app, '1');
    "answer-2" "The second answer" "" Question ["2" "<F3>"] "" => |app| question::answer_with(app, '2');
    "answer-3" "The third answer" "" Question ["3" "<F4>"] "" => |app| question::answer_with(app, '3');
    "answer-4" "The fourth answer" "" Question ["4" "<F5>"] "" => |app| question::answer_with(app, '4');
    "answer-5" "The fifth answer" "" Question ["5" "<F6>"] "" => |app| question::answer_with(app, '5');
    "answer-w" "The answer on w" "" Question ["w"] "" => |app| question::answer_with(app, 'w');
    "answer-t" "The answer on t" "" Question ["t"] "" => |app| question::answer_with(app, 't');
    "reason-keep" "Keep the reason" "keep" Reason ["<Enter>"] "" => |app| reason::leave(app, true);
    "reason-leave" "Leave it empty; the decision stands" "leave it empty" Reason ["<Esc>" "<C-c>"] "" => |app| reason::leave(app, false);
    "reason-earlier" "An earlier reason" "earlier" Reason ["<Up>" "<C-p>"] "" => |app| reason::recall(app, true);
    "reason-later" "A later one, or what was typed" "" Reason ["<Down>" "<C-n>"] "" => |app| reason::recall(app, false);
    "reason-complete" "Complete it from an earlier one" "complete" Reason ["<Tab>"] "" => reason::complete;
}

/// The commands whose keys the bottom line shows: what can be decided about the chosen item, then what goes with it.
#[must_use]
pub fn hints(app: &App) -> Vec<&'static str> {
    let Some(item) = app.reconcile.item() else { return vec!["view-rounds", "view-agreement", "check-again"] };
    let offered = offered(item);
    let adopt = ["adopt-1", "adopt-2", "adopt-3"].into_iter().enumerate();
    let coders = app.reconcile.queue().map_or(&[][..], |queue| &queue.coders);
    let codes = |place: usize| coders.get(place).is_some_and(|coder| item.desk.contains(coder));
    let mut out: Vec<&str> = adopt.filter(|(place, _)| codes(*place)).map(|(_, name)| name).collect();
    for (outcome, name) in [
        (Outcome::Wider, "reconcile-wider"),
        (Outcome::Tighter, "reconcile-tighter"),
        (Outcome::Both, "reconcile-both"),
        (Outcome::Neither, "reconcile-reject"),
    ] {
        if offered.contains(&outcome) {
            out.push(name);
        }
    }
    if item.group() == Group::Edges {
        out.push("reconcile-edges");
    }
    out.extend(["reconcile-other", "reconcile-ends", "reconcile-discuss", "reconcile-revise", "reconcile-skip"]);
    out.extend(["undo", "reconcile-pass", "find-next"]);
    out
}

/// Moves in the part that has the keys: the list by rows, the words by lines, what is below them likewise.
fn step(app: &mut App, by: i32) {
    step_in(app, app.reconcile.part, by);
}

/// Moves in a part.
pub fn step_in(app: &mut App, part: Part, by: i32) {
    match part {
        Part::Text => {
            let height = usize::from(app.reconcile.layout.words.height);
            let view = app.study.view();
            let edge = i32::try_from(height).unwrap_or(1);
            if let Some(text) = &mut app.reconcile.text {
                text.wheel(&view, Memos::Folded, by.clamp(-edge, edge), height);
            }
        }
        Part::Below => {
            let rows = app.reconcile.below_rows;
            let height = usize::from(app.reconcile.layout.below.height.saturating_sub(1));
            let to = app.reconcile.below_top.saturating_add_signed(by as isize);
            app.reconcile.below_top = to.min(rows.saturating_sub(height));
        }
        Part::Queue if app.reconcile.checking.is_some() => check::step(app, by, false),
        Part::Queue => deciding::step(app, by),
    }
}

fn names(app: &mut App) {
    let shown = app.reconcile.shows_names(app.study.coder());
    app.reconcile.names = Some(!shown);
    app.tell(Tone::Plain, if shown { "coders are letters alone" } else { "coders are named" });
}

fn effect(app: &mut App) {
    if app.reconcile.effect.take().is_some() {
        app.tell(Tone::Plain, "neither tables nor agreement are shown while deciding");
        return;
    }
    let Some(queue) = app.reconcile.queue() else { return };
    app.reconcile.effect = Some(effect::Effect::of(&app.study.view(), queue));
    app.reconcile.refresh(&mut app.study);
    app.tell(Tone::Plain, "the effect on tables and the agreement are shown; they may sway what is decided");
}

fn consensus(app: &mut App) {
    app.reconcile.consensus = !app.reconcile.consensus;
    app.reconcile.refresh(&mut app.study);
    let words =
        if app.reconcile.consensus { "the consensus stands beside the coders, at =" } else { "the coders alone" };
    app.tell(Tone::Plain, words);
}

fn rounds(app: &mut App) {
    let view = app.study.view();
    let revealed: Vec<_> = view.rounds().into_iter().filter(|round| view.reveal(round.id).is_some()).collect();
    if revealed.len() < 2 {
        app.tell(Tone::Plain, "no other round has been revealed");
        return;
    }
    let row = |(n, name): (usize, &str)| Item {
        label: name.to_owned(),
        note: String::new(),
        also: String::new(),
        target: Target::Nth(n),
    };
    let rows = revealed.iter().map(|round| round.name.as_str()).enumerate().map(row).collect();
    let ids = revealed.iter().map(|round| round.id).collect();
    app.layers.push(Layer::Picker(Picker::new("Reconcile", rows, Choose::Reconcile(ids))));
}
