//! Deciding: what each key of the Reconcile view does to the chosen item.

use super::{scene, words};
use crate::findings::consensus::reasons;
use crate::findings::queue::{self, Group, Item, Order, Queue, Stood};
use crate::project::decision::{Decision, Outcome};
use crate::project::edit::{Edit, NewWording};
use crate::project::id::{CodeId, CoderId};
use crate::project::memo::{Link, MemoKind};
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::form::Form;
use crate::screen::layers::picker::{Choose, Item as Row, Picker, Target};
use crate::screen::layers::question::{Answer, Asks, Question};
use crate::screen::layers::reason::{Reason, Why};

/// The chosen item, or a word that there is none.
fn in_hand(app: &mut App) -> Option<Item> {
    let item = app.reconcile.item().cloned();
    if item.is_none() {
        app.tell(Tone::Refused, "there is no disagreement to decide");
    }
    item
}

fn with_queue<T>(app: &App, f: impl FnOnce(&Queue) -> T) -> Option<T> {
    app.reconcile.queue().map(f)
}

/// Does what was decided, and asks for the reason in a line at the foot; says whether it was done.
fn done(app: &mut App, item: &Item, edit: &Edit, head: impl FnOnce(&App) -> String) -> bool {
    if app.edit(edit).is_none() {
        return false;
    }
    let me = app.study.coder();
    let Some(round) = app.reconcile.round() else { return false };
    let id = Decision::id_for(round, me, &item.seen);
    let head = head(app);
    ask_reason(app, item.codes.first().copied(), head, Why::Decisions(vec![id]));
    true
}

/// Asks for a reason; those given before are offered, those for the same code first.
pub fn ask_reason(app: &mut App, code: Option<CodeId>, head: String, why: Why) {
    let view = app.study.view();
    let earlier = app.reconcile.round().map(|round| reasons(&view, round, code)).unwrap_or_default();
    let earlier = earlier.into_iter().map(|(words, _)| words).collect();
    app.hush();
    app.layers.push(Layer::Reason(Reason::new(head, earlier, why)));
}

/// Decides the chosen item so.
pub fn decide(app: &mut App, outcome: Outcome) {
    let Some(item) = in_hand(app) else { return };
    let with = app.reconcile.with.clone();
    let Some(Some((edit, head))) = with_queue(app, |queue| {
        Some((queue::decide(queue, &item, outcome, &with, "")?, words::outcome(queue, outcome)))
    }) else {
        let why = match outcome {
            Outcome::Wider | Outcome::Tighter => {
                "wider and tighter are for words that several coders gave the same code"
            }
            Outcome::Both => "both codes can be kept where two codes were given to the same words",
            _ => "that cannot be decided here",
        };
        app.tell(Tone::Refused, why);
        return;
    };
    done(app, &item, &edit, |_| head);
}

/// Adopts what the coder with this letter has, counted from 0.
pub fn adopt(app: &mut App, place: usize) {
    let Some(item) = in_hand(app) else { return };
    let letter = words::letter_at(place);
    let Some(coder) = with_queue(app, |queue| queue.coders.get(place).copied()).flatten() else {
        app.tell(Tone::Refused, format!("this round has no coder {letter}"));
        return;
    };
    if !item.desk.contains(&coder) {
        let case = words::case_of(&app.study.view(), &item);
        app.tell(Tone::Refused, format!("{letter} does not code {case}"));
        return;
    }
    decide(app, Outcome::As(coder));
}

/// Gives the words of the item other codes, or other words.
pub fn otherwise(app: &mut App, codes: &[CodeId], span: Option<crate::text::Span>, before: Vec<Edit>) -> bool {
    let Some(item) = in_hand(app) else { return false };
    let view = app.study.view();
    let at = view.passage(item.source, span.unwrap_or(item.span));
    let result = codes.iter().map(|code| (*code, at)).collect();
    let with = app.reconcile.with.clone();
    let Some(edit) = with_queue(app, |queue| queue::decide_otherwise(queue, &item, result, &with, "")) else {
        return false;
    };
    let edit = if before.is_empty() { edit } else { Edit::All(before.into_iter().chain([edit]).collect()) };
    // A code that is made with it has its name only afterwards.
    let named = |app: &App| {
        let view = app.study.view();
        let names: Vec<&str> = codes.iter().map(|code| view.code_name(*code)).collect();
        format!("{} {}", names.join(", "), if span.is_some() { "on these words" } else { "instead" })
    };
    done(app, &item, &edit, named)
}

/// Asks for another code.
pub fn other_code(app: &mut App) {
    let Some(item) = in_hand(app) else { return };
    let view = app.study.view();
    let title = format!("Instead of {}", words::codes(&view, &item));
    let items = crate::screen::commands::coding::code_items(app);
    app.layers.push(Layer::Picker(Picker::new(&title, items, Choose::Otherwise)));
}

/// Leaves the item for discussion, with a memo on the words.
pub fn discuss(app: &mut App) {
    let Some(item) = in_hand(app) else { return };
    let with = app.reconcile.with.clone();
    let view = app.study.view();
    let Some(round) = app.reconcile.round() else { return };
    let Some(Some((edit, gist))) = with_queue(app, |queue| {
        Some((queue::decide(queue, &item, Outcome::Discuss, &with, "")?, words::gist(queue, &item)))
    }) else {
        return;
    };
    let on = Link::Passage(view.passage(item.source, item.span));
    let name = view.round(round).map_or("the round", |round| round.name.as_str());
    let text = format!("To discuss: {}\n\n{name}: {gist}", words::codes(&view, &item));
    let id = app.study.fresh_id().into();
    let memo = Edit::WriteMemo { id, on, kind: MemoKind::Discuss, shared: true, text: text.clone() };
    if app.edit(&Edit::All(vec![edit, memo])).is_none() {
        return;
    }
    let decision = Decision::id_for(round, app.study.coder(), &item.seen);
    let head = "left for discussion".to_owned();
    ask_reason(app, item.codes.first().copied(), head, Why::Discuss(decision, id, on, text));
}

/// Asks whom the item is put to.
pub fn put_to(app: &mut App) {
    let Some(item) = in_hand(app) else { return };
    let view = app.study.view();
    let names = app.reconcile.shows_names(view.coder());
    let hidden = |id: &CoderId| !names && app.reconcile.queue().is_some_and(|queue| queue.coders.contains(id));
    let third = |id: &CoderId| !item.desk.contains(id) && *id != view.coder() && !hidden(id);
    let mut who: Vec<Option<CoderId>> = vec![None];
    who.extend(view.coders().map(|coder| coder.id).filter(third).map(Some));
    let label = |who: &Option<CoderId>| match who {
        None => ("whoever takes it".to_owned(), "not one of its coders".to_owned()),
        Some(id) => {
            let name = view.coder_of(*id).map_or("", |coder| coder.name.as_str());
            (view.initials(*id).to_owned(), name.to_owned())
        }
    };
    let rows = who
        .iter()
        .enumerate()
        .map(|(n, who)| {
            let (label, note) = label(who);
            Row { label, note, also: String::new(), target: Target::Nth(n) }
        })
        .collect();
    app.layers.push(Layer::Picker(Picker::new("Put to a third person, who sees no names", rows, Choose::PutTo(who))));
}

/// Asks who is here besides the coder who decides.
pub fn present(app: &mut App) {
    let view = app.study.view();
    // Where names are hidden, those of the round's coders are here too.
    let names = app.reconcile.shows_names(view.coder());
    let hidden = |id: &CoderId| !names && app.reconcile.queue().is_some_and(|queue| queue.coders.contains(id));
    let others = view.coders().map(|coder| coder.id).filter(|id| *id != view.coder() && !hidden(id));
    let others: Vec<CoderId> = others.collect();
    if others.is_empty() {
        let words = if names { "there is no other coder in this study" } else { "names are hidden; H shows them" };
        app.tell(Tone::Plain, words);
        return;
    }
    let row = |(n, id): (usize, &CoderId)| Row {
        label: view.initials(*id).to_owned(),
        note: view.coder_of(*id).map_or("", |coder| coder.name.as_str()).to_owned(),
        also: String::new(),
        target: Target::Nth(n),
    };
    let nobody = Row { label: "nobody else".into(), note: String::new(), also: "alone".into(), target: Target::Top };
    let rows = others.iter().enumerate().map(row).chain([nobody]).collect();
    let picker = Picker::new("Who is here to decide with you", rows, Choose::Present(others.clone()));
    app.layers.push(Layer::Picker(picker));
}

/// Asks which way all edges are settled.
pub fn edges(app: &mut App) {
    let Some(queue) = app.reconcile.queue() else { return };
    let edges: Vec<&Item> =
        queue.items.iter().filter(|item| item.group() == Group::Edges && !item.state.is_decided()).collect();
    let count = edges.len();
    if count == 0 {
        app.tell(Tone::Plain, "no edges are open");
        return;
    }
    let mut ways = Vec::new();
    let mut answers = Vec::new();
    for (n, coder) in queue.coders.iter().enumerate().take(9) {
        if edges.iter().any(|item| item.desk.contains(coder)) {
            let key = char::from_digit(n as u32 + 1, 10).unwrap_or('9');
            answers.push(Answer::new(key, format!("as {}", words::letter_at(n)), ""));
            ways.push(Outcome::As(*coder));
        }
    }
    answers.push(Answer::new('w', "the wider", ""));
    ways.push(Outcome::Wider);
    answers.push(Answer::new('t', "the tighter", ""));
    ways.push(Outcome::Tighter);
    let what =
        if count == 1 { "the one edge that is open".to_owned() } else { format!("all {count} edges that are open") };
    let hint = "All but the very ends is agreed upon there, and no table changes.";
    app.layers.push(Layer::Question(Question::new(format!("Settle {what}"), hint, answers, Asks::Edges(ways))));
}

/// Settles all edges that way, in one step.
pub fn settle_edges(app: &mut App, way: Outcome) {
    let with = app.reconcile.with.clone();
    let me = app.study.coder();
    let found = with_queue(app, |queue| {
        let edit = queue::settle_edges(queue, way, &with, "")?;
        let settled = queue.items.iter().filter(|item| {
            item.group() == Group::Edges && !item.state.is_decided() && queue::resolve(item, way).is_some()
        });
        let ids: Vec<_> = settled.map(|item| Decision::id_for(queue.round.id, me, &item.seen)).collect();
        let head = format!("{} for {} edges", words::outcome(queue, way), ids.len());
        Some((edit, ids, head))
    });
    let Some(Some((edit, ids, head))) = found else {
        app.tell(Tone::Plain, "no edges are open that this settles");
        return;
    };
    if app.edit(&edit).is_some() {
        ask_reason(app, None, head, Why::Decisions(ids));
    }
}

/// Words the code in hand anew, these words recorded as why; of several codes it is asked which.
pub fn revise(app: &mut App) {
    let Some(item) = in_hand(app) else { return };
    match item.codes.as_slice() {
        [code] => reword(app, *code),
        codes => {
            let view = app.study.view();
            let answer = |(n, code): (usize, &CodeId)| {
                Answer::new(char::from_digit(n as u32 + 1, 10).unwrap_or('9'), view.code_name(*code), "")
            };
            let answers = codes.iter().enumerate().map(answer).collect();
            let question = Question::new("Which definition is revised?", "", answers, Asks::Reword(codes.to_vec()));
            app.layers.push(Layer::Question(question));
        }
    }
}

/// Opens the form of a code's wording, the words of the chosen item recorded as why.
pub fn reword(app: &mut App, code: CodeId) {
    let Some(item) = app.reconcile.item() else { return };
    let (source, span) = (item.source, item.span);
    let view = app.study.view();
    let Some(node) = view.code(code) else { return };
    let wording = NewWording::from_present(node.wording.as_ref());
    let words =
        app.study.reading(source).map_or_else(String::new, |reading| words::quoted(reading.text.slice(span), 200));
    let form = Form::new(code, &node.code.name, &wording, node.wording.is_some());
    let form = form.because(view.passage(source, span), words);
    app.layers.push(Layer::Form(Box::new(form)));
}

/// Passes the item over for now.
pub fn skip(app: &mut App) {
    if in_hand(app).is_some() {
        app.reconcile.skip();
        go_on(app);
        if app.message().is_none() {
            app.tell(Tone::Plain, "skipped; it comes again when the others are decided");
        }
    }
}

/// Chooses the next open item after something was decided.
pub fn go_on(app: &mut App) {
    if app.reconcile.checking.is_some() {
        super::check::go_on(app);
        return;
    }
    match app.reconcile.next_open() {
        Some(next) => app.reconcile.choose(&mut app.study, next),
        None => {
            let all = app.reconcile.queue().map(|queue| queue.progress());
            app.reconcile.list_anew(&app.study.view());
            if let Some(all) = all.filter(|all| all.decided == all.of) {
                app.tell(Tone::Done, format!("all {} are decided", all.of));
            }
        }
    }
}

/// Goes to the next open item of the list, or the one before.
pub fn walk(app: &mut App, back: bool) {
    let Some(queue) = app.reconcile.queue() else { return };
    let items = app.reconcile.list.items();
    let here = app.reconcile.chosen().and_then(|n| items.iter().position(|at| *at == n));
    let open = |n: &&usize| !queue.items[**n].state.is_decided();
    let next = match (here, back) {
        (None, _) => items.iter().find(open),
        (Some(at), false) => items[at + 1..].iter().find(open),
        (Some(at), true) => items[..at].iter().rev().find(open),
    };
    match next.copied() {
        Some(n) => app.reconcile.choose(&mut app.study, n),
        None => {
            app.tell(Tone::Plain, if back { "no open item before this one" } else { "no open item after this one" })
        }
    }
}

/// Moves the choice by so many items.
pub fn step(app: &mut App, by: i32) {
    if let Some(n) = app.reconcile.list.stepped(by) {
        app.reconcile.choose(&mut app.study, n);
    }
}

/// The next order of the list.
pub fn order(app: &mut App) {
    let at = Order::ALL.iter().position(|order| *order == app.reconcile.list.order).unwrap_or(0);
    let next = Order::ALL[(at + 1) % Order::ALL.len()];
    app.reconcile.list.order = next;
    app.reconcile.list_anew(&app.study.view());
    let words = match next {
        Order::TableFirst => "what changes a table first",
        Order::Code => "by code",
        Order::Case => "by case",
        Order::Kind => "by kind",
        Order::Size => "the longest first",
    };
    app.tell(Tone::Plain, words);
}

/// What the list can be narrowed to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Narrow {
    /// Everything.
    No,
    /// What was put to this coder.
    PutToMe,
    /// What stands so.
    Stood(Stood),
    /// A kind.
    Kind(crate::agreement::ItemType),
    /// A code.
    Code(CodeId),
    /// A case.
    Case(crate::project::id::CaseId),
}

/// Asks what the list is to be narrowed to.
pub fn narrow(app: &mut App) {
    let Some(queue) = app.reconcile.queue() else { return };
    let view = app.study.view();
    let mut ways = vec![(Narrow::No, "all".to_owned(), String::new())];
    ways.push((Narrow::PutToMe, "put to me".into(), "passed, third person".into()));
    for stood in [Stood::Open, Stood::Discuss, Stood::Passed, Stood::Decided, Stood::AfterReveal] {
        ways.push((Narrow::Stood(stood), words::stood(stood).to_owned(), "state".into()));
    }
    for kind in words::KINDS.into_iter().filter(|kind| queue.items.iter().any(|item| item.kind == *kind)) {
        ways.push((Narrow::Kind(kind), words::kind(kind).to_owned(), "kind".into()));
    }
    let book = view.codebook().in_order();
    for code in book.into_iter().filter(|code| queue.about(*code) > 0) {
        ways.push((Narrow::Code(code), view.code_name(code).to_owned(), format!("code  {}", queue.about(code))));
    }
    for desk in &queue.round.desks {
        let n = queue.items.iter().filter(|item| item.case == desk.case).count();
        if let Some(case) = view.case(desk.case).filter(|_| n > 0) {
            ways.push((Narrow::Case(case.id), case.name.clone(), format!("case  {n}")));
        }
    }
    let row = |(n, (_, label, note)): (usize, &(Narrow, String, String))| Row {
        label: label.clone(),
        note: note.clone(),
        also: String::new(),
        target: Target::Nth(n),
    };
    let rows = ways.iter().enumerate().map(row).collect();
    let ways = ways.into_iter().map(|(way, ..)| way).collect();
    app.layers.push(Layer::Picker(Picker::new("Show only", rows, Choose::Narrow(ways))));
}

/// Narrows the list.
pub fn narrow_to(app: &mut App, way: Narrow) {
    let me = app.study.coder();
    let list = &mut app.reconcile.list;
    match way {
        Narrow::No => list.widen(),
        Narrow::PutToMe => list.filter.passed_to = Some(me),
        Narrow::Stood(stood) => {
            list.filter.stood = Some(stood);
            list.all |= matches!(stood, Stood::Decided | Stood::AfterReveal);
        }
        Narrow::Kind(kind) => list.filter.kind = Some(kind),
        Narrow::Code(code) => list.filter.code = Some(code),
        Narrow::Case(case) => list.filter.case = Some(case),
    }
    app.reconcile.narrow(&mut app.study);
}

/// Shows decided items too, or open ones alone.
pub fn show_all(app: &mut App) {
    let list = &mut app.reconcile.list;
    list.all = !list.all;
    let words = if list.all { "decided ones are shown too" } else { "open ones alone" };
    app.reconcile.list_anew(&app.study.view());
    app.tell(Tone::Plain, words);
}

/// Goes to the words in the Code view.
pub fn read(app: &mut App) {
    let Some(scene) = &app.reconcile.scene else { return };
    let scene::Scene { source, span, .. } = scene;
    let (source, at) = (*source, span.start);
    crate::screen::views::show(app, crate::screen::views::Showing::Code);
    app.code.jump(&mut app.study, source, at);
}
